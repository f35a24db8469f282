/*
 * audit.h -- the use cases of the audit log: shown, verified, noted, proved,
 * exported (docs/formats/audit.md).
 */
#ifndef TAPR_GUARD_AUDIT_H
#define TAPR_GUARD_AUDIT_H

#include "base/str.h"
#include "model/place.h"

enum { AUDIT_OUT_MAX = 1 << 30 };

/* The entries from place ${from} on. */
int audit_show(const struct place *place, int64_t from, bool json,
    struct str *out, struct err *err) MUST_USE;

/*
 * audit_verify(place, witness, json, out, err): computes everything again, and
 * holds it against what the witness was given, the file ${witness} (NULL:
 * none).  TAPR_EINVAL names the first entry that is not as it was written, and
 * what is wrong with it.
 */
int audit_verify(const struct place *place, const char *witness, bool json,
    struct str *out, struct err *err) MUST_USE;

/* A checkpoint now; ${told} when the witness did not take it. */
int audit_checkpoint(const struct place *place, struct str *out,
    struct err *told, struct err *err) MUST_USE;

/* Proofs, in JSON: that entry ${position} is under the last checkpoint; that the
 * log of ${from} entries is the beginning of that of ${to}. */
int audit_inclusion(const struct place *place, int64_t position,
    struct str *out, struct err *err) MUST_USE;
int audit_consistency(const struct place *place, int64_t from, int64_t to,
    struct str *out, struct err *err) MUST_USE;

/* All of it but the openings, into the new file ${path}. */
int audit_export(const struct place *place, const char *path,
    struct str *out, struct err *err) MUST_USE;

#endif
