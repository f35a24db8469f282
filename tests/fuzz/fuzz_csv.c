/*
 * fuzz_csv.c -- a CSV file from anyone.
 *
 * Nothing may be read or written outside the buffer and its one spare byte;
 * a refusal says where; reading ends; and every field stays in the buffer,
 * whole, until the end.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(int condition)
{

	if (!condition)
		abort();
}

static void
refused(int rc, const struct err *err)
{

	must(rc == TAPR_EINVAL && err->code == TAPR_EINVAL);
	must(err->text[0] != '\0' && err->where[0] != '\0');
	must(utf8_valid(err->text, strlen(err->text), NULL));
}

static void
row(const struct csv *c, const char *buf, size_t size)
{
	int i;

	for (i = 0; i < c->columns; i++) {
		must(c->field[i] >= buf && c->field[i] <= buf + size);
		must(c->field[i] + strlen(c->field[i]) <= buf + size);
		must(i == 0 || c->field[i] > c->field[i - 1]);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *buf = malloc(size + 1);
	struct err err = { 0 };
	size_t calls = 0;
	struct csv c;
	int more = 1, rc;

	must(buf != NULL);
	if (size > 0)
		memcpy(buf, data, size);
	if ((rc = csv_open(&c, "f.csv", buf, size, &err)) != TAPR_OK) {
		refused(rc, &err);
	} else {
		must(c.columns > 0 && c.columns <= CSV_COLUMNS_MAX);
		must(csv_column(&c, c.header[c.columns - 1]) == c.columns - 1);
		while (more) {
			/* Each call gets on by a byte at least. */
			must(calls++ <= size);
			err = (struct err){ 0 };
			if ((rc = csv_next(&c, &more, &err)) != TAPR_OK)
				refused(rc, &err);
			else if (more)
				row(&c, buf, size);
		}
	}
	free(buf);
	return 0;
}
