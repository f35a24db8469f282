/*
 * risk_code.h -- the branch (CTN) that the law puts a risk code in.
 */
#ifndef TAPR_REGISTER_RISK_CODE_H
#define TAPR_REGISTER_RISK_CODE_H

#include "base/date.h"
#include "base/err.h"
#include "law/law.h"

/*
 * risk_code_ctn(law, code, on, ret, err): ${ret} is the CTN of ${code} in the
 * tariff of ${on} (intake/codes.h says which, before the first tariff that we
 * hold and after the last).  The support codes (0000A) have no branch and are
 * refused.  TAPR_EINVAL: no code, or not in that tariff.
 */
int risk_code_ctn(const struct law *law, const char *code, struct date on,
    const char **ret, struct err *err) MUST_USE;

#endif
