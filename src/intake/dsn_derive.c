/*
 * dsn_derive.c -- payroll and headcounts from what is declared.
 *
 * Payroll and hours of a year of a section: the amounts attached to that year,
 * whatever month declared them.  Hours are unknown, not zero, as soon as one
 * contract was declared without (S1-38).  A year of which only corrections are
 * known, declared by months of a later one, has no sum.  Headcounts: only what
 * monthly declarations say (nature 1); a substitution corrects amounts of
 * people whom the monthly one has counted.
 *
 * A sum replaces what stood there, whatever flow brought it; what is declared
 * no more ends only a figure that came from a DSN.
 */
#include "intake/dsn_derive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "intake/dsn.h"
#include "tariff/mode.h"

static const char unset_code[] = "999ZZ";

static int
no_memory(struct err *err)
{
	return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante pour les "
	    "totaux des DSN");
}

/* Whoever asks for these totals goes without; it stops nothing else. */
static int
damaged(const struct row *row, struct err *err)
{
	return err_set(err, TAPR_EINVAL, value_or_empty(
	    &row->value[DECL_SIRET]), "la ligne %ld du lot %lld, d'une DSN, "
	    "est abîmée ; rétablissez le registre d'une sauvegarde, ou "
	    "importez de nouveau une déclaration corrigée", row->line,
	    (long long)row->batch);
}

static int
too_large(const char *siret, int year, struct err *err)
{
	return err_set(err, TAPR_ERANGE, siret, "les montants déclarés pour "
	    "%d sont trop grands pour être ajoutés", year);
}

static bool
add(int64_t *to, int64_t v)
{
	if ((v > 0 && *to > INT64_MAX - v) || (v < 0 && *to < INT64_MIN - v))
		return false;
	*to += v;
	return true;
}

/* Room for one element more. */
static bool
room(void **at, size_t n, size_t *has, size_t size)
{
	size_t want = *has == 0 ? 32 : 2 * *has;
	void *p;

	if (n < *has)
		return true;
	if (want > SIZE_MAX / size || (p = realloc(*at, want * size)) == NULL)
		return false;
	*at = p;
	*has = want;
	return true;
}

/* ---- pure: headcounts --------------------------------------------------- */

struct frac
dsn_parts_sum(const struct dsn_parts *p, size_t n, int days)
{
	enum { TERM_PLACES = 6, SUM_PLACES = 4 };
	struct frac sum = frac_int(0), term;

	for (size_t i = 0; i < n; i++)
		sum = frac_add(sum, frac_ratio(p[i].part, p[i].full));
	sum = frac_div(sum, frac_int(days));
	if (frac_valid(sum))
		return sum;
	sum = frac_int(0);
	for (size_t i = 0; i < n; i++) {
		term = frac_div(frac_ratio(p[i].part, p[i].full),
		    frac_int(days));
		sum = frac_add(sum, frac_round(term, TERM_PLACES,
		    ROUND_HALF_UP));
	}
	return frac_round(sum, SUM_PLACES, ROUND_HALF_UP);
}

static bool
cut(const struct frac month[DSN_MONTHS], const bool is_there[DSN_MONTHS],
    int places, int64_t ret[DSN_MONTHS])
{
	struct frac sum = frac_int(0), one;
	int64_t before = 0, now;

	for (int m = 0; m < DSN_MONTHS; m++) {
		ret[m] = -1;
		if (!is_there[m])
			continue;
		one = places == 0 ? month[m] : frac_round(month[m], places,
		    ROUND_HALF_UP);
		sum = frac_add(sum, one);
		if (!frac_scaled(frac_round(sum, 2, ROUND_DOWN), 2, &now))
			return false;
		ret[m] = now > before ? now - before : 0;
		if (ret[m] == 0 && !frac_is_zero(one))
			ret[m] = 1;
		before += ret[m];
	}
	return true;
}

bool
dsn_months_cut(const struct frac month[DSN_MONTHS],
    const bool is_there[DSN_MONTHS], int64_t ret[DSN_MONTHS])
{
	enum { PLACES = 4 };

	return cut(month, is_there, 0, ret) ||
	    cut(month, is_there, PLACES, ret);
}

/* ---- what is touched ---------------------------------------------------- */

int
dsn_touch(struct dsn_touched *t, const struct dsn_touch *touch,
    struct err *err)
{
	void *at = t->at;

	if (!room(&at, t->n, &t->room, sizeof *t->at))
		return no_memory(err);
	t->at = at;
	t->at[t->n++] = *touch;
	return TAPR_OK;
}

void
dsn_touched_free(struct dsn_touched *t)
{
	free(t->at);
	*t = (struct dsn_touched){ NULL, 0, 0 };
}

/* Sections of an establishment together, firms among them by their number. */
static int
compare(const struct dsn_touch *a, const struct dsn_touch *b)
{
	int c = strcmp(a->siret, b->siret);

	if (c == 0)
		c = a->year - b->year;
	return c != 0 || a->section == NULL || b->section == NULL ? c :
	    strcmp(a->section, b->section);
}

/* Of several alike the last of the file stays in front. */
static int
in_order(const void *x, const void *y)
{
	const struct dsn_touch *a = x, *b = y;
	int c = compare(a, b);

	return c != 0 ? c : (a->line < b->line) - (a->line > b->line);
}

/* ---- whose figure stands ------------------------------------------------ */

/* Whether ${batch} brought figures of a DSN. */
static int
is_dsn(struct intake *in, int64_t batch, bool *ret, struct err *err)
{
	struct query *q;
	struct value v;
	int rc, row;

	if ((rc = store_query(in->fund->store, SQL_BATCH_GET, &q, err)) !=
	    TAPR_OK || (rc = query_bind(q, 1, value_int(batch), err)) !=
	    TAPR_OK || (rc = query_step(q, &row, err)) != TAPR_OK || row == 0)
		return rc;
	v = query_column(q, 0);
	*ret = strcmp(value_or_empty(&v), "import dsn") == 0;
	query_reset(q);
	return TAPR_OK;
}

/* Puts a sum; without one (${there} false) what a DSN had brought ends. */
static int
put_sum(struct intake *in, enum table_id table, const struct value *row,
    bool there, const struct dsn_touch *t, struct err *err)
{
	char text[ROW_TEXT_MAX];
	bool found, dsn = true;
	struct row old;
	enum put put;
	int rc;

	if ((rc = fact_get(in->fund->store, table, in->batch.id, row, text,
	    &old, &found, err)) != TAPR_OK ||
	    (found && (rc = is_dsn(in, old.batch, &dsn, err)) != TAPR_OK))
		return rc;
	if (!there)
		return found && dsn ? fact_end(&in->batch, table, row, &put,
		    err) : TAPR_OK;
	if (t->beside && !dsn)
		return TAPR_OK;
	rc = fact_put(&in->batch, table, row, t->line, &put, err);
	in->replaced += rc == TAPR_OK && !dsn && put == PUT_CHANGED;
	return rc;
}

/* ---- headcounts of months ----------------------------------------------- */

/* The shares of each month of a year, and which months were declared. */
struct year {
	struct dsn_parts *parts[DSN_MONTHS];
	size_t		 n[DSN_MONTHS], has[DSN_MONTHS];
	bool		 there[DSN_MONTHS];
};

static void
year_free(struct year *y)
{
	for (int m = 0; m < DSN_MONTHS; m++)
		free(y->parts[m]);
}

static int
add_share(struct year *y, int m, int64_t full, int64_t part, struct err *err)
{
	void *at = y->parts[m];
	size_t i;

	for (i = 0; i < y->n[m] && y->parts[m][i].full != full; i++)
		continue;
	if (i < y->n[m])
		return add(&y->parts[m][i].part, part) ? TAPR_OK :
		    err_set(err, TAPR_ERANGE, NULL,
		    "un effectif déclaré est trop grand");
	if (!room(&at, y->n[m], &y->has[m], sizeof **y->parts))
		return no_memory(err);
	y->parts[m] = at;
	y->parts[m][y->n[m]++] = (struct dsn_parts){ full, part };
	return TAPR_OK;
}

/* A monthly declaration that stands makes its month one that is known. */
static int
months_declared(struct intake *in, const struct value *key, int n,
    struct year *y, struct err *err)
{
	const struct row *row;
	struct rows *rows;
	int rc;

	if ((rc = rows_open(in->fund->store, TABLE_DSN_DECLARATION,
	    in->batch.id, key, n, &rows, err)) != TAPR_OK)
		return rc;
	while ((rc = rows_next(rows, &row, err)) == TAPR_OK && row != NULL) {
		int64_t m = value_or(&row->value[DECL_MONTH], 0);

		if (row->damaged) {
			rc = damaged(row, err);
			break;
		}
		if (value_or(&row->value[DECL_NATURE], 0) == DSN_MONTHLY &&
		    value_or(&row->value[DECL_TYPE], 0) != DSN_CANCELS &&
		    m >= 1 && m <= DSN_MONTHS)
			y->there[m - 1] = true;
	}
	rows_free(rows);
	return rc;
}

/* The months of the first ${n} columns ${key}; of ${section} unless NULL. */
static int
read_year(struct intake *in, const struct value *key, int n,
    const char *section, struct year *y, struct err *err)
{
	const struct row *row;
	struct rows *rows;
	int rc;

	if ((rc = months_declared(in, key, n, y, err)) != TAPR_OK ||
	    (rc = rows_open(in->fund->store, TABLE_DSN_SHARE, in->batch.id,
	    key, n, &rows, err)) != TAPR_OK)
		return rc;
	while (rc == TAPR_OK && (rc = rows_next(rows, &row, err)) ==
	    TAPR_OK && row != NULL) {
		const struct value *v = row->value;
		int64_t m = value_or(&v[DECL_MONTH], 0);

		if (row->damaged)
			rc = damaged(row, err);
		else if (m >= 1 && m <= DSN_MONTHS &&
		    value_or(&v[DECL_NATURE], 0) == DSN_MONTHLY &&
		    (section == NULL || strcmp(section,
		    value_or_empty(&v[TOTAL_SECTION])) == 0))
			rc = add_share(y, (int)m - 1,
			    value_or(&v[SHARE_FULL], 0),
			    value_or(&v[SHARE_PART], 0), err);
	}
	rows_free(rows);
	return rc;
}

static void
months_of(const struct year *y, int year, struct frac ret[DSN_MONTHS])
{
	for (int m = 0; m < DSN_MONTHS; m++)
		ret[m] = dsn_parts_sum(y->parts[m], y->n[m],
		    date_days_in_month(year, m + 1));
}

/* ---- the firm ----------------------------------------------------------- */

static int
put_months(struct intake *in, const struct dsn_touch *t,
    const struct year *y, struct err *err)
{
	struct frac month[DSN_MONTHS];
	int64_t cents[DSN_MONTHS];
	struct value row[HEAD_COLUMNS];
	int rc = TAPR_OK;

	months_of(y, t->year, month);
	if (!dsn_months_cut(month, y->there, cents))
		return too_large(t->siret, t->year, err);
	row[HEAD_YEAR] = value_int(t->year);
	row[HEAD_SIREN] = value_text(t->siret);
	for (int m = 0; m < DSN_MONTHS && rc == TAPR_OK; m++) {
		row[HEAD_MONTH] = value_int(m + 1);
		row[HEAD_VALUE] = value_int(cents[m]);
		rc = put_sum(in, TABLE_HEADCOUNT, row, y->there[m], t, err);
	}
	return rc;
}

static int
derive_firm(struct intake *in, const struct dsn_touch *t, struct err *err)
{
	struct value key[] = { value_int(t->year), value_text(t->siret) };
	struct year y = { .n = { 0 } };
	bool known;
	int rc;

	if ((rc = known_siren(in, t->siret, &known, err)) != TAPR_OK || !known)
		return rc;
	if ((rc = read_year(in, key, 2, NULL, &y, err)) == TAPR_OK)
		rc = put_months(in, t, &y, err);
	year_free(&y);
	return rc;
}

/* ---- the establishment -------------------------------------------------- */

/* The amounts of one year, section and risk code. */
struct bucket {
	char	section[16], code[8];
	int	year;
	int64_t	cents, hours, contracts;
	bool	no_hours;		/* of a contract */
	bool	own;			/* declared by a month of that year */
};

struct buckets {
	struct bucket	*at;
	size_t		 n, has;
};

static int
take_amount(struct buckets *b, const struct value *v, const char *siret,
    struct err *err)
{
	const char *section = value_or_empty(&v[TOTAL_SECTION]);
	const char *code = value_or_empty(&v[TOTAL_RISK_CODE]);
	int year = (int)value_or(&v[AMOUNT_YEAR], 0);
	void *at = b->at;
	struct bucket *k;
	size_t i;

	for (i = 0; i < b->n; i++)
		if (b->at[i].year == year && strcmp(b->at[i].code, code) ==
		    0 && strcmp(b->at[i].section, section) == 0)
			break;
	if (i == b->n) {
		if (!room(&at, b->n, &b->has, sizeof *b->at))
			return no_memory(err);
		b->at = at;
		b->at[b->n] = (struct bucket){ .year = year };
		k = &b->at[b->n++];
		(void)snprintf(k->section, sizeof k->section, "%s", section);
		(void)snprintf(k->code, sizeof k->code, "%s", code);
	}
	k = &b->at[i];
	if (!add(&k->cents, value_or(&v[AMOUNT_CENTS], 0)) ||
	    !add(&k->hours, value_or(&v[AMOUNT_HOURS], 0)))
		return too_large(siret, year, err);
	k->own |= value_or(&v[DECL_YEAR], 0) == year;
	if (value_or(&v[DECL_NATURE], 0) != DSN_MONTHLY)
		return TAPR_OK;
	k->no_hours |= value_or(&v[AMOUNT_WITHOUT_HOURS], 0) > 0;
	return add(&k->contracts, value_or(&v[AMOUNT_CONTRACTS], 0)) ?
	    TAPR_OK : too_large(siret, year, err);
}

static int
read_amounts(struct intake *in, const char *siret, struct buckets *b,
    struct err *err)
{
	const struct row *row;
	struct rows *rows;
	int rc;

	if ((rc = rows_by(in->fund->store, TABLE_DSN_AMOUNT, in->batch.id,
	    DECL_SIRET, value_text(siret), false, &rows, err)) != TAPR_OK)
		return rc;
	while (rc == TAPR_OK && (rc = rows_next(rows, &row, err)) ==
	    TAPR_OK && row != NULL)
		rc = row->damaged ? damaged(row, err) :
		    take_amount(b, row->value, siret, err);
	rows_free(rows);
	return rc;
}

/* Whether ${a} names the section rather than ${b}: more payroll, a real code
 * before none. */
static bool
names(const struct bucket *a, const struct bucket *b)
{
	bool a_real = a->code[0] != '-' && strcmp(a->code, unset_code) != 0;
	bool b_real;

	if (b == NULL)
		return true;
	b_real = b->code[0] != '-' && strcmp(b->code, unset_code) != 0;
	if (a_real != b_real)
		return a_real;
	return a->cents != b->cents ? a->cents > b->cents :
	    strcmp(a->code, b->code) < 0;
}

/*
 * One row of payroll from its buckets.  ${ret_there} false: nothing is
 * declared, or only corrections of a year none of whose months is here, which are not the
 * payroll of that year.
 */
static int
sum_section(const struct buckets *b, const struct dsn_touch *t,
    struct value *row, bool *ret_there, struct err *err)
{
	const struct bucket *name = NULL;
	int64_t cents = 0, hours = 0, contracts = 0;
	bool no_hours = false, own = false;

	for (size_t i = 0; i < b->n; i++) {
		const struct bucket *k = &b->at[i];

		if (k->year != t->year)
			continue;
		own |= k->own;
		if (strcmp(k->section, t->section) != 0)
			continue;
		if (names(k, name))
			name = k;
		if (!add(&cents, k->cents) || !add(&hours, k->hours) ||
		    !add(&contracts, k->contracts))
			return too_large(t->siret, t->year, err);
		no_hours |= k->no_hours;
	}
	*ret_there = name != NULL && own;
	no_hours |= contracts == 0 && hours == 0;
	row[PAY_YEAR] = value_int(t->year);
	row[PAY_SIRET] = value_text(t->siret);
	row[PAY_SECTION] = value_text(t->section);
	row[PAY_RISK_CODE] = value_text(name == NULL || name->code[0] == '-' ?
	    unset_code : name->code);
	row[PAY_CENTS] = value_int(cents);
	row[PAY_HOURS] = no_hours ? value_null() : value_int(hours);
	return TAPR_OK;
}

/* The mean of the months declared, by the rule of the year. */
static int
mean_of_section(struct intake *in, const struct dsn_touch *t,
    struct value *ret, struct err *err)
{
	char siren[10];
	struct value key[3] = { value_int(t->year), value_text(siren),
		value_text(t->siret) };
	struct frac month[DSN_MONTHS], there[DSN_MONTHS], mean;
	struct err ignored = { .code = TAPR_OK };
	struct year y = { .n = { 0 } };
	const struct rule *rule;
	size_t n = 0;
	int64_t v;
	int rc;

	(void)snprintf(siren, sizeof siren, "%.9s", t->siret);
	key[1] = value_text(siren);
	*ret = value_null();
	if ((rc = read_year(in, key, 3, t->section, &y, err)) == TAPR_OK) {
		months_of(&y, t->year, month);
		for (int m = 0; m < DSN_MONTHS; m++)
			if (y.there[m])
				there[n++] = month[m];
	}
	year_free(&y);
	/* Months alone say nothing before 2017: quarters are counted then. */
	if (rc == TAPR_OK && headcount_mean(there, n, t->year, &rule, &mean,
	    &ignored) == TAPR_OK && frac_scaled(frac_round(mean, 2,
	    ROUND_DOWN), 2, &v))
		*ret = value_int(v);
	return rc;
}

static int
derive_section(struct intake *in, const struct buckets *b,
    const struct dsn_touch *t, struct err *err)
{
	struct value row[PAY_COLUMNS];
	bool there;
	int rc;

	if ((rc = sum_section(b, t, row, &there, err)) != TAPR_OK ||
	    (rc = mean_of_section(in, t, &row[PAY_HEADCOUNT], err)) !=
	    TAPR_OK)
		return rc;
	return put_sum(in, TABLE_PAYROLL, row, there, t, err);
}

static bool
has_section(const struct dsn_touch *t, const struct dsn_touch *end,
    const char *section)
{
	while (t < end && strcmp(t->section, section) != 0)
		t++;
	return t < end;
}

/*
 * The sections of a year that was touched elsewhere: a month more, or one less,
 * may make corrections of that year its payroll, or no longer.
 */
static int
derive_beside(struct intake *in, const struct buckets *b,
    const struct dsn_touch *t, const struct dsn_touch *end, struct err *err)
{
	int rc = TAPR_OK;

	for (size_t i = 0; i < b->n && rc == TAPR_OK; i++) {
		const struct bucket *k = &b->at[i];

		if (k->year == t->year && !has_section(t, end, k->section))
			rc = derive_section(in, b, &(struct dsn_touch){
			    t->siret, k->section, t->year, t->line, true },
			    err);
	}
	return rc;
}

/* The touches ${t} to ${end} of one establishment. */
static int
derive_establishment(struct intake *in, const struct dsn_touch *t,
    const struct dsn_touch *end, struct err *err)
{
	const struct dsn_touch *year;
	struct buckets b = { NULL, 0, 0 };
	bool known;
	int rc;

	if ((rc = known_siret(in, t->siret, &known, err)) != TAPR_OK || !known)
		return rc;
	rc = read_amounts(in, t->siret, &b, err);
	while (t < end && rc == TAPR_OK) {
		for (year = t; t < end && t->year == year->year &&
		    rc == TAPR_OK; t++)
			if (t->section[0] != '\0' && (t == year ||
			    compare(t - 1, t) != 0))
				rc = derive_section(in, &b, t, err);
		if (rc == TAPR_OK)
			rc = derive_beside(in, &b, year, t, err);
	}
	free(b.at);
	return rc;
}

int
dsn_derive(struct intake *in, struct dsn_touched *t, struct err *err)
{
	size_t from, to;
	int rc = TAPR_OK;

	if (t->n > 1)
		qsort(t->at, t->n, sizeof *t->at, in_order);
	for (from = 0; from < t->n && rc == TAPR_OK; from = to) {
		const struct dsn_touch *one = &t->at[from];

		for (to = from + 1; to < t->n && strcmp(t->at[to].siret,
		    one->siret) == 0; to++)
			if (one->section == NULL && t->at[to].year !=
			    one->year)
				break;
		rc = one->section == NULL ? derive_firm(in, one, err) :
		    derive_establishment(in, one, t->at + to, err);
	}
	return rc;
}

/* ---- all of one establishment ------------------------------------------- */

static int
touch_firm(struct intake *in, struct dsn_touched *t, const char *siret,
    const char *siren, long line, struct err *err)
{
	const struct row *row;
	struct rows *rows;
	int rc;

	if ((rc = rows_by(in->fund->store, TABLE_DSN_DECLARATION,
	    in->batch.id, DECL_SIRET, value_text(siret), false, &rows, err)) !=
	    TAPR_OK)
		return rc;
	while (rc == TAPR_OK && (rc = rows_next(rows, &row, err)) ==
	    TAPR_OK && row != NULL)
		rc = dsn_touch(t, &(struct dsn_touch){ siren, NULL,
		    (int)value_or(&row->value[DECL_YEAR], 0), line, false },
		    err);
	rows_free(rows);
	return rc;
}

int
dsn_derive_siret(struct intake *in, const char *siret, long line,
    struct err *err)
{
	struct dsn_touched t = { NULL, 0, 0 };
	struct buckets b = { NULL, 0, 0 };
	char siren[10];
	int rc;

	(void)snprintf(siren, sizeof siren, "%.9s", siret);
	rc = read_amounts(in, siret, &b, err);
	for (size_t i = 0; i < b.n && rc == TAPR_OK; i++)
		rc = dsn_touch(&t, &(struct dsn_touch){ siret,
		    b.at[i].section, b.at[i].year, line, false }, err);
	if (rc == TAPR_OK)
		rc = touch_firm(in, &t, siret, siren, line, err);
	if (rc == TAPR_OK)
		rc = dsn_derive(in, &t, err);
	dsn_touched_free(&t);
	free(b.at);
	return rc;
}
