"""
mutate.py -- would the tests notice if a rule were wrong?

	mutate.py [--count N] [--seed N] [--jobs N] [--gate PERCENT] [FOLDER...]

Changes one operator or constant of the rules at a time (src/tariff and
src/deadline unless folders are named), builds, runs the quick suites, and
counts the changes that some test notices.  With fewer than all changes asked
for, a sample drawn with the seed.  A change listed in harmless.csv
(file,line,changed,why) is not counted: it makes another program that gives the
same answers.  Works on copies; the tree is not touched.
"""

import argparse
import csv
import multiprocessing
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
COPIED = ("meson.build", "meson_options.txt", "src", "tests", "law",
          "examples", "tools", "docs", "layers")
# The suites that tell, quickest first; the comparison with the reference on
# fewer cases than ./check runs.
COMPARE = ["python3", "tests/reference/compare.py", "--driver",
           "build/tapr-driver", "--jobs", "1"]
SUITES = (["tests/unit/run"], ["tests/cases/run"],
          COMPARE + ["--count", "1000"], COMPARE + ["--rules", "--count", "2000"])

# What is changed into what.  Longest first; "->" and the like are passed over.
CHANGES = {
    "<=": ["<"], ">=": [">"], "==": ["!="], "!=": ["=="],
    "&&": ["||"], "||": ["&&"], "<": ["<="], ">": [">="],
    "+": ["-"], "-": ["+"], "*": ["/"],
    "frac_add": ["frac_sub"], "frac_sub": ["frac_add"],
    "frac_mul": ["frac_div"], "frac_div": ["frac_mul"],
    "frac_min": ["frac_max"], "frac_max": ["frac_min"],
    "true": ["false"], "false": ["true"],
    "ROUND_HALF_UP": ["ROUND_DOWN"], "ROUND_DOWN": ["ROUND_HALF_UP"],
}
TOKEN = re.compile(r"""
      (?P<skip> /\*.*?\*/ | //[^\n]* | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*'
        | ^[ \t]*\#(?:[^\n\\]|\\.|\\\n)*
        | -> | \+\+ | -- | [-+*/%&|^]= | << | >> )
    | (?P<word> [A-Za-z_]\w* )
    | (?P<number> \d\w* )
    | (?P<sign> <= | >= | == | != | && | \|\| | [<>+*-] )
    """, re.X | re.S | re.M)
# A sign that stands after one of these is unary, or a pointer's star.
BEFORE_UNARY = re.compile(r"(?:[(,=?:{;&|!<>+*/-]|return|case)\s*$")
DECLARATION = re.compile(r"(?:\b(?:struct|enum)\s+\w+|\b(?:char|int|void|bool"
                         r"|size_t|u?int\d+_t|const|rate|row|law|err))\s*$")
# What happens without memory is no rule, and no test here takes it away.
NO_MEMORY = re.compile(r"if \(\w+ == NULL\)$|arena_array|arena_failed")


def mutants_of(path):
    """(path, start, end, new text) for each change of the file."""
    with open(os.path.join(ROOT, path), encoding="utf-8") as f:
        text = f.read()
    body = text.find("\n{\n")           # nothing before the first function
    for found in TOKEN.finditer(text):
        kind, old = found.lastgroup, found.group()
        start, end = found.span()
        if kind == "skip" or start < body:
            continue
        before = text[max(0, start - 60):start]
        line = text[text.rfind("\n", 0, start) + 1:text.find("\n", end)]
        if "assert(" in line or NO_MEMORY.search(line):
            continue
        if kind == "number":
            if not old.isdigit() or before.endswith(("[", "_")):
                continue
            news = [str(int(old) + 1)]
        elif kind == "sign":
            if old in "*-+" and (BEFORE_UNARY.search(before)
                                 or DECLARATION.search(before)):
                continue
            news = CHANGES[old]
        else:
            news = CHANGES.get(old, [])
        for new in news:
            yield (path, start, end, new)


def line_of(text, at):
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text.count("\n", 0, at) + 1, text[start:end], at - start


def shown(mutant):
    """Where, the line, and the line as changed."""
    path, start, end, new = mutant
    with open(os.path.join(ROOT, path), encoding="utf-8") as f:
        text = f.read()
    number, line, at = line_of(text, start)
    changed = line[:at] + new + line[at + end - start:]
    return "%s:%d" % (path, number), line.strip(), changed.strip()


def harmless():
    path = os.path.join(HERE, "harmless.csv")
    if not os.path.exists(path):
        return set()
    with open(path, encoding="utf-8", newline="") as f:
        return {(row["file"], row["line"], row["changed"])
                for row in csv.DictReader(f)}


class Tree:
    """A copy of the repository, built once, in which changes are tried."""

    def __init__(self, scratch, number):
        self.root = os.path.join(scratch, str(number))
        self.build = os.path.join(self.root, "build")
        os.mkdir(self.root)
        for name in COPIED:
            source = os.path.join(ROOT, name)
            if os.path.isdir(source):
                shutil.copytree(source, os.path.join(self.root, name))
            elif os.path.exists(source):
                shutil.copy2(source, self.root)
        self.environment = dict(
            os.environ, TAPR_BUILD=self.build, TAPR_BUILD_PLAIN=self.build,
            TAPR=self.build + "/tapr", TAPR_PLAIN=self.build + "/tapr",
            TAPR_FULL="0", CC="gcc", PYTHONDONTWRITEBYTECODE="1")
        self.run(["meson", "setup", self.build, "-Dbuildtype=debug",
                  "-Dtests=enabled"], check=True)
        self.run(["ninja", "-C", self.build], check=True)

    def run(self, command, check=False):
        return subprocess.run(command, cwd=self.root, env=self.environment,
                              stdin=subprocess.DEVNULL, timeout=600,
                              stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, check=check)

    def passes(self):
        for suite in SUITES:
            needed = suite[0] if suite[0] != "python3" else suite[3]
            if not os.path.exists(os.path.join(self.root, needed)):
                continue
            try:
                if self.run(suite).returncode != 0:
                    return False
            except subprocess.TimeoutExpired:
                return False
        return True

    def verdict(self, mutant):
        path, start, end, new = mutant
        file = os.path.join(self.root, path)
        with open(file, encoding="utf-8") as f:
            text = f.read()
        try:
            with open(file, "w", encoding="utf-8") as f:
                f.write(text[:start] + new + text[end:])
            if self.run(["ninja", "-C", self.build]).returncode != 0:
                return "no program"
            return "survived" if self.passes() else "noticed"
        finally:
            with open(file, "w", encoding="utf-8") as f:
                f.write(text)


def work(scratch, number, todo, done):
    tree = Tree(scratch, number)
    if not tree.passes():
        done.put((None, "the suites fail on the tree as it is"))
        return
    while True:
        mutant = todo.get()
        if mutant is None:
            return
        done.put((mutant, tree.verdict(mutant)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--gate", type=float, default=90)
    parser.add_argument("folder", nargs="*",
                        default=["src/tariff", "src/deadline"])
    args = parser.parse_args()

    mutants, known = [], harmless()
    for folder in args.folder:
        for name in sorted(os.listdir(os.path.join(ROOT, folder))):
            if name.endswith(".c"):
                mutants += mutants_of(folder + "/" + name)
    total = len(mutants)
    mutants = [m for m in mutants
               if (m[0],) + shown(m)[1:] not in known]
    left = len(mutants)
    if left > args.count:
        mutants = sorted(random.Random(args.seed).sample(mutants, args.count))
    print("# %d changes possible, %d known to be harmless, %d tried"
          % (total, total - left, len(mutants)), flush=True)

    todo, done = multiprocessing.Queue(), multiprocessing.Queue()
    counts = {"noticed": 0, "survived": 0, "no program": 0}
    with tempfile.TemporaryDirectory(prefix="tapr-mutate-") as scratch:
        for mutant in mutants + [None] * args.jobs:
            todo.put(mutant)
        jobs = [multiprocessing.Process(target=work, daemon=True,
                                        args=(scratch, i, todo, done))
                for i in range(args.jobs)]
        for job in jobs:
            job.start()
        for _ in mutants:
            mutant, verdict = done.get()
            if mutant is None:
                print("not ok - " + verdict)
                for job in jobs:
                    job.terminate()
                return 1
            counts[verdict] += 1
            if verdict == "survived":
                where, line, changed = shown(mutant)
                print("# survived: %s\n#     %s\n#     %s"
                      % (where, line, changed), flush=True)
        for job in jobs:
            job.join()

    programs = counts["noticed"] + counts["survived"]
    score = 100.0 * counts["noticed"] / programs if programs else 0.0
    print("# %d noticed, %d survived, %d do not compile: %.1f %%"
          % (counts["noticed"], counts["survived"], counts["no program"],
             score))
    sentence = "the tests notice at least %g %% of the changes made to the " \
        "rules" % args.gate
    print(("ok - " if score >= args.gate else "not ok - ") + sentence)
    return 0 if score >= args.gate else 1


if __name__ == "__main__":
    sys.exit(main())
