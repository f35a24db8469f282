#!/bin/bash
# synth.sh -- a synthetic France: the same bytes from the same seed, the totals
# of the published tables, nothing left behind when it stops.
set -uo pipefail
. "$(dirname "$0")/../tap.sh"
. tests/e2e/common
: "${TAPR_LAW:=$root/law}"

share=0.002 millionths=2000
made() {
	local name=$1
	shift
	run synth --out "$dir/$name" --share $share "$@"
}
sums() {
	(cd "$dir/$1" && find . -type f | sort | xargs sha256sum)
}
# recount NAME MILLIONTHS: one result for each fact of tests/synth/recount.py.
recount() {
	python3 tests/synth/recount.py "$dir/$1" "$2" "$TAPR_LAW" > "$dir/recount" 2>&1 ||
	    failures=$((failures + 1))
	grep -E '^(ok|not ok|#)' "$dir/recount" | sed "s/^\(ok\|not ok\) - /\1 - at $2 millionths, /"
	grep -qE '^(ok|not ok)' "$dir/recount" || {
		not_ok "at $2 millionths, the files are counted again"
		sed 's/^/    /' "$dir/recount"
	}
}

made one --seed 7 --dsn 40
both "a share of France is written" "expect 0" "prints établissements sinistres"
made two --seed 7 --dsn 40
try "the same seed gives the same bytes" diff <(sums one) <(sums two)
"$TAPR_PLAIN" synth --out "$dir/plain" --share $share --seed 7 --dsn 40 > /dev/null 2>&1
try "gcc and clang give the same bytes" diff <(sums one) <(sums plain)
made three --seed 8
try "another seed gives other claims" \
    bash -c '! cmp -s "$1/one/claims.csv" "$1/three/claims.csv"' - "$dir"
recount one $millionths
try "headcount.csv has a line for each year of each firm, 0.00 where it employs nobody" \
    python3 - "$dir/one" <<- 'END'
	import csv, sys
	said, paid = {}, {}
	for r in csv.DictReader(open(sys.argv[1] + "/payroll.csv")):
	    key = r["siret"][:9], r["year"]
	    paid[key] = paid.get(key, 0) + int(r["headcount"].replace(".", ""))
	for r in csv.DictReader(open(sys.argv[1] + "/headcount.csv")):
	    assert r["year"] >= "2017"
	    n = int(r["headcount"].replace(".", ""))
	    assert said.setdefault((r["siren"], r["year"]), n) == n
	early = {k: n for k, n in said.items() if k[1] < "2019"}
	assert {k: n for k, n in said.items() if k not in early} == paid
	assert 0 in paid.values() and 0 in early.values()
	# One that employs nobody exists all the same, without a hole.
	for siren in {k[0] for k in said}:
	    years = sorted(int(k[1]) for k in said if k[0] == siren)
	    assert years == list(range(years[0], years[-1] + 1)), siren
END
try "the DSN files keep to the norm and add up to payroll.csv" \
    python3 tests/synth/dsn.py "$dir/one"

made france --seed 7 --france
try "--france writes a folder for each of the 21 funds" \
    bash -c '[ "$(ls "$1/france" | wc -l)" -eq 21 ]' - "$dir"
recount france $millionths
made fund --seed 7 --fund bretagne
try "one fund alone is what --france writes for it" \
    diff -r "$dir/fund" "$dir/france/bretagne"

made late --seed 7 --years 2022-2023
try "--years bounds the payroll and the claims" python3 - "$dir/late" <<- 'END'
	import csv, sys
	years = {r["year"] for r in csv.DictReader(open(sys.argv[1] + "/payroll.csv"))}
	assert years == {"2022", "2023"}, years
	for r in csv.DictReader(open(sys.argv[1] + "/claims.csv")):
	    assert max(v for k, v in r.items() if k.endswith("_on")) <= "2023-12-31", r["claim_id"]
	paid = [r["paid_on"] for r in csv.DictReader(open(sys.argv[1] + "/benefits.csv"))]
	assert max(paid) <= "2023-12-31" and any(p >= "2022" for p in paid)
END

run synth
both "without --out it says so" "expect 2" "says --out"
run synth --out "$dir/none" --share 0.0001
both "a share too small is refused" "expect 1" "says --share 0.001"
run synth --out "$dir/none" --share 2
both "a share over 1 is a usage error" "expect 2" "says --share"
run synth --out "$dir/none" --fund nowhere
both "an unknown fund is refused, and where they are listed is said" "expect 1" \
    "says nowhere law/funds.csv"
run synth --out "$dir/none" --years 2010-2012
both "years without statistics are refused" "expect 1" "says --years 2019 2024"
run synth --out "$dir/no/such/place" --share $share
both "a folder that cannot be made is refused" "expect 1" "says --out"
try "a refusal leaves no file" bash -c '[ ! -e "$1/none" ] || [ -z "$(ls "$1/none")" ]' - "$dir"

# Ctrl-C: the whole country takes long enough to be stopped.
"$TAPR" synth --out "$dir/stopped" > "$out" 2> "$err" &
pid=$!
sleep 1.5
kill -INT $pid
wait $pid
status=$?
both "Ctrl-C stops it, says so and leaves no file" "expect 1" "says interrompu" \
    '[ -z "$(ls "$dir/stopped")" ]' '[ ! -s "$out" ]'

if [ "$TAPR_FULL" = 1 ]; then
	rm -rf "$dir"/{one,two,three,france,fund,late}
	/usr/bin/env time -f '# share 1: %e s, %M KiB of memory' -o "$dir/time" \
	    "$TAPR_PLAIN" synth --out "$dir/full" --seed 1 > "$out" 2> "$err"
	status=$?
	cat "$dir/time"
	both "the whole of France is written" "expect 0"
	try "in less than 1 GB of memory" \
	    awk '{ exit !($(NF - 3) < 1000000) }' "$dir/time"
	recount full 1000000
else
	skip "the whole of France is the published table, cell by cell" "only with --full"
fi
finish
