/*
 * sha256.h -- SHA-256 (FIPS 180-4), in pieces of any size.
 *
 *	struct sha256 s;
 *
 *	sha256_init(&s);
 *	sha256_add(&s, p, n);		as often as needed
 *	sha256_hex(&s, hex);		or sha256_end(&s, digest)
 *
 * The state is a plain struct: copied after some bytes, it goes on from
 * there.
 */
#ifndef TAPR_BASE_SHA256_H
#define TAPR_BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

enum {
	SHA256_BYTES = 32,
	SHA256_BLOCK = 64,
	SHA256_HEX_MAX = 2 * SHA256_BYTES + 1,	/* 64 digits and NUL */
};

/* Who does the rounds; sha256_add() decides at the first long input.  A test
 * that wants the plain C sets it after sha256_init(). */
enum sha256_way { SHA256_UNDECIDED, SHA256_PLAIN, SHA256_PROCESSOR };

struct sha256 {
	uint32_t	h[8];
	uint64_t	n;			/* bytes so far */
	unsigned char	block[SHA256_BLOCK];	/* the n % 64 last of them */
	enum sha256_way	way;
};

void sha256_init(struct sha256 *s);
void sha256_add(struct sha256 *s, const void *bytes, size_t n);
/* The digest of everything added.  ${s} must be initialised again to be used. */
void sha256_end(struct sha256 *s, unsigned char ret[SHA256_BYTES]);
/* The same in lower-case hexadecimal, NUL-terminated; returns ${ret}. */
char *sha256_hex(struct sha256 *s, char ret[SHA256_HEX_MAX]);

#endif
