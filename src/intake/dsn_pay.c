/*
 * dsn_pay.c -- remunerations, activities, bases and contributions.
 *
 * Payroll is base 03 (assiette brute déplafonnée), attached to the year of
 * its period and to the contract it names; where none is named it belongs to
 * the only contract, or to what all the contracts of the individual share.
 *
 * Hours are the paid activity (S21.G00.53, type 01) in hours under a
 * remuneration of type 002, the only place where the norm allows an activity.
 * Overtime (types 017 and 018) is part of it and is not added again.  Days
 * are kept apart: what a day of a forfait is worth in hours is not said.
 */
#include "intake/dsn_reader.h"

enum { HOURS_MAX = 325000, DAYS_MAX = 40300 };

/* The contract of that number, DSN_NONE when the individual has none such. */
static int
contract_of(const struct dsn_reader *r, struct dsn_value number)
{
	int i;

	for (i = 0; i < r->who.contracts; i++)
		if (dsn_same(r->who.contract[i].number, number))
			return i;
	return DSN_NONE;
}

/* The aggregate of a contract for a year. */
static int32_t
aggregate_of(struct dsn_reader *r, const struct dsn_contract *c, int16_t year)
{
	struct dsn_aggregate key;

	if (c->aggregate == DSN_NONE || year == r->d.id.month.y)
		return c->aggregate;
	key = r->sum.aggregate[c->aggregate];
	key.year = year;
	return dsn_sum_aggregate(&r->sum, &key);
}

void
dsn_pay_left(struct dsn_reader *r)
{
	const struct dsn_tree *t = &r->tree;
	struct date from = dsn_date(dsn_held(t, 1));
	struct date to = dsn_date(dsn_held(t, 2));

	r->who.pays = dsn_is(dsn_held(t, 11), "002");
	r->who.paid = contract_of(r, dsn_held(t, 10));
	r->who.paid_year = date_is(from) ? from.y : r->d.id.month.y;
	if (date_is(from) && date_is(to) && date_cmp(to, from) < 0)
		dsn_note(&r->notes, C_PAY_PERIOD, dsn_held_line(t, 2));
	if (r->who.paid == DSN_NONE)
		dsn_note(&r->notes, C_PAY_CONTRACT, dsn_held_line(t, 10));
}

enum unit { OTHER, HOURS, DAYS, CALENDAR };

static enum unit
unit_of(struct dsn_value v)
{

	if (dsn_is(v, "10") || dsn_is(v, "21"))
		return HOURS;
	if (dsn_is(v, "12") || dsn_is(v, "20"))
		return DAYS;
	return dsn_is(v, "40") ? CALENDAR : OTHER;
}

static void
check_activity(struct dsn_reader *r, enum unit unit, int64_t v)
{
	const struct dsn_tree *t = &r->tree;
	bool given = dsn_held(t, 3).p != NULL;

	if (!r->who.pays)
		dsn_note(&r->notes, C_ACTIVITY, dsn_held_line(t, 1));
	if (unit == HOURS && v > HOURS_MAX)
		dsn_note(&r->notes, given ? C_HOURS : C_HOURS_IMPLIED,
		    dsn_held_line(t, 2));
	if (unit == DAYS && v > DAYS_MAX)
		dsn_note(&r->notes, given ? C_DAYS : C_DAYS_IMPLIED,
		    dsn_held_line(t, 2));
	if (unit == CALENDAR && !dsn_is(dsn_held(t, 1), "01"))
		dsn_note(&r->notes, C_CALENDAR, dsn_held_line(t, 1));
}

void
dsn_activity_left(struct dsn_reader *r)
{
	const struct dsn_tree *t = &r->tree;
	struct dsn_value unit = dsn_held(t, 3);
	int64_t v = dsn_number(dsn_held(t, 2), 2);
	struct dsn_contract *c = NULL;
	enum unit u;
	int32_t a;

	if (r->who.paid != DSN_NONE)
		c = &r->who.contract[r->who.paid];
	/* Without a unit, that of the quota of the contract. */
	if (unit.p == NULL && c != NULL)
		unit = (struct dsn_value){ c->unit, c->unit[0] == '\0' ? 0 :
		    2 };
	u = unit_of(unit);
	check_activity(r, u, v);
	if (!r->who.pays || c == NULL || !dsn_is(dsn_held(t, 1), "01") ||
	    (u != HOURS && u != DAYS))
		return;
	c->has_hours |= u == HOURS;
	if ((a = aggregate_of(r, c, r->who.paid_year)) == DSN_NONE)
		return;
	dsn_sum_add(&r->sum, u == HOURS ? &r->sum.aggregate[a].hours :
	    &r->sum.aggregate[a].days, v);
}

/* --- bases --- */

/*
 * The contract of a base: the one it names, else any one when all go to the
 * same totals; DSN_NONE when it cannot be known.
 */
static int
contract_of_base(struct dsn_reader *r)
{
	struct dsn_value number = dsn_held(&r->tree, 6);
	const struct dsn_contract *c = r->who.contract;
	int i;

	if (number.p != NULL && (i = contract_of(r, number)) != DSN_NONE)
		return i;
	if (number.p != NULL || r->who.contracts != 1)
		dsn_note(&r->notes, T_BASE_CONTRACT,
		    dsn_held_line(&r->tree, 6));
	if (r->who.contracts == 0)
		return DSN_NONE;
	for (i = 1; i < r->who.contracts; i++)
		if (c[i].scope != c[0].scope ||
		    c[i].aggregate != c[0].aggregate)
			return DSN_NONE;
	return 0;
}

static void
add_payroll(struct dsn_reader *r, int16_t year, int64_t amount)
{
	struct dsn_aggregate nowhere = { .year = year };
	const struct dsn_contract *c;
	int which = contract_of_base(r);
	int32_t a, rate = DSN_NONE;

	if (which == DSN_NONE) {
		a = dsn_sum_aggregate(&r->sum, &nowhere);
	} else {
		c = &r->who.contract[which];
		if (c->scope == DSN_SCOPE_OUTSIDE) {
			dsn_sum_add(&r->sum, &r->d.outside.v, amount);
			return;
		}
		a = aggregate_of(r, c, year);
		rate = dsn_sum_rate(&r->sum, a, c->rate_given, c->rate);
	}
	if (a == DSN_NONE)
		return;
	dsn_sum_add(&r->sum, &r->sum.aggregate[a].payroll.v, amount);
	if (rate != DSN_NONE)
		dsn_sum_add(&r->sum, &r->sum.rate[rate].payroll.v, amount);
}

void
dsn_base_left(struct dsn_reader *r)
{
	const struct dsn_tree *t = &r->tree;
	struct date from = dsn_date(dsn_held(t, 2));
	struct date to = dsn_date(dsn_held(t, 3));

	if (date_is(from) && date_is(to)) {
		if (date_cmp(to, from) < 0)
			dsn_note(&r->notes, C_BASE_PERIOD,
			    dsn_held_line(t, 3));
		if (to.y != from.y)
			dsn_note(&r->notes, C_BASE_YEAR, dsn_held_line(t, 3));
		if (date_cmp(to, r->month_end) > 0)
			dsn_note(&r->notes, C_BASE_FUTURE,
			    dsn_held_line(t, 3));
	}
	if (dsn_is(dsn_held(t, 1), "03") && date_is(from))
		add_payroll(r, from.y, dsn_number(dsn_held(t, 4), 2));
}

/*
 * 045, cotisation accident du travail: the amount is the base by the rate,
 * to the cent, the half away from zero.  The rate has two or three decimals.
 */
void
dsn_contribution_left(struct dsn_reader *r)
{
	const int64_t BASE_MAX = 10000000000000;	/* cents: 14 signs */
	enum { UNIT = 100000, RATE_MAX = 100000 };	/* 100.000 */
	const struct dsn_tree *t = &r->tree;
	int64_t base = dsn_number(dsn_held(t, 3), 2);
	int64_t rate = dsn_number(dsn_held(t, 7), 3), exact, cents;

	if (!dsn_is(dsn_held(t, 1), "045") || dsn_held(t, 3).p == NULL ||
	    dsn_held(t, 4).p == NULL || dsn_held(t, 7).p == NULL)
		return;
	if (rate > RATE_MAX || base > BASE_MAX || base < -BASE_MAX) {
		dsn_note(&r->notes, T_PRODUCT, dsn_held_line(t, 4));
		return;
	}
	exact = base * rate;
	cents = (exact < 0 ? exact - UNIT / 2 : exact + UNIT / 2) / UNIT;
	if (cents != dsn_number(dsn_held(t, 4), 2))
		dsn_note(&r->notes, T_PRODUCT, dsn_held_line(t, 4));
}

void
dsn_misdeclared_left(struct dsn_reader *r)
{

	if (!dsn_is(dsn_held(&r->tree, 1), "03"))
		return;
	dsn_sum_add(&r->sum, &r->d.misdeclared.v,
	    dsn_number(dsn_held(&r->tree, 4), 2));
	dsn_note(&r->notes, T_MISDECLARED, dsn_held_line(&r->tree, 4));
}
