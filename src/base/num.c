/*
 * num.c -- exact fractions over the proved 128-bit integers of wide.h.
 *
 * Invariants of every struct frac that leaves this file:
 *
 *	1. den = 0 marks the invalid value, and then num = 0 and neg is false;
 *	2. otherwise num and den have no common divisor, and zero is +0/1;
 *	3. a result is invalid only when the reduced result does not fit, or
 *	   when the question was a division by zero.
 *
 * So equal fractions have equal bytes in num, den and neg.
 *
 * 3 is what costs a little work.  A product is reduced crosswise before it
 * is multiplied (Knuth, TAOCP 4.5.1): what is multiplied is then the result.
 * In a sum a * d' + c * b' may be too large while the reduced sum is not;
 * when that happens, and only then, the numerator is taken in 320 bits
 * (struct tall), long and slow, and reduced there.
 */
#include <assert.h>
#include <string.h>

#include "base/num.h"

enum {
	DECIMALS_MAX = 18,	/* 10^18 fits one limb */
	ROUND_DECIMALS_MAX = 6,
	PARSE_DIGITS_MAX = 18,
	WIDE_DIGITS = 39,	/* of 2^128 - 1 */
	TALL = 5,
	LIMB_BITS = 64,
	SMALL_BITS = 31,
};

/* A numerator before reduction: a * d' + c * b' is less than 2^257. */
struct tall { uint64_t limb[TALL]; };		/* least limb first */

static const uint64_t ten_to[DECIMALS_MAX + 1] = {
	1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000,
	1000000000, 10000000000, 100000000000, 1000000000000, 10000000000000,
	100000000000000, 1000000000000000, 10000000000000000,
	100000000000000000, 1000000000000000000,
};

static inline bool
is_one(struct wide a)
{
	return a.hi == 0 && a.lo == 1;
}

/*
 * Most numbers have one limb: these three take that case here, without a
 * call or with a short one, and leave the rest to wide.c.
 */

/* The greatest common divisor; ${b} is not 0. */
static inline struct wide
gcd(struct wide a, struct wide b)
{
	if (is_one(a) || is_one(b))
		return wide_of(1);
	if (wide_are_limbs(a, b))
		return wide_of(wide_gcd_limb(a.lo, b.lo));
	return wide_gcd(a, b);
}

/* ${a} / ${g}, where ${g} is known to divide it. */
static inline struct wide
over(struct wide a, struct wide g)
{
	if (is_one(g))
		return a;
	if (wide_are_limbs(a, g))
		return wide_of(a.lo / g.lo);
	return wide_divmod(a, g).quot;
}

/* ${ret} = ${a} * ${b}, false when it does not fit. */
static inline bool
times(struct wide a, struct wide b, struct wide *ret)
{
	if (!wide_are_limbs(a, b))
		return wide_mul(a, b, ret);
	*ret = wide_mul64(a.lo, b.lo);
	return true;
}

static struct frac
reduced(bool neg, struct wide num, struct wide den)
{
	struct frac ret = { num, den, neg };

	return ret;
}

static struct frac
reduce(bool neg, struct wide num, struct wide den)
{
	struct wide g = gcd(num, den);

	return reduced(neg && !wide_is_zero(num), over(num, g), over(den, g));
}

/*
 * Below 2^31 a product of two numbers and the sum of two products fit a limb:
 * nearly all that rates are made of is added, multiplied and compared there.
 * The invalid value is not small.
 */
static inline bool
are_small(const struct frac *a, const struct frac *b)
{
	return (a->num.hi | a->den.hi | b->num.hi | b->den.hi) == 0 &&
	    (a->num.lo | a->den.lo | b->num.lo | b->den.lo) >> SMALL_BITS == 0
	    && a->den.lo != 0 && b->den.lo != 0;
}

static inline uint64_t
small_gcd(uint64_t a, uint64_t b)
{
	return a == 1 || b == 1 ? 1 : wide_gcd_limb(a, b);
}

/* ${a} / ${g}: nearly always ${g} is 1, and a division is slow. */
static inline uint64_t
small_over(uint64_t a, uint64_t g)
{
	return g == 1 ? a : a / g;
}

static struct frac
add_small(struct frac a, struct frac b)
{
	uint64_t g = a.den.lo == b.den.lo ? a.den.lo :
	    small_gcd(a.den.lo, b.den.lo), h, num;
	uint64_t da = small_over(a.den.lo, g), db = small_over(b.den.lo, g);
	uint64_t x = a.num.lo * db, y = b.num.lo * da;
	bool neg = a.neg;

	if (a.neg == b.neg)
		num = x + y;
	else {
		num = x >= y ? x - y : y - x;
		neg = x == y ? false : x > y ? a.neg : b.neg;
	}
	h = num == 0 ? g : small_gcd(num, g);
	return reduced(neg, wide_of(small_over(num, h)), wide_of(num == 0 ?
	    1 : da * small_over(b.den.lo, h)));
}

static struct frac
mul_small(struct frac a, struct frac b)
{
	uint64_t g, h;

	if (a.num.lo == 0 || b.num.lo == 0)
		return frac_int(0);
	if (b.num.lo == 1 && b.den.lo == 1 && !b.neg)
		return a;
	g = small_gcd(a.num.lo, b.den.lo);
	h = small_gcd(b.num.lo, a.den.lo);
	return reduced(a.neg != b.neg, wide_of(small_over(a.num.lo, g) *
	    small_over(b.num.lo, h)), wide_of(small_over(a.den.lo, h) *
	    small_over(b.den.lo, g)));
}

/* |n|, which for INT64_MIN is not an int64_t. */
static uint64_t
magnitude(int64_t n)
{
	return n < 0 ? (uint64_t)-(n + 1) + 1 : (uint64_t)n;
}

struct frac
frac_int(int64_t n)
{
	return reduced(n < 0, wide_of(magnitude(n)), wide_of(1));
}

struct frac
frac_ratio(int64_t num, int64_t den)
{
	if (den == 0)
		return frac_invalid();
	if (num == 0)
		return frac_int(0);
	return reduce((num < 0) != (den < 0), wide_of(magnitude(num)),
	    wide_of(magnitude(den)));
}

struct frac
frac_cents(struct cents c)
{
	return frac_ratio(c.v, 100);
}

struct frac
frac_rate(struct rate r)
{
	return frac_ratio(r.v, 10000);
}

struct frac
frac_invalid(void)
{
	return reduced(false, wide_of(0), wide_of(0));
}

static struct tall
tall_mul(struct wide a, struct wide b)
{
	const uint64_t x[2] = { a.lo, a.hi }, y[2] = { b.lo, b.hi };
	struct tall ret = { { 0 } };
	struct wide p;
	uint64_t carry;
	int i, j, k;

	for (i = 0; i < 2; i++)
		for (j = 0; j < 2; j++) {
			p = wide_mul64(x[i], y[j]);
			k = i + j;
			ret.limb[k] += p.lo;
			carry = ret.limb[k] < p.lo;
			/* p.hi is at most 2^64 - 2 */
			p.hi += carry;
			ret.limb[k + 1] += p.hi;
			if (ret.limb[k + 1] < p.hi)
				ret.limb[k + 2]++;
		}
	return ret;
}

static int
tall_cmp(const struct tall *a, const struct tall *b)
{
	int i;

	for (i = TALL - 1; i >= 0; i--)
		if (a->limb[i] != b->limb[i])
			return a->limb[i] < b->limb[i] ? -1 : 1;
	return 0;
}

static void
tall_add(struct tall *a, const struct tall *b)
{
	uint64_t carry = 0, sum;
	int i;

	for (i = 0; i < TALL; i++) {
		sum = a->limb[i] + carry;
		carry = sum < carry;
		sum += b->limb[i];
		carry += sum < b->limb[i];
		a->limb[i] = sum;
	}
}

/* ${a} -= ${b}, which is not greater. */
static void
tall_sub(struct tall *a, const struct tall *b)
{
	uint64_t borrow = 0, low;
	int i;

	for (i = 0; i < TALL; i++) {
		low = a->limb[i] - borrow;
		borrow = low > a->limb[i];
		borrow += low < b->limb[i];
		a->limb[i] = low - b->limb[i];
	}
}

/* Divides ${a} by ${den} in place and returns the remainder. */
static struct wide
tall_div(struct tall *a, struct wide den)
{
	struct wide rem = { 0, 0 };
	unsigned bit;
	int i, j;

	for (i = TALL - 1; i >= 0; i--)
		for (j = 0; j < LIMB_BITS; j++) {
			bit = (unsigned)(a->limb[i] >> (LIMB_BITS - 1));
			a->limb[i] <<= 1;
			a->limb[i] |= wide_bit(rem, bit, den, &rem);
		}
	return rem;
}

/*
 * The sum of ${a} and ${b}, of which some product does not fit: ${da} and
 * ${db} are their denominators divided by the common divisor ${g}.
 */
static struct frac
add_tall(struct frac a, struct frac b, struct wide g, struct wide da,
    struct wide db)
{
	struct tall x = tall_mul(a.num, db), y = tall_mul(b.num, da), t;
	struct wide den;
	bool neg = a.neg;

	if (a.neg == b.neg)
		tall_add(&x, &y);
	else if (tall_cmp(&x, &y) >= 0)
		tall_sub(&x, &y);
	else {
		tall_sub(&y, &x);
		x = y;
		neg = b.neg;
	}
	/* Not zero: that would need equal denominators, and no product. */
	t = x;
	g = gcd(tall_div(&t, g), g);
	(void)tall_div(&x, g);
	if (x.limb[4] != 0 || x.limb[3] != 0 || x.limb[2] != 0)
		return frac_invalid();
	if (!wide_mul(da, over(b.den, g), &den))
		return frac_invalid();
	return reduced(neg, (struct wide){ x.limb[1], x.limb[0] }, den);
}

struct frac
frac_add(struct frac a, struct frac b)
{
	struct wide g, da, db, x, y, num, den;
	bool neg = a.neg;
	int cmp;

	if (are_small(&a, &b))
		return add_small(a, b);
	if (!frac_valid(a) || !frac_valid(b))
		return frac_invalid();
	g = wide_cmp(a.den, b.den) == 0 ? a.den : gcd(a.den, b.den);
	da = over(a.den, g);
	db = over(b.den, g);
	if (!times(a.num, db, &x) || !times(b.num, da, &y))
		return add_tall(a, b, g, da, db);
	if (a.neg == b.neg) {
		if (!wide_add(x, y, &num))
			return add_tall(a, b, g, da, db);
	} else {
		cmp = wide_cmp(x, y);
		if (cmp == 0)
			return frac_int(0);
		num = cmp > 0 ? wide_sub(x, y) : wide_sub(y, x);
		neg = cmp > 0 ? a.neg : b.neg;
	}
	g = gcd(num, g);
	if (!times(da, over(b.den, g), &den))
		return frac_invalid();
	return reduced(neg, over(num, g), den);
}

static struct frac
negated(struct frac a)
{
	a.neg = !a.neg && !wide_is_zero(a.num);
	return a;
}

struct frac
frac_sub(struct frac a, struct frac b)
{
	return frac_add(a, negated(b));
}

struct frac
frac_mul(struct frac a, struct frac b)
{
	struct wide g, h, num, den;

	if (are_small(&a, &b))
		return mul_small(a, b);
	if (!frac_valid(a) || !frac_valid(b))
		return frac_invalid();
	if (wide_is_zero(a.num) || wide_is_zero(b.num))
		return frac_int(0);
	g = gcd(a.num, b.den);
	h = gcd(b.num, a.den);
	if (!times(over(a.num, g), over(b.num, h), &num) ||
	    !times(over(a.den, h), over(b.den, g), &den))
		return frac_invalid();
	return reduced(a.neg != b.neg, num, den);
}

struct frac
frac_div(struct frac a, struct frac b)
{
	if (wide_is_zero(b.num))	/* the invalid value too */
		return frac_invalid();
	return frac_mul(a, reduced(b.neg, b.den, b.num));
}

int
frac_cmp(struct frac a, struct frac b)
{
	int cmp;

	assert(frac_valid(a) && frac_valid(b));
	if (a.neg != b.neg)
		return a.neg ? -1 : 1;
	if (are_small(&a, &b)) {
		uint64_t x = a.num.lo * b.den.lo, y = b.num.lo * a.den.lo;

		cmp = (x > y) - (x < y);
		return a.neg ? -cmp : cmp;
	}
	cmp = wide_cmp_ratio(a.num, a.den, b.num, b.den);
	return a.neg ? -cmp : cmp;
}

struct frac
frac_min(struct frac a, struct frac b)
{
	if (!frac_valid(a) || !frac_valid(b))
		return frac_invalid();
	return frac_cmp(a, b) <= 0 ? a : b;
}

struct frac
frac_max(struct frac a, struct frac b)
{
	if (!frac_valid(a) || !frac_valid(b))
		return frac_invalid();
	return frac_cmp(a, b) >= 0 ? a : b;
}

static enum wide_how
how_of(enum rounding how)
{
	switch (how) {
	case ROUND_DOWN:
		return WIDE_DOWN;
	case ROUND_UP:
		return WIDE_UP;
	default:
		return WIDE_HALF_UP;
	}
}

/*
 * Rounds |${a}| to ${decimals}: ${ret_int} is the integer part, the result
 * the decimals as an integer, less than 10^decimals.  Always fits.
 */
static uint64_t
split(struct frac a, int decimals, enum wide_how how, struct wide *ret_int)
{
	struct wide scaled, rem;
	struct wide_div d;
	uint64_t digits = 0;
	int i;

	if (times(a.num, wide_of(ten_to[decimals]), &scaled)) {
		(void)wide_round(scaled, a.den, how, &scaled);
		d = wide_divmod(scaled, wide_of(ten_to[decimals]));
		*ret_int = d.quot;
		return d.rem.lo;
	}
	d = wide_divmod(a.num, a.den);
	rem = d.rem;
	for (i = 0; i < decimals; i++)
		digits = 10 * digits + wide_digit(rem, a.den, &rem);
	if (wide_rounds_up(rem, a.den, how) && ++digits == ten_to[decimals]) {
		/* A remainder needs den > 1, so quot is far from the top. */
		(void)wide_add(d.quot, wide_of(1), &d.quot);
		digits = 0;
	}
	*ret_int = d.quot;
	return digits;
}

struct frac
frac_round(struct frac a, int decimals, enum rounding how)
{
	struct wide whole, part;
	struct frac up;

	assert(decimals >= 0 && decimals <= ROUND_DECIMALS_MAX);
	if (!frac_valid(a) || how == ROUND_NONE)
		return a;
	part = wide_of(split(a, decimals, how_of(how), &whole));
	up = frac_add(reduced(false, whole, wide_of(1)),
	    reduce(false, part, wide_of(ten_to[decimals])));
	return a.neg && frac_valid(up) ? negated(up) : up;
}

bool
frac_scaled(struct frac a, int decimals, int64_t *ret)
{
	struct wide p;
	uint64_t unit, limit;

	assert(decimals >= 0 && decimals <= DECIMALS_MAX);
	unit = ten_to[decimals];
	if (a.den.hi != 0 || a.den.lo == 0 || unit % a.den.lo != 0)
		return false;
	limit = (uint64_t)INT64_MAX + (a.neg ? 1 : 0);
	if (!times(a.num, wide_of(unit / a.den.lo), &p) ||
	    p.hi != 0 || p.lo > limit)
		return false;
	*ret = a.neg ? -(int64_t)(p.lo - 1) - 1 : (int64_t)p.lo;
	return true;
}

bool
frac_parse(const char *text, size_t n, int decimals, struct frac *ret)
{
	size_t i = 0, first, dot = n;
	int64_t v = 0;
	int digits = 0, after = 0;
	bool neg = false;

	if (n > 0 && text[0] == '-') {
		neg = true;
		i++;
	}
	for (first = i; i < n; i++) {
		if (text[i] == '.' && dot == n && i > first && i + 1 < n) {
			dot = i;
			continue;
		}
		if (text[i] < '0' || text[i] > '9')
			return false;
		if (i == first + 1 && text[first] == '0')
			return false;
		if (++digits > PARSE_DIGITS_MAX)
			return false;
		if (dot != n && ++after > decimals)
			return false;
		v = 10 * v + (text[i] - '0');
	}
	if (digits == 0)
		return false;
	*ret = frac_ratio(neg ? -v : v, (int64_t)ten_to[after]);
	return true;
}

/* The digits of ${a} at ${buf}, without NUL; at most WIDE_DIGITS. */
static size_t
digits_of(struct wide a, char *buf)
{
	char tmp[WIDE_DIGITS];
	struct wide_div d;
	size_t i = sizeof tmp;
	uint64_t low;
	int k;

	while (a.hi != 0) {
		d = wide_divmod(a, wide_of(ten_to[DECIMALS_MAX]));
		a = d.quot;
		low = d.rem.lo;
		for (k = 0; k < DECIMALS_MAX; k++, low /= 10)
			tmp[--i] = (char)('0' + low % 10);
	}
	low = a.lo;
	do
		tmp[--i] = (char)('0' + low % 10);
	while ((low /= 10) != 0);
	memcpy(buf, tmp + i, sizeof tmp - i);
	return sizeof tmp - i;
}

size_t
frac_text(struct frac a, char *buf)
{
	size_t n = 0;

	if (!frac_valid(a)) {
		memcpy(buf, "invalid", sizeof "invalid");
		return sizeof "invalid" - 1;
	}
	if (a.neg)
		buf[n++] = '-';
	n += digits_of(a.num, buf + n);
	if (!is_one(a.den)) {
		buf[n++] = '/';
		n += digits_of(a.den, buf + n);
	}
	buf[n] = '\0';
	return n;
}

size_t
frac_decimal(struct frac a, int decimals, enum rounding how, char *buf,
    size_t size)
{
	char text[1 + WIDE_DIGITS + 1 + DECIMALS_MAX + 1];
	struct wide whole;
	uint64_t part;
	size_t n = 0;
	int i;

	assert(decimals >= 0 && decimals <= DECIMALS_MAX);
	if (!frac_valid(a))
		return 0;
	part = split(a, decimals, how_of(how), &whole);
	if (a.neg && (part != 0 || !wide_is_zero(whole)))
		text[n++] = '-';
	n += digits_of(whole, text + n);
	if (decimals > 0) {
		text[n++] = '.';
		for (i = decimals; i > 0; i--, part /= 10)
			text[n + (size_t)i - 1] = (char)('0' + part % 10);
		n += (size_t)decimals;
	}
	if (n >= size)
		return 0;
	text[n++] = '\0';
	memcpy(buf, text, n);
	return n - 1;
}
