/*
 * test_store.c -- facts in batches: what is put, superseded, read as known;
 * every kind of damage found; a fund's directory.
 *
 * Damage is done behind the store's back, by SQLite itself.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "store/batch.h"
#include "store/fund.h"
#include "store/row.h"

static const struct date day1 = { 2024, 1, 10 }, day2 = { 2024, 2, 10 };

struct bed {
	char		 dir[64];
	char		 db[96];
	struct store	*store;
};

/* Everything that a failing call said, so that the log has it. */
static void
ok(int rc, const struct err *err)
{
	if (rc != TAPR_OK)
		fail_msg("%s: %s", err->where, err->text);
}

static const struct place *
at(const char *dir, const char *actor)
{
	static struct place place;

	place = (struct place){ .dir = dir, .actor = actor, .today = day1 };
	return &place;
}

static int
set_up(void **state)
{
	struct bed *b = calloc(1, sizeof *b);
	struct err err = { .code = TAPR_OK };

	assert_non_null(b);
	(void)snprintf(b->dir, sizeof b->dir, "/tmp/tapr-store-XXXXXX");
	assert_non_null(mkdtemp(b->dir));
	(void)snprintf(b->db, sizeof b->db, "%s/register.db", b->dir);
	ok(store_open(b->db, STORE_REGISTER, STORE_CREATE, &b->store, &err),
	    &err);
	*state = b;
	return 0;
}

static int
tear_down(void **state)
{
	struct bed *b = *state;
	char command[128];

	store_free(b->store);
	(void)snprintf(command, sizeof command, "rm -rf '%s'", b->dir);
	assert_int_equal(system(command), 0);
	free(b);
	return 0;
}

/* What the store does not know of. */
static void
meddle(struct bed *b, const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(b->db, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void
start(struct bed *bed, struct date day, struct batch *b)
{
	struct err err = { .code = TAPR_OK };

	ok(batch_start(bed->store, &(struct batch_about){ "test", "somebody",
	    "f.csv", NULL, day, 0 }, b, &err), &err);
}

static void
publish(struct batch *b)
{
	struct err err = { .code = TAPR_OK };

	ok(batch_publish(b, NULL, &err), &err);
}

/* The headcount of January 2023 of one firm, in hundredths. */
static enum put
put(struct batch *b, int64_t value, long line)
{
	const struct value row[HEAD_COLUMNS] = { value_int(2023),
		value_text("999986011"), value_int(1), value_int(value) };
	struct err err = { .code = TAPR_OK };
	enum put ret;

	ok(fact_put(b, TABLE_HEADCOUNT, row, line, &ret, &err), &err);
	return ret;
}

static void
put_once(struct bed *bed, struct date day, int64_t value)
{
	struct batch b;

	start(bed, day, &b);
	(void)put(&b, value, 2);
	publish(&b);
}

/* That headcount as known after batch ${known}; -1 none, -2 damaged. */
static int64_t
get(struct bed *bed, int64_t known)
{
	const struct value key[] = { value_int(2023), value_text("999986011"),
		value_int(1) };
	struct err err = { .code = TAPR_OK };
	char text[ROW_TEXT_MAX];
	struct row row;
	bool found;

	ok(fact_get(bed->store, TABLE_HEADCOUNT, known, key, text, &row,
	    &found, &err), &err);
	if (!found)
		return -1;
	return row.damaged ? -2 : value_or(&row.value[HEAD_VALUE], -3);
}

static int64_t
known(struct bed *bed)
{
	struct err err = { .code = TAPR_OK };
	int64_t ret;

	ok(batch_known(bed->store, &ret, &err), &err);
	return ret;
}

/* ---- facts --------------------------------------------------------------- */

static void
a_fact_is_new_then_unchanged_then_changed(void **state)
{
	struct bed *bed = *state;
	struct batch b;

	start(bed, day1, &b);
	assert_int_equal(put(&b, 1000, 2), PUT_NEW);
	publish(&b);
	start(bed, day1, &b);
	assert_int_equal(put(&b, 1000, 7), PUT_UNCHANGED);
	publish(&b);
	start(bed, day2, &b);
	assert_int_equal(put(&b, 1100, 2), PUT_CHANGED);
	publish(&b);
	assert_int_equal(get(bed, known(bed)), 1100);
}

/* Two texts and their NULs: 14 + 1 and the rest of the bytes that a row has. */
static void
a_row_has_no_more_text_than_can_be_read_back(void **state)
{
	static char name[ROW_TEXT_MAX];
	const size_t fits = ROW_TEXT_MAX - 15 - 6 - 1;
	struct value row[EST_COLUMNS] = { { VALUE_NULL, 0, NULL } };
	struct bed *bed = *state;
	struct err err = { .code = TAPR_OK };
	char text[ROW_TEXT_MAX];
	struct row back;
	struct batch b;
	bool found;
	enum put ret;

	memset(name, 'n', fits + 1);
	row[EST_SIRET] = value_text("99998601100016");
	row[EST_NAME] = value_text(name);
	row[EST_ORIGIN] = value_text("insee");
	start(bed, day1, &b);
	assert_int_equal(fact_put(&b, TABLE_ESTABLISHMENT, row, 2, &ret, &err),
	    TAPR_EINVAL);
	assert_string_equal(err.where, "origin");
	name[fits] = '\0';
	err = (struct err){ .code = TAPR_OK };
	ok(fact_put(&b, TABLE_ESTABLISHMENT, row, 2, &ret, &err), &err);
	publish(&b);
	ok(fact_get(bed->store, TABLE_ESTABLISHMENT, b.id, row, text, &back,
	    &found, &err), &err);
	assert_true(found && strlen(back.value[EST_NAME].s) == fits);
}

static void
what_was_known_stays_readable(void **state)
{
	struct bed *bed = *state;
	struct err err = { .code = TAPR_OK };
	int64_t then;

	put_once(bed, day1, 1000);
	put_once(bed, day2, 1100);
	ok(batch_known_on(bed->store, day1, &then, &err), &err);
	assert_int_equal(then, 1);
	assert_int_equal(get(bed, then), 1000);
	assert_int_equal(get(bed, 2), 1100);
	ok(batch_known_on(bed->store, (struct date){ 2023, 12, 31 }, &then,
	    &err), &err);
	assert_int_equal(then, 0);
	assert_int_equal(get(bed, then), -1);
}

static void
two_lines_of_a_file_may_not_contradict_each_other(void **state)
{
	const struct value row[HEAD_COLUMNS] = { value_int(2023),
		value_text("999986011"), value_int(1), value_int(1200) };
	struct bed *bed = *state;
	struct err err = { .code = TAPR_OK };
	struct batch b;
	enum put ret;

	start(bed, day1, &b);
	(void)put(&b, 1000, 2);
	assert_int_equal(put(&b, 1000, 3), PUT_UNCHANGED);
	assert_int_equal(fact_put(&b, TABLE_HEADCOUNT, row, 4, &ret, &err),
	    TAPR_EINVAL);
	publish(&b);
	assert_int_equal(get(bed, 1), 1000);
}

static void
a_fact_ends_and_stays_in_what_was_known(void **state)
{
	const struct value key[] = { value_int(2023), value_text("999986011"),
		value_int(1) };
	struct bed *bed = *state;
	struct err err = { .code = TAPR_OK };
	struct batch b;
	enum put ret;

	put_once(bed, day1, 1000);
	start(bed, day2, &b);
	ok(fact_end(&b, TABLE_HEADCOUNT, key, &ret, &err), &err);
	assert_int_equal(ret, PUT_CHANGED);
	ok(fact_end(&b, TABLE_HEADCOUNT, key, &ret, &err), &err);
	assert_int_equal(ret, PUT_UNCHANGED);
	publish(&b);
	assert_int_equal(get(bed, 2), -1);
	assert_int_equal(get(bed, 1), 1000);
}

static void
history_gives_what_was_superseded_and_by_whom(void **state)
{
	struct bed *bed = *state;
	struct err err = { .code = TAPR_OK };
	const struct row *row;
	struct rows *rows;

	put_once(bed, day1, 1000);
	put_once(bed, day2, 1100);
	ok(rows_by(bed->store, TABLE_HEADCOUNT, 2, HEAD_SIREN,
	    value_text("999986011"), true, &rows, &err), &err);
	ok(rows_next(rows, &row, &err), &err);
	assert_int_equal(row->value[HEAD_VALUE].i, 1000);
	assert_int_equal(row->superseded_by, 2);
	ok(rows_next(rows, &row, &err), &err);
	assert_int_equal(row->value[HEAD_VALUE].i, 1100);
	assert_int_equal(row->superseded_by, 0);
	ok(rows_next(rows, &row, &err), &err);
	assert_null(row);
	rows_free(rows);
}

/* ---- batches ------------------------------------------------------------- */

static void
a_batch_that_is_dropped_leaves_nothing(void **state)
{
	struct bed *bed = *state;
	struct batch b;

	put_once(bed, day1, 1000);
	start(bed, day2, &b);
	(void)put(&b, 1100, 2);
	batch_drop(&b);
	assert_int_equal(known(bed), 1);
	assert_int_equal(get(bed, 99), 1000);
}

/* As kill -9 between two slices: rows are committed, the batch is not. */
static void
what_an_unpublished_batch_left_is_not_seen_and_is_swept(void **state)
{
	struct bed *bed = *state;
	struct err err = { .code = TAPR_OK };
	struct batch b;

	put_once(bed, day1, 1000);
	start(bed, day2, &b);
	(void)put(&b, 1100, 2);
	ok(store_commit(bed->store, &err), &err);
	assert_int_equal(known(bed), 1);
	assert_int_equal(get(bed, 1), 1000);
	store_free(bed->store);
	ok(store_open(bed->db, STORE_REGISTER, STORE_WRITE, &bed->store, &err), &err);
	start(bed, day2, &b);
	assert_int_equal(put(&b, 1000, 2), PUT_UNCHANGED);
	publish(&b);
	assert_int_equal(get(bed, 2), 1000);
}

/* ---- damage -------------------------------------------------------------- */

static void
a_number_altered_on_disk_is_found(void **state)
{
	struct bed *bed = *state;

	put_once(bed, day1, 1000);
	meddle(bed, "update headcount set headcount_hundredths = 1001");
	assert_int_equal(get(bed, 1), -2);
}

static void
a_key_altered_on_disk_is_found(void **state)
{
	struct bed *bed = *state;

	put_once(bed, day1, 1000);
	meddle(bed, "update headcount set line = 3");
	assert_int_equal(get(bed, 1), -2);
}

static void
a_text_and_a_date_altered_on_disk_are_found(void **state)
{
	static const char *const sql[] = {
		"update portfolio set login = 'ing2'",
		"update portfolio set from_on = 20240102",
		"update portfolio set to_on = 20250101",
		"update portfolio set to_on = '20250101'",
		"update portfolio set to_on = 1.5",
	};
	const struct value row[PORTFOLIO_COLUMNS] = { value_text("ing1"),
		value_text("99998601100016"), value_int(20240101),
		value_null() };
	struct bed *bed = *state;
	struct err err = { .code = TAPR_OK };
	const struct row *read;
	struct rows *rows;
	struct batch b;
	enum put ret;

	for (size_t i = 0; i < sizeof sql / sizeof sql[0]; i++) {
		start(bed, day1, &b);
		ok(fact_put(&b, TABLE_PORTFOLIO, row, 2, &ret, &err), &err);
		publish(&b);
		meddle(bed, sql[i]);
		ok(rows_open(bed->store, TABLE_PORTFOLIO, b.id, NULL, 0, &rows,
		    &err), &err);
		ok(rows_next(rows, &read, &err), &err);
		assert_non_null(read);
		assert_true(read->damaged);
		rows_free(rows);
		meddle(bed, "delete from portfolio");
	}
}

/* ---- whole tables ------------------------------------------------------- */

/* What was read: "2022 999986011 1 100" and "!" when it is damaged. */
struct told {
	char	text[512];
	size_t	n;
	int	left;		/* rows before it refuses */
};

static int
tell(void *to, const struct row *row, struct err *err)
{
	struct told *t = to;

	if (t->left-- == 0)
		return err_set(err, TAPR_ERANGE, "here", "enough");
	t->n += (size_t)snprintf(t->text + t->n, sizeof t->text - t->n,
	    "%d %s %d %d%s;", (int)row->value[HEAD_YEAR].i,
	    row->value[HEAD_SIREN].s, (int)row->value[HEAD_MONTH].i,
	    (int)row->value[HEAD_VALUE].i, row->damaged ? "!" : "");
	return TAPR_OK;
}

/* Batch 1: 2021 to 2023 of two firms; batch 2 changes one, ends another. */
static void
put_years(struct bed *bed)
{
	static const char *const siren[] = { "999986011", "999986029" };
	struct value row[HEAD_COLUMNS] = { value_int(2022),
		value_text(siren[0]), value_int(1), value_int(7) };
	struct err err = { .code = TAPR_OK };
	struct batch b;
	enum put ret;

	start(bed, day1, &b);
	for (int i = 5; i >= 0; i--) {
		const struct value one[HEAD_COLUMNS] = { value_int(2021 +
			i / 2), value_text(siren[i % 2]), value_int(1),
			value_int(100 + i) };

		ok(fact_put(&b, TABLE_HEADCOUNT, one, 2, &ret, &err), &err);
	}
	publish(&b);
	start(bed, day2, &b);
	ok(fact_put(&b, TABLE_HEADCOUNT, row, 2, &ret, &err), &err);
	row[HEAD_SIREN] = value_text(siren[1]);
	ok(fact_end(&b, TABLE_HEADCOUNT, row, &ret, &err), &err);
	publish(&b);
}

static const char *
each_of(struct bed *bed, int64_t known, struct years years, struct told *t)
{
	struct rows_about about = { TABLE_HEADCOUNT, known, years, NULL };
	struct err err = { .code = TAPR_OK };

	*t = (struct told){ .left = -1 };
	ok(rows_each(bed->store, &about, tell, t, &err), &err);
	return t->text;
}

static void
a_table_read_whole_is_what_was_known_in_the_order_of_its_key(void **state)
{
	struct bed *bed = *state;
	struct told t;

	put_years(bed);
	assert_string_equal(each_of(bed, 1, EVERY_YEAR, &t),
	    "2021 999986011 1 100;2021 999986029 1 101;"
	    "2022 999986011 1 102;2022 999986029 1 103;"
	    "2023 999986011 1 104;2023 999986029 1 105;");
	assert_string_equal(each_of(bed, 2, EVERY_YEAR, &t),
	    "2021 999986011 1 100;2021 999986029 1 101;"
	    "2022 999986011 1 7;"
	    "2023 999986011 1 104;2023 999986029 1 105;");
	assert_string_equal(each_of(bed, 2, (struct years){ 2022, 2022 }, &t),
	    "2022 999986011 1 7;");
	meddle(bed, "update headcount set line = 3 where year = 2021");
	assert_string_equal(each_of(bed, 2, (struct years){ 0, 2021 }, &t),
	    "2021 999986011 1 100!;2021 999986029 1 101!;");
}

static void
a_table_read_whole_ends_where_its_reader_refuses(void **state)
{
	struct bed *bed = *state;
	struct rows_about about = { TABLE_HEADCOUNT, 2, EVERY_YEAR, NULL };
	struct err err = { .code = TAPR_OK };
	struct told t = { .left = 1 };

	put_years(bed);
	assert_int_equal(rows_each(bed->store, &about, tell, &t, &err),
	    TAPR_ERANGE);
	assert_string_equal(err.text, "enough");
	assert_string_equal(t.text, "2021 999986011 1 100;");
	/* And the next one is whole. */
	assert_int_equal(strlen(each_of(bed, 2, (struct years){ 2023, 2023 },
	    &t)), 2 * strlen("2023 999986011 1 104;"));
}

/* Counts ${years} over a connection of its own, read or not, into ${all}. */
static void
count_part(struct bed *bed, struct years years, bool read,
    struct batch_count *all)
{
	struct err err = { .code = TAPR_OK };
	struct told t = { .left = -1 };
	struct batch_count *part;
	struct store *again;

	ok(store_again(bed->store, &again, &err), &err);
	ok(batch_count_new(2, &part, &err), &err);
	if (read)
		ok(rows_each(again, &(struct rows_about){ TABLE_HEADCOUNT, 2,
		    years, part }, tell, &t, &err), &err);
	else
		ok(batch_count_table(again, part, TABLE_HEADCOUNT, years,
		    &err), &err);
	batch_count_add(all, part);
	batch_count_free(part);
	store_free(again);
}

static void
parts_counted_apart_are_the_whole_and_one_missing_is_found(void **state)
{
	struct bed *bed = *state;
	struct err err = { .code = TAPR_OK };

	put_years(bed);
	for (int last = 2022; last <= 2023; last++) {
		struct batch_count *all;
		const char *table;
		int64_t batch;

		ok(batch_count_new(2, &all, &err), &err);
		count_part(bed, (struct years){ INT64_MIN, 2021 }, false, all);
		count_part(bed, (struct years){ 2022, last }, true, all);
		ok(batch_count_check(bed->store, all, &table, &batch, &err),
		    &err);
		assert_int_equal(batch, last == 2023 ? 0 : 1);
		batch_count_free(all);
	}
}

/* FNV-1a as its authors write it, byte after byte. */
static uint64_t
fnv(uint64_t h, const void *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		h = (h ^ ((const unsigned char *)bytes)[i]) *
		    UINT64_C(0x100000001b3);
	return h;
}

static uint64_t
fnv_number(uint64_t h, int64_t i)
{
	unsigned char bytes[8];

	for (int k = 0; k < 8; k++)
		bytes[k] = (unsigned char)((uint64_t)i >> 8 * k);
	return fnv(h, bytes, sizeof bytes);
}

static void
a_checksum_is_fnv_of_every_byte(void **state)
{
	static const int64_t v[] = { 0, 1, 255, 256, 0x10000, 0x1000001,
		20240131, INT64_MAX, INT64_MIN, -1, -256 };
	const struct table *t = table_get(TABLE_HEADCOUNT);

	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++) {
		const struct value row[HEAD_COLUMNS] = { value_int(v[i]),
			value_text("1"), value_null(), value_int(2) };
		uint64_t h = fnv(UINT64_C(0xcbf29ce484222325),
		    "headcount", 10);

		h = fnv_number(fnv(h, "\1", 1), v[i]);
		h = fnv(fnv(h, "\2" "1", 3), "\0", 1);
		h = fnv_number(fnv(h, "\1", 1), 2);
		h = fnv_number(fnv_number(h, 3), 4);
		assert_int_equal(row_checksum(t, row, 3, 4), (int64_t)h);
	}
}

/* The first table and batch that batch_verify() finds wrong. */
static int64_t
first_wrong(struct bed *bed, const char **table)
{
	struct err err = { .code = TAPR_OK };
	int64_t ret;

	ok(batch_verify(bed->store, known(bed), table, &ret, &err), &err);
	return ret;
}

static const struct harm {
	const char	*why, *sql;
	int64_t		 batch;
} harms[] = {
	/* Each fault by its own means: see verify.c. */
	{ "a damaged row hides none that is gone", "update headcount set "
	    "headcount_hundredths = 7 where batch = 2; "
	    "delete from headcount where batch = 1", 1 },
	{ "a damaged row alone is for the reader of rows", "update headcount "
	    "set headcount_hundredths = 7 where batch = 2", 0 },
	{ "nothing wrong is found where nothing is", "select 1", 0 },
	{ "a row deleted is found",
	    "delete from headcount where batch = 1", 1 },
	{ "a row doubled is found",
	    "insert into headcount select year, siren, month + 1, "
	    "headcount_hundredths, batch, line, superseded_by_batch, checksum "
	    "from headcount where batch = 2", 2 },
	{ "a row revived is found", "update headcount set "
	    "superseded_by_batch = null where batch = 1", 2 },
	{ "a row superseded by another batch is found", "update headcount "
	    "set superseded_by_batch = 1 where batch = 1", 1 },
	{ "a row altered with its checksum is found", "update headcount set "
	    "headcount_hundredths = 5, checksum = 5 where batch = 2", 2 },
	{ "a total altered is found",
	    "update batch_total set brought = 2 where batch = 1", 1 },
};

static void
harm(void **state)
{
	const struct harm *h = *state;
	const char *table;
	struct bed *bed;
	void *own;

	assert_int_equal(set_up(&own), 0);
	bed = own;
	put_once(bed, day1, 1000);
	put_once(bed, day2, 1100);
	meddle(bed, h->sql);
	assert_int_equal(first_wrong(bed, &table), h->batch);
	if (h->batch != 0)
		assert_string_equal(table, "headcount");
	assert_int_equal(tear_down(&own), 0);
}

/* ---- schema -------------------------------------------------------------- */

/* One line of pragma table_info: name, type, place in the primary key. */
static void
check_column(const struct table *t, int n, const char *name, const char *type,
    int key)
{
	static const char *const more[] = { "batch", "line",
		"superseded_by_batch", "checksum" };

	if (n >= t->columns) {
		assert_in_range(n - t->columns, 0, 3);
		assert_string_equal(name, more[n - t->columns]);
		assert_int_equal(key, n == t->columns ? t->keys + 1 : 0);
		return;
	}
	assert_string_equal(name, t->column[n].name);
	assert_int_equal(sqlite3_stricmp(type, "text") == 0,
	    t->column[n].type == COLUMN_TEXT);
	assert_int_equal(key, n < t->keys ? n + 1 : 0);
}

static void
every_table_has_the_columns_that_the_program_says(void **state)
{
	struct bed *bed = *state;
	sqlite3 *db;

	assert_int_equal(sqlite3_open(bed->db, &db), SQLITE_OK);
	for (int t = 0; t < TABLES; t++) {
		const struct table *table = table_get((enum table_id)t);
		char sql[128];
		sqlite3_stmt *stmt;
		int n = 0;

		(void)snprintf(sql, sizeof sql, "pragma table_info(%s)",
		    table->name);
		assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL),
		    SQLITE_OK);
		for (; sqlite3_step(stmt) == SQLITE_ROW; n++)
			check_column(table, n,
			    (const char *)sqlite3_column_text(stmt, 1),
			    (const char *)sqlite3_column_text(stmt, 2),
			    sqlite3_column_int(stmt, 5));
		assert_int_equal(n, table->columns + 4);
		assert_int_equal(sqlite3_finalize(stmt), SQLITE_OK);
	}
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void
a_database_of_another_schema_is_refused(void **state)
{
	struct bed *bed = *state;
	struct err err = { .code = TAPR_OK };
	struct store *s = NULL;

	meddle(bed, "update schema_version set digest = 'x' "
	    "where version = 1");
	assert_int_equal(store_open(bed->db, STORE_REGISTER, STORE_READ, &s, &err),
	    TAPR_EINVAL);
	err = (struct err){ .code = TAPR_OK };
	meddle(bed, "insert into schema_version values (999, 'x', 'x')");
	assert_int_equal(store_open(bed->db, STORE_REGISTER, STORE_READ, &s, &err),
	    TAPR_EINVAL);
	assert_non_null(strstr(err.text, "plus récente"));
}

/* ---- the directory of a fund --------------------------------------------- */

static const struct fund_about about = { "bretagne", "Carsat Bretagne",
	"general", "22 29 35 56", NULL, NULL };

static void
a_fund_is_made_and_opened(void **state)
{
	struct bed *bed = *state;
	struct err err = { .code = TAPR_OK };
	char dir[96];
	struct fund f;

	(void)snprintf(dir, sizeof dir, "%s/fund", bed->dir);
	ok(fund_create(dir, &about, &err), &err);
	ok(fund_open(at(dir, "somebody"), STORE_WRITE, &f, &err), &err);
	assert_string_equal(f.code, "bretagne");
	assert_string_equal(f.zone, "general");
	assert_string_equal(f.departments, "22 29 35 56");
	assert_string_equal(f.nationality_basis, "");
	fund_close(&f);
}

static void
a_fund_without_departments_covers_the_whole_country(void **state)
{
	const struct fund none = { .departments = "" };
	const struct fund two = { .departments = "22 29" };

	(void)state;
	assert_true(fund_covers(&none, "57463"));
	assert_false(fund_covers(&none, "5746"));
	assert_true(fund_covers(&two, "29001"));
	assert_false(fund_covers(&two, "57463"));
}

static void
a_folder_in_use_or_without_a_fund_is_refused(void **state)
{
	struct bed *bed = *state;
	struct err err = { .code = TAPR_OK };
	struct fund f;

	/* It holds register.db. */
	assert_int_equal(fund_create(bed->dir, &about, &err), TAPR_EINVAL);
	err = (struct err){ .code = TAPR_OK };
	assert_int_equal(fund_open(at(bed->dir, ""), STORE_READ, &f, &err),
	    TAPR_EINVAL);
	fund_close(&f);
	err = (struct err){ .code = TAPR_OK };
	assert_int_equal(fund_create("/proc/none/fund", &about, &err),
	    TAPR_EIO);
}

static void
a_setting_that_nobody_knows_is_refused(void **state)
{
	struct bed *bed = *state;
	struct err err = { .code = TAPR_OK };
	char dir[96], path[128];
	struct fund f;
	FILE *ini;

	(void)snprintf(dir, sizeof dir, "%s/fund", bed->dir);
	ok(fund_create(dir, &about, &err), &err);
	(void)snprintf(path, sizeof path, "%s/fund.ini", dir);
	assert_non_null(ini = fopen(path, "a"));
	(void)fputs("colour = blue\n", ini);
	(void)fclose(ini);
	assert_int_equal(fund_open(at(dir, ""), STORE_READ, &f, &err),
	    TAPR_EINVAL);
	assert_non_null(strstr(err.text, "colour"));
	fund_close(&f);
}

/* The words of fund.ini; 0 days: none of them is in force; -1: refused. */
static const struct {
	const char	*words;
	struct date	 on;
	int		 days;
} observations[] = {
	{ "", { 2024, 1, 1 }, 0 },		/* the setting is missing */
	{ "30", { 2024, 1, 1 }, 30 },
	{ "1", { 2024, 1, 1 }, 1 },
	{ "366", { 2024, 1, 1 }, 366 },
	{ "0", { 2024, 1, 1 }, -1 },
	{ "367", { 2024, 1, 1 }, -1 },
	{ "-5", { 2024, 1, 1 }, -1 },
	{ "30.5", { 2024, 1, 1 }, -1 },
	{ "trente", { 2024, 1, 1 }, -1 },
	/* From a day on, that day included. */
	{ "2024-01-01:30", { 2023, 12, 31 }, 0 },
	{ "2024-01-01:30", { 2024, 1, 1 }, 30 },
	{ "2024-01-01:30 2026-01-01:45", { 2025, 12, 31 }, 30 },
	{ "2024-01-01:30 2026-01-01:45", { 2026, 1, 1 }, 45 },
	{ "15 2024-01-01:30", { 2023, 12, 31 }, 15 },
	{ "15 2024-01-01:30", { 2024, 1, 1 }, 30 },
	{ "2024-01-01:30  2026-01-01:45", { 2026, 1, 1 }, 45 },
	/* One that is wrong refuses the whole, also before its day. */
	{ "30 2026-01-01:0", { 2024, 1, 1 }, -1 },
	{ "30 2026-02-30:45", { 2024, 1, 1 }, -1 },
	{ "2024-01-01:", { 2024, 1, 1 }, -1 },
	{ "2024-01-01", { 2024, 1, 1 }, -1 },
};

static void
days_for_observations_are_those_of_the_day(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof observations / sizeof observations[0];
	    i++) {
		struct err err = { .code = TAPR_OK };
		int days = 0, rc;
		struct fund f;

		memset(&f, 0, sizeof f);
		(void)snprintf(f.observation_days, sizeof f.observation_days,
		    "%s", observations[i].words);
		rc = fund_observation_days(&f, observations[i].on, &days,
		    &err);
		if (observations[i].days >= 0 ? rc != TAPR_OK ||
		    days != observations[i].days : rc != TAPR_EINVAL ||
		    strcmp(err.where, "fund.ini") != 0)
			fail_msg("« %s »: %d, %d days",
			    observations[i].words, rc, days);
	}
}

/* What a writer asks is what is in force: never rows that were cut off. */
static void
a_writer_never_meets_what_was_cut_off(void **state)
{
	struct bed *bed = *state;
	struct err err = { .code = TAPR_OK };
	struct batch_about cut = { .kind = "test", .actor = "a",
		.known_on = day1 };
	struct value row[EST_COLUMNS] = { [EST_SIRET] =
	    value_text("99998601100016"), [EST_ORIGIN] = value_text("insee") };
	int64_t found = 0;
	char dir[96];
	struct batch b;
	struct fund f;
	enum put put;

	(void)snprintf(dir, sizeof dir, "%s/fund", bed->dir);
	ok(fund_create(dir, &about, &err), &err);
	ok(fund_open(at(dir, "a"), STORE_WRITE, &f, &err), &err);
	ok(batch_start(f.store, &cut, &b, &err), &err);
	ok(fact_put(&b, TABLE_ESTABLISHMENT, row, 1, &put, &err), &err);
	/* A slice is on the disk, and the process dies. */
	ok(store_commit(f.store, &err), &err);
	ok(store_number(f.store, SQL_SIRET_KNOWN, row, 1, &found, &err), &err);
	assert_int_equal(found, 1);
	fund_close(&f);
	ok(fund_open(at(dir, "a"), STORE_WRITE, &f, &err), &err);
	found = 0;
	ok(store_number(f.store, SQL_SIRET_KNOWN, row, 1, &found, &err), &err);
	assert_int_equal(found, 0);
	fund_close(&f);
}

/* A lock of the same process would be granted: another one asks. */
static void
a_second_writer_is_refused(void **state)
{
	struct bed *bed = *state;
	struct err err = { .code = TAPR_OK };
	char dir[96];
	struct fund f, other;
	pid_t child;
	int status;

	(void)snprintf(dir, sizeof dir, "%s/fund", bed->dir);
	ok(fund_create(dir, &about, &err), &err);
	ok(fund_open(at(dir, "a"), STORE_WRITE, &f, &err), &err);
	if ((child = fork()) == 0)
		_exit(fund_open(at(dir, "b"), STORE_WRITE, &other, &err));
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), TAPR_EIO);
	fund_close(&f);
	if ((child = fork()) == 0)
		_exit(fund_open(at(dir, "b"), STORE_WRITE, &other, &err));
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(WEXITSTATUS(status), TAPR_OK);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest fixed[] = {
		TEST(a_fact_is_new_then_unchanged_then_changed),
		TEST(a_row_has_no_more_text_than_can_be_read_back),
		TEST(what_was_known_stays_readable),
		TEST(two_lines_of_a_file_may_not_contradict_each_other),
		TEST(a_fact_ends_and_stays_in_what_was_known),
		TEST(history_gives_what_was_superseded_and_by_whom),
		TEST(a_batch_that_is_dropped_leaves_nothing),
		TEST(what_an_unpublished_batch_left_is_not_seen_and_is_swept),
		TEST(a_number_altered_on_disk_is_found),
		TEST(a_key_altered_on_disk_is_found),
		TEST(a_text_and_a_date_altered_on_disk_are_found),
		TEST(a_table_read_whole_is_what_was_known_in_the_order_of_its_key),
		TEST(a_table_read_whole_ends_where_its_reader_refuses),
		TEST(parts_counted_apart_are_the_whole_and_one_missing_is_found),
		TEST(a_checksum_is_fnv_of_every_byte),
		TEST(every_table_has_the_columns_that_the_program_says),
		TEST(a_database_of_another_schema_is_refused),
		TEST(a_fund_is_made_and_opened),
		TEST(a_fund_without_departments_covers_the_whole_country),
		TEST(a_folder_in_use_or_without_a_fund_is_refused),
		TEST(a_setting_that_nobody_knows_is_refused),
		TEST(days_for_observations_are_those_of_the_day),
		TEST(a_writer_never_meets_what_was_cut_off),
		TEST(a_second_writer_is_refused),
	};
	enum { FIXED = sizeof fixed / sizeof fixed[0],
		HARMS = sizeof harms / sizeof harms[0] };
	struct CMUnitTest tests[FIXED + HARMS];

	memcpy(tests, fixed, sizeof fixed);
	for (int i = 0; i < HARMS; i++)
		tests[FIXED + i] = (struct CMUnitTest){ harms[i].why, harm,
			NULL, NULL, (void *)(uintptr_t)&harms[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
