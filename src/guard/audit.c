/*
 * audit.c -- tapr audit show, checkpoint and export.
 */
#include "guard/audit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "guard/log.h"
#include "guard/log_read.h"

/* ---- show ---------------------------------------------------------------- */

struct showing {
	struct str	*out;
	int64_t		 shown;
};

enum { OBJECT_SHOWN = 12 };

static int
show_text(void *to, const struct logged *e, struct err *err)
{
	struct showing *s = to;
	char when[INSTANT_MAX];

	(void)err;
	str_printf(s->out, "%6lld  %s  %-12s %-12s %-20s %s",
	    (long long)e->s.position, instant_text(e->s.at, when),
	    e->actor[0] == '\0' ? "(effacé)" : e->actor, e->s.purpose,
	    e->s.act, e->s.outcome);
	if (e->s.object[0] != '\0')
		str_printf(s->out, "  %s %.*s", e->s.kind, OBJECT_SHOWN,
		    e->object[0] == '\0' ? "(effacé)" : e->object);
	if (e->s.scope[0] != '\0')
		str_printf(s->out, "  %s", e->s.scope);
	if (e->s.digest[0] != '\0')
		str_printf(s->out, "  objets : %lld", (long long)e->s.count);
	if (e->s.follows > 0)
		str_printf(s->out, "  suite de %lld", (long long)e->s.follows);
	str_add_char(s->out, '\n');
	return TAPR_OK;
}

static void
member(struct str *out, const char *name, const char *text)
{
	str_printf(out, ", \"%s\": ", name);
	str_add_json(out, text[0] == '\0' ? NULL : text);
}

static int
show_json(void *to, const struct logged *e, struct err *err)
{
	struct showing *s = to;
	char when[INSTANT_MAX];

	(void)err;
	str_printf(s->out, "%s\n{\"position\": %lld, \"at\": \"%s\"",
	    s->shown++ == 0 ? "" : ",", (long long)e->s.position,
	    instant_text(e->s.at, when));
	member(s->out, "actor", e->actor);
	member(s->out, "role", e->s.role);
	member(s->out, "habilitation", e->s.habilitation);
	member(s->out, "purpose", e->s.purpose);
	member(s->out, "act", e->s.act);
	member(s->out, "outcome", e->s.outcome);
	member(s->out, "kind", e->s.kind);
	member(s->out, "object", e->object);
	member(s->out, "scope", e->s.scope);
	str_printf(s->out, ", \"count\": %lld", (long long)e->s.count);
	member(s->out, "digest", e->s.digest);
	str_printf(s->out, ", \"follows\": %lld", (long long)e->s.follows);
	member(s->out, "leaf", e->leaf);
	str_add_char(s->out, '}');
	return TAPR_OK;
}

int
audit_show(const struct place *place, int64_t from, bool json,
    struct str *out, struct err *err)
{
	struct showing s = { out, 0 };
	struct log_reader r;
	int rc;

	str_add(out, json ? "{\"entries\": [" : "");
	if ((rc = log_read_open(place->dir, &r, err)) == TAPR_OK)
		rc = log_each(&r, from, json ? show_json : show_text, &s, err);
	log_read_close(&r);
	str_add(out, json ? "]}\n" : "");
	if (rc == TAPR_OK && str_failed(out))
		rc = err_set(err, TAPR_EIO, "journal", "trop d'entrées pour "
		    "une réponse ; donnez --from");
	return rc;
}

/* ---- checkpoint ---------------------------------------------------------- */

int
audit_checkpoint(const struct place *place, struct str *out,
    struct err *told, struct err *err)
{
	struct log l;
	int rc;

	if ((rc = log_open(place, &l, err)) == TAPR_OK &&
	    (rc = log_checkpoint(&l, out, err)) == TAPR_OK)
		log_hand(&l, told);
	log_close(&l);
	return rc;
}

/* ---- export -------------------------------------------------------------- */

struct exporting {
	FILE		*out;
	struct str	 line;
	int64_t		 n;
};

static int
export_entry(void *to, const struct logged *e, struct err *err)
{
	struct exporting *x = to;

	str_clear(&x->line);
	entry_line(&e->s, &x->line);
	str_add_char(&x->line, '\n');
	if (str_failed(&x->line))
		return err_set(err, TAPR_EINVAL, NULL, "entrée %lld : elle est "
		    "plus longue qu'une entrée ; « tapr audit verify »",
		    (long long)e->s.position);
	(void)fwrite(x->line.p, 1, x->line.n, x->out);
	x->n++;
	return TAPR_OK;
}

/* Those of the entries that were written: the log may have grown since. */
static int
export_notes(struct log_reader *r, const struct exporting *x,
    struct err *err)
{
	struct query *q;
	int rc, row;

	if ((rc = store_query(r->store, SQL_CHECKPOINT_LIST, &q, err)) !=
	    TAPR_OK)
		return rc;
	while ((rc = query_step(q, &row, err)) == TAPR_OK && row == 1) {
		struct value size = query_column(q, 1);
		struct value note = query_column(q, 3);

		if (value_or(&size, 0) <= x->n)
			(void)fputs(value_or_empty(&note), x->out);
	}
	return rc;
}

static int
export_to(struct log_reader *r, struct exporting *x, struct err *err)
{
	int rc;

	fprintf(x->out, "tapr-audit 1\n%s\n", r->key_text);
	if ((rc = log_each(r, 0, export_entry, x, err)) != TAPR_OK)
		return rc;
	(void)fputs("checkpoints\n", x->out);
	if ((rc = export_notes(r, x, err)) != TAPR_OK)
		return rc;
	(void)fputs("end\n", x->out);
	return TAPR_OK;
}

/* A new file, of our own; half of one is taken away. */
static int
write_file(struct log_reader *r, const char *path, struct exporting *x,
    struct err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	int rc, why = errno;

	if (fd < 0 || (x->out = fdopen(fd, "w")) == NULL)
		return err_set(err, TAPR_EIO, path, "création impossible (%s) "
		    "; donnez un fichier neuf", err_cause(why));
	rc = export_to(r, x, err);
	if (rc == TAPR_OK && (fflush(x->out) != 0 || fsync(fd) != 0))
		rc = err_set(err, TAPR_EIO, path, "écriture impossible (%s)",
		    err_cause(errno));
	if (fclose(x->out) != 0 && rc == TAPR_OK)
		rc = err_set(err, TAPR_EIO, path, "écriture impossible");
	if (rc != TAPR_OK)
		(void)unlink(path);
	return rc;
}

int
audit_export(const struct place *place, const char *path, struct str *out,
    struct err *err)
{
	struct exporting x = { .n = 0 };
	struct log_reader r;
	int rc;

	str_init(&x.line, ENTRY_LINE_MAX);
	if ((rc = log_read_open(place->dir, &r, err)) == TAPR_OK)
		rc = write_file(&r, path, &x, err);
	log_read_close(&r);
	str_free(&x.line);
	if (rc == TAPR_OK)
		str_printf(out, "%s : %lld entrées, sans auteur ni objet en "
		    "clair.\n", path, (long long)x.n);
	return rc;
}
