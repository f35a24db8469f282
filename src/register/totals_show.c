/*
 * totals_show.c -- the totals of a year, to be read.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "register/totals.h"
#include "register/view.h"

static const char *const kind_title[TOTALS_KINDS] = {
	"Accidents du travail", "Maladies professionnelles",
	"Accidents de trajet",
};
static const char *const kind_json[TOTALS_KINDS] = { "accidents", "diseases",
	"commuting" };

static const char *
row_name(int i)
{
	static const char *const name[TOTALS_ROWS] = { "A", "B", "C", "D",
		"E", "F", "G", "H", "I", "S", "-" };

	return name[i];
}

static bool
is_empty(const struct totals_row *r)
{
	static const struct totals_row none;

	return memcmp(r, &none, sizeof none) == 0;
}

/* ---- JSON ---------------------------------------------------------------- */

static void
claims_json(struct str *out, const char *key, const struct totals_claims *c)
{
	str_printf(out, ", \"%s\": {\"first_settled\": %" PRId64
	    ", \"four_days\": %" PRId64 ", \"ip_under_10\": %" PRId64
	    ", \"ip_10_up\": %" PRId64 ", \"points_under_10\": %" PRId64
	    ", \"points_10_up\": %" PRId64 ", \"deaths\": %" PRId64
	    ", \"days\": %" PRId64 "}", key, c->first_settled, c->four_days,
	    c->ip_under_10, c->ip_10_up, c->points_under_10, c->points_10_up,
	    c->deaths, c->days);
}

static void
row_json(struct str *out, const struct totals_row *r)
{
	str_printf(out, "\"establishments\": %" PRId64 ", \"employees\": "
	    "\"%" PRId64 ".%02d\", \"employees_unknown\": %" PRId64
	    ", \"hours\": \"%" PRId64 ".%02d\", \"hours_unknown\": %" PRId64,
	    r->establishments, r->employees / 100, (int)(r->employees % 100),
	    r->no_employees, r->hours / 100, (int)(r->hours % 100),
	    r->no_hours);
	for (int k = 0; k < TOTALS_KINDS; k++)
		claims_json(out, kind_json[k], &r->claims[k]);
}

static void
all_json(struct str *out, const struct fund *f, const struct totals *t,
    int year)
{
	str_printf(out, "{\"fund\": \"%s\", \"year\": %d, \"ctn\": {", f->code,
	    year);
	for (int i = 0; i < TOTALS_ROWS; i++) {
		str_printf(out, "%s\"%s\": {", i > 0 ? ", " : "", row_name(i));
		row_json(out, &t->row[i]);
		str_add(out, "}");
	}
	str_add(out, "}, \"all\": {");
	row_json(out, &t->all);
	str_add(out, "}}\n");
}

/* ---- text ---------------------------------------------------------------- */

static void
employment_line(struct str *out, const char *name, const struct totals_row *r)
{
	str_printf(out, "  %-6s %14" PRId64 " %14" PRId64 ".%02d %16" PRId64
	    ".%02d\n", name, r->establishments, r->employees / 100,
	    (int)(r->employees % 100), r->hours / 100, (int)(r->hours % 100));
}

static void
claims_line(struct str *out, const char *name, const struct totals_claims *c)
{
	str_printf(out, "  %-6s %8" PRId64 " %8" PRId64 " %8" PRId64 " %8"
	    PRId64 " %9" PRId64 " %7" PRId64 " %10" PRId64 "\n", name,
	    c->first_settled, c->four_days, c->ip_under_10, c->ip_10_up,
	    c->points_under_10 + c->points_10_up, c->deaths, c->days);
}

static void
claims_text(struct str *out, const struct totals *t, int k)
{
	str_printf(out, "\n%s\n  CTN     soldés  4 jours  IP < 10  IP >= 10"
	    "     taux   décès   journées\n", kind_title[k]);
	for (int i = 0; i < TOTALS_ROWS; i++)
		if (!is_empty(&t->row[i]))
			claims_line(out, row_name(i), &t->row[i].claims[k]);
	claims_line(out, "total", &t->all.claims[k]);
}

static void
all_text(struct str *out, const struct fund *f, const struct totals *t,
    int year)
{
	str_printf(out, "%s : totaux de %d\n\nEmploi\n  CTN    établissements"
	    "          salariés              heures\n", f->name, year);
	for (int i = 0; i < TOTALS_ROWS; i++)
		if (!is_empty(&t->row[i]))
			employment_line(out, row_name(i), &t->row[i]);
	employment_line(out, "total", &t->all);
	if (t->all.no_employees > 0 || t->all.no_hours > 0)
		str_printf(out, "  non connus, hors des sommes : effectif de %"
		    PRId64 " sections, heures de %" PRId64 "\n",
		    t->all.no_employees, t->all.no_hours);
	for (int k = 0; k < TOTALS_KINDS; k++)
		claims_text(out, t, k);
	str_add(out, "\nsoldés : premier versement dans l'année ; 4 jours : "
	    "d'arrêt et plus, parmi eux ;\nIP : taux notifiés dans l'année, "
	    "taux : leur somme ; journées : payées dans l'année.\nS : compte "
	    "spécial ; - : établissement sans section principale classée.\n");
}

int
totals_show(const struct place *place, int year, struct date known,
    bool json, struct str *out, struct err *err)
{
	struct register_view about = { .siret = "", .on = place->today,
		.known = known, .json = json };
	struct fund f = { .lock = -1 };
	struct totals t;
	struct view v;
	int rc;

	if ((rc = view_open(&v, &f, place, &about, out, err)) == TAPR_OK &&
	    (rc = totals_count(f.store, v.known, year, &t, err)) == TAPR_OK) {
		if (json)
			all_json(out, &f, &t, year);
		else
			all_text(out, &f, &t, year);
	}
	view_close(&v);
	return rc;
}
