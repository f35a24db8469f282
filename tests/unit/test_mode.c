/*
 * test_mode.c -- window, headcount, thresholds and their freeze, new and taken
 * over establishments, office staff: each row can be redone from its article.
 */
#include "fixture.h"
#include "model/words.h"
#include "tariff/mode.h"

/* ---- the day of the tariff, the window ------------------------------------ */

static const struct {
	const char	*why;
	int		 year;
	const char	*day;
	int		 first, last;
} years[] = {
	{ "1996: the tariff takes effect on 1 January, results of 1992 to 1994",
	    1996, "1996-01-01", 1992, 1994 },
	{ "2012: results of 2008 to 2010 (N-4 to N-2)",
	    2012, "2012-01-01", 2008, 2010 },
	{ "2024: 1 January, results of 2020 to 2022",
	    2024, "2024-01-01", 2020, 2022 },
	{ "2025: the tariff takes effect on 1 May, results of 2021 to 2023",
	    2025, "2025-05-01", 2021, 2023 },
	{ "2026: 1 January again",
	    2026, "2026-01-01", 2022, 2024 },
};

static void
year_row(void **state)
{
	size_t i = (size_t)*state;
	struct date on;
	struct err err = { 0 };
	int first = 0, last = 0;

	assert_int_equal(tariff_day(law, years[i].year, &on, &err), TAPR_OK);
	assert_int_equal(date_cmp(on, day(years[i].day)), 0);
	assert_int_equal(window_of(law, years[i].year, on, &first, &last,
	    &err), TAPR_OK);
	assert_int_equal(first, years[i].first);
	assert_int_equal(last, years[i].last);
}

/* ---- headcount of a year ---------------------------------------------------- */

static const struct {
	const char	*why;
	int		 year;
	const char	*counts[13];
	int		 code;
	const char	*want;		/* or a piece of the refusal */
	const char	*where;
} means[] = {
	{ "2016: the mean of 19, 20, 20 and 22 is 81/4, not rounded",
	    2016, { "19", "20", "20", "22" }, TAPR_OK, "81/4", NULL },
	{ "2016: a mean of three quarters, 10, 10 and 11, is 31/3",
	    2016, { "10", "10", "11" }, TAPR_OK, "31/3", NULL },
	{ "2016: a quarter without anybody counts: (0 + 10) / 2 = 5",
	    2016, { "0", "10" }, TAPR_OK, "5", NULL },
	{ "2016: a year has four quarters, a fifth is refused",
	    2016, { "1", "1", "1", "1", "1" }, TAPR_EINVAL,
	    "1 à 4 effectifs (fins de trimestre) pour 2016", "months" },
	{ "2017: (20 + 20 + 21) / 3 = 20,333..., the third decimal dropped",
	    2017, { "20", "20", "21" }, TAPR_OK, "2033/100", NULL },
	{ "2017: 20,666... is 20,66, not 20,67",
	    2017, { "20", "21", "21" }, TAPR_OK, "2066/100", NULL },
	{ "2017: months without anybody are left out: 10, not 5",
	    2017, { "0", "10" }, TAPR_OK, "10", NULL },
	{ "2017: nobody all year is 0",
	    2017, { "0", "0" }, TAPR_OK, "0", NULL },
	{ "2020: twelve months of one",
	    2020, { "1", "1", "1", "1", "1", "1", "1", "1", "1", "1", "1",
	    "1" }, TAPR_OK, "1", NULL },
	{ "2020: a thirteenth month is refused",
	    2020, { "1", "1", "1", "1", "1", "1", "1", "1", "1", "1", "1",
	    "1", "1" }, TAPR_EINVAL, "1 à 12 effectifs (mois) pour 2020",
	    "months" },
	{ "no month at all is refused",
	    2020, { NULL }, TAPR_EINVAL, "1 à 12 effectifs", "months" },
	{ "1995: no rule of headcounts is kept",
	    1995, { "1" }, TAPR_ELAW, "avant 1996", "year" },
	{ "headcounts whose sum has no exact value are refused",
	    2020, { "huge", "huge", "huge", "huge", "huge" }, TAPR_ERANGE,
	    "trop grands", "months" },
};

static void
mean(void **state)
{
	size_t i = (size_t)*state, n = 0;
	struct frac counts[13], got;
	const struct rule *rule;
	struct err err = { 0 };
	int rc;

	while (n < COUNT(means[i].counts) && means[i].counts[n] != NULL) {
		counts[n] = frac_of(means[i].counts[n]);
		n++;
	}
	rc = headcount_mean(counts, n, means[i].year, &rule, &got, &err);
	if (means[i].code != TAPR_OK) {
		assert_refused(rc, &err, means[i].code, means[i].where,
		    means[i].want);
		return;
	}
	assert_int_equal(rc, TAPR_OK);
	assert_frac(got, means[i].want);
	assert_int_equal(rule->form, means[i].year < 2017 ?
	    HEADCOUNT_QUARTERS : HEADCOUNT_MONTHS);
}

/* ---- mode ------------------------------------------------------------------- */

#define AM ZONE_ALSACE_MOSELLE

static const struct {
	const char	*why;
	enum zone	 zone;
	bool		 btp;
	int		 year;
	const char	*series;	/* "2018:20.00 2019:..." */
	int		 code;
	const char	*want;		/* or a piece of the refusal */
	const char	*where;		/* or E */
	bool		 frozen;
} modes[] = {
	{ "2012: 19,99 is under 20, collective",
	    ZONE_GENERAL, false, 2012, "2010:19.99", TAPR_OK, "collective",
	    "1999/100", false },
	{ "2012: 20 is mixed, only N-2 counts",
	    ZONE_GENERAL, false, 2012, "2010:20 2009:5", TAPR_OK, "mixed",
	    "20", false },
	{ "2012: 149,99 is mixed",
	    ZONE_GENERAL, false, 2012, "2010:149.99", TAPR_OK, "mixed",
	    "14999/100", false },
	{ "2012: 150 is individual",
	    ZONE_GENERAL, false, 2012, "2010:150", TAPR_OK, "individual",
	    "150", false },
	{ "2019: the last year without the freeze, 150 in 2017 is individual",
	    ZONE_GENERAL, false, 2019, "2016:10 2017:150", TAPR_OK,
	    "individual", "150", false },
	{ "2019: 2017 missing is refused, the other years do not help",
	    ZONE_GENERAL, false, 2019, "2016:10 2018:10", TAPR_EINVAL,
	    "dernière année connue", "headcounts.2017", false },
	{ "2011: mixed from 10 employees",
	    ZONE_GENERAL, false, 2011, "2009:10", TAPR_OK, "mixed", "10",
	    false },
	{ "2011: individual from 200 employees",
	    ZONE_GENERAL, false, 2011, "2009:200", TAPR_OK, "individual",
	    "200", false },
	{ "Alsace-Moselle 2014: 49,99 is collective",
	    AM, false, 2014, "2012:49.99", TAPR_OK, "collective",
	    "4999/100", false },
	{ "Alsace-Moselle 2014: 150 is individual",
	    AM, false, 2014, "2012:150", TAPR_OK, "individual", "150", false },
	{ "Alsace-Moselle 2014, BTP: 150 is mixed, up to 300",
	    AM, true, 2014, "2012:150", TAPR_OK, "mixed", "150", false },
	{ "Alsace-Moselle 2014, BTP: 300 is individual",
	    AM, true, 2014, "2012:300", TAPR_OK, "individual", "300", false },
	{ "general zone 2014, BTP: 150 is individual as elsewhere",
	    ZONE_GENERAL, true, 2014, "2012:150", TAPR_OK, "individual",
	    "150", false },
	{ "2020: from 2017 to 2018 at 20, mixed (2014 to 2016 do not count)",
	    ZONE_GENERAL, false, 2020, "2014:1 2015:1 2016:1 2017:20 2018:20",
	    TAPR_OK, "mixed", "20", false },
	{ "2020: 19,99 in 2017 settles it, collective although 2018 has 30",
	    ZONE_GENERAL, false, 2020, "2017:19.99 2018:30", TAPR_OK,
	    "collective", "30", false },
	{ "2020: below in 2018 settles it, 2017 may be missing",
	    ZONE_GENERAL, false, 2020, "2018:19.99", TAPR_OK, "collective",
	    "1999/100", false },
	{ "2020: below in 2017 settles it, N-2 may be missing and E unknown",
	    ZONE_GENERAL, false, 2020, "2017:19.99", TAPR_OK, "collective",
	    "", false },
	{ "2020: at the threshold in 2018, 2017 missing decides: refused",
	    ZONE_GENERAL, false, 2020, "2018:20", TAPR_EINVAL,
	    "CSS art. L. 130-1 II", "headcounts.2017", false },
	{ "2020: the upper threshold asks for 2017 too",
	    ZONE_GENERAL, false, 2020, "2018:150", TAPR_EINVAL,
	    "en 2017 décide du mode", "headcounts.2017", false },
	{ "2024: the five years 2018 to 2022, 2017 no longer counts",
	    ZONE_GENERAL, false, 2024,
	    "2017:1 2018:20 2019:20 2020:20 2021:20 2022:20", TAPR_OK,
	    "mixed", "20", false },
	{ "2024: 19,99 in 2018, the first of the five, is collective",
	    ZONE_GENERAL, false, 2024,
	    "2018:19.99 2019:20 2020:20 2021:20 2022:20", TAPR_OK,
	    "collective", "20", false },
	{ "2024: the first year that is missing is named",
	    ZONE_GENERAL, false, 2024, "2018:20 2020:20 2022:20",
	    TAPR_EINVAL, "0.00", "headcounts.2019", false },
	{ "2024: individual needs all five years at 150",
	    ZONE_GENERAL, false, 2024,
	    "2018:150 2019:150 2020:150 2021:150 2022:150", TAPR_OK,
	    "individual", "150", false },
	{ "2024: 149,99 in 2018 freezes at mixed, E = 150 - 0,01",
	    ZONE_GENERAL, false, 2024,
	    "2018:149.99 2019:150 2020:150 2021:150 2022:150", TAPR_OK,
	    "mixed", "14999/100", true },
	{ "2024: 200 in 2022 but 149 in 2021: E = 149,99, clamped",
	    ZONE_GENERAL, false, 2024,
	    "2018:200 2019:200 2020:200 2021:149 2022:200", TAPR_OK, "mixed",
	    "14999/100", true },
	{ "2024: mixed with 149,99 in 2022 is not clamped",
	    ZONE_GENERAL, false, 2024,
	    "2018:150 2019:150 2020:150 2021:150 2022:149.99", TAPR_OK,
	    "mixed", "14999/100", false },
	{ "2024: collective with 200 in 2022 has nothing to clamp",
	    ZONE_GENERAL, false, 2024, "2018:0 2022:200", TAPR_OK,
	    "collective", "200", false },
	{ "Alsace-Moselle 2024, BTP: frozen under 300, E = 299,99",
	    AM, true, 2024,
	    "2018:299 2019:300 2020:300 2021:300 2022:300", TAPR_OK, "mixed",
	    "29999/100", true },
	{ "1995: no rule of mode is kept",
	    ZONE_GENERAL, false, 1995, "1993:20", TAPR_ELAW, "avant 1996",
	    "year", false },
};

static void
cut_series(const char *text, struct year_amount *at, struct year_series *ret)
{
	char word[32];
	size_t len;

	*ret = (struct year_series){ at, 0 };
	for (const char *p = text; *p != '\0'; p += len + (p[len] == ' ')) {
		len = strcspn(p, " ");
		assert_true(len < sizeof word);
		memcpy(word, p, len);
		word[len] = '\0';
		at[ret->n].year = (int)strtol(word, NULL, 10);
		at[ret->n++].amount = frac_of(word + 5);
	}
}

static void
mode_row(void **state)
{
	size_t i = (size_t)*state;
	struct year_amount at[8];
	struct year_series series;
	struct mode_answer m;
	struct err err = { 0 };
	struct date on = { (int16_t)modes[i].year, 1, 1 };
	int rc;

	cut_series(modes[i].series, at, &series);
	rc = mode_of(law, modes[i].zone, modes[i].btp, modes[i].year, on,
	    &series, &m, &err);
	if (modes[i].code != TAPR_OK) {
		assert_refused(rc, &err, modes[i].code, modes[i].where,
		    modes[i].want);
		return;
	}
	if (rc != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	assert_string_equal(mode_words[m.mode - MODE_COLLECTIVE],
	    modes[i].want);
	assert_int_equal(m.frozen, modes[i].frozen);
	assert_int_equal(m.has_headcount, *modes[i].where != '\0');
	if (m.has_headcount)
		assert_frac(m.headcount, modes[i].where);
	assert_int_equal(m.last, modes[i].year - 2);
}

static const struct {
	const char	*why;
	enum zone	 zone;
	bool		 btp;
	int		 year;
	const char	*headcount, *want;
} ones[] = {
	{ "one headcount, 2024: 19,99 is collective",
	    ZONE_GENERAL, false, 2024, "19.99", "collective" },
	{ "one headcount, 2024: 20 is mixed, as if held for five years",
	    ZONE_GENERAL, false, 2024, "20", "mixed" },
	{ "one headcount, 2024: 149,99 is mixed",
	    ZONE_GENERAL, false, 2024, "149.99", "mixed" },
	{ "one headcount, 2024: 150 is individual",
	    ZONE_GENERAL, false, 2024, "150", "individual" },
	{ "one headcount, 2005: 199 is mixed",
	    ZONE_GENERAL, false, 2005, "199", "mixed" },
	{ "one headcount, Alsace-Moselle 2005, BTP: 499 is mixed",
	    AM, true, 2005, "499", "mixed" },
};

static void
one(void **state)
{
	size_t i = (size_t)*state;
	struct date on = { (int16_t)ones[i].year, 1, 1 };
	struct mode_answer m;

	assert_int_equal(mode_of_one(law, ones[i].zone, ones[i].btp, on,
	    frac_of(ones[i].headcount), &m, NULL), TAPR_OK);
	assert_string_equal(mode_words[m.mode - MODE_COLLECTIVE],
	    ones[i].want);
	assert_true(m.has_headcount);
	assert_false(m.frozen);
	assert_frac(m.headcount, ones[i].headcount);
}

/* ---- new and taken over establishments ------------------------------------- */

static const struct {
	const char	*why;
	const char	*created;
	bool		 taken_over, single;
	int		 year;
	bool		 want;
} creations[] = {
	{ "created in 2022: the rate of 2024 is collective (second year after)",
	    "2022-12-31", false, false, 2024, true },
	{ "created in 2021: the rate of 2024 looks at the headcount",
	    "2021-01-01", false, false, 2024, false },
	{ "created in 2024: collective in 2024",
	    "2024-05-01", false, false, 2024, true },
	{ "no day of creation: not new",
	    "", false, false, 2024, false },
	{ "created in 2023 but taken over: not new",
	    "2023-01-01", true, false, 2024, false },
	{ "created in 2023 in a firm with a single rate: not new",
	    "2023-01-01", false, true, 2024, false },
};

static void
creation(void **state)
{
	size_t i = (size_t)*state;
	struct date on = { (int16_t)creations[i].year, 1, 1 };
	struct param p;
	bool is_new;

	assert_int_equal(establishment_is_new(law, day(creations[i].created),
	    creations[i].taken_over, creations[i].single, creations[i].year,
	    on, &is_new, &p, NULL), TAPR_OK);
	assert_int_equal(is_new, creations[i].want);
}

static const struct {
	const char	*why;
	bool		 activity, means;
	const char	*share;
	bool		 want;
} takeovers[] = {
	{ "activity, means and half of the staff: taken over",
	    true, true, "0.5", true },
	{ "0,4999 of the staff is less than half",
	    true, true, "0.4999", false },
	{ "all the staff but another activity: new",
	    false, true, "1", false },
	{ "all the staff but other means: new",
	    true, false, "1", false },
};

static void
takeover(void **state)
{
	size_t i = (size_t)*state;
	bool taken;

	assert_int_equal(establishment_taken_over(law, takeovers[i].activity,
	    takeovers[i].means, frac_of(takeovers[i].share),
	    day("2024-01-01"), &taken, NULL), TAPR_OK);
	assert_int_equal(taken, takeovers[i].want);
}

static const struct {
	const char	*why;
	int		 staff;
	const char	*want;		/* "": refused */
} offices[] = {
	{ "an office of nobody is refused", 0, "" },
	{ "an office of one: nobody outside", 1, "0" },
	{ "an office of two: one", 2, "1" },
	{ "an office of three: two", 3, "2" },
	{ "an office of ten: two", 10, "2" },
	{ "an office of eleven: three", 11, "3" },
	{ "an office of fifteen: three", 15, "3" },
	{ "an office of sixteen: four", 16, "4" },
	{ "an office of twenty: four", 20, "4" },
	{ "an office of 21: a fifth, 4,2, rounded down", 21, "4" },
	{ "an office of 25: a fifth, five exactly", 25, "5" },
	{ "an office of 29: 5,8 is five", 29, "5" },
};

static void
office(void **state)
{
	size_t i = (size_t)*state;
	struct err err = { 0 };
	struct frac got;
	int rc = office_staff_allowed(law, offices[i].staff,
	    day("2017-03-01"), &got, &err);

	if (*offices[i].want == '\0') {
		assert_refused(rc, &err, TAPR_EINVAL, "staff",
		    "au moins un salarié");
		return;
	}
	assert_int_equal(rc, TAPR_OK);
	assert_frac(got, offices[i].want);
}

/* ---- gaps and contradictions of the law ------------------------------------- */

static const struct {
	const char	*why;
	struct edit	 edit[2];
	const char	*where, *says;
} gaps[] = {
	{ "without the day of the tariff, nothing is computed",
	    { { "tariff_start", "", "" } }, "", "tariff_start" },
	{ "without the first year of the window, no mode",
	    { { "reference_window", ",first,", "" } }, "",
	    "bound=first" },
	{ "without the last year of the window, no mode",
	    { { "reference_window", ",last,", "" } }, "", "bound=last" },
	{ "a window of half years is a fault of the law",
	    { { "reference_window", ",first,",
	    "1996-01-01,,first,4.5,years" TAIL } },
	    "law/params/reference_window.csv", "nombre entier" },
	{ "a window ten thousand years back is a fault of the law",
	    { { "reference_window", ",first,",
	    "1996-01-01,,first,10000,years" TAIL } },
	    "law/params/reference_window.csv", "nombre entier" },
	{ "a window ten thousand years ahead is a fault of the law",
	    { { "reference_window", ",first,",
	    "1996-01-01,,first,-10000,years" TAIL } },
	    "law/params/reference_window.csv", "nombre entier" },
	{ "a window in words is a fault of the law",
	    { { "reference_window", ",first,",
	    "1996-01-01,,first,quatre,word" TAIL } },
	    "law/params/reference_window.csv", "un nombre est attendu" },
	{ "a window that ends before it begins is a fault of the law",
	    { { "reference_window", ",first,",
	    "1996-01-01,,first,1,years" TAIL } },
	    "law/params/reference_window.csv", "de 1 à 3 années" },
	{ "a window of four years is more than an answer holds",
	    { { "reference_window", ",first,",
	    "1996-01-01,,first,5,years" TAIL } },
	    "law/params/reference_window.csv", "de 1 à 3 années" },
	{ "without the lower threshold, no mode",
	    { { "mode_threshold", ",lower,", "" } }, "", "bound=lower" },
	{ "without the upper threshold, no mode",
	    { { "mode_threshold", ",upper,", "" } }, "", "bound=upper" },
	{ "without the years of the freeze, no mode from 2020",
	    { { "headcount_freeze", ",years,5", "" } }, "", "name=years" },
	{ "without the first year of the freeze, no mode from 2020",
	    { { "headcount_freeze", ",first_year,", "" } }, "",
	    "name=first_year" },
	{ "without the clamp, no fraction while frozen",
	    { { "headcount_freeze", ",clamp,", "" } }, "", "name=clamp" },
	{ "a freeze of no year is a fault of the law, not a mode",
	    { { "headcount_freeze", ",years,5",
	    "2020-01-01,,years,0,years" TAIL } }, "law/params/headcount_freeze.csv",
	    "de 1 à 12 années" },
	{ "a freeze of thirteen years is more than a sheet shows",
	    { { "headcount_freeze", ",years,5",
	    "2020-01-01,,years,13,years" TAIL } }, "law/params/headcount_freeze.csv",
	    "de 1 à 12 années" },
};

static void
gap(void **state)
{
	size_t i = (size_t)*state;
	struct law *other = law_with(gaps[i].edit, 2);
	struct year_amount at[8];
	struct year_series series;
	struct mode_answer m;
	struct err err = { 0 };
	struct date on;
	int rc;

	cut_series("2018:149 2019:150 2020:150 2021:150 2022:150", at,
	    &series);
	rc = tariff_day(other, 2024, &on, &err);
	if (rc == TAPR_OK)
		rc = mode_of(other, ZONE_GENERAL, false, 2024, on, &series,
		    &m, &err);
	assert_refused(rc, &err, TAPR_ELAW, gaps[i].where, gaps[i].says);
	law_free(other);
}

/* Twelve years is the longest freeze, and min() then shows them all. */
static void
long_freeze(void **state)
{
	static const struct edit edit[] = {
		{ "headcount_freeze", ",years,5",
		    "2020-01-01,,years,12,years" TAIL },
		{ "headcount_freeze", ",first_year,",
		    "2020-01-01,,first_year,1996,year" TAIL },
	};
	struct law *other = law_with(edit, COUNT(edit));
	struct year_amount at[1];
	struct year_series series;
	struct mode_answer m;

	(void)state;
	cut_series("2011:10", at, &series);
	assert_int_equal(mode_of(other, ZONE_GENERAL, false, 2024,
	    day("2024-01-01"), &series, &m, NULL), TAPR_OK);
	assert_int_equal(m.mode, MODE_COLLECTIVE);
	assert_int_equal(m.first, 2011);
	assert_int_equal(m.last, 2022);
	law_free(other);
}

static void
other_gaps(void **state)
{
	static const struct edit edits[] = {
		{ "new_establishment", "", "" },
		{ "takeover", "", "" },
		{ "office_staff", "", "" },
	};
	static const struct edit half[] = {
		{ "new_establishment", "",
		    "2012-01-01,,collective_years,2.5,years" TAIL },
	};
	struct law *other = law_with(edits, COUNT(edits));
	struct date on = day("2014-01-01");
	struct err err[4] = { { 0 } };
	struct frac number;
	struct param p;
	bool yes;

	(void)state;
	assert_refused(establishment_is_new(other, on, false, false, 2014, on,
	    &yes, &p, &err[0]), &err[0], TAPR_ELAW, "", "new_establishment");
	assert_refused(establishment_taken_over(other, true, true,
	    frac_int(1), on, &yes, &err[1]), &err[1], TAPR_ELAW, "",
	    "takeover");
	assert_refused(office_staff_allowed(other, 3, on, &number, &err[2]),
	    &err[2], TAPR_ELAW, "", "office_staff");
	assert_int_equal(mode_of_one(other, ZONE_GENERAL, false,
	    day("1995-12-31"), frac_int(1), &(struct mode_answer){ 0 }, NULL),
	    TAPR_ELAW);
	law_free(other);
	other = law_with(half, COUNT(half));
	assert_refused(establishment_is_new(other, on, false, false, 2014, on,
	    &yes, &p, &err[3]), &err[3], TAPR_ELAW,
	    "law/params/new_establishment.csv", "nombre entier");
	law_free(other);
}

static void
no_year(void **state)
{
	struct err err[2] = { { 0 } };
	struct date on;

	(void)state;
	assert_refused(tariff_day(law, 10000, &on, &err[0]), &err[0],
	    TAPR_EINVAL, "year", "10000 n'est pas une année du calendrier");
	assert_refused(tariff_day(law, 1899, &on, &err[1]), &err[1],
	    TAPR_EINVAL, "year", "1899");
	assert_int_equal(tariff_day(law, 9999, &on, NULL), TAPR_OK);
}

static void
lists(void **state)
{
	struct date on = day("2024-01-01");

	(void)state;
	assert_non_null(mode_always_collective(law, "802AA", on));
	assert_null(mode_always_collective(law, "285DF", on));
}

int
main(void)
{
	static const struct CMUnitTest plain[] = {
		{ "a freeze of twelve years looks at twelve years",
		    long_freeze, NULL, NULL, NULL },
		{ "creation, takeover and office staff without their "
		    "parameters are gaps of the law", other_gaps, NULL, NULL,
		    NULL },
		{ "a year outside the calendar has no tariff", no_year, NULL,
		    NULL, NULL },
		{ "the code of domestic staff is always collective, that of "
		    "engineering is not", lists, NULL, NULL, NULL },
	};
	struct CMUnitTest tests[COUNT(plain) + COUNT(years) + COUNT(means) +
	    COUNT(modes) + COUNT(ones) + COUNT(creations) +
	    COUNT(takeovers) + COUNT(offices) + COUNT(gaps)];
	size_t n = 0;

	ADD(years, year_row);
	ADD(means, mean);
	ADD(modes, mode_row);
	ADD(ones, one);
	ADD(creations, creation);
	ADD(takeovers, takeover);
	ADD(offices, office);
	ADD(gaps, gap);
	for (size_t i = 0; i < COUNT(plain); i++)
		tests[n++] = plain[i];
	return cmocka_run_group_tests(tests, open_law, close_law);
}
