/*
 * gather_ahead.c -- the rows of a freeze, read by threads ahead of who takes
 * them.
 *
 * What a freeze reads is known before it begins: a list of jobs, each a table
 * or some years of one, in the order in which the gather files ask for them.
 * Threads take the jobs in that order, each over a connection of its own:
 * they verify every row, count it, and put the columns that are wanted behind
 * one another in blocks.  One thread, the one that gathers, takes the blocks
 * in the order of the list: what it finds does not depend on how many read.
 * What nobody asks for (other tables, other years) is counted at the end.
 *
 * A thread that is too far ahead waits, so that memory has a bound.  The job
 * whose rows are being taken is never one that waits for ever: the list is
 * begun in order, and its blocks are taken as they come.
 */
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "campaign/gathering.h"

enum {
	JOBS_MAX = 96,
	BLOCK_BYTES = 256 << 10,
	BLOCKS_AHEAD = 2048,		/* of all threads: 512 MiB */
	DAMAGED_TEXT = 64,		/* enough to see that it is no SIRET */
};

struct block {
	struct block	*next;
	size_t		 used;
	unsigned char	 bytes[BLOCK_BYTES];
};

struct job {
	enum table_id	 table;
	struct years	 years;
	uint64_t	 wanted;	/* columns; 0: counted, not given */
	bool		 goes_on;	/* the next job is the same reading */
	struct block	*first, *last;	/* to be taken */
	size_t		 blocks;
	bool		 done;
	int		 rc;
	struct err	 err;
};

struct reader {
	struct ahead		*ahead;
	pthread_t		 thread;
	struct store		*store;
	struct batch_count	*count;
	struct job		*job;
	struct block		*filling;
};

struct ahead {
	pthread_mutex_t	 lock;
	pthread_cond_t	 changed;
	int64_t		 known;
	struct job	 job[JOBS_MAX];
	size_t		 jobs, begun, asked;
	size_t		 blocks_max;	/* of one job */
	struct block	*spare;
	bool		 stop;
	struct reader	 reader[READERS_MAX];
	int		 readers;
};

/* ---- the jobs --------------------------------------------------------------- */

#define COL(c) (UINT64_C(1) << (c))
#define ALL_COLUMNS UINT64_MAX

/* What the gather files look at, of the tables that are large. */
#define UNIT_WANTED (COL(UNIT_SIREN) | COL(UNIT_CREATED_ON) | \
    COL(UNIT_HEAD_NIC))
#define EST_WANTED (COL(EST_SIRET) | COL(EST_CREATED_ON) | COL(EST_STATE) | \
    COL(EST_CLOSED_ON) | COL(EST_COMMUNE))
#define CLASS_WANTED (COL(CLASS_SIRET) | COL(CLASS_SECTION) | \
    COL(CLASS_FROM_ON) | COL(CLASS_RISK_CODE) | COL(CLASS_CTN) | \
    COL(CLASS_BTP_GROUP) | COL(CLASS_SINGLE_RATE))
#define PAY_WANTED (COL(PAY_YEAR) | COL(PAY_SIRET) | COL(PAY_SECTION) | \
    COL(PAY_CENTS))
#define HEAD_WANTED (COL(HEAD_SIREN) | COL(HEAD_MONTH) | COL(HEAD_VALUE))
#define RATE_WANTED (COL(RATE_SIRET) | COL(RATE_SECTION) | COL(RATE_VALUE) | \
    COL(RATE_MODE))
#define CLAIM_WANTED (COL(CLAIM_ID) | COL(CLAIM_SIRET) | \
    COL(CLAIM_SECTION) | COL(CLAIM_KIND) | COL(CLAIM_CARE) | \
    COL(CLAIM_DECLARED_ON) | COL(CLAIM_OCCURRED_ON) | \
    COL(CLAIM_RECOGNISED_ON) | COL(CLAIM_REFUSED_ON) | \
    COL(CLAIM_STOPPAGE_DAYS) | COL(CLAIM_IP_RATE) | \
    COL(CLAIM_IP_NOTIFIED_ON) | COL(CLAIM_DEATH_ON) | \
    COL(CLAIM_DEATH_RECOGNISED_ON) | COL(CLAIM_THIRD_PARTY_SHARE) | \
    COL(CLAIM_CHARGE) | COL(CLAIM_USER_SIRET) | COL(CLAIM_AGENCY_SIRET))

static void
add_job(struct ahead *a, enum table_id table, struct years years,
    uint64_t wanted, bool goes_on)
{
	assert(a->jobs < JOBS_MAX);
	a->job[a->jobs++] = (struct job){ .table = table, .years = years,
		.wanted = wanted, .goes_on = goes_on };
}

static void
whole(struct ahead *a, enum table_id table, uint64_t wanted)
{
	add_job(a, table, EVERY_YEAR, wanted, false);
}

/* A reading a year, or one reading (${together}) of them all. */
static void
by_year(struct ahead *a, enum table_id table, int first, int last,
    uint64_t wanted, bool together)
{
	if (together)
		add_job(a, table, (struct years){ INT64_MIN, first - 1 },
		    wanted, true);
	for (int y = first; y <= last; y++)
		add_job(a, table, (struct years){ y, y }, wanted, together);
	if (together)
		add_job(a, table, (struct years){ last + 1, INT64_MAX },
		    wanted, false);
}

/* The years that nobody asks for. */
static void
others(struct ahead *a, enum table_id table, int first, int last)
{
	add_job(a, table, (struct years){ INT64_MIN, first - 1 }, 0, false);
	add_job(a, table, (struct years){ last + 1, INT64_MAX }, 0, false);
}

/* In the order of gather_sections(), gather_amounts(), gather_claims(). */
static void
list_jobs(struct ahead *a, const struct gathering *g)
{
	int last = g->last_payroll, before = g->about->year - 1;
	int head = last - HEADCOUNT_YEARS + 1;
	bool read[TABLES] = { false };

	whole(a, TABLE_CLASSIFICATION, CLASS_WANTED);
	whole(a, TABLE_ESTABLISHMENT, EST_WANTED);
	whole(a, TABLE_LOCAL_VALUE, ALL_COLUMNS);
	whole(a, TABLE_UNIT, UNIT_WANTED);
	whole(a, TABLE_SUCCESSION, ALL_COLUMNS);
	whole(a, TABLE_TRANSFER, ALL_COLUMNS);
	whole(a, TABLE_MEASURE, ALL_COLUMNS);
	by_year(a, TABLE_PAYROLL, g->first_payroll, last, PAY_WANTED, false);
	by_year(a, TABLE_HEADCOUNT, head, last, HEAD_WANTED, false);
	by_year(a, TABLE_RATE, before, before, RATE_WANTED, false);
	by_year(a, TABLE_CLAIM, g->first_payroll, g->about->year,
	    CLAIM_WANTED, true);
	for (size_t i = 0; i < a->jobs; i++)
		read[a->job[i].table] = true;
	others(a, TABLE_PAYROLL, g->first_payroll, last);
	others(a, TABLE_HEADCOUNT, head, last);
	others(a, TABLE_RATE, before, before);
	for (int t = 0; t < TABLES; t++)
		if (!read[t])
			whole(a, (enum table_id)t, 0);
}

/* ---- the threads that read ---------------------------------------------------- */

/* A block to fill: a spare one if there is. */
static struct block *
new_block(struct ahead *a)
{
	struct block *b;

	(void)pthread_mutex_lock(&a->lock);
	b = a->spare;
	if (b != NULL)
		a->spare = b->next;
	(void)pthread_mutex_unlock(&a->lock);
	if (b == NULL && (b = malloc(sizeof *b)) == NULL)
		return NULL;
	b->next = NULL;
	b->used = 0;
	return b;
}

/* Gives the block to who takes; waits when it is too far behind. */
static int
give(struct reader *r, struct err *err)
{
	struct ahead *a = r->ahead;
	struct job *j = r->job;
	bool stop;

	if (r->filling == NULL)
		return TAPR_OK;
	(void)pthread_mutex_lock(&a->lock);
	while (j->blocks >= a->blocks_max && !a->stop)
		(void)pthread_cond_wait(&a->changed, &a->lock);
	if (j->last == NULL)
		j->first = r->filling;
	else
		j->last->next = r->filling;
	j->last = r->filling;
	j->blocks++;
	r->filling = NULL;
	stop = a->stop;
	(void)pthread_cond_broadcast(&a->changed);
	(void)pthread_mutex_unlock(&a->lock);
	return stop ? err_set(err, TAPR_EINVAL, NULL, "arrêté") : TAPR_OK;
}

/* How much of a text is kept, without its NUL. */
static size_t
kept_text(const struct row *row, const char *text)
{
	return row->damaged ? strnlen(text, DAMAGED_TEXT) : strlen(text);
}

static unsigned char *
put(unsigned char *at, const void *bytes, size_t n)
{
	memcpy(at, bytes, n);
	return at + n;
}

/* Behind its last byte; NULL when there is no room up to ${end}. */
static unsigned char *
pack(unsigned char *at, const unsigned char *end, const struct row *row,
    int columns, uint64_t wanted)
{
	enum { NUMBERS = TABLE_COLUMNS_MAX * 16 };

	/* All but the texts, whatever they are. */
	if ((size_t)(end - at) < NUMBERS)
		return NULL;
	end -= NUMBERS;
	*at++ = row->damaged;
	at = put(at, &row->batch, sizeof row->batch);
	for (int i = 0; i < columns; i++) {
		const struct value *v = &row->value[i];
		size_t length;
		uint32_t n;

		if ((wanted >> i & 1) == 0)
			continue;
		*at++ = (unsigned char)v->kind;
		if (v->kind == VALUE_INT)
			at = put(at, &v->i, sizeof v->i);
		if (v->kind != VALUE_TEXT)
			continue;
		length = kept_text(row, v->s);
		/* What is before it came out of NUMBERS, in part. */
		if (at > end || length > (size_t)(end - at))
			return NULL;
		n = (uint32_t)length;
		at = put(at, &n, sizeof n);
		at = put(at, v->s, n);
		*at++ = '\0';
	}
	return at;
}

static int
pack_row(void *to, const struct row *row, struct err *err)
{
	struct reader *r = to;
	uint64_t wanted = r->job->wanted;
	int columns = table_get(r->job->table)->columns, rc;
	for (int try = 0; try < 2; try++) {
		struct block *b = r->filling;
		unsigned char *at;

		if (b == NULL && (b = r->filling = new_block(r->ahead)) ==
		    NULL)
			return err_set(err, TAPR_EIO, NULL,
			    "mémoire insuffisante pour geler les données");
		at = pack(b->bytes + b->used, b->bytes + BLOCK_BYTES, row,
		    columns, wanted);
		if (at != NULL) {
			b->used = (size_t)(at - b->bytes);
			return TAPR_OK;
		}
		if ((rc = give(r, err)) != TAPR_OK)
			return rc;
	}
	return err_set(err, TAPR_EIO, table_get(r->job->table)->name,
	    "une ligne est trop longue");
}

static int
one_job(struct reader *r, struct err *err)
{
	struct job *j = r->job;
	struct rows_about about = { j->table, r->ahead->known, j->years,
		r->count };
	int rc;

	if (j->wanted == 0)
		return batch_count_table(r->store, r->count, j->table,
		    j->years, err);
	if ((rc = rows_each(r->store, &about, pack_row, r, err)) != TAPR_OK)
		return rc;
	return give(r, err);
}

static void *
read_jobs(void *arg)
{
	struct reader *r = arg;
	struct ahead *a = r->ahead;

	for (;;) {
		struct err err = { .code = TAPR_OK };
		int rc;

		(void)pthread_mutex_lock(&a->lock);
		r->job = a->stop || a->begun == a->jobs ? NULL :
		    &a->job[a->begun++];
		(void)pthread_mutex_unlock(&a->lock);
		if (r->job == NULL)
			return NULL;
		rc = one_job(r, &err);
		(void)pthread_mutex_lock(&a->lock);
		r->job->rc = rc;
		r->job->err = err;
		r->job->done = true;
		(void)pthread_cond_broadcast(&a->changed);
		(void)pthread_mutex_unlock(&a->lock);
	}
}

/* ---- who takes ---------------------------------------------------------------- */

/* The next block of ${j}, NULL behind its last one. */
static int
next_block(struct ahead *a, struct job *j, struct block **ret,
    struct err *err)
{
	int rc = TAPR_OK;

	(void)pthread_mutex_lock(&a->lock);
	while (j->first == NULL && !j->done)
		(void)pthread_cond_wait(&a->changed, &a->lock);
	if ((*ret = j->first) != NULL) {
		j->first = j->first->next;
		if (j->first == NULL)
			j->last = NULL;
		j->blocks--;
		(void)pthread_cond_broadcast(&a->changed);
	} else if ((rc = j->rc) != TAPR_OK)
		*err = j->err;
	(void)pthread_mutex_unlock(&a->lock);
	return rc;
}

static void
give_back(struct ahead *a, struct block *b)
{
	if (b == NULL)
		return;
	(void)pthread_mutex_lock(&a->lock);
	b->next = a->spare;
	a->spare = b;
	(void)pthread_mutex_unlock(&a->lock);
}

static const unsigned char *
get(const unsigned char *at, void *bytes, size_t n)
{
	memcpy(bytes, at, n);
	return at + n;
}

static const unsigned char *
unpack(const unsigned char *at, const struct job *j, struct row *row)
{
	int columns = table_get(j->table)->columns;

	row->damaged = *at++ != 0;
	at = get(at, &row->batch, sizeof row->batch);
	for (int i = 0; i < columns; i++) {
		struct value *v = &row->value[i];
		uint32_t n;

		if ((j->wanted >> i & 1) == 0)
			continue;
		v->kind = (enum value_kind)*at++;
		if (v->kind == VALUE_INT)
			at = get(at, &v->i, sizeof v->i);
		if (v->kind != VALUE_TEXT)
			continue;
		at = get(at, &n, sizeof n);
		v->s = (const char *)at;
		at += n + 1;
	}
	return at;
}

/* ---- readings ----------------------------------------------------------------- */

int
reading_open(struct gathering *g, enum table_id table,
    const struct value *key, int n, struct reading *ret)
{
	struct ahead *a = g->ahead;

	memset(ret, 0, sizeof *ret);
	ret->g = g;
	if (a == NULL)
		return rows_open(g->about->store, table, g->about->known, key,
		    n, &ret->rows, g->err);
	/* The list of jobs and the gather files are of one mind. */
	ret->job = &a->job[a->asked++];
	assert(a->asked <= a->jobs && ret->job->table == table &&
	    ret->job->wanted != 0 && (n == 0) == (ret->job->years.first ==
	    INT64_MIN) && (n == 0 || ret->job->years.first == key[0].i));
	return TAPR_OK;
}

int
reading_next(struct reading *r, const struct row **ret)
{
	struct ahead *a = r->g->ahead;
	int rc;

	if (r->rows != NULL)
		return rows_next(r->rows, ret, r->g->err);
	*ret = NULL;
	while (r->block == NULL || r->at == r->block->bytes + r->block->used) {
		give_back(a, r->block);
		r->block = NULL;
		if ((rc = next_block(a, r->job, &r->block, r->g->err)) !=
		    TAPR_OK)
			return rc;
		if (r->block != NULL)
			r->at = r->block->bytes;
		else if (r->job->goes_on)
			r->job = &a->job[a->asked++];
		else
			return TAPR_OK;
	}
	r->at = unpack(r->at, r->job, &r->row);
	*ret = &r->row;
	return TAPR_OK;
}

void
reading_close(struct reading *r)
{
	rows_free(r->rows);
	if (r->block != NULL)
		give_back(r->g->ahead, r->block);
}

/* ---- beginning and end ----------------------------------------------------------- */

static int
start_readers(struct ahead *a, struct gathering *g)
{
	int n = g->about->readers, rc;

	assert(n <= READERS_MAX && g->about->siren == 0);
	a->blocks_max = BLOCKS_AHEAD / (size_t)n;
	while (a->readers < n) {
		struct reader *r = &a->reader[a->readers];

		r->ahead = a;
		if ((rc = store_again(g->about->store, &r->store, g->err)) !=
		    TAPR_OK)
			return rc;
		if ((rc = batch_count_new(a->known, &r->count, g->err)) !=
		    TAPR_OK) {
			store_free(r->store);
			return rc;
		}
		if (pthread_create(&r->thread, NULL, read_jobs, r) != 0) {
			store_free(r->store);
			batch_count_free(r->count);
			return a->readers > 0 ? TAPR_OK : err_set(g->err,
			    TAPR_EIO, NULL, "le système refuse un fil "
			    "d'exécution ; recommencez quand la machine est "
			    "moins chargée");
		}
		a->readers++;
	}
	return TAPR_OK;
}

int
ahead_start(struct gathering *g)
{
	struct ahead *a;

	if (g->about->readers == 0)
		return TAPR_OK;
	if ((a = calloc(1, sizeof *a)) == NULL)
		return err_set(g->err, TAPR_EIO, NULL, "mémoire insuffisante "
		    "pour geler les données");
	(void)pthread_mutex_init(&a->lock, NULL);
	(void)pthread_cond_init(&a->changed, NULL);
	a->known = g->about->known;
	list_jobs(a, g);
	g->ahead = a;
	return start_readers(a, g);
}

int
ahead_counts(struct gathering *g, const char **ret_table, int64_t *ret_batch)
{
	struct ahead *a = g->ahead;
	struct block *none;
	int rc;

	for (; a->asked < a->jobs; a->asked++)
		if ((rc = next_block(a, &a->job[a->asked], &none, g->err)) !=
		    TAPR_OK)
			return rc;
	/* No job is left: nobody counts any more. */
	for (int k = 1; k < a->readers; k++)
		batch_count_add(a->reader[0].count, a->reader[k].count);
	return batch_count_check(g->about->store, a->reader[0].count,
	    ret_table, ret_batch, g->err);
}

static void
free_blocks(struct block *b)
{
	while (b != NULL) {
		struct block *next = b->next;

		free(b);
		b = next;
	}
}

void
ahead_end(struct gathering *g)
{
	struct ahead *a = g->ahead;

	if (a == NULL)
		return;
	(void)pthread_mutex_lock(&a->lock);
	a->stop = true;
	(void)pthread_cond_broadcast(&a->changed);
	(void)pthread_mutex_unlock(&a->lock);
	for (int k = 0; k < a->readers; k++) {
		(void)pthread_join(a->reader[k].thread, NULL);
		store_free(a->reader[k].store);
		batch_count_free(a->reader[k].count);
		free(a->reader[k].filling);
	}
	for (size_t i = 0; i < a->jobs; i++)
		free_blocks(a->job[i].first);
	free_blocks(a->spare);
	(void)pthread_cond_destroy(&a->changed);
	(void)pthread_mutex_destroy(&a->lock);
	free(a);
	g->ahead = NULL;
}
