/*
 * secret.h -- a passphrase or a PIN, from a file closed to others or from the
 * terminal, without an echo.
 */
#ifndef TAPR_KEYS_SECRET_H
#define TAPR_KEYS_SECRET_H

#include <stddef.h>

#include "base/err.h"

/*
 * secret_read(path, prompt, ret, max, ret_n, err): ${path} "": /dev/tty is asked
 * with ${prompt}.  Of a file the first line counts.  TAPR_EINVAL: none was
 * given, or nobody is there to ask.  The caller wipes ${ret}.
 */
int secret_read(const char *path, const char *prompt, char *ret, size_t max,
    size_t *ret_n, struct err *err) MUST_USE;

#endif
