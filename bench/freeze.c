/*
 * freeze.c -- how long a campaign takes from the register of a fund to rates
 * committed in it.
 *
 *	bench-freeze LAW_DIR FUND_DIR [THREADS]
 *
 * What is timed is what « tapr campaign freeze » and « compute » do, whole: the
 * register read and every row of it verified, the snapshot on the disk, the
 * rates, results on the disk, the batch that names them published.  Prints
 * "NAME SECONDS" by the clock that passes; "..._cpu" is what the processors
 * worked.
 */
#include <sys/resource.h>

#include <stdio.h>
#include <stdlib.h>

#include "campaign/campaign.h"
#include "timer.h"

enum { YEAR = 2024, OUT_MAX = 1 << 20 };

static struct err err;

static _Noreturn void
die(const char *what)
{
	fprintf(stderr, "bench-freeze: %s: %s %s\n", what, err.where,
	    err.text);
	exit(1);
}

static void
step(const struct campaign_act *act, const char *name,
    int (*act_on)(const struct campaign_act *act, struct str *out,
    struct err *err))
{
	struct timer t = timer_start();
	struct str out;

	str_init(&out, OUT_MAX);
	if (act_on(act, &out, &err) != TAPR_OK)
		die(name);
	timer_stop(&t, name);
	fputs(out.p, stdout);
	str_free(&out);
}

int
main(int argc, char **argv)
{
	struct campaign_act act = { .year = YEAR, .json = true };
	struct timer all;
	struct rusage u;
	struct law *law;

	if (argc < 3 || law_open(argv[1], NULL, &law, &err) != TAPR_OK)
		die("LAW_DIR FUND_DIR [THREADS]");
	act.law = law;
	act.place = (struct place){ .dir = argv[2], .actor = "bench",
		.today = { 2023, 12, 20 } };
	act.threads = argc > 3 ? (int)strtol(argv[3], NULL, 10) : 2;
	all = timer_start();
	step(&act, "freeze", campaign_freeze);
	step(&act, "compute", campaign_compute);
	timer_stop(&all, "register_to_rates");
	getrusage(RUSAGE_SELF, &u);
	printf("memory_mib %ld\n", u.ru_maxrss / 1024);
	law_free(law);
	return 0;
}
