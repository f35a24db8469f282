/*
 * fund.h -- the directory of a fund: its settings, its register, its lock.
 *
 *	fund.ini	settings (docs/formats/fund.md)
 *	register.db	the register
 *	lock		held by whoever writes
 *	campaigns/	a folder a year
 *	keys/		the keys of identities, wrapped (keys/month.h)
 *	audit/		its audit log, and the public key that signs it
 *
 * A fund is opened to read or to write.  One writer at a time: a second one
 * is refused at once, with the words that say so.
 */
#ifndef TAPR_STORE_FUND_H
#define TAPR_STORE_FUND_H

#include "base/date.h"
#include "keys/keys.h"
#include "model/place.h"
#include "store/store.h"

enum { FUND_CODE_MAX = 64, FUND_NAME_MAX = 128, FUND_PATH_MAX = 4096,
	FUND_ID_MAX = 33, FUND_WITNESS_MAX = 512, FUND_TOKEN_MAX = 33 };

struct fund {
	char		 dir[FUND_PATH_MAX];
	char		 id[FUND_ID_MAX];	/* 32 digits; names its keys */
	char		 code[FUND_CODE_MAX];	/* of law/funds.csv */
	char		 name[FUND_NAME_MAX];
	char		 zone[FUND_CODE_MAX];	/* general, alsace-moselle */
	char		 departments[FUND_NAME_MAX];	/* "57 67 68" */
	/* The legal references that open optional columns; "" = closed. */
	char		 nationality_basis[FUND_NAME_MAX];
	char		 cause_basis[FUND_NAME_MAX];
	/* Days for observations: "30", or from days on: "2024-01-01:30 ...". */
	char		 observation_days[FUND_NAME_MAX];
	/* A path, or "| command": who is handed the audit log's checkpoints. */
	char		 witness[FUND_WITNESS_MAX];
	/* Of a token that keeps the key of identities: [keys]. */
	char		 module[FUND_WITNESS_MAX], token[FUND_TOKEN_MAX];
	/* Where keys are, and what opens them: see place.h. */
	const char	*keys, *secret, *pkcs11;
	const char	*actor;			/* who acts: --as */
	int64_t		 entry;			/* of the audit log; 0: none */
	struct date	 today;
	struct store	*store;
	int		 lock;			/* descriptor, -1 to read */
};

struct fund_about {
	const char	*code, *name, *zone, *departments;
	/* NULL: a fund without an audit log, for the tests of the store. */
	const char	*id, *public_key;
};

/*
 * fund_create(dir, about, err): makes the directory ${dir} (which must not
 * exist, or be empty) with its settings and an empty register.
 */
int fund_create(const char *dir, const struct fund_about *about,
    struct err *err) MUST_USE;

/*
 * fund_open(place, mode, ret, err): opens the fund of ${place}, whose actor
 * outlives it.  fund_close() closes it, also after a failure.
 */
int fund_open(const struct place *place, enum store_mode mode,
    struct fund *ret, struct err *err) MUST_USE;
void fund_close(struct fund *f);
/* fund_read(dir, ret, err): its settings alone; nothing is to be closed. */
int fund_read(const char *dir, struct fund *ret, struct err *err) MUST_USE;

/*
 * A commune (INSEE: 57463, 2A004, 97411) is in a department of ${f}; any one is
 * when the settings name none.
 */
bool fund_covers(const struct fund *f, const char *commune);

/*
 * fund_observation_days(f, on, ret, err): the days for observations that the
 * settings give on the day ${on}; ${ret} is left alone when they give none.
 */
int fund_observation_days(const struct fund *f, struct date on, int *ret,
    struct err *err) MUST_USE;

/* Where its keys of identities are; valid as long as ${f}. */
struct keys_place fund_keys(const struct fund *f);

/* "DIR/NAME" into ${buf} of FUND_PATH_MAX bytes; TAPR_EINVAL when too long. */
int fund_path(const struct fund *f, const char *name, char *buf,
    struct err *err) MUST_USE;

#endif
