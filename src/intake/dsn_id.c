/*
 * dsn_id.c -- which declaration takes the place of which.
 *
 * A declaration is told by its establishment, nature, month and fraction;
 * the versions of one are ranked by when they were made.  « Pour une
 * Mensuelle, ce numéro [d'ordre] est remis à zéro à chaque premier jour de
 * mois civil » (S20.G00.05.004): so the civil month in which a version was
 * made comes first, the order number decides inside it.  The identifier of
 * the version replaced (S20.G00.05.006) is not asked: what a third version
 * must undo is whatever stands, also when the second never came.
 */
#include <string.h>

#include "intake/dsn.h"

static bool
same_thing(const struct dsn_id *a, const struct dsn_id *b)
{

	return strcmp(a->siren, b->siren) == 0 && strcmp(a->nic, b->nic) == 0 &&
	    a->nature == b->nature && date_cmp(a->month, b->month) == 0 &&
	    a->fraction == b->fraction;
}

/* <0, 0, >0: ${a} is the earlier, the same, the later version. */
static int
rank(const struct dsn_id *a, const struct dsn_id *b)
{
	struct date am = a->made_on, bm = b->made_on;

	am.d = bm.d = 1;
	if (date_cmp(am, bm) != 0)
		return date_cmp(am, bm);
	return (a->order > b->order) - (a->order < b->order);
}

enum dsn_relation
dsn_supersedes(const struct dsn_id *new, const struct dsn_id *old)
{
	int r;

	if (!same_thing(new, old))
		return DSN_OTHER;
	if ((r = rank(new, old)) < 0)
		return DSN_LATE;
	if (r == 0)
		return new->type == old->type &&
		    date_cmp(new->made_on, old->made_on) == 0 ? DSN_SAME :
		    DSN_TWICE;
	switch (new->type) {
	case DSN_REPLACES:
	case DSN_REPLACES_EMPTY:
		return DSN_UNDOES_REPLACING;
	case DSN_CANCELS:
		return DSN_UNDOES;
	case DSN_NORMAL:
	case DSN_EMPTY:
		break;
	}
	return DSN_TWICE;
}
