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

/* "7/13", "-0.005", "2^127", "-2^100/3^5", "invalid". */
static struct frac
read_part(const char *text, size_t n)
{
	const char *hat = memchr(text, '^', n);
	struct frac base, ret;
	int64_t exponent;

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
	{ "2^127 and 2^127 - 1 is the largest integer", "2^127", '+',
	    "170141183460469231.731687303715884105727",
	    NULL },
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
	{ "2^127/7 and 3 x 2^126/7: 5 x 2^126 is too large", "2^127/7", '+',
	    "2^127/7", "invalid" },
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
