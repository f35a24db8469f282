/*
 * results.c -- the columns of results.tapr, and the digest of a campaign.
 */
#include "campaign/results.h"

#include <stdio.h>
#include <string.h>

#include "base/ids.h"
#include "base/str.h"
#include "model/words.h"

enum { COLUMNS = 12, LINES_MAX = 1 << 20, LINE_ROOM = 512 };

/* What each column of ${r} is; the same order to write and to read. */
static void
describe(const struct results *r, struct snapshot_column ret[COLUMNS])
{
	const struct snapshot_column all[COLUMNS] = {
		{ "meta", 8, RESULTS_METAS, r->meta },
		{ "mode", 1, r->n, r->mode },
		{ "decimals", 1, r->n, r->decimals },
		{ "negative", 1, r->n, r->negative },
		{ "exact", EXACT_BYTES, r->n, r->exact },
		{ "value", 4, r->n, r->value },
		{ "trace_sha256", SHA256_BYTES, r->n, r->trace },
		{ "contribution", 8, r->n, r->contribution },
		{ "reason", 4, r->n, r->reason },
		{ "text", 1, r->text_n, r->text },
		{ "inputs_digest", 1, r->inputs_n, r->inputs },
	};

	memcpy(ret, all, sizeof all);
}

size_t
results_columns(const struct results *r,
    struct snapshot_column ret[SNAPSHOT_COLUMNS_MAX])
{
	describe(r, ret);
	return COLUMNS - 1;
}

static int
wrong(struct err *err, const char *column)
{
	return err_set(err, TAPR_EINVAL, NULL, "la colonne « %s » des "
	    "résultats ne tient pas avec les autres ; ils n'ont pas été "
	    "écrits par tapr", column);
}

static int
check(const struct results *r, struct err *err)
{
	if (r->meta[RESULTS_META_FORMAT] != RESULTS_FORMAT)
		return wrong(err, "meta");
	if (r->text_n > 0 && r->text[r->text_n - 1] != '\0')
		return wrong(err, "text");
	if (r->inputs_n != SHA256_HEX_MAX ||
	    r->inputs[SHA256_HEX_MAX - 1] != '\0')
		return wrong(err, "inputs_digest");
	for (uint64_t i = 0; i < r->n; i++) {
		if (r->mode[i] > MODE_INDIVIDUAL || r->decimals[i] > 6 ||
		    r->negative[i] > 1)
			return wrong(err, "mode");
		if (r->reason[i] != NO_NUMBER && r->reason[i] >= r->text_n)
			return wrong(err, "reason");
		if ((r->mode[i] == MODE_NONE) != (r->reason[i] != NO_NUMBER))
			return wrong(err, "reason");
	}
	return TAPR_OK;
}

int
results_read(const struct snapshot *s, struct results *ret, struct err *err)
{
	struct snapshot_column c[COLUMNS];
	const void *data[COLUMNS] = { NULL };
	uint64_t n[COLUMNS] = { 0 };
	int rc;

	memset(ret, 0, sizeof *ret);
	describe(ret, c);
	for (int i = 0; i < COLUMNS - 1; i++) {
		if ((rc = snapshot_get(s, c[i].name, c[i].width, &data[i],
		    &n[i], err)) != TAPR_OK)
			return rc;
		if (i > 0 && i < 9 && n[i] != n[1])
			return wrong(err, c[i].name);
	}
	if (n[0] != RESULTS_METAS)
		return wrong(err, "meta");
	*ret = (struct results){ .meta = data[0], .n = n[1], .mode = data[1],
		.decimals = data[2], .negative = data[3], .exact = data[4],
		.value = data[5], .trace = data[6], .contribution = data[7],
		.reason = data[8], .text = data[9], .text_n = n[9],
		.inputs = data[10], .inputs_n = n[10] };
	return check(ret, err);
}

struct frac
results_exact(const struct results *r, uint64_t i)
{
	const uint8_t *at = r->exact + i * EXACT_BYTES;
	struct frac ret = { .neg = r->negative[i] != 0 };

	memcpy(&ret.num, at, sizeof ret.num);
	memcpy(&ret.den, at + sizeof ret.num, sizeof ret.den);
	return ret;
}

/* ---- the compact form of a trace ------------------------------------------- */

/*
 * A record: a tag, then a number as its sign and the lengths of numerator and
 * denominator, then their bytes, the lowest first, without the zeros above; or
 * a word of one byte; or text with its NUL.  Short, because the hash of a
 * country is a good part of its rates.
 */
enum { COMPACT_MAX = 4096, RECORD_MAX = 3 + EXACT_BYTES,
	NEGATIVE = 0x80 };

struct compact {
	struct sha256	h;
	size_t		n;
	unsigned char	bytes[COMPACT_MAX];
};

static void
flush(struct compact *c)
{
	sha256_add(&c->h, c->bytes, c->n);
	c->n = 0;
}

/* Room for a record of at most ${n} bytes; the caller counts them. */
static unsigned char *
record(struct compact *c, size_t n)
{
	if (c->n + n > COMPACT_MAX)
		flush(c);
	return c->bytes + c->n;
}

/* The bytes of ${v} without the zeros above; how many.  ${at} has room for 8. */
static size_t
limb(uint64_t v, unsigned char *at)
{
	size_t n = 0;

	for (; v != 0; v >>= 8)
		at[n++] = (unsigned char)v;
	return n;
}

/* The same of ${w}; room for 16. */
static size_t
whole(struct wide w, unsigned char *at)
{
	size_t n = limb(w.lo, at);

	if (w.hi == 0)
		return n;
	memset(at + n, 0, sizeof w.lo - n);
	return sizeof w.lo + limb(w.hi, at + sizeof w.lo);
}

static void
number(struct compact *c, char tag, struct frac f)
{
	unsigned char *rec = record(c, RECORD_MAX);
	size_t num = whole(f.num, rec + 3), den = whole(f.den, rec + 3 + num);

	rec[0] = (unsigned char)tag;
	rec[1] = (unsigned char)(num | (f.neg ? NEGATIVE : 0));
	rec[2] = (unsigned char)den;
	c->n += 3 + num + den;
}

static void
quantity(struct compact *c, char tag, const struct quantity *q)
{
	if (q->known)
		number(c, tag, q->exact);
}

static void
word(struct compact *c, char tag, int w)
{
	unsigned char *rec = record(c, 2);

	rec[0] = (unsigned char)tag;
	rec[1] = (unsigned char)w;
	c->n += 2;
}

static void
text(struct compact *c, const char *t)
{
	size_t n = strlen(t) + 1;

	if (n <= COMPACT_MAX) {
		memcpy(record(c, n), t, n);
		c->n += n;
	} else {
		flush(c);
		sha256_add(&c->h, t, n);
	}
}

static void
lines(struct compact *c, const struct answer *ans)
{
	for (size_t i = 0; i < ans->lines; i++) {
		const struct charged_line *l = &ans->line[i];

		word(c, 'L', l->death ? 2 : l->ip ? 1 : 0);
		text(c, l->claim->ref);
		word(c, 'c', (int)l->category);
		number(c, 'y', frac_int(l->year));
		number(c, 'a', l->amount);
	}
}

_Static_assert(sizeof(struct wide) == EXACT_BYTES / 2,
    "a wide number is 16 bytes");

enum sha256_way
trace_way(void)
{
	static const unsigned char zeros[2 * COMPACT_MAX];
	struct sha256 h;

	sha256_init(&h);
	sha256_add(&h, zeros, sizeof zeros);
	return h.way;
}

void
trace_digest(const struct answer *ans, enum sha256_way way,
    unsigned char ret[SHA256_BYTES])
{
	static const char loads[] = "1234";
	struct compact c;

	sha256_init(&c.h);
	c.h.way = way;
	c.n = 0;
	word(&c, 'm', (int)ans->mode);
	if (ans->mode == MODE_MIXED)
		quantity(&c, 'E', &ans->headcount);
	lines(&c, ans);
	quantity(&c, 'V', &ans->risk_value);
	quantity(&c, 'P', &ans->payroll);
	quantity(&c, 'G', &ans->gross);
	for (int i = 0; i < 4; i++)
		quantity(&c, loads[i], &ans->majoration[i]);
	quantity(&c, 'I', &ans->individual);
	quantity(&c, 'F', &ans->fraction);
	quantity(&c, 'C', &ans->collective);
	quantity(&c, 'M', &ans->mixed);
	number(&c, 'R', ans->computed);
	if (ans->cap.known) {
		number(&c, 'p', ans->cap.previous);
		number(&c, 'l', ans->cap.lower);
		number(&c, 'u', ans->cap.upper);
		number(&c, 'x', ans->capped);
	}
	number(&c, 'N', ans->notified);
	number(&c, 'n', ans->notified_rounded);
	flush(&c);
	sha256_end(&c.h, ret);
}

/* ---- the digest of a campaign ------------------------------------------------ */

static void
add_hex(struct str *out, const uint8_t *bytes)
{
	static const char digits[] = "0123456789abcdef";
	char hex[2 * SHA256_BYTES];

	for (int i = 0; i < SHA256_BYTES; i++) {
		hex[2 * i] = digits[bytes[i] >> 4];
		hex[2 * i + 1] = digits[bytes[i] & 15];
	}
	str_add_n(out, hex, sizeof hex);
}

void
results_line(const struct inputs *in, const struct results *r, uint64_t i,
    struct str *out)
{
	char siret[16], number[FRAC_TEXT_MAX];

	(void)siret_text(in->siret[i], siret);
	siret[14] = ',';
	str_add_n(out, siret, 15);
	str_add(out, section_words[in->section[i]]);
	str_add_char(out, ',');
	str_add(out, in->risk_code + i * CODE_BYTES);
	str_add_char(out, ',');
	str_add(out, mode_words[r->mode[i] - 1]);
	str_add_char(out, ',');
	str_add_n(out, number, frac_text(results_exact(r, i), number));
	str_add_char(out, ',');
	str_add_n(out, number, frac_decimal(frac_rate((struct rate){
	    r->value[i] }), r->decimals[i], ROUND_HALF_UP, number,
	    sizeof number));
	str_add_char(out, ',');
	add_hex(out, r->trace + i * SHA256_BYTES);
	str_add_char(out, '\n');
}

int
results_digest(const struct inputs *in, const struct results *r,
    char ret[SHA256_HEX_MAX], struct err *err)
{
	struct sha256 h;
	struct str out;

	sha256_init(&h);
	str_init(&out, LINES_MAX);
	for (uint64_t i = 0; i < r->n; i++) {
		if (r->mode[i] == MODE_NONE)
			continue;
		results_line(in, r, i, &out);
		if (out.n > LINES_MAX - LINE_ROOM) {
			sha256_add(&h, out.p, out.n);
			str_clear(&out);
		}
	}
	if (out.n > 0)
		sha256_add(&h, out.p, out.n);
	(void)sha256_hex(&h, ret);
	if (str_failed(&out)) {
		str_free(&out);
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	}
	str_free(&out);
	return TAPR_OK;
}
