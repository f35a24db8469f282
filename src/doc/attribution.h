/*
 * attribution.h -- why a rate changed, as a section of a page; private to doc/.
 *
 * A table with a row a cause and a bar in each; the bars say nothing that the
 * row does not, and are hidden from who listens to the page.
 */
#ifndef TAPR_DOC_ATTRIBUTION_H
#define TAPR_DOC_ATTRIBUTION_H

#include "doc/page.h"
#include "model/answer.h"

void attribution_section(struct page *g, const struct attribution *att,
    const char *title, const char *id);

#endif
