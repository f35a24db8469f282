/*
 * test_cost.c -- categories of D. 242-6-6 on both sides of each bound, average
 * costs, groups of the BTP, abatements.
 */
#include "fixture.h"
#include "model/words.h"
#include "tariff/cost.h"

static const struct {
	const char	*why;
	bool		 ip;
	int		 value;
	enum cost_category want;
} bounds[] = {
	{ "no day of stoppage is IT1", false, 0, COST_IT1 },
	{ "3 days are IT1", false, 3, COST_IT1 },
	{ "4 days are IT2", false, 4, COST_IT2 },
	{ "15 days are IT2", false, 15, COST_IT2 },
	{ "16 days are IT3", false, 16, COST_IT3 },
	{ "45 days are IT3", false, 45, COST_IT3 },
	{ "46 days are IT4", false, 46, COST_IT4 },
	{ "90 days are IT4", false, 90, COST_IT4 },
	{ "91 days are IT5", false, 91, COST_IT5 },
	{ "150 days are IT5", false, 150, COST_IT5 },
	{ "151 days are IT6", false, 151, COST_IT6 },
	{ "1000 days are IT6", false, 1000, COST_IT6 },
	{ "an incapacity of 0 % is IP1", true, 0, COST_IP1 },
	{ "9 % are IP1", true, 9, COST_IP1 },
	{ "10 % are IP2", true, 10, COST_IP2 },
	{ "19 % are IP2", true, 19, COST_IP2 },
	{ "20 % are IP3", true, 20, COST_IP3 },
	{ "39 % are IP3", true, 39, COST_IP3 },
	{ "40 % are IP4", true, 40, COST_IP4 },
	{ "100 % are IP4", true, 100, COST_IP4 },
};

static void
bound(void **state)
{
	size_t i = (size_t)*state;
	struct categories c;

	assert_int_equal(cost_categories(law, ZONE_GENERAL, bounds[i].ip,
	    day("2024-01-01"), &c, NULL), TAPR_OK);
	assert_int_equal(c.n, bounds[i].ip ? 4 : 6);
	assert_int_equal(cost_category(&c, bounds[i].value), bounds[i].want);
}

static const struct {
	const char	*why;
	enum zone	 zone;
	char		 ctn;
	enum cost_category category, want;
} groups[] = {
	{ "CTN B prices IP1 by itself",
	    ZONE_GENERAL, 'B', COST_IP1, COST_IP1 },
	{ "CTN B prices IP2 by group",
	    ZONE_GENERAL, 'B', COST_IP2, COST_IP2_IP4 },
	{ "CTN B prices IP3 by group",
	    ZONE_GENERAL, 'B', COST_IP3, COST_IP2_IP4 },
	{ "CTN B prices IP4 by group",
	    ZONE_GENERAL, 'B', COST_IP4, COST_IP2_IP4 },
	{ "CTN B, priced by group already, stays so",
	    ZONE_GENERAL, 'B', COST_IP2_IP4, COST_IP2_IP4 },
	{ "CTN B prices IT6 by itself",
	    ZONE_GENERAL, 'B', COST_IT6, COST_IT6 },
	{ "CTN C has no groups",
	    ZONE_GENERAL, 'C', COST_IP3, COST_IP3 },
	{ "CTN B of Alsace-Moselle keeps the four categories (D. 242-34)",
	    ZONE_ALSACE_MOSELLE, 'B', COST_IP3, COST_IP3 },
};

static void
group(void **state)
{
	size_t i = (size_t)*state;

	assert_int_equal(cost_priced_as(groups[i].zone, groups[i].ctn,
	    groups[i].category), groups[i].want);
}

static const struct {
	const char	*why;
	enum zone	 zone;
	char		 ctn;
	enum btp_group	 group;
	enum cost_category category;
	const char	*on;
	int		 code;
	const char	*want;		/* or a piece of the refusal */
} costs[] = {
	{ "2024, CTN A: IT2 costs 522 euros (arrêté of 27 December 2023)",
	    ZONE_GENERAL, 'A', GROUP_NONE, COST_IT2, "2024-01-01", TAPR_OK,
	    "522" },
	{ "2024, CTN A: IP4 costs 676 026 euros",
	    ZONE_GENERAL, 'A', GROUP_NONE, COST_IP4, "2024-01-01", TAPR_OK,
	    "676026" },
	{ "2024, Alsace-Moselle: CTN A has the same costs",
	    ZONE_ALSACE_MOSELLE, 'A', GROUP_NONE, COST_IT2, "2024-01-01",
	    TAPR_OK, "522" },
	{ "2024, Alsace-Moselle, CTN B: IP4 costs 541 156 euros",
	    ZONE_ALSACE_MOSELLE, 'B', GROUP_NONE, COST_IP4, "2024-01-01",
	    TAPR_OK, "541156" },
	{ "2024, CTN B, gros oeuvre: 151 726 euros",
	    ZONE_GENERAL, 'B', GROUP_GROS_OEUVRE, COST_IP2_IP4, "2024-01-01",
	    TAPR_OK, "151726" },
	{ "2024, CTN B, second oeuvre: 169 866 euros",
	    ZONE_GENERAL, 'B', GROUP_SECOND_OEUVRE, COST_IP2_IP4,
	    "2024-01-01", TAPR_OK, "169866" },
	{ "2024, CTN B, support: 184 269 euros",
	    ZONE_GENERAL, 'B', GROUP_SUPPORT, COST_IP2_IP4, "2024-01-01",
	    TAPR_OK, "184269" },
	{ "CTN B without a group is refused, with the three words",
	    ZONE_GENERAL, 'B', GROUP_NONE, COST_IP2_IP4, "2024-01-01",
	    TAPR_EINVAL, "indiquez gros_oeuvre, second_oeuvre ou support" },
	{ "a year beyond the published costs is a gap",
	    ZONE_GENERAL, 'A', GROUP_NONE, COST_IT2, "2027-01-01", TAPR_ELAW,
	    "average_costs" },
};

static void
cost(void **state)
{
	size_t i = (size_t)*state;
	struct param p;
	struct err err = { 0 };
	int rc = cost_average(law, costs[i].zone, costs[i].ctn,
	    costs[i].group, costs[i].category, day(costs[i].on), &p, &err);

	if (costs[i].code == TAPR_OK) {
		assert_int_equal(rc, TAPR_OK);
		assert_frac(p.exact, costs[i].want);
		assert_string_equal(p.name, "average_costs");
	} else
		assert_refused(rc, &err, costs[i].code, costs[i].code ==
		    TAPR_EINVAL ? "establishment.btp_group" : "",
		    costs[i].want);
}

static const struct {
	const char	*why;
	enum btp_group	 given;
	const char	*code, *on;
	enum btp_group	 want;
} lists[] = {
	{ "2014: 451AA is printed in the gros oeuvre",
	    GROUP_NONE, "451AA", "2014-01-01", GROUP_GROS_OEUVRE },
	{ "2014: 0000A is printed in the support",
	    GROUP_NONE, "0000A", "2014-01-01", GROUP_SUPPORT },
	{ "2014: a group that is given wins over the list",
	    GROUP_SECOND_OEUVRE, "451AA", "2014-01-01", GROUP_SECOND_OEUVRE },
	{ "2014: a code that no list holds has no group",
	    GROUP_NONE, "285DF", "2014-01-01", GROUP_NONE },
};

static void
list(void **state)
{
	size_t i = (size_t)*state;

	assert_int_equal(cost_group(law, lists[i].given, lists[i].code,
	    day(lists[i].on)), lists[i].want);
}

static const struct {
	const char	*why;
	const char	*code, *on, *want;	/* "" : none */
	bool		 undated;
} abatements[] = {
	{ "2012: 930NA has a fifth", "930NA", "2012-01-01", "1/5", false },
	{ "2021: 926CH has a tenth", "926CH", "2021-01-01", "1/10", false },
	{ "2024: 926CH was in a list of another date, none applies",
	    "926CH", "2024-01-01", "", true },
	{ "2024: 747ZF is in a list without a date, none applies",
	    "747ZF", "2024-01-01", "", true },
	{ "285DF is in no list", "285DF", "2024-01-01", "", false },
};

static void
abatement(void **state)
{
	size_t i = (size_t)*state;
	struct param p = { 0 };
	bool undated;

	assert_int_equal(cost_abatement(law, abatements[i].code,
	    day(abatements[i].on), &p, &undated), *abatements[i].want != '\0');
	assert_int_equal(undated, abatements[i].undated);
	if (*abatements[i].want != '\0')
		assert_frac(p.exact, abatements[i].want);
}

static void
gaps(void **state)
{
	static const struct edit edit[] = {
		{ "cost_category", ",IT4,", "" },
		{ "btp_cost_groups", "451AA", "2014-01-01,2015-01-01,451AA,"
		    "gros oeuvre,word" TAIL },
	};
	struct law *other = law_with(edit, COUNT(edit));
	struct categories c;
	struct err err[2] = { { 0 } };

	(void)state;
	assert_refused(cost_categories(other, ZONE_GENERAL, false,
	    day("2024-01-01"), &c, &err[0]), &err[0], TAPR_ELAW, "",
	    "category=IT4");
	assert_refused(cost_categories(other, ZONE_ALSACE_MOSELLE, true,
	    day("2011-12-31"), &c, &err[1]), &err[1], TAPR_ELAW, "year",
	    "avant 2012");
	assert_int_equal(cost_group(other, GROUP_NONE, "451AA",
	    day("2014-01-01")), GROUP_NONE);
	law_free(other);
}

int
main(void)
{
	static const struct CMUnitTest plain[] = {
		{ "categories without a bound, or before 2012, are refused; a "
		    "group of another name is none", gaps, NULL, NULL, NULL },
	};
	struct CMUnitTest tests[COUNT(plain) + COUNT(bounds) +
	    COUNT(groups) + COUNT(costs) + COUNT(lists) + COUNT(abatements)];
	size_t n = 0;

	ADD(bounds, bound);
	ADD(groups, group);
	ADD(costs, cost);
	ADD(lists, list);
	ADD(abatements, abatement);
	for (size_t i = 0; i < COUNT(plain); i++)
		tests[n++] = plain[i];
	return cmocka_run_group_tests(tests, open_law, close_law);
}
