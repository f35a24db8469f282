/*
 * risk_code.c -- the branch (CTN) that the law puts a risk code in.
 */
#include "register/risk_code.h"

#include "base/ids.h"
#include "base/str.h"

/* The nearest day to ${on} that the tariffs we hold cover. */
static bool
nearest_day(const struct law *law, struct date *on)
{
	size_t p = law_param_number(law, "risk_codes");
	struct date first = DATE_NONE, end = DATE_NONE;

	if (p == law_param_count(law))
		return false;
	for (size_t i = 0; i < law_row_count(law, p); i++) {
		const struct law_row *row = law_row_at(law, p, i);

		if (!date_is(row->from))
			continue;
		if (!date_is(first) || date_cmp(row->from, first) < 0)
			first = row->from;
		if (date_cmp(row->to, end) > 0)
			end = row->to;
	}
	if (!date_is(first))
		return false;
	if (date_cmp(*on, first) < 0)
		*on = first;
	else if (date_cmp(*on, end) >= 0)
		*on = date_add_days(end, -1);
	return true;
}

int
risk_code_ctn(const struct law *law, const char *code, struct date on,
    const char **ret, struct err *err)
{
	const struct law_row *row;
	char day[DATE_TEXT_MAX];

	if (code_form(code) != CODE_FORM_OK)
		return err_set(err, TAPR_EINVAL, "--risk-code", "« %s » n'est "
		    "pas un code risque ; écrivez-le comme 452BE",
		    str_brief(code).text);
	if (!nearest_day(law, &on))
		return err_set(err, TAPR_ELAW, "law/params/risk_codes.csv",
		    "aucun tarif n'est connu ; complétez ce fichier");
	if ((row = law_find(law, "risk_codes", LAW_KEYS(code), on)) == NULL)
		return err_set(err, TAPR_EINVAL, "--risk-code", "le code "
		    "risque %s n'est pas au tarif du %s ; prenez un code de "
		    "ce tarif, ou changez la date d'effet", code,
		    date_text(on, day));
	*ret = row->value;
	return TAPR_OK;
}
