/*
 * leave.c -- two files, both or neither.
 */
#include "exchange/leave.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PATH_BYTES = 4096 };

struct names {
	char	table[PATH_BYTES], table_part[PATH_BYTES];
	char	metadata[PATH_BYTES], metadata_part[PATH_BYTES];
};

static void
name_all(const char *path, struct names *ret)
{
	/* leave_check() has seen that all of them fit. */
	(void)snprintf(ret->table, PATH_BYTES, "%s", path);
	(void)snprintf(ret->table_part, PATH_BYTES, "%s.part", path);
	(void)snprintf(ret->metadata, PATH_BYTES, "%s-metadata.json", path);
	(void)snprintf(ret->metadata_part, PATH_BYTES,
	    "%s-metadata.json.part", path);
}

static int
failed(const char *path, struct err *err)
{
	return err_set(err, TAPR_EIO, path, "écriture impossible (%s) ; rien "
	    "n'est parti : choisissez un autre fichier par --out",
	    err_cause(errno));
}

int
leave_check(const char *path, struct err *err)
{
	struct names n;

	if (strlen(path) > PATH_BYTES - sizeof "-metadata.json.part")
		return err_set(err, TAPR_EINVAL, NULL, "le chemin de --out "
		    "est trop long");
	name_all(path, &n);
	if (access(n.table, F_OK) == 0 || access(n.metadata, F_OK) == 0)
		return err_set(err, TAPR_EINVAL, path, "ce fichier, ou sa "
		    "description, existe déjà : un envoi n'en remplace pas un "
		    "autre ; choisissez un autre nom par --out");
	return TAPR_OK;
}

static bool
put(int fd, const struct str *text)
{
	size_t done = 0;

	while (done < text->n) {
		ssize_t n = write(fd, text->p + done, text->n - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		done += (size_t)n;
	}
	return fsync(fd) == 0;
}

/* For its owner alone: it is the operator who hands it on. */
static int
stage(const char *part, const struct str *text, struct err *err)
{
	int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW |
	    O_CLOEXEC, 0600);
	bool good;
	int rc;

	if (fd < 0)
		return failed(part, err);
	good = put(fd, text);
	rc = good ? TAPR_OK : failed(part, err);
	if (close(fd) != 0 && good)
		rc = failed(part, err);
	if (rc != TAPR_OK)
		(void)unlink(part);
	return rc;
}

int
leave_stage(const char *path, const struct str *table,
    const struct str *metadata, struct err *err)
{
	struct names n;
	int rc;

	name_all(path, &n);
	if ((rc = stage(n.table_part, table, err)) != TAPR_OK)
		return rc;
	if ((rc = stage(n.metadata_part, metadata, err)) != TAPR_OK)
		(void)unlink(n.table_part);
	return rc;
}

/* The folder keeps the names. */
static bool
keep_names(const char *path)
{
	const char *slash = strrchr(path, '/');
	char dir[PATH_BYTES];
	bool good;
	int fd;

	(void)snprintf(dir, sizeof dir, "%.*s", slash == NULL ? 1 :
	    (int)(slash - path) + 1, slash == NULL ? "." : path);
	if ((fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0)
		return false;
	good = fsync(fd) == 0;
	(void)close(fd);
	return good;
}

int
leave_name(const char *path, struct err *err)
{
	struct names n;
	int rc = TAPR_OK;

	name_all(path, &n);
	if (rename(n.metadata_part, n.metadata) != 0 ||
	    rename(n.table_part, n.table) != 0 || !keep_names(path)) {
		rc = err_set(err, TAPR_EIO, path, "le fichier n'a pas pu "
		    "prendre son nom (%s) ; l'envoi est au registre, mais "
		    "rien n'est parti : recommencez", err_cause(errno));
		(void)unlink(n.metadata);
		(void)unlink(n.table);
		leave_drop(path);
	}
	return rc;
}

void
leave_drop(const char *path)
{
	struct names n;

	name_all(path, &n);
	(void)unlink(n.table_part);
	(void)unlink(n.metadata_part);
}
