/*
 * dsn_line.h -- one line of a DSN, and the form of one value.
 *
 * A line is S21.G00.40.001,'value': the block, the number of the rubrique,
 * and a value that ends at the last apostrophe of the line, whatever
 * apostrophes it holds.  Bytes are ISO-8859-1.  Nothing is copied: a value is
 * a place in the file.
 */
#ifndef TAPR_INTAKE_DSN_LINE_H
#define TAPR_INTAKE_DSN_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "intake/dsn_norm.h"

/* A value in the file; p = NULL: none. */
struct dsn_value {
	const char	*p;
	uint32_t	 n;
};

enum { DSN_LINE_MAX = 4096, DSN_NUMBER_OWN = 900 };

struct dsn_line {
	unsigned		 code;		/* 2140 */
	unsigned		 number;	/* 1 */
	bool			 ours;		/* of a G00 block */
	struct dsn_value	 value;
};

/*
 * dsn_line_cut(p, n, ret): false when the ${n} bytes at ${p}, without their
 * line end, are not a line of a DSN.
 */
bool dsn_line_cut(const char *p, size_t n, struct dsn_line *ret) MUST_USE;

/*
 * dsn_line_added(line): a line that a concentrator adds to what it hands on:
 * S05, S06, S95, S96, S10.G00.95, S20.G00.96 and the rubriques from 900.
 */
static inline bool
dsn_line_added(const struct dsn_line *line)
{

	return !line->ours || line->number >= DSN_NUMBER_OWN ||
	    line->code < 1000 || line->code == 1095 || line->code == 2096 ||
	    line->code >= 9500;
}

enum dsn_form { DSN_FORM_OK, DSN_FORM_LENGTH, DSN_FORM_CLASS, DSN_FORM_VALUE };

/* dsn_form(f, v): whether ${v} has the form that its rubrique wants. */
enum dsn_form dsn_form(const struct dsn_field *f, struct dsn_value v);

/*
 * Values whose form was found right, read.  dsn_number(v, decimals): as many
 * decimals as asked, 0 when there is no value; at most 17 digits in all, else
 * 0.  dsn_date(v): JJMMAAAA, DATE_NONE when there is none or no such day.
 */
int64_t dsn_number(struct dsn_value v, int decimals);
struct date dsn_date(struct dsn_value v);

/* dsn_is(v, text): the value is that text. */
bool dsn_is(struct dsn_value v, const char *text);
bool dsn_same(struct dsn_value a, struct dsn_value b);

#endif
