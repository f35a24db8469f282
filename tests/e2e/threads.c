/*
 * threads.c -- the library from many threads at once, through its public
 * header alone: what eight threads get is what one thread got, byte by byte.
 *
 *	threads LAW_DIR FACTS.json...		(see threads.sh)
 *
 * Every thread asks for 2000 rates of the documents in turn, each starting
 * elsewhere, and between them for explanations, for the rate to declare and
 * for a document that is refused.  Prints one line; exit 1 on a difference.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tapr.h"

enum { THREADS = 8, RATES = 2000, DOCUMENTS_MAX = 64, OTHER_EVERY = 50 };

struct text { char *p; size_t n; };

static const char refused[] = "{\"year\": 2024, \"zone\": \"mars\"}";

static struct tapr_law *law;
static struct text document[DOCUMENTS_MAX];
static char *wanted[DOCUMENTS_MAX], *wanted_change;
static struct tapr_error wanted_error;
static size_t documents;

struct worker { pthread_t thread; size_t number; long differ; };

static struct text
read_whole(const char *path)
{
	struct text t = { malloc(1 << 20), 0 };
	FILE *f = fopen(path, "rb");

	if (f == NULL || t.p == NULL) {
		fprintf(stderr, "threads: could not read %s\n", path);
		exit(2);
	}
	t.n = fread(t.p, 1, 1 << 20, f);
	fclose(f);
	return t;
}

static char *
rate(size_t i)
{
	struct tapr_error error;
	char *answer;

	if (tapr_rate(law, document[i].p, document[i].n, &answer, &error) !=
	    TAPR_DONE)
		return NULL;
	return answer;
}

static char *
change(void)
{
	struct tapr_error error;
	char *answer;

	if (tapr_explain(law, document[0].p, document[0].n, document[1].p,
	    document[1].n, &answer, &error) != TAPR_DONE)
		return NULL;
	return answer;
}

static void
refuse(struct tapr_error *error)
{
	char *answer;

	memset(error, 0, sizeof *error);
	(void)tapr_rate(law, refused, strlen(refused), &answer, error);
}

static int
same(char *got, const char *want)
{
	int equal = got != NULL && want != NULL && strcmp(got, want) == 0;

	tapr_free(got);
	return equal;
}

/* All but the rate: an explanation, a refusal, the rate to declare. */
static int
others_same(void)
{
	const struct tapr_notified rates[] = {
		{ "99900102700013", "main", "285DF", 24200, "2023-01-01" },
		{ "99900102700013", "main", "285DF", 23700, "2024-01-01" },
	};
	struct tapr_question question = { "99900102700013", "main", "285DF",
		"general", 'A', "2024-06-30" };
	struct tapr_declared declared;
	struct tapr_error error;

	if (!same(change(), wanted_change))
		return 0;
	refuse(&error);
	if (memcmp(&error, &wanted_error, sizeof error) != 0)
		return 0;
	return tapr_rate_to_declare(law, rates, 2, &question, &declared,
	    &error) == TAPR_DONE && declared.rate == 23700;
}

static void *
work(void *arg)
{
	struct worker *w = arg;

	for (size_t i = 0; i < RATES; i++) {
		size_t d = (i + w->number) % documents;

		w->differ += !same(rate(d), wanted[d]);
		if (i % OTHER_EVERY == 0)
			w->differ += !others_same();
	}
	return NULL;
}

int
main(int argc, char **argv)
{
	struct worker worker[THREADS] = { 0 };
	struct tapr_error error;
	long differ = 0;

	if (argc < 4 || argc - 2 > DOCUMENTS_MAX)
		return fprintf(stderr, "threads LAW_DIR FACTS.json...\n"), 2;
	if (tapr_law_open(argv[1], NULL, &law, &error) != TAPR_DONE)
		return fprintf(stderr, "threads: %s\n", error.text), 2;
	for (documents = 0; documents < (size_t)argc - 2; documents++) {
		document[documents] = read_whole(argv[2 + documents]);
		if ((wanted[documents] = rate(documents)) == NULL)
			return fprintf(stderr, "threads: %s has no rate\n",
			    argv[2 + documents]), 2;
	}
	wanted_change = change();
	refuse(&wanted_error);

	for (size_t i = 0; i < THREADS; i++) {
		worker[i].number = i;
		if (pthread_create(&worker[i].thread, NULL, work, &worker[i]))
			return fprintf(stderr, "threads: no thread\n"), 2;
	}
	for (size_t i = 0; i < THREADS; i++) {
		pthread_join(worker[i].thread, NULL);
		differ += worker[i].differ;
	}
	printf("%d threads, %d rates each, %zu documents: %ld differ\n",
	    THREADS, RATES, documents, differ);
	while (documents-- > 0) {
		tapr_free(wanted[documents]);
		free(document[documents].p);
	}
	tapr_free(wanted_change);
	tapr_law_close(law);
	return differ != 0 || wanted_error.status != TAPR_BAD_INPUT;
}
