/*
 * store.c -- connection, statements, transactions, migrations.
 *
 * The schema is the list of sql/ files that have been applied, in order, each
 * with the digest of its text: a database changed by another hand, or made by
 * a later program, is refused rather than guessed at.
 */
#include "store/store.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/sha256.h"
#include "store/driver.h"
#include "store/inner.h"
#include "store/schema.h"

/* ---- statements ---------------------------------------------------------- */

int
store_statement(struct store *s, const char *text, struct query **ret,
    struct err *err)
{
	struct query *q = calloc(1, sizeof *q);
	int rc;

	if (q == NULL)
		return err_set(err, TAPR_EIO, "base de données",
		    "mémoire insuffisante");
	q->store = s;
	if ((rc = s->driver->prepare(s->conn, text, &q->stmt, err)) !=
	    TAPR_OK) {
		free(q);
		return rc;
	}
	*ret = q;
	return TAPR_OK;
}

void
query_free(struct query *q)
{
	if (q == NULL)
		return;
	q->store->driver->finish(q->stmt);
	free(q);
}

int
store_query(struct store *s, enum sql sql, struct query **ret,
    struct err *err)
{
	int rc;

	if (s->query[sql] == NULL &&
	    (rc = store_statement(s, sql_text(sql), &s->query[sql], err)) !=
	    TAPR_OK)
		return rc;
	*ret = s->query[sql];
	return TAPR_OK;
}

int
query_bind(struct query *q, int i, struct value v, struct err *err)
{
	return q->store->driver->bind(q->stmt, i, &v, err);
}

int
query_step(struct query *q, int *ret, struct err *err)
{
	int rc = q->store->driver->step(q->store->conn, q->stmt, ret, err);

	if (rc != TAPR_OK || *ret == 0)
		query_reset(q);
	return rc;
}

struct value
query_column(struct query *q, int i)
{
	struct value v;

	q->store->driver->column(q->stmt, i, &v);
	return v;
}

void
query_reset(struct query *q)
{
	q->store->driver->reset(q->stmt);
}

static int
bind_all(struct query *q, const struct value *values, int n, struct err *err)
{
	int rc;

	for (int i = 0; i < n; i++)
		if ((rc = query_bind(q, i + 1, values[i], err)) != TAPR_OK)
			return rc;
	return TAPR_OK;
}

int
query_run(struct query *q, const struct value *values, int n, struct err *err)
{
	int rc, row;

	if ((rc = bind_all(q, values, n, err)) != TAPR_OK ||
	    (rc = query_step(q, &row, err)) != TAPR_OK)
		return rc;
	assert(row == 0);
	return TAPR_OK;
}

int
store_run(struct store *s, enum sql sql, const struct value *values, int n,
    struct err *err)
{
	struct query *q;
	int rc;

	if ((rc = store_query(s, sql, &q, err)) != TAPR_OK)
		return rc;
	return query_run(q, values, n, err);
}

int
store_number(struct store *s, enum sql sql, const struct value *values,
    int n, int64_t *ret, struct err *err)
{
	struct query *q;
	struct value v;
	int rc, row;

	if ((rc = store_query(s, sql, &q, err)) != TAPR_OK ||
	    (rc = bind_all(q, values, n, err)) != TAPR_OK ||
	    (rc = query_step(q, &row, err)) != TAPR_OK)
		return rc;
	if (row == 0)
		return TAPR_OK;
	v = query_column(q, 0);
	*ret = value_or(&v, *ret);
	query_reset(q);
	return TAPR_OK;
}

/* ---- transactions -------------------------------------------------------- */

int
store_begin(struct store *s, struct err *err)
{
	int rc;

	assert(!s->in_transaction);
	if ((rc = s->driver->exec(s->conn, s->driver->begin, err)) != TAPR_OK)
		return rc;
	s->in_transaction = true;
	return TAPR_OK;
}

int
store_commit(struct store *s, struct err *err)
{
	int rc;

	assert(s->in_transaction);
	if ((rc = s->driver->exec(s->conn, "commit", err)) != TAPR_OK)
		return rc;
	s->in_transaction = false;
	return TAPR_OK;
}

void
store_rollback(struct store *s)
{
	struct err ignored = { .code = TAPR_OK };

	if (!s->in_transaction)
		return;
	/* A failure here leaves the transaction to the closing connection. */
	(void)s->driver->exec(s->conn, "rollback", &ignored);
	s->in_transaction = false;
}

/* ---- schema -------------------------------------------------------------- */

static void
digest(const char *text, char hex[SHA256_HEX_MAX])
{
	struct sha256 h;

	sha256_init(&h);
	sha256_add(&h, text, strlen(text));
	(void)sha256_hex(&h, hex);
}

/* One file of sql/ and its line in schema_version, or neither. */
static int
apply(struct store *s, int version, struct err *err)
{
	const struct schema_step *step = &s->schema->step[version - 1];
	char hex[SHA256_HEX_MAX];
	int rc;

	digest(step->text, hex);
	if ((rc = store_begin(s, err)) != TAPR_OK)
		return rc;
	if ((rc = s->driver->exec(s->conn, step->text, err)) != TAPR_OK ||
	    (rc = store_run(s, SQL_SCHEMA_STEP, (struct value[]){
	    value_int(version), value_text(step->name), value_text(hex) }, 3,
	    err)) != TAPR_OK ||
	    (rc = store_commit(s, err)) != TAPR_OK)
		store_rollback(s);
	return rc;
}

static int
check_version(struct store *s, int64_t version, struct err *err)
{
	struct query *q;
	char hex[SHA256_HEX_MAX];
	int rc, row;

	if (version > s->schema->n)
		return err_set(err, TAPR_EINVAL, "base de données",
		    "elle a été faite par une version plus récente de tapr ; "
		    "installez cette version");
	if ((rc = store_query(s, SQL_SCHEMA_LIST, &q, err)) != TAPR_OK)
		return rc;
	for (int i = 0; i < version; i++) {
		struct value is;

		if ((rc = query_step(q, &row, err)) != TAPR_OK)
			return rc;
		digest(s->schema->step[i].text, hex);
		is = row == 0 ? value_null() : query_column(q, 0);
		if (strcmp(value_or_empty(&is), hex) != 0) {
			query_reset(q);
			return err_set(err, TAPR_EINVAL, "base de données",
			    "son schéma (%s) n'est pas celui de ce programme ; "
			    "restaurez une sauvegarde",
			    s->schema->step[i].name);
		}
	}
	query_reset(q);
	return TAPR_OK;
}

static int
schema(struct store *s, enum store_mode mode, struct err *err)
{
	int64_t version = 0;
	int rc;

	if (mode == STORE_CREATE && (rc = s->driver->exec(s->conn,
	    "create table schema_version (version integer not null "
	    "primary key, name text not null, digest text not null)", err)) !=
	    TAPR_OK)
		return rc;
	if ((rc = store_number(s, SQL_SCHEMA_VERSION, NULL, 0, &version,
	    err)) != TAPR_OK || (rc = check_version(s, version, err)) !=
	    TAPR_OK)
		return rc;
	if (mode != STORE_WRITE && mode != STORE_CREATE &&
	    version < s->schema->n)
		return err_set(err, TAPR_EINVAL, "base de données",
		    "elle attend une mise à jour ; lancez une commande qui "
		    "écrit, par exemple « tapr doctor »");
	for (; version < s->schema->n; version++)
		if ((rc = apply(s, (int)version + 1, err)) != TAPR_OK)
			return rc;
	return TAPR_OK;
}

int
store_open(const char *url, enum store_kind kind, enum store_mode mode,
    struct store **ret, struct err *err)
{
	struct store *s = calloc(1, sizeof *s);
	int rc;

	if (s == NULL)
		return err_set(err, TAPR_EIO, url, "mémoire insuffisante");
	s->driver = &driver_sqlite;
	s->kind = kind;
	s->schema = kind == STORE_AUDIT ? &schema_audit : &schema_register;
	s->url = strdup(url);
	rc = s->url == NULL ? err_set(err, TAPR_EIO, url,
	    "mémoire insuffisante") :
	    s->driver->open(url, mode, &s->conn, err);
	if (rc != TAPR_OK) {
		free(s->url);
		free(s);
		return rc;
	}
	if ((rc = schema(s, mode, err)) != TAPR_OK) {
		store_free(s);
		return rc;
	}
	*ret = s;
	return TAPR_OK;
}

int
store_again(const struct store *s, struct store **ret, struct err *err)
{
	return store_open(s->url, s->kind, STORE_SCAN, ret, err);
}

void
store_free(struct store *s)
{
	if (s == NULL)
		return;
	store_rollback(s);
	for (int i = 0; i < SQL_COUNT; i++)
		query_free(s->query[i]);
	for (int t = 0; t < TABLES; t++) {
		query_free(s->insert[t]);
		query_free(s->current[t]);
		query_free(s->supersede[t]);
		query_free(s->get[t]);
	}
	s->driver->close(s->conn);
	free(s->url);
	free(s);
}
