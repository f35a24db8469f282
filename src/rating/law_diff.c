/*
 * law_diff.c -- what one set of parameters changes in another, row by row, in
 * words: what, for whom, from when, from which value to which, by which text.
 *
 * A row is known by its parameter, its keys and its first day.  Of two such
 * rows the value may differ, or the last day; the text, the source and the note
 * are told with what they explain and are no change by themselves.
 *
 * A change is retroactive when it says something else of a day before ${today}:
 * whoever has a rate of that day may ask for it again.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "doc/fmt.h"
#include "doc/formula.h"
#include "rating/law_view.h"

enum { ROWS_MAX = 1 << 20 };

enum change { CHANGE_VALUE, CHANGE_END, CHANGE_ADDED, CHANGE_GONE, CHANGES };

static const char *const change_words[CHANGES] = { "value", "end", "added",
	"removed" };

struct diff {
	const struct law	*was, *now;
	struct date		 today;
	bool			 json;
	struct str		*out;
	const char		*param;		/* being compared */
	size_t			 count[CHANGES], retroactive, n;
};

/* ---- order ---------------------------------------------------------------------- */

static int
by_keys(const struct law_row *a, const struct law_row *b)
{
	int c;

	for (int i = 0; i < LAW_KEYS_MAX; i++) {
		if (a->key[i] == NULL || b->key[i] == NULL) {
			if (a->key[i] != b->key[i])
				return a->key[i] == NULL ? -1 : 1;
			break;
		}
		if ((c = strcmp(a->key[i], b->key[i])) != 0)
			return c;
	}
	return date_cmp(a->from, b->from);
}

static int
in_order(const void *a, const void *b)
{
	const struct law_row *const *x = a, *const *y = b;
	int c = by_keys(*x, *y);

	/* Rows without dates may share their keys. */
	return c != 0 ? c : strcmp((*x)->value, (*y)->value);
}

/* The rows of a parameter, in order; ${ret} is freed by the caller. */
static bool
sorted(const struct law *law, const char *param,
    const struct law_row ***ret, size_t *ret_n)
{
	size_t at = law_param_number(law, param);
	size_t n = at < law_param_count(law) ? law_row_count(law, at) : 0;
	const struct law_row **rows = calloc(n + 1, sizeof *rows);

	*ret = rows;
	*ret_n = n;
	if (rows == NULL || n > ROWS_MAX)
		return false;
	for (size_t i = 0; i < n; i++)
		rows[i] = law_row_at(law, at, i);
	if (n > 1)
		qsort(rows, n, sizeof *rows, in_order);
	return true;
}

/* ---- one change ------------------------------------------------------------------ */

/* The first day of which something else is said; none: of no day. */
static struct date
first_day(enum change what, const struct law_row *was,
    const struct law_row *now)
{
	if (what == CHANGE_END)
		return date_cmp(was->to, now->to) < 0 ? was->to : now->to;
	if (now != NULL)
		return now->from;
	return was != NULL ? was->from : DATE_NONE;
}

static void
add_period(struct str *out, const struct law_row *row)
{
	if (!date_is(row->from)) {
		str_add(out, "sans date : jamais appliqué");
		return;
	}
	str_printf(out, "à partir du %s", fmt_day(row->from).text);
	if (date_cmp(row->to, DATE_OPEN) != 0)
		str_printf(out, " et jusqu'au %s",
		    fmt_day(date_add_days(row->to, -1)).text);
}

static void
add_end(struct str *out, const struct law_row *row)
{
	if (date_cmp(row->to, DATE_OPEN) == 0)
		str_add(out, "sans fin");
	else
		str_printf(out, "jusqu'au %s",
		    fmt_day(date_add_days(row->to, -1)).text);
}

static void
change_text(struct diff *d, enum change what, const struct law_row *was,
    const struct law_row *now, bool retroactive)
{
	const struct law_row *row = now != NULL ? now : was;

	assert(row != NULL);
	str_add(d->out, retroactive ? "! " : "  ");
	formula_law_address(d->out, d->param, row);
	str_add(d->out, ", ");
	add_period(d->out, row);
	str_add(d->out, " : ");
	switch (what) {
	case CHANGE_VALUE:
		law_value(d->out, was);
		str_add(d->out, " devient ");
		law_value(d->out, now);
		break;
	case CHANGE_END:
		law_value(d->out, now);
		str_add(d->out, ", valait ");
		add_end(d->out, was);
		str_add(d->out, ", vaut ");
		add_end(d->out, now);
		break;
	case CHANGE_ADDED:
		str_add(d->out, "nouveau, ");
		law_value(d->out, now);
		break;
	case CHANGE_GONE:
	case CHANGES:
		str_add(d->out, "retiré, valait ");
		law_value(d->out, was);
		break;
	}
	str_add(d->out, "\n      ");
	formula_law_row(d->out, row);
	if (retroactive)
		str_add(d->out, what == CHANGE_ADDED ? "\n      RÉTROACTIF : "
		    "vaut aussi pour des jours passés" : "\n      RÉTROACTIF : "
		    "change ce qui valait déjà");
	str_add_char(d->out, '\n');
}

static void
json_day(struct str *out, const char *name, struct date d)
{
	char day[DATE_TEXT_MAX];

	str_printf(out, ", \"%s\": ", name);
	str_add_json(out, !date_is(d) || date_cmp(d, DATE_OPEN) == 0 ? NULL :
	    date_text(d, day));
}

static void
json_text(struct str *out, const char *name, const char *text)
{
	str_printf(out, ", \"%s\": ", name);
	str_add_json(out, text);
}

static void
change_json(struct diff *d, enum change what, const struct law_row *was,
    const struct law_row *now, bool retroactive)
{
	const struct law_row *row = now != NULL ? now : was;
	char path[256];

	assert(row != NULL);
	str_printf(d->out, "%s{\"change\": \"%s\"", d->n > 0 ? ",\n " : "",
	    change_words[what]);
	json_text(d->out, "path", law_path(row, d->param, path, sizeof path));
	json_day(d->out, "from", row->from);
	json_day(d->out, "to", row->to);
	json_text(d->out, "old", was == NULL ? NULL : was->value);
	json_day(d->out, "old_to", was == NULL ? DATE_NONE : was->to);
	json_text(d->out, "new", now == NULL ? NULL : now->value);
	json_text(d->out, "unit", row->unit);
	json_text(d->out, "text", row->text);
	json_text(d->out, "source", row->citation);
	json_text(d->out, "checked_on", row->checked_on);
	str_printf(d->out, ", \"retroactive\": %s}", retroactive ? "true" :
	    "false");
}

static void
change(struct diff *d, enum change what, const struct law_row *was,
    const struct law_row *now)
{
	struct date first = first_day(what, was, now);
	bool retroactive = date_is(first) && date_cmp(first, d->today) < 0;

	if (d->json)
		change_json(d, what, was, now, retroactive);
	else
		change_text(d, what, was, now, retroactive);
	d->count[what]++;
	d->retroactive += retroactive;
	d->n++;
}

/* ---- a parameter ------------------------------------------------------------------ */

static void
same_row(struct diff *d, const struct law_row *was, const struct law_row *now)
{
	bool value = strcmp(was->value, now->value) == 0 &&
	    strcmp(was->unit, now->unit) == 0;

	if (!value)
		change(d, CHANGE_VALUE, was, now);
	else if (date_cmp(was->to, now->to) != 0)
		change(d, CHANGE_END, was, now);
}

static bool
compare(struct diff *d, const char *param)
{
	const struct law_row **was, **now = NULL;
	size_t n, m = 0, i = 0, k = 0;
	bool ok;

	d->param = param;
	ok = sorted(d->was, param, &was, &n);
	ok = sorted(d->now, param, &now, &m) && ok;
	while (ok && (i < n || k < m)) {
		int c = i == n ? 1 : k == m ? -1 : by_keys(was[i], now[k]);

		if (c < 0)
			change(d, CHANGE_GONE, was[i++], NULL);
		else if (c > 0)
			change(d, CHANGE_ADDED, NULL, now[k++]);
		else
			same_row(d, was[i++], now[k++]);
	}
	free(was);
	free(now);
	return ok;
}

static bool
compare_all(struct diff *d)
{
	size_t i = 0, k = 0, n = law_param_count(d->was),
	    m = law_param_count(d->now);

	/* Both lists of names are in the order of strcmp(). */
	while (i < n || k < m) {
		const char *a = i < n ? law_param_name(d->was, i) : NULL;
		const char *b = k < m ? law_param_name(d->now, k) : NULL;
		int c = a == NULL ? 1 : b == NULL ? -1 : strcmp(a, b);

		i += c <= 0;
		k += c >= 0;
		if (!compare(d, c <= 0 ? a : b))
			return false;
	}
	return true;
}

static void
head(struct diff *d)
{
	const struct law *side[2] = { d->was, d->now };

	if (!d->json) {
		str_printf(d->out, "De la loi %s à la loi %s, vu le %s\n\n",
		    law_version(d->was), law_version(d->now),
		    fmt_day(d->today).text);
		return;
	}
	for (int i = 0; i < 2; i++) {
		str_add(d->out, i == 0 ? "{\"from\": {\"version\": " :
		    ", \"to\": {\"version\": ");
		str_add_json(d->out, law_version(side[i]));
		str_printf(d->out, ", \"digest\": \"%s\"}",
		    law_digest(side[i]));
	}
	str_add(d->out, ", \"changes\": [");
}

static void
foot(struct diff *d)
{
	if (d->json) {
		str_printf(d->out, "], \"retroactive\": %zu}\n",
		    d->retroactive);
		return;
	}
	if (d->n == 0)
		str_add(d->out, "  rien ne change\n");
	str_printf(d->out, "\n%zu valeur%s changée%s, %zu fin%s de période, "
	    "%zu ajout%s, %zu retrait%s", d->count[CHANGE_VALUE],
	    plural((int64_t)d->count[CHANGE_VALUE]),
	    plural((int64_t)d->count[CHANGE_VALUE]), d->count[CHANGE_END],
	    plural((int64_t)d->count[CHANGE_END]), d->count[CHANGE_ADDED],
	    plural((int64_t)d->count[CHANGE_ADDED]), d->count[CHANGE_GONE],
	    plural((int64_t)d->count[CHANGE_GONE]));
	if (d->retroactive > 0)
		str_printf(d->out, " ; %zu rétroactif%s (marqué%s « ! ») : les "
		    "taux déjà décidés ne\nchangent que par « tapr contest »",
		    d->retroactive, plural((int64_t)d->retroactive),
		    plural((int64_t)d->retroactive));
	str_add(d->out, ".\n");
}

int
law_diff(const struct law *was, const struct law *now, struct date today,
    bool json, struct str *out, struct err *err)
{
	struct diff d = { .was = was, .now = now, .today = today,
	    .json = json, .out = out };

	head(&d);
	if (!compare_all(&d) || str_failed(out))
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	foot(&d);
	return TAPR_OK;
}
