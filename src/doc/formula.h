/*
 * formula.h -- the steps of a trace as formulas that a person can redo.
 *
 * A formula is printed twice: with the names of its operands, « 100 × valeur du
 * risque / masse salariale », and with their figures, « 100 × 12 345,00 € /
 * 4 200 000,00 € ».  A name comes from where the operand comes from (a fact, a
 * parameter, a step) and only failing that from its identifier.
 *
 * All functions append to ${out}, unescaped; the operands' addresses are those
 * of model/trace.h.
 */
#ifndef TAPR_DOC_FORMULA_H
#define TAPR_DOC_FORMULA_H

#include "base/str.h"
#include "law/law.h"
#include "model/trace.h"

/*
 * A trace being printed.  source: the parameters of the law that it uses, each
 * once, in order of first use, so that a step can say « paramètre 3 » and the
 * text of the law stands once on the page.  near only makes look-ups quick.
 */
enum { FORMULA_SOURCES_MAX = 512, FORMULA_RULES_MAX = 64 };

struct formulas {
	const struct trace	*trace;
	size_t			 near;
	const struct operand	*source[FORMULA_SOURCES_MAX];	/* first use */
	size_t			 sources;
	const struct step	*rule[FORMULA_RULES_MAX];
	size_t			 rules;
};

void formula_start(struct formulas *ret, const struct trace *trace);

/*
 * formula_model(t, s): the number of an earlier step that applies the same
 * formula with the same parameters to other facts, so that ${s} can refer to
 * it; 0 when there is none.  Asked of each step, in order.
 */
size_t formula_model(struct formulas *t, const struct step *s);

/* The step of that id, or NULL. */
const struct step *formula_step(struct formulas *t, const char *id);

void formula_words(struct str *out, const struct step *s);
void formula_figures(struct str *out, struct formulas *t, const struct step *s);
/*
 * What follows the figures: « = 0,98 % », « ≈ 0,981371 % », « → mixte », or the
 * rounding of the step and what it gives.
 */
void formula_equals(struct str *out, const struct step *s);
/* What a step computes, for the left of its formula: « taux brut ». */
void formula_result_name(struct str *out, const struct step *s);

bool formula_is_there(const struct step *s);
/* The formula is one operand, whose figures are those of the result. */
bool formula_is_copy(const struct step *s);
/* The result prints rounded, but its a/b is short enough to be copied. */
bool formula_shows_exact(const struct step *s);

/* The name of an operand for a person, and what it is worth: « = 0,17 % »,
 * « ≈ 0,502222 % ». */
void formula_operand_name(struct str *out, const struct operand *op);
void formula_operand_equals(struct str *out, struct formulas *t,
    const struct operand *op);

/* Where an operand comes from: « étape 4 », « paramètre 3 », a fact. */
enum origin { ORIGIN_FACT, ORIGIN_STEP, ORIGIN_PARAMETER };

struct formula_origin {
	enum origin	kind;
	size_t		number;		/* from 1; 0: not on this sheet */
	bool		given;		/* in place of a published value */
};

struct formula_origin formula_origin(struct formulas *t,
    const struct operand *op);

/* Where a value stands, without its kind: « payroll.2022 ». */
const char *formula_address(const struct operand *op);
/* « Arrêté du ... En vigueur depuis le ... Source : ... ; vérifié le ... » */
void formula_law_row(struct str *out, const struct law_row *row);
/*
 * The number of the first parameter before the ${i}th, counted from 0, that
 * has the same text, period and source; 0 when there is none.
 */
size_t formula_same_source(const struct formulas *t, size_t i);
/* What a parameter is, with its keys: « majorations, M1 ». */
void formula_law_address(struct str *out, const char *param,
    const struct law_row *row);

#endif
