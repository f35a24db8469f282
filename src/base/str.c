/*
 * str.c -- text that grows.
 *
 * Invariants
 * 1. p is NULL and room 0 until something is written; from then on
 *    p[n] is NUL and n < room <= max + 1.
 * 2. Once failed, nothing changes but by str_clear() and str_free(); what was
 *    whole before the failure is still there, nothing of the write that
 *    failed is.
 *
 * What is escaped may come from anywhere (a path, a field of a file), so it
 * may be no UTF-8 at all.  A document that is sent must be, hence each byte
 * that belongs to no character leaves as U+FFFD, the mark for such a byte.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

enum { ROOM_FIRST = 256 };

#define REPLACEMENT "\xef\xbf\xbd"	/* U+FFFD */

void
str_init(struct str *s, size_t max)
{

	/* One below the largest size, so that max + 1 is one too. */
	*s = (struct str){ .max = max < SIZE_MAX ? max : SIZE_MAX - 1 };
}

void
str_free(struct str *s)
{

	free(s->p);
	str_init(s, s->max);
}

void
str_clear(struct str *s)
{

	s->n = 0;
	s->failed = false;
	if (s->p != NULL)
		s->p[0] = '\0';
}

bool
str_failed(const struct str *s)
{

	return s->failed;
}

/* Makes room for ${n} more bytes and a NUL; false, and failed, if it cannot. */
static bool
reserve(struct str *s, size_t n)
{
	size_t room;
	char *p;

	if (s->failed || n > s->max - s->n) {
		s->failed = true;
		return false;
	}
	if (n < s->room - s->n)		/* false when room is 0 */
		return true;

	room = s->room < ROOM_FIRST / 2 ? ROOM_FIRST : s->room;
	room = room > (s->max + 1) / 2 ? s->max + 1 : 2 * room;
	if (room < s->n + n + 1)
		room = s->n + n + 1;
	if ((p = realloc(s->p, room)) == NULL) {
		s->failed = true;
		return false;
	}
	s->p = p;
	s->room = room;
	s->p[s->n] = '\0';
	return true;
}

void
str_add_n(struct str *s, const char *text, size_t n)
{

	if ((s->failed || n >= s->room - s->n) && !reserve(s, n))
		return;
	if (n > 0)
		memcpy(s->p + s->n, text, n);
	s->n += n;
	s->p[s->n] = '\0';
}

void
str_add(struct str *s, const char *text)
{

	str_add_n(s, text, strlen(text));
}

void
str_add_char(struct str *s, char c)
{

	if (s->failed || s->room - s->n < 2) {
		str_add_n(s, &c, 1);
		return;
	}
	s->p[s->n++] = c;
	s->p[s->n] = '\0';
}

void
str_vprintf(struct str *s, const char *fmt, va_list ap)
{
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(s->p == NULL ? NULL : s->p + s->n, s->room - s->n, fmt,
	    again);
	va_end(again);

	/* It may have been cut: what counts is how long it wants to be. */
	if (s->p != NULL)
		s->p[s->n] = '\0';
	if (n < 0)
		s->failed = true;
	if (n < 0 || !reserve(s, (size_t)n))
		return;
	(void)vsnprintf(s->p + s->n, s->room - s->n, fmt, ap);
	s->n += (size_t)n;
}

void
str_printf(struct str *s, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	str_vprintf(s, fmt, ap);
	va_end(ap);
}

/* The length of the character that ${p} starts, 0 if it starts none.  A NUL at
 * the end of the text stops every test before the byte behind it is read. */
static size_t
character(const unsigned char *p)
{
	unsigned low = 0x80, high = 0xbf;	/* bounds of the second byte */
	size_t i, n;

	if (p[0] < 0x80)
		return 1;
	if (p[0] < 0xc2 || p[0] > 0xf4)
		return 0;
	n = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	if (p[0] == 0xe0)
		low = 0xa0;		/* else it fits two bytes */
	else if (p[0] == 0xed)
		high = 0x9f;		/* else it is a surrogate */
	else if (p[0] == 0xf0)
		low = 0x90;		/* else it fits three bytes */
	else if (p[0] == 0xf4)
		high = 0x8f;		/* else it is over U+10FFFF */
	if (p[1] < low || p[1] > high)
		return 0;
	for (i = 2; i < n; i++)
		if (p[i] < 0x80 || p[i] > 0xbf)
			return 0;
	return n;
}

const char *
plural(int64_t n)
{
	return n >= 2 || n <= -2 ? "s" : "";
}

bool
utf8_valid(const char *p, size_t n, size_t *ret_at)
{
	const uint64_t high = UINT64_C(0x8080808080808080);
	unsigned char tail[4];
	uint64_t eight;
	size_t i = 0, size, left;

	while (i < n) {
		/* Most text is ASCII: eight bytes at a time. */
		if (n - i >= sizeof eight) {
			memcpy(&eight, p + i, sizeof eight);
			if ((eight & high) == 0) {
				i += sizeof eight;
				continue;
			}
		}
		if ((left = n - i) >= sizeof tail) {
			size = character((const unsigned char *)p + i);
		} else {
			/* What the end cuts off meets a zero, is refused. */
			memset(tail, 0, sizeof tail);
			memcpy(tail, p + i, left);
			size = character(tail);
		}
		if (size == 0) {
			if (ret_at != NULL)
				*ret_at = i;
			return false;
		}
		i += size;
	}
	return true;
}

/*
 * Adds ${text}, with each byte that ${escape} answers for replaced by its
 * answer, and each byte that belongs to no character by U+FFFD.  ${buf} is
 * for answers that are not constants.
 */
static void
add_escaped(struct str *s, const char *text,
    const char *(*escape)(unsigned char c, char buf[8]))
{
	const unsigned char *p = (const unsigned char *)text, *from = p;
	const char *instead;
	char buf[8];
	size_t size;

	while (*p != '\0') {
		if (*p < 0x80) {
			/* Most of a text: neither form escapes these. */
			if (*p == ' ' || (*p >= '(' && *p <= ';') ||
			    (*p >= '?' && *p <= '[') ||
			    (*p >= ']' && *p <= '~')) {
				p++;
				continue;
			}
			size = 1;
			instead = escape(*p, buf);
		} else {
			size = character(p);
			instead = size == 0 ? REPLACEMENT : NULL;
		}
		if (instead != NULL) {
			str_add_n(s, (const char *)from, (size_t)(p - from));
			str_add(s, instead);
			from = p + (size == 0 ? 1 : size);
		}
		p += size == 0 ? 1 : size;
	}
	str_add_n(s, (const char *)from, (size_t)(p - from));
}

static const char *
json_escape(unsigned char c, char buf[8])
{

	switch (c) {
	case '"':
		return "\\\"";
	case '\\':
		return "\\\\";
	case '\n':
		return "\\n";
	case '\r':
		return "\\r";
	case '\t':
		return "\\t";
	default:
		if (c >= 0x20)
			return NULL;
		(void)snprintf(buf, 8, "\\u%04x", c);
		return buf;
	}
}

void
str_add_json(struct str *s, const char *text)
{

	if (text == NULL) {
		str_add(s, "null");
		return;
	}
	str_add_char(s, '"');
	add_escaped(s, text, json_escape);
	str_add_char(s, '"');
}

static const char *
html_escape(unsigned char c, char buf[8])
{

	(void)buf;
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	case '\t':
	case '\n':
	case '\r':
		return NULL;
	default:
		/* HTML has no way to write the other control characters. */
		return c < 0x20 || c == 0x7f ? REPLACEMENT : NULL;
	}
}

void
str_add_html(struct str *s, const char *text)
{

	add_escaped(s, text, html_escape);
}

struct brief
str_brief(const char *text)
{
	static const char more[] = "…";
	const unsigned char *p = (const unsigned char *)text;
	struct brief ret;
	const char *add;
	size_t n = 0, len, size;

	for (; *p != '\0'; p += size == 0 ? 1 : size) {
		size = character(p);
		add = (const char *)p;
		len = size;
		if (size == 0 || *p < 0x20 || *p == 0x7f) {
			add = REPLACEMENT;
			len = strlen(REPLACEMENT);
		}
		if (n + len + sizeof more > sizeof ret.text) {
			memcpy(ret.text + n, more, sizeof more);
			return ret;
		}
		memcpy(ret.text + n, add, len);
		n += len;
	}
	ret.text[n] = '\0';
	return ret;
}
