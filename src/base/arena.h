/*
 * arena.h -- memory by lifetime.
 *
 * One arena holds what lives and dies together: a law set, one facts file,
 * one answer.  It is passed explicitly and dropped as a whole; nothing in it
 * is freed alone.  Memory comes zeroed and aligned for any type.  When the
 * system refuses memory, or the arena would pass its stated maximum, the
 * allocation returns NULL and the arena stays failed (arena_failed), so that
 * a builder may check once at its end.  A piece of 0 bytes is a piece.
 *
 * Built with -DTAPR_ARENA_PIECES every piece is a malloc of its own, so that
 * AddressSanitizer sees inside.
 */
#ifndef TAPR_BASE_ARENA_H
#define TAPR_BASE_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct arena;

/* arena_new(max): an empty arena that refuses to hand out more than ${max} bytes
 * in all.  NULL when there is no memory.  arena_free(NULL) does nothing. */
struct arena *arena_new(size_t max);
void arena_free(struct arena *a);
/* Forgets everything, a failure too; keeps the memory for the next use. */
void arena_reset(struct arena *a);

void *arena_alloc(struct arena *a, size_t n);
/*
 * arena_array(a, n, size): ${n} zeroed elements; NULL on overflow of n * size.
 */
void *arena_array(struct arena *a, size_t n, size_t size);
/* Copies of text, NUL-terminated.  */
char *arena_copy(struct arena *a, const char *text, size_t n);
char *arena_strdup(struct arena *a, const char *text);
char *arena_printf(struct arena *a, const char *fmt, ...) TAPR_PRINTF(2, 3);
char *arena_vprintf(struct arena *a, const char *fmt, va_list ap)
    TAPR_PRINTF(2, 0);

bool arena_failed(const struct arena *a);

#endif
