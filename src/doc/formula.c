/*
 * formula.c -- see formula.h.
 *
 * Both walks of a formula are the same scanner; what differs is what is
 * written for an identifier.
 */
#include "doc/formula.h"

#include <stdio.h>
#include <string.h>

#include "doc/fmt.h"

enum {
	EXACT_FRACTION = 41,	/* characters, on a line of its own */
	LONG_SUM = 12,		/* operands of a sum that is told, not spelt */
	ADDRESS_MAX = 128,
};

/* Where an operand comes from. --------------------------------------------- */

static const char *
last_part(const char *path)
{
	const char *dot = strrchr(path, '.');

	return dot == NULL ? path : dot + 1;
}

const char *
formula_address(const struct operand *op)
{
	const char *colon = strchr(op->from, ':');

	return colon == NULL ? op->from : colon + 1;
}

static size_t
source_of(const struct formulas *t, const struct operand *op)
{
	for (size_t i = 0; op->row != NULL && i < t->sources; i++)
		if (t->source[i]->row == op->row)
			return i + 1;
	return 0;
}

void
formula_start(struct formulas *ret, const struct trace *trace)
{
	*ret = (struct formulas){ .trace = trace };
	for (size_t i = 0; i < trace->steps; i++)
		for (size_t j = 0; j < trace->step[i].operands; j++) {
			const struct operand *op = &trace->step[i].operand[j];

			if (op->row != NULL && source_of(ret, op) == 0 &&
			    ret->sources < FORMULA_SOURCES_MAX)
				ret->source[ret->sources++] = op;
		}
}

const struct step *
formula_step(struct formulas *t, const char *id)
{
	size_t steps = t->trace->steps;

	for (size_t i = 0; i < steps; i++) {
		size_t at = (t->near + i) % steps;

		if (strcmp(t->trace->step[at].id, id) == 0) {
			t->near = at;	/* asked again, then the next */
			return &t->trace->step[at];
		}
	}
	return NULL;
}

/* The step whose result ${op} is, or NULL. */
static const struct step *
step_behind(struct formulas *t, const struct operand *op)
{
	const char *id = fmt_after(op->from, "step:");

	return id == NULL ? NULL : formula_step(t, id);
}

struct formula_origin
formula_origin(struct formulas *t, const struct operand *op)
{
	const struct step *step = step_behind(t, op);
	struct formula_origin ret = { .number = source_of(t, op) };

	if (step != NULL) {
		ret.kind = ORIGIN_STEP;
		ret.number = (size_t)(step - t->trace->step) + 1;
	} else if (ret.number != 0 || fmt_after(op->from, "param:") != NULL)
		ret.kind = ORIGIN_PARAMETER;
	ret.given = fmt_after(op->from, "fact:given.") != NULL ||
	    (op->row != NULL && op->row->added);
	return ret;
}

/* From the same row of the law, the same step, or the same kind of fact. */
static bool
is_same_origin(const struct operand *a, const struct operand *b)
{
	bool facts = fmt_after(a->from, "fact:") != NULL &&
	    fmt_after(b->from, "fact:") != NULL;

	return a->row == b->row && strcmp(a->name, b->name) == 0 &&
	    strcmp(facts ? last_part(a->from) : a->from,
	    facts ? last_part(b->from) : b->from) == 0;
}

static bool
is_same_rule(const struct step *a, const struct step *b)
{
	if (a->operands != b->operands || a->unit != b->unit ||
	    a->rounding != b->rounding || a->decimals != b->decimals ||
	    strcmp(a->formula, b->formula) != 0 || a->article == NULL ||
	    b->article == NULL || strcmp(a->article, b->article) != 0)
		return false;
	for (size_t i = 0; i < a->operands; i++)
		if (!is_same_origin(&a->operand[i], &b->operand[i]))
			return false;
	return true;
}

size_t
formula_model(struct formulas *t, const struct step *s)
{
	if (!formula_is_there(s) || s->operands == 0)
		return 0;
	for (size_t i = 0; i < t->rules; i++)
		if (is_same_rule(t->rule[i], s))
			return (size_t)(t->rule[i] - t->trace->step) + 1;
	if (t->rules < FORMULA_RULES_MAX)
		t->rule[t->rules++] = s;
	return 0;
}

/* What operands are called and what they count. ---------------------------- */

/* enum unit, and what only operands are. */
enum counts { COUNTS_NUMBER, COUNTS_EUR, COUNTS_PERCENT, COUNTS_POINTS,
	COUNTS_PERSONS, COUNTS_DAYS, COUNTS_YEAR };

struct meaning { const char *key, *name; enum counts counts; };

/* Addresses whose last part is told: « masse salariale 2022 ». */
static const struct meaning families[] = {
	{ "fact:payroll.", "masse salariale ", COUNTS_EUR },
	{ "fact:headcounts.", "effectif ", COUNTS_PERSONS },
	{ "fact:given.average_costs.", "coût moyen ", COUNTS_EUR },
	{ "fact:given.real_costs.", "coûts réels ", COUNTS_EUR },
	{ "fact:given.majorations.", "", COUNTS_PERCENT },
	{ "param:majorations.", "", COUNTS_NUMBER },
	{ "param:majoration_share.", "part comptée de ", COUNTS_NUMBER },
	{ "param:average_costs.", "coût moyen ", COUNTS_NUMBER },
	{ "param:cost_category.", "début de ", COUNTS_NUMBER },
	{ NULL, NULL, COUNTS_NUMBER },
};

/* Facts, by the last part of their address; no name: that of the operand. */
static const struct meaning facts[] = {
	{ "year", "année du taux", COUNTS_YEAR },
	{ "created", "année de création", COUNTS_YEAR },
	{ "section", "section", COUNTS_NUMBER },
	{ "regime", "régime", COUNTS_NUMBER },
	{ "rate", "taux précédent", COUNTS_PERCENT },
	{ "collective_rate", "taux collectif fourni", COUNTS_PERCENT },
	{ "abatement", "abattement", COUNTS_NUMBER },
	{ "rebate", "ristourne", COUNTS_NUMBER },
	{ "payroll", NULL, COUNTS_EUR },
	{ "stoppage_days", "jours d'arrêt", COUNTS_DAYS },
	{ "ip_rate", "taux d'incapacité", COUNTS_PERCENT },
	{ "third_party_share", "part du tiers", COUNTS_NUMBER },
	{ "care", "soins ou arrêt", COUNTS_NUMBER },
	{ NULL, NULL, COUNTS_NUMBER },
};

/* Parameters: by their file and last key, else by their file. */
static const struct fmt_word parameters[] = {
	{ "cap.threshold", "seuil" },
	{ "cap.up_factor", "coefficient de hausse" },
	{ "cap.down_factor", "coefficient de baisse" },
	{ "cap.up_points", "hausse permise" },
	{ "cap.down_points", "baisse permise" },
	{ "mixed_fraction.shift", "décalage" },
	{ "mixed_fraction.divisor", "diviseur" },
	{ "mixed_fraction.factor", "facteur" },
	{ "mixed_fraction.floor", "plancher" },
	{ "mixed_fraction.slope", "pente" },
	{ "mixed_fraction.offset", "constante" },
	{ "temp_work.user_share_serious", "part de l'utilisatrice" },
	{ "temp_work.user_share_all", "part de l'utilisatrice" },
	{ "regime_factor.docker_ceiling", "plafond" },
	{ "regime_factor.voluntary_factor", "part comptée" },
	{ "mode_threshold.lower", "seuil du taux mixte" },
	{ "mode_threshold.upper", "seuil du taux individuel" },
	{ "abatements", "abattement" },
	{ "collective_rates", "taux collectif publié" },
	{ "support_rates", "taux collectif publié" },
	{ "always_collective", "présence dans la liste" },
	{ "new_establishment", "nombre d'années" },
	{ NULL, NULL },
};

/* Ids of steps and identifiers, which the rules name alike. */
static const struct fmt_word ids[] = {
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
	{ NULL, NULL },
};

static const struct meaning *
family_of(const char *from)
{
	const struct meaning *m = families;

	while (m->key != NULL && fmt_after(from, m->key) == NULL)
		m++;
	return m->key != NULL ? m : NULL;
}

static const struct meaning *
fact_of(const char *from)
{
	const char *address = fmt_after(from, "fact:");
	const struct meaning *m = facts;

	if (address == NULL)
		return NULL;
	while (m->key != NULL && strcmp(m->key, last_part(address)) != 0)
		m++;
	return m->key != NULL ? m : NULL;
}

/* "mode_threshold.general.*.lower" is called by "mode_threshold.lower". */
static const char *
parameter_name(const char *address)
{
	char key[ADDRESS_MAX];
	int file = (int)strcspn(address, ".");
	const char *name;

	(void)snprintf(key, sizeof key, "%.*s.%s", file, address,
	    last_part(address));
	if ((name = fmt_find(parameters, key)) != NULL)
		return name;
	(void)snprintf(key, sizeof key, "%.*s", file, address);
	name = fmt_find(parameters, key);
	return name != NULL ? name : fmt_find(ids, last_part(address));
}

/* "claim.A1.it", with its ref: a sum names many. */
static bool
add_claim_step_name(struct str *out, const char *id)
{
	static const struct fmt_word words[] = { { "it", "IT de " },
		{ "ip", "IP de " }, { "category", "catégorie" },
		{ NULL, NULL } };
	const char *ref = fmt_after(id, "claim."), *name;

	if (ref == NULL || last_part(ref) == ref ||
	    (name = fmt_find(words, last_part(ref))) == NULL)
		return false;
	str_add(out, name);
	if (strcmp(last_part(ref), "category") != 0)
		fmt_clean_n(out, ref, (size_t)(last_part(ref) - 1 - ref));
	return true;
}

static bool
add_step_name(struct str *out, const char *id)
{
	const char *name = fmt_find(ids, id);

	if (name == NULL)
		return add_claim_step_name(out, id);
	str_add(out, name);
	return true;
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

/* A fact of a claim stands in the steps of that claim: without its ref. */
static bool
add_name_of_address(struct str *out, const char *from)
{
	const struct meaning *family = family_of(from), *fact = fact_of(from);
	const char *rest, *name = NULL;

	if ((rest = fmt_after(from, "step:")) != NULL)
		return add_step_name(out, rest);
	if ((rest = fmt_after(from, "fact:single_rate.members.")) != NULL) {
		add_member_name(out, rest);
		return true;
	}
	if (family != NULL) {
		str_add(out, family->name);
		name = fmt_word(last_part(from));
	} else if (fact != NULL)
		name = fact->name;
	else if ((rest = fmt_after(from, "param:")) != NULL)
		name = parameter_name(rest);
	if (name != NULL)
		fmt_clean(out, name);
	return name != NULL;
}

void
formula_operand_name(struct str *out, const struct operand *op)
{
	const char *name;

	if (add_name_of_address(out, op->from))
		return;
	if ((name = fmt_find(ids, op->name)) != NULL)
		str_add(out, name);
	else
		for (const char *p = op->name; *p != '\0'; p++)
			str_add_char(out, *p == '_' ? ' ' : *p);
}

void
formula_result_name(struct str *out, const struct step *s)
{
	if (!add_step_name(out, s->id))
		str_add(out, "résultat");
}

static enum counts
counts_of(struct formulas *t, const struct operand *op)
{
	static const struct meaning units[] = {
		{ "EUR", NULL, COUNTS_EUR },
		{ "percent", NULL, COUNTS_PERCENT },
		{ "points", NULL, COUNTS_POINTS },
		{ "persons", NULL, COUNTS_PERSONS },
		{ "days", NULL, COUNTS_DAYS }, { "year", NULL, COUNTS_YEAR },
	};
	static const enum counts of_unit[] = {
		[UNIT_NUMBER] = COUNTS_NUMBER, [UNIT_EUR] = COUNTS_EUR,
		[UNIT_PERCENT] = COUNTS_PERCENT,
		[UNIT_PERSONS] = COUNTS_PERSONS,
		[UNIT_WORD] = COUNTS_NUMBER,
	};
	const struct meaning *m = family_of(op->from);
	const struct step *step = step_behind(t, op);

	if (op->row != NULL) {
		for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
			if (strcmp(units[i].key, op->row->unit) == 0)
				return units[i].counts;
		return COUNTS_NUMBER;
	}
	if (step != NULL)
		return of_unit[step->unit];
	if (m == NULL)
		m = fact_of(op->from);
	return m != NULL ? m->counts : COUNTS_NUMBER;
}

/* Figures of operands. ----------------------------------------------------- */

/*
 * As many decimals as it takes; of a rate two as soon as there is one, and
 * always when it was computed: « 58 » as published, « 2,00 ».
 */
static int
figure_places(const struct operand *op, enum counts counts)
{
	bool rate = counts == COUNTS_PERCENT || counts == COUNTS_POINTS;

	if (fmt_is_whole(op->exact))
		return rate && fmt_after(op->from, "step:") != NULL ? 2 : 0;
	return fmt_places(op->exact, counts == COUNTS_NUMBER ? 1 : 2,
	    FMT_PLACES_MAX);
}

/*
 * A figure as it stands in a formula.  Percentages stand bare, since the
 * formulas of the law reckon with the number before the sign.
 */
static void
add_figure(struct str *out, const struct operand *op, enum counts counts)
{
	int places = figure_places(op, counts);
	bool eur = counts == COUNTS_EUR && frac_valid(op->exact);

	if (counts == COUNTS_YEAR || (counts == COUNTS_NUMBER && places < 0 &&
	    fmt_is_short(op->exact))) {
		fmt_ratio(out, op->exact);
		return;
	}
	fmt_number(out, op->exact, places < 0 ? FMT_PLACES_MAX :
	    eur && places == 0 ? 2 : places);
	str_add(out, eur ? NBSP "€" : "");
}

static void
add_value(struct str *out, const struct operand *op, enum counts counts)
{
	int places = figure_places(op, counts);

	if (counts == COUNTS_EUR)
		fmt_result(out, op->exact, UNIT_EUR);
	else if (counts == COUNTS_PERSONS)
		fmt_result(out, op->exact, UNIT_PERSONS);
	else if (counts == COUNTS_PERCENT && places == 0)
		fmt_percent(out, op->exact, 0);
	else if (counts == COUNTS_PERCENT)
		fmt_result(out, op->exact, UNIT_PERCENT);
	else if (counts == COUNTS_POINTS || counts == COUNTS_DAYS)
		fmt_count(out, op->exact, places < 0 ? FMT_PLACES_MAX : places,
		    counts == COUNTS_POINTS ? "point" : "jour");
	else if (counts == COUNTS_NUMBER && places < 0)
		fmt_fraction(out, op->exact);
	else
		add_figure(out, op, counts);
}

void
formula_operand_equals(struct str *out, struct formulas *t,
    const struct operand *op)
{
	static const enum unit unit_of[] = {
		[COUNTS_NUMBER] = UNIT_NUMBER, [COUNTS_EUR] = UNIT_EUR,
		[COUNTS_PERCENT] = UNIT_PERCENT, [COUNTS_POINTS] = UNIT_NUMBER,
		[COUNTS_PERSONS] = UNIT_PERSONS,
		[COUNTS_DAYS] = UNIT_NUMBER, [COUNTS_YEAR] = UNIT_NUMBER,
	};
	enum counts counts = counts_of(t, op);

	str_add(out, fmt_is_rounded(op->exact, unit_of[counts]) ? " " : " = ");
	add_value(out, op, counts);
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
	struct formulas		*figures;	/* NULL: names */
	const struct step	*step;
	bool			 operand_due;	/* a minus here is a sign */
	bool			 after_bar;	/* of a division */
	size_t			 near;	/* operands mostly come in order */
};

static bool
is_name(const char *name, const char *p, size_t n)
{
	return strncmp(name, p, n) == 0 && name[n] == '\0';
}

static const struct operand *
find_operand(struct scan *c, const char *name, size_t n)
{
	const struct step *s = c->step;

	for (size_t i = 0; i < s->operands; i++) {
		size_t at = (c->near + i) % s->operands;

		if (is_name(s->operand[at].name, name, n)) {
			c->near = at;
			return &s->operand[at];
		}
	}
	return NULL;
}

/* 7/13 under a bar would be read from the left; a minus sign after another. */
static bool
needs_parentheses(struct frac a, enum counts counts, bool after_bar)
{
	return frac_valid(a) && (a.neg || (after_bar &&
	    counts == COUNTS_NUMBER && !fmt_is_whole(a)));
}

static void
scan_operand(struct scan *c, const struct operand *op)
{
	enum counts counts;
	bool shut;

	if (c->figures == NULL) {
		formula_operand_name(c->out, op);
		return;
	}
	counts = counts_of(c->figures, op);
	shut = needs_parentheses(op->exact, counts, c->after_bar);
	str_add(c->out, shut ? "(" : "");
	add_figure(c->out, op, counts);
	str_add(c->out, shut ? ")" : "");
}

static void
scan_identifier(struct scan *c, const char *p, size_t n)
{
	const struct operand *op = find_operand(c, p, n);

	c->operand_due = false;
	if (op != NULL)
		scan_operand(c, op);
	else if (c->figures == NULL && is_name("min", p, n))
		str_add(c->out, "le plus petit de" NBSP);
	else if (c->figures == NULL && is_name("max", p, n))
		str_add(c->out, "le plus grand de" NBSP);
	else
		str_add_n(c->out, p, n);
}

static size_t
scan_number(struct scan *c, const char *p)
{
	struct frac value;
	size_t n = 0;

	while (is_digit(p[n]))
		n++;
	c->operand_due = false;
	if (frac_parse(p, n, 0, &value))
		fmt_number(c->out, value, 0);
	else
		str_add_n(c->out, p, n);
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

bool
formula_is_there(const struct step *s)
{
	return s->formula != NULL && *s->formula != '\0';
}

/* A sum of so many terms that their names would say nothing. */
static bool
is_long_sum(const struct step *s)
{
	return s->operands > LONG_SUM && strpbrk(s->formula, "-*/(<>=") == NULL;
}

void
formula_words(struct str *out, const struct step *s)
{
	if (is_long_sum(s))
		str_printf(out, "somme de %zu montants", s->operands);
	else
		scan_formula(&(struct scan){ .out = out, .step = s });
}

void
formula_figures(struct str *out, struct formulas *t, const struct step *s)
{
	scan_formula(&(struct scan){ .out = out, .step = s, .figures = t });
}

bool
formula_shows_exact(const struct step *s)
{
	char text[FRAC_TEXT_MAX];

	return (s->unit == UNIT_EUR || s->unit == UNIT_PERCENT) &&
	    s->rounding == ROUND_NONE && fmt_is_rounded(s->result, s->unit) &&
	    frac_text(s->result, text) <= EXACT_FRACTION;
}

bool
formula_is_copy(const struct step *s)
{
	size_t n = formula_is_there(s) ? identifier(s->formula) : 0;

	return n > 0 && s->formula[n] == '\0' && s->operands == 1 &&
	    s->rounding == ROUND_NONE;
}

/* A comparison and nothing else: its result is true or false. */
static bool
is_yes_no(const struct step *s)
{
	return formula_is_there(s) && s->unit == UNIT_NUMBER &&
	    strpbrk(s->formula, "<>=") != NULL && fmt_is_whole(s->result) &&
	    frac_cmp(s->result, frac_int(1)) <= 0 && !s->result.neg;
}

void
formula_equals(struct str *out, const struct step *s)
{
	if (s->rounding != ROUND_NONE) {
		str_printf(out, ", arrondi à %d décimale%s (%s) = ",
		    s->decimals, s->decimals > 1 ? "s" : "",
		    fmt_rounding(s->rounding));
		if (s->unit == UNIT_PERCENT)
			fmt_percent(out, s->result, s->decimals);
		else
			fmt_result(out, s->result, s->unit);
		return;
	}
	if (is_yes_no(s)) {
		str_printf(out, " = %d (", !frac_is_zero(s->result));
		fmt_clean(out, s->word != NULL ? fmt_word(s->word) :
		    frac_is_zero(s->result) ? "non" : "oui");
		str_add_char(out, ')');
		return;
	}
	str_add(out, fmt_is_rounded(s->result, s->unit) ? " " : " = ");
	fmt_result(out, s->result, s->unit);
	if (s->unit == UNIT_WORD && s->word != NULL) {
		str_add(out, ", soit ");
		fmt_clean(out, fmt_word(s->word));
	}
}

/* The law behind a trace. -------------------------------------------------- */

void
formula_law_row(struct str *out, const struct law_row *row)
{
	struct date d;

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
	if (row->citation != NULL && *row->citation != '\0') {
		fmt_prose(out, "Source : ");
		fmt_clean(out, row->citation);
	}
	if (row->checked_on == NULL || *row->checked_on == '\0')
		return;
	fmt_prose(out, " ; vérifié le ");
	if (date_parse(row->checked_on, strlen(row->checked_on), &d))
		fmt_date(out, d);
	else
		fmt_clean(out, row->checked_on);
}

static bool
is_same_text(const char *a, const char *b)
{
	return strcmp(a != NULL ? a : "", b != NULL ? b : "") == 0;
}

size_t
formula_same_source(const struct formulas *t, size_t i)
{
	const struct law_row *row = t->source[i]->row;

	for (size_t j = 0; j < i; j++) {
		const struct law_row *other = t->source[j]->row;

		if (is_same_text(row->text, other->text) &&
		    is_same_text(row->source, other->source) &&
		    is_same_text(row->checked_on, other->checked_on) &&
		    date_cmp(row->from, other->from) == 0 &&
		    date_cmp(row->to, other->to) == 0)
			return j + 1;
	}
	return 0;
}

void
formula_law_address(struct str *out, const char *param,
    const struct law_row *row)
{
	fmt_clean(out, param);
	for (size_t i = 0; i < LAW_KEYS_MAX; i++)
		if (row->key[i] != NULL && *row->key[i] != '\0') {
			str_add(out, ", ");
			fmt_clean(out, row->key[i]);
		}
}
