/*
 * key_acts.h -- the acts on the keys of a fund's identities: « tapr keys ».
 *
 * Who may do them is asked before (the table of rights); here they are done, by
 * the keys child, under the lock of the fund.
 */
#ifndef TAPR_GUARD_KEY_ACTS_H
#define TAPR_GUARD_KEY_ACTS_H

#include "base/str.h"
#include "model/place.h"

enum { KEY_ACTS_OUT_MAX = 1 << 16 };

/* What there is; no key is opened for it. */
int key_status(const struct place *place, bool json, struct str *out,
    struct err *err) MUST_USE;

/*
 * key_init(place, way, secret, out, err): the first epoch.  ${way} is a word of
 * keys_way_words, NULL: file.  ${secret} is the file of the new passphrase or
 * PIN; NULL: that of ${place}, or else the terminal.
 */
int key_init(const struct place *place, const char *way, const char *secret,
    struct str *out, struct err *err) MUST_USE;
/* key_rotate(): the next epoch; ${way} NULL: as it was. */
int key_rotate(const struct place *place, const char *way,
    const char *secret, struct str *out, struct err *err) MUST_USE;
/* The identities of a claim month, YYYY-MM, open no more. */
int key_destroy(const struct place *place, const char *month,
    struct str *out, struct err *err) MUST_USE;

#endif
