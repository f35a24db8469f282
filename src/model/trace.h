/*
 * trace.h -- the calculation sheet as data: each step with its operands.
 *
 * Invariants, which tools/recheck proves of every answer:
 *	1. the result of a step is its formula over its operands, then rounded
 *	   as the step says, and nothing else;
 *	2. an operand comes from a fact, a parameter of the law, or the result
 *	   of an earlier step, and says which;
 *	3. the last step is the notified rate.
 *
 * Formulas use + - * / ( ), min, max, the comparisons < <= > >= == (worth 1
 * or 0), operand names and whole numbers.
 */
#ifndef TAPR_MODEL_TRACE_H
#define TAPR_MODEL_TRACE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/num.h"

struct law_row;

struct operand {
	const char		*name;	/* as in the formula: "gross" */
	struct frac		 exact;
	const char		*from;	/* "fact:payroll.2022", "param:pass.monthly",
					   "step:gross" */
	const struct law_row	*row;	/* of the law; NULL otherwise */
};

enum unit {
	UNIT_NUMBER,	/* a ratio, a fraction, 0 or 1 */
	UNIT_EUR,
	UNIT_PERCENT,
	UNIT_PERSONS,
	UNIT_WORD,	/* value is a word: a mode, a category */
};

struct step {
	const char		*id;	/* "gross", "claim.A1.it" */
	const char		*label;	/* French, for the person */
	const char		*formula;
	const struct operand	*operand;
	size_t			 operands;
	struct frac		 result;
	enum unit		 unit;
	const char		*word;	/* what the result means, or NULL */
	enum rounding		 rounding;
	int			 decimals;	/* unless ROUND_NONE */
	const char		*article;
};

struct trace {
	struct arena	*arena;
	struct step	*step;
	size_t		 steps, room;
};

#endif
