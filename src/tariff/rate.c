/*
 * rate.c -- the rate of one establishment, from the facts to the figure that
 * is notified.
 *
 *	decide_mode --> collective --------------------------+
 *	           \--> mixed, individual                    |
 *	                 value_of_risk -> gross -> net       |
 *	                 mixed: fraction, collective part    |
 *	                                                     v
 *	                            cap -> ceiling -> rounded once
 *
 * Every arrow is a step of the sheet.  A rate stays exact until the last one.
 */
#include "tariff/rate.h"

#include <stdio.h>
#include <string.h>

#include "model/words.h"
#include "tariff/cap.h"
#include "tariff/collective.h"
#include "tariff/mixed.h"
#include "tariff/net.h"
#include "tariff/penalty.h"
#include "tariff/work.h"

static struct quantity
known(struct frac exact)
{
	return (struct quantity){ true, exact };
}

static void
running(struct work *w, const char *id, struct frac rate)
{
	w->rate = rate;
	w->rate_step = id;
}

/* steps_add() of a step whose result becomes the running rate. */
#define rate_step(w, id, result, operands, n, ...) \
	(running((w), (id), (result)), steps_add(&(w)->steps, \
	    (w)->rate_step, (w)->rate, operands, n, __VA_ARGS__))

/* ---- collective part ------------------------------------------------- */

static int
find_collective(struct work *w, struct param *ret)
{
	const struct facts *f = w->facts;

	if (f->given.has_collective_rate) {
		*ret = (struct param){ NULL, "given.collective_rate",
		    f->given.collective_rate };
		return TAPR_OK;
	}
	if (f->section == SECTION_SUPPORT)
		return collective_support(w->law, f->zone, f->ctn, w->on, ret,
		    NULL, w->err);
	return kept_published(w->kept, ret, w->err);
}

static int
collective_part(struct work *w)
{
	const struct facts *f = w->facts;
	const char *rule = f->section == SECTION_SUPPORT ? "support-rate" :
	    "collective-rate";
	const char *variant = f->section == SECTION_SUPPORT ? "" :
	    zone_words[f->zone];
	struct param published;
	struct operand op;
	int rc;

	if ((rc = find_collective(w, &published)) != TAPR_OK)
		return rc;
	op = from_param(&w->steps, "taux_publie", &published);
	w->ans->collective = known(published.exact);
	return rate_step(w, "collective", published.exact, &op, 1,
	    .label = f->section == SECTION_SUPPORT ?
	    "Taux net collectif de la section de fonctions support" :
	    "Taux net collectif du code risque", .formula = "taux_publie",
	    .unit = UNIT_PERCENT, .article = work_article(w, rule, variant));
}

/* D. 242-6-11: a voluntary insured pays the collective rate less a fifth. */
static int
voluntary(struct work *w)
{
	struct param factor;
	struct operand ops[2];
	int rc;

	if (w->facts->regime != REGIME_VOLUNTARY)
		return TAPR_OK;
	if ((rc = net_voluntary_factor(w->law, w->on, &factor, w->err)) !=
	    TAPR_OK)
		return rc;
	ops[0] = from_step("taux", w->rate, w->rate_step);
	ops[1] = from_param(&w->steps, "part", &factor);
	return rate_step(w, "voluntary", frac_mul(w->rate, factor.exact), ops,
	    2, .label = "Taux réduit des assurés volontaires",
	    .formula = "taux * part", .unit = UNIT_PERCENT,
	    .article = work_article(w, "regime", "voluntary"));
}

static int
collective_rebate(struct work *w)
{
	struct frac rebate = w->facts->rebate;
	struct operand ops[2];

	if (frac_is_zero(rebate))
		return TAPR_OK;
	ops[0] = from_step("taux", w->rate, w->rate_step);
	ops[1] = from_fact("ristourne", rebate, "fact:rebate");
	return rate_step(w, "rebate",
	    frac_mul(w->rate, frac_sub(frac_int(1), rebate)), ops, 2,
	    .label = "Taux après ristourne",
	    .formula = "taux * (1 - ristourne)", .unit = UNIT_PERCENT,
	    .article = work_article(w, "rebate", ""));
}

static int
collective_mode(struct work *w)
{
	int rc;

	if ((rc = collective_part(w)) != TAPR_OK ||
	    (rc = voluntary(w)) != TAPR_OK)
		return rc;
	return collective_rebate(w);
}

/* ---- individual part -------------------------------------------------- */

static int
gross(struct work *w)
{
	struct answer *ans = w->ans;
	struct operand ops[] = {
		from_step("valeur_du_risque", ans->risk_value.exact,
		    "risk_value"),
		from_step("masse_salariale", ans->payroll.exact, "payroll"),
	};
	struct frac rate = frac_div(frac_mul(frac_int(100),
	    ans->risk_value.exact), ans->payroll.exact);

	ans->gross = known(rate);
	return steps_add(&w->steps, "gross", rate, ops, 2,
	    .label = "Taux brut individuel, en % de la masse salariale",
	    .formula = "100 * valeur_du_risque / masse_salariale",
	    .unit = UNIT_PERCENT, .article = work_article(w, "gross-rate",
	    zone_words[w->facts->zone]));
}

/* The part of M1..M4 that the regime counts, as an operand of the net rate. */
static int
majoration_operand(struct work *w, const struct majorations *m, int i,
    struct operand *ret)
{
	static const char *const names[] = { "m1", "m2", "m3", "m4" };
	const char *regime = regime_words[w->facts->regime];
	struct operand ops[2];

	if (!m->has_share[i]) {
		*ret = from_param(&w->steps, names[i], &m->published[i]);
		return TAPR_OK;
	}
	if (frac_is_zero(m->share[i].exact)) {
		*ret = from_param(&w->steps, names[i], &m->share[i]);
		return TAPR_OK;
	}
	ops[0] = from_param(&w->steps, names[i], &m->published[i]);
	ops[1] = from_param(&w->steps, "part", &m->share[i]);
	*ret = from_step(names[i], m->counted[i], majoration_words[i]);
	return steps_add(&w->steps, majoration_words[i], m->counted[i], ops, 2,
	    .label = steps_text(&w->steps, "Majoration %s comptée par ce "
	    "régime", majoration_words[i]),
	    .formula = steps_text(&w->steps, "%s * part", names[i]),
	    .unit = UNIT_PERCENT,
	    .article = work_article(w, "regime", regime));
}

static int
individual(struct work *w)
{
	const struct facts *f = w->facts;
	struct majorations m;
	struct operand ops[1 + MAJORATIONS];
	int rc;

	if ((rc = kept_majorations(w->kept, f, &m, w->err)) != TAPR_OK)
		return rc;
	ops[0] = from_step("taux_brut", w->ans->gross.exact, "gross");
	for (int i = 0; i < MAJORATIONS; i++) {
		w->ans->majoration[i] = known(m.counted[i]);
		if ((rc = majoration_operand(w, &m, i, &ops[1 + i])) !=
		    TAPR_OK)
			return rc;
	}
	w->ans->individual = known(net_rate(w->ans->gross.exact, &m));
	return rate_step(w, "individual", w->ans->individual.exact, ops,
	    1 + MAJORATIONS, .label = "Taux net individuel",
	    .formula = "(taux_brut + m1) * (100 + m2) / 100 + m3 + m4",
	    .unit = UNIT_PERCENT,
	    .article = work_article(w, "net-rate", zone_words[f->zone]));
}

/* ---- mixed rate ------------------------------------------------------- */

/* E, as a step of its own: the headcount of N-2, or the clamp of the freeze. */
static int
headcount(struct work *w)
{
	const struct mode_answer *m = &w->mode;
	const struct steps *s = &w->steps;
	struct operand ops[2];

	if (m->frozen) {
		ops[0] = from_param(s, "seuil", &m->upper);
		ops[1] = from_param(s, "ecart", &m->clamp);
		return steps_add(s, "headcount", m->headcount, ops, 2,
		    .label = "Effectif retenu : le seuil n'est pas encore "
		    "franchi, un centième au-dessous",
		    .formula = "seuil - ecart", .unit = UNIT_PERSONS,
		    .article = m->rule->article);
	}
	ops[0] = from_fact("effectif", m->headcount,
	    steps_text(s, "fact:headcounts.%d", m->last));
	return steps_add(s, "headcount", m->headcount, ops, 1,
	    .label = steps_text(s, "Effectif de l'entreprise, dernière "
	    "année connue (%d)", m->last), .formula = "effectif",
	    .unit = UNIT_PERSONS,
	    .article = rule_at("headcount", "", (struct date){
	    (int16_t)m->last, 1, 1 })->article);
}

static int
fraction(struct work *w)
{
	const struct mode_answer *m = &w->mode;
	struct fraction_answer fr;
	struct operand ops[1 + FRACTION_PARAMS];
	int rc;

	if ((rc = headcount(w)) != TAPR_OK ||
	    (rc = kept_fraction(w->kept, w->facts->zone, w->btp, &fr,
	    w->err)) != TAPR_OK)
		return rc;
	mixed_weight(&fr, m->headcount);
	ops[0] = from_step("headcount", m->headcount, "headcount");
	for (int i = 0; i < fr.params; i++)
		ops[1 + i] = from_param(&w->steps, fr.name[i], &fr.param[i]);
	w->ans->fraction = known(fr.fraction);
	return steps_add(&w->steps, "fraction", fr.fraction, ops,
	    1 + (size_t)fr.params,
	    .label = "Part du taux individuel dans le taux mixte",
	    .formula = fr.formula, .unit = UNIT_NUMBER,
	    .article = fr.rule->article);
}

static int
mixed(struct work *w)
{
	struct answer *ans = w->ans;
	struct frac rebate = w->facts->rebate;
	bool rebated = !frac_is_zero(rebate);
	struct operand ops[4];
	int rc;

	if ((rc = fraction(w)) != TAPR_OK ||
	    (rc = collective_part(w)) != TAPR_OK)
		return rc;
	ops[0] = from_step("part", ans->fraction.exact, "fraction");
	ops[1] = from_step("individuel", ans->individual.exact, "individual");
	ops[2] = from_step("collectif", ans->collective.exact, "collective");
	ops[3] = from_fact("ristourne", rebate, "fact:rebate");
	ans->mixed = known(mixed_rate(ans->fraction.exact,
	    ans->individual.exact, ans->collective.exact, rebate));
	return rate_step(w, "mixed", ans->mixed.exact, ops, rebated ? 4 : 3,
	    .label = rebated ? "Taux net mixte, ristourne sur la part "
	    "collective" : "Taux net mixte",
	    .formula = rebated ? "part * individuel + (1 - part) * "
	    "collectif * (1 - ristourne)" :
	    "part * individuel + (1 - part) * collectif", .unit = UNIT_PERCENT,
	    .article = work_article(w, "mixed-rate",
	    zone_words[w->facts->zone]));
}

/* A code that a tariff held whole does not have, although nothing needed it. */
static void
check_code(struct work *w)
{
	const struct facts *f = w->facts;
	const struct law_row *row = kept_risk(w->kept);

	if (row != NULL && (strlen(row->value) != 1 ||
	    row->value[0] != f->ctn))
		work_warn(w, "le tarif range le code risque %s dans « %s », "
		    "les données dans le CTN %c : vérifiez", f->risk_code,
		    row->value, f->ctn);
	else if (row == NULL && kept_whole(w->kept) != NULL)
		work_warn(w, "le code risque %s n'est pas dans le tarif de "
		    "l'année : vérifiez-le", f->risk_code);
}

static int
own_results(struct work *w)
{
	int rc;

	if ((rc = value_of_risk(w)) != TAPR_OK ||
	    (rc = gross(w)) != TAPR_OK ||
	    (rc = individual(w)) != TAPR_OK)
		return rc;
	if (w->ans->mode == MODE_MIXED)
		return mixed(w);
	if (!frac_is_zero(w->facts->rebate))
		work_warn(w, "pas de ristourne en mode individuel : celle des "
		    "données n'est pas appliquée (lecture N-31)");
	return TAPR_OK;
}

/* ---- cap -------------------------------------------------------------- */

enum { MEMBER_TEXT = 96 };	/* " + taux1 * masse1", " + masse1" */

/*
 * "(taux1 * masse1 + ...) / (masse1 + ...)"; empty without memory, and
 * steps_add() refuses.
 */
static const char *
merged_formula(struct work *w, const struct operand *ops, size_t members)
{
	size_t at = 0, size = members * MEMBER_TEXT + sizeof "() / ()";
	char *text = arena_alloc(w->arena, size);

	if (text == NULL)
		return "";
	for (size_t i = 0; i < members; i++)
		at += (size_t)snprintf(text + at, size - at, "%s%s * %s",
		    i == 0 ? "(" : " + ", ops[2 * i].name,
		    ops[2 * i + 1].name);
	for (size_t i = 0; i < members; i++)
		at += (size_t)snprintf(text + at, size - at, "%s%s",
		    i == 0 ? ") / (" : " + ", ops[2 * i + 1].name);
	snprintf(text + at, size - at, ")");
	return text;
}

/* ${path}: where these members are in the facts. */
static int
merged_base(struct work *w, const struct member *member, size_t members,
    const char *path, struct frac *ret)
{
	const struct steps *s = &w->steps;
	struct operand *ops;
	int rc;

	if ((rc = cap_merged_previous(member, members, ret, w->err)) !=
	    TAPR_OK)
		return rc;
	if (s->trace == NULL)
		return TAPR_OK;
	ops = arena_array(w->arena, members * 2, sizeof *ops);
	if (ops == NULL)
		return err_set(w->err, TAPR_EIO, path,
		    "mémoire insuffisante");
	for (size_t i = 0; i < members; i++) {
		ops[2 * i] = from_fact(steps_text(s, "taux%zu", i + 1),
		    member[i].rate, steps_text(s, "fact:%s.%zu.rate", path,
		    i));
		ops[2 * i + 1] = from_fact(steps_text(s, "masse%zu", i + 1),
		    member[i].payroll, steps_text(s, "fact:%s.%zu.payroll",
		    path, i));
	}
	return steps_add(s, "cap_previous", *ret, ops, members * 2,
	    .label = "Base de l'écrêtement : moyenne des taux réunis, "
	    "pondérée par les masses salariales",
	    .formula = merged_formula(w, ops, members), .unit = UNIT_PERCENT,
	    .article = work_article(w, "merged-previous", ""));
}

/*
 * ${ret}: there is a rate to compare with.  General zone: a mixed or
 * individual rate this year and the year before; Alsace-Moselle: any (N-28).
 */
static int
cap_base(struct work *w, struct frac *ret, struct operand *ret_op, bool *has)
{
	const struct facts *f = w->facts;
	bool general = f->zone == ZONE_GENERAL;
	int rc;

	*has = false;
	if (general && w->ans->mode == MODE_COLLECTIVE)
		return TAPR_OK;
	if (f->has_single_rate && f->single_first_year) {
		if ((rc = merged_base(w, f->member, f->members,
		    "single_rate.members", ret)) != TAPR_OK)
			return rc;
		*ret_op = from_step("precedent", *ret, "cap_previous");
		*has = true;
		return TAPR_OK;
	}
	if (!f->has_previous)
		return TAPR_OK;
	if (general && f->previous_mode == MODE_COLLECTIVE) {
		work_warn(w, "le taux de l'année précédente était collectif : "
		    "le taux n'est pas écrêté (lecture N-28)");
		return TAPR_OK;
	}
	if (f->mergeds > 0) {
		if ((rc = merged_base(w, f->merged, f->mergeds,
		    "previous.merged", ret)) != TAPR_OK)
			return rc;
		*ret_op = from_step("precedent", *ret, "cap_previous");
		*has = true;
		return TAPR_OK;
	}
	*ret = f->previous_rate;
	*ret_op = from_fact("precedent", *ret, "fact:previous.rate");
	*has = true;
	return TAPR_OK;
}

static int
limit_steps(struct work *w, const struct cap_limits *c,
    const struct operand *base)
{
	const struct steps *s = &w->steps;
	struct operand ops[2] = { *base };
	int rc;

	ops[1] = from_param(s, "seuil", &c->threshold);
	if ((rc = steps_add(s, "cap_above", frac_int(c->above), ops, 2,
	    .label = "Le taux précédent dépasse-t-il le seuil de "
	    "l'écrêtement ? (1 = oui : bornes en pourcentage, 0 = non : "
	    "bornes en points)", .formula = "precedent > seuil",
	    .unit = UNIT_NUMBER, .article = c->rule->article)) != TAPR_OK)
		return rc;
	ops[1] = from_param(s, "baisse", &c->down);
	if ((rc = steps_add(s, "cap_lower", c->lower, ops, 2,
	    .label = "Écrêtement : borne basse",
	    .formula = c->above ? "precedent * baisse" :
	    "precedent - baisse", .unit = UNIT_PERCENT,
	    .article = c->rule->article))
	    != TAPR_OK)
		return rc;
	ops[1] = from_param(s, "hausse", &c->up);
	return steps_add(s, "cap_upper", c->upper, ops, 2,
	    .label = "Écrêtement : borne haute",
	    .formula = c->above ? "precedent * hausse" :
	    "precedent + hausse", .unit = UNIT_PERCENT,
	    .article = c->rule->article);
}

static int
cap(struct work *w)
{
	struct cap *cap = &w->ans->cap;
	struct cap_limits c;
	struct operand base, ops[3];
	struct frac previous, capped;
	bool has;
	int rc;

	if ((rc = cap_base(w, &previous, &base, &has)) != TAPR_OK || !has)
		return rc;
	if ((rc = kept_limits(w->kept, w->facts->zone, previous, &c,
	    w->err)) != TAPR_OK ||
	    (rc = limit_steps(w, &c, &base)) != TAPR_OK)
		return rc;
	capped = cap_apply(&c, w->rate, &cap->applied);
	cap->known = true;
	cap->previous = previous;
	cap->lower = c.lower;
	cap->upper = c.upper;
	ops[0] = from_step("calcule", w->rate, w->rate_step);
	ops[1] = from_step("borne_basse", c.lower, "cap_lower");
	ops[2] = from_step("borne_haute", c.upper, "cap_upper");
	return rate_step(w, "capped", capped, ops, 3,
	    .label = cap->applied == CAP_UPPER ?
	    "Taux écrêté : la hausse est limitée" :
	    cap->applied == CAP_LOWER ?
	    "Taux écrêté : la baisse est limitée" :
	    "Taux dans les bornes de l'écrêtement",
	    .formula = "max(min(calcule, borne_haute), borne_basse)",
	    .unit = UNIT_PERCENT, .article = c.rule->article);
}

/* ---- the last steps --------------------------------------------------- */

/* D. 242-6-20: a casual docker's notified rate never exceeds its ceiling. */
static int
docker(struct work *w)
{
	struct param ceiling;
	struct operand ops[2];
	int rc;

	if (w->facts->regime != REGIME_DOCKER)
		return TAPR_OK;
	if ((rc = net_docker_ceiling(w->law, w->on, &ceiling, w->err)) !=
	    TAPR_OK)
		return rc;
	ops[0] = from_step("taux", w->rate, w->rate_step);
	ops[1] = from_param(&w->steps, "plafond", &ceiling);
	return rate_step(w, "docker_ceiling", frac_min(w->rate, ceiling.exact),
	    ops, 2, .label = "Dockers intermittents : taux plafonné",
	    .formula = "min(taux, plafond)", .unit = UNIT_PERCENT,
	    .article = work_article(w, "regime", "docker"));
}

int
rate_rounding(const struct law *law, struct date on, enum rounding *ret,
    struct err *err)
{
	static const struct { const char *word; enum rounding how; } words[] = {
		{ "half_up", ROUND_HALF_UP }, { "down", ROUND_DOWN },
		{ "up", ROUND_UP },
	};
	const struct law_row *row;
	int rc;

	if ((rc = law_need(law, "rounding", LAW_KEYS("notified"), on, &row,
	    err)) != TAPR_OK)
		return rc;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strcmp(row->value, words[i].word) == 0) {
			*ret = words[i].how;
			return TAPR_OK;
		}
	return err_set(err, TAPR_ELAW, row->file,
	    "ligne %ld : arrondi « %s » inconnu (half_up, down, up)",
	    row->line, row->value);
}

static int
rounding(struct work *w, enum rounding *ret)
{
	struct kept *k = w->kept;
	int rc = TAPR_OK;

	if (!k->has_rounding)
		rc = rate_rounding(w->law, w->on, &k->rounding, w->err);
	k->has_rounding = rc == TAPR_OK;
	*ret = k->rounding;
	return rc;
}

/*
 * Two decimals; as many as the tariff prints for a collective rate of a code
 * that it publishes with more.
 */
static int
notify(struct work *w)
{
	struct answer *ans = w->ans;
	struct operand op = from_step("taux", w->rate, w->rate_step);
	bool of_code = ans->mode == MODE_COLLECTIVE &&
	    w->facts->section != SECTION_SUPPORT;
	enum rounding how = ROUND_HALF_UP;
	int rc;

	if ((rc = rounding(w, &how)) != TAPR_OK ||
	    (rc = kept_decimals(w->kept, of_code, &ans->notified_decimals,
	    w->err)) != TAPR_OK)
		return rc;
	ans->notified = w->rate;
	ans->notified_rounded = frac_round(w->rate, ans->notified_decimals,
	    how);
	return steps_add(&w->steps, "notified", ans->notified_rounded, &op, 1,
	    .label = "Taux notifié", .formula = "taux", .unit = UNIT_PERCENT,
	    .rounding = how, .decimals = ans->notified_decimals,
	    .article = work_article(w, "rounding", ""));
}

/*
 * Beside the rate, never in it: the amount on the payroll of the year of the
 * rate when it is known, else of the last known year (N-33).
 */
static int
supplementary(struct work *w, const struct supplementary *of,
    struct supplementary_amount *ret)
{
	const struct facts *f = w->facts;
	const struct year_amount *payroll = series_find(&f->payroll, f->year);
	struct supplementary_contribution s;
	struct frac monthly;
	int rc;

	ret->of = *of;
	if (payroll == NULL && f->payroll.n > 0)
		payroll = &f->payroll.at[f->payroll.n - 1];
	if (payroll == NULL) {
		work_warn(w, "cotisation supplémentaire : sans masse "
		    "salariale, son montant n'est pas chiffré");
		return TAPR_OK;
	}
	monthly = frac_div(frac_mul(payroll->amount,
	    w->ans->notified_rounded), frac_int(1200));
	if (!frac_valid(monthly))
		return err_set(w->err, TAPR_ERANGE, "payroll", "la cotisation "
		    "normale est trop grande pour être calculée exactement");
	if ((rc = supplementary_contribution(w->law, monthly, of->from,
	    of->until, of->percent, &s, w->err)) != TAPR_OK)
		return rc;
	ret->amount = known(s.amount);
	ret->payroll_year = payroll->year;
	ret->minimum = s.at_minimum;
	return TAPR_OK;
}

static int
supplementaries(struct work *w)
{
	const struct facts *f = w->facts;
	struct supplementary_amount *rows;
	int rc;

	if (f->supplementaries == 0)
		return TAPR_OK;
	rows = arena_array(w->arena, f->supplementaries, sizeof *rows);
	if (rows == NULL)
		return err_set(w->err, TAPR_EIO, "supplementary",
		    "mémoire insuffisante");
	for (size_t i = 0; i < f->supplementaries; i++)
		if ((rc = supplementary(w, &f->supplementary[i], &rows[i])) !=
		    TAPR_OK)
			return err_note(w->err, rc, "supplementary.%zu", i);
	w->ans->supplementary = rows;
	w->ans->supplementaries = f->supplementaries;
	return TAPR_OK;
}

static int
start(struct work *w, struct trace *trace, bool traced)
{
	const struct facts *f = w->facts;
	struct date first = { 2012, 1, 1 };
	int rc;

	if ((rc = kept_year(w->kept, f->year, w->err)) != TAPR_OK)
		return rc;
	kept_begin(w->kept, f);
	w->on = w->kept->on;
	if (date_cmp(w->on, first) < 0)
		return err_set(w->err, TAPR_EINVAL, "year",
		    "les taux sont calculés à partir de 2012 (avant : coûts "
		    "réels et autres seuils)");
	w->btp = f->ctn == 'B';
	w->ans->facts = f;
	w->ans->year = f->year;
	w->ans->law_on = w->on;
	*trace = (struct trace){ .arena = w->arena };
	w->steps = (struct steps){ traced ? trace : NULL, w->err };
	if (f->year == 2025)
		work_warn(w, "le tarif 2025 s'applique à partir du 1er mai "
		    "2025 ; de janvier à avril, le taux de 2024 est déclaré "
		    "(lecture N-03)");
	return TAPR_OK;
}

int
rate_compute(const struct law *law, const struct facts *facts,
    struct arena *arena, bool traced, struct answer *ret, struct err *err)
{
	struct kept kept = { .law = law };

	return rate_compute_kept(&kept, facts, arena, traced, ret, err);
}

int
rate_compute_kept(struct kept *kept, const struct facts *facts,
    struct arena *arena, bool traced, struct answer *ret, struct err *err)
{
	struct work w = { .law = kept->law, .kept = kept, .facts = facts,
	    .arena = arena, .ans = ret, .err = err };
	int rc;

	memset(ret, 0, sizeof *ret);
	if ((rc = start(&w, &ret->trace, traced)) != TAPR_OK ||
	    (rc = decide_mode(&w)) != TAPR_OK)
		return rc;
	check_code(&w);
	rc = ret->mode == MODE_COLLECTIVE ? collective_mode(&w) :
	    own_results(&w);
	if (rc != TAPR_OK)
		return rc;
	ret->computed = w.rate;
	if ((rc = cap(&w)) != TAPR_OK)
		return rc;
	ret->capped = w.rate;
	if ((rc = docker(&w)) != TAPR_OK || (rc = notify(&w)) != TAPR_OK ||
	    (rc = supplementaries(&w)) != TAPR_OK)
		return rc;
	/* A note that found no memory was dropped. */
	return !arena_failed(arena) ? TAPR_OK : err_set(err, TAPR_EIO, NULL,
	    "mémoire insuffisante pour écrire la feuille de calcul");
}

int
rate_lines(const struct law *law, const struct facts *facts, int first,
    int last, struct arena *arena, struct answer *ret, struct err *err)
{
	struct kept kept = { .law = law };
	struct work w = { .law = law, .kept = &kept, .facts = facts,
	    .arena = arena, .ans = ret, .err = err };
	int rc;

	memset(ret, 0, sizeof *ret);
	if (first > last || last - first >= WINDOW_MAX)
		return err_set(err, TAPR_EINVAL, "year",
		    "de 1 à %d années sont attendues", WINDOW_MAX);
	/* set_window() asks for the window again, and takes it for granted. */
	if ((rc = start(&w, &ret->trace, false)) != TAPR_OK ||
	    (rc = kept_window(&kept, err)) != TAPR_OK)
		return rc;
	return value_lines(&w, first, last);
}
