/*
 * sheet.h -- the feuille de calcul, for people.
 *
 * Pure rendering of an answer: the same words and figures as its JSON, in
 * French, decimals and thousands the French way, with each step's formula,
 * operands, article and sources.  Nothing is computed here but the decimals
 * of what is printed.
 */
#ifndef TAPR_DOC_SHEET_H
#define TAPR_DOC_SHEET_H

#include "base/str.h"
#include "law/law.h"
#include "model/answer.h"

void sheet_text(struct str *out, const struct answer *ans,
    const struct law *law, const char *engine);
/* A whole page: HTML 5 with its style inside, nothing loaded from elsewhere. */
void sheet_html(struct str *out, const struct answer *ans,
    const struct law *law, const char *engine);

void attribution_text(struct str *out, const struct attribution *att,
    const struct law *law, const char *engine);
void attribution_html(struct str *out, const struct attribution *att,
    const struct law *law, const char *engine);

#endif
