/*
 * desk.c -- a campaign on the table.
 */
#include "campaign/desk.h"

#include <stdio.h>
#include <string.h>

#include "campaign/state.h"
#include "model/words.h"

/* Whole France: some hundreds of bytes a section and a claim. */
static const size_t arena_max = (size_t)8 << 30;

const char *
campaign_engine(void)
{
	return "tapr " TAPR_VERSION;
}

int
desk_path(const struct fund *f, int year, const char *name, char *buf,
    struct err *err)
{
	char rest[64];

	snprintf(rest, sizeof rest, "campaigns/%04d%s%s", year,
	    name[0] == '\0' ? "" : "/", name);
	return fund_path(f, rest, buf, err);
}

int
desk_row(struct fund *f, int64_t known, int year, struct campaign_row *ret,
    struct err *err)
{
	struct value key = value_int(year);
	int rc;

	if ((rc = fact_get(f->store, TABLE_CAMPAIGN, known, &key, ret->text,
	    &ret->row, &ret->found, err)) != TAPR_OK)
		return rc;
	if (ret->found && ret->row.damaged)
		return err_set(err, TAPR_EIO, "campaign", "la ligne de la "
		    "campagne %d est abîmée ; restaurez une sauvegarde", year);
	return TAPR_OK;
}

/* What a command that was cut off left of the files of the campaign. */
static int
mend(struct desk *d, struct err *err)
{
	static const struct { const char *name; int column; } file[] = {
		{ "inputs.tapr", CAMP_INPUTS }, { "results.tapr", CAMP_RESULTS },
	};
	char path[FUND_PATH_MAX];
	int rc;

	for (size_t i = 0; i < sizeof file / sizeof *file; i++) {
		const char *digest = !d->campaign.found ? "" : value_or_empty(
		    &d->campaign.row.value[file[i].column]);

		if ((rc = desk_path(&d->fund, d->act->year, file[i].name, path,
		    err)) != TAPR_OK ||
		    (rc = snapshot_mend(path, digest, err)) != TAPR_OK)
			return rc;
	}
	return TAPR_OK;
}

int
desk_open(const struct campaign_act *act, enum store_mode mode,
    struct desk *d, struct err *err)
{
	int rc;

	memset(d, 0, sizeof *d);
	d->fund.lock = -1;
	d->act = act;
	if ((rc = fund_open(&act->place, mode, &d->fund, err)) != TAPR_OK ||
	    (rc = batch_known(d->fund.store, &d->known, err)) != TAPR_OK)
		return rc;
	if ((d->a = arena_new(arena_max)) == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	if ((rc = desk_row(&d->fund, d->known, act->year, &d->campaign,
	    err)) != TAPR_OK)
		return rc;
	return mode == STORE_WRITE ? mend(d, err) : TAPR_OK;
}

void
desk_close(struct desk *d)
{
	law_free(d->law);
	snapshot_close(d->results_file);
	snapshot_close(d->inputs_file);
	arena_free(d->a);
	fund_close(&d->fund);
}

/* Another command has frozen or computed it since this one began. */
static bool
replaced(struct desk *d, int digest_column)
{
	struct value *was = &d->campaign.row.value[digest_column];
	struct campaign_row now;
	int64_t known;

	return batch_known(d->fund.store, &known, NULL) == TAPR_OK &&
	    desk_row(&d->fund, known, d->act->year, &now, NULL) == TAPR_OK &&
	    now.found && !value_same(&now.row.value[digest_column], was);
}

static int
say_replaced(const struct desk *d, struct err *err)
{
	/* What was said of the file is not what is wrong. */
	*err = (struct err){ .code = TAPR_OK };
	return err_set(err, TAPR_EIO, NULL, "la campagne %d vient d'être "
	    "gelée ou calculée à nouveau par une autre commande ; recommencez",
	    d->act->year);
}

static int
open_file(struct desk *d, const char *name, int digest_column,
    struct snapshot **ret, struct err *err)
{
	const char *digest = value_or_empty(
	    &d->campaign.row.value[digest_column]);
	char path[FUND_PATH_MAX];
	int rc;

	if (!d->campaign.found)
		return err_set(err, TAPR_EINVAL, NULL, "la campagne %d n'est "
		    "pas gelée ; lancez « tapr campaign freeze %d »",
		    d->act->year, d->act->year);
	if (digest[0] == '\0')
		return err_set(err, TAPR_EINVAL, NULL, "la campagne %d n'est "
		    "pas calculée ; lancez « tapr campaign compute %d »",
		    d->act->year, d->act->year);
	if ((rc = desk_path(&d->fund, d->act->year, name, path, err)) !=
	    TAPR_OK)
		return rc;
	if ((rc = snapshot_find(path, digest, ret, err)) != TAPR_OK &&
	    replaced(d, digest_column))
		return say_replaced(d, err);
	return rc;
}

int
desk_inputs(struct desk *d, struct err *err)
{
	int rc;

	if (d->inputs_file != NULL)
		return TAPR_OK;
	if ((rc = open_file(d, "inputs.tapr", CAMP_INPUTS, &d->inputs_file,
	    err)) != TAPR_OK)
		return rc;
	return inputs_read(d->inputs_file, &d->in, err);
}

int
desk_results(struct desk *d, struct err *err)
{
	int rc;

	if ((rc = desk_inputs(d, err)) != TAPR_OK || d->results_file != NULL)
		return rc;
	if ((rc = open_file(d, "results.tapr", CAMP_RESULTS,
	    &d->results_file, err)) != TAPR_OK ||
	    (rc = results_read(d->results_file, &d->r, err)) != TAPR_OK)
		return rc;
	if (d->r.n != d->in.sections || strcmp(d->r.inputs,
	    snapshot_digest(d->inputs_file)) != 0)
		return err_set(err, TAPR_EINVAL, "results.tapr", "ces "
		    "résultats ne sont pas ceux de cet instantané");
	return TAPR_OK;
}

int
desk_law(struct desk *d, struct err *err)
{
	int rc;

	if (d->law != NULL)
		return TAPR_OK;
	if ((rc = desk_inputs(d, err)) != TAPR_OK)
		return rc;
	return inputs_law(&d->in, &d->law, err);
}

int
desk_before(struct desk *d, int64_t known, struct before *before,
    struct gather_before *ret, struct err *err)
{
	struct desk *b = &before->desk;
	int rc;

	memset(before, 0, sizeof *before);
	before->act = *d->act;
	before->act.year--;
	b->act = &before->act;
	b->fund = d->fund;
	b->known = known;
	b->a = d->a;
	if ((rc = desk_row(&d->fund, known, before->act.year, &b->campaign,
	    err)) != TAPR_OK || !b->campaign.found ||
	    value_or_empty(&b->campaign.row.value[CAMP_RESULTS])[0] == '\0')
		return rc;
	if ((rc = desk_results(b, err)) != TAPR_OK)
		return rc;
	return lots_notified(b, known, ret, err);
}

void
desk_before_close(struct before *before)
{
	law_free(before->desk.law);
	snapshot_close(before->desk.results_file);
	snapshot_close(before->desk.inputs_file);
}

int
desk_begin(struct desk *d, const char *kind, struct batch *b,
    struct err *err)
{
	struct batch_about about = { .kind = kind, .actor = d->fund.actor,
	    .known_on = d->fund.today, .entry = d->fund.entry };

	return batch_start(d->fund.store, &about, b, err);
}

int
campaign_stopped(const volatile sig_atomic_t *stop, struct err *err)
{
	if (stop == NULL || *stop == 0)
		return TAPR_OK;
	return err_set(err, TAPR_EINVAL, NULL, "campagne interrompue : rien "
	    "de cette étape n'est enregistré ; relancez la même commande");
}

int
desk_written(const struct str *out, struct err *err)
{
	return !str_failed(out) ? TAPR_OK : err_set(err, TAPR_EIO, NULL,
	    "mémoire insuffisante pour écrire la réponse");
}

enum zone
zone_of_fund(const struct fund *f)
{
	return strcmp(f->zone, zone_words[ZONE_ALSACE_MOSELLE]) == 0 ?
	    ZONE_ALSACE_MOSELLE : ZONE_GENERAL;
}

int
desk_law_before(struct desk *d, const char *digest, int *ret_year,
    char ret_version[LAW_VERSION_MAX], struct err *err)
{
	struct campaign_row *row = arena_alloc(d->a, sizeof *row);
	int rc;

	*ret_year = 0;
	if (row == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	for (int y = d->act->year - 1; y >= FIRST_YEAR; y--) {
		if ((rc = desk_row(&d->fund, d->known, y, row, err)) !=
		    TAPR_OK)
			return rc;
		if (!row->found)
			continue;
		if (strcmp(value_or_empty(&row->row.value[CAMP_LAW_DIGEST]),
		    digest) != 0)
			*ret_year = y;
		(void)snprintf(ret_version, LAW_VERSION_MAX, "%s",
		    value_or_empty(&row->row.value[CAMP_LAW_VERSION]));
		return TAPR_OK;
	}
	return TAPR_OK;
}

int
campaign_law(const struct campaign_act *act, struct law **ret,
    struct err *err)
{
	struct desk d;
	int rc;

	if ((rc = desk_open(act, STORE_READ, &d, err)) == TAPR_OK &&
	    (rc = desk_inputs(&d, err)) == TAPR_OK &&
	    (rc = desk_law(&d, err)) == TAPR_OK) {
		*ret = d.law;
		d.law = NULL;
	}
	desk_close(&d);
	return rc;
}
