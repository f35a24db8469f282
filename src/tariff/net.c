/*
 * net.c -- CSS art. D. 242-6-3 and D. 242-6-9.
 *
 *	net = (gross + M1) x (1 + M2) + M3 + M4
 *
 * M1 (commuting), M3 and M4 are points of payroll, M2 a percentage of gross +
 * M1.  What the four pay for changed in 2018 and 2024; the formula did not.
 * Three regimes count a majoration in part: electricity and gas a quarter of
 * M1 and M3 (D. 242-6-18), partial self-management 70 % of M1 (D. 242-6-19),
 * pupils none but M2 (D. 242-6-23).
 */
#include "tariff/net.h"

#include "model/words.h"

static const char *const given_path[MAJORATIONS] = {
	"given.majorations.M1", "given.majorations.M2",
	"given.majorations.M3", "given.majorations.M4",
};

static int
net_majoration(const struct law *law, const struct given *given,
    enum regime regime, struct date on, int i, struct majorations *m,
    struct err *err)
{
	const struct law_row *row;
	int rc;

	row = law_find(law, "majoration_share",
	    LAW_KEYS(regime_words[regime], majoration_words[i]), on);
	m->has_share[i] = row != NULL;
	if (row != NULL)
		m->share[i] = (struct param){ row, "majoration_share",
		    row->number };
	/* A majoration that the regime does not count need not be known. */
	if (row != NULL && frac_is_zero(row->number)) {
		m->counted[i] = frac_int(0);
		return TAPR_OK;
	}
	if (given != NULL && given->has_majoration[i])
		m->published[i] = (struct param){ NULL, given_path[i],
		    given->majoration[i] };
	else if ((rc = param_need(law, "majorations",
	    LAW_KEYS(majoration_words[i]), on, &m->published[i], err)) !=
	    TAPR_OK)
		return rc;
	m->counted[i] = row == NULL ? m->published[i].exact :
	    frac_mul(m->published[i].exact, row->number);
	return TAPR_OK;
}

int
net_majorations(const struct law *law, const struct given *given,
    enum regime regime, struct date on, struct majorations *ret,
    struct err *err)
{
	struct majorations m = { 0 };
	int rc;

	for (int i = 0; i < MAJORATIONS; i++)
		if ((rc = net_majoration(law, given, regime, on, i, &m, err))
		    != TAPR_OK)
			return rc;
	net_load(&m);
	*ret = m;
	return TAPR_OK;
}

void
net_load(struct majorations *m)
{
	m->loading = frac_add(frac_int(1), frac_div(m->counted[1],
	    frac_int(100)));
	m->points = frac_add(frac_mul(m->counted[0], m->loading),
	    frac_add(m->counted[2], m->counted[3]));
}

struct frac
net_rate(struct frac gross, const struct majorations *m)
{
	return frac_add(frac_mul(gross, m->loading), m->points);
}

int
net_docker_ceiling(const struct law *law, struct date on, struct param *ret,
    struct err *err)
{
	return param_need(law, "regime_factor", LAW_KEYS("docker_ceiling"),
	    on, ret, err);
}

int
net_voluntary_factor(const struct law *law, struct date on,
    struct param *ret, struct err *err)
{
	return param_need(law, "regime_factor", LAW_KEYS("voluntary_factor"),
	    on, ret, err);
}
