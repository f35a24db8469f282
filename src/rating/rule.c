/*
 * rule.c -- `tapr rule`: each rule of the law, called by itself.
 *
 * One function a rule: it reads its arguments, calls the rule that every rate
 * uses, and says which version of the law answered.  The table at the end is
 * the list of DESIGN 6.3; its usage line is what `tapr rule` prints.
 */
#include <stdio.h>
#include <string.h>

#include "base/ids.h"
#include "deadline/deadline.h"
#include "model/words.h"
#include "rating/args.h"
#include "rating/rating.h"
#include "rating/result.h"
#include "tariff/benefits.h"
#include "tariff/cap.h"
#include "tariff/charge.h"
#include "tariff/collective.h"
#include "tariff/cost.h"
#include "tariff/mixed.h"
#include "tariff/mode.h"
#include "tariff/net.h"
#include "tariff/penalty.h"

enum { YEAR_FIRST = 1996, YEAR_LAST = 2100, RATE_FIRST = 2012 };

struct call {
	const struct law	*law;
	struct args		*args;
	struct result		*out;
	struct err		*err;
};

static enum zone
arg_zone(struct call *c)
{
	return args_word(c->args, "zone", zone_words) == 0 ? ZONE_GENERAL :
	    ZONE_ALSACE_MOSELLE;
}

/* In Alsace-Moselle BTP firms have thresholds of their own: it must be said. */
static bool
arg_btp(struct call *c, enum zone zone)
{
	return zone == ZONE_GENERAL ? args_yes_or(c->args, "btp", false) :
	    args_yes(c->args, "btp");
}

static char
arg_ctn(struct call *c)
{
	static const char *const words[] = { "A", "B", "C", "D", "E", "F", "G",
		"H", "I", NULL };

	return words[args_word(c->args, "ctn", words)][0];
}

/* The tariff year asked for, and the day of its law. */
static int
arg_year(struct call *c, int first, struct date *ret_on)
{
	int year = args_int(c->args, "year", first, YEAR_LAST);
	int rc;

	if (c->args->rc == TAPR_OK &&
	    (rc = tariff_day(c->law, year, ret_on, c->err)) != TAPR_OK)
		c->args->rc = rc;
	return year;
}

static const char *
arg_code(struct call *c)
{
	const char *code = args_text(c->args, "risk_code");

	if (code == NULL || c->args->rc != TAPR_OK)
		return "";
	if (code_form(code) != CODE_FORM_OK)
		c->args->rc = err_set(c->err, TAPR_EINVAL, "risk_code",
		    "« %s » n'est pas un code risque : cinq caractères sans "
		    "point, comme 452BE", code);
	return code;
}

/* ---- mode and headcount ------------------------------------------------ */

static int
call_window(struct call *c)
{
	struct date on = DATE_NONE;
	int year = arg_year(c, YEAR_FIRST, &on), first, last, rc;

	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = window_of(c->law, year, on, &first, &last, c->err)) !=
	    TAPR_OK)
		return rc;
	result_rule(c->out, "window", "", on);
	result_word(c->out, "%d-%d", first, last);
	result_years(c->out, first, last);
	return TAPR_OK;
}

static int
call_headcount(struct call *c)
{
	struct frac counts[ARG_LIST_MAX], mean;
	const struct rule *rule;
	int year = args_int(c->args, "year", YEAR_FIRST, YEAR_LAST), rc;
	size_t n = args_numbers(c->args, "months", 6, counts);

	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = headcount_mean(counts, n, year, &rule, &mean, c->err)) !=
	    TAPR_OK)
		return rc;
	result_version(c->out, rule);
	result_number(c->out, mean, 2);
	return TAPR_OK;
}

/* The headcounts as a series, each year once. */
static int
arg_series(struct call *c, struct year_amount ret[ARG_LIST_MAX], size_t *ret_n)
{
	int year[ARG_LIST_MAX];
	struct frac amount[ARG_LIST_MAX];
	size_t n = args_series(c->args, "headcounts", 2, year, amount);

	for (size_t i = 0; i < n; i++) {
		struct year_series before = { ret, i };

		if (series_find(&before, year[i]) != NULL)
			return err_set(c->err, TAPR_EINVAL, "headcounts",
			    "l'année %d est donnée deux fois", year[i]);
		ret[i] = (struct year_amount){ year[i], amount[i] };
	}
	*ret_n = n;
	return TAPR_OK;
}

static int
call_mode(struct call *c)
{
	struct year_amount at[ARG_LIST_MAX];
	struct year_series series = { at, 0 };
	struct mode_answer m;
	struct date on = DATE_NONE;
	struct frac one = frac_int(0);
	int year = arg_year(c, YEAR_FIRST, &on), rc;
	enum zone zone = arg_zone(c);
	bool btp = arg_btp(c, zone), many = args_has(c->args, "headcounts");

	if (many) {
		if ((rc = arg_series(c, at, &series.n)) != TAPR_OK)
			return rc;
	} else
		one = args_number(c->args, "headcount", 2);
	if ((rc = args_done(c->args)) != TAPR_OK)
		return rc;
	rc = many ? mode_of(c->law, zone, btp, year, on, &series, &m, c->err) :
	    mode_of_one(c->law, zone, btp, on, one, &m, c->err);
	if (rc != TAPR_OK)
		return rc;
	result_version(c->out, m.rule);
	result_word(c->out, "%s", mode_words[m.mode - MODE_COLLECTIVE]);
	result_extra_number(c->out, "lower", m.lower.exact);
	result_extra_number(c->out, "upper", m.upper.exact);
	result_params(c->out, &m.lower, 1);
	result_params(c->out, &m.upper, 1);
	result_params(c->out, &m.clamp, 1);
	return TAPR_OK;
}

static int
call_new_establishment(struct call *c)
{
	struct date on = DATE_NONE, created = args_date(c->args, "created");
	int year = arg_year(c, RATE_FIRST, &on), rc;
	bool single = args_yes_or(c->args, "single_rate", false), is_new;
	struct param years = { 0 };

	if ((rc = args_done(c->args)) != TAPR_OK)
		return rc;
	if (created.y > year)
		return err_set(c->err, TAPR_EINVAL, "created",
		    "l'établissement est créé après l'année %d", year);
	if ((rc = establishment_is_new(c->law, created, false, single, year,
	    on, &is_new, &years, c->err)) != TAPR_OK)
		return rc;
	result_rule(c->out, "new-establishment", "general", on);
	result_word(c->out, "%s", is_new ? "yes" : "no");
	result_extra_text(c->out, "mode", is_new ? "collective" :
	    "by headcount");
	result_params(c->out, &years, 1);
	return TAPR_OK;
}

static int
call_takeover(struct call *c)
{
	bool activity = args_yes(c->args, "activity");
	bool means = args_yes(c->args, "means"), taken;
	struct frac share = args_number(c->args, "staff_share", 4);
	struct date on = args_has(c->args, "on") ? args_date(c->args, "on") :
	    (struct date){ RATE_FIRST, 1, 1 };
	int rc;

	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = establishment_taken_over(c->law, activity, means, share, on,
	    &taken, c->err)) != TAPR_OK)
		return rc;
	result_rule(c->out, "takeover", "", on);
	result_word(c->out, "%s", taken ? "yes" : "no");
	return TAPR_OK;
}

static int
call_office_staff(struct call *c)
{
	struct date on = args_date(c->args, "on");
	int staff = args_int(c->args, "staff", 1, 1000000), rc;
	struct frac most;

	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = office_staff_allowed(c->law, staff, on, &most, c->err)) !=
	    TAPR_OK)
		return rc;
	result_rule(c->out, "office-staff", "", on);
	result_number(c->out, most, 0);
	return TAPR_OK;
}

/* ---- costs -------------------------------------------------------------- */

static int
call_cost_category(struct call *c)
{
	struct date on = DATE_NONE;
	enum zone zone = arg_zone(c);
	char ctn = arg_ctn(c);
	bool death = args_has(c->args, "death");
	bool ip = args_has(c->args, "ip") || death;
	struct categories k;
	enum cost_category category;
	int value = 0, rc;

	(void)arg_year(c, RATE_FIRST, &on);
	if (death) {
		if (!args_yes(c->args, "death") && c->args->rc == TAPR_OK)
			return err_set(c->err, TAPR_EINVAL, "death",
			    "donnez death=yes, ou days= ou ip=");
	} else
		value = ip ? args_int(c->args, "ip", 0, 100) :
		    args_int(c->args, "days", 0, 100000);
	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = cost_categories(c->law, zone, ip, on, &k, c->err)) !=
	    TAPR_OK)
		return rc;
	category = death ? COST_IP4 : cost_category(&k, value);
	result_version(c->out, k.rule);
	result_word(c->out, "%s",
	    category_words[cost_priced_as(zone, ctn, category)]);
	result_params(c->out, k.from, (size_t)k.n);
	return TAPR_OK;
}

static int
call_average_cost(struct call *c)
{
	static const char *const groups[] = { "gros_oeuvre", "second_oeuvre",
		"support", NULL };
	struct date on = DATE_NONE;
	enum zone zone = arg_zone(c);
	char ctn = arg_ctn(c);
	enum cost_category category = (enum cost_category)args_word(c->args,
	    "category", category_words);
	enum btp_group group = args_has(c->args, "group") ?
	    (enum btp_group)(1 + args_word(c->args, "group", groups)) :
	    GROUP_NONE;
	struct param cost;
	int rc;

	(void)arg_year(c, RATE_FIRST, &on);
	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = cost_average(c->law, zone, ctn, group, cost_priced_as(zone,
	    ctn, category), on, &cost, c->err)) != TAPR_OK)
		return rc;
	result_rule(c->out, "average-cost", zone_words[zone], on);
	result_number(c->out, cost.exact, 2);
	result_source(c->out, cost.row);
	return TAPR_OK;
}

static int
call_abatement(struct call *c)
{
	struct date on = DATE_NONE;
	const char *code = arg_code(c);
	struct param p;
	bool undated, found;
	int rc;

	(void)arg_year(c, RATE_FIRST, &on);
	if ((rc = args_done(c->args)) != TAPR_OK)
		return rc;
	found = cost_abatement(c->law, code, on, &p, &undated);
	result_rule(c->out, "abatement", "", on);
	result_number(c->out, found ? p.exact : frac_int(0), 2);
	if (found)
		result_source(c->out, p.row);
	if (undated)
		result_warning(c->out, "ce risque figure dans une liste d'une "
		    "autre date ou d'une date inconnue (lecture N-24)");
	return TAPR_OK;
}

static int
call_third_party(struct call *c)
{
	struct frac cost = args_number(c->args, "cost", 2);
	struct frac share = args_number(c->args, "share", 4);
	struct date on = { RATE_FIRST, 1, 1 };
	int rc;

	if ((rc = args_done(c->args)) != TAPR_OK)
		return rc;
	if (frac_cmp(share, frac_int(1)) > 0)
		return err_set(c->err, TAPR_EINVAL, "share",
		    "une part va de 0 à 1");
	result_rule(c->out, "third-party", "", on);
	result_number(c->out, charge_third_party(cost, share), 2);
	return TAPR_OK;
}

static int
call_temp_work(struct call *c)
{
	static const char *const roles[] = { "user", "agency", NULL };
	struct date on = DATE_NONE;
	int year = args_int(c->args, "rate_year", RATE_FIRST, YEAR_LAST);
	int classified = args_int(c->args, "classified_year", YEAR_FIRST,
	    YEAR_LAST);
	enum cost_category category = (enum cost_category)args_word(c->args,
	    "category", category_words);
	enum temp_role role = args_word(c->args, "role", roles) == 0 ?
	    TEMP_USER : TEMP_AGENCY;
	struct temp_share t;
	int rc;

	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = tariff_day(c->law, year, &on, c->err)) != TAPR_OK ||
	    (rc = temp_work_share(c->law, on, classified, category, role, &t,
	    c->err)) != TAPR_OK)
		return rc;
	result_version(c->out, t.rule);
	result_number(c->out, t.share, 4);
	if (t.user_bears)
		result_params(c->out, &t.user_share, 1);
	return TAPR_OK;
}

/* The claim that charge-year speaks of: only the dates it needs. */
static int
charge_claim(struct call *c, enum line_kind kind, struct claim *ret)
{
	struct claim cl = { .ip_rate = -1 };

	cl.declared = args_date_or_none(c->args, "declared");
	cl.ip_notified = args_date_or_none(c->args, "ip_notified");
	cl.death = args_date_or_none(c->args, "death");
	cl.death_recognised = args_date_or_none(c->args, "death_recognised");
	if (c->args->rc != TAPR_OK)
		return c->args->rc;
	if (kind == LINE_IT && !date_is(cl.declared))
		return err_set(c->err, TAPR_EINVAL, "declared",
		    "la date de déclaration manque");
	if (kind == LINE_IP && !date_is(cl.ip_notified))
		return err_set(c->err, TAPR_EINVAL, "ip_notified",
		    "la date de notification du taux d'IP manque");
	if (kind == LINE_DEATH && !date_is(cl.death))
		return err_set(c->err, TAPR_EINVAL, "death",
		    "la date du décès manque");
	if (kind == LINE_DEATH && !date_is(cl.death_recognised))
		return err_set(c->err, TAPR_EINVAL, "death_recognised",
		    "un décès ne compte qu'une fois reconnu : sa date de "
		    "reconnaissance manque");
	if (date_is(cl.death) && date_is(cl.death_recognised) &&
	    date_cmp(cl.death_recognised, cl.death) < 0)
		return err_set(c->err, TAPR_EINVAL, "death_recognised",
		    "un décès n'est pas reconnu avant d'avoir eu lieu");
	*ret = cl;
	return TAPR_OK;
}

static int
call_charge_year(struct call *c)
{
	static const char *const kinds[] = { "it", "ip", "death", NULL };
	enum line_kind kind = (enum line_kind)args_word(c->args, "kind",
	    kinds);
	struct date first = { RATE_FIRST, 1, 1 };
	/* Only the year of a death depends on the day. */
	struct date on = kind == LINE_DEATH || args_has(c->args, "on") ?
	    args_date(c->args, "on") : first;
	const struct rule *rule;
	struct claim claim;
	int year, rc;

	if ((rc = charge_claim(c, kind, &claim)) != TAPR_OK ||
	    (rc = args_done(c->args)) != TAPR_OK)
		return rc;
	if (date_cmp(on, first) < 0)
		return err_set(c->err, TAPR_EINVAL, "on",
		    "les coûts moyens n'existent pas avant 2012");
	year = charge_year(&claim, kind, on, &rule);
	result_version(c->out, rule);
	result_number(c->out, frac_int(year), 0);
	if (kind == LINE_DEATH && date_is(claim.ip_notified) &&
	    date_cmp(claim.ip_notified, claim.death) <= 0)
		result_warning(c->out, "un taux d'IP notifié avant le décès "
		    "garde seul sa ligne : ce décès n'est pas imputé (lecture "
		    "N-18)");
	return TAPR_OK;
}

static int
call_special_account(struct call *c)
{
	int n = args_int(c->args, "case", 1, 5), rc;
	struct date on = { RATE_FIRST, 1, 1 };
	const struct law_row *row;

	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = special_account_case(c->law, n, on, &row, c->err)) !=
	    TAPR_OK)
		return rc;
	result_rule(c->out, "special-account", "", on);
	result_word(c->out, "%s", row->value);
	result_extra_text(c->out, "condition", row->note);
	result_source(c->out, row);
	return TAPR_OK;
}

/* ---- rates -------------------------------------------------------------- */

static void
result_majorations(struct result *r, const struct majorations *m)
{
	result_params(r, m->published, MAJORATIONS);
	for (int i = 0; i < MAJORATIONS; i++)
		if (m->has_share[i])
			result_params(r, &m->share[i], 1);
}

static int
call_net_rate(struct call *c)
{
	struct date on = DATE_NONE;
	struct frac gross = args_number(c->args, "gross", 6);
	struct majorations m;
	int rc;

	(void)arg_year(c, RATE_FIRST, &on);
	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = net_majorations(c->law, NULL, REGIME_ORDINARY, on, &m,
	    c->err)) != TAPR_OK)
		return rc;
	result_rule(c->out, "net-rate", "general", on);
	result_number(c->out, net_rate(gross, &m), 2);
	result_majorations(c->out, &m);
	return TAPR_OK;
}

static int
call_minimum_rate(struct call *c)
{
	struct date on = DATE_NONE;
	struct majorations m;
	int rc;

	(void)arg_year(c, RATE_FIRST, &on);
	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = net_majorations(c->law, NULL, REGIME_ORDINARY, on, &m,
	    c->err)) != TAPR_OK)
		return rc;
	result_rule(c->out, "minimum-rate", "", on);
	result_number(c->out, net_rate(frac_int(0), &m), 2);
	result_majorations(c->out, &m);
	return TAPR_OK;
}

/*
 * The net rate under a regime: from the gross rate; for the voluntary insured,
 * ${gross} is the collective net rate that is reduced.
 */
static int
call_regime(struct call *c)
{
	struct date on = DATE_NONE;
	enum regime regime = (enum regime)args_word(c->args, "regime",
	    regime_words);
	struct frac gross = args_number(c->args, "gross", 6), rate;
	struct majorations m;
	struct param p;
	int rc;

	(void)arg_year(c, RATE_FIRST, &on);
	if ((rc = args_done(c->args)) != TAPR_OK)
		return rc;
	if (regime == REGIME_VOLUNTARY) {
		if ((rc = net_voluntary_factor(c->law, on, &p, c->err)) !=
		    TAPR_OK)
			return rc;
		rate = frac_mul(gross, p.exact);
		result_params(c->out, &p, 1);
	} else {
		if ((rc = net_majorations(c->law, NULL, regime, on, &m,
		    c->err)) != TAPR_OK)
			return rc;
		rate = net_rate(gross, &m);
		result_majorations(c->out, &m);
	}
	if (regime == REGIME_DOCKER) {
		if ((rc = net_docker_ceiling(c->law, on, &p, c->err)) !=
		    TAPR_OK)
			return rc;
		rate = frac_min(rate, p.exact);
		result_params(c->out, &p, 1);
	}
	result_rule(c->out, "regime", regime_words[regime], on);
	result_number(c->out, rate, 2);
	return TAPR_OK;
}

static int
call_mixed_fraction(struct call *c)
{
	struct date on = DATE_NONE;
	enum zone zone = arg_zone(c);
	bool btp = arg_btp(c, zone);
	struct frac e = args_number(c->args, "headcount", 2);
	struct fraction_answer f;
	int rc;

	(void)arg_year(c, YEAR_FIRST, &on);
	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = mixed_fraction(c->law, zone, btp, on, e, &f, c->err)) !=
	    TAPR_OK)
		return rc;
	result_version(c->out, f.rule);
	result_number(c->out, f.fraction, 4);
	result_params(c->out, f.param, (size_t)f.params);
	return TAPR_OK;
}

static int
call_mixed_rate(struct call *c)
{
	struct date on = DATE_NONE;
	enum zone zone = arg_zone(c);
	bool btp = arg_btp(c, zone);
	struct frac e = args_number(c->args, "headcount", 2);
	struct frac individual = args_number(c->args, "individual", 6);
	struct frac collective = args_number(c->args, "collective", 6);
	struct frac rebate = args_has(c->args, "rebate") ?
	    args_number(c->args, "rebate", 4) : frac_int(0);
	struct fraction_answer f;
	struct param most;
	int rc;

	(void)arg_year(c, RATE_FIRST, &on);
	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = param_need(c->law, "rebate", LAW_KEYS("maximum"), on, &most,
	    c->err)) != TAPR_OK)
		return rc;
	if (frac_cmp(rebate, most.exact) > 0)
		return err_set(c->err, TAPR_EINVAL, "rebate",
		    "une ristourne ne dépasse pas le quart (A2010 art. 2)");
	if ((rc = mixed_fraction(c->law, zone, btp, on, e, &f, c->err)) !=
	    TAPR_OK)
		return rc;
	result_rule(c->out, "mixed-rate", zone_words[zone], on);
	result_number(c->out, mixed_rate(f.fraction, individual, collective,
	    rebate), 2);
	result_extra_number(c->out, "fraction", f.fraction);
	result_params(c->out, f.param, (size_t)f.params);
	result_params(c->out, &most, 1);
	return TAPR_OK;
}

static int
call_cap(struct call *c)
{
	static const char *const applied[] = { "none", "upper", "lower" };
	struct date on = DATE_NONE;
	enum zone zone = arg_zone(c);
	struct frac previous = args_number(c->args, "previous", 4);
	struct frac computed = args_number(c->args, "computed", 6);
	struct cap_limits limits;
	enum cap_applied how;
	int rc;

	(void)arg_year(c, RATE_FIRST, &on);
	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = cap_limits(c->law, zone, on, previous, &limits, c->err)) !=
	    TAPR_OK)
		return rc;
	result_version(c->out, limits.rule);
	result_number(c->out, cap_apply(&limits, computed, &how), 2);
	result_extra_text(c->out, "applied", applied[how]);
	result_extra_number(c->out, "lower", limits.lower);
	result_extra_number(c->out, "upper", limits.upper);
	result_params(c->out, &limits.threshold, 1);
	result_params(c->out, &limits.down, 1);
	result_params(c->out, &limits.up, 1);
	return TAPR_OK;
}

static int
call_merged_previous(struct call *c)
{
	struct frac rates[ARG_LIST_MAX], payrolls[ARG_LIST_MAX], base;
	struct member members[ARG_LIST_MAX];
	size_t n = args_numbers(c->args, "rates", 4, rates);
	size_t m = args_numbers(c->args, "payrolls", 2, payrolls);
	struct date on = { 2014, 1, 1 };
	int rc;

	if ((rc = args_done(c->args)) != TAPR_OK)
		return rc;
	if (n != m)
		return err_set(c->err, TAPR_EINVAL, "payrolls",
		    "%zu taux mais %zu masses salariales : une par taux", n,
		    m);
	for (size_t i = 0; i < n; i++)
		members[i] = (struct member){ rates[i], payrolls[i] };
	if ((rc = cap_merged_previous(members, n, &base, c->err)) != TAPR_OK)
		return rc;
	result_rule(c->out, "merged-previous", "", on);
	result_number(c->out, base, 2);
	return TAPR_OK;
}

static int
published(struct call *c, enum zone zone, const char *code, struct date on)
{
	struct param rate;
	int decimals, rc;

	if ((rc = collective_published(c->law, zone, code, on, &rate, c->err))
	    != TAPR_OK || (rc = collective_decimals(c->law, code, on,
	    &decimals, c->err)) != TAPR_OK)
		return rc;
	result_number(c->out, rate.exact, decimals);
	result_source(c->out, rate.row);
	return TAPR_OK;
}

static int
call_collective_rate(struct call *c)
{
	struct date on = DATE_NONE;
	const char *code = arg_code(c);
	enum zone zone = arg_zone(c);
	int rc;

	(void)arg_year(c, RATE_FIRST, &on);
	if ((rc = args_done(c->args)) != TAPR_OK)
		return rc;
	result_rule(c->out, "collective-rate", zone_words[zone], on);
	return published(c, zone, code, on);
}

static int
call_rate_to_declare(struct call *c)
{
	const char *code = arg_code(c);
	enum zone zone = arg_zone(c);
	struct date on = args_date(c->args, "pay_date");
	struct date first = { RATE_FIRST, 1, 1 };
	int year = args_has(c->args, "year") ? args_int(c->args, "year",
	    RATE_FIRST, YEAR_LAST) : on.y, rc;

	if ((rc = args_done(c->args)) != TAPR_OK)
		return rc;
	if (year != on.y)
		return err_set(c->err, TAPR_EINVAL, "pay_date",
		    "la date de paie n'est pas de l'année %d", year);
	if (date_cmp(on, first) < 0)
		return err_set(c->err, TAPR_EINVAL, "pay_date",
		    "les tarifs sont tenus à partir de 2012");
	result_rule(c->out, "rate-to-declare", "", on);
	return published(c, zone, code, on);
}

static int
call_support_rate(struct call *c)
{
	struct date on = DATE_NONE;
	char ctn = arg_ctn(c);
	enum zone zone = args_has(c->args, "zone") ? arg_zone(c) :
	    ZONE_GENERAL;
	struct param rate;
	const char *code;
	int rc;

	(void)arg_year(c, RATE_FIRST, &on);
	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = collective_support(c->law, zone, ctn, on, &rate, &code,
	    c->err)) != TAPR_OK)
		return rc;
	result_rule(c->out, "support-rate", "", on);
	result_number(c->out, rate.exact, 2);
	result_extra_text(c->out, "risk_code", code);
	result_source(c->out, rate.row);
	return TAPR_OK;
}

static int
call_collective_gross(struct call *c)
{
	struct date on = DATE_NONE;
	struct real_costs r;
	struct frac payroll = args_number(c->args, "payroll", 2);
	struct collective_gross g;
	int rc;

	(void)arg_year(c, RATE_FIRST, &on);
	r.benefits = args_number(c->args, "benefits", 2);
	r.capitals = args_number(c->args, "capitals", 2);
	r.annuities = args_number(c->args, "annuities", 2);
	r.deaths = args_int(c->args, "deaths", 0, 100000);
	r.recovered = args_has(c->args, "recovered") ?
	    args_number(c->args, "recovered", 2) : frac_int(0);
	r.special = args_has(c->args, "special") ?
	    args_number(c->args, "special", 2) : frac_int(0);
	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = collective_gross(c->law, &r, payroll, on, &g, c->err)) !=
	    TAPR_OK)
		return rc;
	result_version(c->out, g.rule);
	result_number(c->out, g.rate, 2);
	result_extra_number(c->out, "value_of_risk", g.value);
	result_params(c->out, &g.capital, 1);
	result_params(c->out, &g.annuity, 1);
	result_params(c->out, &g.death, 1);
	result_params(c->out, &g.minimum_salary, 1);
	return TAPR_OK;
}

/* ---- benefits, penalties, deadlines -------------------------------------- */

static int
call_ip_capital(struct call *c)
{
	int ip = args_int(c->args, "ip", 0, 100), rc;
	struct date on = args_date(c->args, "on");
	struct ip_capital capital;

	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = ip_capital(c->law, ip, on, &capital, c->err)) != TAPR_OK)
		return rc;
	result_rule(c->out, "ip-capital", "", on);
	result_number(c->out, capital.amount, 2);
	result_params(c->out, capital.law, CAPITAL_PARAMS);
	return TAPR_OK;
}

static int
call_ip_annuity(struct call *c)
{
	int ip = args_int(c->args, "ip", 0, 100), rc;
	struct frac salary = args_number(c->args, "salary", 2);
	struct date on = args_date(c->args, "on");
	struct ip_annuity a;

	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = ip_annuity(c->law, ip, salary, on, &a, c->err)) != TAPR_OK)
		return rc;
	result_rule(c->out, "ip-annuity", "", on);
	result_number(c->out, a.amount, 2);
	result_extra_number(c->out, "reduced_rate", a.rate);
	result_extra_number(c->out, "salary_counted", a.salary.counted);
	result_params(c->out, a.law, ANNUITY_PARAMS);
	result_params(c->out, a.salary.law, SALARY_PARAMS);
	return TAPR_OK;
}

/* A number of persons or years; absent is none. */
static int
arg_count(struct call *c, const char *key, int most)
{
	return args_has(c->args, key) ? args_int(c->args, key, 0, most) : 0;
}

static int
call_survivors(struct call *c)
{
	struct frac salary = args_number(c->args, "salary", 2);
	struct date on = args_date(c->args, "on");
	bool spouse = args_yes_or(c->args, "spouse", false);
	int age = spouse ? args_int(c->args, "spouse_age", 0, 130) :
	    arg_count(c, "spouse_age", 130);
	int orphans = arg_count(c, "orphans", 50);
	int ascendants = arg_count(c, "ascendants", 50);
	struct survivors s;
	int rc;

	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = survivors(c->law, salary, spouse, age, orphans, ascendants,
	    on, &s, c->err)) != TAPR_OK)
		return rc;
	result_rule(c->out, "survivors", "", on);
	result_number(c->out, s.amount, 2);
	result_extra_number(c->out, "spouse", s.spouse_amount);
	result_extra_number(c->out, "orphans", s.orphans_amount);
	result_extra_number(c->out, "ascendants", s.ascendants_amount);
	result_params(c->out, s.law, SURVIVORS_PARAMS);
	result_params(c->out, s.salary.law, SALARY_PARAMS);
	return TAPR_OK;
}

static int
call_penalty(struct call *c)
{
	int year = args_int(c->args, "year", RATE_FIRST, YEAR_LAST);
	struct frac headcount = args_number(c->args, "headcount", 2);
	int counted = args_int(c->args, "counted", 0, 10000000), rc;
	struct notification_penalty p;

	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = notification_penalty(c->law, year, headcount, counted, &p,
	    c->err)) != TAPR_OK)
		return rc;
	result_rule(c->out, "notification-penalty", "",
	    (struct date){ (int16_t)year, 1, 1 });
	result_number(c->out, p.amount, 2);
	result_extra_text(c->out, "due", p.obliged ? "yes" : "no");
	result_params(c->out, p.law, (size_t)p.params);
	return TAPR_OK;
}

static int
call_supplementary(struct call *c)
{
	struct frac base = args_number(c->args, "base_monthly", 2);
	struct date from = args_date(c->args, "from");
	struct date until = args_date(c->args, "until");
	struct frac percent = args_number(c->args, "percent", 2);
	struct supplementary_contribution s;
	int rc;

	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = supplementary_contribution(c->law, base, from, until,
	    percent, &s, c->err)) != TAPR_OK)
		return rc;
	result_rule(c->out, "supplementary", "", from);
	result_number(c->out, s.amount, 2);
	result_extra_number(c->out, "months", s.months);
	result_extra_number(c->out, "minimum", s.minimum);
	result_params(c->out, s.law, SUPPLEMENTARY_PARAMS);
	return TAPR_OK;
}

static int
call_supplementary_percent(struct call *c)
{
	struct supplementary_history h = {
		.found = args_date(c->args, "found"),
		.decided = args_date(c->args, "decided"),
		.site = args_yes_or(c->args, "site", false),
		.repeated = args_yes_or(c->args, "repeated", false),
	};
	struct date on = args_date(c->args, "on");
	struct supplementary_percent p;
	int rc;

	h.deadline = h.repeated ? args_date_or_none(c->args, "deadline") :
	    args_date(c->args, "deadline");
	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = supplementary_percent(c->law, &h, on, &p, c->err)) !=
	    TAPR_OK)
		return rc;
	result_rule(c->out, "supplementary-percent", "", h.found);
	result_number(c->out, p.percent, 0);
	result_extra_date(c->out, "second_after", p.second);
	result_extra_date(c->out, "third_after", p.third);
	if (p.has_law)
		result_params(c->out, &p.law, 1);
	return TAPR_OK;
}

static int
call_appeal_deadline(struct call *c)
{
	struct date available = args_date_or_none(c->args, "available");
	struct date consulted = args_date_or_none(c->args, "consulted");
	struct date post = args_date_or_none(c->args, "post");
	struct date on = args_date_or_none(c->args, "on");
	bool mentions = args_yes_or(c->args, "mentions", true);
	struct appeal a;
	int rc;

	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = appeal_deadline(c->law, available, consulted, post, mentions,
	    &a, c->err)) != TAPR_OK)
		return rc;
	result_rule(c->out, "appeal-deadline", "", a.notified_statute);
	if (!a.running) {
		result_word(c->out, "not_running");
		result_warning(c->out, "les voies et délais de recours ne "
		    "sont pas mentionnés : le délai ne court pas "
		    "(CSS art. R. 142-1-A III)");
		return TAPR_OK;
	}
	result_date(c->out, a.deadline);
	result_extra_date(c->out, "notified", a.notified_statute);
	result_extra_date(c->out, "deadline_statute", a.deadline_statute);
	result_extra_date(c->out, "deadline_arrete", a.deadline_arrete);
	if (date_is(on))
		result_extra_text(c->out, "open",
		    date_cmp(on, a.deadline) <= 0 ? "yes" : "no");
	if (date_cmp(a.deadline_statute, a.deadline_arrete) != 0)
		result_warning(c->out, "la loi et les arrêtés donnent deux "
		    "dates : la plus favorable à l'employeur est retenue "
		    "(lecture N-35)");
	return TAPR_OK;
}

static int
call_claim_deadline(struct call *c)
{
	const char *kind = args_text(c->args, "kind");
	const char *step = args_text(c->args, "step");
	struct date received = args_date(c->args, "received");
	struct claim_deadline d;
	int rc;

	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = claim_deadline(c->law, kind, step, received, &d, c->err)) !=
	    TAPR_OK)
		return rc;
	result_rule(c->out, "claim-deadline", "", received);
	result_date(c->out, d.last_day);
	result_source(c->out, d.row);
	return TAPR_OK;
}

/* ---- the table ------------------------------------------------------------ */

static const struct callable {
	const char	*name, *usage;
	int		(*call)(struct call *c);
} callables[] = {
	{ "window", "year", call_window },
	{ "headcount", "year months=a,b,...", call_headcount },
	{ "mode", "year zone [btp] headcount | headcounts=2018:21.00,...",
	    call_mode },
	{ "mixed-fraction", "year zone [btp] headcount", call_mixed_fraction },
	{ "cost-category", "year ctn zone days | ip | death=yes",
	    call_cost_category },
	{ "average-cost", "year ctn zone category [group]",
	    call_average_cost },
	{ "abatement", "year risk_code", call_abatement },
	{ "net-rate", "year gross", call_net_rate },
	{ "minimum-rate", "year", call_minimum_rate },
	{ "mixed-rate", "year zone [btp] headcount individual collective "
	    "[rebate]", call_mixed_rate },
	{ "cap", "year zone previous computed", call_cap },
	{ "merged-previous", "rates=a,b,... payrolls=a,b,...",
	    call_merged_previous },
	{ "temp-work-share", "rate_year classified_year category role",
	    call_temp_work },
	{ "third-party", "cost share", call_third_party },
	{ "charge-year", "kind=it|ip|death [on] [declared] [ip_notified] "
	    "[death] [death_recognised]", call_charge_year },
	{ "new-establishment", "created year [single_rate]",
	    call_new_establishment },
	{ "takeover", "activity means staff_share [on]", call_takeover },
	{ "office-staff", "staff on", call_office_staff },
	{ "special-account", "case=1..5", call_special_account },
	{ "regime", "year regime gross", call_regime },
	{ "collective-rate", "year risk_code zone", call_collective_rate },
	{ "collective-gross", "year payroll benefits capitals annuities "
	    "deaths [recovered] [special]", call_collective_gross },
	{ "support-rate", "year ctn [zone]", call_support_rate },
	{ "rate-to-declare", "[year] risk_code zone pay_date",
	    call_rate_to_declare },
	{ "ip-capital", "ip on", call_ip_capital },
	{ "ip-annuity", "ip salary on", call_ip_annuity },
	{ "survivors", "salary [spouse] [spouse_age] [orphans] [ascendants] on",
	    call_survivors },
	{ "notification-penalty", "year headcount counted", call_penalty },
	{ "supplementary", "base_monthly from until percent",
	    call_supplementary },
	{ "supplementary-percent", "found decided deadline on [site] "
	    "[repeated]", call_supplementary_percent },
	{ "appeal-deadline", "available [consulted] | post [on] [mentions]",
	    call_appeal_deadline },
	{ "claim-deadline", "kind step received", call_claim_deadline },
};

static const struct callable *
find(const char *name)
{
	for (size_t i = 0; i < sizeof callables / sizeof callables[0]; i++)
		if (strcmp(callables[i].name, name) == 0)
			return &callables[i];
	return NULL;
}

int
rating_rule(const struct law *law, const char *name, const char *const *args,
    size_t n, enum format format, struct str *out, struct err *err)
{
	const struct callable *callable = find(name);
	struct result result;
	struct args a;
	struct call call = { law, &a, &result, err };
	int rc;

	if (callable == NULL)
		return err_set(err, TAPR_EUSAGE, name, "règle inconnue : "
		    "« tapr rule » sans nom donne la liste");
	result_start(&result, name);
	if ((rc = args_cut(&a, args, n, err)) == TAPR_OK)
		rc = callable->call(&call);
	if (rc == TAPR_OK)
		rc = result_check(&result, err);
	if (rc == TAPR_EUSAGE)
		return err_note(err, rc, "%s (%s)", name, callable->usage);
	if (rc != TAPR_OK)
		return err_note(err, rc, "%s", name);
	result_write(&result, &a, law, format, out);
	return TAPR_OK;
}

static const char *
usage_of(const char *name)
{
	const struct callable *c = find(name);

	return c == NULL ? NULL : c->usage;
}

static void
rules_json(struct str *out)
{
	char from[DATE_TEXT_MAX], to[DATE_TEXT_MAX];

	str_add(out, "{\"rules\": [");
	for (size_t i = 0; i < rule_count(); i++) {
		const struct rule *r = rule_get(i);

		str_add(out, i == 0 ? "\n" : ",\n");
		str_add(out, "{\"rule\": ");
		str_add_json(out, r->name);
		str_add(out, ", \"variant\": ");
		str_add_json(out, r->variant);
		str_add(out, ", \"label\": ");
		str_add_json(out, r->label);
		str_add(out, ", \"article\": ");
		str_add_json(out, r->article);
		str_printf(out, ", \"valid\": [\"%s\", ",
		    date_text(r->from, from));
		str_add_json(out, date_cmp(r->to, DATE_OPEN) == 0 ? NULL :
		    date_text(r->to, to));
		str_add(out, "], \"function\": ");
		str_add_json(out, r->function);
		str_add(out, ", \"reading\": ");
		str_add_json(out, r->reading);
		str_add(out, ", \"arguments\": ");
		str_add_json(out, usage_of(r->name));
		str_add_char(out, '}');
	}
	str_add(out, "\n]}\n");
}

void
rating_rules(struct str *out, enum format format)
{
	char from[DATE_TEXT_MAX], to[DATE_TEXT_MAX];
	const char *last = "";

	if (format == FORMAT_JSON) {
		rules_json(out);
		return;
	}
	for (size_t i = 0; i < rule_count(); i++) {
		const struct rule *r = rule_get(i);
		const char *usage = usage_of(r->name);

		if (strcmp(r->name, last) != 0) {
			str_printf(out, "\n%s", r->name);
			if (usage != NULL)
				str_printf(out, "  %s", usage);
			str_add_char(out, '\n');
		}
		last = r->name;
		str_printf(out, "  %s -> %s  %s%s%s ; %s\n",
		    date_text(r->from, from),
		    date_cmp(r->to, DATE_OPEN) == 0 ? "..........":
		    date_text(r->to, to), r->variant,
		    r->variant[0] == '\0' ? "" : " : ", r->label, r->article);
	}
}
