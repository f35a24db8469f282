/*
 * local.c -- values typed here, which stand before what INSEE sends.
 */
#include "intake/local.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char	*field;
	int		 column;
} fields[] = {
	{ "name", EST_NAME }, { "address", EST_ADDRESS },
	{ "postcode", EST_POSTCODE }, { "commune", EST_COMMUNE },
	{ "created_on", EST_CREATED_ON }, { "state", EST_STATE },
	{ "closed_on", EST_CLOSED_ON },
};

int
local_column(const char *field)
{
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
		if (strcmp(fields[i].field, field) == 0)
			return fields[i].column;
	return -1;
}

struct value
local_text(const struct value *v, char buf[LOCAL_DAY_MAX])
{
	if (v->kind != VALUE_INT)
		return *v;
	(void)snprintf(buf, LOCAL_DAY_MAX, "%lld", (long long)v->i);
	return value_text(buf);
}

struct value
local_value(int column, const struct value *text)
{
	if (table_get(TABLE_ESTABLISHMENT)->column[column].type == COLUMN_TEXT
	    || text->kind != VALUE_TEXT)
		return *text;
	return value_int(strtoll(text->s, NULL, 10));
}

/* ---- reading ------------------------------------------------------------- */

static int
keep(struct local *l, const struct row *row, struct err *err)
{
	struct row *to;

	if (l->n == LOCAL_ROWS_MAX)
		return err_set(err, TAPR_EINVAL, "local_value", "plus de %d "
		    "valeurs saisies pour un établissement",
		    (int)LOCAL_ROWS_MAX);
	to = &l->row[l->n++];
	*to = *row;
	for (int i = 0; i < LOCAL_COLUMNS; i++) {
		struct value *v = &to->value[i];
		size_t n;

		if (v->kind != VALUE_TEXT)
			continue;
		n = strlen(v->s) + 1;
		if (n > LOCAL_BYTES_MAX - l->used)
			return err_set(err, TAPR_EINVAL, "local_value",
			    "les valeurs saisies pour un établissement sont "
			    "trop longues");
		v->s = memcpy(l->text + l->used, v->s, n);
		l->used += n;
	}
	return TAPR_OK;
}

int
local_read(struct store *s, int64_t known, const char *siret,
    struct local *ret, struct err *err)
{
	struct value key = value_text(siret);
	const struct row *row;
	struct rows *rows;
	int rc;

	ret->n = 0;
	ret->used = 0;
	if ((rc = rows_open(s, TABLE_LOCAL_VALUE, known, &key, 1, &rows,
	    err)) != TAPR_OK)
		return rc;
	while ((rc = rows_next(rows, &row, err)) == TAPR_OK && row != NULL)
		if ((rc = keep(ret, row, err)) != TAPR_OK)
			break;
	rows_free(rows);
	return rc;
}

static const char *
field_of(const struct row *row)
{
	return value_or_empty(&row->value[LOCAL_FIELD]);
}

const struct row *
local_on(const struct local *l, const char *field, struct date on)
{
	const struct value day = value_date(on);
	const struct row *found = NULL;

	for (int i = 0; i < l->n; i++)
		if (strcmp(field_of(&l->row[i]), field) == 0 &&
		    value_or(&l->row[i].value[LOCAL_FROM_ON], 0) <= day.i)
			found = &l->row[i];
	return found;
}

/* ---- over what INSEE sends ----------------------------------------------- */

/*
 * One field, whose values are ${first} to ${last}: the last one counts.
 */
static int
one_field(struct batch *b, struct local *l, int first, int last,
    struct value *row, long line, struct err *err)
{
	struct value *local = l->row[last].value;
	int column = local_column(field_of(&l->row[last])), rc = TAPR_OK;
	char day[LOCAL_DAY_MAX];
	struct value insee, changed[LOCAL_COLUMNS];
	enum put put;

	if (column < 0)
		return TAPR_OK;
	insee = local_text(&row[column], day);
	if (value_same(&insee, &local[LOCAL_VALUE])) {
		for (int i = first; i <= last && rc == TAPR_OK; i++)
			rc = fact_end(b, TABLE_LOCAL_VALUE, l->row[i].value,
			    &put, err);
		return rc;
	}
	memcpy(changed, local, sizeof changed);
	changed[LOCAL_INSEE] = insee;
	rc = fact_put(b, TABLE_LOCAL_VALUE, changed, line, &put, err);
	row[column] = local_value(column, &local[LOCAL_VALUE]);
	row[EST_ORIGIN] = value_text("manual");
	return rc;
}

int
local_over(struct batch *b, struct local *l, struct value *row, long line,
    struct err *err)
{
	int last, rc;

	if ((rc = local_read(b->store, b->id, value_or_empty(&row[EST_SIRET]),
	    l, err)) != TAPR_OK)
		return rc;
	for (int i = 0; i < l->n && rc == TAPR_OK; i = last + 1) {
		for (last = i; last + 1 < l->n && strcmp(
		    field_of(&l->row[last + 1]), field_of(&l->row[i])) == 0;)
			last++;
		rc = one_field(b, l, i, last, row, line, err);
	}
	return rc;
}
