/*
 * money.c -- payroll, headcounts, rates already notified, portfolios.
 *
 * Hours that are not given stay unknown: they are never zero (S1-38).
 */
#include <string.h>

#include "intake/source.h"
#include "model/words.h"

enum {
	YEAR_MIN = 1990, YEAR_MAX = 2100,
	RATE_PLACES = 4, RATE_MAX = 1000000,	/* 100 % */
};
#define AMOUNT_MAX INT64_C(100000000000000)	/* 10^12 euros, in cents */

#define COLUMN(n, type_, need_) \
	{ .name = (n), .type = (type_), .need = (need_) }
#define YEAR(n) \
	{ .name = (n), .type = FLOW_NUMBER, .min = YEAR_MIN, .max = YEAR_MAX }
#define WORD(n, list) { .name = (n), .type = FLOW_WORD, .words = (list) }
#define DECIMAL(n, need_) { .name = (n), .type = FLOW_DECIMAL, .need = (need_), \
	.places = 2, .max = AMOUNT_MAX }

/* ---- payroll.csv --------------------------------------------------------- */

enum { P_SIRET, P_SECTION, P_CODE, P_YEAR, P_CENTS, P_HOURS, P_HEADS,
	P_COLUMNS };

static const struct flow_column payroll_columns[P_COLUMNS] = {
	[P_SIRET] = COLUMN("siret", FLOW_SIRET, FLOW_NEEDED),
	[P_SECTION] = WORD("section", section_words),
	[P_CODE] = COLUMN("risk_code", FLOW_RISK_CODE, FLOW_NEEDED),
	[P_YEAR] = YEAR("year"),
	[P_CENTS] = DECIMAL("payroll_eur", FLOW_NEEDED),
	[P_HOURS] = DECIMAL("hours", FLOW_HEADER),
	[P_HEADS] = DECIMAL("headcount", FLOW_HEADER),
};

static const struct flow payroll_flow = {
	"payroll", P_COLUMNS, P_SIRET, false, payroll_columns,
};

static int
payroll_line(struct intake *in, const struct value *v, long line,
    enum outcome *ret, struct err *err)
{
	struct value row[PAY_COLUMNS];

	row[PAY_YEAR] = v[P_YEAR];
	row[PAY_SIRET] = v[P_SIRET];
	row[PAY_SECTION] = v[P_SECTION];
	row[PAY_RISK_CODE] = v[P_CODE];
	row[PAY_CENTS] = v[P_CENTS];
	row[PAY_HOURS] = v[P_HOURS];
	row[PAY_HEADCOUNT] = v[P_HEADS];
	return line_put(in, TABLE_PAYROLL, row, line, ret, err);
}

const struct source source_payroll = {
	&payroll_flow, payroll_line, NULL, { P_SIRET, P_SECTION, P_YEAR }, 3,
	P_SIRET,
};

/* ---- headcount.csv ------------------------------------------------------- */

enum { N_SIREN, N_YEAR, N_MONTH, N_VALUE, N_COLUMNS };

static const struct flow_column headcount_columns[N_COLUMNS] = {
	[N_SIREN] = COLUMN("siren", FLOW_SIREN, FLOW_NEEDED),
	[N_YEAR] = YEAR("year"),
	[N_MONTH] = { .name = "month", .type = FLOW_NUMBER,
	    .need = FLOW_HEADER, .min = 1, .max = 12 },
	[N_VALUE] = DECIMAL("headcount", FLOW_NEEDED),
};

static const struct flow headcount_flow = {
	"headcount", N_COLUMNS, N_SIREN, false, headcount_columns,
};

static int
headcount_line(struct intake *in, const struct value *v, long line,
    enum outcome *ret, struct err *err)
{
	struct value row[HEAD_COLUMNS];

	row[HEAD_YEAR] = v[N_YEAR];
	row[HEAD_SIREN] = v[N_SIREN];
	/* Without a month it is the headcount of the year, already counted. */
	row[HEAD_MONTH] = value_int(value_or(&v[N_MONTH], 0));
	row[HEAD_VALUE] = v[N_VALUE];
	return line_put(in, TABLE_HEADCOUNT, row, line, ret, err);
}

const struct source source_headcount = {
	&headcount_flow, headcount_line, NULL, { N_SIREN, N_YEAR, N_MONTH }, 3,
	N_SIREN,
};

/* ---- rates.csv ----------------------------------------------------------- */

enum { R_SIRET, R_SECTION, R_CODE, R_YEAR, R_RATE, R_MODE, R_EFFECTIVE,
	R_NOTIFIED, R_COLUMNS };

static const struct flow_column rates_columns[R_COLUMNS] = {
	[R_SIRET] = COLUMN("siret", FLOW_SIRET, FLOW_NEEDED),
	[R_SECTION] = WORD("section", section_words),
	[R_CODE] = COLUMN("risk_code", FLOW_RISK_CODE, FLOW_NEEDED),
	[R_YEAR] = YEAR("year"),
	[R_RATE] = { .name = "rate", .type = FLOW_DECIMAL,
	    .places = RATE_PLACES, .max = RATE_MAX },
	[R_MODE] = WORD("mode", mode_words),
	[R_EFFECTIVE] = COLUMN("effective_on", FLOW_DATE, FLOW_NEEDED),
	[R_NOTIFIED] = COLUMN("notified_on", FLOW_DATE, FLOW_HEADER),
};

static const struct flow rates_flow = {
	"rates", R_COLUMNS, R_SIRET, false, rates_columns,
};

static int
rates_line(struct intake *in, const struct value *v, long line,
    enum outcome *ret, struct err *err)
{
	struct value row[RATE_COLUMNS];

	if (value_to_date(&v[R_EFFECTIVE]).y != v[R_YEAR].i)
		return line_fault(in, FAULT_RANGE, "effective_on", ret);
	row[RATE_YEAR] = v[R_YEAR];
	row[RATE_SIRET] = v[R_SIRET];
	row[RATE_SECTION] = v[R_SECTION];
	row[RATE_EFFECTIVE_ON] = v[R_EFFECTIVE];
	row[RATE_RISK_CODE] = v[R_CODE];
	row[RATE_VALUE] = v[R_RATE];
	row[RATE_MODE] = v[R_MODE];
	row[RATE_NOTIFIED_ON] = v[R_NOTIFIED];
	return line_put(in, TABLE_RATE, row, line, ret, err);
}

const struct source source_rates = {
	&rates_flow, rates_line, NULL,
	{ R_SIRET, R_SECTION, R_YEAR, R_EFFECTIVE }, 4, R_SIRET,
};

/* ---- portfolio.csv ------------------------------------------------------- */

enum { F_LOGIN, F_SIRET, F_FROM, F_TO, F_COLUMNS };

static const struct flow_column portfolio_columns[F_COLUMNS] = {
	[F_LOGIN] = COLUMN("login", FLOW_LOGIN, FLOW_NEEDED),
	[F_SIRET] = COLUMN("siret", FLOW_SIRET, FLOW_NEEDED),
	[F_FROM] = COLUMN("from", FLOW_DATE, FLOW_NEEDED),
	[F_TO] = COLUMN("to", FLOW_DATE, FLOW_HEADER),
};

static const struct flow portfolio_flow = {
	"portfolio", F_COLUMNS, F_SIRET, false, portfolio_columns,
};

static int
portfolio_line(struct intake *in, const struct value *v, long line,
    enum outcome *ret, struct err *err)
{
	if (v[F_TO].kind == VALUE_INT && v[F_TO].i <= v[F_FROM].i)
		return line_fault(in, FAULT_PERIOD, "to", ret);
	/* The columns are those of the table, in order. */
	return line_put(in, TABLE_PORTFOLIO, v, line, ret, err);
}

const struct source source_portfolio = {
	&portfolio_flow, portfolio_line, NULL, { F_LOGIN, F_SIRET, F_FROM }, 3,
	F_SIRET,
};
