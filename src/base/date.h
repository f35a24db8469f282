/*
 * date.h -- civil dates and half-open periods.
 *
 * A date is a day of the Gregorian calendar, without a time zone.  Nothing
 * here asks what day it is: "today" enters the program through main alone.
 * Periods are half-open, [from, to); an open end is DATE_OPEN, and holds the
 * last day of the calendar too.
 *
 * The calendar runs from 1900 to 9999.  A sum that leaves it is DATE_NONE, and
 * a sum on DATE_NONE is DATE_NONE: a caller checks once, at its end, with
 * date_is().  DATE_NONE is before every date and in no period.
 */
#ifndef TAPR_BASE_DATE_H
#define TAPR_BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct date { int16_t y; uint8_t m, d; };	/* y = 0: no date */

enum { DATE_TEXT_MAX = 11 };			/* 2024-02-29 and NUL */

#define DATE_NONE ((struct date){ 0, 0, 0 })
#define DATE_OPEN ((struct date){ 9999, 12, 31 })

bool date_is(struct date d);			/* a date was given */
bool date_valid(int y, int m, int d);		/* years 1900 to 9999 */
int date_cmp(struct date a, struct date b);	/* <0, 0, >0 */
bool date_in(struct date d, struct date from, struct date to);

/* Days since 1970-01-01 of a valid date (asserted), and back. */
int32_t date_to_days(struct date d);
struct date date_from_days(int32_t days);
struct date date_add_days(struct date d, int32_t n);
/* 0 is Monday, 6 is Sunday; of a valid date (asserted). */
int date_weekday(struct date d);
/* 28 to 31; 0 when ${m} is no month. */
int date_days_in_month(int y, int m);
/* The same day ${n} months later, or the last of that month (CPC art. 641). */
struct date date_add_months(struct date d, int n);

/* Reads exactly YYYY-MM-DD; false when it is not a day of the calendar. */
bool date_parse(const char *text, size_t n, struct date *ret) MUST_USE;
/* Writes YYYY-MM-DD (nothing for DATE_NONE) into ${buf} of DATE_TEXT_MAX bytes;
 * returns ${buf}. */
char *date_text(struct date d, char *buf);

#endif
