/* result.c -- see result.h. */
#include "rating/result.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "facts/answer_json.h"

void
result_start(struct result *r, const char *name)
{
	memset(r, 0, sizeof *r);
	r->name = name;
}

void
result_version(struct result *r, const struct rule *rule)
{
	r->rule = rule;
}

void
result_rule(struct result *r, const char *name, const char *variant,
    struct date on)
{
	r->rule = rule_at(name, variant, on);
}

void
result_number(struct result *r, struct frac exact, int decimals)
{
	r->is_number = true;
	r->exact = exact;
	r->decimals = decimals;
}

void
result_word(struct result *r, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(r->word, sizeof r->word, fmt, ap);
	va_end(ap);
}

void
result_date(struct result *r, struct date d)
{
	char text[DATE_TEXT_MAX];

	result_word(r, "%s", date_text(d, text));
}

void
result_years(struct result *r, int first, int last)
{
	r->first_year = first;
	r->last_year = last;
}

static struct extra *
extra(struct result *r, const char *key)
{
	assert(r->extras < RESULT_EXTRAS);
	r->extra[r->extras].key = key;
	return &r->extra[r->extras++];
}

void
result_extra_number(struct result *r, const char *key, struct frac f)
{
	struct extra *e = extra(r, key);

	e->is_number = true;
	e->exact = f;
}

void
result_extra_text(struct result *r, const char *key, const char *text)
{
	snprintf(extra(r, key)->text, RESULT_TEXT, "%s", text);
}

void
result_extra_date(struct result *r, const char *key, struct date d)
{
	char text[DATE_TEXT_MAX];

	result_extra_text(r, key, date_text(d, text));
}

void
result_source(struct result *r, const struct law_row *row)
{
	if (row == NULL)
		return;
	for (size_t i = 0; i < r->sources; i++)
		if (r->source[i] == row)
			return;
	assert(r->sources < RESULT_SOURCES);
	r->source[r->sources++] = row;
}

void
result_params(struct result *r, const struct param *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		result_source(r, p[i].row);
}

void
result_warning(struct result *r, const char *text)
{
	r->warning = text;
}

int
result_check(const struct result *r, struct err *err)
{
	if (r->rule == NULL || r->rule->form == FORM_ABSENT)
		return err_set(err, TAPR_ELAW, NULL,
		    "aucune version de cette règle à cette date (law/rules.csv "
		    "en donne les périodes)");
	if (r->is_number && !frac_valid(r->exact))
		return err_set(err, TAPR_ERANGE, NULL,
		    "un nombre est trop grand pour être calculé exactement : "
		    "vérifiez les montants donnés");
	return TAPR_OK;
}

static void
number_json(struct str *out, struct frac f)
{
	char text[FRAC_TEXT_MAX];

	frac_text(f, text);
	str_add_json(out, text);
}

static const char *
value_of(const struct result *r, char *buf, size_t size)
{
	if (!r->is_number)
		return r->word;
	frac_decimal(r->exact, r->decimals, ROUND_HALF_UP, buf, size);
	return buf;
}

static void
source_json(struct str *out, const struct law_row *row)
{
	str_add(out, "{\"text\": ");
	str_add_json(out, row->text);
	str_add(out, ", \"published\": ");
	str_add_json(out, row->published[0] == '\0' ? NULL : row->published);
	str_add(out, ", \"source\": ");
	str_add_json(out, row->citation);
	str_add(out, ", \"file\": ");
	str_add_json(out, row->file);
	str_printf(out, ", \"line\": %ld, \"added\": %s}", row->line,
	    row->added ? "true" : "false");
}

static void
write_json(const struct result *r, const struct args *a,
    const struct law *law, struct str *out)
{
	char text[64], day[DATE_TEXT_MAX];

	str_add(out, "{\"rule\": ");
	str_add_json(out, r->name);
	str_add(out, ", \"article\": ");
	str_add_json(out, r->rule->article);
	str_printf(out, ", \"valid\": [\"%s\", ",
	    date_text(r->rule->from, day));
	str_add_json(out, date_cmp(r->rule->to, DATE_OPEN) == 0 ? NULL :
	    date_text(r->rule->to, day));
	str_add(out, "], \"inputs\": ");
	args_json(a, out);
	str_add(out, ", \"result\": {\"exact\": ");
	if (r->is_number)
		number_json(out, r->exact);
	else
		str_add(out, "null");
	str_add(out, ", \"value\": ");
	str_add_json(out, value_of(r, text, sizeof text));
	if (r->first_year != 0) {
		str_add(out, ", \"years\": [");
		for (int y = r->first_year; y <= r->last_year; y++)
			str_printf(out, "%s%d", y == r->first_year ? "" : ", ",
			    y);
		str_add_char(out, ']');
	}
	for (size_t i = 0; i < r->extras; i++) {
		str_add(out, ", ");
		str_add_json(out, r->extra[i].key);
		str_add(out, ": ");
		if (r->extra[i].is_number)
			number_json(out, r->extra[i].exact);
		else
			str_add_json(out, r->extra[i].text);
	}
	str_add(out, "}, \"sources\": [");
	for (size_t i = 0; i < r->sources; i++) {
		if (i > 0)
			str_add(out, ", ");
		source_json(out, r->source[i]);
	}
	str_add(out, "], \"warnings\": [");
	if (r->warning != NULL)
		str_add_json(out, r->warning);
	str_add(out, "], \"law\": ");
	law_json(out, law);
	str_add(out, "}\n");
}

/* What --law added or replaced, so that no answer passes for the published law. */
static void
added_text(const struct law *law, struct str *out)
{
	const struct law_row *row;
	const char *param;
	char path[RESULT_TEXT];

	for (size_t i = 0; i < law_added_count(law); i++) {
		row = law_added_at(law, i, &param);
		str_printf(out, "  fourni par --law, non publié : %s = %s "
		    "(%s)\n", law_path(row, param, path, sizeof path),
		    row->value, row->citation);
	}
}

static void
write_text(const struct result *r, const struct law *law, struct str *out)
{
	char text[FRAC_TEXT_MAX + 1], exact[FRAC_TEXT_MAX];
	char day[DATE_TEXT_MAX];

	str_printf(out, "%s = %s", r->name, value_of(r, text, sizeof text));
	if (r->is_number) {
		frac_text(r->exact, exact);
		if (strcmp(exact, text) != 0)
			str_printf(out, "   (exactement %s)", exact);
	}
	str_add_char(out, '\n');
	for (size_t i = 0; i < r->extras; i++) {
		if (r->extra[i].is_number)
			frac_text(r->extra[i].exact, exact);
		str_printf(out, "  %s : %s\n", r->extra[i].key,
		    r->extra[i].is_number ? exact : r->extra[i].text);
	}
	str_printf(out, "  %s\n  %s ; en vigueur depuis le %s", r->rule->label,
	    r->rule->article, date_text(r->rule->from, day));
	if (date_cmp(r->rule->to, DATE_OPEN) != 0)
		str_printf(out, ", jusqu'au %s (exclu)",
		    date_text(r->rule->to, day));
	str_add_char(out, '\n');
	for (size_t i = 0; i < r->sources; i++)
		str_printf(out, "  source : %s (%s, ligne %ld)\n",
		    r->source[i]->text, r->source[i]->file,
		    r->source[i]->line);
	if (r->warning != NULL)
		str_printf(out, "  à noter : %s\n", r->warning);
	added_text(law, out);
}

void
result_write(const struct result *r, const struct args *a,
    const struct law *law, enum format format, struct str *out)
{
	if (format == FORMAT_JSON)
		write_json(r, a, law, out);
	else
		write_text(r, law, out);
}
