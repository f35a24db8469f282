"""flip.py TAPR FUND SIRET N -- N times one bit of the register is changed.

One time in four in its head.  Three verbs run on it: each answers or says what
is wrong; none dies.  The register is put back at the end.
"""
import os
import random
import subprocess
import sys

tapr, fund, siret, n = sys.argv[1:4] + [int(sys.argv[4])]
base = fund + "/register.db"
rng = random.Random(3)
with open(base, "rb") as f:
    good = f.read()


def put(content):
    for name in ("-wal", "-shm"):
        if os.path.exists(base + name):
            os.remove(base + name)
    with open(base, "wb") as f:
        f.write(content)


told = 0
for k in range(n):
    at = rng.randrange(100 if k % 4 == 0 else len(good))
    bad = bytearray(good)
    bad[at] ^= 1 << rng.randrange(8)
    for verb in (["employer", "show", siret], ["employer", "history", siret],
                 ["campaign", "freeze", "2025"]):
        put(bad)
        r = subprocess.run([tapr, "-C", fund, "--as", "a", "--today",
                            "2024-12-01"] + verb, capture_output=True,
                           text=True, timeout=60)
        assert r.returncode in (0, 1), (at, verb, r.returncode, r.stderr[:3000])
        assert r.returncode == 0 or r.stderr, (at, verb)
        told += r.returncode
put(good)
print(f"{told} of {3 * n} told")
