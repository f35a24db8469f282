/*
 * collective.h -- rates common to a risk: published ones, and how the
 * national fund reaches their gross rate.
 */
#ifndef TAPR_TARIFF_COLLECTIVE_H
#define TAPR_TARIFF_COLLECTIVE_H

#include "model/facts.h"
#include "tariff/rules.h"
#include "tariff/steps.h"

/*
 * collective_published(law, zone, risk_code, on, ret, err): the net rate of
 * the tariff in force on ${on}.  TAPR_EINVAL when the tariff of that day is
 * held and the code is not in it; TAPR_ELAW when the tariff itself is a gap.
 */
int collective_published(const struct law *law, enum zone zone,
    const char *risk_code, struct date on, struct param *ret,
    struct err *err) MUST_USE;

/*
 * collective_support(law, zone, ctn, on, ret, ret_code, err): rate of offices,
 * then of support staff.
 */
int collective_support(const struct law *law, enum zone zone, char ctn,
    struct date on, struct param *ret, const char **ret_code,
    struct err *err) MUST_USE;

/* collective_decimals(): how many decimals the tariff prints for a code. */
int collective_decimals(const struct law *law, const char *risk_code,
    struct date on, int *ret, struct err *err) MUST_USE;

/* What D. 242-6-5 puts in the value of a risk, over three years, in euros. */
struct real_costs {
	struct frac	benefits;	/* other than annuities and capitals */
	struct frac	capitals;	/* indemnities in capital */
	struct frac	annuities;	/* a year, of those notified */
	struct frac	deaths;		/* recognised; a part, of two risks */
	struct frac	recovered;	/* from third parties */
	struct frac	special;	/* put on the special account */
};

struct collective_gross {
	const struct rule	*rule;
	struct frac		 value, rate;
	struct param		 capital, annuity, death, minimum_salary;
};

/*
 * collective_value(law, costs, on, ret, err): the value of a risk in
 * ${ret}->value, with the coefficients that made it; no rate.
 */
int collective_value(const struct law *law, const struct real_costs *costs,
    struct date on, struct collective_gross *ret, struct err *err) MUST_USE;

/* collective_gross(): gross collective rate of a risk, in percent. */
int collective_gross(const struct law *law, const struct real_costs *costs,
    struct frac payroll, struct date on, struct collective_gross *ret,
    struct err *err) MUST_USE;

#endif
