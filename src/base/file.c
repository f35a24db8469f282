/*
 * file.c -- a whole file into memory.
 *
 * The size is asked first, so that a file that is too large is refused
 * without being read.  It is only a hint: a pipe has none, the files of
 * /proc say 0, and a file may grow while it is read.  So the reading itself
 * stops at the maximum, and asks for more room when there was more.
 */
#define _FILE_OFFSET_BITS 64	/* a file of 5 GB has a size on every system */

#include <sys/types.h>
#include <sys/stat.h>

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#endif

#include "base/file.h"

enum { ROOM_FIRST = 16 * 1024 };

static int
too_large(const char *name, size_t max, struct err *err)
{

	return err_set(err, TAPR_EINVAL, name, "fichier trop gros : le maximum "
	    "est de %lu octets ; vérifiez que c'est le bon fichier",
	    (unsigned long)max);
}

static int
unreadable(const char *name, int why, struct err *err)
{

	return err_set(err, TAPR_EIO, name, "lecture impossible (%s) ; "
	    "vérifiez le chemin et les droits", err_cause(why));
}

static int
no_memory(const char *name, struct err *err)
{

	return err_set(err, TAPR_EIO, name, "mémoire insuffisante pour lire "
	    "le fichier");
}

/* Reads ${f} to its end, into a first buffer of ${room} bytes. */
static int
read_all(FILE *f, const char *name, size_t room, size_t max, char **ret,
    size_t *ret_n, struct err *err)
{
	char *buf, *more;
	size_t n = 0;
	int rc;

	if ((buf = malloc(room)) == NULL)
		return no_memory(name, err);
	for (;;) {
		/* The last byte is kept for the NUL. */
		n += fread(buf + n, 1, room - 1 - n, f);
		if (n < room - 1)
			break;
		if (n > max) {
			rc = too_large(name, max, err);
			goto fail;
		}
		room = room > (max + 2) / 2 ? max + 2 : 2 * room;
		if ((more = realloc(buf, room)) == NULL) {
			rc = no_memory(name, err);
			goto fail;
		}
		buf = more;
	}
	if (ferror(f)) {
		rc = unreadable(name, errno, err);
		goto fail;
	}
	if (n > max) {
		rc = too_large(name, max, err);
		goto fail;
	}
	buf[n] = '\0';
	*ret = buf;
	*ret_n = n;
	return TAPR_OK;
fail:
	free(buf);
	return rc;
}

int
file_read(const char *path, size_t max, char **ret, size_t *ret_n,
    struct err *err)
{
	struct stat st;
	size_t room = ROOM_FIRST;
	FILE *f;
	int rc;

	if (max > SIZE_MAX / 4)
		max = SIZE_MAX / 4;	/* sums below stay clear of the end */
	if (strcmp(path, "-") == 0) {
#ifdef _WIN32
		(void)_setmode(_fileno(stdin), _O_BINARY);
#endif
		return read_all(stdin, "entrée standard", room, max, ret,
		    ret_n, err);
	}

	if (stat(path, &st) != 0)
		return unreadable(path, errno, err);
	if (S_ISDIR(st.st_mode))
		return err_set(err, TAPR_EINVAL, path, "c'est un dossier ; "
		    "donnez un fichier");
	if (S_ISREG(st.st_mode)) {
		if (st.st_size < 0 || (uintmax_t)st.st_size > max)
			return too_large(path, max, err);
		/* One more than the file, so that its end is seen at once. */
		room = (size_t)st.st_size + 2;
	}
	if ((f = fopen(path, "rb")) == NULL)
		return unreadable(path, errno, err);
	rc = read_all(f, path, room, max, ret, ret_n, err);
	(void)fclose(f);
	return rc;
}
