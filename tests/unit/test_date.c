/*
 * test_date.c -- the calendar, against what a printed one says and against
 * the slowest arithmetic that cannot be wrong: one day after another.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct date
on(int y, int m, int d)
{

	return (struct date){ (int16_t)y, (uint8_t)m, (uint8_t)d };
}

static void
assert_date(struct date got, int y, int m, int d)
{

	assert_int_equal(got.y, y);
	assert_int_equal(got.m, m);
	assert_int_equal(got.d, d);
}

/*
 * Counts the days by hand: a month has the length that school teaches, and
 * the days of the week follow each other from Monday, 1 January 1900.
 */
static void
every_day(void **state)
{
	static const int length[] = { 31, 0, 31, 30, 31, 30, 31, 31, 30, 31,
	    30, 31 };
	struct date before = DATE_NONE, d, read;
	char text[DATE_TEXT_MAX];
	int32_t days = -25567;			/* 1900-01-01 */
	int y, m, n, last, weekday = 0;

	(void)state;
	for (y = 1900; y <= 2400; y++)
		for (m = 1; m <= 12; m++) {
			last = length[m - 1];
			if (m == 2)
				last = y % 400 == 0 ||
				    (y % 100 != 0 && y % 4 == 0) ? 29 : 28;
			assert_int_equal(date_days_in_month(y, m), last);
			for (n = 1; n <= last; n++) {
				d = on(y, m, n);
				assert_true(date_valid(y, m, n));
				assert_int_equal(date_to_days(d), days);
				assert_date(date_from_days(days), y, m, n);
				assert_int_equal(date_weekday(d), weekday);
				assert_true(date_cmp(before, d) < 0);
				assert_true(date_cmp(d, before) > 0);
				if (date_is(before))
					assert_int_equal(date_cmp(
					    date_add_days(before, 1), d), 0);
				assert_ptr_equal(date_text(d, text), text);
				assert_true(date_parse(text, strlen(text),
				    &read));
				assert_date(read, y, m, n);
				before = d;
				days++;
				weekday = (weekday + 1) % 7;
			}
			assert_false(date_valid(y, m, last + 1));
		}
}

/* Days counted elsewhere: Unix time divided by 86 400, and printed almanacs. */
static const struct {
	const char	*why;
	int		 y, m, d;
	int32_t		 days;
	int		 weekday;		/* 0 is Monday */
} known[] = {
	{ "1 January 1970 opens Unix time, a Thursday",
	    1970, 1, 1, 0, 3 },
	{ "31 December 1969 is the day before, a Wednesday",
	    1969, 12, 31, -1, 2 },
	{ "1 January 1900 is a Monday, 70 years and 17 leap days earlier",
	    1900, 1, 1, -25567, 0 },
	{ "8 May 1945 is a Tuesday",
	    1945, 5, 8, -9004, 1 },
	{ "29 February 2000 exists: 2000 is a multiple of 400; a Tuesday",
	    2000, 2, 29, 11016, 1 },
	{ "Unix time 1 000 000 000 falls on Sunday, 9 September 2001",
	    2001, 9, 9, 11574, 6 },
	{ "29 February 2024 is a Thursday",
	    2024, 2, 29, 19782, 3 },
	{ "Unix time 2^31 - 1 falls on Tuesday, 19 January 2038",
	    2038, 1, 19, 24855, 1 },
	{ "1 March 2100 follows 28 February; a Monday",
	    2100, 3, 1, 47541, 0 },
	{ "the last day of the calendar, 31 December 9999, is a Friday",
	    9999, 12, 31, 2932896, 4 },
};

static void
known_day(void **state)
{
	size_t i = (size_t)*state;

	assert_int_equal(date_to_days(on(known[i].y, known[i].m, known[i].d)),
	    known[i].days);
	assert_date(date_from_days(known[i].days), known[i].y, known[i].m,
	    known[i].d);
	assert_int_equal(date_weekday(on(known[i].y, known[i].m, known[i].d)),
	    known[i].weekday);
}

static void
leap_years(void **state)
{
	static const struct { int y, feb; } rows[] = {
		{ 1900, 28 }, { 1904, 29 }, { 1999, 28 }, { 2000, 29 },
		{ 2023, 28 }, { 2024, 29 }, { 2100, 28 }, { 2200, 28 },
		{ 2300, 28 }, { 2400, 29 }, { 9996, 29 }, { 9999, 28 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		assert_int_equal(date_days_in_month(rows[i].y, 2),
		    rows[i].feb);
	assert_int_equal(date_days_in_month(2024, 0), 0);
	assert_int_equal(date_days_in_month(2024, 13), 0);
}

static const struct {
	const char	*why;
	int		 y, m, d, months;
	int		 ret_y, ret_m, ret_d;
} months[] = {
	{ "15 January plus two months is 15 March",
	    2024, 1, 15, 2, 2024, 3, 15 },
	{ "31 December plus two months is the last day of February",
	    2022, 12, 31, 2, 2023, 2, 28 },
	{ "31 December plus two months is 29 February before a leap day",
	    2023, 12, 31, 2, 2024, 2, 29 },
	{ "30 December gives the last day of February too",
	    2022, 12, 30, 2, 2023, 2, 28 },
	{ "28 February plus one month is 28 March, not the last day",
	    2023, 2, 28, 1, 2023, 3, 28 },
	{ "31 March plus one month is 30 April",
	    2024, 3, 31, 1, 2024, 4, 30 },
	{ "29 February plus twelve months is 28 February",
	    2024, 2, 29, 12, 2025, 2, 28 },
	{ "29 February plus 48 months is 29 February",
	    2024, 2, 29, 48, 2028, 2, 29 },
	{ "November plus two months is January of the next year",
	    2024, 11, 30, 2, 2025, 1, 30 },
	{ "no month at all is the same day",
	    2024, 2, 29, 0, 2024, 2, 29 },
	{ "31 March less one month is 29 February of a leap year",
	    2024, 3, 31, -1, 2024, 2, 29 },
	{ "15 January less one month is 15 December",
	    2024, 1, 15, -1, 2023, 12, 15 },
	{ "the last month of the calendar can be reached",
	    9999, 11, 30, 1, 9999, 12, 30 },
	{ "the first month of the calendar can be reached",
	    1900, 2, 28, -1, 1900, 1, 28 },
	{ "a month after the last one is no date",
	    9999, 12, 1, 1, 0, 0, 0 },
	{ "a month before the first one is no date",
	    1900, 1, 31, -1, 0, 0, 0 },
	{ "the largest number of months is no date and does not wrap",
	    2024, 1, 1, INT32_MAX, 0, 0, 0 },
	{ "the smallest number of months is no date and does not wrap",
	    2024, 1, 1, INT32_MIN, 0, 0, 0 },
	{ "no date plus a month is no date",
	    0, 0, 0, 1, 0, 0, 0 },
};

static void
month_sum(void **state)
{
	size_t i = (size_t)*state;

	assert_date(date_add_months(on(months[i].y, months[i].m, months[i].d),
	    months[i].months), months[i].ret_y, months[i].ret_m,
	    months[i].ret_d);
}

static void
day_sums(void **state)
{

	(void)state;
	assert_date(date_add_days(on(2024, 2, 28), 1), 2024, 2, 29);
	assert_date(date_add_days(on(2023, 2, 28), 1), 2023, 3, 1);
	assert_date(date_add_days(on(2024, 12, 31), 1), 2025, 1, 1);
	assert_date(date_add_days(on(2024, 1, 1), -1), 2023, 12, 31);
	assert_date(date_add_days(on(2024, 1, 1), 366), 2025, 1, 1);
	assert_date(date_add_days(on(1900, 1, 1), 2958463), 9999, 12, 31);
	assert_date(date_add_days(on(9999, 12, 31), -2958463), 1900, 1, 1);
}

static void
day_sums_beyond(void **state)
{

	(void)state;
	assert_false(date_is(date_add_days(on(9999, 12, 31), 1)));
	assert_false(date_is(date_add_days(on(1900, 1, 1), -1)));
	assert_false(date_is(date_add_days(on(1900, 1, 1), 2958464)));
	assert_false(date_is(date_add_days(on(2024, 1, 1), INT32_MAX)));
	assert_false(date_is(date_add_days(on(2024, 1, 1), INT32_MIN)));
	assert_false(date_is(date_add_days(DATE_NONE, 1)));
	assert_false(date_is(date_from_days(-25568)));
	assert_false(date_is(date_from_days(2932897)));
	assert_false(date_is(date_from_days(INT32_MIN)));
	assert_false(date_is(date_from_days(INT32_MAX)));
}

static void
order(void **state)
{

	(void)state;
	assert_int_equal(date_cmp(on(2024, 5, 1), on(2024, 5, 1)), 0);
	assert_true(date_cmp(on(2023, 12, 31), on(2024, 1, 1)) < 0);
	assert_true(date_cmp(on(2024, 1, 31), on(2024, 2, 1)) < 0);
	assert_true(date_cmp(on(2024, 2, 1), on(2024, 1, 31)) > 0);
	assert_true(date_cmp(on(2024, 2, 2), on(2024, 2, 1)) > 0);
	assert_true(date_cmp(DATE_NONE, on(1900, 1, 1)) < 0);
}

static void
periods(void **state)
{
	struct date from = on(2024, 1, 1), to = on(2025, 1, 1);

	(void)state;
	assert_true(date_in(from, from, to));
	assert_true(date_in(on(2024, 12, 31), from, to));
	assert_false(date_in(to, from, to));
	assert_false(date_in(on(2023, 12, 31), from, to));
	assert_false(date_in(from, from, from));
	assert_true(date_in(on(9998, 1, 1), from, DATE_OPEN));
	assert_true(date_in(DATE_OPEN, from, DATE_OPEN));
	assert_true(date_in(on(1900, 1, 1), DATE_NONE, DATE_OPEN));
	assert_false(date_in(DATE_NONE, DATE_NONE, DATE_OPEN));
}

static const struct {
	const char	*why, *text;
} refused[] = {
	{ "an empty text is refused", "" },
	{ "two digits for the year are refused", "24-02-29" },
	{ "a month of one digit is refused", "2024-2-29" },
	{ "29 February of a common year is refused", "2023-02-29" },
	{ "29 February 1900 is refused: not a leap year", "1900-02-29" },
	{ "31 April is refused", "2024-04-31" },
	{ "day zero is refused", "2024-04-00" },
	{ "month zero is refused", "2024-00-10" },
	{ "month thirteen is refused", "2024-13-01" },
	{ "a year before 1900 is refused", "1899-12-31" },
	{ "year zero is refused", "0000-01-01" },
	{ "slashes are refused", "2024/02/29" },
	{ "a slash in second place is refused", "2024-02/29" },
	{ "the French order is refused", "29-02-2024" },
	{ "a space before the date is refused", " 2024-02-2" },
	{ "a space inside is refused", "2024- 2-29" },
	{ "a sign is refused", "+024-02-29" },
	{ "a letter for a digit is refused", "2024-02-2x" },
	{ "a time after the date is refused", "2024-02-29T00:00" },
	{ "a line end after the date is refused", "2024-02-29\n" },
	{ "digits of another script are refused", "２024-02-29" },
};

static void
refusal(void **state)
{
	size_t i = (size_t)*state;
	struct date d = on(1999, 9, 9);

	assert_false(date_parse(refused[i].text, strlen(refused[i].text), &d));
	assert_date(d, 1999, 9, 9);
}

static void
part_of_text(void **state)
{
	struct date d;

	(void)state;
	assert_true(date_parse("2024-02-29,rest", 10, &d));
	assert_date(d, 2024, 2, 29);
	assert_false(date_parse("2024-02-29", 9, &d));
}

static void
no_date(void **state)
{
	char text[DATE_TEXT_MAX] = "x";

	(void)state;
	assert_string_equal(date_text(DATE_NONE, text), "");
	assert_string_equal(date_text(DATE_OPEN, text), "9999-12-31");
	assert_false(date_is(DATE_NONE));
	assert_true(date_is(DATE_OPEN));
	assert_false(date_valid(0, 0, 0));
	assert_false(date_valid(10000, 1, 1));
	assert_false(date_valid(2024, -1, 1));
	assert_false(date_valid(2024, 1, -1));
}

int
main(void)
{
	static const struct CMUnitTest plain[] = {
		{ "every day from 1900 to 2400 follows the one before",
		    every_day, NULL, NULL, NULL },
		{ "February has 29 days in leap years only",
		    leap_years, NULL, NULL, NULL },
		{ "days are added across months and years",
		    day_sums, NULL, NULL, NULL },
		{ "a sum of days that leaves the calendar is no date",
		    day_sums_beyond, NULL, NULL, NULL },
		{ "dates compare by year, then month, then day",
		    order, NULL, NULL, NULL },
		{ "a period holds its first day and not its last",
		    periods, NULL, NULL, NULL },
		{ "only the bytes given are read",
		    part_of_text, NULL, NULL, NULL },
		{ "no date prints as nothing and is not valid",
		    no_date, NULL, NULL, NULL },
	};
	struct CMUnitTest tests[COUNT(plain) + COUNT(known) + COUNT(months) +
	    COUNT(refused)];
	size_t i, n = 0;

	for (i = 0; i < COUNT(plain); i++)
		tests[n++] = plain[i];
	for (i = 0; i < COUNT(known); i++)
		tests[n++] = (struct CMUnitTest){ known[i].why, known_day,
		    NULL, NULL, (void *)i };
	for (i = 0; i < COUNT(months); i++)
		tests[n++] = (struct CMUnitTest){ months[i].why, month_sum,
		    NULL, NULL, (void *)i };
	for (i = 0; i < COUNT(refused); i++)
		tests[n++] = (struct CMUnitTest){ refused[i].why, refusal,
		    NULL, NULL, (void *)i };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
