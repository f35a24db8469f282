/*
 * sheet_text.c -- the feuille de calcul on a terminal: UTF-8, 80 columns.
 *
 * Order, from what everybody asks to what a lawyer checks:
 *
 *	what it is and the rate -> why this mode -> the chain in brief
 *	-> the years -> the claims -> every step -> every parameter
 *	-> what can be done -> the words -> which law and program
 *
 * A paragraph or a cell is written into t->s first, then wrapped or padded
 * from there: widths are counted in characters, and only an ordinary blank
 * may break a line.
 */
#include "doc/sheet.h"

#include <string.h>

#include "doc/fmt.h"

enum {
	COLUMNS = 80,
	TEXT_MAX = 64 * 1024 * 1024,	/* one paragraph: a sum may be long */
};

struct text {
	struct str		*out;
	struct str		 s;	/* paragraph or cell being written */
	const struct answer	*ans;
	const struct law	*law;
	struct fmt_trace	 trace;
	struct fmt_sources	 src;
};

/* Lines and cells. --------------------------------------------------------- */

static size_t
width_n(const char *p, size_t n)
{
	size_t width = 0;

	for (size_t i = 0; i < n; i++)
		width += ((unsigned char)p[i] & 0xc0) != 0x80;
	return width;
}

static void
spaces(struct str *out, size_t n)
{
	while (n-- > 0)
		str_add_char(out, ' ');
}

/* The bytes of the first ${width} characters of ${p}. */
static size_t
bytes_of(const char *p, size_t n, size_t width)
{
	size_t i = 0;

	while (i < n && width-- > 0)
		for (i++; i < n && ((unsigned char)p[i] & 0xc0) == 0x80;)
			i++;
	return i;
}

/* How much of ${p} goes on a line of ${room} characters. */
static size_t
line_of(const char *p, size_t n, size_t room)
{
	size_t fits = bytes_of(p, n, room), cut = fits;

	if (fits == n)
		return n;
	while (cut > 0 && p[cut] != ' ')
		cut--;
	return cut > 0 ? cut : fits;
}

static void
end_line(struct text *t)
{
	str_add_char(t->out, '\n');
}

/* Writes t->s, the first line indented by ${first}, the others by ${rest}. */
static void
wrap(struct text *t, size_t first, size_t rest)
{
	const char *p = t->s.n > 0 ? t->s.p : "";
	size_t n = t->s.n, indent = first;

	if (str_failed(&t->s))
		t->out->failed = true;
	do {
		size_t line = line_of(p, n, COLUMNS - indent);

		spaces(t->out, indent);
		str_add_n(t->out, p, line);
		end_line(t);
		while (line < n && p[line] == ' ')
			line++;
		p += line;
		n -= line;
		indent = rest;
	} while (n > 0);
	str_clear(&t->s);
}

static void
say(struct text *t, const char *prose)
{
	fmt_prose(&t->s, prose);
}

static void
paragraph(struct text *t, const char *prose)
{
	say(t, prose);
	wrap(t, 0, 0);
}

/* Writes t->s as a cell of ${width} characters, on the ${right} or the left. */
static void
cell(struct text *t, size_t width, bool right)
{
	size_t n = width_n(t->s.n > 0 ? t->s.p : "", t->s.n);
	size_t pad = n < width ? width - n : 0;

	if (right)
		spaces(t->out, pad);
	if (t->s.n > 0)
		str_add_n(t->out, t->s.p, t->s.n);
	if (!right)
		spaces(t->out, pad);
	str_clear(&t->s);
}

static void
rule(struct text *t, const char *mark, size_t n)
{
	while (n-- > 0)
		str_add(t->out, mark);
	end_line(t);
}

static void
heading(struct text *t, const char *title)
{
	end_line(t);
	say(t, title);
	cell(t, 0, false);
	end_line(t);
	rule(t, "─", COLUMNS);
}

static void
field(struct text *t, const char *name)
{
	size_t n = width_n(name, strlen(name));

	str_add(t->out, "  ");
	str_add(t->out, name);
	spaces(t->out, n < 22 ? 22 - n : 1);
	/* What follows is wrapped as if the name were its indent. */
	wrap(t, 0, 24);
}

/* The head. ---------------------------------------------------------------- */

static void
title(struct text *t, const char *what)
{
	str_add(t->out, what);
	end_line(t);
	rule(t, "═", COLUMNS);
	paragraph(t, fmt_not_a_decision);
	end_line(t);
}

static void
establishment(struct text *t)
{
	const struct facts *f = t->ans->facts;

	fmt_siret(&t->s, f->siret);
	field(t, "Établissement");
	fmt_clean(&t->s, f->risk_code);
	field(t, "Code risque");
	str_printf(&t->s, "CTN %c, %s", f->ctn, fmt_ctn(f->ctn));
	field(t, "Branche");
	str_add(&t->s, fmt_zone(f->zone));
	field(t, "Zone");
	if (f->btp_group != GROUP_NONE) {
		str_add(&t->s, fmt_group(f->btp_group));
		field(t, "Groupe BTP");
	}
	if (f->regime != REGIME_ORDINARY) {
		say(t, fmt_regime(f->regime));
		field(t, "Régime");
	}
	if (t->ans->headcount.known) {
		fmt_result(&t->s, t->ans->headcount.exact, UNIT_PERSONS);
		str_add(&t->s, " dans l'entreprise");
		field(t, "Effectif retenu");
	}
	str_printf(&t->s, "%d", t->ans->year);
	field(t, "Année du taux");
	fmt_date(&t->s, t->ans->law_on);
	field(t, "Droit en vigueur le");
}

static void
the_rate(struct text *t)
{
	const struct answer *ans = t->ans;
	size_t n;

	fmt_percent(&t->s, ans->notified_rounded, ans->notified_decimals);
	n = width_n(t->s.n > 0 ? t->s.p : "", t->s.n);
	str_add(t->out, "  ╔");
	for (size_t i = 0; i < n + 6; i++)
		str_add(t->out, "═");
	str_printf(t->out, "╗\n  ║   ");
	cell(t, 0, false);
	str_printf(t->out, "   ║   Taux AT/MP %d, mode %s\n  ╚", ans->year,
	    fmt_mode(ans->mode));
	for (size_t i = 0; i < n + 6; i++)
		str_add(t->out, "═");
	str_add(t->out, "╝\n\n");
	say(t, "AT/MP : accidents du travail et maladies professionnelles. "
	    "Pour 100 € de salaires, l'employeur verse ");
	fmt_number(&t->s, ans->notified_rounded, ans->notified_decimals);
	say(t, " € de cotisation pour les couvrir.");
	wrap(t, 0, 0);
}

/* Published values that were replaced, from the facts or by --law. */
static void
replaced(struct text *t)
{
	struct fmt_given given[FMT_GIVEN_MAX];
	size_t n = fmt_given_of(t->ans->facts, given);
	size_t added = t->law == NULL ? 0 : law_added_count(t->law);

	if (n == 0 && added == 0)
		return;
	heading(t, "FOURNI PAR VOUS, NON PUBLIÉ");
	paragraph(t, "Ces valeurs remplacent celles des textes publiés. Le "
	    "résultat ne vaut que si elles sont justes.");
	for (size_t i = 0; i < n; i++) {
		str_printf(&t->s, "• %s", given[i].name);
		say(t, " : ");
		fmt_result(&t->s, given[i].exact, given[i].unit);
		say(t, " (fourni par vous, non publié)");
		wrap(t, 2, 4);
	}
	for (size_t i = 0; i < added; i++) {
		const char *param;
		const struct law_row *row = law_added_at(t->law, i, &param);

		str_add(&t->s, "• ");
		fmt_law_address(&t->s, param, row);
		say(t, " : ");
		fmt_clean(&t->s, row->value);
		say(t, " (fourni par vous, non publié). ");
		fmt_law_row(&t->s, row);
		wrap(t, 2, 4);
	}
}

static void
warnings(struct text *t)
{
	if (t->ans->warnings == 0)
		return;
	heading(t, "À NOTER");
	for (size_t i = 0; i < t->ans->warnings; i++) {
		str_add(&t->s, "• ");
		fmt_clean(&t->s, t->ans->warning[i]);
		wrap(t, 2, 4);
	}
}

/* The chain in brief. ------------------------------------------------------ */

static void
brief_line(struct text *t, const char *name, struct quantity q,
    enum unit unit)
{
	if (!q.known)
		return;
	say(t, name);
	str_add(t->out, "  ");
	cell(t, 52, false);
	fmt_result(&t->s, q.exact, unit);
	cell(t, 26, true);
	end_line(t);
}

static void
brief(struct text *t)
{
	static const char *const majoration[] = {
		"+ M1, accidents de trajet",
		"+ M2, frais de gestion (% de brut + M1)",
		"+ M3, charges communes", "+ M4, départs pour pénibilité" };
	const struct answer *a = t->ans;
	struct quantity rounded = { true, a->notified_rounded };

	heading(t, "LE CALCUL EN BREF");
	brief_line(t, "Coûts des sinistres des années de référence",
	    a->risk_value, UNIT_EUR);
	brief_line(t, "Masse salariale des mêmes années", a->payroll,
	    UNIT_EUR);
	brief_line(t, "Taux brut : coûts pour 100 € de salaires", a->gross,
	    UNIT_PERCENT);
	if (a->individual.known)
		for (size_t i = 0; i < 4; i++)
			brief_line(t, majoration[i], a->majoration[i],
			    UNIT_PERCENT);
	brief_line(t, "Taux net individuel, propre à l'établissement",
	    a->individual, UNIT_PERCENT);
	brief_line(t, "Taux collectif de l'activité", a->collective,
	    UNIT_PERCENT);
	brief_line(t, "Fraction prise au taux individuel", a->fraction,
	    UNIT_NUMBER);
	brief_line(t, frac_is_zero(a->facts->rebate) ||
	    !frac_valid(a->facts->rebate) ? "Taux mixte" :
	    "Taux mixte, ristourne sur la part collective", a->mixed,
	    UNIT_PERCENT);
	brief_line(t, "Taux réduit (ristourne ou régime particulier)",
	    fmt_reduced(a), UNIT_PERCENT);
	if (a->cap.known) {
		brief_line(t, "Butoir bas", (struct quantity){ true,
		    a->cap.lower }, UNIT_PERCENT);
		brief_line(t, "Butoir haut", (struct quantity){ true,
		    a->cap.upper }, UNIT_PERCENT);
	}
	brief_line(t, "Taux plafonné (régime particulier)", fmt_ceiled(a),
	    UNIT_PERCENT);
	brief_line(t, "Taux avant arrondi", (struct quantity){ true,
	    a->notified }, UNIT_PERCENT);
	if (a->notified_decimals <= 2)
		brief_line(t, "TAUX", rounded, UNIT_PERCENT);
	else {
		str_add(t->out, "  ");
		say(t, "TAUX");
		cell(t, 52, false);
		fmt_percent(&t->s, a->notified_rounded, a->notified_decimals);
		cell(t, 26, true);
		end_line(t);
	}
	end_line(t);
	fmt_cap_why(&t->s, a);
	wrap(t, 0, 0);
	paragraph(t, "Le signe ≈ annonce une valeur arrondie pour être lue. Le "
	    "calcul garde les valeurs exactes et n'arrondit que là où une "
	    "étape le dit.");
}

/* Years and claims. -------------------------------------------------------- */

/* The name of the row is in t->s. */
static void
year_row(struct text *t, struct quantity payroll, struct frac cost)
{
	str_add(t->out, "  ");
	cell(t, 20, false);
	if (payroll.known)
		fmt_eur(&t->s, payroll.exact);
	else
		str_add(&t->s, "non fournie");
	cell(t, 28, true);
	fmt_eur(&t->s, cost);
	cell(t, 28, true);
	end_line(t);
}

static void
years(struct text *t)
{
	struct fmt_year year[WINDOW_MAX];
	bool whole;
	size_t n = fmt_years(t->ans, year, &whole);

	if (n == 0)
		return;
	heading(t, "LES ANNÉES DE RÉFÉRENCE");
	str_add(t->out, "  ");
	str_add(&t->s, "Année");
	cell(t, 20, false);
	str_add(&t->s, "Masse salariale");
	cell(t, 28, true);
	str_add(&t->s, "Coûts imputés");
	cell(t, 28, true);
	end_line(t);
	for (size_t i = 0; i < n; i++) {
		str_printf(&t->s, "%d", year[i].year);
		year_row(t, year[i].payroll, year[i].cost);
	}
	if (t->ans->risk_value.known) {
		str_add(&t->s, "Ensemble");
		year_row(t, t->ans->payroll, t->ans->risk_value.exact);
	}
	if (!whole)
		paragraph(t, "L'ensemble compte aussi des coûts qui ne sont "
		    "pas répartis par année.");
}

/* Columns of the account: 14 8 4 7 14 10 15, one blank between. */
static void
claim_row(struct text *t, const struct charged_line *l)
{
	size_t n;

	fmt_clean(&t->s, l->claim->ref);
	n = width_n(t->s.n > 0 ? t->s.p : "", t->s.n);
	if (n > 14)
		wrap(t, 2, 2);
	str_add(t->out, "  ");
	cell(t, 15, false);
	str_add(&t->s, fmt_nature(l->claim->kind));
	cell(t, 9, false);
	str_printf(&t->s, "%d", l->year);
	cell(t, 6, false);
	str_add(&t->s, fmt_category(l->category));
	cell(t, 8, false);
	fmt_eur(&t->s, l->cost);
	cell(t, 15, true);
	fmt_share(&t->s, l->factor);
	cell(t, 9, true);
	fmt_eur(&t->s, l->amount);
	cell(t, 16, true);
	end_line(t);
}

static void
claims_head(struct text *t)
{
	static const struct { const char *name; size_t width; bool right; }
	    columns[] = { { "Référence", 15, false }, { "Nature", 9, false },
		{ "Année", 6, false }, { "Catég.", 8, false },
		{ "Coût moyen", 15, true }, { "Part", 9, true },
		{ "Montant", 16, true } };

	str_add(t->out, "  ");
	for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
		str_add(&t->s, columns[i].name);
		cell(t, columns[i].width, columns[i].right);
	}
	end_line(t);
}

static void
legend(struct text *t)
{
	for (int c = 0; c < COST_CATEGORIES; c++) {
		bool used = false;

		for (size_t i = 0; i < t->ans->lines && !used; i++)
			used = (int)t->ans->line[i].category == c;
		if (used && fmt_category_meaning(&t->s, (enum cost_category)c,
		    t->law, t->ans->law_on))
			wrap(t, 2, 4);
	}
	end_line(t);
}

static void
claims(struct text *t)
{
	if (t->ans->window_years == 0)
		return;
	heading(t, "LES SINISTRES IMPUTÉS");
	if (t->ans->lines == 0) {
		paragraph(t, "Aucun sinistre n'est imputé à ces années.");
		return;
	}
	claims_head(t);
	for (size_t i = 0; i < t->ans->lines; i++)
		claim_row(t, &t->ans->line[i]);
	if (t->ans->risk_value.known) {
		str_add(t->out, "  ");
		say(t, "Ensemble (valeur du risque)");
		cell(t, 50, false);
		fmt_eur(&t->s, t->ans->risk_value.exact);
		cell(t, 28, true);
		end_line(t);
	}
	end_line(t);
	legend(t);
	paragraph(t, fmt_claims_note);
}

static void
supplementary(struct text *t)
{
	if (t->ans->supplementaries == 0)
		return;
	heading(t, "COTISATIONS SUPPLÉMENTAIRES (À CÔTÉ DU TAUX)");
	for (size_t i = 0; i < t->ans->supplementaries; i++) {
		const struct supplementary_amount *s =
		    &t->ans->supplementary[i];

		str_add(&t->s, "• ");
		fmt_result(&t->s, s->of.percent, UNIT_PERCENT);
		say(t, " de la cotisation, du ");
		fmt_date(&t->s, s->of.from);
		say(t, " au ");
		fmt_date(&t->s, date_add_days(s->of.until, -1));
		say(t, " : ");
		if (s->amount.known)
			fmt_result(&t->s, s->amount.exact, UNIT_EUR);
		else
			say(t, "montant inconnu");
		if (s->minimum)
			say(t, " (montant minimum)");
		if (s->payroll_year != 0)
			str_printf(&t->s, ", d'après la masse salariale %d",
			    s->payroll_year);
		wrap(t, 2, 4);
	}
}

/* Steps and parameters. ---------------------------------------------------- */

static void
origin(struct text *t, const struct operand *op)
{
	size_t source = fmt_source(&t->src, op);
	const char *id = fmt_address(op);
	size_t step = strncmp(op->from, "step:", 5) != 0 ? 0 :
	    fmt_find_step(&t->trace, id, strlen(id));

	if (step != 0)
		str_printf(&t->s, "étape %zu", step);
	else if (source != 0)
		str_printf(&t->s, "paramètre [%zu]", source);
	else if (strncmp(op->from, "param:", 6) == 0) {
		str_add(&t->s, "paramètre ");
		fmt_clean(&t->s, id);
	} else if (!fmt_is_given(op))
		str_add(&t->s, "donnée du dossier");
	if (fmt_is_given(op)) {
		if (source != 0)
			str_add(&t->s, ", ");
		say(t, "fourni par vous, non publié");
	}
}

static void
operands(struct text *t, const struct step *s)
{
	if (s->operands == 0)
		return;
	say(t, "d'où : ");
	for (size_t i = 0; i < s->operands; i++) {
		const struct operand *op = &s->operand[i];

		if (i > 0)
			say(t, " ; ");
		fmt_operand_name(&t->s, &t->trace, op);
		fmt_operand_equals(&t->s, &t->trace, op);
		str_add(&t->s, " (");
		origin(t, op);
		str_add(&t->s, ")");
	}
	wrap(t, 6, 8);
}

static void
exact_value(struct text *t, const struct step *s)
{
	if (!fmt_shows_exact(s))
		return;
	say(t, "valeur exacte : ");
	fmt_ratio(&t->s, s->result);
	wrap(t, 6, 8);
}

static void
one_step(struct text *t, size_t i)
{
	const struct step *s = &t->ans->trace.step[i];

	str_printf(&t->s, "%3zu. ", i + 1);
	fmt_clean(&t->s, s->label);
	wrap(t, 0, 5);
	if (s->formula != NULL && *s->formula != '\0') {
		fmt_step_name(&t->s, s);
		str_add(&t->s, " = ");
		fmt_formula(&t->s, &t->trace, s);
		if (!fmt_is_copy(s)) {
			wrap(t, 6, 8);
			str_add(&t->s, "= ");
			fmt_substituted(&t->s, &t->trace, s);
		}
	}
	fmt_equals(&t->s, s);
	wrap(t, 6, 8);
	exact_value(t, s);
	operands(t, s);
	if (s->article != NULL && *s->article != '\0') {
		say(t, "règle : ");
		fmt_clean(&t->s, s->article);
		wrap(t, 6, 8);
	}
	end_line(t);
}

static void
steps(struct text *t)
{
	if (t->ans->trace.steps == 0)
		return;
	heading(t, "LE CALCUL, ÉTAPE PAR ÉTAPE");
	paragraph(t, "Chaque étape donne sa formule avec des mots, puis avec "
	    "les nombres. Une comparaison entre parenthèses vaut 1 si elle est "
	    "vraie, 0 sinon. Avec ces seules lignes et une calculatrice, on "
	    "retrouve le taux.");
	end_line(t);
	for (size_t i = 0; i < t->ans->trace.steps; i++)
		one_step(t, i);
}

static void
parameters(struct text *t)
{
	if (t->src.n == 0)
		return;
	heading(t, "LES PARAMÈTRES DE LA LOI");
	paragraph(t, fmt_sources_note);
	for (size_t i = 0; i < t->src.n; i++) {
		const struct operand *op = t->src.use[i];

		str_printf(&t->s, "[%zu] ", i + 1);
		fmt_operand_name(&t->s, &t->trace, op);
		fmt_operand_equals(&t->s, &t->trace, op);
		if (op->row->added)
			say(t, " (fourni par vous, non publié)");
		say(t, " ; ");
		fmt_clean(&t->s, fmt_address(op));
		str_add(&t->s, ". ");
		fmt_law_row(&t->s, op->row);
		wrap(t, 0, 5);
	}
}

/* The foot. ---------------------------------------------------------------- */

static void
terms(struct text *t, const char *title_, const struct fmt_term *term,
    size_t n)
{
	heading(t, title_);
	for (size_t i = 0; i < n; i++) {
		say(t, term[i].term);
		say(t, " : ");
		say(t, term[i].meaning);
		wrap(t, 0, 4);
	}
}

static void
colophon(struct text *t, const char *engine)
{
	end_line(t);
	rule(t, "─", COLUMNS);
	say(t, "Programme : ");
	fmt_clean(&t->s, engine);
	if (t->law != NULL) {
		say(t, " ; paramètres de la loi : version ");
		fmt_clean(&t->s, law_version(t->law));
		say(t, ", empreinte SHA-256 ");
		fmt_clean(&t->s, law_digest(t->law));
	}
	say(t, ". Les mêmes données, la même version et le même programme "
	    "donnent toujours le même résultat.");
	wrap(t, 0, 0);
}

static void
start(struct text *t, struct str *out, const struct answer *ans,
    const struct law *law)
{
	*t = (struct text){ .out = out, .ans = ans, .law = law };
	t->trace.trace = &ans->trace;
	str_init(&t->s, TEXT_MAX);
}

void
sheet_text(struct str *out, const struct answer *ans, const struct law *law,
    const char *engine)
{
	struct text t;

	start(&t, out, ans, law);
	fmt_sources_of(&t.src, &ans->trace);
	title(&t, "FEUILLE DE CALCUL DU TAUX AT/MP");
	establishment(&t);
	end_line(&t);
	the_rate(&t);
	replaced(&t);
	warnings(&t);
	heading(&t, "POURQUOI CE MODE");
	fmt_mode_why(&t.s, ans);
	wrap(&t, 0, 0);
	brief(&t);
	years(&t);
	claims(&t);
	supplementary(&t);
	steps(&t);
	parameters(&t);
	terms(&t, "LES MOTS DU CALCUL", fmt_glossary, FMT_GLOSSARY);
	terms(&t, "CE QUE VAUT CE DOCUMENT, CE QUE L'ON PEUT FAIRE",
	    fmt_notice, FMT_NOTICES);
	colophon(&t, engine);
	str_free(&t.s);
}

/* Why a rate changed. ------------------------------------------------------ */

static void
one_rate(struct text *t, const struct answer *ans, const char *which)
{
	fmt_percent(&t->s, ans->notified_rounded, ans->notified_decimals);
	str_printf(&t->s, " en %d, mode %s", ans->year, fmt_mode(ans->mode));
	say(t, " (avant arrondi : ");
	fmt_result(&t->s, ans->notified, UNIT_PERCENT);
	str_add(&t->s, ")");
	field(t, which);
}

static void
one_part(struct text *t, enum part_id id, struct frac part)
{
	say(t, fmt_part(id));
	str_add(t->out, "  ");
	cell(t, 52, false);
	fmt_points(&t->s, part, 4);
	cell(t, 26, true);
	end_line(t);
	say(t, fmt_part_why(id));
	wrap(t, 6, 6);
}

void
attribution_text(struct str *out, const struct attribution *att,
    const struct law *law, const char *engine)
{
	struct text t;

	start(&t, out, &att->to, law);
	title(&t, "POURQUOI LE TAUX AT/MP CHANGE");
	fmt_siret(&t.s, att->to.facts->siret);
	field(&t, "Établissement");
	fmt_clean(&t.s, att->to.facts->risk_code);
	field(&t, "Code risque");
	end_line(&t);
	one_rate(&t, &att->from, "Taux de départ");
	one_rate(&t, &att->to, "Taux d'arrivée");
	end_line(&t);
	say(&t, "Écart avant arrondi : ");
	fmt_points(&t.s, att->difference, 4);
	say(&t, ". Un point est un pour cent des salaires. Les causes "
	    "ci-dessous, additionnées, font exactement cet écart.");
	wrap(&t, 0, 0);
	heading(&t, "LES CAUSES");
	for (int i = 0; i < PARTS; i++)
		if (!frac_is_zero(att->part[i]))
			one_part(&t, (enum part_id)i, att->part[i]);
	rule(&t, "─", COLUMNS);
	str_add(&t.s, "Ensemble");
	str_add(out, "  ");
	cell(&t, 52, false);
	fmt_points(&t.s, att->difference, 4);
	cell(&t, 26, true);
	end_line(&t);
	terms(&t, "LES MOTS DU CALCUL", fmt_glossary, FMT_GLOSSARY);
	colophon(&t, engine);
	str_free(&t.s);
}
