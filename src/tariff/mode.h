/*
 * mode.h -- collective, mixed or individual: which rate a firm gets.
 *
 * Headcounts are persons of the whole firm, as exact fractions of at most
 * two decimals.
 */
#ifndef TAPR_TARIFF_MODE_H
#define TAPR_TARIFF_MODE_H

#include "base/err.h"
#include "law/law.h"
#include "model/facts.h"
#include "tariff/rules.h"
#include "tariff/steps.h"

/*
 * tariff_day(law, year, ret, err): the day the tariff of ${year} takes effect;
 * the law of that day is the law of its rates (N-01).
 */
int tariff_day(const struct law *law, int year, struct date *ret,
    struct err *err) MUST_USE;

/*
 * window_of(law, year, on, ret_first, ret_last, err): the known years of
 * reference.
 */
int window_of(const struct law *law, int year, struct date on, int *ret_first,
    int *ret_last, struct err *err) MUST_USE;

/*
 * headcount_mean(counts, n, year, ret_rule, ret, err): the headcount of
 * ${year} from its ${n} quarter ends (years to 2016) or months (from 2017).
 */
int headcount_mean(const struct frac *counts, size_t n, int year,
    const struct rule **ret_rule, struct frac *ret, struct err *err) MUST_USE;

enum { FREEZE_YEARS_MAX = 12 };

struct mode_answer {
	enum mode		 mode;
	const struct rule	*rule;
	bool			 lower_reached, upper_reached;
	struct frac		 headcount;	/* E: of N-2, clamped while frozen */
	bool			 has_headcount;
	bool			 frozen;	/* E was clamped under the upper threshold */
	struct param		 lower, upper, clamp;
	int			 first, last;	/* years that count for the freeze */
};

/*
 * mode_of(law, zone, btp, year, on, headcounts, ret, err): the mode of the
 * rate of ${year}.  From 2020 a threshold counts as reached when it was in
 * every year from max(2017, N-6) to N-2; a missing year that decides is
 * TAPR_EINVAL at headcounts.YEAR.
 */
int mode_of(const struct law *law, enum zone zone, bool btp, int year,
    struct date on, const struct year_series *headcounts,
    struct mode_answer *ret, struct err *err) MUST_USE;

/*
 * The same in two steps: mode_begin() finds what the law says (rule,
 * thresholds, deciding years), mode_decide() completes it with headcounts.
 */
int mode_begin(const struct law *law, enum zone zone, bool btp, int year,
    struct date on, struct mode_answer *ret, struct err *err) MUST_USE;
int mode_decide(const struct law *law, struct date on,
    const struct year_series *headcounts, struct mode_answer *ret,
    struct err *err) MUST_USE;

/* mode_of_one(): the same from one headcount, held long enough (N-08). */
int mode_of_one(const struct law *law, enum zone zone, bool btp,
    struct date on, struct frac headcount, struct mode_answer *ret,
    struct err *err) MUST_USE;

/*
 * The row that makes ${risk_code} collective whatever the headcount, or NULL.
 */
const struct law_row *mode_always_collective(const struct law *law,
    const char *risk_code, struct date on);

/*
 * D. 242-6-17: for how many years an establishment is new, and whether the
 * day of its creation has anything to say.
 */
struct new_years {
	struct param	 param;
	int		 n;
};
int new_years(const struct law *law, struct date on, struct new_years *ret,
    struct err *err) MUST_USE;
bool creation_counts(struct date created, bool taken_over, bool single_rate);

/*
 * establishment_is_new(law, created, taken_over, single_rate, year, on,
 * ret, ret_years, err): ${ret} is true when the year's rate is the collective
 * one because the establishment is new; ${ret_years} the parameter that says
 * for how long.
 */
int establishment_is_new(const struct law *law, struct date created,
    bool taken_over, bool single_rate, int year, struct date on, bool *ret,
    struct param *ret_years, struct err *err) MUST_USE;

/* The three criteria of a takeover, together (D. 242-6-17). */
int establishment_taken_over(const struct law *law, bool activity, bool means,
    struct frac staff_share, struct date on, bool *ret, struct err *err)
    MUST_USE;

/*
 * Largest number of non-sedentary staff in an office of ${staff} (until
 * 2017-03-02).
 */
int office_staff_allowed(const struct law *law, int staff, struct date on,
    struct frac *ret, struct err *err) MUST_USE;

/* The amount of ${year} in a series, or NULL. */
const struct year_amount *series_find(const struct year_series *s, int year);

#endif
