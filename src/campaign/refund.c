/*
 * refund.c -- what a decided contest gives back or asks for, a rate a line, for
 * who collects the contributions: with the days until which it can be claimed.
 *
 * The payroll of a year may be known after the decision only: what was not
 * known then is taken as it is known now.
 */
#include <stdio.h>
#include <string.h>

#include "campaign/draft.h"
#include "deadline/deadline.h"
#include "doc/fmt.h"
#include "doc/term.h"
#include "tariff/mode.h"

/* One rate that the contest changed. */
struct refund {
	char		siret[15], section[16], risk_code[16];
	int		year;
	int32_t		old, now;		/* 1/10 000 of a percent */
	struct value	payroll, amount;	/* cents; null: not known yet */
	struct date	from;			/* first day of the rate */
	struct limitation limit;
};

struct listing {
	struct desk	*d;
	struct date	 decided;
	int		 number;
	size_t		 lines;
	int64_t		 total;
	bool		 csv;
	struct str	*out;
	struct err	*err;
};

/* ---- what is known of a line ---------------------------------------------------- */

static int
read_code(struct listing *t, struct refund *r)
{
	struct value key[4] = { value_int(r->year), value_text(r->siret),
		value_text(r->section), value_date(r->from) };
	char buf[ROW_TEXT_MAX];
	struct row row;
	bool found;
	int rc;

	if ((rc = fact_get(t->d->fund.store, TABLE_RATE, t->d->known, key, buf,
	    &row, &found, t->err)) != TAPR_OK)
		return rc;
	(void)snprintf(r->risk_code, sizeof r->risk_code, "%s", found ?
	    value_or_empty(&row.value[RATE_RISK_CODE]) : "");
	return TAPR_OK;
}

static int
read_payroll(struct listing *t, struct refund *r)
{
	struct value key[3] = { value_int(r->year), value_text(r->siret),
		value_text(r->section) };
	char buf[ROW_TEXT_MAX];
	struct row row;
	bool found;
	int rc;

	if (r->payroll.kind == VALUE_INT)
		return TAPR_OK;
	if ((rc = fact_get(t->d->fund.store, TABLE_PAYROLL, t->d->known, key,
	    buf, &row, &found, t->err)) != TAPR_OK)
		return rc;
	if (found && row.value[PAY_CENTS].kind == VALUE_INT) {
		r->payroll = row.value[PAY_CENTS];
		r->amount = contest_amount(&r->payroll, r->old, r->now);
	}
	return TAPR_OK;
}

static int
read_line(struct listing *t, const struct value *v, struct refund *r)
{
	int rc;

	memset(r, 0, sizeof *r);
	(void)snprintf(r->siret, sizeof r->siret, "%s",
	    value_or_empty(&v[CLINE_SIRET]));
	(void)snprintf(r->section, sizeof r->section, "%s",
	    value_or_empty(&v[CLINE_SECTION]));
	r->year = (int)value_or(&v[CLINE_RATE_YEAR], 0);
	r->old = (int32_t)value_or(&v[CLINE_OLD_RATE], 0);
	r->now = (int32_t)value_or(&v[CLINE_NEW_RATE], 0);
	r->payroll = v[CLINE_PAYROLL];
	r->amount = v[CLINE_AMOUNT];
	if ((rc = tariff_day(t->d->act->law, r->year, &r->from, t->err)) !=
	    TAPR_OK || (rc = read_code(t, r)) != TAPR_OK ||
	    (rc = read_payroll(t, r)) != TAPR_OK)
		return rc;
	return limitation(t->d->act->law, r->now < r->old, r->year,
	    t->decided, &r->limit, t->err);
}

/* ---- writing --------------------------------------------------------------------- */

/* A rate or an amount as programs read it; null or nothing when not known. */
static void
add_plain(struct str *out, const struct value *v, struct frac f)
{
	char text[64];

	if (v != NULL && v->kind != VALUE_INT)
		return;
	str_add_n(out, text, frac_decimal(f, fmt_places(f, 2, 4) > 2 ? 4 : 2,
	    ROUND_HALF_UP, text, sizeof text));
}

static struct frac
cents_of(const struct value *v)
{
	return frac_cents((struct cents){ value_or(v, 0) });
}

static struct frac
rate_of(int32_t rate)
{
	return frac_rate((struct rate){ rate });
}

static void
line_csv(struct listing *t, const struct refund *r)
{
	char day[DATE_TEXT_MAX];

	str_printf(t->out, "%s,%s,%s,%d,", r->siret, r->section, r->risk_code,
	    r->year);
	add_plain(t->out, NULL, rate_of(r->old));
	str_add_char(t->out, ',');
	add_plain(t->out, NULL, rate_of(r->now));
	str_add_char(t->out, ',');
	add_plain(t->out, &r->payroll, cents_of(&r->payroll));
	str_add_char(t->out, ',');
	add_plain(t->out, &r->amount, cents_of(&r->amount));
	str_printf(t->out, ",%s", date_text(r->from, day));
	str_printf(t->out, ",%s,\"%s\"\n", date_text(r->limit.last_day, day),
	    r->limit.row->text);
}

static void
json_amount(struct str *out, const char *name, const struct value *v)
{
	str_printf(out, ", \"%s\": %s", name, v->kind == VALUE_INT ? "\"" :
	    "null");
	add_plain(out, v, cents_of(v));
	str_add(out, v->kind == VALUE_INT ? "\"" : "");
}

static void
line_json(struct listing *t, const struct refund *r)
{
	char day[DATE_TEXT_MAX];

	str_printf(t->out, "%s{\"siret\": \"%s\", \"section\": \"%s\", "
	    "\"risk_code\": \"%s\", \"rate_year\": %d, \"old_rate\": \"",
	    t->lines > 0 ? ", " : "", r->siret, r->section, r->risk_code,
	    r->year);
	add_plain(t->out, NULL, rate_of(r->old));
	str_add(t->out, "\", \"new_rate\": \"");
	add_plain(t->out, NULL, rate_of(r->now));
	str_add_char(t->out, '"');
	json_amount(t->out, "payroll_eur", &r->payroll);
	json_amount(t->out, "amount_eur", &r->amount);
	str_printf(t->out, ", \"claim_from\": \"%s\"",
	    date_text(r->from, day));
	str_printf(t->out, ", \"claim_until\": \"%s\", \"over\": %s, "
	    "\"article\": ", date_text(r->limit.last_day, day),
	    r->limit.over ? "true" : "false");
	str_add_json(t->out, r->limit.row->text);
	str_add_char(t->out, '}');
}

static void
line_text(struct listing *t, const struct refund *r)
{
	bool refund = r->now < r->old;

	str_printf(t->out, "  %d  %s ", r->year, r->siret);
	term_pad(t->out, term(TERM_SECTION, r->section), 10);
	str_printf(t->out, " %s  ", r->risk_code);
	fmt_percent(t->out, rate_of(r->old), 2);
	str_add(t->out, " -> ");
	fmt_percent(t->out, rate_of(r->now), 2);
	if (r->payroll.kind == VALUE_INT) {
		struct frac f = cents_of(&r->amount);

		str_add(t->out, "  masse ");
		fmt_eur(t->out, cents_of(&r->payroll));
		str_add(t->out, refund ? "  à rembourser " : "  complément ");
		f.neg = false;
		fmt_eur(t->out, f);
	} else
		str_add(t->out, "  masse salariale pas encore connue");
	str_printf(t->out, "\n        %s, de ce qui est dû depuis le %s, "
	    "jusqu'au %s (%s)%s\n", refund ? "l'employeur peut le demander" :
	    "peut être réclamé", fmt_day(r->from).text,
	    fmt_day(r->limit.last_day).text, r->limit.row->text,
	    r->limit.over ? " : prescrit" : "");
}

/* ---- the table ------------------------------------------------------------------- */

static int
find_contest(struct listing *t)
{
	struct value key[2] = { value_int(t->d->act->year),
		value_int(t->number) };
	char buf[ROW_TEXT_MAX];
	struct row row;
	bool found;
	int rc;

	if ((rc = fact_get(t->d->fund.store, TABLE_CONTEST, t->d->known, key,
	    buf, &row, &found, t->err)) != TAPR_OK)
		return rc;
	if (!found || row.value[CONTEST_DECISION].kind != VALUE_TEXT)
		return err_set(t->err, TAPR_EINVAL, "number", found ?
		    "la contestation %d-%d n'est pas encore décidée" :
		    "pas de contestation %d-%d", t->d->act->year, t->number);
	if (strncmp(value_or_empty(&row.value[CONTEST_AGAINST]),
	    DRAFT_ADDRESS, strlen(DRAFT_ADDRESS)) == 0)
		return err_set(t->err, TAPR_EINVAL, "number", "%d-%d corrige "
		    "un projet : rien n'était notifié, rien n'est à "
		    "rembourser", t->d->act->year, t->number);
	t->decided = value_to_date(&row.value[CONTEST_DECIDED_ON]);
	return TAPR_OK;
}

static void
head(struct listing *t)
{
	char day[DATE_TEXT_MAX];

	if (t->csv)
		str_add(t->out, "siret,section,risk_code,rate_year,old_rate,"
		    "new_rate,payroll_eur,amount_eur,claim_from,claim_until,"
		    "article\n");
	else if (t->d->act->json)
		str_printf(t->out, "{\"contest\": \"%d-%d\", \"decided_on\": "
		    "\"%s\", \"lines\": [", t->d->act->year, t->number,
		    date_text(t->decided, day));
	else
		str_printf(t->out, "Contestation %d-%d, décidée le %s : taux "
		    "rectifiés\n", t->d->act->year, t->number,
		    fmt_day(t->decided).text);
}

static void
foot(struct listing *t)
{
	struct value total = value_int(t->total);

	if (t->csv)
		return;
	if (t->d->act->json) {
		str_add(t->out, "], \"total_eur\": \"");
		add_plain(t->out, &total, cents_of(&total));
		str_add(t->out, "\"}\n");
		return;
	}
	if (t->lines == 0)
		str_add(t->out, "  aucun taux notifié n'a changé\n");
	str_add(t->out, t->total >= 0 ? "Total à rembourser : " :
	    "Total du complément : ");
	total.i = t->total < 0 ? -t->total : t->total;
	fmt_eur(t->out, cents_of(&total));
	str_add_char(t->out, '\n');
}

static int
lines(struct listing *t)
{
	struct value key[2] = { value_int(t->d->act->year),
		value_int(t->number) };
	const struct row *row;
	struct refund r;
	struct rows *rows;
	int rc;

	if ((rc = rows_open(t->d->fund.store, TABLE_CONTEST_LINE, t->d->known,
	    key, 2, &rows, t->err)) != TAPR_OK)
		return rc;
	while ((rc = rows_next(rows, &row, t->err)) == TAPR_OK &&
	    row != NULL) {
		if (row->damaged)
			rc = err_set(t->err, TAPR_EIO, "contest_line", "une "
			    "ligne est abîmée ; restaurez une sauvegarde");
		if (rc != TAPR_OK ||
		    (rc = read_line(t, row->value, &r)) != TAPR_OK)
			break;
		(t->csv ? line_csv : t->d->act->json ? line_json :
		    line_text)(t, &r);
		t->lines++;
		t->total += value_or(&r.amount, 0);
	}
	rows_free(rows);
	return rc;
}

int
contest_table(const struct campaign_act *act, int number, bool csv,
    struct str *out, struct err *err)
{
	struct desk d;
	struct listing t = { .d = &d, .number = number, .csv = csv, .out = out,
	    .err = err };
	int rc;

	if ((rc = desk_open(act, STORE_READ, &d, err)) == TAPR_OK &&
	    (rc = find_contest(&t)) == TAPR_OK) {
		head(&t);
		if ((rc = lines(&t)) == TAPR_OK)
			foot(&t);
	}
	desk_close(&d);
	return rc == TAPR_OK ? desk_written(out, err) : rc;
}
