/*
 * dsn_set.h -- values of one declaration that must be met once, or again.
 *
 * Keeps places in the file, never bytes: to compare two values it reads the
 * file again.  Emptied with each declaration.
 */
#ifndef TAPR_INTAKE_DSN_SET_H
#define TAPR_INTAKE_DSN_SET_H

#include "intake/dsn_line.h"

struct dsn_entry {
	struct dsn_value value;		/* p = NULL: empty slot */
	bool		 defined;	/* for the caller; false when new */
	long		 place_line, user_line;		/* likewise; 0 */
};

struct dsn_set {
	struct dsn_entry *slot;
	uint32_t	 slots, used;	/* slots: a power of two, or 0 */
};

/* dsn_set_add(s, v, ret_new): the entry of ${v}, made when there is none;
 * NULL without memory. */
struct dsn_entry *dsn_set_add(struct dsn_set *s, struct dsn_value v,
    bool *ret_new);
void dsn_set_empty(struct dsn_set *s);
void dsn_set_free(struct dsn_set *s);

#endif
