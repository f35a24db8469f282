/*
 * law_check.c -- what is wrong or doubtful in the parameters, though they could
 * be read: keys and units that no rule asks for, values out of the plausible,
 * sources that sources.csv does not explain, holes between periods, sudden
 * changes, dates that have grown old.
 *
 * What is plausible is ours, not the law's: it catches a slipped decimal point
 * or a column taken for another.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/ids.h"
#include "doc/fmt.h"
#include "rating/law_view.h"

enum { CHECK_BYTES_MAX = 256 * 1024 * 1024 };

/* --- what is expected ------------------------------------------------------- */

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
	{ "delay_threshold", "|days|", false, 0 },
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
 * Between what bounds a number is plausible.  The highest published rate is
 * 111.9 % (266JB, 2015).
 */
static const struct bounds {
	const char	*param, *unit;	/* param NULL: of every other one */
	const char	*least, *most;
	bool		 whole;		/* a number without decimals */
} bounds[] = {
	{ "collective_rates", "percent", "0.001", "150", false },
	{ "support_rates", "percent", "0.1", "10", false },
	{ "average_costs", "EUR", "50", "2000000", false },
	{ "supplementary", "percent", "0", "500", false },
	{ "pass", "EUR", "1000", "200000", false },
	{ "smic_hourly", "EUR", "5", "50", false },
	{ NULL, "percent", "0", "100", false },
	{ NULL, "EUR", "0", "10000000", false },
	{ NULL, "fraction", "0", "1", false },
	{ NULL, "factor", "-1000", "1000", false },
	{ NULL, "points", "0", "100", false },
	{ NULL, "persons", "0", "10000", false },
	{ NULL, "days", "0", "1000", true },
	{ NULL, "clear_days", "0", "1000", true },
	{ NULL, "working_days", "0", "1000", true },
	{ NULL, "hours", "0", "1000", true },
	{ NULL, "months", "0", "600", true },
	{ NULL, "years", "0", "120", true },
	{ NULL, "year", "1945", "2200", true },
	{ NULL, "codes", "1", "2000", true },
	{ NULL, "decimals", "0", "6", true },
};

/* What some keys may be; the CTN of the mines is one that the list lacks. */
static const struct { const char *key, *words; bool open; } words[] = {
	{ "zone", "|general|alsace-moselle|", false },
	{ "btp", "|yes|no|", false },
	{ "ctn", "|A|B|C|D|E|F|G|H|I|", true },
	{ "group", "||gros_oeuvre|second_oeuvre|support|", false },
	{ "category", "|IT1|IT2|IT3|IT4|IT5|IT6|IP1|IP2|IP3|IP4|IP2_IP4|",
	    false },
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

/* ${word} is one of ${list}, "|" between and around them. */
static bool
listed(const char *list, const char *word)
{
	char with[64];

	(void)snprintf(with, sizeof with, "|%.40s|", word);
	return strchr(word, '|') == NULL && strstr(list, with) != NULL;
}

/* --- findings --------------------------------------------------------------- */

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
static void TAPR_PRINTF(6, 7)
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

/* --- one row ---------------------------------------------------------------- */

/* A key that is written wrong is a value that no rule ever finds. */
static void
check_key(struct report *r, const struct law_row *row, const char *name,
    const char *key)
{
	enum severity severity = ERROR;
	bool good = key[0] != '\0';
	size_t i;

	if (strcmp(key, "*") == 0)
		return;
	if (strcmp(name, "risk_code") == 0)
		good = code_form(key) == CODE_FORM_OK;
	for (i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strcmp(words[i].key, name) == 0) {
			good = listed(words[i].words, key);
			severity = words[i].open ? WARNING : ERROR;
		}
	if (!good)
		find(r, severity, "key", row->file, row->line, "la clé %s ne "
		    "peut pas être « %s » : aucune règle ne la demandera",
		    str_brief(name).text, str_brief(key).text);
}

static void
check_value(struct report *r, const char *param, const struct law_row *row)
{
	const struct bounds *b = bounds;
	const struct known *k = known_of(param);
	struct frac least, most;
	int64_t whole;

	if (k != NULL && !listed(k->units, row->unit))
		find(r, ERROR, "unit", row->file, row->line, "l'unité %s "
		    "n'est pas de celles de ce paramètre (%.*s)", row->unit,
		    (int)strlen(k->units) - 2, k->units + 1);
	if (!frac_valid(row->number))
		return;
	/* law_open() refuses a unit of numbers that is not there. */
	while (strcmp(b->unit, row->unit) != 0 ||
	    (b->param != NULL && strcmp(b->param, param) != 0))
		b++;
	if (b->whole && !frac_scaled(row->number, 0, &whole))
		find(r, ERROR, "unit", row->file, row->line, "« %s » n'est "
		    "pas un nombre entier (%s)", str_brief(row->value).text,
		    row->unit);
	if (frac_parse(b->least, strlen(b->least), 6, &least) &&
	    frac_parse(b->most, strlen(b->most), 6, &most) &&
	    (frac_cmp(row->number, least) < 0 ||
	    frac_cmp(row->number, most) > 0))
		find(r, ERROR, "bounds", row->file, row->line, "%s %s est "
		    "hors du plausible (de %s à %s) : relisez la source",
		    str_brief(row->value).text, row->unit, b->least, b->most);
}

/* Rows of one's own say their source in full: there is no entry for them. */
static void
check_source(struct report *r, const struct law_row *row)
{

	if (!row->added && strcmp(row->citation, row->source) == 0)
		find(r, ERROR, "source", row->file, row->line, "la source "
		    "« %s » n'est pas dans law/sources.csv ; ajoutez-y sa "
		    "ligne", str_brief(row->source).text);
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

/* --- rows together ---------------------------------------------------------- */

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

/* Two values of the same keys that meet; ${b} stands behind ${a}. */
static void
check_overlap(struct report *r, const struct law_row *a,
    const struct law_row *b)
{
	const struct law_row *own = b->added ? b : a, *of = b->added ? a : b;

	/* law_open() refuses it inside one directory. */
	if (a->added != b->added)
		find(r, INFORMATION, "replaced", own->file, own->line,
		    "remplace %s:%ld", of->file, of->line);
	else
		find(r, ERROR, "overlap", b->file, b->line, "recouvre la "
		    "période de la ligne %ld", a->line);
}

/* Rows of the same keys, in the order of their periods. */
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
		for (j = 0; j < i; j++)
			if (date_is(row[j]->from) &&
			    date_cmp(row[j]->to, row[i]->from) > 0)
				check_overlap(r, row[j], row[i]);
		if (i > 0)
			check_change(r, param, row[i - 1], row[i]);
		if (date_cmp(row[i]->to, end) > 0)
			end = row[i]->to;
	}
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
		check_source(r, row[i]);
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
		if (law_param_number(r->law, known[i].param) ==
		    law_param_count(r->law))
			find(r, WARNING, "absent", arena_printf(r->a,
			    "law/params/%s.csv", known[i].param), 1L,
			    "fichier absent : les règles qui lisent ce "
			    "paramètre refuseront de répondre");
}

/* --- the report ------------------------------------------------------------- */

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
		str_printf(out, " (%zu lignes, dont celle-ci)", f->count);
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
	str_printf(out, ",\"line\":%ld,\"count\":%zu,\"text\":", f->line,
	    f->count);
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
		str_printf(out, "],\"errors\":%zu,\"warnings\":%zu,"
		    "\"information\":%zu}\n", total[ERROR], total[WARNING],
		    total[INFORMATION]);
	else
		str_printf(out, "%s%zu erreur%s, %zu avertissement%s, %zu "
		    "information%s\n", some ? "\n" : "", total[ERROR],
		    plural((int64_t)total[ERROR]), total[WARNING],
		    plural((int64_t)total[WARNING]), total[INFORMATION],
		    plural((int64_t)total[INFORMATION]));
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

	for (p = 0; r.a != NULL && p < law_param_count(law); p++)
		check_param(&r, p);
	if (r.a != NULL)
		check_absent(&r);
	if (r.a == NULL || arena_failed(r.a))
		rc = err_set(err, TAPR_EIO, NULL, "mémoire insuffisante pour "
		    "lire la loi");
	else {
		if (r.findings > 0)
			qsort(r.finding, r.findings, sizeof *r.finding,
			    by_place);
		report_print(&r, json, out, ret_errors);
	}
	arena_free(r.a);
	return rc;
}
