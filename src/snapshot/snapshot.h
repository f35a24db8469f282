/*
 * snapshot.h -- what a campaign computes from, and what it found, as files
 * that never change.
 *
 * A snapshot is a set of columns by name (docs/formats/campaign.md): whole
 * numbers of one size each, or bytes, little-endian, each column at a multiple
 * of 64 bytes and with its SHA-256; the digest of the file covers them all.
 * Written beside its name, then renamed: a file that exists is whole.  It is
 * mapped to be read, and every block is verified when it is opened, so that
 * one that a disk or a hand has changed is refused before anything is read.
 * What the columns mean is for campaign/ to know.
 */
#ifndef TAPR_SNAPSHOT_SNAPSHOT_H
#define TAPR_SNAPSHOT_SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/sha256.h"

enum { SNAPSHOT_COLUMNS_MAX = 96, SNAPSHOT_NAME_MAX = 32,
	SNAPSHOT_WIDTH_MAX = 64 };

struct snapshot_column {
	const char	*name;		/* lower case, digits, _ ; unique */
	uint32_t	 width;		/* bytes of one element */
	uint64_t	 n;		/* elements */
	const void	*data;
};

struct snapshot;

/*
 * snapshot_write(path, columns, n, ret_digest, err): the file ${path}, whole
 * and on the disk, or nothing.  ${ret_digest} gets its digest.
 */
int snapshot_write(const char *path, const struct snapshot_column *columns,
    size_t n, char ret_digest[SHA256_HEX_MAX], struct err *err) MUST_USE;

/*
 * A file that a register names by its digest must change together with it:
 * snapshot_stage() writes ${path}.new, whole and on the disk, beside what
 * ${path} still is; then the register is committed; then snapshot_settle()
 * gives it its name.  Cut off before the commit, ${path} is untouched; after
 * it, ${path}.new is the one of the register, and whoever opens looks there.
 */
int snapshot_stage(const char *path, const struct snapshot_column *columns,
    size_t n, char ret_digest[SHA256_HEX_MAX], struct err *err) MUST_USE;
int snapshot_settle(const char *path, struct err *err) MUST_USE;
/* The file of that digest, ${path}.new or ${path}; TAPR_EINVAL: neither. */
int snapshot_find(const char *path, const char *digest,
    struct snapshot **ret, struct err *err) MUST_USE;
/*
 * snapshot_mend(path, digest, err): after a command was cut off: ${path}.new is
 * settled when it has ${digest}, else it is taken away.
 */
int snapshot_mend(const char *path, const char *digest, struct err *err)
    MUST_USE;

/*
 * snapshot_open(path, ret, err): TAPR_EIO when it cannot be read, TAPR_EINVAL
 * when it is not a snapshot, or not what was written.  snapshot_close() gives
 * it back.
 */
int snapshot_open(const char *path, struct snapshot **ret, struct err *err)
    MUST_USE;
/* The same of bytes in memory, at a multiple of 64, which outlive it. */
int snapshot_over(const void *bytes, size_t n, struct snapshot **ret,
    struct err *err) MUST_USE;
void snapshot_close(struct snapshot *s);

const char *snapshot_digest(const struct snapshot *s);	/* hexadecimal */

/*
 * snapshot_get(s, name, width, ret, ret_n, err): the column ${name}; it lives
 * as long as ${s}.  TAPR_EINVAL when there is none of that width.
 */
int snapshot_get(const struct snapshot *s, const char *name, uint32_t width,
    const void **ret, uint64_t *ret_n, struct err *err) MUST_USE;
/* The ${i}th column in the order of writing; false behind the last. */
bool snapshot_at(const struct snapshot *s, size_t i,
    struct snapshot_column *ret) MUST_USE;

#endif
