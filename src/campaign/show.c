/*
 * show.c -- where a campaign is.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "campaign/state.h"
#include "doc/fmt.h"
#include "doc/term.h"

/* ---- the whole campaign ------------------------------------------------------- */

struct totals {
	uint64_t	by_mode[MODE_INDIVIDUAL + 1];
	struct frac	contributions;		/* euros */
	uint64_t	without_payroll;
};

static void
add_up(const struct desk *d, struct totals *t)
{
	int64_t euros = 0, cents = 0;

	memset(t, 0, sizeof *t);
	for (uint64_t i = 0; i < d->r.n; i++) {
		t->by_mode[d->r.mode[i]]++;
		if (d->r.mode[i] == MODE_NONE)
			continue;
		if (d->r.contribution[i] == NO_AMOUNT)
			t->without_payroll++;
		else {
			euros += d->r.contribution[i] / 100;
			cents += d->r.contribution[i] % 100;
		}
	}
	t->contributions = frac_add(frac_int(euros), frac_ratio(cents, 100));
}

/* Why sections were refused: each reason with how many it stops. */
struct refusal { const char *text; uint64_t n; };

static int
by_number(const void *a, const void *b)
{
	const struct refusal *x = a, *y = b;

	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	return strcmp(x->text, y->text);
}

static struct refusal *
refusals(struct desk *d, size_t *ret_n)
{
	uint32_t *at = arena_array(d->a, d->r.text_n + 1, sizeof *at);
	struct refusal *ret;
	size_t n = 0, k = 0;

	*ret_n = 0;
	for (uint64_t i = 0; i < d->r.text_n; i++)
		n += d->r.text[i] == '\0';
	ret = arena_array(d->a, n + 1, sizeof *ret);
	if (at == NULL || ret == NULL)
		return NULL;
	for (uint64_t i = 0; i < d->r.n; i++)
		if (d->r.reason[i] != NO_NUMBER)
			at[d->r.reason[i]]++;
	for (uint64_t i = 0; i < d->r.text_n && k < n; i++)
		if (at[i] > 0)
			ret[k++] = (struct refusal){ d->r.text + i, at[i] };
	if (k > 0)
		qsort(ret, k, sizeof *ret, by_number);
	*ret_n = k;
	return ret;
}

static void
add_decimal(struct str *out, struct frac f)
{
	char text[64];

	str_add_n(out, text, frac_decimal(f, 2, ROUND_HALF_UP, text,
	    sizeof text));
}

static void
lot_json(struct str *out, const struct lot *l)
{
	char day[DATE_TEXT_MAX];

	str_printf(out, "{\"lot\": %d, \"kind\": \"%s\", \"state\": \"%s\", "
	    "\"rates\": %llu, \"on\": \"%s\", \"author\": ", l->number,
	    lot_kind_words[l->kind - 1], l->state == STATE_NONE ? "none" :
	    state_words[l->state - 1], (unsigned long long)l->rates,
	    date_text(l->on, day));
	str_add_json(out, l->author);
	str_printf(out, ", \"until\": %s%s%s}", date_is(l->until) ? "\"" : "",
	    date_is(l->until) ? date_text(l->until, day) : "null",
	    date_is(l->until) ? "\"" : "");
}

static void
show_json(struct desk *d, const struct totals *t, const struct lots *lots,
    const struct refusal *why, size_t n, struct str *out)
{
	const struct value *v = d->campaign.row.value;

	str_printf(out, "{\"year\": %d, \"establishments\": %llu, \"by_mode\": "
	    "{\"collective\": %llu, \"mixed\": %llu, \"individual\": %llu, "
	    "\"refused\": %llu}, \"contributions\": \"", d->act->year,
	    (unsigned long long)d->r.n,
	    (unsigned long long)t->by_mode[MODE_COLLECTIVE],
	    (unsigned long long)t->by_mode[MODE_MIXED],
	    (unsigned long long)t->by_mode[MODE_INDIVIDUAL],
	    (unsigned long long)t->by_mode[MODE_NONE]);
	add_decimal(out, t->contributions);
	str_printf(out, "\", \"without_payroll\": %llu, \"digest\": \"%s\", "
	    "\"inputs_digest\": \"%s\", \"law\": {\"version\": ",
	    (unsigned long long)t->without_payroll,
	    value_or_empty(&v[CAMP_DIGEST]), value_or_empty(&v[CAMP_INPUTS]));
	str_add_json(out, value_or_empty(&v[CAMP_LAW_VERSION]));
	str_printf(out, ", \"digest\": \"%s\"}, \"batch\": %lld, "
	    "\"lots\": [", value_or_empty(&v[CAMP_LAW_DIGEST]),
	    (long long)value_or(&v[CAMP_KNOWN], 0));
	for (size_t i = 0; i < lots->n; i++) {
		str_add(out, i == 0 ? "" : ", ");
		lot_json(out, &lots->at[i]);
	}
	str_add(out, "], \"refusals\": [");
	for (size_t i = 0; i < n; i++) {
		str_add(out, i == 0 ? "{\"reason\": " : ", {\"reason\": ");
		str_add_json(out, why[i].text);
		str_printf(out, ", \"sections\": %llu}",
		    (unsigned long long)why[i].n);
	}
	str_add(out, "]}\n");
}

static void
lot_text(struct str *out, const struct lot *l)
{
	str_printf(out, "  %3d  ", l->number);
	term_pad(out, term(TERM_LOT, lot_kind_words[l->kind - 1]), 30);
	term_pad(out, l->state == STATE_NONE ? "" : term(TERM_STATE,
	    state_words[l->state - 1]), 19);
	str_printf(out, " %9llu taux", (unsigned long long)l->rates);
	if (date_is(l->until)) {
		str_add(out, "  jusqu'au ");
		fmt_date(out, l->until);
	}
	str_add_char(out, '\n');
}

static void
show_text(struct desk *d, const struct totals *t, const struct lots *lots,
    const struct refusal *why, size_t n, struct str *out)
{
	const struct value *v = d->campaign.row.value;

	str_printf(out, "Campagne %d : %llu section%s\n  collectif %llu, mixte "
	    "%llu, individuel %llu, refusées %llu\n  cotisations d'une année "
	    "sur la dernière masse salariale connue : ", d->act->year,
	    (unsigned long long)d->r.n, plural((int64_t)d->r.n),
	    (unsigned long long)t->by_mode[MODE_COLLECTIVE],
	    (unsigned long long)t->by_mode[MODE_MIXED],
	    (unsigned long long)t->by_mode[MODE_INDIVIDUAL],
	    (unsigned long long)t->by_mode[MODE_NONE]);
	fmt_eur(out, t->contributions);
	str_printf(out, "\n  empreinte %s\n  loi %s, lot de connaissance "
	    "%lld\n\nLots\n", value_or_empty(&v[CAMP_DIGEST]),
	    value_or_empty(&v[CAMP_LAW_VERSION]),
	    (long long)value_or(&v[CAMP_KNOWN], 0));
	for (size_t i = 0; i < lots->n; i++)
		lot_text(out, &lots->at[i]);
	if (n > 0)
		str_add(out, "\nRefusées\n");
	for (size_t i = 0; i < n; i++)
		str_printf(out, "  %9llu  %s\n", (unsigned long long)why[i].n,
		    why[i].text);
	if (n > 0)
		str_printf(out, "Un paramètre manque ? « tapr law status "
		    "--years %d-%d » dit lesquels, law/README.md où\nles "
		    "entrer ; les autres raisons sont des faits du "
		    "registre.\n", d->act->year, d->act->year);
}

static int
show(struct desk *d, struct str *out, struct err *err)
{
	struct totals t;
	struct lots lots;
	struct refusal *why;
	size_t n;
	int rc;

	if ((rc = lots_load(d, &lots, err)) != TAPR_OK)
		return rc;
	add_up(d, &t);
	if ((why = refusals(d, &n)) == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	if (d->act->json)
		show_json(d, &t, &lots, why, n, out);
	else
		show_text(d, &t, &lots, why, n, out);
	return desk_written(out, err);
}

int
campaign_show(const struct campaign_act *act, struct str *out,
    struct err *err)
{
	struct desk d;
	int rc;

	if ((rc = desk_open(act, STORE_READ, &d, err)) == TAPR_OK)
		rc = show(&d, out, err);
	desk_close(&d);
	return rc;
}
