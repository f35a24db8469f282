/* standing.c -- see standing.h. */
#include "campaign/standing.h"

#include <string.h>

#include "base/ids.h"
#include "campaign/draft.h"
#include "model/words.h"

static bool
is_about(const struct desk *d, uint64_t i, const struct value *v)
{
	return value_or(&v[CLINE_RATE_YEAR], 0) == d->act->year &&
	    siret_number(value_or_empty(&v[CLINE_SIRET]), 14) ==
	    d->in.siret[i] &&
	    strcmp(value_or_empty(&v[CLINE_SECTION]),
	    section_words[d->in.section[i]]) == 0;
}

/* The contest of a line: the day it was decided, and whether of a draft. */
static int
decided(struct desk *d, struct rectified *r, struct err *err)
{
	struct value key[2] = { value_int(r->year), value_int(r->contest) };
	char buf[ROW_TEXT_MAX];
	struct row row;
	bool found;
	int rc;

	if ((rc = fact_get(d->fund.store, TABLE_CONTEST, d->known, key, buf,
	    &row, &found, err)) != TAPR_OK)
		return rc;
	if (!found || row.damaged)
		return err_set(err, TAPR_EIO, "contest", "la contestation "
		    "%d-%d manque ou est abîmée ; restaurez une sauvegarde",
		    r->year, r->contest);
	r->on = value_to_date(&row.value[CONTEST_DECIDED_ON]);
	r->draft = strncmp(value_or_empty(&row.value[CONTEST_AGAINST]),
	    DRAFT_ADDRESS, strlen(DRAFT_ADDRESS)) == 0;
	return TAPR_OK;
}

static int
take_line(struct desk *d, const struct row *row, bool first,
    struct rectified *ret, struct err *err)
{
	const struct value *v = row->value;
	struct rectified r = { .batch = row->batch,
		.year = (int)value_or(&v[CLINE_YEAR], 0),
		.contest = (int)value_or(&v[CLINE_CONTEST], 0),
		.old = (int32_t)value_or(&v[CLINE_OLD_RATE], 0),
		.now = (int32_t)value_or(&v[CLINE_NEW_RATE], 0) };
	int rc;

	if (row->damaged)
		return err_set(err, TAPR_EIO, "contest_line", "une ligne est "
		    "abîmée ; restaurez une sauvegarde");
	if ((rc = decided(d, &r, err)) == TAPR_OK && (r.draft || !first))
		*ret = r;
	return rc;
}

/* A contest of another year may have changed this rate: all are read. */
int
rectified_find(struct desk *d, uint64_t i, bool first, struct rectified *ret,
    struct err *err)
{
	const struct row *row;
	struct rows *r;
	int rc;

	memset(ret, 0, sizeof *ret);
	if ((rc = rows_open(d->fund.store, TABLE_CONTEST_LINE, d->known, NULL,
	    0, &r, err)) != TAPR_OK)
		return rc;
	while ((rc = rows_next(r, &row, err)) == TAPR_OK && row != NULL)
		if ((row->damaged || (is_about(d, i, row->value) &&
		    row->batch >= ret->batch)) &&
		    (rc = take_line(d, row, first, ret, err)) != TAPR_OK)
			break;
	rows_free(r);
	return rc;
}

/* When its lot was notified: the state may have moved on since. */
static int
first_notice(struct desk *d, struct standing *s, struct err *err)
{
	struct value key[3] = { value_int(d->act->year),
		value_int(s->lot->number),
		value_text(state_words[STATE_NOTIFIED - 1]) };
	char buf[ROW_TEXT_MAX];
	struct row row;
	bool found;
	int rc;

	if ((rc = fact_get(d->fund.store, TABLE_LOT_STATE, d->known, key, buf,
	    &row, &found, err)) != TAPR_OK || !found)
		return rc;
	s->notified_on = value_to_date(&row.value[STATE_ON_DATE]);
	s->first_appeal = value_to_date(&row.value[STATE_UNTIL_ON]);
	return TAPR_OK;
}

int
standing_find(struct desk *d, uint64_t i, struct standing *ret,
    struct err *err)
{
	char siret[15];
	struct lots lots;
	int rc;

	memset(ret, 0, sizeof *ret);
	if ((rc = lots_load(d, &lots, err)) != TAPR_OK)
		return rc;
	if (lots.of[i] == NO_NUMBER)
		return err_set(err, TAPR_EINVAL, siret_text(d->in.siret[i],
		    siret), "cette section n'est dans aucun lot");
	ret->lot = &lots.at[lots.of[i]];
	ret->before = d->in.previous_rate[i];
	if ((rc = first_notice(d, ret, err)) != TAPR_OK)
		return rc;
	return rectified_find(d, i, false, &ret->rectified,
	    err);
}

/* As the contest did: one firm, as known after its batch. */
static int
gather_again(struct desk *d, uint64_t i, const struct rectified *r,
    struct inputs *in, struct err *err)
{
	struct gather_about about = { .store = d->fund.store,
	    .known = r->batch, .law = d->law, .year = d->act->year,
	    .fund = d->fund.code, .engine = campaign_engine(),
	    .zone = zone_of_fund(&d->fund), .area = &d->fund,
	    .siren = (uint32_t)(d->in.siret[i] / 100000) };
	struct gather_report report = { 0 };
	struct before before;
	int rc;

	if ((rc = desk_before(d, r->batch, &before, &about.before, err)) ==
	    TAPR_OK)
		rc = gather(&about, d->a, in, &report, err);
	desk_before_close(&before);
	return rc;
}

int
facts_standing(struct desk *d, uint64_t i, const struct rectified *r,
    struct facts *ret, struct err *err)
{
	struct inputs *in;
	char siret[15];
	uint64_t k;
	int rc;

	if (r->contest == 0)
		return inputs_facts(&d->in, i, d->a, ret, err);
	if ((in = arena_alloc(d->a, sizeof *in)) == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	if ((rc = desk_law(d, err)) != TAPR_OK ||
	    (rc = gather_again(d, i, r, in, err)) != TAPR_OK)
		return rc;
	k = inputs_find(in, d->in.siret[i], d->in.section[i]);
	if (k == in->sections || in->stop[k] != STOP_NONE)
		return err_set(err, TAPR_EIO, siret_text(d->in.siret[i],
		    siret), "le registre n'a plus, entiers, les faits de la "
		    "contestation %d-%d ; restaurez une sauvegarde", r->year,
		    r->contest);
	return inputs_facts(in, k, d->a, ret, err);
}
