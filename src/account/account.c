/* account.c -- see account.h. */
#include "account/account.h"

#include "model/words.h"
#include "tariff/charge.h"
#include "tariff/mode.h"
#include "tariff/rate.h"

struct making {
	const struct law	*law;
	const struct facts	*facts;
	struct arena		*arena;
	struct answer		 ans;
	struct account		*account;
	struct err		*err;
};

/* ---- debits ------------------------------------------------------------------- */

static int
share_rule(struct making *m, const struct charged_line *l,
    struct account_debit *d)
{
	const struct claim *c = l->claim;
	struct temp_share temp;
	int rc;

	if (c->temp_role != TEMP_NONE) {
		if ((rc = temp_work_share(m->law, m->ans.law_on, l->year,
		    l->category, c->temp_role, &temp, m->err)) != TAPR_OK)
			return rc;
		d->share_rule = temp.rule;
	} else if (!frac_is_zero(c->third_party_share))
		d->share_rule = rule_at("third-party", "", m->ans.law_on);
	return TAPR_OK;
}

static int
debits(struct making *m)
{
	struct account *a = m->account;
	struct account_debit *at = arena_array(m->arena, m->ans.lines + 1,
	    sizeof *at);
	struct frac sum = frac_int(0);
	int rc;

	if (at == NULL)
		return err_set(m->err, TAPR_EIO, NULL, "mémoire insuffisante");
	for (size_t i = 0; i < m->ans.lines; i++) {
		const struct charged_line *l = &m->ans.line[i];
		struct account_debit *d = &at[i];

		*d = (struct account_debit){ .claim = l->claim, .ip = l->ip,
			.death = l->death, .category = l->category,
			.year = l->year, .cost = l->cost, .share = l->share,
			.factor = l->factor, .amount = l->amount,
			.cost_rule = rule_at("average-cost",
			    zone_words[m->facts->zone], m->ans.law_on) };
		(void)charge_year(l->claim, l->death ? LINE_DEATH : l->ip ?
		    LINE_IP : LINE_IT, m->ans.law_on, &d->year_rule);
		if ((rc = share_rule(m, l, d)) != TAPR_OK)
			return rc;
		sum = frac_add(sum, l->amount);
	}
	a->debit = at;
	a->debits = m->ans.lines;
	a->total_debit = sum;
	return frac_valid(sum) ? TAPR_OK : err_set(m->err, TAPR_ERANGE, NULL,
	    "les montants du compte sont trop grands");
}

/* ---- what is not charged -------------------------------------------------------- */

static bool
in_account(const struct account *a, const struct claim *c)
{
	for (size_t i = 0; i < a->debits; i++)
		if (a->debit[i].claim == c)
			return true;
	return false;
}

static int
left_out(struct making *m)
{
	static const char other_year[] = "aucun coût n'est imputé à ces années";
	const struct facts *f = m->facts;
	struct account_left_out *at = arena_array(m->arena, f->claims + 1,
	    sizeof *at);

	if (at == NULL)
		return err_set(m->err, TAPR_EIO, NULL, "mémoire insuffisante");
	for (size_t i = 0; i < f->claims; i++) {
		const char *why;

		if (in_account(m->account, &f->claim[i]))
			continue;
		why = charge_excluded(m->law, f->zone, &f->claim[i],
		    m->ans.law_on);
		at[m->account->lefts++] = (struct account_left_out){
			&f->claim[i], why != NULL ? why : other_year };
	}
	m->account->left_out = at;
	return TAPR_OK;
}

/* ---- years ----------------------------------------------------------------------- */

static struct quantity
of_year(const struct year_series *s, int year)
{
	const struct year_amount *a = series_find(s, year);

	if (a == NULL)
		return (struct quantity){ false, frac_int(0) };
	return (struct quantity){ true, a->amount };
}

static void
years(struct making *m)
{
	struct account *a = m->account;

	a->total_payroll = (struct quantity){ true, frac_int(0) };
	a->years = m->ans.window_years;
	for (int y = 0; y < a->years; y++) {
		struct account_year *at = &a->year[y];

		at->year = m->ans.window[y];
		at->debit = frac_int(0);
		for (size_t i = 0; i < a->debits; i++)
			if (a->debit[i].year == at->year)
				at->debit = frac_add(at->debit,
				    a->debit[i].amount);
		at->payroll = of_year(&m->facts->payroll, at->year);
		at->headcount = of_year(&m->facts->headcounts, at->year);
		a->total_payroll.known &= at->payroll.known;
		a->total_payroll.exact = frac_add(a->total_payroll.exact,
		    at->payroll.exact);
	}
}

int
account_make(const struct law *law, const struct facts *facts, int first,
    int last, struct arena *arena, struct account *ret, struct err *err)
{
	struct making m = { .law = law, .facts = facts, .arena = arena,
	    .account = ret, .err = err };
	int rc;

	*ret = (struct account){ .facts = facts, .rate_year = facts->year };
	if ((rc = rate_lines(law, facts, first, last, arena, &m.ans, err)) !=
	    TAPR_OK || (rc = debits(&m)) != TAPR_OK ||
	    (rc = left_out(&m)) != TAPR_OK)
		return rc;
	years(&m);
	return TAPR_OK;
}
