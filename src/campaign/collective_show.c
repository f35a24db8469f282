/*
 * collective_show.c -- collective rates as text and JSON: a table, then for
 * each code the sheet from which a person finds the rate again.
 */
#include "campaign/collective.h"

#include <string.h>

#include "doc/fmt.h"
#include "model/words.h"
#include "tariff/rules.h"

static const char proposal[] = "PROPOSITION : ces taux ne sont pas ceux d'un "
    "arrêté.";

static bool
wanted(const struct subject *s, const char *code)
{
	return code == NULL || strcmp(s->name, code) == 0;
}

static bool
incomplete(const struct subject *s)
{
	return s->sum.annuities_missing + s->sum.capitals_missing > 0;
}

/* ---- text: the whole ------------------------------------------------------------- */

static void
funds_text(const struct collective *c, struct str *out)
{
	bool any = false;

	str_printf(out, "\nRELEVÉS (%zu sur %zu caisses)\n", c->given,
	    c->funds);
	for (size_t i = 0; i < c->funds; i++) {
		const struct collective_fund *f = &c->fund[i];

		if (!f->given)
			continue;
		str_printf(out, "  %-24s %s\n", f->code, f->digest);
		if (frac_is_zero(f->nowhere))
			continue;
		str_add(out, "    que ses sections ne portent pas, laissé de "
		    "côté : ");
		fmt_eur(out, f->nowhere);
		str_add_char(out, '\n');
	}
	for (size_t i = 0; i < c->funds; i++) {
		if (c->fund[i].given)
			continue;
		str_add(out, any ? ", " : "  MANQUENT : ");
		str_add(out, c->fund[i].code);
		any = true;
	}
	if (any)
		str_add_char(out, '\n');
}

static void
table_line(const struct subject *s, struct str *out)
{
	str_printf(out, "  %-14s %-6s CTN %c  brut ",
	    zone_words[s->zone], s->name, s->ctn);
	if (!s->defined)
		str_add(out, "non défini (aucune masse salariale)");
	else
		fmt_percent(out, s->gross.rate, 4);
	if (frac_valid(s->rounded)) {
		str_add(out, "  net ");
		fmt_percent(out, s->rounded, s->decimals);
	}
	if (s->has_published) {
		str_add(out, "  arrêté ");
		fmt_percent(out, s->published.exact, s->decimals);
	}
	str_add(out, incomplete(s) ? "  INCOMPLET\n" : "\n");
}

/* ---- text: a sheet ------------------------------------------------------------------ */

static void
amount(struct str *out, const char *label, struct frac f)
{
	str_printf(out, "    %s : ", label);
	fmt_eur(out, f);
	str_add_char(out, '\n');
}

static void
add_plain(struct str *out, struct frac f)
{
	int places = fmt_places(f, 0, FMT_PLACES_MAX);

	fmt_number(out, f, places < 0 ? 2 : places);
}

/* What the costs of one part are worth, each with its coefficient. */
static void
part_text(const struct subject *s, enum part part, const char *indent,
    struct str *out)
{
	static const char *const labels[NATURES] = {
		"prestations hors rentes", "indemnités en capital",
		"rentes notifiées, une année", "décès reconnus" };
	const struct param *by[NATURES] = { NULL, &s->gross.capital,
		&s->gross.annuity, &s->gross.death };

	for (int k = 0; k < NATURES; k++) {
		struct frac f = s->sum.cost[part][k];

		if (frac_is_zero(f))
			continue;
		str_printf(out, "%s%s : ", indent, labels[k]);
		if (k == NATURE_DEATHS)
			fmt_ratio(out, f);
		else
			fmt_eur(out, f);
		if (by[k] != NULL) {
			str_add(out, " × ");
			add_plain(out, by[k]->exact);
		}
		if (k == NATURE_DEATHS) {
			str_add(out, " × ");
			fmt_eur(out, s->gross.minimum_salary.exact);
		}
		str_add_char(out, '\n');
	}
}

static void
cite(struct str *out, const struct param *p)
{
	char path[128];

	str_printf(out, "    %s = %s : %s (%s)\n", law_path(p->row, p->name,
	    path, sizeof path), p->row->value, p->row->text,
	    p->row->citation);
}

static void
net_text(const struct collective *c, const struct subject *s,
    struct str *out)
{
	const struct param *m = c->majorations.published;

	str_add(out, "  Taux brut = 100 × valeur du risque / masse salariale "
	    "= ");
	fmt_percent(out, s->gross.rate, 6);
	str_add_char(out, '\n');
	if (!c->has_majorations) {
		str_printf(out, "  Taux net non calculé : %s\n", c->why);
		return;
	}
	str_add(out, "  Taux net = (brut + ");
	add_plain(out, m[0].exact);
	str_add(out, ") × (1 + ");
	add_plain(out, m[1].exact);
	str_add(out, " / 100) + ");
	add_plain(out, m[2].exact);
	str_add(out, " + ");
	add_plain(out, m[3].exact);
	str_add(out, " = ");
	fmt_percent(out, s->net, 6);
	str_add(out, ", arrondi ");
	fmt_percent(out, s->rounded, s->decimals);
	str_add_char(out, '\n');
}

static void
sources_text(const struct collective *c, const struct subject *s,
    struct str *out)
{
	str_printf(out, "  Articles : %s ; %s\n  Sources\n",
	    s->gross.rule->article,
	    rule_at("net-rate", "general", c->on)->article);
	cite(out, &s->gross.capital);
	cite(out, &s->gross.annuity);
	cite(out, &s->gross.death);
	if (s->gross.minimum_salary.row != NULL)
		cite(out, &s->gross.minimum_salary);
	for (int i = 0; i < MAJORATIONS && c->has_majorations; i++)
		cite(out, &c->majorations.published[i]);
}

static void
in_text(const struct collective *c, const struct subject *s, struct str *out)
{
	str_add(out, "  Caisses dont le relevé a ce code :");
	for (size_t i = 0; i < c->funds; i++)
		if ((s->funds >> i & 1) != 0)
			str_printf(out, " %s", c->fund[i].code);
	str_printf(out, "\n  Masses salariales de %d à %d, effectif de %d : ",
	    c->first, c->last, c->last);
	fmt_number(out, frac_ratio(s->employees, 100), 2);
	if (s->employees_missing > 0)
		str_printf(out, " (sans %lld section%s d'effectif inconnu)",
		    (long long)s->employees_missing,
		    plural(s->employees_missing));
	str_add_char(out, '\n');
}

static void
sheet_text(const struct collective *c, const struct subject *s,
    struct str *out)
{
	str_printf(out, "\n%s %s, CTN %c, %s\n  %s\n", s->group ? "GROUPE" :
	    "CODE RISQUE", s->name, s->ctn, fmt_zone(s->zone), proposal);
	if (s->group) {
		str_add(out, "  Codes groupés :");
		for (size_t i = 0; i < s->codes; i++)
			str_printf(out, " %s", s->code[i]);
		str_add_char(out, '\n');
	}
	in_text(c, s, out);
	str_add(out, "  Valeur du risque\n");
	part_text(s, PART_ALL, "    ", out);
	amount(out, "moins la part de tiers", s->third);
	part_text(s, PART_THIRD, "      dont ", out);
	amount(out, "moins le compte spécial", s->special);
	part_text(s, PART_SPECIAL, "      dont ", out);
	amount(out, "= valeur du risque", s->gross.value);
	amount(out, "Masse salariale", s->payroll);
	if (incomplete(s))
		str_printf(out, "  INCOMPLET, le vrai taux est plus haut : "
		    "%lld rente%s sur %lld sans montant, %lld indemnité%s en "
		    "capital sans versement\n",
		    (long long)s->sum.annuities_missing,
		    plural(s->sum.annuities_missing),
		    (long long)s->sum.annuities,
		    (long long)s->sum.capitals_missing,
		    plural(s->sum.capitals_missing));
	if (s->defined)
		net_text(c, s, out);
	else
		str_add(out, "  Taux non défini : aucune masse salariale\n");
	sources_text(c, s, out);
}

void
collective_text(const struct collective *c, const char *code,
    struct str *out)
{
	str_printf(out, "TAUX COLLECTIFS %d, ANNÉES %d À %d\n%s\nLe "
	    "comité fixe les taux bruts, un arrêté les taux nets (CSS art. "
	    "D. 242-6-11 ; D. 242-35 en Alsace-Moselle).\nLoi %s, empreinte "
	    "%s\n", c->year, c->first, c->last, proposal, law_version(c->law),
	    law_digest(c->law));
	funds_text(c, out);
	str_add(out, "\nTAUX\n");
	for (size_t i = 0; i < c->subjects; i++)
		if (wanted(&c->subject[i], code))
			table_line(&c->subject[i], out);
	for (size_t i = 0; i < c->subjects; i++)
		if (wanted(&c->subject[i], code))
			sheet_text(c, &c->subject[i], out);
}

/* ---- JSON ------------------------------------------------------------------------------ */

static void
add_number(struct str *out, const char *name, struct frac f, int decimals)
{
	char text[FRAC_TEXT_MAX];

	str_printf(out, "\"%s\": ", name);
	if (!frac_valid(f)) {
		str_add(out, "null");
		return;
	}
	(void)frac_text(f, text);
	str_printf(out, "{\"exact\": \"%s\", \"value\": ", text);
	if (frac_decimal(f, decimals, ROUND_HALF_UP, text, sizeof text) == 0)
		str_add(out, "null}");
	else
		str_printf(out, "\"%s\"}", text);
}

static void
add_param(struct str *out, const struct param *p)
{
	char path[128];

	str_add(out, "{\"param\": ");
	str_add_json(out, law_path(p->row, p->name, path, sizeof path));
	str_add(out, ", \"value\": ");
	str_add_json(out, p->row->value);
	str_add(out, ", \"text\": ");
	str_add_json(out, p->row->text);
	str_add(out, ", \"source\": ");
	str_add_json(out, p->row->source);
	str_add_char(out, '}');
}

static void
funds_json(const struct collective *c, struct str *out)
{
	const char *before = "";

	str_add(out, "\"relations\": [");
	for (size_t i = 0; i < c->funds; i++) {
		if (!c->fund[i].given)
			continue;
		str_printf(out, "%s{\"fund\": \"%s\", \"digest\": \"%s\", ",
		    before, c->fund[i].code, c->fund[i].digest);
		add_number(out, "unattached", c->fund[i].nowhere, 2);
		str_add_char(out, '}');
		before = ", ";
	}
	str_add(out, "], \"missing_funds\": [");
	before = "";
	for (size_t i = 0; i < c->funds; i++)
		if (!c->fund[i].given) {
			str_printf(out, "%s\"%s\"", before, c->fund[i].code);
			before = ", ";
		}
	str_add(out, "], \"majorations\": ");
	if (!c->has_majorations)
		str_add(out, "null");
	for (int i = 0; i < MAJORATIONS && c->has_majorations; i++) {
		str_add(out, i == 0 ? "[" : ", ");
		add_param(out, &c->majorations.published[i]);
		str_add(out, i == MAJORATIONS - 1 ? "]" : "");
	}
}

static void
costs_json(const struct subject *s, struct str *out)
{
	static const char *const names[NATURES] = { "benefits", "capitals",
		"annuities", "deaths" };

	for (int k = 0; k < NATURES; k++) {
		add_number(out, names[k], s->sum.cost[PART_ALL][k], 2);
		str_add(out, ", ");
	}
	add_number(out, "third_parties", s->third, 2);
	str_add(out, ", ");
	add_number(out, "special_account", s->special, 2);
	str_add(out, ", ");
	add_number(out, "value_of_risk", s->gross.value, 2);
	str_add(out, ", ");
	add_number(out, "payroll", s->payroll, 2);
	str_add(out, ", \"coefficients\": [");
	add_param(out, &s->gross.capital);
	str_add(out, ", ");
	add_param(out, &s->gross.annuity);
	str_add(out, ", ");
	add_param(out, &s->gross.death);
	if (s->gross.minimum_salary.row != NULL) {
		str_add(out, ", ");
		add_param(out, &s->gross.minimum_salary);
	}
	str_add(out, "], ");
}

static void
subject_json(const struct collective *c, const struct subject *s,
    struct str *out)
{
	const char *before = "";

	str_printf(out, "{\"zone\": \"%s\", \"name\": ",
	    zone_words[s->zone]);
	str_add_json(out, s->name);
	str_printf(out, ", \"group\": %s, \"ctn\": \"%c\", \"codes\": [",
	    s->group ? "true" : "false", s->ctn);
	for (size_t i = 0; i < s->codes; i++) {
		str_add(out, i == 0 ? "" : ", ");
		str_add_json(out, s->code[i]);
	}
	str_add(out, "], \"funds\": [");
	for (size_t i = 0; i < c->funds; i++)
		if ((s->funds >> i & 1) != 0) {
			str_printf(out, "%s\"%s\"", before, c->fund[i].code);
			before = ", ";
		}
	str_add(out, "], ");
	add_number(out, "employees", frac_ratio(s->employees, 100), 2);
	str_printf(out, ", \"employees_missing\": %lld, ",
	    (long long)s->employees_missing);
	costs_json(s, out);
	str_printf(out, "\"annuities_missing\": %lld, \"capitals_missing\": "
	    "%lld, ", (long long)s->sum.annuities_missing,
	    (long long)s->sum.capitals_missing);
	add_number(out, "gross", s->defined ? s->gross.rate : frac_invalid(),
	    6);
	str_add(out, ", ");
	add_number(out, "net", s->net, 6);
	str_add(out, ", ");
	add_number(out, "rounded", s->rounded, s->decimals);
	str_add(out, ", ");
	add_number(out, "published", s->has_published ? s->published.exact :
	    frac_invalid(), s->decimals);
	str_add(out, ", \"article\": ");
	str_add_json(out, s->gross.rule->article);
	str_add_char(out, '}');
}

void
collective_json(const struct collective *c, const char *code,
    struct str *out)
{
	const char *before = "";

	str_printf(out, "{\"proposal\": true, \"year\": %d, \"window\": [%d, "
	    "%d, %d], \"law\": {\"version\": ", c->year, c->first,
	    c->first + 1, c->last);
	str_add_json(out, law_version(c->law));
	str_printf(out, ", \"digest\": \"%s\"}, ", law_digest(c->law));
	funds_json(c, out);
	str_add(out, ", \"rates\": [");
	for (size_t i = 0; i < c->subjects; i++)
		if (wanted(&c->subject[i], code)) {
			str_add(out, before);
			subject_json(c, &c->subject[i], out);
			before = ", ";
		}
	str_add(out, "]}\n");
}
