/* crm.c -- see crm.h. */
#include "intake/crm.h"

#include <expat.h>
#include <stdio.h>
#include <string.h>

#include "base/csv.h"

enum { DEPTH_MAX = 32, LINES_MAX = 1 << 20 };

static const char *const field_words[CRM_FIELDS] = {
	"flow", "sender", "state", "siren", "nic", "entry", "risk_code",
	"section", "rate", "mode", "effective_on", "notified_on",
};

/* ---- names ------------------------------------------------------------------------ */

static int
one_name(struct csv *c, const int at[3], bool there[CRM_FIELDS],
    struct crm_names *ret, struct err *err)
{
	const char *path = c->field[at[1]], *status = c->field[at[2]];

	for (int f = 0; f < CRM_FIELDS; f++) {
		if (strcmp(field_words[f], c->field[at[0]]) != 0)
			continue;
		if (there[f] || path[0] == '\0' ||
		    strlen(path) >= CRM_PATH_MAX ||
		    (strcmp(status, "seen") != 0 &&
		    strcmp(status, "assumed") != 0))
			break;
		there[f] = true;
		(void)snprintf(ret->path[f], CRM_PATH_MAX, "%s", path);
		ret->seen[f] = strcmp(status, "seen") == 0;
		return TAPR_OK;
	}
	return err_set(err, TAPR_EINVAL, "norms/crm/34.csv", "ligne %ld : un "
	    "champ connu et donné une seule fois, un chemin, et seen ou "
	    "assumed sont attendus", c->line);
}

int
crm_names_read(char *text, size_t n, struct crm_names *ret, struct err *err)
{
	static const char *const column[3] = { "field", "path", "status" };
	bool there[CRM_FIELDS] = { false };
	struct csv c;
	int at[3], got, rc;

	memset(ret, 0, sizeof *ret);
	if ((rc = csv_open(&c, "norms/crm/34.csv", text, n, err)) != TAPR_OK)
		return rc;
	for (int i = 0; i < 3; i++)
		if ((at[i] = csv_column(&c, column[i])) < 0)
			return err_set(err, TAPR_EINVAL, "norms/crm/34.csv",
			    "colonne %s absente", column[i]);
	while ((rc = csv_next(&c, &got, err)) == TAPR_OK && got != 0)
		if ((rc = one_name(&c, at, there, ret, err)) != TAPR_OK)
			return rc;
	for (int f = 0; f < CRM_FIELDS && rc == TAPR_OK; f++)
		if (!there[f])
			return err_set(err, TAPR_EINVAL, "norms/crm/34.csv",
			    "le champ %s manque", field_words[f]);
	return rc;
}

/* ---- reading ---------------------------------------------------------------------- */

struct reading {
	const struct crm_names	*names;
	XML_Parser		 parser;
	struct str		*csv;
	struct crm_report	*ret;
	const char		*name;
	struct err		*err;
	int			 rc;
	int			 depth;
	size_t			 length[DEPTH_MAX];	/* of path, above */
	char			 path[CRM_PATH_MAX];
	char			 text[CRM_TEXT_MAX];
	size_t			 text_n;
	bool			 leaf;
	bool			 used[CRM_FIELDS];
	char			 value[CRM_FIELDS][CRM_TEXT_MAX];
};

static void TAPR_PRINTF(2, 3)
stop(struct reading *r, const char *fmt, ...)
{
	char text[ERR_TEXT_MAX];
	va_list ap;

	if (r->rc != TAPR_OK)
		return;
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	r->rc = err_set(r->err, TAPR_EINVAL, r->name, "ligne %ld : %s",
	    (long)XML_GetCurrentLineNumber(r->parser), text);
	(void)XML_StopParser(r->parser, XML_FALSE);
}

/* The root says which report this is. */
static void
check_root(struct reading *r, const char *name, const char **attr)
{
	static const char *const want[][2] = { { "type", "34" },
		{ "profil", "DSN" }, { "version", "v02r02" } };
	const char *colon = strchr(name, ':');

	if (strcmp(colon == NULL ? name : colon + 1, "rapport") != 0) {
		stop(r, "ce n'est pas un rapport (CRM) de la DSN");
		return;
	}
	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
		const char *got = NULL;

		for (int k = 0; attr[k] != NULL; k += 2)
			if (strcmp(attr[k], want[i][0]) == 0)
				got = attr[k + 1];
		if (got == NULL || strcmp(got, want[i][1]) != 0) {
			stop(r, "ce rapport n'est pas un CRM 34 version "
			    "v02r02 : %s n'est pas « %s »", want[i][0],
			    want[i][1]);
			return;
		}
	}
}

static void XMLCALL
on_start(void *to, const char *name, const char **attr)
{
	struct reading *r = to;
	const char *colon = strchr(name, ':');
	const char *local = colon == NULL ? name : colon + 1;
	size_t n = strlen(r->path), len = strlen(local);

	if (r->rc != TAPR_OK)
		return;
	if (r->depth == 0)
		check_root(r, name, attr);
	if (r->depth == DEPTH_MAX || n + len + 2 > sizeof r->path) {
		stop(r, "des éléments trop imbriqués");
		return;
	}
	r->length[r->depth++] = n;
	(void)snprintf(r->path + n, sizeof r->path - n, "%s%s", n == 0 ? "" :
	    "/", local);
	r->text_n = 0;
	r->leaf = true;
}

static void XMLCALL
on_text(void *to, const char *text, int n)
{
	struct reading *r = to;

	for (int i = 0; i < n && r->rc == TAPR_OK; i++) {
		bool blank = strchr(" \t\r\n", text[i]) != NULL;

		if (blank && (r->text_n == 0 || text[i] != ' '))
			continue;
		if (r->text_n + 1 == sizeof r->text) {
			stop(r, "une valeur trop longue");
			return;
		}
		r->text[r->text_n++] = text[i];
	}
}

static void XMLCALL
on_doctype(void *to, const char *name, const char *system, const char *public,
    int has_internal)
{
	(void)name;
	(void)system;
	(void)public;
	(void)has_internal;
	stop(to, "un rapport n'a pas de DOCTYPE : le fichier est refusé");
}

static void
add_field(struct str *csv, const char *text, char end)
{
	str_add_char(csv, '"');
	for (; *text != '\0'; text++) {
		if (*text == '"')
			str_add_char(csv, '"');
		str_add_char(csv, *text);
	}
	str_add_char(csv, '"');
	str_add_char(csv, end);
}

/* « 27.1ZF » as 271ZF, « 2,10 » as 2.10: two ways of writing one thing. */
static void
unify(char value[CRM_FIELDS][CRM_TEXT_MAX])
{
	char *code = value[CRM_RISK_CODE], *comma;

	if (strlen(code) == 6 && code[2] == '.')
		memmove(code + 2, code + 3, 4);
	if ((comma = strchr(value[CRM_RATE], ',')) != NULL)
		*comma = '.';
}

/* One rate, as a line of rates.csv. */
static void
emit(struct reading *r)
{
	char siret[2 * CRM_TEXT_MAX], year[5];

	if (++r->ret->rates > LINES_MAX) {
		stop(r, "plus de %d taux", (int)LINES_MAX);
		return;
	}
	unify(r->value);
	(void)snprintf(siret, sizeof siret, "%s%s", r->value[CRM_SIREN],
	    r->value[CRM_NIC]);
	(void)snprintf(year, sizeof year, "%.4s", r->value[CRM_EFFECTIVE]);
	add_field(r->csv, siret, ',');
	add_field(r->csv, r->value[CRM_SECTION][0] == '\0' ? "main" :
	    r->value[CRM_SECTION], ',');
	add_field(r->csv, r->value[CRM_RISK_CODE], ',');
	add_field(r->csv, year, ',');
	add_field(r->csv, r->value[CRM_RATE], ',');
	add_field(r->csv, r->value[CRM_MODE], ',');
	add_field(r->csv, r->value[CRM_EFFECTIVE], ',');
	add_field(r->csv, r->value[CRM_NOTIFIED], '\n');
	for (int f = CRM_RISK_CODE; f < CRM_FIELDS; f++)
		r->value[f][0] = '\0';
}

/* Text under a name that is none of ours: counted, never guessed at. */
static void
unknown(struct reading *r)
{
	if (r->ret->unknown++ > 0)
		return;
	(void)snprintf(r->ret->first_unknown, sizeof r->ret->first_unknown,
	    "%s", r->path);
	r->ret->unknown_line = (long)XML_GetCurrentLineNumber(r->parser);
}

static void XMLCALL
on_end(void *to, const char *name)
{
	struct reading *r = to;
	int f = 0;

	(void)name;
	if (r->rc != TAPR_OK)
		return;
	while (f < CRM_FIELDS && strcmp(r->names->path[f], r->path) != 0)
		f++;
	if (f < CRM_FIELDS)
		r->used[f] = true;
	if (f == CRM_ENTRY)
		emit(r);
	else if (f < CRM_FIELDS)
		(void)snprintf(r->value[f], CRM_TEXT_MAX, "%.*s",
		    (int)r->text_n, r->text);
	else if (r->leaf && r->text_n > 0)
		unknown(r);
	if (strcmp(r->path, "rapport/declaration") == 0)
		r->value[CRM_SIREN][0] = r->value[CRM_NIC][0] = '\0';
	r->path[r->length[--r->depth]] = '\0';
	r->text_n = 0;
	r->leaf = false;
}

/* ---- what was read ------------------------------------------------------------------ */

static void
keep_head(struct reading *r)
{
	struct crm_report *ret = r->ret;

	(void)snprintf(ret->flow, sizeof ret->flow, "%s", r->value[CRM_FLOW]);
	(void)snprintf(ret->sender, sizeof ret->sender, "%s",
	    r->value[CRM_SENDER]);
	(void)snprintf(ret->state, sizeof ret->state, "%s",
	    r->value[CRM_STATE]);
}

/* Every name that a line rests on must have been seen, or be asked for. */
static int
check_names(const struct reading *r, bool assumed, struct err *err)
{
	if (r->ret->rates == 0)
		return err_set(err, TAPR_EINVAL, r->name, "aucun taux n'est "
		    "reconnu dans ce CRM 34 : %zu élément%s sans nom connu%s%s"
		    " ; complétez law/norms/crm/34.csv d'après le cahier "
		    "technique", r->ret->unknown,
		    plural((int64_t)r->ret->unknown), r->ret->unknown > 0 ?
		    ", d'abord " : "", str_brief(
		    r->ret->first_unknown).text);
	for (int f = CRM_SIREN; f < CRM_FIELDS && !assumed; f++)
		if (r->used[f] && !r->names->seen[f])
			return err_set(err, TAPR_EINVAL, r->name, "les taux "
			    "de ce rapport sont sous des noms que nous "
			    "supposons (« %s » ; law/norms/crm/34.csv, "
			    "assumed) : vérifiez-les, corrigez ce fichier, ou "
			    "demandez-le par --assumed", r->names->path[f]);
	return TAPR_OK;
}

static int
parse(struct reading *r, const char *bytes, size_t n)
{
	if (n > CRM_BYTES_MAX)
		return err_set(r->err, TAPR_EINVAL, r->name, "plus de %d Mo",
		    (int)(CRM_BYTES_MAX / 1024 / 1024));
	XML_SetUserData(r->parser, r);
	XML_SetElementHandler(r->parser, on_start, on_end);
	XML_SetCharacterDataHandler(r->parser, on_text);
	XML_SetStartDoctypeDeclHandler(r->parser, on_doctype);
	if (XML_Parse(r->parser, bytes, (int)n, XML_TRUE) == XML_STATUS_OK ||
	    r->rc != TAPR_OK)
		return r->rc;
	return err_set(r->err, TAPR_EINVAL, r->name, "ligne %ld : ce n'est "
	    "pas du XML bien formé",
	    (long)XML_GetCurrentLineNumber(r->parser));
}

int
crm_read(const struct crm_names *names, bool assumed, const char *name,
    const char *bytes, size_t n, struct str *csv, struct crm_report *ret,
    struct err *err)
{
	struct reading r = { .names = names, .csv = csv, .ret = ret,
	    .name = name, .err = err };
	int rc;

	memset(ret, 0, sizeof *ret);
	if ((r.parser = XML_ParserCreate(NULL)) == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	str_add(csv, "siret,section,risk_code,year,rate,mode,effective_on,"
	    "notified_on\n");
	if ((rc = parse(&r, bytes, n)) == TAPR_OK) {
		keep_head(&r);
		rc = check_names(&r, assumed, err);
	}
	XML_ParserFree(r.parser);
	if (rc == TAPR_OK && str_failed(csv))
		rc = err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	return rc;
}
