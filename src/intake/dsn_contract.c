/*
 * dsn_contract.c -- a contract: which totals it belongs to, and what it is
 * worth in the headcount.
 *
 * Headcount: CSS art. R. 130-1 II (2020), « sont prises en compte les
 * personnes titulaires d'un contrat de travail et les personnes mentionnées
 * à l'article L. 5424-1 du code du travail »; « les salariés mentionnés à la
 * deuxième phrase du 2° de l'article L. 1111-2 du code du travail sont
 * exclus » (who replace somebody absent; the agency itself counts those it
 * sends); full-timers whole, part-timers by the hours of their contract over
 * the full time of the firm; all « à due proportion du nombre de jours du
 * mois pendant lequel elles ont été employées ».  R. 130-1 III: for the
 * tariff of AT/MP apprentices and aided contracts count like the others.
 *
 * So a contract is worth days in force / days of the month, times .013 over
 * .012 when that is less than one and .014 does not say full time.  A
 * contract ends with a block S21.G00.62 that is no cancellation; a planned
 * end alone (.40.010) ends nothing.
 */
#include <stdio.h>
#include <string.h>

#include "base/ids.h"
#include "intake/dsn_reader.h"

enum { FULL_TIME_MAX = 99999999 };

static bool
is_one_of(struct dsn_value v, const char *const *list)
{

	for (; *list != NULL; list++)
		if (dsn_is(v, *list))
			return true;
	return false;
}

/* Work accidents insured by the general scheme, wholly or in part. */
static bool
is_our_regime(struct dsn_value regime)
{
	static const char *const ours[] = { "200", "402", "147", NULL };

	return is_one_of(regime, ours);
}

/* Natures of .40.007 that are no contract of employment. */
static bool
is_employment(struct dsn_value nature)
{
	static const char *const others[] = {
		"29",	/* stage */
		"32",	/* contrat d'appui au projet d'entreprise */
		"51",	/* collaborateur occasionnel du service public */
		"52",	/* cumul d'activité accessoire */
		"53", "54",	/* emploi pénitentiaire */
		"70",	/* soutien et aide par le travail */
		"80", "81",	/* mandats */
		"89",	/* service civique */
		"90",	/* autre */
		"93",	/* ligne de service: counted with its contract */
		NULL };

	return !is_one_of(nature, others);
}

static bool
is_temp(struct dsn_value nature)
{

	return dsn_is(nature, "03") || dsn_is(nature, "08");
}

/* --- checks --- */

static void
check_code(struct dsn_reader *r, struct dsn_value code,
    struct dsn_value regime, bool has_user)
{
	long line = dsn_held_line(&r->tree, 40);
	bool ra = code.n >= 2 && memcmp(code.p, "RA", 2) == 0;
	bool unset = dsn_is(code, "999ZZ");
	char five[6] = "";

	if (dsn_is(regime, "300")) {
		if (!ra && !unset)
			dsn_note(&r->notes, C_REGIME_RA, line);
		return;
	}
	if (ra) {
		dsn_note(&r->notes, C_RA, line);
		return;
	}
	if (!is_our_regime(regime))
		return;
	memcpy(five, code.p, 5);
	if (code_form(five) != CODE_FORM_OK ||
	    (code.n == 6 && code.p[5] != 'B'))
		dsn_note(&r->notes, T_CODE, line);
	if (dsn_is(regime, "147")) {
		if (!has_user && !dsn_is(code, "401ZE"))
			dsn_note(&r->notes, C_IEG, line);
	} else if (has_user && !dsn_is(code, "745BD") &&
	    !dsn_is(code, "745BE")) {
		dsn_note(&r->notes, C_TEMP_CODE, line);
	}
}

/* The unit of the quota bounds it: 31 days, 250 hours a month. */
static void
check_quota(struct dsn_reader *r)
{
	const struct dsn_tree *t = &r->tree;
	struct dsn_value unit = dsn_held(t, 11);
	int64_t full = dsn_number(dsn_held(t, 12), 2);
	int64_t part = dsn_number(dsn_held(t, 13), 2);
	bool days = dsn_is(unit, "12") || dsn_is(unit, "20");
	bool hours = dsn_is(unit, "10") || dsn_is(unit, "21");

	if (days && (full > 3100 || part > 3100))
		dsn_note(&r->notes, C_QUOTA_DAYS, dsn_held_line(t, 11));
	if (hours && (full > 25000 || part > 25000))
		dsn_note(&r->notes, C_QUOTA_HOURS, dsn_held_line(t, 11));
	if ((days || hours) && full == 0 && dsn_held(t, 12).p != NULL)
		dsn_note(&r->notes, C_QUOTA_ZERO, dsn_held_line(t, 12));
}

/* A place of work or of use must stand in a block S21.G00.85, which comes
 * behind all individuals: it is noted now and looked for then. */
static void
note_places(struct dsn_reader *r, struct dsn_value nature)
{
	struct dsn_value place = dsn_held(&r->tree, 19);
	struct dsn_value user = dsn_held(&r->tree, 46);
	struct dsn_entry *e;
	bool new;

	if (place.p != NULL && !dsn_is(place, r->siret)) {
		if ((e = dsn_set_add(&r->places, place, &new)) == NULL)
			r->sum.no_memory = true;
		else if (e->place_line == 0)
			e->place_line = dsn_held_line(&r->tree, 19);
	} else if (dsn_is(nature, "03")) {
		dsn_note(&r->notes, C_PLACE_MISSION,
		    dsn_held_line(&r->tree, 19));
	}
	if (user.p != NULL) {
		if ((e = dsn_set_add(&r->places, user, &new)) == NULL)
			r->sum.no_memory = true;
		else if (e->user_line == 0)
			e->user_line = dsn_held_line(&r->tree, 46);
	} else if (dsn_is(nature, "03")) {
		dsn_note(&r->notes, C_USER_03, dsn_block_line(&r->tree));
	} else if (dsn_is(nature, "08")) {
		dsn_note(&r->notes, C_USER_08, dsn_block_line(&r->tree));
	}
}

static void
check_contract(struct dsn_reader *r, const struct dsn_contract *c)
{
	const struct dsn_tree *t = &r->tree;
	struct dsn_value nature = dsn_held(t, 7), code = dsn_held(t, 40);
	struct dsn_value regime = dsn_held(t, 39);
	struct date planned = dsn_date(dsn_held(t, 10));
	bool needs = !dsn_is(nature, "93");
	int i;

	for (i = 0; i < r->who.contracts; i++)
		if (dsn_same(r->who.contract[i].number, c->number))
			dsn_note(&r->notes, C_CONTRACT_TWICE,
			    dsn_held_line(t, 9));
	if (date_is(planned) && date_cmp(planned, c->start) < 0)
		dsn_note(&r->notes, C_PLANNED_END, dsn_held_line(t, 10));
	check_quota(r);
	note_places(r, nature);
	if (regime.p == NULL && needs)
		dsn_note(&r->notes, T_REGIME_ABSENT, c->line);
	if (code.p == NULL) {
		if (needs)
			dsn_note(&r->notes, T_CODE_ABSENT, c->line);
		return;
	}
	check_code(r, code, regime, dsn_held(t, 46).p != NULL);
	if (dsn_is(code, "999ZZ") == (dsn_held(t, 43).p != NULL))
		dsn_note(&r->notes, C_RATE, dsn_held_line(t, 43));
}

/* --- what it belongs to --- */

/* Part and full of a full-timer, without common factor; 1/1 in full time. */
static void
set_quota(struct dsn_contract *c, const struct dsn_tree *t)
{
	int64_t full = dsn_number(dsn_held(t, 12), 2);
	int64_t part = dsn_number(dsn_held(t, 13), 2), a, b, rest;

	c->part = c->full = 1;
	if (dsn_is(dsn_held(t, 14), "10") || dsn_held(t, 13).p == NULL ||
	    full <= 0 || full > FULL_TIME_MAX || part >= full)
		return;
	for (a = full, b = part; b != 0; b = rest) {
		rest = a % b;
		a = b;
	}
	c->part = (int32_t)(part / a);
	c->full = (int32_t)(full / a);
}

static void
set_aggregate(struct dsn_reader *r, struct dsn_contract *c)
{
	struct dsn_aggregate key = { .year = r->d.id.month.y };
	struct dsn_value code = dsn_held(&r->tree, 40);
	struct dsn_value user = dsn_held(&r->tree, 46);

	memcpy(key.risk_code, code.p, 5);
	if (code.n == 6)
		key.section = DSN_SUPPORT;
	if (user.p != NULL && user.n < sizeof key.user)
		memcpy(key.user, user.p, user.n);
	c->aggregate = dsn_sum_aggregate(&r->sum, &key);
}

void
dsn_contract_left(struct dsn_reader *r)
{
	const struct dsn_tree *t = &r->tree;
	struct dsn_value nature = dsn_held(t, 7), motive = dsn_held(t, 21);
	struct dsn_contract *c = &r->who.contract[r->who.contracts];
	struct dsn_value rate = dsn_held(t, 43);

	if (r->who.contracts == DSN_CONTRACTS_MAX) {
		dsn_note(&r->notes, T_CONTRACTS, dsn_block_line(t));
		return;
	}
	*c = (struct dsn_contract){ .number = dsn_held(t, 9),
	    .start = dsn_date(dsn_held(t, 1)), .end = DATE_OPEN,
	    .scope = DSN_SCOPE_OUTSIDE, .aggregate = DSN_NONE,
	    .line = dsn_block_line(t) };
	(void)snprintf(c->unit, sizeof c->unit, "%.*s",
	    (int)dsn_held(t, 11).n, dsn_held(t, 11).p != NULL ?
	    dsn_held(t, 11).p : "");
	check_contract(r, c);
	set_quota(c, t);
	c->rate_given = rate.p != NULL;
	c->rate.v = (int32_t)dsn_number(rate, 4);
	if (is_our_regime(dsn_held(t, 39)) && dsn_held(t, 40).p != NULL) {
		c->scope = DSN_SCOPE_OURS;
		c->counted = is_employment(nature) &&
		    (is_temp(nature) || !dsn_is(motive, "01"));
		set_aggregate(r, c);
	}
	r->who.contracts++;
}

/* --- what comes below it --- */

/* The contract being read: the last one; NULL when it was not kept. */
static struct dsn_contract *
current(struct dsn_reader *r)
{

	return r->who.contracts == 0 ? NULL :
	    &r->who.contract[r->who.contracts - 1];
}

void
dsn_end_left(struct dsn_reader *r)
{
	struct dsn_contract *c = current(r);
	struct date end = dsn_date(dsn_held(&r->tree, 1));

	/* 099: an end declared before is taken back. */
	if (c == NULL || !date_is(end) || dsn_is(dsn_held(&r->tree, 2), "099"))
		return;
	c->end = end;
	if (date_is(c->start) && date_cmp(end, c->start) < 0)
		dsn_note(&r->notes, C_START_END, dsn_held_line(&r->tree, 1));
}

void
dsn_stop_left(struct dsn_reader *r)
{
	static const char *const accidents[] = { "04", "05", "06", NULL };
	const struct dsn_tree *t = &r->tree;
	struct date last = dsn_date(dsn_held(t, 2));
	struct date end = dsn_date(dsn_held(t, 3));
	struct date accident = dsn_date(dsn_held(t, 12));
	const struct dsn_contract *c = current(r);

	if (date_is(last) && date_is(end) && date_cmp(last, end) > 0)
		dsn_note(&r->notes, C_STOP_END, dsn_held_line(t, 2));
	if (is_one_of(dsn_held(t, 1), accidents) !=
	    (dsn_held(t, 12).p != NULL))
		dsn_note(&r->notes, C_ACCIDENT, dsn_held_line(t, 12));
	if (date_is(accident) && c != NULL && date_is(c->start) &&
	    date_cmp(accident, c->start) < 0)
		dsn_note(&r->notes, C_ACCIDENT_START, dsn_held_line(t, 12));
}

/* --- at the end of the individual --- */

/* Days of the month in which a contract was in force. */
static int32_t
days_in_month(const struct dsn_reader *r, const struct dsn_contract *c)
{
	struct date from = r->d.id.month, to = r->month_end;

	if (!date_is(c->start) || !date_is(from))
		return 0;
	if (date_cmp(c->start, from) > 0)
		from = c->start;
	if (date_cmp(c->end, to) < 0)
		to = c->end;
	return date_cmp(from, to) > 0 ? 0 :
	    date_to_days(to) - date_to_days(from) + 1;
}

void
dsn_contracts_count(struct dsn_reader *r)
{
	const struct dsn_contract *c;
	struct dsn_aggregate *a;
	int32_t days, rate;
	int i;

	for (i = 0; i < r->who.contracts; i++) {
		c = &r->who.contract[i];
		if (c->aggregate == DSN_NONE ||
		    (days = days_in_month(r, c)) == 0)
			continue;
		a = &r->sum.aggregate[c->aggregate];
		a->contracts++;
		a->without_hours += !c->has_hours;
		rate = dsn_sum_rate(&r->sum, c->aggregate, c->rate_given,
		    c->rate);
		if (rate != DSN_NONE)
			r->sum.rate[rate].contracts++;
		if (c->counted)
			dsn_sum_share(&r->sum, c->aggregate, c->full,
			    (int64_t)days * c->part);
	}
}
