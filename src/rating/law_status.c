/*
 * law_status.c -- the coverage of the law: what the rules would ask for, year
 * by year, against what is there.
 *
 * What is expected is written down in needs[], not derived from the files: a
 * file that lost its rows of 2019 would else look complete.  A parameter that
 * needs[] does not name is shown with what it holds: no rule reads it.
 *
 * A year means the tariff of that year, looked up on the day it takes effect:
 * 1 January, or what tariff_start says (1 May in 2025; until then the values
 * of 2024 are in force, and the matrix says so below).
 */
#include <stdio.h>
#include <string.h>

#include "doc/fmt.h"
#include "rating/law_review.h"
#include "rating/law_view.h"

enum {
	YEARS_MAX = 100,
	NAME_WIDTH = 34,	/* of the matrix: with 15 years, 79 columns */
	LINE_NAME_MAX = 256,
	WORD_MAX = 64,		/* a key or its name */
};

/* --- what the rules expect of the law --------------------------------------- */

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
	{ "delay_threshold", "", BY_ROWS, 2021, 0, { NULL } },
	{ "limitation", "", BY_KEYS, 2015, 0, { "refund" } },
	{ "limitation", "", BY_KEYS, 2017, 0, { "complement" } },
	{ "appeal_deadline", "", BY_KEYS, 2012, 0, { "contest" } },
	{ "appeal_deadline", "", BY_KEYS, 2020, 0, { "electronic" } },
#undef CTN
#undef IP
#undef IT
};

enum { NEEDS = sizeof needs / sizeof needs[0] };

/* --- counting --------------------------------------------------------------- */

enum state { COMPLETE, PARTIAL, MISSING };

/* What a line of the matrix holds in a year. */
struct cell {
	size_t	values, expected;
	bool	due;		/* something was expected at all */
};

/* A line of the matrix: entries ${n} to ${n} + ${entries} - 1. */
struct line { const struct need *n; size_t entries; };

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
	const char *from;
	char one[WORD_MAX];
	size_t len;

	if (k == LAW_KEYS_MAX || n->key[k] == NULL) {
		ret->expected++;
		ret->values += law_find(law, n->param, keys, on) != NULL;
		return;
	}
	keys[k] = one;
	for (from = n->key[k];; from += len + 1) {
		len = strcspn(from, "|");
		(void)snprintf(one, sizeof one, "%.*s", (int)len, from);
		count_keys(law, n, on, k + 1, keys, ret);
		if (from[len] == '\0')
			break;
	}
	keys[k] = NULL;
}

/*
 * The rows of ${param} in force, those that one of the second directory
 * replaces left out; with ${n}, how many of them, as codes, have a value.
 */
static void
count_rows(const struct law *law, const char *param, const struct need *n,
    struct date on, struct cell *ret)
{
	size_t p = law_param_number(law, param), i;
	const struct law_row *row;

	if (p == law_param_count(law) ||
	    (n != NULL && law_key_count(law, p) != 1))
		return;
	for (i = 0; i < law_row_count(law, p); i++) {
		row = law_row_at(law, p, i);
		if (law_find(law, param, row->key, on) != row)
			continue;
		ret->expected++;
		ret->values += n == NULL || law_find(law, n->param,
		    LAW_KEYS(n->key[0], row->key[0]), on) != NULL;
	}
}

/* What tariff_codes says of a zone: the codes of its tariff, the support codes
 * (which are another parameter) taken off.  0 when it says nothing. */
static size_t
codes_told(const struct law *law, const char *zone, struct date on)
{
	const struct law_row *row = law_find(law, "tariff_codes",
	    LAW_KEYS(zone), on);
	struct cell support = { 0 };
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
	size_t told;

	count_rows(law, "risk_codes", n, on, ret);
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
	ret->due = true;
	/* The day itself is looked up on 1 January. */
	if (strcmp(n->param, "tariff_start") == 0)
		on = (struct date){ (int16_t)year, 1, 1 };
	if (n->how == BY_KEYS)
		count_keys(law, n, on, 0, keys, ret);
	else if (n->how == BY_CODES)
		count_codes(law, n, on, ret);
	else
		count_rows(law, n->param, NULL, on, ret);
}

static struct cell
cell_of(const struct law *law, struct line l, int year)
{
	struct cell c = { 0 };
	size_t i;

	for (i = 0; i < l.entries; i++)
		count(law, &l.n[i], year, &c);
	return c;
}

static enum state
state_of(struct cell c)
{

	if (!c.due)
		return COMPLETE;
	if (c.values == 0)
		return MISSING;
	return c.values < c.expected ? PARTIAL : COMPLETE;
}

/* --- drawing ---------------------------------------------------------------- */

/* What draws a matrix: text or JSON. */
struct drawing {
	const struct law	*law;
	const struct law_review *review;	/* NULL: not asked */
	int			 first, last;
	struct str		*out;
	struct str		*notes;		/* text: what is partial */
	bool			 some;		/* JSON: a comma is due */
};

/*
 * The next word of a line "zone=general ctn=B", cut at its "=" into ${name} and
 * ${value}; false at the end.
 */
static bool
next_key(const char **line, char name[WORD_MAX], char value[WORD_MAX])
{
	int n = (int)strcspn(*line, "="), m = (int)strcspn(*line, " ") - n - 1;

	if (**line == '\0')
		return false;
	(void)snprintf(name, WORD_MAX, "%.*s", n, *line);
	(void)snprintf(value, WORD_MAX, "%.*s", m, *line + n + 1);
	*line += n + 1 + m;
	*line += **line == ' ';
	return true;
}

/* "average_costs (B, alsace-moselle)": the values of the line, without keys. */
static void
line_name(struct line l, char *buf, size_t size)
{
	const char *p = l.n->line, *open = " (";
	size_t n = (size_t)snprintf(buf, size, "%s", l.n->param);
	char name[WORD_MAX], value[WORD_MAX];

	for (; n < size && next_key(&p, name, value); open = ", ")
		n += (size_t)snprintf(buf + n, size - n, "%s%s%s", open,
		    value, *p == '\0' ? ")" : "");
}

static void
draw_text(struct drawing *d, struct line l)
{
	static const char mark[] = { 'x', '/', '-' };
	char name[LINE_NAME_MAX];
	struct cell c;
	enum state s;
	int year;

	line_name(l, name, sizeof name);
	str_printf(d->out, "%-*s", NAME_WIDTH, name);
	for (year = d->first; year <= d->last; year++) {
		c = cell_of(d->law, l, year);
		s = state_of(c);
		str_add(d->out, "  ");
		str_add_char(d->out, c.due ? mark[s] : ' ');
		if (s == PARTIAL)
			str_printf(d->notes, "  %-*s %d : %zu sur %zu\n",
			    NAME_WIDTH, name, year, c.values, c.expected);
	}
	str_add(d->out, "\n");
}

static void
draw_json(struct drawing *d, struct line l)
{
	static const char *const word[] = { "complete", "partial", "missing" };
	char name[WORD_MAX], value[WORD_MAX];
	const char *p = l.n->line;
	struct cell c;
	int year;

	str_add(d->out, d->some ? ",{\"name\":" : "{\"name\":");
	d->some = true;
	str_add_json(d->out, l.n->param);
	str_add(d->out, ",\"keys\":{");
	while (next_key(&p, name, value))
		str_printf(d->out, "\"%s\":\"%s\"%s", name, value,
		    *p == '\0' ? "" : ",");
	str_add(d->out, "},\"cells\":[");
	for (year = d->first; year <= d->last; year++) {
		c = cell_of(d->law, l, year);
		str_printf(d->out, "%s{\"year\":%d,\"state\":\"%s\","
		    "\"values\":%zu,\"expected\":%zu}",
		    year == d->first ? "" : ",", year, word[state_of(c)],
		    c.values, c.expected);
	}
	str_add(d->out, "]}");
}

static bool
needed(const char *param)
{
	size_t i;

	for (i = 0; i < NEEDS; i++)
		if (strcmp(needs[i].param, param) == 0)
			return true;
	return false;
}

/* The line that begins at needs[i]: entries that follow are added up. */
static struct line
line_at(size_t i)
{
	struct line l = { &needs[i], 1 };

	while (i + l.entries < NEEDS &&
	    strcmp(l.n[l.entries].param, l.n->param) == 0 &&
	    strcmp(l.n[l.entries].line, l.n->line) == 0)
		l.entries++;
	return l;
}

/* Each line of the matrix, then the parameters that no rule reads. */
static void
draw_lines(struct drawing *d, void (*draw)(struct drawing *, struct line))
{
	struct need other = { .how = BY_ROWS, .line = "" };
	struct line l;
	size_t i;

	for (i = 0; i < NEEDS; i += l.entries) {
		l = line_at(i);
		draw(d, l);
	}
	for (i = 0; i < law_param_count(d->law); i++) {
		other.param = law_param_name(d->law, i);
		if (!needed(other.param))
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
		str_printf(d->out, "avec %zu valeur%s ajoutée%s par --law\n",
		    law_added_count(d->law),
		    plural((int64_t)law_added_count(d->law)),
		    plural((int64_t)law_added_count(d->law)));
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
	if (d->review != NULL)
		law_review_text(d->law, d->review, d->out);
	if (str_failed(&notes))
		d->out->failed = true;
	str_free(&notes);
}

static void
status_json(struct drawing *d)
{
	char day[DATE_TEXT_MAX];
	int year;

	str_add(d->out, "{\"version\":");
	str_add_json(d->out, law_version(d->law));
	str_add(d->out, ",\"digest\":");
	str_add_json(d->out, law_digest(d->law));
	str_printf(d->out, ",\"added\":%zu,\"years\":[",
	    law_added_count(d->law));
	for (year = d->first; year <= d->last; year++)
		str_printf(d->out, "%s%d", year == d->first ? "" : ",", year);
	str_add(d->out, "],\"tariff_days\":[");
	for (year = d->first; year <= d->last; year++)
		str_printf(d->out, "%s\"%s\"", year == d->first ? "" : ",",
		    date_text(tariff_day(d->law, year), day));
	str_add(d->out, "],\"parameters\":[");
	draw_lines(d, draw_json);
	str_add(d->out, "]");
	if (d->review != NULL) {
		str_add(d->out, ",\"review\":");
		law_review_json(d->law, d->review, d->out);
	}
	str_add(d->out, "}\n");
}

void
law_status(const struct law *law, int first, int last,
    const struct law_review *review, bool json, struct str *out)
{
	struct drawing d = { .law = law, .first = first, .last = last,
	    .review = review, .out = out };

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

bool
law_missing(const struct law *law, int year, struct str *out)
{
	size_t from = out->n;
	bool whole = false;
	struct line l;
	size_t i;

	for (i = 0; i < NEEDS; i += l.entries) {
		char name[LINE_NAME_MAX];
		struct cell c;

		l = line_at(i);
		c = cell_of(law, l, year);
		if (state_of(c) == COMPLETE)
			continue;
		if (out->n == from)
			str_printf(out, "Paramètres de %d qui manquent, "
			    "valeurs présentes sur valeurs attendues :\n",
			    year);
		line_name(l, name, sizeof name);
		whole |= c.values == 0 && c.expected > 0;
		str_printf(out, "  %-*s ", NAME_WIDTH, name);
		if (c.expected > 0)
			str_printf(out, "%4zu sur %4zu", c.values, c.expected);
		else
			str_add(out, "aucune ligne ");
		str_printf(out, "   law/params/%s.csv\n", l.n->param);
	}
	if (out->n > from)
		str_printf(out, "Ajoutez-les à ces fichiers (law/README.md dit "
		    "comment), ou dans un dossier à vous\ndonné par --law ; "
		    "« tapr law status --years %d-%d » dit où on en est.\n",
		    year, year);
	return whole;
}
