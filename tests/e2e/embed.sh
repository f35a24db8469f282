#!/bin/bash
# embed -- libtapr as another program meets it: installed, found by pkg-config,
# and not in its way.
set -uo pipefail
. "$(dirname "$0")/../tap.sh"
. tests/e2e/common

dest=$dir/dest
if ! meson install -C "$TAPR_BUILD_PLAIN" --no-rebuild --destdir "$dest" \
    > "$dir/install" 2>&1; then
	not_ok "meson installs the library"
	tail -n 20 "$dir/install" | sed 's/^/    /'
	finish
fi
ok "meson installs the library"

file() {
	find "$dest" -name "$1" | head -n 1
}
so=$(file 'libtapr.so.*.*') archive=$(file libtapr.a) pc=$(file tapr.pc)
law=$(file VERSION)
law=${law%/VERSION}
for what in so archive pc law; do
	try "an installation has its $what" test -n "${!what}" -a -e "${!what}"
done
try "an installation has the golden vectors" json "$(file vectors.json)"
try "an installation has the program" test -x "$(file tapr)"
PKG_CONFIG_LIBDIR=$(dirname "$pc")
PKG_CONFIG_SYSROOT_DIR=$dest
export PKG_CONFIG_LIBDIR PKG_CONFIG_SYSROOT_DIR
export LD_LIBRARY_PATH=${so%/*}

# --- examples/embed.c ------------------------------------------------------------

try "the example of a program that embeds tapr has at most 60 lines" \
    test "$(wc -l < examples/embed.c)" -le 60
# What its first lines say, word by word.
cp examples/embed.c "$dir"
line=$(sed -n 's/^ \*\t\(cc .*\)$/\1/p' examples/embed.c)
try "the example says how to compile it" test -n "$line"
try "the example compiles as it says, with the shared library" \
    bash -c "cd '$dir' && $line"
"$TAPR" rate "$facts" --json | grep -o '"notified":{.*' | cut -c 1-60 > "$dir/rate"
try "the embedded rate is that of the program" bash -c '
	"$1" "$2" "$3" > "$4" && grep -qF -f "$5" "$4" && grep -q "to declare" "$4"' \
    - "$dir/embed" "$law" "$facts" "$dir/shared" "$dir/rate"
# shellcheck disable=SC2046
try "the example compiles with the static library" cc "$dir/embed.c" \
    $(pkg-config --cflags tapr) "$archive" -o "$dir/static"
try "a static program needs no library of ours" \
    bash -c '! ldd "$1" | grep -q tapr' - "$dir/static"
try "static and shared give the same answer" bash -c '
	env -u LD_LIBRARY_PATH "$1" "$2" "$3" | cmp - "$4"' \
    - "$dir/static" "$law" "$facts" "$dir/shared"
try "the example refuses what the program refuses, with its message" bash -c '
	! "$1" "$2" <(echo "{\"year\": 2024, \"year\": 2024}") > "$3.out" 2> "$3.err" &&
	grep -q "^year : .*deux fois" "$3.err" && [ ! -s "$3.out" ]' \
    - "$dir/embed" "$law" "$dir/refusal"

# --- names ---------------------------------------------------------------------------

nm -D --defined-only "$so" | awk '{ print $3 }' > "$dir/exported"
try "the shared library exports nothing but tapr_*" bash -c '
	[ -s "$1" ] && ! grep -v "^tapr_" "$1"' - "$dir/exported"
grep -o '^TAPR_API.*[* ]\(tapr_[a-z_]*\)(' src/tapr.h | grep -o 'tapr_[a-z_]*' |
    sort > "$dir/declared"
try "what tapr.h declares is what the library exports" bash -c '
	sort "$1" | diff - "$2"' - "$dir/exported" "$dir/declared"
try "the static library exports nothing but tapr_*" bash -c '
	! nm -g --defined-only "$1" | grep " [A-Z] " | grep -v " tapr_"' - "$archive"
try "the shared library needs libc alone" bash -c '
	! ldd "$1" | grep -Ev "linux-vdso|libc\.|ld-linux|ld-musl"' - "$so"
try "the SONAME is libtapr.so.0" bash -c '
	objdump -p "$1" | grep -qE "SONAME +libtapr\.so\.0$"' - "$so"
# No end of the process but that of an assert, no output, no environment, no
# clock, no locale, no random number, no thread.
nm -u "$archive" | awk '{ print $2 }' | sed 's/@.*//' | sort -u > "$dir/undefined"
try "the library never prints, exits, or asks the clock, the locale or the environment" \
    bash -c '! grep -xE "(_?_?exit|_Exit|quick_exit|abort|at_quick_exit|atexit|raise|kill|
	|signal|sigaction|v?f?printf|__v?f?printf_chk|puts|fputs|fputc|putc|putchar|fwrite|
	|perror|psignal|write|stdout|stderr|syslog|err|errx|warn|warnx|setlocale|localeconv|
	|newlocale|uselocale|nl_langinfo|localtime(_r)?|gmtime(_r)?|mktime|time|clock_gettime|
	|gettimeofday|strftime|getenv|secure_getenv|setenv|putenv|environ|rand|srand|random|
	|getrandom|strtod|atof|strtok|sprintf|strcpy|gets|system|popen|fork|execve|
	|pthread_create|socket|connect|dlopen)" "$1"' - "$dir/undefined"
size -A "$archive" | awk '$1 ~ /^\.(data|bss|tdata|tbss)(\.|$)/ &&
    $1 !~ /^\.data\.rel\.ro/ && $2 > 0' > "$dir/variables"
try "the library keeps no data that changes" bash -c '! grep . "$1"' - "$dir/variables"

# --- the header ------------------------------------------------------------------------

cat > "$dir/plus.cc" <<'END'
#include "tapr.h"
#include <stdio.h>
#include <string.h>
int
main(int argc, char **argv)
{
	tapr_error error;
	tapr_law *law = nullptr;
	if (argc < 2 || tapr_law_open(argv[1], nullptr, &law, &error) != TAPR_DONE)
		return 1;
	char *answer = nullptr;
	const char facts[] = "{}";
	int status = tapr_rate(law, facts, strlen(facts), &answer, &error);
	printf("%s %s %d %s\n", tapr_version(), tapr_law_version(law), status,
	    error.where);
	tapr_free(answer);
	tapr_law_close(law);
	return status == TAPR_BAD_INPUT ? 0 : 1;
}
END
cxx=
for one in c++ g++ clang++; do
	command -v $one > /dev/null && { cxx=$one; break; }
done
sentence="a C++ program includes tapr.h and calls the library"
if [ -z "$cxx" ]; then
	skip "$sentence" "no C++ compiler"
else
	# shellcheck disable=SC2046
	try "$sentence" bash -c '"$@" && "${@: -1}" "$0"' "$law" "$cxx" -std=c++11 -Wall \
	    -Wextra -Wpedantic -Werror "$dir/plus.cc" $(pkg-config --cflags --libs tapr) \
	    -o "$dir/plus"
fi
for std in c99 c11 gnu17; do
	echo '#include "tapr.h"' > "$dir/alone.c"
	# shellcheck disable=SC2046
	try "tapr.h compiles alone as $std, without a warning" cc -std=$std -Wall -Wextra \
	    -Wpedantic -Wstrict-prototypes -Werror -fsyntax-only $(pkg-config --cflags tapr) \
	    "$dir/alone.c"
done
finish
