/*
 * benefits.c -- see benefits.h.
 *
 * Each rule has a table of the parameters it needs and an enum of the same
 * order, so that a formula names a parameter and an answer lists them all.
 */
#include <stdio.h>

#include "tariff/benefits.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

struct need { const char *param, *key; };

/*
 * take(law, needs, n, on, ret, err): the ${n} parameters of ${needs} on a day.
 */
static int
take(const struct law *law, const struct need *needs, size_t n,
    struct date on, struct param *ret, struct err *err)
{
	size_t i;
	int rc;

	for (i = 0; i < n; i++)
		if ((rc = param_need(law, needs[i].param,
		    LAW_KEYS(needs[i].key), on, &ret[i], err)) != TAPR_OK)
			return rc;
	return TAPR_OK;
}

static struct frac
percent(struct frac f)
{

	return frac_div(f, frac_int(100));
}

static int
check_amount(const char *name, struct frac amount, struct err *err)
{

	if (!frac_valid(amount) || amount.neg)
		return err_set(err, TAPR_EINVAL, name, "le montant doit être "
		    "positif ou nul ; donner une somme en euros");
	return TAPR_OK;
}

static int
check_result(struct frac amount, struct err *err)
{

	if (!frac_valid(amount))
		return err_set(err, TAPR_ERANGE, NULL, "le montant est trop "
		    "grand pour être calculé exactement ; vérifier le salaire");
	return TAPR_OK;
}

enum { SCALE, BOUND };

/*
 * CSS L. 434-1, al. 1 and 2
 *
 *	« Une indemnité en capital est attribuée à la victime d'un accident du
 *	travail atteinte d'une incapacité permanente inférieure à un
 *	pourcentage déterminé.
 *	Son montant est fonction du taux d'incapacité de la victime et
 *	déterminé par un barème forfaitaire fixé par décret »
 *
 * The percentage is 10 (R. 434-1), the scale that of D. 434-1.  Gaps of the
 * scale stay gaps: docs/law-notes.md, N-38.
 */
int
ip_capital(const struct law *law, int ip, struct date on,
    struct ip_capital *ret, struct err *err)
{
	struct ip_capital c;
	char key[16], least[16];
	bool degree;
	int rc;

	if (ip < 1)
		return err_set(err, TAPR_EINVAL, "ip", "une incapacité de "
		    "%d %% ne donne pas de capital ; donner un taux entier "
		    "d'au moins 1", ip);
	(void)snprintf(key, sizeof key, "%d", ip);
	/* Of two gaps, that of a degree of the scale is the one to name. */
	degree = law_known(law, "capital_ip", LAW_KEYS(key));
	if (degree && (rc = param_need(law, "capital_ip", LAW_KEYS(key), on,
	    &c.law[SCALE], err)) != TAPR_OK)
		return rc;
	if ((rc = param_need(law, "annuity", LAW_KEYS("smallest_ip"), on,
	    &c.law[BOUND], err)) != TAPR_OK)
		return rc;
	if (frac_cmp(frac_int(ip), c.law[BOUND].exact) >= 0) {
		(void)frac_decimal(c.law[BOUND].exact, 0, ROUND_NONE, least,
		    sizeof least);
		return err_set(err, TAPR_EINVAL, "ip", "une incapacité de "
		    "%d %% donne une rente et non un capital : à partir de "
		    "%s %%, demander ip-annuity", ip, least);
	}
	if (!degree)		/* says so */
		return param_need(law, "capital_ip", LAW_KEYS(key), on,
		    &c.law[SCALE], err);
	c.amount = c.law[SCALE].exact;
	*ret = c;
	return TAPR_OK;
}

enum { MINIMUM, FULL, ABOVE, CEILING };

static const struct need salary_needs[SALARY_PARAMS] = {
	[MINIMUM] = { "minimum_annual_salary", NULL },
	[FULL] = { "annuity", "full_salary" },
	[ABOVE] = { "annuity", "counted_above" },
	[CEILING] = { "annuity", "salary_ceiling" },
};

/*
 * CSS L. 434-16, al. 1
 *
 *	« La rente due aux ayants droit de la victime d'un accident mortel ou
 *	à la victime d'un accident ayant occasionné une réduction de capacité
 *	égale ou supérieure à un taux minimum ne peut être calculée sur un
 *	salaire annuel inférieur à un minimum »
 *
 * CSS R. 434-28
 *
 *	« Le salaire annuel [...] n'entre intégralement en compte pour le
 *	calcul de la rente que s'il ne dépasse pas le double de ce salaire
 *	minimum.  S'il le dépasse, l'excédent n'est compté que pour un tiers.
 *	Toutefois, il n'est pas tenu compte de la fraction excédant huit fois
 *	le montant du salaire minimum. »
 *
 * With m the minimum and s the salary, at least m and at most 8 m:
 * min(s, 2 m) + max(s - 2 m, 0) / 3.  At 8 m this is 4 m.
 *
 * For survivors too: al. 2 of L. 434-16 says that where L. 434-7 and what
 * follows set an annuity on the annual salary, « le salaire annuel est le
 * salaire réduit, le cas échéant, par application de l'alinéa suivant ».
 * Alternative: al. 3 and R. 434-28 say « lorsqu'il s'agit de la victime de
 * l'accident »; read as "not for survivors", it would count all the salary.
 */
static int
count_salary(const struct law *law, struct frac salary, struct date on,
    struct counted_salary *ret, struct err *err)
{
	struct frac minimum, twice, zero = frac_int(0);
	int rc;

	if ((rc = check_amount("salary", salary, err)) != TAPR_OK)
		return rc;
	if ((rc = take(law, salary_needs, COUNT(salary_needs), on, ret->law,
	    err)) != TAPR_OK)
		return rc;
	minimum = ret->law[MINIMUM].exact;
	twice = frac_mul(minimum, ret->law[FULL].exact);
	ret->base = frac_max(salary, minimum);
	ret->full = frac_min(ret->base, twice);
	ret->above = frac_max(frac_sub(frac_min(ret->base,
	    frac_mul(minimum, ret->law[CEILING].exact)), twice), zero);
	ret->counted = frac_add(ret->full, frac_mul(ret->above,
	    ret->law[ABOVE].exact));
	return TAPR_OK;
}

enum { SMALLEST, BEND, LOW, HIGH };

static const struct need annuity_needs[ANNUITY_PARAMS] = {
	[SMALLEST] = { "annuity", "smallest_ip" },
	[BEND] = { "annuity", "bend" },
	[LOW] = { "annuity", "low_factor" },
	[HIGH] = { "annuity", "high_factor" },
};

/*
 * CSS R. 434-2
 *
 *	« La rente à laquelle a droit la victime [...] est égale au salaire
 *	annuel multiplié par le taux d'incapacité préalablement réduit de
 *	moitié pour la partie de ce taux qui ne dépasse pas 50 % et augmenté
 *	de la moitié pour la partie qui excède 50 %. »
 *
 * So 0.5 t up to 50, and 25 + 1.5 (t - 50) above: 100 % pays 100 %.
 */
int
ip_annuity(const struct law *law, int ip, struct frac salary, struct date on,
    struct ip_annuity *ret, struct err *err)
{
	struct ip_annuity a;
	struct frac t = frac_int(ip), bend;
	char least[16];
	int rc;

	if ((rc = take(law, annuity_needs, COUNT(annuity_needs), on, a.law,
	    err)) != TAPR_OK)
		return rc;
	if (ip > 100 || frac_cmp(t, a.law[SMALLEST].exact) < 0) {
		(void)frac_decimal(a.law[SMALLEST].exact, 0, ROUND_NONE,
		    least, sizeof least);
		return err_set(err, TAPR_EINVAL, "ip", "une incapacité de "
		    "%d %% ne donne pas de rente ; donner un taux entier de "
		    "%s à 100, ou demander ip-capital", ip, least);
	}
	if ((rc = count_salary(law, salary, on, &a.salary, err)) != TAPR_OK)
		return rc;

	bend = a.law[BEND].exact;
	a.low = frac_mul(frac_min(t, bend), a.law[LOW].exact);
	a.high = frac_mul(frac_max(frac_sub(t, bend), frac_int(0)),
	    a.law[HIGH].exact);
	a.rate = frac_add(a.low, a.high);
	a.amount = frac_mul(a.salary.counted, percent(a.rate));
	if ((rc = check_result(a.amount, err)) != TAPR_OK)
		return rc;
	*ret = a;
	return TAPR_OK;
}

enum { SPOUSE, SPOUSE_OLD, SPOUSE_AGE, ORPHAN_FIRST, ORPHAN_FIRST_COUNT,
    ORPHAN_NEXT, ASCENDANT, ASCENDANTS_MAXIMUM, SURVIVORS_MAXIMUM };

static const struct need survivors_needs[SURVIVORS_PARAMS] = {
	[SPOUSE] = { "survivors", "spouse" },
	[SPOUSE_OLD] = { "survivors", "spouse_old" },
	[SPOUSE_AGE] = { "survivors", "spouse_age" },
	[ORPHAN_FIRST] = { "survivors", "orphan_first" },
	[ORPHAN_FIRST_COUNT] = { "survivors", "orphan_first_count" },
	[ORPHAN_NEXT] = { "survivors", "orphan_next" },
	[ASCENDANT] = { "survivors", "ascendant" },
	[ASCENDANTS_MAXIMUM] = { "survivors", "ascendants_maximum" },
	[SURVIVORS_MAXIMUM] = { "survivors", "maximum" },
};

/*
 * CSS R. 434-10: 40 % of the salary for the spouse, and a complement of 20 %
 * from 55 years of age, « L'âge minimum que doit avoir ce dernier est de
 * cinquante-cinq ans » (or an incapacity for work of 50 %, not known here).
 */
static struct frac
spouse_fraction(const struct param *law, int age)
{
	struct frac f = law[SPOUSE].exact;

	if (frac_cmp(frac_int(age), law[SPOUSE_AGE].exact) >= 0)
		f = frac_add(f, law[SPOUSE_OLD].exact);
	return f;
}

/*
 * CSS R. 434-15: « pour chaque orphelin de père ou de mère remplissant les
 * conditions requises, à 25 % dans la limite de deux orphelins et à 20 %
 * au-delà de deux ».
 */
static struct frac
orphans_fraction(const struct param *law, int orphans)
{
	struct frac n = frac_int(orphans), first;

	first = frac_min(n, law[ORPHAN_FIRST_COUNT].exact);
	return frac_add(frac_mul(first, law[ORPHAN_FIRST].exact),
	    frac_mul(frac_sub(n, first), law[ORPHAN_NEXT].exact));
}

/*
 * CSS R. 434-16: 10 % for each, and L. 434-14: « Si cette quotité est dépassée,
 * la rente de chacun des ascendants sera réduite proportionnellement. »  Equal
 * shares reduced in proportion are the quota, 30 %, divided by their number.
 */
static struct frac
ascendants_fraction(const struct param *law, int ascendants)
{

	return frac_min(frac_mul(frac_int(ascendants), law[ASCENDANT].exact),
	    law[ASCENDANTS_MAXIMUM].exact);
}

static int
check_count(const char *name, int n, struct err *err)
{

	if (n < 0)
		return err_set(err, TAPR_EINVAL, name, "%d n'est pas un nombre "
		    "de personnes ni un âge ; donner un entier positif ou nul",
		    n);
	return TAPR_OK;
}

/*
 * CSS L. 434-14, for all survivors together
 *
 *	« Si leur total dépasse cette quotité, les rentes revenant à chaque
 *	catégorie d'ayants droit feront l'objet d'une réduction
 *	proportionnelle. »
 *
 * The quota is 85 % (R. 434-16).  The ascendants enter the total after their
 * own reduction, in the order of the article.
 */
int
survivors(const struct law *law, struct frac salary, bool spouse,
    int spouse_age, int orphans, int ascendants, struct date on,
    struct survivors *ret, struct err *err)
{
	struct survivors s;
	struct frac unit;
	int rc;

	if (spouse && (rc = check_count("spouse_age", spouse_age, err)) !=
	    TAPR_OK)
		return rc;
	if ((rc = check_count("orphans", orphans, err)) != TAPR_OK)
		return rc;
	if ((rc = check_count("ascendants", ascendants, err)) != TAPR_OK)
		return rc;
	if ((rc = take(law, survivors_needs, COUNT(survivors_needs), on,
	    s.law, err)) != TAPR_OK)
		return rc;
	if ((rc = count_salary(law, salary, on, &s.salary, err)) != TAPR_OK)
		return rc;

	s.spouse = spouse ? spouse_fraction(s.law, spouse_age) : frac_int(0);
	s.orphans = orphans_fraction(s.law, orphans);
	s.ascendants = ascendants_fraction(s.law, ascendants);
	s.total = frac_add(frac_add(s.spouse, s.orphans), s.ascendants);
	s.reduction = frac_int(1);
	if (frac_cmp(s.total, s.law[SURVIVORS_MAXIMUM].exact) > 0)
		s.reduction = frac_div(s.law[SURVIVORS_MAXIMUM].exact, s.total);

	unit = frac_mul(s.salary.counted, s.reduction);
	s.spouse_amount = frac_mul(unit, s.spouse);
	s.orphans_amount = frac_mul(unit, s.orphans);
	s.ascendants_amount = frac_mul(unit, s.ascendants);
	s.amount = frac_mul(unit, s.total);
	if ((rc = check_result(s.amount, err)) != TAPR_OK)
		return rc;
	*ret = s;
	return TAPR_OK;
}

enum { DIVISOR, WAGE_CEILING, ANNUAL_PASS, FRACTION, LATER, LATER_FROM };

static const struct need daily_needs[DAILY_PARAMS] = {
	[DIVISOR] = { "daily_benefit", "monthly_divisor" },
	[WAGE_CEILING] = { "daily_benefit", "wage_ceiling" },
	[ANNUAL_PASS] = { "pass", "annual" },
	[FRACTION] = { "daily_benefit", "fraction" },
	[LATER] = { "daily_benefit", "later_fraction" },
	[LATER_FROM] = { "daily_benefit", "later_from" },
};

/*
 * CSS R. 433-4: the daily wage is « 1/30,42 du montant de la paye du mois
 * civil antérieur »; R. 433-2 and L. 433-2: it counts up to 0,834 % of the
 * annual ceiling of social security; R. 433-1: 60 % of it; R. 433-3: 80 %
 * « à partir du vingt-neuvième jour après celui de l'arrêt de travail ».
 * R. 433-4, last al.
 *
 *	« L'indemnité journalière calculée à partir de ce salaire journalier
 *	ne peut dépasser le montant du gain journalier net perçu par la
 *	victime »
 *
 * so the ceiling bears on the wage, and the net wage on the benefit.
 */
int
daily_benefit(const struct law *law, struct frac monthly_wage,
    struct frac net_daily_wage, int day, struct date on,
    struct daily_benefit *ret, struct err *err)
{
	struct daily_benefit b;
	int rc;

	if ((rc = check_amount("monthly_wage", monthly_wage, err)) != TAPR_OK)
		return rc;
	if ((rc = check_amount("net_daily_wage", net_daily_wage, err)) !=
	    TAPR_OK)
		return rc;
	if (day < 1)
		return err_set(err, TAPR_EINVAL, "day", "le jour %d de l'arrêt "
		    "n'est pas indemnisé : le jour 1 est le lendemain de "
		    "l'arrêt de travail", day);
	if ((rc = take(law, daily_needs, COUNT(daily_needs), on, b.law,
	    err)) != TAPR_OK)
		return rc;

	b.wage = frac_div(monthly_wage, b.law[DIVISOR].exact);
	b.ceiling = frac_mul(percent(b.law[WAGE_CEILING].exact),
	    b.law[ANNUAL_PASS].exact);
	b.base = frac_min(b.wage, b.ceiling);
	b.fraction = frac_cmp(frac_int(day), b.law[LATER_FROM].exact) >= 0 ?
	    b.law[LATER].exact : b.law[FRACTION].exact;
	b.before_cap = frac_mul(b.base, b.fraction);
	b.amount = frac_min(b.before_cap, net_daily_wage);
	if ((rc = check_result(b.amount, err)) != TAPR_OK)
		return rc;
	b.capped = frac_cmp(net_daily_wage, b.before_cap) < 0;
	*ret = b;
	return TAPR_OK;
}
