#!/bin/bash
# items -- the items of the register that the authority's opinion of 1993 lists
# one by one (S1-27 to S1-55, S1-60 to S1-62), each brought in by the real
# formats, found again where an agent reads it, and nowhere else; then a year of
# the fund with no network at all (S3-01).
set -uo pipefail
. "$(dirname "$0")/../tap.sh"
. tests/e2e/common

data=$dir/data
cp -r tests/data/register "$data"
fund=$dir/fund
a1=99998601100016
today=2024-07-01

f() {
	run -C "$fund" --as agent1 --today "$today" "$@"
}

# claims LINE...: a file of claims: the usual header, the lines given.
claims() {
	{
		head -n 1 "$data/claims.csv"
		printf '%s\n' "$@"
	} > "$data/some.csv"
	f import claims --json "$data/some.csv"
}
set_aside() {
	grep -q "$1" "$data/some.csv.rejected.csv"
}

run init "$fund" --fund bretagne
for file in "sirene StockEtablissement" "sirene StockUniteLegale" \
    "classification classification" "payroll payroll" \
    "headcount headcount" "claims claims" "benefits benefits"; do
	f import "${file% *}" "$data/${file#* }.csv"
done

# --- addresses, activity (S1-28, S1-29, S1-31) ----------------------------------

f employer move $a1 from=2024-03-01 address="9 QUAI NEUF" postcode=35400 \
    commune=35288 document=c-7
both "an establishment moves" "expect 0"
f employer show $a1 --on 2024-02-29 --json
both "a letter dated before the move goes to the old address" "expect 0" \
    "is 'd[\"establishment\"][0][\"postcode\"]' 35000"
f employer show $a1 --on 2024-03-01 --json
both "and one of the day of the move to the new one" "expect 0" \
    "is 'd[\"establishment\"][0][\"address\"]' '9 QUAI NEUF'" \
    "is 'd[\"establishment\"][0][\"commune\"]' 35288"
# StockEtablissement has the activity once for NAF rev. 2, once for NAF 2025.
sed 's/,24\.51Z,/,70.10Z,/' "$data/StockEtablissement.csv" > "$data/naf.csv"
f import sirene "$data/naf.csv"
f employer show $a1 --json
both "another main activity does not change the risk code" "expect 0" \
    "is 'd[\"establishment\"][0][\"naf\"]' 70.10Z" \
    "is 'd[\"sections\"][0][\"risk_code\"]' 271ZF"

# --- the person at work (S1-51, S1-52) --------------------------------------------

f claim show A-1 --json
both "the file of a claim has the day of hiring and the qualification" \
    "expect 0" "is 'd[\"circumstances\"][\"hired_on\"]' 2015-09-01" \
    "is 'd[\"circumstances\"][\"qualification\"]' 'ouvrier qualifié'"
f employer show $a1 --json
both "no list of claims has them, nor the place" "expect 0" \
    '! grep -Eq "hired_on|qualification|place_insee" "$out"'
claims "H-1,$a1,main,271ZF,accident,true,2021-03-02,2021-03-01,35238,,2021-04-10,,3,,,,,,own,,,,,,2021-03-02,ouvrier qualifié,,,,,,,,,"
both "nobody is hired after the accident" "expect 1" \
    'set_aside "^2,H-1,hired_on,hired_late,"'
claims "H-2,$a1,main,271ZF,accident,true,2021-03-02,2021-03-01,35238,,2021-04-10,,3,,,,,,own,,,,,,2021-03-01,couvreur zingueur,,,,,,,,,"
both "a qualification is a word of the list" "expect 1" \
    'set_aside "^2,H-2,qualification,word,"'

# --- the event (S1-53 to S1-55, S1-60) --------------------------------------------

f claim show A-1 --json
both "the day of the accident is kept, its place is a commune" "expect 0" \
    "is 'd[\"claim\"][\"occurred_on\"]' 2021-03-01" \
    "is 'd[\"circumstances\"][\"place_insee\"]' 35238"
claims "L-1,$a1,main,271ZF,accident,true,2021-03-02,2021-03-01,3 rue des Lilas,,2021-04-10,,3,,,,,,own,,,,,,,,,,,,,,,,"
both "a place is never written out" "expect 1" \
    'set_aside "^2,L-1,place_insee,"' '! set_aside Lilas'
claims "F-1,$a1,main,271ZF,accident,true,2021-03-02,2021-03-01,35238,,2021-04-10,,3,,,,,,own,,,2024-02-01,,,,,,,,,,,,,"
f claim show F-1 --json
both "an inexcusable fault is the day it was judged" "expect 0" \
    "is 'd[\"claim\"][\"inexcusable_fault_on\"]' 2024-02-01"
claims "F-2,$a1,main,271ZF,accident,true,2021-03-02,2021-03-01,35238,,2021-04-10,,3,,,,,,own,,,2021-02-01,,,,,,,,,,,,,"
both "none is judged before the accident" "expect 1" \
    'set_aside "^2,F-2,inexcusable_fault_on,inexcusable,"'

# --- what was paid (S1-61, S1-62) -------------------------------------------------

f claim show A-1 --json
both "a benefit has its nature, its days and its message, and no act of care" \
    "expect 0" "is 'd[\"benefits\"][0][\"nature\"]' daily_allowance" \
    "is 'd[\"benefits\"][0][\"days\"]' 160" \
    "is 'd[\"benefits\"][0][\"message_id\"]' P-1" \
    "is 'sorted(set(d[\"benefits\"][0]) - {\"source\"})' \"['amount_eur', 'author', 'days', 'from', 'message_id', 'nature', 'paid_on', 'reason', 'reviewer', 'to']\""
sed 's/,daily_allowance,/,kinésithérapie,/' "$data/benefits.csv" \
    > "$data/acts.csv"
f import benefits "$data/acts.csv"
both "a nature finer than the five of the law is set aside, untold" \
    'grep -q "^2,P-1,nature,word," "$data/acts.csv.rejected.csv"' \
    '! grep -q kin "$data/acts.csv.rejected.csv" "$out" "$err"'

# --- the end of an establishment (S1-33) ------------------------------------------

# frozen: how many sections a campaign of 2024 would have.
frozen() {
	f campaign freeze 2024 --json
	is 'd["establishments"]' "$1"
}
both "a campaign counts the sections of the register" "frozen 3"
cp -r "$fund" "$dir/struck"
as_before=$fund fund=$dir/struck
f employer strike-off 99998601100024 on=2023-12-31 document=d-1
both "an establishment struck off before the tariff gets no new rate" \
    "expect 0" "frozen 2"
f account 99998601100024 2024 current=yes
both "and keeps its account" "expect 0" "prints 'COMPTE EMPLOYEUR'"
fund=$as_before
f employer strike-off 99998601100024 on=2024-01-02 document=d-1
both "one struck off the day after has its rate of the year" \
    "expect 0" "frozen 3"

# --- the life of a claim, seen from the account (S1-07) ---------------------------

a2=99998601100024
new="2024-05-02,2024-05-01,35238,2024-05-06,,,5,,,,,,own,,,,,,,,,,,,,,,,"
claims "N-1,$a1,main,271ZF,accident,true,$new" \
    "N-2,$a1,main,271ZF,accident,true,$new"
both "claims are declared" "expect 0" 'prints "\"applied\": 2"'
# account SIRET: its running account of 2024, cost and all, in $out.
account() {
	f account "$1" 2024 current=yes
}
account $a1
both "a claim not decided costs its employer nothing" "expect 0" \
    "prints 'A-4  maladie'" '! grep -q "^  2024  N-" "$out"'
f claim accept N-1 on=2024-06-03 document=n-1
f claim refuse N-2 on=2024-06-03 reason="hors du travail"
both "a claim is refused" "expect 0"
account $a1
both "a recognised claim reaches the account, a refused one never" \
    "expect 0" 'grep -q "^  2024  N-1 " "$out"' \
    '! grep -q "^  2024  N-2 " "$out"'
f claim attach N-1 on=2024-06-10 document=n-2 siret=$a2 section=main
both "a claim is attached to another employer" "expect 0" "prints $a2"
account $a1
both "it leaves the account of the first" "expect 0" \
    '! grep -q "^  2024  N-1 " "$out"'
account $a2
both "and enters that of the second" "expect 0" \
    'grep -q "^  2024  N-1 " "$out"'
f claim close N-1 on=2024-06-20 document=n-3
f claim show N-1
both "a closed claim shows all that was decided of it" "expect 0" \
    "prints accept attach close" "prints 'avant $a1, après $a2'"

# --- one firm after another (S1-34) -----------------------------------------------

cp -r "$fund" "$dir/office"
{
	head -n 1 "$data/StockEtablissementLiensSuccession.csv"
	echo "$a1,99998603700029,2023-12-01,false,true,2023-12-02T10:00:00.000"
} > "$data/links.csv"
f import succession "$data/links.csv"
both "a successor is linked to an establishment of another firm" "expect 0"
account 99998603700029
both "who keeps its claims as long as it has a section" "expect 0" \
    '! grep -q "  A-4  " "$out"'
f employer strike-off $a1 on=2024-06-30 document=d-2
account 99998603700029
both "and leaves them to its successor when it is struck off" "expect 0" \
    "prints '  A-4  '"
account $a1
both "they are no more in the account of the one struck off, which says where" \
    "expect 0" '! grep -q "  A-4  " "$out"' "prints 'qui lui succède'"
f account $a1 2024 current=yes --json
both "so does the document, whose totals are nothing" "expect 0" \
    "is 'd[\"successor\"]' 99998603700029" "is 'd[\"debit\"]' '[]'" \
    "is 'd[\"totals\"][\"debit\"][\"value\"]' 0.00"
f account $a1 2024 current=yes form=csv
both "and its table, on the line of the total" "expect 0" \
    'grep -q "^total,.*,99998603700029\$" "$out"' \
    'test "$(awk -F, "{ print NF }" "$out" | sort -u)" = 13'
f account 99998603700029 2024 current=yes --json
both "an account that stands has no successor" "expect 0" \
    "is 'd[\"successor\"]' None"
# Less than half of the staff: the account does not pass (D. 242-6-17).
as_before=$fund fund=$dir/kept
cp -r "$as_before" "$fund"
f employer takeover $a1 to=99998603700029 on=2024-06-30 document=d-4 \
    activity=true means=true staff_share=0.49
account $a1
both "one whose account passes to nobody keeps its claims" "expect 0" \
    "prints '  A-4  '" '! grep -q "lui succède" "$out"'
account 99998603700029
both "and the one that follows it has none of them" "expect 0" \
    '! grep -q "  A-4  " "$out"'
# A successor of which an office alone is classified.
fund=$dir/office
{
	head -n 1 "$data/classification.csv"
	echo "99998603700011,support,0000A,B,,false,2018-02-28,formalité 2018-9,classement"
} > "$data/office.csv"
f import classification "$data/office.csv"
sed 's/99998603700029/99998603700011/' "$data/links.csv" > "$data/office-links.csv"
f import succession "$data/office-links.csv"
f employer strike-off $a1 on=2024-06-30 document=d-5
both "an establishment is followed by one that is but an office" "expect 0"
f account 99998603700011 2024 current=yes section=support
both "which takes its claims there: none is lost" "expect 0" \
    "prints '  A-4  '"
account $a1
both "where the account of the closed one says they are" "expect 0" \
    '! grep -q "  A-4  " "$out"' "prints 'qui lui succède'"
fund=$as_before

# --- nothing goes out (S3-01) -----------------------------------------------------

# tapr has no server yet: it names no function that could open a connection.
calls() {
	nm -D --undefined-only "$TAPR_PLAIN" | grep -Ew \
	    'socket|connect|bind|getaddrinfo|gethostbyname|sendto|sendmsg'
}
both "tapr can call no function of the network" '! calls'
if unshare --map-root-user --net true 2> /dev/null; then
	both "a year of a fund runs where there is no network" \
	    'mkdir "$dir/alone"' 'unshare --map-root-user --net examples/fund-tour "$dir/alone" 0.01'
else
	skip "a year of a fund runs where there is no network" \
	    "this machine gives no namespace to a user"
fi
finish
