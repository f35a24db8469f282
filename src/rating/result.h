/*
 * result.h -- the answer of one rule; private to rating/.
 *
 *	{"rule", "article", "valid": [from, to), "inputs",
 *	 "result": {"exact", "value", ...}, "sources", "warnings", "law"}
 */
#ifndef TAPR_RATING_RESULT_H
#define TAPR_RATING_RESULT_H

#include "law/law.h"
#include "rating/args.h"
#include "rating/rating.h"
#include "tariff/param.h"
#include "tariff/rules.h"

enum { RESULT_EXTRAS = 8, RESULT_SOURCES = 16, RESULT_TEXT = 256 };

struct result {
	const char		*name;
	const struct rule	*rule;
	bool			 is_number;
	struct frac		 exact;
	int			 decimals;
	char			 word[RESULT_TEXT];
	int			 first_year, last_year;	/* 0: no years */
	struct extra {
		const char	*key;
		bool		 is_number;
		struct frac	 exact;
		char		 text[RESULT_TEXT];
	}			 extra[RESULT_EXTRAS];
	size_t			 extras;
	const struct law_row	*source[RESULT_SOURCES];	/* each row once */
	size_t			 sources;
	const char		*warning;
};

void result_start(struct result *r, const char *name);
/* The version that answered: by name, variant and day, or itself. */
void result_rule(struct result *r, const char *name, const char *variant,
    struct date on);
void result_version(struct result *r, const struct rule *rule);

void result_number(struct result *r, struct frac exact, int decimals);
void result_word(struct result *r, const char *fmt, ...) TAPR_PRINTF(2, 3);
void result_date(struct result *r, struct date d);
void result_years(struct result *r, int first, int last);
void result_extra_number(struct result *r, const char *key, struct frac f);
void result_extra_text(struct result *r, const char *key, const char *text);
void result_extra_date(struct result *r, const char *key, struct date d);
/* The rows of law/params that the answer rests on; no row, nothing to say. */
void result_source(struct result *r, const struct law_row *row);
void result_params(struct result *r, const struct param *p, size_t n);
void result_warning(struct result *r, const char *text);

/* A rule without a version that day, or a number too large: refused. */
int result_check(const struct result *r, struct err *err) MUST_USE;

void result_write(const struct result *r, const struct args *a,
    const struct law *law, enum format format, struct str *out);

#endif
