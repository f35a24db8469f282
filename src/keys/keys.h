/*
 * keys.h -- identities under key: the client of the keys child.
 *
 * A NIR and a surname are kept sealed.  Each claim month has a key of its own,
 * kept in the fund wrapped by the key of the epoch, which lives outside the
 * fund.  Only a small child process opens the key of the epoch; this process
 * never holds a key.  It says at the start what the child may do for it, which
 * cannot be widened afterwards: an import writes (seal, index) and cannot read
 * back; who may read is for guard to decide.
 *
 *	struct keys *k;
 *
 *	keys_start(&place, KEYS_WRITE, &k, err)
 *	keys_identity(k, &about, nir, surname, &ret, err)	once a claim
 *	keys_end(k)
 *
 * Errors: TAPR_EINVAL what is asked is refused (a key destroyed, a value that
 * was changed, a wrong passphrase, a right not asked for); TAPR_EIO the child
 * or a file failed.  No message holds a value.
 */
#ifndef TAPR_KEYS_KEYS_H
#define TAPR_KEYS_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum {
	KEYS_FUND_MAX = 33,	/* the random name of a fund, 32 digits */
	KEYS_MONTH_MAX = 8,	/* "2024-03" */
	KEYS_HOLD_MAX = 27,	/* [a-z0-9-], what a hold is called */
	KEYS_ROW_MAX = 80,	/* of a claim: its reference */
	KEYS_TEXT_MAX = 201,	/* a surname at most, with its NUL */
	KEYS_SEALED_MAX = 360,
	KEYS_INDEX_MAX = 44,
	KEYS_NIR_LEN = 13,	/* without its key, which follows from it */
};

/* What a child may do. */
enum {
	KEYS_WRITE = 1,		/* seal, index; the caller holds the fund's lock */
	KEYS_OPEN = 2,		/* open */
	KEYS_ADMIN = 4,		/* init, rotate, hold, destroy; holds the lock */
};

/* How the key of an epoch is kept outside the fund. */
enum keys_way { KEYS_FILE = 1, KEYS_PASSPHRASE, KEYS_TOKEN };
extern const char *const keys_way_words[];	/* from KEYS_FILE on, NULL */

enum keys_field { KEYS_NIR = 1, KEYS_SURNAME };

/* Where the keys of a fund are.  Texts may be "". */
struct keys_place {
	const char	*dir;		/* of the fund */
	const char	*root;		/* folder of the keys, outside any fund */
	const char	*id;		/* of the fund */
	const char	*secret;	/* file of the passphrase or PIN; "": the
					   terminal is asked */
	const char	*new_secret;	/* of the next epoch; "": as secret */
	const char	*module;	/* PKCS#11 */
	const char	*token;		/* its label; "": the first one */
};

/* What a sealed value is about; its associated data. */
struct keys_about {
	char		month[KEYS_MONTH_MAX];
	char		hold[KEYS_HOLD_MAX];	/* "": under the month's key */
	enum keys_field	field;
	char		row[KEYS_ROW_MAX];
};

struct keys_status {
	bool		 ready;		/* there is an epoch */
	int64_t		 number;
	enum keys_way	 way;
	int64_t		 months, holds, destroyed;
	char		 first[KEYS_MONTH_MAX], last[KEYS_MONTH_MAX];
	bool		 locked;	/* its memory is never swapped out */
};

struct keys_identity {
	char		 nir[KEYS_SEALED_MAX], surname[KEYS_SEALED_MAX];
	char		 index[KEYS_INDEX_MAX];
	bool		 gone;		/* the key was destroyed: nothing else is set */
};

struct keys;

/* keys_made(p): « tapr keys init » was done for this fund. */
bool keys_made(const struct keys_place *p);

/*
 * keys_start(p, rights, ret, err): a child that has opened the key of the epoch;
 * with rights 0 it opens nothing and only answers keys_status(), with KEYS_ADMIN
 * alone it opens it when it is needed.  keys_end() ends it (NULL: nothing).
 */
int keys_start(const struct keys_place *p, int rights, struct keys **ret,
    struct err *err) MUST_USE;
void keys_end(struct keys *k);
/* Its process. */
int keys_pid(const struct keys *k);

/* ---- KEYS_WRITE ---- */

/*
 * keys_seal(k, a, text, ret, err): the key of a month is made when it is first
 * needed; TAPR_EINVAL when it was destroyed.
 */
int keys_seal(struct keys *k, const struct keys_about *a, const char *text,
    char ret[KEYS_SEALED_MAX], struct err *err) MUST_USE;
/* Equal for equal texts of a field in one month, and in no other month. */
int keys_index(struct keys *k, const struct keys_about *a, const char *text,
    char ret[KEYS_INDEX_MAX], struct err *err) MUST_USE;
/*
 * keys_identity(k, a, nir, surname, ret, err): both sealed, and the index of the
 * NIR, in one exchange; of a NIR of 15 characters the first 13 count.  The field
 * of ${a} is not looked at.  A month whose key was destroyed is no failure.
 */
int keys_identity(struct keys *k, const struct keys_about *a,
    const char *nir, const char *surname, struct keys_identity *ret,
    struct err *err) MUST_USE;

/* ---- KEYS_OPEN ---- */

/* keys_open(k, a, sealed, ret, err): the caller wipes ${ret}. */
int keys_open(struct keys *k, const struct keys_about *a, const char *sealed,
    char ret[KEYS_TEXT_MAX], struct err *err) MUST_USE;

/* ---- KEYS_ADMIN ---- */

/* The first epoch. */
int keys_init(struct keys *k, enum keys_way way, struct err *err) MUST_USE;
/*
 * keys_rotate(k, way, err): a new epoch: every key of the fund is wrapped again,
 * and the key of the old epoch destroyed.  Cut off at any moment, it is as if it
 * had not begun or as if it had ended.  way 0: as it was.
 */
int keys_rotate(struct keys *k, enum keys_way way, struct err *err) MUST_USE;
/*
 * keys_hold(k, a, sealed, ret, err): what is sealed under the key of its month,
 * under that of ${a}->hold as well; it never leaves the child in clear.
 */
int keys_hold(struct keys *k, const struct keys_about *a, const char *sealed,
    char ret[KEYS_SEALED_MAX], struct err *err) MUST_USE;
/* keys_destroy(k, month, hold, err): one of both, the other is "".  What is
 * sealed under that key does not open any more, and the month takes no other. */
int keys_destroy(struct keys *k, const char *month, const char *hold,
    struct err *err) MUST_USE;

int keys_status(struct keys *k, struct keys_status *ret, struct err *err)
    MUST_USE;

/* A month YYYY-MM; what a hold may be called. */
bool keys_month_valid(const char *month);
bool keys_hold_valid(const char *hold);

#endif
