/*
 * test_law.c -- what is found at a date, what is refused and where, and that
 * the digest depends on the files alone.
 *
 * Most laws here are a few lines in memory.  Each file is a header and rows of
 * which only what matters is written: R(period and keys, value, unit).
 */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L		/* mkdtemp */
#endif

#include <sys/stat.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "law/law.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

#define H(keys) "valid_from,valid_to," keys \
	"value,unit,text,published,source,checked_on,note\n"
#define R(start, value, unit) start "," value "," unit \
	",CSS D. 242-6-15,,legifrance,2026-11-22,\n"

enum { TEXTS_MAX = 6 };

/* A law of texts that end with one without a name. */
static int
law_of(const struct law_text *texts, struct law **ret, struct err *err)
{
	struct law_text t[TEXTS_MAX + 1] = { { "VERSION", "2026.1\n", 7 } };
	size_t n = 1;

	for (; texts->name != NULL; texts++, n++)
		t[n] = (struct law_text){ texts->name, texts->bytes,
		    texts->n != 0 ? texts->n : strlen(texts->bytes) };
	return law_open_texts(t, n, ret, err);
}

static struct law *
law_one(const char *name, const char *bytes)
{
	const struct law_text t[] = { { name, bytes, 0 }, { 0 } };
	struct err err = { 0 };
	struct law *law = NULL;

	if (law_of(t, &law, &err) != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	return law;
}

static struct date
day(const char *text)
{
	struct date d = DATE_NONE;

	assert_true(date_parse(text, strlen(text), &d));
	return d;
}

/* --- finding -------------------------------------------------------------- */

static const char cap[] = H("zone,name,")
    R("2012-01-01,2020-01-01,general,up", "1.20", "factor")
    R("2020-01-01,,general,up", "1.25", "factor")
    R("2012-01-01,,*,up", "1.1", "factor")
    R("2012-01-01,,alsace-moselle,*", "2", "factor")
    R("2012-01-01,,*,*", "3", "factor")
    R("2014-01-01,2015-01-01,general,down", "0.80", "factor")
    R("2016-01-01,,general,down", "0.75", "factor")
    R(",,general,never", "9", "factor");

static const struct finding {
	const char	*why, *zone, *name, *on, *value;
} findings[] = {
	{ "a period holds its first day", "general", "up", "2012-01-01",
	    "1.20" },
	{ "a period holds the day before its end", "general", "up",
	    "2019-12-31", "1.20" },
	{ "the next period starts on the end of the first", "general", "up",
	    "2020-01-01", "1.25" },
	{ "an open period holds any later day", "general", "up",
	    "2099-12-31", "1.25" },
	{ "before all periods there is nothing", "general", "up",
	    "2011-12-31", NULL },
	{ "an exact key wins over a star", "general", "up", "2015-06-01",
	    "1.20" },
	{ "a star fits any key", "elsewhere", "up", "2015-06-01", "1.1" },
	{ "of two rows with one star, exact in the first key wins",
	    "alsace-moselle", "up", "2015-06-01", "2" },
	{ "two stars fit everything", "elsewhere", "down", "2015-06-01",
	    "3" },
	{ "in a hole of the exact row the stars answer", "general", "down",
	    "2015-06-01", "3" },
	{ "a row without dates is never found", "general", "never",
	    "2015-06-01", "3" },
	{ "the end of the calendar is in no period", "general", "up",
	    "9999-12-31", NULL },
};

static void
finding(void **state)
{
	const struct finding *f = &findings[(size_t)*state];
	struct law *law = law_one("params/cap.csv", cap);
	const struct law_row *row = law_find(law, "cap",
	    LAW_KEYS(f->zone, f->name), day(f->on));

	if (f->value == NULL) {
		assert_null(row);
	} else {
		assert_non_null(row);
		assert_string_equal(row->value, f->value);
	}
	law_free(law);
}

static void
row_is_whole(void **state)
{
	struct law *law = law_one("params/cap.csv", H("zone,name,")
	    "2012-01-01,2020-01-01,general,up,1.25,factor,\"CSS D. 242-6-15, "
	    "al. 2\",2011-12-30,legifrance,2026-11-22,une note\n");
	const struct law_row *row = law_find(law, "cap",
	    LAW_KEYS("general", "up"), day("2012-01-01"));
	char path[64];

	(void)state;
	assert_non_null(row);
	assert_string_equal(row->text, "CSS D. 242-6-15, al. 2");
	assert_string_equal(row->published, "2011-12-30");
	assert_string_equal(row->source, "legifrance");
	assert_string_equal(row->checked_on, "2026-11-22");
	assert_string_equal(row->note, "une note");
	assert_string_equal(row->unit, "factor");
	assert_string_equal(row->file, "law/params/cap.csv");
	assert_string_equal(row->key[0], "general");
	assert_null(row->key[2]);
	assert_int_equal(row->line, 2);
	assert_false(row->added);
	assert_int_equal(frac_cmp(row->number, frac_ratio(5, 4)), 0);
	assert_string_equal(law_path(row, "cap", path, sizeof path),
	    "cap.general.up");
	assert_string_equal(law_path(row, "cap", path, 8), "cap.gen");
	assert_string_equal(law_version(law), "2026.1");
	law_free(law);
}

static void
cited(void **state)
{
	static const struct law_text t[] = {
		{ "sources.csv", "key,citation\nz,Le dernier\na,\"Un, deux\"\n",
		    0 },
		{ "params/x.csv", H("k,")
		    "2012-01-01,,1,1,factor,t,,a,2026-11-22,\n"
		    "2012-01-01,,2,1,factor,t,,a,2026-11-22,\n"
		    "2012-01-01,,3,1,factor,t,,m,2026-11-22,\n"
		    "2012-01-01,,4,1,factor,t,,z,2026-11-22,\n"
		    "2012-01-01,,5,1,factor,t,,a,2026-11-22,\n", 0 }, { 0 } };
	static const char *const want[] = { "Un, deux", "Un, deux", "m",
	    "Le dernier", "Un, deux" };
	struct law *law = NULL;
	struct err err = { 0 };
	size_t i;

	(void)state;
	assert_int_equal(law_of(t, &law, &err), TAPR_OK);
	for (i = 0; i < COUNT(want); i++)
		assert_string_equal(law_row_at(law, 0, i)->citation, want[i]);
	assert_string_equal(law_row_at(law, 0, 4)->source, "a");
	assert_int_equal(law_param_count(law), 1);
	assert_int_equal(law_param_number(law, "x"), 0);
	assert_int_equal(law_param_number(law, "y"), 1);
	law_free(law);
	law = law_one("params/cap.csv", cap);
	assert_string_equal(law_row_at(law, 0, 0)->citation, "legifrance");
	law_free(law);
}

/* A row is found by its own keys, whatever stars other rows have. */
static void
own_keys(void **state)
{
	struct law *law = law_one("params/x.csv", H("a,b,")
	    R("2012-01-01,,*,B", "1", "factor")
	    R("2012-01-01,,A,*", "2", "factor")
	    R("2012-01-01,,*,*", "3", "factor"));
	const struct law_row *row;
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		row = law_row_at(law, 0, i);
		assert_ptr_equal(law_find(law, "x", row->key,
		    day("2020-01-01")), row);
	}
	law_free(law);
}

static void
empty_key(void **state)
{
	struct law *law = law_one("params/average_costs.csv",
	    H("zone,ctn,group,category,")
	    R("2012-01-01,,*,A,,IT1", "241", "EUR"));
	const struct law_row *row = law_find(law, "average_costs",
	    LAW_KEYS("general", "A", "", "IT1"), day("2012-01-01"));
	char path[64];

	(void)state;
	assert_non_null(row);
	assert_string_equal(law_path(row, "average_costs", path, sizeof path),
	    "average_costs.*.A.IT1");
	assert_null(law_find(law, "average_costs",
	    LAW_KEYS("general", "A", "IT1"), day("2012-01-01")));
	law_free(law);
}

static void
no_keys(void **state)
{
	struct law *law = law_one("params/tariff_start.csv", H("")
	    R("1996-01-01,", "05-01", "MM-DD"));
	const struct law_row *row = law_find(law, "tariff_start", LAW_NO_KEYS,
	    day("2024-01-01"));

	(void)state;
	assert_non_null(row);
	assert_string_equal(row->value, "05-01");
	assert_false(frac_valid(row->number));
	assert_null(law_find(law, "tariff_start", LAW_KEYS("x"),
	    day("2024-01-01")));
	assert_null(law_find(law, "tariff", LAW_NO_KEYS, day("2024-01-01")));
	law_free(law);
}

static void
known(void **state)
{
	struct law *law = law_one("params/abatements.csv", H("risk_code,")
	    R(",,553BC", "0.10", "fraction")
	    R("2012-01-01,2013-01-01,747ZF", "1/5", "fraction"));

	(void)state;
	assert_true(law_known(law, "abatements", LAW_KEYS("553BC")));
	assert_true(law_known(law, "abatements", LAW_KEYS("747ZF")));
	assert_false(law_known(law, "abatements", LAW_KEYS("452BE")));
	assert_false(law_known(law, "abatements", LAW_NO_KEYS));
	assert_false(law_known(law, "nothing", LAW_KEYS("553BC")));
	law_free(law);
	law = law_one("params/cap.csv", cap);
	assert_true(law_known(law, "cap", LAW_KEYS("any", "thing")));
	law_free(law);
}

static void
need(void **state)
{
	struct law *law = law_one("params/average_costs.csv",
	    H("zone,ctn,group,category,")
	    R("2024-01-01,,general,B,,IT3", "1597", "EUR"));
	const struct law_row *row = NULL;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(law_need(law, "average_costs",
	    LAW_KEYS("general", "B", "", "IT3"), day("2024-01-01"), &row,
	    &err), TAPR_OK);
	assert_string_equal(row->value, "1597");
	assert_int_equal(law_need(law, "average_costs",
	    LAW_KEYS("general", "B", "", "IT3"), day("2023-01-01"), &row,
	    &err), TAPR_ELAW);
	assert_string_equal(row->value, "1597");
	assert_string_equal(err.text, "paramètre absent : average_costs "
	    "(zone=general, ctn=B, group=(vide), category=IT3) au 2023-01-01 ; "
	    "ajoutez une ligne sourcée à law/params/average_costs.csv ou "
	    "donnez un dossier par --law");
	err = (struct err){ 0 };
	assert_int_equal(law_need(law, "cap", LAW_NO_KEYS, day("2023-01-01"),
	    &row, &err), TAPR_ELAW);
	assert_non_null(strstr(err.text, "law/params/cap.csv"));
	err = (struct err){ 0 };
	assert_int_equal(law_need(law, "average_costs", LAW_KEYS("general"),
	    day("2024-01-01"), &row, &err), TAPR_ELAW);
	assert_non_null(strstr(err.text, "4 clé(s) et en reçoit 1"));
	law_free(law);
}

static const struct number {
	const char	*value;
	int		 num, den;
} numbers[] = {
	{ "2.84", 71, 25 }, { "0", 0, 1 }, { "-1.25", -5, 4 }, { "1/3", 1, 3 },
	{ "320772", 320772, 1 }, { "0.000001", 1, 1000000 }, { "2/4", 1, 2 },
};

static void
number(void **state)
{
	char bytes[512];
	struct law *law;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(numbers); i++) {
		(void)snprintf(bytes, sizeof bytes, H("")
		    R("2012-01-01,", "%s", "factor"), numbers[i].value);
		law = law_one("params/x.csv", bytes);
		assert_int_equal(frac_cmp(law_row_at(law, 0, 0)->number,
		    frac_ratio(numbers[i].num, numbers[i].den)), 0);
		law_free(law);
	}
}

/* Codes in an order that is not theirs, many enough to make slots collide. */
static void
many(void **state)
{
	enum { N = 5000 };
	char *bytes = malloc((N + 1) * 100), code[8];
	size_t n = (size_t)sprintf(bytes, H("risk_code,"));
	const struct law_row *row;
	struct law *law;
	int i;

	(void)state;
	for (i = 0; i < N; i++)
		n += (size_t)sprintf(bytes + n, "2012-01-01,,%05d,%d,factor,t,,"
		    "s,2026-11-22,\n", i * 7919 % N, i);
	law = law_one("params/x.csv", bytes);
	for (i = 0; i < N; i++) {
		(void)snprintf(code, sizeof code, "%05d", i * 7919 % N);
		row = law_find(law, "x", LAW_KEYS(code), day("2020-01-01"));
		assert_non_null(row);
		assert_int_equal(row->line, i + 2);
	}
	assert_null(law_find(law, "x", LAW_KEYS("99999"), day("2020-01-01")));
	law_free(law);
	free(bytes);
}

static void
periods_in_any_order(void **state)
{
	struct law *law = law_one("params/x.csv", H("")
	    R("2022-01-01,", "3", "factor")
	    R("2012-01-01,2020-01-01", "1", "factor")
	    R("2020-01-01,2022-01-01", "2", "factor"));

	(void)state;
	assert_string_equal(law_find(law, "x", LAW_NO_KEYS,
	    day("2019-12-31"))->value, "1");
	assert_string_equal(law_find(law, "x", LAW_NO_KEYS,
	    day("2021-12-31"))->value, "2");
	assert_string_equal(law_find(law, "x", LAW_NO_KEYS,
	    day("2022-01-01"))->value, "3");
	law_free(law);
}

/* --- the second directory --------------------------------------------------- */

static void
added(void **state)
{
	const struct law_text t[] = {
		{ "params/cap.csv", cap, 0 },
		{ "added/cap.csv", H("zone,name,")
		    R("2021-01-01,2022-01-01,general,up", "1.5", "factor"), 0 },
		{ "added/mine.csv", H("") R("2021-01-01,", "yes", "word"), 0 },
		{ 0 },
	};
	const struct law_row *row;
	struct law *law = NULL;
	struct err err = { 0 };
	const char *param;

	(void)state;
	assert_int_equal(law_of(t, &law, &err), TAPR_OK);
	row = law_find(law, "cap", LAW_KEYS("general", "up"),
	    day("2021-06-01"));
	assert_string_equal(row->value, "1.5");
	assert_true(row->added);
	assert_string_equal(row->file, "added/cap.csv");
	row = law_find(law, "cap", LAW_KEYS("general", "up"),
	    day("2022-01-01"));
	assert_string_equal(row->value, "1.25");
	assert_false(row->added);
	assert_non_null(law_find(law, "mine", LAW_NO_KEYS, day("2021-06-01")));

	assert_int_equal(law_param_count(law), 2);
	assert_string_equal(law_param_name(law, 1), "mine");
	assert_int_equal(law_row_count(law, 0), 9);
	assert_true(law_row_at(law, 0, 8)->added);
	assert_false(law_row_at(law, 0, 7)->added);
	assert_int_equal(law_key_count(law, 0), 2);
	assert_string_equal(law_key_name(law, 0, 1), "name");
	assert_int_equal(law_added_count(law), 2);
	assert_string_equal(law_added_at(law, 0, &param)->value, "1.5");
	assert_string_equal(param, "cap");
	assert_string_equal(law_added_at(law, 1, &param)->value, "yes");
	assert_string_equal(param, "mine");
	law_free(law);
}

/* --- refusing ----------------------------------------------------------------- */

#define X "params/x.csv"
#define LONG_VALUE "1234567890123456789"

static const struct refusal {
	const char	*why;
	struct law_text	 texts[3];
	const char	*where, *says;
} refusals[] = {
	{ "a value without a source is refused", { { X, H("zone,")
	    "2012-01-01,,general,1,factor,CSS,,,2026-11-22,\n", 0 } },
	    "law/params/x.csv:2", "sans source" },
	{ "a value without its legal text is refused", { { X, H("zone,")
	    "2012-01-01,,general,1,factor,,,s,2026-11-22,\n", 0 } },
	    "law/params/x.csv:2", "sans texte" },
	{ "a value without a day of checking is refused", { { X, H("zone,")
	    "2012-01-01,,general,1,factor,CSS,,s,,\n", 0 } },
	    "law/params/x.csv:2", "date de vérification" },
	{ "a day of checking that is none is refused", { { X, H("zone,")
	    "2012-01-01,,general,1,factor,CSS,,s,hier,\n", 0 } },
	    "law/params/x.csv:2", "checked_on" },
	{ "an empty value is refused", { { X, H("")
	    R("2012-01-01,", "", "factor"), 0 } },
	    "law/params/x.csv:2", "valeur vide" },
	{ "a first day that is none is refused", { { X, H("")
	    R("2012-02-30,", "1", "factor"), 0 } },
	    "law/params/x.csv:2", "valid_from" },
	{ "an end that is no date is refused", { { X, H("")
	    R("2012-01-01,2013", "1", "factor"), 0 } },
	    "law/params/x.csv:2", "valid_to" },
	{ "an end on the first day is refused", { { X, H("")
	    R("2012-01-01,2012-01-01", "1", "factor"), 0 } },
	    "law/params/x.csv:2", "avant de commencer" },
	{ "an end before the first day is refused", { { X, H("")
	    R("2012-01-01,2011-01-01", "1", "factor"), 0 } },
	    "law/params/x.csv:2", "avant de commencer" },
	{ "an end without a first day is refused", { { X, H("")
	    R(",2012-01-01", "1", "factor"), 0 } },
	    "law/params/x.csv:2", "sans valid_from" },
	{ "periods that meet are refused, the later line named", { { X, H("k,")
	    R("2012-01-01,2014-01-01,a", "1", "factor")
	    R("2012-01-01,,b", "1", "factor")
	    R("2013-12-31,,a", "2", "factor"), 0 } },
	    "law/params/x.csv:4", "ligne 2" },
	{ "an open period before another is refused", { { X, H("")
	    R("2012-01-01,", "1", "factor")
	    R("2013-01-01,", "2", "factor"), 0 } },
	    "law/params/x.csv:3", "recouvre" },
	{ "periods that meet in the second directory are refused", {
	    { X, H("") R("2012-01-01,", "1", "factor"), 0 },
	    { "added/x.csv", H("") R("2012-01-01,", "1", "factor")
	    R("2012-01-01,", "1", "factor"), 0 } },
	    "added/x.csv:3", "recouvre" },
	{ "a unit that does not exist is refused", { { X, H("")
	    R("2012-01-01,", "1", "francs"), 0 } },
	    "law/params/x.csv:2", "unité « francs »" },
	{ "a word where a number is due is refused", { { X, H("")
	    R("2012-01-01,", "deux", "percent"), 0 } },
	    "law/params/x.csv:2", "pas un nombre" },
	{ "a decimal comma is refused", { { X, H("")
	    R("2012-01-01,", "\"2,84\"", "percent"), 0 } },
	    "law/params/x.csv:2", "pas un nombre" },
	{ "seven decimals are refused", { { X, H("")
	    R("2012-01-01,", "0.0000001", "percent"), 0 } },
	    "law/params/x.csv:2", "pas un nombre" },
	{ "a number too large is refused", { { X, H("")
	    R("2012-01-01,", LONG_VALUE, "EUR"), 0 } },
	    "law/params/x.csv:2", "pas un nombre" },
	{ "a division by zero is refused", { { X, H("")
	    R("2012-01-01,", "1/0", "fraction"), 0 } },
	    "law/params/x.csv:2", "pas un nombre" },
	{ "a ratio of decimals is refused", { { X, H("")
	    R("2012-01-01,", "1.5/3", "fraction"), 0 } },
	    "law/params/x.csv:2", "pas un nombre" },
	{ "a day that is none is refused", { { X, H("")
	    R("2012-01-01,", "13-01", "MM-DD"), 0 } },
	    "law/params/x.csv:2", "jour de l'année" },
	{ "29 February is not a day of every year", { { X, H("")
	    R("2012-01-01,", "02-29", "MM-DD"), 0 } },
	    "law/params/x.csv:2", "jour de l'année" },
	{ "a header without value is refused", { { X,
	    "valid_from,valid_to,zone,unit,text,published,source,checked_on\n",
	    0 } }, "law/params/x.csv:1", "en-tête" },
	{ "a header in another order is refused", { { X,
	    "valid_to,valid_from,value,unit,text,published,source,checked_on\n",
	    0 } }, "law/params/x.csv:1", "en-tête" },
	{ "a header with another last column is refused", { { X,
	    "valid_from,valid_to,value,unit,text,published,source,checked_on,"
	    "remark\n", 0 } }, "law/params/x.csv:1", "« remark »" },
	{ "a header without sources is refused", { { X,
	    "valid_from,valid_to,value,unit,text,published,checked_on\n", 0 } },
	    "law/params/x.csv:1", "en-tête" },
	{ "five keys are refused", { { X, H("a,b,c,d,e,"), 0 } },
	    "law/params/x.csv:1", "5 colonnes de clés" },
	{ "a row too short is refused", { { X, H("") "2012-01-01,\n", 0 } },
	    "law/params/x.csv:2", "champs" },
	{ "Latin-1 is refused, with its line", { { X, H("")
	    R("2012-01-01,", "1", "factor") "arr\xeat\xe9\n", 0 } },
	    "law/params/x.csv:3", "UTF-8" },
	{ "a NUL byte is refused", { { X, H("") "\0", sizeof H("") } },
	    "law/params/x.csv:2", "octet nul" },
	{ "other keys in the second directory are refused", {
	    { X, H("zone,"), 0 }, { "added/x.csv", H("ctn,"), 0 } },
	    "added/x.csv:1", "law/params/x.csv" },
	{ "fewer keys in the second directory are refused", {
	    { X, H("zone,name,"), 0 }, { "added/x.csv", H("zone,"), 0 } },
	    "added/x.csv:1", "law/params/x.csv" },
	{ "a law without parameters is refused", { { 0 } }, "law/params",
	    "aucun paramètre" },
	{ "sources with another header are refused", {
	    { "sources.csv", "key,text\n", 0 }, { X, H(""), 0 } },
	    "law/sources.csv:1", "key,citation" },
	{ "a source without a citation is refused", {
	    { "sources.csv", "key,citation\na,b\nc,\n", 0 },
	    { X, H(""), 0 } }, "law/sources.csv:3", "référence" },
	{ "a source given twice is refused, the later line named", {
	    { "sources.csv", "key,citation\nb,1\na,2\nb,3\n", 0 },
	    { X, H(""), 0 } }, "law/sources.csv:4", "ligne 2" },
	{ "sources behind the parameters are refused", { { X, H(""), 0 },
	    { "sources.csv", "key,citation\n", 0 } }, "sources.csv",
	    "inattendu" },
	{ "a file of another name is refused", { { "params/X.csv", H(""), 0 } },
	    "params/X.csv", "inattendu" },
	{ "a name that leaves the directory is refused",
	    { { "params/../x.csv", H(""), 0 } }, "params/../x.csv",
	    "inattendu" },
	{ "files out of order are refused",
	    { { X, H(""), 0 }, { "params/a.csv", H(""), 0 } }, "params/a.csv",
	    "inattendu" },
	{ "a file given twice is refused", { { X, H(""), 0 }, { X, H(""), 0 } },
	    X, "inattendu" },
};

static void
refusal(void **state)
{
	const struct refusal *r = &refusals[(size_t)*state];
	struct law *law = NULL;
	struct err err = { 0 };

	assert_int_equal(law_of(r->texts, &law, &err), TAPR_EINVAL);
	assert_null(law);
	assert_string_equal(err.where, r->where);
	if (strstr(err.text, r->says) == NULL)
		fail_msg("« %s » does not say « %s »", err.text, r->says);
}

static void
note_is_optional(void **state)
{
	struct law *law = law_one(X, "valid_from,valid_to,value,unit,text,"
	    "published,source,checked_on\n2012-01-01,,1,factor,t,,s,"
	    "2026-11-22\n");

	(void)state;
	assert_string_equal(law_row_at(law, 0, 0)->note, "");
	law_free(law);
}

static void
bad_version(void **state)
{
	static const char *const versions[] = { "", "\n", "2026 1\n",
	    "2026.1\n2026.2\n", "2026.é", "012345678901234567890123456789012" };
	struct law_text t[2] = { { "VERSION", NULL, 0 }, { X, H(""),
	    strlen(H("")) } };
	struct law *law = NULL;
	struct err err;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(versions); i++) {
		t[0].bytes = versions[i];
		t[0].n = strlen(versions[i]);
		err = (struct err){ 0 };
		assert_int_equal(law_open_texts(t, 2, &law, &err),
		    TAPR_EINVAL);
		assert_string_equal(err.where, "law/VERSION:1");
	}
	err = (struct err){ 0 };
	assert_int_equal(law_open_texts(t + 1, 1, &law, &err), TAPR_EINVAL);
	assert_null(law);
}

/* --- directories ---------------------------------------------------------------- */

/* A directory of its own for each test, with what it was given to hold. */
struct place {
	char	dir[64];
	char	made[16][128];
	int	n;
};

static char *
path_of(const struct place *p, const char *name, char *buf, size_t size)
{

	(void)snprintf(buf, size, "%s/%s", p->dir, name);
	return buf;
}

static void
put(struct place *p, const char *name, const char *bytes)
{
	char path[sizeof p->made[0]];
	FILE *f;

	assert_true(p->n < 16);
	memcpy(p->made[p->n++], path_of(p, name, path, sizeof path),
	    sizeof path);
	if (bytes == NULL) {
		assert_int_equal(mkdir(path, 0700), 0);
		return;
	}
	assert_non_null(f = fopen(path, "wb"));
	assert_int_equal(fwrite(bytes, 1, strlen(bytes), f), strlen(bytes));
	assert_int_equal(fclose(f), 0);
}

static int
place_new(void **state)
{
	struct place *p = calloc(1, sizeof *p);

	if (p == NULL)
		return -1;
	(void)snprintf(p->dir, sizeof p->dir, "/tmp/tapr-law-XXXXXX");
	*state = p;
	return mkdtemp(p->dir) == NULL ? -1 : 0;
}

static int
place_free(void **state)
{
	struct place *p = *state;
	int rc;

	while (p->n > 0)
		(void)remove(p->made[--p->n]);
	rc = rmdir(p->dir);
	free(p);
	return rc;
}

#define SOURCES "key,citation\nlegifrance,Légifrance\n"
#define ONE H("") R("2012-01-01,", "1", "factor")

static void
directories(void **state)
{
	struct place *p = *state;
	const struct law_text t[] = { { "VERSION", "7", 1 },
	    { "sources.csv", SOURCES, strlen(SOURCES) },
	    { "params/a.csv", ONE, strlen(ONE) },
	    { "params/b.csv", ONE, strlen(ONE) },
	    { "added/c.csv", ONE, strlen(ONE) } };
	struct law *law = NULL, *same = NULL;
	struct err err = { 0 };
	char dir[128], extra[128], params[128];
	const char *param;

	put(p, "law", NULL);
	put(p, "law/VERSION", "7");
	put(p, "law/sources.csv", SOURCES);
	put(p, "law/params", NULL);
	put(p, "law/params/b.csv", ONE);
	put(p, "law/params/a.csv", ONE);
	put(p, "law/params/.c.csv", "an editor left this");
	put(p, "law/params/README.md", "# not a parameter");
	put(p, "extra", NULL);
	put(p, "extra/params", NULL);
	put(p, "extra/params/c.csv", ONE);
	put(p, "extra/rules.csv", "not,a,parameter\n");
	(void)path_of(p, "law", dir, sizeof dir);
	(void)path_of(p, "extra", extra, sizeof extra);

	assert_int_equal(law_open(dir, extra, &law, &err), TAPR_OK);
	assert_int_equal(law_param_count(law), 3);
	assert_string_equal(law_param_name(law, 0), "a");
	assert_string_equal(law_row_at(law, 1, 0)->file,
	    "law/params/b.csv");
	assert_string_equal(law_row_at(law, 2, 0)->citation, "Légifrance");
	assert_int_equal(law_added_count(law), 1);
	assert_string_equal(law_added_at(law, 0, &param)->file,
	    path_of(p, "extra/params/c.csv", params, sizeof params));

	/* Where the files are does not count. */
	assert_int_equal(law_open_texts(t, COUNT(t), &same, &err), TAPR_OK);
	assert_string_equal(law_digest(law), law_digest(same));
	assert_int_equal(strlen(law_digest(law)), 64);
	law_closep(&law);
	assert_null(law);

	/* A second directory may be the one that holds the files. */
	(void)path_of(p, "extra/params", extra, sizeof extra);
	assert_int_equal(law_open(dir, extra, &law, &err), TAPR_OK);
	assert_string_equal(law_digest(law), law_digest(same));
	law_free(law);

	/* Without it the law is another one. */
	assert_int_equal(law_open(dir, NULL, &law, &err), TAPR_OK);
	assert_string_not_equal(law_digest(law), law_digest(same));
	law_free(law);
	law_free(same);
	law_free(NULL);
}

/* The digest told by any other program: see the top of law_read.c. */
static void
digest(void **state)
{
	static const struct law_text t[] = { { "VERSION", "7", 1 },
	    { X, H(""), sizeof H("") - 1 } };
	struct law *law = NULL;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(law_open_texts(t, 2, &law, &err), TAPR_OK);
	/* printf 'VERSION\0007params/x.csv\000valid_from,...\n' | sha256sum */
	assert_string_equal(law_digest(law), "92de1fc47c402ced5dad65a80f0b164661466e958ccf031a555f87a375ef2fec");
	law_free(law);
}

static const struct bad_place {
	const char	*why;
	const char	*made[4][2];
	const char	*extra;
	enum tapr_code	 code;
	const char	*says;
} bad_places[] = {
	{ "a law without VERSION is refused", { { "law", NULL },
	    { "law/params", NULL }, { "law/params/a.csv", ONE } }, NULL,
	    TAPR_EIO, "lecture impossible" },
	{ "a law without params is refused", { { "law", NULL },
	    { "law/VERSION", "1" } }, NULL, TAPR_EIO, "illisible" },
	{ "a law whose params is empty is refused", { { "law", NULL },
	    { "law/VERSION", "1" }, { "law/params", NULL } }, NULL,
	    TAPR_EINVAL, "aucun paramètre" },
	{ "a parameter in capitals is refused", { { "law", NULL },
	    { "law/VERSION", "1" }, { "law/params", NULL },
	    { "law/params/Cap.csv", ONE } }, NULL, TAPR_EINVAL, "Cap.csv" },
	{ "a second directory that does not exist is refused",
	    { { "law", NULL }, { "law/VERSION", "1" }, { "law/params", NULL },
	    { "law/params/a.csv", ONE } }, "nowhere", TAPR_EIO, "illisible" },
	{ "a second directory without parameters is refused",
	    { { "law", NULL }, { "law/VERSION", "1" }, { "law/params", NULL },
	    { "law/params/a.csv", ONE } }, "", TAPR_EINVAL, "aucun paramètre" },
	{ "a directory named like a parameter is refused",
	    { { "law", NULL }, { "law/VERSION", "1" }, { "law/params", NULL },
	    { "law/params/a.csv", NULL } }, NULL, TAPR_EINVAL, "dossier" },
};

static void
bad_place(void **state)
{
	const struct bad_place *b;
	struct place *p;
	void *own = NULL;
	struct law *law = NULL;
	struct err err = { 0 };
	char dir[128], extra[128];
	size_t i;

	b = &bad_places[(size_t)*state];
	assert_int_equal(place_new(&own), 0);
	p = own;
	for (i = 0; i < 4 && b->made[i][0] != NULL; i++)
		put(p, b->made[i][0], b->made[i][1]);
	(void)path_of(p, "law", dir, sizeof dir);
	if (b->extra != NULL)
		(void)path_of(p, b->extra, extra, sizeof extra);
	assert_int_equal(law_open(dir, b->extra != NULL ? extra : NULL, &law,
	    &err), b->code);
	assert_null(law);
	if (strstr(err.text, b->says) == NULL)
		fail_msg("« %s » does not say « %s »", err.text, b->says);
	assert_non_null(strstr(err.where, p->dir));
	assert_int_equal(place_free(&own), 0);
}

/* The law that is shipped: it opens, and what the rules live by is there. */
static void
shipped(void **state)
{
	const char *dir = getenv("TAPR_LAW");
	struct law *law = NULL;
	struct err err = { 0 };

	(void)state;
	if (law_open(dir != NULL ? dir : "law", NULL, &law, &err) != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	assert_non_null(law_find(law, "majorations", LAW_KEYS("M1"),
	    day("2024-06-01")));
	assert_non_null(law_find(law, "cap", LAW_KEYS("general", "threshold"),
	    day("2024-06-01")));
	assert_non_null(law_find(law, "average_costs",
	    LAW_KEYS("general", "A", "", "IT1"), day("2024-06-01")));
	law_free(law);
}

int
main(void)
{
	const struct CMUnitTest plain[] = {
		{ "a row tells all that its line does",
		    row_is_whole, NULL, NULL, NULL },
		{ "a source stands for its citation, else for itself",
		    cited, NULL, NULL, NULL },
		{ "a row is found by its own keys", own_keys, NULL, NULL,
		    NULL },
		{ "an empty key is a key", empty_key, NULL, NULL, NULL },
		{ "a parameter may have no keys", no_keys, NULL, NULL, NULL },
		{ "keys are known whatever the date",
		    known, NULL, NULL, NULL },
		{ "a missing value is refused with what to do",
		    need, NULL, NULL, NULL },
		{ "numbers are exact", number, NULL, NULL, NULL },
		{ "each of five thousand keys is found",
		    many, NULL, NULL, NULL },
		{ "the order of lines does not count",
		    periods_in_any_order, NULL, NULL, NULL },
		{ "rows of a second directory win and are listed",
		    added, NULL, NULL, NULL },
		{ "the column note may be missing",
		    note_is_optional, NULL, NULL, NULL },
		{ "a version that is no version is refused",
		    bad_version, NULL, NULL, NULL },
		{ "directories are read in order, whatever else they hold",
		    directories, place_new, place_free, NULL },
		{ "the digest is the one of names and bytes",
		    digest, NULL, NULL, NULL },
		{ "the law that is shipped opens", shipped, NULL, NULL, NULL },
	};
	struct CMUnitTest tests[COUNT(plain) + COUNT(findings) +
	    COUNT(refusals) + COUNT(bad_places)];
	size_t i, n = 0;

	for (i = 0; i < COUNT(plain); i++)
		tests[n++] = plain[i];
	for (i = 0; i < COUNT(findings); i++)
		tests[n++] = (struct CMUnitTest){ findings[i].why, finding,
		    NULL, NULL, (void *)i };
	for (i = 0; i < COUNT(refusals); i++)
		tests[n++] = (struct CMUnitTest){ refusals[i].why, refusal,
		    NULL, NULL, (void *)i };
	for (i = 0; i < COUNT(bad_places); i++)
		tests[n++] = (struct CMUnitTest){ bad_places[i].why, bad_place,
		    NULL, NULL, (void *)i };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
