#!/bin/bash
# audit -- the audit log: no entry, no act; what is in it and what is not; every
# way of rewriting it; its proofs, verified by another program.
set -uo pipefail
. "$(dirname "$0")/../tap.sh"
. tests/e2e/common
fund=$dir/fund a1=99998601100016 witness=$dir/witness
rounds=60
[ "$TAPR_FULL" = 1 ] && rounds=300

# f WORD...: tapr on the fund.
f() {
	run -C "$fund" --as agent1 --today 2024-07-01 "$@"
}

# sql TEXT: of the log, out of tapr's sight.
sql() {
	python3 -c 'import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
print(*["|".join(map(str, r)) for r in db.execute(sys.argv[2])], sep="\n")' \
	    "$fund/audit/audit.db" "$1"
}

entries() {
	sql "select count(*) from entry"
}

# last TEXT: the last entry is "act outcome kind".
last() {
	local got
	got=$(sql "select act || ' ' || outcome || ' ' || kind from entry order by position desc limit 1")
	[ "$got" = "$1" ] || { echo "the last entry is: $got"; return 1; }
}

run init "$fund" --fund bretagne
keys=$(echo "$TAPR_KEYS"/*)
both "a fund begins with its log, its keys outside and closed, the public one inside" \
    "expect 0" '[ -s "$fund/audit/audit.db" ] && [ -s "$fund/audit/public.key" ]' \
    '[ "$(stat -c %a "$keys")$(stat -c %a "$keys"/* | tr -d "\n")" = 700600600 ]' \
    '! grep -rqF -f "$keys/audit-sign.key" "$fund"'
printf '[audit]\nwitness = %s\n' "$witness" >> "$fund/fund.ini"

# --- no entry, no act ----------------------------------------------------------
f import sirene tests/data/register/StockEtablissement.csv
both "an import is logged before it begins and when its answer leaves" "expect 0" \
    "last 'import sirene allowed fund'" '[ "$(entries)" = 2 ]'
f employer show $a1
both "an employer shown is logged" "expect 0" "last 'employer show allowed employer'"
f employer show 99998609999999
both "a refusal too" "expect 1" "last 'employer show refused employer'"
f employer rename $a1 from=2024-02-01 name=NEUF document=lettre
both "the batch of an act names its entry" "expect 0" \
    '[ "$(python3 -c "import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute(\"select max(entry) from batch\").fetchone()[0])" "$fund/register.db")" = "$(entries)" ]'
f claim show A-1
last 'claim show refused claim' > "$dir/why" && ok "a claim asked for is logged as one" ||
    not_ok "a claim asked for is logged as one"
before=$(entries)
chmod 0755 "$keys"
f employer show $a1
both "keys open to others are refused, and nothing is shown" "expect 1" "says chmod journal"
chmod 0700 "$keys"
mv "$keys" "$keys.away"
f employer show $a1
both "without its keys a fund shows nothing" "expect 1" "says TAPR_KEYS journal"
f employer rename $a1 from=2024-03-01 name=AUTRE document=lettre
both "and changes nothing" "expect 1" "says TAPR_KEYS"
mv "$keys.away" "$keys"
mv "$fund/audit/audit.db" "$fund/audit/away"
f employer show $a1
both "without its log neither" "expect 1" "says journal"
rm -f "$fund/audit/audit.db"
mv "$fund/audit/away" "$fund/audit/audit.db"
f employer show $a1 --json
both "and with them again all is as before" "expect 0" '[ "$(entries)" = $((before + 1)) ]' \
    '! grep -q AUTRE "$out"'
run employer --why
both "--why says what each act is for" "expect 0" \
    "prints 'tapr employer show : finalité tarification' 'employer totals : finalité statistics'"

# --- what is in it --------------------------------------------------------------
f employer show 185127512345678
f import 185127512345678
f campaign show 185127512345678
f audit show --json
both "the log shows who, what and why" "expect 0" "json '$out'" \
    'prints "\"actor\": \"agent1\"" "\"purpose\": \"tarification\""'
try "no number of a person or of a firm is in a byte of it" bash -c "
    ! grep -aqE '185127512345678|$a1|99998609999999' '$fund'/audit/*"

# --- checkpoints, the witness --------------------------------------------------
f audit checkpoint
cp "$out" "$dir/note"
both "a checkpoint is printed, and the witness has the same" "expect 0" \
    'tail -n 6 "$witness" | cmp - "$out"'
f audit verify --witness "$witness"
both "the log is verified" "expect 0" "prints 'Journal vérifié' témoin"
cp -r "$fund" "$dir/old"
sed -i "s|^witness = .*|witness = $dir/nowhere/file|" "$fund/fund.ini"
f employer show $a1
f audit checkpoint
both "a witness out of reach is told, and stops nothing" "expect 0" "says témoin attention"
sed -i "s#^witness = .*#witness = | sleep 60#" "$fund/fund.ini"
SECONDS=0
f audit checkpoint
both "one that hangs is left after some seconds" "expect 0" "says témoin" '[ $SECONDS -lt 20 ]'
sed -i "s#^witness = .*#witness = | cat >> $witness#" "$fund/fund.ini"
f audit checkpoint
both "a command as witness gets what was missed" "expect 0" \
    'tail -n 6 "$witness" | cmp - "$out"' '[ "$(grep -c Z$ "$witness")" = 3 ]'
for _ in 1 2 3 4 5 6 7 8 9 10 11 12; do
	f employer show $a1
	f claim show A-2
done
sql "update checkpoint set at = at - 3601" > /dev/null
f employer show $a1
both "an hour after the last one an entry takes a checkpoint" "expect 0" \
    '[ "$(sql "select max(size) from checkpoint")" = "$(entries)" ]' \
    '[ "$(grep -c Z$ "$witness")" = 4 ]'
before=$(entries)
for _ in 1 2 3 4 5 6; do
	for _ in 1 2 3; do
		"$TAPR" -C "$fund" employer show $a1 > "$dir/shown" 2>&1 || echo lost >> "$dir/lost"
	done &
done
wait
both "commands at once take places one after the other, none lost" \
    '[ ! -e "$dir/lost" ]' '[ "$(entries)" = $((before + 18)) ]'
f audit checkpoint
f audit verify --witness "$witness" --json
both "and all is verified" "expect 0" 'prints "\"verified\": true" "\"witnessed\": 5"'

# --- another program --------------------------------------------------------------
n=$(entries)
f audit export "$dir/log"
f audit proof inclusion 3
cp "$out" "$dir/inclusion"
f audit proof consistency 5 "$n"
cp "$out" "$dir/consistency"
try "an independent program of at most 200 lines verifies log, witness and proofs" \
    bash -c "[ \$(wc -l < tools/audit-verify) -le 200 ] && tools/audit-verify '$dir/log' \
    --witness '$witness' --proof '$dir/inclusion' --proof '$dir/consistency'"
# lies SENTENCE SED FILE OPTION: the program refuses the file once changed.
lies() {
	sed "$2" "$3" > "$dir/lie"
	if cmp -s "$3" "$dir/lie" || { [ "$4" = log ] && tools/audit-verify "$dir/lie"; } ||
	    { [ "$4" != log ] && tools/audit-verify "$dir/log" "$4" "$dir/lie"; }; then
		not_ok "$1"
	else
		ok "$1"
	fi > "$dir/said" 2>&1
	grep ok "$dir/said" | grep -v '^ok:'
}
lies "it refuses an entry edited" '5s/allowed/refused/' "$dir/log" log
lies "it refuses an entry less" '6d' "$dir/log" log
lies "it refuses an inclusion that lies" 's/"position": 3/"position": 4/' "$dir/inclusion" --proof
lies "it refuses a consistency that lies" 's/"from": 5/"from": 6/' "$dir/consistency" --proof
lies "it refuses what a witness never saw" '2s/^[0-9]*$/9/' "$witness" --witness

# --- erasure ------------------------------------------------------------------------
cp -r "$fund" "$dir/erased"
(fund=$dir/erased; sql "delete from opening where position = 3" > /dev/null
sql "update opening set object = null, object_salt = null where position = 6" > /dev/null)
run -C "$dir/erased" audit verify --witness "$witness"
both "once who and what are erased the log still verifies" "expect 0" "prints '2 entrées dont'"

# --- rewritten ------------------------------------------------------------------------
pass_on "audit_trials.py" python3 tests/e2e/audit_trials.py "$TAPR" "$dir" "$rounds" 1
finish
