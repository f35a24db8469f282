/*
 * fuzz_account.c -- an account statement from anyone.
 *
 * What it becomes is a document that the reader of facts takes, or nothing: a
 * refusal says why and where, in UTF-8.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "facts/facts.h"
#include "rating/rating.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(int condition)
{

	if (!condition)
		abort();
}

static void
check_document(const struct str *out)
{
	struct err err = { .code = TAPR_OK };
	struct arena *a = arena_new((size_t)1 << 28);
	struct facts facts;
	struct json *doc;

	must(a != NULL && out->n > 0);
	must(utf8_valid(out->p, out->n, NULL));
	must(facts_parse(out->p, out->n, a, &doc, &err) == TAPR_OK);
	must(facts_read(doc, a, &facts, &err) == TAPR_OK);
	arena_free(a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct document account = { "account.csv", NULL, size };
	struct err err = { .code = TAPR_OK };
	struct str out;
	char *copy = malloc(size + (size == 0));
	int rc;

	must(copy != NULL);
	if (size > 0)
		memcpy(copy, data, size);	/* its end is watched */
	account.text = copy;
	str_init(&out, FACTS_BYTES_MAX);
	rc = rating_facts(&account, &out, &err);
	if (rc == TAPR_OK) {
		check_document(&out);
	} else {
		must((int)err.code == rc && err.text[0] != '\0');
		must(utf8_valid(err.text, strlen(err.text), NULL));
		must(utf8_valid(err.where, strlen(err.where), NULL));
	}
	str_free(&out);
	free(copy);
	return 0;
}
