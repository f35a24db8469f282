/*
 * steps.h -- writing the calculation sheet while calculating.
 *
 * A rule computes its result once; the step written beside it says with
 * which formula, from which operands, under which article.  When no sheet is
 * asked for (a national job), nothing is written and nothing is lost.
 */
#ifndef TAPR_TARIFF_STEPS_H
#define TAPR_TARIFF_STEPS_H

#include "base/err.h"
#include "model/trace.h"
#include "tariff/param.h"

struct steps {
	struct trace	*trace;		/* NULL: no sheet */
	struct err	*err;
};

/*
 * Operands.  ${name} is the identifier in the formula.  from_fact takes a path
 * in FACTS.json, from_step the id of an earlier step.
 */
struct operand from_fact(const char *name, struct frac exact,
    const char *path);
struct operand from_step(const char *name, struct frac exact, const char *id);
struct operand from_param(const struct steps *s, const char *name,
    const struct param *p);

/*
 * steps_add(s, id, result, operands, n, fields...): one more step; ${fields}
 * are those of struct step, ".label = ...", and must make ${result} the value
 * of the formula, rounded as it says.  TAPR_ERANGE when the result was too
 * large to be exact; TAPR_EIO when memory ran out.
 *
 * A macro, so that without a sheet its text is not even made: call it for
 * every result, it is then what checks it.
 */
#define steps_add(s, id_, result_, operands, n, ...) \
	((s)->trace == NULL ? steps_check((s), (id_), (result_)) : \
	    steps_write((s), &(struct step){ .id = (id_), \
	    .result = (result_), __VA_ARGS__ }, (operands), (n)))

int steps_check(const struct steps *s, const char *id, struct frac result)
    MUST_USE;
int steps_write(const struct steps *s, const struct step *step,
    const struct operand *operands, size_t n) MUST_USE;

/* Text in the arena of the sheet; "" when none is written. */
const char *steps_text(const struct steps *s, const char *fmt, ...)
    TAPR_PRINTF(2, 3);

#endif
