/*
 * national.c -- tapr's side of bench/national, and what the others are given.
 *
 *	bench-national make LAW SNAPSHOT SECTIONS	a made-up country
 *	bench-national tables LAW SNAPSHOT DIR		the same as CSV
 *	bench-national rates LAW SNAPSHOT THREADS	every whole rate, timed
 *	bench-national gross LAW SNAPSHOT CSV		every gross rate, timed
 *	bench-national run FILE COMMAND...		its peak memory in FILE
 *
 * Times are printed as "NAME SECONDS"; "..._cpu" is what the processor worked.
 *
 * A gross rate is exact: the value of the risk in 1/30 000 of a cent (a third
 * of an average cost may be another firm's, and a third party bears so many
 * ten-thousandths), and the payroll in cents.
 */
#include <sys/resource.h>
#include <sys/wait.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "campaign/compute.h"
#include "country.h"
#include "timer.h"
#include "tariff/cost.h"
#include "tariff/mode.h"
#include "tariff/rate.h"

enum { VALUE_UNIT = 3000000 };		/* of a euro */

static struct err err;

static _Noreturn void
die(const char *what)
{
	fprintf(stderr, "bench-national: %s: %s %s\n", what, err.where,
	    err.text);
	exit(1);
}

/* ---- times and memory ---------------------------------------------------- */

static int
run(const char *file, char **command)
{
	struct rusage u;
	int status;
	pid_t child = fork();
	FILE *f;

	if (child == 0) {
		execvp(command[0], command);
		_exit(127);
	}
	if (child < 0 || wait4(child, &status, 0, &u) != child ||
	    (f = fopen(file, "w")) == NULL)
		die(command[0]);
	fprintf(f, "%ld\n", u.ru_maxrss / 1024);
	(void)fclose(f);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

/* ---- the snapshot -------------------------------------------------------- */

static struct arena *
memory(void)
{
	struct arena *a = arena_new((size_t)8 << 30);

	if (a == NULL)
		die("memory");
	return a;
}

static void
make(const struct law *law, const char *path, uint64_t n)
{
	struct arena *a = memory();
	struct snapshot_column c[SNAPSHOT_COLUMNS_MAX];
	char digest[SHA256_HEX_MAX];
	struct inputs in;

	if (!country_fill(law, n, a, &in))
		die("memory, or no risk in the law");
	if (snapshot_write(path, c, inputs_columns(&in, c), digest, &err) !=
	    TAPR_OK)
		die(path);
	arena_free(a);
}

static struct snapshot *
open_inputs(const char *path, struct inputs *in)
{
	struct snapshot *s;

	if (snapshot_open(path, &s, &err) != TAPR_OK ||
	    inputs_read(s, in, &err) != TAPR_OK)
		die(path);
	return s;
}

/* The window of the year, less the years before the creation. */
struct window { struct date on; int first, last; };

static struct window
window_for(const struct law *law, const struct inputs *in)
{
	struct window w;
	int year = (int)in->meta[META_YEAR];

	if (tariff_day(law, year, &w.on, &err) != TAPR_OK ||
	    window_of(law, year, w.on, &w.first, &w.last, &err) != TAPR_OK)
		die("window");
	return w;
}

static int
first_of(const struct inputs *in, const struct window *w, uint64_t i)
{
	int created = (int)(in->created[i] / 10000);

	return in->taken_over[i] || created < w->first ? w->first : created;
}

/* ---- tables -------------------------------------------------------------- */

static FILE *
table(const char *dir, const char *name)
{
	char path[4096];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s.csv", dir, name);
	if ((f = fopen(path, "w")) == NULL)
		die(path);
	return f;
}

static void
close_table(FILE *f)
{
	if (fclose(f) != 0)
		die("no room on the disk");
}

static void
put_sections(const struct law *law, const struct inputs *in, const char *dir,
    const struct window *w)
{
	FILE *f = table(dir, "section"), *p = table(dir, "payroll");

	for (uint64_t i = 0; i < in->sections; i++) {
		fprintf(f, "%" PRIu64 ",%d,%d,%d,%d\n", i, in->zone[i],
		    in->ctn[i], cost_group(law, in->group_btp[i],
		    in->risk_code + i * CODE_BYTES, w->on),
		    first_of(in, w, i));
		for (int y = 0; y < INPUTS_YEARS; y++)
			if (in->payroll[y][i] != NO_AMOUNT)
				fprintf(p, "%" PRIu64 ",%d,%" PRId64 "\n", i,
				    (int)in->meta[META_FIRST_PAYROLL] + y,
				    in->payroll[y][i]);
	}
	close_table(f);
	close_table(p);
}

static void
put_claims(const struct inputs *in, const char *dir)
{
	FILE *f = table(dir, "claim");

	for (uint64_t i = 0; i < in->sections; i++)
		for (uint32_t c = in->claim_first[i]; c <
		    in->claim_first[i + 1]; c++)
			fprintf(f, "%" PRIu64 ",%d,%d,%d,%d,%u,%u,%u,%u,%u,"
			    "%d,%d,%d\n", i, in->claim_kind[c],
			    in->claim_charge[c], in->claim_care[c] &&
			    in->regime[i] != REGIME_SELF_MANAGEMENT,
			    in->claim_role[c], in->claim_declared[c],
			    in->claim_recognised[c], in->claim_ip_notified[c],
			    in->claim_death[c], in->claim_death_known[c],
			    in->claim_days[c], in->claim_ip[c],
			    in->claim_third[c]);
	close_table(f);
}

/* What each category costs, wherever it has a cost. */
static void
put_costs(const struct law *law, const char *dir, const struct window *w)
{
	FILE *f = table(dir, "cost");

	for (enum zone z = 0; z <= ZONE_ALSACE_MOSELLE; z++)
		for (char ctn = 'A'; ctn <= 'I'; ctn++)
			for (enum btp_group g = 0; g <= GROUP_SUPPORT; g++)
				for (enum cost_category k = 0; k < COST_IP2_IP4;
				    k++) {
					struct err none = { .code = TAPR_OK };
					struct param p;
					int64_t cents;

					if (cost_average(law, z, ctn, g,
					    cost_priced_as(z, ctn, k), w->on,
					    &p, &none) != TAPR_OK ||
					    !frac_scaled(p.exact, 2, &cents))
						continue;
					fprintf(f, "%d,%d,%d,%d,%" PRId64
					    "\n", z, ctn, g, k, cents);
				}
	close_table(f);
}

/* ---- rates --------------------------------------------------------------- */

static void
rates(const struct law *law, const char *path, int threads)
{
	const struct compute_how how = { .threads = threads };
	struct arena *a = memory();
	struct timer t = timer_start();
	struct inputs in;
	struct snapshot *s = open_inputs(path, &in);
	struct results r;
	uint64_t own = 0;
	struct rusage u;

	timer_stop(&t, "open");
	t = timer_start();
	if (compute(&in, law, &how, snapshot_digest(s), a, &r, &err) !=
	    TAPR_OK)
		die("compute");
	timer_stop(&t, "tapr");
	for (uint64_t i = 0; i < r.n; i++)
		own += r.mode[i] > 1;
	getrusage(RUSAGE_SELF, &u);
	printf("tapr_mib %ld\nsections %" PRIu64 "\nclaims %" PRIu64
	    "\nown_rates %" PRIu64 "\n", u.ru_maxrss / 1024, in.sections,
	    in.claims, own);
	snapshot_close(s);
	arena_free(a);
}

struct gross { int64_t value, payroll; };

static struct gross
gross_of(const struct law *law, const struct inputs *in, uint64_t i,
    const struct window *w, struct arena *a)
{
	struct frac payroll = frac_int(0);
	struct gross ret = { 0, 0 };
	struct facts f;
	struct answer ans;
	int first = first_of(in, w, i);

	if (first > w->last)
		return ret;
	arena_reset(a);
	if (inputs_facts(in, i, a, &f, &err) != TAPR_OK ||
	    rate_lines(law, &f, first, w->last, a, &ans, &err) != TAPR_OK)
		die("gross");
	for (size_t k = 0; k < f.payroll.n; k++)
		if (f.payroll.at[k].year >= first)
			payroll = frac_add(payroll, f.payroll.at[k].amount);
	if (!frac_scaled(payroll, 2, &ret.payroll) ||
	    !frac_scaled(frac_mul(ans.risk_value.exact,
	    frac_int(VALUE_UNIT)), 0, &ret.value))
		die("a gross rate that 64 bits do not hold");
	return ret;
}

static void
gross(const struct law *law, const char *path, const char *csv)
{
	struct arena *a = memory(), *keep = memory();
	struct inputs in;
	struct snapshot *s = open_inputs(path, &in);
	struct window w = window_for(law, &in);
	uint32_t *none = arena_array(keep, in.sections + 1, sizeof *none);
	struct gross *g = arena_array(keep, in.sections + 1, sizeof *g);
	FILE *f = fopen(csv, "w");
	struct timer t;

	if (none == NULL || g == NULL || f == NULL)
		die(csv);
	/* Each section by itself, also the members of a single rate. */
	memset(none, 0xff, in.sections * sizeof *none);
	in.single = none;
	t = timer_start();
	for (uint64_t i = 0; i < in.sections; i++)
		g[i] = gross_of(law, &in, i, &w, a);
	timer_stop(&t, "tapr_gross");
	for (uint64_t i = 0; i < in.sections; i++)
		if (g[i].payroll > 0)
			fprintf(f, "%" PRIu64 ",%" PRId64 ",%" PRId64 "\n", i,
			    g[i].value, g[i].payroll);
	close_table(f);
	snapshot_close(s);
	arena_free(a);
	arena_free(keep);
}

static void
tables(const struct law *law, const char *path, const char *dir)
{
	struct inputs in;
	struct snapshot *s = open_inputs(path, &in);
	struct window w = window_for(law, &in);

	put_sections(law, &in, dir, &w);
	put_claims(&in, dir);
	put_costs(law, dir, &w);
	printf("last %d\n", w.last);
	snapshot_close(s);
}

int
main(int argc, char **argv)
{
	struct law *law;

	if (argc > 3 && strcmp(argv[1], "run") == 0)
		return run(argv[2], argv + 3);
	if (argc != 5 || law_open(argv[2], NULL, &law, &err) != TAPR_OK)
		die("make|tables|rates|gross LAW SNAPSHOT WHAT");
	if (strcmp(argv[1], "make") == 0)
		make(law, argv[3], strtoull(argv[4], NULL, 10));
	else if (strcmp(argv[1], "tables") == 0)
		tables(law, argv[3], argv[4]);
	else if (strcmp(argv[1], "rates") == 0)
		rates(law, argv[3], (int)strtol(argv[4], NULL, 10));
	else
		gross(law, argv[3], argv[4]);
	law_free(law);
	return 0;
}
