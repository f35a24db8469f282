/*
 * deadline.h -- the dates that the law sets.
 *
 * Pure: a date in, a date out, with the reading that was chosen.  Used by
 * rates (contest), claims, injunctions and rights alike.
 */
#ifndef TAPR_DEADLINE_DEADLINE_H
#define TAPR_DEADLINE_DEADLINE_H

#include <stdbool.h>

#include "base/date.h"
#include "base/err.h"
#include "law/law.h"

/* A public holiday of Code du travail art. L. 3133-1 (metropolitan list). */
bool holiday(struct date d);
/* Neither Saturday, Sunday nor public holiday (CPC art. 642). */
bool working_day(struct date d);
/* The first working day from ${d} on. */
struct date next_working_day(struct date d);

/*
 * How a period counts (docs/law-notes.md, N-36): the last day on which the act
 * is in time.  DATE_NONE in, or a count that leaves the calendar, is DATE_NONE.
 */
struct date deadline_days(struct date start, int days);	/* CPC 641 */
struct date deadline_clear_days(struct date start, int days);	/* francs */
struct date deadline_months(struct date start, int months);	/* 641, al. 2 */
/* ${days} days that are neither Sunday nor public holiday (48 h of CSS R. 441-3
 * are two); the last may be a Saturday. */
struct date deadline_open_days(struct date start, int days);
/* ${days} working days: « jours ouvrables » of the arrêté of 9 December 2010,
 * art. 14 (injunctions on short sites). */
struct date deadline_working_days(struct date start, int days);

struct appeal {
	bool		running;	/* false: the mentions are missing */
	struct date	notified_statute;	/* the reading of L. 242-5 */
	struct date	notified_arrete;	/* the reading of the arrêtés */
	struct date	deadline_statute;
	struct date	deadline_arrete;
	struct date	deadline;	/* the later: the one to print */
	bool		by_post;
	/* The parameters that decide; days is NULL by post. */
	const struct law_row *months, *days;
};

/*
 * appeal_deadline(law, available, consulted, post, mentions, ret, err): last
 * day to contest a notified rate.  Either ${post} (proven receipt) or
 * ${available} (and ${consulted} if it was); DATE_NONE = not given.
 * ${mentions} false: the time limit does not run (R. 142-1-A III) and the three
 * deadlines are DATE_NONE.  The law is the one of the availability for the
 * electronic period, of the notification for the contest.
 *
 * TAPR_EINVAL: a consultation before the availability, post together with
 * another date, or no date at all.  TAPR_ELAW: the law says nothing that day.
 * TAPR_ERANGE: the deadline leaves the calendar.
 */
int appeal_deadline(const struct law *law, struct date available,
    struct date consulted, struct date post, bool mentions,
    struct appeal *ret, struct err *err) MUST_USE;

/*
 * Until when contributions that a rectified rate changes can be claimed: back
 * by the employer (L. 243-6), or from him (L. 244-3); docs/law-notes.md, N-43.
 */
struct limitation {
	struct date		 last_day;
	bool			 over;		/* on the day of the decision */
	const struct law_row	*row;
};

/*
 * limitation(law, refund, year, notified, ret, err): of a rate of ${year}
 * rectified by a notice of ${notified}.  TAPR_ELAW: the law says nothing then;
 * TAPR_ERANGE: the last day leaves the calendar.
 */
int limitation(const struct law *law, bool refund, int year,
    struct date notified, struct limitation *ret, struct err *err) MUST_USE;

struct claim_deadline {
	struct date		 last_day;
	const struct law_row	*row;
	const char		*article;
};

/*
 * claim_deadline(law, kind, step, received, ret, err): the last day of ${step}
 * ("decision", "reserves"...) for a claim of ${kind} ("accident", "disease",
 * "relapse", "injunction"...) counted from ${received}, by
 * law/params/claim_deadline.csv as it stands on that day.  TAPR_EINVAL, with
 * the list of what is known: another kind or step, or no date.
 */
int claim_deadline(const struct law *law, const char *kind, const char *step,
    struct date received, struct claim_deadline *ret, struct err *err) MUST_USE;

#endif
