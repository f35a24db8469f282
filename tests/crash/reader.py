"""reader -- what a register holds, read without tapr.

The fund is copied first: a base that was cut off is mended by whoever opens
it, and here that must be tapr.
"""
import hashlib
import os
import shutil
import sqlite3
import tempfile

OWN = ("batch", "batch_total", "schema_version")


class Register:
    def __init__(self, fund):
        self.dir = tempfile.mkdtemp(prefix="register-")
        for name in ("register.db", "register.db-wal"):
            if os.path.exists(os.path.join(fund, name)):
                shutil.copy(os.path.join(fund, name), self.dir)
        self.db = sqlite3.connect(os.path.join(self.dir, "register.db"))
        self.tables = sorted(n for (n,) in self.db.execute(
            "select name from sqlite_master where type = 'table'"))

    def close(self):
        self.db.close()
        shutil.rmtree(self.dir)

    def whole(self):
        return [r for (r,) in self.db.execute("pragma integrity_check")] == ["ok"]

    def known(self):
        return self.db.execute(
            "select max(batch) from batch where published = 1").fetchone()[0] or 0

    def unfinished(self):
        return self.db.execute(
            "select count(*) from batch where published = 0").fetchone()[0]

    def rows_of(self, batch_over):
        """How many rows of facts came with a batch over that one."""
        return sum(self.db.execute(
            f"select count(*) from {t} where batch > ?", (batch_over,)).fetchone()[0]
            for t in self.tables if t not in OWN)

    def as_known(self, known):
        """Digest of every row of every table as known after that batch."""
        h = hashlib.sha256()
        for t in self.tables:
            if t == "schema_version":
                continue
            # A command run again has an entry of its own in the audit log.
            kept = ", ".join(c[1] for c in self.db.execute(f"pragma table_info({t})")
                             if (t, c[1]) != ("batch", "entry"))
            cursor = self.db.execute(
                f"select {kept} from {t} where batch <= ?", (known,))
            names = [c[0] for c in cursor.description]
            by = names.index("superseded_by_batch") \
                if "superseded_by_batch" in names else None
            rows = []
            for r in cursor:
                if by is not None and r[by] is not None and r[by] > known:
                    r = r[:by] + (None,) + r[by + 1:]
                rows.append(repr(r))
            h.update(("%s %d\n" % (t, len(rows))).encode())
            h.update("\n".join(sorted(rows)).encode())
        return h.hexdigest()

    def facts(self):
        """Digest of what is in force, whichever batch brought it."""
        h = hashlib.sha256()
        for t in self.tables:
            if t in OWN:
                continue
            names = [c[1] for c in self.db.execute(f"pragma table_info({t})")]
            # A campaign names the batch it froze at, and files made from it.
            kept = [n for n in names if n not in (
                "batch", "line", "checksum", "superseded_by_batch",
                "known_batch", "inputs_digest", "results_digest")]
            rows = sorted(map(repr, self.db.execute(
                f"select {', '.join(kept)} from {t} "
                "where superseded_by_batch is null")))
            h.update(("%s %d\n" % (t, len(rows))).encode())
            h.update("\n".join(rows).encode())
        return h.hexdigest()
