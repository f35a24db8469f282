/*
 * relation.h -- what a fund tells the national fund for the collective rates:
 * sums by risk code, zone and year; private to campaign/.
 *
 * No fund sees another's register, so each makes its relation and the national
 * fund adds them up (collective.c).  Nothing in it is of a person or of an
 * establishment.  Amounts are exact: a third of a cent stays one.
 */
#ifndef TAPR_CAMPAIGN_RELATION_H
#define TAPR_CAMPAIGN_RELATION_H

#include "base/num.h"
#include "base/sha256.h"
#include "base/str.h"
#include "campaign/inputs.h"

/* What a claim costs, by nature (D. 242-6-5); deaths are a number. */
enum nature { NATURE_BENEFITS, NATURE_CAPITALS, NATURE_ANNUITIES,
	NATURE_DEATHS, NATURES };
/* Of which third parties bear a part, and the special account another. */
enum part { PART_ALL, PART_THIRD, PART_SPECIAL, COST_PARTS };

/* The code of costs that no section of the fund bears. */
#define RELATION_NOWHERE "?"

struct relation_row {
	enum zone	 zone;
	char		 ctn;		/* 'A' to 'I'; '-': of several */
	char		 code[CODE_BYTES];
	int		 year;
	int64_t		 sections;	/* with a payroll that year */
	int64_t		 employees;	/* hundredths */
	int64_t		 employees_missing;	/* sections */
	int64_t		 payroll;	/* cents */
	struct frac	 cost[COST_PARTS][NATURES];	/* euros, or deaths */
	/* Notified in the year; and without the amount that they need. */
	int64_t		 annuities, annuities_missing, capitals_missing;
};

struct relation {
	char			 fund[64];
	int			 year;		/* of the tariff */
	struct relation_row	*row;		/* by zone, code, year */
	size_t			 n, room;
	char			 digest[SHA256_HEX_MAX];
};

/*
 * relation_row(r, zone, ctn, code, year): the row of that key, added when it is
 * new; NULL without memory.  Valid until the next one is added.
 */
struct relation_row *relation_row(struct relation *r, enum zone zone,
    char ctn, const char *code, int year);
void relation_free(struct relation *r);

/*
 * relation_write(r, out, err): as CSV, with its digest as the last line
 * (docs/formats/collective.md), and into ${r}->digest.  TAPR_ERANGE when an
 * amount is too large to be read again exactly.
 */
int relation_write(struct relation *r, struct str *out, struct err *err)
    MUST_USE;
/*
 * relation_read(name, text, n, ret, err): from the ${n} bytes of a file, which
 * are written over.  TAPR_EINVAL when one byte is not as it was written.
 */
int relation_read(const char *name, char *text, size_t n,
    struct relation *ret, struct err *err) MUST_USE;

/* relation_gather(): see relation_gather.c. */
struct desk;
int relation_gather(struct desk *d, struct relation *ret, struct str *missing,
    struct err *err) MUST_USE;

#endif
