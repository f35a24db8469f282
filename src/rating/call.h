/*
 * call.h -- one call of one rule; private to rating/.
 *
 * A call_ function reads its arguments, which remember the first thing wrong,
 * and gives its answer to ${out}; it returns TAPR_OK or the error in ${err}.
 */
#ifndef TAPR_RATING_CALL_H
#define TAPR_RATING_CALL_H

#include "model/facts.h"
#include "rating/args.h"
#include "rating/result.h"

enum { YEAR_FIRST = 1996, YEAR_LAST = 2100, RATE_FIRST = 2012 };

struct call {
	const struct law	*law;
	struct args		*args;
	struct result		*out;
	struct err		*err;
};

enum zone arg_zone(struct call *c);
/* In Alsace-Moselle BTP firms have thresholds of their own: it must be said. */
bool arg_btp(struct call *c, enum zone zone);
char arg_ctn(struct call *c);
/* The tariff year asked for, ${first} at least, and the day of its law. */
int arg_year(struct call *c, int first, struct date *ret_on);
/* A risk code in its form; "" when it is not one. */
const char *arg_code(struct call *c);

int call_window(struct call *c) MUST_USE;
int call_headcount(struct call *c) MUST_USE;
int call_mode(struct call *c) MUST_USE;
int call_new_establishment(struct call *c) MUST_USE;
int call_takeover(struct call *c) MUST_USE;
int call_office_staff(struct call *c) MUST_USE;
int call_cost_category(struct call *c) MUST_USE;
int call_average_cost(struct call *c) MUST_USE;
int call_abatement(struct call *c) MUST_USE;
int call_third_party(struct call *c) MUST_USE;
int call_temp_work(struct call *c) MUST_USE;
int call_charge_year(struct call *c) MUST_USE;
int call_special_account(struct call *c) MUST_USE;
int call_net_rate(struct call *c) MUST_USE;
int call_minimum_rate(struct call *c) MUST_USE;
int call_regime(struct call *c) MUST_USE;
int call_mixed_fraction(struct call *c) MUST_USE;
int call_mixed_rate(struct call *c) MUST_USE;
int call_cap(struct call *c) MUST_USE;
int call_merged_previous(struct call *c) MUST_USE;
int call_collective_rate(struct call *c) MUST_USE;
int call_rate_to_declare(struct call *c) MUST_USE;
int call_support_rate(struct call *c) MUST_USE;
int call_collective_gross(struct call *c) MUST_USE;
int call_ip_capital(struct call *c) MUST_USE;
int call_ip_annuity(struct call *c) MUST_USE;
int call_survivors(struct call *c) MUST_USE;
int call_penalty(struct call *c) MUST_USE;
int call_supplementary(struct call *c) MUST_USE;
int call_supplementary_percent(struct call *c) MUST_USE;
int call_appeal_deadline(struct call *c) MUST_USE;
int call_claim_deadline(struct call *c) MUST_USE;

#endif
