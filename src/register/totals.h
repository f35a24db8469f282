/*
 * totals.h -- what a fund counts of a year: employment, and the claims as the
 * published statistics count them (docs/formats/totals.md), by CTN.
 *
 * Totals only: no establishment and no claim can be told from them but by its
 * CTN being alone in the fund.  They are for the agents of the register; what
 * is published goes through the rules of disclosure, not through here.
 */
#ifndef TAPR_REGISTER_TOTALS_H
#define TAPR_REGISTER_TOTALS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "model/place.h"
#include "store/store.h"

enum totals_kind { TOTALS_ACCIDENT, TOTALS_DISEASE, TOTALS_COMMUTING,
	TOTALS_KINDS };

/* The CTN A to I, then what has none. */
enum { TOTALS_SPECIAL = 9,	/* diseases of the special account */
	TOTALS_NONE,		/* establishments without a main section */
	TOTALS_ROWS };

struct totals_claims {
	int64_t	first_settled, four_days;
	int64_t	ip_under_10, ip_10_up;
	int64_t	points_under_10, points_10_up;	/* percent; no death in them */
	int64_t	deaths, days;
};

struct totals_row {
	int64_t			establishments;
	int64_t			employees, hours;	/* hundredths */
	/* Sections whose employees or hours are not known: not in the sums. */
	int64_t			no_employees, no_hours;
	struct totals_claims	claims[TOTALS_KINDS];
};

struct totals { struct totals_row row[TOTALS_ROWS], all; };

/*
 * totals_count(s, known, year, ret, err): the totals of ${year} as known after
 * batch ${known}.  A damaged row is TAPR_EIO: totals that leave something out
 * are not given.  In memory: 16 bytes an establishment, and about 60 a claim
 * that something was paid for in ${year}.
 */
int totals_count(struct store *s, int64_t known, int year,
    struct totals *ret, struct err *err) MUST_USE;

/*
 * totals_show(place, year, known, json, out, err): the same, of a fund, to be
 * read; as known on the day ${known}, DATE_NONE for all that is known.
 */
int totals_show(const struct place *place, int year, struct date known,
    bool json, struct str *out, struct err *err) MUST_USE;

#endif
