/*
 * test_dsn_rules.c -- each check of docs/formats/dsn.md: one file wrong by one
 * line, and beside it one as near as can be that is right.
 *
 * The file that is changed, mensuelle-P24V01.dsn, has no finding (test_dsn).
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

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

struct row {
	const char	*start;		/* of the line changed */
	int		 nth;
	const char	*line;		/* what stands there then; NULL: none */
	const char	*rule;		/* found; NULL: nothing is found */
	char		 severity;	/* B blocking, S signal */
};

#define L(code, v) "S" code ",'" v "'"

static const struct row heads[] = {
	/* Keys: the last digit of SIREN and SIRET. */
	{ "S10.G00.01.001", 1, L("10.G00.01.001", "999985006"),
	    "S10.G00.01.001/CSL-11", 'S' },
	{ "S21.G00.06.001", 1, L("21.G00.06.001", "999985006"),
	    "S21.G00.06.001/CSL-11", 'B' },
	{ "S21.G00.11.001", 1, L("21.G00.11.001", "00018"),
	    "S21.G00.11.001/CSL-12", 'B' },
	/* Types and natures. */
	{ "S20.G00.05.002", 1, L("20.G00.05.002", "02"),
	    "S20.G00.05.002/INDIVIDU", 'B' },
	{ "S20.G00.05.002", 1, L("20.G00.05.002", "04"),
	    "S20.G00.05.002/CCH-13", 'S' },
	{ "S20.G00.05.001", 1, L("20.G00.05.001", "09"), NULL, 0 },
	{ "S20.G00.05.005", 1, L("20.G00.05.005", "01012024") "\n"
	    L("20.G00.05.006", "050120241"), "S20.G00.05.006/CCH-12", 'B' },
	{ "S20.G00.05.005", 1, L("20.G00.05.005", "01022024"), NULL, 0 },
	{ "S20.G00.05.005", 1, L("20.G00.05.005", "01032024"),
	    "S20.G00.05.005/MOIS", 'B' },
	{ "S20.G00.05.005", 1, L("20.G00.05.005", "02012024"),
	    "S20.G00.05.005/FORME", 'B' },
	{ "S10.G00.00.008", 1, L("10.G00.00.008", "02"),
	    "S10.G00.00.008/CCH-11", 'S' },
	/* The employer's own choice of another place is known or not. */
	{ "S21.G00.85.001", 1, L("21.G00.85.001", "99997400900015"),
	    "S21.G00.85.001/CCH-12", 'B' },
	{ "S21.G00.85.001", 1, L("21.G00.85.001", "99997400800014"),
	    "S21.G00.85.001/CCH-11", 'B' },
	{ "S21.G00.85.001", 1, L("21.G00.85.001", "99998500500019"),
	    "S21.G00.40.046/CCH-13", 'B' },
};

static const struct row persons[] = {
	{ "S21.G00.30.001", 1, L("21.G00.30.001", "3850575990001"),
	    "S21.G00.30.001/FORME", 'B' },
	{ "S21.G00.30.001", 1, L("21.G00.30.001", "2851375990001"),
	    "S21.G00.30.001/FORME", 'B' },		/* month 13 */
	{ "S21.G00.30.001", 1, L("21.G00.30.001", "2852075990001"), NULL, 0 },
	{ "S21.G00.30.001", 1, L("21.G00.30.001", "2850500990001"),
	    "S21.G00.30.001/FORME", 'B' },		/* department 00 */
	{ "S21.G00.30.001", 1, L("21.G00.30.001", "2850575000001"),
	    "S21.G00.30.001/FORME", 'B' },		/* commune 000 */
	{ "S21.G00.30.001", 1, L("21.G00.30.001", "2850575990000"),
	    "S21.G00.30.001/FORME", 'B' },		/* order 000 */
	{ "S21.G00.30.001", 1, L("21.G00.30.001", "285057599000"),
	    "S21.G00.30.001/LONGUEUR", 'B' },
	{ "S21.G00.30.001", 1, L("21.G00.30.001", "2999999999999"),
	    "S21.G00.30.001/CCH-13", 'B' },
	{ "S21.G00.30.001", 1, L("21.G00.30.001", "2850575999999"),
	    "S21.G00.30.001/CCH-16", 'B' },		/* six 9 */
	{ "S21.G00.30.001", 1, L("21.G00.30.001", "2850575899999"), NULL, 0 },
	{ "S21.G00.30.001", 1, L("21.G00.30.001", "285052A990001"), NULL, 0 },
	{ "S21.G00.30.001", 4, L("21.G00.30.001", "170072A990004"),
	    "S21.G00.30.001/CCH-11", 'B' },		/* born 1970 */
	{ "S21.G00.30.001", 1, L("21.G00.30.001", "2850520990001"),
	    "S21.G00.30.001/CCH-11", 'B' },		/* born 1985 */
	{ "S21.G00.30.001", 4, L("21.G00.30.001", "1700796990004"),
	    "S21.G00.30.001/CCH-11", 'B' },		/* born 1970 */
	{ "S21.G00.30.001", 2, L("21.G00.30.001", "2850575990001"),
	    "S21.G00.30.001/CCH-14", 'B' },
	/* The same person in the other establishment is no double. */
	{ "S21.G00.30.001", 5, L("21.G00.30.001", "2850575990001"), NULL, 0 },
	{ "S21.G00.30.001", 1, NULL, "S21.G00.30.020/CCH-12", 'B' },
	{ "S21.G00.30.019", 1, L("21.G00.30.020", "2999985005A1"), NULL, 0 },
	{ "S21.G00.30.019", 1, L("21.G00.30.020", "2999985006A1"),
	    "S21.G00.30.020/CCH-13", 'B' },
	{ "S21.G00.30.019", 1, L("21.G00.30.020", "3999985005A1"),
	    "S21.G00.30.020/CSL-11", 'B' },
	{ "S21.G00.30.019", 1, L("21.G00.30.020", "2999985005 1"),
	    "S21.G00.30.020/CSL-12", 'B' },
	/* What tapr does not use is signalled. */
	{ "S21.G00.30.010", 1, L("21.G00.30.010", "SAINT-FICTIF"),
	    "S21.G00.30.010/FORME", 'S' },
	{ "S21.G00.30.013", 1, L("21.G00.30.013", "77"),
	    "S21.G00.30.013/VALEUR", 'S' },
};

static const struct row contracts[] = {
	{ "S21.G00.40.009", 5, L("21.G00.40.009", "C00041"),
	    "S21.G00.40.009/CCH-12", 'B' },
	{ "S21.G00.40.009", 1, L("21.G00.40.009", "C00001") "\n"
	    L("21.G00.40.010", "31122019"), "S21.G00.40.010/CCH-11", 'B' },
	{ "S21.G00.40.009", 1, L("21.G00.40.009", "C00001") "\n"
	    L("21.G00.40.010", "01012020"), NULL, 0 },
	{ "S21.G00.40.009", 1, NULL, "S21.G00.40/ABSENTE", 'B' },
	{ "S21.G00.40.012", 1, L("21.G00.40.012", "250.00"), NULL, 0 },
	{ "S21.G00.40.012", 1, L("21.G00.40.012", "250.01"),
	    "S21.G00.40.011/CCH-13", 'B' },
	{ "S21.G00.40.012", 1, L("21.G00.40.012", "0.00"),
	    "S21.G00.40.012/CCH-11", 'B' },
	{ "S21.G00.40.013", 7, L("21.G00.40.013", "31.00"), NULL, 0 },
	{ "S21.G00.40.013", 7, L("21.G00.40.013", "31.01"),
	    "S21.G00.40.011/CCH-12", 'B' },
	{ "S21.G00.40.019", 1, L("21.G00.40.019", "99998500500027"),
	    "S21.G00.40.019/CCH-11", 'B' },
	{ "S21.G00.40.019", 6, L("21.G00.40.019", "99998500500027"),
	    "S21.G00.40.019/CCH-12", 'S' },
	{ "S21.G00.40.039", 1, L("21.G00.40.039", "300"),
	    "S21.G00.40.039/CCH-11", 'B' },
	{ "S21.G00.40.039", 3, L("21.G00.40.039", "300"), NULL, 0 },
	{ "S21.G00.40.039", 1, NULL, "S21.G00.40.039/ABSENTE", 'B' },
	{ "S21.G00.40.039", 1, L("21.G00.40.039", "147"),
	    "S21.G00.40.040/CCH-11", 'B' },
	{ "S21.G00.40.040", 1, NULL, "S21.G00.40.040/ABSENTE", 'B' },
	{ "S21.G00.40.040", 1, L("21.G00.40.040", "27.1ZF"),
	    "S21.G00.40.040/FORME", 'B' },		/* a dot */
	{ "S21.G00.40.040", 1, L("21.G00.40.040", "2711F"),
	    "S21.G00.40.040/FORME", 'B' },
	{ "S21.G00.40.040", 1, L("21.G00.40.040", "271ZFC"),
	    "S21.G00.40.040/FORME", 'B' },
	{ "S21.G00.40.040", 1, L("21.G00.40.040", "RA110"),
	    "S21.G00.40.040/CCH-15", 'B' },
	{ "S21.G00.40.040", 6, L("21.G00.40.040", "745BA"),
	    "S21.G00.40.040/CCH-12", 'B' },
	{ "S21.G00.40.040", 6, L("21.G00.40.040", "745BE"), NULL, 0 },
	{ "S21.G00.40.043", 1, NULL, "S21.G00.40.043/SIG-11", 'S' },
	{ "S21.G00.40.040", 3, L("21.G00.40.040", "999ZZ") "\n"
	    L("21.G00.40.043", "1.00"), "S21.G00.40.043/SIG-11", 'S' },
	{ "S21.G00.40.043", 1, L("21.G00.40.043", "6,34"),
	    "S21.G00.40.043/FORME", 'B' },
	{ "S21.G00.40.046", 1, NULL, "S21.G00.40.046/CCH-11", 'B' },
	{ "S21.G00.40.007", 1, L("21.G00.40.007", "08"),
	    "S21.G00.40.046/CCH-12", 'B' },
	{ "S21.G00.40.046", 1, L("21.G00.40.046", "99998500500019"),
	    "S21.G00.40.046/CCH-13", 'B' },
	{ "S21.G00.62.001", 2, L("21.G00.62.001", "05012024"), NULL, 0 },
	{ "S21.G00.62.001", 2, L("21.G00.62.001", "04012024"),
	    "S21.G00.40.001/CCH-13", 'B' },
	{ "S21.G00.60.003", 1, L("21.G00.60.003", "11012024"),
	    "S21.G00.60.002/CCH-12", 'B' },
	{ "S21.G00.60.012", 1, NULL, "S21.G00.60.012/CCH-11", 'B' },
	{ "S21.G00.60.001", 1, L("21.G00.60.001", "01"),
	    "S21.G00.60.012/CCH-11", 'B' },
	{ "S21.G00.60.001", 1, L("21.G00.60.001", "04"), NULL, 0 },
	{ "S21.G00.60.012", 1, L("21.G00.60.012", "31122019"),
	    "S21.G00.60.012/SIG-14", 'S' },
};

static const struct row pays[] = {
	{ "S21.G00.51.002", 1, L("21.G00.51.002", "31122023"),
	    "S21.G00.51.002/CCH-11", 'B' },
	{ "S21.G00.51.010", 1, L("21.G00.51.010", "C00002"),
	    "S21.G00.51.010/CCH-11", 'B' },
	{ "S21.G00.51.011", 2, L("21.G00.51.011", "003"),
	    "S21.G00.53.001/CCH-11", 'B' },
	{ "S21.G00.53.002", 1, L("21.G00.53.002", "3250.00"), NULL, 0 },
	{ "S21.G00.53.002", 1, L("21.G00.53.002", "3250.01"),
	    "S21.G00.53.003/CCH-13", 'B' },
	{ "S21.G00.53.002", 1, L("21.G00.53.002", "151.7"),
	    "S21.G00.53.002/FORME", 'B' },
	{ "S21.G00.53.002", 1, L("21.G00.53.002", "-3.00"), NULL, 0 },
	{ "S21.G00.53.002", 7, L("21.G00.53.002", "403.00"), NULL, 0 },
	{ "S21.G00.53.002", 7, L("21.G00.53.002", "403.01"),
	    "S21.G00.53.003/CCH-14", 'B' },
	{ "S21.G00.53.003", 1, NULL, NULL, 0 },	/* that of the contract */
	{ "S21.G00.53.001", 1, L("21.G00.53.001", "02") "\n"
	    L("21.G00.53.002", "1.00") "\n" L("21.G00.53.003", "40") "\n"
	    L("21.G00.53.001", "01"), "S21.G00.53.003/CCH-15", 'B' },
	{ "S21.G00.78.002", 2, L("21.G00.78.002", "01022024"),
	    "S21.G00.78.003/CCH-12", 'B' },
	{ "S21.G00.78.003", 2, L("21.G00.78.003", "01022024"),
	    "S21.G00.78.003/CCH-15", 'B' },
	{ "S21.G00.78.002", 2, L("21.G00.78.002", "01122023"),
	    "S21.G00.78.003/CCH-16", 'B' },
	{ "S21.G00.78.004", 2, L("21.G00.78.004", "-2500.00"), NULL, 0 },
	{ "S21.G00.78.004", 2, L("21.G00.78.004", "2500"),
	    "S21.G00.78.004/FORME", 'B' },
	{ "S21.G00.78.004", 2, NULL, "S21.G00.78/ABSENTE", 'B' },
	{ "S21.G00.78.006", 2, L("21.G00.78.006", "C00009"),
	    "S21.G00.78.006/CONTRAT", 'S' },
	{ "S21.G00.78.006", 2, NULL, NULL, 0 },	/* one contract */
	/* 2500,00 x 6,34 % = 158,50 */
	{ "S21.G00.81.004", 1, L("21.G00.81.004", "158.51"),
	    "S21.G00.81.004/CALCUL", 'S' },
	{ "S21.G00.81.007", 1, L("21.G00.81.007", "6.340"), NULL, 0 },
	/* 5208,38 x 0,70 % = 36,45866; 4250,50 x 1 % = 42,505: the half up */
	{ "S21.G00.81.003", 1, L("21.G00.81.003", "5208.38") "\n"
	    L("21.G00.81.004", "36.46") "\n" L("21.G00.81.007", "0.70") "\n"
	    L("21.G00.81.001", "045") "\n" L("21.G00.81.003", "4250.50") "\n"
	    L("21.G00.81.004", "42.51") "\n" L("21.G00.81.007", "1.00") "\n"
	    L("21.G00.81.001", "045"), NULL, 0 },
	{ "S21.G00.81.003", 1, L("21.G00.81.003", "4250.50") "\n"
	    L("21.G00.81.004", "42.50") "\n" L("21.G00.81.007", "1.00") "\n"
	    L("21.G00.81.001", "045"), "S21.G00.81.004/CALCUL", 'S' },
	{ "S21.G00.86.001", 1, L("21.G00.95.001", "03") "\n"
	    L("21.G00.95.004", "10.00") "\n" L("21.G00.86.001", "07"),
	    "S21.G00.95.004/TORT", 'S' },
};

static const struct row blocks[] = {
	/* Unknown: read past, told. */
	{ "S21.G00.30.019", 1, L("21.G00.30.099", "X"),
	    "S21.G00.30.099/INCONNUE", 'S' },
	{ "S21.G00.86.001", 1, L("21.G00.97.001", "X") "\n"
	    L("21.G00.86.001", "07"), "S21.G00.97.001/INCONNUE", 'S' },
	{ "S21.G00.30.019", 1, L("21.G00.30.950", "X"), NULL, 0 },
	{ "S20.G00.07.001", 1, L("20.G00.96.001", "X") "\n"
	    L("20.G00.07.001", "CONTACT FICTIF"), NULL, 0 },
	/* A block without the one it hangs under. */
	{ "S21.G00.30.001", 1, L("21.G00.53.001", "01") "\n"
	    L("21.G00.30.001", "2850575990001"), "S21.G00.53/PARENT", 'B' },
	/* A contract behind the payments. */
	{ "S21.G00.86.001", 1, L("21.G00.40.001", "01012020"),
	    "S21.G00.40/ORDRE", 'B' },
	/* The blocks of an establishment in another order. */
	{ "S21.G00.30.001", 1, L("21.G00.44.001", "001") "\n"
	    L("21.G00.82.001", "1.00") "\n"
	    L("21.G00.30.001", "2850575990001"), "S21.G00.82/ORDRE", 'S' },
	/* More and fewer than the norm wants. */
	{ "S21.G00.11.001", 1, L("21.G00.11.001", "00019") "\n"
	    L("21.G00.11.001", "00019"), "S21.G00.11/NOMBRE", 'B' },
	{ "S21.G00.71.002", 1, NULL, "S21.G00.71/ABSENT", 'S' },
	{ "S20.G00.05.003", 1, NULL, "S20.G00.05/ABSENTE", 'B' },
	{ "S21.G00.40.039", 1, L("21.G00.40.039", ""),
	    "S21.G00.40.039/LONGUEUR", 'B' },
};

static void
check(const struct row *row, size_t rows)
{
	enum dsn_severity severity = DSN_SIGNAL;
	struct dsn_file f;
	struct dsn_seen s;
	bool ok;

	for (; rows > 0; rows--, row++) {
		f = file_load("mensuelle-P24V01.dsn");
		file_set(&f, row->start, row->nth, row->line);
		seen_read(&s, &f);
		if (row->rule == NULL)
			ok = s.rc == TAPR_OK && s.report.findings == 0 &&
			    s.declarations == 2;
		else
			ok = s.rc == TAPR_OK &&
			    seen_rule(&s, row->rule, &severity) >= 1 &&
			    (row->severity == 'B') ==
			    (severity == DSN_BLOCKING) &&
			    s.report.set_aside == (row->severity == 'B') &&
			    s.declarations == (row->severity == 'B' ? 1 : 2);
		if (!ok) {
			seen_print(&s);
			print_message("# %s (%d): %s\n", row->start, row->nth,
			    row->line == NULL ? "-" : row->line);
		}
		assert_true(ok);
		dsn_report_clear(&s.report);
		file_free(&f);
	}
}

static void
heads_of_declarations_are_checked(void **state)
{

	(void)state;
	check(heads, COUNT(heads));
}

static void
individuals_are_checked(void **state)
{

	(void)state;
	check(persons, COUNT(persons));
}

static void
contracts_are_checked(void **state)
{

	(void)state;
	check(contracts, COUNT(contracts));
}

static void
payments_are_checked(void **state)
{

	(void)state;
	check(pays, COUNT(pays));
}

static void
the_order_and_number_of_blocks_are_checked(void **state)
{

	(void)state;
	check(blocks, COUNT(blocks));
}

static void
without_individuals_only_a_monthly_declaration_goes(void **state)
{
	struct dsn_file f = file_load("sans-individu-P26V01.dsn");
	struct dsn_seen s;

	(void)state;
	seen_read(&s, &f);
	assert_int_equal(s.report.findings, 0);
	assert_string_equal(s.text, "99998500500019 2026-02 1/2 0\n");
	file_set(&f, "S20.G00.05.001", 1, "S20.G00.05.001,'09'");
	seen_read(&s, &f);
	assert_int_equal(seen_rule(&s, "S20.G00.05.002/CCH-14", NULL), 1);
	assert_int_equal(s.report.set_aside, 1);
	dsn_report_clear(&s.report);
	file_set(&f, "S20.G00.05.001", 1, "S20.G00.05.001,'01'");
	file_set(&f, "S20.G00.05.002", 1, "S20.G00.05.002,'01'");
	seen_read(&s, &f);
	assert_int_equal(seen_rule(&s, "S20.G00.05.002/CCH-16", NULL), 1);
	assert_int_equal(s.report.set_aside, 1);
	dsn_report_clear(&s.report);
	file_free(&f);
}

/* A finding: the line of the file, the rule, a sentence. */
static void
a_finding_says_its_line_and_its_rule(void **state)
{
	struct dsn_file f = file_load("mensuelle-P24V01.dsn");
	struct dsn_seen s;

	(void)state;
	file_set(&f, "S21.G00.40.040", 6, "S21.G00.40.040,'745BA'");
	seen_read(&s, &f);
	assert_int_equal(s.report.findings, 1);
	assert_int_equal(s.report.finding[0].line, 523);
	assert_string_equal(s.report.finding[0].rule, "S21.G00.40.040/CCH-12");
	assert_int_equal(s.report.finding[0].severity, DSN_BLOCKING);
	assert_string_equal(s.report.finding[0].text, "un établissement "
	    "utilisateur demande le code risque 745BD ou 745BE");
	assert_int_equal(s.report.blocking, 1);
	dsn_report_clear(&s.report);
	file_free(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(heads_of_declarations_are_checked),
		cmocka_unit_test(individuals_are_checked),
		cmocka_unit_test(contracts_are_checked),
		cmocka_unit_test(payments_are_checked),
		cmocka_unit_test(the_order_and_number_of_blocks_are_checked),
		cmocka_unit_test(
		    without_individuals_only_a_monthly_declaration_goes),
		cmocka_unit_test(a_finding_says_its_line_and_its_rule),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
