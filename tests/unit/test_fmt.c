/*
 * test_fmt.c -- figures, dates and formulas in French, to the byte.
 *
 * The blanks are part of what is tested: THIN between thousands, NBSP before
 * a unit, neither of which lets a line break.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "doc/fmt.h"
#include "doc/formula.h"
#include "doc/term.h"

static struct frac
dec(const char *text)
{
	struct frac ret = frac_invalid();

	assert_true(frac_parse(text, strlen(text), 6, &ret));
	return ret;
}

/* Compares and empties ${s}. */
static void
expect(struct str *s, const char *want)
{
	assert_false(str_failed(s));
	assert_string_equal(s->n > 0 ? s->p : "", want);
	str_clear(s);
}

static void
numbers(void **state)
{
	static const struct {
		const char *value, *eur, *percent;
	} rows[] = {
		{ "0", "0,00" NBSP "€", "0,00" NBSP "%" },
		{ "-0.50", MINUS "0,50" NBSP "€", MINUS "0,50" NBSP "%" },
		/* -0,004 rounds to zero, which has no sign */
		{ "-0.004", "0,00" NBSP "€", "0,00" NBSP "%" },
		/* a tie: away from zero, and over the thousand */
		{ "999.995", "1" THIN "000,00" NBSP "€",
		  "1" THIN "000,00" NBSP "%" },
		{ "999.9949", "999,99" NBSP "€", "999,99" NBSP "%" },
		{ "1234.56", "1" THIN "234,56" NBSP "€",
		  "1" THIN "234,56" NBSP "%" },
		{ "3.1", "3,10" NBSP "€", "3,10" NBSP "%" },
		{ "-1234567.8", MINUS "1" THIN "234" THIN "567,80" NBSP "€",
		  MINUS "1" THIN "234" THIN "567,80" NBSP "%" },
	};
	struct str s;

	(void)state;
	str_init(&s, 4096);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		fmt_eur(&s, dec(rows[i].value));
		expect(&s, rows[i].eur);
		fmt_percent(&s, dec(rows[i].value), 2);
		expect(&s, rows[i].percent);
	}
	str_free(&s);
}

static void
huge(void **state)
{
	struct frac f = frac_int(INT64_MAX), square = frac_mul(f, f);
	struct str s;

	(void)state;
	str_init(&s, 4096);
	fmt_eur(&s, f);
	expect(&s, "9" THIN "223" THIN "372" THIN "036" THIN "854" THIN "775"
	    THIN "807,00" NBSP "€");
	fmt_number(&s, square, 0);
	expect(&s, "85" THIN "070" THIN "591" THIN "730" THIN "234" THIN "615"
	    THIN "847" THIN "396" THIN "907" THIN "784" THIN "232" THIN "501"
	    THIN "249");
	/* 2^126 squared does not fit: said, never wrapped */
	fmt_eur(&s, frac_mul(square, square));
	expect(&s, "non calculable");
	fmt_fraction(&s, frac_invalid());
	expect(&s, "non calculable");
	fmt_points(&s, frac_invalid(), 2);
	expect(&s, "non calculable");
	fmt_result(&s, frac_invalid(), UNIT_PERSONS);
	expect(&s, "non calculable");
	str_free(&s);
}

static void
fractions(void **state)
{
	struct str s;

	(void)state;
	str_init(&s, 4096);
	fmt_fraction(&s, frac_ratio(7, 13));
	expect(&s, "7/13 ≈" NBSP "0,5385");
	fmt_fraction(&s, frac_ratio(-7, 13));
	expect(&s, MINUS "7/13 ≈" NBSP MINUS "0,5385");
	fmt_fraction(&s, frac_ratio(11, 20));
	expect(&s, "11/20 =" NBSP "0,55");
	fmt_fraction(&s, frac_int(1));
	expect(&s, "1");
	fmt_fraction(&s, frac_ratio(1234567891, 9876543217));
	expect(&s, "≈" NBSP "0,1250");
	fmt_share(&s, dec("0.4"));
	expect(&s, "40" NBSP "%");
	fmt_share(&s, frac_ratio(2, 3));
	expect(&s, "2/3");
	fmt_points(&s, dec("0.45"), 2);
	expect(&s, "+0,45" NBSP "point");
	fmt_points(&s, dec("-2"), 2);
	expect(&s, MINUS "2,00" NBSP "points");
	fmt_points(&s, dec("-0.001"), 2);
	expect(&s, "0,00" NBSP "point");
	str_free(&s);
}

static void
results(void **state)
{
	struct str s;

	(void)state;
	str_init(&s, 4096);
	fmt_result(&s, dec("3.1"), UNIT_PERCENT);
	expect(&s, "3,10" NBSP "%");
	fmt_result(&s, dec("0.9813"), UNIT_PERCENT);
	expect(&s, "0,9813" NBSP "%");
	fmt_result(&s, frac_ratio(113, 225), UNIT_PERCENT);
	expect(&s, "≈" NBSP "0,502222" NBSP "%");
	fmt_result(&s, frac_ratio(200000, 3), UNIT_EUR);
	expect(&s, "≈" NBSP "66" THIN "666,67" NBSP "€");
	fmt_result(&s, dec("84.3"), UNIT_PERSONS);
	expect(&s, "84,30" NBSP "personnes");
	/* In French the plural begins at two. */
	fmt_result(&s, dec("1.99"), UNIT_PERSONS);
	expect(&s, "1,99" NBSP "personne");
	str_free(&s);
}

static void
dates_and_words(void **state)
{
	struct str s;

	(void)state;
	str_init(&s, 4096);
	fmt_date(&s, (struct date){ 2024, 1, 1 });
	expect(&s, "1er" NBSP "janvier 2024");
	fmt_date(&s, (struct date){ 2024, 8, 31 });
	expect(&s, "31" NBSP "août 2024");
	fmt_date(&s, DATE_NONE);
	expect(&s, "date inconnue");
	fmt_siret(&s, "73282932000074");
	expect(&s, "732" NBSP "829" NBSP "320" NBSP "00074");
	fmt_prose(&s, "« Taux » : 58 % ; CSS art. D. 242-6 (R. 130-1) ?");
	expect(&s, "«" NBSP "Taux" NBSP "»" NBSP ": 58" NBSP "%" THIN
	    "; CSS art." NBSP "D." NBSP "242-6 (R." NBSP "130-1)" THIN "?");
	fmt_clean(&s, "A\x1b[31m\n\u202e\xc2\x85é");
	expect(&s, "A\ufffd[31m\ufffd\ufffd\ufffdé");
	assert_string_equal(fmt_word("mixed"), "mixte");
	assert_string_equal(fmt_word("IT3"), "IT3");
	assert_string_equal(fmt_category(COST_IP2_IP4), "IP2-IP4");
	str_free(&s);
}

/* Formulas: one step, its words and its figures. */
static void
formulas(void **state)
{
	static const struct operand op[] = {
		{ "gross", { { 0, 113 }, { 0, 225 }, false }, "step:gross",
		  NULL },
		{ "M1", { { 0, 17 }, { 0, 100 }, false },
		  "fact:given.majorations.M1", NULL },
		{ "a_b", { { 0, 1 }, { 0, 2 }, true }, "fact:unknown", NULL },
		{ "f", { { 0, 7 }, { 0, 13 }, false }, "step:fraction", NULL },
		{ "masse", { { 0, 1234 }, { 0, 1 }, false },
		  "fact:payroll.2022", NULL },
	};
	static const struct step earlier[] = {
		{ .id = "gross", .unit = UNIT_PERCENT },
		{ .id = "fraction", .unit = UNIT_NUMBER },
	};
	static const struct {
		const char *formula, *words, *figures;
	} rows[] = {
		{ "(gross + M1)*(1+M1/100)",
		  "(taux brut + M1) × (1 + M1 / 100)",
		  "(0,502222 + 0,17) × (1 + 0,17 / 100)" },
		{ "min(max(gross, M1), 10000)",
		  "le plus petit de" NBSP "(le plus grand de" NBSP
		  "(taux brut" THIN "; M1)" THIN "; 10" THIN "000)",
		  "min(max(0,502222" THIN "; 0,17)" THIN "; 10" THIN "000)" },
		/* a sign is no minus, and a negative value stands apart */
		{ "-M1 - a_b", MINUS "M1 " MINUS " a b",
		  MINUS "0,17 " MINUS " (" MINUS "0,5)" },
		{ "f * M1 / f", "fraction × M1 / fraction",
		  "7/13 × 0,17 / (7/13)" },
		{ "masse >= 1 + (masse < 2) + (masse == 3)",
		  "masse salariale 2022 ≥ 1 + (masse salariale 2022 < 2) + "
		  "(masse salariale 2022 = 3)",
		  "1" THIN "234,00" NBSP "€ ≥ 1 + (1" THIN "234,00" NBSP
		  "€ < 2) + (1" THIN "234,00" NBSP "€ = 3)" },
		/* what is no operand stays as it is written */
		{ "other.x + min", "other.x + le plus petit de" NBSP,
		  "other.x + min" },
	};
	struct trace trace = { .steps = 2 };
	struct formulas t;
	struct step copy[2], step = { .id = "x", .operand = op, .operands = 5 };
	struct str s;

	(void)state;
	memcpy(copy, earlier, sizeof copy);
	trace.step = copy;
	formula_start(&t, &trace);
	str_init(&s, 4096);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		step.formula = rows[i].formula;
		formula_words(&s, &step);
		expect(&s, rows[i].words);
		formula_figures(&s, &t, &step);
		expect(&s, rows[i].figures);
	}
	str_free(&s);
}

static void
equals(void **state)
{
	static const struct {
		struct step step;
		const char *want;
	} rows[] = {
		{ { .formula = "a", .result = { { 0, 31 }, { 0, 10 }, false },
		    .unit = UNIT_PERCENT }, " = 3,10" NBSP "%" },
		{ { .formula = "a", .result = { { 0, 1 }, { 0, 3 }, false },
		    .unit = UNIT_PERCENT }, " ≈" NBSP "0,333333" NBSP "%" },
		{ { .formula = "a", .result = { { 0, 7 }, { 0, 13 }, false } },
		    " = 7/13 ≈" NBSP "0,5385" },
		{ { .formula = "a >= b",
		    .result = { { 0, 1 }, { 0, 1 }, false } }, " = 1 (oui)" },
		{ { .formula = "a + b",
		    .result = { { 0, 1 }, { 0, 1 }, false },
		    .unit = UNIT_WORD, .word = "mixed" },
		    " = 1, soit mixte" },
		{ { .formula = "a", .result = { { 0, 5 }, { 0, 2 }, false },
		    .unit = UNIT_PERCENT, .rounding = ROUND_HALF_UP,
		    .decimals = 2 }, ", arrondi à 2 décimales (au plus proche, "
		    "la moitié vers le haut) = 2,50" NBSP "%" },
	};
	struct str s;

	(void)state;
	str_init(&s, 4096);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		formula_equals(&s, &rows[i].step);
		expect(&s, rows[i].want);
	}
	str_free(&s);
}

/* A step refers to an earlier one only if all but its facts is the same. */
static void
models(void **state)
{
	static const struct law_row row[2];
	static const struct {
		const char *why, *formula, *article, *from;
		const struct law_row *row;
		size_t want;
	} rows[] = {
		{ "the first of its kind", "a * b", "art. 1",
		    "fact:claims.A1.days", &row[0], 0 },
		{ "the same for another claim", "a * b", "art. 1",
		    "fact:claims.B.2.days", &row[0], 1 },
		{ "another parameter", "a * b", "art. 1",
		    "fact:claims.A3.days", &row[1], 0 },
		{ "another formula", "a + b", "art. 1",
		    "fact:claims.A4.days", &row[0], 0 },
		{ "another article", "a * b", "art. 2",
		    "fact:claims.A5.days", &row[0], 0 },
		{ "another kind of fact", "a * b", "art. 1",
		    "fact:claims.A6.ip_rate", &row[0], 0 },
		{ "a step is no fact", "a * b", "art. 1",
		    "step:claim.A7.days", &row[0], 0 },
		{ "the same as the third", "a * b", "art. 1",
		    "fact:claims.A8.days", &row[1], 3 },
	};
	enum { N = sizeof rows / sizeof rows[0] };
	struct operand op[N][2];
	struct step step[N];
	struct trace trace = { .step = step, .steps = N };
	struct formulas t;

	(void)state;
	for (size_t i = 0; i < N; i++) {
		op[i][0] = (struct operand){ "a", frac_int((int64_t)i),
		    rows[i].from, NULL };
		op[i][1] = (struct operand){ "b", frac_int(2), "param:p.k",
		    rows[i].row };
		step[i] = (struct step){ .id = "x", .operand = op[i],
		    .operands = 2, .formula = rows[i].formula,
		    .article = rows[i].article };
	}
	formula_start(&t, &trace);
	assert_int_equal(t.sources, 2);
	for (size_t i = 0; i < N; i++)
		if (formula_model(&t, &step[i]) != rows[i].want)
			fail_msg("%s", rows[i].why);
}

/* What a register keeps is read in French; a word it does not know stays. */
static void
terms(void **state)
{
	struct str s;

	(void)state;
	str_init(&s, 4096);
	assert_string_equal(term(TERM_STATE, "draft"), "projet envoyé");
	assert_string_equal(term(TERM_STATE, "rectified"), "rectifié");
	assert_string_equal(term(TERM_LOT, "contradictory"),
	    "procédure contradictoire");
	assert_string_equal(term(TERM_TRANSFER, "merge"), "fusion");
	assert_string_equal(term(TERM_ESTABLISHMENT, "F"), "fermé");
	assert_string_equal(term(TERM_STATE, "later"), "later");
	assert_string_equal(term(TERM_NONE, "draft"), "draft");
	/* eight characters of nine bytes, then two blanks */
	term_pad(&s, "rectifié", 10);
	str_add(&s, "|");
	expect(&s, "rectifié  |");
	term_pad(&s, "trop long", 4);
	expect(&s, "trop long");
	assert_string_equal(fmt_day((struct date){ 2024, 1, 1 }).text,
	    "1er" NBSP "janvier 2024");
	assert_string_equal(fmt_day(DATE_NONE).text, "date inconnue");
	str_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers),
		cmocka_unit_test(huge),
		cmocka_unit_test(fractions),
		cmocka_unit_test(results),
		cmocka_unit_test(dates_and_words),
		cmocka_unit_test(formulas),
		cmocka_unit_test(equals),
		cmocka_unit_test(models),
		cmocka_unit_test(terms),
	};

	return cmocka_run_group_tests_name("fmt", tests, NULL, NULL);
}
