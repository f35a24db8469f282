/*
 * exchange.h -- a declared flow leaves the fund: one file, and what says of it
 * what it is (CSVW), written where the operator wants them.
 *
 *	exchange_open()		declared, open by an act, and held
 *	exchange_columns()	what the producer offers: the declared fields
 *	exchange_read()		tables that the declaration names, no other
 *	exchange_row()		one row
 *	exchange_send()		logged, registered, then written
 *
 * The producer has no store: it cannot read what its flow does not declare, nor
 * write it.  Columns stand in the order of the declaration and rows in that of
 * their bytes, so that two runs give the same file and an order tells nothing.
 *
 * In records and tables a combination of fields that fewer than EXCHANGE_K
 * holders have (exchange_row) says less, field after field, or is left out.
 */
#ifndef TAPR_EXCHANGE_EXCHANGE_H
#define TAPR_EXCHANGE_EXCHANGE_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "exchange/declare.h"
#include "model/place.h"
#include "store/row.h"

enum { EXCHANGE_K = 11, EXCHANGE_OUT_MAX = 1 << 30 };

/* Nothing in clear about a person in any of it. */
struct exchange_run {
	struct place		 place;
	const struct exchanges	*law;
	const char		*flow;
	int			 year;		/* 0: none */
	const char		*object;	/* SIREN or SIRET, of one; NULL */
	const char		*recipient;	/* NULL: that of the flow */
	const char		*request;	/* reference of one; NULL */
	const char		*path;		/* of the file to write */
	bool			 json;
	/* Not 0 once the user has asked to stop; NULL: never. */
	const volatile sig_atomic_t *stop;
};

struct exchange;

/*
 * exchange_open(run, ret, err): the fund of ${run} is open to write, so that
 * nothing changes meanwhile.  TAPR_EINVAL when the flow is closed, says what it
 * rests on is missing, or its file is there already.  ${run} outlives ${ret};
 * exchange_close(), also after a failure.
 */
int exchange_open(const struct exchange_run *run, struct exchange **ret,
    struct err *err) MUST_USE;
void exchange_close(struct exchange *x);

const struct exchange_run *exchange_run(const struct exchange *x);
const char *exchange_code(const struct exchange *x);

/*
 * exchange_columns(x, name, n, err): the fields that rows will have, in the
 * order of their values.  TAPR_EINVAL when one is not declared, or a declared
 * one is not among them.  ${name} outlives ${x}.
 */
int exchange_columns(struct exchange *x, const char *const *name, int n,
    struct err *err) MUST_USE;

struct exchange_reading {
	enum table_id	 table;
	struct years	 years;		/* of a table keyed by year first */
	/* With by: only the facts whose column is that, any year. */
	const struct value *by;
	int		 column;
};
/*
 * exchange_read(x, what, take, to, err): each fact in force.  TAPR_EINVAL when
 * no declared source is of that table; TAPR_EIO on a damaged row.
 */
int exchange_read(struct exchange *x, const struct exchange_reading *what,
    int (*take)(void *to, const struct value *v, struct err *err), void *to,
    struct err *err) MUST_USE;

/*
 * exchange_row(x, v, holder, err): a row, one value a column.  Of records and
 * tables ${holder} is who it is about (an establishment, a claim): it is
 * counted and never written; else it is not looked at.
 */
int exchange_row(struct exchange *x, const struct value *v, uint64_t holder,
    struct err *err) MUST_USE;

/*
 * exchange_send(x, out, err): the audit log first, then the register, then the
 * bytes; ${out} says what was done.  On failure before the register nothing is
 * left behind, neither file.
 */
int exchange_send(struct exchange *x, struct str *out, struct err *err)
    MUST_USE;

#endif
