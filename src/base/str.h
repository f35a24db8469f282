/*
 * str.h -- text that grows.
 *
 * A struct str is a buffer that owns its bytes, is always NUL-terminated once
 * it holds something, and refuses to grow over its maximum.  A failure (no
 * memory, over the maximum) sticks: later writes do nothing and str_failed()
 * says so, so that a writer of documents checks once at the end.  Until
 * something is written p is NULL.
 *
 * JSON and HTML escaping live here because everything that leaves the
 * program goes through one of them.  Bytes that are no UTF-8 leave as U+FFFD.
 */
#ifndef TAPR_BASE_STR_H
#define TAPR_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct str {
	char	*p;
	size_t	 n;		/* bytes in use, without the NUL */
	size_t	 room;
	size_t	 max;		/* never more than this */
	bool	 failed;
};

/* str_init(s, max): an empty text of at most ${max} bytes; nothing is taken yet. */
void str_init(struct str *s, size_t max);
void str_free(struct str *s);
void str_clear(struct str *s);
bool str_failed(const struct str *s);

void str_add(struct str *s, const char *text);
void str_add_n(struct str *s, const char *text, size_t n);
void str_add_char(struct str *s, char c);
void str_printf(struct str *s, const char *fmt, ...) TAPR_PRINTF(2, 3);
void str_vprintf(struct str *s, const char *fmt, va_list ap) TAPR_PRINTF(2, 0);

/* A JSON string with its quotes ("null" without quotes for NULL). */
void str_add_json(struct str *s, const char *text);
/* Text for HTML content or a quoted attribute: & < > " ' escaped. */
void str_add_html(struct str *s, const char *text);

/*
 * plural(n): the « s » of a French plural, which begins at two, else "":
 * "%llu ligne%s lue%s", n, plural(n), plural(n).
 */
const char *plural(int64_t n);

/* utf8_valid(p, n): well-formed UTF-8 without surrogates or overlong forms; on
 * false ${ret_at}, if not NULL, is the offset of the first bad byte. */
bool utf8_valid(const char *p, size_t n, size_t *ret_at);

/*
 * str_brief(text): the start of a text from outside, to be quoted in a message
 * ("« %s »", str_brief(field).text): cut between two characters, with "…"
 * behind when there was more; control characters, and bytes that are no UTF-8,
 * as U+FFFD.
 */
enum { BRIEF_MAX = 72 };
struct brief { char text[BRIEF_MAX]; };
struct brief str_brief(const char *text);

#endif
