/*
 * dice.c -- chance that is the same everywhere.
 */
#include "synth/dice.h"

#include <assert.h>

static uint64_t
mix(uint64_t z)
{
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

struct dice
dice(uint64_t seed, uint64_t stream, uint64_t index)
{
	uint64_t state = mix(seed + UINT64_C(0x9e3779b97f4a7c15));

	state = mix(state ^ (stream * UINT64_C(0xd1b54a32d192ed03)));
	state = mix(state + index * UINT64_C(0x9e3779b97f4a7c15));
	return (struct dice){ state };
}

uint64_t
dice_bits(struct dice *d)
{
	d->state += UINT64_C(0x9e3779b97f4a7c15);
	return mix(d->state);
}

/*
 * The high half of a product: even to one part in 2^32 / n, which nobody sees
 * and which needs no loop.
 */
uint32_t
dice_below(struct dice *d, uint32_t n)
{
	assert(n > 0);
	return (uint32_t)(((dice_bits(d) >> 32) * n) >> 32);
}

int32_t
dice_between(struct dice *d, int32_t from, int32_t to)
{
	assert(from <= to);
	return from + (int32_t)dice_below(d, (uint32_t)(to - from) + 1);
}

bool
dice_hit(struct dice *d, uint32_t n, uint32_t of)
{
	return dice_below(d, of) < n;
}
