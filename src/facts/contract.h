/*
 * contract.h -- what FACTS.json may hold, as tables; private to facts/.
 *
 * The contract (docs/formats/facts.md) is written once.  The reader finds
 * members in it, refuses unknown ones and knows what each value may be;
 * facts_set walks a path through it and learns where a string is wanted.  It
 * says what a value looks like and nothing of what it means: ranges and
 * contradictions are for facts.c.
 */
#ifndef TAPR_FACTS_CONTRACT_H
#define TAPR_FACTS_CONTRACT_H

#include <stdbool.h>
#include <stddef.h>

enum shape {
	SHAPE_TEXT,	/* words, dates, decimals: always JSON strings */
	SHAPE_INTEGER,
	SHAPE_BOOL,
	SHAPE_OBJECT,	/* members: the fields of in; here containers begin */
	SHAPE_YEARS,	/* members: "2022": "4200000.00" */
	SHAPE_CLAIMS,	/* list of objects found by their ref */
	SHAPE_LIST,	/* list of objects found by their index */
};

/* How a decimal is written; none is negative. */
struct decimal {
	int		 integers, decimals;	/* digits, at most */
	bool		 share;			/* of a whole: at most 1 */
	const char	*example, *negative;	/* for messages */
};

struct field {
	const char		*name;
	const struct fields	*in;	/* of the object, or of each element */
	const struct decimal	*decimal;	/* of a text, or of each year */
	const char *const	*words;	/* of an enum: model/words.h */
	int			 first;	/* value of the first word */
	enum shape		 shape;
	const char		*need;	/* what to give; NULL: optional */
};

struct fields {
	const char		*what;	/* "un sinistre": for messages */
	const struct field	*field;
	size_t			 n;
};

/*
 * Where a field stands in its object: one letter or two for the object.
 * Majorations stand as in majoration_words, costs as in enum cost_category.
 */
enum { F_YEAR, F_ZONE, F_ESTABLISHMENT, F_HEADCOUNTS, F_PAYROLL, F_CLAIMS,
	F_PREVIOUS, F_SINGLE_RATE, F_REBATE, F_SUPPLEMENTARY, F_GIVEN };
enum { E_SIRET, E_RISK_CODE, E_CTN, E_BTP_GROUP, E_CREATED, E_TAKEN_OVER,
	E_SECTION, E_REGIME };
enum { C_REF, C_KIND, C_DECLARED, C_OCCURRED, C_RECOGNISED, C_CARE,
	C_STOPPAGE_DAYS, C_IP_RATE, C_IP_NOTIFIED, C_DEATH,
	C_DEATH_RECOGNISED, C_THIRD_PARTY_SHARE, C_CHARGE, C_TEMP_WORK };
enum { T_ROLE };
enum { P_RATE, P_MODE };
enum { SR_FIRST_YEAR, SR_MEMBERS };
enum { ME_RATE, ME_PAYROLL };
enum { S_PERCENT, S_FROM, S_UNTIL };
enum { G_COLLECTIVE_RATE, G_MAJORATIONS, G_AVERAGE_COSTS, G_ABATEMENT,
	G_REAL_COSTS };
enum { FIELDS_MAX = 16 };	/* of one object */

/* The whole document. */
extern const struct field contract_document;

/* The field whose name is the ${n} bytes at ${name}; NULL: there is none. */
const struct field *contract_find(const struct fields *in, const char *name,
    size_t n);

#endif
