/* kept.c -- see kept.h. */
#include "tariff/kept.h"

int
kept_year(struct kept *k, int year, struct err *err)
{
	int rc;

	if (year == k->year && year != 0)
		return TAPR_OK;
	*k = (struct kept){ .law = k->law };
	if ((rc = tariff_day(k->law, year, &k->on, err)) == TAPR_OK)
		k->year = year;
	return rc;
}

int
kept_window(struct kept *k, struct err *err)
{
	int rc;

	if (k->has_window)
		return TAPR_OK;
	rc = window_of(k->law, k->year, k->on, &k->first, &k->last, err);
	k->has_window = rc == TAPR_OK;
	return rc;
}

int
kept_mode(struct kept *k, enum zone zone, bool btp, struct mode_answer *ret,
    struct err *err)
{
	struct kept_mode *m = &k->mode[zone][btp];
	int rc;

	if (!m->known && (rc = mode_begin(k->law, zone, btp, k->year, k->on,
	    &m->is, err)) != TAPR_OK)
		return rc;
	m->known = true;
	*ret = m->is;
	return TAPR_OK;
}

int
kept_fraction(struct kept *k, enum zone zone, bool btp,
    struct fraction_answer *ret, struct err *err)
{
	struct kept_fraction *f = &k->fraction[zone][btp];
	int rc;

	if (!f->known && (rc = mixed_form(k->law, zone, btp, k->on, &f->is,
	    err)) != TAPR_OK)
		return rc;
	f->known = true;
	*ret = f->is;
	return TAPR_OK;
}

int
kept_categories(struct kept *k, enum zone zone, bool ip,
    const struct categories **ret, struct err *err)
{
	struct kept_categories *c = &k->categories[zone][ip];
	int rc;

	if (!c->known && (rc = cost_categories(k->law, zone, ip, k->on,
	    &c->is, err)) != TAPR_OK)
		return rc;
	c->known = true;
	*ret = &c->is;
	return TAPR_OK;
}

int
kept_cost(struct kept *k, const struct facts *f, enum cost_category category,
    struct param *ret, struct err *err)
{
	struct kept_cost *c = &k->cost[f->zone][f->ctn - 'A'][category];
	int rc;

	if (category == COST_IP2_IP4)
		return cost_average(k->law, f->zone, f->ctn, cost_group(k->law,
		    f->btp_group, f->risk_code, k->on), category, k->on, ret,
		    err);
	if (!c->known && (rc = cost_average(k->law, f->zone, f->ctn,
	    GROUP_NONE, category, k->on, &c->is, err)) != TAPR_OK)
		return rc;
	c->known = true;
	*ret = c->is;
	return TAPR_OK;
}

static bool
any_given(const struct given *g)
{
	for (int i = 0; i < MAJORATIONS; i++)
		if (g->has_majoration[i])
			return true;
	return false;
}

int
kept_majorations(struct kept *k, const struct facts *f,
    struct majorations *ret, struct err *err)
{
	struct kept_majorations *m = &k->majorations[f->regime];
	int rc;

	if (any_given(&f->given))
		return net_majorations(k->law, &f->given, f->regime, k->on,
		    ret, err);
	if (!m->known && (rc = net_majorations(k->law, NULL, f->regime, k->on,
	    &m->is, err)) != TAPR_OK)
		return rc;
	m->known = true;
	*ret = m->is;
	return TAPR_OK;
}
