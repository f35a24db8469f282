"""cases.py -- runs the golden cases (README.md): see run and golden."""
import glob
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

HERE = os.path.dirname(os.path.abspath(__file__))
RECHECK = os.path.join(HERE, "..", "..", "tools", "recheck")
SECTIONS = {"why", "source", "facts", "command", "expect", "refused"}


class Wrong(Exception):
    """The case file itself cannot be used."""


class Case:
    def __init__(self, file):
        with open(file, encoding="utf-8") as stream:
            parts = re.split(r"^## (\w+)[ \t]*\n", stream.read(), flags=re.M)
        self.file = file
        self.section = dict(zip(parts[1::2], (p.strip() for p in parts[2::2])))
        wrong = set(parts[1::2]) - SECTIONS
        if parts[0].strip() or wrong or len(self.section) != len(parts) // 2:
            raise Wrong("unknown or repeated section %s" % (", ".join(wrong) or "?"))
        if not self.section.get("why"):
            raise Wrong("no section why")
        for either in (("facts", "command"), ("expect", "refused")):
            if sum(name in self.section for name in either) != 1:
                raise Wrong("one of the sections %s and %s is wanted" % either)

    def sentence(self):
        """The name of the test: the text of why up to a full stop that ends a line."""
        why = re.split(r"\.\s*(\n|$)", self.section["why"])[0]
        return " ".join(why.split())

    def lines(self, section):
        return [x.strip() for x in self.section.get(section, "").split("\n") if x.strip()]


def at(answer, path):
    """The value at a path of the answer; KeyError when there is none."""
    kind, _, rest = path.partition(".")
    if kind == "line":
        *ref, what, rest = re.fullmatch(r"(.*)\.(it|ip)\.(.*)", rest).groups()
        found = [x for x in answer["lines"] if x["claim"] == ref[0] and x["kind"] == what]
        return at(found[0], rest) if found else None
    if kind == "step":
        for step in answer["steps"]:
            if rest.startswith(step["id"] + "."):
                return at(step, rest[len(step["id"]) + 1:])
        raise KeyError(path)
    if kind == "warning":
        return answer["warnings"]
    here = answer
    for name in path.split("."):
        here = here[int(name)] if isinstance(here, list) else here[name]
    return here


def text(value):
    if value is None:
        return "null"
    if isinstance(value, list):
        return " ".join(text(v) for v in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def compare(answer, line):
    """(holds, what the answer says) for a line of expect."""
    parts = re.fullmatch(r"(\S+)\s*([=~])\s*(.*)", line)
    if not parts:
        raise Wrong("expect: %r is not PATH = VALUE or PATH ~ WORDS" % line)
    path, sign, wanted = parts.groups()
    try:
        found = at(answer, path)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        return False, "no such value"
    if sign == "~":
        return wanted in text(found), text(found)
    if path.endswith("exact") and isinstance(found, str) and wanted != "null":
        return Fraction(found) == Fraction(wanted), found
    return text(found) == wanted, text(found)


def run(case, scratch):
    """(exit status, out, err) of the engine, and the facts file if there is one."""
    facts = None
    if "facts" in case.section:
        facts = os.path.join(scratch, re.sub(r"\W", "-", case.file) + ".json")
        with open(facts, "w", encoding="utf-8") as stream:
            stream.write(case.section["facts"])
        words = ["rate", facts, "--format", "json"]
    else:
        words = shlex.split(case.section["command"])
        if words[:2] != ["tapr", "rule"]:
            raise Wrong("command: tapr rule ... is wanted")
        words = words[1:] + ["--json"]
    done = subprocess.run([os.environ["TAPR"]] + words, capture_output=True, text=True,
                          timeout=60, check=False)
    # The name of the case, in that of its file, is no word of the message.
    return done.returncode, done.stdout, done.stderr.replace(facts or "\0", "FACTS.json"), facts


def recheck(out, facts):
    done = subprocess.run([RECHECK, "--facts", facts], input=out, capture_output=True,
                          text=True, check=False)
    return [] if done.returncode == 0 else [done.stdout + done.stderr]


def check(case, scratch):
    """The faults found, as texts; and the parsed answer."""
    status, out, err, facts = run(case, scratch)
    if "refused" in case.section:
        faults = [] if status == 1 and out == "" else ["refused is expected: exit status %d, "
                                                       "%d characters printed" % (status, len(out))]
        return faults + ["the message does not say %r:\n%s" % (words, err)
                         for words in case.lines("refused")
                         if words.lower() not in err.lower()], None
    if status != 0:
        return ["exit status %d: %s" % (status, err.strip())], None
    answer = json.loads(out)
    faults = []
    for line in case.lines("expect"):
        holds, found = compare(answer, line)
        if not holds:
            faults.append("%s, the engine says %s" % (line, found))
    return faults + (recheck(out, facts) if facts else []), answer


def result(file, scratch):
    """The lines that the run prints for a case."""
    name = os.path.relpath(file, HERE)
    try:
        case = Case(file)
        faults, _ = check(case, scratch)
        sentence = case.sentence()
    except (Wrong, OSError, ValueError, subprocess.TimeoutExpired) as error:
        sentence, faults = name, [repr(error)]
    if not faults:
        return "ok - " + sentence
    more = "\n".join("\n".join("    " + x for x in f.split("\n") if x) for f in faults)
    return "not ok - %s\n    %s\n%s" % (sentence, name, more)


def golden(file, scratch):
    case = Case(file)
    _, out, err, _ = run(case, scratch)
    said = ["", "# %s: %s" % (os.path.relpath(file, HERE), case.sentence())]
    if not out:
        return "\n".join(said + ["  refused: " + err.strip()])
    answer = json.loads(out)
    lines = case.lines("expect") or ["notified.exact = ?"]
    for line in lines:
        holds, found = compare(answer, line)
        said.append("%s %s %s" % (" " if holds else "!", line.split()[0], found))
    return "\n".join(said)


def main(arguments):
    show = result
    if arguments[:1] == ["--golden"]:
        show = golden
        arguments = arguments[1:]
    files = []
    for place in arguments or [HERE]:
        files += [place] if place.endswith(".case") else sorted(
            glob.glob(os.path.join(place, "**", "*.case"), recursive=True))
    failed = False
    with tempfile.TemporaryDirectory() as scratch, \
            ThreadPoolExecutor(os.cpu_count()) as pool:
        for said in pool.map(lambda f: show(f, scratch), files):
            print(said)
            failed |= said.startswith("not ok")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
