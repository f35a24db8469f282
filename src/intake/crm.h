/*
 * crm.h -- a CRM 34: the report in XML by which the rates of an establishment
 * come back to whoever declares for it (docs/formats/crm.md).
 *
 * Only its head is public.  The names of its elements are data
 * (law/norms/crm/34.csv), each with what it rests on: « seen » or « assumed ».
 * The reader turns a report into the lines of rates.csv and knows no store; it
 * uses a name that is only assumed when it is asked to, and counts what it does
 * not know instead of guessing.
 *
 * No document type, hence no entity of its own; size, depth and lengths are
 * bounded.
 */
#ifndef TAPR_INTAKE_CRM_H
#define TAPR_INTAKE_CRM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

enum { CRM_BYTES_MAX = 64 * 1024 * 1024, CRM_TEXT_MAX = 128,
	CRM_PATH_MAX = 512 };

/* In the order of the heading of crm_read(). */
enum crm_field {
	CRM_FLOW, CRM_SENDER, CRM_STATE,	/* of the report */
	CRM_SIREN, CRM_NIC,			/* of a declaration */
	CRM_ENTRY,				/* what holds one rate */
	CRM_RISK_CODE, CRM_SECTION, CRM_RATE, CRM_MODE, CRM_EFFECTIVE,
	CRM_NOTIFIED, CRM_FIELDS,
};

struct crm_names {
	char	path[CRM_FIELDS][CRM_PATH_MAX];
	bool	seen[CRM_FIELDS];
};

/* What a report was, for the person who imports it. */
struct crm_report {
	char	flow[CRM_TEXT_MAX], sender[CRM_TEXT_MAX], state[CRM_TEXT_MAX];
	size_t	rates, unknown;		/* elements with text, no name of ours */
	char	first_unknown[CRM_PATH_MAX];
	long	unknown_line;
};

/*
 * crm_names_read(text, n, ret, err): the data file, ${text} of ${n} bytes and
 * one behind that may be written; TAPR_EINVAL when a field is missing.
 */
int crm_names_read(char *text, size_t n, struct crm_names *ret,
    struct err *err) MUST_USE;
/*
 * crm_read(names, assumed, name, bytes, n, csv, ret, err): appends to ${csv} a
 * header line and one line a rate.  TAPR_EINVAL: no XML, a document type,
 * another report, or rates under names that are only assumed while ${assumed}
 * is false.
 */
int crm_read(const struct crm_names *names, bool assumed, const char *name,
    const char *bytes, size_t n, struct str *csv, struct crm_report *ret,
    struct err *err) MUST_USE;

#endif
