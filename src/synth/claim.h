/*
 * claim.h -- the claims of one cell.
 *
 * A series is what the plan counts, year by year, of accidents, of commuting
 * accidents or of one syndrome in one cell.  claims_add() turns it into
 * claims, each with the year it is first settled, its days of each year, its IP
 * and its death, so that the sums of 2024 (and of each year before) are those
 * of the plan to the unit.  claims_place() then gives each an establishment,
 * and claims_dates() its days of the calendar.
 */
#ifndef TAPR_SYNTH_CLAIM_H
#define TAPR_SYNTH_CLAIM_H

#include "synth/estab.h"

enum { YEAR_OLD = YEAR_FIRST - 1 };	/* claims settled before, when some
					   later event needs one */

enum kind { KIND_ACCIDENT, KIND_COMMUTING, KIND_DISEASE };
/* What becomes of claims that no statistic counts: nothing was paid. */
enum fate { FATE_SETTLED, FATE_CARE_ONLY, FATE_REFUSED, FATE_WAITING,
	FATE_RELAPSE };

struct claim {
	uint64_t	number;		/* in the country */
	uint32_t	estab;		/* in the cell */
	uint32_t	disease;	/* in plan.disease */
	uint16_t	days[YEARS + 1];	/* from YEAR_OLD */
	int16_t		year;		/* first settled */
	int16_t		ip_year, death_year;	/* 0: none */
	uint8_t		ip, kind, fate;
	uint8_t		cause;		/* CAUSES: not coded */
	bool		lasting;	/* four days and more */
};

struct claims {
	struct claim	*claim;
	size_t		 n, room;
	uint32_t	*by_estab;	/* after claims_place() */
	uint64_t	 next;		/* the number of the next */
	struct claim	**pool;		/* of work */
	size_t		 pool_room;
	uint64_t	*weight;
	size_t		 weight_room;
};

void claims_clear(struct claims *c);
void claims_free(struct claims *c);

/* claims_add(c, seed, counts, kind, disease, cause, err): a series; ${cause}:
 * the causes of the year 2024 (accidents), or NULL. */
int claims_add(struct claims *c, uint64_t seed,
    const struct counts counts[YEARS], enum kind kind, uint32_t disease,
    const uint64_t *cause, struct err *err) MUST_USE;
/* What was declared and never paid: a tenth and more of what was. */
int claims_add_unpaid(struct claims *c, uint64_t seed, uint64_t settled,
    int year, struct err *err) MUST_USE;

/* claims_place(c, cell, err): an establishment to each, that lived then. */
int claims_place(struct claims *c, struct cell_of *cell, struct err *err)
    MUST_USE;

/* The calendar of a claim; 0: not so. */
struct days {
	int32_t		occurred, declared, complete, recognised, refused;
	int32_t		ip, death, death_recognised;
	struct { int32_t from, to, paid; uint32_t days; } pay[YEARS + 1];
	int32_t		ip_paid, death_paid;
};
/* claims_dates(c, e, seed, ret): of a claim of establishment ${e}. */
void claims_dates(const struct claim *c, const struct estab *e, uint64_t seed,
    struct days *ret);

#endif
