/*
 * desk.h -- a campaign on the table: the fund, its files, its row; private to
 * campaign/.
 */
#ifndef TAPR_CAMPAIGN_DESK_H
#define TAPR_CAMPAIGN_DESK_H

#include "base/arena.h"
#include "campaign/campaign.h"
#include "campaign/results.h"
#include "store/fund.h"
#include "store/row.h"

/* The row of a campaign. */
struct campaign_row {
	bool		found;
	struct row	row;
	char		text[ROW_TEXT_MAX];
};

enum { LAW_VERSION_MAX = 64, FIRST_YEAR = 2012 };

struct desk {
	struct fund		 fund;
	const struct campaign_act *act;
	int64_t			 known;		/* the last batch */
	struct arena		*a;
	struct campaign_row	 campaign;
	struct snapshot		*inputs_file, *results_file;
	struct inputs		 in;
	struct results		 r;
	struct law		*law;		/* of the inputs */
};

/*
 * desk_open(act, mode, d, err): the fund and the row of the campaign.
 * desk_close() gives all back, also after a failure.
 */
int desk_open(const struct campaign_act *act, enum store_mode mode,
    struct desk *d, struct err *err) MUST_USE;
void desk_close(struct desk *d);

/* The snapshot, which must be the one that was frozen; and the results. */
int desk_inputs(struct desk *d, struct err *err) MUST_USE;
int desk_results(struct desk *d, struct err *err) MUST_USE;
/* The law that the snapshot holds. */
int desk_law(struct desk *d, struct err *err) MUST_USE;

/*
 * desk_law_before(d, digest, ret_year, ret_version, err): the last campaign
 * before this one, when its law was not the one of ${digest}; year 0: none, or
 * the same.
 */
int desk_law_before(struct desk *d, const char *digest, int *ret_year,
    char ret_version[LAW_VERSION_MAX], struct err *err) MUST_USE;

/* campaigns/YEAR/NAME of the fund. */
int desk_path(const struct fund *f, int year, const char *name, char *buf,
    struct err *err) MUST_USE;
/* The row of the campaign of any year. */
int desk_row(struct fund *f, int64_t known, int year,
    struct campaign_row *ret, struct err *err) MUST_USE;

/*
 * desk_before(d, known, before, ret, err): what the campaign of the year before
 * notified, as known after batch ${known}.  ${before} holds its files:
 * desk_before_close(), also after a failure.
 */
struct gather_before;
struct before {
	struct campaign_act	act;
	struct desk		desk;
};
int desk_before(struct desk *d, int64_t known, struct before *before,
    struct gather_before *ret, struct err *err) MUST_USE;
void desk_before_close(struct before *before);

/* The batch of an act of this desk. */
int desk_begin(struct desk *d, const char *kind, struct batch *b,
    struct err *err) MUST_USE;

/* TAPR_EIO when ${out} ran out of memory. */
int desk_written(const struct str *out, struct err *err) MUST_USE;

/*
 * section_at(in, siret, section, ret, err): its number; ${section} NULL is the
 * main one.
 */
int section_at(const struct inputs *in, const char *siret,
    const char *section, uint64_t *ret, struct err *err) MUST_USE;

enum zone zone_of_fund(const struct fund *f);

#endif
