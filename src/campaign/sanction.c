/*
 * sanction.c -- the lines of the lots of sanctions: kept, read back, moved.
 */
#include "campaign/sanction.h"

#include <string.h>

#include "base/ids.h"

static const char *const kinds[] = { "supplementary", "penalty" };

/* ---- reading ------------------------------------------------------------------- */

static int
take(struct desk *d, const struct value *v, struct lots *lots,
    struct err *err)
{
	struct lot *lot = lots_find(lots, value_or(&v[SANC_LOT], 0));
	const char *kind = value_or_empty(&v[SANC_KIND]);
	struct sanction *s = &lots->sanction[lots->sanctions];

	if (lot == NULL || lot->kind != LOT_SANCTION ||
	    (strcmp(kind, kinds[0]) != 0 && strcmp(kind, kinds[1]) != 0))
		return err_set(err, TAPR_EIO, "sanction",
		    "une sanction sans lot, ou d'une sorte inconnue");
	*s = (struct sanction){
		.siret = siret_number(value_or_empty(&v[SANC_SIRET]), 14),
		.kind = strcmp(kind, kinds[0]) == 0 ?
		    SANCTION_SUPPLEMENTARY : SANCTION_PENALTY,
		.reference = arena_strdup(d->a,
		    value_or_empty(&v[SANC_REFERENCE])),
		.section = arena_strdup(d->a,
		    value_or_empty(&v[SANC_SECTION])),
		.from = value_to_date(&v[SANC_FROM_ON]),
		.until = value_to_date(&v[SANC_UNTIL_ON]),
		.lot = (uint32_t)(lot - lots->at),
		.percent = frac_ratio(value_or(&v[SANC_PERCENT], 0), 100),
		.rate = (int32_t)value_or(&v[SANC_RATE], 0),
		.payroll_year = (int)value_or(&v[SANC_PAYROLL_YEAR], 0),
		.payroll = value_or(&v[SANC_PAYROLL], NO_AMOUNT),
		.headcount = value_or(&v[SANC_HEADCOUNT], NO_AMOUNT),
		.counted = (int)value_or(&v[SANC_COUNTED], 0),
		.amount = value_or(&v[SANC_AMOUNT], 0),
	};
	if (arena_failed(d->a))
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	lots->sanctions++;
	lot->rates++;
	lot->contributions += s->amount;
	return TAPR_OK;
}

/* One pass to count them, one to read them: the list has no other bound. */
static int
pass(struct desk *d, int64_t known, struct lots *lots, size_t *count,
    struct err *err)
{
	struct value year = value_int(d->act->year);
	const struct row *row;
	struct rows *r;
	int rc;

	if ((rc = rows_open(d->fund.store, TABLE_SANCTION, known, &year, 1,
	    &r, err)) != TAPR_OK)
		return rc;
	while ((rc = rows_next(r, &row, err)) == TAPR_OK && row != NULL) {
		if (row->damaged)
			rc = err_set(err, TAPR_EIO, "sanction", "une ligne "
			    "est abîmée ; restaurez une sauvegarde");
		else if (count != NULL)
			++*count;
		else
			rc = take(d, row->value, lots, err);
		if (rc != TAPR_OK)
			break;
	}
	rows_free(r);
	return rc;
}

int
sanctions_load(struct desk *d, int64_t known, struct lots *lots,
    struct err *err)
{
	size_t n = 0;
	int rc;

	if ((rc = pass(d, known, lots, &n, err)) != TAPR_OK)
		return rc;
	lots->sanction = arena_array(d->a, n + 1, sizeof *lots->sanction);
	if (lots->sanction == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	return pass(d, known, lots, NULL, err);
}

int
sanction_find(const struct lots *lots, const char *siret,
    const char *reference, struct sanction **ret, struct err *err)
{
	if (siret == NULL || !siret_valid(siret))
		return err_set(err, TAPR_EINVAL, "siret", "« %s » n'est pas "
		    "un SIRET", str_brief(siret == NULL ? "" : siret).text);
	for (size_t i = 0; i < lots->sanctions; i++)
		if (lots->sanction[i].siret == siret_number(siret, 14) &&
		    strcmp(lots->sanction[i].reference, reference) == 0) {
			*ret = &lots->sanction[i];
			return TAPR_OK;
		}
	return err_set(err, TAPR_EINVAL, siret, "ni cotisation supplémentaire "
	    "ni pénalité de référence « %s » dans cette campagne",
	    str_brief(reference).text);
}

/* ---- writing ------------------------------------------------------------------- */

static struct value
amount_or_null(int64_t v)
{
	return v == NO_AMOUNT ? value_null() : value_int(v);
}

int
sanction_put(struct desk *d, struct batch *b, const struct sanction *s,
    int lot, struct err *err)
{
	bool penalty = s->kind == SANCTION_PENALTY;
	int64_t percent = 0;
	char siret[15];
	enum put put;

	if (!penalty && !frac_scaled(s->percent, 2, &percent))
		return err_set(err, TAPR_ERANGE, s->reference,
		    "pourcentage hors limites");
	return fact_put(b, TABLE_SANCTION, (struct value[SANC_COLUMNS]){
	    [SANC_YEAR] = value_int(d->act->year),
	    [SANC_SIRET] = value_text(siret_text(s->siret, siret)),
	    [SANC_KIND] = value_text(kinds[s->kind]),
	    [SANC_REFERENCE] = value_text(s->reference),
	    [SANC_FROM_ON] = value_date(s->from),
	    [SANC_UNTIL_ON] = value_date(s->until),
	    [SANC_SECTION] = value_text(penalty ? NULL : s->section),
	    [SANC_LOT] = value_int(lot),
	    [SANC_PERCENT] = penalty ? value_null() : value_int(percent),
	    [SANC_RATE] = penalty ? value_null() : value_int(s->rate),
	    [SANC_PAYROLL_YEAR] = value_int(s->payroll_year),
	    [SANC_PAYROLL] = amount_or_null(s->payroll),
	    [SANC_HEADCOUNT] = amount_or_null(s->headcount),
	    [SANC_COUNTED] = penalty ? value_int(s->counted) : value_null(),
	    [SANC_AMOUNT] = value_int(s->amount),
	    [SANC_AUTHOR] = value_text(d->fund.actor),
	    [SANC_ON_DATE] = value_date(d->fund.today) }, 0, &put, err);
}

int
sanction_take_out(struct desk *d, struct batch *b, struct lots *lots,
    struct sanction *s, const char *reason, struct lot **ret,
    struct err *err)
{
	struct lot *from = &lots->at[s->lot];
	int rc;

	if (from->rates == 1) {
		*ret = from;
		return TAPR_OK;
	}
	if ((rc = lot_split(d, b, lots, from, LOT_SANCTION, reason, ret,
	    err)) != TAPR_OK || (rc = sanction_put(d, b, s, (*ret)->number,
	    err)) != TAPR_OK)
		return rc;
	from->rates--;
	s->lot = (uint32_t)(*ret - lots->at);
	(*ret)->rates = 1;
	return TAPR_OK;
}
