/*
 * standing.h -- a rate as it stands: where its lot is, and whether a contest
 * rectified it; private to campaign/.
 *
 * A rectified rate is not in the snapshot.  What it rests on is what the
 * register knew after the batch that decided the contest, and is gathered
 * again from it: nothing is kept twice.
 */
#ifndef TAPR_CAMPAIGN_STANDING_H
#define TAPR_CAMPAIGN_STANDING_H

#include "campaign/state.h"

/* The last contest that changed a rate; contest 0: none did. */
struct rectified {
	int		year, contest;	/* of the contest: 2024-1 */
	struct date	on;		/* decided */
	int64_t		batch;		/* that decided it */
	int32_t		old, now;	/* rates, 1/10 000 */
	bool		draft;		/* it was no rate yet: see draft.h */
};

struct standing {
	const struct lot *lot;
	struct date	  notified_on;	/* first; DATE_NONE: not yet */
	struct date	  first_appeal;	/* last day to contest that notice */
	struct rectified  rectified;
	int32_t		  before;	/* of the year before; NO_RATE */
};

/*
 * rectified_find(d, i, first, ret, err): of the section ${i} of ${d}, as known
 * to it; the inputs are open.  With ${first} only what came before its notice.
 */
int rectified_find(struct desk *d, uint64_t i, bool first,
    struct rectified *ret, struct err *err) MUST_USE;
/* The same with its lot, in the arena of ${d}; the results are open. */
int standing_find(struct desk *d, uint64_t i, struct standing *ret,
    struct err *err) MUST_USE;
/*
 * facts_standing(d, i, r, ret, err): the facts of the snapshot or, when ${r}
 * tells a contest, those it was decided on.  In the arena of ${d}.
 */
int facts_standing(struct desk *d, uint64_t i, const struct rectified *r,
    struct facts *ret, struct err *err) MUST_USE;

#endif
