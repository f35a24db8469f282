/*
 * campaign.h -- the yearly campaign of a fund: from the register to rates in
 * force, and back from a contest.
 *
 *	freeze	-> campaigns/YEAR/inputs.tapr	what is known, never changed
 *	compute	-> campaigns/YEAR/results.tapr	every rate, never changed
 *	draft, observe, decide, notify		one row a change of a lot
 *
 * Opens and closes the fund itself; what it answers goes to ${out}, in French
 * text or as one JSON document.  Nothing is printed here.
 */
#ifndef TAPR_CAMPAIGN_CAMPAIGN_H
#define TAPR_CAMPAIGN_CAMPAIGN_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "law/law.h"
#include "model/place.h"

/* What every act of a campaign is given. */
struct campaign_act {
	struct place	 place;
	const struct law *law;		/* of today; NULL where none is read */
	int		 year;
	bool		 json;
	int		 threads;	/* 0: one a processor */
	bool		 plain;		/* compute every section by itself */
	/* How far a long act is; NULL: untold. */
	void		(*told)(void *to, const char *what, uint64_t done,
			    uint64_t all);
	void		*to;
	/* Not 0 once the user has asked to stop (Ctrl-C); NULL: never. */
	const volatile sig_atomic_t *stop;
};

/* TAPR_EINVAL when the user has asked to stop. */
int campaign_stopped(const volatile sig_atomic_t *stop, struct err *err)
    MUST_USE;

int campaign_freeze(const struct campaign_act *act, struct str *out,
    struct err *err) MUST_USE;
int campaign_compute(const struct campaign_act *act, struct str *out,
    struct err *err) MUST_USE;

/* Where things are: counts, lots and their states, what was refused. */
int campaign_show(const struct campaign_act *act, struct str *out,
    struct err *err) MUST_USE;
/* A sheet of a campaign. */
struct campaign_page {
	const char	*siret, *section;	/* NULL: main */
	bool		 html;
	bool		 notified;	/* as first notified, if rectified since */
};
/*
 * campaign_sheet(): the calculation sheet of the rate in force of a section (a
 * rectified one from the facts its contest was decided on), what it is, and
 * why the rate changed since the year before.
 */
int campaign_sheet(const struct campaign_act *act,
    const struct campaign_page *page, struct str *out, struct err *err)
    MUST_USE;
/*
 * campaign_verify(): computes again from the snapshot alone, and compares every
 * byte.  TAPR_EINVAL, with what differs in ${out}, when one is not the same.
 */
int campaign_verify(const struct campaign_act *act, struct str *out,
    struct err *err) MUST_USE;

/*
 * campaign_draft(): the drafts are made and told; the period for observations
 * begins, where there is one.
 */
int campaign_draft(const struct campaign_act *act, struct str *out,
    struct err *err) MUST_USE;

/* One rate, and what happens to it; NULL where it does not apply. */
struct campaign_one {
	const char	*siret, *section;	/* NULL: main */
	const char	*document;	/* of an observation: where it is kept */
	const char	*answer;	/* to it: reasons of law and fact */
	const char	*reason;	/* of a withdrawal */
	const char	*reference;	/* of a sanction: it, and not the rate */
	bool		accept;		/* the observation was right */
};
/*
 * campaign_observe(): without a SIRET closes the periods that are over; with a
 * document records an observation, whose rate leaves its lot; with an answer
 * answers it.
 */
int campaign_observe(const struct campaign_act *act,
    const struct campaign_one *one, struct str *out, struct err *err)
    MUST_USE;
/*
 * campaign_sanction(): supplementary contributions and penalties that the
 * register holds and that are not lines of the year yet become a lot, each
 * with its amount; it is then drafted, heard, decided and notified like rates.
 */
int campaign_sanction(const struct campaign_act *act, struct str *out,
    struct err *err) MUST_USE;
/* Takes one rate or sanction out of its lot, before it is notified. */
int campaign_withdraw(const struct campaign_act *act,
    const struct campaign_one *one, struct str *out, struct err *err)
    MUST_USE;
/*
 * campaign_decide(act, lot, digest, out, err): without ${digest} prints what the
 * decider must see, and its digest; with it, decides.  TAPR_EINVAL when that is
 * no longer what would be printed, or the decider is the author.
 */
int campaign_decide(const struct campaign_act *act, int lot,
    const char *digest, struct str *out, struct err *err) MUST_USE;

struct campaign_notice {
	int		 lot;
	const char	*means;		/* electronic or post */
	const char	*proof;
	struct date	 received;	/* by post: proven receipt */
	struct date	 consulted;	/* electronic: first consultation */
};
/* A decided lot is notified; a notified one comes into force. */
int campaign_notify(const struct campaign_act *act,
    const struct campaign_notice *notice, struct str *out, struct err *err)
    MUST_USE;

/* Who gains, who loses and how much, under the law of ${act}. */
int campaign_impact(const struct campaign_act *act, struct str *out,
    struct err *err) MUST_USE;

/*
 * campaign_account(act, siret, section, now, csv, out, err): the statement of an
 * employer's account: the one that the rate of the year rests on or, without a
 * campaign or when asked (${now}), the running one of the year and the year
 * before, from what is known today.
 */
int campaign_account(const struct campaign_act *act, const char *siret,
    const char *section, bool now, bool csv, struct str *out,
    struct err *err) MUST_USE;

/* A contest: of a step of a sheet, or of a line of an account. */
struct contest {
	const char	*siret, *section;	/* NULL: main */
	const char	*against;	/* "step:gross", "claim:A1" */
	const char	*document;
	int		 number;	/* of one to decide */
	bool		 accept;
	const char	*reasons;	/* of law and fact */
	const char	*proof;		/* of the rectified notice */
};
/*
 * contest_open(): recorded with its deadline.  A line of an account is never
 * contested too late (Cass. 2e civ. 7 April 2022, 20-18.310).
 */
int contest_open(const struct campaign_act *act, const struct contest *c,
    struct str *out, struct err *err) MUST_USE;
int contest_list(const struct campaign_act *act, struct str *out,
    struct err *err) MUST_USE;
/*
 * contest_decide(): rejected with its reasons, or accepted once the facts are
 * corrected: then every notified rate that they change is computed again, of
 * every year and establishment, with what is to repay or to pay.
 */
int contest_decide(const struct campaign_act *act, const struct contest *c,
    struct str *out, struct err *err) MUST_USE;

/*
 * contest_table(act, number, csv, out, err): each rate that the decided contest
 * ${number} changed, with payroll, amount and the days until which it can be
 * claimed, for who collects the contributions.
 */
int contest_table(const struct campaign_act *act, int number, bool csv,
    struct str *out, struct err *err) MUST_USE;

/*
 * campaign_declared(act, on, out, err): the employers who declared by DSN a
 * rate that is not the one notified to them, and what is due on the base
 * declared: for the month of ${on}, or for every month known (DATE_NONE).
 * Before the rate of a year is notified the previous one is right.
 */
int campaign_declared(const struct campaign_act *act, struct date on,
    struct str *out, struct err *err) MUST_USE;

/*
 * campaign_relation(act, path, out, err): what this fund tells the national
 * one for the collective rates of the year (docs/formats/collective.md), on
 * ${out}; with ${path} into that file, and on ${out} what the register lacks.
 */
int campaign_relation(const struct campaign_act *act, const char *path,
    struct str *out, struct err *err) MUST_USE;

/* What the national fund adds up. */
struct campaign_collective {
	const char *const *file;	/* relations of funds */
	size_t		 files;
	const char	*funds;		/* the path of law/funds.csv */
	const char	*groups;	/* of risks, a file; NULL: none */
	const char	*code;		/* one sheet alone; NULL: all */
};
/*
 * campaign_collective(): the collective rates that the relations give, each
 * with its sheet; a proposal, which an arrêté alone turns into rates.  No fund
 * is opened: of ${act} the year, the law and the form are used.
 */
int campaign_collective(const struct campaign_act *act,
    const struct campaign_collective *what, struct str *out, struct err *err)
    MUST_USE;

/*
 * campaign_send_rates(act, run, out, err): the flow urssaf_rates: every rate of
 * the year that was notified, as it stands, into the file of ${run}.
 */
struct exchange_run;
int campaign_send_rates(const struct campaign_act *act,
    const struct exchange_run *run, struct str *out, struct err *err)
    MUST_USE;

/*
 * campaign_law(act, ret, err): the parameters that the campaign was computed
 * with, from its snapshot; law_free().
 */
int campaign_law(const struct campaign_act *act, struct law **ret,
    struct err *err) MUST_USE;

const char *campaign_engine(void);	/* "tapr 0.1.0" */

#endif
