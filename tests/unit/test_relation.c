/*
 * test_relation.c -- what a fund wrote is what the national fund reads, to the
 * last third of a cent; anything else is refused.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "campaign/relation.h"

enum { TEXT_MAX = 1 << 20 };

/* Two codes, the second one first; a third of a cent; whole cents at the end
 * of what a fund may hold. */
static void
make(struct relation *r)
{
	struct relation_row *row;

	memset(r, 0, sizeof *r);
	(void)snprintf(r->fund, sizeof r->fund, "cramif");
	r->year = 2024;
	row = relation_row(r, ZONE_GENERAL, 'H', "741GB", 2021);
	row->payroll = INT64_C(99999999999999999);
	row->cost[PART_ALL][NATURE_BENEFITS] = frac_ratio(-5, 100);
	row = relation_row(r, ZONE_GENERAL, 'C', "602MG", 2022);
	row->employees = 45050;
	row->cost[PART_ALL][NATURE_ANNUITIES] = frac_ratio(1, 300);
	row->cost[PART_THIRD][NATURE_DEATHS] = frac_ratio(1, 4);
	row->annuities_missing = 7;
}

static char *
written(struct relation *r, size_t *n)
{
	struct err err = { .code = TAPR_OK };
	struct str out;
	char *ret;

	str_init(&out, TEXT_MAX);
	assert_int_equal(relation_write(r, &out, &err), TAPR_OK);
	assert_non_null(ret = malloc(out.n + 1));
	memcpy(ret, out.p, out.n + 1);
	*n = out.n;
	str_free(&out);
	return ret;
}

static void
comes_back(void **state)
{
	struct err err = { .code = TAPR_OK };
	struct relation r, again;
	struct str out;
	char *text;
	size_t n;

	(void)state;
	make(&r);
	text = written(&r, &n);
	assert_int_equal(relation_read("r", text, n, &again, &err), TAPR_OK);
	free(text);
	assert_string_equal(again.fund, "cramif");
	assert_string_equal(again.digest, r.digest);
	assert_int_equal(again.n, 2);
	assert_string_equal(again.row[0].code, "602MG");
	assert_int_equal(again.row[0].employees, 45050);
	assert_int_equal(again.row[0].annuities_missing, 7);
	assert_int_equal(frac_cmp(again.row[0].cost[PART_ALL]
	    [NATURE_ANNUITIES], frac_ratio(1, 300)), 0);
	assert_int_equal(frac_cmp(again.row[0].cost[PART_THIRD]
	    [NATURE_DEATHS], frac_ratio(1, 4)), 0);
	assert_true(again.row[1].payroll == INT64_C(99999999999999999));
	assert_int_equal(frac_cmp(again.row[1].cost[PART_ALL]
	    [NATURE_BENEFITS], frac_ratio(-5, 100)), 0);
	str_init(&out, TEXT_MAX);
	assert_int_equal(relation_write(&again, &out, &err), TAPR_OK);
	text = written(&r, &n);
	assert_int_equal(out.n, n);
	assert_memory_equal(out.p, text, n);
	free(text);
	str_free(&out);
	relation_free(&again);
	relation_free(&r);
}

/* Any bit of the file, its digest included. */
static void
any_bit(void **state)
{
	struct err err = { .code = TAPR_OK };
	struct relation r, again;
	char *text, *copy;
	size_t n;

	(void)state;
	make(&r);
	text = written(&r, &n);
	assert_non_null(copy = malloc(n + 1));
	for (size_t i = 0; i < n; i++) {
		memcpy(copy, text, n + 1);
		copy[i] = (char)(copy[i] ^ 1);
		if (relation_read("r", copy, n, &again, &err) !=
		    TAPR_EINVAL)
			fail_msg("byte %zu", i);
		relation_free(&again);
	}
	for (size_t k = 0; k < n; k++) {
		memcpy(copy, text, n + 1);
		copy[k] = '\0';
		assert_int_equal(relation_read("r", copy, k, &again, &err),
		    TAPR_EINVAL);
		relation_free(&again);
	}
	free(copy);
	free(text);
	relation_free(&r);
}

static void
too_large(void **state)
{
	static const char *const codes[] = { "602MG", "741GB" };
	struct err err = { .code = TAPR_OK };
	struct relation r;
	struct str out;

	(void)state;
	for (int i = 0; i < 2; i++) {
		make(&r);
		r.row[i].cost[PART_ALL][NATURE_BENEFITS] = i == 0 ?
		    frac_invalid() : frac_mul(frac_int(INT64_MAX),
		    frac_int(1000));
		str_init(&out, TEXT_MAX);
		/* 21 digits as a fraction are no number of ours either. */
		if (relation_write(&r, &out, &err) == TAPR_OK)
			fail_msg("%s", codes[i]);
		assert_int_equal(err.code, TAPR_ERANGE);
		assert_string_equal(err.where, codes[i]);
		err.code = TAPR_OK;
		str_free(&out);
		relation_free(&r);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		{ "what was written comes back, exactly", comes_back, NULL,
		    NULL, NULL },
		{ "any bit changed, any cut, is refused", any_bit, NULL, NULL,
		    NULL },
		{ "an amount too large to come back is refused", too_large,
		    NULL, NULL, NULL },
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
