/*
 * dsn_fixture.h -- DSN files in memory, changed line by line, and what the
 * reader makes of them as text.
 */
#ifndef TAPR_TESTS_DSN_FIXTURE_H
#define TAPR_TESTS_DSN_FIXTURE_H

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "intake/dsn.h"

struct dsn_file {
	char	*p;
	size_t	 n;
};

static inline void
file_free(struct dsn_file *f)
{

	free(f->p);
	*f = (struct dsn_file){ 0 };
}

static inline struct dsn_file
file_load(const char *name)
{
	struct dsn_file f;
	struct err err = { 0 };
	char path[256];

	(void)snprintf(path, sizeof path, "tests/data/dsn/%s", name);
	if (file_read(path, 1 << 20, &f.p, &f.n, &err) != TAPR_OK) {
		(void)fprintf(stderr, "%s: %s\n", err.where, err.text);
		abort();
	}
	return f;
}

/* The ${nth} line (from 1) that starts with ${start}; NULL: none. */
static inline char *
file_find(const struct dsn_file *f, const char *start, int nth)
{
	char *p = f->p, *end = f->p + f->n;
	size_t n = strlen(start);

	while (p < end) {
		if ((size_t)(end - p) >= n && memcmp(p, start, n) == 0 &&
		    --nth == 0)
			return p;
		p = memchr(p, '\n', (size_t)(end - p));
		p = p == NULL ? end : p + 1;
	}
	return NULL;
}

/* Puts ${text} in the place of ${old} bytes at ${at}. */
static inline void
file_splice(struct dsn_file *f, char *at, size_t old, const char *text,
    size_t n)
{
	size_t off = (size_t)(at - f->p);
	char *p = malloc(f->n - old + n + 1);

	assert(p != NULL);
	memcpy(p, f->p, off);
	if (n > 0)
		memcpy(p + off, text, n);
	memcpy(p + off + n, at + old, f->n - off - old);
	f->n += n - old;
	p[f->n] = '\0';
	free(f->p);
	f->p = p;
}

/*
 * Replaces the ${nth} line that starts with ${start} by ${text} (without line
 * end; several lines are separated by \n; NULL: the line goes), and puts the
 * count of S90 right.
 */
static inline void
file_set(struct dsn_file *f, const char *start, int nth, const char *text)
{
	char *at = file_find(f, start, nth), *lf, total[64];
	size_t lines = 0, i;

	assert(at != NULL);
	lf = memchr(at, '\n', (size_t)(f->p + f->n - at));
	assert(lf != NULL);
	if (text == NULL)
		file_splice(f, at, (size_t)(lf + 1 - at), NULL, 0);
	else
		file_splice(f, at, (size_t)(lf - at), text, strlen(text));
	for (i = 0; i < f->n; i++)
		lines += f->p[i] == '\n';
	(void)snprintf(total, sizeof total, "S90.G00.90.001,'%zu'", lines);
	at = file_find(f, "S90.G00.90.001", 1);
	assert(at != NULL);
	lf = memchr(at, '\n', (size_t)(f->p + f->n - at));
	file_splice(f, at, (size_t)(lf - at), total, strlen(total));
}

/* What a reading gave. */
struct dsn_seen {
	char		 text[8192];	/* one line a declaration or total */
	struct dsn_id	 id[8];
	int		 declarations;
	struct dsn_report report;
	struct err	 err;
	int		 rc;
};

static inline void
seen_add(struct dsn_seen *s, const char *text)
{
	size_t n = strlen(s->text);

	(void)snprintf(s->text + n, sizeof s->text - n, "%s", text);
}

static inline int
seen_take(void *ctx, const struct dsn_declaration *d, enum dsn_outcome *ret,
    struct err *err)
{
	struct dsn_seen *s = ctx;
	const struct dsn_aggregate *a;
	char line[512], head[FRAC_TEXT_MAX];
	int32_t r;
	size_t i;

	(void)err;
	*ret = DSN_APPLIED;
	if (s->declarations < 8)
		s->id[s->declarations] = d->id;
	s->declarations++;
	(void)snprintf(line, sizeof line, "%s%s %04d-%02d %d/%d %u\n",
	    d->id.siren, d->id.nic, d->id.month.y, d->id.month.m,
	    (int)d->id.nature, (int)d->id.type, d->individuals);
	seen_add(s, line);
	for (i = 0; i < d->aggregates; i++) {
		a = &d->aggregate[i];
		(void)frac_text(dsn_headcount(d, a), head);
		(void)snprintf(line, sizeof line,
		    "  %s%s%s%s %d: %lld c, %lld h, %lld d, %s of %u-%u",
		    a->risk_code[0] == '\0' ? "-" : a->risk_code,
		    a->section == DSN_SUPPORT ? " support" : "",
		    a->user[0] == '\0' ? "" : " at ", a->user, a->year,
		    (long long)a->payroll.v, (long long)a->hours,
		    (long long)a->days, head, a->contracts, a->without_hours);
		seen_add(s, line);
		for (r = a->first_rate; r != DSN_NONE; r = d->rate[r].next) {
			(void)snprintf(line, sizeof line, "; %d x%u %lld",
			    d->rate[r].given ? d->rate[r].rate.v : -1,
			    d->rate[r].contracts,
			    (long long)d->rate[r].payroll.v);
			seen_add(s, line);
		}
		seen_add(s, "\n");
	}
	return TAPR_OK;
}

static inline void
seen_read(struct dsn_seen *s, const struct dsn_file *f)
{
	struct dsn_handler handler = { seen_take, s };
	struct dsn_norms *norms;
	char *copy = malloc(f->n + (f->n == 0));

	assert(copy != NULL);
	if (f->n > 0)
		memcpy(copy, f->p, f->n);	/* its end is watched */
	*s = (struct dsn_seen){ 0 };
	if (dsn_norms_open("law", &norms, &s->err) != TAPR_OK)
		abort();
	s->rc = dsn_read(norms, "f.dsn", copy, f->n, &handler, &s->report,
	    &s->err);
	dsn_norms_free(norms);
	free(copy);
}

static inline void
seen_print(const struct dsn_seen *s)
{
	size_t i;

	for (i = 0; i < s->report.findings; i++)
		(void)fprintf(stderr, "# %ld: %s (%d)\n",
		    s->report.finding[i].line, s->report.finding[i].rule,
		    (int)s->report.finding[i].severity);
}

/* How often a rule was found; ${severity} of the last one, if not NULL. */
static inline int
seen_rule(const struct dsn_seen *s, const char *rule,
    enum dsn_severity *severity)
{
	size_t i;
	int n = 0;

	for (i = 0; i < s->report.findings; i++)
		if (strcmp(s->report.finding[i].rule, rule) == 0) {
			n++;
			if (severity != NULL)
				*severity = s->report.finding[i].severity;
		}
	return n;
}

#endif
