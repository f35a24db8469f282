/*
 * fuzz_exchange.c -- a declaration of exchanges, as somebody may have typed it:
 * what is taken keeps the promises that the rest is built on.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "exchange/declare.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(int condition)
{

	if (!condition)
		abort();
}

/* No company flow reads a claim; no anonymous one has a day or an amount. */
static void
check_flow(const struct exchange_flow *f)
{
	int anonymous = f->level == LEVEL_RECORDS || f->level == LEVEL_TABLE;

	must(f->fields > 0 && f->fields <= EXCHANGE_FIELDS_MAX);
	must(f->sealed == (f->level == LEVEL_FILE));
	must(f->basis[0] != '\0' && f->recipient[0] != '\0');
	must(f->level != LEVEL_COMPANY || (!f->reads[TABLE_CLAIM] &&
	    !f->reads[TABLE_BENEFIT] && !f->reads[TABLE_CLAIM_EVENT] &&
	    !f->reads[TABLE_WAITING]));
	must(!f->reads[TABLE_IDENTITY] && !f->reads[TABLE_PERSON]);
	for (int i = 0; i < f->fields; i++) {
		const struct exchange_field *at = &f->field[i];

		must(exchange_field(f, at->name) == i);
		must(at->widen >= 0 && at->widen <= f->widens);
		must(!anonymous || at->type == EXCHANGE_TEXT ||
		    at->type == EXCHANGE_YEAR || at->type == EXCHANGE_SUM);
		must(!anonymous || strstr(at->source, "claim_id") == NULL);
		must(utf8_valid(at->note, strlen(at->note), NULL));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err err = { .code = TAPR_OK };
	char *text = malloc(size + 1);
	struct exchanges e;
	int rc;

	must(text != NULL);
	if (size > 0)
		memcpy(text, data, size);
	text[size] = '\0';
	rc = exchanges_read("exchanges.csv", text, size, &e, &err);
	must(rc == TAPR_OK || (rc == TAPR_EINVAL && err.text[0] != '\0' &&
	    utf8_valid(err.text, strlen(err.text), NULL)));
	for (int i = 0; rc == TAPR_OK && i < e.flows; i++)
		check_flow(e.flow[i]);
	exchanges_free(&e);
	free(text);
	return 0;
}
