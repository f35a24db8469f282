#!/bin/bash
# truth.sh -- the published figures, found again in the registers: the country
# is made, each of the 21 funds takes its files, and what they count of 2024 is
# added up and compared with law/statistics (tests/synth/totals.py).  At 1/50;
# with --full the whole country too, one fund after another: files and register
# of a fund go once it is counted.
set -uo pipefail
. "$(dirname "$0")/../tap.sh"
. tests/e2e/common
: "${TAPR_LAW:=$root/law}"
export TAPR_LAW

# --- by hand: which claims are of the year --------------------------------------
a=99998601100016 b=99998601100024 # b is not classified
fund "$dir/hand" > "$err" 2>&1 <<- END
	place $a open
	place $b open
	class $a main 2020-01-01 526GC D
	class $a main 2025-01-01 745BD I
	claim FIRST $a accident 2023-12-01 2023-12-01 2024-01-01 - 4
	benefit B1 FIRST care 2024-01-01
	claim SHORT $a accident 2024-12-01 2024-12-01 2024-12-30 - 3
	benefit B2 SHORT daily_allowance 2024-12-31
	benefit B3 SHORT daily_allowance 2025-01-01
	claim OLD $a accident 2023-12-01 2023-12-01 2023-12-01 - 40
	benefit B4 OLD care 2023-12-31
	benefit B5 OLD daily_allowance 2024-02-01
	claim NEXT $a accident 2024-12-01 2024-12-01 2024-12-01 - 40
	benefit B6 NEXT daily_allowance 2025-01-01
	claim NEVER $a accident 2024-03-01 2024-03-01 2024-03-01 - 40
	claim SICK $a disease 2024-03-01 2024-03-01 2024-03-01 - 90
	benefit B7 SICK capital 2024-06-01
	claim LOST $b commuting 2024-03-01 2024-03-01 2024-03-01 - 5
	benefit B8 LOST daily_allowance 2024-06-01
END
both "a fund with claims is made" 'test ! -s "$err"'
# settled YEAR CTN KIND FIRST FOUR: what the fund counts there.
settled() {
	"$TAPR" -C "$dir/hand" employer totals "$1" --json > "$out" &&
	    python3 - "$out" "${@:2}" <<- 'END'
	import json, sys
	c = json.load(open(sys.argv[1]))["ctn"][sys.argv[2]][sys.argv[3]]
	got = [str(c["first_settled"]), str(c["four_days"])]
	assert got == sys.argv[4:], got
	END
}
try "a claim is of the year of its first payment, whatever its nature" \
    settled 2024 D accidents 2 1
try "the year after it is of another CTN, and one claim older" \
    settled 2025 I accidents 1 1
try "the year before, what was paid on its last day" \
    settled 2023 D accidents 1 1
try "a disease is counted apart" settled 2024 D diseases 1 1
try "an establishment without a main section has a row of its own" \
    settled 2024 - commuting 1 1

# --- the country ------------------------------------------------------------------
flows="sirene:StockEtablissement_utf8 sirene:StockUniteLegale_utf8
    sirene:StockEtablissementHistorique_utf8
    succession:StockEtablissementLiensSuccession_utf8
    classification:classification headcount:headcount payroll:payroll
    rates:rates claims:claims benefits:benefits portfolio:portfolio"

# load PROGRAM FUND FILES DIR FLOW...: a fund with its files, in that order.
# Only what a person would have to look at is printed.
load() {
	local program=$1 code=$2 files=$3 to=$4 flow
	shift 4
	"$program" init "$to" --fund "$code" > /dev/null || return
	for flow; do
		"$program" -C "$to" --as accueil --today 2025-01-02 import \
		    "${flow%%:*}" "$files/${flow#*:}.csv" --strict \
		    > "$dir/import" 2> "$err" || {
			cat "$err"
			return 1
		}
	done
	# Whatever has waited on the way has found what it waited for.
	"$program" -C "$to" --as accueil --today 2025-01-02 import \
	    benefits "$files/benefits.csv" --json > "$dir/import" &&
	    grep -q '"applied": 0, ' "$dir/import" &&
	    grep -q '"waiting": 0, ' "$dir/import"
}

# country PROGRAM SHARE MILLIONTHS: one result a fact.
country() {
	local program=$1 share=$2 millionths=$3 files=$dir/files n=0 code
	rm -rf "$files" "$dir/totals"
	mkdir "$dir/totals"
	"$TAPR_PLAIN" synth --out "$files" --share "$share" --seed 1 --france \
	    --years 2019-2024 > "$dir/synth" || return
	for code in $(cd "$files" && ls); do
		load "$program" "$code" "$files/$code" "$dir/fund" $flows &&
		    "$program" -C "$dir/fund" employer totals 2024 --json \
		    > "$dir/totals/$code.json" && n=$((n + 1))
		[[ " $kept " == *" $code "* ]] && mv "$files/$code" "$dir/$code"
		rm -rf "$dir/fund" "${files:?}/$code"
	done
	try "at $share, 21 funds take every line of their files" test "$n" -eq 21
	python3 tests/synth/totals.py "$millionths" "$TAPR_LAW" \
	    "$dir"/totals/*.json > "$dir/compared" 2>&1 ||
	    failures=$((failures + 1))
	grep -E '^(ok|not ok)' "$dir/compared" |
	    sed "s/^\(ok\|not ok\) - /\1 - from the registers at $share, /" ||
	    not_ok "at $share, the totals are compared with the tables"
	grep -vE '^(ok|not ok)' "$dir/compared" | sed 's/^/    /'
}
kept="cgss-reunion alsace-moselle"
seconds=$SECONDS
country "$TAPR" 0.02 20000
echo "# 1/50 of the country: $((SECONDS - seconds)) s"

# --- one of them: its campaign, and the order of the files ----------------------
fund=$dir/fund
load "$TAPR" cgss-reunion "$dir/cgss-reunion" "$fund" $flows
run -C "$fund" employer totals 2024
both "the totals of a fund are printed by CTN" "expect 0" \
    "prints Accidents Maladies trajet total"
run -C "$fund" employer totals 2024 --known 2024-12-31
both "before its files came the fund counts nothing" "expect 0" \
    "grep -q '^  total *0 *0.00 *0.00$' $out"
run -C "$fund" employer totals soon
both "a year is needed" "expect 2" "says ANNÉE"

# empreinte FUND OPTION...: that of its campaign of 2024.
empreinte() {
	"$TAPR" -C "$1" --as marie --today 2025-01-05 "${@:2}" campaign run 2024 \
	    > "$out" 2> "$err" && sed -n 's/^ *empreinte //p' "$out"
}
first=$(empreinte "$fund")
try "the campaign of a fund ends, with rates of each mode" \
    grep -Eq 'collectif [1-9].*, mixte [1-9].*, individuel [1-9]' "$out"
try "no mode is refused for a headcount that nobody gave" \
    bash -c '! grep -q headcounts "$1"' - "$out"
# SIRENE first: a fund keeps the lines of what it knows.  The rest upside down.
backwards="sirene:StockEtablissement_utf8 portfolio:portfolio benefits:benefits
    claims:claims rates:rates payroll:payroll headcount:headcount
    classification:classification
    succession:StockEtablissementLiensSuccession_utf8
    sirene:StockEtablissementHistorique_utf8 sirene:StockUniteLegale_utf8"
load "$TAPR" cgss-reunion "$dir/cgss-reunion" "$dir/backwards" $backwards
second=$(empreinte "$dir/backwards")
try "the files in another order: the same digest" \
    test -n "$first" -a "$first" = "$second"
try "the files in another order: the same totals" \
    diff <("$TAPR" -C "$fund" employer totals 2024) \
    <("$TAPR" -C "$dir/backwards" employer totals 2024)

# --- a tariff that is not held ------------------------------------------------
# Four rates of Alsace-Moselle are; examples/law-invented makes up the others.
am=$dir/am
load "$TAPR" alsace-moselle "$dir/alsace-moselle" "$am" $flows
cp -r "$am" "$dir/without"
empreinte "$dir/without" > "$dir/first"
status=$?
both "rates without a tariff are refused, and listed by parameter" "expect 0" \
    "prints 'collective_rates (zone=alsace-moselle, risk_code=' --law"
empreinte "$am" --law examples/law-invented/params > "$dir/second"
try "with --law no parameter is missing" \
    bash -c '[ -s "$1" ] && ! grep -q "paramètre absent" "$2"' - \
    "$dir/second" "$out"
try "it is another campaign" bash -c '! cmp -s "$1/first" "$1/second"' - "$dir"
# An establishment with a collective rate: its code is not one of the four held.
siret=$(awk -F, '$6 == "collective" && $2 == "main" && $3 != "266AA" &&
    $3 != "266EB" && $3 != "511TG" { print $1; exit }' \
    "$dir/alsace-moselle/rates.csv")
run -C "$am" campaign show 2024 "$siret"
both "without --law again, its sheets say which values are invented" "expect 0" \
    "prints INVENTÉ 'non publié' collective_rates"

if [ "$TAPR_FULL" = 1 ]; then
	DEMO_SHARE=0.002 TAPR=$TAPR_PLAIN examples/france-tour "$dir/tour" \
	    > "$out" 2> "$err"
	status=$?
	both "the tour of the country shows 21 funds and their total" "expect 0" \
	    "prints '[21/21]' css-mayotte total comparaisons"
	rm -rf "$fund" "$dir/backwards" "$am" "$dir/without" "$dir/tour" \
	    "$dir/cgss-reunion" "$dir/alsace-moselle"
	seconds=$SECONDS kept=
	country "$TAPR_PLAIN" 1 1000000
	echo "# the whole country: $((SECONDS - seconds)) s"
else
	skip "the registers of the whole country are the published tables" \
	    "only with --full"
fi
finish
