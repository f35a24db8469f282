/*
 * campaign.c -- how long the rates of the whole of France take, from a frozen
 * snapshot to results on the disk.
 *
 *	bench-campaign LAW_DIR DIR [SECTIONS [THREADS]]
 *
 * Makes a snapshot of 2 500 000 sections and 3 000 000 claims in DIR (the same
 * every time: every risk of the tariff of 2024 in turn, one firm in eight with
 * 20 employees or more, most claims with them), then times what a campaign
 * does with it.  Prints "NAME SECONDS" by the clock that passes; "..._cpu" is
 * what the processor worked.
 */
#include <sys/resource.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "campaign/compute.h"
#include "tariff/mode.h"

enum { YEAR = 2024, CODES_MAX = 2000 };

static struct err err;

static _Noreturn void
die(const char *what)
{
	fprintf(stderr, "bench-campaign: %s: %s %s\n", what, err.where,
	    err.text);
	exit(1);
}

static double
now(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

struct timer { double wall, cpu; };

static struct timer
start(void)
{
	return (struct timer){ now(CLOCK_MONOTONIC),
		now(CLOCK_PROCESS_CPUTIME_ID) };
}

static void
stop(const struct timer *t, const char *name)
{
	printf("%s %.3f\n%s_cpu %.3f\n", name, now(CLOCK_MONOTONIC) - t->wall,
	    name, now(CLOCK_PROCESS_CPUTIME_ID) - t->cpu);
	fflush(stdout);
}

/* The risks that the tariff of the year has, with their CTN. */
static size_t
codes(const struct law *law, const char *code[CODES_MAX],
    char ctn[CODES_MAX])
{
	struct date on = { YEAR, 1, 1 };
	size_t p = law_param_number(law, "risk_codes"), n = 0;

	for (size_t i = 0; i < law_row_count(law, p) && n < CODES_MAX; i++) {
		const struct law_row *r = law_row_at(law, p, i);

		if (strlen(r->value) != 1 ||
		    !date_in(on, r->from, r->to) || law_find(law,
		    "collective_rates", LAW_KEYS("general", r->key[0]), on) ==
		    NULL)
			continue;
		code[n] = r->key[0];
		ctn[n++] = r->value[0];
	}
	return n;
}

static int64_t
size_of(uint64_t i)
{
	static const int64_t large[] = { 22, 35, 60, 120, 149, 160, 400, 25 };

	return i % 8 != 0 ? (int64_t)(i * 7 % 19) : large[i / 8 % 8];
}

#define NEW(type, name, n) type *name = arena_array(a, (n) + 1, sizeof *name)

static void
fill(struct inputs *in, uint64_t n, uint64_t claims, const struct law *law,
    struct arena *a)
{
	static const char *code[CODES_MAX];
	static char ctns[CODES_MAX];
	size_t risks = codes(law, code, ctns);
	NEW(uint64_t, siret, n);
	NEW(uint8_t, zero, n);
	NEW(uint8_t, one, n);
	NEW(uint8_t, group, n);
	NEW(uint8_t, mode, n);
	NEW(char, ctn, n);
	NEW(uint32_t, created, n);
	NEW(uint32_t, firm, n);
	NEW(uint32_t, none, n);
	NEW(uint32_t, siren, n);
	NEW(int32_t, rate, n);
	NEW(int32_t, rebate, n);
	NEW(uint32_t, first, n);
	NEW(uint32_t, extra, n);
	NEW(uint32_t, member_first, 1);
	NEW(uint32_t, member, 1);
	NEW(uint32_t, ref, claims);
	NEW(uint8_t, c_zero, claims);
	NEW(uint8_t, care, claims);
	NEW(uint32_t, declared, claims);
	NEW(uint32_t, known, claims);
	NEW(uint32_t, ip_on, claims);
	NEW(uint32_t, no_day, claims);
	NEW(int32_t, days, claims);
	NEW(int32_t, ip, claims);
	NEW(int32_t, third, claims);
	NEW(int64_t, meta, METAS);
	char *text = arena_alloc(a, claims * 8 + 1);
	char *codes_at = arena_array(a, n + 1, CODE_BYTES);
	uint64_t c = 0;

	if (arena_failed(a) || risks == 0)
		die("memory, or no risk in the law");
	for (int y = 0; y < INPUTS_YEARS; y++) {
		NEW(int64_t, pay, n);

		for (uint64_t i = 0; i < n; i++)
			pay[i] = (size_of(i) + 1) * 2800000 +
			    (int64_t)(i % 997) * 100 + y;
		in->payroll[y] = pay;
	}
	for (int y = 0; y < HEADCOUNT_YEARS; y++) {
		NEW(int64_t, e, n);

		for (uint64_t i = 0; i < n; i++)
			e[i] = size_of(i) * HEADCOUNT_UNIT;
		in->headcount[y] = e;
	}
	for (uint64_t i = 0; i < n; i++) {
		uint64_t mine = i % 8 == 0 ? claims * 6 / n : claims * 2 / n /
		    7 + (i % 7 == 1);

		siret[i] = (100000000 + i) * 100000 + 10;
		one[i] = 1;
		ctn[i] = ctns[i % risks];
		memcpy(codes_at + i * CODE_BYTES, code[i % risks], 6);
		group[i] = ctn[i] == 'B' ? GROUP_SECOND_OEUVRE : GROUP_NONE;
		created[i] = 20000101 + (uint32_t)(i % 24) * 10000;
		firm[i] = (uint32_t)i;
		none[i] = NO_NUMBER;
		siren[i] = (uint32_t)(100000000 + i);
		rate[i] = 15000 + (int32_t)(i % 300) * 100;
		mode[i] = (uint8_t)(size_of(i) < 20 ? MODE_COLLECTIVE :
		    size_of(i) < 150 ? MODE_MIXED : MODE_INDIVIDUAL);
		first[i] = (uint32_t)c;
		for (uint64_t k = 0; k < mine && c < claims; k++, c++) {
			snprintf(text + c * 8, 8, "%07x", (unsigned)c);
			ref[c] = (uint32_t)(c * 8);
			care[c] = 1;
			declared[c] = 20200115 + (uint32_t)(c % 3) * 10000;
			known[c] = declared[c] + 100;
			days[c] = (int32_t)(c % 200);
			ip[c] = c % 9 == 0 ? (int32_t)(c % 30) : -1;
			ip_on[c] = c % 9 == 0 ? 20220601 : 0;
		}
	}
	first[n] = (uint32_t)c;
	meta[META_FORMAT] = INPUTS_FORMAT;
	meta[META_YEAR] = YEAR;
	meta[META_FIRST_PAYROLL] = YEAR - 4;
	meta[META_FIRST_HEADCOUNT] = YEAR - 8;
	*in = (struct inputs){ .meta = meta, .about = "bench", .about_n = 6,
	    .sections = n, .siret = siret, .section = zero, .zone = zero,
	    .group_btp = group, .regime = zero, .taken_over = zero,
	    .first_year = zero, .stop = zero, .head_here = one,
	    .previous_mode = mode, .ctn = ctn, .risk_code = codes_at,
	    .created = created, .firm = firm, .single = none,
	    .previous_rate = rate, .rebate = rebate,
	    .payroll = { in->payroll[0], in->payroll[1], in->payroll[2] },
	    .claim_first = first, .extra_first = extra, .firms = n,
	    .siren = siren, .headcount = { in->headcount[0],
	    in->headcount[1], in->headcount[2], in->headcount[3],
	    in->headcount[4], in->headcount[5], in->headcount[6] },
	    .member_first = member_first, .member = member, .claims = c,
	    .claim_ref = ref, .claim_kind = c_zero, .claim_care = care,
	    .claim_charge = c_zero, .claim_role = c_zero,
	    .claim_declared = declared, .claim_occurred = declared,
	    .claim_recognised = known, .claim_ip_notified = ip_on,
	    .claim_death = no_day, .claim_death_known = no_day,
	    .claim_days = days, .claim_ip = ip, .claim_third = third,
	    .text = text, .text_n = c * 8 };
}

static void
write_file(const char *path, const struct snapshot_column *c, size_t n,
    char digest[SHA256_HEX_MAX])
{
	if (snapshot_write(path, c, n, digest, &err) != TAPR_OK)
		die(path);
}

static void
make(const struct law *law, const char *path, uint64_t n)
{
	struct arena *a = arena_new((size_t)8 << 30);
	struct snapshot_column c[SNAPSHOT_COLUMNS_MAX];
	char digest[SHA256_HEX_MAX];
	struct inputs in;

	if (a == NULL)
		die("memory");
	fill(&in, n, n / 5 * 6, law, a);
	write_file(path, c, inputs_columns(&in, c), digest);
	arena_free(a);
}

static void
campaign(const struct law *law, const char *path, const char *results,
    int threads, bool plain)
{
	const struct compute_how how = { .threads = threads, .plain = plain };
	struct arena *a = arena_new((size_t)8 << 30);
	struct snapshot_column c[SNAPSHOT_COLUMNS_MAX];
	struct timer all = start(), t;
	char digest[SHA256_HEX_MAX], file[SHA256_HEX_MAX];
	uint64_t by[MODE_INDIVIDUAL + 1] = { 0 };
	struct snapshot *s;
	struct inputs in;
	struct results r;

	t = start();
	if (a == NULL || snapshot_open(path, &s, &err) != TAPR_OK ||
	    inputs_read(s, &in, &err) != TAPR_OK)
		die("open");
	stop(&t, "open");
	t = start();
	if (compute(&in, law, &how, snapshot_digest(s), a, &r, &err) !=
	    TAPR_OK)
		die("compute");
	stop(&t, plain ? "compute_plain" : "compute");
	t = start();
	if (results_digest(&in, &r, digest, &err) != TAPR_OK)
		die("digest");
	stop(&t, "digest");
	t = start();
	write_file(results, c, results_columns(&r, c), file);
	stop(&t, "write");
	stop(&all, "snapshot_to_results");
	for (uint64_t i = 0; i < r.n; i++)
		by[r.mode[i]]++;
	printf("sections %llu\ncollective %llu\nmixed %llu\nindividual %llu\n"
	    "refused %llu\ndigest %s\n", (unsigned long long)r.n,
	    (unsigned long long)by[1], (unsigned long long)by[2],
	    (unsigned long long)by[3], (unsigned long long)by[0], digest);
	for (uint64_t i = 0; i < r.n && by[0] > 0; i++)
		if (r.mode[i] == MODE_NONE) {
			printf("first refusal: %s\n", r.text + r.reason[i]);
			break;
		}
	snapshot_close(s);
	arena_free(a);
}

int
main(int argc, char **argv)
{
	char path[4096], results[4096];
	uint64_t n = argc > 3 ? strtoull(argv[3], NULL, 10) : 2500000;
	int threads = argc > 4 ? (int)strtol(argv[4], NULL, 10) : 1;
	struct rusage u;
	struct law *law;

	if (argc < 3 || law_open(argv[1], NULL, &law, &err) != TAPR_OK)
		die("LAW_DIR DIR [SECTIONS [THREADS]]");
	snprintf(path, sizeof path, "%s/inputs.tapr", argv[2]);
	snprintf(results, sizeof results, "%s/results.tapr", argv[2]);
	make(law, path, n);
	campaign(law, path, results, threads, argc > 5);
	(void)remove(path);
	(void)remove(results);
	getrusage(RUSAGE_SELF, &u);
	printf("memory_mib %ld\n", u.ru_maxrss / 1024);
	law_free(law);
	return 0;
}
