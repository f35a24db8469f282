/*
 * log_keys.h -- the two keys of a fund's audit log, kept outside the fund.
 *
 *	KEYS/ID/audit-sign.key	the Ed25519 seed that signs checkpoints
 *	KEYS/ID/audit-hash.key	the key of the hashes of objects
 *
 * KEYS is place.keys; ID is the random name of the fund (fund.ini).  The files
 * are 0600 in a folder 0700: keys that others can read are refused.
 */
#ifndef TAPR_GUARD_LOG_KEYS_H
#define TAPR_GUARD_LOG_KEYS_H

#include "base/err.h"
#include "guard/note.h"
#include "store/fund.h"

enum { KEY_BYTES = 32 };

struct log_key { unsigned char b[KEY_BYTES]; };

/*
 * log_keys_make(root, id, public_key, err): new keys under a new ${id};
 * ${public_key} is the text of the one that verifies.
 */
int log_keys_make(const char *root, char id[FUND_ID_MAX],
    char public_key[NOTE_KEY_TEXT_MAX], struct err *err) MUST_USE;
/* Those of a fund that was not made after all. */
void log_keys_drop(const char *root, const char *id);

int log_keys_hash(const char *root, const char *id, struct log_key *ret,
    struct err *err) MUST_USE;
int log_keys_sign(const char *root, const char *id, struct log_key *ret,
    struct err *err) MUST_USE;

#endif
