/* kept.c -- see kept.h. */
#include "tariff/kept.h"

#include <string.h>

#include "model/words.h"
#include "tariff/collective.h"

int
kept_year(struct kept *k, int year, struct err *err)
{
	int rc;

	if (year == k->year && year != 0)
		return TAPR_OK;
	*k = (struct kept){ .law = k->law, .code = k->code,
	    .quiet = k->quiet };
	if (k->code != NULL)
		memset(k->code, 0, KEPT_CODES * sizeof *k->code);
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

/* ---- of a risk code ---------------------------------------------------------- */

void
kept_begin(struct kept *k, const struct facts *f)
{
	struct kept_code *c = &k->last_code;
	char code[sizeof (uint64_t)] = { 0 };
	uint64_t h;

	memcpy(code, f->risk_code, sizeof f->risk_code);
	if (k->code != NULL) {
		memcpy(&h, code, sizeof h);
		h = (h ^ (uint64_t)f->zone << 56) *
		    UINT64_C(0x9e3779b97f4a7c15);
		c = &k->code[h >> 32 & (KEPT_CODES - 1)];
	}
	if (memcmp(c->code, code, sizeof c->code) != 0 || c->zone != f->zone) {
		*c = (struct kept_code){ .zone = f->zone };
		memcpy(c->code, code, sizeof c->code);
	}
	k->now = c;
}

const struct law_row *
kept_listed(struct kept *k)
{
	struct kept_code *c = k->now;

	if (!c->has_listed)
		c->listed = mode_always_collective(k->law, c->code, k->on);
	c->has_listed = true;
	return c->listed;
}

const struct law_row *
kept_risk(struct kept *k)
{
	struct kept_code *c = k->now;

	if (!c->has_risk)
		c->risk = law_find(k->law, "risk_codes", LAW_KEYS(c->code),
		    k->on);
	c->has_risk = true;
	return c->risk;
}

const struct law_row *
kept_whole(struct kept *k)
{
	enum zone z = k->now->zone;

	if (!k->has_whole[z])
		k->whole[z] = law_find(k->law, "tariff_codes",
		    LAW_KEYS(zone_words[z]), k->on);
	k->has_whole[z] = true;
	return k->whole[z];
}

int
kept_published(struct kept *k, struct param *ret, struct err *err)
{
	struct kept_code *c = k->now;
	int rc;

	if (!c->has_published && (rc = collective_published(k->law, c->zone,
	    c->code, k->on, &c->published, err)) != TAPR_OK)
		return rc;
	c->has_published = true;
	*ret = c->published;
	return TAPR_OK;
}

bool
kept_abatement(struct kept *k, struct param *ret, bool *ret_undated)
{
	struct kept_code *c = k->now;

	if (!c->has_abatement)
		c->abated = cost_abatement(k->law, c->code, k->on,
		    &c->abatement, &c->undated);
	c->has_abatement = true;
	*ret = c->abatement;
	*ret_undated = c->undated;
	return c->abated;
}

int
kept_decimals(struct kept *k, bool of_code, int *ret, struct err *err)
{
	struct kept_decimals *d = of_code ? &k->now->decimals : &k->decimals;
	int rc;

	if (!d->known && (rc = collective_decimals(k->law, of_code ?
	    k->now->code : "*", k->on, &d->is, err)) != TAPR_OK)
		return rc;
	d->known = true;
	*ret = d->is;
	return TAPR_OK;
}

static enum btp_group
group_of(struct kept *k, enum btp_group given)
{
	struct kept_code *c = k->now;

	if (given != GROUP_NONE)
		return given;
	if (!c->has_group)
		c->group = cost_group(k->law, GROUP_NONE, c->code, k->on);
	c->has_group = true;
	return c->group;
}

/* ---- of costs and regimes ------------------------------------------------------ */

int
kept_cost(struct kept *k, const struct facts *f, enum cost_category category,
    const struct param **ret, struct err *err)
{
	enum btp_group group = category == COST_IP2_IP4 ?
	    group_of(k, f->btp_group) : GROUP_NONE;
	struct kept_cost *c = category == COST_IP2_IP4 ?
	    &k->group_cost[f->zone][group] :
	    &k->cost[f->zone][f->ctn - 'A'][category];
	int rc;

	if (!c->known && (rc = cost_average(k->law, f->zone, f->ctn, group,
	    category, k->on, &c->is, err)) != TAPR_OK)
		return rc;
	c->known = true;
	*ret = &c->is;
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

int
kept_new_years(struct kept *k, struct new_years *ret, struct err *err)
{
	int rc;

	if (!k->has_new && (rc = new_years(k->law, k->on, &k->new_years,
	    err)) != TAPR_OK)
		return rc;
	k->has_new = true;
	*ret = k->new_years;
	return TAPR_OK;
}

int
kept_limits(struct kept *k, enum zone zone, struct frac previous,
    struct cap_limits *ret, struct err *err)
{
	struct kept_cap *c = &k->cap[zone];
	struct kept_band *b;
	int rc;

	if (!c->known && (rc = cap_threshold(k->law, zone, k->on, &c->is,
	    err)) != TAPR_OK)
		return rc;
	c->known = true;
	*ret = c->is;
	ret->above = frac_cmp(previous, ret->threshold.exact) > 0;
	b = &c->band[ret->above];
	if (!b->known && (rc = cap_band(k->law, zone, k->on, ret->above,
	    &b->down, &b->up, err)) != TAPR_OK)
		return rc;
	b->known = true;
	ret->down = b->down;
	ret->up = b->up;
	return cap_around(ret, previous, err);
}

int
kept_temp_share(struct kept *k, int year, enum cost_category category,
    enum temp_role role, struct temp_share *ret, struct err *err)
{
	struct kept_temp *t;
	int rc;

	if (!k->has_window || year < k->first || year > k->last)
		return temp_work_share(k->law, k->on, year, category, role,
		    ret, err);
	t = &k->temp[year - k->first][category][role == TEMP_USER];
	if (!t->known && (rc = temp_work_share(k->law, k->on, year, category,
	    role, &t->is, err)) != TAPR_OK)
		return rc;
	t->known = true;
	*ret = t->is;
	return TAPR_OK;
}

const struct rule *
kept_value_rule(struct kept *k)
{
	if (k->value == NULL)
		k->value = rule_at("real-costs", "", k->on);
	return k->value;
}
