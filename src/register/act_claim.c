/*
 * act_claim.c -- the life of a claim: recognised, refused, attached elsewhere,
 * reclassified, not opposable to the employer, relapsed, closed; and a benefit
 * typed by hand.
 *
 * The claim holds the result, table claim_event the decisions.  A message of
 * the CPAM that comes again does not undo them: it is known.
 */
#include <string.h>

#include "deadline/deadline.h"
#include "doc/fmt.h"
#include "model/claim_rules.h"
#include "model/words.h"
#include "register/act.h"

/* ---- the claim as it stands ---------------------------------------------- */

static int
read_claim(struct acting *a, const char *id, char *buf, struct row *ret,
    struct err *err)
{
	struct value key[2] = { value_null(), value_text(id) };
	int64_t year = 0;
	bool found;
	int rc;

	if ((rc = store_number(a->fund->store, SQL_CLAIM_NOW, key + 1, 1,
	    &year, err)) != TAPR_OK)
		return rc;
	key[0] = value_int(year);
	if ((rc = fact_get(a->fund->store, TABLE_CLAIM, a->batch.id, key, buf,
	    ret, &found, err)) != TAPR_OK)
		return rc;
	if (!found)
		return err_set(err, TAPR_EINVAL, NULL, "pas de sinistre %s "
		    "dans le registre (il attend peut-être son "
		    "établissement)", id);
	if (ret->damaged)
		return err_set(err, TAPR_EIO, id, "la ligne de ce sinistre "
		    "est abîmée ; restaurez une sauvegarde");
	return TAPR_OK;
}

static int
word_index(const char *const *words, const struct value *v)
{
	for (int i = 0; words[i] != NULL; i++)
		if (strcmp(words[i], value_or_empty(v)) == 0)
			return i;
	return 0;
}

/* The rules that a claim keeps wherever it comes from. */
static int
check(const struct value *row, struct err *err)
{
	const struct claim c = {
		.kind = (enum claim_kind)word_index(kind_words,
		    &row[CLAIM_KIND]),
		.charge = (enum charge)word_index(charge_words,
		    &row[CLAIM_CHARGE]),
		.declared = value_to_date(&row[CLAIM_DECLARED_ON]),
		.occurred = value_to_date(&row[CLAIM_OCCURRED_ON]),
		.recognised = value_to_date(&row[CLAIM_RECOGNISED_ON]),
		.ip_rate = (int)value_or(&row[CLAIM_IP_RATE], -1),
		.ip_notified = value_to_date(&row[CLAIM_IP_NOTIFIED_ON]),
		.death = value_to_date(&row[CLAIM_DEATH_ON]),
		.death_recognised =
		    value_to_date(&row[CLAIM_DEATH_RECOGNISED_ON]),
	};
	enum claim_rule rule = claim_contradiction(&c, 0);

	if (rule == CLAIM_RULES)
		return TAPR_OK;
	return err_set(err, TAPR_EINVAL, value_or_empty(&row[CLAIM_ID]), "%s",
	    fault_reason((enum fault_id)(FAULT_CLAIM_FIRST + (int)rule)));
}

/* A claim and what is decided about it; ${row} is read, then changed. */
struct decision {
	const char	*kind;
	struct value	 on, before, after, document;
	struct value	*row;
	struct row	 claim;
	char		 text[ROW_TEXT_MAX];	/* of the claim */
};

/* The claim is, from now on, what ${d}->row says. */
static int
decide(struct acting *a, const struct decision *d, struct err *err)
{
	const struct value *row = d->row;
	struct value event[EVENT_COLUMNS];
	enum put put;
	int rc;

	if ((rc = act_not_future(a, &d->on, "on", err)) != TAPR_OK ||
	    (rc = check(row, err)) != TAPR_OK)
		return rc;
	if (d->on.i < row[CLAIM_DECLARED_ON].i)
		return err_set(err, TAPR_EINVAL, "on", "décision avant la "
		    "déclaration du sinistre");
	if ((rc = fact_put(&a->batch, TABLE_CLAIM, row, 0, &put, err)) !=
	    TAPR_OK)
		return rc;
	event[EVENT_YEAR] = row[CLAIM_YEAR];
	event[EVENT_CLAIM_ID] = row[CLAIM_ID];
	event[EVENT_KIND] = value_text(d->kind);
	event[EVENT_ON_DATE] = d->on;
	event[EVENT_BEFORE] = d->before;
	event[EVENT_AFTER] = d->after;
	event[EVENT_AUTHOR] = act_author(a);
	event[EVENT_DOCUMENT] = d->document;
	return act_put(a, TABLE_CLAIM_EVENT, event, err);
}

/* ---- decisions ----------------------------------------------------------- */

enum { D_CLAIM, D_ON, D_DOCUMENT, D_COLUMNS, D_WORD = D_COLUMNS,
	D_WORD_COLUMNS, D_SECTION = D_WORD_COLUMNS, D_ATTACH_COLUMNS };

#define DECISION							\
	[D_CLAIM] = KEY("SINISTRE", FLOW_REFERENCE),			\
	[D_ON] = KEY("on", FLOW_DATE),					\
	[D_DOCUMENT] = KEY_TEXT("document", 200)

static const struct flow_column decision_columns[D_COLUMNS] = { DECISION };

static const struct flow_column refuse_columns[D_COLUMNS] = {
	[D_CLAIM] = KEY("SINISTRE", FLOW_REFERENCE),
	[D_ON] = KEY("on", FLOW_DATE),
	[D_DOCUMENT] = KEY_TEXT("reason", 200),
};

static const struct flow_column reclassify_columns[D_WORD_COLUMNS] = {
	DECISION, [D_WORD] = KEY_WORD("kind", kind_words),
};

static const struct flow_column attach_columns[D_ATTACH_COLUMNS] = {
	DECISION, [D_WORD] = KEY("siret", FLOW_SIRET),
	[D_SECTION] = KEY_WORD("section", section_words),
};

/* A decision of that kind, from the claim as it stands. */
static int
start(struct acting *a, const struct value *v, const char *kind,
    struct decision *ret, struct err *err)
{
	ret->kind = kind;
	ret->on = v[D_ON];
	ret->before = ret->after = value_null();
	ret->document = v[D_DOCUMENT];
	ret->row = ret->claim.value;
	return read_claim(a, v[D_CLAIM].s, ret->text, &ret->claim, err);
}

static int
accept(struct acting *a, const struct value *v, struct err *err)
{
	struct decision d;
	int rc;

	if ((rc = start(a, v, "accept", &d, err)) != TAPR_OK)
		return rc;
	if (d.row[CLAIM_RECOGNISED_ON].kind == VALUE_INT)
		return err_set(err, TAPR_EINVAL, v[D_CLAIM].s, "ce sinistre "
		    "est déjà reconnu");
	d.row[CLAIM_RECOGNISED_ON] = v[D_ON];
	if ((rc = decide(a, &d, err)) == TAPR_OK)
		str_printf(a->out, "%s : reconnu\n", v[D_CLAIM].s);
	return rc;
}

static int
refuse(struct acting *a, const struct value *v, struct err *err)
{
	struct decision d;
	int rc;

	if ((rc = start(a, v, "refuse", &d, err)) != TAPR_OK)
		return rc;
	if (d.row[CLAIM_RECOGNISED_ON].kind == VALUE_INT)
		return err_set(err, TAPR_EINVAL, v[D_CLAIM].s, "un sinistre "
		    "reconnu ne se refuse plus ; voyez « tapr claim "
		    "not-opposable »");
	d.row[CLAIM_REFUSED_ON] = v[D_ON];
	if ((rc = decide(a, &d, err)) == TAPR_OK)
		str_printf(a->out, "%s : refusé ; il n'entrera pas au compte\n",
		    v[D_CLAIM].s);
	return rc;
}

static int
reclassify(struct acting *a, const struct value *v, struct err *err)
{
	struct decision d;
	int rc;

	if ((rc = start(a, v, "reclassify", &d, err)) != TAPR_OK)
		return rc;
	d.after = v[D_WORD];
	d.before = d.row[CLAIM_KIND];
	if (value_same(&d.before, &d.after))
		return err_set(err, TAPR_EINVAL, "kind", "ce sinistre est "
		    "déjà de cette nature");
	d.row[CLAIM_KIND] = v[D_WORD];
	if ((rc = decide(a, &d, err)) == TAPR_OK)
		str_printf(a->out, "%s : %s devient %s\n", v[D_CLAIM].s,
		    value_or_empty(&d.before), v[D_WORD].s);
	return rc;
}

static int
attach(struct acting *a, const struct value *v, struct err *err)
{
	struct decision d;
	char other[ROW_TEXT_MAX];
	struct row ignored;
	int rc;

	if ((rc = act_establishment(a, v[D_WORD].s, other, &ignored, err)) !=
	    TAPR_OK ||
	    (rc = start(a, v, "attach", &d, err)) != TAPR_OK)
		return rc;
	d.after = v[D_WORD];
	d.before = d.row[CLAIM_SIRET];
	d.row[CLAIM_SIRET] = v[D_WORD];
	d.row[CLAIM_SECTION] = v[D_SECTION];
	if ((rc = decide(a, &d, err)) == TAPR_OK)
		str_printf(a->out, "%s : rattaché à %s\n", v[D_CLAIM].s,
		    v[D_WORD].s);
	return rc;
}

static int
not_opposable(struct acting *a, const struct value *v, struct err *err)
{
	struct decision d;
	int rc;

	if ((rc = start(a, v, "not-opposable", &d, err)) != TAPR_OK)
		return rc;
	d.after = value_text(charge_words[CHARGE_NOT_OPPOSABLE]);
	d.before = d.row[CLAIM_CHARGE];
	if (value_same(&d.before, &d.after))
		return err_set(err, TAPR_EINVAL, v[D_CLAIM].s, "ce sinistre "
		    "est déjà inopposable");
	d.row[CLAIM_CHARGE] = d.after;
	if ((rc = decide(a, &d, err)) == TAPR_OK)
		str_printf(a->out, "%s : inopposable à l'employeur ; retiré de "
		    "son compte au prochain calcul\n", v[D_CLAIM].s);
	return rc;
}

/* R. 441-16; it never changes the average cost of the employer. */
static int
relapse(struct acting *a, const struct value *v, struct err *err)
{
	struct decision d;
	struct claim_deadline reserves, decision;
	struct date on = value_to_date(&v[D_ON]);
	int rc;

	if ((rc = start(a, v, "relapse", &d, err)) != TAPR_OK ||
	    (rc = claim_deadline(a->law, "relapse", "reserves", on, &reserves,
	    err)) != TAPR_OK ||
	    (rc = claim_deadline(a->law, "relapse", "decision", on, &decision,
	    err)) != TAPR_OK ||
	    (rc = decide(a, &d, err)) != TAPR_OK)
		return rc;
	str_printf(a->out, "%s : rechute reçue ; réserves de l'employeur "
	    "jusqu'au %s, décision jusqu'au %s (%s) ; le coût moyen ne change "
	    "pas\n", v[D_CLAIM].s, fmt_day(reserves.last_day).text,
	    fmt_day(decision.last_day).text, decision.article);
	return TAPR_OK;
}

static int
close_it(struct acting *a, const struct value *v, struct err *err)
{
	struct decision d;
	int rc;

	if ((rc = start(a, v, "close", &d, err)) != TAPR_OK)
		return rc;
	if ((rc = decide(a, &d, err)) == TAPR_OK)
		str_printf(a->out, "%s : dossier clos\n", v[D_CLAIM].s);
	return rc;
}

/* ---- a benefit typed by hand (S1-63) ------------------------------------- */

enum { B_CLAIM, B_ID, B_NATURE, B_FROM, B_TO, B_DAYS, B_AMOUNT, B_PAID,
	B_REASON, B_REVIEWER, B_COLUMNS };

#define AMOUNT_MAX INT64_C(100000000000)	/* 10^9 euros, in cents */

static const struct flow_column benefit_columns[B_COLUMNS] = {
	[B_CLAIM] = KEY("SINISTRE", FLOW_REFERENCE),
	[B_ID] = KEY("reference", FLOW_REFERENCE),
	[B_NATURE] = KEY_WORD("nature", benefit_words),
	[B_FROM] = MAY("from", FLOW_DATE),
	[B_TO] = MAY("to", FLOW_DATE),
	[B_DAYS] = { .name = "days", .type = FLOW_NUMBER,
	    .need = FLOW_OPTIONAL, .max = 99999 },
	[B_AMOUNT] = { .name = "amount", .type = FLOW_DECIMAL, .places = 2,
	    .min = -AMOUNT_MAX, .max = AMOUNT_MAX },
	[B_PAID] = KEY("paid_on", FLOW_DATE),
	[B_REASON] = KEY_TEXT("reason", 200),
	[B_REVIEWER] = KEY("reviewer", FLOW_LOGIN),
};

static int
benefit(struct acting *a, const struct value *v, struct err *err)
{
	struct value row[BENEFIT_COLUMNS];
	char text[ROW_TEXT_MAX];
	int64_t batch = 0;
	struct row claim;
	int rc;

	if (strcmp(v[B_REVIEWER].s, a->fund->actor) == 0)
		return err_set(err, TAPR_EINVAL, "reviewer", "une prestation "
		    "saisie à la main demande une seconde personne ; elle ne "
		    "peut être celle qui saisit");
	if ((rc = act_not_future(a, &v[B_PAID], "paid_on", err)) != TAPR_OK ||
	    (rc = read_claim(a, v[B_CLAIM].s, text, &claim, err)) !=
	    TAPR_OK ||
	    (rc = store_number(a->fund->store, SQL_BENEFIT_MESSAGE, &v[B_ID],
	    1, &batch, err)) != TAPR_OK)
		return rc;
	if (batch != 0)
		return err_set(err, TAPR_EINVAL, "reference", "une prestation "
		    "porte déjà cette référence");
	row[BENEFIT_YEAR] = value_int(value_to_date(&v[B_PAID]).y);
	row[BENEFIT_ID] = v[B_ID];
	row[BENEFIT_CLAIM_ID] = v[B_CLAIM];
	row[BENEFIT_NATURE] = v[B_NATURE];
	row[BENEFIT_FROM_ON] = v[B_FROM];
	row[BENEFIT_TO_ON] = v[B_TO];
	row[BENEFIT_DAYS] = v[B_DAYS];
	row[BENEFIT_CENTS] = v[B_AMOUNT];
	row[BENEFIT_PAID_ON] = v[B_PAID];
	row[BENEFIT_REASON] = v[B_REASON];
	row[BENEFIT_AUTHOR] = act_author(a);
	row[BENEFIT_REVIEWER] = v[B_REVIEWER];
	if ((rc = act_put(a, TABLE_BENEFIT, row, err)) == TAPR_OK)
		str_printf(a->out, "%s : prestation %s saisie à la main, "
		    "vérifiée par %s\n", v[B_CLAIM].s, v[B_ID].s,
		    v[B_REVIEWER].s);
	return rc;
}

const struct act acts_claim[] = {
	{ "claim accept", decision_columns, D_COLUMNS, accept },
	{ "claim refuse", refuse_columns, D_COLUMNS, refuse },
	{ "claim reclassify", reclassify_columns, D_WORD_COLUMNS,
	    reclassify },
	{ "claim attach", attach_columns, D_ATTACH_COLUMNS, attach },
	{ "claim not-opposable", decision_columns, D_COLUMNS,
	    not_opposable },
	{ "claim relapse", decision_columns, D_COLUMNS, relapse },
	{ "claim close", decision_columns, D_COLUMNS, close_it },
	{ "claim benefit", benefit_columns, B_COLUMNS, benefit },
	{ NULL, NULL, 0, NULL },
};
