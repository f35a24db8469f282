/*
 * The tree of RFC 9162: the eight leaves that implementations of Certificate
 * Transparency share as test data, and every proof of small trees against the
 * algorithms of sections 2.1.3.2 and 2.1.4.2, written here from the text.  And
 * checkpoints: one form, one signature.
 */
#include "fixture.h"

#include <sodium.h>

#include "guard/note.h"
#include "guard/tree.h"

enum { SMALL = 40 };

static void
hex(const struct hash *h, char ret[65])
{
	for (int i = 0; i < 32; i++)
		(void)snprintf(ret + 2 * i, 3, "%02x", h->b[i]);
}

static void
roots_are_those_of_the_shared_vectors(void **state)
{
	static const struct { const char *bytes; size_t n; } leaf[] = {
		{ "", 0 }, { "\x00", 1 }, { "\x10", 1 }, { "\x20\x21", 2 },
		{ "\x30\x31", 2 }, { "\x40\x41\x42\x43", 4 },
		{ "\x50\x51\x52\x53\x54\x55\x56\x57", 8 },
		{ "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d"
		    "\x6e\x6f", 16 },
	};
	static const char *const root[] = {
		"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
		"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
		"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
		"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
		"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
		"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
		"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
		"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
	};
	struct tree t = { .size = 0 };
	struct hash h;
	char text[65];

	(void)state;
	for (size_t i = 0; i < COUNT(leaf); i++) {
		tree_leaf(leaf[i].bytes, leaf[i].n, &h);
		tree_add(&t, &h);
		tree_root(&t, &h);
		hex(&h, text);
		assert_string_equal(text, root[i]);
	}
}

static void
join(const struct hash *a, const struct hash *b, struct hash *ret)
{
	unsigned char both[65] = { 1 };
	struct sha256 s;

	memcpy(both + 1, a->b, 32);
	memcpy(both + 33, b->b, 32);
	sha256_init(&s);
	sha256_add(&s, both, sizeof both);
	sha256_end(&s, ret->b);
}

static void
every_leaf_of_every_small_tree_is_proved(void **state)
{
	struct hash leaf[SMALL], path[TREE_PATH_MAX], r, root;

	(void)state;
	for (unsigned char i = 0; i < SMALL; i++)
		tree_leaf(&i, 1, &leaf[i]);
	for (uint64_t n = 1; n <= SMALL; n++)
		for (uint64_t i = 0; i < n; i++) {
			int steps = tree_inclusion(leaf, n, i, path);
			uint64_t fn = i, sn = n - 1;

			r = leaf[i];
			for (int k = 0; k < steps; k++) {
				assert_true(sn != 0);
				if (fn % 2 == 1 || fn == sn) {
					join(&path[k], &r, &r);
					for (; fn % 2 == 0 && fn != 0; sn /= 2)
						fn /= 2;
				} else
					join(&r, &path[k], &r);
				fn /= 2;
				sn /= 2;
			}
			tree_root_of(leaf, n, &root);
			assert_int_equal(sn, 0);
			assert_memory_equal(r.b, root.b, 32);
		}
}

static void
one_pair(const struct hash *leaf, uint64_t m, uint64_t n)
{
	struct hash path[TREE_PATH_MAX + 1], one, two, fr, sr;
	uint64_t fn = m - 1, sn = n - 1;
	int steps;

	tree_root_of(leaf, m, &one);
	tree_root_of(leaf, n, &two);
	steps = tree_consistency(leaf, m, n, path + 1);
	if (m == n) {
		assert_int_equal(steps, 0);
		return;
	}
	/* A first tree that is whole is its own first step. */
	path[0] = one;
	struct hash *p = (m & (m - 1)) == 0 ? path : path + 1;
	struct hash *end = path + 1 + steps;

	for (; fn % 2 == 1; sn /= 2)
		fn /= 2;
	fr = sr = *p++;
	for (; p < end; p++) {
		assert_true(sn != 0);
		if (fn % 2 == 1 || fn == sn) {
			join(p, &fr, &fr);
			join(p, &sr, &sr);
			for (; fn % 2 == 0 && fn != 0; sn /= 2)
				fn /= 2;
		} else
			join(&sr, p, &sr);
		fn /= 2;
		sn /= 2;
	}
	assert_int_equal(sn, 0);
	assert_memory_equal(fr.b, one.b, 32);
	assert_memory_equal(sr.b, two.b, 32);
}

static void
every_small_tree_is_the_beginning_of_a_larger_one(void **state)
{
	struct hash leaf[SMALL];

	(void)state;
	for (unsigned char i = 0; i < SMALL; i++)
		tree_leaf(&i, 1, &leaf[i]);
	for (uint64_t n = 1; n <= SMALL; n++)
		for (uint64_t m = 1; m <= n; m++)
			one_pair(leaf, m, n);
}

/* Base64 has bits that no reader looks at: the reader here refuses them. */
static void
a_checkpoint_changed_in_any_byte_is_refused(void **state)
{
	const unsigned char seed[32] = { 7 };
	struct note note = { .size = 1042 }, got;
	char text[NOTE_KEY_TEXT_MAX];
	struct err err = { .code = TAPR_OK };
	struct note_key key;
	struct str out;
	size_t used;

	(void)state;
	assert_true(sodium_init() >= 0);
	note_key_text("tapr.audit/test", seed, text);
	assert_int_equal(note_key_read(text, &key, &err), TAPR_OK);
	str_init(&out, 1024);
	note_sign("tapr.audit/test", seed, &note, 0, &out);
	assert_int_equal(note_read(out.p, out.n, &key, &got, &used, &err),
	    TAPR_OK);
	assert_int_equal(got.size, 1042);
	assert_int_equal(used, out.n);
	for (size_t i = 0; i < out.n; i++) {
		out.p[i] ^= 1;
		assert_int_equal(note_read(out.p, out.n, &key, &got, &used,
		    NULL), TAPR_EINVAL);
		out.p[i] ^= 1;
	}
	str_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(roots_are_those_of_the_shared_vectors),
		cmocka_unit_test(every_leaf_of_every_small_tree_is_proved),
		cmocka_unit_test(
		    every_small_tree_is_the_beginning_of_a_larger_one),
		cmocka_unit_test(a_checkpoint_changed_in_any_byte_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
