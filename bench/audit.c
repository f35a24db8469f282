/*
 * audit.c -- how fast the audit log takes entries, one transaction and one by
 * one, and how fast it is verified.
 *
 *	bench-audit DIR ENTRIES		DIR/fund and DIR/keys are made
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "guard/audit.h"
#include "guard/log.h"

enum { ONE_BY_ONE = 100 };

static double
now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
must(int rc, const struct err *err)
{
	if (rc == TAPR_OK)
		return;
	fprintf(stderr, "%s : %s\n", err->where, err->text);
	exit(1);
}

int
main(int argc, char **argv)
{
	static const struct fund_about about = { .code = "bretagne",
	    .name = "essai", .zone = "general", .departments = "35" };
	struct entry *e, one = { .actor = "agent1",
	    .purpose = PURPOSE_TARIFICATION, .act = "employer show",
	    .kind = OBJECT_EMPLOYER, .object = "73282932000074", .count = 1 };
	struct err told = { .code = TAPR_OK }, err = { .code = TAPR_OK };
	char dir[4000], keys[4000];
	struct place place = { .dir = dir, .keys = keys, .now = 1700000000 };
	int n = argc == 3 ? atoi(argv[2]) : 0;
	struct str out;
	struct log l;
	int64_t first;
	double start;

	if (n < 1 || (e = calloc((size_t)n, sizeof *e)) == NULL)
		return 2;
	snprintf(dir, sizeof dir, "%s/fund", argv[1]);
	snprintf(keys, sizeof keys, "%s/keys", argv[1]);
	must(log_create(keys, dir, &about, &err), &err);
	for (int i = 0; i < n; i++)
		e[i] = one;
	must(log_open(&place, &l, &err), &err);
	start = now();
	must(log_append(&l, e, (size_t)n, &first, &err), &err);
	printf("append %d entries, one batch: %.3f s\n", n, now() - start);
	log_close(&l);
	start = now();
	for (int i = 0; i < ONE_BY_ONE; i++)
		must(log_record(&place, &one, 1, &first, &told, &err), &err);
	printf("an entry alone, opened and on the disk: %.2f ms\n",
	    (now() - start) * 1000 / ONE_BY_ONE);
	str_init(&out, 1 << 20);
	start = now();
	must(audit_verify(&place, NULL, true, &out, &err), &err);
	printf("verify %d entries: %.3f s\n", n + ONE_BY_ONE, now() - start);
	str_free(&out);
	free(e);
	return 0;
}
