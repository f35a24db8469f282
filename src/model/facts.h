/*
 * facts.h -- what is true of one establishment, as the rules need it.
 *
 * Plain values, no behaviour: facts/ fills them from FACTS.json (part 2 fills
 * them from a fund's snapshot) and tariff/ reads them.  Everything optional
 * has a value that says "not given"; what its absence means is the rules'
 * business (docs/formats/facts.md).
 */
#ifndef TAPR_MODEL_FACTS_H
#define TAPR_MODEL_FACTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/num.h"

enum zone { ZONE_GENERAL, ZONE_ALSACE_MOSELLE };
enum section { SECTION_MAIN, SECTION_SUPPORT, SECTION_HOME };
enum regime {
	REGIME_ORDINARY,
	REGIME_IEG,		/* statutory staff of electricity and gas */
	REGIME_SELF_MANAGEMENT,	/* partial, CSS L. 413-13 */
	REGIME_DOCKER,
	REGIME_PUPIL,
	REGIME_VOLUNTARY,	/* CSS L. 743-1 */
};
enum btp_group { GROUP_NONE, GROUP_GROS_OEUVRE, GROUP_SECOND_OEUVRE,
	GROUP_SUPPORT };
enum mode { MODE_NONE, MODE_COLLECTIVE, MODE_MIXED, MODE_INDIVIDUAL };

enum claim_kind { CLAIM_ACCIDENT, CLAIM_DISEASE, CLAIM_COMMUTING };
enum charge {
	CHARGE_OWN,
	CHARGE_SPECIAL_ACCOUNT,
	CHARGE_TERRORISM,
	CHARGE_UNIDENTIFIED_ASSAULT,
	CHARGE_NOT_OPPOSABLE,
};
enum temp_role { TEMP_NONE, TEMP_USER, TEMP_AGENCY };

struct claim {
	const char	*ref;
	enum claim_kind	 kind;
	struct date	 declared;	/* always given */
	struct date	 occurred;
	struct date	 recognised;	/* none: never charged */
	bool		 care;		/* care or stoppage: true by default */
	int		 stoppage_days;
	int		 ip_rate;	/* percent; -1 = none */
	struct date	 ip_notified;	/* given exactly when ip_rate is */
	struct date	 death;
	struct date	 death_recognised;
	struct frac	 third_party_share;	/* 0 to 1 */
	enum charge	 charge;
	enum temp_role	 temp_role;
};

struct year_amount {
	int		year;
	struct frac	amount;		/* persons, or euros */
};

/* Sorted by year, each year once. */
struct year_series {
	const struct year_amount	*at;
	size_t				 n;
};

struct member {			/* of a firm that takes a single rate */
	struct frac	rate;	/* percent, notified for N-1 */
	struct frac	payroll;/* euros, last known year */
};

struct supplementary {
	struct frac	percent;
	struct date	from, until;	/* half-open */
};

/* A parameter given with the facts: it replaces the published one. */
struct given {
	bool		has_collective_rate, has_abatement;
	struct frac	collective_rate;	/* percent */
	struct frac	abatement;		/* fraction */
	bool		has_majoration[4];
	struct frac	majoration[4];		/* percent */
	bool		has_cost[11];		/* by enum cost_category */
	struct frac	cost[11];		/* euros */
	struct year_series real_costs;		/* euros, 2012 and 2013 only */
};

/* The ten categories of D. 242-6-6, and the one of the BTP groups. */
enum cost_category {
	COST_IT1, COST_IT2, COST_IT3, COST_IT4, COST_IT5, COST_IT6,
	COST_IP1, COST_IP2, COST_IP3, COST_IP4,
	COST_IP2_IP4,
	COST_CATEGORIES,
};

struct facts {
	int		 year;		/* of the tariff */
	enum zone	 zone;

	char		 siret[15];
	char		 risk_code[6];
	char		 ctn;		/* 'A' to 'I' */
	enum btp_group	 btp_group;
	struct date	 created;	/* none: not a new establishment */
	bool		 taken_over;
	enum section	 section;
	enum regime	 regime;

	struct year_series headcounts;	/* persons, of the firm */
	struct year_series payroll;	/* euros */
	const struct claim *claim;
	size_t		 claims;

	bool		 has_previous;
	struct frac	 previous_rate;	/* percent, notified for N-1 */
	enum mode	 previous_mode;

	/* Establishments that this one was made of since, with their rates of
	 * the year before; a register alone gives them.  0: none. */
	const struct member *merged;
	size_t		 mergeds;

	bool		 has_single_rate;
	bool		 single_first_year;
	const struct member *member;
	size_t		 members;

	struct frac	 rebate;	/* fraction, 0 by default */
	const struct supplementary *supplementary;
	size_t		 supplementaries;

	struct given	 given;
};

#endif
