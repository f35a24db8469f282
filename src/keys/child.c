/*
 * child.c -- the keys child.
 */
#include "keys/child.h"

#include <errno.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

/* ---- what is asked ------------------------------------------------------- */

static int
seal(struct child *c, const struct wire_request *q, struct wire_reply *ret,
    struct err *err)
{
	struct seal_pair pair;
	int rc;

	if ((rc = ring_key(&c->ring, &q->about, true, &pair, err)) != TAPR_OK)
		return rc;
	if (!seal_value(&pair.data, c->ring.place.id, &q->about, q->text, q->n,
	    ret->text))
		rc = err_set(err, TAPR_EINVAL, "clés", "la valeur à sceller "
		    "est trop longue");
	else
		ret->n = strlen(ret->text);
	sodium_memzero(&pair, sizeof pair);
	return rc;
}

static int
indexed(struct child *c, const struct wire_request *q, struct wire_reply *ret,
    struct err *err)
{
	struct seal_pair pair;
	int rc;

	if ((rc = ring_key(&c->ring, &q->about, true, &pair, err)) != TAPR_OK)
		return rc;
	seal_index(&pair.index, c->ring.place.id, &q->about, q->text, q->n,
	    ret->text);
	ret->n = strlen(ret->text);
	sodium_memzero(&pair, sizeof pair);
	return TAPR_OK;
}

static int
unsealed(struct child *c, const struct keys_about *a, const char *sealed,
    char ret[KEYS_TEXT_MAX], size_t *n, struct err *err)
{
	struct seal_pair pair;
	bool good;
	int rc;

	if ((rc = ring_key(&c->ring, a, false, &pair, err)) != TAPR_OK)
		return rc;
	good = seal_open(&pair.data, c->ring.place.id, a, sealed, ret, n);
	sodium_memzero(&pair, sizeof pair);
	return good ? TAPR_OK : err_set(err, TAPR_EINVAL, a->month, "une "
	    "valeur scellée ne s'ouvre pas : elle a été modifiée, ou n'est "
	    "pas celle de ce sinistre");
}

static int
opened(struct child *c, const struct wire_request *q, struct wire_reply *ret,
    struct err *err)
{
	return unsealed(c, &q->about, q->text, ret->text, &ret->n, err);
}

static int
hold(struct child *c, const struct wire_request *q, struct wire_reply *ret,
    struct err *err)
{
	struct wire_request again = *q;
	struct keys_about month = q->about;
	int rc;

	if (q->about.hold[0] == '\0')
		return err_set(err, TAPR_EINVAL, "clés", "une réserve a un "
		    "nom");
	memset(month.hold, 0, sizeof month.hold);
	if ((rc = unsealed(c, &month, q->text, again.text, &again.n, err)) ==
	    TAPR_OK)
		rc = seal(c, &again, ret, err);
	sodium_memzero(&again, sizeof again);
	return rc;
}

/* Both ends are one program: the struct is the answer. */
static int
status(struct child *c, const struct wire_request *q, struct wire_reply *ret,
    struct err *err)
{
	struct keys_status s;
	int rc;

	(void)q;
	if ((rc = ring_status(&c->ring, &s, err)) != TAPR_OK)
		return rc;
	s.locked = c->locked;
	_Static_assert(sizeof s <= WIRE_ANSWER_MAX, "a status is an answer");
	memcpy(ret->text, &s, sizeof s);
	ret->n = sizeof s;
	return TAPR_OK;
}

static int
unlock(struct child *c, const struct wire_request *q, struct wire_reply *ret,
    struct err *err)
{
	(void)c;
	(void)q;
	(void)ret;
	(void)err;
	return TAPR_OK;
}

/* The way is the text: none is the one of now. */
static int
way_of(const struct wire_request *q, enum keys_way *ret, struct err *err)
{
	*ret = 0;
	if (q->n == 0)
		return TAPR_OK;
	for (int i = 0; keys_way_words[i] != NULL; i++)
		if (strcmp(q->text, keys_way_words[i]) == 0) {
			*ret = (enum keys_way)(KEYS_FILE + i);
			return TAPR_OK;
		}
	return err_set(err, TAPR_EINVAL, "clés", "une clé d'époque se garde "
	    "par file, passphrase ou token");
}

static int
init(struct child *c, const struct wire_request *q, struct wire_reply *ret,
    struct err *err)
{
	enum keys_way way;
	int rc = way_of(q, &way, err);

	(void)ret;
	return rc == TAPR_OK ? ring_init(&c->ring, way == 0 ? KEYS_FILE : way,
	    err) : rc;
}

static int
rotate(struct child *c, const struct wire_request *q, struct wire_reply *ret,
    struct err *err)
{
	enum keys_way way;
	int rc = way_of(q, &way, err);

	(void)ret;
	return rc == TAPR_OK ? ring_rotate(&c->ring, way, err) : rc;
}

static int
destroy(struct child *c, const struct wire_request *q, struct wire_reply *ret,
    struct err *err)
{
	(void)ret;
	return ring_destroy(&c->ring, &q->about, err);
}

/* Who may ask for what, and whether the epoch must be open for it. */
static const struct {
	int	(*run)(struct child *c, const struct wire_request *q,
		    struct wire_reply *ret, struct err *err);
	int	 right;		/* one of these; 0: anyone */
	bool	 locked;	/* also when the epoch is not open */
} verbs[WIRE_VERBS] = {
	[WIRE_UNLOCK] = { unlock, KEYS_WRITE | KEYS_OPEN | KEYS_ADMIN, false },
	[WIRE_STATUS] = { status, 0, true },
	[WIRE_SEAL] = { seal, KEYS_WRITE, false },
	[WIRE_OPEN] = { opened, KEYS_OPEN, false },
	[WIRE_INDEX] = { indexed, KEYS_WRITE, false },
	[WIRE_INIT] = { init, KEYS_ADMIN, true },
	[WIRE_ROTATE] = { rotate, KEYS_ADMIN, false },
	[WIRE_HOLD] = { hold, KEYS_ADMIN, false },
	[WIRE_DESTROY] = { destroy, KEYS_ADMIN, true },
};

static int
dispatch(struct child *c, const struct wire_request *q,
    struct wire_reply *ret, struct err *err)
{
	int rc;

	if (verbs[q->verb].right != 0 &&
	    (verbs[q->verb].right & c->rights) == 0)
		return err_set(err, TAPR_EINVAL, "clés", "ce processus n'a pas "
		    "demandé ce droit sur les clés");
	if (!verbs[q->verb].locked && (rc = ring_open(&c->ring,
	    (c->rights & (KEYS_WRITE | KEYS_ADMIN)) != 0, err)) != TAPR_OK)
		return rc;
	return verbs[q->verb].run(c, q, ret, err);
}

void
child_answer(struct child *c, const unsigned char request[WIRE_BYTES],
    unsigned char reply[WIRE_BYTES])
{
	struct err err = { .code = TAPR_OK };
	struct wire_request q;
	struct wire_reply a;
	int rc;

	memset(&a, 0, sizeof a);
	if (!wire_asked(request, &q))
		rc = err_set(&err, TAPR_EINVAL, "clés", "demande mal formée");
	else
		rc = dispatch(c, &q, &a, &err);
	if (rc != TAPR_OK) {
		wire_refuse(&err, &a);
		a.gone = ring_gone(&c->ring, &q.about);
	}
	wire_answer(&a, reply);
	sodium_memzero(&q, sizeof q);
	sodium_memzero(&a, sizeof a);
}

/* ---- the process --------------------------------------------------------- */

/* No core, no other process of the same user in its memory, no new right. */
static bool
harden(void)
{
	const struct rlimit none = { 0, 0 };

	return setrlimit(RLIMIT_CORE, &none) == 0 &&
	    prctl(PR_SET_NAME, "tapr-keys", 0, 0, 0) == 0 &&
	    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 &&
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

/* What the one who started us had open is not ours. */
static void
close_others(void)
{
	enum { FIRST = 3, MOST = 65536 };
	long n = sysconf(_SC_OPEN_MAX);

	for (int fd = FIRST; fd < (n > 0 && n < MOST ? (int)n : MOST); fd++)
		(void)close(fd);
}

enum { TOGETHER = 8 };	/* messages taken at once: an identity is three */

/* One message at least, and what else is there already; 0 at the end. */
static size_t
receive(unsigned char *to)
{
	size_t at = 0;
	ssize_t n;

	do {
		do
			n = read(STDIN_FILENO, to + at,
			    TOGETHER * WIRE_BYTES - at);
		while (n < 0 && errno == EINTR);
		if (n <= 0)
			return 0;
		at += (size_t)n;
	} while (at % WIRE_BYTES != 0);
	return at / WIRE_BYTES;
}

static bool
give(const unsigned char *from, size_t all)
{
	ssize_t n;

	for (size_t at = 0; at < all; at += (size_t)n) {
		do
			n = send(STDIN_FILENO, from + at, all - at,
			    MSG_NOSIGNAL);
		while (n < 0 && errno == EINTR);
		if (n <= 0)
			return false;
	}
	return true;
}

static void
serve(struct child *c)
{
	unsigned char request[TOGETHER][WIRE_BYTES];
	unsigned char reply[TOGETHER][WIRE_BYTES];
	bool more = true;
	size_t n;

	while (more && (n = receive(request[0])) > 0) {
		for (size_t i = 0; i < n; i++)
			child_answer(c, request[i], reply[i]);
		more = give(reply[0], n * WIRE_BYTES);
	}
	sodium_memzero(request, sizeof request);
	sodium_memzero(reply, sizeof reply);
}

int
keys_child(int argc, char **argv)
{
	enum { REFUSED = 1 };
	struct child *c;

	if (argc != CHILD_WORDS || strlen(argv[CHILD_ID]) >= KEYS_FUND_MAX ||
	    argv[CHILD_RIGHTS][0] < '0' || argv[CHILD_RIGHTS][0] > '7' ||
	    !harden() || sodium_init() < 0 ||
	    (c = sodium_malloc(sizeof *c)) == NULL)
		return REFUSED;
	close_others();
	/* Ctrl-C is for who started us: he ends what he began, then us. */
	(void)signal(SIGINT, SIG_IGN);
	memset(c, 0, sizeof *c);
	c->locked = sodium_mlock(c, sizeof *c) == 0;
	c->rights = argv[CHILD_RIGHTS][0] - '0';
	c->ring.place = (struct keys_place){ argv[CHILD_DIR],
	    argv[CHILD_ROOT], argv[CHILD_ID], argv[CHILD_SECRET],
	    argv[CHILD_NEW_SECRET], argv[CHILD_MODULE], argv[CHILD_TOKEN] };
	serve(c);
	sodium_free(c);
	return 0;
}
