/*
 * fuzz_flow.c -- a file of any kind from anyone.
 *
 * The first byte is the kind of the file, in the order of intake_kinds[]: a is
 * sirene, which has several headers, b succession...  From its highest bit on
 * the columns that need a legal reference are open.  Reading ends; what is read has the types that its columns promise; what is
 * set aside has a reason, and repeats nothing but a record of the right form;
 * no column of a person leaves more than the word that it was filled.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "base/str.h"
#include "intake/source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(int condition)
{
	if (!condition)
		abort();
}

static void
check_value(const struct flow_column *c, const struct value *v)
{
	switch (c->type) {
	case FLOW_NIR:
	case FLOW_PERSON_NAME:
	case FLOW_PERSON_FORM:
		must(v->kind == VALUE_NULL || (v->kind == VALUE_INT &&
		    v->i == 1));
		break;
	case FLOW_SIRET:
		must(v->kind == VALUE_NULL || siret_valid(v->s));
		break;
	case FLOW_DECIMAL:
	case FLOW_NUMBER:
		must(v->kind == VALUE_NULL || (v->kind == VALUE_INT &&
		    v->i >= c->min && v->i <= c->max));
		break;
	default:
		must(v->kind != VALUE_TEXT ||
		    utf8_valid(v->s, strlen(v->s), NULL));
		break;
	}
}

static void
lines(struct flow_reader *r, size_t size)
{
	struct err err = { .code = TAPR_OK };
	enum flow_got got = FLOW_GOT_ROW;
	struct value v;

	for (size_t calls = 0; got != FLOW_GOT_END; calls++) {
		must(calls <= size);
		must(flow_next(r, &got, &err) == TAPR_OK);
		if (got == FLOW_GOT_FAULT) {
			must(fault_reason(r->fault.id)[0] != '\0');
			must(r->record[0] == '\0' || field_read(
			    &r->flow->column[r->flow->record], r->record,
			    &v) == FAULT_NONE);
		}
		for (int i = 0; got == FLOW_GOT_ROW && i < r->flow->columns;
		    i++)
			check_value(&r->flow->column[i], &r->value[i]);
	}
}

enum { KINDS = 9, SOURCES_MAX = 6 };

static const struct {
	const char		*kind;
	const struct source	*source[SOURCES_MAX];
} kinds[KINDS] = {
	{ "sirene", { &source_establishment, &source_history, &source_unit,
	    &source_duplicates, &source_unit_history, &source_links_alone } },
	{ "succession", { &source_succession } },
	{ "payroll", { &source_payroll } },
	{ "headcount", { &source_headcount } },
	{ "classification", { &source_classification } },
	{ "rates", { &source_rates } }, { "claims", { &source_claims } },
	{ "benefits", { &source_benefits } },
	{ "portfolio", { &source_portfolio } },
};

/* A kind that is added is added here too; a DSN has a fuzzer of its own. */
static void
check_kinds(void)
{
	int i;

	for (i = 0; i < KINDS; i++)
		must(strcmp(intake_kinds[i], kinds[i].kind) == 0);
	must(strcmp(intake_kinds[i], "dsn") == 0 &&
	    intake_kinds[i + 1] == NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct flow *flows[SOURCES_MAX + 1] = { NULL };
	struct err err = { .code = TAPR_OK };
	struct flow_reader r;
	unsigned kind;
	FILE *in;

	check_kinds();
	if (size < 2)
		return 0;
	kind = ((*data & 0x7fu) + 0x80u - 'a') % 0x80u % KINDS;
	for (int i = 0; i < SOURCES_MAX && kinds[kind].source[i] != NULL; i++)
		flows[i] = kinds[kind].source[i]->flow;
	must((in = fmemopen((void *)(uintptr_t)(data + 1), size - 1,
	    "r")) != NULL);
	if (flow_open(&r, in, "f.csv", flows, &err) == TAPR_OK) {
		for (int g = 0; g < GATES; g++)
			r.open[g] = *data & 0x80;
		lines(&r, size);
	} else {
		must(err.code != TAPR_OK && utf8_valid(err.text,
		    strlen(err.text), NULL));
	}
	flow_close(&r);
	(void)fclose(in);
	return 0;
}
