#!/usr/bin/env python3
"""dsn.py DIR -- reads the DSN files of a synthetic France again, line by line.

What the norm asks that can be asked without its tables (totals of S90, order of
rubrics, NIR once in a declaration, contribution = base x rate), and that the
twelve months of 2024 add up to payroll.csv.
"""
import collections
import csv
import glob
import os
import re
import sys

wrong = collections.Counter()


def read(path):
    """(declarations, norm): each a list of (rubric, value)."""
    raw = open(path, "rb").read()
    lines = raw.decode("iso-8859-1").split("\r\n")
    if lines.pop() != "":
        wrong["last line without an end"] += 1
    pairs = []
    for line in lines:
        m = re.fullmatch(r"(S\d\d\.G\d\d\.\d\d\.\d{3}),'(.*)'", line)
        if not m or m.group(2) == "":
            wrong["bad line"] += 1
            continue
        pairs.append(m.groups())
    if pairs[-2:] and pairs[-2] != ("S90.G00.90.001", str(len(lines))):
        wrong["bad S90 lines"] += 1
    out, norm = [], ""
    for name, value in pairs:
        if name == "S10.G00.00.006":
            norm = value
        if name == "S20.G00.05.001":
            out.append([])
        if out and name < "S90":
            out[-1].append((name, value))
    if pairs[-1] != ("S90.G00.90.002", str(len(out))):
        wrong["bad S90 declarations"] += 1
    return out, norm


def cents(text):
    if not re.fullmatch(r"\d+\.\d\d", text):
        wrong["bad amount"] += 1
    return int(text.replace(".", ""))


def declaration(d, sums, norm):
    siren = nic = code = base = kind = None
    nirs, order = set(), ""
    for name, v in d:
        if name[:10] == order[:10] and name <= order and not name.endswith(".001"):
            wrong["rubric out of order"] += 1
        order = name
        if name == "S21.G00.06.001":
            siren = v
        elif name == "S21.G00.11.001":
            nic = v
        elif name == "S21.G00.11.008" and norm == "P26V01":
            wrong["rubric gone from P26"] += 1
        elif name == "S21.G00.30.001":
            if v in nirs or len(v) != 13 or int(v[7:10]) < 991:
                wrong["bad NIR"] += 1
            nirs.add(v)
        elif name == "S21.G00.40.040":
            code = v
        elif name == "S21.G00.78.001":
            kind = v
        elif name == "S21.G00.78.004" and kind == "03":
            sums[siren + nic, code[5:] == "B"]["pay"] += cents(v)
        elif name == "S21.G00.53.002":
            sums[siren + nic, code[5:] == "B"]["hours"] += cents(v)
        elif name == "S21.G00.81.003":
            base = cents(v)
        elif name == "S21.G00.81.004":
            due = cents(v)
        elif name == "S21.G00.81.007" and (base * cents(v) + 5000) // 10000 != due:
            wrong["bad contribution"] += 1


def main():
    root = sys.argv[1]
    sums = collections.defaultdict(collections.Counter)
    norms, n = set(), 0
    for path in sorted(glob.glob(root + "/dsn/*.dsn")):
        year = os.path.basename(path)[:4]
        found, norm = read(path)
        norms.add((year, norm))
        n += len(found)
        for d in found:
            declaration(d, sums if year == "2024" else collections.defaultdict(collections.Counter), norm)
    for row in csv.DictReader(open(root + "/payroll.csv")):
        key = row["siret"], row["section"] == "support"
        if row["year"] == "2024" and key in sums:
            got = sums.pop(key)
            if got["pay"] != cents(row["payroll_eur"]) or got["hours"] != 100 * int(row["hours"]):
                wrong["payroll that does not add up"] += 1
    wrong["establishment without payroll"] += len(sums)
    if norms != {("2024", "P24V01"), ("2026", "P26V01")}:
        wrong["norms"] += 1
    print("# %d declarations" % n)
    for k, v in wrong.items():
        if v:
            print("# %s: %d" % (k, v))
    return 1 if any(wrong.values()) or n == 0 else 0


sys.exit(main())
