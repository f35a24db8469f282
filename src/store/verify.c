/*
 * verify.c -- batch_verify(): every row counted and added up again.
 *
 * The checksum of a row, compared when the row is read (row.h), finds one that
 * was altered; only a count finds one that is gone, doubled, or in force again
 * because its superseded_by_batch was lost.  So the checksums are added up as
 * they are stored: the two faults are told apart, and a register is counted in
 * a third of the time it takes to read it.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "store/inner.h"
#include "store/row.h"

enum { TEXT_MAX = 512 };

/* What was found for each batch and table: at[batch * TABLES + table]. */
struct batch_count {
	int64_t			 known;
	struct batch_total	 at[];
};

int
batch_count_new(int64_t known, struct batch_count **ret, struct err *err)
{
	size_t n = ((size_t)known + 1) * TABLES;
	struct batch_count *c = calloc(1, sizeof *c + n * sizeof c->at[0]);

	if (c == NULL)
		return err_set(err, TAPR_EIO, "base de données",
		    "mémoire insuffisante");
	c->known = known;
	*ret = c;
	return TAPR_OK;
}

void
batch_count_free(struct batch_count *c)
{
	free(c);
}

void
batch_count_row(struct batch_count *c, enum table_id id, int64_t batch,
    int64_t checksum, int64_t by)
{
	struct batch_total *n;

	if (batch < 1 || batch > c->known)
		return;
	n = &c->at[batch * TABLES + id];
	n->brought++;
	n->brought_sum += (uint64_t)checksum;
	if (by < 1 || by > c->known)
		return;
	n = &c->at[by * TABLES + id];
	n->superseded++;
	n->superseded_sum += (uint64_t)checksum;
}

void
batch_count_add(struct batch_count *to, const struct batch_count *from)
{
	assert(to->known == from->known);
	for (int64_t i = 0; i < (to->known + 1) * TABLES; i++) {
		to->at[i].brought += from->at[i].brought;
		to->at[i].brought_sum += from->at[i].brought_sum;
		to->at[i].superseded += from->at[i].superseded;
		to->at[i].superseded_sum += from->at[i].superseded_sum;
	}
}

struct counting {
	struct batch_count	*count;
	enum table_id		 id;
	struct value		 column[3];
};

static int
count_row(void *to)
{
	struct counting *c = to;

	batch_count_row(c->count, c->id, value_or(&c->column[0], 0),
	    value_or(&c->column[1], 0), value_or(&c->column[2], 0));
	return TAPR_OK;
}

int
batch_count_table(struct store *s, struct batch_count *c, enum table_id id,
    struct years years, struct err *err)
{
	const struct table *t = table_get(id);
	struct counting counting = { .count = c, .id = id };
	const struct value param[] = { value_int(c->known),
		value_int(years.first), value_int(years.last) };
	bool by_year = strcmp(t->column[0].name, "year") == 0;
	struct str text;
	int rc;

	/* known, first and last year -> batch, checksum, superseded_by */
	str_init(&text, TEXT_MAX);
	str_printf(&text, "select batch, checksum, superseded_by_batch "
	    "from %s where batch <= $1%s", t->name, by_year ?
	    " and year >= $2 and year <= $3" : "");
	rc = str_failed(&text) ? err_set(err, TAPR_EIO, t->name,
	    "mémoire insuffisante") : s->driver->each(s->conn, text.p, param,
	    by_year ? 3 : 1, counting.column, 3, count_row, &counting, err);
	str_free(&text);
	return rc;
}

static int
table_number(const char *name)
{
	for (int t = 0; t < TABLES; t++)
		if (strcmp(table_get((enum table_id)t)->name, name) == 0)
			return t;
	return -1;
}

/* Takes off what each batch said: all zero is all well. */
static int
take_off(struct store *s, struct batch_count *c, struct err *err)
{
	struct query *q;
	struct value v[6];
	int rc, row, t;

	if ((rc = store_query(s, SQL_TOTAL_LIST, &q, err)) != TAPR_OK ||
	    (rc = query_bind(q, 1, value_int(c->known), err)) != TAPR_OK)
		return rc;
	while ((rc = query_step(q, &row, err)) == TAPR_OK && row == 1) {
		for (int i = 0; i < 6; i++)
			v[i] = query_column(q, i);
		t = table_number(value_or_empty(&v[1]));
		if (t < 0 || v[0].i < 1 || v[0].i > c->known)
			continue;
		c->at[v[0].i * TABLES + t].brought -= v[2].i;
		c->at[v[0].i * TABLES + t].brought_sum -= (uint64_t)v[3].i;
		c->at[v[0].i * TABLES + t].superseded -= v[4].i;
		c->at[v[0].i * TABLES + t].superseded_sum -= (uint64_t)v[5].i;
	}
	return rc;
}

static void
first_wrong(const struct batch_count *c, const char **ret_table, int64_t *ret_batch)
{
	for (int64_t b = 1; b <= c->known; b++)
		for (int t = 0; t < TABLES; t++) {
			const struct batch_total *n = &c->at[b * TABLES + t];

			if (n->brought == 0 && n->brought_sum == 0 &&
			    n->superseded == 0 && n->superseded_sum == 0)
				continue;
			*ret_table = table_get((enum table_id)t)->name;
			*ret_batch = b;
			return;
		}
}

int
batch_count_check(struct store *s, struct batch_count *c,
    const char **ret_table, int64_t *ret_batch, struct err *err)
{
	int rc;

	*ret_table = NULL;
	*ret_batch = 0;
	if ((rc = take_off(s, c, err)) == TAPR_OK)
		first_wrong(c, ret_table, ret_batch);
	return rc;
}

int
batch_verify(struct store *s, int64_t known, const char **ret_table,
    int64_t *ret_batch, struct err *err)
{
	struct batch_count *c;
	int rc;

	if ((rc = batch_count_new(known, &c, err)) != TAPR_OK)
		return rc;
	for (int t = 0; t < TABLES && rc == TAPR_OK; t++)
		rc = batch_count_table(s, c, (enum table_id)t, EVERY_YEAR,
		    err);
	if (rc == TAPR_OK)
		rc = batch_count_check(s, c, ret_table, ret_batch, err);
	batch_count_free(c);
	return rc;
}
