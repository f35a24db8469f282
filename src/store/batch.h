/*
 * batch.h -- what one act brings: an import, a decision, a correction.
 *
 * Rows are written in short transactions under the number of a batch that no
 * reader sees until its row says published; then all of it is seen at once.
 * A batch that was cut off (kill -9, a full disk) leaves nothing that shows,
 * and whoever next opens the fund to write sweeps it away before anything
 * else: a writer asks what is in force now, so it must never meet such rows.
 * One batch is written at a time: whoever opens a fund to write holds its lock.
 */
#ifndef TAPR_STORE_BATCH_H
#define TAPR_STORE_BATCH_H

#include "store/store.h"
#include "store/table.h"

/* The report of an import (read = sum of the others). */
struct batch_report {
	int64_t	read, applied, unchanged, waiting, set_aside;
};

struct batch_about {
	const char	*kind;		/* "import claims" */
	const char	*actor;
	const char	*file_name;	/* NULL: no file */
	const char	*file_digest;
	struct date	 known_on;
	int64_t		 entry;		/* of the audit log; 0: none */
};

struct batch_total {
	int64_t		brought, superseded;
	uint64_t	brought_sum, superseded_sum;
};

struct batch {
	struct store		*store;
	int64_t			 id;
	int			 in_slice;	/* rows since the last commit */
	struct batch_total	 total[TABLES];
};

/* batch_sweep(s, err): takes away what earlier batches left unfinished. */
int batch_sweep(struct store *s, struct err *err) MUST_USE;

/*
 * batch_start(s, about, b, err): begins a batch, inside a transaction; sweeps
 * first what one given up in this process may have left.
 */
int batch_start(struct store *s, const struct batch_about *about,
    struct batch *b, struct err *err) MUST_USE;
/*
 * batch_publish(b, report, err): all of it is seen from now on.  ${report}
 * may be NULL.  On failure nothing is seen.
 */
int batch_publish(struct batch *b, const struct batch_report *report,
    struct err *err) MUST_USE;
/*
 * batch_slice(b, err): says that one more row is written; every so many, what
 * was written is committed and another transaction begins.
 */
int batch_slice(struct batch *b, struct err *err) MUST_USE;
/* Gives the batch up; nothing of it remains. */
void batch_drop(struct batch *b);

/* The last batch published: what is known now.  0 when there is none. */
int batch_known(struct store *s, int64_t *ret, struct err *err) MUST_USE;
/* What was known at the end of ${day}. */
int batch_known_on(struct store *s, struct date day, int64_t *ret,
    struct err *err) MUST_USE;

/*
 * batch_verify(s, known, ret_table, ret_batch, err): counts and adds up every
 * row of every table up to batch ${known} and compares with what each batch
 * said it brought and superseded: a row lost, doubled or revived is found.  One
 * that was altered is found when it is read (row.h).
 * ${ret_batch} = 0 when all is as it should be, else the first batch that is
 * not, and ${ret_table} its table.
 */
int batch_verify(struct store *s, int64_t known, const char **ret_table,
    int64_t *ret_batch, struct err *err) MUST_USE;

/*
 * The same in parts, for who reads tables anyway (rows_each()), in several
 * threads: each counts for itself, then they are added.
 */
struct batch_count;

/* The years of a table that is keyed by year first. */
struct years { int64_t first, last; };
#define EVERY_YEAR ((struct years){ INT64_MIN, INT64_MAX })

int batch_count_new(int64_t known, struct batch_count **ret, struct err *err)
    MUST_USE;
void batch_count_free(struct batch_count *c);
/* A row as it is stored: its batch, checksum and superseded_by_batch. */
void batch_count_row(struct batch_count *c, enum table_id id, int64_t batch,
    int64_t checksum, int64_t by);
/* Every row of a table, or those of ${years} where it is keyed by year. */
int batch_count_table(struct store *s, struct batch_count *c,
    enum table_id id, struct years years, struct err *err) MUST_USE;
void batch_count_add(struct batch_count *to, const struct batch_count *from);
/* All were counted once: compares, as batch_verify(). */
int batch_count_check(struct store *s, struct batch_count *c,
    const char **ret_table, int64_t *ret_batch, struct err *err) MUST_USE;

#endif
