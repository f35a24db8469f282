/*
 * driver.c -- the engine behind a pipe, for compare.py: one JSON document a
 * line in, one answer a line out.
 *
 *	FACTS				its answer
 *	{"rule": NAME, "args": {...}}	the answer of the rule
 *	{"simulate": FACTS, "set": {...}}	the simulation
 *
 * A refusal is {"error": {"where", "text"}}.  Run where law/ is.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "facts/answer_json.h"
#include "facts/facts.h"
#include "facts/json.h"
#include "law/law.h"
#include "rating/rating.h"
#include "tariff/rate.h"

enum { LINE_BYTES = 1 << 24, WORDS = 32 };

static void
answer_facts(const struct law *law, const struct json *doc, struct arena *a,
    struct str *out, struct err *err)
{
	struct facts facts;
	struct answer answer;

	if (facts_read(doc, a, &facts, err) == TAPR_OK &&
	    rate_compute(law, &facts, a, false, &answer, err) == TAPR_OK)
		answer_json(out, &answer, law, rating_engine());
}

static void
answer_simulation(const struct law *law, const struct json *doc,
    struct json *facts, struct arena *a, struct str *out, struct err *err)
{
	const struct json *set = json_get(doc, "set", 3);
	char path[256];

	for (const struct json *m = set == NULL ? NULL : set->first;
	    m != NULL; m = m->next) {
		snprintf(path, sizeof path, "%.*s", (int)m->key_n, m->key);
		if (facts_set(facts, path, m->text, a, err) != TAPR_OK)
			return;
	}
	str_add(out, "{\"simulation\": true, \"rows\": [{\"set\": {}, "
	    "\"answer\": ");
	answer_facts(law, facts, a, out, err);
	str_add(out, "}]}");
}

static void
answer_rule(const struct law *law, const struct json *doc,
    const struct json *name, struct arena *a, struct str *out,
    struct err *err)
{
	const struct json *args = json_get(doc, "args", 4);
	const char *words[WORDS];
	size_t n = 0;

	for (const struct json *m = args == NULL ? NULL : args->first;
	    m != NULL && n < WORDS; m = m->next)
		words[n++] = arena_printf(a, "%.*s=%s", (int)m->key_n, m->key,
		    m->text);
	if (rating_rule(law, name->text, words, n, FORMAT_JSON, out, err) !=
	    TAPR_OK)
		str_clear(out);
}

static void
answer(const struct law *law, const char *line, size_t n, struct arena *a,
    struct str *out)
{
	struct err err = { 0 };
	struct json *doc, *part;

	if (facts_parse(line, n, a, &doc, &err) == TAPR_OK) {
		if ((part = json_get(doc, "rule", 4)) != NULL)
			answer_rule(law, doc, part, a, out, &err);
		else if ((part = json_get(doc, "simulate", 8)) != NULL)
			answer_simulation(law, doc, part, a, out, &err);
		else
			answer_facts(law, doc, a, out, &err);
	}
	if (err.code == TAPR_OK)
		return;
	str_clear(out);
	error_json(out, &err);
}

int
main(void)
{
	struct arena *a = arena_new((size_t)1 << 30);
	char *line = malloc(LINE_BYTES);
	struct err err = { 0 };
	struct law *law;
	struct str out;

	if (a == NULL || line == NULL ||
	    law_open("law", NULL, &law, &err) != TAPR_OK) {
		fprintf(stderr, "tapr-driver: %s %s\n", err.where, err.text);
		return 1;
	}
	str_init(&out, (size_t)1 << 28);
	while (fgets(line, LINE_BYTES, stdin) != NULL) {
		arena_reset(a);
		str_clear(&out);
		answer(law, line, strlen(line), a, &out);
		while (out.n > 0 && out.p[out.n - 1] == '\n')
			out.n--;
		for (size_t i = 0; i < out.n; i++)
			if (out.p[i] == '\n')
				out.p[i] = ' ';
		fwrite(out.p, 1, out.n, stdout);
		putchar('\n');
		fflush(stdout);
	}
	str_free(&out);
	law_free(law);
	arena_free(a);
	free(line);
	return 0;
}
