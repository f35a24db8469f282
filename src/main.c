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
#ifndef _WIN32
#include "keys/child.h"
#endif

static volatile sig_atomic_t stop;

static void
on_stop(int signal_number)
{
	(void)signal_number;
	stop = 1;
}

static const volatile sig_atomic_t *
catch_stop(void)
{
	(void)signal(SIGINT, on_stop);
	(void)signal(SIGTERM, on_stop);
	return &stop;
}

static int64_t
now_ms(void)
{
	struct timespec t = { 0, 0 };

#ifdef CLOCK_MONOTONIC
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
#endif
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Nobody chooses the second of the audit log: --today is the civil day only. */
static int64_t
now_s(void)
{
	return (int64_t)time(NULL);
}

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

#ifndef _WIN32
/* Keys live outside any fund: TAPR_KEYS, else where a user's data are. */
static const char *
keys_folder(char *buf, size_t n)
{
	const char *keys = getenv("TAPR_KEYS"), *data = getenv("XDG_DATA_HOME");
	const char *home = getenv("HOME");

	if (keys != NULL)
		snprintf(buf, n, "%s", keys);
	else if (data != NULL && data[0] == '/')
		snprintf(buf, n, "%s/tapr/keys", data);
	else if (home != NULL)
		snprintf(buf, n, "%s/.local/share/tapr/keys", home);
	else
		buf[0] = '\0';
	return buf;
}
#endif

int
main(int argc, char **argv)
{
	struct cli_world world = { .today = today(argc, argv), .out = stdout,
	    .log = stderr, .terminal = isatty(fileno(stderr)) != 0,
	    .now_ms = now_ms, .now_s = now_s, .catch_stop = catch_stop,
	    .verbs = { cli_rating_verbs, cli_law_verbs } };
	int n = 0;
#ifndef _WIN32
	char keys[4096], user[32];

	/* A process of its own, that nothing of the rest concerns. */
	if (argc > 1 && strcmp(argv[1], KEYS_CHILD) == 0)
		return keys_child(argc, argv);
	world.verbs[2] = cli_register_verbs;
	world.verbs[3] = cli_campaign_verbs;
	world.verbs[4] = cli_synth_verbs;
	world.verbs[5] = cli_revision_verbs;
	world.verbs[6] = cli_delays_verbs;
	world.verbs[7] = cli_audit_verbs;
	world.verbs[8] = cli_keys_verbs;
	world.secret = getenv("TAPR_SECRET");
	world.pkcs11 = getenv("TAPR_PKCS11");
	world.verbs[9] = cli_exchange_verbs;
	world.recorder = &cli_audit_recorder;
	world.keys = keys_folder(keys, sizeof keys);
	snprintf(user, sizeof user, "uid:%lu", (unsigned long)getuid());
	world.user = user;
#endif
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
