/*
 * cost.c -- CSS art. D. 242-6-6 and D. 242-6-8.
 *
 *	IT1 < 4 days   IT2 4-15   IT3 16-45   IT4 46-90   IT5 91-150   IT6 > 150
 *	IP1 < 10 %     IP2 10-19  IP3 20-39   IP4 >= 40 % or death
 *
 * The bounds are parameters: each category is known by its lowest value.
 */
#include "tariff/cost.h"

#include <string.h>

#include "model/words.h"

int
cost_categories(const struct law *law, enum zone zone, bool ip,
    struct date on, struct categories *ret, struct err *err)
{
	struct categories c = {
		.rule = rule_at("cost-category", zone_words[zone], on),
		.n = ip ? 4 : 6, .first = ip ? COST_IP1 : COST_IT1,
	};
	int rc;

	if (c.rule == NULL)
		return err_set(err, TAPR_ELAW, "year",
		    "les coûts moyens n'existent pas avant 2012");
	for (int i = 0; i < c.n; i++) {
		if ((rc = param_need(law, "cost_category", LAW_KEYS(ip ? "ip" :
		    "it", category_words[c.first + (unsigned)i]), on,
		    &c.from[i], err)) != TAPR_OK)
			return rc;
		/* Days and percents are whole: so may be what they reach. */
		if (!frac_scaled(frac_round(c.from[i].exact, 0, ROUND_UP), 0,
		    &c.least[i]))
			return err_set(err, TAPR_ELAW, c.from[i].row->file,
			    "ligne %ld : la borne d'une catégorie est trop "
			    "grande", c.from[i].row->line);
	}
	*ret = c;
	return TAPR_OK;
}

enum cost_category
cost_category(const struct categories *c, int value)
{
	int i = c->n - 1;

	while (i > 0 && value < c->least[i])
		i--;
	return c->first + (unsigned)i;
}

/*
 * D. 242-6-6: in CTN B outside Alsace-Moselle, incapacities of 10 % and more
 * and deaths have one cost for each group of activities; D. 242-34 keeps the
 * four categories there.
 */
enum cost_category
cost_priced_as(enum zone zone, char ctn, enum cost_category category)
{
	if (zone == ZONE_GENERAL && ctn == 'B' && category >= COST_IP2 &&
	    category <= COST_IP4)
		return COST_IP2_IP4;
	return category;
}

enum btp_group
cost_group(const struct law *law, enum btp_group group,
    const char *risk_code, struct date on)
{
	const struct law_row *row;

	if (group != GROUP_NONE)
		return group;
	row = law_find(law, "btp_cost_groups", LAW_KEYS(risk_code), on);
	for (int i = 0; row != NULL && group_words[i] != NULL; i++)
		if (strcmp(row->value, group_words[i]) == 0)
			return (enum btp_group)(i + 1);
	return GROUP_NONE;
}

int
cost_average(const struct law *law, enum zone zone, char ctn,
    enum btp_group group, enum cost_category category, struct date on,
    struct param *ret, struct err *err)
{
	const char text[2] = { ctn, '\0' };
	bool grouped = category == COST_IP2_IP4;

	if (grouped && group == GROUP_NONE)
		return err_set(err, TAPR_EINVAL, "establishment.btp_group",
		    "dans le bâtiment et les travaux publics, une incapacité "
		    "d'au moins 10 %% ou un décès est chiffré par groupe "
		    "d'activités : indiquez gros_oeuvre, second_oeuvre ou "
		    "support");
	return param_need(law, "average_costs", LAW_KEYS(zone_words[zone], text,
	    grouped ? group_words[group - 1] : "", category_words[category]), on, ret, err);
}

bool
cost_abatement(const struct law *law, const char *risk_code, struct date on,
    struct param *ret, bool *ret_undated)
{
	const struct law_row *row = law_find(law, "abatements",
	    LAW_KEYS(risk_code), on);

	*ret_undated = row == NULL &&
	    law_known(law, "abatements", LAW_KEYS(risk_code));
	if (row == NULL)
		return false;
	*ret = (struct param){ row, "abatements", row->number };
	return true;
}
