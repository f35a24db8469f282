#!/bin/bash
# register -- a fund begins, files come in, employers are shown and changed.
#
# The fund is that of Bretagne; the files of tests/data/register are invented.
# today is 2024-07-01 unless a test says otherwise.
set -uo pipefail
. "$(dirname "$0")/../tap.sh"
. tests/e2e/common

data=$dir/data
cp -r tests/data/register "$data"
fund=$dir/fund
a1=99998601100016 a2=99998601100024 b2=99998602900026 c2=99998603700029

# f WORD...: tapr on the fund, as an agent.
f() {
	run -C "$fund" --as agent1 --today 2024-07-01 "$@"
}

# import KIND FILE...
import() {
	local kind=$1
	shift
	f import "$kind" --json "${@/#/$data/}"
}

# counts READ APPLIED UNCHANGED WAITING SET_ASIDE: of the last import.
counts() {
	prints "\"read\": $1, \"applied\": $2, \"unchanged\": $3, \"waiting\": $4, \"set_aside\": $5"
}

# show SIRET WORD...: JSON of an employer in $out.
show() {
	run -C "$fund" --today 2024-07-01 employer show "$@" --json
}

# --- a fund begins ----------------------------------------------------------------

run init "$fund" --fund bretagne
both "a fund is made by its code" "expect 0" "prints Bretagne '22 29 35 56'" \
    '[ -s "$fund/fund.ini" ] && [ -s "$fund/register.db" ]'
run init "$fund" --fund bretagne
both "a fund is never made over another" "expect 1" "says déjà"
run init "$dir/none" --fund atlantide
both "a fund of no code is refused" "expect 1" "says atlantide funds.csv"
run -C "$dir/nowhere" --as a import claims "$data/claims.csv"
both "a folder that is no fund is refused" "expect 1" "says fund.ini"
run -C "$fund" import claims "$data/claims.csv"
both "an act without --as is refused" "expect 2" "says --as"
f import tickets "$data/claims.csv"
both "a kind of file that nobody imports is refused" "expect 2" "says tickets"

# --- sirene -----------------------------------------------------------------------

import sirene StockUniteLegale.csv
both "firms wait for their establishments to be imported first" "expect 1" \
    "says StockEtablissement"
import sirene StockEtablissement.csv StockUniteLegale.csv \
    StockEtablissementHistorique.csv
both "the three files of SIRENE are known by their header" "expect 0" \
    "counts 15 14 1 0 0" 'prints "\"outside\": 1"'
import sirene StockEtablissement.csv StockUniteLegale.csv \
    StockEtablissementHistorique.csv
both "the same files of SIRENE twice change nothing" "expect 0" \
    "counts 15 0 15 0 0"
unused() {
	echo "$2" > "$data/$1"
	import sirene "$1"
	both "$1 is refused by its name and by what it is for" "expect 1" \
	    "says ${1%.csv} '$3'"
}
unused StockDoublons.csv siren,sirenDoublon,dateDernierTraitementDoublon \
    "doublons de SIREN"
unused StockUniteLegaleHistorique.csv \
    siren,dateFin,dateDebut,changementEtatAdministratifUniteLegale \
    StockEtablissementHistorique
import sirene StockEtablissementLiensSuccession.csv
both "links of succession given as the rest of SIRENE are shown their verb" \
    "expect 1" "says 'tapr import succession'"
import succession StockEtablissementLiensSuccession.csv
both "links of succession are kept where one end is ours" "expect 0" \
    "counts 2 2 0 0 0"
show $a1
both "an employer shows its identity, dates and source" "expect 0" \
    "is 'd[\"establishment\"][0][\"name\"]' \"FONDERIE, DITE \\\"L'EXEMPLE\\\"\"" \
    "is 'd[\"establishment\"][0][\"created_on\"]' 2001-03-01" \
    "is 'd[\"establishment\"][0][\"source\"][\"file\"]' StockEtablissement.csv" \
    "is 'd[\"establishment\"][0][\"source\"][\"line\"]' 2" \
    "is 'd[\"unit\"][0][\"name\"]' \"FONDERIE D'EXEMPLE\"" \
    "is 'd[\"establishment\"][0][\"naf25\"]' 24.51Z"
show 99998602900018
both "an establishment closed and partly diffused keeps no address" "expect 0" \
    "is 'd[\"establishment\"][0][\"state\"]' F" \
    "is 'd[\"establishment\"][0][\"closed_on\"]' 2023-07-01" \
    "is 'd[\"establishment\"][0][\"address\"]' QUIMPER"
both "a person who is a firm leaves no first name" \
    '! grep -aqr PRENOMFICTIF "$fund"'
show 99998602900018 --on 2022-01-01
both "an establishment closed since is shown open at an earlier date" \
    "expect 0" "is 'd[\"establishment\"][0][\"state\"]' A" \
    "is 'd[\"establishment\"][0][\"closed_on\"]' None"
show $a1 --on 2005-01-01
both "the history of INSEE gives the name of a past day" "expect 0" \
    "is 'd[\"establishment\"][0][\"name\"]' 'ANCIENNE FONDERIE'"
show $c2
both "the head office in another department is kept for its address" \
    "expect 0" "is 'd[\"head_office\"][0][\"commune\"]' 69381"
show 35600000009075
both "a SIRET of La Poste outside the usual key is kept" "expect 0"

# --- the other flows --------------------------------------------------------------

for kind in classification payroll headcount rates portfolio; do
	import $kind $kind.csv
	lines=$(($(wc -l < "$data/$kind.csv") - 1))
	both "$kind.csv comes in" "expect 0" "counts $lines $lines 0 0 0"
	import $kind $kind.csv
	both "$kind.csv twice changes nothing" "expect 0" \
	    "counts $lines 0 $lines 0 0"
done
import claims claims.csv
both "a claim for an unknown establishment waits" "expect 0" \
    "counts 6 5 0 1 0" "prints 'lus et non conservés'"
import claims claims.csv
both "claims.csv twice changes nothing" "expect 0" "counts 6 0 5 1 0"
import benefits benefits.csv
both "a benefit of a claim that waits waits" "expect 0" "counts 3 2 0 1 0"
show $a1
both "claims are counted declared, with and without stoppage" "expect 0" \
    "is 'd[\"claims\"][\"declared\"]' 4" \
    "is 'd[\"claims\"][\"with_stoppage\"]' 2" \
    "is 'd[\"claims\"][\"without_stoppage\"]' 2"
both "silicosis is kept as a disease" \
    "is 'd[\"claims\"][\"list\"][3][\"kind\"]' disease"
both "a classification shows the document it rests on" \
    "is 'd[\"sections\"][0][\"source_document\"]' 'formalité 2012-17 (guichet unique)'" \
    "is 'd[\"sections\"][0][\"author\"]' classement"
show $a2
both "missing hours are unknown and never zero" "expect 0" \
    "is 'd[\"payroll\"][0][\"hours\"]' None"
run -C "$fund" --today 2024-07-01 employer show $a2
both "missing hours are said" "prints 'heures non connues'"
show $b2
both "an establishment that is not there is refused" "expect 1" "says $b2"

import sirene StockEtablissement-2.csv
both "lines that waited are applied when the establishment appears" \
    "expect 0" "counts 1 1 0 0 0" 'prints "\"released\": 2"'
show $b2
both "a line that waited keeps its own file and line" "expect 0" \
    "is 'd[\"claims\"][\"list\"][0][\"source\"][\"file\"]' claims.csv" \
    "is 'd[\"claims\"][\"list\"][0][\"source\"][\"line\"]' 7"
import claims claims.csv
both "and nothing waits any more" "expect 0" "counts 6 0 6 0 0"

# --- what is never kept -----------------------------------------------------------

canary="255081416802538|2550814168025|186022A21532523|VICTIMEFICTIVE|025AAJ62E"
both "no NIR, name or syndrome is in any file of the fund" \
    '! grep -aEqr "$canary" "$fund"'
# Columns exchanged: the NIR where the claim's number should be.
sed -E 's/^claim_id,/nir,/; s/,nir,surname/,claim_id,surname/' \
    "$data/claims.csv" > "$data/swapped.csv"
import claims swapped.csv
both "swapped columns are refused whole" "expect 1" "says 'aucune ligne'"
# shellcheck disable=SC2016
both "what is set aside names lines and rules, never a value" \
    'grep -q ",claim_id,hidden_nir," "$data/swapped.csv.rejected.csv"' \
    '! grep -aEqr "$canary" "$data/swapped.csv.rejected.csv" "$err" "$out"'
sed 's/255081416802538/255081416802539/' "$data/claims.csv" > "$data/wrong.csv"
import claims wrong.csv
both "a NIR with a wrong key sets its line aside, without the NIR" \
    "expect 0" 'grep -q "^2,A-1,nir,nir," "$data/wrong.csv.rejected.csv"' \
    '! grep -q 25508141 "$data/wrong.csv.rejected.csv" "$out" "$err"'
import claims claims.csv
cp "$data/claims.csv" "$data/wrong.csv"
import claims wrong.csv
both "the file of what is set aside goes when there is nothing" "expect 0" \
    '[ ! -e "$data/wrong.csv.rejected.csv" ]'
both "nationality and causes are read past without a legal reference" \
    'sed "s/,FR,52,01.02,/,n importe quoi,XX,YY,/" "$data/claims.csv" > "$data/wrong.csv"' \
    "import claims wrong.csv" "counts 6 0 6 0 0"

# --- files that are refused -------------------------------------------------------

# refused SENTENCE WORDS: wrong.csv as claims.
refused() {
	import claims wrong.csv
	both "$1" "expect 1" "says $2"
}
sed '1s/declared_on/declared/' "$data/claims.csv" > "$data/wrong.csv"
refused "a header without a needed column is refused and names it" declared_on
for column in prescription_id code_ccam ald hospital_stay séjour cip13; do
	sed "1s/\$/,$column/; 2,\$s/\$/,1/" "$data/claims.csv" > "$data/wrong.csv"
	refused "a file with $column is refused whole" "refusé"
done
iconv -f UTF-8 -t UTF-16 "$data/claims.csv" > "$data/wrong.csv"
refused "UTF-16 is refused" "UTF-16"
: > "$data/wrong.csv"
refused "an empty file is refused" "vide"
cp /bin/true "$data/wrong.csv"
refused "a program is refused" "wrong.csv"
printf '\xef\xbb\xbf' | cat - "$data/claims.csv" > "$data/wrong.csv"
import claims wrong.csv
both "a BOM is read past" "expect 0" "counts 6 0 6 0 0"
sed 's/$/\r/' "$data/claims.csv" > "$data/wrong.csv"
import claims wrong.csv
both "CRLF is read as LF" "expect 0" "counts 6 0 6 0 0"
head -c -30 "$data/claims.csv" > "$data/wrong.csv"
import claims wrong.csv
both "a truncated file is told, its cut line set aside" "expect 0" \
    "counts 6 0 5 0 1" "prints tronqué"
sed '3s/.*/x,"y/' "$data/payroll.csv" > "$data/wrong.csv"
f import payroll --json "$data/wrong.csv"
both "a quote never closed costs one line" "expect 0" "counts 4 0 3 0 1"
sed -E 's/2024-02-29/2023-02-29/' "$data/claims.csv" > "$data/wrong.csv"
import claims wrong.csv
both "29 February of a common year is set aside, of a leap year it is not" \
    "expect 0" 'grep -q "^5,A-4,declared_on,date," "$data/wrong.csv.rejected.csv"'
sed 's/,160,15,/,161,15,/' "$data/claims.csv" > "$data/wrong.csv"
import claims wrong.csv
both "a message that comes with another content is set aside" "expect 0" \
    'grep -q "^2,A-1,message_id,message," "$data/wrong.csv.rejected.csv"'
f import claims --strict "$data/payroll.csv"
both "a file of another kind is refused" "expect 1" "says claim_id"
sed 's/,452BE,B/,452BE,A/' "$data/classification.csv" > "$data/wrong.csv"
f import classification --json "$data/wrong.csv"
both "a code outside its CTN is set aside" "expect 0" \
    'prints "\"other_ctn\": 2"'
f import classification --strict "$data/wrong.csv"
both "--strict refuses a file with one bad line" "expect 1" "says --strict"
sed 's/,formalité [^,]*,/,,/' "$data/classification.csv" > "$data/wrong.csv"
f import classification "$data/wrong.csv"
both "a classification without a document is set aside" "expect 1" \
    "says no_document"

# A text of a file or of an act has a maximum; a row is never without bound.
long=$(printf '%0500d' 7)
sed "s/formalité 2012-17 (guichet unique)/$long/" "$data/classification.csv" \
    > "$data/wrong.csv"
f import classification --json "$data/wrong.csv"
both "a text over its maximum is set aside" "expect 0" \
    'grep -q "source_document,text," "$data/wrong.csv.rejected.csv"' \
    '! grep -q "$long" "$data/wrong.csv.rejected.csv"'
for act in "employer rename $a1 from=2024-02-01 document=d name=" \
    "classify $a1 section=main risk_code=271ZF ctn=A from=2024-01-01 reason=" \
    "measure add $a1 kind=rebate reference=R-9 from=2024-06-03 value=0.1 document=" \
    "claim refuse A-4 on=2024-06-01 reason="; do
	# shellcheck disable=SC2086
	f $act"$long"
	both "so is that of ${act%% [0-9A]*}" "expect 1" "says 'trop long'"
done

# --- as of, as known --------------------------------------------------------------

cp "$data/payroll.csv" "$data/corrected.csv"
sed -i 's/,2022,4200000.00/,2022,4300000.00/' "$data/corrected.csv"
run -C "$fund" --as agent2 --today 2024-08-01 import payroll \
    "$data/corrected.csv"
run -C "$fund" --today 2024-09-01 employer show $a1 --json
both "a correction supersedes what was known" "expect 0" \
    "is 'd[\"payroll\"][2][\"payroll_eur\"]' 4300000.00"
run -C "$fund" --today 2024-09-01 employer show $a1 --known 2024-07-15 --json
both "what was known on an earlier day can be shown again" "expect 0" \
    "is 'd[\"payroll\"][2][\"payroll_eur\"]' 4200000.00"
run -C "$fund" employer history $a1
both "the history says who superseded what" "expect 0" \
    "prints 'remplacé par corrected.csv, su le 1er août 2024, par agent2'"
f employer show $a1 --known 2020-01-01
both "an employer not known yet that day is refused" "expect 1" \
    "says '1er janvier 2020'"

run -C "$fund" --today 2024-09-01 employer show $a1
both "an employer is shown in French: amounts, dates, words" "expect 0" \
    "prints 'salaires 4 300 000,00 €' 'créé le 1er mars 2001' 'section principale' 'état actif'" \
    '! grep -qE "main|[0-9]{4}-[0-9]{2}-[0-9]{2}" "$out"'
f import portfolio "$data/portfolio.csv"
both "who follows an establishment is shown with it, on the days that count" "expect 0" \
    'run -C "$fund" --today 2024-09-01 employer show $a1' "prints 'Suivi par'"
head -n 2 "$data/payroll.csv" > "$data/one.csv"
f import payroll "$data/one.csv"
both "one line is written in the singular" "expect 0" "prints '1 ligne lue, '"

# A CRM 34: invented rates, under names that nobody has seen published.
crm=$dir/crm
cp -r tests/data/crm "$crm"
f import rates "$crm/assumed.xml"
both "rates under names that are only assumed wait to be asked for" "expect 1" \
    "says rapport/declaration/taux_at assumed --assumed law/norms/crm/34.csv"
f import rates --assumed "$crm/assumed.xml"
both "asked for, each rate is a line: applied, or set aside with its reason" "expect 0" \
    "prints '2 lignes lues, 1 appliquée' '1 écartée' 'CRM 34 : 2 taux ; 1 élément de nom inconnu, laissé de côté'" \
    'grep -q ",rate,decimal," "$crm/assumed.xml.rejected.csv"'
show $a1
both "and it is a rate of the employer" "expect 0" "is 'd[\"rates\"][-1][\"rate\"]' 3.25"
f import rates --assumed "$crm/other-names.xml"
both "elements of unknown names are counted, not guessed at" "expect 1" \
    "says '2 éléments sans nom connu' rapport/declaration/bloc/code"
sed 's/type="34"/type="41"/' "$crm/assumed.xml" > "$crm/wrong.xml"
f import rates --assumed "$crm/wrong.xml"
both "another report is refused" "expect 1" "says 'CRM 34' type"
sed '1a <!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]>' "$crm/assumed.xml" > "$crm/wrong.xml"
f import rates --assumed "$crm/wrong.xml"
both "a report with a document type is refused, entities and all" "expect 1" "says DOCTYPE"
head -c 900 "$crm/assumed.xml" > "$crm/wrong.xml"
f import rates --assumed "$crm/wrong.xml"
both "a report cut off is refused whole" "expect 1" "says XML"

# --- a trial, a stop --------------------------------------------------------------

bytes() {
	local s
	for s in $a1 $a2 $b2 $c2; do
		"$TAPR" -C "$fund" --today 2024-07-01 employer history $s
	done | sha256sum
}
before=$(bytes)
sed 's/4200000.00/1.00/' "$data/payroll.csv" > "$data/trial.csv"
f import payroll --dry-run --json "$data/trial.csv"
both "a trial counts what it would do and keeps nothing" "expect 0" \
    "counts 4 3 1 0 0" '[ "$(bytes)" = "$before" ]'

awk -v OFS=, 'BEGIN { print "siren,year,month,headcount"
	for (i = 0; i < 3000000; i++)
		print "999986011", 1990 + int(i / 12) % 100, i % 12 + 1, "9.00" }' \
    > "$data/long.csv"
"$TAPR" -C "$fund" --as a --today 2024-07-01 import headcount \
    "$data/long.csv" > "$dir/killed" 2>&1 &
victim=$!
sleep 0.7
f import payroll "$data/payroll.csv"
both "two imports at once: the second is refused" "expect 1" \
    "says 'une autre commande'"
kill -9 $victim
killed=$?
wait $victim 2> /dev/null
both "kill -9 in an import leaves nothing that shows" "[ $killed = 0 ]" \
    '[ "$(bytes)" = "$before" ]'
"$TAPR" -C "$fund" --as a --today 2024-07-01 import headcount \
    "$data/long.csv" > "$out" 2> "$err" &
victim=$!
sleep 0.7
kill -TERM $victim
wait $victim
status=$?
both "a stop asked for drops the import and says so" "expect 1" \
    "says interrompu" '[ "$(bytes)" = "$before" ]'
head -n 1201 "$data/long.csv" > "$data/short.csv"
import headcount short.csv
both "the import that was killed can be run again" "expect 0" \
    "counts 1200 1200 0 0 0"
import claims claims.csv
both "and the next import goes on" "expect 0" "counts 6 0 6 0 0"

# --- acts -------------------------------------------------------------------------

f employer rename $a1 from=2024-02-01 name="NOUVELLE FONDERIE" document=c-12
both "an employer is renamed" "expect 0"
show $a1
both "a value typed here is marked beside that of INSEE" "expect 0" \
    "is 'd[\"establishment\"][0][\"name\"]' 'NOUVELLE FONDERIE'" \
    "is 'd[\"establishment\"][0][\"origin\"]' manual" \
    "is 'd[\"divergences\"][0][\"insee_value\"]' \"FONDERIE, DITE \\\"L'EXEMPLE\\\"\""
show $a1 --on 2024-01-31
both "the old name stays on the days before" "expect 0" \
    "is 'd[\"establishment\"][0][\"name\"]' \"FONDERIE, DITE \\\"L'EXEMPLE\\\"\""
import sirene StockEtablissement.csv
both "INSEE's file again does not undo it" "expect 0" "counts 6 0 6 0 0"
sed -E 's/"FONDERIE, DITE ""L.EXEMPLE"""/NOUVELLE FONDERIE/' \
    "$data/StockEtablissement.csv" > "$data/agrees.csv"
import sirene agrees.csv
show $a1
both "the mark goes when INSEE says the same" "expect 0" \
    "is 'd[\"divergences\"]' '[]'" \
    "is 'd[\"establishment\"][0][\"origin\"]' insee"
f employer create 99998602900034 created_on=2024-01-05 name=NEUF \
    address="2 RUE" postcode=29000 commune=29232 document=d-1
both "an establishment is created before INSEE sends it" "expect 0" \
    "prints marqué"
f employer strike-off $c2 on=2024-06-30 document=d-2
both "an establishment is struck off" "expect 0"
f employer takeover $c2 to=$a2 on=2024-06-30 document=d-3 activity=true \
    means=true staff_share=0.49
both "a takeover with less than half of the staff does not pass the account" \
    "expect 0" "prints 'ne passe pas'"
f employer merge $c2 to=$c2 on=2024-06-30 document=d-3 inherits=true
both "an establishment does not merge with itself" "expect 1" "says to"
f classify $a2 section=main risk_code=452BE ctn=A from=2024-01-01 document=x
both "a decision outside the CTN is refused" "expect 1" "says CTN"
f classify $a2 section=main risk_code=271ZF ctn=A from=2024-01-01
both "a decision without document or reason is refused" "expect 1" \
    "says document"
f classify $a2 section=main risk_code=271ZF ctn=A from=2024-01-01 \
    reason="visite sur place"
both "a decision ex officio is marked" "expect 0" "prints \"d'office\""
show $a2 --on 2023-12-31
both "the section keeps its risk on the days before" "expect 0" \
    "is 'd[\"sections\"][0][\"risk_code\"]' 452BE"
f measure add $a1 kind=injunction reference=INJ-1 from=2024-06-03 document=l
both "an injunction tells the day of its recourse" "expect 0" \
    "prints '11 juin 2024'"
f measure add $a1 kind=rebate reference=R-1 from=2024-06-03 document=l \
    value=0.26
both "a rebate over the maximum of the law is refused" "expect 1" "says 0.25"
f claim benefit A-1 reference=H-1 nature=care amount=12.50 paid_on=2024-06-01 \
    reason="oubli" reviewer=agent1
both "a benefit typed by hand needs a second person" "expect 1" "says reviewer"
f claim benefit A-1 reference=H-1 nature=care amount=12.50 paid_on=2024-06-01 \
    reviewer=agent2
both "a benefit typed by hand needs a reason" "expect 2" "says reason"
f claim benefit A-1 reference=H-1 nature=care amount=12.50 paid_on=2024-06-01 \
    reason="oubli" reviewer=agent2
both "a benefit typed by hand keeps its reason and its reviewer" "expect 0"
f claim show A-1
both "and shows them" "expect 0" "prints oubli 'vérifié par agent2'"
f claim reclassify A-3 on=2024-06-01 document=x kind=commuting
f claim not-opposable A-2 on=2024-06-01 document=jugement
f claim relapse A-1 on=2024-06-01 document=certificat
both "a relapse tells its deadlines" "expect 0" "prints '12 juin 2024' '1er août 2024'"
import claims claims.csv
both "a message already received does not undo a decision" "expect 0" \
    "counts 6 0 6 0 0"
show $a1
both "a claim keeps what was decided of it" "expect 0" \
    "is 'd[\"claims\"][\"list\"][1][\"charge\"]' not_opposable" \
    "is 'd[\"claims\"][\"list\"][2][\"kind\"]' commuting"
f claim refuse A-1 on=2024-06-01 reason=x
both "a recognised claim is not refused" "expect 1" "says not-opposable"

# --- two funds --------------------------------------------------------------------

other=$dir/other
run init "$other" --fund auvergne
run -C "$other" --as a --today 2024-07-01 import sirene --json \
    "$data/StockEtablissement.csv"
both "another fund keeps none of our establishments" "expect 0" \
    'prints "\"outside\": 6"'
both "two funds share no file" \
    '[ -z "$(find "$fund" "$other" -type f -links +1)" ]' \
    '! grep -aq 99998601100016 "$other/register.db"'

# --- from one fund to another -------------------------------------------------------

# o WORD...: tapr on the fund of Auvergne.
o() {
	run -C "$other" --as agent1 --today 2024-07-01 "$@"
}
# What comes before the establishment does waits for it.
for kind in classification payroll claims benefits; do
	o import $kind --json "$data/$kind.csv"
	lines=$(($(wc -l < "$data/$kind.csv") - 1))
	both "$kind.csv of another fund waits, all of it" "expect 0" \
	    "counts $lines 0 0 $lines 0"
done
# The establishment $a1 as INSEE has it once it has moved.
sed "/,$a1,/s/,35000,RENNES,,,35238,/,63000,CLERMONT-FERRAND,,,63113,/" \
    "$data/StockEtablissement.csv" > "$data/moved.csv"
o import sirene --json "$data/moved.csv" "$data/StockUniteLegale.csv" \
    "$data/StockEtablissementHistorique.csv"
# All but the claim and the benefit of $b2, which is not in the file: an
# establishment that waiting lines name is kept wherever it is.
both "an establishment that moves in brings what waited for it" "expect 0" \
    'prints "\"released\": 14"'
# moved FUND: what of $a1 is there.
moved() {
	run -C "$1" --today 2024-07-01 employer show $a1 --json
	python3 - "$out" <<- 'END'
	import json, sys
	d = json.load(open(sys.argv[1], encoding="utf-8"))
	print([c["claim_id"] for c in d["claims"]["list"]], d["sections"][0]["risk_code"],
	    [(p["year"], p["payroll_eur"]) for p in d["payroll"]])
	END
}
moved "$other" > "$dir/there"
both "its claims, its classification and its payroll are there" \
    'grep -q "A-1.*A-2.*A-3.*A-4.*271ZF.*2020.*2021.*2022" "$dir/there"'
o employer show $a1 --on 2005-01-01 --json
both "and its history of before" "expect 0" \
    "is 'd[\"establishment\"][0][\"name\"]' 'ANCIENNE FONDERIE'"
import sirene moved.csv
show $a1
both "the fund that it leaves keeps it, with its new commune" "expect 0" \
    "is 'd[\"establishment\"][0][\"commune\"]' 63113" \
    "is 'len(d[\"claims\"][\"list\"])' 4"
f employer strike-off $a1 on=2024-06-30 document=depart
both "it is struck off there" "expect 0" "prints radié"
sed -n "1p; s/^A-1,\(.*\),M-A-1\$/A-9,\1,M-A-9/p" "$data/claims.csv" > "$data/late.csv"
import claims late.csv
both "a claim that comes late to the fund left is applied" "expect 0" \
    "counts 1 1 0 0 0"
finish
