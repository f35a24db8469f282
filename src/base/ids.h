/*
 * ids.h -- SIRET and SIREN numbers, NIR and risk codes.
 *
 * Form and key only: whether an establishment exists is not known here.
 */
#ifndef TAPR_BASE_IDS_H
#define TAPR_BASE_IDS_H

#include <stdbool.h>

/* siret_valid(text): 14 digits whose Luhn key is right; for La Poste (SIREN
 * 356000000) a digit sum multiple of 5 is right too. */
bool siret_valid(const char *text);
bool siren_valid(const char *text);
/* nir_valid(text): the 13 characters of a NIR (2A and 2B for Corsica), alone or
 * with the two digits of a right key (97 - N modulo 97). */
bool nir_valid(const char *text);

enum code_form {
	CODE_FORM_OK,		/* 452BE */
	CODE_FORM_DOTTED,	/* 45.2BE: the spelling of the arrêtés */
	CODE_FORM_WRONG,
};

/* code_form(text): the form of a risk code; three digits, two capitals (0000A and
 * 0000B, the support codes: four digits, one capital). */
enum code_form code_form(const char *text);

#endif
