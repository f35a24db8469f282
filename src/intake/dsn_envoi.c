/*
 * dsn_envoi.c -- where an envoi begins and ends, and whether it is whole.
 *
 * S90.G00.90.001 counts the rubriques of the envoi, its own two included.
 * Lines that a concentrator added may be in the count or not: both are right.
 */
#include <string.h>

#include "intake/dsn_envoi.h"

enum { ENVOI = 1000, DECLARATION = 2005, TOTAL = 9090 };

bool
dsn_next_line(struct dsn_cursor *c, const char **ret, size_t *ret_n)
{
	const char *lf;
	size_t n;

	if (c->p == c->end)
		return false;
	lf = memchr(c->p, '\n', (size_t)(c->end - c->p));
	n = (size_t)((lf == NULL ? c->end : lf) - c->p);
	*ret = c->p;
	c->p = lf == NULL ? c->end : lf + 1;
	c->line++;
	*ret_n = n > 0 && (*ret)[n - 1] == '\r' ? n - 1 : n;
	return true;
}

/* Whether there is a byte over 127, and a NUL. */
static void
scan(const char *p, size_t n, bool *ret_high, bool *ret_nul)
{
	const uint64_t ones = 0x0101010101010101u, tops = ones << 7;
	uint64_t w, high = 0, nul = 0;

	for (; n >= sizeof w; n -= sizeof w, p += sizeof w) {
		memcpy(&w, p, sizeof w);
		high |= w & tops;
		nul |= (w - ones) & ~w & tops;
	}
	for (; n > 0; n--, p++) {
		high |= (unsigned char)*p & 0x80;
		nul |= *p == '\0';
	}
	*ret_high = high != 0;
	*ret_nul = nul != 0;
}

/*
 * Text in UTF-8 shows by its first letter with an accent: in ISO-8859-1 the
 * same bytes would be a capital with an accent before a control character or
 * a sign, which no name or address has.
 */
static bool
looks_utf8(const char *p, size_t n)
{
	const unsigned char *u = (const unsigned char *)p;
	size_t i, more, k;

	for (i = 0; i < n; i++) {
		if (u[i] < 0xc2 || u[i] > 0xf4)
			continue;
		more = u[i] < 0xe0 ? 1 : u[i] < 0xf0 ? 2 : 3;
		for (k = 1; k <= more && i + k < n && (u[i + k] & 0xc0) == 0x80;
		    k++)
			;
		if (k > more)
			return true;
	}
	return false;
}

/* --- one line --- */

static void
refuse(struct dsn_envoi *e, enum dsn_rule rule, long line)
{

	if (e->refused != DSN_RULES)
		return;		/* the first reason is kept */
	e->refused = rule;
	e->refused_line = line;
}

/* A line that an envoi may hold. */
static bool
check_line(struct dsn_envoi *e, const char *p, size_t n, long no,
    struct dsn_line *ret)
{
	bool high, nul;

	scan(p, n < DSN_LINE_MAX ? n : DSN_LINE_MAX, &high, &nul);
	if (nul)
		refuse(e, T_NUL, no);
	else if (n > DSN_LINE_MAX)
		refuse(e, T_LONG, no);
	else if (high && looks_utf8(p, n))
		refuse(e, T_UTF8, no);
	if (n <= DSN_LINE_MAX && dsn_line_cut(p, n, ret))
		return true;
	refuse(e, T_NOT_LINE, no);
	return false;
}

/* --- the envoi --- */

struct counts {
	uint64_t lines, added;		/* added: of lines */
	uint64_t said_lines, said_declarations;
	long	 lines_line, declarations_line;
	bool	 in_head, in_total;
};

/* Digits that were announced; what is no number is no right count either. */
static uint64_t
announced(struct dsn_value v)
{
	int64_t n = dsn_number(v, 0);

	return n < 0 ? 0 : (uint64_t)n;
}

static void
take_head(struct dsn_envoi *e, const struct dsn_line *line, long no)
{

	switch (line->number) {
	case 5:
		if (dsn_is(line->value, "01"))
			refuse(e, T_TEST, no);
		break;
	case 6:
		e->norm = line->value;
		e->norm_line = no;
		break;
	case 8:
		e->neant = dsn_is(line->value, "02");
		break;
	}
}

/* Takes one line; false when it is of another envoi, or of none. */
static bool
take(struct dsn_envoi *e, struct counts *c, const struct dsn_line *line,
    long no)
{
	bool head = line->ours && line->code == ENVOI;
	bool total = line->ours && line->code == TOTAL;

	if ((c->in_total && !total) || (head && !c->in_head))
		return false;
	if (!dsn_line_added(line))
		c->in_head = head;
	c->lines++;
	c->added += dsn_line_added(line);
	if (head)
		take_head(e, line, no);
	if (line->ours && line->code == DECLARATION && line->number == 1)
		e->declarations++;
	if (!total)
		return true;
	c->in_total = true;
	if (line->number == 1) {
		c->said_lines = announced(line->value);
		c->lines_line = no;
	} else if (line->number == 2) {
		c->said_declarations = announced(line->value);
		c->declarations_line = no;
	}
	return true;
}

static void
check_totals(struct dsn_envoi *e, const struct counts *c)
{
	long last = e->to.line - 1;

	if (!c->in_total) {
		refuse(e, T_NO_TOTAL, last);
		return;
	}
	if (c->said_lines != c->lines && c->said_lines != c->lines - c->added)
		refuse(e, T_LINES, c->lines_line != 0 ? c->lines_line : last);
	if (c->said_declarations != e->declarations)
		refuse(e, T_DECLARATIONS, c->declarations_line != 0 ?
		    c->declarations_line : last);
}

/* From its first line to the last before another envoi. */
static void
walk(struct dsn_cursor *c, struct dsn_envoi *e)
{
	struct counts counts = { .in_head = true };
	struct dsn_cursor before;
	struct dsn_line line;
	const char *p;
	size_t n;

	for (;;) {
		before = *c;
		if (!dsn_next_line(c, &p, &n))
			break;
		if (counts.in_total && n == 0) {	/* blank last lines */
			*c = before;
			break;
		}
		if (!check_line(e, p, n, before.line, &line)) {
			counts.lines++;
			continue;
		}
		if (!take(e, &counts, &line, before.line)) {
			*c = before;
			break;
		}
	}
	e->to = *c;
	check_totals(e, &counts);
}

bool
dsn_envoi_next(struct dsn_cursor *c, struct dsn_envoi *ret)
{
	struct dsn_cursor before;
	struct dsn_envoi found;
	struct dsn_line line;
	const char *p;
	size_t n;
	bool cut;

	*ret = (struct dsn_envoi){ .refused = DSN_RULES };
	for (;;) {
		before = *c;
		if (!dsn_next_line(c, &p, &n)) {
			if (ret->refused == DSN_RULES)
				return false;
			ret->to = *c;	/* nothing but strange lines */
			return true;
		}
		if (n == 0)
			continue;
		found = *ret;
		cut = check_line(&found, p, n, before.line, &line);
		/* A line that starts an envoi is judged with it. */
		if (cut && line.ours && line.code == ENVOI)
			break;
		*ret = found;
		if (cut && !dsn_line_added(&line))
			refuse(ret, T_START, before.line);
	}
	*c = before;
	ret->from = ret->to = before;
	if (ret->refused == DSN_RULES)
		walk(c, ret);
	return true;
}
