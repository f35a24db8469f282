"""audit_trials.py TAPR DIR ROUNDS SEED -- rewrites an audit log in every way, and
asks tapr audit verify --witness; prints a result for each way.

DIR holds fund (the log), old (the fund some entries before), witness.
"""
import hashlib
import random
import shutil
import sqlite3
import subprocess
import sys

tapr, here, rounds, seed = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
chance = random.Random(seed)
COLUMNS = ("position at actor role habilitation purpose act outcome kind object "
           "scope count digest follows previous leaf").split()
trial = f"{here}/trial"


def base():
    return sqlite3.connect(f"{trial}/audit/audit.db", isolation_level=None)


def fresh(name="fund"):
    shutil.rmtree(trial, ignore_errors=True)
    shutil.copytree(f"{here}/{name}", trial)
    db = base()
    n, = db.execute("select max(position) from entry").fetchone()
    return db, n


def run(*words):
    return subprocess.run([tapr, "-C", trial, "audit", *words], capture_output=True, text=True)


def instant(t):
    import datetime
    return datetime.datetime.fromtimestamp(t, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def rehash(db):
    """What a thief with the program and the key does: all is made right again."""
    rows = db.execute("select * from entry order by position").fetchall()
    leaves, previous = [], "0" * 64
    for row in rows:
        e = dict(zip(COLUMNS, row))
        line = "\t".join(instant(e[c]) if c == "at" else str("-" if e[c] is None else e[c])
                         for c in COLUMNS[:-2]) + "\t" + previous
        leaf = hashlib.sha256(b"\0" + line.encode()).digest()
        db.execute("update entry set previous = ?, leaf = ? where position = ?",
                   (previous, leaf.hex(), e["position"]))
        previous = leaf.hex()
        leaves.append(leaf)
    db.execute("delete from peak")
    at = 0
    for level in range(40, -1, -1):
        if len(leaves) >> level & 1:
            whole, at = leaves[at:at + 2**level], at + 2**level
            while len(whole) > 1:
                whole = [hashlib.sha256(b"\1" + whole[i] + whole[i + 1]).digest()
                         for i in range(0, len(whole), 2)]
            db.execute("insert into peak values (?, ?)", (level, whole[0].hex()))
    db.execute("delete from checkpoint")


def edit(db, n):
    p, column = chance.randint(1, n), chance.choice(COLUMNS[1:] + ["opening"])
    if column == "opening":
        db.execute("update opening set actor = 'somebody else' where position = ?", (p,))
    elif column in ("at", "count", "follows"):
        db.execute(f"update entry set {column} = {column} + 1 where position = ?", (p,))
    else:
        old, = db.execute(f"select {column} from entry where position = ?", (p,)).fetchone()
        new = (old or "") + "x" if len(old or "") != 64 else "%064x" % chance.getrandbits(256)
        db.execute(f"update entry set {column} = ? where position = ?", (new, p))
    return p


def delete(db, n):
    p = chance.randint(1, n)
    db.execute("delete from entry where position = ?", (p,))
    return p


def swap(db, n):
    a, b = sorted(chance.sample(range(1, n + 1), 2))
    for one, other in ((a, -1), (b, a), (-1, b)):
        db.execute("update entry set position = ? where position = ?", (other, one))
    return a


def insert(db, n):
    p = chance.randint(1, n)
    for i in range(n, p - 1, -1):
        db.execute("update entry set position = ? where position = ?", (i + 1, i))
    db.execute(f"insert into entry select {p}, {', '.join(COLUMNS[1:])} from entry "
               "where position = ?", (p + 1,))
    return p + 1


def truncate(db, n):
    p = chance.randint(1, n)
    db.execute("delete from entry where position >= ?", (p,))
    db.execute("delete from checkpoint where size >= ?", (p,))
    return p


def resign(db, n):
    p = chance.randint(1, n)
    how = chance.choice(("act", "drop", "outcome"))
    if how == "drop":
        db.execute("delete from entry where position = ?", (p,))
        for i in range(p + 1, n + 1):
            db.execute("update entry set position = ? where position = ?", (i - 1, i))
            db.execute("update opening set position = ? where position = ?", (-i, i))
        db.execute("delete from opening where position > 0 and position >= ?", (p,))
        db.execute("update opening set position = -position - 1 where position < 0")
    else:
        db.execute(f"update entry set {how} = 'forged' where position = ?", (p,))
    rehash(db)
    db.close()
    done = run("checkpoint")
    assert done.returncode == 0, done.stderr
    if how != "drop":       # alone, nobody sees it: that is what the witness is for
        alone = run("verify")
        assert alone.returncode == 0, alone.stderr
    return None


def trials(name, way, names_it):
    wrong = ""
    for _ in range(rounds):
        db, n = fresh("fund")
        p = way(db, n)
        db.close()
        got = run("verify", "--witness", f"{here}/witness")
        if got.returncode != 1 or got.stdout or "entrée " not in got.stderr or (
                names_it and f"entrée {p} : " not in got.stderr):
            wrong = f"{p}: status {got.returncode} {got.stdout}{got.stderr}"
            break
    print(f"{'not ok' if wrong else 'ok'} - audit log: {rounds} trials of {name}, "
          f"each detected{' and named' if names_it else ''}")
    if wrong:
        print("    " + wrong)


trials("an entry edited", edit, True)
trials("an entry deleted", delete, True)
trials("two entries swapped", swap, True)
trials("an entry inserted", insert, True)
trials("the log truncated", truncate, True)
trials("the log rewritten and signed again with the stolen key", resign, False)
db, n = fresh("old")
db.close()
back = run("verify", "--witness", f"{here}/witness")
print(("ok" if back.returncode == 1 and f"entrée {n + 1} : " in back.stderr else "not ok") +
      " - audit log: an old copy put back is detected with the witness")
