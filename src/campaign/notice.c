/*
 * notice.c -- which notified rate was to be declared for a month.
 */
#include "campaign/notice.h"

static struct date
told_on(const struct notice *n)
{
	return date_is(n->notified) ? n->notified : n->effective;
}

const struct notice *
notice_for(const struct notice *n, size_t count, struct date on,
    struct date made_on)
{
	const struct notice *found = NULL;

	for (size_t i = 0; i < count; i++) {
		int c;

		if (date_cmp(n[i].effective, on) > 0 ||
		    date_cmp(told_on(&n[i]), made_on) > 0)
			continue;
		c = found == NULL ? 1 : date_cmp(n[i].effective,
		    found->effective);
		if (c > 0 || (c == 0 && date_cmp(told_on(&n[i]),
		    told_on(found)) >= 0))
			found = &n[i];
	}
	return found;
}

const struct notice *
notice_wanted(const struct notice *n, size_t count, struct date month,
    struct date made_on, int32_t declared)
{
	struct date end = month;
	const struct notice *first, *last;

	end.d = (uint8_t)date_days_in_month(month.y, month.m);
	first = notice_for(n, count, month, made_on);
	last = notice_for(n, count, end, made_on);
	return first != NULL && first->rate == declared ? first : last;
}
