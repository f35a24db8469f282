/*
 * net.h -- from the gross to the net rate: the four majorations.
 */
#ifndef TAPR_TARIFF_NET_H
#define TAPR_TARIFF_NET_H

#include "model/facts.h"
#include "tariff/rules.h"
#include "tariff/steps.h"

enum { MAJORATIONS = 4 };

struct majorations {
	struct param	published[MAJORATIONS];	/* percent */
	bool		has_share[MAJORATIONS];
	struct param	share[MAJORATIONS];	/* what a regime counts */
	struct frac	counted[MAJORATIONS];	/* published * share */
	/* net = gross * loading + points: the same for every gross rate. */
	struct frac	loading, points;
};

/*
 * net_majorations(law, given, regime, on, ret, err): M1 to M4 of the day, or
 * as ${given} (may be NULL), each reduced to the part that ${regime} counts.
 */
int net_majorations(const struct law *law, const struct given *given,
    enum regime regime, struct date on, struct majorations *ret,
    struct err *err) MUST_USE;

/* net_load(m): loading and points, of what is counted. */
void net_load(struct majorations *m);

/* net_rate(gross, m): (gross + M1) x (1 + M2) + M3 + M4, in percent. */
struct frac net_rate(struct frac gross, const struct majorations *m);

/*
 * The ceiling of a docker's notified rate, and the factor of a voluntary
 * insured's.
 */
int net_docker_ceiling(const struct law *law, struct date on,
    struct param *ret, struct err *err) MUST_USE;
int net_voluntary_factor(const struct law *law, struct date on,
    struct param *ret, struct err *err) MUST_USE;

#endif
