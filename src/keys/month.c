/*
 * month.c -- the wrapped keys of a fund.
 */
#include "keys/month.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- names --------------------------------------------------------------- */

bool
keys_month_valid(const char *month)
{
	int m;

	if (strlen(month) != KEYS_MONTH_MAX - 1)
		return false;
	for (int i = 0; i < KEYS_MONTH_MAX - 1; i++)
		if (i == 4 ? month[i] != '-' :
		    month[i] < '0' || month[i] > '9')
			return false;
	m = (month[5] - '0') * 10 + month[6] - '0';
	return m >= 1 && m <= 12;
}

bool
keys_hold_valid(const char *hold)
{
	size_t n = strspn(hold, "abcdefghijklmnopqrstuvwxyz0123456789-");

	return n > 0 && n < KEYS_HOLD_MAX && hold[n] == '\0';
}

/* "2024-03", "hold-NAME"; TAPR_EINVAL when it is neither. */
static int
name_of(const struct keys_about *a, char ret[KEY_NAME_MAX], struct err *err)
{
	if (a->hold[0] != '\0' ? !keys_hold_valid(a->hold) :
	    !keys_month_valid(a->month))
		return err_set(err, TAPR_EINVAL, "clés", "une clé est celle "
		    "d'un mois (AAAA-MM) ou d'une réserve (minuscules, "
		    "chiffres et tirets)");
	(void)snprintf(ret, KEY_NAME_MAX, "%s%s", a->hold[0] != '\0' ?
	    "hold-" : "", a->hold[0] != '\0' ? a->hold : a->month);
	return TAPR_OK;
}

/* "DIR/keys", "DIR/keys/NAME" and ${end}. */
static int
path_of(const struct keys_place *p, const char *name, const char *end,
    char ret[KEY_PATH_MAX], struct err *err)
{
	int n = snprintf(ret, KEY_PATH_MAX, "%s/keys%s%s%s", p->dir,
	    name == NULL ? "" : "/", name == NULL ? "" : name, end);

	return n > 0 && n < KEY_PATH_MAX ? TAPR_OK : err_set(err, TAPR_EINVAL,
	    "clés", "le chemin du fonds est trop long");
}

static bool
is_there(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0;
}

bool
ring_exists(const struct keys_place *p)
{
	struct err ignored = { .code = TAPR_OK };
	char path[KEY_PATH_MAX];

	return path_of(p, NULL, "", path, &ignored) == TAPR_OK &&
	    is_there(path);
}

/* ---- the files of a folder ----------------------------------------------- */

/*
 * each(p, end, visit, to, err): for every NAME${end} of the folder; names that
 * are no key's are passed over.
 */
static int
each(const struct keys_place *p, const char *end,
    int (*visit)(void *to, const char *name, struct err *err), void *to,
    struct err *err)
{
	char dir[KEY_PATH_MAX], name[KEY_NAME_MAX];
	struct dirent *d;
	DIR *at;
	int rc;

	if ((rc = path_of(p, NULL, "", dir, err)) != TAPR_OK)
		return rc;
	if ((at = opendir(dir)) == NULL)
		return err_set(err, TAPR_EIO, dir, "lecture impossible (%s)",
		    err_cause(errno));
	while (rc == TAPR_OK && (d = readdir(at)) != NULL) {
		size_t n = strlen(d->d_name), e = strlen(end);

		if (n <= e || n - e >= sizeof name ||
		    strcmp(d->d_name + n - e, end) != 0)
			continue;
		memcpy(name, d->d_name, n - e);
		name[n - e] = '\0';
		if (keys_month_valid(name) || (strncmp(name, "hold-", 5) == 0 &&
		    keys_hold_valid(name + 5)))
			rc = visit(to, name, err);
	}
	(void)closedir(at);
	return rc;
}

/* ---- one wrapped key ----------------------------------------------------- */

/* The wrapped bytes of ${name} for the epoch ${number}: its own, or .next. */
static int
read_wrapped(const struct ring *r, const char *name, int64_t number,
    unsigned char ret[WRAP_BYTES + 1], size_t *n, struct err *err)
{
	char path[KEY_PATH_MAX], next[KEY_PATH_MAX];
	struct err ignored = { .code = TAPR_OK };
	int rc;

	if ((rc = path_of(&r->place, name, ".key", path, err)) != TAPR_OK ||
	    (rc = path_of(&r->place, name, ".key.next", next, err)) !=
	    TAPR_OK ||
	    (rc = key_file_read(path, ret, WRAP_BYTES + 1, n, err)) != TAPR_OK)
		return rc;
	if (wrap_number(ret, *n) == number || !is_there(next))
		return TAPR_OK;
	if (key_file_read(next, ret, WRAP_BYTES + 1, n, &ignored) == TAPR_OK &&
	    wrap_number(ret, *n) == number)
		return TAPR_OK;
	return key_file_read(path, ret, WRAP_BYTES + 1, n, err);
}

static int
load(const struct ring *r, const char *name, struct seal_pair *ret,
    struct err *err)
{
	unsigned char bytes[WRAP_BYTES + 1];
	int64_t number;
	size_t n;
	int rc;

	if ((rc = read_wrapped(r, name, r->number, bytes, &n, err)) != TAPR_OK)
		return rc;
	if (wrap_open(&r->epoch, r->number, r->place.id, name, bytes, n, ret))
		return TAPR_OK;
	number = wrap_number(bytes, n);
	if (number >= 0 && number != r->number)
		return err_set(err, TAPR_EINVAL, name, "cette clé est de "
		    "l'époque %lld, et non %lld : les clés ont été renouvelées "
		    "entre-temps, ou le fonds vient d'une sauvegarde plus "
		    "ancienne ; recommencez, sinon reprenez la sauvegarde des "
		    "clés", (long long)number, (long long)r->number);
	return err_set(err, TAPR_EINVAL, name, "le fichier de cette clé a été "
	    "modifié : rien de ce mois ne s'ouvre ; reprenez le dossier keys "
	    "de votre sauvegarde");
}

static int
save(const struct ring *r, const struct seal_key *epoch, int64_t number,
    const char *name, const char *end, const struct seal_pair *pair,
    struct err *err)
{
	unsigned char bytes[WRAP_BYTES];
	char path[KEY_PATH_MAX];
	int rc;

	if ((rc = path_of(&r->place, name, end, path, err)) != TAPR_OK)
		return rc;
	wrap_pair(epoch, number, r->place.id, name, pair, bytes);
	return key_file_new(path, bytes, sizeof bytes, err);
}

static int
sync_folder(const struct ring *r, struct err *err)
{
	char path[KEY_PATH_MAX];
	int rc = path_of(&r->place, NULL, "", path, err);

	return rc == TAPR_OK ? key_folder_sync(path, err) : rc;
}

/*
 * A key is on the disk before anything is sealed under it.  A file that was cut
 * off while it was written has sealed nothing: it is made again.
 */
static int
make(const struct ring *r, const char *name, struct seal_pair *ret,
    struct err *err)
{
	char path[KEY_PATH_MAX], part[KEY_PATH_MAX];
	int rc;

	if ((rc = path_of(&r->place, name, ".key", path, err)) != TAPR_OK ||
	    (rc = path_of(&r->place, name, ".part", part, err)) != TAPR_OK)
		return rc;
	randombytes_buf(ret, sizeof *ret);
	key_file_shred(part);
	if ((rc = save(r, &r->epoch, r->number, name, ".part", ret, err)) !=
	    TAPR_OK)
		return rc;
	if (rename(part, path) != 0)
		return err_set(err, TAPR_EIO, path, "écriture impossible (%s)",
		    err_cause(errno));
	return sync_folder(r, err);
}

/* ---- the ring ------------------------------------------------------------ */

static struct ring_key *
kept(struct ring *r, const char *name)
{
	for (int i = 0; i < RING_KEEPS; i++)
		if (strcmp(r->key[i].name, name) == 0)
			return &r->key[i];
	return NULL;
}

static void
keep(struct ring *r, const char *name, const struct seal_pair *pair)
{
	struct ring_key *k = &r->key[r->at];

	r->at = (r->at + 1) % RING_KEEPS;
	(void)snprintf(k->name, sizeof k->name, "%s", name);
	k->pair = *pair;
}

int
ring_key(struct ring *r, const struct keys_about *a, bool may_make,
    struct seal_pair *ret, struct err *err)
{
	char name[KEY_NAME_MAX], path[KEY_PATH_MAX];
	const struct ring_key *k;
	int rc;

	assert(r->number > 0);
	if ((rc = name_of(a, name, err)) != TAPR_OK)
		return rc;
	if ((k = kept(r, name)) != NULL) {
		*ret = k->pair;
		return TAPR_OK;
	}
	if ((rc = path_of(&r->place, name, ".key", path, err)) != TAPR_OK)
		return rc;
	if (ring_gone(r, a))
		return err_set(err, TAPR_EINVAL, name, "la clé a été "
		    "détruite : ce qui était scellé par elle ne s'ouvre plus");
	if (is_there(path))
		rc = load(r, name, ret, err);
	else if (may_make)
		rc = make(r, name, ret, err);
	else
		return err_set(err, TAPR_EINVAL, name, "il n'y a pas de clé "
		    "de ce nom dans le fonds ; reprenez le dossier keys de "
		    "votre sauvegarde");
	if (rc == TAPR_OK)
		keep(r, name, ret);
	return rc;
}

bool
ring_gone(const struct ring *r, const struct keys_about *a)
{
	struct err ignored = { .code = TAPR_OK };
	char name[KEY_NAME_MAX], path[KEY_PATH_MAX];

	return name_of(a, name, &ignored) == TAPR_OK &&
	    path_of(&r->place, name, ".gone", path, &ignored) == TAPR_OK &&
	    is_there(path);
}

void
ring_close(struct ring *r)
{
	sodium_memzero(&r->epoch, sizeof r->epoch);
	sodium_memzero(r->key, sizeof r->key);
	r->number = 0;
}

/* ---- settling what a rotation left --------------------------------------- */

/* NAME.key.next takes the place of NAME.key, or goes. */
static int
settle_one(void *to, const char *name, struct err *err)
{
	const struct ring *r = to;
	unsigned char bytes[WRAP_BYTES + 1];
	char path[KEY_PATH_MAX], next[KEY_PATH_MAX];
	size_t n;
	int rc;

	if ((rc = path_of(&r->place, name, ".key", path, err)) != TAPR_OK ||
	    (rc = path_of(&r->place, name, ".key.next", next, err)) !=
	    TAPR_OK ||
	    (rc = key_file_read(next, bytes, sizeof bytes, &n, err)) !=
	    TAPR_OK)
		return rc;
	if (wrap_number(bytes, n) != r->number) {
		key_file_shred(next);
		return TAPR_OK;
	}
	return rename(next, path) == 0 ? TAPR_OK : err_set(err, TAPR_EIO,
	    path, "écriture impossible (%s)", err_cause(errno));
}

static int
old_path(const struct ring *r, char ret[KEY_PATH_MAX], struct err *err)
{
	return folder_path(r->place.root, r->place.id, "identity.epoch.old",
	    ret, err);
}

/* The old epoch: a second name of the one in force before the turn, what is to
 * be destroyed after it. */
static void
drop_old(const char *path, const char *old)
{
	struct stat a, b;

	if (stat(path, &a) != 0 || lstat(old, &b) != 0)
		return;
	if (a.st_dev == b.st_dev && a.st_ino == b.st_ino)
		(void)unlink(old);
	else
		key_file_shred(old);
}

/* What a key that was destroyed left. */
static int
drop_key(void *to, const char *name, struct err *err)
{
	static const char *const ends[] = { ".key", ".key.next", ".part" };
	const struct ring *r = to;
	char path[KEY_PATH_MAX];
	int rc = TAPR_OK;

	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
		if ((rc = path_of(&r->place, name, ends[i], path, err)) ==
		    TAPR_OK && is_there(path))
			key_file_shred(path);
	return rc;
}

static int
settle(struct ring *r, struct err *err)
{
	char path[KEY_PATH_MAX], next[KEY_PATH_MAX], old[KEY_PATH_MAX];
	int rc;

	if ((rc = epoch_path(&r->place, false, path, err)) != TAPR_OK ||
	    (rc = epoch_path(&r->place, true, next, err)) != TAPR_OK ||
	    (rc = old_path(r, old, err)) != TAPR_OK)
		return rc;
	key_file_shred(next);
	drop_old(path, old);
	if ((rc = each(&r->place, ".gone", drop_key, r, err)) != TAPR_OK ||
	    (rc = each(&r->place, ".key.next", settle_one, r, err)) != TAPR_OK)
		return rc;
	return sync_folder(r, err);
}

int
ring_open(struct ring *r, bool settles, struct err *err)
{
	struct epoch e;
	int rc;

	if (r->number > 0)
		return TAPR_OK;
	if (!ring_exists(&r->place))
		return err_set(err, TAPR_EINVAL, "clés", "ce fonds n'a pas de "
		    "clés d'identité ; faites « tapr keys init »");
	if ((rc = epoch_read(&r->place, &e, err)) == TAPR_OK &&
	    (rc = epoch_open(&r->place, &e, &r->epoch, err)) == TAPR_OK) {
		r->number = e.number;
		if (settles)
			rc = settle(r, err);
	}
	sodium_memzero(&e, sizeof e);
	return rc;
}

/* ---- epochs -------------------------------------------------------------- */

int
ring_init(struct ring *r, enum keys_way way, struct err *err)
{
	char path[KEY_PATH_MAX], dir[KEY_PATH_MAX];
	struct epoch e;
	int rc;

	if ((rc = folder_check(r->place.root, r->place.id, err)) != TAPR_OK ||
	    (rc = epoch_path(&r->place, false, path, err)) != TAPR_OK ||
	    (rc = path_of(&r->place, NULL, "", dir, err)) != TAPR_OK)
		return rc;
	if (is_there(path) || is_there(dir))
		return err_set(err, TAPR_EINVAL, is_there(path) ? path : dir,
		    "ce fonds a déjà des clés d'identité ; « tapr keys "
		    "rotate » les renouvelle");
	if ((rc = epoch_make(&r->place, 1, way, &e, &r->epoch, err)) ==
	    TAPR_OK && (rc = epoch_write(path, &e, err)) == TAPR_OK) {
		if (mkdir(dir, 0700) != 0) {
			rc = err_set(err, TAPR_EIO, dir, "création impossible "
			    "(%s)", err_cause(errno));
			key_file_shred(path);
		} else
			r->number = e.number;
	}
	sodium_memzero(&e, sizeof e);
	return rc;
}

/* A rotation under way. */
struct turn {
	struct ring	*r;
	struct seal_key	 epoch;
	int64_t		 number;
	bool		 turned;	/* the next epoch is the one in force */
};

static int
wrap_again(void *to, const char *name, struct err *err)
{
	const struct turn *t = to;
	struct seal_pair pair;
	int rc = load(t->r, name, &pair, err);

	if (rc == TAPR_OK)
		rc = save(t->r, &t->epoch, t->number, name, ".key.next", &pair,
		    err);
	sodium_memzero(&pair, sizeof pair);
	return rc;
}

/*
 * The file of the epoch is another one from the rename on, whatever fails after
 * it.  Until then the old one has a second name, so that it can be shredded.
 */
static int
turn_over(struct turn *t, struct err *err)
{
	const struct ring *r = t->r;
	char path[KEY_PATH_MAX], next[KEY_PATH_MAX], old[KEY_PATH_MAX];
	char dir[KEY_PATH_MAX];
	int rc;

	if ((rc = epoch_path(&r->place, false, path, err)) != TAPR_OK ||
	    (rc = epoch_path(&r->place, true, next, err)) != TAPR_OK ||
	    (rc = old_path(r, old, err)) != TAPR_OK ||
	    (rc = folder_path(r->place.root, r->place.id, NULL, dir, err)) !=
	    TAPR_OK)
		return rc;
	if (link(path, old) != 0 || rename(next, path) != 0)
		return err_set(err, TAPR_EIO, path, "écriture impossible (%s)",
		    err_cause(errno));
	t->turned = true;
	if ((rc = key_folder_sync(dir, err)) == TAPR_OK)
		drop_old(path, old);
	return rc;
}

static int
turn(struct turn *t, const struct epoch *e, struct err *err)
{
	struct ring *r = t->r;
	char next[KEY_PATH_MAX];
	int rc;

	if ((rc = epoch_path(&r->place, true, next, err)) != TAPR_OK ||
	    (rc = epoch_write(next, e, err)) != TAPR_OK ||
	    (rc = each(&r->place, ".key", wrap_again, t, err)) != TAPR_OK ||
	    (rc = sync_folder(r, err)) != TAPR_OK)
		return rc;
	return turn_over(t, err);
}

int
ring_rotate(struct ring *r, enum keys_way way, struct err *err)
{
	struct err later = { .code = TAPR_OK };
	struct epoch old, next;
	struct turn t = { .r = r };
	int rc, rest;

	if ((rc = epoch_read(&r->place, &old, err)) != TAPR_OK)
		return rc;
	t.number = old.number + 1;
	memset(&next, 0, sizeof next);
	if ((rc = epoch_make(&r->place, t.number, way == 0 ? old.way : way,
	    &next, &t.epoch, err)) == TAPR_OK)
		rc = turn(&t, &next, err);
	if (t.turned) {
		r->epoch = t.epoch;
		r->number = t.number;
	}
	/* What was refused first is what is told. */
	rest = settle(r, &later);
	if (t.turned || next.label[0] != '\0') {
		struct keys_place of = t.turned ? r->place :
		    epoch_next_place(&r->place);
		int forgot = epoch_forget(&of, t.turned ? &old : &next, &later);

		rest = rest == TAPR_OK ? forgot : rest;
	}
	if (rc == TAPR_OK && (rc = rest) != TAPR_OK)
		*err = later;
	sodium_memzero(&old, sizeof old);
	sodium_memzero(&next, sizeof next);
	sodium_memzero(&t.epoch, sizeof t.epoch);
	return rc;
}

int
ring_destroy(struct ring *r, const struct keys_about *a, struct err *err)
{
	char name[KEY_NAME_MAX], path[KEY_PATH_MAX], gone[KEY_PATH_MAX];
	struct ring_key *k;
	int rc;

	if ((rc = name_of(a, name, err)) != TAPR_OK ||
	    (rc = path_of(&r->place, name, ".gone", gone, err)) != TAPR_OK ||
	    (rc = path_of(&r->place, name, ".key", path, err)) != TAPR_OK)
		return rc;
	if (is_there(gone) && !is_there(path))
		return err_set(err, TAPR_EINVAL, name, "la clé était déjà "
		    "détruite");
	if (!is_there(path))
		return err_set(err, TAPR_EINVAL, name, "il n'y a pas de clé "
		    "de ce nom dans le fonds");
	if (!is_there(gone) && (rc = key_file_new(gone, "", 0, err)) != TAPR_OK)
		return rc;
	if ((rc = drop_key(r, name, err)) != TAPR_OK)
		return rc;
	if ((k = kept(r, name)) != NULL)
		sodium_memzero(k, sizeof *k);
	return sync_folder(r, err);
}

/* ---- status -------------------------------------------------------------- */

static int
count_key(void *to, const char *name, struct err *err)
{
	struct keys_status *s = to;

	(void)err;
	if (!keys_month_valid(name)) {
		s->holds++;
		return TAPR_OK;
	}
	s->months++;
	if (s->first[0] == '\0' || strcmp(name, s->first) < 0)
		(void)snprintf(s->first, sizeof s->first, "%s", name);
	if (strcmp(name, s->last) > 0)
		(void)snprintf(s->last, sizeof s->last, "%s", name);
	return TAPR_OK;
}

static int
count_gone(void *to, const char *name, struct err *err)
{
	struct keys_status *s = to;

	(void)name;
	(void)err;
	s->destroyed++;
	return TAPR_OK;
}

int
ring_status(const struct ring *r, struct keys_status *ret, struct err *err)
{
	struct epoch e = { .number = 0 };
	int rc;

	memset(ret, 0, sizeof *ret);
	if (!ring_exists(&r->place))
		return TAPR_OK;
	rc = epoch_read(&r->place, &e, err);
	ret->ready = rc == TAPR_OK;
	ret->number = e.number;
	ret->way = e.way;
	sodium_memzero(&e, sizeof e);
	if (rc != TAPR_OK ||
	    (rc = each(&r->place, ".key", count_key, ret, err)) != TAPR_OK)
		return rc;
	return each(&r->place, ".gone", count_gone, ret, err);
}
