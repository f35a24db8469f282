/*
 * cost.h -- categories and average costs of claims.
 */
#ifndef TAPR_TARIFF_COST_H
#define TAPR_TARIFF_COST_H

#include "model/facts.h"
#include "tariff/rules.h"
#include "tariff/steps.h"

enum { CATEGORY_BOUNDS_MAX = 6 };

/* The categories of temporary (IT) or permanent incapacity (IP) of a day. */
struct categories {
	const struct rule	*rule;
	int			 n;		/* 6 for IT, 4 for IP */
	enum cost_category	 first;		/* COST_IT1 or COST_IP1 */
	struct param		 from[CATEGORY_BOUNDS_MAX];	/* lowest value */
	int64_t			 least[CATEGORY_BOUNDS_MAX];	/* whole one */
};

int cost_categories(const struct law *law, enum zone zone, bool ip,
    struct date on, struct categories *ret, struct err *err) MUST_USE;

/* The category of ${value} days of stoppage, or percent of incapacity. */
enum cost_category cost_category(const struct categories *c, int value);

/*
 * cost_priced_as(zone, ctn, category): the category whose cost is charged:
 * in the general zone, CTN B prices IP2, IP3 and IP4 as one cost a group.
 */
enum cost_category cost_priced_as(enum zone zone, char ctn,
    enum cost_category category);

/*
 * cost_average(law, zone, ctn, group, category, on, ret, err): the average
 * cost of a category already passed through cost_priced_as().  TAPR_EINVAL at
 * establishment.btp_group when the group is needed and missing.
 */
int cost_average(const struct law *law, enum zone zone, char ctn,
    enum btp_group group, enum cost_category category, struct date on,
    struct param *ret, struct err *err) MUST_USE;

/*
 * cost_group(law, group, risk_code, on): ${group}, or when none is given that
 * of the list printed for ${risk_code} that day, where one is held.
 */
enum btp_group cost_group(const struct law *law, enum btp_group group,
    const char *risk_code, struct date on);

/*
 * cost_abatement(law, risk_code, on, ret, ret_undated): the abatement of every
 * average cost of a risk; false when no dated list holds it that day, and then
 * ${ret_undated} says whether a list of another or unknown date does (N-24).
 */
bool cost_abatement(const struct law *law, const char *risk_code,
    struct date on, struct param *ret, bool *ret_undated);

#endif
