/*
 * read.c -- a snapshot from a file, verified whole before anything is given.
 *
 * The file may come from anywhere: every number in it is checked against the
 * size of the file before it is used, and a column starts exactly where the
 * one before it says, so that no byte of the file is out of reach of a digest
 * but the zeros between two columns, which are looked at too.
 */
#include <sys/mman.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "snapshot/layout.h"

struct snapshot {
	const unsigned char	*bytes;
	size_t			 n;
	bool			 mapped;
	const struct head	*head;
	const struct entry	*dir;
	char			 digest[SHA256_HEX_MAX];
};

static int
no_snapshot(struct err *err, const char *why)
{
	return err_set(err, TAPR_EINVAL, NULL, "ce n'est pas un instantané "
	    "intact de tapr (%s) ; restaurez-le d'une sauvegarde", why);
}

static bool
same_digest(struct sha256 *sum, const unsigned char is[SHA256_BYTES])
{
	unsigned char d[SHA256_BYTES];

	sha256_end(sum, d);
	return memcmp(d, is, sizeof d) == 0;
}

static int
check_head(struct snapshot *s, struct err *err)
{
	const struct head *h = (const struct head *)s->bytes;
	struct sha256 sum;

	if (s->n < sizeof *h ||
	    memcmp(h->magic, SNAPSHOT_MAGIC, sizeof h->magic) != 0)
		return no_snapshot(err, "en-tête inconnu");
	if (h->version != SNAPSHOT_VERSION)
		return err_set(err, TAPR_EINVAL, NULL, "instantané de la "
		    "version %u ; ce programme lit la version %d",
		    (unsigned)h->version, SNAPSHOT_VERSION);
	if (h->bytes != s->n || h->zero != 0 ||
	    h->columns > SNAPSHOT_COLUMNS_MAX ||
	    s->n < sizeof *h + h->columns * sizeof *s->dir)
		return no_snapshot(err, "taille");
	s->head = h;
	s->dir = (const struct entry *)(s->bytes + sizeof *h);
	layout_digest(h, s->dir, &sum);
	if (!same_digest(&sum, h->digest))
		return no_snapshot(err, "empreinte du répertoire");
	layout_digest(h, s->dir, &sum);
	(void)sha256_hex(&sum, s->digest);
	return TAPR_OK;
}

static bool
good_name(const char name[SNAPSHOT_NAME_MAX])
{
	size_t n = 0;

	while (n < SNAPSHOT_NAME_MAX && (name[n] == '_' ||
	    (name[n] >= 'a' && name[n] <= 'z') ||
	    (name[n] >= '0' && name[n] <= '9')))
		n++;
	if (n == 0 || n == SNAPSHOT_NAME_MAX)
		return false;
	while (n < SNAPSHOT_NAME_MAX)
		if (name[n++] != '\0')
			return false;
	return true;
}

/* One column, which must start at the first multiple of 64 from ${at} on. */
static int
check_column(const struct snapshot *s, const struct entry *e, uint64_t *at,
    struct err *err)
{
	uint64_t start = (*at + SNAPSHOT_ALIGN - 1) / SNAPSHOT_ALIGN *
	    SNAPSHOT_ALIGN;
	struct sha256 sum;

	if (!good_name(e->name) || e->zero32 != 0 || e->width == 0 ||
	    e->width > SNAPSHOT_WIDTH_MAX || e->offset != start ||
	    start > s->n || e->bytes > s->n - start ||
	    e->n > e->bytes || e->n * e->width != e->bytes)
		return no_snapshot(err, "répertoire");
	for (uint64_t i = *at; i < start; i++)
		if (s->bytes[i] != 0)
			return no_snapshot(err, "octets entre deux colonnes");
	sha256_init(&sum);
	sha256_add(&sum, s->bytes + start, e->bytes);
	if (!same_digest(&sum, e->digest))
		return err_set(err, TAPR_EINVAL, NULL, "la colonne « %s » de "
		    "l'instantané est abîmée ; restaurez-le d'une sauvegarde",
		    e->name);
	*at = start + e->bytes;
	return TAPR_OK;
}

static int
check(struct snapshot *s, struct err *err)
{
	uint64_t at;
	int rc;

	if ((rc = check_head(s, err)) != TAPR_OK)
		return rc;
	at = sizeof *s->head + s->head->columns * sizeof *s->dir;
	for (uint32_t i = 0; i < s->head->columns; i++) {
		for (uint32_t k = 0; k < i; k++)
			if (memcmp(s->dir[k].name, s->dir[i].name,
			    SNAPSHOT_NAME_MAX) == 0)
				return no_snapshot(err, "colonne en double");
		if ((rc = check_column(s, &s->dir[i], &at, err)) != TAPR_OK)
			return rc;
	}
	return at == s->n ? TAPR_OK : no_snapshot(err, "taille");
}

int
snapshot_over(const void *bytes, size_t n, struct snapshot **ret,
    struct err *err)
{
	struct snapshot *s = calloc(1, sizeof *s);
	int rc;

	if (s == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	s->bytes = bytes;
	s->n = n;
	if ((rc = check(s, err)) != TAPR_OK) {
		free(s);
		return rc;
	}
	*ret = s;
	return TAPR_OK;
}

static int
map(const char *path, void **ret, size_t *ret_n, struct err *err)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool good;

	*ret = MAP_FAILED;
	if (fd < 0)
		return err_set(err, TAPR_EIO, path, "ouverture impossible "
		    "(%s)", err_cause(errno));
	good = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
	*ret_n = good ? (size_t)st.st_size : 0;
	if (*ret_n > 0)
		*ret = mmap(NULL, *ret_n, PROT_READ, MAP_PRIVATE, fd, 0);
	(void)close(fd);
	if (*ret == MAP_FAILED)
		return err_set(err, TAPR_EINVAL, path,
		    "ce n'est pas un instantané de tapr");
	return TAPR_OK;
}

int
snapshot_open(const char *path, struct snapshot **ret, struct err *err)
{
	void *bytes;
	size_t n;
	int rc;

	if ((rc = map(path, &bytes, &n, err)) != TAPR_OK)
		return rc;
	if ((rc = snapshot_over(bytes, n, ret, err)) != TAPR_OK) {
		(void)munmap(bytes, n);
		return err_note(err, rc, "%s", path);
	}
	(*ret)->mapped = true;
	return TAPR_OK;
}

void
snapshot_close(struct snapshot *s)
{
	if (s == NULL)
		return;
	if (s->mapped)
		(void)munmap((void *)(uintptr_t)s->bytes, s->n);
	free(s);
}

const char *
snapshot_digest(const struct snapshot *s)
{
	return s->digest;
}

bool
snapshot_at(const struct snapshot *s, size_t i, struct snapshot_column *ret)
{
	const struct entry *e = &s->dir[i];

	if (i >= s->head->columns)
		return false;
	*ret = (struct snapshot_column){ e->name, e->width, e->n,
		s->bytes + e->offset };
	return true;
}

int
snapshot_get(const struct snapshot *s, const char *name, uint32_t width,
    const void **ret, uint64_t *ret_n, struct err *err)
{
	struct snapshot_column c;

	for (size_t i = 0; snapshot_at(s, i, &c); i++)
		if (strcmp(c.name, name) == 0 && c.width == width) {
			*ret = c.data;
			*ret_n = c.n;
			return TAPR_OK;
		}
	return err_set(err, TAPR_EINVAL, NULL, "la colonne « %s » manque à "
	    "l'instantané ; il vient d'une autre version de tapr", name);
}
