"""
compare.py -- the C engine and the reference, on the same cases.

	compare.py --driver PATH [--count N] [--seed N] [--jobs N] [--law DIR]
	           [--rules | --simulate] [--show N] [--only NUMBER]

The driver is a program spoken to by a pipe, one per job.  It is given one JSON
document a line and answers one a line, flushed each time, in order:

	FACTS.json		the rate answer (only the quantities below are read)
	{"rule": NAME, "args": {KEY: TEXT}}
				{"rule": NAME, "result": {"exact", "value", ...}}
	{"simulate": FACTS, "set": {PATH: VALUE}}
				{"simulation": true, "rows": [{"set", "answer"}]}
	anything refused	{"error": {"where", "text"}}

Compared: mode, window, every quantity (exact, and value where it prints euros
or a rate), the cap and its effect; of a rule its exact result, or its word; and
that what one side refuses the other refuses too (not the words of the refusal).
A difference prints the line and both answers; exit 1 if there is any.

The reference answers as a driver too, which tries this file on itself:

	compare.py --driver 'python3 reference.py --serve'
"""

import argparse
import json
import multiprocessing
import shlex
import subprocess
import sys
import time

import cases
import reference

SLICE = 500             # cases handed to a job at a time
PIPE = 40000            # bytes sent before the answers are read: under a pipe

MONEY_AND_RATES = ("risk_value", "payroll", "gross", "individual", "mixed")


# -- what is compared -------------------------------------------------------

def refused(answer):
    return not isinstance(answer, dict) or "error" in answer


def exact_of(quantity):
    return quantity.get("exact") if isinstance(quantity, dict) else quantity


def differ(name, a, b, value=True):
    """The same quantity on both sides?  None, or what to print."""
    if exact_of(a) != exact_of(b):
        return "%s: %s, driver %s" % (name, exact_of(a), exact_of(b))
    if value and isinstance(a, dict) and isinstance(b, dict) \
            and a["value"] != b.get("value"):
        return "%s: value %s, driver %s" % (name, a["value"], b.get("value"))
    return None


def compare_rate(a, b):
    if refused(a) or refused(b):
        if refused(a) != refused(b):
            return ["refused by %s only" % ("the reference" if refused(a)
                                            else "the driver")]
        return []
    out = []
    for name in ("year", "mode", "window"):
        if a[name] != b.get(name):
            out.append("%s: %s, driver %s" % (name, a[name], b.get(name)))
    for name in MONEY_AND_RATES:
        out.append(differ(name, a[name], b.get(name)))
    for name in ("collective", "fraction"):
        out.append(differ(name, a[name], b.get(name), value=False))
    out.append(differ("notified", a["notified"], b.get("notified")))
    caps = a["cap"], b.get("cap")
    if (caps[0] is None) != (caps[1] is None):
        out.append("cap: %s, driver %s" % caps)
    elif caps[0] is not None:
        for name in ("previous", "lower", "upper"):
            out.append(differ("cap." + name, caps[0][name], caps[1].get(name)))
        if caps[0]["applied"] != caps[1].get("applied"):
            out.append("cap.applied: %s, driver %s"
                       % (caps[0]["applied"], caps[1].get("applied")))
    return [one for one in out if one]


def compare_simulation(a, b):
    """A refusal may stand for the whole answer or for its only row."""

    def row(answer):
        if refused(answer):
            return answer
        rows = answer.get("rows") or [{}]
        return rows[0] if "error" in rows[0] else rows[0].get("answer")

    return compare_rate(row(a), row(b))


def compare_rule(a, b):
    if refused(a) or refused(b):
        return compare_rate(a, b)
    name, a, b = a["rule"], a["result"], b.get("result") or {}
    out = []
    if name == "window":
        if a["years"] != b.get("years"):
            out.append("years: %s, driver %s" % (a["years"], b.get("years")))
    elif a["exact"] is None or name == "charge-year":
        if a["value"] != b.get("value"):
            out.append("value: %s, driver %s" % (a["value"], b.get("value")))
    elif a["exact"] != b.get("exact"):
        out.append("exact: %s, driver %s" % (a["exact"], b.get("exact")))
    return ["%s: %s" % (name, one) for one in out]


# -- the driver -------------------------------------------------------------

class Driver:

    def __init__(self, command):
        self.command = shlex.split(command)
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, encoding="utf-8")

    def send(self, lines):
        try:
            self.process.stdin.write("".join(line + "\n" for line in lines))
            self.process.stdin.flush()
        except BrokenPipeError:
            pass                # the missing answers tell it

    def receive(self):
        """One answer, or None when the driver is gone."""
        line = self.process.stdout.readline()
        if not line:
            return None
        try:
            return json.loads(line)
        except ValueError:
            return {"not JSON": line[:2000]}

    def restart(self):
        self.process.kill()
        self.process.wait()
        self.start()


class Job:
    """What one process of the pool holds."""

    def __init__(self, options):
        self.seed = options.seed
        self.law = reference.Law(options.law)
        self.cases = cases.Cases(self.law)
        self.driver = Driver(options.driver)
        if options.rules:
            self.line, self.compare = self.cases.rule_line, compare_rule
        elif options.simulate:
            self.line, self.compare = (self.cases.simulation_line,
                                       compare_simulation)
        else:
            self.line, self.compare = self.cases.facts_line, compare_rate

    def run(self, first, last):
        """(differences, refused by both) of the cases first to last."""
        found, both = [], 0
        i = first
        while i < last:
            lines, size = [], 0
            while i < last and (not lines or size < PIPE):
                line = self.line(self.seed, i)
                size += len(line)
                lines.append((i, line))
                i += 1
            if size > PIPE and len(lines) > 1:
                i -= 1
                lines.pop()
            self.driver.send([line for _, line in lines])
            wanted = [reference.answer(line, self.law) for _, line in lines]
            for j, (number, line) in enumerate(lines):
                got = self.driver.receive()
                if got is None:
                    found.append((number, line, ["the driver ended"],
                                  wanted[j], None))
                    self.driver.restart()
                    self.driver.send([line for _, line in lines[j + 1:]])
                    continue
                notes = self.compare(wanted[j], got)
                if notes:
                    found.append((number, line, notes, wanted[j], got))
                elif refused(wanted[j]):
                    both += 1
        return found, both


JOB = None


def begin(options):
    global JOB
    JOB = Job(options)


def work(bounds):
    return bounds, JOB.run(*bounds)


def show(number, line, notes, a, b):
    def short(answer):
        if isinstance(answer, dict):
            answer = {k: v for k, v in answer.items()
                      if k not in ("steps", "law", "engine")}
        return json.dumps(answer, ensure_ascii=False)

    print("case %d" % number)
    for note in notes:
        print("  " + note)
    print("  sent       " + line)
    print("  reference  " + short(a))
    print("  driver     " + short(b))
    print()


def main():
    parser = argparse.ArgumentParser(
        description="compares the C engine with the reference")
    parser.add_argument("--driver", required=True)
    parser.add_argument("--count", type=int, default=10000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int,
                        default=multiprocessing.cpu_count())
    parser.add_argument("--law", default=reference.LAW_DIR)
    parser.add_argument("--rules", action="store_true")
    parser.add_argument("--simulate", action="store_true")
    parser.add_argument("--show", type=int, default=5,
                        help="differences printed in full")
    parser.add_argument("--only", type=int, help="one case, by its number")
    options = parser.parse_args()

    first, last = 0, options.count
    if options.only is not None:
        first, last = options.only, options.only + 1
    slices = [(i, min(i + SLICE, last)) for i in range(first, last, SLICE)]

    started = time.monotonic()
    done = differences = both = shown = 0
    with multiprocessing.Pool(min(options.jobs, len(slices)), begin,
                              (options,)) as pool:
        for bounds, (found, refusals) in pool.imap(work, slices):
            done += bounds[1] - bounds[0]
            differences += len(found)
            both += refusals
            for one in found:
                if shown < options.show:
                    show(*one)
                    shown += 1
            if sys.stderr.isatty():
                rate = done / max(time.monotonic() - started, 1e-9)
                sys.stderr.write("\r%d of %d cases, %d differences, %d s left "
                                 % (done, last - first, differences,
                                    (last - first - done) / rate))
        pool.close()
        pool.join()
    if sys.stderr.isatty():
        sys.stderr.write("\n")
    print("%d cases, %d differences, %d refused by both"
          % (done, differences, both))
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
