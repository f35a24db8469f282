/*
 * test_rules.c -- the list of the versions of the rules: without a gap, without
 * an overlap, equal to law/rules.csv, agreeing with the code, the notes and the
 * parameters that it names.
 */
#include "fixture.h"
#include "base/csv.h"
#include "tariff/rules.h"

enum { FIRST_YEAR = 2012, LAST_YEAR = 2026, QUARTERS = 60, RULES_MAX = 128,
	DATES_MAX = 64 };

static char titles[RULES_MAX][160];
static size_t first_of[RULES_MAX];	/* row of the first version */

/* ---- one version on each day ------------------------------------------------ */

static bool
same_rule(const struct rule *a, const struct rule *b)
{
	return strcmp(a->name, b->name) == 0 &&
	    strcmp(a->variant, b->variant) == 0;
}

static void
one_version(void **state)
{
	const struct rule *r = rule_get(first_of[(size_t)*state]);
	int days = 0;

	for (int y = FIRST_YEAR; y <= LAST_YEAR; y++)
		for (uint8_t m = 1; m <= 10; m += 3) {
			struct date on = { (int16_t)y, m, 1 };
			const struct rule *found = NULL;
			size_t n = 0;

			for (size_t i = 0; i < rule_count(); i++) {
				const struct rule *v = rule_get(i);

				if (!same_rule(v, r) ||
				    !date_in(on, v->from, v->to))
					continue;
				found = v;
				n++;
			}
			if (n != 1)
				fail_msg("%s %s: %zu versions on %d-%02d-01",
				    r->name, r->variant, n, y, m);
			assert_ptr_equal(rule_at(r->name, r->variant, on),
			    found);
			days++;
		}
	assert_int_equal(days, QUARTERS);
}

/* From the first version on, each begins the day the one before ends. */
static void
chained(void **state)
{
	(void)state;
	for (size_t i = 0; i < rule_count(); i++) {
		const struct rule *r = rule_get(i), *next = rule_get(i + 1);

		assert_true(date_cmp(r->from, r->to) < 0);
		if (next != NULL && same_rule(r, next))
			assert_int_equal(date_cmp(r->to, next->from), 0);
		else
			assert_int_equal(date_cmp(r->to, DATE_OPEN), 0);
	}
	assert_null(rule_get(rule_count()));
	assert_null(rule_at("mode", "general", day("1995-12-31")));
	assert_null(rule_at("mode", "guyane", day("2024-01-01")));
	assert_null(rule_at("modes", "general", day("2024-01-01")));
}

/* ---- law/rules.csv ----------------------------------------------------------- */

static void
same_list(void **state)
{
	static const char *const columns[] = { "rule", "variant", "article",
		"from", "to", "function", "reading", "label" };
	char path[600], from[DATE_TEXT_MAX], to[DATE_TEXT_MAX], *text;
	struct csv csv;
	struct err err = { 0 };
	size_t n = 0;
	int more;

	(void)state;
	snprintf(path, sizeof path, "%s/rules.csv", law_dir());
	text = read_whole(path);
	assert_int_equal(csv_open(&csv, "law/rules.csv", text, strlen(text),
	    &err), TAPR_OK);
	assert_int_equal(csv.columns, COUNT(columns));
	for (size_t i = 0; i < COUNT(columns); i++)
		assert_string_equal(csv.header[i], columns[i]);
	for (;; n++) {
		const struct rule *r = rule_get(n);

		if (csv_next(&csv, &more, &err) != TAPR_OK)
			fail_msg("%s: %s", err.where, err.text);
		if (!more)
			break;
		if (r == NULL)
			fail_msg("line %ld is not in rules.c", csv.line);
		assert_string_equal(csv.field[0], r->name);
		assert_string_equal(csv.field[1], r->variant);
		assert_string_equal(csv.field[2], r->article);
		assert_string_equal(csv.field[3], date_text(r->from, from));
		assert_string_equal(csv.field[4],
		    date_cmp(r->to, DATE_OPEN) == 0 ? "" :
		    date_text(r->to, to));
		assert_string_equal(csv.field[5], r->function);
		assert_string_equal(csv.field[6], r->reading);
		assert_string_equal(csv.field[7], r->label);
	}
	assert_int_equal(n, rule_count());
	free(text);
}

/* ---- what the list names ---------------------------------------------------- */

/* A line of ${text} begins with ${start}. */
static bool
begins(const char *text, const char *start)
{
	size_t n = strlen(start);

	for (const char *p = text; p != NULL; p = strchr(p, '\n')) {
		p += *p == '\n';
		if (strncmp(p, start, n) == 0)
			return true;
	}
	return false;
}

/* Some file of src/ defines ${function}: its name begins a line. */
static bool
defined(const char *function)
{
	static const char *const folders[] = { "tariff", "deadline" };
	char dir[600], path[1000], start[128];
	bool found = false;
	struct dirent *e;
	DIR *d;

	snprintf(start, sizeof start, "%s(", function);
	for (size_t i = 0; i < COUNT(folders) && !found; i++) {
		snprintf(dir, sizeof dir, "%s/../src/%s", law_dir(),
		    folders[i]);
		assert_non_null(d = opendir(dir));
		while (!found && (e = readdir(d)) != NULL) {
			char *text;

			if (strstr(e->d_name, ".c") == NULL)
				continue;
			snprintf(path, sizeof path, "%s/%.255s", dir,
			    e->d_name);
			text = read_whole(path);
			found = begins(text, start);
			free(text);
		}
		closedir(d);
	}
	return found;
}

static void
functions(void **state)
{
	(void)state;
	for (size_t i = 0; i < rule_count(); i++)
		if (!defined(rule_get(i)->function))
			fail_msg("%s: no function %s", rule_get(i)->name,
			    rule_get(i)->function);
	assert_false(defined("no_such_function"));
}

static void
readings(void **state)
{
	char path[600], start[32], *notes;

	(void)state;
	snprintf(path, sizeof path, "%s/../docs/law-notes.md", law_dir());
	notes = read_whole(path);
	for (size_t i = 0; i < rule_count(); i++) {
		const struct rule *r = rule_get(i);

		snprintf(start, sizeof start, "- **%s ", r->reading);
		if (*r->reading != '\0' && !begins(notes, start) &&
		    strstr(notes, start) == NULL)
			fail_msg("%s: no reading %s", r->name, r->reading);
	}
	free(notes);
}

/* ---- parameters ------------------------------------------------------------- */

struct dates { struct date at[DATES_MAX]; size_t n; };

static void
remember(struct dates *dates, struct date d)
{
	size_t i = 0;

	if (date_cmp(d, DATE_OPEN) == 0)
		return;
	while (i < dates->n && date_cmp(dates->at[i], d) < 0)
		i++;
	if (i < dates->n && date_cmp(dates->at[i], d) == 0)
		return;
	assert_true(dates->n < DATES_MAX);
	memmove(&dates->at[i + 1], &dates->at[i],
	    (dates->n - i) * sizeof dates->at[0]);
	dates->at[i] = d;
	dates->n++;
}

/* The days on which a parameter changes, of the rows with ${key} (NULL: all). */
static void
of_param(struct dates *dates, const char *param, const char *key)
{
	for (size_t p = 0; p < law_param_count(law); p++) {
		if (strcmp(law_param_name(law, p), param) != 0)
			continue;
		for (size_t i = 0; i < law_row_count(law, p); i++) {
			const struct law_row *row = law_row_at(law, p, i);

			if (key != NULL && strcmp(row->key[0], key) != 0)
				continue;
			remember(dates, row->from);
			remember(dates, row->to);
		}
	}
}

static const struct {
	const char	*why;
	const char	*rule, *variant;
	const char	*param[2], *key[2];
} agreements[] = {
	{ "the versions of mode change with its thresholds and the freeze",
	    "mode", "general", { "mode_threshold", "headcount_freeze" },
	    { "general", NULL } },
	{ "the versions of mode in Alsace-Moselle change with its thresholds "
	    "and the freeze",
	    "mode", "alsace-moselle",
	    { "mode_threshold", "headcount_freeze" },
	    { "alsace-moselle", NULL } },
	{ "the versions of the mixed fraction change with its coefficients",
	    "mixed-fraction", "general", { "mixed_fraction" },
	    { "general" } },
	{ "the versions of the mixed fraction in Alsace-Moselle change with "
	    "its coefficients",
	    "mixed-fraction", "alsace-moselle", { "mixed_fraction" },
	    { "alsace-moselle" } },
	{ "the versions of the sharing of temporary work change with its "
	    "shares",
	    "temp-work-share", "", { "temp_work" }, { NULL } },
};

static void
agreement(void **state)
{
	size_t i = (size_t)*state;
	struct dates of_rule = { .n = 0 }, of_law = { .n = 0 };

	for (size_t k = 0; k < rule_count(); k++) {
		const struct rule *r = rule_get(k);

		if (strcmp(r->name, agreements[i].rule) != 0 ||
		    strcmp(r->variant, agreements[i].variant) != 0)
			continue;
		remember(&of_rule, r->from);
		remember(&of_rule, r->to);
	}
	for (size_t k = 0; k < 2 && agreements[i].param[k] != NULL; k++)
		of_param(&of_law, agreements[i].param[k],
		    agreements[i].key[k]);
	assert_true(of_rule.n > 1);
	assert_int_equal(of_rule.n, of_law.n);
	for (size_t k = 0; k < of_rule.n; k++)
		assert_int_equal(date_cmp(of_rule.at[k], of_law.at[k]), 0);
}

int
main(void)
{
	static const struct CMUnitTest plain[] = {
		{ "each version of a rule begins when the one before ends, "
		    "and the last has no end", chained, NULL, NULL, NULL },
		{ "law/rules.csv is the list of rules.c", same_list, NULL,
		    NULL, NULL },
		{ "every function that the list names is defined", functions,
		    NULL, NULL, NULL },
		{ "every reading that the list names is in docs/law-notes.md",
		    readings, NULL, NULL, NULL },
	};
	struct CMUnitTest tests[COUNT(plain) + COUNT(agreements) + RULES_MAX];
	size_t n = 0, rules = 0;

	for (size_t i = 0; i < rule_count(); i++) {
		const struct rule *r = rule_get(i);

		if (i > 0 && same_rule(r, rule_get(i - 1)))
			continue;
		if (rules == RULES_MAX)
			return 1;
		first_of[rules] = i;
		snprintf(titles[rules], sizeof titles[0], "%s%s%s has exactly "
		    "one version on the first day of each quarter of 2012 to "
		    "2026", r->name, *r->variant == '\0' ? "" : ", ",
		    r->variant);
		tests[n++] = (struct CMUnitTest){ titles[rules], one_version,
		    NULL, NULL, (void *)rules };
		rules++;
	}
	ADD(agreements, agreement);
	for (size_t i = 0; i < COUNT(plain); i++)
		tests[n++] = plain[i];
	return _cmocka_run_group_tests("rules", tests, n, open_law,
	    close_law);
}
