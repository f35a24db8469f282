/*
 * claim_rules.c -- what the fields of a claim may not say against each other.
 *
 * The order of the life of a claim: it happens, it is declared, it is
 * recognised, an IP is notified; a death follows the accident and its
 * recognition follows the death.  A date that is not given breaks nothing.
 */
#include "model/claim_rules.h"

#include <assert.h>

static bool
in_order(struct date first, struct date then)
{
	return !date_is(then) || date_cmp(first, then) <= 0;
}

static bool
keeps(const struct claim *c, enum claim_rule rule)
{
	switch (rule) {
	case CLAIM_IP_WITHOUT_DATE:
		return c->ip_rate < 0 || date_is(c->ip_notified);
	case CLAIM_IP_WITHOUT_RATE:
		return c->ip_rate >= 0 || !date_is(c->ip_notified);
	case CLAIM_NO_DEATH:
		return date_is(c->death) || !date_is(c->death_recognised);
	case CLAIM_SPECIAL_ACCIDENT:
		return c->charge != CHARGE_SPECIAL_ACCOUNT ||
		    c->kind == CLAIM_DISEASE;
	case CLAIM_OCCURRED_LATE:
		return in_order(c->occurred, c->declared);
	case CLAIM_RECOGNISED_EARLY:
		return in_order(c->declared, c->recognised);
	case CLAIM_IP_EARLY:
		return in_order(c->declared, c->ip_notified);
	case CLAIM_DEATH_EARLY:
		return in_order(c->occurred, c->death);
	case CLAIM_DEATH_RECOGNISED_EARLY:
		return in_order(c->death, c->death_recognised);
	case CLAIM_RULES:
		break;
	}
	assert(!"a rule of claims");
	return false;
}

enum claim_rule
claim_contradiction(const struct claim *c, enum claim_rule from)
{
	for (int rule = (int)from; rule < CLAIM_RULES; rule++)
		if (!keeps(c, (enum claim_rule)rule))
			return (enum claim_rule)rule;
	return CLAIM_RULES;
}
