"""notifies.py -- the lines of a register that two funds hold, for fund-load.

Firms with an establishment (2) in Lyon and their head office (1) in Paris, or
the reverse; see notifies.sh.
"""
import sys

sys.path.insert(0, "tests/e2e")
from register import claim, classify, establishment, line, siren, siret

PARIS, LYON = "75101", "69123"


def firm(n, code, ctn, size, head, other, single=0):
    line("unit", siren(n), None, None, "A", None, siret(n)[9:], None, None,
         "O")
    for nic, commune in ((1, head), (2, other)):
        est = siret(n, nic)
        establishment(n, nic, commune=commune)
        classify(n, nic, code, ctn, "second_oeuvre" if ctn == "B" else None,
                 single)
        for year in range(2020, 2023):
            line("payroll", year, est, "main", code,
                 size * 1250000 + nic * 100000, None, size * 50)
        line("rate", 2023, est, "main", 20230101, code, 21000 + nic * 1000,
             "mixed" if size >= 20 else "collective", 20230105)
        if size >= 20:
            claim("N%d%d" % (n, nic), est, 2021, 60 * nic)
    for year in range(2017, 2024):
        for month in range(1, 13):
            line("headcount", year, siren(n), month, size * 100)


firm(100, "285DF", "A", 60, PARIS, LYON)
firm(101, "452BE", "B", 60, PARIS, LYON)
firm(102, "285DF", "A", 60, PARIS, LYON, single=1)
firm(103, "602MG", "C", 3, PARIS, LYON)
firm(104, "452BE", "B", 60, LYON, PARIS)
firm(105, "452BE", "B", 3, PARIS, LYON)
