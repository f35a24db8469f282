/*
 * siret_set.c -- a set of SIRET or SIREN numbers.
 */
#include "intake/siret_set.h"

#include <stdlib.h>

enum { ROOM_FIRST = 1024 };

/* The slot of ${number}, or the empty one where it would go. */
static size_t
find(const struct siret_set *s, uint64_t number)
{
	/* Fibonacci hashing: consecutive numbers are spread. */
	size_t i = (size_t)((number * UINT64_C(0x9e3779b97f4a7c15)) >> 20);

	for (i &= s->room - 1; s->slot[i] != 0 && s->slot[i] != number;
	    i = (i + 1) & (s->room - 1))
		continue;
	return i;
}

static bool
grow(struct siret_set *s)
{
	struct siret_set more = { .room = s->room == 0 ? ROOM_FIRST :
	    2 * s->room };

	if (more.room > SIZE_MAX / 16 ||
	    (more.slot = calloc(more.room, sizeof *more.slot)) == NULL)
		return false;
	for (size_t i = 0; i < s->room; i++)
		if (s->slot[i] != 0)
			more.slot[find(&more, s->slot[i])] = s->slot[i];
	more.n = s->n;
	free(s->slot);
	*s = more;
	return true;
}

bool
siret_set_add(struct siret_set *s, uint64_t number)
{
	size_t i;

	if (number == 0)
		return true;
	if (2 * (s->n + 1) > s->room && !grow(s))
		return false;
	i = find(s, number);
	if (s->slot[i] == 0) {
		s->slot[i] = number;
		s->n++;
	}
	return true;
}

bool
siret_set_has(const struct siret_set *s, uint64_t number)
{
	return s->room != 0 && number != 0 &&
	    s->slot[find(s, number)] == number;
}

void
siret_set_free(struct siret_set *s)
{
	free(s->slot);
	*s = (struct siret_set){ NULL, 0, 0 };
}
