/*
 * world.h -- what the writers of the synthetic France share.
 */
#ifndef TAPR_SYNTH_WORLD_H
#define TAPR_SYNTH_WORLD_H

#include "synth/claim.h"
#include "synth/out.h"
#include "synth/synth.h"

enum file { FILE_UNITS, FILE_ESTABS, FILE_HISTORY, FILE_LINKS,
	FILE_CLASSIFICATION, FILE_PAYROLL, FILE_HEADCOUNT, FILE_RATES,
	FILE_CLAIMS, FILE_BENEFITS, FILE_PORTFOLIO, FILES };

enum { CTNS = 9, CODES_MAX = 96, CODES_TEMP = 9, SAMPLE = 8192,
	DSN_FILES = 13, HEADCOUNT_FIRST = 2017, RATES_YEAR = 2023 };

/* A risk code of a CTN; rates in hundredths of a percent. */
struct code {
	char		 code[6];
	const char	*group;		/* BTP, else "" */
	uint32_t	 rate_2023, rate_2024;
	bool		 always_collective;
};

/* An establishment kept aside: users of temporary workers, bearers of the
 * special account. */
struct kept { struct estab estab; char ctn; char naf[6]; };

struct world {
	const struct synth_options *o;
	struct published *p;
	struct plan	 plan;
	struct arena	*arena;
	/* Codes by CTN, cheapest first; the last list is temporary work. */
	struct code	 code[CTNS + 1][CODES_MAX];
	uint32_t	 codes[CTNS + 1];
	uint32_t	 support_rate[2];	/* 2023: BTP, other */
	uint32_t	 support_rate_2024[2];
	uint32_t	*cell_code;	/* of each cell, in its list */
	struct out	 (*out)[FILES];	/* a set a folder */
	struct out	 (*dsn)[DSN_FILES];
	uint64_t	 declared[FUNDS_MAX];	/* declarations a file */
	uint64_t	 dsn_seen, dsn_every, dsn_done;
	int		 folder_of[FUNDS_MAX];	/* -1: not written */
	size_t		 folders;
	struct kept	*kept;
	size_t		 n_kept;
	uint64_t	 seen_kept;
	struct synth_report *report;
	struct cell_of	 cell;
	struct claims	 claims;
	uint64_t	 next_estab;
	uint32_t	 next_firm;
};

/* The codes that the establishments of a cell have. */
size_t world_list(const struct cell *cell);
const struct code *world_code(const struct world *w, const struct cell *cell,
    const struct estab *e);

/* The file of an establishment, NULL where its fund is not written. */
struct out *world_file(struct world *w, const struct estab *e, enum file f);

/* world_folder(path, err): makes it unless it is there. */
int world_folder(const char *path, struct err *err) MUST_USE;

/* codes.c: the lists of codes from the law; a code for each cell. */
int codes_read(struct world *w, struct err *err) MUST_USE;

/* The writers: each one's header line, and one thing. */
extern const char *const file_name[FILES], *const file_header[FILES];

void write_firm(struct world *w, const struct firm *f);
void write_estab(struct world *w, const struct estab *e, bool seat);
void write_flows(struct world *w, const struct firm *f);
/* write_claim(w, c, e, cell, special): with its benefits; ${cell}: of ${e};
 * ${special}: charged to the special account. */
void write_claim(struct world *w, const struct claim *c,
    const struct estab *e, const struct cell *cell, bool special);

#endif
