/*
 * collective.c -- CSS art. D. 242-6-4, D. 242-6-5, D. 242-6-11, D. 242-35.
 *
 * Published rates are looked up by day, never by year: the tariff of 2025
 * took effect on 1 May.  The gross collective rate is what the national fund
 * computes from real costs before the majorations of the year.
 */
#include "tariff/collective.h"

#include "model/words.h"

/*
 * A code missing from a tariff that is held whole is unknown that year; from
 * one that is held in part, or not at all, it is a gap of ours.
 */
static bool
code_unknown(const struct law *law, enum zone zone, const char *risk_code,
    struct date on)
{
	return law_find(law, "tariff_codes", LAW_KEYS(zone_words[zone]), on) !=
	    NULL &&
	    law_find(law, "risk_codes", LAW_KEYS(risk_code), on) == NULL;
}

int
collective_published(const struct law *law, enum zone zone,
    const char *risk_code, struct date on, struct param *ret,
    struct err *err)
{
	char day[DATE_TEXT_MAX];
	const struct law_row *row = law_find(law, "collective_rates",
	    LAW_KEYS(zone_words[zone], risk_code), on);

	if (row != NULL && frac_valid(row->number)) {
		*ret = (struct param){ row, "collective_rates", row->number };
		return TAPR_OK;
	}
	if (row == NULL && code_unknown(law, zone, risk_code, on))
		return err_set(err, TAPR_EINVAL, "establishment.risk_code",
		    "le code risque %s n'est pas dans le tarif en vigueur au "
		    "%s (%s) : vérifiez le code sur la notification, ou donnez "
		    "le taux par given.collective_rate", risk_code,
		    date_text(on, day), zone_words[zone]);
	return param_need(law, "collective_rates", LAW_KEYS(zone_words[zone],
	    risk_code), on, ret, err);
}

int
collective_support(const struct law *law, enum zone zone, char ctn,
    struct date on, struct param *ret, const char **ret_code,
    struct err *err)
{
	const char *code = ctn == 'B' ? "0000A" : "0000B";

	if (ret_code != NULL)
		*ret_code = code;
	return param_need(law, "support_rates", LAW_KEYS(zone_words[zone], code),
	    on, ret, err);
}

int
collective_decimals(const struct law *law, const char *risk_code,
    struct date on, int *ret, struct err *err)
{
	int rc = param_int(law, "rate_decimals", LAW_KEYS(risk_code), on, ret,
	    err);

	if (rc == TAPR_OK && (*ret < 0 || *ret > 6))
		return err_set(err, TAPR_ELAW, "law/params/rate_decimals.csv",
		    "un nombre de décimales de 0 à 6 est attendu");
	return rc;
}

/*
 * A1995b art. 1: benefits, capitals x 1.1, annuities x 32, deaths x 26 times
 * the minimum annual salary of CSS L. 434-16; less what third parties and the
 * special account bear.
 */
int
collective_value(const struct law *law, const struct real_costs *costs,
    struct date on, struct collective_gross *ret, struct err *err)
{
	struct collective_gross g = {
		.rule = rule_at("collective-gross", "", on) };
	int rc;

	if ((rc = param_need(law, "real_costs", LAW_KEYS("capital"), on,
	    &g.capital, err)) != TAPR_OK ||
	    (rc = param_need(law, "real_costs", LAW_KEYS("annuity"), on,
	    &g.annuity, err)) != TAPR_OK ||
	    (rc = param_need(law, "real_costs", LAW_KEYS("death"), on,
	    &g.death, err)) != TAPR_OK)
		return rc;
	if (!frac_is_zero(costs->deaths) && (rc = param_need(law,
	    "minimum_annual_salary", LAW_NO_KEYS, on, &g.minimum_salary, err))
	    != TAPR_OK)
		return rc;
	g.value = frac_add(costs->benefits,
	    frac_mul(costs->capitals, g.capital.exact));
	g.value = frac_add(g.value, frac_mul(costs->annuities,
	    g.annuity.exact));
	if (!frac_is_zero(costs->deaths))
		g.value = frac_add(g.value, frac_mul(frac_mul(
		    costs->deaths, g.death.exact), g.minimum_salary.exact));
	g.value = frac_sub(g.value, frac_add(costs->recovered,
	    costs->special));
	if (!frac_valid(g.value))
		return err_set(err, TAPR_ERANGE, "costs",
		    "un montant est trop grand pour être calculé exactement");
	g.rate = frac_invalid();
	*ret = g;
	return TAPR_OK;
}

/* D. 242-6-4: the value of the risk over the payroll of the same years. */
int
collective_gross(const struct law *law, const struct real_costs *costs,
    struct frac payroll, struct date on, struct collective_gross *ret,
    struct err *err)
{
	struct collective_gross g;
	int rc;

	if ((rc = collective_value(law, costs, on, &g, err)) != TAPR_OK)
		return rc;
	if (frac_is_zero(payroll))
		return err_set(err, TAPR_EINVAL, "payroll",
		    "la masse salariale est nulle : le taux brut n'est pas "
		    "défini");
	g.rate = frac_div(frac_mul(frac_int(100), g.value), payroll);
	if (!frac_valid(g.rate))
		return err_set(err, TAPR_ERANGE, "payroll",
		    "un montant est trop grand pour être calculé exactement");
	*ret = g;
	return TAPR_OK;
}
