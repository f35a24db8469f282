/*
 * test_file.c -- a file is read whole or refused: at its exact maximum, one
 * byte over, from a pipe, and when it is no file at all.
 */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L		/* mkdtemp */
#endif

#include <sys/stat.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static char dir[] = "/tmp/tapr-file-XXXXXX", path[64];

static int
make(void **state)
{

	(void)state;
	if (mkdtemp(dir) == NULL)
		return -1;
	(void)snprintf(path, sizeof path, "%s/f", dir);
	return 0;
}

static int
clean(void **state)
{

	(void)state;
	(void)remove(path);
	return rmdir(dir);
}

/* ${n} bytes "abc...zabc..." in the file; no NUL behind them. */
static void
put(size_t n)
{
	FILE *f = fopen(path, "wb");
	size_t i;

	assert_non_null(f);
	for (i = 0; i < n; i++)
		assert_int_not_equal(fputc('a' + (int)(i % 26), f), EOF);
	assert_int_equal(fclose(f), 0);
}

/* Puts a file in the place of the standard input. */
static void
stdin_from(const char *name)
{

	assert_non_null(freopen(name, "rb", stdin));
}

static const struct reading {
	const char	*why;
	size_t		 n, max;
	enum tapr_code	 code;
} readings[] = {
	{ "an empty file is read", 0, 10, TAPR_OK },
	{ "an empty file fits in nothing", 0, 0, TAPR_OK },
	{ "one byte does not", 1, 0, TAPR_EINVAL },
	{ "a file of the exact maximum is read", 10, 10, TAPR_OK },
	{ "a file of one byte more is refused", 11, 10, TAPR_EINVAL },
	{ "a file as large as the first buffer is read", 16384, 16384,
	    TAPR_OK },
	{ "a byte over the first buffer is refused", 16385, 16384,
	    TAPR_EINVAL },
	{ "a file of many buffers is read", 100000, SIZE_MAX, TAPR_OK },
	{ "a file of many buffers at its maximum is read", 100000, 100000,
	    TAPR_OK },
	{ "a file of many buffers and one byte is refused", 100001, 100000,
	    TAPR_EINVAL },
};

/* The same from the file and from the standard input, which tells no size. */
static void
reading(void **state)
{
	const struct reading *r = &readings[(size_t)*state];
	const char *const from[] = { path, "-" };
	struct err err;
	char *bytes;
	size_t i, j, n;

	put(r->n);
	for (i = 0; i < COUNT(from); i++) {
		stdin_from(path);
		err = (struct err){ 0 };
		bytes = NULL;
		n = 99;
		assert_int_equal(file_read(from[i], r->max, &bytes, &n, &err),
		    r->code);
		if (r->code != TAPR_OK) {
			assert_null(bytes);
			assert_non_null(strstr(err.text, "trop gros"));
			assert_string_equal(err.where, i == 0 ? path :
			    "entrée standard");
			continue;
		}
		assert_int_equal(n, r->n);
		for (j = 0; j < n; j++)
			assert_int_equal(bytes[j], 'a' + (int)(j % 26));
		assert_int_equal(bytes[n], '\0');
		bytes[n] = 'x';		/* it may be written over */
		free(bytes);
	}
}

static const struct refusal {
	const char	*why, *name;
	enum tapr_code	 code;
	const char	*says;
} refusals[] = {
	{ "a file that is missing is refused", "/tmp/tapr/no/such", TAPR_EIO,
	    "vérifiez le chemin" },
	{ "a name that is empty is refused", "", TAPR_EIO, "impossible" },
	{ "a directory is refused", "/tmp", TAPR_EINVAL, "dossier" },
	{ "a device without end is refused at the maximum", "/dev/zero",
	    TAPR_EINVAL, "trop gros" },
};

static void
refusal(void **state)
{
	const struct refusal *r = &refusals[(size_t)*state];
	struct err err = { 0 };
	char *bytes = NULL;
	size_t n;

	assert_int_equal(file_read(r->name, 100000, &bytes, &n, &err),
	    r->code);
	assert_null(bytes);
	assert_string_equal(err.where, r->name);
	assert_non_null(strstr(err.text, r->says));
}

/* The stdin may be a directory: it opens, and only reading it fails. */
static void
stdin_fails(void **state)
{
	struct err err = { 0 };
	char *bytes = NULL;
	size_t n;

	(void)state;
	stdin_from(dir);
	assert_int_equal(file_read("-", 10, &bytes, &n, &err), TAPR_EIO);
	assert_null(bytes);
	assert_string_equal(err.where, "entrée standard");
}

/* Files that say they hold nothing: one does, one does not. */
static void
special(void **state)
{
	char *bytes;
	size_t n;

	(void)state;
	assert_int_equal(file_read("/dev/null", 0, &bytes, &n, NULL), TAPR_OK);
	assert_int_equal(n, 0);
	free(bytes);
	if (access("/proc/self/status", R_OK) != 0)
		skip();
	assert_int_equal(file_read("/proc/self/status", 100000, &bytes, &n,
	    NULL), TAPR_OK);
	assert_true(n > 100 && bytes[n] == '\0');
	free(bytes);
	assert_int_equal(file_read("/proc/self/status", 10, &bytes, &n, NULL),
	    TAPR_EINVAL);
}

int
main(void)
{
	const struct CMUnitTest plain[] = {
		{ "a standard input that cannot be read is refused",
		    stdin_fails, NULL, NULL, NULL },
		{ "files without a size of their own are read to their end",
		    special, NULL, NULL, NULL },
	};
	struct CMUnitTest tests[COUNT(plain) + COUNT(readings) +
	    COUNT(refusals)];
	size_t i, n = 0;

	for (i = 0; i < COUNT(plain); i++)
		tests[n++] = plain[i];
	for (i = 0; i < COUNT(readings); i++)
		tests[n++] = (struct CMUnitTest){ readings[i].why, reading,
		    NULL, NULL, (void *)i };
	for (i = 0; i < COUNT(refusals); i++)
		tests[n++] = (struct CMUnitTest){ refusals[i].why, refusal,
		    NULL, NULL, (void *)i };
	return cmocka_run_group_tests(tests, make, clean);
}
