/*
 * revision.h -- the five-yearly revision of classifications (S1-86).
 *
 * A round asks establishments what they do.  Each section asked about is a
 * file, which goes from step to step:
 *
 *	opened  sent  [reminded]  answered  concluded: unchanged
 *				            concluded: reclassify
 *					    proposed  [observed]  decided
 *
 * No step is skipped, none is taken twice, none is dated before the one it
 * rests on.  A questionnaire that nobody answered is concluded ex officio,
 * after a reminder and the last day to answer.  A reclassification is decided
 * once the employer could answer the proposal, by somebody else than whoever
 * concluded.  The row of a file (table revision_file) says all of it; each
 * step is a new row.
 *
 * This header knows the steps and nothing of a store; revision_run.h does
 * them on a fund.
 */
#ifndef TAPR_REGISTER_REVISION_H
#define TAPR_REGISTER_REVISION_H

#include "base/date.h"
#include "base/err.h"
#include "law/law.h"
#include "store/table.h"
#include "store/value.h"

enum revision_step {
	REVISION_SEND, REVISION_REMIND, REVISION_ANSWER, REVISION_CONCLUDE,
	REVISION_PROPOSE, REVISION_OBSERVE, REVISION_DECIDE, REVISION_STEPS
};

/* The words of the command line, by step; NULL ends. */
extern const char *const revision_step_words[];

/* Where a file stands. */
enum revision_state {
	REVISION_OPENED, REVISION_SENT, REVISION_REMINDED, REVISION_ANSWERED,
	REVISION_UNCHANGED, REVISION_TO_PROPOSE, REVISION_PROPOSED,
	REVISION_OBSERVED, REVISION_ACCEPTED, REVISION_DROPPED,
	REVISION_STATES
};

extern const char *const revision_state_words[];

/* What an act brings; NULL and DATE_NONE are not given. */
struct revision_act {
	enum revision_step	 step;
	const char		*word;		/* conclusion, or decision */
	const char		*document, *reason;
	const char		*risk_code, *ctn;
	struct date		 until;		/* last day to observe */
	struct date		 effect;
	const char		*actor;
	struct date		 day;
};

enum revision_state revision_state(const struct value *file);

/*
 * revision_apply(law, act, file, err): the row ${file} (REV_COLUMNS values)
 * after ${act}; the texts stay those of ${act}, ${file} and ${law}.
 * TAPR_EINVAL: the act is refused, ${err} says which step or which part of
 * the act is missing and ${file} is as it was.
 */
int revision_apply(const struct law *law, const struct revision_act *act,
    struct value *file, struct err *err) MUST_USE;

#endif
