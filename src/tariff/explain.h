/*
 * explain.h -- why the rate changed from one year to the next.
 */
#ifndef TAPR_TARIFF_EXPLAIN_H
#define TAPR_TARIFF_EXPLAIN_H

#include "base/arena.h"
#include "law/law.h"
#include "model/answer.h"

/*
 * explain_change(law, from, to, arena, ret, err): both rates, and the parts of
 * their difference (of the exact notified rates).  The parts sum to it
 * exactly.
 */
int explain_change(const struct law *law, const struct facts *from,
    const struct facts *to, struct arena *arena, struct attribution *ret,
    struct err *err) MUST_USE;

#endif
