/*
 * csv.h -- strict RFC 4180 reading from memory.
 *
 * UTF-8, comma, header line, fields quoted only when they need it.  The
 * reader cuts fields in place: it writes NULs into the buffer it is given, so
 * the fields of a row stay valid as long as that buffer.  A BOM is skipped.
 * CRLF and LF both end a line.  What is refused, with the line: a quote in
 * the middle of a field, text after a closing quote, a quote never closed, a
 * row of another width than the header, a NUL byte, a CR without LF, a header
 * without a name or with one twice.  Whether the text is UTF-8 is for the
 * caller to ask (utf8_valid), once for the file or field by field.
 */
#ifndef TAPR_BASE_CSV_H
#define TAPR_BASE_CSV_H

#include <stddef.h>

#include "base/err.h"

enum { CSV_COLUMNS_MAX = 64 };

struct csv {
	char		*p;		/* next byte */
	char		*end;		/* one past the last; *end is writable */
	const char	*name;		/* for messages */
	long		 line;		/* of the row last read, from 1 */
	long		 next_line;
	int		 columns;	/* width of the header */
	const char	*header[CSV_COLUMNS_MAX];
	char		*field[CSV_COLUMNS_MAX];
};

/*
 * csv_open(c, name, buf, n, err): starts reading ${buf}, of ${n} bytes plus
 * one that may be written, and reads the header line.
 */
int csv_open(struct csv *c, const char *name, char *buf, size_t n,
    struct err *err) MUST_USE;
/*
 * csv_next(c, ret, err): ${ret} = 1 and the next row in field[], or 0 at the
 * end.  A refused row may be set aside: the next call reads on at the line
 * behind the fault.
 */
int csv_next(struct csv *c, int *ret, struct err *err) MUST_USE;
/* The number of the column with that header, -1 if there is none. */
int csv_column(const struct csv *c, const char *name);

#endif
