#!/bin/bash
# observed -- an observation that is right: the facts are corrected, the draft
# follows, is heard again, decided and notified as such; the others go on.
set -uo pipefail
. "$(dirname "$0")/../tap.sh"
. tests/e2e/common
: "${FUND_LOAD:=$TAPR_BUILD/fund-load}"
export PYTHONDONTWRITEBYTECODE=1

here=$dir/fund
python3 tests/e2e/register.py 40 > "$dir/lines"
mixed=$(siret 4)
"$FUND_LOAD" create "$here" CARSAT-RA general &&
    "$FUND_LOAD" facts "$here" 2023-12-15 < "$dir/lines" || exit 3

# rate [WORD...]: that of the sheet.
rate() {
	run -C "$here" campaign show 2024 "$mixed" "$@" --json
	field answer.notified.value
}

as anne 2023-12-20 campaign run 2024
first=$(rate)
run -C "$here" campaign show 2024 20000003200017
both "a draft says what is due until it is notified: the rate of before" \
    "expect 0" "prints '2,10' 'reste dû à titre provisoire'"
run -C "$here" campaign show 2024 20000003200017 --json
both "as JSON too" '[ "$(field status.provisional)" = 21000 ]'
as anne 2023-12-22 campaign observe 2024 siret="$mixed" document=courrier-1
both "an observation is heard" "expect 0" "prints 'Lot 100 (1 taux)'"
as anne 2023-12-23 campaign freeze 2024
both "a campaign that was observed is not frozen anew" "expect 1" \
    "says observation accept=yes"
as anne 2023-12-23 campaign observe 2024 siret="$mixed" \
    answer="art. D. 242-6-7" accept=yes
both "an observation is not accepted before the facts are corrected" \
    "expect 1" "says 'même taux'"
sed -n '/^claim|.*|A4|/s/|own|/|not_opposable|/p' "$dir/lines" |
    "$FUND_LOAD" facts "$here" 2023-12-24
as anne 2023-12-26 campaign observe 2024 siret="$mixed" \
    answer="art. D. 242-6-7, jugement du 20 décembre" accept=yes
both "then the draft is that of the corrected facts, and is heard again" \
    "expect 0" "prints 'Projet corrigé' 'janvier 2024'"
second=$(rate)
both "its rate has changed" '[ "$first" != "$second" ]'
run -C "$here" campaign show 2024 "$mixed"
both "its sheet says so" "expect 0" "prints 'corrigé après observation'"
run -C "$here" campaign verify 2024
both "what was computed is as it was" "expect 0"
as anne 2024-01-22 campaign observe 2024
both "the others do not wait for it" "expect 0" \
    "prints 'Lot 2 (23 taux) : observations closes'" \
    '! grep -q "Lot 100" "$out"'
as anne 2024-01-27 campaign observe 2024
both "its own period ends later" "expect 0" "prints 'Lot 100 (1 taux)'"
run -C "$here" campaign decide 2024 lot=100
both "who decides is shown the corrected rate, and its sheet" "expect 0" \
    "prints 'PROJET CORRIGÉ' '${second/./,}'"
run -C "$here" campaign decide 2024 lot=100 --json
as bob 2024-01-28 campaign decide 2024 lot=100 review="$(field review)"
as bob 2024-01-29 campaign notify 2024 lot=100 means=electronic proof=depot-1
both "it is decided and notified" "expect 0" "prints ' : notifié'"
run -C "$here" employer show "$mixed" --json
both "the register has the rate that was notified" "expect 0" \
    "grep -q '\"rate\": \"$second' \"\$out\""
both "the sheet as notified is the corrected one" \
    '[ "$(rate as=notified)" = "$second" ]'
run -C "$here" contest table 2024 number=1
both "nothing is repaid of a draft" "expect 1" "says 'rien n'"
as anne 2024-03-01 contest open 2024 siret="$mixed" against=step:gross \
    document=c
both "it is contested like any other" "expect 0"
finish
