/*
 * reserve.c -- room on the disk that the audit log keeps for itself.
 *
 * A file of bytes that mean nothing.  SQLite needs some 100 KiB to open, add an
 * entry and close; the rest of what is given back is taken again at once, so
 * that no other program has it.
 */
#include "guard/reserve.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { RESERVE_BYTES = 256 * 1024, PIECE = 4096 };

static const char name[] = "audit/reserve";

void
reserve_keep(const struct fund *f)
{
	struct err ignored = { .code = TAPR_OK };
	char path[FUND_PATH_MAX], piece[PIECE];
	struct stat st;
	int fd;

	if (fund_path(f, name, path, &ignored) != TAPR_OK ||
	    (stat(path, &st) == 0 && st.st_size >= RESERVE_BYTES) ||
	    (fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC,
	    0600)) < 0)
		return;
	/* Not zeros: a copy of the fund would leave them out. */
	memset(piece, '.', sizeof piece);
	if (fstat(fd, &st) == 0)
		for (off_t n = st.st_size; n < RESERVE_BYTES; n += PIECE)
			if (write(fd, piece, sizeof piece) != PIECE)
				break;
	(void)close(fd);
}

bool
reserve_give(const char *dir)
{
	char path[FUND_PATH_MAX];
	struct stat st;
	int n = snprintf(path, sizeof path, "%s/%s", dir, name);

	return n > 0 && n < FUND_PATH_MAX && stat(path, &st) == 0 &&
	    st.st_size > 0 && unlink(path) == 0;
}
