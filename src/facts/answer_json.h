/*
 * answer_json.h -- answers out, as docs/formats/answer.md fixes them.
 *
 * One JSON document, keys always in the same order, no trailing blanks: the
 * same bytes for the same answer everywhere.
 */
#ifndef TAPR_FACTS_ANSWER_JSON_H
#define TAPR_FACTS_ANSWER_JSON_H

#include "base/str.h"
#include "law/law.h"
#include "model/answer.h"

/* The answer of a rate; ${engine} is the program version ("tapr 0.1.0"). */
void answer_json(struct str *out, const struct answer *ans,
    const struct law *law, const char *engine);

/* The attribution of a change: {"from","to","difference","parts"}. */
void attribution_json(struct str *out, const struct attribution *att,
    const struct law *law, const char *engine);

/* {"version","digest","added"}: the law that answered, and what --law added. */
void law_json(struct str *out, const struct law *law);

/* {"error": {"code","where","text"}}: for programs that speak JSON only. */
void error_json(struct str *out, const struct err *err);

/* The words of the contract: "mixed", "IT3", "alsace-moselle"... */
const char *mode_word(enum mode m);
const char *category_word(enum cost_category c);
const char *zone_word(enum zone z);
const char *regime_word(enum regime r);
const char *part_word(enum part_id p);

#endif
