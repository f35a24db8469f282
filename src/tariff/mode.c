/*
 * mode.c -- mode of tarification: thresholds, freeze, forced cases.
 *
 *	headcounts ---> threshold reached? ---> mode
 *	                (freeze from 2020)
 *	always-collective code, new establishment, section: collective at once
 */
#include "tariff/mode.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "model/answer.h"
#include "model/words.h"

static const char freeze_missing[] =
    "l'effectif de l'entreprise en %d décide du mode (franchissement de seuil "
    "sur cinq années, CSS art. L. 130-1 II) : ajoutez-le, « 0.00 » si elle "
    "n'employait personne";

const struct year_amount *
series_find(const struct year_series *s, int year)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->at[i].year == year)
			return &s->at[i];
	return NULL;
}

int
tariff_day(const struct law *law, int year, struct date *ret, struct err *err)
{
	const struct law_row *row;
	struct date new_year = { (int16_t)year, 1, 1 };
	char text[32];
	bool is_day;
	int rc;

	if (!date_valid(year, 1, 1))
		return err_set(err, TAPR_EINVAL, "year",
		    "%d n'est pas une année du calendrier (1900 à 9999)",
		    year);
	if ((rc = law_need(law, "tariff_start", LAW_NO_KEYS, new_year, &row,
	    err)) != TAPR_OK)
		return rc;
	snprintf(text, sizeof text, "%04d-%.5s", year, row->value);
	is_day = date_parse(text, strlen(text), ret);
	assert(is_day);		/* law/ reads no other MM-DD */
	return TAPR_OK;
}

int
window_of(const struct law *law, int year, struct date on, int *ret_first,
    int *ret_last, struct err *err)
{
	int first = 0, last = 0, rc;

	if ((rc = param_int(law, "reference_window", LAW_KEYS("first"), on,
	    &first, err)) != TAPR_OK ||
	    (rc = param_int(law, "reference_window", LAW_KEYS("last"), on,
	    &last, err)) != TAPR_OK)
		return rc;
	if (first < last || first - last >= WINDOW_MAX)
		return err_set(err, TAPR_ELAW,
		    "law/params/reference_window.csv",
		    "une période de 1 à %d années est attendue", WINDOW_MAX);
	*ret_first = year - first;
	*ret_last = year - last;
	return TAPR_OK;
}

/*
 * Until 2016, A1995 art. 2: the mean of the numbers of employees present on the
 * last day of each quarter.  From 2017, R. 130-1: mean of the months, those
 * without any employee left out, the third decimal dropped.
 */
int
headcount_mean(const struct frac *counts, size_t n, int year,
    const struct rule **ret_rule, struct frac *ret, struct err *err)
{
	struct date on = { (int16_t)year, 1, 1 };
	const struct rule *rule = rule_at("headcount", "", on);
	struct frac sum = frac_int(0);
	size_t most, counted = 0;

	if (rule == NULL)
		return err_set(err, TAPR_ELAW, "year",
		    "aucune règle d'effectif avant 1996");
	most = rule->form == HEADCOUNT_QUARTERS ? 4 : 12;
	if (n == 0 || n > most)
		return err_set(err, TAPR_EINVAL, "months",
		    "donnez de 1 à %zu effectifs (%s) pour %d", most,
		    most == 4 ? "fins de trimestre" : "mois", year);
	for (size_t i = 0; i < n; i++) {
		if (rule->form == HEADCOUNT_MONTHS && frac_is_zero(counts[i]))
			continue;
		sum = frac_add(sum, counts[i]);
		counted++;
	}
	if (counted > 0)
		sum = frac_div(sum, frac_int((int64_t)counted));
	if (rule->form == HEADCOUNT_MONTHS)
		sum = frac_round(sum, 2, ROUND_DOWN);
	if (!frac_valid(sum))
		return err_set(err, TAPR_ERANGE, "months",
		    "les effectifs sont trop grands");
	*ret_rule = rule;
	*ret = sum;
	return TAPR_OK;
}

static int
thresholds(const struct law *law, enum zone zone, bool btp, struct date on,
    struct mode_answer *m, struct err *err)
{
	const char *z = zone_words[zone], *b = btp ? "yes" : "no";
	int rc;

	m->rule = rule_at("mode", z, on);
	if (m->rule == NULL)
		return err_set(err, TAPR_ELAW, "year",
		    "aucune règle de mode avant 1996");
	if ((rc = param_need(law, "mode_threshold", LAW_KEYS(z, b, "lower"), on,
	    &m->lower, err)) != TAPR_OK)
		return rc;
	return param_need(law, "mode_threshold", LAW_KEYS(z, b, "upper"), on,
	    &m->upper, err);
}

static void
settle(struct mode_answer *m)
{
	m->mode = !m->lower_reached ? MODE_COLLECTIVE :
	    !m->upper_reached ? MODE_MIXED : MODE_INDIVIDUAL;
}

/* What is known of the years that decide. */
struct known_years {
	const struct frac	*least;		/* NULL: none is known */
	int			 missing;	/* the first one; 0: none */
};

static struct known_years
known_years(const struct mode_answer *m, const struct year_series *series)
{
	struct known_years ret = { NULL, 0 };

	for (int y = m->first; y <= m->last; y++) {
		const struct year_amount *a = series_find(series, y);

		if (a == NULL)
			ret.missing = ret.missing == 0 ? y : ret.missing;
		else if (ret.least == NULL ||
		    frac_cmp(a->amount, *ret.least) < 0)
			ret.least = &a->amount;
	}
	return ret;
}

/*
 * The years that must all be at the threshold.  A known year below settles
 * that it is not reached; else every year must be known.
 */
static int
reached(const struct mode_answer *m, const struct known_years *known,
    struct frac threshold, bool *ret, struct err *err)
{
	char where[32];

	*ret = known->least == NULL ||
	    frac_cmp(*known->least, threshold) >= 0;
	if (!*ret || known->missing == 0)
		return TAPR_OK;
	snprintf(where, sizeof where, "headcounts.%d", known->missing);
	if (m->first == m->last)
		return err_set(err, TAPR_EINVAL, where,
		    "l'effectif de l'entreprise en %d (dernière année "
		    "connue) décide du mode : ajoutez-le", known->missing);
	return err_set(err, TAPR_EINVAL, where, freeze_missing,
	    known->missing);
}

/* The years of the freeze: from max(2017, N-6) to N-2; before, N-2 alone. */
static int
deciding_years(const struct law *law, int year, struct date on,
    struct mode_answer *m, struct err *err)
{
	int years, earliest, first, rc;

	if ((rc = window_of(law, year, on, &first, &m->last, err)) != TAPR_OK)
		return rc;
	m->first = m->last;
	if (m->rule->form != MODE_FROZEN)
		return TAPR_OK;
	if ((rc = param_int(law, "headcount_freeze", LAW_KEYS("years"), on,
	    &years, err)) != TAPR_OK ||
	    (rc = param_int(law, "headcount_freeze", LAW_KEYS("first_year"),
	    on, &earliest, err)) != TAPR_OK)
		return rc;
	if (years < 1 || years > FREEZE_YEARS_MAX)
		return err_set(err, TAPR_ELAW,
		    "law/params/headcount_freeze.csv",
		    "de 1 à %d années sont attendues", FREEZE_YEARS_MAX);
	m->first = m->last - years + 1;
	if (m->first < earliest)
		m->first = earliest;
	return TAPR_OK;
}

/*
 * While the freeze holds a firm under the upper threshold although its
 * headcount is above, the fraction takes that threshold less a hundredth
 * (N-07): the text does not say which headcount to put there.
 */
static int
clamp(const struct law *law, struct date on, const struct year_series *series,
    struct mode_answer *m, struct err *err)
{
	const struct year_amount *last = series_find(series, m->last);
	int rc;

	if (last == NULL)
		return TAPR_OK;
	m->has_headcount = true;
	m->headcount = last->amount;
	if (m->mode != MODE_MIXED ||
	    frac_cmp(m->headcount, m->upper.exact) < 0)
		return TAPR_OK;
	if ((rc = param_need(law, "headcount_freeze", LAW_KEYS("clamp"), on,
	    &m->clamp, err)) != TAPR_OK)
		return rc;
	m->frozen = true;
	m->headcount = frac_sub(m->upper.exact, m->clamp.exact);
	return TAPR_OK;
}

int
mode_begin(const struct law *law, enum zone zone, bool btp, int year,
    struct date on, struct mode_answer *ret, struct err *err)
{
	struct mode_answer m = { 0 };
	int rc;

	if ((rc = thresholds(law, zone, btp, on, &m, err)) != TAPR_OK ||
	    (rc = deciding_years(law, year, on, &m, err)) != TAPR_OK)
		return rc;
	*ret = m;
	return TAPR_OK;
}

int
mode_decide(const struct law *law, struct date on,
    const struct year_series *headcounts, struct mode_answer *ret,
    struct err *err)
{
	struct mode_answer m = *ret;
	struct known_years known = known_years(&m, headcounts);
	int rc;

	if ((rc = reached(&m, &known, m.lower.exact, &m.lower_reached,
	    err)) != TAPR_OK)
		return rc;
	if (m.lower_reached) {
		rc = reached(&m, &known, m.upper.exact, &m.upper_reached,
		    err);
		assert(rc == TAPR_OK);	/* no year is missing by now */
	}
	settle(&m);
	if ((rc = clamp(law, on, headcounts, &m, err)) != TAPR_OK)
		return rc;
	*ret = m;
	return TAPR_OK;
}

int
mode_of(const struct law *law, enum zone zone, bool btp, int year,
    struct date on, const struct year_series *headcounts,
    struct mode_answer *ret, struct err *err)
{
	int rc = mode_begin(law, zone, btp, year, on, ret, err);

	return rc != TAPR_OK ? rc :
	    mode_decide(law, on, headcounts, ret, err);
}

int
mode_of_one(const struct law *law, enum zone zone, bool btp, struct date on,
    struct frac headcount, struct mode_answer *ret, struct err *err)
{
	struct mode_answer m = { 0 };
	int rc;

	if ((rc = thresholds(law, zone, btp, on, &m, err)) != TAPR_OK)
		return rc;
	m.lower_reached = frac_cmp(headcount, m.lower.exact) >= 0;
	m.upper_reached = frac_cmp(headcount, m.upper.exact) >= 0;
	m.headcount = headcount;
	m.has_headcount = true;
	settle(&m);
	*ret = m;
	return TAPR_OK;
}

const struct law_row *
mode_always_collective(const struct law *law, const char *risk_code,
    struct date on)
{
	return law_find(law, "always_collective", LAW_KEYS(risk_code), on);
}

int
new_years(const struct law *law, struct date on, struct new_years *ret,
    struct err *err)
{
	int rc;

	if ((rc = param_need(law, "new_establishment",
	    LAW_KEYS("collective_years"), on, &ret->param, err)) != TAPR_OK)
		return rc;
	return param_int(law, "new_establishment",
	    LAW_KEYS("collective_years"), on, &ret->n, err);
}

/* Off for a single rate, and for an establishment that took over another. */
bool
creation_counts(struct date created, bool taken_over, bool single_rate)
{
	return date_is(created) && !taken_over && !single_rate;
}

/* The year of the creation and the two civil years after it. */
int
establishment_is_new(const struct law *law, struct date created,
    bool taken_over, bool single_rate, int year, struct date on, bool *ret,
    struct param *ret_years, struct err *err)
{
	struct new_years years;
	int rc;

	*ret = false;
	if (!creation_counts(created, taken_over, single_rate))
		return TAPR_OK;
	if ((rc = new_years(law, on, &years, err)) != TAPR_OK)
		return rc;
	*ret = year - created.y < years.n;
	*ret_years = years.param;
	return TAPR_OK;
}

int
establishment_taken_over(const struct law *law, bool activity, bool means,
    struct frac staff_share, struct date on, bool *ret, struct err *err)
{
	struct param half;
	int rc;

	if ((rc = param_need(law, "takeover", LAW_KEYS("staff_share"), on, &half,
	    err)) != TAPR_OK)
		return rc;
	*ret = activity && means && frac_cmp(staff_share, half.exact) >= 0;
	return TAPR_OK;
}

/*
 * A1995 art. 1 III, until 2 March 2017: a number of persons by band of
 * staff, and 20 % of the staff, rounded down, in the highest band.
 */
int
office_staff_allowed(const struct law *law, int staff, struct date on,
    struct frac *ret, struct err *err)
{
	static const char *const bands[] = { "21", "16", "11", "3", "2", "1" };
	static const int from[] = { 21, 16, 11, 3, 2, 1 };
	struct param p;
	int rc;

	for (size_t i = 0; i < sizeof from / sizeof from[0]; i++) {
		if (staff < from[i])
			continue;
		if ((rc = param_need(law, "office_staff", LAW_KEYS(bands[i]), on, &p,
		    err)) != TAPR_OK)
			return rc;
		*ret = strcmp(p.row->unit, "fraction") != 0 ? p.exact :
		    frac_round(frac_mul(p.exact, frac_int(staff)), 0,
		    ROUND_DOWN);
		return TAPR_OK;
	}
	return err_set(err, TAPR_EINVAL, "staff",
	    "donnez au moins un salarié");
}
