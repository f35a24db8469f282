/*
 * test_dsn_apply.c -- which version of a declaration stands, how the months of
 * a year are cut, which sums a register then holds, which notified rate was to
 * be declared.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "campaign/notice.h"
#include "intake/dsn_apply.h"
#include "tariff/mode.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* ---- versions ----------------------------------------------------------- */

static struct dsn_id
version(enum dsn_type type, int month, int day, int64_t order)
{
	return (struct dsn_id){ .siren = "999985005", .nic = "00019",
	    .nature = DSN_MONTHLY, .type = type, .month = { 2026, 1, 1 },
	    .fraction = 11, .made_on = { 2026, (uint8_t)month,
	    (uint8_t)day }, .order = order };
}

static void
the_later_version_stands_whether_it_says_so_or_not(void **state)
{
	const struct { struct dsn_id new, old; enum dsn_ranking is; } rows[] = {
		{ version(DSN_REPLACES, 2, 9, 2), version(DSN_NORMAL, 2, 5, 1),
		    DSN_STANDS },
		{ version(DSN_CANCELS, 2, 9, 2), version(DSN_NORMAL, 2, 5, 1),
		    DSN_STANDS },
		{ version(DSN_NORMAL, 2, 9, 2), version(DSN_NORMAL, 2, 5, 1),
		    DSN_STANDS_TOLD },
		/* After a cancellation a normal one is what one expects. */
		{ version(DSN_NORMAL, 2, 9, 2), version(DSN_CANCELS, 2, 5, 1),
		    DSN_STANDS },
		/* The order starts again with the month. */
		{ version(DSN_REPLACES, 3, 1, 1), version(DSN_NORMAL, 2, 5, 7),
		    DSN_STANDS },
		{ version(DSN_NORMAL, 2, 5, 7), version(DSN_REPLACES, 3, 1, 1),
		    DSN_HISTORY },
		{ version(DSN_REPLACES, 2, 5, 1), version(DSN_CANCELS, 2, 9, 2),
		    DSN_HISTORY },
		{ version(DSN_NORMAL, 2, 5, 1), version(DSN_NORMAL, 2, 5, 1),
		    DSN_SAME_VERSION },
		{ version(DSN_REPLACES, 2, 5, 1), version(DSN_NORMAL, 2, 5, 1),
		    DSN_CONTRADICTS },
		{ version(DSN_NORMAL, 2, 6, 1), version(DSN_NORMAL, 2, 5, 1),
		    DSN_CONTRADICTS },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(dsn_ranking(&rows[i].new, &rows[i].old),
		    rows[i].is);
}

/* ---- headcounts --------------------------------------------------------- */

static void
parts_of_a_month_add_up_exactly(void **state)
{
	/* 31 days whole, 31 days at 1/3, 10 days at 2/3: 1 + 1/3 + 20/93 */
	const struct dsn_parts p[] = { { 1, 31 }, { 3, 31 + 20 } };
	char text[FRAC_TEXT_MAX];

	(void)state;
	frac_text(dsn_parts_sum(p, COUNT(p), 31), text);
	assert_string_equal(text, "48/31");
	frac_text(dsn_parts_sum(p, 0, 31), text);
	assert_string_equal(text, "0");
}

/* Eight full times without a common multiple that fits 128 bits. */
static void
full_times_without_a_common_multiple_are_added_to_four_decimals(void **state)
{
	static const int64_t primes[] = { 99999989, 99999971, 99999959,
		99999941, 99999931, 99999847, 99999839, 99999827 };
	struct dsn_parts p[8];
	char text[FRAC_TEXT_MAX];

	(void)state;
	for (size_t i = 0; i < COUNT(primes); i++)
		p[i] = (struct dsn_parts){ primes[i], 31 * (primes[i] / 2) };
	/* Half a person each, but for a hundred-millionth. */
	frac_text(dsn_parts_sum(p, COUNT(p), 31), text);
	assert_string_equal(text, "4");
}

static void
all(bool there[DSN_MONTHS], int n)
{
	for (int m = 0; m < DSN_MONTHS; m++)
		there[m] = m < n;
}

/* 20 1/3 and 19 2/3: 20.00 on average, which is the threshold. */
static void
cut_months_have_the_mean_of_the_exact_ones(void **state)
{
	struct frac month[DSN_MONTHS], cut[DSN_MONTHS], exact, mean;
	int64_t ret[DSN_MONTHS];
	bool there[DSN_MONTHS];
	const struct rule *rule;
	struct err err = { .code = TAPR_OK };

	(void)state;
	all(there, DSN_MONTHS);
	for (int m = 0; m < DSN_MONTHS; m++)
		month[m] = frac_ratio(m % 2 == 0 ? 61 : 59, 3);
	assert_true(dsn_months_cut(month, there, ret));
	assert_int_equal(ret[0], 2033);
	assert_int_equal(ret[1], 1967);
	for (int m = 0; m < DSN_MONTHS; m++)
		cut[m] = frac_ratio(ret[m], 100);
	assert_int_equal(headcount_mean(month, DSN_MONTHS, 2024, &rule,
	    &exact, &err), TAPR_OK);
	assert_int_equal(headcount_mean(cut, DSN_MONTHS, 2024, &rule, &mean,
	    &err), TAPR_OK);
	assert_int_equal(frac_cmp(exact, mean), 0);
	assert_int_equal(frac_cmp(mean, frac_int(20)), 0);
	/* Thirds: 0.33, 0.33, 0.34. */
	for (int m = 0; m < DSN_MONTHS; m++)
		month[m] = frac_ratio(1, 3);
	assert_true(dsn_months_cut(month, there, ret));
	assert_int_equal(ret[0], 33);
	assert_int_equal(ret[1], 33);
	assert_int_equal(ret[2], 34);
}

static void
a_month_with_nobody_is_zero_and_a_month_not_declared_is_not_there(void **state)
{
	struct frac month[DSN_MONTHS];
	int64_t ret[DSN_MONTHS];
	bool there[DSN_MONTHS];

	(void)state;
	all(there, 3);
	for (int m = 0; m < DSN_MONTHS; m++)
		month[m] = frac_int(0);
	/* One hour of one day: it counts as a month with somebody. */
	month[1] = frac_ratio(1, 4000);
	assert_true(dsn_months_cut(month, there, ret));
	assert_int_equal(ret[0], 0);
	assert_int_equal(ret[1], 1);
	assert_int_equal(ret[2], 0);
	assert_int_equal(ret[3], -1);
}

/* ---- sums --------------------------------------------------------------- */

static const char siret[] = "99998500500019";

struct bed {
	struct fund	 fund;
	struct intake	 in;
};

/* Everything that a failing call said, so that the log has it. */
static void
ok(int rc, const struct err *err)
{
	if (rc != TAPR_OK)
		fail_msg("%s: %s", err->where, err->text);
}

static void
start(struct bed *b, const char *kind)
{
	struct err err = { .code = TAPR_OK };

	b->in = (struct intake){ .fund = &b->fund };
	ok(batch_start(b->fund.store, &(struct batch_about){ kind, "somebody",
	    "f", NULL, { 2026, 6, 1 }, 0 }, &b->in.batch, &err), &err);
}

/* A register in memory that knows the establishment. */
static int
set_up(void **state)
{
	struct value row[EST_COLUMNS] = { { VALUE_NULL, 0, NULL } };
	struct err err = { .code = TAPR_OK };
	struct bed *b = calloc(1, sizeof *b);
	enum put put;

	assert_non_null(b);
	b->fund = (struct fund){ .actor = "somebody", .lock = -1 };
	ok(store_open(":memory:", STORE_REGISTER, STORE_CREATE,
	    &b->fund.store, &err), &err);
	start(b, "import sirene");
	row[EST_SIRET] = value_text(siret);
	row[EST_ORIGIN] = value_text("insee");
	ok(fact_put(&b->in.batch, TABLE_ESTABLISHMENT, row, 1, &put, &err),
	    &err);
	ok(batch_publish(&b->in.batch, NULL, &err), &err);
	*state = b;
	return 0;
}

static int
tear_down(void **state)
{
	struct bed *b = *state;

	store_free(b->fund.store);
	free(b);
	return 0;
}

/* A file of one declaration, of one total unless it is a cancellation. */
static void
give(struct bed *b, const struct dsn_id *id, enum dsn_section section,
    int16_t year, int64_t cents)
{
	const struct dsn_aggregate a = { .risk_code = "271ZF",
		.section = section, .year = year, .payroll = { cents },
		.first_share = DSN_NONE, .first_rate = DSN_NONE };
	const struct dsn_declaration d = { .id = *id, .norm = "P26V01",
		.first_line = 3, .last_line = 9, .aggregate = &a,
		.aggregates = id->type != DSN_CANCELS };
	struct dsn_report report = { 0 };
	struct err err = { .code = TAPR_OK };
	struct dsn_apply apply;

	start(b, "import dsn");
	ok(dsn_apply_start(&apply, &b->in, &report, &err), &err);
	ok(dsn_apply_take(&apply, &d, &err), &err);
	ok(dsn_apply_all(&apply, NULL, NULL, &err), &err);
	assert_int_equal(apply.count.applied, 1);
	dsn_apply_end(&apply);
	dsn_report_clear(&report);
	ok(batch_publish(&b->in.batch, NULL, &err), &err);
}

enum { NO_SUM = -1 };

/* The payroll of a section and year, in cents. */
static int64_t
sum(struct bed *b, int year, const char *section)
{
	const struct value key[] = { value_int(year), value_text(siret),
		value_text(section) };
	struct err err = { .code = TAPR_OK };
	char text[ROW_TEXT_MAX];
	struct row row;
	bool found;

	ok(fact_get(b->fund.store, TABLE_PAYROLL, b->in.batch.id, key, text,
	    &row, &found, &err), &err);
	return found ? value_or(&row.value[PAY_CENTS], NO_SUM) : NO_SUM;
}

/*
 * January 2026 corrects 2025 in the section of offices: no month of 2025 is
 * known, so that is no payroll (S21.G00.78.002/ANNEE).  It is as soon as a
 * month of 2025 is, whatever its section, and no longer when that is cancelled.
 */
static void
a_correction_counts_once_a_month_of_its_year_is_known(void **state)
{
	struct dsn_id of_2026 = version(DSN_NORMAL, 2, 5, 1);
	struct dsn_id of_2025 = version(DSN_NORMAL, 2, 6, 2);
	struct bed *b = *state;

	of_2025.month = (struct date){ 2025, 1, 1 };
	give(b, &of_2026, DSN_SUPPORT, 2025, 5000);
	assert_int_equal(sum(b, 2025, "support"), NO_SUM);
	give(b, &of_2025, DSN_MAIN, 2025, 100000);
	assert_int_equal(sum(b, 2025, "main"), 100000);
	assert_int_equal(sum(b, 2025, "support"), 5000);
	of_2025.type = DSN_CANCELS;
	of_2025.order = 3;
	give(b, &of_2025, DSN_MAIN, 2025, 0);
	assert_int_equal(sum(b, 2025, "main"), NO_SUM);
	assert_int_equal(sum(b, 2025, "support"), NO_SUM);
}

/* What a payroll.csv says of the offices is not of the section declared. */
static void
a_figure_of_another_file_stays_beside_the_section_declared(void **state)
{
	struct dsn_id of_2026 = version(DSN_NORMAL, 2, 5, 1);
	struct dsn_id of_2025 = version(DSN_NORMAL, 2, 6, 2);
	struct value row[PAY_COLUMNS] = { value_int(2025), value_text(siret),
		value_text("support"), value_text("271ZF"), value_int(7000) };
	struct err err = { .code = TAPR_OK };
	struct bed *b = *state;
	enum put put;

	of_2025.month = (struct date){ 2025, 1, 1 };
	give(b, &of_2026, DSN_SUPPORT, 2025, 5000);
	start(b, "import payroll");
	ok(fact_put(&b->in.batch, TABLE_PAYROLL, row, 2, &put, &err), &err);
	ok(batch_publish(&b->in.batch, NULL, &err), &err);
	give(b, &of_2025, DSN_MAIN, 2025, 100000);
	assert_int_equal(sum(b, 2025, "main"), 100000);
	assert_int_equal(sum(b, 2025, "support"), 7000);
}

/* ---- notified rates ----------------------------------------------------- */

static const struct notice notices[] = {
	{ { 2023, 1, 1 }, { 2022, 12, 20 }, 25000 },
	{ { 2024, 1, 1 }, { 2024, 2, 15 }, 31000 },
	/* Rectified in June, from the same day on. */
	{ { 2024, 1, 1 }, { 2024, 6, 10 }, 28000 },
	{ { 2024, 9, 15 }, { 0, 0, 0 }, 40000 },
};

static void
before_the_notice_the_previous_rate_is_right(void **state)
{
	const struct { struct date on, made; int32_t rate; } rows[] = {
		{ { 2024, 1, 1 }, { 2024, 2, 5 }, 25000 },
		{ { 2024, 1, 1 }, { 2024, 2, 14 }, 25000 },
		{ { 2024, 1, 1 }, { 2024, 2, 15 }, 31000 },
		{ { 2024, 5, 31 }, { 2024, 6, 5 }, 31000 },
		{ { 2024, 5, 31 }, { 2024, 6, 15 }, 28000 },
		{ { 2023, 12, 31 }, { 2024, 6, 15 }, 25000 },
		{ { 2024, 9, 14 }, { 2024, 10, 5 }, 28000 },
		{ { 2024, 9, 15 }, { 2024, 10, 5 }, 40000 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(notice_for(notices, COUNT(notices),
		    rows[i].on, rows[i].made)->rate, rows[i].rate);
	assert_null(notice_for(notices, COUNT(notices),
	    (struct date){ 2022, 6, 1 }, (struct date){ 2024, 6, 1 }));
}

static void
a_rate_that_changes_inside_a_month_leaves_both_right(void **state)
{
	const struct date month = { 2024, 9, 1 }, made = { 2024, 10, 5 };
	const struct notice *n;

	(void)state;
	n = notice_wanted(notices, COUNT(notices), month, made, 28000);
	assert_int_equal(n->rate, 28000);
	n = notice_wanted(notices, COUNT(notices), month, made, 40000);
	assert_int_equal(n->rate, 40000);
	n = notice_wanted(notices, COUNT(notices), month, made, 31000);
	assert_int_equal(n->rate, 40000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    the_later_version_stands_whether_it_says_so_or_not),
		cmocka_unit_test(parts_of_a_month_add_up_exactly),
		cmocka_unit_test(
		    full_times_without_a_common_multiple_are_added_to_four_decimals),
		cmocka_unit_test(cut_months_have_the_mean_of_the_exact_ones),
		cmocka_unit_test(
		    a_month_with_nobody_is_zero_and_a_month_not_declared_is_not_there),
		cmocka_unit_test_setup_teardown(
		    a_correction_counts_once_a_month_of_its_year_is_known,
		    set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_figure_of_another_file_stays_beside_the_section_declared,
		    set_up, tear_down),
		cmocka_unit_test(before_the_notice_the_previous_rate_is_right),
		cmocka_unit_test(
		    a_rate_that_changes_inside_a_month_leaves_both_right),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
