/*
 * review.c -- what a decider must have seen.
 *
 * Nothing here depends on the day or on who asks: the digest of the text is
 * kept with the decision, and says what was shown.
 */
#include "campaign/review.h"

#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "campaign/sanction.h"
#include "doc/fmt.h"
#include "doc/sheet.h"
#include "doc/term.h"
#include "model/words.h"
#include "tariff/rate.h"

enum { LARGEST = 20, SAMPLE = 5, EXCEPTIONS = 50 };

/* ---- changes -------------------------------------------------------------------- */

struct changed { uint64_t i; int64_t by; };

static int
by_size(const void *a, const void *b)
{
	const struct changed *x = a, *y = b;
	int64_t p = x->by < 0 ? -x->by : x->by, q = y->by < 0 ? -y->by : y->by;

	if (p != q)
		return p > q ? -1 : 1;
	return (x->i > y->i) - (x->i < y->i);
}

static void
add_name(struct str *out, const struct inputs *in, uint64_t i)
{
	char siret[15];

	str_printf(out, "  %s ", siret_text(in->siret[i], siret));
	term_pad(out, term(TERM_SECTION, section_words[in->section[i]]), 10);
	str_printf(out, " %-5s ", in->risk_code + i * CODE_BYTES);
}

static void
add_rate(struct str *out, int32_t value, int decimals)
{
	fmt_percent(out, frac_rate((struct rate){ value }), decimals);
}

static int
largest(struct desk *d, const struct lots *lots, uint32_t lot,
    struct str *out, struct err *err)
{
	struct changed *c = arena_array(d->a, d->r.n + 1, sizeof *c);
	size_t n = 0;

	if (c == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	for (uint64_t i = 0; i < d->r.n; i++)
		if (lots->of[i] == lot && d->in.previous_rate[i] != NO_RATE &&
		    d->r.value[i] != d->in.previous_rate[i])
			c[n++] = (struct changed){ i, (int64_t)d->r.value[i] -
				d->in.previous_rate[i] };
	if (n > 0)
		qsort(c, n, sizeof *c, by_size);
	str_printf(out, "\nLES PLUS GRANDS CHANGEMENTS (%zu taux change%s)\n",
	    n, n >= 2 ? "nt" : "");
	for (size_t k = 0; k < n && k < LARGEST; k++) {
		add_name(out, &d->in, c[k].i);
		add_rate(out, d->in.previous_rate[c[k].i], 2);
		str_add(out, " -> ");
		add_rate(out, d->r.value[c[k].i], d->r.decimals[c[k].i]);
		str_printf(out, " (%s)\n",
		    fmt_mode((enum mode)d->r.mode[c[k].i]));
	}
	return TAPR_OK;
}

/* ---- exceptions ------------------------------------------------------------------- */

static void
exception(struct desk *d, uint64_t i, const char *why, size_t *n,
    struct str *out)
{
	if ((*n)++ >= EXCEPTIONS)
		return;
	add_name(out, &d->in, i);
	str_printf(out, "%s\n", why);
}

/* What is unusual in the lot, and what could not be computed at all. */
static void
exceptions(struct desk *d, const struct lots *lots, uint32_t lot,
    struct str *out)
{
	size_t n = 0;

	str_add(out, "\nEXCEPTIONS\n");
	for (uint64_t i = 0; i < d->r.n; i++) {
		if (d->r.mode[i] == MODE_NONE)
			exception(d, i, d->r.text + d->r.reason[i], &n, out);
		if (lots->of[i] != lot)
			continue;
		if (d->r.contribution[i] == NO_AMOUNT)
			exception(d, i, "sans masse salariale la dernière "
			    "année connue", &n, out);
		if (d->in.previous_rate[i] == NO_RATE &&
		    d->r.mode[i] != MODE_COLLECTIVE)
			exception(d, i, "sans taux l'année précédente : pas "
			    "d'écrêtement", &n, out);
		if (d->in.previous_mode[i] != MODE_NONE &&
		    d->in.previous_mode[i] != d->r.mode[i])
			exception(d, i, "le mode change", &n, out);
	}
	if (n == 0)
		str_add(out, "  aucune\n");
	else if (n > EXCEPTIONS)
		str_printf(out, "  et %zu autre%s\n", n - EXCEPTIONS,
		    plural((int64_t)(n - EXCEPTIONS)));
}

/* ---- sample ------------------------------------------------------------------------ */

/* The ${k}th number below ${n} drawn from the digest of the results. */
static uint64_t
draw(const struct desk *d, int lot, int k, uint64_t n)
{
	unsigned char bytes[SHA256_BYTES];
	uint64_t ret = 0;
	struct sha256 h;

	sha256_init(&h);
	sha256_add(&h, snapshot_digest(d->results_file), SHA256_HEX_MAX);
	sha256_add(&h, &lot, sizeof lot);
	sha256_add(&h, &k, sizeof k);
	sha256_end(&h, bytes);
	for (int i = 0; i < 8; i++)
		ret = ret << 8 | bytes[i];
	return ret % n;
}

static int
open_one(struct desk *d, uint64_t i, struct str *out, struct err *err)
{
	struct arena *a = arena_new((size_t)1 << 30);
	struct answer *ans;
	const struct sheet_status status = { "Projet de taux, soumis à la "
	    "décision d'une personne : il ne vaut pas notification.", NULL, NULL };
	struct facts facts;
	int rc;

	if (a == NULL || (ans = arena_alloc(a, sizeof *ans)) == NULL) {
		arena_free(a);
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	}
	if ((rc = inputs_facts(&d->in, i, a, &facts, err)) == TAPR_OK &&
	    (rc = rate_compute(d->law, &facts, a, true, ans, err)) ==
	    TAPR_OK) {
		str_add_char(out, '\n');
		sheet_text_as(out, ans, d->law, campaign_engine(),
		    &status);
	}
	arena_free(a);
	return rc;
}

static int
sample(struct desk *d, const struct lots *lots, uint32_t lot,
    struct str *out, struct err *err)
{
	uint64_t n = lots->at[lot].rates, drawn[SAMPLE];
	int number = lots->at[lot].number, many, rc;

	many = n < SAMPLE ? (int)n : SAMPLE;
	str_printf(out, "\nÉCHANTILLON TIRÉ AU SORT (%d taux)\n", many);
	for (int k = 0, tries = 0; k < many; tries++) {
		bool again = false;

		drawn[k] = draw(d, number, tries, n);
		for (int j = 0; j < k; j++)
			again |= drawn[j] == drawn[k];
		k += !again;
	}
	for (int k = 0; k < many; k++) {
		uint64_t seen = 0, i = 0;

		for (; i < d->r.n; i++)
			if (lots->of[i] == lot && seen++ == drawn[k])
				break;
		if ((rc = open_one(d, i, out, err)) != TAPR_OK)
			return rc;
	}
	return TAPR_OK;
}

static int
rates_review(struct desk *d, const struct lots *lots, const struct lot *lot,
    struct str *out, struct err *err)
{
	uint32_t index = (uint32_t)(lot - lots->at);
	int rc;

	str_printf(out, "REVUE DU LOT %d, CAMPAGNE %d\n  %s, %llu taux, "
	    "empreinte des taux %s\n  cotisations d'une année : ",
	    lot->number, d->act->year,
	    term(TERM_LOT, lot_kind_words[lot->kind - 1]),
	    (unsigned long long)lot->rates,
	    value_or_empty(&d->campaign.row.value[CAMP_DIGEST]));
	fmt_eur(out, frac_cents((struct cents){ lot->contributions }));
	str_add_char(out, '\n');
	exceptions(d, lots, index, out);
	if ((rc = largest(d, lots, index, out, err)) != TAPR_OK ||
	    (rc = desk_law(d, err)) != TAPR_OK)
		return rc;
	return sample(d, lots, index, out, err);
}

int
review_write(struct desk *d, const struct lots *lots, const struct lot *lot,
    struct str *out, char ret_digest[SHA256_HEX_MAX], struct err *err)
{
	size_t from = out->n;
	struct sha256 h;
	int rc;

	if (lot->kind == LOT_SANCTION)
		sanction_review(d, lots, lot, out);
	else if ((rc = rates_review(d, lots, lot, out, err)) != TAPR_OK)
		return rc;
	if ((rc = desk_written(out, err)) != TAPR_OK)
		return rc;
	sha256_init(&h);
	sha256_add(&h, out->p + from, out->n - from);
	(void)sha256_hex(&h, ret_digest);
	return TAPR_OK;
}
