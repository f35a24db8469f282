/*
 * dsn_norm.c -- law/norms/dsn/NAME.csv into tables.
 *
 *	record	norm	code the name, class "official" or "derived"
 *		block	code, parent, min, max ("*": any), use
 *		field	code, min, max (length), class, use, values, controls
 *
 * use: M mandatory in its block and used, U used, empty neither.  What is
 * wrong with a rubrique that is used sets its declaration aside; the others
 * are only signalled, for an address mail cannot make a payroll wrong.
 * Blocks stand in the order of a file, each behind its parent.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/str.h"
#include "intake/dsn_norm.h"

enum {
	FILE_MAX = 1024 * 1024,
	ARENA_MAX = 4 * 1024 * 1024,
	FIELDS_MAX = 4096,
	LENGTH_MAX = 4000,
	BITS_MAX = 32,			/* mandatory fields of a block */
	SET_WORDS = 16,			/* 1024 bits: values of 1 to 3 digits */
	WORDS_MAX = 256,
	DIR_MAX = 1024,
	NAME = 6,			/* P26V01 */
};

struct dsn_norms {
	struct dsn_norm	*first;
	char		 dir[DIR_MAX];
};

enum column { RECORD, CODE, PARENT, MIN, MAX, CLASS, USE, VALUES, CONTROLS,
    COLUMNS };

static const char *const columns[COLUMNS] = { "record", "code", "parent",
    "min", "max", "class", "use", "values", "controls" };

static const char *const classes[DSN_CLASSES] = {
	[DSN_TEXT] = "text", [DSN_PLACE] = "place",
	[DSN_CAPITALS] = "capitals", [DSN_DIGITS] = "digits",
	[DSN_FRACTION] = "fraction", [DSN_NIR] = "nir", [DSN_RISK] = "risk",
	[DSN_ENUM] = "enum", [DSN_DATE] = "date", [DSN_DATE20] = "date20",
	[DSN_MONTH] = "month", [DSN_BIRTH] = "birth",
	[DSN_REPLACED] = "replaced", [DSN_AMOUNT2] = "amount2",
	[DSN_SIGNED2] = "signed2", [DSN_SIGNED0] = "signed0",
	[DSN_NUMBER] = "number", [DSN_RATE] = "rate",
};

/* What is being read. */
struct reading {
	struct dsn_norm	*norm;
	struct csv	 csv;
	const char	*cell[COLUMNS];
	unsigned	 bits[DSN_BLOCKS_MAX];
};

#define no_memory(err) \
	err_set((err), TAPR_EIO, NULL, \
	    "mémoire insuffisante pour lire la norme DSN")
#define refuse(r, err, ...) \
	(err_fill((err), TAPR_EINVAL, NULL, __VA_ARGS__), \
	    err_note((err), TAPR_EINVAL, "%s:%ld", (r)->csv.name, \
	    (r)->csv.line))

/* --- cells --- */

/* A whole number of at most 4 digits; -1 when it is none. */
static int
small(const char *p)
{
	int n = 0, i;

	for (i = 0; p[i] >= '0' && p[i] <= '9' && i < 4; i++)
		n = n * 10 + (p[i] - '0');
	return i == 0 || p[i] != '\0' ? -1 : n;
}

/* "S21.G00.40" as 2140; -1 when it is none. */
static int
block_code(const char *p, size_t n)
{
	static const char form[] = "S00.G00.00";
	int ret = 0;
	size_t i;

	if (n != strlen(form))
		return -1;
	for (i = 0; i < n; i++) {
		if (form[i] != '0' || i == 5 || i == 6) {
			if (p[i] != form[i])
				return -1;
			continue;
		}
		if (p[i] < '0' || p[i] > '9')
			return -1;
		ret = ret * 10 + (p[i] - '0');
	}
	return ret;
}

/* The block whose code starts a cell, DSN_NO_BLOCK when there is none. */
static unsigned
block_named(const struct dsn_norm *norm, const char *p)
{
	size_t n = strlen(p) < 10 ? strlen(p) : 10;
	int code = block_code(p, n);

	return code < 0 ? DSN_NO_BLOCK : norm->block_of[code];
}

/* --- records --- */

static int
read_block(struct reading *r, struct err *err)
{
	struct dsn_norm *norm = r->norm;
	struct dsn_block *b = &norm->block[norm->blocks];
	int code = block_code(r->cell[CODE], strlen(r->cell[CODE]));
	int min = small(r->cell[MIN]), max;
	unsigned parent;
	uint8_t *link;

	max = strcmp(r->cell[MAX], "*") == 0 ? 0 : small(r->cell[MAX]);
	parent = block_named(norm, r->cell[PARENT]);
	if (norm->blocks == DSN_BLOCKS_MAX)
		return refuse(r, err, "plus de %d blocs", DSN_BLOCKS_MAX);
	if (code < 0 || norm->block_of[code] != DSN_NO_BLOCK)
		return refuse(r, err, "« %s » n'est pas un bloc, ou est donné "
		    "deux fois", str_brief(r->cell[CODE]).text);
	if (min < 0 || max < 0)
		return refuse(r, err, "min est un nombre, max un nombre ou *");
	if ((parent == DSN_NO_BLOCK) != (norm->blocks == 0))
		return refuse(r, err, "le bloc parent doit venir avant ; seul "
		    "le premier bloc n'en a pas");
	*b = (struct dsn_block){ .code = (uint16_t)code,
	    .parent = (uint8_t)parent, .min = (uint16_t)min,
	    .max = (uint16_t)max, .used = r->cell[USE][0] != '\0',
	    .first_child = DSN_NO_BLOCK, .next = DSN_NO_BLOCK };
	if (parent != DSN_NO_BLOCK) {
		link = &norm->block[parent].first_child;
		while (*link != DSN_NO_BLOCK)
			link = &norm->block[*link].next;
		*link = (uint8_t)norm->blocks;
	}
	norm->block_of[code] = (uint8_t)norm->blocks++;
	return TAPR_OK;
}

/* Values, separated by one blank: a set of numbers, or words. */
static int
read_values(struct reading *r, struct dsn_field *f, struct err *err)
{
	struct arena *a = r->norm->a;
	char *p = arena_strdup(a, r->cell[VALUES]), *end;
	uint64_t *set = arena_array(a, SET_WORDS, sizeof *set);
	const char **word = arena_array(a, WORDS_MAX, sizeof *word);
	bool numbers = f->min == f->max && f->max <= 3;
	int v;

	if (p == NULL || set == NULL || word == NULL)
		return no_memory(err);
	for (; p != NULL; p = end) {
		if ((end = strchr(p, ' ')) != NULL)
			*end++ = '\0';
		if (*p == '\0' || strlen(p) > f->max ||
		    f->words == WORDS_MAX)
			return refuse(r, err, "values : une valeur vide ou "
			    "plus longue que max, ou plus de %d valeurs",
			    WORDS_MAX);
		word[f->words++] = p;
		if ((v = small(p)) < 0)
			numbers = false;
		else if (numbers)
			set[v / 64] |= (uint64_t)1 << v % 64;
	}
	f->word = word;
	f->set = numbers ? set : NULL;
	return TAPR_OK;
}

/* The checks that apply to a rubrique: "CCH-11 CCH-12". */
static int
read_controls(struct reading *r, struct err *err)
{
	const char *p = r->cell[CONTROLS], *rule;
	char name[DSN_RULE_MAX];
	size_t n;
	int i;

	for (; *p != '\0'; p += n + (p[n] == ' ')) {
		n = strcspn(p, " ");
		(void)snprintf(name, sizeof name, "%s/%.*s", r->cell[CODE],
		    (int)n, p);
		for (i = 0; i < DSN_RULES; i++) {
			rule = dsn_rule_text((enum dsn_rule)i)->rule;
			if (strcmp(rule, name) == 0)
				break;
		}
		if (n == 0 || i == DSN_RULES)
			return refuse(r, err, "controls : le contrôle « %s » "
			    "n'est pas de ceux que tapr refait",
			    str_brief(name).text);
		r->norm->on[i] = true;
	}
	return TAPR_OK;
}

static int
read_field(struct reading *r, struct err *err)
{
	struct dsn_norm *norm = r->norm;
	struct dsn_field *f = &norm->field[norm->fields];
	const char *code = r->cell[CODE];
	unsigned b = block_named(norm, code);
	int min = small(r->cell[MIN]), max = small(r->cell[MAX]), number = -1;
	int rc, class;

	if (strlen(code) == 14 && code[10] == '.')
		number = small(code + 11);
	if (norm->fields == FIELDS_MAX)
		return refuse(r, err, "plus de %d rubriques", FIELDS_MAX);
	if (b == DSN_NO_BLOCK || number < 0 ||
	    norm->block[b].field[number] != 0)
		return refuse(r, err, "« %s » n'est pas une rubrique d'un bloc "
		    "de la norme, ou est donnée deux fois",
		    str_brief(code).text);
	if (min < 1 || max < min || max > LENGTH_MAX)
		return refuse(r, err, "les longueurs vont de 1 à %d",
		    LENGTH_MAX);
	for (class = 0; class < DSN_CLASSES; class++)
		if (strcmp(classes[class], r->cell[CLASS]) == 0)
			break;
	if (class == DSN_CLASSES)
		return refuse(r, err, "classe « %s » inconnue",
		    str_brief(r->cell[CLASS]).text);
	f->min = (uint16_t)min;
	f->max = (uint16_t)max;
	f->class = (uint8_t)class;
	f->used = r->cell[USE][0] != '\0';
	if (r->cell[USE][0] == 'M') {
		if (r->bits[b] == BITS_MAX)
			return refuse(r, err, "plus de %d rubriques "
			    "obligatoires dans le bloc", BITS_MAX);
		f->bit = (uint32_t)1 << r->bits[b]++;
		norm->block[b].mandatory |= f->bit;
	}
	if (class == DSN_ENUM && (rc = read_values(r, f, err)) != TAPR_OK)
		return rc;
	norm->block[b].field[number] = (uint16_t)++norm->fields;
	return read_controls(r, err);
}

static int
read_record(struct reading *r, struct err *err)
{
	const char *record = r->cell[RECORD];

	if (strcmp(record, "block") == 0)
		return read_block(r, err);
	if (strcmp(record, "field") == 0)
		return read_field(r, err);
	if (strcmp(record, "norm") != 0)
		return refuse(r, err, "record est norm, block ou field");
	if (strcmp(r->cell[CODE], r->norm->name) != 0)
		return refuse(r, err, "cette table est celle de la norme "
		    "« %s »", str_brief(r->cell[CODE]).text);
	return TAPR_OK;
}

/* The blocks that the reader could not do without. */
static bool
has_frame(const struct dsn_norm *norm)
{
	static const uint16_t frame[] = { 1000, 2005, 2106, 2111, 2130, 2140,
	    2150, 2151, 2178, 9090 };
	size_t i;

	for (i = 0; i < sizeof frame / sizeof frame[0]; i++)
		if (norm->block_of[frame[i]] == DSN_NO_BLOCK)
			return false;
	return true;
}

static int
read_records(struct reading *r, const char *shown, char *bytes, size_t n,
    struct err *err)
{
	int at[COLUMNS], i, more, rc;

	if ((rc = csv_open(&r->csv, shown, bytes, n, err)) != TAPR_OK)
		return rc;
	for (i = 0; i < COLUMNS; i++)
		if ((at[i] = csv_column(&r->csv, columns[i])) < 0)
			return refuse(r, err, "il manque la colonne « %s »",
			    columns[i]);
	while ((rc = csv_next(&r->csv, &more, err)) == TAPR_OK && more) {
		for (i = 0; i < COLUMNS; i++)
			r->cell[i] = r->csv.field[at[i]];
		if ((rc = read_record(r, err)) != TAPR_OK)
			return rc;
	}
	if (rc != TAPR_OK)
		return rc;
	if (!has_frame(r->norm))
		return refuse(r, err, "il manque un des blocs S10.G00.00, "
		    "S20.G00.05, S21.G00.06, .11, .30, .40, .50, .51, .78 et "
		    "S90.G00.90");
	return TAPR_OK;
}

/* Of the list of the norm (S21.G00.40.040/CCH-12), not one of ours. */
static bool
is_official(const struct dsn_rule_text *t)
{
	const char *id = strchr(t->rule, '/') + 1;

	return strncmp(id, "CCH-", 4) == 0 || strncmp(id, "CSL-", 4) == 0 ||
	    strncmp(id, "SIG-", 4) == 0;
}

int
dsn_norm_read(const char *name, const char *shown, char *bytes, size_t n,
    struct dsn_norm **ret, struct err *err)
{
	struct reading r = { .norm = calloc(1, sizeof *r.norm) };
	int i, rc;

	if (r.norm == NULL)
		return no_memory(err);
	(void)snprintf(r.norm->name, sizeof r.norm->name, "%s", name);
	memset(r.norm->block_of, DSN_NO_BLOCK, sizeof r.norm->block_of);
	for (i = 0; i < DSN_RULES; i++)
		r.norm->on[i] = !is_official(dsn_rule_text((enum dsn_rule)i));
	if ((r.norm->a = arena_new(ARENA_MAX)) == NULL ||
	    (r.norm->field = arena_array(r.norm->a, FIELDS_MAX,
	    sizeof *r.norm->field)) == NULL)
		rc = no_memory(err);
	else
		rc = read_records(&r, shown, bytes, n, err);
	if (rc != TAPR_OK) {
		dsn_norm_free(r.norm);
		return rc;
	}
	*ret = r.norm;
	return TAPR_OK;
}

void
dsn_norm_free(struct dsn_norm *norm)
{

	if (norm == NULL)
		return;
	arena_free(norm->a);
	free(norm);
}

/* --- the set --- */

int
dsn_norms_open(const char *dir, struct dsn_norms **ret, struct err *err)
{
	struct dsn_norms *norms = calloc(1, sizeof *norms);

	if (norms == NULL)
		return no_memory(err);
	if ((size_t)snprintf(norms->dir, sizeof norms->dir, "%s", dir) >=
	    sizeof norms->dir) {
		free(norms);
		return err_set(err, TAPR_EINVAL, NULL, "le chemin du dossier "
		    "de la loi est trop long");
	}
	*ret = norms;
	return TAPR_OK;
}

void
dsn_norms_free(struct dsn_norms *norms)
{
	struct dsn_norm *norm;

	if (norms == NULL)
		return;
	while ((norm = norms->first) != NULL) {
		norms->first = norm->next;
		dsn_norm_free(norm);
	}
	free(norms);
}

/* P26V01: what else a file may say names no file of ours. */
static bool
is_norm_name(const char *p, size_t n)
{

	static const char form[] = "P00V00";
	size_t i;

	if (n != NAME)
		return false;
	for (i = 0; i < n; i++)
		if (form[i] == '0' ? p[i] < '0' || p[i] > '9' : p[i] != form[i])
			return false;
	return true;
}

int
dsn_norms_get(struct dsn_norms *norms, const char *name, size_t n,
    const struct dsn_norm **ret, struct err *err)
{
	char path[DIR_MAX + 32], key[NAME + 1], *bytes;
	struct dsn_norm *norm;
	size_t size;
	int rc;

	if (!is_norm_name(name, n))
		return err_set(err, TAPR_EINVAL, "S10.G00.00.006",
		    "le nom de la norme n'est pas de la forme P26V01");
	memcpy(key, name, NAME);
	key[NAME] = '\0';
	for (norm = norms->first; norm != NULL; norm = norm->next)
		if (strcmp(norm->name, key) == 0)
			break;
	if (norm == NULL) {
		(void)snprintf(path, sizeof path, "%s/norms/dsn/%s.csv",
		    norms->dir, key);
		if (file_read(path, FILE_MAX, &bytes, &size, NULL) != TAPR_OK)
			return err_set(err, TAPR_ELAW, "S10.G00.00.006",
			    "la norme %s n'est pas connue ici ; ajoutez sa "
			    "table law/norms/dsn/%s.csv", key, key);
		rc = dsn_norm_read(key, path, bytes, size, &norm, err);
		free(bytes);
		if (rc != TAPR_OK)
			return rc;
		norm->next = norms->first;
		norms->first = norm;
	}
	*ret = norm;
	return TAPR_OK;
}
