/*
 * sha256.c -- SHA-256 (FIPS 180-4).
 *
 * Two ways to the same digest.  The plain one is C for any machine.  The law
 * is hashed at every start, and there the plain one would take half of all
 * the time of a command; so long inputs go through the SHA instructions of
 * x86 processors that have them.  Asking the processor can cost as much as
 * hashing a kilobyte (hypervisors answer in its place), so it is asked at the
 * first long input of a state and the answer kept there, not in a global.
 * The tests compare the two.
 *
 * Variables a to h, w and the functions below carry the names of the
 * standard (section 4.1.2, 6.2.2); values are big-endian.
 */
#include <stdbool.h>
#include <string.h>

#include "base/sha256.h"

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define SHA256_X86
#include <cpuid.h>
#include <immintrin.h>
#endif

/* From how many blocks on the processor is asked what it can do. */
enum { BLOCKS_LONG = 64 };

static const uint32_t k[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5,
	0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
	0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
	0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
	0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc,
	0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
	0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
	0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
	0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
	0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
	0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5,
	0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
	0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t
load32(const unsigned char *p)
{

	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	    (uint32_t)p[2] << 8 | (uint32_t)p[3];
}

static void
store32(unsigned char *p, uint32_t v)
{

	p[0] = (unsigned char)(v >> 24);
	p[1] = (unsigned char)(v >> 16 & 0xff);
	p[2] = (unsigned char)(v >> 8 & 0xff);
	p[3] = (unsigned char)(v & 0xff);
}

static inline uint32_t
rotr(uint32_t v, int n)
{

	return v >> n | v << (32 - n);
}

/*
 * One round.  The letters move one place down from round to round; instead of
 * moving them, the caller names them in the next order.
 */
#define ROUND(a, b, c, d, e, f, g, h, i) do {				\
	uint32_t t1 = (h) + (rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25)) +	\
	    ((g) ^ ((e) & ((f) ^ (g)))) + k[i] + w[(i) & 15];		\
	(d) += t1;							\
	(h) = t1 + (rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22)) +		\
	    (((a) & (b)) | ((c) & ((a) | (b))));			\
} while (0)

/* w[i] of the standard, for i from 16 on, in the place of w[i - 16]. */
static inline void
schedule(uint32_t w[16], int i)
{
	uint32_t w2 = w[(i - 2) & 15], w15 = w[(i - 15) & 15];

	w[i & 15] += (rotr(w2, 17) ^ rotr(w2, 19) ^ w2 >> 10) +
	    w[(i - 7) & 15] + (rotr(w15, 7) ^ rotr(w15, 18) ^ w15 >> 3);
}

static void
blocks_plain(uint32_t state[8], const unsigned char *p, size_t blocks)
{
	uint32_t a, b, c, d, e, f, g, h, w[16];
	int i, j;

	for (; blocks > 0; blocks--, p += SHA256_BLOCK) {
		a = state[0], b = state[1], c = state[2], d = state[3];
		e = state[4], f = state[5], g = state[6], h = state[7];
		for (i = 0; i < 16; i++)
			w[i] = load32(p + 4 * i);
		for (i = 0; i < 64; i += 8) {
			if (i >= 16)
				for (j = 0; j < 8; j++)
					schedule(w, i + j);
			ROUND(a, b, c, d, e, f, g, h, i);
			ROUND(h, a, b, c, d, e, f, g, i + 1);
			ROUND(g, h, a, b, c, d, e, f, i + 2);
			ROUND(f, g, h, a, b, c, d, e, i + 3);
			ROUND(e, f, g, h, a, b, c, d, i + 4);
			ROUND(d, e, f, g, h, a, b, c, i + 5);
			ROUND(c, d, e, f, g, h, a, b, i + 6);
			ROUND(b, c, d, e, f, g, h, a, i + 7);
		}
		state[0] += a, state[1] += b, state[2] += c, state[3] += d;
		state[4] += e, state[5] += f, state[6] += g, state[7] += h;
	}
}

#ifdef SHA256_X86

static bool
has_sha(void)
{
	unsigned a, b, c, d;

	if (!__get_cpuid(1, &a, &b, &c, &d) ||
	    (c & (bit_SSSE3 | bit_SSE4_1)) != (bit_SSSE3 | bit_SSE4_1))
		return false;
	return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & 1u << 29) != 0;
}

/*
 * The instructions keep the state as two vectors, {a, b, e, f} and
 * {c, d, g, h}, highest lane first, and take four w + k at a time, two rounds
 * from each half.
 */
__attribute__((target("sha,sse4.1,ssse3")))
static void
blocks_x86(uint32_t state[8], const unsigned char *p, size_t blocks)
{
	const __m128i swap = _mm_set_epi8(12, 13, 14, 15, 8, 9, 10, 11, 4, 5,
	    6, 7, 0, 1, 2, 3);
	__m128i abef, cdgh, abef_was, cdgh_was, t, wk, w[4];
	int i;

	t = _mm_loadu_si128((const void *)state);		/* d c b a */
	cdgh = _mm_loadu_si128((const void *)(state + 4));	/* h g f e */
	t = _mm_shuffle_epi32(t, 0xb1);				/* c d a b */
	cdgh = _mm_shuffle_epi32(cdgh, 0x1b);			/* e f g h */
	abef = _mm_alignr_epi8(t, cdgh, 8);
	cdgh = _mm_blend_epi16(cdgh, t, 0xf0);

	for (; blocks > 0; blocks--, p += SHA256_BLOCK) {
		abef_was = abef;
		cdgh_was = cdgh;
		for (i = 0; i < 4; i++)
			w[i] = _mm_shuffle_epi8(_mm_loadu_si128(
			    (const void *)(p + 16 * i)), swap);
		for (i = 0; i < 16; i++) {
			if (i >= 4) {
				/* w[i] from i-4, i-3, i-2 and i-1, in fours */
				t = _mm_alignr_epi8(w[(i - 1) & 3],
				    w[(i - 2) & 3], 4);
				t = _mm_add_epi32(t, _mm_sha256msg1_epu32(
				    w[i & 3], w[(i - 3) & 3]));
				w[i & 3] = _mm_sha256msg2_epu32(t,
				    w[(i - 1) & 3]);
			}
			wk = _mm_add_epi32(w[i & 3],
			    _mm_loadu_si128((const void *)(k + 4 * i)));
			cdgh = _mm_sha256rnds2_epu32(cdgh, abef, wk);
			wk = _mm_shuffle_epi32(wk, 0x0e);
			abef = _mm_sha256rnds2_epu32(abef, cdgh, wk);
		}
		abef = _mm_add_epi32(abef, abef_was);
		cdgh = _mm_add_epi32(cdgh, cdgh_was);
	}

	t = _mm_shuffle_epi32(abef, 0x1b);			/* f e b a */
	cdgh = _mm_shuffle_epi32(cdgh, 0xb1);			/* d c h g */
	_mm_storeu_si128((void *)state, _mm_blend_epi16(t, cdgh, 0xf0));
	_mm_storeu_si128((void *)(state + 4), _mm_alignr_epi8(cdgh, t, 8));
}

#endif

static void
blocks_add(struct sha256 *s, const unsigned char *p, size_t blocks)
{

#ifdef SHA256_X86
	if (s->way == SHA256_UNDECIDED && blocks >= BLOCKS_LONG)
		s->way = has_sha() ? SHA256_PROCESSOR : SHA256_PLAIN;
	if (s->way == SHA256_PROCESSOR) {
		blocks_x86(s->h, p, blocks);
		return;
	}
#endif
	blocks_plain(s->h, p, blocks);
}

void
sha256_init(struct sha256 *s)
{

	*s = (struct sha256){ .h = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372,
	    0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 } };
}

void
sha256_add(struct sha256 *s, const void *bytes, size_t n)
{
	const unsigned char *p = bytes;
	size_t held = (size_t)(s->n % SHA256_BLOCK), part;

	if (n == 0)
		return;
	s->n += n;
	if (held > 0) {
		part = n < SHA256_BLOCK - held ? n : SHA256_BLOCK - held;
		memcpy(s->block + held, p, part);
		if (held + part < SHA256_BLOCK)
			return;
		blocks_add(s, s->block, 1);
		p += part;
		n -= part;
	}
	blocks_add(s, p, n / SHA256_BLOCK);
	memcpy(s->block, p + n / SHA256_BLOCK * SHA256_BLOCK,
	    n % SHA256_BLOCK);
}

void
sha256_end(struct sha256 *s, unsigned char ret[SHA256_BYTES])
{
	static const unsigned char padding[SHA256_BLOCK] = { 0x80 };
	unsigned char bits[8];
	uint64_t n = s->n;
	int i;

	/* A one, zeros up to eight bytes before a block ends, the bits. */
	store32(bits, (uint32_t)(n >> 29));
	store32(bits + 4, (uint32_t)(n << 3 & 0xffffffff));
	sha256_add(s, padding, 1 + (size_t)((119 - n % 64) % 64));
	sha256_add(s, bits, sizeof bits);
	for (i = 0; i < 8; i++)
		store32(ret + 4 * i, s->h[i]);
}

char *
sha256_hex(struct sha256 *s, char ret[SHA256_HEX_MAX])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char digest[SHA256_BYTES];
	int i;

	sha256_end(s, digest);
	for (i = 0; i < SHA256_BYTES; i++) {
		ret[2 * i] = digits[digest[i] >> 4];
		ret[2 * i + 1] = digits[digest[i] & 0xf];
	}
	ret[2 * SHA256_BYTES] = '\0';
	return ret;
}
