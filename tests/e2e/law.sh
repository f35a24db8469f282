#!/bin/bash
# law -- the law is data: shown with its gaps and sources, added to by --law,
# and refused when a value has no source.
set -uo pipefail
. "$(dirname "$0")/../tap.sh"
. tests/e2e/common

header=valid_from,valid_to,name,value,unit,text,published,source,checked_on,note
row=2024-01-01,2025-05-01,M1,0.99,percent,Essai,2023-12-30,journal-essai,2026-01-02,

# added LINE...: a directory with these rows of majorations.csv.
added() {
	rm -rf "$dir/more"
	mkdir "$dir/more"
	printf '%s\n' "$header" "$@" > "$dir/more/majorations.csv"
}

# --- what is held ---------------------------------------------------------------

run law status
both "tapr law status shows each parameter and year" "expect 0" \
    "prints tariff_start majorations 'average_costs (A)' 'Loi ' '12 13 14'"
# Costs of branch A: nothing in 2018, all of 2024 (law/params/average_costs.csv).
both "tapr law status shows gaps as gaps" \
    'grep -Eq "^average_costs \(A\) +-( +[-x/]){14}$" "$out"' \
    'grep -Eq "^tariff_start +(x +){14}x$" "$out"'
run law status --json
# shellcheck disable=SC2016
both "tapr law status gives the gaps to programs" "expect 0" \
    'python3 - "$out" <<- "END"
	import json, sys
	doc = json.load(open(sys.argv[1], encoding="utf-8"))
	cells = {(p["name"], p["keys"].get("ctn"), c["year"]): c
	         for p in doc["parameters"] for c in p["cells"]}
	assert cells["tariff_start", None, 2024]["state"] == "complete"
	gap = cells["average_costs", "A", 2022]
	assert gap["values"] < gap["expected"] and gap["state"] != "complete", gap
END'
# --- who read it again -----------------------------------------------------------------

# reviewed LINE...: a law of our own whose review.csv has these lines.
reviewed() {
	rm -rf "$dir/reviewed"
	cp -r law "$dir/reviewed"
	printf '%s\n' file,row,author,reviewer,reviewed_on,checked_against "$@" > "$dir/reviewed/review.csv"
	TAPR_LAW=$dir/reviewed run law status --json
}
run law status
both "what nobody but its author has read is said to be so" "expect 0" \
    "prints 'non relues par une seconde personne' ' 0 relue par'"
run law status --json
both "so it is to programs: each row has an author, none a reviewer" "expect 0" \
    "is 'd[\"review\"][\"reviewed\"]' 0" "is 'd[\"review\"][\"rows\"] == d[\"review\"][\"authored\"] > 4000' True"
digest=$(field digest)
reviewed cap,,anne,ines,2026-12-01,"Légifrance, D. 242-6-15"
both "a line of too many fields is refused" "expect 1" "says law/review.csv"
reviewed 'cap,,anne,ines,2026-12-01,Légifrance D. 242-6-15' 'majorations,2024-01-01/M2,anne,ines,2026-12-01,JO du 30 décembre 2023' majorations,,anne,,,
both "a review of a file counts for its rows, one of a row for that row" "expect 0" \
    "is '[f[\"reviewed\"] == f[\"rows\"] for f in d[\"review\"][\"files\"] if f[\"name\"] == \"cap\"]' '[True]'" \
    "is '[(f[\"reviewed\"], f[\"authored\"] == f[\"rows\"]) for f in d[\"review\"][\"files\"] if f[\"name\"] == \"majorations\"]' '[(1, True)]'"
both "who reviews changes nothing of the law" 'test "$(field digest)" = "$digest"'
reviewed cap,,anne,ines,2012-01-01,Légifrance
both "a row entered after the review is not reviewed by it" "expect 0" "is 'd[\"review\"][\"reviewed\"]' 0"
for bad in cap,,anne,Anne,2026-12-01,Légifrance cap,,,ines,2026-12-01,x cap,,anne,ines,,x cap,,anne,ines,2026-12-01, \
    nothing,,anne,,, cap,2012-01-01/nobody,anne,,,; do
	reviewed "$bad"
	TAPR_LAW=$dir/reviewed run law check
	[ "$status" -eq 1 ] && grep -q 'review.csv.*ligne 2' "$err" || echo "$bad" >> "$dir/accepted"
done
both "tapr law check refuses an author who is her own reviewer, a review without day, source or object" '! cat "$dir/accepted" 2> /dev/null'
reviewed cap,,anne,Anne,2026-12-01,Légifrance
both "and says why" "expect 1" "says 'ne relit pas ses propres valeurs'"

run law status --years 2020-2021
both "tapr law status shows the years asked for" "expect 0" \
    'grep -Eq "^ +20 21$" "$out"'
run law
both "tapr law is tapr law status" "expect 0" "prints tariff_start"
run law show majorations M2 --on 2024-01-01
both "tapr law show gives a value with its text and its source" "expect 0" \
    "prints 'M2 = 58' 'Arrêté du 27 décembre 2023' source law/params/majorations.csv:"
run law show majorations M1 --on 2015-06-01
both "tapr law show refuses a gap, and says where to add the value" "expect 1" \
    "says majorations name=M1 2015-06-01 law/params/majorations.csv --law"
run law show no_such_parameter x
both "tapr law show refuses an unknown parameter" "expect 1" \
    "says no_such_parameter 'tapr law status'"
run law show
both "tapr law show without a name is a usage error" "expect 2" "says PARAMÈTRE"
run law revise
both "an unknown verb of tapr law is a usage error" "expect 2" "says 'status, show, check ou diff'"
run law check
both "tapr law check finds no error in the law that is shipped" "expect 0" \
    "prints '0 erreur, '"
both "tapr law check warns of the gaps" "prints avertissement average_costs.csv:"

# --- --law ------------------------------------------------------------------------

run rate "$facts" --json
cp "$out" "$dir/published.json"
added "$row"
run rate "$facts" --law "$dir/more" --json
cp "$out" "$dir/replaced.json"
# shellcheck disable=SC2016
both "--law replaces a value, and JSON shows it in law.added" "expect 0" \
    'python3 - "$dir/published.json" "$out" <<- "END"
	import json, sys
	old, new = (json.load(open(f, encoding="utf-8")) for f in sys.argv[1:])
	assert old["law"]["added"] == []
	(row,) = new["law"]["added"]
	assert row["parameter"] == "majorations.M1" and row["value"] == "0.99", row
	assert row["source"] == "journal-essai" and row["line"] == 2, row
	assert row["file"].endswith("more/majorations.csv") and row["added"] is True
	assert new["law"]["digest"] != old["law"]["digest"]
	assert new["notified"] != old["notified"]
	step = next(s for s in new["steps"] if s["id"] == "individual")
	assert any(s["added"] for s in step["parameter_sources"])
END' 'tools/recheck --facts "$facts" "$out"'
run rate "$facts" --law "$dir/more"
both "--law is shown on a sheet in text" "expect 0" "prints 'NON PUBLIÉ' 0.99 journal-essai"
run rate "$facts" --law "$dir/more" --format html
both "--law is shown on a sheet in HTML" "expect 0" "prints 'non publié' journal-essai"
run simulate "$facts" --set rebate=0.10 --law "$dir/more"
both "--law is shown on a simulation" "expect 0" "prints --law majorations.M1 0.99"
run explain "$facts" examples/facts/3-mecanique-2025.json --law "$dir/more"
both "--law is shown on an explanation in text" "expect 0" "prints journal-essai"
run explain "$facts" examples/facts/3-mecanique-2025.json --law "$dir/more" --json
both "--law is shown on an explanation in JSON" "expect 0" \
    'grep -q "\"added\":\[{\"parameter\":\"majorations.M1\"" "$out"'
run explain "$facts" examples/facts/3-mecanique-2025.json --law "$dir/more" --format html
both "--law is shown on an explanation in HTML" "expect 0" "prints journal-essai"
run law show majorations M1 --on 2024-06-01 --law "$dir/more"
both "--law is shown by tapr law show" "expect 0" "prints 0,99 --law majorations.csv:2"
run law status --law "$dir/more"
both "--law is shown by tapr law status" "expect 0" "prints --law"
run rule net-rate year=2024 gross=1 --law "$dir/more" --json
both "--law is shown on the answer of a rule" "expect 0" "prints journal-essai"

# A value for what is a gap of the law: branch A in 2022 has no average costs.
sed -E 's/2024,/2022,/; s/"2018": "71/"2017": "70.00", "2018": "71/;
    s/"2020": "27/"2018": "1.00", "2019": "1.00", "2020": "27/' "$facts" > "$dir/2022.json"
run rate "$dir/2022.json"
both "a rate that meets a gap is refused" "expect 1" "says average_costs"
{
	echo 'valid_from,valid_to,zone,ctn,group,category,value,unit,text,published,source,checked_on,note'
	for category in IT1 IT2 IT3 IT4 IT5 IT6 IP1 IP2 IP3 IP4; do
		echo "2022-01-01,2023-01-01,*,A,,$category,1000,EUR,Essai,,journal-essai,2026-01-02,"
	done
} > "$dir/more/average_costs.csv"
run rate "$dir/2022.json" --law "$dir/more" --json
both "a gap that --law fills is no longer one" "expect 0" \
    "prints journal-essai '\"year\":2022'" \
    'tools/recheck --facts "$dir/2022.json" "$out"'
mkdir "$dir/nested"
mv "$dir/more" "$dir/nested/params"
run rate "$dir/2022.json" --law "$dir/nested" --json
both "--law takes a folder of parameters or one that holds params/" "expect 0" \
    "prints journal-essai"

# --- what is refused -----------------------------------------------------------------

# unsound SENTENCE FILE:LINE WORD... -- ROW...
unsound() {
	local sentence=$1 words=()
	shift
	while [ "$1" != -- ]; do
		words+=("$1")
		shift
	done
	shift
	added "$@"
	run rate "$facts" --law "$dir/more"
	both "$sentence" "expect 1" "says $(printf '%q ' "${words[@]}")"
}
unsound "a parameter without a source is refused" majorations.csv:2 "sans source" \
    -- "${row/journal-essai/}"
unsound "a parameter without its legal text is refused" majorations.csv:2 \
    "texte de loi" -- "${row/Essai/}"
unsound "a parameter without the day it was read is refused" majorations.csv:2 \
    checked_on -- "${row/2026-01-02/}"
unsound "a parameter without a value is refused" majorations.csv:2 "valeur vide" \
    -- "${row/0.99/}"
unsound "a parameter that is no number is refused" majorations.csv:3 "« 0,99 »" nombre \
    -- "$row" "2026-01-01,,M1,\"0,99\",percent,Essai,,journal-essai,2026-01-02,"
unsound "an unknown unit is refused" majorations.csv:2 "« euros »" percent \
    -- "${row/percent/euros}"
unsound "an impossible date is refused" majorations.csv:2 valid_from AAAA-MM-JJ \
    -- "${row/2024-01-01/2024-13-01}"
unsound "a period that ends before it starts is refused" majorations.csv:2 valid_to \
    -- "${row/2025-05-01/2023-05-01}"
unsound "two rows for the same day are refused" majorations.csv:3 "ligne 2" recouvre \
    -- "$row" "2025-04-30,,M1,0.50,percent,Essai,,journal-essai,2026-01-02,"
unsound "a row with a column too few is refused" majorations.csv:2 \
    -- "2024-01-01,2025-05-01,M1,0.99"
added "$row"
sed -i 's/,source,/,/' "$dir/more/majorations.csv"
run rate "$facts" --law "$dir/more"
both "a file without the column source is refused" "expect 1" "says majorations.csv source"
added "$row"
printf 'x' > "$dir/more/Notes.csv"
run rate "$facts" --law "$dir/more"
both "a file with the name of no parameter is refused" "expect 1" "says Notes.csv renommez"
run rate "$facts" --law "$dir/nowhere"
both "a missing directory is refused" "expect 1" "says nowhere vérifiez"
mkdir "$dir/nothing"
run rate "$facts" --law "$dir/nothing"
both "an empty directory is refused" "expect 1" "says nothing 'aucun paramètre'"
added "$row"
run rate "$facts" --law "$dir/more/majorations.csv"
both "a file in the place of the directory is refused" "expect 1" "says majorations.csv"
run law check --law "$dir/nowhere"
both "tapr law check refuses a missing directory too" "expect 1" "says nowhere"

# --- where the law is -------------------------------------------------------------------

cp -r law "$dir/law"
echo 2099.9 > "$dir/law/VERSION"
TAPR_LAW=$dir/law run law status
both "TAPR_LAW names the directory of the law" "expect 0" "prints 'Loi 2099.9'"
sed -i '2s/,legifrance-css,/,,/' "$dir/law/params/cap.csv"
TAPR_LAW=$dir/law run rate "$facts"
both "the law itself is refused when a row has no source" "expect 1" \
    "says law/params/cap.csv:2 'sans source'"
# Two runs on the same law, whatever order the file system lists it in.
mkdir "$dir/shuffled" "$dir/shuffled/params"
cp law/VERSION law/sources.csv "$dir/shuffled"
for file in $(printf '%s\n' law/params/*.csv | sort -R); do
	cp "$file" "$dir/shuffled/params"
done
TAPR_LAW=$dir/shuffled run rate "$facts" --json
both "the order of the files on the disk changes no byte" "expect 0" \
    'cmp "$out" "$dir/published.json"'
# ---- a change, in words (S4-09) ------------------------------------------------------
cp -r law "$dir/new"
echo 2026.9 > "$dir/new/VERSION"
python3 - "$dir/new/params" <<- 'END'
import csv, sys
def edit(name, change):
    path = f"{sys.argv[1]}/{name}.csv"
    rows = list(csv.reader(open(path, encoding="utf-8")))
    change(rows)
    csv.writer(open(path, "w", encoding="utf-8", newline=""), lineterminator="\n").writerows(rows)
def m2(rows):
    r = next(r for r in rows if r[0] == "2024-01-01" and r[2] == "M2")
    r[3] = "60"
def rebate(rows):
    r = [r for r in rows if r[2] == "maximum"][-1]
    assert r[1] == ""
    r[1] = "2027-01-01"
    rows.append(["2027-01-01", "", "maximum", "0.30"] + r[4:])
edit("majorations", m2)
edit("rebate", rebate)
END
run --today 2026-06-01 law diff --to "$dir/new"
both "a changed set is told in words: what, from when, from what to what, by which text" "expect 0" \
    "prints '! majorations, M2' '58 % devient 60 %' 'Arrêté du 27 décembre 2023' 'RÉTROACTIF : change ce qui valait déjà'"
both "what comes later is not retroactive" "prints '  rebate, maximum' 'nouveau, 0,30' '1 rétroactif (marqué'"
run --today 2026-06-01 law diff --to "$dir/new" --json
both "as JSON too" "expect 0" 'json "$out"' "prints '\"change\": \"value\"' '\"old\": \"58\"' '\"new\": \"60\"' '\"retroactive\": 1}'"
run --today 2023-06-01 law diff --from "$dir/new" --to law --json
both "seen before it takes effect nothing of it is retroactive" "expect 0" "prints '\"retroactive\": 0}'"
run law diff --from law --to law
both "a set changes nothing in itself" "expect 0" "prints 'rien ne change'"
run law diff
both "two sets are needed" "expect 2" "says --from"
finish
