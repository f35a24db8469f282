/*
 * test_num_gmp.c -- the number kernel against two others: GMP, and the
 * __int128 of the compiler.
 *
 * Numbers are drawn so that the edges are met often: powers of two and of
 * ten and their neighbours, all lengths from 0 to 128 bits, denominators that
 * share factors, and pairs whose exact result was chosen first, just inside
 * or just outside of what fits.  The seed is fixed; so is every case.
 *
 * A result must be invalid exactly when the reduced result of GMP does not
 * fit 128 bits.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gmp.h>

#include "base/num.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum { CASES = 200000, WIDE_BITS = 128, PLACES = 6 };

__extension__ typedef unsigned __int128 u128;

static uint64_t seed = 88172645463325252;

static uint64_t
draw(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed;
}

static unsigned
below(unsigned n)
{
	return (unsigned)((draw() >> 20) % n);
}

static u128
as_u128(struct wide w)
{
	return (u128)w.hi << 64 | w.lo;
}

static struct wide
as_wide(u128 v)
{
	return (struct wide){ (uint64_t)(v >> 64), (uint64_t)v };
}

/* Any length, a power of two or of ten, or next to one of these. */
static u128
draw_u128(void)
{
	u128 v = (u128)draw() << 64 | draw();
	unsigned n = below(WIDE_BITS + 1);

	switch (below(8)) {
	case 0:
		v = n == WIDE_BITS ? 0 : (u128)1 << n;
		return v + below(3) - 1;
	case 1:
		for (v = 1, n = below(39); n > 0; n--)
			v *= 10;
		return v + below(3) - 1;
	case 2:
		return below(20);
	case 3:
		return (u128)draw() << 64 | (0 - (uint64_t)below(3));
	default:
		return n == 0 ? 0 : v >> (WIDE_BITS - n);
	}
}

static void
set(mpz_t z, struct wide w)
{
	const uint64_t limbs[2] = { w.lo, w.hi };

	mpz_import(z, 2, -1, sizeof limbs[0], 0, 0, limbs);
}

static bool
fits(const mpz_t z)
{
	return mpz_sizeinbase(z, 2) <= WIDE_BITS;
}

static struct wide
get(const mpz_t z)
{
	uint64_t limbs[2] = { 0, 0 };

	assert_true(fits(z));
	mpz_export(limbs, NULL, -1, sizeof limbs[0], 0, 0, z);
	return (struct wide){ limbs[1], limbs[0] };
}

static bool
same(struct wide a, struct wide b)
{
	return a.hi == b.hi && a.lo == b.lo;
}

static void
wide_limbs(void **state)
{
	uint64_t a, b;
	int i;

	(void)state;
	for (i = 0; i < CASES; i++) {
		a = (uint64_t)draw_u128();
		b = (uint64_t)draw_u128();
		assert_true(as_u128(wide_mul64(a, b)) == (u128)a * b);
		assert_true(as_u128(wide_of(a)) == a);
	}
}

static void
wide_sums(void **state)
{
	const struct wide mark = { 7, 7 };
	struct wide a, b, ret;
	u128 x, y;
	int i;

	(void)state;
	for (i = 0; i < CASES; i++) {
		x = draw_u128();
		y = below(4) == 0 ? (u128)0 - x - below(3) : draw_u128();
		a = as_wide(x);
		b = as_wide(y);
		ret = mark;
		assert_int_equal(wide_add(a, b, &ret), x + y >= x);
		assert_true(as_u128(ret) ==
		    (x + y >= x ? x + y : as_u128(mark)));
		assert_int_equal(wide_cmp(a, b), (x > y) - (x < y));
		assert_int_equal(wide_is_zero(a), x == 0);
		if (x >= y)
			assert_true(as_u128(wide_sub(a, b)) == x - y);
		else
			assert_true(as_u128(wide_sub(b, a)) == y - x);
	}
}

static void
wide_products(void **state)
{
	const struct wide mark = { 7, 7 };
	struct wide a, b, ret;
	mpz_t x, y, z;
	int i;

	(void)state;
	mpz_inits(x, y, z, NULL);
	for (i = 0; i < CASES; i++) {
		a = as_wide(draw_u128());
		b = as_wide(draw_u128());
		/* Half of them about the limit: b = 2^128 / a and near. */
		if (i % 2 == 0 && as_u128(a) > 1)
			b = as_wide((u128)-1 / as_u128(a) + below(3) - 1);
		set(x, a);
		set(y, b);
		mpz_mul(z, x, y);
		ret = mark;
		assert_int_equal(wide_mul(a, b, &ret), fits(z));
		assert_true(same(ret, fits(z) ? get(z) : mark));
	}
	mpz_clears(x, y, z, NULL);
}

static void
wide_quotients(void **state)
{
	struct wide_div d;
	u128 x, y;
	int i;

	(void)state;
	for (i = 0; i < 4 * CASES; i++) {
		x = draw_u128();
		y = draw_u128();
		/* A quarter of them next to a multiple. */
		if (i % 4 == 0 && y != 0)
			x = x / y * y + below(3) - 1;
		if (y == 0)
			continue;
		d = wide_divmod(as_wide(x), as_wide(y));
		assert_true(as_u128(d.quot) == x / y);
		assert_true(as_u128(d.rem) == x % y);
	}
}

/* Every position of the top bit and of the lowest bit, with its neighbours. */
static void
wide_positions(void **state)
{
	struct wide_div d;
	mpz_t x, y, z;
	u128 a, b;
	int i, j, k;

	(void)state;
	mpz_inits(x, y, z, NULL);
	for (i = 0; i < WIDE_BITS; i++)
		for (j = 0; j < WIDE_BITS; j++)
			for (k = 0; k < 9; k++) {
				a = ((u128)1 << i) + (u128)(k % 3) - 1;
				b = ((u128)1 << j) + (u128)(k / 3) - 1;
				if (b != 0) {
					d = wide_divmod(as_wide(a), as_wide(b));
					assert_true(as_u128(d.quot) == a / b);
					assert_true(as_u128(d.rem) == a % b);
				}
				set(x, as_wide(a));
				set(y, as_wide(b));
				mpz_gcd(z, x, y);
				assert_true(same(wide_gcd(as_wide(a),
				    as_wide(b)), get(z)));
			}
	mpz_clears(x, y, z, NULL);
}

static void
wide_divisors(void **state)
{
	u128 a, b, common;
	mpz_t x, y, z;
	int i;

	(void)state;
	mpz_inits(x, y, z, NULL);
	for (i = 0; i < CASES; i++) {
		a = draw_u128();
		b = draw_u128();
		if (i % 2 == 0) {
			common = draw_u128() >> below(WIDE_BITS);
			common += common == 0;
			a = a % ((u128)-1 / common) * common;
			b = b % ((u128)-1 / common) * common;
		}
		set(x, as_wide(a));
		set(y, as_wide(b));
		mpz_gcd(z, x, y);
		assert_true(same(wide_gcd(as_wide(a), as_wide(b)), get(z)));
	}
	mpz_clears(x, y, z, NULL);
}

static void
wide_ratios(void **state)
{
	struct wide v[4];
	mpz_t z[4];
	int i, j;

	(void)state;
	for (j = 0; j < 4; j++)
		mpz_init(z[j]);
	for (i = 0; i < CASES; i++) {
		for (j = 0; j < 4; j++)
			v[j] = as_wide(draw_u128());
		v[1].lo |= 1;
		v[3].lo |= 1;
		/* Near or equal ratios, which take many steps. */
		if (i % 2 == 0) {
			v[2] = v[0];
			v[3] = v[1];
			v[below(4)].lo ^= below(2) * 2;
		}
		for (j = 0; j < 4; j++)
			set(z[j], v[j]);
		mpz_mul(z[0], z[0], z[3]);
		mpz_mul(z[2], z[2], z[1]);
		j = mpz_cmp(z[0], z[2]);
		assert_int_equal(wide_cmp_ratio(v[0], v[1], v[2], v[3]),
		    (j > 0) - (j < 0));
	}
	for (j = 0; j < 4; j++)
		mpz_clear(z[j]);
}

/* z = x / y rounded to an integer, by GMP. */
static void
round_gmp(mpz_t z, const mpz_t x, const mpz_t y, enum wide_how how)
{
	mpz_t rem;
	bool up;

	mpz_init(rem);
	mpz_tdiv_qr(z, rem, x, y);
	up = how == WIDE_UP && mpz_sgn(rem) != 0;
	if (how == WIDE_HALF_UP) {
		mpz_mul_2exp(rem, rem, 1);
		up = mpz_cmp(rem, y) >= 0;
	}
	if (up)
		mpz_add_ui(z, z, 1);
	mpz_clear(rem);
}

static void
wide_roundings(void **state)
{
	const struct wide mark = { 7, 7 };
	enum wide_how how;
	struct wide a, b, ret;
	mpz_t x, y, z;
	u128 half;
	int i;

	(void)state;
	mpz_inits(x, y, z, NULL);
	for (i = 0; i < CASES; i++) {
		a = as_wide(draw_u128());
		b = as_wide(draw_u128());
		/* A third of them at a half or next to it. */
		if (i % 3 == 0 && !wide_is_zero(b)) {
			half = as_u128(b) / 2 + below(3) - 1;
			a = as_wide(as_u128(a) / as_u128(b) * as_u128(b));
			if (as_u128(a) + half >= half)
				a = as_wide(as_u128(a) + half);
		}
		how = (enum wide_how)below(3);
		ret = mark;
		if (wide_is_zero(b)) {
			assert_false(wide_round(a, b, how, &ret));
			assert_true(same(ret, mark));
			continue;
		}
		set(x, a);
		set(y, b);
		round_gmp(z, x, y, how);
		assert_true(wide_round(a, b, how, &ret));
		assert_true(same(ret, get(z)));
	}
	mpz_clears(x, y, z, NULL);
}

static void
wide_steps(void **state)
{
	struct wide den, rem, ret;
	mpz_t x, y, q, r;
	unsigned bit;
	int i;

	(void)state;
	mpz_inits(x, y, q, r, NULL);
	for (i = 0; i < CASES; i++) {
		den = as_wide(draw_u128());
		if (wide_is_zero(den))
			continue;
		rem = as_wide(i % 3 == 0 ? as_u128(den) - 1 :
		    draw_u128() % as_u128(den));
		set(x, rem);
		set(y, den);
		mpz_mul_ui(q, x, 10);
		mpz_tdiv_qr(q, r, q, y);
		assert_int_equal(wide_digit(rem, den, &ret), mpz_get_ui(q));
		assert_true(same(ret, get(r)));
		bit = below(2);
		mpz_mul_ui(q, x, 2);
		mpz_add_ui(q, q, bit);
		mpz_tdiv_qr(q, r, q, y);
		assert_int_equal(wide_bit(rem, bit, den, &ret), mpz_get_ui(q));
		assert_true(same(ret, get(r)));
	}
	mpz_clears(x, y, q, r, NULL);
}

static bool
fits_q(const mpq_t q)
{
	return fits(mpq_numref(q)) && fits(mpq_denref(q));
}

static struct frac
frac_of(const mpq_t q)
{
	return (struct frac){ get(mpq_numref(q)), get(mpq_denref(q)),
	    mpq_sgn(q) < 0 };
}

/* A random fraction that fits ${bits} bits: ${q}, reduced. */
static void
draw_q(mpq_t q, unsigned bits)
{
	u128 most = (u128)-1 >> (WIDE_BITS - bits), den = draw_u128() & most;

	if (below(4) == 0)
		for (den = 1; below(6) != 0 && den < most >> 28;)
			den *= below(2) ? 10 : 36;
	set(mpq_numref(q), as_wide(draw_u128() & most));
	set(mpq_denref(q), as_wide(den == 0 ? 1 : den));
	mpq_canonicalize(q);
	if (below(2))
		mpq_neg(q, q);
}

/*
 * Two fractions: unrelated, or with denominators that share a factor, or
 * with a sum, a product or a difference chosen first.
 */
static void
draw_pair(mpq_t a, mpq_t b)
{
	/* A third of them about 2^31, under which num.c takes a short way. */
	unsigned bits = below(3) == 0 ? 30 + below(4) : WIDE_BITS;
	mpq_t r;

	mpq_init(r);
	draw_q(a, bits);
	draw_q(b, bits);
	mpq_set(r, b);
	switch (below(6)) {
	case 0:
		mpq_sub(r, b, a);		/* a + r = b fits */
		break;
	case 1:
		if (mpq_sgn(a) != 0)
			mpq_div(r, b, a);	/* a * r = b fits */
		break;
	case 2:
		mpz_set(mpq_denref(r), mpq_denref(a));
		mpq_canonicalize(r);
		break;
	case 3:
		mpz_mul_ui(mpq_denref(r), mpq_denref(a), 1 + below(50));
		mpz_tdiv_q_ui(mpq_denref(r), mpq_denref(r), 1 + below(50));
		if (mpz_sgn(mpq_denref(r)) == 0)
			mpz_set_ui(mpq_denref(r), 1);
		mpq_canonicalize(r);
		break;
	case 4:
		/* a + r = (2^128 - 2 to 2^128 + 1) / den */
		mpz_set_ui(mpq_numref(r), 1);
		mpz_mul_2exp(mpq_numref(r), mpq_numref(r), WIDE_BITS);
		mpz_add_ui(mpq_numref(r), mpq_numref(r), below(4));
		mpz_sub_ui(mpq_numref(r), mpq_numref(r), 2);
		mpz_set(mpq_denref(r), mpq_denref(a));
		mpq_canonicalize(r);
		mpq_sub(r, r, a);
		break;
	default:
		break;
	}
	if (fits_q(r))
		mpq_set(b, r);
	mpq_clear(r);
}

static void
check(struct frac got, const mpq_t want, const char *what, const mpq_t a,
    const mpq_t b)
{
	static char text[4096];
	struct frac w;

	if (!fits_q(want)) {
		if (!frac_valid(got) && wide_is_zero(got.num) && !got.neg)
			return;
	} else {
		w = frac_of(want);
		if (same(got.num, w.num) && same(got.den, w.den) &&
		    got.neg == w.neg)
			return;
	}
	gmp_snprintf(text, sizeof text, "%s of %Qd and %Qd: not %Qd", what, a,
	    b, want);
	fail_msg("%s", text);
}

static void
fraction_sums(void **state)
{
	unsigned valid = 0, invalid = 0;
	struct frac x, y;
	mpq_t a, b, r;
	int i;

	(void)state;
	mpq_inits(a, b, r, NULL);
	for (i = 0; i < CASES; i++) {
		draw_pair(a, b);
		x = frac_of(a);
		y = frac_of(b);
		mpq_add(r, a, b);
		fits_q(r) ? valid++ : invalid++;
		check(frac_add(x, y), r, "sum", a, b);
		check(frac_add(y, x), r, "sum exchanged", a, b);
		mpq_sub(r, a, b);
		check(frac_sub(x, y), r, "difference", a, b);
	}
	assert_true(valid > CASES / 4 && invalid > CASES / 10);
	mpq_clears(a, b, r, NULL);
}

static void
fraction_products(void **state)
{
	unsigned valid = 0, invalid = 0;
	struct frac x, y;
	mpq_t a, b, r;
	int i;

	(void)state;
	mpq_inits(a, b, r, NULL);
	for (i = 0; i < CASES; i++) {
		draw_pair(a, b);
		x = frac_of(a);
		y = frac_of(b);
		mpq_mul(r, a, b);
		fits_q(r) ? valid++ : invalid++;
		check(frac_mul(x, y), r, "product", a, b);
		if (mpq_sgn(b) == 0) {
			assert_false(frac_valid(frac_div(x, y)));
			continue;
		}
		mpq_div(r, a, b);
		check(frac_div(x, y), r, "quotient", a, b);
	}
	assert_true(valid > CASES / 4 && invalid > CASES / 10);
	mpq_clears(a, b, r, NULL);
}

static void
fraction_order(void **state)
{
	struct frac x, y;
	mpq_t a, b;
	int i, cmp;

	(void)state;
	mpq_inits(a, b, NULL);
	for (i = 0; i < CASES; i++) {
		draw_pair(a, b);
		/* Neighbours: the same but for one unit above or below. */
		if (i % 2 == 0) {
			mpq_set(b, a);
			mpz_add_ui(mpq_denref(b), mpq_denref(b), below(2));
			mpz_add_ui(mpq_numref(b), mpq_numref(b), below(2));
			mpq_canonicalize(b);
			if (!fits_q(b))
				continue;
		}
		x = frac_of(a);
		y = frac_of(b);
		cmp = mpq_cmp(a, b);
		cmp = (cmp > 0) - (cmp < 0);
		assert_int_equal(frac_cmp(x, y), cmp);
		assert_int_equal(frac_cmp(y, x), -cmp);
		check(frac_min(x, y), cmp <= 0 ? a : b, "least", a, b);
		check(frac_max(x, y), cmp >= 0 ? a : b, "greatest", a, b);
		assert_int_equal(frac_is_zero(x), mpq_sgn(a) == 0);
	}
	mpq_clears(a, b, NULL);
}

/* a rounded to ${places}; ${digits} is |a| * 10^places rounded. */
static void
round_q(mpq_t r, mpz_t digits, const mpq_t a, int places, enum rounding how)
{
	mpz_t scale, x;

	mpz_inits(scale, x, NULL);
	mpz_ui_pow_ui(scale, 10, (unsigned long)places);
	mpz_mul(x, mpq_numref(a), scale);
	mpz_abs(x, x);
	round_gmp(digits, x, mpq_denref(a), how == ROUND_DOWN ? WIDE_DOWN :
	    how == ROUND_UP ? WIDE_UP : WIDE_HALF_UP);
	mpz_set(mpq_numref(r), digits);
	mpz_set(mpq_denref(r), scale);
	mpq_canonicalize(r);
	if (mpq_sgn(a) < 0)
		mpq_neg(r, r);
	mpz_clears(scale, x, NULL);
}

/* Half of them are at or next to a half of the last place kept. */
static void
draw_near_tie(mpq_t a, int places)
{
	mpz_t scale;

	draw_q(a, WIDE_BITS);
	if (below(2))
		return;
	mpz_init(scale);
	mpz_ui_pow_ui(scale, 10, (unsigned long)places);
	mpz_mul_ui(mpq_denref(a), scale, 2);
	mpq_canonicalize(a);
	if (below(3) == 0)
		mpz_add_ui(mpq_denref(a), mpq_denref(a), 1);
	mpq_canonicalize(a);
	mpz_clear(scale);
}

static void
fraction_roundings(void **state)
{
	enum rounding how;
	mpz_t digits;
	mpq_t a, r;
	int i, places;

	(void)state;
	mpz_init(digits);
	mpq_inits(a, r, NULL);
	for (i = 0; i < CASES; i++) {
		places = (int)below(PLACES + 1);
		draw_near_tie(a, places);
		how = (enum rounding)below(4);
		if (how == ROUND_NONE)
			mpq_set(r, a);
		else
			round_q(r, digits, a, places, how);
		check(frac_round(frac_of(a), places, how), r, "rounding", a, a);
	}
	mpz_clear(digits);
	mpq_clears(a, r, NULL);
}

static void
fraction_scaled(void **state)
{
	unsigned taken = 0, refused = 0;
	int64_t got;
	mpz_t scale, z;
	mpq_t a;
	bool want;
	int i, places;

	(void)state;
	mpz_inits(scale, z, NULL);
	mpq_init(a);
	for (i = 0; i < CASES; i++) {
		places = (int)below(PLACES + 1);
		mpz_ui_pow_ui(scale, 10, (unsigned long)places);
		draw_q(a, WIDE_BITS);
		switch (below(4)) {
		case 0:
			/* At the limits of int64_t. */
			mpz_set_ui(z, 1);
			mpz_mul_2exp(z, z, 63);
			mpz_add_ui(z, z, below(3));
			mpz_sub_ui(z, z, 1);
			mpz_mul_si(mpq_numref(a), z, below(2) ? 1 : -1);
			mpz_set(mpq_denref(a), scale);
			break;
		case 1:
			mpz_set(mpq_denref(a), scale);
			mpz_tdiv_q_2exp(mpq_numref(a), mpq_numref(a), 50);
			break;
		default:
			break;
		}
		mpq_canonicalize(a);
		mpz_mul(z, mpq_numref(a), scale);
		want = mpz_divisible_p(z, mpq_denref(a));
		mpz_tdiv_q(z, z, mpq_denref(a));
		want = want && mpz_fits_slong_p(z);
		want ? taken++ : refused++;
		got = 7;
		assert_int_equal(frac_scaled(frac_of(a), places, &got), want);
		assert_true(got == (want ? mpz_get_si(z) : 7));
	}
	assert_true(taken > CASES / 10 && refused > CASES / 10);
	mpz_clears(scale, z, NULL);
	mpq_clear(a);
}

static void
fraction_texts(void **state)
{
	char got[FRAC_TEXT_MAX], want[FRAC_TEXT_MAX + 2];
	size_t longest = 0;
	mpq_t a;
	int i;

	(void)state;
	mpq_init(a);
	for (i = 0; i < CASES; i++) {
		draw_q(a, WIDE_BITS);
		memset(got, '!', sizeof got);
		assert_true(frac_text(frac_of(a), got) == strlen(got));
		mpq_get_str(want, 10, a);
		assert_string_equal(got, want);
		if (strlen(got) > longest)
			longest = strlen(got);
	}
	assert_true(longest + 1 == FRAC_TEXT_MAX);
	mpq_clear(a);
}

static void
fraction_decimals(void **state)
{
	char got[80], want[80], digits[80];
	enum rounding how;
	mpz_t rounded;
	mpq_t a, r;
	size_t len, size;
	int i, places, pad;

	(void)state;
	mpz_init(rounded);
	mpq_inits(a, r, NULL);
	for (i = 0; i < CASES; i++) {
		places = (int)below(PLACES + 1);
		draw_near_tie(a, places);
		how = (enum rounding)below(4);
		round_q(r, rounded, a, places, how);
		mpz_get_str(digits, 10, rounded);
		/* At least one digit before the dot. */
		pad = places + 1 - (int)strlen(digits);
		gmp_snprintf(want, sizeof want, "%s%.*s%s",
		    mpq_sgn(r) < 0 ? "-" : "", pad > 0 ? pad : 0,
		    "000000000", digits);
		if (places > 0) {
			len = strlen(want);
			memmove(want + len - places + 1, want + len - places,
			    (size_t)places + 1);
			want[len - (size_t)places] = '.';
		}
		len = strlen(want);
		assert_true(frac_decimal(frac_of(a), places, how, got,
		    sizeof got) == len);
		assert_string_equal(got, want);
		/* A size that is just enough, and one that is not. */
		size = len + 1 - below(2);
		memset(got, '!', sizeof got);
		assert_true(frac_decimal(frac_of(a), places, how, got, size) ==
		    (size > len ? len : 0));
		assert_true(got[size] == '!');
	}
	mpz_clear(rounded);
	mpq_clears(a, r, NULL);
}

/* What is printed is read again as the same number. */
static void
fraction_round_trips(void **state)
{
	struct frac a, b;
	char text[40];
	int64_t v;
	size_t n;
	int i, places;

	(void)state;
	for (i = 0; i < CASES; i++) {
		places = (int)below(PLACES + 1);
		v = (int64_t)(draw() >> (5 + below(59)));
		a = frac_ratio(below(2) ? v % 1000000000000000000 :
		    -(v % 1000000000000000000), 1);
		while (places > 0 && !frac_scaled(a, 0, &v))
			places--;
		a = frac_div(a, frac_int(places == 0 ? 1 : places == 1 ? 10 :
		    places == 2 ? 100 : places == 3 ? 1000 : places == 4 ?
		    10000 : places == 5 ? 100000 : 1000000));
		n = frac_decimal(a, places, ROUND_NONE, text, sizeof text);
		assert_true(n > 0);
		assert_true(frac_parse(text, n, places, &b));
		assert_true(same(a.num, b.num) && same(a.den, b.den) &&
		    a.neg == b.neg);
	}
}

static void
fraction_made(void **state)
{
	const int64_t edges[] = { INT64_MIN, INT64_MIN + 1, INT64_MAX, 0, 1,
	    -1, 100, 10000 };
	int64_t n, d;
	mpq_t r, none;
	int i;

	(void)state;
	mpq_inits(r, none, NULL);
	for (i = 0; i < CASES; i++) {
		n = below(3) == 0 ? edges[below(COUNT(edges))] :
		    (int64_t)draw() >> below(64);
		d = below(3) == 0 ? edges[below(COUNT(edges))] :
		    (int64_t)draw() >> below(64);
		mpz_set_si(mpq_numref(r), n);
		mpz_set_ui(mpq_denref(r), 1);
		check(frac_int(n), r, "integer", r, none);
		mpz_set_ui(mpq_denref(r), 100);
		mpq_canonicalize(r);
		check(frac_cents((struct cents){ n }), r, "cents", r, none);
		mpz_set_si(mpq_numref(r), (int32_t)n);
		mpz_set_ui(mpq_denref(r), 10000);
		mpq_canonicalize(r);
		check(frac_rate((struct rate){ (int32_t)n }), r, "rate", r,
		    none);
		if (d == 0) {
			assert_false(frac_valid(frac_ratio(n, d)));
			continue;
		}
		mpz_set_si(mpq_numref(r), n);
		mpz_set_si(mpq_denref(r), d);
		mpq_canonicalize(r);
		check(frac_ratio(n, d), r, "ratio", r, none);
	}
	mpq_clears(r, none, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		{ "products of one limb are those of __int128", wide_limbs,
		    NULL, NULL, NULL },
		{ "sums, differences and order are those of __int128",
		    wide_sums, NULL, NULL, NULL },
		{ "products of two limbs are those of GMP, or do not fit",
		    wide_products, NULL, NULL, NULL },
		{ "quotients and remainders are those of __int128",
		    wide_quotients, NULL, NULL, NULL },
		{ "division and gcd are right about every position of a bit",
		    wide_positions, NULL, NULL, NULL },
		{ "greatest common divisors are those of GMP", wide_divisors,
		    NULL, NULL, NULL },
		{ "ratios compare as the cross products of GMP do",
		    wide_ratios, NULL, NULL, NULL },
		{ "rounded quotients are those of GMP", wide_roundings,
		    NULL, NULL, NULL },
		{ "single steps of a long division are those of GMP",
		    wide_steps, NULL, NULL, NULL },
		{ "fractions are made as GMP makes them", fraction_made,
		    NULL, NULL, NULL },
		{ "sums are those of GMP, invalid exactly when too large",
		    fraction_sums, NULL, NULL, NULL },
		{ "products are those of GMP, invalid exactly when too large",
		    fraction_products, NULL, NULL, NULL },
		{ "fractions compare as GMP does", fraction_order,
		    NULL, NULL, NULL },
		{ "rounded fractions are those of GMP", fraction_roundings,
		    NULL, NULL, NULL },
		{ "scaled integers are those of GMP, or refused",
		    fraction_scaled, NULL, NULL, NULL },
		{ "texts are those of GMP, and the longest has 80 bytes",
		    fraction_texts, NULL, NULL, NULL },
		{ "decimal texts are those of GMP", fraction_decimals,
		    NULL, NULL, NULL },
		{ "a decimal text is read again as the same fraction",
		    fraction_round_trips, NULL, NULL, NULL },
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
