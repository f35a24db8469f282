/*
 * recompute.c -- see recompute.h.
 */
#include "campaign/recompute.h"

#include <string.h>

#include "base/ids.h"
#include "campaign/compute.h"
#include "campaign/gather.h"
#include "model/words.h"
#include "tariff/mode.h"

/* The rate as it stands: that of the campaign, or rectified since. */
static int
standing_rate(struct desk *y, uint64_t i, struct date on, int32_t *ret,
    struct err *err)
{
	char siret[15], buf[ROW_TEXT_MAX];
	struct value key[4] = { value_int(y->act->year),
		value_text(siret_text(y->in.siret[i], siret)),
		value_text(section_words[y->in.section[i]]),
		value_date(on) };
	struct row row;
	bool found;
	int rc;

	*ret = y->r.value[i];
	if ((rc = fact_get(y->fund.store, TABLE_RATE, y->known, key, buf,
	    &row, &found, err)) == TAPR_OK && found)
		*ret = (int32_t)value_or(&row.value[RATE_VALUE], *ret);
	return rc;
}

/* What is paid on the payroll of the year, if it is known. */
static int
payroll_of(struct desk *y, uint64_t i, struct value *ret, struct err *err)
{
	char siret[15], buf[ROW_TEXT_MAX];
	struct value key[3] = { value_int(y->act->year),
		value_text(siret_text(y->in.siret[i], siret)),
		value_text(section_words[y->in.section[i]]) };
	struct row row;
	bool found;
	int rc;

	*ret = value_null();
	if ((rc = fact_get(y->fund.store, TABLE_PAYROLL, y->known, key,
	    buf, &row, &found, err)) == TAPR_OK && found)
		*ret = row.value[PAY_CENTS];
	return rc;
}

/* Payroll times the difference of the rates, to the cent, half a cent up. */
static struct value
amount_of(const struct value *payroll, int32_t was, int32_t now)
{
	struct frac f;
	int64_t cents;

	if (payroll->kind != VALUE_INT)
		return value_null();
	f = frac_round(frac_div(frac_mul(frac_cents((struct cents){
	    payroll->i }), frac_rate((struct rate){ was - now })),
	    frac_int(100)), 2, ROUND_HALF_UP);
	return frac_scaled(f, 2, &cents) ? value_int(cents) : value_null();
}

static int
compare(struct desk *y, const struct inputs *in, const struct results *now,
    struct recomputed *ret, size_t *n, struct err *err)
{
	struct date on;
	int rc;

	if ((rc = tariff_day(y->law, y->act->year, &on, err)) != TAPR_OK)
		return rc;
	for (uint64_t k = 0; k < in->sections; k++) {
		struct recomputed c = { .i = inputs_find(&y->in, in->siret[k],
		    in->section[k]), .now = now->value[k],
		    .mode = now->mode[k], .on = on };

		if (c.i == y->in.sections || y->r.mode[c.i] == MODE_NONE)
			continue;
		if ((rc = standing_rate(y, c.i, on, &c.was, err)) != TAPR_OK ||
		    (rc = payroll_of(y, c.i, &c.payroll, err)) != TAPR_OK)
			return rc;
		if (c.mode == MODE_NONE)
			c.why = now->text + now->reason[k];
		else if (c.was == c.now)
			continue;
		else
			c.amount = amount_of(&c.payroll, c.was, c.now);
		ret[(*n)++] = c;
	}
	return TAPR_OK;
}

int
recompute_firm(struct desk *y, int64_t at, uint32_t siren,
    struct recomputed **ret, size_t *n, struct err *err)
{
	struct compute_how how = { .threads = 1, .plain = true };
	struct gather_about about = { .store = y->fund.store, .known = at,
	    .law = y->law, .year = y->act->year, .fund = y->fund.code,
	    .engine = campaign_engine(), .zone = zone_of_fund(&y->fund),
	    .siren = siren };
	struct gather_report report;
	struct results now;
	struct inputs in;
	struct before before;
	char none[SHA256_HEX_MAX] = "";
	int rc;

	*n = 0;
	if ((rc = desk_before(y, at, &before, &about.before, err)) ==
	    TAPR_OK && (rc = gather(&about, y->a, &in, &report, err)) ==
	    TAPR_OK && (rc = compute(&in, y->law, &how, none, y->a, &now,
	    err)) == TAPR_OK) {
		*ret = arena_array(y->a, in.sections + 1, sizeof **ret);
		rc = *ret == NULL ? err_set(err, TAPR_EIO, NULL,
		    "mémoire insuffisante") : compare(y, &in, &now, *ret, n,
		    err);
	}
	desk_before_close(&before);
	return rc;
}

int
recompute_record(struct desk *y, struct batch *b, int year, int number,
    const struct recomputed *c, struct date notified, struct err *err)
{
	char text[15];
	struct value siret = value_text(siret_text(y->in.siret[c->i], text));
	struct value section = value_text(section_words[y->in.section[c->i]]);
	enum put put;
	int rc;

	if ((rc = fact_put(b, TABLE_CONTEST_LINE, (struct value[]){
	    value_int(year), value_int(number), value_int(y->act->year), siret,
	    section, value_int(c->was), value_int(c->now), c->payroll,
	    c->amount }, 0, &put, err)) != TAPR_OK)
		return rc;
	return fact_put(b, TABLE_RATE, (struct value[]){
	    value_int(y->act->year), siret, section, value_date(c->on),
	    value_text(y->in.risk_code + c->i * CODE_BYTES),
	    value_int(c->now), value_text(mode_words[c->mode - 1]),
	    value_date(notified) }, 0, &put, err);
}

int
contest_last(struct desk *d, int *ret, struct err *err)
{
	struct value year = value_int(d->act->year);
	const struct row *row;
	struct rows *r;
	int rc;

	*ret = 0;
	if ((rc = rows_open(d->fund.store, TABLE_CONTEST, d->known, &year, 1,
	    &r, err)) != TAPR_OK)
		return rc;
	while ((rc = rows_next(r, &row, err)) == TAPR_OK && row != NULL)
		*ret = (int)value_or(&row->value[CONTEST_CONTEST], 0);
	rows_free(r);
	return rc;
}

/* ---- a draft --------------------------------------------------------------- */

static int
record_accepted(struct desk *d, struct batch *b, uint64_t i, int number,
    const struct draft_corrected *about, struct err *err)
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
recompute_draft(struct desk *d, struct batch *b, uint64_t i,
    const struct draft_corrected *about, struct recomputed *ret,
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
	return recompute_record(d, b, d->act->year, number + 1, ret, DATE_NONE,
	    err);
}
