/*
 * siret_set.h -- a set of SIRET or SIREN numbers, for files of millions of
 * lines of which a few are wanted; private to intake/.
 */
#ifndef TAPR_INTAKE_SIRET_SET_H
#define TAPR_INTAKE_SIRET_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* Open addressing; 0 is no number of INSEE. */
struct siret_set {
	uint64_t	*slot;
	size_t		 n, room;	/* room: a power of two, or 0 */
};

/* siret_set_add(s, number): false without memory. */
bool siret_set_add(struct siret_set *s, uint64_t number) MUST_USE;
bool siret_set_has(const struct siret_set *s, uint64_t number);
void siret_set_free(struct siret_set *s);

#endif
