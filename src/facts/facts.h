/*
 * facts.h -- FACTS.json in.
 *
 * The only JSON reader of the library.  A document is read once into a tree
 * (json.h), checked member by member against the contract (docs/formats/
 * facts.md), and becomes a struct facts.  Anything unknown, of the wrong
 * type, out of range or contradictory is refused with its path in the
 * document ("claims.A1.ip_rate") and what to do; nothing is guessed.
 *
 * What-if questions edit the tree by path before it is read, so that a
 * simulated fact passes exactly the checks a real one does.
 */
#ifndef TAPR_FACTS_FACTS_H
#define TAPR_FACTS_FACTS_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "model/facts.h"

struct json;

/* The largest facts document read, in bytes; larger ones are refused unread. */
enum { FACTS_BYTES_MAX = 32 * 1024 * 1024 };

/*
 * facts_parse(text, n, a, ret, err): the tree of a document; it lives in ${a}
 * and keeps nothing of ${text}.  TAPR_EINVAL with err->where « ligne 3,
 * colonne 12 », or the path of a key given twice.
 */
int facts_parse(const char *text, size_t n, struct arena *a,
    struct json **ret, struct err *err) MUST_USE;

/*
 * facts_read(doc, a, ret, err): checks ${doc} and fills ${ret}; strings and
 * arrays live in ${a}.  TAPR_EINVAL with err->where the path.
 */
int facts_read(const struct json *doc, struct arena *a, struct facts *ret,
    struct err *err) MUST_USE;

/*
 * facts_set(doc, path, value, a, err): puts ${value} at ${path} in the tree
 * ("claims.A1.ip_rate", "payroll.2022", "rebate"): dots between members, a
 * claim by its ref (the longest that fits: a ref may hold dots), other arrays
 * by index from 0, where the index after the last adds an element.
 *
 * ${value} is a JSON value ("30", "null", "\"x\"") or plain text, which
 * becomes a string; where the contract wants a string and a number is given
 * ("payroll.2022=1000000"), it becomes the string of it.  Members on the way
 * are created when the contract knows them.  A claim is added by giving it
 * whole ("claims.X={...}", without its ref or with the same) and taken out
 * by "claims.X=null"; elements of other arrays likewise.
 *
 * TAPR_EINVAL with err->where the path, as given, when the contract does not
 * know it.  What the value is worth is for facts_read to say.  After a
 * refusal the tree may hold members made on the way: drop it.
 */
int facts_set(struct json *doc, const char *path, const char *value,
    struct arena *a, struct err *err) MUST_USE;

/*
 * facts_copy(doc, a): a copy of the tree that shares nothing with it, to be
 * edited by facts_set.  NULL without memory.
 */
struct json *facts_copy(const struct json *doc, struct arena *a);

#endif
