/*
 * review.h -- what a decider must have seen; private to campaign/.
 */
#ifndef TAPR_CAMPAIGN_REVIEW_H
#define TAPR_CAMPAIGN_REVIEW_H

#include "campaign/state.h"

/*
 * review_write(d, lots, lot, out, ret_digest, err): exceptions, largest
 * changes, and a sample drawn by the digest of the results, with its sheets.
 * The same bytes as long as the lot holds the same rates.
 */
int review_write(struct desk *d, const struct lots *lots,
    const struct lot *lot, struct str *out, char ret_digest[SHA256_HEX_MAX],
    struct err *err) MUST_USE;

#endif
