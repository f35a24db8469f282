/*
 * test_simulate.c -- what if: a simulated fact is a fact, rows in order, and
 * every way a question can be wrong.
 */
#include "fixture.h"
#include "base/str.h"
#include "rating/rating.h"

struct sink { struct str text; size_t calls, done, all, stop_at; };

static bool
take(void *to, const char *text, size_t n, size_t done, size_t all)
{
	struct sink *s = to;

	str_add_n(&s->text, text, n);
	s->done = done;
	s->all = all;
	return ++s->calls != s->stop_at;
}

static const struct document mixed = { "base.json", FACTS_MIXED,
	sizeof FACTS_MIXED - 1 };

static const struct {
	const char	*why;
	const char	*set[2], *sweep[9];
	enum format	 format;
	size_t		 rows;
	const char	*says[3];
} questions[] = {
	{ "a set is shown, with the rate of the changed facts",
	    { "given.collective_rate=3.09" }, { NULL }, FORMAT_TEXT, 1,
	    { "ce calcul ne vaut pas décision", "avec given.collective_rate="
	    "3.09", "taux 1,66 %   (mixte)" } },
	{ "a sweep of three values, the last included",
	    { NULL }, { "given.collective_rate=1..3/1" }, FORMAT_TEXT, 3,
	    { "given.collective_rate = 1   taux 0,72 %",
	    "given.collective_rate = 2   taux 1,17 %",
	    "given.collective_rate = 3   taux 1,62 %" } },
	{ "a sweep whose step passes its end stops before it",
	    { NULL }, { "given.collective_rate=1..2.9/1" }, FORMAT_TEXT, 2,
	    { "given.collective_rate = 1.0   taux 0,72 %",
	    "given.collective_rate = 2.0   taux 1,17 %", "" } },
	{ "a sweep of one value",
	    { NULL }, { "given.collective_rate=2..2/0.5" }, FORMAT_TEXT, 1,
	    { "given.collective_rate = 2.0   taux 1,17 %", "", "" } },
	{ "of two sweeps the second turns fastest",
	    { NULL }, { "given.collective_rate=1..2/1", "rebate=0..0.1/0.1" },
	    FORMAT_TEXT, 4,
	    { "given.collective_rate = 1   rebate = 0.0   taux 0,72 %   "
	    "(mixte)\ngiven.collective_rate = 1   rebate = 0.1",
	    "given.collective_rate = 2   rebate = 0.0", "" } },
	{ "a row that is refused says why, the others answer",
	    { NULL }, { "claims.A1.stoppage_days=-1..0/1" }, FORMAT_TEXT, 2,
	    { "claims.A1.stoppage_days = -1   refusé : claims.A1."
	    "stoppage_days", "claims.A1.stoppage_days = 0   taux", "" } },
	{ "a limit that bears is told, up",
	    { "previous={\"rate\": \"0.10\", \"mode\": \"mixed\"}" },
	    { NULL }, FORMAT_TEXT, 1,
	    { "taux 1,10 %   (mixte, hausse limitée)", "", "" } },
	{ "a limit that bears is told, down",
	    { "previous={\"rate\": \"3.00\", \"mode\": \"mixed\"}" },
	    { NULL }, FORMAT_TEXT, 1,
	    { "taux 2,20 %   (mixte, baisse limitée)", "", "" } },
	{ "JSON: each row has what was set and its answer",
	    { "given.collective_rate=3.09", "rebate=0" },
	    { "payroll.2022=1000000..1000001/1" }, FORMAT_JSON, 2,
	    { "{\"simulation\": true, \"rows\": [\n{\"set\": {"
	    "\"given.collective_rate\": \"3.09\", \"rebate\": \"0\", "
	    "\"payroll.2022\": \"1000000\"}, \"answer\": {",
	    ",\n{\"set\": {\"given.collective_rate\": \"3.09\", \"rebate\": "
	    "\"0\", \"payroll.2022\": \"1000001\"}", "\n]}\n" } },
	{ "JSON: a row that is refused has its error",
	    { NULL }, { "claims.A1.stoppage_days=-1..0/1" }, FORMAT_JSON, 2,
	    { "\"answer\": null, \"error\": {\"where\": "
	    "\"claims.A1.stoppage_days\", \"text\": \"", "\"answer\": {",
	    "" } },
	{ "many rows leave in more than one piece",
	    { NULL }, { "payroll.2022=1000000..1009999/1" }, FORMAT_TEXT,
	    10000, { "payroll.2022 = 1000000 ", "payroll.2022 = 1009999 ",
	    "" } },
};

static void
question(void **state)
{
	size_t i = (size_t)*state, sets = 0, sweeps = 0;
	struct sink s = { .stop_at = 0 };
	struct simulation_sink sink = { take, &s, false };
	struct err err = { 0 };

	str_init(&s.text, 1 << 28);
	while (sets < 2 && questions[i].set[sets] != NULL)
		sets++;
	while (questions[i].sweep[sweeps] != NULL)
		sweeps++;
	if (rating_simulate(law, &mixed, questions[i].set, sets,
	    questions[i].sweep, sweeps, questions[i].format, &sink, &err) !=
	    TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	assert_int_equal(s.all, questions[i].rows);
	assert_int_equal(s.done, questions[i].rows);
	assert_int_equal(s.calls > 1, questions[i].rows > 1000);
	for (size_t k = 0; k < 3 && questions[i].says[k] != NULL; k++)
		if (strstr(s.text.p, questions[i].says[k]) == NULL)
			fail_msg("\"%.600s\" lacks \"%s\"", s.text.p,
			    questions[i].says[k]);
	str_free(&s.text);
}

static const struct {
	const char	*why;
	const char	*set, *sweep[2];
	int		 code;
	const char	*where, *says;
} refusals[] = {
	{ "a set without a value is refused",
	    "rebate", { NULL }, TAPR_EUSAGE, "", "CHEMIN=VALEUR" },
	{ "a set without a path is refused",
	    "=1", { NULL }, TAPR_EUSAGE, "", "CHEMIN=VALEUR" },
	{ "a path that no document has is refused",
	    "payrol.2022=1", { NULL }, TAPR_EINVAL, "payrol.2022", "" },
	{ "a sweep without a range is refused",
	    NULL, { "rebate=1" }, TAPR_EUSAGE, "", "CHEMIN=DE..À/PAS" },
	{ "a sweep without a step is refused",
	    NULL, { "rebate=0..1" }, TAPR_EUSAGE, "", "CHEMIN=DE..À/PAS" },
	{ "a sweep without a path is refused",
	    NULL, { "0..1/1" }, TAPR_EUSAGE, "", "CHEMIN=VALEUR" },
	{ "a step of zero is refused",
	    NULL, { "rebate=0..1/0" }, TAPR_EUSAGE, "", "pas positif" },
	{ "a negative step is refused",
	    NULL, { "rebate=0..1/-1" }, TAPR_EUSAGE, "", "pas positif" },
	{ "an end before the start is refused",
	    NULL, { "rebate=1..0/1" }, TAPR_EUSAGE, "", "DE au plus" },
	{ "a start that is no number is refused",
	    NULL, { "rebate=a..1/1" }, TAPR_EUSAGE, "", "CHEMIN=DE..À/PAS" },
	{ "an end that is no number is refused",
	    NULL, { "rebate=0..b/1" }, TAPR_EUSAGE, "", "CHEMIN=DE..À/PAS" },
	{ "a step that is no number is refused",
	    NULL, { "rebate=0..1/c" }, TAPR_EUSAGE, "", "CHEMIN=DE..À/PAS" },
	{ "more than a million values are refused",
	    NULL, { "payroll.2022=0..1000000/1" }, TAPR_EUSAGE,
	    "payroll.2022", "plus de 1000000 valeurs" },
	{ "more than a million rows are refused",
	    NULL, { "payroll.2022=0..1000/1", "payroll.2021=0..1000/1" },
	    TAPR_EUSAGE, "", "plus de 1000000 lignes" },
	{ "a sweep over a path that no document has is refused as a row",
	    NULL, { "payrol.2022=1..2/1" }, TAPR_EINVAL, "payrol.2022", "" },
	{ "when every row is refused, the first refusal is the answer",
	    "payroll.2021=null", { "rebate=0..0.1/0.1" }, TAPR_EINVAL,
	    "payroll.2021", "la masse salariale de 2021" },
};

static void
refusal(void **state)
{
	size_t i = (size_t)*state, sweeps = 0;
	struct sink s = { .stop_at = 0 };
	struct simulation_sink sink = { take, &s, false };
	struct err err = { 0 };

	str_init(&s.text, 1 << 20);
	while (sweeps < 2 && refusals[i].sweep[sweeps] != NULL)
		sweeps++;
	assert_refused(rating_simulate(law, &mixed, &refusals[i].set,
	    refusals[i].set != NULL, refusals[i].sweep, sweeps, FORMAT_TEXT,
	    &sink, &err), &err, refusals[i].code, refusals[i].where,
	    refusals[i].says);
	assert_int_equal(s.calls, 0);
	str_free(&s.text);
}

static void
stopped(void **state)
{
	static const char *const sweep[] = { "rebate=0..0.2/0.1", "rebate=0..1/1",
		"a=0..1/1", "a=0..1/1", "a=0..1/1", "a=0..1/1", "a=0..1/1",
		"a=0..1/1", "a=0..1/1" };
	struct document broken = { "b.json", "{", 1 };
	struct sink s = { .stop_at = 1 };
	struct simulation_sink sink = { take, &s, false };
	struct err err[3] = { { 0 } };
	char path[300];
	const char *set = path;

	(void)state;
	str_init(&s.text, 1 << 20);
	assert_refused(rating_simulate(law, &mixed, NULL, 0, sweep, 1,
	    FORMAT_JSON, &sink, &err[0]), &err[0], TAPR_EIO, "",
	    "simulation");
	assert_refused(rating_simulate(law, &mixed, NULL, 0, sweep, 9,
	    FORMAT_TEXT, &sink, &err[1]), &err[1], TAPR_EUSAGE, "",
	    "au plus 8 balayages");
	assert_int_equal(rating_simulate(law, &broken, NULL, 0, sweep, 1,
	    FORMAT_TEXT, &sink, &err[2]), TAPR_EINVAL);
	assert_non_null(strstr(err[2].where, "b.json"));
	memset(path, 'p', sizeof path);
	path[256] = '=';
	path[sizeof path - 1] = '\0';
	assert_int_equal(rating_simulate(law, &mixed, &set, 1, NULL, 0,
	    FORMAT_TEXT, &sink, NULL), TAPR_EUSAGE);
	assert_int_equal(rating_simulate(law, &mixed, NULL, 0, &sweep[2], 1,
	    FORMAT_TEXT, &sink, NULL), TAPR_EINVAL);
	str_free(&s.text);
}

/* A set, a sweep of one value and a document that says so: one rate. */
static void
same_rate(void **state)
{
	static const char *const set = "headcounts.2022=98.00";
	struct sink s = { .stop_at = 0 };
	struct simulation_sink sink = { take, &s, false };
	struct document changed = { "c.json", NULL, 0 };
	char text[2048], *at;
	struct str out;
	const char *want;

	(void)state;
	str_init(&s.text, 1 << 20);
	str_init(&out, 1 << 20);
	snprintf(text, sizeof text, "%s", FACTS_MIXED);
	assert_non_null(at = strstr(text, "\"2022\": \"85.00\""));
	memcpy(at, "\"2022\": \"98.00\"", strlen("\"2022\": \"98.00\""));
	changed.text = text;
	changed.n = strlen(text);
	assert_int_equal(rating_rate(law, &changed, FORMAT_JSON, &out, NULL),
	    TAPR_OK);
	assert_int_equal(rating_simulate(law, &mixed, &set, 1, NULL, 0,
	    FORMAT_JSON, &sink, NULL), TAPR_OK);
	assert_non_null(want = strstr(s.text.p, "\"answer\": "));
	/* All of it, the sheet and the law too; the answer ends in \n. */
	assert_memory_equal(want + strlen("\"answer\": "), out.p, out.n - 1);
	str_free(&out);
	str_free(&s.text);
}

int
main(void)
{
	static const struct CMUnitTest plain[] = {
		{ "a reader that leaves, nine sweeps, a broken document and a "
		    "path too long are refused", stopped, NULL, NULL, NULL },
		{ "a simulated fact gives the answer of the true one, sheet "
		    "and all", same_rate, NULL, NULL, NULL },
	};
	struct CMUnitTest tests[COUNT(plain) + COUNT(questions) +
	    COUNT(refusals)];
	size_t n = 0;

	ADD(questions, question);
	ADD(refusals, refusal);
	for (size_t i = 0; i < COUNT(plain); i++)
		tests[n++] = plain[i];
	return cmocka_run_group_tests(tests, open_law, close_law);
}
