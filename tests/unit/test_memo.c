/*
 * test_memo.c -- an answer is shared by those alone who would get it anyway.
 *
 * Three sections: one, the same again, and one that differs in one thing.  The
 * first two share an answer, or the test shows nothing; the third has another
 * answer, and must have another key, or none.
 */
#include "fixture.h"

#include "campaign/compute.h"
#include "campaign/memo.h"

enum { N = 3, YEAR = 2024, FIRST_HEADCOUNT = YEAR - 8, MERGED = 2 };

/* The columns of three sections of three firms, to be changed. */
struct bed {
	struct inputs	in;
	int64_t		meta[METAS], payroll[INPUTS_YEARS][N],
			headcount[HEADCOUNT_YEARS][N];
	uint64_t	siret[N];
	uint32_t	siren[N], created[N], firm[N], single[N];
	uint8_t		section[N], zone[N], group[N], regime[N],
			taken_over[N], first_year[N], stop[N], head_here[N],
			outside[N], mode[N];
	char		ctn[N], code[N * CODE_BYTES];
	int32_t		rate[N], rebate[N];
	uint32_t	claim_first[N + 1], extra_first[N + 1],
			merged_first[N + 1], member_first[N + 1], member[N];
	int32_t		merged_rate[MERGED];
	int64_t		merged_payroll[MERGED];
};

static void
set_code(struct bed *b, int i, const char *code)
{
	memset(b->code + i * CODE_BYTES, 0, CODE_BYTES);
	memcpy(b->code + i * CODE_BYTES, code, strlen(code));
}

/* Three persons, no claim: collective, whatever it pays. */
static void
small_one(struct bed *b, int i)
{
	b->siren[i] = 200000000 + (uint32_t)i;
	b->siret[i] = (uint64_t)b->siren[i] * 100000 + 1;
	b->firm[i] = (uint32_t)i;
	b->single[i] = NO_NUMBER;
	b->created[i] = 20050101;
	b->section[i] = SECTION_MAIN;
	b->ctn[i] = 'C';
	b->head_here[i] = 1;
	b->rate[i] = NO_RATE;
	set_code(b, i, "602MG");
	for (int y = 0; y < INPUTS_YEARS; y++)
		b->payroll[y][i] = 100000000;
	for (int y = 0; y < HEADCOUNT_YEARS; y++)
		b->headcount[y][i] = (int64_t)3 * HEADCOUNT_UNIT;
}

static void
set_up(struct bed *b)
{
	memset(b, 0, sizeof *b);
	b->meta[META_FORMAT] = INPUTS_FORMAT;
	b->meta[META_YEAR] = YEAR;
	b->meta[META_FIRST_PAYROLL] = YEAR - 4;
	b->meta[META_FIRST_HEADCOUNT] = FIRST_HEADCOUNT;
	for (int i = 0; i < N; i++)
		small_one(b, i);
	b->in = (struct inputs){ .meta = b->meta, .sections = N, .firms = N,
		.siret = b->siret, .section = b->section, .zone = b->zone,
		.group_btp = b->group, .regime = b->regime,
		.taken_over = b->taken_over, .first_year = b->first_year,
		.stop = b->stop, .head_here = b->head_here,
		.outside = b->outside, .previous_mode = b->mode,
		.ctn = b->ctn, .risk_code = b->code, .created = b->created,
		.firm = b->firm, .single = b->single,
		.previous_rate = b->rate, .rebate = b->rebate,
		.claim_first = b->claim_first, .extra_first = b->extra_first,
		.merged_first = b->merged_first, .siren = b->siren,
		.member_first = b->member_first, .member = b->member,
		.merged_rate = b->merged_rate,
		.merged_payroll = b->merged_payroll, .text = "" };
	for (int y = 0; y < INPUTS_YEARS; y++)
		b->in.payroll[y] = b->payroll[y];
	for (int y = 0; y < HEADCOUNT_YEARS; y++)
		b->in.headcount[y] = b->headcount[y];
}

/* ---- what one may differ in ---------------------------------------------- */

enum what { CODE, CTN, OFFICE, ZONE, SECTION, REGIME, REBATE, CREATED, MERGED_SECTION,
	RATE, HEADCOUNT, HEADCOUNT_ABSENT, SINGLE_OTHER, SINGLE_MEMBER };

static const struct row {
	const char	*why;
	enum what	 what;
	int		 year;		/* of HEADCOUNT */
} rows[] = {
	{ "another risk code", CODE, 0 },
	{ "Alsace-Moselle: 200 persons, and of the CTN B", CTN, 0 },
	{ "an office of the CTN B", OFFICE, 0 },
	{ "another zone", ZONE, 0 },
	{ "a section of support", SECTION, 0 },
	{ "another regime", REGIME, 0 },
	{ "a rebate", REBATE, 0 },
	{ "created two years before: mixed, but new", CREATED, 0 },
	{ "Alsace-Moselle: another section was merged into it",
	    MERGED_SECTION, 0 },
	{ "Alsace-Moselle: another rate of the year before", RATE, 0 },
	{ "20 persons in 2018 as in all other years", HEADCOUNT, 2018 },
	{ "20 persons in 2019 as in all other years", HEADCOUNT, 2019 },
	{ "20 persons in 2020 as in all other years", HEADCOUNT, 2020 },
	{ "20 persons in 2021 as in all other years", HEADCOUNT, 2021 },
	{ "20 persons in 2022 as in all other years", HEADCOUNT, 2022 },
	{ "nobody knows the headcount of 2022", HEADCOUNT_ABSENT, 2022 },
	{ "a member of another single rate", SINGLE_OTHER, 0 },
	{ "no member of the single rate of its firm", SINGLE_MEMBER, 0 },
};

static void
headcounts(struct bed *b, int i, int64_t persons)
{
	for (int y = 0; y < HEADCOUNT_YEARS; y++)
		b->headcount[y][i] = persons * HEADCOUNT_UNIT;
}

/* Alsace-Moselle: a collective rate moves from the one before. */
static void
alsace(struct bed *b)
{
	for (int i = 0; i < N; i++) {
		b->zone[i] = ZONE_ALSACE_MOSELLE;
		b->rate[i] = 15000;
		b->mode[i] = MODE_COLLECTIVE;
		set_code(b, i, "511TG");
	}
}

/* One and the same again: two members of one mixed rate, of a firm of 100. */
static void
singles(struct bed *b, bool other)
{
	for (int i = 0; i < N; i++) {
		headcounts(b, i, i == 2 && other ? 120 : 100);
		b->firm[i] = other && i == 2 ? 2 : 0;
		b->siret[i] = (uint64_t)b->siren[b->firm[i]] * 100000 +
		    (uint64_t)i;
		b->single[i] = other && i == 2;
		b->member[i] = (uint32_t)i;
		b->rate[i] = 25000;
		b->mode[i] = MODE_MIXED;
	}
	b->member_first[1] = 2;
	b->member_first[2] = other ? 3 : 2;
	b->in.singles = other ? 2 : 1;
	b->in.members = other ? 3 : 2;
	if (!other)
		b->single[2] = NO_NUMBER;
}

/* Makes the third one differ, and the first two what that needs. */
static void
change(struct bed *b, const struct row *r)
{
	int y = r->year - FIRST_HEADCOUNT;

	switch (r->what) {
	case CODE:
		set_code(b, 2, "741GB");
		break;
	case CTN:
		alsace(b);
		for (int i = 0; i < N; i++) {
			set_code(b, i, "266AA");
			headcounts(b, i, 200);
		}
		b->ctn[2] = 'B';
		break;
	case OFFICE:
		for (int i = 0; i < N; i++)
			b->section[i] = SECTION_SUPPORT;
		b->ctn[2] = 'B';
		break;
	case ZONE:
		for (int i = 0; i < N; i++) {
			set_code(b, i, "266AA");
			b->rate[i] = 0;
		}
		b->zone[2] = ZONE_ALSACE_MOSELLE;
		break;
	case SECTION:
		b->section[2] = SECTION_SUPPORT;
		break;
	case REGIME:
		b->regime[2] = REGIME_VOLUNTARY;
		break;
	case REBATE:
		b->rebate[2] = 2000;
		break;
	case CREATED:
		for (int i = 0; i < N; i++)
			headcounts(b, i, 60);
		b->created[0] = b->created[1] = 20220301;
		b->created[2] = 20210301;
		break;
	case MERGED_SECTION:
		alsace(b);
		b->merged_rate[0] = 15000;
		b->merged_rate[1] = 60000;
		b->merged_payroll[0] = b->merged_payroll[1] = 100000000;
		b->merged_first[N] = MERGED;
		b->in.mergeds = MERGED;
		break;
	case RATE:
		alsace(b);
		b->rate[2] = 60000;
		break;
	case HEADCOUNT:
		for (int i = 0; i < N; i++)
			headcounts(b, i, 20);
		b->headcount[y][0] = b->headcount[y][1] =
		    (int64_t)19 * HEADCOUNT_UNIT;
		break;
	case HEADCOUNT_ABSENT:
		for (int i = 0; i < N; i++)
			headcounts(b, i, 20);
		b->headcount[y][2] = NO_AMOUNT;
		break;
	case SINGLE_OTHER:
		singles(b, true);
		break;
	case SINGLE_MEMBER:
		singles(b, false);
		break;
	}
}

/* ---- the property --------------------------------------------------------- */

static bool
same_answer(const struct results *x, size_t i, const struct results *y,
    size_t k)
{
	return x->mode[i] == y->mode[k] && x->value[i] == y->value[k] &&
	    x->decimals[i] == y->decimals[k] &&
	    x->negative[i] == y->negative[k] &&
	    memcmp(x->exact + i * EXACT_BYTES, y->exact + k * EXACT_BYTES,
	    EXACT_BYTES) == 0 &&
	    memcmp(x->trace + i * SHA256_BYTES, y->trace + k * SHA256_BYTES,
	    SHA256_BYTES) == 0 && (x->mode[i] != MODE_NONE ||
	    strcmp(x->text + x->reason[i], y->text + y->reason[k]) == 0);
}

static bool
same_key(const struct memo *m, const struct inputs *in, uint64_t i, uint64_t k)
{
	struct memo_key x, y;

	return memo_key(m, in, i, &x) && memo_key(m, in, k, &y) &&
	    memcmp(&x, &y, sizeof x) == 0;
}

static void
shares_nothing(void **state)
{
	const struct row *r = &rows[(uintptr_t)*state];
	const struct compute_how shared = { .threads = 1 }, plain = {
	    .threads = 1, .plain = true };
	char digest[SHA256_HEX_MAX] = "";
	struct arena *a = arena_of(ARENA_BYTES);
	struct err err = { .code = TAPR_OK };
	struct results with, without;
	struct memo *m;
	struct bed b;

	set_up(&b);
	change(&b, r);
	if (compute(&b.in, law, &shared, digest, a, &with, &err) != TAPR_OK ||
	    compute(&b.in, law, &plain, digest, a, &without, &err) !=
	    TAPR_OK || memo_new(law, &b.in, &m, &err) != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	/* The row shows something: one pays otherwise than the two others. */
	assert_true(same_answer(&without, 0, &without, 1));
	assert_false(same_answer(&without, 0, &without, 2));
	assert_int_not_equal(without.mode[0], MODE_NONE);
	assert_true(same_key(m, &b.in, 0, 1));
	assert_false(same_key(m, &b.in, 0, 2));
	for (size_t i = 0; i < N; i++)
		assert_true(same_answer(&with, i, &without, i));
	memo_free(m);
	arena_free(a);
}

/* A memo is of one year: its thresholds and its new ones are of that year. */
static void
another_year_another_key(void **state)
{
	struct err err = { .code = TAPR_OK };
	struct memo_key key[2];
	struct memo *m;
	struct bed b;

	(void)state;
	set_up(&b);
	b.created[0] = 20160101;
	for (int k = 0; k < 2; k++) {
		b.meta[META_YEAR] = YEAR + k;
		if (memo_new(law, &b.in, &m, &err) != TAPR_OK)
			fail_msg("%s: %s", err.where, err.text);
		assert_true(memo_key(m, &b.in, 0, &key[k]));
		assert_null(memo_find(m, &key[k]));
		memo_free(m);
	}
	assert_memory_not_equal(&key[0], &key[1], sizeof key[0]);
}

int
main(void)
{
	struct CMUnitTest tests[COUNT(rows) + 1];
	size_t n = 0;

	ADD(rows, shares_nothing);
	tests[n++] = (struct CMUnitTest){ "a memo of another year has nothing "
	    "of this one, and counts who is new from its own year",
	    another_year_another_key, NULL, NULL, NULL };
	return cmocka_run_group_tests(tests, open_law, close_law);
}
