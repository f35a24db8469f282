/*
 * test_ids.c -- numbers whose keys were computed by hand.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>

#include "base/ids.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const struct number {
	const char	*why, *text;
	bool		 siret, siren;
} numbers[] = {
	{ "a SIRET whose doubled digits sum to 50", "73282932000074", true,
	    false },
	{ "the same with its last digit changed", "73282932000075", false,
	    false },
	{ "the same with two digits exchanged", "73282923000074", false,
	    false },
	{ "its SIREN: the sum is 40", "732829320", false, true },
	{ "the same SIREN with its last digit changed", "732829321", false,
	    false },
	{ "the head office of La Poste has a Luhn key", "35600000000048",
	    true, false },
	{ "an office of La Poste: 3+5+6+1 = 15, a multiple of 5",
	    "35600000000001", true, false },
	{ "La Poste: 3+5+6+2 = 16, and no Luhn key", "35600000000002", false,
	    false },
	{ "another firm may not use the rule of La Poste", "35600001000000",
	    false, false },
	{ "thirteen digits are no SIRET", "7328293200007", false, false },
	{ "fifteen digits are no SIRET", "732829320000740", false, false },
	{ "blanks are refused", "732 829 320 00074", false, false },
	{ "letters are refused", "7328293200007A", false, false },
	{ "nothing is refused", "", false, false },
};

static void
number(void **state)
{
	const struct number *n = &numbers[(size_t)*state];

	assert_int_equal(siret_valid(n->text), n->siret);
	assert_int_equal(siren_valid(n->text), n->siren);
}

static const struct code {
	const char	*why, *text;
	enum code_form	 form;
} codes[] = {
	{ "three digits and two capitals are a code", "452BE", CODE_FORM_OK },
	{ "the support code of the building trade", "0000A", CODE_FORM_OK },
	{ "the support code of the others", "0000B", CODE_FORM_OK },
	{ "there is no third support code", "0000C", CODE_FORM_WRONG },
	{ "the spelling of the arrêtés has a dot", "45.2BE",
	    CODE_FORM_DOTTED },
	{ "the support codes have one too", "00.00A", CODE_FORM_DOTTED },
	{ "small letters are wrong", "452be", CODE_FORM_WRONG },
	{ "a digit too many is wrong", "4521BE", CODE_FORM_WRONG },
	{ "four digits and a capital are wrong", "4521B", CODE_FORM_WRONG },
	{ "a dot elsewhere is wrong", "4.52BE", CODE_FORM_WRONG },
	{ "a code cut short is wrong", "452B", CODE_FORM_WRONG },
	{ "a blank behind is wrong", "452BE ", CODE_FORM_WRONG },
	{ "nothing is wrong", "", CODE_FORM_WRONG },
};

static void
code(void **state)
{
	const struct code *c = &codes[(size_t)*state];

	assert_int_equal(code_form(c->text), c->form);
}

int
main(void)
{
	struct CMUnitTest tests[COUNT(numbers) + COUNT(codes)];
	size_t i, n = 0;

	for (i = 0; i < COUNT(numbers); i++)
		tests[n++] = (struct CMUnitTest){ numbers[i].why, number,
		    NULL, NULL, (void *)i };
	for (i = 0; i < COUNT(codes); i++)
		tests[n++] = (struct CMUnitTest){ codes[i].why, code, NULL,
		    NULL, (void *)i };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
