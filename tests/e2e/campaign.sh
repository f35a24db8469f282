#!/bin/bash
# campaign -- a year of a small fund: frozen, computed, told, decided,
# notified, contested; and what it refuses on the way.
set -uo pipefail
. "$(dirname "$0")/../tap.sh"
. tests/e2e/common
: "${FUND_LOAD:=$TAPR_BUILD/fund-load}"
export PYTHONDONTWRITEBYTECODE=1

lines=$dir/lines
python3 tests/e2e/register.py 40 > "$lines"

mixed=$(siret 4) large=$(siret 12) small=$(siret 1)

# fund NAME CODE: an empty fund with the register in it.
fund() {
	"$FUND_LOAD" create "$dir/$1" "$2" general &&
	    "$FUND_LOAD" facts "$dir/$1" 2023-12-15 < "$lines"
}

# ---- the same rates everywhere ---------------------------------------------------
here=$dir/a
fund a CARSAT-RA && fund b CRAMIF || exit 3
as anne 2023-12-20 campaign run 2024 threads=1 --json
digest=$(field digest)
both "a campaign run freezes, computes, drafts and counts every section" \
    "expect 0" 'test "$(field establishments)" = 40' \
    'test "$(field by_mode.refused)" = 0' 'test "$(field lots.1.state)" = draft'

# Written again from the answer of each sheet alone, by another program.
lines_of() {
	python3 - "$TAPR" "$here" <<- 'END'
	import hashlib, json, subprocess, sys
	sys.path.insert(0, "tests/e2e")
	import register
	for s in sorted(register.siret(n) for n in range(40)):
	    a = json.loads(subprocess.run([sys.argv[1], "-C", sys.argv[2],
	        "campaign", "show", "2024", s, "--json"], check=True,
	        capture_output=True).stdout)["answer"]
	    print(s, a["mode"], a["notified"]["exact"], a["notified"]["value"])
	END
}
lines_of > "$dir/rates" 2> "$err"
both "each section has a sheet, whose rate is the one recorded" \
    'test "$(wc -l < "$dir/rates")" = 40'

here=$dir/b
as bruno 2024-01-03 campaign run 2024 threads=2 --json
both "two funds with the same facts, two threads instead of one: the same digest" \
    "expect 0" 'test "$(field digest)" = "$digest"'
as bruno 2024-01-03 campaign run 2024 plain=1 --json
both "every section computed by itself: the same digest" \
    "expect 0" 'test "$(field digest)" = "$digest"'
if [ -x build-clang/tapr ]; then
	status=0
	LC_ALL=fr_FR.UTF-8 build-clang/tapr -C "$here" --as bruno --today 2024-01-03 \
	    campaign run 2024 --json > "$out" 2> "$err" || status=$?
	both "another compiler and a French locale: the same digest" \
	    "expect 0" 'test "$(field digest)" = "$digest"'
else
	skip "another compiler and a French locale: the same digest" \
	    "build-clang/tapr is not built"
fi
run -C "$here" campaign verify 2024
both "a campaign is verified from its snapshot" "expect 0" "prints $digest"

as bruno 2024-01-03 campaign run 2026
both "a campaign of a year without its scales says which are missing and where to enter them" "expect 0" \
    "says 'Paramètres de 2026 qui manquent' 'average_costs (B, general)' law/params/average_costs.csv law/README.md"
as bruno 2024-01-03 campaign show 2026
both "and where it is shown" "expect 0" "prints 'tapr law status --years 2026-2026'"
as bruno 2024-01-03 campaign run 2034
both "a campaign of which no rate can be computed says why" "expect 1" \
    "says 'aucun taux de la campagne 2034' 'tapr campaign show 2034' 'Paramètres de 2034 qui manquent'"

as bruno 2024-01-03 campaign compute 2024 treads=2
both "a word mistyped is told, with what may be written" "expect 2" "says 'treads=2' 'threads='"
as bruno 2024-01-03 campaign show 2024 --format html
both "what has no page says so" "expect 2" "says 'text ou json'"

# ---- what was touched is found ----------------------------------------------------
# flip FILE OFFSET
flip() {
	python3 - "$1" "$2" <<- 'END'
	import sys
	f = open(sys.argv[1], "r+b")
	f.seek(int(sys.argv[2]))
	b = f.read(1)[0]
	f.seek(int(sys.argv[2]))
	f.write(bytes([b ^ 1]))
	END
}
for place in inputs:9000 results:2500; do
	file=${place%:*}.tapr
	flip "$here/campaigns/2024/$file" "${place#*:}"
	run -C "$here" campaign verify 2024
	both "one bit changed in $file is refused" "expect 1" "says $file"
	flip "$here/campaigns/2024/$file" "${place#*:}"
done
run -C "$here" campaign verify 2024
both "put back, it is verified again" "expect 0"

echo "update claim set stoppage_days = stoppage_days + 1 where claim_id = 'A4';" |
    "$FUND_LOAD" damage "$here"
as bruno 2024-01-03 campaign freeze 2024
both "a row changed in the database is told at the freeze" "expect 0" "prints ATTENTION claim $mixed"
as bruno 2024-01-03 campaign compute 2024
run -C "$here" campaign show 2024 --json
both "it stops its establishment and no other" "expect 0" \
    'test "$(field by_mode.refused)" = 1' 'test "$(field refusals.0.sections)" = 1'
echo "delete from claim where claim_id = 'A5';" | "$FUND_LOAD" damage "$here"
echo "update claim set stoppage_days = stoppage_days - 1 where claim_id = 'A4';" |
    "$FUND_LOAD" damage "$here"
as bruno 2024-01-03 campaign freeze 2024
both "a row that is gone refuses the freeze" "expect 1" "says claim 'lot 1'"

# ---- states -------------------------------------------------------------------------
here=$dir/a
run -C "$here" campaign show 2024 "$mixed"
both "the sheet of a draft says so, and until when it is heard" "expect 0" "prints 'Projet de taux' 'observations jusqu'"
as bob 2023-12-21 campaign notify 2024 lot=2 means=post received=2023-12-21 proof=x
both "a draft is not notified" "expect 1" "says '« projet envoyé »' '« notifié »' 'aucun état ne se saute'"
as anne 2023-12-21 campaign observe 2024
both "the period for observations is not closed before its end" "expect 1" "says 'janvier 2024'"
as anne 2023-12-22 campaign observe 2024 siret="$mixed" document=courrier-1
both "an observation takes its rate out of the lot" "expect 0" "prints 'Lot 100 (1 taux)'"
as anne 2023-12-22 campaign observe 2024 siret="$small" document=courrier-2
both "a collective rate has no observations" "expect 1" "says collectif"
review() {
	run -C "$here" campaign decide 2024 lot="$1" --json
	field review
}
seen=$(review 2)
as bob 2024-01-05 campaign decide 2024 lot=2 review="$seen"
both "a rate that was not observed is not decided" "expect 1" "says '« décidé »'"
as anne 2024-01-22 campaign observe 2024
both "a pending observation does not hold back the others" "expect 0" "prints 'Lot 2 (23 taux) : observations closes'"
as anne 2024-01-22 campaign decide 2024 lot=2 review="$seen"
both "who made the campaign does not decide" "expect 1" "says anne 'autre personne'"
as bob 2024-01-22 campaign decide 2024 lot=2 review=0123
both "nobody decides what he was not shown" "expect 1" "says revue"
as bob 2024-01-22 campaign decide 2024 lot=1 review="$(review 1)"
both "collective rates are decided from their drafts" "expect 0" "prints ' : décidé'"
as bob 2024-01-22 campaign decide 2024 lot=2 review="$seen"
both "another person decides after the review" "expect 0" "prints ' : décidé'"
as bob 2024-01-23 campaign notify 2024 lot=2
both "a notification needs a proof" "expect 2" "says proof"
as bob 2024-01-23 campaign notify 2024 stop="$(siret 5)" reason="adresse fausse"
both "one notification is stopped, the others go" "expect 0" "prints 'Lot 101 (1 taux) : décidé'"
as bob 2024-01-24 campaign notify 2024 lot=2 means=electronic proof=depot-1
both "a lot is notified, with the last day to contest" "expect 0" "prints ' : notifié' 'avril 2024'"
as bob 2024-01-25 campaign notify 2024 lot=2
both "it is not in force before it is held to be known" "expect 1" "says 'février 2024' provisoire"
as bob 2024-02-08 campaign notify 2024 lot=2
both "then it is in force" "expect 0" "prints ' : en vigueur'"
as anne 2024-02-09 campaign freeze 2024
both "what was told is never frozen anew" "expect 1" "says contest"
as bob 2024-02-09 campaign decide 2024 withdraw="$large" reason=trop-tard
both "a notified rate is not withdrawn" "expect 1" "says contest"

# Every jump, against the table itself.
jump() {
	echo "insert into lot_state (year, lot, state, previous, kind, on_date, author,
	    batch, line, checksum, proof, review_digest) values (2030, 1, $1, 20240101,
	    'x', 1, 0, 0, $2);" | tr '\n' ' ' | "$FUND_LOAD" damage "$here" 2> /dev/null
}
jumps=0
for try in "'draft', null, 'collective'" "'observed', 'draft', 'collective'" \
    "'observed', 'computed', 'contradictory'" "'decided', 'draft', 'contradictory'" \
    "'decided', 'computed', 'collective'" "'notified', 'draft', 'collective'" \
    "'notified', 'observed', 'contradictory'" "'in_force', 'decided', 'collective'" \
    "'in_force', 'draft', 'collective'" "'rectified', 'decided', 'contradictory'"; do
	jump "$try" "'p', 'r'" && jumps=$((jumps + 1))
done
jump "'notified', 'decided', 'collective'" "null, 'r'" && jumps=$((jumps + 1))
jump "'decided', 'draft', 'collective'" "'p', null" && jumps=$((jumps + 1))
both "the database itself refuses every jump, a notification without proof, a decision without review" \
    'test $jumps = 0'

# ---- account and contest ---------------------------------------------------------------
run -C "$here" account "$large" 2024 --json
total=$(field totals.debit.exact)
run -C "$here" campaign show 2024 "$large" --json
both "the account adds up to what the rate used" \
    'test "$(field answer.risk_value.exact)" = "$total"'
run -C "$here" account "$large" 2024
cp "$out" "$dir/first"
run -C "$here" account "$large" 2024
both "an account made again is the same, byte by byte" 'cmp "$out" "$dir/first"' \
    "prints 'message B12' 'charge-year' 'rectification'"
as anne 2024-03-01 contest open 2024 siret="$large" against=step:nothing document=c
both "a contest has an address" "expect 1" "says step:nothing"
as anne 2026-06-01 contest open 2024 siret="$large" against=claim:B12 document=c
both "a line of an account is never contested too late" "expect 0" "prints 'sans limite de date'"
printf '%s\n' "claim|2020|B12|$large|main||accident|1|20200302|20200301|||20200410||200|5|20220601||||own|||||||||B12b" \
    "payroll|2024|$large|main|285DF|155000033||6000" | "$FUND_LOAD" facts "$here" 2026-06-02
as carl 2026-06-03 contest decide 2024 number=1 accept=yes proof=avis-9
both "a decision has reasons" "expect 2" "says reasons"
as carl 2026-06-03 contest decide 2024 number=1 accept=yes proof=avis-9 reasons="IP 5 % (jugement)" --json
# 1 550 000.33 x (3.00 - 2.16) % = 13 020.00
both "an accepted contest repays payroll times the difference of the rates, to the cent" "expect 0" \
    'test "$(field total_cents)" = 1302000' 'test "$(field lines.0.new)" = 21600'
run -C "$here" campaign verify 2024
both "a rectification leaves the campaign as it was" "expect 0"
run -C "$here" campaign show 2024 "$large" --json
both "the sheet of a rectified rate is the one in force, and names its contest" "expect 0" \
    'test "$(field answer.notified.value)" = 2.16' 'test "$(field status.rectified.contest)" = 2024-1' \
    'test "$(field status.rectified.on)" = 2026-06-03' 'test "$(field status.notified_on)" = 2024-01-24'
# Available on 3 June, known on the 18th at the latest, two months from then.
both "the rectified notice opens a new period to contest" \
    'test "$(field status.state)" = rectified' 'test "$(field status.appeal_until)" = 2026-08-18'
run -C "$here" campaign show 2024 "$large" as=notified --json
both "the sheet first notified is still there" "expect 0" \
    'test "$(field answer.notified.value)" = 3.00' 'test "$(field status.sheet)" = notified'
run -C "$here" campaign show 2024 "$large"
both "a sheet says that it was rectified, not that it is indicative" "expect 0" \
    "prints 'Taux rectifié le 3' 'contestation 2024-1'" '! grep -q "Calcul indicatif" "$out"'
run -C "$here" campaign show 2024 "$large" as=notified --format html
both "as a page too, the one of origin says so" "expect 0" "prints origine 'Taux notifié le 24'"
run -C "$here" campaign show 2024 "$large" as=draft
both "there is no other sheet to ask for" "expect 2" "says notified"
run -C "$here" campaign show 2024 "$(siret 5)"
both "a rate that is decided says that it is not notified" "expect 0" "prints 'pas encore notifié'"
run -C "$here" campaign show 2024 "$(siret 5)" as=notified
both "and it has no notified sheet" "expect 1" "says notifié"

run -C "$here" contest table 2024 number=1 form=csv
# refund: three years from the notice of 3 June 2026
both "a decided contest has a table for who collects, with what can still be claimed" "expect 0" \
    'test "$(tail -n 1 "$out")" = "$large,main,285DF,2024,3.00,2.16,1550000.33,13020.00,2024-01-01,2029-06-03,\"CSS L. 243-6 ; loi 2014-1554 du 22 décembre 2014, art. 27\""'
run -C "$here" contest table 2024 number=1 --json
both "as JSON too" "expect 0" 'test "$(field lines.0.amount_eur)" = 13020.00' \
    'test "$(field lines.0.claim_until)" = 2029-06-03' 'test "$(field lines.0.over)" = False' \
    'test "$(field total_eur)" = 13020.00'
run -C "$here" contest table 2024 number=1
both "and as text" "expect 0" "prints 'juin 2029' 'CSS L. 243-6' 'Total à rembourser'"
run -C "$here" contest table 2024 number=7
both "a contest that is not has no table" "expect 1" "says 2024-7"
# B12 is made not opposable: the account in force has it no more.
printf '%s\n' "claim|2020|B12|$large|main||accident|1|20200302|20200301|||20200410||200|5|20220601||||not_opposable|||||||||B12c" |
    "$FUND_LOAD" facts "$here" 2026-06-03
as anne 2026-06-03 contest open 2024 siret="$large" against=claim:B12 document=c2
as carl 2026-06-03 contest decide 2024 number=2 accept=yes proof=avis-10 reasons="inopposable (jugement)"
both "a second contest rectifies what the first one left" "expect 0" "prints 'Contestation 2024-2'"
run -C "$here" contest table 2024 number=2 --json
second=$(field lines.0.new_rate)
as anne 2026-06-04 contest open 2024 siret="$large" against=step:claim.B12.ip document=c3
both "what is contested is a step of the sheet in force, not of the one first notified" "expect 1" \
    "says 'step:claim.B12.ip'"

# The next year starts from the rates that were notified, as rectified.
python3 tests/e2e/register.py 40 | grep '^payroll|202[34]' | grep -v "^payroll|2024|$large" |
    "$FUND_LOAD" facts "$here" 2026-06-04
python3 - > "$dir/next" << 'END'
import sys
sys.path.insert(0, "tests/e2e")
import register
for n in range(40):
    size = register.SIZES[n % 8]
    for month in range(1, 13):
        print("headcount|2024|%s|%d|%d" % (register.siren(n), month, size * 100))
END
"$FUND_LOAD" facts "$here" 2026-06-04 < "$dir/next"
as anne 2026-06-05 campaign run 2025 --json
both "the next campaign runs" "expect 0"
run -C "$here" campaign show 2025 "$large" --json
both "the next campaign caps from the rate as rectified, and explains the change" "expect 0" \
    'test "$(field answer.cap.previous.value)" = "$second"' 'field change.difference.exact'
run -C "$here" campaign show 2025 "$large" --format html
both "the page of a sheet says why the rate changed, in a table with a row a cause" "expect 0" \
    "prints 'id=\"changement\"' 'Pourquoi le taux change' 'href=\"#changement\"' '<tfoot>'"
run -C "$here" campaign show 2024 "$large" --format html
both "and says nothing of it without a year before" "expect 0" '! grep -q "id=\"changement\"" "$out"'
run -C "$here" campaign diff 2024
both "the law of a campaign is in its snapshot and is compared with the law of today" "expect 0" "prints 'rien ne change'"
cp -r law "$dir/law"
echo 2026.9 > "$dir/law/VERSION"
sed -i '/^2024-01-01,.*,M2,58,/s/,58,/,60,/' "$dir/law/params/majorations.csv"
cp "$out" "$dir/none"
TAPR_LAW=$dir/law as anne 2026-06-06 campaign freeze 2025
both "a freeze under another law than the campaign before says so, and how to see it" "expect 0" \
    "prints 'ont changé depuis' 'campagne 2024' 'tapr campaign diff 2024'"
TAPR_LAW=$dir/law run -C "$here" campaign diff 2024
both "and there it is" "expect 0" "prints 'majorations, M2' 'devient 60'"
finish
