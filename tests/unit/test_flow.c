/*
 * test_flow.c -- CSV flows: each type of field, each refusal of a file, each
 * line set aside; rows across windows; risk codes; the set of numbers; NIR.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/ids.h"
#include "base/str.h"
#include "intake/codes.h"
#include "intake/flow.h"
#include "intake/siret_set.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const char *const words[] = { "main", "support", NULL };

static const struct flow_column column[] = {
	[FLOW_SIRET] = { .name = "siret", .type = FLOW_SIRET },
	[FLOW_SIREN] = { .name = "siren", .type = FLOW_SIREN },
	[FLOW_RISK_CODE] = { .name = "code", .type = FLOW_RISK_CODE },
	[FLOW_REFERENCE] = { .name = "ref", .type = FLOW_REFERENCE },
	[FLOW_LOGIN] = { .name = "login", .type = FLOW_LOGIN },
	[FLOW_DATE] = { .name = "day", .type = FLOW_DATE },
	[FLOW_DECIMAL] = { .name = "eur", .type = FLOW_DECIMAL, .places = 2,
	    .max = 100000 },
	[FLOW_NUMBER] = { .name = "n", .type = FLOW_NUMBER, .min = 1,
	    .max = 12 },
	[FLOW_WORD] = { .name = "word", .type = FLOW_WORD, .words = words },
	[FLOW_BOOLEAN] = { .name = "yes", .type = FLOW_BOOLEAN },
	[FLOW_TEXT] = { .name = "text", .type = FLOW_TEXT, .max = 10 },
	[FLOW_FORM] = { .name = "form", .type = FLOW_FORM,
	    .form = "99.99|2A9|XX" },
	[FLOW_NIR] = { .name = "nir", .type = FLOW_NIR },
	[FLOW_PERSON_NAME] = { .name = "name", .type = FLOW_PERSON_NAME },
	[FLOW_PERSON_FORM] = { .name = "lesion", .type = FLOW_PERSON_FORM,
	    .form = "999" },
};

/* ---- fields -------------------------------------------------------------- */

static const struct field_row {
	const char	*why;
	enum flow_type	 type;
	const char	*text;
	enum fault_id	 want;
	int64_t		 number;	/* of a number that is read */
} field_rows[] = {
	{ "a SIRET with its key", FLOW_SIRET, "99998601100016", 0, 0 },
	{ "a SIRET of La Poste", FLOW_SIRET, "35600000009075", 0, 0 },
	{ "a SIRET with a digit changed", FLOW_SIRET, "99998601100017",
	    FAULT_SIRET, 0 },
	{ "a SIRET with blanks", FLOW_SIRET, "999 986 011 00016",
	    FAULT_SIRET, 0 },
	{ "a SIREN", FLOW_SIREN, "999986011", 0, 0 },
	{ "a SIREN too short", FLOW_SIREN, "99998601", FAULT_SIREN, 0 },
	{ "a risk code", FLOW_RISK_CODE, "452BE", 0, 0 },
	{ "a risk code with its dot", FLOW_RISK_CODE, "45.2BE",
	    FAULT_RISK_CODE, 0 },
	{ "a reference", FLOW_REFERENCE, "M-2021/03:7", 0, 0 },
	{ "a surname is no reference: it has no digit", FLOW_REFERENCE,
	    "DUPONT", FAULT_REFERENCE, 0 },
	{ "a reference with a comma", FLOW_REFERENCE, "a,1",
	    FAULT_REFERENCE, 0 },
	{ "a reference with a quote", FLOW_REFERENCE, "a\"1",
	    FAULT_REFERENCE, 0 },
	{ "a NIR of 15 characters is no reference", FLOW_REFERENCE,
	    "255081416802538", FAULT_HIDDEN_NIR, 0 },
	{ "a NIR of 13 characters is no reference", FLOW_REFERENCE,
	    "2550814168025", FAULT_HIDDEN_NIR, 0 },
	{ "a SIRET may be a reference", FLOW_REFERENCE, "99998601100016", 0,
	    0 },
	{ "a login", FLOW_LOGIN, "jean.dupont-2", 0, 0 },
	{ "a login with a blank", FLOW_LOGIN, "jean dupont", FAULT_LOGIN, 0 },
	{ "a date", FLOW_DATE, "2024-02-29", 0, 20240229 },
	{ "29 February of a common year", FLOW_DATE, "2023-02-29",
	    FAULT_DATE, 0 },
	{ "29 February of 1900", FLOW_DATE, "1900-02-29", FAULT_DATE, 0 },
	{ "29 February of 2000", FLOW_DATE, "2000-02-29", 0, 20000229 },
	{ "a date written the French way", FLOW_DATE, "29/02/2024",
	    FAULT_DATE, 0 },
	{ "money", FLOW_DECIMAL, "12.5", 0, 1250 },
	{ "money with three decimals", FLOW_DECIMAL, "12.505",
	    FAULT_DECIMAL, 0 },
	{ "money with a comma", FLOW_DECIMAL, "12,50", FAULT_DECIMAL, 0 },
	{ "money over its limit", FLOW_DECIMAL, "1000.01", FAULT_RANGE, 0 },
	{ "money at its limit", FLOW_DECIMAL, "1000.00", 0, 100000 },
	{ "money below nothing", FLOW_DECIMAL, "-0.01", FAULT_RANGE, 0 },
	{ "a number", FLOW_NUMBER, "12", 0, 12 },
	{ "a number with decimals", FLOW_NUMBER, "1.0", FAULT_NUMBER, 0 },
	{ "a month 13", FLOW_NUMBER, "13", FAULT_RANGE, 0 },
	{ "a number in letters", FLOW_NUMBER, "x", FAULT_NUMBER, 0 },
	{ "a word of the list", FLOW_WORD, "support", 0, 0 },
	{ "a word in capitals", FLOW_WORD, "Support", FAULT_WORD, 0 },
	{ "true", FLOW_BOOLEAN, "true", 0, 1 },
	{ "false", FLOW_BOOLEAN, "false", 0, 0 },
	{ "oui is neither true nor false", FLOW_BOOLEAN, "oui",
	    FAULT_BOOLEAN, 0 },
	{ "a text at its maximum", FLOW_TEXT, "0123456789", 0, 0 },
	{ "a text over its maximum", FLOW_TEXT, "01234567890",
	    FAULT_TEXT, 0 },
	{ "a text with a line end", FLOW_TEXT, "a\nb", FAULT_TEXT, 0 },
	{ "the first form", FLOW_FORM, "06.02", 0, 0 },
	{ "the second form", FLOW_FORM, "2A7", 0, 0 },
	{ "the last form", FLOW_FORM, "Z9", 0, 0 },
	{ "a form cut short", FLOW_FORM, "06.0", FAULT_FORM, 0 },
	{ "a form and more", FLOW_FORM, "06.022", FAULT_FORM, 0 },
	{ "the separator of forms is no form", FLOW_FORM, "06.02|2A7",
	    FAULT_FORM, 0 },
	{ "a NIR is dropped for the word that there was one", FLOW_NIR,
	    "255081416802538", 0, 1 },
	{ "a NIR with a wrong key", FLOW_NIR, "255081416802539",
	    FAULT_NIR, 0 },
	{ "a name is dropped", FLOW_PERSON_NAME, "DUPONT", 0, 1 },
	{ "a medical code is dropped", FLOW_PERSON_FORM, "032", 0, 1 },
	{ "a medical code of another form", FLOW_PERSON_FORM, "32",
	    FAULT_FORM, 0 },
};

static void
field(void **state)
{
	const struct field_row *r = *state;
	struct value v;

	assert_int_equal(field_read(&column[r->type], r->text, &v), r->want);
	if (r->want != FAULT_NONE)
		return;
	switch (r->type) {
	case FLOW_DATE:
	case FLOW_DECIMAL:
	case FLOW_NUMBER:
	case FLOW_BOOLEAN:
	case FLOW_NIR:
	case FLOW_PERSON_NAME:
	case FLOW_PERSON_FORM:
		assert_int_equal(v.kind, VALUE_INT);
		assert_int_equal(v.i, r->number);
		break;
	default:
		assert_int_equal(v.kind, VALUE_TEXT);
		assert_string_equal(v.s, r->text);
		break;
	}
}

static const struct nir_row { const char *text; bool want; } nirs[] = {
	{ "255081416802538", true }, { "255081416802539", false },
	{ "295109912611193", true }, { "295109912611199", false },
	{ "186022A21532523", true }, { "185012B03308461", true },
	{ "12345678", false }, { "1999999999999", false },
	{ "2550814168025", true }, { "3550814168025", false },
	{ "2551314168025", false }, { "2553014168025", true },
	{ "2550800168025", false }, { "2550814000025", false },
	{ "2550814168000", false }, { "186023A215325", false },
	{ "186022C215325", false }, { "", false },
};

static void
a_nir_has_a_form_and_a_key(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(nirs); i++)
		if (nir_valid(nirs[i].text) != nirs[i].want)
			fail_msg("%s", nirs[i].text);
}

/* ---- files --------------------------------------------------------------- */

enum { F_REF, F_DAY, F_NOTE, F_SEALED, F_CAUSE, F_COLUMNS };

static const struct flow_column flow_columns[F_COLUMNS] = {
	[F_REF] = { .name = "ref", .type = FLOW_REFERENCE },
	[F_DAY] = { .name = "day", .type = FLOW_DATE },
	[F_NOTE] = { .name = "note", .type = FLOW_TEXT, .need = FLOW_HEADER,
	    .max = 100000 },
	[F_SEALED] = { .name = "nir", .type = FLOW_NIR,
	    .need = FLOW_OPTIONAL },
	[F_CAUSE] = { .name = "cause", .type = FLOW_FORM,
	    .need = FLOW_OPTIONAL, .form = "99", .gate = GATE_CAUSE },
};
static const struct flow flow = { "essai", F_COLUMNS, F_REF, true,
	flow_columns };
static const struct flow *const flows[] = { &flow, NULL };

/*
 * What a file gives: "[ref day note]" a row, "!LINE:rule:column:record" a
 * line set aside, the error of a file that is refused.
 */
static char *
read_file(const char *text, size_t n, bool open)
{
	FILE *in = n == 0 ? fopen("/dev/null", "r") :
	    fmemopen((void *)(uintptr_t)text, n, "r");
	struct err err = { .code = TAPR_OK };
	struct flow_reader r;
	enum flow_got got;
	struct str out;
	char *copy;

	assert_non_null(in);
	str_init(&out, 1 << 20);
	if (flow_open(&r, in, "f.csv", flows, &err) != TAPR_OK) {
		str_printf(&out, "%s", err.text);
		goto done;
	}
	r.open[GATE_CAUSE] = open;
	for (;;) {
		assert_int_equal(flow_next(&r, &got, &err), TAPR_OK);
		if (got == FLOW_GOT_END)
			break;
		if (got == FLOW_GOT_FAULT)
			str_printf(&out, "!%ld:%s:%s:%s", r.line,
			    fault_name(r.fault.id), r.fault.column == NULL ?
			    "" : r.fault.column, r.record);
		else
			str_printf(&out, "[%s %lld %.20s%s%s]",
			    r.value[F_REF].s, (long long)r.value[F_DAY].i,
			    value_or_empty(&r.value[F_NOTE]),
			    r.value[F_SEALED].kind == VALUE_INT ? " nir" : "",
			    value_or_empty(&r.value[F_CAUSE]));
	}
	if (r.file.cut)
		str_add(&out, " cut");
done:
	flow_close(&r);
	(void)fclose(in);
	copy = strdup(out.p == NULL ? "" : out.p);
	str_free(&out);
	return copy;
}

static const struct file_row {
	const char	*why, *text;
	size_t		 n;
	const char	*want;		/* starts so */
} file_rows[] = {
	{ "a line", "ref,day,note\nA1,2024-02-29,x\n", 0,
	    "[A1 20240229 x]" },
	{ "columns in another order, and others",
	    "note,other,day,ref\nx,y,2024-02-29,A1\n", 0, "[A1 20240229 x]" },
	{ "a BOM, CRLF and quotes",
	    "\xef\xbb\xbfref,day,note\r\n\"A1\",2024-02-29,\"a,\"\"b\"\"\"\r\n",
	    0, "[A1 20240229 a,\"b\"]" },
	{ "[ND] of INSEE is nothing", "ref,day,note\nA1,2024-02-29,[ND]\n", 0,
	    "[A1 20240229 ]" },
	{ "[ND] where a value is needed",
	    "ref,day,note\nA1,[ND],\n", 0, "!2:missing:day:A1" },
	{ "a person's column leaves that there was one",
	    "ref,day,note,nir\nA1,2024-02-29,,255081416802538\n", 0,
	    "[A1 20240229  nir]" },
	{ "a column without its legal reference is read past",
	    "ref,day,note,cause\nA1,2024-02-29,,what\n", 0,
	    "[A1 20240229 ]" },
	{ "a record that is none is not repeated",
	    "ref,day,note\n255081416802538,2024-02-30,\n", 0,
	    "!2:hidden_nir:ref:" },
	{ "a good record names its line", "ref,day,note\nA1,2024-02-30,\n", 0,
	    "!2:date:day:A1" },
	{ "a line too short", "ref,day,note\nA1\nA2,2024-02-29,\n", 0,
	    "!2:csv::[A2 20240229 ]" },
	{ "a line of Latin-1", "ref,day,note\nA1,2024-02-29,\xe9\n"
	    "A2,2024-02-29,\n", 0, "!2:utf8::[A2 20240229 ]" },
	{ "a last line without its end", "ref,day,note\nA1,2024-02-29,x", 0,
	    "[A1 20240229 x] cut" },
	{ "a quote never closed costs its line",
	    "ref,day,note\nA1,2024-02-29,\"x\nA2,2024-02-29,\n", 0,
	    "!2:csv::[A2 20240229 ]" },
	{ "no line", "ref,day,note\n", 0, "" },
	{ "a header without a needed column is refused", "ref,note\n", 0,
	    "il manque la colonne « day »" },
	{ "a header in capitals is refused", "REF,DAY,NOTE\n", 0,
	    "il manque la colonne « ref »" },
	{ "a semicolon file is refused", "ref;day;note\n", 0,
	    "il manque la colonne « ref »" },
	{ "an empty file is refused", "", 0, "fichier vide" },
	{ "UTF-16, low byte first, is refused", "\xff\xfer\0e\0f\0", 8,
	    "ce fichier est en UTF-16" },
	{ "UTF-16, high byte first, is refused", "\xfe\xff\0r\0e\0f", 8,
	    "ce fichier est en UTF-16" },
	{ "UTF-16 without a mark is refused", "r\0e\0f\0,\0", 8,
	    "octet nul" },
	{ "a header of Latin-1 is refused", "ref,day,note,\xe9\n", 0,
	    "l'en-tête n'est pas de l'UTF-8" },
};

static void
file(void **state)
{
	const struct file_row *r = *state;
	char *got = read_file(r->text, r->n != 0 ? r->n : strlen(r->text),
	    false);

	if (strncmp(got, r->want, strlen(r->want)) != 0 ||
	    (r->want[0] == '\0' && got[0] != '\0'))
		fail_msg("%s, not %s", got, r->want);
	free(got);
}

static void
a_column_with_its_legal_reference_is_read(void **state)
{
	static const char text[] = "ref,day,note,cause\n"
	    "A1,2024-02-29,,52\nA2,2024-02-29,,what\n";
	char *got = read_file(text, strlen(text), true);

	(void)state;
	assert_string_equal(got, "[A1 20240229 52]!3:form:cause:A2");
	free(got);
}

static void
prescriptions_acts_illnesses_and_stays_are_named(void **state)
{
	static const char *const bad[] = { "prescription", "Prescriptions_id",
		"code_acte", "acte", "CCAM", "ald", "ALD30", "séjour",
		"date_sejour", "hospital_stay", "hospitalisation",
		"medicament", "cip13", "long_term_illness", "ngap", "pmsi" };
	static const char *const good[] = { "claim_id", "activity", "contact",
		"activitePrincipaleEtablissement", "nature", "caldera",
		"stayed", "factor", "etatAdministratifEtablissement",
		"stoppage_days" };

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++)
		if (flow_forbidden(bad[i]) == NULL)
			fail_msg("%s passes", bad[i]);
	for (size_t i = 0; i < COUNT(good); i++)
		if (flow_forbidden(good[i]) != NULL)
			fail_msg("%s is refused", good[i]);
}

/* ---- windows ------------------------------------------------------------- */

/* Rows of odd lengths over several windows come out as they went in. */
static void
rows_that_cross_the_window_come_out_whole(void **state)
{
	struct str in;
	struct err err = { .code = TAPR_OK };
	struct flow_reader r;
	enum flow_got got;
	FILE *f;
	long n = 0;

	(void)state;
	str_init(&in, 8 << 20);
	str_add(&in, "ref,day,note\n");
	for (int i = 0; i < 400; i++) {
		str_printf(&in, "A%d,2024-02-29,\"", i);
		for (int k = 0; k < 7919 + i * 3; k++)
			str_add_char(&in, (char)('a' + (i + k) % 26));
		str_add(&in, "\n\"\"q\"\"\"\n");
	}
	/* The line end of each note is a control character. */
	for (size_t i = 0; i + 2 < in.n; i++)
		if (in.p[i] == '\n' && in.p[i + 1] == '"' &&
		    in.p[i + 2] == '"')
			in.p[i] = ' ';
	assert_non_null(f = fmemopen(in.p, in.n, "r"));
	assert_int_equal(flow_open(&r, f, "f.csv", flows, &err), TAPR_OK);
	for (;; n++) {
		assert_int_equal(flow_next(&r, &got, &err), TAPR_OK);
		if (got == FLOW_GOT_END)
			break;
		assert_int_equal(got, FLOW_GOT_ROW);
		assert_int_equal(r.line, n + 2);
		assert_int_equal(strlen(r.value[F_NOTE].s),
		    7919 + n * 3 + (long)strlen(" \"q\""));
		assert_int_equal(r.value[F_NOTE].s[0], 'a' + n % 26);
	}
	assert_int_equal(n, 400);
	flow_close(&r);
	(void)fclose(f);
	str_free(&in);
}

static void
a_row_too_long_is_set_aside_and_the_next_is_read(void **state)
{
	struct str in;
	char *got;

	(void)state;
	for (int mb = 0; mb < 3; mb++) {
		str_init(&in, 8 << 20);
		str_add(&in, "ref,day,note\nA1,2024-02-29,");
		for (long k = 0; k < 70000 + mb * 1300000L; k++)
			str_add_char(&in, 'x');
		str_add(&in, "\nA2,2024-02-29,y\n");
		got = read_file(in.p, in.n, false);
		assert_string_equal(got, "!2:long::[A2 20240229 y]");
		free(got);
		str_free(&in);
	}
}

/* ---- risk codes ---------------------------------------------------------- */

static const struct code_row {
	const char	*why, *code, *ctn, *from;
	enum fault_id	 want;
} code_rows[] = {
	{ "a code in its CTN", "452BE", "B", "2024-01-01", FAULT_NONE },
	{ "a code in another CTN", "452BE", "A", "2024-01-01",
	    FAULT_OTHER_CTN },
	{ "a code that never was", "999ZZ", "A", "2024-01-01",
	    FAULT_UNKNOWN_CODE },
	{ "a code before it was made", "452BE", "B", "2016-06-01",
	    FAULT_UNKNOWN_CODE },
	{ "before the tariffs we hold, as in its first one", "452BE", "B",
	    "2010-01-01", FAULT_NONE },
	{ "before them, and in another CTN", "452BE", "C", "2010-01-01",
	    FAULT_OTHER_CTN },
	{ "after the tariffs we hold, as in the last", "452BE", "B",
	    "2031-01-01", FAULT_NONE },
	{ "the support code is of every CTN", "0000B", "G", "2024-01-01",
	    FAULT_NONE },
};

static void
code(void **state)
{
	const struct code_row *r = *state;
	struct err err = { .code = TAPR_OK };
	struct law *law = NULL;
	struct codes codes;
	struct date from;

	assert_int_equal(law_open(getenv("TAPR_LAW"), NULL, &law, &err),
	    TAPR_OK);
	assert_int_equal(codes_load(&codes, law, &err), TAPR_OK);
	assert_true(date_parse(r->from, strlen(r->from), &from));
	assert_int_equal(codes_check(&codes, r->code, r->ctn, from), r->want);
	codes_free(&codes);
	law_free(law);
}

static void
a_set_holds_what_was_added_and_nothing_else(void **state)
{
	struct siret_set s = { NULL, 0, 0 };

	(void)state;
	assert_false(siret_set_has(&s, 1));
	for (uint64_t i = 1; i <= 100000; i++)
		assert_true(siret_set_add(&s, i * 7));
	assert_true(siret_set_add(&s, 7));
	assert_int_equal(s.n, 100000);
	for (uint64_t i = 1; i <= 700000; i++)
		if (siret_set_has(&s, i) != (i % 7 == 0))
			fail_msg("%llu", (unsigned long long)i);
	assert_false(siret_set_has(&s, 0));
	assert_int_equal(siret_number("99998601100016", 9), 999986011);
	assert_int_equal(siret_number("9999x", 5), 0);
	siret_set_free(&s);
}

static void
every_fault_has_a_name_of_its_own_and_a_reason(void **state)
{
	(void)state;
	for (int i = 1; i < FAULTS; i++) {
		assert_true(strlen(fault_reason((enum fault_id)i)) > 10);
		for (int j = 1; j < i; j++)
			assert_string_not_equal(
			    fault_name((enum fault_id)i),
			    fault_name((enum fault_id)j));
	}
}

enum { TESTS_MAX = 160 };

#define ADD(table, test) do {						\
	for (size_t i = 0; i < COUNT(table); i++)			\
		tests[n++] = (struct CMUnitTest){ (table)[i].why, test, \
		    NULL, NULL, (void *)(uintptr_t)&(table)[i] };	\
} while (0)

int
main(void)
{
	const struct CMUnitTest fixed[] = {
		cmocka_unit_test(a_nir_has_a_form_and_a_key),
		cmocka_unit_test(a_column_with_its_legal_reference_is_read),
		cmocka_unit_test(
		    prescriptions_acts_illnesses_and_stays_are_named),
		cmocka_unit_test(rows_that_cross_the_window_come_out_whole),
		cmocka_unit_test(
		    a_row_too_long_is_set_aside_and_the_next_is_read),
		cmocka_unit_test(a_set_holds_what_was_added_and_nothing_else),
		cmocka_unit_test(
		    every_fault_has_a_name_of_its_own_and_a_reason),
	};
	static struct CMUnitTest tests[TESTS_MAX];
	size_t n = 0;

	_Static_assert(COUNT(fixed) + COUNT(field_rows) + COUNT(file_rows) +
	    COUNT(code_rows) <= TESTS_MAX, "room for the tests");
	for (size_t i = 0; i < COUNT(fixed); i++)
		tests[n++] = fixed[i];
	ADD(field_rows, field);
	ADD(file_rows, file);
	ADD(code_rows, code);
	return _cmocka_run_group_tests("flow", tests, n, NULL, NULL);
}
