/*
 * ids.c -- SIRET and SIREN numbers, NIR and risk codes.
 *
 * A SIREN is nine digits, a SIRET the SIREN and five more; the last digit of
 * each is a Luhn key: from the right, every second digit is doubled, the
 * digits of the products are added, and the sum is a multiple of ten.
 *
 * La Poste (SIREN 356000000) ran out of numbers with such a key: INSEE also
 * gives it SIRETs whose fourteen digits, added as they are, make a multiple
 * of five.
 */
#include <stddef.h>
#include <string.h>

#include "base/ids.h"

enum { SIREN_DIGITS = 9, SIRET_DIGITS = 14, NIR_CHARS = 13 };

static bool
digit(char c)
{

	return c >= '0' && c <= '9';
}

static bool
capital(char c)
{

	return c >= 'A' && c <= 'Z';
}

/* ${text} is ${n} digits and nothing else. */
static bool
all_digits(const char *text, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!digit(text[i]))	/* a NUL is none */
			return false;
	return text[n] == '\0';
}

static bool
luhn(const char *text, size_t n)
{
	size_t i;
	int d, sum = 0;

	for (i = 0; i < n; i++) {
		d = text[n - 1 - i] - '0';
		if (i % 2 == 1)
			d *= 2;
		sum += d > 9 ? d - 9 : d;
	}
	return sum % 10 == 0;
}

bool
siren_valid(const char *text)
{

	return all_digits(text, SIREN_DIGITS) && luhn(text, SIREN_DIGITS);
}

bool
siret_valid(const char *text)
{
	static const char la_poste[] = "356000000";
	int i, sum = 0;

	if (!all_digits(text, SIRET_DIGITS))
		return false;
	if (luhn(text, SIRET_DIGITS))
		return true;
	if (strncmp(text, la_poste, SIREN_DIGITS) != 0)
		return false;
	for (i = 0; i < SIRET_DIGITS; i++)
		sum += text[i] - '0';
	return sum % 5 == 0;
}

/* The number that ${n} digits write. */
static int
number(const char *text, size_t n)
{
	int value = 0;

	for (size_t i = 0; i < n; i++)
		value = value * 10 + (text[i] - '0');
	return value;
}

/*
 * The form that the norm of the DSN gives (S21.G00.30.001): sex, year, month
 * (20, 30 to 42 and 50 to 99 where the civil status was not complete),
 * department, commune and order from 001; never all nines.
 */
static bool
nir_form(const char *t)
{
	int month;

	for (size_t i = 0; i < NIR_CHARS; i++)
		if (!digit(t[i]) && !(i == 6 && (t[6] == 'A' || t[6] == 'B')))
			return false;
	month = number(t + 3, 2);
	return (t[0] == '1' || t[0] == '2') &&
	    strncmp(t + 1, "999999999999", 12) != 0 &&
	    ((month >= 1 && month <= 12) || month == 20 ||
	    (month >= 30 && month <= 42) || month >= 50) &&
	    (digit(t[6]) ? number(t + 5, 2) > 0 : t[5] == '2') &&
	    number(t + 7, 3) > 0 && number(t + 10, 3) > 0;
}

bool
nir_valid(const char *text)
{
	size_t len = strlen(text);
	int rest = 0;
	char c;

	if ((len != NIR_CHARS && len != NIR_CHARS + 2) || !nir_form(text))
		return false;
	if (len == NIR_CHARS)
		return true;
	/* 2A counts as 19, 2B as 18. */
	for (size_t i = 0; i < NIR_CHARS; i++) {
		c = text[i];
		if (i == 5 && !digit(text[6]))
			c = '1';
		else if (i == 6 && !digit(c))
			c = c == 'A' ? '9' : '8';
		rest = (rest * 10 + (c - '0')) % 97;
	}
	return digit(text[13]) && digit(text[14]) &&
	    97 - rest == number(text + NIR_CHARS, 2);
}

enum code_form
code_form(const char *text)
{
	size_t n = strlen(text);

	if (strcmp(text, "0000A") == 0 || strcmp(text, "0000B") == 0)
		return CODE_FORM_OK;
	if (strcmp(text, "00.00A") == 0 || strcmp(text, "00.00B") == 0)
		return CODE_FORM_DOTTED;
	if (n == 5 && digit(text[0]) && digit(text[1]) && digit(text[2]) &&
	    capital(text[3]) && capital(text[4]))
		return CODE_FORM_OK;
	if (n == 6 && digit(text[0]) && digit(text[1]) && text[2] == '.' &&
	    digit(text[3]) && capital(text[4]) && capital(text[5]))
		return CODE_FORM_DOTTED;
	return CODE_FORM_WRONG;
}

uint64_t
siret_number(const char *text, int digits)
{
	uint64_t n = 0;

	for (int i = 0; i < digits; i++) {
		if (text[i] < '0' || text[i] > '9')
			return 0;
		n = n * 10 + (uint64_t)(text[i] - '0');
	}
	return n;
}

char *
siret_text(uint64_t number, char ret[15])
{
	ret[14] = '\0';
	for (int i = 13; i >= 0; i--, number /= 10)
		ret[i] = (char)('0' + number % 10);
	return ret;
}
