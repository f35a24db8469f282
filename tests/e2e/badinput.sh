#!/bin/bash
# badinput -- what is wrong is refused with 1, nothing on stdout, and a message
# that says where in the document and what to do.
set -uo pipefail
. "$(dirname "$0")/../tap.sh"
. tests/e2e/common

bad=$dir/bad.json

# refused SENTENCE WORD...: `rate` of the document $bad is refused so.
refused() {
	local sentence=$1
	shift
	run rate "$bad" --json
	both "$sentence" "expect 1" "says bad.json $(printf '%q ' "$@")"
}

# changed SENTENCE SED WORD...: and so is the example with this change.
changed() {
	local sentence=$1 sed=$2
	shift 2
	sed -E "$sed" "$facts" > "$bad"
	if cmp -s "$bad" "$facts"; then
		not_ok "$sentence (the change changes nothing)"
		return
	fi
	refused "$sentence" "$@"
}

# --- fields ---------------------------------------------------------------------

changed "an unknown field is refused, with the nearest name" \
    's/"zone"/"zonne"/' zonne "champ inconnu" "« zone »"
changed "an unknown field of a claim is refused at its path" \
    's/"declared": "2020-02-11"/"declarred": "2020-02-11"/' \
    claims.M1.declarred "champ inconnu" "« declared »"
changed "money given as a number is refused" \
    's/"2750000.00"/2750000.00/' payroll.2020 "texte" "guillemets"
changed "a number given as a text is refused" \
    's/"stoppage_days": 38/"stoppage_days": "38"/' claims.M1.stoppage_days \
    "entier" "guillemets"
changed "a year with decimals is refused" 's/2024,/2024.0,/' year "entier"
changed "a list in the place of an object is refused" \
    's/"previous": \{.*\}/"previous": ["2.42"]/' previous "liste"
changed "null for a required field is refused" 's/"general"/null/' zone
changed "a decimal comma is refused" 's/"2.42"/"2,42"/' previous.rate \
    "point décimal" virgule
changed "a percent sign in a rate is refused" 's/"2.42"/"2.42 %"/' previous.rate
changed "an unknown word is refused, with the words admitted" \
    's/"accident"/"fall"/' claims.M1.kind "accident, disease, commuting"
changed "a key given twice is refused" \
    's/"zone": "general",/"zone": "general", "zone": "general",/' \
    zone "deux fois" "ligne 3" "gardez"
changed "a key given twice in a claim is refused" \
    's/"stoppage_days": 9/"stoppage_days": 9, "stoppage_days": 9/' \
    claims.M3.stoppage_days "deux fois"
changed "a reference given to two claims is refused" 's/"M2"/"M1"/' \
    claims.M1 référence changez

# --- values ---------------------------------------------------------------------

changed "a negative payroll is refused" 's/"2750000.00"/"-2750000.00"/' \
    payroll.2020 négatif
changed "a payroll of zero with claims is refused" \
    's/"(2750000|2865000|2940000).00"/"0.00"/g' payroll "masse salariale" \
    sinistres vérifiez
changed "a SIRET with a wrong key is refused" 's/99900102700013/99900102700014/' \
    establishment.siret "clé" 99900102700014 vérifiez
changed "a SIRET of La Poste with a wrong key is refused" \
    's/99900102700013/35600000000049/' establishment.siret "clé"
changed "a SIRET with 13 digits is refused" 's/99900102700013/9990010270001/' \
    establishment.siret 14
changed "an accident that occurs after it was declared is refused" \
    's/"occurred": "2020-02-11"/"occurred": "2020-03-11"/' claims.M1.occurred \
    vérifiez "les deux dates"
changed "a claim recognised before it was declared is refused" \
    's/"2020-03-10"/"2020-01-10"/' claims.M1.recognised avant vérifiez
changed "an incapacity notified before the claim was declared is refused" \
    's/"2022-05-20"/"2021-05-20"/' claims.M2.ip_notified vérifiez
changed "a day that is not in the calendar is refused" \
    's/"2020-03-10"/"2020-02-30"/' claims.M1.recognised calendrier vérifiez
changed "an incapacity of 101 percent is refused" 's/"ip_rate": 12/"ip_rate": 101/' \
    claims.M2.ip_rate "de 0 à 100"
changed "an incapacity without its date is refused" \
    's/, "ip_notified": "2022-05-20"//' claims.M2.ip_notified ajoutez
changed "a rebate over a quarter is refused" 's/"zone"/"rebate": "0.26", "zone"/' \
    rebate 0.25
changed "a risk code with a dot is refused, with the right spelling" \
    's/285DF/27.1ZD/' establishment.risk_code 27.1ZD 271ZD "sans point"
changed "a whole number of 16 digits is refused" \
    's/"2750000.00"/"9123456789012345"/' payroll.2020 15 vérifiez
changed "a number of 40 digits is refused" \
    's/"2750000.00"/"9999999999999999999999999999999999999999.00"/' payroll.2020 \
    15 vérifiez
changed "a year of 20 digits is refused" 's/2024/20242024202420242024/' year \
    "trop grand"
changed "a headcount of 20 digits is refused" 's/"80.10"/"80108010801080108010.00"/' \
    headcounts.2020 vérifiez
changed "a number of days of 16 digits is refused" \
    's/"stoppage_days": 38/"stoppage_days": 9123456789012345/' \
    claims.M1.stoppage_days "trop grand"
sed -E 's/"(2750000|2865000|2940000).00"/"999999999999999.99"/g' "$facts" > "$bad"
run rate "$bad" --json
both "the largest payrolls that are admitted give an exact rate" "expect 0" \
    "tools/recheck --facts $bad $out"

# --- what the law decides ------------------------------------------------------------

changed "a headcount missing for a year that decides is refused" \
    's/"2020": "80.10", //' headcounts.2020 "décide du mode" ajoutez
changed "the headcount of the last year missing is refused" \
    's/"2022": "84.37"/"2023": "84.37"/' headcounts.2022 ajoutez
changed "a payroll missing for a year of the window is refused" \
    's/"2021": "2865000.00", //' payroll.2021 ajoutez
changed "a year before the law that is held is refused" 's/2024,/2011,/' year 2012 \
    2011
# Costs of 2022 are a gap that law/ declares.
changed "a parameter gap is refused, naming what is missing and where to add it" \
    's/2024,/2022,/; s/"2018": "71/"2017": "70.00", "2018": "71/;
    s/"2020": "27/"2018": "1.00", "2019": "1.00", "2020": "27/' \
    claims.M1 average_costs ctn=A 2022-01-01 law/params/average_costs.csv --law
changed "a risk code that the tariff of the year does not have is refused" \
    's/285DF/999ZZ/' establishment.risk_code 999ZZ 2024-01-01 vérifiez

# --- documents -----------------------------------------------------------------------

changed "bytes that are no UTF-8 are refused" 's/general/gen\xff\xfe/' ligne UTF-8
: > "$bad"
refused "an empty file is refused" vide JSON
head -n 9 "$facts" > "$bad"
refused "a truncated document is refused" "ligne 10" "trop tôt" entier
head -c 700 "$facts" > "$bad"
refused "a document cut in a text is refused" "ligne 10" guillemet
echo '[]' > "$bad"
refused "a list of documents is refused" liste "un objet"
echo '"2024"' > "$bad"
refused "a text alone is refused" "ligne 1" accolade
{ cat "$facts"; echo '{}'; } > "$bad"
refused "anything after the document is refused" "ligne 16" "un seul document"
{ printf '\xef\xbb\xbf'; cat "$facts"; } > "$bad"
refused "a byte order mark is refused" "ligne 1, colonne 1" UTF-8
{
	printf '{"year": '
	head -c 100000 /dev/zero | tr '\0' '['
} > "$bad"
refused "100 000 brackets are refused" "ligne 1" niveaux
{
	printf '{"year": 2024, "claims": '
	for ((i = 0; i < 20000; i++)); do printf '{"a":'; done
} > "$bad"
refused "20 000 objects in one another are refused" "ligne 1" niveaux
{
	printf '{"payroll": {"0": "1"'
	for ((i = 1; i < 10002; i++)); do printf ', "%d": "1"' "$i"; done
	printf '}}'
} > "$bad"
refused "more than 10 000 members in an object are refused" "ligne 1" 10000
printf '{"year": 2024, "zone": "gen\0eral"}' > "$bad"
refused "a zero byte is refused" "ligne 1"
# A NIR is never shown again, even when it is put in the wrong place.
changed "a message does not repeat a social security number" \
    's/"zone": "general"/"zone": "255081416802538"/' zone
try "a message does not hold a social security number" \
    bash -c '! grep -q 255081416802538 "$1"' - "$err"

# --- files ------------------------------------------------------------------------------

run rate "$dir/nowhere.json"
both "a missing file is refused" "expect 1" "says nowhere.json lecture vérifiez"
run rate "$dir"
both "a directory is refused" "expect 1" "says $dir dossier 'donnez un fichier'"
run explain "$facts" "$dir/nowhere.json"
both "the second document of an explanation is refused like the first" "expect 1" \
    "says nowhere.json vérifiez"
if [ "$(id -u)" -eq 0 ]; then
	skip "a file that may not be read is refused" "root may read every file"
else
	cp "$facts" "$bad"
	chmod 000 "$bad"
	refused "a file that may not be read is refused" droits
	chmod 600 "$bad"
fi

# small ARG...: the plain program, a second and 128 MiB at most.
small() {
	(
		ulimit -v 131072
		exec timeout 1 "$TAPR_PLAIN" "$@"
	) > "$out" 2> "$err"
	status=$?
}
truncate -s 1G "$dir/huge.json"
small rate "$dir/huge.json"
both "a file of 1 GB is refused at once, in little memory" "expect 1" \
    "says huge.json 'trop gros' 33554432 vérifiez"
small facts "$dir/huge.json"
both "an account statement of 1 GB is refused at once" "expect 1" "says 'trop gros'"
small rate - < "$dir/huge.json"
both "1 GB on the standard input is refused at once" "expect 1" "says 'trop gros'"
small rate - < <(yes '{"year": 2024}' 2> /dev/null)
both "an endless input is refused at once" "expect 1" "says 'trop gros'"
rm "$dir/huge.json"
small rate /dev/null
both "a device without bytes is an empty document" "expect 1" "says vide"

# --- outputs -------------------------------------------------------------------------------

# full SENTENCE ARG...: on a full disk.
full() {
	local sentence=$1
	shift
	"$TAPR" "$@" > /dev/full 2> "$err"
	status=$?
	: > "$out"
	both "$sentence" "expect 1" "says sortie"
}
if [ -c /dev/full ]; then
	full "a rate on a full disk: 1, and it is said" rate "$facts"
	full "a simulation on a full disk: 1, and it is said" simulate "$facts" \
	    --sweep payroll.2022=2000000..3000000/1000 --json
	full "the help on a full disk: 1, and it is said" help
	full "a legal basis on a full disk: 1, and it is said" rate --why
	full "the version on a full disk: 1, and it is said" --version
	full "the law on a full disk: 1, and it is said" law status
fi

# left SENTENCE ARG...: the reader is gone before the first byte.
left() {
	local sentence=$1
	shift
	python3 - "$TAPR" "$@" > "$out" 2> "$err" <<- 'END'
	import os, subprocess, sys
	end, pipe = os.pipe()
	os.close(end)
	# As a shell starts it: Python itself runs with SIGPIPE ignored.
	sys.exit(abs(subprocess.run(sys.argv[1:], stdout=pipe, check=False,
	                            restore_signals=True).returncode))
	END
	status=$?
	both "$sentence" "expect 1" "says sortie"
}
left "a rate for a reader that has left: 1, and it is said" rate "$facts"
left "a simulation for a reader that has left: 1, and it is said" simulate "$facts" \
    --sweep payroll.2022=2000000..3000000/1000
finish
