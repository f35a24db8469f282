/*
 * kept.h -- what the law of one year says to many rates alike, found once.
 *
 * A rate asks the law some fifty times, and most answers rest on the year,
 * the zone, the regime or the risk code alone.  A campaign of millions of
 * rates keeps them here; a rate by itself starts with nothing kept.  What is
 * asked, and what comes back, is the same either way: each function asks its
 * namesake the first time, and a refusal is never kept.
 *
 * For one thread.  Set .law, .code and .quiet and leave the rest zero.
 */
#ifndef TAPR_TARIFF_KEPT_H
#define TAPR_TARIFF_KEPT_H

#include "tariff/cap.h"
#include "tariff/charge.h"
#include "tariff/cost.h"
#include "tariff/mixed.h"
#include "tariff/mode.h"
#include "tariff/net.h"

enum { KEPT_ZONES = 2, KEPT_REGIMES = 6, KEPT_CTNS = 9, KEPT_GROUPS = 4,
	KEPT_CODES = 2048 };	/* places; a tariff has some 900 codes */

struct kept_decimals {
	bool			 known;
	int			 is;
};

/* What the tariff says of one risk code in one zone. */
struct kept_code {
	char			 code[6];
	enum zone		 zone;
	/* Which of the following were asked. */
	bool			 has_listed, has_risk, has_published,
				 has_abatement, has_group;
	bool			 abated, undated;
	enum btp_group		 group;
	struct kept_decimals	 decimals;
	const struct law_row	*listed, *risk;
	struct param		 published, abatement;
};

struct kept {
	const struct law	*law;
	/* KEPT_CODES places of the caller, zeroed: a place holds the last code
	 * that fell on it.  NULL: the last code alone is kept. */
	struct kept_code	*code;
	bool			 quiet;	/* nobody reads the notes of a sheet */
	/* Of this year; another one empties what follows. */
	int			 year;		/* 0: none yet */
	struct date		 on;
	struct kept_code	 last_code, *now;	/* of these facts */
	struct kept_decimals	 decimals;		/* of most codes */
	bool			 has_window, has_rounding, has_new;
	int			 first, last;
	enum rounding		 rounding;
	struct new_years	 new_years;
	const struct rule	*value;		/* "real-costs", or NULL yet */
	const struct law_row	*whole[KEPT_ZONES];	/* tariff_codes */
	bool			 has_whole[KEPT_ZONES];
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
	} cost[KEPT_ZONES][KEPT_CTNS][COST_CATEGORIES],
	  group_cost[KEPT_ZONES][KEPT_GROUPS];	/* COST_IP2_IP4 */
	struct kept_cap {
		bool			known;
		struct cap_limits	is;	/* its threshold alone */
		struct kept_band {
			bool			known;
			struct param		down, up;
		} band[2];			/* over the threshold or not */
	} cap[KEPT_ZONES];
	struct kept_temp {
		bool			known;
		struct temp_share	is;
	} temp[WINDOW_MAX][COST_CATEGORIES][2];	/* year, agency or user */
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
/* cost_average() of the group of the facts, or of their code; ${ret} lives as
 * long as ${k}. */
int kept_cost(struct kept *k, const struct facts *facts,
    enum cost_category category, const struct param **ret, struct err *err)
    MUST_USE;
/* net_majorations(): kept but for those given with the facts. */
int kept_majorations(struct kept *k, const struct facts *facts,
    struct majorations *ret, struct err *err) MUST_USE;
/* new_years(), cap_limits(), temp_work_share(). */
int kept_new_years(struct kept *k, struct new_years *ret, struct err *err)
    MUST_USE;
int kept_limits(struct kept *k, enum zone zone, struct frac previous,
    struct cap_limits *ret, struct err *err) MUST_USE;
int kept_temp_share(struct kept *k, int classified_year,
    enum cost_category category, enum temp_role role, struct temp_share *ret,
    struct err *err) MUST_USE;
/* The rule "real-costs" in force. */
const struct rule *kept_value_rule(struct kept *k);

/*
 * kept_begin(k, facts): what follows is asked of the risk code and the zone of
 * these facts: mode_always_collective(), the row of risk_codes and that of
 * tariff_codes (NULL: none), collective_published(), cost_abatement(), and
 * collective_decimals() of that code or of those without a row of their own.
 */
void kept_begin(struct kept *k, const struct facts *facts);
const struct law_row *kept_listed(struct kept *k);
const struct law_row *kept_risk(struct kept *k);
const struct law_row *kept_whole(struct kept *k);
int kept_published(struct kept *k, struct param *ret, struct err *err)
    MUST_USE;
bool kept_abatement(struct kept *k, struct param *ret, bool *ret_undated);
int kept_decimals(struct kept *k, bool of_code, int *ret, struct err *err)
    MUST_USE;

#endif
