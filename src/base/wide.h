/*
 * wide.h -- unsigned integers of 128 bits, in two limbs of 64.
 *
 * The ground under every rate: what is written here is proved, not only
 * tested.  Each function carries its contract in ACSL (the comments that
 * open with an at sign); tools/prove hands them to Frama-C, which shows for
 * all inputs that the result is the one of the mathematical integers, that
 * nothing wraps, that nothing is divided by zero and that every loop ends.
 * To read a contract, know that W(x) is the integer x.hi * 2^64 + x.lo.
 *
 * That is why the code below is plainer than it could be: no __int128, no
 * bit tricks, halves taken with / and % (which compilers turn into shifts),
 * and carries found by comparing before adding rather than after wrapping.
 *
 * This file knows nothing of signs, fractions or money: see num.h.
 */
#ifndef TAPR_BASE_WIDE_H
#define TAPR_BASE_WIDE_H

#include <stdbool.h>
#include <stdint.h>

struct wide { uint64_t hi, lo; };

/* What a division gives: num = quot * den + rem, rem < den. */
struct wide_div { struct wide quot, rem; };

/* How wide_round() chooses when there is a remainder. */
enum wide_how { WIDE_HALF_UP, WIDE_DOWN, WIDE_UP };

/*@ logic integer W(struct wide w) = w.hi * 0x10000000000000000 + w.lo; */

/*
 * times(d, k, n): n = k * d.  sum(x, y, z): z = x + y.  Two equations with a
 * name, because a prover finds its way by names and not by products.
 * divides(d, n): n is a multiple of d.
 * is_gcd(g, a, b): the divisors of g are the common divisors of a and b.
 */
/*@ inductive times(integer d, integer k, integer n) {
	case times_def: \forall integer d, k; times(d, k, k * d);
    }
    inductive sum(integer x, integer y, integer z) {
	case sum_def: \forall integer x, y; sum(x, y, x + y);
    }
    inductive divides(integer d, integer n) {
	case divides_def:
	    \forall integer d, k, n; times(d, k, n) ==> divides(d, n);
    }
    inductive is_gcd(integer g, integer a, integer b) {
	case is_gcd_def: \forall integer g, a, b;
	    (\forall integer d; d > 0 ==>
		(divides(d, g) <==> (divides(d, a) && divides(d, b)))) ==>
	    is_gcd(g, a, b);
    }
*/

/* wide_of(v): ${v}, widened. */
/*@ assigns \nothing;
    ensures W(\result) == v;
    ensures \result.hi == 0 && \result.lo == v;
*/
static inline struct wide
wide_of(uint64_t v)
{
	struct wide ret = { 0, v };

	return ret;
}

/*@ assigns \nothing;
    ensures \result == 1 <==> W(a) == 0;
*/
static inline bool
wide_is_zero(struct wide a)
{
	return a.hi == 0 && a.lo == 0;
}

/* wide_are_limbs(a, b): whether each fits one limb. */
/*@ assigns \nothing;
    ensures \result == 1 <==> a.hi == 0 && b.hi == 0;
*/
static inline bool
wide_are_limbs(struct wide a, struct wide b)
{
	return a.hi == 0 && b.hi == 0;
}

/* wide_cmp(a, b): -1, 0 or 1 as ${a} is less than, equal to, above ${b}. */
/*@ assigns \nothing;
    ensures \result == -1 <==> W(a) < W(b);
    ensures \result == 0 <==> W(a) == W(b);
    ensures \result == 1 <==> W(a) > W(b);
    ensures \result == -1 || \result == 0 || \result == 1;
*/
static inline int
wide_cmp(struct wide a, struct wide b)
{
	if (a.hi != b.hi)
		return a.hi < b.hi ? -1 : 1;
	if (a.lo != b.lo)
		return a.lo < b.lo ? -1 : 1;
	return 0;
}

/*
 * wide_add(a, b, ret): ${ret} = ${a} + ${b}; false, and ${ret} untouched,
 * when that does not fit.
 */
/*@ requires \valid(ret);
    assigns *ret;
    ensures \result == 1 <==> W(a) + W(b) < 0x100000000000000000000000000000000;
    ensures \result == 1 ==> W(*ret) == W(a) + W(b);
    ensures \result == 0 ==> *ret == \old(*ret);
*/
static inline bool
wide_add(struct wide a, struct wide b, struct wide *ret)
{
	uint64_t carry = 0, lo;

	if (a.lo > UINT64_MAX - b.lo) {
		lo = a.lo - (UINT64_MAX - b.lo) - 1;
		carry = 1;
	} else
		lo = a.lo + b.lo;
	if (a.hi > UINT64_MAX - b.hi)
		return false;
	if (carry > UINT64_MAX - (a.hi + b.hi))
		return false;
	ret->hi = a.hi + b.hi + carry;
	ret->lo = lo;
	return true;
}

/* wide_sub(a, b): ${a} - ${b}; ${a} must not be less than ${b}. */
/*@ requires W(a) >= W(b);
    assigns \nothing;
    ensures W(\result) == W(a) - W(b);
*/
static inline struct wide
wide_sub(struct wide a, struct wide b)
{
	struct wide ret;

	if (a.lo >= b.lo) {
		ret.hi = a.hi - b.hi;
		ret.lo = a.lo - b.lo;
	} else {
		ret.hi = a.hi - b.hi - 1;
		ret.lo = UINT64_MAX - (b.lo - a.lo) + 1;
	}
	return ret;
}

/* wide_mul64(a, b): ${a} * ${b}, which always fits. */
/*@ assigns \nothing;
    ensures W(\result) == a * b;
*/
static inline struct wide
wide_mul64(uint64_t a, uint64_t b)
{
	const uint64_t half = 0x100000000;
	uint64_t ah = a / half, al = a % half;
	uint64_t bh = b / half, bl = b % half;
	uint64_t low = al * bl;
	uint64_t mid = ah * bl + low / half;
	uint64_t cross = al * bh + mid % half;
	struct wide ret;

	ret.hi = ah * bh + mid / half + cross / half;
	ret.lo = (cross % half) * half + low % half;
	return ret;
}

/*
 * wide_mul(a, b, ret): ${ret} = ${a} * ${b}; false, and ${ret} untouched,
 * when that does not fit.
 */
/*@ requires \valid(ret);
    assigns *ret;
    ensures \result == 1 <==> W(a) * W(b) < 0x100000000000000000000000000000000;
    ensures \result == 1 ==> W(*ret) == W(a) * W(b);
    ensures \result == 0 ==> *ret == \old(*ret);
*/
bool wide_mul(struct wide a, struct wide b, struct wide *ret);

/* wide_divmod(num, den): quotient and remainder; ${den} must not be 0. */
/*@ requires W(den) > 0;
    assigns \nothing;
    ensures W(num) == W(\result.quot) * W(den) + W(\result.rem);
    ensures W(\result.rem) < W(den);
*/
struct wide_div wide_divmod(struct wide num, struct wide den);

/* wide_gcd_limb(a, b): the greatest common divisor; ${b} must not be 0. */
/*@ requires b > 0;
    assigns \nothing;
    ensures is_gcd(\result, a, b);
    ensures 0 < \result <= b;
*/
uint64_t wide_gcd_limb(uint64_t a, uint64_t b);

/* wide_gcd(a, b): the greatest common divisor; 0 only when both are 0. */
/*@ assigns \nothing;
    ensures is_gcd(W(\result), W(a), W(b));
    ensures W(\result) == 0 <==> W(a) == 0 && W(b) == 0;
*/
struct wide wide_gcd(struct wide a, struct wide b);

/*
 * wide_cmp_ratio(a, b, c, d): -1, 0 or 1 as ${a}/${b} is less than, equal
 * to, above ${c}/${d}.  ${b} and ${d} must not be 0.  Never overflows.
 */
/*@ requires W(b) > 0 && W(d) > 0;
    assigns \nothing;
    ensures \result == -1 <==> W(a) * W(d) < W(c) * W(b);
    ensures \result == 0 <==> W(a) * W(d) == W(c) * W(b);
    ensures \result == 1 <==> W(a) * W(d) > W(c) * W(b);
    ensures \result == -1 || \result == 0 || \result == 1;
*/
int wide_cmp_ratio(struct wide a, struct wide b, struct wide c,
    struct wide d);

/*
 * wide_rounds_up(rem, den, how): whether a quotient that leaves ${rem} over
 * ${den} goes to the next integer.
 */
/*@ requires W(rem) < W(den);
    assigns \nothing;
    ensures how == WIDE_HALF_UP ==> (\result == 1 <==> 2 * W(rem) >= W(den));
    ensures how == WIDE_DOWN ==> \result == 0;
    ensures how == WIDE_UP ==> (\result == 1 <==> W(rem) > 0);
    ensures \result == 1 ==> W(rem) > 0;
    ensures \result == 0 || \result == 1;
*/
bool wide_rounds_up(struct wide rem, struct wide den, enum wide_how how);

/*
 * wide_round(num, den, how, ret): ${ret} = ${num} / ${den} rounded to an
 * integer; a half goes up with WIDE_HALF_UP.  False, and ${ret} untouched,
 * when ${den} is 0; there is no other failure, the result always fits.
 */
/*@ requires \valid(ret);
    requires how == WIDE_HALF_UP || how == WIDE_DOWN || how == WIDE_UP;
    assigns *ret;
    ensures \result == 1 <==> W(den) != 0;
    ensures \result == 0 ==> *ret == \old(*ret);
    ensures near: \result == 1 && how == WIDE_HALF_UP ==>
	2 * \abs(W(*ret) * W(den) - W(num)) <= W(den);
    ensures tie: \result == 1 && how == WIDE_HALF_UP ==>
	2 * (W(num) - W(*ret) * W(den)) < W(den);
    ensures down: \result == 1 && how == WIDE_DOWN ==>
	W(*ret) * W(den) <= W(num) < (W(*ret) + 1) * W(den);
    ensures up: \result == 1 && how == WIDE_UP ==>
	(W(*ret) - 1) * W(den) < W(num) <= W(*ret) * W(den);
*/
bool wide_round(struct wide num, struct wide den, enum wide_how how,
    struct wide *ret);

/*
 * wide_bit(rem, bit, den, ret): one step of a long division in base 2:
 * 2 * rem + bit = result * den + ${ret}.
 */
/*@ requires \valid(ret);
    requires W(rem) < W(den) && bit <= 1;
    assigns *ret;
    ensures 2 * W(rem) + bit == \result * W(den) + W(*ret);
    ensures W(*ret) < W(den);
    ensures \result == 0 || \result == 1;
*/
bool wide_bit(struct wide rem, unsigned bit, struct wide den,
    struct wide *ret);

/*
 * wide_digit(rem, den, ret): the next decimal digit of ${rem}/${den}, which
 * must be less than one, and in ${ret} what remains: 10 * rem = digit * den
 * + ${ret}.  For the fractions that leave no room to multiply by 10.
 */
/*@ requires \valid(ret);
    requires W(rem) < W(den);
    assigns *ret;
    ensures 10 * W(rem) == \result * W(den) + W(*ret);
    ensures W(*ret) < W(den);
    ensures 0 <= \result <= 9;
*/
unsigned wide_digit(struct wide rem, struct wide den, struct wide *ret);

#endif
