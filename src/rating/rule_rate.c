/*
 * rule_rate.c -- rules of rates, fractions and caps, called by themselves.
 */
#include "model/words.h"
#include "rating/call.h"
#include "tariff/cap.h"
#include "tariff/collective.h"
#include "tariff/mixed.h"
#include "tariff/net.h"

static void
result_majorations(struct result *r, const struct majorations *m)
{
	result_params(r, m->published, MAJORATIONS);
	for (int i = 0; i < MAJORATIONS; i++)
		if (m->has_share[i])
			result_params(r, &m->share[i], 1);
}

int
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

int
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
int
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

int
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

int
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

int
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

int
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

int
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

int
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

int
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

int
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
	r.deaths = frac_int(args_int(c->args, "deaths", 0, 100000));
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
