/*
 * revision_run.h -- the five-yearly revision on a fund: rounds and files.
 *
 * Every act is one batch with its author and its day; it is done for all the
 * establishments named, or for none.
 */
#ifndef TAPR_REGISTER_REVISION_RUN_H
#define TAPR_REGISTER_REVISION_RUN_H

#include <stddef.h>

#include "base/str.h"
#include "model/place.h"
#include "register/revision.h"

struct revision_whom {
	const char		*round;
	const char *const	*siret;	/* ${n} of them; n = 0: every one */
	size_t			 n;
	const char		*section;	/* NULL: the only one */
};

/*
 * revision_open(place, whom, answer_by, risk_code, ret, err): begins a
 * round.  Its files are the sections, other than support staff, of the
 * establishments of ${whom} that are open and classified on the day, only
 * those of ${risk_code} unless it is NULL; ${ret} is their number.
 * TAPR_EINVAL: the round exists, it would be empty, or an establishment named
 * is not classified, or not in that code.
 */
int revision_open(const struct place *place, const struct revision_whom *whom,
    struct date answer_by, const char *risk_code, size_t *ret,
    struct err *err) MUST_USE;

/*
 * revision_do(place, law, whom, act, ret, err): ${act} (whose actor and day are
 * those of ${place}) on the files of ${whom}; ${ret} is their number.  Without
 * a SIRET, to send and to remind: the files that wait for it.  A decision to
 * accept also writes the classification.
 */
int revision_do(const struct place *place, const struct law *law,
    const struct revision_whom *whom, const struct revision_act *act,
    size_t *ret, struct err *err) MUST_USE;

/* revision_show(place, whom, json, out, err): the files of a round, how many
 * stand where; of one establishment, everything. */
int revision_show(const struct place *place, const struct revision_whom *whom,
    bool json, struct str *out, struct err *err) MUST_USE;

#endif
