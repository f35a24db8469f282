/*
 * kept.h -- what the law of one year says to every rate alike, found once.
 *
 * A rate asks the law some fifty times, and most answers rest on the year,
 * the zone or the regime alone.  A campaign of millions of rates keeps them
 * here; a rate by itself starts with nothing kept.  What is asked, and what
 * comes back, is the same either way: each function asks its namesake the
 * first time, and a refusal is never kept.
 *
 * For one thread.  Set .law and leave the rest zero.
 */
#ifndef TAPR_TARIFF_KEPT_H
#define TAPR_TARIFF_KEPT_H

#include "tariff/cost.h"
#include "tariff/mixed.h"
#include "tariff/mode.h"
#include "tariff/net.h"

enum { KEPT_ZONES = 2, KEPT_REGIMES = 6, KEPT_CTNS = 9 };

struct kept {
	const struct law	*law;
	/* Of this year; another one empties what follows. */
	int			 year;		/* 0: none yet */
	struct date		 on;
	bool			 has_window, has_rounding;
	int			 first, last;
	enum rounding		 rounding;
	struct kept_mode {
		bool			known;
		struct mode_answer	is;
	} mode[KEPT_ZONES][2];			/* BTP or not */
	struct kept_fraction {
		bool			known;
		struct fraction_answer	is;
	} fraction[KEPT_ZONES][2];
	struct kept_categories {
		bool			known;
		struct categories	is;
	} categories[KEPT_ZONES][2];		/* IT, IP */
	struct kept_cost {
		bool			known;
		struct param		is;
	} cost[KEPT_ZONES][KEPT_CTNS][COST_CATEGORIES];
	struct kept_majorations {
		bool			known;
		struct majorations	is;
	} majorations[KEPT_REGIMES];
};

/* kept_year(k, year, err): the day of the tariff of ${year} is in k->on. */
int kept_year(struct kept *k, int year, struct err *err) MUST_USE;
/* kept_window(k, err): its window is in k->first and k->last. */
int kept_window(struct kept *k, struct err *err) MUST_USE;

/* mode_begin(), mixed_form(), cost_categories(); ${ret} lives as long as ${k}. */
int kept_mode(struct kept *k, enum zone zone, bool btp,
    struct mode_answer *ret, struct err *err) MUST_USE;
int kept_fraction(struct kept *k, enum zone zone, bool btp,
    struct fraction_answer *ret, struct err *err) MUST_USE;
int kept_categories(struct kept *k, enum zone zone, bool ip,
    const struct categories **ret, struct err *err) MUST_USE;
/* cost_average(): kept but for the costs of the BTP groups. */
int kept_cost(struct kept *k, const struct facts *facts,
    enum cost_category category, struct param *ret, struct err *err) MUST_USE;
/* net_majorations(): kept but for those given with the facts. */
int kept_majorations(struct kept *k, const struct facts *facts,
    struct majorations *ret, struct err *err) MUST_USE;

#endif
