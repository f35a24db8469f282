/*
 * benefits.h -- what a victim and the survivors are paid, by the code.
 *
 * The rate of an employer rests on costs: average costs today, what was truly
 * paid until 2013.  These rules answer what should have been paid, so that a
 * line of an account can be checked.  Pure: amounts in, amounts out, exact;
 * no text fixes a rounding and none is applied.
 *
 * They refuse to know who is entitled: degrees of kinship, concurrent
 * pensions, earlier incapacities, revisions and remarriage are the fund's.
 *
 * Money is in euros, as fractions.  Every answer holds its parts and the
 * parameters that it used.  Expected codes: TAPR_EINVAL, an argument is
 * outside the rule; TAPR_ELAW, the law gives no value that day; TAPR_ERANGE,
 * an amount is too large to be exact.
 */
#ifndef TAPR_TARIFF_BENEFITS_H
#define TAPR_TARIFF_BENEFITS_H

#include <stdbool.h>

#include "base/date.h"
#include "base/err.h"
#include "base/num.h"
#include "law/law.h"
#include "tariff/param.h"

enum {
	SALARY_PARAMS = 4,
	CAPITAL_PARAMS = 2,
	ANNUITY_PARAMS = 4,
	SURVIVORS_PARAMS = 9,
	DAILY_PARAMS = 6,
};

struct ip_capital {
	struct frac	amount;
	struct param	law[CAPITAL_PARAMS];	/* the scale, its bound */
};

/*
 * ip_capital(law, ip, on, ret, err): the capital for an incapacity of ${ip}
 * percent, 1 to 9 (CSS L. 434-1, D. 434-1).
 */
int ip_capital(const struct law *law, int ip, struct date on,
    struct ip_capital *ret, struct err *err) MUST_USE;

/* The annual salary as an annuity counts it (CSS L. 434-16, R. 434-28). */
struct counted_salary {
	struct frac	base;	/* the salary, the minimum at least */
	struct frac	full;	/* what is counted in full */
	struct frac	above;	/* what is counted in part, up to the ceiling */
	struct frac	counted;
	struct param	law[SALARY_PARAMS];
};

struct ip_annuity {
	struct counted_salary	salary;
	struct frac		low, high;	/* percent: to bend, above */
	struct frac		rate;		/* percent: what is paid */
	struct frac		amount;		/* a year */
	struct param		law[ANNUITY_PARAMS];
};

/*
 * ip_annuity(law, ip, salary, on, ret, err): the annuity for an incapacity of
 * ${ip} percent, 10 to 100, and an annual ${salary} (CSS R. 434-2, R. 434-28,
 * L. 434-16).  One decision, no earlier incapacity.
 */
int ip_annuity(const struct law *law, int ip, struct frac salary,
    struct date on, struct ip_annuity *ret, struct err *err) MUST_USE;

struct survivors {
	struct counted_salary	salary;
	/* Fractions of the salary, before the reduction of the total. */
	struct frac		spouse, orphans, ascendants;
	struct frac		total;
	struct frac		reduction;	/* 1; less over the maximum */
	/* Euros a year, after it. */
	struct frac		spouse_amount, orphans_amount;
	struct frac		ascendants_amount, amount;
	struct param		law[SURVIVORS_PARAMS];
};

/*
 * survivors(law, salary, spouse, spouse_age, orphans, ascendants, on, ret,
 * err): the annuities after a death (CSS R. 434-10, R. 434-15, R. 434-16,
 * L. 434-14).
 * ${spouse_age} counts only if there is a ${spouse} (married, PACS or
 * concubin); ${orphans} are those under the age limit, who have the other
 * parent (R. 434-15 gives 30 % to one who has neither: not answered here).
 */
int survivors(const struct law *law, struct frac salary, bool spouse,
    int spouse_age, int orphans, int ascendants, struct date on,
    struct survivors *ret, struct err *err) MUST_USE;

struct daily_benefit {
	struct frac	wage;		/* the daily wage */
	struct frac	ceiling;	/* of the daily wage */
	struct frac	base;		/* the wage, the ceiling at most */
	struct frac	fraction;
	struct frac	before_cap;	/* fraction * base */
	struct frac	amount;		/* the net daily wage at most */
	bool		capped;		/* by the net daily wage */
	struct param	law[DAILY_PARAMS];
};

/*
 * daily_benefit(law, monthly_wage, net_daily_wage, day, on, ret, err): the
 * daily benefit of the ${day}-th day after the one of the stoppage (1 is the
 * first paid), for a wage paid by the month; ${on} is the day of the stoppage
 * (CSS R. 433-1 to R. 433-4).
 */
int daily_benefit(const struct law *law, struct frac monthly_wage,
    struct frac net_daily_wage, int day, struct date on,
    struct daily_benefit *ret, struct err *err) MUST_USE;

#endif
