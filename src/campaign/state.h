/*
 * state.h -- the lots of a campaign and their states; private to campaign/.
 *
 *	computed -> draft -> observed -> decided -> notified -> in force
 *	                 \---------------^ collective rates only
 *
 * A rate has the state of its lot.  There is a lot for each kind of rate; a
 * rate that must wait (an observation, an urgent stop) gets one of its own, so
 * that it never holds back the others.  Sanctions have lots of their own
 * (sanction.h).  No state is skipped: the table itself
 * refuses it (sql/0002-campaign.sql).
 */
#ifndef TAPR_CAMPAIGN_STATE_H
#define TAPR_CAMPAIGN_STATE_H

#include "campaign/desk.h"
#include "campaign/gather.h"

enum state { STATE_NONE, STATE_COMPUTED, STATE_DRAFT, STATE_OBSERVED,
	STATE_DECIDED, STATE_NOTIFIED, STATE_IN_FORCE, STATE_RECTIFIED,
	STATES };
extern const char *const state_words[];		/* from 1 */

enum lot_kind {
	LOT_NONE,
	LOT_COLLECTIVE,		/* no observations: S1-77 */
	LOT_CONTRADICTORY,	/* mixed or individual */
	LOT_ELSEWHERE,		/* another fund notifies: D. 242-6-22 */
	LOT_SINGLE,		/* one rate, taken out of its lot */
	LOT_SANCTION,		/* supplements and penalties */
};
extern const char *const lot_kind_words[];	/* from 1 */

enum { LOTS_MAX = 4096, FIRST_SINGLE_LOT = 100 };

struct lot {
	int		 number;
	enum lot_kind	 kind, as;	/* ${as}: of the rate in a single lot */
	enum state	 state;
	struct date	 on, until;	/* of the state */
	struct date	 notified;	/* the day of the notice */
	struct date	 appeal;	/* last day to contest the notice */
	const char	*author, *means, *proof;
	const char	*made_by, *reason;
	uint64_t	 rates;		/* or sanctions, in it */
	int64_t		 contributions;	/* cents */
};

struct lots {
	struct lot	*at;
	size_t		 n;
	/* The lot of each section, as an index; NO_NUMBER: refused. */
	uint32_t	*of;
	struct sanction	*sanction;	/* see sanction.h */
	size_t		 sanctions;
};

/* Of the campaign of ${d}, whose results are open; in its arena. */
int lots_load(struct desk *d, struct lots *ret, struct err *err) MUST_USE;
/* By its number; NULL when there is none. */
struct lot *lots_find(const struct lots *l, int64_t number);

/* Which lot a rate is born in. */
enum lot_kind lot_kind_of(const struct inputs *in, const struct results *r,
    uint64_t i);

/* TAPR_EINVAL when somebody was already told: nothing may be made anew. */
int lots_untold(struct desk *d, struct err *err) MUST_USE;
/* Ends the lots of the campaign, in batch ${b}; makes those of new results. */
int lots_clear(struct desk *d, struct batch *b, struct err *err) MUST_USE;
int lots_make(struct desk *d, struct batch *b, struct err *err) MUST_USE;
/* What was notified, for the campaign of the year after. */
int lots_notified(struct desk *d, int64_t known, struct gather_before *ret,
    struct err *err) MUST_USE;

/* A change of state, as it is written. */
struct change {
	enum state	 to;
	struct date	 until;
	const char	*means, *proof, *review, *note;
};
/*
 * lot_change(d, b, lot, change, err): writes it; TAPR_EINVAL when ${lot} is not
 * in the state before.
 */
int lot_change(struct desk *d, struct batch *b, struct lot *lot,
    const struct change *change, struct err *err) MUST_USE;
/*
 * lot_take_out(d, b, lots, i, reason, ret, err): the rate of section ${i} in a
 * lot of its own, in the state of the lot that it leaves.
 */
int lot_take_out(struct desk *d, struct batch *b, struct lots *lots,
    uint64_t i, const char *reason, struct lot **ret, struct err *err)
    MUST_USE;

/* A lot of sanctions, empty, in state computed. */
int lot_make(struct desk *d, struct batch *b, struct lots *lots,
    const char *reason, struct lot **ret, struct err *err) MUST_USE;
/* An empty lot of ${kind} in the state of ${from}, for what leaves it. */
int lot_split(struct desk *d, struct batch *b, struct lots *lots,
    const struct lot *from, enum lot_kind kind, const char *reason,
    struct lot **ret, struct err *err) MUST_USE;

#endif
