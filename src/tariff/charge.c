/*
 * charge.c -- CSS art. D. 242-6-4 to D. 242-6-7, R. 242-6-1.
 *
 *	recognised?  no -> not charged
 *	commuting, special account, terrorism (2016, general zone), unknown
 *	assailant, not opposable -> outside the account
 *	else -> IT line in the year of declaration
 *	        IP line in the year of its first notification,
 *	           or of the death (to rate 2024), or of its recognition
 */
#include "tariff/charge.h"

#include "model/words.h"

static const char *const excluded_why[] = {
	[CHARGE_OWN] = NULL,
	[CHARGE_SPECIAL_ACCOUNT] = "maladie inscrite au compte spécial",
	[CHARGE_TERRORISM] = "acte de terrorisme",
	[CHARGE_UNIDENTIFIED_ASSAULT] = "agression par un tiers non identifié",
	[CHARGE_NOT_OPPOSABLE] = "prise en charge inopposable à l'employeur",
};

const char *
charge_excluded(const struct law *law, enum zone zone,
    const struct claim *claim, struct date on)
{
	if (!date_is(claim->recognised))
		return "caractère professionnel non reconnu";
	if (claim->kind == CLAIM_COMMUTING)
		return "accident de trajet (couvert par la majoration M1)";
	if (claim->charge == CHARGE_OWN || law_find(law, "excluded_charge",
	    LAW_KEYS(zone_words[zone], charge_words[claim->charge]), on) == NULL)
		return NULL;
	return excluded_why[claim->charge];
}

/*
 * D. 242-6-7 al. 2: the first IP counts, whatever comes after; a death after
 * it is ignored.  A death that was never recognised is no death here.
 */
bool
charge_ip_kind(const struct claim *claim, enum line_kind *ret)
{
	bool ip = claim->ip_rate >= 0;
	bool death = date_is(claim->death) && date_is(claim->death_recognised);

	if (ip && (!death || date_cmp(claim->ip_notified, claim->death) <= 0))
		*ret = LINE_IP;
	else if (death)
		*ret = LINE_DEATH;
	else
		return false;
	return true;
}

int
charge_year(const struct claim *claim, enum line_kind kind, struct date on,
    const struct rule **ret_rule)
{
	const struct rule *rule;

	if (kind != LINE_DEATH) {
		if (ret_rule != NULL)
			*ret_rule = rule_at("charge-year", kind == LINE_IT ?
			    "it" : "ip", on);
		return kind == LINE_IT ? claim->declared.y :
		    claim->ip_notified.y;
	}
	/* Of a death the year depends on which version of the rule it is. */
	rule = rule_at("charge-year", "death", on);
	if (ret_rule != NULL)
		*ret_rule = rule;
	return rule->form == DEATH_ON_DEATH ? claim->death.y :
	    claim->death_recognised.y;
}

struct frac
charge_third_party(struct frac cost, struct frac share)
{
	return frac_is_zero(share) ? cost :
	    frac_mul(cost, frac_sub(frac_int(1), share));
}

static bool
serious(enum cost_category category)
{
	return category >= COST_IP2;
}

/*
 * R. 242-6-1.  Until the rates of 2025 the user bears a third of incapacities
 * of 10 % and more and of deaths; from 2026 (décret 2024-723) a half of every
 * category, except that the rates of 2026 and 2027 keep the old third for
 * lines classified before 2024.
 */
int
temp_work_share(const struct law *law, struct date on, int classified_year,
    enum cost_category category, enum temp_role role, struct temp_share *ret,
    struct err *err)
{
	struct temp_share t = { .rule = rule_at("temp-work-share", "", on) };
	struct frac one = frac_int(1);
	int from, rc;
	bool half;

	if (t.rule == NULL)
		return err_set(err, TAPR_ELAW, "year",
		    "le partage du travail temporaire n'est pas décrit avant "
		    "2012");
	half = t.rule->form == TEMP_HALF;
	if (t.rule->form == TEMP_PHASED) {
		if ((rc = param_int(law, "temp_work",
		    LAW_KEYS("new_from_year"), on, &from, err)) != TAPR_OK)
			return rc;
		half = classified_year >= from;
	}
	t.user_bears = half || serious(category);
	if (t.user_bears && (rc = param_need(law, "temp_work", LAW_KEYS(half ?
	    "user_share_all" : "user_share_serious"), on, &t.user_share,
	    err)) != TAPR_OK)
		return rc;
	t.share = t.user_bears ? t.user_share.exact : frac_int(0);
	if (role != TEMP_USER)
		t.share = frac_sub(one, t.share);
	*ret = t;
	return TAPR_OK;
}

int
special_account_case(const struct law *law, int n, struct date on,
    const struct law_row **ret, struct err *err)
{
	static const char *const cases[] = { "1", "2", "3", "4", "5" };

	if (n < 1 || n > 5)
		return err_set(err, TAPR_EINVAL, "case",
		    "l'arrêté du 16 octobre 1995 (art. 2) compte cinq cas : "
		    "donnez un nombre de 1 à 5");
	return law_need(law, "special_account", LAW_KEYS(cases[n - 1]), on,
	    ret, err);
}
