/*
 * intake.c -- a file in: the engine behind every kind.
 */
#include "intake/intake.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "intake/dsn_file.h"
#include "intake/rejected.h"
#include "intake/source.h"

enum { PROGRESS_LINES = 65536 };

/* ---- kinds -------------------------------------------------------------- */

const char *const intake_kinds[] = {
	"sirene", "succession", "payroll", "headcount", "classification",
	"rates", "claims", "benefits", "portfolio", "dsn", NULL,
};

enum { SOURCES_MAX = 6 };	/* of a kind */

static const struct source *const sources[][SOURCES_MAX + 1] = {
	{ &source_establishment, &source_history, &source_unit,
	    &source_duplicates, &source_unit_history, &source_links_alone,
	    NULL },
	{ &source_succession, NULL }, { &source_payroll, NULL },
	{ &source_headcount, NULL }, { &source_classification, NULL },
	{ &source_rates, NULL }, { &source_claims, NULL },
	{ &source_benefits, NULL }, { &source_portfolio, NULL }, { NULL },
};

static const struct source *const *
sources_of(const char *kind)
{
	for (int i = 0; intake_kinds[i] != NULL; i++)
		if (strcmp(intake_kinds[i], kind) == 0)
			return sources[i];
	return NULL;
}

/* ---- lines -------------------------------------------------------------- */

struct run {
	struct intake			 in;
	struct flow_reader		 reader;
	struct rejected			 rejected;
	const struct source		*source;
	const struct intake_options	*o;
	struct intake_report		*report;
	const char			*name;		/* of the file */
	char				 digest[SHA256_HEX_MAX];
};

static int
set_aside(struct run *r, const struct fault *f, struct err *err)
{
	r->report->count.set_aside++;
	r->report->fault[f->id]++;
	return rejected_add(&r->rejected, r->reader.line, r->reader.record, f,
	    err);
}

static int
one_line(struct run *r, struct err *err)
{
	enum outcome outcome = LINE_WAITS;
	struct batch_report *n = &r->report->count;
	bool waits;
	int rc;

	if ((rc = waiting_ask(&r->in, r->source, r->reader.value, &waits,
	    err)) != TAPR_OK)
		return rc;
	rc = waits ? waiting_put(&r->in, r->source, r->reader.value,
	    r->reader.line, &outcome, err) : r->source->line(&r->in,
	    r->reader.value, r->reader.line, &outcome, err);
	if (rc == TAPR_OK && r->in.keys != NULL && outcome != LINE_FAULT)
		rc = identity_line(&r->in, &r->reader, &outcome, err);
	if (rc != TAPR_OK)
		return rc;
	switch (outcome) {
	case LINE_APPLIED:
		n->applied++;
		break;
	case LINE_OUTSIDE:
		r->report->outside++;
		n->unchanged++;
		break;
	case LINE_UNCHANGED:
		n->unchanged++;
		break;
	case LINE_WAITS:
		n->waiting++;
		break;
	case LINE_FAULT:
		return set_aside(r, &r->in.fault, err);
	}
	return TAPR_OK;
}

static int
stopped(const struct run *r, struct err *err)
{
	return err_set(err, TAPR_EINVAL, r->reader.file.name, "import "
	    "interrompu : rien n'a été appliqué ; relancez-le");
}

static int
all_lines(struct run *r, struct err *err)
{
	const struct intake_options *o = r->o;
	enum flow_got got;
	int rc;

	for (;;) {
		if (o->stop != NULL && o->stop(o->to))
			return stopped(r, err);
		if ((rc = flow_next(&r->reader, &got, err)) != TAPR_OK)
			return rc;
		if (got == FLOW_GOT_END)
			break;
		r->report->count.read++;
		rc = got == FLOW_GOT_FAULT ?
		    set_aside(r, &r->reader.fault, err) : one_line(r, err);
		if (rc != TAPR_OK)
			return err_note(err, rc, "%s:%ld",
			    r->reader.file.name, r->reader.line);
		if (o->progress != NULL &&
		    r->report->count.read % PROGRESS_LINES == 0)
			o->progress(o->to, r->report->count.read,
			    r->reader.file.done);
	}
	r->report->sealed = r->in.sealed;
	r->report->unkept = r->in.unkept;
	r->report->count.applied += r->in.late;
	r->report->count.unchanged -= r->in.late;
	r->report->outside -= r->in.late;
	return TAPR_OK;
}

/* ---- a file ------------------------------------------------------------- */

static int
open_reader(struct run *r, FILE *in, const char *name, const char *kind,
    struct err *err)
{
	const struct source *const *s = sources_of(kind);
	const struct flow *flows[SOURCES_MAX + 1] = { NULL };
	int rc;

	for (int i = 0; s[i] != NULL; i++)
		flows[i] = s[i]->flow;
	if ((rc = flow_open(&r->reader, in, name, flows, err)) != TAPR_OK)
		return rc;
	for (int i = 0; s[i] != NULL; i++)
		if (s[i]->flow == r->reader.flow)
			r->source = s[i];
	r->report->persons = r->reader.persons;
	if (r->source == &source_claims && r->reader.persons &&
	    !r->o->dry_run && (rc = identity_start(&r->in, r->o->keys, err)) !=
	    TAPR_OK)
		return rc;
	r->report->keys = r->in.keys != NULL;
	r->reader.open[GATE_NATIONALITY] =
	    r->in.fund->nationality_basis[0] != '\0';
	r->reader.open[GATE_CAUSE] = r->in.fund->cause_basis[0] != '\0';
	return TAPR_OK;
}

/* Whether what was read may be kept; says why not. */
static int
verdict(const struct run *r, struct err *err)
{
	const struct batch_report *n = &r->report->count;
	const char *what = r->source != NULL ? "ligne" : "déclaration";

	if (n->set_aside > 0 && n->set_aside == n->read)
		return err_set(err, TAPR_EINVAL, r->name,
		    "aucune %s n'a pu être appliquée (%lld écartée%s) ; "
		    "corrigez le fichier et recommencez", what,
		    (long long)n->set_aside, plural(n->set_aside));
	if (r->o->strict && n->set_aside > 0)
		return err_set(err, TAPR_EINVAL, r->name,
		    "--strict : %lld %s%s écartée%s, rien n'a été appliqué ; "
		    "corrigez le fichier et recommencez",
		    (long long)n->set_aside, what, plural(n->set_aside),
		    plural(n->set_aside));
	return TAPR_OK;
}

static int
publish(struct run *r, struct err *err)
{
	int rc;

	if (r->o->dry_run) {
		batch_drop(&r->in.batch);
		return TAPR_OK;
	}
	if ((rc = store_run(r->in.fund->store, SQL_BATCH_FILE,
	    (struct value[]){ value_int(r->in.batch.id),
	    value_text(r->digest) }, 2, err)) != TAPR_OK) {
		batch_drop(&r->in.batch);
		return rc;
	}
	if ((rc = batch_publish(&r->in.batch, &r->report->count, err)) !=
	    TAPR_OK)
		return rc;
	r->report->applied = true;
	return TAPR_OK;
}

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

/* What is in the file, into the batch. */
static int
read_file(struct run *r, const char *path, struct err *err)
{
	int rc;

	if (r->source == NULL)
		return dsn_file(&r->in, path, r->o, &r->rejected, r->report,
		    r->digest, err);
	if ((r->source->start != NULL && (rc = r->source->start(&r->in,
	    err)) != TAPR_OK) || (rc = all_lines(r, err)) != TAPR_OK)
		return rc;
	r->report->cut = r->reader.file.cut;
	csv_file_digest(&r->reader.file, r->digest);
	return TAPR_OK;
}

/* The batch is begun: its lines, then all of it or nothing. */
static int
fill(struct run *r, const char *path, struct err *err)
{
	int rc = read_file(r, path, err);

	/* A DSN that is refused whole says why in the same place. */
	if (rc == TAPR_OK || (r->source == NULL && r->rejected.out != NULL)) {
		int ended = rejected_end(&r->rejected, rc == TAPR_OK ? err :
		    NULL);

		if (rc == TAPR_OK && (rc = ended) == TAPR_OK)
			rc = verdict(r, err);
		if (r->report->count.set_aside > 0)
			(void)snprintf(r->report->rejected,
			    sizeof r->report->rejected, "%s",
			    r->rejected.path);
	}
	if (rc == TAPR_OK)
		return publish(r, err);
	rejected_drop(&r->rejected);
	batch_drop(&r->in.batch);
	return rc;
}

/* ${in} is NULL for a DSN, which is no flow of lines. */
static int
import(struct run *r, FILE *in, const char *path, const char *kind,
    struct err *err)
{
	char about[64];
	int rc;

	r->name = strcmp(path, "-") == 0 ? "entrée standard" : path;
	if ((in != NULL && (rc = open_reader(r, in, r->name, kind, err)) !=
	    TAPR_OK) ||
	    (rc = rejected_start(&r->rejected, path, r->o->rejected, err)) !=
	    TAPR_OK)
		return rc;
	if (!r->o->dry_run && (rc = waiting_release(&r->in,
	    &r->report->released, err)) != TAPR_OK)
		return rc;
	r->in.siret[0] = '\0';
	(void)snprintf(about, sizeof about, "import %s", kind);
	if ((rc = batch_start(r->in.fund->store, &(struct batch_about){ about,
	    r->in.fund->actor, base_name(path), NULL, r->in.fund->today,
	    r->in.fund->entry }, &r->in.batch, err)) != TAPR_OK)
		return rc;
	return fill(r, path, err);
}

/* ---- a CRM 34, read as lines of rates.csv ------------------------------------- */

static int
crm_lines(const char *path, const struct intake_options *o, char *bytes,
    size_t n, struct str *csv, struct intake_report *ret, struct err *err)
{
	struct crm_names names;
	char file[FUND_PATH_MAX], *text = NULL;
	size_t text_n;
	int rc;

	(void)snprintf(file, sizeof file, "%s/norms/crm/34.csv", o->norms);
	if ((rc = file_read(file, CRM_BYTES_MAX, &text, &text_n, err)) !=
	    TAPR_OK)
		return rc;
	if ((rc = crm_names_read(text, text_n, &names, err)) == TAPR_OK)
		rc = crm_read(&names, o->assumed, path, bytes, n, csv,
		    &ret->crm, err);
	free(text);
	return rc;
}

/*
 * Rates may come as the report that employers get: ${ret} is then a file in
 * memory, of the bytes of ${csv}; NULL: it is CSV.
 */
static int
crm_open(const char *kind, const char *path, const struct intake_options *o,
    struct str *csv, FILE **ret, struct intake_report *report,
    struct err *err)
{
	size_t len = strlen(path), n;
	char *bytes = NULL;
	int rc;

	*ret = NULL;
	if (strcmp(kind, "rates") != 0 || len < 4 ||
	    strcmp(path + len - 4, ".xml") != 0)
		return TAPR_OK;
	if ((rc = file_read(path, CRM_BYTES_MAX, &bytes, &n, err)) != TAPR_OK)
		return rc;
	rc = crm_lines(path, o, bytes, n, csv, report, err);
	free(bytes);
	if (rc == TAPR_OK && (*ret = fmemopen(csv->p, csv->n, "rb")) == NULL)
		rc = err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	return rc;
}

int
intake_file(struct fund *f, const struct law *law, const char *kind,
    const char *path, const struct intake_options *o,
    struct intake_report *ret, struct err *err)
{
	struct run r = { .o = o, .report = ret };
	bool lines = sources_of(kind)[0] != NULL;
	struct str csv;
	FILE *in = NULL;
	int64_t before;
	int rc;

	memset(ret, 0, sizeof *ret);
	str_init(&csv, (size_t)4 * CRM_BYTES_MAX);
	if ((rc = crm_open(kind, path, o, &csv, &in, ret, err)) != TAPR_OK) {
		str_free(&csv);
		return rc;
	}
	if (lines && in == NULL && (in = strcmp(path, "-") == 0 ? stdin :
	    fopen(path, "rb")) == NULL)
		return err_set(err, TAPR_EIO, path, "lecture impossible (%s) "
		    "; vérifiez le chemin et les droits", err_cause(errno));
	r.in.fund = f;
	if ((rc = codes_load(&r.in.codes, law, err)) == TAPR_OK)
		rc = import(&r, in, path, kind, err);
	if (rc == TAPR_OK && !o->dry_run) {
		/* Those held back are asked again: they are counted once. */
		before = ret->released.applied;
		rc = waiting_release(&r.in, &ret->released, err);
		ret->released.applied += before;
	}
	flow_close(&r.reader);
	codes_free(&r.in.codes);
	siret_set_free(&r.in.named);
	siret_set_free(&r.in.firms);
	siret_set_free(&r.in.local);
	siret_set_free(&r.in.kept_firms);
	free(r.in.head);
	if (in != NULL && in != stdin)
		(void)fclose(in);
	str_free(&csv);
	return rc;
}

void
intake_report_clear(struct intake_report *r)
{
	dsn_report_clear(&r->dsn);
}
