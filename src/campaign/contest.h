/*
 * contest.h -- what a rectified rate is worth; private to campaign/.
 */
#ifndef TAPR_CAMPAIGN_CONTEST_H
#define TAPR_CAMPAIGN_CONTEST_H

#include "store/row.h"

/*
 * contest_amount(payroll, was, now): payroll (cents) times the difference of
 * the rates (1/10 000 of a percent), to the cent, half a cent up; below zero
 * it is a complement, null when it does not fit.
 */
struct value contest_amount(const struct value *payroll, int32_t was,
    int32_t now);

#endif
