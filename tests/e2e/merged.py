"""merged.py KIND -- a firm whose second establishment goes, for fund-load.

One (1 000 000 a year, 2.00 % in 2023) and two (3 000 000, 4.00 %), each mixed;
two closes in 2023.  KIND: both (one stood before), new (one is created then,
without a rate or a payroll of its own).
"""
import sys

sys.path.insert(0, "tests/e2e")
from register import claim, classify, line, siren, siret

new = sys.argv[1] == "new"
one, two = siret(200, 1), siret(200, 2)
line("unit", siren(200), None, None, "A", None, one[9:], None, None, "O")
for est, created, state, closed in ((one, 20230630 if new else 20050101, "A",
                                     None),
                                    (two, 20050101, "F", 20230630)):
    line("establishment", est, created, state, closed, 0, None, None, None,
         "69123", None, None, 1, "O", "insee")
    classify(200, 1 if est == one else 2, "285DF", "A",
             start=created if created > 20100101 else 20100101)
for year in range(2020, 2023):
    if not new:
        line("payroll", year, one, "main", "285DF", 100000000, None, 2000)
    line("payroll", year, two, "main", "285DF", 300000000, None, 4000)
for est, rate in ((one, 20000), (two, 40000)):
    if not (new and est == one):
        line("rate", 2023, est, "main", 20230101, "285DF", rate, "mixed",
             20230105)
for n in range(4):
    claim("M%d" % n, two, 2021, 200)
for year in range(2017, 2024):
    for month in range(1, 13):
        line("headcount", year, siren(200), month, 6000)
