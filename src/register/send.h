/*
 * send.h -- the declared flows that the register alone feeds.
 *
 * Each producer offers its columns and reads only through src/exchange, which
 * gives it no table that its flow does not declare: those about companies
 * cannot read a claim.
 */
#ifndef TAPR_REGISTER_SEND_H
#define TAPR_REGISTER_SEND_H

#include "exchange/exchange.h"

/*
 * register_send(run, out, err): the flow of ${run}, into its file.  TAPR_EUSAGE
 * when it needs a year or an establishment and has none.
 */
int register_send(const struct exchange_run *run, struct str *out,
    struct err *err) MUST_USE;

/* Private to register/: the producers, between open and send. */
int send_companies(struct exchange *x, bool measures, struct err *err)
    MUST_USE;
int send_claim_records(struct exchange *x, struct err *err) MUST_USE;
int send_claim_statistics(struct exchange *x, struct err *err) MUST_USE;
int send_state_statistics(struct exchange *x, struct err *err) MUST_USE;
int send_staff(struct exchange *x, struct err *err) MUST_USE;
int send_account(struct exchange *x, struct err *err) MUST_USE;

#endif
