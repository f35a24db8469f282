/*
 * log_keys.c -- the two keys of a fund's audit log.
 */
#include "guard/log_keys.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char sign_name[] = "audit-sign.key";
static const char hash_name[] = "audit-hash.key";

enum { HEX_MAX = 2 * KEY_BYTES + 1 };

/* "ROOT/ID/NAME", "ROOT/ID" without a name. */
static int
path_of(const char *root, const char *id, const char *name,
    char ret[FUND_PATH_MAX], struct err *err)
{
	int n = snprintf(ret, FUND_PATH_MAX, "%s/%s%s%s", root, id,
	    name == NULL ? "" : "/", name == NULL ? "" : name);

	if (root[0] == '\0')
		return err_set(err, TAPR_EINVAL, "clés", "où sont les clés ? "
		    "donnez leur dossier par la variable TAPR_KEYS");
	if (n < 0 || n >= FUND_PATH_MAX)
		return err_set(err, TAPR_EINVAL, "clés",
		    "le chemin du dossier des clés est trop long");
	return TAPR_OK;
}

/* ---- making -------------------------------------------------------------- */

/* The folder ${path} and those above it; the system says why not. */
static int
make_folders(char *path, struct err *err)
{
	for (char *at = strchr(path + 1, '/'); at != NULL;
	    at = strchr(at + 1, '/')) {
		*at = '\0';
		if (mkdir(path, 0700) != 0 && errno != EEXIST &&
		    errno != EROFS && errno != EACCES)
			return err_set(err, TAPR_EIO, path, "création "
			    "impossible (%s)", err_cause(errno));
		*at = '/';
	}
	if (mkdir(path, 0700) != 0)
		return err_set(err, TAPR_EIO, path, "création impossible (%s) "
		    "; les clés vont dans le dossier de TAPR_KEYS, hors du "
		    "fonds", err_cause(errno));
	return TAPR_OK;
}

static int
write_key(const char *root, const char *id, const char *name,
    struct log_key *ret, struct err *err)
{
	char path[FUND_PATH_MAX], hex[HEX_MAX];
	bool good;
	int fd, rc;

	randombytes_buf(ret->b, sizeof ret->b);
	(void)sodium_bin2hex(hex, sizeof hex, ret->b, sizeof ret->b);
	hex[HEX_MAX - 1] = '\n';
	if ((rc = path_of(root, id, name, path, err)) != TAPR_OK)
		return rc;
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	good = fd >= 0 && write(fd, hex, sizeof hex) == (ssize_t)sizeof hex &&
	    fsync(fd) == 0;
	if (fd >= 0)
		good = close(fd) == 0 && good;
	sodium_memzero(hex, sizeof hex);
	return good ? TAPR_OK : err_set(err, TAPR_EIO, path,
	    "écriture impossible (%s)", err_cause(errno));
}

int
log_keys_make(const char *root, char id[FUND_ID_MAX],
    char public_key[NOTE_KEY_TEXT_MAX], struct err *err)
{
	char path[FUND_PATH_MAX], name[NOTE_NAME_MAX];
	unsigned char chance[(FUND_ID_MAX - 1) / 2];
	struct log_key sign, hash;
	int rc;

	if (sodium_init() < 0)
		return err_set(err, TAPR_EIO, "clés", "la bibliothèque "
		    "libsodium ne démarre pas");
	randombytes_buf(chance, sizeof chance);
	(void)sodium_bin2hex(id, FUND_ID_MAX, chance, sizeof chance);
	if ((rc = path_of(root, id, NULL, path, err)) != TAPR_OK ||
	    (rc = make_folders(path, err)) != TAPR_OK)
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
	char path[FUND_PATH_MAX];

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (path_of(root, id, names[i], path, &ignored) == TAPR_OK)
			(void)unlink(path);
	if (path_of(root, id, NULL, path, &ignored) == TAPR_OK)
		(void)rmdir(path);
}

/* ---- reading ------------------------------------------------------------- */

static int
check_closed(const char *path, const struct stat *st, struct err *err)
{
	if ((st->st_mode & 077) == 0)
		return TAPR_OK;
	return err_set(err, TAPR_EINVAL, path, "cette clé est ouverte à "
	    "d'autres que son propriétaire ; fermez-la : chmod go= %s", path);
}

static int
check_folder(const char *root, const char *id, struct err *err)
{
	char path[FUND_PATH_MAX];
	struct stat st;
	int rc;

	if (id[0] == '\0')
		return err_set(err, TAPR_EINVAL, "fund.ini", "[fund] id "
		    "manque : ce fonds n'a pas de journal des accès ; créez-le "
		    "par « tapr init »");
	if ((rc = path_of(root, id, NULL, path, err)) != TAPR_OK)
		return rc;
	if (stat(path, &st) != 0)
		return err_set(err, TAPR_EIO, path, "les clés de ce fonds "
		    "manquent (%s) : sans elles rien n'est montré ; donnez leur "
		    "dossier par TAPR_KEYS, et vérifiez ses droits",
		    err_cause(errno));
	return check_closed(path, &st, err);
}

static int
read_key(const char *root, const char *id, const char *name,
    struct log_key *ret, struct err *err)
{
	char path[FUND_PATH_MAX], hex[HEX_MAX];
	struct stat st;
	size_t got;
	ssize_t n;
	int fd, rc;

	if ((rc = check_folder(root, id, err)) != TAPR_OK ||
	    (rc = path_of(root, id, name, path, err)) != TAPR_OK)
		return rc;
	if ((fd = open(path, O_RDONLY | O_CLOEXEC)) < 0 ||
	    fstat(fd, &st) != 0) {
		if (fd >= 0)
			(void)close(fd);
		return err_set(err, TAPR_EIO, path, "cette clé ne se lit pas "
		    "(%s) : sans elle rien n'est montré ; vérifiez TAPR_KEYS "
		    "et les droits", err_cause(errno));
	}
	n = read(fd, hex, sizeof hex);
	(void)close(fd);
	if ((rc = check_closed(path, &st, err)) == TAPR_OK &&
	    (n != (ssize_t)sizeof hex || hex[HEX_MAX - 1] != '\n' ||
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
