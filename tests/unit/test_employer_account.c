/*
 * test_employer_account.c -- the account says exactly what the rate used.
 */
#include "tariff/rate.h"

#include "cases.h"

#include "account/account.h"

static void
same_frac(const char *name, const char *what, struct frac a, struct frac b)
{
	if (!frac_valid(a) || !frac_valid(b) || frac_cmp(a, b) != 0)
		fail_msg("%s: the %s of the account is not that of the rate",
		    name, what);
}

static void
one(const char *name, const struct facts *f, const struct answer *ans,
    struct arena *a, void *to)
{
	struct account account;
	struct err err = { .code = TAPR_OK };
	struct frac sum = frac_int(0);
	size_t *own = to;

	/* Real costs of 2012 and 2013 are no lines of claims. */
	if (f->given.real_costs.n > 0 || ans->mode == MODE_COLLECTIVE)
		return;
	if (account_make(law, f, 0, 0, a, &account, &err) != TAPR_OK)
		fail_msg("%s: %s: %s", name, err.where, err.text);
	same_frac(name, "debit", account.total_debit, ans->risk_value.exact);
	same_frac(name, "payroll", account.total_payroll.exact,
	    ans->payroll.exact);
	assert_true(account.total_payroll.known);
	assert_int_equal(account.debits, ans->lines);
	for (int y = 0; y < account.years; y++)
		sum = frac_add(sum, account.year[y].debit);
	same_frac(name, "sum of the years", sum, account.total_debit);
	for (size_t i = 0; i < account.debits; i++) {
		const struct account_debit *d = &account.debit[i];

		same_frac(name, "line", frac_mul(d->cost, d->factor),
		    d->amount);
		assert_non_null(d->year_rule);
		assert_non_null(d->cost_rule);
		assert_string_not_equal(d->claim->ref, "");
	}
	(*own)++;
}

static void
totals(void **state)
{
	size_t own = 0, all = each_case(one, &own);

	(void)state;
	if (all < 100 || own < 50)
		fail_msg("only %zu cases of %zu", own, all);
}

static void
left_out(void **state)
{
	struct arena *a = arena_of(ARENA_BYTES);
	struct account account;
	struct facts f;
	struct err err = { .code = TAPR_OK };

	(void)state;
	facts_of(a, FACTS_MIXED, "claims.T1={\"kind\": \"commuting\", "
	    "\"declared\": \"2021-05-02\", \"recognised\": \"2021-06-01\"}|"
	    "claims.U1={\"kind\": \"accident\", \"declared\": \"2021-05-02\"}",
	    &f);
	assert_int_equal(account_make(law, &f, 0, 0, a, &account, &err),
	    TAPR_OK);
	assert_int_equal(account.debits, 1);
	assert_frac(account.total_debit, "522");
	assert_int_equal(account.lefts, 2);
	assert_non_null(strstr(account.left_out[0].why, "trajet"));
	assert_non_null(strstr(account.left_out[1].why, "non reconnu"));
	arena_free(a);
}

static void
collective_has_one_too(void **state)
{
	struct arena *a = arena_of(ARENA_BYTES);
	struct account account;
	struct facts f;
	struct err err = { .code = TAPR_OK };

	(void)state;
	facts_of(a, FACTS_MIXED, COLLECTIVE, &f);
	assert_int_equal(account_make(law, &f, 2021, 2022, a, &account, &err),
	    TAPR_OK);
	assert_int_equal(account.years, 2);
	assert_int_equal(account.year[0].year, 2021);
	assert_frac(account.year[0].debit, "522");
	assert_frac(account.year[1].debit, "0");
	assert_frac(account.total_payroll.exact, "2000000");
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		{ "of every golden case, the account totals are what the rate "
		    "used, exactly", totals, NULL, NULL, NULL },
		{ "a claim that is not charged is listed with the reason",
		    left_out, NULL, NULL, NULL },
		{ "a collective establishment has an account, of the years "
		    "asked for", collective_has_one_too, NULL, NULL, NULL },
	};

	return cmocka_run_group_tests(tests, open_law, close_law);
}
