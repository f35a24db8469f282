/*
 * args.h -- "key=value" arguments of a rule, typed; private to rating/.
 *
 * The first failure sticks in the struct: a rule reads all it needs and asks
 * once, with args_done(), which also refuses keys that nothing read.
 */
#ifndef TAPR_RATING_ARGS_H
#define TAPR_RATING_ARGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/err.h"
#include "base/num.h"
#include "base/str.h"

enum { ARGS_MAX = 32, ARG_LIST_MAX = 64 };

struct args {
	const char	*key[ARGS_MAX];		/* points into text */
	const char	*value[ARGS_MAX];
	bool		 used[ARGS_MAX];
	size_t		 n;
	char		 text[8192];
	int		 rc;
	struct err	*err;
};

/* args_cut(a, list, n, err): "key=value" each, every key once. */
int args_cut(struct args *a, const char *const *list, size_t n,
    struct err *err) MUST_USE;

bool args_has(const struct args *a, const char *key);
/* NULL, and a failure, when the key is missing. */
const char *args_text(struct args *a, const char *key);

int args_int(struct args *a, const char *key, int least, int most);
struct frac args_number(struct args *a, const char *key, int decimals);
struct date args_date(struct args *a, const char *key);
struct date args_date_or_none(struct args *a, const char *key);
/* The index of the value in ${words}, a NULL-ended list. */
int args_word(struct args *a, const char *key, const char *const *words);
bool args_yes(struct args *a, const char *key);
bool args_yes_or(struct args *a, const char *key, bool otherwise);
/* "a,b,c": the numbers, at most ARG_LIST_MAX. */
size_t args_numbers(struct args *a, const char *key, int decimals,
    struct frac ret[ARG_LIST_MAX]);
/* "2018:21.00,2019:22.50". */
size_t args_series(struct args *a, const char *key, int decimals,
    int year[ARG_LIST_MAX], struct frac ret[ARG_LIST_MAX]);

/* args_done(a): TAPR_OK, or the first failure, or a key that no one knows. */
int args_done(struct args *a) MUST_USE;

/* {"key": "value", ...} as they were given. */
void args_json(const struct args *a, struct str *out);

#endif
