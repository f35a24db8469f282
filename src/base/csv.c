/*
 * csv.c -- strict RFC 4180 reading from memory.
 *
 * The law is half a megabyte of this and is read at every start, so the
 * reader touches each byte about once and copies none but after a doubled
 * quote: a field is cut where it stands, by a NUL over the comma, the line
 * end or the closing quote behind it.
 *
 * *end is set to NUL at the start.  That is the sentinel every scan stops at,
 * so that none has to ask whether it has reached the end; a NUL in front of
 * the end is a NUL byte in the file and is refused.
 *
 * States of the reader, between calls
 *
 *	csv_open --> at the start of a line --> csv_next: a row --+
 *			 ^        |                               |
 *			 |        +--> at the end: 0 rows	  |
 *			 +----------------------------------------+
 *
 * A refused row leaves the reader at the start of the line behind the one
 * where the fault was noticed, so that an import may set the row aside and
 * go on.  A quote that is never closed costs the line where that shows, not
 * the rest of the file.
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/csv.h"

/* Bytes at which a field without quotes stops. */
static const bool stop[256] = {
	['\0'] = true, ['"'] = true, [','] = true, ['\n'] = true, ['\r'] = true,
};

enum ending { FIELD_ENDS, ROW_ENDS, FILE_ENDS, REFUSED };

/*
 * Says what is wrong with ${line}, and moves to the start of the next line.
 */
static enum ending
refuse(struct csv *c, long line, const char *text, struct err *err)
{
	char *lf = memchr(c->p, '\n', (size_t)(c->end - c->p));

	if (lf == NULL) {
		c->p = c->end;
	} else {
		c->p = lf + 1;
		c->next_line++;
	}
	err_fill(err, TAPR_EINVAL, NULL, "%s", text);
	err_prefix(err, "%s:%ld", c->name, line);
	return REFUSED;
}

/*
 * Steps over the byte behind a field, which it looks at, and cuts the field
 * off at ${at} (that byte, or the closing quote in front of it).
 */
static enum ending
field_end(struct csv *c, char *at, struct err *err)
{
	char *p = c->p;

	if (*p == ',') {
		*at = '\0';
		c->p = p + 1;
		return FIELD_ENDS;
	}
	if (p == c->end) {
		*at = '\0';
		return FILE_ENDS;
	}
	if (*p == '\r' && p[1] == '\n')
		p++;
	if (*p == '\n') {
		*at = '\0';
		c->p = p + 1;
		c->next_line++;
		return ROW_ENDS;
	}

	switch (*p) {
	case '\0':
		return refuse(c, c->next_line, "octet nul : le fichier n'est "
		    "pas du texte UTF-8 ; enregistrez-le de nouveau en CSV "
		    "UTF-8", err);
	case '\r':
		return refuse(c, c->next_line, "retour chariot isolé ; "
		    "terminez chaque ligne par LF ou CRLF", err);
	case '"':
		return refuse(c, c->next_line, "guillemet au milieu d'un "
		    "champ ; mettez tout le champ entre guillemets et doublez "
		    "ceux qu'il contient", err);
	default:
		return refuse(c, c->next_line, "texte après un guillemet "
		    "fermant ; doublez les guillemets que le champ contient",
		    err);
	}
}

/* A field between quotes; c->p is at the first. */
static enum ending
quoted(struct csv *c, char **ret, struct err *err)
{
	char *from = c->p + 1, *to = from, *p = from, *quote, *lf;
	long line = c->next_line;

	*ret = from;
	for (;;) {
		quote = memchr(p, '"', (size_t)(c->end - p));
		if (quote == NULL) {
			c->p = p;
			return refuse(c, line, "guillemet ouvert et jamais "
			    "fermé ; fermez-le, ou doublez-le s'il fait partie "
			    "du texte", err);
		}
		for (lf = p; (lf = memchr(lf, '\n', (size_t)(quote - lf))) !=
		    NULL; lf++)
			c->next_line++;
		if (memchr(p, '\0', (size_t)(quote - p)) != NULL) {
			c->p = quote;
			return refuse(c, c->next_line, "octet nul : le fichier "
			    "n'est pas du texte UTF-8 ; enregistrez-le de "
			    "nouveau en CSV UTF-8", err);
		}
		/* Nothing moves before the first doubled quote. */
		if (to != p)
			memmove(to, p, (size_t)(quote - p));
		to += quote - p;
		p = quote + 1;
		if (*p != '"')
			break;
		*to++ = '"';
		p++;
	}
	c->p = p;
	return field_end(c, to, err);
}

/* One field, of either kind. */
static enum ending
field(struct csv *c, char **ret, struct err *err)
{
	unsigned char *p = (unsigned char *)c->p;

	if (*p == '"')
		return quoted(c, ret, err);
	*ret = c->p;
	while (!stop[*p])
		p++;
	c->p = (char *)p;
	return field_end(c, c->p, err);
}

/* Refuses a row that was read whole: c->p is behind it already. */
static int
refuse_row(const struct csv *c, const char *text, struct err *err)
{

	err_fill(err, TAPR_EINVAL, NULL, "%s", text);
	return err_note(err, TAPR_EINVAL, "%s:%ld", c->name, c->line);
}

/*
 * Reads the fields of one row into field[], at most ${width} of them, and
 * counts all of them in ${ret}.
 */
static int
row(struct csv *c, int width, int *ret, struct err *err)
{
	enum ending ending = FIELD_ENDS;
	char *text;
	int n;

	c->line = c->next_line;
	for (n = 0; ending == FIELD_ENDS; n++) {
		ending = field(c, &text, err);
		if (ending == REFUSED)
			return TAPR_EINVAL;
		if (n < width)
			c->field[n] = text;
	}
	*ret = n;
	return TAPR_OK;
}

int
csv_open(struct csv *c, const char *name, char *buf, size_t n,
    struct err *err)
{
	static const char bom[] = { '\xef', '\xbb', '\xbf' };
	int i, j, rc, width;

	*c = (struct csv){ .p = buf, .end = buf + n, .name = name,
	    .next_line = 1 };
	*c->end = '\0';
	if (n >= sizeof bom && memcmp(buf, bom, sizeof bom) == 0)
		c->p += sizeof bom;
	if (c->p == c->end) {
		c->line = 1;
		return refuse_row(c, "fichier vide ; la première ligne doit "
		    "nommer les colonnes", err);
	}
	if ((rc = row(c, CSV_COLUMNS_MAX, &width, err)) != TAPR_OK)
		return rc;
	if (width > CSV_COLUMNS_MAX)
		return refuse_row(c, "plus de 64 colonnes ; supprimez celles "
		    "qui ne servent pas", err);

	for (i = 0; i < width; i++) {
		c->header[i] = c->field[i];
		if (c->header[i][0] == '\0')
			return refuse_row(c, "colonne sans nom ; nommez "
			    "chaque colonne sur la première ligne", err);
		for (j = 0; j < i; j++)
			if (strcmp(c->header[i], c->header[j]) == 0)
				return refuse_row(c, "deux colonnes du même "
				    "nom ; n'en gardez qu'une", err);
	}
	c->columns = width;
	return TAPR_OK;
}

int
csv_next(struct csv *c, int *ret, struct err *err)
{
	char text[128];
	int rc, width;

	if (c->p == c->end) {
		*ret = 0;
		return TAPR_OK;
	}
	if ((rc = row(c, c->columns, &width, err)) != TAPR_OK)
		return rc;
	if (width != c->columns) {
		(void)snprintf(text, sizeof text, "%d champs pour %d colonnes "
		    "; mettez entre guillemets un champ qui contient une "
		    "virgule", width, c->columns);
		return refuse_row(c, text, err);
	}
	*ret = 1;
	return TAPR_OK;
}

int
csv_column(const struct csv *c, const char *name)
{
	int i;

	for (i = 0; i < c->columns; i++)
		if (strcmp(c->header[i], name) == 0)
			return i;
	return -1;
}
