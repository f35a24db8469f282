/*
 * json_say.c -- JSON in messages: where a refusal stands, and what of the
 * document may be repeated.
 *
 * A message goes to terminals, logs and tickets: what it repeats is short,
 * holds no control character and no whole NIR.
 */
#include "facts/json_parser.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/*
 * A column counts characters, not bytes: what an editor shows.
 */
char *
json_place(const char *text, size_t n, size_t at, char *buf)
{
	size_t i, line = 1, column = 1;

	for (i = 0; i < at && i < n; i++) {
		if (text[i] == '\n') {
			line++;
			column = 1;
		} else if (((unsigned char)text[i] & 0xc0) != 0x80)
			column++;
	}
	snprintf(buf, ERR_PATH_MAX, "ligne %zu, colonne %zu", line, column);
	return buf;
}

int
json_bad(struct json_parser *ps, const char *at, const char *fmt, ...)
{
	char where[ERR_PATH_MAX], text[ERR_TEXT_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	return err_set(ps->err, TAPR_EINVAL,
	    json_place(ps->source, ps->n, (size_t)(at - ps->start), where),
	    "%s", text);
}

/*
 * A text of 13 or 15 digits may be a NIR, which no message holds; it may also
 * be the number of a claim, which the reader of the message must recognise.
 * So its first four digits are shown.
 */
static void
hide_nir(char *text)
{
	size_t i, digits = 0;

	for (i = 0; text[i] != '\0'; i++)
		if (text[i] >= '0' && text[i] <= '9')
			digits++;
	if (digits != 13 && digits != 15)
		return;
	for (digits = i = 0; text[i] != '\0'; i++)
		if (text[i] >= '0' && text[i] <= '9' && ++digits > 4)
			text[i] = '*';
}

char *
json_clip(const char *text, size_t n, char *buf)
{
	static const char more[] = "…";
	const size_t room = JSON_CLIP_MAX - sizeof more;
	size_t i, cut = n;

	if (n > room) {
		/* Not in the middle of a character. */
		for (cut = room; cut > 0 &&
		    ((unsigned char)text[cut] & 0xc0) == 0x80; cut--)
			continue;
	}
	for (i = 0; i < cut; i++) {
		unsigned char c = (unsigned char)text[i];

		buf[i] = text[i];
		/* C0 and DEL; C1, which is 0xc2 and 0x80 to 0x9f, as a « ? »
		 * for each of its bytes: a terminal obeys those too. */
		if (c < 0x20 || c == 0x7f)
			buf[i] = '?';
		else if (c >= 0x80 && c <= 0x9f && i > 0 &&
		    (unsigned char)text[i - 1] == 0xc2)
			buf[i - 1] = buf[i] = '?';
	}
	buf[cut] = '\0';
	hide_nir(buf);
	if (cut < n)
		memcpy(buf + cut, more, sizeof more);
	return buf;
}

const char *
json_type_name(enum json_type type)
{
	switch (type) {
	case JSON_NULL: return "null";
	case JSON_FALSE: return "false";
	case JSON_TRUE: return "true";
	case JSON_NUMBER: return "un nombre";
	case JSON_STRING: return "un texte";
	case JSON_ARRAY: return "une liste";
	case JSON_OBJECT: return "un objet";
	}
	return "une valeur";
}
