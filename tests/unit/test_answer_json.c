/*
 * test_answer_json.c -- answers out: the bytes of answer.md, key by key.
 *
 * The answers are filled by hand, with a law of two values written for the
 * test: what is under test is the writing.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "facts/answer_json.h"
#include "facts/facts.h"
#include "facts/json.h"

#define HEADER "valid_from,valid_to,zone,name,value,unit,text,published," \
    "source,checked_on,note\n"

static char dir[] = "/tmp/tapr-test-XXXXXX";
static struct law *law;

static void
write_file(const char *name, const char *text)
{
	char path[128];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", dir, name);
	if ((f = fopen(path, "w")) == NULL || fputs(text, f) < 0 ||
	    fclose(f) != 0)
		fail_msg("could not write %s", path);
}

static void
make_dir(const char *name)
{
	char path[128];

	snprintf(path, sizeof path, "%s/%s", dir, name);
	assert_int_equal(mkdir(path, 0700), 0);
}

static int
law_setup(void **state)
{
	struct err err = { .code = TAPR_OK };
	char base[128], extra[128];

	(void)state;
	if (mkdtemp(dir) == NULL)
		return -1;
	make_dir("law");
	make_dir("law/params");
	make_dir("extra");
	write_file("law/VERSION", "2026.1\n");
	write_file("law/params/cap.csv", HEADER
	    "2012-01-01,,general,threshold,4,percent,\"CSS \"\"D. 242\"\"\","
	    ",legifrance,2026-11-22,\n");
	write_file("extra/cap.csv", HEADER
	    "2012-01-01,,general,up_factor,1.25,factor,Projet,2026-01-01,"
	    "essai,2026-11-22,\n");
	snprintf(base, sizeof base, "%s/law", dir);
	snprintf(extra, sizeof extra, "%s/extra", dir);
	if (law_open(base, extra, &law, &err) != TAPR_OK) {
		print_error("%s: %s\n", err.where, err.text);
		return -1;
	}
	return 0;
}

static int
law_teardown(void **state)
{
	static const char *const made[] = { "law/VERSION",
	    "law/params/cap.csv", "extra/cap.csv", "law/params", "law",
	    "extra", "" };
	char path[128];
	size_t i;

	(void)state;
	law_free(law);
	for (i = 0; i < sizeof made / sizeof made[0]; i++) {
		snprintf(path, sizeof path, "%s/%s", dir, made[i]);
		if (remove(path) != 0)
			return -1;
	}
	return 0;
}

static struct quantity
known(int64_t num, int64_t den)
{
	return (struct quantity){ true, frac_ratio(num, den) };
}

/* An answer in mixed mode with one line, one step of each kind. */
static void
fill(struct answer *ans)
{
	static const struct claim claim = { .ref = "A\"1" };
	static struct charged_line line;
	static struct operand operand[3];
	static struct step step[2];
	static struct supplementary_amount supplementary[2];
	const struct law_row *row;
	const char *const keys[LAW_KEYS_MAX] = { "general", "threshold" };

	row = law_find(law, "cap", keys, (struct date){ 2024, 1, 1 });
	assert_non_null(row);
	line = (struct charged_line){ .claim = &claim, .ip = true,
	    .category = COST_IP2_IP4, .year = 2022,
	    .cost = frac_int(1000), .factor = frac_ratio(1, 3),
	    .amount = frac_ratio(1000, 3) };
	operand[0] = (struct operand){ "mixed", frac_ratio(31, 10),
	    "step:mixed", NULL };
	operand[1] = (struct operand){ "threshold", frac_int(4),
	    "param:cap.general.threshold", row };
	/* The same value under a second name has one source. */
	operand[2] = (struct operand){ "limit", frac_int(4),
	    "param:cap.general.threshold", row };
	step[0] = (struct step){ .id = "mode", .label = "Mode « mixte »",
	    .formula = "mixed < threshold", .operand = operand,
	    .operands = 3, .result = frac_int(1), .unit = UNIT_WORD,
	    .word = "mixed", .rounding = ROUND_NONE,
	    .article = "CSS D. 242-6-2" };
	step[1] = (struct step){ .id = "notified", .label = "Taux notifié",
	    .formula = "mixed", .operand = operand, .operands = 1,
	    .result = frac_ratio(31, 10), .unit = UNIT_PERCENT,
	    .rounding = ROUND_HALF_UP, .decimals = 2,
	    .article = "politique d'arrondi" };
	supplementary[0] = (struct supplementary_amount){
	    .of = { frac_int(25), { 2024, 2, 1 }, { 2024, 5, 1 } },
	    .amount = known(10001, 8), .payroll_year = 2022,
	    .minimum = true };
	supplementary[1] = (struct supplementary_amount){
	    .of = { frac_int(50), { 2024, 6, 1 }, { 2024, 7, 1 } } };
	*ans = (struct answer){ .year = 2024, .mode = MODE_MIXED,
	    .window = { 2020, 2021, 2022 }, .window_years = 3,
	    .risk_value = known(1000, 3), .payroll = known(12600000, 1),
	    .gross = known(1, 378), .individual = known(41, 10),
	    .collective = known(31, 10), .fraction = known(11, 20),
	    .mixed = known(73, 20),
	    .cap = { true, frac_ratio(32, 10), frac_ratio(24, 10),
	    frac_ratio(42, 10), CAP_UPPER },
	    .notified = frac_ratio(19533769, 6300000),
	    .notified_rounded = frac_ratio(31, 10), .notified_decimals = 2,
	    .line = &line, .lines = 1, .supplementary = supplementary,
	    .supplementaries = 2, .trace = { NULL, step, 2, 2 },
	    .warning = { "Attention :\nune \"remarque\"" }, .warnings = 1 };
}

#define Q(exact, value) "{\"exact\":\"" exact "\",\"value\":\"" value "\"}"

static const char before_law[] =
"{\"year\":2024,\"mode\":\"mixed\",\"window\":[2020,2021,2022],"
"\"risk_value\":" Q("1000/3", "333.33") ",\"payroll\":"
Q("12600000", "12600000.00") ",\"gross\":" Q("1/378", "0.00")
",\"individual\":" Q("41/10", "4.10") ",\"collective\":" Q("31/10", "3.10")
",\"fraction\":" Q("11/20", "0.5500") ",\"mixed\":" Q("73/20", "3.65")
",\"cap\":{\"previous\":" Q("16/5", "3.20") ",\"lower\":" Q("12/5", "2.40")
",\"upper\":" Q("21/5", "4.20") ",\"applied\":\"upper\"},\"notified\":"
Q("19533769/6300000", "3.10") ",\"steps\":["
"{\"id\":\"mode\",\"label\":\"Mode « mixte »\","
"\"formula\":\"mixed < threshold\",\"operands\":["
"{\"name\":\"mixed\",\"exact\":\"31/10\",\"from\":\"step:mixed\"},"
"{\"name\":\"threshold\",\"exact\":\"4\","
"\"from\":\"param:cap.general.threshold\"},"
"{\"name\":\"limit\",\"exact\":\"4\","
"\"from\":\"param:cap.general.threshold\"}],"
"\"result\":{\"exact\":\"1\",\"value\":\"mixed\"},\"rounding\":\"none\","
"\"article\":\"CSS D. 242-6-2\",\"parameter_sources\":["
"{\"parameter\":\"cap.general.threshold\",\"value\":\"4\","
"\"text\":\"CSS \\\"D. 242\\\"\",\"published\":null,"
"\"source\":\"legifrance\",\"file\":\"law/params/cap.csv\",\"line\":2,"
"\"added\":false}]},"
"{\"id\":\"notified\",\"label\":\"Taux notifié\",\"formula\":\"mixed\","
"\"operands\":[{\"name\":\"mixed\",\"exact\":\"31/10\","
"\"from\":\"step:mixed\"}],\"result\":" Q("31/10", "3.10")
",\"rounding\":{\"decimals\":2,\"mode\":\"half_up\"},"
"\"article\":\"politique d'arrondi\",\"parameter_sources\":[]}],"
"\"lines\":[{\"claim\":\"A\\\"1\",\"kind\":\"ip\",\"category\":\"IP2_IP4\","
"\"year\":2022,\"cost\":" Q("1000", "1000.00") ",\"factor\":"
Q("1/3", "0.3333") ",\"amount\":" Q("1000/3", "333.33") "}],"
"\"supplementary\":[{\"percent\":" Q("25", "25.00") ","
"\"from\":\"2024-02-01\",\"until\":\"2024-05-01\",\"amount\":"
Q("10001/8", "1250.13") ",\"payroll_year\":2022,\"minimum\":true},"
"{\"percent\":" Q("50", "50.00") ",\"from\":\"2024-06-01\","
"\"until\":\"2024-07-01\",\"amount\":null,\"payroll_year\":null,"
"\"minimum\":false}],\"law\":{\"version\":\"2026.1\",\"digest\":\"";

static void
whole_answer(void **state)
{
	struct answer ans;
	struct str out;
	const char *p;

	(void)state;
	fill(&ans);
	str_init(&out, 1 << 20);
	answer_json(&out, &ans, law, "tapr \"0\"");
	assert_false(str_failed(&out));
	if (strncmp(out.p, before_law, sizeof before_law - 1) != 0)
		assert_string_equal(out.p, before_law);
	p = out.p + sizeof before_law - 1;
	assert_int_equal(strspn(p, "0123456789abcdef"), 64);
	assert_memory_equal(p, law_digest(law), 64);
	p = strstr(p, ",\"added\":");
	assert_non_null(p);
	/* The file of an added value is where the person put it. */
	assert_non_null(strstr(p, "[{\"parameter\":\"cap.general.up_factor\","
	    "\"value\":\"1.25\",\"text\":\"Projet\","
	    "\"published\":\"2026-01-01\",\"source\":\"essai\",\"file\":\""));
	assert_non_null(strstr(p, "\"line\":2,\"added\":true}]},"
	    "\"engine\":\"tapr \\\"0\\\"\","
	    "\"warnings\":[\"Attention :\\nune \\\"remarque\\\"\"]}"));
	assert_int_equal(out.p[out.n - 1], '}');
	str_free(&out);
}

static void
collective_answer(void **state)
{
	struct answer ans = { .year = 2015, .mode = MODE_COLLECTIVE,
	    .collective = known(34, 10000), .notified = frac_ratio(34, 10000),
	    .notified_rounded = frac_ratio(34, 10000),
	    .notified_decimals = 4 };
	static const char want[] = "{\"year\":2015,\"mode\":\"collective\","
	    "\"window\":null,\"risk_value\":null,\"payroll\":null,"
	    "\"gross\":null,\"individual\":null,\"collective\":"
	    Q("17/5000", "0.00") ",\"fraction\":null,\"mixed\":null,"
	    "\"cap\":null,\"notified\":" Q("17/5000", "0.0034") ","
	    "\"steps\":[],\"lines\":[],\"supplementary\":[],\"law\":{";
	struct str out;

	(void)state;
	str_init(&out, 1 << 20);
	answer_json(&out, &ans, law, "tapr 0");
	assert_memory_equal(out.p, want, sizeof want - 1);
	assert_non_null(strstr(out.p, ",\"warnings\":[]}"));
	str_free(&out);
}

/* The document is JSON for a reader that forgives nothing. */
static void
reads_back(void **state)
{
	struct err err = { .code = TAPR_OK };
	struct arena *a = arena_new(1 << 22);
	struct attribution att = { .difference = frac_ratio(-1, 4) };
	struct json *doc, *parts, *m;
	struct str out;
	size_t i;

	(void)state;
	assert_non_null(a);
	fill(&att.from);
	fill(&att.to);
	for (i = 0; i < PARTS; i++)
		att.part[i] = frac_ratio((int64_t)i, 7);
	str_init(&out, 1 << 20);
	attribution_json(&out, &att, law, "tapr 0");
	if (json_parse(out.p, out.n, a, &doc, &err) != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	assert_int_equal(doc->n, 4);
	assert_string_equal(doc->first->key, "from");
	assert_int_equal(doc->first->n, 18);
	assert_string_equal(json_get(json_get(doc, "difference", 10),
	    "exact", 5)->text, "-1/4");
	parts = json_get(doc, "parts", 5);
	assert_int_equal(parts->n, PARTS);
	for (i = 0, m = parts->first; m != NULL; m = m->next, i++) {
		assert_string_equal(json_get(m, "id", 2)->text,
		    part_word((enum part_id)i));
		assert_true(json_get(m, "label", 5)->n > 0);
	}
	assert_string_equal(json_get(parts->first->next, "exact", 5)->text,
	    "1/7");
	str_free(&out);
	arena_free(a);
}

static void
errors(void **state)
{
	static const struct {
		enum tapr_code	 code;
		const char	*want;
	} row[] = {
		{ TAPR_EINVAL, "input" }, { TAPR_ELAW, "law" },
		{ TAPR_ERANGE, "range" }, { TAPR_EIO, "io" },
		{ TAPR_EUSAGE, "usage" },
	};
	char want[128];
	struct str out;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof row / sizeof row[0]; i++) {
		struct err err = { .code = TAPR_OK };

		err_fill(&err, row[i].code, "claims.A1", "« %s »", "é\"");
		str_init(&out, 4096);
		error_json(&out, &err);
		snprintf(want, sizeof want, "{\"error\":{\"code\":\"%s\","
		    "\"where\":\"claims.A1\",\"text\":\"« é\\\" »\"}}",
		    row[i].want);
		assert_string_equal(out.p, want);
		str_free(&out);
	}
}

/* Every word that is printed is one that the reader knows, and the reverse. */
static void
words(void **state)
{
	static const char *const part[PARTS] = { "payroll", "claims_out",
	    "claims_in", "average_costs", "majorations", "collective",
	    "headcount", "mode", "cap", "other" };
	size_t i;

	(void)state;
	assert_string_equal(mode_word(MODE_COLLECTIVE), "collective");
	assert_string_equal(mode_word(MODE_MIXED), "mixed");
	assert_string_equal(mode_word(MODE_INDIVIDUAL), "individual");
	assert_string_equal(category_word(COST_IT1), "IT1");
	assert_string_equal(category_word(COST_IT6), "IT6");
	assert_string_equal(category_word(COST_IP1), "IP1");
	assert_string_equal(category_word(COST_IP4), "IP4");
	assert_string_equal(category_word(COST_IP2_IP4), "IP2_IP4");
	assert_string_equal(zone_word(ZONE_GENERAL), "general");
	assert_string_equal(zone_word(ZONE_ALSACE_MOSELLE), "alsace-moselle");
	assert_string_equal(regime_word(REGIME_ORDINARY), "ordinary");
	assert_string_equal(regime_word(REGIME_SELF_MANAGEMENT),
	    "self_management");
	assert_string_equal(regime_word(REGIME_VOLUNTARY), "voluntary");
	for (i = 0; i < PARTS; i++)
		assert_string_equal(part_word((enum part_id)i), part[i]);
}

static void
too_small(void **state)
{
	struct answer ans;
	struct str out;

	(void)state;
	fill(&ans);
	str_init(&out, 100);
	answer_json(&out, &ans, law, "tapr 0");
	assert_true(str_failed(&out));
	str_free(&out);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		{ "an answer in mixed mode, byte by byte", whole_answer, NULL,
		    NULL, NULL },
		{ "what does not apply is null; four decimals",
		    collective_answer, NULL, NULL, NULL },
		{ "an attribution is strict JSON, its parts in order",
		    reads_back, NULL, NULL, NULL },
		{ "an error and each of its codes", errors, NULL, NULL,
		    NULL },
		{ "the words of the contract", words, NULL, NULL, NULL },
		{ "an answer over the maximum fails once, at the end",
		    too_small, NULL, NULL, NULL },
	};
	return cmocka_run_group_tests(tests, law_setup, law_teardown);
}
