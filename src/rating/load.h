/*
 * load.h -- what the parts of the use case share; private to rating/.
 */
#ifndef TAPR_RATING_LOAD_H
#define TAPR_RATING_LOAD_H

#include "base/arena.h"
#include "model/facts.h"
#include "rating/rating.h"

/* load_arena(ret, err): an arena for one document; freed with arena_free(). */
int load_arena(struct arena **ret, struct err *err) MUST_USE;
/* load_facts(d, a, ret, err): the facts of a document, in ${a}. */
int load_facts(const struct document *d, struct arena *a, struct facts *ret,
    struct err *err) MUST_USE;
/* load_written(out, err): TAPR_EIO when ${out} ran out of memory. */
int load_written(const struct str *out, struct err *err) MUST_USE;

#endif
