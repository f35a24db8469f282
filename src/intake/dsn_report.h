/*
 * dsn_report.h -- noting what is wrong.
 *
 * The report of a file, and what it means for the declaration being read.
 */
#ifndef TAPR_INTAKE_DSN_REPORT_H
#define TAPR_INTAKE_DSN_REPORT_H

#include "intake/dsn.h"
#include "intake/dsn_norm.h"

/* What may be wrong with a value or a block, whatever rubrique it is. */
enum dsn_fault {
	DSN_FAULT_LENGTH, DSN_FAULT_CLASS, DSN_FAULT_VALUE, DSN_FAULT_UNKNOWN,
	DSN_FAULT_ABSENT, DSN_FAULT_PARENT, DSN_FAULT_ORDER, DSN_FAULT_MANY,
	DSN_FAULT_FEW, DSN_FAULTS,
};

struct dsn_notes {
	struct dsn_report	*report;
	const struct dsn_norm	*norm;
	bool			 blocked;	/* the declaration is lost */
};

/* dsn_note(notes, rule, line): unless the norm does not know ${rule}. */
void dsn_note(struct dsn_notes *notes, enum dsn_rule rule, long line);

/*
 * dsn_note_fault(notes, fault, code, number, severity, line): of the rubrique
 * ${number} of the block ${code}, or of the block itself when it is 0.
 */
void dsn_note_fault(struct dsn_notes *notes, enum dsn_fault fault,
    unsigned code, unsigned number, enum dsn_severity severity, long line);

/*
 * dsn_report_name(report, from, siret): the findings from ${from} on are of the
 * declaration of ${siret}, a number whose key is right.
 */
void dsn_report_name(struct dsn_report *report, size_t from,
    const char *siret);

#endif
