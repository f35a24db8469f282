/*
 * write.c -- a snapshot to a file: written beside its name, brought to the
 * disk, then renamed, the folder brought to the disk too; and the exchange of
 * one for another together with a register.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <assert.h>

#include "snapshot/layout.h"

enum { PATH_BYTES = 4200 };

void
layout_digest(const struct head *h, const struct entry *dir,
    struct sha256 *ret)
{
	sha256_init(ret);
	sha256_add(ret, h, HEAD_SUMMED);
	sha256_add(ret, dir, h->columns * sizeof *dir);
}

static uint64_t
aligned(uint64_t at)
{
	return (at + SNAPSHOT_ALIGN - 1) / SNAPSHOT_ALIGN * SNAPSHOT_ALIGN;
}

/* Fills head and directory, but for the digests. */
static void
lay_out(const struct snapshot_column *columns, size_t n, struct head *h,
    struct entry *dir)
{
	uint64_t at = sizeof *h + n * sizeof *dir;

	memcpy(h->magic, SNAPSHOT_MAGIC, sizeof h->magic);
	h->version = SNAPSHOT_VERSION;
	h->columns = (uint32_t)n;
	for (size_t i = 0; i < n; i++) {
		const struct snapshot_column *c = &columns[i];
		struct entry *e = &dir[i];

		assert(strlen(c->name) < sizeof e->name && c->width > 0);
		memcpy(e->name, c->name, strlen(c->name));
		e->width = c->width;
		e->n = c->n;
		e->offset = at = aligned(at);
		e->bytes = c->n * c->width;
		at += e->bytes;
	}
	h->bytes = at;
}

struct hashing {
	const struct snapshot_column *columns;
	struct head	*h;
	struct entry	*dir;
};

/* Fills in the digests, while another thread writes what they are of. */
static void *
hash(void *arg)
{
	struct hashing *g = arg;
	struct sha256 sum;

	for (uint32_t i = 0; i < g->h->columns; i++) {
		sha256_init(&sum);
		if (g->dir[i].bytes > 0)
			sha256_add(&sum, g->columns[i].data, g->dir[i].bytes);
		sha256_end(&sum, g->dir[i].digest);
	}
	layout_digest(g->h, g->dir, &sum);
	sha256_end(&sum, g->h->digest);
	return NULL;
}

static int
failed(const char *path, struct err *err)
{
	return err_set(err, TAPR_EIO, path, "écriture impossible (%s) ; "
	    "vérifiez la place et les droits, puis recommencez",
	    err_cause(errno));
}

static int
put(int fd, const void *bytes, uint64_t n)
{
	const char *p = bytes;

	while (n > 0) {
		ssize_t done = write(fd, p, n < 1 << 30 ? n : 1 << 30);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return -1;
		p += done;
		n -= (uint64_t)done;
	}
	return 0;
}

static int
put_columns(int fd, const struct head *h, const struct entry *dir,
    const struct snapshot_column *columns)
{
	static const char zeros[SNAPSHOT_ALIGN];
	uint64_t at = sizeof *h + h->columns * sizeof *dir;

	if (lseek(fd, (off_t)at, SEEK_SET) < 0)
		return -1;
	for (uint32_t i = 0; i < h->columns; i++) {
		if (put(fd, zeros, dir[i].offset - at) != 0 ||
		    put(fd, columns[i].data, dir[i].bytes) != 0)
			return -1;
		at = dir[i].offset + dir[i].bytes;
	}
	return 0;
}

/* Head and directory last: their digests are made while columns go out. */
static int
put_all(int fd, struct head *h, struct entry *dir,
    const struct snapshot_column *columns)
{
	struct hashing hashing = { columns, h, dir };
	pthread_t thread;
	bool apart = pthread_create(&thread, NULL, hash, &hashing) == 0;
	int rc = put_columns(fd, h, dir, columns);

	if (apart) {
		int saved = errno;

		(void)pthread_join(thread, NULL);
		errno = saved;
	} else
		(void)hash(&hashing);
	if (rc != 0 || lseek(fd, 0, SEEK_SET) != 0 ||
	    put(fd, h, sizeof *h) != 0 ||
	    put(fd, dir, h->columns * sizeof *dir) != 0)
		return -1;
	return fsync(fd);
}

/* The name of a file is kept by its folder. */
static int
keep_name(const char *path)
{
	char dir[PATH_BYTES];
	const char *slash = strrchr(path, '/');
	int fd, rc;

	snprintf(dir, sizeof dir, "%.*s", slash == NULL ? 1 :
	    (int)(slash - path) + 1, slash == NULL ? "." : path);
	if ((fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0)
		return -1;
	rc = fsync(fd);
	(void)close(fd);
	return rc;
}

/* "PATH.SUFFIX" */
static int
beside(const char *path, const char *suffix, char buf[PATH_BYTES],
    struct err *err)
{
	int n = snprintf(buf, PATH_BYTES, "%s%s", path, suffix);

	return n >= 0 && n < PATH_BYTES ? TAPR_OK : err_set(err, TAPR_EINVAL,
	    NULL, "le chemin du fichier est trop long");
}

static int
give_name(const char *from, const char *path, struct err *err)
{
	return rename(from, path) == 0 && keep_name(path) == 0 ? TAPR_OK :
	    failed(path, err);
}

static int
put_file(const char *path, struct head *h, struct entry *dir,
    const struct snapshot_column *columns, struct err *err)
{
	char part[PATH_BYTES];
	int fd, rc;

	if ((rc = beside(path, ".part", part, err)) != TAPR_OK)
		return rc;
	fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return failed(part, err);
	if (put_all(fd, h, dir, columns) != 0) {
		failed(part, err);
		(void)close(fd);
		(void)unlink(part);
		return TAPR_EIO;
	}
	return close(fd) == 0 ? give_name(part, path, err) :
	    failed(path, err);
}

int
snapshot_write(const char *path, const struct snapshot_column *columns,
    size_t n, char ret_digest[SHA256_HEX_MAX], struct err *err)
{
	struct head h;
	struct entry *dir;
	struct sha256 sum;
	int rc;

	assert(n <= SNAPSHOT_COLUMNS_MAX);
	memset(&h, 0, sizeof h);
	if ((dir = calloc(n + 1, sizeof *dir)) == NULL)
		return err_set(err, TAPR_EIO, path, "mémoire insuffisante");
	lay_out(columns, n, &h, dir);
	rc = put_file(path, &h, dir, columns, err);
	layout_digest(&h, dir, &sum);
	(void)sha256_hex(&sum, ret_digest);
	free(dir);
	return rc;
}

int
snapshot_stage(const char *path, const struct snapshot_column *columns,
    size_t n, char ret_digest[SHA256_HEX_MAX], struct err *err)
{
	char staged[PATH_BYTES];
	int rc;

	if ((rc = beside(path, ".new", staged, err)) != TAPR_OK)
		return rc;
	return snapshot_write(staged, columns, n, ret_digest, err);
}

int
snapshot_settle(const char *path, struct err *err)
{
	char staged[PATH_BYTES];
	int rc;

	if ((rc = beside(path, ".new", staged, err)) != TAPR_OK)
		return rc;
	return give_name(staged, path, err);
}

static int
open_as(const char *path, const char *digest, struct snapshot **ret,
    struct err *err)
{
	struct snapshot *s;
	int rc;

	if ((rc = snapshot_open(path, &s, err)) != TAPR_OK)
		return rc;
	if (strcmp(snapshot_digest(s), digest) != 0) {
		snapshot_close(s);
		return err_set(err, TAPR_EINVAL, path, "ce fichier n'est pas "
		    "celui que la campagne a enregistré ; restaurez une "
		    "sauvegarde");
	}
	*ret = s;
	return TAPR_OK;
}

int
snapshot_find(const char *path, const char *digest, struct snapshot **ret,
    struct err *err)
{
	char staged[PATH_BYTES];
	int rc;

	if ((rc = beside(path, ".new", staged, err)) != TAPR_OK)
		return rc;
	if (access(staged, F_OK) == 0 &&
	    open_as(staged, digest, ret, NULL) == TAPR_OK)
		return TAPR_OK;
	return open_as(path, digest, ret, err);
}

int
snapshot_mend(const char *path, const char *digest, struct err *err)
{
	char staged[PATH_BYTES], part[PATH_BYTES];
	struct snapshot *s;
	int rc;

	if ((rc = beside(path, ".new", staged, err)) != TAPR_OK ||
	    (rc = beside(staged, ".part", part, err)) != TAPR_OK)
		return rc;
	(void)unlink(part);
	if (access(staged, F_OK) != 0)
		return TAPR_OK;
	if (open_as(staged, digest, &s, NULL) == TAPR_OK) {
		snapshot_close(s);
		return snapshot_settle(path, err);
	}
	return unlink(staged) == 0 ? TAPR_OK : failed(staged, err);
}
