/*
 * leave.h -- two files, both or neither; private to exchange/.
 *
 *	PATH			the table
 *	PATH-metadata.json	what it is; where CSVW looks for it
 *
 * Each is written beside its name (".part"), on the disk, and named only when
 * both are whole; the table is named last.
 */
#ifndef TAPR_EXCHANGE_LEAVE_H
#define TAPR_EXCHANGE_LEAVE_H

#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

/* TAPR_EINVAL when one of the names is taken, or too long. */
int leave_check(const char *path, struct err *err) MUST_USE;
/* leave_stage(): both beside their names; on failure neither is there. */
int leave_stage(const char *path, const struct str *table,
    const struct str *metadata, struct err *err) MUST_USE;
/* leave_name(): they get their names; leave_drop(): they are taken away. */
int leave_name(const char *path, struct err *err) MUST_USE;
void leave_drop(const char *path);

#endif
