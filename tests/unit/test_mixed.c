/*
 * test_mixed.c -- the fraction and the mixed rate; each row says the exact
 * value, so that a tie is a tie.
 */
#include "fixture.h"
#include "tariff/mixed.h"

static const struct {
	const char	*why;
	enum zone	 zone;
	bool		 btp;
	const char	*on, *headcount;
	int		 code;
	const char	*want;		/* or a piece of the refusal */
} fractions[] = {
	{ "1996: (10 - 9) / 191 = 1/191",
	    ZONE_GENERAL, false, "1996-01-01", "10", TAPR_OK, "1/191" },
	{ "2011: (199,99 - 9) / 191 = 19099/19100",
	    ZONE_GENERAL, false, "2011-01-01", "199.99", TAPR_OK,
	    "19099/19100" },
	{ "2011: 200 is individual, there is no fraction",
	    ZONE_GENERAL, false, "2011-01-01", "200", TAPR_EINVAL,
	    "l'effectif 200.00 est hors du mode mixte (au moins 10, moins de "
	    "200)" },
	{ "2012: (20 - 19) / 131 = 1/131",
	    ZONE_GENERAL, false, "2012-01-01", "20", TAPR_OK, "1/131" },
	{ "2017: (84,50 - 19) / 131 = 1/2",
	    ZONE_GENERAL, false, "2017-12-31", "84.50", TAPR_OK, "1/2" },
	{ "2018: 0,9 / 130 x (20 - 20) + 0,1 = 1/10",
	    ZONE_GENERAL, false, "2018-01-01", "20", TAPR_OK, "1/10" },
	{ "2024: 0,9 / 130 x (85 - 20) + 0,1 = 11/20",
	    ZONE_GENERAL, false, "2024-01-01", "85", TAPR_OK, "11/20" },
	{ "2024: 149,99 gives 0,9 / 130 x 129,99 + 0,1 = 1299910/1300000",
	    ZONE_GENERAL, false, "2024-01-01", "149.99", TAPR_OK,
	    "129991/130000" },
	{ "2024, BTP of the general zone: the same 11/20",
	    ZONE_GENERAL, true, "2024-01-01", "85", TAPR_OK, "11/20" },
	{ "2024: 19,99 is collective, there is no fraction",
	    ZONE_GENERAL, false, "2024-01-01", "19.99", TAPR_EINVAL,
	    "l'effectif 19.99 est hors du mode mixte (au moins 20, moins de "
	    "150)" },
	{ "2024: 150 is individual, there is no fraction",
	    ZONE_GENERAL, false, "2024-01-01", "150", TAPR_EINVAL, "150.00" },
	{ "Alsace-Moselle 2005: (0,08 x 50 - 1) / 15 = 1/5",
	    ZONE_ALSACE_MOSELLE, false, "2005-01-01", "50", TAPR_OK, "1/5" },
	{ "Alsace-Moselle 2024: (0,075 x 50 - 1,25) / 10 = 1/4",
	    ZONE_ALSACE_MOSELLE, false, "2024-01-01", "50", TAPR_OK, "1/4" },
	{ "Alsace-Moselle 2024, BTP: (0,075 x 50 + 2,5) / 25 = 1/4",
	    ZONE_ALSACE_MOSELLE, true, "2024-01-01", "50", TAPR_OK, "1/4" },
	{ "Alsace-Moselle 2024, BTP: (0,075 x 250 + 2,5) / 25 = 17/20",
	    ZONE_ALSACE_MOSELLE, true, "2024-01-01", "250", TAPR_OK,
	    "17/20" },
	{ "Alsace-Moselle 2024, no BTP: 250 is individual",
	    ZONE_ALSACE_MOSELLE, false, "2024-01-01", "250", TAPR_EINVAL,
	    "moins de 150" },
};

static void
fraction(void **state)
{
	size_t i = (size_t)*state;
	struct fraction_answer f;
	struct err err = { 0 };
	int rc = mixed_fraction(law, fractions[i].zone, fractions[i].btp,
	    day(fractions[i].on), frac_of(fractions[i].headcount), &f, &err);

	if (fractions[i].code != TAPR_OK) {
		assert_refused(rc, &err, fractions[i].code, "headcount",
		    fractions[i].want);
		return;
	}
	if (rc != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	assert_frac(f.fraction, fractions[i].want);
	for (int k = 0; k < f.params; k++) {
		assert_non_null(strstr(f.formula, f.name[k]));
		assert_non_null(f.param[k].row);
	}
}

static const struct {
	const char	*why;
	const char	*fraction, *individual, *collective, *rebate, *want;
} rates[] = {
	{ "11/20 x 2 + 9/20 x 3 = 49/20",
	    "11/20", "2", "3", "0", "49/20" },
	{ "a rebate of a quarter bears on the collective part alone: "
	    "11/20 x 2 + 9/20 x 3 x 3/4 = 169/80",
	    "11/20", "2", "3", "0.25", "169/80" },
	{ "a fraction of one is the individual rate, whatever the rebate",
	    "1", "2", "3", "0.25", "2" },
	{ "a fraction of zero is the collective rate less the rebate",
	    "0", "2", "3", "0.25", "9/4" },
	{ "an individual rate too large to be exact stays so",
	    "11/20", "", "3", "0", "" },
};

static void
rate(void **state)
{
	size_t i = (size_t)*state;

	assert_frac(mixed_rate(frac_of(rates[i].fraction),
	    frac_of(rates[i].individual), frac_of(rates[i].collective),
	    frac_of(rates[i].rebate)), rates[i].want);
}

static void
gaps(void **state)
{
	static const struct edit edit[] = {
		{ "mixed_fraction", ",factor,0.9", "" },
	};
	struct law *other = law_with(edit, COUNT(edit));
	struct fraction_answer f;
	struct err err[2] = { { 0 } };

	(void)state;
	assert_refused(mixed_fraction(other, ZONE_GENERAL, false,
	    day("2024-01-01"), frac_int(85), &f, &err[0]), &err[0],
	    TAPR_ELAW, "", "coefficient=factor");
	assert_refused(mixed_fraction(other, ZONE_GENERAL, false,
	    day("1995-01-01"), frac_int(85), &f, &err[1]), &err[1],
	    TAPR_ELAW, "year", "avant 1996");
	law_free(other);
}

int
main(void)
{
	static const struct CMUnitTest plain[] = {
		{ "a fraction without its coefficients is a gap of the law",
		    gaps, NULL, NULL, NULL },
	};
	struct CMUnitTest tests[COUNT(plain) + COUNT(fractions) +
	    COUNT(rates)];
	size_t n = 0;

	ADD(fractions, fraction);
	ADD(rates, rate);
	for (size_t i = 0; i < COUNT(plain); i++)
		tests[n++] = plain[i];
	return cmocka_run_group_tests(tests, open_law, close_law);
}
