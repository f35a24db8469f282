/*
 * touched.h -- the firms whose rates a corrected fact may change.
 */
#ifndef TAPR_CAMPAIGN_TOUCHED_H
#define TAPR_CAMPAIGN_TOUCHED_H

#include <stdint.h>

#include "base/err.h"
#include "store/store.h"

enum { TOUCHED_MAX = 256 };

struct touched {
	uint64_t	siret[TOUCHED_MAX];
	int		sirets;
	uint32_t	siren[TOUCHED_MAX];	/* of these, each once */
	int		firms;
};

/*
 * touched_find(s, known, siret, claim, ret, err): the establishment ${siret};
 * whoever bears the claim ${claim}, or bore it before a correction (NULL: no
 * claim); and all their successors, to whom accounts follow (D. 242-6-17), as
 * known after the batch ${known}.  TAPR_ERANGE over TOUCHED_MAX of them.
 */
int touched_find(struct store *s, int64_t known, const char *siret,
    const char *claim, struct touched *ret, struct err *err) MUST_USE;

#endif
