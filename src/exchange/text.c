/*
 * text.c -- what is written.
 */
#include "exchange/text.h"

#include <stdio.h>
#include <string.h>

#include "base/ids.h"
#include "base/num.h"

/* ---- fields -------------------------------------------------------------- */

static int
decimal(struct str *out, int64_t v, int scale, int decimals)
{
	char text[64];
	int64_t unit = 1;

	for (int i = 0; i < scale; i++)
		unit *= 10;
	(void)frac_decimal(frac_ratio(v, unit), decimals, ROUND_HALF_UP, text,
	    sizeof text);
	str_add(out, text);
	return TAPR_OK;
}

static int
number(const struct exchange_field *f, const struct value *v, struct str *out)
{
	char day[DATE_TEXT_MAX];

	switch (f->type) {
	case EXCHANGE_DATE:
		str_add(out, date_text(value_to_date(v), day));
		return TAPR_OK;
	case EXCHANGE_YEAR:
		str_printf(out, "%04lld", (long long)v->i);
		return TAPR_OK;
	case EXCHANGE_MONEY:
	case EXCHANGE_HUNDREDTHS:
		return decimal(out, v->i, 2, 2);
	case EXCHANGE_RATE:
	case EXCHANGE_SHARE:
		return decimal(out, v->i, 4, 4);
	default:
		str_printf(out, "%lld", (long long)v->i);
		return TAPR_OK;
	}
}

static bool
is_text(enum exchange_type type)
{
	return type == EXCHANGE_TEXT || type == EXCHANGE_SIRET ||
	    type == EXCHANGE_SIREN;
}

int
text_value(const struct exchange_field *f, const struct value *v,
    struct str *out, struct err *err)
{
	const char *text = value_or_empty(v);

	if (v->kind == VALUE_NULL)
		return TAPR_OK;
	if ((v->kind == VALUE_TEXT) != is_text(f->type))
		return err_set(err, TAPR_EINVAL, f->name, "la valeur n'est "
		    "pas du type déclaré");
	if (v->kind == VALUE_INT)
		return number(f, v, out);
	if ((f->type == EXCHANGE_SIRET && !siret_valid(text)) ||
	    (f->type == EXCHANGE_SIREN && !siren_valid(text)))
		return err_set(err, TAPR_EINVAL, f->name, "un numéro "
		    "d'entreprise du registre est faux : corrigez-le");
	if (!utf8_valid(text, strlen(text), NULL))
		return err_set(err, TAPR_EINVAL, f->name, "un texte du "
		    "registre n'est pas de l'UTF-8");
	str_add(out, text);
	return TAPR_OK;
}

void
text_field(struct str *out, const char *text)
{
	if (text[strcspn(text, ",\"\r\n")] == '\0' && text[0] != ' ') {
		str_add(out, text);
		return;
	}
	str_add_char(out, '"');
	for (; *text != '\0'; text++) {
		if (*text == '"')
			str_add_char(out, '"');
		str_add_char(out, *text);
	}
	str_add_char(out, '"');
}

const char *
text_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

/* ---- CSVW ---------------------------------------------------------------- */

static const char *const datatype[EXCHANGE_TYPES] = {
	[EXCHANGE_TEXT] = "\"string\"",
	[EXCHANGE_SIRET] = "{\"base\": \"string\", \"format\": \"[0-9]{14}\"}",
	[EXCHANGE_SIREN] = "{\"base\": \"string\", \"format\": \"[0-9]{9}\"}",
	[EXCHANGE_YEAR] = "\"gYear\"",
	[EXCHANGE_DATE] = "\"date\"",
	[EXCHANGE_COUNT] = "\"integer\"",
	[EXCHANGE_HUNDREDTHS] = "\"decimal\"",
	[EXCHANGE_MONEY] = "\"decimal\"",
	[EXCHANGE_RATE] = "\"decimal\"",
	[EXCHANGE_SHARE] = "\"decimal\"",
	[EXCHANGE_SUM] = "\"nonNegativeInteger\"",
};

static void
member(struct str *out, const char *name, const char *text)
{
	if (text == NULL || text[0] == '\0')
		return;
	str_printf(out, ",\n  \"%s\": ", name);
	str_add_json(out, text);
}

/* A name of a file as a relative address (RFC 3986). */
static void
url(struct str *out, const char *name)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789-._~";

	str_add(out, "\"");
	for (; *name != '\0'; name++) {
		if (strchr(plain, *name) != NULL)
			str_add_char(out, *name);
		else
			str_printf(out, "%%%02X", (unsigned char)*name);
	}
	str_add(out, "\"");
}

static void
column(struct str *out, const struct exchange_field *f)
{
	str_printf(out, "\n    {\"name\": \"%s\", \"titles\": \"%s\", "
	    "\"datatype\": %s, \"dc:source\": ", f->name, f->name,
	    datatype[f->type]);
	str_add_json(out, f->source);
	if (f->note[0] != '\0') {
		str_add(out, ", \"dc:description\": ");
		str_add_json(out, f->note);
	}
	str_add(out, "}");
}

/* How many, or that they are few: a small number would say what was left out. */
static void
many(struct str *out, const char *what, int64_t n)
{
	if (n < EXCHANGE_K)
		str_printf(out, " ; %s : moins de %d", what, EXCHANGE_K);
	else
		str_printf(out, " ; %s : %lld", what, (long long)n);
}

/* What was done so that nobody is recognised. */
static void
protection(const struct text_about *a, struct str *out)
{
	if (a->flow->level != LEVEL_RECORDS && a->flow->level != LEVEL_TABLE)
		return;
	str_printf(out, ",\n  \"dc:description\": \"chaque combinaison de "
	    "champs est celle de %d établissements ou sinistres au moins ; "
	    "« * » : non précisé ; vide dans une somme : trop peu de cas ou "
	    "aucun", EXCHANGE_K);
	many(out, "sinistres moins précis", a->widened);
	many(out, "sinistres retirés", a->suppressed);
	str_add(out, "\"");
}

void
text_csvw(const struct text_about *a, struct str *out)
{
	const struct exchange_flow *f = a->flow;
	char day[DATE_TEXT_MAX], year[8];

	(void)snprintf(year, sizeof year, "%04d", a->run->year);
	str_add(out, "{\n  \"@context\": [\"http://www.w3.org/ns/csvw\", "
	    "{\"@language\": \"fr\"}],\n  \"url\": ");
	url(out, text_base(a->run->path));
	member(out, "dc:identifier", f->code);
	member(out, "dc:title", f->label);
	member(out, "dc:publisher", a->fund);
	member(out, "dc:audience", a->recipient);
	member(out, "dc:rights", f->basis);
	member(out, "dc:subject", purpose_words[f->purpose]);
	member(out, "dc:accrualPeriodicity", f->period);
	member(out, "dc:temporal", a->run->year == 0 ? "" : year);
	member(out, "dc:format", f->sealed ?
	    "text/csv, boîte scellée de libsodium (crypto_box_seal)" :
	    "text/csv");
	str_add(out, ",\n  \"dc:provenance\": ");
	str_add_json(out, a->act);
	str_printf(out, ",\n  \"dc:dateAccepted\": \"%s\"",
	    date_text(a->act_on, day));
	protection(a, out);
	str_add(out, ",\n  \"tableSchema\": {\"columns\": [");
	for (int i = 0; i < f->fields; i++) {
		if (i > 0)
			str_add(out, ",");
		column(out, &f->field[i]);
	}
	str_add(out, "\n  ]}\n}\n");
}
