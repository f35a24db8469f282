/*
 * dsn_file.h -- a DSN file in, inside the batch of its import; private to
 * intake/.
 */
#ifndef TAPR_INTAKE_DSN_FILE_H
#define TAPR_INTAKE_DSN_FILE_H

#include "base/sha256.h"
#include "intake/intake.h"
#include "intake/rejected.h"
#include "intake/source.h"

/*
 * dsn_file(in, path, o, rejected, ret, digest, err): reads ${path} ("-": the
 * standard input) and applies it in the batch of ${in}, which is begun.  Lines
 * set aside go to ${rejected}, which the caller ends, also after a failure.
 * ${digest} is the one of the file.
 */
int dsn_file(struct intake *in, const char *path,
    const struct intake_options *o, struct rejected *rejected,
    struct intake_report *ret, char digest[SHA256_HEX_MAX], struct err *err)
    MUST_USE;

#endif
