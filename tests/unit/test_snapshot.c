/*
 * test_snapshot.c -- a snapshot is what was written, or it is refused.
 */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L		/* mkdtemp */
#endif

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "snapshot/snapshot.h"

static char dir[] = "/tmp/tapr-snapshot-XXXXXX", path[64];
static const uint64_t sirets[3] = { 1, 2, 3 };
static const char words[] = "abc";

static int
make(void **state)
{
	(void)state;
	if (mkdtemp(dir) == NULL)
		return -1;
	(void)snprintf(path, sizeof path, "%s/s.tapr", dir);
	return 0;
}

static int
clean(void **state)
{
	(void)state;
	(void)unlink(path);
	return rmdir(dir);
}

static void
write_it(char digest[SHA256_HEX_MAX])
{
	const struct snapshot_column c[] = {
		{ "siret", 8, 3, sirets }, { "none", 4, 0, NULL },
		{ "word", 1, 4, words },
	};
	struct err err = { .code = TAPR_OK };

	assert_int_equal(snapshot_write(path, c, 3, digest, &err), TAPR_OK);
}

static void
comes_back(void **state)
{
	char digest[SHA256_HEX_MAX];
	struct snapshot *s;
	struct err err = { .code = TAPR_OK };
	const void *data;
	uint64_t n;

	(void)state;
	write_it(digest);
	assert_int_equal(snapshot_open(path, &s, &err), TAPR_OK);
	assert_string_equal(snapshot_digest(s), digest);
	assert_int_equal(snapshot_get(s, "siret", 8, &data, &n, &err),
	    TAPR_OK);
	assert_int_equal(n, 3);
	assert_memory_equal(data, sirets, sizeof sirets);
	assert_int_equal((uintptr_t)data % 64, 0);
	assert_int_equal(snapshot_get(s, "none", 4, &data, &n, &err), TAPR_OK);
	assert_int_equal(n, 0);
	assert_int_equal(snapshot_get(s, "siret", 4, &data, &n, &err),
	    TAPR_EINVAL);
	snapshot_close(s);
}

static unsigned char *
load(size_t *ret_n)
{
	char digest[SHA256_HEX_MAX];
	unsigned char *bytes = aligned_alloc(64, 4096);
	FILE *f;

	write_it(digest);
	assert_non_null(bytes);
	assert_non_null(f = fopen(path, "rb"));
	*ret_n = fread(bytes, 1, 4096, f);
	fclose(f);
	assert_in_range(*ret_n, 1, 4095);
	return bytes;
}

static void
each_byte_counts(void **state)
{
	size_t n;
	unsigned char *bytes = load(&n);

	(void)state;
	for (size_t i = 0; i < n; i++)
		for (int bit = 0; bit < 8; bit++) {
			struct snapshot *s;
			struct err err = { .code = TAPR_OK };

			bytes[i] ^= (unsigned char)(1 << bit);
			assert_int_equal(snapshot_over(bytes, n, &s, &err),
			    TAPR_EINVAL);
			bytes[i] ^= (unsigned char)(1 << bit);
		}
	free(bytes);
}

static void
no_part_will_do(void **state)
{
	size_t n;
	unsigned char *bytes = load(&n);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		struct snapshot *s;
		struct err err = { .code = TAPR_OK };

		assert_int_equal(snapshot_over(bytes, i, &s, &err),
		    TAPR_EINVAL);
	}
	free(bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		{ "a snapshot gives back the columns that were written",
		    comes_back, NULL, NULL, NULL },
		{ "one bit changed anywhere in a snapshot is refused",
		    each_byte_counts, NULL, NULL, NULL },
		{ "a snapshot cut anywhere is refused", no_part_will_do,
		    NULL, NULL, NULL },
	};

	return cmocka_run_group_tests(tests, make, clean);
}
