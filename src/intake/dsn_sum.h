/*
 * dsn_sum.h -- the totals of one declaration while it is read.
 *
 * Holds no value of a person: sums, counts, risk codes and establishments.
 */
#ifndef TAPR_INTAKE_DSN_SUM_H
#define TAPR_INTAKE_DSN_SUM_H

#include <stdint.h>

#include "intake/dsn.h"

struct dsn_sum {
	struct dsn_aggregate *aggregate;
	struct dsn_share *share;
	struct dsn_declared_rate *rate;
	int32_t		 aggregates, shares, rates;
	int32_t		 aggregate_room, share_room, rate_room;
	int32_t		*slot;		/* aggregate + 1, by its key */
	uint32_t	 slots;
	bool		 no_memory;
	bool		 overflow;	/* a sum left int64_t */
};

void dsn_sum_empty(struct dsn_sum *s);
void dsn_sum_free(struct dsn_sum *s);

/*
 * dsn_sum_aggregate(s, key): the number of the aggregate with the risk_code,
 * section, user and year of ${key}; DSN_NONE without memory (no_memory stays
 * set), here and below.
 */
int32_t dsn_sum_aggregate(struct dsn_sum *s, const struct dsn_aggregate *key);
/* dsn_sum_rate(s, aggregate, given, rate): the number of that declared rate. */
int32_t dsn_sum_rate(struct dsn_sum *s, int32_t aggregate, bool given,
    struct rate rate);
/* dsn_sum_share(s, aggregate, full, part): adds ${part}/${full} employee-days. */
void dsn_sum_share(struct dsn_sum *s, int32_t aggregate, int32_t full,
    int64_t part);
/* dsn_sum_add(s, to, v): ${to} + ${v}; notes an overflow. */
void dsn_sum_add(struct dsn_sum *s, int64_t *to, int64_t v);

#endif
