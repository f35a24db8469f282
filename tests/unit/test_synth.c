/*
 * test_synth.c -- the parts of the synthetic France that can be checked by
 * hand: chance, shares, numbers, files.  The country as a whole is counted
 * again by tests/synth/recount.py.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/ids.h"
#include "base/progress.h"
#include "synth/apportion.h"
#include "synth/claim.h"
#include "synth/dice.h"
#include "synth/out.h"
#include "synth/people.h"
#include "synth/scale.h"

/* ---- dice --------------------------------------------------------------- */

static void
the_same_seed_gives_the_same_numbers_and_another_does_not(void **state)
{
	struct dice a = dice(7, 3, 12), b = dice(7, 3, 12);
	struct dice other[] = { dice(8, 3, 12), dice(7, 4, 12),
	    dice(7, 3, 13) };
	uint64_t first = dice_bits(&a);

	(void)state;
	assert_true(first == dice_bits(&b));
	assert_true(dice_bits(&a) == dice_bits(&b));
	for (size_t i = 0; i < 3; i++)
		assert_true(first != dice_bits(&other[i]));
}

static void
the_numbers_are_those_of_every_machine(void **state)
{
	/* splitmix64 from 0 starts with this (its authors' test value). */
	struct dice zero = { 0 };

	(void)state;
	assert_true(dice_bits(&zero) == UINT64_C(0xe220a8397b1dcdaf));
}

static void
a_draw_stays_within_its_bounds_and_reaches_them(void **state)
{
	struct dice d = dice(1, 1, 1);
	int seen[7] = { 0 };

	(void)state;
	for (int i = 0; i < 10000; i++)
		seen[dice_between(&d, -3, 3) + 3]++;
	for (int i = 0; i < 7; i++)
		assert_in_range(seen[i], 1200, 1700);	/* 1429 each */
}

/* ---- apportion ---------------------------------------------------------- */

static void
the_largest_remainders_get_the_units_left(void **state)
{
	/* Quotas of 10: 4.7, 3.3, 1.9, 0.1; the units left go to 1.9, 4.7. */
	const uint64_t weight[] = { 47, 33, 19, 1 };
	uint64_t ret[4];

	(void)state;
	assert_int_equal(apportion(weight, 4, 10, ret, NULL), TAPR_OK);
	assert_int_equal(ret[0], 5);
	assert_int_equal(ret[1], 3);
	assert_int_equal(ret[2], 2);
	assert_int_equal(ret[3], 0);
}

static void
of_equal_remainders_the_first_wins_and_zero_gets_nothing(void **state)
{
	const uint64_t weight[] = { 0, 5, 5, 0, 5 };
	uint64_t ret[5];

	(void)state;
	assert_int_equal(apportion(weight, 5, 4, ret, NULL), TAPR_OK);
	assert_int_equal(ret[0], 0);
	assert_int_equal(ret[1], 2);
	assert_int_equal(ret[2], 1);
	assert_int_equal(ret[3], 0);
	assert_int_equal(ret[4], 1);
}

static void
the_whole_of_the_weights_gives_the_weights(void **state)
{
	const uint64_t weight[] = { 34359322638, 7, 0, 1 };
	uint64_t ret[4];

	(void)state;
	assert_int_equal(apportion(weight, 4, 34359322646, ret, NULL),
	    TAPR_OK);
	assert_memory_equal(ret, weight, sizeof weight);
}

static void
a_product_over_64_bits_is_divided_exactly(void **state)
{
	uint64_t rest;

	(void)state;
	/* 10^12 * 10^12 / (10^6 + 1) = 999999000000999999 rest 1 */
	assert_true(mul_div(1000000000000, 1000000000000, 1000001, &rest) ==
	    UINT64_C(999999000000999999));
	assert_true(rest == 1);
	assert_true(mul_div(7, 5, 4, &rest) == 8 && rest == 3);
}

static void
the_running_way_keeps_the_sum_too(void **state)
{
	uint64_t part[] = { 1, 1, 1, 0, 4 };

	(void)state;
	/* Running 10/7, 20/7, 30/7, 30/7, 10. */
	apportion_along(part, 5, 10, part);
	assert_int_equal(part[0], 1);
	assert_int_equal(part[1], 1);
	assert_int_equal(part[2], 2);
	assert_int_equal(part[3], 0);
	assert_int_equal(part[4], 6);
}

/* ---- people ------------------------------------------------------------- */

static void
every_siren_and_siret_has_its_key(void **state)
{
	char siren[SIREN_SIZE], siret[SIRET_SIZE];

	(void)state;
	for (uint32_t n = 0; n < SIREN_FIRMS; n += 9973) {
		people_siren(n, siren);
		assert_true(siren_valid(siren));
		people_siret(n, n % 9999 + 1, siret);
		assert_true(siret_valid(siret));
		assert_memory_equal(siren, siret, 9);
	}
}

static void
the_key_of_a_known_nir_is_found(void **state)
{
	(void)state;
	assert_int_equal(people_nir_key("2550814168025"), 38);
	assert_int_equal(people_nir_key("2951099126111"), 93);
}

static void
no_nir_can_be_of_somebody(void **state)
{
	struct dice d = dice(5, 5, 5);
	char nir[NIR_SIZE];

	(void)state;
	for (int i = 0; i < 20000; i++) {
		int department, commune;

		people_nir(&d, 1 + i % 2, 1950 + i % 60, nir);
		assert_int_equal(strlen(nir), 15);
		assert_int_equal(people_nir_key(nir), (nir[13] - '0') * 10 +
		    nir[14] - '0');
		department = (nir[5] - '0') * 10 + nir[6] - '0';
		commune = (nir[7] - '0') * 100 + (nir[8] - '0') * 10 +
		    nir[9] - '0';
		assert_in_range(department, 1, 95);
		assert_int_not_equal(department, 20);
		assert_in_range(commune, 991, 999);
	}
}

static void
a_name_says_that_it_is_invented(void **state)
{
	struct dice d = dice(5, 5, 6);
	char name[NAME_SIZE];

	(void)state;
	people_surname(&d, name);
	assert_non_null(strstr(name, "FICTIF"));
	people_firm(&d, 2999999, name);
	assert_non_null(strstr(name, "FICTIFS"));
}

/* ---- files -------------------------------------------------------------- */

static char *
slurp(const char *path)
{
	static char text[256];
	FILE *f = fopen(path, "rb");
	size_t n;

	if (f == NULL)
		return NULL;
	n = fread(text, 1, sizeof text - 1, f);
	text[n] = '\0';
	fclose(f);
	return text;
}

static void
a_file_takes_its_name_when_it_is_whole(void **state)
{
	char dir[] = "/tmp/tapr-synth-XXXXXX", path[64], part[64];
	struct err err = { .code = TAPR_OK };
	struct out o;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/a.csv", dir);
	snprintf(part, sizeof part, "%s/a.csv.part", dir);
	assert_int_equal(out_open(&o, dir, "a.csv", &err), TAPR_OK);
	out_text(&o, "x");
	out_comma(&o);
	out_number(&o, 0);
	out_comma(&o);
	out_padded(&o, 42, 5);
	out_comma(&o);
	out_hundredths(&o, 1205);
	out_comma(&o);
	out_day(&o, 0);
	out_comma(&o);
	out_day(&o, 19782);		/* 2024-02-29 */
	out_line(&o);
	assert_int_equal(out_close(&o, &err), TAPR_OK);
	assert_null(slurp(path));
	assert_non_null(slurp(part));
	assert_int_equal(out_publish(&o, &err), TAPR_OK);
	assert_string_equal(slurp(path), "x,0,00042,12.05,,2024-02-29\n");
	out_drop(&o);
	assert_non_null(slurp(path));
	assert_null(slurp(part));
	remove(path);
	remove(dir);
}

static void
a_file_given_up_leaves_nothing(void **state)
{
	char dir[] = "/tmp/tapr-synth-XXXXXX";
	struct err err = { .code = TAPR_OK };
	struct out o;

	(void)state;
	assert_non_null(mkdtemp(dir));
	assert_int_equal(out_open(&o, dir, "a.csv", &err), TAPR_OK);
	out_text(&o, "half");
	out_drop(&o);
	assert_int_equal(remove(dir), 0);	/* only if it is empty */
}

/* ---- shares and series -------------------------------------------------- */

static const struct national nation = { 1, 1000, 100, 10, 10000 };

static void
the_whole_share_is_the_table_itself(void **state)
{
	const struct counts of[] = { { { 3, 20, 2, 1, 1, 1500, 9, 30 } },
	    { { 0, 0, 0, 0, 0, 300, 0, 0 } } };
	const struct counts *const from[] = { &of[0], &of[1] };
	struct counts got[2], *const to[] = { &got[0], &got[1] };

	(void)state;
	assert_int_equal(scale_counts(from, 2, true, SHARE_ONE, &nation,
	    &nation, true, to, NULL), TAPR_OK);
	assert_memory_equal(got, of, sizeof of);
}

static void
days_and_points_keep_to_what_the_claims_allow(void **state)
{
	/* A tenth of 10 claims of 4 days each and of 9 IP of 9 points. */
	const struct counts of[] = { { { 0, 10, 9, 0, 0, 40, 81, 0 } },
	    { { 0, 10, 1, 0, 0, 60, 1, 0 } } };
	const struct counts *const from[] = { &of[0], &of[1] };
	struct counts got[2], *const to[] = { &got[0], &got[1] };

	(void)state;
	assert_int_equal(scale_counts(from, 2, true, SHARE_ONE / 10, &nation,
	    &nation, false, to, NULL), TAPR_OK);
	assert_int_equal(got[0].v[LONG] + got[1].v[LONG], 2);
	assert_int_equal(got[0].v[DAYS] + got[1].v[DAYS], 10);
	for (int i = 0; i < 2; i++) {
		assert_true(got[i].v[DAYS] >= 4 * got[i].v[LONG]);
		assert_true(got[i].v[POINTS_LOW] >= got[i].v[IP_LOW]);
		assert_true(got[i].v[POINTS_LOW] <= 9 * got[i].v[IP_LOW]);
	}
}

/* What a series holds of year ${y}. */
static struct counts
recount(const struct claims *c, int y)
{
	struct counts k = { { 0 } };
	int year = YEAR_FIRST + y;

	for (size_t i = 0; i < c->n; i++) {
		const struct claim *l = &c->claim[i];

		if (l->year == year)
			k.v[l->lasting ? LONG : SHORT]++;
		k.v[DAYS] += l->days[y + 1];
		k.v[DEATHS] += l->death_year == year;
		if (l->ip_year == year) {
			k.v[l->ip < 10 ? IP_LOW : IP_HIGH]++;
			k.v[l->ip < 10 ? POINTS_LOW : POINTS_HIGH] += l->ip;
		}
	}
	return k;
}

static void
a_series_holds_what_the_plan_says_every_year(void **state)
{
	static const struct counts plan[][YEARS] = {
		/* An ordinary cell. */
		{ { { 2, 30, 2, 1, 0, 2100, 9, 20 } },
		  { { 1, 25, 1, 1, 1, 2000, 1, 100 } },
		  { { 3, 28, 2, 0, 0, 3000, 18, 0 } },
		  { { 2, 27, 0, 2, 0, 2500, 0, 25 } },
		  { { 2, 29, 3, 1, 0, 2600, 14, 15 } },
		  { { 4, 26, 2, 2, 1, 2900, 11, 60 } } },
		/* Days, an IP and a death, and never an accident. */
		{ { { 0 } }, { { 0 } }, { { 0 } }, { { 0 } }, { { 0 } },
		  { { 0, 0, 0, 1, 1, 800, 0, 17 } } },
		/* A death is all there is. */
		{ { { 0 } }, { { 0 } }, { { 0 } }, { { 0 } }, { { 0 } },
		  { { 1, 0, 0, 0, 1, 0, 0, 0 } } },
	};
	struct claims c = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof plan / sizeof *plan; i++) {
		claims_clear(&c);
		assert_int_equal(claims_add(&c, 3, plan[i], KIND_ACCIDENT, 0,
		    NULL, NULL), TAPR_OK);
		for (int y = 0; y < YEARS; y++) {
			struct counts k = recount(&c, y);

			assert_memory_equal(&k, &plan[i][y], sizeof k);
		}
	}
	claims_free(&c);
}

static void
the_dates_of_a_claim_follow_each_other(void **state)
{
	static const struct counts plan[YEARS] = {
		{ { 9, 90, 9, 9, 2, 9000, 30, 300 } },
		{ { 9, 90, 9, 9, 2, 9000, 30, 300 } },
		{ { 9, 90, 9, 9, 2, 9000, 30, 300 } },
		{ { 9, 90, 9, 9, 2, 9000, 30, 300 } },
		{ { 9, 90, 9, 9, 2, 9000, 30, 300 } },
		{ { 9, 90, 9, 9, 2, 9000, 30, 300 } } };
	const struct estab e = { .created = 9000 };
	struct claims c = { 0 };
	struct days d;

	(void)state;
	for (int kind = KIND_ACCIDENT; kind <= KIND_DISEASE; kind++) {
		claims_clear(&c);
		assert_int_equal(claims_add(&c, 4, plan, (enum kind)kind, 0,
		    NULL, NULL), TAPR_OK);
		for (size_t i = 0; i < c.n; i++) {
			int32_t end = 0;

			claims_dates(&c.claim[i], &e, 4, &d);
			assert_true(d.occurred <= d.declared);
			assert_true(d.declared <= d.complete);
			assert_true(d.complete <= d.recognised);
			assert_true(d.ip == 0 || d.ip >= d.declared);
			assert_true(d.death_recognised >= d.death);
			for (int y = 0; y <= YEARS; y++) {
				if (d.pay[y].days == 0)
					continue;
				assert_true(d.pay[y].from > end);
				end = d.pay[y].to;
				assert_int_equal(end - d.pay[y].from + 1,
				    d.pay[y].days);
				assert_true(d.pay[y].paid >= end);
				assert_int_equal(date_from_days(
				    d.pay[y].paid).y, YEAR_OLD + y);
			}
		}
	}
	claims_free(&c);
}

/* ---- progress ----------------------------------------------------------- */

static char said[512];
static int64_t now;

static void
listen(void *to, const char *text)
{
	(void)to;
	strncat(said, text, sizeof said - strlen(said) - 1);
}

static int64_t
clock_ms(void)
{
	return now;
}

static void
progress_tells_what_how_far_and_how_long_still(void **state)
{
	struct progress p = { .say = listen, .now_ms = clock_ms };

	(void)state;
	said[0] = '\0';
	now = 1000;
	progress_start(&p, "lecture", 200);
	progress_at(&p, 0);
	assert_string_equal(said, "\rlecture : 0 %\x1b[K");
	now = 1100;			/* too soon to say more */
	progress_at(&p, 10);
	assert_string_equal(said, "\rlecture : 0 %\x1b[K");
	said[0] = '\0';
	now = 31000;			/* 30 s for 50, so 90 s for 150 */
	progress_at(&p, 50);
	assert_string_equal(said,
	    "\rlecture : 25 %, reste 1 min 30 s\x1b[K");
	said[0] = '\0';
	progress_end(&p);
	assert_string_equal(said, "\r\x1b[K");
	/* Without a terminal there is nobody to tell. */
	progress_start(NULL, "lecture", 1);
	progress_at(NULL, 1);
	progress_end(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    the_same_seed_gives_the_same_numbers_and_another_does_not),
		cmocka_unit_test(the_numbers_are_those_of_every_machine),
		cmocka_unit_test(
		    a_draw_stays_within_its_bounds_and_reaches_them),
		cmocka_unit_test(the_largest_remainders_get_the_units_left),
		cmocka_unit_test(
		    of_equal_remainders_the_first_wins_and_zero_gets_nothing),
		cmocka_unit_test(the_whole_of_the_weights_gives_the_weights),
		cmocka_unit_test(a_product_over_64_bits_is_divided_exactly),
		cmocka_unit_test(the_running_way_keeps_the_sum_too),
		cmocka_unit_test(every_siren_and_siret_has_its_key),
		cmocka_unit_test(the_key_of_a_known_nir_is_found),
		cmocka_unit_test(no_nir_can_be_of_somebody),
		cmocka_unit_test(a_name_says_that_it_is_invented),
		cmocka_unit_test(a_file_takes_its_name_when_it_is_whole),
		cmocka_unit_test(a_file_given_up_leaves_nothing),
		cmocka_unit_test(the_whole_share_is_the_table_itself),
		cmocka_unit_test(
		    days_and_points_keep_to_what_the_claims_allow),
		cmocka_unit_test(a_series_holds_what_the_plan_says_every_year),
		cmocka_unit_test(the_dates_of_a_claim_follow_each_other),
		cmocka_unit_test(
		    progress_tells_what_how_far_and_how_long_still),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
