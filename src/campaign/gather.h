/*
 * gather.h -- from the register to the inputs of a campaign.
 *
 * Reads what was known after one batch, row by row in the order of the keys,
 * and never adds up in SQL what makes a rate.  What the rules derive is
 * derived here and said in docs/formats/campaign.md: the zone from the
 * commune, the headcount of a year from its months, a take-over from a
 * succession with continuity, both accounts of a temporary worker's accident.
 */
#ifndef TAPR_CAMPAIGN_GATHER_H
#define TAPR_CAMPAIGN_GATHER_H

#include <signal.h>

#include "base/arena.h"
#include "campaign/inputs.h"
#include "store/fund.h"

/* The rate of the year before, where the register holds none. */
struct gather_before {
	const struct inputs	*in;		/* of the year before, or NULL */
	const uint8_t		*mode;		/* 0: none, or not notified */
	const int32_t		*rate;		/* 1/10 000 */
};

enum { READERS_MAX = 16 };

struct gather_about {
	struct store	*store;
	int64_t		 known;		/* batch */
	const struct law *law;
	int		 year;
	const char	*fund, *engine;	/* NUL-ended words for "about" */
	enum zone	 zone;		/* of the fund, without a commune */
	const struct fund *area;	/* its departments; NULL: everywhere */
	uint32_t	 siren;		/* of one firm; 0 = all */
	/* Its sections count although it is closed, for its account, which is
	 * empty when a successor has its claims; 0 = none */
	uint64_t	 closed_too;	/* a SIRET */
	struct gather_before before;
	/* Threads that read ahead, of every firm, over connections of their
	 * own; 0: none. */
	int		 readers;
	const volatile sig_atomic_t *stop;	/* see campaign_act */
};

struct gather_report {
	int64_t	rows, damaged, unattached;
	uint64_t successor;		/* has what was of closed_too; 0 = none */
	char	first_damaged[96];	/* table and key, "" = none */
};

/*
 * gather(about, a, ret, report, err): the inputs, in ${a}.  A row that fails
 * its checksum stops the establishment it is about, and no other.  TAPR_EIO
 * when it no longer says which, or when rows are lost.
 */
int gather(const struct gather_about *about, struct arena *a,
    struct inputs *ret, struct gather_report *report, struct err *err)
    MUST_USE;

#endif
