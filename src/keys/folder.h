/*
 * folder.h -- files of keys: closed to others, whole on the disk, gone when
 * they are to be gone.
 *
 *	ROOT/ID/	the keys of the fund ID (its random name in fund.ini),
 *			outside any fund: 0700, and its files 0600
 *
 * ROOT is place.keys (TAPR_KEYS, else a folder of the user).  Keys that others
 * can read are refused.  What the files mean is not known here.
 */
#ifndef TAPR_KEYS_FOLDER_H
#define TAPR_KEYS_FOLDER_H

#include <stddef.h>

#include "base/err.h"

enum { KEY_PATH_MAX = 4096 };

/* folder_path(root, id, name, ret, err): "ROOT/ID/NAME", "ROOT/ID" when ${name}
 * is NULL.  TAPR_EINVAL: no ${root}, or too long. */
int folder_path(const char *root, const char *id, const char *name,
    char ret[KEY_PATH_MAX], struct err *err) MUST_USE;
/* folder_make(root, id, err): ROOT/ID, which must not exist, and those above. */
int folder_make(const char *root, const char *id, struct err *err) MUST_USE;
/* folder_check(root, id, err): ROOT/ID is there and closed to others. */
int folder_check(const char *root, const char *id, struct err *err) MUST_USE;

/* key_file_new(path, bytes, n, err): a file 0600 that must not exist, on the
 * disk when this returns. */
int key_file_new(const char *path, const void *bytes, size_t n,
    struct err *err) MUST_USE;
/*
 * key_file_read(path, buf, max, ret_n, err): at most ${max} bytes of a file
 * that must be closed to others.  The caller wipes ${buf}.
 */
int key_file_read(const char *path, void *buf, size_t max, size_t *ret_n,
    struct err *err) MUST_USE;
/*
 * key_file_shred(path): zeros over its bytes, then it is unlinked; nothing when
 * there is none.  A disk that writes elsewhere (flash, copies on write) may
 * keep the old bytes: docs/formats/keys.md.
 */
void key_file_shred(const char *path);
/* The names of a folder, on the disk. */
int key_folder_sync(const char *dir, struct err *err) MUST_USE;

#endif
