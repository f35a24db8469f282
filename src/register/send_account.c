/*
 * send_account.c -- the flow fund_to_fund: what another fund needs to go on
 * with the account of an establishment that it takes over.
 *
 * Its classifications, payrolls, rates, claims and their benefits, each a row
 * that fills the columns it has.  Neither a name nor a NIR is in the register,
 * and no column of a cause, an agent, a place or a qualification is declared:
 * what is left are dates and amounts of persons who can be told from them,
 * hence a file that only its recipient can open.
 */
#include <stdlib.h>
#include <string.h>

#include "register/send.h"

enum { RECORD, SIRET, SECTION, YEAR, CODE, CTN, FROM, PAYROLL, HOURS,
	EMPLOYEES, RATE, MODE, NOTIFIED, CLAIM, KIND, DECLARED, OCCURRED,
	RECOGNISED, REFUSED, STOPPAGE, IP, IP_NOTIFIED, DEATH, DEATH_KNOWN,
	THIRD_PARTY, CHARGE, NATURE, PAID, DAYS, AMOUNT, VALUES };
static const char *const columns[VALUES] = { "record", "siret", "section",
	"year", "risk_code", "ctn", "from_on", "payroll", "hours",
	"employees", "rate", "mode", "notified_on", "claim_id", "kind",
	"declared_on", "occurred_on", "recognised_on", "refused_on",
	"stoppage_days", "ip_rate", "ip_notified_on", "death_on",
	"death_recognised_on", "third_party_share", "charge", "nature",
	"paid_on", "days", "amount" };

/* Which column of a table fills which of ours. */
struct pair { int column, value; };

static const struct part {
	const char	*record;
	enum table_id	 table;
	int		 by;		/* its column of the SIRET or claim */
	struct pair	 pair[20];	/* ended by two zeros: no RECORD */
} parts[] = {
	{ "classification", TABLE_CLASSIFICATION, CLASS_SIRET, {
		{ CLASS_SIRET, SIRET }, { CLASS_SECTION, SECTION },
		{ CLASS_FROM_ON, FROM }, { CLASS_RISK_CODE, CODE },
		{ CLASS_CTN, CTN } } },
	{ "payroll", TABLE_PAYROLL, PAY_SIRET, {
		{ PAY_YEAR, YEAR }, { PAY_SIRET, SIRET },
		{ PAY_SECTION, SECTION }, { PAY_RISK_CODE, CODE },
		{ PAY_CENTS, PAYROLL }, { PAY_HOURS, HOURS },
		{ PAY_HEADCOUNT, EMPLOYEES } } },
	{ "rate", TABLE_RATE, RATE_SIRET, {
		{ RATE_YEAR, YEAR }, { RATE_SIRET, SIRET },
		{ RATE_SECTION, SECTION }, { RATE_EFFECTIVE_ON, FROM },
		{ RATE_RISK_CODE, CODE }, { RATE_VALUE, RATE },
		{ RATE_MODE, MODE }, { RATE_NOTIFIED_ON, NOTIFIED } } },
	{ "claim", TABLE_CLAIM, CLAIM_SIRET, {
		{ CLAIM_YEAR, YEAR }, { CLAIM_SIRET, SIRET },
		{ CLAIM_SECTION, SECTION }, { CLAIM_RISK_CODE, CODE },
		{ CLAIM_ID, CLAIM }, { CLAIM_KIND, KIND },
		{ CLAIM_DECLARED_ON, DECLARED },
		{ CLAIM_OCCURRED_ON, OCCURRED },
		{ CLAIM_RECOGNISED_ON, RECOGNISED },
		{ CLAIM_REFUSED_ON, REFUSED },
		{ CLAIM_STOPPAGE_DAYS, STOPPAGE }, { CLAIM_IP_RATE, IP },
		{ CLAIM_IP_NOTIFIED_ON, IP_NOTIFIED },
		{ CLAIM_DEATH_ON, DEATH },
		{ CLAIM_DEATH_RECOGNISED_ON, DEATH_KNOWN },
		{ CLAIM_THIRD_PARTY_SHARE, THIRD_PARTY },
		{ CLAIM_CHARGE, CHARGE } } },
	{ "benefit", TABLE_BENEFIT, BENEFIT_CLAIM_ID, {
		{ BENEFIT_YEAR, YEAR }, { BENEFIT_CLAIM_ID, CLAIM },
		{ BENEFIT_NATURE, NATURE }, { BENEFIT_PAID_ON, PAID },
		{ BENEFIT_DAYS, DAYS }, { BENEFIT_CENTS, AMOUNT } } },
};

/* The last part goes by claim, the others by SIRET. */
enum { BENEFITS = sizeof parts / sizeof *parts - 1 };

struct sending {
	struct exchange		*x;
	const struct part	*part;
	struct arena		*a;
	const char		**claim;	/* whose benefits follow */
	size_t			 n, room;
};

static int
remember(struct sending *s, const char *claim, struct err *err)
{
	size_t room = s->room == 0 ? 64 : 2 * s->room;
	const char **grown;

	if (s->n == s->room) {
		if ((grown = realloc(s->claim, room * sizeof *grown)) == NULL)
			return err_set(err, TAPR_EIO, NULL,
			    "mémoire insuffisante");
		s->claim = grown;
		s->room = room;
	}
	if ((s->claim[s->n] = arena_strdup(s->a, claim)) == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	s->n++;
	return TAPR_OK;
}

static int
take(void *to, const struct value *v, struct err *err)
{
	struct sending *s = to;
	struct value row[VALUES] = { { .kind = VALUE_NULL } };
	int rc;

	row[RECORD] = value_text(s->part->record);
	for (const struct pair *p = s->part->pair; p->value != RECORD; p++)
		row[p->value] = v[p->column];
	if (s->part->table == TABLE_CLAIM && (rc = remember(s,
	    value_or_empty(&v[CLAIM_ID]), err)) != TAPR_OK)
		return rc;
	return exchange_row(s->x, row, 0, err);
}

static int
read_part(struct sending *s, const struct part *p, const char *by,
    struct err *err)
{
	struct value v = value_text(by);
	const struct exchange_reading what = { .table = p->table, .by = &v,
		.column = p->by };

	s->part = p;
	return exchange_read(s->x, &what, take, s, err);
}

static int
read_all(struct sending *s, struct err *err)
{
	int rc = TAPR_OK;

	for (int i = 0; i < BENEFITS && rc == TAPR_OK; i++)
		rc = read_part(s, &parts[i], exchange_run(s->x)->object, err);
	for (size_t i = 0; i < s->n && rc == TAPR_OK; i++)
		rc = read_part(s, &parts[BENEFITS], s->claim[i], err);
	return rc;
}

int
send_account(struct exchange *x, struct err *err)
{
	struct sending s = { .x = x };
	int rc;

	if ((s.a = arena_new((size_t)1 << 26)) == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	if ((rc = exchange_columns(x, columns, VALUES, err)) == TAPR_OK)
		rc = read_all(&s, err);
	free(s.claim);
	arena_free(s.a);
	return rc;
}
