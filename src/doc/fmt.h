/*
 * fmt.h -- figures, dates and words as they read in French.
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
#include "model/facts.h"
#include "model/trace.h"

/* Blanks that do not break a line (the second one narrow), and the minus. */
#define NBSP "\u00a0"
#define THIN "\u202f"
#define MINUS "\u2212"

enum { FMT_PLACES_MAX = 6 };		/* the most that frac_round takes */

/* Figures. ----------------------------------------------------------------- */

/* The decimal text of ${a} with exactly ${decimals} digits, rounded half up. */
void fmt_number(struct str *out, struct frac a, int decimals);
/*
 * fmt_places(a, least, most): the fewest decimals, from ${least} to ${most}
 * (0 to FMT_PLACES_MAX), that write ${a} exactly; -1 when even ${most} lose
 * something.
 */
int fmt_places(struct frac a, int least, int most);
bool fmt_is_whole(struct frac a);
void fmt_eur(struct str *out, struct frac a);			/* 2 decimals */
void fmt_percent(struct str *out, struct frac a, int decimals);
/* « 2 jours »: a number and what it counts, with an s from two on. */
void fmt_count(struct str *out, struct frac a, int decimals, const char *noun);
/* « +0,45 point », « −1,20 point », « +2,00 points »: a change of a rate. */
void fmt_points(struct str *out, struct frac a, int decimals);
/* ${a} as it is, « 113/225 »; short when a formula has room for it. */
void fmt_ratio(struct str *out, struct frac a);
bool fmt_is_short(struct frac a);
void fmt_fraction(struct str *out, struct frac a);
/* « 60 % » where that is exact to two decimals, else a ratio. */
void fmt_share(struct str *out, struct frac a);
/*
 * fmt_result(out, a, unit): a result with its unit, « ≈ » in front when what is
 * printed is not the whole of it (fmt_is_rounded): « 0,98 % », « ≈ 0,981371 % ».
 */
void fmt_result(struct str *out, struct frac a, enum unit unit);
bool fmt_is_rounded(struct frac a, enum unit unit);

/* Dates, numbers of establishments, words. --------------------------------- */

void fmt_date(struct str *out, struct date d);
/* The same by itself, for a message: fmt_day(d).text. */
enum { FMT_DAY_MAX = 32 };
struct fmt_day { char text[FMT_DAY_MAX]; };
struct fmt_day fmt_day(struct date d);
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
 * that turn the direction of writing become U+FFFD.  fmt_clean_n: ${n} bytes.
 */
void fmt_clean(struct str *out, const char *text);
void fmt_clean_n(struct str *out, const char *text, size_t n);

/* Tables of words. --------------------------------------------------------- */

struct fmt_word { const char *key, *name; };

/* The name beside ${key}, or NULL; ${words} ends with a NULL key. */
const char *fmt_find(const struct fmt_word *words, const char *key);
/* The part of ${s} after ${prefix}, NULL if it does not begin so. */
const char *fmt_after(const char *s, const char *prefix);

#endif
