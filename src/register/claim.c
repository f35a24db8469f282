/*
 * claim.c -- tapr claim show: a claim, its decisions, its benefits, and the
 * dates by which the law wants something done (RULES: CSS R. 441-3 and
 * following).
 */
#include <stdio.h>
#include <string.h>

#include "deadline/deadline.h"
#include "doc/fmt.h"
#include "register/view.h"

/* The steps of a file, and the day of the claim that they count from. */
static const struct {
	const char	*step;
	int		 from;
	const char	*label;
} steps[] = {
	{ "declaration", CLAIM_OCCURRED_ON, "déclaration par l'employeur" },
	{ "reserves", CLAIM_DECLARED_ON, "réserves de l'employeur" },
	{ "decision", CLAIM_COMPLETE_ON, "décision ou ouverture d'enquête" },
	{ "questionnaire", CLAIM_COMPLETE_ON, "retour du questionnaire" },
	{ "file_open", CLAIM_COMPLETE_ON, "dossier ouvert à la "
	    "consultation" },
	{ "investigation", CLAIM_COMPLETE_ON, "décision après enquête" },
};

/* What is late: nothing once the claim is decided. */
static bool
is_late(const struct view *v, const struct value *row, struct date last)
{
	return row[CLAIM_RECOGNISED_ON].kind == VALUE_NULL &&
	    row[CLAIM_REFUSED_ON].kind == VALUE_NULL &&
	    date_cmp(last, v->on) < 0;
}

static void
show_deadline(struct view *v, const char *step, const char *label,
    const struct claim_deadline *d, bool late)
{
	char day[DATE_TEXT_MAX];

	if (v->json) {
		str_printf(v->out, "%s{\"step\": \"%s\", \"last_day\": \"%s\", "
		    "\"article\": ", v->shown > 0 ? ", " : "", step,
		    date_text(d->last_day, day));
		str_add_json(v->out, d->article);
		str_printf(v->out, ", \"late\": %s}", late ? "true" : "false");
	} else {
		str_printf(v->out, "  %s : jusqu'au %s (%s)%s\n", label,
		    fmt_day(d->last_day).text, d->article, late ? ", dépassé" : "");
	}
	v->shown++;
}

/* A step that the law of that day does not know is left out. */
static int
show_deadlines(struct view *v, const struct law *law, const struct value *row,
    struct err *err)
{
	const char *kind = value_or_empty(&row[CLAIM_KIND]);

	str_add(v->out, v->json ? "\"deadlines\": [" : "Délais\n");
	v->shown = 0;
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
		struct err none = { .code = TAPR_OK };
		struct claim_deadline d;
		struct date from = value_to_date(&row[steps[i].from]);
		int rc;

		if (!date_is(from))
			continue;
		rc = claim_deadline(law, kind, steps[i].step, from, &d, &none);
		if (rc == TAPR_EINVAL || rc == TAPR_ELAW)
			continue;
		if (rc != TAPR_OK) {
			*err = none;
			return rc;
		}
		show_deadline(v, steps[i].step, steps[i].label, &d,
		    is_late(v, row, d.last_day));
	}
	if (v->json)
		str_add(v->out, "]");
	else if (v->shown == 0)
		str_add(v->out, "  aucun que la loi en base couvre à cette "
		    "date\n");
	return TAPR_OK;
}

static int
find(struct view *v, const char *id, char *text, struct row *ret,
    struct err *err)
{
	struct value key = value_text(id);
	const struct row *row;
	struct rows *rows;
	bool found = false;
	int rc;

	if ((rc = rows_by(v->fund->store, TABLE_CLAIM, v->known, CLAIM_ID, key,
	    false, &rows, err)) != TAPR_OK)
		return rc;
	if ((rc = rows_next(rows, &row, err)) == TAPR_OK && row != NULL) {
		struct value whole[2] = { row->value[CLAIM_YEAR], key };

		rc = fact_get(v->fund->store, TABLE_CLAIM, v->known, whole,
		    text, ret, &found, err);
	}
	rows_free(rows);
	if (rc == TAPR_OK && !found)
		return err_set(err, TAPR_EINVAL, NULL, "pas de sinistre %s "
		    "dans le registre (il attend peut-être son "
		    "établissement)", str_brief(id).text);
	if (rc == TAPR_OK && ret->damaged)
		return view_damaged(&part_claim, ret, err);
	return rc;
}

static int
one_claim(struct view *v, const struct law *law, const char *id,
    struct err *err)
{
	struct value key = value_text(id);
	char text[ROW_TEXT_MAX];
	struct row row;
	const char *comma = v->json ? ", " : "";
	int rc;

	if ((rc = find(v, id, text, &row, err)) != TAPR_OK)
		return rc;
	str_add(v->out, v->json ? "{\"claim\": " : "Sinistre\n");
	if ((rc = view_row(v, &part_claim, &row, err)) != TAPR_OK)
		return rc;
	v->shown = 0;
	str_add(v->out, v->json ? ", \"circumstances\": " :
	    "Circonstances\n");
	if ((rc = view_row(v, &part_claim_file, &row, err)) != TAPR_OK)
		return rc;
	str_add(v->out, comma);
	if ((rc = show_deadlines(v, law, row.value, err)) != TAPR_OK)
		return rc;
	str_add(v->out, comma);
	if ((rc = view_part(v, &part_claim_event, key, err)) != TAPR_OK)
		return rc;
	str_add(v->out, comma);
	if ((rc = view_part(v, &part_benefit, key, err)) != TAPR_OK)
		return rc;
	str_add(v->out, v->json ? "}\n" : "");
	return TAPR_OK;
}

int
register_claim(const struct place *place, const struct law *law,
    const struct register_view *about, struct str *out, struct err *err)
{
	struct fund f = { .lock = -1 };
	struct view v;
	int rc;

	if ((rc = view_open(&v, &f, place, about, out, err)) == TAPR_OK)
		rc = one_claim(&v, law, about->siret, err);
	view_close(&v);
	if (rc != TAPR_OK)
		str_clear(out);
	return rc;
}
