"""beside.py TAPR FUND FILE SIRET -- reads while an import of headcounts writes.

What is read is the register before or after it.  A second import started
meanwhile is told to wait, and changes nothing.
"""
import subprocess
import sys

tapr, fund, file, siret = sys.argv[1:5]


def command(*words):
    return [tapr, "-C", fund, "--as", "a", "--today", "2024-12-01", *words]


def run(*words):
    return subprocess.run(command(*words), capture_output=True, text=True)


def show():
    """Two commands: the import may end between them, not within one."""
    said = []
    for verb in ("show", "history"):
        r = run("employer", verb, siret, "--json")
        assert r.returncode == 0, r.stderr
        said.append(r.stdout)
    return said


before = show()
p = subprocess.Popen(command("import", "headcount", file),
                     stdout=subprocess.PIPE, text=True)
seen, told = [], 0
while p.poll() is None:
    seen.append(show())
    r = run("import", "portfolio", file)
    # It is no portfolio: let in, it is refused for that.
    assert r.returncode == 1, r.stdout
    told += "une autre commande" in r.stderr
after = show()
assert p.returncode == 0
assert seen, "the import was too quick to be read beside"
ended = False
for both in seen:
    for said, was, now in zip(both, before, after):
        assert said in (was, now), "something between was seen"
        assert not ended or said == now, "what was seen went back"
        ended = ended or said != was
print(f"read {len(seen)} times, told to wait {told} times")
assert told > 0
