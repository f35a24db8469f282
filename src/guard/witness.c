/*
 * witness.c -- hands checkpoints to somebody outside.
 *
 * The command is the one program that tapr starts, and only because fund.ini
 * says so: it gets signed roots, which name nobody.  It has a group of its own,
 * so that one that hangs is ended with all it started.
 */
#include "guard/witness.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WAIT_MS = 5000, STEP_MS = 10 };

static int
unreachable(const char *why, struct err *err)
{
	return err_set(err, TAPR_EIO, "[audit] witness", "le témoin ne prend "
	    "pas le point de contrôle (%s) ; il lui sera redonné avec le "
	    "suivant", why);
}

/* ---- a file -------------------------------------------------------------- */

static int
to_file(const char *path, const struct str *notes, struct err *err)
{
	/* What is no file, a pipe without a reader, must not hold us. */
	int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC |
	    O_NONBLOCK, 0644);
	struct stat st;
	bool good;

	if (fd < 0)
		return unreachable(err_cause(errno), err);
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		(void)close(fd);
		return unreachable("ce n'est pas un fichier", err);
	}
	good = write(fd, notes->p, notes->n) == (ssize_t)notes->n &&
	    fsync(fd) == 0;
	if (!good)	/* half a note would spoil the file */
		(void)ftruncate(fd, st.st_size);
	good = close(fd) == 0 && good;
	return good ? TAPR_OK : unreachable("écriture impossible", err);
}

/* ---- a command ----------------------------------------------------------- */

static void
rest(void)
{
	const struct timespec step = { 0, STEP_MS * 1000000L };

	(void)nanosleep(&step, NULL);
}

/* All of the notes into the pipe, while there is time. */
static bool
feed(int fd, const struct str *notes, int *left_ms)
{
	size_t done = 0;

	while (done < notes->n && *left_ms > 0) {
		ssize_t n = write(fd, notes->p + done, notes->n - done);

		if (n > 0) {
			done += (size_t)n;
		} else if (errno == EAGAIN || errno == EINTR) {
			rest();
			*left_ms -= STEP_MS;
		} else {
			return false;
		}
	}
	return done == notes->n;
}

static bool
ended_well(pid_t child, int *left_ms)
{
	int status;

	for (;; *left_ms -= STEP_MS) {
		pid_t got = waitpid(child, &status, WNOHANG);

		if (got == child)
			return WIFEXITED(status) && WEXITSTATUS(status) == 0;
		if (*left_ms <= 0 || (got < 0 && errno != EINTR))
			break;
		rest();
	}
	(void)kill(-child, SIGKILL);
	(void)waitpid(child, &status, 0);
	return false;
}

/* In the child: nothing of it reaches our output. */
static void
become(const char *command, int in)
{
	int null = open("/dev/null", O_WRONLY);

	(void)setpgid(0, 0);
	(void)signal(SIGPIPE, SIG_DFL);
	if (null >= 0 && dup2(in, 0) == 0 && dup2(null, 1) == 1 &&
	    dup2(null, 2) == 2)
		(void)execl("/bin/sh", "sh", "-c", command, (char *)NULL);
	_exit(127);
}

static int
to_command(const char *command, const struct str *notes, struct err *err)
{
	int end[2], left_ms = WAIT_MS;
	bool fed, well;
	pid_t child;

	if (pipe(end) != 0)
		return unreachable(err_cause(errno), err);
	(void)fcntl(end[1], F_SETFD, FD_CLOEXEC);
	(void)fcntl(end[1], F_SETFL, O_NONBLOCK);
	if ((child = fork()) == 0)
		become(command, end[0]);
	(void)close(end[0]);
	if (child < 0) {
		(void)close(end[1]);
		return unreachable(err_cause(errno), err);
	}
	(void)setpgid(child, child);
	fed = feed(end[1], notes, &left_ms);
	(void)close(end[1]);
	well = ended_well(child, &left_ms);
	return fed && well ? TAPR_OK : unreachable(left_ms <= 0 ?
	    "la commande n'a pas fini à temps" :
	    "la commande a échoué", err);
}

int
witness_hand(const char *witness, const struct str *notes, struct err *err)
{
	if (witness[0] == '|')
		return to_command(witness + 1, notes, err);
	if (witness[0] != '/')
		return unreachable("un chemin entier, /..., ou « | commande » "
		    "est attendu", err);
	return to_file(witness, notes, err);
}
