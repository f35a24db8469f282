/*
 * ids.h -- SIRET and SIREN numbers, NIR and risk codes.
 *
 * Form and key only: whether an establishment exists is not known here.
 */
#ifndef TAPR_BASE_IDS_H
#define TAPR_BASE_IDS_H

#include <stdbool.h>
#include <stdint.h>

/* siret_valid(text): 14 digits whose Luhn key is right; for La Poste (SIREN
 * 356000000) a digit sum multiple of 5 is right too. */
bool siret_valid(const char *text);
bool siren_valid(const char *text);
/* nir_valid(text): the 13 characters of a NIR (2A and 2B for Corsica), alone or
 * with the two digits of a right key (97 - N modulo 97). */
bool nir_valid(const char *text);

/*
 * siret_number(text, digits): the first ${digits} characters of a SIRET (9: its
 * SIREN) as a number, 0 when they are not all digits.  siret_text() is the way
 * back, 14 digits and NUL.
 */
uint64_t siret_number(const char *text, int digits);
char *siret_text(uint64_t number, char ret[15]);

enum code_form {
	CODE_FORM_OK,		/* 452BE */
	CODE_FORM_DOTTED,	/* 45.2BE: the spelling of the arrêtés */
	CODE_FORM_WRONG,
};

/* code_form(text): the form of a risk code; three digits, two capitals (0000A and
 * 0000B, the support codes: four digits, one capital). */
enum code_form code_form(const char *text);

#endif
