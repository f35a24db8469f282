/*
 * claim_rules.h -- what the fields of a claim may not say against each other.
 *
 * The same rules for a document (facts/) and for a file (intake/): a claim that
 * one refuses never enters by the other.
 */
#ifndef TAPR_MODEL_CLAIM_RULES_H
#define TAPR_MODEL_CLAIM_RULES_H

#include "model/facts.h"

enum claim_rule {
	CLAIM_IP_WITHOUT_DATE,		/* ip_rate without ip_notified */
	CLAIM_IP_WITHOUT_RATE,
	CLAIM_NO_DEATH,			/* death_recognised without death */
	CLAIM_SPECIAL_ACCIDENT,		/* special account on no disease */
	CLAIM_OCCURRED_LATE,		/* after its declaration */
	CLAIM_RECOGNISED_EARLY,		/* before its declaration */
	CLAIM_IP_EARLY,			/* before the declaration */
	CLAIM_DEATH_EARLY,		/* before the claim occurred */
	CLAIM_DEATH_RECOGNISED_EARLY,	/* before the death */
	CLAIM_RULES,
};

/*
 * claim_contradiction(c, from): the first rule from ${from} on that ${c} does
 * not keep, CLAIM_RULES when it keeps them all.  An ip_rate below 0 is none.
 */
enum claim_rule claim_contradiction(const struct claim *c,
    enum claim_rule from);

#endif
