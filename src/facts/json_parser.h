/*
 * json_parser.h -- where a reading of JSON stands; private to facts/.
 *
 * json.c reads the document, json_string.c its texts; both point at what they
 * refuse in the copy, whose offsets are those of the document.
 */
#ifndef TAPR_FACTS_JSON_PARSER_H
#define TAPR_FACTS_JSON_PARSER_H

#include "facts/json.h"

struct json_parser {
	const char	*source;	/* as given; only to count lines */
	size_t		 n;
	char		*start, *p, *end;	/* the copy */
	struct arena	*arena;
	struct json	*pool;		/* nodes taken from the arena ahead */
	size_t		 pool_left, pool_size;
	struct err	*err;
};

/*
 * json_bad(ps, at, fmt, ...): refuses the document, at the line and column of
 * ${at}, a place of the copy.  Returns TAPR_EINVAL.
 */
int json_bad(struct json_parser *ps, const char *at, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/*
 * json_read_text(ps, ret, ret_n): decodes the string whose opening quote is at
 * ps->p, where it stands; ps->p is then behind its closing quote.
 */
int json_read_text(struct json_parser *ps, const char **ret, uint32_t *ret_n);

#endif
