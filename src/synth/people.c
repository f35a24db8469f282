/*
 * people.c -- numbers and names that nobody bears.
 */
#include "synth/people.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

static void
digits(char *p, uint64_t n, int width)
{
	while (width > 0) {
		p[--width] = (char)('0' + n % 10);
		n /= 10;
	}
}

/* The Luhn key behind the ${n} digits at ${p}. */
static char
luhn_key(const char *p, int n)
{
	int sum = 0;

	for (int i = 0; i < n; i++) {
		int d = p[n - 1 - i] - '0';

		if (i % 2 == 0)
			d = 2 * d > 9 ? 2 * d - 9 : 2 * d;
		sum += d;
	}
	return (char)('0' + (10 - sum % 10) % 10);
}

void
people_siren(uint32_t n, char ret[SIREN_SIZE])
{
	assert(n < SIREN_FIRMS);
	digits(ret, SIREN_FIRST + (uint64_t)n, 8);
	ret[8] = luhn_key(ret, 8);
	ret[9] = '\0';
}

void
people_siret(uint32_t n, uint32_t nic, char ret[SIRET_SIZE])
{
	people_siren(n, ret);
	digits(ret + 9, nic, 4);
	ret[13] = luhn_key(ret, 13);
	ret[14] = '\0';
}

unsigned
people_nir_key(const char *nir)
{
	uint64_t n = 0;

	for (int i = 0; i < 13; i++)
		n = 10 * n + (uint64_t)(nir[i] - '0');
	return 97 - (unsigned)(n % 97);
}

void
people_nir(struct dice *d, int sex, int year, char ret[NIR_SIZE])
{
	uint32_t department = 1 + dice_below(d, 94);

	if (department >= 20)		/* 20 was Corsica */
		department++;
	ret[0] = (char)('0' + sex);
	digits(ret + 1, (uint64_t)year % 100, 2);
	digits(ret + 3, 1 + dice_below(d, 12), 2);
	digits(ret + 5, department, 2);
	digits(ret + 7, 991 + dice_below(d, 9), 3);
	digits(ret + 10, 1 + dice_below(d, 999), 3);
	digits(ret + 13, people_nir_key(ret), 2);
	ret[15] = '\0';
}

/* ${text} behind what is there, never over the size of a name. */
static void
add(char ret[NAME_SIZE], const char *text)
{
	size_t n = strlen(ret), more = strlen(text);

	assert(n + more < NAME_SIZE);
	memcpy(ret + n, text, more + 1);
}

static void
syllables(struct dice *d, uint32_t n, char ret[NAME_SIZE])
{
	static const char start[][4] = { "B", "BR", "D", "DR", "F", "FL", "G",
	    "GR", "J", "K", "L", "M", "N", "P", "PL", "QU", "R", "S", "T",
	    "TR", "V", "X", "Z", "VL" };
	static const char end[][4] = { "A", "AN", "AR", "E", "EL", "EN", "I",
	    "IL", "O", "ON", "OR", "OU", "U", "UL", "Y", "AX" };

	while (n-- > 0) {
		add(ret, start[dice_below(d, sizeof start / sizeof *start)]);
		add(ret, end[dice_below(d, sizeof end / sizeof *end)]);
	}
}

void
people_surname(struct dice *d, char ret[NAME_SIZE])
{
	ret[0] = '\0';
	syllables(d, 3, ret);
	add(ret, "FICTIF");
}

void
people_firm(struct dice *d, uint32_t n, char ret[NAME_SIZE])
{
	static const char kind[][24] = { "ATELIERS", "ETABLISSEMENTS",
	    "SOCIETE", "MAISON", "GROUPE", "COMPAGNIE", "SERVICES",
	    "ENTREPRISE" };
	char number[8];

	ret[0] = '\0';
	add(ret, kind[dice_below(d, sizeof kind / sizeof *kind)]);
	add(ret, " FICTIFS ");
	syllables(d, 3, ret);
	digits(number, n, 7);
	number[7] = '\0';
	add(ret, " ");
	add(ret, number);
}
