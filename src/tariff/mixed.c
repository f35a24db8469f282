/*
 * mixed.c -- CSS art. D. 242-6-13 and D. 242-37.
 *
 *	1996	(E - 9) / 191		10 to 199 employees
 *	2012	(E - 19) / 131		20 to 149
 *	2018	« 0,9/130 × (E-20) + 0,1 »	20 to 149
 *	Alsace-Moselle, 2012	(0,075 E - 1,25) / 10	50 to 149
 *	  and BTP there		(0,075 E + 2,5) / 25	50 to 299
 *
 * 0,9/130 has no finite decimal form, hence fractions.  At E = 20 the 2018
 * form is exactly 1/10; at the upper threshold every form since 2012 is 1,
 * so nobody meets a step on becoming individual.
 */
#include "tariff/mixed.h"

#include "model/words.h"
#include "tariff/mode.h"

struct form {
	enum rule_form	 form;
	const char	*formula;
	const char	*coefficient[FRACTION_PARAMS];
	int		 n;
};

static const struct form forms[] = {
	{ FRACTION_SHIFT, "(headcount - shift) / divisor",
	    { "shift", "divisor" }, 2 },
	{ FRACTION_FLOOR, "factor / divisor * (headcount - shift) + floor",
	    { "factor", "divisor", "shift", "floor" }, 4 },
	{ FRACTION_SLOPE, "(slope * headcount + offset) / divisor",
	    { "slope", "offset", "divisor" }, 3 },
};

static const struct form *
form_of(enum rule_form form)
{
	size_t i = 0;

	while (forms[i].form != form)
		i++;
	return &forms[i];
}

/* Every form is a line: slope * headcount + offset. */
static void
straighten(struct fraction_answer *f)
{
	const struct param *p = f->param;

	switch (f->rule->form) {
	case FRACTION_SHIFT:
		f->slope = frac_div(frac_int(1), p[1].exact);
		f->offset = frac_div(frac_sub(frac_int(0), p[0].exact),
		    p[1].exact);
		break;
	case FRACTION_FLOOR:
		f->slope = frac_div(p[0].exact, p[1].exact);
		f->offset = frac_sub(p[3].exact, frac_mul(f->slope,
		    p[2].exact));
		break;
	default:
		f->slope = frac_div(p[0].exact, p[2].exact);
		f->offset = frac_div(p[1].exact, p[2].exact);
		break;
	}
}

static int
in_band(const struct law *law, enum zone zone, bool btp, struct date on,
    struct frac e, struct err *err)
{
	struct mode_answer m;
	char text[32], lower[32], upper[32];
	int rc;

	if ((rc = mode_of_one(law, zone, btp, on, e, &m, err)) != TAPR_OK)
		return rc;
	if (m.mode == MODE_MIXED)
		return TAPR_OK;
	frac_decimal(e, 2, ROUND_NONE, text, sizeof text);
	frac_decimal(m.lower.exact, 0, ROUND_NONE, lower, sizeof lower);
	frac_decimal(m.upper.exact, 0, ROUND_NONE, upper, sizeof upper);
	return err_set(err, TAPR_EINVAL, "headcount",
	    "l'effectif %s est hors du mode mixte (au moins %s, moins de %s) : "
	    "il n'y a pas de fraction", text, lower, upper);
}

int
mixed_form(const struct law *law, enum zone zone, bool btp, struct date on,
    struct fraction_answer *ret, struct err *err)
{
	const char *z = zone_words[zone], *b = btp ? "yes" : "no";
	const struct rule *rule = rule_at("mixed-fraction", z, on);
	const struct form *form = form_of(rule->form);
	int rc;

	*ret = (struct fraction_answer){ .rule = rule,
	    .formula = form->formula, .params = form->n };
	for (int i = 0; i < form->n; i++) {
		ret->name[i] = form->coefficient[i];
		if ((rc = param_need(law, "mixed_fraction",
		    LAW_KEYS(z, b, form->coefficient[i]), on, &ret->param[i],
		    err)) != TAPR_OK)
			return rc;
	}
	straighten(ret);
	return TAPR_OK;
}

void
mixed_weight(struct fraction_answer *f, struct frac headcount)
{
	f->fraction = frac_add(frac_mul(f->slope, headcount), f->offset);
}

int
mixed_fraction(const struct law *law, enum zone zone, bool btp,
    struct date on, struct frac headcount, struct fraction_answer *ret,
    struct err *err)
{
	int rc;

	if ((rc = in_band(law, zone, btp, on, headcount, err)) != TAPR_OK ||
	    (rc = mixed_form(law, zone, btp, on, ret, err)) != TAPR_OK)
		return rc;
	mixed_weight(ret, headcount);
	return TAPR_OK;
}

struct frac
mixed_rate(struct frac fraction, struct frac individual,
    struct frac collective, struct frac rebate)
{
	struct frac one = frac_int(1);

	return frac_add(frac_mul(fraction, individual),
	    frac_mul(frac_mul(frac_sub(one, fraction), collective),
	    frac_sub(one, rebate)));
}
