/*
 * cap.h -- écrêtement: how far a rate may move from the one before.
 */
#ifndef TAPR_TARIFF_CAP_H
#define TAPR_TARIFF_CAP_H

#include "model/answer.h"
#include "tariff/rules.h"
#include "tariff/steps.h"

struct cap_limits {
	const struct rule	*rule;
	bool			 above;		/* over the threshold: factors */
	struct frac		 lower, upper;	/* percent */
	struct param		 threshold, down, up;
};

/*
 * cap_limits(law, zone, on, previous, ret, err): the band around ${previous}.
 * The same in three steps: rule and threshold; how far down and up, over the
 * threshold or not; the limits.
 */
int cap_limits(const struct law *law, enum zone zone, struct date on,
    struct frac previous, struct cap_limits *ret, struct err *err) MUST_USE;
int cap_threshold(const struct law *law, enum zone zone, struct date on,
    struct cap_limits *ret, struct err *err) MUST_USE;
int cap_band(const struct law *law, enum zone zone, struct date on,
    bool above, struct param *ret_down, struct param *ret_up,
    struct err *err) MUST_USE;
int cap_around(struct cap_limits *c, struct frac previous, struct err *err)
    MUST_USE;

/* cap_apply(limits, computed, ret): ${computed} within its limits. */
struct frac cap_apply(const struct cap_limits *limits, struct frac computed,
    enum cap_applied *ret);

/*
 * cap_merged_previous(members, n, ret, err): the base of a first single rate
 * or of merged categories: the members' rates weighted by their payroll of the
 * last known year.  TAPR_EINVAL when they have no payroll.
 */
int cap_merged_previous(const struct member *members, size_t n,
    struct frac *ret, struct err *err) MUST_USE;

#endif
