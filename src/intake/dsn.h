/*
 * dsn.h -- a DSN file in, totals per declaration out.
 *
 * A DSN (déclaration sociale nominative, norm NEODeS) names every employee of
 * an establishment, month by month.  tapr needs none of them: it needs the
 * payroll, the hours, the headcount and the declared rates of the
 * establishment, by section and risk code.  So the reader adds a person up
 * as the lines pass and forgets them at the end of their block: no value of
 * a person is ever copied out of the bytes given, and what the handler
 * receives holds none (S1-39).
 *
 * The reader knows no store.  It calls the handler once for each monthly or
 * substitution declaration that is complete and right; one that is not is
 * set aside and the rest goes on.  What replaces or cancels what is for the
 * caller to apply, in its transaction: dsn_supersedes() says it, and all
 * totals are integers, so that a declaration is undone by subtracting them.
 *
 * The norm of a year is data (law/norms/dsn/P26V01.csv); docs/formats/dsn.md
 * lists the checks.
 */
#ifndef TAPR_INTAKE_DSN_H
#define TAPR_INTAKE_DSN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/err.h"
#include "base/num.h"

/* --- norms --- */

struct dsn_norms;

/*
 * dsn_norms_open(dir, ret, err): the norms of the law directory ${dir}; each
 * is read from ${dir}/norms/dsn when a file first asks for it.  Not to be
 * shared between threads.
 */
int dsn_norms_open(const char *dir, struct dsn_norms **ret, struct err *err)
    MUST_USE;
void dsn_norms_free(struct dsn_norms *norms);

/* --- what was declared --- */

enum dsn_nature { DSN_MONTHLY = 1, DSN_SUBSTITUTION = 9 };

enum dsn_type {			/* S20.G00.05.002 */
	DSN_NORMAL = 1,
	DSN_EMPTY = 2,			/* sans individu */
	DSN_REPLACES = 3,		/* annule et remplace intégral */
	DSN_CANCELS = 4,		/* annule */
	DSN_REPLACES_EMPTY = 5,		/* annule et remplace sans individu */
};

/*
 * What tells declarations apart.  Two of the same establishment, nature,
 * month and fraction are versions of one; made_on and order say which is the
 * later: the order number starts again with each civil month.
 */
struct dsn_id {
	char		 siren[10], nic[6];
	enum dsn_nature	 nature;
	enum dsn_type	 type;
	struct date	 month;			/* its first day */
	uint8_t		 fraction;		/* 11: the whole */
	struct date	 made_on;		/* S20.G00.05.007 */
	int64_t		 order;			/* S20.G00.05.004 */
	struct date	 replaced_made_on;	/* S20.G00.05.006, or none */
	int64_t		 replaced_order;
};

enum dsn_section { DSN_MAIN, DSN_SUPPORT };

enum { DSN_NONE = -1 };		/* end of a chain */

/*
 * The totals of one risk code.  risk_code is empty for what was declared
 * without saying which of several contracts it belongs to, "999ZZ" when no
 * rate is notified yet.  user is the establishment (SIRET or other
 * identifier) where the employees of a temporary-work agency work, else
 * empty.  year is the year of the period that an amount is attached to: a
 * correction of last year is of last year.
 */
struct dsn_aggregate {
	char			 risk_code[6];
	enum dsn_section	 section;
	char			 user[15];
	int16_t			 year;
	struct cents		 payroll;	/* base 03, may be negative */
	int64_t			 hours;		/* paid, in 1/100 hour */
	int64_t			 days;		/* paid, in 1/100 day: forfait */
	uint32_t		 contracts;	/* in force in the month */
	uint32_t		 without_hours;	/* of these: no hours declared */
	int32_t			 first_share, first_rate;
};

/*
 * Headcount of the month, exact: the sum of the shares of an aggregate, each
 * part / (full * days of the month).  See dsn_headcount().
 */
struct dsn_share {
	int32_t	next;
	int32_t	full;
	int64_t	part;
};

/* A rate that was declared: S21.G00.40.043. */
struct dsn_declared_rate {
	int32_t		next;
	bool		given;		/* false: none (999ZZ) */
	struct rate	rate;
	uint32_t	contracts;
	struct cents	payroll;
};

struct dsn_declaration {
	struct dsn_id	 id;
	char		 norm[7];
	long		 first_line, last_line;
	uint32_t	 individuals;
	const struct dsn_aggregate *aggregate;
	size_t		 aggregates;
	const struct dsn_share *share;
	const struct dsn_declared_rate *rate;
	/* Base 03 of contracts whose work accidents are not ours (regimes
	 * other than 200, 402 and 147): in no aggregate. */
	struct cents	 outside;
	/* Block S21.G00.95, code 03: told, and in no aggregate either. */
	struct cents	 misdeclared;
	uint64_t	 bytes;		/* of the file, read so far */
};

/*
 * dsn_headcount(d, a): the headcount of the month of one aggregate, as art.
 * R. 130-1 counts it; the year's is for the caller, who rounds once.
 */
struct frac dsn_headcount(const struct dsn_declaration *d,
    const struct dsn_aggregate *a);

/*
 * dsn_supersedes(new, old): what the arrival of ${new} does to ${old}.
 */
enum dsn_relation {
	DSN_OTHER,		/* not about the same thing: nothing */
	DSN_SAME,		/* the same declaration again: nothing */
	DSN_UNDOES_REPLACING,	/* undo old, apply new */
	DSN_UNDOES,		/* undo old, nothing to apply */
	DSN_LATE,		/* old is the later version: new is history */
	DSN_TWICE,		/* a second one that does not say it replaces */
};
enum dsn_relation dsn_supersedes(const struct dsn_id *new,
    const struct dsn_id *old);

/* --- reading --- */

enum dsn_outcome { DSN_APPLIED, DSN_UNCHANGED, DSN_WAITING, DSN_SET_ASIDE };

/*
 * The handler of a declaration: says in ${ret} what became of it, or refuses
 * with a code, which ends the reading.  ${d} is lent for the call.
 */
struct dsn_handler {
	int	(*declaration)(void *ctx, const struct dsn_declaration *d,
		    enum dsn_outcome *ret, struct err *err);
	void	*ctx;
};

enum dsn_severity {
	DSN_SIGNAL,		/* told, nothing refused */
	DSN_BLOCKING,		/* its declaration is set aside */
	DSN_REFUSAL,		/* its envoi is refused whole */
};

enum { DSN_RULE_MAX = 32, DSN_FINDINGS_MAX = 1000 };

/* What was found, where, under which rule of the norm.  Never a value. */
struct dsn_finding {
	long			 line;
	enum dsn_severity	 severity;
	char			 rule[DSN_RULE_MAX];	/* S21.G00.40.040/CCH-12 */
	const char		*text;			/* French, static */
	char			 siret[15];	/* of its declaration, or "" */
};

/* Counts are of declarations unless said.  Zero it before use. */
struct dsn_report {
	uint64_t	 read, applied, unchanged, waiting, set_aside;
	uint64_t	 events;	/* of those read: signalements, which
					   hold no payroll; unchanged */
	uint64_t	 envois, envois_refused, lines;
	uint64_t	 signals, blocking;	/* findings, kept or not */
	struct dsn_finding *finding;	/* the first DSN_FINDINGS_MAX */
	size_t		 findings;
};
void dsn_report_clear(struct dsn_report *report);

/*
 * dsn_read(norms, name, bytes, n, handler, report, err): reads a file of
 * ${n} bytes, mapped or in memory; ${name} is for messages.  Memory does not
 * grow with the file, only with the number of establishments and individuals
 * of its largest declaration (some bytes each).  ${report} is added to, also
 * on failure.  TAPR_EINVAL when the file is no DSN or not one of its envois
 * can be read (err says why, with the line), TAPR_ELAW when it follows a norm
 * that is not in the law directory, TAPR_EIO without memory, or the code of
 * the handler.
 */
int dsn_read(struct dsn_norms *norms, const char *name, const char *bytes,
    size_t n, const struct dsn_handler *handler, struct dsn_report *report,
    struct err *err) MUST_USE;

#endif
