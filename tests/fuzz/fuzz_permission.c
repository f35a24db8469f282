/*
 * fuzz_permission.c -- a matrix, or what is kept apart, that somebody typed.
 *
 * The first byte says which file.  What is read can be asked, and gives no cell
 * without an action, a source and a role of the list; a refusal says why.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "guard/permission.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(int condition)
{

	if (!condition)
		abort();
}

static void
check(const struct permissions *p)
{
	for (size_t i = 0; i < p->rows; i++) {
		const struct permission *c = &p->row[i];
		int action = 0;

		must(c->role < ROLES && c->scope < SCOPES);
		must(c->purpose < PURPOSES && c->actions != 0);
		must(c->source[0] != '\0');
		while ((c->actions & 1u << action) == 0)
			action++;
		must(action < ACTIONS);
		must(permission_cell(p, c->role, c->object, c->field,
		    (enum permission_action)action) == c);
	}
	for (size_t i = 0; i < p->aparts; i++)
		must(permission_apart(p, p->apart[i].second,
		    p->apart[i].first) != NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err err = { .code = TAPR_OK };
	struct permissions p = { .rows = 0 };
	char *text;
	int rc;

	if (size == 0)
		return 0;
	text = malloc(size);
	must(text != NULL);
	memcpy(text, data + 1, size - 1);
	text[size - 1] = '\0';
	rc = permissions_parse(&p, data[0] % PERMISSION_FILES, text, size - 1,
	    &err);
	if (rc == TAPR_OK)
		check(&p);
	else
		must((int)err.code == rc && err.text[0] != '\0');
	permissions_free(&p);
	return 0;
}
