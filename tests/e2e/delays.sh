#!/bin/bash
# delays -- how long files wait, step by step, in the order of their age.
set -uo pipefail
. "$(dirname "$0")/../tap.sh"
. tests/e2e/common

s=73282932000009 t=73282933800001
# Complete on 29 February 2024, a leap year: on 1 March 2025 that is 366 days.
fund "$dir/fund" > "$err" 2>&1 <<- END
	claim OLD $s accident 2024-02-28 2024-02-29 - - 12
	claim NEW $t accident 2025-02-20 2025-02-28 - - 12
	claim PART $s disease 2025-01-01 - - - 40
	claim FAR $s disease 2011-05-05 2011-05-05 - - 40
	claim SAME $s accident 2025-02-10 2025-02-10 2025-02-10 - 5
	claim NO $s accident 2025-01-10 2025-01-10 - 2025-02-09 5
	claim AFTER $s accident 2025-01-30 2025-01-30 2025-03-02 - 5
	claim AHEAD $s accident 2025-03-02 2025-03-02 - - 5
	claim GONE $s accident 2023-01-01 2023-01-01 2024-03-01 - 5
	claim NOSTOP $s accident 2025-01-01 2025-01-01 2025-01-05 - 0
	claim EARLY $s accident 2025-01-01 2025-01-20 2025-01-15 - 3
	benefit B1 SAME care 2025-02-11
	benefit B2 SAME daily_allowance 2025-02-28
	benefit B3 SAME daily_allowance 2025-02-20
	benefit B4 AFTER care 2025-02-01
	benefit B5 GONE daily_allowance 2024-03-01
	benefit B6 GONE daily_allowance 2024-09-01
	benefit B7 EARLY daily_allowance 2025-01-21
END
both "a fund with claims is made" 'test ! -s "$err"'

# on DAY ARG...: the delays of that day.
on() {
	run -C "$dir/fund" delays --today "$1" "${@:2}"
}

# with EXPRESSION: true of doc, the JSON printed, and of step, its first step.
with() {
	python3 - "$out" "$1" <<- 'END'
	import json, sys
	doc = json.load(open(sys.argv[1], encoding="utf-8"))
	step = doc["steps"][0]
	files = {f["file"]: f for f in step["files"]}
	limit = {t["name"]: t for t in step["thresholds"]}
	if not eval(sys.argv[2]):
	    print(json.dumps(doc, indent=1, ensure_ascii=False))
	    sys.exit(1)
	END
}

on 2025-03-01 --json
both "every step is shown" "expect 0" 'json "$out"' \
    'with "[x[\"step\"] for x in doc[\"steps\"]] == [\"decision\", \"payment\",
	\"revision-answer\", \"revision-decision\", \"contest\"]"'
both "the order of the list is printed with it" 'with "\"âge\" in doc[\"order\"]"'

# --- decisions -----------------------------------------------------------------

on 2025-03-01 --step decision --json
both "an age counts the 29 February" \
    'with "files[\"OLD\"][\"age\"] == 366 and files[\"NEW\"][\"age\"] == 1"'
both "what is decided or begins after the day is as of that day" \
    'with "files[\"AFTER\"][\"age\"] == 30 and \"AHEAD\" not in files"'
both "open files come oldest first" \
    'with "[f[\"file\"] for f in step[\"files\"]] == [\"FAR\", \"OLD\", \"PART\", \"AFTER\", \"NEW\"]"'
# 29 February 2024 and 30 clear days: 31 March is Easter Sunday, 1 April Easter Monday.
both "the last day of a decision is that of the law" \
    'with "files[\"OLD\"][\"due\"] == \"2024-04-02\""' \
    'with "files[\"OLD\"][\"passed\"] == [\"decision\", \"investigation\"]"'
both "the last day of the law counts whole" \
    'with "files[\"AFTER\"][\"due\"] == \"2025-03-03\" and files[\"AFTER\"][\"passed\"] == []"'
both "an incomplete file ages from its declaration and has no last day" \
    'with "files[\"PART\"][\"age\"] == 59 and files[\"PART\"][\"due\"] is None"'
both "files without a last day are counted" 'with "step[\"no_limit\"] == 2"'
# Open ages 1, 30, 59, 366, 5049: rank 3 of 5 and rank 5 of 5.
both "median and 90th percentile are of the nearest rank" \
    'with "(step[\"open\"][\"n\"], step[\"open\"][\"median\"], step[\"open\"][\"p90\"],
	step[\"open\"][\"longest\"]) == (5, 59, 5049, 5049)"'
# Closed since 2 March 2024: SAME 0, EARLY 0, NOSTOP 4, NO 30; GONE is older.
both "a claim answered the same day has waited for no day" \
    'with "step[\"closed\"] == {\"from\": \"2024-03-02\", \"n\": 4, \"median\": 0,
	\"p90\": 30, \"longest\": 30}"'
on 2025-03-04 --step decision --json
both "the day after the last day a decision is late" \
    'with "\"AFTER\" not in files and files[\"AHEAD\"][\"age\"] == 2"'
on 2025-03-31 --step decision --json
# 28 February and 30 clear days: 31 March 2025, a Monday.
both "a decision is in time on its last day" 'with "files[\"NEW\"][\"passed\"] == []"'
on 2025-04-01 --step decision --json
both "and late on the next" 'with "files[\"NEW\"][\"passed\"] == [\"decision\"]"'

# --- first payments ----------------------------------------------------------------

on 2025-03-01 --step payment --json
both "a first payment counts from the complete file, care aside" \
    'with "step[\"closed\"] == {\"from\": \"2024-03-02\", \"n\": 2, \"median\": 1,
	\"p90\": 10, \"longest\": 10}"'
both "open are complete files with a stoppage, not refused and not paid" \
    'with "sorted(files) == [\"AFTER\", \"FAR\", \"NEW\", \"OLD\"]"'
both "each threshold is signalled with its source" \
    'with "limit[\"target\"][\"days\"] == 27 and limit[\"failure\"][\"days\"] == 60"' \
    'with "limit[\"target\"][\"passed\"] == 3 and limit[\"failure\"][\"passed\"] == 2"' \
    'with "\"CGT\" in limit[\"target\"][\"source\"]"' \
    'with "files[\"AFTER\"][\"passed\"] == [\"target\"]"'
on 2025-03-27 --step payment --json
both "27 days are not more than 27 days" 'with "files[\"NEW\"][\"age\"] == 27 and files[\"NEW\"][\"passed\"] == []"'
on 2025-03-28 --step payment --json
both "28 days are" 'with "files[\"NEW\"][\"passed\"] == [\"target\"]"'
mkdir "$dir/more"
{
	head -n 1 law/params/delay_threshold.csv
	echo '2025-01-01,,payment,target,15,days,Essai,,journal-essai,2026-01-02,'
} > "$dir/more/delay_threshold.csv"
on 2025-03-16 --step payment --law "$dir/more" --json
both "a threshold of the fund's own replaces that of the law" \
    'with "limit[\"target\"][\"days\"] == 15 and files[\"NEW\"][\"passed\"] == [\"target\"]"'

# --- what is printed -------------------------------------------------------------------

on 2025-03-01
both "the text shows the oldest with their age" "expect 0" \
    "prints 'Délais au 1er mars 2025' '29 février 2024' '2 avril 2024'" '! grep -qE "[0-9]{4}-[0-9]{2}-[0-9]{2}" "$out"' \
    "prints 'premier paiement' 'médiane 59 j' OLD 366 'du plus ancien au plus récent' 'plus de 27 j'"
on 2025-03-01 --step nothing
both "an unknown step is refused, with those there are" "expect 1" "says nothing decision payment"
run delays
both "delays without a fund is a usage error" "expect 2" "says -C"
run -C "$dir/nowhere" delays
both "a folder that is no fund is refused" "expect 1" "says nowhere fonds"
i=0
while [ $((i += 1)) -le 30 ]; do
	printf 'claim K%02d %s accident 2025-01-%02d 2025-01-%02d - - 3\n' $i $s $i $i
done | fund "$dir/thirty"
run -C "$dir/thirty" delays --today 2025-03-01 --json
both "the oldest twenty of each step are listed" \
    'with "[f[\"file\"] for f in step[\"files\"]] == [\"K%02d\" % k for k in range(1, 21)]"' \
    'with "step[\"open\"][\"n\"] == 30"'
run -C "$dir/thirty" delays --today 2025-03-01 --step decision --json
both "all open files are listed when a step is asked for" 'with "len(files) == 30"'
finish
