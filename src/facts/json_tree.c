/*
 * json_tree.c -- a JSON tree once it is read: looked at, built, changed.
 *
 * The members of an object keep their order, and none is there twice: the
 * reader refuses it and json_put() replaces.  Nodes live in the arena of who
 * makes them; what is removed stays there until the arena goes.
 */
#include "facts/json.h"

#include <assert.h>
#include <string.h>

bool
json_key_is(const struct json *member, const char *key, size_t n)
{
	return member->key_n == n && memcmp(member->key, key, n) == 0;
}

bool
json_text_is(const struct json *string, const char *text, size_t n)
{
	return string->type == JSON_STRING && string->n == n &&
	    memcmp(string->text, text, n) == 0;
}

struct json *
json_get(const struct json *object, const char *key, size_t n)
{
	struct json *m;

	assert(object->type == JSON_OBJECT);
	for (m = object->first; m != NULL; m = m->next)
		if (json_key_is(m, key, n))
			return m;
	return NULL;
}

struct json *
json_new(struct arena *a, enum json_type type)
{
	struct json *v;

	if ((v = arena_alloc(a, sizeof *v)) != NULL)
		v->type = type;
	return v;
}

struct json *
json_new_text(struct arena *a, const char *text, size_t n)
{
	struct json *v;

	assert(n < UINT32_MAX);
	if ((v = json_new(a, JSON_STRING)) == NULL ||
	    (v->text = arena_copy(a, text, n)) == NULL)
		return NULL;
	v->n = (uint32_t)n;
	return v;
}

struct json *
json_copy(const struct json *value, struct arena *a)
{
	struct json **tail, *copy;
	const struct json *m;

	if ((copy = json_new(a, value->type)) == NULL)
		return NULL;
	copy->n = value->n;
	if (value->key != NULL) {
		copy->key_n = value->key_n;
		copy->key = arena_copy(a, value->key, value->key_n);
		if (copy->key == NULL)
			return NULL;
	}
	if (value->type == JSON_STRING || value->type == JSON_NUMBER) {
		copy->text = arena_copy(a, value->text, value->n);
		return copy->text != NULL ? copy : NULL;
	}
	if (value->type != JSON_ARRAY && value->type != JSON_OBJECT)
		return copy;
	tail = &copy->first;
	for (m = value->first; m != NULL; m = m->next) {
		if ((*tail = json_copy(m, a)) == NULL)
			return NULL;
		tail = &(*tail)->next;
	}
	return copy;
}

void
json_append(struct json *parent, struct json *child)
{
	struct json **tail = &parent->first;

	assert(parent->type == JSON_ARRAY || parent->type == JSON_OBJECT);
	while (*tail != NULL)
		tail = &(*tail)->next;
	*tail = child;
	child->next = NULL;
	parent->n++;
}

void
json_remove(struct json *parent, struct json *child)
{
	struct json **at = &parent->first;

	while (*at != NULL && *at != child)
		at = &(*at)->next;
	assert(*at == child);
	*at = child->next;
	parent->n--;
}

bool
json_put(struct arena *a, struct json *object, const char *key, size_t n,
    struct json *value)
{
	struct json **at;

	assert(object->type == JSON_OBJECT && n < UINT32_MAX);
	if ((value->key = arena_copy(a, key, n)) == NULL)
		return false;
	value->key_n = (uint32_t)n;
	for (at = &object->first; *at != NULL; at = &(*at)->next)
		if (json_key_is(*at, key, n)) {
			value->next = (*at)->next;
			*at = value;
			return true;
		}
	*at = value;
	value->next = NULL;
	object->n++;
	return true;
}
