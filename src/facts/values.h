/*
 * values.h -- one value of FACTS.json, read or refused; private to facts/.
 *
 * A struct value is a member of the document with the place where it stands,
 * so that every refusal names its path ("claims.A1.ip_rate").  A refusal ends
 * the reading without a test at every line: only the first is kept, and once
 * there is one every function here returns at once, as for an absent value.
 * An absent or null value is refused when the contract needs it; otherwise
 * its reader returns the value that means "not given".
 */
#ifndef TAPR_FACTS_VALUES_H
#define TAPR_FACTS_VALUES_H

#include "base/arena.h"
#include "base/err.h"
#include "facts/contract.h"
#include "facts/json.h"
#include "model/facts.h"

struct reader {
	struct arena	*arena;
	struct err	*err;
	int		 rc;		/* of the first refusal */
};

struct value {
	struct reader		*r;
	const struct value	*up;	/* what holds it; NULL: the document */
	const struct field	*field;	/* of an element: that of its list */
	const char		*name;	/* in the path; NULL: the document */
	const struct json	*node;	/* NULL: absent or null */
};

/* The value ${node}, called ${name}, of the list or series ${up}. */
struct value value_in(const struct value *up, const char *name,
    const struct json *node);

/* The first refusal: TAPR_EINVAL at the place of ${v}, or TAPR_EIO.  Both are
 * NULL, so that a reader may return them for no value. */
void *value_refuse(const struct value *v, const char *fmt, ...)
    TAPR_PRINTF(2, 3);
void *value_no_memory(struct reader *r);

/* ${v} is there and nothing was refused; a needed value must be there. */
bool value_given(const struct value *v);

/* value_members(v, ret): ${ret}[i] is the member of field i of the object. */
bool value_members(const struct value *v, struct value ret[FIELDS_MAX])
    MUST_USE;

/* The text; NULL when there is none.  ${example} is shown in the refusal. */
const char *value_string(const struct value *v, const char *example);
/* value_integer(v, what, ret): a whole number within ±10^9; true if read. */
bool value_integer(const struct value *v, const char *what, int *ret);
bool value_bool(const struct value *v, bool absent);
/* What the word stands for in its enum; 0, the value of every default. */
int value_word(const struct value *v);
struct date value_day(const struct value *v);		/* or DATE_NONE */
struct frac value_decimal(const struct value *v);	/* or 0 */
/* {"2021": "4200000.00", ...}: sorted by year; a null year is absent. */
struct year_series value_years(const struct value *v);

/*
 * value_list(v, what, size, read, ret_n): the elements of a list of ${what},
 * each of ${size} zeroed bytes filled by ${read}; they live in the arena.
 * NULL, and ${ret_n} untouched, when there is none.
 */
void *value_list(const struct value *v, const char *what, size_t size,
    void (*read)(const struct value *v, void *ret), size_t *ret_n);

/* ---- shared with edit.c ---- */

/* The year of a name of four digits from 1900 on; 0 when it is none. */
int value_year(const char *name, size_t n);
/* The ref of a claim, a text; NULL when it has none. */
const struct json *value_ref(const struct json *claim);
/* value_unknown(in, name, n, buf): that no field has that name, and which one
 * may be meant, in ${buf} of ERR_TEXT_MAX bytes.  Returns ${buf}. */
const char *value_unknown(const struct fields *in, const char *name, size_t n,
    char *buf);
/* value_join(buf, size, separator, text): ${text} behind what ${buf} holds. */
void value_join(char *buf, size_t size, const char *separator,
    const char *text);

#endif
