/*
 * attribution_html.c -- why a rate changed, as a page of HTML 5.
 *
 * Two rates, then a bar a cause: each starts where the one before ends, so
 * that they lead from the first rate to the second.
 */
#include "doc/attribution.h"

#include "doc/fmt.h"
#include "doc/sheet.h"

static void
one_rate(struct page *g, const struct answer *ans, const char *class_)
{
	html_open(&g->h, "div");
	str_printf(&g->s, "Taux %d, mode %s", ans->year, fmt_mode(ans->mode));
	page_leaf(g, "p", "soft");
	fmt_percent(&g->s, ans->notified_rounded, ans->notified_decimals);
	page_leaf(g, "p", class_);
	page_say(g, "avant arrondi : ");
	fmt_result(&g->s, ans->notified, UNIT_PERCENT);
	page_leaf(g, "p", "soft");
	page_end(g);
}

static void
head(struct page *g, const struct attribution *att)
{
	page_say(g, "Pourquoi le taux accidents du travail et maladies "
	    "professionnelles change");
	page_title(g, "Explication d'un changement de taux");
	page_open(g, "div", "two");
	one_rate(g, &att->from, "big");
	page_open(g, "p", "arrow");
	html_attr(&g->h, "aria-hidden", "true");
	html_text(&g->h, "→");
	page_end(g);
	one_rate(g, &att->to, "big to");
	page_end(g);
	page_say(g, "Établissement ");
	fmt_siret(&g->s, att->to.facts->siret);
	page_say(g, ", code risque ");
	fmt_clean(&g->s, att->to.facts->risk_code);
	page_paragraph(g, ".");
	page_say(g, "Écart avant arrondi : ");
	fmt_points(&g->s, att->difference, 4);
	page_paragraph(g, ". Les causes ci-dessous, additionnées, font "
	    "exactement cet écart.");
	page_end(g);
}

/* The lowest and highest rate on the way, with a little air. */
struct scale { struct frac low, high; };

static struct scale
scale_of(const struct attribution *att)
{
	struct frac at = att->from.notified, air;
	struct scale ret = { at, at };

	for (int i = 0; i < PARTS; i++) {
		at = frac_add(at, att->part[i]);
		if (!frac_valid(at))
			break;
		ret.low = frac_min(ret.low, at);
		ret.high = frac_max(ret.high, at);
	}
	air = frac_div(frac_sub(ret.high, ret.low), frac_int(20));
	ret.low = frac_sub(ret.low, air);
	ret.high = frac_add(ret.high, air);
	return ret;
}

/* A bar from ${a} to ${b}, and the line where the next one starts. */
static void
fall(struct page *g, const struct scale *scale, const char *class_,
    struct frac a, struct frac b)
{
	int from = page_place(a, scale->low, scale->high);
	int to = page_place(b, scale->low, scale->high);
	int left = from < to ? from : to, right = from < to ? to : from;

	html_open(&g->h, "td");
	page_svg(g, "bars");
	page_line(g, "a", from, from, 0, 22);
	page_line(g, "a", to, to, 0, 22);
	page_rect(g, class_, left, right > left + 4 ? right : left + 4, 4, 14);
	page_end(g);
	page_end(g);
}

static void
one_part(struct page *g, const struct scale *scale, enum part_id id,
    struct frac at, struct frac part)
{
	html_open(&g->h, "tr");
	html_open(&g->h, "th");
	html_attr(&g->h, "scope", "row");
	html_leaf(&g->h, "strong", NO_CLASS, say_part[id].term);
	page_say(g, say_part[id].meaning);
	page_leaf(g, "small", NO_CLASS);
	page_end(g);
	fall(g, scale, part.neg ? "down" : "up", at, frac_add(at, part));
	fmt_points(&g->s, part, 4);
	page_cell(g, part.neg ? "v down" : "v up");
	page_end(g);
}

static void
parts(struct page *g, const struct attribution *att)
{
	static const char *const column[] = { "Cause", "Effet", "Points" };
	struct scale scale = scale_of(att);
	struct frac at = att->from.notified;

	page_table(g, "fall", "Un point est un pour cent des salaires. Chaque "
	    "barre part d'où la précédente s'arrête : vers la droite le taux "
	    "monte, vers la gauche il baisse.", column, 3, 1);
	for (int i = 0; i < PARTS; i++)
		if (!frac_is_zero(att->part[i])) {
			one_part(g, &scale, (enum part_id)i, at, att->part[i]);
			at = frac_add(at, att->part[i]);
		}
	page_end(g);
	html_open(&g->h, "tfoot");
	str_add(&g->s, "Ensemble");
	page_row(g, "sum");
	fall(g, &scale, "all", att->from.notified,
	    frac_add(att->from.notified, att->difference));
	fmt_points(&g->s, att->difference, 4);
	page_cell(g, "v");
	page_end(g);
	page_end(g);
	page_end(g);
}

static void
rate_of(struct page *g, const struct answer *ans)
{
	fmt_percent(&g->s, ans->notified_rounded, ans->notified_decimals);
	str_printf(&g->s, " en %d (mode %s)", ans->year, fmt_mode(ans->mode));
}

void
attribution_section(struct page *g, const struct attribution *att,
    const char *title, const char *id)
{
	page_section(g, title, id);
	rate_of(g, &att->from);
	page_say(g, ", ");
	rate_of(g, &att->to);
	page_say(g, ". Écart avant arrondi : ");
	fmt_points(&g->s, att->difference, 4);
	page_paragraph(g, frac_is_zero(att->difference) ?
	    " : rien de ce qui entre dans le calcul n'a changé le taux." :
	    ". Les causes ci-dessous, additionnées, font exactement cet "
	    "écart.");
	if (!frac_is_zero(att->difference))
		parts(g, att);
	page_end(g);
}

void
attribution_html(struct str *out, const struct attribution *att,
    const struct law *law, const char *engine)
{
	struct page g;

	page_begin(&g, out, law, "Pourquoi le taux AT/MP change");
	head(&g, att);
	page_replaced(&g, att->from.facts, NULL,
	    "Fourni par vous pour le taux de départ, non publié",
	    "fourni-depart");
	page_replaced(&g, att->to.facts, law, "Fourni par vous, non publié",
	    "fourni");
	page_section(&g, "Les causes", "causes");
	parts(&g, att);
	page_end(&g);
	page_terms(&g, "Les mots du calcul", "mots", "words", say_glossary,
	    SAY_GLOSSARY);
	page_finish(&g, engine);
}
