/*
 * folder.c -- files of keys.
 */
#include "keys/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int
folder_path(const char *root, const char *id, const char *name,
    char ret[KEY_PATH_MAX], struct err *err)
{
	int n = snprintf(ret, KEY_PATH_MAX, "%s/%s%s%s", root, id,
	    name == NULL ? "" : "/", name == NULL ? "" : name);

	if (root[0] == '\0')
		return err_set(err, TAPR_EINVAL, "clés", "où sont les clés ? "
		    "donnez leur dossier par la variable TAPR_KEYS");
	if (n < 0 || n >= KEY_PATH_MAX)
		return err_set(err, TAPR_EINVAL, "clés",
		    "le chemin du dossier des clés est trop long");
	return TAPR_OK;
}

int
folder_make(const char *root, const char *id, struct err *err)
{
	char path[KEY_PATH_MAX];
	int rc;

	if ((rc = folder_path(root, id, NULL, path, err)) != TAPR_OK)
		return rc;
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
check_closed(const char *path, const struct stat *st, struct err *err)
{
	if ((st->st_mode & 077) == 0)
		return TAPR_OK;
	return err_set(err, TAPR_EINVAL, path, "cette clé est ouverte à "
	    "d'autres que son propriétaire ; fermez-la : chmod go= %s", path);
}

int
folder_check(const char *root, const char *id, struct err *err)
{
	char path[KEY_PATH_MAX];
	struct stat st;
	int rc;

	if (id[0] == '\0')
		return err_set(err, TAPR_EINVAL, "fund.ini", "[fund] id "
		    "manque : ce fonds n'a pas de journal des accès ; créez-le "
		    "par « tapr init »");
	if ((rc = folder_path(root, id, NULL, path, err)) != TAPR_OK)
		return rc;
	if (stat(path, &st) != 0)
		return err_set(err, TAPR_EIO, path, "les clés de ce fonds "
		    "manquent (%s) : sans elles rien n'est montré ; donnez leur "
		    "dossier par TAPR_KEYS, et vérifiez ses droits",
		    err_cause(errno));
	return check_closed(path, &st, err);
}

int
key_file_new(const char *path, const void *bytes, size_t n, struct err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool good = fd >= 0 && write(fd, bytes, n) == (ssize_t)n &&
	    fsync(fd) == 0;

	if (fd >= 0)
		good = close(fd) == 0 && good;
	return good ? TAPR_OK : err_set(err, TAPR_EIO, path,
	    "écriture impossible (%s)", err_cause(errno));
}

int
key_file_read(const char *path, void *buf, size_t max, size_t *ret_n,
    struct err *err)
{
	struct stat st;
	ssize_t n;
	int fd, why;

	if ((fd = open(path, O_RDONLY | O_CLOEXEC)) < 0 ||
	    fstat(fd, &st) != 0) {
		why = errno;
		if (fd >= 0)
			(void)close(fd);
		return err_set(err, TAPR_EIO, path, "cette clé ne se lit pas "
		    "(%s) : sans elle rien n'est montré ; vérifiez TAPR_KEYS "
		    "et les droits", err_cause(why));
	}
	n = read(fd, buf, max);
	why = errno;
	(void)close(fd);
	if (n < 0)
		return err_set(err, TAPR_EIO, path, "lecture impossible (%s)",
		    err_cause(why));
	*ret_n = (size_t)n;
	return check_closed(path, &st, err);
}

void
key_file_shred(const char *path)
{
	static const unsigned char zeros[512];
	struct stat st;
	int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);

	if (fd >= 0) {
		off_t left = fstat(fd, &st) == 0 ? st.st_size : 0;

		while (left > 0) {
			size_t n = left < (off_t)sizeof zeros ? (size_t)left :
			    sizeof zeros;

			if (write(fd, zeros, n) != (ssize_t)n)
				break;
			left -= (off_t)n;
		}
		(void)fsync(fd);
		(void)close(fd);
	}
	(void)unlink(path);
}

int
key_folder_sync(const char *dir, struct err *err)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good = fd >= 0 && fsync(fd) == 0;
	int why = errno;

	if (fd >= 0)
		(void)close(fd);
	return good ? TAPR_OK : err_set(err, TAPR_EIO, dir,
	    "écriture impossible (%s)", err_cause(why));
}
