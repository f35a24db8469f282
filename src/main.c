/*
 * main.c -- wires everything; the only file that knows the world: the clock,
 * the environment, the streams.
 *
 * The law is looked for in TAPR_LAW, then in the build tree, then where it
 * was installed.  Nothing depends on the locale.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifdef _WIN32
#include <io.h>
#define isatty _isatty
#define fileno _fileno
#else
#include <unistd.h>
#endif

#include "cli/cli.h"

/* --today DATE wins over the clock (UTC: a day is the same everywhere). */
static struct date
today(int argc, char **argv)
{
	time_t now = time(NULL);
	struct date d;

	for (int i = 1; i + 1 < argc; i++)
		if (strcmp(argv[i], "--today") == 0 &&
		    date_parse(argv[i + 1], strlen(argv[i + 1]), &d))
			return d;
	return date_from_days((int32_t)(now / 86400));
}

int
main(int argc, char **argv)
{
	struct cli_world world = { .today = today(argc, argv), .out = stdout,
	    .log = stderr, .terminal = isatty(fileno(stderr)) != 0,
	    .verbs = { cli_rating_verbs, cli_law_verbs,
#ifndef _WIN32
	    cli_campaign_verbs,
#endif
	    } };
	int n = 0;

#ifdef SIGPIPE
	/* A reader that left is a write that fails: it has an exit status. */
	(void)signal(SIGPIPE, SIG_IGN);
#endif
	if (getenv("TAPR_LAW") != NULL)
		world.law_dir[n++] = getenv("TAPR_LAW");
	world.fund = getenv("TAPR_FUND");
#ifdef TAPR_LAW_BUILD_DIR
	world.law_dir[n++] = TAPR_LAW_BUILD_DIR;
#endif
	world.law_dir[n++] = TAPR_LAW_DATA_DIR;
	return cli_main(argc, argv, &world);
}
