/*
 * test_arena.c -- what an arena promises, and that it keeps it when memory
 * was used before.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdalign.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum { LARGE = 8 * 1024 * 1024 };

static bool
all_zero(const void *piece, size_t n)
{
	const unsigned char *p = piece;

	while (n > 0 && p[n - 1] == 0)
		n--;
	return n == 0;
}

static void
zeroed_and_aligned(void **state)
{
	struct arena *a = arena_new(LARGE);
	size_t n;
	void *p;

	(void)state;
	assert_non_null(a);
	for (n = 0; n < 3000; n++) {
		assert_non_null(p = arena_alloc(a, n));
		assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
		assert_true(all_zero(p, n));
		memset(p, 0xff, n);
	}
	assert_false(arena_failed(a));
	arena_free(a);
}

static void
zeroed_again(void **state)
{
	struct arena *a = arena_new(LARGE);
	void *p;
	int i;

	(void)state;
	for (i = 0; i < 3; i++) {
		assert_non_null(p = arena_alloc(a, 100000));
		assert_true(all_zero(p, 100000));
		memset(p, 0xff, 100000);
		arena_reset(a);
	}
	arena_free(a);
}

static void
apart(void **state)
{
	struct arena *a = arena_new(LARGE);
	unsigned char *p[500];
	size_t i, n;

	(void)state;
	for (i = 0; i < COUNT(p); i++) {
		assert_non_null(p[i] = arena_alloc(a, i + 1));
		memset(p[i], (int)(i % 251) + 1, i + 1);
	}
	for (i = 0; i < COUNT(p); i++)
		for (n = 0; n <= i; n++)
			assert_int_equal(p[i][n], i % 251 + 1);
	arena_free(a);
}

static void
larger_than_a_chunk(void **state)
{
	struct arena *a = arena_new(LARGE);
	char *p;

	(void)state;
	assert_non_null(arena_alloc(a, 10));
	assert_non_null(p = arena_alloc(a, 5 * 1024 * 1024));
	p[5 * 1024 * 1024 - 1] = 1;
	assert_non_null(arena_alloc(a, 10));
	arena_free(a);
}

static void
maximum(void **state)
{
	struct arena *a = arena_new(1024);
	int i;

	(void)state;
	for (i = 0; i < 64; i++)
		assert_non_null(arena_alloc(a, 16));
	assert_false(arena_failed(a));
	assert_null(arena_alloc(a, 1));
	assert_true(arena_failed(a));
	arena_free(a);
}

static void
failure_sticks(void **state)
{
	struct arena *a = arena_new(1024);

	(void)state;
	assert_null(arena_alloc(a, 2000));
	assert_null(arena_alloc(a, 1));
	assert_true(arena_failed(a));
	arena_reset(a);
	assert_false(arena_failed(a));
	assert_non_null(arena_alloc(a, 1024));
	arena_free(a);
}

/* Each use is cut otherwise, and each may use all there is. */
static void
whole_again(void **state)
{
	static const size_t sizes[] = { 16, 100000, 160, 1000000, 48, 2000000,
	    32000 };
	struct arena *a = arena_new(2000000);
	size_t i, left, n;

	(void)state;
	for (i = 0; i < COUNT(sizes); i++) {
		for (left = 2000000; left > 0; left -= n) {
			n = left < sizes[i] ? left : sizes[i];
			assert_non_null(arena_alloc(a, n));
		}
		assert_null(arena_alloc(a, 1));
		arena_reset(a);
	}
	arena_free(a);
}

static void
overflow(void **state)
{
	struct arena *a = arena_new(SIZE_MAX);

	(void)state;
	assert_null(arena_array(a, SIZE_MAX / 2, 3));
	assert_true(arena_failed(a));
	arena_reset(a);
	assert_null(arena_alloc(a, SIZE_MAX));
	arena_reset(a);
	assert_null(arena_alloc(a, SIZE_MAX - 8));
	arena_reset(a);
	assert_null(arena_copy(a, "", SIZE_MAX));
	assert_true(arena_failed(a));
	arena_free(a);
}

static void
nothing(void **state)
{
	struct arena *a = arena_new(100);

	(void)state;
	assert_non_null(arena_alloc(a, 0));
	assert_non_null(arena_array(a, 0, 8));
	assert_non_null(arena_array(a, 8, 0));
	arena_free(a);
	arena_free(NULL);
}

static void
texts(void **state)
{
	struct arena *a = arena_new(LARGE);
	char long_text[40000];

	(void)state;
	memset(long_text, 'x', sizeof long_text - 1);
	long_text[sizeof long_text - 1] = '\0';
	assert_string_equal(arena_copy(a, "abcdef", 3), "abc");
	assert_string_equal(arena_copy(a, NULL, 0), "");
	assert_string_equal(arena_strdup(a, "é"), "é");
	assert_string_equal(arena_printf(a, "%s:%d", "cap.csv", 12),
	    "cap.csv:12");
	assert_string_equal(arena_printf(a, "%s", long_text), long_text);
	arena_free(a);
}

static void
text_too_long(void **state)
{
	struct arena *a = arena_new(16);

	(void)state;
	assert_null(arena_printf(a, "%s", "seventeen letters"));
	assert_true(arena_failed(a));
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		{ "pieces are zeroed and aligned for any type",
		    zeroed_and_aligned, NULL, NULL, NULL },
		{ "a piece is zeroed when its memory was used before",
		    zeroed_again, NULL, NULL, NULL },
		{ "pieces do not share a byte", apart, NULL, NULL, NULL },
		{ "a piece may be larger than a chunk",
		    larger_than_a_chunk, NULL, NULL, NULL },
		{ "the maximum is reached and not passed",
		    maximum, NULL, NULL, NULL },
		{ "a failed arena stays failed until it is reset",
		    failure_sticks, NULL, NULL, NULL },
		{ "a reset arena holds as much as a new one",
		    whole_again, NULL, NULL, NULL },
		{ "sizes that wrap are refused", overflow, NULL, NULL, NULL },
		{ "a piece of no bytes is a piece", nothing, NULL, NULL, NULL },
		{ "texts are copied and end in a NUL",
		    texts, NULL, NULL, NULL },
		{ "a text over the maximum fails the arena",
		    text_too_long, NULL, NULL, NULL },
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
