/* page.c -- see page.h. */
#include "doc/page.h"

#include <stdio.h>

#include "doc/fmt.h"
#include "doc/style.h"

enum { TEXT_MAX = 64 * 1024 * 1024 };

/* Text and elements. ------------------------------------------------------- */

void
page_say(struct page *g, const char *prose)
{
	fmt_prose(&g->s, prose);
}

void
page_take(struct page *g)
{
	html_take(&g->h, &g->s);
}

void
page_attr_(struct page *g, const char *name)
{
	html_attr_(&g->h, name, str_failed(&g->s) || g->s.n == 0 ? "" :
	    g->s.p);
	str_clear(&g->s);
}

void
page_paragraph(struct page *g, const char *prose)
{
	page_say(g, prose);
	page_leaf(g, "p", NO_CLASS);
}

static void
heading(struct page *g, const char *title, const char *id)
{
	html_open(&g->h, "h2");
	html_attr(&g->h, "id", id);
	page_say(g, title);
	page_take(g);
	page_end(g);
}

void
page_section(struct page *g, const char *title, const char *id)
{
	html_open(&g->h, "section");
	html_attr(&g->h, "aria-labelledby", id);
	heading(g, title, id);
}

void
page_box(struct page *g, const char *title, const char *id)
{
	page_open(g, "aside", "box");
	html_attr(&g->h, "aria-labelledby", id);
	heading(g, title, id);
}

void
page_terms(struct page *g, const char *title, const char *id,
    const char *class_, const struct say_term *term, size_t n)
{
	page_section(g, title, id);
	page_open(g, "dl", class_);
	for (size_t i = 0; i < n; i++) {
		page_say(g, term[i].term);
		page_leaf(g, "dt", NO_CLASS);
		page_say(g, term[i].meaning);
		page_leaf(g, "dd", NO_CLASS);
	}
	page_end(g);
	page_end(g);
}

void
page_replaced(struct page *g, const struct facts *facts,
    const struct law *law, const char *title, const char *id)
{
	if (!say_replaced(&g->s, facts, law, 0, ""))
		return;
	str_clear(&g->s);
	page_box(g, title, id);
	page_paragraph(g, say_given_note);
	html_open(&g->h, "ul");
	for (size_t i = 0; say_replaced(&g->s, facts, law, i, ""); i++)
		page_leaf(g, "li", NO_CLASS);
	page_end(g);
	page_end(g);
}

/* Tables. ------------------------------------------------------------------ */

/* A header of column or row, whose text is in g->s. */
static void
header(struct page *g, const char *scope, const char *class_)
{
	html_open(&g->h, "th");
	html_attr(&g->h, "scope", scope);
	if (class_ != NULL)
		html_attr(&g->h, "class", class_);
	page_take(g);
	page_end(g);
}

void
page_table(struct page *g, const char *class_, const char *caption,
    const char *const *column, size_t n, size_t values)
{
	page_open(g, "table", class_);
	page_say(g, caption);
	page_leaf(g, "caption", NO_CLASS);
	if (n > 0) {
		html_open(&g->h, "thead");
		html_open(&g->h, "tr");
		for (size_t i = 0; i < n; i++) {
			page_say(g, column[i]);
			header(g, "col", i + values >= n ? "v" : NULL);
		}
		page_end(g);
		page_end(g);
	}
	html_open(&g->h, "tbody");
}

void
page_row(struct page *g, const char *class_)
{
	page_open(g, "tr", class_);
	header(g, "row", NULL);
}

/* Drawings. ---------------------------------------------------------------- */

int
page_place(struct frac v, struct frac low, struct frac high)
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
#define length(g, name, n) \
	do { \
		char text_[16]; \
		(void)snprintf(text_, sizeof text_, "%d.%d%%", (n) / 10, \
		    (n) % 10); \
		html_attr(&(g)->h, name, text_); \
	} while (0)

void
page_svg(struct page *g, const char *class_)
{
	page_open(g, "svg", class_);
	html_attr(&g->h, "aria-hidden", "true");
}

void
page_rect(struct page *g, const char *class_, int from, int to, int y,
    int height)
{
	page_open(g, "rect", class_);
	length(g, "x", from);
	html_attr_int(&g->h, "y", y);
	length(g, "width", to - from);
	html_attr_int(&g->h, "height", height);
	page_end(g);
}

void
page_line(struct page *g, const char *class_, int x1, int x2, int y1, int y2)
{
	page_open(g, "line", class_);
	length(g, "x1", x1);
	length(g, "x2", x2);
	html_attr_int(&g->h, "y1", y1);
	html_attr_int(&g->h, "y2", y2);
	page_end(g);
}

void
page_circle(struct page *g, const char *class_, int x, int y, int r)
{
	page_open(g, "circle", class_);
	length(g, "cx", x);
	html_attr_int(&g->h, "cy", y);
	html_attr_int(&g->h, "r", r);
	page_end(g);
}

void
page_label(struct page *g, const char *class_, int x, int y)
{
	page_open(g, "text", class_);
	length(g, "x", x);
	html_attr_int(&g->h, "y", y);
	html_attr(&g->h, "text-anchor", x < 150 ? "start" : x > 850 ? "end" :
	    "middle");
	page_take(g);
	page_end(g);
}

/* The head and the foot. --------------------------------------------------- */

void
page_begin(struct page *g, struct str *out, const struct law *law,
    const char *title)
{
	struct html *h = &g->h;

	*g = (struct page){ .law = law };
	html_init(h, out);
	str_init(&g->s, TEXT_MAX);
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
	html_trusted_(h, style_sheet);		/* a constant of ours */
	page_end(g);
	page_end(g);
	html_open(h, "body");
	html_open(h, "main");
}

void
page_title(struct page *g, const char *kind)
{
	html_open(&g->h, "header");
	html_leaf(&g->h, "p", "kind", kind);
	page_leaf(g, "h1", NO_CLASS);
	page_say(g, g->status != NULL ? g->status : say_not_a_decision);
	page_leaf(g, "p", "flag");
}

static void
colophon(struct page *g, const char *engine)
{
	html_open(&g->h, "footer");
	html_open(&g->h, "p");
	page_say(g, "Programme : ");
	fmt_clean(&g->s, engine);
	if (g->law != NULL) {
		page_say(g, ". Paramètres de la loi : version ");
		fmt_clean(&g->s, law_version(g->law));
		page_say(g, ", empreinte SHA-256 ");
		page_take(g);
		html_leaf(&g->h, "code", NO_CLASS, law_digest(g->law));
	}
	page_say(g, say_same_result);
	page_take(g);
	page_end(g);
	page_end(g);
}

void
page_finish(struct page *g, const char *engine)
{
	colophon(g, engine);
	while (g->h.depth > 0)
		page_end(g);
	str_add_char(g->h.out, '\n');
	str_free(&g->s);
}
