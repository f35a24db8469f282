/*
 * rules.h -- which version of which rule applies on which day.
 *
 * A rule is one calculation of the law; a version is that calculation as one
 * text worded it, between two dates.  rules.c lists them all, law/rules.csv
 * is the same list for a jurist, and a test proves that both are equal and
 * that exactly one version of every rule holds on the first day of every
 * quarter since 2012.
 *
 * The code of a rule asks rule_at() for the version in force and switches on
 * its form; the article on a calculation sheet is that of the version.
 */
#ifndef TAPR_TARIFF_RULES_H
#define TAPR_TARIFF_RULES_H

#include <stddef.h>

#include "base/date.h"

/* What the code does in a version; names are those of its formula. */
enum rule_form {
	FORM_ONLY,		/* the rule has one form */
	FORM_ABSENT,		/* the law had no such rule yet */
	HEADCOUNT_QUARTERS, HEADCOUNT_MONTHS,
	MODE_PLAIN, MODE_FROZEN,
	FRACTION_SHIFT,		/* (E - shift) / divisor */
	FRACTION_FLOOR,		/* factor / divisor * (E - shift) + floor */
	FRACTION_SLOPE,		/* (slope * E + offset) / divisor */
	VALUE_TRANSITION, VALUE_AVERAGE,
	DEATH_ON_DEATH, DEATH_ON_RECOGNITION,
	TEMP_THIRD, TEMP_PHASED, TEMP_HALF,
};

struct rule {
	const char	*name;		/* as in tapr rule: "mixed-fraction" */
	const char	*variant;	/* "general", "ieg"... or "" */
	const char	*article;
	struct date	 from, to;	/* [from, to) */
	const char	*function;	/* the C function that holds it */
	const char	*reading;	/* entry of docs/law-notes.md, or "" */
	enum rule_form	 form;
	const char	*label;		/* what it answers, in French */
};

size_t rule_count(void);
const struct rule *rule_get(size_t i);

/* rule_at(name, variant, on): the version in force, NULL if there is none. */
const struct rule *rule_at(const char *name, const char *variant,
    struct date on);

#endif
