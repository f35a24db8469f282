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
#include "doc/formula.h"
#include "doc/say.h"

enum {
	COLUMNS = 80,
	TEXT_MAX = 64 * 1024 * 1024,	/* one paragraph: a sum may be long */
};

struct text {
	struct str		*out;
	struct str		 s;	/* paragraph or cell being written */
	const struct answer	*ans;
	const struct law	*law;
	struct formulas		 formulas;
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
title(struct text *t, const char *what, const char *status)
{
	str_add(t->out, what);
	end_line(t);
	rule(t, "═", COLUMNS);
	paragraph(t, status != NULL ? status : say_not_a_decision);
	end_line(t);
}

static void
establishment(struct text *t)
{
	static const char *const name[SAY_IDENTITIES] = {
		[SAY_SIRET] = "Établissement", [SAY_RISK_CODE] = "Code risque",
		[SAY_BRANCH] = "Branche", [SAY_ZONE] = "Zone",
		[SAY_GROUP] = "Groupe BTP", [SAY_REGIME] = "Régime",
		[SAY_HEADCOUNT] = "Effectif retenu",
		[SAY_YEAR] = "Année du taux",
		[SAY_LAW_ON] = "Droit en vigueur le" };

	for (int i = 0; i < SAY_IDENTITIES; i++)
		if (say_identity(&t->s, t->ans, (enum say_identity)i)) {
			if (i == SAY_HEADCOUNT)
				str_add(&t->s, " dans l'entreprise");
			field(t, name[i]);
		}
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

/* Published values that were replaced, from the facts or by ${law}. */
static void
replaced(struct text *t, const struct facts *facts, const struct law *law,
    const char *title)
{
	static const char mark[] = " (fourni par vous, non publié)";

	if (!say_replaced(&t->s, facts, law, 0, mark))
		return;
	str_clear(&t->s);
	heading(t, title);
	paragraph(t, say_given_note);
	for (size_t i = 0;; i++) {
		str_add(&t->s, "• ");
		if (!say_replaced(&t->s, facts, law, i, mark))
			break;
		wrap(t, 2, 4);
	}
	str_clear(&t->s);
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

/* The name is in t->s. */
static void
brief_name(struct text *t)
{
	str_add(t->out, "  ");
	cell(t, 52, false);
}

static void
brief_value(struct text *t)
{
	cell(t, 26, true);
	end_line(t);
}

static void
brief(struct text *t)
{
	const struct answer *a = t->ans;
	struct say_row row[SAY_BRIEF];
	size_t n = say_brief(a, row);

	heading(t, "LE CALCUL EN BREF");
	for (size_t i = 0; i < n; i++)
		if (row[i].line != NULL) {
			say(t, row[i].line);
			brief_name(t);
			fmt_result(&t->s, row[i].q.exact, row[i].unit);
			brief_value(t);
		}
	str_add(&t->s, "TAUX");
	brief_name(t);
	fmt_percent(&t->s, a->notified_rounded, a->notified_decimals < 2 ? 2 :
	    a->notified_decimals);
	brief_value(t);
	end_line(t);
	say_cap(&t->s, a);
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
	struct say_year year[WINDOW_MAX];
	bool whole;
	size_t n = say_years(t->ans, year, &whole);

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
		paragraph(t, say_more_costs);
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
	for (int c = 0; c < COST_CATEGORIES; c++)
		if (say_category(&t->s, (enum cost_category)c, t->ans, t->law))
			wrap(t, 2, 4);
	end_line(t);
}

static void
claims(struct text *t)
{
	if (t->ans->window_years == 0)
		return;
	heading(t, "LES SINISTRES IMPUTÉS");
	if (t->ans->lines == 0) {
		paragraph(t, say_no_claim);
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
	paragraph(t, say_claims_note);
}

static void
supplementary(struct text *t)
{
	if (t->ans->supplementaries == 0)
		return;
	heading(t, "COTISATIONS SUPPLÉMENTAIRES (À CÔTÉ DU TAUX)");
	for (size_t i = 0; i < t->ans->supplementaries; i++) {
		str_add(&t->s, "• ");
		say_supplementary(&t->s, &t->ans->supplementary[i]);
		wrap(t, 2, 4);
	}
}

/* Steps and parameters. ---------------------------------------------------- */

static void
origin(struct text *t, const struct operand *op)
{
	struct formula_origin o = formula_origin(&t->formulas, op);

	if (o.kind == ORIGIN_STEP)
		str_printf(&t->s, "étape %zu", o.number);
	else if (o.kind == ORIGIN_PARAMETER && o.number != 0)
		str_printf(&t->s, "paramètre [%zu]", o.number);
	else if (o.kind == ORIGIN_PARAMETER) {
		str_add(&t->s, "paramètre ");
		fmt_clean(&t->s, formula_address(op));
	} else if (!o.given)
		str_add(&t->s, "donnée du dossier");
	if (o.given)
		str_printf(&t->s, "%s%s", o.number != 0 ? ", " : "",
		    say_given);
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
		formula_operand_name(&t->s, op);
		formula_operand_equals(&t->s, &t->formulas, op);
		str_add(&t->s, " (");
		origin(t, op);
		str_add(&t->s, ")");
	}
	wrap(t, 6, 8);
}

static void
exact_value(struct text *t, const struct step *s)
{
	if (!formula_shows_exact(s))
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
	if (formula_is_there(s)) {
		formula_result_name(&t->s, s);
		str_add(&t->s, " = ");
		formula_words(&t->s, s);
		if (!formula_is_copy(s)) {
			wrap(t, 6, 8);
			str_add(&t->s, "= ");
			formula_figures(&t->s, &t->formulas, s);
		}
	}
	formula_equals(&t->s, s);
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
	paragraph(t, say_steps_note);
	end_line(t);
	for (size_t i = 0; i < t->ans->trace.steps; i++)
		one_step(t, i);
}

static void
parameters(struct text *t)
{
	if (t->formulas.sources == 0)
		return;
	heading(t, "LES PARAMÈTRES DE LA LOI");
	paragraph(t, say_sources_note);
	for (size_t i = 0; i < t->formulas.sources; i++) {
		const struct operand *op = t->formulas.source[i];

		str_printf(&t->s, "[%zu] ", i + 1);
		formula_operand_name(&t->s, op);
		formula_operand_equals(&t->s, &t->formulas, op);
		if (op->row->added)
			say(t, " (fourni par vous, non publié)");
		say(t, " ; ");
		fmt_clean(&t->s, formula_address(op));
		str_add(&t->s, ". ");
		formula_law_row(&t->s, op->row);
		wrap(t, 0, 5);
	}
}

/* The foot. ---------------------------------------------------------------- */

static void
terms(struct text *t, const char *title_, const struct say_term *term,
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
	say(t, say_same_result);
	wrap(t, 0, 0);
}

static void
start(struct text *t, struct str *out, const struct answer *ans,
    const struct law *law)
{
	*t = (struct text){ .out = out, .ans = ans, .law = law };
	formula_start(&t->formulas, &ans->trace);
	str_init(&t->s, TEXT_MAX);
}

void
sheet_text_as(struct str *out, const struct answer *ans,
    const struct law *law, const char *engine,
    const struct sheet_status *status)
{
	struct say_term notice[SAY_NOTICES];
	struct text t;

	say_notices(status->meaning, notice);
	start(&t, out, ans, law);
	title(&t, "FEUILLE DE CALCUL DU TAUX AT/MP", status->line);
	establishment(&t);
	end_line(&t);
	the_rate(&t);
	replaced(&t, ans->facts, law, "FOURNI PAR VOUS, NON PUBLIÉ");
	warnings(&t);
	heading(&t, "POURQUOI CE MODE");
	say_mode(&t.s, ans);
	wrap(&t, 0, 0);
	brief(&t);
	years(&t);
	claims(&t);
	supplementary(&t);
	steps(&t);
	parameters(&t);
	terms(&t, "LES MOTS DU CALCUL", say_glossary, SAY_GLOSSARY);
	terms(&t, "CE QUE VAUT CE DOCUMENT, CE QUE L'ON PEUT FAIRE",
	    notice, SAY_NOTICES);
	colophon(&t, engine);
	str_free(&t.s);
}

void
sheet_text(struct str *out, const struct answer *ans, const struct law *law,
    const char *engine)
{
	const struct sheet_status indicative = { NULL, NULL, NULL };

	sheet_text_as(out, ans, law, engine, &indicative);
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
one_part(struct text *t, const struct say_term *part, struct frac points)
{
	say(t, part->term);
	brief_name(t);
	fmt_points(&t->s, points, 4);
	brief_value(t);
	say(t, part->meaning);
	wrap(t, 6, 6);
}

void
attribution_text(struct str *out, const struct attribution *att,
    const struct law *law, const char *engine)
{
	struct text t;

	start(&t, out, &att->to, law);
	title(&t, "POURQUOI LE TAUX AT/MP CHANGE", NULL);
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
	replaced(&t, att->from.facts, NULL, "FOURNI PAR VOUS POUR LE TAUX DE "
	    "DÉPART, NON PUBLIÉ");
	replaced(&t, att->to.facts, law, "FOURNI PAR VOUS, NON PUBLIÉ");
	heading(&t, "LES CAUSES");
	for (int i = 0; i < PARTS; i++)
		if (!frac_is_zero(att->part[i]))
			one_part(&t, &say_part[i], att->part[i]);
	rule(&t, "─", COLUMNS);
	str_add(&t.s, "Ensemble");
	brief_name(&t);
	fmt_points(&t.s, att->difference, 4);
	brief_value(&t);
	terms(&t, "LES MOTS DU CALCUL", say_glossary, SAY_GLOSSARY);
	colophon(&t, engine);
	str_free(&t.s);
}
