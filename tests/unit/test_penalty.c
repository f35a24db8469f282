/*
 * test_penalty.c -- what is owed beside the rate, each with the arithmetic
 * that redoes it by hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tariff/penalty.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct law *law;			/* of the tree */

static struct frac
number(const char *text)
{
	struct frac ret;

	assert_true(frac_parse(text, strlen(text), 2, &ret));
	return ret;
}

static struct date
at(const char *text)
{
	struct date d = DATE_NONE;

	if (*text != '\0')
		assert_true(date_parse(text, strlen(text), &d));
	return d;
}

static void
assert_amount(struct frac got, const char *want)
{
	char text[64];

	assert_true(frac_decimal(got, 6, ROUND_HALF_UP, text, sizeof text) > 0);
	assert_string_equal(text, want);
}

/* --- no electronic account ----------------------------------------------- */

static const struct {
	const char	*why;
	int		 year;
	const char	*headcount;
	int		 counted;
	bool		 obliged;
	const char	*band, *unit, *want;
} penalties[] = {
	{ "2020, 150 persons: 1,5 % of 3 428 = 51,42, so 52 euros each",
	    2020, "150.00", 100, true, "150_and_more", "52.000000",
	    "5200.000000" },
	{ "2020, 149,99 persons: not obliged that year",
	    2020, "149.99", 149, false, "20_to_149", "0.000000", "0.000000" },
	{ "2021, 10 persons: 0,5 % of 3 428 = 17,14, so 18 euros each",
	    2021, "10.00", 10, true, "under_20", "18.000000", "180.000000" },
	{ "2021, 9,99 persons: not obliged that year",
	    2021, "9.99", 9, false, "under_20", "0.000000", "0.000000" },
	{ "2022, half a person: every firm is obliged, 18 euros",
	    2022, "0.50", 1, true, "under_20", "18.000000", "18.000000" },
	{ "2024, 19,99 persons: 0,5 % of 3 864 = 19,32, so 20 euros each",
	    2024, "19.99", 19, true, "under_20", "20.000000", "380.000000" },
	{ "2024, 20 persons: 1 % of 3 864 = 38,64, so 39 euros each",
	    2024, "20.00", 20, true, "20_to_149", "39.000000", "780.000000" },
	{ "2024, 149,99 persons: still 39 euros each",
	    2024, "149.99", 100, true, "20_to_149", "39.000000",
	    "3900.000000" },
	{ "2024, 150 persons: 1,5 % of 3 864 = 57,96, so 58 euros each",
	    2024, "150.00", 1, true, "150_and_more", "58.000000",
	    "58.000000" },
	{ "172 persons at 58 euros, 9 976, stay under 10 000",
	    2024, "200.00", 172, true, "150_and_more", "58.000000",
	    "9976.000000" },
	{ "173 persons at 58 euros, 10 034, are capped at 10 000 a firm",
	    2024, "200.00", 173, true, "150_and_more", "58.000000",
	    "10000.000000" },
	{ "2026: 1 % of 4 005 = 40,05, so 41 euros: up, not to the nearest",
	    2026, "50.00", 10, true, "20_to_149", "41.000000", "410.000000" },
	{ "the band is the firm's, not that of the ten persons counted",
	    2024, "500.00", 10, true, "150_and_more", "58.000000",
	    "580.000000" },
	{ "nobody counted, nothing due",
	    2024, "500.00", 0, true, "150_and_more", "58.000000",
	    "0.000000" },
};

static void
penalty(void **state)
{
	size_t i = (size_t)*state;
	struct notification_penalty p;
	struct err err = { 0 };
	int j;

	if (notification_penalty(law, penalties[i].year,
	    number(penalties[i].headcount), penalties[i].counted, &p, &err) !=
	    TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	assert_int_equal(p.obliged, penalties[i].obliged);
	assert_string_equal(p.band, penalties[i].band);
	assert_amount(p.unit, penalties[i].unit);
	assert_amount(p.amount, penalties[i].want);
	assert_int_equal(p.params, p.obliged ? PENALTY_PARAMS : 1);
	for (j = 0; j < p.params; j++)
		assert_non_null(p.law[j].row->text);
}

static void
penalty_refused(void **state)
{
	struct notification_penalty p;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(notification_penalty(law, 2024, number("-1"), 1, &p,
	    &err), TAPR_EINVAL);
	assert_string_equal(err.where, "headcount");
	assert_int_equal(notification_penalty(law, 2024, frac_invalid(), 1, &p,
	    NULL), TAPR_EINVAL);
	assert_int_equal(notification_penalty(law, 2024, number("20"), -1, &p,
	    NULL), TAPR_EINVAL);
	assert_int_equal(notification_penalty(law, 1899, number("20"), 1, &p,
	    NULL), TAPR_EINVAL);
	assert_int_equal(notification_penalty(law, 2019, number("200"), 1, &p,
	    NULL), TAPR_ELAW);
}

#define NAMES "value,unit,text,published,source,checked_on,note\n"
#define TAIL ",Texte,,test,2026-11-23,\n"
#define HALF "2020-01-01,,under_20,0.5,percent" TAIL
#define CAP "2020-01-01,,maximum,10000,EUR" TAIL
#define CEILING "2020-01-01,,monthly,4000,EUR" TAIL

static struct law *
small_law(const char *penalty_rows, const char *pass_rows)
{
	static const char version[] = "1900.1\n";
	static const char obligation[] = "valid_from,valid_to," NAMES
	    "2020-01-01,,0,persons" TAIL;
	char penalty_file[512], pass_file[256];
	struct law_text texts[4];
	struct law *ret = NULL;
	struct err err = { 0 };

	(void)snprintf(penalty_file, sizeof penalty_file,
	    "valid_from,valid_to,band," NAMES "%s", penalty_rows);
	(void)snprintf(pass_file, sizeof pass_file,
	    "valid_from,valid_to,period," NAMES "%s", pass_rows);
	texts[0] = (struct law_text){ "VERSION", version,
	    sizeof version - 1 };
	texts[1] = (struct law_text){ "params/notification_obligation.csv",
	    obligation, sizeof obligation - 1 };
	texts[2] = (struct law_text){ "params/notification_penalty.csv",
	    penalty_file, strlen(penalty_file) };
	texts[3] = (struct law_text){ "params/pass.csv", pass_file,
	    strlen(pass_file) };
	if (law_open_texts(texts, COUNT(texts), &ret, &err) != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	return ret;
}

static void
whole_euros(void **state)
{
	struct law *small = small_law(HALF CAP, CEILING);
	struct notification_penalty p;

	(void)state;
	assert_int_equal(notification_penalty(small, 2024, number("5"), 3, &p,
	    NULL), TAPR_OK);
	assert_amount(p.unit, "20.000000");
	assert_amount(p.amount, "60.000000");
	law_free(small);
}

static void
penalty_gaps(void **state)
{
	static const struct { const char *penalty, *pass, *says; } rows[] = {
		{ CAP, CEILING, "notification_penalty" },
		{ HALF CAP, "2020-01-01,,annual,48000,EUR" TAIL, "pass" },
		{ HALF, CEILING, "maximum" },
	};
	struct notification_penalty p;
	struct law *small;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct err err = { 0 };

		small = small_law(rows[i].penalty, rows[i].pass);
		assert_int_equal(notification_penalty(small, 2024,
		    number("5"), 3, &p, &err), TAPR_ELAW);
		assert_non_null(strstr(err.text, rows[i].says));
		law_free(small);
	}
}

/* --- supplementary contribution ------------------------------------------ */

static const struct {
	const char	*why;
	const char	*base_yearly;	/* a twelfth of it a month */
	const char	*from, *until, *percent;
	const char	*months, *minimum, *want;
	bool		 at_minimum;
} contributions[] = {
	{ "104 600 a year, one month at 25 % = 2 179,17: three months, "
	    "6 537,50, are due",
	    "104600.00", "2024-02-01", "2024-03-01", "25", "1.000000",
	    "6537.500000", "6537.500000", true },
	{ "104 600 a year, three months at 25 %: the minimum exactly",
	    "104600.00", "2024-02-01", "2024-05-01", "25", "3.000000",
	    "6537.500000", "6537.500000", false },
	{ "104 600 a year, four months at 25 %: 8 716,67",
	    "104600.00", "2024-02-01", "2024-06-01", "25", "4.000000",
	    "6537.500000", "8716.666667", false },
	{ "10 000 a year, one month: three months are 625, so 1 000 are due",
	    "10000.00", "2024-02-01", "2024-03-01", "25", "1.000000",
	    "1000.000000", "1000.000000", true },
	{ "no normal contribution: 1 000 are due all the same",
	    "0.00", "2024-02-01", "2024-03-01", "25", "1.000000",
	    "1000.000000", "1000.000000", true },
	{ "12 000 a year, 200 % from 15 February to 9 May 2024: 15/29 + 1 + 1 "
	    "+ 9/31 months",
	    "12000.00", "2024-02-15", "2024-05-10", "200", "2.807564",
	    "1000.000000", "5615.127920", false },
	{ "the same in 2023: 14/28 + 1 + 1 + 9/31 months",
	    "12000.00", "2023-02-15", "2023-05-10", "200", "2.790323",
	    "1000.000000", "5580.645161", false },
	{ "one day of February 2023 is 1/28 of a month",
	    "1200000.00", "2023-02-14", "2023-02-15", "50", "0.035714",
	    "75000.000000", "75000.000000", true },
	{ "ten days in one month: 10/30",
	    "12000.00", "2024-04-11", "2024-04-21", "200", "0.333333",
	    "1000.000000", "1000.000000", true },
	{ "a whole year at 50 % of 1 000 a month = 6 000",
	    "12000.00", "2024-01-01", "2025-01-01", "50", "12.000000",
	    "1000.000000", "6000.000000", false },
	{ "from the last day of a month: 1/31 and a whole month",
	    "12000.00", "2024-01-31", "2024-03-01", "200", "1.032258",
	    "1000.000000", "2064.516129", false },
	{ "until the last day of a month: 30/31",
	    "12000.00", "2024-01-01", "2024-01-31", "200", "0.967742",
	    "1000.000000", "1935.483871", false },
	{ "a fraction of a percent over the least is taken as given",
	    "120000.00", "2024-01-01", "2024-05-01", "25.50", "4.000000",
	    "7500.000000", "10200.000000", false },
	{ "the last month of the calendar ends with it",
	    "120000.00", "9999-12-01", "9999-12-30", "200", "0.935484",
	    "7500.000000", "18709.677419", false },
};

static void
contribution(void **state)
{
	size_t i = (size_t)*state;
	struct supplementary_contribution s;
	struct err err = { 0 };
	int j;

	if (supplementary_contribution(law, frac_div(
	    number(contributions[i].base_yearly), frac_int(12)),
	    at(contributions[i].from), at(contributions[i].until),
	    number(contributions[i].percent), &s, &err) != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	assert_amount(s.months, contributions[i].months);
	assert_amount(s.minimum, contributions[i].minimum);
	assert_amount(s.amount, contributions[i].want);
	assert_int_equal(s.at_minimum, contributions[i].at_minimum);
	for (j = 0; j < SUPPLEMENTARY_PARAMS; j++)
		assert_non_null(s.law[j].row->text);
}

static const struct {
	const char	*why;
	const char	*base, *from, *until, *percent;
	int		 code;
	const char	*where;
} refused[] = {
	{ "less than 25 % is refused",
	    "1000.00", "2024-02-01", "2024-05-01", "24.99", TAPR_EINVAL,
	    "percent" },
	{ "a negative contribution is refused",
	    "-1.00", "2024-02-01", "2024-05-01", "25", TAPR_EINVAL,
	    "base_monthly" },
	{ "no day of the finding is refused",
	    "1000.00", "", "2024-05-01", "25", TAPR_EINVAL, "from" },
	{ "no end is refused: the amount is not known yet",
	    "1000.00", "2024-02-01", "", "25", TAPR_EINVAL, "until" },
	{ "an open end is refused: the amount is not known yet",
	    "1000.00", "2024-02-01", "9999-12-31", "25", TAPR_EINVAL,
	    "until" },
	{ "an end on the day of the start is refused",
	    "1000.00", "2024-02-01", "2024-02-01", "25", TAPR_EINVAL,
	    "until" },
	{ "an end before the start is refused",
	    "1000.00", "2024-02-01", "2024-01-31", "25", TAPR_EINVAL,
	    "until" },
	{ "a finding before the law that is kept is a gap",
	    "1000.00", "1999-02-01", "2024-01-31", "25", TAPR_ELAW, NULL },
};

static void
refusal(void **state)
{
	size_t i = (size_t)*state;
	struct supplementary_contribution s;
	struct err err = { 0 };

	assert_int_equal(supplementary_contribution(law,
	    number(refused[i].base), at(refused[i].from),
	    at(refused[i].until), number(refused[i].percent), &s, &err),
	    refused[i].code);
	if (refused[i].where != NULL)
		assert_string_equal(err.where, refused[i].where);
}

static void
not_numbers(void **state)
{
	struct supplementary_contribution s;
	struct date from = at("2024-02-15"), until = at("2024-05-10");
	struct frac big = frac_int(INT64_MAX);

	(void)state;
	assert_int_equal(supplementary_contribution(law, frac_invalid(), from,
	    until, number("25"), &s, NULL), TAPR_EINVAL);
	assert_int_equal(supplementary_contribution(law, number("1"), from,
	    until, frac_invalid(), &s, NULL), TAPR_EINVAL);
	assert_int_equal(supplementary_contribution(law, frac_mul(big, big),
	    from, until, big, &s, NULL), TAPR_ERANGE);
}

/* ---- how a contribution rises ---- */

static const struct {
	const char	*why;
	const char	*found, *decided, *deadline, *on;
	bool		 site, repeated;
	int		 code;
	const char	*percent;
} rises[] = {
	{ "nothing is due before the risk is found", "2024-01-10",
	    "2024-02-01", "2024-06-01", "2024-01-09", false, false, TAPR_OK,
	    "0" },
	{ "25 % from the day of the finding", "2024-01-10", "2024-02-01",
	    "2024-06-01", "2024-01-10", false, false, TAPR_OK, "25" },
	{ "25 % on the last day of the delay", "2024-01-10", "2024-02-01",
	    "2024-06-01", "2024-06-01", false, false, TAPR_OK, "25" },
	{ "50 % the day after the delay", "2024-01-10", "2024-02-01",
	    "2024-06-01", "2024-06-02", false, false, TAPR_OK, "50" },
	{ "50 % six months after the delay, to the day", "2024-01-10",
	    "2024-02-01", "2024-06-01", "2024-12-01", false, false, TAPR_OK,
	    "50" },
	{ "200 % the day after those six months", "2024-01-10", "2024-02-01",
	    "2024-06-01", "2024-12-02", false, false, TAPR_OK, "200" },
	{ "on a temporary site 200 % after two months more", "2024-01-10",
	    "2024-02-01", "2024-04-01", "2024-06-02", true, false, TAPR_OK,
	    "200" },
	{ "repeated: 50 % at once", "2024-01-10", "2024-02-01", NULL,
	    "2024-01-10", false, true, TAPR_OK, "50" },
	{ "repeated: 200 % after six months", "2024-01-10", "2024-02-01",
	    NULL, "2024-07-11", false, true, TAPR_OK, "200" },
	{ "a delay of six months and a day is refused", "2024-01-10",
	    "2024-02-01", "2024-08-02", "2024-02-02", false, false,
	    TAPR_EINVAL, NULL },
	{ "on a temporary site two months and a day are refused",
	    "2024-01-10", "2024-02-01", "2024-04-02", "2024-02-02", true,
	    false, TAPR_EINVAL, NULL },
	{ "a decision before the finding is refused", "2024-01-10",
	    "2024-01-09", "2024-06-01", "2024-02-02", false, false,
	    TAPR_EINVAL, NULL },
	{ "a delay that ends before the decision is refused", "2024-01-10",
	    "2024-02-01", "2024-01-31", "2024-02-02", false, false,
	    TAPR_EINVAL, NULL },
	{ "before the parameters it is a gap of the law", "2011-12-31",
	    "2011-12-31", "2011-12-31", "2011-12-31", false, false, TAPR_ELAW,
	    NULL },
};

static struct date
day(const char *text)
{
	struct date d = DATE_NONE;

	if (text != NULL)
		assert_true(date_parse(text, strlen(text), &d));
	return d;
}

static void
rise(void **state)
{
	size_t i = (size_t)*state;
	struct supplementary_history h = { day(rises[i].found),
		day(rises[i].decided), day(rises[i].deadline), rises[i].site,
		rises[i].repeated };
	struct supplementary_percent p;
	struct err err = { 0 };

	assert_int_equal(supplementary_percent(law, &h, day(rises[i].on), &p,
	    &err), rises[i].code);
	if (rises[i].code == TAPR_OK)
		assert_int_equal(frac_cmp(p.percent, number(rises[i].percent)),
		    0);
	else
		assert_true(err.text[0] != '\0');
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

int
main(void)
{
	static const struct CMUnitTest plain[] = {
		{ "a penalty is refused for counts below zero and years "
		    "without the obligation", penalty_refused, NULL, NULL,
		    NULL },
		{ "a unit of whole euros is not rounded further",
		    whole_euros, NULL, NULL, NULL },
		{ "a penalty without its parameters is a gap of the law",
		    penalty_gaps, NULL, NULL, NULL },
		{ "a contribution that cannot be exact is refused, never "
		    "wrong", not_numbers, NULL, NULL, NULL },
	};
	struct CMUnitTest tests[COUNT(plain) + COUNT(penalties) +
	    COUNT(contributions) + COUNT(refused) + COUNT(rises)];
	size_t i, n = 0;

	ADD(penalties, penalty);
	ADD(contributions, contribution);
	ADD(refused, refusal);
	ADD(rises, rise);
	for (i = 0; i < COUNT(plain); i++)
		tests[n++] = plain[i];
	return cmocka_run_group_tests(tests, open_law, close_law);
}
