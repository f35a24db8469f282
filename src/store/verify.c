/*
 * verify.c -- batch_verify(): every row counted and added up again.
 *
 * The checksum of a row, compared when the row is read (row.h), finds one that
 * was altered; only a count finds one that is gone, doubled, or in force again
 * because its superseded_by_batch was lost.  So the checksums are added up as
 * they are stored: the two faults are told apart, and a register is counted in
 * a third of the time it takes to read it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "store/inner.h"
#include "store/row.h"

enum { TEXT_MAX = 512 };

/* What was found for each batch and table: at[batch * TABLES + table]. */
struct count {
	int64_t			 known;
	struct batch_total	*at;
};

/* batch -> batch, checksum, superseded_by_batch */
static int
every_row(struct store *s, const struct table *t, struct query **ret,
    struct err *err)
{
	struct str text;
	int rc;

	str_init(&text, TEXT_MAX);
	str_printf(&text, "select batch, checksum, superseded_by_batch "
	    "from %s where batch <= $1", t->name);
	rc = str_failed(&text) ? err_set(err, TAPR_EIO, t->name,
	    "mémoire insuffisante") : store_statement(s, text.p, ret, err);
	str_free(&text);
	return rc;
}

static void
count_row(struct count *c, enum table_id id, struct query *q)
{
	struct value v = query_column(q, 0);
	int64_t batch = value_or(&v, 0), by;
	uint64_t sum;

	v = query_column(q, 1);
	sum = (uint64_t)value_or(&v, 0);
	v = query_column(q, 2);
	by = value_or(&v, 0);
	if (batch < 1 || batch > c->known)
		return;
	c->at[batch * TABLES + id].brought++;
	c->at[batch * TABLES + id].brought_sum += sum;
	if (by >= 1 && by <= c->known) {
		c->at[by * TABLES + id].superseded++;
		c->at[by * TABLES + id].superseded_sum += sum;
	}
}

static int
count_table(struct store *s, struct count *c, enum table_id id,
    struct err *err)
{
	struct value known = value_int(c->known);
	struct query *q;
	int rc, row = 0;

	if ((rc = every_row(s, table_get(id), &q, err)) != TAPR_OK)
		return rc;
	rc = query_bind(q, 1, known, err);
	while (rc == TAPR_OK && (rc = query_step(q, &row, err)) == TAPR_OK &&
	    row == 1)
		count_row(c, id, q);
	query_free(q);
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
take_off(struct store *s, struct count *c, struct err *err)
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
first_wrong(const struct count *c, const char **ret_table, int64_t *ret_batch)
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
batch_verify(struct store *s, int64_t known, const char **ret_table,
    int64_t *ret_batch, struct err *err)
{
	struct count c = { known, NULL };
	int rc = TAPR_OK;

	*ret_table = NULL;
	*ret_batch = 0;
	c.at = calloc((size_t)(known + 1) * TABLES, sizeof *c.at);
	if (c.at == NULL)
		return err_set(err, TAPR_EIO, "base de données",
		    "mémoire insuffisante");
	for (int t = 0; t < TABLES && rc == TAPR_OK; t++)
		rc = count_table(s, &c, (enum table_id)t, err);
	if (rc == TAPR_OK && (rc = take_off(s, &c, err)) == TAPR_OK)
		first_wrong(&c, ret_table, ret_batch);
	free(c.at);
	return rc;
}
