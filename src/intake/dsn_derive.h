/*
 * dsn_derive.h -- payroll and headcounts from what is declared; private to
 * intake/.
 *
 * The facts of the tables dsn_* are read back and added up, here and not in
 * SQL, for each year of a section and each year of a firm that an import has
 * touched; the sums become facts of the tables payroll and headcount, where
 * the last batch stands whatever flow it came by.
 */
#ifndef TAPR_INTAKE_DSN_DERIVE_H
#define TAPR_INTAKE_DSN_DERIVE_H

#include "base/arena.h"
#include "base/num.h"
#include "intake/source.h"

/*
 * A year of a section, or of a firm (section NULL; siret is then its SIREN).
 * Section "" is the year itself of an establishment: what is declared of one
 * section decides whether the others have a sum.
 */
struct dsn_touch {
	const char	*siret, *section;
	int		 year;
	long		 line;		/* of the declaration, for the source */
	bool		 beside;	/* a figure of another flow stays */
};

struct dsn_touched {
	struct dsn_touch *at;
	size_t		 n, room;
};

/* dsn_touch(t, touch, err): the texts outlive ${t}. */
int dsn_touch(struct dsn_touched *t, const struct dsn_touch *touch,
    struct err *err) MUST_USE;
void dsn_touched_free(struct dsn_touched *t);

/*
 * dsn_derive(in, t, err): adds up every touched year again and puts it, in the
 * batch of ${in}.  ${in}->replaced counts figures of another flow that a sum
 * replaced.
 */
int dsn_derive(struct intake *in, struct dsn_touched *t, struct err *err)
    MUST_USE;
/* The same for all that is declared of one establishment. */
int dsn_derive_siret(struct intake *in, const char *siret, long line,
    struct err *err) MUST_USE;

/* ---- pure --------------------------------------------------------------- */

enum { DSN_MONTHS = 12 };

/* The shares of one month: parts over the same full time. */
struct dsn_parts {
	int64_t	full, part;
};

/*
 * dsn_parts_sum(p, n, days): the sum of part / full over the ${days} of the
 * month: exact, or, when the full times have no common multiple that fits, to
 * four decimals.
 */
struct frac dsn_parts_sum(const struct dsn_parts *p, size_t n, int days);

/*
 * dsn_months_cut(month, is_there, ret): the months of a year in hundredths
 * (N-41): each is cut so that the months up to it add up to their exact sum,
 * the third decimal dropped; so the mean of the year, which R. 130-1 cuts at
 * the second decimal, is that of the exact months.  A month with somebody
 * keeps 0.01 at least: it counts as a month with employees.  -1: not there.
 * false when a sum is too large.
 */
bool dsn_months_cut(const struct frac month[DSN_MONTHS],
    const bool is_there[DSN_MONTHS], int64_t ret[DSN_MONTHS]) MUST_USE;

#endif
