/*
 * gathering.h -- inputs being gathered; private to the gather files.
 *
 * Sections and claims are structs while rows come in, columns at the end.
 */
#ifndef TAPR_CAMPAIGN_GATHERING_H
#define TAPR_CAMPAIGN_GATHERING_H

#include "campaign/gather.h"
#include "store/row.h"

struct section_row {
	uint64_t	siret;
	int64_t		payroll[INPUTS_YEARS];
	uint32_t	firm, single, created, closed;
	int32_t		previous_rate, rebate;
	uint8_t		section, zone, group, regime, taken_over, stop;
	uint8_t		previous_mode, head_here, outside, known;
	bool		single_now, single_before, was_before;
	char		ctn, code[CODE_BYTES];
};

struct claim_row {
	uint32_t	section, ref;
	uint32_t	declared, occurred, recognised, ip_notified, death,
			death_known;
	int32_t		days, ip, third;
	uint8_t		kind, care, charge, role;
};

struct extra_row {
	uint32_t	section, from, until;
	int32_t		percent;
};

/* A list that grows; the elements are of one size. */
struct list {
	void	*at;
	size_t	 n, room, size;
};

/* A predecessor whose claims and payroll follow to its successor. */
struct follow { uint64_t from, to; bool several; };

struct gathering {
	const struct gather_about *about;
	struct ahead		*ahead;		/* NULL: rows are read here */
	struct gather_report	*report;
	struct arena		*a;
	struct err		*err;
	struct date		 on, on_before;	/* tariff days of N, N-1 */
	int			 first_payroll, last_payroll;
	struct list		 sections, claims, extras, follows, damaged,
				 damaged_firms;
	struct list		 merging;	/* gather_merged.c */
	struct list		 text;
	struct list		 others;	/* SIRETs, in order: drop_others() */
	bool			 closed_kept;	/* about->closed_too is closed */
	uint64_t		 gone;	/* it, when a successor has its claims */
	uint32_t		*siren, *firm_created;	/* year, 0: unknown */
	size_t			 firms;
	size_t			 near, near_firm;	/* last found */
	size_t			*bucket, buckets;	/* first by SIRET */
	int64_t			*headcount[HEADCOUNT_YEARS];
};

struct section_row *gathering_section(struct gathering *g, size_t i);
/* Its number; the main one of ${siret} when ${exact} is not asked; -1. */
int64_t gathering_find(struct gathering *g, uint64_t siret,
    enum section section, bool exact);
/* The first of ${siret}, whichever; -1. */
int64_t gathering_any(struct gathering *g, uint64_t siret);
/* Once no section comes or goes any more: from now on they are found faster. */
int gathering_index(struct gathering *g) MUST_USE;
/* The number of a firm, -1 if it has no section here. */
int64_t gathering_firm(struct gathering *g, uint64_t siren);
/* A new element, zeroed; NULL without memory, which is then in g->err. */
void *list_add(struct gathering *g, struct list *l);
/* ${n} elements, not zeroed; the address of the first. */
void *list_add_n(struct gathering *g, struct list *l, size_t n);

/*
 * Calls ${take} with each row of a table.  ${siret_column} or ${siren_column}
 * says whom it is about: a damaged row stops them, and one of another firm
 * than the one asked for is left out, unless ANY_FIRM is added.
 */
enum { ANY_FIRM = 1 << 8 };
int gathering_rows(struct gathering *g, enum table_id table,
    const struct value *key, int n, int siret_column, int siren_column,
    int (*take)(struct gathering *g, const struct row *row)) MUST_USE;

/*
 * The rows of a table, one after the other: reading_open() as rows_open(), of
 * every row (${n} = 0) or of a year and, where nothing is read ahead, a firm.
 */
struct reading {
	struct gathering	*g;
	struct rows		*rows;
	struct job		*job;
	struct block		*block;
	const unsigned char	*at;
	struct row		 row;
};
int reading_open(struct gathering *g, enum table_id table,
    const struct value *key, int n, struct reading *ret) MUST_USE;
/* ${ret} is valid until the next call; NULL at the end. */
int reading_next(struct reading *r, const struct row **ret) MUST_USE;
void reading_close(struct reading *r);

/*
 * gather_ahead.c: threads that read what gather() will ask for, as many as
 * about->readers.  Once the years of the window are known; ahead_end() stops
 * them, also after a failure.
 */
int ahead_start(struct gathering *g) MUST_USE;
/* Waits for the last; as batch_verify(), of what they read. */
int ahead_counts(struct gathering *g, const char **ret_table,
    int64_t *ret_batch) MUST_USE;
void ahead_end(struct gathering *g);

/* A damaged row: stops the establishment, or the firm, that it names. */
int gathering_damaged(struct gathering *g, enum table_id table,
    const struct row *row, int siret_column, int siren_column) MUST_USE;

/* The section where what is of ${siret} goes, its successor's if it is gone. */
int64_t gathering_follow(struct gathering *g, uint64_t siret,
    enum section section);

/* The zone of a commune, that of the fund without one. */
uint8_t gathering_zone(const struct gathering *g, const char *commune);

/* A word of ${words}, -1 when there is none. */
int word_of(const char *const *words, const char *word);
uint64_t siret_of(const struct value *v);

/* The payroll of the last year, or the rate of N-1, of one that follows. */
int gathering_merge_pay(struct gathering *g, int64_t section, uint64_t siret,
    uint8_t from, int64_t cents) MUST_USE;
int gathering_merge_rate(struct gathering *g, int64_t section, uint64_t siret,
    uint8_t from, int32_t rate, uint8_t mode) MUST_USE;
/* The columns of them, when all is gathered. */
int gathering_merged(struct gathering *g, struct inputs *in) MUST_USE;

int gather_sections(struct gathering *g) MUST_USE;
int gather_amounts(struct gathering *g) MUST_USE;
int gather_claims(struct gathering *g) MUST_USE;

#endif
