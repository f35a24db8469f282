/*
 * store.h -- the register of a fund, and its audit log, each in a database:
 * connection, statements, transactions, migrations.
 *
 * The only SQL of the tree is in this folder and in sql/: every statement is
 * a constant of sql.c or built from the constant tables of table.c, and values
 * are bound, never written into it.  The SQL is the subset that SQLite 3.40
 * and PostgreSQL 15 share; what differs stays in a driver.  Facts have a layer
 * of their own above this one (batch.h, row.h): whoever reads or writes facts
 * uses that.
 */
#ifndef TAPR_STORE_STORE_H
#define TAPR_STORE_STORE_H

#include <stdbool.h>

#include "base/err.h"
#include "store/sql.h"
#include "store/value.h"

struct store;
struct query;

/* Which schema a database has. */
enum store_kind {
	STORE_REGISTER,	/* sql/: the facts of a fund */
	STORE_AUDIT,	/* sql/audit/: its audit log (src/guard) */
};

enum store_mode {
	STORE_READ,
	STORE_WRITE,
	STORE_SCAN,	/* to read tables whole: little is kept in memory */
	STORE_CREATE,	/* and the database does not exist yet */
};

/*
 * store_open(url, kind, mode, ret, err): opens the database at ${url}, for
 * SQLite a path.  To write brings the schema up to date; to read refuses a
 * schema older or newer than this program.  store_free() closes it.
 */
int store_open(const char *url, enum store_kind kind, enum store_mode mode,
    struct store **ret, struct err *err) MUST_USE;
/* One more connection to the same database, to read, for another thread. */
int store_again(const struct store *s, struct store **ret, struct err *err)
    MUST_USE;
void store_free(struct store *s);

int store_begin(struct store *s, struct err *err) MUST_USE;
int store_commit(struct store *s, struct err *err) MUST_USE;
/* Does nothing outside a transaction. */
void store_rollback(struct store *s);

/*
 * store_query(s, sql, ret, err): the statement ${sql}, ready for its values;
 * the same one each time it is asked for, so it is not used twice at once.  It
 * belongs to ${s}.
 */
int store_query(struct store *s, enum sql sql, struct query **ret,
    struct err *err) MUST_USE;

/* query_bind(q, i, v): parameter ${i}, from 1.  The text is not copied. */
int query_bind(struct query *q, int i, struct value v, struct err *err)
    MUST_USE;
/*
 * query_step(q, ret, err): the next row: ${ret} = 1, or 0 at the end.  At the
 * end and after a failure the statement is ready for new values.
 */
int query_step(struct query *q, int *ret, struct err *err) MUST_USE;
/* Column ${i}, from 0; its text lives until the next step. */
struct value query_column(struct query *q, int i);
/* Ends a reading before its last row. */
void query_reset(struct query *q);

/* store_run(s, sql, values, n, err): a statement that gives no row. */
int store_run(struct store *s, enum sql sql, const struct value *values,
    int n, struct err *err) MUST_USE;
/*
 * store_number(s, sql, values, n, ret, err): the one number that a statement
 * gives; ${ret} is left alone when it gives no row or nothing.
 */
int store_number(struct store *s, enum sql sql, const struct value *values,
    int n, int64_t *ret, struct err *err) MUST_USE;

#endif
