#!/bin/bash
# merged -- the cap of an establishment that took in another starts from the
# rates of both, weighted by their payroll (CSS D. 242-6-15; S1-34).
set -uo pipefail
. "$(dirname "$0")/../tap.sh"
. tests/e2e/common
: "${FUND_LOAD:=$TAPR_BUILD/fund-load}"
export PYTHONDONTWRITEBYTECODE=1

one=$(siret 200 1) two=$(siret 200 2)
# campaign NAME KIND ACT...: a fund, what is decided, its campaign, the sheet of one.
campaign() {
	here=$dir/$1
	"$FUND_LOAD" create "$here" cramif general &&
	    python3 tests/e2e/merged.py "$2" | "$FUND_LOAD" facts "$here" 2023-12-01 || exit 3
	[ $# -lt 3 ] || run -C "$here" --as ines --today 2023-12-02 employer "${@:3}" document=acte-1
	for how in plain=1 threads=2; do
		run -C "$here" --as anne --today 2023-12-20 campaign run 2024 $how --json
		field digest
	done | uniq | wc -l >> "$dir/digests"
	run -C "$here" campaign show 2024 "$one" --json
}

campaign a both merge "$two" to="$one" on=2023-06-30 inherits=true
# (2.00 x 1 000 000 + 4.00 x 3 000 000) / 4 000 000
both "a merge: the base is the mean of both rates, weighted by the last known payroll" "expect 0" \
    'test "$(field answer.cap.previous.exact)" = 7/2' 'test "$(field answer.payroll.exact)" = 12000000'
both "the mean is a step of the sheet, with its operands" \
    'grep -q "\"cap_previous\"" "$out"' 'grep -q "previous.merged.1.payroll" "$out"'
python3 - "$out" > "$dir/answer" << 'PY'
import json, sys
print(json.dumps(json.load(open(sys.argv[1]))["answer"]))
PY
both "another program finds every step of it again" 'python3 tools/recheck "$dir/answer"'
run -C "$here" campaign show 2024 "$one"
both "the text shows the two rates" "expect 0" "prints masse1 masse2"
run -C "$here" campaign verify 2024
both "it is verified from the snapshot alone" "expect 0"

campaign b new takeover "$two" to="$one" on=2023-06-30 activity=true means=true staff_share=0.80
both "a take-over by a new establishment: the base is the rate of the one before" "expect 0" \
    'test "$(field answer.cap.previous.exact)" = 4'

campaign c both merge "$two" to="$one" on=2023-06-30 inherits=false
both "an account that does not follow leaves the base as it was" "expect 0" \
    'test "$(field answer.cap.previous.exact)" = 2' 'test "$(field answer.payroll.exact)" = 3000000'
campaign d both
both "nor does one that nobody merged" "expect 0" 'test "$(field answer.cap.previous.exact)" = 2'
both "computed with or without shared answers: the same bytes" 'test "$(uniq "$dir/digests")" = 1'
finish
