/*
 * set.h -- what a law set is made of: law_read.c fills it, law.c asks it, and
 * nobody else sees it.
 */
#ifndef TAPR_LAW_SET_H
#define TAPR_LAW_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/sha256.h"
#include "law/law.h"

enum { VERSION_MAX = 32, MASKS = 1 << LAW_KEYS_MAX };

/* Where a file stands in a set; this is also their order. */
enum place { TEXT_VERSION, TEXT_SOURCES, TEXT_PARAMS, TEXT_ADDED,
    TEXT_PLACES };

/* One file of the set, before and after it is cut. */
struct text {
	struct text	*next;		/* in the order of reading */
	const char	*name;		/* in the digest: "params/cap.csv" */
	const char	*shown;		/* in messages and answers */
	char		*bytes;		/* of malloc, one more than n */
	size_t		 n;
	enum place	 place;
};

/* A line of sources.csv. */
struct source {
	const char	*key;		/* the first, for by_name() */
	const char	*citation;
	long		 line;
};

struct param {
	const char	*name;
	const char	*file;		/* shown name of its first file */
	int		 keys;
	const char	*key[LAW_KEYS_MAX];
	size_t		 first[2], rows[2];	/* [0] law, [1] added */
	unsigned	 used;		/* bit m: rows with "*" where m has 1 */
	int		 masks;
	unsigned char	 mask[MASKS];	/* the same, in the order of trial */
};

struct law {
	struct arena	*a;
	struct text	*texts, **tail;
	const char	*dir, *extra;	/* where from; NULL: from memory */
	char		 version[VERSION_MAX + 1];
	char		 digest[SHA256_HEX_MAX];
	struct source	*source;	/* in the order of their keys */
	size_t		 sources;
	const struct source *last;	/* found, while reading */
	struct law_row	*row;
	uint32_t	 rows, added;	/* rows before the second directory */
	struct param	*param;
	uint32_t	 params;
	/* The index: set_index(). */
	struct group	*group;
	uint32_t	 groups;
	struct span	*span;
	uint32_t	*param_slot, *group_slot;	/* number + 1, or 0 */
	uint32_t	 param_mask, group_mask;	/* slots - 1 */
};

/*
 * set_index(law, err): makes the index once all rows are there; refuses periods
 * that meet for the same keys.
 */
int set_index(struct law *law, struct err *err) MUST_USE;

/* Refusals; macros, so that they are worth their code. */
#define no_memory(err) \
	err_set((err), TAPR_EIO, NULL, "mémoire insuffisante pour lire la loi")
#define refuse(err, file, line, ...) \
	(err_fill((err), TAPR_EINVAL, NULL, __VA_ARGS__), \
	    err_note((err), TAPR_EINVAL, "%s:%ld", (file), (line)))

#endif
