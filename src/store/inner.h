/*
 * inner.h -- what the files of store/ share; private to store/.
 */
#ifndef TAPR_STORE_INNER_H
#define TAPR_STORE_INNER_H

#include "store/driver.h"
#include "store/store.h"
#include "store/table.h"

struct query {
	struct store	*store;
	void		*stmt;
};

struct store {
	const struct driver	*driver;
	enum store_kind		 kind;
	const struct schema	*schema;	/* of that kind */
	void			*conn;
	char			*url;
	bool			 in_transaction;
	struct query		*query[SQL_COUNT];
	/* The statements of each table, made when first needed (row.c). */
	struct query		*insert[TABLES], *current[TABLES];
	struct query		*supersede[TABLES], *get[TABLES];
};

/* A statement that is not in sql.c; the caller frees it. */
int store_statement(struct store *s, const char *text, struct query **ret,
    struct err *err) MUST_USE;
void query_free(struct query *q);
/* Binds, and runs a statement that gives no row. */
int query_run(struct query *q, const struct value *values, int n,
    struct err *err) MUST_USE;

#endif
