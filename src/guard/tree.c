/*
 * tree.c -- the Merkle tree of RFC 9162 section 2.1.
 */
#include "guard/tree.h"

#include <assert.h>

static void
node(const struct hash *left, const struct hash *right, struct hash *ret)
{
	struct sha256 h;

	sha256_init(&h);
	sha256_add(&h, "\x01", 1);
	sha256_add(&h, left->b, sizeof left->b);
	sha256_add(&h, right->b, sizeof right->b);
	sha256_end(&h, ret->b);
}

void
tree_leaf(const void *bytes, size_t n, struct hash *ret)
{
	struct sha256 h;

	sha256_init(&h);
	sha256_add(&h, "\0", 1);
	sha256_add(&h, bytes, n);
	sha256_end(&h, ret->b);
}

/* Like one added to a binary number: each carry joins two subtrees. */
void
tree_add(struct tree *t, const struct hash *leaf)
{
	struct hash carry = *leaf;
	int level = 0;

	for (; (t->size >> level & 1) != 0; level++)
		node(&t->peak[level], &carry, &carry);
	assert(level < TREE_LEVELS);
	t->peak[level] = carry;
	t->size++;
}

void
tree_root(const struct tree *t, struct hash *ret)
{
	struct sha256 h;
	int level = 0;

	if (t->size == 0) {
		sha256_init(&h);
		sha256_end(&h, ret->b);
		return;
	}
	while ((t->size >> level & 1) == 0)
		level++;
	*ret = t->peak[level];
	for (level++; level < TREE_LEVELS; level++)
		if ((t->size >> level & 1) != 0)
			node(&t->peak[level], ret, ret);
}

void
tree_root_of(const struct hash *leaf, uint64_t n, struct hash *ret)
{
	struct tree t = { .size = 0 };

	for (uint64_t i = 0; i < n; i++)
		tree_add(&t, &leaf[i]);
	tree_root(&t, ret);
}

/* The largest power of two under ${n}, for n > 1. */
static uint64_t
split(uint64_t n)
{
	uint64_t k = 1;

	while (k * 2 < n)
		k *= 2;
	return k;
}

int
tree_inclusion(const struct hash *leaf, uint64_t n, uint64_t index,
    struct hash *path)
{
	uint64_t k;
	int at;

	assert(index < n);
	if (n == 1)
		return 0;
	k = split(n);
	if (index < k) {
		at = tree_inclusion(leaf, k, index, path);
		tree_root_of(leaf + k, n - k, &path[at]);
	} else {
		at = tree_inclusion(leaf + k, n - k, index - k, path);
		tree_root_of(leaf, k, &path[at]);
	}
	return at + 1;
}

/* SUBPROOF of the RFC: ${whole} when the first m leaves are a root the other
 * side has already. */
static int
subproof(const struct hash *leaf, uint64_t m, uint64_t n, int whole,
    struct hash *path)
{
	uint64_t k;
	int at;

	if (m == n) {
		if (whole)
			return 0;
		tree_root_of(leaf, n, &path[0]);
		return 1;
	}
	k = split(n);
	if (m <= k) {
		at = subproof(leaf, m, k, whole, path);
		tree_root_of(leaf + k, n - k, &path[at]);
	} else {
		at = subproof(leaf + k, m - k, n - k, 0, path);
		tree_root_of(leaf, k, &path[at]);
	}
	return at + 1;
}

int
tree_consistency(const struct hash *leaf, uint64_t m, uint64_t n,
    struct hash *path)
{
	assert(m > 0 && m <= n);
	return subproof(leaf, m, n, 1, path);
}
