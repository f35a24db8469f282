/*
 * intake.h -- a file in: each of its lines applied, kept waiting or set aside.
 *
 * One file is one batch: it is seen whole or not at all, and whoever imports
 * it again changes nothing.  Bad lines go to FILE.rejected.csv, which names
 * line, record, column, rule and reason, never a value; the rest is applied.
 * Lines about an establishment (or a claim) that is not known yet wait in the
 * register and are applied, under their own file and line, by the import
 * after which it is.  A DSN is no CSV: its declarations are what lines are
 * (dsn_apply.h).
 */
#ifndef TAPR_INTAKE_INTAKE_H
#define TAPR_INTAKE_INTAKE_H

#include <stdbool.h>
#include <stdint.h>

#include "intake/crm.h"
#include "intake/dsn.h"
#include "base/err.h"
#include "intake/fault.h"
#include "law/law.h"
#include "store/batch.h"
#include "store/fund.h"

struct intake_options {
	bool		 dry_run;	/* everything but keeping it */
	bool		 strict;	/* all lines or none */
	const char	*rejected;	/* NULL: beside the file */
	const char	*norms;		/* the law directory: of DSN and CRM */
	bool		 assumed;	/* of a CRM: names nobody has seen */
	/* The keys child, for all files of a command: started here when one
	 * holds identities, ended by the caller.  NULL: they are not kept. */
	struct keys	**keys;
	/* Both may be NULL.  stop() is asked between lines. */
	void		(*progress)(void *to, int64_t lines, uint64_t bytes);
	bool		(*stop)(void *to);
	void		*to;
};

/* Lines that waited before. */
struct intake_released {
	int64_t		 applied;
	int64_t		 held;		/* cannot be applied: they wait on */
	struct err	 why;		/* of the first of these */
};

struct intake_report {
	struct batch_report	 count;
	int64_t			 outside;	/* of unchanged: other funds */
	struct intake_released	 released;
	int64_t			 fault[FAULTS];
	bool			 applied;	/* false: nothing was kept */
	bool			 persons;	/* the file has such columns */
	bool			 keys;		/* identities are kept, sealed */
	int64_t			 sealed;	/* of these */
	int64_t			 unkept;	/* the key of their month is gone */
	bool			 cut;		/* no end of the last line */
	/* Of DSN alone, whose counts are of declarations: what was found, and
	 * the payrolls and headcounts of another flow that sums replaced. */
	struct dsn_report	 dsn;
	int64_t			 replaced;
	struct crm_report	 crm;		/* rates > 0: it was one */
	char			 rejected[FUND_PATH_MAX];	/* "" = none */
};

/* The kinds of files, ended by NULL. */
extern const char *const intake_kinds[];

/*
 * intake_file(f, law, kind, path, o, ret, err): imports ${path} ("-": the
 * standard input) into ${f}, open to write.  TAPR_EINVAL: the file is refused
 * whole, none of its lines could be applied (or with strict not all of them),
 * or the user stopped it: nothing changed, and ${ret} says what was read.
 */
int intake_file(struct fund *f, const struct law *law, const char *kind,
    const char *path, const struct intake_options *o,
    struct intake_report *ret, struct err *err) MUST_USE;
/* Gives back what ${r} holds, also after a failure of intake_file(). */
void intake_report_clear(struct intake_report *r);

#endif
