/*
 * mixed.h -- the mixed rate: a part of the individual rate, the rest of the
 * collective one.
 */
#ifndef TAPR_TARIFF_MIXED_H
#define TAPR_TARIFF_MIXED_H

#include "model/facts.h"
#include "tariff/rules.h"
#include "tariff/steps.h"

enum { FRACTION_PARAMS = 4 };

struct fraction_answer {
	const struct rule	*rule;
	struct frac		 fraction;
	struct frac		 slope, offset;	/* slope * headcount + offset */
	const char		*formula;	/* over headcount and name[] */
	struct param		 param[FRACTION_PARAMS];
	const char		*name[FRACTION_PARAMS];	/* of the operand */
	int			 params;
};

/*
 * mixed_fraction(law, zone, btp, on, headcount, ret, err): the weight of the
 * individual rate for a headcount in the mixed band; outside it, TAPR_EINVAL.
 */
int mixed_fraction(const struct law *law, enum zone zone, bool btp,
    struct date on, struct frac headcount, struct fraction_answer *ret,
    struct err *err) MUST_USE;

/*
 * The same in two steps, for a headcount known to be in the band: mixed_form()
 * finds what the law says, mixed_weight() completes it.
 */
int mixed_form(const struct law *law, enum zone zone, bool btp,
    struct date on, struct fraction_answer *ret, struct err *err) MUST_USE;
void mixed_weight(struct fraction_answer *f, struct frac headcount);

/*
 * mixed_rate(fraction, individual, collective, rebate): « par l'addition des
 * deux éléments » of D. 242-6-13; the rebate (a fraction) bears on the
 * collective part alone.
 */
struct frac mixed_rate(struct frac fraction, struct frac individual,
    struct frac collective, struct frac rebate);

#endif
