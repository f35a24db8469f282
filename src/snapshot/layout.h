/*
 * layout.h -- the bytes of a snapshot; private to snapshot/.
 *
 *	head		64 bytes
 *	directory	one entry of 128 bytes a column
 *	columns		in the order of the directory, each at the first
 *			multiple of 64 behind the one before; zeros between
 *
 * The digest of the head is the SHA-256 of the first 32 bytes of the head and
 * the directory, which holds the SHA-256 of each column.
 */
#ifndef TAPR_SNAPSHOT_LAYOUT_H
#define TAPR_SNAPSHOT_LAYOUT_H

#include <stdint.h>

#include "base/sha256.h"
#include "snapshot/snapshot.h"

/* A column is used as it lies in the file. */
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
    "snapshots are little-endian, as every machine tapr runs on");

enum { SNAPSHOT_VERSION = 1, SNAPSHOT_ALIGN = 64, HEAD_SUMMED = 32 };

struct head {
	char		magic[8];
	uint32_t	version, columns;
	uint64_t	bytes;		/* of the file */
	uint64_t	zero;
	unsigned char	digest[SHA256_BYTES];
};

struct entry {
	char		name[SNAPSHOT_NAME_MAX];
	uint32_t	width, zero32;
	uint64_t	n, offset, bytes;
	unsigned char	digest[SHA256_BYTES];
	unsigned char	zero[32];
};

_Static_assert(sizeof(struct head) == 64, "the head is 64 bytes");
_Static_assert(sizeof(struct entry) == 128, "an entry is 128 bytes");

#define SNAPSHOT_MAGIC "TAPRSNAP"

/* The digest of head and directory; ${h} is taken without its own. */
void layout_digest(const struct head *h, const struct entry *dir,
    struct sha256 *ret);

#endif
