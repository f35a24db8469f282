/*
 * waiting.c -- lines about an establishment, a firm or a claim that is not
 * known yet.
 *
 * What is kept of such a line is its values as CSV: numbers bare, texts in
 * quotes, nothing for nothing; columns of persons were dropped before.  Once
 * what it waits for is known the line is applied in a batch that carries the
 * name of the file it came from, under its own line, so that the source of the
 * fact is the true one.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/str.h"
#include "intake/source.h"

enum {
	FIELDS_TEXT_MAX = ROW_TEXT_MAX,
	ID_TEXT_MAX = 256,
};
static const size_t LIST_BYTES_MAX = (size_t)1 << 30;

/* ---- keeping ------------------------------------------------------------- */

int
waiting_ask(struct intake *in, const struct source *s,
    const struct value *v, bool *ret, struct err *err)
{
	char siret[SIRET_MAX];
	int64_t year;
	bool known = true;
	int rc = TAPR_OK;

	if (s->waits_for >= 0) {
		const char *text = value_or_empty(&v[s->waits_for]);

		switch (s->flow->column[s->waits_for].type) {
		case FLOW_SIRET:
			rc = known_siret(in, text, &known, err);
			break;
		case FLOW_SIREN:
			rc = known_siren(in, text, &known, err);
			break;
		default:
			rc = known_claim(in, text, &year, siret, err);
			known = year != 0;
			break;
		}
	}
	*ret = !known;
	return rc;
}

static void
add_value(struct str *s, const struct value *v)
{
	switch (v->kind) {
	case VALUE_NULL:
		break;
	case VALUE_INT:
		str_printf(s, "%lld", (long long)v->i);
		break;
	case VALUE_TEXT:
		str_add_char(s, '"');
		for (const char *p = v->s; *p != '\0'; p++) {
			if (*p == '"')
				str_add_char(s, '"');
			str_add_char(s, *p);
		}
		str_add_char(s, '"');
		break;
	}
}

/* What makes the line the same when it comes again. */
static void
add_id(struct str *s, const struct source *src, const struct value *v)
{
	for (int i = 0; i < src->keys; i++) {
		const struct value *k = &v[src->key[i]];

		if (i > 0)
			str_add_char(s, '/');
		if (k->kind == VALUE_INT)
			str_printf(s, "%lld", (long long)k->i);
		else
			str_add(s, value_or_empty(k));
	}
}

int
waiting_put(struct intake *in, const struct source *s, const struct value *v,
    long line, enum outcome *ret, struct err *err)
{
	struct value row[WAITING_COLUMNS];
	struct str id, fields;
	int rc;

	str_init(&id, ID_TEXT_MAX);
	str_init(&fields, FIELDS_TEXT_MAX);
	add_id(&id, s, v);
	for (int i = 0; i < s->flow->columns; i++) {
		if (i > 0)
			str_add_char(&fields, ',');
		add_value(&fields, &v[i]);
	}
	row[WAITING_FLOW] = value_text(s->flow->name);
	row[WAITING_FOR] = v[s->waits_for];
	if (str_failed(&id) || str_failed(&fields)) {
		rc = err_set(err, TAPR_EIO, s->flow->name,
		    "une ligne en attente est trop longue");
	} else {
		row[WAITING_ID] = value_text(id.p);
		row[WAITING_FIELDS] = value_text(fields.p);
		rc = line_put(in, TABLE_WAITING, row, line, ret, err);
	}
	if (rc == TAPR_OK && *ret != LINE_FAULT)
		*ret = LINE_WAITS;
	str_free(&id);
	str_free(&fields);
	return rc;
}

/* ---- reading back -------------------------------------------------------- */

/*
 * The values of ${text}, which is cut in place.  false when it is not what
 * waiting_put() wrote.
 */
static bool
decode(char *text, const struct flow *f, struct value *v)
{
	for (int i = 0; i < f->columns; i++) {
		v[i] = value_null();
		if (*text == '"') {
			char *to = ++text, *from = text;

			for (; *text != '\0'; text++) {
				if (*text == '"' && *++text != '"')
					break;
				*to++ = *text;
			}
			if (*text != ',' && *text != '\0')
				return false;
			v[i] = value_text(from);
			text += *text == ',' ? 1 : 0;
			*to = '\0';
		} else {
			char *end;
			long long n = strtoll(text, &end, 10);

			if (end != text)
				v[i] = value_int(n);
			if (*end != ',' && *end != '\0')
				return false;
			text = end + (*end == ',' ? 1 : 0);
		}
	}
	return *text == '\0';
}

/* ---- releasing ----------------------------------------------------------- */

/* A line that waits, and the batch that brought it. */
struct waiter {
	const char	*flow, *id, *waits_for;
	int64_t		 batch;
	bool		 held;		/* told, and not tried again */
};

struct waiters {
	struct arena	*arena;
	struct waiter	*w;
	size_t		 n, room;
};

static int
no_memory(struct err *err)
{
	return err_set(err, TAPR_EIO, "lignes en attente",
	    "mémoire insuffisante");
}

static int
add_waiter(struct waiters *list, const struct waiter *w, struct err *err)
{
	if (list->n == list->room) {
		size_t room = list->room == 0 ? 64 : 2 * list->room;
		struct waiter *more = room > LIST_BYTES_MAX / sizeof *more ?
		    NULL : realloc(list->w, room * sizeof *more);

		if (more == NULL)
			return no_memory(err);
		list->w = more;
		list->room = room;
	}
	list->w[list->n++] = (struct waiter){
		arena_strdup(list->arena, w->flow),
		arena_strdup(list->arena, w->id),
		arena_strdup(list->arena, w->waits_for), w->batch, false };
	return arena_failed(list->arena) ? no_memory(err) : TAPR_OK;
}

static int
list_all(struct intake *in, struct waiters *list, struct err *err)
{
	struct query *q;
	struct value v[4];
	int rc, row;

	if ((rc = store_query(in->fund->store, SQL_WAITING_LIST, &q, err)) !=
	    TAPR_OK)
		return rc;
	while ((rc = query_step(q, &row, err)) == TAPR_OK && row == 1) {
		for (int i = 0; i < 4; i++)
			v[i] = query_column(q, i);
		if ((rc = add_waiter(list, &(struct waiter){
		    value_or_empty(&v[0]), value_or_empty(&v[1]),
		    value_or_empty(&v[2]), value_or(&v[3], 0), false }, err)) !=
		    TAPR_OK) {
			query_reset(q);
			return rc;
		}
	}
	return rc;
}

/* What ${w} waits for is known now. */
static int
ready(struct intake *in, const struct waiter *w, bool *ret, struct err *err)
{
	const struct source *s = source_of(w->flow);
	struct value v[FLOW_COLUMNS_MAX] = { { VALUE_NULL, 0, NULL } };
	bool waits;
	int rc;

	*ret = false;
	if (s == NULL || s->waits_for < 0)
		return TAPR_OK;
	v[s->waits_for] = value_text(w->waits_for);
	rc = waiting_ask(in, s, v, &waits, err);
	*ret = rc == TAPR_OK && !waits;
	return rc;
}

/*
 * One line, under its own number; it waits on when it does not apply.  Another
 * code than TAPR_EIO is its own fault: what it says cannot be used.
 */
static int
apply(struct intake *in, const struct waiter *w, int64_t *released,
    struct err *err)
{
	const struct source *s = source_of(w->flow);
	struct value key[] = { value_text(w->flow), value_text(w->id) };
	struct value v[FLOW_COLUMNS_MAX];
	char text[ROW_TEXT_MAX], fields[FIELDS_TEXT_MAX];
	enum outcome outcome;
	struct row row;
	bool found;
	int rc;

	if ((rc = fact_get(in->fund->store, TABLE_WAITING, in->batch.id, key,
	    text, &row, &found, err)) != TAPR_OK || !found || row.damaged)
		return rc;
	(void)snprintf(fields, sizeof fields, "%s",
	    value_or_empty(&row.value[WAITING_FIELDS]));
	if (!decode(fields, s->flow, v))
		return err_set(err, TAPR_EINVAL, "lignes en attente", "la "
		    "ligne %ld du lot %lld est abîmée ; importez-la de nouveau",
		    row.line, (long long)row.batch);
	if ((rc = s->line(in, v, row.line, &outcome, err)) != TAPR_OK ||
	    outcome == LINE_FAULT)
		return rc;
	++*released;
	return line_end(in, TABLE_WAITING, key, err);
}

/* The batch that ${batch} was, to be the source of what it left waiting. */
static int
start_as(struct intake *in, int64_t batch, struct err *err)
{
	struct value id = value_int(batch), v[5];
	char kind[64] = "", name[512] = "", digest[SHA256_HEX_MAX] = "";
	struct query *q;
	int rc, row;

	if ((rc = store_query(in->fund->store, SQL_BATCH_GET, &q, err)) !=
	    TAPR_OK || (rc = query_bind(q, 1, id, err)) != TAPR_OK ||
	    (rc = query_step(q, &row, err)) != TAPR_OK)
		return rc;
	if (row == 1) {
		for (int i = 0; i < 5; i++)
			v[i] = query_column(q, i);
		(void)snprintf(kind, sizeof kind, "%s",
		    value_or_empty(&v[0]));
		(void)snprintf(name, sizeof name, "%s", value_or_empty(&v[2]));
		(void)snprintf(digest, sizeof digest, "%s",
		    value_or_empty(&v[3]));
		query_reset(q);
	}
	return batch_start(in->fund->store, &(struct batch_about){ kind,
	    in->fund->actor, name, digest, in->fund->today, in->fund->entry },
	    &in->batch, err);
}

/*
 * The lines of ${list} from ${i} on, up to ${end}, which one batch left; none
 * of them is held back.  When one must be, ${*w} is it and nothing is kept.
 */
static int
release_lines(struct intake *in, const struct waiters *list, size_t i,
    size_t end, struct waiter **w, int64_t *released, struct err *err)
{
	struct batch_report report = { 0, 0, 0, 0, 0 };
	bool started = false, is_ready;
	int64_t applied = 0;
	int rc = TAPR_OK;

	for (; i < end && rc == TAPR_OK; i++) {
		if (list->w[i].held)
			continue;
		*w = &list->w[i];
		if ((rc = ready(in, *w, &is_ready, err)) != TAPR_OK)
			break;
		if (!is_ready)
			continue;
		if (!started &&
		    (rc = start_as(in, (*w)->batch, err)) != TAPR_OK)
			return rc;
		started = true;
		rc = apply(in, *w, &applied, err);
	}
	if (!started)
		return rc;
	report.read = report.applied = applied;
	if (rc == TAPR_OK && applied > 0) {
		if ((rc = batch_publish(&in->batch, &report, err)) == TAPR_OK)
			*released += applied;
		return rc;
	}
	batch_drop(&in->batch);
	return rc;
}

/*
 * The lines of ${list} from ${i} on that one batch left; ${ret} behind them.
 * What a line wrote before it failed goes with its batch, so the others are
 * applied anew without it.
 */
static int
release_batch(struct intake *in, const struct waiters *list, size_t i,
    size_t *ret, struct intake_released *released, struct err *err)
{
	int64_t batch = list->w[i].batch;
	struct waiter *w = NULL;
	int rc;

	for (*ret = i; *ret < list->n && list->w[*ret].batch == batch;)
		++*ret;
	for (;;) {
		struct err why = { .code = TAPR_OK };

		rc = release_lines(in, list, i, *ret, &w, &released->applied,
		    &why);
		if (w == NULL || w->held ||
		    (rc != TAPR_EINVAL && rc != TAPR_ERANGE)) {
			if (rc != TAPR_OK)
				*err = why;
			return rc;
		}
		w->held = true;
		if (released->held++ == 0)
			released->why = why;
	}
}

int
waiting_release(struct intake *in, struct intake_released *ret,
    struct err *err)
{
	struct waiters list = { arena_new(LIST_BYTES_MAX), NULL, 0, 0 };
	int64_t before;
	size_t i;
	int rc;

	memset(ret, 0, sizeof *ret);
	if (list.arena == NULL)
		return no_memory(err);
	in->siret[0] = '\0';
	rc = list_all(in, &list, err);
	/* A claim that is applied may be what a benefit waited for. */
	do {
		before = ret->applied;
		for (i = 0; rc == TAPR_OK && i < list.n;)
			rc = release_batch(in, &list, i, &i, ret, err);
	} while (rc == TAPR_OK && ret->applied > before);
	free(list.w);
	arena_free(list.arena);
	return rc;
}
