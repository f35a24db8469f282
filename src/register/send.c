/*
 * send.c -- which producer a flow has, and what it must be told.
 */
#include "register/send.h"

#include <string.h>

#include "base/ids.h"

/* What a flow is about. */
enum about { ABOUT_YEAR, ABOUT_FIRM_YEAR, ABOUT_ESTABLISHMENT, ABOUT_NOTHING };

static int
risks(struct exchange *x, struct err *err)
{
	return send_companies(x, false, err);
}

static int
risks_and_measures(struct exchange *x, struct err *err)
{
	return send_companies(x, true, err);
}

/* exchange_open() has said why: its sources are not held. */
static int
not_held(struct exchange *x, struct err *err)
{
	return err_set(err, TAPR_EINVAL, exchange_code(x), "ce programme ne "
	    "sait pas encore faire cet envoi");
}

static const struct producer {
	const char	*flow;
	enum about	 about;
	int		(*send)(struct exchange *x, struct err *err);
} producers[] = {
	{ "labour_inspection_reports", ABOUT_NOTHING, not_held },
	{ "inrs_companies", ABOUT_YEAR, risks },
	{ "cnam_statistics", ABOUT_YEAR, send_claim_statistics },
	{ "cnam_records", ABOUT_YEAR, send_claim_records },
	{ "state_statistics", ABOUT_YEAR, send_state_statistics },
	{ "labour_directorate", ABOUT_FIRM_YEAR, risks_and_measures },
	{ "staff_representatives", ABOUT_FIRM_YEAR, send_staff },
	{ "fund_to_fund", ABOUT_ESTABLISHMENT, send_account },
};

enum { PRODUCERS = sizeof producers / sizeof *producers };

static int
check(const struct producer *p, const struct exchange_run *run,
    struct err *err)
{
	const char *object = run->object == NULL ? "" : run->object;

	switch (p->about) {
	case ABOUT_YEAR:
		if (run->year == 0 || object[0] != '\0')
			return err_set(err, TAPR_EUSAGE, NULL, "tapr exchange "
			    "run %s ANNÉE --out FICHIER", p->flow);
		break;
	case ABOUT_FIRM_YEAR:
		if (run->year == 0 || !siren_valid(object))
			return err_set(err, TAPR_EUSAGE, NULL, "tapr exchange "
			    "run %s ANNÉE SIREN --request RÉFÉRENCE --out "
			    "FICHIER", p->flow);
		break;
	case ABOUT_ESTABLISHMENT:
		if (run->year != 0 || !siret_valid(object))
			return err_set(err, TAPR_EUSAGE, NULL, "tapr exchange "
			    "run %s SIRET --recipient CAISSE --out FICHIER",
			    p->flow);
		break;
	case ABOUT_NOTHING:
		break;
	}
	return TAPR_OK;
}

static int
find(const struct exchange_run *run, const struct producer **ret,
    struct err *err)
{
	const struct exchange_flow *declared;
	int rc;

	if ((rc = exchanges_find(run->law, run->flow, &declared, err)) !=
	    TAPR_OK)
		return rc;
	for (int i = 0; i < PRODUCERS; i++)
		if (strcmp(producers[i].flow, run->flow) == 0) {
			*ret = &producers[i];
			return TAPR_OK;
		}
	return err_set(err, TAPR_EINVAL, declared->code, "cet échange est "
	    "déclaré, mais ce programme ne sait pas le faire");
}

int
register_send(const struct exchange_run *run, struct str *out,
    struct err *err)
{
	const struct producer *p;
	struct exchange *x = NULL;
	int rc;

	if ((rc = find(run, &p, err)) != TAPR_OK ||
	    (rc = check(p, run, err)) != TAPR_OK)
		return rc;
	if ((rc = exchange_open(run, &x, err)) == TAPR_OK &&
	    (rc = p->send(x, err)) == TAPR_OK)
		rc = exchange_send(x, out, err);
	exchange_close(x);
	return rc;
}
