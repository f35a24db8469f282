/*
 * fuzz_law.c -- parameters from anyone (a directory given with --law).
 *
 * The input is a file of parameters; after a line "---" it may go on with the
 * file of the same parameter in the second directory.  What is accepted must
 * answer: each dated row is found by its own keys on its first day, in
 * itself or in what stands in its place; the views must print it; and the
 * same files must give the same digest.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "rating/law_view.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(int condition)
{

	if (!condition)
		abort();
}

static void
found(const struct law *law, const char *param, const struct law_row *row)
{
	const struct law_row *got = law_find(law, param, row->key, row->from);
	size_t i;

	must(law_known(law, param, row->key));
	if (row->from.y == 0)
		return;
	must(got != NULL);
	must(date_in(row->from, got->from, got->to));
	must(got == row || (got->added && !row->added));
	for (i = 0; i < LAW_KEYS_MAX && row->key[i] != NULL; i++)
		must(strcmp(row->key[i], got->key[i]) == 0);
}

static void
views(const struct law *law)
{
	struct err err = { 0 };
	struct str out;
	size_t errors, i;
	int json;

	for (json = 0; json < 2; json++) {
		str_init(&out, 64 * 1024 * 1024);
		law_status(law, 2012, 2026, NULL, json, &out);
		must(law_check(law, (struct date){ 2026, 11, 23 }, json, &out,
		    &errors, &err) == TAPR_OK);
		for (i = 0; i < law_param_count(law); i++) {
			err = (struct err){ 0 };
			(void)!law_show(law, law_param_name(law, i),
			    LAW_NO_KEYS, (struct date){ 2024, 6, 1 }, json,
			    &out, &err);
		}
		must(!str_failed(&out));
		must(utf8_valid(out.p, out.n, NULL));
		str_free(&out);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char cut[] = "\n---\n";
	struct law_text t[3] = { { "VERSION", "1", 1 },
	    { "params/cap.csv", (const char *)data, size },
	    { "added/cap.csv", NULL, 0 } };
	struct law *law = NULL, *again = NULL;
	struct err err = { 0 };
	size_t i, j, n = 2;
	int rc;

	for (i = 0; i + sizeof cut - 1 <= size; i++)
		if (memcmp(data + i, cut, sizeof cut - 1) == 0) {
			t[1].n = i + 1;
			t[2].bytes = (const char *)data + i + sizeof cut - 1;
			t[2].n = size - i - (sizeof cut - 1);
			n = 3;
			break;
		}
	if ((rc = law_open_texts(t, n, &law, &err)) != TAPR_OK) {
		must(law == NULL && (int)err.code == rc);
		must(err.text[0] != '\0');
		must(utf8_valid(err.text, strlen(err.text), NULL));
		must(utf8_valid(err.where, strlen(err.where), NULL));
		return 0;
	}
	must(law_open_texts(t, n, &again, &err) == TAPR_OK);
	must(strcmp(law_digest(law), law_digest(again)) == 0);
	law_free(again);
	for (i = 0; i < law_param_count(law); i++)
		for (j = 0; j < law_row_count(law, i); j++)
			found(law, law_param_name(law, i),
			    law_row_at(law, i, j));
	views(law);
	law_free(law);
	return 0;
}
