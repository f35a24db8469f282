/*
 * country.h -- the inputs of a made-up country, for the measures of campaigns.
 *
 * The same every time: every risk of the tariff of 2024 in turn, one firm in
 * eight with 20 employees or more, most claims with them.  One claim in some
 * is a commuting accident, is not recognised, has another firm or a third
 * party that bears a part, or ends in an incapacity or a death.
 */
#ifndef BENCH_COUNTRY_H
#define BENCH_COUNTRY_H

#include "campaign/inputs.h"

enum { COUNTRY_YEAR = 2024 };

/*
 * ${n} sections and 6 claims for 5 of them, in ${a}; false without memory or
 * without a risk in the law.
 */
bool country_fill(const struct law *law, uint64_t n, struct arena *a,
    struct inputs *ret) MUST_USE;

#endif
