/*
 * law_review.c -- see law_review.h.
 *
 *	file,row,author,reviewer,reviewed_on,checked_against
 *
 * ${file} is the name of a parameter; ${row} its first day and keys with a "/"
 * between ("2024-01-01/general/M1"), empty for the whole file, that is for its
 * rows without a line of their own, which stand before.  A review counts for
 * what was there that day: a row checked later (checked_on) is not reviewed.
 */
#include "rating/law_review.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/date.h"
#include "doc/fmt.h"

enum { V_FILE, V_ROW, V_AUTHOR, V_REVIEWER, V_ON, V_AGAINST, V_COLUMNS };

enum { ROW_NAME_MAX = 512 };

/* The lines of one file that was asked for. */
struct reading {
	const struct law	*law;
	struct csv		 csv;
	int			 at[V_COLUMNS];
	size_t			 first[REVIEW_PARAMS_MAX + 1];	/* in seen */
	unsigned char		*seen;	/* one a row: a line names it */
	struct law_review	*r;
	struct err		*err;
};

static const char *
field(const struct reading *g, int column)
{
	return g->csv.field[g->at[column]];
}

static int
refuse(const struct reading *g, const char *why)
{
	return err_set(g->err, TAPR_EINVAL, g->csv.name, "ligne %ld : %s",
	    g->csv.line, why);
}

/* "2024-01-01/general/M1", cut when it is longer than any row we write. */
static void
row_name(const struct law_row *row, char buf[ROW_NAME_MAX])
{
	char day[DATE_TEXT_MAX] = "";
	struct str s;

	str_init(&s, ROW_NAME_MAX - 1);
	if (date_is(row->from))
		(void)date_text(row->from, day);
	str_add(&s, day);
	for (int k = 0; k < LAW_KEYS_MAX && row->key[k] != NULL; k++) {
		str_add_char(&s, '/');
		str_add(&s, row->key[k]);
	}
	buf[0] = '\0';
	if (!str_failed(&s) && s.n < ROW_NAME_MAX && s.n > 0)
		memcpy(buf, s.p, s.n + 1);
	str_free(&s);
}

/* A person is the same in capitals or not. */
static bool
same_person(const char *a, const char *b)
{
	for (; *a != '\0' && *b != '\0'; a++, b++) {
		char x = *a, y = *b;

		if (x >= 'A' && x <= 'Z')
			x = (char)(x + 'a' - 'A');
		if (y >= 'A' && y <= 'Z')
			y = (char)(y + 'a' - 'A');
		if (x != y)
			return false;
	}
	return *a == *b;
}

/* The review of this line holds for ${row}. */
static bool
holds(const struct reading *g, const struct law_row *row, struct date on)
{
	struct date checked;

	return field(g, V_REVIEWER)[0] != '\0' &&
	    date_parse(row->checked_on, strlen(row->checked_on), &checked) &&
	    date_cmp(checked, on) <= 0;
}

/* Each row that the line is about: one, or those of the file not named yet. */
static int
count(struct reading *g, size_t param, struct date on)
{
	const char *name = field(g, V_ROW);
	unsigned char *seen = g->seen + g->first[param];
	char buf[ROW_NAME_MAX];
	bool found = false;

	for (size_t i = 0; i < law_row_count(g->law, param); i++) {
		const struct law_row *row = law_row_at(g->law, param, i);

		row_name(row, buf);
		if (row->added || (name[0] != '\0' ? strcmp(buf, name) != 0 :
		    seen[i] != 0))
			continue;
		if (seen[i] != 0)
			return refuse(g, "cette valeur a déjà sa ligne ; gardez "
			    "une seule des deux, avant celle du fichier");
		found = true;
		seen[i] = 1;
		g->r->param[param].authored++;
		g->r->param[param].reviewed += holds(g, row, on);
	}
	return found ? TAPR_OK : refuse(g, "aucune valeur de law/params qui "
	    "n'ait déjà sa ligne ne se nomme ainsi ; écrivez son premier jour "
	    "et ses clés, séparés par « / », ou rien pour le fichier entier");
}

static int
take_line(struct reading *g)
{
	size_t param = law_param_number(g->law, field(g, V_FILE));
	const char *reviewer = field(g, V_REVIEWER), *day = field(g, V_ON);
	struct date on = DATE_NONE;

	if (param == law_param_count(g->law) || param >= REVIEW_PARAMS_MAX)
		return refuse(g, "file n'est pas un paramètre de law/params ; "
		    "« tapr law status » les nomme");
	if (field(g, V_AUTHOR)[0] == '\0')
		return refuse(g, "author manque : qui a saisi ces valeurs ?");
	if (reviewer[0] == '\0' ? day[0] != '\0' ||
	    field(g, V_AGAINST)[0] != '\0' :
	    !date_parse(day, strlen(day), &on) ||
	    field(g, V_AGAINST)[0] == '\0')
		return refuse(g, "une relecture a un relecteur, un jour "
		    "(AAAA-MM-JJ) et la source lue (checked_against), ou rien "
		    "des trois");
	if (same_person(reviewer, field(g, V_AUTHOR)))
		return refuse(g, "on ne relit pas ses propres valeurs ; une "
		    "autre personne que l'auteur les relit");
	return count(g, param, on);
}

static int
take_lines(struct reading *g, const char *name, char *text, size_t n)
{
	static const char *const names[V_COLUMNS] = { "file", "row", "author",
		"reviewer", "reviewed_on", "checked_against" };
	size_t at;
	int rc, more;

	if (!utf8_valid(text, n, &at))
		return err_set(g->err, TAPR_EINVAL, name, "octet %zu : ce "
		    "n'est pas de l'UTF-8", at + 1);
	if ((rc = csv_open(&g->csv, name, text, n, g->err)) != TAPR_OK)
		return rc;
	for (int i = 0; i < V_COLUMNS; i++)
		if ((g->at[i] = csv_column(&g->csv, names[i])) < 0)
			return err_set(g->err, TAPR_EINVAL, name, "il manque "
			    "la colonne « %s »", names[i]);
	while ((rc = csv_next(&g->csv, &more, g->err)) == TAPR_OK && more == 1)
		if ((rc = take_line(g)) != TAPR_OK)
			break;
	return rc;
}

int
law_review_read(const struct law *law, const char *name, char *text,
    size_t n, struct law_review *ret, struct err *err)
{
	struct reading g = { .law = law, .r = ret, .err = err };
	size_t params = law_param_count(law);
	int rc = TAPR_OK;

	memset(ret, 0, sizeof *ret);
	ret->params = params < REVIEW_PARAMS_MAX ? params : REVIEW_PARAMS_MAX;
	for (size_t p = 0; p < ret->params; p++) {
		size_t rows = law_row_count(law, p);

		g.first[p + 1] = g.first[p] + rows;
		for (size_t i = 0; i < rows; i++)
			ret->param[p].rows += !law_row_at(law, p, i)->added;
	}
	if (text == NULL)
		return TAPR_OK;
	if ((g.seen = calloc(g.first[ret->params] + 1, 1)) == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	rc = take_lines(&g, name, text, n);
	free(g.seen);
	return rc;
}

/* ---- shown ------------------------------------------------------------------ */

static void
add_up(const struct law_review *r, size_t *rows, size_t *authored,
    size_t *reviewed)
{
	*rows = *authored = *reviewed = 0;
	for (size_t p = 0; p < r->params; p++) {
		*rows += r->param[p].rows;
		*authored += r->param[p].authored;
		*reviewed += r->param[p].reviewed;
	}
}

void
law_review_text(const struct law *law, const struct law_review *r,
    struct str *out)
{
	size_t rows, authored, reviewed, files = 0;

	add_up(r, &rows, &authored, &reviewed);
	str_printf(out, "\nRelecture (law/review.csv) : %zu valeur%s, auteur "
	    "connu pour %zu ; %zu relue%s par une seconde personne, %zu non "
	    "relue%s par une seconde personne\n", rows, plural((int64_t)rows),
	    authored, reviewed, plural((int64_t)reviewed), rows - reviewed,
	    plural((int64_t)(rows - reviewed)));
	for (size_t p = 0; p < r->params; p++)
		files += r->param[p].reviewed < r->param[p].rows;
	if (files == r->params && reviewed == 0) {
		str_add(out, "  aucun fichier n'a été relu\n");
		return;
	}
	for (size_t p = 0; p < r->params; p++)
		if (r->param[p].reviewed < r->param[p].rows)
			str_printf(out, "  %s : %zu non relue%s par une "
			    "seconde personne\n", law_param_name(law, p),
			    r->param[p].rows - r->param[p].reviewed,
			    plural((int64_t)(r->param[p].rows -
			    r->param[p].reviewed)));
}

void
law_review_json(const struct law *law, const struct law_review *r,
    struct str *out)
{
	size_t rows, authored, reviewed;

	add_up(r, &rows, &authored, &reviewed);
	str_printf(out, "{\"rows\":%zu,\"authored\":%zu,\"reviewed\":%zu,"
	    "\"files\":[", rows, authored, reviewed);
	for (size_t p = 0; p < r->params; p++) {
		str_add(out, p == 0 ? "{\"name\":" : ",{\"name\":");
		str_add_json(out, law_param_name(law, p));
		str_printf(out, ",\"rows\":%zu,\"authored\":%zu,"
		    "\"reviewed\":%zu}", r->param[p].rows,
		    r->param[p].authored, r->param[p].reviewed);
	}
	str_add(out, "]}");
}
