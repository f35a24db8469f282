/*
 * cap.c -- CSS art. D. 242-6-15 and, for Alsace-Moselle, D. 242-38.
 *
 * With p the rate notified for the year before: over 4 %, between 0,80 p and
 * 1,25 p; up to 4 %, between p - 0,8 and p + 1.
 *
 * At exactly 4 both forms give an increase of one point and a decrease of
 * 0,8: the threshold belongs to the second.  The lower limit may fall under
 * zero, or under the minimum rate: no text raises it (N-29).
 */
#include "tariff/cap.h"

#include "model/words.h"

int
cap_threshold(const struct law *law, enum zone zone, struct date on,
    struct cap_limits *ret, struct err *err)
{
	const char *z = zone_words[zone];

	*ret = (struct cap_limits){ .rule = rule_at("cap", z, on) };
	if (ret->rule == NULL)
		return err_set(err, TAPR_ELAW, "year",
		    "l'écrêtement n'est pas décrit avant 2012");
	return param_need(law, "cap", LAW_KEYS(z, "threshold"), on,
	    &ret->threshold, err);
}

int
cap_band(const struct law *law, enum zone zone, struct date on, bool above,
    struct param *ret_down, struct param *ret_up, struct err *err)
{
	const char *z = zone_words[zone];
	int rc;

	if ((rc = param_need(law, "cap", LAW_KEYS(z, above ? "down_factor" :
	    "down_points"), on, ret_down, err)) != TAPR_OK)
		return rc;
	return param_need(law, "cap", LAW_KEYS(z, above ? "up_factor" :
	    "up_points"), on, ret_up, err);
}

int
cap_around(struct cap_limits *c, struct frac previous, struct err *err)
{
	if (c->above) {
		c->lower = frac_mul(previous, c->down.exact);
		c->upper = frac_mul(previous, c->up.exact);
	} else {
		c->lower = frac_sub(previous, c->down.exact);
		c->upper = frac_add(previous, c->up.exact);
	}
	if (!frac_valid(c->lower) || !frac_valid(c->upper))
		return err_set(err, TAPR_ERANGE, "previous.rate",
		    "le taux précédent est trop grand");
	return TAPR_OK;
}

int
cap_limits(const struct law *law, enum zone zone, struct date on,
    struct frac previous, struct cap_limits *ret, struct err *err)
{
	int rc;

	if ((rc = cap_threshold(law, zone, on, ret, err)) != TAPR_OK)
		return rc;
	ret->above = frac_cmp(previous, ret->threshold.exact) > 0;
	if ((rc = cap_band(law, zone, on, ret->above, &ret->down, &ret->up,
	    err)) != TAPR_OK)
		return rc;
	return cap_around(ret, previous, err);
}

struct frac
cap_apply(const struct cap_limits *limits, struct frac computed,
    enum cap_applied *ret)
{
	if (frac_cmp(computed, limits->upper) > 0) {
		*ret = CAP_UPPER;
		return limits->upper;
	}
	if (frac_cmp(computed, limits->lower) < 0) {
		*ret = CAP_LOWER;
		return limits->lower;
	}
	*ret = CAP_NONE;
	return computed;
}

int
cap_merged_previous(const struct member *members, size_t n,
    struct frac *ret, struct err *err)
{
	struct frac sum = frac_int(0), payroll = frac_int(0);

	for (size_t i = 0; i < n; i++) {
		sum = frac_add(sum, frac_mul(members[i].rate,
		    members[i].payroll));
		payroll = frac_add(payroll, members[i].payroll);
	}
	if (frac_is_zero(payroll))
		return err_set(err, TAPR_EINVAL, "single_rate.members",
		    "les établissements réunis n'ont aucune masse salariale : "
		    "la base de l'écrêtement ne peut être pondérée");
	*ret = frac_div(sum, payroll);
	if (!frac_valid(*ret))
		return err_set(err, TAPR_ERANGE, "single_rate.members",
		    "les masses salariales sont trop grandes");
	return TAPR_OK;
}
