/*
 * delays.h -- how long files wait, step by step (S3-08 to S3-11).
 *
 * A step has a clock for each file: it starts, it stops, and what has not
 * stopped by the day of the question is open.  An age is in days, the day of
 * the start being 0; what happened after the day has not happened.  Steps are
 * rows of one table (delays.c) and a statement of store/sql.c each.
 *
 * These are indicators, not rates: rows are read without their checksums,
 * which the campaign verifies.  Nothing here knows a person.
 */
#ifndef TAPR_REGISTER_DELAYS_H
#define TAPR_REGISTER_DELAYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "law/law.h"
#include "model/place.h"
#include "store/store.h"

enum {
	DELAY_FILE_MAX = 64, DELAY_WORD_MAX = 16, DELAY_MARKS_MAX = 4,
	DELAY_OLDEST = 20,	/* files shown of each step */
};

/* Ages, counted: exact percentiles in constant memory. */
struct ages {
	int64_t		*count;		/* by age in days */
	int64_t		 n;
	int32_t		 longest;
};

int ages_init(struct ages *a, struct err *err) MUST_USE;
void ages_free(struct ages *a);
/* A clock that stops before it starts has run for no day. */
void ages_add(struct ages *a, int32_t days);
/*
 * ages_percentile(a, percent): by nearest rank, the age of the file of rank
 * ceil(percent * n / 100) from the shortest; -1 of nothing.
 */
int32_t ages_percentile(const struct ages *a, int percent);

/* A limit that a file can pass. */
struct delay_mark {
	const char		*name;	/* "target", "investigation", "due" */
	const struct law_row	*row;	/* of delay_threshold; NULL: each file
					   has a day of its own */
	int32_t			 days;	/* of that row */
	int64_t			 passed;	/* open files beyond it */
};

struct delay_file {
	char		id[DELAY_FILE_MAX];
	char		siret[DELAY_WORD_MAX], kind[DELAY_WORD_MAX];
	struct date	start;
	struct date	due;		/* first day set for it; none */
	int32_t		age;
	unsigned	passed;		/* bit i: mark i */
};

struct delay_files {
	struct delay_file	*at;
	size_t			 n, room, max;	/* max: how many are kept */
};

/* What one step looks like on a day. */
struct delay_report {
	const char		*step, *title, *clock;
	struct ages		 open, closed;
	struct delay_mark	 mark[DELAY_MARKS_MAX];
	int			 marks;
	int64_t			 no_limit;	/* open, and the law sets none */
	struct delay_files	 files;		/* oldest first */
	struct date		 today, since;	/* closed: after that day */
};

/* The names of the steps; NULL after the last. */
const char *delays_step(size_t i);

/*
 * delays_measure(s, law, step, today, whole, ret, err): ${step} as of ${today};
 * the oldest files, all of them if ${whole}.  delays_free() ends it, also
 * after a failure.
 */
int delays_measure(struct store *s, const struct law *law, const char *step,
    struct date today, bool whole, struct delay_report *ret,
    struct err *err) MUST_USE;
void delays_free(struct delay_report *r);

/*
 * delays_show(place, law, step, json, out, err): every step with its oldest
 * files, or ${step} with all of its open files, in the order of their age.
 */
int delays_show(const struct place *place, const struct law *law,
    const char *step, bool json, struct str *out, struct err *err) MUST_USE;

#endif
