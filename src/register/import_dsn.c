/*
 * import_dsn.c -- what a DSN adds to the report of an import.
 *
 * A finding is a line, a rule and a sentence that was written beforehand; the
 * first thousand are listed, all are counted.
 */
#include "register/import_dsn.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- the report --------------------------------------------------------- */

static const char *const severity_words[] = {
	[DSN_SIGNAL] = "signal", [DSN_BLOCKING] = "blocking",
	[DSN_REFUSAL] = "refusal",
};

void
import_dsn_json(struct str *out, const struct intake_report *r)
{
	const struct dsn_report *d = &r->dsn;

	str_printf(out, ", \"envois\": %llu, \"envois_refused\": %llu, "
	    "\"events\": %llu, \"signals\": %llu, \"blocking\": %llu, "
	    "\"replaced_figures\": %lld, \"findings\": [",
	    (unsigned long long)d->envois,
	    (unsigned long long)d->envois_refused,
	    (unsigned long long)d->events, (unsigned long long)d->signals,
	    (unsigned long long)d->blocking, (long long)r->replaced);
	for (size_t i = 0; i < d->findings; i++) {
		const struct dsn_finding *f = &d->finding[i];

		str_printf(out, "%s{\"line\": %ld, \"siret\": ",
		    i > 0 ? ", " : "", f->line);
		str_add_json(out, f->siret[0] == '\0' ? NULL : f->siret);
		str_printf(out, ", \"rule\": \"%s\", \"severity\": \"%s\", "
		    "\"text\": ", f->rule, severity_words[f->severity]);
		str_add_json(out, f->text);
		str_add(out, "}");
	}
	str_add(out, "]");
}

/* Said once a rule: how often, and where first. */
static void
add_rule(struct str *out, const struct dsn_report *d, size_t first)
{
	const struct dsn_finding *f = &d->finding[first];
	long long n = 0;

	for (size_t i = 0; i < d->findings; i++) {
		if (strcmp(d->finding[i].rule, f->rule) != 0)
			continue;
		if (i < first)
			return;
		n++;
	}
	str_printf(out, "  %lld × %s (%s, ligne %ld) : %s\n", n, f->rule,
	    f->severity == DSN_SIGNAL ? "signalé" : "écarté", f->line,
	    f->text);
}

void
import_dsn_text(struct str *out, const struct intake_report *r)
{
	const struct dsn_report *d = &r->dsn;

	for (size_t i = 0; i < d->findings; i++)
		add_rule(out, d, i);
	if (d->signals + d->blocking > d->findings)
		str_printf(out, "  en tout : signalés %llu, écartés %llu ; "
		    "gardés, les premiers : %llu\n",
		    (unsigned long long)d->signals,
		    (unsigned long long)d->blocking,
		    (unsigned long long)d->findings);
	if (r->replaced > 0)
		str_printf(out, "  salaires ou effectifs venus d'un autre fichier "
		    "(payroll, headcount) et remplacés : %lld\n",
		    (long long)r->replaced);
}

/* ---- the files of a folder ---------------------------------------------- */

enum { FILES_MAX = 1 << 20 };

struct list {
	struct arena	*a;
	const char	**at;
	size_t		 n, room;
};

static int
no_memory(struct err *err)
{
	return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
}

static int
add(struct list *l, const char *path, struct err *err)
{
	if (path == NULL)
		return no_memory(err);
	if (l->n == FILES_MAX)
		return err_set(err, TAPR_EINVAL, path, "plus de %d fichiers",
		    (int)FILES_MAX);
	if (l->n == l->room) {
		size_t room = l->room == 0 ? 64 : 2 * l->room;
		const char **more = arena_array(l->a, room, sizeof *more);

		if (more == NULL)
			return no_memory(err);
		if (l->n > 0)
			memcpy(more, l->at, l->n * sizeof *more);
		l->at = more;
		l->room = room;
	}
	l->at[l->n++] = path;
	return TAPR_OK;
}

static bool
is_dsn(const char *name)
{
	size_t n = strlen(name);

	return name[0] != '.' && n > 4 && strcmp(name + n - 4, ".dsn") == 0;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int
add_folder(struct list *l, const char *path, struct err *err)
{
	DIR *dir = opendir(path);
	const struct dirent *e;
	size_t first = l->n;
	int rc = TAPR_OK;

	if (dir == NULL)
		return err_set(err, TAPR_EIO, path, "lecture impossible (%s) "
		    "; vérifiez le chemin et les droits", strerror(errno));
	while (rc == TAPR_OK && (e = readdir(dir)) != NULL)
		if (is_dsn(e->d_name))
			rc = add(l, arena_printf(l->a, "%s/%s", path,
			    e->d_name), err);
	(void)closedir(dir);
	if (rc != TAPR_OK)
		return rc;
	if (l->n == first)
		return err_set(err, TAPR_EINVAL, path, "ce dossier n'a aucun "
		    "fichier .dsn");
	qsort(l->at + first, l->n - first, sizeof *l->at, by_name);
	return TAPR_OK;
}

int
import_dsn_files(const struct register_import *what, struct arena *a,
    const char *const **ret, size_t *ret_n, struct err *err)
{
	struct list l = { .a = a };
	struct stat st;
	int rc = TAPR_OK;

	for (size_t i = 0; i < what->files && rc == TAPR_OK; i++)
		rc = stat(what->file[i], &st) == 0 && S_ISDIR(st.st_mode) ?
		    add_folder(&l, what->file[i], err) :
		    add(&l, what->file[i], err);
	*ret = l.at;
	*ret_n = l.n;
	return rc;
}
