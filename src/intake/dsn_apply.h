/*
 * dsn_apply.h -- what becomes of the declarations of one DSN file; private to
 * intake/.
 *
 * A declaration is told by its establishment, month, fraction and nature, and
 * has versions (intake/dsn.h).  Only the latest version stands: its totals are
 * facts, those of the version before are superseded with it, and a version
 * that comes late is history and changes nothing.  So the facts do not depend
 * on the order in which versions arrive.  Inside one file, which is one batch,
 * the versions are settled in memory first; then what stands is compared with
 * the register and written.
 *
 * What was touched is added up again at the end (dsn_derive.h).  Nothing here
 * is about a person: that ended in the reader.
 */
#ifndef TAPR_INTAKE_DSN_APPLY_H
#define TAPR_INTAKE_DSN_APPLY_H

#include "base/arena.h"
#include "intake/dsn.h"
#include "intake/dsn_derive.h"
#include "intake/dsn_report.h"
#include "intake/dsn_rules.h"
#include "intake/source.h"

struct dsn_pending;

struct dsn_apply {
	struct intake	*in;
	struct arena	*arena;
	struct dsn_touched touched;
	struct dsn_pending **slot;	/* by identity; a power of two */
	size_t		 slots;
	struct dsn_pending *first, *last;	/* in the order of the file */
	size_t		 n;
	/* How many declarations, in the end. */
	struct batch_report count;
	struct dsn_notes notes;		/* what is told: no norm */
};

/*
 * dsn_apply_start(a, in, report, err): in->batch is begun; findings go to
 * ${report}.  dsn_apply_end() gives back, also after a failure.
 */
int dsn_apply_start(struct dsn_apply *a, struct intake *in,
    struct dsn_report *report, struct err *err) MUST_USE;
void dsn_apply_end(struct dsn_apply *a);

/* One declaration of the file, as the reader hands it over. */
int dsn_apply_take(struct dsn_apply *a, const struct dsn_declaration *d,
    struct err *err) MUST_USE;
/*
 * dsn_apply_all(a, stop, to, err): writes what stands and adds up what was
 * touched.  TAPR_EINVAL when ${stop} (may be NULL) says so.
 */
int dsn_apply_all(struct dsn_apply *a, bool (*stop)(void *to), void *to,
    struct err *err) MUST_USE;

/*
 * dsn_ranking(new, old): whether ${new} takes the place of ${old}, both of one
 * identity.
 */
enum dsn_ranking {
	DSN_STANDS,		/* new takes the place */
	DSN_STANDS_TOLD,	/* and does not say so */
	DSN_HISTORY,		/* old stays: new is an earlier version */
	DSN_SAME_VERSION,	/* old stays if it has the same content */
	DSN_CONTRADICTS,	/* old stays: two of the same order number */
};
enum dsn_ranking dsn_ranking(const struct dsn_id *new,
    const struct dsn_id *old);

#endif
