/*
 * law_view.c -- see law_view.h.
 *
 * Three views and the tables they rest on, in this order: what the program
 * expects of the law, coverage (status), one value (show), doubts (check).
 *
 * What is expected is written down here, not derived from the files: a file
 * that lost its rows of 2019 would else look complete.  needs[] says what the
 * rules ask for, year by year; known[] what units a parameter is given in.
 * A parameter that neither names is shown with what it holds and told as
 * unknown: no rule reads it.
 *
 * A year means the tariff of that year, looked up on the day it takes effect:
 * 1 January, or what tariff_start says (1 May in 2025; until then the values
 * of 2024 are in force, and the matrix says so below).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/ids.h"
#include "doc/fmt.h"
#include "rating/law_view.h"

enum {
	YEARS_MAX = 100,
	NAME_WIDTH = 34,	/* of the matrix: with 15 years, 79 columns */
	NEAR_MAX = 5,		/* names proposed for a wrong one */
	KEY_TEXT_MAX = 256,
	CHECK_BYTES_MAX = 256 * 1024 * 1024,
};

/* --- what the program expects of the law ------------------------------------ */

enum cover {
	BY_KEYS,	/* one value for each combination of the keys */
	BY_ROWS,	/* whatever is there: the law gives no count */
	BY_CODES,	/* one for each risk code of the tariff */
};

/*
 * One line of the matrix, or a part of it: entries that follow each other with
 * the same parameter and line are added up.  A key holds its alternatives,
 * "|" between them.  first and last are tariff years, 0 an open end: outside
 * of them nothing is expected.
 */
static const struct need {
	const char	*param;
	const char	*line;		/* "zone=general ctn=B", or "" */
	enum cover	 how;
	int		 first, last;
	const char	*key[LAW_KEYS_MAX];
} needs[] = {
#define IT "IT1|IT2|IT3|IT4|IT5|IT6"
#define IP "IP1|IP2|IP3|IP4"
#define CTN(ctn) { "average_costs", "ctn=" ctn, BY_KEYS, 2012, 0, \
	{ "general", ctn, "", IT "|" IP } }
	{ "tariff_start", "", BY_KEYS, 2012, 0, { NULL } },
	{ "mode_threshold", "zone=general", BY_KEYS, 2012, 0,
	    { "general", "yes|no", "lower|upper" } },
	{ "mode_threshold", "zone=alsace-moselle", BY_KEYS, 2012, 0,
	    { "alsace-moselle", "yes|no", "lower|upper" } },
	{ "mixed_fraction", "zone=general", BY_KEYS, 2012, 0,
	    { "general", "yes|no", "divisor|shift" } },
	{ "mixed_fraction", "zone=general", BY_KEYS, 2018, 0,
	    { "general", "yes|no", "factor|floor" } },
	{ "mixed_fraction", "zone=alsace-moselle", BY_KEYS, 2012, 0,
	    { "alsace-moselle", "yes|no", "divisor|offset|slope" } },
	{ "reference_window", "", BY_KEYS, 2012, 0, { "first|last" } },
	{ "headcount_freeze", "", BY_KEYS, 2020, 0,
	    { "years|first_year|clamp" } },
	{ "cost_category", "kind=it", BY_KEYS, 2012, 0, { "it", IT } },
	{ "cost_category", "kind=ip", BY_KEYS, 2012, 0, { "ip", IP } },
	CTN("A"),
	{ "average_costs", "ctn=B zone=general", BY_KEYS, 2012, 0,
	    { "general", "B", "", IT "|IP1" } },
	{ "average_costs", "ctn=B zone=general", BY_KEYS, 2012, 0,
	    { "general", "B", "gros_oeuvre|second_oeuvre|support",
	    "IP2_IP4" } },
	{ "average_costs", "ctn=B zone=alsace-moselle", BY_KEYS, 2012, 0,
	    { "alsace-moselle", "B", "", IT "|" IP } },
	CTN("C"), CTN("D"), CTN("E"), CTN("F"), CTN("G"), CTN("H"), CTN("I"),
	{ "btp_cost_groups", "", BY_ROWS, 2012, 0, { NULL } },
	{ "abatements", "", BY_ROWS, 2012, 0, { NULL } },
	{ "majorations", "", BY_KEYS, 2012, 0, { "M1|M2|M3|M4" } },
	{ "majoration_share", "regime=ieg", BY_KEYS, 2012, 0,
	    { "ieg", "M1|M3" } },
	{ "majoration_share", "regime=self_management", BY_KEYS, 2012, 0,
	    { "self_management", "M1" } },
	{ "majoration_share", "regime=pupil", BY_KEYS, 2012, 0,
	    { "pupil", "M1|M3|M4" } },
	{ "collective_rates", "zone=general", BY_CODES, 2012, 0,
	    { "general" } },
	{ "collective_rates", "zone=alsace-moselle", BY_CODES, 2012, 0,
	    { "alsace-moselle" } },
	{ "support_rates", "zone=general", BY_KEYS, 2012, 0,
	    { "general", "0000A|0000B" } },
	{ "support_rates", "zone=alsace-moselle", BY_KEYS, 2012, 0,
	    { "alsace-moselle", "0000A|0000B" } },
	{ "risk_codes", "", BY_ROWS, 2012, 0, { NULL } },
	{ "tariff_codes", "zone=general", BY_KEYS, 2012, 0, { "general" } },
	{ "tariff_codes", "zone=alsace-moselle", BY_KEYS, 2012, 0,
	    { "alsace-moselle" } },
	{ "always_collective", "", BY_ROWS, 2012, 0, { NULL } },
	{ "rate_decimals", "", BY_ROWS, 2012, 0, { NULL } },
	{ "rounding", "", BY_KEYS, 2012, 0, { "notified" } },
	{ "new_establishment", "", BY_KEYS, 2012, 0, { "collective_years" } },
	{ "cap", "zone=general", BY_KEYS, 2012, 0, { "general",
	    "threshold|up_factor|down_factor|up_points|down_points" } },
	{ "cap", "zone=alsace-moselle", BY_KEYS, 2012, 0, { "alsace-moselle",
	    "threshold|up_factor|down_factor|up_points|down_points" } },
	{ "temp_work", "", BY_KEYS, 2012, 2027, { "user_share_serious" } },
	{ "temp_work", "", BY_KEYS, 2026, 2027, { "new_from_year" } },
	{ "temp_work", "", BY_KEYS, 2026, 0, { "user_share_all" } },
	{ "excluded_charge", "", BY_ROWS, 2012, 0, { NULL } },
	{ "special_account", "", BY_KEYS, 2012, 0, { "1|2|3|4|5" } },
	{ "regime_factor", "", BY_KEYS, 2012, 0,
	    { "docker_ceiling|voluntary_factor" } },
	{ "real_costs", "", BY_KEYS, 2012, 2013,
	    { "capital|annuity|death|first_average_year" } },
	{ "takeover", "", BY_KEYS, 2012, 0, { "staff_share" } },
	{ "rebate", "", BY_KEYS, 2012, 0, { "maximum" } },
	{ "supplementary", "", BY_KEYS, 2012, 0, { "minimum_percent|"
	    "minimum_months|minimum_amount|second_percent|third_percent" } },
	{ "notification_obligation", "", BY_KEYS, 2020, 0, { NULL } },
	{ "notification_penalty", "", BY_KEYS, 2020, 0,
	    { "under_20|20_to_149|150_and_more|maximum" } },
	{ "pass", "", BY_KEYS, 2012, 0, { "annual|monthly" } },
	{ "smic_hourly", "", BY_KEYS, 2012, 0, { NULL } },
	{ "minimum_annual_salary", "", BY_KEYS, 2012, 0, { NULL } },
	{ "capital_ip", "", BY_KEYS, 2012, 0, { "1|2|3|4|5|6|7|8|9" } },
	{ "daily_benefit", "", BY_KEYS, 2012, 0, { "fraction|later_fraction|"
	    "later_from|monthly_divisor|wage_ceiling" } },
	{ "annuity", "", BY_KEYS, 2012, 0, { "low_factor|high_factor|bend|"
	    "full_salary|counted_above|salary_ceiling|smallest_ip" } },
	{ "survivors", "", BY_KEYS, 2012, 0, { "spouse|spouse_old|spouse_age|"
	    "orphan_first|orphan_first_count|orphan_next|ascendant|"
	    "ascendants_maximum|maximum" } },
	{ "office_staff", "", BY_KEYS, 2012, 2017, { "1|2|3|11|16|21" } },
	{ "claim_deadline", "", BY_ROWS, 2012, 0, { NULL } },
	{ "appeal_deadline", "", BY_KEYS, 2012, 0, { "contest" } },
	{ "appeal_deadline", "", BY_KEYS, 2020, 0, { "electronic" } },
#undef CTN
#undef IP
#undef IT
};

enum { NEEDS = sizeof needs / sizeof needs[0] };

/* The units of each parameter, "|" between and around them. */
static const struct known {
	const char	*param, *units;
	bool		 yearly;	/* each tariff sets it again */
	int		 jump;		/* a change by more is doubtful; 0: none is */
} known[] = {
	{ "abatements", "|fraction|", false, 0 },
	{ "always_collective", "|word|", false, 0 },
	{ "annuity", "|factor|percent|", false, 0 },
	{ "appeal_deadline", "|months|days|", false, 0 },
	{ "average_costs", "|EUR|", true, 3 },
	{ "btp_cost_groups", "|word|", false, 0 },
	{ "cap", "|factor|points|percent|", false, 0 },
	{ "capital_ip", "|EUR|", false, 2 },
	{ "claim_deadline", "|clear_days|working_days|days|hours|months|years|",
	    false, 0 },
	{ "collective_rates", "|percent|", true, 2 },
	{ "cost_category", "|days|percent|", false, 0 },
	{ "daily_benefit", "|fraction|days|factor|percent|", false, 0 },
	{ "excluded_charge", "|word|", false, 0 },
	{ "headcount_freeze", "|years|year|persons|", false, 0 },
	{ "majoration_share", "|fraction|", false, 0 },
	{ "majorations", "|percent|", true, 0 },
	{ "minimum_annual_salary", "|EUR|", false, 2 },
	{ "mixed_fraction", "|factor|", false, 0 },
	{ "mode_threshold", "|persons|", false, 0 },
	{ "new_establishment", "|years|", false, 0 },
	{ "notification_obligation", "|persons|", false, 0 },
	{ "notification_penalty", "|percent|EUR|", false, 0 },
	{ "office_staff", "|persons|fraction|", false, 0 },
	{ "pass", "|EUR|", false, 2 },
	{ "rate_decimals", "|decimals|", false, 0 },
	{ "real_costs", "|factor|year|", false, 0 },
	{ "rebate", "|fraction|", false, 0 },
	{ "reference_window", "|years|", false, 0 },
	{ "regime_factor", "|percent|factor|", false, 0 },
	{ "risk_codes", "|word|", false, 0 },
	{ "rounding", "|word|", false, 0 },
	{ "smic_hourly", "|EUR|", false, 2 },
	{ "special_account", "|word|", false, 0 },
	{ "supplementary", "|percent|months|EUR|", false, 0 },
	{ "support_rates", "|percent|", true, 2 },
	{ "survivors", "|fraction|years|persons|", false, 0 },
	{ "takeover", "|fraction|", false, 0 },
	{ "tariff_codes", "|codes|", true, 0 },
	{ "tariff_start", "|MM-DD|", false, 0 },
	{ "temp_work", "|fraction|year|", false, 0 },
};

/*
 * The units: how a person reads them, and between what bounds a value is
 * plausible.  The bounds are ours, not the law's: they catch a slipped decimal
 * point or a column taken for another.  The highest published rate is 111.9 %
 * (266JB, 2015).
 */
static const struct unit_view {
	const char	*param, *unit;	/* param NULL: of every other one */
	const char	*text;		/* behind the value */
	const char	*least, *most;
	bool		 whole;		/* a number without decimals */
} unit_views[] = {
	{ "collective_rates", "percent", "\u00a0%", "0.001", "150", false },
	{ "support_rates", "percent", "\u00a0%", "0.1", "10", false },
	{ "average_costs", "EUR", "\u00a0€", "50", "2000000", false },
	{ "supplementary", "percent", "\u00a0%", "0", "500", false },
	{ "pass", "EUR", "\u00a0€", "1000", "200000", false },
	{ "smic_hourly", "EUR", "\u00a0€", "5", "50", false },
	{ NULL, "percent", "\u00a0%", "0", "100", false },
	{ NULL, "EUR", "\u00a0€", "0", "10000000", false },
	{ NULL, "fraction", "", "0", "1", false },
	{ NULL, "factor", "", "-1000", "1000", false },
	{ NULL, "points", " point(s)", "0", "100", false },
	{ NULL, "persons", " personne(s)", "0", "10000", false },
	{ NULL, "days", " jour(s)", "0", "1000", true },
	{ NULL, "clear_days", " jour(s) franc(s)", "0", "1000", true },
	{ NULL, "working_days", " jour(s) ouvré(s)", "0", "1000", true },
	{ NULL, "hours", " heure(s)", "0", "1000", true },
	{ NULL, "months", " mois", "0", "600", true },
	{ NULL, "years", " an(s)", "0", "120", true },
	{ NULL, "year", "", "1945", "2200", true },
	{ NULL, "codes", " code(s)", "1", "2000", true },
	{ NULL, "decimals", " décimale(s)", "0", "6", true },
	{ NULL, "word", "", NULL, NULL, false },
	{ NULL, "MM-DD", " (mois-jour)", NULL, NULL, false },
};

static const struct known *
known_of(const char *param)
{
	size_t i;

	for (i = 0; i < sizeof known / sizeof known[0]; i++)
		if (strcmp(known[i].param, param) == 0)
			return &known[i];
	return NULL;
}

/* Never NULL: law_open() refuses a unit that is not here. */
static const struct unit_view *
unit_of(const char *param, const char *unit)
{
	const struct unit_view *u = unit_views;

	while (strcmp(u->unit, unit) != 0 ||
	    (u->param != NULL && strcmp(u->param, param) != 0))
		u++;
	return u;
}

/* --- shared ------------------------------------------------------------------- */

static int
no_memory(struct err *err)
{

	return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante pour lire "
	    "la loi");
}

/* The number of a parameter, or the count of them if there is none so named. */
static size_t
param_number(const struct law *law, const char *name)
{
	size_t i, n = law_param_count(law);

	for (i = 0; i < n; i++)
		if (strcmp(law_param_name(law, i), name) == 0)
			break;
	return i;
}

static int
cmp_keys(const struct law_row *a, const struct law_row *b)
{
	int c, i;

	for (i = 0; i < LAW_KEYS_MAX && a->key[i] != NULL; i++)
		if ((c = strcmp(a->key[i], b->key[i])) != 0)
			return c;
	return 0;
}

static bool
in_force(const struct law_row *row, struct date on)
{

	return date_is(row->from) && date_in(on, row->from, row->to);
}

/* A row of the second directory stands in the place of this one on that day. */
static bool
replaced(const struct law *law, size_t param, const struct law_row *row,
    struct date on)
{
	size_t i, n = law_row_count(law, param);
	const struct law_row *other;

	if (row->added)
		return false;
	/* Rows of the second directory are the last ones. */
	for (i = n; i > 0; i--) {
		other = law_row_at(law, param, i - 1);
		if (!other->added)
			return false;
		if (in_force(other, on) && cmp_keys(other, row) == 0)
			return true;
	}
	return false;
}

static void
json_date(struct str *out, struct date d)
{
	char text[DATE_TEXT_MAX];

	if (!date_is(d) || date_cmp(d, DATE_OPEN) == 0)
		str_add(out, "null");
	else
		str_add_json(out, date_text(d, text));
}

/* Text, or null where there is none. */
static void
json_text(struct str *out, const char *text)
{

	str_add_json(out, text[0] == '\0' ? NULL : text);
}

/* --- status --------------------------------------------------------------------- */

struct cell { size_t values, expected; };

enum state { COMPLETE, PARTIAL, MISSING };

/* The day the tariff of ${year} takes effect. */
static struct date
tariff_day(const struct law *law, int year)
{
	const struct date new_year = { (int16_t)year, 1, 1 };
	const struct law_row *row = law_find(law, "tariff_start", LAW_NO_KEYS,
	    new_year);
	char text[DATE_TEXT_MAX + 8];
	struct date d;

	if (row == NULL)
		return new_year;
	(void)snprintf(text, sizeof text, "%04d-%.5s", year, row->value);
	return date_parse(text, strlen(text), &d) ? d : new_year;
}

/* Looks up each combination of the alternatives from key ${k} on. */
static void
count_keys(const struct law *law, const struct need *n, struct date on, int k,
    const char *keys[LAW_KEYS_MAX], struct cell *ret)
{
	const char *from, *bar;
	char one[64];
	size_t len;

	if (k == LAW_KEYS_MAX || n->key[k] == NULL) {
		ret->expected++;
		ret->values += law_find(law, n->param, keys, on) != NULL;
		return;
	}
	for (from = n->key[k];; from = bar + 1) {
		bar = strchr(from, '|');
		len = bar == NULL ? strlen(from) : (size_t)(bar - from);
		(void)snprintf(one, sizeof one, "%.*s", (int)len, from);
		keys[k] = one;
		count_keys(law, n, on, k + 1, keys, ret);
		keys[k] = NULL;
		if (bar == NULL)
			return;
	}
}

static void
count_rows(const struct law *law, const char *param, struct date on,
    struct cell *ret)
{
	size_t p = param_number(law, param), i, n;
	const struct law_row *row;

	if (p == law_param_count(law))
		return;
	n = law_row_count(law, p);
	for (i = 0; i < n; i++) {
		row = law_row_at(law, p, i);
		if (in_force(row, on) && !replaced(law, p, row, on)) {
			ret->values++;
			ret->expected++;
		}
	}
}

/* What tariff_codes says of a zone: the codes of its tariff, the support codes
 * (which are another parameter) taken off.  0 when it says nothing. */
static size_t
codes_told(const struct law *law, const char *zone, struct date on)
{
	const struct law_row *row = law_find(law, "tariff_codes",
	    LAW_KEYS(zone), on);
	struct cell support = { 0, 0 };
	const struct need n = { "support_rates", "", BY_KEYS, 0, 0,
	    { zone, "0000A|0000B" } };
	const char *keys[LAW_KEYS_MAX] = { NULL };
	int64_t codes;

	if (row == NULL || !frac_scaled(row->number, 0, &codes))
		return 0;
	count_keys(law, &n, on, 0, keys, &support);
	return codes > (int64_t)support.values ?
	    (size_t)codes - support.values : 0;
}

/*
 * The codes of the tariff, and which of them have a rate in the zone.  The
 * list of codes (risk_codes) is the national one; the tariff of
 * Alsace-Moselle may leave some out, and where it is held whole its own count
 * is what is expected.
 */
static void
count_codes(const struct law *law, const struct need *n, struct date on,
    struct cell *ret)
{
	size_t p = param_number(law, "risk_codes"), i, rows, told;
	const struct law_row *row;

	if (p == law_param_count(law) || law_key_count(law, p) != 1)
		return;
	rows = law_row_count(law, p);
	for (i = 0; i < rows; i++) {
		row = law_row_at(law, p, i);
		if (!in_force(row, on) || replaced(law, p, row, on))
			continue;
		ret->expected++;
		ret->values += law_find(law, n->param,
		    LAW_KEYS(n->key[0], row->key[0]), on) != NULL;
	}
	if (strcmp(n->key[0], "general") != 0 &&
	    (told = codes_told(law, n->key[0], on)) > 0)
		ret->expected = told;
}

/* Adds what ${n} asks for in ${year}. */
static void
count(const struct law *law, const struct need *n, int year, struct cell *ret)
{
	const char *keys[LAW_KEYS_MAX] = { NULL };
	struct date on = tariff_day(law, year);

	if (year < n->first || (n->last != 0 && year > n->last))
		return;
	/* The day itself is looked up on 1 January. */
	if (strcmp(n->param, "tariff_start") == 0)
		on = (struct date){ (int16_t)year, 1, 1 };
	if (n->how == BY_KEYS)
		count_keys(law, n, on, 0, keys, ret);
	else if (n->how == BY_CODES)
		count_codes(law, n, on, ret);
	else
		count_rows(law, n->param, on, ret);
}

/* A line of the matrix: entries ${n} to ${n} + ${entries} - 1. */
struct line { const struct need *n; size_t entries; };

static struct cell
cell_of(const struct law *law, struct line l, int year)
{
	struct cell c = { 0, 0 };
	size_t i;

	for (i = 0; i < l.entries; i++)
		count(law, &l.n[i], year, &c);
	return c;
}

/* Nothing was due in that year, whatever is there. */
static bool
not_due(struct line l, int year)
{
	size_t i;

	for (i = 0; i < l.entries; i++)
		if (year >= l.n[i].first &&
		    (l.n[i].last == 0 || year <= l.n[i].last))
			return false;
	return true;
}

static enum state
state_of(struct line l, int year, struct cell c)
{

	if (not_due(l, year))
		return COMPLETE;
	if (c.values == 0)
		return MISSING;
	return c.values < c.expected ? PARTIAL : COMPLETE;
}

/* What draws a matrix: text or JSON. */
struct drawing {
	const struct law	*law;
	int			 first, last;
	struct str		*out;
	struct str		*notes;		/* text: what is partial */
	bool			 some;		/* JSON: a comma is due */
};

/* "average_costs (B, alsace-moselle)": the values of the line, without keys. */
static void
line_name(struct line l, char *buf, size_t size)
{
	const char *p = l.n->line, *equals;
	size_t n = (size_t)snprintf(buf, size, "%s", l.n->param);
	int len;

	for (; *p != '\0' && n < size; p += strcspn(p, " "), p += *p == ' ') {
		equals = strchr(p, '=') + 1;
		len = (int)strcspn(equals, " ");
		n += (size_t)snprintf(buf + n, size - n, "%s%.*s",
		    p == l.n->line ? " (" : ", ", len, equals);
	}
	if (l.n->line[0] != '\0' && n < size)
		(void)snprintf(buf + n, size - n, ")");
}

static void
draw_text(struct drawing *d, struct line l)
{
	static const char mark[] = { 'x', '/', '-' };
	char name[KEY_TEXT_MAX];
	struct cell c;
	enum state s;
	int year;

	line_name(l, name, sizeof name);
	str_printf(d->out, "%-*s", NAME_WIDTH, name);
	for (year = d->first; year <= d->last; year++) {
		c = cell_of(d->law, l, year);
		s = state_of(l, year, c);
		str_add(d->out, "  ");
		str_add_char(d->out, not_due(l, year) ? ' ' : mark[s]);
		if (s == PARTIAL)
			str_printf(d->notes, "  %-*s %d : %lu sur %lu\n",
			    NAME_WIDTH, name, year, (unsigned long)c.values,
			    (unsigned long)c.expected);
	}
	str_add(d->out, "\n");
}

static void
draw_json(struct drawing *d, struct line l)
{
	static const char *const word[] = { "complete", "partial", "missing" };
	const char *p = l.n->line;
	char part[64];
	struct cell c;
	int year;

	str_add(d->out, d->some ? ",{\"name\":" : "{\"name\":");
	d->some = true;
	str_add_json(d->out, l.n->param);
	str_add(d->out, ",\"keys\":{");
	for (; *p != '\0'; p += strcspn(p, " "), p += *p == ' ') {
		str_add(d->out, p == l.n->line ? "" : ",");
		(void)snprintf(part, sizeof part, "%.*s",
		    (int)strcspn(p, "="), p);
		str_add_json(d->out, part);
		str_add_char(d->out, ':');
		p += strcspn(p, "=") + 1;
		(void)snprintf(part, sizeof part, "%.*s",
		    (int)strcspn(p, " "), p);
		str_add_json(d->out, part);
	}
	str_add(d->out, "},\"cells\":[");
	for (year = d->first; year <= d->last; year++) {
		c = cell_of(d->law, l, year);
		str_printf(d->out, "%s{\"year\":%d,\"state\":\"%s\","
		    "\"values\":%lu,\"expected\":%lu}",
		    year == d->first ? "" : ",", year,
		    word[state_of(l, year, c)], (unsigned long)c.values,
		    (unsigned long)c.expected);
	}
	str_add(d->out, "]}");
}

/* Each line of the matrix, then the parameters that no rule reads. */
static void
draw_lines(struct drawing *d, void (*draw)(struct drawing *, struct line))
{
	struct need other = { .how = BY_ROWS, .line = "" };
	struct line l;
	size_t i, n = law_param_count(d->law);

	for (i = 0; i < NEEDS; i += l.entries) {
		l.n = &needs[i];
		for (l.entries = 1; i + l.entries < NEEDS &&
		    strcmp(l.n[l.entries].param, l.n->param) == 0 &&
		    strcmp(l.n[l.entries].line, l.n->line) == 0; l.entries++)
			;
		draw(d, l);
	}
	for (i = 0; i < n; i++) {
		other.param = law_param_name(d->law, i);
		if (known_of(other.param) == NULL)
			draw(d, (struct line){ &other, 1 });
	}
}

/* Years whose tariff does not start with them. */
static void
late_text(struct drawing *d)
{
	struct date on;
	int year;

	for (year = d->first; year <= d->last; year++) {
		on = tariff_day(d->law, year);
		if (on.m == 1 && on.d == 1)
			continue;
		str_printf(d->out, "\n%d : le tarif prend effet le ", year);
		fmt_date(d->out, on);
		str_printf(d->out, " ; jusque-là, les valeurs de %d restent "
		    "en vigueur.\n", year - 1);
	}
}

static void
status_text(struct drawing *d)
{
	struct str notes;
	int year;

	str_init(&notes, d->out->max);
	d->notes = &notes;
	str_printf(d->out, "Loi %s, empreinte %s\n", law_version(d->law),
	    law_digest(d->law));
	if (law_added_count(d->law) > 0)
		str_printf(d->out, "avec %lu valeur(s) ajoutée(s) par --law\n",
		    (unsigned long)law_added_count(d->law));
	str_add(d->out, "x complet   / partiel   - absent   (vide : sans "
	    "objet)\n\n");
	str_printf(d->out, "%-*s", NAME_WIDTH, "");
	for (year = d->first; year <= d->last; year++)
		str_printf(d->out, " %02d", year % 100);
	str_add(d->out, "\n");
	draw_lines(d, draw_text);
	late_text(d);
	if (notes.n > 0) {
		str_add(d->out, "\nPartiels, valeurs présentes sur valeurs "
		    "attendues :\n");
		str_add_n(d->out, notes.p, notes.n);
	}
	if (str_failed(&notes))
		d->out->failed = true;
	str_free(&notes);
}

static void
status_json(struct drawing *d)
{
	int year;

	str_add(d->out, "{\"version\":");
	str_add_json(d->out, law_version(d->law));
	str_add(d->out, ",\"digest\":");
	str_add_json(d->out, law_digest(d->law));
	str_printf(d->out, ",\"added\":%lu,\"years\":[",
	    (unsigned long)law_added_count(d->law));
	for (year = d->first; year <= d->last; year++)
		str_printf(d->out, "%s%d", year == d->first ? "" : ",", year);
	str_add(d->out, "],\"tariff_days\":[");
	for (year = d->first; year <= d->last; year++) {
		str_add(d->out, year == d->first ? "" : ",");
		json_date(d->out, tariff_day(d->law, year));
	}
	str_add(d->out, "],\"parameters\":[");
	draw_lines(d, draw_json);
	str_add(d->out, "]}\n");
}

void
law_status(const struct law *law, int first, int last, bool json,
    struct str *out)
{
	struct drawing d = { .law = law, .first = first, .last = last,
	    .out = out };

	if (d.first < 1900)
		d.first = 1900;
	if (d.last > 9998)
		d.last = 9998;
	if (d.last - d.first >= YEARS_MAX)
		d.last = d.first + YEARS_MAX - 1;
	if (json)
		status_json(&d);
	else
		status_text(&d);
}

/* --- show ----------------------------------------------------------------------- */

/* The least number of letters to change, add or drop between two names. */
static size_t
distance(const char *a, const char *b)
{
	enum { WIDTH = 64 };
	size_t row[WIDTH + 1], n = strlen(b), i, j, above, was;

	if (strlen(a) > WIDTH || n > WIDTH)
		return WIDTH;
	for (j = 0; j <= n; j++)
		row[j] = j;
	for (i = 0; a[i] != '\0'; i++) {
		was = row[0];
		row[0] = i + 1;
		for (j = 1; j <= n; j++) {
			above = row[j];
			if (a[i] != b[j - 1]) {
				was = was < above ? was : above;
				was = (was < row[j - 1] ? was : row[j - 1]) + 1;
			}
			row[j] = was;
			was = above;
		}
	}
	return row[n];
}

static int
unknown(const struct law *law, const char *param, struct err *err)
{
	char near[ERR_TEXT_MAX / 2];
	const char *name;
	size_t i, n = law_param_count(law), len = 0;
	int found = 0;

	near[0] = '\0';
	for (i = 0; i < n && found < NEAR_MAX; i++) {
		name = law_param_name(law, i);
		if (distance(param, name) > strlen(name) / 3 &&
		    (strlen(param) < 3 || strstr(name, param) == NULL))
			continue;
		if (len < sizeof near)
			len += (size_t)snprintf(near + len, sizeof near - len,
			    "%s%s", found == 0 ? "" : ", ", name);
		found++;
	}
	if (found > 0)
		return err_set(err, TAPR_EINVAL, NULL, "paramètre inconnu : "
		    "« %s » ; noms proches : %s", str_brief(param).text, near);
	return err_set(err, TAPR_EINVAL, NULL, "paramètre inconnu : « %s » "
	    "; « tapr law status » les nomme tous", str_brief(param).text);
}

/* ${row} may be what was asked for: a key not given fits, "*" fits any. */
static bool
fits(const struct law_row *row, const char *const keys[LAW_KEYS_MAX])
{
	int i;

	for (i = 0; i < LAW_KEYS_MAX && row->key[i] != NULL; i++)
		if (keys[i] != NULL && strcmp(row->key[i], keys[i]) != 0 &&
		    strcmp(row->key[i], "*") != 0)
			return false;
	return true;
}

/* The rows to show. */
struct shown {
	const struct law_row	**row;		/* those in force first */
	size_t			  rows, current;
};

static int
select_rows(const struct law *law, size_t p,
    const char *const keys[LAW_KEYS_MAX], struct date on, struct arena *a,
    struct shown *ret, struct err *err)
{
	size_t i, given = 0, n = law_row_count(law, p);
	const struct law_row *row;
	int rc;

	if ((ret->row = arena_array(a, n + 1, sizeof *ret->row)) == NULL)
		return no_memory(err);
	for (i = 0; i < LAW_KEYS_MAX; i++)
		given += keys[i] != NULL;
	if (given == law_key_count(law, p)) {
		rc = law_need(law, law_param_name(law, p), keys, on, &row, err);
		if (rc == TAPR_OK)
			ret->row[ret->rows++] = row;
		ret->current = ret->rows;
		return rc;
	}
	for (i = 0; i < n; i++) {
		row = law_row_at(law, p, i);
		if (fits(row, keys) && in_force(row, on) &&
		    !replaced(law, p, row, on))
			ret->row[ret->rows++] = row;
	}
	ret->current = ret->rows;
	for (i = 0; i < n; i++) {
		row = law_row_at(law, p, i);
		if (fits(row, keys) && !date_is(row->from))
			ret->row[ret->rows++] = row;
	}
	return TAPR_OK;
}

/* The value as printed, the French way, with its unit. */
static void
value_text(struct str *out, const char *param, const struct law_row *row)
{
	const char *dot = strchr(row->value, '.');

	if (!frac_valid(row->number) || strchr(row->value, '/') != NULL ||
	    strcmp(row->unit, "year") == 0)
		fmt_clean(out, row->value);
	else
		fmt_number(out, row->number,
		    dot == NULL ? 0 : (int)strlen(dot + 1));
	str_add(out, unit_of(param, row->unit)->text);
}

static void
period_text(struct str *out, const struct law_row *row)
{

	if (!date_is(row->from)) {
		str_add(out, "inconnue : jamais appliquée");
		return;
	}
	if (date_cmp(row->to, DATE_OPEN) == 0) {
		str_add(out, "depuis le ");
		fmt_date(out, row->from);
		return;
	}
	str_add(out, "du ");
	fmt_date(out, row->from);
	str_add(out, " au ");
	fmt_date(out, date_add_days(row->to, -1));
}

/* « texte ; publié le … ; source … ; vérifié le … » */
static void
source_text(struct str *out, const struct law_row *row)
{
	struct date d;

	fmt_clean(out, row->text);
	str_add(out, row->published[0] == '\0' ? " ; date de publication non "
	    "indiquée" : " ; publié le ");
	if (date_parse(row->published, strlen(row->published), &d))
		fmt_date(out, d);
	else
		fmt_clean(out, row->published);
	str_add(out, " ; lu dans ");
	fmt_clean(out, row->source);
	str_add(out, " ; vérifié le ");
	if (date_parse(row->checked_on, strlen(row->checked_on), &d))
		fmt_date(out, d);
}

static void
row_text(struct str *out, const char *param, const struct law_row *row)
{
	char path[KEY_TEXT_MAX];

	fmt_clean(out, law_path(row, param, path, sizeof path));
	str_add(out, " = ");
	value_text(out, param, row);
	str_add(out, "\n  période  ");
	period_text(out, row);
	str_add(out, "\n  source   ");
	source_text(out, row);
	str_add(out, "\n  lieu     ");
	fmt_clean(out, row->file);
	str_printf(out, ":%ld%s\n", row->line,
	    row->added ? " (ajoutée par --law)" : "");
	if (row->note[0] != '\0') {
		str_add(out, "  note     ");
		fmt_clean(out, row->note);
		str_add(out, "\n");
	}
}

static bool
same_source(const struct law_row *a, const struct law_row *b)
{

	return strcmp(a->text, b->text) == 0 &&
	    strcmp(a->published, b->published) == 0 &&
	    strcmp(a->source, b->source) == 0 &&
	    strcmp(a->checked_on, b->checked_on) == 0;
}

/* Many rows: one line each, their sources numbered below. */
static int
rows_text(struct str *out, const char *param, const struct shown *s,
    struct arena *a, struct err *err)
{
	const struct law_row **source;
	char path[KEY_TEXT_MAX];
	size_t i, j, sources = 0;

	source = arena_array(a, s->rows, sizeof *source);
	if (source == NULL)
		return no_memory(err);
	for (i = 0; i < s->rows; i++) {
		if (i == s->current)
			str_add(out, "\nSans date imprimée, jamais "
			    "appliquées :\n");
		for (j = 0; j < sources; j++)
			if (same_source(source[j], s->row[i]))
				break;
		if (j == sources)
			source[sources++] = s->row[i];
		fmt_clean(out, law_path(s->row[i], param, path, sizeof path));
		str_add(out, " = ");
		value_text(out, param, s->row[i]);
		str_add(out, "  [");
		fmt_clean(out, s->row[i]->file);
		str_printf(out, ":%ld]", s->row[i]->line);
		str_printf(out, "%s (%lu)\n", s->row[i]->added ?
		    " ajoutée par --law" : "", (unsigned long)j + 1);
	}
	str_add(out, "\n");
	for (j = 0; j < sources; j++) {
		str_printf(out, "(%lu) ", (unsigned long)j + 1);
		source_text(out, source[j]);
		str_add(out, "\n");
	}
	return TAPR_OK;
}

static void
row_json(struct str *out, const struct law *law, size_t p,
    const struct law_row *row)
{
	char path[KEY_TEXT_MAX], exact[FRAC_TEXT_MAX];
	size_t i;

	str_add(out, "{\"path\":");
	str_add_json(out, law_path(row, law_param_name(law, p), path,
	    sizeof path));
	str_add(out, ",\"keys\":{");
	for (i = 0; i < law_key_count(law, p); i++) {
		str_add(out, i == 0 ? "" : ",");
		str_add_json(out, law_key_name(law, p, i));
		str_add_char(out, ':');
		str_add_json(out, row->key[i]);
	}
	str_add(out, "},\"value\":");
	str_add_json(out, row->value);
	str_add(out, ",\"exact\":");
	if (frac_valid(row->number)) {
		(void)frac_text(row->number, exact);
		str_add_json(out, exact);
	} else
		str_add(out, "null");
	str_add(out, ",\"unit\":");
	str_add_json(out, row->unit);
	str_add(out, ",\"valid\":[");
	json_date(out, row->from);
	str_add_char(out, ',');
	json_date(out, row->to);
	str_add(out, "],\"text\":");
	str_add_json(out, row->text);
	str_add(out, ",\"published\":");
	json_text(out, row->published);
	str_add(out, ",\"source\":");
	str_add_json(out, row->source);
	str_add(out, ",\"checked_on\":");
	str_add_json(out, row->checked_on);
	str_add(out, ",\"note\":");
	json_text(out, row->note);
	str_add(out, ",\"file\":");
	str_add_json(out, row->file);
	str_printf(out, ",\"line\":%ld,\"added\":%s}", row->line,
	    row->added ? "true" : "false");
}

static void
show_json(struct str *out, const struct law *law, size_t p, struct date on,
    const struct shown *s)
{
	size_t i;

	str_add(out, "{\"parameter\":");
	str_add_json(out, law_param_name(law, p));
	str_add(out, ",\"on\":");
	json_date(out, on);
	str_add(out, ",\"values\":[");
	for (i = 0; i < s->rows; i++) {
		if (i == s->current)
			str_add(out, "],\"undated\":[");
		else if (i > 0)
			str_add_char(out, ',');
		row_json(out, law, p, s->row[i]);
	}
	if (s->current == s->rows)
		str_add(out, "],\"undated\":[");
	str_add(out, "],\"law\":{\"version\":");
	str_add_json(out, law_version(law));
	str_add(out, ",\"digest\":");
	str_add_json(out, law_digest(law));
	str_add(out, "}}\n");
}

int
law_show(const struct law *law, const char *param,
    const char *const keys[LAW_KEYS_MAX], struct date on, bool json,
    struct str *out, struct err *err)
{
	size_t p = param_number(law, param), i;
	char day[DATE_TEXT_MAX];
	struct shown s = { NULL, 0, 0 };
	struct arena *a;
	int rc;

	if (p == law_param_count(law))
		return unknown(law, param, err);
	for (i = law_key_count(law, p); i < LAW_KEYS_MAX; i++)
		if (keys[i] != NULL)
			return err_set(err, TAPR_EINVAL, NULL, "%s n'a que "
			    "%d clé(s) ; « %s » est de trop", param,
			    (int)law_key_count(law, p),
			    str_brief(keys[i]).text);
	if ((a = arena_new(CHECK_BYTES_MAX)) == NULL)
		return no_memory(err);
	if ((rc = select_rows(law, p, keys, on, a, &s, err)) != TAPR_OK)
		goto done;
	if (s.rows == 0) {
		rc = err_set(err, TAPR_ELAW, NULL, "aucune valeur de %s au %s "
		    "pour ces clés ; ajoutez une ligne sourcée à "
		    "law/params/%s.csv ou donnez un dossier par --law", param,
		    date_text(on, day), param);
		goto done;
	}
	if (json)
		show_json(out, law, p, on, &s);
	else if (s.rows == 1)
		row_text(out, param, s.row[0]);
	else
		rc = rows_text(out, param, &s, a, err);
done:
	arena_free(a);
	return rc;
}

/* --- check ---------------------------------------------------------------------- */

enum severity { ERROR, WARNING, INFORMATION, SEVERITIES };

struct finding {
	enum severity	 severity;
	const char	*kind;		/* a word for programs */
	const char	*file;
	long		 line;		/* of the first one */
	size_t		 count;
	const char	*text;
};

struct report {
	const struct law	*law;
	struct date		 today;
	struct arena		*a;
	struct finding		*finding;
	size_t			 findings, room;
	size_t			 since;	/* the first of this parameter */
};

/*
 * Notes a finding.  The same text again about the same file counts up the
 * first one: four thousand rows without a date of publication are one
 * remark, not four thousand.
 */
static void __attribute__((format(printf, 6, 7)))
find(struct report *r, enum severity severity, const char *kind,
    const char *file, long line, const char *fmt, ...)
{
	struct finding *f, *more;
	char text[ERR_TEXT_MAX];
	va_list ap;
	size_t i;

	va_start(ap, fmt);
	if (vsnprintf(text, sizeof text, fmt, ap) < 0)
		text[0] = '\0';
	va_end(ap);
	for (i = r->since; i < r->findings; i++) {
		f = &r->finding[i];
		if (f->kind == kind && strcmp(f->text, text) == 0 &&
		    strcmp(f->file, file) == 0) {
			f->count++;
			return;
		}
	}
	if (r->findings == r->room) {
		more = arena_array(r->a, 2 * r->room + 64, sizeof *more);
		if (more == NULL)
			return;		/* the arena says so at the end */
		if (r->findings > 0)
			memcpy(more, r->finding,
			    r->findings * sizeof *more);
		r->finding = more;
		r->room = 2 * r->room + 64;
	}
	r->finding[r->findings++] = (struct finding){ severity, kind, file,
	    line, 1, arena_strdup(r->a, text) };
	if (arena_failed(r->a))
		r->findings--;
}

static bool
one_of(const char *word, const char *const *words)
{

	for (; *words != NULL; words++)
		if (strcmp(word, *words) == 0)
			return true;
	return false;
}

/* A key that is written wrong is a value that no rule ever finds. */
static void
check_key(struct report *r, const struct law_row *row, const char *name,
    const char *key)
{
	static const char *const zones[] = { "general", "alsace-moselle",
	    NULL }, *const btp[] = { "yes", "no", NULL },
	    *const ctns[] = { "A", "B", "C", "D", "E", "F", "G", "H", "I",
	    NULL }, *const groups[] = { "", "gros_oeuvre", "second_oeuvre",
	    "support", NULL }, *const categories[] = { "IT1", "IT2", "IT3",
	    "IT4", "IT5", "IT6", "IP1", "IP2", "IP3", "IP4", "IP2_IP4", NULL };
	enum severity severity = ERROR;
	bool good = key[0] != '\0';

	if (strcmp(key, "*") == 0)
		return;
	if (strcmp(name, "zone") == 0)
		good = one_of(key, zones);
	else if (strcmp(name, "btp") == 0)
		good = one_of(key, btp);
	else if (strcmp(name, "risk_code") == 0)
		good = code_form(key) == CODE_FORM_OK;
	else if (strcmp(name, "group") == 0)
		good = one_of(key, groups);
	else if (strcmp(name, "category") == 0)
		good = one_of(key, categories);
	else if (strcmp(name, "ctn") == 0) {
		good = one_of(key, ctns);
		severity = WARNING;	/* the scale of the mines is one */
	}
	if (!good)
		find(r, severity, "key", row->file, row->line, "la clé %s ne "
		    "peut pas être « %s » : aucune règle ne la demandera",
		    str_brief(name).text, str_brief(key).text);
}

static void
check_value(struct report *r, const char *param, const struct law_row *row)
{
	const struct unit_view *u = unit_of(param, row->unit);
	const struct known *k = known_of(param);
	char unit[64];
	struct frac least, most;
	int64_t whole;

	(void)snprintf(unit, sizeof unit, "|%.32s|", row->unit);
	if (k != NULL && strstr(k->units, unit) == NULL)
		find(r, ERROR, "unit", row->file, row->line, "l'unité %s "
		    "n'est pas de celles de ce paramètre (%.*s)", row->unit,
		    (int)strlen(k->units) - 2, k->units + 1);
	if (!frac_valid(row->number))
		return;
	if (u->whole && !frac_scaled(row->number, 0, &whole))
		find(r, ERROR, "unit", row->file, row->line, "« %s » n'est "
		    "pas un nombre entier (%s)", str_brief(row->value).text,
		    row->unit);
	if (u->least != NULL &&
	    frac_parse(u->least, strlen(u->least), 6, &least) &&
	    frac_parse(u->most, strlen(u->most), 6, &most) &&
	    (frac_cmp(row->number, least) < 0 ||
	    frac_cmp(row->number, most) > 0))
		find(r, ERROR, "bounds", row->file, row->line, "%s %s est "
		    "hors du plausible (de %s à %s) : relisez la source",
		    str_brief(row->value).text, row->unit, u->least, u->most);
}

static void
check_dates(struct report *r, const char *param, const struct law_row *row)
{
	const struct known *k = known_of(param);
	struct date d;

	if (!date_is(row->from))
		find(r, WARNING, "undated", row->file, row->line, "valeur "
		    "sans date d'effet : montrée, jamais appliquée");
	else if (k != NULL && k->yearly && date_cmp(row->to, DATE_OPEN) == 0)
		find(r, WARNING, "open", row->file, row->line, "valeur "
		    "annuelle sans fin : elle servirait aussi aux années dont "
		    "le tarif n'est pas connu");

	if (row->published[0] == '\0')
		find(r, INFORMATION, "published", row->file, row->line,
		    "date de publication non indiquée");
	else if (!date_parse(row->published, strlen(row->published), &d))
		find(r, WARNING, "published", row->file, row->line,
		    "published : « %s » n'est pas une date AAAA-MM-JJ",
		    str_brief(row->published).text);

	if (!date_is(r->today) ||
	    !date_parse(row->checked_on, strlen(row->checked_on), &d))
		return;
	if (date_cmp(d, r->today) > 0)
		find(r, WARNING, "checked", row->file, row->line, "vérifiée "
		    "le %s, après la date du jour", row->checked_on);
	else if (date_cmp(date_add_months(d, 12), r->today) < 0)
		find(r, WARNING, "checked", row->file, row->line, "vérifiée "
		    "le %s, il y a plus d'un an : relisez la source",
		    row->checked_on);
}

/* Two values of the same keys that follow each other. */
static void
check_change(struct report *r, const char *param, const struct law_row *a,
    const struct law_row *b)
{
	const struct known *k = known_of(param);
	struct frac limit;

	if (k == NULL || k->jump == 0 || date_cmp(a->to, b->from) != 0 ||
	    !frac_valid(a->number) || !frac_valid(b->number))
		return;
	limit = frac_int(k->jump);
	if (frac_cmp(b->number, frac_mul(a->number, limit)) > 0 ||
	    frac_cmp(a->number, frac_mul(b->number, limit)) > 0)
		find(r, WARNING, "change", b->file, b->line, "passe de %s "
		    "(ligne %ld) à %s, plus que du simple au %s : relisez "
		    "les deux sources", str_brief(a->value).text, a->line,
		    str_brief(b->value).text, k->jump == 2 ? "double" : "triple");
}

/* Dated rows of the same keys, in the order of their periods. */
static void
check_periods(struct report *r, const char *param,
    const struct law_row *const *row, size_t n)
{
	struct date end = DATE_NONE;
	char from[DATE_TEXT_MAX], to[DATE_TEXT_MAX];
	size_t i, j;

	for (i = 0; i < n; i++) {
		if (!date_is(row[i]->from))
			continue;
		if (date_is(end) && date_cmp(end, row[i]->from) < 0)
			find(r, WARNING, "hole", row[i]->file, row[i]->line,
			    "rien du %s au %s, entre deux périodes",
			    date_text(end, from),
			    date_text(row[i]->from, to));
		for (j = 0; j < i; j++) {
			if (!date_is(row[j]->from) ||
			    date_cmp(row[j]->to, row[i]->from) <= 0)
				continue;
			/* law_open() refuses it inside one directory. */
			if (row[j]->added != row[i]->added)
				find(r, INFORMATION, "replaced",
				    row[i]->added ? row[i]->file :
				    row[j]->file, row[i]->added ?
				    row[i]->line : row[j]->line,
				    "remplace %s:%ld", row[i]->added ?
				    row[j]->file : row[i]->file,
				    row[i]->added ? row[j]->line :
				    row[i]->line);
			else
				find(r, ERROR, "overlap", row[i]->file,
				    row[i]->line, "recouvre la période de la "
				    "ligne %ld", row[j]->line);
		}
		if (i > 0)
			check_change(r, param, row[i - 1], row[i]);
		if (date_cmp(row[i]->to, end) > 0)
			end = row[i]->to;
	}
}

static int
by_keys_and_period(const void *a, const void *b)
{
	const struct law_row *x = *(const struct law_row *const *)a;
	const struct law_row *y = *(const struct law_row *const *)b;
	int c;

	if ((c = cmp_keys(x, y)) != 0 ||
	    (c = date_cmp(x->from, y->from)) != 0)
		return c;
	if (x->added != y->added)
		return x->added ? 1 : -1;
	return x->line < y->line ? -1 : x->line > y->line;
}

static void
check_param(struct report *r, size_t p)
{
	const char *param = law_param_name(r->law, p);
	size_t i, from, k, n = law_row_count(r->law, p);
	const struct law_row **row;

	r->since = r->findings;
	if ((row = arena_array(r->a, n + 1, sizeof *row)) == NULL)
		return;
	for (i = 0; i < n; i++) {
		row[i] = law_row_at(r->law, p, i);
		for (k = 0; k < law_key_count(r->law, p); k++)
			check_key(r, row[i], law_key_name(r->law, p, k),
			    row[i]->key[k]);
		check_value(r, param, row[i]);
		check_dates(r, param, row[i]);
	}
	if (n > 0 && known_of(param) == NULL)
		find(r, INFORMATION, "unknown", row[0]->file, 1L,
		    "paramètre que ce programme ne connaît pas : aucune règle "
		    "ne le lit");

	qsort(row, n, sizeof *row, by_keys_and_period);
	for (from = 0; from < n; from = i) {
		for (i = from + 1; i < n &&
		    cmp_keys(row[from], row[i]) == 0; i++)
			;
		check_periods(r, param, row + from, i - from);
	}
}

static void
check_absent(struct report *r)
{
	size_t i;

	r->since = r->findings;
	for (i = 0; i < sizeof known / sizeof known[0]; i++)
		if (param_number(r->law, known[i].param) ==
		    law_param_count(r->law))
			find(r, WARNING, "absent", arena_printf(r->a,
			    "law/params/%s.csv", known[i].param), 1L,
			    "fichier absent : les règles qui lisent ce "
			    "paramètre refuseront de répondre");
}

static int
by_place(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;
	int c = strcmp(x->file, y->file);

	if (c != 0 || x->line != y->line)
		return c != 0 ? c : x->line < y->line ? -1 : 1;
	c = strcmp(x->kind, y->kind);
	return c != 0 ? c : strcmp(x->text, y->text);
}

static void
finding_text(struct str *out, const struct finding *f)
{
	static const char *const word[SEVERITIES] = { "erreur",
	    "avertissement", "information" };

	str_add(out, word[f->severity]);
	str_add(out, "  ");
	fmt_clean(out, f->file);
	str_printf(out, ":%ld  ", f->line);
	fmt_clean(out, f->text);
	if (f->count > 1)
		str_printf(out, " (%lu lignes, dont celle-ci)",
		    (unsigned long)f->count);
	str_add(out, "\n");
}

static void
finding_json(struct str *out, const struct finding *f)
{
	static const char *const word[SEVERITIES] = { "error", "warning",
	    "information" };

	str_printf(out, "{\"severity\":\"%s\",\"kind\":\"%s\",\"file\":",
	    word[f->severity], f->kind);
	str_add_json(out, f->file);
	str_printf(out, ",\"line\":%ld,\"count\":%lu,\"text\":", f->line,
	    (unsigned long)f->count);
	str_add_json(out, f->text);
	str_add(out, "}");
}

static void
report_print(const struct report *r, bool json, struct str *out,
    size_t *ret_errors)
{
	size_t total[SEVERITIES] = { 0 }, i;
	bool some = false;
	int s;

	if (json) {
		str_add(out, "{\"version\":");
		str_add_json(out, law_version(r->law));
		str_add(out, ",\"digest\":");
		str_add_json(out, law_digest(r->law));
		str_add(out, ",\"findings\":[");
	}
	for (s = ERROR; s < SEVERITIES; s++)
		for (i = 0; i < r->findings; i++) {
			if ((int)r->finding[i].severity != s)
				continue;
			total[s]++;
			if (json && some)
				str_add_char(out, ',');
			some = true;
			if (json)
				finding_json(out, &r->finding[i]);
			else
				finding_text(out, &r->finding[i]);
		}
	if (json)
		str_printf(out, "],\"errors\":%lu,\"warnings\":%lu,"
		    "\"information\":%lu}\n", (unsigned long)total[ERROR],
		    (unsigned long)total[WARNING],
		    (unsigned long)total[INFORMATION]);
	else
		str_printf(out, "%s%lu erreur(s), %lu avertissement(s), %lu "
		    "information(s)\n", some ? "\n" : "",
		    (unsigned long)total[ERROR], (unsigned long)total[WARNING],
		    (unsigned long)total[INFORMATION]);
	*ret_errors = total[ERROR];
}

int
law_check(const struct law *law, struct date today, bool json,
    struct str *out, size_t *ret_errors, struct err *err)
{
	struct report r = { .law = law, .today = today,
	    .a = arena_new(CHECK_BYTES_MAX) };
	size_t p;
	int rc = TAPR_OK;

	if (r.a == NULL)
		return no_memory(err);
	for (p = 0; p < law_param_count(law); p++)
		check_param(&r, p);
	check_absent(&r);
	if (arena_failed(r.a))
		rc = no_memory(err);
	else {
		if (r.findings > 0)
			qsort(r.finding, r.findings, sizeof *r.finding,
			    by_place);
		report_print(&r, json, out, ret_errors);
	}
	arena_free(r.a);
	return rc;
}
