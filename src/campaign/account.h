/*
 * account.h -- the statement of an account, for people and programs; private
 * to campaign/.
 */
#ifndef TAPR_CAMPAIGN_ACCOUNT_H
#define TAPR_CAMPAIGN_ACCOUNT_H

#include "account/account.h"
#include "campaign/desk.h"

/* Where a claim comes from: what brought it. */
struct claim_origin {
	bool		found;
	int64_t		batch;
	long		line;
	char		message[64];
};

int claim_origin(struct desk *d, int64_t known, const struct claim *claim,
    struct claim_origin *ret, struct err *err) MUST_USE;

#endif
