/*
 * value.c -- one field of a row.
 */
#include "store/value.h"

#include <assert.h>
#include <string.h>

struct value
value_null(void)
{
	return (struct value){ VALUE_NULL, 0, NULL };
}

struct value
value_int(int64_t i)
{
	return (struct value){ VALUE_INT, i, NULL };
}

struct value
value_text(const char *s)
{
	if (s == NULL || s[0] == '\0')
		return value_null();
	return (struct value){ VALUE_TEXT, 0, s };
}

struct value
value_date(struct date d)
{
	if (!date_is(d))
		return value_null();
	return value_int(d.y * 10000 + d.m * 100 + d.d);
}

struct date
value_to_date(const struct value *v)
{
	if (v->kind != VALUE_INT)
		return DATE_NONE;
	return (struct date){ (int16_t)(v->i / 10000),
		(uint8_t)(v->i / 100 % 100), (uint8_t)(v->i % 100) };
}

int64_t
value_or(const struct value *v, int64_t otherwise)
{
	return v->kind == VALUE_INT ? v->i : otherwise;
}

const char *
value_or_empty(const struct value *v)
{
	return v->kind == VALUE_TEXT ? v->s : "";
}

bool
value_same(const struct value *a, const struct value *b)
{
	if (a->kind != b->kind)
		return false;
	switch (a->kind) {
	case VALUE_NULL:
		return true;
	case VALUE_INT:
		return a->i == b->i;
	case VALUE_TEXT:
		return strcmp(a->s, b->s) == 0;
	}
	assert(!"a value is a number, a text or nothing");
	return false;
}
