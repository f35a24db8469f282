#!/bin/bash
# sanction -- supplementary contributions and penalties: heard, decided and
# notified in lots of their own; nothing is due before (S1-77, CRPA L. 121-2 4°).
set -uo pipefail
. "$(dirname "$0")/../tap.sh"
. tests/e2e/common
: "${FUND_LOAD:=$TAPR_BUILD/fund-load}"
export PYTHONDONTWRITEBYTECODE=1

lines=$dir/lines
python3 tests/e2e/register.py 16 > "$lines"
# 12, 60, 400 and 20 employees.
small=$(siret 1) large=$(siret 12) huge=$(siret 7) blind=$(siret 3)
for name in a b; do
	"$FUND_LOAD" create "$dir/$name" cramif general &&
	    "$FUND_LOAD" facts "$dir/$name" 2023-12-15 < "$lines" || exit 3
done
# The headcount of the establishment of firm 3 is not known.
echo "payroll|2022|$blind|main|741GB|50000300||" | "$FUND_LOAD" facts "$dir/a" 2023-12-16

review() {
	run -C "$here" campaign decide 2024 lot="$1" --json
	field review
}

# ---- a measure known at the freeze -------------------------------------------------
here=$dir/b
as ines 2023-12-18 measure add "$small" kind=supplementary reference=CS-1 from=2024-02-01 \
    to=2024-05-01 value=0.50 document=decision-7
as anne 2023-12-20 campaign run 2024
as ines 2023-12-21 campaign sanction 2024
run -C "$here" campaign show 2024 "$small" --json
# 300 001.00 x 5.22 % / 12 x 50 % x 3 months = 1 957.506...
both "a supplement has in its lot the amount that the sheet gives" "expect 0" \
    'test "$(field sanctions.0.amount_cents)" = 195751' \
    'test "$(field answer.supplementary.0.amount.value)" = 1957.51'
both "its rate stays with the rates of its kind" 'test "$(field status.lot)" = 1'
run -C "$here" campaign show 2024 "$small" --format html
both "the page of the rate says that it is not due with it" "expect 0" "prints 'une fois soumise'"

# ---- measures of the year -------------------------------------------------------------
here=$dir/a
as anne 2023-12-20 campaign run 2024
as ines 2024-02-05 campaign sanction 2024
both "without a measure there is no lot" "expect 1" "says 'ni cotisation'"
as ines 2024-02-05 measure add "$small" kind=supplementary reference=CS-1 from=2024-02-01 \
    to=2024-05-01 value=0.50 document=decision-7
for n in "$large" "$huge" "$blind"; do
	as ines 2024-02-05 measure add "$n" kind=no_account reference="CPT-${n:0:9}" from=2024-02-01 \
	    document=constat-3
	both "an absence of account is entered with its document" "expect 0" "prints CPT-"
done
as ines 2024-02-05 measure add "$large" kind=no_account reference=CPT-2 from=2024-02-02 value=0.10 document=c
both "it has no value: the law has it" "expect 1" "says value"
as ines 2024-02-06 campaign sanction 2024
both "they become a lot, and what cannot be worked out is said" "expect 0" \
    "prints 'Lot 100' '3 sanction' 'effectif' '$blind'"
as ines 2024-02-06 campaign sanction 2024
both "once a year: again, there is nothing new" "expect 1" "says 'ni cotisation' '$blind'"
run -C "$here" campaign show 2024 "$large" --json
# 1 % of 3 864, rounded up: 39 x 60 persons
both "a penalty is per person counted, its unit rounded up" "expect 0" \
    'test "$(field sanctions.0.kind)" = penalty' 'test "$(field sanctions.0.amount_cents)" = 234000' \
    'test "$(field sanctions.0.counted)" = 60'
run -C "$here" campaign show 2024 "$huge" --json
# 58 x 400 = 23 200
both "and 10 000 euros at most a firm" 'test "$(field sanctions.0.amount_cents)" = 1000000'
both "computed, it is not due" 'test "$(field sanctions.0.due)" = False' \
    'test "$(field sanctions.0.state)" = computed'
run -C "$here" campaign show 2024 "$small"
both "a sheet says so too" "expect 0" "prints 'Cotisation supplémentaire CS-1' 'avant la décision' 'lot 100'"

# ---- heard, decided, notified -------------------------------------------------------------
as bob 2024-02-06 campaign notify 2024 lot=100 means=electronic proof=x
both "a sanction is not notified before it is heard" "expect 1" "says 'aucun état ne se saute'"
as ines 2024-02-07 campaign draft 2024
both "its draft opens the period for observations" "expect 0" "prints 'Lot 100 (3 sanctions)' 'mars 2024'"
as bob 2024-02-08 campaign decide 2024 lot=100 review="$(review 100)"
both "a sanction is not decided before it is heard" "expect 1" "says décidé 'projet envoyé'"
as ines 2024-02-09 campaign observe 2024 siret="$huge" reference="CPT-${huge:0:9}" document=courrier-4
both "an observation takes it out of its lot" "expect 0" "prints 'Lot 101 (1 sanction'"
as ines 2024-02-09 campaign observe 2024 siret="$huge" reference=CPT-404 document=c
both "a sanction that is not there is refused" "expect 1" "says CPT-404"
as ines 2024-02-09 campaign observe 2024
both "the period of the rates is closed, not that of the sanctions" "expect 0" \
    "prints 'Lot 2 '" '! grep -q "Lot 100" "$out"'
as ines 2024-03-08 campaign observe 2024
both "the period is not closed before its end" "expect 1"
as ines 2024-03-11 campaign observe 2024
both "who waits for an answer does not hold back the others" "expect 0" "prints 'Lot 100 (2 sanctions) : observations closes'" \
    '! grep -q "Lot 101" "$out"'
run -C "$here" campaign decide 2024 lot=100
both "the review tells each line, its amount and what it rests on" "expect 0" "prints CS-1 'L. 242-7' 'L. 242-5' \
    'masse salariale de 2024' '60 personne'" 'grep -q "1...957,51" "$out"' 'grep -q "2...340,00" "$out"'
seen=$(review 100)
as ines 2024-03-12 campaign decide 2024 lot=100 review="$seen"
both "who proposed sanctions does not decide them" "expect 1" "says ines proposé"
as bob 2024-03-12 campaign decide 2024 lot=100 review="$seen"
both "another person does" "expect 0" "prints décidé"
run -C "$here" campaign show 2024 "$large" --json
both "decided, it is still not due" 'test "$(field sanctions.0.due)" = False'
as bob 2024-03-13 campaign notify 2024 stop="$large" reference="CPT-${large:0:9}" reason="compte ouvert"
both "one is stopped in time, the others go" "expect 0" "prints 'Lot 102 (1 sanction) : décidé'"
as bob 2024-03-14 campaign notify 2024 lot=100 means=electronic proof=depot-3
both "a lot of sanctions is notified, with the last day to contest" "expect 0" "prints notifié"
run -C "$here" campaign show 2024 "$small" --json
both "notified, it is due" 'test "$(field sanctions.0.due)" = True' 'test "$(field sanctions.0.state)" = notified'
run -C "$here" campaign show 2024 "$large" --json
both "the one stopped is not" 'test "$(field sanctions.0.due)" = False' 'test "$(field sanctions.0.lot)" = 102'
as bob 2024-03-15 campaign decide 2024 withdraw="$small" reference=CS-1 reason=x
both "what is notified is not withdrawn" "expect 1" "says notifié"
as ines 2024-03-15 campaign observe 2024 siret="$huge" reference="CPT-${huge:0:9}" answer="art. L. 242-5"
both "an observation is answered" "expect 0"
as ines 2024-03-15 campaign observe 2024
both "then its period is closed" "expect 0" "prints 'Lot 101 (1 sanction) : observations closes'"
run -C "$here" campaign show 2024 --json
both "the lots of sanctions are told with those of rates" 'test "$(field lots.3.kind)" = sanction' \
    'test "$(field lots.3.rates)" = 1' 'test "$(field lots.3.state)" = notified'
run -C "$here" campaign verify 2024
both "the campaign itself is as it was" "expect 0"
finish
