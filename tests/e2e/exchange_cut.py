"""exchange_cut.py TAPR FUND AWAY WHOLE ROUNDS -- a file that leaves is cut off.

Kills a run, or asks it to stop, after a delay that grows from nothing to twice what a whole run
takes.  Then the table is not there, or it is the file WHOLE, described and in
the register.  Prints how many there were of each.
"""
import json
import os
import signal
import subprocess
import sys
import time

tapr, fund, away, whole, rounds = sys.argv[1:5] + [int(sys.argv[5])]


def command(path):
    return [tapr, "-C", fund, "--as", "anne", "--today", "2024-12-01",
            "exchange", "run", "inrs_companies", "2022", "--out", path]


began = time.monotonic()
subprocess.run(command(away + "/timed.csv"), check=True, capture_output=True)
took = time.monotonic() - began
there = parts = 0
for i in range(rounds):
    path = "%s/cut%d.csv" % (away, i)
    p = subprocess.Popen(command(path), stdout=subprocess.DEVNULL,
                         stderr=subprocess.DEVNULL)
    time.sleep(2 * took * i / rounds)
    # Killed outright, or asked to stop (from when it listens on): then
    # nothing is even begun.
    asked = i % 3 == 2
    p.send_signal(signal.SIGTERM if asked else signal.SIGKILL)
    p.wait()
    begun = [n for n in os.listdir(away) if n.startswith("cut%d." % i) and
             n.endswith(".part")]
    assert not (asked and begun), begun
    parts += len(begun)
    if os.path.exists(path):
        there += 1
        assert open(path, "rb").read() == open(whole, "rb").read(), path
        json.load(open(path + "-metadata.json", encoding="utf-8"))
sent = json.loads(subprocess.run(
    [tapr, "-C", fund, "exchange", "register", "--json"], check=True,
    capture_output=True).stdout)["transmissions"]
names = {t["file"] for t in sent}
assert all("cut%d.csv" % i in names for i in range(rounds)
           if os.path.exists("%s/cut%d.csv" % (away, i)))
assert 0 < there < rounds, "no run was cut off, or every one: %d" % there
print(there, "whole,", rounds - there, "not there,", parts, "begun")
