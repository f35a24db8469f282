/*
 * rating.h -- the use case of one rate: what `tapr rule`, `rate`,
 * `simulate`, `explain` and `facts` do, for the command line and the web.
 *
 * Opens no store and no file: documents come as text, answers leave as text.
 * Nothing here is a decision of a fund.
 */
#ifndef TAPR_RATING_RATING_H
#define TAPR_RATING_RATING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "law/law.h"

enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_HTML };

/* A document and its name, which messages show. */
struct document {
	const char	*name;
	const char	*text;
	size_t		 n;
};

/*
 * rating_rate(law, facts, format, out, err): the rate and its calculation
 * sheet.
 */
int rating_rate(const struct law *law, const struct document *facts,
    enum format format, struct str *out, struct err *err) MUST_USE;

/*
 * Where rows go as they are made; ${done} of ${all} are written.  False stops.
 * ${steps}: each row of a sweep with its whole calculation sheet; without it
 * thousands of rows keep their figures and leave their steps empty.
 */
struct simulation_sink {
	bool	(*write)(void *to, const char *text, size_t n, size_t done,
		    size_t all);
	void	*to;
	bool	steps;
};

enum { SIMULATION_ROWS_MAX = 1000000 };

/*
 * rating_simulate(law, facts, sets, n_sets, sweeps, n_sweeps, format, sink,
 * err): the rate of ${facts} as changed by each "PATH=VALUE" of ${sets}, for
 * every combination of the ${sweeps} "PATH=FROM..TO/STEP".  By the same engine
 * as a rate, and labelled as not a decision.  Rows that are refused carry
 * their error instead of an answer; when every row is, the first error is
 * returned and nothing is written.  FORMAT_TEXT or FORMAT_JSON.
 */
int rating_simulate(const struct law *law, const struct document *facts,
    const char *const *sets, size_t n_sets, const char *const *sweeps,
    size_t n_sweeps, enum format format, const struct simulation_sink *sink,
    struct err *err) MUST_USE;

/*
 * rating_explain(): the additive attribution of the change between two rates.
 */
int rating_explain(const struct law *law, const struct document *from,
    const struct document *to, enum format format, struct str *out,
    struct err *err) MUST_USE;

/*
 * rating_rules(out, format): every version of every rule, with its article and
 * dates.
 */
void rating_rules(struct str *out, enum format format);

/*
 * rating_rule(law, name, args, n, format, out, err): one rule by itself;
 * ${args} are "key=value".  TAPR_EUSAGE for an unknown rule or key.
 */
int rating_rule(const struct law *law, const char *name,
    const char *const *args, size_t n, enum format format, struct str *out,
    struct err *err) MUST_USE;

/*
 * rating_facts(account, out, err): FACTS.json from an account statement
 * (docs/formats/account.md).
 */
int rating_facts(const struct document *account, struct str *out,
    struct err *err) MUST_USE;

/*
 * rating_law(dir, extra, ret, err): the law set that the calls above take;
 * law_free().
 */
int rating_law(const char *dir, const char *extra, struct law **ret,
    struct err *err) MUST_USE;
void rating_law_free(struct law *law);

const char *rating_engine(void);	/* "tapr 0.1.0" */

#endif
