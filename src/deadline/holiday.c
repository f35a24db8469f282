/*
 * holiday.c -- the days on which a period cannot end.
 *
 * Code du travail art. L. 3133-1
 *
 *	« Les fêtes légales ci-après désignées sont des jours fériés :
 *	1° Le 1er janvier ;  2° Le lundi de Pâques ;  3° Le 1er mai ;
 *	4° Le 8 mai ;  5° L'Ascension ;  6° Le lundi de Pentecôte ;
 *	7° Le 14 juillet ;  8° L'Assomption ;  9° La Toussaint ;
 *	10° Le 11 novembre ;  11° Le jour de Noël. »
 *
 * The list is applied to every year of the calendar.  Whit Monday is a public
 * holiday even where it is the « journée de solidarité », which is a matter
 * of work and pay.  Good Friday and 26 December, holidays in Alsace-Moselle
 * alone (C. trav. L. 3134-13), are not added: docs/law-notes.md, N-36.
 */
#include <stddef.h>

#include "deadline/deadline.h"

enum { SATURDAY = 5 };

/* From Easter Sunday to the holidays that move with it. */
enum { EASTER_MONDAY = 1, ASCENSION = 39, WHIT_MONDAY = 50 };

static const struct { uint8_t m, d; } fixed[] = {
	{ 1, 1 }, { 5, 1 }, { 5, 8 }, { 7, 14 }, { 8, 15 }, { 11, 1 },
	{ 11, 11 }, { 12, 25 },
};

/*
 * easter_sunday(y): the Sunday after the ecclesiastical full moon that falls
 * on or next after 21 March.  The moon follows the cycle of 19 years of
 * Meton, corrected for the century years that are not leap years (solar) and
 * for the eight days that the cycle gains in 2 500 years (lunar).  Whole
 * numbers only, no exception tables: the form printed in Nature on 20 April
 * 1876, with names for its letters.
 */
static struct date
easter_sunday(int y)
{
	int golden, century, in_century, solar, lunar, moon, sunday, late, day;

	golden = y % 19;
	century = y / 100;
	in_century = y % 100;
	solar = century - century / 4;
	lunar = (century - (century + 8) / 25 + 1) / 3;
	/* Days from 21 March to the full moon, 0 to 29. */
	moon = (19 * golden + solar - lunar + 15) % 30;
	/* Days from the day after the full moon to the next Sunday. */
	sunday = (32 + 2 * (century % 4) + 2 * (in_century / 4) - moon -
	    in_century % 4) % 7;
	/* 26 April gives way to the 19th; 25 April, late in the cycle, to the
	 * 18th. */
	late = (golden + 11 * moon + 22 * sunday) / 451;
	day = moon + sunday - 7 * late + 114;		/* 31 a month from 0 */
	return (struct date){ (int16_t)y, (uint8_t)(day / 31),
	    (uint8_t)(day % 31 + 1) };
}

bool
holiday(struct date d)
{
	int32_t since_easter;
	size_t i;

	for (i = 0; i < sizeof fixed / sizeof fixed[0]; i++)
		if (d.m == fixed[i].m && d.d == fixed[i].d)
			return true;
	/* Easter Monday is 23 March at the earliest, Whit Monday 14 June at
	 * the latest. */
	if (d.m < 3 || d.m > 6)
		return false;
	since_easter = date_to_days(d) - date_to_days(easter_sunday(d.y));
	return since_easter == EASTER_MONDAY || since_easter == ASCENSION ||
	    since_easter == WHIT_MONDAY;
}

bool
working_day(struct date d)
{

	return date_weekday(d) < SATURDAY && !holiday(d);
}

struct date
next_working_day(struct date d)
{

	/* 31 December 9999 is a Friday: the search ends in the calendar. */
	while (date_is(d) && !working_day(d))
		d = date_add_days(d, 1);
	return d;
}
