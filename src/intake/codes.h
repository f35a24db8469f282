/*
 * codes.h -- is a risk code of that CTN on that day?
 *
 * From law/params/risk_codes.csv and support_rates.csv, put in order once: a
 * file classifies millions of establishments.
 */
#ifndef TAPR_INTAKE_CODES_H
#define TAPR_INTAKE_CODES_H

#include "base/date.h"
#include "intake/fault.h"
#include "law/law.h"

struct codes {
	struct code	*code;		/* by code, then by first day */
	size_t		 n;
	struct date	 first, last;	/* days that the tariffs cover */
};

int codes_load(struct codes *c, const struct law *law, struct err *err)
    MUST_USE;
void codes_free(struct codes *c);

/*
 * codes_check(c, risk_code, ctn, from): FAULT_NONE when ${risk_code} is of
 * ${ctn} on ${from}; FAULT_UNKNOWN_CODE when the law does not know it then,
 * FAULT_OTHER_CTN when it puts it elsewhere.  Before the first tariff we hold
 * a code is taken as in its first one, after the last as in the last.  The
 * support codes are of every CTN.
 */
enum fault_id codes_check(const struct codes *c, const char *risk_code,
    const char *ctn, struct date from);
/* The CTN of a code that day; NULL when it has none, or is unknown then. */
const char *codes_ctn(const struct codes *c, const char *risk_code,
    struct date on);

#endif
