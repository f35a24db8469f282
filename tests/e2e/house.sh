#!/bin/bash
# house.sh -- the tree as a newcomer meets it: the demo, the installed library,
# a build in another place.
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

# --- the installed tree ----------------------------------------------------

installs() {
	DESTDIR=$E2E_DIR/root meson install -C "$TAPR_BUILD_PLAIN" --no-rebuild
}
try "the tree installs" installs
root_pc=$(find "$E2E_DIR/root" -name tapr.pc | head -n 1)

# The compiler of the build, so that the library finds what it was built with.
embeds() {
	local flags
	flags=$(PKG_CONFIG_PATH=$(dirname "$root_pc") \
	    PKG_CONFIG_SYSROOT_DIR=$E2E_DIR/root pkg-config --cflags --libs tapr) &&
	    clang -std=c11 -Wall -Werror examples/embed.c $flags "$@" \
		-o "$E2E_DIR/embed"
}
library=$(dirname "$(dirname "$root_pc")")
runs_embed() {
	LD_LIBRARY_PATH=$library "$E2E_DIR/embed" \
	    "$(find "$E2E_DIR/root" -type d -path '*/tapr/law')" \
	    examples/facts/2-mecanique-2024.json
}
try "the example compiles with the flags of pkg-config alone" embeds
try "the example runs on the installed library and law" runs_embed
try "the shared library exports nothing but tapr_ names" \
    bash -c '! nm -D --defined-only "$1"/libtapr.so | grep -v " tapr_"' \
    sh "$library"
try "the static library shows nothing but tapr_ names" \
    bash -c '! nm -g --defined-only "$1"/libtapr.a | grep " [A-Z] " |
	grep -v " tapr_"' sh "$library"
try "the library needs libc and nothing else" \
    bash -c '! readelf -d "$1"/libtapr.so | grep NEEDED | grep -v "libc\."' \
    sh "$library"

# --- the same bytes elsewhere ----------------------------------------------

# builds PLACE: a copy of the tree in PLACE, built as a package would be.
builds() {
	mkdir -p "$1"
	cp -r meson.build meson_options.txt src tests examples tools law "$1/" &&
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

alone() {
	cd "$E2E_DIR" &&
	    TAPR_LAW=$(find "$E2E_DIR/root" -type d -path '*/tapr/law') \
		"$E2E_DIR/here/build/tapr" rate "$root/examples/facts/1-boulangerie.json" \
		> "$E2E_DIR/alone.txt" &&
	    grep -q '2,11' "$E2E_DIR/alone.txt"
}
try "the program finds the installed law from anywhere" alone
finish
