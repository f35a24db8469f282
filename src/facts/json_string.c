/*
 * json_string.c -- a JSON text, decoded in its place.
 *
 * A decoded text is never longer than its source, so it is written over it.
 * What may not stand in one is refused where it stands, byte by byte of what
 * an editor shows; plain runs are passed over eight bytes at a time, which is
 * where the speed of a large document comes from.
 */
#include "facts/json_parser.h"

#include <string.h>

#include "base/str.h"

/* hex4(p, ret): the value of four hexadecimal digits. */
static bool
hex4(const char *p, unsigned *ret)
{
	unsigned v = 0;
	int i;

	for (i = 0; i < 4; i++) {
		char c = p[i];

		v <<= 4;
		if (c >= '0' && c <= '9')
			v |= (unsigned)(c - '0');
		else if (c >= 'a' && c <= 'f')
			v |= (unsigned)(c - 'a') + 10;
		else if (c >= 'A' && c <= 'F')
			v |= (unsigned)(c - 'A') + 10;
		else
			return false;
	}
	*ret = v;
	return true;
}

static char *
utf8_put(char *w, unsigned c)
{
	if (c < 0x80)
		*w++ = (char)c;
	else if (c < 0x800) {
		*w++ = (char)(0xc0 | c >> 6);
		*w++ = (char)(0x80 | (c & 0x3f));
	} else if (c < 0x10000) {
		*w++ = (char)(0xe0 | c >> 12);
		*w++ = (char)(0x80 | (c >> 6 & 0x3f));
		*w++ = (char)(0x80 | (c & 0x3f));
	} else {
		*w++ = (char)(0xf0 | c >> 18);
		*w++ = (char)(0x80 | (c >> 12 & 0x3f));
		*w++ = (char)(0x80 | (c >> 6 & 0x3f));
		*w++ = (char)(0x80 | (c & 0x3f));
	}
	return w;
}

/*
 * parse_unicode(ps, w): \uXXXX at ps->p, one or, for a character beyond
 * U+FFFF, the two halves of a pair.
 */
static int
parse_unicode(struct json_parser *ps, char **w)
{
	char *at = ps->p;
	unsigned c, low;

	if (!hex4(at + 2, &c))
		return json_bad(ps, at,
		    "après \\u, quatre chiffres hexadécimaux "
		    "sont attendus, par exemple \\u00e9");
	ps->p += 6;
	if (c >= 0xd800 && c <= 0xdbff) {
		if (ps->p[0] != '\\' || ps->p[1] != 'u' ||
		    !hex4(ps->p + 2, &low) || low < 0xdc00 || low > 0xdfff)
			return json_bad(ps, at,
			    "demi-caractère isolé \\u%04x : un "
			    "caractère hors du plan de base s'écrit avec ses "
			    "deux moitiés, ou directement en UTF-8",
			    c);
		ps->p += 6;
		c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
	} else if (c >= 0xdc00 && c <= 0xdfff)
		return json_bad(ps, at,
		    "demi-caractère isolé \\u%04x : il lui "
		    "manque sa première moitié",
		    c);
	else if (c == 0)
		return json_bad(ps, at,
		    "le caractère nul (\\u0000) n'est pas "
		    "admis dans un texte : retirez-le");
	*w = utf8_put(*w, c);
	return TAPR_OK;
}

static int
parse_escape(struct json_parser *ps, char **w)
{
	char c;

	switch (ps->p[1]) {
	case '"': c = '"'; break;
	case '\\': c = '\\'; break;
	case '/': c = '/'; break;
	case 'b': c = '\b'; break;
	case 'f': c = '\f'; break;
	case 'n': c = '\n'; break;
	case 'r': c = '\r'; break;
	case 't': c = '\t'; break;
	case 'u': return parse_unicode(ps, w);
	default:
		return json_bad(ps, ps->p,
		    "échappement inconnu après « \\ » : "
		    "JSON admet \\\" \\\\ \\/ \\b \\f \\n \\r \\t et \\uXXXX");
	}
	ps->p += 2;
	*(*w)++ = c;
	return TAPR_OK;
}

/*
 * plain_run(p, end): the first byte from ${p} on that needs a look: a quote,
 * a backslash, a control character, a byte of a character beyond ASCII, or
 * the end.  Eight bytes at a time: a byte less than n leaves its high bit in
 * (x - nnnn) & ~x (the classic test, exact for "is there any").
 */
static char *
plain_run(char *p, const char *end)
{
	const uint64_t ones = UINT64_MAX / 255, high = ones << 7;
	uint64_t x, quote, slash;

	while (end - p >= 8) {
		memcpy(&x, p, 8);
		quote = x ^ ones * '"';
		slash = x ^ ones * '\\';
		if ((((x - ones * 0x20) & ~x) | ((quote - ones) & ~quote) |
		    ((slash - ones) & ~slash) | x) & high)
			break;
		p += 8;
	}
	while ((unsigned char)*p >= 0x20 && (unsigned char)*p < 0x80 &&
	    *p != '"' && *p != '\\')
		p++;
	return p;
}

int
json_read_text(struct json_parser *ps, const char **ret, uint32_t *ret_n)
{
	char *open = ps->p, *w = ps->p + 1, *run;
	size_t n, at;
	int rc;

	ps->p++;
	for (;;) {
		run = ps->p;
		ps->p = plain_run(run, ps->end);
		n = (size_t)(ps->p - run);
		if (w != run)
			memmove(w, run, n);
		w += n;

		if (*ps->p == '"')
			break;
		if (*ps->p == '\\') {
			if ((rc = parse_escape(ps, &w)) != TAPR_OK)
				return rc;
		} else if ((unsigned char)*ps->p >= 0x80) {
			/* The bytes of characters beyond ASCII are all >= 0x80:
			 * a run of them is checked by itself. */
			run = ps->p;
			while ((unsigned char)*ps->p >= 0x80)
				ps->p++;
			n = (size_t)(ps->p - run);
			if (!utf8_valid(run, n, &at))
				return json_bad(ps, run + at,
				    "octet 0x%02x qui "
				    "n'est pas de l'UTF-8 : enregistrez le "
				    "fichier en UTF-8",
				    (unsigned)(unsigned char)run[at]);
			if (w != run)
				memmove(w, run, n);
			w += n;
		} else if (ps->p == ps->end)
			return json_bad(
			    ps, open, "texte sans guillemet fermant");
		else if (*ps->p == '\n' || *ps->p == '\r')
			return json_bad(ps, ps->p,
			    "fin de ligne dans un texte : "
			    "fermez le guillemet, ou écrivez \\n");
		else
			return json_bad(ps, ps->p,
			    "caractère de contrôle 0x%02x "
			    "dans un texte : retirez-le, ou écrivez \\u%04x",
			    (unsigned)(unsigned char)*ps->p,
			    (unsigned)(unsigned char)*ps->p);
	}
	*ret = open + 1;
	*ret_n = (uint32_t)(w - (open + 1));
	*w = '\0';
	ps->p++;
	return TAPR_OK;
}
