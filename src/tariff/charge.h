/*
 * charge.h -- which claims an employer bears, in which year, for how much.
 *
 * A claim gives at most two lines: its temporary incapacity (IT) and its
 * permanent incapacity or death (IP).
 */
#ifndef TAPR_TARIFF_CHARGE_H
#define TAPR_TARIFF_CHARGE_H

#include "model/answer.h"
#include "tariff/rules.h"
#include "tariff/steps.h"

enum line_kind { LINE_IT, LINE_IP, LINE_DEATH };

/*
 * charge_excluded(law, zone, claim, on): why the claim is outside the
 * employer's account, in French; NULL when it is charged.
 */
const char *charge_excluded(const struct law *law, enum zone zone,
    const struct claim *claim, struct date on);

/* charge_ip_kind(claim, ret): false when the claim has no IP line (N-18). */
bool charge_ip_kind(const struct claim *claim, enum line_kind *ret);

/*
 * charge_year(claim, kind, on, ret_rule): the year to which the line is
 * charged under the law of ${on}.  ${ret_rule} may be NULL.
 */
int charge_year(const struct claim *claim, enum line_kind kind,
    struct date on, const struct rule **ret_rule);

/*
 * charge_third_party(cost, share): what is left of a cost: cost x (1 - share).
 */
struct frac charge_third_party(struct frac cost, struct frac share);

struct temp_share {
	const struct rule	*rule;
	bool			 user_bears;	/* the user has a part of it */
	struct param		 user_share;	/* when user_bears */
	struct frac		 share;		/* of the role asked for */
};

/*
 * temp_work_share(law, on, classified_year, category, role, ret, err): the
 * part of a line that the agency or the user bears, under the law of ${on}
 * (the tariff day of the rate).
 */
int temp_work_share(const struct law *law, struct date on,
    int classified_year, enum cost_category category, enum temp_role role,
    struct temp_share *ret, struct err *err) MUST_USE;

/*
 * special_account_case(law, n, on, ret, err): the row of a case, 1 to 5
 * (A1995b art. 2).
 */
int special_account_case(const struct law *law, int n, struct date on,
    const struct law_row **ret, struct err *err) MUST_USE;

#endif
