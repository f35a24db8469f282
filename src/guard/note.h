/*
 * note.h -- a checkpoint: how many entries a log had and the root of its tree,
 * signed (Ed25519), as a note that other tools read too: the text of a
 * tlog-checkpoint in the envelope of a signed note (C2SP).
 *
 *	tapr.audit/ID		the origin: the log of one fund
 *	1042			entries
 *	BASE64			root
 *	2026-11-23T22:30:05Z	when
 *				an empty line
 *	— tapr.audit/ID BASE64	four bytes of the key's hash, the signature
 */
#ifndef TAPR_GUARD_NOTE_H
#define TAPR_GUARD_NOTE_H

#include "base/str.h"
#include "guard/tree.h"

enum { NOTE_NAME_MAX = 64, NOTE_KEY_TEXT_MAX = 160, NOTE_SIGN_BYTES = 64 };

/* The key that verifies: NAME+HASH+BASE64. */
struct note_key {
	char		name[NOTE_NAME_MAX];
	unsigned char	hash[4], public_key[32];
};

struct note {
	int64_t		size;
	struct hash	root;
};

/* note_key_text(name, seed, ret): the key that goes with the secret ${seed}. */
void note_key_text(const char *name, const unsigned char seed[32],
    char ret[NOTE_KEY_TEXT_MAX]);
int note_key_read(const char *text, struct note_key *ret, struct err *err)
    MUST_USE;

/* note_sign(name, seed, note, at, out, err): adds the note to ${out}. */
void note_sign(const char *name, const unsigned char seed[32],
    const struct note *note, int64_t at, struct str *out);

/*
 * note_read(text, n, key, ret, ret_n, err): the note that ${text} begins with,
 * of ${ret_n} bytes; TAPR_EINVAL when it is none, or ${key} did not sign it.
 */
int note_read(const char *text, size_t n, const struct note_key *key,
    struct note *ret, size_t *ret_n, struct err *err) MUST_USE;

#endif
