/*
 * value.c -- the value of the risk: what the claims of the window cost.
 *
 *	window (N-4 .. N-2, less the years before the creation)
 *	  -> lines: each charged claim, in its year, at its average cost
 *	  -> risk value = sum of the lines (+ real costs in 2012 and 2013)
 *	  -> payroll of the same years
 */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "model/words.h"
#include "tariff/charge.h"
#include "tariff/cost.h"
#include "tariff/work.h"

struct pricing {
	struct work		*w;
	const struct categories	*it, *ip;
	struct param		 given;		/* a cost with the facts */
	bool			 abated;
	struct param		 abatement;
	int			 first_average_year;
	bool			 phased_line;	/* a line of N-22 was met */
	struct charged_line	*line;		/* room for two a claim */
	size_t			 lines;
};

static const char *const given_cost_path[COST_CATEGORIES] = {
	"given.average_costs.IT1", "given.average_costs.IT2",
	"given.average_costs.IT3", "given.average_costs.IT4",
	"given.average_costs.IT5", "given.average_costs.IT6",
	"given.average_costs.IP1", "given.average_costs.IP2",
	"given.average_costs.IP3", "given.average_costs.IP4",
	"given.average_costs.IP2_IP4",
};

/*
 * D. 242-6-17: an establishment's own results for the civil years since its
 * creation, complete or not.  Never for a single rate or a takeover.
 */
static void
set_window(struct work *w)
{
	const struct facts *f = w->facts;
	struct answer *ans = w->ans;
	int rc = kept_window(w->kept, w->err), first = w->kept->first;

	assert(rc == TAPR_OK);	/* mode_of() asked for it before */
	if (date_is(f->created) && !f->taken_over && !f->has_single_rate &&
	    f->created.y > first) {
		first = f->created.y;
		work_warn(w, "établissement créé en %d : seules les années à "
		    "partir de sa création comptent", f->created.y);
	}
	for (int y = first; y <= w->kept->last; y++)
		ans->window[ans->window_years++] = y;
}

static bool
in_window(const struct answer *ans, int year)
{
	return ans->window_years > 0 && year >= ans->window[0] &&
	    year <= ans->window[ans->window_years - 1];
}

/* The average cost of a category; good until the next one is asked. */
static int
price(struct pricing *p, enum cost_category category,
    const struct param **ret)
{
	struct work *w = p->w;
	const struct facts *f = w->facts;

	if (!f->given.has_cost[category])
		return kept_cost(w->kept, f, category, ret, w->err);
	p->given = (struct param){ NULL, given_cost_path[category],
	    f->given.cost[category] };
	*ret = &p->given;
	return TAPR_OK;
}

static void
set_abatement(struct pricing *p)
{
	struct work *w = p->w;
	const struct facts *f = w->facts;
	bool undated;

	if (f->given.has_abatement) {
		p->abatement = (struct param){ NULL, "given.abatement",
		    f->given.abatement };
		p->abated = !frac_is_zero(f->given.abatement);
		return;
	}
	p->abated = kept_abatement(w->kept, &p->abatement, &undated);
	if (undated)
		work_warn(w, "le risque %s figure dans une liste d'abattement "
		    "des coûts moyens d'une autre date ou d'une date inconnue "
		    "(arrêté du 21 décembre 2011) : aucun abattement n'est "
		    "appliqué ; s'il est en vigueur, donnez given.abatement "
		    "(lecture N-24)", f->risk_code);
}

/*
 * "1 + (jours >= it2) + (jours >= it3) ...": the number of the category.
 */
static int
category_step(struct pricing *p, const struct claim *c, bool ip,
    enum cost_category category)
{
	const struct categories *k = ip ? p->ip : p->it;
	const struct steps *s = &p->w->steps;
	const char *subject = ip ? "ip" : "jours";
	struct operand ops[1 + CATEGORY_BOUNDS_MAX];
	const char *formula = "1";

	if (s->trace == NULL)
		return TAPR_OK;
	ops[0] = from_fact(subject, frac_int(ip ? c->ip_rate :
	    c->stoppage_days), steps_text(s, "fact:claims.%s.%s", c->ref,
	    ip ? "ip_rate" : "stoppage_days"));
	for (int i = 1; i < k->n; i++) {
		const char *name = steps_text(s, "borne%d", i + 1);

		ops[i] = from_param(s, name, &k->from[i]);
		formula = steps_text(s, "%s + (%s >= %s)", formula, subject,
		    name);
	}
	return steps_add(s, steps_text(s, "claim.%s.%s.category", c->ref,
	    ip ? "ip" : "it"), frac_int((int)(category - k->first) + 1), ops,
	    (size_t)k->n,
	    .label = steps_text(s, "Sinistre %s : catégorie de l'%s",
	    c->ref, ip ? "incapacité permanente (IP)" :
	    "incapacité temporaire (IT)"), .formula = formula,
	    .unit = UNIT_WORD, .word = category_words[category],
	    .article = k->rule->article);
}

static int
line_step(struct pricing *p, const struct charged_line *l,
    const struct param *cost, const struct temp_share *temp)
{
	const struct steps *s = &p->w->steps;
	const struct claim *c = l->claim;
	struct operand ops[4];
	const char *formula = "cout";
	size_t n = 0;

	if (s->trace == NULL)
		return steps_check(s, "claim", l->amount);
	ops[n++] = from_param(s, "cout", cost);
	if (p->abated) {
		ops[n++] = from_param(s, "abattement", &p->abatement);
		formula = steps_text(s, "%s * (1 - abattement)", formula);
	}
	if (!frac_is_zero(c->third_party_share)) {
		ops[n++] = from_fact("part_tiers", c->third_party_share,
		    steps_text(s, "fact:claims.%s.third_party_share", c->ref));
		formula = steps_text(s, "%s * (1 - part_tiers)", formula);
	}
	if (temp != NULL && temp->user_bears) {
		ops[n++] = from_param(s, "part_utilisatrice",
		    &temp->user_share);
		formula = steps_text(s, c->temp_role == TEMP_USER ?
		    "%s * part_utilisatrice" : "%s * (1 - part_utilisatrice)",
		    formula);
	}
	return steps_add(s, steps_text(s, "claim.%s.%s", c->ref, l->ip ? "ip" :
	    "it"), l->amount, ops, n,
	    .label = steps_text(s, "Sinistre %s : %s, imputé à %d "
	    "(catégorie %s)", c->ref, l->death ? "décès" : l->ip ?
	    "incapacité permanente" : "incapacité temporaire",
	    l->year, category_words[l->category]), .formula = formula,
	    .unit = UNIT_EUR, .article = temp != NULL ? temp->rule->article :
	    frac_is_zero(c->third_party_share) ?
	    work_article(p->w, "average-cost",
	    zone_words[p->w->facts->zone]) :
	    work_article(p->w, "third-party", ""));
}

/* The factor of a line, and what the temporary-work rule says of it. */
static int
line_factor(struct pricing *p, struct charged_line *l, struct temp_share *temp)
{
	struct work *w = p->w;
	const struct claim *c = l->claim;
	struct frac one = frac_int(1);
	int rc;

	l->share = charge_third_party(one, c->third_party_share);
	if (c->temp_role != TEMP_NONE) {
		if ((rc = kept_temp_share(w->kept, l->year, l->category,
		    c->temp_role, temp, w->err)) != TAPR_OK)
			return rc;
		p->phased_line |= temp->rule->form == TEMP_PHASED;
		l->share = frac_mul(l->share, temp->share);
	}
	l->factor = !p->abated ? l->share :
	    charge_third_party(l->share, p->abatement.exact);
	return TAPR_OK;
}

/* One line of a claim: ignored when its year is outside the window. */
static int
charge_line(struct pricing *p, const struct claim *c, enum line_kind kind)
{
	struct work *w = p->w;
	struct charged_line *l = &p->line[p->lines];
	struct temp_share temp;
	bool temporary = c->temp_role != TEMP_NONE;
	enum cost_category category;
	const struct param *cost;
	int rc;

	l->year = charge_year(c, kind, w->on, NULL);
	if (!in_window(w->ans, l->year) || l->year < p->first_average_year)
		return TAPR_OK;
	l->claim = c;
	l->ip = kind != LINE_IT;
	l->death = kind == LINE_DEATH;
	category = kind == LINE_IT ? cost_category(p->it, c->stoppage_days) :
	    kind == LINE_IP ? cost_category(p->ip, c->ip_rate) : COST_IP4;
	l->category = cost_priced_as(w->facts->zone, w->facts->ctn, category);
	if ((rc = line_factor(p, l, &temp)) != TAPR_OK)
		return rc;
	if (temporary && frac_is_zero(temp.share))
		return TAPR_OK;	/* the other firm bears it whole */
	if ((rc = price(p, l->category, &cost)) != TAPR_OK)
		return err_note(w->err, rc, "claims.%s", c->ref);
	if (kind != LINE_DEATH && (rc = category_step(p, c, l->ip, category))
	    != TAPR_OK)
		return rc;
	l->cost = cost->exact;
	l->amount = frac_mul(l->cost, l->factor);
	p->lines++;
	return line_step(p, l, cost, temporary ? &temp : NULL);
}

static int
charge_claim(struct pricing *p, const struct claim *c)
{
	struct work *w = p->w;
	enum line_kind kind;
	int rc;

	if (charge_excluded(w->law, w->facts->zone, c, w->on) != NULL)
		return TAPR_OK;
	/* D. 242-6-19: partial self-management counts IP costs alone. */
	if (c->care && w->facts->regime != REGIME_SELF_MANAGEMENT &&
	    (rc = charge_line(p, c, LINE_IT)) != TAPR_OK)
		return rc;
	if (charge_ip_kind(c, &kind))
		return charge_line(p, c, kind);
	return TAPR_OK;
}

/* Décret 2010-753 art. 3: which years of the window still rest on real costs. */
static int
set_transition(struct pricing *p)
{
	struct work *w = p->w;

	p->first_average_year = 0;
	if (kept_value_rule(w->kept)->form != VALUE_TRANSITION)
		return TAPR_OK;
	return param_int(w->law, "real_costs", LAW_KEYS("first_average_year"),
	    w->on, &p->first_average_year, w->err);
}

static int
prepare(struct work *w, struct pricing *p)
{
	const struct facts *f = w->facts;
	int rc;

	*p = (struct pricing){ .w = w };
	if ((rc = set_transition(p)) != TAPR_OK ||
	    (rc = kept_categories(w->kept, f->zone, false, &p->it, w->err)) !=
	    TAPR_OK || (rc = kept_categories(w->kept, f->zone, true, &p->ip,
	    w->err)) != TAPR_OK)
		return rc;
	set_abatement(p);
	p->line = arena_array(w->arena, f->claims * 2 + 1, sizeof *p->line);
	if (p->line == NULL)
		return err_set(w->err, TAPR_EIO, "claims",
		    "mémoire insuffisante pour %zu sinistres", f->claims);
	return TAPR_OK;
}

/*
 * "l1 + l2 + ...": a sum of operands, written as its formula.  Without memory it
 * is empty, and steps_add() refuses.
 */
static const char *
sum_formula(struct work *w, const struct operand *ops, size_t n)
{
	size_t at = 0, size = 2;
	char *text;

	for (size_t i = 0; i < n; i++)
		size += strlen(ops[i].name) + 3;
	text = arena_alloc(w->arena, size);
	if (text == NULL)
		return "";
	text[0] = '0';		/* of no operand at all */
	for (size_t i = 0; i < n; i++)
		at += (size_t)snprintf(text + at, size - at, "%s%s",
		    i == 0 ? "" : " + ", ops[i].name);
	return text;
}

static int
add_real_costs(struct pricing *p, struct operand *ops, size_t *n,
    struct frac *sum)
{
	struct work *w = p->w;
	const struct steps *s = &w->steps;
	char where[40];

	for (int i = 0; i < w->ans->window_years; i++) {
		int y = w->ans->window[i];
		const struct year_amount *a;

		if (y >= p->first_average_year)
			continue;
		a = series_find(&w->facts->given.real_costs, y);
		if (a == NULL) {
			snprintf(where, sizeof where, "given.real_costs.%d",
			    y);
			return err_set(w->err, TAPR_EINVAL, where,
			    "le taux de %d repose encore sur les coûts réels "
			    "de %d (décret 2010-753 art. 3) : donnez-les, "
			    "« 0.00 » s'il n'y en eut pas", w->facts->year, y);
		}
		*sum = frac_add(*sum, a->amount);
		if (ops == NULL)
			continue;
		ops[(*n)++] = from_fact(steps_text(s, "couts_reels_%d", y),
		    a->amount, steps_text(s, "fact:given.real_costs.%d", y));
	}
	return TAPR_OK;
}

static int
sum_lines(struct pricing *p)
{
	struct work *w = p->w;
	const struct steps *s = &w->steps;
	struct frac sum = frac_int(0);
	struct operand *ops = NULL;
	size_t n = 0;
	int rc;

	if (s->trace != NULL && (ops = arena_array(w->arena,
	    p->lines + WINDOW_MAX, sizeof *ops)) == NULL)
		return err_set(w->err, TAPR_EIO, "claims",
		    "mémoire insuffisante pour %zu lignes", p->lines);
	if ((rc = add_real_costs(p, ops, &n, &sum)) != TAPR_OK)
		return rc;
	for (size_t i = 0; i < p->lines; i++) {
		const struct charged_line *l = &p->line[i];

		sum = frac_add(sum, l->amount);
		if (ops != NULL)
			ops[n++] = from_step(steps_text(s, "c%zu", i + 1),
			    l->amount, steps_text(s, "step:claim.%s.%s",
			    l->claim->ref, l->ip ? "ip" : "it"));
	}
	w->ans->risk_value = (struct quantity){ true, sum };
	w->ans->line = p->line;
	w->ans->lines = p->lines;
	return steps_add(&w->steps, "risk_value", sum, ops, n,
	    .formula = sum_formula(w, ops, n),
	    .label = "Valeur du risque : somme des coûts de la période",
	    .unit = UNIT_EUR, .article = work_article(w, "real-costs", ""));
}

static int
sum_payroll(struct work *w)
{
	const struct steps *s = &w->steps;
	struct answer *ans = w->ans;
	struct operand ops[WINDOW_MAX];
	struct frac sum = frac_int(0);
	char where[32];
	size_t n = 0;

	for (int i = 0; i < ans->window_years; i++) {
		int y = ans->window[i];
		const struct year_amount *a =
		    series_find(&w->facts->payroll, y);

		if (a == NULL) {
			snprintf(where, sizeof where, "payroll.%d", y);
			return err_set(w->err, TAPR_EINVAL, where,
			    "la masse salariale de %d entre dans la période "
			    "de référence : ajoutez-la", y);
		}
		sum = frac_add(sum, a->amount);
		ops[n++] = from_fact(steps_text(s, "masse_%d", y), a->amount,
		    steps_text(s, "fact:payroll.%d", y));
	}
	if (frac_is_zero(sum))
		return err_set(w->err, TAPR_EINVAL, "payroll",
		    "aucune masse salariale dans la période de référence%s : "
		    "le taux brut n'est pas défini (vérifiez les montants)",
		    ans->lines > 0 ? ", alors que des sinistres y sont imputés"
		    : "");
	ans->payroll = (struct quantity){ true, sum };
	return steps_add(&w->steps, "payroll", sum, ops, n,
	    .formula = sum_formula(w, ops, n),
	    .label = "Masse salariale de la période", .unit = UNIT_EUR,
	    .article = work_article(w, "gross-rate",
	    zone_words[w->facts->zone]));
}

int
value_lines(struct work *w, int first, int last)
{
	struct pricing p;
	int rc;

	if (first == 0)
		set_window(w);
	for (int y = first; y != 0 && y <= last; y++)
		w->ans->window[w->ans->window_years++] = y;
	if ((rc = prepare(w, &p)) != TAPR_OK)
		return rc;
	for (size_t i = 0; i < w->facts->claims; i++)
		if ((rc = charge_claim(&p, &w->facts->claim[i])) != TAPR_OK)
			return rc;
	if (p.phased_line)
		work_warn(w, "travail temporaire : les lignes imputées avant "
		    "2024 gardent l'ancien partage d'un tiers (lecture N-22)");
	return sum_lines(&p);
}

int
value_of_risk(struct work *w)
{
	int rc;

	if ((rc = value_lines(w, 0, 0)) != TAPR_OK)
		return rc;
	return sum_payroll(w);
}
