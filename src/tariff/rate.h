/*
 * rate.h -- the rate of one establishment, with its calculation sheet.
 */
#ifndef TAPR_TARIFF_RATE_H
#define TAPR_TARIFF_RATE_H

#include "base/arena.h"
#include "base/err.h"
#include "law/law.h"
#include "model/answer.h"

/*
 * rate_compute(law, facts, arena, traced, ret, err): the rate that the law
 * sets for ${facts}.  A pure function of law and facts: no state, no clock; a
 * simulation is this same call.  ${ret} points into ${facts} and ${arena},
 * which must outlive it.  ${traced} false leaves the sheet out and changes
 * nothing else.  TAPR_EINVAL when the facts do not suffice or contradict the
 * law, TAPR_ELAW when a parameter that enters the result is missing,
 * TAPR_ERANGE when a number is too large to stay exact.
 */
int rate_compute(const struct law *law, const struct facts *facts,
    struct arena *arena, bool traced, struct answer *ret, struct err *err)
    MUST_USE;

/* The same when many are asked: what they share is kept (kept.h). */
struct kept;
int rate_compute_kept(struct kept *kept, const struct facts *facts,
    struct arena *arena, bool traced, struct answer *ret, struct err *err)
    MUST_USE;

/*
 * rate_lines(law, facts, first, last, arena, ret, err): the lines of the
 * employer's account charged to the years ${first} to ${last} (at most
 * WINDOW_MAX; 0, 0: the years of reference), at the costs of the tariff of
 * ${facts}, whatever the mode of the rate: window, lines and risk value of
 * ${ret} are filled, and its warnings.  The years of reference give exactly
 * the lines that rate_compute() adds up.
 */
int rate_lines(const struct law *law, const struct facts *facts, int first,
    int last, struct arena *arena, struct answer *ret, struct err *err)
    MUST_USE;

/* How a rate is rounded on ${on}: a dated parameter (N-27). */
int rate_rounding(const struct law *law, struct date on, enum rounding *ret,
    struct err *err) MUST_USE;

#endif
