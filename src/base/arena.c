/*
 * arena.c -- memory by lifetime.
 *
 * An arena is a chain of chunks; a piece is cut from the end of what the
 * current chunk has given.  When a piece does not fit, the next chunk that
 * has room is used, else one is added: twice the size of the last, between
 * CHUNK_FIRST and CHUNK_LARGEST, or as large as the piece.  arena_reset()
 * keeps the chunks, so that a server that answers a thousand requests asks
 * the system for memory once.
 *
 * Invariants
 * 1. `used` is the sum of the pieces handed out since the last reset, each
 *    rounded up to ALIGN; it never passes max.  It does not depend on how
 *    chunks were cut, so that the same requests fail at the same piece in
 *    every build and after every reset.
 * 2. Every piece is aligned for any type and zeroed when it is handed out.
 * 3. Chunks in front of `current` are full or were skipped; chunks behind it
 *    are empty.  Together, what a reset keeps is not over max.
 *
 * With TAPR_ARENA_PIECES each piece is a chunk of its own and a reset frees
 * them all: AddressSanitizer then sees a byte written past a piece, and a
 * piece used after the reset.
 */
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

enum {
	CHUNK_FIRST = 16 * 1024,
	CHUNK_LARGEST = 1024 * 1024,
};

#define ALIGN (alignof(max_align_t))

struct chunk {
	struct chunk		*next;
	size_t			 size, used;
	alignas(max_align_t) unsigned char bytes[];
};

struct arena {
	size_t		 max, used;
	bool		 failed;
	struct chunk	*first, *current;
};

struct arena *
arena_new(size_t max)
{
	struct arena *a = malloc(sizeof *a);

	/* Half of all sizes, so that rounding one up never wraps. */
	if (a != NULL)
		*a = (struct arena){ .max = max < SIZE_MAX / 2 ? max :
		    SIZE_MAX / 2 };
	return a;
}

/* Frees ${c} and all behind it. */
static void
chunks_free(struct chunk *c)
{
	struct chunk *next;

	for (; c != NULL; c = next) {
		next = c->next;
		free(c);
	}
}

void
arena_free(struct arena *a)
{

	if (a == NULL)
		return;
	chunks_free(a->first);
	free(a);
}

void
arena_reset(struct arena *a)
{
	struct chunk **at = &a->first;
	size_t kept = 0;

#ifndef TAPR_ARENA_PIECES
	for (; *at != NULL && (*at)->size <= a->max - kept; at = &(*at)->next) {
		kept += (*at)->size;
		(*at)->used = 0;
	}
#else
	(void)kept;
#endif
	chunks_free(*at);
	*at = NULL;
	a->current = a->first;
	a->used = 0;
	a->failed = false;
}

bool
arena_failed(const struct arena *a)
{

	return a->failed;
}

/* ${n}, at most half of all sizes, rounded up to ALIGN. */
static size_t
whole(size_t n)
{

	return (n + ALIGN - 1) / ALIGN * ALIGN;
}

#ifdef TAPR_ARENA_PIECES

/* ${n} bytes, in a chunk of exactly that size. */
static void *
take(struct arena *a, size_t n)
{
	struct chunk *c;

	if (n > SIZE_MAX - sizeof *c ||
	    (c = malloc(sizeof *c + n)) == NULL)
		return NULL;
	*c = (struct chunk){ .next = a->first, .size = n, .used = n };
	a->first = c;
	return c->bytes;
}

#else

/* The current chunk, once it is one with room for ${n} bytes, or NULL. */
static struct chunk *
chunk_with(struct arena *a, size_t n)
{
	struct chunk *c;
	size_t size = CHUNK_FIRST;

	while ((c = a->current) != NULL && c->size - c->used < n) {
		if (c->next == NULL)
			break;
		a->current = c->next;
	}
	if (c != NULL && c->size - c->used >= n)
		return c;

	if (c != NULL)
		size = c->size < CHUNK_LARGEST / 2 ? 2 * c->size :
		    CHUNK_LARGEST;
	if (size < n)
		size = n;
	if (size > SIZE_MAX - sizeof *c ||
	    (c = malloc(sizeof *c + size)) == NULL)
		return NULL;
	*c = (struct chunk){ .size = size };
	if (a->current == NULL)
		a->first = c;
	else
		a->current->next = c;
	return a->current = c;
}

/* ${n} bytes, and what keeps the next piece aligned. */
static void *
take(struct arena *a, size_t n)
{
	struct chunk *c = chunk_with(a, whole(n));
	void *piece;

	if (c == NULL)
		return NULL;
	piece = c->bytes + c->used;
	c->used += whole(n);
	return piece;
}

#endif

void *
arena_alloc(struct arena *a, size_t n)
{
	void *piece;
	size_t left = a->max - a->used;

	if (a->failed || n > left || whole(n) > left ||
	    (piece = take(a, n)) == NULL) {
		a->failed = true;
		return NULL;
	}
	a->used += whole(n);
	return memset(piece, 0, n);
}

void *
arena_array(struct arena *a, size_t n, size_t size)
{

	if (size != 0 && n > SIZE_MAX / size) {
		a->failed = true;
		return NULL;
	}
	return arena_alloc(a, n * size);
}

char *
arena_copy(struct arena *a, const char *text, size_t n)
{
	char *copy;

	if (n == SIZE_MAX) {
		a->failed = true;
		return NULL;
	}
	if ((copy = arena_alloc(a, n + 1)) != NULL && n > 0)
		memcpy(copy, text, n);
	return copy;
}

char *
arena_strdup(struct arena *a, const char *text)
{

	return arena_copy(a, text, strlen(text));
}

char *
arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
	char brief[256];	/* most texts fit: they are written once */
	va_list again;
	char *text;
	int n;

	va_copy(again, ap);
	n = vsnprintf(brief, sizeof brief, fmt, again);
	va_end(again);
	if (n < 0) {
		a->failed = true;
		return NULL;
	}
	if ((size_t)n < sizeof brief)
		return arena_copy(a, brief, (size_t)n);
	if ((text = arena_alloc(a, (size_t)n + 1)) != NULL)
		(void)vsnprintf(text, (size_t)n + 1, fmt, ap);
	return text;
}

char *
arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	char *text;

	va_start(ap, fmt);
	text = arena_vprintf(a, fmt, ap);
	va_end(ap);
	return text;
}
