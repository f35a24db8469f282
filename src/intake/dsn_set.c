/*
 * dsn_set.c -- values of one declaration that must be met once, or again.
 *
 * Open addressing, at most half full.
 */
#include <stdlib.h>
#include <string.h>

#include "intake/dsn_set.h"

enum { SLOTS_FIRST = 256, SLOTS_MAX = 1 << 26 };

static struct dsn_entry *
find(const struct dsn_set *s, struct dsn_value v)
{
	uint64_t h = 14695981039346656037u;
	uint32_t i;

	for (i = 0; i < v.n; i++)
		h = (h ^ (unsigned char)v.p[i]) * 1099511628211u;
	i = (uint32_t)(h ^ h >> 32) & (s->slots - 1);
	while (s->slot[i].value.p != NULL && !dsn_same(s->slot[i].value, v))
		i = (i + 1) & (s->slots - 1);
	return &s->slot[i];
}

static bool
grow(struct dsn_set *s)
{
	struct dsn_set wide = { .slots = s->slots == 0 ? SLOTS_FIRST :
	    s->slots * 2, .used = s->used };
	uint32_t i;

	if (wide.slots > SLOTS_MAX ||
	    (wide.slot = calloc(wide.slots, sizeof *wide.slot)) == NULL)
		return false;
	for (i = 0; i < s->slots; i++)
		if (s->slot[i].value.p != NULL)
			*find(&wide, s->slot[i].value) = s->slot[i];
	free(s->slot);
	*s = wide;
	return true;
}

struct dsn_entry *
dsn_set_add(struct dsn_set *s, struct dsn_value v, bool *ret_new)
{
	struct dsn_entry *e;

	if (s->used * 2 >= s->slots && !grow(s))
		return NULL;
	e = find(s, v);
	*ret_new = e->value.p == NULL;
	if (*ret_new) {
		*e = (struct dsn_entry){ .value = v };
		s->used++;
	}
	return e;
}

void
dsn_set_empty(struct dsn_set *s)
{

	if (s->used > 0)
		memset(s->slot, 0, s->slots * sizeof *s->slot);
	s->used = 0;
}

void
dsn_set_free(struct dsn_set *s)
{

	free(s->slot);
	*s = (struct dsn_set){ 0 };
}
