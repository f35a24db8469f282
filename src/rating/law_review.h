/*
 * law_review.h -- who entered the parameters, and who read them again.
 *
 * law/review.csv is beside the law set and no part of it: who has read a value
 * changes no rate, no digest and no snapshot.
 */
#ifndef TAPR_RATING_LAW_REVIEW_H
#define TAPR_RATING_LAW_REVIEW_H

#include <stddef.h>

#include "base/err.h"
#include "base/str.h"
#include "law/law.h"

enum { REVIEW_PARAMS_MAX = 256, REVIEW_BYTES_MAX = 1 << 22 };

/* Rows of the law, of a directory added by --law none. */
struct law_review {
	size_t	params;
	struct {
		size_t	rows;
		size_t	authored;	/* somebody is named as their author */
		size_t	reviewed;	/* by another person than that one */
	} param[REVIEW_PARAMS_MAX];
};

/*
 * law_review_read(law, name, text, n, ret, err): what ${text}, of ${n} bytes
 * and one that may be written (NULL: there is no such file), says of the rows
 * of ${law}.  TAPR_EINVAL names the line: a row or file that is not there, no
 * author, an author who is her own reviewer, a reviewer without a day or a
 * source.
 */
int law_review_read(const struct law *law, const char *name, char *text,
    size_t n, struct law_review *ret, struct err *err) MUST_USE;

/* In words; in JSON, as the members "rows", "authored", "reviewed", "files". */
void law_review_text(const struct law *law, const struct law_review *r,
    struct str *out);
void law_review_json(const struct law *law, const struct law_review *r,
    struct str *out);

#endif
