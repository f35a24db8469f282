/*
 * test_law_view.c -- what is told of a small law, and that nothing is told of
 * what is not there.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "rating/law_view.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

#define H(keys) "valid_from,valid_to," keys \
	"value,unit,text,published,source,checked_on,note\n"
#define R(start, value, unit) start "," value "," unit \
	",Un texte,2011-12-30,une source,2026-11-22,\n"

enum { TEXTS_MAX = 8 };

static const struct date today = { 2026, 11, 23 };

/* Opens a law of texts that end with one without a name. */
static struct law *
law_of(const struct law_text *texts)
{
	static const char sources[] = "key,citation\nune source,Une "
	    "référence\ns,Une autre\n";
	struct law_text t[TEXTS_MAX + 2] = { { "VERSION", "2026.1\n", 7 },
	    { "sources.csv", sources, sizeof sources - 1 } };
	struct err err = { 0 };
	struct law *law = NULL;
	size_t n = 2;

	for (; texts->name != NULL; texts++, n++)
		t[n] = (struct law_text){ texts->name, texts->bytes,
		    strlen(texts->bytes) };
	if (law_open_texts(t, n, &law, &err) != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	return law;
}

/* No-break blanks become plain ones, so that the tables below can be typed. */
static void
plain_blanks(struct str *out)
{
	char *from = out->p, *to = out->p;

	if (out->p == NULL)
		return;
	for (; *from != '\0'; from++)
		if (from[0] == '\xc2' && from[1] == '\xa0') {
			*to++ = ' ';
			from++;
		} else
			*to++ = *from;
	*to = '\0';
	out->n = (size_t)(to - out->p);
}

static void
says(struct str *out, const char *what)
{

	plain_blanks(out);
	if (out->p == NULL || strstr(out->p, what) == NULL)
		fail_msg("« %s » is not in:\n%s", what,
		    out->p != NULL ? out->p : "(nothing)");
}

static void
says_not(const struct str *out, const char *what)
{

	if (out->p != NULL && strstr(out->p, what) != NULL)
		fail_msg("« %s » is in:\n%s", what, out->p);
}

/* --- status ----------------------------------------------------------------- */

static const struct law_text covered[] = {
	{ "params/collective_rates.csv", H("zone,risk_code,")
	    R("2024-01-01,2025-05-01,general,452BE", "2.84", "percent")
	    R("2024-01-01,2025-05-01,general,111ZB", "1.40", "percent")
	    R("2025-05-01,2026-01-01,general,452BE", "2.90", "percent"), 0 },
	{ "params/majorations.csv", H("name,")
	    R("2023-01-01,2024-01-01,M1", "0.16", "percent")
	    R("2024-01-01,2025-01-01,M1", "0.17", "percent")
	    R("2024-01-01,2025-01-01,M2", "58", "percent")
	    R("2024-01-01,2025-01-01,M3", "0.16", "percent")
	    R("2024-01-01,2025-01-01,M4", "0.03", "percent")
	    R(",,M4", "0.05", "percent"), 0 },
	{ "params/mine.csv", H("") R("2024-01-01,2026-01-01", "yes", "word"),
	    0 },
	{ "params/risk_codes.csv", H("risk_code,")
	    R("2024-01-01,2026-01-01,452BE", "B", "word")
	    R("2024-01-01,2026-01-01,111ZB", "E", "word"), 0 },
	{ "params/tariff_start.csv", H("")
	    R("1996-01-01,2025-01-01", "01-01", "MM-DD")
	    R("2025-01-01,2026-01-01", "05-01", "MM-DD")
	    R("2026-01-01,", "01-01", "MM-DD"), 0 },
	{ 0 },
};

static void
matrix(void **state)
{
	struct law *law = law_of(covered);
	struct str out;

	(void)state;
	str_init(&out, 1000000);
	law_status(law, 2022, 2026, NULL, false, &out);
	says(&out, "Loi 2026.1, empreinte ");
	says(&out, "\n                                   22 23 24 25 26\n");
	says(&out, "\ntariff_start                        x  x  x  x  x\n");
	says(&out, "\nmajorations                         -  /  x  -  -\n");
	says(&out, "\ncollective_rates (general)          -  -  x  /  -\n");
	says(&out, "\ncollective_rates (alsace-moselle)   -  -  -  -  -\n");
	says(&out, "\naverage_costs (B, general)          -  -  -  -  -\n");
	says(&out, "\nreal_costs                                       \n");
	says(&out, "\nmine                                -  -  x  x  -\n");
	says(&out, "  majorations                        2023 : 1 sur 4\n");
	says(&out, "  collective_rates (general)         2025 : 1 sur 2\n");
	says(&out, "2025 : le tarif prend effet le 1er mai 2025 ; jusque-là, "
	    "les valeurs de 2024 restent en vigueur.");
	str_free(&out);
	law_free(law);
}

static void
matrix_json(void **state)
{
	struct law *law = law_of(covered);
	struct str out;

	(void)state;
	str_init(&out, 1000000);
	law_status(law, 2024, 2025, NULL, true, &out);
	says(&out, "\"years\":[2024,2025],\"tariff_days\":[\"2024-01-01\","
	    "\"2025-05-01\"]");
	says(&out, "{\"name\":\"majorations\",\"keys\":{},\"cells\":["
	    "{\"year\":2024,\"state\":\"complete\",\"values\":4,\"expected\":4}"
	    ",{\"year\":2025,\"state\":\"missing\",\"values\":0,\"expected\":4}"
	    "]}");
	says(&out, "{\"name\":\"average_costs\",\"keys\":{\"ctn\":\"B\","
	    "\"zone\":\"general\"},\"cells\":[{\"year\":2024,\"state\":"
	    "\"missing\",\"values\":0,\"expected\":10}");
	says(&out, "{\"name\":\"collective_rates\",\"keys\":{\"zone\":"
	    "\"general\"},\"cells\":[{\"year\":2024,\"state\":\"complete\","
	    "\"values\":2,\"expected\":2},{\"year\":2025,\"state\":\"partial\","
	    "\"values\":1,\"expected\":2}]}");
	str_free(&out);
	law_free(law);
}

static void
many_years(void **state)
{
	struct law *law = law_of(covered);
	struct str out;

	(void)state;
	str_init(&out, 10000000);
	law_status(law, -30000, 30000, NULL, true, &out);
	says(&out, "\"years\":[1900,1901,");
	says(&out, ",1999],\"tariff_days\"");
	str_clear(&out);
	law_status(law, 2026, 2012, NULL, true, &out);
	says(&out, "\"years\":[],");
	str_free(&out);
	law_free(law);
}

static void
too_small(void **state)
{
	struct law *law = law_of(covered);
	struct str out;

	(void)state;
	str_init(&out, 3000);
	law_status(law, 2012, 2026, NULL, false, &out);
	assert_true(str_failed(&out));
	str_free(&out);
	law_free(law);
}

/* --- show --------------------------------------------------------------------- */

static const struct showing {
	const char	*why;
	const char	*param, *key[LAW_KEYS_MAX], *on;
	bool		 json;
	enum tapr_code	 code;
	const char	*says[3];
} showings[] = {
	{ "one value is shown with all that is known of it",
	    "majorations", { "M1" }, "2024-06-01", false, TAPR_OK,
	    { "majorations.M1 = 0,17 %\n  période  du 1er janvier 2024 au "
	    "31 décembre 2024\n", "Un texte ; publié le 30 décembre 2011 ; "
	    "source : Une référence ; vérifié le 22 novembre 2026\n",
	    "lieu     law/params/majorations.csv:3\n" } },
	{ "one value in JSON", "majorations", { "M1" }, "2024-06-01", true,
	    TAPR_OK, { "{\"parameter\":\"majorations\",\"on\":\"2024-06-01\","
	    "\"values\":[{\"path\":\"majorations.M1\",\"keys\":{\"name\":"
	    "\"M1\"},\"value\":\"0.17\",\"exact\":\"17/100\",\"unit\":"
	    "\"percent\",\"valid\":[\"2024-01-01\",\"2025-01-01\"]",
	    "\"published\":\"2011-12-30\",\"source\":\"une source\","
	    "\"citation\":\"Une référence\",", "\"note\":null" } },
	{ "an open period and a word", "tariff_start", { NULL }, "2026-06-01",
	    false, TAPR_OK, { "tariff_start = 01-01 (mois-jour)\n",
	    "depuis le 1er janvier 2026\n" } },
	{ "an open end is null in JSON", "tariff_start", { NULL },
	    "2026-06-01", true, TAPR_OK, { "\"exact\":null",
	    "\"valid\":[\"2026-01-01\",null]" } },
	{ "without keys all rows of the day are listed", "majorations",
	    { NULL }, "2024-06-01", false, TAPR_OK,
	    { "majorations.M1 = 0,17 %  "
	    "[law/params/majorations.csv:3] (1)\n", "majorations.M4 = "
	    "0,03 %  [law/params/majorations.csv:6] (1)\n",
	    "Sans date imprimée, jamais appliquées :\nmajorations.M4 = "
	    "0,05 %" } },
	{ "undated rows stand apart in JSON", "majorations", { NULL },
	    "2024-06-01", true, TAPR_OK, { "}],\"undated\":[{\"path\":"
	    "\"majorations.M4\"", "\"valid\":[null,null]" } },
	{ "some keys given: the rows that fit", "collective_rates",
	    { "general" }, "2024-06-01", false, TAPR_OK,
	    { "collective_rates.general.452BE = 2,84", "1,40" } },
	{ "the second key given alone", "collective_rates",
	    { NULL, "452BE" }, "2025-06-01", false, TAPR_OK,
	    { "collective_rates.general.452BE = 2,90" } },
	{ "a wrong name is refused with near ones", "majoration", { NULL },
	    "2024-06-01", false, TAPR_EINVAL,
	    { "« majoration »", "noms proches : majorations" } },
	{ "a part of a name is near", "rates", { NULL }, "2024-06-01", false,
	    TAPR_EINVAL, { "noms proches : collective_rates" } },
	{ "a name like no other is refused", "zzzzzz", { NULL }, "2024-06-01",
	    false, TAPR_EINVAL, { "tapr law status" } },
	{ "a key too many is refused", "majorations", { "M1", "M2" },
	    "2024-06-01", false, TAPR_EINVAL, { "« M2 » est de trop" } },
	{ "a value that is not there is refused", "majorations", { "M1" },
	    "2025-06-01", false, TAPR_ELAW, { "paramètre absent : "
	    "majorations (name=M1) au 2025-06-01" } },
	{ "keys that nothing fits are refused", "collective_rates",
	    { "alsace-moselle" }, "2024-06-01", false, TAPR_ELAW,
	    { "aucune valeur de collective_rates au 2024-06-01" } },
};

static void
showing(void **state)
{
	const struct showing *s = &showings[(size_t)*state];
	struct law *law = law_of(covered);
	struct date on = DATE_NONE;
	struct err err = { 0 };
	struct str out;
	size_t i;

	assert_true(date_parse(s->on, strlen(s->on), &on));
	str_init(&out, 1000000);
	assert_int_equal(law_show(law, s->param, s->key, on, s->json, &out,
	    &err), s->code);
	if (s->code != TAPR_OK) {
		assert_int_equal(out.n, 0);
		str_add(&out, err.text);
	}
	for (i = 0; i < COUNT(s->says) && s->says[i] != NULL; i++)
		says(&out, s->says[i]);
	str_free(&out);
	law_free(law);
}

static const struct law_text replaced[] = {
	{ "params/majorations.csv", H("name,")
	    R("2024-01-01,2025-01-01,M1", "0.17", "percent"), 0 },
	{ "added/majorations.csv", H("name,")
	    R("2024-07-01,2024-08-01,M1", "0.20", "percent"), 0 },
	{ 0 },
};

static void
show_replaced(void **state)
{
	struct law *law = law_of(replaced);
	struct err err = { 0 };
	struct str out;

	(void)state;
	str_init(&out, 100000);
	assert_int_equal(law_show(law, "majorations", LAW_NO_KEYS,
	    (struct date){ 2024, 7, 15 }, false, &out, &err), TAPR_OK);
	says(&out, "majorations.M1 = 0,20");
	says(&out, "added/majorations.csv:2 (ajoutée par --law)");
	says_not(&out, "0,17");
	str_clear(&out);
	assert_int_equal(law_show(law, "majorations", LAW_NO_KEYS,
	    (struct date){ 2024, 8, 1 }, false, &out, &err), TAPR_OK);
	says(&out, "0,17");
	says_not(&out, "0,20");
	str_clear(&out);
	law_status(law, 2024, 2024, NULL, false, &out);
	says(&out, "avec 1 valeur ajoutée par --law");
	str_free(&out);
	law_free(law);
}

/* --- check --------------------------------------------------------------------- */

static const struct doubt {
	const char	*why, *name, *bytes, *says;
	size_t		 errors;
} doubts[] = {
	{ "a good row gives rise to nothing", "params/rebate.csv", H("name,")
	    R("2012-01-01,,maximum", "0.25", "fraction"), NULL, 0 },
	{ "a hole between two periods is a warning", "params/rebate.csv",
	    H("name,") R("2012-01-01,2013-01-01,maximum", "0.25", "fraction")
	    R("2014-01-01,,maximum", "0.25", "fraction"),
	    "avertissement  law/params/rebate.csv:3  rien du 2013-01-01 au "
	    "2014-01-01", 0 },
	{ "a unit of another parameter is an error", "params/rebate.csv",
	    H("name,") R("2012-01-01,,maximum", "25", "percent"),
	    "erreur  law/params/rebate.csv:2  l'unité percent n'est pas de "
	    "celles de ce paramètre (fraction)", 1 },
	{ "half a day is an error", "params/cost_category.csv",
	    H("kind,category,") R("2012-01-01,,it,IT2", "4.5", "days"),
	    "« 4.5 » n'est pas un nombre entier", 1 },
	{ "a rate of 284 % is an error", "params/collective_rates.csv",
	    H("zone,risk_code,")
	    R("2024-01-01,2025-01-01,general,452BE", "284", "percent"),
	    "hors du plausible", 1 },
	{ "the highest rate there was is none", "params/collective_rates.csv",
	    H("zone,risk_code,")
	    R("2015-01-01,2016-01-01,general,266JB", "111.9", "percent"),
	    NULL, 0 },
	{ "a negative cost is an error", "params/average_costs.csv",
	    H("zone,ctn,group,category,")
	    R("2024-01-01,2025-01-01,*,A,,IT1", "-241", "EUR"),
	    "hors du plausible", 1 },
	{ "a rate more than doubled is a warning",
	    "params/collective_rates.csv", H("zone,risk_code,")
	    R("2023-01-01,2024-01-01,general,452BE", "1.4", "percent")
	    R("2024-01-01,2025-01-01,general,452BE", "2.9", "percent"),
	    "collective_rates.csv:3  passe de 1.4 (ligne 2) à 2.9, plus que "
	    "du simple au double", 0 },
	{ "a rate just doubled is none", "params/collective_rates.csv",
	    H("zone,risk_code,")
	    R("2023-01-01,2024-01-01,general,452BE", "1.4", "percent")
	    R("2024-01-01,2025-01-01,general,452BE", "2.8", "percent"),
	    NULL, 0 },
	{ "a cost cut to less than a third is a warning",
	    "params/average_costs.csv", H("zone,ctn,group,category,")
	    R("2023-01-01,2024-01-01,*,A,,IT1", "301", "EUR")
	    R("2024-01-01,2025-01-01,*,A,,IT1", "100", "EUR"),
	    "plus que du simple au triple", 0 },
	{ "a row without dates is a warning", "params/abatements.csv",
	    H("risk_code,") R(",,553BC", "0.10", "fraction"),
	    "avertissement  law/params/abatements.csv:2  valeur sans date "
	    "d'effet", 0 },
	{ "a yearly value without end is a warning", "params/majorations.csv",
	    H("name,") R("2024-01-01,,M1", "0.17", "percent"),
	    "valeur annuelle sans fin", 0 },
	{ "a missing date of publication is told once",
	    "params/rebate.csv", H("name,")
	    "2012-01-01,2013-01-01,maximum,0.25,fraction,t,,s,2026-11-22,\n"
	    "2013-01-01,,maximum,0.25,fraction,t,,s,2026-11-22,\n",
	    "information  law/params/rebate.csv:2  date de publication non "
	    "indiquée (2 lignes, dont celle-ci)", 0 },
	{ "a date of publication that is none is a warning",
	    "params/rebate.csv", H("name,")
	    "2012-01-01,,maximum,0.25,fraction,t,hier,s,2026-11-22,\n",
	    "« hier » n'est pas une date", 0 },
	{ "what was checked a year ago is none", "params/rebate.csv",
	    H("name,")
	    "2012-01-01,,maximum,0.25,fraction,t,2011-01-01,s,2025-11-23,\n",
	    NULL, 0 },
	{ "what was checked before that is a warning", "params/rebate.csv",
	    H("name,")
	    "2012-01-01,,maximum,0.25,fraction,t,2011-01-01,s,2025-11-22,\n",
	    "il y a plus d'un an", 0 },
	{ "what was checked tomorrow is a warning", "params/rebate.csv",
	    H("name,")
	    "2012-01-01,,maximum,0.25,fraction,t,2011-01-01,s,2026-11-24,\n",
	    "après la date du jour", 0 },
	{ "a risk code with a dot is an error", "params/abatements.csv",
	    H("risk_code,") R("2012-01-01,,55.3BC", "0.10", "fraction"),
	    "la clé risk_code ne peut pas être « 55.3BC »", 1 },
	{ "a source that is not explained is an error", "params/rebate.csv",
	    H("name,")
	    "2012-01-01,,maximum,0.25,fraction,t,2011-01-01,x,2026-11-22,\n",
	    "erreur  law/params/rebate.csv:2  la source « x » n'est pas dans "
	    "law/sources.csv", 1 },
	{ "a zone that does not exist is an error", "params/cap.csv",
	    H("zone,name,") R("2012-01-01,,national,threshold", "4", "percent"),
	    "« national »", 1 },
	{ "a parameter that no rule reads is told", "params/mine.csv",
	    H("") R("2012-01-01,", "4", "percent"),
	    "ne connaît pas", 0 },
};

static void
doubt(void **state)
{
	const struct doubt *d = &doubts[(size_t)*state];
	const struct law_text t[] = { { d->name, d->bytes, 0 }, { 0 } };
	struct law *law = law_of(t);
	struct err err = { 0 };
	struct str out;
	size_t errors = 99;

	str_init(&out, 1000000);
	assert_int_equal(law_check(law, today, false, &out, &errors, &err),
	    TAPR_OK);
	assert_int_equal(errors, d->errors);
	if (d->says != NULL)
		says(&out, d->says);
	else
		says_not(&out, d->name);
	says(&out, "avertissement  law/params/temp_work.csv:1  fichier "
	    "absent");
	str_free(&out);
	law_free(law);
}

static void
check_replaced(void **state)
{
	struct law *law = law_of(replaced);
	struct err err = { 0 };
	size_t errors;
	struct str out;

	(void)state;
	str_init(&out, 100000);
	assert_int_equal(law_check(law, today, false, &out, &errors, &err),
	    TAPR_OK);
	says(&out, "information  added/majorations.csv:2  remplace "
	    "law/params/majorations.csv:2");
	assert_int_equal(errors, 0);
	str_free(&out);
	law_free(law);
}

static void
check_json(void **state)
{
	static const struct law_text t[] = { { "params/rebate.csv",
	    H("name,") R("2012-01-01,,maximum", "25", "percent")
	    R(",,other", "0.25", "fraction"), 0 }, { 0 } };
	struct law *law = law_of(t);
	struct err err = { 0 };
	size_t errors;
	struct str out;

	(void)state;
	str_init(&out, 100000);
	assert_int_equal(law_check(law, DATE_NONE, true, &out, &errors, &err),
	    TAPR_OK);
	says(&out, "\"findings\":[{\"severity\":\"error\",\"kind\":\"unit\","
	    "\"file\":\"law/params/rebate.csv\",\"line\":2,\"count\":1,"
	    "\"text\":\"");
	says(&out, "\"kind\":\"undated\"");
	says(&out, "],\"errors\":1,\"warnings\":");
	assert_int_equal(errors, 1);
	str_free(&out);
	law_free(law);
}

/* The law that is shipped holds no error, and the gaps it declares. */
static void
shipped(void **state)
{
	const char *dir = getenv("TAPR_LAW");
	struct law *law = NULL;
	struct err err = { 0 };
	size_t errors;
	struct str out;

	(void)state;
	str_init(&out, 10000000);
	if (law_open(dir != NULL ? dir : "law", NULL, &law, &err) != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	assert_int_equal(law_check(law, DATE_NONE, false, &out, &errors, &err),
	    TAPR_OK);
	says_not(&out, "erreur  ");
	says_not(&out, "fichier absent");
	assert_int_equal(errors, 0);
	str_clear(&out);
	law_status(law, LAW_VIEW_FIRST, LAW_VIEW_LAST, NULL, false, &out);
	says(&out, "\ncap (general)                       x  x  x  x  x  x  x  "
	    "x  x  x  x  x  x  x  x\n");
	str_free(&out);
	law_free(law);
}

int
main(void)
{
	const struct CMUnitTest plain[] = {
		{ "the matrix shows what is complete, partial and absent",
		    matrix, NULL, NULL, NULL },
		{ "the matrix in JSON counts values and expectations",
		    matrix_json, NULL, NULL, NULL },
		{ "years outside the calendar are not shown",
		    many_years, NULL, NULL, NULL },
		{ "a text too small says so", too_small, NULL, NULL, NULL },
		{ "what is replaced is not shown",
		    show_replaced, NULL, NULL, NULL },
		{ "what is replaced is told", check_replaced, NULL, NULL,
		    NULL },
		{ "findings in JSON, errors first", check_json, NULL, NULL,
		    NULL },
		{ "the law that is shipped has no error",
		    shipped, NULL, NULL, NULL },
	};
	struct CMUnitTest tests[COUNT(plain) + COUNT(showings) +
	    COUNT(doubts)];
	size_t i, n = 0;

	for (i = 0; i < COUNT(plain); i++)
		tests[n++] = plain[i];
	for (i = 0; i < COUNT(showings); i++)
		tests[n++] = (struct CMUnitTest){ showings[i].why, showing,
		    NULL, NULL, (void *)i };
	for (i = 0; i < COUNT(doubts); i++)
		tests[n++] = (struct CMUnitTest){ doubts[i].why, doubt, NULL,
		    NULL, (void *)i };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
