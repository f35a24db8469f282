/*
 * declare.h -- what may leave a fund, as law/exchanges.csv declares it: a row
 * a field of a flow, with its recipient, legal basis, purpose and source.
 *
 * Nothing leaves that is not a field of this file.  A source is a column of
 * the register ("claim.kind"), a campaign ("campaign.year"), or "none": what
 * the register does not hold yet.  A flow reads no table but those that its
 * sources name (exchange.h), and its level says which they may be:
 *
 *	company	no table about claims: nothing on a person can be read
 *	records	one row a claim, no identifier, no day, no place; fields give
 *		way in the order of "widen" until no row is rare
 *	table	the same, added up
 *	file	the whole account of an establishment, sealed for one fund
 */
#ifndef TAPR_EXCHANGE_DECLARE_H
#define TAPR_EXCHANGE_DECLARE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "guard/entry.h"
#include "store/table.h"

enum { EXCHANGE_FLOWS_MAX = 32, EXCHANGE_FIELDS_MAX = 48,
	EXCHANGE_BYTES_MAX = 1 << 20, EXCHANGE_CODE_MAX = 32 };

enum exchange_level { LEVEL_COMPANY, LEVEL_RECORDS, LEVEL_TABLE, LEVEL_FILE };
extern const char *const exchange_level_words[];

enum exchange_type {
	EXCHANGE_TEXT, EXCHANGE_SIRET, EXCHANGE_SIREN, EXCHANGE_YEAR,
	EXCHANGE_DATE, EXCHANGE_COUNT,
	EXCHANGE_HUNDREDTHS,		/* hours, persons */
	EXCHANGE_MONEY,			/* cents */
	EXCHANGE_RATE,			/* 1/10 000 of a percent */
	EXCHANGE_SHARE,			/* 1/10 000 */
	EXCHANGE_SUM,			/* of a table: counts, added up */
	EXCHANGE_TYPES,
};
extern const char *const exchange_type_words[];

struct exchange_field {
	const char		*name, *source, *note;
	enum exchange_type	 type;
	int			 widen;		/* its turn, from 1; 0: never */
};

struct exchange_flow {
	const char		*code, *label, *recipient, *basis;
	const char		*period, *format;
	enum purpose		 purpose;
	enum exchange_level	 level;
	bool			 sealed;
	bool			 held;		/* no source is "none" */
	bool			 reads[TABLES];
	int			 fields, widens;
	struct exchange_field	 field[EXCHANGE_FIELDS_MAX];
};

struct exchanges {
	struct arena		*a;
	int			 flows;
	struct exchange_flow	*flow[EXCHANGE_FLOWS_MAX];
};

/*
 * exchanges_read(name, text, n, ret, err): the declaration ${text}, of ${n}
 * bytes and one that may be written.  TAPR_EINVAL names the line.
 * exchanges_load() reads exchanges.csv of the folder ${dir}.
 * exchanges_free() gives all back, also after a failure.
 */
int exchanges_read(const char *name, char *text, size_t n,
    struct exchanges *ret, struct err *err) MUST_USE;
int exchanges_load(const char *dir, struct exchanges *ret, struct err *err)
    MUST_USE;
void exchanges_free(struct exchanges *e);

/* The flow ${code}; TAPR_EINVAL when none is declared. */
int exchanges_find(const struct exchanges *e, const char *code,
    const struct exchange_flow **ret, struct err *err) MUST_USE;
/* The number of a field, -1 when it is not declared. */
int exchange_field(const struct exchange_flow *f, const char *name);

#endif
