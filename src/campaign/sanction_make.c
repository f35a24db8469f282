/*
 * sanction_make.c -- the measures of the register that are sanctions become
 * lines of a lot, each with its amount, once a year.
 *
 *	supplementary	percent x normal contribution (arrêté of 9 December
 *			2010, art. 8 to 18), by the rate of the campaign
 *	no_account	penalty of CSS L. 242-5, one a firm and year
 *
 * What cannot be worked out is said and makes no line.
 */
#include <stdio.h>
#include <string.h>

#include "base/ids.h"
#include "campaign/sanction.h"
#include "campaign/standing.h"
#include "deadline/deadline.h"
#include "model/words.h"
#include "tariff/penalty.h"

struct making {
	struct desk	 d;
	struct lots	 lots;
	struct batch	 b;
	struct lot	*lot;		/* NULL before the first line */
	struct str	*out, *told;	/* an answer; what is left out */
	struct err	*err;
	/* The firm whose establishments without an account are read. */
	struct sanction	 firm;
	uint64_t	 last;		/* its establishment last counted */
	int64_t		 hundredths;
	bool		 has_firm, unknown;
};

static int
left_out(struct making *m, uint64_t siret, const char *reference,
    const char *why)
{
	char text[15];

	str_printf(m->told, "  %s %s : %s\n", siret_text(siret, text),
	    reference, why);
	return TAPR_OK;
}

/* Already a line of this year: of the firm, for a penalty. */
static bool
is_there(const struct making *m, const struct sanction *s)
{
	for (size_t i = 0; i < m->lots.sanctions; i++) {
		const struct sanction *o = &m->lots.sanction[i];

		if (o->kind != s->kind)
			continue;
		if (s->kind == SANCTION_PENALTY ?
		    o->siret / 100000 == s->siret / 100000 :
		    o->siret == s->siret &&
		    strcmp(o->reference, s->reference) == 0)
			return true;
	}
	return false;
}

static int
add(struct making *m, struct sanction *s, struct frac amount)
{
	int rc;

	if (!frac_scaled(frac_round(amount, 2, ROUND_HALF_UP), 2, &s->amount))
		return err_set(m->err, TAPR_ERANGE, s->reference,
		    "montant trop grand");
	if (m->lot == NULL && (rc = lot_make(&m->d, &m->b, &m->lots, NULL,
	    &m->lot, m->err)) != TAPR_OK)
		return rc;
	if ((rc = sanction_put(&m->d, &m->b, s, m->lot->number, m->err)) !=
	    TAPR_OK)
		return rc;
	m->lot->rates++;
	m->lot->contributions += s->amount;
	return TAPR_OK;
}

/* ---- supplementary contributions ---------------------------------------------- */

/* The payroll of a section in a year, NO_AMOUNT when it is not known. */
static int
payroll_of(struct making *m, const struct sanction *s, int year,
    int64_t *cents, int64_t *hundredths)
{
	char siret[15];
	struct value key[3] = { value_int(year),
		value_text(siret_text(s->siret, siret)),
		value_text(s->section) };
	char buf[ROW_TEXT_MAX];
	struct row row;
	bool found;
	int rc;

	*cents = *hundredths = NO_AMOUNT;
	if ((rc = fact_get(m->d.fund.store, TABLE_PAYROLL, m->d.known, key,
	    buf, &row, &found, m->err)) != TAPR_OK || !found)
		return rc;
	if (row.damaged)
		return err_set(m->err, TAPR_EIO, "payroll", "une ligne de %s "
		    "est abîmée ; restaurez une sauvegarde", siret);
	*cents = value_or(&row.value[PAY_CENTS], NO_AMOUNT);
	*hundredths = value_or(&row.value[PAY_HEADCOUNT], NO_AMOUNT);
	return TAPR_OK;
}

/* The normal contribution of a month: the rate that stands, on the payroll of
 * its year or else the last known one (N-33), of this establishment alone. */
static int
set_base(struct making *m, struct sanction *s, uint64_t i)
{
	struct rectified r;
	int64_t ignored;
	int rc;

	if ((rc = rectified_find(&m->d, i, &r, m->err)) != TAPR_OK)
		return rc;
	s->rate = r.contest != 0 ? r.now : m->d.r.value[i];
	s->payroll_year = m->d.act->year;
	if ((rc = payroll_of(m, s, s->payroll_year, &s->payroll, &ignored)) !=
	    TAPR_OK || s->payroll != NO_AMOUNT)
		return rc;
	s->payroll = m->d.in.payroll[INPUTS_YEARS - 1][i];
	s->payroll_year = (int)m->d.in.meta[META_FIRST_PAYROLL] +
	    INPUTS_YEARS - 1;
	return TAPR_OK;
}

static int
supplementary(struct making *m, const struct value *v)
{
	int year = m->d.act->year, section = -1, rc;
	struct date end = { (int16_t)(year + 1), 1, 1 };
	struct supplementary_contribution c;
	struct sanction s = { .kind = SANCTION_SUPPLEMENTARY,
	    .siret = siret_number(value_or_empty(&v[MEASURE_SIRET]), 14),
	    .reference = value_or_empty(&v[MEASURE_REFERENCE]),
	    .from = value_to_date(&v[MEASURE_FROM_ON]),
	    .until = value_to_date(&v[MEASURE_TO_ON]),
	    .percent = frac_ratio(value_or(&v[MEASURE_VALUE], 0), 100),
	    .headcount = NO_AMOUNT };
	uint64_t i;

	s.section = v[MEASURE_SECTION].kind == VALUE_NULL ?
	    section_words[SECTION_MAIN] : v[MEASURE_SECTION].s;
	for (int k = 0; section_words[k] != NULL; k++)
		if (strcmp(section_words[k], s.section) == 0)
			section = k;
	if (!date_is(s.until))
		s.until = end;
	if (section < 0 || date_cmp(s.from, end) >= 0 || date_cmp(s.until,
	    (struct date){ (int16_t)year, 1, 1 }) <= 0 || is_there(m, &s))
		return TAPR_OK;
	i = inputs_find(&m->d.in, s.siret, (enum section)section);
	if (i == m->d.in.sections || m->d.r.mode[i] == MODE_NONE)
		return left_out(m, s.siret, s.reference,
		    "sans taux dans cette campagne");
	if ((rc = set_base(m, &s, i)) != TAPR_OK)
		return rc;
	if (s.payroll == NO_AMOUNT)
		return left_out(m, s.siret, s.reference,
		    "sans masse salariale connue");
	if ((rc = supplementary_contribution(m->d.law, frac_div(frac_mul(
	    frac_cents((struct cents){ s.payroll }),
	    frac_rate((struct rate){ s.rate })), frac_int(1200)), s.from,
	    s.until, s.percent, &c, m->err)) != TAPR_OK)
		return err_note(m->err, rc, "%s", s.reference);
	return add(m, &s, c.amount);
}

/* ---- penalties ------------------------------------------------------------------- */

/* The firm that was being read is whole. */
static int
end_firm(struct making *m)
{
	struct notification_penalty p;
	struct sanction *s = &m->firm;
	uint64_t i, firm;
	int rc;

	if (!m->has_firm)
		return TAPR_OK;
	m->has_firm = false;
	if (is_there(m, s))
		return TAPR_OK;
	for (i = 0; i < m->d.in.sections &&
	    m->d.in.siret[i] / 100000 != s->siret / 100000; i++)
		;
	if (i == m->d.in.sections)
		return left_out(m, s->siret, s->reference,
		    "entreprise sans section dans cette campagne");
	firm = m->d.in.firm[i];
	s->headcount = m->d.in.headcount[HEADCOUNT_YEARS - 1][firm];
	if (s->headcount == NO_AMOUNT || m->unknown)
		return left_out(m, s->siret, s->reference, "effectif de "
		    "l'entreprise ou de l'établissement inconnu : la pénalité "
		    "n'est pas chiffrée");
	s->counted = (int)(m->hundredths / 100);
	s->payroll = NO_AMOUNT;
	if ((rc = notification_penalty(m->d.act->law, m->d.act->year,
	    frac_ratio(s->headcount, HEADCOUNT_UNIT), s->counted, &p,
	    m->err)) != TAPR_OK)
		return err_note(m->err, rc, "%s", s->reference);
	if (!p.obliged)
		return left_out(m, s->siret, s->reference, "l'entreprise "
		    "n'est pas tenue d'avoir un compte cette année");
	return add(m, s, p.amount);
}

/* Its employees of the last known year, in all its sections. */
static int
count_employees(struct making *m, uint64_t siret, int year)
{
	struct sanction s = { .siret = siret };
	bool any = false;

	for (int k = SECTION_MAIN; section_words[k] != NULL; k++) {
		int64_t cents, hundredths;
		int rc;

		s.section = section_words[k];
		if ((rc = payroll_of(m, &s, year, &cents, &hundredths)) !=
		    TAPR_OK)
			return rc;
		if (hundredths == NO_AMOUNT) {
			m->unknown |= cents != NO_AMOUNT;
			continue;
		}
		any = true;
		m->hundredths += hundredths;
	}
	m->unknown |= !any;
	return TAPR_OK;
}

static int
no_account(struct making *m, const struct value *v)
{
	int year = m->d.act->year, rc;
	uint64_t siret = siret_number(value_or_empty(&v[MEASURE_SIRET]), 14);
	struct date from = value_to_date(&v[MEASURE_FROM_ON]),
	    to = value_to_date(&v[MEASURE_TO_ON]);

	if (from.y > year || (date_is(to) && to.y < year))
		return TAPR_OK;
	if (m->has_firm && m->firm.siret / 100000 != siret / 100000 &&
	    (rc = end_firm(m)) != TAPR_OK)
		return rc;
	if (!m->has_firm) {
		m->firm = (struct sanction){ .kind = SANCTION_PENALTY,
		    .siret = siret, .from = from, .until = to,
		    .percent = frac_int(0),
		    .payroll_year = (int)m->d.in.meta[META_FIRST_PAYROLL] +
		    INPUTS_YEARS - 1 };
		m->firm.reference = arena_strdup(m->d.a,
		    value_or_empty(&v[MEASURE_REFERENCE]));
		if (m->firm.reference == NULL)
			return err_set(m->err, TAPR_EIO, NULL,
			    "mémoire insuffisante");
		m->hundredths = 0;
		m->has_firm = true;
		m->unknown = false;
		m->last = 0;
	}
	if (m->last == siret)
		return TAPR_OK;
	m->last = siret;
	return count_employees(m, siret, m->firm.payroll_year);
}

/* ---- driving ---------------------------------------------------------------------- */

static int
each_measure(struct making *m)
{
	const struct row *row;
	struct rows *r;
	int rc;

	if ((rc = rows_open(m->d.fund.store, TABLE_MEASURE, m->d.known, NULL,
	    0, &r, m->err)) != TAPR_OK)
		return rc;
	while ((rc = rows_next(r, &row, m->err)) == TAPR_OK && row != NULL) {
		const char *kind = value_or_empty(&row->value[MEASURE_KIND]);

		if (row->damaged)
			rc = err_set(m->err, TAPR_EIO, "measure", "une ligne "
			    "est abîmée ; restaurez une sauvegarde");
		else if (strcmp(kind, "supplementary") == 0)
			rc = supplementary(m, row->value);
		else if (strcmp(kind, "no_account") == 0)
			rc = no_account(m, row->value);
		if (rc != TAPR_OK)
			break;
	}
	rows_free(r);
	return rc == TAPR_OK ? end_firm(m) : rc;
}

static int
make(struct making *m)
{
	int rc;

	if ((rc = lots_load(&m->d, &m->lots, m->err)) != TAPR_OK ||
	    (rc = desk_law(&m->d, m->err)) != TAPR_OK ||
	    (rc = desk_begin(&m->d, "campaign sanction", &m->b, m->err)) !=
	    TAPR_OK)
		return rc;
	if ((rc = each_measure(m)) == TAPR_OK && m->lot == NULL)
		rc = err_set(m->err, TAPR_EINVAL, NULL, "ni cotisation "
		    "supplémentaire ni pénalité nouvelle pour %d%s%s",
		    m->d.act->year, m->told->n > 0 ? " ; laissées de côté :\n" :
		    "", m->told->n > 0 ? m->told->p : "");
	if (rc != TAPR_OK) {
		batch_drop(&m->b);
		return rc;
	}
	if (m->d.act->json)
		str_printf(m->out, "{\"lot\": %d, \"sanctions\": %llu, "
		    "\"amount_cents\": %lld}\n", m->lot->number,
		    (unsigned long long)m->lot->rates,
		    (long long)m->lot->contributions);
	else
		str_printf(m->out, "Lot %d : %llu sanction%s à soumettre aux "
		    "observations (tapr campaign draft %d) ; rien n'est dû "
		    "avant leur notification\n%s%s", m->lot->number,
		    (unsigned long long)m->lot->rates,
		    plural((int64_t)m->lot->rates), m->d.act->year,
		    m->told->n > 0 ? "Laissées de côté\n" : "",
		    m->told->n > 0 ? m->told->p : "");
	return batch_publish(&m->b, NULL, m->err);
}

int
campaign_sanction(const struct campaign_act *act, struct str *out,
    struct err *err)
{
	struct str told;
	struct making m = { .out = out, .told = &told, .err = err };
	int rc;

	str_init(&told, (size_t)1 << 24);
	if ((rc = desk_open(act, STORE_WRITE, &m.d, err)) == TAPR_OK &&
	    (rc = make(&m)) == TAPR_OK)
		rc = desk_written(out, err);
	desk_close(&m.d);
	str_free(&told);
	return rc;
}
