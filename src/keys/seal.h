/*
 * seal.h -- one value under one key: sealed, opened, indexed; and one key under
 * another.
 *
 * XChaCha20-Poly1305-IETF.  What a value is about (fund, month, field, claim,
 * hold) is its associated data: a value moved to another row does not open.
 * The nonce is not drawn but computed, keyed, from what is sealed and what it is
 * about: so that the same file imported twice brings the same bytes and changes
 * nothing.  All that equal bytes tell is that one field of one claim did not
 * change.  Values are padded: a length is told by steps of SEAL_STEP bytes.
 *
 * Pure: no file, no process.  docs/formats/keys.md has the bytes.
 */
#ifndef TAPR_KEYS_SEAL_H
#define TAPR_KEYS_SEAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "keys/keys.h"

enum { SEAL_KEY = 32, SEAL_STEP = 32, SEAL_CHECK = 16, WRAP_BYTES = 152 };

struct seal_key { unsigned char b[SEAL_KEY]; };

/* Of a month, or of a hold. */
struct seal_pair { struct seal_key data, index; };

/* seal_value(): ${ret} is text (base64), NUL-terminated.  false: too long. */
bool seal_value(const struct seal_key *key, const char *fund,
    const struct keys_about *a, const char *text, size_t n,
    char ret[KEYS_SEALED_MAX]) MUST_USE;
/* seal_open(): ${ret} is NUL-terminated, ${ret_n} long; false when it does not
 * open.  The caller wipes ${ret}. */
bool seal_open(const struct seal_key *key, const char *fund,
    const struct keys_about *a, const char *sealed,
    char ret[KEYS_TEXT_MAX], size_t *ret_n) MUST_USE;
/* seal_index(): keyed BLAKE2b of ${text} for its field, as text (base64). */
void seal_index(const struct seal_key *key, const char *fund,
    const struct keys_about *a, const char *text, size_t n,
    char ret[KEYS_INDEX_MAX]);

/*
 * wrap_pair(): the pair of the key called ${name} under the key of the epoch
 * ${number}, as the bytes of a file.  wrap_open(): false when it is not that
 * one, or was changed.  wrap_number(): the epoch that it names, -1 when it is no
 * wrapped key.
 */
void wrap_pair(const struct seal_key *epoch, int64_t number,
    const char *fund, const char *name, const struct seal_pair *pair,
    unsigned char ret[WRAP_BYTES]);
bool wrap_open(const struct seal_key *epoch, int64_t number,
    const char *fund, const char *name, const unsigned char *bytes, size_t n,
    struct seal_pair *ret) MUST_USE;
int64_t wrap_number(const unsigned char *bytes, size_t n);

/* seal_check(): what tells that a key of an epoch is the right one. */
void seal_check(const struct seal_key *epoch, int64_t number,
    unsigned char ret[SEAL_CHECK]);

#endif
