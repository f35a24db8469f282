# tap.sh -- sourced by the suites: where things are, and how a result prints.
# A suite also runs alone: then the program is the one of build/.
#
#	ok SENTENCE		not_ok SENTENCE		skip SENTENCE REASON
#	try SENTENCE COMMAND...	ok if the command succeeds; shows its output if not
export LC_ALL=C
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 3
root=$PWD
: "${TAPR_BUILD:=$root/build}" "${TAPR_BUILD_PLAIN:=$TAPR_BUILD}"
: "${TAPR:=$TAPR_BUILD/tapr}" "${TAPR_PLAIN:=$TAPR_BUILD_PLAIN/tapr}"
: "${TAPR_FULL:=0}" "${TAPR_RESULTS:=$TAPR_BUILD/results}"
export TAPR_BUILD TAPR_BUILD_PLAIN TAPR TAPR_PLAIN TAPR_FULL TAPR_RESULTS

scratch=$(mktemp -d)
# The keys of a suite's funds, never those of a home.
export TAPR_KEYS=$scratch/keys
trap 'rm -rf "$scratch"' EXIT
failures=0

ok() {
	printf 'ok - %s\n' "$1"
}

not_ok() {
	printf 'not ok - %s\n' "$1"
	failures=$((failures + 1))
}

skip() {
	printf 'ok - %s # SKIP %s\n' "$1" "$2"
}

try() {
	local sentence=$1
	shift
	if "$@" > "$scratch/try" 2>&1; then
		ok "$sentence"
	else
		not_ok "$sentence"
		# The beginning says what ran, the end why it stopped.
		if [ "$(wc -l < "$scratch/try")" -le 150 ]; then
			sed 's/^/    /' "$scratch/try"
		else
			head -n 50 "$scratch/try" | sed 's/^/    /'
			echo "    ..."
			tail -n 100 "$scratch/try" | sed 's/^/    /'
		fi
	fi
}

# pass_on NAME COMMAND...: runs a program that prints results of its own, and
# adds one when it dies or prints none.
pass_on() {
	local name=$1 status
	shift
	"$@" 2>&1 | tee "$scratch/out"
	status=${PIPESTATUS[0]}
	failures=$((failures + $(grep -c '^not ok ' "$scratch/out")))
	if [ "$status" -ne 0 ] && ! grep -q '^not ok ' "$scratch/out"; then
		not_ok "$name ended well (exit status $status)"
	elif ! grep -Eq '^(not )?ok ' "$scratch/out"; then
		not_ok "$name printed a result"
	fi
}

# finish: the last line of a suite.
finish() {
	[ "$failures" -eq 0 ]
	exit
}
