#!/bin/bash
# determinism -- the same bytes whoever compiled the program, and how: answers
# to facts, and the files of a campaign.
set -uo pipefail
. "$(dirname "$0")/../tap.sh"
. tests/e2e/common

# The facts of the examples and of the golden cases, one document a file.
mkdir "$dir/facts"
cp examples/facts/*.json "$dir/facts"
python3 - "$dir/facts" tests/cases/*/*.case <<- 'END'
	import re, sys
	for number, name in enumerate(sys.argv[2:]):
	    text = open(name, encoding="utf-8").read()
	    facts = re.search(r"^## facts[ \t]*\n(.*?)(?=^## |\Z)", text, re.M | re.S)
	    if facts:
	        with open("%s/case-%04d.json" % (sys.argv[1], number), "w", encoding="utf-8") as out:
	            out.write(facts.group(1))
END

# campaign PROGRAM: the digest of a campaign, and of its two files, computed
# by one thread, then two, then section by section.
: "${FUND_LOAD:=$TAPR_BUILD/fund-load}"
PYTHONDONTWRITEBYTECODE=1 python3 tests/e2e/register.py 160 > "$dir/lines"
campaign() {
	local tapr=$1 fund=$dir/fund how
	rm -rf "$fund"
	"$FUND_LOAD" create "$fund" CARSAT-RA general &&
	    "$FUND_LOAD" facts "$fund" 2023-12-15 < "$dir/lines" || return
	"$tapr" -C "$fund" --as anne --today 2023-12-20 campaign freeze 2024 \
	    2> "$dir/log" | grep Empreinte
	for how in threads=1 threads=2 plain=1; do
		"$tapr" -C "$fund" --as anne --today 2023-12-20 campaign compute 2024 $how \
		    2> "$dir/log" |
		    grep Empreinte
		(cd "$fund/campaigns/2024" && sha256sum inputs.tapr results.tapr)
	done
}

# answers PROGRAM FILE: a digest of every answer, refusals too.
answers() {
	local tapr=$1 file
	for file in "$dir"/facts/*.json; do
		printf '%s ' "${file##*/}"
		(cd "$dir/facts" && "$tapr" rate "${file##*/}" --json 2>&1) | sha256sum
	done > "$2"
	for file in examples/facts/*.json; do
		for format in text html; do
			printf '%s %s ' "$file" $format
			"$tapr" rate "$file" --format $format 2>&1 | sha256sum
		done
	done >> "$2"
	{
		printf 'explain '
		"$tapr" explain "$facts" examples/facts/3-mecanique-2025.json --json | sha256sum
		printf 'simulate '
		"$tapr" simulate "$facts" --sweep payroll.2022=2000000..2999000/1000 --json |
		    sha256sum
		printf 'law '
		"$tapr" law status --json | sha256sum
		printf 'check '
		"$tapr" law check --json --today 2026-01-01 | sha256sum
		printf 'rules '
		"$tapr" rule --json | sha256sum
		campaign "$tapr"
	} >> "$2"
}

answers "$TAPR" "$dir/gcc"
answers "$TAPR_PLAIN" "$dir/clang"
echo "# $(wc -l < "$dir/gcc") answers compared"
try "gcc and clang, with and without sanitizers, give the same bytes" \
    diff "$dir/gcc" "$dir/clang"
try "there are answers to compare" bash -c '
	[ "$(wc -l < "$1")" -gt 200 ] && [ "$(cut -d" " -f2 "$1" | sort -u | wc -l)" -gt 100 ]' \
    - "$dir/gcc"

both "a campaign is the same by one thread, two, and section by section" \
    'test "$(grep -c "^Empreinte des taux" "$dir/gcc")" -eq 3' \
    'test "$(grep -c "results.tapr$" "$dir/gcc")" -eq 3' \
    'test "$(grep "^Empreinte des taux\|results.tapr$" "$dir/gcc" | sort -u | wc -l)" -eq 2'

# A French locale of our own: this machine may have none.
sentence="in a French locale, where a decimal comma is the rule, the same bytes"
french=(env "LOCPATH=$dir/locales" LC_ALL=fr_FR.UTF-8)
mkdir "$dir/locales"
if localedef -i fr_FR -f UTF-8 "$dir/locales/fr_FR.UTF-8" > "$dir/log" 2>&1 &&
    [ "$("${french[@]}" locale decimal_point 2> /dev/null)" = , ]; then
	printf '#!/bin/sh\nLOCPATH=%s LC_ALL=fr_FR.UTF-8 exec %s "$@"\n' \
	    "$dir/locales" "$TAPR_PLAIN" > "$dir/french"
	chmod +x "$dir/french"
	answers "$dir/french" "$dir/french.txt"
	try "$sentence" diff "$dir/french.txt" "$dir/gcc"
else
	skip "$sentence" "localedef cannot make fr_FR.UTF-8 here (package locales)"
fi

# built NAME SENTENCE OPTION...: another build of the program, by $compiler.
compiler=gcc
built() {
	local name=$1 sentence="$2"
	shift 2
	if [ "$TAPR_FULL" -ne 1 ]; then
		skip "$sentence" "only ./check --full builds it"
		return
	fi
	if ! CC=$compiler meson setup "$dir/$name" -Dtests=disabled "$@" > "$dir/log" 2>&1 ||
	    ! ninja -C "$dir/$name" tapr > "$dir/log" 2>&1; then
		not_ok "$sentence (it does not build)"
		tail -n 20 "$dir/log" | sed 's/^/    /'
		return
	fi
	answers "$dir/$name/tapr" "$dir/$name.txt"
	try "$sentence" diff "$dir/$name.txt" "$dir/gcc"
}
built o0 "gcc -O0 gives the same bytes" --optimization=0
built o2 "gcc -O2 gives the same bytes" --optimization=2
built o3 "gcc -O3 for this very processor gives the same bytes" --optimization=3 \
    -Dc_args=-march=native
compiler=clang
built clang0 "clang -O0 gives the same bytes" --optimization=0
finish
