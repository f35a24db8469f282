/*
 * test_campaign.c -- the golden cases through a register: the same rates.
 *
 * Each case becomes rows of an empty register, is gathered, computed with and
 * without sharing, and compared with the rate of its facts.
 */
#include "tariff/rate.h"

#include "cases.h"

#include "campaign/compute.h"
#include "campaign/gather.h"
#include "model/words.h"
#include "store/row.h"

static const char other_siret[] = "73282932000082";

static struct value
day_value(struct date d)
{
	return value_date(d);
}

static int64_t
scaled(struct frac f, int decimals)
{
	int64_t v;

	assert_true(frac_scaled(f, decimals, &v));
	return v;
}

static void
put(struct batch *b, enum table_id id, const struct value *row)
{
	struct err err = { .code = TAPR_OK };
	enum put how;

	if (fact_put(b, id, row, 0, &how, &err) != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
}

static void
put_establishment(struct batch *b, const struct facts *f)
{
	char code[2] = { f->ctn, '\0' };
	struct value e[EST_COLUMNS] = { [EST_SIRET] = value_text(f->siret),
		[EST_CREATED_ON] = day_value(f->created),
		[EST_STATE] = value_text("A"),
		[EST_COMMUNE] = value_text(f->zone == ZONE_GENERAL ? "69123" :
		    "67482"), [EST_ORIGIN] = value_text("insee") };
	struct value c[CLASS_COLUMNS] = { [CLASS_SIRET] = value_text(f->siret),
		[CLASS_SECTION] = value_text(section_words[f->section]),
		[CLASS_FROM_ON] = value_int(20050101),
		[CLASS_RISK_CODE] = value_text(f->risk_code),
		[CLASS_CTN] = value_text(code),
		[CLASS_BTP_GROUP] = value_text(f->btp_group == GROUP_NONE ?
		    NULL : group_words[f->btp_group - 1]),
		[CLASS_SINGLE_RATE] = value_int(f->has_single_rate),
		[CLASS_AUTHOR] = value_text("test") };

	put(b, TABLE_ESTABLISHMENT, e);
	put(b, TABLE_CLASSIFICATION, c);
}

static void
put_measure(struct batch *b, const struct facts *f, const char *kind,
    const char *reference, struct date from, struct date to, int64_t value)
{
	struct value m[MEASURE_COLUMNS] = {
		[MEASURE_SIRET] = value_text(f->siret),
		[MEASURE_KIND] = value_text(kind),
		[MEASURE_REFERENCE] = value_text(reference),
		[MEASURE_FROM_ON] = day_value(from),
		[MEASURE_TO_ON] = day_value(to),
		[MEASURE_SECTION] = value_text(section_words[f->section]),
		[MEASURE_VALUE] = value_int(value),
		[MEASURE_AUTHOR] = value_text("test") };

	put(b, TABLE_MEASURE, m);
}

static void
put_measures(struct batch *b, const struct facts *f)
{
	struct date long_ago = { 2005, 1, 1 };
	char n[8];

	if (!frac_is_zero(f->rebate))
		put_measure(b, f, "rebate", "r", long_ago, DATE_NONE,
		    scaled(f->rebate, 4));
	if (f->taken_over)
		put_measure(b, f, "takeover", "t", long_ago, DATE_NONE, 1);
	if (f->regime != REGIME_ORDINARY)
		put_measure(b, f, "regime", regime_words[f->regime], long_ago,
		    DATE_NONE, 0);
	for (size_t i = 0; i < f->supplementaries; i++) {
		snprintf(n, sizeof n, "s%zu", i);
		put_measure(b, f, "supplementary", n, f->supplementary[i].from,
		    f->supplementary[i].until,
		    scaled(f->supplementary[i].percent, 2));
	}
}

static void
put_amounts(struct batch *b, const struct facts *f)
{
	char siren[10];

	snprintf(siren, sizeof siren, "%.9s", f->siret);
	for (size_t i = 0; i < f->headcounts.n; i++)
		put(b, TABLE_HEADCOUNT, (struct value[]){
		    value_int(f->headcounts.at[i].year), value_text(siren),
		    value_int(0), value_int(scaled(f->headcounts.at[i].amount,
		    2)) });
	for (size_t i = 0; i < f->payroll.n; i++)
		put(b, TABLE_PAYROLL, (struct value[]){
		    value_int(f->payroll.at[i].year), value_text(f->siret),
		    value_text(section_words[f->section]),
		    value_text(f->risk_code),
		    value_int(scaled(f->payroll.at[i].amount, 2)),
		    value_null(), value_null() });
	if (f->has_previous)
		put(b, TABLE_RATE, (struct value[]){ value_int(f->year - 1),
		    value_text(f->siret),
		    value_text(section_words[f->section]),
		    value_date((struct date){ (int16_t)(f->year - 1), 1, 1 }),
		    value_text(f->risk_code),
		    value_int(scaled(f->previous_rate, 4)),
		    value_text(mode_words[f->previous_mode - 1]),
		    value_null() });
}

static void
put_claim(struct batch *b, const struct facts *f, const struct claim *c)
{
	bool user = c->temp_role == TEMP_USER;
	struct value v[CLAIM_COLUMNS] = {
		[CLAIM_YEAR] = value_int(c->declared.y),
		[CLAIM_ID] = value_text(c->ref),
		[CLAIM_SIRET] = value_text(user ? other_siret : f->siret),
		[CLAIM_SECTION] = value_text(section_words[f->section]),
		[CLAIM_KIND] = value_text(kind_words[c->kind]),
		[CLAIM_CARE] = value_int(c->care),
		[CLAIM_DECLARED_ON] = day_value(c->declared),
		[CLAIM_OCCURRED_ON] = day_value(c->occurred),
		[CLAIM_RECOGNISED_ON] = day_value(c->recognised),
		[CLAIM_STOPPAGE_DAYS] = value_int(c->stoppage_days),
		[CLAIM_IP_RATE] = c->ip_rate < 0 ? value_null() :
		    value_int(c->ip_rate),
		[CLAIM_IP_NOTIFIED_ON] = day_value(c->ip_notified),
		[CLAIM_DEATH_ON] = day_value(c->death),
		[CLAIM_DEATH_RECOGNISED_ON] = day_value(c->death_recognised),
		[CLAIM_THIRD_PARTY_SHARE] = value_int(
		    scaled(c->third_party_share, 4)),
		[CLAIM_CHARGE] = value_text(charge_words[c->charge]),
		[CLAIM_USER_SIRET] = value_text(user ? f->siret :
		    c->temp_role == TEMP_AGENCY ? other_siret : NULL) };

	put(b, TABLE_CLAIM, v);
}

/* What a register does not hold: figures given with the facts. */
static bool
loadable(const struct facts *f)
{
	const struct given *g = &f->given;

	if (g->has_collective_rate || g->has_abatement || g->real_costs.n > 0 ||
	    f->single_first_year || f->section == SECTION_HOME)
		return false;
	for (int i = 0; i < 4; i++)
		if (g->has_majoration[i])
			return false;
	for (int i = 0; i < COST_CATEGORIES; i++)
		if (g->has_cost[i])
			return false;
	for (size_t i = 0; i < f->payroll.n; i++)
		if (f->payroll.at[i].year >= f->year)
			return false;
	return true;
}

static struct store *
register_of(const struct facts *f)
{
	struct batch_about about = { .kind = "test", .actor = "test",
	    .known_on = { 2026, 1, 1 } };
	struct err err = { .code = TAPR_OK };
	struct store *s;
	struct batch b;

	assert_int_equal(store_open(":memory:", STORE_REGISTER, STORE_CREATE, &s, &err),
	    TAPR_OK);
	assert_int_equal(batch_start(s, &about, &b, &err), TAPR_OK);
	put_establishment(&b, f);
	put_measures(&b, f);
	put_amounts(&b, f);
	for (size_t i = 0; i < f->claims; i++)
		put_claim(&b, f, &f->claim[i]);
	assert_int_equal(batch_publish(&b, NULL, &err), TAPR_OK);
	return s;
}

static void
compare(const char *name, const struct results *r, const struct answer *ans)
{
	char want[FRAC_TEXT_MAX], got[FRAC_TEXT_MAX];

	if (r->mode[0] == MODE_NONE)
		fail_msg("%s: refused: %s", name, r->text + r->reason[0]);
	(void)frac_text(ans->notified, want);
	(void)frac_text(results_exact(r, 0), got);
	if (r->mode[0] != ans->mode || strcmp(want, got) != 0)
		fail_msg("%s: %s through the register, %s from the facts",
		    name, got, want);
	assert_int_equal(r->value[0], scaled(ans->notified_rounded, 4));
	assert_int_equal(r->decimals[0], ans->notified_decimals);
}

static void
one(const char *name, const struct facts *f, const struct answer *ans,
    struct arena *a, void *to)
{
	struct gather_about about = { .known = 1, .law = law, .year = f->year,
	    .fund = "test", .engine = "test", .zone = ZONE_GENERAL };
	const struct compute_how shared = { .threads = 1 }, plain = {
	    .threads = 2, .plain = true };
	char digest[SHA256_HEX_MAX] = "", d1[SHA256_HEX_MAX],
	    d2[SHA256_HEX_MAX];
	struct gather_report report;
	struct err err = { .code = TAPR_OK };
	struct results r1, r2;
	struct inputs in;
	size_t *n = to;

	if (!loadable(f))
		return;
	about.store = register_of(f);
	if (gather(&about, a, &in, &report, &err) != TAPR_OK ||
	    compute(&in, law, &shared, digest, a, &r1, &err) != TAPR_OK ||
	    compute(&in, law, &plain, digest, a, &r2, &err) != TAPR_OK)
		fail_msg("%s: %s: %s", name, err.where, err.text);
	assert_int_equal(in.sections, 1);
	compare(name, &r1, ans);
	assert_int_equal(results_digest(&in, &r1, d1, &err), TAPR_OK);
	assert_int_equal(results_digest(&in, &r2, d2, &err), TAPR_OK);
	assert_string_equal(d1, d2);
	store_free(about.store);
	(*n)++;
}

static void
golden(void **state)
{
	size_t loaded = 0, all = each_case(one, &loaded);

	(void)state;
	if (loaded < 80)
		fail_msg("only %zu cases of %zu", loaded, all);
	print_message("# %zu golden cases of %zu through a register\n",
	    loaded, all);
}

/* ---- what a trace is worth --------------------------------------------------- */

static void
traced(const char *name, const struct facts *f, const struct answer *ans,
    struct arena *a, void *to)
{
	unsigned char with[SHA256_BYTES], without[SHA256_BYTES];
	struct answer *full = arena_alloc(a, sizeof *full);
	struct err err = { .code = TAPR_OK };

	(void)to;
	assert_non_null(full);
	assert_int_equal(rate_compute(law, f, a, true, full, &err), TAPR_OK);
	trace_digest(ans, SHA256_UNDECIDED, without);
	trace_digest(full, trace_way(), with);
	if (memcmp(with, without, sizeof with) != 0)
		fail_msg("%s: the written sheet changes the digest", name);
}

static void
same_without_sheet(void **state)
{
	(void)state;
	assert_true(each_case(traced, NULL) > 100);
}

static void
sees_a_claim(void **state)
{
	struct arena *a = arena_of(ARENA_BYTES);
	unsigned char d[2][SHA256_BYTES];
	struct answer *ans = arena_alloc(a, sizeof *ans);
	struct err err = { .code = TAPR_OK };
	struct facts f;

	(void)state;
	for (int i = 0; i < 2; i++) {
		/* Another claim of the same cost: the same rate. */
		facts_of(a, FACTS_MIXED, i == 0 ? "claims.A1.stoppage_days=10"
		    : "claims.A1=null|claims.A2={\"kind\": \"accident\", "
		    "\"declared\": \"2021-03-02\", \"recognised\": "
		    "\"2021-03-02\", \"stoppage_days\": 10}", &f);
		assert_int_equal(rate_compute(law, &f, a, false, ans, &err),
		    TAPR_OK);
		trace_digest(ans, SHA256_PLAIN, d[i]);
	}
	assert_memory_not_equal(d[0], d[1], SHA256_BYTES);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		{ "a golden case loaded through a register gives the same "
		    "exact rate, shared or not", golden, NULL, NULL, NULL },
		{ "the digest of a trace is the same with and without a "
		    "sheet", same_without_sheet, NULL, NULL, NULL },
		{ "the digest of a trace sees which claim was charged",
		    sees_a_claim, NULL, NULL, NULL },
	};

	return cmocka_run_group_tests(tests, open_law, close_law);
}
