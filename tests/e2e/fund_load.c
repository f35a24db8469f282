/*
 * fund_load.c -- facts straight into a fund, for the scripts of this folder.
 *
 *	fund-load create DIR CODE ZONE
 *	fund-load facts DIR DATE < LINES	one batch
 *	fund-load damage DIR < SQL		behind the back of tapr
 *
 * A line is a table and its values, apart by "|", nothing for nothing: in the
 * order of its columns, or as column=value; one that begins with "-" ends the
 * fact of that key.  A date is 20240229 or 2024-02-29.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "guard/log.h"
#include "store/fund.h"
#include "store/row.h"

enum { LINE = 8192 };

static _Noreturn void
die(const char *where, const char *text)
{
	fprintf(stderr, "fund-load: %s: %s\n", where, text);
	exit(1);
}

static void
check(int rc, const struct err *err)
{
	if (rc != TAPR_OK)
		die(err->where, err->text);
}

static enum table_id
table_named(const char *name)
{
	for (int t = 0; t < TABLES; t++)
		if (strcmp(table_get((enum table_id)t)->name, name) == 0)
			return (enum table_id)t;
	die(name, "no such table");
}

static struct value
value_of(const struct column *c, const char *text)
{
	struct date d;

	if (text == NULL || *text == '\0')
		return value_null();
	if (c->type == COLUMN_TEXT)
		return value_text(text);
	if (c->type == COLUMN_DATE && date_parse(text, strlen(text), &d))
		return value_date(d);
	return value_int(strtoll(text, NULL, 10));
}

/* The column of ${text} when that is column=value, else -1; ${ret} its value. */
static int
named(const struct table *t, char *text, char **ret)
{
	size_t n = strcspn(text, "=");

	for (int i = 0; i < t->columns && text[n] == '='; i++)
		if (strncmp(t->column[i].name, text, n) == 0 &&
		    t->column[i].name[n] == '\0') {
			*ret = text + n + 1;
			return i;
		}
	return -1;
}

static void
one(struct batch *b, char *line, long number)
{
	bool ends = line[0] == '-';
	char *at = line + ends, *next, *text;
	struct value row[TABLE_COLUMNS_MAX] = { { VALUE_NULL, 0, NULL } };
	struct err err = { .code = TAPR_OK };
	const struct table *t;
	enum table_id id;
	enum put put;

	line[strcspn(line, "\n")] = '\0';
	if ((next = strchr(at, '|')) != NULL)
		*next++ = '\0';
	id = table_named(at);
	t = table_get(id);
	for (int i = 0, column; i < t->columns && next != NULL; i++) {
		at = text = next;
		if ((next = strchr(at, '|')) != NULL)
			*next++ = '\0';
		column = named(t, at, &text);
		row[column < 0 ? i : column] =
		    value_of(&t->column[column < 0 ? i : column], text);
	}
	check(ends ? fact_end(b, id, row, &put, &err) :
	    fact_put(b, id, row, number, &put, &err), &err);
}

static void
facts(const char *dir, const char *day)
{
	struct batch_about about = { .kind = "test", .actor = "test" };
	struct err err = { .code = TAPR_OK };
	struct fund f;
	struct batch b;
	char line[LINE];
	long n = 0;

	if (!date_parse(day, strlen(day), &about.known_on))
		die(day, "not a date");
	check(fund_open(&(struct place){ .dir = dir, .actor = "test",
	    .today = about.known_on }, STORE_WRITE, &f, &err), &err);
	check(batch_start(f.store, &about, &b, &err), &err);
	while (fgets(line, sizeof line, stdin) != NULL)
		if (line[0] != '\n' && line[0] != '#')
			one(&b, line, ++n);
	check(batch_publish(&b, NULL, &err), &err);
	fund_close(&f);
}

static void
damage(const char *dir)
{
	char path[4200], sql[LINE];
	sqlite3 *db;

	snprintf(path, sizeof path, "%s/register.db", dir);
	if (sqlite3_open(path, &db) != SQLITE_OK)
		die(path, "cannot be opened");
	while (fgets(sql, sizeof sql, stdin) != NULL)
		if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
			die(sql, sqlite3_errmsg(db));
	sqlite3_close(db);
}

int
main(int argc, char **argv)
{
	struct err err = { .code = TAPR_OK };

	if (argc == 5 && strcmp(argv[1], "create") == 0) {
		struct fund_about about = { .code = argv[3], .name = argv[3],
		    .zone = argv[4], .departments = "" };

		check(log_create(getenv("TAPR_KEYS"), argv[2], &about, &err),
		    &err);
	} else if (argc == 4 && strcmp(argv[1], "facts") == 0)
		facts(argv[2], argv[3]);
	else if (argc == 3 && strcmp(argv[1], "damage") == 0)
		damage(argv[2]);
	else
		die("usage", "create DIR CODE ZONE | facts DIR DATE | damage DIR");
	return 0;
}
