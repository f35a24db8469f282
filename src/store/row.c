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

/*
 * Eight bytes, the lowest first, on any machine.  A byte of zero is a product
 * alone, so those on top of a number, nearly all of them, are one product.
 */
static uint64_t
mix_number(uint64_t h, int64_t i)
{
	/* The factor to the power of 0, 1 ... 8, modulo 2^64. */
	static const uint64_t power[] = {
		UINT64_C(0x1), UINT64_C(0x100000001b3),
		UINT64_C(0x366000002e329), UINT64_C(0x8a97b0004e7feab),
		UINT64_C(0x9ffaac085635bc91), UINT64_C(0xcaee32a7d4f6a63),
		UINT64_C(0xdc966432edf1c639), UINT64_C(0xc5527b8a51d3d2db),
		UINT64_C(0x1efac7090aef4a21) };
	uint64_t left = (uint64_t)i;
	int zeros = 8;

	for (; left != 0; left >>= 8, zeros--)
		h = (h ^ (left & 0xff)) * UINT64_C(0x100000001b3);
	return h * power[zeros];
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

/* What reading() gives, at ${row}->value, as a row. */
static void
verify(struct row *row, const struct table *t, int64_t known)
{
	const struct value *tail = row->value + t->columns;

	row->batch = value_or(&tail[0], 0);
	row->line = (long)value_or(&tail[1], 0);
	row->damaged = tail[2].kind != VALUE_INT ||
	    row_checksum(t, row->value, row->batch, row->line) != tail[2].i;
	row->superseded_by = value_or(&tail[3], 0);
	if (row->superseded_by > known)
		row->superseded_by = 0;
}

static void
load(struct query *q, const struct table *t, int64_t known, struct row *row)
{
	for (int i = 0; i < t->columns + ROW_TAIL; i++)
		row->value[i] = query_column(q, i);
	verify(row, t, known);
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

/* ---- reading whole tables ------------------------------------------------- */

struct each {
	const struct rows_about	*about;
	const struct table	*table;
	int			(*take)(void *to, const struct row *row,
				    struct err *err);
	void			*to;
	struct err		*err;
	struct row		 row;
};

static int
one_of_each(void *to)
{
	struct each *e = to;
	const struct value *tail = e->row.value + e->table->columns;
	int64_t by = value_or(&tail[3], 0);

	if (e->about->count != NULL)
		batch_count_row(e->about->count, e->about->table,
		    value_or(&tail[0], 0), value_or(&tail[2], 0), by);
	/* In force, as the statement of rows_open() has it. */
	if (tail[3].kind == VALUE_INT && by <= e->about->known)
		return TAPR_OK;
	verify(&e->row, e->table, e->about->known);
	return e->take(e->to, &e->row, e->err);
}

/* known, first and last year -> what reading() gives */
static void
each_text(const struct table *t, bool by_year, struct str *text)
{
	str_add(text, "select ");
	add_columns(text, t);
	str_printf(text, ", batch, line, checksum, superseded_by_batch "
	    "from %s where batch <= $1%s order by ", t->name, by_year ?
	    " and year >= $2 and year <= $3" : "");
	for (int i = 0; i < t->keys; i++)
		str_printf(text, "%s, ", t->column[i].name);
	str_add(text, "batch");
}

int
rows_each(struct store *s, const struct rows_about *about,
    int (*take)(void *to, const struct row *row, struct err *err), void *to,
    struct err *err)
{
	struct each e = { .about = about, .table = table_get(about->table),
		.take = take, .to = to, .err = err };
	bool by_year = strcmp(e.table->column[0].name, "year") == 0;
	const struct value param[] = { value_int(about->known),
		value_int(about->years.first), value_int(about->years.last) };
	struct str text;
	int rc;

	str_init(&text, TEXT_MAX);
	each_text(e.table, by_year, &text);
	rc = str_failed(&text) ? err_set(err, TAPR_EIO, "base de données",
	    "mémoire insuffisante") : s->driver->each(s->conn, text.p, param,
	    by_year ? 3 : 1, e.row.value, e.table->columns + ROW_TAIL,
	    one_of_each, &e, err);
	str_free(&text);
	return rc;
}

/* ---- one fact ---------------------------------------------------------------- */

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
