/*
 * authority.h -- which flows are open, by which act (S1-92).
 *
 * Every flow is closed until somebody opens it, with the legal act that allows
 * it: its reference, its day and who signed it.  A sealed flow is opened for one
 * fund, with its public key, so that nobody chooses at the time of sending
 * who can read it.
 */
#ifndef TAPR_EXCHANGE_AUTHORITY_H
#define TAPR_EXCHANGE_AUTHORITY_H

#include "base/str.h"
#include "exchange/declare.h"
#include "model/place.h"
#include "store/row.h"

enum { AUTHORITY_TEXT_MAX = 200, AUTHORITY_KEY_BYTES = 32 };

struct authority_act {
	const char	*flow;
	const char	*recipient;	/* of a sealed flow; else NULL */
	/* To open; the key is 64 hexadecimal digits, of a sealed flow. */
	const char	*act, *signatory, *key;
	struct date	 act_on;
	const char	*reason;	/* to close */
};

/* authority_open(), authority_close(): a dated row of the register.  TAPR_EINVAL
 * names what is missing, or says that it is so already. */
int authority_open(const struct place *place, const struct exchanges *law,
    const struct authority_act *act, struct str *out, struct err *err)
    MUST_USE;
int authority_close(const struct place *place, const struct exchanges *law,
    const struct authority_act *act, struct str *out, struct err *err)
    MUST_USE;

/* What is open on a day. */
struct authority {
	bool		found;
	struct row	row;
	char		text[ROW_TEXT_MAX];
};
/*
 * authority_find(s, known, flow, recipient, ret, err): what was in force after
 * batch ${known}; not found: it is closed.
 */
int authority_find(struct store *s, int64_t known,
    const struct exchange_flow *flow, const char *recipient,
    struct authority *ret, struct err *err) MUST_USE;

/* The refusal of a flow that is closed. */
int authority_refuse(const struct exchange_flow *flow, const char *recipient,
    struct err *err) MUST_USE;

/*
 * What is declared, and what of it is open; with ${flow}, its fields.
 */
int authority_show(const struct place *place, const struct exchanges *law,
    const char *flow, bool json, struct str *out, struct err *err) MUST_USE;

#endif
