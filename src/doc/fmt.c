/*
 * fmt.c -- see fmt.h.
 *
 * Three subjects, in this order: figures, words, formulas.
 *
 * A formula is printed twice.  Once with the names of its operands, which
 * come from where each operand comes from (a fact, a parameter, a step) and
 * only failing that from its identifier; once with their figures.  Both
 * walks are the same scanner over the formula; what differs is what is
 * written for an identifier.
 */
#include "doc/fmt.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "law/law.h"

#define NBSP "\u00a0"
#define THIN "\u202f"		/* narrow, no-break */
#define MINUS "\u2212"

enum {
	PLACES_MAX = 6,		/* the most that frac_round takes */
	DECIMAL_TEXT_MAX = 1 + 39 + 1 + PLACES_MAX + 1,
	SHORT_FRACTION = 15,	/* characters, in a formula: 70933/130000 */
	EXACT_FRACTION = 41,	/* on a line of its own */
	LONG_SUM = 12,		/* operands of a sum that is told, not spelt */
};

static const char not_computable[] = "non calculable";

/* Figures. ----------------------------------------------------------------- */

static bool
is_whole(struct frac a)
{
	return a.den.hi == 0 && a.den.lo == 1;
}

/* "-1234567.50" as it reads in French. */
static void
add_decimal(struct str *out, const char *text)
{
	size_t digits;

	if (*text == '-') {
		str_add(out, MINUS);
		text++;
	}
	digits = strcspn(text, ".");
	for (size_t i = 0; i < digits; i++) {
		if (i > 0 && (digits - i) % 3 == 0)
			str_add(out, THIN);
		str_add_char(out, text[i]);
	}
	if (text[digits] == '.') {
		str_add_char(out, ',');
		str_add(out, text + digits + 1);
	}
}

void
fmt_number(struct str *out, struct frac a, int decimals)
{
	char text[DECIMAL_TEXT_MAX];

	assert(decimals >= 0 && decimals <= PLACES_MAX);
	if (!frac_valid(a) || frac_decimal(a, decimals, ROUND_HALF_UP, text,
	    sizeof text) == 0)
		str_add(out, not_computable);
	else
		add_decimal(out, text);
}

int
fmt_places(struct frac a, int least, int most)
{
	assert(least >= 0 && least <= most && most <= PLACES_MAX);
	if (!frac_valid(a))
		return -1;
	if (is_whole(a))
		return least;
	for (int d = least; d <= most; d++) {
		struct frac r = frac_round(a, d, ROUND_HALF_UP);

		if (frac_valid(r) && frac_cmp(r, a) == 0)
			return d;
	}
	return -1;
}

void
fmt_eur(struct str *out, struct frac a)
{
	fmt_number(out, a, 2);
	if (frac_valid(a))
		str_add(out, NBSP "€");
}

void
fmt_percent(struct str *out, struct frac a, int decimals)
{
	fmt_number(out, a, decimals);
	if (frac_valid(a))
		str_add(out, NBSP "%");
}

/* In French the plural begins at two: « 1,99 point ». */
static bool
is_plural(struct frac a)
{
	a.neg = false;
	return frac_cmp(a, frac_int(2)) >= 0;
}

void
fmt_points(struct str *out, struct frac a, int decimals)
{
	struct frac r;

	if (!frac_valid(a)) {
		str_add(out, not_computable);
		return;
	}
	r = frac_round(a, decimals, ROUND_HALF_UP);
	if (frac_valid(r))
		a = r;
	if (!a.neg && !frac_is_zero(a))
		str_add_char(out, '+');
	fmt_number(out, a, decimals);
	str_add(out, is_plural(a) ? NBSP "points" : NBSP "point");
}

/* ${text} is ${a} as a ratio; true when a formula has room for it. */
static bool
is_short(struct frac a, char text[FRAC_TEXT_MAX])
{
	return frac_text(a, text) <= SHORT_FRACTION;
}

static void
add_ratio(struct str *out, const char *text)
{
	if (*text == '-') {
		str_add(out, MINUS);
		text++;
	}
	str_add(out, text);
}

void
fmt_ratio(struct str *out, struct frac a)
{
	char text[FRAC_TEXT_MAX];

	if (!frac_valid(a))
		str_add(out, not_computable);
	else {
		frac_text(a, text);
		add_ratio(out, text);
	}
}

void
fmt_fraction(struct str *out, struct frac a)
{
	char text[FRAC_TEXT_MAX];
	int places;

	if (!frac_valid(a) || is_whole(a)) {
		fmt_number(out, a, 0);
		return;
	}
	places = fmt_places(a, 1, 4);
	if (is_short(a, text)) {
		add_ratio(out, text);
		str_add(out, places < 0 ? " ≈" NBSP : " =" NBSP);
	} else if (places < 0)
		str_add(out, "≈" NBSP);
	fmt_number(out, a, places < 0 ? 4 : places);
}

void
fmt_share(struct str *out, struct frac a)
{
	struct frac percent = frac_mul(a, frac_int(100));
	int places = fmt_places(percent, 0, 2);
	char text[FRAC_TEXT_MAX];

	if (places >= 0)
		fmt_percent(out, percent, places);
	else if (frac_valid(a) && is_short(a, text))
		add_ratio(out, text);
	else {
		str_add(out, "≈" NBSP);
		fmt_percent(out, percent, 4);
	}
}

static void
add_persons(struct str *out, struct frac a)
{
	int places = fmt_places(a, 0, 2);

	if (frac_valid(a) && places < 0)
		str_add(out, "≈" NBSP);
	fmt_number(out, a, places < 0 ? 2 : places == 1 ? 2 : places);
	if (frac_valid(a))
		str_add(out, is_plural(a) ? NBSP "personnes" :
		    NBSP "personne");
}

static bool
prints_rounded(struct frac a, enum unit unit)
{
	char text[FRAC_TEXT_MAX];

	if (!frac_valid(a) || is_whole(a))
		return false;
	switch (unit) {
	case UNIT_EUR:
	case UNIT_PERSONS:
		return fmt_places(a, 2, 2) < 0;
	case UNIT_PERCENT:
		return fmt_places(a, 2, PLACES_MAX) < 0;
	case UNIT_NUMBER:
	case UNIT_WORD:
		break;
	}
	return !is_short(a, text) && fmt_places(a, 1, 4) < 0;
}

void
fmt_result(struct str *out, struct frac a, enum unit unit)
{
	int places;

	switch (unit) {
	case UNIT_EUR:
		if (frac_valid(a) && fmt_places(a, 2, 2) < 0)
			str_add(out, "≈" NBSP);
		fmt_eur(out, a);
		break;
	case UNIT_PERCENT:
		places = fmt_places(a, 2, PLACES_MAX);
		if (frac_valid(a) && places < 0)
			str_add(out, "≈" NBSP);
		fmt_percent(out, a, places < 0 ? PLACES_MAX : places);
		break;
	case UNIT_PERSONS:
		add_persons(out, a);
		break;
	case UNIT_NUMBER:
	case UNIT_WORD:
		fmt_fraction(out, a);
		break;
	}
}

/* Dates, numbers of establishments, words. --------------------------------- */

void
fmt_date(struct str *out, struct date d)
{
	static const char *const months[] = { "janvier", "février", "mars",
		"avril", "mai", "juin", "juillet", "août", "septembre",
		"octobre", "novembre", "décembre" };

	if (!date_is(d)) {
		str_add(out, "date inconnue");
		return;
	}
	assert(d.m >= 1 && d.m <= 12);
	if (d.d == 1)
		str_add(out, "1er");
	else
		str_printf(out, "%d", d.d);
	str_printf(out, NBSP "%s %d", months[d.m - 1], d.y);
}

void
fmt_siret(struct str *out, const char *siret)
{
	for (size_t i = 0; siret[i] != '\0'; i++) {
		if (i == 3 || i == 6 || i == 9)
			str_add(out, NBSP);
		str_add_char(out, siret[i]);
	}
}

const char *
fmt_mode(enum mode m)
{
	switch (m) {
	case MODE_COLLECTIVE:
		return "collectif";
	case MODE_MIXED:
		return "mixte";
	case MODE_INDIVIDUAL:
		return "individuel";
	case MODE_NONE:
		break;
	}
	return "sans objet";
}

const char *
fmt_zone(enum zone z)
{
	return z == ZONE_GENERAL ? "France hors Alsace-Moselle" :
	    "Alsace-Moselle";
}

const char *
fmt_section(enum section s)
{
	switch (s) {
	case SECTION_MAIN:
		return "activité principale";
	case SECTION_SUPPORT:
		return "fonctions support (bureaux)";
	case SECTION_HOME:
		return "travailleurs à domicile";
	}
	return "";
}

const char *
fmt_regime(enum regime r)
{
	switch (r) {
	case REGIME_ORDINARY:
		return "ordinaire";
	case REGIME_IEG:
		return "personnel statutaire des industries électriques et "
		    "gazières";
	case REGIME_SELF_MANAGEMENT:
		return "gestion partielle du risque par l'entreprise "
		    "(CSS art. L. 413-13)";
	case REGIME_DOCKER:
		return "dockers occasionnels";
	case REGIME_PUPIL:
		return "élèves et étudiants";
	case REGIME_VOLUNTARY:
		return "assurés volontaires (CSS art. L. 743-1)";
	}
	return "";
}

const char *
fmt_group(enum btp_group g)
{
	switch (g) {
	case GROUP_GROS_OEUVRE:
		return "gros œuvre";
	case GROUP_SECOND_OEUVRE:
		return "second œuvre";
	case GROUP_SUPPORT:
		return "fonctions support";
	case GROUP_NONE:
		break;
	}
	return "";
}

const char *
fmt_ctn(char ctn)
{
	static const char *const branch[] = {
		"métallurgie",
		"bâtiment et travaux publics",
		"transports, énergie, livre et communication",
		"services, commerces et industries de l'alimentation",
		"chimie, caoutchouc et plasturgie",
		"bois, papier, textile, cuir, pierres et terres à feu",
		"commerces non alimentaires",
		"activités de services I",
		"activités de services II et travail temporaire",
	};

	return ctn >= 'A' && ctn <= 'I' ? branch[ctn - 'A'] : "";
}

const char *
fmt_nature(enum claim_kind k)
{
	switch (k) {
	case CLAIM_ACCIDENT:
		return "accident";
	case CLAIM_DISEASE:
		return "maladie";
	case CLAIM_COMMUTING:
		return "trajet";
	}
	return "";
}

const char *
fmt_category(enum cost_category c)
{
	static const char *const name[] = { "IT1", "IT2", "IT3", "IT4", "IT5",
		"IT6", "IP1", "IP2", "IP3", "IP4", "IP2-IP4" };

	return (size_t)c < COST_CATEGORIES ? name[c] : "";
}

const char *
fmt_word(const char *word)
{
	static const char *const words[][2] = {
		{ "collective", "collectif" },
		{ "mixed", "mixte" },
		{ "individual", "individuel" },
		{ "yes", "oui" }, { "no", "non" },
		{ "none", "aucun" }, { "upper", "butoir haut" },
		{ "lower", "butoir bas" },
		{ "IP2_IP4", "IP2-IP4" },
	};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strcmp(word, words[i][0]) == 0)
			return words[i][1];
	return word;
}

const char *
fmt_rounding(enum rounding how)
{
	switch (how) {
	case ROUND_NONE:
		return "aucun";
	case ROUND_HALF_UP:
		return "au plus proche, la moitié vers le haut";
	case ROUND_DOWN:
		return "décimales suivantes abandonnées";
	case ROUND_UP:
		return "à l'unité supérieure";
	}
	return "";
}

/* What the blank at ${p} follows binds it: « art. », « L. », « n° ». */
static bool
binds(const char *text, const char *p)
{
	size_t n = (size_t)(p - text);

	if (n >= 2 && p[-1] == '.' && p[-2] >= 'A' && p[-2] <= 'Z')
		return n == 2 || p[-3] == ' ' || p[-3] == '(';
	return (n >= 4 && strncmp(p - 4, "art.", 4) == 0) ||
	    (n >= 3 && strncmp(p - 3, "n°", 3) == 0) ||
	    (n >= 2 && strncmp(p - 2, "«", 2) == 0);
}

void
fmt_prose(struct str *out, const char *text)
{
	for (const char *p = text; *p != '\0'; p++) {
		const char *next = p + 1;

		if (*p != ' ')
			str_add_char(out, *p);
		else if (*next == ';' || *next == '!' || *next == '?')
			str_add(out, THIN);
		else if (*next == ':' || *next == '%' ||
		    strncmp(next, "»", 2) == 0 ||
		    strncmp(next, "€", 3) == 0 || binds(text, p))
			str_add(out, NBSP);
		else
			str_add_char(out, ' ');
	}
}

/*
 * The code points that a terminal or a browser obeys instead of showing: C0,
 * DEL, C1, and the embeddings, overrides and isolates of direction.
 */
static size_t
obeyed(const unsigned char *p)
{
	if (p[0] < 0x20 || p[0] == 0x7f)
		return 1;
	if (p[0] == 0xc2 && p[1] >= 0x80 && p[1] <= 0x9f)
		return 2;
	if (p[0] == 0xe2 && p[1] == 0x80 && p[2] >= 0xaa && p[2] <= 0xae)
		return 3;
	if (p[0] == 0xe2 && p[1] == 0x81 && p[2] >= 0xa6 && p[2] <= 0xa9)
		return 3;
	return 0;
}

static void
add_clean(struct str *out, const char *text, size_t n)
{
	const unsigned char *p = (const unsigned char *)text, *end = p + n;

	while (p < end) {
		size_t bad = obeyed(p);

		if (bad == 0)
			str_add_char(out, (char)*p++);
		else {
			str_add(out, "\ufffd");
			p += bad;
		}
	}
}

void
fmt_clean(struct str *out, const char *text)
{
	add_clean(out, text, strlen(text));
}

/* Where an operand comes from. --------------------------------------------- */

/* The part of ${s} after ${prefix}, NULL if it does not begin so. */
static const char *
after(const char *s, const char *prefix)
{
	size_t n = strlen(prefix);

	return strncmp(s, prefix, n) == 0 ? s + n : NULL;
}

static const char *
last_part(const char *path)
{
	const char *dot = strrchr(path, '.');

	return dot == NULL ? path : dot + 1;
}

size_t
fmt_find_step(struct fmt_trace *t, const char *id, size_t n)
{
	size_t steps = t->trace->steps;

	for (size_t i = 0; i < steps; i++) {
		size_t at = (t->near + i) % steps;
		const char *have = t->trace->step[at].id;

		if (strncmp(have, id, n) == 0 && have[n] == '\0') {
			t->near = at;	/* asked again, then the next */
			return at + 1;
		}
	}
	return 0;
}

bool
fmt_is_given(const struct operand *op)
{
	return after(op->from, "fact:given.") != NULL ||
	    (op->row != NULL && op->row->added);
}

/* What a figure counts: enum unit, and what only operands are. */
enum counts { COUNTS_NUMBER, COUNTS_EUR, COUNTS_PERCENT, COUNTS_POINTS,
	COUNTS_PERSONS, COUNTS_DAYS, COUNTS_YEAR };

struct meaning {
	const char	*key;
	enum counts	 counts;
};

static enum counts
look_up(const struct meaning *m, size_t n, const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(m[i].key, key) == 0)
			return m[i].counts;
	return COUNTS_NUMBER;
}

static enum counts
counts_of_fact(const char *path)
{
	static const struct meaning last[] = {
		{ "rate", COUNTS_PERCENT }, { "payroll", COUNTS_EUR },
		{ "collective_rate", COUNTS_PERCENT },
		{ "ip_rate", COUNTS_PERCENT },
		{ "percent", COUNTS_PERCENT },
		{ "stoppage_days", COUNTS_DAYS }, { "year", COUNTS_YEAR },
		{ "created", COUNTS_YEAR }, { "declared", COUNTS_YEAR },
	};

	if (after(path, "payroll.") || after(path, "given.average_costs.") ||
	    after(path, "given.real_costs."))
		return COUNTS_EUR;
	if (after(path, "headcounts."))
		return COUNTS_PERSONS;
	if (after(path, "given.majorations."))
		return COUNTS_PERCENT;
	return look_up(last, sizeof last / sizeof last[0], last_part(path));
}

static enum counts
counts_of(struct fmt_trace *t, const struct operand *op)
{
	static const struct meaning units[] = {
		{ "EUR", COUNTS_EUR }, { "percent", COUNTS_PERCENT },
		{ "points", COUNTS_POINTS }, { "persons", COUNTS_PERSONS },
		{ "days", COUNTS_DAYS }, { "year", COUNTS_YEAR },
	};
	static const enum counts of_unit[] = {
		[UNIT_NUMBER] = COUNTS_NUMBER, [UNIT_EUR] = COUNTS_EUR,
		[UNIT_PERCENT] = COUNTS_PERCENT,
		[UNIT_PERSONS] = COUNTS_PERSONS,
		[UNIT_WORD] = COUNTS_NUMBER,
	};
	const char *rest;
	size_t step;

	if (op->row != NULL)
		return look_up(units, sizeof units / sizeof units[0],
		    op->row->unit);
	if ((rest = after(op->from, "fact:")) != NULL)
		return counts_of_fact(rest);
	if ((rest = after(op->from, "step:")) != NULL &&
	    (step = fmt_find_step(t, rest, strlen(rest))) != 0)
		return of_unit[t->trace->step[step - 1].unit];
	return COUNTS_NUMBER;
}

/*
 * As many decimals as it takes; of a rate two as soon as there is one, and
 * always when it was computed: « 58 » as published, « 2,00 ».
 */
static int
figure_places(const struct operand *op, enum counts counts)
{
	bool rate = counts == COUNTS_PERCENT || counts == COUNTS_POINTS;

	if (is_whole(op->exact))
		return rate && after(op->from, "step:") != NULL ? 2 : 0;
	return fmt_places(op->exact, counts == COUNTS_NUMBER ? 1 : 2,
	    PLACES_MAX);
}

/*
 * A figure as it stands in a formula.  Percentages stand bare, since the
 * formulas of the law reckon with the number before the sign.
 */
static void
add_figure(struct str *out, const struct operand *op, enum counts counts)
{
	int places = figure_places(op, counts);
	struct frac a = op->exact;
	char text[FRAC_TEXT_MAX];

	if (!frac_valid(a))
		str_add(out, not_computable);
	else if (counts == COUNTS_YEAR) {
		frac_text(a, text);
		str_add(out, text);
	} else if (counts == COUNTS_EUR) {
		fmt_number(out, a, places <= 0 ? (places == 0 ? 2 : 6) :
		    places);
		str_add(out, NBSP "€");
	} else if (places < 0 && counts == COUNTS_NUMBER && is_short(a, text))
		add_ratio(out, text);
	else
		fmt_number(out, a, places < 0 ? PLACES_MAX : places);
}

/* 7/13 under a bar would be read from the left; a minus sign after another. */
static bool
needs_parentheses(struct frac a, enum counts counts, bool after_bar)
{
	return frac_valid(a) && (a.neg || (after_bar &&
	    counts == COUNTS_NUMBER && !is_whole(a)));
}

static const enum unit unit_of[] = {
	[COUNTS_NUMBER] = UNIT_NUMBER, [COUNTS_EUR] = UNIT_EUR,
	[COUNTS_PERCENT] = UNIT_PERCENT, [COUNTS_POINTS] = UNIT_NUMBER,
	[COUNTS_PERSONS] = UNIT_PERSONS,
	[COUNTS_DAYS] = UNIT_NUMBER, [COUNTS_YEAR] = UNIT_NUMBER,
};

void
fmt_operand_equals(struct str *out, struct fmt_trace *t,
    const struct operand *op)
{
	str_add(out, prints_rounded(op->exact, unit_of[counts_of(t, op)]) ?
	    " " : " = ");
	fmt_operand_value(out, t, op);
}

static void
add_counted(struct str *out, const struct operand *op, enum counts counts,
    const char *what)
{
	add_figure(out, op, counts);
	if (frac_valid(op->exact))
		str_printf(out, NBSP "%s%s", what, is_plural(op->exact) ? "s" :
		    "");
}

void
fmt_operand_value(struct str *out, struct fmt_trace *t,
    const struct operand *op)
{
	enum counts counts = counts_of(t, op);
	int places = figure_places(op, counts);

	switch (counts) {
	case COUNTS_EUR:
		fmt_result(out, op->exact, UNIT_EUR);
		break;
	case COUNTS_PERCENT:
		if (places == 0)
			fmt_percent(out, op->exact, 0);
		else
			fmt_result(out, op->exact, UNIT_PERCENT);
		break;
	case COUNTS_PERSONS:
		add_persons(out, op->exact);
		break;
	case COUNTS_POINTS:
		add_counted(out, op, counts, "point");
		break;
	case COUNTS_DAYS:
		add_counted(out, op, counts, "jour");
		break;
	case COUNTS_YEAR:
		add_figure(out, op, counts);
		break;
	case COUNTS_NUMBER:
		if (places >= 0)
			fmt_number(out, op->exact, places);
		else
			fmt_fraction(out, op->exact);
		break;
	}
}

/* Names of operands. ------------------------------------------------------- */

struct word { const char *key, *name; };

static const char *
find_word(const struct word *w, size_t n, const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(w[i].key, key) == 0)
			return w[i].name;
	return NULL;
}

/* Ids of steps and identifiers, which the rules name alike. */
static const char *
name_of_id(const char *id)
{
	static const struct word words[] = {
		{ "headcount", "effectif" },
		{ "E", "effectif" },
		{ "mode", "mode" },
		{ "lower_reached", "seuil mixte atteint" },
		{ "upper_reached", "seuil individuel atteint" },
		{ "risk_value", "valeur du risque" },
		{ "payroll", "masse salariale" },
		{ "gross", "taux brut" },
		{ "minimum", "taux minimum" },
		{ "individual", "taux net individuel" },
		{ "net", "taux net individuel" },
		{ "fraction", "fraction" },
		{ "collective", "taux collectif" },
		{ "mixed", "taux mixte" },
		{ "previous", "taux précédent" },
		{ "computed", "taux calculé" },
		{ "cap_lower", "butoir bas" },
		{ "cap_upper", "butoir haut" },
		{ "cap_previous", "taux de départ" },
		{ "cap_above", "dépassement du seuil" },
		{ "docker_ceiling", "taux plafonné" },
		{ "voluntary", "taux réduit" },
		{ "capped", "taux après butoirs" },
		{ "notified", "taux final" },
		{ "rebate", "taux après ristourne" },
		{ "cost", "coût moyen" },
		{ "abatement", "abattement" },
		{ "third_party", "part du tiers" },
		{ "third_party_share", "part du tiers" },
		{ "days", "jours d'arrêt" },
		{ "ip", "taux d'incapacité" },
		{ "threshold", "seuil" },
		{ "lower", "seuil bas" },
		{ "upper", "seuil haut" },
	};

	return find_word(words, sizeof words / sizeof words[0], id);
}

/* What the last part of the address of a parameter says. */
static const char *
name_of_param(const char *param, const char *key)
{
	static const struct word cap[] = {
		{ "threshold", "seuil" },
		{ "up_factor", "coefficient de hausse" },
		{ "down_factor", "coefficient de baisse" },
		{ "up_points", "hausse permise" },
		{ "down_points", "baisse permise" },
	};
	static const struct word mixed[] = {
		{ "shift", "décalage" }, { "divisor", "diviseur" },
		{ "factor", "facteur" }, { "floor", "plancher" },
		{ "slope", "pente" }, { "offset", "constante" },
	};
	static const struct word temp[] = {
		{ "user_share_serious", "part de l'utilisatrice" },
		{ "user_share_all", "part de l'utilisatrice" },
	};
	static const struct word regime[] = {
		{ "docker_ceiling", "plafond" },
		{ "voluntary_factor", "part comptée" },
	};
	static const struct word mode[] = {
		{ "lower", "seuil du taux mixte" },
		{ "upper", "seuil du taux individuel" },
	};
	static const struct word whole[] = {
		{ "abatements", "abattement" },
		{ "collective_rates", "taux collectif publié" },
		{ "support_rates", "taux collectif publié" },
		{ "always_collective", "présence dans la liste" },
		{ "new_establishment", "nombre d'années" },
	};
	const char *name = NULL;

	if (strcmp(param, "cap") == 0)
		name = find_word(cap, sizeof cap / sizeof cap[0], key);
	else if (strcmp(param, "mixed_fraction") == 0)
		name = find_word(mixed, sizeof mixed / sizeof mixed[0], key);
	else if (strcmp(param, "mode_threshold") == 0)
		name = find_word(mode, sizeof mode / sizeof mode[0], key);
	else if (strcmp(param, "regime_factor") == 0)
		name = find_word(regime, sizeof regime / sizeof regime[0],
		    key);
	else if (strcmp(param, "temp_work") == 0)
		name = find_word(temp, sizeof temp / sizeof temp[0], key);
	return name != NULL ? name :
	    find_word(whole, sizeof whole / sizeof whole[0], param);
}

static bool
add_param_name(struct str *out, const char *path)
{
	const char *key = last_part(path), *name;
	char param[64];
	size_t n = strcspn(path, ".");

	if (n >= sizeof param)
		return false;
	memcpy(param, path, n);
	param[n] = '\0';
	if (strcmp(param, "majorations") == 0)
		str_add(out, key);
	else if (strcmp(param, "majoration_share") == 0)
		str_printf(out, "part comptée de %s", key);
	else if (strcmp(param, "average_costs") == 0)
		str_printf(out, "coût moyen %s", fmt_word(key));
	else if (strcmp(param, "cost_category") == 0)
		str_printf(out, "début de %s", fmt_word(key));
	else if ((name = name_of_param(param, key)) != NULL ||
	    (name = name_of_id(key)) != NULL)
		str_add(out, name);
	else
		return false;
	return true;
}

/* A step of a claim, "A1.it", with its ref: a sum names many. */
static bool
add_claim_step_name(struct str *out, const char *path)
{
	const char *dot = strrchr(path, '.');

	if (dot == NULL || dot == path)
		return false;
	if (strcmp(dot, ".category") == 0) {
		str_add(out, "catégorie");
		return true;
	}
	if (strcmp(dot, ".it") == 0)
		str_add(out, "IT de ");
	else if (strcmp(dot, ".ip") == 0)
		str_add(out, "IP de ");
	else
		return false;
	add_clean(out, path, (size_t)(dot - path));
	return true;
}

/* A fact of a claim stands in the steps of that claim: without its ref. */
static bool
add_claim_fact_name(struct str *out, const char *path)
{
	static const struct word words[] = {
		{ "stoppage_days", "jours d'arrêt" },
		{ "ip_rate", "taux d'incapacité" },
		{ "third_party_share", "part du tiers" },
		{ "care", "soins ou arrêt" },
	};
	const char *name = find_word(words, sizeof words / sizeof words[0],
	    last_part(path));

	if (name != NULL)
		str_add(out, name);
	return name != NULL;
}

/* "0.rate" is the rate of the first of the firm's establishments. */
static void
add_member_name(struct str *out, const char *path)
{
	unsigned long n = 0;

	for (const char *p = path; *p >= '0' && *p <= '9' && n < 100000; p++)
		n = n * 10 + (unsigned long)(*p - '0');
	str_printf(out, "%s de l'établissement %lu",
	    strcmp(last_part(path), "rate") == 0 ? "taux" : "masse salariale",
	    n + 1);
}

static bool
add_fact_name(struct str *out, const char *path)
{
	static const struct word dated[] = {
		{ "payroll.", "masse salariale" },
		{ "headcounts.", "effectif" },
		{ "given.average_costs.", "coût moyen" },
		{ "given.real_costs.", "coûts réels" },
	};
	static const struct word words[] = {
		{ "previous.rate", "taux précédent" },
		{ "given.collective_rate", "taux collectif fourni" },
		{ "given.abatement", "abattement" },
		{ "rebate", "ristourne" },
		{ "year", "année du taux" },
		{ "establishment.created", "année de création" },
		{ "establishment.section", "section" },
		{ "establishment.regime", "régime" },
	};
	const char *rest, *name;

	for (size_t i = 0; i < sizeof dated / sizeof dated[0]; i++)
		if ((rest = after(path, dated[i].key)) != NULL) {
			str_printf(out, "%s %s", dated[i].name,
			    fmt_word(rest));
			return true;
		}
	if ((rest = after(path, "given.majorations.")) != NULL)
		fmt_clean(out, rest);
	else if ((rest = after(path, "claims.")) != NULL)
		return add_claim_fact_name(out, rest);
	else if ((rest = after(path, "single_rate.members.")) != NULL)
		add_member_name(out, rest);
	else if ((name = find_word(words, sizeof words / sizeof words[0],
	    path)) != NULL)
		str_add(out, name);
	else
		return false;
	return true;
}

void
fmt_operand_name(struct str *out, struct fmt_trace *t,
    const struct operand *op)
{
	const char *rest, *name;

	(void)t;
	if ((rest = after(op->from, "step:")) != NULL) {
		if ((name = name_of_id(rest)) != NULL) {
			str_add(out, name);
			return;
		}
		if ((rest = after(rest, "claim.")) != NULL &&
		    add_claim_step_name(out, rest))
			return;
	} else if ((rest = after(op->from, "param:")) != NULL) {
		if (add_param_name(out, rest))
			return;
	} else if ((rest = after(op->from, "fact:")) != NULL) {
		if (add_fact_name(out, rest))
			return;
	}
	if ((name = name_of_id(op->name)) != NULL)
		str_add(out, name);
	else
		for (const char *p = op->name; *p != '\0'; p++)
			str_add_char(out, *p == '_' ? ' ' : *p);
}

/* Formulas. ---------------------------------------------------------------- */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* The bytes of the identifier at ${p}: a dot joins what it stands between. */
static size_t
identifier(const char *p)
{
	size_t n = 0;

	if (!is_letter(p[0]))
		return 0;
	while (is_letter(p[n]) || is_digit(p[n]) || (p[n] == '.' &&
	    (is_letter(p[n + 1]) || is_digit(p[n + 1]))))
		n++;
	return n;
}

struct scan {
	struct str		*out;
	struct fmt_trace	*trace;
	const struct step	*step;
	bool			 figures;	/* else names */
	bool			 operand_due;	/* a minus here is a sign */
	bool			 after_bar;	/* of a division */
	size_t			 near;	/* operands mostly come in order */
};

static const struct operand *
find_operand(struct scan *c, const char *name, size_t n)
{
	const struct step *s = c->step;

	for (size_t i = 0; i < s->operands; i++) {
		size_t at = (c->near + i) % s->operands;

		if (strncmp(s->operand[at].name, name, n) == 0 &&
		    s->operand[at].name[n] == '\0') {
			c->near = at;
			return &s->operand[at];
		}
	}
	return NULL;
}

static void
scan_identifier(struct scan *c, const char *p, size_t n)
{
	const struct operand *op = find_operand(c, p, n);
	bool min = n == 3 && strncmp(p, "min", n) == 0;
	bool max = n == 3 && strncmp(p, "max", n) == 0;

	c->operand_due = false;
	if (op == NULL && (min || max)) {
		if (c->figures)
			str_add_n(c->out, p, n);
		else
			str_add(c->out, min ? "le plus petit de" NBSP :
			    "le plus grand de" NBSP);
	} else if (op == NULL)
		str_add_n(c->out, p, n);
	else if (!c->figures)
		fmt_operand_name(c->out, c->trace, op);
	else {
		enum counts counts = counts_of(c->trace, op);
		bool shut = needs_parentheses(op->exact, counts,
		    c->after_bar);

		str_add(c->out, shut ? "(" : "");
		add_figure(c->out, op, counts);
		str_add(c->out, shut ? ")" : "");
	}
}

static size_t
scan_number(struct scan *c, const char *p)
{
	size_t n = 0;
	char text[32];

	while (is_digit(p[n]))
		n++;
	c->operand_due = false;
	if (n >= sizeof text) {
		str_add_n(c->out, p, n);
		return n;
	}
	memcpy(text, p, n);
	text[n] = '\0';
	add_decimal(c->out, text);
	return n;
}

/* Signs of two characters come first. */
static const struct { const char *sign, *print; bool operand_due; } signs[] = {
	{ "<=", " ≤ ", true }, { ">=", " ≥ ", true }, { "==", " = ", true },
	{ "<", " < ", true }, { ">", " > ", true }, { "+", " + ", true },
	{ "-", " " MINUS " ", true }, { "*", " × ", true },
	{ "/", " / ", true }, { ",", THIN "; ", true },
	{ "(", "(", true }, { ")", ")", false },
};

static size_t
scan_sign(struct scan *c, const char *p)
{
	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
		size_t n = strlen(signs[i].sign);

		if (strncmp(p, signs[i].sign, n) != 0)
			continue;
		str_add(c->out, *p == '-' && c->operand_due ? MINUS :
		    signs[i].print);
		c->operand_due = signs[i].operand_due;
		c->after_bar = *p == '/';
		return n;
	}
	str_add_char(c->out, *p);
	return 1;
}

static void
scan_formula(struct scan *c)
{
	const char *p = c->step->formula;
	size_t n;

	c->operand_due = true;
	while (*p != '\0') {
		if (*p == ' ')
			n = 1;
		else if ((n = identifier(p)) > 0)
			scan_identifier(c, p, n);
		else if (is_digit(*p))
			n = scan_number(c, p);
		else
			n = scan_sign(c, p);
		p += n;
	}
}

/* A sum of so many terms that their names would say nothing. */
static bool
is_long_sum(const struct step *s)
{
	return s->operands > LONG_SUM && strpbrk(s->formula, "-*/(<>=") == NULL;
}

void
fmt_formula(struct str *out, struct fmt_trace *t, const struct step *s)
{
	struct scan c = { .out = out, .trace = t, .step = s };

	if (is_long_sum(s))
		str_printf(out, "somme de %zu montants", s->operands);
	else
		scan_formula(&c);
}

bool
fmt_shows_exact(const struct step *s)
{
	char text[FRAC_TEXT_MAX];

	return (s->unit == UNIT_EUR || s->unit == UNIT_PERCENT) &&
	    s->rounding == ROUND_NONE && prints_rounded(s->result, s->unit) &&
	    frac_text(s->result, text) <= EXACT_FRACTION;
}

bool
fmt_is_copy(const struct step *s)
{
	size_t n = identifier(s->formula);

	return n > 0 && s->formula[n] == '\0' && s->rounding == ROUND_NONE;
}

void
fmt_substituted(struct str *out, struct fmt_trace *t, const struct step *s)
{
	struct scan c = { .out = out, .trace = t, .step = s, .figures = true };

	scan_formula(&c);
}

/* A comparison and nothing else: its result is true or false. */
static bool
is_yes_no(const struct step *s)
{
	return s->unit == UNIT_NUMBER && strpbrk(s->formula, "<>=") != NULL &&
	    is_whole(s->result) && frac_cmp(s->result, frac_int(1)) <= 0 &&
	    !s->result.neg;
}

void
fmt_equals(struct str *out, const struct step *s)
{
	if (s->rounding != ROUND_NONE) {
		str_printf(out, ", arrondi à %d décimale%s (", s->decimals,
		    s->decimals > 1 ? "s" : "");
		str_add(out, fmt_rounding(s->rounding));
		str_add(out, ") = ");
		if (s->unit == UNIT_PERCENT)
			fmt_percent(out, s->result, s->decimals);
		else
			fmt_result(out, s->result, s->unit);
	} else if (s->unit == UNIT_WORD && s->word != NULL) {
		str_add(out, prints_rounded(s->result, s->unit) ? " " : " = ");
		fmt_result(out, s->result, s->unit);
		str_add(out, ", soit ");
		fmt_clean(out, fmt_word(s->word));
	} else if (is_yes_no(s)) {
		str_add(out, frac_is_zero(s->result) ? " = 0 (" : " = 1 (");
		fmt_clean(out, s->word != NULL ? fmt_word(s->word) :
		    frac_is_zero(s->result) ? "non" : "oui");
		str_add_char(out, ')');
	} else {
		str_add(out, prints_rounded(s->result, s->unit) ? " " : " = ");
		fmt_result(out, s->result, s->unit);
	}
}

void
fmt_step_name(struct str *out, const struct step *s)
{
	const char *name = name_of_id(s->id), *claim;

	if (name != NULL)
		str_add(out, name);
	else if ((claim = after(s->id, "claim.")) == NULL ||
	    !add_claim_step_name(out, claim))
		str_add(out, "résultat");
}

const char *
fmt_address(const struct operand *op)
{
	const char *colon = strchr(op->from, ':');

	return colon == NULL ? op->from : colon + 1;
}

/* The law behind a trace. -------------------------------------------------- */

size_t
fmt_source(const struct fmt_sources *src, const struct operand *op)
{
	if (op->row == NULL)
		return 0;
	for (size_t i = 0; i < src->n; i++)
		if (src->use[i]->row == op->row)
			return i + 1;
	return 0;
}

void
fmt_sources_of(struct fmt_sources *ret, const struct trace *trace)
{
	ret->n = 0;
	for (size_t i = 0; i < trace->steps; i++) {
		const struct step *s = &trace->step[i];

		for (size_t j = 0; j < s->operands; j++) {
			const struct operand *op = &s->operand[j];

			if (op->row != NULL && ret->n < FMT_SOURCES_MAX &&
			    fmt_source(ret, op) == 0)
				ret->use[ret->n++] = op;
		}
	}
}

void
fmt_law_row(struct str *out, const struct law_row *row)
{
	if (row->text != NULL && *row->text != '\0') {
		fmt_clean(out, row->text);
		str_add(out, ". ");
	}
	if (date_is(row->from)) {
		str_add(out, "En vigueur depuis le ");
		fmt_date(out, row->from);
		if (date_is(row->to) && date_cmp(row->to, DATE_OPEN) != 0) {
			str_add(out, ", jusqu'au ");
			fmt_date(out, date_add_days(row->to, -1));
		}
		str_add(out, ". ");
	}
	if (row->source != NULL && *row->source != '\0') {
		fmt_prose(out, "Source : ");
		fmt_clean(out, row->source);
	}
	if (row->checked_on != NULL && *row->checked_on != '\0') {
		struct date d;

		fmt_prose(out, " ; vérifié le ");
		if (date_parse(row->checked_on, strlen(row->checked_on), &d))
			fmt_date(out, d);
		else
			fmt_clean(out, row->checked_on);
	}
}

void
fmt_law_address(struct str *out, const char *param, const struct law_row *row)
{
	fmt_clean(out, param);
	for (size_t i = 0; i < LAW_KEYS_MAX; i++)
		if (row->key[i] != NULL && *row->key[i] != '\0') {
			str_add(out, ", ");
			fmt_clean(out, row->key[i]);
		}
}

/* What both forms of a sheet say. ------------------------------------------ */

const char fmt_not_a_decision[] =
    "Calcul indicatif : ce document n'est pas une décision et ne vaut pas "
    "notification.";

const char fmt_claims_note[] =
    "Une ligne dit la référence du sinistre, sa nature, l'année où il compte, "
    "sa catégorie de coût et son montant, rien d'autre. Le numéro de tableau "
    "d'une maladie professionnelle n'y figure jamais : il dirait de quoi "
    "souffre la personne (CNIL, délibération n° 93-039).";

const char fmt_sources_note[] =
    "Chaque valeur de la loi qui entre dans le calcul, avec son texte et sa "
    "période. Le nom d'une source renvoie à la liste law/SOURCES.md du "
    "programme.";

const struct fmt_term fmt_glossary[FMT_GLOSSARY] = {
	{ "Taux brut",
	    "Ce que les accidents et maladies de l'établissement ont coûté, "
	    "pour 100 € de salaires, sur les années de référence." },
	{ "Majorations (M1 à M4)",
	    "Quatre ajouts, les mêmes pour toute la France, fixés chaque "
	    "année : M1 pour les accidents de trajet, M2 (un pourcentage) pour "
	    "les frais de gestion, M3 et M4 pour les charges communes à toutes "
	    "les entreprises." },
	{ "Taux net",
	    "Le taux brut augmenté des majorations : (brut + M1) × (1 + M2) + "
	    "M3 + M4." },
	{ "Écrêtement (butoirs)",
	    "Les limites, en plus et en moins, que le taux ne peut dépasser "
	    "d'une année à l'autre." },
	{ "Catégorie de coût",
	    "La case où un sinistre est rangé selon sa gravité. IT, incapacité "
	    "temporaire : IT1 à IT6 selon la durée de l'arrêt de travail. IP, "
	    "incapacité permanente : IP1 à IP4 selon son taux, ou le décès. "
	    "Chaque case a un coût moyen, le même pour tous dans la branche : "
	    "ce n'est pas la dépense réelle." },
};

const struct fmt_term fmt_notice[FMT_NOTICES] = {
	{ "Ce que ce document est",
	    "Le calcul du taux par un programme, d'après les données fournies "
	    "et les paramètres publiés. Il est entièrement automatique et sa "
	    "seule finalité est de calculer ce taux et de le montrer. Ce n'est "
	    "pas une décision : seule la notification de la caisse (Carsat, "
	    "Cramif ou CGSS) fixe le taux à déclarer, et elle est prise par "
	    "une personne." },
	{ "Contester le taux notifié",
	    "Dans les deux mois de la notification, devant la cour d'appel "
	    "d'Amiens, par assignation ; on peut aussi, sans y être obligé, "
	    "s'adresser d'abord à la caisse dans le même délai. Passé ce "
	    "délai, le taux est définitif." },
	{ "Contester une ligne du compte",
	    "L'imputation d'un sinistre au compte de l'employeur peut être "
	    "contestée séparément, même plus tard. La reconnaissance d'un "
	    "accident ou d'une maladie, le taux d'incapacité et la durée des "
	    "arrêts se contestent auprès de la caisse primaire." },
	{ "Connaître les règles appliquées",
	    "Quand une décision est fondée sur un traitement algorithmique, la "
	    "caisse doit communiquer, si on le lui demande, ses règles et "
	    "leurs principales caractéristiques (CRPA art. L. 311-3-1 et "
	    "R. 311-3-1-1). Sans réponse dans le mois, on peut saisir la CADA "
	    "dans les deux mois qui suivent." },
	{ "Accéder à ses données et les rectifier",
	    "Les personnes dont les données servent au calcul peuvent en "
	    "demander l'accès et la rectification à qui les détient "
	    "(RGPD art. 15 et 16)." },
};

/* The threshold of a mode as the trace has it, or NULL. */
static const struct operand *
mode_threshold(const struct trace *trace, const char *bound)
{
	for (size_t i = 0; i < trace->steps; i++)
		for (size_t j = 0; j < trace->step[i].operands; j++) {
			const struct operand *op = &trace->step[i].operand[j];

			if (after(op->from, "param:mode_threshold.") != NULL &&
			    strcmp(last_part(op->from), bound) == 0)
				return op;
		}
	return NULL;
}

static void
add_threshold(struct str *out, const struct operand *op)
{
	int places = fmt_places(op->exact, 0, 2);

	fmt_number(out, op->exact, places < 0 ? 2 : places);
	str_add(out, NBSP "salariés");
}

static void
add_headcount(struct str *out, const struct answer *ans)
{
	if (!ans->headcount.known)
		return;
	fmt_prose(out, " L'effectif retenu pour l'entreprise est de ");
	add_persons(out, ans->headcount.exact);
	str_add(out, ".");
}

void
fmt_mode_why(struct str *out, const struct answer *ans)
{
	const struct operand *lower = mode_threshold(&ans->trace, "lower");
	const struct operand *upper = mode_threshold(&ans->trace, "upper");

	switch (ans->mode) {
	case MODE_COLLECTIVE:
		fmt_prose(out, "Le taux est collectif : il est fixé chaque "
		    "année pour toute l'activité et ne dépend pas des "
		    "accidents de l'établissement.");
		break;
	case MODE_MIXED:
		fmt_prose(out, "Le taux est mixte : une part vient des "
		    "accidents et maladies de l'établissement, le reste du "
		    "taux collectif de son activité. Plus l'entreprise est "
		    "grande, plus la première pèse.");
		break;
	case MODE_INDIVIDUAL:
		fmt_prose(out, "Le taux est individuel : il vient tout entier "
		    "des accidents et maladies de l'établissement, parce que "
		    "l'entreprise est grande.");
		break;
	case MODE_NONE:
		break;
	}
	add_headcount(out, ans);
	if (ans->mode == MODE_COLLECTIVE && lower != NULL) {
		fmt_prose(out, " Le taux mixte commence à ");
		add_threshold(out, lower);
		str_add(out, ".");
	} else if (lower != NULL && upper != NULL) {
		fmt_prose(out, " Le taux mixte va de ");
		add_threshold(out, lower);
		fmt_prose(out, " à moins de ");
		add_threshold(out, upper);
		fmt_prose(out, " ; en dessous le taux est collectif, au-dessus "
		    "individuel.");
	}
	if (ans->facts->section != SECTION_MAIN) {
		fmt_prose(out, " Section de l'établissement : ");
		str_add(out, fmt_section(ans->facts->section));
		str_add(out, ".");
	}
	if (ans->facts->has_single_rate)
		fmt_prose(out, " L'entreprise a un taux unique pour ses "
		    "établissements de même activité.");
}

static struct quantity
if_other(struct frac before, struct frac rate)
{
	bool other = frac_valid(before) && frac_valid(rate) &&
	    frac_cmp(before, rate) != 0;

	return (struct quantity){ other, rate };
}

struct quantity
fmt_reduced(const struct answer *ans)
{
	struct quantity q = ans->mixed.known ? ans->mixed :
	    ans->individual.known ? ans->individual : ans->collective;

	return if_other(q.known ? q.exact : frac_invalid(), ans->computed);
}

struct quantity
fmt_ceiled(const struct answer *ans)
{
	return if_other(ans->capped, ans->notified);
}

void
fmt_cap_why(struct str *out, const struct answer *ans)
{
	const struct cap *cap = &ans->cap;

	if (!cap->known) {
		fmt_prose(out, ans->mode == MODE_COLLECTIVE ?
		    "Les butoirs ne s'appliquent pas à ce taux collectif." :
		    "Aucun butoir ne s'applique : il part d'un taux précédent "
		    "mixte ou individuel, et il n'y en a pas.");
		return;
	}
	fmt_prose(out, "D'une année à l'autre le taux ne peut ni trop monter "
	    "ni trop baisser. À partir du taux précédent, ");
	fmt_result(out, cap->previous, UNIT_PERCENT);
	fmt_prose(out, ", il doit rester entre ");
	fmt_result(out, cap->lower, UNIT_PERCENT);
	str_add(out, " et ");
	fmt_result(out, cap->upper, UNIT_PERCENT);
	fmt_prose(out, cap->applied == CAP_UPPER ?
	    ". Le taux calculé dépasse la limite haute : il y est ramené." :
	    cap->applied == CAP_LOWER ?
	    ". Le taux calculé passe sous la limite basse : il y est relevé." :
	    ". Le taux calculé est dans ces limites : il reste tel quel.");
}

static bool
first_of_category(const struct law *law, struct date on, enum cost_category c,
    int64_t *ret)
{
	const struct law_row *row;

	if (law == NULL)
		return false;
	row = law_find(law, "cost_category", LAW_KEYS(c <= COST_IT6 ? "it" :
	    "ip", fmt_category(c)), on);
	return row != NULL && frac_valid(row->number) &&
	    frac_scaled(row->number, 0, ret);
}

bool
fmt_category_meaning(struct str *out, enum cost_category c,
    const struct law *law, struct date on)
{
	bool it = c <= COST_IT6, last = c == COST_IT6 || c >= COST_IP4;
	enum cost_category start = c == COST_IP2_IP4 ? COST_IP2 : c;
	int64_t from, next = 0;

	if (!first_of_category(law, on, start, &from) ||
	    (!last && !first_of_category(law, on,
	    (enum cost_category)(c + 1), &next)))
		return false;
	str_add(out, fmt_category(c));
	str_add(out, NBSP ": ");
	if (c == COST_IT1)
		str_printf(out, "soins, ou arrêt de moins de %lld jours",
		    (long long)next);
	else if (it && last)
		str_printf(out, "arrêt de %lld jours ou plus",
		    (long long)from);
	else if (it)
		str_printf(out, "arrêt de %lld à %lld jours", (long long)from,
		    (long long)(next - 1));
	else if (last)
		str_printf(out, "incapacité permanente de %lld" NBSP
		    "%% ou plus, ou décès", (long long)from);
	else if (c == COST_IP1)
		str_printf(out, "incapacité permanente de moins de %lld" NBSP
		    "%%", (long long)next);
	else
		str_printf(out, "incapacité permanente de %lld à moins de "
		    "%lld" NBSP "%%", (long long)from, (long long)next);
	return true;
}

static const struct year_amount *
find_year(const struct year_series *series, int year)
{
	for (size_t i = 0; i < series->n; i++)
		if (series->at[i].year == year)
			return &series->at[i];
	return NULL;
}

size_t
fmt_years(const struct answer *ans, struct fmt_year ret[WINDOW_MAX],
    bool *ret_whole)
{
	struct frac sum = frac_int(0);
	size_t n = (size_t)ans->window_years;

	assert(n <= WINDOW_MAX);
	for (size_t i = 0; i < n; i++) {
		int year = ans->window[i];
		const struct year_amount *payroll, *real;

		payroll = find_year(&ans->facts->payroll, year);
		real = find_year(&ans->facts->given.real_costs, year);
		ret[i] = (struct fmt_year){ .year = year,
		    .cost = frac_int(0), .real_cost = frac_int(0) };
		if (payroll != NULL)
			ret[i].payroll = (struct quantity){ true,
			    payroll->amount };
		for (size_t j = 0; j < ans->lines; j++)
			if (ans->line[j].year == year)
				ret[i].cost = frac_add(ret[i].cost,
				    ans->line[j].amount);
		if (real != NULL)
			ret[i].real_cost = real->amount;
		ret[i].cost = frac_add(ret[i].cost, ret[i].real_cost);
		sum = frac_add(sum, ret[i].cost);
	}
	*ret_whole = n == 0 || !ans->risk_value.known || (frac_valid(sum) &&
	    frac_cmp(sum, ans->risk_value.exact) == 0);
	return n;
}

static void
give(struct fmt_given *ret, size_t *n, struct frac exact, enum unit unit,
    const char *what, const char *which)
{
	assert(*n < FMT_GIVEN_MAX);
	ret[*n].exact = exact;
	ret[*n].unit = unit;
	(void)snprintf(ret[*n].name, sizeof ret[*n].name, "%s%s", what, which);
	(*n)++;
}

size_t
fmt_given_of(const struct facts *facts, struct fmt_given ret[FMT_GIVEN_MAX])
{
	static const char *const majoration[] = { "M1", "M2", "M3", "M4" };
	const struct given *g = &facts->given;
	char year[16];
	size_t n = 0;

	if (g->has_collective_rate)
		give(ret, &n, g->collective_rate, UNIT_PERCENT,
		    "Taux collectif", "");
	for (size_t i = 0; i < 4; i++)
		if (g->has_majoration[i])
			give(ret, &n, g->majoration[i], UNIT_PERCENT,
			    "Majoration ", majoration[i]);
	for (size_t i = 0; i < COST_CATEGORIES; i++)
		if (g->has_cost[i])
			give(ret, &n, g->cost[i], UNIT_EUR, "Coût moyen ",
			    fmt_category((enum cost_category)i));
	if (g->has_abatement)
		give(ret, &n, g->abatement, UNIT_NUMBER,
		    "Abattement des coûts", "");
	for (size_t i = 0; i < g->real_costs.n && n < FMT_GIVEN_MAX; i++) {
		(void)snprintf(year, sizeof year, "%d",
		    g->real_costs.at[i].year);
		give(ret, &n, g->real_costs.at[i].amount, UNIT_EUR,
		    "Coûts réels ", year);
	}
	return n;
}

static const struct fmt_term parts[PARTS] = {
	[PART_PAYROLL] = { "Masse salariale",
	    "Les coûts sont rapportés aux salaires des années de référence. À "
	    "coûts égaux, plus de salaires fait baisser le taux, moins de "
	    "salaires le fait monter." },
	[PART_CLAIMS_OUT] = { "Sinistres sortis du calcul",
	    "Des sinistres qui comptaient ne comptent plus : leur année a "
	    "quitté la période de référence, ou ils ont été retirés du "
	    "compte." },
	[PART_CLAIMS_IN] = { "Sinistres entrés dans le calcul",
	    "Des sinistres comptent pour la première fois, ou comptent "
	    "davantage : leur année est entrée dans la période de référence, "
	    "ou leur catégorie de coût a changé." },
	[PART_AVERAGE_COSTS] = { "Barème des coûts moyens",
	    "Le coût moyen de chaque catégorie est fixé de nouveau tous les "
	    "ans, pour toute la branche. L'établissement n'y est pour rien." },
	[PART_MAJORATIONS] = { "Majorations",
	    "Les quatre majorations, les mêmes pour toute la France, ont "
	    "changé. L'établissement n'y est pour rien." },
	[PART_COLLECTIVE] = { "Taux collectif",
	    "Le taux collectif de l'activité, dont une part entre dans le "
	    "taux, a changé." },
	[PART_HEADCOUNT] = { "Effectif",
	    "L'effectif de l'entreprise règle le partage entre le taux propre "
	    "à l'établissement et le taux collectif : il a changé." },
	[PART_MODE] = { "Mode de tarification",
	    "Le mode n'est plus le même (collectif, mixte ou individuel) : "
	    "le taux ne se calcule plus de la même façon." },
	[PART_CAP] = { "Écrêtement (butoirs)",
	    "Les limites de variation d'une année à l'autre retiennent le "
	    "taux, ou cessent de le retenir." },
	[PART_OTHER] = { "Autres éléments",
	    "Ce qui n'entre dans aucune des causes ci-dessus." },
};

const char *
fmt_part(enum part_id id)
{
	return (size_t)id < PARTS ? parts[id].term : "";
}

const char *
fmt_part_why(enum part_id id)
{
	return (size_t)id < PARTS ? parts[id].meaning : "";
}
