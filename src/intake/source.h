/*
 * source.h -- what the flows share: the state of an import, and for each flow
 * what a line does; private to intake/.
 */
#ifndef TAPR_INTAKE_SOURCE_H
#define TAPR_INTAKE_SOURCE_H

#include "intake/codes.h"
#include "intake/flow.h"
#include "intake/intake.h"
#include "intake/siret_set.h"
#include "keys/keys.h"
#include "store/row.h"

enum { SIRET_MAX = 15, CLAIM_ID_MAX = 65 };

struct intake {
	struct fund	*fund;
	struct batch	 batch;
	struct codes	 codes;
	struct fault	 fault;		/* of the line in hand */
	/* Of SIRENE alone: what is kept although it is elsewhere, the firms
	 * known, and the establishments with values of our own. */
	struct siret_set named, firms, local;
	struct siret_set kept_firms;	/* by this file */
	struct head	*head;
	int64_t		 late;		/* lines applied after they passed */
	/* The establishment last asked for: files come in its order. */
	char		 siret[SIRET_MAX];
	bool		 siret_known;
	/* Of DSN alone: figures of another flow that sums replaced. */
	int64_t		 replaced;
	/* Of claims: NULL, identities are not kept; how many were sealed, and
	 * how many not, as the key of their month was destroyed. */
	struct keys	*keys;
	int64_t		 sealed, unkept;
};

/* Where a claim has its identity, and what it is of (claims.c). */
struct identity_columns { int claim, declared, message, nir, surname; };
extern const struct identity_columns claims_identity;

enum outcome {
	LINE_APPLIED, LINE_UNCHANGED,
	LINE_WAITS,		/* what it is about is not known yet */
	LINE_OUTSIDE,		/* about an establishment of another fund */
	LINE_FAULT,		/* in->fault says which */
};

struct source {
	const struct flow *flow;
	/* What a line does.  A failure ends the import. */
	int		(*line)(struct intake *in, const struct value *v,
			    long line, enum outcome *ret, struct err *err);
	/* NULL: asked once, before the first line; may refuse the file. */
	int		(*start)(struct intake *in, struct err *err);
	/* How a line that waits is known again; waits_for -1: none waits. */
	int		 key[4], keys;
	int		 waits_for;
};

/* For each kind, what its files may be, ended by NULL. */
extern const struct source source_establishment, source_unit, source_history;
extern const struct source source_duplicates, source_unit_history;
extern const struct source source_links_alone;
extern const struct source source_succession, source_payroll;
extern const struct source source_headcount, source_classification;
extern const struct source source_rates, source_claims, source_benefits;
extern const struct source source_portfolio, source_dsn;

/* The source of a flow by its name, NULL if there is none. */
const struct source *source_of(const char *flow);

/* ---- for the lines ------------------------------------------------------- */

/* The line is set aside for ${id} in ${column}. */
int line_fault(struct intake *in, enum fault_id id, const char *column,
    enum outcome *ret);
/* A fact; a line that contradicts another of the file is a fault. */
int line_put(struct intake *in, enum table_id table, const struct value *row,
    long line, enum outcome *ret, struct err *err) MUST_USE;
/* The batch brings ${id} of ${table} no more. */
int line_end(struct intake *in, enum table_id table, const struct value *key,
    struct err *err) MUST_USE;

int known_siret(struct intake *in, const char *siret, bool *ret,
    struct err *err) MUST_USE;
int known_siren(struct intake *in, const char *siren, bool *ret,
    struct err *err) MUST_USE;
/* The claim as it stands: its year (0: none) and establishment. */
int known_claim(struct intake *in, const char *claim_id, int64_t *ret_year,
    char siret[SIRET_MAX], struct err *err) MUST_USE;
/*
 * A message that came before: ${ret} = LINE_UNCHANGED with the same content,
 * LINE_FAULT with another, LINE_APPLIED when it is new.
 */
int known_message(struct intake *in, enum sql sql, enum table_id table,
    const struct value *row, const char *id, enum outcome *ret,
    struct err *err) MUST_USE;

/* ---- identities (identity.c) --------------------------------------------- */

/* The keys child, started in ${keys} when the fund has keys and it was not. */
int identity_start(struct intake *in, struct keys **keys, struct err *err)
    MUST_USE;
/* Seals the identity of the claim whose line came to ${ret}, which it may
 * change. */
int identity_line(struct intake *in, const struct flow_reader *r,
    enum outcome *ret, struct err *err) MUST_USE;
/* The claim is now of the year ${to}; ${brought}: its identity comes with it. */
int identity_moves(struct intake *in, const struct value *claim, int64_t year,
    int64_t to, bool brought, long line, struct err *err) MUST_USE;

/* ---- lines that wait (waiting.c) ----------------------------------------- */

int waiting_ask(struct intake *in, const struct source *s,
    const struct value *v, bool *ret, struct err *err) MUST_USE;
int waiting_put(struct intake *in, const struct source *s,
    const struct value *v, long line, enum outcome *ret, struct err *err)
    MUST_USE;
/*
 * waiting_release(in, ret, err): applies every waiting line that can be, under
 * its own file and line.  One that cannot, as what it says is damaged or too
 * large to be added up, is held back: it waits on, and stops no other.
 */
int waiting_release(struct intake *in, struct intake_released *ret,
    struct err *err) MUST_USE;

#endif
