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
/*
 * recompute_record(y, b, year, number, c, err): ${c} stands from now on, by the
 * contest ${number} of ${year}; ${notified} is the day of its notice.
 */
int recompute_record(struct desk *y, struct batch *b, int year, int number,
    const struct recomputed *c, struct date notified, struct err *err)
    MUST_USE;

#endif
