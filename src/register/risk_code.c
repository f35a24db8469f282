/*
 * risk_code.c -- the branch (CTN) that the law puts a risk code in.
 */
#include "register/risk_code.h"

#include "base/ids.h"
#include "base/str.h"
#include "doc/fmt.h"
#include "intake/codes.h"

int
risk_code_ctn(const struct law *law, const char *code, struct date on,
    const char **ret, struct err *err)
{
	struct codes codes;
	int rc;

	if (code_form(code) != CODE_FORM_OK)
		return err_set(err, TAPR_EINVAL, "--risk-code", "« %s » n'est "
		    "pas un code risque ; écrivez-le comme 452BE",
		    str_brief(code).text);
	if ((rc = codes_load(&codes, law, err)) != TAPR_OK)
		return rc;
	*ret = codes_ctn(&codes, code, on);
	codes_free(&codes);
	if (*ret == NULL)
		return err_set(err, TAPR_EINVAL, "--risk-code", "le code "
		    "risque %s n'est pas au tarif du %s ; prenez un code de "
		    "ce tarif, ou changez la date d'effet", code,
		    fmt_day(on).text);
	return TAPR_OK;
}
