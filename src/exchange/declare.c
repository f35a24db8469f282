/*
 * declare.c -- law/exchanges.csv.
 *
 * What belongs to the flow is said again in each of its rows, so that a row
 * can be read alone; it must then be the same in all.
 */
#include "exchange/declare.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/str.h"

enum { SOURCE_MAX = 64, ARENA_MAX = 8 << 20 };

const char *const exchange_level_words[] = { "company", "records", "table",
	"file", NULL };
const char *const exchange_type_words[] = { "text", "siret", "siren", "year",
	"date", "count", "hundredths", "money", "rate", "share", "sum", NULL };

static const char *const period_words[] = { "yearly", "on_request",
	"on_event", NULL };
static const char *const format_words[] = { "csv", "csv_sealed", NULL };

/* The columns of the file, those of the flow first. */
enum { FLOW, LABEL, RECIPIENT, BASIS, PURPOSE, PERIOD, FORMAT, LEVEL,
	OF_FLOW, FIELD = OF_FLOW, TYPE, SOURCE, WIDEN, NOTE, COLUMNS };
static const char *const column_names[COLUMNS] = { "flow", "label",
	"recipient", "basis", "purpose", "periodicity", "format", "level",
	"field", "type", "source", "widen", "note" };

struct reading {
	struct csv		 csv;
	int			 at[COLUMNS];
	const char		*same[OF_FLOW];	/* of the flow in hand */
	struct exchanges	*to;
	struct err		*err;
};

#define wrong(r, column, ...) \
	(err_fill((r)->err, TAPR_EINVAL, column_names[column], __VA_ARGS__), \
	    err_note((r)->err, TAPR_EINVAL, "%s:%ld", (r)->csv.name, \
	    (r)->csv.line))

static const char *
get(const struct reading *r, int column)
{
	return r->csv.field[r->at[column]];
}

static const char *
keep(struct reading *r, int column)
{
	return arena_strdup(r->to->a, get(r, column));
}

static int
word_of(const char *const *words, const char *text)
{
	for (int i = 0; words[i] != NULL; i++)
		if (strcmp(words[i], text) == 0)
			return i;
	return -1;
}

/* Small letters, digits and "_", a letter first. */
static bool
is_code(const char *text)
{
	size_t n = strlen(text);

	return n > 0 && n < EXCHANGE_CODE_MAX && text[0] >= 'a' &&
	    text[0] <= 'z' && n == strspn(text,
	    "abcdefghijklmnopqrstuvwxyz0123456789_");
}

/* ---- sources ------------------------------------------------------------- */

/* What each level may read, ended by TABLES: all else, identities among it, is
 * for nobody outside. */
static const enum table_id readable[][10] = {
	[LEVEL_COMPANY] = { TABLE_UNIT, TABLE_ESTABLISHMENT,
	    TABLE_CLASSIFICATION, TABLE_PAYROLL, TABLE_HEADCOUNT, TABLE_RATE,
	    TABLE_MEASURE, TABLE_CAMPAIGN, TABLE_LOT_STATE, TABLES },
	[LEVEL_RECORDS] = { TABLE_CLAIM, TABLE_CLASSIFICATION, TABLES },
	[LEVEL_TABLE] = { TABLE_CLAIM, TABLE_CLASSIFICATION, TABLES },
	[LEVEL_FILE] = { TABLE_CLASSIFICATION, TABLE_PAYROLL, TABLE_RATE,
	    TABLE_CLAIM, TABLE_BENEFIT, TABLES },
};

static bool
may_read(enum exchange_level level, enum table_id t)
{
	for (const enum table_id *at = readable[level]; *at != TABLES; at++)
		if (*at == t)
			return true;
	return false;
}

/* A column that says who or where: never in records nor in a table. */
static bool
identifies(const char *column)
{
	static const char *const names[] = { "claim_id", "benefit_id",
		"message_id", "siret", "siren", "user_siret", "agency_siret",
		"place_insee", "hired_on", "qualification", "author",
		"reviewer", "name", "address", NULL };

	return word_of(names, column) >= 0;
}

static bool
has_column(const struct table *t, const char *name)
{
	for (int i = 0; i < t->columns; i++)
		if (strcmp(t->column[i].name, name) == 0)
			return true;
	return false;
}

static bool
find_table(const char *name, size_t n, enum table_id *ret)
{
	for (int t = 0; t < TABLES; t++) {
		const char *at = table_get((enum table_id)t)->name;

		if (strlen(at) == n && strncmp(at, name, n) == 0) {
			*ret = (enum table_id)t;
			return true;
		}
	}
	return false;
}

static int
take_source(struct reading *r, struct exchange_flow *f, const char *source)
{
	size_t n = strcspn(source, ".");
	enum table_id t;

	if (strcmp(source, "none") == 0) {
		f->held = false;
		return TAPR_OK;
	}
	if (source[n] != '.' || !find_table(source, n, &t) ||
	    !has_column(table_get(t), source + n + 1))
		return wrong(r, SOURCE, "« %s » n'est pas une colonne du "
		    "registre : écrivez table.colonne, ou none",
		    str_brief(source).text);
	if (!may_read(f->level, t))
		return wrong(r, SOURCE, "« %s » porte sur des personnes, ou "
		    "sur la caisse elle-même : un échange du niveau %s ne peut "
		    "pas le lire", str_brief(source).text,
		    exchange_level_words[f->level]);
	if ((f->level == LEVEL_RECORDS || f->level == LEVEL_TABLE) &&
	    identifies(source + n + 1))
		return wrong(r, SOURCE, "« %s » dit qui ou où : un échange du "
		    "niveau %s ne peut pas le porter", str_brief(source).text,
		    exchange_level_words[f->level]);
	f->reads[t] = true;
	return TAPR_OK;
}

static int
take_sources(struct reading *r, struct exchange_flow *f, const char *text)
{
	char one[SOURCE_MAX];
	int rc;

	while (*text != '\0') {
		size_t n = strcspn(text, " ");

		if (n == 0 || n >= sizeof one)
			return wrong(r, SOURCE, "des sources séparées par une "
			    "espace sont attendues");
		(void)snprintf(one, sizeof one, "%.*s", (int)n, text);
		if ((rc = take_source(r, f, one)) != TAPR_OK)
			return rc;
		text += n + (text[n] == ' ');
	}
	return TAPR_OK;
}

/* ---- a field ------------------------------------------------------------- */

static int
check_type(struct reading *r, const struct exchange_flow *f,
    enum exchange_type type, int widen)
{
	bool anonymous = f->level == LEVEL_RECORDS || f->level == LEVEL_TABLE;

	if (anonymous && type != EXCHANGE_TEXT && type != EXCHANGE_YEAR &&
	    (type != EXCHANGE_SUM || f->level != LEVEL_TABLE))
		return wrong(r, TYPE, "un échange du niveau %s n'a que des "
		    "textes, des années%s : une valeur exacte désignerait "
		    "quelqu'un", exchange_level_words[f->level],
		    f->level == LEVEL_TABLE ? " et des sommes" : "");
	if (!anonymous && (type == EXCHANGE_SUM || widen != 0))
		return wrong(r, TYPE, "une somme ou un rang widen n'a de sens "
		    "qu'aux niveaux records et table");
	if (anonymous && (type == EXCHANGE_TEXT) != (widen != 0))
		return wrong(r, WIDEN, "chaque texte des niveaux records et "
		    "table a un rang, et lui seul");
	return TAPR_OK;
}

static int
take_widen(struct reading *r, struct exchange_flow *f, int *ret)
{
	const char *text = get(r, WIDEN);

	*ret = 0;
	if (text[0] == '\0')
		return TAPR_OK;
	if (text[0] < '1' || text[0] > '9' || text[1] != '\0')
		return wrong(r, WIDEN, "un rang de 1 à 9 est attendu");
	*ret = text[0] - '0';
	for (int i = 0; i < f->fields; i++)
		if (f->field[i].widen == *ret)
			return wrong(r, WIDEN, "deux champs ont le rang %d",
			    *ret);
	f->widens++;
	return TAPR_OK;
}

static int
take_field(struct reading *r, struct exchange_flow *f)
{
	int type = word_of(exchange_type_words, get(r, TYPE)), rc;
	struct exchange_field *to = &f->field[f->fields];

	if (f->fields == EXCHANGE_FIELDS_MAX)
		return wrong(r, FIELD, "trop de champs");
	if (!is_code(get(r, FIELD)) || exchange_field(f, get(r, FIELD)) >= 0)
		return wrong(r, FIELD, "un nom en minuscules est attendu, une "
		    "seule fois par échange");
	if (type < 0)
		return wrong(r, TYPE, "« %s » n'est pas un type connu",
		    str_brief(get(r, TYPE)).text);
	if (get(r, SOURCE)[0] == '\0')
		return wrong(r, SOURCE, "d'où vient ce champ ?");
	if ((rc = take_widen(r, f, &to->widen)) != TAPR_OK ||
	    (rc = check_type(r, f, (enum exchange_type)type, to->widen)) !=
	    TAPR_OK || (rc = take_sources(r, f, get(r, SOURCE))) != TAPR_OK)
		return rc;
	to->name = keep(r, FIELD);
	to->source = keep(r, SOURCE);
	to->note = keep(r, NOTE);
	to->type = (enum exchange_type)type;
	if (arena_failed(r->to->a))
		return err_set(r->err, TAPR_EIO, r->csv.name,
		    "mémoire insuffisante");
	f->fields++;
	return TAPR_OK;
}

/* ---- a flow -------------------------------------------------------------- */

/* Ranks go from 1 on, so that every one is a step. */
static int
check_flow(struct reading *r)
{
	const struct exchange_flow *f;

	if (r->to->flows == 0)
		return TAPR_OK;
	f = r->to->flow[r->to->flows - 1];
	for (int i = 0; i < f->fields; i++)
		if (f->field[i].widen > f->widens)
			return wrong(r, WIDEN, "les rangs de %s ne se suivent "
			    "pas", f->code);
	return TAPR_OK;
}

static int
fill_flow(struct reading *r, struct exchange_flow *f)
{
	int purpose = -1, level = word_of(exchange_level_words, get(r, LEVEL));
	int format = word_of(format_words, get(r, FORMAT));

	for (int i = 0; i < PURPOSES; i++)
		if (strcmp(purpose_words[i], get(r, PURPOSE)) == 0)
			purpose = i;
	if (purpose < 0)
		return wrong(r, PURPOSE, "« %s » n'est pas une finalité "
		    "connue", str_brief(get(r, PURPOSE)).text);
	if (level < 0)
		return wrong(r, LEVEL, "company, records, table ou file est "
		    "attendu");
	if (format < 0 || (level == LEVEL_FILE) != (format == 1))
		return wrong(r, FORMAT, "csv, ou csv_sealed pour le niveau "
		    "file, est attendu");
	if (word_of(period_words, get(r, PERIOD)) < 0)
		return wrong(r, PERIOD, "yearly, on_request ou on_event est "
		    "attendu");
	f->purpose = (enum purpose)purpose;
	f->level = (enum exchange_level)level;
	f->sealed = format == 1;
	f->held = true;
	return TAPR_OK;
}

static int
start_flow(struct reading *r, struct exchange_flow **ret)
{
	struct exchanges *e = r->to;
	struct exchange_flow *f;
	int rc;

	if ((rc = check_flow(r)) != TAPR_OK)
		return rc;
	for (int i = 0; i < e->flows; i++)
		if (strcmp(e->flow[i]->code, get(r, FLOW)) == 0)
			return wrong(r, FLOW, "les champs d'un échange se "
			    "suivent");
	if (!is_code(get(r, FLOW)) || !is_code(get(r, RECIPIENT)))
		return wrong(r, FLOW, "un échange et un destinataire ont un "
		    "nom court, en minuscules");
	for (int i = LABEL; i < OF_FLOW; i++)
		if (get(r, i)[0] == '\0')
			return wrong(r, i, "rien n'est dit : chaque échange "
			    "est déclaré en entier");
	if (e->flows == EXCHANGE_FLOWS_MAX)
		return wrong(r, FLOW, "trop d'échanges");
	if ((f = arena_alloc(e->a, sizeof *f)) == NULL)
		return err_set(r->err, TAPR_EIO, r->csv.name,
		    "mémoire insuffisante");
	for (int i = 0; i < OF_FLOW; i++)
		r->same[i] = keep(r, i);
	if (arena_failed(e->a))
		return err_set(r->err, TAPR_EIO, r->csv.name,
		    "mémoire insuffisante");
	if ((rc = fill_flow(r, f)) != TAPR_OK)
		return rc;
	f->code = r->same[FLOW];
	f->label = r->same[LABEL];
	f->recipient = r->same[RECIPIENT];
	f->basis = r->same[BASIS];
	f->period = r->same[PERIOD];
	f->format = r->same[FORMAT];
	e->flow[e->flows++] = *ret = f;
	return TAPR_OK;
}

static int
take_row(struct reading *r)
{
	struct exchange_flow *f = r->to->flows == 0 ? NULL :
	    r->to->flow[r->to->flows - 1];
	int rc;

	for (int i = 0; i < COLUMNS; i++)
		if (!utf8_valid(get(r, i), strlen(get(r, i)), NULL))
			return wrong(r, i, "ce n'est pas de l'UTF-8");
	if (f == NULL || strcmp(f->code, get(r, FLOW)) != 0) {
		if ((rc = start_flow(r, &f)) != TAPR_OK)
			return rc;
	}
	for (int i = 0; i < OF_FLOW; i++)
		if (strcmp(r->same[i], get(r, i)) != 0)
			return wrong(r, i, "autre chose qu'à la première ligne "
			    "de cet échange");
	return take_field(r, f);
}

static int
read_rows(struct reading *r)
{
	int rc, more;

	for (int i = 0; i < COLUMNS; i++)
		if ((r->at[i] = csv_column(&r->csv, column_names[i])) < 0)
			return err_set(r->err, TAPR_EINVAL, r->csv.name,
			    "il manque la colonne « %s »", column_names[i]);
	if (r->csv.columns != COLUMNS)
		return err_set(r->err, TAPR_EINVAL, r->csv.name,
		    "une colonne est en trop");
	while ((rc = csv_next(&r->csv, &more, r->err)) == TAPR_OK && more == 1)
		if ((rc = take_row(r)) != TAPR_OK)
			return rc;
	return rc == TAPR_OK ? check_flow(r) : rc;
}

int
exchanges_read(const char *name, char *text, size_t n, struct exchanges *ret,
    struct err *err)
{
	struct reading r = { .to = ret, .err = err };
	int rc;

	memset(ret, 0, sizeof *ret);
	if ((ret->a = arena_new(ARENA_MAX)) == NULL)
		return err_set(err, TAPR_EIO, name, "mémoire insuffisante");
	if ((rc = csv_open(&r.csv, name, text, n, err)) != TAPR_OK)
		return rc;
	return read_rows(&r);
}

int
exchanges_load(const char *dir, struct exchanges *ret, struct err *err)
{
	char path[4096], *text;
	size_t n;
	int rc;

	memset(ret, 0, sizeof *ret);
	(void)snprintf(path, sizeof path, "%s/exchanges.csv", dir);
	if ((rc = file_read(path, EXCHANGE_BYTES_MAX, &text, &n, err)) !=
	    TAPR_OK)
		return rc;
	rc = exchanges_read(path, text, n, ret, err);
	free(text);
	return rc;
}

void
exchanges_free(struct exchanges *e)
{
	arena_free(e->a);
	memset(e, 0, sizeof *e);
}

int
exchanges_find(const struct exchanges *e, const char *code,
    const struct exchange_flow **ret, struct err *err)
{
	for (int i = 0; i < e->flows; i++)
		if (strcmp(e->flow[i]->code, code) == 0) {
			*ret = e->flow[i];
			return TAPR_OK;
		}
	return err_set(err, TAPR_EINVAL, NULL, "aucun échange « %s » n'est "
	    "déclaré : « tapr exchange list » donne ceux qui le sont",
	    str_brief(code).text);
}

int
exchange_field(const struct exchange_flow *f, const char *name)
{
	for (int i = 0; i < f->fields; i++)
		if (strcmp(f->field[i].name, name) == 0)
			return i;
	return -1;
}
