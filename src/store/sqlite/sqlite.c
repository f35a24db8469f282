/*
 * sqlite.c -- SQLite as an engine: one file, WAL, synchronous FULL.
 *
 * What our SQL leaves to the engine is settled here: a table whose end is
 * marked "clustered" is stored in the order of its primary key, and $1 is
 * written ?1, for to SQLite $1 is a name, numbered by where it first stands.
 *
 * A table that is read whole is read by a function of SQL that is ours: it is
 * given the columns of a row at once, where sqlite3_column_*() is three calls a
 * column, each of which looks at the state of the statement again.  That
 * halves the time of a freeze.
 */
#include <assert.h>
#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/str.h"
#include "store/driver.h"

enum { BUSY_MS = 10000, SQL_MAX = 1 << 20 };

static int
failed(sqlite3 *db, const char *doing, struct err *err)
{
	int code = sqlite3_errcode(db);
	const char *say = sqlite3_errmsg(db);

	/* A file beside the base that finds no room is an error of reading. */
	if (code == SQLITE_FULL || ((code == SQLITE_IOERR ||
	    code == SQLITE_CANTOPEN) && sqlite3_system_errno(db) == ENOSPC))
		return err_set(err, TAPR_EIO, doing, "le disque est plein ; "
		    "libérez de la place et recommencez : rien n'est perdu");
	if (code == SQLITE_BUSY)
		return err_set(err, TAPR_EIO, doing, "la base est occupée par "
		    "un autre programme ; recommencez quand il a fini");
	if (code == SQLITE_READONLY || code == SQLITE_CANTOPEN)
		return err_set(err, TAPR_EIO, doing, "la base ou son dossier ne "
		    "se laisse pas écrire, même pour lire ; vérifiez les "
		    "droits");
	if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
		return err_set(err, TAPR_EIO, doing, "la base est abîmée (%s) ; "
		    "restaurez une sauvegarde", say);
	return err_set(err, TAPR_EIO, doing, "la base refuse : %s", say);
}

static int
sqlite_exec_text(void *conn, const char *text, struct err *err)
{
	sqlite3 *db = conn;

	if (sqlite3_exec(db, text, NULL, NULL, NULL) != SQLITE_OK)
		return failed(db, "base de données", err);
	return TAPR_OK;
}

/* Our SQL marks the end of a table stored by its key with a comment. */
static int
exec(void *conn, const char *text, struct err *err)
{
	static const char mark[] = "/* clustered */";
	struct str s;
	const char *at;
	int rc;

	str_init(&s, SQL_MAX);
	while ((at = strstr(text, mark)) != NULL) {
		str_add_n(&s, text, (size_t)(at - text));
		str_add(&s, "without rowid");
		text = at + strlen(mark);
	}
	str_add(&s, text);
	rc = str_failed(&s) ? err_set(err, TAPR_EIO, "base de données",
	    "mémoire insuffisante") : sqlite_exec_text(conn, s.p, err);
	str_free(&s);
	return rc;
}

static void
shut(void *conn)
{
	(void)sqlite3_close(conn);
}

static int
set_up(sqlite3 *db, struct err *err)
{
	(void)sqlite3_busy_timeout(db, BUSY_MS);
	(void)sqlite3_extended_result_codes(db, 0);
	return sqlite_exec_text(db, "pragma journal_mode = wal;"
	    "pragma synchronous = full; pragma foreign_keys = on;"
	    "pragma trusted_schema = off; pragma cell_size_check = on;"
	    "pragma temp_store = memory; pragma cache_size = -65536;", err);
}

/* SQLite takes an empty file for a base without tables, and writes into it. */
static int
refuse_empty(const char *url, struct err *err)
{
	struct stat st;

	if (stat(url, &st) == 0 && S_ISREG(st.st_mode) && st.st_size == 0)
		return err_set(err, TAPR_EIO, url, "la base est vide (0 "
		    "octet) ; restaurez une sauvegarde");
	return TAPR_OK;
}

/* ---- a whole reading -------------------------------------------------------- */

static const char row_function[] = "tapr_row";

struct reading {
	struct value	*column;
	int		(*take)(void *to);
	void		*to;
	int		 rc;
};

static void
take_value(sqlite3_value *from, struct value *ret)
{
	switch (sqlite3_value_type(from)) {
	case SQLITE_NULL:
		*ret = value_null();
		break;
	case SQLITE_INTEGER:
		*ret = value_int(sqlite3_value_int64(from));
		break;
	default:
		/* A real or a blob cannot be ours: its text fails its checksum. */
		*ret = value_text((const char *)sqlite3_value_text(from));
		break;
	}
}

/* tapr_row(reading, column...) */
static void
read_row(sqlite3_context *c, int n, sqlite3_value **v)
{
	struct reading *r = sqlite3_value_pointer(v[0], row_function);

	if (r == NULL) {
		sqlite3_result_error(c, "no reading", -1);
		return;
	}
	for (int i = 1; i < n; i++)
		take_value(v[i], &r->column[i - 1]);
	if ((r->rc = r->take(r->to)) != TAPR_OK)
		sqlite3_result_error(c, "stopped", -1);
}

static int
add_function(sqlite3 *db, struct err *err)
{
	if (sqlite3_create_function(db, row_function, -1, SQLITE_UTF8 |
	    SQLITE_DIRECTONLY, NULL, read_row, NULL, NULL) != SQLITE_OK)
		return failed(db, "base de données", err);
	return TAPR_OK;
}

static int
attach(const char *url, int flags, const char *first, sqlite3 **ret,
    struct err *err)
{
	sqlite3 *db;
	int rc;

	if (sqlite3_open_v2(url, &db, flags, NULL) != SQLITE_OK) {
		rc = db == NULL ? err_set(err, TAPR_EIO, url,
		    "mémoire insuffisante") : err_set(err, TAPR_EIO, url,
		    "la base ne s'ouvre pas (%s) ; vérifiez le dossier et les "
		    "droits, ou créez le fonds par « tapr init »",
		    sqlite3_errmsg(db));
		(void)sqlite3_close(db);
		return rc;
	}
	if ((rc = sqlite_exec_text(db, first, err)) != TAPR_OK ||
	    (rc = set_up(db, err)) != TAPR_OK ||
	    (rc = add_function(db, err)) != TAPR_OK) {
		(void)sqlite3_close(db);
		return rc;
	}
	*ret = db;
	return TAPR_OK;
}

/*
 * The file that connections share (-shm) needs 32 KiB.  On a disk that is full
 * a reader does without, alone for as long as it reads: what is known can
 * always be read.
 */
static int
start(const char *url, enum store_mode mode, void **ret, struct err *err)
{
	int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE |
	    (mode == STORE_CREATE ? SQLITE_OPEN_CREATE : 0);
	struct err ignored = { .code = TAPR_OK };
	sqlite3 *db;
	int rc;

	if (mode != STORE_CREATE && (rc = refuse_empty(url, err)) != TAPR_OK)
		return rc;
	/* A page read once is read no more: 2 MiB stay in the processor. */
	rc = attach(url, flags, "", &db, err);
	if (rc == TAPR_OK && mode == STORE_SCAN && (rc = sqlite_exec_text(db,
	    "pragma cache_size = -2048", err)) != TAPR_OK)
		(void)sqlite3_close(db);
	if (rc != TAPR_OK && mode == STORE_READ && attach(url, flags,
	    "pragma locking_mode = exclusive", &db, &ignored) == TAPR_OK) {
		if (err != NULL)
			*err = (struct err){ .code = TAPR_OK };
		rc = TAPR_OK;
	}
	if (rc == TAPR_OK)
		*ret = db;
	return rc;
}

static int
prepare(void *conn, const char *text, void **ret, struct err *err)
{
	sqlite3 *db = conn;
	sqlite3_stmt *stmt;
	size_t n = strlen(text);
	char *own = malloc(n + 1);
	int rc;

	if (own == NULL)
		return err_set(err, TAPR_EIO, "base de données",
		    "mémoire insuffisante");
	memcpy(own, text, n + 1);
	for (char *p = own; (p = strchr(p, '$')) != NULL;)
		*p = '?';
	rc = sqlite3_prepare_v3(db, own, (int)n, SQLITE_PREPARE_PERSISTENT,
	    &stmt, NULL);
	free(own);
	if (rc != SQLITE_OK)
		return failed(db, "base de données", err);
	*ret = stmt;
	return TAPR_OK;
}

static void
finish(void *stmt)
{
	(void)sqlite3_finalize(stmt);
}

static int
bind(void *stmt, int i, const struct value *v, struct err *err)
{
	int rc = SQLITE_OK;

	switch (v->kind) {
	case VALUE_NULL:
		rc = sqlite3_bind_null(stmt, i);
		break;
	case VALUE_INT:
		rc = sqlite3_bind_int64(stmt, i, v->i);
		break;
	case VALUE_TEXT:
		rc = sqlite3_bind_text(stmt, i, v->s, -1, SQLITE_STATIC);
		break;
	}
	return rc == SQLITE_OK ? TAPR_OK :
	    failed(sqlite3_db_handle(stmt), "base de données", err);
}

static int
step(void *conn, void *stmt, int *ret, struct err *err)
{
	int rc = sqlite3_step(stmt);

	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		return failed(conn, "base de données", err);
	*ret = rc == SQLITE_ROW;
	return TAPR_OK;
}

/* "select a, b from" as "select tapr_row($N, a, b) from". */
static int
prepare_each(void *conn, const char *text, int n, void **ret, struct err *err)
{
	static const char select[] = "select ", from[] = " from ";
	const char *end = strstr(text, from);
	struct str s;
	int rc;

	assert(end != NULL && strncmp(text, select, strlen(select)) == 0);
	text += strlen(select);
	str_init(&s, SQL_MAX);
	str_printf(&s, "select %s($%d, ", row_function, n + 1);
	str_add_n(&s, text, (size_t)(end - text));
	str_printf(&s, ")%s", end);
	rc = str_failed(&s) ? err_set(err, TAPR_EIO, "base de données",
	    "mémoire insuffisante") : prepare(conn, s.p, ret, err);
	str_free(&s);
	return rc;
}

static int
each(void *conn, const char *text, const struct value *param, int n,
    struct value *column, int columns, int (*take)(void *to), void *to,
    struct err *err)
{
	struct reading r = { column, take, to, TAPR_OK };
	void *stmt;
	int rc, row = 1;

	if ((rc = prepare_each(conn, text, n, &stmt, err)) != TAPR_OK)
		return rc;
	assert(sqlite3_bind_parameter_count(stmt) == n + 1 && columns > 0);
	for (int i = 0; i < n && rc == TAPR_OK; i++)
		rc = bind(stmt, i + 1, &param[i], err);
	if (rc == TAPR_OK && sqlite3_bind_pointer(stmt, n + 1, &r,
	    row_function, NULL) != SQLITE_OK)
		rc = failed(conn, "base de données", err);
	while (rc == TAPR_OK && row == 1) {
		rc = sqlite3_step(stmt);
		row = rc == SQLITE_ROW;
		if (r.rc != TAPR_OK)
			rc = r.rc;
		else
			rc = row || rc == SQLITE_DONE ? TAPR_OK :
			    failed(conn, "base de données", err);
	}
	/* Rows that were put in order after they were given are in none. */
	assert(sqlite3_stmt_status(stmt, SQLITE_STMTSTATUS_SORT, 0) == 0);
	finish(stmt);
	return rc;
}

static void
column(void *stmt, int i, struct value *ret)
{
	*ret = value_null();
	switch (sqlite3_column_type(stmt, i)) {
	case SQLITE_NULL:
		break;
	case SQLITE_INTEGER:
		*ret = value_int(sqlite3_column_int64(stmt, i));
		break;
	default:
		/* A real or a blob cannot be ours: its text fails its checksum. */
		*ret = value_text((const char *)sqlite3_column_text(stmt, i));
		break;
	}
}

static void
reset(void *stmt)
{
	(void)sqlite3_reset(stmt);
}

const struct driver driver_sqlite = {
	.name = "sqlite", .begin = "begin immediate", .open = start,
	.close = shut, .each = each, .exec = exec, .prepare = prepare,
	.finish = finish, .bind = bind, .step = step, .column = column,
	.reset = reset,
};
