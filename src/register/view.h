/*
 * view.h -- facts of the register as text or JSON; private to register/.
 *
 * What is shown of a table is itself a table (parts): which columns, in what
 * unit, under which French label and which JSON key.  Every fact is followed
 * by where it comes from: file and line, day, actor.
 */
#ifndef TAPR_REGISTER_VIEW_H
#define TAPR_REGISTER_VIEW_H

#include "base/str.h"
#include "doc/term.h"
#include "register/register.h"
#include "store/fund.h"
#include "store/row.h"

/* What a value is; a person reads it as doc/fmt.h writes it, JSON is plain. */
enum look {
	LOOK_TEXT, LOOK_DATE, LOOK_NUMBER, LOOK_YES_NO,
	LOOK_HUNDREDTHS,	/* hours, persons */
	LOOK_EUR,		/* cents */
	LOOK_SHARE,		/* 1/10 000, read in percent of one */
	LOOK_RATE,		/* 1/10 000 of a percent */
	LOOK_PERCENT,		/* whole */
	LOOK_TERM,		/* + enum terms: a word of that list */
};

struct item {
	int		 column;
	int		 look;
	const char	*json, *label;
};

enum { PART_ITEMS_MAX = 32 };

/* Which facts of a table count on a day. */
enum when {
	WHEN_ALWAYS,
	WHEN_FROM,		/* from a day on */
	WHEN_FROM_TO,		/* half-open; the end may be open */
	WHEN_YEAR,		/* of that year or before */
};

struct part {
	enum table_id	 table;
	int		 by;		/* column that names the employer */
	bool		 by_year;	/* the key is (year, by) */
	enum when	 when;
	int		 from, to;
	bool		 latest;	/* the last from of each key before it */
	const char	*json, *title;
	struct item	 item[PART_ITEMS_MAX];	/* ended by a NULL json */
};

extern const struct part part_establishment, part_unit, part_local;
extern const struct part part_period, part_predecessor, part_successor;
extern const struct part part_transfer_from, part_transfer_to;
extern const struct part part_classification, part_headcount, part_payroll;
extern const struct part part_rate, part_measure, part_portfolio;
extern const struct part part_claim, part_claim_file, part_claim_event;
extern const struct part part_benefit;

struct view {
	struct fund	*fund;
	int64_t		 known;
	struct date	 on;
	bool		 json, history;
	struct str	*out;
	int		 shown;		/* facts, by the last view_part() */
};

/* Opens the fund of ${place} to read; view_close() also after a failure. */
int view_open(struct view *v, struct fund *f, const struct place *place,
    const struct register_view *about, struct str *out, struct err *err)
    MUST_USE;
void view_close(struct view *v);

/*
 * view_part(v, p, by, err): the facts of ${p} whose column is ${by}: a JSON
 * array, or a title and a line each; with history every one there was.
 */
int view_part(struct view *v, const struct part *p, struct value by,
    struct err *err) MUST_USE;
/* view_row(v, p, row, err): one fact: an object, or a line. */
int view_row(struct view *v, const struct part *p, const struct row *row,
    struct err *err) MUST_USE;
/* The fact is true on the day of the view. */
bool view_holds(const struct view *v, const struct part *p,
    const struct row *row);
/* The failure that a damaged row is. */
int view_damaged(const struct part *p, const struct row *row,
    struct err *err);

#endif
