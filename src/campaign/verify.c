/*
 * verify.c -- a past campaign computed again, from its snapshot and nothing
 * else, and compared byte by byte with what was recorded.
 */
#include <string.h>

#include "base/ids.h"
#include "campaign/compute.h"
#include "campaign/state.h"
#include "doc/fmt.h"
#include "model/words.h"

enum { SHOWN_MAX = 20 };

static bool
same_row(const struct results *a, const struct results *b, uint64_t i)
{
	bool refused = a->reason[i] != NO_NUMBER;

	return a->mode[i] == b->mode[i] && a->value[i] == b->value[i] &&
	    a->decimals[i] == b->decimals[i] &&
	    a->negative[i] == b->negative[i] &&
	    a->contribution[i] == b->contribution[i] &&
	    memcmp(a->exact + i * EXACT_BYTES, b->exact + i * EXACT_BYTES,
	    EXACT_BYTES) == 0 &&
	    memcmp(a->trace + i * SHA256_BYTES, b->trace + i * SHA256_BYTES,
	    SHA256_BYTES) == 0 && refused == (b->reason[i] != NO_NUMBER) &&
	    (!refused || strcmp(a->text + a->reason[i],
	    b->text + b->reason[i]) == 0);
}

static void
add_rate(struct str *out, const struct results *r, uint64_t i)
{
	char text[64];

	if (r->mode[i] == MODE_NONE) {
		str_add(out, "refusé");
		return;
	}
	str_add_n(out, text, frac_decimal(frac_rate((struct rate){
	    r->value[i] }), r->decimals[i], ROUND_HALF_UP, text, sizeof text));
	str_printf(out, " (%s)", fmt_mode((enum mode)r->mode[i]));
}

static uint64_t
differences(const struct desk *d, const struct results *again,
    struct str *out)
{
	uint64_t n = 0;
	char siret[15];

	for (uint64_t i = 0; i < again->n; i++) {
		if (same_row(&d->r, again, i) || n++ >= SHOWN_MAX)
			continue;
		str_printf(out, "  %s %s : enregistré ", siret_text(
		    d->in.siret[i], siret), section_words[d->in.section[i]]);
		add_rate(out, &d->r, i);
		str_add(out, ", recalculé ");
		add_rate(out, again, i);
		str_add_char(out, '\n');
	}
	return n;
}

static int
verify(struct desk *d, struct str *out, struct err *err)
{
	struct compute_how how = { d->act->threads, d->act->plain, NULL,
		NULL, d->act->stop };
	const char *engine = value_or_empty(
	    &d->campaign.row.value[CAMP_ENGINE]);
	char digest[SHA256_HEX_MAX];
	struct results again;
	uint64_t n;
	int rc;

	if ((rc = desk_results(d, err)) != TAPR_OK ||
	    (rc = desk_law(d, err)) != TAPR_OK ||
	    (rc = compute(&d->in, d->law, &how,
	    snapshot_digest(d->inputs_file), d->a, &again, err)) != TAPR_OK ||
	    (rc = results_digest(&d->in, &again, digest, err)) != TAPR_OK)
		return rc;
	n = differences(d, &again, out);
	if (n > 0 || strcmp(digest, value_or_empty(
	    &d->campaign.row.value[CAMP_DIGEST])) != 0)
		return err_set(err, TAPR_EINVAL, NULL, "%llu taux de la "
		    "campagne %d ne se retrouve%s pas (calculée par %s, "
		    "vérifiée par %s)", (unsigned long long)n, d->act->year,
		    n >= 2 ? "nt" : "", engine, campaign_engine());
	if (d->act->json)
		str_printf(out, "{\"year\": %d, \"verified\": true, "
		    "\"establishments\": %llu, \"digest\": \"%s\"}\n",
		    d->act->year, (unsigned long long)again.n, digest);
	else
		str_printf(out, "Campagne %d vérifiée : %llu section%s "
		    "recalculée%s de l'instantané, aucun octet ne diffère.\n"
		    "Empreinte des taux : %s\n", d->act->year,
		    (unsigned long long)again.n, plural((int64_t)again.n),
		    plural((int64_t)again.n), digest);
	return desk_written(out, err);
}

int
campaign_verify(const struct campaign_act *act, struct str *out,
    struct err *err)
{
	struct desk d;
	int rc;

	if ((rc = desk_open(act, STORE_READ, &d, err)) == TAPR_OK)
		rc = verify(&d, out, err);
	desk_close(&d);
	return rc;
}
