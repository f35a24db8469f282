#!/bin/bash
# crash -- nothing is lost: killed at random, a full disk, files that cannot be
# read, bases that are damaged, two commands at once.
set -uo pipefail
. "$(dirname "$0")/../tap.sh"
. tests/e2e/common
export PYTHONDONTWRITEBYTECODE=1

rounds=20
[ "$TAPR_FULL" = 1 ] && rounds=300
mkdir "$dir/rounds"
pass_on "crash.py" python3 tests/crash/crash.py "$TAPR" "$dir/rounds" \
    $rounds "${CRASH_SEED:-1}"
rm -rf "$dir/rounds"
finish
