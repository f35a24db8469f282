/*
 * epoch.h -- the key of an epoch, outside the fund: kept in a file, made from a
 * passphrase, or made by a token.
 *
 *	ROOT/ID/identity.epoch		the epoch in force
 *	ROOT/ID/identity.epoch.next	one that a rotation is bringing in
 *
 * A file of text (docs/formats/keys.md).  In the file way it holds the key; with
 * a passphrase the salt and the costs of Argon2id; with a token the label of a
 * key that never leaves it and the salt that it enciphers.  All of it is drawn
 * anew for each epoch, so that nothing that is kept opens an epoch whose file is
 * gone, not even with its passphrase.
 *
 * Only the keys child calls what is here, except epoch_path().
 */
#ifndef TAPR_KEYS_EPOCH_H
#define TAPR_KEYS_EPOCH_H

#include "keys/folder.h"
#include "keys/seal.h"

enum { EPOCH_SALT = 32, EPOCH_LABEL_MAX = 64, EPOCH_TEXT_MAX = 512,
	PASSPHRASE_MIN = 12, PASSPHRASE_MAX = 256 };

/* Costs of Argon2id that are believed: above, the file is refused. */
#define EPOCH_OPS_MAX UINT64_C(16)
#define EPOCH_MEMORY_MAX (UINT64_C(1) << 30)

struct epoch {
	int64_t		 number;		/* from 1 */
	enum keys_way	 way;
	struct seal_key	 key;			/* KEYS_FILE */
	unsigned char	 salt[EPOCH_SALT];	/* the others */
	uint64_t	 ops, memory;		/* KEYS_PASSPHRASE; bytes */
	char		 label[EPOCH_LABEL_MAX];	/* KEYS_TOKEN */
	unsigned char	 check[SEAL_CHECK];
};

/* epoch_parse(): false when it is not what epoch_text() writes. */
bool epoch_parse(const char *text, size_t n, struct epoch *ret) MUST_USE;
/* Returns the length; the caller wipes ${ret}. */
size_t epoch_text(const struct epoch *e, char ret[EPOCH_TEXT_MAX]);

/* "ROOT/ID/identity.epoch", with ".next" behind it. */
int epoch_path(const struct keys_place *p, bool next, char ret[KEY_PATH_MAX],
    struct err *err) MUST_USE;
/* The epoch in force, not opened.  The caller wipes ${ret}. */
int epoch_read(const struct keys_place *p, struct epoch *ret,
    struct err *err) MUST_USE;

/* epoch_open(p, e, ret, err): its key; asks for the passphrase or the PIN. */
int epoch_open(const struct keys_place *p, const struct epoch *e,
    struct seal_key *ret, struct err *err) MUST_USE;
/*
 * epoch_make(p, number, way, e, ret, err): another one, and its key; nothing is
 * written but, of a token, the key in it.
 */
int epoch_make(const struct keys_place *p, int64_t number, enum keys_way way,
    struct epoch *e, struct seal_key *ret, struct err *err) MUST_USE;
int epoch_write(const char *path, const struct epoch *e, struct err *err)
    MUST_USE;
/* Where the secret of an epoch that is made is: the new one, if there is one. */
struct keys_place epoch_next_place(const struct keys_place *p);
/* What a token held for ${e} is destroyed. */
int epoch_forget(const struct keys_place *p, const struct epoch *e,
    struct err *err) MUST_USE;

#endif
