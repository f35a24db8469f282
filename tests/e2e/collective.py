"""collective.py FUND -- the lines of one of two small funds, for fund-load.

Figures that a person adds up by hand: see collective.sh.
"""
import sys

sys.path.insert(0, "tests/e2e")
from register import claim, classify, establishment, line, siret

FUND = sys.argv[1]
HERE, COMMUNE = (50, "75101") if FUND == "cramif" else (60, "33063")


def employer(n, code, ctn, cents, heads, years=(2020, 2021, 2022), **more):
    establishment(n, 1, commune=COMMUNE)
    classify(n, 1, code, ctn, "second_oeuvre" if ctn == "B" else None)
    for year in years:
        line("payroll", year, siret(n), "main", code, cents, None, heads)


def cost(ref, year, id, nature, cents):
    line("benefit", year, id, ref, nature, None, None, None, cents,
         year * 10000 + 615, None, None, None)


def death(ref, est, year):
    line("claim", year, ref, est, "main", None, "accident", 1,
         year * 10000 + 302, year * 10000 + 301, None, None,
         year * 10000 + 410, None, 0, None, None, year * 10000 + 301,
         year * 10000 + 501, None, "own", None, None, None, None, None, None,
         None, None, ref)


one, two = siret(HERE), siret(HERE + 1)
if FUND == "cramif":
    employer(50, "602MG", "C", 100000000, 60000)
    claim("C1", one, 2021, 200, 12, 20220601)
    cost("C1", 2021, "C1a", "care", 100000)
    cost("C1", 2021, "C1b", "daily_allowance", 500000)
    cost("C1", 2022, "C1c", "annual_annuity", 200000)
    cost("C1", 2022, "C1d", "pension", 50000)
    cost("C1", 2023, "C1e", "care", 77700)
    claim("C2", one, 2021, 10, 5, 20211001)
    cost("C2", 2021, "C2a", "capital", 195233)
    claim("C3", one, 2021, 10, kind="commuting")
    cost("C3", 2021, "C3a", "care", 99900)
    claim("C4", one, 2021, 10, kind="disease", charge="special_account")
    cost("C4", 2021, "C4a", "care", 70000)
    claim("C5", one, 2022, 10, third=6000)
    cost("C5", 2022, "C5a", "care", 10000)
    claim("C7", one, 2021, 10, kind="disease", charge="special_account",
          third=5000)
    cost("C7", 2021, "C7a", "care", 20000)
    # A temporary worker of 51, in the code 741GB, at 60 of the other fund.
    employer(51, "741GB", "H", 300000000, 45050, (2020, 2021))
    claim("C6", two, 2021, 10, 15, 20210901, user=siret(60))
    cost("C6", 2021, "C6a", "annual_annuity", 10000)
else:
    employer(60, "602MG", "C", 200000000, 50000)
    death("D1", one, 2022)
    claim("D2", one, 2021, 10, 20, 20210901)
    claim("D3", one, 2021, 10)
    cost("D3", 2021, "D3a", "care", -10000)
    cost("D3", 2021, "D3b", "care", 10000)
    employer(61, "741GB", "H", 100000000, None, (2022,))
