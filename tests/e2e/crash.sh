#!/bin/bash
# crash -- nothing is lost: killed at random, a full disk, files that cannot be
# read, bases that are damaged, two commands at once.
set -uo pipefail
. "$(dirname "$0")/../tap.sh"
. tests/e2e/common
export PYTHONDONTWRITEBYTECODE=1

rounds=20 flipped=12
[ "$TAPR_FULL" = 1 ] && rounds=300 flipped=300
# What crash.py leaves: the fund before its step 8, an import of several slices,
# before step 10, a campaign computed, and before step 11, payroll corrected.
made=$dir/rounds data=$dir/rounds/data long=$dir/rounds/data/long.csv
mkdir "$made"
pass_on "crash.py" python3 tests/crash/crash.py "$TAPR" "$made" \
    "${CRASH_ROUNDS:-$rounds}" "${CRASH_SEED:-1}"
[ -d "$made/before-11" ] || finish
siret=$(sed -n 2p "$data/payroll.csv" | cut -d, -f1)

# f ARG...: tapr on $fund.
f() {
	run -C "$fund" --as a --today 2024-12-01 "$@"
}

# begin N: $fund as it was before that step, and what it holds in held.
begin() {
	rm -rf "$fund"
	cp -r "$made/before-$1" "$fund"
	held > "$dir/held"
}

# held: what the register holds, row by row, and what tapr shows of it.
held() {
	PYTHONPATH=tests/crash python3 -c "import sys
from reader import Register
r = Register(sys.argv[1])
print(r.known(), r.as_known(r.known()))" "$fund"
	"$TAPR" -C "$fund" --today 2024-12-01 employer show "$siret" --json 2>&1
	"$TAPR" -C "$fund" --today 2024-12-01 campaign show 2025 --json 2>&1
}

# ---- a full disk ---------------------------------------------------------------
small=$dir/small
mkdir "$small"
# leave KIB: fills the disk but for that much.
leave() {
	rm -f "$small/ballast"
	head -c 64m /dev/zero > "$small/ballast" 2> /dev/null
	truncate -s "-$1K" "$small/ballast"
}

full_import() {
	rm -f "$small/ballast"
	begin 8
	leave "$1"
	f import headcount "$long"
	both "an import that finds $1 KiB says that the disk is full and changes nothing" \
	    "expect 1" "says 'disque est plein'" 'diff <(held) "$dir/held"'
	rm "$small/ballast"
	f import headcount "$long"
	both "with room again it goes through ($1 KiB)" "expect 0" \
	    "prints '45000 appliquées'"
}

full_campaign() {
	rm -f "$small/ballast"
	begin 11
	leave "$1"
	f campaign freeze 2025
	[ "$status" = 0 ] && f campaign compute 2025
	both "a campaign that finds $1 KiB ends whole, or says that the disk is full" \
	    '[ $status = 0 ] || { expect 1 && says "disque est plein"; }'
	run -C "$fund" campaign show 2025 --json
	both "and it is shown ($1 KiB)" "expect 0"
	rm "$small/ballast"
	f campaign freeze 2025
	f campaign compute 2025
	run -C "$fund" campaign verify 2025
	both "with room again it is computed and verified ($1 KiB)" "expect 0" \
	    '[ -z "$(find "$fund" -name "*.part" -o -name "*.new")" ]'
}

full_disk() {
	local kib
	fund=$small/fund
	for kib in 0 16 100 700; do full_import $kib; done
	for kib in 0 40 100 240; do full_campaign $kib; done
	rm -rf "$fund" "$small/ballast"
	fund=$dir/fund
	begin 8
	{
		cat "$data/headcount.csv"
		for _ in $(seq 2000); do echo "123,2020,1,1.00"; done
	} > "$small/bad.csv"
	leave 4
	f import headcount "$small/bad.csv"
	both "lines set aside that find no room refuse the import" \
	    "expect 1" "says 'disque est plein' --rejected" \
	    'diff <(held) "$dir/held"' '[ ! -e "$small/bad.csv.rejected.csv" ]'
	leave 4
	run init "$small/new" --fund bretagne
	both "a fund is not begun on a full disk" "expect 1" \
	    "says 'disque est plein'" '[ ! -e "$small/new/fund.ini" ]'
}

if mount -t tmpfs -o size=20m tapr-crash "$small" 2> "$dir/why"; then
	trap 'umount "$small"; rm -rf "$scratch"' EXIT
	full_disk
	umount "$small"
	trap 'rm -rf "$scratch"' EXIT
else
	skip "a full disk loses nothing and is told" \
	    "no tmpfs can be mounted here: $(head -n 1 "$dir/why")"
fi

# ---- files that cannot be read ---------------------------------------------------
fund=$dir/fund
begin 11
f import payroll "$data"
both "a folder for a file is refused" "expect 1" "says dossier"
f import payroll "$dir/nowhere.csv"
both "a file that is not there is refused" "expect 1" "says \"n'existe pas\""

# as_other ARG...: tapr under another uid.
as_other() {
	status=0
	timeout 60 setpriv --reuid 65534 --regid 65534 --clear-groups "$TAPR" "$@" \
	    > "$out" 2> "$err" || status=$?
}
open=$(mktemp -d)
as_other rule window year=2024
if [ "$(id -u)" = 0 ] && [ "$status" = 0 ]; then
	cp -r "$made/before-11" "$open/own"
	cp "$data/payroll.csv" "$open/secret.csv"
	chown -R 65534 "$open"
	chown root "$open/secret.csv"
	chmod 600 "$open/secret.csv"
	as_other -C "$open/own" --as a import payroll "$open/secret.csv"
	both "a file without the right to read is refused" "expect 1" "says droits"
	cp -r "$made/before-11" "$open/theirs"
	chmod 755 "$open/theirs"
	chmod 644 "$open/theirs"/*
	as_other -C "$open/theirs" --as a import payroll "$data/payroll.csv"
	both "a fund without the right to write is refused" "expect 1" "says droits"
	as_other -C "$open/theirs" employer show "$siret"
	both "to read it too, with the reason" "expect 1" "says droits"
	chmod 600 "$open/theirs/fund.ini"
	as_other -C "$open/theirs" employer show "$siret"
	both "a fund.ini without the right to read says so" "expect 1" "says droits"
else
	skip "files and funds without rights are refused" \
	    "another uid cannot be taken here"
fi
rm -rf "$open"
both "and the fund is as before" 'diff <(held) "$dir/held"'

# ---- what is no fund, what is damaged --------------------------------------------
cp "$fund/fund.ini" "$dir/ini"
for text in '' 'bonjour' '[fund]' '[fund]\ncode = x\ncolour = blue' '\001\002'; do
	# shellcheck disable=SC2059
	printf "$text" > "$fund/fund.ini"
	f employer show "$siret"
	both "a fund.ini that is not one is refused ($(printf %q "$text"))" \
	    "expect 1" "says fund.ini"
done
cp "$dir/ini" "$fund/fund.ini"
cp "$fund/register.db" "$dir/db"
: > "$fund/register.db"
f employer show "$siret"
both "an empty base is refused and left as it is" "expect 1" \
    "says vide sauvegarde" '[ ! -s "$fund/register.db" ]'
f import payroll "$data/payroll.csv"
both "and so it is to write" "expect 1" "says vide" '[ ! -s "$fund/register.db" ]'
cp /bin/true "$fund/register.db"
f employer show "$siret"
both "a program for a base is refused" "expect 1" "says sauvegarde"
cp "$dir/db" "$fund/register.db"
try "a byte changed anywhere in the base never ends tapr but by a message ($flipped bytes)" \
    python3 tests/crash/flip.py "$TAPR" "$fund" "$siret" $flipped

# ---- two at once -------------------------------------------------------------------
begin 11
"$TAPR" -C "$fund" --as a --today 2024-12-01 import headcount "$long" \
    > "$dir/first" 2>&1 &
first=$!
seen=0 wrong=0
while kill -0 $first 2> /dev/null; do
	run -C "$fund" campaign verify 2025
	[ "$status" = 0 ] || wrong=$((wrong + 1))
	seen=$((seen + 1))
done
wait $first
first=$?
both "a campaign is verified while an import runs" '[ $first = 0 ]' \
    '[ $seen -gt 0 ] && [ $wrong = 0 ]'
sed 's/9\.00$/8.00/' "$long" > "$dir/other.csv"
begin 8
try "a reader sees the register before an import or after it, and never between" \
    python3 tests/crash/beside.py "$TAPR" "$fund" "$dir/other.csv" "$siret"

# ---- corrected after the freeze ------------------------------------------------------
begin 10
run -C "$fund" campaign show 2025 --json
cp "$out" "$dir/shown"
f import payroll "$data/corrected.csv"
run -C "$fund" campaign show 2025 --json
both "payroll corrected after the freeze changes nothing of the campaign" \
    "expect 0" 'cmp "$out" "$dir/shown"'
run -C "$fund" campaign verify 2025
both "which is verified still" "expect 0"
rm -rf "$made" "$fund"
finish
