#!/bin/bash
# threads -- one law set, many threads: the same bytes, and no race.
set -uo pipefail
. "$(dirname "$0")/../tap.sh"
. tests/e2e/common

# The library, from its sources, so that every access is watched.
sources=(src/tapr.c src/{base,law,model,deadline,tariff,facts}/*.c)
common=(-std=c11 -D_POSIX_C_SOURCE=200809L -D_FILE_OFFSET_BITS=64
    '-DTAPR_VERSION="0.0.0"' -Isrc -pthread -g)

# made SENTENCE CC OPTION...: builds and runs the program.
made() {
	local sentence=$1 cc=$2
	shift 2
	if ! command -v "$cc" > /dev/null; then
		skip "$sentence" "$cc is not installed"
		return
	fi
	if ! "$cc" "${common[@]}" "$@" tests/e2e/threads.c "${sources[@]}" \
	    -o "$dir/threads" > "$err" 2>&1; then
		not_ok "$sentence (it does not compile)"
		head -n 20 "$err" | sed 's/^/    /'
		return
	fi
	# Where the kernel spreads addresses far, clang 14 needs them near.
	timeout 600 setarch -R "$dir/threads" law examples/facts/*.json > "$out" 2> "$err"
	status=$?
	both "$sentence" "expect 0" "prints '8 threads, 2000 rates each' ' 0 differ'" \
	    'test ! -s "$err"'
}

made "eight threads get what one thread gets, byte by byte" cc -O2
export TSAN_OPTIONS=exitcode=66:halt_on_error=1
made "eight threads on one law set make no data race (ThreadSanitizer)" clang -O1 \
    -fsanitize=thread
finish
