/*
 * term.h -- the official French of the words that a register keeps.
 *
 * A table of the register, a file and a JSON answer hold words of the contract
 * ("draft", "not_opposable"); a person reads « projet envoyé », « inopposable à
 * l'employeur ».  One list a kind of word, because the same word may say two
 * things: a "merge" of establishments, an "accident".
 */
#ifndef TAPR_DOC_TERM_H
#define TAPR_DOC_TERM_H

#include "base/str.h"

enum terms {
	TERM_NONE,
	TERM_MODE,
	TERM_SECTION,		/* one word: it stands in columns */
	TERM_GROUP,		/* of BTP */
	TERM_LOT,		/* what rates a lot holds */
	TERM_STATE,		/* of a rate */
	TERM_DECISION,		/* of a contest */
	TERM_CLAIM,		/* nature of a claim */
	TERM_CHARGE,
	TERM_EVENT,		/* what was decided of a claim */
	TERM_BENEFIT,
	TERM_MEASURE,
	TERM_TRANSFER,
	TERM_ESTABLISHMENT,	/* state, as INSEE writes it */
	TERM_UNIT,
	TERM_DIFFUSION,
	TERM_ORIGIN,		/* of a value: INSEE, or typed here */
	TERM_FIELD,		/* of a value typed here */
	TERMS,
};

/*
 * term(which, word): the French of ${word}, or ${word} itself where there is
 * none: a word from a later version is shown as it is, never lost.
 */
const char *term(enum terms which, const char *word);
/* term_pad(out, text, width): ${text}, then blanks up to ${width} characters. */
void term_pad(struct str *out, const char *text, int width);

#endif
