/*
 * fmt.h -- how figures, dates, words, formulas and what a sheet says print in
 * French.
 *
 * Every figure that a person reads goes through here, from the exact
 * fraction, without floating point:
 *
 *	1 234,56 €	thousands apart by U+202F, U+00A0 before the unit
 *	3,10 %		the same before the per cent
 *	−0,50		U+2212; « −0,00 » never appears
 *	7/13 ≈ 0,5385	a ratio that has no short decimal form
 *	1er janvier 2024
 *
 * All functions append to ${out}.  A value too large to be exact prints as
 * « non calculable ».  Nothing here knows whether the page is text or HTML,
 * and nothing is escaped: what is written is what a person reads.
 */
#ifndef TAPR_DOC_FMT_H
#define TAPR_DOC_FMT_H

#include "base/date.h"
#include "base/num.h"
#include "base/str.h"
#include "law/law.h"
#include "model/answer.h"
#include "model/facts.h"
#include "model/trace.h"

/* Figures. ----------------------------------------------------------------- */

/* The decimal text of ${a} with exactly ${decimals} digits, rounded half up. */
void fmt_number(struct str *out, struct frac a, int decimals);
/*
 * fmt_places(a, least, most): the fewest decimals, from ${least} to ${most}
 * (0 to 6), that write ${a} exactly; -1 when even ${most} lose something.
 */
int fmt_places(struct frac a, int least, int most);
void fmt_eur(struct str *out, struct frac a);			/* 2 decimals */
void fmt_percent(struct str *out, struct frac a, int decimals);
/* « +0,45 point », « −1,20 point », « +2,00 points »: a change of a rate. */
void fmt_points(struct str *out, struct frac a, int decimals);
void fmt_fraction(struct str *out, struct frac a);
/* « 60 % » where that is exact to two decimals, else as fmt_fraction. */
void fmt_share(struct str *out, struct frac a);
/*
 * fmt_result(out, a, unit): a result with its unit, « ≈ » in front when what is
 * printed is not the whole of it: « 0,98 % », « ≈ 0,981371 % ».
 */
void fmt_result(struct str *out, struct frac a, enum unit unit);
/* ${a} as it is, « 113/225 »; for what is short enough to be copied by hand. */
void fmt_ratio(struct str *out, struct frac a);

/* Dates, numbers of establishments, words. --------------------------------- */

void fmt_date(struct str *out, struct date d);
void fmt_siret(struct str *out, const char *siret);	/* 3 3 3 5 digits */

const char *fmt_mode(enum mode m);		/* « mixte » */
const char *fmt_zone(enum zone z);
const char *fmt_section(enum section s);
const char *fmt_regime(enum regime r);
const char *fmt_group(enum btp_group g);
const char *fmt_ctn(char ctn);			/* the branch of A to I */
const char *fmt_nature(enum claim_kind k);	/* « accident », « maladie » */
const char *fmt_category(enum cost_category c);	/* « IT3 », « IP2-IP4 » */
/* The words of the contract that steps carry ("mixed", "yes"), in French. */
const char *fmt_word(const char *word);
const char *fmt_rounding(enum rounding how);

/*
 * fmt_prose(out, text): French typography: the blanks before : ; ! ? » % € and
 * after « become no-break ones.  For sentences, not for references.
 */
void fmt_prose(struct str *out, const char *text);
/*
 * fmt_clean(out, text): ${text} from outside; control characters and marks
 * that turn the direction of writing become U+FFFD.
 */
void fmt_clean(struct str *out, const char *text);

/* Formulas. ---------------------------------------------------------------- */

/* A trace being printed; ${near} only makes look-ups quick. */
struct fmt_trace { const struct trace *trace; size_t near; };

/*
 * fmt_find_step(t, id, n): the number, from 1, of the step whose id is the
 * ${n} bytes at ${id}; 0 when there is none.
 */
size_t fmt_find_step(struct fmt_trace *t, const char *id, size_t n);

/* A formula with names: « 100 × valeur du risque / masse salariale ». */
void fmt_formula(struct str *out, struct fmt_trace *t, const struct step *s);
/* With figures: « 100 × 12 345,00 € / 4 200 000,00 € » */
void fmt_substituted(struct str *out, struct fmt_trace *t,
    const struct step *s);

/*
 * What follows the figures: « = 0,98 % », « ≈ 0,981371 % », « → mixte », or the
 * rounding of the step and what it gives.
 */
void fmt_equals(struct str *out, const struct step *s);
/* What a step computes, for the left of its formula: « taux brut ». */
void fmt_step_name(struct str *out, const struct step *s);

/* The result prints rounded, but its a/b is short enough to be copied. */
bool fmt_shows_exact(const struct step *s);
/* fmt_is_copy(s): the formula is one operand: its figures are its result. */
bool fmt_is_copy(const struct step *s);

/* The name of an operand for a person, and its value with its unit: « 0,17 % »,
 * or with what joins them: « = 0,17 % », « ≈ 0,502222 % ». */
void fmt_operand_name(struct str *out, struct fmt_trace *t,
    const struct operand *op);
void fmt_operand_value(struct str *out, struct fmt_trace *t,
    const struct operand *op);
void fmt_operand_equals(struct str *out, struct fmt_trace *t,
    const struct operand *op);
/* The operand replaces a published parameter: given with the facts, or by a
 * second directory of law. */
bool fmt_is_given(const struct operand *op);

/*
 * The parameters of the law that a trace uses, each once, in order of first
 * use, so that a step can say « paramètre 3 » and the source stands once on
 * the page.
 */
enum { FMT_SOURCES_MAX = 512 };

struct fmt_sources {
	const struct operand	*use[FMT_SOURCES_MAX];	/* its first use */
	size_t			 n;
};

void fmt_sources_of(struct fmt_sources *ret, const struct trace *trace);
/* The number, from 1, of the parameter of ${op}; 0 when it is none. */
size_t fmt_source(const struct fmt_sources *src, const struct operand *op);
/* « Arrêté du ... En vigueur depuis le ... Source : ... ; vérifié le ... » */
void fmt_law_row(struct str *out, const struct law_row *row);
/* Where a value stands, without its kind: « payroll.2022 ». */
const char *fmt_address(const struct operand *op);
/* What a parameter is, with its keys: « majorations, M1 ». */
void fmt_law_address(struct str *out, const char *param,
    const struct law_row *row);

/* What both forms of a sheet say. ------------------------------------------ */

struct fmt_term { const char *term, *meaning; };

enum { FMT_GLOSSARY = 5, FMT_NOTICES = 5 };
extern const struct fmt_term fmt_glossary[FMT_GLOSSARY];
/* What the document is, what may be done, which rights there are. */
extern const struct fmt_term fmt_notice[FMT_NOTICES];
extern const char fmt_not_a_decision[];
extern const char fmt_claims_note[];	/* why no disease table is shown */
extern const char fmt_sources_note[];	/* what the name of a source means */

void fmt_mode_why(struct str *out, const struct answer *ans);
void fmt_cap_why(struct str *out, const struct answer *ans);
/* The rate before the limits when something came after the mixed, individual or
 * collective rate (a rebate, a regime); and the rate when something came after
 * the limits (a ceiling).  Not known when nothing did. */
struct quantity fmt_reduced(const struct answer *ans);
struct quantity fmt_ceiled(const struct answer *ans);
/* « IT4 : arrêt de 46 à 90 jours »; false, and nothing, when the law does not
 * tell where the category begins. */
bool fmt_category_meaning(struct str *out, enum cost_category c,
    const struct law *law, struct date on);

/* A year of reference: its payroll, and the sum of what is charged to it. */
struct fmt_year {
	int		year;
	struct quantity	payroll;
	struct frac	cost;
	struct frac	real_cost;	/* given as a total: 2008 and 2009 */
};

/*
 * fmt_years(ans, ret): fills one row a year of the window and returns their
 * number; ${ret_whole} is false when the costs do not add up to the risk value
 * of the answer, so that the page says so.
 */
size_t fmt_years(const struct answer *ans, struct fmt_year ret[WINDOW_MAX],
    bool *ret_whole);

/* A published value that the facts replace: « taux collectif : 3,10 % ». */
enum { FMT_GIVEN_MAX = 20 };
struct fmt_given { char name[40]; struct frac exact; enum unit unit; };
size_t fmt_given_of(const struct facts *facts,
    struct fmt_given ret[FMT_GIVEN_MAX]);

const char *fmt_part(enum part_id id);
/* Why the part moved the rate, with its sign: a sentence. */
const char *fmt_part_why(enum part_id id);

#endif
