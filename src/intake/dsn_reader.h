/*
 * dsn_reader.h -- what the reading of one file holds.
 *
 * The state of an individual is places in the file and figures of their
 * contracts; it is forgotten when the individual ends (dsn_person_end).
 */
#ifndef TAPR_INTAKE_DSN_READER_H
#define TAPR_INTAKE_DSN_READER_H

#include "intake/dsn_set.h"
#include "intake/dsn_sum.h"
#include "intake/dsn_tree.h"

enum { DSN_CONTRACTS_MAX = 512 };	/* of one individual */

/* Where the base of a contract goes. */
enum dsn_scope { DSN_SCOPE_OURS, DSN_SCOPE_OUTSIDE };

struct dsn_contract {
	struct dsn_value number;		/* a place in the file */
	enum dsn_scope	 scope;
	bool		 counted;		/* in the headcount */
	bool		 has_hours;
	char		 unit[3];		/* of the quota */
	struct date	 start, end;		/* end: last day, or open */
	int32_t		 part, full;		/* part/full of a full-timer */
	int32_t		 aggregate;
	bool		 rate_given;
	struct rate	 rate;
	long		 line;
};

struct dsn_individual {
	int		 contracts;
	struct dsn_contract contract[DSN_CONTRACTS_MAX];
	/* Of the remuneration being read. */
	bool		 pays;			/* type 002 */
	int		 paid;			/* contract, DSN_NONE */
	int16_t		 paid_year;
};

struct dsn_reader {
	const struct dsn_handler *handler;
	struct dsn_notes	 notes;
	struct dsn_tree		 tree;
	struct dsn_sum		 sum;
	struct dsn_set		 places, nirs;
	struct dsn_declaration	 d;
	struct date		 month_end;	/* last day */
	bool			 in_declaration, in_scope;
	bool			 neant;		/* envoi of type 02 */
	bool			 head_blocked;	/* its head is wrong */
	char			 siret[15];
	bool			 siren_whole, siret_whole;	/* not cut */
	struct dsn_individual	 who;
	long			 line;		/* being read */
	const char		*bytes, *at;	/* of the file */
	size_t			 told;		/* findings before this one */
	int			 rc;		/* first failure, or TAPR_OK */
	struct err		*err;
};

/* Blocks left or closed; codes as in the norm.  dsn_person.c */
void dsn_person_left(struct dsn_reader *r);		/* 30 */
void dsn_person_end(struct dsn_reader *r);
/* dsn_contract.c */
void dsn_contract_left(struct dsn_reader *r);		/* 40 */
void dsn_stop_left(struct dsn_reader *r);		/* 60 */
void dsn_end_left(struct dsn_reader *r);		/* 62 */
void dsn_contracts_count(struct dsn_reader *r);		/* end of a person */
/* dsn_pay.c */
void dsn_pay_left(struct dsn_reader *r);		/* 51 */
void dsn_activity_left(struct dsn_reader *r);		/* 53 */
void dsn_base_left(struct dsn_reader *r);		/* 78 */
void dsn_contribution_left(struct dsn_reader *r);	/* 81 */
void dsn_misdeclared_left(struct dsn_reader *r);	/* 95 */

#endif
