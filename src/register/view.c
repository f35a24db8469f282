/*
 * view.c -- facts of the register as text or JSON.
 */
#include "register/view.h"

#include <stdio.h>
#include <string.h>

#include "doc/fmt.h"
#include "intake/local.h"

enum { YEAR_FIRST = 1990 };

/* ---- values -------------------------------------------------------------- */

/* ${n} in units of 10^-places; trailing zeros behind the second are dropped. */
static void
add_decimal(struct str *out, int64_t n, int places)
{
	uint64_t m = n < 0 ? (uint64_t)-n : (uint64_t)n, unit = 1;
	char digits[8];
	int len;

	for (int i = 0; i < places; i++)
		unit *= 10;
	len = snprintf(digits, sizeof digits, "%0*llu", places,
	    (unsigned long long)(m % unit));
	while (len > 2 && digits[len - 1] == '0')
		digits[--len] = '\0';
	str_printf(out, "%s%llu.%s", n < 0 ? "-" : "",
	    (unsigned long long)(m / unit), digits);
}

/* As JSON has it: no blank, a dot, ISO dates. */
static void
add_number(struct str *out, const struct value *v, int look)
{
	char day[DATE_TEXT_MAX];

	switch (look) {
	case LOOK_DATE:
		str_add(out, date_text(value_to_date(v), day));
		break;
	case LOOK_HUNDREDTHS:
	case LOOK_EUR:
		add_decimal(out, v->i, 2);
		break;
	case LOOK_SHARE:
	case LOOK_RATE:
		add_decimal(out, v->i, 4);
		break;
	case LOOK_TEXT:
	case LOOK_NUMBER:
	case LOOK_PERCENT:
	case LOOK_YES_NO:
	default:
		str_printf(out, "%lld", (long long)v->i);
		break;
	}
}

static void
add_json(struct str *out, const struct value *v, int look)
{
	bool quoted = look == LOOK_DATE || look == LOOK_HUNDREDTHS ||
	    look == LOOK_EUR || look == LOOK_SHARE || look == LOOK_RATE;

	if (v->kind == VALUE_NULL) {
		str_add(out, "null");
	} else if (v->kind == VALUE_TEXT) {
		str_add_json(out, v->s);
	} else if (look == LOOK_YES_NO) {
		str_add(out, v->i != 0 ? "true" : "false");
	} else {
		str_add(out, quoted ? "\"" : "");
		add_number(out, v, look);
		str_add(out, quoted ? "\"" : "");
	}
}

/* ${n} in units of 10^-places, with the decimals it needs, ${least} at least. */
static void
add_figure(struct str *out, int64_t n, int64_t unit, int least)
{
	struct frac f = frac_ratio(n, unit);
	int places = fmt_places(f, least, 4);

	fmt_number(out, f, places < 0 ? 4 : places);
}

/* As a person reads it. */
static void
add_text(struct str *out, const struct value *v, int look)
{
	if (v->kind == VALUE_TEXT) {
		fmt_clean(out, look < LOOK_TERM ? v->s :
		    term((enum terms)(look - LOOK_TERM), v->s));
		return;
	}
	switch (look) {
	case LOOK_DATE:
		fmt_date(out, value_to_date(v));
		break;
	case LOOK_HUNDREDTHS:
		add_figure(out, v->i, 100, 0);
		break;
	case LOOK_EUR:
		fmt_eur(out, frac_cents((struct cents){ v->i }));
		break;
	case LOOK_SHARE:
		add_figure(out, v->i, 100, 0);
		str_add(out, NBSP "%");
		break;
	case LOOK_RATE:
		add_figure(out, v->i, 10000, 2);
		str_add(out, NBSP "%");
		break;
	case LOOK_PERCENT:
		str_printf(out, "%lld" NBSP "%%", (long long)v->i);
		break;
	case LOOK_YES_NO:
		str_add(out, v->i != 0 ? "oui" : "non");
		break;
	case LOOK_TEXT:
	case LOOK_NUMBER:
	default:
		str_printf(out, "%lld", (long long)v->i);
		break;
	}
}

/* ---- where a fact comes from --------------------------------------------- */

static int
add_batch(struct view *v, const char *key, const char *word, int64_t batch,
    long line, struct err *err)
{
	struct query *q;
	struct value b[5];
	char day[DATE_TEXT_MAX];
	int rc, more;

	if ((rc = store_query(v->fund->store, SQL_BATCH_GET, &q, err)) !=
	    TAPR_OK ||
	    (rc = query_bind(q, 1, value_int(batch), err)) != TAPR_OK ||
	    (rc = query_step(q, &more, err)) != TAPR_OK || more == 0)
		return rc;
	for (int i = 0; i < 5; i++)
		b[i] = query_column(q, i);
	(void)date_text(value_to_date(&b[4]), day);
	if (v->json) {
		str_printf(v->out, ", \"%s\": {\"batch\": %lld, \"kind\": ",
		    key, (long long)batch);
		str_add_json(v->out, value_or_empty(&b[0]));
		str_add(v->out, ", \"file\": ");
		str_add_json(v->out, b[2].kind == VALUE_TEXT ? b[2].s : NULL);
		str_printf(v->out, ", \"line\": %ld, \"known_on\": \"%s\", "
		    "\"actor\": ", line, day);
		str_add_json(v->out, value_or_empty(&b[1]));
		str_add(v->out, "}");
	} else {
		str_printf(v->out, " [%s%s", word, b[2].kind == VALUE_TEXT ?
		    b[2].s : value_or_empty(&b[0]));
		if (line > 0)
			str_printf(v->out, ":%ld", line);
		str_printf(v->out, ", su le %s, par %s]",
		    fmt_day(value_to_date(&b[4])).text,
		    value_or_empty(&b[1]));
	}
	query_reset(q);
	return TAPR_OK;
}

/* ---- facts --------------------------------------------------------------- */

int
view_damaged(const struct part *p, const struct row *row, struct err *err)
{
	return err_set(err, TAPR_EIO, table_get(p->table)->name, "une ligne "
	    "(lot %lld, ligne %ld) ne correspond plus à sa somme de contrôle "
	    ": restaurez une sauvegarde", (long long)row->batch, row->line);
}

static void
row_json(struct view *v, const struct part *p, const struct row *row)
{
	str_add(v->out, v->shown > 0 ? ", {" : "{");
	for (const struct item *i = p->item; i->json != NULL; i++) {
		str_printf(v->out, "%s\"%s\": ", i == p->item ? "" : ", ",
		    i->json);
		add_json(v->out, &row->value[i->column], i->look);
	}
}

/* A value typed here is kept as text, that of a date too. */
static void
add_local(struct str *out, const struct row *row, const struct item *i)
{
	int column = local_column(value_or_empty(&row->value[LOCAL_FIELD]));
	struct value v = row->value[i->column];
	int look = i->look;

	if (column >= 0 && (i->column == LOCAL_VALUE ||
	    i->column == LOCAL_INSEE)) {
		v = local_value(column, &v);
		look = v.kind == VALUE_INT ? LOOK_DATE : column == EST_STATE ?
		    LOOK_TERM + (int)TERM_ESTABLISHMENT : LOOK_TEXT;
	}
	add_text(out, &v, look);
}

static void
row_text(struct view *v, const struct part *p, const struct row *row)
{
	bool first = true;

	str_add(v->out, "  ");
	for (const struct item *i = p->item; i->json != NULL; i++) {
		if (row->value[i->column].kind == VALUE_NULL)
			continue;
		str_printf(v->out, "%s%s ", first ? "" : ", ", i->label);
		if (p->table == TABLE_LOCAL_VALUE)
			add_local(v->out, row, i);
		else
			add_text(v->out, &row->value[i->column], i->look);
		first = false;
	}
	/* Hours that are not known are said, they are never zero. */
	if (p->table == TABLE_PAYROLL &&
	    row->value[PAY_HOURS].kind == VALUE_NULL)
		str_add(v->out, ", heures non connues");
}

int
view_row(struct view *v, const struct part *p, const struct row *row,
    struct err *err)
{
	int rc;

	if (row->damaged)
		return view_damaged(p, row, err);
	if (v->json)
		row_json(v, p, row);
	else
		row_text(v, p, row);
	v->shown++;
	if ((rc = add_batch(v, "source", "", row->batch, row->line, err)) !=
	    TAPR_OK)
		return rc;
	if (v->history && row->superseded_by != 0 &&
	    (rc = add_batch(v, "superseded_by", "remplacé par ",
	    row->superseded_by, 0, err)) != TAPR_OK)
		return rc;
	str_add(v->out, v->json ? "}" : "\n");
	return TAPR_OK;
}

bool
view_holds(const struct view *v, const struct part *p, const struct row *row)
{
	const struct value *from = &row->value[p->from];
	const struct value *to = &row->value[p->to];
	struct value on = value_date(v->on);

	if (v->history)
		return true;
	switch (p->when) {
	case WHEN_ALWAYS:
		return true;
	case WHEN_FROM:
		return value_or(from, 0) <= on.i;
	case WHEN_FROM_TO:
		return value_or(from, 0) <= on.i &&
		    (to->kind == VALUE_NULL || to->i > on.i);
	case WHEN_YEAR:
		return value_or(from, 0) <= v->on.y;
	}
	return false;
}

/*
 * Keys come in order, so the last fact of a key that holds is the one in
 * force: each is shown when the next one is of another key.
 */
static bool
same_but_last_key(const struct part *p, const struct row *a,
    const struct row *b)
{
	for (int i = 0; i < p->from; i++)
		if (!value_same(&a->value[i], &b->value[i]))
			return false;
	return true;
}

/* Texts of a row that outlive the step to the next one. */
struct kept { struct row row; char text[ROW_TEXT_MAX]; };

static void
keep(struct kept *k, const struct part *p, const struct row *row)
{
	const struct table *t = table_get(p->table);
	size_t used = 0;

	k->row = *row;
	for (int i = 0; i < t->columns; i++) {
		struct value *v = &k->row.value[i];

		if (v->kind != VALUE_TEXT)
			continue;
		used += (size_t)snprintf(k->text + used,
		    sizeof k->text - used, "%s", v->s) + 1;
		if (used >= sizeof k->text)
			break;
		v->s = k->text + used - strlen(v->s) - 1;
	}
}

static int
show_rows(struct view *v, const struct part *p, struct rows *rows,
    struct err *err)
{
	struct kept last = { .row = { .damaged = false } };
	bool has_last = false;
	const struct row *row;
	int rc;

	while ((rc = rows_next(rows, &row, err)) == TAPR_OK && row != NULL) {
		if (row->damaged)
			return view_damaged(p, row, err);
		if (!view_holds(v, p, row))
			continue;
		if (!p->latest || v->history) {
			if ((rc = view_row(v, p, row, err)) != TAPR_OK)
				return rc;
			continue;
		}
		if (has_last && !same_but_last_key(p, &last.row, row) &&
		    (rc = view_row(v, p, &last.row, err)) != TAPR_OK)
			return rc;
		keep(&last, p, row);
		has_last = true;
	}
	if (rc == TAPR_OK && has_last)
		rc = view_row(v, p, &last.row, err);
	return rc;
}

static int
of_employer(struct view *v, const struct part *p, struct value by,
    struct err *err)
{
	struct rows *rows;
	int rc;

	if ((rc = rows_by(v->fund->store, p->table, v->known, p->by, by,
	    v->history, &rows, err)) != TAPR_OK)
		return rc;
	rc = show_rows(v, p, rows, err);
	rows_free(rows);
	return rc;
}

/* Tables whose key begins with the year have no other order: year by year. */
static int
by_years(struct view *v, const struct part *p, struct value by,
    struct err *err)
{
	struct rows *rows;
	int rc = TAPR_OK;

	for (int y = YEAR_FIRST; y <= v->on.y + 1 && rc == TAPR_OK; y++) {
		struct value key[] = { value_int(y), by };

		if ((rc = rows_of(v->fund->store, p->table, v->known, key, 2,
		    v->history, &rows, err)) != TAPR_OK)
			return rc;
		rc = show_rows(v, p, rows, err);
		rows_free(rows);
	}
	return rc;
}

int
view_part(struct view *v, const struct part *p, struct value by,
    struct err *err)
{
	int rc;

	v->shown = 0;
	if (v->json)
		str_printf(v->out, "\"%s\": [", p->json);
	else
		str_printf(v->out, "%s\n", p->title);
	rc = p->by_year ? by_years(v, p, by, err) :
	    of_employer(v, p, by, err);
	if (rc == TAPR_OK && v->json)
		str_add(v->out, "]");
	else if (rc == TAPR_OK && v->shown == 0)
		str_add(v->out, "  aucune donnée\n");
	return rc;
}

/* ---- the fund ------------------------------------------------------------ */

int
view_open(struct view *v, struct fund *f, const struct place *place,
    const struct register_view *about, struct str *out, struct err *err)
{
	int rc;

	*v = (struct view){ .fund = f, .on = about->on, .json = about->json,
		.out = out };
	if ((rc = fund_open(place, STORE_READ, f, err)) != TAPR_OK)
		return rc;
	if (date_is(about->known))
		return batch_known_on(f->store, about->known, &v->known, err);
	return batch_known(f->store, &v->known, err);
}

void
view_close(struct view *v)
{
	fund_close(v->fund);
}
