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

/*
 * What a sheet is: by itself a « calcul indicatif »; that of a campaign is a
 * draft, a decision, a notified rate, and its owner says which.
 */
struct sheet_status {
	const char	*line;		/* under the title */
	const char	*meaning;	/* what such a sheet is worth */
	const struct attribution *change;	/* since the year before, or
						   NULL; on pages alone */
};

void sheet_text(struct str *out, const struct answer *ans,
    const struct law *law, const char *engine);
/* A whole page: HTML 5 with its style inside, nothing loaded from elsewhere. */
void sheet_html(struct str *out, const struct answer *ans,
    const struct law *law, const char *engine);
/* The same sheets, which say that they are ${status}. */
void sheet_text_as(struct str *out, const struct answer *ans,
    const struct law *law, const char *engine,
    const struct sheet_status *status);
void sheet_html_as(struct str *out, const struct answer *ans,
    const struct law *law, const char *engine,
    const struct sheet_status *status);

void attribution_text(struct str *out, const struct attribution *att,
    const struct law *law, const char *engine);
void attribution_html(struct str *out, const struct attribution *att,
    const struct law *law, const char *engine);

#endif
