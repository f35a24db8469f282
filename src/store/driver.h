/*
 * driver.h -- what an engine must be able to do; private to store/.
 *
 * A driver knows one engine and nothing of tapr: neither tables nor batches.
 * Parameters are numbered from 1 in the text ($1, $2), columns from 0.
 */
#ifndef TAPR_STORE_DRIVER_H
#define TAPR_STORE_DRIVER_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/store.h"
#include "store/value.h"

struct driver {
	const char	*name;		/* "sqlite" */
	const char	*begin;		/* of a transaction that will write */
	int		(*open)(const char *url, enum store_mode mode,
			    void **ret, struct err *err);
	void		(*close)(void *conn);
	/*
	 * Reads all that ${text}, a "select ... from ..." in the order of a
	 * key, gives for ${param}: its ${columns} columns are put into
	 * ${column}, then ${take} is called, row after row.  Text lives as
	 * long as that call.  Ends at the first ${take} that fails.
	 */
	int		(*each)(void *conn, const char *text,
			    const struct value *param, int n,
			    struct value *column, int columns,
			    int (*take)(void *to), void *to, struct err *err);
	/* Several statements without parameters: schema and transactions. */
	int		(*exec)(void *conn, const char *text, struct err *err);
	int		(*prepare)(void *conn, const char *text, void **ret,
			    struct err *err);
	void		(*finish)(void *stmt);
	int		(*bind)(void *stmt, int i, const struct value *v,
			    struct err *err);
	/* ${ret} = 1 with a row, 0 when there is none left. */
	int		(*step)(void *conn, void *stmt, int *ret,
			    struct err *err);
	/* Text lives until the next step, reset or finish. */
	void		(*column)(void *stmt, int i, struct value *ret);
	void		(*reset)(void *stmt);
};

extern const struct driver driver_sqlite;

#endif
