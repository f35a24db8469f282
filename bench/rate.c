/*
 * rate.c -- how long one rate takes, warm, in this process and as a process.
 *
 *	rate LAW_DIR TAPR MIXED.json COLLECTIVE.json [NAME]
 *
 * Prints "NAME NANOSECONDS" lines: the median of batches that last a fifth of
 * a second together.  What never waits (all but the law and the process) is
 * timed by what the processor worked, so that a busy machine does not count.
 * With NAME, that measure alone, ten times as long: for a profiler.  Warm: the law is open, the arena has its memory, and the
 * same call was made before.  Links the inside of the library, so that the
 * parts can be told apart; what a program outside pays is tapr_rate().
 */
#include <sys/resource.h>
#include <sys/wait.h>

#include <fcntl.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/str.h"
#include "facts/answer_json.h"
#include "facts/facts.h"
#include "law/law.h"
#include "tapr.h"
#include "tariff/rate.h"

enum { FIFTH = 200000000, BATCHES_MAX = 20000, DOCUMENT_MAX = 1 << 20 };

extern char **environ;

struct bench {
	const char	*law_dir, *tapr, *path;
	struct law	*law;
	struct tapr_law	*public_law;
	struct arena	*a, *kept;
	char		*text;
	size_t		 n;
	struct facts	 facts;		/* in ${kept} */
	struct str	 out;
};

static _Noreturn void
die(const char *what, const char *text)
{
	fprintf(stderr, "bench: %s: %s\n", what, text);
	exit(1);
}

/* Clocks: what passes, what this process works, what its children did. */
static int64_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static int64_t
worked(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static int64_t
children(void)
{
	struct rusage u;

	getrusage(RUSAGE_CHILDREN, &u);
	return 1000 * (1000000 * (int64_t)(u.ru_utime.tv_sec +
	    u.ru_stime.tv_sec) + u.ru_utime.tv_usec + u.ru_stime.tv_usec);
}

/* --- what is measured ------------------------------------------------------ */

static void
compute(struct bench *b, bool traced)
{
	struct answer answer;
	struct err err;

	arena_reset(b->a);
	if (rate_compute(b->law, &b->facts, b->a, traced, &answer, &err) !=
	    TAPR_OK)
		die(b->path, err.text);
}

static void
traced(struct bench *b)
{
	compute(b, true);
}

static void
untraced(struct bench *b)
{
	compute(b, false);
}

static void
parse(struct bench *b)
{
	struct json *doc;
	struct facts facts;
	struct err err;

	arena_reset(b->a);
	if (facts_parse(b->text, b->n, b->a, &doc, &err) != TAPR_OK ||
	    facts_read(doc, b->a, &facts, &err) != TAPR_OK)
		die(b->path, err.text);
}

/* From text to text, as `tapr serve` will answer. */
static void
whole(struct bench *b)
{
	struct json *doc;
	struct facts facts;
	struct answer answer;
	struct err err;

	arena_reset(b->a);
	str_clear(&b->out);
	if (facts_parse(b->text, b->n, b->a, &doc, &err) != TAPR_OK ||
	    facts_read(doc, b->a, &facts, &err) != TAPR_OK ||
	    rate_compute(b->law, &facts, b->a, true, &answer, &err) != TAPR_OK)
		die(b->path, err.text);
	answer_json(&b->out, &answer, b->law, "bench");
}

/* The same through the public call, which keeps no memory from one to the
 * next. */
static void
public_call(struct bench *b)
{
	struct tapr_error error;
	char *answer;

	if (tapr_rate(b->public_law, b->text, b->n, &answer, &error) !=
	    TAPR_DONE)
		die(b->path, error.text);
	tapr_free(answer);
}

static void
open_law(struct bench *b)
{
	struct law *law;
	struct err err;

	if (law_open(b->law_dir, NULL, &law, &err) != TAPR_OK)
		die(b->law_dir, err.text);
	law_free(law);
}

/* `tapr rate FACTS --json`, from the fork to the end. */
static void
process(struct bench *b)
{
	char *const argv[] = { (char *)(uintptr_t)b->tapr, "rate",
		(char *)(uintptr_t)b->path, "--json", NULL };
	posix_spawn_file_actions_t actions;
	pid_t pid;
	int status;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null",
	    O_WRONLY, 0);
	if (posix_spawn(&pid, b->tapr, &actions, NULL, argv, environ) != 0 ||
	    waitpid(pid, &status, 0) != pid || status != 0)
		die(b->tapr, "does not run");
	posix_spawn_file_actions_destroy(&actions);
}

/* --- measuring ---------------------------------------------------------------- */

static const char *only;

static int
by_value(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void
measure(const char *name, struct bench *b, void (*work)(struct bench *),
    int batch, int64_t (*clock_of)(void))
{
	static int64_t spent[BATCHES_MAX];
	int64_t start, until;
	size_t n = 0;

	if (only != NULL && strcmp(only, name) != 0)
		return;
	for (int i = 0; i < batch; i++)
		work(b);
	until = now() + (only == NULL ? FIFTH : 10 * (int64_t)FIFTH);
	do {
		start = clock_of();
		for (int i = 0; i < batch; i++)
			work(b);
		spent[n++] = (clock_of() - start) / batch;
	} while (n < BATCHES_MAX && now() < until);
	qsort(spent, n, sizeof *spent, by_value);
	printf("%s %lld\n", name, (long long)spent[n / 2]);
}

static void
load(struct bench *b, const char *path)
{
	struct json *doc;
	struct err err;

	b->path = path;
	free(b->text);
	arena_reset(b->kept);
	if (file_read(path, DOCUMENT_MAX, &b->text, &b->n, &err) != TAPR_OK ||
	    facts_parse(b->text, b->n, b->kept, &doc, &err) != TAPR_OK ||
	    facts_read(doc, b->kept, &b->facts, &err) != TAPR_OK)
		die(path, err.text);
}

int
main(int argc, char **argv)
{
	struct bench b = { .a = arena_new((size_t)1 << 28),
	    .kept = arena_new((size_t)1 << 28) };
	struct tapr_error error;
	struct err err;

	if (argc != 5 && argc != 6)
		die("usage", "rate LAW_DIR TAPR MIXED.json COLLECTIVE.json "
		    "[NAME]");
	only = argv[5];		/* or the NULL behind the last */
	if (b.a == NULL || b.kept == NULL)
		die("bench", "no memory");
	b.law_dir = argv[1];
	b.tapr = argv[2];
	str_init(&b.out, (size_t)1 << 28);
	if (law_open(b.law_dir, NULL, &b.law, &err) != TAPR_OK)
		die(b.law_dir, err.text);
	if (tapr_law_open(b.law_dir, NULL, &b.public_law, &error) != TAPR_DONE)
		die(b.law_dir, error.text);

	load(&b, argv[3]);
	measure("mixed_traced", &b, traced, 10, worked);
	measure("mixed_untraced", &b, untraced, 10, worked);
	measure("mixed_parse", &b, parse, 10, worked);
	measure("mixed_whole", &b, whole, 10, worked);
	measure("mixed_public", &b, public_call, 10, worked);
	measure("law_open", &b, open_law, 1, now);
	measure("law_open_cpu", &b, open_law, 1, worked);
	measure("process", &b, process, 1, now);
	measure("process_cpu", &b, process, 1, children);
	load(&b, argv[4]);
	measure("collective_traced", &b, traced, 10, worked);
	measure("collective_whole", &b, whole, 10, worked);

	str_free(&b.out);
	free(b.text);
	law_free(b.law);
	tapr_law_close(b.public_law);
	arena_free(b.a);
	arena_free(b.kept);
	return 0;
}
