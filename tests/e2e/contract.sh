#!/bin/bash
# contract -- what a script may rest on: exit statuses, streams, --json, help.
set -uo pipefail
. "$(dirname "$0")/../tap.sh"
. tests/e2e/common

transport=examples/facts/4-transport.json
verbs=(rate simulate explain rule facts law)

# An establishment with a claim A1, two years of it, a statement, and a set of
# parameters: what the examples of the help name.
mkdir "$dir/home" "$dir/bin" "$dir/proposition"
cp -r law "$dir/proposition"
ln -s "$TAPR" "$dir/bin/tapr"
sed 's/"ref": "M2"/"ref": "A1"/' "$facts" > "$dir/home/etablissement.json"
cp "$facts" "$dir/home/2023.json"
cp examples/facts/3-mecanique-2025.json "$dir/home/2024.json"
cat > "$dir/home/compte.csv" <<'END'
record,field,value,ref,kind,declared,occurred,recognised,stoppage_days,ip_rate,ip_notified
document,year,2024,,,,,,,,
document,zone,general,,,,,,,,
establishment,siret,99900102700013,,,,,,,,
establishment,risk_code,285DF,,,,,,,,
establishment,ctn,A,,,,,,,,
headcount,2018,71.40,,,,,,,,
headcount,2019,78.25,,,,,,,,
headcount,2020,80.10,,,,,,,,
headcount,2021,83.66,,,,,,,,
headcount,2022,84.37,,,,,,,,
payroll,2020,2750000.00,,,,,,,,
payroll,2021,2865000.00,,,,,,,,
payroll,2022,2940000.00,,,,,,,,
claim,,,M1,accident,2020-02-11,2020-02-11,2020-03-10,38,,
claim,,,M2,accident,2021-06-15,2021-06-15,2021-07-20,172,12,2022-05-20
END

# command VERB: a line that works, in the words of the array line.
command_of() {
	case $1 in
	rate) line=(rate "$transport") ;;
	simulate) line=(simulate "$transport" --set rebate=0.05) ;;
	explain) line=(explain "$facts" examples/facts/3-mecanique-2025.json) ;;
	rule) line=(rule minimum-rate year=2024) ;;
	facts) line=(facts "$dir/home/compte.csv") ;;
	law) line=(law status) ;;
	esac
}

# --- done ---------------------------------------------------------------------

good=1 one=1 quiet=1
for verb in "${verbs[@]}"; do
	command_of "$verb"
	run "${line[@]}"
	{ [ "$status" -eq 0 ] && [ -s "$out" ]; } || good=0
	[ ! -s "$err" ] || quiet=0
	run "${line[@]}" --json
	{ [ "$status" -eq 0 ] && json "$out"; } || one=0
	[ ! -s "$err" ] || quiet=0
done
try "every verb that has done its work ends with 0 and an answer" [ $good -eq 1 ]
try "every verb prints exactly one JSON document with --json" [ $one -eq 1 ]
try "a verb that succeeds says nothing on stderr" [ $quiet -eq 1 ]

good=1
for more in "rule" "law show cap general threshold" "law check" "help" "help rate" \
    "rate --why" "law --why"; do
	# shellcheck disable=SC2086
	run $more --json
	{ [ "$status" -eq 0 ] && json "$out"; } || { good=0; echo "$more"; }
done > "$dir/which"
try "lists, help and legal bases are one JSON document too with --json" \
    test $good -eq 1 -a ! -s "$dir/which"

good=1
for file in examples/facts/*.json; do
	for format in text json html; do
		run rate "$file" --format $format
		{ [ "$status" -eq 0 ] && [ -s "$out" ] && [ ! -s "$err" ]; } ||
		    { good=0; echo "$file $format"; }
	done
done > "$dir/which"
try "every example has a rate in text, JSON and HTML" \
    test $good -eq 1 -a ! -s "$dir/which"

run rate - < "$transport"
cp "$out" "$dir/piped"
run rate "$transport"
both "- reads the facts from the standard input" "expect 0" \
    'cmp "$dir/piped" "$out"'
run rate --json -- "$transport"
both "after -- every word is a file name" "expect 0" 'json "$out"'
run --json "$transport" rate
both "the verb is the first word that is no option" "expect 2" "says commande"
run rate --format=json "$transport"
both "--name=value is --name value" "expect 0" 'json "$out"'

# --- the same bytes ------------------------------------------------------------

# answers FILE: text, JSON and HTML of all that this script knows how to ask.
answers() {
	local verb file format
	{
		for verb in "${verbs[@]}"; do
			command_of "$verb"
			"$TAPR" "${line[@]}"
			"$TAPR" "${line[@]}" --json
		done
		for file in examples/facts/*.json; do
			for format in text json html; do
				"$TAPR" rate "$file" --format $format
			done
		done
		"$TAPR" rule
		"$TAPR" rate nowhere.json
	} > "$1" 2>&1
}

answers "$dir/c"
answers "$dir/again"
try "two runs print the same bytes" cmp "$dir/c" "$dir/again"
# Where the locale is not installed bash complains; the program must not care.
{ LC_ALL=fr_FR.UTF-8 LANG=fr_FR.UTF-8 LANGUAGE=fr answers "$dir/fr"; } 2> /dev/null
try "LC_ALL=fr_FR.UTF-8 and LC_ALL=C print the same bytes" cmp "$dir/c" "$dir/fr"
{ LC_ALL=tr_TR.UTF-8 LC_NUMERIC=de_DE.UTF-8 TZ=Asia/Tokyo COLUMNS=40 \
    answers "$dir/far"; } 2> /dev/null
try "locale, time zone and width of the terminal change no byte" \
    cmp "$dir/c" "$dir/far"
run rate "$transport" --json
cp "$out" "$dir/day"
run rate "$transport" --json --today 2031-12-31
both "a rate does not depend on the day it is asked for" 'cmp "$out" "$dir/day"'
(cd / && "$TAPR" rate "$root/$transport" --json) > "$dir/elsewhere"
try "a rate does not depend on the folder it is asked from" \
    cmp "$dir/elsewhere" "$dir/day"

# --- usage -----------------------------------------------------------------------

run
both "without a verb: 2, and the list of the verbs" "expect 2" \
    "says 'tapr rate' 'tapr explain' 'tapr law' 'donnez une commande'"
run reckon
both "an unknown verb: 2, and where the list is" "expect 2" \
    "says reckon 'tapr help'"
good=1
for verb in "${verbs[@]}"; do
	command_of "$verb"
	run "${line[@]}" --bogus
	{ expect 2 && says "option inconnue" --bogus "tapr help $verb"; } || good=0
	run "${line[@]}" --format xml
	{ expect 2 && says "text, json" xml "tapr help $verb"; } || good=0
done > "$dir/which"
try "an unknown option or format: 2, and the help of the verb" [ $good -eq 1 ]
run rate "$transport" --format pdf
both "PDF is refused, and a way to print is given" "expect 2" \
    "says PDF 'html' navigateur"
run rate "$transport" --lang en
both "a language that is not written yet is refused" "expect 2" "says français"
run rate "$transport" --format
both "an option without its value: 2" "expect 2" "says 'attend une valeur'"
run rate "$transport" --json=yes
both "a value for an option that has none: 2" "expect 2" "says \"n'a pas de valeur\""
run rate
both "a missing file name: 2, and what is expected" "expect 2" "says FACTS.json"
run rate "$transport" "$facts"
both "a file name too many: 2" "expect 2" "says FACTS.json"
run simulate "$transport"
both "a simulation without a change: 2" "expect 2" "says --set --sweep"
run explain "$transport"
both "an explanation with one document: 2" "expect 2" "says 'deux fichiers'"
run rule no-such-rule
both "an unknown rule: 2" "expect 2" "says no-such-rule"
run rule minimum-rate year=2024 colour=red
both "an unknown key of a rule: 2" "expect 2" "says colour"
run rate "$transport" --today 2024-02-30
both "--today with a day that does not exist: 2" "expect 2" "says --today 2024-02-30"
good=1
for words in "simulate $transport --set rebate=0.05" "rule minimum-rate year=2024" \
    "law status"; do
	# shellcheck disable=SC2086
	run $words --format html
	{ expect 2 && says json; } || good=0
done > "$dir/which"
try "a verb without pages refuses --format html" [ $good -eq 1 ]

# --- help and legal basis -----------------------------------------------------------

for verb in "${verbs[@]}"; do
	run help "$verb"
	cp "$out" "$dir/help"
	grep '^  tapr ' "$dir/help" > "$dir/examples"
	# shellcheck disable=SC2016
	both "the examples of tapr help $verb work" "expect 0" \
	    'test -s "$dir/examples"' \
	    '(cd "$dir/home" && PATH=$dir/bin:$PATH bash -e "$dir/examples")'
	run "$verb" --help
	both "tapr $verb --help is tapr help $verb" "expect 0" \
	    'cmp "$out" "$dir/help"'
done
run help
both "tapr help names every verb" "expect 0" "prints ${verbs[*]}"
run help nothing
both "help of an unknown verb: 2" "expect 2" "says nothing"
good=1
for verb in "${verbs[@]}"; do
	run "$verb" --why
	{ expect 0 && prints "Base :" "art." "Finalité"; } || good=0
done > "$dir/which"
try "--why prints the legal basis and purpose of every verb" [ $good -eq 1 ]
run --version
both "--version prints the version" "expect 0" "prints 'tapr 0.'"

# --- rules ---------------------------------------------------------------------------

# Every version of every rule has an article; the lines of answers have theirs.
run rule --json
both "each rule prints its article" "expect 0" 'python3 - "$out" <<- "END"
	import json, sys
	doc = json.load(open(sys.argv[1], encoding="utf-8"))
	rules = doc["rules"] if isinstance(doc, dict) else doc
	versions = 0
	for rule in rules:
	    for version in rule.get("versions", [rule]):
	        assert version["article"].strip(), version
	        versions += 1
	assert versions > 50, versions
END' 'run rule; ! grep -E "^  [0-9]{4}-.*;[[:space:]]*$" "$out"'
run rate "$transport" --json
both "each step of a sheet names its article" 'python3 - "$out" <<- "END"
	import json, sys
	for step in json.load(open(sys.argv[1], encoding="utf-8"))["steps"]:
	    assert step["article"].strip(), step["id"]
END'
run facts "$dir/home/compte.csv"
cp "$out" "$dir/made.json"
run rate "$dir/made.json" --json
cp "$out" "$dir/direct"
"$TAPR" facts "$dir/home/compte.csv" | "$TAPR" rate - --json > "$dir/piped"
both "what tapr facts writes, tapr rate reads, also through a pipe" "expect 0" \
    'cmp "$dir/direct" "$dir/piped"'
finish
