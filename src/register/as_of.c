/*
 * as_of.c -- an establishment on a past day (S1-06, S1-27).
 */
#include "register/as_of.h"

#include <string.h>

static const char *const local_fields[] = {
	"name", "address", "postcode", "commune", "created_on", "state",
	"closed_on",
};

/* The period of INSEE that holds the day. */
static int
period_on(struct view *v, const char *siret, struct as_of *to, struct err *err)
{
	static const struct { int to, from; } same[] = {
		{ EST_NAME, PERIOD_NAME }, { EST_NAF, PERIOD_NAF },
		{ EST_STATE, PERIOD_STATE },
	};
	struct value key = value_text(siret);
	const struct row *row;
	struct rows *rows;
	size_t used = 0;
	int rc;

	if ((rc = rows_open(v->fund->store, TABLE_ESTABLISHMENT_PERIOD,
	    v->known, &key, 1, &rows, err)) != TAPR_OK)
		return rc;
	while ((rc = rows_next(rows, &row, err)) == TAPR_OK && row != NULL) {
		if (row->damaged) {
			rc = view_damaged(&part_period, row, err);
			break;
		}
		if (!view_holds(v, &part_period, row))
			continue;
		for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
			const char *s =
			    value_or_empty(&row->value[same[i].from]);
			size_t n = strlen(s) + 1;

			if (n == 1 || n > sizeof to->period - used)
				continue;
			to->row.value[same[i].to] = value_text(
			    memcpy(to->period + used, s, n));
			used += n;
		}
	}
	rows_free(rows);
	return rc;
}

/*
 * The values typed here: those in force on the day or, with ${before}, what
 * INSEE says where all of them came later.
 */
static void
local_values(const struct view *v, bool before, struct as_of *to)
{
	for (size_t i = 0; i < sizeof local_fields / sizeof local_fields[0];
	    i++) {
		const char *field = local_fields[i];
		const struct row *now = local_on(&to->local, field, v->on);
		const struct row *last = local_on(&to->local, field,
		    DATE_OPEN);
		const struct value *text = before ?
		    now == NULL && last != NULL ?
		    &last->value[LOCAL_INSEE] : NULL :
		    now != NULL ? &now->value[LOCAL_VALUE] : NULL;
		int column = local_column(field);

		if (text != NULL && text->kind != VALUE_NULL)
			to->row.value[column] = local_value(column, text);
	}
}

int
as_of_read(struct view *v, const char *siret, struct as_of *ret, bool *found,
    struct err *err)
{
	struct value key = value_text(siret), on = value_date(v->on);
	struct value *row = ret->row.value;
	int rc;

	if ((rc = fact_get(v->fund->store, TABLE_ESTABLISHMENT, v->known, &key,
	    ret->text, &ret->row, found, err)) != TAPR_OK || !*found)
		return rc;
	if (ret->row.damaged)
		return view_damaged(&part_establishment, &ret->row, err);
	if ((rc = local_read(v->fund->store, v->known, siret, &ret->local,
	    err)) != TAPR_OK)
		return rc;
	if (row[EST_CLOSED_ON].kind == VALUE_INT &&
	    row[EST_CLOSED_ON].i > on.i) {
		row[EST_STATE] = value_text("A");
		row[EST_CLOSED_ON] = value_null();
	}
	local_values(v, true, ret);
	if ((rc = period_on(v, siret, ret, err)) == TAPR_OK)
		local_values(v, false, ret);
	return rc;
}
