#!/bin/bash
# simulate -- what if: the same engine, other facts, and no decision.
set -uo pipefail
. "$(dirname "$0")/../tap.sh"
. tests/e2e/common

# value FILE: the rates of a simulation or of an answer, one a line.
value() {
	python3 - "$1" <<- 'END'
	import json, sys
	doc = json.load(open(sys.argv[1], encoding="utf-8"))
	for row in doc.get("rows", [{"answer": doc}]):
	    print(row["answer"]["notified"]["value"] if row["answer"] else "refused")
	END
}

# --- each kind of change -------------------------------------------------------

# set_to SENTENCE RATE SET...: the rate of the example so changed.
set_to() {
	local sentence=$1 rate=$2 sets=() set
	shift 2
	for set; do sets+=(--set "$set"); done
	run simulate "$facts" "${sets[@]}" --json
	both "$sentence" "expect 0" 'json "$out"' "test \"\$(value '$out')\" = $rate"
}
set_to "--set changes a field of a claim" 1.73 claims.M2.ip_rate=9
set_to "--set takes a claim out" 1.62 claims.M2=null
set_to "--set takes out all claims" 1.62 claims=null
set_to "--set adds a claim" 2.39 'claims.B7={"kind": "disease", "declared":
    "2022-01-05", "recognised": "2022-02-01", "stoppage_days": 20}'
set_to "--set gives a claim an object that it lacked" 1.62 claims.M2.temp_work.role=user
set_to "--set changes a payroll given as a plain number" 2.36 payroll.2022=3000000
set_to "--set changes a headcount" 2.39 headcounts.2022=91.50
set_to "--set adds a rebate" 2.27 rebate=0.10
set_to "--set changes a word" 0.64 establishment.section=support
set_to "--set changes a date" 2.09 establishment.created=2022-05-01
set_to "--set changes a truth" 2.37 establishment.created=2022-05-01 \
    establishment.taken_over=true
set_to "--set takes the base of the limits away" 2.37 previous=null
set_to "--set gives a parameter" 2.40 given.majorations.M1=0.20
set_to "--set gives an average cost" 2.36 given.average_costs.IT6=40000
set_to "--set gives an object" 2.37 \
    'single_rate={"first_year": true, "members": [{"rate": "2.40", "payroll": "150000"}]}'
set_to "--set adds an element to a list" 2.37 \
    'supplementary.0={"percent": "25", "from": "2024-02-01", "until": "2024-05-01"}'
set_to "several --set are done together" 2.34 claims.M1=null claims.M2.ip_rate=11 \
    payroll.2022=3000000

# bad_set SENTENCE STATUS SET WORD...
bad_set() {
	local sentence=$1 status=$2 set=$3
	shift 3
	run simulate "$facts" --set "$set"
	both "$sentence" "expect $status" "says $(printf '%q ' "$@")"
}
bad_set "a path that does not exist is refused" 1 nothing=1 nothing "champ inconnu"
bad_set "a claim that does not exist is refused, with those that do" 1 \
    claims.ZZ.ip_rate=3 claims.ZZ "M1, M2, M3"
bad_set "a value that the facts would refuse is refused" 1 claims.M2.ip_rate=101 \
    claims.M2.ip_rate "de 0 à 100"
bad_set "a change that is none is a usage error" 2 rebate CHEMIN=VALEUR
bad_set "a parameter that the change needs and nobody has is refused" 1 \
    zone=alsace-moselle collective_rates law/params --law

# --- sweeps -----------------------------------------------------------------------

run simulate "$facts" --sweep claims.M2.ip_rate=8..12/2
both "a sweep has a row for each value, both ends in it" "expect 0" \
    "prints 'ip_rate = 8 ' 'ip_rate = 10 ' 'ip_rate = 12 '" \
    'test "$(grep -c "^claims.M2" "$out")" -eq 3'
run simulate "$facts" --sweep rebate=0..0.25/0.1
both "a sweep stops before its end when the step does not fall on it" "expect 0" \
    'test "$(grep -c "^rebate" "$out")" -eq 3' "prints 'rebate = 0.20'"
run simulate "$facts" --sweep payroll.2022=2000000..2200000/100000 \
    --sweep claims.M2.ip_rate=9..10/1 --set claims.M1=null --json
# shellcheck disable=SC2016
both "two sweeps give every combination, the last turning fastest" "expect 0" \
    'python3 - "$out" <<- "END"
	import json, sys
	rows = json.load(open(sys.argv[1], encoding="utf-8"))["rows"]
	want = [{"claims.M1": "null", "payroll.2022": p, "claims.M2.ip_rate": i}
	        for p in ("2000000", "2100000", "2200000") for i in ("9", "10")]
	assert [row["set"] for row in rows] == want, rows[0]["set"]
END'
run simulate "$facts" --sweep claims.M2.ip_rate=99..102/1 --json
# shellcheck disable=SC2016
both "a row that is refused says why, and the others are answered" "expect 0" \
    'test "$(value "$out" | tr "\n" " ")" = "3.42 3.42 refused refused "' \
    'python3 - "$out" <<- "END"
	import json, sys
	rows = json.load(open(sys.argv[1], encoding="utf-8"))["rows"]
	assert rows[3]["error"]["where"] == "claims.M2.ip_rate", rows[3]
	assert "100" in rows[3]["error"]["text"]
	assert "error" not in rows[0]
END'
run simulate "$facts" --sweep claims.M2.ip_rate=99..102/1
both "a row that is refused says why in text too" "expect 0" \
    "prints '102   refusé : claims.M2.ip_rate'"
run simulate "$facts" --sweep claims.M2.ip_rate=101..105/1
both "a sweep in which every row is refused is refused" "expect 1" \
    "says claims.M2.ip_rate"
good=1
for sweep in rebate=0.2..0.1/0.1 rebate=0..1 rebate=0..1/0 rebate=0..1/-1 \
    rebate=a..b/c rebate payroll.2022=1..2000000000/1; do
	run simulate "$facts" --sweep $sweep
	expect 2 || { good=0; echo "$sweep"; }
done > "$dir/which"
try "a sweep that is none, or endless, is a usage error" \
    test $good -eq 1 -a ! -s "$dir/which"

# --- not a decision --------------------------------------------------------------------

run simulate "$facts" --set rebate=0.10
both "a simulation in text says that it does not count as a decision" "expect 0" \
    'head -n 1 "$out" | grep -q "ne vaut pas décision"' "prints 'rebate=0.10'"
run simulate "$facts" --set rebate=0.10 --json
both "a simulation in JSON says that it is one" "expect 0" \
    'grep -q "^{\"simulation\": true," "$out"'

# --- the same engine -----------------------------------------------------------------------

# A simulation that changes nothing, or says again what is there, is the rate
# itself, step by step; and a simulated fact is the fact written in the file.
cat > "$dir/same.py" <<'END'
import json, os, subprocess, sys
tapr, scratch, examples = sys.argv[1], sys.argv[2], sys.argv[3:]
def run(*words):
    done = subprocess.run([tapr, *words, "--json"], capture_output=True, check=False)
    return json.loads(done.stdout) if done.returncode == 0 else None
compared = 0
for name in examples:
    facts = json.load(open(name, encoding="utf-8"))
    answer = run("rate", name)
    for path, value in (("year", facts["year"]), ("zone", facts["zone"])):
        row = run("simulate", name, "--set", "%s=%s" % (path, value))["rows"][0]
        assert row["answer"] == answer, name
        compared += 1
    changes = [("payroll.2022", str(1000000 + 70001 * i) + ".%02d" % i) for i in range(10)]
    changes += [("rebate", "0.%02d" % i) for i in range(0, 26, 5)]
    changes += [("headcounts.2022", "%d.50" % i) for i in range(5, 200, 24)]
    for claim in facts.get("claims", []):
        changes += [("claims.%s.stoppage_days" % claim["ref"], i) for i in (0, 4, 46, 151)]
    for path, value in changes:
        changed = json.loads(json.dumps(facts))
        here, words = changed, path.split(".")
        for word in words[:-1]:
            here = (next(c for c in here if c["ref"] == word) if isinstance(here, list)
                    else here.setdefault(word, {}))
        here[words[-1]] = value
        file = os.path.join(scratch, "changed.json")
        with open(file, "w", encoding="utf-8") as stream:
            json.dump(changed, stream)
        want = run("rate", file)
        got = run("simulate", name, "--set", "%s=%s" % (path, value))
        got = got["rows"][0]["answer"] if got else None
        assert got == want, (name, path, value)
        compared += 1
print("# %d simulations compared with calculations" % compared)
END
if python3 "$dir/same.py" "$TAPR_PLAIN" "$dir" examples/facts/*.json > "$dir/same" 2>&1
then
	ok "a simulation gives the same answer as the calculation"
	cat "$dir/same"
else
	not_ok "a simulation gives the same answer as the calculation"
	sed 's/^/    /' "$dir/same"
fi
run simulate "$facts" --sweep payroll.2022=2000000..2900000/100000 --json --steps
both "the sheets of a simulation hold, checked without the engine" "expect 0" \
    'tools/recheck "$out"'

# --- many -----------------------------------------------------------------------------------

started=$(date +%s%N)
timeout 600 "$TAPR_PLAIN" simulate "$facts" --sweep payroll.2022=2000000..2999900/100 \
    > "$out" 2> "$err"
status=$?
text=$(($(date +%s%N) - started))
both "10 000 scenarios end, each with its row" "expect 0" \
    'test "$(grep -c "taux" "$out")" -eq 10000'
started=$(date +%s%N)
timeout 600 "$TAPR_PLAIN" simulate "$facts" --sweep payroll.2022=2000000..2999900/100 \
    --json 2> "$err" | python3 -c '
import sys
rows = answers = 0
for line in sys.stdin.buffer:
    rows += line.startswith(b"{\"set\"")
    answers += b"\"notified\":{" in line
print(rows, answers)' > "$out"
status=${PIPESTATUS[0]}
json=$(($(date +%s%N) - started))
both "10 000 scenarios in JSON end, each with its row and its sheet" "expect 0" \
    'grep -qx "10000 10000" "$out"'
printf '# 10 000 scenarios: %d ms in text, %d ms in JSON\n' \
    $((text / 1000000)) $((json / 1000000))
finish
