/*
 * compute.h -- the rates of a campaign, in parallel.
 *
 * Threads take neighbouring sections, each with an arena of its own, and write
 * only their rows: the results are the same whatever their number.
 */
#ifndef TAPR_CAMPAIGN_COMPUTE_H
#define TAPR_CAMPAIGN_COMPUTE_H

#include <signal.h>

#include "campaign/results.h"

struct compute_how {
	int	 threads;	/* 0: one a processor */
	bool	 plain;		/* each section by itself: for the tests */
	/* Told from time to time; NULL: not. */
	void	(*told)(void *to, uint64_t done, uint64_t all);
	void	*to;
	const volatile sig_atomic_t *stop;	/* see campaign_act */
};

/*
 * compute(in, law, how, a, ret, err): the rate of every section of ${in} under
 * ${law}, in ${a}.  What cannot be computed is refused with its reason, and
 * stops nothing else.
 */
int compute(const struct inputs *in, const struct law *law,
    const struct compute_how *how, const char *inputs_digest,
    struct arena *a, struct results *ret, struct err *err) MUST_USE;

#endif
