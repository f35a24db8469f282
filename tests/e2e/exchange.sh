#!/bin/bash
# exchange -- what may leave a fund: closed until an act opens it, nothing that
# is not declared, nobody in what goes to the CNAM, the same bytes twice, nothing
# when it is cut off.
set -uo pipefail
. "$(dirname "$0")/../tap.sh"
. tests/e2e/common
export PYTHONDONTWRITEBYTECODE=1
fund=$dir/fund data=$dir/data away=$dir/away
mkdir "$away"
rounds=24
[ "$TAPR_FULL" = 1 ] && rounds=200

# f WORD...: tapr on the fund.
f() {
	run -C "$fund" --as anne --today 2024-12-01 "$@"
}

# opens FLOW ARG...: an act opens it.
opens() {
	f exchange enable "$@" --act "convention 12" --act-date 2024-11-02 --signatory "La directrice"
}

scan() {
	python3 tests/e2e/exchange_scan.py "$@"
}

# nothing NAME: neither file is there, whole or begun.
nothing() {
	! ls "$away/$1"* > /dev/null 2>&1
}

entries() {
	f audit show --json > /dev/null
	grep -c '"act": "exchange send"' "$out"
}

run synth --out "$data" --share 0.02 --seed 7 --fund bretagne
scan persons "$data/StockUniteLegale_utf8.csv"
run init "$fund" --fund bretagne
for kind in sirene payroll headcount classification rates claims benefits; do
	case $kind in
	sirene) f import sirene "$data/StockEtablissement_utf8.csv"
		f import sirene "$data/StockUniteLegale_utf8.csv" ;;
	*) f import $kind "$data/$kind.csv" ;;
	esac
	[ "$status" = 0 ] || exit 3
done

# --- closed until an act opens it -------------------------------------------------
flows="urssaf_rates labour_inspection_reports inrs_companies cnam_statistics cnam_records
state_statistics labour_directorate staff_representatives fund_to_fund"
f exchange list --json
both "nine flows are declared, and every one is closed" "expect 0" \
    'is "[f[\"flow\"] for f in d[\"flows\"]]" "['"'$(echo $flows | sed "s/ /', '/g")'"']"' \
    'is "sum(len(f[\"open\"]) for f in d[\"flows\"])" 0'
for flow in urssaf_rates inrs_companies cnam_statistics cnam_records state_statistics; do
	f exchange run $flow 2023 --out "$away/$flow.csv"
	both "$flow is refused while it is closed, with what is missing" "expect 1" \
	    "says $flow fermé acte date signataire" "nothing $flow"
done
f exchange enable cnam_records --act x --act-date 2024-01-01
both "an act without a signatory opens nothing" "expect 1" "says --signatory"
f exchange enable cnam_records --act x --signatory y
both "nor one without a day" "expect 1" "says --act-date"
f exchange enable cnam_records --act x --signatory y --act-date 2025-01-01
both "nor one of a day to come" "expect 1" "says 'à venir'"
f exchange enable tout --act x --signatory y --act-date 2024-01-01
both "a flow that is not declared cannot be opened" "expect 1" "says déclaré"
opens cnam_records --recipient autre
both "nor can a recipient be chosen" "expect 1" "says cnam"
for flow in urssaf_rates labour_inspection_reports inrs_companies cnam_statistics cnam_records \
    state_statistics labour_directorate staff_representatives; do
	opens $flow
	[ "$status" = 0 ] || exit 3
done
f exchange list cnam_records
both "an open flow says by which act, whose, of which day, and its fields" "expect 0" \
    "prints 'convention 12' 2024-11-02 'La directrice' claim.stoppage_days"
f exchange run labour_inspection_reports --out "$away/reports.csv"
both "what the register does not hold yet is refused even then" "expect 1" \
    "says 'partie 4'" "nothing reports"

# --- what goes to the CNAM ---------------------------------------------------------
for flow in cnam_records cnam_statistics state_statistics; do
	before=$(entries)
	f exchange run $flow 2022 --out "$away/$flow.csv"
	both "$flow is written" "expect 0" "prints SHA-256 $(sha256sum < "$away/$flow.csv" | cut -c1-64)"
	both "its leaving is logged, with its digest" '[ "$(entries)" = $((before + 1)) ]' \
	    "prints $(sha256sum < "$away/$flow.csv" | cut -c1-64)"
	both "$flow is described as CSVW" "scan words '$away/$flow.csv'"
	f exchange run $flow 2022 --out "$away/$flow.2.csv"
	both "$flow twice is the same bytes" "expect 0" 'cmp "$away/$flow.csv" "$away/$flow.2.csv"' \
	    'cmp <(sed s/.2.csv/.csv/ "$away/$flow.2.csv-metadata.json") "$away/$flow.csv-metadata.json"'
	both "no digest of a NIR is in it" "scan digests '$away/$flow.csv' '$data/claims.csv'"
done
both "in the records nobody is told: no NIR, name, number, day, rare combination" \
    "scan records '$away/cnam_records.csv' '$data/claims.csv' 2022"
sed 's/^/# /' "$dir/why"
both "nor in the statistics, whose sums are those of the claims" \
    "scan table '$away/cnam_statistics.csv' '$data/claims.csv' 2022"
both "nor in those for the State" \
    "scan table '$away/state_statistics.csv' '$data/claims.csv' 2022"

# The scan sees what it must: one more row, one NIR, one day.
n=0
for lie in '2022,2022-03,452BE,4-15,none,own,B,no,accident' \
    "$(sed -n '2{s/.*,\([12][0-9]\{14\}\),.*/\1/p}' "$data/claims.csv")" 2022-03-04; do
	cp "$away/cnam_records.csv" "$dir/lie.csv"
	printf '%s\r\n' "$lie" >> "$dir/lie.csv"
	n=$((n + 1))
	both "the scan finds what was planted, lie $n" '[ -n "$lie" ]' \
	    '! scan records "$dir/lie.csv" "$data/claims.csv" 2022'
done

# --- the others ------------------------------------------------------------------------
f exchange run urssaf_rates 2023 --out "$away/rates.csv"
both "the Urssaf gets the rates that were notified, and nothing about a claim" "expect 0" \
    "scan rates '$away/rates.csv' '$data/rates.csv' 2023" \
    '[ "$(head -n 1 "$away/rates.csv" | tr -d "\r")" = year,siret,section,risk_code,rate,effective_on,notified_on ]'
# A campaign of tapr: what it notified, and only that.
here=$dir/campaign
python3 tests/e2e/register.py 40 > "$dir/lines"
run init "$here" --fund rhone-alpes
"$TAPR_BUILD/fund-load" facts "$here" 2023-12-15 < "$dir/lines" || exit 3
as anne 2023-12-20 campaign run 2024
as anne 2023-12-21 exchange enable urssaf_rates --act a --act-date 2023-12-01 --signatory s
as anne 2023-12-21 exchange run urssaf_rates 2024 --out "$away/drafts.csv"
both "a rate that is a draft does not leave" "expect 0" '[ "$(wc -l < "$away/drafts.csv")" = 1 ]'
run -C "$here" campaign decide 2024 lot=1 --json
as bob 2024-01-22 campaign decide 2024 lot=1 review="$(field review)"
as bob 2024-01-23 campaign notify 2024 lot=1 means=electronic proof=depot-1
as anne 2024-01-24 exchange run urssaf_rates 2024 --out "$away/notified.csv"
both "a rate that a campaign notified does" "expect 0" \
    'scan campaign "$away/notified.csv" "$TAPR" "$here"'
sed 's/^/# /' "$dir/why"
f exchange run inrs_companies 2022 --out "$away/inrs.csv"
both "the INRS gets companies: no claim, no name of a person, no wages of a few" "expect 0" \
    '! grep -qE "A[0-9]{2}-[0-9]{10}" "$away/inrs.csv"' \
    'scan companies "$away/inrs.csv" "$data/StockUniteLegale_utf8.csv" "$data/payroll.csv" 2022'
sed 's/^/# /' "$dir/why"
siren=$(sed -n 2p "$away/inrs.csv" | cut -d, -f2)
f measure add $(sed -n 2p "$away/inrs.csv" | cut -d, -f3) kind=injunction reference=INJ-1 from=2022-06-03 document=l
f measure add $(sed -n 2p "$away/inrs.csv" | cut -d, -f3) kind=injunction reference=INJ-2 from=2023-06-03 document=l
f exchange run labour_directorate 2022 $siren --out "$away/firm.csv"
both "a flow on request has a request" "expect 1" "says --request" "nothing firm"
f exchange run labour_directorate 2022 $siren --request "D-7" --out "$away/firm.csv"
both "and is about one company" "expect 0" \
    '! tail -n +2 "$away/firm.csv" | cut -d, -f2 | grep -vqx $siren' \
    '[ "$(grep -c ,injunction,2022-06-03, "$away/firm.csv")$(grep -c ,injunction, "$away/firm.csv")" = 11 ]'
f exchange run staff_representatives 2022 $siren --request "D-8" --out "$away/staff.csv"
both "where too few are concerned the staff is told nothing of them" "expect 0" \
    '[ "$(wc -l < "$away/staff.csv")" = 1 ]' '! grep -q "retirés : [0-9]" "$away/staff.csv-metadata.json"'

# --- another fund -------------------------------------------------------------------------
siret=$(sed -n 2p "$data/claims.csv" | cut -d, -f2) key=$(scan key)
opens fund_to_fund --recipient normandie
both "what goes to another fund is opened with its key" "expect 1" "says --key"
opens fund_to_fund --recipient normandie --key $key
both "and then is open to it" "expect 0" "prints normandie"
f exchange run fund_to_fund $siret --recipient cramif --out "$away/account.csv"
both "and to no other" "expect 1" "says cramif fermé" "nothing account"
f exchange run fund_to_fund $siret --recipient normandie --out "$away/account.csv"
both "what leaves cannot be read on the way" "expect 0" '! grep -aq $siret "$away/account.csv"' \
    '! grep -aq accident "$away/account.csv"'
both "and is the whole account to who has the key" 'scan account "$away/account.csv" $siret "$data"'
sed 's/^/# /' "$dir/why"

# --- what is not declared ----------------------------------------------------------------
cp -r law "$dir/law"
mine() {
	TAPR_LAW=$dir/law f exchange run cnam_records 2022 --out "$away/mine.csv"
}
sed '/^cnam_records,.*,month,/d; s/,risk_code classification.risk_code,2/,1/' law/exchanges.csv |
    sed '/^cnam_records/{s/,\([2-8]\),/,W\1,/;s/,W2,/,1,/;s/,W3,/,2,/;s/,W4,/,3,/;s/,W5,/,4,/;s/,W6,/,5,/;s/,W7,/,6,/;s/,W8,/,7,/}' \
    > "$dir/law/exchanges.csv"
mine
both "a field that the producer has and the declaration has not cannot leave" "expect 1" \
    "says month déclaré" "nothing mine"
sed 's/^\(cnam_records,.*\),year,year,claim.year,,$/&\n\1,nir,text,claim.nir,9,/' law/exchanges.csv > "$dir/law/exchanges.csv"
mine
both "a NIR cannot be declared: the register has none" "expect 1" "says exchanges.csv claim.nir" "nothing mine"
sed 's/^\(inrs_companies,.*\),year,year,payroll.year,,$/&\n\1,days,count,claim.stoppage_days,,/' law/exchanges.csv > "$dir/law/exchanges.csv"
mine
both "nor a claim where companies are declared" "expect 1" "says personnes" "nothing mine"

# --- cut off ------------------------------------------------------------------------------
mkdir "$away/full.csv-metadata.json.part"
f exchange run inrs_companies 2022 --out "$away/full.csv"
both "when one of the two files cannot be written neither is" "expect 1" \
    '[ ! -e "$away/full.csv" ] && [ ! -e "$away/full.csv.part" ]'
rmdir "$away/full.csv-metadata.json.part"
f exchange register --json
sent=$(python3 -c 'import json, sys; print(len(json.load(open(sys.argv[1]))["transmissions"]))' "$out")
both "and the register does not say that it left" '! grep -q full.csv "$out"'
f exchange run inrs_companies 2022 --out "$dir/none/x.csv"
both "a folder that is not there neither" "expect 1" "says $dir/none"
both "killed at any moment, a file is whole and in the register, or is not there" \
    'python3 tests/e2e/exchange_cut.py "$TAPR" "$fund" "$away" "$away/inrs.csv" $rounds'
sed 's/^/# /' "$dir/why"
f exchange run inrs_companies 2022 --out "$away/after.csv"
both "and afterwards it leaves as before" "expect 0" 'cmp "$away/after.csv" "$away/inrs.csv"'
cp "$away/after.csv" "$dir/kept"
f exchange run cnam_records 2022 --out "$away/after.csv"
both "a file that left is never replaced" "expect 1" "says after.csv 'existe déjà'" 'cmp "$away/after.csv" "$dir/kept"'

# --- the register of transmissions -----------------------------------------------------------
f exchange register --json
both "each file that has its name is in the register, with its digest" "expect 0" "json '$out'" \
    'for file in "$away"/*.csv; do case $file in */drafts.csv | */notified.csv) continue ;; esac; grep -q "$(sha256sum < "$file" | cut -c1-64)" "$out" || { echo "$file"; false; break; }; done' \
    '[ "$(python3 -c "import json, sys; print(len(json.load(open(sys.argv[1]))[\"transmissions\"]))" "$out")" -gt $sent ]'
f exchange register cnam_records
both "and is read by flow" "expect 0" "prints cnam_records 'période 2022' anne" '! grep -q inrs "$out"'
f exchange disable cnam_records
both "a flow is closed with its reason" "expect 1" "says --reason"
f exchange disable cnam_records --reason "fin de la convention"
f exchange run cnam_records 2022 --out "$away/again.csv"
both "and is then refused again" "expect 1" "says fermé" "nothing again"
opens cnam_records
both "and may be opened again" "expect 0"
f audit verify
both "the audit log is sound" "expect 0"
try "no name, NIR or number of a claim is in what was told" bash -c "
    ! cat '$fund'/audit/* | grep -aqE '$siret|$siren|La directrice'"
run exchange --why
both "--why says on what it rests" "expect 0" "prints 'L. 422-2' 'L. 114-8'"
finish
