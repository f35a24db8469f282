#!/bin/bash
# dsn_import -- DSN files come in: payroll and headcounts from them, versions in
# any order, nothing of a person kept, and who declares a rate that is not his.
#
# The fund is that of Bretagne, the files of tests/data/dsn are invented.
set -uo pipefail
. "$(dirname "$0")/../tap.sh"
. tests/e2e/common

data=$dir/data
cp -r tests/data/dsn "$data"
fund=$dir/fund empty=$dir/empty
a=99998500500019 b=99998500500027
month=$data/mensuelle-P26V01.dsn
replaces=$data/remplace-P26V01.dsn
cancels=$data/annule-P26V01.dsn

f() {
	run -C "$fund" --as agent1 --today 2026-04-01 "$@"
}
import() {
	f import dsn --json "$@"
}
fresh() {
	rm -rf "$fund"
	cp -r "$empty" "$fund"
}
# counts READ APPLIED UNCHANGED WAITING SET_ASIDE: of the last import.
counts() {
	prints "\"read\": $1, \"applied\": $2, \"unchanged\": $3, \"waiting\": $4, \"set_aside\": $5"
}
# facts [FUND]: what is in force, without where it came from.
facts() {
	python3 - "${1:-$fund}" <<- 'END'
	import sqlite3, sys
	c = sqlite3.connect(sys.argv[1] + "/register.db")
	for t in ("dsn_declaration", "dsn_amount", "dsn_share", "dsn_rate", "payroll", "headcount"):
	    names = [r[1] for r in c.execute(f"pragma table_info({t})")]
	    own = [n for n in names if n not in ("batch", "line", "superseded_by_batch", "checksum")]
	    for r in sorted(map(str, c.execute(f"select {','.join(own)} from {t} "
	        "where superseded_by_batch is null"))):
	        print(t, r)
	END
}
# has TEXT...: each is a line of the facts.
has() {
	local text
	facts > "$dir/facts"
	for text; do
		grep -qxF -e "$text" "$dir/facts" || {
			echo "there is no fact: $text"
			grep "^${text%% *}" "$dir/facts"
			return 1
		}
	done
}
has_no() {
	facts | grep -F -e "$1" && return 1
	return 0
}
# changed FROM TO NAME SED...: a file changed by sed, its total put right.
changed() {
	local from=$1 to=$2
	shift 2
	LC_ALL=C sed "$@" "$from" > "$to"
	LC_ALL=C sed -i "s/^S90.G00.90.001,.*/S90.G00.90.001,'$(wc -l < "$to")'/" "$to"
}

run init "$empty" --fund bretagne
for siret in $a $b; do
	run -C "$empty" --as agent1 --today 2026-01-02 employer create $siret \
	    created_on=2020-01-01 name=FICTIF address=RUE postcode=35000 commune=35238 document=d
done

# --- a file ------------------------------------------------------------------------

fresh
import "$month"
both "a DSN is imported, counted in declarations" "expect 0" "json '$out'" "counts 2 2 0 0 0"
both "payroll is the sum of the declaration, the offices apart" \
    "has \"payroll (2026, '$a', 'main', '271ZF', 566702, 31223, 203)\" \
    \"payroll (2026, '$a', 'support', '271ZF', 120055, 7584, 50)\""
both "hours that a contract lacks are unknown, never zero" \
    "has \"payroll (2026, '$b', 'main', '745BA', 610000, None, 151)\""
both "the headcount of the month is that of the whole firm" \
    "has \"headcount (2026, '999985005', 1, 404)\""
both "the risk codes and rates of a section are kept as declared" \
    "has \"dsn_rate (2026, '999985005', '$a', 1, 11, 1, 'main', '271ZF', '-', 2026, 63400, 2, 330000)\" \
    \"dsn_rate (2026, '999985005', '$a', 1, 11, 1, 'main', '452BE', '-', 2026, 31000, 1, 50000)\" \
    \"dsn_rate (2026, '999985005', '$a', 1, 11, 1, 'main', '999ZZ', '-', 2026, -1, 1, 186702)\""
both "temporary work is kept by user establishment" \
    "has \"dsn_amount (2026, '999985005', '$b', 1, 11, 1, 'main', '745BD', '99997400900014', 2026, 210000, 11200, 0, 1, 0)\""
# Two more than 745BA: the sum stays under the code with most of it.
both "several codes in one section are told, and each keeps its own amount" \
    "prints S21.G00.40.040/REUNIS" \
    "has \"dsn_amount (2026, '999985005', '$b', 1, 11, 1, 'main', '745BA', '-', 2026, 400000, 0, 2100, 1, 1)\""
changed "$month" "$data/one.dsn" -e "s/^S21.G00.40.040,'452BE'/S21.G00.40.040,'271ZF'/" \
    -e "s/^S90.G00.90.002,.*/S90.G00.90.002,'1'/" \
    -e "/^S20.G00.05.005/,/^S90/{/^S20.G00.05.001/,/^S90/{/^S90/!d}}"
fresh
import "$data/one.dsn"
both "one code and 999ZZ in a section are not" "counts 1 1 0 0 0" '! grep -q REUNIS "$out"'
fresh
import "$month"
import "$month"
both "the same file twice changes nothing" "expect 0" "counts 2 0 2 0 0"
both "the employer shows the file and line of the payroll" \
    "f employer show $a --on 2026-03-01" "prints mensuelle-P26V01.dsn:18 '5 667,02 €' 312,23"
fresh
import "$month"
both "a correction of a year that is not here makes no payroll of it, and is told" \
    "has \"dsn_amount (2026, '999985005', '$a', 1, 11, 1, 'main', '271ZF', '-', 2025, -12010, 0, 0, 0, 0)\"" \
    "has_no \"payroll (2025\"" "prints S21.G00.78.002/ANNEE"
changed "$replaces" "$data/2025.dsn" -e "s/^\(S20.G00.05.002\),.*/\1,'01'/" \
    -e "/^S20.G00.05.006/d" -e "s/012026'/012025'/" -e "s/^\(S20.G00.05.007\),.*/\1,'05022025'/" \
    -e "s/P26V01/P25V01/"
import "$data/2025.dsn"
both "it counts once that year is declared" "expect 0" \
    "has \"payroll (2025, '$a', 'main', '271ZF', 247990, 15167, 100)\""

# --- versions ------------------------------------------------------------------------

fresh
import "$month"
import "$replaces"
both "a replacement undoes the declaration exactly" "counts 1 1 0 0 0" \
    "has \"payroll (2026, '$a', 'main', '271ZF', 260000, 15167, 100)\"" \
    "has_no \"'support'\"" "has_no 452BE"
import "$cancels"
both "a cancellation leaves nothing of it" "counts 1 1 0 0 0" "has_no \"(2026, '$a'\"" \
    "has \"headcount (2026, '999985005', 1, 151)\""
import "$month"
both "an older version that comes late changes nothing" "counts 2 0 2 0 0" "has_no \"(2026, '$a'\""
changed "$month" "$data/again.dsn" -e "s/^\(S20.G00.05.004\),'1'/\1,'9'/" \
    -e "s/^\(S20.G00.05.007\),.*/\1,'15032026'/"
import "$data/again.dsn"
both "a declaration made after a cancellation stands" \
    "has \"payroll (2026, '$a', 'main', '271ZF', 566702, 31223, 203)\""

# in_order NAME FILE...: the facts that these files leave in a fresh fund.
in_order() {
	local name=$1
	shift
	fresh
	for file; do
		import "$file"
	done
	facts > "$dir/facts-$name"
}
changed "$replaces" "$data/later.dsn" -e "s/^\(S20.G00.05.004\),.*/\1,'3'/" -e "s/'2600.00'/'2700.00'/"
changed "$month" "$data/normal.dsn" -e "s/^\(S20.G00.05.004\),'1'/\1,'4'/" \
    -e "s/^\(S20.G00.05.007\),.*/\1,'05032026'/"
permuted() {
	local set=$1 one=$2 two=$3 three=$4 n=0
	in_order "$set" "$one" "$two" "$three"
	for order in "$one $three $two" "$two $one $three" "$two $three $one" "$three $one $two" "$three $two $one"; do
		n=$((n + 1))
		# shellcheck disable=SC2086
		in_order "$set-$n" $order
		diff "$dir/facts-$set" "$dir/facts-$set-$n" || return 1
	done
	[ -s "$dir/facts-$set" ]
}
try "normal, replacement and cancellation give the same facts in any order" \
    permuted cancel "$month" "$replaces" "$cancels"
try "normal and two replacements give the same facts in any order" \
    permuted twice "$month" "$replaces" "$data/later.dsn"
try "a second normal one that does not say it replaces, too" \
    permuted normal "$month" "$replaces" "$data/normal.dsn"
cat "$month" "$data/later.dsn" "$replaces" > "$data/all.dsn"
in_order one "$data/all.dsn"
both "the versions of one file are settled in it" "counts 4 2 2 0 0" \
    "diff '$dir/facts-twice' '$dir/facts-one'"
fresh
import "$month"
changed "$month" "$data/same.dsn" -e "s/'2500.00'/'2500.01'/"
import "$data/same.dsn"
both "the same order number with another content is set aside by its rule" \
    "expect 0" "counts 2 0 1 0 1" "prints S20.G00.05.004/DOUBLON" \
    "grep -q \"$a,S20.G00.05.004,S20.G00.05.004/DOUBLON\" '$data/same.dsn.rejected.csv'"

# --- refused, dry, strict -------------------------------------------------------------

fresh
changed "$month" "$data/bad.dsn" -e "s/^S21.G00.40.040,'745BD'/S21.G00.40.040,'452BE'/"
import "$data/bad.dsn"
both "a declaration with a fault is set aside by rule and line, the other applied" \
    "expect 0" "counts 2 1 0 0 1" "prints S21.G00.40.040/CCH-12" \
    "grep -q 'S21.G00.40.040/CCH-12' '$data/bad.dsn.rejected.csv'" \
    "! grep -qE '(1780175990005|2820975990006)' '$data/bad.dsn.rejected.csv'"
fresh
import --strict "$data/bad.dsn"
both "--strict keeps nothing of such a file" "expect 1" "says strict" "has_no dsn_"
import --dry-run "$month"
both "--dry-run tells and keeps nothing" "expect 0" "counts 2 2 0 0 0" "has_no dsn_"
changed "$month" "$data/total.dsn" -e "s/^S90.G00.90.002,.*/S90.G00.90.002,'3'/"
import "$data/total.dsn"
both "a total S90 that is wrong refuses the file and says where" "expect 1" \
    "says S90.G00.90.002/TOTAL" "grep -q 'S90.G00.90.002/TOTAL' '$data/total.dsn.rejected.csv'" "has_no dsn_"
changed "$month" "$data/norm.dsn" -e "s/P26V01/P31V01/"
import "$data/norm.dsn"
both "a norm of a year that is not in the law is refused and named" "expect 1" "says P31V01" "has_no dsn_"
changed "$month" "$data/old.dsn" -e "s/P26V01/P25V01/"
import "$data/old.dsn"
both "the norm of the year before is read for a month of this one" "expect 0"
fresh
echo 'siret,year' > "$data/not.dsn"
import "$data/not.dsn"
both "a file that is no DSN is refused" "expect 1" "says not.dsn:1 FICHIER/RUBRIQUE"

# --- beside other flows ---------------------------------------------------------------

fresh
printf 'siret,section,risk_code,year,payroll_eur,hours,headcount\n%s,main,271ZF,2026,1000.00,10,1\n' \
    $a > "$dir/payroll.csv"
f import payroll "$dir/payroll.csv"
import "$month"
both "a figure of payroll.csv that a sum replaces is counted" "prints '\"replaced_figures\": 1'" \
    "has \"payroll (2026, '$a', 'main', '271ZF', 566702, 31223, 203)\""
f import payroll "$dir/payroll.csv"
import "$month"
both "the last file stands: the same DSN again changes nothing" "counts 2 0 2 0 0" \
    "has \"payroll (2026, '$a', 'main', '271ZF', 100000, 1000, 100)\""

# --- nothing of a person --------------------------------------------------------------

# persons FILE...: the NIR, names and mail addresses that the files hold.
persons() {
	LC_ALL=C sed -nE "s/^S21\.G00\.30\.(001|002|004|008|019),'(.*)'.?$/\2/p" "$@" |
	    LC_ALL=C grep -v '^.\{0,3\}$' | LC_ALL=C sort -u
}
# none_in FOLDER: no byte of it is one of them; the sources are.
none_in() {
	persons "$data"/*.dsn > "$dir/persons"
	[ "$(wc -l < "$dir/persons")" -ge 12 ] || return 1
	LC_ALL=C grep -qrF -f "$dir/persons" "$data"/mensuelle-P26V01.dsn || return 1
	! LC_ALL=C grep -raohF -f "$dir/persons" "$@"
}
fresh
f employer rename $a from=2026-01-01 name=AUTRE document=d
f employer rename $b from=2026-01-01 name=AUTRE document=d
for file in "$data"/mensuelle-P2*.dsn "$replaces" "$data/bad.dsn" "$cancels" "$data/total.dsn"; do
	import "$file"
	cat "$out" "$err" >> "$dir/said"
done
try "no NIR, name or address of a file is in any byte of the fund, the reports and the rejects" \
    none_in "$fund" "$dir/said" "$data"/*.rejected.csv

# --- a whole region -------------------------------------------------------------------

run synth --out "$dir/synth" --share 0.002 --seed 7 --dsn 40 --fund bretagne
for name in csv dsn late; do
	run init "$dir/$name" --fund bretagne
	[ $name = late ] || run -C "$dir/$name" --as agent1 import sirene "$dir"/synth/StockEtablissement_utf8.csv
done
run -C "$dir/csv" --as agent1 import payroll "$dir/synth/payroll.csv"
run -C "$dir/dsn" --as agent1 import dsn "$dir/synth/dsn" --json
both "a folder stands for its files" "expect 0" "counts 520 520 0 0 0"
run -C "$dir/late" --as agent1 import dsn "$dir/synth/dsn" --json
both "declarations of establishments not known yet wait" "expect 0" "counts 520 0 0 520 0"
run -C "$dir/late" --as agent1 import sirene "$dir"/synth/StockEtablissement_utf8.csv
both "they are added up when SIRENE brings the establishment" "expect 0" \
    "diff <(facts '$dir/dsn') <(facts '$dir/late')"
# same_payroll: `employer show` of both funds gives the same payroll of 2024.
same_payroll() {
	python3 - "$TAPR" "$dir" <<- 'END'
	import json, sqlite3, subprocess, sys
	tapr, dir = sys.argv[1:]
	sirets = [r[0] for r in sqlite3.connect(dir + "/dsn/register.db").execute(
	    "select distinct siret from dsn_amount order by siret")]
	assert len(sirets) == 40
	def payroll(fund, siret):
	    text = subprocess.run([tapr, "-C", f"{dir}/{fund}", "--today", "2024-12-31", "employer",
	        "show", siret, "--json"], capture_output=True, check=True).stdout
	    return [{k: p[k] for k in ("year", "section", "risk_code", "payroll_eur", "hours")}
	        for p in json.loads(text)["payroll"] if p["year"] == 2024]
	total = 0
	for siret in sirets[::4]:
	    a, b = payroll("csv", siret), payroll("dsn", siret)
	    assert a and a == b, (siret, a, b)
	    total += len(a)
	assert total >= 10
	END
}
try "the DSN of a year give the payroll and hours of payroll.csv to the cent" same_payroll

# --- Ctrl-C ------------------------------------------------------------------------------

run synth --out "$dir/many" --share 0.02 --seed 7 --dsn 300 --fund bretagne
cat "$dir"/many/dsn/*.dsn > "$dir/many.dsn"
fresh
"$TAPR" -C "$fund" --as agent1 import dsn "$dir/many.dsn" > "$out" 2> "$err" &
pid=$!
sleep 0.3
kill -INT $pid
wait $pid
status=$?
both "Ctrl-C stops the import and leaves nothing" "expect 1" "says interrompu" "has_no dsn_" \
    '[ ! -e "$dir/many.dsn.rejected.csv" ]'
f import dsn --json "$dir/many.dsn"
both "and the same file is imported afterwards" "expect 0" "prints '\"applied\": 0, \"unchanged\": 0, \"waiting\": 3900'"

# --- one that waits and cannot be added up -----------------------------------------------

fresh
# Two months of one establishment add up to more than a sum can hold.
{
	for month in 1 2; do
		echo "dsn_amount|2026|999985005|$a|$month|11|1|main|271ZF|-|2026|9000000000000000000|0|0|1|0"
	done
	echo "dsn_amount|2026|999985005|$b|1|11|1|main|745BD|-|2026|150000|0|0|1|0"
	printf 'waiting|dsn|%s|%s|"%s"\n' $a $a $a $b $b $b
} | "$TAPR_BUILD/fund-load" facts "$fund" 2026-03-01
printf 'establishment|siret=%s|state=A|origin=insee\n' $a $b |
    "$TAPR_BUILD/fund-load" facts "$fund" 2026-03-02
printf '%s\n' "siret,section,risk_code,year,rate,mode,effective_on,notified_on" \
    "$b,main,745BD,2026,3.10,collective,2026-01-01,2026-01-10" > "$dir/rates.csv"
f import rates --json "$dir/rates.csv"
both "it is held back and stops no other: the sums of the other are made" "expect 0" \
    'prints "\"released\": 1, \"held\": 1"' "has_no \"payroll (2026, '$a'\"" \
    'facts | grep "^payroll (2026, .$b" | grep -q "150000"'
f import rates "$dir/rates.csv"
both "and is told at each import, with the reason, until it is mended" "expect 0" \
    "prints 'mise de côté' '$a' 'trop grands' '1 inchangée'"

# --- one that waits and of which a row is damaged -----------------------------------------

fresh
{
	for siret in $a $b; do
		echo "dsn_amount|2026|999985005|$siret|1|11|1|main|745BD|-|2026|150000|0|0|1|0"
	done
	printf 'waiting|dsn|%s|%s|"%s"\n' $a $a $a $b $b $b
} | "$TAPR_BUILD/fund-load" facts "$fund" 2026-03-01
printf 'establishment|siret=%s|state=A|origin=insee\n' $a $b |
    "$TAPR_BUILD/fund-load" facts "$fund" 2026-03-02
echo "update dsn_amount set payroll_cents = 250000 where siret = '$a';" |
    "$TAPR_BUILD/fund-load" damage "$fund"
f import rates --json "$dir/rates.csv"
both "an amount changed in the database holds back its establishment alone" "expect 0" \
    'prints "\"released\": 1, \"held\": 1"' "has_no \"payroll (2026, '$a'\"" \
    'facts | grep "^payroll (2026, .$b" | grep -q "150000"'
f import rates "$dir/rates.csv"
both "and is told with its line and its batch" "expect 0" "prints 'mise de côté' '$a' 'abîmée' 'ligne 1 du lot'"

# --- rates declared ------------------------------------------------------------------------

fresh
cat > "$dir/rates.csv" <<- END
	siret,section,risk_code,year,rate,mode,effective_on,notified_on
	$a,main,271ZF,2025,6.34,mixed,2025-01-01,2025-01-10
	$a,main,271ZF,2026,5.34,mixed,2026-01-01,2026-02-20
	$b,main,745BD,2026,3.10,collective,2026-01-01,2026-01-10
	END
f import rates "$dir/rates.csv"
import "$month"
f employer rates-declared --json
both "before the notice the previous rate is right; another code's is not" "expect 0" "json '$out'" \
    "python3 -c '
import json, sys
d = json.load(open(sys.argv[1]))
got = [(r[\"siret\"], r[\"risk_code\"], r[\"declared\"], r[\"notified\"], r[\"months\"], r[\"difference_cents\"]) for r in d[\"rows\"]]
# 452BE at 3.10 for 6.34 on 500.00 EUR, nothing with 999ZZ, 745BA at 1.20 for 3.10 on 4 000.00 EUR
assert got == [(\"$a\", \"452BE\", \"3.1000\", \"6.3400\", [\"2026-01\"], 1620),
    (\"$a\", \"999ZZ\", None, \"6.3400\", [\"2026-01\"], None),
    (\"$b\", \"745BA\", \"1.2000\", \"3.1000\", [\"2026-01\"], 7600)], got
assert (d[\"compared\"], d[\"unknown\"], d[\"employers\"]) == (6, 1, 2), d
' '$out'"
import "$replaces"
f employer rates-declared --on 2026-01-15
both "a declaration made after the notice must follow it" "expect 0" \
    "prints 6,34 5,34 'trop déclaré 26,00'"
f employer rates-declared --on 2026-02-15 --json
both "--on is a month" "expect 0" "prints '\"rows\": []'"

# --- rates notified by a campaign -------------------------------------------------------------

# campaign DAY WHO WORD...: an act of the campaign of 2024.
campaign() {
	run -C "$fund" --as "$2" --today "$1" campaign "${@:3}"
}
fresh
f classify $a section=main risk_code=271ZF ctn=A from=2010-01-01 document=d
{
	echo siret,section,risk_code,year,payroll_eur,hours,headcount
	printf "$a,main,271ZF,%d,200000.00,15000,8\n" 2020 2021 2022
} > "$dir/years.csv"
{
	echo siren,year,month,headcount
	for year in 2020 2021 2022; do
		printf "999985005,$year,%d,8.00\n" 1 2 3 4 5 6 7 8 9 10 11 12
	done
} > "$dir/heads.csv"
for kind in payroll:years headcount:heads; do
	run -C "$fund" --as agent1 --today 2023-12-02 import ${kind%:*} "$dir/${kind#*:}.csv"
done
campaign 2024-01-02 agent1 run 2024
changed "$data/2025.dsn" "$data/2024.dsn" -e "s/012025'/012024'/" -e "s/P25V01/P24V01/" \
    -e "s/^\(S20.G00.05.007\),.*/\1,'05022024'/"
import "$data/2024.dsn"
f employer rates-declared --json
both "a rate of a campaign that is only a draft is not one to declare" "expect 0" \
    "prints '\"rows\": []' '\"unknown\": 1'"
campaign 2024-01-02 agent1 decide 2024 lot=1 --json
review=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["review"])' "$out")
campaign 2024-01-06 agent2 decide 2024 lot=1 review="$review"
# Received on 20 January; the declaration was made on 5 February.
campaign 2024-01-10 agent2 notify 2024 lot=1 means=post received=2024-01-20 proof=AR-1
both "the campaign notifies its rate" "expect 0" "prints notifié"
f employer rates-declared --json
# Declared 6.34, notified 7.38 (the collective rate of 271ZF), on 2 600.00 EUR.
both "a declared rate is compared with the one that a campaign notified" "expect 0" \
    "python3 -c '
import json, sys
d = json.load(open(sys.argv[1]))
got = [(r[\"siret\"], r[\"declared\"], r[\"notified\"], r[\"months\"], r[\"difference_cents\"]) for r in d[\"rows\"]]
assert got == [(\"$a\", \"6.3400\", \"7.3800\", [\"2024-01\"], 2704)], d
' '$out'"
both "no rate was imported" \
    'test "$(sql "$fund" "select count(*) from rate")" = 0'
finish
