/*
 * witness.h -- hands checkpoints to somebody outside: a file that is added to,
 * or a command fed on its standard input.
 *
 * Whoever can rewrite the log, and holds its key, cannot rewrite what a witness
 * was told.  A witness is waited for a few seconds and no more.
 */
#ifndef TAPR_GUARD_WITNESS_H
#define TAPR_GUARD_WITNESS_H

#include "base/str.h"

/*
 * witness_hand(witness, notes, err): gives ${notes} to ${witness}, a whole path
 * or "| command"; TAPR_EIO when it did not take them all.
 */
int witness_hand(const char *witness, const struct str *notes,
    struct err *err) MUST_USE;

#endif
