/*
 * import_dsn.h -- what a DSN adds to the report of an import, and the files of
 * a folder; private to register/.
 */
#ifndef TAPR_REGISTER_IMPORT_DSN_H
#define TAPR_REGISTER_IMPORT_DSN_H

#include "base/arena.h"
#include "intake/intake.h"
#include "register/register.h"

/* What was found, by rule of the norm and by line. */
void import_dsn_json(struct str *out, const struct intake_report *r);
void import_dsn_text(struct str *out, const struct intake_report *r);

/*
 * import_dsn_files(what, a, ret, ret_n, err): the files of ${what}, a folder
 * replaced by its files that end in .dsn, in the order of their names.  They
 * are in ${a}.  TAPR_EINVAL when a folder has none.
 */
int import_dsn_files(const struct register_import *what, struct arena *a,
    const char *const **ret, size_t *ret_n, struct err *err) MUST_USE;

#endif
