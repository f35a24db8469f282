/*
 * act.h -- acts on the register; private to register/.
 *
 * An act is written "VERB SIRET key=value ..."; what it takes is a table of
 * columns, read by the same rules as the columns of a file (intake/flow.h).
 * It is a batch of its own: the actor, the day, and all it brings or nothing.
 */
#ifndef TAPR_REGISTER_ACT_H
#define TAPR_REGISTER_ACT_H

#include "intake/flow.h"
#include "register/register.h"
#include "store/batch.h"
#include "store/fund.h"
#include "store/row.h"

struct acting {
	struct fund		*fund;
	const struct law	*law;
	const char		*law_dir;
	struct batch		 batch;
	struct str		*out;	/* what the user is told, French */
};

struct act {
	const char		*name;		/* "employer rename" */
	/* The first column is a word alone, the others are key=value. */
	const struct flow_column *column;
	int			 columns;
	int			(*run)(struct acting *a,
				    const struct value *v, struct err *err);
};

/* Each list ends with an act without a name. */
extern const struct act acts_employer[];
extern const struct act acts_classify[];
extern const struct act acts_claim[];
extern const struct act acts_people[];

/* A key of an act that must be given, may be, and the first word. */
#define KEY(n, type_) { .name = (n), .type = (type_) }
#define MAY(n, type_) { .name = (n), .type = (type_), .need = FLOW_OPTIONAL }
#define KEY_TEXT(n, most) { .name = (n), .type = FLOW_TEXT, .max = (most) }
#define MAY_TEXT(n, most) \
	{ .name = (n), .type = FLOW_TEXT, .need = FLOW_OPTIONAL, .max = (most) }
#define KEY_WORD(n, list) { .name = (n), .type = FLOW_WORD, .words = (list) }

enum { ACT_TEXT_MAX = 400 };

/* The establishment as it stands; TAPR_EINVAL when it is not known. */
int act_establishment(struct acting *a, const char *siret, char *buf,
    struct row *ret, struct err *err) MUST_USE;
/* ${row} is in force from this act on; TAPR_EINVAL when nothing changes. */
int act_put(struct acting *a, enum table_id table, const struct value *row,
    struct err *err) MUST_USE;
/* ${v} is a day to come: refused, in ${key}. */
int act_not_future(const struct acting *a, const struct value *v,
    const char *key, struct err *err) MUST_USE;
struct value act_author(const struct acting *a);

#endif
