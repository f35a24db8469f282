/*
 * log_read.h -- the audit log of a fund, to read: no key is needed.
 */
#ifndef TAPR_GUARD_LOG_READ_H
#define TAPR_GUARD_LOG_READ_H

#include "guard/entry.h"
#include "guard/note.h"
#include "store/fund.h"

/* An entry as the base holds it, its openings beside it ("": erased). */
struct logged {
	struct sealed	 s;
	const char	*leaf;
	const char	*actor_salt, *actor, *object_salt, *object;
};

struct log_reader {
	struct fund	 fund;		/* its settings alone */
	struct note_key	 key;		/* of audit/public.key */
	char		 key_text[NOTE_KEY_TEXT_MAX];
	struct store	*store;
};

/* log_read_open(dir, r, err); log_read_close() also after a failure. */
int log_read_open(const char *dir, struct log_reader *r, struct err *err)
    MUST_USE;
void log_read_close(struct log_reader *r);

/*
 * log_each(r, from, each, to, err): the entries from place ${from} on, in
 * order, until each() fails; texts live until it returns.
 */
int log_each(struct log_reader *r, int64_t from,
    int (*each)(void *to, const struct logged *e, struct err *err), void *to,
    struct err *err) MUST_USE;

/* log_leaves(r, ret, ret_n, err): every leaf; the caller frees ${ret}. */
int log_leaves(struct log_reader *r, struct hash **ret, uint64_t *ret_n,
    struct err *err) MUST_USE;

/* 64 hexadecimal digits; false when they are not. */
bool log_hash(const char *hex, struct hash *ret);

#endif
