/*
 * local.h -- values typed here, which stand before what INSEE sends.
 *
 * The dates, name and address of an establishment come from INSEE (S1-35).
 * What a fund types instead is kept apart (table local_value), with its author
 * and what INSEE says, so that the difference is marked wherever it is shown;
 * it ends when INSEE says the same.
 */
#ifndef TAPR_INTAKE_LOCAL_H
#define TAPR_INTAKE_LOCAL_H

#include "store/batch.h"
#include "store/row.h"

enum { LOCAL_ROWS_MAX = 64, LOCAL_BYTES_MAX = 16384, LOCAL_DAY_MAX = 16 };

/* The local values of one establishment, by field, then by first day. */
struct local {
	struct row	 row[LOCAL_ROWS_MAX];
	int		 n;
	char		 text[LOCAL_BYTES_MAX];
	size_t		 used;
};

/* The column of the table establishment that ${field} stands for, or -1. */
int local_column(const char *field);
/* ${v} as local_value holds it; a date needs ${buf}. */
struct value local_text(const struct value *v, char buf[LOCAL_DAY_MAX]);
/* And back, for ${column} of establishment. */
struct value local_value(int column, const struct value *text);

/* local_read(s, known, siret, ret, err): all there are; the texts in ${ret}. */
int local_read(struct store *s, int64_t known, const char *siret,
    struct local *ret, struct err *err) MUST_USE;
/* The value of ${field} in force on ${on}, NULL when there is none then. */
const struct row *local_on(const struct local *l, const char *field,
    struct date on);

/*
 * local_over(b, row, line, err): puts the values of our own over the row of an
 * establishment as INSEE sends it, notes what INSEE says, and ends those that
 * it says too.  ${row}[EST_ORIGIN] becomes manual where one differs; texts of
 * ${row} then are in ${l}.
 */
int local_over(struct batch *b, struct local *l, struct value *row, long line,
    struct err *err) MUST_USE;

#endif
