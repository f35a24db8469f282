/*
 * page.h -- what the pages of HTML 5 are made of: head, sections, tables,
 * drawings, foot.
 *
 * One file, read anywhere: the style is inside, nothing is loaded, nothing
 * runs.  Text goes through g->s: the fmt, formula and say functions write
 * there, page_leaf() and its like escape it into the page.
 *
 * Drawings use per cent for lengths, so that their letters keep their size on
 * a small screen; the figures they show stand in a table or a sentence beside
 * them, and readers of screens skip the drawing.
 */
#ifndef TAPR_DOC_PAGE_H
#define TAPR_DOC_PAGE_H

#include "base/str.h"
#include "doc/html.h"
#include "doc/say.h"
#include "law/law.h"

struct page {
	struct html		 h;
	struct str		 s;	/* text being written, unescaped */
	const struct law	*law;
	const char		*status;	/* NULL: not a decision */
};

#define NO_CLASS ((const char *)0)

/* A page from its doctype to <main>, then to its end. */
void page_begin(struct page *g, struct str *out, const struct law *law,
    const char *title);
void page_finish(struct page *g, const char *engine);

void page_say(struct page *g, const char *prose);	/* into g->s */
/* An element that holds g->s and ends; one that stays open. */
#define page_leaf(g, name, class_) \
	html_leaf_take(&(g)->h, name, class_, &(g)->s)
#define page_open(g, name, class_) html_open_class(&(g)->h, name, class_)
#define page_end(g) html_end(&(g)->h)
void page_take(struct page *g);
/* The attribute ${name} = g->s. */
#define page_attr(g, name) page_attr_(g, "" name)
void page_attr_(struct page *g, const char *name);

void page_paragraph(struct page *g, const char *prose);
/* Kind of document, title in g->s, and what it is or is not. */
void page_title(struct page *g, const char *kind);
void page_section(struct page *g, const char *title, const char *id);
void page_box(struct page *g, const char *title, const char *id);
/*
 * The values that replace published ones, by ${facts} and, if ${law} is not
 * NULL, by a second directory of law; nothing where there are none.
 */
void page_replaced(struct page *g, const struct facts *facts,
    const struct law *law, const char *title, const char *id);
void page_terms(struct page *g, const char *title, const char *id,
    const char *class_, const struct say_term *term, size_t n);

/*
 * page_table(): a table up to its <tbody>; the last ${values} of its ${n}
 * columns are figures.  No head when ${n} is 0.
 */
void page_table(struct page *g, const char *class_, const char *caption,
    const char *const *column, size_t n, size_t values);
/* A row whose header is g->s; cells follow. */
void page_row(struct page *g, const char *class_);
#define page_cell(g, class_) page_leaf(g, "td", class_)	/* of g->s */

/* Where ${v} stands between ${low} and ${high}, in tenths of a per cent. */
int page_place(struct frac v, struct frac low, struct frac high);
void page_svg(struct page *g, const char *class_);
void page_rect(struct page *g, const char *class_, int from, int to, int y,
    int height);
void page_line(struct page *g, const char *class_, int x1, int x2, int y1,
    int y2);
void page_circle(struct page *g, const char *class_, int x, int y, int r);
/* Text of g->s at ${x}; near an edge it turns inwards. */
void page_label(struct page *g, const char *class_, int x, int y);

#endif
