/*
 * fuzz_fund.c -- the settings of a fund, as somebody may have typed them.
 *
 * They are read whole or refused with the reason; what was read is of the
 * lengths that it has room for; departments and days for observations, which
 * are words in one value, are taken apart without leaving it.
 *
 * fund_open() reads a file, so there is a folder, which goes at the end.
 */
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "store/fund.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char dir[] = "/tmp/tapr-fuzz-XXXXXX";
static char ini[sizeof dir + sizeof "/fund.ini"];

static void
must(int condition)
{

	if (!condition)
		abort();
}

static void
leave(void)
{
	(void)unlink(ini);
	(void)rmdir(dir);
}

static void
write_ini(const uint8_t *data, size_t size)
{
	int fd;

	if (ini[0] == '\0') {
		must(mkdtemp(dir) != NULL);
		(void)snprintf(ini, sizeof ini, "%s/fund.ini", dir);
		must(atexit(leave) == 0);
	}
	must((fd = open(ini, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
	    0600)) >= 0);
	must(size == 0 || write(fd, data, size) == (ssize_t)size);
	must(close(fd) == 0);
}

static void
check_words(const struct fund *f)
{
	static const char *const communes[] = { "57463", "2A004", "97411",
		"", "5746", "     " };
	struct err err = { .code = TAPR_OK };
	int days = -1;

	for (size_t i = 0; i < sizeof communes / sizeof communes[0]; i++) {
		bool is_one = strlen(communes[i]) == 5;

		/* Without departments, the whole country. */
		must(!fund_covers(f, communes[i]) || is_one);
		must(fund_covers(f, communes[i]) || !is_one ||
		    f->departments[0] != '\0');
	}
	if (fund_observation_days(f, f->today, &days, &err) == TAPR_OK)
		must(days == -1 || (days >= 1 && days <= 366));
	else
		must(err.code == TAPR_EINVAL && err.text[0] != '\0');
}

/* There is no register: whoever gets that far has read the settings. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err err = { .code = TAPR_OK };
	struct fund f;

	write_ini(data, size);
	must(fund_open(&(struct place){ .dir = dir, .actor = "fuzz",
	    .today = { 2026, 11, 1 } }, STORE_READ, &f, &err) != TAPR_OK);
	must(err.code == TAPR_EINVAL || err.code == TAPR_EIO);
	must(utf8_valid(err.text, strlen(err.text), NULL));
	must(err.text[0] != '\0');
	must(memchr(f.code, '\0', sizeof f.code) != NULL);
	must(memchr(f.name, '\0', sizeof f.name) != NULL);
	must(memchr(f.zone, '\0', sizeof f.zone) != NULL);
	must(memchr(f.departments, '\0', sizeof f.departments) != NULL);
	must(memchr(f.observation_days, '\0', sizeof f.observation_days) !=
	    NULL);
	/* What was read before a refusal too. */
	check_words(&f);
	fund_close(&f);
	return 0;
}
