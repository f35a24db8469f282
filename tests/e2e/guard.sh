#!/bin/bash
# guard -- who may do what: habilitations that one prepares and another decides,
# portfolios, the matrix tried act by act, and what is outside a portfolio.
set -uo pipefail
. "$(dirname "$0")/../tap.sh"
. tests/e2e/common
fund=$dir/fund a1=99998601100016 data=tests/data/register
reads=150
[ "$TAPR_FULL" = 1 ] && reads=10000
day() {
	date -u -d "$1" +%Y-%m-%d
}
year_ago=$(day '-365 days') yesterday=$(day '-1 day') today=$(day today)
in_a_year=$(day '+365 days')

# as WHO WORD...: tapr on the fund.
by() {
	local who=$1
	shift
	run -C "$fund" --as "$who" "$@"
}

# hire LOGIN ROLE [TO [FROM]]: known, prepared by admin, decided by director.
hire() {
	local from=${4:-$year_ago} to=${3:-$in_a_year} admin=admin director=director
	[ "$2" = admin ] || [ "$2" = director ] && admin=setup director=second
	by "$admin" user add "$1" service=Essai
	by "$admin" user habilitate "$1" role="$2" from="$from" to="$to" reference=note-1
	by "$director" user decide "$1" role="$2" from="$from"
}

stopped() {
	expect 1 && says "n'a pas d'habilitation en cours"
}

run init "$fund" --fund bretagne
by anyone import sirene $data/StockEtablissement.csv
by anyone employer show $a1
both "a fund where nobody was habilitated asks nothing" "expect 0"
by anyone user list
both "and says so" "expect 0" "prints \"Personne n'est habilité\""

by setup user add director service=Direction
by setup user habilitate director role=director from="$year_ago" to="$in_a_year" reference=n1
by anyone employer show $a1
both "what is prepared and not decided has no effect" "expect 0"
by setup user decide director role=director from="$year_ago"
both "who prepared does not decide" "expect 1" "says prépar"
by director user decide director role=director from="$year_ago"
both "nor does the person herself" "expect 1" "says lui-même"
by second user decide director role=director from="$year_ago"
both "another person does" "expect 0"
by anyone employer show $a1
both "from the first habilitation on, nobody else sees anything" stopped
by setup user add admin service=Informatique
both "once there is a director, the machine names nobody" stopped
run -C "$fund" employer show $a1
both "the account of the batches reads no content" stopped
by service import sirene $data/StockEtablissement.csv
both "it imports" "expect 0"
by anyone --why employer
both "--why says what each act needs" "expect 0" "prints employer.identity:read"

# The director decides; somebody prepares who is not yet there: a second fund
# begins with both.
rm -rf "$fund"
run init "$fund" --fund bretagne
for flow in sirene:StockEtablissement classification:classification portfolio:portfolio; do
	by anyone import "${flow%%:*}" $data/"${flow#*:}".csv
done
hire admin admin
by setup user add director service=Direction
by setup user habilitate director role=director from="$year_ago" to="$in_a_year" reference=n2
by second user decide director role=director from="$year_ago"
both "people are named by the machine until a director is in force" "expect 0"
for role in claims_entry tarification prevention medical national governance dpo auditor supplier; do
	hire $role $role
done
by director user list --format json
both "the people of a fund are one JSON document" "expect 0" 'json "$out"' \
    'is "len(d[\"people\"])" 11'

# --- the matrix ------------------------------------------------------------------
try "every act of every role is allowed or refused as the matrix says" \
    python3 tests/e2e/matrix.py "$fund"

# --- habilitations -----------------------------------------------------------------
hire old tarification "$yesterday"
by old employer show $a1
both "a habilitation that ended yesterday gives nothing" stopped
hire last tarification "$today"
by last employer show $a1
both "its last day is the one before" stopped
hire young tarification "$in_a_year" "$(day '+1 day')"
by young employer show $a1
both "one that begins tomorrow neither" stopped
by old --today "$year_ago" employer show $a1
both "--today does not bring it back: the clock decides" stopped
by tarification employer show $a1
both "one in force does" "expect 0"
by director user revoke tarification role=tarification from="$year_ago" reason=départ
both "who decides does not withdraw: that is prepared by another" stopped
by admin user revoke tarification role=tarification from="$year_ago" reason=départ
by tarification employer show $a1
both "withdrawn, the next thing asked is refused" stopped
by director user show tarification
both "and the file of the person says so" "expect 0" "prints retiré départ"
by admin user habilitate tarification role=tarification from="$year_ago" to="$in_a_year" reference=n3
both "what was decided is not typed over" "expect 1" "says décidé revoke"
hire again tarification

# --- roles kept apart ---------------------------------------------------------------
by admin user habilitate again role=medical from="$year_ago" to="$in_a_year" reference=n4
both "medical and tarification are not held together" "expect 1" "says Secret médical"
by admin user habilitate again role=prevention from="$year_ago" to="$in_a_year" reference=n5
both "tarification and prevention only when it is said" "expect 1" "says dual=true"
by admin user habilitate again role=prevention from="$year_ago" to="$in_a_year" reference=n5 dual=true
both "then they are" "expect 0"
by admin user habilitate admin role=tarification from="$year_ago" to="$in_a_year" reference=n6
both "who keeps the machine gets no content" "expect 1" "says contenu"
by admin user habilitate again role=service from="$year_ago" to="$in_a_year" reference=n7
both "nobody is given the account of the batches" "expect 1" "says service"
by admin user habilitate again role=boss from="$year_ago" to="$in_a_year" reference=n7
both "an unknown role is refused with the list of roles" "expect 1" "says claims_entry"
by admin user habilitate stranger role=dpo from="$year_ago" to="$in_a_year" reference=n7
both "a stranger gets no role" "expect 1" "says stranger user"
by admin user habilitate again role=dpo from="$in_a_year" to="$year_ago" reference=n7
both "a period that ends before it begins is refused" "expect 1" "says to"

# --- portfolios ----------------------------------------------------------------------
printf 'login,siret,from,to\nprevention,%s,%s,%s\n' $a1 "$year_ago" "$in_a_year" > "$dir/p.csv"
by prevention employer show $a1
both "an engineer sees nothing outside her portfolio" stopped
cp "$err" "$dir/known"
by prevention employer show 99998609999999
both "in the same words whether the establishment exists or not" stopped \
    'diff "$dir/known" "$err"'
by admin import portfolio "$dir/p.csv"
by prevention employer show $a1
both "she sees what is in it" "expect 0" "prints $a1"
by prevention employer history $a1
both "and its history" "expect 0"
by prevention employer rename $a1 from=2024-01-01 name=X document=d
both "she changes nothing there" stopped
by prevention campaign show 2024
both "nor sees the whole fund" stopped
printf 'login,siret,from,to\nprevention,%s,%s,%s\n' $a1 "$year_ago" "$today" > "$dir/p.csv"
by admin import portfolio "$dir/p.csv"
by prevention employer show $a1
both "a portfolio that ended today gives nothing" stopped
printf 'login,siret,from,to\nprevention,%s,%s,%s\n' $a1 "$year_ago" "$in_a_year" > "$dir/p.csv"
by admin import portfolio "$dir/p.csv"

# --- the log -------------------------------------------------------------------------
by prevention employer show $a1
by auditor audit show --format json
both "the log says under which role and habilitation, for which purpose" "expect 0" \
    'python3 - "$out" << "END"
import json, sys
d = json.load(open(sys.argv[1]))
e = [x for x in d["entries"] if x["act"] == "employer show"][-1]
assert e["role"] == "prevention" and e["purpose"] == "prevention", e
assert e["habilitation"].startswith("h"), e
END'
by prevention audit show
both "the log is not for everybody" stopped
run -C "$fund" audit verify
both "what was refused is in it, and it verifies" "expect 0"

# --- a matrix that somebody damaged -----------------------------------------------------
cp -r law "$dir/law"
sed -i 's/^employer,identity,prevention,read/employer,identity,prevention,lire/' "$dir/law/permissions.csv"
TAPR_LAW=$dir/law by prevention employer show $a1
both "a matrix that cannot be read lets nobody in" "expect 1" "says permissions.csv lire"
rm "$dir/law/permissions.csv"
TAPR_LAW=$dir/law by prevention employer show $a1
both "nor one that is not there" "expect 1" "says permissions.csv"
grep -v ',contract,' law/permissions.csv > "$dir/law/permissions.csv"
TAPR_LAW=$dir/law by prevention employer show $a1
both "an act that rests on nothing does not start" "expect 1" "says base employer.contract"

# --- in the middle of a session ------------------------------------------------------------
# The matrix is read before an act and again before what it read leaves: as a
# pipe, it makes the program wait between the two for as long as we like.
feed() {
	timeout 20 sh -c 'cat law/permissions.csv > "$1"' - "$dir/law/permissions.csv"
}

meanwhile() {
	rm -f "$dir/law/permissions.csv"
	mkfifo "$dir/law/permissions.csv"
	TAPR_LAW=$dir/law timeout 60 "$TAPR" -C "$fund" --as prevention employer show $a1 \
	    > "$dir/slow.out" 2> "$dir/slow.err" &
	feed
	"$@"
	feed
	wait $!
	status=$?
	cp "$dir/slow.out" "$out"
	cp "$dir/slow.err" "$err"
}

meanwhile true
both "a reading with nothing in its middle is shown" "expect 0"
printf 'login,siret,from,to\nprevention,%s,%s,%s\n' $a1 "$year_ago" "$today" > "$dir/p.csv"
meanwhile by admin import portfolio "$dir/p.csv"
both "a portfolio that changes in the middle of a reading stops it" stopped
printf 'login,siret,from,to\nprevention,%s,%s,%s\n' $a1 "$year_ago" "$in_a_year" > "$dir/p.csv"
by admin import portfolio "$dir/p.csv"
cp -r "$fund" "$dir/kept"
meanwhile by admin user revoke prevention role=prevention from="$year_ago" reason=mutation
both "so does a habilitation withdrawn there" stopped
rm -rf "$fund"
mv "$dir/kept" "$fund"

# --- what is outside a portfolio changes nothing (S1-20) ----------------------------------
cp -r "$fund" "$dir/other"
printf '%s\n' "$(head -n 1 $data/payroll.csv)" > "$dir/pay.csv"
tail -n +2 $data/payroll.csv | grep -v $a1 | awk -F, 'BEGIN { OFS = "," } { $5 = "7654321.00"; print }' >> "$dir/pay.csv"
run -C "$dir/other" --as service import payroll "$dir/pay.csv"
run -C "$dir/other" --as again employer rename 99998601100024 from=2024-02-01 name=AUTRE document=d
try "random reads by an engineer give the same bytes when what is outside changes" \
    python3 tests/e2e/outside.py "$fund" "$dir/other" prevention $a1 "$reads"

exit $((failures > 0))
