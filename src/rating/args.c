/* args.c -- see args.h. */
#include "rating/args.h"

#include <stdio.h>
#include <string.h>

static void
fail(struct args *a, enum tapr_code code, const char *key, const char *text)
{
	if (a->rc == TAPR_OK)
		a->rc = err_set(a->err, code, key, "%s", text);
}

int
args_cut(struct args *a, const char *const *list, size_t n, struct err *err)
{
	size_t at = 0;

	memset(a, 0, sizeof *a);
	a->err = err;
	if (n > ARGS_MAX)
		return err_set(err, TAPR_EUSAGE, NULL, "trop d'arguments");
	for (size_t i = 0; i < n; i++) {
		size_t len = strlen(list[i]) + 1;
		char *eq;

		if (len > sizeof a->text - at)
			return err_set(err, TAPR_EUSAGE, NULL,
			    "arguments trop longs");
		memcpy(a->text + at, list[i], len);
		eq = strchr(a->text + at, '=');
		if (eq == NULL || eq == a->text + at)
			return err_set(err, TAPR_EUSAGE, NULL,
			    "« %s » : un argument s'écrit clé=valeur",
			    list[i]);
		*eq = '\0';
		if (args_has(a, a->text + at))
			return err_set(err, TAPR_EUSAGE, a->text + at,
			    "cette clé est donnée deux fois");
		a->key[a->n] = a->text + at;
		a->value[a->n++] = eq + 1;
		at += len;
	}
	return TAPR_OK;
}

static const char *
find(const struct args *a, const char *key, size_t *ret_at)
{
	for (size_t i = 0; i < a->n; i++)
		if (strcmp(a->key[i], key) == 0) {
			*ret_at = i;
			return a->value[i];
		}
	return NULL;
}

bool
args_has(const struct args *a, const char *key)
{
	size_t at;

	return find(a, key, &at) != NULL;
}

const char *
args_text(struct args *a, const char *key)
{
	size_t at;
	const char *value = find(a, key, &at);

	if (value == NULL)
		fail(a, TAPR_EUSAGE, key, "cet argument manque");
	else
		a->used[at] = true;
	return value;
}

static bool
number(const char *text, size_t n, int decimals, struct frac *ret)
{
	return frac_parse(text, n, decimals, ret);
}

int
args_int(struct args *a, const char *key, int least, int most)
{
	const char *text = args_text(a, key);
	char why[96];
	struct frac f;
	int64_t v;

	if (text == NULL)
		return least;
	if (!number(text, strlen(text), 0, &f) || !frac_scaled(f, 0, &v) ||
	    v < least || v > most) {
		snprintf(why, sizeof why,
		    "un nombre entier de %d à %d est attendu", least, most);
		fail(a, TAPR_EINVAL, key, why);
		return least;
	}
	return (int)v;
}

struct frac
args_number(struct args *a, const char *key, int decimals)
{
	const char *text = args_text(a, key);
	struct frac f = frac_int(0);
	char why[128];

	if (text == NULL)
		return f;
	if (!number(text, strlen(text), decimals, &f) || f.neg) {
		snprintf(why, sizeof why, "un nombre positif d'au plus %d "
		    "décimales, avec un point, est attendu", decimals);
		fail(a, TAPR_EINVAL, key, why);
		return frac_int(0);
	}
	return f;
}

struct date
args_date(struct args *a, const char *key)
{
	const char *text = args_text(a, key);
	struct date d = { 2000, 1, 1 };

	if (text != NULL && !date_parse(text, strlen(text), &d))
		fail(a, TAPR_EINVAL, key,
		    "une date AAAA-MM-JJ du calendrier est attendue");
	return d;
}

struct date
args_date_or_none(struct args *a, const char *key)
{
	return args_has(a, key) ? args_date(a, key) : DATE_NONE;
}

int
args_word(struct args *a, const char *key, const char *const *words)
{
	const char *text = args_text(a, key);
	char why[256];
	size_t at;

	if (text == NULL)
		return 0;
	for (int i = 0; words[i] != NULL; i++)
		if (strcmp(text, words[i]) == 0)
			return i;
	at = (size_t)snprintf(why, sizeof why, "un de ces mots est attendu :");
	for (int i = 0; words[i] != NULL && at < sizeof why; i++)
		at += (size_t)snprintf(why + at, sizeof why - at, "%s %s",
		    i == 0 ? "" : ",", words[i]);
	fail(a, TAPR_EINVAL, key, why);
	return 0;
}

bool
args_yes(struct args *a, const char *key)
{
	static const char *const words[] = { "no", "yes", NULL };

	return args_word(a, key, words) == 1;
}

bool
args_yes_or(struct args *a, const char *key, bool otherwise)
{
	return args_has(a, key) ? args_yes(a, key) : otherwise;
}

size_t
args_numbers(struct args *a, const char *key, int decimals,
    struct frac ret[ARG_LIST_MAX])
{
	const char *p = args_text(a, key);
	size_t n = 0;

	while (p != NULL) {
		size_t len = strcspn(p, ",");

		if (n == ARG_LIST_MAX || !number(p, len, decimals, &ret[n]) ||
		    ret[n].neg) {
			fail(a, TAPR_EINVAL, key, "une liste de nombres "
			    "positifs séparés par des virgules est attendue "
			    "(point pour les décimales)");
			return 0;
		}
		n++;
		p = p[len] == ',' ? p + len + 1 : NULL;
	}
	return n;
}

size_t
args_series(struct args *a, const char *key, int decimals,
    int year[ARG_LIST_MAX], struct frac ret[ARG_LIST_MAX])
{
	const char *p = args_text(a, key);
	size_t n = 0;

	while (p != NULL) {
		size_t len = strcspn(p, ",");
		struct frac y;
		int64_t v;

		if (n == ARG_LIST_MAX || len < 6 || p[4] != ':' ||
		    !number(p, 4, 0, &y) || !frac_scaled(y, 0, &v) ||
		    !number(p + 5, len - 5, decimals, &ret[n]) ||
		    ret[n].neg) {
			fail(a, TAPR_EINVAL, key, "une suite ANNÉE:nombre "
			    "séparée par des virgules est attendue : "
			    "2021:19.50,2022:21.00");
			return 0;
		}
		year[n++] = (int)v;
		p = p[len] == ',' ? p + len + 1 : NULL;
	}
	return n;
}

int
args_done(struct args *a)
{
	for (size_t i = 0; i < a->n && a->rc == TAPR_OK; i++)
		if (!a->used[i])
			fail(a, TAPR_EUSAGE, a->key[i],
			    "la règle n'a pas cet argument");
	return a->rc;
}

void
args_json(const struct args *a, struct str *out)
{
	str_add_char(out, '{');
	for (size_t i = 0; i < a->n; i++) {
		if (i > 0)
			str_add(out, ", ");
		str_add_json(out, a->key[i]);
		str_add(out, ": ");
		str_add_json(out, a->value[i]);
	}
	str_add_char(out, '}');
}
