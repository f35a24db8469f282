/*
 * rejected.c -- the lines set aside.
 */
#include "intake/rejected.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static int
failed(const struct rejected *r, struct err *err)
{
	return err_set(err, TAPR_EIO, r->path, "écriture impossible (%s) ; "
	    "choisissez un autre fichier par --rejected", err_cause(errno));
}

static int
part(const struct rejected *r, char *buf, struct err *err)
{
	int n = snprintf(buf, FUND_PATH_MAX, "%s.part", r->path);

	if (n < 0 || n >= FUND_PATH_MAX)
		return err_set(err, TAPR_EINVAL, NULL, "le chemin du fichier "
		    "des rejets est trop long");
	return TAPR_OK;
}

int
rejected_start(struct rejected *r, const char *file, const char *path,
    struct err *err)
{
	int n;

	*r = (struct rejected){ .out = NULL };
	if (path != NULL)
		n = snprintf(r->path, sizeof r->path, "%s", path);
	else if (strcmp(file, "-") == 0)
		return TAPR_OK;
	else
		n = snprintf(r->path, sizeof r->path, "%s.rejected.csv", file);
	if (n < 0 || (size_t)n >= sizeof r->path)
		return err_set(err, TAPR_EINVAL, NULL, "le chemin du fichier "
		    "des rejets est trop long");
	return TAPR_OK;
}

int
rejected_rule(struct rejected *r, long line, const char *record,
    const char *column, const char *rule, const char *reason,
    struct err *err)
{
	char name[FUND_PATH_MAX];
	int rc;

	if (r->path[0] == '\0')
		return TAPR_OK;
	if (r->out == NULL) {
		if ((rc = part(r, name, err)) != TAPR_OK)
			return rc;
		if ((r->out = fopen(name, "w")) == NULL)
			return failed(r, err);
		(void)fputs("line,record,column,rule,reason\n", r->out);
	}
	/* A record passed the form of its column: it has no quote. */
	if (fprintf(r->out, "%ld,%s,%s,%s,\"%s\"\n", line, record,
	    column, rule, reason) < 0)
		return failed(r, err);
	return TAPR_OK;
}

int
rejected_add(struct rejected *r, long line, const char *record,
    const struct fault *f, struct err *err)
{
	return rejected_rule(r, line, record, f->column != NULL ? f->column :
	    "", fault_name(f->id), fault_reason(f->id), err);
}

int
rejected_end(struct rejected *r, struct err *err)
{
	char name[FUND_PATH_MAX];
	int rc;

	if (r->path[0] == '\0')
		return TAPR_OK;
	if ((rc = part(r, name, err)) != TAPR_OK)
		return rc;
	if (r->out == NULL) {
		/* And what an import that was cut off had begun. */
		(void)unlink(name);
		if (unlink(r->path) != 0 && errno != ENOENT)
			return failed(r, err);
		return TAPR_OK;
	}
	rc = fclose(r->out);
	r->out = NULL;
	if (rc != 0 || rename(name, r->path) != 0)
		return failed(r, err);
	return TAPR_OK;
}

void
rejected_drop(struct rejected *r)
{
	char name[FUND_PATH_MAX];

	if (r->out == NULL)
		return;
	(void)fclose(r->out);
	r->out = NULL;
	if (part(r, name, NULL) == TAPR_OK)
		(void)unlink(name);
}
