/*
 * law_view.h -- the law as people look at it: what is there, one value, what
 * is wrong.  The use case behind `tapr law status`, `show` and `check`.
 *
 * Everything is read from a law set that is open already and appended to a
 * text, French for a person or JSON; nothing here knows of files, options or
 * today's date.
 */
#ifndef TAPR_RATING_LAW_VIEW_H
#define TAPR_RATING_LAW_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "law/law.h"

/* The years that are shown unless others are asked for. */
enum { LAW_VIEW_FIRST = 2012, LAW_VIEW_LAST = 2026 };

/*
 * law_missing(law, year, out): a line for each parameter that the tariff of
 * ${year} would ask for and not find whole, with the file to complete; then
 * where to enter it.  Nothing when none is missing.  True when one of them has
 * no value at all where some are expected.
 */
bool law_missing(const struct law *law, int year, struct str *out);

/*
 * law_status(law, first, last, json, out): the coverage of each parameter, in
 * each tariff year from ${first} to ${last} (inclusive, at most 100 of them;
 * more are not shown), on the day the tariff of that year takes effect.  A
 * value that the rules would ask for and not find is shown as a gap.  Then who
 * read the values again, unless ${review} is NULL.
 */
struct law_review;
void law_status(const struct law *law, int first, int last,
    const struct law_review *review, bool json, struct str *out);

/*
 * law_show(law, param, keys, on, json, out, err): what ${param} is worth on the
 * day ${on}, with its text and source.  ${keys}: LAW_KEYS_MAX pointers, NULL
 * for "any": all given, the one row the rules would take; else each row in
 * force that fits, and the undated ones.  TAPR_EINVAL for a parameter that
 * does not exist (the message names near ones) or for too many keys;
 * TAPR_ELAW when there is no such value.  Nothing is written then.
 */
int law_show(const struct law *law, const char *param,
    const char *const keys[LAW_KEYS_MAX], struct date on, bool json,
    struct str *out, struct err *err) MUST_USE;

/* The value of a row as printed, the French way, with its unit: « 3 ans ». */
void law_value(struct str *out, const struct law_row *row);

/*
 * law_diff(was, now, today, json, out, err): what ${now} changes in ${was}, in
 * words, row by row (S4-09): for whom, from when, old and new value, text and
 * source; what changes a day before ${today} is marked retroactive.
 */
int law_diff(const struct law *was, const struct law *now, struct date today,
    bool json, struct str *out, struct err *err) MUST_USE;

/*
 * law_check(law, today, json, out, ret_errors, err): what is wrong or doubtful
 * in the parameters, errors first, each with file and line; findings of one
 * kind in one file are told once, with their count.  ${today} serves to find
 * what has not been checked again for a year (DATE_NONE: not asked).
 * ${ret_errors} counts the errors; warnings are not in it.
 */
int law_check(const struct law *law, struct date today, bool json,
    struct str *out, size_t *ret_errors, struct err *err) MUST_USE;

#endif
