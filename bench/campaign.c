/*
 * campaign.c -- how long the rates of the whole of France take, from a frozen
 * snapshot to results on the disk.
 *
 *	bench-campaign LAW_DIR DIR [SECTIONS [THREADS]]
 *
 * Makes a snapshot of 2 500 000 sections and 3 000 000 claims in DIR (see
 * country.h), then times what a campaign does with it.  Prints "NAME SECONDS" by the clock that passes; "..._cpu" is
 * what the processor worked.
 */
#include <sys/resource.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "campaign/compute.h"
#include "country.h"
#include "timer.h"
#include "tariff/mode.h"

static struct err err;

static _Noreturn void
die(const char *what)
{
	fprintf(stderr, "bench-campaign: %s: %s %s\n", what, err.where,
	    err.text);
	exit(1);
}

static void
write_file(const char *path, const struct snapshot_column *c, size_t n,
    char digest[SHA256_HEX_MAX])
{
	if (snapshot_write(path, c, n, digest, &err) != TAPR_OK)
		die(path);
}

static void
make(const struct law *law, const char *path, uint64_t n)
{
	struct arena *a = arena_new((size_t)8 << 30);
	struct snapshot_column c[SNAPSHOT_COLUMNS_MAX];
	char digest[SHA256_HEX_MAX];
	struct inputs in;

	if (a == NULL || !country_fill(law, n, a, &in))
		die("memory, or no risk in the law");
	write_file(path, c, inputs_columns(&in, c), digest);
	arena_free(a);
}

static void
campaign(const struct law *law, const char *path, const char *results,
    int threads, bool plain)
{
	const struct compute_how how = { .threads = threads, .plain = plain };
	struct arena *a = arena_new((size_t)8 << 30);
	struct snapshot_column c[SNAPSHOT_COLUMNS_MAX];
	struct timer all = timer_start(), t;
	char digest[SHA256_HEX_MAX], file[SHA256_HEX_MAX];
	uint64_t by[MODE_INDIVIDUAL + 1] = { 0 };
	struct snapshot *s;
	struct inputs in;
	struct results r;

	t = timer_start();
	if (a == NULL || snapshot_open(path, &s, &err) != TAPR_OK ||
	    inputs_read(s, &in, &err) != TAPR_OK)
		die("open");
	timer_stop(&t, "open");
	t = timer_start();
	if (compute(&in, law, &how, snapshot_digest(s), a, &r, &err) !=
	    TAPR_OK)
		die("compute");
	timer_stop(&t, plain ? "compute_plain" : "compute");
	t = timer_start();
	if (results_digest(&in, &r, digest, &err) != TAPR_OK)
		die("digest");
	timer_stop(&t, "digest");
	t = timer_start();
	write_file(results, c, results_columns(&r, c), file);
	timer_stop(&t, "write");
	timer_stop(&all, "snapshot_to_results");
	for (uint64_t i = 0; i < r.n; i++)
		by[r.mode[i]]++;
	printf("sections %llu\ncollective %llu\nmixed %llu\nindividual %llu\n"
	    "refused %llu\ndigest %s\n", (unsigned long long)r.n,
	    (unsigned long long)by[1], (unsigned long long)by[2],
	    (unsigned long long)by[3], (unsigned long long)by[0], digest);
	for (uint64_t i = 0; i < r.n && by[0] > 0; i++)
		if (r.mode[i] == MODE_NONE) {
			printf("first refusal: %s\n", r.text + r.reason[i]);
			break;
		}
	snapshot_close(s);
	arena_free(a);
}

int
main(int argc, char **argv)
{
	char path[4096], results[4096];
	uint64_t n = argc > 3 ? strtoull(argv[3], NULL, 10) : 2500000;
	int threads = argc > 4 ? (int)strtol(argv[4], NULL, 10) : 1;
	struct rusage u;
	struct law *law;

	if (argc < 3 || law_open(argv[1], NULL, &law, &err) != TAPR_OK)
		die("LAW_DIR DIR [SECTIONS [THREADS]]");
	snprintf(path, sizeof path, "%s/inputs.tapr", argv[2]);
	snprintf(results, sizeof results, "%s/results.tapr", argv[2]);
	make(law, path, n);
	campaign(law, path, results, threads, argc > 5);
	(void)remove(path);
	(void)remove(results);
	getrusage(RUSAGE_SELF, &u);
	printf("memory_mib %ld\n", u.ru_maxrss / 1024);
	law_free(law);
	return 0;
}
