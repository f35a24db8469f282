/*
 * test_account.c -- FACTS.json from an account statement (docs/formats/
 * account.md): the example, each record, each refusal.
 */
#include "fixture.h"
#include "base/str.h"
#include "rating/rating.h"

#define HEAD "record,field,value,ref,kind,declared,stoppage_days,ip_rate,"	\
	"ip_notified,care,temp_role\n"
#define ROW ",,,,,,,,\n"
#define BASE "document,year,2024" ROW "document,zone,general" ROW		\
	"establishment,siret,73282932000074" ROW			\
	"establishment,risk_code,285DF" ROW "establishment,ctn,A" ROW

static const struct {
	const char	*why;
	const char	*rows;
	const char	*says;		/* in the document */
} records[] = {
	{ "year is a number, the rest strings",
	    BASE, "{\"year\": 2024, \"zone\": \"general\",\n \"establishment"
	    "\": {\"siret\": \"73282932000074\", \"risk_code\": \"285DF\", "
	    "\"ctn\": \"A\"}}\n" },
	{ "a rebate", BASE "document,rebate,0.10" ROW,
	    "\"rebate\": \"0.10\"" },
	{ "an establishment taken over",
	    BASE "establishment,created,2023-01-02" ROW
	    "establishment,taken_over,true" ROW,
	    "\"created\": \"2023-01-02\", \"taken_over\": true}" },
	{ "headcounts by year",
	    BASE "headcount,2021,19.50" ROW "headcount,2022,21.00" ROW,
	    "\"headcounts\": {\"2021\": \"19.50\", \"2022\": \"21.00\"}" },
	{ "payroll by year",
	    BASE "payroll,2022,1000000.00" ROW,
	    "\"payroll\": {\"2022\": \"1000000.00\"}" },
	{ "two claims, their empty columns left out",
	    BASE "claim,,,A1,accident,2021-03-02,10,,,,\n"
	    "claim,,,A2,disease,2021-03-02,,15,2022-01-02,false,agency\n",
	    "\"claims\": [\n  {\"ref\": \"A1\", \"kind\": \"accident\", "
	    "\"declared\": \"2021-03-02\", \"stoppage_days\": 10},\n  "
	    "{\"ref\": \"A2\", \"kind\": \"disease\", \"declared\": "
	    "\"2021-03-02\", \"ip_rate\": 15, \"ip_notified\": "
	    "\"2022-01-02\", \"care\": false, \"temp_work\": {\"role\": "
	    "\"agency\"}}\n ]" },
	{ "a quote in a reference is escaped",
	    BASE "claim,,,\"A\"\"1\",accident,2021-03-02,,,,,\n",
	    "{\"ref\": \"A\\\"1\"" },
	{ "a previous rate",
	    BASE "previous,rate,2.42" ROW "previous,mode,mixed" ROW,
	    "\"previous\": {\"rate\": \"2.42\", \"mode\": \"mixed\"}" },
	{ "a single rate and its members",
	    BASE "single_rate,first_year,true" ROW
	    "member,,2.40;1500000.00" ROW "member,,3.00;1.00" ROW,
	    "\"single_rate\": {\"first_year\": true, \"members\": "
	    "[{\"rate\": \"2.40\", \"payroll\": \"1500000.00\"}, "
	    "{\"rate\": \"3.00\", \"payroll\": \"1.00\"}]}" },
	{ "a single rate of a later year has no members",
	    BASE "single_rate,first_year,false" ROW,
	    "\"single_rate\": {\"first_year\": false}" },
	{ "members alone are a single rate",
	    BASE "member,,2.40;1500000.00" ROW,
	    "\"single_rate\": {\"members\": [{\"rate\": \"2.40\"" },
	{ "everything given",
	    BASE "given,collective_rate,3.10" ROW "given,abatement,0.10" ROW
	    "majoration,M2,58" ROW "average_cost,IT1,300.00" ROW
	    "average_cost,IT2,500.00" ROW,
	    "\"given\": {\"collective_rate\": \"3.10\", \"abatement\": "
	    "\"0.10\", \"majorations\": {\"M2\": \"58\"}, "
	    "\"average_costs\": {\"IT1\": \"300.00\", \"IT2\": "
	    "\"500.00\"}}" },
	{ "real costs of 2013",
	    "document,year,2013" ROW "document,zone,general" ROW
	    "establishment,siret,73282932000074" ROW
	    "establishment,risk_code,285DF" ROW "establishment,ctn,A" ROW
	    "real_cost,2009,1000.00" ROW,
	    "\"given\": {\"real_costs\": {\"2009\": \"1000.00\"}}" },
	{ "null is an absent fact",
	    BASE "establishment,created,null" ROW, "\"created\": null" },
};

static int
facts(const char *text, struct str *out, struct err *err)
{
	struct document d = { "compte.csv", text, strlen(text) };

	str_init(out, 1 << 20);
	return rating_facts(&d, out, err);
}

static void
record(void **state)
{
	size_t i = (size_t)*state;
	char text[2048];
	struct err err = { 0 };
	struct str out;

	snprintf(text, sizeof text, HEAD "%s", records[i].rows);
	if (facts(text, &out, &err) != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	if (strstr(out.p, records[i].says) == NULL)
		fail_msg("%s", out.p);
	str_free(&out);
}

static const struct {
	const char	*why;
	const char	*text;
	const char	*where, *says;
} refusals[] = {
	{ "an empty file is refused", "", NULL, "" },
	{ "a header without value is refused",
	    "record,field\n", "compte.csv",
	    "il manque une des colonnes record, field, value" },
	{ "a header without record is refused",
	    "field,value\n", "compte.csv", "record" },
	{ "a header without field is refused",
	    "record,value\n", "compte.csv", "record" },
	{ "a row of another width is refused",
	    HEAD BASE "payroll,2022\n", NULL, "" },
	{ "an unknown record is refused, with its line",
	    HEAD BASE "salaires,2022,1.00" ROW, "compte.csv",
	    "ligne 7, colonne record : « salaires » inconnu" },
	{ "an empty field is refused, with its line",
	    HEAD BASE "payroll,,1.00" ROW, "compte.csv",
	    "ligne 7 : la colonne field est vide" },
	{ "a member without a semicolon is refused, with its line",
	    HEAD BASE "member,,2.40" ROW, "compte.csv",
	    "ligne 7 : un membre s'écrit taux;masse" },
	{ "a field that no document has is refused, with its path",
	    HEAD BASE "establishment,name,x" ROW,
	    "compte.csv : establishment.name", "" },
	{ "a year given twice is refused, with its path",
	    HEAD BASE "payroll,2022,1.00" ROW "payroll,2022,2.00" ROW,
	    "compte.csv : payroll.2022", "" },
	{ "a year in words is refused, with its path",
	    HEAD "document,year,deux mille" ROW "document,zone,general" ROW,
	    "compte.csv : year", "" },
	{ "a year with a zero in front is refused, with its path",
	    HEAD "document,year,02024" ROW "document,zone,general" ROW,
	    "compte.csv : year", "" },
	{ "an empty year is refused, with its path",
	    HEAD "document,year," ROW "document,zone,general" ROW,
	    "compte.csv : year", "" },
	{ "a value cannot bring a field of its own",
	    HEAD BASE "document,year,\"2024, \"\"rebate\"\": \"\"0.10\"\"\""
	    ROW, NULL, "" },
	{ "an IP that is no number is refused, with its path",
	    HEAD BASE "claim,,,A1,accident,2021-03-02,,15 %,2022-01-02,,\n",
	    "compte.csv : claims.A1.ip_rate", "" },
	{ "a claim with only a role is refused",
	    HEAD BASE "claim,,,,,,,,,,user\n", NULL, "" },
	{ "a statement without a document is refused as one",
	    HEAD "establishment,siret,73282932000074" ROW,
	    "compte.csv : year", "" },
	{ "a statement of nothing but a header is refused",
	    HEAD, "compte.csv : year", "" },
};

static void
refusal(void **state)
{
	size_t i = (size_t)*state;
	struct err err = { 0 };
	struct str out;
	int rc = facts(refusals[i].text, &out, &err);

	assert_refused(rc, &err, TAPR_EINVAL, refusals[i].where != NULL ?
	    refusals[i].where : err.where, refusals[i].says);
	assert_memory_equal(err.where, "compte.csv", 10);
	str_free(&out);
}

/* The example gives a document that has a rate. */
static void
example(void **state)
{
	char path[600], *text;
	struct err err = { 0 };
	struct document d = { "facts.json", NULL, 0 };
	struct str out, answer;

	(void)state;
	snprintf(path, sizeof path, "%s/../examples/account.csv", law_dir());
	text = read_whole(path);
	if (facts(text, &out, &err) != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	d.text = out.p;
	d.n = out.n;
	str_init(&answer, 1 << 20);
	if (rating_rate(law, &d, FORMAT_JSON, &answer, &err) != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	assert_non_null(strstr(answer.p, "\"mode\":\"mixed\""));
	str_free(&answer);
	str_free(&out);
	free(text);
}

/* No room for the document: refused, never shortened. */
static void
no_room(void **state)
{
	struct document d = { "compte.csv", HEAD BASE,
		sizeof(HEAD BASE) - 1 };
	struct err err = { 0 };
	struct str out;

	(void)state;
	str_init(&out, 64);
	assert_refused(rating_facts(&d, &out, &err), &err, TAPR_EIO, "",
	    "mémoire insuffisante");
	str_free(&out);
}

int
main(void)
{
	static const struct CMUnitTest plain[] = {
		{ "examples/account.csv becomes facts that have a rate",
		    example, NULL, NULL, NULL },
		{ "a document that finds no room is refused, never "
		    "shortened", no_room, NULL, NULL, NULL },
	};
	struct CMUnitTest tests[COUNT(plain) + COUNT(records) +
	    COUNT(refusals)];
	size_t n = 0;

	ADD(records, record);
	ADD(refusals, refusal);
	for (size_t i = 0; i < COUNT(plain); i++)
		tests[n++] = plain[i];
	return cmocka_run_group_tests(tests, open_law, close_law);
}
