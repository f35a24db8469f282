/*
 * test_facts.c -- FACTS.json in: one good document, and every way that it can
 * be wrong, each told at its place in words that say what to do.
 *
 * The rows of changes are paths and values for facts_set on the good
 * document, so that they test both: a value that is refused when it is set
 * is refused when it is read from a file, by the same checks.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "facts/facts.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum { ARENA_MAX = 256 * 1024 * 1024, CHANGES_MAX = 4 };

static const char good[] =
"{\"year\": 2024, \"zone\": \"general\",\n"
" \"establishment\": {\"siret\": \"35600000000048\",\n"
"   \"risk_code\": \"452BE\", \"ctn\": \"B\",\n"
"   \"btp_group\": \"second_oeuvre\",\n"
"   \"created\": \"2010-05-01\", \"taken_over\": false,\n"
"   \"section\": \"main\", \"regime\": \"ordinary\"},\n"
" \"headcounts\": {\"2022\": \"84.37\", \"2018\": \"80.00\"},\n"
" \"payroll\": {\"2020\": \"4200000.00\", \"2021\": \"4200000\",\n"
"   \"2022\": \"4200000.5\"},\n"
" \"claims\": [{\"ref\": \"A1\", \"kind\": \"accident\",\n"
"   \"declared\": \"2021-03-02\", \"occurred\": \"2021-03-01\",\n"
"   \"recognised\": \"2021-04-10\", \"care\": true, \"stoppage_days\": 160,\n"
"   \"ip_rate\": 15, \"ip_notified\": \"2022-06-01\", \"death\": null,\n"
"   \"death_recognised\": null, \"third_party_share\": \"0.60\",\n"
"   \"charge\": \"own\", \"temp_work\": {\"role\": \"user\"}},\n"
"  {\"ref\": \"M.2\", \"kind\": \"disease\", \"declared\": \"2022-01-05\"}],\n"
" \"previous\": {\"rate\": \"3.20\", \"mode\": \"mixed\"},\n"
" \"single_rate\": {\"first_year\": true,\n"
"   \"members\": [{\"rate\": \"2.40\", \"payroll\": \"1500000.00\"}]},\n"
" \"rebate\": \"0.10\", \"supplementary\": [{\"percent\": \"25\",\n"
"   \"from\": \"2024-02-01\", \"until\": \"2024-05-01\"}],\n"
" \"given\": {\"collective_rate\": \"3.1\", \"abatement\": \"0.10\",\n"
"   \"majorations\": {\"M2\": \"58\"},\n"
"   \"average_costs\": {\"IT1\": \"300.00\", \"IP2_IP4\": \"200000\"}}}\n";

static const char small[] =
"{\"year\":2012,\"zone\":\"alsace-moselle\",\"establishment\":"
"{\"siret\":\"35600000000048\",\"risk_code\":\"0000A\",\"ctn\":\"I\"}}";

static int
arena_setup(void **state)
{
	const void *row = *state;
	void **both = calloc(2, sizeof *both);

	if (both == NULL || (both[0] = arena_new(ARENA_MAX)) == NULL)
		return -1;
	memcpy(&both[1], &row, sizeof row);
	*state = both;
	return 0;
}

static int
arena_teardown(void **state)
{
	void **both = *state;

	arena_free(both[0]);
	free(both);
	return 0;
}

static struct arena *
arena_of(void **state)
{
	return ((void **)*state)[0];
}

static size_t
row_of(void **state)
{
	return (size_t)(uintptr_t)((void **)*state)[1];
}

static struct json *
parsed(void **state, const char *text)
{
	struct err err = { .code = TAPR_OK };
	struct json *doc;

	if (facts_parse(text, strlen(text), arena_of(state), &doc, &err) !=
	    TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	return doc;
}

static void
set(void **state, struct json *doc, const char *path, const char *value)
{
	struct err err = { .code = TAPR_OK };

	if (facts_set(doc, path, value, arena_of(state), &err) != TAPR_OK)
		fail_msg("%s=%s: %s: %s", path, value, err.where, err.text);
}

static void
read_well(void **state, const struct json *doc, struct facts *ret)
{
	struct err err = { .code = TAPR_OK };

	if (facts_read(doc, arena_of(state), ret, &err) != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
}

static void
assert_refused(const struct err *err, const char *where, const char *words)
{
	assert_int_equal(err->code, TAPR_EINVAL);
	assert_string_equal(err->where, where);
	if (strstr(err->text, words) == NULL)
		fail_msg("« %s » is not in: %s", words, err->text);
}

static void
assert_frac(struct frac got, const char *want)
{
	char buf[FRAC_TEXT_MAX];

	(void)frac_text(got, buf);
	assert_string_equal(buf, want);
}

static void
assert_day(struct date got, const char *want)
{
	char buf[DATE_TEXT_MAX];

	assert_true(date_is(got));
	assert_string_equal(date_text(got, buf), want);
}

/* --- what is read -------------------------------------------------------- */

static void
every_field(void **state)
{
	struct facts f;
	const struct claim *c;

	read_well(state, parsed(state, good), &f);
	assert_int_equal(f.year, 2024);
	assert_int_equal(f.zone, ZONE_GENERAL);
	assert_string_equal(f.siret, "35600000000048");
	assert_string_equal(f.risk_code, "452BE");
	assert_int_equal(f.ctn, 'B');
	assert_int_equal(f.btp_group, GROUP_SECOND_OEUVRE);
	assert_day(f.created, "2010-05-01");
	assert_false(f.taken_over);
	assert_int_equal(f.section, SECTION_MAIN);
	assert_int_equal(f.regime, REGIME_ORDINARY);

	/* Sorted, whatever their order in the document. */
	assert_int_equal(f.headcounts.n, 2);
	assert_int_equal(f.headcounts.at[0].year, 2018);
	assert_int_equal(f.headcounts.at[1].year, 2022);
	assert_frac(f.headcounts.at[1].amount, "8437/100");
	assert_int_equal(f.payroll.n, 3);
	assert_frac(f.payroll.at[2].amount, "8400001/2");

	assert_int_equal(f.claims, 2);
	c = &f.claim[0];
	assert_string_equal(c->ref, "A1");
	assert_int_equal(c->kind, CLAIM_ACCIDENT);
	assert_day(c->declared, "2021-03-02");
	assert_day(c->occurred, "2021-03-01");
	assert_day(c->recognised, "2021-04-10");
	assert_true(c->care);
	assert_int_equal(c->stoppage_days, 160);
	assert_int_equal(c->ip_rate, 15);
	assert_day(c->ip_notified, "2022-06-01");
	assert_false(date_is(c->death));
	assert_false(date_is(c->death_recognised));
	assert_frac(c->third_party_share, "3/5");
	assert_int_equal(c->charge, CHARGE_OWN);
	assert_int_equal(c->temp_role, TEMP_USER);

	/* What the second claim does not say. */
	c = &f.claim[1];
	assert_int_equal(c->kind, CLAIM_DISEASE);
	assert_false(date_is(c->recognised));
	assert_true(c->care);
	assert_int_equal(c->stoppage_days, 0);
	assert_int_equal(c->ip_rate, -1);
	assert_frac(c->third_party_share, "0");
	assert_int_equal(c->charge, CHARGE_OWN);
	assert_int_equal(c->temp_role, TEMP_NONE);

	assert_true(f.has_previous);
	assert_frac(f.previous_rate, "16/5");
	assert_int_equal(f.previous_mode, MODE_MIXED);
	assert_true(f.has_single_rate);
	assert_true(f.single_first_year);
	assert_int_equal(f.members, 1);
	assert_frac(f.member[0].rate, "12/5");
	assert_frac(f.member[0].payroll, "1500000");
	assert_frac(f.rebate, "1/10");
	assert_int_equal(f.supplementaries, 1);
	assert_frac(f.supplementary[0].percent, "25");
	assert_day(f.supplementary[0].from, "2024-02-01");
	assert_day(f.supplementary[0].until, "2024-05-01");

	assert_true(f.given.has_collective_rate);
	assert_frac(f.given.collective_rate, "31/10");
	assert_true(f.given.has_abatement);
	assert_frac(f.given.abatement, "1/10");
	assert_false(f.given.has_majoration[0]);
	assert_true(f.given.has_majoration[1]);
	assert_frac(f.given.majoration[1], "58");
	assert_true(f.given.has_cost[COST_IT1]);
	assert_false(f.given.has_cost[COST_IP2]);
	assert_frac(f.given.cost[COST_IP2_IP4], "200000");
	assert_int_equal(f.given.real_costs.n, 0);
}

static void
the_least(void **state)
{
	struct facts f;

	read_well(state, parsed(state, small), &f);
	assert_int_equal(f.year, 2012);
	assert_int_equal(f.zone, ZONE_ALSACE_MOSELLE);
	assert_string_equal(f.risk_code, "0000A");
	assert_int_equal(f.btp_group, GROUP_NONE);
	assert_false(date_is(f.created));
	assert_int_equal(f.headcounts.n + f.payroll.n + f.claims, 0);
	assert_false(f.has_previous);
	assert_false(f.has_single_rate);
	assert_frac(f.rebate, "0");
	assert_int_equal(f.supplementaries, 0);
	assert_false(f.given.has_collective_rate);
}

/* null is absent, for every optional field. */
static void
null_is_absent(void **state)
{
	static const char *const path[] = {
		"establishment.btp_group", "establishment.created",
		"establishment.taken_over", "establishment.section",
		"establishment.regime", "headcounts", "payroll", "claims",
		"previous", "single_rate", "rebate", "supplementary", "given",
		"headcounts.2018", "given.collective_rate",
		"given.majorations", "given.average_costs",
		"given.abatement", "given.real_costs", "given.majorations.M1",
		"given.average_costs.IT1", "claims.A1.occurred",
		"claims.A1.recognised", "claims.A1.care",
		"claims.A1.stoppage_days", "claims.A1.death",
		"claims.A1.third_party_share", "claims.A1.charge",
		"claims.A1.temp_work", "single_rate.first_year",
	};
	struct json *doc;
	struct facts f;
	size_t i;

	for (i = 0; i < COUNT(path); i++) {
		doc = parsed(state, good);
		set(state, doc, path[i], "null");
		read_well(state, doc, &f);
	}
	doc = parsed(state, good);
	set(state, doc, "headcounts.2018", "null");
	read_well(state, doc, &f);
	assert_int_equal(f.headcounts.n, 1);
	assert_int_equal(f.headcounts.at[0].year, 2022);
}

static const struct {
	const char	*why;
	const char	*path, *value;
} accepted[] = {
	{ "an IP of 0 %", "claims.A1.ip_rate", "0" },
	{ "an IP of 100 %", "claims.A1.ip_rate", "100" },
	{ "no stoppage", "claims.A1.stoppage_days", "0" },
	{ "a claim declared the day it occurred", "claims.A1.occurred",
	    "2021-03-02" },
	{ "a claim recognised the day it was declared",
	    "claims.A1.recognised", "2021-03-02" },
	{ "an IP notified the day of the declaration",
	    "claims.A1.ip_notified", "2021-03-02" },
	{ "a death on the day of the accident", "claims.A1.death",
	    "2021-03-01" },
	{ "a third party bears all", "claims.A1.third_party_share", "1" },
	{ "a third", "claims.A1.third_party_share", "0.333333" },
	{ "the special account for a disease", "claims.M.2.charge",
	    "special_account" },
	{ "a rebate of a quarter", "rebate", "0.25" },
	{ "no payroll at all", "payroll.2022", "0.00" },
	{ "the largest amount", "payroll.2022", "999999999999999.99" },
	{ "a rate of four decimals", "previous.rate", "0.0034" },
	{ "the last day of February", "claims.A1.ip_notified",
	    "2024-02-29" },
	{ "an establishment of the year itself", "establishment.created",
	    "2024-12-31" },
	{ "a supplementary contribution of one day",
	    "supplementary.0.until", "2024-02-02" },
	{ "years in advance", "year", "2031" },
	{ "an empty list of claims", "claims", "[]" },
	{ "an empty list of supplementary contributions", "supplementary",
	    "[]" },
	{ "empty headcounts", "headcounts", "{}" },
	{ "empty given", "given", "{}" },
	{ "a single rate after its first year, without members",
	    "single_rate", "{}" },
};

static void
acceptance(void **state)
{
	size_t i = row_of(state);
	struct json *doc = parsed(state, good);
	struct facts f;

	set(state, doc, accepted[i].path, accepted[i].value);
	read_well(state, doc, &f);
}

/* --- documents refused when they are parsed ------------------------------- */

static const struct {
	const char	*why;
	const char	*text;
	const char	*where;
	const char	*words;
} unread[] = {
	{ "an empty file", "", "ligne 1, colonne 1", "vide" },
	{ "a file of blanks", "\n \n", "ligne 3, colonne 1", "vide" },
	{ "a text that is no JSON", "Bonjour", "ligne 1, colonne 1",
	    "accolade" },
	{ "a CSV file", "siret,annee\n1,2\n", "ligne 1, colonne 1",
	    "accolade" },
	{ "a PDF", "%PDF-1.7\n", "ligne 1, colonne 1", "PDF" },
	{ "a spreadsheet", "PK\x03\x04zip", "ligne 1, colonne 1", "classeur" },
	{ "an old spreadsheet", "\xd0\xcf\x11\xe0xls", "ligne 1, colonne 1",
	    "tableur" },
	{ "a web page", "  <html>", "ligne 1, colonne 3", "HTML" },
	{ "a list at the top", "[{\"year\": 2024}]", "ligne 1, colonne 1",
	    "un seul établissement" },
	{ "a number at the top", "2024", "ligne 1, colonne 1", "accolade" },
	{ "a string at the top", "\"facts\"", "ligne 1, colonne 1",
	    "accolade" },
	{ "a byte order mark", "\xef\xbb\xbf{}", "ligne 1, colonne 1", "BOM" },
	{ "a syntax error", "{\"year\": 2024,\n \"zone\" \"general\"}",
	    "ligne 2, colonne 9", "« : »" },
	{ "two documents", "{}\n{}", "ligne 2, colonne 1", "un seul" },
	{ "a key given twice", "{\"payroll\": {\"2022\": \"1\","
	    " \"2022\": \"2\"}}", "payroll.2022", "deux fois" },
};

static void
parse_refusal(void **state)
{
	struct err err = { .code = TAPR_OK };
	struct json *doc;
	size_t i = row_of(state);

	assert_int_equal(facts_parse(unread[i].text, strlen(unread[i].text),
	    arena_of(state), &doc, &err), TAPR_EINVAL);
	assert_refused(&err, unread[i].where, unread[i].words);
}

static void
too_large(void **state)
{
	struct err err = { .code = TAPR_OK };
	struct json *doc;

	/* Refused before a byte is read. */
	assert_int_equal(facts_parse("{}", (size_t)FACTS_BYTES_MAX + 1,
	    arena_of(state), &doc, &err), TAPR_EINVAL);
	assert_non_null(strstr(err.text, "32 Mio"));
}

/* --- facts refused when they are read ------------------------------------- */

struct change { const char *path, *value; };

static const struct {
	const char	*why;
	struct change	 change[CHANGES_MAX];
	const char	*where;
	const char	*words;
} refused[] = {
	/* Required. */
	{ "no year", { { "year", "null" } }, "year", "obligatoire" },
	{ "no zone", { { "zone", "null" } }, "zone", "alsace-moselle" },
	{ "no establishment", { { "establishment", "null" } },
	    "establishment", "obligatoire" },
	{ "no SIRET", { { "establishment.siret", "null" } },
	    "establishment.siret", "14 chiffres" },
	{ "no risk code", { { "establishment.risk_code", "null" } },
	    "establishment.risk_code", "obligatoire" },
	{ "no CTN", { { "establishment.ctn", "null" } },
	    "establishment.ctn", "obligatoire" },
	{ "a claim without ref", { { "claims.A1.ref", "null" } },
	    "claims.0.ref", "référence" },
	{ "a claim without kind", { { "claims.A1.kind", "null" } },
	    "claims.A1.kind", "commuting" },
	{ "a claim without declaration", { { "claims.A1.declared", "null" } },
	    "claims.A1.declared", "déclaration" },
	{ "temp_work without role", { { "claims.A1.temp_work", "{}" } },
	    "claims.A1.temp_work.role", "agency" },
	{ "previous without mode", { { "previous.mode", "null" } },
	    "previous.mode", "obligatoire" },
	{ "previous without rate", { { "previous.rate", "null" } },
	    "previous.rate", "obligatoire" },
	{ "a supplementary contribution without percent",
	    { { "supplementary.0.percent", "null" } },
	    "supplementary.0.percent", "obligatoire" },
	{ "a supplementary contribution without from",
	    { { "supplementary.0.from", "null" } },
	    "supplementary.0.from", "obligatoire" },
	{ "a supplementary contribution without until",
	    { { "supplementary.0.until", "null" } },
	    "supplementary.0.until", "obligatoire" },
	{ "a member without rate", { { "single_rate.members.0.rate",
	    "null" } }, "single_rate.members.0.rate", "obligatoire" },
	{ "a member without payroll", { { "single_rate.members.0.payroll",
	    "null" } }, "single_rate.members.0.payroll", "obligatoire" },
	{ "a first year of single rate without members",
	    { { "single_rate.members", "null" } }, "single_rate.members",
	    "première année" },

	/* Types. */
	{ "a year in quotes", { { "year", "\"2024\"" } }, "year",
	    "guillemets" },
	{ "a year with decimals", { { "year", "2024.0" } }, "year",
	    "entier" },
	{ "a year with an exponent", { { "year", "2e3" } }, "year",
	    "entier" },
	{ "a huge year", { { "year", "99999999999999999999" } }, "year",
	    "trop grand" },
	{ "a true zone", { { "zone", "true" } }, "zone", "texte" },
	{ "a list as establishment", { { "establishment", "[]" } },
	    "establishment", "objet" },
	{ "a number as taken_over", { { "establishment.taken_over", "1" } },
	    "establishment.taken_over", "true ou false" },
	{ "a word as care", { { "claims.A1.care", "oui" } },
	    "claims.A1.care", "true ou false" },
	{ "an object as claims", { { "claims", "{}" } }, "claims",
	    "liste" },
	{ "a word as claim", { { "claims", "[\"A1\"]" } }, "claims.0",
	    "objet" },
	{ "null as claim", { { "claims", "[null]" } }, "claims.0",
	    "objet" },
	{ "days in quotes", { { "claims.A1.stoppage_days", "\"160\"" } },
	    "claims.A1.stoppage_days", "entier" },
	{ "an IP with decimals", { { "claims.A1.ip_rate", "15.5" } },
	    "claims.A1.ip_rate", "entier" },
	{ "a number as ref", { { "claims", "[{\"ref\": 1}]" } },
	    "claims.0.ref", "guillemets" },
	{ "a list as payroll", { { "payroll", "[\"1\"]" } }, "payroll",
	    "année" },
	{ "a number of payroll", { { "payroll", "{\"2022\": 4200000}" } },
	    "payroll.2022", "guillemets" },
	{ "a number as rate", { { "previous",
	    "{\"rate\": 3.2, \"mode\": \"mixed\"}" } }, "previous.rate",
	    "guillemets" },
	{ "an object as members", { { "single_rate.members", "{}" } },
	    "single_rate.members", "liste" },
	{ "a text as supplementary", { { "supplementary", "x" } },
	    "supplementary", "liste" },
	{ "a text as given", { { "given", "x" } }, "given", "objet" },
	{ "a false date", { { "claims.A1.declared", "false" } },
	    "claims.A1.declared", "texte" },

	/* Unknown fields and words. */
	{ "an unknown field at the top", { { "claims", "null" },
	    { "previous", "{\"raet\": \"3\"}" } }, "previous.raet",
	    "« rate »" },
	{ "an unknown field of a claim", { { "claims",
	    "[{\"ref\":\"A1\",\"ip_rates\":3}]" } }, "claims.A1.ip_rates",
	    "« ip_rate »" },
	{ "an unknown field near nothing", { { "given",
	    "{\"couleur\":3}" } }, "given.couleur", "real_costs" },
	{ "an unknown field whose value is null", { { "given",
	    "{\"couleur\":null}" } }, "given.couleur", "retirez" },
	{ "an unknown field with controls in its name", { { "given",
	    "{\"\\u001b[31m\":3}" } }, "given.?[31m", "« ?[31m »" },
	{ "an unknown majoration", { { "given",
	    "{\"majorations\":{\"M5\":\"1\"}}" } }, "given.majorations.M5",
	    "M4" },
	{ "an unknown category", { { "given",
	    "{\"average_costs\":{\"IT7\":\"1\"}}" } },
	    "given.average_costs.IT7", "IP2_IP4" },
	{ "an unknown zone", { { "zone", "corse" } }, "zone",
	    "general, alsace-moselle" },
	{ "a zone begun", { { "zone", "alsace" } }, "zone",
	    "vouliez-vous écrire « alsace-moselle »" },
	{ "a zone in capitals", { { "zone", "General" } }, "zone",
	    "« general »" },
	{ "an unknown kind", { { "claims.A1.kind", "trajet" } },
	    "claims.A1.kind", "accident, disease, commuting" },
	{ "an unknown charge", { { "claims.A1.charge", "mine" } },
	    "claims.A1.charge", "not_opposable" },
	{ "an unknown role", { { "claims.A1.temp_work.role", "boss" } },
	    "claims.A1.temp_work.role", "user, agency" },
	{ "an unknown section", { { "establishment.section", "bureau" } },
	    "establishment.section", "main, support, home" },
	{ "an unknown regime", { { "establishment.regime", "agricole" } },
	    "establishment.regime", "voluntary" },
	{ "an unknown BTP group", { { "establishment.btp_group", "bureau" } },
	    "establishment.btp_group", "gros_oeuvre" },
	{ "an unknown mode", { { "previous.mode", "mixte" } },
	    "previous.mode", "« mixed »" },

	/* Identifiers. */
	{ "a SIRET with a wrong key", { { "establishment.siret",
	    "\"35600000000049\"" } }, "establishment.siret", "clé" },
	{ "a SIRET of 13 digits", { { "establishment.siret",
	    "\"3560000000004\"" } }, "establishment.siret", "en a 13" },
	{ "a SIRET with blanks", { { "establishment.siret",
	    "\"356 000 000 00048\"" } }, "establishment.siret",
	    "sans espace" },
	{ "a risk code with its dot", { { "establishment.risk_code",
	    "\"27.1ZD\"" } }, "establishment.risk_code", "écrivez 271ZD" },
	{ "a risk code in small letters", { { "establishment.risk_code",
	    "452be" } }, "establishment.risk_code", "écrivez 452BE" },
	{ "a risk code of four letters", { { "establishment.risk_code",
	    "452B" } }, "establishment.risk_code", "deux capitales" },
	{ "an empty risk code", { { "establishment.risk_code", "" } },
	    "establishment.risk_code", "mal écrit" },
	{ "a CTN J", { { "establishment.ctn", "J" } },
	    "establishment.ctn", "de A à I" },
	{ "a CTN of two letters", { { "establishment.ctn", "BB" } },
	    "establishment.ctn", "de A à I" },
	{ "an empty CTN", { { "establishment.ctn", "" } },
	    "establishment.ctn", "de A à I" },
	{ "an empty ref", { { "claims.A1.ref", "\"\"" } }, "claims.0.ref",
	    "1 à 64" },
	{ "a long ref", { { "claims.A1.ref", "\"01234567890123456789012345"
	    "6789012345678901234567890123456789ABCDE\"" } },
	    "claims.01234567890123456789012345678901234567890123456789012"
	    "3456789ABCDE.ref", "1 à 64" },
	{ "a ref with a control character", { { "claims.A1.ref",
	    "\"A\\t1\"" } }, "claims.A?1.ref", "contrôle" },
	{ "a ref given twice", { { "claims.M.2.ref", "A1" } }, "claims.A1",
	    "deux sinistres" },

	/* Years. */
	{ "a year before 2012", { { "year", "2011" } }, "year",
	    "avant 2012" },
	{ "a negative year", { { "year", "-2024" } }, "year",
	    "avant 2012" },
	{ "a year of five digits", { { "year", "20244" } }, "year",
	    "quatre chiffres" },
	{ "a year of two digits in a map", { { "payroll",
	    "{\"22\": \"1\"}" } }, "payroll.22", "quatre chiffres" },
	{ "a year in words", { { "headcounts", "{\"an 22\": \"1\"}" } },
	    "headcounts.an 22", "quatre chiffres" },
	{ "a year of another age", { { "headcounts", "{\"0022\": \"1\"}" } },
	    "headcounts.0022", "quatre chiffres" },

	/* Numbers. */
	{ "a negative payroll", { { "payroll.2022", "-1.00" } },
	    "payroll.2022", "négatif" },
	{ "a payroll of three decimals", { { "payroll.2022", "1.005" } },
	    "payroll.2022", "au plus 2 décimales" },
	{ "a payroll of 16 digits", { { "payroll.2022",
	    "1000000000000000" } }, "payroll.2022", "plus de 15 chiffres" },
	{ "a payroll with a comma", { { "payroll.2022", "4200000,00" } },
	    "payroll.2022", "point décimal" },
	{ "a payroll with blanks", { { "payroll.2022", "4 200 000.00" } },
	    "payroll.2022", "sans espaces" },
	{ "a payroll with no-break spaces", { { "payroll.2022",
	    "4\xe2\x80\xaf" "200\xc2\xa0" "000.00" } }, "payroll.2022",
	    "sans espaces" },
	{ "a payroll with its unit", { { "payroll.2022", "4200000 €" } },
	    "payroll.2022", "mal écrit" },
	{ "a payroll with an exponent", { { "payroll.2022", "42e5" } },
	    "payroll.2022", "mal écrit" },
	{ "an empty payroll", { { "payroll.2022", "" } }, "payroll.2022",
	    "mal écrit" },
	{ "a dot alone", { { "payroll.2022", "." } }, "payroll.2022",
	    "mal écrit" },
	{ "no digit before the dot", { { "payroll.2022", ".50" } },
	    "payroll.2022", "mal écrit" },
	{ "no digit after the dot", { { "payroll.2022", "5." } },
	    "payroll.2022", "mal écrit" },
	{ "two dots", { { "payroll.2022", "4.200.000" } }, "payroll.2022",
	    "mal écrit" },
	{ "a zero in front", { { "payroll.2022", "007" } }, "payroll.2022",
	    "zéro" },
	{ "a plus", { { "payroll.2022", "+7" } }, "payroll.2022",
	    "mal écrit" },
	{ "a negative headcount", { { "headcounts.2022", "-0.01" } },
	    "headcounts.2022", "négatif" },
	{ "a headcount of three decimals", { { "headcounts.2022",
	    "84.375" } }, "headcounts.2022", "au plus 2 décimales" },
	{ "a rate of five decimals", { { "previous.rate", "3.12345" } },
	    "previous.rate", "au plus 4 décimales" },
	{ "a negative rate", { { "previous.rate", "-3.20" } },
	    "previous.rate", "négatif" },
	{ "a rate with its sign", { { "previous.rate", "3.20 %" } },
	    "previous.rate", "mal écrit" },
	{ "a share of seven decimals", { { "claims.A1.third_party_share",
	    "0.3333333" } }, "claims.A1.third_party_share",
	    "au plus 6 décimales" },
	{ "a share over 1", { { "claims.A1.third_party_share", "60" } },
	    "claims.A1.third_party_share", "dépasse 1" },
	{ "a negative share", { { "claims.A1.third_party_share", "-0.1" } },
	    "claims.A1.third_party_share", "négative" },
	{ "a rebate over a quarter", { { "rebate", "0.2501" } }, "rebate",
	    "quart" },
	{ "a rebate in percent", { { "rebate", "10" } }, "rebate",
	    "dépasse 1" },
	{ "a negative rebate", { { "rebate", "-0.10" } }, "rebate",
	    "négative" },
	{ "an abatement over 1", { { "given.abatement", "10" } },
	    "given.abatement", "dépasse 1" },
	{ "a negative given rate", { { "given.collective_rate", "-1" } },
	    "given.collective_rate", "négatif" },
	{ "a negative majoration", { { "given.majorations.M1", "-1" } },
	    "given.majorations.M1", "négatif" },
	{ "a negative average cost", { { "given.average_costs.IT1", "-1" } },
	    "given.average_costs.IT1", "négatif" },
	{ "a negative percent", { { "supplementary.0.percent", "-25" } },
	    "supplementary.0.percent", "négatif" },
	{ "a member's negative payroll", { { "single_rate.members.0.payroll",
	    "-1" } }, "single_rate.members.0.payroll", "négatif" },
	{ "negative days", { { "claims.A1.stoppage_days", "-1" } },
	    "claims.A1.stoppage_days", "négatif" },
	{ "too many days", { { "claims.A1.stoppage_days", "100000" } },
	    "claims.A1.stoppage_days", "au plus" },
	{ "an IP over 100", { { "claims.A1.ip_rate", "101" } },
	    "claims.A1.ip_rate", "0 à 100" },
	{ "a negative IP", { { "claims.A1.ip_rate", "-1" } },
	    "claims.A1.ip_rate", "0 à 100" },
	{ "no members", { { "single_rate.members", "[]" } },
	    "single_rate.members", "liste vide" },
	{ "members without payroll", { { "single_rate.members.0.payroll",
	    "0.00" } }, "single_rate.members", "totale" },

	/* Dates. */
	{ "a date that is no day", { { "claims.A1.declared",
	    "2021-02-29" } }, "claims.A1.declared", "calendrier" },
	{ "a month 13", { { "claims.A1.declared", "2021-13-01" } },
	    "claims.A1.declared", "calendrier" },
	{ "a French date", { { "claims.A1.declared", "02/03/2021" } },
	    "claims.A1.declared", "AAAA-MM-JJ" },
	{ "a date and an hour", { { "claims.A1.declared",
	    "2021-03-02T10:00" } }, "claims.A1.declared", "AAAA-MM-JJ" },
	{ "an empty date", { { "claims.A1.declared", "" } },
	    "claims.A1.declared", "AAAA-MM-JJ" },
	{ "created after the year", { { "establishment.created",
	    "2025-01-01" } }, "establishment.created", "2024" },
	{ "a period that ends as it begins", { { "supplementary.0.until",
	    "2024-02-01" } }, "supplementary.0.until", "avant" },
	{ "a period that ends before", { { "supplementary.0.until",
	    "2024-01-01" } }, "supplementary.0.until", "avant" },

	/* Contradictions of a claim. */
	{ "occurred after declared", { { "claims.A1.occurred",
	    "2021-03-03" } }, "claims.A1.occurred", "2021-03-02" },
	{ "declared after recognised", { { "claims.A1.recognised",
	    "2021-03-01" } }, "claims.A1.recognised", "avant" },
	{ "IP notified before declared", { { "claims.A1.ip_notified",
	    "2021-03-01" } }, "claims.A1.ip_notified", "avant" },
	{ "death before occurred", { { "claims.A1.death", "2021-02-28" } },
	    "claims.A1.death", "précède" },
	{ "death recognised before death", { { "claims.A1.death",
	    "2021-05-02" }, { "claims.A1.death_recognised", "2021-05-01" } },
	    "claims.A1.death_recognised", "avant" },
	{ "death recognised without death", {
	    { "claims.A1.death_recognised", "2021-05-01" } },
	    "claims.A1.death", "ajoutez death" },
	{ "an IP without its notification", { { "claims.A1.ip_notified",
	    "null" } }, "claims.A1.ip_notified", "ajoutez ip_notified" },
	{ "a notification without IP", { { "claims.A1.ip_rate", "null" } },
	    "claims.A1.ip_rate", "ajoutez ip_rate" },
	{ "the special account for an accident", { { "claims.A1.charge",
	    "special_account" } }, "claims.A1.charge", "maladies" },
	{ "the special account for a commuting accident", {
	    { "claims.A1.charge", "special_account" },
	    { "claims.A1.kind", "commuting" } }, "claims.A1.charge",
	    "maladies" },

	/* Given. */
	{ "real costs in 2014", { { "year", "2014" },
	    { "given.real_costs.2009", "1000.00" } }, "given.real_costs",
	    "2012 et 2013" },
	{ "empty real costs in 2024", { { "given.real_costs", "{}" } },
	    "given.real_costs", "2012 et 2013" },
};

static void
read_refusal(void **state)
{
	struct err err = { .code = TAPR_OK };
	struct json *doc = parsed(state, good);
	struct facts f;
	size_t i = row_of(state), j;

	for (j = 0; j < CHANGES_MAX && refused[i].change[j].path != NULL; j++)
		set(state, doc, refused[i].change[j].path,
		    refused[i].change[j].value);
	assert_int_equal(facts_read(doc, arena_of(state), &f, &err),
	    TAPR_EINVAL);
	assert_refused(&err, refused[i].where, refused[i].words);
}

static void
unknown_at_the_top(void **state)
{
	struct err err = { .code = TAPR_OK };
	struct facts f;

	assert_int_equal(facts_read(parsed(state, "{\"anee\":1,\"yaer\":2}"),
	    arena_of(state), &f, &err), TAPR_EINVAL);
	assert_refused(&err, "anee", "headcounts");
	err = (struct err){ .code = TAPR_OK };
	assert_int_equal(facts_read(parsed(state, "{\"yaer\":2}"),
	    arena_of(state), &f, &err), TAPR_EINVAL);
	assert_refused(&err, "yaer", "« year »");
}

static void
real_costs(void **state)
{
	struct json *doc = parsed(state, small);
	struct facts f;

	set(state, doc, "given.real_costs.2009", "1000.5");
	set(state, doc, "given.real_costs.2008", "0");
	read_well(state, doc, &f);
	assert_int_equal(f.given.real_costs.n, 2);
	assert_int_equal(f.given.real_costs.at[0].year, 2008);
	assert_frac(f.given.real_costs.at[1].amount, "2001/2");
}

/* A ref of 13 digits may be a NIR: the message does not repeat it. */
static void
no_nir(void **state)
{
	struct err err = { .code = TAPR_OK };
	struct facts f;

	assert_int_equal(facts_read(parsed(state, "{\"year\":2024,\"zone\":"
	    "\"2840199123456\"}"), arena_of(state), &f, &err), TAPR_EINVAL);
	assert_null(strstr(err.text, "2840199"));
	assert_non_null(strstr(err.text, "2840*********"));
}

/* --- paths --------------------------------------------------------------- */

static const struct {
	const char	*why;
	const char	*path, *value;
	const char	*words;
} unset[] = {
	{ "an unknown name", "yaer", "2024", "« year »" },
	{ "an unknown name below", "claims.A1.ip", "30",
	    "Champs admis dans un sinistre" },
	{ "an unknown claim", "claims.A9.ip_rate", "30", "A1, M.2" },
	{ "an unknown claim taken out", "claims.A9", "null", "A1, M.2" },
	{ "a claim that is a number", "claims.A1", "3", "objet" },
	{ "a claim under another ref", "claims.A1", "{\"ref\":\"B\"}",
	    "celle du chemin" },
	{ "more after a value", "year.x", "1", "valeur simple" },
	{ "more after a date", "claims.A1.death.year", "1", "valeur simple" },
	{ "more after a year", "payroll.2022.x", "1", "valeur simple" },
	{ "an empty path", "", "1", "chemin" },
	{ "an empty name", "given..M1", "1", "chemin" },
	{ "a dot at the end", "given.", "1", "chemin" },
	{ "a path with a control character", "claims.B\r",
	    "{\"kind\":\"disease\",\"declared\":\"2022-01-01\"}", "contrôle" },
	{ "a path that is not UTF-8", "claims.B\xec",
	    "{\"kind\":\"disease\",\"declared\":\"2022-01-01\"}", "UTF-8" },
	{ "a year of two digits", "payroll.22", "1", "quatre chiffres" },
	{ "an index that is none", "supplementary.x", "{}", "de 0 à 1" },
	{ "an index too far", "supplementary.2.from", "2024-01-01",
	    "de 0 à 1" },
	{ "an index of many digits", "supplementary.00000000000000001",
	    "{}", "de 0 à 1" },
	{ "an element that is a number", "supplementary.0", "3", "objet" },
	{ "null beyond the list", "supplementary.1", "null", "objet" },
	{ "an object badly written", "previous", "{\"rate\":",
	    "pas du JSON" },
	{ "a string badly written", "zone", "\"general", "pas du JSON" },
	{ "a value that is not UTF-8", "zone", "caf\xe9", "UTF-8" },
	{ "a value with a control character", "zone", "a\tb", "contrôle" },
};

static void
set_refusal(void **state)
{
	struct err err = { .code = TAPR_OK };
	size_t i = row_of(state);

	assert_int_equal(facts_set(parsed(state, good), unset[i].path,
	    unset[i].value, arena_of(state), &err), TAPR_EINVAL);
	/* A path that is no text is not repeated. */
	assert_refused(&err, strpbrk(unset[i].path, "\r\xec") != NULL ?
	    "chemin" : unset[i].path, unset[i].words);
}

static void
set_through_a_wrong_document(void **state)
{
	struct err err = { .code = TAPR_OK };
	struct json *doc = parsed(state, "{\"given\":3,\"claims\":{},"
	    "\"supplementary\":[3]}");

	assert_int_equal(facts_set(doc, "given.abatement", "0.1",
	    arena_of(state), &err), TAPR_EINVAL);
	assert_refused(&err, "given.abatement", "devrait être un objet");
	err = (struct err){ .code = TAPR_OK };
	assert_int_equal(facts_set(doc, "claims.A1.kind", "accident",
	    arena_of(state), &err), TAPR_EINVAL);
	assert_refused(&err, "claims.A1.kind", "devrait être une liste");
	err = (struct err){ .code = TAPR_OK };
	assert_int_equal(facts_set(doc, "supplementary.0.from", "2024-01-01",
	    arena_of(state), &err), TAPR_EINVAL);
	assert_refused(&err, "supplementary.0.from", "objet");
}

/* Numbers become strings where strings are wanted, and only there. */
static void
set_by_type(void **state)
{
	struct json *doc = parsed(state, small);
	struct facts f;

	set(state, doc, "payroll.2022", "1000000");
	set(state, doc, "payroll.2021", "\"900000.50\"");
	set(state, doc, "previous.rate", "3.20");
	set(state, doc, "previous.mode", "mixed");
	set(state, doc, "given.majorations.M1", "0.17");
	set(state, doc, "given.average_costs.IT1", "300");
	set(state, doc, "establishment.siret", "35600000000048");
	set(state, doc, "establishment.taken_over", "true");
	set(state, doc, "single_rate.members.0.rate", "2.4");
	set(state, doc, "single_rate.members.0.payroll", "10");
	set(state, doc, "single_rate.members.1",
	    "{\"rate\":\"3\",\"payroll\":\"20\"}");
	set(state, doc, "year", "2024");
	read_well(state, doc, &f);
	assert_int_equal(f.year, 2024);
	assert_int_equal(f.payroll.n, 2);
	assert_frac(f.payroll.at[0].amount, "1800001/2");
	assert_frac(f.previous_rate, "16/5");
	assert_true(f.given.has_majoration[0]);
	assert_true(f.taken_over);
	assert_int_equal(f.members, 2);
	assert_frac(f.member[1].payroll, "20");
}

static void
set_claims(void **state)
{
	struct json *doc = parsed(state, good);
	struct facts f;

	/* The ref of the second claim holds a dot. */
	set(state, doc, "claims.M.2.stoppage_days", "30");
	set(state, doc, "claims.A1.ip_rate", "30");
	set(state, doc, "claims.B 7", "{\"kind\":\"disease\","
	    "\"declared\":\"2022-01-01\"}");
	read_well(state, doc, &f);
	assert_int_equal(f.claims, 3);
	assert_int_equal(f.claim[0].ip_rate, 30);
	assert_int_equal(f.claim[1].stoppage_days, 30);
	assert_string_equal(f.claim[2].ref, "B 7");

	set(state, doc, "claims.A1", "null");
	set(state, doc, "claims.M.2", "{\"ref\":\"M.2\","
	    "\"kind\":\"accident\",\"declared\":\"2020-01-01\"}");
	read_well(state, doc, &f);
	assert_int_equal(f.claims, 2);
	assert_string_equal(f.claim[0].ref, "M.2");
	assert_int_equal(f.claim[0].kind, CLAIM_ACCIDENT);
	assert_int_equal(f.claim[0].stoppage_days, 0);

	doc = parsed(state, small);
	set(state, doc, "claims.A1", "{\"kind\":\"accident\","
	    "\"declared\":\"2010-01-01\"}");
	read_well(state, doc, &f);
	assert_int_equal(f.claims, 1);
}

static void
set_on_a_copy(void **state)
{
	struct json *doc = parsed(state, good), *copy;
	struct facts f;

	copy = facts_copy(doc, arena_of(state));
	assert_non_null(copy);
	set(state, copy, "claims.A1", "null");
	set(state, copy, "payroll.2022", "1");
	set(state, copy, "establishment.ctn", "C");
	set(state, copy, "supplementary.0", "null");
	read_well(state, copy, &f);
	assert_int_equal(f.claims, 1);
	assert_int_equal(f.supplementaries, 0);
	assert_int_equal(f.ctn, 'C');
	every_field(state);
	read_well(state, doc, &f);
	assert_int_equal(f.claims, 2);
	assert_int_equal(f.ctn, 'B');
	assert_frac(f.payroll.at[2].amount, "8400001/2");
}

static void
no_memory(void **state)
{
	struct err err = { .code = TAPR_OK };
	struct json *doc = parsed(state, good);
	struct arena *tiny = arena_new(64);
	struct facts f;

	assert_non_null(tiny);
	assert_int_equal(facts_read(doc, tiny, &f, &err), TAPR_EIO);
	assert_non_null(strstr(err.text, "mémoire"));
	err = (struct err){ .code = TAPR_OK };
	assert_int_equal(facts_set(doc, "zone", "general", tiny, &err),
	    TAPR_EIO);
	assert_null(facts_copy(doc, tiny));
	arena_free(tiny);
}

/* Twenty thousand claims and a double among them: found, and in no time. */
static void
many_claims(void **state)
{
	enum { N = 20000, ROOM = N * 80 + 400 };
	struct err err = { .code = TAPR_OK };
	char *text = malloc(ROOM);
	struct json *doc;
	struct facts f;
	size_t n;
	int i;

	assert_non_null(text);
	n = (size_t)snprintf(text, ROOM, "%.*s,\"claims\":[",
	    (int)strlen(small) - 1, small);
	for (i = 0; i < N; i++)
		n += (size_t)snprintf(text + n, ROOM - n, "%s{\"ref\":\"C%d\","
		    "\"kind\":\"accident\",\"declared\":\"2010-01-01\"}",
		    i > 0 ? "," : "", i);
	n += (size_t)snprintf(text + n, ROOM - n, "]}");
	assert_int_equal(facts_parse(text, n, arena_of(state), &doc, &err),
	    TAPR_OK);
	free(text);
	read_well(state, doc, &f);
	assert_int_equal(f.claims, N);
	set(state, doc, "claims.C19999.ref", "C7");
	assert_int_equal(facts_read(doc, arena_of(state), &f, &err),
	    TAPR_EINVAL);
	assert_refused(&err, "claims.C7", "le 8 et le 20000");
}

int
main(void)
{
	static const struct CMUnitTest plain[] = {
		{ "every field is read", every_field, NULL, NULL, NULL },
		{ "the smallest document, and what absence means", the_least,
		    NULL, NULL, NULL },
		{ "null is absent", null_is_absent, NULL, NULL, NULL },
		{ "a document over 32 Mio is refused unread", too_large, NULL,
		    NULL, NULL },
		{ "unknown names at the top", unknown_at_the_top, NULL, NULL,
		    NULL },
		{ "real costs of 2012", real_costs, NULL, NULL, NULL },
		{ "a message repeats no NIR", no_nir, NULL, NULL, NULL },
		{ "a path through a document of another shape",
		    set_through_a_wrong_document, NULL, NULL, NULL },
		{ "set: a number becomes a string where one is wanted",
		    set_by_type, NULL, NULL, NULL },
		{ "set: claims by ref, added, replaced, taken out",
		    set_claims, NULL, NULL, NULL },
		{ "set on a copy leaves the first alone", set_on_a_copy, NULL,
		    NULL, NULL },
		{ "an arena that is full is a failure", no_memory, NULL, NULL,
		    NULL },
		{ "a ref given twice among 20 000", many_claims, NULL, NULL,
		    NULL },
	};
	struct CMUnitTest tests[COUNT(plain) + COUNT(accepted) +
	    COUNT(unread) + COUNT(refused) + COUNT(unset)];
	size_t i, n = 0;

	for (i = 0; i < COUNT(plain); i++)
		tests[n++] = plain[i];
	for (i = 0; i < COUNT(accepted); i++)
		tests[n++] = (struct CMUnitTest){ accepted[i].why, acceptance,
		    NULL, NULL, (void *)(uintptr_t)i };
	for (i = 0; i < COUNT(unread); i++)
		tests[n++] = (struct CMUnitTest){ unread[i].why,
		    parse_refusal, NULL, NULL, (void *)(uintptr_t)i };
	for (i = 0; i < COUNT(refused); i++)
		tests[n++] = (struct CMUnitTest){ refused[i].why,
		    read_refusal, NULL, NULL, (void *)(uintptr_t)i };
	for (i = 0; i < COUNT(unset); i++)
		tests[n++] = (struct CMUnitTest){ unset[i].why, set_refusal,
		    NULL, NULL, (void *)(uintptr_t)i };
	for (i = 0; i < n; i++) {
		tests[i].setup_func = arena_setup;
		tests[i].teardown_func = arena_teardown;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
