/*
 * recompute.h -- the rates of a firm, computed again from corrected facts;
 * private to campaign/.
 *
 * For a contest that is accepted and for an observation that is: what a
 * campaign found once is not changed, the rate that stands beside it is.
 */
#ifndef TAPR_CAMPAIGN_RECOMPUTE_H
#define TAPR_CAMPAIGN_RECOMPUTE_H

#include "campaign/desk.h"

/* A rate that is no longer what stands, or that can no longer be computed. */
struct recomputed {
	uint64_t	i;		/* section of the campaign */
	int32_t		was, now;	/* 1/10 000 */
	uint8_t		mode;		/* MODE_NONE: refused now, see why */
	const char	*why;
	struct date	on;		/* the tariff takes effect */
	struct value	payroll;	/* of the year, cents; null: unknown */
	struct value	amount;		/* to repay, cents; below 0: to pay */
};

/*
 * recompute_firm(y, at, siren, ret, n, err): the sections of ${siren} in the
 * campaign of ${y}, by its law, from what is known inside the batch ${at}, that
 * differ from what stands.  The results of ${y} are open; all is in its arena.
 */
int recompute_firm(struct desk *y, int64_t at, uint32_t siren,
    struct recomputed **ret, size_t *n, struct err *err) MUST_USE;
/* contest_last(d, ret, err): the highest number of the year's contests, or 0. */
int contest_last(struct desk *d, int *ret, struct err *err) MUST_USE;
/*
 * recompute_record(y, b, year, number, c, err): ${c} stands from now on, by the
 * contest ${number} of ${year}; ${notified} is the day of its notice.
 */
int recompute_record(struct desk *y, struct batch *b, int year, int number,
    const struct recomputed *c, struct date notified, struct err *err)
    MUST_USE;

/*
 * recompute_draft(d, b, i, about, ret, others, err): an observation on the rate
 * of section ${i} was right, and the facts are corrected: what they give is the
 * draft from now on, recorded as an accepted contest of ${against}
 * "observation:N".  ${others}: how many rates of the firm change as well, which
 * observations or contests of their own may correct.  TAPR_EINVAL when the facts
 * of the register do not change the rate, or no longer give one.
 */
struct draft_corrected {
	const char	*against, *document;
	struct date	 received;
	const char	*reasons;
};
int recompute_draft(struct desk *d, struct batch *b, uint64_t i,
    const struct draft_corrected *about, struct recomputed *ret,
    size_t *others, struct err *err) MUST_USE;

#endif
