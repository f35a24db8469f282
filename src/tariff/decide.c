/*
 * decide.c -- which mode applies to these facts, and the steps that show it.
 *
 * The result of the step "mode" is 0 for collective, 1 for mixed, 2 for
 * individual.  Four things make a rate collective whatever the headcount; the
 * headcounts then need not be given.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "model/words.h"
#include "tariff/work.h"

void
work_warn(struct work *w, const char *fmt, ...)
{
	struct answer *ans = w->ans;
	va_list ap;

	if (w->kept->quiet ||
	    ans->warnings == sizeof ans->warning / sizeof ans->warning[0])
		return;
	va_start(ap, fmt);
	ans->warning[ans->warnings] = arena_vprintf(w->arena, fmt, ap);
	va_end(ap);
	if (ans->warning[ans->warnings] != NULL)
		ans->warnings++;
}

const char *
work_article(const struct work *w, const char *rule, const char *variant)
{
	return w->steps.trace == NULL ? "" :
	    rule_at(rule, variant, w->on)->article;
}

static int
mode_step(struct work *w, const char *label, const char *formula,
    const char *article, const struct operand *operands, size_t n)
{
	enum mode mode = w->ans->mode;

	return steps_add(&w->steps, "mode", frac_int(mode - MODE_COLLECTIVE),
	    operands, n, .label = label, .formula = formula, .unit = UNIT_WORD,
	    .word = mode_words[mode - MODE_COLLECTIVE], .article = article);
}

/* A fact that alone makes the rate collective. */
static int
forced_by_fact(struct work *w, const char *label, const char *path,
    const char *article)
{
	struct operand op = from_fact("cas", frac_int(1), path);

	w->ans->mode = MODE_COLLECTIVE;
	return mode_step(w, label, "1 - cas", article, &op, 1);
}

static int
forced_by_list(struct work *w, const struct law_row *row)
{
	struct param listed = { row, "always_collective", frac_int(1) };
	struct operand op = from_param(&w->steps, "liste", &listed);

	w->ans->mode = MODE_COLLECTIVE;
	return mode_step(w, "Mode : activité au taux collectif quel que soit "
	    "l'effectif", "1 - liste", work_article(w, "always-collective",
	    ""), &op, 1);
}

static int
forced_by_age(struct work *w, const struct param *years)
{
	const struct facts *f = w->facts;
	struct operand ops[] = {
		from_fact("annee", frac_int(f->year), "fact:year"),
		from_fact("creation", frac_int(f->created.y),
		    "fact:establishment.created"),
		from_param(&w->steps, "duree", years),
	};

	w->ans->mode = MODE_COLLECTIVE;
	return mode_step(w, "Mode : établissement nouveau, au taux collectif "
	    "l'année de sa création et les deux suivantes",
	    "annee - creation >= duree", work_article(w, "new-establishment",
	    zone_words[f->zone]), ops, 3);
}

/* ${ret}: the mode is settled without looking at any headcount. */
static int
forced(struct work *w, bool *ret)
{
	const struct facts *f = w->facts;
	const struct law_row *row;
	struct new_years years;
	int rc;

	*ret = true;
	if (f->section == SECTION_SUPPORT)
		return forced_by_fact(w, "Mode : section de bureaux ou de "
		    "fonctions support, au taux collectif de cette section",
		    "fact:establishment.section",
		    work_article(w, "support-rate", ""));
	if (f->section == SECTION_HOME)
		return forced_by_fact(w, "Mode : travailleurs à domicile, au "
		    "taux collectif", "fact:establishment.section",
		    work_article(w, "home-workers", ""));
	if (f->regime == REGIME_VOLUNTARY)
		return forced_by_fact(w, "Mode : assurés volontaires, au taux "
		    "collectif réduit", "fact:establishment.regime",
		    work_article(w, "regime", "voluntary"));
	row = kept_listed(w->kept);
	if (row != NULL)
		return forced_by_list(w, row);
	if (creation_counts(f->created, f->taken_over, f->has_single_rate)) {
		if ((rc = kept_new_years(w->kept, &years, w->err)) != TAPR_OK)
			return rc;
		if (f->year - f->created.y < years.n)
			return forced_by_age(w, &years.param);
	}
	*ret = false;
	return TAPR_OK;
}

/*
 * "min(e2018, ..., e2022) >= seuil": the headcounts known among the years
 * that decide.  One below settles it, so the others may be missing.
 */
static int
threshold_step(struct work *w, bool upper)
{
	const struct mode_answer *m = &w->mode;
	struct operand ops[FREEZE_YEARS_MAX + 1];
	char formula[256];
	size_t n = 0, at = 0;
	bool reached = upper ? m->upper_reached : m->lower_reached;

	if (w->steps.trace == NULL)
		return TAPR_OK;
	at += (size_t)snprintf(formula, sizeof formula, "min(");
	for (int y = m->first; y <= m->last; y++) {
		const struct year_amount *a =
		    series_find(&w->facts->headcounts, y);

		if (a == NULL)
			continue;
		ops[n] = from_fact(steps_text(&w->steps, "effectif_%d", y),
		    a->amount, steps_text(&w->steps, "fact:headcounts.%d", y));
		at += (size_t)snprintf(formula + at, sizeof formula - at,
		    "%s%s", n == 0 ? "" : ", ", ops[n].name);
		n++;
	}
	if (n == 1)
		snprintf(formula, sizeof formula, "%s >= seuil", ops[0].name);
	else
		snprintf(formula + at, sizeof formula - at, ") >= seuil");
	ops[n++] = from_param(&w->steps, "seuil",
	    upper ? &m->upper : &m->lower);
	return steps_add(&w->steps, upper ? "upper_reached" : "lower_reached",
	    frac_int(reached), ops, n,
	    .label = upper ? "Le seuil du taux individuel est atteint "
	    "(1 = oui, 0 = non)" : "Le seuil du taux mixte est atteint "
	    "(1 = oui, 0 = non)",
	    .formula = steps_text(&w->steps, "%s", formula),
	    .unit = UNIT_NUMBER, .article = m->rule->article);
}

static int
mode_from_thresholds(struct work *w)
{
	const struct mode_answer *m = &w->mode;
	struct operand ops[] = {
		from_step("seuil_mixte", frac_int(m->lower_reached),
		    "lower_reached"),
		from_step("seuil_individuel", frac_int(m->upper_reached),
		    "upper_reached"),
	};
	int rc;

	if ((rc = threshold_step(w, false)) != TAPR_OK)
		return rc;
	if (m->lower_reached && (rc = threshold_step(w, true)) != TAPR_OK)
		return rc;
	return mode_step(w, "Mode de tarification (0 = collectif, 1 = mixte, "
	    "2 = individuel)", m->lower_reached ?
	    "seuil_mixte + seuil_individuel" : "seuil_mixte",
	    m->rule->article, ops, m->lower_reached ? 2 : 1);
}

/*
 * A1995 art. 1 III: since 2020 the support section is closed to firms in
 * individual mode.  Said when the headcounts happen to be known (N-12).
 */
static void
warn_support(struct work *w)
{
	const struct facts *f = w->facts;
	struct mode_answer m;
	struct err ignored = { 0 };

	if (f->headcounts.n == 0 || mode_of(w->law, f->zone, w->btp, f->year,
	    w->on, &f->headcounts, &m, &ignored) != TAPR_OK)
		return;
	if (m.mode == MODE_INDIVIDUAL && m.rule->form == MODE_FROZEN)
		work_warn(w, "les effectifs donnés mettent l'entreprise en "
		    "mode individuel : la section de fonctions support n'est "
		    "ouverte qu'aux modes collectif et mixte (lecture N-12)");
}

int
decide_mode(struct work *w)
{
	const struct facts *f = w->facts;
	bool settled = false;
	int rc;

	if (f->section == SECTION_SUPPORT && !w->kept->quiet)
		warn_support(w);
	if ((rc = forced(w, &settled)) != TAPR_OK || settled)
		return rc;
	if ((rc = kept_mode(w->kept, f->zone, w->btp, &w->mode, w->err)) !=
	    TAPR_OK || (rc = mode_decide(w->law, w->on, &f->headcounts,
	    &w->mode, w->err)) != TAPR_OK)
		return rc;
	w->ans->mode = w->mode.mode;
	w->ans->headcount = (struct quantity){ w->mode.has_headcount,
	    w->mode.headcount };
	if (w->mode.frozen)
		work_warn(w, "le seuil du taux individuel n'est pas atteint "
		    "depuis cinq ans : la fraction est calculée sur ce seuil "
		    "moins un centième (lecture N-07)");
	return mode_from_thresholds(w);
}
