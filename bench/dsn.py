#!/usr/bin/env python3
"""dsn.py FILE [BYTES]: the lines of a DSN by regular expression, as readers in
scripting languages do it; no check, one sum.  Prints "python NANOSECONDS"
and the bytes it read."""
import re
import sys
import time

LINE = re.compile(r"^(S\d{2}\.G\d{2}\.\d{2})\.(\d{3}),'(.*)'$")
size = int(sys.argv[2]) if len(sys.argv) > 2 else -1
with open(sys.argv[1], "rb") as f:
    text = f.read(size).decode("latin-1")
start = time.process_time_ns()
payroll, base = 0, ""
for line in text.splitlines():
    m = LINE.match(line)
    if m is None:
        continue
    block, number, value = m.groups()
    if block == "S21.G00.78":
        if number == "001":
            base = value
        elif number == "004" and base == "03":
            payroll += int(value.replace(".", ""))
print("python", time.process_time_ns() - start)
print("count_python", len(text.encode("latin-1")))
