/*
 * test_dsn.c -- what a DSN adds up to.
 *
 * The files are in tests/data/dsn; docs/formats/dsn.md says how the figures
 * are made.  January has 31 days.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dsn_fixture.h"

/* First establishment of mensuelle-*.dsn, year Y, last year X. */
#define FIRST(y, x) \
	"99998500500019 " y "-01 1/1 4\n" \
	/* 2500 + 800; 151.67 h + 50.56 h; 1 + 50.56/151.68 */ \
	"  271ZF " y ": 330000 c, 20223 h, 0 d, 4/3 of 2-0;" \
	" 63400 x2 330000\n" \
	/* 75.84/151.68 */ \
	"  271ZF support " y ": 120055 c, 7584 h, 0 d, 1/2 of 1-0;" \
	" 9000 x1 120055\n" \
	/* from the 17th: 15 days of 31 */ \
	"  999ZZ " y ": 186702 c, 8000 h, 0 d, 15/31 of 1-0;" \
	" -1 x1 186702\n" \
	/* to the 10th, 101.12/151.68: 10/31 * 2/3 */ \
	"  452BE " y ": 50000 c, 3000 h, 0 d, 20/93 of 1-0;" \
	" 31000 x1 50000\n" \
	/* a correction of December */ \
	"  271ZF " x ": -12010 c, 0 h, 0 d, 0 of 0-0; 63400 x0 -12010\n"
/* Second: an agency; a mission from the 5th to the 20th, 16 days; and one of
 * its own staff in forfait jours. */
#define SECOND(y) \
	"99998500500027 " y "-01 1/1 2\n" \
	"  745BD at 99997400900014 " y ": 210000 c, 11200 h, 0 d, 16/31 of " \
	"1-0; 31000 x1 210000\n" \
	"  745BA " y ": 400000 c, 0 h, 2100 d, 1 of 1-1; 12000 x1 400000\n"

static void
a_file_of_each_norm_adds_up(void **state)
{
	static const struct { const char *name, *text; } files[] = {
		{ "mensuelle-P24V01.dsn", FIRST("2024", "2023") SECOND("2024") },
		{ "mensuelle-P25V01.dsn", FIRST("2025", "2024") SECOND("2025") },
		{ "mensuelle-P26V01.dsn", FIRST("2026", "2025") SECOND("2026") },
	};
	struct dsn_file f;
	struct dsn_seen s;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof files / sizeof files[0]; i++) {
		f = file_load(files[i].name);
		seen_read(&s, &f);
		assert_int_equal(s.rc, TAPR_OK);
		assert_string_equal(s.text, files[i].text);
		seen_print(&s);
		assert_int_equal(s.report.findings, 0);
		assert_int_equal(s.report.read, 2);
		assert_int_equal(s.report.applied, 2);
		dsn_report_clear(&s.report);
		file_free(&f);
	}
}

/*
 * One line of mensuelle-P24V01.dsn changed, and what the totals then hold.
 * First contract: 271ZF full time; second: 271ZFB half time; third: 999ZZ from
 * the 17th; fourth and fifth of one individual; sixth a mission.
 */
static void
the_rules_of_the_totals_hold(void **state)
{
	static const struct { const char *start; int nth; const char *line;
	    const char *holds; } rows[] = {
		/* Who counts.  2 contracts of 271ZF: 1 + 1/3. */
		{ "S21.G00.40.007", 1, "S21.G00.40.007,'29'",
		    "330000 c, 20223 h, 0 d, 1/3 of 2-0" },
		{ "S21.G00.40.007", 1, "S21.G00.40.007,'80'",
		    "330000 c, 20223 h, 0 d, 1/3 of 2-0" },
		{ "S21.G00.40.008", 1, "S21.G00.40.008,'64'",
		    "330000 c, 20223 h, 0 d, 4/3 of 2-0" },	/* apprentice */
		{ "S21.G00.40.020", 1, "S21.G00.40.020,'200'\n"
		    "S21.G00.40.021,'01'",
		    "330000 c, 20223 h, 0 d, 1/3 of 2-0" },	/* replaces */
		{ "S21.G00.40.020", 1, "S21.G00.40.020,'200'\n"
		    "S21.G00.40.021,'02'",
		    "330000 c, 20223 h, 0 d, 4/3 of 2-0" },
		{ "S21.G00.40.020", 6, "S21.G00.40.020,'200'\n"
		    "S21.G00.40.021,'01'",
		    "210000 c, 11200 h, 0 d, 16/31 of 1-0" },	/* a mission */
		/* How long: start, end, a planned end, an end taken back. */
		{ "S21.G00.40.001", 1, "S21.G00.40.001,'31012024'",
		    "330000 c, 20223 h, 0 d, 34/93 of 2-0" },
		{ "S21.G00.40.001", 1, "S21.G00.40.001,'01022024'",
		    "330000 c, 20223 h, 0 d, 1/3 of 1-0" },
		{ "S21.G00.40.009", 1, "S21.G00.40.009,'C00001'\n"
		    "S21.G00.40.010,'15012024'",
		    "330000 c, 20223 h, 0 d, 4/3 of 2-0" },
		{ "S21.G00.62.002", 1, "S21.G00.62.002,'099'",
		    "50000 c, 3000 h, 0 d, 2/3 of 1-0" },
		{ "S21.G00.62.001", 1, "S21.G00.62.001,'31122023'",
		    "452BE 2024: 50000 c, 3000 h, 0 d, 0 of 0-0" },
		/* How much: a full-timer whole, whatever the quotas. */
		{ "S21.G00.40.014", 2, "S21.G00.40.014,'10'",
		    "120055 c, 7584 h, 0 d, 1 of 1-0" },
		{ "S21.G00.40.013", 2, "S21.G00.40.013,'151.69'",
		    "120055 c, 7584 h, 0 d, 1 of 1-0" },
		{ "S21.G00.40.013", 2, NULL,
		    "120055 c, 7584 h, 0 d, 1 of 1-0" },
		/* Hours: absences, units, and none at all. */
		{ "S21.G00.53.001", 2, "S21.G00.53.001,'02'",
		    "120055 c, 0 h, 0 d, 1/2 of 1-1" },
		{ "S21.G00.53.003", 2, "S21.G00.53.003,'12'",
		    "120055 c, 0 h, 7584 d, 1/2 of 1-1" },
		{ "S21.G00.53.003", 2, "S21.G00.53.003,'21'",
		    "120055 c, 7584 h, 0 d, 1/2 of 1-0" },
		{ "S21.G00.53.003", 2, "S21.G00.53.003,'40'",
		    "120055 c, 0 h, 0 d, 1/2 of 1-1" },
		{ "S21.G00.53.003", 2, NULL,
		    "120055 c, 7584 h, 0 d, 1/2 of 1-0" },
		/* Payroll: base 03 alone; which contract. */
		{ "S21.G00.78.001", 2, "S21.G00.78.001,'04'",
		    "  271ZF 2024: 80000 c" },
		{ "S21.G00.78.006", 6, NULL, "  - 2024: 80000 c" },
		{ "S21.G00.40.040", 5, "S21.G00.40.040,'271ZF'",
		    "  271ZF 2024: 380000 c, 23223 h, 0 d, 48/31 of 3-0" },
		/* Another regime is in no total. */
		{ "S21.G00.40.039", 3, "S21.G00.40.039,'900'",
		    "support 2024: 120055 c, 7584 h, 0 d, 1/2 of 1-0; "
		    "9000 x1 120055\n  452BE" },
		/* Two rates for one code. */
		{ "S21.G00.40.043", 3, "S21.G00.40.043,'6.35'",
		    "4/3 of 2-0; 63500 x1 80000; 63400 x1 250000" },
	};
	struct dsn_file f;
	struct dsn_seen s;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		f = file_load("mensuelle-P24V01.dsn");
		file_set(&f, rows[i].start, rows[i].nth, rows[i].line);
		seen_read(&s, &f);
		if (strstr(s.text, rows[i].holds) == NULL)
			print_message("# %zu %s\n# %s", i, rows[i].start,
			    s.text);
		assert_int_equal(s.declarations, 2);
		assert_non_null(strstr(s.text, rows[i].holds));
		dsn_report_clear(&s.report);
		file_free(&f);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_of_each_norm_adds_up),
		cmocka_unit_test(the_rules_of_the_totals_hold),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
