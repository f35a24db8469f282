/*
 * fault.h -- why a line is set aside.
 *
 * Each reason has an id, which does not change, and a French text that says
 * what to mend.  Neither ever holds what stood in the line: a file whose
 * columns were swapped has a NIR where a reference should be.
 */
#ifndef TAPR_INTAKE_FAULT_H
#define TAPR_INTAKE_FAULT_H

enum fault_id {
	FAULT_NONE,
	/* the form of the line and of its fields */
	FAULT_CSV, FAULT_UTF8, FAULT_LONG, FAULT_MISSING, FAULT_SIRET,
	FAULT_SIREN, FAULT_RISK_CODE, FAULT_REFERENCE, FAULT_LOGIN, FAULT_DATE,
	FAULT_DECIMAL, FAULT_NUMBER, FAULT_RANGE, FAULT_WORD, FAULT_BOOLEAN,
	FAULT_TEXT, FAULT_FORM, FAULT_NIR, FAULT_HIDDEN_NIR,
	/* what lines say to each other and to the register */
	FAULT_OTHER_LINE, FAULT_MESSAGE, FAULT_UNKNOWN_CODE, FAULT_OTHER_CTN,
	FAULT_NO_DOCUMENT, FAULT_FUTURE, FAULT_PERIOD, FAULT_SIREN_SIRET,
	FAULT_SAME_SIRET,
	/* claims; the first ones are those of model/claim_rules.h, in order */
	FAULT_CLAIM_FIRST,
	FAULT_CLAIM_LAST = FAULT_CLAIM_FIRST + 8,
	FAULT_COMPLETE, FAULT_DECIDED_TWICE, FAULT_REFUSED_EARLY,
	FAULT_HIRED_LATE, FAULT_PERSON_MISSING, FAULT_TEMP_WORK,
	FAULT_INEXCUSABLE, FAULT_INFORMED,
	FAULTS
};

const char *fault_name(enum fault_id id);	/* "siret" */
const char *fault_reason(enum fault_id id);	/* French, what to mend */

/* What is wrong with a line: the reason, and the column or NULL. */
struct fault {
	enum fault_id	 id;
	const char	*column;
};

#endif
