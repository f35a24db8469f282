/*
 * flow.h -- a CSV flow as a table of columns, and its lines as typed values.
 *
 * One engine reads every flow: it finds the columns by name, refuses a file
 * that lacks one or that holds what a fund may not have, and turns each line
 * into values of the types of its columns, or into a fault.  It knows no store
 * and no subject: what a line means is the business of its handler (run.h).
 *
 * A value is a number or a text (store/value.h): dates are 20240131, decimals
 * are in units of their last place, true is 1, a word is one of the table.
 * Columns of a person are checked and then dropped here: the handler finds
 * only whether there was one (1) or none.  What is sealed is asked for by name
 * (flow_person), and goes nowhere else.
 */
#ifndef TAPR_INTAKE_FLOW_H
#define TAPR_INTAKE_FLOW_H

#include <stdbool.h>
#include <stdio.h>

#include "intake/csv_file.h"
#include "intake/fault.h"
#include "store/value.h"

enum flow_type {
	FLOW_SIRET, FLOW_SIREN,
	FLOW_RISK_CODE,
	FLOW_REFERENCE,		/* of a claim, a message, a document */
	FLOW_LOGIN,
	FLOW_DATE,
	FLOW_DECIMAL,		/* ${places} decimals */
	FLOW_NUMBER,
	FLOW_WORD,		/* one of ${words} */
	FLOW_BOOLEAN,
	FLOW_TEXT,		/* at most ${max} bytes */
	FLOW_FORM,		/* ${form}: 9 digit, A capital, X either, else
				   itself; | between forms */
	FLOW_NIR,		/* of a person: checked, then dropped */
	FLOW_PERSON_NAME,
	FLOW_PERSON_FORM,
};

enum flow_need {
	FLOW_NEEDED,		/* in the header, and in each line */
	FLOW_HEADER,		/* in the header; may be empty */
	FLOW_OPTIONAL,		/* may be absent */
};

/* Columns that a fund reads only with a legal reference in its settings. */
enum flow_gate { GATE_NONE, GATE_NATIONALITY, GATE_CAUSE, GATES };

enum { FLOW_COLUMNS_MAX = 40 };

struct flow_column {
	const char		*name;
	enum flow_type		 type;
	enum flow_need		 need;
	int			 places;
	enum flow_gate		 gate;
	int64_t			 min, max;
	const char *const	*words;
	const char		*form;
};

struct flow {
	const char		*name;		/* "claims" */
	int			 columns;
	int			 record;	/* the column that names a line */
	bool			 undiffused;	/* [ND] of INSEE is empty */
	const struct flow_column *column;
};

enum flow_got { FLOW_GOT_ROW, FLOW_GOT_FAULT, FLOW_GOT_END };

struct flow_reader {
	struct csv_file		 file;
	const struct flow	*flow;
	int			 at[FLOW_COLUMNS_MAX];	/* in the file, or -1 */
	struct value		 value[FLOW_COLUMNS_MAX];
	struct fault		 fault;
	/* What may be repeated of a line: its record, if that is one. */
	const char		*record;
	long			 line;
	bool			 persons;	/* the file has such columns */
	bool			 open[GATES];	/* else read past: flow_open()
						   leaves them closed */
};

/*
 * flow_open(r, in, name, flows, err): reads the header of ${in} as that of the
 * first of ${flows} (ended by NULL) that it has all columns of.  TAPR_EINVAL:
 * it lacks one, or has one that no file may have (prescriptions, acts,
 * long-term illnesses, hospital stays).  flow_close() ends, also then.
 */
int flow_open(struct flow_reader *r, FILE *in, const char *name,
    const struct flow *const *flows, struct err *err) MUST_USE;
/* The next line: value[], or fault, or the end.  TAPR_EIO alone fails. */
int flow_next(struct flow_reader *r, enum flow_got *ret, struct err *err)
    MUST_USE;
void flow_close(struct flow_reader *r);
/*
 * flow_person(r, column): the text of the line's field of a person, whose value
 * is 1, as it stands in the file; valid until the next line.  For who seals it
 * (identity.c); nobody else asks.
 */
const char *flow_person(const struct flow_reader *r, int column);

/* field_read(c, text, ret): one field that is not empty (field.c). */
enum fault_id field_read(const struct flow_column *c, const char *text,
    struct value *ret);
/* The column ${name} of ${f}, -1 if it has none. */
int flow_column(const struct flow *f, const char *name);
/* A column that no file may have; French, what it is about, or NULL. */
const char *flow_forbidden(const char *column);

#endif
