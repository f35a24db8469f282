/*
 * test_collective.c -- published rates by day, support staff, decimals, and the
 * gross collective rate from real costs.
 */
#include "fixture.h"
#include "tariff/collective.h"

static const struct {
	const char	*why;
	enum zone	 zone;
	const char	*code, *on;
	int		 rc;
	const char	*want;		/* or a piece of the refusal */
	const char	*where;
} published[] = {
	{ "2024: 285DF is at 2,09",
	    ZONE_GENERAL, "285DF", "2024-01-01", TAPR_OK, "2.09", NULL },
	{ "30 April 2025: still the tariff of 2024",
	    ZONE_GENERAL, "285DF", "2025-04-30", TAPR_OK, "2.09", NULL },
	{ "1 May 2025: 2,29",
	    ZONE_GENERAL, "285DF", "2025-05-01", TAPR_OK, "2.29", NULL },
	{ "2015, Alsace-Moselle has its own: 1,80",
	    ZONE_ALSACE_MOSELLE, "285DF", "2015-01-01", TAPR_OK, "1.8",
	    NULL },
	{ "2024: a code that the whole tariff does not hold is refused",
	    ZONE_GENERAL, "999ZZ", "2024-01-01", TAPR_EINVAL,
	    "n'est pas dans le tarif en vigueur au 2024-01-01 (general)",
	    "establishment.risk_code" },
	{ "2024, Alsace-Moselle: the tariff held in part is a gap, not an "
	    "unknown code",
	    ZONE_ALSACE_MOSELLE, "999ZZ", "2024-01-01", TAPR_ELAW,
	    "collective_rates", "" },
	{ "2012: a tariff that is not held is a gap",
	    ZONE_GENERAL, "285DF", "2012-01-01", TAPR_ELAW,
	    "collective_rates", "" },
	{ "2027: a tariff not yet published is a gap",
	    ZONE_GENERAL, "285DF", "2027-01-01", TAPR_ELAW,
	    "collective_rates", "" },
};

static void
rate(void **state)
{
	size_t i = (size_t)*state;
	struct param p;
	struct err err = { 0 };
	int rc = collective_published(law, published[i].zone,
	    published[i].code, day(published[i].on), &p, &err);

	if (published[i].rc == TAPR_OK) {
		assert_int_equal(rc, TAPR_OK);
		assert_frac(p.exact, published[i].want);
	} else
		assert_refused(rc, &err, published[i].rc,
		    published[i].where, published[i].want);
}

/* A code known that year whose rate is not held: a gap, not an unknown code. */
static void
known_code(void **state)
{
	static const struct edit edit[] = {
		{ "collective_rates", ",general,285DF,", "" },
	};
	struct law *other = law_with(edit, COUNT(edit));
	struct param p;
	struct err err = { 0 };

	(void)state;
	assert_refused(collective_published(other, ZONE_GENERAL, "285DF",
	    day("2024-01-01"), &p, &err), &err, TAPR_ELAW, "",
	    "risk_code=285DF");
	law_free(other);
}

static void
support(void **state)
{
	struct param p;
	const char *code;

	(void)state;
	assert_int_equal(collective_support(law, ZONE_GENERAL, 'B',
	    day("2024-01-01"), &p, &code, NULL), TAPR_OK);
	assert_string_equal(code, "0000A");
	assert_frac(p.exact, "0.60");
	assert_int_equal(collective_support(law, ZONE_GENERAL, 'A',
	    day("2024-01-01"), &p, &code, NULL), TAPR_OK);
	assert_string_equal(code, "0000B");
	assert_frac(p.exact, "0.64");
	assert_int_equal(collective_support(law, ZONE_ALSACE_MOSELLE, 'A',
	    day("2024-01-01"), &p, NULL, NULL), TAPR_OK);
	assert_frac(p.exact, "0.68");
	assert_int_equal(collective_support(law, ZONE_ALSACE_MOSELLE, 'B',
	    day("2024-01-01"), &p, NULL, NULL), TAPR_ELAW);
}

static const struct {
	const char	*why;
	const char	*row;		/* NULL: the law of the tree */
	const char	*code;
	int		 want;		/* -1: refused */
} decimals[] = {
	{ "a tariff prints two decimals", NULL, "285DF", 2 },
	{ "the tariff of pupils prints four", NULL, "802AA", 4 },
	{ "none is allowed", "2012-01-01,,*,0,decimals" TAIL, "285DF", 0 },
	{ "six are allowed", "2012-01-01,,*,6,decimals" TAIL, "285DF", 6 },
	{ "seven are a fault of the law",
	    "2012-01-01,,*,7,decimals" TAIL, "285DF", -1 },
	{ "minus one is a fault of the law",
	    "2012-01-01,,*,-1,decimals" TAIL, "285DF", -1 },
	{ "no row is a gap", "", "285DF", -1 },
};

static void
decimal(void **state)
{
	size_t i = (size_t)*state;
	struct edit edit = { decimals[i].row == NULL ? NULL : "rate_decimals",
	    "", decimals[i].row };
	struct law *other = law_with(&edit, 1);
	struct err err = { 0 };
	int got, rc = collective_decimals(other, decimals[i].code,
	    day("2024-01-01"), &got, &err);

	if (decimals[i].want >= 0) {
		assert_int_equal(rc, TAPR_OK);
		assert_int_equal(got, decimals[i].want);
	} else
		assert_int_equal(rc, TAPR_ELAW);
	law_free(other);
}

/* ---- from real costs --------------------------------------------------------- */

static const struct {
	const char	*why;
	const char	*benefits, *capitals, *annuities;
	int		 deaths;
	const char	*recovered, *special, *payroll, *on;
	int		 rc;
	const char	*value, *rate;	/* or where, and a piece */
} grosses[] = {
	{ "100 000 of benefits on 10 000 000: 1 %",
	    "100000", "0", "0", 0, "0", "0", "10000000", "2016-06-01",
	    TAPR_OK, "100000", "1" },
	{ "capitals count for 1,1: 110 000",
	    "0", "100000", "0", 0, "0", "0", "10000000", "2016-06-01",
	    TAPR_OK, "110000", "1.1" },
	{ "annuities count 32 times: 320 000",
	    "0", "0", "10000", 0, "0", "0", "10000000", "2016-06-01",
	    TAPR_OK, "320000", "3.2" },
	{ "a death counts 26 times 18 281,80: 475 326,80",
	    "0", "0", "0", 1, "0", "0", "10000000", "2016-06-01", TAPR_OK,
	    "475326.80", "4.753268" },
	{ "recoveries and the special account are taken off",
	    "100000", "0", "0", 0, "30000", "20000", "10000000",
	    "2016-06-01", TAPR_OK, "50000", "0.5" },
	{ "2015: without the minimum salary a death is a gap",
	    "0", "0", "0", 1, "0", "0", "10000000", "2015-06-01", TAPR_ELAW,
	    "", "minimum_annual_salary" },
	{ "2015: without a death, the minimum salary need not be known",
	    "100000", "0", "0", 0, "0", "0", "10000000", "2015-06-01",
	    TAPR_OK, "100000", "1" },
	{ "no payroll: no rate",
	    "1", "0", "0", 0, "0", "0", "0", "2016-06-01", TAPR_EINVAL,
	    "payroll", "nulle" },
	{ "amounts too large to be exact are refused",
	    "0", "0", "huge", 0, "0", "0", "1", "2016-06-01", TAPR_ERANGE,
	    "costs", "trop grand" },
};

static void
gross(void **state)
{
	size_t i = (size_t)*state;
	struct real_costs costs = { frac_of(grosses[i].benefits),
	    frac_of(grosses[i].capitals), frac_of(grosses[i].annuities),
	    frac_int(grosses[i].deaths), frac_of(grosses[i].recovered),
	    frac_of(grosses[i].special) };
	struct collective_gross g;
	struct err err = { 0 };
	int rc = collective_gross(law, &costs, frac_of(grosses[i].payroll),
	    day(grosses[i].on), &g, &err);

	if (grosses[i].rc == TAPR_OK) {
		if (rc != TAPR_OK)
			fail_msg("%s: %s", err.where, err.text);
		assert_frac(g.value, grosses[i].value);
		assert_frac(g.rate, grosses[i].rate);
	} else
		assert_refused(rc, &err, grosses[i].rc, grosses[i].value,
		    grosses[i].rate);
}

static void
gross_gaps(void **state)
{
	static const struct edit edits[] = {
		{ "real_costs", ",capital,", "" },
		{ "real_costs", ",annuity,", "" },
		{ "real_costs", ",death,", "" },
	};
	static const char *const says[] = { "capital", "annuity", "death" };
	struct real_costs costs = { frac_int(0), frac_int(0), frac_int(0),
	    frac_int(0), frac_int(0), frac_int(0) };
	struct collective_gross g;

	(void)state;
	for (size_t i = 0; i < COUNT(edits); i++) {
		struct law *other = law_with(&edits[i], 1);
		struct err err = { 0 };

		assert_refused(collective_gross(other, &costs, frac_int(1),
		    day("2016-06-01"), &g, &err), &err, TAPR_ELAW, "",
		    says[i]);
		law_free(other);
	}
}

int
main(void)
{
	static const struct CMUnitTest plain[] = {
		{ "a code that is known, without its rate, is a gap",
		    known_code, NULL, NULL, NULL },
		{ "support staff: 0000A in CTN B, 0000B elsewhere", support,
		    NULL, NULL, NULL },
		{ "real costs without their factors are gaps of the law",
		    gross_gaps, NULL, NULL, NULL },
	};
	struct CMUnitTest tests[COUNT(plain) + COUNT(published) +
	    COUNT(decimals) + COUNT(grosses)];
	size_t n = 0;

	ADD(published, rate);
	ADD(decimals, decimal);
	ADD(grosses, gross);
	for (size_t i = 0; i < COUNT(plain); i++)
		tests[n++] = plain[i];
	return cmocka_run_group_tests(tests, open_law, close_law);
}
