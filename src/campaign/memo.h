/*
 * memo.h -- the answers that many sections share; private to campaign/.
 *
 * The rate of a collective section rests on few facts: its risk, its zone, its
 * kind, how the headcounts of its firm stand to the two thresholds, how new it
 * is, its rebate; in Alsace-Moselle also the rate of the year before.  Sections
 * with the same such facts get the same answer, from rate_compute() itself,
 * asked once.  A section that turns out mixed or individual is never shared,
 * unless it belongs to a single rate: its members are one.
 */
#ifndef TAPR_CAMPAIGN_MEMO_H
#define TAPR_CAMPAIGN_MEMO_H

#include "campaign/results.h"

struct outcome {
	uint8_t		mode, decimals, negative;
	bool		kept;		/* may be copied; else compute anew */
	int32_t		value;
	uint32_t	reason;		/* in the text of the thread */
	uint8_t		exact[EXACT_BYTES], trace[SHA256_BYTES];
};

/* All of it is compared: no padding may be left unset. */
struct memo_key {
	char		code[CODE_BYTES];
	int32_t		previous_rate, rebate;
	uint32_t	single;		/* of a mixed or individual firm */
	uint16_t	headcounts, created;
	uint8_t		zone, section, ctn, regime;
	uint8_t		previous_mode, group, shared, nothing;
};

struct memo;

int memo_new(const struct law *law, const struct inputs *in,
    struct memo **ret, struct err *err) MUST_USE;
void memo_free(struct memo *m);

/* The key of a section; false when its answer may not be shared. */
bool memo_key(const struct memo *m, const struct inputs *in, uint64_t i,
    struct memo_key *ret) MUST_USE;
/* What was kept for it, until the next memo_keep(); NULL: nothing yet. */
struct outcome *memo_find(struct memo *m, const struct memo_key *key);
/* False without memory.  ${kept} false: remembered as not to be shared. */
bool memo_keep(struct memo *m, const struct memo_key *key,
    const struct outcome *o, bool kept) MUST_USE;

/* Texts, each once, by where they stand. */
struct reasons {
	char		*text;
	size_t		 n, room;
};
/* NO_NUMBER without memory. */
uint32_t reasons_add(struct reasons *r, const char *text);
void reasons_free(struct reasons *r);

#endif
