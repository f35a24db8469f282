/*
 * date.c -- civil dates and half-open periods.
 *
 * The calendar is the Gregorian one, from 1 January 1900 to 31 December 9999;
 * everything is integer arithmetic.
 *
 * Days are counted from 1970-01-01.  A year is made to begin on 1 March: the
 * leap day is then its last, and the months in front of month ${m} (March = 0)
 * hold (153 * m + 2) / 5 days: 31, 61, 92, 122, 153, 184, 214, 245, 275, 306,
 * 337.  A cycle of 400 years has 97 leap days, 146 097 days in all, which is
 * 20 871 weeks: weekdays repeat with it too.
 *
 * Invariants
 * 1. What leaves this file is DATE_NONE or a day that date_valid() accepts.
 *    A sum that leaves the years 1900 to 9999 is DATE_NONE, and every sum
 *    on DATE_NONE is DATE_NONE again: a caller checks once, at its end.
 * 2. DATE_NONE is before every date and in no period.
 */
#include <assert.h>

#include "base/date.h"

enum {
	YEAR_FIRST = 1900,
	YEAR_LAST = 9999,
	CYCLE_YEARS = 400,
	CYCLE_DAYS = 146097,
	EPOCH = 719468,		/* days from 0000-03-01 to 1970-01-01 */
	DAYS_FIRST = -25567,	/* 1900-01-01 */
	DAYS_LAST = 2932896,	/* 9999-12-31 */
};

static bool
leap_year(int y)
{

	return (y % 4 == 0 && y % 100 != 0) || y % CYCLE_YEARS == 0;
}

static struct date
date_of(int y, int m, int d)
{

	return (struct date){ (int16_t)y, (uint8_t)m, (uint8_t)d };
}

bool
date_is(struct date d)
{

	return d.y != 0;
}

int
date_days_in_month(int y, int m)
{
	static const int days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
	    30, 31 };

	if (m < 1 || m > 12)
		return 0;
	return days[m - 1] + (m == 2 && leap_year(y) ? 1 : 0);
}

bool
date_valid(int y, int m, int d)
{

	return y >= YEAR_FIRST && y <= YEAR_LAST && d >= 1 &&
	    d <= date_days_in_month(y, m);
}

int
date_cmp(struct date a, struct date b)
{

	if (a.y != b.y)
		return a.y < b.y ? -1 : 1;
	if (a.m != b.m)
		return a.m < b.m ? -1 : 1;
	return (a.d > b.d) - (a.d < b.d);
}

/*
 * An open end holds every day, the last of the calendar too.
 */
bool
date_in(struct date d, struct date from, struct date to)
{

	return date_is(d) && date_cmp(from, d) <= 0 &&
	    (date_cmp(to, DATE_OPEN) == 0 || date_cmp(d, to) < 0);
}

int32_t
date_to_days(struct date d)
{
	int y, m, in_cycle, in_year;

	assert(date_valid(d.y, d.m, d.d));
	y = d.m > 2 ? d.y : d.y - 1;		/* the year from 1 March */
	m = d.m > 2 ? d.m - 3 : d.m + 9;	/* March = 0 */
	in_cycle = y % CYCLE_YEARS;
	in_year = (153 * m + 2) / 5 + d.d - 1;
	return (int32_t)(y / CYCLE_YEARS * CYCLE_DAYS + in_cycle * 365 +
	    in_cycle / 4 - in_cycle / 100 + in_year - EPOCH);
}

struct date
date_from_days(int32_t days)
{
	int cycle, in_cycle, year, in_year, m, d;

	if (days < DAYS_FIRST || days > DAYS_LAST)
		return DATE_NONE;
	cycle = (days + EPOCH) / CYCLE_DAYS;
	in_cycle = (days + EPOCH) % CYCLE_DAYS;
	/*
	 * Leave out the leap days passed (one ends every 1 461 days, but not
	 * every century of 36 524 days, and one ends the cycle); what is left
	 * has years of 365 days.
	 */
	year = (in_cycle - in_cycle / 1460 + in_cycle / 36524 -
	    in_cycle / (CYCLE_DAYS - 1)) / 365;
	in_year = in_cycle - (365 * year + year / 4 - year / 100);
	m = (5 * in_year + 2) / 153;		/* March = 0 */
	d = in_year - (153 * m + 2) / 5 + 1;
	year += cycle * CYCLE_YEARS;
	return m < 10 ? date_of(year, m + 3, d) : date_of(year + 1, m - 9, d);
}

struct date
date_add_days(struct date d, int32_t n)
{

	/* A step longer than the calendar leaves it; the sum then fits. */
	if (!date_is(d) || n < DAYS_FIRST - DAYS_LAST ||
	    n > DAYS_LAST - DAYS_FIRST)
		return DATE_NONE;
	return date_from_days(date_to_days(d) + n);
}

int
date_weekday(struct date d)
{

	/* 1900-01-01, the first day we know, was a Monday. */
	return (int)((date_to_days(d) - DAYS_FIRST) % 7);
}

/*
 * CPC art. 641, al. 2
 *
 *	« Lorsqu'un délai est exprimé en mois ou en années, ce délai expire le
 *	jour du dernier mois ou de la dernière année qui porte le même
 *	quantième que le jour de l'acte, de l'événement, de la décision ou de
 *	la notification qui fait courir le délai.  A défaut d'un quantième
 *	identique, le délai expire le dernier jour du mois. »
 */
struct date
date_add_months(struct date d, int n)
{
	int64_t months;
	int y, m, last;

	if (!date_is(d))
		return DATE_NONE;
	months = (int64_t)d.y * 12 + d.m - 1 + n;	/* from year 0 */
	if (months < YEAR_FIRST * 12 || months >= (YEAR_LAST + 1) * 12)
		return DATE_NONE;
	y = (int)(months / 12);
	m = (int)(months % 12) + 1;
	last = date_days_in_month(y, m);
	return date_of(y, m, d.d < last ? d.d : last);
}

/*
 * digits(text, n): the number that ${n} bytes of ${text} write, -1 if one of
 * them is not a digit.
 */
static int
digits(const char *text, size_t n)
{
	int value = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		value = value * 10 + (text[i] - '0');
	}
	return value;
}

bool
date_parse(const char *text, size_t n, struct date *ret)
{
	int y, m, d;

	if (n != DATE_TEXT_MAX - 1 || text[4] != '-' || text[7] != '-')
		return false;
	y = digits(text, 4);
	m = digits(text + 5, 2);
	d = digits(text + 8, 2);
	if (!date_valid(y, m, d))	/* -1 is no year, no month, no day */
		return false;
	*ret = date_of(y, m, d);
	return true;
}

char *
date_text(struct date d, char *buf)
{
	char *p = buf;

	if (date_is(d)) {
		*p++ = (char)('0' + d.y / 1000 % 10);
		*p++ = (char)('0' + d.y / 100 % 10);
		*p++ = (char)('0' + d.y / 10 % 10);
		*p++ = (char)('0' + d.y % 10);
		*p++ = '-';
		*p++ = (char)('0' + d.m / 10);
		*p++ = (char)('0' + d.m % 10);
		*p++ = '-';
		*p++ = (char)('0' + d.d / 10);
		*p++ = (char)('0' + d.d % 10);
	}
	*p = '\0';
	return buf;
}
