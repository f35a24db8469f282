/*
 * scale.h -- the published figures at a share of the country.
 *
 * What each cell of the synthetic country will hold, to the unit.  At share 1
 * and year 2024 this is the published table itself; how a smaller share and
 * the years before are derived from it is docs/formats/synth.md, "Shares".
 */
#ifndef TAPR_SYNTH_SCALE_H
#define TAPR_SYNTH_SCALE_H

#include "base/arena.h"
#include "synth/published.h"

enum { SHARE_ONE = 1000000 };		/* shares are in millionths */

struct cell_plan {
	uint64_t	establishments, employees, hours;
	struct counts	accidents[YEARS], commuting[YEARS];
	uint64_t	cause[CAUSES];			/* 2024 */
	size_t		first_disease, diseases;	/* in plan.disease */
};

struct disease_plan {
	const struct disease *of;
	size_t		 cell;		/* SPECIAL too */
	struct counts	 counts[YEARS];
};

struct plan {
	struct cell_plan	*cell;		/* as published.cell */
	struct disease_plan	*disease;	/* by cell; SPECIAL last */
	size_t			 diseases;
	size_t			 first_special;
};

/* plan_make(p, share, a, ret, err): ${share} in millionths, 1 to SHARE_ONE. */
int plan_make(const struct published *p, uint32_t share, struct arena *a,
    struct plan *ret, struct err *err) MUST_USE;

/*
 * scale_counts(of, n, accident, share, year, base, exact, ret, err): the ${n}
 * counts ${of} at ${share}, times ${year} over ${base}, in ${ret}.  ${exact}:
 * share and year leave them as they are, and what lies where nothing was first
 * settled stays there.  Each measure is apportioned by largest remainders over
 * the ${n}; days and points then keep to what the numbers of claims allow.
 */
int scale_counts(const struct counts *const *of, size_t n, bool accident,
    uint32_t share, const struct national *year, const struct national *base,
    bool exact, struct counts *const *ret, struct err *err) MUST_USE;

#endif
