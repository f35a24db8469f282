/* html.c -- see html.h. */
#include "doc/html.h"

#include <assert.h>

void
html_init(struct html *h, struct str *out)
{
	*h = (struct html){ .out = out };
}

static void
shut(struct html *h)
{
	if (h->in_tag)
		str_add_char(h->out, '>');
	h->in_tag = false;
}

void
html_empty_(struct html *h, const char *name)
{
	shut(h);
	str_add_char(h->out, '<');
	str_add(h->out, name);
	h->in_tag = true;
}

void
html_open_(struct html *h, const char *name)
{
	assert(h->depth < HTML_DEPTH_MAX);
	html_empty_(h, name);
	h->element[h->depth++] = name;
}

void
html_open_class_(struct html *h, const char *name, const char *class_)
{
	html_open_(h, name);
	if (class_ != NULL)
		html_attr_(h, "class", class_);
}

void
html_end(struct html *h)
{
	assert(h->depth > 0);
	shut(h);
	str_add(h->out, "</");
	str_add(h->out, h->element[--h->depth]);
	str_add_char(h->out, '>');
}

void
html_attr_(struct html *h, const char *name, const char *value)
{
	assert(h->in_tag);
	str_add_char(h->out, ' ');
	str_add(h->out, name);
	str_add(h->out, "=\"");
	str_add_html(h->out, value);
	str_add_char(h->out, '"');
}

void
html_attr_int_(struct html *h, const char *name, long value)
{
	assert(h->in_tag);
	str_printf(h->out, " %s=\"%ld\"", name, value);
}

void
html_text(struct html *h, const char *text)
{
	shut(h);
	str_add_html(h->out, text);
}

void
html_take(struct html *h, struct str *s)
{
	shut(h);
	if (str_failed(s))
		h->out->failed = true;
	else if (s->n > 0)
		str_add_html(h->out, s->p);
	str_clear(s);
}

void
html_trusted_(struct html *h, const char *literal)
{
	shut(h);
	str_add(h->out, literal);
}

void
html_leaf_(struct html *h, const char *name, const char *class_,
    const char *text)
{
	html_open_class_(h, name, class_);
	html_text(h, text);
	html_end(h);
}

void
html_leaf_take_(struct html *h, const char *name, const char *class_,
    struct str *s)
{
	html_open_class_(h, name, class_);
	html_take(h, s);
	html_end(h);
}
