/*
 * inputs.h -- what a campaign computes from: the columns of inputs.tapr.
 *
 * Sections stand in the order of SIRET and of the name of their section; what
 * hangs on them points by number.  The same columns come from a file, which is
 * checked whole before anything is computed, or from the register for one
 * firm (gather.h).  No identity of a person is in them.
 */
#ifndef TAPR_CAMPAIGN_INPUTS_H
#define TAPR_CAMPAIGN_INPUTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "law/law.h"
#include "model/facts.h"
#include "snapshot/snapshot.h"

enum {
	INPUTS_YEARS = 3,		/* of payroll: the window */
	HEADCOUNT_YEARS = 7,		/* N-8 to N-2: those that may decide */
	/* A mean of quarters or months, exact: 1/1200 of a person. */
	HEADCOUNT_UNIT = 1200,
	CODE_BYTES = 8,
};
#define NO_NUMBER UINT32_MAX		/* of a group */
#define NO_AMOUNT INT64_MIN		/* absent: not zero */
#define NO_RATE INT32_MIN

enum meta {
	META_FORMAT,
	META_YEAR,
	META_FIRST_PAYROLL,		/* year of payroll[0] */
	META_FIRST_HEADCOUNT,
	META_BATCH,			/* of the fund: what was known */
	META_UNATTACHED,		/* claims whose section is not here */
	METAS,
};
enum { INPUTS_FORMAT = 1 };

/* Why a section is not computed although it is here. */
enum stop {
	STOP_NONE,
	STOP_DAMAGED,		/* a row of it failed its checksum */
	STOP_NO_ESTABLISHMENT,	/* classified, but not in the register */
	STOP_CONTRADICTION,	/* facts that no FACTS.json could hold */
	STOPS,
};

struct inputs {
	const int64_t	*meta;
	const char	*about;		/* fund, engine; NUL-separated */
	uint64_t	 about_n;

	uint64_t	 sections;
	const uint64_t	*siret;
	const uint8_t	*section, *zone, *group_btp, *regime, *taken_over,
			*first_year, *stop, *head_here, *outside,
			*previous_mode;
	const char	*ctn, *risk_code;	/* CODE_BYTES each */
	const uint32_t	*created;		/* 20240131, 0 = unknown */
	const uint32_t	*firm, *single;		/* number; NO_NUMBER */
	const int32_t	*previous_rate, *rebate;	/* 1/10 000 */
	const int64_t	*payroll[INPUTS_YEARS];	/* cents */
	const uint32_t	*claim_first;		/* sections + 1 */
	const uint32_t	*extra_first;		/* sections + 1 */
	const uint32_t	*merged_first;		/* sections + 1 */

	uint64_t	 firms;
	const uint32_t	*siren;
	const int64_t	*headcount[HEADCOUNT_YEARS];

	uint64_t	 singles;	/* single rates: their members */
	const uint32_t	*member_first;		/* singles + 1 */
	uint64_t	 members;
	const uint32_t	*member;		/* a section */

	uint64_t	 claims;
	const uint32_t	*claim_ref;		/* in text */
	const uint8_t	*claim_kind, *claim_care, *claim_charge, *claim_role;
	const uint32_t	*claim_declared, *claim_occurred, *claim_recognised,
			*claim_ip_notified, *claim_death, *claim_death_known;
	const int32_t	*claim_days, *claim_ip, *claim_third;

	uint64_t	 extras;	/* supplementary contributions */
	const int32_t	*extra_percent;		/* 1/10 000 */
	const uint32_t	*extra_from, *extra_until;

	uint64_t	 mergeds;	/* what a section was made of, N-55 */
	const int32_t	*merged_rate;		/* of N-1, 1/10 000 */
	const int64_t	*merged_payroll;	/* last year, cents */

	const char	*text;
	uint64_t	 text_n;

	uint64_t	 laws;		/* the files of the law */
	const uint64_t	*law_size;
	const char	*law_name;		/* NUL-separated */
	uint64_t	 law_name_n;
	const char	*law_bytes;
	uint64_t	 law_bytes_n;
};

/* inputs_columns(in, ret): all columns, for snapshot_write(); their number. */
size_t inputs_columns(const struct inputs *in,
    struct snapshot_column ret[SNAPSHOT_COLUMNS_MAX]);
/*
 * inputs_read(s, ret, err): the columns of a snapshot, checked: what points
 * points somewhere, words and dates are some.  They live as long as ${s}.
 */
int inputs_read(const struct snapshot *s, struct inputs *ret, struct err *err)
    MUST_USE;
/* The law that the inputs hold. */
int inputs_law(const struct inputs *in, struct law **ret, struct err *err)
    MUST_USE;

/*
 * inputs_facts(in, i, a, ret, err): the facts of section ${i}, in ${a}: of a
 * single rate, with the payroll and the claims of all its members.
 */
int inputs_facts(const struct inputs *in, uint64_t i, struct arena *a,
    struct facts *ret, struct err *err) MUST_USE;

/* inputs_find(in, siret, section): its number; in->sections if none. */
uint64_t inputs_find(const struct inputs *in, uint64_t siret,
    enum section section);
/* -1, 0, 1 in the order of the names: home, main, support. */
int section_order(enum section a, enum section b);

/* 20240131 as a date; 0 is none.  Here, because a country asks 18 million
 * times. */
static inline struct date
date_of(uint32_t yyyymmdd)
{
	uint32_t months = yyyymmdd / 100;

	return (struct date){ (int16_t)(months / 100),
	    (uint8_t)(months % 100), (uint8_t)(yyyymmdd % 100) };
}

#endif
