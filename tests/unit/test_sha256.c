/*
 * test_sha256.c -- the vectors of NIST (FIPS 180-4 and its examples), and the
 * two ways of computing against each other.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

#include "base/sha256.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const struct vector {
	const char	*why, *text;
	size_t		 times;
	const char	*digest;
} vectors[] = {
	{ "nothing at all", "", 1,
	    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
	{ "one block: abc", "abc", 1,
	    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
	{ "56 bytes: the length needs a block of its own",
	    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
	    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
	{ "112 bytes: two blocks",
	    "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
	    "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu", 1,
	    "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1" },
	{ "a million letters a", "aaaaaaaaaa", 100000,
	    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0" },
	{ "64 bytes: one block to the brim",
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 1,
	    "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb" },
};

static void
vector(void **state)
{
	const struct vector *v = &vectors[(size_t)*state];
	char hex[SHA256_HEX_MAX];
	struct sha256 s;
	size_t i;

	sha256_init(&s);
	for (i = 0; i < v->times; i++)
		sha256_add(&s, v->text, strlen(v->text));
	assert_string_equal(sha256_hex(&s, hex), v->digest);
}

/* Bytes that are the same on every run and have no pattern. */
static void
fill(unsigned char *p, size_t n)
{
	uint32_t x = 1;
	size_t i;

	for (i = 0; i < n; i++) {
		x = x * 1103515245 + 12345;
		p[i] = (unsigned char)(x >> 16 & 0xff);
	}
}

static void
digest(const unsigned char *p, size_t n, size_t piece, enum sha256_way way,
    char hex[SHA256_HEX_MAX])
{
	struct sha256 s;
	size_t i, left;

	sha256_init(&s);
	s.way = way;
	for (i = 0; i < n; i += left) {
		left = n - i < piece ? n - i : piece;
		sha256_add(&s, p + i, left);
	}
	(void)sha256_hex(&s, hex);
}

static void
pieces(void **state)
{
	static const size_t sizes[] = { 1, 3, 63, 64, 65, 127, 128, 1000,
	    4096, 4097, 20000 };
	unsigned char bytes[20000];
	char whole[SHA256_HEX_MAX], cut[SHA256_HEX_MAX];
	size_t i, n;

	(void)state;
	fill(bytes, sizeof bytes);
	for (n = 0; n < 300; n++) {
		digest(bytes, n, n + 1, SHA256_PLAIN, whole);
		digest(bytes, n, 7, SHA256_UNDECIDED, cut);
		assert_string_equal(whole, cut);
	}
	digest(bytes, sizeof bytes, sizeof bytes, SHA256_PLAIN, whole);
	for (i = 0; i < COUNT(sizes); i++) {
		digest(bytes, sizeof bytes, sizes[i], SHA256_UNDECIDED, cut);
		assert_string_equal(whole, cut);
	}
}

static void
two_ways(void **state)
{
	unsigned char bytes[64 * 200 + 17];
	char plain[SHA256_HEX_MAX], fast[SHA256_HEX_MAX];
	size_t n;

	(void)state;
	fill(bytes, sizeof bytes);
	for (n = 64 * 63; n <= sizeof bytes; n += 61) {
		digest(bytes, n, n, SHA256_PLAIN, plain);
		digest(bytes, n, n, SHA256_UNDECIDED, fast);
		assert_string_equal(plain, fast);
	}
}

static void
copied(void **state)
{
	char a[SHA256_HEX_MAX], b[SHA256_HEX_MAX];
	struct sha256 s, t;

	(void)state;
	sha256_init(&s);
	sha256_add(&s, "ab", 2);
	t = s;
	sha256_add(&s, "x", 1);
	sha256_add(&t, "c", 1);
	(void)sha256_hex(&s, a);
	assert_string_equal(sha256_hex(&t, b), vectors[1].digest);
	assert_string_not_equal(a, b);
}

int
main(void)
{
	const struct CMUnitTest plain[] = {
		{ "a text gives one digest however it is cut",
		    pieces, NULL, NULL, NULL },
		{ "plain C and the processor give one digest",
		    two_ways, NULL, NULL, NULL },
		{ "a copied state goes on from where it was",
		    copied, NULL, NULL, NULL },
	};
	struct CMUnitTest tests[COUNT(plain) + COUNT(vectors)];
	size_t i, n = 0;

	for (i = 0; i < COUNT(plain); i++)
		tests[n++] = plain[i];
	for (i = 0; i < COUNT(vectors); i++)
		tests[n++] = (struct CMUnitTest){ vectors[i].why, vector, NULL,
		    NULL, (void *)i };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
