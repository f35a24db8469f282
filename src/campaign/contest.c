/*
 * contest.c -- from a contest to the rates it changes.
 *
 * What is contested has an address: a step of a calculation sheet or a line of
 * an account (S1-78).  An accepted contest changes no figure by itself: the
 * facts are corrected first, by whoever answers for them, and the rates follow
 * by the engine, each with the law of its campaign.
 */
#include <stdio.h>
#include <string.h>

#include "base/ids.h"
#include "campaign/recompute.h"
#include "campaign/standing.h"
#include "campaign/touched.h"
#include "deadline/deadline.h"
#include "doc/fmt.h"
#include "doc/term.h"
#include "model/words.h"
#include "tariff/mode.h"
#include "tariff/rate.h"

enum { YEARS_MAX = 64 };

struct work {
	struct desk		 d;
	struct batch		 b;
	const struct contest	*c;
	struct str		*out;
	struct err		*err;
	/* Of a decision. */
	struct row		 row;
	char			 text[ROW_TEXT_MAX];
	int			 number;
	struct touched		 touched;
	size_t			 changed, lines;
	int64_t			 total;		/* cents to repay */
};

static int
on_fund(const struct campaign_act *act, const char *kind,
    const struct contest *c, int (*doing)(struct work *w), struct str *out,
    struct err *err)
{
	struct work w = { .c = c, .out = out, .err = err };
	int rc;

	if ((rc = desk_open(act, STORE_WRITE, &w.d, err)) == TAPR_OK &&
	    (rc = desk_begin(&w.d, kind, &w.b, err)) == TAPR_OK) {
		if ((rc = doing(&w)) == TAPR_OK &&
		    (rc = desk_written(out, err)) == TAPR_OK)
			rc = batch_publish(&w.b, NULL, err);
		else
			batch_drop(&w.b);
	}
	desk_close(&w.d);
	return rc;
}

/* ---- open ------------------------------------------------------------------------ */

/*
 * Is there such a step, or such a claim, on the sheet in force?  After a
 * rectification that is the one of the rectified facts.
 */
static int
check_address(struct work *w, uint64_t i, bool *ret_claim)
{
	const char *against = w->c->against;
	struct answer *ans = arena_alloc(w->d.a, sizeof *ans);
	struct rectified r;
	struct facts facts;
	bool found = false;
	int rc;

	if (ans == NULL)
		return err_set(w->err, TAPR_EIO, NULL, "mémoire insuffisante");
	if ((rc = desk_law(&w->d, w->err)) != TAPR_OK ||
	    (rc = rectified_find(&w->d, i, false, &r, w->err)) != TAPR_OK ||
	    (rc = facts_standing(&w->d, i, &r, &facts, w->err)) !=
	    TAPR_OK || (rc = rate_compute(w->d.law, &facts, w->d.a, true, ans,
	    w->err)) != TAPR_OK)
		return rc;
	*ret_claim = strncmp(against, "claim:", 6) == 0;
	if (*ret_claim)
		for (size_t k = 0; k < facts.claims; k++)
			found |= strcmp(facts.claim[k].ref, against + 6) == 0;
	else if (strncmp(against, "step:", 5) == 0)
		for (size_t k = 0; k < ans->trace.steps; k++)
			found |= strcmp(ans->trace.step[k].id, against + 5) ==
			    0;
	return found ? TAPR_OK : err_set(w->err, TAPR_EINVAL, "against",
	    "« %s » n'est ni une étape de la feuille (step:gross) ni un "
	    "sinistre du compte (claim:RÉFÉRENCE)", str_brief(against).text);
}

static int
record_open(struct work *w, uint64_t i, struct date deadline)
{
	char siret[15];
	enum put put;

	return fact_put(&w->b, TABLE_CONTEST, (struct value[]){
	    value_int(w->d.act->year), value_int(w->number),
	    value_text(siret_text(w->d.in.siret[i], siret)),
	    value_text(section_words[w->d.in.section[i]]),
	    value_text(w->c->against), value_text(w->c->document),
	    value_date(w->d.fund.today), value_text(w->d.fund.actor),
	    value_date(deadline), value_null(), value_null(), value_null(),
	    value_null(), value_null() }, 0, &put, w->err);
}

static int
open_one(struct work *w)
{
	const struct contest *c = w->c;
	struct lots lots;
	const struct lot *lot;
	bool claim, late;
	uint64_t i;
	int rc;

	if (c->siret == NULL || c->against == NULL || c->document == NULL)
		return err_set(w->err, TAPR_EUSAGE, NULL, "donnez siret=, "
		    "against=step:ID ou claim:RÉF, et document=");
	if ((rc = lots_load(&w->d, &lots, w->err)) != TAPR_OK ||
	    (rc = section_at(&w->d.in, c->siret, c->section, &i, w->err)) !=
	    TAPR_OK)
		return rc;
	lot = lots.of[i] == NO_NUMBER ? NULL : &lots.at[lots.of[i]];
	if (lot == NULL || lot->state < STATE_NOTIFIED)
		return err_set(w->err, TAPR_EINVAL, c->siret, "ce taux n'est "
		    "pas encore notifié : l'employeur présente des "
		    "observations (« tapr campaign observe »)");
	if ((rc = check_address(w, i, &claim)) != TAPR_OK ||
	    (rc = contest_last(&w->d, &w->number, w->err)) != TAPR_OK)
		return rc;
	w->number++;
	if ((rc = record_open(w, i, claim ? DATE_NONE : lot->appeal)) !=
	    TAPR_OK)
		return rc;
	late = !claim && date_is(lot->appeal) &&
	    date_cmp(w->d.fund.today, lot->appeal) > 0;
	if (w->d.act->json)
		str_printf(w->out, "{\"contest\": %d, \"late\": %s}\n",
		    w->number, late ? "true" : "false");
	else
		str_printf(w->out, "Contestation %d-%d ouverte%s%s%s.\n",
		    w->d.act->year, w->number, claim ? " (une imputation se "
		    "conteste sans limite de date)" : late ? ", après le " :
		    ", dans le délai, jusqu'au ", claim ? "" :
		    fmt_day(lot->appeal).text, late ? " : le taux est "
		    "définitif, sauf ses imputations (claim:RÉFÉRENCE)" : "");
	return TAPR_OK;
}

int
contest_open(const struct campaign_act *act, const struct contest *c,
    struct str *out, struct err *err)
{
	return on_fund(act, "contest open", c, open_one, out, err);
}

/* ---- list ------------------------------------------------------------------------ */

static void
list_one(const struct campaign_act *act, const struct value *v, bool first,
    struct str *out)
{
	char on[DATE_TEXT_MAX];
	const char *decision = value_or_empty(&v[CONTEST_DECISION]);

	(void)date_text(value_to_date(&v[CONTEST_RECEIVED_ON]), on);
	if (!act->json) {
		str_printf(out, "%d-%lld  %s  %s %s  %s  %s\n", act->year,
		    (long long)value_or(&v[CONTEST_CONTEST], 0),
		    fmt_day(value_to_date(&v[CONTEST_RECEIVED_ON])).text,
		    value_or_empty(&v[CONTEST_SIRET]),
		    value_or_empty(&v[CONTEST_SECTION]),
		    value_or_empty(&v[CONTEST_AGAINST]),
		    decision[0] == '\0' ? "à décider" :
		    term(TERM_DECISION, decision));
		return;
	}
	str_printf(out, "%s{\"contest\": %lld, \"received\": \"%s\", "
	    "\"siret\": \"%s\", \"against\": ", first ? "" : ", ",
	    (long long)value_or(&v[CONTEST_CONTEST], 0), on,
	    value_or_empty(&v[CONTEST_SIRET]));
	str_add_json(out, value_or_empty(&v[CONTEST_AGAINST]));
	str_add(out, ", \"decision\": ");
	str_add_json(out, decision[0] == '\0' ? NULL : decision);
	str_add_char(out, '}');
}

int
contest_list(const struct campaign_act *act, struct str *out,
    struct err *err)
{
	struct value year = value_int(act->year);
	const struct row *row;
	struct rows *r = NULL;
	struct desk d;
	bool first = true;
	int rc;

	if ((rc = desk_open(act, STORE_READ, &d, err)) == TAPR_OK &&
	    (rc = rows_open(d.fund.store, TABLE_CONTEST, d.known, &year, 1,
	    &r, err)) == TAPR_OK) {
		str_add(out, act->json ? "{\"contests\": [" : "");
		while ((rc = rows_next(r, &row, err)) == TAPR_OK &&
		    row != NULL) {
			list_one(act, row->value, first, out);
			first = false;
		}
		str_add(out, act->json ? "]}\n" : first ?
		    "Aucune contestation.\n" : "");
	}
	rows_free(r);
	if (rc == TAPR_OK)
		rc = desk_written(out, err);
	desk_close(&d);
	return rc;
}

/* ---- decide: what changes ----------------------------------------------------------- */

/* What can no longer be computed stands, and is told. */
static void
say_refused(struct work *w, const struct desk *y, const struct recomputed *c)
{
	char siret[15];

	(void)siret_text(y->in.siret[c->i], siret);
	if (!w->d.act->json) {
		str_printf(w->out, "  %d  %s %s : ne se calcule plus : %s ; "
		    "le taux notifié reste\n", y->act->year, siret,
		    term(TERM_SECTION, section_words[y->in.section[c->i]]),
		    c->why);
		return;
	}
	str_printf(w->out, "%s{\"year\": %d, \"siret\": \"%s\", "
	    "\"section\": \"%s\", \"old\": %d, \"new\": null, \"why\": ",
	    w->lines == 0 ? "" : ", ", y->act->year, siret,
	    section_words[y->in.section[c->i]], (int)c->was);
	str_add_json(w->out, c->why);
	str_add_char(w->out, '}');
}

static void
say_line(struct work *w, const struct desk *y, const struct recomputed *c)
{
	char siret[15];

	(void)siret_text(y->in.siret[c->i], siret);
	if (w->d.act->json) {
		str_printf(w->out, "%s{\"year\": %d, \"siret\": \"%s\", "
		    "\"section\": \"%s\", \"old\": %d, \"new\": %d, "
		    "\"payroll_cents\": ", w->lines == 0 ? "" : ", ",
		    y->act->year, siret, section_words[y->in.section[c->i]],
		    (int)c->was, (int)c->now);
		if (c->payroll.kind == VALUE_INT)
			str_printf(w->out, "%lld, \"amount_cents\": %lld}",
			    (long long)c->payroll.i,
			    (long long)value_or(&c->amount, 0));
		else
			str_add(w->out, "null, \"amount_cents\": null}");
		return;
	}
	str_printf(w->out, "  %d  %s %s ", y->act->year, siret,
	    term(TERM_SECTION, section_words[y->in.section[c->i]]));
	fmt_percent(w->out, frac_rate((struct rate){ c->was }), 2);
	str_add(w->out, " -> ");
	fmt_percent(w->out, frac_rate((struct rate){ c->now }), 2);
	if (c->payroll.kind == VALUE_INT) {
		str_add(w->out, "  masse ");
		fmt_eur(w->out, frac_cents((struct cents){ c->payroll.i }));
		str_add(w->out, c->amount.i >= 0 ? "  à rembourser " :
		    "  complément ");
		fmt_eur(w->out, frac_cents((struct cents){ c->amount.i < 0 ?
		    -c->amount.i : c->amount.i }));
	} else
		str_add(w->out, "  masse salariale pas encore connue");
	str_add_char(w->out, '\n');
}

/* A rectified notice opens a new period to contest. */
static int
rectify(struct work *w, struct desk *y, struct lots *lots, uint64_t i)
{
	struct change c = { .to = STATE_RECTIFIED, .means = "electronic",
		.proof = w->c->proof };
	struct appeal ap;
	struct lot *lot;
	int rc;

	if ((rc = lot_take_out(y, &w->b, lots, i, "rectification", &lot,
	    w->err)) != TAPR_OK)
		return rc;
	if (lot->state == STATE_RECTIFIED)
		return TAPR_OK;
	if ((rc = appeal_deadline(w->d.act->law, w->d.fund.today, DATE_NONE,
	    DATE_NONE, true, &ap, w->err)) != TAPR_OK)
		return rc;
	c.until = ap.deadline;
	return lot_change(y, &w->b, lot, &c, w->err);
}

/* The notified rates of one firm that the corrected facts change. */
static int
change_firm(struct work *w, struct desk *y, struct lots *lots, uint32_t siren)
{
	struct recomputed *c;
	size_t n;
	int rc;

	if ((rc = recompute_firm(y, w->b.id, siren, &c, &n, w->err)) !=
	    TAPR_OK)
		return rc;
	for (; n > 0; n--, c++) {
		if (lots->of[c->i] == NO_NUMBER ||
		    lots->at[lots->of[c->i]].state < STATE_NOTIFIED)
			continue;
		if (c->mode == MODE_NONE)
			say_refused(w, y, c);
		else if ((rc = recompute_line(y, &w->b, w->d.act->year,
		    w->number, c, w->err)) != TAPR_OK ||
		    (rc = recompute_rate(y, &w->b, c, w->err)) != TAPR_OK ||
		    (rc = rectify(w, y, lots, c->i)) != TAPR_OK)
			return rc;
		else {
			say_line(w, y, c);
			w->changed++;
			w->total += value_or(&c->amount, 0);
		}
		w->lines++;
	}
	return TAPR_OK;
}

/*
 * Facts are read as they stand inside this batch: a rate rectified for a year
 * is the rate before of the next.
 */
static int
recompute_year(struct work *w, int year)
{
	struct campaign_act act = *w->d.act;
	struct desk y = { .fund.lock = -1 };
	struct lots lots;
	int rc;

	act.year = year;
	y.act = &act;
	y.fund = w->d.fund;
	y.known = w->d.known;
	y.a = w->d.a;
	if ((rc = desk_row(&y.fund, y.known, year, &y.campaign, w->err)) ==
	    TAPR_OK && (rc = lots_load(&y, &lots, w->err)) == TAPR_OK &&
	    (rc = desk_law(&y, w->err)) == TAPR_OK)
		for (int i = 0; i < w->touched.firms && rc == TAPR_OK; i++)
			rc = change_firm(w, &y, &lots,
			    w->touched.siren[i]);
	law_free(y.law);
	snapshot_close(y.results_file);
	snapshot_close(y.inputs_file);
	return rc;
}

/* The campaigns that were computed, the oldest first. */
static int
years_of(struct work *w, int years[YEARS_MAX], int *ret)
{
	const struct row *row;
	struct rows *r;
	int rc;

	*ret = 0;
	if ((rc = rows_open(w->d.fund.store, TABLE_CAMPAIGN, w->d.known, NULL,
	    0, &r, w->err)) != TAPR_OK)
		return rc;
	while ((rc = rows_next(r, &row, w->err)) == TAPR_OK && row != NULL)
		if (row->value[CAMP_RESULTS].kind == VALUE_TEXT &&
		    *ret < YEARS_MAX)
			years[(*ret)++] = (int)value_or(
			    &row->value[CAMP_YEAR], 0);
	rows_free(r);
	return rc;
}

static int
recompute(struct work *w)
{
	const char *against = value_or_empty(&w->row.value[CONTEST_AGAINST]);
	int years[YEARS_MAX], n, rc;

	if (w->c->proof == NULL)
		return err_set(w->err, TAPR_EUSAGE, NULL, "l'avis rectifié a "
		    "une preuve : proof=RÉFÉRENCE");
	if ((rc = touched_find(w->d.fund.store, w->d.known,
	    value_or_empty(&w->row.value[CONTEST_SIRET]),
	    strncmp(against, "claim:", 6) == 0 ? against + 6 : NULL,
	    &w->touched, w->err)) != TAPR_OK ||
	    (rc = years_of(w, years, &n)) != TAPR_OK)
		return rc;
	for (int i = 0; i < n && rc == TAPR_OK; i++)
		rc = recompute_year(w, years[i]);
	return rc;
}

/* ---- decide ----------------------------------------------------------------------- */

static int
find_contest(struct work *w)
{
	struct value key[2] = { value_int(w->d.act->year),
		value_int(w->c->number) };
	bool found;
	int rc;

	w->number = w->c->number;
	if ((rc = fact_get(w->d.fund.store, TABLE_CONTEST, w->d.known, key,
	    w->text, &w->row, &found, w->err)) != TAPR_OK)
		return rc;
	if (!found)
		return err_set(w->err, TAPR_EINVAL, "number", "pas de "
		    "contestation %d-%d", w->d.act->year, w->c->number);
	if (w->row.value[CONTEST_DECISION].kind == VALUE_TEXT)
		return err_set(w->err, TAPR_EINVAL, "number", "la "
		    "contestation %d-%d est déjà décidée", w->d.act->year,
		    w->c->number);
	return TAPR_OK;
}

static int
record_decision(struct work *w)
{
	struct value v[CONTEST_COLUMNS];
	enum put put;

	memcpy(v, w->row.value, sizeof v);
	v[CONTEST_DECISION] = value_text(w->c->accept ? "accepted" :
	    "rejected");
	v[CONTEST_REASONS] = value_text(w->c->reasons);
	v[CONTEST_DECIDED_ON] = value_date(w->d.fund.today);
	v[CONTEST_DECIDED_BY] = value_text(w->d.fund.actor);
	v[CONTEST_KNOWN] = value_int(w->d.known);
	return fact_put(&w->b, TABLE_CONTEST, v, 0, &put, w->err);
}

static int
decide_one(struct work *w)
{
	int rc;

	if (w->c->reasons == NULL || w->c->reasons[0] == '\0')
		return err_set(w->err, TAPR_EUSAGE, NULL, "une décision est "
		    "motivée en droit et en fait (CRPA art. L. 211-2) : "
		    "reasons=TEXTE");
	if ((rc = find_contest(w)) != TAPR_OK)
		return rc;
	if (w->d.act->json)
		str_printf(w->out, "{\"contest\": %d, \"decision\": \"%s\", "
		    "\"lines\": [", w->number, w->c->accept ? "accepted" :
		    "rejected");
	else
		str_printf(w->out, "Contestation %d-%d : %s\n  %s\n",
		    w->d.act->year, w->number, w->c->accept ? "acceptée" :
		    "rejetée", w->c->reasons);
	if ((w->c->accept && (rc = recompute(w)) != TAPR_OK) ||
	    (rc = record_decision(w)) != TAPR_OK)
		return rc;
	if (w->d.act->json)
		str_printf(w->out, "], \"total_cents\": %lld}\n",
		    (long long)w->total);
	else if (w->c->accept && w->changed == 0)
		str_add(w->out, "Aucun taux notifié ne change : les faits du "
		    "registre sont-ils corrigés ?\n");
	else if (w->c->accept) {
		str_add(w->out, w->total >= 0 ? "Total à rembourser : " :
		    "Total du complément : ");
		fmt_eur(w->out, frac_cents((struct cents){ w->total < 0 ?
		    -w->total : w->total }));
		str_printf(w->out, "\nPour l'Urssaf, avec les dates de "
		    "prescription : « tapr contest table %d number=%d ».\n",
		    w->d.act->year, w->number);
	}
	return TAPR_OK;
}

int
contest_decide(const struct campaign_act *act, const struct contest *c,
    struct str *out, struct err *err)
{
	return on_fund(act, "contest decide", c, decide_one, out, err);
}
