/*
 * penalty.h -- what an employer owes beside the rate: the penalty for having
 * no electronic account, and the supplementary contribution.
 *
 * Pure and exact; euros as fractions.  Whether something is owed in fact
 * (account opened, measures carried out, a decision taken) is known by the
 * fund.  Expected codes: TAPR_EINVAL, an argument is outside the rule;
 * TAPR_ELAW, the law gives no value; TAPR_ERANGE, too large to be exact.
 */
#ifndef TAPR_TARIFF_PENALTY_H
#define TAPR_TARIFF_PENALTY_H

#include <stdbool.h>

#include "base/date.h"
#include "base/err.h"
#include "base/num.h"
#include "law/law.h"
#include "tariff/param.h"

enum { PENALTY_PARAMS = 4, SUPPLEMENTARY_PARAMS = 3 };

struct notification_penalty {
	bool		obliged;	/* false: too small that year, 0 due */
	const char	*band;		/* of the headcount: "20_to_149" */
	struct frac	unit;		/* a person, whole euros */
	struct frac	total;		/* unit * counted */
	struct frac	amount;		/* total, the maximum at most */
	struct param	law[PENALTY_PARAMS];
	int		params;		/* 1 when not obliged, else all */
};

/*
 * notification_penalty(law, year, headcount, counted, ret, err): the penalty of
 * ${year} for a firm of ${headcount} persons that has opened no account for
 * establishments where ${counted} persons work (CSS L. 242-5; arrêtés of 30
 * December 2019 and 8 October 2020).  The law of 1 January.
 */
int notification_penalty(const struct law *law, int year,
    struct frac headcount, int counted, struct notification_penalty *ret,
    struct err *err) MUST_USE;

struct supplementary_contribution {
	struct frac	months;		/* partial ones by their days */
	struct frac	computed;	/* percent * base * months */
	struct frac	minimum;
	struct frac	amount;		/* the larger of the two */
	bool		at_minimum;	/* the minimum decides */
	struct param	law[SUPPLEMENTARY_PARAMS];
};

/*
 * supplementary_contribution(law, base_monthly, from, until, percent, ret,
 * err): ${percent} of the normal contribution, ${base_monthly} euros a month,
 * from the day ${from} of the finding to the day before ${until} (arrêté of 9
 * December 2010, art. 8 to 18).  The law of ${from}.
 */
int supplementary_contribution(const struct law *law,
    struct frac base_monthly, struct date from, struct date until,
    struct frac percent, struct supplementary_contribution *ret,
    struct err *err) MUST_USE;

/*
 * How a supplementary contribution was imposed, to know how far it has risen.
 */
struct supplementary_history {
	struct date	found;		/* the exceptional risk was found */
	struct date	decided;	/* the contribution was imposed */
	struct date	deadline;	/* set for the measures; unused if repeated */
	bool		site;		/* a temporary site */
	bool		repeated;	/* the same failing within three years */
};

struct supplementary_percent {
	struct frac	percent;	/* of the normal contribution; 0 before */
	struct date	second, third;	/* days on which it rises; second none if repeated */
	struct param	law;		/* the percentage in force */
	bool		has_law;	/* false before the finding */
};

/*
 * supplementary_percent(law, history, on, ret, err): the percentage due on
 * ${on} while a measure is not carried out: 25 % from the finding, 50 % once
 * the delay of the regional committee has run out, 200 % as long again after;
 * 50 % at once when the failing is repeated (arrêté of 9 December 2010, art. 8
 * to 18).  A delay longer than the text allows is TAPR_EINVAL.
 */
int supplementary_percent(const struct law *law,
    const struct supplementary_history *history, struct date on,
    struct supplementary_percent *ret, struct err *err) MUST_USE;

#endif
