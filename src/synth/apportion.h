/*
 * apportion.h -- dividing a whole number without losing a unit.
 */
#ifndef TAPR_SYNTH_APPORTION_H
#define TAPR_SYNTH_APPORTION_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/*
 * apportion(weight, n, total, ret, err): ${total} in ${n} parts in proportion
 * to ${weight}, by the largest remainders, ties to the first.  The parts add
 * up to ${total}; a weight of 0 gets 0.  All weights 0: every part is 0.
 */
int apportion(const uint64_t *weight, size_t n, uint64_t total, uint64_t *ret,
    struct err *err) MUST_USE;

/*
 * apportion_along(weight, n, total, ret): the same sum by rounding the running
 * total, in one pass and without memory: what is divided among establishments.
 * sum of weights * ${total} must fit 64 bits (asserted).  ${ret} may be
 * ${weight}.
 */
void apportion_along(const uint64_t *weight, size_t n, uint64_t total,
    uint64_t *ret);

/* mul_div(a, b, c, ret_rest): a * b / c, for a * b of any size and a quotient
 * that fits; the remainder in ${ret_rest}. */
uint64_t mul_div(uint64_t a, uint64_t b, uint64_t c, uint64_t *ret_rest);

#endif
