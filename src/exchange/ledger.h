/*
 * ledger.h -- the register of transmissions: what left, to whom, by which act.
 */
#ifndef TAPR_EXCHANGE_LEDGER_H
#define TAPR_EXCHANGE_LEDGER_H

#include <stdbool.h>

#include "base/str.h"
#include "model/place.h"

/* Every file that left, of the flow ${flow} or (NULL) of all, in order. */
int ledger_show(const struct place *place, const char *flow, bool json,
    struct str *out, struct err *err) MUST_USE;

#endif
