/*
 * show.c -- tapr employer show and history.
 */
#include <stdio.h>
#include <string.h>

#include "base/ids.h"
#include "doc/fmt.h"
#include "register/as_of.h"

/* ---- claims, counted (S1-45) --------------------------------------------- */

struct claims {
	int64_t	declared, with_stoppage, recognised, refused;
};

static int
count_claims(struct view *v, struct value siret, struct claims *ret,
    struct err *err)
{
	const struct row *row;
	struct rows *rows;
	int rc;

	*ret = (struct claims){ 0, 0, 0, 0 };
	if ((rc = rows_by(v->fund->store, TABLE_CLAIM, v->known, CLAIM_SIRET,
	    siret, false, &rows, err)) != TAPR_OK)
		return rc;
	while ((rc = rows_next(rows, &row, err)) == TAPR_OK && row != NULL) {
		if (row->damaged) {
			rc = view_damaged(&part_claim, row, err);
			break;
		}
		if (!view_holds(v, &part_claim, row))
			continue;
		ret->declared++;
		if (value_or(&row->value[CLAIM_STOPPAGE_DAYS], 0) > 0)
			ret->with_stoppage++;
		if (row->value[CLAIM_RECOGNISED_ON].kind == VALUE_INT)
			ret->recognised++;
		else if (row->value[CLAIM_REFUSED_ON].kind == VALUE_INT)
			ret->refused++;
	}
	rows_free(rows);
	return rc;
}

static int
show_claims(struct view *v, struct value siret, struct err *err)
{
	struct claims n;
	int rc;

	if ((rc = count_claims(v, siret, &n, err)) != TAPR_OK)
		return rc;
	if (v->json)
		str_printf(v->out, "\"claims\": {\"declared\": %lld, "
		    "\"with_stoppage\": %lld, \"without_stoppage\": %lld, "
		    "\"recognised\": %lld, \"refused\": %lld, ",
		    (long long)n.declared, (long long)n.with_stoppage,
		    (long long)(n.declared - n.with_stoppage),
		    (long long)n.recognised, (long long)n.refused);
	else
		str_printf(v->out, "Sinistres déclarés : %lld, avec arrêt : "
		    "%lld, sans arrêt : %lld\n", (long long)n.declared,
		    (long long)n.with_stoppage,
		    (long long)(n.declared - n.with_stoppage));
	if ((rc = view_part(v, &part_claim, siret, err)) == TAPR_OK && v->json)
		str_add(v->out, "}");
	return rc;
}

/* ---- the employer -------------------------------------------------------- */

static int
not_known(const struct register_view *about, struct err *err)
{
	if (date_is(about->known))
		return err_set(err, TAPR_EINVAL, NULL, "l'établissement %s "
		    "n'était pas connu le %s", about->siret,
		    fmt_day(about->known).text);
	return err_set(err, TAPR_EINVAL, NULL, "l'établissement %s n'est pas "
	    "dans le registre ; importez le fichier SIRENE, ou créez-le par "
	    "« tapr employer create »", about->siret);
}

/* The establishment on the day of the view; with history all it ever was. */
static int
show_establishment(struct view *v, const struct register_view *about,
    struct err *err)
{
	struct as_of now;
	bool found;
	int rc;

	if ((rc = as_of_read(v, about->siret, &now, &found, err)) != TAPR_OK)
		return rc;
	if (!found)
		return not_known(about, err);
	if (v->history)
		return view_part(v, &part_establishment,
		    value_text(about->siret), err);
	v->shown = 0;
	str_add(v->out, v->json ? "\"establishment\": [" :
	    "Établissement\n");
	rc = view_row(v, &part_establishment, &now.row, err);
	str_add(v->out, v->json ? "]" : "");
	return rc;
}

/* The head office, where the register holds it (S1-28). */
static int
show_head(struct view *v, const char *siren, struct err *err)
{
	struct part head = part_establishment;
	struct value key = value_text(siren);
	char text[ROW_TEXT_MAX], siret[15];
	struct row row;
	bool found;
	int rc;

	head.json = "head_office";
	head.title = "Siège";
	if ((rc = fact_get(v->fund->store, TABLE_UNIT, v->known, &key, text,
	    &row, &found, err)) != TAPR_OK)
		return rc;
	(void)snprintf(siret, sizeof siret, "%s%s", siren, found ?
	    value_or_empty(&row.value[UNIT_HEAD_NIC]) : "");
	return view_part(v, &head, value_text(siret), err);
}

static int
all_parts(struct view *v, const struct register_view *about, struct err *err)
{
	static const struct part *const first[] = { &part_local,
		&part_period };
	static const struct part *const then[] = { &part_predecessor,
		&part_successor, &part_transfer_from, &part_transfer_to,
		&part_classification };
	static const struct part *const last[] = { &part_payroll,
		&part_measure, &part_portfolio, &part_rate };
	struct value siret = value_text(about->siret);
	const char *comma = v->json ? ", " : "";
	char siren[10];
	int rc;

	(void)snprintf(siren, sizeof siren, "%.9s", about->siret);
	if ((rc = show_establishment(v, about, err)) != TAPR_OK)
		return rc;
	str_add(v->out, comma);
	for (size_t i = 0; i < sizeof first / sizeof first[0]; i++) {
		if ((rc = view_part(v, first[i], siret, err)) != TAPR_OK)
			return rc;
		str_add(v->out, comma);
	}
	if ((rc = view_part(v, &part_unit, value_text(siren), err)) != TAPR_OK)
		return rc;
	str_add(v->out, comma);
	if ((rc = show_head(v, siren, err)) != TAPR_OK)
		return rc;
	str_add(v->out, comma);
	for (size_t i = 0; i < sizeof then / sizeof then[0]; i++) {
		if ((rc = view_part(v, then[i], siret, err)) != TAPR_OK)
			return rc;
		str_add(v->out, comma);
	}
	if ((rc = view_part(v, &part_headcount, value_text(siren), err)) !=
	    TAPR_OK)
		return rc;
	str_add(v->out, comma);
	for (size_t i = 0; i < sizeof last / sizeof last[0]; i++) {
		if ((rc = view_part(v, last[i], siret, err)) != TAPR_OK)
			return rc;
		str_add(v->out, comma);
	}
	return show_claims(v, siret, err);
}

static int
one_employer(struct view *v, const struct register_view *about,
    struct err *err)
{
	char day[DATE_TEXT_MAX];
	int rc;

	if (!siret_valid(about->siret))
		return err_set(err, TAPR_EINVAL, NULL, "« %s » n'est pas un "
		    "SIRET : 14 chiffres, clé comprise",
		    str_brief(about->siret).text);
	if (v->json) {
		str_printf(v->out, "{\"siret\": \"%s\", \"on\": \"%s\", "
		    "\"known\": ", about->siret, date_text(about->on, day));
		str_add_json(v->out, date_is(about->known) ?
		    date_text(about->known, day) : NULL);
		str_add(v->out, ", ");
	} else {
		str_printf(v->out, v->history ? "%s : tout ce qui a été su" :
		    "%s au %s", about->siret, fmt_day(about->on).text);
		if (date_is(about->known))
			str_printf(v->out, v->history ? " jusqu'au %s" :
			    ", tel que connu le %s",
			    fmt_day(about->known).text);
		str_add_char(v->out, '\n');
	}
	if ((rc = all_parts(v, about, err)) == TAPR_OK && v->json)
		str_add(v->out, "}\n");
	return rc;
}

int
register_show(const struct place *place, const struct register_view *about,
    struct str *out, struct err *err)
{
	struct fund f = { .lock = -1 };
	struct view v;
	int rc;

	if ((rc = view_open(&v, &f, place, about, out, err)) == TAPR_OK)
		rc = one_employer(&v, about, err);
	view_close(&v);
	if (rc != TAPR_OK)
		str_clear(out);
	return rc;
}

int
register_history(const struct place *place,
    const struct register_view *about, struct str *out, struct err *err)
{
	struct fund f = { .lock = -1 };
	struct view v;
	int rc;

	if ((rc = view_open(&v, &f, place, about, out, err)) == TAPR_OK) {
		v.history = true;
		rc = one_employer(&v, about, err);
	}
	view_close(&v);
	if (rc != TAPR_OK)
		str_clear(out);
	return rc;
}
