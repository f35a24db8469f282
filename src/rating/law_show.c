/*
 * law_show.c -- what a parameter is worth on a day, and where that was read.
 *
 * One row is told with all that is known of it; of several each gets a line,
 * and their sources, which they mostly share, stand numbered below.  Rows in
 * force come first; those without dates, which no rule ever applies, stand
 * apart.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "doc/fmt.h"
#include "rating/law_view.h"

enum {
	NEAR_MAX = 5,		/* names proposed for a wrong one */
	PATH_TEXT_MAX = 256,
};

/* --- the parameter ---------------------------------------------------------- */

/* The least number of letters to change, add or drop between two names. */
static size_t
distance(const char *a, const char *b)
{
	enum { WIDTH = 64 };
	size_t row[WIDTH + 1], n = strlen(b), i, j, above, was;

	if (strlen(a) > WIDTH || n > WIDTH)
		return WIDTH;
	for (j = 0; j <= n; j++)
		row[j] = j;
	for (i = 0; a[i] != '\0'; i++) {
		was = row[0];
		row[0] = i + 1;
		for (j = 1; j <= n; j++) {
			above = row[j];
			if (a[i] != b[j - 1]) {
				was = was < above ? was : above;
				was = (was < row[j - 1] ? was : row[j - 1]) + 1;
			}
			row[j] = was;
			was = above;
		}
	}
	return row[n];
}

static int
unknown(const struct law *law, const char *param, struct err *err)
{
	char near[ERR_TEXT_MAX / 2];
	const char *name;
	size_t i, n = law_param_count(law), len = 0;
	int found = 0;

	near[0] = '\0';
	for (i = 0; i < n && found < NEAR_MAX; i++) {
		name = law_param_name(law, i);
		if (distance(param, name) > strlen(name) / 3 &&
		    (strlen(param) < 3 || strstr(name, param) == NULL))
			continue;
		if (len < sizeof near)
			len += (size_t)snprintf(near + len, sizeof near - len,
			    "%s%s", found == 0 ? "" : ", ", name);
		found++;
	}
	if (found > 0)
		return err_set(err, TAPR_EINVAL, NULL, "paramètre inconnu : "
		    "« %s » ; noms proches : %s", str_brief(param).text, near);
	return err_set(err, TAPR_EINVAL, NULL, "paramètre inconnu : « %s » "
	    "; « tapr law status » les nomme tous", str_brief(param).text);
}

/* --- its rows --------------------------------------------------------------- */

/* ${row} may be what was asked for: a key not given fits, "*" fits any. */
static bool
fits(const struct law_row *row, const char *const keys[LAW_KEYS_MAX])
{
	int i;

	for (i = 0; i < LAW_KEYS_MAX && row->key[i] != NULL; i++)
		if (keys[i] != NULL && strcmp(row->key[i], keys[i]) != 0 &&
		    strcmp(row->key[i], "*") != 0)
			return false;
	return true;
}

/* The rows to show. */
struct shown {
	const struct law	*law;
	size_t			  param;
	const struct law_row	**row;		/* those in force first */
	const struct law_row	**source;	/* room for as many sources */
	size_t			  rows, current;
};

static const char *
name_of(const struct shown *s)
{

	return law_param_name(s->law, s->param);
}

/* The one row the rules would take if all keys are given; else all that fit. */
static int
select_rows(struct shown *s, const char *const keys[LAW_KEYS_MAX],
    struct date on, struct err *err)
{
	size_t i, given = 0;
	const struct law_row *row;
	int undated, rc;

	for (i = 0; i < LAW_KEYS_MAX; i++)
		given += keys[i] != NULL;
	if (given == law_key_count(s->law, s->param)) {
		rc = law_need(s->law, name_of(s), keys, on, &s->row[0], err);
		s->rows = s->current = rc == TAPR_OK;
		return rc;
	}
	for (undated = 0; undated < 2; undated++) {
		s->current = s->rows;
		for (i = 0; i < law_row_count(s->law, s->param); i++) {
			row = law_row_at(s->law, s->param, i);
			if (fits(row, keys) && (undated ?
			    !date_is(row->from) : law_find(s->law, name_of(s),
			    row->key, on) == row))
				s->row[s->rows++] = row;
		}
	}
	return TAPR_OK;
}

/* --- as text ---------------------------------------------------------------- */

/* How a person reads the units that say something behind a value. */
static const struct { const char *unit, *one, *many; } units[] = {
	{ "percent", "\u00a0%", "\u00a0%" }, { "EUR", "\u00a0€", "\u00a0€" },
	{ "points", " point", " points" },
	{ "persons", " personne", " personnes" },
	{ "days", " jour", " jours" },
	{ "clear_days", " jour franc", " jours francs" },
	{ "working_days", " jour ouvré", " jours ouvrés" },
	{ "hours", " heure", " heures" }, { "months", " mois", " mois" },
	{ "years", " an", " ans" }, { "codes", " code", " codes" },
	{ "decimals", " décimale", " décimales" },
	{ "MM-DD", " (mois-jour)", " (mois-jour)" },
};

void
law_value(struct str *out, const struct law_row *row)
{
	const char *dot = strchr(row->value, '.');
	bool many = frac_valid(row->number) &&
	    frac_cmp(row->number, frac_int(2)) >= 0;
	size_t i;

	if (!frac_valid(row->number) || strchr(row->value, '/') != NULL ||
	    strcmp(row->unit, "year") == 0)
		fmt_clean(out, row->value);
	else
		fmt_number(out, row->number,
		    dot == NULL ? 0 : (int)strlen(dot + 1));
	for (i = 0; i < sizeof units / sizeof units[0]; i++)
		if (strcmp(units[i].unit, row->unit) == 0)
			str_add(out, many ? units[i].many : units[i].one);
}

/* "cap.general.up = 1,25" */
static void
value_text(struct str *out, const struct shown *s, const struct law_row *row)
{
	char path[PATH_TEXT_MAX];

	fmt_clean(out, law_path(row, name_of(s), path, sizeof path));
	str_add(out, " = ");
	law_value(out, row);
}

static void
period_text(struct str *out, const struct law_row *row)
{

	if (!date_is(row->from)) {
		str_add(out, "inconnue : jamais appliquée");
		return;
	}
	if (date_cmp(row->to, DATE_OPEN) == 0) {
		str_add(out, "depuis le ");
		fmt_date(out, row->from);
		return;
	}
	str_add(out, "du ");
	fmt_date(out, row->from);
	str_add(out, " au ");
	fmt_date(out, date_add_days(row->to, -1));
}

/* « texte ; publié le … ; source : … ; vérifié le … » */
static void
source_text(struct str *out, const struct law_row *row)
{
	struct date d;

	fmt_clean(out, row->text);
	str_add(out, row->published[0] == '\0' ? " ; date de publication non "
	    "indiquée" : " ; publié le ");
	if (date_parse(row->published, strlen(row->published), &d))
		fmt_date(out, d);
	else
		fmt_clean(out, row->published);
	str_add(out, " ; source : ");
	fmt_clean(out, row->citation);
	str_add(out, " ; vérifié le ");
	if (date_parse(row->checked_on, strlen(row->checked_on), &d))
		fmt_date(out, d);
}

static void
row_text(struct str *out, const struct shown *s)
{
	const struct law_row *row = s->row[0];

	value_text(out, s, row);
	str_add(out, "\n  période  ");
	period_text(out, row);
	str_add(out, "\n  source   ");
	source_text(out, row);
	str_add(out, "\n  lieu     ");
	fmt_clean(out, row->file);
	str_printf(out, ":%ld%s\n", row->line,
	    row->added ? " (ajoutée par --law)" : "");
	if (row->note[0] != '\0') {
		str_add(out, "  note     ");
		fmt_clean(out, row->note);
		str_add(out, "\n");
	}
}

static bool
same_source(const struct law_row *a, const struct law_row *b)
{

	return strcmp(a->text, b->text) == 0 &&
	    strcmp(a->published, b->published) == 0 &&
	    strcmp(a->source, b->source) == 0 &&
	    strcmp(a->checked_on, b->checked_on) == 0;
}

/* Many rows: one line each, their sources numbered below. */
static void
rows_text(struct str *out, const struct shown *s)
{
	size_t i, j, sources = 0;

	for (i = 0; i < s->rows; i++) {
		if (i == s->current)
			str_add(out, "\nSans date imprimée, jamais "
			    "appliquées :\n");
		for (j = 0; j < sources; j++)
			if (same_source(s->source[j], s->row[i]))
				break;
		if (j == sources)
			s->source[sources++] = s->row[i];
		value_text(out, s, s->row[i]);
		str_add(out, "  [");
		fmt_clean(out, s->row[i]->file);
		str_printf(out, ":%ld]%s (%zu)\n", s->row[i]->line,
		    s->row[i]->added ? " ajoutée par --law" : "", j + 1);
	}
	str_add(out, "\n");
	for (j = 0; j < sources; j++) {
		str_printf(out, "(%zu) ", j + 1);
		source_text(out, s->source[j]);
		str_add(out, "\n");
	}
}

/* --- as JSON ---------------------------------------------------------------- */

static void
json_date(struct str *out, struct date d)
{
	char text[DATE_TEXT_MAX];

	if (!date_is(d) || date_cmp(d, DATE_OPEN) == 0)
		str_add(out, "null");
	else
		str_add_json(out, date_text(d, text));
}

/* Text, or null where there is none. */
static void
json_text(struct str *out, const char *text)
{

	str_add_json(out, text[0] == '\0' ? NULL : text);
}

static void
row_json(struct str *out, const struct shown *s, const struct law_row *row)
{
	char path[PATH_TEXT_MAX], exact[FRAC_TEXT_MAX];
	size_t i;

	str_add(out, "{\"path\":");
	str_add_json(out, law_path(row, name_of(s), path, sizeof path));
	str_add(out, ",\"keys\":{");
	for (i = 0; i < law_key_count(s->law, s->param); i++) {
		str_add(out, i == 0 ? "" : ",");
		str_add_json(out, law_key_name(s->law, s->param, i));
		str_add_char(out, ':');
		str_add_json(out, row->key[i]);
	}
	str_add(out, "},\"value\":");
	str_add_json(out, row->value);
	str_add(out, ",\"exact\":");
	(void)frac_text(row->number, exact);
	str_add_json(out, frac_valid(row->number) ? exact : NULL);
	str_add(out, ",\"unit\":");
	str_add_json(out, row->unit);
	str_add(out, ",\"valid\":[");
	json_date(out, row->from);
	str_add_char(out, ',');
	json_date(out, row->to);
	str_add(out, "],\"text\":");
	str_add_json(out, row->text);
	str_add(out, ",\"published\":");
	json_text(out, row->published);
	str_add(out, ",\"source\":");
	str_add_json(out, row->source);
	str_add(out, ",\"citation\":");
	str_add_json(out, row->citation);
	str_add(out, ",\"checked_on\":");
	str_add_json(out, row->checked_on);
	str_add(out, ",\"note\":");
	json_text(out, row->note);
	str_add(out, ",\"file\":");
	str_add_json(out, row->file);
	str_printf(out, ",\"line\":%ld,\"added\":%s}", row->line,
	    row->added ? "true" : "false");
}

static void
rows_json(struct str *out, const struct shown *s, struct date on)
{
	size_t i;

	str_add(out, "{\"parameter\":");
	str_add_json(out, name_of(s));
	str_add(out, ",\"on\":");
	json_date(out, on);
	str_add(out, ",\"values\":[");
	for (i = 0; i <= s->rows; i++) {
		if (i == s->current)
			str_add(out, "],\"undated\":[");
		else if (i > 0 && i < s->rows)
			str_add_char(out, ',');
		if (i < s->rows)
			row_json(out, s, s->row[i]);
	}
	str_add(out, "],\"law\":{\"version\":");
	str_add_json(out, law_version(s->law));
	str_add(out, ",\"digest\":");
	str_add_json(out, law_digest(s->law));
	str_add(out, "}}\n");
}

int
law_show(const struct law *law, const char *param,
    const char *const keys[LAW_KEYS_MAX], struct date on, bool json,
    struct str *out, struct err *err)
{
	struct shown s = { .law = law, .param = law_param_number(law, param) };
	char day[DATE_TEXT_MAX];
	size_t i, room;
	int rc;

	if (s.param == law_param_count(law))
		return unknown(law, param, err);
	for (i = law_key_count(law, s.param); i < LAW_KEYS_MAX; i++)
		if (keys[i] != NULL)
			return err_set(err, TAPR_EINVAL, NULL, "%s n'a que "
			    "%zu clé(s) ; « %s » est de trop", param,
			    law_key_count(law, s.param),
			    str_brief(keys[i]).text);
	room = law_row_count(law, s.param) + 1;
	if ((s.row = calloc(2 * room, sizeof *s.row)) == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante "
		    "pour lire la loi");
	s.source = s.row + room;
	rc = select_rows(&s, keys, on, err);
	if (rc == TAPR_OK && s.rows == 0)
		rc = err_set(err, TAPR_ELAW, NULL, "aucune valeur de %s au %s "
		    "pour ces clés ; ajoutez une ligne sourcée à "
		    "law/params/%s.csv ou donnez un dossier par --law", param,
		    date_text(on, day), param);
	else if (rc == TAPR_OK && json)
		rows_json(out, &s, on);
	else if (rc == TAPR_OK && s.rows == 1)
		row_text(out, &s);
	else if (rc == TAPR_OK)
		rows_text(out, &s);
	free(s.row);
	return rc;
}
