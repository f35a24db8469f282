/*
 * account.h -- the employer's account: what is charged to an establishment,
 * and what stands against it.
 *
 * Pure: facts and law in, an account out; nothing is kept, so that an account
 * made again is the same.  Every line names its claim, the rules that put it
 * there and the cost it comes from.  Debits are the lines that the rate adds
 * up, and nothing else: their sum is its risk value, exactly.  No table number
 * of a disease, no name, no diagnosis can be in it: the facts have none
 * (deliberation 93-039, S1-83).
 */
#ifndef TAPR_ACCOUNT_ACCOUNT_H
#define TAPR_ACCOUNT_ACCOUNT_H

#include "base/arena.h"
#include "law/law.h"
#include "model/answer.h"
#include "tariff/rules.h"

struct account_debit {
	const struct claim	*claim;
	bool			 ip, death;	/* else IT */
	enum cost_category	 category;
	int			 year;		/* it is charged to */
	struct frac		 cost;		/* average cost, euros */
	struct frac		 share;		/* less third parties, other firm */
	struct frac		 factor;	/* share, less the abatement */
	struct frac		 amount;	/* euros, exact */
	const struct rule	*year_rule;	/* why that year */
	const struct rule	*cost_rule;	/* why that cost */
	const struct rule	*share_rule;	/* why that share; NULL: whole */
};

/* A claim that is known and not charged, and why. */
struct account_left_out {
	const struct claim	*claim;
	const char		*why;		/* French */
};

struct account_year {
	int		year;
	struct frac	debit;			/* euros */
	struct quantity	payroll;		/* euros */
	struct quantity	headcount;		/* persons, of the firm */
};

struct account {
	const struct facts		*facts;
	int				 rate_year;
	struct account_year		 year[WINDOW_MAX];
	int				 years;
	const struct account_debit	*debit;
	size_t				 debits;
	const struct account_left_out	*left_out;
	size_t				 lefts;
	struct frac			 total_debit;
	struct quantity			 total_payroll;	/* all years known */
};

/*
 * account_make(law, facts, first, last, arena, ret, err): the account of the
 * years ${first} to ${last}, at most WINDOW_MAX (0, 0: the years of reference
 * of the rate of ${facts}), in ${arena}.
 */
int account_make(const struct law *law, const struct facts *facts, int first,
    int last, struct arena *arena, struct account *ret, struct err *err)
    MUST_USE;

#endif
