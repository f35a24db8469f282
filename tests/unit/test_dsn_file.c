/*
 * test_dsn_file.c -- files and envois that are refused, what is read past, who
 * replaces whom, and that nothing of a person is left.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dsn_fixture.h"
#include "intake/dsn_line.h"
#include "intake/dsn_norm.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct dsn_file
of_bytes(const char *p, size_t n)
{
	struct dsn_file f = { calloc(n + 1, 1), n };

	assert_non_null(f.p);
	if (n > 0)
		memcpy(f.p, p, n);
	return f;
}

static void
bytes_that_are_no_dsn_are_refused(void **state)
{
	static const struct { const char *p; size_t n; const char *says; }
	    rows[] = {
		{ "", 0, "vide" },
		{ "\xff\xfeS\0", 4, "UTF-16" },
		{ "S\0001\0000\0", 6, "UTF-16" },
		{ "\xef\xbb\xbfS10.G00.00.001,'x'\n", 22, "UTF-8" },
		{ "siret,year\n1,2\n", 15, "S21.G00.40.001,'valeur'" },
		{ "\n\r\n", 3, "n'est pas une DSN" },
		{ "S20.G00.05.001,'01'\n", 20, "S10.G00.00" },
		{ "S05.G51.00.001,'01'\n", 20, "n'est pas une DSN" },
	};
	struct dsn_file f;
	struct dsn_seen s;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		f = of_bytes(rows[i].p, rows[i].n);
		seen_read(&s, &f);
		assert_int_equal(s.rc, TAPR_EINVAL);
		assert_non_null(strstr(s.err.text, rows[i].says));
		assert_non_null(strstr(s.err.where, "f.dsn"));
		dsn_report_clear(&s.report);
		file_free(&f);
	}
}

/* One line changed, without putting the total right where it stays. */
static void
an_envoi_that_is_not_whole_is_refused_whole(void **state)
{
	static char longest[5000];
	const struct { const char *start, *line, *rule; } rows[] = {
		/* The first line of all, with what no line may hold. */
		{ "S10.G00.00.001", "S10.G00.00.001,'\xc3\x89'",
		    "FICHIER/UTF-8" },
		{ "S90.G00.90.001", "S90.G00.90.001,'676'",
		    "S90.G00.90.001/TOTAL" },
		{ "S90.G00.90.002", "S90.G00.90.002,'3'",
		    "S90.G00.90.002/TOTAL" },
		{ "S10.G00.00.005", "S10.G00.00.005,'01'",
		    "S10.G00.00.005/ESSAI" },
		{ "S21.G00.30.004", "S21.G00.30.004,'\xc3\x89lo'",
		    "FICHIER/UTF-8" },
		{ "S21.G00.30.004", longest, "FICHIER/LIGNE" },
		{ "S21.G00.30.004", "S21.G00.30.04,'X'",
		    "FICHIER/RUBRIQUE" },
		{ "S21.G00.30.004", "S21.G00.30.004,X", "FICHIER/RUBRIQUE" },
		{ "S21.G00.30.004", "", "FICHIER/RUBRIQUE" },
		{ "S10.G00.00.006", "S10.G00.00.006,'P27V01'",
		    "S10.G00.00.006/NORME" },
		{ "S10.G00.00.006", "S10.G00.00.006,'../../x'",
		    "S10.G00.00.006/NORME" },
	};
	struct dsn_file f;
	struct dsn_seen s;
	char *at, *lf;
	size_t i;

	(void)state;
	(void)snprintf(longest, sizeof longest, "S21.G00.30.004,'%04200d'", 1);
	for (i = 0; i < COUNT(rows); i++) {
		f = file_load("mensuelle-P24V01.dsn");
		at = file_find(&f, rows[i].start, 1);
		lf = strchr(at, '\n');
		file_splice(&f, at, (size_t)(lf - at), rows[i].line,
		    strlen(rows[i].line));
		seen_read(&s, &f);
		assert_true(s.rc == TAPR_EINVAL || s.rc == TAPR_ELAW);
		assert_int_equal(s.declarations, 0);
		assert_int_equal(seen_rule(&s, rows[i].rule, NULL), 1);
		assert_int_equal(s.report.envois_refused, 1);
		assert_int_equal(s.report.set_aside, 2);
		dsn_report_clear(&s.report);
		file_free(&f);
	}
}

static void
an_unknown_norm_names_the_file_to_add(void **state)
{
	struct dsn_file f = file_load("mensuelle-P26V01.dsn");
	struct dsn_seen s;

	(void)state;
	file_set(&f, "S10.G00.00.006", 1, "S10.G00.00.006,'P27V01'");
	seen_read(&s, &f);
	assert_int_equal(s.rc, TAPR_ELAW);
	assert_non_null(strstr(s.err.text, "law/norms/dsn/P27V01.csv"));
	dsn_report_clear(&s.report);
	file_free(&f);
}

/* Cut anywhere, the file gives nothing, and never half a declaration. */
static void
a_file_cut_short_is_refused_wherever_it_is_cut(void **state)
{
	struct dsn_file f = file_load("remplace-P26V01.dsn");
	size_t whole = f.n;
	struct dsn_seen s;

	(void)state;
	/* Without its last line end it is whole still. */
	f.n = whole - 1;
	seen_read(&s, &f);
	assert_int_equal(s.rc, TAPR_OK);
	for (f.n = whole - 2; f.n > 0; f.n -= f.n > 60 ? 37 : 1) {
		seen_read(&s, &f);
		assert_int_equal(s.rc, TAPR_EINVAL);
		assert_int_equal(s.declarations, 0);
		dsn_report_clear(&s.report);
	}
	file_free(&f);
}

/* Two envois as a concentrator hands them on, with lines of its own; the
 * first is refused, the second read. */
static void
envois_of_a_concentrator_are_read_one_by_one(void **state)
{
	struct dsn_file a = file_load("mensuelle-P24V01.dsn");
	struct dsn_file b = file_load("mensuelle-P26V01.dsn"), f;
	static const char head[] = "S05.G51.00.001,'LOT'\n";
	static const char mark[] = "S06.G51.00.001,'1'\n";
	static const char tail[] = "S95.G51.00.001,'2'\nS96.G51.00.900,'0'\n";
	struct dsn_seen s;

	(void)state;
	file_set(&a, "S10.G00.00.005", 1, "S10.G00.00.005,'01'");
	/* Rubriques of the concentrator inside an envoi that counts them. */
	file_set(&b, "S10.G00.01.001", 1, "S10.G00.00.901,'A'\n"
	    "S10.G00.01.001,'999985005'");
	file_set(&b, "S10.G00.02.001", 1, "S10.G00.95.001,'A'\n"
	    "S10.G00.02.001,'02'");
	f = of_bytes(head, strlen(head));
	file_splice(&f, f.p + f.n, 0, a.p, a.n);
	file_splice(&f, f.p + f.n, 0, mark, strlen(mark));
	file_splice(&f, f.p + f.n, 0, b.p, b.n);
	file_splice(&f, f.p + f.n, 0, tail, strlen(tail));
	seen_read(&s, &f);
	assert_int_equal(s.rc, TAPR_OK);
	assert_int_equal(s.report.envois, 2);
	assert_int_equal(s.report.envois_refused, 1);
	assert_int_equal(s.report.read, 4);
	assert_int_equal(s.report.set_aside, 2);
	assert_int_equal(s.report.applied, 2);
	assert_int_equal(s.report.findings, 1);
	dsn_report_clear(&s.report);
	file_free(&a);
	file_free(&b);
	file_free(&f);
}

/* S90 counts the lines of the envoi, with those of a concentrator or not. */
static void
the_total_may_leave_out_what_a_concentrator_added(void **state)
{
	struct dsn_file f = file_load("sans-individu-P26V01.dsn");
	char *at;
	struct dsn_seen s;

	(void)state;
	file_set(&f, "S10.G00.01.001", 1, "S10.G00.00.901,'A'\n"
	    "S10.G00.01.001,'999985005'");
	at = file_find(&f, "S90.G00.90.001,'45'", 1);
	assert_non_null(at);
	at[17] = '4';
	seen_read(&s, &f);
	assert_int_equal(s.rc, TAPR_OK);
	assert_int_equal(s.report.applied, 1);
	at[17] = '3';
	seen_read(&s, &f);
	assert_int_equal(s.rc, TAPR_EINVAL);
	dsn_report_clear(&s.report);
	file_free(&f);
}

/*
 * ${n} individuals like the one of remplace-P26V01.dsn, NIRs counted up, of
 * ${codes} risk codes in turn.
 */
static struct dsn_file
of_many(int n, int codes)
{
	struct dsn_file f = file_load("remplace-P26V01.dsn"), one;
	const char *from = file_find(&f, "S21.G00.30.001", 1);
	char *to = file_find(&f, "S90.G00.90.001", 1), text[64];
	int i;

	one = of_bytes(from, (size_t)(to - from));
	for (i = 2; i <= n; i++) {
		(void)snprintf(text, sizeof text, "28505759%02d%03d",
		    90 + i / 998 % 10, 1 + i % 998);
		memcpy(one.p + strlen("S21.G00.30.001,'"), text, 13);
		(void)snprintf(text, sizeof text, "1%02dZF", i % codes);
		if (codes > 1)
			memcpy(file_find(&one, "S21.G00.40.040", 1) +
			    strlen("S21.G00.40.040,'"), text, 5);
		to = file_find(&f, "S90.G00.90.001", 1);
		file_splice(&f, to, 0, one.p, one.n);
	}
	/* Only for the count of S90. */
	file_set(&f, "S10.G00.00.001", 1, "S10.G00.00.001,'tapr'");
	file_free(&one);
	return f;
}

static void
a_large_establishment_adds_up_and_a_double_is_seen(void **state)
{
	struct dsn_file f = of_many(400, 1);
	struct dsn_seen s;

	(void)state;
	seen_read(&s, &f);
	assert_int_equal(s.report.findings, 0);
	assert_string_equal(s.text, "99998500500019 2026-01 1/3 400\n"
	    "  271ZF 2026: 104000000 c, 6066800 h, 0 d, 400 of 400-0; "
	    "63400 x400 104000000\n");
	file_set(&f, "S21.G00.30.001", 400, "S21.G00.30.001,'2850575990004'");
	seen_read(&s, &f);
	assert_int_equal(seen_rule(&s, "S21.G00.30.001/CCH-14", NULL), 1);
	dsn_report_clear(&s.report);
	file_free(&f);
}

static void
many_risk_codes_are_kept_apart(void **state)
{
	struct dsn_file f = of_many(121, 60);
	struct dsn_seen s;
	const char *p;
	int lines = 0;

	(void)state;
	seen_read(&s, &f);
	assert_int_equal(s.report.findings, 0);
	/* The first of 271ZF, and two of each other. */
	for (p = s.text; (p = strstr(p, ": 520000 c, 30334 h, 0 d, 2 of 2-0"))
	    != NULL; p++)
		lines++;
	assert_int_equal(lines, 60);
	file_free(&f);
}

static void
blank_lines_may_stand_behind_the_end_and_nowhere_else(void **state)
{
	struct dsn_file f = file_load("sans-individu-P26V01.dsn");
	struct dsn_seen s;

	(void)state;
	file_splice(&f, f.p + f.n, 0, "\r\n\n", 3);
	seen_read(&s, &f);
	assert_int_equal(s.rc, TAPR_OK);
	assert_int_equal(s.report.applied, 1);
	assert_int_equal(s.report.findings, 0);
	file_splice(&f, f.p, 0, "\n", 1);
	seen_read(&s, &f);
	assert_int_equal(s.rc, TAPR_OK);
	file_splice(&f, file_find(&f, "S20.G00.05.001", 1), 0, "\n", 1);
	seen_read(&s, &f);
	assert_int_equal(s.rc, TAPR_EINVAL);
	dsn_report_clear(&s.report);
	file_free(&f);
}

static void
values_end_at_the_last_apostrophe(void **state)
{
	static const char *const lines[] = { "S21.G00.30.002,'O'CONNOR'",
	    "S21.G00.30.002,'''", "S21.G00.30.002,'D','A'" };
	static const char *const values[] = { "O'CONNOR", "'", "D','A" };
	struct dsn_line line;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(lines); i++) {
		assert_true(dsn_line_cut(lines[i], strlen(lines[i]), &line));
		assert_int_equal(line.code, 2130);
		assert_int_equal(line.number, 2);
		assert_true(dsn_is(line.value, values[i]));
	}
	assert_true(dsn_line_cut("S21.G00.30.002,''", 17, &line));
	assert_int_equal(line.value.n, 0);
	assert_false(dsn_line_cut("S21.G00.30.002,'", 16, &line));
	assert_false(dsn_line_cut("S21.G00.30.002,'A", 17, &line));
	assert_false(dsn_line_cut("T21.G00.30.002,'A'", 18, &line));
	assert_false(dsn_line_cut("S21.G0A.30.002,'A'", 18, &line));
}

/* The same said byte by byte: dsn_line_cut() looks at eight at once. */
static bool
cut_slowly(const char *p, size_t n)
{
	static const char form[] = "S00.G00.00.000,'";
	size_t i;

	for (i = 0; i < 16; i++)
		if (form[i] == '0' ? p[i] < '0' || p[i] > '9' : p[i] != form[i])
			return false;
	return n > 16 && p[n - 1] == '\'';
}

static void
each_byte_of_the_head_of_a_line_is_looked_at(void **state)
{
	char text[] = "S21.G00.30.002,'A'";
	struct dsn_line line;
	size_t i;
	int b;

	(void)state;
	for (i = 0; i < strlen("S21.G00.30.002,'"); i++)
		for (b = 0; b < 256; b++) {
			(void)snprintf(text, sizeof text, "%s",
			    "S21.G00.30.002,'A'");
			text[i] = (char)b;
			assert_int_equal(dsn_line_cut(text, 18, &line),
			    cut_slowly(text, 18));
		}
}

static struct dsn_value
value(const char *text)
{

	return (struct dsn_value){ text, (uint32_t)strlen(text) };
}

static void
the_form_of_a_value_is_that_of_its_class(void **state)
{
	static const struct { enum dsn_class class; const char *text; bool ok; }
	    rows[] = {
		{ DSN_TEXT, "Zo\xeb'\xbf", true }, { DSN_TEXT, "a\tb", false },
		{ DSN_TEXT, "a\x85", false }, { DSN_PLACE, "LYON 03", true },
		{ DSN_PLACE, "L'ISLE", false }, { DSN_CAPITALS, "A0", true },
		{ DSN_CAPITALS, "a0", false }, { DSN_DIGITS, "007", true },
		{ DSN_DIGITS, "-1", false }, { DSN_FRACTION, "19", true },
		{ DSN_FRACTION, "10", false }, { DSN_DATE, "29022024", true },
		{ DSN_DATE, "29022023", false }, { DSN_DATE, "01011899", false },
		{ DSN_DATE20, "31121999", false }, { DSN_MONTH, "01022024", true },
		{ DSN_MONTH, "02022024", false }, { DSN_BIRTH, "99991899", true },
		{ DSN_BIRTH, "99132000", false }, { DSN_REPLACED, "010120261", true },
		{ DSN_REPLACED, "01012026", false }, { DSN_AMOUNT2, "0.00", true },
		{ DSN_AMOUNT2, "-1.00", false }, { DSN_AMOUNT2, ".00", false },
		{ DSN_AMOUNT2, "1.0", false }, { DSN_AMOUNT2, "1.000", false },
		{ DSN_SIGNED2, "-1.00", true }, { DSN_SIGNED2, "--1.00", false },
		{ DSN_SIGNED0, "-1", true }, { DSN_SIGNED0, "-", false },
		{ DSN_NUMBER, "-12.5", true }, { DSN_NUMBER, "12", true },
		{ DSN_NUMBER, "12.", false }, { DSN_RATE, "0.700", true },
		{ DSN_RATE, "0.70", true }, { DSN_RATE, "0.7", false },
		{ DSN_RISK, "271ZFB", true }, { DSN_RISK, "27ZF", false },
	};
	struct dsn_field f = { .min = 1, .max = 30 };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		f.class = (uint8_t)rows[i].class;
		if ((dsn_form(&f, value(rows[i].text)) == DSN_FORM_OK) !=
		    rows[i].ok)
			print_message("# class %d: %s\n", (int)rows[i].class,
			    rows[i].text);
		assert_int_equal(dsn_form(&f, value(rows[i].text)) ==
		    DSN_FORM_OK, rows[i].ok);
	}
	assert_int_equal(dsn_number(value("-120.10"), 2), -12010);
	assert_int_equal(dsn_number(value("0.7"), 3), 700);
	assert_int_equal(dsn_number(value("007"), 0), 7);
}

/* --- who replaces whom --- */

static struct dsn_id
version(enum dsn_type type, struct date made_on, int64_t order)
{

	return (struct dsn_id){ .siren = "999985005", .nic = "00019",
	    .nature = DSN_MONTHLY, .type = type, .month = { 2026, 1, 1 },
	    .fraction = 11, .made_on = made_on, .order = order };
}

static void
a_later_version_replaces_or_cancels_an_earlier_one(void **state)
{
	const struct date feb = { 2026, 2, 5 }, feb2 = { 2026, 2, 4 };
	const struct date march = { 2026, 3, 3 };
	const struct { struct dsn_id new, old; enum dsn_relation is; } rows[] = {
		{ version(DSN_REPLACES, feb, 2), version(DSN_NORMAL, feb, 1),
		    DSN_UNDOES_REPLACING },
		/* The order starts again in March. */
		{ version(DSN_REPLACES, march, 1), version(DSN_NORMAL, feb, 7),
		    DSN_UNDOES_REPLACING },
		{ version(DSN_REPLACES_EMPTY, march, 1),
		    version(DSN_NORMAL, feb, 7), DSN_UNDOES_REPLACING },
		{ version(DSN_CANCELS, march, 2),
		    version(DSN_REPLACES, march, 1), DSN_UNDOES },
		/* Inside a month the order decides, not the day. */
		{ version(DSN_REPLACES, feb2, 2), version(DSN_NORMAL, feb, 1),
		    DSN_UNDOES_REPLACING },
		{ version(DSN_NORMAL, feb, 1), version(DSN_REPLACES, feb, 2),
		    DSN_LATE },
		{ version(DSN_NORMAL, feb, 1), version(DSN_NORMAL, feb, 1),
		    DSN_SAME },
		{ version(DSN_NORMAL, feb, 2), version(DSN_NORMAL, feb, 1),
		    DSN_TWICE },
		{ version(DSN_REPLACES, feb, 1), version(DSN_NORMAL, feb, 1),
		    DSN_TWICE },
	};
	struct dsn_id other;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		assert_int_equal(dsn_supersedes(&rows[i].new, &rows[i].old),
		    rows[i].is);
	other = version(DSN_REPLACES, march, 1);
	other.fraction = 12;
	assert_int_equal(dsn_supersedes(&other, &rows[0].old), DSN_OTHER);
	other = version(DSN_REPLACES, march, 1);
	(void)snprintf(other.nic, sizeof other.nic, "00027");
	assert_int_equal(dsn_supersedes(&other, &rows[0].old), DSN_OTHER);
	other = version(DSN_REPLACES, march, 1);
	other.month.m = 2;
	assert_int_equal(dsn_supersedes(&other, &rows[0].old), DSN_OTHER);
}

static void
files_that_replace_and_cancel_say_what(void **state)
{
	static const char *const names[] = { "mensuelle-P26V01.dsn",
	    "remplace-P26V01.dsn", "annule-P26V01.dsn" };
	struct dsn_id id[3];
	struct dsn_file f;
	struct dsn_seen s;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(names); i++) {
		f = file_load(names[i]);
		seen_read(&s, &f);
		assert_int_equal(s.rc, TAPR_OK);
		id[i] = s.id[0];
		dsn_report_clear(&s.report);
		file_free(&f);
	}
	/* The cancellation has no total of its own. */
	assert_string_equal(s.text, "99998500500019 2026-01 1/4 0\n");
	f = file_load("remplace-P26V01.dsn");
	file_set(&f, "S20.G00.05.002", 1, "S20.G00.05.002,'04'");
	seen_read(&s, &f);
	assert_string_equal(s.text, "99998500500019 2026-01 1/4 1\n");
	dsn_report_clear(&s.report);
	file_free(&f);
	assert_int_equal(dsn_supersedes(&id[1], &id[0]), DSN_UNDOES_REPLACING);
	assert_int_equal(dsn_supersedes(&id[2], &id[1]), DSN_UNDOES);
	assert_int_equal(dsn_supersedes(&id[2], &id[0]), DSN_UNDOES);
	assert_int_equal(id[1].replaced_order, 1);
	assert_int_equal(date_cmp(id[1].replaced_made_on, id[0].made_on), 0);
}

/* --- nothing of a person --- */

/*
 * What the handler is lent, byte by byte: none of the values of the blocks
 * S21.G00.30 of the file may stand there.
 */
struct leak {
	const struct dsn_file *file;
	int		 looked;
	bool		 found;
};

static bool
holds(const void *where, size_t n, struct dsn_value v)
{
	const char *p = where;
	size_t i;

	for (i = 0; i + v.n <= n; i++)
		if (memcmp(p + i, v.p, v.n) == 0)
			return true;
	return false;
}

static int
look(void *ctx, const struct dsn_declaration *d, enum dsn_outcome *ret,
    struct err *err)
{
	struct leak *leak = ctx;
	const char *p = leak->file->p, *end = p + leak->file->n, *lf;
	struct dsn_line line;
	size_t shares = 0, rates = 0, i;
	int32_t k;

	(void)err;
	*ret = DSN_APPLIED;
	for (i = 0; i < d->aggregates; i++) {
		for (k = d->aggregate[i].first_share; k != DSN_NONE;
		    k = d->share[k].next)
			shares++;
		for (k = d->aggregate[i].first_rate; k != DSN_NONE;
		    k = d->rate[k].next)
			rates++;
	}
	for (; p < end; p = lf + 1) {
		lf = memchr(p, '\n', (size_t)(end - p));
		if (!dsn_line_cut(p, (size_t)(lf - p) - 1, &line) ||
		    line.code != 2130 || line.value.n < 4)
			continue;
		leak->looked++;
		leak->found |= holds(d, sizeof *d, line.value) ||
		    holds(d->aggregate, d->aggregates * sizeof *d->aggregate,
			line.value) ||
		    holds(d->share, shares * sizeof *d->share, line.value) ||
		    holds(d->rate, rates * sizeof *d->rate, line.value);
	}
	return TAPR_OK;
}

static void
nothing_of_a_person_is_handed_over_or_told(void **state)
{
	struct dsn_file f = file_load("mensuelle-P26V01.dsn");
	struct leak leak = { .file = &f };
	struct dsn_handler handler = { look, &leak };
	struct dsn_report report = { 0 };
	struct err err = { 0 };
	struct dsn_norms *norms;
	size_t i;

	(void)state;
	/* Findings on the very values. */
	file_set(&f, "S21.G00.30.001", 3, "S21.G00.30.001,'1771377990003'\r");
	file_set(&f, "S21.G00.30.006", 3, "S21.G00.30.006,'32012000'\r");
	assert_int_equal(dsn_norms_open("law", &norms, &err), TAPR_OK);
	assert_int_equal(dsn_read(norms, "f", f.p, f.n, &handler, &report,
	    &err), TAPR_OK);
	assert_int_equal(report.set_aside, 1);
	assert_in_range(leak.looked, 6 * 8, 6 * 12);
	assert_false(leak.found);
	for (i = 0; i < report.findings; i++) {
		assert_null(strstr(report.finding[i].text, "1771377990003"));
		assert_false(holds(report.finding[i].rule, DSN_RULE_MAX,
		    value("1771377990003")));
		assert_false(holds(report.finding[i].rule, DSN_RULE_MAX,
		    value("32012000")));
	}
	dsn_norms_free(norms);
	dsn_report_clear(&report);
	file_free(&f);
}

/* --- norms --- */

static void
a_wrong_table_of_a_norm_is_refused_with_its_line(void **state)
{
	static const char head[] = "record,code,parent,min,max,class,use,"
	    "values,controls\nnorm,P30V01,,,,derived,,,\n"
	    "block,S10.G00.00,,1,*,,,,\n";
	static const struct { const char *row, *says; } rows[] = {
		{ "norm,P31V01,,,,,,,\n", "P31V01" },
		{ "thing,S10.G00.00.001,,1,2,text,,,\n", "norm, block" },
		{ "block,S10.G00.00,,1,1,,,,\n", "deux fois" },
		{ "block,S20.G00.05,S10.G00.09,1,1,,,,\n", "parent" },
		{ "block,S20.G00.05,S10.G00.00,x,1,,,,\n", "min" },
		{ "field,S10.G00.00.001,,0,2,text,,,\n", "longueurs" },
		{ "field,S10.G00.00.001,,3,2,text,,,\n", "longueurs" },
		{ "field,S10.G00.00.001,,1,2,poem,,,\n", "poem" },
		{ "field,S11.G00.00.001,,1,2,text,,,\n", "rubrique" },
		{ "field,S10.G00.00.001,,1,2,enum,,01  02,\n", "values" },
		{ "field,S10.G00.00.001,,1,2,enum,,012,\n", "values" },
		{ "field,S10.G00.00.001,,1,2,text,,,CCH-99\n", "CCH-99" },
		{ "field,S10.G00.00.001,,1,2,text,,,\n", "il manque" },
	};
	char text[1024];
	struct dsn_norm *norm;
	struct err err;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		err = (struct err){ 0 };
		(void)snprintf(text, sizeof text, "%s%s", head, rows[i].row);
		assert_int_equal(dsn_norm_read("P30V01", "P30V01.csv", text,
		    strlen(text), &norm, &err), TAPR_EINVAL);
		assert_non_null(strstr(err.text, rows[i].says));
		assert_string_equal(err.where, "P30V01.csv:4");
	}
}

/* A check that a norm does not list is not done: data, not code. */
static void
a_check_is_done_where_its_norm_lists_it(void **state)
{
	static const char *const norms[] = { "P24V01", "P25V01", "P26V01" };
	struct dsn_norms *set;
	const struct dsn_norm *norm;
	struct err err = { 0 };
	size_t i;
	int r;

	(void)state;
	assert_int_equal(dsn_norms_open("law", &set, &err), TAPR_OK);
	for (i = 0; i < COUNT(norms); i++) {
		assert_int_equal(dsn_norms_get(set, norms[i], 6, &norm, &err),
		    TAPR_OK);
		assert_int_equal(norm->blocks, 62);
		for (r = 0; r < DSN_RULES; r++)
			if (!norm->on[r])
				print_message("# %s: %s\n", norms[i],
				    dsn_rule_text((enum dsn_rule)r)->rule);
		for (r = 0; r < DSN_RULES; r++)
			assert_true(norm->on[r]);
	}
	dsn_norms_free(set);
}

static void
the_documentation_lists_each_check(void **state)
{
	struct err err = { 0 };
	char *text;
	size_t n;
	int r;

	(void)state;
	assert_int_equal(file_read("docs/formats/dsn.md", 1 << 20, &text, &n,
	    &err), TAPR_OK);
	for (r = 0; r < DSN_RULES; r++)
		assert_non_null(strstr(text,
		    dsn_rule_text((enum dsn_rule)r)->rule));
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_that_are_no_dsn_are_refused),
		cmocka_unit_test(an_envoi_that_is_not_whole_is_refused_whole),
		cmocka_unit_test(an_unknown_norm_names_the_file_to_add),
		cmocka_unit_test(
		    a_file_cut_short_is_refused_wherever_it_is_cut),
		cmocka_unit_test(envois_of_a_concentrator_are_read_one_by_one),
		cmocka_unit_test(
		    the_total_may_leave_out_what_a_concentrator_added),
		cmocka_unit_test(
		    a_large_establishment_adds_up_and_a_double_is_seen),
		cmocka_unit_test(many_risk_codes_are_kept_apart),
		cmocka_unit_test(
		    blank_lines_may_stand_behind_the_end_and_nowhere_else),
		cmocka_unit_test(values_end_at_the_last_apostrophe),
		cmocka_unit_test(each_byte_of_the_head_of_a_line_is_looked_at),
		cmocka_unit_test(the_form_of_a_value_is_that_of_its_class),
		cmocka_unit_test(
		    a_later_version_replaces_or_cancels_an_earlier_one),
		cmocka_unit_test(files_that_replace_and_cancel_say_what),
		cmocka_unit_test(nothing_of_a_person_is_handed_over_or_told),
		cmocka_unit_test(
		    a_wrong_table_of_a_norm_is_refused_with_its_line),
		cmocka_unit_test(a_check_is_done_where_its_norm_lists_it),
		cmocka_unit_test(the_documentation_lists_each_check),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
