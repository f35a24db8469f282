/*
 * import.c -- files in, and what became of their lines.
 */
#include <string.h>

#include "intake/intake.h"
#include "register/import_dsn.h"
#include "register/register.h"

static bool
is_dsn(const char *kind)
{
	return strcmp(kind, "dsn") == 0;
}

/* ---- the report ---------------------------------------------------------- */

static void
add_counts_json(struct str *out, const struct intake_report *r)
{
	const struct batch_report *n = &r->count;

	str_printf(out, "\"read\": %lld, \"applied\": %lld, \"unchanged\": "
	    "%lld, \"waiting\": %lld, \"set_aside\": %lld, \"outside\": %lld, "
	    "\"released\": %lld, \"held\": %lld, \"sealed\": %lld", (long long)n->read, (long long)n->applied,
	    (long long)n->unchanged, (long long)n->waiting,
	    (long long)n->set_aside, (long long)r->outside,
	    (long long)r->released.applied, (long long)r->released.held,
	    (long long)r->sealed);
}

static void
add_reasons_json(struct str *out, const struct intake_report *r)
{
	bool first = true;

	str_add(out, "\"reasons\": {");
	for (int i = 1; i < FAULTS; i++) {
		if (r->fault[i] == 0)
			continue;
		str_printf(out, "%s\"%s\": %lld", first ? "" : ", ",
		    fault_name((enum fault_id)i), (long long)r->fault[i]);
		first = false;
	}
	str_add(out, "}");
}

static const char persons_text[] =
    "identité et codes médicaux lus et non conservés (pas de clés d'identité : "
    "« tapr keys init » ; codes : partie 4)";
static const char dry_text[] =
    "identité et codes médicaux lus et non conservés";
static const char codes_text[] =
    "codes médicaux lus et non conservés (partie 4)";
static const char cut_text[] = "la dernière ligne ne finit pas par une fin "
    "de ligne : le fichier est peut-être tronqué";

/* What becomes of the columns of persons. */
static const char *
persons_said(const struct intake_report *r)
{
	return r->keys ? codes_text : r->applied ? persons_text : dry_text;
}

static void
add_file_json(struct str *out, const char *kind, const char *file,
    const struct intake_report *r)
{
	str_add(out, "{\"file\": ");
	str_add_json(out, file);
	str_add(out, ", ");
	add_counts_json(out, r);
	str_add(out, ", ");
	add_reasons_json(out, r);
	if (is_dsn(kind))
		import_dsn_json(out, r);
	str_add(out, ", \"rejected\": ");
	str_add_json(out, r->rejected[0] == '\0' ? NULL : r->rejected);
	str_add(out, ", \"notes\": [");
	if (r->persons)
		str_add_json(out, persons_said(r));
	if (r->persons && r->cut)
		str_add(out, ", ");
	if (r->cut)
		str_add_json(out, cut_text);
	str_printf(out, "], \"kept\": %s}", r->applied ? "true" : "false");
}

static void
add_released_text(struct str *out, const struct intake_released *r)
{
	if (r->applied > 0)
		str_printf(out, "  %lld ligne%s qui attendai%s, appliquée%s\n",
		    (long long)r->applied, plural(r->applied),
		    r->applied >= 2 ? "ent" : "t", plural(r->applied));
	if (r->held > 0)
		str_printf(out, "  %lld ligne%s en attente mise%s de côté, les "
		    "autres ont suivi : %s : %s\n", (long long)r->held,
		    plural(r->held), plural(r->held), r->why.where,
		    r->why.text);
}

static void
add_file_text(struct str *out, const char *kind, const char *file,
    const struct intake_report *r)
{
	const struct batch_report *n = &r->count;
	int64_t same = n->unchanged - r->outside;

	str_printf(out, "%s : %lld %s%s lue%s, %lld appliquée%s, %lld "
	    "inchangée%s", file, (long long)n->read, is_dsn(kind) ?
	    "déclaration" : "ligne", plural(n->read), plural(n->read),
	    (long long)n->applied, plural(n->applied), (long long)same,
	    plural(same));
	if (r->outside > 0)
		str_printf(out, ", %lld hors du fonds", (long long)r->outside);
	str_printf(out, ", %lld en attente, %lld écartée%s.\n",
	    (long long)n->waiting, (long long)n->set_aside,
	    plural(n->set_aside));
	for (int i = 1; i < FAULTS; i++)
		if (r->fault[i] > 0)
			str_printf(out, "  %lld × %s : %s\n",
			    (long long)r->fault[i],
			    fault_name((enum fault_id)i),
			    fault_reason((enum fault_id)i));
	if (is_dsn(kind))
		import_dsn_text(out, r);
	if (r->rejected[0] != '\0')
		str_printf(out, "  lignes écartées : %s\n", r->rejected);
	if (r->crm.rates > 0) {
		str_printf(out, "  CRM 34 : %zu taux", r->crm.rates);
		if (r->crm.unknown > 0)
			str_printf(out, " ; %zu élément%s de nom inconnu, "
			    "laissé%s de côté (d'abord ligne %ld)",
			    r->crm.unknown, plural((int64_t)r->crm.unknown),
			    plural((int64_t)r->crm.unknown),
			    r->crm.unknown_line);
		str_add_char(out, '\n');
	}
	add_released_text(out, &r->released);
	if (r->sealed > 0)
		str_printf(out, "  %lld identité%s scellée%s\n",
		    (long long)r->sealed, plural(r->sealed),
		    plural(r->sealed));
	if (r->unkept > 0)
		str_printf(out, "  %lld identité%s non conservée%s : la clé de "
		    "leur mois est détruite\n", (long long)r->unkept,
		    plural(r->unkept), plural(r->unkept));
	if (r->persons)
		str_printf(out, "  %s\n", persons_said(r));
	if (r->cut)
		str_printf(out, "  attention : %s\n", cut_text);
	if (!r->applied)
		str_add(out, "  rien n'a été conservé\n");
}

/* ---- the use case -------------------------------------------------------- */

struct watch {
	const struct register_import	*what;
	const char			*file;
};

static void
progress(void *to, int64_t lines, uint64_t bytes)
{
	const struct watch *w = to;

	w->what->progress(w->what->to, w->file, lines, bytes);
}

static bool
stop(void *to)
{
	const struct watch *w = to;

	return w->what->stop(w->what->to);
}

static void
add_up(struct intake_report *all, const struct intake_report *r)
{
	all->count.read += r->count.read;
	all->count.applied += r->count.applied;
	all->count.unchanged += r->count.unchanged;
	all->count.waiting += r->count.waiting;
	all->count.set_aside += r->count.set_aside;
	all->outside += r->outside;
	all->released.applied += r->released.applied;
	all->released.held = r->released.held;	/* the same ones */
	all->replaced += r->replaced;
	all->sealed += r->sealed;
	for (int i = 0; i < FAULTS; i++)
		all->fault[i] += r->fault[i];
}

static int
one_file(struct fund *f, const struct law *law,
    const struct register_import *what, const char *file, struct keys **keys,
    struct intake_report *ret, struct err *err)
{
	struct watch w = { what, file };
	struct intake_options o = { .dry_run = what->dry_run,
		.strict = what->strict, .assumed = what->assumed, .rejected = what->rejected,
		.norms = what->law_dir, .keys = keys,
		.progress = what->progress == NULL ? NULL : progress,
		.stop = what->stop == NULL ? NULL : stop, .to = &w };

	return intake_file(f, law, what->kind, file, &o, ret, err);
}

static int
all_files(struct fund *f, const struct law *law,
    const struct register_import *what, struct str *out, struct err *err)
{
	struct intake_report all, r;
	struct keys *keys = NULL;
	struct str files;
	int rc = TAPR_OK;

	memset(&all, 0, sizeof all);
	str_init(&files, REGISTER_OUT_MAX);
	for (size_t i = 0; i < what->files && rc == TAPR_OK; i++) {
		rc = one_file(f, law, what, what->file[i], &keys, &r, err);
		add_up(&all, &r);
		if (rc != TAPR_OK && r.count.read == 0) {
			intake_report_clear(&r);
			break;		/* there is nothing to tell of it */
		}
		if (what->json && rc == TAPR_OK) {
			str_add(&files, i > 0 ? ", " : "");
			add_file_json(&files, what->kind, what->file[i], &r);
		} else {
			add_file_text(&files, what->kind, what->file[i], &r);
		}
		intake_report_clear(&r);
	}
	keys_end(keys);
	if (what->json && rc == TAPR_OK) {
		str_add(out, "{\"kind\": ");
		str_add_json(out, what->kind);
		str_printf(out, ", \"dry_run\": %s, ",
		    what->dry_run ? "true" : "false");
		add_counts_json(out, &all);
		str_add(out, ", ");
		add_reasons_json(out, &all);
		str_add(out, ", \"files\": [");
	}
	if (files.n > 0)
		str_add_n(out, files.p, files.n);
	if (what->json && rc == TAPR_OK)
		str_add(out, "]}\n");
	str_free(&files);
	return rc;
}

static int
check_kind(const char *kind, struct err *err)
{
	for (int i = 0; intake_kinds[i] != NULL; i++)
		if (strcmp(intake_kinds[i], kind) == 0)
			return TAPR_OK;
	return err_set(err, TAPR_EUSAGE, NULL, "on n'importe pas « %s » ; "
	    "« tapr help import » donne la liste", str_brief(kind).text);
}

/* A folder of DSN stands for its files. */
static int
files_of(const struct register_import *what, struct arena *a,
    struct register_import *ret, struct err *err)
{
	*ret = *what;
	if (!is_dsn(what->kind))
		return TAPR_OK;
	return import_dsn_files(what, a, &ret->file, &ret->files, err);
}

int
register_import(const struct place *place, const struct law *law,
    const struct register_import *what, struct str *out, struct err *err)
{
	struct fund f = { .lock = -1 };
	struct register_import files;
	struct arena *a;
	int rc;

	if ((rc = check_kind(what->kind, err)) != TAPR_OK)
		return rc;
	if ((a = arena_new(REGISTER_OUT_MAX)) == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	if ((rc = files_of(what, a, &files, err)) == TAPR_OK &&
	    (rc = fund_open(place, STORE_WRITE, &f, err)) == TAPR_OK)
		rc = all_files(&f, law, &files, out, err);
	fund_close(&f);
	arena_free(a);
	if (rc == TAPR_OK && str_failed(out))
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	return rc;
}
