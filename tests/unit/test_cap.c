/*
 * test_cap.c -- écrêtement: both sides of 4 %, both limits, and the base of a
 * single rate.
 */
#include "fixture.h"
#include "tariff/cap.h"

static const struct {
	const char	*why;
	enum zone	 zone;
	const char	*on, *previous, *computed;
	const char	*lower, *upper, *want;
	enum cap_applied applied;
} caps[] = {
	{ "previous 4, computed 6: at most 4 + 1",
	    ZONE_GENERAL, "2024-01-01", "4", "6", "3.2", "5", "5",
	    CAP_UPPER },
	{ "previous 4,01: over the threshold, 4,01 x 1,25 = 5,0125",
	    ZONE_GENERAL, "2024-01-01", "4.01", "6", "3.208", "5.0125",
	    "5.0125", CAP_UPPER },
	{ "previous 3, computed 2,2: exactly at 3 - 0,8, not capped",
	    ZONE_GENERAL, "2024-01-01", "3", "2.2", "2.2", "4", "2.2",
	    CAP_NONE },
	{ "previous 3, computed 2,19: at least 3 - 0,8",
	    ZONE_GENERAL, "2024-01-01", "3", "2.19", "2.2", "4", "2.2",
	    CAP_LOWER },
	{ "previous 3, computed 4: exactly at 3 + 1, not capped",
	    ZONE_GENERAL, "2024-01-01", "3", "4", "2.2", "4", "4", CAP_NONE },
	{ "previous 10, computed 7,99: at least 10 x 0,8",
	    ZONE_GENERAL, "2024-01-01", "10", "7.99", "8", "12.5", "8",
	    CAP_LOWER },
	{ "previous 0,50: the lower limit is under zero, and no text raises it",
	    ZONE_GENERAL, "2024-01-01", "0.5", "0", "-0.3", "1.5", "0",
	    CAP_NONE },
	{ "2012: the same limits",
	    ZONE_GENERAL, "2012-01-01", "3", "9", "2.2", "4", "4",
	    CAP_UPPER },
	{ "Alsace-Moselle: the same limits",
	    ZONE_ALSACE_MOSELLE, "2024-01-01", "3", "9", "2.2", "4", "4",
	    CAP_UPPER },
};

static void
cap(void **state)
{
	size_t i = (size_t)*state;
	struct cap_limits c;
	enum cap_applied applied;

	assert_int_equal(cap_limits(law, caps[i].zone, day(caps[i].on),
	    frac_of(caps[i].previous), &c, NULL), TAPR_OK);
	assert_frac(c.lower, caps[i].lower);
	assert_frac(c.upper, caps[i].upper);
	assert_int_equal(c.above, frac_cmp(frac_of(caps[i].previous),
	    frac_int(4)) > 0);
	assert_frac(cap_apply(&c, frac_of(caps[i].computed), &applied),
	    caps[i].want);
	assert_int_equal(applied, caps[i].applied);
}

static const struct {
	const char	*why;
	struct edit	 edit;
	const char	*on, *previous;
	int		 code;
	const char	*where, *says;
} refusals[] = {
	{ "2011: no cap is described",
	    { NULL, NULL, NULL }, "2011-12-31", "3", TAPR_ELAW, "year",
	    "avant 2012" },
	{ "without the threshold, a gap",
	    { "cap", ",threshold,", "" }, "2024-01-01", "3", TAPR_ELAW, "",
	    "name=threshold" },
	{ "up to 4 %, without the points down, a gap",
	    { "cap", ",down_points,", "" }, "2024-01-01", "3", TAPR_ELAW, "",
	    "name=down_points" },
	{ "up to 4 %, without the points up, a gap",
	    { "cap", ",up_points,", "" }, "2024-01-01", "3", TAPR_ELAW, "",
	    "name=up_points" },
	{ "over 4 %, without the factor down, a gap",
	    { "cap", ",down_factor,", "" }, "2024-01-01", "5", TAPR_ELAW, "",
	    "name=down_factor" },
	{ "over 4 %, without the factor up, a gap",
	    { "cap", ",up_factor,", "" }, "2024-01-01", "5", TAPR_ELAW, "",
	    "name=up_factor" },
	{ "an upper limit too large to be exact is refused",
	    { "cap", ",up_factor,", "2012-01-01,,general,up_factor,"
	    "999999999999999999,factor" TAIL }, "2024-01-01", "huge",
	    TAPR_ERANGE, "previous.rate", "trop grand" },
	{ "a lower limit too large to be exact is refused",
	    { "cap", ",down_factor,", "2012-01-01,,general,down_factor,"
	    "999999999999999999,factor" TAIL }, "2024-01-01", "huge",
	    TAPR_ERANGE, "previous.rate", "trop grand" },
};

static void
refusal(void **state)
{
	size_t i = (size_t)*state;
	struct law *other = law_with(&refusals[i].edit, 1);
	struct cap_limits c;
	struct err err = { 0 };

	assert_refused(cap_limits(other, ZONE_GENERAL, day(refusals[i].on),
	    frac_of(refusals[i].previous), &c, &err), &err,
	    refusals[i].code, refusals[i].where, refusals[i].says);
	law_free(other);
}

static const struct {
	const char	*why;
	const char	*rate[3], *payroll[3];
	int		 code;
	const char	*want;		/* or a piece of the refusal */
} bases[] = {
	{ "2 on 1 000 and 4 on 3 000: 14 000 / 4 000 = 7/2",
	    { "2", "4" }, { "1000", "3000" }, TAPR_OK, "7/2" },
	{ "one member: its own rate",
	    { "2.40" }, { "1" }, TAPR_OK, "2.4" },
	{ "a member without payroll does not weigh",
	    { "2", "9" }, { "1000", "0" }, TAPR_OK, "2" },
	{ "no payroll at all: no base",
	    { "2", "4" }, { "0", "0" }, TAPR_EINVAL,
	    "aucune masse salariale" },
	{ "payrolls too large to be exact are refused",
	    { "1/7", "1/11", "1/13" }, { "huge", "huge", "huge" },
	    TAPR_ERANGE, "trop grandes" },
};

static void
base(void **state)
{
	size_t i = (size_t)*state, n = 0;
	struct member m[3];
	struct err err = { 0 };
	struct frac got;
	int rc;

	for (; n < 3 && bases[i].rate[n] != NULL; n++)
		m[n] = (struct member){ frac_of(bases[i].rate[n]),
		    frac_of(bases[i].payroll[n]) };
	if (bases[i].code == TAPR_ERANGE)	/* a sum that leaves 128 bits */
		m[1].payroll = frac_mul(m[1].payroll, frac_of("3/5"));
	rc = cap_merged_previous(m, n, &got, &err);
	if (bases[i].code == TAPR_OK) {
		assert_int_equal(rc, TAPR_OK);
		assert_frac(got, bases[i].want);
	} else
		assert_refused(rc, &err, bases[i].code,
		    "single_rate.members", bases[i].want);
}

int
main(void)
{
	struct CMUnitTest tests[COUNT(caps) + COUNT(refusals) + COUNT(bases)];
	size_t n = 0;

	ADD(caps, cap);
	ADD(refusals, refusal);
	ADD(bases, base);
	return cmocka_run_group_tests(tests, open_law, close_law);
}
