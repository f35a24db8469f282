/*
 * answer.h -- the rate of one establishment and how it was reached.
 *
 * Filled by tariff/, printed by facts/ (JSON) and doc/ (sheets).  A quantity
 * that does not apply to the mode is not known, and printed as null.
 */
#ifndef TAPR_MODEL_ANSWER_H
#define TAPR_MODEL_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/num.h"
#include "model/facts.h"
#include "model/trace.h"

struct quantity {
	bool		known;
	struct frac	exact;
};

enum cap_applied { CAP_NONE, CAP_UPPER, CAP_LOWER };

struct cap {
	bool		 known;		/* there is a base */
	struct frac	 previous, lower, upper;	/* percent */
	enum cap_applied applied;
};

/* One line of the employer's account: a cost of a claim in a year. */
struct charged_line {
	const struct claim	*claim;
	bool			 ip;		/* IP or death; else IT */
	bool			 death;
	enum cost_category	 category;
	int			 year;		/* to which it is charged */
	struct frac		 cost;		/* the average cost, euros */
	struct frac		 share;		/* less third parties, other firm */
	struct frac		 factor;	/* share, less the abatement */
	struct frac		 amount;	/* cost * factor */
};

struct supplementary_amount {
	struct supplementary	 of;
	struct quantity		 amount;	/* euros */
	int			 payroll_year;	/* it rests on; 0 = unknown */
	bool			 minimum;	/* the minimum amount decides */
};

enum { WINDOW_MAX = 3 };

struct answer {
	const struct facts	*facts;
	int			 year;
	struct date		 law_on;	/* law of this day */
	enum mode		 mode;

	int			 window[WINDOW_MAX];
	int			 window_years;	/* 0 when it does not apply */
	struct quantity		 headcount;	/* E that decides, persons */
	struct quantity		 risk_value, payroll;		/* euros */
	struct quantity		 gross, individual, collective;	/* percent */
	struct quantity		 fraction, mixed;
	struct quantity		 majoration[4];	/* percent, as counted */
	struct frac		 computed;	/* percent, before the cap */
	struct cap		 cap;
	struct frac		 capped;
	struct frac		 notified;	/* after cap and ceiling */
	struct frac		 notified_rounded;
	int			 notified_decimals;

	const struct charged_line *line;
	size_t			 lines;
	const struct supplementary_amount *supplementary;
	size_t			 supplementaries;

	struct trace		 trace;		/* empty when not asked for */
	const char		*warning[16];
	size_t			 warnings;
};

/* Why a rate changed: parts that sum to the difference exactly. */
enum part_id {
	PART_PAYROLL, PART_CLAIMS_OUT, PART_CLAIMS_IN, PART_AVERAGE_COSTS,
	PART_MAJORATIONS, PART_COLLECTIVE, PART_HEADCOUNT, PART_MODE, PART_CAP,
	PART_OTHER,
	PARTS,
};

struct attribution {
	struct answer	from, to;
	struct frac	difference;		/* of the notified rates */
	struct frac	part[PARTS];
};

#endif
