/*
 * test_explain.c -- why a rate changed: two documents that differ by one thing
 * move that part alone; the parts always sum to the difference.
 *
 * The old document is FACTS_MIXED of fixture.h (2024) unless a row changes it;
 * individual 0,486092, fraction 0,55, collective 2,09, notified 1,2078506.
 */
#include "fixture.h"
#include "tariff/explain.h"

#define IP "claims.A2={\"kind\": \"accident\", \"declared\": "		\
	"\"2021-05-02\", \"recognised\": \"2021-06-02\", "		\
	"\"stoppage_days\": 0}"
#define OUT_AND_IN (-1)

static const char *const names[PARTS] = { "payroll", "claims out",
	"claims in", "average costs", "majorations", "collective",
	"headcount", "mode", "cap", "other" };

static const struct {
	const char	*why;
	const char	*both, *from, *to;	/* changes */
	int		 part;		/* the only one; PARTS: none moves */
	const char	*want;		/* its value; NULL: not redone here */
} ones[] = {
	{ "nothing differs, nothing moves",
	    "", "", "", PARTS, "0" },
	{ "a claim more (IT1, 287): 0,55 x 1,58 x 287 / 30 000",
	    "", "", IP, PART_CLAIMS_IN, "249403/30000000" },
	{ "a claim less: the same, negative",
	    "", IP, "", PART_CLAIMS_OUT, "-249403/30000000" },
	{ "the only claim less: 0,55 x 1,58 x 0,0174 = 0,0151206",
	    "", "", "claims=null", PART_CLAIMS_OUT, "-0.0151206" },
	{ "the average cost of IT2 from 522 to 622: 0,55 x 1,58 / 300",
	    "", "", "given.average_costs.IT2=622.00", PART_AVERAGE_COSTS,
	    "869/300000" },
	{ "an abatement of a tenth: average costs, 0,55 x 1,58 x -0,00174",
	    "", "", "given.abatement=0.10", PART_AVERAGE_COSTS,
	    "-0.00151206" },
	{ "a payroll twice as large: half of 0,0151206",
	    "", "", "payroll={\"2020\": \"2000000.00\", \"2021\": "
	    "\"2000000.00\", \"2022\": \"2000000.00\"}", PART_PAYROLL,
	    "-0.0075603" },
	{ "M1 from 0,17 to 0,27: 0,55 x 1,58 x 0,10 = 0,0869",
	    "", "", "given.majorations.M1=0.27", PART_MAJORATIONS,
	    "0.0869" },
	{ "a regime that counts M2 alone: majorations, -0,55 x 0,4586",
	    "claims=null", "", "establishment.regime=pupil",
	    PART_MAJORATIONS, "-0.25223" },
	{ "the collective rate from 2,09 to 3,09: 0,45 x 1",
	    "", "", "given.collective_rate=3.09", PART_COLLECTIVE, "0.45" },
	{ "collective mode: the whole difference of the published rate",
	    COLLECTIVE, "", "given.collective_rate=3.09", PART_COLLECTIVE,
	    "1" },
	{ "E from 85 to 98: 0,09 more of the fraction, 0,09 x (0,486092 - "
	    "2,09)",
	    "", "", "headcounts.2022=98.00", PART_HEADCOUNT,
	    "-0.14435172" },
	{ "a rebate of a tenth: other, 0,45 x 2,09 x -0,10",
	    "", "", "rebate=0.10", PART_OTHER, "-0.09405" },
	{ "a limit that takes: 1,1 - 1,2078506",
	    "", "", "previous={\"rate\": \"0.10\", \"mode\": \"mixed\"}",
	    PART_CAP, "-0.1078506" },
	{ "a limit that gives: 2,2 - 1,2078506",
	    "", "", "previous={\"rate\": \"3.00\", \"mode\": \"mixed\"}",
	    PART_CAP, "0.9921494" },
	{ "a limit that no longer takes",
	    "", "previous={\"rate\": \"0.10\", \"mode\": \"mixed\"}", "",
	    PART_CAP, "0.1078506" },
	{ "from mixed to individual: 0,486092 - 1,2078506",
	    "", "", INDIVIDUAL, PART_MODE, "-0.7217586" },
	{ "from individual to mixed",
	    "", INDIVIDUAL, "", PART_MODE, "0.7217586" },
	{ "from mixed to collective: 2,09 - 1,2078506",
	    "", "", COLLECTIVE, PART_MODE, "0.8821494" },
	{ "from collective to mixed",
	    "", COLLECTIVE, "", PART_MODE, "-0.8821494" },
	{ "from individual to collective: 2,09 - 0,486092",
	    "", INDIVIDUAL, COLLECTIVE, PART_MODE, "1.603908" },
	{ "from collective to individual",
	    "", COLLECTIVE, INDIVIDUAL, PART_MODE, "-1.603908" },
	{ "from mixed to individual with a rebate on both: mode alone",
	    "rebate=0.10", "", INDIVIDUAL, PART_MODE, "-0.6277086" },
	{ "from individual to collective with a rebate on both: mode alone, "
	    "2,09 x 0,9 - 0,486092",
	    "rebate=0.10", INDIVIDUAL, COLLECTIVE, PART_MODE, "1.394908" },
	{ "voluntary insured: other, 2,09 x -0,20",
	    COLLECTIVE, "", "establishment.regime=voluntary", PART_OTHER,
	    "-0.418" },
	{ "a line whose third party share changes left and came",
	    "", "", "claims.A1.third_party_share=0.50", OUT_AND_IN, NULL },
	{ "a line whose category changes left and came",
	    "", "", "claims.A1.stoppage_days=200", OUT_AND_IN, NULL },
	{ "a claim known by another name left and came, at no cost",
	    "", "", "claims.A1=null|claims.A9={\"kind\": \"accident\", "
	    "\"declared\": \"2021-03-02\", \"recognised\": \"2021-03-02\", "
	    "\"stoppage_days\": 10}", OUT_AND_IN, NULL },
	{ "a line whose year changes left and came",
	    "", "", "claims.A1.declared=2022-01-02|claims.A1.recognised="
	    "2022-02-02", OUT_AND_IN, NULL },
	{ "a claim that gains an IP keeps its IT line: 0,55 x 1,58 x 65 734 / "
	    "30 000",
	    "", "", "claims.A1.ip_rate=15|claims.A1.ip_notified=2022-01-02",
	    PART_CLAIMS_IN, "28561423/15000000" },
};

static void
explain(const char *both, const char *from, const char *to, struct arena *a,
    struct attribution *ret)
{
	char old[4096], new[4096];
	struct facts *f = arena_array(a, 2, sizeof *f);
	struct err err = { 0 };
	struct frac sum = frac_int(0);

	snprintf(old, sizeof old, "%s|%s", both, from);
	snprintf(new, sizeof new, "%s|%s", both, to);
	facts_of(a, FACTS_MIXED, *old == '|' ? old + 1 : old, &f[0]);
	facts_of(a, FACTS_MIXED, *new == '|' ? new + 1 : new, &f[1]);
	if (explain_change(law, &f[0], &f[1], a, ret, &err) != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	for (int i = 0; i < PARTS; i++)
		sum = frac_add(sum, ret->part[i]);
	assert_int_equal(frac_cmp(sum, ret->difference), 0);
	assert_int_equal(frac_cmp(ret->difference,
	    frac_sub(ret->to.notified, ret->from.notified)), 0);
}

static void
one(void **state)
{
	size_t i = (size_t)*state;
	struct arena *a = arena_of(ARENA_BYTES);
	struct attribution *att = arena_alloc(a, sizeof *att);

	explain(ones[i].both, ones[i].from, ones[i].to, a, att);
	for (int k = 0; k < PARTS; k++) {
		if (k == ones[i].part) {
			assert_false(frac_is_zero(att->part[k]));
			if (ones[i].want != NULL)
				assert_frac(att->part[k], ones[i].want);
		} else if (ones[i].part == OUT_AND_IN &&
		    (k == PART_CLAIMS_OUT || k == PART_CLAIMS_IN))
			assert_false(frac_is_zero(att->part[k]));
		else if (!frac_is_zero(att->part[k]))
			fail_msg("the part \"%s\" moves too", names[k]);
	}
	arena_free(a);
}

/* ---- many things at once ------------------------------------------------- */

static const struct {
	const char	*why;
	const char	*from, *to;
} ordinary[] = {
	{ "from 2023 to 2024, claims, costs, payroll, majorations, collective "
	    "and headcount move; other is zero",
	    "year=2023|payroll.2019=900000.00|headcounts.2021=83.00|"
	    "given.average_costs.IT2=500.00", "headcounts.2022=84.37|" IP },
	{ "from mixed in 2023 to individual in 2024, other is zero",
	    "year=2023|payroll.2019=900000.00|given.average_costs.IT2=500.00",
	    INDIVIDUAL },
	{ "from individual in 2023 to mixed in 2024, capped, other is zero",
	    "year=2023|payroll.2019=900000.00|given.average_costs.IT2=500.00|"
	    INDIVIDUAL,
	    "previous={\"rate\": \"0.10\", \"mode\": \"individual\"}" },
	{ "from collective in 2023 to mixed in 2024, other is zero",
	    "year=2023|" COLLECTIVE, IP },
	{ "from mixed in 2024 to collective in 2025, other is zero",
	    IP, "year=2025|headcounts.2023=1.00" },
	{ "from mixed in 2024 to individual with a rebate that no longer "
	    "counts, other is zero",
	    "rebate=0.10", INDIVIDUAL },
};

static void
many(void **state)
{
	size_t i = (size_t)*state;
	struct arena *a = arena_of(ARENA_BYTES);
	struct attribution *att = arena_alloc(a, sizeof *att);

	explain("", ordinary[i].from, ordinary[i].to, a, att);
	assert_frac(att->part[PART_OTHER], "0");
	assert_false(frac_is_zero(att->difference));
	arena_free(a);
}

/* The mode is changed with the old collective rate, then that rate moves. */
static void
mode_before_collective(void **state)
{
	struct arena *a = arena_of(ARENA_BYTES);
	struct attribution *att = arena_alloc(a, sizeof *att);

	(void)state;
	explain("", COLLECTIVE, "given.collective_rate=3.09", a, att);
	assert_frac(att->part[PART_MODE], "-0.8821494");   /* 1,2078506 - 2,09 */
	assert_frac(att->part[PART_COLLECTIVE], "0.45");   /* 0,45 x 1 */
	assert_frac(att->part[PART_OTHER], "0");
	/* An individual rate has no collective one: that of the new sheet. */
	explain("", INDIVIDUAL, "given.collective_rate=3.09", a, att);
	assert_frac(att->part[PART_MODE], "1.1717586");	/* 0,45 x (3,09 - i) */
	assert_frac(att->part[PART_COLLECTIVE], "0");
	arena_free(a);
}

static void
order(void **state)
{
	struct arena *a = arena_of(ARENA_BYTES);
	struct attribution *att = arena_alloc(a, sizeof *att);

	(void)state;
	explain(INDIVIDUAL "|given.majorations={\"M1\": \"0\", \"M2\": \"0\", "
	    "\"M3\": \"0\", \"M4\": \"0\"}",
	    "given.average_costs={\"IT2\": \"30000.00\", \"IT1\": "
	    "\"3000.00\"}|claims.OUT={\"kind\": \"accident\", \"declared\": "
	    "\"2020-03-02\", \"recognised\": \"2020-04-02\"}",
	    "given.average_costs={\"IT2\": \"60000.00\", \"IT1\": "
	    "\"9000.00\"}|claims.IN={\"kind\": \"accident\", \"declared\": "
	    "\"2022-03-02\", \"recognised\": \"2022-04-02\"}|payroll={"
	    "\"2020\": \"2000000.00\", \"2021\": \"2000000.00\", \"2022\": "
	    "\"2000000.00\"}", a, att);
	assert_frac(att->part[PART_CLAIMS_OUT], "-1/10");  /* 3 000 of 3 M */
	assert_frac(att->part[PART_AVERAGE_COSTS], "1");   /* 30 to 60 000 */
	assert_frac(att->part[PART_CLAIMS_IN], "3/10");	   /* 9 000 */
	assert_frac(att->part[PART_PAYROLL], "-23/20");	   /* 2,3 halved */
	assert_frac(att->difference, "1/20");
	arena_free(a);
}

static void
refusals(void **state)
{
	struct arena *a = arena_of(ARENA_BYTES);
	struct attribution *att = arena_alloc(a, sizeof *att);
	struct facts good, bad;
	struct err err[2] = { { 0 } };

	(void)state;
	facts_of(a, FACTS_MIXED, "", &good);
	facts_of(a, FACTS_MIXED, "payroll.2021=null", &bad);
	assert_refused(explain_change(law, &bad, &good, a, att, &err[0]),
	    &err[0], TAPR_EINVAL, "premier document : payroll.2021", "2021");
	assert_refused(explain_change(law, &good, &bad, a, att, &err[1]),
	    &err[1], TAPR_EINVAL, "second document : payroll.2021", "2021");
	arena_free(a);
}

/* Each rate is exact, their difference is not. */
static void
too_large(void **state)
{
	struct arena *a = arena_of(ARENA_BYTES);
	struct attribution *att = arena_alloc(a, sizeof *att);
	struct facts from, to;
	struct err err = { 0 };

	(void)state;
	facts_of(a, FACTS_MIXED, COLLECTIVE "|given.collective_rate=1", &from);
	facts_of(a, FACTS_MIXED, COLLECTIVE "|given.collective_rate=1", &to);
	from.given.collective_rate = frac_ratio(1, INT64_MAX);
	to.given.collective_rate = frac_div(frac_int(1), frac_mul(
	    frac_int(INT64_MAX - 1), frac_int(INT64_MAX - 2)));
	assert_refused(explain_change(law, &from, &to, a, att, &err), &err,
	    TAPR_ERANGE, "", "trop grands pour attribuer");
	arena_free(a);
}

int
main(void)
{
	static const struct CMUnitTest plain[] = {
		{ "out at old costs, kept from old to new, in at new costs, "
		    "then the payroll", order, NULL, NULL, NULL },
		{ "the mode changes at the old collective rate, or at the new "
		    "one where there was none", mode_before_collective, NULL,
		    NULL, NULL },
		{ "a document that has no rate is named", refusals, NULL,
		    NULL, NULL },
		{ "a difference too large to be exact is refused", too_large,
		    NULL, NULL, NULL },
	};
	struct CMUnitTest tests[COUNT(plain) + COUNT(ones) +
	    COUNT(ordinary)];
	size_t n = 0;

	ADD(ones, one);
	ADD(ordinary, many);
	for (size_t i = 0; i < COUNT(plain); i++)
		tests[n++] = plain[i];
	return cmocka_run_group_tests(tests, open_law, close_law);
}
