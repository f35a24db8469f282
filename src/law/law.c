/*
 * law.c -- the law set once it is read: its index and the ways to ask it.
 *
 * Half a megabyte of CSV is read at every start of a command that must end
 * within 10 ms, so nothing is copied: the rows point into the files as read,
 * which law_read.c cut into fields in place.
 *
 * How a value is found
 *
 *	name of the parameter --> struct param, by hash
 *	its keys --> struct group (the rows of one parameter with the same
 *		keys), by hash; once for each way in which rows of this
 *		parameter use "*", exact keys first
 *	the date --> struct span of the group; at most some thirty of them
 *
 * Invariants, once law_open() has succeeded
 * 1. Nothing changes any more.
 * 2. Rows stand in the order of files and lines: those of the first
 *    directory, then those of the second (from `added` on).
 * 3. The spans of a group are those of its dated rows, from the second
 *    directory first; within one directory they are sorted and do not
 *    overlap.  A row without dates is in no span: it can be shown, never
 *    found.  So law_find() with the keys of a row as they stand gives, on a
 *    day of its period, that row or the one that replaces it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "law/set.h"

struct group {
	uint64_t		 hash;
	const struct param	*param;
	const struct law_row	*row;		/* one of its rows: the keys */
	uint32_t		 span;		/* the first of its spans */
	uint32_t		 spans[2];	/* [0] law, [1] added */
	uint32_t		 free[2];	/* the next to fill */
};

/* A period, its dates as numbers that compare like dates. */
struct span { uint32_t from, to, row; };

static uint32_t
number_of(struct date d)
{

	return (uint32_t)d.y << 16 | (uint32_t)d.m << 8 | d.d;
}

/* --- hashing ---------------------------------------------------------------- */

static uint64_t
hash_text(uint64_t h, const char *p)
{

	for (; *p != '\0'; p++)
		h = (h ^ (unsigned char)*p) * UINT64_C(0x100000001b3);
	h *= UINT64_C(0x9e3779b97f4a7c15);
	return h ^ h >> 32;
}

static uint64_t
hash_keys(const struct law *law, const struct param *p,
    const char *const keys[LAW_KEYS_MAX])
{
	uint64_t h = (uint64_t)(p - law->param) + 1;
	int i;

	for (i = 0; i < p->keys; i++)
		h = hash_text(h, keys[i]);
	return h;
}

/* Empty slots for ${n} things: a power of two, at most half of them used. */
static uint32_t *
slots_for(struct law *law, uint32_t n, uint32_t *ret_mask)
{
	uint32_t slots = 16;

	while (slots < 2 * n)
		slots *= 2;
	*ret_mask = slots - 1;
	return arena_array(law->a, slots, sizeof(uint32_t));
}

/* The slot of the parameter ${name}, or the empty one where it would go. */
static uint32_t *
param_slot(const struct law *law, const char *name)
{
	uint32_t at = (uint32_t)hash_text(0, name), *slot;

	for (;; at++) {
		slot = &law->param_slot[at & law->param_mask];
		if (*slot == 0 || strcmp(law->param[*slot - 1].name, name) == 0)
			return slot;
	}
}

static bool
same_keys(const struct param *p, const struct law_row *row,
    const char *const keys[LAW_KEYS_MAX])
{
	int i;

	for (i = 0; i < p->keys; i++)
		if (strcmp(row->key[i], keys[i]) != 0)
			return false;
	return true;
}

/*
 * The slot of the group of ${p} with these keys, or the empty one where it
 * would go.  ${hash} is hash_keys() of them.
 */
static uint32_t *
group_slot(const struct law *law, const struct param *p,
    const char *const keys[LAW_KEYS_MAX], uint64_t hash)
{
	const struct group *g;
	uint32_t at = (uint32_t)hash, *slot;

	for (;; at++) {
		slot = &law->group_slot[at & law->group_mask];
		if (*slot == 0)
			return slot;
		g = &law->group[*slot - 1];
		if (g->hash == hash && g->param == p &&
		    same_keys(p, g->row, keys))
			return slot;
	}
}

/* --- the index -------------------------------------------------------------- */

/*
 * The order in which ways to use "*" are tried: exact keys, then few stars
 * before many, and of as many, those that are exact in the first keys.
 */
static void
order_masks(struct param *p)
{
	static const unsigned char order[MASKS] = { 0, 8, 4, 2, 1, 12, 10, 9,
	    6, 5, 3, 14, 13, 11, 7, 15 };
	int i;

	for (i = 0; i < MASKS; i++)
		if (((p->used | 1) & 1u << order[i]) != 0)
			p->mask[p->masks++] = order[i];
}

/* Puts the rows of ${p} from one directory in groups, told by ${of}. */
static void
make_groups(struct law *law, const struct param *p, int added, uint32_t *of)
{
	const struct law_row *row = law->row + p->first[added];
	const struct law_row *end = row + p->rows[added];
	uint64_t hash;
	uint32_t *slot;

	for (; row < end; row++) {
		hash = hash_keys(law, p, row->key);
		slot = group_slot(law, p, row->key, hash);
		if (*slot == 0) {
			law->group[law->groups] = (struct group){
			    .hash = hash, .param = p, .row = row };
			*slot = ++law->groups;
		}
		of[row - law->row] = *slot - 1;
		law->group[*slot - 1].spans[added] += date_is(row->from);
	}
}

static int
by_period(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return x->row < y->row ? -1 : x->row > y->row;
}

/* Sorts the spans of one group from one directory; refuses those that meet. */
static int
sort_spans(const struct law *law, struct span *s, uint32_t n, struct err *err)
{
	const struct law_row *b;
	uint32_t i;

	for (i = 1; i < n && by_period(&s[i - 1], &s[i]) < 0; i++)
		;
	if (i < n)
		qsort(s, n, sizeof *s, by_period);
	for (i = 1; i < n; i++)
		if (s[i - 1].to > s[i].from) {
			b = &law->row[s[i].row];
			return refuse(err, b->file, b->line, "la période "
			    "recouvre celle de la ligne %ld, pour les mêmes "
			    "clés ; terminez l'une (valid_to) au premier jour "
			    "de l'autre", law->row[s[i - 1].row].line);
		}
	return TAPR_OK;
}

int
set_index(struct law *law, struct err *err)
{
	const struct law_row *row;
	struct group *g;
	uint32_t i, n, *of;
	int added, rc;

	law->param_slot = slots_for(law, law->params, &law->param_mask);
	law->group_slot = slots_for(law, law->rows, &law->group_mask);
	law->group = arena_array(law->a, law->rows, sizeof *law->group);
	law->span = arena_array(law->a, law->rows, sizeof *law->span);
	of = arena_array(law->a, law->rows, sizeof *of);
	if (arena_failed(law->a))
		return no_memory(err);

	for (i = 0; i < law->params; i++) {
		order_masks(&law->param[i]);
		*param_slot(law, law->param[i].name) = i + 1;
		for (added = 0; added < 2; added++)
			make_groups(law, &law->param[i], added, of);
	}
	for (g = law->group, n = 0; g < law->group + law->groups; g++) {
		g->span = g->free[1] = n;
		g->free[0] = n += g->spans[1];
		n += g->spans[0];
	}
	for (i = 0; i < law->rows; i++) {
		row = &law->row[i];
		if (date_is(row->from))
			law->span[law->group[of[i]].free[row->added]++] =
			    (struct span){ number_of(row->from),
			    number_of(row->to), i };
	}
	for (g = law->group; g < law->group + law->groups; g++)
		if ((rc = sort_spans(law, law->span + g->span, g->spans[1],
		    err)) != TAPR_OK || (rc = sort_spans(law, law->span +
		    g->span + g->spans[1], g->spans[0], err)) != TAPR_OK)
			return rc;
	return TAPR_OK;
}

/* --- asking ----------------------------------------------------------------- */

static int
keys_given(const char *const keys[LAW_KEYS_MAX])
{
	int n = 0;

	while (n < LAW_KEYS_MAX && keys[n] != NULL)
		n++;
	return n;
}

/* The parameter ${name}; NULL when there is none. */
static const struct param *
param_of(const struct law *law, const char *name)
{
	uint32_t n = *param_slot(law, name);

	return n == 0 ? NULL : &law->param[n - 1];
}

/* The ${i}th group, in the order of trial, that fits ${keys}; NULL: none. */
static const struct group *
group_of(const struct law *law, const struct param *p,
    const char *const keys[LAW_KEYS_MAX], int i)
{
	const char *masked[LAW_KEYS_MAX];
	uint32_t n;
	int k;

	if (p->mask[i] != 0) {
		for (k = 0; k < p->keys; k++)
			masked[k] = (p->mask[i] & 1u << k) != 0 ? "*" : keys[k];
		keys = masked;
	}
	n = *group_slot(law, p, keys, hash_keys(law, p, keys));
	return n == 0 ? NULL : &law->group[n - 1];
}

/* The span that holds ${day}; from the last, which is asked most. */
static const struct span *
span_of(const struct span *s, uint32_t n, uint32_t day)
{
	while (n-- > 0)
		if (s[n].from <= day)
			return day < s[n].to ? &s[n] : NULL;
	return NULL;
}

const struct law_row *
law_find(const struct law *law, const char *param,
    const char *const keys[LAW_KEYS_MAX], struct date on)
{
	const struct param *p = param_of(law, param);
	const struct group *g;
	const struct span *s;
	uint32_t day = number_of(on);
	int i;

	if (p == NULL || keys_given(keys) != p->keys)
		return NULL;
	for (i = 0; i < p->masks; i++) {
		if ((g = group_of(law, p, keys, i)) == NULL)
			continue;
		if ((s = span_of(law->span + g->span, g->spans[1], day)) !=
		    NULL || (s = span_of(law->span + g->span + g->spans[1],
		    g->spans[0], day)) != NULL)
			return &law->row[s->row];
	}
	return NULL;
}

bool
law_known(const struct law *law, const char *param,
    const char *const keys[LAW_KEYS_MAX])
{
	const struct param *p = param_of(law, param);
	int i;

	if (p == NULL || keys_given(keys) != p->keys)
		return false;
	for (i = 0; i < p->masks; i++)
		if (group_of(law, p, keys, i) != NULL)
			return true;
	return false;
}

/* " (zone=general, ctn=B)" into ${buf}; nothing without keys. */
static void
keys_text(const struct param *p, const char *const keys[LAW_KEYS_MAX],
    char *buf, size_t size)
{
	int i, given = keys_given(keys), n;
	const char *name;

	buf[0] = '\0';
	for (i = 0; i < given && size > 1; i++) {
		name = p != NULL && i < p->keys ? p->key[i] : "?";
		n = snprintf(buf, size, "%s%s=%s%s", i == 0 ? " (" : ", ",
		    str_brief(name).text, keys[i][0] == '\0' ? "(vide)" :
		    str_brief(keys[i]).text, i + 1 == given ? ")" : "");
		if (n < 0 || (size_t)n >= size)
			return;
		buf += n;
		size -= (size_t)n;
	}
}

int
law_need(const struct law *law, const char *param,
    const char *const keys[LAW_KEYS_MAX], struct date on,
    const struct law_row **ret, struct err *err)
{
	const struct law_row *row = law_find(law, param, keys, on);
	const struct param *p;
	char with[LAW_KEYS_MAX * 2 * (BRIEF_MAX + 8)], day[DATE_TEXT_MAX];

	if (row != NULL) {
		*ret = row;
		return TAPR_OK;
	}
	p = param_of(law, param);
	keys_text(p, keys, with, sizeof with);
	if (p != NULL && keys_given(keys) != p->keys)
		return err_set(err, TAPR_ELAW, NULL, "%s demande %d clé(s) et "
		    "en reçoit %d%s ; voyez l'en-tête de %s", param, p->keys,
		    keys_given(keys), with, p->file);
	return err_set(err, TAPR_ELAW, NULL, "paramètre absent : %s%s au "
	    "%s ; ajoutez une ligne sourcée à law/params/%s.csv ou donnez "
	    "un dossier par --law", str_brief(param).text, with,
	    date_text(on, day), str_brief(param).text);
}

char *
law_path(const struct law_row *row, const char *param, char *buf, size_t size)
{
	size_t n = 0, len, i;
	const char *part = param;

	for (i = 0;; i++) {
		len = strlen(part);
		if (n > 0 && len > 0 && n + 1 < size)
			buf[n++] = '.';
		if (len > size - 1 - n)
			len = size - 1 - n;
		memcpy(buf + n, part, len);
		n += len;
		if (i == LAW_KEYS_MAX || (part = row->key[i]) == NULL)
			break;
	}
	buf[n] = '\0';
	return buf;
}

/* --- walking ---------------------------------------------------------------- */

const char *
law_version(const struct law *law)
{

	return law->version;
}

const char *
law_digest(const struct law *law)
{

	return law->digest;
}

size_t
law_param_count(const struct law *law)
{

	return law->params;
}

size_t
law_param_number(const struct law *law, const char *name)
{
	const struct param *p = param_of(law, name);

	return p == NULL ? law->params : (size_t)(p - law->param);
}

const char *
law_param_name(const struct law *law, size_t param)
{

	return law->param[param].name;
}

size_t
law_key_count(const struct law *law, size_t param)
{

	return (size_t)law->param[param].keys;
}

const char *
law_key_name(const struct law *law, size_t param, size_t key)
{

	return law->param[param].key[key];
}

size_t
law_row_count(const struct law *law, size_t param)
{

	return law->param[param].rows[0] + law->param[param].rows[1];
}

const struct law_row *
law_row_at(const struct law *law, size_t param, size_t row)
{
	const struct param *p = &law->param[param];

	return row < p->rows[0] ? &law->row[p->first[0] + row] :
	    &law->row[p->first[1] + row - p->rows[0]];
}

size_t
law_added_count(const struct law *law)
{

	return law->rows - law->added;
}

const struct law_row *
law_added_at(const struct law *law, size_t i, const char **ret_param)
{
	size_t row = law->added + i;
	const struct param *p;

	for (p = law->param; p < law->param + law->params; p++)
		if (row >= p->first[1] && row - p->first[1] < p->rows[1])
			*ret_param = p->name;
	return &law->row[row];
}

/* --- the end ---------------------------------------------------------------- */

void
law_free(struct law *law)
{
	struct text *t;

	if (law == NULL)
		return;
	for (t = law->texts; t != NULL; t = t->next)
		free(t->bytes);
	arena_free(law->a);
	free(law);
}

void
law_closep(struct law **law)
{

	law_free(*law);
	*law = NULL;
}
