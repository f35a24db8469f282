/*
 * apportion.c -- dividing a whole number without losing a unit.
 *
 * Largest remainders (Hamilton): each part is first the whole part of its
 * quota; the units left go, one each, to the parts whose quota lost most.
 */
#include "synth/apportion.h"

#include <assert.h>
#include <stdlib.h>

struct rest { uint64_t rest; size_t at; };

/*
 * Schoolbook: b is taken bit by bit from the top, the quotient and the
 * remainder doubled at each step.  Remainders stay below c < 2^63.
 */
uint64_t
mul_div(uint64_t a, uint64_t b, uint64_t c, uint64_t *ret_rest)
{
	uint64_t q = 0, r = 0, whole, part;

	assert(c > 0 && c < UINT64_C(1) << 62);
	if (b == 0 || a <= UINT64_MAX / b) {
		*ret_rest = a * b % c;
		return a * b / c;
	}
	whole = a / c;
	part = a % c;
	for (int bit = 63; bit >= 0; bit--) {
		q = 2 * q;
		r = 2 * r;
		if ((b >> bit & 1) != 0) {
			q += whole;
			r += part;
		}
		q += r / c;
		r %= c;
	}
	*ret_rest = r;
	return q;
}

static int
by_rest(const void *va, const void *vb)
{
	const struct rest *a = va, *b = vb;

	if (a->rest != b->rest)
		return a->rest > b->rest ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

int
apportion(const uint64_t *weight, size_t n, uint64_t total, uint64_t *ret,
    struct err *err)
{
	uint64_t sum = 0, left = total;
	struct rest *rest;

	for (size_t i = 0; i < n; i++)
		sum += weight[i];
	if (sum == 0) {
		for (size_t i = 0; i < n; i++)
			ret[i] = 0;
		return TAPR_OK;
	}
	if ((rest = malloc(n * sizeof *rest)) == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	for (size_t i = 0; i < n; i++) {
		ret[i] = mul_div(weight[i], total, sum, &rest[i].rest);
		rest[i].at = i;
		left -= ret[i];
	}
	qsort(rest, n, sizeof *rest, by_rest);
	for (size_t i = 0; i < left; i++)
		ret[rest[i].at]++;
	free(rest);
	return TAPR_OK;
}

void
apportion_along(const uint64_t *weight, size_t n, uint64_t total,
    uint64_t *ret)
{
	uint64_t sum = 0, run = 0, given = 0, upto;

	for (size_t i = 0; i < n; i++)
		sum += weight[i];
	assert(sum == 0 || total <= UINT64_MAX / sum);
	for (size_t i = 0; i < n; i++) {
		run += weight[i];
		upto = sum == 0 ? 0 : run * total / sum;
		ret[i] = upto - given;
		given = upto;
	}
}
