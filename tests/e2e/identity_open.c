/*
 * identity_open.c -- every identity in force of a fund, opened, for the scripts
 * of this folder: what only those may do whom guard lets.
 *
 *	identity-open DIR
 *
 * Prints "CLAIM MONTH NIR SURNAME", or "CLAIM MONTH -" when it does not open,
 * and exits 1 when the keys themselves are refused.  TAPR_KEYS, TAPR_SECRET and
 * TAPR_PKCS11 are read as tapr reads them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "keys/child.h"
#include "store/fund.h"
#include "store/row.h"

static void
check(int rc, const struct err *err)
{
	if (rc == TAPR_OK)
		return;
	fprintf(stderr, "identity-open: %s: %s\n", err->where, err->text);
	exit(1);
}

static void
show(struct keys *k, const struct row *row)
{
	const struct value *v = row->value;
	struct err err = { .code = TAPR_OK };
	char nir[KEYS_TEXT_MAX], surname[KEYS_TEXT_MAX];
	struct keys_about a = { .field = KEYS_NIR };

	snprintf(a.month, sizeof a.month, "%s", v[IDENTITY_MONTH].s);
	snprintf(a.row, sizeof a.row, "%s", v[IDENTITY_CLAIM_ID].s);
	printf("%s %s ", a.row, a.month);
	if (keys_open(k, &a, v[IDENTITY_NIR].s, nir, &err) != TAPR_OK) {
		puts("-");
		return;
	}
	a.field = KEYS_SURNAME;
	check(keys_open(k, &a, v[IDENTITY_SURNAME].s, surname, &err), &err);
	printf("%s %s\n", nir, surname);
}

int
main(int argc, char **argv)
{
	struct err err = { .code = TAPR_OK };
	struct place place = { .actor = "", .keys = getenv("TAPR_KEYS"),
	    .secret = getenv("TAPR_SECRET"), .pkcs11 = getenv("TAPR_PKCS11") };
	struct fund f = { .lock = -1 };
	const struct row *row;
	struct keys_place p;
	struct rows *rows;
	struct keys *k;
	int64_t known;

	if (argc > 1 && strcmp(argv[1], KEYS_CHILD) == 0)
		return keys_child(argc, argv);
	if (argc != 2)
		return 2;
	place.dir = argv[1];
	check(fund_open(&place, STORE_READ, &f, &err), &err);
	p = fund_keys(&f);
	check(keys_start(&p, KEYS_OPEN, &k, &err), &err);
	check(batch_known(f.store, &known, &err), &err);
	check(rows_open(f.store, TABLE_IDENTITY, known, NULL, 0, &rows, &err),
	    &err);
	while (rows_next(rows, &row, &err) == TAPR_OK && row != NULL)
		if (!row->damaged)
			show(k, row);
	rows_free(rows);
	keys_end(k);
	fund_close(&f);
	return 0;
}
