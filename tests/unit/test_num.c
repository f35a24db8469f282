/*
 * test_num.c -- fractions that can be checked by hand, and the texts of
 * failures.  test_num_gmp.c compares the same functions with GMP at large.
 *
 * A fraction in a row is written as it is read: "7/13", "-0.005", "2^127" for
 * a power of two; "invalid" is the invalid value.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "base/num.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct frac
read_part(const char *text, size_t n)
{
	const char *hat = memchr(text, '^', n);
	struct frac base, ret;
	int64_t exponent;

	if (hat == NULL && memchr(text, '.', n) == NULL) {
		for (ret = frac_int(0); n > 0; text++, n--)
			ret = frac_add(frac_mul(ret, frac_int(10)),
			    frac_int(*text - '0'));
		return ret;
	}
	if (hat == NULL) {
		assert_true(frac_parse(text, n, 18, &ret));
		return ret;
	}
	assert_true(frac_parse(text, (size_t)(hat - text), 0, &base));
	assert_true(frac_parse(hat + 1, n - (size_t)(hat - text) - 1, 0, &ret));
	assert_true(frac_scaled(ret, 0, &exponent));
	for (ret = frac_int(1); exponent > 0; exponent--)
		ret = frac_mul(ret, base);
	return ret;
}

static struct frac
read_frac(const char *text)
{
	const char *slash = strchr(text, '/');
	bool neg = text[0] == '-';
	struct frac a;

	if (strcmp(text, "invalid") == 0)
		return frac_invalid();
	text += neg;
	if (slash == NULL)
		a = read_part(text, strlen(text));
	else
		a = frac_div(read_part(text, (size_t)(slash - text)),
		    read_part(slash + 1, strlen(slash + 1)));
	return neg ? frac_sub(frac_int(0), a) : a;
}

static void
assert_frac(struct frac got, const char *want)
{
	char a[FRAC_TEXT_MAX], b[FRAC_TEXT_MAX];

	frac_text(got, a);
	frac_text(read_frac(want), b);
	assert_string_equal(a, b);
}

static const struct formula {
	const char	*why, *a;
	char		 op;
	const char	*b, *want;
} formulas[] = {
	{ "a half and a third are five sixths", "1/2", '+', "1/3", "5/6" },
	{ "a sixth and a third are a half, reduced", "1/6", '+', "1/3",
	    "1/2" },
	{ "a third less a third is nothing", "1/3", '-', "1/3", "0" },
	{ "a third less a half is minus a sixth", "1/3", '-', "1/2", "-1/6" },
	{ "minus a half and a third is minus a sixth", "-1/2", '+', "1/3",
	    "-1/6" },
	{ "minus a third and minus a sixth is minus a half", "-1/3", '+',
	    "-1/6", "-1/2" },
	{ "nothing less nothing is nothing, without a sign", "0", '-', "0",
	    "0" },
	{ "two thirds of three quarters are a half", "2/3", '*', "3/4",
	    "1/2" },
	{ "minus by minus is plus", "-2", '*', "-1/2", "1" },
	{ "nothing times minus three is nothing, without a sign", "0", '*',
	    "-3", "0" },
	{ "minus three times nothing is nothing, without a sign", "-3", '*',
	    "0", "0" },
	{ "minus a half over a quarter is minus two", "-1/2", '/', "1/4",
	    "-2" },
	{ "nothing over five is nothing", "0", '/', "5", "0" },
	{ "the mixed weight at 85: 0.9/130 x 65 + 0.1 is 11/20", "585/1300",
	    '+', "1/10", "11/20" },
	{ "2^127 and 2^127 is 2^128: too large", "2^127", '+', "2^127",
	    "invalid" },
	{ "2^127 less 1/2 is (2^128 - 1)/2", "2^127", '-', "1/2",
	    "340282366920938463463374607431768211455/2" },
	{ "2^127 less 1/3 is (3 x 2^127 - 1)/3: too large", "2^127", '-',
	    "1/3", "invalid" },
	{ "2^100 times 2^27 is 2^127", "2^100", '*', "2^27", "2^127" },
	{ "2^100 times 2^28 is too large", "2^100", '*', "2^28", "invalid" },
	{ "2^100/3^5 times 3^5/2^90 is 2^10, reduced first", "2^100/3^5",
	    '*', "3^5/2^90", "2^10" },
	{ "2^100 over 1/2^28 is too large", "2^100", '/', "1/2^28",
	    "invalid" },
	{ "1/2^100 times 1/2^28: the denominator is too large", "1/2^100",
	    '*', "1/2^28", "invalid" },
	{ "1/3^50 and 1/5^40: the denominator is too large", "1/3^50", '+',
	    "1/5^40", "invalid" },
	{ "2^127/3 and 2^127/6 is 2^126, though 3 x 2^127 is too large",
	    "2^127/3", '+', "2^127/6", "2^126" },
	{ "2^127/3 and -2^127/6 is 2^126/3, though 2^128 is too large",
	    "2^127/3", '-', "2^127/6", "2^126/3" },
	{ "2^127/6 less 2^127/3 is minus that", "2^127/6", '-', "2^127/3",
	    "-2^126/3" },
	{ "2^127/3 and 2^127/3 is 2^128/3: too large", "2^127/3", '+',
	    "2^127/3", "invalid" },
	{ "a/3^39 less c/2^62 is 1/(3^39 x 2^62), though a x 2^62 has 144 bits",
	    "4249415904727484489924311/3^39", '-',
	    "4835707639837010652507229/2^62",
	    "1/18689111938083476391890914344978874368" },
	{ "the same exchanged: c/2^62 less a/3^39 is minus that",
	    "4835707639837010652507229/2^62", '-',
	    "4249415904727484489924311/3^39",
	    "-1/18689111938083476391890914344978874368" },
	{ "a/3^39 and c/2^62 is 2a/3^39 less that: too large",
	    "4249415904727484489924311/3^39", '+',
	    "4835707639837010652507229/2^62", "invalid" },
	{ "a/3^60 less c/2^70, whose denominators are too large together",
	    "2^127/3^60", '-', "3^79/2^70", "invalid" },
	{ "7 is over nothing: invalid", "7", '/', "0", "invalid" },
	{ "nothing over nothing: invalid", "0", '/', "0", "invalid" },
	{ "invalid and one: invalid", "invalid", '+', "1", "invalid" },
	{ "one and invalid: invalid", "1", '+', "invalid", "invalid" },
	{ "one less invalid: invalid", "1", '-', "invalid", "invalid" },
	{ "nothing times invalid: invalid", "0", '*', "invalid", "invalid" },
	{ "invalid times nothing: invalid", "invalid", '*', "0", "invalid" },
	{ "invalid over one: invalid", "invalid", '/', "1", "invalid" },
	{ "one over invalid: invalid", "1", '/', "invalid", "invalid" },
	{ "the lesser of 7/13 and 6/11 is 7/13: 77 < 78", "7/13", 'm',
	    "6/11", "7/13" },
	{ "the greater of 7/13 and 6/11 is 6/11", "7/13", 'M', "6/11",
	    "6/11" },
	{ "the lesser of one and minus two is minus two", "1", 'm', "-2",
	    "-2" },
	{ "the greater of minus two and one is one", "-2", 'M', "1", "1" },
	{ "the lesser of invalid and one: invalid", "invalid", 'm', "1",
	    "invalid" },
	{ "the lesser of one and invalid: invalid", "1", 'm', "invalid",
	    "invalid" },
	{ "the greater of invalid and one: invalid", "invalid", 'M', "1",
	    "invalid" },
	{ "the greater of one and invalid: invalid", "1", 'M', "invalid",
	    "invalid" },
};

static void
formula(void **state)
{
	const struct formula *f = &formulas[(size_t)*state];
	struct frac a = read_frac(f->a), b = read_frac(f->b), got;

	switch (f->op) {
	case '+':
		got = frac_add(a, b);
		break;
	case '-':
		got = frac_sub(a, b);
		break;
	case '*':
		got = frac_mul(a, b);
		break;
	case '/':
		got = frac_div(a, b);
		break;
	case 'm':
		got = frac_min(a, b);
		break;
	default:
		got = frac_max(a, b);
		break;
	}
	assert_frac(got, f->want);
}

static const struct order {
	const char	*why, *a, *b;
	int		 want;
} orders[] = {
	{ "7/13 is less than 6/11: 77 < 78", "7/13", "6/11", -1 },
	{ "minus 7/13 is more than minus 6/11", "-7/13", "-6/11", 1 },
	{ "minus one is less than nothing", "-1", "0", -1 },
	{ "nothing is more than minus one", "0", "-1", 1 },
	{ "nothing is nothing", "0", "0", 0 },
	{ "two quarters are a half", "2/4", "1/2", 0 },
	{ "2^127/3 and 2^126/3: by their integer parts", "2^127/3", "2^126/3",
	    1 },
	{ "1/2^127 is more than nothing", "1/2^127", "0", 1 },
	{ "nothing is less than 1/2^127", "0", "1/2^127", -1 },
	{ "1/3^80 is less than 1/2^126: 3^80 is about 2^126.8", "1/3^80",
	    "1/2^126", -1 },
	{ "2^127/3^80 is 1.151, 3^79/2^125 is 1.158: told by the remainders",
	    "2^127/3^80", "3^79/2^125", -1 },
	{ "2^127 is itself", "2^127", "2^127", 0 },
};

static void
order(void **state)
{
	const struct order *o = &orders[(size_t)*state];
	struct frac a = read_frac(o->a), b = read_frac(o->b);

	assert_int_equal(frac_cmp(a, b), o->want);
	assert_int_equal(frac_cmp(b, a), -o->want);
}

/* The text of a number with ${decimals} decimals, rounded each way. */
static const struct decimal {
	const char	*why, *a;
	int		 decimals;
	const char	*half_up, *down, *up;
} decimals[] = {
	{ "3.1 has no third decimal to round", "3.1", 2, "3.10", "3.10",
	    "3.10" },
	{ "0.005 is a tie at two decimals: a half goes up", "0.005", 2,
	    "0.01", "0.00", "0.01" },
	{ "-0.005 is a tie and moves away from nothing", "-0.005", 2,
	    "-0.01", "0.00", "-0.01" },
	{ "-0.004 rounds to nothing, which has no sign", "-0.004", 2, "0.00",
	    "0.00", "-0.01" },
	{ "0.00499999999999999 is no tie", "0.00499999999999999", 2, "0.00",
	    "0.00", "0.01" },
	{ "-0.00500000000000001 is just past a tie", "-0.00500000000000001",
	    2, "-0.01", "0.00", "-0.01" },
	{ "0.015 is a tie between 0.01 and 0.02: not to even, up", "0.015",
	    2, "0.02", "0.01", "0.02" },
	{ "0.025 is a tie between 0.02 and 0.03: not to even, up", "0.025",
	    2, "0.03", "0.02", "0.03" },
	{ "9.995 carries into the tens", "9.995", 2, "10.00", "9.99",
	    "10.00" },
	{ "7/13 is 0.538461 538461...", "7/13", 6, "0.538462", "0.538461",
	    "0.538462" },
	{ "2/3 is 0.666...", "2/3", 1, "0.7", "0.6", "0.7" },
	{ "one half without decimals is one", "1/2", 0, "1", "0", "1" },
	{ "minus one half without decimals is minus one", "-1/2", 0, "-1",
	    "0", "-1" },
	{ "five halves without decimals are three", "5/2", 0, "3", "2",
	    "3" },
	{ "a hundredth of a cent above an euro goes to two: up to the euro",
	    "1.0001", 0, "1", "1", "2" },
	{ "nothing has no sign", "0", 2, "0.00", "0.00", "0.00" },
	{ "2^127 has 39 digits and six noughts", "2^127", 6,
	    "170141183460469231731687303715884105728.000000",
	    "170141183460469231731687303715884105728.000000",
	    "170141183460469231731687303715884105728.000000" },
	{ "2^126/3 is 28356863910078205288614550619314017621.333...",
	    "2^126/3", 2, "28356863910078205288614550619314017621.33",
	    "28356863910078205288614550619314017621.33",
	    "28356863910078205288614550619314017621.34" },
	{ "-2^127/3 is -56713727820156410577229101238628035242.666...",
	    "-2^127/3", 2, "-56713727820156410577229101238628035242.67",
	    "-56713727820156410577229101238628035242.66",
	    "-56713727820156410577229101238628035242.67" },
	{ "2^127/3^80 is 1.151... and has no room to be scaled", "2^127/3^80",
	    3, "1.151", "1.151", "1.152" },
	{ "3^80/2^127 is 0.868742219...: by digits", "3^80/2^127", 6,
	    "0.868742", "0.868742", "0.868743" },
	{ "1/2^127 is next to nothing", "1/2^127", 6, "0.000000", "0.000000",
	    "0.000001" },
};

static void
decimal(void **state)
{
	const struct decimal *d = &decimals[(size_t)*state];
	const struct {
		enum rounding	 how;
		const char	*want;
	} ways[] = {
		{ ROUND_HALF_UP, d->half_up },
		{ ROUND_DOWN, d->down },
		{ ROUND_UP, d->up },
		{ ROUND_NONE, d->half_up },	/* no way to print a third */
	};
	struct frac a = read_frac(d->a), rounded;
	char text[64];
	size_t i;

	for (i = 0; i < COUNT(ways); i++) {
		assert_int_equal(frac_decimal(a, d->decimals, ways[i].how,
		    text, sizeof text), strlen(ways[i].want));
		assert_string_equal(text, ways[i].want);
		rounded = frac_round(a, d->decimals, ways[i].how);
		if (ways[i].how == ROUND_NONE)
			assert_frac(rounded, d->a);
		else if (frac_valid(rounded)) {
			/* Rounded once more, it does not move. */
			frac_decimal(rounded, d->decimals, ROUND_UP, text,
			    sizeof text);
			assert_string_equal(text, ways[i].want);
		}
	}
}

static const struct scaled {
	const char	*why, *a;
	int		 decimals;
	bool		 fits;
	int64_t		 want;
} scales[] = {
	{ "1 234.56 euros are 123456 cents", "1234.56", 2, true, 123456 },
	{ "3.10 percent is a rate of 31000", "3.1", 4, true, 31000 },
	{ "-0.05 euros are -5 cents", "-0.05", 2, true, -5 },
	{ "nothing is nothing", "0", 6, true, 0 },
	{ "1.005 euros are 100.5 cents: refused", "1.005", 2, false, 0 },
	{ "a third of an euro is no number of cents", "1/3", 2, false, 0 },
	{ "1/2^70 is no number of cents", "1/2^70", 2, false, 0 },
	{ "2^63 - 1 is the largest", "9223372036854775807", 0, true,
	    INT64_MAX },
	{ "2^63 is too large", "9223372036854775808", 0, false, 0 },
	{ "-2^63 is the least", "-9223372036854775808", 0, true, INT64_MIN },
	{ "-2^63 - 1 is too large", "-9223372036854775809", 0, false, 0 },
	{ "2^127 euros are too many cents", "2^127", 2, false, 0 },
	{ "2^64 is too large", "2^64", 0, false, 0 },
	{ "the invalid value is no number of cents", "invalid", 2, false, 0 },
};

static void
scaled(void **state)
{
	const struct scaled *s = &scales[(size_t)*state];
	int64_t got = 7;

	assert_int_equal(frac_scaled(read_frac(s->a), s->decimals, &got),
	    s->fits);
	assert_true(got == (s->fits ? s->want : 7));
}

static const struct parsed {
	const char	*why, *text;
	int		 decimals;
	const char	*want;		/* NULL: refused */
} parses[] = {
	{ "digits alone are an integer", "284", 2, "284" },
	{ "3.10 is 31/10", "3.10", 2, "31/10" },
	{ "fewer decimals than allowed are fewer", "3.1", 4, "31/10" },
	{ "a minus comes first", "-0.005", 3, "-1/200" },
	{ "-0.00 is nothing, without a sign", "-0.00", 2, "0" },
	{ "-0 is nothing, without a sign", "-0", 2, "0" },
	{ "one nought is a number", "0", 0, "0" },
	{ "eighteen digits are read", "999999999999999999", 0,
	    "999999999999999999" },
	{ "eighteen decimals less one are read", "0.00000000000000001", 18,
	    "1/100000000000000000" },
	{ "nineteen digits are too many", "1999999999999999999", 0, NULL },
	{ "nineteen digits about a dot are too many", "0.000000000000000001",
	    18, NULL },
	{ "three decimals where two are allowed", "3.100", 2, NULL },
	{ "a decimal where none is allowed", "3.1", 0, NULL },
	{ "nothing at all", "", 2, NULL },
	{ "a minus alone", "-", 2, NULL },
	{ "a dot alone", ".", 2, NULL },
	{ "no digit before the dot", ".5", 2, NULL },
	{ "a minus and no digit before the dot", "-.5", 2, NULL },
	{ "no digit after the dot", "5.", 2, NULL },
	{ "two dots", "1.2.3", 4, NULL },
	{ "two dots in a row", "1..2", 4, NULL },
	{ "two minuses", "--1", 2, NULL },
	{ "a minus at the end", "1-", 2, NULL },
	{ "a plus", "+1", 2, NULL },
	{ "an exponent", "1e3", 2, NULL },
	{ "a blank before", " 1", 2, NULL },
	{ "a blank after", "1 ", 2, NULL },
	{ "a comma", "3,10", 2, NULL },
	{ "a leading nought", "01", 2, NULL },
	{ "a leading nought after a minus", "-01.5", 2, NULL },
	{ "two noughts", "00", 2, NULL },
	{ "two noughts before a dot", "00.5", 2, NULL },
	{ "a slash is next to the digits in ASCII", "1/2", 2, NULL },
	{ "a colon is next to the digits in ASCII", "1:2", 2, NULL },
};

static void
parsed(void **state)
{
	const struct parsed *p = &parses[(size_t)*state];
	struct frac got = frac_int(7);
	char tight[32], text[FRAC_TEXT_MAX];
	size_t n = strlen(p->text);

	/* Something follows, which is not to be read. */
	assert_true(n < sizeof tight);
	memset(tight, '9', sizeof tight);
	memcpy(tight, p->text, n);
	assert_int_equal(frac_parse(tight, n, p->decimals, &got),
	    p->want != NULL);
	frac_text(got, text);
	assert_string_equal(text, p->want != NULL ? p->want : "7");
}

static void
no_text(void **state)
{
	struct frac got;

	(void)state;
	assert_false(frac_parse(NULL, 0, 2, &got));
}

static void
made(void **state)
{
	(void)state;
	assert_frac(frac_int(INT64_MIN), "-9223372036854775808");
	assert_frac(frac_int(INT64_MAX), "9223372036854775807");
	assert_frac(frac_ratio(INT64_MIN, INT64_MIN), "1");
	assert_frac(frac_ratio(6, -4), "-3/2");
	assert_frac(frac_ratio(0, -4), "0");
	assert_frac(frac_ratio(1, 0), "invalid");
	assert_frac(frac_cents((struct cents){ 123456 }), "30864/25");
	assert_frac(frac_cents((struct cents){ INT64_MIN }),
	    "-2305843009213693952/25");
	assert_frac(frac_rate((struct rate){ 31000 }), "31/10");
	assert_frac(frac_rate((struct rate){ -1 }), "-1/10000");
	assert_frac(frac_invalid(), "invalid");
}

static void
one_invalid_value(void **state)
{
	struct frac a = frac_invalid();

	(void)state;
	assert_false(frac_valid(a));
	assert_false(frac_is_zero(a));
	assert_false(frac_valid(frac_round(a, 2, ROUND_HALF_UP)));
	assert_false(frac_valid(frac_round(a, 2, ROUND_NONE)));
	assert_true(frac_valid(frac_int(0)));
	assert_true(frac_is_zero(frac_int(0)));
	assert_false(frac_is_zero(frac_int(-1)));
}

static void
texts(void **state)
{
	char buf[FRAC_TEXT_MAX + 1];

	(void)state;
	assert_int_equal(frac_text(read_frac("7/13"), buf), 4);
	assert_string_equal(buf, "7/13");
	assert_int_equal(frac_text(read_frac("-3"), buf), 2);
	assert_string_equal(buf, "-3");
	assert_int_equal(frac_text(frac_int(0), buf), 1);
	assert_string_equal(buf, "0");
	assert_int_equal(frac_text(frac_invalid(), buf), 7);
	assert_string_equal(buf, "invalid");
	/* 2^128 - 1 over 2^127, and a sign. */
	memset(buf, '!', sizeof buf);
	assert_int_equal(frac_text(read_frac(
	    "-340282366920938463463374607431768211455/2^127"), buf),
	    FRAC_TEXT_MAX - 1);
	assert_string_equal(buf, "-340282366920938463463374607431768211455/"
	    "170141183460469231731687303715884105728");
	assert_int_equal(buf[FRAC_TEXT_MAX], '!');
}

static void
sizes(void **state)
{
	char buf[8];

	(void)state;
	memset(buf, '!', sizeof buf);
	assert_int_equal(frac_decimal(read_frac("-1.5"), 2, ROUND_NONE, buf,
	    5), 0);
	assert_int_equal(buf[0], '!');
	assert_int_equal(frac_decimal(read_frac("-1.5"), 2, ROUND_NONE, buf,
	    6), 5);
	assert_string_equal(buf, "-1.50");
	assert_int_equal(buf[6], '!');
	assert_int_equal(frac_decimal(frac_int(1), 2, ROUND_NONE, buf, 0), 0);
	assert_int_equal(frac_decimal(frac_invalid(), 2, ROUND_NONE, buf,
	    sizeof buf), 0);
}

/* The largest integer, rounded up at each place, is still itself. */
static void
largest(void **state)
{
	struct frac a = read_frac("340282366920938463463374607431768211455");
	char text[64];
	int i;

	(void)state;
	for (i = 0; i <= 6; i++) {
		assert_int_equal(frac_cmp(frac_round(a, i, ROUND_UP), a), 0);
		assert_true(frac_decimal(a, i, ROUND_UP, text,
		    sizeof text) > 0);
		assert_memory_equal(text,
		    "340282366920938463463374607431768211455", 39);
	}
	/* 2^128 - 1 over 7 is ...601636.428571...: 6 decimals have no room. */
	a = frac_div(a, frac_int(7));
	assert_false(frac_valid(frac_round(a, 6, ROUND_DOWN)));
	assert_frac(frac_round(a, 0, ROUND_DOWN),
	    "48611766702991209066196372490252601636");
}

static void
failures(void **state)
{
	struct err err = { .code = TAPR_OK };

	(void)state;
	assert_int_equal(err_set(&err, TAPR_EINVAL, "claims.A1",
	    "le taux %d est trop grand", 7), TAPR_EINVAL);
	assert_int_equal(err.code, TAPR_EINVAL);
	assert_string_equal(err.where, "claims.A1");
	assert_string_equal(err.text, "le taux 7 est trop grand");
	assert_int_equal(err_set(&err, TAPR_EIO, "b", "second"), TAPR_EIO);
	assert_int_equal(err.code, TAPR_EINVAL);
	assert_string_equal(err.where, "claims.A1");
	assert_string_equal(err.text, "le taux 7 est trop grand");
	assert_int_equal(err_note(&err, TAPR_EINVAL, "ligne %d", 12),
	    TAPR_EINVAL);
	assert_string_equal(err.where, "ligne 12 : claims.A1");
}

static void
failures_without_a_place(void **state)
{
	struct err err = { .code = TAPR_OK };

	(void)state;
	assert_int_equal(err_note(&err, TAPR_EIO, "x"), TAPR_EIO);
	assert_string_equal(err.where, "");
	(void)err_set(&err, TAPR_EIO, NULL, "fermé");
	assert_string_equal(err.where, "");
	(void)err_note(&err, TAPR_EIO, "ligne %d", 12);
	assert_string_equal(err.where, "ligne 12");
}

static void
failures_nobody_hears(void **state)
{
	(void)state;
	assert_int_equal(err_set(NULL, TAPR_ELAW, "a", "b"), TAPR_ELAW);
	assert_int_equal(err_note(NULL, TAPR_ELAW, "c"), TAPR_ELAW);
}

static void
failures_too_long(void **state)
{
	struct err err = { .code = TAPR_OK };
	char text[2 * ERR_TEXT_MAX + 1], path[2 * ERR_PATH_MAX + 1];
	size_t i;

	(void)state;
	/* "é" has two bytes, and the buffers an odd number to give. */
	for (i = 0; i + 1 < sizeof text; i += 2)
		memcpy(text + i, "\xc3\xa9", 3);
	for (i = 0; i + 1 < sizeof path; i += 2)
		memcpy(path + i, "\xc3\xa9", 3);
	(void)err_set(&err, TAPR_EIO, path, "%s", text);
	assert_int_equal(strlen(err.text), ERR_TEXT_MAX - 2);
	assert_int_equal(strlen(err.where), ERR_PATH_MAX - 2);
	assert_memory_equal(err.text, text, ERR_TEXT_MAX - 2);
	(void)err_note(&err, TAPR_EIO, "abc");
	assert_int_equal(strlen(err.where), ERR_PATH_MAX - 2);
	assert_memory_equal(err.where, "abc : \xc3\xa9", 8);
	(void)err_note(&err, TAPR_EIO, "%s", text);
	assert_int_equal(strlen(err.where), ERR_PATH_MAX - 1);
	assert_memory_equal(err.where, text, ERR_PATH_MAX - 2);
	assert_int_equal(err.where[ERR_PATH_MAX - 2], ' ');
}

int
main(void)
{
	static const struct CMUnitTest plain[] = {
		{ "integers, cents and rates are reduced fractions", made,
		    NULL, NULL, NULL },
		{ "the invalid value stays invalid and is not nothing",
		    one_invalid_value, NULL, NULL, NULL },
		{ "the longest text fits FRAC_TEXT_MAX", texts,
		    NULL, NULL, NULL },
		{ "a decimal text that does not fit is not written", sizes,
		    NULL, NULL, NULL },
		{ "the largest integer is rounded to itself", largest,
		    NULL, NULL, NULL },
		{ "no text is no number", no_text, NULL, NULL, NULL },
		{ "the first failure is kept, and its place grows", failures,
		    NULL, NULL, NULL },
		{ "a failure without a place takes the one it is given",
		    failures_without_a_place, NULL, NULL, NULL },
		{ "a failure may go to nobody", failures_nobody_hears,
		    NULL, NULL, NULL },
		{ "a text too long is cut between two characters",
		    failures_too_long, NULL, NULL, NULL },
	};
	struct CMUnitTest tests[COUNT(plain) + COUNT(formulas) +
	    COUNT(orders) + COUNT(decimals) + COUNT(scales) + COUNT(parses)];
	size_t i, n = 0;

	for (i = 0; i < COUNT(plain); i++)
		tests[n++] = plain[i];
	for (i = 0; i < COUNT(formulas); i++)
		tests[n++] = (struct CMUnitTest){ formulas[i].why, formula,
		    NULL, NULL, (void *)i };
	for (i = 0; i < COUNT(orders); i++)
		tests[n++] = (struct CMUnitTest){ orders[i].why, order,
		    NULL, NULL, (void *)i };
	for (i = 0; i < COUNT(decimals); i++)
		tests[n++] = (struct CMUnitTest){ decimals[i].why, decimal,
		    NULL, NULL, (void *)i };
	for (i = 0; i < COUNT(scales); i++)
		tests[n++] = (struct CMUnitTest){ scales[i].why, scaled,
		    NULL, NULL, (void *)i };
	for (i = 0; i < COUNT(parses); i++)
		tests[n++] = (struct CMUnitTest){ parses[i].why, parsed,
		    NULL, NULL, (void *)i };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
