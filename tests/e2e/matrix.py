#!/usr/bin/env python3
"""matrix.py FUND -- every act of tapr by every role, against the matrix.

What an act needs is what `tapr VERB --why` prints; whether a role has it is read
from law/permissions.csv here, by other means than the program's.  An act that
the guard lets pass may fail for another reason (there is nothing to decide on,
a word is missing); one that it stops says so, in the same words each time.
"""
import csv
import os
import subprocess
import sys

TAPR = os.environ["TAPR"]
LAW = os.environ.get("TAPR_LAW", "law")
FUND = sys.argv[1]
STOPPED = "n'a pas d'habilitation en cours"
ROLES = ["claims_entry", "tarification", "prevention", "medical", "national",
         "director", "governance", "dpo", "auditor", "admin", "supplier",
         "service", "nobody"]
# What each act takes beside its own words, so that it gets as far as the fund.
HERE = "99998601100016"
FILE = "tests/data/register/rates.csv"
WORDS = {"campaign": ["2024"], "employer": [HERE], "claim": ["A-1"],
         "account": [HERE, "2022"], "classify": [HERE], "measure": [HERE], "contest": ["2024"],
         "revision": ["R1", HERE], "delays": [],
         "audit": [], "keys": [], "exchange": ["cnam_records"],
         "user": ["nobody"], "import": [FILE]}
MORE = {"employer totals": ["2022"], "employer rates-declared": [],
        "exchange list": [], "exchange register": [],
        "exchange run": ["cnam_records", "2024", "--out", "/none/file"],
        "keys destroy": ["2019-01"], "user list": [], "revision list": ["R1"],
        "revision open": ["R1", HERE, "--answer-by", "2024-12-31"],
        "revision conclude": ["R1", HERE, "unchanged"],
        "revision decide": ["R1", HERE, "accept"],
        "campaign observe": ["2024", "siret=" + HERE, "document=d"],
        "campaign decide": ["2024", "lot=1"],
        "campaign notify": ["2024", "lot=1"],
        "contest open": ["2024", "siret=" + HERE, "section=main",
                         "against=capped", "document=d"],
        "contest list": ["2024"], "contest table": ["2024", "number=1"],
        "contest decide": ["2024", "number=1", "accept=no", "reasons=r"]}


def acts():
    """(act, needs) of every verb that has some."""
    for verb in WORDS:
        told = subprocess.run([TAPR, verb, "--why"], capture_output=True,
                              text=True, check=True).stdout
        for line in told.splitlines():
            if "droits " in line and line.startswith("tapr "):
                name = line[5:].split(" : ")[0]
                yield name, line.split("droits ")[1].split()


def forgotten():
    """Verbs with needs that this test does not know."""
    told = subprocess.run([TAPR, "help"], capture_output=True, text=True,
                          check=True).stdout
    for line in told.splitlines():
        if not line.startswith("  tapr ") or line.split()[1] in WORDS:
            continue
        verb = line.split()[1]
        why = subprocess.run([TAPR, verb, "--why"], capture_output=True,
                             text=True)
        if " ; droits " in why.stdout:
            yield verb


def cells():
    got = {}
    with open(LAW + "/permissions.csv", encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f):
            for action in row["actions"].split():
                key = f"{row['object']}.{row['field']}:{action}"
                got[row["role"], key] = row["scope"]
    return got


def expected(table, role, needs):
    scopes = [table.get((role, need)) for need in needs]
    if None in scopes:
        return False
    # Nobody has a portfolio here: nothing is in it.
    return "portfolio" not in scopes


def main():
    for verb in forgotten():
        print(f"not ok - no act of tapr {verb} is tried")
        return 1
    table = cells()
    allowed = refused = 0
    for name, needs in acts():
        verb = name.split()[0]
        if name == "campaign show":     # of the fund: another cell
            needs = ["campaign.rates:read"]
        words = MORE.get(name, WORDS[verb])
        for role in ROLES:
            run = subprocess.run([TAPR, "-C", FUND, "--as", role] +
                                 name.split() + words, capture_output=True,
                                 text=True)
            stopped = STOPPED in run.stderr
            if stopped == expected(table, role, needs):
                print(f"not ok - {role}: {name}: {run.stderr.strip()}")
                return 1
            if stopped and run.stdout:
                print(f"not ok - {role}: {name} printed something")
                return 1
            allowed += not stopped
            refused += stopped
    print(f"{allowed} allowed, {refused} refused")
    return allowed < 100 or refused < 400


sys.exit(main())
