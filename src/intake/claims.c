/*
 * claims.c -- claims and the benefits paid for them.
 *
 * The NIR, the name and the four medical codes of a line are checked and then
 * dropped: a line comes from here without them, also when it waits.  The NIR and
 * the name are sealed by the side (identity.c); the codes are for part 4.
 */
#include <assert.h>
#include <string.h>

#include "intake/source.h"
#include "model/claim_rules.h"
#include "model/words.h"

enum {
	DAYS_MAX = 99999, PERCENT_MAX = 100,
	SHARE_PLACES = 4, SHARE_MAX = 10000,
};
#define AMOUNT_MAX INT64_C(100000000000)	/* 10^9 euros, in cents */

/* ---- claims.csv ---------------------------------------------------------- */

enum {
	L_ID, L_SIRET, L_SECTION, L_CODE, L_KIND, L_CARE, L_DECLARED,
	L_OCCURRED, L_PLACE, L_COMPLETE, L_RECOGNISED, L_REFUSED, L_DAYS,
	L_IP, L_IP_NOTIFIED, L_DEATH, L_DEATH_RECOGNISED, L_SHARE, L_CHARGE,
	L_USER, L_AGENCY, L_INEXCUSABLE, L_NIR, L_SURNAME, L_HIRED,
	L_QUALIFICATION, L_NATIONALITY, L_DEVIATION, L_AGENT, L_NATURE,
	L_SEAT, L_TABLE, L_SYNDROME, L_INFORMED, L_MESSAGE, L_COLUMNS
};

/* Those of the contract, and the fourth of S1-53. */
static const char *const kinds[] = {
	"accident", "commuting", "disease", "silicosis", NULL,
};
static const char *const nationalities[] = {
	"french", "eec", "other", NULL,
};
/* The words of the declaration (Cerfa 14463). */
static const char *const qualifications[] = {
	"cadre", "technicien", "agent de maîtrise", "employé", "apprenti",
	"ouvrier qualifié", "ouvrier non qualifié", "élève", "divers", NULL,
};

#define NEEDED(n, type_) { .name = (n), .type = (type_) }
#define EMPTY(n, type_) { .name = (n), .type = (type_), .need = FLOW_HEADER }
#define FREE(n, type_) { .name = (n), .type = (type_), .need = FLOW_OPTIONAL }
#define SEALED(n, f) \
	{ .name = (n), .type = FLOW_PERSON_FORM, .need = FLOW_OPTIONAL, \
	    .form = (f) }

static const struct flow_column claims_columns[L_COLUMNS] = {
	[L_ID] = NEEDED("claim_id", FLOW_REFERENCE),
	[L_SIRET] = NEEDED("siret", FLOW_SIRET),
	[L_SECTION] = { .name = "section", .type = FLOW_WORD,
	    .words = section_words },
	[L_CODE] = EMPTY("risk_code", FLOW_RISK_CODE),
	[L_KIND] = { .name = "kind", .type = FLOW_WORD, .words = kinds },
	[L_CARE] = EMPTY("care", FLOW_BOOLEAN),
	[L_DECLARED] = NEEDED("declared_on", FLOW_DATE),
	[L_OCCURRED] = EMPTY("occurred_on", FLOW_DATE),
	[L_PLACE] = { .name = "place_insee", .type = FLOW_FORM,
	    .need = FLOW_HEADER, .form = "99999|2A999|2B999" },
	[L_COMPLETE] = EMPTY("complete_on", FLOW_DATE),
	[L_RECOGNISED] = EMPTY("recognised_on", FLOW_DATE),
	[L_REFUSED] = EMPTY("refused_on", FLOW_DATE),
	[L_DAYS] = { .name = "stoppage_days", .type = FLOW_NUMBER,
	    .need = FLOW_HEADER, .max = DAYS_MAX },
	[L_IP] = { .name = "ip_rate", .type = FLOW_NUMBER,
	    .need = FLOW_HEADER, .max = PERCENT_MAX },
	[L_IP_NOTIFIED] = EMPTY("ip_notified_on", FLOW_DATE),
	[L_DEATH] = EMPTY("death_on", FLOW_DATE),
	[L_DEATH_RECOGNISED] = EMPTY("death_recognised_on", FLOW_DATE),
	[L_SHARE] = { .name = "third_party_share", .type = FLOW_DECIMAL,
	    .need = FLOW_HEADER, .places = SHARE_PLACES, .max = SHARE_MAX },
	[L_CHARGE] = { .name = "charge", .type = FLOW_WORD,
	    .need = FLOW_HEADER, .words = charge_words },
	[L_USER] = EMPTY("user_siret", FLOW_SIRET),
	[L_AGENCY] = EMPTY("agency_siret", FLOW_SIRET),
	[L_INEXCUSABLE] = EMPTY("inexcusable_fault_on", FLOW_DATE),
	[L_NIR] = FREE("nir", FLOW_NIR),
	[L_SURNAME] = FREE("surname", FLOW_PERSON_NAME),
	[L_HIRED] = FREE("hired_on", FLOW_DATE),
	[L_QUALIFICATION] = { .name = "qualification", .type = FLOW_WORD,
	    .need = FLOW_OPTIONAL, .words = qualifications },
	[L_NATIONALITY] = { .name = "nationality", .type = FLOW_WORD,
	    .need = FLOW_OPTIONAL, .words = nationalities,
	    .gate = GATE_NATIONALITY },
	[L_DEVIATION] = { .name = "deviation", .type = FLOW_FORM,
	    .need = FLOW_OPTIONAL, .form = "99", .gate = GATE_CAUSE },
	[L_AGENT] = { .name = "material_agent", .type = FLOW_FORM,
	    .need = FLOW_OPTIONAL, .form = "99.99|9999", .gate = GATE_CAUSE },
	[L_NATURE] = SEALED("lesion_nature", "999"),
	[L_SEAT] = SEALED("lesion_seat", "99"),
	[L_TABLE] = SEALED("mp_table", "999A|Hors tableau"),
	[L_SYNDROME] = SEALED("mp_syndrome", "XXXX|999AXXXXX"),
	[L_INFORMED] = FREE("informed_on", FLOW_DATE),
	[L_MESSAGE] = FREE("message_id", FLOW_REFERENCE),
};

static const struct flow claims_flow = {
	"claims", L_COLUMNS, L_ID, false, claims_columns,
};

/* The column at fault for each rule of model/claim_rules.h. */
static const int rule_column[CLAIM_RULES] = {
	[CLAIM_IP_WITHOUT_DATE] = L_IP_NOTIFIED,
	[CLAIM_IP_WITHOUT_RATE] = L_IP,
	[CLAIM_NO_DEATH] = L_DEATH,
	[CLAIM_SPECIAL_ACCIDENT] = L_CHARGE,
	[CLAIM_OCCURRED_LATE] = L_OCCURRED,
	[CLAIM_RECOGNISED_EARLY] = L_RECOGNISED,
	[CLAIM_IP_EARLY] = L_IP_NOTIFIED,
	[CLAIM_DEATH_EARLY] = L_DEATH,
	[CLAIM_DEATH_RECOGNISED_EARLY] = L_DEATH_RECOGNISED,
};

static int
index_of(const char *const *words, const char *word)
{
	int i;

	for (i = 0; strcmp(words[i], word) != 0; i++)
		assert(words[i + 1] != NULL);
	return i;
}

/* Silicosis is a disease: which one is in the sealed codes (S1-53). */
static const char *
kind_of(const struct value *v)
{
	const char *kind = value_or_empty(v);

	return strcmp(kind, "silicosis") == 0 ? "disease" : kind;
}

static const char *
charge_of(const struct value *v)
{
	return v->kind == VALUE_NULL ? charge_words[CHARGE_OWN] : v->s;
}

/* What the rules shared with FACTS.json look at. */
static struct claim
as_claim(const struct value *v)
{
	return (struct claim){
		.kind = (enum claim_kind)index_of(kind_words,
		    kind_of(&v[L_KIND])),
		.charge = (enum charge)index_of(charge_words,
		    charge_of(&v[L_CHARGE])),
		.declared = value_to_date(&v[L_DECLARED]),
		.occurred = value_to_date(&v[L_OCCURRED]),
		.recognised = value_to_date(&v[L_RECOGNISED]),
		.ip_rate = (int)value_or(&v[L_IP], -1),
		.ip_notified = value_to_date(&v[L_IP_NOTIFIED]),
		.death = value_to_date(&v[L_DEATH]),
		.death_recognised = value_to_date(&v[L_DEATH_RECOGNISED]),
	};
}

/* ${first} and ${then} are both given, and in the wrong order. */
static bool
reversed(const struct value *v, int first, int then)
{
	return v[first].kind == VALUE_INT && v[then].kind == VALUE_INT &&
	    v[first].i > v[then].i;
}

/* The rules that only a file can break; FAULT_NONE with the column if none. */
static enum fault_id
own_rules(const struct intake *in, const struct value *v, int *column)
{
	const struct value today = value_date(in->fund->today);
	bool disease = strcmp(kind_of(&v[L_KIND]), "disease") == 0;
	const struct {
		bool		 broken;
		enum fault_id	 id;
		int		 column;
	} rules[] = {
		{ v[L_DECLARED].i > today.i, FAULT_FUTURE, L_DECLARED },
		{ reversed(v, L_DECLARED, L_COMPLETE), FAULT_COMPLETE,
		    L_COMPLETE },
		{ reversed(v, L_DECLARED, L_REFUSED), FAULT_REFUSED_EARLY,
		    L_REFUSED },
		/* A refusal may be followed by a recognition, on appeal. */
		{ v[L_RECOGNISED].kind == VALUE_INT &&
		    v[L_REFUSED].kind == VALUE_INT &&
		    v[L_REFUSED].i >= v[L_RECOGNISED].i, FAULT_DECIDED_TWICE,
		    L_REFUSED },
		{ !disease && reversed(v, L_HIRED, L_OCCURRED),
		    FAULT_HIRED_LATE, L_HIRED },
		{ reversed(v, L_OCCURRED, L_INEXCUSABLE), FAULT_INEXCUSABLE,
		    L_INEXCUSABLE },
		{ reversed(v, L_DECLARED, L_INFORMED), FAULT_INFORMED,
		    L_INFORMED },
		{ v[L_NIR].kind != v[L_SURNAME].kind, FAULT_PERSON_MISSING,
		    v[L_NIR].kind == VALUE_NULL ? L_NIR : L_SURNAME },
		{ v[L_USER].kind == VALUE_TEXT &&
		    value_same(&v[L_USER], &v[L_AGENCY]), FAULT_TEMP_WORK,
		    L_AGENCY },
	};

	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
		if (rules[i].broken) {
			*column = rules[i].column;
			return rules[i].id;
		}
	return FAULT_NONE;
}

static enum fault_id
check(const struct intake *in, const struct value *v, int *column)
{
	struct claim c = as_claim(v);
	enum claim_rule rule = claim_contradiction(&c, 0);

	if (rule == CLAIM_RULES)
		return own_rules(in, v, column);
	*column = rule_column[rule];
	return (enum fault_id)(FAULT_CLAIM_FIRST + (int)rule);
}

static void
claim_row(const struct value *v, struct value *row)
{
	static const struct { int to, from; } same[] = {
		{ CLAIM_ID, L_ID }, { CLAIM_SIRET, L_SIRET },
		{ CLAIM_SECTION, L_SECTION }, { CLAIM_RISK_CODE, L_CODE },
		{ CLAIM_DECLARED_ON, L_DECLARED },
		{ CLAIM_OCCURRED_ON, L_OCCURRED }, { CLAIM_PLACE, L_PLACE },
		{ CLAIM_COMPLETE_ON, L_COMPLETE },
		{ CLAIM_RECOGNISED_ON, L_RECOGNISED },
		{ CLAIM_REFUSED_ON, L_REFUSED }, { CLAIM_IP_RATE, L_IP },
		{ CLAIM_IP_NOTIFIED_ON, L_IP_NOTIFIED },
		{ CLAIM_DEATH_ON, L_DEATH },
		{ CLAIM_DEATH_RECOGNISED_ON, L_DEATH_RECOGNISED },
		{ CLAIM_THIRD_PARTY_SHARE, L_SHARE },
		{ CLAIM_USER_SIRET, L_USER }, { CLAIM_AGENCY_SIRET, L_AGENCY },
		{ CLAIM_INEXCUSABLE_ON, L_INEXCUSABLE },
		{ CLAIM_HIRED_ON, L_HIRED },
		{ CLAIM_QUALIFICATION, L_QUALIFICATION },
		{ CLAIM_DEVIATION, L_DEVIATION },
		{ CLAIM_MATERIAL_AGENT, L_AGENT },
		{ CLAIM_INFORMED_ON, L_INFORMED },
		{ CLAIM_MESSAGE_ID, L_MESSAGE },
	};

	for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
		row[same[i].to] = v[same[i].from];
	row[CLAIM_YEAR] = value_int(value_to_date(&v[L_DECLARED]).y);
	row[CLAIM_KIND] = value_text(kind_of(&v[L_KIND]));
	row[CLAIM_CARE] = value_int(value_or(&v[L_CARE], 1));
	row[CLAIM_STOPPAGE_DAYS] = value_int(value_or(&v[L_DAYS], 0));
	row[CLAIM_CHARGE] = value_text(charge_of(&v[L_CHARGE]));
}

static int
claims_line(struct intake *in, const struct value *v, long line,
    enum outcome *ret, struct err *err)
{
	const char *id = value_or_empty(&v[L_ID]);
	struct value row[CLAIM_COLUMNS], old[2];
	char siret[SIRET_MAX];
	enum fault_id fault;
	int64_t year;
	int column = 0, rc;

	if ((fault = check(in, v, &column)) != FAULT_NONE)
		return line_fault(in, fault, claims_columns[column].name, ret);
	claim_row(v, row);
	if (v[L_MESSAGE].kind == VALUE_TEXT) {
		if ((rc = known_message(in, SQL_CLAIM_MESSAGE, TABLE_CLAIM,
		    row, v[L_MESSAGE].s, ret, err)) != TAPR_OK ||
		    *ret != LINE_APPLIED)
			return rc;
	}
	if ((rc = known_claim(in, id, &year, siret, err)) != TAPR_OK)
		return rc;
	if ((rc = line_put(in, TABLE_CLAIM, row, line, ret, err)) != TAPR_OK ||
	    *ret == LINE_FAULT || year == 0 || year == row[CLAIM_YEAR].i)
		return rc;
	/* Declared in another year than we were told: its key changed. */
	old[0] = value_int(year);
	old[1] = v[L_ID];
	if ((rc = identity_moves(in, &v[L_ID], year, row[CLAIM_YEAR].i,
	    v[L_NIR].kind != VALUE_NULL && in->keys != NULL, line, err)) !=
	    TAPR_OK)
		return rc;
	return line_end(in, TABLE_CLAIM, old, err);
}

const struct identity_columns claims_identity = {
	L_ID, L_DECLARED, L_MESSAGE, L_NIR, L_SURNAME,
};

const struct source source_claims = {
	&claims_flow, claims_line, NULL, { L_ID }, 1, L_SIRET,
};

/* ---- benefits.csv -------------------------------------------------------- */

enum { B_CLAIM, B_NATURE, B_FROM, B_TO, B_DAYS, B_AMOUNT, B_PAID, B_MESSAGE,
	B_COLUMNS };

static const struct flow_column benefits_columns[B_COLUMNS] = {
	[B_CLAIM] = NEEDED("claim_id", FLOW_REFERENCE),
	[B_NATURE] = { .name = "nature", .type = FLOW_WORD,
	    .words = benefit_words },
	[B_FROM] = EMPTY("from", FLOW_DATE),
	[B_TO] = EMPTY("to", FLOW_DATE),
	[B_DAYS] = { .name = "days", .type = FLOW_NUMBER,
	    .need = FLOW_HEADER, .max = DAYS_MAX },
	/* What was paid too much comes back with a minus. */
	[B_AMOUNT] = { .name = "amount_eur", .type = FLOW_DECIMAL,
	    .places = 2, .min = -AMOUNT_MAX, .max = AMOUNT_MAX },
	[B_PAID] = NEEDED("paid_on", FLOW_DATE),
	[B_MESSAGE] = NEEDED("message_id", FLOW_REFERENCE),
};

static const struct flow benefits_flow = {
	"benefits", B_COLUMNS, B_MESSAGE, false, benefits_columns,
};

static int
benefits_line(struct intake *in, const struct value *v, long line,
    enum outcome *ret, struct err *err)
{
	struct value row[BENEFIT_COLUMNS];
	int rc;

	if (reversed(v, B_FROM, B_TO))
		return line_fault(in, FAULT_PERIOD, "to", ret);
	row[BENEFIT_YEAR] = value_int(value_to_date(&v[B_PAID]).y);
	row[BENEFIT_ID] = v[B_MESSAGE];
	row[BENEFIT_CLAIM_ID] = v[B_CLAIM];
	row[BENEFIT_NATURE] = v[B_NATURE];
	row[BENEFIT_FROM_ON] = v[B_FROM];
	row[BENEFIT_TO_ON] = v[B_TO];
	row[BENEFIT_DAYS] = v[B_DAYS];
	row[BENEFIT_CENTS] = v[B_AMOUNT];
	row[BENEFIT_PAID_ON] = v[B_PAID];
	/* From the CPAM: nobody typed it (S1-63). */
	row[BENEFIT_REASON] = row[BENEFIT_AUTHOR] = row[BENEFIT_REVIEWER] =
	    value_null();
	if ((rc = known_message(in, SQL_BENEFIT_MESSAGE, TABLE_BENEFIT, row,
	    v[B_MESSAGE].s, ret, err)) != TAPR_OK || *ret != LINE_APPLIED)
		return rc;
	return line_put(in, TABLE_BENEFIT, row, line, ret, err);
}

const struct source source_benefits = {
	&benefits_flow, benefits_line, NULL, { B_MESSAGE }, 1, B_CLAIM,
};
