/*
 * fuzz_facts.c -- FACTS.json from anyone: parsed, read, edited by path.
 *
 * The input is a document; after a NUL (which no document holds) it may go on
 * with a path and, after another NUL, a value.  Nothing may crash, a refusal
 * must say something in well-formed UTF-8, and what was accepted must be
 * accepted again from its copy.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "facts/facts.h"

enum { ARENA_MAX = 64 * 1024 * 1024 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(int condition)
{
	if (!condition)
		abort();
}

/* A refusal has its code, a text, and prints; success leaves no trace. */
static void
check(int rc, const struct err *err)
{
	if (rc == TAPR_OK) {
		must(err->code == TAPR_OK);
		return;
	}
	must((int)err->code == rc);
	must(err->text[0] != '\0');
	must(utf8_valid(err->text, strlen(err->text), NULL));
	must(utf8_valid(err->where, strlen(err->where), NULL));
}

/* What tariff/ relies on without looking. */
static void
check_facts(const struct facts *f)
{
	size_t i;

	must(f->year >= 2012 && f->ctn >= 'A' && f->ctn <= 'I');
	must(strlen(f->siret) == 14 && strlen(f->risk_code) == 5);
	for (i = 1; i < f->payroll.n; i++)
		must(f->payroll.at[i - 1].year < f->payroll.at[i].year);
	for (i = 0; i < f->headcounts.n; i++)
		must(frac_valid(f->headcounts.at[i].amount));
	for (i = 0; i < f->claims; i++) {
		must(f->claim[i].ref[0] != '\0');
		must(date_is(f->claim[i].declared));
		must(f->claim[i].stoppage_days >= 0);
		must((f->claim[i].ip_rate >= 0) ==
		    date_is(f->claim[i].ip_notified));
		must(frac_valid(f->claim[i].third_party_share));
	}
	must(frac_valid(f->rebate));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *nul = memchr(data, 0, size);
	size_t n = nul != NULL ? (size_t)(nul - data) : size, rest;
	struct arena *a = arena_new(ARENA_MAX);
	struct err err = { .code = TAPR_OK };
	struct json *doc, *copy;
	struct facts f;
	const char *path, *value;
	char *text;
	int rc;

	must(a != NULL);
	/* Its own block, so that a byte read too far is seen. */
	must((text = malloc(n + 1)) != NULL);
	memcpy(text, data, n);
	rc = facts_parse(text, n, a, &doc, &err);
	free(text);
	check(rc, &err);
	if (rc != TAPR_OK)
		goto done;
	rc = facts_read(doc, a, &f, &err);
	check(rc, &err);
	if (rc == TAPR_OK) {
		check_facts(&f);
		must((copy = facts_copy(doc, a)) != NULL);
		must(facts_read(copy, a, &f, &err) == TAPR_OK);
	}
	if (nul == NULL)
		goto done;
	rest = size - n - 1;
	must((path = arena_copy(a, (const char *)nul + 1, rest)) != NULL);
	value = memchr(path, 0, rest) != NULL ? path + strlen(path) + 1 : "";
	err = (struct err){ .code = TAPR_OK };
	rc = facts_set(doc, path, value, a, &err);
	check(rc, &err);
	if (rc == TAPR_OK) {
		rc = facts_read(doc, a, &f, &err);
		check(rc, &err);
		if (rc == TAPR_OK)
			check_facts(&f);
	}
done:
	arena_free(a);
	return 0;
}
