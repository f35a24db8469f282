#!/bin/bash
# house.sh -- the tree as a newcomer meets it: the demo, the list of rules, a build
# in another place.  The installed library is the business of embed.sh.
. "$(dirname "${BASH_SOURCE[0]}")/../tap.sh"
: "${E2E_DIR:=$scratch}"

# --- the demo --------------------------------------------------------------

mkdir -p "$E2E_DIR/tour"
try "the demo runs from the first rate to the last" \
    examples/tour "$E2E_DIR/tour"
sheets=(examples/facts/*.json)
made=("$E2E_DIR"/tour/*.html)
try "the demo leaves a sheet for each of its ${#sheets[@]} establishments" \
    [ "${#made[@]}" -eq ${#sheets[@]} ]

# --- the rules -------------------------------------------------------------

"$TAPR" rule --json > "$E2E_DIR/rules.json"
try "each rule is printed with its article and the dates it holds for" \
    jq -e '(.rules | length) > 30 and
	all(.rules[]; (.article | length) > 5 and (.valid | length) == 2)' \
    "$E2E_DIR/rules.json"
"$TAPR" rate examples/facts/4-transport.json --json > "$E2E_DIR/rate.json"
try "each step of a sheet names the article that it applies" \
    jq -e '(.steps | length) > 5 and all(.steps[]; (.article | length) > 5)' \
    "$E2E_DIR/rate.json"

# --- the same bytes elsewhere ----------------------------------------------

# builds PLACE: a copy of the tree in PLACE, built as a package would be.
builds() {
	mkdir -p "$1"
	cp -r meson.build meson_options.txt src sql tests examples tools law "$1/" &&
	    CC=gcc meson setup "$1/build" "$1" -Dbuild_tree_law=false \
		-Dtests=disabled &&
	    ninja -C "$1/build" tapr
}
same_bytes() {
	builds "$E2E_DIR/here" && builds "$E2E_DIR/a/longer/place" &&
	    cmp "$E2E_DIR/here/build/tapr" "$E2E_DIR/a/longer/place/build/tapr"
}
try "two places build the same bytes" same_bytes

# --- the program without its tree -------------------------------------------

# Built as a package is, it knows no source tree: only where law is installed.
alone() {
	cd "$E2E_DIR" && DESTDIR=$E2E_DIR/dest meson install -C here/build > /dev/null &&
	    ! here/build/tapr rate "$root/examples/facts/1-boulangerie.json" > nothing &&
	    [ ! -s nothing ] &&
	    TAPR_LAW=$(find "$E2E_DIR/dest" -type d -path '*/tapr/law') \
		here/build/tapr rate "$root/examples/facts/1-boulangerie.json" |
		grep -q '2,11'
}
if [ -e /usr/local/share/tapr/law ]; then
	skip "a packaged program finds its law where it is installed, and nowhere else" \
	    "tapr is installed on this machine"
else
	try "a packaged program finds its law where it is installed, and nowhere else" \
	    alone
fi
finish
