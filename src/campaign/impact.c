/*
 * impact.c -- the same campaign under another law: who gains, who loses, how
 * much.  A simulation: nothing is written.
 */
#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "campaign/compute.h"
#include "campaign/desk.h"
#include "doc/fmt.h"
#include "doc/term.h"
#include "model/words.h"

enum { SHOWN = 20 };

struct side {
	uint64_t	n;
	int64_t		cents;		/* of contributions a year */
};

struct impact {
	struct side	up, down, same;
	uint64_t	refused_now, refused_before, mode;
	uint64_t	*order;		/* by amount */
	size_t		 moved;
};

/* What a section pays more a year; 0 when that is not known. */
static int64_t
more(const struct results *was, const struct results *now, uint64_t i)
{
	if (was->contribution[i] == NO_AMOUNT ||
	    now->contribution[i] == NO_AMOUNT)
		return 0;
	return now->contribution[i] - was->contribution[i];
}

static void
weigh(struct desk *d, const struct results *now, struct impact *m)
{
	for (uint64_t i = 0; i < now->n; i++) {
		int64_t by = more(&d->r, now, i);
		struct side *s;

		m->refused_now += now->mode[i] == MODE_NONE;
		m->refused_before += d->r.mode[i] == MODE_NONE;
		if (now->mode[i] == MODE_NONE || d->r.mode[i] == MODE_NONE)
			continue;
		m->mode += now->mode[i] != d->r.mode[i];
		s = now->value[i] > d->r.value[i] ? &m->up :
		    now->value[i] < d->r.value[i] ? &m->down : &m->same;
		s->n++;
		s->cents += by;
		if (s != &m->same)
			m->order[m->moved++] = i;
	}
}

struct amount { uint64_t i; int64_t by; };

static int
by_amount(const void *a, const void *b)
{
	const struct amount *x = a, *y = b;
	int64_t p = x->by < 0 ? -x->by : x->by, q = y->by < 0 ? -y->by : y->by;

	if (p != q)
		return p > q ? -1 : 1;
	return (x->i > y->i) - (x->i < y->i);
}

static void
add_amount(struct str *out, int64_t cents)
{
	char text[64];

	str_add_n(out, text, frac_decimal(frac_cents((struct cents){ cents }),
	    2, ROUND_HALF_UP, text, sizeof text));
}

static void
add_rate(struct str *out, const struct results *r, uint64_t i)
{
	char text[64];

	str_add_n(out, text, frac_decimal(frac_rate((struct rate){
	    r->value[i] }), r->decimals[i], ROUND_HALF_UP, text, sizeof text));
}

static void
moved_text(const struct desk *d, const struct results *now, uint64_t i,
    const char *siret, int64_t by, struct str *out)
{
	str_printf(out, "  %s ", siret);
	term_pad(out, term(TERM_SECTION, section_words[d->in.section[i]]),
	    10);
	str_add_char(out, ' ');
	fmt_percent(out, frac_rate((struct rate){ d->r.value[i] }),
	    d->r.decimals[i]);
	str_add(out, " -> ");
	fmt_percent(out, frac_rate((struct rate){ now->value[i] }),
	    now->decimals[i]);
	str_add(out, "  ");
	fmt_eur(out, frac_cents((struct cents){ by }));
	str_add(out, " par an\n");
}

static void
list(struct desk *d, const struct results *now, const struct amount *at,
    size_t n, struct str *out)
{
	char siret[15];

	for (size_t k = 0; k < n && k < SHOWN; k++) {
		uint64_t i = at[k].i;

		(void)siret_text(d->in.siret[i], siret);
		if (!d->act->json) {
			moved_text(d, now, i, siret, at[k].by, out);
			continue;
		}
		str_printf(out, "%s{\"siret\": \"%s\", \"section\": \"%s\", "
		    "\"from\": \"", k > 0 ? ", " : "", siret,
		    section_words[d->in.section[i]]);
		add_rate(out, &d->r, i);
		str_add(out, "\", \"to\": \"");
		add_rate(out, now, i);
		str_add(out, "\", \"eur\": \"");
		add_amount(out, at[k].by);
		str_add(out, "\"}");
	}
}

static void
side(const struct desk *d, const char *key, const char *label,
    const struct side *s, struct str *out)
{
	if (d->act->json) {
		str_printf(out, "\"%s\": {\"sections\": %llu, \"eur\": \"",
		    key, (unsigned long long)s->n);
		add_amount(out, s->cents);
		str_add(out, "\"}, ");
		return;
	}
	str_add(out, "  ");
	term_pad(out, label, 12);
	str_printf(out, "%9llu section%s  ", (unsigned long long)s->n,
	    plural((int64_t)s->n));
	fmt_eur(out, frac_cents((struct cents){ s->cents }));
	str_add(out, " par an\n");
}

static int
write(struct desk *d, const struct results *now, const struct impact *m,
    struct str *out, struct err *err)
{
	struct amount *at = arena_array(d->a, m->moved + 1, sizeof *at);

	if (at == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	for (size_t k = 0; k < m->moved; k++)
		at[k] = (struct amount){ m->order[k], more(&d->r, now,
			m->order[k]) };
	if (m->moved > 0)
		qsort(at, m->moved, sizeof *at, by_amount);
	if (d->act->json)
		str_printf(out, "{\"year\": %d, \"simulation\": true, ",
		    d->act->year);
	else
		str_printf(out, "Effet d'un autre jeu de paramètres sur la "
		    "campagne %d (simulation, pas une décision)\n",
		    d->act->year);
	side(d, "gain", "gagnent", &m->down, out);
	side(d, "lose", "perdent", &m->up, out);
	side(d, "same", "inchangées", &m->same, out);
	if (d->act->json)
		str_printf(out, "\"mode_changes\": %llu, \"refused\": {"
		    "\"before\": %llu, \"now\": %llu}, \"largest\": [",
		    (unsigned long long)m->mode,
		    (unsigned long long)m->refused_before,
		    (unsigned long long)m->refused_now);
	else
		str_printf(out, "  changent de mode : %llu ; refusées : %llu, "
		    "au lieu de %llu\n", (unsigned long long)m->mode,
		    (unsigned long long)m->refused_now,
		    (unsigned long long)m->refused_before);
	list(d, now, at, m->moved, out);
	if (d->act->json)
		str_add(out, "]}\n");
	return desk_written(out, err);
}

static int
impact(struct desk *d, struct str *out, struct err *err)
{
	struct compute_how how = { d->act->threads, d->act->plain, NULL,
		NULL, d->act->stop };
	struct impact m = { .moved = 0 };
	struct results now;
	int rc;

	if ((rc = desk_results(d, err)) != TAPR_OK)
		return rc;
	if (strcmp(law_digest(d->act->law), value_or_empty(
	    &d->campaign.row.value[CAMP_LAW_DIGEST])) == 0)
		return err_set(err, TAPR_EINVAL, "--law", "ces paramètres "
		    "sont ceux de la campagne ; donnez ceux à essayer par "
		    "--law DOSSIER");
	m.order = arena_array(d->a, d->r.n + 1, sizeof *m.order);
	if (m.order == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	if ((rc = compute(&d->in, d->act->law, &how,
	    snapshot_digest(d->inputs_file), d->a, &now, err)) != TAPR_OK)
		return rc;
	weigh(d, &now, &m);
	return write(d, &now, &m, out, err);
}

int
campaign_impact(const struct campaign_act *act, struct str *out,
    struct err *err)
{
	struct desk d;
	int rc;

	if ((rc = desk_open(act, STORE_READ, &d, err)) == TAPR_OK)
		rc = impact(&d, out, err);
	desk_close(&d);
	return rc;
}
