#!/bin/bash
# revision -- the five-yearly revision by questionnaire: no step is skipped, and
# a reclassification is decided by two people after the employer was heard.
set -uo pipefail
. "$(dirname "$0")/../tap.sh"
. tests/e2e/common

one=73282932000009 two=73282933800001 three=73282934600004
shut=73282935300018 other=73282936100003 late=73282937900005
fund "$dir/fund" > "$err" 2>&1 <<- END
	class $one main 2020-01-01 452BE B
	class $one support 2020-01-01 0000A B
	class $two main 2018-01-01 285DA A
	class $two main 2022-01-01 452BE B
	class $three main 2020-01-01 452BE B
	class $three home 2020-01-01 452BE B
	place $shut F
	class $shut main 2020-01-01 452BE B
	class $other main 2020-01-01 285DA A
	class $late main 2027-01-01 452BE B
END
both "a fund with classified sections is made" 'test ! -s "$err"'

# as NAME DAY WORD...: an act of the revision.
as() {
	run -C "$dir/fund" --as "$1" --today "$2" revision "${@:3}"
}

# state SIRET STATE [SECTION]
state() {
	"$TAPR" -C "$dir/fund" revision show r27 "$1" --json > "$dir/file.json" &&
	    python3 - "$dir/file.json" "$2" "${3-main}" <<- 'END'
	import json, sys
	doc = json.load(open(sys.argv[1], encoding="utf-8"))
	(f,) = [f for f in doc["files"] if f["section"] == sys.argv[3]]
	assert f["state"] == sys.argv[2], f["state"]
	END
}

# --- opening -------------------------------------------------------------------

run -C "$dir/fund" revision open r27 --answer-by 2026-03-31
both "an act without its author is a usage error" "expect 2" "says --as"
as anne 2026-01-05 open r27
both "a round without a last day to answer is a usage error" "expect 2" "says --answer-by"
as anne 2026-01-05 open r27 --answer-by 2026-01-05
both "a last day to answer that is past is refused" "expect 1" "says --answer-by 'à venir'"
as anne 2026-01-05 open r27 --answer-by 2026-03-31 --risk-code 452BE "$other"
both "an establishment of another code is refused" "expect 1" "says $other 452BE"
as anne 2026-01-05 open r27 --answer-by 2026-03-31 --risk-code 452BE "$shut"
both "a closed establishment is refused" "expect 1" "says $shut ouverte"
as anne 2026-01-05 open r27 --answer-by 2026-03-31 73282932000008
both "what is no SIRET is refused" "expect 1" "says 'pas un SIRET'"
run -C "$dir/fund" revision list r27
both "a refused round leaves nothing" "expect 1" "says r27 'pas de révision'"
as anne 2026-01-05 open r27 --answer-by 2026-03-31 --risk-code 452BE --json
both "a round takes the open sections of a code, support staff aside" "expect 0" \
    "prints '\"files\": 4'" 'json "$out"'
as anne 2026-01-05 open r27 --answer-by 2026-03-31
both "a round is opened once" "expect 1" "says 'existe déjà'"
as anne 2026-01-05 open all --answer-by 2026-03-31
both "without a code or a SIRET a round takes every open section" "expect 0" \
    "prints '5 sections'"
run -C "$dir/fund" revision list r27
both "the list says where each section stands" "expect 0" \
    "prints $one $two $three '4  à envoyer'" '! grep -q "$shut" "$out"'

# --- no step is skipped ------------------------------------------------------------

# lacks SENTENCE STEP ACT...: refused, with the step that is missing.
lacks() {
	as anne 2026-01-06 "${@:3}"
	both "$1" "expect 1" "says 'il manque' '« $2 »'"
}
reason='chantiers de couverture : art. L. 242-5'
lacks "a reminder before sending is refused" send remind r27 "$one"
lacks "an answer before sending is refused" send answer r27 "$one" --document GED-1
lacks "a conclusion before sending is refused" send \
    conclude r27 "$one" unchanged --reason "$reason"
lacks "a proposal before a conclusion is refused" conclude propose r27 "$one" --until 2026-05-01
lacks "an observation before a conclusion is refused" conclude \
    observe r27 "$one" --document GED-2
lacks "a decision before a conclusion is refused" conclude decide r27 "$one" accept \
    --effect 2027-01-01
as anne 2026-01-04 send r27 "$one"
both "a step dated before the one it rests on is refused" "expect 1" "says '5 janvier 2026' avant"
as anne 2026-01-12 send r27
both "without a SIRET all that wait are sent" "expect 0" "prints '4 questionnaires'"
as anne 2026-01-13 send r27 "$one"
both "a questionnaire is not sent twice" "expect 1" "says 'déjà envoyé'"
as anne 2026-01-13 send r27
both "sending when nothing waits is refused" "expect 1" "says 'aucun dossier'"
as anne 2026-01-13 send r27 "$other"
both "an establishment that is not of the round is refused" "expect 1" "says $other"
as anne 2026-02-01 answer r27 "$one"
both "an answer without its document is refused" "expect 1" "says --document"
as anne 2026-02-01 answer r27 "$one" --document GED-1
both "an answer is kept with its document" "expect 0" "prints '1 réponse enregistrée'" \
    "state $one answered"
as anne 2026-02-02 answer r27 "$one" --document GED-9
both "an answer is taken once" "expect 1" "says 'déjà répondu'"
as anne 2026-02-02 remind r27 "$one"
both "who answered is not reminded" "expect 1" "says 'plus de réponse'"

# --- ex officio ---------------------------------------------------------------------

as anne 2026-04-01 conclude r27 "$two" unchanged --reason "$reason"
both "without an answer a conclusion needs a reminder" "expect 1" \
    "says 'il manque' '« remind »'"
as anne 2026-03-01 remind r27
both "without a SIRET all that did not answer are reminded" "expect 0" "prints '3 relances'"
as anne 2026-03-31 conclude r27 "$two" unchanged --reason "$reason"
both "the last day to answer counts whole" "expect 1" "says '31 mars 2026' après"
as anne 2026-04-01 conclude r27 "$two" unchanged
both "a conclusion without a reason is refused" "expect 1" "says --reason"
as anne 2026-04-01 conclude r27 "$two" unchanged --reason "$reason"
both "an unanswered questionnaire is concluded ex officio the day after" "expect 0" \
    "state $two unchanged"
as anne 2026-04-02 propose r27 "$two" --until 2026-05-01
both "what stays unchanged is not proposed" "expect 1" "says 'rien à proposer'"
as bruno 2026-06-02 decide r27 "$two" drop
both "what stays unchanged is not decided" "expect 1" "says 'rien à décider'"

# --- another code --------------------------------------------------------------------

as anne 2026-02-10 conclude r27 "$one" reclassify --reason "$reason"
both "a reclassification without a code is refused" "expect 1" "says --risk-code"
as anne 2026-02-10 conclude r27 "$one" reclassify --risk-code 45.2BE --reason "$reason"
both "what is no risk code is refused" "expect 1" "says 'code risque'"
as anne 2026-02-10 conclude r27 "$one" reclassify --risk-code 999ZZ --reason "$reason"
both "a code that is not in the tariff is refused" "expect 1" "says 999ZZ tarif"
as anne 2026-02-10 conclude r27 "$one" reclassify --risk-code 452BE --reason "$reason"
both "the code that the section has is no change" "expect 1" "says unchanged"
as anne 2026-02-10 conclude r27 "$one" reclassify --risk-code 285DA --reason "$reason"
both "a code of another branch is refused" "expect 1" "says 'CTN A' 'CTN B' '--ctn A'"
as anne 2026-02-10 conclude r27 "$one" reclassify --risk-code 453AF --ctn A --reason "$reason"
both "a branch that is not that of the code is refused" "expect 1" "says 453AF 'CTN B'"
as anne 2026-02-10 conclude r27 "$one" reclassify --risk-code 453AF --reason "$reason"
both "another code of the branch is a conclusion" "expect 0" "state $one to_propose"
as bruno 2026-05-02 decide r27 "$one" accept --effect 2027-01-01
both "a decision before the proposal is refused" "expect 1" "says '« propose »'"
as anne 2026-02-11 propose r27 "$one"
both "a proposal without a last day to observe is refused" "expect 1" "says --until"
as anne 2026-02-11 propose r27 "$one" --until 2026-03-15
both "a proposal goes to the employer" "expect 0" "state $one proposed"
as bruno 2026-03-15 decide r27 "$one" accept --effect 2027-01-01
both "a decision while the employer may observe is refused" "expect 1" \
    "says '15 mars 2026' observation"
as anne 2026-03-16 decide r27 "$one" accept --effect 2027-01-01
both "who concluded does not decide" "expect 1" "says 'une autre personne'"
as bruno 2026-03-16 decide r27 "$one" accept
both "a decision without its day of effect is refused" "expect 1" "says --effect"
as bruno 2026-03-16 decide r27 "$one" accept --effect 2016-06-01
both "a code unknown on the day of effect is refused" "expect 1" "says 453AF '1er juin 2016'"
as bruno 2026-03-16 decide r27 "$one" accept --effect 2020-01-01
both "an effect that does not follow the classification is refused" "expect 1" \
    "says '1er janvier 2020' --effect"
as bruno 2026-03-16 decide r27 "$one" accept --effect 2027-01-01
both "somebody else decides once the period is over" "expect 0" "state $one accepted"
as bruno 2026-03-17 observe r27 "$one" --document GED-3
both "an observation after the decision is refused" "expect 1" "says 'déjà prise'"
# shellcheck disable=SC2016
both "the decision is a classification, with its document, reason and decider" \
    'sql "$dir/fund" "select risk_code, ctn, from_on, source_document,
	author, reason from classification where siret = ? and from_on > 20200101" "$one" |
	grep -Fx "453AF|B|20270101|GED-1|bruno|$reason"'
run -C "$dir/fund" --today 2026-04-01 revision show r27 "$one"
both "a file shows all its steps" "expect 0" \
    "prints 'envoyé le : 12 janvier 2026' 'répondu le : 1er février 2026' GED-1 'code proposé : 453AF' \
	'décidé par : bruno' 'effet le : 1er janvier 2027' reclassé"

# --- sections, observations, dropping --------------------------------------------------

as anne 2026-04-02 answer r27 "$three" --document GED-4
both "one answer is of every section asked" "expect 0" "prints '2 réponses enregistrées'"
as anne 2026-04-03 conclude r27 "$three" reclassify --risk-code 453AF --reason "$reason"
both "a conclusion on several sections asks which" "expect 1" "says --section"
as anne 2026-04-03 conclude r27 "$three" reclassify --risk-code 453AF --reason "$reason" \
    --section home
both "a conclusion is of one section" "expect 0" "state $three to_propose home" \
    "state $three answered main"
as anne 2026-04-03 propose r27 "$three" --section home --until 2026-05-03
as anne 2026-04-10 observe r27 "$three" --section home
both "an observation without its document is refused" "expect 1" "says --document"
as anne 2026-04-10 observe r27 "$three" --section home --document GED-5
both "an observation is kept with its document" "expect 0" "state $three observed home"
as bruno 2026-04-11 decide r27 "$three" drop --section home
both "after an observation a proposal can be dropped at once" "expect 0" \
    "state $three dropped home"
both "what was dropped is no classification" \
    'test "$(sql "$dir/fund" "select count(*) from classification
	where siret = ?" "$three")" = 2'
run -C "$dir/fund" revision list r27 --json
both "the list is one JSON document" "expect 0" 'json "$out"' \
    "prints '\"accepted\": 1' '\"dropped\": 1' '\"unchanged\": 1' '\"answered\": 1'"
run -C "$dir/fund" revision show r27 "$other"
both "a file that is not of the round is refused" "expect 1" "says $other"

# --- delays of a revision ----------------------------------------------------------------

run -C "$dir/fund" delays --step revision-answer --today 2026-03-01 --json
both "the delays of the answers follow the day asked for" "expect 0" 'json "$out"' \
    "prints '\"n\": 3, \"median\": 48' '\"n\": 1, \"median\": 20' '\"passed\": 0'"
run -C "$dir/fund" delays --step revision-answer --today 2026-04-01 --json
both "an answer that is late is signalled" "expect 0" "prints '\"passed\": 2' '[\"due\"]'"
run -C "$dir/fund" delays --step revision-decision --today 2026-04-12
both "the delays of the decisions run from the answer" "expect 0" "prints $three '2 avril 2026'"
finish
