/*
 * work.h -- one rate being computed; private to tariff/.
 *
 * rate.c drives: mode (decide.c), risk value (value.c), then net, mixed, cap
 * and the notified rate.  Everything lives in the caller's arena.
 */
#ifndef TAPR_TARIFF_WORK_H
#define TAPR_TARIFF_WORK_H

#include "base/arena.h"
#include "model/answer.h"
#include "tariff/kept.h"
#include "tariff/steps.h"

struct work {
	const struct law	*law;
	struct kept		*kept;		/* of this law */
	const struct facts	*facts;
	struct arena		*arena;
	struct answer		*ans;
	struct steps		 steps;
	struct date		 on;	/* the law of this day */
	bool			 btp;
	struct mode_answer	 mode;
	/* The running rate and the step that made it. */
	struct frac		 rate;
	const char		*rate_step;
	struct err		*err;
};

/* decide_mode(w): fills ans->mode, with its steps. */
int decide_mode(struct work *w) MUST_USE;

/*
 * value_of_risk(w): fills window, lines, risk value and payroll, with their
 * steps.
 */
int value_of_risk(struct work *w) MUST_USE;

/*
 * value_lines(w, first, last): window, lines and risk value alone; 0, 0: the
 * window of the law.
 */
int value_lines(struct work *w, int first, int last) MUST_USE;

/*
 * work_article(w, rule, variant): the article of the version in force; "" when
 * no sheet is written.
 */
const char *work_article(const struct work *w, const char *rule,
    const char *variant);

/*
 * work_warn(w, fmt, ...): one more note on the sheet; the seventeenth is
 * dropped.
 */
void work_warn(struct work *w, const char *fmt, ...) TAPR_PRINTF(2, 3);

#endif
