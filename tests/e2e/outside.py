#!/usr/bin/env python3
"""outside.py FUND OTHER LOGIN SIRET N -- S1-20 as a property.

OTHER is FUND with other data outside the portfolio of LOGIN.  N reads drawn at
random, most of them wrong in some way, must give the same bytes and the same
status on both, errors included; and one by somebody who may must differ, or the
test shows nothing.
"""
import os
import random
import subprocess
import sys

TAPR = os.environ["TAPR"]
FUND, OTHER, LOGIN, INSIDE, N = sys.argv[1:6]
OUTSIDE = ["99998601100024", "99998602100015", "99998609999999", "123",
           "' or 1=1 --", INSIDE + " ", INSIDE[:-1] + "7"]
WAYS = [["employer", "show"], ["employer", "history"], ["account"],
        ["campaign", "show", "2024"], ["revision", "show", "R1"],
        ["claim", "show"], ["employer", "totals"], ["contest", "list"],
        ["measure", "end"], ["delays"], ["user", "show"], ["audit", "show"],
        ["campaign", "verify", "2024"], ["employer", "rates-declared"]]
MORE = [[], ["--format", "json"], ["--on", "2023-06-01"],
        ["--known", "2024-01-01"], ["--why"], ["2022"], ["siret=" + INSIDE],
        ["siret=99998601100024"], ["--today", "2024-07-01"]]


def run(fund, words, who=LOGIN):
    done = subprocess.run([TAPR, "-C", fund, "--as", who] + words,
                          capture_output=True)
    return done.returncode, done.stdout, done.stderr.replace(
        fund.encode(), b"FUND")


def main():
    draw = random.Random(20)
    shown = 0
    if run(FUND, ["employer", "show", "99998601100024"], "again") == \
            run(OTHER, ["employer", "show", "99998601100024"], "again"):
        print("nothing differs outside the portfolio")
        return 1
    for i in range(int(N)):
        words = list(draw.choice(WAYS))
        if draw.random() < 0.8:
            words.append(INSIDE if draw.random() < 0.3 else
                         draw.choice(OUTSIDE))
        words += draw.choice(MORE)
        one, two = run(FUND, words), run(OTHER, words)
        if one != two:
            print(words, one, two, sep="\n")
            return 1
        shown += one[0] == 0
    print(f"{shown} of {N} shown")
    return shown == 0 or shown == int(N)


sys.exit(main())
