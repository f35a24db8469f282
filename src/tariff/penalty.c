/*
 * penalty.c -- see penalty.h.
 */
#include "tariff/penalty.h"

/* The bands of the two arrêtés, by their lowest headcount. */
static const struct { int from; const char *name; } bands[] = {
	{ 150, "150_and_more" }, { 20, "20_to_149" }, { 0, "under_20" },
};

static const char *
band_of(struct frac headcount)
{
	size_t i = 0;

	while (frac_cmp(headcount, frac_int(bands[i].from)) < 0)
		i++;
	return bands[i].name;
}

static struct frac
percent_of(struct frac percent, struct frac amount)
{

	return frac_mul(frac_div(percent, frac_int(100)), amount);
}

enum { OBLIGATION, UNIT_PERCENT, MONTHLY_PASS, MAXIMUM };

/*
 * CSS L. 242-5, al. 6
 *
 *	« une pénalité [...] dont le montant, qui peut être croissant en
 *	fonction de l'effectif de l'entreprise, est fixé par arrêté [...],
 *	dans la limite de 1,5 % du plafond mensuel de la sécurité sociale en
 *	vigueur, arrondi à l'euro supérieur, au titre de chaque personne
 *	comprise dans les effectifs [...] des établissements pour lesquels
 *	l'absence de réalisation de ces démarches est constatée.  Cette
 *	pénalité ne peut excéder, par entreprise, un montant annuel [...] de
 *	10 000 €. »
 *
 * The unit amount is rounded before it is multiplied, and the band is the one
 * of the firm, not of the establishments (docs/law-notes.md, N-37).
 */
int
notification_penalty(const struct law *law, int year, struct frac headcount,
    int counted, struct notification_penalty *ret, struct err *err)
{
	struct notification_penalty p = { .unit = frac_int(0),
	    .total = frac_int(0), .amount = frac_int(0), .params = 1 };
	struct date on;
	int rc;

	if (!date_valid(year, 1, 1))
		return err_set(err, TAPR_EINVAL, "year", "%d n'est pas une "
		    "année du calendrier ; donner une année de 1900 à 9999",
		    year);
	if (!frac_valid(headcount) || headcount.neg)
		return err_set(err, TAPR_EINVAL, "headcount", "l'effectif de "
		    "l'entreprise doit être positif ou nul");
	if (counted < 0)
		return err_set(err, TAPR_EINVAL, "counted", "%d n'est pas un "
		    "nombre de personnes ; donner l'effectif des "
		    "établissements sans compte", counted);
	on = (struct date){ (int16_t)year, 1, 1 };
	p.band = band_of(headcount);
	if ((rc = param_need(law, "notification_obligation", LAW_NO_KEYS, on,
	    &p.law[OBLIGATION], err)) != TAPR_OK)
		return rc;
	if (frac_cmp(headcount, p.law[OBLIGATION].exact) < 0) {
		*ret = p;
		return TAPR_OK;
	}

	p.obliged = true;
	p.params = PENALTY_PARAMS;
	if ((rc = param_need(law, "notification_penalty", LAW_KEYS(p.band),
	    on, &p.law[UNIT_PERCENT], err)) != TAPR_OK)
		return rc;
	if ((rc = param_need(law, "pass", LAW_KEYS("monthly"), on,
	    &p.law[MONTHLY_PASS], err)) != TAPR_OK)
		return rc;
	if ((rc = param_need(law, "notification_penalty", LAW_KEYS("maximum"),
	    on, &p.law[MAXIMUM], err)) != TAPR_OK)
		return rc;
	p.unit = frac_round(percent_of(p.law[UNIT_PERCENT].exact,
	    p.law[MONTHLY_PASS].exact), 0, ROUND_UP);
	p.total = frac_mul(p.unit, frac_int(counted));
	p.amount = frac_min(p.total, p.law[MAXIMUM].exact);
	*ret = p;
	return TAPR_OK;
}

/*
 * months_between(from, until): the months of [from, until), whole ones as one
 * and partial ones as the days that are in over the days of that month.
 */
static struct frac
months_between(struct date from, struct date until)
{
	struct frac months = frac_int(0);
	struct date day = from, next;

	while (date_cmp(day, until) < 0) {
		/* The first of the next month; the calendar may end first. */
		next = date_add_days(day, date_days_in_month(day.y, day.m) -
		    day.d + 1);
		if (!date_is(next) || date_cmp(until, next) < 0)
			next = until;
		months = frac_add(months, frac_ratio(date_to_days(next) -
		    date_to_days(day), date_days_in_month(day.y, day.m)));
		day = next;
	}
	return months;
}

enum { MINIMUM_PERCENT, MINIMUM_MONTHS, MINIMUM_AMOUNT };

static int
check_supplementary(struct frac base, struct date from, struct date until,
    struct err *err)
{
	char text[DATE_TEXT_MAX];

	if (!frac_valid(base) || base.neg)
		return err_set(err, TAPR_EINVAL, "base_monthly", "la "
		    "cotisation normale d'un mois doit être positive ou nulle "
		    "; donner une somme en euros");
	if (!date_is(from))
		return err_set(err, TAPR_EINVAL, "from", "la date du constat "
		    "manque ; la cotisation supplémentaire court de ce jour");
	if (!date_is(until) || date_cmp(until, DATE_OPEN) == 0)
		return err_set(err, TAPR_EINVAL, "until", "la date de fin "
		    "manque ; donner le premier jour où la cotisation "
		    "supplémentaire n'est plus due");
	if (date_cmp(until, from) <= 0)
		return err_set(err, TAPR_EINVAL, "until", "la période finit "
		    "avant le lendemain de son début, le %s ; until est le "
		    "premier jour où la cotisation supplémentaire n'est plus "
		    "due", date_text(from, text));
	return TAPR_OK;
}

/*
 * Arrêté of 9 December 2010, art. 8
 *
 *	« Cette cotisation supplémentaire est due à partir de la date à
 *	laquelle ont été constatés les risques exceptionnels [...]
 *	Cette cotisation supplémentaire est au moins égale à 25 % de la
 *	cotisation normale.  Toutefois, [...] le montant minimal de cette
 *	cotisation ne peut être inférieur au montant résultant de
 *	l'application d'une majoration de 25 % de la cotisation normale
 *	calculée sur une période de trois mois, sans pouvoir être inférieur au
 *	montant forfaitaire de 1 000 €. »
 *
 * and art. 16: it ends « à partir de la date d'exécution des mesures », so the
 * period is half-open.  How a part of a month counts is not written; by days
 * of that month (docs/law-notes.md, N-33).
 */
int
supplementary_contribution(const struct law *law, struct frac base_monthly,
    struct date from, struct date until, struct frac percent,
    struct supplementary_contribution *ret, struct err *err)
{
	static const char *const names[SUPPLEMENTARY_PARAMS] = {
		[MINIMUM_PERCENT] = "minimum_percent",
		[MINIMUM_MONTHS] = "minimum_months",
		[MINIMUM_AMOUNT] = "minimum_amount",
	};
	struct supplementary_contribution s;
	struct frac least;
	char text[32];
	int i, rc;

	if ((rc = check_supplementary(base_monthly, from, until, err)) !=
	    TAPR_OK)
		return rc;
	for (i = 0; i < SUPPLEMENTARY_PARAMS; i++)
		if ((rc = param_need(law, "supplementary", LAW_KEYS(names[i]),
		    from, &s.law[i], err)) != TAPR_OK)
			return rc;
	least = s.law[MINIMUM_PERCENT].exact;
	if (!frac_valid(percent) || frac_cmp(percent, least) < 0) {
		(void)frac_decimal(least, 0, ROUND_NONE, text, sizeof text);
		return err_set(err, TAPR_EINVAL, "percent", "une cotisation "
		    "supplémentaire ne peut être inférieure à %s %% de la "
		    "cotisation normale ; donner un pourcentage d'au moins %s",
		    text, text);
	}

	s.months = months_between(from, until);
	s.computed = frac_mul(percent_of(percent, base_monthly), s.months);
	s.minimum = frac_max(frac_mul(percent_of(least, base_monthly),
	    s.law[MINIMUM_MONTHS].exact), s.law[MINIMUM_AMOUNT].exact);
	s.amount = frac_max(s.computed, s.minimum);
	if (!frac_valid(s.amount))
		return err_set(err, TAPR_ERANGE, NULL, "la cotisation est trop "
		    "grande pour être calculée exactement ; vérifier "
		    "base_monthly");
	s.at_minimum = frac_cmp(s.computed, s.minimum) < 0;
	*ret = s;
	return TAPR_OK;
}

static int
check_history(const struct supplementary_history *h, int delay,
    struct err *err)
{
	if (date_cmp(h->decided, h->found) < 0)
		return err_set(err, TAPR_EINVAL, "decided", "la cotisation "
		    "est décidée avant le constat du risque ; vérifier les "
		    "deux dates");
	if (h->repeated)
		return TAPR_OK;
	if (date_cmp(h->deadline, h->decided) < 0)
		return err_set(err, TAPR_EINVAL, "deadline", "le délai finit "
		    "avant la décision qui le fixe");
	if (date_cmp(h->deadline, date_add_months(h->decided, delay)) > 0)
		return err_set(err, TAPR_EINVAL, "deadline", "le comité "
		    "technique régional ne peut donner plus de %d mois à "
		    "compter de la décision", delay);
	return TAPR_OK;
}

/*
 * Arrêté of 9 December 2010, art. 8 to 18; its twin for agriculture, the arrêté
 * of 3 February 2012 (art. 22), words it « son montant sera automatiquement
 * porté à 50 % de la cotisation normale » when the delay has run out, then
 * higher as long again « à dater de l'expiration du premier délai ».  Repeated
 * within three years: 50 % without injunction, then 200 %.
 */
int
supplementary_percent(const struct law *law,
    const struct supplementary_history *h, struct date on,
    struct supplementary_percent *ret, struct err *err)
{
	struct supplementary_percent p = { .percent = frac_int(0),
	    .second = h->deadline };
	const char *step = "minimum_percent";
	int delay = 0, rc;

	if ((rc = param_int(law, "supplementary", LAW_KEYS(h->site ?
	    "maximum_delay_site" : "maximum_delay"), h->found, &delay, err))
	    != TAPR_OK || (rc = check_history(h, delay, err)) != TAPR_OK)
		return rc;
	if (h->repeated)
		p.second = h->found;
	p.third = date_add_months(p.second, delay);
	if (date_cmp(on, h->found) < 0) {
		*ret = p;
		return TAPR_OK;
	}
	if (date_cmp(on, p.third) > 0)
		step = "third_percent";
	else if (h->repeated || date_cmp(on, p.second) > 0)
		step = "second_percent";
	if ((rc = param_need(law, "supplementary", LAW_KEYS(step), h->found,
	    &p.law, err)) != TAPR_OK)
		return rc;
	p.has_law = true;
	p.percent = p.law.exact;
	*ret = p;
	return TAPR_OK;
}
