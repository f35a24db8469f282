/*
 * rule_other.c -- benefits, penalties and deadlines, called by themselves.
 */
#include "deadline/deadline.h"
#include "rating/call.h"
#include "tariff/benefits.h"
#include "tariff/penalty.h"

int
call_ip_capital(struct call *c)
{
	int ip = args_int(c->args, "ip", 0, 100), rc;
	struct date on = args_date(c->args, "on");
	struct ip_capital capital;

	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = ip_capital(c->law, ip, on, &capital, c->err)) != TAPR_OK)
		return rc;
	result_rule(c->out, "ip-capital", "", on);
	result_number(c->out, capital.amount, 2);
	result_params(c->out, capital.law, CAPITAL_PARAMS);
	return TAPR_OK;
}

int
call_ip_annuity(struct call *c)
{
	int ip = args_int(c->args, "ip", 0, 100), rc;
	struct frac salary = args_number(c->args, "salary", 2);
	struct date on = args_date(c->args, "on");
	struct ip_annuity a;

	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = ip_annuity(c->law, ip, salary, on, &a, c->err)) != TAPR_OK)
		return rc;
	result_rule(c->out, "ip-annuity", "", on);
	result_number(c->out, a.amount, 2);
	result_extra_number(c->out, "reduced_rate", a.rate);
	result_extra_number(c->out, "salary_counted", a.salary.counted);
	result_params(c->out, a.law, ANNUITY_PARAMS);
	result_params(c->out, a.salary.law, SALARY_PARAMS);
	return TAPR_OK;
}

/* A number of persons or years; absent is none. */
static int
arg_count(struct call *c, const char *key, int most)
{
	return args_has(c->args, key) ? args_int(c->args, key, 0, most) : 0;
}

int
call_survivors(struct call *c)
{
	struct frac salary = args_number(c->args, "salary", 2);
	struct date on = args_date(c->args, "on");
	bool spouse = args_yes_or(c->args, "spouse", false);
	int age = spouse ? args_int(c->args, "spouse_age", 0, 130) :
	    arg_count(c, "spouse_age", 130);
	int orphans = arg_count(c, "orphans", 50);
	int ascendants = arg_count(c, "ascendants", 50);
	struct survivors s;
	int rc;

	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = survivors(c->law, salary, spouse, age, orphans, ascendants,
	    on, &s, c->err)) != TAPR_OK)
		return rc;
	result_rule(c->out, "survivors", "", on);
	result_number(c->out, s.amount, 2);
	result_extra_number(c->out, "spouse", s.spouse_amount);
	result_extra_number(c->out, "orphans", s.orphans_amount);
	result_extra_number(c->out, "ascendants", s.ascendants_amount);
	result_params(c->out, s.law, SURVIVORS_PARAMS);
	result_params(c->out, s.salary.law, SALARY_PARAMS);
	return TAPR_OK;
}

int
call_penalty(struct call *c)
{
	int year = args_int(c->args, "year", RATE_FIRST, YEAR_LAST);
	struct frac headcount = args_number(c->args, "headcount", 2);
	int counted = args_int(c->args, "counted", 0, 10000000), rc;
	struct notification_penalty p;

	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = notification_penalty(c->law, year, headcount, counted, &p,
	    c->err)) != TAPR_OK)
		return rc;
	result_rule(c->out, "notification-penalty", "",
	    (struct date){ (int16_t)year, 1, 1 });
	result_number(c->out, p.amount, 2);
	result_extra_text(c->out, "due", p.obliged ? "yes" : "no");
	result_params(c->out, p.law, (size_t)p.params);
	return TAPR_OK;
}

int
call_supplementary(struct call *c)
{
	struct frac base = args_number(c->args, "base_monthly", 2);
	struct date from = args_date(c->args, "from");
	struct date until = args_date(c->args, "until");
	struct frac percent = args_number(c->args, "percent", 2);
	struct supplementary_contribution s;
	int rc;

	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = supplementary_contribution(c->law, base, from, until,
	    percent, &s, c->err)) != TAPR_OK)
		return rc;
	result_rule(c->out, "supplementary", "", from);
	result_number(c->out, s.amount, 2);
	result_extra_number(c->out, "months", s.months);
	result_extra_number(c->out, "minimum", s.minimum);
	result_params(c->out, s.law, SUPPLEMENTARY_PARAMS);
	return TAPR_OK;
}

int
call_supplementary_percent(struct call *c)
{
	struct supplementary_history h = {
		.found = args_date(c->args, "found"),
		.decided = args_date(c->args, "decided"),
		.site = args_yes_or(c->args, "site", false),
		.repeated = args_yes_or(c->args, "repeated", false),
	};
	struct date on = args_date(c->args, "on");
	struct supplementary_percent p;
	int rc;

	h.deadline = h.repeated ? args_date_or_none(c->args, "deadline") :
	    args_date(c->args, "deadline");
	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = supplementary_percent(c->law, &h, on, &p, c->err)) !=
	    TAPR_OK)
		return rc;
	result_rule(c->out, "supplementary-percent", "", h.found);
	result_number(c->out, p.percent, 0);
	result_extra_date(c->out, "second_after", p.second);
	result_extra_date(c->out, "third_after", p.third);
	if (p.has_law)
		result_params(c->out, &p.law, 1);
	return TAPR_OK;
}

int
call_appeal_deadline(struct call *c)
{
	struct date available = args_date_or_none(c->args, "available");
	struct date consulted = args_date_or_none(c->args, "consulted");
	struct date post = args_date_or_none(c->args, "post");
	struct date on = args_date_or_none(c->args, "on");
	bool mentions = args_yes_or(c->args, "mentions", true);
	struct appeal a;
	int rc;

	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = appeal_deadline(c->law, available, consulted, post, mentions,
	    &a, c->err)) != TAPR_OK)
		return rc;
	result_rule(c->out, "appeal-deadline", "", a.notified_statute);
	if (!a.running) {
		result_word(c->out, "not_running");
		result_warning(c->out, "les voies et délais de recours ne "
		    "sont pas mentionnés : le délai ne court pas "
		    "(CSS art. R. 142-1-A III)");
		return TAPR_OK;
	}
	result_date(c->out, a.deadline);
	result_extra_date(c->out, "notified", a.notified_statute);
	result_extra_date(c->out, "deadline_statute", a.deadline_statute);
	result_extra_date(c->out, "deadline_arrete", a.deadline_arrete);
	if (date_is(on))
		result_extra_text(c->out, "open",
		    date_cmp(on, a.deadline) <= 0 ? "yes" : "no");
	if (date_cmp(a.deadline_statute, a.deadline_arrete) != 0)
		result_warning(c->out, "la loi et les arrêtés donnent deux "
		    "dates : la plus favorable à l'employeur est retenue "
		    "(lecture N-35)");
	return TAPR_OK;
}

int
call_claim_deadline(struct call *c)
{
	const char *kind = args_text(c->args, "kind");
	const char *step = args_text(c->args, "step");
	struct date received = args_date(c->args, "received");
	struct claim_deadline d;
	int rc;

	if ((rc = args_done(c->args)) != TAPR_OK ||
	    (rc = claim_deadline(c->law, kind, step, received, &d, c->err)) !=
	    TAPR_OK)
		return rc;
	result_rule(c->out, "claim-deadline", "", received);
	result_date(c->out, d.last_day);
	result_source(c->out, d.row);
	return TAPR_OK;
}
