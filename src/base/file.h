/*
 * file.h -- a whole file into memory.
 *
 * What tapr reads is read whole and has a stated maximum; streams of claims
 * and declarations are another matter and are not read here.
 */
#ifndef TAPR_BASE_FILE_H
#define TAPR_BASE_FILE_H

#include <stddef.h>

#include "base/err.h"

/*
 * file_read(path, max, ret, ret_n, err): the bytes of the file ${path}, "-"
 * being the standard input, in ${ret}, which the caller frees.  Behind the
 * ${ret_n} bytes stands a NUL that may be written over.  TAPR_EIO when the
 * file cannot be read; TAPR_EINVAL when it is a directory or holds more than
 * ${max} bytes (a regular file is then not read at all).
 */
int file_read(const char *path, size_t max, char **ret, size_t *ret_n,
    struct err *err) MUST_USE;

#endif
