/*
 * account.c -- FACTS.json from an account statement, for advisers.
 *
 * What an employer's adviser has is a table: the yearly statement, typed or
 * exported.  Its form is docs/formats/account.md: one CSV with a column
 * `record`, a column `field`, a column `value`, and one column for each field
 * of a claim.  The document it becomes is read again by the reader of facts,
 * so that whatever `tapr facts` writes, `tapr rate` accepts.
 */
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/str.h"
#include "facts/facts.h"
#include "rating/load.h"

/* Fields whose JSON value is a number or a boolean; the others are strings. */
static const char *const bare_fields[] = { "year", "taken_over", "care",
	"stoppage_days", "ip_rate", "first_year", NULL };

/* The sections of the document, in the order of docs/formats/facts.md. */
static const char *const records[] = { "document", "establishment",
	"headcount", "payroll", "claim", "previous", "single_rate", "member",
	"given", "majoration", "average_cost", "real_cost", NULL };

enum record { R_DOCUMENT, R_ESTABLISHMENT, R_HEADCOUNT, R_PAYROLL, R_CLAIM,
	R_PREVIOUS, R_SINGLE_RATE, R_MEMBER, R_GIVEN, R_MAJORATION,
	R_AVERAGE_COST, R_REAL_COST, RECORDS };

struct statement {
	struct str	part[RECORDS];	/* members of each object, joined */
	struct csv	csv;
	int		record, field, value;	/* columns */
	struct err	*err;
};

static bool
is_bare(const char *field)
{
	for (int i = 0; bare_fields[i] != NULL; i++)
		if (strcmp(field, bare_fields[i]) == 0)
			return true;
	return false;
}

/*
 * A value that JSON can hold bare; another is left to the reader of facts, as a
 * string, which then names the field.
 */
static bool
is_plain(const char *value)
{
	size_t digits = strspn(value, "0123456789");

	if (strcmp(value, "true") == 0 || strcmp(value, "false") == 0)
		return true;
	return digits > 0 && value[digits] == '\0' &&
	    (value[0] != '0' || digits == 1);
}

static void
member(struct str *out, const char *name, const char *value, bool first)
{
	if (!first)
		str_add(out, ", ");
	str_add_json(out, name);
	str_add(out, ": ");
	if (strcmp(value, "null") == 0 || (is_bare(name) && is_plain(value)))
		str_add(out, value);
	else
		str_add_json(out, value);
}

/* A claim: every filled column is a field of it. */
static void
claim(struct statement *s)
{
	struct str *out = &s->part[R_CLAIM];
	const char *role = NULL;
	bool first = true;

	str_add(out, out->n == 0 ? "\n  {" : ",\n  {");
	for (int i = 0; i < s->csv.columns; i++) {
		if (i == s->record || i == s->field || i == s->value ||
		    s->csv.field[i][0] == '\0')
			continue;
		if (strcmp(s->csv.header[i], "temp_role") == 0) {
			role = s->csv.field[i];
			continue;
		}
		member(out, s->csv.header[i], s->csv.field[i], first);
		first = false;
	}
	if (role != NULL) {
		str_add(out, first ? "\"temp_work\": {\"role\": " :
		    ", \"temp_work\": {\"role\": ");
		str_add_json(out, role);
		str_add_char(out, '}');
	}
	str_add_char(out, '}');
}

/* "rate;payroll" of one establishment of a firm that takes a single rate. */
static int
single_member(struct statement *s)
{
	struct str *out = &s->part[R_MEMBER];
	char *semicolon = strchr(s->csv.field[s->value], ';');

	if (semicolon == NULL)
		return err_set(s->err, TAPR_EINVAL, s->csv.name,
		    "ligne %ld : un membre s'écrit taux;masse, par exemple "
		    "2.40;1500000.00", s->csv.line);
	*semicolon = '\0';
	str_add(out, out->n == 0 ? "{\"rate\": " : ", {\"rate\": ");
	str_add_json(out, s->csv.field[s->value]);
	str_add(out, ", \"payroll\": ");
	str_add_json(out, semicolon + 1);
	str_add_char(out, '}');
	return TAPR_OK;
}

static int
row(struct statement *s)
{
	const char *name = s->csv.field[s->record];
	int r = 0;

	while (records[r] != NULL && strcmp(records[r], name) != 0)
		r++;
	if (records[r] == NULL)
		return err_set(s->err, TAPR_EINVAL, s->csv.name,
		    "ligne %ld, colonne record : « %s » inconnu (document, "
		    "establishment, headcount, payroll, claim, previous, "
		    "single_rate, member, given, majoration, average_cost ou "
		    "real_cost)", s->csv.line, str_brief(name).text);
	if (r == R_CLAIM) {
		claim(s);
		return TAPR_OK;
	}
	if (r == R_MEMBER)
		return single_member(s);
	if (s->csv.field[s->field][0] == '\0')
		return err_set(s->err, TAPR_EINVAL, s->csv.name,
		    "ligne %ld : la colonne field est vide", s->csv.line);
	member(&s->part[r], s->csv.field[s->field], s->csv.field[s->value],
	    s->part[r].n == 0);
	return TAPR_OK;
}

/* What stands in front of a part: nothing is before the first. */
static const char *
comma(const struct str *out)
{
	return out->n > 1 ? "," : "";
}

static void
object(struct str *out, const char *name, const struct str *members)
{
	if (members->n == 0)
		return;
	str_printf(out, "%s\n \"%s\": {%s}", comma(out), name, members->p);
}

static void
document(const struct statement *s, struct str *out)
{
	const struct str *p = s->part;
	struct str single, given;

	str_printf(out, "{%s", p[R_DOCUMENT].n == 0 ? "" : p[R_DOCUMENT].p);
	object(out, "establishment", &p[R_ESTABLISHMENT]);
	object(out, "headcounts", &p[R_HEADCOUNT]);
	object(out, "payroll", &p[R_PAYROLL]);
	if (p[R_CLAIM].n > 0)
		str_printf(out, "%s\n \"claims\": [%s\n ]", comma(out),
		    p[R_CLAIM].p);
	object(out, "previous", &p[R_PREVIOUS]);
	str_init(&single, out->max);
	if (p[R_SINGLE_RATE].n > 0)
		str_add(&single, p[R_SINGLE_RATE].p);
	if (p[R_MEMBER].n > 0)
		str_printf(&single, "%s\"members\": [%s]", single.n > 0 ?
		    ", " : "", p[R_MEMBER].p);
	object(out, "single_rate", &single);
	str_free(&single);
	str_init(&given, out->max);
	if (p[R_GIVEN].n > 0)
		str_add(&given, p[R_GIVEN].p);
	for (int i = R_MAJORATION; i <= R_REAL_COST; i++) {
		static const char *const names[] = { "majorations",
			"average_costs", "real_costs" };

		if (p[i].n > 0)
			str_printf(&given, "%s\"%s\": {%s}", given.n > 0 ?
			    ", " : "", names[i - R_MAJORATION], p[i].p);
	}
	object(out, "given", &given);
	str_free(&given);
	str_add(out, "}\n");
}

static int
columns(struct statement *s)
{
	s->record = csv_column(&s->csv, "record");
	s->field = csv_column(&s->csv, "field");
	s->value = csv_column(&s->csv, "value");
	if (s->record >= 0 && s->field >= 0 && s->value >= 0)
		return TAPR_OK;
	return err_set(s->err, TAPR_EINVAL, s->csv.name,
	    "ligne 1 : il manque une des colonnes record, field, value "
	    "(docs/formats/account.md)");
}

static int
read_rows(struct statement *s, const char *name, char *text, size_t n)
{
	int more, rc;

	if ((rc = csv_open(&s->csv, name, text, n, s->err)) != TAPR_OK ||
	    (rc = columns(s)) != TAPR_OK)
		return rc;
	for (;;) {
		if ((rc = csv_next(&s->csv, &more, s->err)) != TAPR_OK)
			return rc;
		if (!more)
			return TAPR_OK;
		if ((rc = row(s)) != TAPR_OK)
			return rc;
	}
}

/* The document must be one that the reader of facts accepts. */
static int
check(const struct str *out, const char *name, struct err *err)
{
	struct document d = { name, out->p, out->n };
	struct arena *a;
	struct facts facts;
	int rc;

	if ((rc = load_written(out, err)) != TAPR_OK ||
	    (rc = load_arena(&a, err)) != TAPR_OK)
		return rc;
	rc = load_facts(&d, a, &facts, err);
	arena_free(a);
	return rc == TAPR_OK ? rc : err_note(err, rc, "%s", name);
}

int
rating_facts(const struct document *account, struct str *out, struct err *err)
{
	struct statement s = { .err = err };
	char *copy = malloc(account->n + 1);
	int rc;

	if (copy == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	memcpy(copy, account->text, account->n);
	for (int i = 0; i < RECORDS; i++)
		str_init(&s.part[i], FACTS_BYTES_MAX);
	rc = read_rows(&s, account->name, copy, account->n);
	for (int i = 0; i < RECORDS && rc == TAPR_OK; i++)
		rc = load_written(&s.part[i], err);
	if (rc == TAPR_OK) {
		document(&s, out);
		rc = check(out, account->name, err);
	}
	for (int i = 0; i < RECORDS; i++)
		str_free(&s.part[i]);
	free(copy);
	return rc;
}
