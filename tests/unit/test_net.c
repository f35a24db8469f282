/*
 * test_net.c -- (gross + M1) x (1 + M2) + M3 + M4, and what a regime counts.
 */
#include "fixture.h"
#include "tariff/net.h"

static const struct {
	const char	*why;
	enum regime	 regime;
	const char	*on, *gross, *want;
	const char	*counted[MAJORATIONS];
} rates[] = {
	{ "2024, no claim: 0,17 x 1,58 + 0,16 + 0,03 = 0,4586",
	    REGIME_ORDINARY, "2024-01-01", "0", "4586/10000",
	    { "0.17", "58", "0.16", "0.03" } },
	{ "2024, gross 1: 1,17 x 1,58 + 0,19 = 2,0386",
	    REGIME_ORDINARY, "2024-01-01", "1", "20386/10000",
	    { "0.17", "58", "0.16", "0.03" } },
	{ "2012, gross 1: 1,26 x 1,43 + 0,66 + 0,02 = 2,4818",
	    REGIME_ORDINARY, "2012-01-01", "1", "24818/10000",
	    { "0.26", "43", "0.66", "0.02" } },
	{ "2024, IEG: a quarter of M1 and of M3; 1,0425 x 1,58 + 0,04 + 0,03",
	    REGIME_IEG, "2024-01-01", "1", "171715/100000",
	    { "0.0425", "58", "0.04", "0.03" } },
	{ "2024, partial self-management: 0,7 M1; 1,119 x 1,58 + 0,19",
	    REGIME_SELF_MANAGEMENT, "2024-01-01", "1", "195802/100000",
	    { "0.119", "58", "0.16", "0.03" } },
	{ "2024, pupils: M2 alone, 1 x 1,58",
	    REGIME_PUPIL, "2024-01-01", "1", "158/100",
	    { "0", "58", "0", "0" } },
	{ "2024, dockers count all four",
	    REGIME_DOCKER, "2024-01-01", "1", "20386/10000",
	    { "0.17", "58", "0.16", "0.03" } },
	{ "a gross rate too large to be exact stays so",
	    REGIME_ORDINARY, "2024-01-01", "", "",
	    { "0.17", "58", "0.16", "0.03" } },
};

static void
rate(void **state)
{
	size_t i = (size_t)*state;
	struct majorations m;
	struct err err = { 0 };

	if (net_majorations(law, NULL, rates[i].regime, day(rates[i].on), &m,
	    &err) != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	for (int k = 0; k < MAJORATIONS; k++)
		assert_frac(m.counted[k], rates[i].counted[k]);
	assert_frac(net_rate(frac_of(rates[i].gross), &m), rates[i].want);
}

static void
given(void **state)
{
	struct given g = { .has_majoration = { false, true, false, true } };
	struct majorations m;

	(void)state;
	g.majoration[1] = frac_int(50);
	g.majoration[3] = frac_of("0.10");
	assert_int_equal(net_majorations(law, &g, REGIME_IEG,
	    day("2024-01-01"), &m, NULL), TAPR_OK);
	assert_frac(m.counted[0], "0.0425");
	assert_frac(m.counted[1], "50");
	assert_frac(m.counted[2], "0.04");
	assert_frac(m.counted[3], "0.10");
	assert_null(m.published[1].row);
	assert_string_equal(m.published[1].name, "given.majorations.M2");
	assert_non_null(m.published[0].row);
}

/* 2015: no text of the majorations is held. */
static void
gaps(void **state)
{
	struct given g = { .has_majoration = { true, true, true, true } };
	struct majorations m;
	struct err err[2] = { { 0 } };

	(void)state;
	assert_refused(net_majorations(law, NULL, REGIME_ORDINARY,
	    day("2015-01-01"), &m, &err[0]), &err[0], TAPR_ELAW, "",
	    "name=M1");
	assert_refused(net_majorations(law, NULL, REGIME_PUPIL,
	    day("2015-01-01"), &m, &err[1]), &err[1], TAPR_ELAW, "",
	    "name=M2");
	for (int i = 0; i < MAJORATIONS; i++)
		g.majoration[i] = frac_int(1);
	assert_int_equal(net_majorations(law, &g, REGIME_ORDINARY,
	    day("2015-01-01"), &m, NULL), TAPR_OK);
	memset(g.has_majoration, 0, sizeof g.has_majoration);
	g.has_majoration[1] = true;
	assert_int_equal(net_majorations(law, &g, REGIME_PUPIL,
	    day("2015-01-01"), &m, NULL), TAPR_OK);
}

static void
factors(void **state)
{
	struct param p;

	(void)state;
	assert_int_equal(net_docker_ceiling(law, day("2024-01-01"), &p, NULL),
	    TAPR_OK);
	assert_frac(p.exact, "35");
	assert_int_equal(net_voluntary_factor(law, day("2024-01-01"), &p,
	    NULL), TAPR_OK);
	assert_frac(p.exact, "4/5");
	assert_int_equal(net_docker_ceiling(law, day("2011-12-31"), &p, NULL),
	    TAPR_ELAW);
	assert_int_equal(net_voluntary_factor(law, day("2011-12-31"), &p,
	    NULL), TAPR_ELAW);
}

int
main(void)
{
	static const struct CMUnitTest plain[] = {
		{ "a majoration that is given replaces the published one and "
		    "no other", given, NULL, NULL, NULL },
		{ "a majoration is needed only when the regime counts it",
		    gaps, NULL, NULL, NULL },
		{ "dockers pay at most 35 %, voluntary insured four fifths",
		    factors, NULL, NULL, NULL },
	};
	struct CMUnitTest tests[COUNT(plain) + COUNT(rates)];
	size_t n = 0;

	ADD(rates, rate);
	for (size_t i = 0; i < COUNT(plain); i++)
		tests[n++] = plain[i];
	return cmocka_run_group_tests(tests, open_law, close_law);
}
