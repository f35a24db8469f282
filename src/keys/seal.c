/*
 * seal.c -- values and keys under keys.
 */
#include "keys/seal.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

enum {
	NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES,
	INDEX = 32,
	PADDED_MAX = (KEYS_TEXT_MAX / SEAL_STEP + 1) * SEAL_STEP,
	BOX_MAX = 1 + NONCE + PADDED_MAX + TAG,
	VARIANT = sodium_base64_VARIANT_URLSAFE_NO_PADDING,
	ABOUT_MAX = 16 + KEYS_FUND_MAX + KEYS_MONTH_MAX + KEYS_HOLD_MAX + 1 +
	    KEYS_ROW_MAX,
};

/* The first byte of a sealed value. */
enum { UNDER_MONTH = 1, UNDER_HOLD = 2 };

_Static_assert(sodium_base64_ENCODED_LEN(BOX_MAX,
    sodium_base64_VARIANT_URLSAFE_NO_PADDING) <= KEYS_SEALED_MAX,
    "a sealed value fits");
_Static_assert(sodium_base64_ENCODED_LEN(INDEX,
    sodium_base64_VARIANT_URLSAFE_NO_PADDING) == KEYS_INDEX_MAX,
    "an index fits");

/* Fields of fixed width, so that no two things are written alike. */
struct about_bytes { unsigned char b[ABOUT_MAX]; };

static void
put(unsigned char **to, const char *text, size_t width)
{
	size_t n = strlen(text);

	assert(n < width);
	memcpy(*to, text, n);
	*to += width;
}

static struct about_bytes
about_bytes(const char *label, const char *fund, const struct keys_about *a)
{
	struct about_bytes ret = { { 0 } };
	unsigned char *to = ret.b;

	put(&to, label, 16);
	put(&to, fund, KEYS_FUND_MAX);
	put(&to, a->month, KEYS_MONTH_MAX);
	put(&to, a->hold, KEYS_HOLD_MAX);
	*to++ = (unsigned char)a->field;
	put(&to, a->row, KEYS_ROW_MAX);
	assert(to == ret.b + ABOUT_MAX);
	return ret;
}

/* The nonce of what is sealed, under a key of its own. */
static void
nonce_of(const struct seal_key *key, const struct about_bytes *about,
    const unsigned char *padded, size_t n, unsigned char ret[NONCE])
{
	static const unsigned char label[] = "tapr.nonce.key/1";
	crypto_generichash_state h;
	unsigned char sub[SEAL_KEY];

	(void)crypto_generichash(sub, sizeof sub, label, sizeof label - 1,
	    key->b, sizeof key->b);
	(void)crypto_generichash_init(&h, sub, sizeof sub, NONCE);
	(void)crypto_generichash_update(&h, about->b, sizeof about->b);
	(void)crypto_generichash_update(&h, padded, n);
	(void)crypto_generichash_final(&h, ret, NONCE);
	sodium_memzero(sub, sizeof sub);
	sodium_memzero(&h, sizeof h);
}

bool
seal_value(const struct seal_key *key, const char *fund,
    const struct keys_about *a, const char *text, size_t n,
    char ret[KEYS_SEALED_MAX])
{
	struct about_bytes about = about_bytes("tapr.identity/1", fund, a);
	unsigned char padded[PADDED_MAX], box[BOX_MAX];
	unsigned long long sealed;
	size_t padded_n;

	if (n >= KEYS_TEXT_MAX)
		return false;
	memcpy(padded, text, n);
	if (sodium_pad(&padded_n, padded, n, SEAL_STEP, sizeof padded) != 0)
		return false;
	box[0] = a->hold[0] == '\0' ? UNDER_MONTH : UNDER_HOLD;
	nonce_of(key, &about, padded, padded_n, box + 1);
	(void)crypto_aead_xchacha20poly1305_ietf_encrypt(box + 1 + NONCE,
	    &sealed, padded, padded_n, about.b, sizeof about.b, NULL, box + 1,
	    key->b);
	sodium_memzero(padded, sizeof padded);
	(void)sodium_bin2base64(ret, KEYS_SEALED_MAX, box, 1 + NONCE +
	    (size_t)sealed, VARIANT);
	return true;
}

bool
seal_open(const struct seal_key *key, const char *fund,
    const struct keys_about *a, const char *sealed,
    char ret[KEYS_TEXT_MAX], size_t *ret_n)
{
	struct about_bytes about = about_bytes("tapr.identity/1", fund, a);
	unsigned char padded[PADDED_MAX], box[BOX_MAX];
	unsigned long long padded_n = 0;
	const char *end;
	size_t n;
	bool good;

	if (sodium_base642bin(box, sizeof box, sealed, strlen(sealed), NULL, &n,
	    &end, VARIANT) != 0 || *end != '\0' || n < 1 + NONCE + TAG ||
	    box[0] != (a->hold[0] == '\0' ? UNDER_MONTH : UNDER_HOLD))
		return false;
	good = crypto_aead_xchacha20poly1305_ietf_decrypt(padded, &padded_n,
	    NULL, box + 1 + NONCE, n - 1 - NONCE, about.b, sizeof about.b,
	    box + 1, key->b) == 0 && sodium_unpad(ret_n, padded,
	    (size_t)padded_n, SEAL_STEP) == 0 && *ret_n < KEYS_TEXT_MAX;
	if (good) {
		memcpy(ret, padded, *ret_n);
		ret[*ret_n] = '\0';
	}
	sodium_memzero(padded, sizeof padded);
	return good;
}

void
seal_index(const struct seal_key *key, const char *fund,
    const struct keys_about *a, const char *text, size_t n,
    char ret[KEYS_INDEX_MAX])
{
	struct keys_about same = { .field = a->field };
	struct about_bytes about;
	crypto_generichash_state h;
	unsigned char out[INDEX];

	/* Neither the claim nor the hold: it is there to find the same person. */
	memcpy(same.month, a->month, sizeof same.month);
	about = about_bytes("tapr.index/1", fund, &same);
	(void)crypto_generichash_init(&h, key->b, sizeof key->b, sizeof out);
	(void)crypto_generichash_update(&h, about.b, sizeof about.b);
	(void)crypto_generichash_update(&h, (const unsigned char *)text, n);
	(void)crypto_generichash_final(&h, out, sizeof out);
	sodium_memzero(&h, sizeof h);
	(void)sodium_bin2base64(ret, KEYS_INDEX_MAX, out, sizeof out, VARIANT);
}

/* ---- keys under keys ----------------------------------------------------- */

static const unsigned char wrap_magic[8] = "taprkey1";
enum { AT_NUMBER = 8, AT_NAME = 16, NAME = 32, AT_NONCE = AT_NAME + NAME,
	AT_BOX = AT_NONCE + NONCE, HEAD = AT_NONCE };

_Static_assert(AT_BOX + 2 * SEAL_KEY + TAG == WRAP_BYTES, "a wrapped key");

struct wrap_about { unsigned char b[HEAD + KEYS_FUND_MAX]; };

static struct wrap_about
wrap_about(int64_t number, const char *fund, const char *name)
{
	struct wrap_about ret = { { 0 } };
	unsigned char *to = ret.b + AT_NAME;

	memcpy(ret.b, wrap_magic, sizeof wrap_magic);
	for (int i = 0; i < 8; i++)
		ret.b[AT_NUMBER + i] = (unsigned char)((uint64_t)number >>
		    8 * i);
	put(&to, name, NAME);
	put(&to, fund, KEYS_FUND_MAX);
	return ret;
}

void
wrap_pair(const struct seal_key *epoch, int64_t number, const char *fund,
    const char *name, const struct seal_pair *pair,
    unsigned char ret[WRAP_BYTES])
{
	struct wrap_about about = wrap_about(number, fund, name);
	unsigned long long n;

	memcpy(ret, about.b, HEAD);
	randombytes_buf(ret + AT_NONCE, NONCE);
	(void)crypto_aead_xchacha20poly1305_ietf_encrypt(ret + AT_BOX, &n,
	    (const unsigned char *)pair, sizeof *pair, about.b,
	    sizeof about.b, NULL, ret + AT_NONCE, epoch->b);
}

bool
wrap_open(const struct seal_key *epoch, int64_t number, const char *fund,
    const char *name, const unsigned char *bytes, size_t n,
    struct seal_pair *ret)
{
	struct wrap_about about = wrap_about(number, fund, name);
	unsigned long long got;

	return n == WRAP_BYTES && memcmp(bytes, about.b, HEAD) == 0 &&
	    crypto_aead_xchacha20poly1305_ietf_decrypt((unsigned char *)ret,
	    &got, NULL, bytes + AT_BOX, n - AT_BOX, about.b, sizeof about.b,
	    bytes + AT_NONCE, epoch->b) == 0;
}

int64_t
wrap_number(const unsigned char *bytes, size_t n)
{
	uint64_t v = 0;

	if (n != WRAP_BYTES ||
	    memcmp(bytes, wrap_magic, sizeof wrap_magic) != 0)
		return -1;
	for (int i = 0; i < 8; i++)
		v |= (uint64_t)bytes[AT_NUMBER + i] << 8 * i;
	return v > INT64_MAX ? -1 : (int64_t)v;
}

void
seal_check(const struct seal_key *epoch, int64_t number,
    unsigned char ret[SEAL_CHECK])
{
	unsigned char label[24] = "tapr.epoch.check";

	for (int i = 0; i < 8; i++)
		label[16 + i] = (unsigned char)((uint64_t)number >> 8 * i);
	(void)crypto_generichash(ret, SEAL_CHECK, label, sizeof label,
	    epoch->b, sizeof epoch->b);
}
