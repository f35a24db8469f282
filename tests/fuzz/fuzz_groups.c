/*
 * fuzz_groups.c -- the groups of risks that somebody typed.
 *
 * What is read is what a rate can be asked of: a name, codes of five letters
 * or digits, each in one group of its zone.  A refusal says why, in UTF-8.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "campaign/collective.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(int condition)
{

	if (!condition)
		abort();
}

static void
check_subjects(struct collective *c)
{
	must(c->subjects <= GROUPS_MAX);
	for (size_t i = 0; i < c->subjects; i++) {
		const struct subject *s = &c->subject[i];
		size_t n = strlen(s->name);

		must(s->group && n > 0 && n < GROUP_NAME_MAX);
		must(utf8_valid(s->name, n, NULL));
		must(s->codes > 0 && s->codes <= GROUP_CODES_MAX);
		for (size_t k = 0; k < s->codes; k++) {
			must(strspn(s->code[k], "0123456789"
			    "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 5);
			must(s->code[k][5] == '\0');
			must(subject_of(c, s->code[k], s->zone) == s);
		}
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct collective *c = calloc(1, sizeof *c);
	struct err err = { .code = TAPR_OK };
	char *text = malloc(size + 1);
	int rc;

	must(c != NULL && text != NULL);
	must((c->a = arena_new((size_t)1 << 26)) != NULL);
	c->on = (struct date){ 2024, 1, 1 };
	if (size > 0)
		memcpy(text, data, size);
	text[size] = '\0';
	rc = groups_read(c, "groupes.csv", text, size, &err);
	if (rc == TAPR_OK) {
		check_subjects(c);
	} else {
		must((int)err.code == rc && err.text[0] != '\0');
		must(utf8_valid(err.text, strlen(err.text), NULL));
		must(utf8_valid(err.where, strlen(err.where), NULL));
	}
	arena_free(c->a);
	free(c->subject);
	free(c);
	free(text);
	return 0;
}
