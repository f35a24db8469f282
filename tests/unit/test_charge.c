/*
 * test_charge.c -- which claims an employer bears, in which year, for how much.
 */
#include "fixture.h"
#include "tariff/charge.h"

/* ---- excluded ----------------------------------------------------------------- */

static const struct {
	const char	*why;
	enum zone	 zone;
	enum claim_kind	 kind;
	const char	*recognised;
	enum charge	 charge;
	const char	*on;
	const char	*says;		/* NULL: charged */
} exclusions[] = {
	{ "a recognised accident is charged",
	    ZONE_GENERAL, CLAIM_ACCIDENT, "2021-01-01", CHARGE_OWN,
	    "2024-01-01", NULL },
	{ "an accident that is not recognised is not charged",
	    ZONE_GENERAL, CLAIM_ACCIDENT, "", CHARGE_OWN, "2024-01-01",
	    "non reconnu" },
	{ "a commuting accident is paid by M1, not charged",
	    ZONE_GENERAL, CLAIM_COMMUTING, "2021-01-01", CHARGE_OWN,
	    "2024-01-01", "accident de trajet" },
	{ "a disease on the special account is not charged",
	    ZONE_GENERAL, CLAIM_DISEASE, "2021-01-01",
	    CHARGE_SPECIAL_ACCOUNT, "2024-01-01", "compte spécial" },
	{ "an assault by an unknown person is not charged",
	    ZONE_GENERAL, CLAIM_ACCIDENT, "2021-01-01",
	    CHARGE_UNIDENTIFIED_ASSAULT, "2024-01-01", "non identifié" },
	{ "a decision not opposable is not charged",
	    ZONE_GENERAL, CLAIM_ACCIDENT, "2021-01-01", CHARGE_NOT_OPPOSABLE,
	    "2024-01-01", "inopposable" },
	{ "terrorism is not charged from rate 2016",
	    ZONE_GENERAL, CLAIM_ACCIDENT, "2014-01-01", CHARGE_TERRORISM,
	    "2016-01-01", "terrorisme" },
	{ "terrorism is still charged in rate 2015",
	    ZONE_GENERAL, CLAIM_ACCIDENT, "2014-01-01", CHARGE_TERRORISM,
	    "2015-12-31", NULL },
	{ "terrorism is charged in Alsace-Moselle",
	    ZONE_ALSACE_MOSELLE, CLAIM_ACCIDENT, "2021-01-01",
	    CHARGE_TERRORISM, "2024-01-01", NULL },
};

static void
exclusion(void **state)
{
	size_t i = (size_t)*state;
	struct claim c = { .kind = exclusions[i].kind,
	    .recognised = day(exclusions[i].recognised),
	    .charge = exclusions[i].charge, .ip_rate = -1 };
	const char *got = charge_excluded(law, exclusions[i].zone, &c,
	    day(exclusions[i].on));

	if (exclusions[i].says == NULL)
		assert_null(got);
	else {
		assert_non_null(got);
		assert_non_null(strstr(got, exclusions[i].says));
	}
}

/* ---- the IP line and its year ----------------------------------------------- */

static const struct {
	const char	*why;
	int		 ip;
	const char	*notified, *death, *recognised, *on;
	int		 kind, year;	/* kind -1: no line */
} lines[] = {
	{ "no incapacity and no death: no IP line",
	    -1, "", "", "", "2024-01-01", -1, 0 },
	{ "an IP counts in the year of its notification",
	    15, "2022-06-01", "", "", "2024-01-01", LINE_IP, 2022 },
	{ "an IP of 0 % counts",
	    0, "2022-06-01", "", "", "2024-01-01", LINE_IP, 2022 },
	{ "an IP notified the day of the death counts, not the death",
	    15, "2021-06-01", "2021-06-01", "2022-01-01", "2024-01-01",
	    LINE_IP, 2021 },
	{ "an IP notified the day after the death gives way to it",
	    15, "2021-06-02", "2021-06-01", "2022-01-01", "2024-01-01",
	    LINE_DEATH, 2021 },
	{ "a death that was never recognised leaves the IP as it is",
	    15, "2021-06-02", "2021-06-01", "", "2024-01-01", LINE_IP, 2021 },
	{ "a death that was never recognised is no line",
	    -1, "", "2021-06-01", "", "2024-01-01", -1, 0 },
	{ "rate 2024: a death counts in the year of the death",
	    -1, "", "2021-06-01", "2022-01-01", "2024-01-01", LINE_DEATH,
	    2021 },
	{ "16 April 2025: still the year of the death",
	    -1, "", "2021-06-01", "2022-01-01", "2025-04-16", LINE_DEATH,
	    2021 },
	{ "17 April 2025: the year of its recognition (décret 2025-342)",
	    -1, "", "2021-06-01", "2022-01-01", "2025-04-17", LINE_DEATH,
	    2022 },
};

static void
line(void **state)
{
	size_t i = (size_t)*state;
	struct claim c = { .declared = day("2020-05-04"),
	    .ip_rate = lines[i].ip, .ip_notified = day(lines[i].notified),
	    .death = day(lines[i].death),
	    .death_recognised = day(lines[i].recognised) };
	struct date on = day(lines[i].on);
	const struct rule *rule;
	enum line_kind kind = LINE_IT;

	assert_int_equal(charge_ip_kind(&c, &kind), lines[i].kind >= 0);
	assert_int_equal(charge_year(&c, LINE_IT, on, &rule), 2020);
	assert_string_equal(rule->variant, "it");
	if (lines[i].kind < 0)
		return;
	assert_int_equal((int)kind, lines[i].kind);
	assert_int_equal(charge_year(&c, kind, on, &rule), lines[i].year);
	assert_string_equal(rule->variant, kind == LINE_IP ? "ip" : "death");
}

/* ---- shares --------------------------------------------------------------- */

static const struct {
	const char	*why;
	const char	*on;
	int		 classified;
	enum cost_category category;
	const char	*user;		/* what the user bears; the agency: 1 - */
} shares[] = {
	{ "2025: the user bears nothing of an IT6",
	    "2025-05-01", 2023, COST_IT6, "0" },
	{ "2025: nothing of an IP1", "2025-05-01", 2023, COST_IP1, "0" },
	{ "2025: a third of an IP2", "2025-05-01", 2023, COST_IP2, "1/3" },
	{ "2025: a third of an IP4", "2025-05-01", 2024, COST_IP4, "1/3" },
	{ "2025: a third of the BTP group's IP2_IP4",
	    "2025-05-01", 2023, COST_IP2_IP4, "1/3" },
	{ "2012: a third of an IP3", "2012-01-01", 2010, COST_IP3, "1/3" },
	{ "2026: a line of 2023 keeps the third",
	    "2026-01-01", 2023, COST_IP2, "1/3" },
	{ "2026: an IT1 of 2023 keeps nothing",
	    "2026-01-01", 2023, COST_IT1, "0" },
	{ "2026: a line of 2024 is halved, IT1 too",
	    "2026-01-01", 2024, COST_IT1, "1/2" },
	{ "2026: a line of 2024 is halved, IP4 too",
	    "2026-01-01", 2024, COST_IP4, "1/2" },
	{ "2027: a line of 2023 keeps the third",
	    "2027-12-31", 2023, COST_IP4, "1/3" },
	{ "2028: every line is halved, those of 2023 too",
	    "2028-01-01", 2023, COST_IT3, "1/2" },
};

static void
share(void **state)
{
	size_t i = (size_t)*state;
	struct temp_share user, agency;

	assert_int_equal(temp_work_share(law, day(shares[i].on),
	    shares[i].classified, shares[i].category, TEMP_USER, &user, NULL),
	    TAPR_OK);
	assert_int_equal(temp_work_share(law, day(shares[i].on),
	    shares[i].classified, shares[i].category, TEMP_AGENCY, &agency,
	    NULL), TAPR_OK);
	assert_frac(user.share, shares[i].user);
	assert_frac(frac_add(user.share, agency.share), "1");
	assert_int_equal(user.user_bears, strcmp(shares[i].user, "0") != 0);
	assert_int_equal(agency.user_bears, user.user_bears);
}

static const struct {
	const char	*why, *cost, *share, *want;
} thirds[] = {
	{ "60 % borne by a third party leaves 40 % of 1 000",
	    "1000", "0.60", "400" },
	{ "nothing borne by a third party leaves all", "1000", "0", "1000" },
	{ "all borne by a third party leaves nothing", "1000", "1", "0" },
};

static void
third(void **state)
{
	size_t i = (size_t)*state;

	assert_frac(charge_third_party(frac_of(thirds[i].cost),
	    frac_of(thirds[i].share)), thirds[i].want);
}

static const struct {
	const char	*why;
	struct edit	 edit;
	const char	*on;
	int		 classified;
	const char	*where, *says;
} gaps[] = {
	{ "2011: sharing of temporary work is not described",
	    { NULL, NULL, NULL }, "2011-12-31", 2010, "year", "avant 2012" },
	{ "2026: without the year of the new share, a gap",
	    { "temp_work", "new_from_year", "" }, "2026-01-01", 2024, "",
	    "new_from_year" },
	{ "2025: without the user's third, a gap",
	    { "temp_work", "user_share_serious", "" }, "2025-05-01", 2023,
	    "", "user_share_serious" },
	{ "2028: without the user's half, a gap",
	    { "temp_work", "user_share_all", "" }, "2028-01-01", 2023, "",
	    "user_share_all" },
};

static void
gap(void **state)
{
	size_t i = (size_t)*state;
	struct law *other = law_with(&gaps[i].edit, 1);
	struct temp_share t;
	struct err err = { 0 };

	assert_refused(temp_work_share(other, day(gaps[i].on),
	    gaps[i].classified, COST_IP2, TEMP_USER, &t, &err), &err,
	    TAPR_ELAW, gaps[i].where, gaps[i].says);
	law_free(other);
}

static void
cases(void **state)
{
	const struct law_row *row;
	struct err err[2] = { { 0 } };

	(void)state;
	for (int n = 1; n <= 5; n++) {
		assert_int_equal(special_account_case(law, n,
		    day("2024-01-01"), &row, NULL), TAPR_OK);
		assert_string_equal(row->value, "special_account");
		assert_int_equal(row->key[0][0], '0' + n);
	}
	assert_refused(special_account_case(law, 0, day("2024-01-01"), &row,
	    &err[0]), &err[0], TAPR_EINVAL, "case", "cinq cas");
	assert_refused(special_account_case(law, 6, day("2024-01-01"), &row,
	    &err[1]), &err[1], TAPR_EINVAL, "case", "cinq cas");
}

int
main(void)
{
	static const struct CMUnitTest plain[] = {
		{ "the special account has the cases 1 to 5 and no other",
		    cases, NULL, NULL, NULL },
	};
	struct CMUnitTest tests[COUNT(plain) + COUNT(exclusions) +
	    COUNT(lines) + COUNT(shares) + COUNT(thirds) + COUNT(gaps)];
	size_t n = 0;

	ADD(exclusions, exclusion);
	ADD(lines, line);
	ADD(shares, share);
	ADD(thirds, third);
	ADD(gaps, gap);
	for (size_t i = 0; i < COUNT(plain); i++)
		tests[n++] = plain[i];
	return cmocka_run_group_tests(tests, open_law, close_law);
}
