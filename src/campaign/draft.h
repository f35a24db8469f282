/*
 * draft.h -- a draft corrected because an observation on it was right; private
 * to campaign/.
 *
 * The snapshot and its results do not change.  The correction is recorded as
 * an accepted contest of "observation:N": the sheet, the review and the notice
 * then follow the facts it was decided on, like those of a rectified rate.
 * Other rates go on: state belongs to each rate.
 */
#ifndef TAPR_CAMPAIGN_DRAFT_H
#define TAPR_CAMPAIGN_DRAFT_H

#include "campaign/recompute.h"

#define DRAFT_ADDRESS	"observation:"

/* The observation, and what is answered to it. */
struct draft_heard {
	const char	*against;	/* DRAFT_ADDRESS and its number */
	const char	*document;	/* where it is kept */
	struct date	 received;
	const char	*reasons;
};

/*
 * draft_correct(d, b, i, about, ret, others, err): the rate of section ${i} is
 * from now on what the corrected facts of the register give.  ${others}: how
 * many rates of the firm change as well, which observations or contests of
 * their own may correct.  TAPR_EINVAL when the facts do not change the rate, or
 * no longer give one.
 */
int draft_correct(struct desk *d, struct batch *b, uint64_t i,
    const struct draft_heard *about, struct recomputed *ret, size_t *others,
    struct err *err) MUST_USE;
/* The rate of section ${i} is notified; if its draft was corrected, as that. */
int draft_notified(struct desk *d, struct batch *b, uint64_t i,
    struct err *err) MUST_USE;

#endif
