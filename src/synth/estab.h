/*
 * estab.h -- the establishments of one cell, CTN x NAF.
 *
 * The generator works cell by cell, so that its memory is that of the largest
 * cell and not that of the country.  A cell has the establishments that the
 * plan counts in 2024, whose employees and hours add up to the plan, and some
 * more that closed before.
 */
#ifndef TAPR_SYNTH_ESTAB_H
#define TAPR_SYNTH_ESTAB_H

#include <stdbool.h>

#include "synth/dice.h"
#include "synth/scale.h"

/* Streams of the dice: one for each thing that is drawn. */
enum stream { STREAM_CELL = 1, STREAM_ESTAB, STREAM_YEAR, STREAM_FIRM,
	STREAM_SERIES, STREAM_PLACE, STREAM_LIFE, STREAM_PERSON,
	STREAM_EXTRA, STREAM_DSN, STREAM_RATE, STREAM_HEIR };

struct estab {
	uint64_t	number;		/* in the country: the dice's index */
	uint32_t	firm, nic;	/* numbers for people_siret() */
	uint32_t	head;		/* employees of 2024, hundredths; of
					   the last year if closed */
	uint32_t	hours;		/* of the same year */
	int32_t		created, closed;	/* days; closed 0: open */
	uint32_t	heir;		/* who took it over: index + 1 */
	uint16_t	commune;	/* in published.commune */
	uint8_t		fund, band, code;	/* code: in codes of the CTN */
	uint8_t		support;	/* percent of a support section */
	bool		single, taken_over, closing;
};

/* Consecutive establishments of one firm. */
struct firm { uint32_t first, n; };

struct cell_of {
	const struct published *p;
	const struct cell *of;
	const struct cell_plan *plan;
	size_t		 index;
	uint64_t	 seed;
	struct estab	*estab;
	size_t		 n, room;
	uint64_t	*work;		/* n numbers */
};

/*
 * estab_make(c, first_estab, first_firm, code, codes, err): the establishments
 * of ${c}, whose p, of, plan, index and seed are set; numbers start at these.
 * ${code}: the usual risk code of the cell among ${codes}.  Memory is kept from
 * cell to cell; estab_free() ends.
 */
int estab_make(struct cell_of *c, uint64_t first_estab, uint32_t first_firm,
    uint32_t code, uint32_t codes, struct err *err) MUST_USE;
/* estab_room(c, n, err): ${c} with ${n} establishments, all zero. */
int estab_room(struct cell_of *c, size_t n, struct err *err) MUST_USE;
void estab_free(struct cell_of *c);

/* The firm that starts at establishment ${first}. */
struct firm estab_firm(const struct cell_of *c, size_t first);

/*
 * Figures of an establishment in ${year}, 2017 to 2024: 0 where it was not.
 * Employees in hundredths; hours; payroll in cents.
 */
struct staff { uint64_t head, hours, cents; };
struct staff estab_staff(const struct cell_of *c, const struct estab *e,
    int year);
bool estab_lives(const struct estab *e, int year);
/* The part of a support section in ${s}. */
struct staff estab_support(const struct estab *e, struct staff s);

#endif
