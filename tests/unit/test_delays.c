/*
 * test_delays.c -- ages and their percentiles; what is read from a fund is in
 * tests/e2e/delays.sh.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "register/delays.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* Nearest rank: rank ceil(p * n / 100) of the ages from the shortest. */
static const struct {
	const char	*why;
	int32_t		 age[12];
	int		 n, percent;
	int32_t		 want;
} percentiles[] = {
	{ "nothing: it has no percentile", { 0 }, 0, 50, -1 },
	{ "one file: it is all of them, rank 1 of 1", { 7 }, 1, 50, 7 },
	{ "one file is its own 90th percentile", { 7 }, 1, 90, 7 },
	{ "two: rank 1, the shorter one", { 10, 4 }, 2, 50, 4 },
	{ "two: rank ceil(1.8) = 2", { 10, 4 }, 2, 90, 10 },
	{ "five, unsorted: rank ceil(2.5) = 3", { 9, 1, 5, 3, 7 }, 5, 50, 5 },
	{ "ten: rank 5, not the mean of 5 and 6",
	    { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 }, 10, 50, 5 },
	{ "ten: rank 9 exactly", { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 }, 10, 90,
	    9 },
	{ "eleven: rank ceil(9.9) = 10",
	    { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 }, 11, 90, 10 },
	{ "ties count each: 0 0 0 8, rank 2", { 0, 8, 0, 0 }, 4, 50, 0 },
	{ "ties count each: 0 0 0 8, rank 4", { 0, 8, 0, 0 }, 4, 90, 8 },
	{ "stopped before it started is no day", { -3, -3, 2 }, 3, 50, 0 },
	{ "100: the longest", { 1, 2, 3 }, 3, 100, 3 },
};

static void
percentile(void **state)
{
	size_t i = *(const size_t *)*state;
	struct ages a;

	assert_int_equal(ages_init(&a, NULL), TAPR_OK);
	for (int k = 0; k < percentiles[i].n; k++)
		ages_add(&a, percentiles[i].age[k]);
	assert_int_equal(ages_percentile(&a, percentiles[i].percent),
	    percentiles[i].want);
	ages_free(&a);
}

static int
by_number(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return (x > y) - (x < y);
}

static void
counted_ages_give_what_sorted_ages_give(void **state)
{
	enum { MANY = 2000 };
	static int32_t age[MANY];
	uint32_t seed = 1;

	(void)state;
	for (int n = 1; n <= MANY; n += 37) {
		struct ages a;

		assert_int_equal(ages_init(&a, NULL), TAPR_OK);
		for (int i = 0; i < n; i++) {
			seed = seed * 1664525 + 1013904223;
			age[i] = (int32_t)(seed >> 16) % 900;
			ages_add(&a, age[i]);
		}
		qsort(age, (size_t)n, sizeof age[0], by_number);
		for (int p = 1; p <= 100; p++)
			assert_int_equal(ages_percentile(&a, p),
			    age[(n * p + 99) / 100 - 1]);
		assert_int_equal(a.longest, age[n - 1]);
		ages_free(&a);
	}
}

static void
an_age_over_a_century_counts_as_a_century(void **state)
{
	struct ages a;

	(void)state;
	assert_int_equal(ages_init(&a, NULL), TAPR_OK);
	ages_add(&a, 1000000);
	ages_add(&a, 3);
	assert_int_equal(a.longest, 36525);
	assert_int_equal(ages_percentile(&a, 50), 3);
	assert_int_equal(ages_percentile(&a, 90), 36525);
	ages_free(&a);
}

int
main(void)
{
	static size_t row[COUNT(percentiles)];
	struct CMUnitTest tests[COUNT(percentiles) + 2] = {
		{ "ages counted by day give the percentiles of ages sorted",
		    counted_ages_give_what_sorted_ages_give, NULL, NULL,
		    NULL },
		{ "an age over a century counts as a century",
		    an_age_over_a_century_counts_as_a_century, NULL, NULL,
		    NULL },
	};

	for (size_t i = 0; i < COUNT(percentiles); i++) {
		row[i] = i;
		tests[i + 2] = (struct CMUnitTest){ percentiles[i].why,
		    percentile, NULL, NULL, &row[i] };
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
