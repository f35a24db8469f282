/*
 * gather_amounts.c -- payroll, headcounts and the rates of the year before.
 *
 * A year of the headcount comes from its quarters or months by the rule of
 * that year (tariff/mode.h), never by SQL.  The payroll of a predecessor that
 * has no section any more follows to its successor.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "campaign/gathering.h"
#include "model/words.h"
#include "tariff/mode.h"

/* ---- follows ----------------------------------------------------------------- */

static int
by_from(const void *a, const void *b)
{
	const struct follow *x = a, *y = b;

	return (x->from > y->from) - (x->from < y->from);
}

/* In order; one who has several successors is followed by none. */
static void
sort_follows(struct gathering *g)
{
	struct follow *f = g->follows.at;
	size_t n = 0;

	for (size_t i = 0; i < g->follows.n; i++)
		if (f[i].to != 0)
			f[n++] = f[i];
	g->follows.n = n;
	if (n > 0)
		qsort(f, n, sizeof *f, by_from);
	for (size_t i = 1; i < n; i++)
		if (f[i].from == f[i - 1].from)
			f[i].several = f[i - 1].several = true;
}

static int
by_siret(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* It has a section, of the firm asked for or of another one. */
static bool
has_section(struct gathering *g, uint64_t siret)
{
	if (siret == g->gone)
		return false;
	return gathering_any(g, siret) >= 0 ||
	    (g->others.n > 0 && bsearch(&siret, g->others.at, g->others.n,
	    sizeof siret, by_siret) != NULL);
}

enum { HOPS_MAX = 8 };

/*
 * Where what is of ${siret} goes: itself when it has a section, else its only
 * successor, and so on; 0 when that leads nowhere.
 */
static uint64_t
follow(struct gathering *g, uint64_t siret)
{
	for (int hop = 0; hop < HOPS_MAX; hop++) {
		struct follow key = { .from = siret }, *f;

		if (has_section(g, siret))
			return siret;
		if (g->follows.n == 0 || (f = bsearch(&key, g->follows.at,
		    g->follows.n, sizeof key, by_from)) == NULL || f->several)
			return 0;
		siret = f->to;
	}
	return 0;
}

int64_t
gathering_follow(struct gathering *g, uint64_t siret,
    enum section section)
{
	uint64_t to;
	int64_t i = siret == g->gone ? -1 :
	    gathering_find(g, siret, section, true);

	if (i >= 0)
		return i;
	if ((to = follow(g, siret)) == 0)
		return -1;
	/* A successor that has but an office takes them there. */
	i = gathering_find(g, to, section, false);
	return i >= 0 || to == siret ? i : gathering_any(g, to);
}

/*
 * D. 242-6-17: who goes on with the activity, the means and half of the staff
 * is not new: the results of the one before are its own, and no longer those
 * of the one before.  A closed establishment that was asked for keeps its
 * claims when they go to nobody, and is told who has them when they do.
 */
static void
set_gone(struct gathering *g)
{
	g->gone = g->closed_kept ? g->about->closed_too : 0;
	if (g->gone != 0)
		g->report->successor = follow(g, g->gone);
	if (g->report->successor == 0)
		g->gone = 0;
}

/* ---- payroll ------------------------------------------------------------------ */

static int
take_payroll(struct gathering *g, const struct row *row)
{
	const struct value *v = row->value;
	int y = (int)value_or(&v[PAY_YEAR], 0) - g->first_payroll;
	int section = word_of(section_words, value_or_empty(&v[PAY_SECTION]));
	int64_t cents = value_or(&v[PAY_CENTS], 0), i;
	struct section_row *s;

	if (row->damaged || y < 0 || y >= INPUTS_YEARS)
		return TAPR_OK;
	i = gathering_follow(g, siret_of(&v[PAY_SIRET]), section < 0 ?
	    SECTION_MAIN : (enum section)section);
	if (i < 0)
		return TAPR_OK;
	s = gathering_section(g, (size_t)i);
	if (cents < 0 || (s->payroll[y] != NO_AMOUNT &&
	    cents > INT64_MAX - s->payroll[y])) {
		s->stop = STOP_CONTRADICTION;
		return TAPR_OK;
	}
	s->payroll[y] = s->payroll[y] == NO_AMOUNT ? cents :
	    s->payroll[y] + cents;
	if (y == INPUTS_YEARS - 1 && (s->siret != siret_of(&v[PAY_SIRET]) ||
	    (section >= 0 && s->section != section)))
		return gathering_merge_pay(g, i, siret_of(&v[PAY_SIRET]),
		    section < 0 ? SECTION_MAIN : (uint8_t)section, cents);
	return TAPR_OK;
}

/* ---- headcounts ---------------------------------------------------------------- */

/* The months of one firm and year, as they come. */
struct months {
	struct reading	 reading;
	const struct row *row;		/* the next one, NULL at the end */
};

static int
next_month(struct gathering *g, struct months *m)
{
	g->report->rows++;
	return reading_next(&m->reading, &m->row);
}

static void
stop_firm(struct gathering *g, int64_t firm, enum stop why)
{
	for (size_t i = 0; i < g->sections.n; i++)
		if (gathering_section(g, i)->firm == firm)
			gathering_section(g, i)->stop = (uint8_t)why;
}

/* The mean of what one firm declared for one year. */
static int
one_firm(struct gathering *g, struct months *m, int year, int64_t *ret)
{
	uint64_t siren = siret_of(&m->row->value[HEAD_SIREN]);
	int64_t firm = gathering_firm(g, siren), mean, given = NO_AMOUNT;
	struct frac count[12], f = frac_int(0);
	const struct rule *rule;
	struct err ignored = { .code = TAPR_OK };
	size_t n = 0;
	int rc;

	do {
		int64_t v = value_or(&m->row->value[HEAD_VALUE], 0);

		/* Month 0 is the year as it was given, already counted. */
		if (value_or(&m->row->value[HEAD_MONTH], 0) == 0)
			given = v;
		else if (n < 12)
			count[n++] = frac_ratio(v, 100);
		if (m->row->damaged && (rc = gathering_damaged(g,
		    TABLE_HEADCOUNT, m->row, -1, HEAD_SIREN)) != TAPR_OK)
			return rc;
		if ((rc = next_month(g, m)) != TAPR_OK)
			return rc;
	} while (m->row != NULL &&
	    siret_of(&m->row->value[HEAD_SIREN]) == siren);
	if (firm < 0)
		return TAPR_OK;
	if (given >= 0)
		ret[firm] = given * (HEADCOUNT_UNIT / 100);
	else if (headcount_mean(count, n, year, &rule, &f, &ignored) != TAPR_OK ||
	    !frac_scaled(frac_mul(f, frac_int(HEADCOUNT_UNIT)), 0, &mean) ||
	    mean < 0)
		stop_firm(g, firm, STOP_CONTRADICTION);
	else
		ret[firm] = mean;
	return TAPR_OK;
}

static int
headcounts_of(struct gathering *g, int year, int64_t *ret)
{
	struct value key[2] = { value_int(year), value_null() };
	char siren[15];
	struct months m;
	int rc;

	if (g->about->siren != 0) {
		snprintf(siren, sizeof siren, "%09u", g->about->siren);
		key[1] = value_text(siren);
	}
	if ((rc = reading_open(g, TABLE_HEADCOUNT, key,
	    g->about->siren != 0 ? 2 : 1, &m.reading)) != TAPR_OK)
		return rc;
	rc = next_month(g, &m);
	while (rc == TAPR_OK && m.row != NULL)
		rc = one_firm(g, &m, year, ret);
	reading_close(&m.reading);
	return rc;
}

static int
headcounts(struct gathering *g)
{
	int first = g->last_payroll - HEADCOUNT_YEARS + 1, rc;

	for (int y = 0; y < HEADCOUNT_YEARS; y++) {
		int64_t *at = arena_array(g->a, g->firms + 1, sizeof *at);

		if (at == NULL)
			return err_set(g->err, TAPR_EIO, NULL,
			    "mémoire insuffisante");
		/* A firm that did not exist yet employed nobody (N-42). */
		for (size_t i = 0; i < g->firms; i++)
			at[i] = (int)g->firm_created[i] > first + y ? 0 :
			    NO_AMOUNT;
		g->headcount[y] = at;
		if ((rc = headcounts_of(g, first + y, at)) != TAPR_OK)
			return rc;
	}
	return TAPR_OK;
}

/* ---- the rates of the year before --------------------------------------------- */

/* Campaigns that tapr ran: what they notified. */
static int
rates_of_campaign(struct gathering *g)
{
	const struct gather_before *b = &g->about->before;
	int rc;

	for (uint64_t k = 0; b->in != NULL && k < b->in->sections; k++) {
		int64_t i = b->mode[k] == MODE_NONE ? -1 :
		    gathering_find(g, b->in->siret[k], b->in->section[k],
		    true);

		if (i < 0) {
			if (b->mode[k] != MODE_NONE &&
			    (rc = gathering_merge_rate(g, gathering_follow(g,
			    b->in->siret[k], b->in->section[k]),
			    b->in->siret[k], b->in->section[k], b->rate[k],
			    b->mode[k])) != TAPR_OK)
				return rc;
			continue;
		}
		gathering_section(g, (size_t)i)->previous_rate = b->rate[k];
		gathering_section(g, (size_t)i)->previous_mode = b->mode[k];
	}
	return TAPR_OK;
}

/* In the order of the day of effect: the last one stands. */
static int
take_rate(struct gathering *g, const struct row *row)
{
	const struct value *v = row->value;
	int section = word_of(section_words, value_or_empty(&v[RATE_SECTION]));
	int mode = word_of(mode_words, value_or_empty(&v[RATE_MODE]));
	int64_t rate = value_or(&v[RATE_VALUE], -1), i;
	struct section_row *s;

	if (section < 0)
		return TAPR_OK;
	/* That of one that follows: its successor has no sure base. */
	if ((i = gathering_follow(g, siret_of(&v[RATE_SIRET]),
	    (enum section)section)) < 0)
		return TAPR_OK;
	s = gathering_section(g, (size_t)i);
	if (row->damaged) {
		s->stop = STOP_DAMAGED;
		return TAPR_OK;
	}
	if (rate < 0 || rate > INT32_MAX || mode < 0) {
		s->stop = STOP_CONTRADICTION;
		return TAPR_OK;
	}
	if (s->siret != siret_of(&v[RATE_SIRET]) || s->section != section)
		return gathering_merge_rate(g, i, siret_of(&v[RATE_SIRET]),
		    (uint8_t)section, (int32_t)rate, (uint8_t)(mode + 1));
	s->previous_rate = (int32_t)rate;
	s->previous_mode = (uint8_t)(mode + 1);
	return TAPR_OK;
}

int
gather_amounts(struct gathering *g)
{
	struct value year;
	int rc;

	sort_follows(g);
	set_gone(g);
	for (int y = 0; y < INPUTS_YEARS; y++) {
		year = value_int(g->first_payroll + y);
		/* Of every firm: a predecessor may be another one's. */
		if ((rc = gathering_rows(g, TABLE_PAYROLL, &year, 1,
		    PAY_SIRET | ANY_FIRM, -1, take_payroll)) !=
		    TAPR_OK)
			return rc;
	}
	if ((rc = headcounts(g)) != TAPR_OK)
		return rc;
	if ((rc = rates_of_campaign(g)) != TAPR_OK)
		return rc;
	year = value_int(g->about->year - 1);
	return gathering_rows(g, TABLE_RATE, &year, 1,
	    RATE_SIRET | ANY_FIRM, -1, take_rate);
}
