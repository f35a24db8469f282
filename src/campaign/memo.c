/* memo.c -- see memo.h. */
#include "campaign/memo.h"

#include <stdlib.h>
#include <string.h>

#include "tariff/mode.h"

_Static_assert(sizeof(struct memo_key) == 32, "a key has no padding");

struct slot {
	struct memo_key	 key;
	struct outcome	 outcome;
};

struct memo {
	/* [zone][btp]: 1/1200 of a person; has: they could be told. */
	int64_t		 lower[2][2], upper[2][2];
	bool		 has[2][2];
	int		 year;
	struct slot	*slot;
	uint32_t	*index;		/* number + 1, or 0 */
	uint32_t	 slots, room, mask;
};

enum { FIRST_ROOM = 1 << 12,
	/* An establishment created earlier is not new under any rule, and its
	 * window is not cut (D. 242-6-17: three years). */
	OLD_YEARS = 9 };

/* ---- keys -------------------------------------------------------------------- */

static bool
threshold(const struct param *p, int64_t *ret)
{
	return frac_scaled(frac_mul(p->exact, frac_int(HEADCOUNT_UNIT)), 0,
	    ret);
}

static int
set_thresholds(struct memo *m, const struct law *law, struct err *err)
{
	struct date on;
	int rc;

	if ((rc = tariff_day(law, m->year, &on, err)) != TAPR_OK)
		return rc;
	for (int z = 0; z < 2; z++)
		for (int b = 0; b < 2; b++) {
			struct mode_answer a;
			struct err ignored = { .code = TAPR_OK };

			/* Not there: nothing is shared, each is refused. */
			m->has[z][b] = mode_of_one(law, (enum zone)z, b == 1,
			    on, frac_int(0), &a, &ignored) == TAPR_OK &&
			    threshold(&a.lower, &m->lower[z][b]) &&
			    threshold(&a.upper, &m->upper[z][b]);
		}
	return TAPR_OK;
}

/* Two bits a year: absent, under both thresholds, between, over both. */
static uint16_t
headcount_class(const struct memo *m, const struct inputs *in, uint64_t i)
{
	int z = in->zone[i], b = in->ctn[i] == 'B';
	unsigned ret = 0;

	for (int y = 0; y < HEADCOUNT_YEARS; y++) {
		int64_t e = in->headcount[y][in->firm[i]];

		ret = ret << 2 | (e == NO_AMOUNT ? 0u :
		    e < m->lower[z][b] ? 1u : e < m->upper[z][b] ? 2u : 3u);
	}
	return (uint16_t)ret;
}

bool
memo_key(const struct memo *m, const struct inputs *in, uint64_t i,
    struct memo_key *ret)
{
	bool alsace = in->zone[i] == ZONE_ALSACE_MOSELLE;
	bool single = in->single[i] != NO_NUMBER;
	int created = (int)(in->created[i] / 10000);

	if (!m->has[in->zone[i]][in->ctn[i] == 'B'] ||
	    in->extra_first[i] != in->extra_first[i + 1] ||
	    in->merged_first[i] != in->merged_first[i + 1])
		return false;
	memset(ret, 0, sizeof *ret);
	memcpy(ret->code, in->risk_code + i * CODE_BYTES, CODE_BYTES);
	ret->rebate = in->rebate[i];
	ret->headcounts = headcount_class(m, in, i);
	if (created > m->year - OLD_YEARS && !in->taken_over[i] && !single)
		ret->created = (uint16_t)created;
	ret->zone = in->zone[i];
	ret->section = in->section[i];
	ret->ctn = (uint8_t)in->ctn[i];
	ret->regime = in->regime[i];
	ret->group = in->group_btp[i];
	ret->single = single ? in->single[i] : NO_NUMBER;
	ret->shared = single;
	if (alsace || single) {
		ret->previous_rate = in->previous_rate[i];
		ret->previous_mode = in->previous_mode[i];
	}
	return true;
}

/* ---- the table ----------------------------------------------------------------- */

static uint32_t
hash(const struct memo_key *key)
{
	uint64_t w[sizeof *key / sizeof(uint64_t)], h = 0;

	memcpy(w, key, sizeof w);
	for (size_t i = 0; i < sizeof w / sizeof w[0]; i++) {
		h = (h ^ w[i]) * UINT64_C(0x9e3779b97f4a7c15);
		h ^= h >> 29;
	}
	return (uint32_t)(h >> 16);
}

static uint32_t *
slot_of(const struct memo *m, const struct memo_key *key)
{
	uint32_t at = hash(key);

	for (;; at++) {
		uint32_t *i = &m->index[at & m->mask];

		if (*i == 0 || memcmp(&m->slot[*i - 1].key, key,
		    sizeof *key) == 0)
			return i;
	}
}

static bool
grow(struct memo *m)
{
	uint32_t room = m->room == 0 ? FIRST_ROOM : m->room * 2;
	struct slot *slot = realloc(m->slot, room * sizeof *slot);
	uint32_t *index = calloc(room, 2 * sizeof *index);

	if (slot != NULL)
		m->slot = slot;
	if (slot == NULL || index == NULL) {
		free(index);
		return false;
	}
	free(m->index);
	m->index = index;
	m->room = room;
	m->mask = 2 * room - 1;
	for (uint32_t i = 0; i < m->slots; i++)
		*slot_of(m, &m->slot[i].key) = i + 1;
	return true;
}

int
memo_new(const struct law *law, const struct inputs *in, struct memo **ret,
    struct err *err)
{
	struct memo *m = calloc(1, sizeof *m);
	int rc;

	if (m == NULL || !grow(m)) {
		memo_free(m);
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	}
	m->year = (int)in->meta[META_YEAR];
	if ((rc = set_thresholds(m, law, err)) != TAPR_OK) {
		memo_free(m);
		return rc;
	}
	*ret = m;
	return TAPR_OK;
}

void
memo_free(struct memo *m)
{
	if (m == NULL)
		return;
	free(m->slot);
	free(m->index);
	free(m);
}

struct outcome *
memo_find(struct memo *m, const struct memo_key *key)
{
	uint32_t i = *slot_of(m, key);

	return i == 0 ? NULL : &m->slot[i - 1].outcome;
}

bool
memo_keep(struct memo *m, const struct memo_key *key,
    const struct outcome *o, bool kept)
{
	struct slot *s;

	if (m->slots == m->room && !grow(m))
		return false;
	*slot_of(m, key) = m->slots + 1;
	s = &m->slot[m->slots++];
	s->key = *key;
	s->outcome = *o;
	s->outcome.kept = kept;
	return true;
}

/* ---- reasons ------------------------------------------------------------------- */

uint32_t
reasons_add(struct reasons *r, const char *text)
{
	size_t n = strlen(text) + 1, room = r->room;
	char *p;

	for (size_t at = 0; at < r->n; at += strlen(r->text + at) + 1)
		if (strcmp(r->text + at, text) == 0)
			return (uint32_t)at;
	while (r->n + n > room)
		room = room == 0 ? 4096 : room * 2;
	if (room >= NO_NUMBER)
		return NO_NUMBER;
	if (room != r->room) {
		if ((p = realloc(r->text, room)) == NULL)
			return NO_NUMBER;
		r->text = p;
		r->room = room;
	}
	memcpy(r->text + r->n, text, n);
	r->n += n;
	return (uint32_t)(r->n - n);
}

void
reasons_free(struct reasons *r)
{
	free(r->text);
	memset(r, 0, sizeof *r);
}
