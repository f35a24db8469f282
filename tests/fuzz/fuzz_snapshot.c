/*
 * fuzz_snapshot.c -- any bytes as the inputs and as the results of a campaign:
 * refused, or such that every section has facts.  The digests are made right
 * first, so that what is behind them is reached.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "campaign/results.h"
#include "snapshot/layout.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* Whatever the directory says, with the digests it should have. */
static void
mend(unsigned char *bytes, size_t n)
{
	struct head *h = (struct head *)bytes;
	struct entry *dir = (struct entry *)(bytes + sizeof *h);
	struct sha256 sum;

	if (n < sizeof *h || h->columns > SNAPSHOT_COLUMNS_MAX ||
	    n < sizeof *h + h->columns * sizeof *dir)
		return;
	h->bytes = n;
	for (uint32_t i = 0; i < h->columns; i++) {
		if (dir[i].offset > n || dir[i].bytes > n - dir[i].offset)
			continue;
		sha256_init(&sum);
		sha256_add(&sum, bytes + dir[i].offset, dir[i].bytes);
		sha256_end(&sum, dir[i].digest);
	}
	layout_digest(h, dir, &sum);
	sha256_end(&sum, h->digest);
}

static void
use(const struct snapshot *s)
{
	struct arena *a = arena_new((size_t)1 << 24);
	struct err err = { .code = TAPR_OK };
	struct inputs in;
	struct results r;
	struct facts f;

	if (a == NULL)
		return;
	if (inputs_read(s, &in, &err) == TAPR_OK)
		for (uint64_t i = 0; i < in.sections; i++) {
			arena_reset(a);
			(void)!inputs_facts(&in, i, a, &f, &err);
		}
	if (results_read(s, &r, &err) == TAPR_OK)
		for (uint64_t i = 0; i < r.n; i++)
			(void)results_exact(&r, i);
	arena_free(a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	size_t room = (n + 127) / 64 * 64;
	unsigned char *bytes = aligned_alloc(64, room);
	struct err err = { .code = TAPR_OK };
	struct snapshot *s;

	if (bytes == NULL)
		return 0;
	if (n > 0)
		memcpy(bytes, data, n);
	for (int mended = 0; mended < 2; mended++) {
		if (mended)
			mend(bytes, n);
		if (snapshot_over(bytes, n, &s, &err) == TAPR_OK) {
			use(s);
			snapshot_close(s);
		}
	}
	free(bytes);
	return 0;
}
