/*
 * revision_show.c -- a round of the five-yearly revision, to be read.
 */
#include <inttypes.h>
#include <string.h>

#include "doc/fmt.h"
#include "register/revision_run.h"
#include "store/fund.h"
#include "store/row.h"

/* What a person reads of each state, and who has to act next. */
static const char *const state_texts[REVISION_STATES] = {
	[REVISION_OPENED] = "à envoyer",
	[REVISION_SENT] = "envoyé, réponse attendue",
	[REVISION_REMINDED] = "relancé, réponse attendue",
	[REVISION_ANSWERED] = "répondu, à conclure",
	[REVISION_UNCHANGED] = "conclu : inchangé",
	[REVISION_TO_PROPOSE] = "conclu : à proposer à l'employeur",
	[REVISION_PROPOSED] = "proposé, observations attendues",
	[REVISION_OBSERVED] = "observé, à décider",
	[REVISION_ACCEPTED] = "décidé : reclassé",
	[REVISION_DROPPED] = "décidé : abandonné",
};

/* Of each column of a file that a person reads. */
static const char *const column_texts[REV_COLUMNS] = {
	[REV_RISK_CODE] = "code à l'ouverture", [REV_CTN] = "CTN",
	[REV_ANSWER_BY] = "réponse attendue le",
	[REV_OPENED_ON] = "ouvert le", [REV_SENT_ON] = "envoyé le",
	[REV_REMINDED_ON] = "relancé le", [REV_ANSWERED_ON] = "répondu le",
	[REV_ANSWER_DOCUMENT] = "pièce de la réponse",
	[REV_CONCLUDED_ON] = "conclu le", [REV_CONCLUDER] = "conclu par",
	[REV_CONCLUSION] = "conclusion", [REV_PROPOSED_CODE] = "code proposé",
	[REV_PROPOSED_CTN] = "CTN proposé", [REV_REASON] = "motif",
	[REV_PROPOSED_ON] = "proposé le",
	[REV_OBSERVATIONS_UNTIL] = "observations jusqu'au",
	[REV_OBSERVED_ON] = "observé le",
	[REV_OBSERVATION_DOCUMENT] = "pièce de l'observation",
	[REV_DECIDED_ON] = "décidé le", [REV_DECIDER] = "décidé par",
	[REV_DECISION] = "décision", [REV_EFFECT_ON] = "effet le",
};

struct showing {
	const struct revision_whom	*whom;
	bool				 json, whole;
	struct str			*out;
	int64_t				 count[REVISION_STATES], n;
};

static void
add_value(struct str *out, const struct value *v, enum column_type type,
    bool json)
{
	char day[DATE_TEXT_MAX];
	const char *text = v->kind == VALUE_TEXT ? v->s : NULL;

	if (type == COLUMN_DATE && v->kind == VALUE_INT && !json) {
		fmt_date(out, value_to_date(v));
		return;
	}
	if (type == COLUMN_DATE && v->kind == VALUE_INT)
		text = date_text(value_to_date(v), day);
	if (json)
		str_add_json(out, text);
	else
		str_add(out, text == NULL ? "" : text);
}

/* {"round": ..., column by column */
static void
row_json(struct str *out, const struct value *v, enum table_id id)
{
	const struct table *t = table_get(id);

	for (int i = 0; i < t->columns; i++) {
		str_add(out, i == 0 ? "{" : ", ");
		str_add_json(out, t->column[i].name);
		str_add(out, ": ");
		add_value(out, &v[i], t->column[i].type, true);
	}
}

static void
file_text(struct showing *s, const struct value *v,
    enum revision_state state)
{
	const struct table *t = table_get(TABLE_REVISION_FILE);

	str_printf(s->out, "%s  %-7s  %s  %s\n", value_or_empty(&v[REV_SIRET]),
	    value_or_empty(&v[REV_SECTION]),
	    value_or_empty(&v[REV_RISK_CODE]), state_texts[state]);
	for (int i = REV_RISK_CODE; s->whole && i < REV_COLUMNS; i++) {
		if (v[i].kind == VALUE_NULL)
			continue;
		str_printf(s->out, "  %s : ", column_texts[i]);
		add_value(s->out, &v[i], t->column[i].type, false);
		str_add_char(s->out, '\n');
	}
}

static void
file_json(struct showing *s, const struct value *v,
    enum revision_state state)
{
	str_add(s->out, s->n == 0 ? "" : ",\n ");
	row_json(s->out, v, TABLE_REVISION_FILE);
	str_add(s->out, ", \"state\": ");
	str_add_json(s->out, revision_state_words[state]);
	str_add_char(s->out, '}');
}

static int
show_files(struct store *store, int64_t known, struct showing *s,
    struct err *err)
{
	const struct revision_whom *w = s->whom;
	struct value key[2] = { value_text(w->round),
	    value_text(w->n > 0 ? w->siret[0] : NULL) };
	const struct row *row;
	struct rows *r;
	int rc;

	if ((rc = rows_open(store, TABLE_REVISION_FILE, known, key,
	    w->n > 0 ? 2 : 1, &r, err)) != TAPR_OK)
		return rc;
	while ((rc = rows_next(r, &row, err)) == TAPR_OK && row != NULL) {
		enum revision_state state = revision_state(row->value);

		if (row->damaged) {
			rc = err_set(err, TAPR_EIO, "revision_file", "une "
			    "ligne du registre est abîmée ; restaurez une "
			    "sauvegarde");
			break;
		}
		(s->json ? file_json : file_text)(s, row->value, state);
		s->count[state]++;
		s->n++;
	}
	rows_free(r);
	return rc;
}

static void
round_head(struct showing *s, const struct value *round)
{
	if (s->json) {
		str_add(s->out, "{\"round\": ");
		row_json(s->out, round, TABLE_REVISION_ROUND);
		str_add(s->out, "},\n\"files\": [");
		return;
	}
	str_printf(s->out, "Révision « %s », ouverte le %s, réponses jusqu'au "
	    "%s\n\n", value_or_empty(&round[ROUND_NAME]),
	    fmt_day(value_to_date(&round[ROUND_OPENED_ON])).text,
	    fmt_day(value_to_date(&round[ROUND_ANSWER_BY])).text);
}

static void
round_foot(struct showing *s)
{
	const char *between = "";

	str_add(s->out, s->json ? "],\n\"states\": {" : "\n");
	for (int i = 0; i < REVISION_STATES; i++)
		if (s->json) {
			str_printf(s->out, "%s\"%s\": %" PRId64, between,
			    revision_state_words[i], s->count[i]);
			between = ", ";
		} else if (s->count[i] > 0)
			str_printf(s->out, "%8" PRId64 "  %s\n", s->count[i],
			    state_texts[i]);
	str_add(s->out, s->json ? "}}\n" : "");
}

static int
show(struct store *store, struct showing *s, struct err *err)
{
	struct value key = value_text(s->whom->round);
	char text[ROW_TEXT_MAX];
	struct row round;
	int64_t known;
	bool found;
	int rc;

	if ((rc = batch_known(store, &known, err)) != TAPR_OK ||
	    (rc = fact_get(store, TABLE_REVISION_ROUND, known, &key, text,
	    &round, &found, err)) != TAPR_OK)
		return rc;
	if (!found)
		return err_set(err, TAPR_EINVAL, str_brief(
		    s->whom->round).text, "pas de révision de ce nom ; "
		    "ouvrez-la par « tapr revision open »");
	round_head(s, round.value);
	if ((rc = show_files(store, known, s, err)) != TAPR_OK)
		return rc;
	if (s->n == 0 && s->whole)
		return err_set(err, TAPR_EINVAL, s->whom->siret[0],
		    "pas de dossier dans cette révision ; « tapr revision "
		    "list » les montre");
	round_foot(s);
	return str_failed(s->out) ? err_set(err, TAPR_EIO, NULL,
	    "la réponse est trop longue") : TAPR_OK;
}

int
revision_show(const struct place *place, const struct revision_whom *whom,
    bool json, struct str *out, struct err *err)
{
	struct showing s = { .whom = whom, .json = json,
	    .whole = whom->n > 0, .out = out };
	struct fund f;
	int rc;

	rc = fund_open(place, STORE_READ, &f, err);
	if (rc == TAPR_OK)
		rc = show(f.store, &s, err);
	fund_close(&f);
	return rc;
}
