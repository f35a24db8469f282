/*
 * fuzz_dsn_apply.c -- files of declarations, in any order, into a register.
 *
 * The input is files of declarations of one firm (struct cursor); some replace
 * or cancel others.  What the register then holds must be what it holds when
 * it is given, in one file, only the versions that stand: a cancelled
 * declaration leaves nothing, one that was replaced neither, and neither the
 * order of the files nor how they are cut shows.  A file given twice writes
 * nothing the second time; one that is refused writes nothing at all.
 *
 * Each input has firms of its own in a register in memory, which serves many
 * inputs: making one takes longer than an input.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "intake/dsn_apply.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
	DECLARATIONS = 24,		/* of an input */
	AGGREGATES = 4, SHARES = 2, RATES = 2,
	NICS = 2,			/* establishments of a firm */
	INPUTS_OF_REGISTER = 200,
	OLD_YEAR = 2016,		/* before the norms */
};

static void
must(int condition)
{

	if (!condition)
		abort();
}

/* ---- the input as declarations -------------------------------------------- */

struct cursor {
	const uint8_t	*p, *end;
};

static unsigned
byte(struct cursor *c)
{
	return c->p < c->end ? *c->p++ : 0;
}

struct one {
	struct dsn_declaration	 d;
	struct dsn_aggregate	 aggregate[AGGREGATES];
	struct dsn_share	 share[AGGREGATES * SHARES];
	struct dsn_declared_rate rate[AGGREGATES * RATES];
	int			 nic;
	bool			 new_file, huge;
};

/* A year of the month, the one before, or one of which no month is known. */
static int16_t
year_of(unsigned bits, int year)
{
	return (int16_t)(bits == 3 ? OLD_YEAR : bits == 2 ? year - 1 : year);
}

/* Small amounts, and some that no sum holds, larger than a DSN can say. */
static int64_t
amount(struct cursor *c, struct one *o)
{
	unsigned kind = byte(c);
	int64_t v = (int64_t)byte(c) * 256 + byte(c);

	o->huge |= kind >= 0xfe;
	if (kind == 0xff)
		return INT64_MAX - v;
	if (kind == 0xfe)
		return INT64_MIN + v;
	return kind & 1 ? -v : v;
}

static bool
has_key(const struct one *o, const struct dsn_aggregate *key)
{
	for (size_t i = 0; i < o->d.aggregates; i++) {
		const struct dsn_aggregate *a = &o->aggregate[i];

		if (strcmp(a->risk_code, key->risk_code) == 0 &&
		    strcmp(a->user, key->user) == 0 &&
		    a->section == key->section && a->year == key->year)
			return true;
	}
	return false;
}

/* Contracts, and what comes with them, are of the year of the month. */
static void
contracts(struct cursor *c, struct one *o, struct dsn_aggregate *a)
{
	static const int32_t full[] = { 1, 3, 7, 99999989 };
	unsigned bits = byte(c);

	a->contracts = 1 + bits % 4;
	a->without_hours = bits / 4 % 4 == 0;
	for (unsigned i = 0; i < bits / 16 % 3; i++) {
		size_t at = AGGREGATES * SHARES - 1;

		while (o->share[at].full != 0)
			at--;
		/* Not the full time of the one before in the chain. */
		o->share[at] = (struct dsn_share){ a->first_share,
			full[(bits / 64 + i) % 4], (int64_t)byte(c) };
		a->first_share = (int32_t)at;
	}
}

static void
rates(struct cursor *c, struct one *o, size_t i, struct dsn_aggregate *a)
{
	unsigned bits = byte(c);

	for (size_t k = 0; k < bits % 3 && k < RATES; k++) {
		size_t at = i * RATES + k;

		o->rate[at] = (struct dsn_declared_rate){ .next =
			a->first_rate, .given = k == 0 || bits & 4,
			.contracts = a->contracts, .payroll = a->payroll };
		if (o->rate[at].given)
			o->rate[at].rate.v = (int32_t)(10000 *
			    (bits / 8 + k));
		a->first_rate = (int32_t)at;
	}
}

static void
aggregate(struct cursor *c, struct one *o)
{
	static const char *const codes[] = { "", "999ZZ", "271ZF", "285DF" };
	unsigned bits = byte(c);
	struct dsn_aggregate *a = &o->aggregate[o->d.aggregates];

	*a = (struct dsn_aggregate){ .section = bits & 1 ? DSN_SUPPORT :
		DSN_MAIN, .year = year_of(bits / 2 % 4, o->d.id.month.y),
		.first_share = DSN_NONE, .first_rate = DSN_NONE };
	(void)snprintf(a->risk_code, sizeof a->risk_code, "%s",
	    codes[bits / 8 % 4]);
	(void)snprintf(a->user, sizeof a->user, "%s", bits & 32 ?
	    "99998600000017" : "");
	if (has_key(o, a))
		return;
	a->payroll.v = amount(c, o);
	a->hours = amount(c, o);
	a->days = bits / 64;
	if (a->year == o->d.id.month.y)
		contracts(c, o, a);
	rates(c, o, o->d.aggregates, a);
	o->d.aggregates++;
}

/*
 * What the reader hands over: a cancellation and types 02 and 05 have no
 * totals.  Months, days and order numbers are few, so that versions meet.
 */
static void
declaration(struct cursor *c, struct one *o)
{
	unsigned first = byte(c), month = byte(c), rank = byte(c), n;
	struct dsn_id *id = &o->d.id;

	memset(o, 0, sizeof *o);
	o->new_file = first & 0x80;
	o->nic = first / 16 % NICS;
	id->nature = first & 8 ? DSN_SUBSTITUTION : DSN_MONTHLY;
	id->type = (enum dsn_type)(1 + first % 8 % 5);
	id->month = (struct date){ month & 0x10 ? 2023 : 2024,
		(uint8_t)(1 + month % 16 % 12), 1 };
	id->fraction = (uint8_t)(month & 0x20 ? 21 + month / 64 : 11);
	id->made_on = (struct date){ 2025, (uint8_t)(1 + rank % 4),
		(uint8_t)(1 + rank / 4 % 2) };
	id->order = rank / 8 % 8;
	memcpy(o->d.norm, "P24V01", sizeof "P24V01");
	o->d.outside.v = rank / 64;
	n = byte(c);
	o->d.individuals = n / 8;
	if (id->type == DSN_NORMAL || id->type == DSN_REPLACES)
		for (unsigned i = 0; i < n % 8 && i < AGGREGATES; i++)
			aggregate(c, o);
}

/* ---- the register ---------------------------------------------------------- */

struct bed {
	struct fund	 fund;
	struct intake	 in;
	unsigned	 inputs;
	unsigned	 firms;
};

static struct dsn_report report;

static void
start_batch(struct bed *b, const char *kind)
{
	struct err err = { .code = TAPR_OK };

	b->in = (struct intake){ .fund = &b->fund };
	must(batch_start(b->fund.store, &(struct batch_about){ kind,
	    "fuzz", "f.dsn", NULL, { 2025, 6, 1 }, 0 }, &b->in.batch, &err)
	    == TAPR_OK);
}

static void
fresh(struct bed *b)
{
	struct err err = { .code = TAPR_OK };

	if (b->fund.store != NULL && b->inputs++ < INPUTS_OF_REGISTER)
		return;
	store_free(b->fund.store);
	*b = (struct bed){ .fund = { .actor = "fuzz", .lock = -1,
	    .today = { 2025, 6, 1 } } };
	must(store_open(":memory:", STORE_REGISTER, STORE_CREATE,
	    &b->fund.store, &err) ==
	    TAPR_OK);
}

static void
siren_of(unsigned firm, char ret[10])
{
	(void)snprintf(ret, 10, "%09u", 100000000 + firm % 800000000);
}

static void
nic_of(int nic, char ret[6])
{
	(void)snprintf(ret, 6, "%05d", 10 + nic);
}

/* INSEE brings the establishments of a firm. */
static void
bring(struct bed *b, unsigned firm, int first, int last)
{
	struct value row[EST_COLUMNS] = { { VALUE_NULL, 0, NULL } };
	struct err err = { .code = TAPR_OK };
	char siren[10], nic[6], siret[SIRET_MAX];
	struct intake_released released;
	enum put put;

	start_batch(b, "import sirene");
	siren_of(firm, siren);
	for (int i = first; i < last; i++) {
		nic_of(i, nic);
		(void)snprintf(siret, sizeof siret, "%s%s", siren, nic);
		row[EST_SIRET] = value_text(siret);
		row[EST_STATE] = value_text("A");
		row[EST_ORIGIN] = value_text("insee");
		must(fact_put(&b->in.batch, TABLE_ESTABLISHMENT, row, i + 1,
		    &put, &err) == TAPR_OK);
	}
	must(batch_publish(&b->in.batch, NULL, &err) == TAPR_OK);
	/* As after every import. */
	must(waiting_release(&b->in, &released, &err) == TAPR_OK);
}

/* The declarations ${which} (ended by NULL) as one file; false: refused. */
static bool
give(struct bed *b, unsigned firm, struct one *const *which,
    struct batch_report *count, struct batch_total *all)
{
	struct err err = { .code = TAPR_OK };
	struct dsn_apply a;
	long line = 1;
	int rc;

	start_batch(b, "import dsn");
	must(dsn_apply_start(&a, &b->in, &report, &err) == TAPR_OK);
	for (; *which != NULL; which++) {
		struct dsn_declaration d = (*which)->d;

		siren_of(firm, d.id.siren);
		nic_of((*which)->nic, d.id.nic);
		d.aggregate = (*which)->aggregate;
		d.share = (*which)->share;
		d.rate = (*which)->rate;
		d.first_line = line++;
		d.last_line = line++;
		must(dsn_apply_take(&a, &d, &err) == TAPR_OK);
	}
	rc = dsn_apply_all(&a, NULL, NULL, &err);
	*count = a.count;
	dsn_apply_end(&a);
	dsn_report_clear(&report);
	report = (struct dsn_report){ 0 };
	*all = (struct batch_total){ 0, 0, 0, 0 };
	for (int t = 0; t < TABLES; t++) {
		all->brought += b->in.batch.total[t].brought;
		all->superseded += b->in.batch.total[t].superseded;
	}
	if (rc != TAPR_OK) {
		must(rc == TAPR_ERANGE && err.text[0] != '\0');
		batch_drop(&b->in.batch);
		return false;
	}
	must(batch_publish(&b->in.batch, NULL, &err) == TAPR_OK);
	return true;
}

/* ---- what the register holds of a firm -------------------------------------- */

static void
add_row(struct str *out, enum table_id id, const struct row *row,
    const char *siren)
{
	const struct table *t = table_get(id);

	must(!row->damaged);
	str_add(out, t->name);
	for (int i = 0; i < t->columns; i++) {
		const struct value *v = &row->value[i];

		/* A sum over the number of the firm too. */
		if (id == TABLE_DSN_DECLARATION && i == DECL_CONTENT)
			continue;
		if (v->kind == VALUE_INT)
			str_printf(out, " %lld", (long long)v->i);
		else if (v->kind == VALUE_TEXT && strncmp(v->s, siren, 9) == 0)
			str_printf(out, " *%s", v->s + 9);
		else
			str_printf(out, " %s", value_or_empty(v));
	}
	str_add(out, "\n");
}

/* The rows of one table, those of a cancellation left out. */
static void
dump_table(struct bed *b, enum table_id id, int column, const char *number,
    const char *siren, struct str *out)
{
	struct err err = { .code = TAPR_OK };
	const struct row *row;
	struct rows *rows;

	must(rows_by(b->fund.store, id, INT64_MAX, column, value_text(number),
	    false, &rows, &err) == TAPR_OK);
	while (rows_next(rows, &row, &err) == TAPR_OK && row != NULL)
		if (id != TABLE_DSN_DECLARATION ||
		    row->value[DECL_TYPE].i != DSN_CANCELS)
			add_row(out, id, row, siren);
	must(err.code == TAPR_OK);
	rows_free(rows);
}

static void
dump(struct bed *b, unsigned firm, struct str *out)
{
	static const struct {
		enum table_id	id;
		int		column;
	} tables[] = {
		{ TABLE_DSN_DECLARATION, DECL_SIRET },
		{ TABLE_DSN_AMOUNT, DECL_SIRET },
		{ TABLE_DSN_SHARE, DECL_SIRET },
		{ TABLE_DSN_RATE, DECL_SIRET }, { TABLE_PAYROLL, PAY_SIRET },
	};
	char siren[10], nic[6], siret[SIRET_MAX];

	str_init(out, 1 << 24);
	siren_of(firm, siren);
	for (size_t t = 0; t < sizeof tables / sizeof tables[0]; t++)
		for (int i = 0; i < NICS; i++) {
			nic_of(i, nic);
			(void)snprintf(siret, sizeof siret, "%s%s", siren,
			    nic);
			dump_table(b, tables[t].id, tables[t].column, siret,
			    siren, out);
		}
	dump_table(b, TABLE_HEADCOUNT, HEAD_SIREN, siren, siren, out);
	must(!str_failed(out));
}

static void
same(const struct str *a, const struct str *b)
{
	if (a->n == b->n && memcmp(a->p == NULL ? "" : a->p, b->p == NULL ?
	    "" : b->p, a->n) == 0)
		return;
	(void)fprintf(stderr, "--- one\n%s--- other\n%s", a->p == NULL ? "" :
	    a->p, b->p == NULL ? "" : b->p);
	abort();
}

/* ---- what stands, told another way than by dsn_apply ------------------------- */

static bool
one_thing(const struct one *a, const struct one *b)
{
	return a->nic == b->nic && a->d.id.nature == b->d.id.nature &&
	    date_cmp(a->d.id.month, b->d.id.month) == 0 &&
	    a->d.id.fraction == b->d.id.fraction;
}

static int64_t
rank(const struct one *o)
{
	return (int64_t)o->d.id.made_on.m * 1000 + o->d.id.order;
}

/* ${o} among the ${n} that stand: the highest rank, of two the first come. */
static void
stand(struct one **at, size_t *n, struct one *o)
{
	for (size_t i = 0; i < *n; i++)
		if (one_thing(at[i], o)) {
			if (rank(o) > rank(at[i]))
				at[i] = o;
			return;
		}
	at[(*n)++] = o;
}

/* Those that stand, without cancellations, the last first; ended by NULL. */
static void
left(struct one *const *stands, size_t n, struct one **ret)
{
	while (n-- > 0)
		if (stands[n]->d.id.type != DSN_CANCELS)
			*ret++ = stands[n];
	*ret = NULL;
}

/* ---- an input --------------------------------------------------------------- */

static void
twice(struct bed *b, unsigned firm, struct one *const *file)
{
	struct batch_report count;
	struct batch_total all;

	must(give(b, firm, file, &count, &all));
	must(count.applied == 0 && count.waiting == 0);
	must(all.brought == 0 && all.superseded == 0);
}

/* The files one by one; ${at}: what stands at the end. */
static void
give_all(struct bed *b, unsigned firm, struct one *all, size_t n,
    struct one **at, size_t *ret_n)
{
	struct one *file[DECLARATIONS + 1];
	struct batch_report count;
	struct batch_total sum;
	struct str before, after;
	bool huge = false;
	size_t i, k;

	for (i = 0; i < n;) {
		for (k = 0; i < n && (k == 0 || !all[i].new_file); i++) {
			huge |= all[i].huge;
			file[k++] = &all[i];
		}
		file[k] = NULL;
		str_init(&before, 1);
		if (huge)
			dump(b, firm, &before);
		if (give(b, firm, file, &count, &sum)) {
			must(count.applied + count.waiting + count.unchanged +
			    count.set_aside == (int64_t)k);
			for (size_t j = 0; j < k; j++)
				stand(at, ret_n, file[j]);
			twice(b, firm, file);
		} else {
			must(huge);
			dump(b, firm, &after);
			same(&before, &after);
			str_free(&after);
		}
		str_free(&before);
	}
}

/*
 * The first byte: what INSEE has brought when the declarations come.  The rest
 * is brought behind them; the other register has it from the start.  What no
 * sum holds does not wait: it would be refused to whoever releases it.
 */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct bed b;
	static struct one all[DECLARATIONS];
	struct one *at[DECLARATIONS], *rest[DECLARATIONS + 1];
	struct cursor c = { data, data + size };
	int known = (int)(byte(&c) % (NICS + 1));
	struct batch_report count;
	struct batch_total sum;
	struct str mine, other;
	size_t n = 0, stands = 0;
	unsigned firm;

	fresh(&b);
	firm = b.firms;
	b.firms += 2;
	while (c.p < c.end && n < DECLARATIONS) {
		declaration(&c, &all[n]);
		if (all[n++].huge)
			known = NICS;
	}
	bring(&b, firm, 0, known);
	give_all(&b, firm, all, n, at, &stands);
	bring(&b, firm, known, NICS);
	bring(&b, firm + 1, 0, NICS);
	left(at, stands, rest);
	if (!give(&b, firm + 1, rest, &count, &sum))
		return 0;
	dump(&b, firm, &mine);
	dump(&b, firm + 1, &other);
	same(&mine, &other);
	str_free(&mine);
	str_free(&other);
	return 0;
}
