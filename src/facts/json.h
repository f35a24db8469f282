/*
 * json.h -- strict RFC 8259 reading into a tree.
 *
 * The library depends on libc alone, hence a reader of our own.  It knows
 * JSON and nothing of facts.  What it refuses, with the line and the column
 * (in characters, from 1): invalid UTF-8, a byte order mark, control
 * characters, lone surrogates, U+0000 in a text, anything after the document,
 * more than JSON_DEPTH_MAX levels.  A key given twice is refused with its
 * path, because two readers of such a document would not see the same facts.
 *
 * The tree keeps the order of the document.  Numbers stay as they were
 * written: no float appears here, and what a number may be is the business
 * of who asked for it.
 */
#ifndef TAPR_FACTS_JSON_H
#define TAPR_FACTS_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

enum {
	JSON_DEPTH_MAX = 32,
	JSON_MEMBERS_MAX = 10000,	/* of one object */
	JSON_CLIP_MAX = 96,		/* a text shown in a message */
};

enum json_type {
	JSON_NULL,
	JSON_FALSE,
	JSON_TRUE,
	JSON_NUMBER,
	JSON_STRING,
	JSON_ARRAY,
	JSON_OBJECT,
};

/*
 * One value.  A string is decoded and ends with a NUL that n does not count;
 * it holds no other.  A number is its n bytes as written and has no NUL.
 */
struct json {
	enum json_type	 type;
	uint32_t	 n;		/* bytes of text, or children */
	uint32_t	 key_n;
	const char	*key;		/* of a member of an object */
	union {
		const char	*text;	/* JSON_STRING, JSON_NUMBER */
		struct json	*first;	/* JSON_ARRAY, JSON_OBJECT */
	};
	struct json	*next;		/* in the same array or object */
};

/*
 * json_parse(text, n, a, ret, err): the tree of ${text}; it lives in ${a} and
 * keeps nothing of ${text}.  TAPR_EINVAL with err->where « ligne 3, colonne
 * 12 », or the path of a key given twice; TAPR_EIO without memory.
 */
int json_parse(const char *text, size_t n, struct arena *a,
    struct json **ret, struct err *err) MUST_USE;

/* json_place(text, n, at, buf): « ligne 3, colonne 12 » of the byte ${at}, in
 * ${buf} of ERR_PATH_MAX bytes.  Returns ${buf}. */
char *json_place(const char *text, size_t n, size_t at, char *buf);

bool json_key_is(const struct json *member, const char *key, size_t n);
bool json_text_is(const struct json *string, const char *text, size_t n);
/* The member of that name; NULL when there is none. */
struct json *json_get(const struct json *object, const char *key, size_t n);

/* Building and editing; NULL (or false) when ${a} has no memory. */
struct json *json_new(struct arena *a, enum json_type type);
struct json *json_new_text(struct arena *a, const char *text, size_t n);
struct json *json_copy(const struct json *value, struct arena *a);
void json_append(struct json *parent, struct json *child);
void json_remove(struct json *parent, struct json *child);
/* json_put(a, object, key, n, value): adds ${value}, or puts it in the place
 * of the member of that name. */
bool json_put(struct arena *a, struct json *object, const char *key, size_t n,
    struct json *value) MUST_USE;

/*
 * json_clip(text, n, buf): ${text} fit to be shown in a message, in ${buf} of
 * JSON_CLIP_MAX bytes: control characters become « ? », a long text is cut,
 * and of what may be a NIR (13 or 15 digits) four digits are shown.  Returns
 * ${buf}.
 */
char *json_clip(const char *text, size_t n, char *buf);

/* « un texte », « une liste »... */
const char *json_type_name(enum json_type type);

#endif
