/*
 * fuzz_relation.c -- a relation of another fund: the bytes with the digest
 * that they should have, so that what is behind the digest is tried too.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "campaign/relation.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(int condition)
{

	if (!condition)
		abort();
}

/* What was read can be written, and is then the same. */
static void
again(struct relation *r)
{
	struct err err = { .code = TAPR_OK };
	struct relation other;
	struct str out;

	str_init(&out, (size_t)1 << 24);
	if (relation_write(r, &out, &err) == TAPR_OK) {
		must(relation_read("again", out.p, out.n, &other, &err) ==
		    TAPR_OK);
		must(other.n == r->n && strcmp(other.digest, r->digest) == 0);
		relation_free(&other);
	}
	str_free(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err err = { .code = TAPR_OK };
	char hex[SHA256_HEX_MAX], *buf = malloc(size + 80);
	struct relation r;
	struct sha256 h;
	size_t n = size;
	int rc;

	if (buf == NULL)
		return 0;
	if (size > 0)
		memcpy(buf, data, size);
	sha256_init(&h);
	sha256_add(&h, buf, size);
	memcpy(buf + n, "sha256,", 7);
	memcpy(buf + n + 7, sha256_hex(&h, hex), SHA256_HEX_MAX);
	n += 7 + SHA256_HEX_MAX;
	buf[n - 1] = '\n';
	buf[n] = '\0';
	rc = relation_read("fuzz", buf, n, &r, &err);
	if (rc == TAPR_OK)
		again(&r);
	else
		must(rc == TAPR_EINVAL && err.text[0] != '\0');
	relation_free(&r);
	free(buf);
	return 0;
}
