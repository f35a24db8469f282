/*
 * month.h -- the keys of a fund, one a claim month and one a hold, each wrapped
 * by the key of the epoch.
 *
 *	DIR/keys/2024-03.key	a wrapped key, WRAP_BYTES
 *	DIR/keys/hold-NAME.key	that of a hold
 *	DIR/keys/2016-03.gone	it was destroyed, and is made no more
 *	DIR/keys/2024-03.key.next	as a rotation wraps it again
 *
 * A rotation writes the next epoch and every .key.next, then renames the file of
 * the epoch: that is the moment when it happens.  A wrapped key names its epoch,
 * so that until the last .next is renamed each reader finds the one of the epoch
 * in force.  Who writes settles first what was cut off; he holds the lock of the
 * fund, so nobody else is at it.
 *
 * Only the keys child calls what is here, but ring_exists().
 */
#ifndef TAPR_KEYS_MONTH_H
#define TAPR_KEYS_MONTH_H

#include "keys/epoch.h"

enum { RING_KEEPS = 256, KEY_NAME_MAX = 32 };

struct ring_key {
	char			name[KEY_NAME_MAX];	/* "": free */
	struct seal_pair	pair;
};

/* The key of the epoch and the last keys asked for: in locked memory. */
struct ring {
	struct keys_place	place;
	int64_t			number;		/* 0: not opened */
	struct seal_key		epoch;
	struct ring_key		key[RING_KEEPS];
	int			at;		/* the next to be forgotten */
};

/* DIR/keys is there: the fund has keys. */
bool ring_exists(const struct keys_place *p);
/* Opens the epoch; with ${settle} clears up after what was cut off. */
int ring_open(struct ring *r, bool settle, struct err *err) MUST_USE;
/* Forgets every key. */
void ring_close(struct ring *r);

/*
 * ring_key(r, a, make, ret, err): the key of the hold of ${a}, or else of its
 * month.  TAPR_EINVAL: there is none and ${make} is not set, it was destroyed,
 * or its file is not as it was written.
 */
int ring_key(struct ring *r, const struct keys_about *a, bool make,
    struct seal_pair *ret, struct err *err) MUST_USE;

/* Its key was destroyed. */
bool ring_gone(const struct ring *r, const struct keys_about *a);

int ring_init(struct ring *r, enum keys_way way, struct err *err) MUST_USE;
int ring_rotate(struct ring *r, enum keys_way way, struct err *err) MUST_USE;
int ring_destroy(struct ring *r, const struct keys_about *a,
    struct err *err) MUST_USE;

/* What is there, without opening anything. */
int ring_status(const struct ring *r, struct keys_status *ret,
    struct err *err) MUST_USE;

#endif
