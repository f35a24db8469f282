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
 * contest_amount(payroll, was, now): payroll (cents) times the difference of
 * the rates (1/10 000 of a percent), to the cent, half a cent up; below zero
 * it is a complement, null when it does not fit.
 */
struct value contest_amount(const struct value *payroll, int32_t was,
    int32_t now);
/* contest_last(d, ret, err): the highest number of the year's contests, or 0. */
int contest_last(struct desk *d, int *ret, struct err *err) MUST_USE;
/*
 * recompute_line(y, b, year, number, c, err): the contest ${number} of ${year}
 * found ${c}.  recompute_rate(y, b, c, err): ${c} is a rate notified today.
 */
int recompute_line(struct desk *y, struct batch *b, int year, int number,
    const struct recomputed *c, struct err *err) MUST_USE;
int recompute_rate(struct desk *y, struct batch *b,
    const struct recomputed *c, struct err *err) MUST_USE;

#endif
