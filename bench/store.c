/*
 * store.c -- how fast facts are put, found unchanged, changed, read and
 * verified: payroll rows, in the order of their key.
 *
 *	bench-store FILE ROWS
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "store/row.h"

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

static void
put(struct store *s, int rows, int64_t more, const char *what)
{
	static const struct batch_about about = { "import payroll", "bench",
		NULL, NULL, { 2024, 1, 1 }, 0 };
	struct err err = { .code = TAPR_OK };
	struct batch b;
	enum put how;
	double start = now();

	must(batch_start(s, &about, &b, &err), &err);
	for (int i = 0; i < rows; i++) {
		char siret[16];

		(void)snprintf(siret, sizeof siret, "%014d", 7 * i);
		must(fact_put(&b, TABLE_PAYROLL, (struct value[]){
		    value_int(2020), value_text(siret), value_text("main"),
		    value_text("452BE"), value_int(1000000 + i + more),
		    value_int(1000 * (int64_t)i), value_int(500) }, i + 2, &how, &err), &err);
	}
	must(batch_publish(&b, NULL, &err), &err);
	printf("%-28s %9.0f rows/s\n", what, rows / (now() - start));
}

static void
read_all(struct store *s)
{
	struct err err = { .code = TAPR_OK };
	const struct row *row;
	const char *table;
	struct rows *r;
	int64_t known, batch, n = 0;
	double start = now();

	must(batch_known(s, &known, &err), &err);
	must(rows_open(s, TABLE_PAYROLL, known, NULL, 0, &r, &err), &err);
	for (;; n++) {
		must(rows_next(r, &row, &err), &err);
		if (row == NULL)
			break;
		if (row->damaged)
			exit(1);
	}
	rows_free(r);
	printf("%-28s %9.0f rows/s\n", "read, checksums verified",
	    (double)n / (now() - start));
	start = now();
	must(batch_verify(s, known, &table, &batch, &err), &err);
	if (batch != 0)
		exit(1);
	printf("%-28s %9.0f rows/s\n", "counted and added up",
	    (double)n / (now() - start));
}

int
main(int argc, char **argv)
{
	struct err err = { .code = TAPR_OK };
	struct store *s;
	int rows;

	if (argc != 3 || (rows = atoi(argv[2])) <= 0)
		return 2;
	must(store_open(argv[1], STORE_REGISTER, STORE_CREATE, &s, &err), &err);
	put(s, rows, 0, "put, new");
	put(s, rows, 0, "put, unchanged");
	read_all(s);
	put(s, rows, 5, "put, changed");
	store_free(s);
	return 0;
}
