#!/usr/bin/env python3
"""totals.py SHARE LAW FILE... -- the totals of funds against the published tables.

Each FILE is what `tapr employer totals 2024 --json` printed of one fund.  They
are added up and compared with law/statistics at SHARE (in millionths), for
each CTN and in all; what is expected comes from recount.py, which shares no
code with the program.  At share 1 every figure of every CTN is that of the
table; under 1, days and points hold in their sums alone, and commuting, whose
tables are national, not to the unit (docs/formats/synth.md, Shares).  Prints one "ok - ..." or "not ok - ..." a fact; exit 1 if one is not so.
"""
import collections
import csv
import json
import sys

from recount import YEAR, Expected, part_of

bad = 0
ROWS = "ABCDEFGHIS-"
CLAIMS = ("first_settled", "four_days", "ip_under_10", "ip_10_up", "deaths", "days", "points_under_10", "points_10_up")
SUMS_ONLY = ("days", "points_under_10", "points_10_up")


def fact(sentence, true, detail=""):
    global bad
    bad += not true
    print(("ok - " if true else "not ok - ") + sentence + ("" if true else " # %s" % (detail,)))


def hundredths(text):
    whole, _, part = text.partition(".")
    return 100 * int(whole) + int(part)


def count(paths):
    """got[what][CTN]: the sum of the funds."""
    got, every, funds = collections.defaultdict(collections.Counter), collections.Counter(), set()
    for path in paths:
        d = json.load(open(path, encoding="utf-8"))
        if d["fund"] in funds or str(d["year"]) != YEAR:
            raise SystemExit("%s: fund %s twice, or not of %s" % (path, d["fund"], YEAR))
        funds.add(d["fund"])
        for ctn, r in list(d["ctn"].items()) + [("all", d["all"])]:
            if r["employees_unknown"] or r["hours_unknown"]:
                raise SystemExit("%s: employees or hours are unknown" % path)
            row = {"establishments": r["establishments"], "employees": hundredths(r["employees"]),
                   "hours": hundredths(r["hours"])}
            for kind in ("accidents", "diseases", "commuting"):
                row.update({kind + ", " + k: r[kind][k] for k in CLAIMS})
            for k, n in row.items():
                if ctn == "all":
                    every[k] += n
                else:
                    got[k][ctn] += n
    for k in got:
        if sum(got[k].values()) != every[k]:
            fact("the total of each fund is the sum of its CTN", False, k)
    return got, funds


def expected(want):
    """of[what][CTN], by the rules of recount.py."""
    of = collections.defaultdict(collections.Counter)
    for i, (ctn, _) in enumerate(want.cells):
        cell = {k: v[i] for k, v in want.cell.items()}
        of["establishments"][ctn] += cell["establishments"]
        of["employees"][ctn] += 100 * cell["employees"]
        of["hours"][ctn] += 100 * cell["hours"]
        for k in CLAIMS:
            of["accidents, " + k][ctn] += cell["short"] + cell["four_days"] if k == "first_settled" else cell[k]
    for (ctn, *_), n in want.disease.items():
        for k in n:
            of["diseases, " + k][ctn] += n[k]
    return of


def compare(name, got, want, cells_too):
    total = sum(want.values())
    fact("%s: the sum is %d" % (name, total), sum(got.values()) == total, sum(got.values()))
    wrong = [(c, want[c], got[c]) for c in ROWS if want[c] != got[c]]
    if cells_too:
        fact("%s: each CTN is that of the table" % name, not wrong, wrong[:3])


def disease_points(got, law):
    """The column points holds 99 for each death, and the rates under 10 too."""
    want = collections.Counter()
    for r in csv.DictReader(open(law + "/statistics/diseases_2024.csv")):
        want[r["ctn"]] += int(r["points"]) - int(r["points_under_10"]) - 99 * int(r["deaths"])
    compare("diseases, points_10_up", got["diseases, points_10_up"], want, True)


def commuting(got, law, share):
    table = lambda name: list(csv.DictReader(open("%s/statistics/%s.csv" % (law, name))))
    settled = sum(int(r["commuting"]) for r in table("regions") if r["year"] == YEAR)
    year = next(r for r in table("years") if r["risk"] == "commuting" and r["year"] == YEAR)
    of = lambda k: sum(got["commuting, " + k].values())
    want = (settled, int(year["days"]), int(year["deaths"]), int(year["new_ip"]))
    have = (of("first_settled"), of("days"), of("deaths"), of("ip_under_10") + of("ip_10_up"))
    want = tuple(part_of(n, share) for n in want)
    fact("commuting accidents, days, deaths, IP are %d, %d, %d, %d" % want, have == want, have)


def main():
    share, law, paths = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
    want = Expected(law, share)
    got, funds = count(paths)
    with open(law + "/funds.csv", encoding="utf-8") as f:
        every = {r["code"] for r in csv.DictReader(f)}
    fact("the funds are the %d of law/funds.csv" % len(every), funds == every, every ^ funds)
    fact("every establishment has a main section",
         not any(n["-"] for n in got.values()), {k: n["-"] for k, n in got.items() if n["-"]})
    of = expected(want)
    compare("establishments", got["establishments"], of["establishments"], True)
    for k in ("employees", "hours"):
        compare(k + " in hundredths", got[k], of[k], True)
    for kind in ("accidents", "diseases"):
        for k in CLAIMS:
            if kind == "diseases" and k in ("four_days", "points_10_up"):
                continue  # not a column of the table
            compare("%s, %s" % (kind, k), got["%s, %s" % (kind, k)], of["%s, %s" % (kind, k)],
                    want.exact or k not in SUMS_ONLY)
    if want.exact:
        disease_points(got, law)
        commuting(got, law, share)
    return 1 if bad else 0


sys.exit(main())
