#!/bin/bash
# notifies -- which of two funds notifies a rate (CSS D. 242-6-22): each rate is
# notified once, and is the same in both (S1-04).
set -uo pipefail
. "$(dirname "$0")/../tap.sh"
. tests/e2e/common
: "${FUND_LOAD:=$TAPR_BUILD/fund-load}"
export PYTHONDONTWRITEBYTECODE=1

python3 tests/e2e/notifies.py > "$dir/lines"
for name in cramif rhone-alpes; do
	run init "$dir/$name" --fund "$name"
	"$FUND_LOAD" facts "$dir/$name" 2023-12-15 < "$dir/lines" || exit 3
done
# lot FUND N NIC: where the rate of that establishment is; 3 is « elsewhere ».
lot() {
	"$TAPR" -C "$dir/$1" campaign show 2024 "$(siret "$2" "$3")" --json > "$dir/sheet" 2> "$err"
	python3 -c "import json, sys; print(json.load(open(sys.argv[1]))['status']['lot'])" "$dir/sheet"
}
# by CRAMIF RHONE N NIC: the lots of a rate in the two funds.
by() {
	test "$(lot cramif "$3" "$4") $(lot rhone-alpes "$3" "$4")" = "$1 $2"
}
digests() {
	for name in cramif rhone-alpes; do
		run -C "$dir/$name" --as anne --today 2023-12-20 campaign run 2024 --json
		field digest
	done
}

digests > "$dir/first"
both "two funds with the same facts give the same rates and the same digest" "expect 0" \
    'test "$(field establishments)" = 12' 'test "$(field by_mode.refused)" = 0' \
    'test "$(sort -u "$dir/first" | wc -l)" = 1'
both "and share no file: no link, no file of both" \
    'test -z "$(find "$dir/cramif" "$dir/rhone-alpes" -type l)"' \
    'test -z "$(find "$dir/cramif" "$dir/rhone-alpes" -type f -printf "%i\n" | sort | uniq -d)"' \
    'test -z "$(find "$dir/cramif" "$dir/rhone-alpes" -type f -links +1)"'

# ---- the four cases ---------------------------------------------------------------
both "the fund of the establishment notifies, wherever the head office is" \
    "by 2 3 100 1" "by 3 2 100 2"
both "in building, the fund of the head office notifies for both" \
    "by 2 3 101 1" "by 2 3 101 2" "by 3 2 104 1" "by 3 2 104 2"
both "a single rate is notified by the fund of the head office" "by 2 3 102 1" "by 2 3 102 2"
both "a collective rate outside the area of a fund is not its own" "by 1 3 103 1" "by 3 1 103 2" "by 3 1 105 2"
run -C "$dir/rhone-alpes" campaign show 2024 "$(siret 101 2)"
both "its sheet says that another fund notifies it" "expect 0" "prints \"qu'une autre caisse\""
run -C "$dir/rhone-alpes" --as bob --today 2024-01-25 campaign notify 2024 lot=3 means=electronic proof=x
both "and it cannot be notified here" "expect 1"
count=0
for n in 100 101 102 103 104 105; do
	for nic in 1 2; do
		case "$(lot cramif $n $nic) $(lot rhone-alpes $n $nic)" in
		"3 3" | [12]\ [12]) count=$((count + 1)) ;;
		esac
	done
done
both "no rate is notified twice, and none by nobody" 'test $count = 0'

# ---- from one fund to the other -------------------------------------------------------
rate() {
	"$TAPR" -C "$dir/$1" campaign show 2024 "$(siret 100 2)" --json > "$out" 2> "$err"
	field answer.notified.exact
}
rate cramif > "$dir/before"
for name in cramif rhone-alpes; do
	run -C "$dir/$name" --as anne --today 2023-12-21 employer move "$(siret 100 2)" from=2023-12-01 \
	    address="1 rue Neuve" postcode=75001 commune=75101 document=formalité-1
	both "an establishment moves from Lyon to Paris, in the register of $name" "expect 0"
done
digests > "$dir/second"
both "an establishment that moved is notified by the fund where it went" "by 2 3 100 2"
both "its rate is what it was, in both" 'cmp "$dir/first" "$dir/second"' \
    'test "$(rate rhone-alpes)" = "$(cat "$dir/before")"' 'test "$(rate cramif)" = "$(cat "$dir/before")"'
finish
