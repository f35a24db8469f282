/*
 * log_keys.c -- the two keys of a fund's audit log.
 */
#include "guard/log_keys.h"

#include <sodium.h>
#include <stdio.h>
#include <unistd.h>

#include "keys/folder.h"

static const char sign_name[] = "audit-sign.key";
static const char hash_name[] = "audit-hash.key";

enum { HEX_MAX = 2 * KEY_BYTES + 1 };

/* ---- making -------------------------------------------------------------- */

static int
write_key(const char *root, const char *id, const char *name,
    struct log_key *ret, struct err *err)
{
	char path[KEY_PATH_MAX], hex[HEX_MAX];
	int rc;

	randombytes_buf(ret->b, sizeof ret->b);
	(void)sodium_bin2hex(hex, sizeof hex, ret->b, sizeof ret->b);
	hex[HEX_MAX - 1] = '\n';
	if ((rc = folder_path(root, id, name, path, err)) == TAPR_OK)
		rc = key_file_new(path, hex, sizeof hex, err);
	sodium_memzero(hex, sizeof hex);
	return rc;
}

int
log_keys_make(const char *root, char id[FUND_ID_MAX],
    char public_key[NOTE_KEY_TEXT_MAX], struct err *err)
{
	char name[NOTE_NAME_MAX];
	unsigned char chance[(FUND_ID_MAX - 1) / 2];
	struct log_key sign, hash;
	int rc;

	if (sodium_init() < 0)
		return err_set(err, TAPR_EIO, "clés", "la bibliothèque "
		    "libsodium ne démarre pas");
	randombytes_buf(chance, sizeof chance);
	(void)sodium_bin2hex(id, FUND_ID_MAX, chance, sizeof chance);
	if ((rc = folder_make(root, id, err)) != TAPR_OK)
		return rc;
	if ((rc = write_key(root, id, sign_name, &sign, err)) == TAPR_OK &&
	    (rc = write_key(root, id, hash_name, &hash, err)) == TAPR_OK) {
		(void)snprintf(name, sizeof name, "tapr.audit/%s", id);
		note_key_text(name, sign.b, public_key);
	} else {
		log_keys_drop(root, id);
	}
	sodium_memzero(&sign, sizeof sign);
	sodium_memzero(&hash, sizeof hash);
	return rc;
}

void
log_keys_drop(const char *root, const char *id)
{
	const char *const names[] = { sign_name, hash_name };
	struct err ignored = { .code = TAPR_OK };
	char path[KEY_PATH_MAX];

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (folder_path(root, id, names[i], path, &ignored) == TAPR_OK)
			(void)unlink(path);
	if (folder_path(root, id, NULL, path, &ignored) == TAPR_OK)
		(void)rmdir(path);
}

/* ---- reading ------------------------------------------------------------- */

static int
read_key(const char *root, const char *id, const char *name,
    struct log_key *ret, struct err *err)
{
	char path[KEY_PATH_MAX], hex[HEX_MAX];
	size_t got, n;
	int rc;

	if ((rc = folder_check(root, id, err)) != TAPR_OK ||
	    (rc = folder_path(root, id, name, path, err)) != TAPR_OK)
		return rc;
	if ((rc = key_file_read(path, hex, sizeof hex, &n, err)) == TAPR_OK &&
	    (n != sizeof hex || hex[HEX_MAX - 1] != '\n' ||
	    sodium_hex2bin(ret->b, sizeof ret->b, hex, HEX_MAX - 1, NULL, &got,
	    NULL) != 0 || got != sizeof ret->b))
		rc = err_set(err, TAPR_EINVAL, path, "ce n'est pas une clé : "
		    "64 chiffres hexadécimaux sont attendus ; reprenez votre "
		    "sauvegarde des clés");
	sodium_memzero(hex, sizeof hex);
	return rc;
}

int
log_keys_hash(const char *root, const char *id, struct log_key *ret,
    struct err *err)
{
	return read_key(root, id, hash_name, ret, err);
}

int
log_keys_sign(const char *root, const char *id, struct log_key *ret,
    struct err *err)
{
	return read_key(root, id, sign_name, ret, err);
}
