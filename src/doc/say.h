/*
 * say.h -- the sentences and rows that a sheet says in text and in HTML.
 *
 * What is said stands here once; how it is laid out is the business of
 * sheet_text.c and of the pages.  All functions append to ${out}, unescaped.
 */
#ifndef TAPR_DOC_SAY_H
#define TAPR_DOC_SAY_H

#include "base/str.h"
#include "law/law.h"
#include "model/answer.h"

struct say_term { const char *term, *meaning; };

enum { SAY_GLOSSARY = 5, SAY_NOTICES = 5 };
extern const struct say_term say_glossary[SAY_GLOSSARY];
/* What the document is, what may be done, which rights there are. */
extern const struct say_term say_notice[SAY_NOTICES];
extern const struct say_term say_part[PARTS];	/* why a rate changed */

/* The notices, the first of which says ${meaning} unless it is NULL. */
void say_notices(const char *meaning, struct say_term ret[SAY_NOTICES]);

extern const char say_not_a_decision[];
extern const char say_given[];		/* « fourni par vous, non publié » */
extern const char say_given_note[];
extern const char say_no_claim[];
extern const char say_more_costs[];	/* the years do not tell all */
extern const char say_claims_note[];	/* why no disease table is shown */
extern const char say_steps_note[];
extern const char say_sources_note[];	/* what the name of a source means */
extern const char say_same_result[];

/* Of which establishment: the value of each row, false where it has none. */
enum say_identity { SAY_SIRET, SAY_RISK_CODE, SAY_BRANCH, SAY_ZONE, SAY_GROUP,
	SAY_REGIME, SAY_HEADCOUNT, SAY_YEAR, SAY_LAW_ON, SAY_IDENTITIES };
bool say_identity(struct str *out, const struct answer *ans,
    enum say_identity row);

/*
 * The ${i}th value that replaces a published one, by the facts or by a second
 * directory of law, with ${mark} after it; false when there are no more.
 */
bool say_replaced(struct str *out, const struct facts *facts,
    const struct law *law, size_t i, const char *mark);

void say_mode(struct str *out, const struct answer *ans);
void say_cap(struct str *out, const struct answer *ans);

/* The chain in brief: what is known of it, in the order of the calculation. */
struct say_row {
	const char	*line;		/* on one line; NULL: not in text */
	const char	*name, *why;	/* on two; NULL: not in HTML */
	struct quantity	 q;
	enum unit	 unit;
};

enum { SAY_BRIEF = 17 };
size_t say_brief(const struct answer *ans, struct say_row ret[SAY_BRIEF]);

/* A year of reference: its payroll, and the sum of what is charged to it. */
struct say_year {
	int		year;
	struct quantity	payroll;
	struct frac	cost;
};

/*
 * say_years(ans, ret, ret_whole): fills one row a year of the window and
 * returns their number; ${ret_whole} is false when the costs do not add up to
 * the risk value of the answer, so that the page says so.
 */
size_t say_years(const struct answer *ans, struct say_year ret[WINDOW_MAX],
    bool *ret_whole);

/* « IT4 : arrêt de 46 à 90 jours »; false, and nothing, when no line is of that
 * category or the law does not tell where it begins. */
bool say_category(struct str *out, enum cost_category c,
    const struct answer *ans, const struct law *law);

void say_supplementary(struct str *out, const struct supplementary_amount *s);

#endif
