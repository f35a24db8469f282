/*
 * html.h -- HTML that cannot be broken by what it shows.
 *
 * Names of elements and attributes, and raw text, are string literals: the
 * macros paste an empty literal before them, so that a variable there does
 * not compile.  Everything else is escaped.  Elements close in the order of a
 * stack; html_end() knows what it ends.
 *
 *	html_open(h, "p");			<p
 *	html_attr(h, "class", kind);		 class="..."
 *	html_text(h, claim->ref);		>A&amp;1
 *	html_end(h);				</p>
 *
 * This file knows no page, no style and no figure.
 */
#ifndef TAPR_DOC_HTML_H
#define TAPR_DOC_HTML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

enum { HTML_DEPTH_MAX = 24 };

struct html {
	struct str	*out;
	const char	*element[HTML_DEPTH_MAX];
	size_t		 depth;
	bool		 in_tag;	/* attributes may still follow */
};

void html_init(struct html *h, struct str *out);

/* Opens an element; html_empty() opens one that has no end (meta, br). */
#define html_open(h, name) html_open_(h, "" name)
#define html_empty(h, name) html_empty_(h, "" name)
/* With a class, unless ${class_} is NULL. */
#define html_open_class(h, name, class_) html_open_class_(h, "" name, class_)
void html_end(struct html *h);

/* Attributes of the element just opened; the value is escaped. */
#define html_attr(h, name, value) html_attr_(h, "" name, value)
#define html_attr_int(h, name, value) html_attr_int_(h, "" name, value)

void html_text(struct html *h, const char *text);	/* escaped */
/* html_take(h, s): the text of ${s}, escaped; ${s} is empty afterwards. */
void html_take(struct html *h, struct str *s);
/* A literal, as it is: style sheets, the doctype. */
#define html_trusted(h, literal) html_trusted_(h, "" literal)

/* <name class="...">text</name> in one call; the text of ${s} with _take. */
#define html_leaf(h, name, class_, text) \
	html_leaf_(h, "" name, class_, text)
#define html_leaf_take(h, name, class_, s) \
	html_leaf_take_(h, "" name, class_, s)

void html_open_(struct html *h, const char *name);
void html_open_class_(struct html *h, const char *name, const char *class_);
void html_empty_(struct html *h, const char *name);
void html_attr_(struct html *h, const char *name, const char *value);
void html_attr_int_(struct html *h, const char *name, long value);
void html_trusted_(struct html *h, const char *literal);
void html_leaf_(struct html *h, const char *name, const char *class_,
    const char *text);
void html_leaf_take_(struct html *h, const char *name, const char *class_,
    struct str *s);

#endif
