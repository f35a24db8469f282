#!/bin/bash
# determinism -- the same bytes whoever compiled the program, and how.
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

# built NAME SENTENCE OPTION...: another build of the program.
built() {
	local name=$1 sentence="$2"
	shift 2
	if [ "$TAPR_FULL" -ne 1 ]; then
		skip "$sentence" "only ./check --full builds it"
		return
	fi
	if ! CC=gcc meson setup "$dir/$name" -Dtests=disabled "$@" > "$dir/log" 2>&1 ||
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
finish
