#!/bin/bash
# vectors -- the golden cases as JSON, for programs in other languages.
set -uo pipefail
. "$(dirname "$0")/../tap.sh"
. tests/e2e/common

vectors=$TAPR_BUILD/vectors.json
try "the build holds vectors.json, one JSON document" json "$vectors"

# ask.py: every vector again, through the program itself.
cat > "$dir/ask.py" <<'END'
import glob, json, os, subprocess, sys
from concurrent.futures import ThreadPoolExecutor
tapr, vectors, scratch = sys.argv[1:]
vectors = json.load(open(vectors, encoding="utf-8"))["vectors"]
cases = {os.path.relpath(f, "tests/cases")[:-5]
         for f in glob.glob("tests/cases/**/*.case", recursive=True)}
names = [v["name"] for v in vectors]
assert len(names) == len(set(names)) and set(names) == cases, cases ^ set(names)

def ask(vector):
    """The fault of a vector, or None."""
    if "facts" in vector:
        facts = vector["facts"]
        text = facts if isinstance(facts, str) else json.dumps(facts, ensure_ascii=False)
        words, text = ["rate", "-", "--json"], text.encode("utf-8")
    else:
        words = ["rule", vector["rule"], "--json"] + [
            "%s=%s" % pair for pair in vector["args"].items()]
        text = b""
    done = subprocess.run([tapr, *words], input=text, capture_output=True, check=False)
    if "refused" in vector:
        # On stderr the place and the text; the program adds its own name and the file's.
        where, said = vector["error"]["where"], vector["error"]["text"]
        message = done.stderr.decode("utf-8")
        if done.returncode != 1 or done.stdout or said not in message or (where or "") not in message:
            return "%s: %d %s" % (vector["name"], done.returncode, message)
        return None
    if done.returncode != 0:
        return "%s: %s" % (vector["name"], done.stderr.decode("utf-8"))
    answer = json.loads(done.stdout)
    left = {k: v for k, v in answer.items() if k not in ("steps", "law", "engine")}
    if left != vector["answer"]:
        return "%s: another answer" % vector["name"]
    return None

with ThreadPoolExecutor(os.cpu_count()) as pool:
    faults = [fault for fault in pool.map(ask, vectors) if fault]
print("\n".join(faults[:20]))
print("# %d vectors, %d refused" % (len(vectors), sum("refused" in v for v in vectors)))
sys.exit(1 if faults or len(vectors) < 300 else 0)
END
if [ -e "$vectors" ]; then
	try "the program gives the answer of every vector, or its refusal" \
	    python3 "$dir/ask.py" "$TAPR_PLAIN" "$vectors" "$dir"
fi

# A vector is of use without us: what was computed by hand is in it.
try "every vector says why, and what was computed by hand" python3 - "$vectors" <<- 'END'
	import json, sys
	doc = json.load(open(sys.argv[1], encoding="utf-8"))
	assert doc["form"] == 1 and doc["law"]["version"] and len(doc["law"]["digest"]) == 64
	for v in doc["vectors"]:
	    assert v["why"] and ("facts" in v) != ("rule" in v), v["name"]
	    assert v.get("expect") or v.get("refused"), v["name"]
	    assert "steps" not in v.get("answer", {}), v["name"]
END
finish
