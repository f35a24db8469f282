/*
 * progress.h -- what a long command says while it works.
 *
 * What, how far, how long still.  Nothing here prints or reads a clock: the
 * command line gives both, and on no terminal it gives no struct progress at
 * all (NULL is fine everywhere below).
 */
#ifndef TAPR_BASE_PROGRESS_H
#define TAPR_BASE_PROGRESS_H

#include <stdint.h>

struct progress {
	/* Set by who owns the terminal. */
	void		(*say)(void *to, const char *text);
	void		*to;
	int64_t		(*now_ms)(void);
	/* Kept here. */
	const char	*what;
	uint64_t	 total;
	int64_t		 start, said;
};

enum { PROGRESS_EVERY_MS = 200, PROGRESS_TEXT_MAX = 160 };

/* progress_start(p, what, total): ${what} will take ${total} steps. */
void progress_start(struct progress *p, const char *what, uint64_t total);
/* progress_at(p, done): says so, at most every PROGRESS_EVERY_MS. */
void progress_at(struct progress *p, uint64_t done);
/* progress_end(p): wipes the line. */
void progress_end(struct progress *p);

#endif
