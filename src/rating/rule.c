/*
 * rule.c -- `tapr rule`: each rule of the law, called by itself.
 *
 * The table below is the list that others rely on; its usage line is what
 * `tapr rule` prints.  The calls are in rule_mode.c, rule_rate.c and
 * rule_other.c; here are the arguments they share.
 */
#include <string.h>

#include "base/ids.h"
#include "model/words.h"
#include "rating/call.h"
#include "rating/rating.h"
#include "tariff/mode.h"

/* ---- arguments --------------------------------------------------------- */

enum zone
arg_zone(struct call *c)
{
	return args_word(c->args, "zone", zone_words) == 0 ? ZONE_GENERAL :
	    ZONE_ALSACE_MOSELLE;
}

bool
arg_btp(struct call *c, enum zone zone)
{
	return zone == ZONE_GENERAL ? args_yes_or(c->args, "btp", false) :
	    args_yes(c->args, "btp");
}

char
arg_ctn(struct call *c)
{
	static const char *const words[] = { "A", "B", "C", "D", "E", "F", "G",
		"H", "I", NULL };

	return words[args_word(c->args, "ctn", words)][0];
}

int
arg_year(struct call *c, int first, struct date *ret_on)
{
	int year = args_int(c->args, "year", first, YEAR_LAST);
	int rc;

	if (c->args->rc == TAPR_OK &&
	    (rc = tariff_day(c->law, year, ret_on, c->err)) != TAPR_OK)
		c->args->rc = rc;
	return year;
}

const char *
arg_code(struct call *c)
{
	const char *code = args_text(c->args, "risk_code");

	if (code == NULL || c->args->rc != TAPR_OK)
		return "";
	if (code_form(code) != CODE_FORM_OK)
		c->args->rc = err_set(c->err, TAPR_EINVAL, "risk_code",
		    "« %s » n'est pas un code risque : cinq caractères sans "
		    "point, comme 452BE", code);
	return code;
}

/* ---- the table ------------------------------------------------------------ */

static const struct callable {
	const char	*name, *usage;
	int		(*call)(struct call *c);
} callables[] = {
	{ "window", "year", call_window },
	{ "headcount", "year months=a,b,...", call_headcount },
	{ "mode", "year zone [btp] headcount | headcounts=2018:21.00,...",
	    call_mode },
	{ "mixed-fraction", "year zone [btp] headcount", call_mixed_fraction },
	{ "cost-category", "year ctn zone days | ip | death=yes",
	    call_cost_category },
	{ "average-cost", "year ctn zone category [group]",
	    call_average_cost },
	{ "abatement", "year risk_code", call_abatement },
	{ "net-rate", "year gross", call_net_rate },
	{ "minimum-rate", "year", call_minimum_rate },
	{ "mixed-rate", "year zone [btp] headcount individual collective "
	    "[rebate]", call_mixed_rate },
	{ "cap", "year zone previous computed", call_cap },
	{ "merged-previous", "rates=a,b,... payrolls=a,b,...",
	    call_merged_previous },
	{ "temp-work-share", "rate_year classified_year category role",
	    call_temp_work },
	{ "third-party", "cost share", call_third_party },
	{ "charge-year", "kind=it|ip|death [on] [declared] [ip_notified] "
	    "[death] [death_recognised]", call_charge_year },
	{ "new-establishment", "created year [single_rate]",
	    call_new_establishment },
	{ "takeover", "activity means staff_share [on]", call_takeover },
	{ "office-staff", "staff on", call_office_staff },
	{ "special-account", "case=1..5", call_special_account },
	{ "regime", "year regime gross", call_regime },
	{ "collective-rate", "year risk_code zone", call_collective_rate },
	{ "collective-gross", "year payroll benefits capitals annuities "
	    "deaths [recovered] [special]", call_collective_gross },
	{ "support-rate", "year ctn [zone]", call_support_rate },
	{ "rate-to-declare", "[year] risk_code zone pay_date",
	    call_rate_to_declare },
	{ "ip-capital", "ip on", call_ip_capital },
	{ "ip-annuity", "ip salary on", call_ip_annuity },
	{ "survivors", "salary [spouse] [spouse_age] [orphans] [ascendants] on",
	    call_survivors },
	{ "notification-penalty", "year headcount counted", call_penalty },
	{ "supplementary", "base_monthly from until percent",
	    call_supplementary },
	{ "supplementary-percent", "found decided deadline on [site] "
	    "[repeated]", call_supplementary_percent },
	{ "appeal-deadline", "available [consulted] | post [on] [mentions]",
	    call_appeal_deadline },
	{ "claim-deadline", "kind step received", call_claim_deadline },
};

static const struct callable *
find(const char *name)
{
	for (size_t i = 0; i < sizeof callables / sizeof callables[0]; i++)
		if (strcmp(callables[i].name, name) == 0)
			return &callables[i];
	return NULL;
}

int
rating_rule(const struct law *law, const char *name, const char *const *args,
    size_t n, enum format format, struct str *out, struct err *err)
{
	const struct callable *callable = find(name);
	struct result result;
	struct args a;
	struct call call = { law, &a, &result, err };
	int rc;

	if (callable == NULL)
		return err_set(err, TAPR_EUSAGE, name, "règle inconnue : "
		    "« tapr rule » sans nom donne la liste");
	result_start(&result, name);
	if ((rc = args_cut(&a, args, n, err)) == TAPR_OK)
		rc = callable->call(&call);
	if (rc == TAPR_OK)
		rc = result_check(&result, err);
	if (rc == TAPR_EUSAGE)
		return err_note(err, rc, "%s (%s)", name, callable->usage);
	if (rc != TAPR_OK)
		return err_note(err, rc, "%s", name);
	result_write(&result, &a, law, format, out);
	return TAPR_OK;
}

static const char *
usage_of(const char *name)
{
	const struct callable *c = find(name);

	return c == NULL ? NULL : c->usage;
}

static void
rules_json(struct str *out)
{
	char from[DATE_TEXT_MAX], to[DATE_TEXT_MAX];

	str_add(out, "{\"rules\": [");
	for (size_t i = 0; i < rule_count(); i++) {
		const struct rule *r = rule_get(i);

		str_add(out, i == 0 ? "\n" : ",\n");
		str_add(out, "{\"rule\": ");
		str_add_json(out, r->name);
		str_add(out, ", \"variant\": ");
		str_add_json(out, r->variant);
		str_add(out, ", \"label\": ");
		str_add_json(out, r->label);
		str_add(out, ", \"article\": ");
		str_add_json(out, r->article);
		str_printf(out, ", \"valid\": [\"%s\", ",
		    date_text(r->from, from));
		str_add_json(out, date_cmp(r->to, DATE_OPEN) == 0 ? NULL :
		    date_text(r->to, to));
		str_add(out, "], \"function\": ");
		str_add_json(out, r->function);
		str_add(out, ", \"reading\": ");
		str_add_json(out, r->reading);
		str_add(out, ", \"arguments\": ");
		str_add_json(out, usage_of(r->name));
		str_add_char(out, '}');
	}
	str_add(out, "\n]}\n");
}

void
rating_rules(struct str *out, enum format format)
{
	char from[DATE_TEXT_MAX], to[DATE_TEXT_MAX];
	const char *last = "";

	if (format == FORMAT_JSON) {
		rules_json(out);
		return;
	}
	for (size_t i = 0; i < rule_count(); i++) {
		const struct rule *r = rule_get(i);
		const char *usage = usage_of(r->name);

		if (strcmp(r->name, last) != 0) {
			str_printf(out, "\n%s", r->name);
			if (usage != NULL)
				str_printf(out, "  %s", usage);
			str_add_char(out, '\n');
		}
		last = r->name;
		str_printf(out, "  %s -> %s  %s%s%s ; %s\n",
		    date_text(r->from, from),
		    date_cmp(r->to, DATE_OPEN) == 0 ? "..........":
		    date_text(r->to, to), r->variant,
		    r->variant[0] == '\0' ? "" : " : ", r->label, r->article);
	}
}
