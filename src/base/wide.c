/*
 * wide.c -- see wide.h for what is proved and how to read it.
 *
 * Division is Knuth's (TAOCP 4.3.1, algorithm D) in base 2^32: a divisor
 * whose top bit is set, a digit guessed from its upper half, at most two
 * corrections.  The proof does not rest on that "at most two": the loops
 * correct until the digit is right.  With a divisor of two limbs the whole
 * quotient fits one limb, so it is guessed from the upper limb of the
 * divisor and corrected in the same way.
 *
 * The gcd is Euclid's while a number needs two limbs and binary below: the
 * divisions cost more than everything else in an addition of fractions.
 *
 * Two one-line functions use what the compiler knows of the processor
 * (count of zero bits).  Frama-C does not, and is shown a loop of the same
 * contract instead; tests/unit/test_num_gmp.c compares quotients and divisors
 * with GMP about every position of a bit.  All other lines are proved as they
 * are compiled.
 */
#include "base/wide.h"

static const uint64_t half = 0x100000000;	/* base of the digits */

/* One limb divided: num = quot * den + rem. */
struct limb_div { uint64_t quot, rem; };

/*@ logic integer pow2(integer n) = n <= 0 ? 1 : 2 * pow2(n - 1); */

/*
 * Lemmas, in small steps: a prover that sees all of them at once goes round
 * in circles.  tools/prove proves those of step n with those of the steps
 * before that the #if leaves, n from 1 to 4, and the functions in steps 5
 * (those of the gcd) and 6 (the others).  Names that end in _w only lay out
 * the terms for the lemma that follows them.
 */
#ifndef STEP
#define STEP 6
#endif

/* Step 1, e_: equations. */
/*@ lemma e_pow2_7: pow2(7) == 0x80;
    lemma e_pow2_14: pow2(14) == 0x4000;
    lemma e_pow2_21: pow2(21) == 0x200000;
    lemma e_pow2_28: pow2(28) == 0x10000000;
    lemma e_pow2_35: pow2(35) == 0x800000000;
    lemma e_pow2_42: pow2(42) == 0x40000000000;
    lemma e_pow2_49: pow2(49) == 0x2000000000000;
    lemma e_pow2_56: pow2(56) == 0x100000000000000;
    lemma e_pow2_63: pow2(63) == 0x8000000000000000;
    lemma e_times_out: \forall integer d, k, n; times(d, k, n) ==> n == k * d;
    lemma e_times_in: \forall integer d, k, n; n == k * d ==> times(d, k, n);
    lemma e_sum_out: \forall integer x, y, z; sum(x, y, z) ==> z == x + y;
    lemma e_sum_in: \forall integer x, y, z; z == x + y ==> sum(x, y, z);
    lemma e_cancel_le: \forall integer s, a, b, p, q;
	s > 0 && times(s, a, p) && times(s, b, q) && p <= q ==> a <= b;
    lemma e_cancel_lt: \forall integer s, a, b, p, q;
	s > 0 && times(s, a, p) && times(s, b, q) && p < q ==> a < b;
    lemma e_grow_le: \forall integer s, a, b, p, q;
	s > 0 && times(s, a, p) && times(s, b, q) && a <= b ==> p <= q;
*/
#if STEP <= 2
/*@ lemma e_times_sub: \forall integer d, x, y, z, k, l;
	times(d, k, x) && times(d, l, z) && sum(x, y, z) ==> times(d, l - k, y);
    lemma e_times_add: \forall integer d, x, y, z, k, l;
	times(d, k, x) && times(d, l, y) && sum(x, y, z) ==> times(d, l + k, z);
    lemma e_times_trans: \forall integer d, y, m, k, q;
	times(d, k, y) && times(y, q, m) ==> times(d, q * k, m);
    lemma e_times_halves_w: \forall integer d, e, k, x, y; sum(e, e, d) &&
	sum(y, y, x) && times(d, k, x) && times(e, k, k * e) ==>
	times(e, k, y);
    lemma e_times_halves: \forall integer d, e, k, x, y; sum(e, e, d) &&
	sum(y, y, x) && times(d, k, x) ==> times(e, k, y);
    lemma e_times_doubles_w: \forall integer d, e, k, x, y; sum(e, e, d) &&
	sum(y, y, x) && times(e, k, y) && times(d, k, k * d) ==>
	times(d, k, x);
    lemma e_times_doubles: \forall integer d, e, k, x, y; sum(e, e, d) &&
	sum(y, y, x) && times(e, k, y) ==> times(d, k, x);
*/
#endif

/* Step 2, d_: divisors of sums, differences, products and doubles. */
#if STEP == 2
/*@ lemma d_self_w: \forall integer d; times(d, 1, d) ==> divides(d, d);
    lemma d_zero_w: \forall integer d; times(d, 0, 0) ==> divides(d, 0);
*/
#endif
#if STEP >= 2 && STEP <= 5
/*@ lemma d_self: \forall integer d; divides(d, d);
    lemma d_zero: \forall integer d; divides(d, 0);
    lemma d_sub: \forall integer d, x, y, z;
	divides(d, x) && divides(d, z) && sum(x, y, z) ==> divides(d, y);
    lemma d_add: \forall integer d, x, y, z;
	divides(d, x) && divides(d, y) && sum(x, y, z) ==> divides(d, z);
    lemma d_trans: \forall integer d, y, q, m;
	divides(d, y) && times(y, q, m) ==> divides(d, m);
*/
#endif
#if STEP >= 2 && STEP <= 4
/*@ lemma d_halves: \forall integer d, e, x, y; sum(e, e, d) &&
	sum(y, y, x) && divides(d, x) ==> divides(e, y);
    lemma d_doubles: \forall integer d, e, x, y; sum(e, e, d) &&
	sum(y, y, x) && divides(e, y) ==> divides(d, x);
*/
#endif

/* Step 3, o_: an odd divisor of a double divides the half. */
#if STEP == 3
/*@ lemma o_arith: \forall integer j, y, a, b;
	times(2 * j + 1, y, a) && times(2 * y, j, b) ==> sum(b, y, a);
    lemma o_odd_w: \forall integer d, j, y, a, b;
	times(2 * j + 1, y, a) && times(2 * y, j, b) &&
	divides(d, 2 * j + 1) && divides(d, 2 * y) ==> divides(d, y);
    lemma o_odd_v: \forall integer d, j, y;
	divides(d, 2 * j + 1) && divides(d, 2 * y) &&
	times(2 * j + 1, y, y * (2 * j + 1)) && times(2 * y, j, j * (2 * y)) ==>
	divides(d, y);
    lemma o_odd: \forall integer d, j, y;
	divides(d, 2 * j + 1) && divides(d, 2 * y) ==> divides(d, y);
    lemma o_double_w: \forall integer d, y;
	times(y, 2, 2 * y) && divides(d, y) ==> divides(d, 2 * y);
    lemma o_double: \forall integer d, y; divides(d, y) ==> divides(d, 2 * y);
    lemma o_parity_odd: \forall integer x; x % 2 == 1 ==> x == 2 * (x / 2) + 1;
    lemma o_parity_even: \forall integer x; x % 2 == 0 ==> x == 2 * (x / 2);
    lemma o_half_w: \forall integer d, x, v; x % 2 == 1 && v % 2 == 0 &&
	divides(d, 2 * (x / 2) + 1) && divides(d, 2 * (v / 2)) ==>
	divides(d, v / 2);
    lemma o_sum_v: \forall integer d, o, y;
	divides(d, 2 * (o / 2) + 1) && divides(d, 2 * y) ==> divides(d, y);
    lemma o_sum_w: \forall integer d, o, y; o == 2 * (o / 2) + 1 &&
	divides(d, o) && divides(d, 2 * y) ==> divides(d, y);
    lemma o_twice: \forall integer x, y; sum(y, y, x) ==> x == 2 * y;
*/
#endif
#if STEP >= 3 && STEP <= 5
/*@ lemma o_half: \forall integer d, x, v; x % 2 == 1 && v % 2 == 0 &&
	divides(d, x) && divides(d, v) ==> divides(d, v / 2);
    lemma o_whole: \forall integer d, v;
	v % 2 == 0 && divides(d, v / 2) ==> divides(d, v);
*/
#endif
#if STEP >= 3 && STEP <= 4
/*@ lemma o_sum: \forall integer d, o, x, y; o % 2 == 1 && sum(y, y, x) &&
	divides(d, o) && divides(d, x) ==> divides(d, y);
*/
#endif

/* Step 4, g_: what Euclid's and the binary algorithm rest on. */
#if STEP == 4
/*@ lemma g_even: \forall integer d, e, g, gg, x, xx, y, yy;
	sum(e, e, d) && sum(g, g, gg) && sum(x, x, xx) && sum(y, y, yy) &&
	e > 0 && is_gcd(g, x, y) ==>
	(divides(d, gg) <==> (divides(d, xx) && divides(d, yy)));
    lemma g_odd: \forall integer d, g, gg, x, xx, y, yy;
	d % 2 == 1 && sum(g, g, gg) && sum(x, x, xx) && sum(y, y, yy) &&
	d > 0 && is_gcd(g, x, y) ==>
	(divides(d, gg) <==> (divides(d, xx) && divides(d, yy)));
    lemma g_halves: \forall integer d; d % 2 == 0 ==> sum(d / 2, d / 2, d);
    lemma g_parity: \forall integer d; d > 0 ==> d % 2 == 0 || d % 2 == 1;
    lemma g_any_w: \forall integer d, g, gg, x, xx, y, yy;
	((d % 2 == 0 && sum(d / 2, d / 2, d)) || d % 2 == 1) &&
	sum(g, g, gg) && sum(x, x, xx) && sum(y, y, yy) &&
	d > 0 && is_gcd(g, x, y) ==>
	(divides(d, gg) <==> (divides(d, xx) && divides(d, yy)));
    lemma g_any: \forall integer d, g, gg, x, xx, y, yy;
	sum(g, g, gg) && sum(x, x, xx) && sum(y, y, yy) &&
	d > 0 && is_gcd(g, x, y) ==>
	(divides(d, gg) <==> (divides(d, xx) && divides(d, yy)));
    lemma g_down: \forall integer a, b, q, m, r, d; times(b, q, m) &&
	sum(m, r, a) && divides(d, b) && divides(d, a) ==> divides(d, r);
    lemma g_up: \forall integer a, b, q, m, r, d; times(b, q, m) &&
	sum(m, r, a) && divides(d, b) && divides(d, r) ==> divides(d, a);
    lemma g_twice: \forall integer g, gg, x, xx, y, yy;
	sum(g, g, gg) && sum(x, x, xx) && sum(y, y, yy) && is_gcd(g, x, y) ==>
	is_gcd(gg, xx, yy);
    lemma g_double_w: \forall integer g, x, y;
	sum(g, g, 2 * g) && sum(x, x, 2 * x) && sum(y, y, 2 * y) &&
	is_gcd(g, x, y) ==> is_gcd(2 * g, 2 * x, 2 * y);
*/
#endif
#if STEP >= 4 && STEP <= 5
/*@ lemma g_double: \forall integer g, x, y;
	is_gcd(g, x, y) ==> is_gcd(2 * g, 2 * x, 2 * y);
    lemma g_euclid: \forall integer a, b, q, m, r, g; times(b, q, m) &&
	sum(m, r, a) && is_gcd(g, b, r) ==> is_gcd(g, a, b);
    lemma g_zero: \forall integer a; is_gcd(a, a, 0);
    lemma g_turned: \forall integer g, a, b;
	is_gcd(g, a, b) ==> is_gcd(g, b, a);
*/
#endif

/*
 * lift(v): the power of two that brings the top bit of ${v} to bit 63.
 */
/*@ requires v > 0;
    assigns \nothing;
    ensures 1 <= \result <= 0x8000000000000000;
    ensures 0x8000000000000000 <= v * \result;
    ensures (v + 1) * \result <= 0x10000000000000000;
*/
static inline uint64_t
lift(uint64_t v)
{
#ifdef __FRAMAC__
	uint64_t s = 1, top = 0x8000000000000000;
	/*@ ghost int n = 63; */

	/*@ loop invariant 0 <= n <= 63 && top == pow2(n) && top >= 1;
	    loop invariant s * top == 0x8000000000000000;
	    loop invariant v < 2 * top && s >= 1;
	    loop assigns s, top, n;
	    loop variant n;
	*/
	while (v < top) {
		/*@ assert n > 0 && top == 2 * pow2(n - 1); */
		s *= 2;
		top /= 2;
		/*@ ghost n--; */
	}
	/*@ assert times(s, v + 1, (v + 1) * s); */
	/*@ assert times(s, 2 * top, (2 * top) * s); */
	/*@ assert (v + 1) * s <= (2 * top) * s; */
	return s;
#else
	return (uint64_t)1 << __builtin_clzll(v);
#endif
}

/*
 * odd_part(v): ${v} without its factors of two.
 */
/*@ requires v > 0;
    assigns \nothing;
    ensures \result % 2 == 1 && \result <= v;
    ensures \forall integer d, x; x % 2 == 1 && divides(d, x) ==>
	(divides(d, v) <==> divides(d, \result));
*/
static inline uint64_t
odd_part(uint64_t v)
{
#ifdef __FRAMAC__
	/*@ loop invariant 0 < v <= \at(v, Pre);
	    loop invariant \forall integer d, x; x % 2 == 1 &&
		divides(d, x) ==> (divides(d, \at(v, Pre)) <==> divides(d, v));
	    loop assigns v;
	    loop variant v;
	*/
	while (v % 2 == 0)
		v /= 2;
	return v;
#else
	return v >> __builtin_ctzll(v);
#endif
}

bool
wide_mul(struct wide a, struct wide b, struct wide *ret)
{
	struct wide low, high;

	if (wide_are_limbs(a, b)) {
		*ret = wide_mul64(a.lo, b.lo);
		return true;
	}
	if (a.hi != 0 && b.hi != 0)
		return false;
	low = wide_mul64(a.lo, b.lo);
	/*@ assert left: b.hi == 0 ==> W(a) * W(b) ==
	    (a.hi * b.lo) * 0x10000000000000000 + a.lo * b.lo; */
	/*@ assert right: a.hi == 0 ==> W(a) * W(b) ==
	    (b.hi * a.lo) * 0x10000000000000000 + a.lo * b.lo; */
	high = a.hi != 0 ? wide_mul64(a.hi, b.lo) : wide_mul64(b.hi, a.lo);
	if (high.hi != 0 || high.lo > UINT64_MAX - low.hi)
		return false;
	/*@ assert product: W(a) * W(b) ==
	    (high.lo + low.hi) * 0x10000000000000000 + low.lo; */
	ret->hi = high.lo + low.hi;
	ret->lo = low.lo;
	return true;
}

/*
 * digit(r, n, v): divides r * 2^32 + n by ${v}, whose top bit is set.
 */
/*@ requires v >= 0x8000000000000000 && r < v && n < 0x100000000;
    assigns \nothing;
    ensures r * 0x100000000 + n == \result.quot * v + \result.rem;
    ensures \result.rem < v && \result.quot < 0x100000000;
*/
static inline struct limb_div
digit(uint64_t r, uint64_t n, uint64_t v)
{
	uint64_t q = r / (v / half);
	struct wide p, t = { r / half, (r % half) * half + n };
	struct limb_div ret;

	/*@ assert over: r < (q + 1) * (v / half); */
	/*@ assert over2: r + 1 <= (q + 1) * (v / half); */
	/*@ assert over3: (r + 1) * half <= (q + 1) * ((v / half) * half); */
	/*@ assert over4: (q + 1) * ((v / half) * half) <= (q + 1) * v; */
	/*@ assert over5: W(t) < (q + 1) * v; */
	if (q >= half)
		q = half - 1;
	p = wide_mul64(q, v);
	/*@ loop invariant W(p) == q * v && q < 0x100000000;
	    loop invariant W(t) < (q + 1) * v;
	    loop assigns p, q;
	    loop variant q;
	*/
	while (wide_cmp(p, t) > 0) {
		q--;
		p = wide_sub(p, wide_of(v));
	}
	ret.quot = q;
	ret.rem = wide_sub(t, p).lo;
	return ret;
}

/*
 * by_limb(num, den): divides ${num} by ${den} when num.hi < den, so that the
 * quotient fits one limb.
 */
/*@ requires num.hi < den;
    assigns \nothing;
    ensures W(num) == \result.quot * den + \result.rem;
    ensures \result.rem < den;
*/
static struct limb_div
by_limb(struct wide num, uint64_t den)
{
	uint64_t s = lift(den), v = den * s;
	struct wide t = wide_mul64(num.lo, s);
	struct limb_div high, low, ret;

	/*@ assert num.hi + 1 <= den; */
	/*@ assert (num.hi + 1) * s <= v; */
	/*@ assert t.hi < s; */
	t.hi += num.hi * s;
	/*@ assert W(t) == W(num) * s; */
	/*@ assert t.hi < v; */
	high = digit(t.hi, t.lo / half, v);
	low = digit(high.rem, t.lo % half, v);
	ret.quot = high.quot * half + low.quot;
	/*@ assert W(t) == ret.quot * v + low.rem; */
	/*@ assert W(num) * s == (ret.quot * den) * s + low.rem; */
	/*@ assert (ret.quot * den) * s <= W(num) * s; */
	/*@ assert W(num) * s < (ret.quot * den + den) * s; */
	/*@ assert times(s, ret.quot * den, (ret.quot * den) * s); */
	/*@ assert times(s, ret.quot * den + den,
	    (ret.quot * den + den) * s); */
	/*@ assert times(s, W(num), W(num) * s); */
	/*@ assert ret.quot * den <= W(num); */
	/*@ assert W(num) < ret.quot * den + den; */
	ret.rem = wide_sub(num, wide_mul64(ret.quot, den)).lo;
	return ret;
}

/*
 * guess(num, den): about num / den when ${den} has two limbs: its upper 64
 * significant bits divide the upper 127 of ${num}; never too large by more
 * than one, and one is taken off.
 */
/*@ requires den.hi > 0;
    assigns \nothing;
*/
static uint64_t
guess(struct wide num, struct wide den)
{
	uint64_t s = lift(den.hi), v, q;
	struct wide t;

	/*@ assert den.hi * s <= 0xffffffffffffffff; */
	v = den.hi * s + wide_mul64(den.lo, s).hi;
	t.hi = num.hi / 2;
	t.lo = (num.hi % 2) * 0x8000000000000000 + num.lo / 2;
	q = by_limb(t, v).quot / (0x8000000000000000 / s);
	return q > 0 ? q - 1 : 0;
}

struct wide_div
wide_divmod(struct wide num, struct wide den)
{
	struct wide_div ret;
	struct limb_div low;
	struct wide p;
	uint64_t q;

	if (wide_are_limbs(num, den)) {
		ret.quot = wide_of(num.lo / den.lo);
		ret.rem = wide_of(num.lo % den.lo);
		/*@ assert num.lo ==
		    (num.lo / den.lo) * den.lo + num.lo % den.lo; */
		/*@ assert limbs: W(\at(num, Pre)) ==
		    W(ret.quot) * W(den) + W(ret.rem); */
		return ret;
	}
	if (den.hi == 0) {
		ret.quot.hi = num.hi / den.lo;
		num.hi %= den.lo;
		low = by_limb(num, den.lo);
		ret.quot.lo = low.quot;
		ret.rem = wide_of(low.rem);
		/*@ assert \at(num.hi, Pre) == ret.quot.hi * den.lo + num.hi; */
		/*@ assert W(num) == low.quot * den.lo + low.rem; */
		/*@ assert W(\at(num, Pre)) ==
		    (ret.quot.hi * den.lo) * 0x10000000000000000 + W(num); */
		/*@ assert W(ret.quot) * den.lo == (ret.quot.hi * den.lo) *
		    0x10000000000000000 + low.quot * den.lo; */
		/*@ assert W(den) == den.lo && W(ret.rem) == low.rem; */
		/*@ assert limb: W(\at(num, Pre)) ==
		    W(ret.quot) * W(den) + W(ret.rem); */
		return ret;
	}
	if (wide_cmp(num, den) < 0) {
		ret.quot = wide_of(0);
		ret.rem = num;
		/*@ assert below: W(\at(num, Pre)) ==
		    W(ret.quot) * W(den) + W(ret.rem); */
		/*@ assert none: W(\at(num, Pre)) ==
		    W(ret.quot) * W(den) + W(ret.rem); */
		return ret;
	}
	q = guess(num, den);
	/*@ loop assigns q, p;
	    loop variant q;
	*/
	while (!wide_mul(wide_of(q), den, &p) || wide_cmp(p, num) > 0)
		q--;
	num = wide_sub(num, p);
	/*@ loop invariant \at(W(num), Pre) == q * W(den) + W(num);
	    loop assigns q, num;
	    loop variant W(num);
	*/
	while (wide_cmp(num, den) >= 0) {
		q++;
		num = wide_sub(num, den);
	}
	ret.quot = wide_of(q);
	ret.rem = num;
	/*@ assert W(ret.quot) == q; */
	/*@ assert W(\at(num, Pre)) == W(ret.quot) * W(den) + W(ret.rem); */
	return ret;
}

/* half_of(v): ${v} / 2, for an even ${v}. */
/*@ requires v % 2 == 0;
    assigns \nothing;
    ensures 2 * \result == v;
*/
static inline uint64_t
half_of(uint64_t v)
{
	return v / 2;
}

uint64_t
wide_gcd_limb(uint64_t a, uint64_t b)
{
	uint64_t x = b, y = a % b, twos = 1, less, more;
	/*@ ghost uint64_t y0 = y; */

	/*@ assert times(b, a / b, (a / b) * b) && sum((a / b) * b, y, a); */
	/*@ assert step: \forall integer g;
	    is_gcd(g, b, y0) ==> is_gcd(g, a, b); */
	if (y == 0)
		return x;
	/*@ loop invariant x * twos == b && y * twos == y0;
	    loop invariant x > 0 && y > 0 && twos > 0 && y < x;
	    loop invariant \forall integer g;
		is_gcd(g, x, y) ==> is_gcd(g * twos, b, y0);
	    loop assigns x, y, twos;
	    loop variant x;
	*/
	while (x % 2 == 0 && y % 2 == 0) {
		x = half_of(x);
		y = half_of(y);
		/*@ assert xt: x * (2 * twos) == b; */
		/*@ assert yt: y * (2 * twos) == y0; */
		/*@ assert tt: times(2 * twos, 1, 2 * twos) &&
		    times(2 * twos, x, b); */
		/*@ assert fit: 2 * twos <= b; */
		/*@ assert up: \forall integer g; is_gcd(g, x, y) ==>
		    is_gcd(2 * g, 2 * x, 2 * y); */
		/*@ assert top: \forall integer g; is_gcd(g, x, y) ==>
		    is_gcd((2 * g) * twos, b, y0); */
		twos *= 2;
	}
	/*@ ghost uint64_t x1 = x, y1 = y; */
	if (x % 2 == 0) {
		less = x;
		x = y;
		y = less;
	}
	/*@ loop invariant x % 2 == 1 && 0 < x <= x1 && 0 < y <= x1;
	    loop invariant \forall integer d; d > 0 ==>
		(divides(d, x) && divides(d, y) <==>
		divides(d, x1) && divides(d, y1));
	    loop assigns x, y, less, more;
	    loop variant x + y;
	*/
	do {
		y = odd_part(y);
		/*@ ghost uint64_t ox = x, oy = y; */
		/* In this form compilers make no branch of it. */
		less = x < y ? x : y;
		more = x < y ? y : x;
		y = more - less;
		x = less;
		/*@ assert apart: (x == ox && sum(x, y, oy)) ||
		    (x == oy && sum(x, y, ox)); */
		/*@ assert same_divisors: \forall integer d;
		    divides(d, x) && divides(d, y) <==>
		    divides(d, ox) && divides(d, oy); */
	} while (y != 0);
	/*@ assert odd_gcd: is_gcd(x, x1, y1); */
	/*@ assert small_times: times(twos, x, x * twos); */
	/*@ assert large_times: times(twos, x1, b); */
	/*@ assert small: x * twos <= b; */
	/*@ assert found: is_gcd(x * twos, b, y0); */
	return x * twos;
}

struct wide
wide_gcd(struct wide a, struct wide b)
{
	struct wide_div d;

	/*@ loop invariant \forall integer g;
		is_gcd(g, W(a), W(b)) ==>
		is_gcd(g, W(\at(a, Pre)), W(\at(b, Pre)));
	    loop invariant W(a) == 0 && W(b) == 0 <==>
		W(\at(a, Pre)) == 0 && W(\at(b, Pre)) == 0;
	    loop assigns a, b, d;
	    loop variant W(b);
	*/
	while (b.hi != 0) {
		d = wide_divmod(a, b);
		/*@ assert times(W(b), W(d.quot), W(d.quot) * W(b)); */
		/*@ assert sum(W(d.quot) * W(b), W(d.rem), W(a)); */
		/*@ assert \forall integer g;
		    is_gcd(g, W(b), W(d.rem)) ==> is_gcd(g, W(a), W(b)); */
		a = b;
		b = d.rem;
	}
	/*@ assert W(b) == b.lo; */
	if (b.lo == 0) {
		/*@ assert is_gcd(W(a), W(a), W(b)); */
		return a;
	}
	if (a.hi != 0) {
		d = wide_divmod(a, b);
		/*@ assert times(W(b), W(d.quot), W(d.quot) * W(b)); */
		/*@ assert sum(W(d.quot) * W(b), W(d.rem), W(a)); */
		/*@ assert d.rem.hi == 0; */
		/*@ assert \forall integer g; is_gcd(g, W(b), W(d.rem)) ==>
		    is_gcd(g, W(a), W(b)); */
		/*@ assert \forall integer g; is_gcd(g, d.rem.lo, b.lo) ==>
		    is_gcd(g, W(a), W(b)); */
		return wide_of(wide_gcd_limb(d.rem.lo, b.lo));
	}
	/*@ assert W(a) == a.lo; */
	return wide_of(wide_gcd_limb(a.lo, b.lo));
}

int
wide_cmp_ratio(struct wide a, struct wide b, struct wide c, struct wide d)
{
	struct wide_div left, right;
	int cmp, sign = 1;

	if (wide_are_limbs(a, b) && wide_are_limbs(c, d))
		return wide_cmp(wide_mul64(a.lo, d.lo),
		    wide_mul64(c.lo, b.lo));
	/*@ loop invariant W(b) > 0 && W(d) > 0;
	    loop invariant sign == 1 || sign == -1;
	    loop invariant sign == 1 ==> W(a) * W(d) - W(c) * W(b) ==
		\at(W(a) * W(d) - W(c) * W(b), Pre);
	    loop invariant sign == -1 ==> W(c) * W(b) - W(a) * W(d) ==
		\at(W(a) * W(d) - W(c) * W(b), Pre);
	    loop assigns a, b, c, d, left, right, cmp, sign;
	    loop variant W(b);
	*/
	for (;;) {
		left = wide_divmod(a, b);
		right = wide_divmod(c, d);
		cmp = wide_cmp(left.quot, right.quot);
		/*@ assert left: W(a) * W(d) ==
		    W(left.quot) * (W(b) * W(d)) + W(left.rem) * W(d); */
		/*@ assert right: W(c) * W(b) ==
		    W(right.quot) * (W(b) * W(d)) + W(right.rem) * W(b); */
		/*@ assert left_rem: 0 <= W(left.rem) * W(d) < W(b) * W(d); */
		/*@ assert right_rem: 0 <= W(right.rem) * W(b) < W(b) * W(d); */
		/*@ assert area: W(b) * W(d) > 0; */
		/*@ assert left_area: times(W(b) * W(d), W(left.quot),
		    W(left.quot) * (W(b) * W(d))); */
		/*@ assert left_next: times(W(b) * W(d), W(left.quot) + 1,
		    W(left.quot) * (W(b) * W(d)) + W(b) * W(d)); */
		/*@ assert right_area: times(W(b) * W(d), W(right.quot),
		    W(right.quot) * (W(b) * W(d))); */
		/*@ assert right_next: times(W(b) * W(d), W(right.quot) + 1,
		    W(right.quot) * (W(b) * W(d)) + W(b) * W(d)); */
		/*@ assert less: cmp == -1 ==> W(a) * W(d) < W(c) * W(b); */
		/*@ assert more: cmp == 1 ==> W(a) * W(d) > W(c) * W(b); */
		if (cmp != 0)
			break;
		/*@ assert same: W(a) * W(d) - W(c) * W(b) ==
		    W(left.rem) * W(d) - W(right.rem) * W(b); */
		if (wide_is_zero(left.rem) || wide_is_zero(right.rem)) {
			cmp = wide_cmp(left.rem, right.rem);
			/*@ assert no_left: W(left.rem) == 0 ==>
			    W(left.rem) * W(d) == 0; */
			/*@ assert no_right: W(right.rem) == 0 ==>
			    W(right.rem) * W(b) == 0; */
			/*@ assert some_left: W(left.rem) > 0 ==>
			    W(left.rem) * W(d) > 0; */
			/*@ assert some_right: W(right.rem) > 0 ==>
			    W(right.rem) * W(b) > 0; */
			break;
		}
		/* rem/b against rem/d: the other way round, b/rem, d/rem. */
		a = b;
		b = left.rem;
		c = d;
		d = right.rem;
		sign = -sign;
	}
	/*@ assert told_less: cmp == -1 ==> W(a) * W(d) < W(c) * W(b); */
	/*@ assert told_same: cmp == 0 ==> W(a) * W(d) == W(c) * W(b); */
	/*@ assert told_more: cmp == 1 ==> W(a) * W(d) > W(c) * W(b); */
	if (sign == -1)
		cmp = -cmp;
	/*@ assert less: cmp == -1 ==>
	    \at(W(a) * W(d), Pre) < \at(W(c) * W(b), Pre); */
	/*@ assert same: cmp == 0 ==>
	    \at(W(a) * W(d), Pre) == \at(W(c) * W(b), Pre); */
	/*@ assert more: cmp == 1 ==>
	    \at(W(a) * W(d), Pre) > \at(W(c) * W(b), Pre); */
	return cmp;
}

bool
wide_rounds_up(struct wide rem, struct wide den, enum wide_how how)
{
	if (how == WIDE_HALF_UP)
		return wide_cmp(rem, wide_sub(den, rem)) >= 0;
	return how == WIDE_UP && !wide_is_zero(rem);
}

bool
wide_round(struct wide num, struct wide den, enum wide_how how,
    struct wide *ret)
{
	struct wide_div d;

	if (wide_is_zero(den))
		return false;
	d = wide_divmod(num, den);
	/* A remainder needs den > 1, so that quot + 1 <= num: it fits. */
	if (wide_rounds_up(d.rem, den, how))
		return wide_add(d.quot, wide_of(1), ret);
	*ret = d.quot;
	return true;
}

bool
wide_bit(struct wide rem, unsigned bit, struct wide den, struct wide *ret)
{
	struct wide gap = wide_sub(den, rem), next = rem;

	if (bit != 0)
		(void)wide_add(rem, wide_of(1), &next);
	if (wide_cmp(next, gap) >= 0) {
		*ret = wide_sub(next, gap);
		return true;
	}
	(void)wide_add(next, rem, ret);
	return false;
}

unsigned
wide_digit(struct wide rem, struct wide den, struct wide *ret)
{
	/* Always set below; said so for readers that cannot know. */
	struct wide x2 = rem, x4 = rem, x5 = rem, gap;
	unsigned quot;

	/* 10 = 2 * (2 * 2 + 1) */
	quot = wide_bit(rem, 0, den, &x2) ? 1 : 0;
	/*@ assert quot <= 1 && 2 * W(rem) == quot * W(den) + W(x2); */
	quot = 2 * quot + (wide_bit(x2, 0, den, &x4) ? 1 : 0);
	/*@ assert quot <= 3 && 4 * W(rem) == quot * W(den) + W(x4); */
	gap = wide_sub(den, rem);
	if (wide_cmp(x4, gap) >= 0) {
		x5 = wide_sub(x4, gap);
		quot++;
	} else
		(void)wide_add(x4, rem, &x5);
	/*@ assert quot <= 4 && 5 * W(rem) == quot * W(den) + W(x5); */
	quot = 2 * quot + (wide_bit(x5, 0, den, ret) ? 1 : 0);
	return quot;
}
