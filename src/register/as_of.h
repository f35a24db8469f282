/*
 * as_of.h -- an establishment on a past day; private to register/.
 */
#ifndef TAPR_REGISTER_AS_OF_H
#define TAPR_REGISTER_AS_OF_H

#include "intake/local.h"
#include "register/view.h"

/* What the texts of a row on a past day are kept in. */
struct as_of {
	struct row	 row;
	char		 text[ROW_TEXT_MAX], period[ROW_TEXT_MAX];
	struct local	 local;
};

/*
 * as_of_read(v, siret, ret, found, err): the establishment on the day of the
 * view, as known then: values typed here from their first day on, before them
 * and elsewhere those of the history of INSEE, else the present ones.
 */
int as_of_read(struct view *v, const char *siret, struct as_of *ret,
    bool *found, struct err *err) MUST_USE;

#endif
