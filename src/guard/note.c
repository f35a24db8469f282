/*
 * note.c -- a checkpoint, signed.
 *
 * What is signed is every line up to the empty one, its own end included.  The
 * reader takes exactly what the writer makes: one form, one signature.
 */
#include "guard/note.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "guard/entry.h"

enum { LINES = 6, BASE64_MAX = 128, ALGORITHM_ED25519 = 1, SIZE_DIGITS = 15 };

static const char dash[] = "\xe2\x80\x94 ";	/* « — », then a blank */

/* ---- keys ---------------------------------------------------------------- */

/* The first four bytes of SHA-256(name || "\n" || algorithm || key). */
static void
key_hash(const char *name, const unsigned char public_key[32],
    unsigned char ret[4])
{
	unsigned char digest[SHA256_BYTES], algorithm = ALGORITHM_ED25519;
	struct sha256 h;

	sha256_init(&h);
	sha256_add(&h, name, strlen(name));
	sha256_add(&h, "\n", 1);
	sha256_add(&h, &algorithm, 1);
	sha256_add(&h, public_key, 32);
	sha256_end(&h, digest);
	memcpy(ret, digest, 4);
}

static void
base64(const unsigned char *bytes, size_t n, char ret[BASE64_MAX])
{
	(void)sodium_bin2base64(ret, BASE64_MAX, bytes, n,
	    sodium_base64_VARIANT_ORIGINAL);
}

static bool
from_base64(const char *text, size_t n, unsigned char *ret, size_t want)
{
	const char *end;
	size_t got;

	return sodium_base642bin(ret, want, text, n, NULL, &got, &end,
	    sodium_base64_VARIANT_ORIGINAL) == 0 && got == want &&
	    end == text + n;
}

void
note_key_text(const char *name, const unsigned char seed[32],
    char ret[NOTE_KEY_TEXT_MAX])
{
	unsigned char open[33] = { ALGORITHM_ED25519 }, secret[64], hash[4];
	char text[BASE64_MAX];

	(void)crypto_sign_seed_keypair(open + 1, secret, seed);
	sodium_memzero(secret, sizeof secret);
	key_hash(name, open + 1, hash);
	base64(open, sizeof open, text);
	(void)snprintf(ret, NOTE_KEY_TEXT_MAX, "%s+%02x%02x%02x%02x+%s", name,
	    hash[0], hash[1], hash[2], hash[3], text);
}

int
note_key_read(const char *text, struct note_key *ret, struct err *err)
{
	const char *plus = strchr(text, '+');
	unsigned char open[33];
	char hash[9];
	size_t n;

	memset(ret, 0, sizeof *ret);
	n = plus == NULL ? 0 : (size_t)(plus - text);
	if (n == 0 || n >= sizeof ret->name || strlen(plus) < 11 ||
	    plus[9] != '+' || !from_base64(plus + 10,
	    strcspn(plus + 10, "\n"), open, sizeof open) ||
	    open[0] != ALGORITHM_ED25519)
		return err_set(err, TAPR_EINVAL, "clé publique",
		    "ce n'est pas une clé de journal (NOM+EMPREINTE+CLÉ) ; "
		    "reprenez celle de audit/public.key");
	memcpy(ret->name, text, n);
	memcpy(ret->public_key, open + 1, 32);
	key_hash(ret->name, ret->public_key, ret->hash);
	(void)snprintf(hash, sizeof hash, "%02x%02x%02x%02x", ret->hash[0],
	    ret->hash[1], ret->hash[2], ret->hash[3]);
	if (memcmp(plus + 1, hash, 8) != 0)
		return err_set(err, TAPR_EINVAL, "clé publique",
		    "son empreinte n'est pas la sienne : elle a été changée");
	return TAPR_OK;
}

/* ---- notes --------------------------------------------------------------- */

void
note_sign(const char *name, const unsigned char seed[32],
    const struct note *note, int64_t at, struct str *out)
{
	unsigned char open[32], secret[64], sign[4 + NOTE_SIGN_BYTES];
	char text[BASE64_MAX], when[INSTANT_MAX];
	size_t start = out->n;

	base64(note->root.b, sizeof note->root.b, text);
	str_printf(out, "%s\n%lld\n%s\n%s\n", name, (long long)note->size,
	    text, instant_text(at, when));
	if (str_failed(out))
		return;
	(void)crypto_sign_seed_keypair(open, secret, seed);
	key_hash(name, open, sign);
	(void)crypto_sign_detached(sign + 4, NULL,
	    (const unsigned char *)out->p + start, out->n - start, secret);
	sodium_memzero(secret, sizeof secret);
	base64(sign, sizeof sign, text);
	str_printf(out, "\n%s%s %s\n", dash, name, text);
}

struct line { const char *p; size_t n; };

/* Cuts LINES lines, each with its end; false when there are fewer. */
static bool
cut(const char *text, size_t n, struct line line[LINES])
{
	for (int i = 0; i < LINES; i++) {
		const char *end = memchr(text, '\n', n);

		if (end == NULL)
			return false;
		line[i] = (struct line){ text, (size_t)(end - text) };
		n -= line[i].n + 1;
		text = end + 1;
	}
	return true;
}

static bool
is(const struct line *line, const char *text)
{
	return line->n == strlen(text) && memcmp(line->p, text, line->n) == 0;
}

static bool
read_size(const struct line *line, int64_t *ret)
{
	*ret = 0;
	if (line->n == 0 || line->n > SIZE_DIGITS ||
	    (line->p[0] == '0' && line->n > 1))
		return false;
	for (size_t i = 0; i < line->n; i++) {
		if (line->p[i] < '0' || line->p[i] > '9')
			return false;
		*ret = *ret * 10 + (line->p[i] - '0');
	}
	return true;
}

/* "— NAME BASE64" */
static bool
read_sign(const struct line *line, const struct note_key *key,
    unsigned char ret[4 + NOTE_SIGN_BYTES])
{
	size_t name = strlen(key->name), skip = sizeof dash - 1;

	return line->n > skip + name + 1 &&
	    memcmp(line->p, dash, skip) == 0 &&
	    memcmp(line->p + skip, key->name, name) == 0 &&
	    line->p[skip + name] == ' ' &&
	    from_base64(line->p + skip + name + 1,
	    line->n - skip - name - 1, ret, 4 + NOTE_SIGN_BYTES);
}

int
note_read(const char *text, size_t n, const struct note_key *key,
    struct note *ret, size_t *ret_n, struct err *err)
{
	unsigned char sign[4 + NOTE_SIGN_BYTES];
	struct line line[LINES];

	if (!cut(text, n, line) || line[4].n != 0 ||
	    !read_size(&line[1], &ret->size) || !from_base64(line[2].p,
	    line[2].n, ret->root.b, sizeof ret->root.b))
		return err_set(err, TAPR_EINVAL, NULL, "ce n'est pas un point "
		    "de contrôle : cinq lignes et une signature sont "
		    "attendues");
	if (!is(&line[0], key->name))
		return err_set(err, TAPR_EINVAL, NULL, "ce point de contrôle "
		    "est d'un autre journal");
	if (!read_sign(&line[5], key, sign) ||
	    memcmp(sign, key->hash, 4) != 0 ||
	    crypto_sign_verify_detached(sign + 4, (const unsigned char *)text,
	    (size_t)(line[4].p - text), key->public_key) != 0)
		return err_set(err, TAPR_EINVAL, NULL, "la signature de ce "
		    "point de contrôle n'est pas celle de la clé du fonds");
	*ret_n = (size_t)(line[5].p + line[5].n + 1 - text);
	return TAPR_OK;
}
