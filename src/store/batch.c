/*
 * batch.c -- what one act brings.
 *
 * The order of the commits is the whole point: the row of the batch first
 * (unpublished), its facts in slices, then in one transaction its totals and
 * the word published.  Whatever stops in between leaves an unpublished batch,
 * and sweep() undoes exactly what such a batch can have done: rows under its
 * number, and its number in superseded_by_batch.
 */
#include "store/batch.h"

#include <string.h>

#include "base/str.h"
#include "store/inner.h"
#include "store/row.h"

enum { SLICE_ROWS = 20000, TEXT_MAX = 512 };

/* ---- sweeping ------------------------------------------------------------ */

static int
undo(struct store *s, const char *verb, const char *table, int64_t batch,
    struct err *err)
{
	struct query *q;
	struct value v = value_int(batch);
	struct str text;
	int rc;

	str_init(&text, TEXT_MAX);
	str_printf(&text, "%s %s %s", strcmp(verb, "delete") == 0 ?
	    "delete from" : "update", table, strcmp(verb, "delete") == 0 ?
	    "where batch = $1" : "set superseded_by_batch = null "
	    "where superseded_by_batch = $1");
	rc = str_failed(&text) ? err_set(err, TAPR_EIO, table,
	    "mémoire insuffisante") : store_statement(s, text.p, &q, err);
	str_free(&text);
	if (rc != TAPR_OK)
		return rc;
	rc = query_run(q, &v, 1, err);
	query_free(q);
	return rc;
}

static int
sweep_one(struct store *s, int64_t batch, struct err *err)
{
	struct value v = value_int(batch);
	int rc;

	for (int t = 0; t < TABLES; t++) {
		const char *name = table_get((enum table_id)t)->name;

		if ((rc = undo(s, "delete", name, batch, err)) != TAPR_OK ||
		    (rc = undo(s, "update", name, batch, err)) != TAPR_OK)
			return rc;
	}
	return store_run(s, SQL_BATCH_DELETE, &v, 1, err);
}

/* Inside a transaction: every batch begun and not published goes. */
static int
sweep(struct store *s, struct err *err)
{
	int64_t batch;
	int rc;

	for (;;) {
		batch = 0;
		if ((rc = store_number(s, SQL_BATCH_UNPUBLISHED, NULL, 0,
		    &batch, err)) != TAPR_OK || batch == 0)
			return rc;
		if ((rc = sweep_one(s, batch, err)) != TAPR_OK)
			return rc;
	}
}

int
batch_sweep(struct store *s, struct err *err)
{
	int64_t batch = 0;
	int rc;

	/* Most often there is nothing: no transaction, no byte written. */
	if ((rc = store_number(s, SQL_BATCH_UNPUBLISHED, NULL, 0, &batch,
	    err)) != TAPR_OK || batch == 0)
		return rc;
	if ((rc = store_begin(s, err)) != TAPR_OK)
		return rc;
	if ((rc = sweep(s, err)) != TAPR_OK ||
	    (rc = store_commit(s, err)) != TAPR_OK)
		store_rollback(s);
	return rc;
}

/* ---- the life of a batch -------------------------------------------------- */

static int
begin(struct store *s, const struct batch_about *a, struct batch *b,
    struct err *err)
{
	int64_t last = 0;
	int rc;

	if ((rc = sweep(s, err)) != TAPR_OK ||
	    (rc = store_number(s, SQL_BATCH_LAST, NULL, 0, &last, err)) !=
	    TAPR_OK)
		return rc;
	memset(b, 0, sizeof *b);
	b->store = s;
	b->id = last + 1;
	if ((rc = store_run(s, SQL_BATCH_INSERT, (struct value[]){
	    value_int(b->id), value_text(a->kind), value_text(a->actor),
	    value_text(a->file_name), value_text(a->file_digest),
	    value_date(a->known_on), value_int(a->entry) }, 7, err)) !=
	    TAPR_OK ||
	    (rc = store_commit(s, err)) != TAPR_OK)
		return rc;
	return store_begin(s, err);
}

int
batch_start(struct store *s, const struct batch_about *about,
    struct batch *b, struct err *err)
{
	int rc;

	if ((rc = store_begin(s, err)) != TAPR_OK)
		return rc;
	if ((rc = begin(s, about, b, err)) != TAPR_OK)
		store_rollback(s);
	return rc;
}

int
batch_slice(struct batch *b, struct err *err)
{
	int rc;

	if (++b->in_slice < SLICE_ROWS)
		return TAPR_OK;
	b->in_slice = 0;
	if ((rc = store_commit(b->store, err)) != TAPR_OK)
		return rc;
	return store_begin(b->store, err);
}

static int
write_totals(struct batch *b, struct err *err)
{
	int rc;

	for (int t = 0; t < TABLES; t++) {
		const struct batch_total *n = &b->total[t];

		if (n->brought == 0 && n->superseded == 0)
			continue;
		if ((rc = store_run(b->store, SQL_TOTAL_INSERT,
		    (struct value[]){ value_int(b->id),
		    value_text(table_get((enum table_id)t)->name),
		    value_int(n->brought), value_int((int64_t)n->brought_sum),
		    value_int(n->superseded),
		    value_int((int64_t)n->superseded_sum) }, 6, err)) !=
		    TAPR_OK)
			return rc;
	}
	return TAPR_OK;
}

int
batch_publish(struct batch *b, const struct batch_report *report,
    struct err *err)
{
	static const struct batch_report none = { 0, 0, 0, 0, 0 };
	const struct batch_report *r = report == NULL ? &none : report;
	int rc;

	if ((rc = write_totals(b, err)) != TAPR_OK ||
	    (rc = store_run(b->store, SQL_BATCH_PUBLISH, (struct value[]){
	    value_int(b->id), value_int(r->read), value_int(r->applied),
	    value_int(r->unchanged), value_int(r->waiting),
	    value_int(r->set_aside) }, 6, err)) != TAPR_OK ||
	    (rc = store_commit(b->store, err)) != TAPR_OK)
		batch_drop(b);
	return rc;
}

void
batch_drop(struct batch *b)
{
	struct err ignored = { .code = TAPR_OK };

	store_rollback(b->store);
	/* What cannot be swept now is swept by the next writer. */
	if (batch_sweep(b->store, &ignored) != TAPR_OK)
		store_rollback(b->store);
}

int
batch_known(struct store *s, int64_t *ret, struct err *err)
{
	*ret = 0;
	return store_number(s, SQL_BATCH_KNOWN, NULL, 0, ret, err);
}

int
batch_known_on(struct store *s, struct date day, int64_t *ret,
    struct err *err)
{
	struct value v = value_date(day);

	*ret = 0;
	return store_number(s, SQL_BATCH_KNOWN_ON, &v, 1, ret, err);
}
