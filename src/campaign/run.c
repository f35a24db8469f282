/*
 * run.c -- freeze and compute.
 *
 * A snapshot may be taken again as long as nobody was told anything: once a
 * lot is past its draft, a correction goes by contest or waits for the next
 * campaign.
 */
#include <sys/stat.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "campaign/compute.h"
#include "campaign/desk.h"
#include "campaign/gather.h"
#include "campaign/state.h"

/* ---- freeze ------------------------------------------------------------------- */

static int
make_folder(struct desk *d, struct err *err)
{
	char path[FUND_PATH_MAX];
	int rc;

	for (int level = 0; level < 2; level++) {
		if ((rc = level == 0 ? fund_path(&d->fund, "campaigns", path,
		    err) : desk_path(&d->fund, d->act->year, "", path, err)) !=
		    TAPR_OK)
			return rc;
		if (mkdir(path, 0700) != 0 && errno != EEXIST)
			return err_set(err, TAPR_EIO, path,
			    "création impossible (%s)", err_cause(errno));
	}
	return TAPR_OK;
}

static int
write_inputs(struct desk *d, const struct inputs *in,
    char digest[SHA256_HEX_MAX], struct err *err)
{
	struct snapshot_column c[SNAPSHOT_COLUMNS_MAX];
	char path[FUND_PATH_MAX];
	size_t n = inputs_columns(in, c);
	int rc;

	if ((rc = make_folder(d, err)) != TAPR_OK ||
	    (rc = desk_path(&d->fund, d->act->year, "inputs.tapr", path,
	    err)) != TAPR_OK)
		return rc;
	return snapshot_stage(path, c, n, digest, err);
}

/* The batch is published: the staged file takes its name. */
static int
settle(struct desk *d, const char *name, struct err *err)
{
	char path[FUND_PATH_MAX];
	int rc;

	if ((rc = desk_path(&d->fund, d->act->year, name, path, err)) !=
	    TAPR_OK)
		return rc;
	return snapshot_settle(path, err);
}

static int
record_freeze(struct desk *d, const struct inputs *in, int64_t known,
    const struct gather_report *report, const char *digest, struct err *err)
{
	struct value v[CAMP_COLUMNS] = {
		[CAMP_YEAR] = value_int(d->act->year),
		[CAMP_KNOWN] = value_int(known),
		[CAMP_LAW_VERSION] = value_text(law_version(d->act->law)),
		[CAMP_LAW_DIGEST] = value_text(law_digest(d->act->law)),
		[CAMP_ENGINE] = value_text(campaign_engine()),
		[CAMP_INPUTS] = value_text(digest),
		[CAMP_FROZEN_BY] = value_text(d->fund.actor),
		[CAMP_FROZEN_ON] = value_date(d->fund.today),
		[CAMP_SECTIONS] = value_int((int64_t)in->sections),
		[CAMP_DAMAGED] = value_int(report->damaged),
	};
	struct batch b;
	enum put put;
	int rc;

	if ((rc = desk_begin(d, "campaign freeze", &b, err)) != TAPR_OK)
		return rc;
	if ((rc = fact_put(&b, TABLE_CAMPAIGN, v, 0, &put, err)) != TAPR_OK ||
	    (rc = lots_clear(d, &b, err)) != TAPR_OK) {
		batch_drop(&b);
		return rc;
	}
	return batch_publish(&b, NULL, err);
}

static void
say_freeze(const struct campaign_act *act, const struct inputs *in,
    const struct gather_report *report, const char *digest, struct str *out)
{
	if (act->json) {
		str_printf(out, "{\"year\": %d, \"establishments\": %llu, "
		    "\"firms\": %llu, \"claims\": %llu, \"damaged\": %lld, "
		    "\"unattached_claims\": %lld, \"inputs_digest\": \"%s\"}\n",
		    act->year, (unsigned long long)in->sections,
		    (unsigned long long)in->firms,
		    (unsigned long long)in->claims, (long long)report->damaged,
		    (long long)report->unattached, digest);
		return;
	}
	str_printf(out, "Campagne %d gelée : %llu section%s, %llu "
	    "entreprise%s, %llu imputation%s.\nEmpreinte de l'instantané : "
	    "%s\n", act->year, (unsigned long long)in->sections,
	    plural((int64_t)in->sections), (unsigned long long)in->firms,
	    plural((int64_t)in->firms), (unsigned long long)in->claims,
	    plural((int64_t)in->claims), digest);
	if (report->unattached > 0)
		str_printf(out, "%lld imputation%s sans section dans ce fonds, "
		    "laissée%s de côté.\n", (long long)report->unattached,
		    plural(report->unattached), plural(report->unattached));
	if (report->damaged > 0)
		str_printf(out, "ATTENTION : %lld ligne%s abîmée%s, à "
		    "commencer par %s ; leurs établissements sont arrêtés, les "
		    "autres non.\n", (long long)report->damaged,
		    plural(report->damaged), plural(report->damaged),
		    report->first_damaged);
}

/* Whoever freezes under another law than the last time is told (S4-09). */
static int
say_law(struct desk *d, struct str *out, struct err *err)
{
	char version[LAW_VERSION_MAX];
	int year, rc;

	if ((rc = desk_law_before(d, law_digest(d->act->law), &year, version,
	    err)) == TAPR_OK && year != 0 && !d->act->json)
		str_printf(out, "Les paramètres de la loi ont changé depuis "
		    "la campagne %d (%s, maintenant %s) :\n« tapr campaign "
		    "diff %d » dit quoi.\n", year, version,
		    law_version(d->act->law), year);
	return rc;
}

static int
with_before(struct desk *d, struct gather_about *about, struct str *out,
    struct err *err)
{
	struct gather_report report;
	struct before before;
	struct inputs in;
	char digest[SHA256_HEX_MAX];
	int rc;

	if ((rc = desk_before(d, d->known, &before, &about->before, err)) ==
	    TAPR_OK &&
	    (rc = gather(about, d->a, &in, &report, err)) == TAPR_OK &&
	    (rc = campaign_stopped(d->act->stop, err)) == TAPR_OK &&
	    (rc = write_inputs(d, &in, digest, err)) == TAPR_OK &&
	    (rc = record_freeze(d, &in, about->known, &report, digest,
	    err)) == TAPR_OK &&
	    (rc = settle(d, "inputs.tapr", err)) == TAPR_OK) {
		say_freeze(d->act, &in, &report, digest, out);
		rc = say_law(d, out, err);
	}
	desk_before_close(&before);
	return rc;
}

/* As many as compute, each with its own part of the register to read. */
static int
readers_of(const struct campaign_act *act)
{
	long n = act->threads > 0 ? act->threads :
	    sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > READERS_MAX ? READERS_MAX : (int)n;
}

static int
freeze(struct desk *d, struct str *out, struct err *err)
{
	struct gather_about about = { .store = d->fund.store,
	    .known = d->known, .law = d->act->law, .year = d->act->year,
	    .fund = d->fund.code, .engine = campaign_engine(),
	    .zone = zone_of_fund(&d->fund), .area = &d->fund,
	    .readers = readers_of(d->act), .stop = d->act->stop };
	int rc;

	if ((rc = lots_untold(d, err)) != TAPR_OK)
		return rc;
	return with_before(d, &about, out, err);
}

int
campaign_freeze(const struct campaign_act *act, struct str *out,
    struct err *err)
{
	struct desk d;
	int rc;

	if ((rc = desk_open(act, STORE_WRITE, &d, err)) == TAPR_OK &&
	    (rc = freeze(&d, out, err)) == TAPR_OK)
		rc = desk_written(out, err);
	desk_close(&d);
	return rc;
}

/* ---- compute ------------------------------------------------------------------- */

struct telling { const struct campaign_act *act; };

static void
told(void *to, uint64_t done, uint64_t all)
{
	const struct telling *t = to;

	if (t->act->told != NULL)
		t->act->told(t->act->to, "calcul", done, all);
}

static int
write_results(struct desk *d, const struct results *r,
    char digest[SHA256_HEX_MAX], struct err *err)
{
	struct snapshot_column c[SNAPSHOT_COLUMNS_MAX];
	char path[FUND_PATH_MAX];
	size_t n = results_columns(r, c);
	int rc;

	if ((rc = desk_path(&d->fund, d->act->year, "results.tapr", path,
	    err)) != TAPR_OK)
		return rc;
	return snapshot_stage(path, c, n, digest, err);
}

static int
record_results(struct desk *d, const struct results *r, const char *file,
    const char *digest, struct err *err)
{
	struct value v[CAMP_COLUMNS];
	int64_t refused = 0;
	struct batch b;
	enum put put;
	int rc;

	for (uint64_t i = 0; i < r->n; i++)
		refused += r->mode[i] == MODE_NONE;
	memcpy(v, d->campaign.row.value, sizeof v);
	v[CAMP_RESULTS] = value_text(file);
	v[CAMP_DIGEST] = value_text(digest);
	v[CAMP_COMPUTED_BY] = value_text(d->fund.actor);
	v[CAMP_COMPUTED_ON] = value_date(d->fund.today);
	v[CAMP_REFUSED] = value_int(refused);
	if ((rc = desk_begin(d, "campaign compute", &b, err)) != TAPR_OK)
		return rc;
	if ((rc = fact_put(&b, TABLE_CAMPAIGN, v, 0, &put, err)) != TAPR_OK ||
	    (rc = lots_make(d, &b, err)) != TAPR_OK) {
		batch_drop(&b);
		return rc;
	}
	return batch_publish(&b, NULL, err);
}

static int
run(struct desk *d, struct str *out, struct err *err)
{
	struct telling t = { d->act };
	struct compute_how how = { d->act->threads, d->act->plain, told, &t,
		d->act->stop };
	char file[SHA256_HEX_MAX], digest[SHA256_HEX_MAX];
	struct results r;
	int rc;

	if ((rc = lots_untold(d, err)) != TAPR_OK ||
	    (rc = desk_inputs(d, err)) != TAPR_OK ||
	    (rc = desk_law(d, err)) != TAPR_OK ||
	    (rc = compute(&d->in, d->law, &how,
	    snapshot_digest(d->inputs_file), d->a, &r, err)) != TAPR_OK ||
	    (rc = results_digest(&d->in, &r, digest, err)) != TAPR_OK ||
	    (rc = campaign_stopped(d->act->stop, err)) != TAPR_OK ||
	    (rc = write_results(d, &r, file, err)) != TAPR_OK ||
	    (rc = record_results(d, &r, file, digest, err)) != TAPR_OK ||
	    (rc = settle(d, "results.tapr", err)) != TAPR_OK)
		return rc;
	if (d->act->json)
		str_printf(out, "{\"year\": %d, \"digest\": \"%s\"}\n",
		    d->act->year, digest);
	else
		str_printf(out, "Campagne %d calculée : %llu section%s.\n"
		    "Empreinte des taux : %s\n", d->act->year,
		    (unsigned long long)r.n, plural((int64_t)r.n), digest);
	return TAPR_OK;
}

int
campaign_compute(const struct campaign_act *act, struct str *out,
    struct err *err)
{
	struct desk d;
	int rc;

	if ((rc = desk_open(act, STORE_WRITE, &d, err)) == TAPR_OK &&
	    (rc = run(&d, out, err)) == TAPR_OK)
		rc = desk_written(out, err);
	desk_close(&d);
	return rc;
}
