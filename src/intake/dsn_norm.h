/*
 * dsn_norm.h -- the norm of one year, ready to be asked.
 *
 * Made from law/norms/dsn/NAME.csv: which blocks hang under which, which
 * rubriques a block has, what form a value takes, and which checks of the
 * official list apply.  A line is answered by two table look-ups.
 */
#ifndef TAPR_INTAKE_DSN_NORM_H
#define TAPR_INTAKE_DSN_NORM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "intake/dsn.h"
#include "intake/dsn_rules.h"

enum {
	DSN_BLOCKS_MAX = 96,
	DSN_CODES = 10000,		/* S21.G00.40 is 2140 */
	DSN_NUMBERS = 1000,
	DSN_DEPTH_MAX = 10,
	DSN_NO_BLOCK = 0xff,
};

enum dsn_class {
	DSN_TEXT, DSN_PLACE, DSN_CAPITALS, DSN_DIGITS, DSN_FRACTION,
	DSN_NIR, DSN_RISK, DSN_ENUM,
	DSN_DATE, DSN_DATE20, DSN_MONTH, DSN_BIRTH, DSN_REPLACED,
	DSN_AMOUNT2, DSN_SIGNED2, DSN_SIGNED0, DSN_NUMBER, DSN_RATE,
	DSN_CLASSES,
};

struct dsn_field {
	uint16_t	 min, max;
	uint8_t		 class;		/* enum dsn_class */
	bool		 used;		/* what is wrong with it blocks */
	uint32_t	 bit;		/* 1 << n: mandatory in its block; or 0 */
	/* DSN_ENUM: one bit a number when every value is digits ... */
	const uint64_t	*set;
	/* ... else the values, all of them of max characters or fewer. */
	const char	*const *word;
	uint32_t	 words;
};

struct dsn_block {
	uint16_t	 code;			/* 2140 */
	uint8_t		 parent;		/* number of a block */
	uint16_t	 min, max;		/* max 0: as many as wanted */
	bool		 used;
	uint32_t	 mandatory;		/* bits of its fields */
	uint8_t		 first_child, next;	/* DSN_NO_BLOCK: none */
	uint16_t	 field[DSN_NUMBERS];	/* number + 1 in norm->field */
};

struct dsn_norm {
	struct dsn_norm	*next;
	struct arena	*a;
	char		 name[7];
	bool		 on[DSN_RULES];		/* checks that apply */
	uint8_t		 block_of[DSN_CODES];
	uint32_t	 blocks, fields;
	struct dsn_block block[DSN_BLOCKS_MAX];
	struct dsn_field *field;
};

/*
 * dsn_norms_get(norms, name, n, ret, err): the norm whose name is the ${n}
 * characters at ${name}.  TAPR_ELAW, naming the file to add, when the law
 * directory has none; TAPR_EINVAL when its file is wrong.
 */
int dsn_norms_get(struct dsn_norms *norms, const char *name, size_t n,
    const struct dsn_norm **ret, struct err *err) MUST_USE;

/*
 * dsn_norm_read(name, shown, bytes, n, ret, err): the same from memory, for
 * the tests; ${bytes} holds one more byte that may be written.
 */
int dsn_norm_read(const char *name, const char *shown, char *bytes, size_t n,
    struct dsn_norm **ret, struct err *err) MUST_USE;
void dsn_norm_free(struct dsn_norm *norm);

/* dsn_norm_field(norm, block, number): NULL when the block has none such. */
static inline const struct dsn_field *
dsn_norm_field(const struct dsn_norm *norm, unsigned block, unsigned number)
{
	uint16_t i = norm->block[block].field[number];

	return i == 0 ? NULL : &norm->field[i - 1];
}

#endif
