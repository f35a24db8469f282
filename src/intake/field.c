/*
 * field.c -- one field of a line, by its type.
 */
#include <assert.h>
#include <string.h>

#include "base/ids.h"
#include "base/num.h"
#include "base/str.h"
#include "intake/flow.h"

enum { REFERENCE_MAX = 64, NAME_MAX_BYTES = 200 };

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool
is_letter(char c)
{
	return is_capital(c) || (c >= 'a' && c <= 'z');
}

/* ---- ids ----------------------------------------------------------------- */

/* Has the form of a NIR, which is 13 or 15 characters, unlike any SIRET. */
static bool
looks_like_nir(const char *text, size_t n)
{
	char first[14];

	if (n != 13 && n != 15)
		return false;
	memcpy(first, text, 13);
	first[13] = '\0';
	return nir_valid(first);
}

/* A reference has a digit, so that a name is none. */
static enum fault_id
reference(const char *text)
{
	bool digit = false;
	size_t n;

	for (n = 0; text[n] != '\0'; n++) {
		if (is_digit(text[n]))
			digit = true;
		else if (!is_letter(text[n]) &&
		    strchr("._/:+-", text[n]) == NULL)
			return FAULT_REFERENCE;
	}
	if (!digit || n > REFERENCE_MAX)
		return FAULT_REFERENCE;
	return looks_like_nir(text, n) ? FAULT_HIDDEN_NIR : FAULT_NONE;
}

static enum fault_id
login(const char *text)
{
	size_t n;

	for (n = 0; text[n] != '\0'; n++)
		if (!is_letter(text[n]) && !is_digit(text[n]) &&
		    strchr("._@-", text[n]) == NULL)
			return FAULT_LOGIN;
	if (n > REFERENCE_MAX)
		return FAULT_LOGIN;
	return looks_like_nir(text, n) ? FAULT_HIDDEN_NIR : FAULT_NONE;
}

/* ---- numbers, dates, words ----------------------------------------------- */

static enum fault_id
decimal(const struct flow_column *c, const char *text, struct value *ret)
{
	struct frac f;
	int64_t n;

	if (!frac_parse(text, strlen(text), c->places, &f) ||
	    !frac_scaled(f, c->places, &n))
		return c->places == 0 ? FAULT_NUMBER : FAULT_DECIMAL;
	if (n < c->min || n > c->max)
		return FAULT_RANGE;
	*ret = value_int(n);
	return FAULT_NONE;
}

static enum fault_id
day(const char *text, struct value *ret)
{
	struct date d;

	if (!date_parse(text, strlen(text), &d))
		return FAULT_DATE;
	*ret = value_date(d);
	return FAULT_NONE;
}

static enum fault_id
word(const struct flow_column *c, const char *text, struct value *ret)
{
	for (int i = 0; c->words[i] != NULL; i++)
		if (c->words[i][0] == text[0] &&
		    strcmp(c->words[i], text) == 0) {
			*ret = value_text(c->words[i]);
			return FAULT_NONE;
		}
	return FAULT_WORD;
}

static enum fault_id
boolean(const char *text, struct value *ret)
{
	bool yes = strcmp(text, "true") == 0;

	if (!yes && strcmp(text, "false") != 0)
		return FAULT_BOOLEAN;
	*ret = value_int(yes);
	return FAULT_NONE;
}

/* ---- texts and forms ----------------------------------------------------- */

static enum fault_id
free_text(const char *text, int64_t max)
{
	size_t n;

	for (n = 0; text[n] != '\0'; n++)
		if ((unsigned char)text[n] < ' ' || text[n] == 0x7f)
			return FAULT_TEXT;
	if ((int64_t)n > max)
		return FAULT_TEXT;
	return looks_like_nir(text, n) ? FAULT_HIDDEN_NIR : FAULT_NONE;
}

static bool
fits(char form, char c)
{
	switch (form) {
	case '9':
		return is_digit(c);
	case 'A':
		return is_capital(c);
	case 'X':
		return is_digit(c) || is_capital(c);
	default:
		return form == c;
	}
}

/* One of the forms between | is that of the whole text. */
static bool
has_form(const char *form, const char *text)
{
	size_t i;

	for (;;) {
		for (i = 0; text[i] != '\0' && form[i] != '\0' &&
		    form[i] != '|' && fits(form[i], text[i]); i++)
			continue;
		if (text[i] == '\0' && (form[i] == '\0' || form[i] == '|'))
			return true;
		if ((form = strchr(form, '|')) == NULL)
			return false;
		form++;
	}
}

enum fault_id
field_read(const struct flow_column *c, const char *text, struct value *ret)
{
	*ret = value_text(text);
	switch (c->type) {
	case FLOW_SIRET:
		return siret_valid(text) ? FAULT_NONE : FAULT_SIRET;
	case FLOW_SIREN:
		return siren_valid(text) ? FAULT_NONE : FAULT_SIREN;
	case FLOW_RISK_CODE:
		return code_form(text) == CODE_FORM_OK ? FAULT_NONE :
		    FAULT_RISK_CODE;
	case FLOW_REFERENCE:
		return reference(text);
	case FLOW_LOGIN:
		return login(text);
	case FLOW_DATE:
		return day(text, ret);
	case FLOW_DECIMAL:
	case FLOW_NUMBER:
		return decimal(c, text, ret);
	case FLOW_WORD:
		return word(c, text, ret);
	case FLOW_BOOLEAN:
		return boolean(text, ret);
	case FLOW_TEXT:
		return free_text(text, c->max);
	case FLOW_FORM:
		return has_form(c->form, text) ? FAULT_NONE : FAULT_FORM;
	case FLOW_NIR:
		*ret = value_int(1);
		return nir_valid(text) ? FAULT_NONE : FAULT_NIR;
	case FLOW_PERSON_NAME:
		*ret = value_int(1);
		return free_text(text, NAME_MAX_BYTES);
	case FLOW_PERSON_FORM:
		*ret = value_int(1);
		return has_form(c->form, text) ? FAULT_NONE : FAULT_FORM;
	}
	assert(!"a type of field");
	return FAULT_FORM;
}
