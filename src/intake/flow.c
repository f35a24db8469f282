/*
 * flow.c -- the lines of a CSV flow as typed values.
 */
#include "intake/flow.h"

#include <assert.h>
#include <string.h>

#include "base/str.h"

/* ---- what no file may hold (S3-05) --------------------------------------- */

/*
 * Words of a column name that stand for prescriptions, acts, long-term
 * illnesses or hospital stays: a fund has no use for them, so a file with one
 * is refused whole, before any of its lines is read.
 */
static const struct {
	const char	*word;
	bool		 start;		/* of a word; else the whole word */
	const char	*about;
} forbidden[] = {
	{ "prescri", true, "des prescriptions" },
	{ "ordonnance", true, "des prescriptions" },
	{ "medicament", true, "des prescriptions" },
	{ "medication", true, "des prescriptions" },
	{ "drug", true, "des prescriptions" },
	{ "cip", false, "des prescriptions" },
	{ "cip7", false, "des prescriptions" },
	{ "cip13", false, "des prescriptions" },
	{ "ucd", false, "des prescriptions" },
	{ "atc", false, "des prescriptions" },
	{ "acte", false, "des actes" },
	{ "actes", false, "des actes" },
	{ "act", false, "des actes" },
	{ "acts", false, "des actes" },
	{ "ccam", false, "des actes" },
	{ "ngap", false, "des actes" },
	{ "ald", false, "des affections de longue durée" },
	{ "ald30", false, "des affections de longue durée" },
	{ "illness", true, "des affections de longue durée" },
	{ "hospit", true, "des séjours à l'hôpital" },
	{ "sejour", true, "des séjours à l'hôpital" },
	{ "stay", false, "des séjours à l'hôpital" },
	{ "stays", false, "des séjours à l'hôpital" },
	{ "pmsi", false, "des séjours à l'hôpital" },
	{ "ghm", false, "des séjours à l'hôpital" },
	{ "ghs", false, "des séjours à l'hôpital" },
};

enum { WORD_MAX = 64 };

/*
 * The next word of a column name, in small letters without accents, from
 * ${name} on; returns what is behind it.  é and è are e: they are the two that
 * the words above know.
 */
static const char *
next_word(const char *name, char word[WORD_MAX])
{
	size_t n = 0;

	for (; *name != '\0'; name++) {
		unsigned char c = (unsigned char)*name;

		if (c == 0xc3 && ((unsigned char)name[1] & 0xdf) >= 0x88 &&
		    ((unsigned char)name[1] & 0xdf) <= 0x8b) {
			name++;
			c = 'e';
		}
		if (c >= 'A' && c <= 'Z')
			c = (unsigned char)(c - 'A' + 'a');
		if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) {
			name++;
			break;
		}
		if (n + 1 < WORD_MAX)
			word[n++] = (char)c;
	}
	word[n] = '\0';
	return name;
}

const char *
flow_forbidden(const char *column)
{
	char word[WORD_MAX];

	while (*column != '\0') {
		column = next_word(column, word);
		for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0];
		    i++) {
			size_t n = strlen(forbidden[i].word);

			if (strncmp(word, forbidden[i].word, n) == 0 &&
			    (forbidden[i].start || word[n] == '\0'))
				return forbidden[i].about;
		}
	}
	return NULL;
}

static int
check_forbidden(const struct flow_reader *r, struct err *err)
{
	const struct csv *c = &r->file.csv;

	for (int i = 0; i < c->columns; i++) {
		const char *about = flow_forbidden(c->header[i]);

		if (about != NULL)
			return err_set(err, TAPR_EINVAL, r->file.name,
			    "la colonne « %s » contient %s, qu'une caisse n'a "
			    "pas à recevoir : tout le fichier est refusé ; "
			    "demandez un fichier sans cette colonne",
			    str_brief(c->header[i]).text, about);
	}
	return TAPR_OK;
}

/* ---- header -------------------------------------------------------------- */

int
flow_column(const struct flow *f, const char *name)
{
	for (int i = 0; i < f->columns; i++)
		if (strcmp(f->column[i].name, name) == 0)
			return i;
	return -1;
}

/* The first needed column that the file lacks, NULL if it has all. */
static const char *
lacking(const struct flow_reader *r, const struct flow *f)
{
	for (int i = 0; i < f->columns; i++)
		if (f->column[i].need != FLOW_OPTIONAL &&
		    csv_column(&r->file.csv, f->column[i].name) < 0)
			return f->column[i].name;
	return NULL;
}

static int
choose(struct flow_reader *r, const struct flow *const *flows,
    struct err *err)
{
	assert(flows[0] != NULL);
	for (int i = 0; flows[i] != NULL; i++)
		if (lacking(r, flows[i]) == NULL) {
			r->flow = flows[i];
			return TAPR_OK;
		}
	if (flows[1] == NULL)
		return err_set(err, TAPR_EINVAL, r->file.name, "il manque la "
		    "colonne « %s » ; vérifiez que c'est bien un fichier %s, "
		    "séparé par des virgules", lacking(r, flows[0]),
		    flows[0]->name);
	return err_set(err, TAPR_EINVAL, r->file.name, "ce n'est aucun des "
	    "fichiers attendus (%s : il manque « %s ») ; vérifiez l'en-tête",
	    flows[0]->name, lacking(r, flows[0]));
}

static bool
of_person(const struct flow_column *c)
{
	return c->type == FLOW_NIR || c->type == FLOW_PERSON_NAME ||
	    c->type == FLOW_PERSON_FORM;
}

int
flow_open(struct flow_reader *r, FILE *in, const char *name,
    const struct flow *const *flows, struct err *err)
{
	int rc;

	memset(r, 0, sizeof *r);
	if ((rc = csv_file_start(&r->file, in, name, err)) != TAPR_OK ||
	    (rc = check_forbidden(r, err)) != TAPR_OK ||
	    (rc = choose(r, flows, err)) != TAPR_OK)
		return rc;
	assert(r->flow != NULL && r->flow->columns <= FLOW_COLUMNS_MAX);
	for (int i = 0; i < r->flow->columns; i++) {
		r->at[i] = csv_column(&r->file.csv, r->flow->column[i].name);
		if (r->at[i] >= 0 && of_person(&r->flow->column[i]))
			r->persons = true;
	}
	return TAPR_OK;
}

void
flow_close(struct flow_reader *r)
{
	csv_file_end(&r->file);
}

const char *
flow_person(const struct flow_reader *r, int column)
{
	assert(of_person(&r->flow->column[column]) && r->at[column] >= 0);
	return r->file.csv.field[r->at[column]];
}

/* ---- lines --------------------------------------------------------------- */

static enum fault_id
one_field(const struct flow_reader *r, int i, struct value *ret)
{
	const struct flow_column *c = &r->flow->column[i];
	const char *text = r->at[i] < 0 ? "" : r->file.csv.field[r->at[i]];

	*ret = value_null();
	if (c->gate != GATE_NONE && !r->open[c->gate])
		return FAULT_NONE;
	/* Most fields of SIRENE are empty. */
	if (text[0] == '\0' || (text[0] == '[' && r->flow->undiffused &&
	    strcmp(text, "[ND]") == 0))
		return c->need == FLOW_NEEDED ? FAULT_MISSING : FAULT_NONE;
	return field_read(c, text, ret);
}

/* The record first: what names the line names it in the other faults too. */
static void
fields(struct flow_reader *r)
{
	const struct flow *f = r->flow;
	enum fault_id id;

	for (int k = -1; k < f->columns; k++) {
		int i = k < 0 ? f->record : k;

		if ((id = one_field(r, i, &r->value[i])) != FAULT_NONE) {
			r->fault = (struct fault){ id, f->column[i].name };
			return;
		}
		if (k < 0)
			r->record = value_or_empty(&r->value[i]);
	}
}

static enum fault_id
fault_of(enum csv_fault fault)
{
	return fault == CSV_FAULT_UTF8 ? FAULT_UTF8 :
	    fault == CSV_FAULT_LONG ? FAULT_LONG : FAULT_CSV;
}

int
flow_next(struct flow_reader *r, enum flow_got *ret, struct err *err)
{
	struct err line_err = { .code = TAPR_OK };
	int rc, more = 0;

	r->fault = (struct fault){ FAULT_NONE, NULL };
	r->record = "";
	rc = csv_file_next(&r->file, &more, &line_err);
	r->line = r->file.csv.line;
	if (rc == TAPR_EINVAL) {
		r->fault.id = fault_of(r->file.fault);
		*ret = FLOW_GOT_FAULT;
		return TAPR_OK;
	}
	if (rc != TAPR_OK) {
		if (err != NULL)
			*err = line_err;
		return rc;
	}
	*ret = FLOW_GOT_END;
	if (more == 0)
		return TAPR_OK;
	fields(r);
	*ret = r->fault.id == FAULT_NONE ? FLOW_GOT_ROW : FLOW_GOT_FAULT;
	return TAPR_OK;
}
