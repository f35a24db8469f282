/*
 * test_exchange.c -- what may be declared, what a producer may offer and read,
 * who is rare, and what a sealed file is.  What the commands write is in
 * tests/e2e/exchange.sh.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <sodium.h>

#include "exchange/authority.h"
#include "exchange/exchange.h"
#include "exchange/text.h"
#include "exchange/widen.h"
#include "guard/log.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const char head[] = "flow,label,recipient,basis,purpose,periodicity,"
    "format,level,field,type,source,widen,note\n";

static void
ok(int rc, const struct err *err)
{
	if (rc != TAPR_OK)
		fail_msg("%d: %s: %s", rc, err->where, err->text);
}

static int
declare(const char *rows, struct exchanges *ret, struct err *err)
{
	static char text[8192];

	*err = (struct err){ .code = TAPR_OK };
	(void)snprintf(text, sizeof text, "%s%s", head, rows);
	return exchanges_read("x.csv", text, strlen(text), ret, err);
}

/* ---- what may be declared -------------------------------------------------- */

#define COMPANY "f,L,r,B,prevention,yearly,csv,company,"
#define RECORDS "f,L,r,B,statistics,yearly,csv,records,"
#define TABLE "f,L,r,B,statistics,yearly,csv,table,"

static const struct {
	const char	*why, *rows, *where, *says;	/* where NULL: taken */
} declarations[] = {
	{ "a company and its payroll may be declared", COMPANY
	    "siret,siret,payroll.siret,,\n", NULL, "" },
	{ "two sources of one field too", COMPANY
	    "code,text,rate.risk_code payroll.risk_code,,\n", NULL, "" },
	{ "a company flow cannot read a claim", COMPANY
	    "days,count,claim.stoppage_days,,\n", "x.csv:2 : source",
	    "personnes" },
	{ "nor a benefit", COMPANY "days,count,benefit.days,,\n",
	    "x.csv:2 : source", "personnes" },
	{ "nor a line that waits", COMPANY "f,text,waiting.fields,,\n",
	    "x.csv:2 : source", "personnes" },
	{ "records cannot have a sealed NIR", RECORDS
	    "n,text,identity.nir,1,\n", "x.csv:2 : source", "personnes" },
	{ "nor its index", TABLE "n,text,identity.nir_index,1,\n",
	    "x.csv:2 : source", "personnes" },
	{ "nor has a whole account, sealed or not",
	    "f,L,r,B,tarification,yearly,csv_sealed,file,"
	    "n,text,identity.nir,,\n", "x.csv:2 : source", "personnes" },
	{ "nor who works for the fund", COMPANY "n,text,person.login,,\n",
	    "x.csv:2 : source", "personnes" },
	{ "records cannot have the number of a claim", RECORDS
	    "id,text,claim.claim_id,1,\n", "x.csv:2 : source", "qui ou où" },
	{ "nor the establishment", RECORDS "s,text,claim.siret,1,\n",
	    "x.csv:2 : source", "qui ou où" },
	{ "nor the commune", RECORDS "c,text,claim.place_insee,1,\n",
	    "x.csv:2 : source", "qui ou où" },
	{ "nor a day", RECORDS "d,date,claim.occurred_on,,\n",
	    "x.csv:2 : type", "désignerait" },
	{ "nor an exact count", RECORDS "d,count,claim.stoppage_days,,\n",
	    "x.csv:2 : type", "désignerait" },
	{ "nor a sum", RECORDS "d,sum,claim.stoppage_days,,\n",
	    "x.csv:2 : type", "désignerait" },
	{ "a text of records has its turn", RECORDS "k,text,claim.kind,,\n",
	    "x.csv:2 : widen", "rang" },
	{ "turns are not shared", RECORDS "k,text,claim.kind,1,\n"
	    RECORDS "m,text,claim.charge,1,\n", "x.csv:3 : widen",
	    "le rang 1" },
	{ "turns go from 1 on", RECORDS "k,text,claim.kind,2,\n",
	    "x.csv:2 : widen", "se suivent" },
	{ "a table has sums", TABLE "k,text,claim.kind,1,\n"
	    TABLE "n,sum,claim.kind,,\n", NULL, "" },
	{ "a sum is of a table alone", COMPANY "n,sum,payroll.year,,\n",
	    "x.csv:2 : type", "n'a de sens" },
	{ "a NIR is no column of the register", RECORDS "nir,text,claim.nir,1,\n",
	    "x.csv:2 : source", "n'est pas une colonne" },
	{ "a table is one of the register", COMPANY "n,text,victim.name,,\n",
	    "x.csv:2 : source", "n'est pas une colonne" },
	{ "a field has a source", COMPANY "n,text,,,\n", "x.csv:2 : source",
	    "d'où vient" },
	{ "a flow has a basis", "f,L,r,,prevention,yearly,csv,company,"
	    "n,text,unit.name,,\n", "x.csv:2 : basis", "rien n'est dit" },
	{ "a flow has a purpose of the closed list",
	    "f,L,r,B,fraude,yearly,csv,company,n,text,unit.name,,\n",
	    "x.csv:2 : purpose", "finalité" },
	{ "a whole account is sealed", "f,L,r,B,tarification,yearly,csv,file,"
	    "n,text,rate.mode,,\n", "x.csv:2 : format", "csv_sealed" },
	{ "one field once", COMPANY "n,text,unit.name,,\n" COMPANY
	    "n,text,unit.siren,,\n", "x.csv:3 : field", "une seule fois" },
	{ "a flow is the same in all its rows", COMPANY "n,text,unit.name,,\n"
	    "f,L,autre,B,prevention,yearly,csv,company,m,text,unit.naf,,\n",
	    "x.csv:3 : recipient", "première ligne" },
	{ "and stands together", COMPANY "n,text,unit.name,,\n"
	    "g,L,r,B,prevention,yearly,csv,company,n,text,unit.name,,\n"
	    COMPANY "m,text,unit.naf,,\n", "x.csv:4 : flow", "se suivent" },
};

static void
declaration(void **state)
{
	size_t i = *(const size_t *)*state;
	struct exchanges e;
	struct err err;
	int rc = declare(declarations[i].rows, &e, &err);

	if (declarations[i].where == NULL)
		ok(rc, &err);
	else {
		assert_int_equal(rc, TAPR_EINVAL);
		assert_string_equal(err.where, declarations[i].where);
		assert_non_null(strstr(err.text, declarations[i].says));
	}
	exchanges_free(&e);
}

static void
the_declaration_of_the_tree_is_read(void **state)
{
	struct err err = { .code = TAPR_OK };
	const struct exchange_flow *f;
	struct exchanges e;

	(void)state;
	ok(exchanges_load(getenv("TAPR_LAW"), &e, &err), &err);
	assert_int_equal(e.flows, 9);
	ok(exchanges_find(&e, "urssaf_rates", &f, &err), &err);
	assert_int_equal(f->level, LEVEL_COMPANY);
	assert_false(f->reads[TABLE_CLAIM]);
	ok(exchanges_find(&e, "inrs_companies", &f, &err), &err);
	assert_false(f->reads[TABLE_CLAIM]);
	assert_false(f->reads[TABLE_BENEFIT]);
	ok(exchanges_find(&e, "labour_inspection_reports", &f, &err), &err);
	assert_false(f->held);
	ok(exchanges_find(&e, "fund_to_fund", &f, &err), &err);
	assert_true(f->sealed);
	exchanges_free(&e);
}

/* ---- who is rare ------------------------------------------------------------ */

enum { KEYS = 3, MANY = 400 };

struct sample {
	struct widen_row	 row[MANY];
	const char		*key[MANY][KEYS];
	int64_t			 sum[MANY][1];
};

static struct sample sample;
static int turns[] = { 2, 1 };	/* the first key is never given up */
static const struct widen_about about = { .keys = KEYS, .sums = 1,
	.turns = 2, .key_of_turn = turns, .k = EXCHANGE_K };

static void
put(size_t i, const char *a, const char *b, const char *c, uint64_t holder)
{
	sample.key[i][0] = a;
	sample.key[i][1] = b;
	sample.key[i][2] = c;
	sample.sum[i][0] = (int64_t)i % 2;
	sample.row[i] = (struct widen_row){ sample.key[i], sample.sum[i],
		holder, KEYS, 0 };
}

/* How many rows are of that step. */
static size_t
of_step(size_t n, int step)
{
	size_t ret = 0;

	for (size_t i = 0; i < n; i++)
		ret += sample.row[i].given_up == step;
	return ret;
}

static void
eleven_holders_are_enough_and_ten_are_not(void **state)
{
	(void)state;
	for (size_t i = 0; i < 11; i++)
		put(i, "2024", "A", "x", i);
	widen(&about, sample.row, 11);
	assert_int_equal(of_step(11, 0), 11);
	for (size_t i = 0; i < 10; i++)
		put(i, "2024", "A", "x", i);
	widen(&about, sample.row, 10);
	assert_int_equal(of_step(10, -1), 10);
}

static void
a_hundred_claims_of_one_holder_are_one(void **state)
{
	(void)state;
	for (size_t i = 0; i < 100; i++)
		put(i, "2024", "A", "x", 7);
	widen(&about, sample.row, 100);
	assert_int_equal(of_step(100, -1), 100);
}

static void
rare_rows_give_up_the_key_whose_turn_it_is(void **state)
{
	(void)state;
	/* 6 of x and 5 of y: 11 of A. */
	for (size_t i = 0; i < 11; i++)
		put(i, "2024", "A", i < 6 ? "x" : "y", i);
	widen(&about, sample.row, 11);
	assert_int_equal(of_step(11, 1), 11);
	assert_string_equal(sample.row[0].key[1], "A");
	assert_string_equal(sample.row[0].key[2], WIDEN_ALL);
}

static void
a_key_without_a_turn_is_never_given_up(void **state)
{
	(void)state;
	for (size_t i = 0; i < 20; i++)
		put(i, i < 10 ? "2023" : "2024", "A", "x", i);
	widen(&about, sample.row, 20);
	assert_int_equal(of_step(20, -1), 20);
}

static void
rows_that_are_settled_never_meet_rows_that_gave_up(void **state)
{
	size_t i = 0;

	(void)state;
	for (; i < 12; i++)
		put(i, "2024", "A", "x", i);
	for (; i < 16; i++)
		put(i, "2024", "A", "y", i);
	/* The 4 of y must not be counted with the 12 of x. */
	widen(&about, sample.row, 16);
	assert_int_equal(of_step(16, 0), 12);
	assert_int_equal(of_step(16, -1), 4);
}

static void
a_sum_counts_the_holders_who_have_some(void **state)
{
	(void)state;
	for (size_t i = 0; i < 20; i++)
		put(i, "2024", "A", "x", i);
	widen(&about, sample.row, 20);
	assert_int_equal(widen_holders(sample.row, 20, -1), 20);
	assert_int_equal(widen_holders(sample.row, 20, 0), 10);
}

/* Whatever the rows, each group that is written has its eleven holders. */
static void
no_group_is_rare(void **state)
{
	static const char *const word[] = { "a", "b", "c", "d", "e" };
	uint32_t seed = 20240101;

	(void)state;
	for (int round = 0; round < 200; round++) {
		size_t n = 1 + (size_t)round * 2 % MANY, i = 0, seen = 0;

		for (size_t k = 0; k < n; k++) {
			seed = seed * 1664525 + 1013904223;
			put(k, word[seed >> 28 & 1], word[(seed >> 24) % 5],
			    word[(seed >> 16 & 255) % 5],
			    (seed >> 8 & 255) % 60);
		}
		widen(&about, sample.row, n);
		while (i < n && sample.row[i].given_up >= 0) {
			size_t g = widen_group(sample.row + i, n - i);

			assert_true(widen_holders(sample.row + i, g, -1) >=
			    EXCHANGE_K);
			seen += g;
			i += g;
		}
		assert_int_equal(seen + of_step(n, -1), n);
	}
}

/* ---- what is written --------------------------------------------------------- */

static const struct {
	const char		*why, *want;
	enum exchange_type	 type;
	int64_t			 v;
} numbers[] = {
	{ "cents are euros", "-1234.05", EXCHANGE_MONEY, -123405 },
	{ "hundredths have two decimals", "0.30", EXCHANGE_HUNDREDTHS, 30 },
	{ "a rate has four decimals", "3.1000", EXCHANGE_RATE, 31000 },
	{ "a share has four decimals", "0.6000", EXCHANGE_SHARE, 6000 },
	{ "a day is ISO 8601", "2024-02-29", EXCHANGE_DATE, 20240229 },
	{ "a year has four digits", "2024", EXCHANGE_YEAR, 2024 },
};

static void
numbers_are_written_as_declared(void **state)
{
	struct err err = { .code = TAPR_OK };
	struct exchange_field f = { .name = "f" };
	struct value v, word = value_text("x");
	struct str out;

	(void)state;
	str_init(&out, 100);
	for (size_t i = 0; i < COUNT(numbers); i++) {
		f.type = numbers[i].type;
		v = value_int(numbers[i].v);
		str_clear(&out);
		ok(text_value(&f, &v, &out, &err), &err);
		assert_string_equal(out.p, numbers[i].want);
		assert_int_equal(text_value(&f, &word, &out, NULL),
		    TAPR_EINVAL);
	}
	f.type = EXCHANGE_SIRET;
	v = value_text("12345678901234");	/* a wrong key */
	assert_int_equal(text_value(&f, &v, &out, NULL), TAPR_EINVAL);
	str_free(&out);
}

static void
fields_are_quoted_when_they_must_be(void **state)
{
	struct str out;

	(void)state;
	str_init(&out, 100);
	text_field(&out, "a b");
	text_field(&out, ",");
	text_field(&out, "\"");
	text_field(&out, "x\r\ny");
	assert_string_equal(out.p, "a b\",\"\"\"\"\"\"x\r\ny\"");
	str_free(&out);
}

/* ---- a run -------------------------------------------------------------------- */

struct bed {
	char		 dir[64], fund[96], keys[96], path[96];
	struct exchanges law;
	struct place	 place;
};

static const char flows[] =
    COMPANY "siret,siret,payroll.siret,,\n" COMPANY
    "employees,hundredths,payroll.headcount_hundredths,,\n"
    "r,L,cnam,B,statistics,yearly,csv,records,kind,text,claim.kind,1,\n"
    "s,L,caisse,B,tarification,on_event,csv_sealed,file,"
    "kind,text,claim.kind,,\n"
    "later,L,x,B,prevention,on_event,csv,company,"
    "report,text,none,,\n";

static int
set_up(void **state)
{
	struct bed *b = calloc(1, sizeof *b);
	struct fund_about fund = { .code = "bretagne", .name = "X",
		.zone = "general", .departments = "35" };
	struct err err = { .code = TAPR_OK };

	(void)snprintf(b->dir, sizeof b->dir, "/tmp/tapr-exchange-XXXXXX");
	assert_non_null(mkdtemp(b->dir));
	(void)snprintf(b->fund, sizeof b->fund, "%s/fund", b->dir);
	(void)snprintf(b->keys, sizeof b->keys, "%s/keys", b->dir);
	(void)snprintf(b->path, sizeof b->path, "%s/out.csv", b->dir);
	ok(log_create(b->keys, b->fund, &fund, &err), &err);
	ok(declare(flows, &b->law, &err), &err);
	b->place = (struct place){ .dir = b->fund, .actor = "anne",
		.today = { 2024, 6, 1 }, .keys = b->keys, .now = 1717200000 };
	*state = b;
	return 0;
}

/* Files and folders below ${dir}, and itself. */
static void
remove_all(const char *dir)
{
	struct dirent *e;
	char path[512];
	DIR *d = opendir(dir);

	assert_non_null(d);
	while ((e = readdir(d)) != NULL) {
		struct stat st;

		if (strcmp(e->d_name, ".") == 0 ||
		    strcmp(e->d_name, "..") == 0)
			continue;
		(void)snprintf(path, sizeof path, "%s/%s", dir, e->d_name);
		if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode))
			remove_all(path);
		else
			(void)unlink(path);
	}
	(void)closedir(d);
	(void)rmdir(dir);
}

static int
tear_down(void **state)
{
	struct bed *b = *state;

	exchanges_free(&b->law);
	remove_all(b->dir);
	free(b);
	return 0;
}

static int
open_flow(struct bed *b, const char *flow, const char *key, struct err *err)
{
	const struct authority_act act = { .flow = flow, .act = "acte",
	    .signatory = "S", .act_on = { 2024, 5, 1 }, .key = key,
	    .recipient = key == NULL ? NULL : "bretagne" };
	struct str out;
	int rc;

	str_init(&out, 1000);
	*err = (struct err){ .code = TAPR_OK };
	rc = authority_open(&b->place, &b->law, &act, &out, err);
	str_free(&out);
	return rc;
}

static struct exchange_run
run_of(const struct bed *b, const char *flow)
{
	return (struct exchange_run){ .place = b->place, .law = &b->law,
		.flow = flow, .year = 2024, .path = b->path };
}

static bool
is_there(const struct bed *b, const char *suffix)
{
	char path[160];

	(void)snprintf(path, sizeof path, "%s%s", b->path, suffix);
	return access(path, F_OK) == 0;
}

static void
nothing_is_there(const struct bed *b)
{
	assert_false(is_there(b, ""));
	assert_false(is_there(b, ".part"));
	assert_false(is_there(b, "-metadata.json"));
	assert_false(is_there(b, "-metadata.json.part"));
}

static void
a_flow_is_closed_until_an_act_opens_it(void **state)
{
	struct bed *b = *state;
	const struct exchange_run run = run_of(b, "f");
	struct err err = { .code = TAPR_OK };
	struct exchange *x;

	assert_int_equal(exchange_open(&run, &x, &err), TAPR_EINVAL);
	assert_non_null(strstr(err.text, "signataire"));
	exchange_close(x);
	ok(open_flow(b, "f", NULL, &err), &err);
	assert_int_equal(open_flow(b, "f", NULL, &err), TAPR_EINVAL);
	err = (struct err){ .code = TAPR_OK };
	ok(exchange_open(&run, &x, &err), &err);
	exchange_close(x);
	nothing_is_there(b);
}

static void
an_act_has_a_reference_a_day_that_is_not_to_come_and_a_signatory(void **state)
{
	struct bed *b = *state;
	struct authority_act act = { .flow = "f", .act = "acte",
	    .signatory = "S", .act_on = { 2024, 6, 2 } };
	struct err err = { .code = TAPR_OK };
	struct str out;

	str_init(&out, 1000);
	assert_int_equal(authority_open(&b->place, &b->law, &act, &out, &err),
	    TAPR_EINVAL);
	assert_non_null(strstr(err.text, "à venir"));
	act.act_on = (struct date){ 2024, 6, 1 };
	act.signatory = "";
	err = (struct err){ .code = TAPR_OK };
	assert_int_equal(authority_open(&b->place, &b->law, &act, &out, &err),
	    TAPR_EINVAL);
	assert_non_null(strstr(err.text, "--signatory"));
	str_free(&out);
}

static void
what_the_register_does_not_hold_is_refused(void **state)
{
	struct bed *b = *state;
	const struct exchange_run run = run_of(b, "later");
	struct err err = { .code = TAPR_OK };
	struct exchange *x;

	ok(open_flow(b, "later", NULL, &err), &err);
	assert_int_equal(exchange_open(&run, &x, &err), TAPR_EINVAL);
	assert_non_null(strstr(err.text, "partie 4"));
	exchange_close(x);
}

static int
take_nothing(void *to, const struct value *v, struct err *err)
{
	(void)to;
	(void)v;
	(void)err;
	return TAPR_OK;
}

static void
a_producer_offers_and_reads_what_is_declared(void **state)
{
	static const char *const more[] = { "siret", "employees", "nir" };
	static const char *const less[] = { "siret" };
	const struct exchange_reading claims = { .table = TABLE_CLAIM,
		.years = EVERY_YEAR };
	const struct exchange_reading payroll = { .table = TABLE_PAYROLL,
		.years = EVERY_YEAR };
	struct bed *b = *state;
	const struct exchange_run run = run_of(b, "f");
	struct err err = { .code = TAPR_OK };
	struct exchange *x;

	ok(open_flow(b, "f", NULL, &err), &err);
	ok(exchange_open(&run, &x, &err), &err);
	assert_int_equal(exchange_columns(x, more, 3, &err), TAPR_EINVAL);
	assert_non_null(strstr(err.text, "« nir » n'est pas déclaré"));
	err = (struct err){ .code = TAPR_OK };
	assert_int_equal(exchange_columns(x, less, 1, &err), TAPR_EINVAL);
	assert_non_null(strstr(err.text, "employees"));
	err = (struct err){ .code = TAPR_OK };
	ok(exchange_columns(x, more, 2, &err), &err);
	ok(exchange_read(x, &payroll, take_nothing, NULL, &err), &err);
	assert_int_equal(exchange_read(x, &claims, take_nothing, NULL, &err),
	    TAPR_EINVAL);
	assert_non_null(strstr(err.text, "claim"));
	exchange_close(x);
}

static const char *const no_codes[] = { "1851275123456", "123456789",
	"Jeanne Dupont", "*", "une valeur bien trop longue" };

static void
what_is_no_code_does_not_leave_without_identity(void **state)
{
	static const char *const columns[] = { "kind" };
	struct bed *b = *state;
	const struct exchange_run run = run_of(b, "r");
	struct err err = { .code = TAPR_OK };
	struct exchange *x;

	ok(open_flow(b, "r", NULL, &err), &err);
	ok(exchange_open(&run, &x, &err), &err);
	ok(exchange_columns(x, columns, 1, &err), &err);
	for (size_t i = 0; i < COUNT(no_codes); i++) {
		struct value v = value_text(no_codes[i]);

		err = (struct err){ .code = TAPR_OK };
		assert_int_equal(exchange_row(x, &v, 1, &err), TAPR_EINVAL);
		assert_null(strstr(err.text, no_codes[i]));
	}
	exchange_close(x);
}

static void
rows_stand_in_the_order_of_their_bytes(void **state)
{
	static const char *const columns[] = { "employees", "siret" };
	struct bed *b = *state;
	const struct exchange_run run = run_of(b, "f");
	struct err err = { .code = TAPR_OK };
	struct exchange *x;
	char text[256] = "";
	struct str out;
	FILE *f;

	str_init(&out, 1000);
	ok(open_flow(b, "f", NULL, &err), &err);
	ok(exchange_open(&run, &x, &err), &err);
	ok(exchange_columns(x, columns, 2, &err), &err);
	ok(exchange_row(x, (struct value[]){ value_int(250),
	    value_text("99998601100016") }, 0, &err), &err);
	ok(exchange_row(x, (struct value[]){ value_null(),
	    value_text("35600000000048") }, 0, &err), &err);
	ok(exchange_send(x, &out, &err), &err);
	exchange_close(x);
	assert_non_null(f = fopen(b->path, "r"));
	(void)fread(text, 1, sizeof text - 1, f);
	(void)fclose(f);
	assert_string_equal(text, "siret,employees\r\n35600000000048,\r\n"
	    "99998601100016,2.50\r\n");
	assert_true(is_there(b, "-metadata.json"));
	assert_false(is_there(b, ".part"));
	/* A second file does not replace the first. */
	assert_int_equal(exchange_open(&run, &x, &err), TAPR_EINVAL);
	exchange_close(x);
	str_free(&out);
}

static void
a_sealed_file_opens_with_the_key_of_its_recipient_alone(void **state)
{
	static const char *const columns[] = { "kind" };
	static const char clear[] = "kind\r\naccident\r\n";
	unsigned char public[crypto_box_PUBLICKEYBYTES];
	unsigned char secret[crypto_box_SECRETKEYBYTES];
	unsigned char box[256], text[256];
	char hex[2 * sizeof public + 1];
	struct bed *b = *state;
	struct exchange_run run = run_of(b, "s");
	struct err err = { .code = TAPR_OK };
	struct value v = value_text("accident");
	struct exchange *x;
	struct str out;
	size_t n;
	FILE *f;

	str_init(&out, 1000);
	assert_true(sodium_init() >= 0);
	(void)crypto_box_keypair(public, secret);
	(void)sodium_bin2hex(hex, sizeof hex, public, sizeof public);
	assert_int_equal(open_flow(b, "s", NULL, &err), TAPR_EINVAL);
	ok(open_flow(b, "s", hex, &err), &err);
	run.recipient = "autre";
	assert_int_equal(exchange_open(&run, &x, &err), TAPR_EINVAL);
	exchange_close(x);
	err = (struct err){ .code = TAPR_OK };
	run.recipient = "bretagne";
	ok(exchange_open(&run, &x, &err), &err);
	ok(exchange_columns(x, columns, 1, &err), &err);
	ok(exchange_row(x, &v, 0, &err), &err);
	ok(exchange_send(x, &out, &err), &err);
	exchange_close(x);
	assert_non_null(f = fopen(b->path, "r"));
	n = fread(box, 1, sizeof box, f);
	(void)fclose(f);
	assert_int_equal(n, sizeof clear - 1 + crypto_box_SEALBYTES);
	assert_int_equal(crypto_box_seal_open(text, box, n, public, secret),
	    0);
	assert_memory_equal(text, clear, sizeof clear - 1);
	secret[0] ^= 8;
	assert_int_not_equal(crypto_box_seal_open(text, box, n, public,
	    secret), 0);
	str_free(&out);
}

static void
one_who_asks_to_stop_gets_nothing(void **state)
{
	static const char *const columns[] = { "kind" };
	volatile sig_atomic_t stop = 0;
	struct bed *b = *state;
	struct exchange_run run = run_of(b, "r");
	struct err err = { .code = TAPR_OK };
	struct exchange *x;
	struct str out;

	str_init(&out, 1000);
	run.stop = &stop;
	ok(open_flow(b, "r", NULL, &err), &err);
	ok(exchange_open(&run, &x, &err), &err);
	ok(exchange_columns(x, columns, 1, &err), &err);
	stop = 1;
	assert_int_equal(exchange_send(x, &out, &err), TAPR_EINVAL);
	exchange_close(x);
	nothing_is_there(b);
	str_free(&out);
}

/* Without its keys the log takes no entry. */
static void
what_cannot_be_logged_does_not_leave(void **state)
{
	static const char *const columns[] = { "kind" };
	struct bed *b = *state;
	const struct exchange_run run = run_of(b, "r");
	struct err err = { .code = TAPR_OK };
	int64_t sent = 0, known = 0;
	struct exchange *x;
	struct str out;
	struct fund f;
	char gone[128];

	str_init(&out, 1000);
	ok(open_flow(b, "r", NULL, &err), &err);
	ok(exchange_open(&run, &x, &err), &err);
	ok(exchange_columns(x, columns, 1, &err), &err);
	(void)snprintf(gone, sizeof gone, "%s/gone", b->dir);
	assert_int_equal(rename(b->keys, gone), 0);
	assert_int_not_equal(exchange_send(x, &out, &err), TAPR_OK);
	exchange_close(x);
	nothing_is_there(b);
	err = (struct err){ .code = TAPR_OK };
	ok(fund_open(&b->place, STORE_READ, &f, &err), &err);
	ok(batch_known(f.store, &known, &err), &err);
	ok(store_number(f.store, SQL_BATCH_LAST, NULL, 0, &sent, &err), &err);
	assert_int_equal(known, sent);	/* the one that opened the flow */
	assert_int_equal(known, 1);
	fund_close(&f);
	str_free(&out);
}

#define BED(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(the_declaration_of_the_tree_is_read),
		cmocka_unit_test(eleven_holders_are_enough_and_ten_are_not),
		cmocka_unit_test(a_hundred_claims_of_one_holder_are_one),
		cmocka_unit_test(rare_rows_give_up_the_key_whose_turn_it_is),
		cmocka_unit_test(a_key_without_a_turn_is_never_given_up),
		cmocka_unit_test(
		    rows_that_are_settled_never_meet_rows_that_gave_up),
		cmocka_unit_test(a_sum_counts_the_holders_who_have_some),
		cmocka_unit_test(no_group_is_rare),
		cmocka_unit_test(numbers_are_written_as_declared),
		cmocka_unit_test(fields_are_quoted_when_they_must_be),
		BED(a_flow_is_closed_until_an_act_opens_it),
		BED(an_act_has_a_reference_a_day_that_is_not_to_come_and_a_signatory),
		BED(what_the_register_does_not_hold_is_refused),
		BED(a_producer_offers_and_reads_what_is_declared),
		BED(what_is_no_code_does_not_leave_without_identity),
		BED(rows_stand_in_the_order_of_their_bytes),
		BED(a_sealed_file_opens_with_the_key_of_its_recipient_alone),
		BED(what_cannot_be_logged_does_not_leave),
		BED(one_who_asks_to_stop_gets_nothing),
	};
	static size_t number[COUNT(declarations)];
	struct CMUnitTest tests[COUNT(declarations) + COUNT(others)];
	size_t n = 0;

	for (size_t i = 0; i < COUNT(declarations); i++) {
		number[i] = i;
		tests[n++] = (struct CMUnitTest){ declarations[i].why,
			declaration, NULL, NULL, &number[i] };
	}
	memcpy(tests + n, others, sizeof others);
	return cmocka_run_group_tests_name("exchange", tests, NULL, NULL);
}
