/*
 * value.h -- one field of a row, as it goes into a store and comes out.
 *
 * Two kinds are enough for every column of every engine: whole numbers and
 * text.  Money is cents, rates are 1/10 000 of a percent, headcounts and hours
 * are hundredths, a date is the number 20240131 (so that it sorts, and reads,
 * as itself).  There is no real number in a store.
 */
#ifndef TAPR_STORE_VALUE_H
#define TAPR_STORE_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"

enum value_kind { VALUE_NULL, VALUE_INT, VALUE_TEXT };

struct value {
	enum value_kind	 kind;
	int64_t		 i;
	const char	*s;	/* with its NUL; never one inside */
};

struct value value_null(void);
struct value value_int(int64_t i);
/* NULL and "" are the same: nothing known. */
struct value value_text(const char *s);
/* DATE_NONE is nothing known. */
struct value value_date(struct date d);

/* The date, DATE_NONE when there is none. */
struct date value_to_date(const struct value *v);
/* The number, or ${otherwise} when there is none. */
int64_t value_or(const struct value *v, int64_t otherwise);
/* The text, "" when there is none. */
const char *value_or_empty(const struct value *v);

bool value_same(const struct value *a, const struct value *b);

#endif
