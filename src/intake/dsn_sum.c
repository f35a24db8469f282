/*
 * dsn_sum.c -- the totals of one declaration while it is read.
 *
 * A temporary-work agency names thousands of users, so aggregates are found
 * by hash; the rates and shares of one are few and hang in chains.
 */
#include <stdlib.h>
#include <string.h>

#include "intake/dsn_sum.h"

enum { ROOM_FIRST = 16, ROOM_MAX = 1 << 22, SLOTS_FIRST = 64 };

void
dsn_sum_empty(struct dsn_sum *s)
{

	if (s->aggregates > 0)
		memset(s->slot, 0, s->slots * sizeof *s->slot);
	s->aggregates = s->shares = s->rates = 0;
	s->no_memory = s->overflow = false;
}

void
dsn_sum_free(struct dsn_sum *s)
{

	free(s->aggregate);
	free(s->share);
	free(s->rate);
	free(s->slot);
	*s = (struct dsn_sum){ 0 };
}

/* Room for one element more in ${*array}; false, and noted, without. */
static bool
room(struct dsn_sum *s, void **array, int32_t n, int32_t *has, size_t size)
{
	int32_t want = *has == 0 ? ROOM_FIRST : *has * 2;
	void *p;

	if (n < *has)
		return true;
	if (want > ROOM_MAX || (p = realloc(*array, (size_t)want * size)) ==
	    NULL) {
		s->no_memory = true;
		return false;
	}
	*array = p;
	*has = want;
	return true;
}

static bool
same_key(const struct dsn_aggregate *a, const struct dsn_aggregate *b)
{

	return strcmp(a->risk_code, b->risk_code) == 0 &&
	    a->section == b->section && a->year == b->year &&
	    strcmp(a->user, b->user) == 0;
}

static uint32_t
hash(const struct dsn_aggregate *key)
{
	uint32_t h = 2166136261u;
	const char *p;

	for (p = key->risk_code; *p != '\0'; p++)
		h = (h ^ (unsigned char)*p) * 16777619u;
	for (p = key->user; *p != '\0'; p++)
		h = (h ^ (unsigned char)*p) * 16777619u;
	h = (h ^ (uint32_t)key->section) * 16777619u;
	h = (h ^ (uint32_t)key->year) * 16777619u;
	return h ^ h >> 15;
}

static int32_t *
find(const struct dsn_sum *s, int32_t *slot, uint32_t slots,
    const struct dsn_aggregate *key)
{
	uint32_t i = hash(key) & (slots - 1);

	while (slot[i] != 0 && !same_key(&s->aggregate[slot[i] - 1], key))
		i = (i + 1) & (slots - 1);
	return &slot[i];
}

static bool
more_slots(struct dsn_sum *s)
{
	uint32_t slots = s->slots == 0 ? SLOTS_FIRST : s->slots * 2;
	int32_t *slot = calloc(slots, sizeof *slot), i;

	if (slot == NULL) {
		s->no_memory = true;
		return false;
	}
	for (i = 0; i < s->aggregates; i++)
		*find(s, slot, slots, &s->aggregate[i]) = i + 1;
	free(s->slot);
	s->slot = slot;
	s->slots = slots;
	return true;
}

int32_t
dsn_sum_aggregate(struct dsn_sum *s, const struct dsn_aggregate *key)
{
	void *array = s->aggregate;
	struct dsn_aggregate *a;
	int32_t *slot;

	if ((uint32_t)s->aggregates * 2 >= s->slots && !more_slots(s))
		return DSN_NONE;
	slot = find(s, s->slot, s->slots, key);
	if (*slot != 0)
		return *slot - 1;
	if (!room(s, &array, s->aggregates, &s->aggregate_room, sizeof *a))
		return DSN_NONE;
	s->aggregate = array;
	a = &s->aggregate[s->aggregates];
	*a = (struct dsn_aggregate){ .section = key->section,
	    .year = key->year, .first_share = DSN_NONE,
	    .first_rate = DSN_NONE };
	memcpy(a->risk_code, key->risk_code, sizeof a->risk_code);
	memcpy(a->user, key->user, sizeof a->user);
	*slot = ++s->aggregates;
	return *slot - 1;
}

int32_t
dsn_sum_rate(struct dsn_sum *s, int32_t aggregate, bool given,
    struct rate rate)
{
	void *array = s->rate;
	struct dsn_aggregate *a;
	int32_t i;

	if (aggregate == DSN_NONE)
		return DSN_NONE;
	a = &s->aggregate[aggregate];
	for (i = a->first_rate; i != DSN_NONE; i = s->rate[i].next)
		if (s->rate[i].given == given && s->rate[i].rate.v == rate.v)
			return i;
	if (!room(s, &array, s->rates, &s->rate_room, sizeof *s->rate))
		return DSN_NONE;
	s->rate = array;
	s->rate[s->rates] = (struct dsn_declared_rate){ .next = a->first_rate,
	    .given = given, .rate = rate };
	a->first_rate = s->rates;
	return s->rates++;
}

void
dsn_sum_share(struct dsn_sum *s, int32_t aggregate, int32_t full,
    int64_t part)
{
	void *array = s->share;
	struct dsn_aggregate *a;
	int32_t i;

	if (aggregate == DSN_NONE)
		return;
	a = &s->aggregate[aggregate];
	for (i = a->first_share; i != DSN_NONE; i = s->share[i].next)
		if (s->share[i].full == full) {
			dsn_sum_add(s, &s->share[i].part, part);
			return;
		}
	if (!room(s, &array, s->shares, &s->share_room, sizeof *s->share))
		return;
	s->share = array;
	s->share[s->shares] = (struct dsn_share){ .next = a->first_share,
	    .full = full, .part = part };
	a->first_share = s->shares++;
}

void
dsn_sum_add(struct dsn_sum *s, int64_t *to, int64_t v)
{

	if ((v > 0 && *to > INT64_MAX - v) || (v < 0 && *to < INT64_MIN - v))
		s->overflow = true;
	else
		*to += v;
}

struct frac
dsn_headcount(const struct dsn_declaration *d, const struct dsn_aggregate *a)
{
	struct frac sum = frac_int(0);
	int32_t days, i;

	days = date_days_in_month(d->id.month.y, d->id.month.m);
	for (i = a->first_share; i != DSN_NONE; i = d->share[i].next)
		sum = frac_add(sum, frac_div(frac_ratio(d->share[i].part,
		    d->share[i].full), frac_int(days)));
	return sum;
}
