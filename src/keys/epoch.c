/*
 * epoch.c -- the key of an epoch, in its three ways.
 */
#include "keys/epoch.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "keys/secret.h"
#include "keys/token.h"

const char *const keys_way_words[] = { "file", "passphrase", "token", NULL };

static const char first_line[] = "tapr-epoch 1";

/* ---- the file ------------------------------------------------------------ */

enum word { W_NUMBER, W_WAY, W_KEY, W_SALT, W_OPS, W_MEMORY, W_LABEL, W_CHECK,
	WORDS };
static const char *const words[WORDS] = {
	"number", "way", "key", "salt", "ops", "memory", "label", "check",
};
/* What each way has, in this order. */
static const unsigned has[] = {
	[KEYS_FILE] = 1u << W_NUMBER | 1u << W_WAY | 1u << W_KEY |
	    1u << W_CHECK,
	[KEYS_PASSPHRASE] = 1u << W_NUMBER | 1u << W_WAY | 1u << W_SALT |
	    1u << W_OPS | 1u << W_MEMORY | 1u << W_CHECK,
	[KEYS_TOKEN] = 1u << W_NUMBER | 1u << W_WAY | 1u << W_SALT |
	    1u << W_LABEL | 1u << W_CHECK,
};

static bool
read_hex(const char *text, size_t n, unsigned char *ret, size_t bytes)
{
	size_t got;

	return n == 2 * bytes && sodium_hex2bin(ret, bytes, text, n, NULL,
	    &got, NULL) == 0 && got == bytes;
}

static bool
read_number(const char *text, size_t n, int64_t max, int64_t *ret)
{
	struct frac f;

	return frac_parse(text, n, 0, &f) && frac_scaled(f, 0, ret) &&
	    *ret >= 1 && *ret <= max;
}

static bool
read_cost(const char *text, size_t n, uint64_t max, uint64_t *ret)
{
	int64_t v = 0;
	bool good = read_number(text, n, (int64_t)max, &v);

	*ret = (uint64_t)v;
	return good;
}

static bool
read_label(const char *text, size_t n, char ret[EPOCH_LABEL_MAX])
{
	if (n == 0 || n >= EPOCH_LABEL_MAX)
		return false;
	for (size_t i = 0; i < n; i++)
		if ((text[i] < 'a' || text[i] > 'z') &&
		    (text[i] < '0' || text[i] > '9') && text[i] != '-')
			return false;
	memcpy(ret, text, n);
	ret[n] = '\0';
	return true;
}

static bool
read_way(const char *text, size_t n, enum keys_way *ret)
{
	for (int i = 0; keys_way_words[i] != NULL; i++)
		if (strlen(keys_way_words[i]) == n &&
		    memcmp(keys_way_words[i], text, n) == 0) {
			*ret = (enum keys_way)(KEYS_FILE + i);
			return true;
		}
	return false;
}

static bool
read_value(enum word w, const char *v, size_t n, struct epoch *e)
{
	switch (w) {
	case W_NUMBER:
		return read_number(v, n, INT32_MAX, &e->number);
	case W_WAY:
		return read_way(v, n, &e->way);
	case W_KEY:
		return read_hex(v, n, e->key.b, sizeof e->key.b);
	case W_SALT:
		return read_hex(v, n, e->salt, sizeof e->salt);
	case W_OPS:
		return read_cost(v, n, EPOCH_OPS_MAX, &e->ops);
	case W_MEMORY:
		return read_cost(v, n, EPOCH_MEMORY_MAX, &e->memory) &&
		    e->memory >= crypto_pwhash_MEMLIMIT_MIN;
	case W_LABEL:
		return read_label(v, n, e->label);
	case W_CHECK:
		return read_hex(v, n, e->check, sizeof e->check);
	case WORDS:
		break;
	}
	return false;
}

/* "WORD VALUE", each once. */
static bool
read_line(const char *line, size_t n, unsigned *seen, struct epoch *e)
{
	for (int w = 0; w < WORDS; w++) {
		size_t len = strlen(words[w]);

		if (n <= len || memcmp(line, words[w], len) != 0 ||
		    line[len] != ' ')
			continue;
		if ((*seen & 1u << w) != 0)
			return false;
		*seen |= 1u << w;
		return read_value((enum word)w, line + len + 1, n - len - 1, e);
	}
	return false;
}

bool
epoch_parse(const char *text, size_t n, struct epoch *ret)
{
	const char *end = text + n, *next;
	unsigned seen = 0;
	bool first = true;

	memset(ret, 0, sizeof *ret);
	for (; text < end; text = next + 1, first = false) {
		if ((next = memchr(text, '\n', (size_t)(end - text))) == NULL)
			return false;
		if (first ? (size_t)(next - text) != sizeof first_line - 1 ||
		    memcmp(text, first_line, sizeof first_line - 1) != 0 :
		    !read_line(text, (size_t)(next - text), &seen, ret))
			return false;
	}
	return ret->way != 0 && seen == has[ret->way];
}

static const char *
hex(const unsigned char *bytes, size_t n, char *buf, size_t max)
{
	return sodium_bin2hex(buf, max, bytes, n);
}

size_t
epoch_text(const struct epoch *e, char ret[EPOCH_TEXT_MAX])
{
	char digits[2 * SEAL_KEY + 1];
	int n = snprintf(ret, EPOCH_TEXT_MAX, "%s\nnumber %lld\nway %s\n",
	    first_line, (long long)e->number,
	    keys_way_words[e->way - KEYS_FILE]);

#define MORE(...) \
	(n += snprintf(ret + n, (size_t)(EPOCH_TEXT_MAX - n), __VA_ARGS__))
	if (e->way == KEYS_FILE)
		MORE("key %s\n", hex(e->key.b, SEAL_KEY, digits,
		    sizeof digits));
	else
		MORE("salt %s\n", hex(e->salt, EPOCH_SALT, digits,
		    sizeof digits));
	if (e->way == KEYS_PASSPHRASE)
		MORE("ops %llu\nmemory %llu\n", (unsigned long long)e->ops,
		    (unsigned long long)e->memory);
	if (e->way == KEYS_TOKEN)
		MORE("label %s\n", e->label);
	MORE("check %s\n", hex(e->check, SEAL_CHECK, digits, sizeof digits));
#undef MORE
	assert(n < EPOCH_TEXT_MAX);
	sodium_memzero(digits, sizeof digits);
	return (size_t)n;
}

int
epoch_path(const struct keys_place *p, bool next, char ret[KEY_PATH_MAX],
    struct err *err)
{
	return folder_path(p->root, p->id, next ? "identity.epoch.next" :
	    "identity.epoch", ret, err);
}

int
epoch_read(const struct keys_place *p, struct epoch *ret, struct err *err)
{
	char path[KEY_PATH_MAX], text[EPOCH_TEXT_MAX];
	size_t n;
	int rc;

	if ((rc = folder_check(p->root, p->id, err)) != TAPR_OK ||
	    (rc = epoch_path(p, false, path, err)) != TAPR_OK ||
	    (rc = key_file_read(path, text, sizeof text, &n, err)) != TAPR_OK)
		return rc;
	if (!epoch_parse(text, n, ret))
		rc = err_set(err, TAPR_EINVAL, path, "ce fichier n'est pas "
		    "celui d'une époque ; reprenez votre sauvegarde des clés");
	sodium_memzero(text, sizeof text);
	return rc;
}

int
epoch_write(const char *path, const struct epoch *e, struct err *err)
{
	char text[EPOCH_TEXT_MAX];
	size_t n = epoch_text(e, text);
	int rc = key_file_new(path, text, n, err);

	sodium_memzero(text, sizeof text);
	return rc;
}

/* ---- the key ------------------------------------------------------------- */

static int
stretch(const struct epoch *e, const char *pass, size_t n,
    struct seal_key *ret, struct err *err)
{
	_Static_assert(EPOCH_SALT >= crypto_pwhash_SALTBYTES, "a whole salt");

	return crypto_pwhash(ret->b, sizeof ret->b, pass, n, e->salt, e->ops,
	    (size_t)e->memory, crypto_pwhash_ALG_ARGON2ID13) == 0 ? TAPR_OK :
	    err_set(err, TAPR_EIO, "clés", "la phrase de passe demande "
	    "%llu Mo de mémoire, qui manquent", (unsigned long long)(e->memory
	    >> 20));
}

int
epoch_open(const struct keys_place *p, const struct epoch *e,
    struct seal_key *ret, struct err *err)
{
	unsigned char check[SEAL_CHECK];
	char pass[PASSPHRASE_MAX];
	size_t n = 0;
	int rc = TAPR_OK;

	switch (e->way) {
	case KEYS_FILE:
		*ret = e->key;
		break;
	case KEYS_PASSPHRASE:
		if ((rc = secret_read(p->secret, "Phrase de passe des clés : ",
		    pass, sizeof pass, &n, err)) == TAPR_OK)
			rc = stretch(e, pass, n, ret, err);
		sodium_memzero(pass, sizeof pass);
		break;
	case KEYS_TOKEN:
		rc = token_derive(p, e->label, e->salt, ret, err);
		break;
	}
	if (rc != TAPR_OK)
		return rc;
	seal_check(ret, e->number, check);
	if (sodium_memcmp(check, e->check, sizeof check) == 0)
		return TAPR_OK;
	sodium_memzero(ret, sizeof *ret);
	return err_set(err, TAPR_EINVAL, "clés", e->way == KEYS_PASSPHRASE ?
	    "phrase de passe inexacte" : "la clé de l'époque n'est pas celle "
	    "qui est attendue ; reprenez votre sauvegarde des clés");
}

/* A new one is typed twice. */
static int
new_passphrase(const struct keys_place *p, char *ret, size_t *n,
    struct err *err)
{
	char again[PASSPHRASE_MAX];
	const char *path = p->new_secret[0] == '\0' ? p->secret : p->new_secret;
	size_t again_n;
	int rc;

	if ((rc = secret_read(path, "Nouvelle phrase de passe des clés : ",
	    ret, PASSPHRASE_MAX, n, err)) != TAPR_OK)
		return rc;
	if (*n < PASSPHRASE_MIN)
		return err_set(err, TAPR_EINVAL, "clés", "une phrase de passe "
		    "a au moins %d caractères ; prenez plusieurs mots",
		    PASSPHRASE_MIN);
	if (path[0] != '\0')
		return TAPR_OK;
	if ((rc = secret_read("", "Encore une fois : ", again, sizeof again,
	    &again_n, err)) == TAPR_OK && (again_n != *n ||
	    sodium_memcmp(again, ret, *n) != 0))
		rc = err_set(err, TAPR_EINVAL, "clés", "les deux saisies "
		    "diffèrent ; rien n'est changé");
	sodium_memzero(again, sizeof again);
	return rc;
}

struct keys_place
epoch_next_place(const struct keys_place *p)
{
	struct keys_place ret = *p;

	if (p->new_secret[0] != '\0')
		ret.secret = p->new_secret;
	return ret;
}

static int
make_token(const struct keys_place *p, struct epoch *e, struct seal_key *ret,
    struct err *err)
{
	const struct keys_place next = epoch_next_place(p);
	unsigned char chance[4];
	char digits[2 * sizeof chance + 1];
	int rc;

	randombytes_buf(chance, sizeof chance);
	(void)snprintf(e->label, sizeof e->label, "tapr-%.8s-%lld-%s", p->id,
	    (long long)e->number, hex(chance, sizeof chance, digits,
	    sizeof digits));
	if ((rc = token_make(&next, e->label, err)) != TAPR_OK)
		return rc;
	return token_derive(&next, e->label, e->salt, ret, err);
}

int
epoch_make(const struct keys_place *p, int64_t number, enum keys_way way,
    struct epoch *e, struct seal_key *ret, struct err *err)
{
	char pass[PASSPHRASE_MAX];
	size_t n = 0;
	int rc = TAPR_OK;

	memset(e, 0, sizeof *e);
	e->number = number;
	e->way = way;
	randombytes_buf(e->salt, sizeof e->salt);
	switch (way) {
	case KEYS_FILE:
		randombytes_buf(e->key.b, sizeof e->key.b);
		*ret = e->key;
		break;
	case KEYS_PASSPHRASE:
		e->ops = crypto_pwhash_OPSLIMIT_MODERATE;
		e->memory = crypto_pwhash_MEMLIMIT_MODERATE;
		if ((rc = new_passphrase(p, pass, &n, err)) == TAPR_OK)
			rc = stretch(e, pass, n, ret, err);
		sodium_memzero(pass, sizeof pass);
		break;
	case KEYS_TOKEN:
		rc = make_token(p, e, ret, err);
		break;
	}
	seal_check(ret, number, e->check);
	return rc;
}

int
epoch_forget(const struct keys_place *p, const struct epoch *e,
    struct err *err)
{
	return e->way != KEYS_TOKEN ? TAPR_OK :
	    token_destroy(p, e->label, err);
}
