/*
 * fuzz_dsn.c -- a DSN from anyone.
 *
 * Nothing may be read outside the bytes; a refusal says why; every
 * declaration read is applied, or set aside, or an event; chains end and
 * their sums hold; a finding has a line of the file and a rule.  What the
 * input lacks to be an envoi at all (a head, a total that fits) is put around
 * it when it starts with #, so that the blocks are reached.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "intake/dsn.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(int condition)
{

	if (!condition)
		abort();
}

static int
take(void *ctx, const struct dsn_declaration *d, enum dsn_outcome *ret,
    struct err *err)
{
	uint64_t *count = ctx;
	const struct dsn_aggregate *a;
	size_t i, steps;
	int32_t k;

	(void)err;
	++*count;
	*ret = (enum dsn_outcome)(*count % 4);
	must(d->first_line > 0 && d->last_line >= d->first_line);
	must(d->id.type != DSN_CANCELS || d->aggregates == 0);
	for (i = 0; i < d->aggregates; i++) {
		a = &d->aggregate[i];
		must(strlen(a->risk_code) == 5 || a->risk_code[0] == '\0');
		must(a->without_hours <= a->contracts);
		must(memchr(a->user, '\0', sizeof a->user) != NULL);
		steps = 0;
		for (k = a->first_share; k != DSN_NONE; k = d->share[k].next) {
			must(steps++ < 1000000 && d->share[k].full > 0);
			must(d->share[k].part >= 0);
		}
		for (k = a->first_rate; k != DSN_NONE; k = d->rate[k].next)
			must(steps++ < 1000000);
	}
	must(dsn_supersedes(&d->id, &d->id) == DSN_SAME);
	return TAPR_OK;
}

/* The input as lines of a declaration of P26V01, with a right total. */
static char *
wrap(const uint8_t *data, size_t size, size_t *ret_n)
{
	static const char head[] = "S10.G00.00.005,'02'\n"
	    "S10.G00.00.006,'P26V01'\n";
	char tail[128], *p;
	size_t lines = 2 + 2, i, n;

	for (i = 0; i < size; i++)
		lines += data[i] == '\n';
	lines += size > 0 && data[size - 1] != '\n';
	n = (size_t)snprintf(tail, sizeof tail, "%sS90.G00.90.001,'%zu'\n"
	    "S90.G00.90.002,'1'\n", size > 0 && data[size - 1] != '\n' ?
	    "\n" : "", lines);
	*ret_n = strlen(head) + size + n;
	must((p = malloc(*ret_n)) != NULL);
	memcpy(p, head, strlen(head));
	if (size > 0)
		memcpy(p + strlen(head), data, size);
	memcpy(p + strlen(head) + size, tail, n);
	return p;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint64_t count = 0;
	struct dsn_handler handler = { take, &count };
	struct dsn_report r = { 0 };
	struct err err = { 0 };
	static struct dsn_norms *norms;
	char *p;
	size_t n = size, i;
	int rc;

	if (norms == NULL)
		must(dsn_norms_open("law", &norms, &err) == TAPR_OK);
	if (size > 1 && data[0] == '#') {
		p = wrap(data + 2, size - 2, &n);
	} else {
		must((p = malloc(size + (size == 0))) != NULL);
		if (size > 0)
			memcpy(p, data, size);
	}
	rc = dsn_read(norms, "f.dsn", p, n, &handler, &r, &err);
	if (rc != TAPR_OK) {
		must(rc == TAPR_EINVAL || rc == TAPR_ELAW);
		must((int)err.code == rc && err.text[0] != '\0');
		must(utf8_valid(err.text, strlen(err.text), NULL));
	}
	must(r.read >= r.applied + r.unchanged + r.waiting);
	must(r.envois >= r.envois_refused && r.findings <= DSN_FINDINGS_MAX);
	must(r.applied + r.waiting <= count && count <= r.read);
	for (i = 0; i < r.findings; i++)
		must(r.finding[i].line > 0 && r.finding[i].rule[0] != '\0' &&
		    r.finding[i].text != NULL);
	dsn_report_clear(&r);
	free(p);
	return 0;
}
