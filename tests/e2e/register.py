"""register.py [N] -- the lines of a small register, for fund-load.

N firms (12 by default) that differ in size, risk and what happened to them; a
figure of each can be worked out by hand.  The same lines on every run.
"""
import sys


def luhn(body):
    total = 0
    for i, c in enumerate(reversed(body)):
        d = int(c) * (2 if i % 2 == 0 else 1)
        total += d - 9 if d > 9 else d
    return body + str(-total % 10)


def siren(n):
    return luhn("%08d" % (20000000 + n))


def siret(n, nic=1):
    return luhn(siren(n) + "%04d" % nic)


RISKS = [("285DF", "A"), ("602MG", "C"), ("452BE", "B"), ("741GB", "H")]
SIZES = [3, 12, 19, 20, 60, 149, 150, 400]


def line(*fields):
    print("|".join("" if f is None else str(f) for f in fields))


def establishment(n, nic, commune="69123", created=20050101):
    line("establishment", siret(n, nic), created, "A", None, int(nic == 1),
         None, None, None, commune, None, None, 1, "O", "insee")


def classify(n, nic, code, ctn, group=None, single=0, start=20100101,
             section="main"):
    line("classification", siret(n, nic), section, start, code, ctn, group,
         single, "test", "agent", None)


def claim(ref, est, year, days, ip=None, ip_on=None, kind="accident",
          user=None, charge="own", third=None):
    line("claim", year, ref, est, "main", None, kind, 1, year * 10000 + 302,
         year * 10000 + 301, None, None, year * 10000 + 410, None, days, ip,
         ip_on, None, None, third, charge, user, None, None, None, None, None,
         None, None, ref)


def firm(n):
    code, ctn = RISKS[n % 4]
    size = SIZES[n % 8]
    line("unit", siren(n), None, None, "A", None, siret(n)[9:], None, None, "O")
    establishment(n, 1, created=20230301 if n % 11 == 10 else 20050101)
    classify(n, 1, code, ctn, "second_oeuvre" if ctn == "B" else None,
             start=20230301 if n % 11 == 10 else 20100101)
    for year in range(2017, 2024):
        for month in range(1, 13):
            line("headcount", year, siren(n), month, size * 100)
    for year in range(2020, 2025):
        line("payroll", year, siret(n), "main", code, size * 2500000 + n * 100,
             None, size * 100)
    if size >= 12:
        claim("A%d" % n, siret(n), 2021, 10 + 20 * (n % 7))
    if size >= 60:
        claim("B%d" % n, siret(n), 2020, 200, 12, 20220601)
        claim("T%d" % n, siret(n), 2022, 30, kind="commuting")
    if n % 3 == 0:
        line("rate", 2023, siret(n), "main", 20230101, code, 21000,
             "mixed" if 20 <= size < 150 else
             "individual" if size >= 150 else "collective", 20230105)


if __name__ == "__main__":
    for n in range(int(sys.argv[1]) if len(sys.argv) > 1 else 12):
        firm(n)
