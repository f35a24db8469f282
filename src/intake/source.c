/*
 * source.c -- what the lines of every flow ask and do.
 */
#include "intake/source.h"

#include <stdio.h>
#include <string.h>

static const struct source *const all[] = {
	&source_establishment, &source_unit, &source_history,
	&source_succession, &source_payroll, &source_headcount,
	&source_classification, &source_rates, &source_claims,
	&source_benefits, &source_portfolio, &source_dsn,
};

const struct source *
source_of(const char *flow)
{
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		if (strcmp(all[i]->flow->name, flow) == 0)
			return all[i];
	return NULL;
}

int
line_fault(struct intake *in, enum fault_id id, const char *column,
    enum outcome *ret)
{
	in->fault = (struct fault){ id, column };
	*ret = LINE_FAULT;
	return TAPR_OK;
}

int
line_put(struct intake *in, enum table_id table, const struct value *row,
    long line, enum outcome *ret, struct err *err)
{
	struct err put_err = { .code = TAPR_OK };
	enum put put;
	int rc = fact_put(&in->batch, table, row, line, &put, &put_err);

	if (rc == TAPR_EINVAL)
		return line_fault(in, FAULT_OTHER_LINE, NULL, ret);
	if (rc != TAPR_OK) {
		if (err != NULL)
			*err = put_err;
		return rc;
	}
	*ret = put == PUT_UNCHANGED ? LINE_UNCHANGED : LINE_APPLIED;
	return TAPR_OK;
}

int
line_end(struct intake *in, enum table_id table, const struct value *key,
    struct err *err)
{
	enum put put;

	return fact_end(&in->batch, table, key, &put, err);
}

/* ---- what is known ------------------------------------------------------- */

int
known_siret(struct intake *in, const char *siret, bool *ret, struct err *err)
{
	struct value v = value_text(siret);
	int64_t found = 0;
	int rc;

	if (strcmp(siret, in->siret) != 0) {
		if ((rc = store_number(in->fund->store, SQL_SIRET_KNOWN, &v, 1,
		    &found, err)) != TAPR_OK)
			return rc;
		(void)snprintf(in->siret, sizeof in->siret, "%s", siret);
		in->siret_known = found == 1;
	}
	*ret = in->siret_known;
	return TAPR_OK;
}

int
known_siren(struct intake *in, const char *siren, bool *ret, struct err *err)
{
	char first[SIRET_MAX], last[SIRET_MAX];
	struct value v[2];
	int64_t found = 0;
	int rc;

	(void)snprintf(first, sizeof first, "%.9s00000", siren);
	(void)snprintf(last, sizeof last, "%.9s99999", siren);
	v[0] = value_text(first);
	v[1] = value_text(last);
	rc = store_number(in->fund->store, SQL_SIREN_KNOWN, v, 2, &found, err);
	*ret = found == 1;
	return rc;
}

int
known_claim(struct intake *in, const char *claim_id, int64_t *ret_year,
    char siret[SIRET_MAX], struct err *err)
{
	struct query *q;
	struct value v;
	int rc, row;

	*ret_year = 0;
	siret[0] = '\0';
	if ((rc = store_query(in->fund->store, SQL_CLAIM_NOW, &q, err)) !=
	    TAPR_OK ||
	    (rc = query_bind(q, 1, value_text(claim_id), err)) != TAPR_OK ||
	    (rc = query_step(q, &row, err)) != TAPR_OK || row == 0)
		return rc;
	v = query_column(q, 0);
	*ret_year = value_or(&v, 0);
	v = query_column(q, 1);
	(void)snprintf(siret, SIRET_MAX, "%s", value_or_empty(&v));
	query_reset(q);
	return TAPR_OK;
}

int
known_message(struct intake *in, enum sql sql, enum table_id table,
    const struct value *row, const char *id, enum outcome *ret,
    struct err *err)
{
	const struct table *t = table_get(table);
	struct query *q;
	struct value v[3];
	int rc, more;

	*ret = LINE_APPLIED;
	if ((rc = store_query(in->fund->store, sql, &q, err)) != TAPR_OK ||
	    (rc = query_bind(q, 1, value_text(id), err)) != TAPR_OK)
		return rc;
	/* The row is the one it brought when its checksum, there, is this. */
	while ((rc = query_step(q, &more, err)) == TAPR_OK && more == 1) {
		for (int i = 0; i < 3; i++)
			v[i] = query_column(q, i);
		if (row_checksum(t, row, value_or(&v[0], 0),
		    (long)value_or(&v[1], 0)) == value_or(&v[2], 0)) {
			*ret = LINE_UNCHANGED;
			query_reset(q);
			return TAPR_OK;
		}
		(void)line_fault(in, FAULT_MESSAGE, "message_id", ret);
	}
	return rc;
}
