/*
 * test_args.c -- "key=value" arguments of a rule: what is read, what is
 * refused, and that the first failure stays.
 */
#include "fixture.h"
#include "rating/args.h"

enum kind { AS_INT, AS_NUMBER, AS_DATE, AS_WORD, AS_YES, AS_LIST, AS_SERIES };

static const struct {
	const char	*why;
	enum kind	 kind;
	const char	*value;		/* NULL: the key is missing */
	const char	*want;		/* NULL: refused */
	const char	*says;
} values[] = {
	{ "a whole number at the lower bound", AS_INT, "2", "2", NULL },
	{ "a whole number at the upper bound", AS_INT, "9", "9", NULL },
	{ "a whole number under the bound", AS_INT, "1", NULL,
	    "un nombre entier de 2 à 9" },
	{ "a whole number over the bound", AS_INT, "10", NULL,
	    "un nombre entier de 2 à 9" },
	{ "a whole number with decimals", AS_INT, "3.0", NULL,
	    "un nombre entier de 2 à 9" },
	{ "a whole number in words", AS_INT, "trois", NULL, "entier" },
	{ "an empty whole number", AS_INT, "", NULL, "entier" },
	{ "a whole number that is missing", AS_INT, NULL, NULL, "manque" },
	{ "a number with its two decimals", AS_NUMBER, "3.25", "3.25", NULL },
	{ "zero", AS_NUMBER, "0", "0", NULL },
	{ "a number with a third decimal", AS_NUMBER, "3.255", NULL,
	    "d'au plus 2 décimales" },
	{ "a negative number", AS_NUMBER, "-1", NULL, "positif" },
	{ "a number with a comma", AS_NUMBER, "3,25", NULL, "point" },
	{ "a number that is missing", AS_NUMBER, NULL, NULL, "manque" },
	{ "a date", AS_DATE, "2024-02-29", "2024-02-29", NULL },
	{ "a date that the calendar does not have", AS_DATE, "2023-02-29",
	    NULL, "calendrier" },
	{ "a date that is missing", AS_DATE, NULL, NULL, "manque" },
	{ "the second word of the list", AS_WORD, "beta", "1", NULL },
	{ "a word of another list", AS_WORD, "gamma", NULL,
	    "un de ces mots est attendu : alpha, beta" },
	{ "the beginning of a word", AS_WORD, "alph", NULL, "alpha, beta" },
	{ "a word that is missing", AS_WORD, NULL, NULL, "manque" },
	{ "yes", AS_YES, "yes", "1", NULL },
	{ "no", AS_YES, "no", "0", NULL },
	{ "neither yes nor no", AS_YES, "oui", NULL, "no, yes" },
	{ "a list of three numbers", AS_LIST, "1,2.5,3", "3", NULL },
	{ "a list of one number", AS_LIST, "1", "1", NULL },
	{ "a list with a hole", AS_LIST, "1,,3", NULL, "virgules" },
	{ "a list that ends in a comma", AS_LIST, "1,", NULL, "virgules" },
	{ "a list with a negative number", AS_LIST, "1,-2", NULL,
	    "virgules" },
	{ "a list that is missing", AS_LIST, NULL, NULL, "manque" },
	{ "a series of two years", AS_SERIES, "2021:19.50,2022:21.00", "2",
	    NULL },
	{ "a series without a colon", AS_SERIES, "2021=19.50", NULL,
	    "ANNÉE:nombre" },
	{ "a series with a year of two digits", AS_SERIES, "21:19.50", NULL,
	    "ANNÉE:nombre" },
	{ "a series with a year in letters", AS_SERIES, "deux:19.50", NULL,
	    "ANNÉE:nombre" },
	{ "a series without a number", AS_SERIES, "2021:", NULL,
	    "ANNÉE:nombre" },
	{ "a series with a negative number", AS_SERIES, "2021:-1", NULL,
	    "ANNÉE:nombre" },
	{ "a series that is missing", AS_SERIES, NULL, NULL, "manque" },
};

static void
value(void **state)
{
	static const char *const words[] = { "alpha", "beta", NULL };
	size_t i = (size_t)*state;
	struct frac numbers[ARG_LIST_MAX];
	int years[ARG_LIST_MAX];
	struct err err = { 0 };
	struct args *a = calloc(1, sizeof *a);
	char arg[128], text[DATE_TEXT_MAX];
	const char *list[1] = { arg };
	int got = 0, rc;

	assert_non_null(a);
	snprintf(arg, sizeof arg, "k=%s",
	    values[i].value == NULL ? "" : values[i].value);
	assert_int_equal(args_cut(a, list, values[i].value != NULL, &err),
	    TAPR_OK);
	switch (values[i].kind) {
	case AS_INT:
		got = args_int(a, "k", 2, 9);
		break;
	case AS_NUMBER:
		if (values[i].want != NULL)
			assert_frac(args_number(a, "k", 2), values[i].want);
		else
			assert_frac(args_number(a, "k", 2), "0");
		break;
	case AS_DATE:
		(void)date_text(args_date(a, "k"), text);
		if (values[i].want != NULL)
			assert_string_equal(text, values[i].want);
		break;
	case AS_WORD:
		got = args_word(a, "k", words);
		break;
	case AS_YES:
		got = args_yes(a, "k");
		break;
	case AS_LIST:
		got = (int)args_numbers(a, "k", 2, numbers);
		break;
	case AS_SERIES:
		got = (int)args_series(a, "k", 2, years, numbers);
		break;
	}
	rc = args_done(a);
	if (values[i].want == NULL) {
		assert_refused(rc, &err, values[i].value == NULL ?
		    TAPR_EUSAGE : TAPR_EINVAL, "k", values[i].says);
	} else {
		assert_int_equal(rc, TAPR_OK);
		if (values[i].kind != AS_NUMBER && values[i].kind != AS_DATE)
			assert_int_equal(got,
			    strtol(values[i].want, NULL, 10));
	}
	free(a);
}

/* ---- the list as a whole ------------------------------------------------- */

static const struct {
	const char	*why;
	const char	*list[3];
	const char	*where, *says;	/* NULL: accepted */
} cuts[] = {
	{ "two arguments are cut at their first equals sign",
	    { "a=1=2", "b=" }, NULL, NULL },
	{ "an argument without a value sign is refused",
	    { "a=1", "b" }, "", "« b » : un argument s'écrit clé=valeur" },
	{ "an argument without a key is refused",
	    { "=1" }, "", "clé=valeur" },
	{ "a key given twice is refused",
	    { "a=1", "b=2", "a=3" }, "a", "deux fois" },
};

static void
cut(void **state)
{
	size_t i = (size_t)*state, n = 0;
	struct err err = { 0 };
	struct args *a = calloc(1, sizeof *a);
	int rc;

	assert_non_null(a);
	while (n < 3 && cuts[i].list[n] != NULL)
		n++;
	rc = args_cut(a, cuts[i].list, n, &err);
	if (cuts[i].where != NULL)
		assert_refused(rc, &err, TAPR_EUSAGE, cuts[i].where,
		    cuts[i].says);
	else {
		assert_int_equal(rc, TAPR_OK);
		assert_string_equal(args_text(a, "a"), "1=2");
		assert_string_equal(args_text(a, "b"), "");
	}
	free(a);
}

static void
limits(void **state)
{
	static char names[ARGS_MAX + 1][16], longest[8300], list_text[512];
	const char *list[ARGS_MAX + 1];
	struct frac numbers[ARG_LIST_MAX];
	int years[ARG_LIST_MAX];
	struct args *a = calloc(1, sizeof *a);
	struct err err[4] = { { 0 } };
	size_t at = 0;

	(void)state;
	assert_non_null(a);
	for (int i = 0; i <= ARGS_MAX; i++) {
		snprintf(names[i], sizeof names[i], "k%d=1", i);
		list[i] = names[i];
	}
	assert_int_equal(args_cut(a, list, ARGS_MAX, NULL), TAPR_OK);
	assert_refused(args_cut(a, list, ARGS_MAX + 1, &err[0]), &err[0],
	    TAPR_EUSAGE, "", "trop d'arguments");

	memset(longest, 'x', sizeof longest - 1);
	longest[1] = '=';
	list[0] = longest;
	assert_refused(args_cut(a, list, 1, &err[1]), &err[1], TAPR_EUSAGE,
	    "", "trop longs");
	longest[sizeof a->text - 1] = '\0';
	assert_int_equal(args_cut(a, list, 1, NULL), TAPR_OK);

	at += (size_t)snprintf(list_text, sizeof list_text, "k=1");
	for (int i = 1; i < ARG_LIST_MAX; i++)
		at += (size_t)snprintf(list_text + at, sizeof list_text - at,
		    ",1");
	list[0] = list_text;
	assert_int_equal(args_cut(a, list, 1, NULL), TAPR_OK);
	assert_int_equal(args_numbers(a, "k", 0, numbers), ARG_LIST_MAX);
	snprintf(list_text + at, sizeof list_text - at, ",1");
	assert_int_equal(args_cut(a, list, 1, &err[2]), TAPR_OK);
	assert_int_equal(args_numbers(a, "k", 0, numbers), 0);
	assert_refused(args_done(a), &err[2], TAPR_EINVAL, "k", "virgules");

	at = (size_t)snprintf(list_text, sizeof list_text, "k=");
	for (int i = 0; i <= ARG_LIST_MAX; i++)
		at += (size_t)snprintf(list_text + at, sizeof list_text - at,
		    "%s2021:1", i == 0 ? "" : ",");
	assert_true(at < sizeof list_text);
	assert_int_equal(args_cut(a, list, 1, &err[3]), TAPR_OK);
	assert_int_equal(args_series(a, "k", 0, years, numbers), 0);
	assert_refused(args_done(a), &err[3], TAPR_EINVAL, "k",
	    "ANNÉE:nombre");
	free(a);
}

static void
first_failure(void **state)
{
	static const char *const list[] = { "a=x", "b=y", "c=1" };
	struct args *a = calloc(1, sizeof *a);
	struct err err[2] = { { 0 } };

	(void)state;
	assert_non_null(a);
	assert_int_equal(args_cut(a, list, 3, &err[0]), TAPR_OK);
	(void)args_int(a, "b", 0, 9);
	(void)args_int(a, "a", 0, 9);
	assert_refused(args_done(a), &err[0], TAPR_EINVAL, "b", "entier");
	assert_int_equal(args_cut(a, list, 3, &err[1]), TAPR_OK);
	(void)args_text(a, "a");
	(void)args_text(a, "c");
	assert_refused(args_done(a), &err[1], TAPR_EUSAGE, "b",
	    "la règle n'a pas cet argument");
	free(a);
}

static void
optional(void **state)
{
	static const char *const list[] = { "a=no", "b=2024-01-02", "c=\"" };
	struct args *a = calloc(1, sizeof *a);
	struct str out;

	(void)state;
	assert_non_null(a);
	assert_int_equal(args_cut(a, list, 3, NULL), TAPR_OK);
	assert_true(args_has(a, "a"));
	assert_false(args_has(a, "aa"));
	assert_false(args_yes_or(a, "a", true));
	assert_true(args_yes_or(a, "z", true));
	assert_false(args_yes_or(a, "z", false));
	assert_int_equal(date_cmp(args_date_or_none(a, "b"),
	    day("2024-01-02")), 0);
	assert_false(date_is(args_date_or_none(a, "z")));
	(void)args_text(a, "c");
	assert_int_equal(args_done(a), TAPR_OK);
	str_init(&out, 1024);
	args_json(a, &out);
	assert_string_equal(out.p, "{\"a\": \"no\", \"b\": \"2024-01-02\", "
	    "\"c\": \"\\\"\"}");
	str_free(&out);
	free(a);
}

int
main(void)
{
	static const struct CMUnitTest plain[] = {
		{ "32 arguments, 8191 bytes and 64 numbers are the most",
		    limits, NULL, NULL, NULL },
		{ "the first failure stays, and a key that nothing read is "
		    "refused", first_failure, NULL, NULL, NULL },
		{ "optional arguments, and the arguments as they were given",
		    optional, NULL, NULL, NULL },
	};
	struct CMUnitTest tests[COUNT(plain) + COUNT(values) + COUNT(cuts)];
	size_t n = 0;

	ADD(values, value);
	ADD(cuts, cut);
	for (size_t i = 0; i < COUNT(plain); i++)
		tests[n++] = plain[i];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
