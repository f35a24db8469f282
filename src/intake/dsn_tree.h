/*
 * dsn_tree.h -- following the structure of an envoi, line by line.
 *
 * A block starts again when a number of rubrique does not grow, or when a
 * block above it starts; what was open below is closed first.  The tree holds
 * the values of the block being read, as places in the file, and tells when
 * its own rubriques are complete (left) and when all below it is (closed).
 */
#ifndef TAPR_INTAKE_DSN_TREE_H
#define TAPR_INTAKE_DSN_TREE_H

#include "intake/dsn_line.h"
#include "intake/dsn_report.h"

enum { DSN_HELD = 128 };	/* rubriques 001 to 127 are held */

struct dsn_level {
	uint8_t		block, latest;	/* latest: child opened last */
	uint32_t	seen;		/* mandatory rubriques met */
	long		line;		/* of its first rubrique */
};

struct dsn_tree {
	const struct dsn_norm	*norm;
	struct dsn_notes	*notes;
	/* Called with the code of a block. */
	void			(*left)(void *ctx, unsigned code);
	void			(*closed)(void *ctx, unsigned code);
	void			*ctx;
	bool			 whole;		/* cardinalities are checked */
	int			 depth;
	struct dsn_level	 level[DSN_DEPTH_MAX];
	unsigned		 last;		/* number, of the block open */
	bool			 is_left;	/* left was called for it */
	uint32_t		 count[DSN_BLOCKS_MAX];
	uint64_t		 held[2];
	struct dsn_value	 value[DSN_HELD];
	long			 at[DSN_HELD];
};

/* dsn_tree_start(t, norm): nothing is open; hooks and notes stay. */
void dsn_tree_start(struct dsn_tree *t, const struct dsn_norm *norm);
/* dsn_tree_line(t, line, no): the next line.  Lines of blocks or rubriques
 * that the norm does not know are noted and passed over. */
void dsn_tree_line(struct dsn_tree *t, const struct dsn_line *line, long no);
/* dsn_tree_end(t): closes all that is open. */
void dsn_tree_end(struct dsn_tree *t);

/* The value of a rubrique of the block being left; p = NULL: none. */
static inline struct dsn_value
dsn_held(const struct dsn_tree *t, unsigned number)
{

	if ((t->held[number / 64] >> number % 64 & 1) == 0)
		return (struct dsn_value){ NULL, 0 };
	return t->value[number];
}

/* The line where the block being left started. */
static inline long
dsn_block_line(const struct dsn_tree *t)
{

	return t->level[t->depth - 1].line;
}

/* The line of a rubrique, of the block itself when it is not there. */
static inline long
dsn_held_line(const struct dsn_tree *t, unsigned number)
{

	return dsn_held(t, number).p != NULL ? t->at[number] :
	    dsn_block_line(t);
}

#endif
