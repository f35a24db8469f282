/*
 * people.h -- numbers and names that nobody bears.
 *
 * SIREN and SIRET have right keys.  A NIR has a right key too, and a commune
 * of birth that does not exist: 991 to 999 behind a metropolitan department
 * (no department numbers its communes above 909, docs/formats/synth.md), so
 * that no person can have been given it.  Names of firms say FICTIF, surnames
 * are syllables.
 */
#ifndef TAPR_SYNTH_PEOPLE_H
#define TAPR_SYNTH_PEOPLE_H

#include <stdint.h>

#include "synth/dice.h"

enum { SIREN_SIZE = 10, SIRET_SIZE = 15, NIR_SIZE = 16, NAME_SIZE = 64 };

/* The SIREN of firm ${n} of the country, 0 to SIREN_FIRMS - 1. */
enum { SIREN_FIRST = 97000000, SIREN_FIRMS = 3000000 };
void people_siren(uint32_t n, char ret[SIREN_SIZE]);
/* The SIRET of its establishment ${nic}, 1 to 9999. */
void people_siret(uint32_t n, uint32_t nic, char ret[SIRET_SIZE]);

/* people_nir(d, sex, year, ret): 15 digits for somebody born in ${year}. */
void people_nir(struct dice *d, int sex, int year, char ret[NIR_SIZE]);
/* people_nir_key(nir): the key, 1 to 97, of the 13 digits ${nir} starts with. */
unsigned people_nir_key(const char *nir);

void people_surname(struct dice *d, char ret[NAME_SIZE]);
void people_firm(struct dice *d, uint32_t n, char ret[NAME_SIZE]);

#endif
