/*
 * synth.h -- a synthetic France.
 *
 * Input files in the formats that `tapr import` reads, from a seed, calibrated
 * on the statistics of law/statistics: at share 1, what is counted of 2024 is
 * the published table, cell by cell (docs/formats/synth.md says what is
 * counted how, and what is invented).  Nobody in it exists.
 *
 * The same options give the same bytes.  Files take their names when all of
 * them are whole.
 */
#ifndef TAPR_SYNTH_SYNTH_H
#define TAPR_SYNTH_SYNTH_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/progress.h"
#include "law/law.h"

struct synth_options {
	const char	*law_dir;	/* holds statistics/ and funds.csv */
	const struct law *law;		/* risk codes and their rates */
	const char	*out;		/* the folder to write, made if absent */
	uint32_t	 share;		/* millionths, 1000 to 1000000 */
	uint64_t	 seed;
	int		 year_from, year_to;	/* within 2019 to 2024 */
	const char	*fund;		/* only that fund; NULL: all */
	bool		 france;	/* a folder for each fund */
	uint32_t	 dsn;		/* establishments with DSN files */
	struct progress	*progress;	/* may be NULL */
	const volatile sig_atomic_t *stop;	/* may be NULL */
};

struct synth_report {
	uint64_t	establishments, closed, firms, claims, files, bytes;
	uint64_t	old_claims;	/* settled before 2019: see claim.c */
	uint64_t	declarations;	/* DSN */
};

/*
 * synth_run(o, ret, err): writes everything.  TAPR_EINVAL when an option is
 * out of range, TAPR_EIO when a file cannot be written or *stop was set: then
 * nothing is left behind.
 */
int synth_run(const struct synth_options *o, struct synth_report *ret,
    struct err *err) MUST_USE;

#endif
