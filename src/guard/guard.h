/*
 * guard.h -- may this person do this, here and now?
 *
 * Asked before an act begins and again before what it read leaves, so that a
 * habilitation that ends, or a portfolio that changes, ends the session in the
 * middle.  The day is that of the clock, never that of --today.
 *
 * A fund where nobody was ever habilitated asks nothing: whoever may open its
 * directory acts under the name given.  Habilitations begin with a first one
 * decided; while no director is in force, whoever holds the machine names people
 * and can do nothing else.
 */
#ifndef TAPR_GUARD_GUARD_H
#define TAPR_GUARD_GUARD_H

#include "guard/permission.h"
#include "model/place.h"

struct wish {
	const char	*needs;		/* permission_needs() */
	const char	*siret;		/* NULL: not one establishment */
};

enum { HABILITATION_MAX = 24 };

struct grant {
	bool		 guarded;
	enum role	 role;
	enum purpose	 purpose;
	/* "h12": the batch that decided it; "" for the service account. */
	char		 habilitation[HABILITATION_MAX];
};

/*
 * guard_ask(place, law_dir, wish, n, ret, err): all of ${wish} or nothing, by
 * one role.  TAPR_EINVAL when it is refused: the words are the same whether an
 * establishment exists or is in the charge of another.
 */
int guard_ask(const struct place *place, const char *law_dir,
    const struct wish *wish, size_t n, struct grant *ret, struct err *err)
    MUST_USE;

#endif
