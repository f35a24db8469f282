/*
 * test_csv.c -- what is read, what is refused and where, and that reading
 * goes on behind a refused row.
 *
 * Each text is copied to the end of a buffer of its own size, so that
 * AddressSanitizer sees a byte read behind the one that may be written.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/csv.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/*
 * Everything a text gives, as one line: fields between [ ], a space between
 * rows, "!LINE" for a refusal.
 */
static void
read_all(const char *text, size_t n, char *out, size_t size)
{
	char *buf = malloc(n + 1);
	struct csv c;
	struct err err = { 0 };
	size_t at = 0;
	int i, more = 1;

	assert_non_null(buf);
	if (n > 0)
		memcpy(buf, text, n);
	out[0] = '\0';
	if (csv_open(&c, "f.csv", buf, n, &err) != TAPR_OK) {
		(void)snprintf(out, size, "!%s", err.where + strlen("f.csv:"));
		free(buf);
		return;
	}
	for (i = 0; i < c.columns; i++)
		at += (size_t)snprintf(out + at, size - at, "[%s]",
		    c.header[i]);
	for (;;) {
		err = (struct err){ 0 };
		if (csv_next(&c, &more, &err) != TAPR_OK) {
			assert_true(strlen(err.text) > 20);
			at += (size_t)snprintf(out + at, size - at, " !%s",
			    err.where + strlen("f.csv:"));
			continue;
		}
		if (!more)
			break;
		at += (size_t)snprintf(out + at, size - at, " ");
		for (i = 0; i < c.columns; i++)
			at += (size_t)snprintf(out + at, size - at, "[%s]",
			    c.field[i]);
	}
	free(buf);
}

static const struct reading {
	const char	*why, *text;
	size_t		 n;		/* 0: strlen */
	const char	*want;
} readings[] = {
	{ "two columns, two rows", "a,b\n1,2\n3,4\n", 0,
	    "[a][b] [1][2] [3][4]" },
	{ "the last line may lack its end", "a,b\n1,2", 0, "[a][b] [1][2]" },
	{ "a file of one header has no rows", "a,b\n", 0, "[a][b]" },
	{ "a header may lack its end", "a,b", 0, "[a][b]" },
	{ "CRLF ends a line", "a,b\r\n1,2\r\n", 0, "[a][b] [1][2]" },
	{ "a BOM is skipped", "\xef\xbb\xbf" "a,b\n1,2\n", 0,
	    "[a][b] [1][2]" },
	{ "empty fields are fields", "a,b,c\n,,\n", 0, "[a][b][c] [][][]" },
	{ "a comma at the very end makes an empty field", "a,b\n1,", 0,
	    "[a][b] [1][]" },
	{ "quotes hold commas", "a,b\n\"1,5\",2\n", 0, "[a][b] [1,5][2]" },
	{ "quotes hold line ends", "a,b\n\"1\n2\",3\n", 0,
	    "[a][b] [1\n2][3]" },
	{ "doubled quotes are one",
	    "a,b\n\"say \"\"hi\"\" now\",\"\"\"\"\n", 0,
	    "[a][b] [say \"hi\" now][\"]" },
	{ "empty quotes are an empty field", "a,b\n\"\",\"\"", 0,
	    "[a][b] [][]" },
	{ "a quoted field may end the file", "a\n\"x\"", 0, "[a] [x]" },
	{ "a quoted header", "\"a,b\",c\n1,2\n", 0, "[a,b][c] [1][2]" },
	{ "one column and an empty line is an empty field", "a\n\n1\n", 0,
	    "[a] [] [1]" },
	{ "bytes over 127 are left alone", "a\n\xc3\xa9\n", 0,
	    "[a] [\xc3\xa9]" },

	{ "an empty file is refused", "", 0, "!1" },
	{ "a BOM alone is refused", "\xef\xbb\xbf", 0, "!1" },
	{ "a column without a name is refused", "a,,c\n", 0, "!1" },
	{ "a column named twice is refused", "a,b,a\n", 0, "!1" },
	{ "a short row is refused, the next is read", "a,b\n1\n2,3\n", 0,
	    "[a][b] !2 [2][3]" },
	{ "a long row is refused, the next is read", "a,b\n1,2,3\n4,5\n", 0,
	    "[a][b] !2 [4][5]" },
	{ "an empty line among two columns is refused", "a,b\n\n1,2\n", 0,
	    "[a][b] !2 [1][2]" },
	{ "a quote in the middle is refused", "a,b\n1,x\"y\n2,3\n", 0,
	    "[a][b] !2 [2][3]" },
	{ "text after a closing quote is refused",
	    "a,b\n\"1\"x,2\n3,4\n", 0, "[a][b] !2 [3][4]" },
	{ "a blank after a closing quote is refused", "a,b\n\"1\" ,2\n", 0,
	    "[a][b] !2" },
	{ "a quote never closed is refused where it opens, the next row is read",
	    "a,b\n1,2\n\"3,4\n5,6\n", 0, "[a][b] [1][2] !3 [5][6]" },
	{ "a CR without LF is refused", "a,b\n1\r2,3\n4,5\n", 0,
	    "[a][b] !2 [4][5]" },
	{ "a CR at the very end is refused", "a\n1\r", 0, "[a] !2" },
	{ "a NUL byte is refused", "a,b\n1\0,2\n3,4\n", 13,
	    "[a][b] !2 [3][4]" },
	{ "a NUL byte between quotes is refused", "a\n\"1\0\"\n2\n", 9,
	    "[a] !2 [2]" },
	{ "lines are counted through quoted line ends",
	    "a,b\n\"1\n2\n3\",4\n5\n", 0, "[a][b] [1\n2\n3][4] !5" },
};

static void
reading(void **state)
{
	const struct reading *r = &readings[(size_t)*state];
	char out[500];

	read_all(r->text, r->n == 0 ? strlen(r->text) : r->n, out,
	    sizeof out);
	assert_string_equal(out, r->want);
}

static void
too_wide(void **state)
{
	char text[300], out[1000];
	size_t n = 0;
	int i;

	(void)state;
	for (i = 0; i < CSV_COLUMNS_MAX + 1; i++)
		n += (size_t)snprintf(text + n, sizeof text - n, "%sc%d",
		    i == 0 ? "" : ",", i);
	read_all(text, n, out, sizeof out);
	assert_string_equal(out, "!1");
	*strrchr(text, ',') = '\0';
	read_all(text, strlen(text), out, sizeof out);
	assert_memory_equal(out, "[c0][c1]", 8);
}

static void
columns(void **state)
{
	char text[] = "siret,zone\n1,2\n";
	struct err err = { 0 };
	struct csv c;
	int more;

	(void)state;
	assert_int_equal(csv_open(&c, "f", text, strlen(text), &err), TAPR_OK);
	assert_int_equal(csv_column(&c, "zone"), 1);
	assert_int_equal(csv_column(&c, "siret"), 0);
	assert_int_equal(csv_column(&c, "sire"), -1);
	assert_int_equal(c.line, 1);
	assert_int_equal(csv_next(&c, &more, &err), TAPR_OK);
	assert_int_equal(c.line, 2);
	/* The names stay, whatever is read. */
	assert_int_equal(csv_column(&c, "zone"), 1);
	assert_int_equal(csv_next(&c, &more, &err), TAPR_OK);
	assert_int_equal(more, 0);
	assert_int_equal(csv_next(&c, &more, &err), TAPR_OK);
	assert_int_equal(more, 0);
}

int
main(void)
{
	const struct CMUnitTest plain[] = {
		{ "64 columns are read and 65 are refused",
		    too_wide, NULL, NULL, NULL },
		{ "columns are found by name", columns, NULL, NULL, NULL },
	};
	struct CMUnitTest tests[COUNT(plain) + COUNT(readings)];
	size_t i, n = 0;

	for (i = 0; i < COUNT(plain); i++)
		tests[n++] = plain[i];
	for (i = 0; i < COUNT(readings); i++)
		tests[n++] = (struct CMUnitTest){ readings[i].why, reading,
		    NULL, NULL, (void *)i };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
