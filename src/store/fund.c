/*
 * fund.c -- the directory of a fund.
 */
#include "store/fund.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <ini.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/num.h"
#include "base/str.h"
#include "store/batch.h"

/* ---- settings ------------------------------------------------------------ */

struct reading {
	struct fund	*fund;
	struct err	*err;
	int		 rc;
};

static int
setting(void *user, const char *section, const char *name, const char *value)
{
	struct reading *r = user;
	const struct {
		const char	*section, *name;
		char		*to;
		size_t		 size;
	} known[] = {
		{ "fund", "id", r->fund->id, sizeof r->fund->id },
		{ "fund", "code", r->fund->code, sizeof r->fund->code },
		{ "fund", "name", r->fund->name, sizeof r->fund->name },
		{ "fund", "zone", r->fund->zone, sizeof r->fund->zone },
		{ "fund", "departments", r->fund->departments,
		    sizeof r->fund->departments },
		{ "legal", "nationality", r->fund->nationality_basis,
		    sizeof r->fund->nationality_basis },
		{ "legal", "cause", r->fund->cause_basis,
		    sizeof r->fund->cause_basis },
		{ "audit", "witness", r->fund->witness,
		    sizeof r->fund->witness },
		{ "keys", "module", r->fund->module, sizeof r->fund->module },
		{ "keys", "token", r->fund->token, sizeof r->fund->token },
		{ "campaign", "observation_days", r->fund->observation_days,
		    sizeof r->fund->observation_days },
	};

	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		if (strcmp(section, known[i].section) != 0 ||
		    strcmp(name, known[i].name) != 0)
			continue;
		if (strlen(value) >= known[i].size) {
			r->rc = err_set(r->err, TAPR_EINVAL, "fund.ini",
			    "[%s] %s : valeur trop longue", section, name);
			return 0;
		}
		memcpy(known[i].to, value, strlen(value) + 1);
		return 1;
	}
	r->rc = err_set(r->err, TAPR_EINVAL, "fund.ini", "[%s] %s : réglage "
	    "inconnu ; la liste est dans docs/formats/fund.md",
	    str_brief(section).text, str_brief(name).text);
	return 0;
}

static int
read_settings(struct fund *f, struct err *err)
{
	struct reading r = { f, err, TAPR_OK };
	char path[FUND_PATH_MAX];
	int rc, line;

	if ((rc = fund_path(f, "fund.ini", path, err)) != TAPR_OK)
		return rc;
	line = ini_parse(path, setting, &r);
	if (r.rc != TAPR_OK)
		return r.rc;
	if (line < 0 && access(path, F_OK) == 0)
		return err_set(err, TAPR_EIO, path, "lecture impossible ; "
		    "vérifiez les droits");
	if (line < 0)
		return err_set(err, TAPR_EINVAL, f->dir, "ce dossier n'est "
		    "pas celui d'un fonds (pas de fund.ini) ; créez-le par "
		    "« tapr init %s --fund CODE »", f->dir);
	if (line > 0)
		return err_set(err, TAPR_EINVAL, path, "ligne %d : mal "
		    "écrite ; une ligne est « nom = valeur »", line);
	if (f->code[0] == '\0' || f->zone[0] == '\0')
		return err_set(err, TAPR_EINVAL, path, "[fund] code ou zone "
		    "manque");
	return TAPR_OK;
}

static int
unwritable(const char *path, struct err *err)
{
	return err_set(err, TAPR_EIO, path, "écriture impossible (%s)",
	    err_cause(errno));
}

/* On the disk, and closed. */
static int
settle(FILE *out, const char *path, struct err *err)
{
	bool good = fflush(out) == 0 && fsync(fileno(out)) == 0 &&
	    ferror(out) == 0;

	return fclose(out) == 0 && good ? TAPR_OK : unwritable(path, err);
}

/* Last of all, and whole: a folder without fund.ini is no fund. */
static int
write_settings(const struct fund *f, const struct fund_about *a,
    struct err *err)
{
	char path[FUND_PATH_MAX], name[FUND_PATH_MAX];
	FILE *out;
	int rc;

	if ((rc = fund_path(f, "fund.ini.part", path, err)) != TAPR_OK ||
	    (rc = fund_path(f, "fund.ini", name, err)) != TAPR_OK)
		return rc;
	if ((out = fopen(path, "w")) == NULL)
		return unwritable(path, err);
	(void)fprintf(out, "; docs/formats/fund.md\n[fund]\n");
	if (a->id != NULL)
		(void)fprintf(out, "id = %s\n", a->id);
	(void)fprintf(out, "code = %s\nname = %s\nzone = %s\ndepartments = %s\n",
	    a->code, a->name, a->zone, a->departments);
	if ((rc = settle(out, path, err)) != TAPR_OK)
		return rc;
	return rename(path, name) == 0 ? TAPR_OK : unwritable(path, err);
}

/* ---- directory ----------------------------------------------------------- */

int
fund_path(const struct fund *f, const char *name, char *buf, struct err *err)
{
	int n = snprintf(buf, FUND_PATH_MAX, "%s/%s", f->dir, name);

	if (n < 0 || n >= FUND_PATH_MAX)
		return err_set(err, TAPR_EINVAL, "fonds",
		    "le chemin du dossier est trop long");
	return TAPR_OK;
}

static int
set_dir(struct fund *f, const char *dir, struct err *err)
{
	if (strlen(dir) >= sizeof f->dir)
		return err_set(err, TAPR_EINVAL, "fonds",
		    "le chemin du dossier est trop long");
	memcpy(f->dir, dir, strlen(dir) + 1);
	return TAPR_OK;
}

static int
take_lock(struct fund *f, struct err *err)
{
	struct flock all = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	char path[FUND_PATH_MAX];
	int rc;

	if ((rc = fund_path(f, "lock", path, err)) != TAPR_OK)
		return rc;
	f->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (f->lock < 0)
		return err_set(err, TAPR_EIO, path, "ouverture impossible "
		    "(%s) ; vérifiez les droits", err_cause(errno));
	if (fcntl(f->lock, F_SETLK, &all) == 0)
		return TAPR_OK;
	if (errno == EACCES || errno == EAGAIN)
		return err_set(err, TAPR_EIO, f->dir, "une autre commande "
		    "écrit dans ce fonds ; recommencez quand elle a fini");
	return err_set(err, TAPR_EIO, path, "verrou impossible (%s)",
	    err_cause(errno));
}

/* Nothing of a fund is ever written over, not even of one half made. */
static int
refuse_used(const struct fund *f, const char *name, struct err *err)
{
	char path[FUND_PATH_MAX];
	int rc;

	if ((rc = fund_path(f, name, path, err)) != TAPR_OK)
		return rc;
	if (access(path, F_OK) == 0)
		return err_set(err, TAPR_EINVAL, f->dir, "ce dossier contient "
		    "déjà %s ; choisissez un dossier neuf", name);
	return TAPR_OK;
}

static int
make_folder(const struct fund *f, const char *name, struct err *err)
{
	char path[FUND_PATH_MAX];
	int rc;

	if ((rc = fund_path(f, name, path, err)) != TAPR_OK)
		return rc;
	if (mkdir(path, 0700) != 0 && errno != EEXIST)
		return err_set(err, TAPR_EIO, path, "création impossible (%s)",
		    err_cause(errno));
	return TAPR_OK;
}

/* An empty log, and the public key that its checkpoints answer to. */
static int
make_audit(const struct fund *f, const struct fund_about *about,
    struct err *err)
{
	char path[FUND_PATH_MAX];
	struct store *log;
	FILE *out;
	int rc;

	if (about->id == NULL)
		return TAPR_OK;
	if ((rc = make_folder(f, "audit", err)) != TAPR_OK ||
	    (rc = fund_path(f, "audit/audit.db", path, err)) != TAPR_OK ||
	    (rc = store_open(path, STORE_AUDIT, STORE_CREATE, &log, err)) !=
	    TAPR_OK)
		return rc;
	store_free(log);
	if ((rc = fund_path(f, "audit/public.key", path, err)) != TAPR_OK)
		return rc;
	if ((out = fopen(path, "w")) == NULL)
		return unwritable(path, err);
	(void)fprintf(out, "%s\n", about->public_key);
	return settle(out, path, err);
}

int
fund_create(const char *dir, const struct fund_about *about, struct err *err)
{
	struct fund f = { .lock = -1 };
	char path[FUND_PATH_MAX];
	int rc;

	if ((rc = set_dir(&f, dir, err)) != TAPR_OK)
		return rc;
	if (mkdir(dir, 0700) != 0 && errno != EEXIST)
		return err_set(err, TAPR_EIO, dir, "création impossible (%s)",
		    err_cause(errno));
	if ((rc = refuse_used(&f, "fund.ini", err)) != TAPR_OK ||
	    (rc = refuse_used(&f, "register.db", err)) != TAPR_OK)
		return rc;
	if ((rc = take_lock(&f, err)) == TAPR_OK &&
	    (rc = fund_path(&f, "register.db", path, err)) == TAPR_OK &&
	    (rc = store_open(path, STORE_REGISTER, STORE_CREATE, &f.store,
	    err)) == TAPR_OK && (rc = make_folder(&f, "campaigns", err)) ==
	    TAPR_OK && (rc = make_audit(&f, about, err)) == TAPR_OK)
		rc = write_settings(&f, about, err);
	fund_close(&f);
	return rc;
}

int
fund_read(const char *dir, struct fund *ret, struct err *err)
{
	int rc;

	memset(ret, 0, sizeof *ret);
	ret->lock = -1;
	if ((rc = set_dir(ret, dir, err)) != TAPR_OK)
		return rc;
	return read_settings(ret, err);
}

int
fund_open(const struct place *place, enum store_mode mode, struct fund *ret,
    struct err *err)
{
	char path[FUND_PATH_MAX];
	int rc;

	assert(mode != STORE_CREATE);
	if ((rc = fund_read(place->dir, ret, err)) != TAPR_OK)
		return rc;
	ret->actor = place->actor;
	ret->keys = place->keys;
	ret->secret = place->secret;
	ret->pkcs11 = place->pkcs11;
	ret->today = place->today;
	ret->entry = place->entry;
	if (mode == STORE_WRITE && (rc = take_lock(ret, err)) != TAPR_OK)
		return rc;
	if ((rc = fund_path(ret, "register.db", path, err)) != TAPR_OK)
		return rc;
	if ((rc = store_open(path, STORE_REGISTER, mode, &ret->store, err)) !=
	    TAPR_OK)
		return rc;
	return mode == STORE_WRITE ? batch_sweep(ret->store, err) : TAPR_OK;
}

void
fund_close(struct fund *f)
{
	store_free(f->store);
	f->store = NULL;
	if (f->lock >= 0)
		(void)close(f->lock);
	f->lock = -1;
}

/* TAPR_PKCS11 wins over the settings. */
struct keys_place
fund_keys(const struct fund *f)
{
	return (struct keys_place){ .dir = f->dir, .id = f->id,
		.root = f->keys == NULL ? "" : f->keys,
		.secret = f->secret == NULL ? "" : f->secret,
		.new_secret = "",
		.module = f->pkcs11 == NULL ? f->module : f->pkcs11,
		.token = f->token };
}

bool
fund_covers(const struct fund *f, const char *commune)
{
	size_t n = strncmp(commune, "97", 2) == 0 ? 3 : 2;
	const char *p = f->departments;

	if (strlen(commune) != 5)
		return false;
	if (*p == '\0')
		return true;
	for (;;) {
		size_t len = strcspn(p, " ");

		if (len == n && strncmp(p, commune, n) == 0)
			return true;
		if (p[len] == '\0')
			return false;
		p += len + 1;
	}
}

int
fund_observation_days(const struct fund *f, struct date on, int *ret,
    struct err *err)
{
	enum { DAYS_MAX = 366, DAY_LEN = 10 };
	const char *p = f->observation_days;
	struct date from;
	struct frac days;
	int64_t v;

	while (*p != '\0') {
		size_t n = strcspn(p, " ");

		from = DATE_NONE;
		if (n > DAY_LEN + 1 && p[DAY_LEN] == ':') {
			if (!date_parse(p, DAY_LEN, &from))
				break;
			p += DAY_LEN + 1;
			n -= DAY_LEN + 1;
		}
		if (!frac_parse(p, n, 0, &days) || !frac_scaled(days, 0, &v) ||
		    v < 1 || v > DAYS_MAX)
			break;
		if (date_cmp(from, on) <= 0)
			*ret = (int)v;
		p += n;
		p += strspn(p, " ");
	}
	return *p == '\0' ? TAPR_OK : err_set(err, TAPR_EINVAL, "fund.ini",
	    "[campaign] observation_days : écrivez un nombre de jours, ou "
	    "AAAA-MM-JJ:jours, séparés par des blancs");
}
