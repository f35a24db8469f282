/*
 * tree.h -- the Merkle tree of RFC 9162 section 2.1, over SHA-256.
 *
 * A leaf is SHA-256(0x00 || bytes), a node SHA-256(0x01 || left || right); the
 * left side of a node holds the largest power of two that leaves something on
 * the right.  Knows hashes alone: neither entries nor files.
 */
#ifndef TAPR_GUARD_TREE_H
#define TAPR_GUARD_TREE_H

#include <stddef.h>
#include <stdint.h>

#include "base/sha256.h"

enum { TREE_LEVELS = 62, TREE_PATH_MAX = 2 * TREE_LEVELS };

struct hash { unsigned char b[SHA256_BYTES]; };

/* A tree that only grows: the roots of its whole subtrees.  peak[i], of 2^i
 * leaves, is there when bit i of size is set. */
struct tree {
	uint64_t	size;
	struct hash	peak[TREE_LEVELS];
};

void tree_leaf(const void *bytes, size_t n, struct hash *ret);
void tree_add(struct tree *t, const struct hash *leaf);
/* The root; SHA-256 of nothing for a tree without a leaf. */
void tree_root(const struct tree *t, struct hash *ret);

/*
 * tree_inclusion(leaf, n, index, path): proves that ${leaf}[${index}] is in the
 * tree of ${n} leaves (RFC 9162, 2.1.3.1); tree_consistency(leaf, m, n, path)
 * that the first ${m} leaves are those of the tree of ${m} (2.1.4.1),
 * 0 < m <= n.  Both give the number of hashes in ${path}, of TREE_PATH_MAX.
 */
int tree_inclusion(const struct hash *leaf, uint64_t n, uint64_t index,
    struct hash *path);
int tree_consistency(const struct hash *leaf, uint64_t m, uint64_t n,
    struct hash *path);
/* The root of ${n} leaves. */
void tree_root_of(const struct hash *leaf, uint64_t n, struct hash *ret);

#endif
