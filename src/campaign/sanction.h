/*
 * sanction.h -- what an employer may owe beside its rate: supplementary
 * contributions and the penalty for no electronic account; private to
 * campaign/.
 *
 * Each is a line of a lot of its own kind, which is always heard before it is
 * decided (CRPA art. L. 121-1 and L. 121-2 4°; S1-77), and nothing is due
 * before that lot is notified.  Its amount comes from src/tariff alone.
 */
#ifndef TAPR_CAMPAIGN_SANCTION_H
#define TAPR_CAMPAIGN_SANCTION_H

#include "campaign/state.h"

enum sanction_kind { SANCTION_SUPPLEMENTARY, SANCTION_PENALTY };

struct sanction {
	uint64_t	 siret;		/* of a penalty: first of its firm */
	enum sanction_kind kind;
	const char	*reference, *section;	/* of the measure */
	struct date	 from, until;
	uint32_t	 lot;		/* an index in lots.at */
	struct frac	 percent;	/* of the normal contribution */
	int32_t		 rate;		/* 1/10 000 */
	int		 payroll_year;
	int64_t		 payroll;	/* cents */
	int64_t		 headcount;	/* 1/HEADCOUNT_UNIT */
	int		 counted;	/* persons */
	int64_t		 amount;	/* cents */
};

/* The sanctions of the year, into ${lots}, whose lots are already there. */
int sanctions_load(struct desk *d, int64_t known, struct lots *lots,
    struct err *err) MUST_USE;
/* By SIRET and reference of its measure; TAPR_EINVAL without. */
int sanction_find(const struct lots *lots, const char *siret,
    const char *reference, struct sanction **ret, struct err *err) MUST_USE;
/* Puts it in a lot of its own, in the state of the one that it leaves. */
int sanction_take_out(struct desk *d, struct batch *b, struct lots *lots,
    struct sanction *s, const char *reason, struct lot **ret,
    struct err *err) MUST_USE;
/* Writes a line. */
int sanction_put(struct desk *d, struct batch *b, const struct sanction *s,
    int lot, struct err *err) MUST_USE;

/* The lines of a lot, as a decider must see them. */
void sanction_review(const struct desk *d, const struct lots *lots,
    const struct lot *lot, struct str *out);
/*
 * sanctions_show(d, i, on_sheet, out, err): those of section ${i} and of its
 * firm, below its sheet: where they are, and whether they are due;
 * ${on_sheet} supplements are on that sheet.
 */
int sanctions_show(struct desk *d, uint64_t i, size_t on_sheet,
    struct str *out, struct err *err) MUST_USE;

#endif
