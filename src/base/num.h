/*
 * num.h -- money, rates and exact fractions.
 *
 * Each unit has its own struct, so that adding cents to a rate does not
 * compile.  No floating point enters this file or any file that includes it.
 *
 *	cents	1/100 euro				123456 = 1 234,56 EUR
 *	rate	1/10 000 of a percent			31000  = 3,10 %
 *	frac	sign, numerator, denominator: exact	7/13
 *
 * A fraction holds a numerator and a denominator of 128 bits each, in two
 * 64-bit limbs (wide.h, whose arithmetic is proved).  It is always reduced,
 * zero is +0/1, and den = 0 marks the one invalid value, "too large to be
 * exact": every operation that would overflow, and every division by zero,
 * yields it, and every operation on it yields it again.  So a formula is
 * written as it reads in the law and checked once at its end with
 * frac_valid(); nothing ever wraps.
 *
 * A fraction becomes money or a published rate only through frac_round(),
 * which takes an enum rounding: the one place where anything is lost, and a
 * line of its own on the calculation sheet.
 */
#ifndef TAPR_BASE_NUM_H
#define TAPR_BASE_NUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/wide.h"

struct cents { int64_t v; };
struct rate { int32_t v; };

struct frac {
	struct wide	num;	/* magnitude */
	struct wide	den;	/* > 0; 0 marks the invalid value */
	bool		neg;	/* sign; never set on zero */
};

enum rounding {
	ROUND_NONE,		/* exact: nothing is lost */
	ROUND_HALF_UP,		/* 0,005 -> 0,01; -0,005 -> -0,01 */
	ROUND_DOWN,		/* digits dropped, towards zero */
	ROUND_UP,		/* away from zero: « à l'euro supérieur » */
};

/* Longest text of a fraction: sign, two 39-digit numbers, slash, NUL. */
enum { FRAC_TEXT_MAX = 1 + 39 + 1 + 39 + 1 };

struct frac frac_int(int64_t n);
struct frac frac_ratio(int64_t num, int64_t den);	/* invalid if den = 0 */
struct frac frac_cents(struct cents c);			/* in euros */
struct frac frac_rate(struct rate r);			/* in percent */
struct frac frac_invalid(void);

static inline bool
frac_valid(struct frac a)
{
	return (a.den.hi | a.den.lo) != 0;
}

/* False for the invalid value. */
static inline bool
frac_is_zero(struct frac a)
{
	return frac_valid(a) && (a.num.hi | a.num.lo) == 0;
}

struct frac frac_add(struct frac a, struct frac b);
struct frac frac_sub(struct frac a, struct frac b);
struct frac frac_mul(struct frac a, struct frac b);
struct frac frac_div(struct frac a, struct frac b);	/* b = 0: invalid */
struct frac frac_min(struct frac a, struct frac b);
struct frac frac_max(struct frac a, struct frac b);

/*
 * frac_cmp(a, b): -1, 0 or 1; both must be valid (asserted).  Never overflows.
 */
int frac_cmp(struct frac a, struct frac b);

/*
 * frac_round(a, decimals, how): ${a} rounded once to ${decimals} (0 to 6)
 * decimals, as a fraction again.  ROUND_NONE returns ${a}.  Invalid when it
 * does not fit.
 */
struct frac frac_round(struct frac a, int decimals, enum rounding how);

/*
 * frac_scaled(a, decimals, ret): ${ret} = ${a} * 10^decimals when that is a
 * whole number that fits int64_t; false otherwise.  Units: frac_scaled(x, 2)
 * of euros is cents, frac_scaled(x, 4) of a percentage is a struct rate.
 */
bool frac_scaled(struct frac a, int decimals, int64_t *ret) MUST_USE;

/*
 * frac_parse(text, n, decimals, ret): reads [-]digits[.digits] with at most
 * ${decimals} digits after the dot and at most 18 digits in all; no sign "+",
 * no exponent, no blanks, at least one digit on each side of a dot, no
 * leading zero before another digit.  False when ${text} is not of that form.
 */
bool frac_parse(const char *text, size_t n, int decimals, struct frac *ret)
    MUST_USE;

/*
 * frac_text(a, buf): the exact value: "7/13", "-3", "0"; "invalid" for the
 * invalid value.  ${buf} has FRAC_TEXT_MAX bytes.  Returns its length.
 */
size_t frac_text(struct frac a, char *buf);

/*
 * frac_decimal(a, decimals, how, buf, size): the decimal text with exactly
 * ${decimals} digits after a dot ("3.10"; "-0.00" never appears), rounded as
 * ${how} says (ROUND_NONE is read as ROUND_HALF_UP).  Returns its length, 0
 * if it does not fit ${size} or ${a} is invalid.
 */
size_t frac_decimal(struct frac a, int decimals, enum rounding how, char *buf,
    size_t size);

#endif
