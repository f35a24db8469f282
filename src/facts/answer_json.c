/*
 * answer_json.c -- answers out (docs/formats/answer.md).
 *
 * Compact JSON: no blank, no final newline, keys in the order of the format.
 * Nothing is computed here but how a fraction prints.  A quantity is
 * {"exact","value"}: the exact fraction, and its decimals for people; only
 * notified.value is a legal figure, and its rounding is a step of the trace.
 *
 * A failure (no memory, over the maximum) stays in the struct str, where the
 * caller looks once at the end.
 */
#include "facts/answer_json.h"

#include <assert.h>
#include <string.h>

#include "model/words.h"

enum { EUR_DECIMALS = 2, PERCENT_DECIMALS = 2, RATIO_DECIMALS = 4 };

/* --- words --------------------------------------------------------------- */

const char *
mode_word(enum mode m)
{
	return m == MODE_NONE ? "none" : mode_words[m - 1];
}

const char *
category_word(enum cost_category c)
{
	assert(c < COST_CATEGORIES);
	return category_words[c];
}

const char *
zone_word(enum zone z)
{
	return zone_words[z];
}

const char *
regime_word(enum regime r)
{
	return regime_words[r];
}

static const struct {
	const char	*word;
	const char	*label;
} part_words[PARTS] = {
	[PART_PAYROLL] = { "payroll", "Masse salariale" },
	[PART_CLAIMS_OUT] = { "claims_out",
	    "Sinistres sortis de la période de référence" },
	[PART_CLAIMS_IN] = { "claims_in",
	    "Sinistres entrés dans la période de référence" },
	[PART_AVERAGE_COSTS] = { "average_costs", "Coûts moyens" },
	[PART_MAJORATIONS] = { "majorations", "Majorations" },
	[PART_COLLECTIVE] = { "collective", "Taux collectif" },
	[PART_HEADCOUNT] = { "headcount", "Effectif" },
	[PART_MODE] = { "mode", "Mode de tarification" },
	[PART_CAP] = { "cap", "Limites de variation d'une année à l'autre" },
	[PART_OTHER] = { "other", "Autres faits" },
};

const char *
part_word(enum part_id p)
{
	assert(p < PARTS);
	return part_words[p].word;
}

static const char *
cap_word(enum cap_applied c)
{
	switch (c) {
	case CAP_NONE: return "none";
	case CAP_UPPER: return "upper";
	case CAP_LOWER: return "lower";
	}
	return "none";
}

static const char *
rounding_word(enum rounding r)
{
	switch (r) {
	case ROUND_NONE: return "none";
	case ROUND_HALF_UP: return "half_up";
	case ROUND_DOWN: return "down";
	case ROUND_UP: return "up";
	}
	return "none";
}

static const char *
code_word(enum tapr_code c)
{
	switch (c) {
	case TAPR_OK: return "ok";
	case TAPR_EINVAL: return "input";
	case TAPR_ELAW: return "law";
	case TAPR_ERANGE: return "range";
	case TAPR_EIO: return "io";
	case TAPR_EUSAGE: return "usage";
	}
	return "input";
}

/* --- pieces -------------------------------------------------------------- */

/* ,"key": -- the comma unless it is the first of its object. */
static void
put_key(struct str *out, const char *key)
{
	if (out->n > 0 && out->p[out->n - 1] != '{')
		str_add_char(out, ',');
	str_add_char(out, '"');
	str_add(out, key);
	str_add(out, "\":");
}

/* A comma between the elements of a list. */
static void
put_next(struct str *out)
{
	if (out->n > 0 && out->p[out->n - 1] != '[')
		str_add_char(out, ',');
}

static void
put_text(struct str *out, const char *key, const char *text)
{
	put_key(out, key);
	str_add_json(out, text);
}

/* The columns of a law file that were left empty are null. */
static void
put_column(struct str *out, const char *key, const char *text)
{
	put_text(out, key, text != NULL && text[0] != '\0' ? text : NULL);
}

static void
put_int(struct str *out, const char *key, int v)
{
	put_key(out, key);
	str_printf(out, "%d", v);
}

static void
put_bool(struct str *out, const char *key, bool v)
{
	put_key(out, key);
	str_add(out, v ? "true" : "false");
}

static void
put_exact(struct str *out, struct frac v)
{
	char buf[FRAC_TEXT_MAX];

	(void)frac_text(v, buf);
	put_text(out, "exact", buf);
}

/* A value too long to print as decimals does not print: exact says it all. */
static void
put_value(struct str *out, struct frac v, int decimals)
{
	char buf[64];

	put_text(out, "value", frac_decimal(v, decimals, ROUND_HALF_UP, buf,
	    sizeof buf) > 0 ? buf : NULL);
}

static void
put_frac(struct str *out, const char *key, struct frac v, int decimals)
{
	put_key(out, key);
	str_add_char(out, '{');
	put_exact(out, v);
	put_value(out, v, decimals);
	str_add_char(out, '}');
}

static void
put_quantity(struct str *out, const char *key, const struct quantity *q,
    int decimals)
{
	if (q->known)
		put_frac(out, key, q->exact, decimals);
	else
		put_text(out, key, NULL);
}

static void
put_date(struct str *out, const char *key, struct date d)
{
	char buf[DATE_TEXT_MAX];

	put_text(out, key, date_is(d) ? date_text(d, buf) : NULL);
}

/* One value of the law with where it was read. */
static void
put_law_row(struct str *out, const char *parameter, const struct law_row *row)
{
	str_add_char(out, '{');
	put_text(out, "parameter", parameter);
	put_text(out, "value", row->value);
	put_column(out, "text", row->text);
	put_column(out, "published", row->published);
	put_column(out, "source", row->citation);
	put_text(out, "file", row->file);
	put_key(out, "line");
	str_printf(out, "%ld", row->line);
	put_bool(out, "added", row->added);
	str_add_char(out, '}');
}

/* --- steps --------------------------------------------------------------- */

static int
unit_decimals(enum unit u)
{
	switch (u) {
	case UNIT_EUR: return EUR_DECIMALS;
	case UNIT_PERCENT: return PERCENT_DECIMALS;
	case UNIT_PERSONS: return 2;
	case UNIT_NUMBER: return RATIO_DECIMALS;
	case UNIT_WORD: return 0;
	}
	return RATIO_DECIMALS;
}

static void
put_result(struct str *out, const struct step *s)
{
	put_key(out, "result");
	str_add_char(out, '{');
	put_exact(out, s->result);
	if (s->word != NULL)
		put_text(out, "value", s->word);
	else
		put_value(out, s->result, s->rounding != ROUND_NONE ?
		    s->decimals : unit_decimals(s->unit));
	str_add_char(out, '}');
}

static void
put_rounding(struct str *out, const struct step *s)
{
	if (s->rounding == ROUND_NONE) {
		put_text(out, "rounding", "none");
		return;
	}
	put_key(out, "rounding");
	str_add_char(out, '{');
	put_int(out, "decimals", s->decimals);
	put_text(out, "mode", rounding_word(s->rounding));
	str_add_char(out, '}');
}

/* The row of operand ${i} was already printed for an earlier operand. */
static bool
row_seen(const struct step *s, size_t i)
{
	size_t j;

	for (j = 0; j < i; j++)
		if (s->operand[j].row == s->operand[i].row)
			return true;
	return false;
}

static void
put_parameter_sources(struct str *out, const struct step *s)
{
	static const char prefix[] = "param:";
	const struct operand *o;
	const char *parameter;
	size_t i;

	put_key(out, "parameter_sources");
	str_add_char(out, '[');
	for (i = 0; i < s->operands; i++) {
		o = &s->operand[i];
		if (o->row == NULL || row_seen(s, i))
			continue;
		parameter = o->from;
		if (strncmp(parameter, prefix, sizeof prefix - 1) == 0)
			parameter += sizeof prefix - 1;
		put_next(out);
		put_law_row(out, parameter, o->row);
	}
	str_add_char(out, ']');
}

static void
put_step(struct str *out, const struct step *s)
{
	size_t i;

	str_add_char(out, '{');
	put_text(out, "id", s->id);
	put_text(out, "label", s->label);
	put_text(out, "formula", s->formula);
	put_key(out, "operands");
	str_add_char(out, '[');
	for (i = 0; i < s->operands; i++) {
		put_next(out);
		str_add_char(out, '{');
		put_text(out, "name", s->operand[i].name);
		put_exact(out, s->operand[i].exact);
		put_text(out, "from", s->operand[i].from);
		str_add_char(out, '}');
	}
	str_add_char(out, ']');
	put_result(out, s);
	put_rounding(out, s);
	put_text(out, "article", s->article);
	put_parameter_sources(out, s);
	str_add_char(out, '}');
}

/* --- the answer ---------------------------------------------------------- */

static void
put_window(struct str *out, const struct answer *ans)
{
	int i;

	if (ans->window_years == 0) {
		put_text(out, "window", NULL);
		return;
	}
	put_key(out, "window");
	str_add_char(out, '[');
	for (i = 0; i < ans->window_years; i++) {
		put_next(out);
		str_printf(out, "%d", ans->window[i]);
	}
	str_add_char(out, ']');
}

static void
put_cap(struct str *out, const struct cap *cap)
{
	if (!cap->known) {
		put_text(out, "cap", NULL);
		return;
	}
	put_key(out, "cap");
	str_add_char(out, '{');
	put_frac(out, "previous", cap->previous, PERCENT_DECIMALS);
	put_frac(out, "lower", cap->lower, PERCENT_DECIMALS);
	put_frac(out, "upper", cap->upper, PERCENT_DECIMALS);
	put_text(out, "applied", cap_word(cap->applied));
	str_add_char(out, '}');
}

static void
put_notified(struct str *out, const struct answer *ans)
{
	put_key(out, "notified");
	str_add_char(out, '{');
	put_exact(out, ans->notified);
	put_value(out, ans->notified_rounded, ans->notified_decimals);
	str_add_char(out, '}');
}

static void
put_line(struct str *out, const struct charged_line *line)
{
	str_add_char(out, '{');
	put_text(out, "claim", line->claim->ref);
	put_text(out, "kind", line->ip ? "ip" : "it");
	put_text(out, "category", category_word(line->category));
	put_int(out, "year", line->year);
	put_frac(out, "cost", line->cost, EUR_DECIMALS);
	put_frac(out, "factor", line->factor, RATIO_DECIMALS);
	put_frac(out, "amount", line->amount, EUR_DECIMALS);
	str_add_char(out, '}');
}

static void
put_supplementary(struct str *out, const struct supplementary_amount *s)
{
	str_add_char(out, '{');
	put_frac(out, "percent", s->of.percent, PERCENT_DECIMALS);
	put_date(out, "from", s->of.from);
	put_date(out, "until", s->of.until);
	put_quantity(out, "amount", &s->amount, EUR_DECIMALS);
	if (s->payroll_year == 0)
		put_text(out, "payroll_year", NULL);
	else
		put_int(out, "payroll_year", s->payroll_year);
	put_bool(out, "minimum", s->minimum);
	str_add_char(out, '}');
}

void
law_json(struct str *out, const struct law *law)
{
	const struct law_row *row;
	const char *param;
	char path[256];
	size_t i;

	str_add_char(out, '{');
	put_text(out, "version", law_version(law));
	put_text(out, "digest", law_digest(law));
	put_key(out, "added");
	str_add_char(out, '[');
	for (i = 0; i < law_added_count(law); i++) {
		row = law_added_at(law, i, &param);
		put_next(out);
		put_law_row(out, law_path(row, param, path, sizeof path), row);
	}
	str_add(out, "]}");
}

static void
put_answer(struct str *out, const struct answer *ans, const struct law *law,
    const char *engine)
{
	size_t i;

	str_add_char(out, '{');
	put_int(out, "year", ans->year);
	put_text(out, "mode", mode_word(ans->mode));
	put_window(out, ans);
	put_quantity(out, "risk_value", &ans->risk_value, EUR_DECIMALS);
	put_quantity(out, "payroll", &ans->payroll, EUR_DECIMALS);
	put_quantity(out, "gross", &ans->gross, PERCENT_DECIMALS);
	put_quantity(out, "individual", &ans->individual, PERCENT_DECIMALS);
	put_quantity(out, "collective", &ans->collective, PERCENT_DECIMALS);
	put_quantity(out, "fraction", &ans->fraction, RATIO_DECIMALS);
	put_quantity(out, "mixed", &ans->mixed, PERCENT_DECIMALS);
	put_cap(out, &ans->cap);
	put_notified(out, ans);

	put_key(out, "steps");
	str_add_char(out, '[');
	for (i = 0; i < ans->trace.steps; i++) {
		put_next(out);
		put_step(out, &ans->trace.step[i]);
	}
	str_add_char(out, ']');

	put_key(out, "lines");
	str_add_char(out, '[');
	for (i = 0; i < ans->lines; i++) {
		put_next(out);
		put_line(out, &ans->line[i]);
	}
	str_add_char(out, ']');

	put_key(out, "supplementary");
	str_add_char(out, '[');
	for (i = 0; i < ans->supplementaries; i++) {
		put_next(out);
		put_supplementary(out, &ans->supplementary[i]);
	}
	str_add_char(out, ']');

	put_key(out, "law");
	law_json(out, law);
	put_text(out, "engine", engine);

	put_key(out, "warnings");
	str_add_char(out, '[');
	for (i = 0; i < ans->warnings; i++) {
		put_next(out);
		str_add_json(out, ans->warning[i]);
	}
	str_add(out, "]}");
}

void
answer_json(struct str *out, const struct answer *ans, const struct law *law,
    const char *engine)
{
	put_answer(out, ans, law, engine);
}

void
attribution_json(struct str *out, const struct attribution *att,
    const struct law *law, const char *engine)
{
	size_t i;

	str_add_char(out, '{');
	put_key(out, "from");
	put_answer(out, &att->from, law, engine);
	put_key(out, "to");
	put_answer(out, &att->to, law, engine);
	put_key(out, "difference");
	str_add_char(out, '{');
	put_exact(out, att->difference);
	str_add_char(out, '}');
	put_key(out, "parts");
	str_add_char(out, '[');
	for (i = 0; i < PARTS; i++) {
		put_next(out);
		str_add_char(out, '{');
		put_text(out, "id", part_words[i].word);
		put_text(out, "label", part_words[i].label);
		put_exact(out, att->part[i]);
		str_add_char(out, '}');
	}
	str_add(out, "]}");
}

void
error_json(struct str *out, const struct err *err)
{
	str_add_char(out, '{');
	put_key(out, "error");
	str_add_char(out, '{');
	put_text(out, "code", code_word(err->code));
	put_text(out, "where", err->where);
	put_text(out, "text", err->text);
	str_add(out, "}}");
}
