/*
 * test_touched.c -- the firms that a corrected fact may touch.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/ids.h"
#include "campaign/touched.h"
#include "store/batch.h"
#include "store/row.h"

static const char first[] = "99998601100016", second[] = "99998602900018",
    third[] = "99998603700029", agency[] = "73282932000074",
    before[] = "20003452800014";

static struct store *store;

static int64_t
batch(const struct value *rows[], const enum table_id *table, int n)
{
	struct batch_about about = { .kind = "test", .actor = "test",
	    .known_on = { 2026, 1, 1 } };
	struct err err = { .code = TAPR_OK };
	enum put how;
	struct batch b;

	assert_int_equal(batch_start(store, &about, &b, &err), TAPR_OK);
	for (int i = 0; i < n; i++)
		if (fact_put(&b, table[i], rows[i], 0, &how, &err) != TAPR_OK)
			fail_msg("%s: %s", err.where, err.text);
	assert_int_equal(batch_publish(&b, NULL, &err), TAPR_OK);
	return b.id;
}

static int64_t
put_claim(const char *siret)
{
	const struct value c[CLAIM_COLUMNS] = { [CLAIM_YEAR] = value_int(2021),
		[CLAIM_ID] = value_text("A-1"),
		[CLAIM_SIRET] = value_text(siret),
		[CLAIM_SECTION] = value_text("main"),
		[CLAIM_KIND] = value_text("accident"),
		[CLAIM_CARE] = value_int(1),
		[CLAIM_DECLARED_ON] = value_int(20210302),
		[CLAIM_STOPPAGE_DAYS] = value_int(0),
		[CLAIM_CHARGE] = value_text("own"),
		[CLAIM_AGENCY_SIRET] = value_text(agency) };
	const struct value *rows[] = { c };
	const enum table_id table[] = { TABLE_CLAIM };

	return batch(rows, table, 1);
}

/* INSEE links the first to the second, the fund the second to the third, and
 * the third back to the first. */
static int64_t
put_links(void)
{
	const struct value s[SUCC_COLUMNS] = {
		[SUCC_PREDECESSOR] = value_text(first),
		[SUCC_SUCCESSOR] = value_text(second),
		[SUCC_ON_DATE] = value_int(20220101) };
	struct value t[2][TRANSFER_COLUMNS] = { {
		[TRANSFER_FROM] = value_text(second),
		[TRANSFER_TO] = value_text(third),
		[TRANSFER_ON_DATE] = value_int(20230101),
		[TRANSFER_KIND] = value_text("merge"),
		[TRANSFER_INHERITS] = value_int(1),
		[TRANSFER_AUTHOR] = value_text("test") } };
	const struct value *rows[] = { s, t[0], t[1] };
	const enum table_id table[] = { TABLE_SUCCESSION, TABLE_TRANSFER,
		TABLE_TRANSFER };

	memcpy(t[1], t[0], sizeof t[1]);
	t[1][TRANSFER_FROM] = value_text(third);
	t[1][TRANSFER_TO] = value_text(first);
	return batch(rows, table, 3);
}

static bool
has(const struct touched *t, const char *siret)
{
	for (int i = 0; i < t->firms; i++)
		if (t->siren[i] == siret_number(siret, 9))
			return true;
	return false;
}

static struct touched
find(int64_t known, const char *siret, const char *claim)
{
	struct err err = { .code = TAPR_OK };
	struct touched t;

	if (touched_find(store, known, siret, claim, &t, &err) != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	return t;
}

static void
touches(void **state)
{
	struct err err = { .code = TAPR_OK };
	struct touched t;
	int64_t at;

	(void)state;
	assert_int_equal(store_open(":memory:", STORE_REGISTER, STORE_CREATE, &store, &err),
	    TAPR_OK);
	at = put_claim(before);
	t = find(at, first, NULL);
	assert_int_equal(t.firms, 1);
	t = find(at, first, "A-1");
	assert_int_equal(t.firms, 3);
	assert_true(has(&t, agency) && has(&t, before));

	at = put_claim(second);
	t = find(at, first, "A-1");
	assert_true(has(&t, second) && has(&t, before));

	at = put_links();
	t = find(at, first, NULL);
	assert_int_equal(t.firms, 3);
	assert_true(has(&t, second) && has(&t, third));
	t = find(at - 1, first, NULL);
	assert_int_equal(t.firms, 1);
	store_free(store);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		{ "a correction touches who bears the claim, who bore it, and "
		    "their successors, round in a circle too", touches, NULL,
		    NULL, NULL },
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
