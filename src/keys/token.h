/*
 * token.h -- a key that stays in a PKCS#11 token, and what it enciphers.
 *
 * The module is the one that the settings of the fund or TAPR_PKCS11 name; it is
 * loaded in the keys child alone.  The token holds an AES key that cannot be
 * read out; it enciphers a salt, and a hash of that is the key of the epoch.
 */
#ifndef TAPR_KEYS_TOKEN_H
#define TAPR_KEYS_TOKEN_H

#include "keys/epoch.h"

/* token_make(p, label, err): a new key called ${label}; ${p}->secret is the file
 * of the PIN. */
int token_make(const struct keys_place *p, const char *label,
    struct err *err) MUST_USE;
int token_derive(const struct keys_place *p, const char *label,
    const unsigned char salt[EPOCH_SALT], struct seal_key *ret,
    struct err *err) MUST_USE;
int token_destroy(const struct keys_place *p, const char *label,
    struct err *err) MUST_USE;

#endif
