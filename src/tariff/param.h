/*
 * param.h -- a value of the law as the rules pass it around: the number and
 * where it stands.
 */
#ifndef TAPR_TARIFF_PARAM_H
#define TAPR_TARIFF_PARAM_H

#include "base/err.h"
#include "law/law.h"

struct param {
	const struct law_row	*row;	/* NULL: given with the facts */
	const char		*name;	/* of the parameter, or fact path */
	struct frac		 exact;
};

/* param_need(): law_need() for a number; TAPR_ELAW when there is none. */
int param_need(const struct law *law, const char *name,
    const char *const keys[LAW_KEYS_MAX], struct date on, struct param *ret,
    struct err *err) MUST_USE;

/* param_int(): the same for a whole number between -9999 and 9999. */
int param_int(const struct law *law, const char *name,
    const char *const keys[LAW_KEYS_MAX], struct date on, int *ret,
    struct err *err) MUST_USE;

#endif
