/*
 * classification.c -- the risk of each section: a decision, with its author,
 * the document it rests on, and the day it takes effect (S1-40 to S1-42).
 */
#include <string.h>

#include "intake/source.h"
#include "model/words.h"

enum {
	C_SIRET, C_SECTION, C_CODE, C_CTN, C_GROUP, C_SINGLE, C_FROM,
	C_DOCUMENT, C_AUTHOR, C_REASON, C_COLUMNS
};

static const char *const ctn_words[] = {
	"A", "B", "C", "D", "E", "F", "G", "H", "I", NULL,
};

static const struct flow_column columns[C_COLUMNS] = {
	[C_SIRET] = { .name = "siret", .type = FLOW_SIRET },
	[C_SECTION] = { .name = "section", .type = FLOW_WORD,
	    .words = section_words },
	[C_CODE] = { .name = "risk_code", .type = FLOW_RISK_CODE },
	[C_CTN] = { .name = "ctn", .type = FLOW_WORD, .words = ctn_words },
	[C_GROUP] = { .name = "btp_group", .type = FLOW_WORD,
	    .need = FLOW_HEADER, .words = group_words },
	[C_SINGLE] = { .name = "single_rate", .type = FLOW_BOOLEAN,
	    .need = FLOW_HEADER },
	[C_FROM] = { .name = "from", .type = FLOW_DATE },
	[C_DOCUMENT] = { .name = "source_document", .type = FLOW_TEXT,
	    .need = FLOW_HEADER, .max = 200 },
	[C_AUTHOR] = { .name = "author", .type = FLOW_TEXT, .max = 100 },
	[C_REASON] = { .name = "reason", .type = FLOW_TEXT,
	    .need = FLOW_OPTIONAL, .max = 400 },
};

static const struct flow flow = {
	"classification", C_COLUMNS, C_SIRET, false, columns,
};

static int
line(struct intake *in, const struct value *v, long at, enum outcome *ret,
    struct err *err)
{
	struct value row[CLASS_COLUMNS];
	enum fault_id id = codes_check(&in->codes, value_or_empty(&v[C_CODE]),
	    value_or_empty(&v[C_CTN]), value_to_date(&v[C_FROM]));

	if (id != FAULT_NONE)
		return line_fault(in, id, id == FAULT_OTHER_CTN ? "ctn" :
		    "risk_code", ret);
	if (v[C_DOCUMENT].kind == VALUE_NULL &&
	    v[C_REASON].kind == VALUE_NULL)
		return line_fault(in, FAULT_NO_DOCUMENT, "source_document",
		    ret);
	row[CLASS_SIRET] = v[C_SIRET];
	row[CLASS_SECTION] = v[C_SECTION];
	row[CLASS_FROM_ON] = v[C_FROM];
	row[CLASS_RISK_CODE] = v[C_CODE];
	row[CLASS_CTN] = v[C_CTN];
	row[CLASS_BTP_GROUP] = v[C_GROUP];
	row[CLASS_SINGLE_RATE] = value_int(value_or(&v[C_SINGLE], 0));
	row[CLASS_DOCUMENT] = v[C_DOCUMENT];
	row[CLASS_AUTHOR] = v[C_AUTHOR];
	row[CLASS_REASON] = v[C_REASON];
	return line_put(in, TABLE_CLASSIFICATION, row, at, ret, err);
}

const struct source source_classification = {
	&flow, line, NULL, { C_SIRET, C_SECTION, C_FROM }, 3, C_SIRET,
};
