/*
 * dsn_apply.c -- which declarations of a file stand, and their totals as
 * facts.
 *
 * Memory: the totals of one file, some hundred bytes a declaration.
 */
#include "intake/dsn_apply.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ids.h"

static const size_t PENDING_BYTES_MAX = (size_t)1 << 30;
enum { SLOTS_FIRST = 256 };

/* One total, with what hung on it in chains. */
struct total {
	struct dsn_aggregate	 a;
	struct dsn_share	*share;
	struct dsn_declared_rate *rate;
	size_t			 shares, rates;
};

struct dsn_pending {
	struct dsn_pending	*next;
	struct dsn_id		 id;
	char			 siret[SIRET_MAX], norm[7];
	long			 line;
	int64_t			 individuals, outside, misdeclared;
	struct total		*total;
	size_t			 totals, rows;	/* facts, without its own */
	bool			 written;
	int64_t			 content;
};

static int
no_memory(struct err *err)
{
	return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante pour les "
	    "déclarations d'un fichier ; coupez-le en plusieurs");
}

/* ---- versions ----------------------------------------------------------- */

static void
tell(struct dsn_apply *a, const struct dsn_pending *p, enum dsn_rule rule)
{
	size_t before = a->notes.report->findings;

	dsn_note(&a->notes, rule, p->line);
	dsn_report_name(a->notes.report, before, p->siret);
}

enum dsn_ranking
dsn_ranking(const struct dsn_id *new, const struct dsn_id *old)
{
	switch (dsn_supersedes(new, old)) {
	case DSN_LATE:
		return DSN_HISTORY;
	case DSN_SAME:
		return DSN_SAME_VERSION;
	case DSN_UNDOES:
	case DSN_UNDOES_REPLACING:
		return DSN_STANDS;
	case DSN_TWICE:
		break;
	case DSN_OTHER:
		assert(!"two identities");
	}
	/* A later one, or another of the same rank. */
	if (dsn_supersedes(old, new) != DSN_LATE)
		return DSN_CONTRADICTS;
	return old->type == DSN_CANCELS ? DSN_STANDS : DSN_STANDS_TOLD;
}

/* ---- a declaration as rows ---------------------------------------------- */

static const char *
or_dash(const char *text)
{
	return text[0] == '\0' ? "-" : text;
}

static void
declaration_key(const struct dsn_pending *p, struct value *row)
{
	row[DECL_YEAR] = value_int(p->id.month.y);
	row[DECL_SIREN] = value_text(p->id.siren);
	row[DECL_SIRET] = value_text(p->siret);
	row[DECL_MONTH] = value_int(p->id.month.m);
	row[DECL_FRACTION] = value_int(p->id.fraction);
	row[DECL_NATURE] = value_int(p->id.nature);
}

static void
declaration_row(const struct dsn_pending *p, struct value *row)
{
	declaration_key(p, row);
	row[DECL_TYPE] = value_int(p->id.type);
	row[DECL_MADE_ON] = value_date(p->id.made_on);
	row[DECL_ORDER] = value_int(p->id.order);
	row[DECL_NORM] = value_text(p->norm);
	row[DECL_INDIVIDUALS] = value_int(p->individuals);
	row[DECL_OUTSIDE] = value_int(p->outside);
	row[DECL_MISDECLARED] = value_int(p->misdeclared);
	row[DECL_CONTENT] = value_int(p->content);
}

static const char *
section_of(const struct total *t)
{
	return t->a.section == DSN_SUPPORT ? "support" : "main";
}

static void
total_key(const struct dsn_pending *p, const struct total *t,
    struct value *row)
{
	declaration_key(p, row);
	row[TOTAL_SECTION] = value_text(section_of(t));
	row[TOTAL_RISK_CODE] = value_text(or_dash(t->a.risk_code));
	row[TOTAL_USER] = value_text(or_dash(t->a.user));
}

typedef int take_row(void *to, enum table_id table, const struct value *row,
    struct err *err);

static int
each_of_total(const struct dsn_pending *p, const struct total *t,
    take_row *take, void *to, struct err *err)
{
	struct value row[TABLE_COLUMNS_MAX];
	int rc;

	total_key(p, t, row);
	row[AMOUNT_YEAR] = value_int(t->a.year);
	row[AMOUNT_CENTS] = value_int(t->a.payroll.v);
	row[AMOUNT_HOURS] = value_int(t->a.hours);
	row[AMOUNT_DAYS] = value_int(t->a.days);
	row[AMOUNT_CONTRACTS] = value_int(t->a.contracts);
	row[AMOUNT_WITHOUT_HOURS] = value_int(t->a.without_hours);
	if ((rc = take(to, TABLE_DSN_AMOUNT, row, err)) != TAPR_OK)
		return rc;
	for (size_t i = 0; i < t->shares; i++) {
		row[SHARE_FULL] = value_int(t->share[i].full);
		row[SHARE_PART] = value_int(t->share[i].part);
		if ((rc = take(to, TABLE_DSN_SHARE, row, err)) != TAPR_OK)
			return rc;
	}
	for (size_t i = 0; i < t->rates; i++) {
		row[DRATE_YEAR] = value_int(t->a.year);
		row[DRATE_RATE] = value_int(t->rate[i].given ?
		    t->rate[i].rate.v : -1);
		row[DRATE_CONTRACTS] = value_int(t->rate[i].contracts);
		row[DRATE_CENTS] = value_int(t->rate[i].payroll.v);
		if ((rc = take(to, TABLE_DSN_RATE, row, err)) != TAPR_OK)
			return rc;
	}
	return TAPR_OK;
}

static int
each_row(const struct dsn_pending *p, take_row *take, void *to,
    struct err *err)
{
	int rc = TAPR_OK;

	for (size_t i = 0; i < p->totals && rc == TAPR_OK; i++)
		rc = each_of_total(p, &p->total[i], take, to, err);
	return rc;
}

/* In any order: a file written again may name its people otherwise. */
static int
add_checksum(void *to, enum table_id table, const struct value *row,
    struct err *err)
{
	struct dsn_pending *p = to;

	(void)err;
	p->content = (int64_t)((uint64_t)p->content +
	    (uint64_t)row_checksum(table_get(table), row, 0, 0));
	p->rows++;
	return TAPR_OK;
}

/* ---- taking ------------------------------------------------------------- */

/* Copies a total and its chains. */
static void
copy_total(struct arena *arena, const struct dsn_declaration *d,
    const struct dsn_aggregate *from, struct total *to)
{
	size_t n = 0;

	to->a = *from;
	for (int32_t i = from->first_share; i != DSN_NONE; i = d->share[i].next)
		to->shares++;
	for (int32_t i = from->first_rate; i != DSN_NONE; i = d->rate[i].next)
		to->rates++;
	to->share = arena_array(arena, to->shares + 1, sizeof *to->share);
	to->rate = arena_array(arena, to->rates + 1, sizeof *to->rate);
	if (to->share == NULL || to->rate == NULL)
		return;			/* the arena stays failed */
	for (int32_t i = from->first_share; i != DSN_NONE; i = d->share[i].next)
		to->share[n++] = d->share[i];
	n = 0;
	for (int32_t i = from->first_rate; i != DSN_NONE; i = d->rate[i].next)
		to->rate[n++] = d->rate[i];
}

static int
copy(struct arena *arena, const struct dsn_declaration *d,
    struct dsn_pending **ret, struct err *err)
{
	struct dsn_pending *p = arena_alloc(arena, sizeof *p);

	if (p == NULL || (p->total = arena_array(arena, d->aggregates + 1,
	    sizeof *p->total)) == NULL)
		return no_memory(err);
	p->id = d->id;
	(void)snprintf(p->siret, sizeof p->siret, "%s%s", d->id.siren,
	    d->id.nic);
	memcpy(p->norm, d->norm, sizeof p->norm);
	p->line = d->first_line;
	p->individuals = d->individuals;
	p->outside = d->outside.v;
	p->misdeclared = d->misdeclared.v;
	p->totals = d->aggregates;
	for (size_t i = 0; i < d->aggregates; i++)
		copy_total(arena, d, &d->aggregate[i], &p->total[i]);
	if (arena_failed(arena))
		return no_memory(err);
	*ret = p;
	return each_row(p, add_checksum, p, err);
}

static bool
same_identity(const struct dsn_id *a, const struct dsn_id *b)
{
	return dsn_supersedes(a, b) != DSN_OTHER;
}

static size_t
hash(const struct dsn_pending *p)
{
	uint64_t h = siret_number(p->siret, 14);

	h = h * 31 + (uint64_t)p->id.month.y * 12 + p->id.month.m;
	h = h * 131 + p->id.fraction;
	h = (h * 17 + (uint64_t)p->id.nature) *
	    UINT64_C(0x9e3779b97f4a7c15);
	return (size_t)(h >> 20);
}

/* The slot of ${p}, or the empty one where it goes. */
static struct dsn_pending **
find(struct dsn_pending **slot, size_t slots, const struct dsn_pending *p)
{
	size_t i = hash(p) & (slots - 1);

	while (slot[i] != NULL && !same_identity(&slot[i]->id, &p->id))
		i = (i + 1) & (slots - 1);
	return &slot[i];
}

static int
more_slots(struct dsn_apply *a, struct err *err)
{
	size_t slots = a->slots == 0 ? SLOTS_FIRST : 2 * a->slots;
	struct dsn_pending **slot = calloc(slots, sizeof *slot);

	if (slot == NULL)
		return no_memory(err);
	for (struct dsn_pending *p = a->first; p != NULL; p = p->next)
		*find(slot, slots, p) = p;
	free(a->slot);
	a->slot = slot;
	a->slots = slots;
	return TAPR_OK;
}

/* ${p}, of the same identity as ${old}, which stood until now. */
static void
settle(struct dsn_apply *a, struct dsn_pending *old, struct dsn_pending *p)
{
	enum dsn_ranking ranking = dsn_ranking(&p->id, &old->id);
	struct dsn_pending *next = old->next;

	switch (ranking) {
	case DSN_SAME_VERSION:
		if (p->content != old->content)
			break;
		/* FALLTHROUGH */
	case DSN_HISTORY:
		a->count.unchanged++;
		return;
	case DSN_STANDS_TOLD:
	case DSN_STANDS:
		a->count.unchanged++;		/* the old one */
		*old = *p;
		old->next = next;
		if (ranking == DSN_STANDS_TOLD)
			tell(a, old, T_TWICE);
		return;
	case DSN_CONTRADICTS:
		break;
	}
	a->count.set_aside++;
	tell(a, p, T_SAME_ORDER);
}

int
dsn_apply_take(struct dsn_apply *a, const struct dsn_declaration *d,
    struct err *err)
{
	struct dsn_pending *p, **slot;
	int rc;

	if ((rc = copy(a->arena, d, &p, err)) != TAPR_OK ||
	    (2 * (a->n + 1) > a->slots &&
	    (rc = more_slots(a, err)) != TAPR_OK))
		return rc;
	slot = find(a->slot, a->slots, p);
	if (*slot != NULL) {
		settle(a, *slot, p);
		return TAPR_OK;
	}
	*slot = p;
	if (a->last == NULL)
		a->first = p;
	else
		a->last->next = p;
	a->last = p;
	a->n++;
	return TAPR_OK;
}

int
dsn_apply_start(struct dsn_apply *a, struct intake *in,
    struct dsn_report *report, struct err *err)
{
	*a = (struct dsn_apply){ .in = in, .notes = { .report = report } };
	if ((a->arena = arena_new(PENDING_BYTES_MAX)) == NULL)
		return no_memory(err);
	return TAPR_OK;
}

void
dsn_apply_end(struct dsn_apply *a)
{
	dsn_touched_free(&a->touched);
	free(a->slot);
	a->slot = NULL;
	arena_free(a->arena);
	a->arena = NULL;
}

/* ---- writing ------------------------------------------------------------ */

struct writing {
	struct dsn_apply	*a;
	struct dsn_pending	*p;
	/* The keys of the rows of one table, to know what is not there. */
	enum table_id		 table;
	struct value		(*key)[TABLE_COLUMNS_MAX];
	size_t			 n;
};

static int
touch(struct dsn_apply *a, const struct dsn_pending *p, const char *section,
    int64_t year, struct err *err)
{
	struct dsn_touch t = { p->siret, section, (int)year, p->line, false };

	if (section == NULL)
		t.siret = p->id.siren;
	else if ((t.section = arena_strdup(a->arena, section)) == NULL)
		return no_memory(err);
	return dsn_touch(&a->touched, &t, err);
}

static int
put_row(void *to, enum table_id table, const struct value *row,
    struct err *err)
{
	struct writing *w = to;
	enum put put;
	int rc;

	if ((rc = fact_put(&w->a->in->batch, table, row, w->p->line, &put,
	    err)) != TAPR_OK || table != TABLE_DSN_AMOUNT)
		return rc;
	return touch(w->a, w->p, row[TOTAL_SECTION].s, row[AMOUNT_YEAR].i,
	    err);
}

static int
keep_key(void *to, enum table_id table, const struct value *row,
    struct err *err)
{
	struct writing *w = to;

	(void)err;
	if (table == w->table)
		memcpy(w->key[w->n++], row, (size_t)table_get(table)->keys *
		    sizeof *row);
	return TAPR_OK;
}

static int
compare_keys(const void *x, const void *y)
{
	const struct value *a = x, *b = y;
	int c = 0;

	for (int i = DECL_KEYS; i < TABLE_COLUMNS_MAX && c == 0; i++) {
		if (a[i].kind == VALUE_NULL)
			break;
		c = a[i].kind == VALUE_TEXT ? strcmp(a[i].s, b[i].s) :
		    (a[i].i > b[i].i) - (a[i].i < b[i].i);
	}
	return c;
}

/* Copies the keys of what is in force into the arena; ${ret_n} of them. */
static int
old_keys(struct writing *w, const struct value *key,
    struct value (**ret)[TABLE_COLUMNS_MAX], size_t *ret_n, struct err *err)
{
	struct arena *arena = w->a->arena;
	size_t room = 0;
	const struct row *row;
	struct rows *rows;
	int rc, keys = table_get(w->table)->keys;

	*ret = NULL;
	*ret_n = 0;
	if ((rc = rows_open(w->a->in->fund->store, w->table,
	    w->a->in->batch.id, key, DECL_KEYS, &rows, err)) != TAPR_OK)
		return rc;
	while ((rc = rows_next(rows, &row, err)) == TAPR_OK && row != NULL) {
		if (*ret_n == room) {
			struct value (*more)[TABLE_COLUMNS_MAX];

			room = room == 0 ? 16 : 2 * room;
			if ((more = arena_array(arena, room, sizeof *more)) ==
			    NULL)
				break;
			if (*ret_n > 0)
				memcpy(more, *ret, *ret_n * sizeof *more);
			*ret = more;
		}
		for (int i = 0; i < keys; i++) {
			struct value v = row->value[i];

			if (v.kind == VALUE_TEXT)
				v.s = arena_strdup(arena, v.s);
			(*ret)[*ret_n][i] = v;
		}
		++*ret_n;
	}
	rows_free(rows);
	return rc == TAPR_OK && arena_failed(arena) ? no_memory(err) : rc;
}

/* What the version before had in one table and this one has not. */
static int
end_old(struct writing *w, enum table_id table, struct err *err)
{
	struct value key[DECL_KEYS], (*old)[TABLE_COLUMNS_MAX];
	size_t n;
	enum put put;
	int rc;

	w->table = table;
	w->n = 0;
	if ((w->key = arena_array(w->a->arena, w->p->rows + 1,
	    sizeof *w->key)) == NULL)
		return no_memory(err);
	declaration_key(w->p, key);
	if ((rc = each_row(w->p, keep_key, w, err)) != TAPR_OK ||
	    (rc = old_keys(w, key, &old, &n, err)) != TAPR_OK)
		return rc;
	if (w->n > 1)
		qsort(w->key, w->n, sizeof *w->key, compare_keys);
	for (size_t i = 0; i < n && rc == TAPR_OK; i++) {
		if (table == TABLE_DSN_AMOUNT)
			rc = touch(w->a, w->p, old[i][TOTAL_SECTION].s,
			    old[i][AMOUNT_YEAR].i, err);
		if (rc == TAPR_OK && (w->n == 0 || bsearch(old[i], w->key,
		    w->n, sizeof *w->key, compare_keys) == NULL))
			rc = fact_end(&w->a->in->batch, table, old[i], &put,
			    err);
	}
	return rc;
}

/* ---- beside the classification ------------------------------------------ */

struct class_row {
	char	section[16], risk_code[8];
};
enum { CLASSES_MAX = 16 };

/* The classification of an establishment on a day, a row a section. */
static int
classes_on(struct intake *in, const char *siret, struct date on,
    struct class_row *ret, int *ret_n, struct err *err)
{
	struct value key = value_text(siret), day = value_date(on);
	const struct row *row;
	struct rows *rows;
	int rc, n = 0;

	if ((rc = rows_open(in->fund->store, TABLE_CLASSIFICATION,
	    in->batch.id, &key, 1, &rows, err)) != TAPR_OK)
		return rc;
	while ((rc = rows_next(rows, &row, err)) == TAPR_OK && row != NULL) {
		const char *section =
		    value_or_empty(&row->value[CLASS_SECTION]);

		if (value_or(&row->value[CLASS_FROM_ON], 0) > day.i)
			continue;
		/* By section, then by day: the last one stands. */
		if (n == 0 || strcmp(ret[n - 1].section, section) != 0)
			n += n < CLASSES_MAX;
		(void)snprintf(ret[n - 1].section, sizeof ret->section, "%s",
		    section);
		(void)snprintf(ret[n - 1].risk_code, sizeof ret->risk_code,
		    "%s", value_or_empty(&row->value[CLASS_RISK_CODE]));
	}
	rows_free(rows);
	*ret_n = n;
	return rc;
}

static const struct class_row *
class_of(const struct class_row *c, int n, const char *section)
{
	for (int i = 0; i < n; i++)
		if (strcmp(c[i].section, section) == 0)
			return &c[i];
	return NULL;
}

/* The code of offices is that of the establishment, with a letter behind. */
static bool
is_classified(const struct class_row *c, int n, const char *code)
{
	const struct class_row *main_class = class_of(c, n, "main");

	return main_class == NULL || strcmp(code, "999ZZ") == 0 ||
	    code[0] == '\0' || strcmp(main_class->risk_code, code) == 0;
}

static int
compare_classes(struct dsn_apply *a, const struct dsn_pending *p,
    struct err *err)
{
	struct class_row c[CLASSES_MAX];
	bool code = false, section = false;
	struct date on = p->id.month;
	int rc, n;

	if (p->totals == 0)
		return TAPR_OK;
	on.d = (uint8_t)date_days_in_month(on.y, on.m);
	if ((rc = classes_on(a->in, p->siret, on, c, &n, err)) != TAPR_OK ||
	    n == 0)
		return rc;
	for (size_t i = 0; i < p->totals; i++) {
		const struct dsn_aggregate *t = &p->total[i].a;

		if (t->year != p->id.month.y)
			continue;
		code |= !is_classified(c, n, t->risk_code);
		section |= class_of(c, n, section_of(&p->total[i])) == NULL;
	}
	if (code)
		tell(a, p, T_CLASS);
	if (section)
		tell(a, p, T_SECTION);
	return TAPR_OK;
}

/*
 * A section has one risk code in the register, so the payroll of several is
 * added up under one (dsn_derive.c): told, classified or not.  What has no code
 * yet (999ZZ) is not another one.
 */
static void
compare_codes(struct dsn_apply *a, const struct dsn_pending *p)
{
	const char *first[] = { [DSN_MAIN] = NULL, [DSN_SUPPORT] = NULL };

	for (size_t i = 0; i < p->totals; i++) {
		const struct dsn_aggregate *t = &p->total[i].a;

		if (t->year != p->id.month.y || t->risk_code[0] == '\0' ||
		    strcmp(t->risk_code, "999ZZ") == 0)
			continue;
		if (first[t->section] == NULL)
			first[t->section] = t->risk_code;
		else if (strcmp(first[t->section], t->risk_code) != 0) {
			tell(a, p, T_CODES);
			return;
		}
	}
}

/* A month declared whole and in fractions counts twice: told. */
static int
compare_fractions(struct dsn_apply *a, const struct dsn_pending *p,
    struct err *err)
{
	enum { WHOLE = 11, BEFORE_FRACTION = DECL_FRACTION };
	struct value key[DECL_KEYS];
	bool whole = p->id.fraction == WHOLE, other = false;
	const struct row *row;
	struct rows *rows;
	int rc;

	declaration_key(p, key);
	if ((rc = rows_open(a->in->fund->store, TABLE_DSN_DECLARATION,
	    a->in->batch.id, key, BEFORE_FRACTION, &rows, err)) != TAPR_OK)
		return rc;
	while ((rc = rows_next(rows, &row, err)) == TAPR_OK && row != NULL)
		other |= value_or(&row->value[DECL_NATURE], 0) ==
		    (int64_t)p->id.nature &&
		    value_or(&row->value[DECL_TYPE], 0) != DSN_CANCELS &&
		    (value_or(&row->value[DECL_FRACTION], 0) == WHOLE) !=
		    whole;
	rows_free(rows);
	if (rc == TAPR_OK && other && p->id.type != DSN_CANCELS)
		tell(a, p, T_FRACTION);
	return rc;
}

/* Whether the establishment has declared a month of ${year}. */
static int
has_declared(struct dsn_apply *a, const struct dsn_pending *p, int64_t year,
    bool *ret, struct err *err)
{
	struct value key[] = { value_int(year), value_text(p->id.siren),
		value_text(p->siret) };
	const struct row *row;
	struct rows *rows;
	int rc;

	if ((rc = rows_open(a->in->fund->store, TABLE_DSN_DECLARATION,
	    a->in->batch.id, key, 3, &rows, err)) != TAPR_OK)
		return rc;
	rc = rows_next(rows, &row, err);
	*ret = rc == TAPR_OK && row != NULL;
	rows_free(rows);
	return rc;
}

/* Once all of the file is written: corrections of a year that is not here. */
static int
compare_years(struct dsn_apply *a, const struct dsn_pending *p,
    struct err *err)
{
	bool there = true;
	int rc = TAPR_OK;

	for (size_t i = 0; i < p->totals && there && rc == TAPR_OK; i++)
		if (p->total[i].a.year != p->id.month.y)
			rc = has_declared(a, p, p->total[i].a.year, &there,
			    err);
	if (!there)
		tell(a, p, T_YEAR);
	return rc;
}

/* ---- one declaration that stands in its file ---------------------------- */

static struct dsn_id
id_of(const struct dsn_pending *like, const struct value *row)
{
	struct dsn_id id = like->id;

	id.type = (enum dsn_type)value_or(&row[DECL_TYPE], DSN_NORMAL);
	id.made_on = value_to_date(&row[DECL_MADE_ON]);
	id.order = value_or(&row[DECL_ORDER], 0);
	return id;
}

/* Lets a SIRENE file bring the establishment, and the sums be made then. */
static int
wait_for(struct dsn_apply *a, const struct dsn_pending *p, struct err *err)
{
	struct value v[1] = { value_text(p->siret) };
	enum outcome outcome;

	return waiting_put(a->in, &source_dsn, v, p->line, &outcome, err);
}

static int
write_rows(struct dsn_apply *a, struct dsn_pending *p, bool replaces,
    struct err *err)
{
	static const enum table_id tables[] = { TABLE_DSN_AMOUNT,
		TABLE_DSN_SHARE, TABLE_DSN_RATE };
	struct value row[TABLE_COLUMNS_MAX];
	struct writing w = { .a = a, .p = p };
	enum put put;
	int rc;

	declaration_row(p, row);
	if ((rc = fact_put(&a->in->batch, TABLE_DSN_DECLARATION, row, p->line,
	    &put, err)) != TAPR_OK)
		return rc;
	/* Before the new rows: what is in force is the old version. */
	for (int i = 0; replaces && i < 3; i++)
		if ((rc = end_old(&w, tables[i], err)) != TAPR_OK)
			return rc;
	if ((rc = each_row(p, put_row, &w, err)) != TAPR_OK)
		return rc;
	if ((rc = touch(a, p, "", p->id.month.y, err)) != TAPR_OK)
		return rc;
	return touch(a, p, NULL, p->id.month.y, err);
}

static int
apply(struct dsn_apply *a, struct dsn_pending *p, bool replaces,
    struct err *err)
{
	bool known;
	int rc;

	if ((rc = write_rows(a, p, replaces, err)) != TAPR_OK ||
	    (rc = compare_classes(a, p, err)) != TAPR_OK ||
	    (rc = compare_fractions(a, p, err)) != TAPR_OK ||
	    (rc = known_siret(a->in, p->siret, &known, err)) != TAPR_OK)
		return rc;
	compare_codes(a, p);
	p->written = true;
	a->count.applied += known;
	a->count.waiting += !known;
	return known ? TAPR_OK : wait_for(a, p, err);
}

static int
write_one(struct dsn_apply *a, struct dsn_pending *p, struct err *err)
{
	struct value key[DECL_KEYS];
	char text[ROW_TEXT_MAX];
	enum dsn_ranking ranking;
	struct dsn_id old;
	struct row row;
	bool found;
	int rc;

	declaration_key(p, key);
	if ((rc = fact_get(a->in->fund->store, TABLE_DSN_DECLARATION,
	    a->in->batch.id, key, text, &row, &found, err)) != TAPR_OK)
		return rc;
	if (!found)
		return apply(a, p, false, err);
	old = id_of(p, row.value);
	ranking = dsn_ranking(&p->id, &old);
	if (ranking == DSN_SAME_VERSION &&
	    value_or(&row.value[DECL_CONTENT], 0) != p->content)
		ranking = DSN_CONTRADICTS;
	switch (ranking) {
	case DSN_HISTORY:
	case DSN_SAME_VERSION:
		a->count.unchanged++;
		return TAPR_OK;
	case DSN_CONTRADICTS:
		a->count.set_aside++;
		tell(a, p, T_SAME_ORDER);
		return TAPR_OK;
	case DSN_STANDS_TOLD:
		tell(a, p, T_TWICE);
		break;
	case DSN_STANDS:
		break;
	}
	return apply(a, p, true, err);
}

int
dsn_apply_all(struct dsn_apply *a, bool (*stop)(void *to), void *to,
    struct err *err)
{
	int rc;

	for (struct dsn_pending *p = a->first; p != NULL; p = p->next) {
		if (stop != NULL && stop(to))
			return err_set(err, TAPR_EINVAL, NULL, "import "
			    "interrompu : rien n'a été appliqué ; "
			    "relancez-le");
		if ((rc = write_one(a, p, err)) != TAPR_OK)
			return rc;
	}
	for (const struct dsn_pending *p = a->first; p != NULL; p = p->next)
		if (p->written && (rc = compare_years(a, p, err)) != TAPR_OK)
			return rc;
	return dsn_derive(a->in, &a->touched, err);
}

/* ---- a declaration that waited ------------------------------------------ */

enum { W_SIRET, W_COLUMNS };

static const struct flow_column waiting_columns[W_COLUMNS] = {
	[W_SIRET] = { .name = "siret", .type = FLOW_SIRET,
	    .need = FLOW_NEEDED },
};

static const struct flow waiting_flow = {
	"dsn", W_COLUMNS, W_SIRET, false, waiting_columns,
};

static int
waiting_line(struct intake *in, const struct value *v, long line,
    enum outcome *ret, struct err *err)
{
	*ret = LINE_APPLIED;
	return dsn_derive_siret(in, v[W_SIRET].s, line, err);
}

/* No file has these lines: a declaration leaves one when it waits. */
const struct source source_dsn = {
	&waiting_flow, waiting_line, NULL, { W_SIRET }, 1, W_SIRET,
};
