/*
 * test_steps.c -- the calculation sheet being written: what an operand says of
 * itself, and that too large a number or too little memory is an error.
 */
#include "fixture.h"
#include "tariff/steps.h"

static void
operands(void **state)
{
	struct arena *a = arena_of(ARENA_BYTES);
	struct trace trace = { .arena = a };
	struct steps traced = { &trace, NULL }, silent = { NULL, NULL };
	struct param given = { NULL, "given.abatement", frac_int(3) }, cap;
	struct operand op;

	(void)state;
	assert_int_equal(param_need(law, "cap", LAW_KEYS("general",
	    "threshold"), day("2024-01-01"), &cap, NULL), TAPR_OK);
	op = from_param(&traced, "seuil", &cap);
	assert_string_equal(op.from, "param:cap.general.threshold");
	assert_string_equal(op.name, "seuil");
	assert_ptr_equal(op.row, cap.row);
	assert_frac(op.exact, "4");
	op = from_param(&traced, "abattement", &given);
	assert_string_equal(op.from, "fact:given.abatement");
	assert_null(op.row);
	op = from_param(&silent, "abattement", &given);
	assert_null(op.from);
	assert_frac(op.exact, "3");
	op = from_fact("e", frac_int(5), "fact:headcounts.2022");
	assert_string_equal(op.from, "fact:headcounts.2022");
	op = from_step("b", frac_int(5), "gross");
	assert_string_equal(op.from, "gross");
	assert_string_equal(steps_text(&silent, "%d", 3), "");
	assert_string_equal(steps_text(&traced, "%d", 3), "3");
	arena_free(a);
}

static void
writes(void **state)
{
	struct arena *a = arena_of(ARENA_BYTES);
	struct trace trace = { .arena = a };
	struct steps s = { &trace, NULL };
	struct param cap;
	struct operand ops[3] = {
		from_fact("a", frac_int(1), "fact:rebate"),
		from_step("b", frac_int(2), "gross"),
	};
	char id[8];

	(void)state;
	assert_int_equal(param_need(law, "cap", LAW_KEYS("general",
	    "threshold"), day("2024-01-01"), &cap, NULL), TAPR_OK);
	ops[2] = from_param(&s, "c", &cap);
	for (int i = 0; i < 70; i++) {
		snprintf(id, sizeof id, "s%d", i);
		assert_int_equal(steps_add(&s, arena_strdup(a, id),
		    frac_int(7), ops, i % 4, .label = "Un"), TAPR_OK);
	}
	assert_int_equal(trace.steps, 70);
	for (int i = 0; i < 70; i++) {
		snprintf(id, sizeof id, "s%d", i);
		assert_string_equal(trace.step[i].id, id);
		assert_int_equal(trace.step[i].operands, i % 4);
		assert_frac(trace.step[i].result, "7");
	}
	assert_string_equal(trace.step[3].operand[0].from, "fact:rebate");
	assert_string_equal(trace.step[3].operand[1].from, "step:gross");
	assert_string_equal(trace.step[3].operand[2].from,
	    "param:cap.general.threshold");
	arena_free(a);
}

static const char *
counted(int *n)
{
	(*n)++;
	return "a";
}

static void
too_large(void **state)
{
	struct arena *a = arena_of(ARENA_BYTES);
	struct trace trace = { .arena = a };
	struct frac huge = frac_of("huge");
	int made = 0;

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct err err = { 0 };
		struct steps s = { i == 0 ? NULL : &trace, &err };

		assert_refused(steps_add(&s, "un", frac_mul(huge, huge), NULL,
		    0, .formula = "a"), &err, TAPR_ERANGE, "",
		    "(étape « un »)");
		assert_int_equal(steps_add(&s, "un", huge, NULL, 0,
		    .formula = counted(&made)), TAPR_OK);
		/* Without a sheet, its text is not made. */
		assert_int_equal(made, i);
	}
	assert_int_equal(trace.steps, 1);
	arena_free(a);
}

/* Every amount of memory that does not suffice is refused, whichever piece it
 * was that found none. */
static void
no_memory(void **state)
{
	struct operand op = from_step("b", frac_int(2), "gross");
	size_t max = 0, refused = 0;
	int rc;

	(void)state;
	do {
		struct arena *a = arena_of(max);
		struct trace trace = { .arena = a };
		struct err err = { 0 };
		struct steps s = { &trace, &err };

		rc = TAPR_OK;
		for (int i = 0; rc == TAPR_OK && i < 33; i++)
			rc = steps_add(&s, "un", frac_int(1), &op, 1,
			    .formula = "a");
		if (rc != TAPR_OK) {
			assert_refused(rc, &err, TAPR_EIO, "",
			    "mémoire insuffisante");
			assert_true(trace.steps < 33);
			refused++;
		}
		assert_string_equal(steps_text(&s, "%s", ""), "");
		arena_free(a);
		max += 16;
	} while (rc != TAPR_OK);
	assert_true(refused > 100);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		{ "an operand says whether it is a fact, a parameter or a "
		    "step", operands, NULL, NULL, NULL },
		{ "seventy steps are kept, each with its operands", writes,
		    NULL, NULL, NULL },
		{ "a result too large to be exact is refused, with and "
		    "without a sheet", too_large, NULL, NULL, NULL },
		{ "a sheet that finds no memory is refused", no_memory, NULL,
		    NULL, NULL },
	};

	return cmocka_run_group_tests(tests, open_law, close_law);
}
