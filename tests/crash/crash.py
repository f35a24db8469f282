"""crash.py TAPR WORK ROUNDS SEED -- imports and campaigns killed at random.

A year of a small fund is a list of commands.  They are run once and never
disturbed: that is the reference, with what the register holds after each
batch.  Then, in each round, one of them is started on a copy of the fund as it
was before it, and killed (SIGKILL, one time in four SIGINT) after a delay
drawn from SEED.  What must then hold:

    - the base is whole, and every batch published before is still there;
    - what it holds is, row by row, what the reference held after that batch:
      nothing of the killed one shows, in the base or through tapr;
    - the campaign of before is verified from its own files;
    - the command run again gives the contents of the reference.
"""
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from reader import Register

TAPR, WORK, ROUNDS, SEED = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
DATA, FUND = WORK + "/data", WORK + "/fund"
LONG_ROWS = 45000       # more than two slices of a batch (batch.c)
failed = 0


def result(good, sentence, why=""):
    global failed
    print(("ok - " if good else "not ok - ") + sentence, flush=True)
    if not good:
        failed += 1
        print("    " + why, flush=True)


def args(command, fund):
    return [TAPR, "-C", fund, "--as", "a", "--today", "2024-12-01"] + command


def tapr(command, fund=FUND):
    return subprocess.run(args(command, fund), capture_output=True, text=True,
                          timeout=300)


def imports(kind, *files):
    return ["import", kind] + [DATA + "/" + f for f in files]


def make_data():
    subprocess.run([TAPR, "synth", "--out", DATA, "--share", "0.002", "--seed",
                    "7", "--fund", "bretagne"], check=True, capture_output=True)
    with open(DATA + "/headcount.csv") as f:
        sirens = sorted({x.split(",")[0] for x in f.read().split("\n")[1:-1]})
    with open(DATA + "/long.csv", "w") as f:
        f.write("siren,year,month,headcount\n")
        for i in range(LONG_ROWS):
            k, month = divmod(i, 12)
            year, n = divmod(k, len(sirens))
            f.write("%s,%d,%d,9.00\n" % (sirens[n], 1995 + year, month + 1))
    lines = open(DATA + "/payroll.csv").read().split("\n")
    head = lines[0].split(",")
    at = head.index("payroll_eur")
    with open(DATA + "/corrected.csv", "w") as f:
        f.write(lines[0] + "\n")
        for line in lines[1:-1]:
            v = line.split(",")
            v[at] = "%d.00" % (int(float(v[at])) + 1000)
            f.write(",".join(v) + "\n")


def commands():
    return [
        imports("benefits", "benefits.csv"),        # they wait for claims
        imports("classification", "classification.csv"),
        imports("sirene", "StockEtablissement_utf8.csv",
                "StockUniteLegale_utf8.csv"),
        imports("payroll", "payroll.csv"),
        imports("headcount", "headcount.csv"),
        imports("portfolio", "portfolio.csv"),
        imports("claims", "claims.csv"),            # benefits are released
        imports("rates", "rates.csv"),
        imports("headcount", "long.csv"),           # several slices
        ["campaign", "run", "2025"],
        imports("payroll", "corrected.csv"),
        ["campaign", "freeze", "2025"],             # again, with other facts
        ["campaign", "compute", "2025"],
    ]


class Reference:
    """The undisturbed run: a copy of the fund before each command."""

    def __init__(self):
        self.steps = commands()
        self.before, self.seconds = [], []
        subprocess.run([TAPR, "init", FUND, "--fund", "bretagne"], check=True,
                       capture_output=True)
        for i, command in enumerate(self.steps):
            shutil.copytree(FUND, f"{WORK}/before-{i}")
            start = time.monotonic()
            r = tapr(command)
            self.seconds.append(time.monotonic() - start)
            if r.returncode != 0:
                sys.exit(f"not ok - the reference runs\n    {command}: {r.stderr}")
        shutil.copytree(FUND, f"{WORK}/before-{len(self.steps)}")
        self.states = [State(f"{WORK}/before-{i}")
                       for i in range(len(self.steps) + 1)]
        end = Register(FUND)
        self.at = {k: end.as_known(k) for k in range(end.known() + 1)}
        end.close()


def sample(fund):
    with open(DATA + "/payroll.csv") as f:
        sirets = sorted({line.split(",")[0] for line in f.read().split("\n")[1:-1]})
    return [sirets[len(sirets) // 3], sirets[-1]]


def shown(fund):
    """What tapr itself says: two employers and the campaign."""
    ret = []
    for siret in sample(fund):
        r = tapr(["employer", "show", siret, "--json"], fund)
        ret.append((r.returncode, r.stdout))
    r = tapr(["campaign", "show", "2025", "--json"], fund)
    ret.append((r.returncode, r.stdout))
    return ret


class State:
    def __init__(self, fund):
        r = Register(fund)
        self.known, self.facts = r.known(), r.facts()
        r.close()
        self.shown = shown(fund)


def leftovers(fund):
    return [os.path.join(d, f) for top in (fund, DATA)
            for d, _, files in os.walk(top) for f in files
            if f.endswith((".part", ".new"))]


def killed(fund, command, how, delay):
    """Starts and kills; the exit status and what was said."""
    p = subprocess.Popen(args(command, fund), stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE, text=True)
    time.sleep(delay)
    p.send_signal(how)
    out, err = p.communicate()
    return p.returncode, err


def told_before(fund):
    """The last batch published, and the register after it."""
    r = Register(fund)
    known = r.known()
    ret = known, r.as_known(known)
    r.close()
    return ret


def after_kill(ref, i, fund, told):
    """What must hold whatever was killed; '' when it does."""
    r = Register(fund)
    known = r.known()
    try:
        if not r.whole():
            return "the base is not whole"
        if known < told[0] or r.as_known(told[0]) != told[1]:
            return f"batch {told[0]} was published and is not what it was"
        # A command that had begun to publish, run again, has other numbers.
        if told[0] == ref.states[i].known and \
                r.as_known(known) != ref.at[known]:
            return f"after batch {known} the register is not the reference's"
    finally:
        r.close()
    before, after = ref.states[i], ref.states[i + 1]
    seen = shown(fund)
    if known == before.known and seen != before.shown:
        return "tapr shows something else than before"
    if told[0] == before.known and known == after.known and \
            seen != after.shown:
        return "tapr shows something else than after"
    # A freeze that was published asks to be computed first.
    if known == told[0] and ref.states[i].shown[2][0] == 0 and seen[2][0] != 0:
        return "the campaign of before is no longer shown"
    computed = json.loads(seen[2][1]).get("digest") if seen[2][0] == 0 else None
    if computed:
        v = tapr(["campaign", "verify", "2025"], fund)
        if v.returncode != 0:
            return "campaign verify: " + v.stderr
    return ""


def after_rerun(ref, i, fund):
    before = Register(fund)
    fresh = before.known() == ref.states[i].known
    before.close()
    r = tapr(ref.steps[i], fund)
    if r.returncode != 0:
        return f"run again: exit {r.returncode}: {r.stderr}"
    now = Register(fund)
    try:
        if now.unfinished() or now.rows_of(now.known()):
            return "rows of a batch that was killed are still there"
        if fresh and now.as_known(now.known()) != ref.at[ref.states[i + 1].known]:
            return "run again, the register is not the one of the reference"
        if now.facts() != ref.states[i + 1].facts:
            return "run again, the facts are not those of the reference"
    finally:
        now.close()
    if leftovers(fund):
        return f"left behind: {leftovers(fund)}"
    return ""


def one_round(ref, rng, n, tally):
    i = rng.randrange(len(ref.steps))
    fund = f"{WORK}/round"
    shutil.rmtree(fund, ignore_errors=True)
    shutil.copytree(f"{WORK}/before-{i}", fund)
    how = signal.SIGINT if n % 4 == 3 else signal.SIGKILL
    for _ in range(1 if n % 3 else 2):      # one time in three, killed twice
        told = told_before(fund)
        status, said = killed(fund, ref.steps[i], how,
                              rng.random() * ref.seconds[i] * 1.1)
        if how == signal.SIGINT and status not in (0, -signal.SIGINT) and not (
                status == 1 and "interromp" in said):
            return f"step {i}: SIGINT: exit {status}: {said}"
        tally["stopped" if status == 1 else
              "killed" if status < 0 else "done"] += 1
        why = after_kill(ref, i, fund, told)
        if why:
            return f"step {i} {ref.steps[i][:2]}, {how.name}: {why}"
    r = Register(fund)
    tally["half written"] += r.unfinished()
    r.close()
    why = after_rerun(ref, i, fund)
    return why and f"step {i} {ref.steps[i][:2]}, {how.name}: {why}"


def cut_in_the_rows(ref):
    """Killed when rows of it are known to be on the disk."""
    i = next(i for i, c in enumerate(ref.steps) if c[-1].endswith("long.csv"))
    fund = f"{WORK}/round"
    shutil.rmtree(fund, ignore_errors=True)
    shutil.copytree(f"{WORK}/before-{i}", fund)
    told = told_before(fund)
    p = subprocess.Popen(args(ref.steps[i], fund), stdout=subprocess.DEVNULL,
                         stderr=subprocess.DEVNULL)
    rows = 0
    while p.poll() is None and rows == 0:
        r = Register(fund)
        try:
            rows = r.rows_of(ref.states[i].known)
        except sqlite3.DatabaseError:
            pass        # copied while it was written
        finally:
            r.close()
    p.kill()
    p.wait()
    if rows == 0:
        return "no slice was seen"
    return after_kill(ref, i, fund, told) or after_rerun(ref, i, fund)


def main():
    make_data()
    ref = Reference()
    why = cut_in_the_rows(ref)
    result(not why, "an import killed with thousands of its rows on the disk "
           "shows none of them, and run again is whole", why)
    rng = random.Random(SEED)
    tally = {"killed": 0, "stopped": 0, "done": 0, "half written": 0}
    faults = []
    start = time.monotonic()
    for n in range(ROUNDS):
        why = one_round(ref, rng, n, tally)
        if why:
            faults.append(f"round {n}: {why}")
    result(not faults, f"{ROUNDS} rounds of imports and campaigns killed at "
           "random lose nothing, show no half and run again the same",
           "\n    ".join(faults[:5]))
    print("# seed %d, %d s: %s" % (SEED, time.monotonic() - start, ", ".join(
        f"{v} {k}" for k, v in tally.items())))
    sys.exit(failed > 0)


main()
