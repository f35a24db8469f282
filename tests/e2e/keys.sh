#!/bin/bash
# keys -- identities under key: what is sealed, who cannot open it, rotation,
# destruction, a token; and that nothing of a person is anywhere in clear.
set -uo pipefail
. "$(dirname "$0")/../tap.sh"
. tests/e2e/common
fund=$dir/fund rounds=8
[ "$TAPR_FULL" = 1 ] && rounds=60
unset TAPR_SECRET TAPR_PKCS11

# Invented: nobody has a NIR of the commune 990 of no department.
nir1=2990199990001 nir2=1990299990002 name1=CANARIJAUNE name2=CANARIVERT
a1=99998601100016
head=$(head -n 1 tests/data/register/claims.csv)

key() {
	printf '%02d' $((97 - $1 % 97))
}

# line ID SIRET DECLARED NIR NAME [MESSAGE]
line() {
	echo "$1,$2,main,271ZF,accident,true,$3,$3,35238,$3,,,5,,,,,,own,,,,$4,$5,,,,,,,,,,,${6-}"
}

# f WORD...: tapr on the fund.
f() {
	run -C "$fund" --as agent1 --today 2024-07-01 "$@"
}

# opened: what opens, in $dir/opened; its status.
opened() {
	"$TAPR_BUILD/identity-open" "$fund" > "$dir/opened" 2> "$err"
}

# opens COUNT: so many identities open, and no other is there.
opens() {
	opened || return
	[ "$(grep -c CANARI "$dir/opened")" -eq "$1" ] &&
	    ! grep -q ' -$' "$dir/opened"
}

# shut WORD: nothing opens, and the message says why.
shut() {
	! opened && says "$@" && [ ! -s "$dir/opened" ]
}

# clear: nothing of the canaries in any byte of the fund, of its keys, of what
# was answered, nor as base64 or hexadecimal.
clear() {
	local word found
	[ -s "$fund/register.db" ] || return
	for word in $nir1 $nir2 $nir1"$(key $nir1)" $name1 $name2; do
		for found in "$word" "$(printf %s "$word" | base64 | cut -c1-12)" \
		    "$(printf %s "$word" | od -An -tx1 | tr -d ' \n')"; do
			! grep -rqaiF -e "$found" "$fund" "$TAPR_KEYS" "$out" "$err" ||
			    { echo "found: $found"; return 1; }
		done
	done
}

{
	echo "$head"
	line K-1 $a1 2024-03-04 $nir1"$(key $nir1)" $name1 M-1
	line K-2 $a1 2024-03-20 $nir1 $name1
	line K-3 $a1 2024-04-02 $nir1"$(key $nir1)" $name1
	line K-4 $a1 2024-04-03 $nir2 $name2
	line K-5 99998602900026 2024-04-03 $nir2 $name2		# waits
} > "$dir/claims.csv"

run init "$fund" --fund bretagne
f import sirene tests/data/register/StockEtablissement.csv
f keys status
both "a fund begins without keys, and says so" "expect 0" "prints 'tapr keys init'"
f import claims "$dir/claims.csv"
both "without keys an identity is dropped, and the report says so" "expect 0" \
    "prints 'lus et non conservés' 'tapr keys init'" \
    '[ "$(sql "$fund" "select count(*) from identity")" = 0 ]' clear

# --- in a file -------------------------------------------------------------------
f keys init
epoch=$(echo "$TAPR_KEYS"/*/identity.epoch)
both "the first epoch is made outside the fund, closed to others" "expect 0" \
    '[ "$(stat -c %a "$epoch")" = 600 ]' '! grep -rqaF "$(sed -n "s/^key //p" "$epoch")" "$fund"'
f keys init
both "a second first epoch is refused" "expect 1" "says rotate"
f import claims --dry-run "$dir/claims.csv"
both "a dry run makes no key" "expect 0" '[ -z "$(ls -A "$fund/keys")" ]'
f import claims "$dir/claims.csv" --json
both "identities are sealed, that of a line that waits too" "expect 0" \
    "is 'd[\"sealed\"]' 5" "is 'd[\"applied\"], d[\"waiting\"]' '(4, 1)'" \
    '[ "$(sql "$fund" "select count(*) from identity where superseded_by_batch is null")" = 5 ]'
try "no byte of the fund, of the keys or of an answer holds a NIR or a name" clear
sql "$fund" "select * from identity" > "$dir/before"
f import claims "$dir/claims.csv" --json
both "the same file twice changes nothing" "expect 0" "is 'd[\"applied\"]' 0" \
    'sql "$fund" "select * from identity" | cmp - "$dir/before"'
same() {
	sql "$fund" "select count(distinct nir_index) from identity where claim_id in ($1)"
}
both "two claims of one NIR share the index of a month and not of two" \
    "[ \"\$(same \"'K-1', 'K-2'\")\" = 1 ]" "[ \"\$(same \"'K-1', 'K-3'\")\" = 2 ]" \
    "[ \"\$(same \"'K-3', 'K-4'\")\" = 2 ]"
both "who has the keys finds them again" "opens 5" \
    'grep -qx "K-1 2024-03 $nir1 $name1" "$dir/opened"' \
    'grep -qx "K-5 2024-04 $nir2 $name2" "$dir/opened"'
{ echo "$head"; line K-1 $a1 2024-03-04 $nir2 $name2 M-1; } > "$dir/other.csv"
f import claims "$dir/other.csv"
both "the same message with another person is set aside" "expect 1" "says 'déjà été reçu'" \
    '[ "$(sql "$fund" "select count(*) from identity where claim_id = ?" K-1)" = 1 ]' clear
rm -f "$dir/other.csv"*
{ echo "$head"; line K-2 $a1 2023-12-30 "" ""; } > "$dir/moved.csv"
f import claims "$dir/moved.csv"
both "a claim that moves to another year keeps its identity" "expect 0" "opens 5" \
    '[ "$(sql "$fund" "select year from identity where claim_id = ? and superseded_by_batch is null" K-2)" = 2023 ]'

{
	echo "$head,first_name,prenom,sexe,adresse,date_naissance"
	echo "$(line K-6 $a1 2024-04-09 $nir2 $name2),CANARIPRENOM,CANARIPRENOM,F,CANARIRUE 12,1999-02-03"
} > "$dir/more.csv"
f import claims "$dir/more.csv"
both "a first name, a sex, an address or a birth date is read past, and nowhere" "expect 0" \
    '! grep -rqaE "CANARIPRENOM|CANARIRUE|1999-?02-?03" "$fund" "$TAPR_KEYS" "$out"' \
    '[ "$(sql "$fund" "select count(*) from pragma_table_info(?)" identity)" = 10 ]' "opens 6"
f claim show K-6
both "the file of a claim shows no identity, sealed or not" "expect 0" clear \
    '! grep -qF "$(sql "$fund" "select nir from identity where claim_id = ?" K-6)" "$out"'

# --- keys that are missing, open or not the right ones -------------------------------
mv "$epoch" "$epoch.away"
batches=$(sql "$fund" "select count(*) from batch")
f import claims "$dir/claims.csv"
both "without the key of its epoch a fund imports no claims" "expect 1" "says identity.epoch TAPR_KEYS" \
    '[ "$(sql "$fund" "select count(*) from batch")" = "$batches" ]' "shut TAPR_KEYS"
mv "$epoch.away" "$epoch"
chmod 0644 "$epoch"
f import claims "$dir/claims.csv"
both "one that others can read is refused" "expect 1" "says chmod" "shut chmod"
chmod 0600 "$epoch"
mkdir "$dir/nowhere"
TAPR_KEYS=$dir/nowhere opened
both "a fund copied without its keys opens nothing" '[ ! -s "$dir/opened" ]' "says TAPR_KEYS"
cp "$fund/keys/2024-03.key" "$dir/whole.key"
python3 - "$fund/keys/2024-03.key" <<- 'END'
	import sys
	b = bytearray(open(sys.argv[1], "rb").read())
	b[100] ^= 1
	open(sys.argv[1], "wb").write(b)
	END
f import claims "$dir/claims.csv"
both "a wrapped key that was changed is seen" "expect 1" "says 2024-03 modifié"
both "and stops its month alone" opened 'grep -qx "K-1 2024-03 -" "$dir/opened"' \
    'grep -q "^K-3 2024-04 $nir1" "$dir/opened"'
f keys rotate
both "a fund with such a key is not rotated, and loses nothing" "expect 1" "says 2024-03"
cp "$dir/whole.key" "$fund/keys/2024-03.key"
try "with its backup all opens again" opens 6

# --- rotation ---------------------------------------------------------------------
cp -r "$fund/keys" "$dir/old.keys"
cp "$epoch" "$dir/old.epoch"
printf 'la phrase de passe du fonds\n' > "$dir/secret"
printf 'une autre phrase de passe\n' > "$dir/wrong"
chmod 0600 "$dir/secret" "$dir/wrong"
f keys rotate --way passphrase --secret "$dir/secret"
both "a rotation takes a passphrase, and destroys the old epoch" "expect 0" \
    "prints 'Époque 2'" '! grep -q "^key" "$epoch"' \
    '[ "$(ls "$TAPR_KEYS"/*/ | grep -c epoch)" = 1 ]' \
    '[ -z "$(find "$fund/keys" -name "*.next")" ]' "shut TAPR_SECRET"
export TAPR_SECRET=$dir/secret
both "with the passphrase all opens" "opens 6"
TAPR_SECRET=$dir/wrong f import claims "$dir/claims.csv"
both "a wrong passphrase is refused" "expect 1" "says 'phrase de passe inexacte'"
TAPR_SECRET='' f import claims "$dir/claims.csv" < /dev/null
both "nobody to ask it of: refused" "expect 1" "says TAPR_SECRET"
f import claims "$dir/claims.csv" --json
both "an import with it goes on as before" "expect 0" "is 'd[\"sealed\"]' 5" clear
cp -r "$fund/keys" "$dir/new.keys"
cp "$dir/old.keys"/* "$fund/keys/"
both "a backup of the fund from before does not open with the keys of now" opened \
    '[ "$(grep -c " -$" "$dir/opened")" = 6 ]'
f import claims "$dir/claims.csv"
both "and says so" "expect 1" "says époque"
cp "$dir/new.keys"/* "$fund/keys/"
cp "$epoch" "$dir/new.epoch"
cp "$dir/old.epoch" "$epoch"
both "nor the fund of now with the keys from before" opened \
    '[ "$(grep -c " -$" "$dir/opened")" = 6 ]'
cp "$dir/new.epoch" "$epoch"
f keys rotate
both "the same passphrase makes another epoch" "expect 0" "prints 'Époque 3'" "opens 6"
cp "$dir/new.epoch" "$dir/epoch.3"
f keys rotate --way file
both "and back to a file" "expect 0" "opens 6"
unset TAPR_SECRET

# Killed at any moment, parent and child: the next one settles it.
lost=0
for round in $(seq $rounds); do
	"$TAPR" -C "$fund" --as agent1 keys rotate > /dev/null 2>&1 &
	pid=$!
	sleep "0.0$((round * 7 % 10))$((round % 10))"
	child=$(cat /proc/$pid/task/$pid/children 2> /dev/null)
	kill -9 $pid $child 2> /dev/null
	wait $pid 2> /dev/null
	opens 6 || lost=$((lost + 1))
	f import claims "$dir/claims.csv"
	[ "$status" -eq 0 ] && [ -z "$(find "$fund/keys" "$TAPR_KEYS" -name '*.next' -o -name '*.old')" ] &&
	    opens 6 || lost=$((lost + 1))
done
both "a rotation killed at any moment has not begun or has ended ($rounds times)" \
    "[ $lost -eq 0 ]"

# --- destruction -------------------------------------------------------------------
f keys destroy 2024-03
both "the key of a month is destroyed" "expect 0" "prints rotate" '[ ! -e "$fund/keys/2024-03.key" ]'
both "its identities open no more, the others do" opened \
    '[ "$(grep -c " -$" "$dir/opened")" = 2 ]' '[ "$(grep -c CANARI "$dir/opened")" = 4 ]'
f import claims "$dir/claims.csv"
both "the month takes no new key, and the report says so" "expect 0" \
    "prints '3 identités scellées' '2 identités non conservées'" '[ ! -e "$fund/keys/2024-03.key" ]'
f keys destroy 2024-03
both "twice is refused" "expect 1" "says détruite"
f keys destroy mars
both "what is no month is a usage error" "expect 2" "says AAAA-MM"
f keys status --json
both "the status counts it" "expect 0" "is 'd[\"destroyed\"], d[\"months\"]' '(1, 1)'"

# --- the log -----------------------------------------------------------------------
f audit show
both "each act is in the log, for security" "expect 0" \
    'grep -q "security.*keys init *allowed" "$out"' 'grep -q "security.*keys rotate *refused" "$out"' \
    'grep -q "security.*keys destroy *allowed" "$out"'
run -C "$fund" keys rotate
both "an act without an author is refused" "expect 2" "says --as"
try "at the end still nothing in clear" clear

# --- a token -----------------------------------------------------------------------
module=
for path in /usr/lib/softhsm/libsofthsm2.so /usr/lib/*/softhsm/libsofthsm2.so; do
	[ -e "$path" ] && module=$path
done
if [ -z "$module" ] || ! command -v softhsm2-util > /dev/null; then
	skip "the key of an epoch stays in a PKCS#11 token" "no softhsm2 here"
	finish
fi
mkdir "$dir/tokens"
printf 'directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n' \
    "$dir/tokens" > "$dir/softhsm.conf"
export SOFTHSM2_CONF=$dir/softhsm.conf
softhsm2-util --init-token --free --label tapr --pin 648219 --so-pin 1357908 > "$dir/why" 2>&1
printf '648219\n' > "$dir/pin"
printf '000000\n' > "$dir/badpin"
chmod 0600 "$dir/pin" "$dir/badpin"
f keys rotate --way token --secret "$dir/pin"
both "a token needs its module" "expect 1" "says TAPR_PKCS11"
printf '[keys]\nmodule = %s\ntoken = tapr\n' "$module" >> "$fund/fund.ini"
f keys rotate --way token --secret "$dir/pin"
both "the key of an epoch stays in a PKCS#11 token" "expect 0" "prints jeton" \
    'grep -q "^label tapr-" "$epoch"' '! grep -q "^key" "$epoch"'
export TAPR_SECRET=$dir/pin
both "with the token and its code all opens" opened '[ "$(grep -c CANARI "$dir/opened")" = 4 ]'
TAPR_SECRET=$dir/badpin f import claims "$dir/claims.csv"
both "with a wrong code nothing" "expect 1" "says code"
objects() {
	find "$dir/tokens" -name '*.object' ! -name token.object | wc -l
}
f keys rotate
both "a rotation destroys the old key of the token" "expect 0" '[ "$(objects)" = 1 ]' \
    opened '[ "$(grep -c CANARI "$dir/opened")" = 4 ]'
sed -i 's/^token = .*/token = absent/' "$fund/fund.ini"
f import claims "$dir/claims.csv"
both "without the token nothing" "expect 1" "says jeton"
sed -i 's/^token = .*/token = tapr/' "$fund/fund.ini"
f keys rotate --way file
both "back to a file the token keeps nothing" "expect 0" '[ "$(objects)" = 0 ]'
finish
