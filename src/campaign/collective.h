/*
 * collective.h -- the collective rates that relations of funds give; private
 * to campaign/.
 */
#ifndef TAPR_CAMPAIGN_COLLECTIVE_H
#define TAPR_CAMPAIGN_COLLECTIVE_H

#include "base/arena.h"
#include "campaign/campaign.h"
#include "campaign/relation.h"
#include "tariff/collective.h"
#include "tariff/net.h"

enum { FUNDS_MAX = 64, GROUP_NAME_MAX = 32, GROUP_CODES_MAX = 256,
	GROUPS_MAX = 512 };	/* there are some 250 codes in two zones */

/* What has one rate: a risk code, or a group of them. */
struct subject {
	char		 name[GROUP_NAME_MAX];
	bool		 group;
	enum zone	 zone;
	char		 ctn;
	struct relation_row sum;	/* of the years and funds */
	struct frac	 payroll;	/* euros */
	int64_t		 employees;	/* of the last year, hundredths */
	int64_t		 employees_missing;
	uint64_t	 funds;		/* by number in collective.fund */
	const char	*code[GROUP_CODES_MAX];
	size_t		 codes;
	/* What is computed of it. */
	struct frac	 third, special;	/* euros of value */
	struct collective_gross gross;
	struct frac	 net, rounded;	/* invalid: a majoration is not known */
	int		 decimals;
	bool		 defined;	/* it has a payroll */
	bool		 has_published;
	struct param	 published;	/* of the arrêté in force that day */
};

/* A fund of law/funds.csv, and its relation if it was given. */
struct collective_fund {
	char		 code[64], name[128];
	bool		 given;
	char		 digest[SHA256_HEX_MAX];
	struct frac	 nowhere;	/* euros that no section bears */
};

struct collective {
	int			 year, first, last;	/* the window */
	struct date		 on;
	const struct law	*law;
	struct arena		*a;
	struct collective_fund	 fund[FUNDS_MAX];
	size_t			 funds, given;
	struct subject		*subject;	/* by zone, then name */
	size_t			 subjects, room;
	bool			 has_majorations;
	struct majorations	 majorations;
	char			 why[256];	/* they are not known */
	enum rounding		 how;
};

/* One more of them; NULL without memory.  Moves the others. */
struct subject *subject_new(struct collective *c, const char *name,
    bool group, enum zone zone, char ctn);
/* The subject that a code counts in, NULL when it has none yet. */
struct subject *subject_of(struct collective *c, const char *code,
    enum zone zone);
int subject_code(struct collective *c, struct subject *s, const char *code,
    struct err *err) MUST_USE;
/*
 * groups_read(c, name, text, n, err): the groups in force on c->on, from a
 * CSV of ${n} bytes and one that may be written.  TAPR_EINVAL names the line.
 */
int groups_read(struct collective *c, const char *name, char *text, size_t n,
    struct err *err) MUST_USE;

/* Of one code or group, or of all (NULL). */
void collective_text(const struct collective *c, const char *code,
    struct str *out);
void collective_json(const struct collective *c, const char *code,
    struct str *out);

#endif
