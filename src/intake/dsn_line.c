/*
 * dsn_line.c -- one line of a DSN, and the form of one value.
 *
 * Every line of a file passes here, so nothing is searched for: a line has
 * its parts at fixed places, and a class is one pass over the bytes with a
 * table, then a look at the few that stand at fixed places.
 */
#include <string.h>

#include "intake/dsn_line.h"

enum { VALUE_AT = 16 };		/* behind S21.G00.40.001,' */

/* Kinds of bytes.  TEXT leaves out the control characters of both halves of
 * ISO-8859-1; PLACE is the official [A-Za-z0-9\s]. */
enum { TEXT = 1, DIGIT = 2, CAPITAL = 4, PLACE = 8, ONE_TO_NINE = 16 };

static const uint8_t kind[256] = {
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	9, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	15, 31, 31, 31, 31, 31, 31, 31, 31, 31, 1, 1, 1, 1, 1, 1,
	1, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13,
	13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 1, 1, 1, 1, 1,
	1, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9,
	9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 1, 1, 1, 1, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
};

static unsigned
digit_at(const char *p, int i)
{

	return (unsigned)((unsigned char)p[i] - '0');
}

static unsigned
two(const char *p)
{

	return digit_at(p, 0) * 10 + digit_at(p, 1);
}

/*
 * Eight bytes against a form in which 0 stands for any digit.  Without the
 * form a digit leaves 0 to 9 and a right sign leaves 0; what is over, adding
 * up to 127, shows in the top bit of its byte.
 */
static bool
fits(const char *p, const char *form, const char *room)
{
	uint64_t w, f, r;

	memcpy(&w, p, sizeof w);
	memcpy(&f, form, sizeof f);
	memcpy(&r, room, sizeof r);
	w ^= f;
	return (((w + r) | w) & 0x8080808080808080u) == 0;
}

/* The form of a line, and 127 less what each byte may leave. */
#define ANY "\x76"		/* a digit: 127 - 9 */
#define SIGN "\x7f"

bool
dsn_line_cut(const char *p, size_t n, struct dsn_line *ret)
{

	if (n < VALUE_AT + 1 || p[n - 1] != '\'' ||
	    !fits(p, "S00.G00.", SIGN ANY ANY SIGN SIGN ANY ANY SIGN) ||
	    !fits(p + 8, "00.000,'", ANY ANY SIGN ANY ANY ANY SIGN SIGN))
		return false;
	ret->code = two(p + 1) * 100 + two(p + 8);
	ret->number = digit_at(p, 11) * 100 + two(p + 12);
	ret->ours = p[5] == '0' && p[6] == '0';
	ret->value.p = p + VALUE_AT;
	ret->value.n = (uint32_t)(n - VALUE_AT - 1);
	return true;
}

/* The kinds that all the bytes share. */
static unsigned
kinds(const char *p, uint32_t n)
{
	unsigned all = TEXT | DIGIT | CAPITAL | PLACE | ONE_TO_NINE;
	uint32_t i;

	for (i = 0; i < n; i++)
		all &= kind[(unsigned char)p[i]];
	return all;
}

static bool
digits(const char *p, uint32_t n)
{

	return n > 0 && (kinds(p, n) & DIGIT) != 0;
}

/* Digits, then a dot and ${least} to ${most} decimals. */
static bool
decimal(const char *p, uint32_t n, bool may_be_negative, uint32_t least,
    uint32_t most)
{
	uint32_t d;

	if (may_be_negative && n > 0 && *p == '-') {
		p++;
		n--;
	}
	for (d = least; d <= most; d++)
		if (n >= d + 2 && p[n - d - 1] == '.')
			return digits(p, n - d - 1) && digits(p + n - d, d);
	return false;
}

/* Digits, with a dot and decimals or without. */
static bool
number(const char *p, uint32_t n)
{
	const char *dot;

	if (n > 0 && *p == '-') {
		p++;
		n--;
	}
	if (n == 0 || (dot = memchr(p, '.', n)) == NULL)
		return digits(p, n);
	return digits(p, (uint32_t)(dot - p)) &&
	    digits(dot + 1, (uint32_t)(p + n - dot - 1));
}

/* A day of the calendar, JJMMAAAA, of a century from ${least} to 20. */
static bool
date(const char *p, uint32_t n, unsigned least)
{

	return n == 8 && digits(p, n) && two(p + 4) >= least &&
	    two(p + 4) <= 20 &&
	    date_valid((int)(two(p + 4) * 100 + two(p + 6)), (int)two(p + 2),
	    (int)two(p));
}

/* A date of birth: the day, or day and month, may be unknown (99). */
static bool
birth(const char *p, uint32_t n)
{
	unsigned d, m;

	if (n != 8 || !digits(p, n) || two(p + 4) < 18 || two(p + 4) > 20)
		return false;
	d = two(p);
	m = two(p + 2);
	return ((d >= 1 && d <= 31) || d == 99) &&
	    ((m >= 1 && m <= 12) || m == 99);
}

/*
 * [1-2][0-9]{2}(0[1-9]|1[0-2]|20|3[0-9]|4[0-2]|[5-9][0-9])(0[1-9]|[1-9][0-9]|
 * 2A|2B)(001-999)(001-999), or 1 or 2 and twelve 9.
 */
static bool
nir(const char *p, uint32_t n)
{
	unsigned m;

	if (n != 13 || (p[0] != '1' && p[0] != '2') || !digits(p, 5) ||
	    !digits(p + 7, 6))
		return false;
	m = two(p + 3);
	if (m == 0 || (m > 12 && m < 20) || (m > 20 && m < 30) ||
	    (m > 42 && m < 50))
		return false;
	if (!(p[5] == '2' && (p[6] == 'A' || p[6] == 'B')) &&
	    (!digits(p + 5, 2) || two(p + 5) == 0))
		return false;
	return memcmp(p + 7, "000", 3) != 0 && memcmp(p + 10, "000", 3) != 0;
}

static bool
of_class(const struct dsn_field *f, const char *p, uint32_t n)
{

	switch ((enum dsn_class)f->class) {
	case DSN_TEXT:
		return (kinds(p, n) & TEXT) != 0;
	case DSN_PLACE:
		return (kinds(p, n) & PLACE) != 0;
	case DSN_CAPITALS:
		return (kinds(p, n) & CAPITAL) != 0;
	case DSN_RISK:
		return (n == 5 || n == 6) && (kinds(p, n) & CAPITAL) != 0;
	case DSN_DIGITS:
		return digits(p, n);
	case DSN_FRACTION:
		return (kinds(p, n) & ONE_TO_NINE) != 0;
	case DSN_NIR:
		return nir(p, n);
	case DSN_DATE:
		return date(p, n, 19);
	case DSN_DATE20:
		return date(p, n, 20);
	case DSN_MONTH:
		return date(p, n, 20) && p[0] == '0' && p[1] == '1';
	case DSN_BIRTH:
		return birth(p, n);
	case DSN_REPLACED:
		return n > 8 && date(p, 8, 19) && digits(p + 8, n - 8);
	case DSN_AMOUNT2:
		return decimal(p, n, false, 2, 2);
	case DSN_SIGNED2:
		return decimal(p, n, true, 2, 2);
	case DSN_SIGNED0:
		return digits(p, n) ||
		    (n > 1 && *p == '-' && digits(p + 1, n - 1));
	case DSN_NUMBER:
		return number(p, n);
	case DSN_RATE:
		return decimal(p, n, false, 2, 3);
	case DSN_ENUM:
	case DSN_CLASSES:
		break;
	}
	return (kinds(p, n) & TEXT) != 0;
}

static bool
listed(const struct dsn_field *f, const char *p, uint32_t n)
{
	uint32_t i, v = 0;

	if (f->set != NULL) {
		if (!digits(p, n))
			return false;
		for (i = 0; i < n; i++)
			v = v * 10 + digit_at(p, (int)i);
		return (f->set[v / 64] >> v % 64 & 1) != 0;
	}
	for (i = 0; i < f->words; i++)
		if (strlen(f->word[i]) == n && memcmp(f->word[i], p, n) == 0)
			return true;
	return false;
}

enum dsn_form
dsn_form(const struct dsn_field *f, struct dsn_value v)
{

	if (v.n < f->min || v.n > f->max)
		return DSN_FORM_LENGTH;
	if (!of_class(f, v.p, v.n))
		return DSN_FORM_CLASS;
	if (f->class == DSN_ENUM && !listed(f, v.p, v.n))
		return DSN_FORM_VALUE;
	return DSN_FORM_OK;
}

int64_t
dsn_number(struct dsn_value v, int decimals)
{
	int64_t ret = 0;
	uint32_t i = 0, count = 0;
	int after = -1;
	bool neg;

	neg = v.n > 0 && v.p[0] == '-';
	for (i = neg; i < v.n && (after < decimals); i++) {
		if (v.p[i] == '.') {
			after = 0;
			continue;
		}
		if (digit_at(v.p, (int)i) > 9 || ++count > 17)
			return 0;
		ret = ret * 10 + digit_at(v.p, (int)i);
		after += after >= 0;
	}
	for (after = after < 0 ? 0 : after; after < decimals; after++) {
		if (++count > 17)
			return 0;
		ret *= 10;
	}
	return neg ? -ret : ret;
}

struct date
dsn_date(struct dsn_value v)
{

	if (v.p == NULL || !date(v.p, v.n, 19))
		return DATE_NONE;
	return (struct date){ .y = (int16_t)(two(v.p + 4) * 100 +
	    two(v.p + 6)), .m = (uint8_t)two(v.p + 2), .d = (uint8_t)two(v.p) };
}

bool
dsn_is(struct dsn_value v, const char *text)
{

	return v.p != NULL && strlen(text) == v.n && memcmp(v.p, text, v.n) == 0;
}

bool
dsn_same(struct dsn_value a, struct dsn_value b)
{

	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}
