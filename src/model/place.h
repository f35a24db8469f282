/*
 * place.h -- where, when and as whom a use case works on a fund.
 *
 * today is the civil day of the facts, which --today may choose; now is the
 * second of the clock, which nobody chooses: the audit log alone reads it.
 */
#ifndef TAPR_MODEL_PLACE_H
#define TAPR_MODEL_PLACE_H

#include <stdint.h>

#include "base/date.h"

struct place {
	const char	*dir;		/* of the fund */
	const char	*actor;		/* who acts; until part 3, as given */
	struct date	 today;
	const char	*keys;		/* the folder of keys, outside any fund */
	const char	*secret;	/* file of their passphrase; or NULL */
	const char	*pkcs11;	/* module of a token; or NULL */
	int64_t		 now;		/* seconds since 1970, UTC */
	int64_t		 entry;		/* of the audit log; 0: none */
};

#endif
