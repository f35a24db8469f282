/*
 * identity.c -- the NIR and the surname of a claim, sealed as they are read.
 *
 * They go from the field of the file to the keys child and come back sealed;
 * only that enters the register, in the batch of the claim.  A line that waits
 * for its establishment leaves its identity at once, under the claim it will
 * be: nothing of it waits in clear.  A line without an identity changes none.
 */
#include <stdio.h>
#include <string.h>

#include "intake/source.h"

/* The keys of the fund, once a file with identities has come. */
int
identity_start(struct intake *in, struct keys **keys, struct err *err)
{
	const struct keys_place p = fund_keys(in->fund);
	int rc = TAPR_OK;

	if (keys == NULL || !keys_made(&p))
		return TAPR_OK;
	if (*keys == NULL)
		rc = keys_start(&p, KEYS_WRITE, keys, err);
	in->keys = *keys;
	return rc;
}

/* The identity of ${row} is another one than that in force; ${found}: there is
 * one.  A damaged one is another. */
static int
compare(struct intake *in, const struct value *row, bool *found, bool *same,
    struct err *err)
{
	char text[ROW_TEXT_MAX];
	struct row now;
	int rc;

	*same = false;
	if ((rc = fact_get(in->fund->store, TABLE_IDENTITY, in->batch.id, row,
	    text, &now, found, err)) != TAPR_OK || !*found || now.damaged)
		return rc;
	*same = true;
	for (int i = 0; i < IDENTITY_COLUMNS; i++)
		*same = *same && value_same(&now.value[i], &row[i]);
	return TAPR_OK;
}

static int
put(struct intake *in, const struct value *row, bool has_message, long line,
    enum outcome *ret, struct err *err)
{
	enum outcome outcome = LINE_UNCHANGED;
	bool found, same;
	int rc;

	if ((rc = compare(in, row, &found, &same, err)) != TAPR_OK || same)
		return rc;
	/* The same message, with another person in it. */
	if (found && has_message && *ret == LINE_UNCHANGED)
		return line_fault(in, FAULT_MESSAGE, "message_id", ret);
	if ((rc = line_put(in, TABLE_IDENTITY, row, line, &outcome, err)) !=
	    TAPR_OK)
		return rc;
	if (outcome == LINE_FAULT || *ret == LINE_UNCHANGED)
		*ret = outcome;
	return TAPR_OK;
}

int
identity_line(struct intake *in, const struct flow_reader *r,
    enum outcome *ret, struct err *err)
{
	const struct identity_columns *c = &claims_identity;
	const struct value *v = r->value;
	struct date declared = value_to_date(&v[c->declared]);
	struct value row[IDENTITY_COLUMNS];
	struct keys_identity sealed;
	struct keys_about a = { .field = KEYS_NIR };
	int rc;

	if (v[c->nir].kind == VALUE_NULL || v[c->surname].kind == VALUE_NULL)
		return TAPR_OK;
	(void)snprintf(a.month, sizeof a.month, "%04d-%02d", declared.y,
	    declared.m);
	(void)snprintf(a.row, sizeof a.row, "%s", v[c->claim].s);
	if ((rc = keys_identity(in->keys, &a, flow_person(r, c->nir),
	    flow_person(r, c->surname), &sealed, err)) != TAPR_OK)
		return rc;
	if (sealed.gone) {
		in->unkept++;
		return TAPR_OK;
	}
	row[IDENTITY_YEAR] = value_int(declared.y);
	row[IDENTITY_CLAIM_ID] = v[c->claim];
	row[IDENTITY_MONTH] = value_text(a.month);
	row[IDENTITY_NIR] = value_text(sealed.nir);
	row[IDENTITY_SURNAME] = value_text(sealed.surname);
	row[IDENTITY_NIR_INDEX] = value_text(sealed.index);
	if ((rc = put(in, row, v[c->message].kind == VALUE_TEXT, r->line, ret,
	    err)) == TAPR_OK && *ret != LINE_FAULT)
		in->sealed++;
	return rc;
}

int
identity_moves(struct intake *in, const struct value *claim, int64_t year,
    int64_t to, bool brought, long line, struct err *err)
{
	struct value key[] = { value_int(year), *claim };
	char text[ROW_TEXT_MAX];
	enum outcome outcome;
	struct row row;
	bool found;
	int rc;

	if ((rc = fact_get(in->fund->store, TABLE_IDENTITY, in->batch.id, key,
	    text, &row, &found, err)) != TAPR_OK || !found)
		return rc;
	if (!brought && !row.damaged) {
		row.value[IDENTITY_YEAR] = value_int(to);
		if ((rc = line_put(in, TABLE_IDENTITY, row.value, line,
		    &outcome, err)) != TAPR_OK)
			return rc;
	}
	return line_end(in, TABLE_IDENTITY, key, err);
}
