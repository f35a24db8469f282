/*
 * rule_mode.c -- rules of mode, headcount and cost, called by themselves.
 *
 * Each reads its arguments, calls the rule that every rate uses, and says
 * which version of the law answered and on which rows of law/params.
 */
#include "model/words.h"
#include "rating/call.h"
#include "tariff/charge.h"
#include "tariff/cost.h"
#include "tariff/mode.h"

/* ---- mode and headcount ------------------------------------------------ */

int
call_window(struct call *c)
{
	struct date on = DATE_NONE;
	int year = arg_year(c, YEAR_FIRST, &on), first, last, rc;

	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = window_of(c->law, year, on, &first, &last, c->err)) !=
	    TAPR_OK)
		return rc;
	result_rule(c->out, "window", "", on);
	result_word(c->out, "%d-%d", first, last);
	result_years(c->out, first, last);
	return TAPR_OK;
}

int
call_headcount(struct call *c)
{
	struct frac counts[ARG_LIST_MAX], mean;
	const struct rule *rule;
	int year = args_int(c->args, "year", YEAR_FIRST, YEAR_LAST), rc;
	size_t n = args_numbers(c->args, "months", 6, counts);

	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = headcount_mean(counts, n, year, &rule, &mean, c->err)) !=
	    TAPR_OK)
		return rc;
	result_version(c->out, rule);
	result_number(c->out, mean, 2);
	return TAPR_OK;
}

/* The headcounts as a series, each year once. */
static int
arg_series(struct call *c, struct year_amount ret[ARG_LIST_MAX], size_t *ret_n)
{
	int year[ARG_LIST_MAX];
	struct frac amount[ARG_LIST_MAX];
	size_t n = args_series(c->args, "headcounts", 2, year, amount);

	for (size_t i = 0; i < n; i++) {
		struct year_series before = { ret, i };

		if (series_find(&before, year[i]) != NULL)
			return err_set(c->err, TAPR_EINVAL, "headcounts",
			    "l'année %d est donnée deux fois", year[i]);
		ret[i] = (struct year_amount){ year[i], amount[i] };
	}
	*ret_n = n;
	return TAPR_OK;
}

int
call_mode(struct call *c)
{
	struct year_amount at[ARG_LIST_MAX];
	struct year_series series = { at, 0 };
	struct mode_answer m;
	struct date on = DATE_NONE;
	struct frac one = frac_int(0);
	int year = arg_year(c, YEAR_FIRST, &on), rc;
	enum zone zone = arg_zone(c);
	bool btp = arg_btp(c, zone), many = args_has(c->args, "headcounts");

	if (many) {
		if ((rc = arg_series(c, at, &series.n)) != TAPR_OK)
			return rc;
	} else
		one = args_number(c->args, "headcount", 2);
	if ((rc = args_done(c->args)) != TAPR_OK)
		return rc;
	rc = many ? mode_of(c->law, zone, btp, year, on, &series, &m, c->err) :
	    mode_of_one(c->law, zone, btp, on, one, &m, c->err);
	if (rc != TAPR_OK)
		return rc;
	result_version(c->out, m.rule);
	result_word(c->out, "%s", mode_words[m.mode - MODE_COLLECTIVE]);
	result_extra_number(c->out, "lower", m.lower.exact);
	result_extra_number(c->out, "upper", m.upper.exact);
	result_params(c->out, &m.lower, 1);
	result_params(c->out, &m.upper, 1);
	result_params(c->out, &m.clamp, 1);
	return TAPR_OK;
}

int
call_new_establishment(struct call *c)
{
	struct date on = DATE_NONE, created = args_date(c->args, "created");
	int year = arg_year(c, RATE_FIRST, &on), rc;
	bool single = args_yes_or(c->args, "single_rate", false), is_new;
	struct param years = { 0 };

	if ((rc = args_done(c->args)) != TAPR_OK)
		return rc;
	if (created.y > year)
		return err_set(c->err, TAPR_EINVAL, "created",
		    "l'établissement est créé après l'année %d", year);
	if ((rc = establishment_is_new(c->law, created, false, single, year,
	    on, &is_new, &years, c->err)) != TAPR_OK)
		return rc;
	result_rule(c->out, "new-establishment", "general", on);
	result_word(c->out, "%s", is_new ? "yes" : "no");
	result_extra_text(c->out, "mode", is_new ? "collective" :
	    "by headcount");
	result_params(c->out, &years, 1);
	return TAPR_OK;
}

int
call_takeover(struct call *c)
{
	bool activity = args_yes(c->args, "activity");
	bool means = args_yes(c->args, "means"), taken;
	struct frac share = args_number(c->args, "staff_share", 4);
	struct date on = args_has(c->args, "on") ? args_date(c->args, "on") :
	    (struct date){ RATE_FIRST, 1, 1 };
	int rc;

	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = establishment_taken_over(c->law, activity, means, share, on,
	    &taken, c->err)) != TAPR_OK)
		return rc;
	result_rule(c->out, "takeover", "", on);
	result_word(c->out, "%s", taken ? "yes" : "no");
	return TAPR_OK;
}

int
call_office_staff(struct call *c)
{
	struct date on = args_date(c->args, "on");
	int staff = args_int(c->args, "staff", 1, 1000000), rc;
	struct frac most;

	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = office_staff_allowed(c->law, staff, on, &most, c->err)) !=
	    TAPR_OK)
		return rc;
	result_rule(c->out, "office-staff", "", on);
	result_number(c->out, most, 0);
	return TAPR_OK;
}


/* ---- costs -------------------------------------------------------------- */

int
call_cost_category(struct call *c)
{
	struct date on = DATE_NONE;
	enum zone zone = arg_zone(c);
	char ctn = arg_ctn(c);
	bool death = args_has(c->args, "death");
	bool ip = args_has(c->args, "ip") || death;
	struct categories k;
	enum cost_category category;
	int value = 0, rc;

	(void)arg_year(c, RATE_FIRST, &on);
	if (death) {
		if (!args_yes(c->args, "death") && c->args->rc == TAPR_OK)
			return err_set(c->err, TAPR_EINVAL, "death",
			    "donnez death=yes, ou days= ou ip=");
	} else
		value = ip ? args_int(c->args, "ip", 0, 100) :
		    args_int(c->args, "days", 0, 100000);
	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = cost_categories(c->law, zone, ip, on, &k, c->err)) !=
	    TAPR_OK)
		return rc;
	category = death ? COST_IP4 : cost_category(&k, value);
	result_version(c->out, k.rule);
	result_word(c->out, "%s",
	    category_words[cost_priced_as(zone, ctn, category)]);
	result_params(c->out, k.from, (size_t)k.n);
	return TAPR_OK;
}

int
call_average_cost(struct call *c)
{
	static const char *const groups[] = { "gros_oeuvre", "second_oeuvre",
		"support", NULL };
	struct date on = DATE_NONE;
	enum zone zone = arg_zone(c);
	char ctn = arg_ctn(c);
	enum cost_category category = (enum cost_category)args_word(c->args,
	    "category", category_words);
	enum btp_group group = args_has(c->args, "group") ?
	    (enum btp_group)(1 + args_word(c->args, "group", groups)) :
	    GROUP_NONE;
	struct param cost;
	int rc;

	(void)arg_year(c, RATE_FIRST, &on);
	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = cost_average(c->law, zone, ctn, group, cost_priced_as(zone,
	    ctn, category), on, &cost, c->err)) != TAPR_OK)
		return rc;
	result_rule(c->out, "average-cost", zone_words[zone], on);
	result_number(c->out, cost.exact, 2);
	result_source(c->out, cost.row);
	return TAPR_OK;
}

int
call_abatement(struct call *c)
{
	struct date on = DATE_NONE;
	const char *code = arg_code(c);
	struct param p;
	bool undated, found;
	int rc;

	(void)arg_year(c, RATE_FIRST, &on);
	if ((rc = args_done(c->args)) != TAPR_OK)
		return rc;
	found = cost_abatement(c->law, code, on, &p, &undated);
	result_rule(c->out, "abatement", "", on);
	result_number(c->out, found ? p.exact : frac_int(0), 2);
	if (found)
		result_source(c->out, p.row);
	if (undated)
		result_warning(c->out, "ce risque figure dans une liste d'une "
		    "autre date ou d'une date inconnue (lecture N-24)");
	return TAPR_OK;
}

int
call_third_party(struct call *c)
{
	struct frac cost = args_number(c->args, "cost", 2);
	struct frac share = args_number(c->args, "share", 4);
	struct date on = { RATE_FIRST, 1, 1 };
	int rc;

	if ((rc = args_done(c->args)) != TAPR_OK)
		return rc;
	if (frac_cmp(share, frac_int(1)) > 0)
		return err_set(c->err, TAPR_EINVAL, "share",
		    "une part va de 0 à 1");
	result_rule(c->out, "third-party", "", on);
	result_number(c->out, charge_third_party(cost, share), 2);
	return TAPR_OK;
}

int
call_temp_work(struct call *c)
{
	static const char *const roles[] = { "user", "agency", NULL };
	struct date on = DATE_NONE;
	int year = args_int(c->args, "rate_year", RATE_FIRST, YEAR_LAST);
	int classified = args_int(c->args, "classified_year", YEAR_FIRST,
	    YEAR_LAST);
	enum cost_category category = (enum cost_category)args_word(c->args,
	    "category", category_words);
	enum temp_role role = args_word(c->args, "role", roles) == 0 ?
	    TEMP_USER : TEMP_AGENCY;
	struct temp_share t;
	int rc;

	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = tariff_day(c->law, year, &on, c->err)) != TAPR_OK ||
	    (rc = temp_work_share(c->law, on, classified, category, role, &t,
	    c->err)) != TAPR_OK)
		return rc;
	result_version(c->out, t.rule);
	result_number(c->out, t.share, 4);
	if (t.user_bears)
		result_params(c->out, &t.user_share, 1);
	return TAPR_OK;
}

/* The claim that charge-year speaks of: only the dates it needs. */
static int
charge_claim(struct call *c, enum line_kind kind, struct claim *ret)
{
	struct claim cl = { .ip_rate = -1 };

	cl.declared = args_date_or_none(c->args, "declared");
	cl.ip_notified = args_date_or_none(c->args, "ip_notified");
	cl.death = args_date_or_none(c->args, "death");
	cl.death_recognised = args_date_or_none(c->args, "death_recognised");
	if (c->args->rc != TAPR_OK)
		return c->args->rc;
	if (kind == LINE_IT && !date_is(cl.declared))
		return err_set(c->err, TAPR_EINVAL, "declared",
		    "la date de déclaration manque");
	if (kind == LINE_IP && !date_is(cl.ip_notified))
		return err_set(c->err, TAPR_EINVAL, "ip_notified",
		    "la date de notification du taux d'IP manque");
	if (kind == LINE_DEATH && !date_is(cl.death))
		return err_set(c->err, TAPR_EINVAL, "death",
		    "la date du décès manque");
	if (kind == LINE_DEATH && !date_is(cl.death_recognised))
		return err_set(c->err, TAPR_EINVAL, "death_recognised",
		    "un décès ne compte qu'une fois reconnu : sa date de "
		    "reconnaissance manque");
	if (date_is(cl.death) && date_is(cl.death_recognised) &&
	    date_cmp(cl.death_recognised, cl.death) < 0)
		return err_set(c->err, TAPR_EINVAL, "death_recognised",
		    "un décès n'est pas reconnu avant d'avoir eu lieu");
	*ret = cl;
	return TAPR_OK;
}

int
call_charge_year(struct call *c)
{
	static const char *const kinds[] = { "it", "ip", "death", NULL };
	enum line_kind kind = (enum line_kind)args_word(c->args, "kind",
	    kinds);
	struct date first = { RATE_FIRST, 1, 1 };
	/* Only the year of a death depends on the day. */
	struct date on = kind == LINE_DEATH || args_has(c->args, "on") ?
	    args_date(c->args, "on") : first;
	const struct rule *rule;
	struct claim claim;
	int year, rc;

	if ((rc = charge_claim(c, kind, &claim)) != TAPR_OK ||
	    (rc = args_done(c->args)) != TAPR_OK)
		return rc;
	if (date_cmp(on, first) < 0)
		return err_set(c->err, TAPR_EINVAL, "on",
		    "les coûts moyens n'existent pas avant 2012");
	year = charge_year(&claim, kind, on, &rule);
	result_version(c->out, rule);
	result_number(c->out, frac_int(year), 0);
	if (kind == LINE_DEATH && date_is(claim.ip_notified) &&
	    date_cmp(claim.ip_notified, claim.death) <= 0)
		result_warning(c->out, "un taux d'IP notifié avant le décès "
		    "garde seul sa ligne : ce décès n'est pas imputé (lecture "
		    "N-18)");
	return TAPR_OK;
}

int
call_special_account(struct call *c)
{
	int n = args_int(c->args, "case", 1, 5), rc;
	struct date on = { RATE_FIRST, 1, 1 };
	const struct law_row *row;

	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = special_account_case(c->law, n, on, &row, c->err)) !=
	    TAPR_OK)
		return rc;
	result_rule(c->out, "special-account", "", on);
	result_word(c->out, "%s", row->value);
	result_extra_text(c->out, "condition", row->note);
	result_source(c->out, row);
	return TAPR_OK;
}
