/*
 * sheet_html.c -- the feuille de calcul as a page of HTML 5.
 *
 * One file, read anywhere: the style is inside, nothing is loaded, nothing
 * runs.  It follows the light or dark choice of the reader, fits 360 pixels
 * and more, and prints with every detail open.
 *
 * The order is that of sheet_text.c.  Each step has the address #etape-N,
 * each parameter #p-N, so that a letter can point at one.
 *
 * Text goes through t->s: the fmt functions write there, html_take() escapes
 * it into the page.  Drawings use per cent for lengths, so that their
 * letters keep their size on a small screen; the figures they show stand in a
 * table or a sentence beside them, and readers of screens skip the drawing.
 */
#include "doc/sheet.h"

#include <stdio.h>
#include <string.h>

#include "doc/fmt.h"
#include "doc/html.h"

enum { TEXT_MAX = 64 * 1024 * 1024 };

struct page {
	struct html		 h;
	struct str		 s;	/* text being written, unescaped */
	const struct answer	*ans;
	const struct law	*law;
	struct fmt_trace	 trace;
	struct fmt_sources	 src;
};

#define STYLE \
":root{color-scheme:light dark;--paper:#fff;--ground:#eef2f1;--ink:#17211f;" \
"--soft:#51605b;--line:#d3dcd9;--tint:#f3f7f6;--accent:#0a5c50;" \
"--note:#fdf5e3;--edge:#925a00;--up:#b0461c;--down:#0a6c5e}" \
"@media(prefers-color-scheme:dark){:root{--paper:#151c1a;--ground:#0d1211;" \
"--ink:#e6ecea;--soft:#a6b4af;--line:#303c38;--tint:#1b2422;" \
"--accent:#7fd3c0;--note:#292213;--edge:#dca747;--up:#ef9a73;" \
"--down:#6fcdb8}}" \
"*{box-sizing:border-box}" \
"html{-webkit-text-size-adjust:100%}" \
"body{margin:0;background:var(--ground);color:var(--ink);" \
"font:1rem/1.6 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans'," \
"'DejaVu Sans',sans-serif;font-variant-numeric:tabular-nums;" \
"overflow-wrap:break-word}" \
"h1,h2,.rate,.big{font-family:Charter,'Bitstream Charter'," \
"'Source Serif 4',Cambria,Georgia,'DejaVu Serif',serif}" \
"main{max-width:52rem;margin:0 auto;padding:2rem 2.5rem 3rem;" \
"background:var(--paper)}" \
"h1{font-size:1.75rem;line-height:1.2;margin:.25rem 0 1rem;" \
"text-wrap:balance}" \
"h2{font-size:1.3rem;line-height:1.3;margin:3rem 0 .75rem;" \
"padding-top:.75rem;border-top:2px solid var(--ink)}" \
"h3{font-size:1rem;line-height:1.4;margin:0}" \
"p{margin:.5rem 0}a{color:var(--accent)}.soft,caption,dt small" \
"{color:var(--soft)}small{font-size:.875rem}" \
".kind{margin:0;font-size:.875rem;letter-spacing:.04em;" \
"color:var(--soft)}" \
".flag{display:inline-block;margin:0 0 1.5rem;padding:.3rem .75rem;" \
"border:1px solid var(--edge);background:var(--note);font-size:.9rem}" \
".top{display:grid;grid-template-columns:auto 1fr;gap:.5rem 2.5rem;" \
"align-items:center;padding:1.5rem 0;border-top:2px solid var(--ink);" \
"border-bottom:1px solid var(--line)}" \
".rate{font-size:4.5rem;line-height:1;color:var(--accent);margin:0;" \
"white-space:nowrap}" \
".top p{margin:.15rem 0}" \
".id{display:grid;grid-template-columns:repeat(auto-fit,minmax(12rem,1fr));" \
"gap:1rem 2rem;margin:1.25rem 0 0}" \
".id dt{font-size:.875rem;color:var(--soft)}.id dd{margin:0}" \
"nav ul{display:flex;flex-wrap:wrap;gap:.3rem 1.25rem;list-style:none;" \
"margin:1.5rem 0 0;padding:.75rem 0 0;border-top:1px solid var(--line);" \
"font-size:.9rem}" \
".box{margin:1.5rem 0 0;padding:1rem 1.25rem;background:var(--note);" \
"border-left:4px solid var(--edge)}.box h2{margin:0;padding:0;border:0;" \
"font-size:1.1rem}.box ul{margin:.4rem 0 0;padding-left:1.2rem}" \
"table{border-collapse:collapse;width:100%;margin:.75rem 0 1rem}" \
"caption{text-align:left;font-size:.9rem;padding-bottom:.4rem}" \
"th,td{padding:.45rem .6rem;text-align:left;vertical-align:baseline;" \
"border-bottom:1px solid var(--line)}" \
"th:first-child,td:first-child{padding-left:0}" \
"th:last-child,td:last-child{padding-right:0}" \
"thead th{font-size:.875rem;font-weight:600;color:var(--soft);" \
"border-bottom:1px solid var(--ink)}tbody th{font-weight:400}" \
".v{text-align:right;white-space:nowrap}" \
"tr.sum th,tr.sum td{font-weight:700;border-bottom:2px solid var(--ink)}" \
".chain th{width:60%}.chain .v{white-space:normal}" \
".chain small{display:block;color:var(--soft)}" \
".chain .m th{padding-left:1.25rem}" \
"svg{display:block;width:100%;overflow:visible}" \
".cut tbody th,code{overflow-wrap:anywhere}" \
".cut tbody th{min-width:6rem}.years{table-layout:fixed}" \
".years th:first-child{width:22%}" \
".bar{height:6px;margin-top:.3rem}.bar rect{fill:var(--accent)}" \
".band{height:112px;margin:1rem 0;fill:var(--ink);font-size:14px}" \
".band .s{fill:var(--soft)}.band .b{fill:var(--accent);opacity:.25}" \
".band .t{stroke:var(--ink)}.band .c{fill:var(--accent)}" \
".band .a{stroke:var(--line)}" \
".steps{list-style:none;margin:1rem 0 0;padding:0;counter-reset:e}" \
".steps>li{counter-increment:e;display:grid;" \
"grid-template-columns:2.75rem 1fr;padding:.9rem 0;" \
"border-top:1px solid var(--line);break-inside:avoid}" \
".steps>li::before{content:counter(e);color:var(--accent);" \
"font-weight:700}.steps>li>div{min-width:0}" \
".steps p{margin:.2rem 0}.f{color:var(--soft)}" \
".n{background:var(--tint);padding:.35rem .6rem;margin-left:-.6rem}" \
".steps .r{font-size:.875rem;color:var(--soft)}" \
"details{font-size:.875rem}summary{cursor:pointer;color:var(--accent);" \
"width:max-content;max-width:100%}" \
"details ul{margin:.3rem 0 .2rem;padding-left:1.2rem}" \
".law{padding-left:1.75rem}.law li{margin:.5rem 0;padding-left:.25rem}" \
".law small{display:block;color:var(--soft)}.given{color:var(--edge);" \
"font-weight:600}:target{background:var(--note)}" \
".plain{list-style:none;padding:0;columns:18rem 2;font-size:.9rem}" \
".words{display:grid;grid-template-columns:12rem 1fr;gap:.75rem 1.5rem;" \
"margin:1rem 0;padding:1.25rem;background:var(--tint)}" \
".words dt{font-weight:600}.words dd{margin:0}" \
".info{margin:0}.info dt{font-weight:600;margin-top:.9rem}" \
".info dd{margin:0}" \
"footer{margin-top:3rem;padding-top:.75rem;border-top:2px solid " \
"var(--ink);font-size:.875rem;color:var(--soft)}" \
"code{font:.85em ui-monospace,'DejaVu Sans Mono',monospace}" \
":focus-visible{outline:3px solid var(--accent);outline-offset:2px}"

#define STYLE_CHANGE \
".two{display:grid;grid-template-columns:1fr auto 1fr;gap:1rem 2rem;" \
"align-items:end;margin:1.5rem 0;padding:1.5rem 0;" \
"border-top:2px solid var(--ink);border-bottom:1px solid var(--line)}" \
".two p{margin:0}.big{font-size:3rem;line-height:1.1}" \
".two .to{color:var(--accent)}.arrow{font-size:2rem;color:var(--soft)}" \
".fall td:nth-child(2){width:38%}.fall small{display:block;" \
"color:var(--soft)}.fall svg{height:22px}.fall td,.fall th" \
"{vertical-align:top}.fall svg line{stroke:var(--line)}" \
".fall .up{fill:var(--up)}.fall .down{fill:var(--down)}" \
".fall .all{fill:var(--soft)}.v.up{color:var(--up)}" \
".v.down{color:var(--down)}"

#define STYLE_SMALL \
"@media(max-width:40rem){main{padding:1.25rem 1rem 2rem}" \
"h1{font-size:1.45rem}.top{grid-template-columns:1fr}" \
".rate{font-size:3.75rem}" \
".id{grid-template-columns:1fr 1fr;gap:.75rem 1rem}" \
".words{grid-template-columns:1fr;gap:.25rem;padding:1rem}" \
".words dd{margin-bottom:.75rem}" \
".steps>li{grid-template-columns:2rem 1fr}" \
"th,td{padding:.4rem .3rem}" \
".years{table-layout:auto;font-size:.875rem}" \
".cut caption{display:block}.cut thead{position:absolute;" \
"clip-path:inset(50%);height:1px;overflow:hidden}" \
".cut,.cut tbody,.cut tfoot,.cut tr{display:block}" \
".cut tr{padding:.6rem 0;border-bottom:1px solid var(--line)}" \
".cut th,.cut td{display:flex;justify-content:space-between;gap:1rem;" \
"border:0!important;padding:.05rem 0;white-space:normal}" \
".cut [data-l]::before{content:attr(data-l);color:var(--soft);" \
"font-weight:400}.cut tbody th{font-weight:700}" \
".two{grid-template-columns:1fr}.arrow{display:none}" \
".fall tr{display:grid;grid-template-columns:1fr auto;" \
"border-bottom:1px solid var(--line);padding:.5rem 0}" \
".fall thead{position:absolute;clip-path:inset(50%)}" \
".fall th,.fall td{border:0;padding:.1rem 0}" \
".fall tr td:nth-child(2){grid-row:2;grid-column:1/3;width:auto}}"

#define STYLE_PRINT \
"@page{margin:18mm 16mm}@media print{:root{--paper:#fff;--ground:#fff;" \
"--ink:#000;--soft:#444;--line:#bbb;--tint:#f4f4f4;--accent:#0a4a41;" \
"--note:#f7f2e6;--edge:#7a4d00;--up:#8f3512;--down:#0a4a41}" \
"html{font-size:10pt}main{max-width:none;padding:0}" \
"h2,h3,summary{break-after:avoid}tr,.box,.words>*,.info dd" \
"{break-inside:avoid}a{color:inherit;text-decoration:none}" \
"nav{display:none}details::details-content" \
"{content-visibility:visible;height:auto;block-size:auto}" \
"summary{list-style:none;color:var(--soft)}}"

/* Text. -------------------------------------------------------------------- */

static void
say(struct page *g, const char *prose)
{
	fmt_prose(&g->s, prose);
}

static void
take(struct page *g)
{
	html_take(&g->h, &g->s);
}

/* An element that holds t->s and ends. */
#define leaf(g, name, class_) \
	do { \
		html_open(&(g)->h, name); \
		if ((class_) != NULL) \
			html_attr(&(g)->h, "class", (class_)); \
		take(g); \
		html_end(&(g)->h); \
	} while (0)

#define NO_CLASS ((const char *)NULL)

static void
paragraph(struct page *g, const char *prose)
{
	say(g, prose);
	leaf(g, "p", NO_CLASS);
}

static void
heading(struct page *g, const char *title, const char *id)
{
	html_open(&g->h, "h2");
	html_attr(&g->h, "id", id);
	say(g, title);
	take(g);
	html_end(&g->h);
}

static void
section(struct page *g, const char *title, const char *id)
{
	html_open(&g->h, "section");
	html_attr(&g->h, "aria-labelledby", id);
	heading(g, title, id);
}

static void
caption(struct page *g, const char *prose)
{
	say(g, prose);
	leaf(g, "caption", NO_CLASS);
}

/* A header of column or row, whose text is in t->s. */
static void
header(struct page *g, const char *scope, const char *class_)
{
	html_open(&g->h, "th");
	html_attr(&g->h, "scope", scope);
	if (class_ != NULL)
		html_attr(&g->h, "class", class_);
	take(g);
	html_end(&g->h);
}

static void
column(struct page *g, const char *name, bool is_value)
{
	say(g, name);
	header(g, "col", is_value ? "v" : NULL);
}

/* A cell with the name of its column, for when columns become lines. */
static void
cell(struct page *g, const char *label, bool is_value)
{
	html_open(&g->h, "td");
	if (is_value)
		html_attr(&g->h, "class", "v");
	if (label != NULL)
		html_attr(&g->h, "data-l", label);
	take(g);
	html_end(&g->h);
}

/* Drawings. ---------------------------------------------------------------- */

/* Where ${v} stands between ${low} and ${high}, in tenths of a per cent. */
static int
place(struct frac v, struct frac low, struct frac high)
{
	struct frac range = frac_sub(high, low), at;
	int64_t ret;

	if (!frac_valid(range) || frac_is_zero(range))
		return 0;
	at = frac_round(frac_mul(frac_div(frac_sub(v, low), range),
	    frac_int(1000)), 0, ROUND_HALF_UP);
	if (!frac_valid(at) || !frac_scaled(at, 0, &ret) || ret < 0)
		return 0;
	return ret > 1000 ? 1000 : (int)ret;
}

/* Lengths in per cent, without floating point. */
struct length { char text[16]; };

static struct length
tenths(int n)
{
	struct length ret;

	(void)snprintf(ret.text, sizeof ret.text, "%d.%d%%", n / 10, n % 10);
	return ret;
}

static void
svg(struct page *g, const char *class_)
{
	html_open(&g->h, "svg");
	html_attr(&g->h, "class", class_);
	html_attr(&g->h, "aria-hidden", "true");
}

static void
rect(struct page *g, const char *class_, int from, int to, int y, int height)
{
	html_open(&g->h, "rect");
	if (class_ != NULL)
		html_attr(&g->h, "class", class_);
	html_attr(&g->h, "x", tenths(from).text);
	html_attr_int(&g->h, "y", y);
	html_attr(&g->h, "width", tenths(to - from).text);
	html_attr_int(&g->h, "height", height);
	html_end(&g->h);
}

static void
tick(struct page *g, const char *class_, int x, int y1, int y2)
{
	html_open(&g->h, "line");
	html_attr(&g->h, "class", class_);
	html_attr(&g->h, "x1", tenths(x).text);
	html_attr(&g->h, "x2", tenths(x).text);
	html_attr_int(&g->h, "y1", y1);
	html_attr_int(&g->h, "y2", y2);
	html_end(&g->h);
}

/* Text of t->s at ${x}; near an edge it turns inwards. */
static void
label(struct page *g, const char *class_, int x, int y)
{
	html_open(&g->h, "text");
	if (class_ != NULL)
		html_attr(&g->h, "class", class_);
	html_attr(&g->h, "x", tenths(x).text);
	html_attr_int(&g->h, "y", y);
	html_attr(&g->h, "text-anchor", x < 150 ? "start" : x > 850 ? "end" :
	    "middle");
	take(g);
	html_end(&g->h);
}

static void
band_mark(struct page *g, const char *name, struct frac v, int x)
{
	tick(g, "t", x, 44, 64);
	str_add(&g->s, name);
	label(g, "s", x, 84);
	fmt_result(&g->s, v, UNIT_PERCENT);
	label(g, NULL, x, 103);
}

/* What the limits are: beside each other if there is room, else in one. */
static void
band_names(struct page *g, int lower, int upper, int previous)
{
	const struct cap *cap = &g->ans->cap;

	if (upper - lower >= 350) {
		band_mark(g, "butoir bas", cap->lower, lower);
		band_mark(g, "butoir haut", cap->upper, upper);
		if (upper - lower > 600)
			band_mark(g, "précédent", cap->previous, previous);
		return;
	}
	str_add(&g->s, "butoirs");
	label(g, "s", (lower + upper) / 2, 84);
	fmt_result(&g->s, cap->lower, UNIT_PERCENT);
	str_add(&g->s, " à ");
	fmt_result(&g->s, cap->upper, UNIT_PERCENT);
	label(g, NULL, (lower + upper) / 2, 103);
}

/* The band that the rate may not leave, and the rate computed. */
static void
band(struct page *g)
{
	const struct cap *cap = &g->ans->cap;
	struct frac low, high;
	int lower, upper, at;

	if (!frac_valid(g->ans->computed))
		return;
	low = frac_min(cap->lower, g->ans->computed);
	high = frac_max(cap->upper, g->ans->computed);
	lower = 30 + place(cap->lower, low, high) * 94 / 100;
	upper = 30 + place(cap->upper, low, high) * 94 / 100;
	at = 30 + place(g->ans->computed, low, high) * 94 / 100;
	svg(g, "band");
	tick(g, "a", at, 26, 54);
	html_open(&g->h, "line");
	html_attr(&g->h, "class", "a");
	html_attr(&g->h, "x2", "100%");
	html_attr_int(&g->h, "y1", 54);
	html_attr_int(&g->h, "y2", 54);
	html_end(&g->h);
	rect(g, "b", lower, upper, 44, 20);
	band_names(g, lower, upper, 30 + place(cap->previous, low, high) * 94 /
	    100);
	html_open(&g->h, "circle");
	html_attr(&g->h, "class", "c");
	html_attr(&g->h, "cx", tenths(at).text);
	html_attr_int(&g->h, "cy", 54);
	html_attr_int(&g->h, "r", 8);
	html_end(&g->h);
	say(g, "taux calculé : ");
	fmt_result(&g->s, g->ans->computed, UNIT_PERCENT);
	label(g, NULL, at, 18);
	html_end(&g->h);
}

/* The head. ---------------------------------------------------------------- */

static void
open_page(struct page *g, const char *title)
{
	struct html *h = &g->h;

	html_trusted(h, "<!doctype html>\n");
	html_open(h, "html");
	html_attr(h, "lang", "fr");
	html_open(h, "head");
	html_empty(h, "meta");
	html_attr(h, "charset", "utf-8");
	html_empty(h, "meta");
	html_attr(h, "name", "viewport");
	html_attr(h, "content", "width=device-width, initial-scale=1");
	html_leaf(h, "title", NO_CLASS, title);
	html_open(h, "style");
	html_trusted(h, STYLE STYLE_CHANGE STYLE_SMALL STYLE_PRINT);
	html_end(h);
	html_end(h);
	html_open(h, "body");
	html_open(h, "main");
}

static void
close_page(struct page *g)
{
	while (g->h.depth > 0)
		html_end(&g->h);
	str_add_char(g->h.out, '\n');
	str_free(&g->s);
}

static void
item(struct page *g, const char *name)
{
	html_open(&g->h, "div");
	html_leaf(&g->h, "dt", NO_CLASS, name);
	leaf(g, "dd", NO_CLASS);
	html_end(&g->h);
}

static void
identity(struct page *g)
{
	const struct facts *f = g->ans->facts;

	html_open(&g->h, "dl");
	html_attr(&g->h, "class", "id");
	fmt_siret(&g->s, f->siret);
	item(g, "Établissement (SIRET)");
	fmt_clean(&g->s, f->risk_code);
	item(g, "Code risque");
	str_printf(&g->s, "CTN %c, %s", f->ctn, fmt_ctn(f->ctn));
	item(g, "Branche");
	str_add(&g->s, fmt_zone(f->zone));
	item(g, "Zone");
	if (f->btp_group != GROUP_NONE) {
		str_add(&g->s, fmt_group(f->btp_group));
		item(g, "Groupe BTP");
	}
	if (f->regime != REGIME_ORDINARY) {
		say(g, fmt_regime(f->regime));
		item(g, "Régime");
	}
	if (g->ans->headcount.known) {
		fmt_result(&g->s, g->ans->headcount.exact, UNIT_PERSONS);
		item(g, "Effectif de l'entreprise");
	}
	fmt_date(&g->s, g->ans->law_on);
	item(g, "Droit en vigueur le");
	html_end(&g->h);
}

static void
head(struct page *g)
{
	const struct answer *ans = g->ans;

	html_open(&g->h, "header");
	html_leaf(&g->h, "p", "kind", "Feuille de calcul");
	str_printf(&g->s, "Taux de cotisation accidents du travail et maladies "
	    "professionnelles %d", ans->year);
	leaf(g, "h1", NO_CLASS);
	say(g, fmt_not_a_decision);
	leaf(g, "p", "flag");
	html_open(&g->h, "div");
	html_attr(&g->h, "class", "top");
	fmt_percent(&g->s, ans->notified_rounded, ans->notified_decimals);
	leaf(g, "p", "rate");
	html_open(&g->h, "div");
	str_printf(&g->s, "Taux AT/MP %d, mode %s", ans->year,
	    fmt_mode(ans->mode));
	html_open(&g->h, "p");
	leaf(g, "strong", NO_CLASS);
	html_end(&g->h);
	say(g, "Pour 100 € de salaires, l'employeur verse ");
	fmt_number(&g->s, ans->notified_rounded, ans->notified_decimals);
	say(g, " € de cotisation pour couvrir les accidents du travail et les "
	    "maladies professionnelles.");
	leaf(g, "p", NO_CLASS);
	html_end(&g->h);
	html_end(&g->h);
	identity(g);
	html_end(&g->h);
}

/* Links to the parts that this sheet has. */
static void
contents(struct page *g)
{
	const struct answer *ans = g->ans;
	const struct { const char *href, *name; bool there; } part[] = {
		{ "#mode", "Pourquoi ce mode", true },
		{ "#bref", "Le calcul en bref", true },
		{ "#mots", "Les mots", true },
		{ "#annees", "Les années", ans->window_years > 0 },
		{ "#sinistres", "Les sinistres", ans->window_years > 0 },
		{ "#etapes", "Étape par étape", ans->trace.steps > 0 },
		{ "#parametres", "Les paramètres", g->src.n > 0 },
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
			html_end(&g->h);
			html_end(&g->h);
		}
	html_end(&g->h);
	html_end(&g->h);
}

/* Boxes. ------------------------------------------------------------------- */

static void
open_box(struct page *g, const char *title, const char *id)
{
	html_open(&g->h, "aside");
	html_attr(&g->h, "class", "box");
	html_attr(&g->h, "aria-labelledby", id);
	heading(g, title, id);
}

static void
replaced(struct page *g)
{
	struct fmt_given given[FMT_GIVEN_MAX];
	size_t n = fmt_given_of(g->ans->facts, given);
	size_t added = g->law == NULL ? 0 : law_added_count(g->law);

	if (n == 0 && added == 0)
		return;
	open_box(g, "Fourni par vous, non publié", "fourni");
	paragraph(g, "Ces valeurs remplacent celles des textes publiés. Le "
	    "résultat ne vaut que si elles sont justes.");
	html_open(&g->h, "ul");
	for (size_t i = 0; i < n; i++) {
		str_add(&g->s, given[i].name);
		say(g, " : ");
		fmt_result(&g->s, given[i].exact, given[i].unit);
		leaf(g, "li", NO_CLASS);
	}
	for (size_t i = 0; i < added; i++) {
		const char *param;
		const struct law_row *row = law_added_at(g->law, i, &param);

		fmt_law_address(&g->s, param, row);
		say(g, " : ");
		fmt_clean(&g->s, row->value);
		str_add(&g->s, ". ");
		fmt_law_row(&g->s, row);
		leaf(g, "li", NO_CLASS);
	}
	html_end(&g->h);
	html_end(&g->h);
}

static void
warnings(struct page *g)
{
	if (g->ans->warnings == 0)
		return;
	open_box(g, "À noter", "noter");
	html_open(&g->h, "ul");
	for (size_t i = 0; i < g->ans->warnings; i++) {
		fmt_clean(&g->s, g->ans->warning[i]);
		leaf(g, "li", NO_CLASS);
	}
	html_end(&g->h);
	html_end(&g->h);
}

/* The chain in brief. ------------------------------------------------------ */

static void
brief_row(struct page *g, const char *class_, const char *name,
    const char *why, struct quantity q, enum unit unit)
{
	if (!q.known)
		return;
	html_open(&g->h, "tr");
	if (class_ != NULL)
		html_attr(&g->h, "class", class_);
	html_open(&g->h, "th");
	html_attr(&g->h, "scope", "row");
	say(g, name);
	take(g);
	if (why != NULL) {
		say(g, why);
		leaf(g, "small", NO_CLASS);
	}
	html_end(&g->h);
	fmt_result(&g->s, q.exact, unit);
	cell(g, NULL, true);
	html_end(&g->h);
}

static void
brief_rows(struct page *g)
{
	static const char *const majoration[][2] = {
		{ "+ M1", "accidents de trajet" },
		{ "+ M2", "frais de gestion, en pourcentage de brut + M1" },
		{ "+ M3", "charges communes à toutes les entreprises" },
		{ "+ M4", "départs anticipés pour pénibilité" } };
	const struct answer *a = g->ans;

	brief_row(g, NULL, "Coûts des sinistres",
	    "accidents et maladies imputés aux années de référence",
	    a->risk_value, UNIT_EUR);
	brief_row(g, NULL, "Masse salariale", "salaires des mêmes années",
	    a->payroll, UNIT_EUR);
	brief_row(g, NULL, "Taux brut", "coûts pour 100 € de salaires",
	    a->gross, UNIT_PERCENT);
	if (a->individual.known)
		for (size_t i = 0; i < 4; i++)
			brief_row(g, "m", majoration[i][0], majoration[i][1],
			    a->majoration[i], UNIT_PERCENT);
	brief_row(g, NULL, "Taux net individuel",
	    "propre à l'établissement : (brut + M1) × (1 + M2) + M3 + M4",
	    a->individual, UNIT_PERCENT);
	brief_row(g, NULL, "Taux collectif", "celui de toute l'activité",
	    a->collective, UNIT_PERCENT);
	brief_row(g, NULL, "Fraction",
	    "part du taux individuel ; le reste vient du taux collectif",
	    a->fraction, UNIT_NUMBER);
	brief_row(g, NULL, "Taux mixte", frac_is_zero(a->facts->rebate) ||
	    !frac_valid(a->facts->rebate) ? "les deux, chacun pour sa part" :
	    "les deux, chacun pour sa part, ristourne sur la part collective",
	    a->mixed, UNIT_PERCENT);
	brief_row(g, NULL, "Taux réduit", "ristourne ou régime particulier",
	    fmt_reduced(a), UNIT_PERCENT);
	if (a->cap.known && a->cap.applied != CAP_NONE)
		brief_row(g, NULL, a->cap.applied == CAP_UPPER ?
		    "Ramené au butoir haut" : "Relevé au butoir bas",
		    "limite de variation d'une année à l'autre",
		    (struct quantity){ true, a->capped }, UNIT_PERCENT);
	brief_row(g, NULL, "Taux plafonné", "régime particulier",
	    fmt_ceiled(a), UNIT_PERCENT);
}

static void
brief(struct page *g)
{
	const struct answer *a = g->ans;

	section(g, "Le calcul en bref", "bref");
	html_open(&g->h, "table");
	html_attr(&g->h, "class", "chain");
	caption(g, "Dans l'ordre du calcul. Le "
	    "signe ≈ annonce une valeur arrondie pour être lue : le calcul "
	    "garde les valeurs exactes et n'arrondit que là où une étape le "
	    "dit.");
	html_open(&g->h, "tbody");
	brief_rows(g);
	html_open(&g->h, "tr");
	html_attr(&g->h, "class", "sum");
	str_printf(&g->s, "Taux %d", a->year);
	header(g, "row", NULL);
	fmt_percent(&g->s, a->notified_rounded, a->notified_decimals);
	cell(g, NULL, true);
	html_end(&g->h);
	html_end(&g->h);
	html_end(&g->h);
	fmt_cap_why(&g->s, a);
	leaf(g, "p", NO_CLASS);
	if (a->cap.known)
		band(g);
	html_end(&g->h);
}

/* Years and claims. -------------------------------------------------------- */

static void
year_row(struct page *g, const struct fmt_year *y, struct frac most)
{
	html_open(&g->h, "tr");
	str_printf(&g->s, "%d", y->year);
	header(g, "row", NULL);
	if (y->payroll.known)
		fmt_eur(&g->s, y->payroll.exact);
	else
		str_add(&g->s, "non fournie");
	cell(g, NULL, true);
	html_open(&g->h, "td");
	html_attr(&g->h, "class", "v");
	fmt_eur(&g->s, y->cost);
	take(g);
	svg(g, "bar");
	rect(g, NULL, 1000 - place(y->cost, frac_int(0), most), 1000, 0, 6);
	html_end(&g->h);
	html_end(&g->h);
	html_end(&g->h);
}

static void
years(struct page *g)
{
	struct fmt_year year[WINDOW_MAX];
	struct frac most = frac_int(0);
	bool whole;
	size_t n = fmt_years(g->ans, year, &whole);

	if (n == 0)
		return;
	section(g, "Les années de référence", "annees");
	html_open(&g->h, "table");
	html_attr(&g->h, "class", "years");
	caption(g, "Le taux repose sur ces années, les dernières connues.");
	html_open(&g->h, "thead");
	html_open(&g->h, "tr");
	column(g, "Année", false);
	column(g, "Masse salariale", true);
	column(g, "Coûts imputés", true);
	html_end(&g->h);
	html_end(&g->h);
	html_open(&g->h, "tbody");
	for (size_t i = 0; i < n; i++)
		if (frac_valid(year[i].cost))
			most = frac_max(most, year[i].cost);
	for (size_t i = 0; i < n; i++)
		year_row(g, &year[i], most);
	if (g->ans->risk_value.known && g->ans->payroll.known) {
		html_open(&g->h, "tr");
		html_attr(&g->h, "class", "sum");
		str_add(&g->s, "Ensemble");
		header(g, "row", NULL);
		fmt_eur(&g->s, g->ans->payroll.exact);
		cell(g, NULL, true);
		fmt_eur(&g->s, g->ans->risk_value.exact);
		cell(g, NULL, true);
		html_end(&g->h);
	}
	html_end(&g->h);
	html_end(&g->h);
	if (!whole)
		paragraph(g, "L'ensemble compte aussi des coûts qui ne sont "
		    "pas répartis par année.");
	html_end(&g->h);
}

static const char *const claim_column[] = { "Référence", "Nature", "Année",
	"Catégorie", "Coût moyen", "Part", "Montant" };

static void
claim_row(struct page *g, const struct charged_line *l)
{
	html_open(&g->h, "tr");
	fmt_clean(&g->s, l->claim->ref);
	header(g, "row", NULL);
	str_add(&g->s, fmt_nature(l->claim->kind));
	cell(g, claim_column[1], false);
	str_printf(&g->s, "%d", l->year);
	cell(g, claim_column[2], false);
	str_add(&g->s, fmt_category(l->category));
	cell(g, claim_column[3], false);
	fmt_eur(&g->s, l->cost);
	cell(g, claim_column[4], true);
	fmt_share(&g->s, l->factor);
	cell(g, claim_column[5], true);
	fmt_eur(&g->s, l->amount);
	cell(g, claim_column[6], true);
	html_end(&g->h);
}

static void
legend(struct page *g)
{
	bool any = false;

	html_open(&g->h, "ul");
	html_attr(&g->h, "class", "soft plain");
	for (int c = 0; c < COST_CATEGORIES; c++) {
		bool used = false;

		for (size_t i = 0; i < g->ans->lines && !used; i++)
			used = (int)g->ans->line[i].category == c;
		if (used && fmt_category_meaning(&g->s, (enum cost_category)c,
		    g->law, g->ans->law_on)) {
			leaf(g, "li", NO_CLASS);
			any = true;
		}
	}
	if (!any)
		html_leaf(&g->h, "li", NO_CLASS,
		    "IT : incapacité temporaire. IP : incapacité permanente.");
	html_end(&g->h);
}

static void
claims_table(struct page *g)
{
	html_open(&g->h, "table");
	html_attr(&g->h, "class", "cut");
	caption(g, "Un sinistre compte une ligne pour son arrêt (IT) et une "
	    "pour son incapacité permanente ou un décès (IP). Montant = coût "
	    "moyen × part restant à l'établissement.");
	html_open(&g->h, "thead");
	html_open(&g->h, "tr");
	for (size_t i = 0; i < 7; i++)
		column(g, claim_column[i], i >= 4);
	html_end(&g->h);
	html_end(&g->h);
	html_open(&g->h, "tbody");
	for (size_t i = 0; i < g->ans->lines; i++)
		claim_row(g, &g->ans->line[i]);
	html_end(&g->h);
	if (g->ans->risk_value.known) {
		html_open(&g->h, "tfoot");
		html_open(&g->h, "tr");
		html_attr(&g->h, "class", "sum");
		html_open(&g->h, "th");
		html_attr(&g->h, "scope", "row");
		html_attr(&g->h, "colspan", "6");
		html_text(&g->h, "Ensemble (valeur du risque)");
		html_end(&g->h);
		fmt_eur(&g->s, g->ans->risk_value.exact);
		cell(g, claim_column[6], true);
		html_end(&g->h);
		html_end(&g->h);
	}
	html_end(&g->h);
}

static void
claims(struct page *g)
{
	if (g->ans->window_years == 0)
		return;
	section(g, "Les sinistres imputés", "sinistres");
	if (g->ans->lines == 0)
		paragraph(g, "Aucun sinistre n'est imputé à ces années.");
	else {
		claims_table(g);
		legend(g);
		say(g, fmt_claims_note);
		leaf(g, "p", "soft");
	}
	html_end(&g->h);
}

static void
supplementary(struct page *g)
{
	if (g->ans->supplementaries == 0)
		return;
	section(g, "Cotisations supplémentaires", "supplement");
	paragraph(g, "Elles s'ajoutent à la cotisation et n'entrent pas dans "
	    "le taux.");
	html_open(&g->h, "ul");
	for (size_t i = 0; i < g->ans->supplementaries; i++) {
		const struct supplementary_amount *s =
		    &g->ans->supplementary[i];

		fmt_result(&g->s, s->of.percent, UNIT_PERCENT);
		say(g, " de la cotisation, du ");
		fmt_date(&g->s, s->of.from);
		say(g, " au ");
		fmt_date(&g->s, date_add_days(s->of.until, -1));
		say(g, " : ");
		if (s->amount.known)
			fmt_result(&g->s, s->amount.exact, UNIT_EUR);
		else
			say(g, "montant inconnu");
		if (s->minimum)
			say(g, " (montant minimum)");
		if (s->payroll_year != 0)
			str_printf(&g->s, ", d'après la masse salariale %d",
			    s->payroll_year);
		leaf(g, "li", NO_CLASS);
	}
	html_end(&g->h);
	html_end(&g->h);
}

/* Steps and parameters. ---------------------------------------------------- */

static void
link_to(struct page *g, const char *word, const char *prefix, size_t n)
{
	html_open(&g->h, "a");
	str_printf(&g->s, "#%s%zu", prefix, n);
	html_attr(&g->h, "href", str_failed(&g->s) ? "#" : g->s.p);
	str_clear(&g->s);
	str_printf(&g->s, "%s %zu", word, n);
	take(g);
	html_end(&g->h);
}

static void
origin(struct page *g, const struct operand *op)
{
	size_t source = fmt_source(&g->src, op);
	const char *id = fmt_address(op);
	size_t step = strncmp(op->from, "step:", 5) != 0 ? 0 :
	    fmt_find_step(&g->trace, id, strlen(id));

	str_add(&g->s, ", ");
	take(g);
	if (step != 0)
		link_to(g, "étape", "etape-", step);
	else if (source != 0)
		link_to(g, "paramètre", "p-", source);
	else if (strncmp(op->from, "param:", 6) == 0) {
		str_add(&g->s, "paramètre ");
		fmt_clean(&g->s, id);
		take(g);
	} else if (!fmt_is_given(op))
		html_text(&g->h, "donnée du dossier");
	if (fmt_is_given(op)) {
		if (source != 0)
			html_text(&g->h, ", ");
		html_leaf(&g->h, "span", "given",
		    "fourni par vous, non publié");
	}
}

static void
operands(struct page *g, const struct step *s)
{
	if (s->operands == 0)
		return;
	html_open(&g->h, "details");
	html_leaf(&g->h, "summary", NO_CLASS, "D'où viennent ces nombres");
	html_open(&g->h, "ul");
	for (size_t i = 0; i < s->operands; i++) {
		const struct operand *op = &s->operand[i];

		html_open(&g->h, "li");
		fmt_operand_name(&g->s, &g->trace, op);
		fmt_operand_equals(&g->s, &g->trace, op);
		take(g);
		origin(g, op);
		html_end(&g->h);
	}
	html_end(&g->h);
	html_end(&g->h);
}

static void
formula(struct page *g, const struct step *s)
{
	if (s->formula != NULL && *s->formula != '\0') {
		fmt_step_name(&g->s, s);
		str_add(&g->s, " = ");
		fmt_formula(&g->s, &g->trace, s);
		leaf(g, "p", "f");
	}
	html_open(&g->h, "p");
	html_attr(&g->h, "class", "n");
	if (s->formula != NULL && *s->formula != '\0' && !fmt_is_copy(s))
		fmt_substituted(&g->s, &g->trace, s);
	take(g);
	fmt_equals(&g->s, s);
	leaf(g, "b", NO_CLASS);
	if (fmt_shows_exact(s)) {
		say(g, " ; valeur exacte : ");
		fmt_ratio(&g->s, s->result);
		take(g);
	}
	html_end(&g->h);
}

static void
one_step(struct page *g, size_t i)
{
	const struct step *s = &g->ans->trace.step[i];

	html_open(&g->h, "li");
	str_printf(&g->s, "etape-%zu", i + 1);
	html_attr(&g->h, "id", str_failed(&g->s) ? "" : g->s.p);
	str_clear(&g->s);
	html_open(&g->h, "div");
	fmt_clean(&g->s, s->label);
	leaf(g, "h3", NO_CLASS);
	formula(g, s);
	if (s->article != NULL && *s->article != '\0') {
		say(g, "Règle : ");
		fmt_clean(&g->s, s->article);
		leaf(g, "p", "r");
	}
	operands(g, s);
	html_end(&g->h);
	html_end(&g->h);
}

static void
steps(struct page *g)
{
	if (g->ans->trace.steps == 0)
		return;
	section(g, "Le calcul, étape par étape", "etapes");
	paragraph(g, "Chaque étape donne sa formule avec des mots, puis avec "
	    "les nombres. Une comparaison entre parenthèses vaut 1 si "
	    "elle est vraie, 0 sinon. Avec ces seules lignes et une "
	    "calculatrice, on retrouve le taux.");
	html_open(&g->h, "ol");
	html_attr(&g->h, "class", "steps");
	for (size_t i = 0; i < g->ans->trace.steps; i++)
		one_step(g, i);
	html_end(&g->h);
	html_end(&g->h);
}

static void
parameters(struct page *g)
{
	if (g->src.n == 0)
		return;
	section(g, "Les paramètres de la loi", "parametres");
	paragraph(g, fmt_sources_note);
	html_open(&g->h, "ol");
	html_attr(&g->h, "class", "law");
	for (size_t i = 0; i < g->src.n; i++) {
		const struct operand *op = g->src.use[i];

		html_open(&g->h, "li");
		str_printf(&g->s, "p-%zu", i + 1);
		html_attr(&g->h, "id", str_failed(&g->s) ? "" : g->s.p);
		str_clear(&g->s);
		fmt_operand_name(&g->s, &g->trace, op);
		fmt_operand_equals(&g->s, &g->trace, op);
		str_add_char(&g->s, ' ');
		take(g);
		html_leaf(&g->h, "code", "soft", fmt_address(op));
		if (op->row->added) {
			html_text(&g->h, ", ");
			html_leaf(&g->h, "span", "given",
			    "fourni par vous, non publié");
		}
		fmt_law_row(&g->s, op->row);
		leaf(g, "small", NO_CLASS);
		html_end(&g->h);
	}
	html_end(&g->h);
	html_end(&g->h);
}

/* The foot. ---------------------------------------------------------------- */

static void
terms(struct page *g, const char *title, const char *id, const char *class_,
    const struct fmt_term *term, size_t n)
{
	section(g, title, id);
	html_open(&g->h, "dl");
	html_attr(&g->h, "class", class_);
	for (size_t i = 0; i < n; i++) {
		say(g, term[i].term);
		leaf(g, "dt", NO_CLASS);
		say(g, term[i].meaning);
		leaf(g, "dd", NO_CLASS);
	}
	html_end(&g->h);
	html_end(&g->h);
}

static void
colophon(struct page *g, const char *engine)
{
	html_open(&g->h, "footer");
	html_open(&g->h, "p");
	say(g, "Programme : ");
	fmt_clean(&g->s, engine);
	if (g->law != NULL) {
		say(g, ". Paramètres de la loi : version ");
		fmt_clean(&g->s, law_version(g->law));
		say(g, ", empreinte SHA-256 ");
		take(g);
		html_leaf(&g->h, "code", NO_CLASS, law_digest(g->law));
	}
	say(g, ". Les mêmes données, la même version et le même programme "
	    "donnent toujours le même résultat.");
	take(g);
	html_end(&g->h);
	html_end(&g->h);
}

static void
start(struct page *g, struct str *out, const struct answer *ans,
    const struct law *law)
{
	*g = (struct page){ .ans = ans, .law = law };
	html_init(&g->h, out);
	g->trace.trace = &ans->trace;
	str_init(&g->s, TEXT_MAX);
}

void
sheet_html(struct str *out, const struct answer *ans, const struct law *law,
    const char *engine)
{
	struct page g;

	start(&g, out, ans, law);
	fmt_sources_of(&g.src, &ans->trace);
	open_page(&g, "Feuille de calcul du taux AT/MP");
	head(&g);
	contents(&g);
	replaced(&g);
	warnings(&g);
	section(&g, "Pourquoi ce mode", "mode");
	fmt_mode_why(&g.s, ans);
	leaf(&g, "p", NO_CLASS);
	html_end(&g.h);
	brief(&g);
	terms(&g, "Les mots du calcul", "mots", "words", fmt_glossary,
	    FMT_GLOSSARY);
	years(&g);
	claims(&g);
	supplementary(&g);
	steps(&g);
	parameters(&g);
	terms(&g, "Ce que vaut ce document, ce que l'on peut faire", "droits",
	    "info", fmt_notice, FMT_NOTICES);
	colophon(&g, engine);
	close_page(&g);
}

/* Why a rate changed. ------------------------------------------------------ */

static void
one_rate(struct page *g, const struct answer *ans, const char *class_)
{
	html_open(&g->h, "div");
	str_printf(&g->s, "Taux %d, mode %s", ans->year, fmt_mode(ans->mode));
	leaf(g, "p", "soft");
	fmt_percent(&g->s, ans->notified_rounded, ans->notified_decimals);
	leaf(g, "p", class_);
	say(g, "avant arrondi : ");
	fmt_result(&g->s, ans->notified, UNIT_PERCENT);
	leaf(g, "p", "soft");
	html_end(&g->h);
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
	int from = place(a, scale->low, scale->high);
	int to = place(b, scale->low, scale->high);
	int left = from < to ? from : to, right = from < to ? to : from;

	html_open(&g->h, "td");
	svg(g, "bars");
	tick(g, "a", from, 0, 22);
	tick(g, "a", to, 0, 22);
	rect(g, class_, left, right > left + 4 ? right : left + 4, 4, 14);
	html_end(&g->h);
	html_end(&g->h);
}

static void
one_part(struct page *g, const struct scale *scale, enum part_id id,
    struct frac at, struct frac part)
{
	const char *class_ = part.neg ? "down" : "up";

	html_open(&g->h, "tr");
	html_open(&g->h, "th");
	html_attr(&g->h, "scope", "row");
	html_leaf(&g->h, "strong", NO_CLASS, fmt_part(id));
	say(g, fmt_part_why(id));
	leaf(g, "small", NO_CLASS);
	html_end(&g->h);
	fall(g, scale, class_, at, frac_add(at, part));
	fmt_points(&g->s, part, 4);
	leaf(g, "td", part.neg ? "v down" : "v up");
	html_end(&g->h);
}

static void
parts(struct page *g, const struct attribution *att)
{
	struct scale scale = scale_of(att);
	struct frac at = att->from.notified;

	html_open(&g->h, "table");
	html_attr(&g->h, "class", "fall");
	caption(g, "Un point est un pour cent des salaires. Chaque barre part "
	    "d'où la précédente s'arrête : vers la droite le taux monte, vers "
	    "la gauche il baisse.");
	html_open(&g->h, "thead");
	html_open(&g->h, "tr");
	column(g, "Cause", false);
	column(g, "Effet", false);
	column(g, "Points", true);
	html_end(&g->h);
	html_end(&g->h);
	html_open(&g->h, "tbody");
	for (int i = 0; i < PARTS; i++)
		if (!frac_is_zero(att->part[i])) {
			one_part(g, &scale, (enum part_id)i, at, att->part[i]);
			at = frac_add(at, att->part[i]);
		}
	html_end(&g->h);
	html_open(&g->h, "tfoot");
	html_open(&g->h, "tr");
	html_attr(&g->h, "class", "sum");
	str_add(&g->s, "Ensemble");
	header(g, "row", NULL);
	fall(g, &scale, "all", att->from.notified,
	    frac_add(att->from.notified, att->difference));
	fmt_points(&g->s, att->difference, 4);
	cell(g, NULL, true);
	html_end(&g->h);
	html_end(&g->h);
	html_end(&g->h);
}

void
attribution_html(struct str *out, const struct attribution *att,
    const struct law *law, const char *engine)
{
	struct page g;

	start(&g, out, &att->to, law);
	open_page(&g, "Pourquoi le taux AT/MP change");
	html_open(&g.h, "header");
	html_leaf(&g.h, "p", "kind", "Explication d'un changement de taux");
	html_leaf(&g.h, "h1", NO_CLASS,
	    "Pourquoi le taux accidents du travail et maladies "
	    "professionnelles change");
	say(&g, fmt_not_a_decision);
	leaf(&g, "p", "flag");
	html_open(&g.h, "div");
	html_attr(&g.h, "class", "two");
	one_rate(&g, &att->from, "big");
	html_open(&g.h, "p");
	html_attr(&g.h, "class", "arrow");
	html_attr(&g.h, "aria-hidden", "true");
	html_text(&g.h, "→");
	html_end(&g.h);
	one_rate(&g, &att->to, "big to");
	html_end(&g.h);
	say(&g, "Établissement ");
	fmt_siret(&g.s, att->to.facts->siret);
	say(&g, ", code risque ");
	fmt_clean(&g.s, att->to.facts->risk_code);
	str_add_char(&g.s, '.');
	leaf(&g, "p", NO_CLASS);
	say(&g, "Écart avant arrondi : ");
	fmt_points(&g.s, att->difference, 4);
	say(&g, ". Les causes ci-dessous, additionnées, font exactement cet "
	    "écart.");
	leaf(&g, "p", NO_CLASS);
	html_end(&g.h);
	section(&g, "Les causes", "causes");
	parts(&g, att);
	html_end(&g.h);
	terms(&g, "Les mots du calcul", "mots", "words", fmt_glossary,
	    FMT_GLOSSARY);
	colophon(&g, engine);
	close_page(&g);
}
