/*
 * dsn_file.c -- a DSN file in.
 *
 * The file is mapped, not read into memory of ours: the bytes that name
 * persons stay where they are, and nothing of them is written anywhere
 * (S1-39).  The standard input alone is taken into memory, and wiped.
 */
#include "intake/dsn_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "intake/dsn_apply.h"

static const size_t INPUT_BYTES_MAX = (size_t)1 << 30;

struct bytes {
	char	*p;
	size_t	 n;
	bool	 mapped;
};

/* ---- the bytes ---------------------------------------------------------- */

static int
unreadable(const char *path, struct err *err)
{
	return err_set(err, TAPR_EIO, path, "lecture impossible (%s) ; "
	    "vérifiez le chemin et les droits", strerror(errno));
}

static int
map(int fd, const char *path, struct bytes *ret, struct err *err)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return unreadable(path, err);
	if (!S_ISREG(st.st_mode))
		return err_set(err, TAPR_EINVAL, path, "ce n'est pas un "
		    "fichier");
	ret->n = (size_t)st.st_size;
	ret->mapped = ret->n > 0;
	if (ret->n == 0)
		return TAPR_OK;
	ret->p = mmap(NULL, ret->n, PROT_READ, MAP_PRIVATE, fd, 0);
	if (ret->p == MAP_FAILED) {
		*ret = (struct bytes){ NULL, 0, false };
		return unreadable(path, err);
	}
	return TAPR_OK;
}

static int
bytes_open(const char *path, struct bytes *ret, struct err *err)
{
	int fd, rc;

	*ret = (struct bytes){ NULL, 0, false };
	if (strcmp(path, "-") == 0)
		return file_read(path, INPUT_BYTES_MAX, &ret->p, &ret->n, err);
	if ((fd = open(path, O_RDONLY | O_CLOEXEC)) < 0)
		return unreadable(path, err);
	rc = map(fd, path, ret, err);
	(void)close(fd);
	return rc;
}

static void
bytes_close(struct bytes *b)
{
	if (b->mapped) {
		(void)munmap(b->p, b->n);
	} else if (b->p != NULL) {
		volatile char *p = b->p;

		for (size_t i = 0; i < b->n; i++)
			p[i] = '\0';
		free(b->p);
	}
}

/* ---- declarations ------------------------------------------------------- */

struct reading {
	struct dsn_apply		 apply;
	const struct intake_options	*o;
	int64_t				 read;
};

static int
interrupted(struct err *err)
{
	return err_set(err, TAPR_EINVAL, NULL, "import interrompu : rien n'a "
	    "été appliqué ; relancez-le");
}

static int
take(void *to, const struct dsn_declaration *d, enum dsn_outcome *ret,
    struct err *err)
{
	enum { PROGRESS_DECLARATIONS = 64 };
	struct reading *r = to;

	*ret = DSN_UNCHANGED;		/* told at the end, by dsn_apply */
	if (r->o->stop != NULL && r->o->stop(r->o->to))
		return interrupted(err);
	if (r->o->progress != NULL && ++r->read % PROGRESS_DECLARATIONS == 0)
		r->o->progress(r->o->to, r->read, d->bytes);
	return dsn_apply_take(&r->apply, d, err);
}

/* Declarations that the reader set aside, events, and what dsn_apply said. */
static void
count(const struct reading *r, struct intake_report *ret)
{
	const struct batch_report *n = &r->apply.count;

	ret->count.read = (int64_t)ret->dsn.read;
	ret->count.applied = n->applied;
	ret->count.waiting = n->waiting;
	ret->count.set_aside = (int64_t)ret->dsn.set_aside + n->set_aside;
	ret->count.unchanged = (int64_t)ret->dsn.events + n->unchanged;
}

static int
read_and_apply(struct reading *r, const char *name, const struct bytes *b,
    struct intake_report *ret, struct err *err)
{
	struct dsn_handler handler = { take, r };
	struct dsn_norms *norms;
	int rc;

	if ((rc = dsn_norms_open(r->o->norms, &norms, err)) != TAPR_OK)
		return rc;
	rc = dsn_read(norms, name, b->p == NULL ? "" : b->p, b->n, &handler,
	    &ret->dsn, err);
	dsn_norms_free(norms);
	if (rc == TAPR_OK)
		rc = dsn_apply_all(&r->apply, r->o->stop, r->o->to, err);
	count(r, ret);
	return rc;
}

/* "S21.G00.40.040/CCH-12" is a rule of the rubrique before the slash. */
static int
reject(struct rejected *rejected, const struct dsn_report *report,
    struct err *err)
{
	int rc = TAPR_OK;

	for (size_t i = 0; i < report->findings && rc == TAPR_OK; i++) {
		const struct dsn_finding *f = &report->finding[i];
		char column[DSN_RULE_MAX];

		if (f->severity == DSN_SIGNAL)
			continue;
		(void)snprintf(column, sizeof column, "%.*s",
		    (int)strcspn(f->rule, "/"), f->rule);
		rc = rejected_rule(rejected, f->line, f->siret, column,
		    f->rule, f->text, err);
	}
	return rc;
}

int
dsn_file(struct intake *in, const char *path, const struct intake_options *o,
    struct rejected *rejected, struct intake_report *ret,
    char digest[SHA256_HEX_MAX], struct err *err)
{
	const char *name = strcmp(path, "-") == 0 ? "entrée standard" : path;
	struct reading r = { .o = o };
	struct sha256 sha256;
	struct bytes b;
	int rc, said;

	if ((rc = bytes_open(path, &b, err)) != TAPR_OK)
		return rc;
	sha256_init(&sha256);
	sha256_add(&sha256, b.p, b.n);
	(void)sha256_hex(&sha256, digest);
	in->replaced = 0;
	if ((rc = dsn_apply_start(&r.apply, in, &ret->dsn, err)) == TAPR_OK)
		rc = read_and_apply(&r, name, &b, ret, err);
	ret->replaced = in->replaced;
	dsn_apply_end(&r.apply);
	bytes_close(&b);
	/* Of a file refused whole too, but not of an import that stopped. */
	if (rc != TAPR_OK && ret->dsn.envois > ret->dsn.envois_refused)
		return rc;
	said = reject(rejected, &ret->dsn, rc == TAPR_OK ? err : NULL);
	return rc != TAPR_OK ? rc : said;
}
