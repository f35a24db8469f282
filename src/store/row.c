/*
 * row.c -- facts in a database.
 *
 * The statements of a table are written from its description, once for each
 * connection: nothing that comes from outside is ever part of them.
 *
 * The checksum is FNV-1a over 64 bits: it is there to find a bit that a disk
 * or a cable has turned, not to resist somebody who can write the file.
 */
#include "store/row.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "store/inner.h"

enum { TEXT_MAX = 8192 };

/* ---- checksum ------------------------------------------------------------ */

static uint64_t
mix(uint64_t h, const void *bytes, size_t n)
{
	const unsigned char *p = bytes;

	for (size_t i = 0; i < n; i++)
		h = (h ^ p[i]) * UINT64_C(0x100000001b3);
	return h;
}

/* Eight bytes, the lowest first, on any machine. */
static uint64_t
mix_number(uint64_t h, int64_t i)
{
	for (int shift = 0; shift < 64; shift += 8)
		h = (h ^ ((uint64_t)i >> shift & 0xff)) *
		    UINT64_C(0x100000001b3);
	return h;
}

int64_t
row_checksum(const struct table *t, const struct value *row, int64_t batch,
    long line)
{
	uint64_t h = mix(UINT64_C(0xcbf29ce484222325), t->name,
	    strlen(t->name) + 1);

	for (int i = 0; i < t->columns; i++) {
		unsigned char kind = (unsigned char)row[i].kind;

		h = mix(h, &kind, 1);
		if (row[i].kind == VALUE_INT)
			h = mix_number(h, row[i].i);
		else if (row[i].kind == VALUE_TEXT)
			h = mix(h, row[i].s, strlen(row[i].s) + 1);
	}
	return (int64_t)mix_number(mix_number(h, batch), line);
}

/* ---- the statements of a table -------------------------------------------- */

static void
add_columns(struct str *s, const struct table *t)
{
	for (int i = 0; i < t->columns; i++)
		str_printf(s, "%s%s", i == 0 ? "" : ", ", t->column[i].name);
}

/* "a = $1 and b = $2", from parameter ${first} on. */
static void
add_key(struct str *s, const struct table *t, int n, int first)
{
	for (int i = 0; i < n; i++)
		str_printf(s, "%s%s = $%d", i == 0 ? "" : " and ",
		    t->column[i].name, first + i);
}

static int
make(struct store *store, struct str *text, struct query **ret,
    struct err *err)
{
	int rc = str_failed(text) ? err_set(err, TAPR_EIO, "base de données",
	    "mémoire insuffisante") :
	    store_statement(store, text->p, ret, err);

	str_free(text);
	return rc;
}

/* columns, batch, line, checksum */
static int
insert_query(struct store *s, enum table_id id, struct err *err)
{
	const struct table *t = table_get(id);
	struct str text;

	if (s->insert[id] != NULL)
		return TAPR_OK;
	str_init(&text, TEXT_MAX);
	str_printf(&text, "insert into %s (", t->name);
	add_columns(&text, t);
	str_add(&text, ", batch, line, checksum) values (");
	for (int i = 1; i <= t->columns + 3; i++)
		str_printf(&text, "%s$%d", i == 1 ? "" : ", ", i);
	str_add_char(&text, ')');
	return make(s, &text, &s->insert[id], err);
}

/* key -> columns, batch, line, checksum */
static int
current_query(struct store *s, enum table_id id, struct err *err)
{
	const struct table *t = table_get(id);
	struct str text;

	if (s->current[id] != NULL)
		return TAPR_OK;
	str_init(&text, TEXT_MAX);
	str_add(&text, "select ");
	add_columns(&text, t);
	str_printf(&text, ", batch, line, checksum from %s where ", t->name);
	add_key(&text, t, t->keys, 1);
	str_add(&text, " and superseded_by_batch is null");
	return make(s, &text, &s->current[id], err);
}

/* by batch, key, batch that brought it */
static int
supersede_query(struct store *s, enum table_id id, struct err *err)
{
	const struct table *t = table_get(id);
	struct str text;

	if (s->supersede[id] != NULL)
		return TAPR_OK;
	str_init(&text, TEXT_MAX);
	str_printf(&text, "update %s set superseded_by_batch = $1 where ",
	    t->name);
	add_key(&text, t, t->keys, 2);
	str_printf(&text, " and batch = $%d", t->keys + 2);
	return make(s, &text, &s->supersede[id], err);
}

/* ---- putting ------------------------------------------------------------- */

/* The fact in force of a key: its batch and checksum, and whether it is ${row}. */
struct current {
	bool		found, same;
	int64_t		batch, checksum;
};

static int
find_current(struct store *s, enum table_id id, const struct value *row,
    struct current *ret, struct err *err)
{
	const struct table *t = table_get(id);
	struct query *q;
	struct value v;
	int rc, there;

	*ret = (struct current){ .found = false };
	if ((rc = current_query(s, id, err)) != TAPR_OK)
		return rc;
	q = s->current[id];
	for (int i = 0; i < t->keys; i++)
		if ((rc = query_bind(q, i + 1, row[i], err)) != TAPR_OK)
			return rc;
	if ((rc = query_step(q, &there, err)) != TAPR_OK || there == 0)
		return rc;
	ret->found = ret->same = true;
	for (int i = t->keys; i < t->columns && ret->same; i++) {
		v = query_column(q, i);
		ret->same = value_same(&v, &row[i]);
	}
	v = query_column(q, t->columns);
	ret->batch = value_or(&v, 0);
	v = query_column(q, t->columns + 2);
	ret->checksum = value_or(&v, 0);
	query_reset(q);
	return TAPR_OK;
}

static int
supersede(struct batch *b, enum table_id id, const struct value *key,
    const struct current *old, struct err *err)
{
	const struct table *t = table_get(id);
	struct value v[TABLE_COLUMNS_MAX + 2];
	int rc;

	if ((rc = supersede_query(b->store, id, err)) != TAPR_OK)
		return rc;
	v[0] = value_int(b->id);
	memcpy(v + 1, key, (size_t)t->keys * sizeof *key);
	v[t->keys + 1] = value_int(old->batch);
	if ((rc = query_run(b->store->supersede[id], v, t->keys + 2, err)) !=
	    TAPR_OK)
		return rc;
	b->total[id].superseded++;
	b->total[id].superseded_sum += (uint64_t)old->checksum;
	return TAPR_OK;
}

static int
insert(struct batch *b, enum table_id id, const struct value *row, long line,
    struct err *err)
{
	const struct table *t = table_get(id);
	struct value v[TABLE_COLUMNS_MAX + 3];
	int64_t checksum = row_checksum(t, row, b->id, line);
	int rc;

	if ((rc = insert_query(b->store, id, err)) != TAPR_OK)
		return rc;
	memcpy(v, row, (size_t)t->columns * sizeof *row);
	v[t->columns] = value_int(b->id);
	v[t->columns + 1] = value_int(line);
	v[t->columns + 2] = value_int(checksum);
	if ((rc = query_run(b->store->insert[id], v, t->columns + 3, err)) !=
	    TAPR_OK)
		return rc;
	b->total[id].brought++;
	b->total[id].brought_sum += (uint64_t)checksum;
	return batch_slice(b, err);
}

/* What fact_get() could not give back is not taken. */
static int
check_texts(const struct table *t, const struct value *row, struct err *err)
{
	size_t used = 0;

	for (int i = 0; i < t->columns; i++) {
		if (row[i].kind != VALUE_TEXT)
			continue;
		used += strlen(row[i].s) + 1;
		if (used > ROW_TEXT_MAX)
			return err_set(err, TAPR_EINVAL, t->column[i].name,
			    "texte trop long : une ligne du registre en tient "
			    "%d octets ; abrégez-le", (int)ROW_TEXT_MAX);
	}
	return TAPR_OK;
}

int
fact_put(struct batch *b, enum table_id id, const struct value *row,
    long line, enum put *ret, struct err *err)
{
	struct current old;
	int rc;

	if ((rc = check_texts(table_get(id), row, err)) != TAPR_OK ||
	    (rc = find_current(b->store, id, row, &old, err)) != TAPR_OK)
		return rc;
	*ret = !old.found ? PUT_NEW : old.same ? PUT_UNCHANGED : PUT_CHANGED;
	if (*ret == PUT_UNCHANGED)
		return TAPR_OK;
	if (*ret == PUT_CHANGED && old.batch == b->id)
		return err_set(err, TAPR_EINVAL, NULL, "cette ligne en "
		    "contredit une autre du même fichier ; gardez la bonne");
	if (*ret == PUT_CHANGED &&
	    (rc = supersede(b, id, row, &old, err)) != TAPR_OK)
		return rc;
	return insert(b, id, row, line, err);
}

int
fact_end(struct batch *b, enum table_id id, const struct value *key,
    enum put *ret, struct err *err)
{
	struct current old;
	struct value row[TABLE_COLUMNS_MAX] = { { VALUE_NULL, 0, NULL } };
	int rc;

	memcpy(row, key, (size_t)table_get(id)->keys * sizeof *key);
	if ((rc = find_current(b->store, id, row, &old, err)) != TAPR_OK)
		return rc;
	*ret = old.found ? PUT_CHANGED : PUT_UNCHANGED;
	if (!old.found)
		return TAPR_OK;
	if (old.batch == b->id)
		return err_set(err, TAPR_EINVAL, NULL, "ce fait vient d'être "
		    "apporté par le même lot ; gardez une seule des lignes");
	if ((rc = supersede(b, id, key, &old, err)) != TAPR_OK)
		return rc;
	return batch_slice(b, err);
}

/* ---- reading ------------------------------------------------------------- */

struct rows {
	const struct table	*table;
	struct query		*query;
	int64_t			 known;
	struct row		 row;
};

/* Which facts: those whose columns from ${first} on are ${key}. */
struct wanted {
	int			 first, n;
	const struct value	*key;
	bool			 history;	/* the superseded ones too */
};

/* key, known -> columns, batch, line, checksum, superseded_by_batch */
static int
reading(struct store *s, const struct table *t, const struct wanted *w,
    struct query **ret, struct err *err)
{
	struct str text;

	str_init(&text, TEXT_MAX);
	str_add(&text, "select ");
	add_columns(&text, t);
	str_printf(&text, ", batch, line, checksum, superseded_by_batch "
	    "from %s where ", t->name);
	for (int i = 0; i < w->n; i++)
		str_printf(&text, "%s = $%d and ",
		    t->column[w->first + i].name, i + 1);
	str_printf(&text, "batch <= $%d", w->n + 1);
	if (!w->history)
		str_printf(&text, " and (superseded_by_batch is null "
		    "or superseded_by_batch > $%d)", w->n + 1);
	str_add(&text, " order by ");
	for (int i = 0; i < t->keys; i++)
		str_printf(&text, "%s, ", t->column[i].name);
	str_add(&text, "batch");
	return make(s, &text, ret, err);
}

static int
open_wanted(struct store *s, enum table_id id, int64_t known,
    const struct wanted *w, struct rows **ret, struct err *err)
{
	struct rows *r = calloc(1, sizeof *r);
	int rc;

	if (r == NULL)
		return err_set(err, TAPR_EIO, "base de données",
		    "mémoire insuffisante");
	r->table = table_get(id);
	r->known = known;
	assert(w->first + w->n <= r->table->columns);
	rc = reading(s, r->table, w, &r->query, err);
	for (int i = 0; i < w->n && rc == TAPR_OK; i++)
		rc = query_bind(r->query, i + 1, w->key[i], err);
	if (rc == TAPR_OK)
		rc = query_bind(r->query, w->n + 1, value_int(known), err);
	if (rc != TAPR_OK) {
		rows_free(r);
		return rc;
	}
	*ret = r;
	return TAPR_OK;
}

int
rows_open(struct store *s, enum table_id id, int64_t known,
    const struct value *key, int n, struct rows **ret, struct err *err)
{
	struct wanted w = { 0, n, key, false };

	return open_wanted(s, id, known, &w, ret, err);
}

int
rows_of(struct store *s, enum table_id id, int64_t known,
    const struct value *key, int n, bool history, struct rows **ret,
    struct err *err)
{
	struct wanted w = { 0, n, key, history };

	return open_wanted(s, id, known, &w, ret, err);
}

int
rows_by(struct store *s, enum table_id id, int64_t known, int column,
    struct value v, bool history, struct rows **ret, struct err *err)
{
	struct wanted w = { column, 1, &v, history };

	return open_wanted(s, id, known, &w, ret, err);
}

static void
load(struct query *q, const struct table *t, int64_t known, struct row *row)
{
	struct value v;

	for (int i = 0; i < t->columns; i++)
		row->value[i] = query_column(q, i);
	v = query_column(q, t->columns);
	row->batch = value_or(&v, 0);
	v = query_column(q, t->columns + 1);
	row->line = (long)value_or(&v, 0);
	v = query_column(q, t->columns + 2);
	row->damaged = v.kind != VALUE_INT ||
	    row_checksum(t, row->value, row->batch, row->line) != v.i;
	v = query_column(q, t->columns + 3);
	row->superseded_by = value_or(&v, 0);
	if (row->superseded_by > known)
		row->superseded_by = 0;
}

int
rows_next(struct rows *r, const struct row **ret, struct err *err)
{
	int rc, there;

	*ret = NULL;
	if ((rc = query_step(r->query, &there, err)) != TAPR_OK || there == 0)
		return rc;
	load(r->query, r->table, r->known, &r->row);
	*ret = &r->row;
	return TAPR_OK;
}

void
rows_free(struct rows *r)
{
	if (r == NULL)
		return;
	query_free(r->query);
	free(r);
}

/* Copies the texts of a row behind one another into ${buf}. */
static int
keep(struct row *row, const struct table *t, char *buf, struct err *err)
{
	size_t used = 0;

	for (int i = 0; i < t->columns; i++) {
		struct value *v = &row->value[i];
		size_t n;

		if (v->kind != VALUE_TEXT)
			continue;
		n = strlen(v->s) + 1;
		if (n > ROW_TEXT_MAX - used)
			return err_set(err, TAPR_EIO, t->name,
			    "une ligne est trop longue");
		v->s = memcpy(buf + used, v->s, n);
		used += n;
	}
	return TAPR_OK;
}

/* A whole key, known -> what reading() gives. */
static int
get_query(struct store *s, enum table_id id, struct err *err)
{
	const struct table *t = table_get(id);
	struct wanted w = { 0, t->keys, NULL, false };

	return s->get[id] != NULL ? TAPR_OK :
	    reading(s, t, &w, &s->get[id], err);
}

int
fact_get(struct store *s, enum table_id id, int64_t known,
    const struct value *key, char *buf, struct row *ret, bool *found,
    struct err *err)
{
	const struct table *t = table_get(id);
	struct query *q;
	int rc, there;

	*found = false;
	if ((rc = get_query(s, id, err)) != TAPR_OK)
		return rc;
	q = s->get[id];
	for (int i = 0; i < t->keys; i++)
		if ((rc = query_bind(q, i + 1, key[i], err)) != TAPR_OK)
			return rc;
	if ((rc = query_bind(q, t->keys + 1, value_int(known), err)) !=
	    TAPR_OK || (rc = query_step(q, &there, err)) != TAPR_OK ||
	    there == 0)
		return rc;
	load(q, t, known, ret);
	*found = true;
	rc = keep(ret, t, buf, err);
	query_reset(q);
	return rc;
}
