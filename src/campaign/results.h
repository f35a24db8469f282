/*
 * results.h -- what a campaign found: the columns of results.tapr, one row a
 * section of its inputs, in their order.
 */
#ifndef TAPR_CAMPAIGN_RESULTS_H
#define TAPR_CAMPAIGN_RESULTS_H

#include "base/arena.h"
#include "base/sha256.h"
#include "campaign/inputs.h"
#include "model/answer.h"

enum { EXACT_BYTES = 32, RESULTS_FORMAT = 1 };
enum results_meta { RESULTS_META_FORMAT, RESULTS_META_YEAR, RESULTS_METAS };

struct results {
	const int64_t	*meta;
	uint64_t	 n;
	const uint8_t	*mode;		/* MODE_NONE: refused */
	const uint8_t	*decimals, *negative;
	const uint8_t	*exact;		/* num, den: high then low 8 bytes */
	const int32_t	*value;		/* rounded, 1/10 000 of a percent */
	const uint8_t	*trace;		/* SHA256_BYTES */
	const int64_t	*contribution;	/* cents a year; NO_AMOUNT */
	const uint32_t	*reason;	/* of a refusal, in text; NO_NUMBER */
	const char	*text;
	uint64_t	 text_n;
	const char	*inputs;	/* digest of the inputs, hexadecimal */
	uint64_t	 inputs_n;
};

size_t results_columns(const struct results *r,
    struct snapshot_column ret[SNAPSHOT_COLUMNS_MAX]);
int results_read(const struct snapshot *s, struct results *ret,
    struct err *err) MUST_USE;

struct frac results_exact(const struct results *r, uint64_t i);

/*
 * trace_way(): how this machine hashes best, which short texts do not find out
 * by themselves; once a thread.
 */
enum sha256_way trace_way(void);
/*
 * trace_digest(ans, way, ret): the SHA-256 of the results of the steps of ${ans}, in
 * their compact form (docs/formats/campaign.md): the same with and without a
 * written sheet.
 */
void trace_digest(const struct answer *ans, enum sha256_way way,
    unsigned char ret[SHA256_BYTES]);

/*
 * results_digest(in, r, ret, err): the digest of a campaign: SHA-256 over the
 * lines siret,section,risk_code,mode,exact,value,trace_sha256 of what was not
 * refused, in order.
 */
int results_digest(const struct inputs *in, const struct results *r,
    char ret[SHA256_HEX_MAX], struct err *err) MUST_USE;
/* Appends one such line, with its newline, to ${out}. */
struct str;
void results_line(const struct inputs *in, const struct results *r,
    uint64_t i, struct str *out);

#endif
