/*
 * keys.c -- the client of the keys child.
 */
#include "keys/keys.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "keys/child.h"

struct keys {
	int	 fd;
	pid_t	 pid;
};

bool
keys_made(const struct keys_place *p)
{
	return ring_exists(p);
}

/* ---- messages ------------------------------------------------------------ */

static int
lost(struct err *err)
{
	return err_set(err, TAPR_EIO, "clés", "le processus des clés ne "
	    "répond pas ; recommencez");
}

/* ${n} messages there and back: they are short, all of them fit the socket. */
static int
exchange(struct keys *k, unsigned char (*message)[WIRE_BYTES], size_t n,
    struct err *err)
{
	unsigned char *bytes = message[0];
	size_t all = n * WIRE_BYTES;
	ssize_t done;

	for (size_t at = 0; at < all; at += (size_t)done) {
		do
			done = send(k->fd, bytes + at, all - at, MSG_NOSIGNAL);
		while (done < 0 && errno == EINTR);
		if (done <= 0)
			return lost(err);
	}
	for (size_t at = 0; at < all; at += (size_t)done) {
		do
			done = recv(k->fd, bytes + at, all - at, 0);
		while (done < 0 && errno == EINTR);
		if (done <= 0)
			return lost(err);
	}
	return TAPR_OK;
}

static int
answered(const unsigned char message[WIRE_BYTES], struct wire_reply *ret,
    struct err *err)
{
	if (!wire_answered(message, ret))
		return lost(err);
	return ret->code == TAPR_OK ? TAPR_OK : wire_refused(ret, err);
}

static int
too_long(struct err *err)
{
	return err_set(err, TAPR_EINVAL, "clés", "la valeur à sceller ou à "
	    "ouvrir est trop longue");
}

static bool
set_text(struct wire_request *q, const char *text, size_t n)
{
	if (n > WIRE_TEXT_MAX)
		return false;
	memcpy(q->text, text, n);
	q->n = n;
	return true;
}

/* One question; ${ret} of ${max} bytes gets its NUL.  ret NULL: nothing is
 * awaited but that it was done. */
static int
ask(struct keys *k, struct wire_request *q, void *ret, size_t max,
    struct err *err)
{
	unsigned char message[1][WIRE_BYTES];
	struct wire_reply a;
	int rc;

	wire_ask(q, message[0]);
	if ((rc = exchange(k, message, 1, err)) == TAPR_OK &&
	    (rc = answered(message[0], &a, err)) == TAPR_OK && ret != NULL) {
		if (a.n >= max)
			rc = lost(err);
		else
			memcpy(ret, a.text, a.n + 1);
	}
	sodium_memzero(message, sizeof message);
	sodium_memzero(&a, sizeof a);
	sodium_memzero(q, sizeof *q);
	return rc;
}

static int
ask_text(struct keys *k, enum wire_verb verb, const struct keys_about *a,
    const char *text, char *ret, size_t max, struct err *err)
{
	struct wire_request q = { .verb = verb, .about = *a };

	if (!set_text(&q, text, strlen(text)))
		return too_long(err);
	return ask(k, &q, ret, max, err);
}

/* ---- beginning and end --------------------------------------------------- */

/* Between fork and exec only what a signal handler may call. */
static pid_t
spawn(int fd, int rights, const struct keys_place *p)
{
	char digit[2] = { (char)('0' + rights), '\0' };
	const char *const word[CHILD_WORDS + 1] = { "tapr", KEYS_CHILD, digit,
	    p->dir, p->root, p->id, p->secret, p->new_secret, p->module,
	    p->token, NULL };
	pid_t pid = fork();

	if (pid != 0)
		return pid;
	if (dup2(fd, STDIN_FILENO) == STDIN_FILENO)
		(void)execv("/proc/self/exe",
		    (char *const *)(uintptr_t)word);
	_exit(127);
}

int
keys_start(const struct keys_place *p, int rights, struct keys **ret,
    struct err *err)
{
	struct wire_request q = { .verb = WIRE_UNLOCK };
	struct keys *k = malloc(sizeof *k);
	int fd[2], rc;

	*ret = NULL;
	if (k == NULL)
		return err_set(err, TAPR_EIO, "clés", "mémoire insuffisante");
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, fd) != 0) {
		free(k);
		return err_set(err, TAPR_EIO, "clés", "pas de processus des "
		    "clés (%s)", err_cause(errno));
	}
	(void)fcntl(fd[0], F_SETFD, FD_CLOEXEC);
	(void)fcntl(fd[1], F_SETFD, FD_CLOEXEC);
	k->fd = fd[0];
	k->pid = spawn(fd[1], rights, p);
	(void)close(fd[1]);
	rc = k->pid > 0 ? TAPR_OK : err_set(err, TAPR_EIO, "clés", "pas de "
	    "processus des clés (%s)", err_cause(errno));
	if (rc == TAPR_OK && (rights & (KEYS_WRITE | KEYS_OPEN)) != 0)
		rc = ask(k, &q, NULL, 0, err);
	if (rc != TAPR_OK)
		keys_end(k);
	else
		*ret = k;
	return rc;
}

void
keys_end(struct keys *k)
{
	if (k == NULL)
		return;
	(void)close(k->fd);
	while (k->pid > 0 && waitpid(k->pid, NULL, 0) < 0 && errno == EINTR)
		continue;
	free(k);
}

int
keys_pid(const struct keys *k)
{
	return (int)k->pid;
}

/* ---- verbs --------------------------------------------------------------- */

int
keys_seal(struct keys *k, const struct keys_about *a, const char *text,
    char ret[KEYS_SEALED_MAX], struct err *err)
{
	return ask_text(k, WIRE_SEAL, a, text, ret, KEYS_SEALED_MAX, err);
}

int
keys_index(struct keys *k, const struct keys_about *a, const char *text,
    char ret[KEYS_INDEX_MAX], struct err *err)
{
	return ask_text(k, WIRE_INDEX, a, text, ret, KEYS_INDEX_MAX, err);
}

int
keys_open(struct keys *k, const struct keys_about *a, const char *sealed,
    char ret[KEYS_TEXT_MAX], struct err *err)
{
	return ask_text(k, WIRE_OPEN, a, sealed, ret, KEYS_TEXT_MAX, err);
}

int
keys_hold(struct keys *k, const struct keys_about *a, const char *sealed,
    char ret[KEYS_SEALED_MAX], struct err *err)
{
	return ask_text(k, WIRE_HOLD, a, sealed, ret, KEYS_SEALED_MAX, err);
}

int
keys_identity(struct keys *k, const struct keys_about *a, const char *nir,
    const char *surname, struct keys_identity *ret, struct err *err)
{
	const struct {
		enum wire_verb	 verb;
		enum keys_field	 field;
		const char	*text;
		size_t		 n;
		char		*ret;
		size_t		 max;
	} part[3] = {
		{ WIRE_SEAL, KEYS_NIR, nir, KEYS_NIR_LEN, ret->nir,
		    sizeof ret->nir },
		{ WIRE_SEAL, KEYS_SURNAME, surname, strlen(surname),
		    ret->surname, sizeof ret->surname },
		{ WIRE_INDEX, KEYS_NIR, nir, KEYS_NIR_LEN, ret->index,
		    sizeof ret->index },
	};
	unsigned char message[3][WIRE_BYTES];
	struct wire_request q;
	struct wire_reply reply;
	int rc;

	if (strlen(nir) < KEYS_NIR_LEN || strlen(surname) >= KEYS_TEXT_MAX)
		return too_long(err);
	for (int i = 0; i < 3; i++) {
		q = (struct wire_request){ .verb = part[i].verb, .about = *a };
		q.about.field = part[i].field;
		(void)!set_text(&q, part[i].text, part[i].n);
		wire_ask(&q, message[i]);
	}
	sodium_memzero(&q, sizeof q);
	rc = exchange(k, message, 3, err);
	memset(ret, 0, sizeof *ret);
	for (int i = 0; i < 3 && rc == TAPR_OK && !ret->gone; i++) {
		struct err refused = { .code = TAPR_OK };

		rc = answered(message[i], &reply, &refused);
		if (rc == TAPR_EINVAL && reply.gone) {
			ret->gone = true;
			rc = TAPR_OK;
		} else if (rc != TAPR_OK) {
			*err = refused;
		} else if (reply.n >= part[i].max) {
			rc = lost(err);
		} else {
			memcpy(part[i].ret, reply.text, reply.n + 1);
		}
	}
	return rc;
}

static int
ask_way(struct keys *k, enum wire_verb verb, enum keys_way way,
    struct err *err)
{
	static const struct keys_about none;
	const char *word = way == 0 ? "" : keys_way_words[way - KEYS_FILE];

	return ask_text(k, verb, &none, word, NULL, 0, err);
}

int
keys_init(struct keys *k, enum keys_way way, struct err *err)
{
	return ask_way(k, WIRE_INIT, way, err);
}

int
keys_rotate(struct keys *k, enum keys_way way, struct err *err)
{
	return ask_way(k, WIRE_ROTATE, way, err);
}

int
keys_destroy(struct keys *k, const char *month, const char *hold,
    struct err *err)
{
	struct keys_about a = { .month = "" };

	if (hold[0] != '\0' ? !keys_hold_valid(hold) :
	    !keys_month_valid(month))
		return err_set(err, TAPR_EINVAL, "clés", "quelle clé ? un mois "
		    "AAAA-MM est attendu");
	(void)snprintf(a.month, sizeof a.month, "%s", month);
	(void)snprintf(a.hold, sizeof a.hold, "%s", hold);
	return ask_text(k, WIRE_DESTROY, &a, "", NULL, 0, err);
}

int
keys_status(struct keys *k, struct keys_status *ret, struct err *err)
{
	struct wire_request q = { .verb = WIRE_STATUS };
	char bytes[sizeof *ret + 1];
	int rc;

	if ((rc = ask(k, &q, bytes, sizeof bytes, err)) == TAPR_OK)
		memcpy(ret, bytes, sizeof *ret);
	return rc;
}
