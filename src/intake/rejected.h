/*
 * rejected.h -- the lines set aside, beside the file they stood in.
 *
 * Columns: line,record,column,rule,reason.  Written as FILE.part and renamed
 * when the import ends, so that a file that is there is whole; nothing of an
 * earlier import stays when no line is set aside.
 */
#ifndef TAPR_INTAKE_REJECTED_H
#define TAPR_INTAKE_REJECTED_H

#include <stdio.h>

#include "intake/fault.h"
#include "store/fund.h"

struct rejected {
	char	 path[FUND_PATH_MAX];	/* "": nothing is written */
	FILE	*out;			/* NULL until the first line */
};

/* rejected_start(r, file, path, err): at ${path}, or beside ${file}; the lines
 * of the standard input are only counted unless ${path} is given. */
int rejected_start(struct rejected *r, const char *file, const char *path,
    struct err *err) MUST_USE;
int rejected_add(struct rejected *r, long line, const char *record,
    const struct fault *f, struct err *err) MUST_USE;
/* The same for a rule that is not one of fault.h; ${record} and the rest are
 * texts of our own, or a number whose form was right. */
int rejected_rule(struct rejected *r, long line, const char *record,
    const char *column, const char *rule, const char *reason,
    struct err *err) MUST_USE;
/* The file stands, or is gone when nothing was added. */
int rejected_end(struct rejected *r, struct err *err) MUST_USE;
/* What was written so far is given up. */
void rejected_drop(struct rejected *r);

#endif
