/*
 * act_classify.c -- the risk of a section, and the measures of prevention: each
 * a decision with its author, the document it rests on, its days of effect.
 */
#include <string.h>

#include "deadline/deadline.h"
#include "doc/fmt.h"
#include "intake/codes.h"
#include "model/words.h"
#include "register/act.h"

/* ---- classification (S1-40 to S1-42) ------------------------------------- */

enum { CL_SIRET, CL_SECTION, CL_CODE, CL_CTN, CL_GROUP, CL_SINGLE, CL_FROM,
	CL_DOCUMENT, CL_REASON, CL_COLUMNS };

static const char *const ctn_words[] = {
	"A", "B", "C", "D", "E", "F", "G", "H", "I", NULL,
};

static const struct flow_column classify_columns[CL_COLUMNS] = {
	[CL_SIRET] = KEY("SIRET", FLOW_SIRET),
	[CL_SECTION] = KEY_WORD("section", section_words),
	[CL_CODE] = KEY("risk_code", FLOW_RISK_CODE),
	[CL_CTN] = KEY_WORD("ctn", ctn_words),
	[CL_GROUP] = { .name = "btp_group", .type = FLOW_WORD,
	    .need = FLOW_OPTIONAL, .words = group_words },
	[CL_SINGLE] = MAY("single_rate", FLOW_BOOLEAN),
	[CL_FROM] = KEY("from", FLOW_DATE),
	[CL_DOCUMENT] = MAY_TEXT("document", 200),
	[CL_REASON] = MAY_TEXT("reason", ACT_TEXT_MAX),
};

static int
check_code(struct acting *a, const struct value *v, struct err *err)
{
	struct codes codes;
	enum fault_id id;
	int rc;

	if ((rc = codes_load(&codes, a->law, err)) != TAPR_OK)
		return rc;
	id = codes_check(&codes, v[CL_CODE].s, v[CL_CTN].s,
	    value_to_date(&v[CL_FROM]));
	codes_free(&codes);
	if (id != FAULT_NONE)
		return err_set(err, TAPR_EINVAL, id == FAULT_OTHER_CTN ? "ctn"
		    : "risk_code", "%s", fault_reason(id));
	return TAPR_OK;
}

static int
classify(struct acting *a, const struct value *v, struct err *err)
{
	struct value row[CLASS_COLUMNS];
	char text[ROW_TEXT_MAX];
	struct row ignored;
	int rc;

	if (v[CL_DOCUMENT].kind == VALUE_NULL &&
	    v[CL_REASON].kind == VALUE_NULL)
		return err_set(err, TAPR_EINVAL, "document", "classement sans "
		    "document ; donnez document=, ou le motif d'office par "
		    "reason=");
	if ((rc = check_code(a, v, err)) != TAPR_OK ||
	    (rc = act_establishment(a, v[CL_SIRET].s, text, &ignored, err)) !=
	    TAPR_OK)
		return rc;
	row[CLASS_SIRET] = v[CL_SIRET];
	row[CLASS_SECTION] = v[CL_SECTION];
	row[CLASS_FROM_ON] = v[CL_FROM];
	row[CLASS_RISK_CODE] = v[CL_CODE];
	row[CLASS_CTN] = v[CL_CTN];
	row[CLASS_BTP_GROUP] = v[CL_GROUP];
	row[CLASS_SINGLE_RATE] = value_int(value_or(&v[CL_SINGLE], 0));
	row[CLASS_DOCUMENT] = v[CL_DOCUMENT];
	row[CLASS_AUTHOR] = act_author(a);
	row[CLASS_REASON] = v[CL_REASON];
	if ((rc = act_put(a, TABLE_CLASSIFICATION, row, err)) == TAPR_OK)
		str_printf(a->out, "%s, section %s : classé en %s (CTN %s)%s ; "
		    "à notifier\n", v[CL_SIRET].s, v[CL_SECTION].s,
		    v[CL_CODE].s, v[CL_CTN].s,
		    v[CL_DOCUMENT].kind == VALUE_NULL ? ", d'office" : "");
	return rc;
}

/* ---- measures (S1-47; arrêté of 9 December 2010) ------------------------- */

enum { ME_SIRET, ME_KIND, ME_REFERENCE, ME_FROM, ME_TO, ME_SECTION, ME_VALUE,
	ME_DOCUMENT, ME_COLUMNS };
enum { EN_SIRET, EN_KIND, EN_REFERENCE, EN_FROM, EN_TO, EN_COLUMNS };

static const char *const measure_words[] = {
	"contract", "convention", "injunction", "rebate", "supplementary",
	"no_account",	/* of electronic notification: CSS L. 242-5 */
	NULL,
};

/* A rebate is 0.25 at most; a supplement goes up to 2.00 and more. */
enum { VALUE_MAX = 100000 };

static const struct flow_column add_columns[ME_COLUMNS] = {
	[ME_SIRET] = KEY("SIRET", FLOW_SIRET),
	[ME_KIND] = KEY_WORD("kind", measure_words),
	[ME_REFERENCE] = KEY("reference", FLOW_REFERENCE),
	[ME_FROM] = KEY("from", FLOW_DATE),
	[ME_TO] = MAY("to", FLOW_DATE),
	[ME_SECTION] = { .name = "section", .type = FLOW_WORD,
	    .need = FLOW_OPTIONAL, .words = section_words },
	[ME_VALUE] = { .name = "value", .type = FLOW_DECIMAL,
	    .need = FLOW_OPTIONAL, .places = 4, .min = 1, .max = VALUE_MAX },
	[ME_DOCUMENT] = KEY_TEXT("document", 200),
};

static const struct flow_column end_columns[EN_COLUMNS] = {
	[EN_SIRET] = KEY("SIRET", FLOW_SIRET),
	[EN_KIND] = KEY_WORD("kind", measure_words),
	[EN_REFERENCE] = KEY("reference", FLOW_REFERENCE),
	[EN_FROM] = KEY("from", FLOW_DATE),
	[EN_TO] = KEY("to", FLOW_DATE),
};

static bool
is_kind(const struct value *v, const char *kind)
{
	return strcmp(value_or_empty(v), kind) == 0;
}

/* Not more than the law allows a rebate (arrêté of 2010, art. 2 to 7). */
static int
check_rebate(struct acting *a, const struct value *v, struct err *err)
{
	const struct law_row *most;
	int rc;

	if ((rc = law_need(a->law, "rebate", LAW_KEYS("maximum"),
	    value_to_date(&v[ME_FROM]), &most, err)) != TAPR_OK)
		return rc;
	if (frac_cmp(frac_ratio(v[ME_VALUE].i, 10000), most->number) > 0)
		return err_set(err, TAPR_EINVAL, "value", "une ristourne ne "
		    "dépasse pas %s (%s)", most->value, most->text);
	return TAPR_OK;
}

static int
check_measure(struct acting *a, const struct value *v, struct err *err)
{
	bool rebate = is_kind(&v[ME_KIND], "rebate");
	bool valued = rebate || is_kind(&v[ME_KIND], "supplementary");

	if (v[ME_TO].kind == VALUE_INT && v[ME_TO].i <= v[ME_FROM].i)
		return err_set(err, TAPR_EINVAL, "to", "%s",
		    fault_reason(FAULT_PERIOD));
	if (valued != (v[ME_VALUE].kind == VALUE_INT))
		return err_set(err, TAPR_EINVAL, "value", valued ? "donnez la "
		    "valeur : 0.10 pour dix pour cent" : "seules une ristourne "
		    "et une cotisation supplémentaire ont une valeur");
	return rebate ? check_rebate(a, v, err) : TAPR_OK;
}

/* An injunction is open to recourse for some days (art. 14). */
static int
tell_recourse(struct acting *a, const struct value *v, struct err *err)
{
	struct claim_deadline d;
	int rc;

	if (!is_kind(&v[ME_KIND], "injunction"))
		return TAPR_OK;
	if ((rc = claim_deadline(a->law, "injunction", "recourse",
	    value_to_date(&v[ME_FROM]), &d, err)) != TAPR_OK)
		return rc;
	str_printf(a->out, "recours devant la DREETS jusqu'au %s (%s)\n",
	    fmt_day(d.last_day).text, d.article);
	return TAPR_OK;
}

static int
measure_add(struct acting *a, const struct value *v, struct err *err)
{
	struct value row[MEASURE_COLUMNS];
	char text[ROW_TEXT_MAX];
	struct row ignored;
	int rc;

	if ((rc = check_measure(a, v, err)) != TAPR_OK ||
	    (rc = act_establishment(a, v[ME_SIRET].s, text, &ignored, err)) !=
	    TAPR_OK)
		return rc;
	row[MEASURE_SIRET] = v[ME_SIRET];
	row[MEASURE_KIND] = v[ME_KIND];
	row[MEASURE_REFERENCE] = v[ME_REFERENCE];
	row[MEASURE_FROM_ON] = v[ME_FROM];
	row[MEASURE_TO_ON] = v[ME_TO];
	row[MEASURE_SECTION] = v[ME_SECTION];
	row[MEASURE_VALUE] = v[ME_VALUE];
	row[MEASURE_AUTHOR] = act_author(a);
	row[MEASURE_DOCUMENT] = v[ME_DOCUMENT];
	if ((rc = act_put(a, TABLE_MEASURE, row, err)) != TAPR_OK)
		return rc;
	str_printf(a->out, "%s : mesure %s enregistrée\n", v[ME_SIRET].s,
	    v[ME_REFERENCE].s);
	return tell_recourse(a, v, err);
}

static int
measure_end(struct acting *a, const struct value *v, struct err *err)
{
	char text[ROW_TEXT_MAX];
	struct row row;
	bool found;
	int rc;

	/* The first four are the key of the table, in order. */
	if ((rc = fact_get(a->fund->store, TABLE_MEASURE, a->batch.id, v, text,
	    &row, &found, err)) != TAPR_OK)
		return rc;
	if (!found || row.damaged)
		return err_set(err, TAPR_EINVAL, NULL, "pas de mesure %s de "
		    "cette nature, à cette date, pour %s", v[EN_REFERENCE].s,
		    v[EN_SIRET].s);
	if (v[EN_TO].i <= v[EN_FROM].i)
		return err_set(err, TAPR_EINVAL, "to", "%s",
		    fault_reason(FAULT_PERIOD));
	row.value[MEASURE_TO_ON] = v[EN_TO];
	row.value[MEASURE_AUTHOR] = act_author(a);
	if ((rc = act_put(a, TABLE_MEASURE, row.value, err)) == TAPR_OK)
		str_printf(a->out, "%s : mesure %s terminée\n", v[EN_SIRET].s,
		    v[EN_REFERENCE].s);
	return rc;
}

const struct act acts_classify[] = {
	{ "classify", classify_columns, CL_COLUMNS, classify },
	{ "measure add", add_columns, ME_COLUMNS, measure_add },
	{ "measure end", end_columns, EN_COLUMNS, measure_end },
	{ NULL, NULL, 0, NULL },
};
