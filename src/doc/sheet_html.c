/*
 * sheet_html.c -- the feuille de calcul as a page of HTML 5.
 *
 * The order is that of sheet_text.c.  Each step has the address #etape-N,
 * each parameter #p-N, so that a letter can point at one.
 */
#include "doc/sheet.h"

#include <stdio.h>

#include "doc/attribution.h"
#include "doc/fmt.h"
#include "doc/formula.h"
#include "doc/page.h"

/* The head. ---------------------------------------------------------------- */

static void
identity(struct page *g, const struct answer *ans)
{
	static const char *const name[SAY_IDENTITIES] = {
		[SAY_SIRET] = "Établissement (SIRET)",
		[SAY_RISK_CODE] = "Code risque", [SAY_BRANCH] = "Branche",
		[SAY_ZONE] = "Zone", [SAY_GROUP] = "Groupe BTP",
		[SAY_REGIME] = "Régime",
		[SAY_HEADCOUNT] = "Effectif de l'entreprise",
		[SAY_LAW_ON] = "Droit en vigueur le" };

	page_open(g, "dl", "id");
	for (int i = 0; i < SAY_IDENTITIES; i++)
		if (name[i] != NULL &&
		    say_identity(&g->s, ans, (enum say_identity)i)) {
			html_open(&g->h, "div");
			html_leaf(&g->h, "dt", NO_CLASS, name[i]);
			page_leaf(g, "dd", NO_CLASS);
			page_end(g);
		}
	page_end(g);
}

static void
head(struct page *g, const struct answer *ans)
{
	str_printf(&g->s, "Taux de cotisation accidents du travail et maladies "
	    "professionnelles %d", ans->year);
	page_title(g, "Feuille de calcul");
	page_open(g, "div", "top");
	fmt_percent(&g->s, ans->notified_rounded, ans->notified_decimals);
	page_leaf(g, "p", "rate");
	html_open(&g->h, "div");
	str_printf(&g->s, "Taux AT/MP %d, mode %s", ans->year,
	    fmt_mode(ans->mode));
	html_open(&g->h, "p");
	page_leaf(g, "strong", NO_CLASS);
	page_end(g);
	page_say(g, "Pour 100 € de salaires, l'employeur verse ");
	fmt_number(&g->s, ans->notified_rounded, ans->notified_decimals);
	page_paragraph(g, " € de cotisation pour couvrir les accidents du "
	    "travail et les maladies professionnelles.");
	page_end(g);
	page_end(g);
	identity(g, ans);
	page_end(g);
}

/* Links to the parts that this sheet has. */
static void
contents(struct page *g, const struct answer *ans, const struct formulas *t,
    bool changed)
{
	const struct { const char *href, *name; bool there; } part[] = {
		{ "#mode", "Pourquoi ce mode", true },
		{ "#bref", "Le calcul en bref", true },
		{ "#changement", "Pourquoi il change", changed },
		{ "#mots", "Les mots", true },
		{ "#annees", "Les années", ans->window_years > 0 },
		{ "#sinistres", "Les sinistres", ans->window_years > 0 },
		{ "#etapes", "Étape par étape", ans->trace.steps > 0 },
		{ "#parametres", "Les paramètres", t->sources > 0 },
		{ "#droits", "Ce que l'on peut faire", true },
	};

	html_open(&g->h, "nav");
	html_attr(&g->h, "aria-label", "Sommaire");
	html_open(&g->h, "ul");
	for (size_t i = 0; i < sizeof part / sizeof part[0]; i++)
		if (part[i].there) {
			html_open(&g->h, "li");
			html_open(&g->h, "a");
			html_attr(&g->h, "href", part[i].href);
			html_text(&g->h, part[i].name);
			page_end(g);
			page_end(g);
		}
	page_end(g);
	page_end(g);
}

/* Boxes. ------------------------------------------------------------------- */

static void
warnings(struct page *g, const struct answer *ans)
{
	if (ans->warnings == 0)
		return;
	page_box(g, "À noter", "noter");
	html_open(&g->h, "ul");
	for (size_t i = 0; i < ans->warnings; i++) {
		fmt_clean(&g->s, ans->warning[i]);
		page_leaf(g, "li", NO_CLASS);
	}
	page_end(g);
	page_end(g);
}

/* The chain in brief. ------------------------------------------------------ */

static void
band_mark(struct page *g, const char *name, struct frac v, int x)
{
	page_line(g, "t", x, x, 44, 64);
	str_add(&g->s, name);
	page_label(g, "s", x, 84);
	fmt_result(&g->s, v, UNIT_PERCENT);
	page_label(g, NO_CLASS, x, 103);
}

/* What the limits are: beside each other if there is room, else in one. */
static void
band_names(struct page *g, const struct cap *cap, int lower, int upper,
    int previous)
{
	if (upper - lower >= 350) {
		band_mark(g, "butoir bas", cap->lower, lower);
		band_mark(g, "butoir haut", cap->upper, upper);
		if (upper - lower > 600)
			band_mark(g, "précédent", cap->previous, previous);
		return;
	}
	str_add(&g->s, "butoirs");
	page_label(g, "s", (lower + upper) / 2, 84);
	fmt_result(&g->s, cap->lower, UNIT_PERCENT);
	str_add(&g->s, " à ");
	fmt_result(&g->s, cap->upper, UNIT_PERCENT);
	page_label(g, NO_CLASS, (lower + upper) / 2, 103);
}

/* The band that the rate may not leave, and the rate computed. */
static void
band(struct page *g, const struct cap *cap, struct frac rate)
{
	struct frac low, high;
	int lower, upper, at;

	if (!cap->known || !frac_valid(rate))
		return;
	low = frac_min(cap->lower, rate);
	high = frac_max(cap->upper, rate);
	lower = 30 + page_place(cap->lower, low, high) * 94 / 100;
	upper = 30 + page_place(cap->upper, low, high) * 94 / 100;
	at = 30 + page_place(rate, low, high) * 94 / 100;
	page_svg(g, "band");
	page_line(g, "a", at, at, 26, 54);
	page_line(g, "a", 0, 1000, 54, 54);
	page_rect(g, "b", lower, upper, 44, 20);
	band_names(g, cap, lower, upper,
	    30 + page_place(cap->previous, low, high) * 94 / 100);
	page_circle(g, "c", at, 54, 8);
	page_say(g, "taux calculé : ");
	fmt_result(&g->s, rate, UNIT_PERCENT);
	page_label(g, NO_CLASS, at, 18);
	page_end(g);
}

static void
brief_row(struct page *g, const struct say_row *row)
{
	page_open(g, "tr", *row->name == '+' ? "m" : NULL);
	html_open(&g->h, "th");
	html_attr(&g->h, "scope", "row");
	page_say(g, row->name);
	page_take(g);
	page_say(g, row->why);
	page_leaf(g, "small", NO_CLASS);
	page_end(g);
	fmt_result(&g->s, row->q.exact, row->unit);
	page_cell(g, "v");
	page_end(g);
}

static void
brief(struct page *g, const struct answer *ans)
{
	struct say_row row[SAY_BRIEF];
	size_t n = say_brief(ans, row);

	page_section(g, "Le calcul en bref", "bref");
	page_table(g, "chain", "Dans l'ordre du calcul. Le signe ≈ annonce une "
	    "valeur arrondie pour être lue : le calcul garde les valeurs "
	    "exactes et n'arrondit que là où une étape le dit.", NULL, 0, 0);
	for (size_t i = 0; i < n; i++)
		if (row[i].name != NULL)
			brief_row(g, &row[i]);
	str_printf(&g->s, "Taux %d", ans->year);
	page_row(g, "sum");
	fmt_percent(&g->s, ans->notified_rounded, ans->notified_decimals);
	page_cell(g, "v");
	page_end(g);
	page_end(g);
	page_end(g);
	say_cap(&g->s, ans);
	page_leaf(g, "p", NO_CLASS);
	band(g, &ans->cap, ans->computed);
	page_end(g);
}

/* Years and claims. -------------------------------------------------------- */

static void
year_row(struct page *g, const struct say_year *y, struct frac most)
{
	str_printf(&g->s, "%d", y->year);
	page_row(g, NO_CLASS);
	if (y->payroll.known)
		fmt_eur(&g->s, y->payroll.exact);
	else
		str_add(&g->s, "non fournie");
	page_cell(g, "v");
	page_open(g, "td", "v");
	fmt_eur(&g->s, y->cost);
	page_take(g);
	page_svg(g, "bar");
	page_rect(g, NO_CLASS, 1000 - page_place(y->cost, frac_int(0), most),
	    1000, 0, 6);
	page_end(g);
	page_end(g);
	page_end(g);
}

static void
years(struct page *g, const struct answer *ans)
{
	static const char *const column[] = { "Année", "Masse salariale",
		"Coûts imputés" };
	struct say_year year[WINDOW_MAX];
	struct frac most = frac_int(0);
	bool whole;
	size_t n = say_years(ans, year, &whole);

	if (n == 0)
		return;
	for (size_t i = 0; i < n; i++)
		if (frac_valid(year[i].cost))
			most = frac_max(most, year[i].cost);
	page_section(g, "Les années de référence", "annees");
	page_table(g, "years", "Le taux repose sur ces années, les dernières "
	    "connues.", column, 3, 2);
	for (size_t i = 0; i < n; i++)
		year_row(g, &year[i], most);
	if (ans->risk_value.known && ans->payroll.known) {
		str_add(&g->s, "Ensemble");
		page_row(g, "sum");
		fmt_eur(&g->s, ans->payroll.exact);
		page_cell(g, "v");
		fmt_eur(&g->s, ans->risk_value.exact);
		page_cell(g, "v");
		page_end(g);
	}
	page_end(g);
	page_end(g);
	if (!whole)
		page_paragraph(g, say_more_costs);
	page_end(g);
}

static void
claim_row(struct page *g, const struct charged_line *l)
{
	fmt_clean(&g->s, l->claim->ref);
	page_row(g, NO_CLASS);
	str_add(&g->s, fmt_nature(l->claim->kind));
	page_cell(g, NO_CLASS);
	str_printf(&g->s, "%d", l->year);
	page_cell(g, NO_CLASS);
	str_add(&g->s, fmt_category(l->category));
	page_cell(g, NO_CLASS);
	fmt_eur(&g->s, l->cost);
	page_cell(g, NO_CLASS);
	fmt_share(&g->s, l->factor);
	page_cell(g, NO_CLASS);
	fmt_eur(&g->s, l->amount);
	page_cell(g, NO_CLASS);
	page_end(g);
}

static void
claims_table(struct page *g, const struct answer *ans)
{
	static const char *const column[] = { "Référence", "Nature", "Année",
		"Catégorie", "Coût moyen", "Part", "Montant" };

	page_table(g, "cut", "Un sinistre compte une ligne pour son arrêt (IT) "
	    "et une pour son incapacité permanente ou un décès (IP). Montant "
	    "= coût moyen × part restant à l'établissement.", column, 7, 3);
	for (size_t i = 0; i < ans->lines; i++)
		claim_row(g, &ans->line[i]);
	page_end(g);
	if (ans->risk_value.known) {
		html_open(&g->h, "tfoot");
		page_open(g, "tr", "sum");
		html_open(&g->h, "th");
		html_attr(&g->h, "scope", "row");
		html_attr(&g->h, "colspan", "6");
		html_text(&g->h, "Ensemble (valeur du risque)");
		page_end(g);
		fmt_eur(&g->s, ans->risk_value.exact);
		page_cell(g, "v");
		page_end(g);
		page_end(g);
	}
	page_end(g);
}

static void
legend(struct page *g, const struct answer *ans)
{
	bool any = false;

	page_open(g, "ul", "soft plain");
	for (int c = 0; c < COST_CATEGORIES; c++)
		if (say_category(&g->s, (enum cost_category)c, ans, g->law)) {
			page_leaf(g, "li", NO_CLASS);
			any = true;
		}
	if (!any)
		html_leaf(&g->h, "li", NO_CLASS,
		    "IT : incapacité temporaire. IP : incapacité permanente.");
	page_end(g);
}

static void
claims(struct page *g, const struct answer *ans)
{
	if (ans->window_years == 0)
		return;
	page_section(g, "Les sinistres imputés", "sinistres");
	if (ans->lines == 0)
		page_paragraph(g, say_no_claim);
	else {
		claims_table(g, ans);
		legend(g, ans);
		page_say(g, say_claims_note);
		page_leaf(g, "p", "soft");
	}
	page_end(g);
}

static void
supplementary(struct page *g, const struct answer *ans)
{
	if (ans->supplementaries == 0)
		return;
	page_section(g, "Cotisations supplémentaires", "supplement");
	page_paragraph(g, "Elles s'ajoutent à la cotisation et n'entrent pas "
	    "dans le taux.");
	html_open(&g->h, "ul");
	for (size_t i = 0; i < ans->supplementaries; i++) {
		say_supplementary(&g->s, &ans->supplementary[i]);
		page_leaf(g, "li", NO_CLASS);
	}
	page_end(g);
	page_end(g);
}

/* Steps and parameters. ---------------------------------------------------- */

static void
link_to(struct page *g, const char *word, const char *prefix, size_t n)
{
	html_open(&g->h, "a");
	str_printf(&g->s, "#%s%zu", prefix, n);
	page_attr(g, "href");
	str_printf(&g->s, "%s %zu", word, n);
	page_take(g);
	page_end(g);
}

static void
given(struct page *g)
{
	html_leaf(&g->h, "span", "given", say_given);
}

static void
origin(struct page *g, struct formulas *t, const struct operand *op)
{
	struct formula_origin o = formula_origin(t, op);

	html_text(&g->h, ", ");
	if (o.kind == ORIGIN_STEP)
		link_to(g, "étape", "etape-", o.number);
	else if (o.kind == ORIGIN_PARAMETER && o.number != 0)
		link_to(g, "paramètre", "p-", o.number);
	else if (o.kind == ORIGIN_PARAMETER) {
		str_add(&g->s, "paramètre ");
		fmt_clean(&g->s, formula_address(op));
		page_take(g);
	} else if (!o.given)
		html_text(&g->h, "donnée du dossier");
	if (o.given) {
		html_text(&g->h, o.number != 0 ? ", " : "");
		given(g);
	}
}

static void
operand(struct page *g, struct formulas *t, const struct operand *op)
{
	formula_operand_name(&g->s, op);
	formula_operand_equals(&g->s, t, op);
	page_take(g);
	origin(g, t, op);
}

static void
operands(struct page *g, struct formulas *t, const struct step *s)
{
	html_open(&g->h, "details");
	html_leaf(&g->h, "summary", NO_CLASS, "D'où viennent ces nombres");
	html_open(&g->h, "ul");
	for (size_t i = 0; i < s->operands; i++) {
		html_open(&g->h, "li");
		operand(g, t, &s->operand[i]);
		page_end(g);
	}
	page_end(g);
	page_end(g);
}

/* What ${s} does; of a copy, the line of figures tells it. */
static void
words(struct page *g, const struct step *s)
{
	if (!formula_is_there(s) || formula_is_copy(s))
		return;
	formula_result_name(&g->s, s);
	str_add(&g->s, " = ");
	formula_words(&g->s, s);
	page_leaf(g, "p", "f");
}

static void
figures(struct page *g, struct formulas *t, const struct step *s)
{
	html_open(&g->h, "p");
	if (formula_is_copy(s))
		formula_words(&g->s, s);
	else if (formula_is_there(s))
		formula_figures(&g->s, t, s);
	page_take(g);
	formula_equals(&g->s, s);
	page_leaf(g, "b", NO_CLASS);
	if (formula_shows_exact(s)) {
		page_say(g, " ; valeur exacte : ");
		fmt_ratio(&g->s, s->result);
		page_take(g);
	}
	if (formula_is_copy(s))
		origin(g, t, s->operand);
	page_end(g);
}

/* The formula, the rule and the parameters stand at step ${model}. */
static void
same_rule(struct page *g, struct formulas *t, const struct step *s,
    size_t model)
{
	page_open(g, "p", "r");
	page_say(g, "Même règle : ");
	page_take(g);
	link_to(g, "étape", "etape-", model);
	for (size_t i = 0; i < s->operands; i++)
		if (formula_origin(t, &s->operand[i]).kind !=
		    ORIGIN_PARAMETER) {
			page_say(g, " ; ");
			operand(g, t, &s->operand[i]);
		}
	page_end(g);
}

static void
one_step(struct page *g, struct formulas *t, size_t i)
{
	const struct step *s = &t->trace->step[i];
	size_t model = formula_is_copy(s) ? 0 : formula_model(t, s);

	html_open(&g->h, "li");
	str_printf(&g->s, "etape-%zu", i + 1);
	page_attr(g, "id");
	fmt_clean(&g->s, s->label);
	page_leaf(g, "h3", NO_CLASS);
	if (model == 0)
		words(g, s);
	figures(g, t, s);
	if (model != 0)
		same_rule(g, t, s, model);
	else if (s->article != NULL && *s->article != '\0') {
		page_say(g, "Règle : ");
		fmt_clean(&g->s, s->article);
		page_leaf(g, "p", "r");
	}
	if (model == 0 && !formula_is_copy(s) && s->operands > 0)
		operands(g, t, s);
	page_end(g);
}

static void
steps(struct page *g, struct formulas *t)
{
	if (t->trace->steps == 0)
		return;
	page_section(g, "Le calcul, étape par étape", "etapes");
	page_paragraph(g, say_steps_note);
	page_open(g, "ol", "steps");
	for (size_t i = 0; i < t->trace->steps; i++)
		one_step(g, t, i);
	page_end(g);
	page_end(g);
}

static void
source(struct page *g, struct formulas *t, size_t i)
{
	size_t same = formula_same_source(t, i);

	html_open(&g->h, "small");
	if (same != 0) {
		html_text(&g->h, "Même texte et même source que le ");
		link_to(g, "paramètre", "p-", same);
	} else
		formula_law_row(&g->s, t->source[i]->row);
	page_take(g);
	page_end(g);
}

static void
parameters(struct page *g, struct formulas *t)
{
	if (t->sources == 0)
		return;
	page_section(g, "Les paramètres de la loi", "parametres");
	page_paragraph(g, say_sources_note);
	page_open(g, "ol", "law");
	for (size_t i = 0; i < t->sources; i++) {
		const struct operand *op = t->source[i];

		html_open(&g->h, "li");
		str_printf(&g->s, "p-%zu", i + 1);
		page_attr(g, "id");
		formula_operand_name(&g->s, op);
		formula_operand_equals(&g->s, t, op);
		str_add_char(&g->s, ' ');
		page_take(g);
		html_leaf(&g->h, "code", "soft", formula_address(op));
		if (op->row->added) {
			html_text(&g->h, ", ");
			given(g);
		}
		source(g, t, i);
		page_end(g);
	}
	page_end(g);
	page_end(g);
}

void
sheet_html_as(struct str *out, const struct answer *ans,
    const struct law *law, const char *engine,
    const struct sheet_status *status)
{
	struct say_term notice[SAY_NOTICES];
	struct formulas t;
	struct page g;

	say_notices(status->meaning, notice);
	formula_start(&t, &ans->trace);
	page_begin(&g, out, law, "Feuille de calcul du taux AT/MP");
	g.status = status->line;
	head(&g, ans);
	contents(&g, ans, &t, status->change != NULL);
	page_replaced(&g, ans->facts, law, "Fourni par vous, non publié",
	    "fourni");
	warnings(&g, ans);
	page_section(&g, "Pourquoi ce mode", "mode");
	say_mode(&g.s, ans);
	page_leaf(&g, "p", NO_CLASS);
	page_end(&g);
	brief(&g, ans);
	if (status->change != NULL)
		attribution_section(&g, status->change, "Pourquoi le taux "
		    "change", "changement");
	page_terms(&g, "Les mots du calcul", "mots", "words", say_glossary,
	    SAY_GLOSSARY);
	years(&g, ans);
	claims(&g, ans);
	supplementary(&g, ans);
	steps(&g, &t);
	parameters(&g, &t);
	page_terms(&g, "Ce que vaut ce document, ce que l'on peut faire",
	    "droits", "info", notice, SAY_NOTICES);
	page_finish(&g, engine);
}

void
sheet_html(struct str *out, const struct answer *ans, const struct law *law,
    const char *engine)
{
	const struct sheet_status indicative = { NULL, NULL, NULL };

	sheet_html_as(out, ans, law, engine, &indicative);
}
