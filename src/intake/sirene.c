/*
 * sirene.c -- the files of SIRENE as INSEE publishes them (version 3.11):
 * StockEtablissement, StockUniteLegale, StockEtablissementHistorique and the
 * links of succession.
 *
 * The files are those of the nation.  A fund keeps the employers of its
 * departments, the establishments that it already knows or that waiting lines
 * name, and the head offices of their firms; the rest is only counted.  Of a
 * person who is a firm the family name is kept as the name of the firm, and
 * nothing else.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "intake/local.h"
#include "intake/source.h"

enum { NAME_MAX_BYTES = 400, ADDRESS_MAX = 400 };

static const char *const diffusion_words[] = { "O", "P", "N", NULL };
static const char *const state_words[] = { "A", "F", NULL };
static const char *const unit_state_words[] = { "A", "C", NULL };
static const char *const employer_words[] = { "O", "N", NULL };

/* ---- which establishments are kept --------------------------------------- */

static int
no_memory(struct err *err)
{
	return err_set(err, TAPR_EIO, "sirene", "mémoire insuffisante");
}

/* Every number that ${sql} gives in ${column}. */
static int
load(struct intake *in, enum sql sql, int column, struct siret_set *set,
    struct siret_set *firms, struct err *err)
{
	struct query *q;
	struct value v;
	int rc, row;

	if ((rc = store_query(in->fund->store, sql, &q, err)) != TAPR_OK)
		return rc;
	while ((rc = query_step(q, &row, err)) == TAPR_OK && row == 1) {
		const char *text;

		v = query_column(q, column);
		text = value_or_empty(&v);
		if (strlen(text) != 14)
			continue;
		if (!siret_set_add(set, siret_number(text, 14)) ||
		    (firms != NULL &&
		    !siret_set_add(firms, siret_number(text, 9)))) {
			query_reset(q);
			return no_memory(err);
		}
	}
	return rc;
}

static int
load_sets(struct intake *in, struct err *err)
{
	int rc;

	if ((rc = load(in, SQL_SIRET_LIST, 0, &in->named, &in->firms, err)) !=
	    TAPR_OK ||
	    (rc = load(in, SQL_LOCAL_LIST, 0, &in->local, NULL, err)) !=
	    TAPR_OK)
		return rc;
	/* Firms first: whoever waits is not known to be one of ours. */
	return load(in, SQL_WAITING_LIST, 2, &in->named, NULL, err);
}

/* Files about establishments that must have been brought before. */
static int
need_establishments(struct intake *in, struct err *err)
{
	int rc = load_sets(in, err);

	if (rc == TAPR_OK && in->firms.n == 0)
		return err_set(err, TAPR_EINVAL, "sirene", "le fonds ne "
		    "connaît encore aucun établissement ; importez d'abord "
		    "StockEtablissement");
	return rc;
}

/* The commune is in a department of the fund: 57463, 2A004, 97411. */
static bool
is_ours(const struct fund *f, const char *commune)
{
	size_t n = strncmp(commune, "97", 2) == 0 ? 3 : 2;
	const char *p = f->departments;

	if (strlen(commune) != 5)
		return false;
	for (;;) {
		size_t len = strcspn(p, " ");

		if (len == n && strncmp(p, commune, n) == 0)
			return true;
		if (p[len] == '\0')
			return false;
		p += len + 1;
	}
}

/* ---- StockEtablissement -------------------------------------------------- */

enum {
	E_SIREN, E_NIC, E_SIRET, E_DIFFUSION, E_CREATED, E_HEAD, E_MORE,
	E_NUMBER, E_REPEAT, E_WAY, E_STREET, E_POSTCODE, E_TOWN, E_COMMUNE,
	E_FROM, E_STATE, E_SIGN, E_NAME, E_NAF, E_NOMENCLATURE, E_EMPLOYER,
	E_NAF25, E_COLUMNS
};

/* Columns that must be in the header and may be empty. */
#define TEXT(n, most) \
	{ .name = (n), .type = FLOW_TEXT, .need = FLOW_HEADER, .max = (most) }
#define WORD(n, list) \
	{ .name = (n), .type = FLOW_WORD, .need = FLOW_HEADER, .words = (list) }
#define FORM(n, f) \
	{ .name = (n), .type = FLOW_FORM, .need = FLOW_HEADER, .form = (f) }
#define YES_NO(n) { .name = (n), .type = FLOW_BOOLEAN, .need = FLOW_HEADER }
#define DAY(n, need_) { .name = (n), .type = FLOW_DATE, .need = (need_) }
/* Of the list of 2025, in the files since December of that year. */
#define NAF25(n) \
	{ .name = (n), .type = FLOW_TEXT, .need = FLOW_OPTIONAL, .max = 6 }

static const struct flow_column establishment_columns[E_COLUMNS] = {
	[E_SIREN] = { .name = "siren", .type = FLOW_SIREN },
	[E_NIC] = { .name = "nic", .type = FLOW_FORM, .form = "99999" },
	[E_SIRET] = { .name = "siret", .type = FLOW_SIRET },
	[E_DIFFUSION] = WORD("statutDiffusionEtablissement", diffusion_words),
	[E_CREATED] = DAY("dateCreationEtablissement", FLOW_HEADER),
	[E_HEAD] = YES_NO("etablissementSiege"),
	[E_MORE] = TEXT("complementAdresseEtablissement", 100),
	[E_NUMBER] = TEXT("numeroVoieEtablissement", 10),
	[E_REPEAT] = TEXT("indiceRepetitionEtablissement", 10),
	[E_WAY] = TEXT("typeVoieEtablissement", 20),
	[E_STREET] = TEXT("libelleVoieEtablissement", 120),
	[E_POSTCODE] = TEXT("codePostalEtablissement", 10),
	[E_TOWN] = TEXT("libelleCommuneEtablissement", 120),
	[E_COMMUNE] = FORM("codeCommuneEtablissement", "99999|2A999|2B999"),
	[E_FROM] = DAY("dateDebut", FLOW_HEADER),
	[E_STATE] = { .name = "etatAdministratifEtablissement",
	    .type = FLOW_WORD, .words = state_words },
	[E_SIGN] = TEXT("enseigne1Etablissement", 120),
	[E_NAME] = TEXT("denominationUsuelleEtablissement", 200),
	[E_NAF] = TEXT("activitePrincipaleEtablissement", 6),
	[E_NOMENCLATURE] = TEXT("nomenclatureActivitePrincipaleEtablissement",
	    10),
	[E_EMPLOYER] = WORD("caractereEmployeurEtablissement",
	    employer_words),
	[E_NAF25] = NAF25("activitePrincipaleNAF25Etablissement"),
};

static const struct flow establishment_flow = {
	"StockEtablissement", E_COLUMNS, E_SIRET, true, establishment_columns,
};

static bool
is_employer(const struct value *v)
{
	return strcmp(value_or_empty(v), "O") == 0;
}

/* NAF rev. 2 alone: what closed before 2008 has codes of older lists. */
static struct value
naf(const struct value *code, const struct value *nomenclature)
{
	return strcmp(value_or_empty(nomenclature), "NAFRev2") == 0 ? *code :
	    value_null();
}

static bool
is_kept(const struct intake *in, const struct value *v)
{
	const char *siret = value_or_empty(&v[E_SIRET]);

	return (is_employer(&v[E_EMPLOYER]) &&
	    is_ours(in->fund, value_or_empty(&v[E_COMMUNE]))) ||
	    siret_set_has(&in->named, siret_number(siret, 14));
}

/* Parts that are there, with blanks between. */
static void
join(char *buf, size_t size, const struct value *v, const int *parts, int n)
{
	size_t at = 0;

	buf[0] = '\0';
	for (int i = 0; i < n; i++) {
		const char *text = value_or_empty(&v[parts[i]]);

		if (text[0] != '\0' && at + strlen(text) + 2 < size)
			at += (size_t)snprintf(buf + at, size - at, "%s%s",
			    at > 0 ? " " : "", text);
	}
}

static void
establishment_row(const struct value *v, char address[ADDRESS_MAX],
    struct value *row)
{
	static const int lines[] = { E_MORE, E_NUMBER, E_REPEAT, E_WAY,
		E_STREET, E_POSTCODE, E_TOWN };

	join(address, ADDRESS_MAX, v, lines,
	    (int)(sizeof lines / sizeof lines[0]));
	row[EST_SIRET] = v[E_SIRET];
	row[EST_CREATED_ON] = v[E_CREATED];
	row[EST_STATE] = v[E_STATE];
	row[EST_CLOSED_ON] = strcmp(value_or_empty(&v[E_STATE]), "F") == 0 ?
	    v[E_FROM] : value_null();
	row[EST_HEAD_OFFICE] = v[E_HEAD];
	row[EST_NAME] = v[E_NAME].kind != VALUE_NULL ? v[E_NAME] : v[E_SIGN];
	row[EST_ADDRESS] = value_text(address);
	row[EST_POSTCODE] = v[E_POSTCODE];
	row[EST_COMMUNE] = v[E_COMMUNE];
	row[EST_NAF] = naf(&v[E_NAF], &v[E_NOMENCLATURE]);
	row[EST_NAF25] = v[E_NAF25];
	row[EST_EMPLOYER] = v[E_EMPLOYER].kind == VALUE_NULL ? value_null() :
	    value_int(is_employer(&v[E_EMPLOYER]));
	row[EST_DIFFUSION] = v[E_DIFFUSION];
	row[EST_ORIGIN] = value_text("insee");
}

/*
 * The head office of a firm may be in another fund, and its line stands near
 * the others of the firm: behind one that was kept it is kept too; before the
 * first one it is remembered until that one comes, or another firm.
 */
struct head {
	uint64_t	 siren;		/* 0: none is remembered */
	long		 line;
	struct value	 row[EST_COLUMNS];
	char		 text[ROW_TEXT_MAX];
};

static int
remember_head(struct intake *in, const struct value *v, long line,
    struct err *err)
{
	char address[ADDRESS_MAX];
	struct head *h = in->head;
	size_t used = 0;

	if (h == NULL && (h = in->head = calloc(1, sizeof *h)) == NULL)
		return no_memory(err);
	establishment_row(v, address, h->row);
	h->siren = siret_number(value_or_empty(&v[E_SIRET]), 9);
	h->line = line;
	/* Each text has the maximum of its column: they fit. */
	for (int i = 0; i < EST_COLUMNS; i++) {
		size_t n;

		if (h->row[i].kind != VALUE_TEXT)
			continue;
		n = strlen(h->row[i].s) + 1;
		assert(n <= sizeof h->text - used);
		h->row[i].s = memcpy(h->text + used, h->row[i].s, n);
		used += n;
	}
	return TAPR_OK;
}

static int
put_establishment(struct intake *in, struct value *row, long line,
    enum outcome *ret, struct err *err)
{
	const char *siret = value_or_empty(&row[EST_SIRET]);
	struct err local_err = { .code = TAPR_OK };
	struct local local;
	int rc;

	if (siret_set_has(&in->local, siret_number(siret, 14))) {
		rc = local_over(&in->batch, &local, row, line, &local_err);
		if (rc == TAPR_EINVAL)	/* the file has this SIRET twice */
			return line_fault(in, FAULT_OTHER_LINE, NULL, ret);
		if (rc != TAPR_OK) {
			*err = local_err;
			return rc;
		}
	}
	return line_put(in, TABLE_ESTABLISHMENT, row, line, ret, err);
}

/* An establishment of ${siren} is kept: so is the head office before it. */
static int
put_head(struct intake *in, uint64_t siren, struct err *err)
{
	enum outcome outcome = LINE_UNCHANGED;
	int rc;

	if (!siret_set_add(&in->kept_firms, siren))
		return no_memory(err);
	if (in->head == NULL || in->head->siren != siren)
		return TAPR_OK;
	in->head->siren = 0;
	rc = put_establishment(in, in->head->row, in->head->line, &outcome,
	    err);
	if (outcome == LINE_APPLIED)
		in->late++;
	return rc;
}

static int
establishment_line(struct intake *in, const struct value *v, long line,
    enum outcome *ret, struct err *err)
{
	const char *siret = value_or_empty(&v[E_SIRET]);
	uint64_t siren = siret_number(siret, 9);
	bool head = value_or(&v[E_HEAD], 0) == 1;
	char address[ADDRESS_MAX];
	struct value row[EST_COLUMNS];
	int rc;

	if (strncmp(siret, value_or_empty(&v[E_SIREN]), 9) != 0 ||
	    strcmp(siret + 9, value_or_empty(&v[E_NIC])) != 0)
		return line_fault(in, FAULT_SIREN_SIRET, "siret", ret);
	if (is_kept(in, v)) {
		if ((rc = put_head(in, siren, err)) != TAPR_OK)
			return rc;
	} else if (!head || !siret_set_has(&in->kept_firms, siren)) {
		*ret = LINE_OUTSIDE;
		return head ? remember_head(in, v, line, err) : TAPR_OK;
	}
	establishment_row(v, address, row);
	return put_establishment(in, row, line, ret, err);
}

const struct source source_establishment = {
	&establishment_flow, establishment_line, load_sets, { 0 }, 0, -1,
};

/* ---- StockUniteLegale ---------------------------------------------------- */

enum {
	U_SIREN, U_DIFFUSION, U_CREATED, U_STATE, U_FAMILY, U_USUAL, U_NAME,
	U_CATEGORY, U_NAF, U_NOMENCLATURE, U_NIC, U_NAF25, U_COLUMNS
};

static const struct flow_column unit_columns[U_COLUMNS] = {
	[U_SIREN] = { .name = "siren", .type = FLOW_SIREN },
	[U_DIFFUSION] = WORD("statutDiffusionUniteLegale", diffusion_words),
	[U_CREATED] = DAY("dateCreationUniteLegale", FLOW_HEADER),
	[U_STATE] = { .name = "etatAdministratifUniteLegale", .type = FLOW_WORD,
	    .words = unit_state_words },
	[U_FAMILY] = TEXT("nomUniteLegale", 200),
	[U_USUAL] = TEXT("nomUsageUniteLegale", 200),
	[U_NAME] = TEXT("denominationUniteLegale", NAME_MAX_BYTES),
	[U_CATEGORY] = FORM("categorieJuridiqueUniteLegale", "9999"),
	[U_NAF] = TEXT("activitePrincipaleUniteLegale", 6),
	[U_NOMENCLATURE] = TEXT("nomenclatureActivitePrincipaleUniteLegale",
	    10),
	[U_NIC] = FORM("nicSiegeUniteLegale", "99999"),
	[U_NAF25] = NAF25("activitePrincipaleNAF25UniteLegale"),
};

static const struct flow unit_flow = {
	"StockUniteLegale", U_COLUMNS, U_SIREN, true, unit_columns,
};

static int
unit_line(struct intake *in, const struct value *v, long line,
    enum outcome *ret, struct err *err)
{
	struct value row[UNIT_COLUMNS];

	if (!siret_set_has(&in->firms,
	    siret_number(value_or_empty(&v[U_SIREN]), 9))) {
		*ret = LINE_OUTSIDE;
		return TAPR_OK;
	}
	row[UNIT_SIREN] = v[U_SIREN];
	row[UNIT_NAME] = v[U_NAME].kind != VALUE_NULL ? v[U_NAME] :
	    v[U_USUAL].kind != VALUE_NULL ? v[U_USUAL] : v[U_FAMILY];
	row[UNIT_LEGAL_CATEGORY] = v[U_CATEGORY];
	row[UNIT_STATE] = v[U_STATE];
	row[UNIT_CREATED_ON] = v[U_CREATED];
	row[UNIT_HEAD_NIC] = v[U_NIC];
	row[UNIT_NAF] = naf(&v[U_NAF], &v[U_NOMENCLATURE]);
	row[UNIT_NAF25] = v[U_NAF25];
	row[UNIT_DIFFUSION] = v[U_DIFFUSION];
	return line_put(in, TABLE_UNIT, row, line, ret, err);
}

const struct source source_unit = {
	&unit_flow, unit_line, need_establishments, { 0 }, 0, -1,
};

/* ---- StockEtablissementHistorique ---------------------------------------- */

enum {
	H_SIRET, H_TO, H_FROM, H_STATE, H_CHANGED, H_SIGN, H_NAME, H_NAF,
	H_NOMENCLATURE, H_EMPLOYER, H_COLUMNS
};

static const struct flow_column history_columns[H_COLUMNS] = {
	[H_SIRET] = { .name = "siret", .type = FLOW_SIRET },
	[H_TO] = DAY("dateFin", FLOW_HEADER),
	[H_FROM] = DAY("dateDebut", FLOW_HEADER),
	[H_STATE] = WORD("etatAdministratifEtablissement", state_words),
	[H_CHANGED] =
	    YES_NO("changementEtatAdministratifEtablissement"),
	[H_SIGN] = TEXT("enseigne1Etablissement", 120),
	[H_NAME] = TEXT("denominationUsuelleEtablissement", 200),
	[H_NAF] = TEXT("activitePrincipaleEtablissement", 6),
	[H_NOMENCLATURE] = TEXT("nomenclatureActivitePrincipaleEtablissement",
	    10),
	[H_EMPLOYER] = WORD("caractereEmployeurEtablissement",
	    employer_words),
};

static const struct flow history_flow = {
	"StockEtablissementHistorique", H_COLUMNS, H_SIRET, true,
	history_columns,
};

static int
history_line(struct intake *in, const struct value *v, long line,
    enum outcome *ret, struct err *err)
{
	const struct date unknown = { 1900, 1, 1 };
	struct value row[PERIOD_COLUMNS];
	struct date to = value_to_date(&v[H_TO]);

	if (!siret_set_has(&in->named,
	    siret_number(value_or_empty(&v[H_SIRET]), 14))) {
		*ret = LINE_OUTSIDE;
		return TAPR_OK;
	}
	if (date_is(to) && date_cmp(to, value_to_date(&v[H_FROM])) < 0)
		return line_fault(in, FAULT_PERIOD, "dateFin", ret);
	row[PERIOD_SIRET] = v[H_SIRET];
	/* INSEE leaves the start empty where it does not know it. */
	row[PERIOD_FROM_ON] = v[H_FROM].kind == VALUE_NULL ?
	    value_date(unknown) : v[H_FROM];
	/* dateFin is the last day; periods here are half-open. */
	row[PERIOD_TO_ON] = value_date(date_add_days(to, 1));
	row[PERIOD_STATE] = v[H_STATE];
	row[PERIOD_NAF] = naf(&v[H_NAF], &v[H_NOMENCLATURE]);
	row[PERIOD_EMPLOYER] = v[H_EMPLOYER].kind == VALUE_NULL ?
	    value_null() : value_int(is_employer(&v[H_EMPLOYER]));
	row[PERIOD_NAME] = v[H_NAME].kind != VALUE_NULL ? v[H_NAME] :
	    v[H_SIGN];
	return line_put(in, TABLE_ESTABLISHMENT_PERIOD, row, line, ret, err);
}

const struct source source_history = {
	&history_flow, history_line, need_establishments, { 0 }, 0, -1,
};

/* ---- StockEtablissementLiensSuccession ----------------------------------- */

enum { S_FROM, S_TO, S_ON, S_HEAD, S_CONTINUITY, S_COLUMNS };

static const struct flow_column succession_columns[S_COLUMNS] = {
	[S_FROM] = {
	    .name = "siretEtablissementPredecesseur", .type = FLOW_SIRET },
	[S_TO] = {
	    .name = "siretEtablissementSuccesseur", .type = FLOW_SIRET },
	[S_ON] = DAY("dateLienSuccession", FLOW_NEEDED),
	[S_HEAD] = YES_NO("transfertSiege"),
	[S_CONTINUITY] = YES_NO("continuiteEconomique"),
};

static const struct flow succession_flow = {
	"StockEtablissementLiensSuccession", S_COLUMNS, S_FROM, true,
	succession_columns,
};

static int
succession_line(struct intake *in, const struct value *v, long line,
    enum outcome *ret, struct err *err)
{
	const char *from = value_or_empty(&v[S_FROM]);
	const char *to = value_or_empty(&v[S_TO]);

	if (strcmp(from, to) == 0)
		return line_fault(in, FAULT_SAME_SIRET,
		    "siretEtablissementSuccesseur", ret);
	if (!siret_set_has(&in->named, siret_number(from, 14)) &&
	    !siret_set_has(&in->named, siret_number(to, 14))) {
		*ret = LINE_OUTSIDE;
		return TAPR_OK;
	}
	/* The columns are those of the table, in order. */
	return line_put(in, TABLE_SUCCESSION, v, line, ret, err);
}

const struct source source_succession = {
	&succession_flow, succession_line, need_establishments, { 0 }, 0, -1,
};

/* ---- files of INSEE that are not read here ------------------------------- */

/* Each is known by a column that no other file has, and refuses itself. */
static int
refuse(const struct flow *f, const char *why, struct err *err)
{
	return err_set(err, TAPR_EINVAL, f->name, "ce fichier de l'INSEE "
	    "n'est pas lu : %s", why);
}

static const struct flow_column duplicates_columns[] = {
	{ .name = "siren", .type = FLOW_SIREN },
	{ .name = "sirenDoublon", .type = FLOW_SIREN },
};

static const struct flow duplicates_flow = {
	"StockDoublons", 2, 0, true, duplicates_columns,
};

static int
refuse_duplicates(struct intake *in, struct err *err)
{
	(void)in;
	return refuse(&duplicates_flow, "le registre suit des SIRET et n'a "
	    "pas l'usage des doublons de SIREN", err);
}

const struct source source_duplicates = {
	&duplicates_flow, NULL, refuse_duplicates, { 0 }, 0, -1,
};

static const struct flow_column unit_history_columns[] = {
	{ .name = "siren", .type = FLOW_SIREN },
	DAY("dateFin", FLOW_HEADER),
	YES_NO("changementEtatAdministratifUniteLegale"),
};

static const struct flow unit_history_flow = {
	"StockUniteLegaleHistorique", 3, 0, true, unit_history_columns,
};

static int
refuse_unit_history(struct intake *in, struct err *err)
{
	(void)in;
	return refuse(&unit_history_flow, "les taux suivent l'histoire des "
	    "établissements (StockEtablissementHistorique), non celle des "
	    "entreprises", err);
}

const struct source source_unit_history = {
	&unit_history_flow, NULL, refuse_unit_history, { 0 }, 0, -1,
};

/* A kind of its own, for the verb that names it. */
static int
refuse_links(struct intake *in, struct err *err)
{
	(void)in;
	return err_set(err, TAPR_EINVAL, succession_flow.name, "les liens de "
	    "succession s'importent par « tapr import succession »");
}

const struct source source_links_alone = {
	&succession_flow, NULL, refuse_links, { 0 }, 0, -1,
};
