/*
 * test_deadline.c -- the dates that the law sets, each with the sentence that
 * lets a jurist check it on a calendar.
 *
 * The tables use the law of the tree ($TAPR_LAW, else "law").  What a broken
 * or a distant law set does is shown on small ones, written for the test.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "deadline/deadline.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct law *law;			/* of the tree */

/* A date as the tables write it; "" is no date. */
static struct date
at(const char *text)
{
	struct date d = DATE_NONE;

	if (*text != '\0')
		assert_true(date_parse(text, strlen(text), &d));
	return d;
}

static void
assert_date(struct date got, const char *want)
{
	char text[DATE_TEXT_MAX];

	assert_string_equal(date_text(got, text), want);
}

/* --- holidays ------------------------------------------------------------- */

static const struct {
	const char	*why, *easter;
} easters[] = {
	{ "Easter 2000 is 23 April", "2000-04-23" },
	{ "Easter 2001 is 15 April", "2001-04-15" },
	{ "Easter 2002 is 31 March", "2002-03-31" },
	{ "Easter 2003 is 20 April", "2003-04-20" },
	{ "Easter 2004 is 11 April", "2004-04-11" },
	{ "Easter 2005 is 27 March", "2005-03-27" },
	{ "Easter 2006 is 16 April", "2006-04-16" },
	{ "Easter 2007 is 8 April", "2007-04-08" },
	{ "Easter 2008 is 23 March, so that Ascension falls on 1 May",
	    "2008-03-23" },
	{ "Easter 2009 is 12 April", "2009-04-12" },
	{ "Easter 2010 is 4 April", "2010-04-04" },
	{ "Easter 2011 is 24 April", "2011-04-24" },
	{ "Easter 2012 is 8 April", "2012-04-08" },
	{ "Easter 2013 is 31 March", "2013-03-31" },
	{ "Easter 2014 is 20 April", "2014-04-20" },
	{ "Easter 2015 is 5 April", "2015-04-05" },
	{ "Easter 2016 is 27 March", "2016-03-27" },
	{ "Easter 2017 is 16 April", "2017-04-16" },
	{ "Easter 2018 is 1 April", "2018-04-01" },
	{ "Easter 2019 is 21 April", "2019-04-21" },
	{ "Easter 2020 is 12 April", "2020-04-12" },
	{ "Easter 2021 is 4 April", "2021-04-04" },
	{ "Easter 2022 is 17 April", "2022-04-17" },
	{ "Easter 2023 is 9 April", "2023-04-09" },
	{ "Easter 2024 is 31 March", "2024-03-31" },
	{ "Easter 2025 is 20 April", "2025-04-20" },
	{ "Easter 2026 is 5 April", "2026-04-05" },
	{ "Easter 2027 is 28 March", "2027-03-28" },
	{ "Easter 2028 is 16 April", "2028-04-16" },
	{ "Easter 2029 is 1 April", "2029-04-01" },
	{ "Easter 2030 is 21 April", "2030-04-21" },
	{ "Easter 1954 is 18 April: the 25th gives way late in the cycle",
	    "1954-04-18" },
	{ "Easter 1981 is 19 April: the 26th always gives way",
	    "1981-04-19" },
	{ "Easter 2038 is 25 April, the latest day there is", "2038-04-25" },
	{ "Easter 2285 is 22 March, the earliest day there is", "2285-03-22" },
};

/*
 * Walks the whole year: the holidays are the eight fixed ones, the day after
 * Easter, the Thursday of the sixth week after it and the Monday after the
 * seventh Sunday, and no other day.
 */
static void
year_of_holidays(void **state)
{
	static const char *const fixed[] = { "-01-01", "-05-01", "-05-08",
	    "-07-14", "-08-15", "-11-01", "-11-11", "-12-25" };
	struct date easter = at(easters[(size_t)*state].easter), d;
	char text[DATE_TEXT_MAX];
	size_t i;
	bool want;

	assert_int_equal(date_weekday(easter), 6);
	d = (struct date){ easter.y, 1, 1 };
	for (; d.y == easter.y; d = date_add_days(d, 1)) {
		want = date_cmp(d, date_add_days(easter, 1)) == 0 ||
		    date_cmp(d, date_add_days(easter, 39)) == 0 ||
		    date_cmp(d, date_add_days(easter, 50)) == 0;
		date_text(d, text);
		for (i = 0; i < COUNT(fixed); i++)
			want = want || strcmp(text + 4, fixed[i]) == 0;
		if (holiday(d) != want)
			fail_msg("holiday(%s) is not %d", text, want);
		assert_int_equal(working_day(d),
		    !want && date_weekday(d) <= 4);
	}
}

static const struct {
	const char	*why, *day, *want;
} moved[] = {
	{ "a Friday is kept", "2024-06-07", "2024-06-07" },
	{ "a Saturday gives way to Monday", "2024-06-08", "2024-06-10" },
	{ "a Sunday gives way to Monday", "2024-06-09", "2024-06-10" },
	{ "Saturday before Whit Monday 2024 gives way to Tuesday 21 May",
	    "2024-05-18", "2024-05-21" },
	{ "8 May 2024 and Ascension, the 9th, give way to Friday 10 May",
	    "2024-05-08", "2024-05-10" },
	{ "Good Friday, 29 March 2024, is a working day in the general list",
	    "2024-03-29", "2024-03-29" },
	{ "26 December 2025 is a working day in the general list",
	    "2025-12-26", "2025-12-26" },
	{ "1 January 2028, a Saturday, gives way to Monday 3 January",
	    "2028-01-01", "2028-01-03" },
	{ "no date stays no date", "", "" },
};

static void
next_working(void **state)
{
	size_t i = (size_t)*state;

	assert_date(next_working_day(at(moved[i].day)), moved[i].want);
}

/* --- the four ways of counting ------------------------------------------- */

enum way { CLEAR, DAYS, MONTHS, OPEN, WORKING };

static struct date
(*const ways[])(struct date, int) = {
	[CLEAR] = deadline_clear_days,
	[DAYS] = deadline_days,
	[MONTHS] = deadline_months,
	[OPEN] = deadline_open_days,
	[WORKING] = deadline_working_days,
};

static const struct {
	const char	*why;
	enum way	 way;
	const char	*start;
	int		 n;
	const char	*want;
} counts[] = {
	/* jours francs */
	{ "10 clear days from Monday 3 June 2024: 4 to 13 June, so the 14th",
	    CLEAR, "2024-06-03", 10, "2024-06-14" },
	{ "10 clear days that give Saturday 15 June 2024 end on Monday 17",
	    CLEAR, "2024-06-04", 10, "2024-06-17" },
	{ "10 clear days that give Sunday 16 June 2024 end on Monday 17",
	    CLEAR, "2024-06-05", 10, "2024-06-17" },
	{ "10 clear days over Pentecost: 10 to 19 May 2024, then Whit Monday "
	    "20 May, so Tuesday 21",
	    CLEAR, "2024-05-09", 10, "2024-05-21" },
	{ "10 clear days that give Saturday 18 May 2024 pass Whit Monday, so "
	    "Tuesday 21",
	    CLEAR, "2024-05-07", 10, "2024-05-21" },
	{ "10 clear days that give 8 May 2024 pass Ascension too, so Friday 10",
	    CLEAR, "2024-04-27", 10, "2024-05-10" },
	{ "10 clear days from 20 April 2008 give 1 May, Ascension as well, so "
	    "Friday 2",
	    CLEAR, "2008-04-20", 10, "2008-05-02" },
	{ "10 clear days from Sunday 2 June 2024: they may open on a Sunday",
	    CLEAR, "2024-06-02", 10, "2024-06-13" },
	{ "30 clear days from 31 January 2024 pass 29 February: Saturday 2 "
	    "March, so Monday 4",
	    CLEAR, "2024-01-31", 30, "2024-03-04" },
	{ "30 clear days from 31 January 2023, no leap day: Friday 3 March",
	    CLEAR, "2023-01-31", 30, "2023-03-03" },
	{ "90 clear days from 2 January 2023 give Monday 3 April",
	    CLEAR, "2023-01-02", 90, "2023-04-03" },
	{ "90 clear days from 2 January 2024 give 2 April, a day less by the "
	    "leap day",
	    CLEAR, "2024-01-02", 90, "2024-04-02" },
	{ "120 clear days from 1 July 2024 give Wednesday 30 October",
	    CLEAR, "2024-07-01", 120, "2024-10-30" },
	{ "120 clear days from 3 July 2024 give 1 November, a Friday, so "
	    "Monday 4",
	    CLEAR, "2024-07-03", 120, "2024-11-04" },
	/* ordinary days */
	{ "8 days from Monday 3 June 2024: 4 to 11 June, Tuesday 11 included",
	    DAYS, "2024-06-03", 8, "2024-06-11" },
	{ "15 days from 29 June 2018 end on 14 July, a Saturday, so Monday 16",
	    DAYS, "2018-06-29", 15, "2018-07-16" },
	{ "15 days from 29 June 2024 end on 14 July, a Sunday, so Monday 15",
	    DAYS, "2024-06-29", 15, "2024-07-15" },
	{ "15 days from 29 June 2023 end on 14 July, a Friday, so Monday 17",
	    DAYS, "2023-06-29", 15, "2023-07-17" },
	{ "15 days from 10 December 2026 end on Christmas, a Friday, so "
	    "Monday 28",
	    DAYS, "2026-12-10", 15, "2026-12-28" },
	{ "15 days from 17 December 2027 end on Saturday 1 January, so "
	    "Monday 3",
	    DAYS, "2027-12-17", 15, "2028-01-03" },
	{ "15 days from 31 July 2025 end on Assumption, a Friday, so Monday 18",
	    DAYS, "2025-07-31", 15, "2025-08-18" },
	{ "8 days from 3 November 2024 end on Monday 11 November, so Tuesday",
	    DAYS, "2024-11-03", 8, "2024-11-12" },
	{ "15 days from 14 February 2024 end on 29 February, a Thursday",
	    DAYS, "2024-02-14", 15, "2024-02-29" },
	{ "15 days from 16 April 2008 end on 1 May, Ascension as well, so "
	    "Friday 2",
	    DAYS, "2008-04-16", 15, "2008-05-02" },
	/* months */
	{ "2 months from 5 January 2024 end on Tuesday 5 March",
	    MONTHS, "2024-01-05", 2, "2024-03-05" },
	{ "2 months from 31 December 2022 end on 28 February, a Tuesday",
	    MONTHS, "2022-12-31", 2, "2023-02-28" },
	{ "2 months from 31 December 2023 end on 29 February, a Thursday",
	    MONTHS, "2023-12-31", 2, "2024-02-29" },
	{ "2 months from 31 December 2025 give 28 February, a Saturday, so "
	    "Monday 2 March",
	    MONTHS, "2025-12-31", 2, "2026-03-02" },
	{ "2 months from 29 February 2024 end on Monday 29 April",
	    MONTHS, "2024-02-29", 2, "2024-04-29" },
	{ "12 months from 29 February 2024 end on Friday 28 February 2025",
	    MONTHS, "2024-02-29", 12, "2025-02-28" },
	{ "2 months from 1 March 2024 give 1 May, so Thursday 2",
	    MONTHS, "2024-03-01", 2, "2024-05-02" },
	{ "2 months from 9 March 2024 give Ascension, so Friday 10 May",
	    MONTHS, "2024-03-09", 2, "2024-05-10" },
	{ "2 months from 1 March 2008 give 1 May, Ascension as well, so "
	    "Friday 2",
	    MONTHS, "2008-03-01", 2, "2008-05-02" },
	{ "2 months from 14 May 2018 give 14 July, a Saturday, so Monday 16",
	    MONTHS, "2018-05-14", 2, "2018-07-16" },
	{ "2 months from 9 February 2012 give Easter Monday, so Tuesday 10 "
	    "April",
	    MONTHS, "2012-02-09", 2, "2012-04-10" },
	{ "2 months from 29 January 2024 end on Good Friday, 29 March, which "
	    "is kept",
	    MONTHS, "2024-01-29", 2, "2024-03-29" },
	{ "2 months from 25 October 2025 give Christmas, so Friday 26 December",
	    MONTHS, "2025-10-25", 2, "2025-12-26" },
	{ "2 months from 1 November 2024 give 1 January, so Thursday 2",
	    MONTHS, "2024-11-01", 2, "2025-01-02" },
	{ "1 month from 31 March 2024 ends on Tuesday 30 April",
	    MONTHS, "2024-03-31", 1, "2024-04-30" },
	/* hours, by 24 */
	{ "48 hours from Monday 3 June 2024 end on Wednesday 5",
	    OPEN, "2024-06-03", 2, "2024-06-05" },
	{ "48 hours from Thursday 6 June 2024: Friday and Saturday 8, so "
	    "Monday 10", OPEN, "2024-06-06", 2, "2024-06-10" },
	{ "48 hours from Friday 7 June 2024: Saturday and Monday 10",
	    OPEN, "2024-06-07", 2, "2024-06-10" },
	{ "48 hours from Friday evening, 17 May 2024, before Whit Monday: "
	    "Saturday and Tuesday 21",
	    OPEN, "2024-05-17", 2, "2024-05-21" },
	{ "48 hours from Friday 29 March 2024 before Easter Monday: Saturday "
	    "and Tuesday 2 April",
	    OPEN, "2024-03-29", 2, "2024-04-02" },
	{ "48 hours from Tuesday 24 December 2024: Thursday 26 and Friday 27",
	    OPEN, "2024-12-24", 2, "2024-12-27" },
	{ "48 hours from Tuesday 7 May 2024 pass 8 May and Ascension: Friday "
	    "and Saturday 11, so Monday 13",
	    OPEN, "2024-05-07", 2, "2024-05-13" },
	{ "24 hours from Tuesday 4 June 2024 end on Wednesday 5",
	    OPEN, "2024-06-04", 1, "2024-06-05" },
	{ "24 hours from Saturday 8 June 2024 end on Monday 10",
	    OPEN, "2024-06-08", 1, "2024-06-10" },
	/* working days */
	{ "4 working days from Monday 3 June 2024 end on Friday 7",
	    WORKING, "2024-06-03", 4, "2024-06-07" },
	{ "4 working days from Friday 14 June 2024 end on Thursday 20",
	    WORKING, "2024-06-14", 4, "2024-06-20" },
	{ "4 working days from Tuesday 7 May 2024: 10, 13, 14 and Wednesday "
	    "15 May",
	    WORKING, "2024-05-07", 4, "2024-05-15" },
	/* the ends of the calendar */
	{ "days after 31 December 9999 are no date",
	    DAYS, "9999-12-31", 1, "" },
	{ "clear days after 31 December 9999 are no date",
	    CLEAR, "9999-12-30", 1, "" },
	{ "months after December 9999 are no date",
	    MONTHS, "9999-12-01", 1, "" },
	{ "hours after 31 December 9999 are no date",
	    OPEN, "9999-12-30", 2, "" },
	{ "no date starts no count", WORKING, "", 1, "" },
};

static void
count(void **state)
{
	size_t i = (size_t)*state;

	assert_date(ways[counts[i].way](at(counts[i].start), counts[i].n),
	    counts[i].want);
}

/* --- contest of a notified rate ------------------------------------------ */

static const struct {
	const char	*why;
	const char	*available, *consulted, *post;
	bool		 mentions;
	const char	*notified_statute, *notified_arrete;
	const char	*deadline_statute, *deadline_arrete, *deadline;
} appeals[] = {
	{ "consulted on day 3: notified on Friday 5 January 2024, contest "
	    "until Tuesday 5 March",
	    "2024-01-02", "2024-01-05", "", true, "2024-01-05", "2024-01-05",
	    "2024-03-05", "2024-03-05", "2024-03-05" },
	{ "consulted on the day it was made available: 2 March 2024 is a "
	    "Saturday, so Monday 4",
	    "2024-01-02", "2024-01-02", "", true, "2024-01-02", "2024-01-02",
	    "2024-03-04", "2024-03-04", "2024-03-04" },
	{ "consulted on day 15 exactly counts in both readings: Sunday 17 "
	    "March 2024, so Monday 18",
	    "2024-01-02", "2024-01-17", "", true, "2024-01-17", "2024-01-17",
	    "2024-03-18", "2024-03-18", "2024-03-18" },
	{ "consulted on day 16 changes nothing: 17 January by the statute, "
	    "2 January by the arrêtés",
	    "2024-01-02", "2024-01-18", "", true, "2024-01-17", "2024-01-02",
	    "2024-03-18", "2024-03-04", "2024-03-18" },
	{ "consulted a year later changes nothing either",
	    "2024-01-02", "2025-01-02", "", true, "2024-01-17", "2024-01-02",
	    "2024-03-18", "2024-03-04", "2024-03-18" },
	{ "never consulted: day 15 by the statute, day 0 by the arrêtés; the "
	    "later is printed",
	    "2024-01-02", "", "", true, "2024-01-17", "2024-01-02",
	    "2024-03-18", "2024-03-04", "2024-03-18" },
	{ "day 15 on Sunday 21 January 2024 is not moved: contest until "
	    "Thursday 21 March",
	    "2024-01-06", "", "", true, "2024-01-21", "2024-01-06",
	    "2024-03-21", "2024-03-06", "2024-03-21" },
	{ "day 15 on 31 December 2024: contest until Friday 28 February 2025",
	    "2024-12-16", "", "", true, "2024-12-31", "2024-12-16",
	    "2025-02-28", "2025-02-17", "2025-02-28" },
	{ "day 15 on 29 February 2024: contest until Monday 29 April",
	    "2024-02-14", "", "", true, "2024-02-29", "2024-02-14",
	    "2024-04-29", "2024-04-15", "2024-04-29" },
	{ "received by post on Monday 15 January 2024: contest until Friday "
	    "15 March",
	    "", "", "2024-01-15", true, "2024-01-15", "2024-01-15",
	    "2024-03-15", "2024-03-15", "2024-03-15" },
	{ "received by post on 1 March 2024: 1 May is a holiday, so Thursday 2",
	    "", "", "2024-03-01", true, "2024-03-01", "2024-03-01",
	    "2024-05-02", "2024-05-02", "2024-05-02" },
	{ "received by post in 2019, before any electronic notification",
	    "", "", "2019-01-10", true, "2019-01-10", "2019-01-10",
	    "2019-03-11", "2019-03-11", "2019-03-11" },
	{ "by post without the mentions the time limit does not run (R. "
	    "142-1-A III)",
	    "", "", "2024-01-15", false, "2024-01-15", "2024-01-15",
	    "", "", "" },
	{ "on line without the mentions the time limit does not run either",
	    "2024-01-02", "", "", false, "2024-01-17", "2024-01-02",
	    "", "", "" },
};

static void
appeal(void **state)
{
	size_t i = (size_t)*state;
	struct err err = { 0 };
	struct appeal a;

	if (appeal_deadline(law, at(appeals[i].available),
	    at(appeals[i].consulted), at(appeals[i].post),
	    appeals[i].mentions, &a, &err) != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	assert_int_equal(a.running, appeals[i].mentions);
	assert_int_equal(a.by_post, *appeals[i].post != '\0');
	assert_date(a.notified_statute, appeals[i].notified_statute);
	assert_date(a.notified_arrete, appeals[i].notified_arrete);
	assert_date(a.deadline_statute, appeals[i].deadline_statute);
	assert_date(a.deadline_arrete, appeals[i].deadline_arrete);
	assert_date(a.deadline, appeals[i].deadline);
	assert_string_equal(a.months->key[0], "contest");
	if (a.by_post)
		assert_null(a.days);
	else
		assert_string_equal(a.days->key[0], "electronic");
}

static const struct {
	const char	*why;
	const char	*available, *consulted, *post;
	int		 code;
	const char	*where, *says;
} no_appeals[] = {
	{ "a rate never notified has no deadline",
	    "", "", "", TAPR_EINVAL, "available", "post" },
	{ "a consultation alone does not say when the rate was available",
	    "", "2024-01-05", "", TAPR_EINVAL, "available", "available" },
	{ "a consultation before the availability is refused",
	    "2024-01-05", "2024-01-04", "", TAPR_EINVAL, "consulted",
	    "2024-01-04" },
	{ "post and availability together are refused",
	    "2024-01-05", "", "2024-01-05", TAPR_EINVAL, "post", "available" },
	{ "post and consultation together are refused",
	    "", "2024-01-05", "2024-01-05", TAPR_EINVAL, "post", "consulted" },
	{ "on line in 2019 is before the law that provides for it",
	    "2019-06-01", "", "", TAPR_ELAW, NULL, "appeal_deadline" },
	{ "by post in 2011 is before the first law that is kept",
	    "", "", "2011-06-01", TAPR_ELAW, NULL, "appeal_deadline" },
	{ "a day 15 after the end of the calendar is refused",
	    "9999-12-20", "", "", TAPR_ERANGE, NULL, "9999-12-20" },
	{ "two months after the end of the calendar are refused",
	    "", "", "9999-12-01", TAPR_ERANGE, NULL, "9999-12-01" },
};

static void
no_appeal(void **state)
{
	size_t i = (size_t)*state;
	struct err err = { 0 };
	struct appeal a;

	memset(&a, 0xa5, sizeof a);
	assert_int_equal(appeal_deadline(law, at(no_appeals[i].available),
	    at(no_appeals[i].consulted), at(no_appeals[i].post), true, &a,
	    &err), no_appeals[i].code);
	assert_int_equal(a.deadline.m, 0xa5);	/* untouched */
	if (no_appeals[i].where != NULL)
		assert_string_equal(err.where, no_appeals[i].where);
	if (strstr(err.text, no_appeals[i].says) == NULL &&
	    strstr(err.where, no_appeals[i].says) == NULL)
		fail_msg("\"%s: %s\" does not say \"%s\"", err.where, err.text,
		    no_appeals[i].says);
}

/* --- the life of a claim ------------------------------------------------- */

static const struct {
	const char	*why, *kind, *step, *received, *want, *article;
} claims[] = {
	{ "accident known on Friday 17 May 2024: declared by Tuesday 21, after "
	    "Whit Monday",
	    "accident", "declaration", "2024-05-17", "2024-05-21",
	    "CSS R. 441-3" },
	{ "accident known on Monday 3 June 2024: declared by Wednesday 5",
	    "accident", "declaration", "2024-06-03", "2024-06-05",
	    "CSS R. 441-3" },
	{ "accident on Saturday 8 June 2024: the victim tells by Monday 10",
	    "accident", "victim_informs", "2024-06-08", "2024-06-10",
	    "CSS R. 441-2" },
	{ "reserves on an accident: 10 clear days from 9 May 2024 over "
	    "Pentecost, Tuesday 21",
	    "accident", "reserves", "2024-05-09", "2024-05-21",
	    "CSS R. 441-6" },
	{ "reserves on a commuting accident count in the same way",
	    "commuting", "reserves", "2024-05-09", "2024-05-21",
	    "CSS R. 441-6" },
	{ "accident without investigation: 30 clear days from 31 January 2024, "
	    "Monday 4 March",
	    "accident", "decision", "2024-01-31", "2024-03-04",
	    "CSS R. 441-7" },
	{ "accident with investigation: 90 clear days from 2 January 2024, "
	    "2 April",
	    "accident", "investigation", "2024-01-02", "2024-04-02",
	    "CSS R. 441-8" },
	{ "file open at the latest 70 clear days after 2 January 2024: "
	    "Wednesday 13 March",
	    "accident", "file_open", "2024-01-02", "2024-03-13",
	    "CSS R. 441-8" },
	{ "10 clear days to consult the file from 13 March 2024: Sunday 24, "
	    "so Monday 25",
	    "accident", "consultation", "2024-03-13", "2024-03-25",
	    "CSS R. 441-8" },
	{ "questionnaire on an accident: 20 clear days from 30 April 2024 over "
	    "1 May, 8 May, Ascension and Pentecost, Tuesday 21",
	    "accident", "questionnaire", "2024-04-30", "2024-05-21",
	    "CSS R. 441-8" },
	{ "questionnaire on a disease: 30 clear days from 31 January 2023, "
	    "Friday 3 March",
	    "disease", "questionnaire", "2023-01-31", "2023-03-03",
	    "CSS R. 461-9" },
	{ "disease: 120 clear days from 3 July 2024 give All Saints, so Monday "
	    "4 November",
	    "disease", "decision", "2024-07-03", "2024-11-04",
	    "CSS R. 461-9" },
	{ "disease: file open 100 clear days after 3 July 2024: Saturday 12 "
	    "October, so Monday 14",
	    "disease", "file_open", "2024-07-03", "2024-10-14",
	    "CSS R. 461-9" },
	{ "regional committee: 120 new clear days from 29 February 2024 give "
	    "Saturday 29 June, so 1 July",
	    "disease", "crrmp", "2024-02-29", "2024-07-01",
	    "CSS R. 461-10" },
	{ "relapse: 60 clear days from 2 March 2024 give Thursday 2 May",
	    "relapse", "decision", "2024-03-02", "2024-05-02",
	    "CSS R. 441-16" },
	{ "injunction: recourse within 8 days of 3 June 2024, Tuesday 11",
	    "injunction", "recourse", "2024-06-03", "2024-06-11",
	    "Arrêté du 9 décembre 2010" },
	{ "injunction on a short site: 4 working days from 7 May 2024, "
	    "Wednesday 15",
	    "injunction", "recourse_short_site", "2024-05-07", "2024-05-15",
	    "Arrêté du 9 décembre 2010" },
	{ "injunction: decision on the recourse 15 days after 29 June 2018, "
	    "14 July a Saturday, so Monday 16",
	    "injunction", "recourse_decision", "2018-06-29", "2018-07-16",
	    "Arrêté du 9 décembre 2010" },
	{ "contest before the court: 2 months from 31 December 2023, "
	    "29 February",
	    "contest", "court", "2023-12-31", "2024-02-29",
	    "CSS R. 142-1-A III" },
	{ "every kind is time-barred after 2 years: 29 February 2024 gives "
	    "Saturday 28 February 2026, so 2 March",
	    "disease", "prescription", "2024-02-29", "2026-03-02",
	    "CSS L. 431-2" },
};

static void
claim(void **state)
{
	size_t i = (size_t)*state;
	struct claim_deadline c;
	struct err err = { 0 };

	if (claim_deadline(law, claims[i].kind, claims[i].step,
	    at(claims[i].received), &c, &err) != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	assert_date(c.last_day, claims[i].want);
	if (strncmp(c.article, claims[i].article, strlen(claims[i].article)) !=
	    0)
		fail_msg("\"%s\" is not %s", c.article, claims[i].article);
	assert_string_equal(c.row->key[1], claims[i].step);
}

static const struct {
	const char	*why, *kind, *step, *received;
	int		 code;
	const char	*where;
	const char	*says[4];
} no_claims[] = {
	{ "an unknown kind is refused with the list of the kinds",
	    "accidents", "decision", "2024-01-02", TAPR_EINVAL, "kind",
	    { "« accidents »", "accident", "disease", "injunction" } },
	{ "an unknown kind is refused even for a step of every kind",
	    "holiday", "prescription", "2024-01-02", TAPR_EINVAL, "kind",
	    { "« holiday »", "relapse" } },
	{ "the star is not a kind",
	    "*", "prescription", "2024-01-02", TAPR_EINVAL, "kind",
	    { "« * »" } },
	{ "an unknown step is refused with the list of the steps of its kind",
	    "relapse", "crrmp", "2024-01-02", TAPR_EINVAL, "step",
	    { "« crrmp »", "decision", "reserves", "prescription" } },
	{ "no start is refused",
	    "accident", "decision", "", TAPR_EINVAL, "received", { NULL } },
	{ "a start before the text in force is a gap of the law",
	    "accident", "decision", "2015-01-02", TAPR_ELAW, NULL, { NULL } },
	{ "a deadline after the end of the calendar is refused",
	    "accident", "decision", "9999-12-20", TAPR_ERANGE, NULL,
	    { "9999-12-20" } },
};

static void
no_claim(void **state)
{
	size_t i = (size_t)*state, j;
	struct claim_deadline c;
	struct err err = { 0 };

	memset(&c, 0xa5, sizeof c);
	assert_int_equal(claim_deadline(law, no_claims[i].kind,
	    no_claims[i].step, at(no_claims[i].received), &c, &err),
	    no_claims[i].code);
	assert_int_equal(c.last_day.m, 0xa5);	/* untouched */
	if (no_claims[i].where != NULL)
		assert_string_equal(err.where, no_claims[i].where);
	for (j = 0; j < COUNT(no_claims[i].says); j++)
		if (no_claims[i].says[j] != NULL &&
		    strstr(err.text, no_claims[i].says[j]) == NULL)
			fail_msg("\"%s\" does not say \"%s\"", err.text,
			    no_claims[i].says[j]);
}

/* A name twice in a list would be one too many. */
static void
names_once(void **state)
{
	struct claim_deadline c;
	struct err err = { 0 };
	const char *first;

	(void)state;
	assert_int_equal(claim_deadline(law, "x", "y", at("2024-01-02"), &c,
	    &err), TAPR_EINVAL);
	first = strstr(err.text, "disease");
	assert_non_null(first);
	assert_null(strstr(first + 1, "disease"));
}

/* --- law sets of other shapes -------------------------------------------- */

#define NAMES "value,unit,text,published,source,checked_on,note\n"

/* A law set with these rows; NULL leaves the claim deadlines out. */
static struct law *
small_law(const char *claim_rows, const char *appeal_rows)
{
	char claim_file[4096], appeal_file[1024];
	struct law_text files[3];
	struct err err = { 0 };
	struct law *ret = NULL;
	size_t n = 0;

	(void)snprintf(appeal_file, sizeof appeal_file,
	    "valid_from,valid_to,name," NAMES "%s", appeal_rows);
	(void)snprintf(claim_file, sizeof claim_file,
	    "valid_from,valid_to,kind,step," NAMES "%s",
	    claim_rows != NULL ? claim_rows : "");
	files[n++] = (struct law_text){ "VERSION", "1900.1\n", 7 };
	files[n++] = (struct law_text){ "params/appeal_deadline.csv",
	    appeal_file, strlen(appeal_file) };
	if (claim_rows != NULL)
		files[n++] = (struct law_text){ "params/claim_deadline.csv",
		    claim_file, strlen(claim_file) };
	if (law_open_texts(files, n, &ret, &err) != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	return ret;
}

#define TAIL ",Texte,,test,2026-11-22,\n"
#define CONTEST "2019-01-01,,contest,2,months" TAIL
#define ELECTRONIC "2020-01-01,,electronic,15,days" TAIL

static const struct {
	const char	*why, *value;		/* with the unit */
	const char	*want;			/* "": refused */
} lengths[] = {
	{ "a length in clear days is read", "10,clear_days", "2024-06-14" },
	{ "a length in days is read", "8,days", "2024-06-11" },
	{ "a length in working days is read", "4,working_days", "2024-06-07" },
	{ "a length in hours is read", "48,hours", "2024-06-05" },
	{ "a length in months is read", "2,months", "2024-08-05" },
	{ "a length in years is read", "2,years", "2026-06-03" },
	{ "a century of days is the longest length", "36525,days",
	    "2124-06-05" },
	{ "a day more than a century is refused", "36526,days", "" },
	{ "no day at all is refused", "0,days", "" },
	{ "half a day is refused", "0.5,days", "" },
	{ "36 hours are refused: the texts count by 24", "36,hours", "" },
	{ "a length in percent is refused", "10,percent", "" },
};

static void
length(void **state)
{
	size_t i = (size_t)*state;
	struct claim_deadline c;
	struct err err = { 0 };
	char row[128];
	struct law *small;
	int rc;

	(void)snprintf(row, sizeof row, "2020-01-01,,accident,test,%s%s",
	    lengths[i].value, TAIL);
	small = small_law(row, CONTEST ELECTRONIC);
	rc = claim_deadline(small, "accident", "test", at("2024-06-03"), &c,
	    &err);
	if (*lengths[i].want != '\0') {
		assert_int_equal(rc, TAPR_OK);
		assert_date(c.last_day, lengths[i].want);
	} else {
		assert_int_equal(rc, TAPR_ELAW);
		assert_non_null(strstr(err.where, "claim_deadline.csv"));
		assert_non_null(strstr(err.text, "ligne 2"));
	}
	law_free(small);
}

static const struct {
	const char	*why, *rows, *says;
} appeal_laws[] = {
	{ "an electronic period in months is refused",
	    CONTEST "2020-01-01,,electronic,1,months" TAIL, "months" },
	{ "an electronic period of zero days is refused",
	    CONTEST "2020-01-01,,electronic,0,days" TAIL, "« 0 »" },
	{ "an electronic period of half days is refused",
	    CONTEST "2020-01-01,,electronic,15.5,days" TAIL, "15.5" },
	{ "a contest period in percent is refused",
	    "2019-01-01,,contest,2,percent" TAIL ELECTRONIC, "percent" },
	{ "a contest period that is missing is a gap of the law",
	    ELECTRONIC, "contest" },
};

static void
appeal_law(void **state)
{
	size_t i = (size_t)*state;
	struct err err = { 0 };
	struct law *small;
	struct appeal a;

	small = small_law(NULL, appeal_laws[i].rows);
	assert_int_equal(appeal_deadline(small, at("2024-01-02"), DATE_NONE,
	    DATE_NONE, true, &a, &err), TAPR_ELAW);
	if (strstr(err.text, appeal_laws[i].says) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", err.text,
		    appeal_laws[i].says);
	law_free(small);
}

/*
 * The law of the contest is the one of the day of notification: here a period
 * of five days replaces two months between availability and day 15.
 */
static void
law_of_the_notification(void **state)
{
	struct err err = { 0 };
	struct law *small;
	struct appeal a;

	(void)state;
	small = small_law(NULL, ELECTRONIC "2019-01-01,2030-01-10,contest,2,"
	    "months" TAIL "2030-01-10,,contest,5,days" TAIL);
	assert_int_equal(appeal_deadline(small, at("2030-01-02"), DATE_NONE,
	    DATE_NONE, true, &a, &err), TAPR_OK);
	assert_date(a.notified_statute, "2030-01-17");
	assert_date(a.deadline, "2030-01-22");
	law_free(small);
}

static void
no_parameter(void **state)
{
	struct claim_deadline c;
	struct err err = { 0 };
	struct law *small;

	(void)state;
	small = small_law(NULL, CONTEST ELECTRONIC);
	assert_int_equal(claim_deadline(small, "accident", "decision",
	    at("2024-01-02"), &c, &err), TAPR_ELAW);
	assert_non_null(strstr(err.text, "claim_deadline"));
	law_free(small);
}

/* A list longer than a message is cut, and nothing overflows. */
static void
many_kinds(void **state)
{
	char rows[4096 - 256] = "";
	struct claim_deadline c;
	struct err err = { 0 };
	struct law *small;
	size_t n = 0;
	int i;

	(void)state;
	for (i = 0; i < 40; i++)
		n += (size_t)snprintf(rows + n, sizeof rows - n, "2020-01-01,,"
		    "kind_with_a_long_name_%02d,test,1,days%s", i, TAIL);
	small = small_law(rows, CONTEST ELECTRONIC);
	assert_int_equal(claim_deadline(small, "x", "test", at("2024-01-02"),
	    &c, &err), TAPR_EINVAL);
	assert_non_null(strstr(err.text, "kind_with_a_long_name_00"));
	assert_int_equal(claim_deadline(small, "kind_with_a_long_name_39",
	    "test", at("2024-01-02"), &c, NULL), TAPR_OK);
	assert_date(c.last_day, "2024-01-03");
	law_free(small);
}

static int
open_law(void **state)
{
	const char *dir = getenv("TAPR_LAW");
	struct err err = { 0 };

	(void)state;
	if (law_open(dir != NULL ? dir : "law", NULL, &law, &err) == TAPR_OK)
		return 0;
	print_error("%s: %s\n", err.where, err.text);
	return -1;
}

static int
close_law(void **state)
{

	(void)state;
	law_free(law);
	return 0;
}

#define ADD(table, test) do {						\
	for (i = 0; i < COUNT(table); i++)				\
		tests[n++] = (struct CMUnitTest){ (table)[i].why, test,	\
		    NULL, NULL, (void *)i };				\
} while (0)

/*
 * Three years: of a refund from the notice, of a complement from the end of the
 * year that it is due for; neither is carried to a working day.
 */
static void
limitations(void **state)
{
	static const struct {
		bool		 refund;
		int		 year;
		const char	*notified, *last;
		bool		 over;
	} rows[] = {
		/* 3 June 2029 is a Sunday: a limitation does not move */
		{ true, 2024, "2026-06-03", "2029-06-03", false },
		/* however old the rate is */
		{ true, 2016, "2026-06-03", "2029-06-03", false },
		/* no 29 February in 2027 */
		{ true, 2020, "2024-02-29", "2027-02-28", false },
		{ false, 2024, "2026-06-03", "2027-12-31", false },
		/* the last day itself, and the day after */
		{ false, 2022, "2025-12-31", "2025-12-31", false },
		{ false, 2022, "2026-01-01", "2025-12-31", true },
	};
	struct limitation l;
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (limitation(law, rows[i].refund, rows[i].year,
		    at(rows[i].notified), &l, &err) != TAPR_OK)
			fail_msg("row %zu: %s", i, err.text);
		assert_date(l.last_day, rows[i].last);
		assert_int_equal(l.over, rows[i].over);
	}
	/* The law of 2014 is not held, nor L. 244-3 before 2017. */
	assert_int_equal(limitation(law, true, 2013, at("2014-12-31"), &l,
	    &err), TAPR_ELAW);
	assert_int_equal(limitation(law, false, 2015, at("2016-12-31"), &l,
	    &err), TAPR_ELAW);
}

int
main(void)
{
	static const struct CMUnitTest plain[] = {
		{ "a rectified rate can be claimed for as long as the law "
		    "says", limitations, NULL, NULL, NULL },
		{ "a list of kinds names each once", names_once, NULL, NULL,
		    NULL },
		{ "a law set without claim deadlines names the file to add",
		    no_parameter, NULL, NULL, NULL },
		{ "a list longer than a message is cut", many_kinds, NULL,
		    NULL, NULL },
		{ "the law of the contest is that of the day of notification",
		    law_of_the_notification, NULL, NULL, NULL },
	};
	struct CMUnitTest tests[COUNT(plain) + COUNT(easters) +
	    COUNT(moved) + COUNT(counts) + COUNT(appeals) +
	    COUNT(no_appeals) + COUNT(claims) + COUNT(no_claims) +
	    COUNT(lengths) + COUNT(appeal_laws)];
	size_t i, n = 0;

	ADD(easters, year_of_holidays);
	ADD(moved, next_working);
	ADD(counts, count);
	ADD(appeals, appeal);
	ADD(no_appeals, no_appeal);
	ADD(claims, claim);
	ADD(no_claims, no_claim);
	ADD(lengths, length);
	ADD(appeal_laws, appeal_law);
	for (i = 0; i < COUNT(plain); i++)
		tests[n++] = plain[i];
	return cmocka_run_group_tests(tests, open_law, close_law);
}
