/*
 * dsn_envoi.h -- where an envoi begins and ends, and whether it is whole.
 *
 * A file holds one envoi, or several when a concentrator made it.  What
 * refuses an envoi whole (cut short, in UTF-8, a test) is looked for before
 * its first declaration is read, so that nothing of it was handed on.
 */
#ifndef TAPR_INTAKE_DSN_ENVOI_H
#define TAPR_INTAKE_DSN_ENVOI_H

#include "intake/dsn_line.h"
#include "intake/dsn_rules.h"

struct dsn_cursor {
	const char	*p, *end;
	long		 line;		/* of p, from 1 */
};

/*
 * dsn_next_line(c, ret, ret_n): cuts the next line, without its end (LF or
 * CRLF), and moves on; false at the end.
 */
bool dsn_next_line(struct dsn_cursor *c, const char **ret, size_t *ret_n);

struct dsn_envoi {
	struct dsn_cursor	 from;		/* its first line */
	struct dsn_cursor	 to;		/* behind its last */
	struct dsn_value	 norm;		/* p = NULL: none given */
	long			 norm_line;
	bool			 neant;
	uint64_t		 declarations;
	enum dsn_rule		 refused;	/* DSN_RULES: whole */
	long			 refused_line;
};

/*
 * dsn_envoi_next(c, ret): the next envoi from ${c} on, which moves behind it.
 * False at the end of the file.  Lines outside an envoi are passed over when
 * they are a concentrator's; others are an envoi that is refused.
 */
bool dsn_envoi_next(struct dsn_cursor *c, struct dsn_envoi *ret);

#endif
