/*
 * text.h -- what is written: fields, CSV (RFC 4180) and CSVW; private to
 * exchange/.
 */
#ifndef TAPR_EXCHANGE_TEXT_H
#define TAPR_EXCHANGE_TEXT_H

#include "base/str.h"
#include "exchange/exchange.h"

/*
 * text_value(f, v, out, err): the value as its declared type is written,
 * nothing for nothing known.  TAPR_EINVAL when it is of another kind.
 */
int text_value(const struct exchange_field *f, const struct value *v,
    struct str *out, struct err *err) MUST_USE;
/* A field of RFC 4180, quoted when it must be. */
void text_field(struct str *out, const char *text);
/* The last name of a path. */
const char *text_base(const char *path);

/* What the recipient reads beside the table. */
struct text_about {
	const struct exchange_flow	*flow;
	const struct exchange_run	*run;
	const char			*fund, *recipient, *act;
	struct date			 act_on;
	int64_t				 widened, suppressed;
};
/*
 * text_csvw(about, out): the metadata document of
 * https://www.w3.org/TR/tabular-metadata/; it holds no day, so that two runs
 * give the same bytes.
 */
void text_csvw(const struct text_about *about, struct str *out);

#endif
