/*
 * notice.h -- PURE: which of the rates notified for a section an employer had
 * to declare for a month.
 *
 * CSS D. 242-6-22 al. 4: until the rate of the year is notified, the previous
 * one applies.  So what was right for a month depends on the day its
 * declaration was made.
 */
#ifndef TAPR_CAMPAIGN_NOTICE_H
#define TAPR_CAMPAIGN_NOTICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"

struct notice {
	struct date	effective;
	struct date	notified;	/* none: on its day of effect */
	int32_t		rate;		/* 1/10 000 of a percent */
};

/*
 * notice_for(n, count, on, made_on): the rate in effect on ${on} among those
 * notified when the declaration was made on ${made_on}; the later notice of two
 * with the same effect.  NULL when there was none.
 */
const struct notice *notice_for(const struct notice *n, size_t count,
    struct date on, struct date made_on);

/*
 * notice_wanted(n, count, month, made_on, declared): what ${declared} (-1: no
 * rate) must be compared with, for the month that begins on ${month}: the rate
 * of its last day, or that of its first day when that is the one declared (a
 * rate may change inside a month).
 */
const struct notice *notice_wanted(const struct notice *n, size_t count,
    struct date month, struct date made_on, int32_t declared);

#endif
