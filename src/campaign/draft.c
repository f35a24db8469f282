/*
 * draft.c -- see draft.h.
 */
#include "campaign/draft.h"

#include <stdio.h>

#include "base/ids.h"
#include "campaign/standing.h"
#include "model/words.h"
#include "tariff/mode.h"
#include "tariff/rate.h"

static int
record_accepted(struct desk *d, struct batch *b, uint64_t i, int number,
    const struct draft_heard *about, struct err *err)
{
	const struct value today = value_date(d->fund.today);
	const struct value actor = value_text(d->fund.actor);
	char siret[15];
	enum put put;

	return fact_put(b, TABLE_CONTEST, (struct value[]){
	    value_int(d->act->year), value_int(number),
	    value_text(siret_text(d->in.siret[i], siret)),
	    value_text(section_words[d->in.section[i]]),
	    value_text(about->against), value_text(about->document),
	    value_date(about->received), actor, value_null(),
	    value_text("accepted"), value_text(about->reasons), today, actor,
	    value_int(d->known) }, 0, &put, err);
}

/* The one of ${i} goes to ${ret}. */
static int
pick(const struct desk *d, uint64_t i, const struct recomputed *c, size_t n,
    struct recomputed *ret, size_t *others, struct err *err)
{
	char siret[15];

	*others = n;
	for (size_t k = 0; k < n; k++)
		if (c[k].i == i) {
			*ret = c[k];
			--*others;
		}
	(void)siret_text(d->in.siret[i], siret);
	if (*others == n)
		return err_set(err, TAPR_EINVAL, siret, "les faits du registre "
		    "donnent le même taux : corrigez-les d'abord, ou répondez "
		    "sans accept=yes");
	if (ret->mode == MODE_NONE)
		return err_set(err, TAPR_EINVAL, siret, "le taux ne se calcule "
		    "plus : %s", ret->why);
	return TAPR_OK;
}

int
draft_correct(struct desk *d, struct batch *b, uint64_t i,
    const struct draft_heard *about, struct recomputed *ret,
    size_t *others, struct err *err)
{
	struct recomputed *c;
	size_t n;
	int number, rc;

	if ((rc = desk_law(d, err)) != TAPR_OK ||
	    (rc = recompute_firm(d, b->id, (uint32_t)(d->in.siret[i] / 100000),
	    &c, &n, err)) != TAPR_OK ||
	    (rc = pick(d, i, c, n, ret, others, err)) != TAPR_OK ||
	    (rc = contest_last(d, &number, err)) != TAPR_OK ||
	    (rc = record_accepted(d, b, i, number + 1, about, err)) != TAPR_OK)
		return rc;
	/* Nothing was paid on a draft. */
	ret->payroll = ret->amount = value_null();
	return recompute_line(d, b, d->act->year, number + 1, ret, err);
}

int
draft_notified(struct desk *d, struct batch *b, uint64_t i, struct err *err)
{
	struct answer *ans = arena_alloc(d->a, sizeof *ans);
	struct recomputed c = { .i = i };
	struct rectified r;
	struct facts facts;
	int rc;

	if (ans == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	if ((rc = rectified_find(d, i, true, &r, err)) != TAPR_OK ||
	    r.contest == 0)
		return rc;
	if ((rc = desk_law(d, err)) != TAPR_OK ||
	    (rc = tariff_day(d->law, d->act->year, &c.on, err)) != TAPR_OK ||
	    (rc = facts_standing(d, i, &r, &facts, err)) != TAPR_OK ||
	    (rc = rate_compute(d->law, &facts, d->a, false, ans, err)) !=
	    TAPR_OK)
		return rc;
	c.now = r.now;
	c.mode = (uint8_t)ans->mode;
	return recompute_rate(d, b, &c, err);
}
