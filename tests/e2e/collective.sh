#!/bin/bash
# collective -- collective rates from the relations of two funds: each adds up
# its register, the national fund adds up the files.
set -uo pipefail
. "$(dirname "$0")/../tap.sh"
. tests/e2e/common
: "${FUND_LOAD:=$TAPR_BUILD/fund-load}"
export PYTHONDONTWRITEBYTECODE=1

# column CODE YEAR NAME: of a relation, the file $file.
column() {
	python3 -c "import csv, sys
for r in csv.DictReader(open(sys.argv[1])):
    if (r['risk_code'], r['year']) == (sys.argv[2], sys.argv[3]):
        print(r[sys.argv[4]])" "$file" "$1" "$2" "$3"
}

for name in cramif aquitaine; do
	"$FUND_LOAD" create "$dir/$name" "$name" general &&
	    python3 tests/e2e/collective.py "$name" |
	    "$FUND_LOAD" facts "$dir/$name" 2023-11-02 || exit 3
done
relation() {
	run -C "$dir/$1" --today 2023-11-03 campaign collective 2024 --out "$dir/$1.csv" "${@:2}"
}

# ---- a fund tells ------------------------------------------------------------------
relation aquitaine
both "a fund writes its relation, and says what its register lacks, line by line" "expect 0" \
    "prints 'sinistre D2' '20 %' annual_annuity" 'test "$(wc -l < "$dir/aquitaine.csv")" = 6'
relation cramif
both "an annuity whose amount is known lacks nothing" "expect 0" '! grep -q "sinistre C1" "$out"'
file=$dir/cramif.csv
both "arrears of a pension, a commuting accident and another year are not added" \
    'test "$(column 602MG 2021 benefits_eur)" = 6900' 'test "$(column 602MG 2022 benefits_eur)" = 100' \
    'test "$(column 602MG 2022 annuities_eur)" = 2000'
both "the third-party share and the special account stand beside, exact" \
    'test "$(column 602MG 2022 third_benefits_eur)" = 60' \
    'test "$(column 602MG 2021 special_benefits_eur)" = 800' \
    'test "$(column 602MG 2021 third_benefits_eur)" = 100'
both "the part of a user who is not here is borne by no code, to the third of a cent" \
    'test "$(column 741GB 2021 annuities_eur)" = 200/3' 'test "$(column "?" 2021 annuities_eur)" = 100/3'
both "no person and no establishment is in it" '! grep -qE "[0-9]{9}|C1|D1" <(head -n -1 "$file" | cut -d, -f1-9)' \
    '! grep -q "$(python3 -c "import sys; sys.path.insert(0, \"tests/e2e\"); import register; print(register.siret(50))")" "$file"'
cp "$file" "$dir/first"
run -C "$dir/cramif" --today 2023-11-09 campaign collective 2024
both "a relation made again, or printed, is the same byte by byte" "expect 0" 'cmp "$out" "$dir/first"'

# ---- the national fund adds up ----------------------------------------------------------
from() {
	run campaign collective 2024 --from "$dir/cramif.csv" "$dir/aquitaine.csv" "$@"
}
from --json
cp "$out" "$dir/all.json"
# 7 000 + 1 952.33 x 1.1 + 2 000 x 32 + 1 x 26 x 20 049.09 - 160 - 800, of 9 000 000
both "the gross rate is the value of the risk of both funds over their payroll, exact" "expect 0" \
    'test "$(field rates.0.name)" = 602MG' 'test "$(field rates.0.value_of_risk.exact)" = 593463903/1000' \
    'test "$(field rates.0.payroll.exact)" = 9000000' 'test "$(field rates.0.gross.exact)" = 197821301/30000000'
gross=$(field rates.0.gross.value) net=$(field rates.0.net.value)
"$TAPR" rule net-rate year=2024 gross="$gross" --json > "$dir/net"
both "the net rate is the gross one under the majorations of the year" \
    'python3 -c "import json, sys
want = json.load(open(sys.argv[1]))[\"result\"][\"value\"]
assert abs(float(want) - float(sys.argv[2])) < 0.006, want" "$dir/net" "$net"' \
    'test "$(field rates.0.rounded.value)" = "$(python3 -c "
from fractions import Fraction as F
import json
r = json.load(open(\"$dir/all.json\"))[\"rates\"][0][\"net\"][\"exact\"]
print(\"%.2f\" % (int(F(r) * 100 + F(1, 2)) / 100))")"'
both "it is a proposal, with the funds that are in and those that are not" \
    'test "$(field proposal)" = True' 'test "$(field relations.1.fund)" = cramif' \
    'test "$(field missing_funds.0)" = alsace-moselle'
run campaign collective 2024 --from "$dir/aquitaine.csv" "$dir/cramif.csv" --json
both "the order of the files changes nothing" "expect 0" 'cmp "$out" "$dir/all.json"'
from risk_code=602MG
both "a sheet has its operands, articles, sources, funds, and what it lacks" "expect 0" \
    "prints PROPOSITION '× 26 × 20' '049,09' 'D. 242-6-5' 'Arrêté du 16 octobre 1995' 'aquitaine cramif' \
    '1 rente sur 2 sans montant' MANQUENT" '! grep -q 741GB "$out"'

# ---- groups ------------------------------------------------------------------------------
head=group,zone,risk_code,from,to
printf '%s\n' $head G1,general,602MG,2022-01-01, > "$dir/g1"
from groups="$dir/g1" --json
both "a group of 1 100 employees has a rate of its own" "expect 0" 'test "$(field rates.1.name)" = G1' \
    'test "$(field rates.1.gross.exact)" = 197821301/30000000'
printf '%s\n' $head G1,general,741GB,2022-01-01, > "$dir/g2"
from groups="$dir/g2"
both "a group of less than 1 000 employees is refused" "expect 1" "says G1 '1 000' manquent"
printf '%s\n' $head G1,general,741GB,2022-01-01, G1,general,602MG,2022-01-01, > "$dir/g3"
from groups="$dir/g3"
both "a group of two CTN is refused" "expect 1" "says 'seul CTN'"
printf '%s\n' $head G1,general,602MG,2022-01-01,2024-12-31 > "$dir/g4"
from groups="$dir/g4"
both "a group of less than three years is refused" "expect 1" "says 'trois ans'"
printf '%s\n' $head "G1,general,60 MG,2022-01-01," > "$dir/g5"
from groups="$dir/g5"
both "a group of what is no risk code is refused, with the line" "expect 1" "says 'ligne 2' g5"
printf '%b\n' $head "M\\0351taux,general,602MG,2022-01-01," > "$dir/g6"
from groups="$dir/g6"
both "so is a file that is not UTF-8" "expect 1" "says UTF-8 g6"

# ---- what is refused -----------------------------------------------------------------------
run campaign collective 2024 --from "$dir/cramif.csv" "$dir/cramif.csv"
both "a relation given twice is refused" "expect 1" "says 'deux fois'"
run campaign collective 2025 --from "$dir/cramif.csv"
both "a relation of another year is refused" "expect 1" "says 2024 2025"
sed 's/,1000000,/,1000001,/' "$dir/cramif.csv" > "$dir/changed"
run campaign collective 2024 --from "$dir/changed"
both "one digit changed is found" "expect 1" "says empreinte"
head -n 3 "$dir/cramif.csv" > "$dir/cut"
run campaign collective 2024 --from "$dir/cut"
both "a file cut short is found" "expect 1" "says incomplet"
run campaign run 2024 --from "$dir/cramif.csv"
both "the option is of this step alone" "expect 2" "says collective"
echo "update benefit set amount_cents = amount_cents + 1 where benefit_id = 'C1a';" |
    "$FUND_LOAD" damage "$dir/cramif"
relation cramif
both "a register with a damaged row tells nothing" "expect 1"
finish
