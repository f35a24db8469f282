/* param.c -- see param.h. */
#include "tariff/param.h"

int
param_need(const struct law *law, const char *name,
    const char *const keys[LAW_KEYS_MAX], struct date on, struct param *ret,
    struct err *err)
{
	const struct law_row *row;
	int rc = law_need(law, name, keys, on, &row, err);

	if (rc == TAPR_OK && !frac_valid(row->number))
		return err_set(err, TAPR_ELAW, row->file,
		    "ligne %ld : un nombre est attendu, « %s » n'en est pas un",
		    row->line, row->value);
	if (rc == TAPR_OK)
		*ret = (struct param){ row, name, row->number };
	return rc;
}

int
param_int(const struct law *law, const char *name,
    const char *const keys[LAW_KEYS_MAX], struct date on, int *ret,
    struct err *err)
{
	struct param p;
	int64_t v;
	int rc;

	if ((rc = param_need(law, name, keys, on, &p, err)) != TAPR_OK)
		return rc;
	if (!frac_scaled(p.exact, 0, &v) || v < -9999 || v > 9999)
		return err_set(err, TAPR_ELAW, p.row->file,
		    "ligne %ld : un nombre entier est attendu", p.row->line);
	*ret = (int)v;
	return TAPR_OK;
}
