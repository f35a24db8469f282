#!/bin/bash
# explain -- why a rate changed: parts that make the difference, exactly.
set -uo pipefail
. "$(dirname "$0")/../tap.sh"
. tests/e2e/common

old=examples/facts/2-mecanique-2024.json
new=examples/facts/3-mecanique-2025.json

# parts FILE: the parts that are not zero, in the order of the document.
parts() {
	python3 - "$1" <<- 'END'
	import json, sys
	doc = json.load(open(sys.argv[1], encoding="utf-8"))
	assert [p["id"] for p in doc["parts"]] == ["payroll", "claims_out", "claims_in",
	    "average_costs", "majorations", "collective", "headcount", "mode", "cap",
	    "other"], doc["parts"]
	print(" ".join(p["id"] for p in doc["parts"] if p["exact"] != "0"))
	END
}

# explained SENTENCE FROM TO PARTS: what changed, and the sum is checked by
# tools/recheck, which shares no code with the engine.
explained() {
	run explain "$2" "$3" --json
	cp "$out" "$dir/explained"
	both "$1" "expect 0" 'json "$out"' "tools/recheck --facts $2 --facts $3 $out" \
	    "parts '$out'" "test \"\$(parts '$out')\" = '$4'"
}

# changed SED: the older document with a change, in $dir/changed.json.
changed() {
	sed -E "$1" "$old" > "$dir/changed.json"
	cmp -s "$old" "$dir/changed.json" && echo "# no change: $1"
}

explained "the change of an example from 2024 to 2025 is explained" "$old" "$new" \
    "payroll claims_out claims_in average_costs majorations collective headcount"
explained "a change back is explained as well" "$new" "$old" \
    "payroll claims_out claims_in average_costs majorations collective headcount"
explained "two documents that are one have no difference" "$old" "$old" ""
changed 's/"2940000.00"/"3500000.00"/'
explained "only the payroll has changed" "$old" "$dir/changed.json" "payroll"
changed 's/, "ip_rate": 12, "ip_notified": "2022-05-20"//; s/"rate": "2.42"/"rate": "1.90"/'
explained "a cost that went away is a claim that left" "$old" "$dir/changed.json" \
    "claims_out"
changed 's/"stoppage_days": 0/"stoppage_days": 20/'
run explain "$old" "$dir/changed.json" --json
cp "$out" "$dir/explained"
both "a claim that became worse is among those that came in" "expect 0" \
    'parts "$out" | grep -q claims_in' \
    'tools/recheck --facts "$old" --facts "$dir/changed.json" "$out"'
changed 's/"84.37"/"120.00"/'
explained "only the headcount has changed" "$old" "$dir/changed.json" "headcount"
changed 's/"previous": \{.*\}/"previous": {"rate": "1.00", "mode": "mixed"}/'
explained "only the base of the limits has changed" "$old" "$dir/changed.json" "cap"
changed 's/"zone"/"given": {"collective_rate": "3.00"}, "zone"/'
explained "only the collective rate has changed" "$old" "$dir/changed.json" "collective"
run explain "$dir/changed.json" "$old"
both "a value given for the first rate is named as such" "expect 0" \
    'grep -q "FOURNI PAR VOUS POUR LE TAUX DE DÉPART" "$out"' \
    '[ "$(grep -c "• Taux collectif" "$out")" = 1 ]'
changed 's/"zone"/"given": {"majorations": {"M1": "0.30"}}, "zone"/'
explained "only the majorations have changed" "$old" "$dir/changed.json" "majorations"
changed 's/"zone"/"given": {"average_costs": {"IT6": "30000.00"}}, "zone"/'
explained "only the average costs have changed" "$old" "$dir/changed.json" \
    "average_costs"
changed 's/"created": "2001-10-01"/"created": "2022-10-01"/'
run explain "$old" "$dir/changed.json" --json
both "a change of mode is explained" "expect 0" 'parts "$out" | grep -qw mode' \
    'tools/recheck --facts "$old" --facts "$dir/changed.json" "$out"'

# Every pair of examples: nothing in common, and still the parts make it up.
mkdir "$dir/pairs"
for a in examples/facts/*.json; do
	for b in examples/facts/*.json; do
		"$TAPR" explain "$a" "$b" --json \
		    > "$dir/pairs/$(basename "$a" .json)--$(basename "$b")"
	done
done 2> "$err"
status=$?
both "the parts make the difference for every pair of examples" \
    'tools/recheck "$dir"/pairs/* > "$out"' 'test "$(grep -c ^ok "$out")" -ge 64'

run explain "$old" "$new"
both "an explanation in text gives both rates and the parts in words" "expect 0" \
    "prints 2,37 2,46 'Masse salariale' 'Taux collectif' Ensemble \"n'est pas une décision\""
run explain "$old" "$new" --format html
both "an explanation in HTML gives both rates" "expect 0" \
    "prints '<html lang=\"fr\">' 2,37 2,46"
sed 's/2024,/2011,/' "$old" > "$dir/changed.json"
run explain "$dir/changed.json" "$new"
both "an explanation of a document that is refused names it" "expect 1" \
    "says changed.json year 2012"
run explain "$old" - < "$new"
both "one of the documents may come from the standard input" "expect 0" "prints Ensemble"
finish
