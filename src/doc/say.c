/* say.c -- see say.h. */
#include "doc/say.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "doc/fmt.h"
#include "doc/formula.h"
#include "model/words.h"

/* Sentences. --------------------------------------------------------------- */

const char say_not_a_decision[] =
    "Calcul indicatif : ce document n'est pas une décision et ne vaut pas "
    "notification.";

const char say_claims_note[] =
    "Une ligne dit la référence du sinistre, sa nature, l'année où il compte, "
    "sa catégorie de coût et son montant, rien d'autre. Le numéro de tableau "
    "d'une maladie professionnelle n'y figure jamais : il dirait de quoi "
    "souffre la personne (CNIL, délibération n° 93-039).";

const char say_given[] = "fourni par vous, non publié";

const char say_given_note[] =
    "Ces valeurs remplacent celles des textes publiés. Le résultat ne vaut que "
    "si elles sont justes.";

const char say_no_claim[] = "Aucun sinistre n'est imputé à ces années.";

const char say_more_costs[] =
    "L'ensemble compte aussi des coûts qui ne sont pas répartis par année.";

const char say_steps_note[] =
    "Chaque étape donne sa formule avec des mots, puis avec les nombres. Une "
    "comparaison entre parenthèses vaut 1 si elle est vraie, 0 sinon. Avec ces "
    "seules lignes et une calculatrice, on retrouve le taux.";

const char say_same_result[] =
    ". Les mêmes données, la même version et le même programme donnent "
    "toujours le même résultat.";

const char say_sources_note[] =
    "Chaque valeur de la loi qui entre dans le calcul, avec son texte, sa "
    "période et la source où elle a été lue.";

const struct say_term say_glossary[SAY_GLOSSARY] = {
	{ "Taux brut",
	    "Ce que les accidents et maladies de l'établissement ont coûté, "
	    "pour 100 € de salaires, sur les années de référence." },
	{ "Majorations (M1 à M4)",
	    "Quatre ajouts, les mêmes pour toute la France, fixés chaque "
	    "année : M1 pour les accidents de trajet, M2 (un pourcentage) pour "
	    "les frais de gestion, M3 et M4 pour les charges communes à toutes "
	    "les entreprises." },
	{ "Taux net",
	    "Le taux brut augmenté des majorations : (brut + M1) × (1 + M2) + "
	    "M3 + M4." },
	{ "Écrêtement (butoirs)",
	    "Les limites, en plus et en moins, que le taux ne peut dépasser "
	    "d'une année à l'autre." },
	{ "Catégorie de coût",
	    "La case où un sinistre est rangé selon sa gravité. IT, incapacité "
	    "temporaire : IT1 à IT6 selon la durée de l'arrêt de travail. IP, "
	    "incapacité permanente : IP1 à IP4 selon son taux, ou le décès. "
	    "Chaque case a un coût moyen, le même pour tous dans la branche : "
	    "ce n'est pas la dépense réelle." },
};

const struct say_term say_notice[SAY_NOTICES] = {
	{ "Ce que ce document est",
	    "Le calcul du taux par un programme, d'après les données fournies "
	    "et les paramètres publiés. Il est entièrement automatique et sa "
	    "seule finalité est de calculer ce taux et de le montrer. Ce n'est "
	    "pas une décision : seule la notification de la caisse (Carsat, "
	    "Cramif ou CGSS) fixe le taux à déclarer, et elle est prise par "
	    "une personne." },
	{ "Contester le taux notifié",
	    "Dans les deux mois de la notification, devant la cour d'appel "
	    "d'Amiens, par assignation ; on peut aussi, sans y être obligé, "
	    "s'adresser d'abord à la caisse dans le même délai. Passé ce "
	    "délai, le taux est définitif." },
	{ "Contester une ligne du compte",
	    "L'imputation d'un sinistre au compte de l'employeur peut être "
	    "contestée séparément, même plus tard. La reconnaissance d'un "
	    "accident ou d'une maladie, le taux d'incapacité et la durée des "
	    "arrêts se contestent auprès de la caisse primaire." },
	{ "Connaître les règles appliquées",
	    "Quand une décision est fondée sur un traitement algorithmique, la "
	    "caisse doit communiquer, si on le lui demande, ses règles et "
	    "leurs principales caractéristiques (CRPA art. L. 311-3-1 et "
	    "R. 311-3-1-1). Sans réponse dans le mois, on peut saisir la CADA "
	    "dans les deux mois qui suivent." },
	{ "Accéder à ses données et les rectifier",
	    "Les personnes dont les données servent au calcul peuvent en "
	    "demander l'accès et la rectification à qui les détient "
	    "(RGPD art. 15 et 16)." },
};

const struct say_term say_part[PARTS] = {
	[PART_PAYROLL] = { "Masse salariale",
	    "Les coûts sont rapportés aux salaires des années de référence. À "
	    "coûts égaux, plus de salaires fait baisser le taux, moins de "
	    "salaires le fait monter." },
	[PART_CLAIMS_OUT] = { "Sinistres sortis du calcul",
	    "Des sinistres qui comptaient ne comptent plus : leur année a "
	    "quitté la période de référence, ou ils ont été retirés du "
	    "compte." },
	[PART_CLAIMS_IN] = { "Sinistres entrés dans le calcul",
	    "Des sinistres comptent pour la première fois, ou comptent "
	    "davantage : leur année est entrée dans la période de référence, "
	    "ou leur catégorie de coût a changé." },
	[PART_AVERAGE_COSTS] = { "Barème des coûts moyens",
	    "Le coût moyen de chaque catégorie est fixé de nouveau tous les "
	    "ans, pour toute la branche. L'établissement n'y est pour rien." },
	[PART_MAJORATIONS] = { "Majorations",
	    "Les quatre majorations, les mêmes pour toute la France, ont "
	    "changé. L'établissement n'y est pour rien." },
	[PART_COLLECTIVE] = { "Taux collectif",
	    "Le taux collectif de l'activité, dont une part entre dans le "
	    "taux, a changé." },
	[PART_HEADCOUNT] = { "Effectif",
	    "L'effectif de l'entreprise règle le partage entre le taux propre "
	    "à l'établissement et le taux collectif : il a changé." },
	[PART_MODE] = { "Mode de tarification",
	    "Le mode n'est plus le même (collectif, mixte ou individuel) : "
	    "le taux ne se calcule plus de la même façon." },
	[PART_CAP] = { "Écrêtement (butoirs)",
	    "Les limites de variation d'une année à l'autre retiennent le "
	    "taux, ou cessent de le retenir." },
	[PART_OTHER] = { "Autres éléments",
	    "Ce qui n'entre dans aucune des causes ci-dessus." },
};

void
say_notices(const char *meaning, struct say_term ret[SAY_NOTICES])
{
	memcpy(ret, say_notice, sizeof say_notice);
	if (meaning != NULL)
		ret[0].meaning = meaning;
}

/* The head. ---------------------------------------------------------------- */

bool
say_identity(struct str *out, const struct answer *ans, enum say_identity row)
{
	const struct facts *f = ans->facts;

	switch (row) {
	case SAY_SIRET:
		fmt_siret(out, f->siret);
		return true;
	case SAY_RISK_CODE:
		fmt_clean(out, f->risk_code);
		return true;
	case SAY_BRANCH:
		str_printf(out, "CTN %c, %s", f->ctn, fmt_ctn(f->ctn));
		return true;
	case SAY_ZONE:
		str_add(out, fmt_zone(f->zone));
		return true;
	case SAY_GROUP:
		str_add(out, fmt_group(f->btp_group));
		return f->btp_group != GROUP_NONE;
	case SAY_REGIME:
		if (f->regime != REGIME_ORDINARY)
			fmt_prose(out, fmt_regime(f->regime));
		return f->regime != REGIME_ORDINARY;
	case SAY_HEADCOUNT:
		if (ans->headcount.known)
			fmt_result(out, ans->headcount.exact, UNIT_PERSONS);
		return ans->headcount.known;
	case SAY_YEAR:
		str_printf(out, "%d", ans->year);
		return true;
	case SAY_LAW_ON:
		fmt_date(out, ans->law_on);
		return true;
	case SAY_IDENTITIES:
		break;
	}
	return false;
}

/* Looks for the ${left}th of the values offered to it, and writes that one. */
struct choice {
	struct str	*out;
	size_t		 left;
	bool		 found;
};

static void
offer(struct choice *c, bool has, const char *what, const char *which,
    struct frac value, enum unit unit)
{
	if (!has || c->found || c->left-- > 0)
		return;
	c->found = true;
	str_add(c->out, what);
	str_add(c->out, which);
	fmt_prose(c->out, " : ");
	fmt_result(c->out, value, unit);
}

static void
offer_given(struct choice *c, const struct given *g)
{
	offer(c, g->has_collective_rate, "Taux collectif", "",
	    g->collective_rate, UNIT_PERCENT);
	for (size_t i = 0; i < 4; i++)
		offer(c, g->has_majoration[i], "Majoration ",
		    majoration_words[i], g->majoration[i], UNIT_PERCENT);
	for (size_t i = 0; i < COST_CATEGORIES; i++)
		offer(c, g->has_cost[i], "Coût moyen ",
		    fmt_category((enum cost_category)i), g->cost[i], UNIT_EUR);
	offer(c, g->has_abatement, "Abattement des coûts", "", g->abatement,
	    UNIT_NUMBER);
	for (size_t i = 0; i < g->real_costs.n; i++) {
		char year[16];

		(void)snprintf(year, sizeof year, "%d",
		    g->real_costs.at[i].year);
		offer(c, true, "Coûts réels ", year, g->real_costs.at[i].amount,
		    UNIT_EUR);
	}
}

bool
say_replaced(struct str *out, const struct facts *facts,
    const struct law *law, size_t i, const char *mark)
{
	struct choice c = { .out = out, .left = i };
	const struct law_row *row;
	const char *param;

	offer_given(&c, &facts->given);
	if (c.found) {
		fmt_prose(out, mark);
		return true;
	}
	if (law == NULL || c.left >= law_added_count(law))
		return false;
	row = law_added_at(law, c.left, &param);
	formula_law_address(out, param, row);
	fmt_prose(out, " : ");
	fmt_clean(out, row->value);
	fmt_prose(out, mark);
	str_add(out, ". ");
	formula_law_row(out, row);
	return true;
}

/* Why this mode, why this limit. ------------------------------------------- */

/* The operand of ${s} that comes from ${from}, or NULL. */
static const struct operand *
operand_from(const struct step *s, const char *from)
{
	for (size_t i = 0; s != NULL && i < s->operands; i++)
		if (fmt_after(s->operand[i].from, from) != NULL)
			return &s->operand[i];
	return NULL;
}

/* « créé en 2023, il reste au taux collectif jusqu'à la fin de 2025 » */
static void
add_new_until(struct str *out, const struct step *mode)
{
	const struct operand *created =
	    operand_from(mode, "fact:establishment.created");
	const struct operand *years =
	    operand_from(mode, "param:new_establishment.");
	int64_t first, n;

	if (created == NULL || years == NULL ||
	    !frac_scaled(created->exact, 0, &first) ||
	    !frac_scaled(years->exact, 0, &n))
		return;
	str_printf(out, NBSP ": créé en %lld, il reste au taux collectif "
	    "jusqu'à la fin de %lld", (long long)first,
	    (long long)(first + n - 1));
}

/*
 * What makes the rate collective whatever the headcount, as the step "mode"
 * has it; false, and nothing, when the headcount decides.
 */
static bool
add_forced(struct str *out, const struct step *mode, enum section section)
{
	static const struct { const char *from, *why; } reasons[] = {
		{ "fact:establishment.regime", " Les assurés volontaires sont "
		    "au taux collectif, quel que soit l'effectif" },
		{ "param:always_collective", " L'activité figure dans la liste "
		    "de celles qui restent au taux collectif, quel que soit "
		    "l'effectif de l'entreprise" },
		{ "param:new_establishment", " L'établissement est nouveau" },
		{ "fact:establishment.section", " C'est la section des bureaux "
		    "et fonctions support : elle a son taux collectif, quel "
		    "que soit l'effectif" },
	};
	size_t i = 0, n = sizeof reasons / sizeof reasons[0];

	while (i < n && operand_from(mode, reasons[i].from) == NULL)
		i++;
	if (i == n)
		return false;
	fmt_prose(out, section == SECTION_HOME && i == n - 1 ?
	    " Les travailleurs à domicile sont au taux collectif, quel que "
	    "soit l'effectif" : reasons[i].why);
	add_new_until(out, mode);
	if (mode->article != NULL && *mode->article != '\0') {
		str_add(out, " (");
		fmt_prose(out, mode->article);
		str_add_char(out, ')');
	}
	str_add_char(out, '.');
	return true;
}

static void
add_threshold(struct str *out, const struct operand *op)
{
	int places = fmt_places(op->exact, 0, 2);

	fmt_number(out, op->exact, places < 0 ? 2 : places);
	str_add(out, NBSP "salariés");
}

/* A threshold reached last year, or on the way, but not five years running. */
static void
add_freeze(struct str *out, const struct answer *ans, const struct step *s,
    const char *mode)
{
	const struct operand *threshold =
	    operand_from(s, "param:mode_threshold.");
	const struct operand *last = NULL, *below = NULL;

	for (size_t i = 0; threshold != NULL && i < s->operands; i++)
		if (fmt_after(s->operand[i].from, "fact:headcounts.") != NULL) {
			last = &s->operand[i];
			if (frac_cmp(last->exact, threshold->exact) < 0)
				below = last;
		}
	if (below == NULL || (below == last && ans->headcount.known))
		return;
	if (below != last)
		str_printf(out, " En %s l'effectif atteint le seuil du taux "
		    "%s.", strrchr(last->from, '.') + 1, mode);
	fmt_prose(out, " Un seuil ne compte que s'il est atteint cinq années "
	    "civiles de suite (CSS art. L. 130-1 II) : en ");
	str_printf(out, "%s l'effectif était de ",
	    strrchr(below->from, '.') + 1);
	fmt_result(out, below->exact, UNIT_PERSONS);
	str_add_char(out, '.');
}

static void
add_thresholds(struct str *out, const struct answer *ans, struct formulas *t)
{
	const struct step *mixed = formula_step(t, "lower_reached");
	const struct step *individual = formula_step(t, "upper_reached");
	const struct operand *lower =
	    operand_from(mixed, "param:mode_threshold.");
	const struct operand *upper =
	    operand_from(individual, "param:mode_threshold.");

	if (ans->headcount.known) {
		fmt_prose(out, " L'effectif retenu pour l'entreprise est de ");
		fmt_result(out, ans->headcount.exact, UNIT_PERSONS);
		str_add(out, ".");
	}
	if (ans->mode == MODE_COLLECTIVE && lower != NULL) {
		fmt_prose(out, " Le taux mixte commence à ");
		add_threshold(out, lower);
		str_add(out, ".");
		add_freeze(out, ans, mixed, "mixte");
	} else if (lower != NULL && upper != NULL) {
		fmt_prose(out, " Le taux mixte va de ");
		add_threshold(out, lower);
		fmt_prose(out, " à moins de ");
		add_threshold(out, upper);
		fmt_prose(out, " ; en dessous le taux est collectif, au-dessus "
		    "individuel.");
		add_freeze(out, ans, individual, "individuel");
	}
}

void
say_mode(struct str *out, const struct answer *ans)
{
	static const char *const what[] = {
		[MODE_NONE] = "",
		[MODE_COLLECTIVE] = "Le taux est collectif : il est fixé "
		    "chaque année pour toute l'activité et ne dépend pas des "
		    "accidents de l'établissement.",
		[MODE_MIXED] = "Le taux est mixte : une part vient des "
		    "accidents et maladies de l'établissement, le reste du "
		    "taux collectif de son activité. Plus l'entreprise est "
		    "grande, plus la première pèse.",
		[MODE_INDIVIDUAL] = "Le taux est individuel : il vient tout "
		    "entier des accidents et maladies de l'établissement, "
		    "parce que l'entreprise est grande.",
	};
	struct formulas t = { .trace = &ans->trace };

	fmt_prose(out, what[ans->mode]);
	if (!add_forced(out, formula_step(&t, "mode"), ans->facts->section))
		add_thresholds(out, ans, &t);
	if (ans->facts->has_single_rate)
		fmt_prose(out, " L'entreprise a un taux unique pour ses "
		    "établissements de même activité.");
}

void
say_cap(struct str *out, const struct answer *ans)
{
	const struct cap *cap = &ans->cap;

	if (!cap->known) {
		fmt_prose(out, ans->mode == MODE_COLLECTIVE ?
		    "Les butoirs ne s'appliquent pas à ce taux collectif." :
		    "Aucun butoir ne s'applique : il part d'un taux précédent "
		    "mixte ou individuel, et il n'y en a pas.");
		return;
	}
	fmt_prose(out, "D'une année à l'autre le taux ne peut ni trop monter "
	    "ni trop baisser. À partir du taux précédent, ");
	fmt_result(out, cap->previous, UNIT_PERCENT);
	fmt_prose(out, ", il doit rester entre ");
	fmt_result(out, cap->lower, UNIT_PERCENT);
	str_add(out, " et ");
	fmt_result(out, cap->upper, UNIT_PERCENT);
	fmt_prose(out, cap->applied == CAP_UPPER ?
	    ". Le taux calculé dépasse la limite haute : il y est ramené." :
	    cap->applied == CAP_LOWER ?
	    ". Le taux calculé passe sous la limite basse : il y est relevé." :
	    ". Le taux calculé est dans ces limites : il reste tel quel.");
}

/* The chain in brief. ------------------------------------------------------ */

static struct quantity
if_other(struct frac before, struct frac rate)
{
	bool other = frac_valid(before) && frac_valid(rate) &&
	    frac_cmp(before, rate) != 0;

	return (struct quantity){ other, rate };
}

/*
 * The rate before the limits when something came after the mixed, individual or
 * collective rate (a rebate, a regime).
 */
static struct quantity
reduced(const struct answer *ans)
{
	struct quantity q = ans->mixed.known ? ans->mixed :
	    ans->individual.known ? ans->individual : ans->collective;

	return if_other(q.known ? q.exact : frac_invalid(), ans->computed);
}

/* The rate when something came after the limits. */
static struct quantity
ceiled(const struct answer *ans)
{
	return if_other(ans->capped, ans->notified);
}

size_t
say_brief(const struct answer *a, struct say_row ret[SAY_BRIEF])
{
	bool rebate = frac_valid(a->facts->rebate) &&
	    !frac_is_zero(a->facts->rebate);
	struct quantity m[4], lower = { a->cap.known, a->cap.lower };
	struct quantity upper = { a->cap.known, a->cap.upper };
	struct quantity capped = { a->cap.known &&
	    a->cap.applied != CAP_NONE, a->capped };
	struct quantity notified = { true, a->notified };
	size_t n = 0;

	for (size_t i = 0; i < 4; i++)
		m[i] = (struct quantity){ a->individual.known &&
		    a->majoration[i].known, a->majoration[i].exact };
	const struct say_row rows[SAY_BRIEF] = {
		{ "Coûts des sinistres des années de référence",
		    "Coûts des sinistres",
		    "accidents et maladies imputés aux années de référence",
		    a->risk_value, UNIT_EUR },
		{ "Masse salariale des mêmes années", "Masse salariale",
		    "salaires des mêmes années", a->payroll, UNIT_EUR },
		{ "Taux brut : coûts pour 100 € de salaires", "Taux brut",
		    "coûts pour 100 € de salaires", a->gross, UNIT_PERCENT },
		{ "+ M1, accidents de trajet", "+ M1", "accidents de trajet",
		    m[0], UNIT_PERCENT },
		{ "+ M2, frais de gestion (% de brut + M1)", "+ M2",
		    "frais de gestion, en pourcentage de brut + M1", m[1],
		    UNIT_PERCENT },
		{ "+ M3, charges communes", "+ M3",
		    "charges communes à toutes les entreprises", m[2],
		    UNIT_PERCENT },
		{ "+ M4, départs pour pénibilité", "+ M4",
		    "départs anticipés pour pénibilité", m[3], UNIT_PERCENT },
		{ "Taux net individuel, propre à l'établissement",
		    "Taux net individuel", "propre à l'établissement : "
		    "(brut + M1) × (1 + M2) + M3 + M4", a->individual,
		    UNIT_PERCENT },
		{ "Taux collectif de l'activité", "Taux collectif",
		    "celui de toute l'activité", a->collective, UNIT_PERCENT },
		{ "Fraction prise au taux individuel", "Fraction",
		    "part du taux individuel ; le reste vient du taux "
		    "collectif", a->fraction, UNIT_NUMBER },
		{ rebate ? "Taux mixte, ristourne sur la part collective" :
		    "Taux mixte", "Taux mixte", rebate ? "les deux, chacun "
		    "pour sa part, ristourne sur la part collective" :
		    "les deux, chacun pour sa part", a->mixed, UNIT_PERCENT },
		{ "Taux réduit (ristourne ou régime particulier)",
		    "Taux réduit", "ristourne ou régime particulier",
		    reduced(a), UNIT_PERCENT },
		{ "Butoir bas", NULL, NULL, lower, UNIT_PERCENT },
		{ "Butoir haut", NULL, NULL, upper, UNIT_PERCENT },
		{ NULL, a->cap.applied == CAP_UPPER ? "Ramené au butoir haut" :
		    "Relevé au butoir bas", "limite de variation d'une année "
		    "à l'autre", capped, UNIT_PERCENT },
		{ "Taux plafonné (régime particulier)", "Taux plafonné",
		    "régime particulier", ceiled(a), UNIT_PERCENT },
		{ "Taux avant arrondi", NULL, NULL, notified, UNIT_PERCENT },
	};

	for (size_t i = 0; i < SAY_BRIEF; i++)
		if (rows[i].q.known)
			ret[n++] = rows[i];
	return n;
}

/* Years, claims, what comes beside. ---------------------------------------- */

static const struct year_amount *
find_year(const struct year_series *series, int year)
{
	for (size_t i = 0; i < series->n; i++)
		if (series->at[i].year == year)
			return &series->at[i];
	return NULL;
}

size_t
say_years(const struct answer *ans, struct say_year ret[WINDOW_MAX],
    bool *ret_whole)
{
	struct frac sum = frac_int(0);
	size_t n = (size_t)ans->window_years;

	assert(n <= WINDOW_MAX);
	for (size_t i = 0; i < n; i++) {
		int year = ans->window[i];
		const struct year_amount *payroll, *real;

		payroll = find_year(&ans->facts->payroll, year);
		real = find_year(&ans->facts->given.real_costs, year);
		ret[i] = (struct say_year){ .year = year,
		    .cost = real != NULL ? real->amount : frac_int(0) };
		if (payroll != NULL)
			ret[i].payroll = (struct quantity){ true,
			    payroll->amount };
		for (size_t j = 0; j < ans->lines; j++)
			if (ans->line[j].year == year)
				ret[i].cost = frac_add(ret[i].cost,
				    ans->line[j].amount);
		sum = frac_add(sum, ret[i].cost);
	}
	*ret_whole = n == 0 || !ans->risk_value.known || (frac_valid(sum) &&
	    frac_cmp(sum, ans->risk_value.exact) == 0);
	return n;
}

static bool
first_of_category(const struct law *law, struct date on, enum cost_category c,
    int64_t *ret)
{
	const struct law_row *row = law == NULL ? NULL : law_find(law,
	    "cost_category", LAW_KEYS(c <= COST_IT6 ? "it" : "ip",
	    fmt_category(c)), on);

	return row != NULL && frac_valid(row->number) &&
	    frac_scaled(row->number, 0, ret);
}

/* What ${c} is, which begins at ${from} and ends before ${next}. */
static void
add_bounds(struct str *out, enum cost_category c, int64_t from, int64_t next)
{
	bool it = c <= COST_IT6, last = c == COST_IT6 || c >= COST_IP4;
	const char *unit = it ? " jours" : NBSP "%";

	str_printf(out, "%s" NBSP ": %s%s de ", fmt_category(c),
	    c == COST_IT1 ? "soins, ou " : "",
	    it ? "arrêt" : "incapacité permanente");
	if (c == COST_IT1 || c == COST_IP1)
		str_printf(out, "moins de %lld%s", (long long)next, unit);
	else if (last)
		str_printf(out, "%lld%s ou plus%s", (long long)from, unit,
		    it ? "" : ", ou décès");
	else
		str_printf(out, "%lld à %s%lld%s", (long long)from,
		    it ? "" : "moins de ", (long long)(it ? next - 1 : next),
		    unit);
}

bool
say_category(struct str *out, enum cost_category c, const struct answer *ans,
    const struct law *law)
{
	bool last = c == COST_IT6 || c >= COST_IP4, used = false;
	int64_t from, next = 0;

	for (size_t i = 0; i < ans->lines; i++)
		used = used || ans->line[i].category == c;
	if (!used || !first_of_category(law, ans->law_on, c == COST_IP2_IP4 ?
	    COST_IP2 : c, &from) || (!last && !first_of_category(law,
	    ans->law_on, (enum cost_category)(c + 1), &next)))
		return false;
	add_bounds(out, c, from, next);
	return true;
}

void
say_supplementary(struct str *out, const struct supplementary_amount *s)
{
	fmt_result(out, s->of.percent, UNIT_PERCENT);
	fmt_prose(out, " de la cotisation, du ");
	fmt_date(out, s->of.from);
	fmt_prose(out, " au ");
	fmt_date(out, date_add_days(s->of.until, -1));
	fmt_prose(out, " : ");
	if (s->amount.known)
		fmt_result(out, s->amount.exact, UNIT_EUR);
	else
		str_add(out, "montant inconnu");
	if (s->minimum)
		str_add(out, " (montant minimum)");
	if (s->payroll_year != 0)
		str_printf(out, ", d'après la masse salariale %d",
		    s->payroll_year);
}
