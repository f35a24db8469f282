/*
 * test_benefits.c -- benefits, each with the arithmetic that redoes it by hand.
 *
 * Most rows stand on 1 April 2016, the one day for which the code itself
 * prints both scales: the minimum annual salary, 18 281,80 euros (R. 434-27),
 * and the capitals (D. 434-1).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tariff/benefits.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct law *law;			/* of the tree */

static const struct date april_2016 = { 2016, 4, 1 };
static const struct date in_2024 = { 2024, 6, 3 };
static const struct date in_1995 = { 1995, 1, 1 };

static struct frac
euros(const char *text)
{
	struct frac ret;

	assert_true(frac_parse(text, strlen(text), 2, &ret));
	return ret;
}

/* Six decimals, rounded: what a pocket calculator shows. */
static void
assert_amount(struct frac got, const char *want)
{
	char text[64];

	assert_true(frac_decimal(got, 6, ROUND_HALF_UP, text, sizeof text) > 0);
	assert_string_equal(text, want);
}

static void
assert_sources(const struct param *p, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		assert_non_null(p[i].row);
		assert_non_null(p[i].row->text);
		assert_non_null(p[i].name);
	}
}

/* A number that no formula can take further. */
static struct frac
enormous(void)
{
	struct frac f = frac_int(INT64_MAX);

	return frac_mul(f, f);
}

/* --- capital ------------------------------------------------------------- */

static const struct {
	const char	*why;
	int		 ip;
	struct date	 on;
	const char	*want;			/* "": refused with the code */
	int		 code;
} capitals[] = {
	{ "an IP of 1 % gives 411,12 euros (D. 434-1, 1 April 2016)",
	    1, { 2016, 4, 1 }, "411.120000", TAPR_OK },
	{ "an IP of 2 % gives 668,20 euros",
	    2, { 2016, 4, 1 }, "668.200000", TAPR_OK },
	{ "an IP of 3 % gives 976,44 euros",
	    3, { 2016, 4, 1 }, "976.440000", TAPR_OK },
	{ "an IP of 4 % gives 1 541,13 euros",
	    4, { 2016, 4, 1 }, "1541.130000", TAPR_OK },
	{ "an IP of 5 % gives 1 952,33 euros",
	    5, { 2016, 4, 1 }, "1952.330000", TAPR_OK },
	{ "an IP of 6 % gives 2 414,71 euros",
	    6, { 2016, 4, 1 }, "2414.710000", TAPR_OK },
	{ "an IP of 7 % gives 2 928,25 euros",
	    7, { 2016, 4, 1 }, "2928.250000", TAPR_OK },
	{ "an IP of 8 % gives 3 493,59 euros",
	    8, { 2016, 4, 1 }, "3493.590000", TAPR_OK },
	{ "an IP of 9 % gives 4 110,06 euros",
	    9, { 2016, 4, 1 }, "4110.060000", TAPR_OK },
	{ "the scale of 2016 still holds on 31 March 2017",
	    9, { 2017, 3, 31 }, "4110.060000", TAPR_OK },
	{ "the day before the scale printed in 2016 is a gap of the law",
	    9, { 2016, 3, 31 }, "", TAPR_ELAW },
	{ "no value at all in 1995 is a gap of the law",
	    9, { 1995, 1, 1 }, "", TAPR_ELAW },
	{ "an IP of 10 % gives an annuity and no capital (R. 434-1)",
	    10, { 2016, 4, 1 }, "", TAPR_EINVAL },
	{ "an IP of 0 % gives nothing", 0, { 2016, 4, 1 }, "", TAPR_EINVAL },
	{ "a negative IP is refused", -1, { 2016, 4, 1 }, "", TAPR_EINVAL },
};

static void
capital(void **state)
{
	size_t i = (size_t)*state;
	struct err err = { 0 };
	struct ip_capital c;

	assert_int_equal(ip_capital(law, capitals[i].ip, capitals[i].on, &c,
	    &err), capitals[i].code);
	if (capitals[i].code == TAPR_OK) {
		assert_amount(c.amount, capitals[i].want);
		assert_sources(c.law, CAPITAL_PARAMS);
		assert_string_equal(c.law[0].name, "capital_ip");
	}
	if (capitals[i].code == TAPR_EINVAL)
		assert_string_equal(err.where, "ip");
}

/* In 2010 both are missing; the annuity has nothing to do with 5 %. */
static void
capital_gap(void **state)
{
	const struct date in_2010 = { 2010, 6, 1 };
	struct err err = { 0 };
	struct ip_capital c;

	(void)state;
	assert_int_equal(ip_capital(law, 5, in_2010, &c, &err), TAPR_ELAW);
	assert_non_null(strstr(err.text, "capital_ip (ip=5) au 2010-06-01"));
	err = (struct err){ 0 };
	assert_int_equal(ip_capital(law, 15, in_2010, &c, &err), TAPR_ELAW);
	assert_non_null(strstr(err.text, "annuity (name=smallest_ip)"));
}

/* --- annuity ------------------------------------------------------------- */

static const struct {
	const char	*why;
	int		 ip;
	const char	*salary;
	const char	*counted, *rate, *want;
} annuities[] = {
	{ "10 % pays 5 % of the minimum salary: 18 281,80 x 0,05 = 914,09",
	    10, "18281.80", "18281.800000", "5.000000", "914.090000" },
	{ "a salary under the minimum counts as the minimum: 20 % pays 10 %, "
	    "1 828,18",
	    20, "10000.00", "18281.800000", "10.000000", "1828.180000" },
	{ "no salary at all counts as the minimum too",
	    20, "0.00", "18281.800000", "10.000000", "1828.180000" },
	{ "15 % pays 7,5 % of 30 000: 2 250",
	    15, "30000.00", "30000.000000", "7.500000", "2250.000000" },
	{ "50 % is the bend: 25 % of 30 000 = 7 500",
	    50, "30000.00", "30000.000000", "25.000000", "7500.000000" },
	{ "51 % is over the bend: 25 + 1,5 = 26,5 % of 30 000 = 7 950",
	    51, "30000.00", "30000.000000", "26.500000", "7950.000000" },
	{ "60 %: 25 + 1,5 x 10 = 40 % of 30 000 = 12 000",
	    60, "30000.00", "30000.000000", "40.000000", "12000.000000" },
	{ "100 %: 25 + 1,5 x 50 = 100 % of 30 000",
	    100, "30000.00", "30000.000000", "100.000000", "30000.000000" },
	{ "twice the minimum, 36 563,60, still counts in full",
	    10, "36563.60", "36563.600000", "5.000000", "1828.180000" },
	{ "3 euros over twice the minimum count for 1 euro",
	    100, "36566.60", "36564.600000", "100.000000", "36564.600000" },
	{ "60 000: 36 563,60 + 23 436,40 / 3 = 44 375,7333; 40 % pays a fifth",
	    40, "60000.00", "44375.733333", "20.000000", "8875.146667" },
	{ "eight times the minimum, 146 254,40, counts for four times: "
	    "73 127,20",
	    100, "146254.40", "73127.200000", "100.000000", "73127.200000" },
	{ "what is over eight times the minimum does not count",
	    100, "200000.00", "73127.200000", "100.000000", "73127.200000" },
};

static void
annuity(void **state)
{
	size_t i = (size_t)*state;
	struct err err = { 0 };
	struct ip_annuity a;

	if (ip_annuity(law, annuities[i].ip, euros(annuities[i].salary),
	    april_2016, &a, &err) != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	assert_amount(a.salary.counted, annuities[i].counted);
	assert_amount(a.rate, annuities[i].rate);
	assert_amount(a.amount, annuities[i].want);
	assert_int_equal(frac_cmp(a.rate, frac_add(a.low, a.high)), 0);
	assert_sources(a.law, ANNUITY_PARAMS);
	assert_sources(a.salary.law, SALARY_PARAMS);
}

static void
annuity_refused(void **state)
{
	struct ip_annuity a;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(ip_annuity(law, 9, euros("30000"), april_2016, &a,
	    &err), TAPR_EINVAL);
	assert_string_equal(err.where, "ip");
	assert_non_null(strstr(err.text, "ip-capital"));
	assert_int_equal(ip_annuity(law, 101, euros("30000"), april_2016, &a,
	    NULL), TAPR_EINVAL);
	assert_int_equal(ip_annuity(law, 10, euros("-0.01"), april_2016, &a,
	    NULL), TAPR_EINVAL);
	assert_int_equal(ip_annuity(law, 10, frac_invalid(), april_2016, &a,
	    NULL), TAPR_EINVAL);
	assert_int_equal(ip_annuity(law, 10, euros("30000"), in_1995, &a,
	    NULL), TAPR_ELAW);
}

/* The minimum of 2014 to 2016 was not found: no neighbour is taken. */
static void
salary_gap(void **state)
{
	const struct date gap = { 2015, 1, 1 };
	struct ip_annuity a;
	struct survivors s;

	(void)state;
	assert_int_equal(ip_annuity(law, 10, euros("30000"), gap, &a, NULL),
	    TAPR_ELAW);
	assert_int_equal(survivors(law, euros("30000"), true, 40, 0, 0, gap,
	    &s, NULL), TAPR_ELAW);
}

/* --- survivors ----------------------------------------------------------- */

static const struct {
	const char	*why;
	const char	*salary;
	bool		 spouse;
	int		 age, orphans, ascendants;
	const char	*total, *spouse_want, *orphans_want, *ascendants_want,
			*want;
} deaths[] = {
	{ "a spouse of 40: 40 % of 30 000 = 12 000",
	    "30000.00", true, 40, 0, 0, "0.400000",
	    "12000.000000", "0.000000", "0.000000", "12000.000000" },
	{ "a spouse of 54 has no complement yet",
	    "30000.00", true, 54, 0, 0, "0.400000",
	    "12000.000000", "0.000000", "0.000000", "12000.000000" },
	{ "a spouse of 55: 40 % and 20 % of 30 000 = 18 000",
	    "30000.00", true, 55, 0, 0, "0.600000",
	    "18000.000000", "0.000000", "0.000000", "18000.000000" },
	{ "an age without a spouse gives nothing",
	    "30000.00", false, 60, 0, 0, "0.000000",
	    "0.000000", "0.000000", "0.000000", "0.000000" },
	{ "an impossible age without a spouse is not looked at",
	    "30000.00", false, -1, 1, 0, "0.250000",
	    "0.000000", "7500.000000", "0.000000", "7500.000000" },
	{ "one orphan: 25 % of 30 000 = 7 500",
	    "30000.00", false, 0, 1, 0, "0.250000",
	    "0.000000", "7500.000000", "0.000000", "7500.000000" },
	{ "two orphans: 25 % each, 15 000",
	    "30000.00", false, 0, 2, 0, "0.500000",
	    "0.000000", "15000.000000", "0.000000", "15000.000000" },
	{ "three orphans: 25 + 25 + 20 = 70 %, 21 000",
	    "30000.00", false, 0, 3, 0, "0.700000",
	    "0.000000", "21000.000000", "0.000000", "21000.000000" },
	{ "four orphans: 90 %, reduced to 85 %: 25 500",
	    "30000.00", false, 0, 4, 0, "0.900000",
	    "0.000000", "25500.000000", "0.000000", "25500.000000" },
	{ "one ascendant: 10 % of 30 000 = 3 000",
	    "30000.00", false, 0, 0, 1, "0.100000",
	    "0.000000", "0.000000", "3000.000000", "3000.000000" },
	{ "three ascendants: 30 %, 9 000",
	    "30000.00", false, 0, 0, 3, "0.300000",
	    "0.000000", "0.000000", "9000.000000", "9000.000000" },
	{ "four ascendants share 30 %: still 9 000",
	    "30000.00", false, 0, 0, 4, "0.300000",
	    "0.000000", "0.000000", "9000.000000", "9000.000000" },
	{ "a spouse of 55 and an orphan: 85 % exactly, no reduction",
	    "30000.00", true, 55, 1, 0, "0.850000",
	    "18000.000000", "7500.000000", "0.000000", "25500.000000" },
	{ "a spouse and two orphans: 90 %, each times 85/90",
	    "30000.00", true, 40, 2, 0, "0.900000",
	    "11333.333333", "14166.666667", "0.000000", "25500.000000" },
	{ "a spouse, an orphan, four ascendants: 40 + 25 + 30 = 95 %, each "
	    "times 85/95",
	    "30000.00", true, 40, 1, 4, "0.950000",
	    "10736.842105", "6710.526316", "8052.631579", "25500.000000" },
	{ "nobody left: nothing",
	    "30000.00", false, 0, 0, 0, "0.000000",
	    "0.000000", "0.000000", "0.000000", "0.000000" },
	{ "a salary under the minimum counts as 18 281,80: 40 % is 7 312,72",
	    "10000.00", true, 40, 0, 0, "0.400000",
	    "7312.720000", "0.000000", "0.000000", "7312.720000" },
	{ "a salary of 60 000 is reduced to 44 375,7333: 40 % is 17 750,2933",
	    "60000.00", true, 40, 0, 0, "0.400000",
	    "17750.293333", "0.000000", "0.000000", "17750.293333" },
};

static void
death(void **state)
{
	size_t i = (size_t)*state;
	struct err err = { 0 };
	struct survivors s;

	if (survivors(law, euros(deaths[i].salary), deaths[i].spouse,
	    deaths[i].age, deaths[i].orphans, deaths[i].ascendants,
	    april_2016, &s, &err) != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	assert_amount(s.total, deaths[i].total);
	assert_amount(s.spouse_amount, deaths[i].spouse_want);
	assert_amount(s.orphans_amount, deaths[i].orphans_want);
	assert_amount(s.ascendants_amount, deaths[i].ascendants_want);
	assert_amount(s.amount, deaths[i].want);
	assert_int_equal(frac_cmp(s.amount, frac_add(frac_add(s.spouse_amount,
	    s.orphans_amount), s.ascendants_amount)), 0);
	assert_sources(s.law, SURVIVORS_PARAMS);
	assert_sources(s.salary.law, SALARY_PARAMS);
}

static void
death_refused(void **state)
{
	struct frac salary = euros("30000");
	struct survivors s;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(survivors(law, salary, true, -1, 0, 0, april_2016, &s,
	    &err), TAPR_EINVAL);
	assert_string_equal(err.where, "spouse_age");
	assert_int_equal(survivors(law, salary, true, 40, -1, 0, april_2016,
	    &s, NULL), TAPR_EINVAL);
	assert_int_equal(survivors(law, salary, true, 40, 0, -1, april_2016,
	    &s, NULL), TAPR_EINVAL);
	assert_int_equal(survivors(law, euros("-1"), true, 40, 0, 0,
	    april_2016, &s, NULL), TAPR_EINVAL);
	assert_int_equal(survivors(law, salary, true, 40, 0, 0, in_1995, &s,
	    NULL), TAPR_ELAW);
}

/* --- daily benefit ------------------------------------------------------- */

static const struct {
	const char	*why;
	const char	*monthly, *net;
	int		 day;
	const char	*want;
	bool		 capped;
} days[] = {
	{ "2 433,60 / 30,42 = 80 a day; 60 % on the first day = 48",
	    "2433.60", "63.20", 1, "48.000000", false },
	{ "day 28 is the last at 60 %: 48",
	    "2433.60", "63.20", 28, "48.000000", false },
	{ "day 29 is the first at 80 %: 64, over a net wage of 63,20",
	    "2433.60", "63.20", 29, "63.200000", true },
	{ "a net wage of 64 exactly does not cap 64",
	    "2433.60", "64.00", 29, "64.000000", false },
	{ "a net wage under 60 % caps from the first day",
	    "2433.60", "40.00", 1, "40.000000", true },
	{ "2 000 / 30,42 has no finite form: 60 % is 39,4477",
	    "2000.00", "60.00", 10, "39.447732", false },
	{ "15 000 a month passes 0,834 % of 46 368 = 386,70912: 60 % is "
	    "232,025472",
	    "15000.00", "390.00", 1, "232.025472", false },
	{ "the same at 80 %: 309,367296",
	    "15000.00", "390.00", 29, "309.367296", false },
	{ "no wage gives no benefit",
	    "0.00", "0.00", 1, "0.000000", false },
};

static void
day(void **state)
{
	size_t i = (size_t)*state;
	struct daily_benefit b;
	struct err err = { 0 };

	if (daily_benefit(law, euros(days[i].monthly), euros(days[i].net),
	    days[i].day, in_2024, &b, &err) != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	assert_amount(b.amount, days[i].want);
	assert_int_equal(b.capped, days[i].capped);
	assert_amount(b.ceiling, "386.709120");
	assert_sources(b.law, DAILY_PARAMS);
}

static void
day_refused(void **state)
{
	struct daily_benefit b;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(daily_benefit(law, euros("2000"), euros("60"), 0,
	    in_2024, &b, &err), TAPR_EINVAL);
	assert_string_equal(err.where, "day");
	assert_int_equal(daily_benefit(law, euros("-1"), euros("60"), 1,
	    in_2024, &b, NULL), TAPR_EINVAL);
	assert_int_equal(daily_benefit(law, euros("2000"), euros("-1"), 1,
	    in_2024, &b, NULL), TAPR_EINVAL);
	assert_int_equal(daily_benefit(law, euros("2000"), euros("60"), 1,
	    in_1995, &b, NULL), TAPR_ELAW);
}

/* --- what the law of the tree does not show ------------------------------ */

#define NAMES "value,unit,text,published,source,checked_on,note\n"
#define TAIL ",Texte,,test,2026-11-23,\n"

/*
 * A law whose figures are so fine that nothing stays exact: fourteen
 * coprime digits in each denominator.
 */
static struct law *
fine_law(void)
{
	static const char version[] = "1900.1\n";
	static const char annuity_csv[] = "valid_from,valid_to,name," NAMES
	    "2000-01-01,,bend,50,percent" TAIL
	    "2000-01-01,,counted_above,1/99999999999973,factor" TAIL
	    "2000-01-01,,full_salary,1/99999999999971,factor" TAIL
	    "2000-01-01,,high_factor,1/99999999999959,factor" TAIL
	    "2000-01-01,,low_factor,1/99999999999929,factor" TAIL
	    "2000-01-01,,salary_ceiling,8,factor" TAIL
	    "2000-01-01,,smallest_ip,10,percent" TAIL;
	static const char daily_csv[] = "valid_from,valid_to,name," NAMES
	    "2000-01-01,,fraction,1/99999999999973,fraction" TAIL
	    "2000-01-01,,later_fraction,1/99999999999973,fraction" TAIL
	    "2000-01-01,,later_from,29,days" TAIL
	    "2000-01-01,,monthly_divisor,0,factor" TAIL
	    "2000-01-01,,wage_ceiling,1,percent" TAIL;
	static const char minimum_csv[] = "valid_from,valid_to," NAMES
	    "2000-01-01,,1/99999999999923,EUR" TAIL;
	static const char pass_csv[] = "valid_from,valid_to,period," NAMES
	    "2000-01-01,,annual,40000,EUR" TAIL;
	static const char survivors_csv[] = "valid_from,valid_to,name," NAMES
	    "2000-01-01,,ascendant,0.10,fraction" TAIL
	    "2000-01-01,,ascendants_maximum,0.30,fraction" TAIL
	    "2000-01-01,,maximum,0.85,fraction" TAIL
	    "2000-01-01,,orphan_first,0.25,fraction" TAIL
	    "2000-01-01,,orphan_first_count,2,persons" TAIL
	    "2000-01-01,,orphan_next,0.20,fraction" TAIL
	    "2000-01-01,,spouse,0.40,fraction" TAIL
	    "2000-01-01,,spouse_age,55,years" TAIL
	    "2000-01-01,,spouse_old,0.20,fraction" TAIL;
	static const struct law_text texts[] = {
		{ "VERSION", version, sizeof version - 1 },
		{ "params/annuity.csv", annuity_csv, sizeof annuity_csv - 1 },
		{ "params/daily_benefit.csv", daily_csv,
		    sizeof daily_csv - 1 },
		{ "params/minimum_annual_salary.csv", minimum_csv,
		    sizeof minimum_csv - 1 },
		{ "params/pass.csv", pass_csv, sizeof pass_csv - 1 },
		{ "params/survivors.csv", survivors_csv,
		    sizeof survivors_csv - 1 },
	};
	struct law *ret = NULL;
	struct err err = { 0 };

	if (law_open_texts(texts, COUNT(texts), &ret, &err) != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	return ret;
}

static void
too_large(void **state)
{
	struct law *fine = fine_law();
	struct daily_benefit b;
	struct ip_annuity a;
	struct survivors s;

	(void)state;
	assert_int_equal(ip_annuity(fine, 60, enormous(), in_2024, &a, NULL),
	    TAPR_ERANGE);
	assert_int_equal(survivors(fine, enormous(), true, 40, 1, 1, in_2024,
	    &s, NULL), TAPR_ERANGE);
	assert_int_equal(daily_benefit(fine, euros("2000"), euros("60"), 1,
	    in_2024, &b, NULL), TAPR_ERANGE);
	law_free(fine);
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
		{ "of two gaps that of the capital is named", capital_gap,
		    NULL, NULL, NULL },
		{ "an annuity is refused under 10 %, over 100 % and without "
		    "a salary", annuity_refused, NULL, NULL, NULL },
		{ "a minimum salary that was not found is a gap, never a "
		    "neighbour", salary_gap, NULL, NULL, NULL },
		{ "survivors are counted from zero on a salary that exists",
		    death_refused, NULL, NULL, NULL },
		{ "the day of the stoppage itself is not paid",
		    day_refused, NULL, NULL, NULL },
		{ "an amount that cannot be exact is refused, never wrong",
		    too_large, NULL, NULL, NULL },
	};
	struct CMUnitTest tests[COUNT(plain) + COUNT(capitals) +
	    COUNT(annuities) + COUNT(deaths) + COUNT(days)];
	size_t i, n = 0;

	ADD(capitals, capital);
	ADD(annuities, annuity);
	ADD(deaths, death);
	ADD(days, day);
	for (i = 0; i < COUNT(plain); i++)
		tests[n++] = plain[i];
	return cmocka_run_group_tests(tests, open_law, close_law);
}
