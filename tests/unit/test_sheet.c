/*
 * test_sheet.c -- what the sheets must say.
 *
 * One answer built by hand: mixed rate of 2024, three claims (one shared with
 * a third party, one disease, one whose ref attacks the page), every step
 * with its operands.  By hand, so that what is tested is the page and not the
 * rules; but the arithmetic is that of the law, and can be redone:
 *
 *	gross	 100 x 63 280 / 12 600 000 = 113/225 = 0,502222...
 *	net	 (113/225 + 0,17) x 1,58 + 0,23 + 0,03 = 1,322111...
 *	fraction 0,9/130 x (84,37 - 20) + 0,1 = 70933/130000
 *	mixed	 2,129915... within [2,00 ; 3,80] -> 2,13
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "doc/fmt.h"
#include "doc/say.h"
#include "doc/sheet.h"

#define ENGINE "tapr 0.1.0 <test>"

enum { PAGE_MAX = 4 * 1024 * 1024, STEPS_ROOM = 32, OPERANDS_ROOM = 96 };

static const char evil[] = "A3<b>&\"'\x1b[31m";

/* The answer. -------------------------------------------------------------- */

struct sample {
	struct claim		claim[3];
	struct year_amount	payroll[3], headcount[2];
	struct charged_line	line[4];
	struct facts		facts;
	struct step		step[STEPS_ROOM];
	struct operand		operand[OPERANDS_ROOM];
	size_t			operands;
	struct answer		ans;
};

static const struct law_row rows[] = {
	{ .from = { 2024, 1, 1 }, .to = { 2025, 5, 1 }, .key = { "M1" },
	  .value = "0.17", .unit = "percent",
	  .text = "Arrêté du 27 décembre 2023 <&>",
	  .citation = "JO du 30/12/2023",
	  .checked_on = "2026-01-15", .file = "law/params/majorations.csv" },
	{ .from = { 2024, 1, 1 }, .to = { 2025, 5, 1 }, .key = { "M2" },
	  .value = "58", .unit = "percent",
	  .text = "Arrêté du 27 décembre 2023", .citation = "JO du 30/12/2023",
	  .checked_on = "2026-01-15", .file = "law/params/majorations.csv" },
	{ .from = { 2024, 1, 1 }, .to = { 2025, 5, 1 }, .key = { "M3" },
	  .value = "0.23", .unit = "percent",
	  .text = "Arrêté du 27 décembre 2023", .citation = "JO du 30/12/2023",
	  .checked_on = "2026-01-15", .file = "law/params/majorations.csv" },
	{ .from = { 2024, 1, 1 }, .to = { 2025, 5, 1 }, .key = { "M4" },
	  .value = "0.03", .unit = "percent",
	  .text = "Arrêté du 27 décembre 2023", .citation = "JO du 30/12/2023",
	  .checked_on = "2026-01-15", .file = "law/params/majorations.csv" },
	{ .from = { 2018, 1, 1 }, .to = { 9999, 12, 31 },
	  .key = { "general", "yes", "lower" }, .value = "20",
	  .unit = "persons", .text = "CSS art. D. 242-6-2",
	  .citation = "Légifrance", .checked_on = "2026-01-15",
	  .file = "law/params/mode_threshold.csv" },
	{ .from = { 2018, 1, 1 }, .to = { 9999, 12, 31 },
	  .key = { "general", "yes", "upper" }, .value = "150",
	  .unit = "persons", .text = "CSS art. D. 242-6-2",
	  .citation = "Légifrance", .checked_on = "2026-01-15",
	  .file = "law/params/mode_threshold.csv" },
	{ .from = { 2024, 1, 1 }, .to = { 2025, 5, 1 },
	  .key = { "general", "B", "", "IT6" }, .value = "27840",
	  .unit = "EUR", .text = "Arrêté du 27 décembre 2023, annexe",
	  .citation = "JO du 30/12/2023", .checked_on = "2026-01-15",
	  .file = "law/params/average_costs.csv", .added = true },
	{ .from = { 2024, 1, 1 }, .to = { 2025, 5, 1 },
	  .key = { "general", "B", "second_oeuvre", "IP2_IP4" },
	  .value = "124960", .unit = "EUR",
	  .text = "Arrêté du 27 décembre 2023, annexe",
	  .citation = "JO du 30/12/2023", .checked_on = "2026-01-15",
	  .file = "law/params/average_costs.csv" },
	{ .from = { 2024, 1, 1 }, .to = { 2025, 5, 1 },
	  .key = { "general", "B", "", "IT3" }, .value = "1871",
	  .unit = "EUR", .text = "Arrêté du 27 décembre 2023, annexe",
	  .citation = "JO du 30/12/2023", .checked_on = "2026-01-15",
	  .file = "law/params/average_costs.csv" },
	{ .from = { 2024, 1, 1 }, .to = { 2025, 5, 1 },
	  .key = { "general", "B", "", "IT1" }, .value = "289",
	  .unit = "EUR", .text = "Arrêté du 27 décembre 2023, annexe",
	  .citation = "JO du 30/12/2023", .checked_on = "2026-01-15",
	  .file = "law/params/average_costs.csv" },
	{ .from = { 2018, 1, 1 }, .to = { 9999, 12, 31 },
	  .key = { "general", "yes", "shift" }, .value = "20",
	  .unit = "factor", .text = "CSS art. D. 242-6-13",
	  .citation = "Légifrance", .checked_on = "2026-01-15",
	  .file = "law/params/mixed_fraction.csv" },
	{ .from = { 2018, 1, 1 }, .to = { 9999, 12, 31 },
	  .key = { "general", "yes", "factor" }, .value = "0.9",
	  .unit = "factor", .text = "CSS art. D. 242-6-13",
	  .citation = "Légifrance", .checked_on = "2026-01-15",
	  .file = "law/params/mixed_fraction.csv" },
	{ .from = { 2018, 1, 1 }, .to = { 9999, 12, 31 },
	  .key = { "general", "yes", "divisor" }, .value = "130",
	  .unit = "factor", .text = "CSS art. D. 242-6-13",
	  .citation = "Légifrance", .checked_on = "2026-01-15",
	  .file = "law/params/mixed_fraction.csv" },
	{ .from = { 2018, 1, 1 }, .to = { 9999, 12, 31 },
	  .key = { "general", "yes", "floor" }, .value = "0.1",
	  .unit = "factor", .text = "CSS art. D. 242-6-13",
	  .citation = "Légifrance", .checked_on = "2026-01-15",
	  .file = "law/params/mixed_fraction.csv" },
	{ .from = { 2012, 1, 1 }, .to = { 9999, 12, 31 },
	  .key = { "general", "down_points" }, .value = "0.8",
	  .unit = "points", .text = "CSS art. D. 242-6-15",
	  .citation = "Légifrance", .checked_on = "2026-01-15",
	  .file = "law/params/cap.csv" },
	{ .from = { 2012, 1, 1 }, .to = { 9999, 12, 31 },
	  .key = { "general", "up_points" }, .value = "1",
	  .unit = "points", .text = "CSS art. D. 242-6-15",
	  .citation = "Légifrance", .checked_on = "2026-01-15",
	  .file = "law/params/cap.csv" },
	{ .from = { 2012, 1, 1 }, .to = { 9999, 12, 31 },
	  .key = { "it", "IT6" }, .value = "151", .unit = "days",
	  .text = "CSS art. D. 242-6-6", .citation = "Légifrance",
	  .checked_on = "2026-01-15",
	  .file = "law/params/cost_category.csv" },
};

enum { M1, M2, M3, M4, LOWER, UPPER, IT6, IP2_IP4, IT3, IT1, SHIFT, FACTOR,
	DIVISOR, FLOOR, DOWN, UP, START_IT6 };

static struct frac
dec(const char *text)
{
	struct frac ret = frac_invalid();

	assert_true(frac_parse(text, strlen(text), 6, &ret));
	return ret;
}

static void
add(struct sample *s, struct step step, const struct operand *op, size_t n)
{
	struct trace *t = &s->ans.trace;

	assert_true(t->steps < STEPS_ROOM);
	assert_true(s->operands + n <= OPERANDS_ROOM);
	if (n > 0)
		memcpy(s->operand + s->operands, op, n * sizeof *op);
	step.operand = s->operand + s->operands;
	step.operands = n;
	s->operands += n;
	s->step[t->steps++] = step;
	t->step = s->step;
}

#define OPS(...) (const struct operand[]){ __VA_ARGS__ }, \
	sizeof((const struct operand[]){ __VA_ARGS__ }) / sizeof(struct operand)

static struct operand
law(const char *name, const char *path, int row)
{
	return (struct operand){ name, dec(rows[row].value), path, &rows[row] };
}

static struct operand
from(const char *name, const char *path, struct frac exact)
{
	return (struct operand){ name, exact, path, NULL };
}

static void
facts_of(struct sample *s)
{
	static const int years[] = { 2020, 2021, 2022 };

	s->claim[0] = (struct claim){ .ref = "A1", .kind = CLAIM_ACCIDENT,
	    .declared = { 2021, 3, 2 }, .stoppage_days = 160, .ip_rate = 15,
	    .ip_notified = { 2022, 6, 1 }, .third_party_share = dec("0.6") };
	s->claim[1] = (struct claim){ .ref = "A2", .kind = CLAIM_DISEASE,
	    .declared = { 2020, 9, 14 }, .stoppage_days = 20, .ip_rate = -1 };
	s->claim[2] = (struct claim){ .ref = evil, .kind = CLAIM_ACCIDENT,
	    .declared = { 2022, 5, 9 }, .stoppage_days = 3, .ip_rate = -1 };
	for (size_t i = 0; i < 3; i++)
		s->payroll[i] = (struct year_amount){ years[i],
		    frac_int(4200000) };
	s->headcount[0] = (struct year_amount){ 2021, dec("80.00") };
	s->headcount[1] = (struct year_amount){ 2022, dec("84.37") };
	s->facts = (struct facts){ .year = 2024, .siret = "73282932000074",
	    .risk_code = "452BE", .ctn = 'B', .btp_group = GROUP_SECOND_OEUVRE,
	    .payroll = { s->payroll, 3 }, .headcounts = { s->headcount, 2 },
	    .claim = s->claim, .claims = 3, .has_previous = true,
	    .previous_rate = dec("2.80"), .previous_mode = MODE_MIXED,
	    .given = { .has_collective_rate = true,
		.collective_rate = dec("3.10") } };
}

static void
lines_of(struct sample *s)
{
	struct frac part = dec("0.4"), whole = frac_int(1);

	s->line[0] = (struct charged_line){ .claim = &s->claim[0],
	    .category = COST_IT6, .year = 2021, .cost = frac_int(27840),
	    .share = part, .factor = part, .amount = frac_int(11136) };
	s->line[1] = (struct charged_line){ .claim = &s->claim[0],
	    .ip = true, .category = COST_IP2_IP4, .year = 2022,
	    .cost = frac_int(124960), .share = part, .factor = part,
	    .amount = frac_int(49984) };
	s->line[2] = (struct charged_line){ .claim = &s->claim[1],
	    .category = COST_IT3, .year = 2020, .cost = frac_int(1871),
	    .share = whole, .factor = whole, .amount = frac_int(1871) };
	s->line[3] = (struct charged_line){ .claim = &s->claim[2],
	    .category = COST_IT1, .year = 2022, .cost = frac_int(289),
	    .share = whole, .factor = whole, .amount = frac_int(289) };
}

static void
mode_steps(struct sample *s)
{
	add(s, (struct step){ .id = "lower_reached",
	    .label = "Le seuil du taux mixte est atteint (1 = oui, 0 = non)",
	    .formula = "min(effectif_2021, effectif_2022) >= seuil",
	    .result = frac_int(1), .article = "CSS art. D. 242-6-2" },
	    OPS(from("effectif_2021", "fact:headcounts.2021", dec("80.00")),
	    from("effectif_2022", "fact:headcounts.2022", dec("84.37")),
	    law("seuil", "param:mode_threshold.general.yes.lower", LOWER)));
	add(s, (struct step){ .id = "upper_reached",
	    .label = "Le seuil du taux individuel est atteint (1 = oui, "
	    "0 = non)",
	    .formula = "min(effectif_2021, effectif_2022) >= seuil",
	    .result = frac_int(0), .article = "CSS art. D. 242-6-2" },
	    OPS(from("effectif_2021", "fact:headcounts.2021", dec("80.00")),
	    from("effectif_2022", "fact:headcounts.2022", dec("84.37")),
	    law("seuil", "param:mode_threshold.general.yes.upper", UPPER)));
	add(s, (struct step){ .id = "mode",
	    .label = "Mode de tarification (0 = collectif, 1 = mixte, "
	    "2 = individuel)", .formula = "seuil_mixte + seuil_individuel",
	    .result = frac_int(1), .unit = UNIT_WORD, .word = "mixed",
	    .article = "CSS art. D. 242-6-2 et L. 130-1 II" },
	    OPS(from("seuil_mixte", "step:lower_reached", frac_int(1)),
	    from("seuil_individuel", "step:upper_reached", frac_int(0))));
}

static void
claim_steps(struct sample *s)
{
	add(s, (struct step){ .id = "claim.A1.it.category",
	    .label = "Sinistre A1 : catégorie de l'incapacité temporaire (IT)",
	    .formula = "5 + (jours >= borne6)", .result = frac_int(6),
	    .unit = UNIT_WORD, .word = "IT6",
	    .article = "CSS art. D. 242-6-6" },
	    OPS(from("jours", "fact:claims.A1.stoppage_days", frac_int(160)),
	    law("borne6", "param:cost_category.it.IT6", START_IT6)));
	add(s, (struct step){ .id = "claim.A1.it",
	    .label = "Sinistre A1 : incapacité temporaire, imputé à 2021 "
	    "(catégorie IT6)", .formula = "cout * (1 - part_tiers)",
	    .result = frac_int(11136), .unit = UNIT_EUR,
	    .article = "CSS art. D. 242-6-7, al. 6" },
	    OPS(law("cout", "param:average_costs.general.B..IT6", IT6),
	    from("part_tiers", "fact:claims.A1.third_party_share",
	    dec("0.6"))));
	add(s, (struct step){ .id = "claim.A1.ip",
	    .label = "Sinistre A1 : incapacité permanente, imputé à 2022 "
	    "(catégorie IP2_IP4)", .formula = "cout * (1 - part_tiers)",
	    .result = frac_int(49984), .unit = UNIT_EUR,
	    .article = "CSS art. D. 242-6-7, al. 6" },
	    OPS(law("cout",
	    "param:average_costs.general.B.second_oeuvre.IP2_IP4", IP2_IP4),
	    from("part_tiers", "fact:claims.A1.third_party_share",
	    dec("0.6"))));
	add(s, (struct step){ .id = "claim.A2.it",
	    .label = "Sinistre A2 : incapacité temporaire, imputé à 2020 "
	    "(catégorie IT3)", .formula = "cout", .result = frac_int(1871),
	    .unit = UNIT_EUR, .article = "CSS art. D. 242-6-8" },
	    OPS(law("cout", "param:average_costs.general.B..IT3", IT3)));
	add(s, (struct step){ .id = "claim.A3<b>&\"'\x1b[31m.it",
	    .label = "Sinistre A3<b>&\"'\x1b[31m : incapacité temporaire, "
	    "imputé à 2022 (catégorie IT1)", .formula = "cout",
	    .result = frac_int(289), .unit = UNIT_EUR,
	    .article = "CSS art. D. 242-6-8" },
	    OPS(law("cout", "param:average_costs.general.B..IT1", IT1)));
}

static void
gross_steps(struct sample *s)
{
	add(s, (struct step){ .id = "risk_value",
	    .label = "Valeur du risque : somme des coûts de la période",
	    .formula = "c1 + c2 + c3 + c4", .result = frac_int(63280),
	    .unit = UNIT_EUR, .article = "CSS art. D. 242-6-6" },
	    OPS(from("c1", "step:claim.A1.it", frac_int(11136)),
	    from("c2", "step:claim.A1.ip", frac_int(49984)),
	    from("c3", "step:claim.A2.it", frac_int(1871)),
	    from("c4", "step:claim.A3<b>&\"'\x1b[31m.it", frac_int(289))));
	add(s, (struct step){ .id = "payroll",
	    .label = "Masse salariale de la période",
	    .formula = "masse_2020 + masse_2021 + masse_2022",
	    .result = frac_int(12600000), .unit = UNIT_EUR,
	    .article = "CSS art. D. 242-6-4" },
	    OPS(from("masse_2020", "fact:payroll.2020", frac_int(4200000)),
	    from("masse_2021", "fact:payroll.2021", frac_int(4200000)),
	    from("masse_2022", "fact:payroll.2022", frac_int(4200000))));
	add(s, (struct step){ .id = "gross", .label = "Taux brut",
	    .formula = "100 * risk_value / payroll",
	    .result = s->ans.gross.exact, .unit = UNIT_PERCENT,
	    .article = "CSS art. D. 242-6-4, al. 1 et 3" },
	    OPS(from("risk_value", "step:risk_value", frac_int(63280)),
	    from("payroll", "step:payroll", frac_int(12600000))));
}

static void
net_steps(struct sample *s)
{
	const struct answer *a = &s->ans;

	add(s, (struct step){ .id = "individual",
	    .label = "Taux net individuel",
	    .formula = "(gross + M1) * (1 + M2 / 100) + M3 + M4",
	    .result = a->individual.exact, .unit = UNIT_PERCENT,
	    .article = "CSS art. D. 242-6-3 et D. 242-6-9" },
	    OPS(from("gross", "step:gross", a->gross.exact),
	    law("M1", "param:majorations.M1", M1),
	    law("M2", "param:majorations.M2", M2),
	    law("M3", "param:majorations.M3", M3),
	    law("M4", "param:majorations.M4", M4)));
	add(s, (struct step){ .id = "fraction",
	    .label = "Fraction du taux individuel",
	    .formula = "factor / divisor * (headcount - shift) + floor",
	    .result = a->fraction.exact, .article = "CSS art. D. 242-6-13" },
	    OPS(law("factor", "param:mixed_fraction.general.yes.factor",
	    FACTOR),
	    law("divisor", "param:mixed_fraction.general.yes.divisor",
	    DIVISOR),
	    from("headcount", "fact:headcounts.2022", dec("84.37")),
	    law("shift", "param:mixed_fraction.general.yes.shift", SHIFT),
	    law("floor", "param:mixed_fraction.general.yes.floor", FLOOR)));
	add(s, (struct step){ .id = "mixed", .label = "Taux mixte",
	    .formula = "fraction * individual + (1 - fraction) * collective",
	    .result = a->mixed.exact, .unit = UNIT_PERCENT,
	    .article = "CSS art. D. 242-6-13" },
	    OPS(from("fraction", "step:fraction", a->fraction.exact),
	    from("individual", "step:individual", a->individual.exact),
	    from("collective", "fact:given.collective_rate", dec("3.10"))));
}

static void
cap_steps(struct sample *s)
{
	const struct answer *a = &s->ans;

	add(s, (struct step){ .id = "cap_lower", .label = "Butoir bas",
	    .formula = "previous - down_points", .result = a->cap.lower,
	    .unit = UNIT_PERCENT, .article = "CSS art. D. 242-6-15" },
	    OPS(from("previous", "fact:previous.rate", dec("2.80")),
	    law("down_points", "param:cap.general.down_points", DOWN)));
	add(s, (struct step){ .id = "cap_upper", .label = "Butoir haut",
	    .formula = "previous + up_points", .result = a->cap.upper,
	    .unit = UNIT_PERCENT, .article = "CSS art. D. 242-6-15" },
	    OPS(from("previous", "fact:previous.rate", dec("2.80")),
	    law("up_points", "param:cap.general.up_points", UP)));
	add(s, (struct step){ .id = "capped", .label = "Taux après butoirs",
	    .formula = "min(max(mixed, cap_lower), cap_upper)",
	    .result = a->notified, .unit = UNIT_PERCENT,
	    .article = "CSS art. D. 242-6-15" },
	    OPS(from("mixed", "step:mixed", a->mixed.exact),
	    from("cap_lower", "step:cap_lower", a->cap.lower),
	    from("cap_upper", "step:cap_upper", a->cap.upper)));
	add(s, (struct step){ .id = "notified", .label = "Taux notifié",
	    .formula = "capped", .result = a->notified_rounded,
	    .unit = UNIT_PERCENT, .rounding = ROUND_HALF_UP, .decimals = 2,
	    .article = "Politique d'arrondi (lecture N-31)" },
	    OPS(from("capped", "step:capped", a->notified)));
}

/* ${previous}: 2,80 leaves the rate as computed, 3,20 lifts it to 2,40. */
static void
quantities_of(struct sample *s, const char *previous)
{
	struct answer *a = &s->ans;
	struct frac one = frac_int(1), net;

	s->facts.previous_rate = dec(previous);
	a->headcount = (struct quantity){ true, dec("84.37") };
	a->risk_value = (struct quantity){ true, frac_int(63280) };
	a->payroll = (struct quantity){ true, frac_int(12600000) };
	a->gross = (struct quantity){ true, frac_ratio(113, 225) };
	for (size_t i = 0; i < 4; i++)
		a->majoration[i] = (struct quantity){ true,
		    dec(rows[i].value) };
	net = frac_mul(frac_add(a->gross.exact, dec("0.17")), dec("1.58"));
	a->individual = (struct quantity){ true, frac_add(net, dec("0.26")) };
	a->collective = (struct quantity){ true, dec("3.10") };
	a->fraction = (struct quantity){ true, frac_ratio(70933, 130000) };
	a->mixed = (struct quantity){ true, frac_add(
	    frac_mul(a->fraction.exact, a->individual.exact),
	    frac_mul(frac_sub(one, a->fraction.exact), dec("3.10"))) };
	a->cap = (struct cap){ .known = true, .previous = dec(previous),
	    .lower = frac_sub(dec(previous), dec("0.8")),
	    .upper = frac_add(dec(previous), one) };
	a->computed = a->mixed.exact;
	a->cap.applied = frac_cmp(a->mixed.exact, a->cap.lower) < 0 ?
	    CAP_LOWER : CAP_NONE;
	a->notified = frac_max(a->mixed.exact, a->cap.lower);
	a->capped = a->notified;
	a->notified_decimals = 2;
	a->notified_rounded = frac_round(a->notified, 2, ROUND_HALF_UP);
}

static void
sample_of(struct sample *s, const char *previous)
{
	struct answer *a = &s->ans;

	memset(s, 0, sizeof *s);
	facts_of(s);
	lines_of(s);
	*a = (struct answer){ .facts = &s->facts, .year = 2024,
	    .law_on = { 2024, 1, 1 }, .mode = MODE_MIXED,
	    .window = { 2020, 2021, 2022 }, .window_years = 3,
	    .line = s->line, .lines = 4, .warnings = 1,
	    .warning = { "le risque 452BE figure dans une liste d'abattement "
		"de date inconnue <script>alert(1)</script>" } };
	quantities_of(s, previous);
	mode_steps(s);
	claim_steps(s);
	gross_steps(s);
	net_steps(s);
	cap_steps(s);
}

/* A law of three files: two categories, and a limit that the user brought. */
#define LAW_TAIL "value,unit,text,published,source,checked_on,note\n"

static struct law *
small_law(void)
{
	static const char version[] = "test.7\n";
	static const char category[] =
	    "valid_from,valid_to,kind,category," LAW_TAIL
	    "2012-01-01,,it,IT3,16,days,T,,S,2026-01-01,\n"
	    "2012-01-01,,it,IT4,46,days,T,,S,2026-01-01,\n";
	static const char cap[] =
	    "valid_from,valid_to,zone,name," LAW_TAIL
	    "2020-01-01,,general,up_points,9.87,points,Note <i>,,dossier,"
	    "2026-01-01,\n";
	static const struct law_text text[] = {
		{ "VERSION", version, sizeof version - 1 },
		{ "params/cost_category.csv", category, sizeof category - 1 },
		{ "added/cap.csv", cap, sizeof cap - 1 },
	};
	struct law *ret = NULL;
	struct err err = { 0 };

	if (law_open_texts(text, 3, &ret, &err) != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	return ret;
}

/* The pages. --------------------------------------------------------------- */

typedef void writer(struct str *, const struct answer *, const struct law *,
    const char *);

struct page_of { struct sample sample; struct law *law; struct str s; };

static struct page_of *
open_page(const char *previous, writer *write)
{
	struct page_of *p = calloc(1, sizeof *p);

	assert_non_null(p);
	sample_of(&p->sample, previous);
	p->law = small_law();
	str_init(&p->s, PAGE_MAX);
	if (write != NULL) {
		write(&p->s, &p->sample.ans, p->law, ENGINE);
		assert_false(str_failed(&p->s));
	}
	return p;
}

static void
close_page(struct page_of *p)
{
	str_free(&p->s);
	law_free(p->law);
	free(p);
}

static void
has(const struct page_of *p, const char *text)
{
	if (strstr(p->s.p, text) == NULL)
		fail_msg("the page does not say: %s", text);
}

static void
has_not(const struct page_of *p, const char *text)
{
	if (strstr(p->s.p, text) != NULL)
		fail_msg("the page says: %s", text);
}

/* What an employer must find, whatever the form; single words, since a line
 * of text may break anywhere between them. */
static void
essential(const struct page_of *p)
{
	static const char *const facts[] = {
		"732" NBSP "829" NBSP "320" NBSP "00074", "452BE", "CTN B",
		"2,13" NBSP "%", "mixte", "2024", "1er" NBSP "janvier",
		"84,37" NBSP "personnes",
		"63" THIN "280,00" NBSP "€",
		"12" THIN "600" THIN "000,00" NBSP "€",
		"≈" NBSP "0,502222" NBSP "%", "113/225",
		"≈" NBSP "1,322111" NBSP "%", "70933/130000",
		"≈" NBSP "2,129915" NBSP "%",
		"2,00" NBSP "%", "3,80" NBSP "%",
		"IP2-IP4", "maladie", "D.", "242-6-13",
		"IT3" NBSP ":", "16 à 45",
		"non publié", "notification", "Amiens", "CADA", "RGPD",
		"butoir", "test.7", "9.87",
	};

	for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++)
		has(p, facts[i]);
	has(p, law_digest(p->law));
	for (size_t i = 0; i < SAY_GLOSSARY; i++)
		has(p, say_glossary[i].term);
}

static void
text_says_what_matters(void **state)
{
	struct page_of *p = open_page("2.80", sheet_text);

	(void)state;
	essential(p);
	has(p, "taux brut = 100 × valeur du risque / masse salariale");
	has(p, "= 100 × 63" THIN "280,00" NBSP "€ / 12" THIN "600" THIN
	    "000,00" NBSP "€ ≈" NBSP "0,502222" NBSP "%");
	has(p, "taux mixte = fraction × taux net individuel + (1 \u2212 ");
	has(p, "À NOTER");
	/* no terminal is driven by a reference */
	has_not(p, "\x1b");
	has(p, "A3<b>&\"'\ufffd[31m");
	close_page(p);
}

static void
text_fits_80_columns(void **state)
{
	struct page_of *p = open_page("3.20", sheet_text);
	size_t width = 0;

	(void)state;
	for (const char *c = p->s.p; *c != '\0'; c++) {
		if (*c == '\n')
			width = 0;
		else if (((unsigned char)*c & 0xc0) != 0x80)
			width++;
		if (width > 80)
			fail_msg("a line is too long: %.100s", c - 90);
	}
	close_page(p);
}

static void
html_says_what_matters(void **state)
{
	struct page_of *p = open_page("2.80", sheet_html);

	(void)state;
	essential(p);
	has(p, "<!doctype html>");
	has(p, "<html lang=\"fr\">");
	has(p, "<title>Feuille de calcul du taux AT/MP</title>");
	has(p, "<p class=\"rate\">2,13" NBSP "%</p>");
	has(p, "(1 \u2212 fraction) × taux collectif");
	has(p, "scope=\"col\"");
	has(p, "<caption>");
	/* a step names the steps and parameters that it rests on */
	has(p, "id=\"etape-11\"");
	has(p, "href=\"#etape-9\"");
	has(p, "id=\"p-8\"");
	has(p, "href=\"#p-8\"");
	/* the text and the source of a parameter stand once */
	has(p, "Même texte et même source que le <a href=\"#p-1\">");
	close_page(p);
}

static void
html_loads_and_runs_nothing(void **state)
{
	static const char *const never[] = { "<script", "http:", "https:",
		"//", "url(", "@import", "<link", "<img", "<iframe",
		"javascript", " on", "src=" };
	struct page_of *p = open_page("2.80", sheet_html);

	(void)state;
	for (size_t i = 0; i < sizeof never / sizeof never[0]; i++) {
		const char *at = strstr(p->s.p, never[i]);

		/* " on" may stand in a sentence, never inside a tag */
		if (strcmp(never[i], " on") != 0)
			assert_null(at);
		for (; at != NULL; at = strstr(at + 1, never[i])) {
			const char *tag = at;

			while (tag > p->s.p && *tag != '<' && *tag != '>')
				tag--;
			assert_int_equal(*tag, '>');
		}
	}
	close_page(p);
}

static void
html_escapes(void **state)
{
	struct page_of *p = open_page("2.80", sheet_html);

	(void)state;
	has(p, "A3&lt;b&gt;&amp;");		/* a reference, a label */
	has_not(p, "A3<b>");
	has(p, "&lt;script&gt;alert(1)");	/* a warning */
	has(p, "2023 &lt;&amp;&gt;");		/* the text of a parameter */
	has(p, "Note &lt;i&gt;");		/* an addition to the law */
	has(p, "tapr 0.1.0 &lt;test&gt;");	/* the engine */
	has_not(p, "\x1b");
	close_page(p);
}

/* Elements end in the order in which they began. */
static void
balanced(const struct page_of *p)
{
	const char *open[64], *c = p->s.p;
	size_t depth = 0;

	while ((c = strchr(c, '<')) != NULL) {
		const char *name = c[1] == '/' ? c + 2 : c + 1;
		size_t n = strcspn(name, " >");

		if (c[1] == '/') {
			assert_true(depth > 0);
			depth--;
			assert_memory_equal(open[depth], name, n);
		} else if (strncmp(name, "meta", 4) != 0 && *name != '!') {
			assert_true(depth < 64);
			open[depth++] = name;
		}
		c = name;
	}
	assert_int_equal(depth, 0);
}

static void
html_is_balanced(void **state)
{
	struct page_of *p = open_page("3.20", sheet_html);

	(void)state;
	balanced(p);
	close_page(p);
}

/*
 * No figure comes from elsewhere: each number with a decimal comma is the
 * value of something in the answer, rounded to as many decimals; the only
 * sums a page makes are those of a year's lines.
 */
struct known { struct frac value[256]; size_t n; };

static void
know(struct known *k, struct frac f)
{
	assert_true(k->n < sizeof k->value / sizeof k->value[0]);
	if (frac_valid(f))
		k->value[k->n++] = f;
}

static void
know_answer(struct known *k, const struct answer *a)
{
	struct say_year year[WINDOW_MAX];
	bool whole;
	size_t n = say_years(a, year, &whole);

	assert_true(whole);
	for (size_t i = 0; i < n; i++)
		know(k, year[i].cost);
	for (size_t i = 0; i < a->trace.steps; i++) {
		know(k, a->trace.step[i].result);
		for (size_t j = 0; j < a->trace.step[i].operands; j++)
			know(k, a->trace.step[i].operand[j].exact);
	}
	for (size_t i = 0; i < a->lines; i++) {
		know(k, a->line[i].cost);
		know(k, a->line[i].amount);
	}
	know(k, a->cap.previous);
	know(k, a->cap.lower);
	know(k, a->cap.upper);
	know(k, a->notified);
	know(k, a->notified_rounded);
	know(k, frac_int(100));			/* « pour 100 € » */
}

static bool
is_known(const struct known *k, struct frac f, int decimals)
{
	for (size_t i = 0; i < k->n; i++)
		if (frac_cmp(frac_round(k->value[i], decimals, ROUND_HALF_UP),
		    f) == 0)
			return true;
	return false;
}

/* The figure at ${c}: its bytes; its plain text; its decimals, 0 for none. */
static size_t
figure_at(const char *c, char plain[64], int *ret_decimals)
{
	size_t n = 0, at = 0;

	*ret_decimals = 0;
	while (at < 60) {
		if (c[n] >= '0' && c[n] <= '9')
			plain[at++] = c[n++];
		else if (strncmp(c + n, THIN, 3) == 0 && c[n + 3] >= '0' &&
		    c[n + 3] <= '9')
			n += 3;
		else
			break;
	}
	if (c[n] == ',' && c[n + 1] >= '0' && c[n + 1] <= '9') {
		plain[at++] = '.';
		for (n++; at < 60 && c[n] >= '0' && c[n] <= '9';
		    (*ret_decimals)++)
			plain[at++] = c[n++];
	}
	plain[at] = '\0';
	return n;
}

static void
figures_are_known(const struct page_of *p, size_t least)
{
	struct known k = { .n = 0 };
	const char *c = strstr(p->s.p, "</style>");
	size_t figures = 0;
	char plain[64];
	int decimals;

	know_answer(&k, &p->sample.ans);
	for (c = c == NULL ? p->s.p : c; *c != '\0';) {
		size_t n = figure_at(c, plain, &decimals);

		if (n > 0 && decimals > 0) {
			struct frac f;

			assert_true(frac_parse(plain, strlen(plain), 6, &f));
			if (!is_known(&k, f, decimals))
				fail_msg("%s is no figure of the answer",
				    plain);
			figures++;
		}
		c += n > 0 ? n : 1;
	}
	assert_true(figures >= least);
}

static void
no_figure_from_elsewhere(void **state)
{
	writer *const form[] = { sheet_text, sheet_html };
	static const char *const previous[] = { "2.80", "3.20" };

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct page_of *p = open_page(previous[i / 2], form[i % 2]);

		figures_are_known(p, 80);
		close_page(p);
	}
}

/* The sheet of a campaign says what it is, and nothing that denies it. */
static void
a_status_takes_the_place_of_indicative(void **state)
{
	const struct sheet_status status = { "Taux rectifié ce jour.",
		"Le calcul d'une décision.", NULL };
	struct page_of *p = open_page("2.80", sheet_text);

	(void)state;
	has(p, "Calcul indicatif");
	str_clear(&p->s);
	sheet_text_as(&p->s, &p->sample.ans, p->law, ENGINE, &status);
	has(p, "Taux rectifié ce jour.");
	has(p, "Le calcul d'une décision.");
	has_not(p, "Calcul indicatif");
	has_not(p, "Ce n'est pas une décision");
	str_clear(&p->s);
	sheet_html_as(&p->s, &p->sample.ans, p->law, ENGINE, &status);
	has(p, "Taux rectifié ce jour.");
	has_not(p, "Calcul indicatif");
	close_page(p);
}

static void
a_rate_lifted_by_the_cap(void **state)
{
	struct page_of *p = open_page("3.20", sheet_html);

	(void)state;
	has(p, "<p class=\"rate\">2,40" NBSP "%</p>");
	has(p, "Relevé au butoir bas");
	has(p, "passe sous la limite basse");
	close_page(p);
}

/* Collective: nothing of claims and years, and no word about what is null. */
static void
a_collective_rate(void **state)
{
	struct page_of *p = open_page("2.80", NULL);
	struct answer *a = &p->sample.ans;

	(void)state;
	a->mode = MODE_COLLECTIVE;
	a->window_years = 0;
	a->lines = 0;
	a->trace.steps = 3;
	a->risk_value.known = a->payroll.known = a->gross.known =
	    a->individual.known = a->fraction.known = a->mixed.known =
	    a->cap.known = false;
	a->notified = a->notified_rounded = dec("3.10");
	sheet_html(&p->s, a, p->law, ENGINE);
	balanced(p);
	has(p, "Le taux est collectif");
	has_not(p, "Taux net individuel</th>");
	has_not(p, "id=\"sinistres\"");
	has_not(p, "id=\"annees\"");
	str_clear(&p->s);
	sheet_text(&p->s, a, p->law, ENGINE);
	has_not(p, "LES SINISTRES");
	close_page(p);
}

/* Why this mode: what the step "mode" rests on, and nothing else. ----------- */

enum { MODE_OPERANDS = 6 };

struct mode_row {
	const char	*why;
	enum mode	 mode;
	enum section	 section;
	const char	*headcount;	/* retained; NULL: none is known */
	const char	*threshold;	/* the step that decides, or NULL */
	struct operand	 op[MODE_OPERANDS];	/* of it, or of "mode" */
	const char	*says, *says_not;
};

#define N(n) { { 0, n }, { 0, 1 }, false }
#define LOWER_OP { "seuil", N(20), "param:mode_threshold.general.*.lower", \
	&rows[LOWER] }
#define UPPER_OP { "seuil", N(150), "param:mode_threshold.general.*.upper", \
	&rows[UPPER] }

static const struct mode_row modes[] = {
	{ "support section", MODE_COLLECTIVE, SECTION_SUPPORT, NULL, NULL,
	    { { "cas", N(1), "fact:establishment.section", NULL } },
	    "bureaux et fonctions support", "domicile" },
	{ "home workers", MODE_COLLECTIVE, SECTION_HOME, NULL, NULL,
	    { { "cas", N(1), "fact:establishment.section", NULL } },
	    "travailleurs à domicile", "fonctions support" },
	{ "voluntary insured", MODE_COLLECTIVE, SECTION_MAIN, NULL, NULL,
	    { { "cas", N(1), "fact:establishment.regime", NULL } },
	    "assurés volontaires", "commence à" },
	{ "a listed activity", MODE_COLLECTIVE, SECTION_MAIN, NULL, NULL,
	    { { "liste", N(1), "param:always_collective.452BE", &rows[M1] } },
	    "figure dans la liste", "commence à" },
	{ "new: 2023 and the two years after it", MODE_COLLECTIVE,
	    SECTION_MAIN, NULL, NULL,
	    { { "annee", N(2024), "fact:year", NULL },
		{ "creation", N(2023), "fact:establishment.created", NULL },
		{ "duree", N(3), "param:new_establishment.collective_years",
		    &rows[M1] } },
	    "nouveau" NBSP ": créé en 2023, il reste au taux collectif "
	    "jusqu'à la fin de 2025", "commence à" },
	{ "under the threshold", MODE_COLLECTIVE, SECTION_MAIN, "12",
	    "lower_reached",
	    { { "effectif_2022", N(12), "fact:headcounts.2022", NULL },
		LOWER_OP },
	    "de 12" NBSP "personnes. Le taux mixte commence à 20" NBSP
	    "salariés.", "cinq années" },
	{ "over the threshold last year, not in 2020", MODE_COLLECTIVE,
	    SECTION_MAIN, "25", "lower_reached",
	    { { "effectif_2020", N(19), "fact:headcounts.2020", NULL },
		{ "effectif_2022", N(25), "fact:headcounts.2022", NULL },
		LOWER_OP },
	    "En 2022 l'effectif atteint le seuil du taux mixte. Un seuil ne "
	    "compte que s'il est atteint cinq années civiles de suite (CSS "
	    "art." NBSP "L." NBSP "130-1 II)" NBSP ": en 2020 l'effectif était "
	    "de 19" NBSP "personnes.", "n'atteint" },
	{ "only a year on the way is given", MODE_COLLECTIVE, SECTION_MAIN,
	    NULL, "lower_reached",
	    { { "effectif_2020", N(19), "fact:headcounts.2020", NULL },
		LOWER_OP },
	    "en 2020 l'effectif était de 19" NBSP "personnes.",
	    "En 2020 l'effectif atteint" },
	{ "mixed by the freeze", MODE_MIXED, SECTION_MAIN, "149.99",
	    "upper_reached",
	    { { "effectif_2021", N(140), "fact:headcounts.2021", NULL },
		{ "effectif_2022", N(160), "fact:headcounts.2022", NULL },
		UPPER_OP },
	    "En 2022 l'effectif atteint le seuil du taux individuel.",
	    "seuil du taux mixte." },
};

static void
why_this_mode(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
		const struct mode_row *r = &modes[i];
		struct page_of *p = open_page("2.80", NULL);
		struct answer *a = &p->sample.ans;
		struct step *s = &p->sample.step[r->threshold == NULL ? 2 :
		    strcmp(r->threshold, "upper_reached") == 0];

		a->mode = r->mode;
		p->sample.facts.section = r->section;
		a->headcount = (struct quantity){ r->headcount != NULL,
		    r->headcount != NULL ? dec(r->headcount) : frac_int(0) };
		assert_string_equal(s->id, r->threshold != NULL ?
		    r->threshold : "mode");
		s->operand = r->op;
		for (s->operands = 0; s->operands < MODE_OPERANDS &&
		    r->op[s->operands].name != NULL;)
			s->operands++;
		say_mode(&p->s, a);
		if (strstr(p->s.p, r->says) == NULL ||
		    strstr(p->s.p, r->says_not) != NULL)
			fail_msg("%s: %s", r->why, p->s.p);
		close_page(p);
	}
}

/* No step: the mode is said, and no reason is made up. */
static void
a_mode_without_steps(void **state)
{
	struct page_of *p = open_page("2.80", NULL);

	(void)state;
	p->sample.ans.mode = MODE_COLLECTIVE;
	p->sample.ans.trace.steps = 0;
	p->sample.ans.headcount.known = false;
	say_mode(&p->s, &p->sample.ans);
	has(p, "de l'établissement.");
	assert_string_equal(strstr(p->s.p, "de l'établissement."),
	    "de l'établissement.");
	close_page(p);
}

/* Forty claims, each with a stoppage and a disability of its own. ----------- */

enum { MANY = 40 };

struct many {
	char		ref[MANY][16];
	char		id[4][MANY][48], from[2][MANY][48], label[4][MANY][96];
	struct claim	claim[MANY];
	struct charged_line line[2 * MANY];
	struct operand	operand[MANY][4][7];
	struct step	step[4 * MANY + STEPS_ROOM];
};

static void
many_category(struct many *m, size_t i, bool ip)
{
	struct operand *op = m->operand[i][2 * ip];
	size_t n = ip ? 3 : 5;

	op[0] = from(ip ? "taux" : "jours", m->from[ip][i],
	    frac_int(30 + (int64_t)i));
	for (size_t k = 1; k <= n; k++)
		op[k] = law(k == 1 ? "b2" : k == 2 ? "b3" : k == 3 ? "b4" :
		    k == 4 ? "b5" : "b6", "param:cost_category.it.IT6",
		    START_IT6);
	m->step[4 * i + 2 * ip] = (struct step){ .id = m->id[2 * ip][i],
	    .label = m->label[2 * ip][i], .operand = op, .operands = n + 1,
	    .formula = ip ? "1 + (taux >= b2) + (taux >= b3) + (taux >= b4)" :
	    "1 + (jours >= b2) + (jours >= b3) + (jours >= b4) + (jours >= b5) "
	    "+ (jours >= b6)", .result = frac_int(4), .unit = UNIT_WORD,
	    .word = ip ? "IP2" : "IT4", .article = "CSS art. D. 242-6-6" };
}

static void
many_amount(struct many *m, size_t i, bool ip)
{
	struct operand *op = m->operand[i][2 * ip + 1];

	op[0] = law("cout", "param:average_costs.general.B..IT6",
	    ip ? IP2_IP4 : IT6);
	m->step[4 * i + 2 * ip + 1] = (struct step){
	    .id = m->id[2 * ip + 1][i], .label = m->label[2 * ip + 1][i],
	    .operand = op, .operands = 1, .formula = "cout",
	    .result = op[0].exact, .unit = UNIT_EUR,
	    .article = "CSS art. D. 242-6-8" };
	m->line[2 * i + ip] = (struct charged_line){ .claim = &m->claim[i],
	    .ip = ip, .category = ip ? COST_IP2_IP4 : COST_IT6, .year = 2021,
	    .cost = op[0].exact, .share = frac_int(1), .factor = frac_int(1),
	    .amount = op[0].exact };
}

static void
many_claim(struct many *m, size_t i)
{
	static const char *const kind[] = { "it.category", "it", "ip.category",
		"ip" };
	static const char *const what[] = { "catégorie de l'incapacité "
		"temporaire (IT)", "incapacité temporaire, imputé à 2021 "
		"(catégorie IT6)", "catégorie de l'incapacité permanente (IP)",
		"incapacité permanente, imputé à 2021 (catégorie IP2_IP4)" };

	(void)snprintf(m->ref[i], sizeof m->ref[i], "2021-%04zu", i);
	for (size_t k = 0; k < 4; k++) {
		(void)snprintf(m->id[k][i], sizeof m->id[k][i], "claim.%s.%s",
		    m->ref[i], kind[k]);
		(void)snprintf(m->label[k][i], sizeof m->label[k][i],
		    "Sinistre %s : %s", m->ref[i], what[k]);
	}
	(void)snprintf(m->from[0][i], sizeof m->from[0][i],
	    "fact:claims.%s.stoppage_days", m->ref[i]);
	(void)snprintf(m->from[1][i], sizeof m->from[1][i],
	    "fact:claims.%s.ip_rate", m->ref[i]);
	m->claim[i] = (struct claim){ .ref = m->ref[i], .declared = { 2021, 1,
	    2 } };
	for (int ip = 0; ip < 2; ip++) {
		many_category(m, i, ip == 1);
		many_amount(m, i, ip == 1);
	}
}

static void
forty_claims_stay_under_100_kB(void **state)
{
	struct page_of *p = open_page("2.80", NULL);
	struct answer *a = &p->sample.ans;
	struct many *m = calloc(1, sizeof *m);

	(void)state;
	assert_non_null(m);
	for (size_t i = 0; i < MANY; i++)
		many_claim(m, i);
	memcpy(m->step + (size_t)4 * MANY, p->sample.step,
	    a->trace.steps * sizeof *m->step);
	a->trace.step = m->step;
	a->trace.steps += (size_t)4 * MANY;
	a->line = m->line;
	a->lines = (size_t)2 * MANY;
	sheet_html(&p->s, a, p->law, ENGINE);
	assert_false(str_failed(&p->s));
	assert_true(p->s.n < 100000);
	balanced(p);
	/* the rule stands once; each claim after it refers to it */
	has(p, "id=\"etape-157\"><h3>Sinistre 2021-0039");
	has(p, "Même règle" NBSP ": <a href=\"#etape-1\">étape 1</a>" THIN
	    "; jours d&#39;arrêt = 69" NBSP "jours, donnée du dossier");
	/* what a step only takes over stands on its line, with its source */
	has(p, "<p>coût moyen IT6<b> = 27" THIN "840,00" NBSP
	    "€</b>, <a href=\"#p-2\">paramètre 2</a>");
	free(m);
	close_page(p);
}

/* Too small a room: the failure is seen, and nothing else happens. */
static void
a_page_that_does_not_fit(void **state)
{
	struct page_of *p = open_page("2.80", NULL);

	(void)state;
	str_free(&p->s);
	str_init(&p->s, 1000);
	sheet_html(&p->s, &p->sample.ans, p->law, ENGINE);
	assert_true(str_failed(&p->s));
	str_clear(&p->s);
	sheet_text(&p->s, &p->sample.ans, p->law, ENGINE);
	assert_true(str_failed(&p->s));
	close_page(p);
}

/* Why the rate changed: from 2,129915... to 2,40. */
static void
attribution_of(struct attribution *att, struct sample *from,
    struct sample *to)
{
	struct frac rest;

	sample_of(from, "2.80");
	sample_of(to, "3.20");
	memset(att, 0, sizeof *att);
	att->from = from->ans;
	att->to = to->ans;
	att->from.year = 2023;
	att->difference = frac_sub(att->to.notified, att->from.notified);
	for (size_t i = 0; i < PARTS; i++)
		att->part[i] = frac_int(0);
	att->part[PART_PAYROLL] = dec("-0.1512");
	att->part[PART_CLAIMS_IN] = dec("0.5");
	rest = frac_sub(att->difference, dec("0.3488"));
	att->part[PART_CAP] = rest;
}

static void
attribution_pages(void **state)
{
	static struct sample from, to;
	static struct attribution att;
	struct page_of *p = open_page("2.80", NULL);
	void (*const form[])(struct str *, const struct attribution *,
	    const struct law *, const char *) = { attribution_text,
		attribution_html };

	(void)state;
	attribution_of(&att, &from, &to);
	for (size_t i = 0; i < 2; i++) {
		str_clear(&p->s);
		form[i](&p->s, &att, p->law, ENGINE);
		assert_false(str_failed(&p->s));
		has(p, "2,13" NBSP "%");
		has(p, "2,40" NBSP "%");
		has(p, "\u2212" "0,1512" NBSP "point");
		has(p, "+0,5000" NBSP "point");
		has(p, "+0,2701" NBSP "point");		/* the difference */
		has(p, "\u2212" "0,0787" NBSP "point");	/* the rest */
		has(p, "Masse salariale");
		has(p, "Sinistres entrés dans le calcul");
		has_not(p, "Autres éléments");	/* a part of zero */
		has(p, "9.87");		/* a value brought by the user */
		has(p, "non publié");
		has(p, law_digest(p->law));
	}
	balanced(p);
	has(p, "class=\"down\"");
	has(p, "class=\"up\"");
	close_page(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_says_what_matters),
		cmocka_unit_test(text_fits_80_columns),
		cmocka_unit_test(html_says_what_matters),
		cmocka_unit_test(html_loads_and_runs_nothing),
		cmocka_unit_test(html_escapes),
		cmocka_unit_test(html_is_balanced),
		cmocka_unit_test(no_figure_from_elsewhere),
		cmocka_unit_test(a_status_takes_the_place_of_indicative),
		cmocka_unit_test(a_rate_lifted_by_the_cap),
		cmocka_unit_test(a_collective_rate),
		cmocka_unit_test(why_this_mode),
		cmocka_unit_test(a_mode_without_steps),
		cmocka_unit_test(forty_claims_stay_under_100_kB),
		cmocka_unit_test(a_page_that_does_not_fit),
		cmocka_unit_test(attribution_pages),
	};

	return cmocka_run_group_tests_name("sheet", tests, NULL, NULL);
}
