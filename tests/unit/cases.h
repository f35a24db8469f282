/*
 * cases.h -- the golden cases of tests/cases, for tests that go through all of
 * them another way.
 */
#ifndef TAPR_TESTS_UNIT_CASES_H
#define TAPR_TESTS_UNIT_CASES_H

#include "fixture.h"

/*
 * Calls ${with} with the facts of each case that can be read and gives a rate;
 * returns how many there were.
 */
static inline size_t
each_case(void (*with)(const char *name, const struct facts *facts,
    const struct answer *ans, struct arena *a, void *to), void *to)
{
	struct arena *a = arena_of(ARENA_BYTES);
	char path[1024];
	size_t n = 0;

	for (int year = 2012; year <= 2027; year++) {
		struct dirent *e;
		DIR *d;

		snprintf(path, sizeof path, "tests/cases/%d", year);
		if ((d = opendir(path)) == NULL)
			continue;
		while ((e = readdir(d)) != NULL) {
			struct err err = { .code = TAPR_OK };
			struct answer *ans;
			struct facts facts;
			struct json *doc;
			char *text, *from, *to_end;

			if (strstr(e->d_name, ".case") == NULL)
				continue;
			arena_reset(a);
			snprintf(path, sizeof path, "tests/cases/%d/%s", year,
			    e->d_name);
			text = read_whole(path);
			from = strstr(text, "## facts\n");
			to_end = from == NULL ? NULL :
			    strstr(from + 9, "\n## ");
			assert_non_null(ans = arena_alloc(a, sizeof *ans));
			if (to_end != NULL && facts_parse(from + 9,
			    (size_t)(to_end - from - 9), a, &doc, &err) ==
			    TAPR_OK && facts_read(doc, a, &facts, &err) ==
			    TAPR_OK && rate_compute(law, &facts, a, false, ans,
			    &err) == TAPR_OK) {
				with(path, &facts, ans, a, to);
				n++;
			}
			free(text);
		}
		closedir(d);
	}
	arena_free(a);
	return n;
}

#endif
