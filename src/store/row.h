/*
 * row.h -- facts: brought, superseded, read back and verified.
 *
 * A fact is put under the batch that brings it.  A fact with the same key and
 * the same values as the one in force changes nothing; with other values it
 * supersedes it.  Readers name the last batch they want to know of (batch.h):
 * what a later or unpublished batch did is not there for them.
 *
 * Every row read is checked against its checksum.  A row that fails is given
 * with ${damaged} set: its values are not to be used, its key, as far as it
 * can be believed, says which establishment must stop.
 */
#ifndef TAPR_STORE_ROW_H
#define TAPR_STORE_ROW_H

#include "store/batch.h"
#include "store/store.h"
#include "store/table.h"

enum put {
	PUT_NEW,		/* nothing was in force for this key */
	PUT_CHANGED,		/* it supersedes what was in force */
	PUT_UNCHANGED,
};

/*
 * fact_put(b, id, row, line, ret, err): the fact ${row}, one value a
 * column of the table ${id}, from line ${line} of the file of ${b} (0: no file).
 * TAPR_EINVAL when the same batch has brought another fact of the same key:
 * two lines of one file contradict each other, the first one stands; or when
 * its texts are more than ROW_TEXT_MAX bytes, each with its NUL.
 */
int fact_put(struct batch *b, enum table_id id, const struct value *row,
    long line, enum put *ret, struct err *err) MUST_USE;

/*
 * fact_end(b, id, key, ret, err): the fact of ${key} is no longer in force
 * and nothing replaces it.  ${ret} is PUT_UNCHANGED when there was none.
 */
int fact_end(struct batch *b, enum table_id id, const struct value *key,
    enum put *ret, struct err *err) MUST_USE;

enum { ROW_TAIL = 4 };		/* batch, line, checksum, superseded by */

struct row {
	struct value	value[TABLE_COLUMNS_MAX + ROW_TAIL];
	int64_t		batch;
	int64_t		superseded_by;	/* a batch, 0 while it is in force */
	long		line;
	bool		damaged;
};

struct rows;

/*
 * rows_open(s, id, known, key, n, ret, err): the facts of the table ${id} in force
 * as known after batch ${known} whose first ${n} columns are ${key} (n = 0:
 * all), in the order of their key.  The text of ${key} outlives the reading.
 * rows_free() ends it, at any moment.
 */
int rows_open(struct store *s, enum table_id id, int64_t known,
    const struct value *key, int n, struct rows **ret, struct err *err)
    MUST_USE;
/*
 * rows_by(s, id, known, column, v, history, ret, err): the same for the
 * facts whose ${column} is ${v}; with ${history} also those superseded by
 * then, the oldest of each key first.
 */
int rows_by(struct store *s, enum table_id id, int64_t known, int column,
    struct value v, bool history, struct rows **ret, struct err *err) MUST_USE;
/* rows_of(): the same by the first ${n} columns, as rows_open(). */
int rows_of(struct store *s, enum table_id id, int64_t known,
    const struct value *key, int n, bool history, struct rows **ret,
    struct err *err) MUST_USE;
/*
 * rows_each(s, about, take, to, err): the facts of a table that are in force, in
 * the order of their key, as rows_open() gives them but faster: for who reads
 * all of it.  ${take} is called with each; the row lives as long as that call.
 * Every row met, superseded or not, is added to ${count} (NULL: none is).
 */
struct rows_about {
	enum table_id	 table;
	int64_t		 known;
	struct years	 years;		/* of a table keyed by year first */
	struct batch_count *count;
};
int rows_each(struct store *s, const struct rows_about *about,
    int (*take)(void *to, const struct row *row, struct err *err), void *to,
    struct err *err) MUST_USE;

/* ${ret} points to the next row, valid until the next call, or is NULL. */
int rows_next(struct rows *r, const struct row **ret, struct err *err)
    MUST_USE;
void rows_free(struct rows *r);

/*
 * fact_get(s, id, known, key, ret, found, err): the one fact of a whole
 * key.  Its texts are copied into ${buf}, of ROW_TEXT_MAX bytes.
 */
enum { ROW_TEXT_MAX = 8192 };
int fact_get(struct store *s, enum table_id id, int64_t known,
    const struct value *key, char *buf, struct row *ret, bool *found,
    struct err *err) MUST_USE;

/* The checksum of a row, as it is stored. */
int64_t row_checksum(const struct table *t, const struct value *row,
    int64_t batch, long line);

#endif
