/*
 * permission.c -- see permission.h.
 *
 * The matrix has some two hundred lines and is asked a few times a command: it
 * is searched from its first line to its last.
 */
#include "guard/permission.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"

enum { FILE_BYTES_MAX = 1 << 20, PATH_BYTES = 4096, WORD_BYTES = 64,
	ROWS_MAX = 4096 };

const char *const guard_role_words[ROLES + 1] = {
	"claims_entry", "tarification", "prevention", "medical", "national",
	"director", "governance", "dpo", "auditor", "admin", "supplier",
	"service", NULL,
};
const char *const action_words[ACTIONS + 1] = {
	"create", "read", "update", "decide", "blind", "aggregate",
	"workflow", NULL,
};
static const char *const scope_words[SCOPES + 1] = {
	"fund", "portfolio", NULL,
};

/* ---- reading ------------------------------------------------------------- */

enum { P_OBJECT, P_FIELD, P_ROLE, P_ACTIONS, P_SCOPE, P_PURPOSE, P_SOURCE,
	P_COLUMNS };
enum { S_FIRST, S_SECOND, S_UNLESS, S_SOURCE, S_COLUMNS };

static const char *const permission_columns[P_COLUMNS] = {
	"object", "field", "role", "actions", "scope", "purpose", "source",
};
static const char *const separation_columns[S_COLUMNS] = {
	"first", "second", "unless", "source",
};

struct reading {
	struct csv	 csv;
	int		 at[P_COLUMNS];
	struct err	*err;
};

static int
wrong(struct reading *r, const char *what, const char *word)
{
	return err_set(r->err, TAPR_EINVAL, r->csv.name,
	    "ligne %ld : %s « %s » : corrigez le fichier", r->csv.line, what,
	    str_brief(word).text);
}

static const char *
cell(const struct reading *r, int column)
{
	return r->csv.field[r->at[column]];
}

/* The place of the ${n} bytes of ${word} in ${words}, -1 if it is not there. */
static int
place_of(const char *const *words, int count, const char *word, size_t n)
{
	for (int i = 0; i < count; i++)
		if (strlen(words[i]) == n && memcmp(words[i], word, n) == 0)
			return i;
	return -1;
}

static int
need_word(struct reading *r, int column, const char *const *words, int count,
    const char *what, int *ret)
{
	const char *word = cell(r, column);

	*ret = place_of(words, count, word, strlen(word));
	return *ret >= 0 ? TAPR_OK : wrong(r, what, word);
}

static int
need_actions(struct reading *r, unsigned *ret)
{
	const char *word = cell(r, P_ACTIONS);
	size_t n;
	int at;

	*ret = 0;
	for (;; word += n + 1) {
		n = strcspn(word, " ");
		if ((at = place_of(action_words, ACTIONS, word, n)) < 0 ||
		    *ret & 1u << at)
			return wrong(r, "action inconnue ou donnée deux fois",
			    word);
		*ret |= 1u << at;
		if (word[n] == '\0')
			return TAPR_OK;
	}
}

static int
need_text(struct reading *r, int column, const char **ret)
{
	*ret = cell(r, column);
	return (*ret)[0] != '\0' ? TAPR_OK : wrong(r, "colonne vide",
	    r->csv.header[r->at[column]]);
}

static int
read_permission(struct reading *r, struct permissions *p)
{
	struct permission *row = &p->row[p->rows];
	int role, scope, purpose, rc;

	if ((rc = need_text(r, P_OBJECT, &row->object)) != TAPR_OK ||
	    (rc = need_text(r, P_FIELD, &row->field)) != TAPR_OK ||
	    (rc = need_word(r, P_ROLE, guard_role_words, ROLES, "rôle inconnu",
	    &role)) != TAPR_OK || (rc = need_word(r, P_SCOPE, scope_words,
	    SCOPES, "portée inconnue", &scope)) != TAPR_OK ||
	    (rc = need_word(r, P_PURPOSE, purpose_words, PURPOSES,
	    "finalité inconnue", &purpose)) != TAPR_OK ||
	    (rc = need_actions(r, &row->actions)) != TAPR_OK ||
	    (rc = need_text(r, P_SOURCE, &row->source)) != TAPR_OK)
		return rc;
	row->role = (enum role)role;
	row->scope = (enum scope)scope;
	row->purpose = (enum purpose)purpose;
	for (size_t i = 0; i < p->rows; i++)
		if (p->row[i].role == row->role && strcmp(p->row[i].object,
		    row->object) == 0 && strcmp(p->row[i].field,
		    row->field) == 0)
			return wrong(r, "case donnée deux fois", row->field);
	p->rows++;
	return TAPR_OK;
}

static int
read_separation(struct reading *r, struct permissions *p)
{
	struct separation *row = &p->apart[p->aparts];
	const char *unless = cell(r, S_UNLESS);
	int first, second, rc;

	if ((rc = need_word(r, S_FIRST, guard_role_words, ROLES, "rôle inconnu",
	    &first)) != TAPR_OK || (rc = need_word(r, S_SECOND, guard_role_words,
	    ROLES, "rôle inconnu", &second)) != TAPR_OK ||
	    (rc = need_text(r, S_SOURCE, &row->source)) != TAPR_OK)
		return rc;
	row->first = (enum role)first;
	row->second = (enum role)second;
	row->dual = strcmp(unless, "dual") == 0;
	if (first == second || (unless[0] != '\0' && !row->dual))
		return wrong(r, "séparation mal écrite", unless);
	p->aparts++;
	return TAPR_OK;
}

struct layout {
	const char		*name;
	const char *const	*column;
	int			 columns;
	int			(*take)(struct reading *r,
				    struct permissions *p);
};

static const struct layout layouts[PERMISSION_FILES] = {
	{ "permissions.csv", permission_columns, P_COLUMNS, read_permission },
	{ "separations.csv", separation_columns, S_COLUMNS, read_separation },
};

static int
make_room(struct permissions *p, struct err *err)
{
	if (p->row == NULL)
		p->row = calloc(ROWS_MAX, sizeof *p->row);
	if (p->apart == NULL)
		p->apart = calloc(ROWS_MAX, sizeof *p->apart);
	return p->row != NULL && p->apart != NULL ? TAPR_OK :
	    err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
}

int
permissions_parse(struct permissions *p, enum permission_file file,
    char *text, size_t n, struct err *err)
{
	const struct layout *l = &layouts[file];
	struct reading r = { .err = err };
	size_t lines = 0;
	int more, rc;

	p->text[file] = text;
	if ((rc = make_room(p, err)) != TAPR_OK ||
	    (rc = csv_open(&r.csv, l->name, text, n, err)) != TAPR_OK)
		return rc;
	for (int i = 0; i < l->columns; i++)
		if ((r.at[i] = csv_column(&r.csv, l->column[i])) < 0)
			return err_set(err, TAPR_EINVAL, l->name,
			    "la colonne « %s » manque", l->column[i]);
	while ((rc = csv_next(&r.csv, &more, err)) == TAPR_OK && more) {
		if (++lines > ROWS_MAX)
			return wrong(&r, "trop de lignes", l->name);
		if ((rc = l->take(&r, p)) != TAPR_OK)
			return rc;
	}
	return rc;
}

int
permissions_read(const char *dir, struct permissions *p, struct err *err)
{
	char path[PATH_BYTES], *text;
	size_t n;
	int rc;

	memset(p, 0, sizeof *p);
	for (int i = 0; i < PERMISSION_FILES; i++) {
		if ((size_t)snprintf(path, sizeof path, "%s/%s", dir,
		    layouts[i].name) >= sizeof path)
			return err_set(err, TAPR_EINVAL, layouts[i].name,
			    "chemin trop long");
		if ((rc = file_read(path, FILE_BYTES_MAX, &text, &n, err)) !=
		    TAPR_OK || (rc = permissions_parse(p,
		    (enum permission_file)i, text, n, err)) != TAPR_OK)
			return rc;
	}
	return TAPR_OK;
}

void
permissions_free(struct permissions *p)
{
	free(p->row);
	free(p->apart);
	for (int i = 0; i < PERMISSION_FILES; i++)
		free(p->text[i]);
	memset(p, 0, sizeof *p);
}

/* ---- asking -------------------------------------------------------------- */

const struct permission *
permission_cell(const struct permissions *p, enum role role,
    const char *object, const char *field, enum permission_action action)
{
	for (size_t i = 0; i < p->rows; i++)
		if (p->row[i].role == role &&
		    (p->row[i].actions & 1u << action) != 0 &&
		    strcmp(p->row[i].object, object) == 0 &&
		    strcmp(p->row[i].field, field) == 0)
			return &p->row[i];
	return NULL;
}

struct need {
	char			object[WORD_BYTES], field[WORD_BYTES];
	enum permission_action	action;
};

/* One "object.field:action"; false when it is not written so. */
static bool
cut_need(const char *text, size_t n, struct need *ret)
{
	const char *dot = memchr(text, '.', n), *colon = memchr(text, ':', n);
	int action;

	if (dot == NULL || colon == NULL || colon < dot ||
	    n >= WORD_BYTES)
		return false;
	snprintf(ret->object, WORD_BYTES, "%.*s", (int)(dot - text), text);
	snprintf(ret->field, WORD_BYTES, "%.*s", (int)(colon - dot - 1),
	    dot + 1);
	action = place_of(action_words, ACTIONS, colon + 1,
	    n - (size_t)(colon + 1 - text));
	ret->action = (enum permission_action)action;
	return action >= 0;
}

static bool
anybody(const struct permissions *p, const struct need *need)
{
	for (int role = 0; role < ROLES; role++)
		if (permission_cell(p, (enum role)role, need->object,
		    need->field, need->action) != NULL)
			return true;
	return false;
}

int
permission_needs(const struct permissions *p, enum role role,
    const char *needs, const struct permission **ret, struct err *err)
{
	const struct permission *least = NULL, *cell;
	bool missing = false;
	struct need need;
	size_t n;

	for (const char *at = needs; *at != '\0'; at += n + (at[n] == ' ')) {
		n = strcspn(at, " ");
		if (!cut_need(at, n, &need) || !anybody(p, &need))
			return err_set(err, TAPR_ELAW, "permissions.csv",
			    "personne n'a « %s » : l'acte n'a pas de base et "
			    "ne démarre pas", str_brief(at).text);
		cell = permission_cell(p, role, need.object, need.field,
		    need.action);
		missing = missing || cell == NULL;
		if (cell != NULL && (least == NULL ||
		    cell->scope > least->scope))
			least = cell;
	}
	*ret = missing ? NULL : least;
	return TAPR_OK;
}

const struct separation *
permission_apart(const struct permissions *p, enum role a, enum role b)
{
	for (size_t i = 0; i < p->aparts; i++) {
		const struct separation *s = &p->apart[i];

		if ((s->first == a && s->second == b) ||
		    (s->first == b && s->second == a))
			return s;
	}
	return NULL;
}
