/*
 * fixture.h -- what the tests of the rules share: the law of the tree, the same
 * law with some rows changed, facts from text, and numbers as texts.
 *
 * Everything fails the running test by itself; nothing is left to check.  A
 * helper is inline so that a test may use only some of them.
 */
#ifndef TAPR_TESTS_UNIT_FIXTURE_H
#define TAPR_TESTS_UNIT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <dirent.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/num.h"
#include "facts/facts.h"
#include "law/law.h"
#include "model/answer.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* ${tests} gets a test for each row of ${table}, named by its why. */
#define ADD(table, test) do {						\
	for (size_t row = 0; row < COUNT(table); row++)			\
		tests[n++] = (struct CMUnitTest){ (table)[row].why,	\
		    test, NULL, NULL, (void *)row };			\
} while (0)

/* ---- numbers ------------------------------------------------------------ */

/* "-3", "2.50", "7/13"; "huge" is the largest whole number; "" is invalid. */
static inline struct frac
frac_of(const char *text)
{
	const char *slash = strchr(text, '/');
	size_t n = slash == NULL ? strlen(text) : (size_t)(slash - text);
	struct frac num, den = frac_int(1);

	if (*text == '\0')
		return frac_invalid();
	if (strcmp(text, "huge") == 0)	/* near 2^126 */
		return frac_mul(frac_int(INT64_MAX), frac_int(INT64_MAX));
	assert_true(frac_parse(text, n, 10, &num));
	if (slash != NULL)
		assert_true(frac_parse(slash + 1, strlen(slash + 1), 0, &den));
	return frac_div(num, den);
}

/* The exact value: "7/13". */
static inline void
assert_frac(struct frac got, const char *want)
{
	char text[FRAC_TEXT_MAX], wanted[FRAC_TEXT_MAX];

	(void)frac_text(got, text);
	(void)frac_text(frac_of(want), wanted);
	assert_string_equal(text, wanted);
}

static inline struct date
day(const char *text)
{
	struct date d = DATE_NONE;

	if (*text != '\0')
		assert_true(date_parse(text, strlen(text), &d));
	return d;
}

/* A refusal: its code, its place, a piece of its text. */
static inline void
assert_refused(int rc, const struct err *err, int code, const char *where,
    const char *says)
{
	if (rc != code)
		fail_msg("code %d, wanted %d: %s: %s", rc, code, err->where,
		    err->text);
	assert_int_equal(err->code, code);
	assert_string_equal(err->where, where);
	if (strstr(err->text, says) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", err->text, says);
}

/* ---- the law ------------------------------------------------------------ */

/* What to change in one parameter: rows that hold ${drop} go ("" drops every
 * row), ${add} comes behind. */
struct edit { const char *param, *drop, *add; };

enum { LAW_FILES_MAX = 64 };

struct law_files {
	char		 name[LAW_FILES_MAX][96];
	char		*bytes[LAW_FILES_MAX];
	size_t		 n;
};

static inline char *
read_whole(const char *path)
{
	FILE *f = fopen(path, "rb");
	char *text;
	size_t n;

	if (f == NULL)
		fail_msg("%s: cannot be opened", path);
	text = calloc(1, 1 << 20);
	assert_non_null(text);
	n = fread(text, 1, (1 << 20) - 1, f);
	assert_true(n < (1 << 20) - 1);
	fclose(f);
	return text;
}

static inline const char *
law_dir(void)
{
	const char *dir = getenv("TAPR_LAW");

	return dir == NULL ? "law" : dir;
}

static inline int
by_name(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

/* VERSION, then params/ in the order of strcmp(). */
static inline void
law_files(struct law_files *ret)
{
	char dir[512], path[1024];
	char *names[LAW_FILES_MAX];
	size_t n = 0;
	struct dirent *e;
	DIR *d;

	snprintf(dir, sizeof dir, "%s/params", law_dir());
	assert_non_null(d = opendir(dir));
	while ((e = readdir(d)) != NULL) {
		size_t len = strlen(e->d_name);

		if (len < 5 || strcmp(e->d_name + len - 4, ".csv") != 0)
			continue;
		assert_true(n + 1 < LAW_FILES_MAX);
		assert_non_null(names[n++] = strdup(e->d_name));
	}
	closedir(d);
	qsort(names, n, sizeof names[0], by_name);
	snprintf(ret->name[0], sizeof ret->name[0], "VERSION");
	snprintf(path, sizeof path, "%s/VERSION", law_dir());
	ret->bytes[0] = read_whole(path);
	for (size_t i = 0; i < n; i++) {
		snprintf(ret->name[i + 1], sizeof ret->name[0], "params/%.80s",
		    names[i]);
		snprintf(path, sizeof path, "%s/%s", dir, names[i]);
		ret->bytes[i + 1] = read_whole(path);
		free(names[i]);
	}
	ret->n = n + 1;
}

/* A file with one edit done; frees the old text. */
static inline char *
law_edit(char *text, const struct edit *e)
{
	size_t room = strlen(text) + strlen(e->add) + 3;
	char *ret = calloc(1, room), *line = text, *next;
	char *to = ret;

	assert_non_null(ret);
	for (bool header = true; *line != '\0'; line = next, header = false) {
		size_t len = strcspn(line, "\n");
		char held;

		next = line + len + (line[len] == '\n');
		held = *next;
		*next = '\0';
		if (header || e->drop == NULL ||
		    strstr(line, e->drop) == NULL)
			to += snprintf(to, room - (size_t)(to - ret), "%s",
			    line);
		*next = held;
	}
	if (*e->add != '\0')
		snprintf(to, room - (size_t)(to - ret), "%s\n", e->add);
	free(text);
	return ret;
}

/* The law of the tree with ${n} edits; law_free(). */
static inline struct law *
law_with(const struct edit *edits, size_t n)
{
	struct law_files *files = calloc(1, sizeof *files);
	struct law_text texts[LAW_FILES_MAX];
	struct law *ret = NULL;
	struct err err = { 0 };
	char name[96];
	size_t at;

	assert_non_null(files);
	law_files(files);
	for (size_t i = 0; i < n && edits[i].param != NULL; i++) {
		snprintf(name, sizeof name, "params/%s.csv", edits[i].param);
		for (at = 0; at < files->n; at++)
			if (strcmp(files->name[at], name) == 0)
				break;
		assert_true(at < files->n);
		files->bytes[at] = law_edit(files->bytes[at], &edits[i]);
	}
	for (size_t i = 0; i < files->n; i++)
		texts[i] = (struct law_text){ files->name[i],
		    files->bytes[i], strlen(files->bytes[i]) };
	if (law_open_texts(texts, files->n, &ret, &err) != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	for (size_t i = 0; i < files->n; i++)
		free(files->bytes[i]);
	free(files);
	return ret;
}

#define TAIL ",Texte,,test,2026-11-23,"	/* text to note of a row */

/* Of the tree; the tests of one file share it. */
static struct law *law __attribute__((unused));

static inline int
open_law(void **state)
{
	struct err err = { 0 };

	(void)state;
	if (law_open(law_dir(), NULL, &law, &err) == TAPR_OK)
		return 0;
	print_error("%s: %s\n", err.where, err.text);
	return -1;
}

static inline int
close_law(void **state)
{
	(void)state;
	law_free(law);
	return 0;
}

/* ---- facts ---------------------------------------------------------------- */

/*
 * An engineering firm of 85 persons, CTN A, mixed in 2024: an accident of ten
 * days (IT2, 522 euros) on 3 000 000 euros; collective rate 2,09.
 */
#define FACTS_MIXED							\
	"{\"year\": 2024, \"zone\": \"general\", \"establishment\": "	\
	"{\"siret\": \"73282932000074\", \"risk_code\": \"285DF\", "	\
	"\"ctn\": \"A\"}, \"headcounts\": {\"2017\": \"85.00\", "	\
	"\"2018\": \"85.00\", \"2019\": \"85.00\", \"2020\": \"85.00\", "	\
	"\"2021\": \"85.00\", \"2022\": \"85.00\"}, \"payroll\": "	\
	"{\"2020\": \"1000000.00\", \"2021\": \"1000000.00\", "		\
	"\"2022\": \"1000000.00\"}, \"claims\": [{\"ref\": \"A1\", "	\
	"\"kind\": \"accident\", \"declared\": \"2021-03-02\", "	\
	"\"occurred\": \"2021-03-02\", \"recognised\": \"2021-03-02\", "	\
	"\"stoppage_days\": 10}]}"

/* Every headcount at the upper threshold, or under the lower one. */
#define HEADCOUNTS(e) "headcounts={\"2017\": \"" e "\", \"2018\": \"" e	\
	"\", \"2019\": \"" e "\", \"2020\": \"" e "\", \"2021\": \"" e	\
	"\", \"2022\": \"" e "\"}"
#define INDIVIDUAL HEADCOUNTS("150.00")
#define COLLECTIVE HEADCOUNTS("19.99")

/* ${base} with the changes "PATH=VALUE|PATH=VALUE" done. */
static inline void
facts_of(struct arena *a, const char *base, const char *changes,
    struct facts *ret)
{
	struct err err = { 0 };
	struct json *doc;
	char one[4096], *eq;
	size_t len;

	if (facts_parse(base, strlen(base), a, &doc, &err) != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	for (const char *p = changes; *p != '\0'; p += len + (p[len] == '|')) {
		len = strcspn(p, "|");
		assert_true(len < sizeof one);
		memcpy(one, p, len);
		one[len] = '\0';
		assert_non_null(eq = strchr(one, '='));
		*eq = '\0';
		if (facts_set(doc, one, eq + 1, a, &err) != TAPR_OK)
			fail_msg("%s: %s", err.where, err.text);
	}
	if (facts_read(doc, a, ret, &err) != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
}

static inline struct arena *
arena_of(size_t max)
{
	struct arena *a = arena_new(max);

	assert_non_null(a);
	return a;
}

enum { ARENA_BYTES = 1 << 28 };

/* Some warning holds ${says}. */
static inline bool
warned(const struct answer *a, const char *says)
{
	for (size_t i = 0; i < a->warnings; i++)
		if (strstr(a->warning[i], says) != NULL)
			return true;
	return false;
}

#endif
