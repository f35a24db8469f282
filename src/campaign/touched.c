/*
 * touched.c -- see touched.h.
 *
 * One establishment too many costs a calculation that finds nothing; one too
 * few leaves a wrong rate standing.  So a link of succession is followed
 * whether or not the account passed by it: that is for the gathering to say.
 */
#include "campaign/touched.h"

#include <stdio.h>

#include "base/ids.h"
#include "store/row.h"

static int
add(struct touched *t, const char *text, struct err *err)
{
	uint64_t siret = siret_number(text, 14);
	uint32_t siren = (uint32_t)(siret / 100000);
	int i;

	if (siret == 0)
		return TAPR_OK;
	for (i = 0; i < t->sirets; i++)
		if (t->siret[i] == siret)
			return TAPR_OK;
	if (t->sirets == TOUCHED_MAX)
		return err_set(err, TAPR_ERANGE, text, "plus de %d "
		    "établissements sont concernés, par successions ; "
		    "vérifiez les liens de succession", (int)TOUCHED_MAX);
	t->siret[t->sirets++] = siret;
	for (i = 0; i < t->firms; i++)
		if (t->siren[i] == siren)
			return TAPR_OK;
	t->siren[t->firms++] = siren;
	return TAPR_OK;
}

/* Of every state of the claim there was: a correction may have moved it. */
static int
add_bearers(struct touched *t, struct store *s, int64_t known,
    const char *claim, struct err *err)
{
	static const int bearers[] = { CLAIM_SIRET, CLAIM_USER_SIRET,
		CLAIM_AGENCY_SIRET };
	const struct row *row;
	struct rows *r;
	int rc;

	if ((rc = rows_by(s, TABLE_CLAIM, known, CLAIM_ID, value_text(claim),
	    true, &r, err)) != TAPR_OK)
		return rc;
	while (rc == TAPR_OK && (rc = rows_next(r, &row, err)) == TAPR_OK &&
	    row != NULL)
		for (int k = 0; k < 3 && rc == TAPR_OK; k++)
			rc = add(t, value_or_empty(&row->value[bearers[k]]),
			    err);
	rows_free(r);
	return rc;
}

/* Both tables begin with the predecessor, the successor next. */
static int
add_successors(struct touched *t, struct store *s, int64_t known,
    enum table_id table, uint64_t siret, struct err *err)
{
	struct value key;
	char text[15];
	const struct row *row;
	struct rows *r;
	int rc;

	key = value_text(siret_text(siret, text));
	if ((rc = rows_open(s, table, known, &key, 1, &r, err)) != TAPR_OK)
		return rc;
	while ((rc = rows_next(r, &row, err)) == TAPR_OK && row != NULL)
		if ((rc = add(t, value_or_empty(&row->value[1]), err)) !=
		    TAPR_OK)
			break;
	rows_free(r);
	return rc;
}

int
touched_find(struct store *s, int64_t known, const char *siret,
    const char *claim, struct touched *ret, struct err *err)
{
	int rc;

	_Static_assert(SUCC_PREDECESSOR == 0 && SUCC_SUCCESSOR == 1 &&
	    TRANSFER_FROM == 0 && TRANSFER_TO == 1, "see add_successors()");
	ret->sirets = ret->firms = 0;
	if ((rc = add(ret, siret, err)) != TAPR_OK ||
	    (claim != NULL && (rc = add_bearers(ret, s, known, claim,
	    err)) != TAPR_OK))
		return rc;
	/* The list grows while it is read: successors of successors. */
	for (int i = 0; i < ret->sirets; i++)
		if ((rc = add_successors(ret, s, known, TABLE_SUCCESSION,
		    ret->siret[i], err)) != TAPR_OK ||
		    (rc = add_successors(ret, s, known, TABLE_TRANSFER,
		    ret->siret[i], err)) != TAPR_OK)
			return rc;
	return TAPR_OK;
}
