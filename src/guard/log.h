/*
 * log.h -- the audit log of a fund, to add to: no entry, no act.
 *
 * Places are given by one sequencer, the writing transaction of audit.db, and
 * an entry is on the disk when log_append() returns.  Checkpoints are taken at
 * each LOG_STEP entries, when the last one is older than an hour, and on
 * demand.  Reading and verifying are in log_read.h.
 */
#ifndef TAPR_GUARD_LOG_H
#define TAPR_GUARD_LOG_H

#include "guard/entry.h"
#include "guard/log_keys.h"
#include "model/place.h"
#include "store/fund.h"

enum { LOG_STEP = 1000, LOG_SECONDS = 3600 };

struct log {
	const struct place	*place;
	struct fund		 fund;		/* its settings alone */
	char			 name[NOTE_NAME_MAX];
	struct store		*store;
	struct log_key		 hash_key;
	bool			 noted;		/* a checkpoint was taken */
};

/*
 * log_create(keys, dir, about, err): a fund with its log and its keys, which
 * fills the id and the key of ${about}; nothing remains of the keys when it
 * cannot be made.
 */
int log_create(const char *keys, const char *dir,
    const struct fund_about *about, struct err *err) MUST_USE;

/* log_open(place, l, err): ${place} outlives it.  log_close() closes it, also
 * after a failure. */
int log_open(const struct place *place, struct log *l, struct err *err)
    MUST_USE;
void log_close(struct log *l);

/* log_append(l, e, n, ret, err): all ${n} entries or none; ${ret}, the place of
 * the first. */
int log_append(struct log *l, const struct entry *e, size_t n, int64_t *ret,
    struct err *err) MUST_USE;

/* log_checkpoint(l, out, err): one of what the log holds now, added to ${out};
 * the last one when nothing was added since. */
int log_checkpoint(struct log *l, struct str *out, struct err *err) MUST_USE;

/* log_hand(l, told): gives the witness every checkpoint that it has not; does
 * nothing without a witness, or when no checkpoint was taken.  ${told} when the
 * witness took none: they are kept for the next time. */
void log_hand(struct log *l, struct err *told);

/*
 * log_record(place, e, n, ret, told, err): opens, appends, hands, closes.  On a
 * full disk the room that the log keeps is used.  A witness that does not answer
 * is no failure: ${told} says so.
 */
int log_record(const struct place *place, const struct entry *e, size_t n,
    int64_t *ret, struct err *told, struct err *err) MUST_USE;

#endif
