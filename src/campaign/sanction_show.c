/*
 * sanction_show.c -- sanctions for a person: in the review of their lot, and
 * below the sheet of the rate.
 */
#include <string.h>

#include "base/ids.h"
#include "campaign/sanction.h"
#include "deadline/deadline.h"
#include "doc/fmt.h"

static void
amount_of(struct str *out, const struct sanction *s)
{
	fmt_eur(out, frac_cents((struct cents){ s->amount }));
}

/* How its amount is found again. */
static void
operands(struct str *out, const struct sanction *s)
{
	if (s->kind == SANCTION_PENALTY) {
		str_printf(out, "%d personne%s des établissements sans "
		    "compte, effectif de %d ; entreprise de ", s->counted,
		    plural(s->counted), s->payroll_year);
		fmt_number(out, frac_ratio(s->headcount, HEADCOUNT_UNIT), 2);
		str_add(out, " salariés (CSS art. L. 242-5 ; « tapr rule "
		    "notification-penalty » ; recours préalable devant la "
		    "commission de recours amiable)");
		return;
	}
	fmt_percent(out, s->percent, 2);
	str_add(out, " de la cotisation normale, ");
	fmt_percent(out, frac_rate((struct rate){ s->rate }), 2);
	str_printf(out, " de la masse salariale de %d (", s->payroll_year);
	fmt_eur(out, frac_cents((struct cents){ s->payroll }));
	str_add(out, "), du ");
	fmt_date(out, s->from);
	str_add(out, " au ");
	fmt_date(out, date_add_days(s->until, -1));
	str_add(out, " (CSS art. L. 242-7 ; arrêté du 9 décembre 2010 art. 8 "
	    "à 18 ; « tapr rule supplementary »)");
}

static const char *
name_of(const struct sanction *s)
{
	return s->kind == SANCTION_PENALTY ? "Pénalité de notification" :
	    "Cotisation supplémentaire";
}

void
sanction_review(const struct desk *d, const struct lots *lots,
    const struct lot *lot, struct str *out)
{
	uint32_t index = (uint32_t)(lot - lots->at);
	char siret[15];

	str_printf(out, "REVUE DU LOT %d, CAMPAGNE %d\n  sanctions, %llu "
	    "ligne%s, en tout ", lot->number, d->act->year,
	    (unsigned long long)lot->rates, plural((int64_t)lot->rates));
	fmt_eur(out, frac_cents((struct cents){ lot->contributions }));
	str_add(out, "\n  Soumises aux observations de l'employeur avant "
	    "toute décision (CRPA art. L. 121-1, L. 121-2 4°).\n");
	for (size_t i = 0; i < lots->sanctions; i++) {
		const struct sanction *s = &lots->sanction[i];

		if (s->lot != index)
			continue;
		str_printf(out, "\n  %s %s, %s : ", siret_text(s->siret,
		    siret), s->reference, name_of(s));
		amount_of(out, s);
		str_add(out, "\n    ");
		operands(out, s);
		str_add_char(out, '\n');
	}
}

/* ---- below a sheet ---------------------------------------------------------------- */

static bool
is_due(const struct lot *lot)
{
	return lot->state >= STATE_NOTIFIED;
}

static bool
concerns(const struct desk *d, uint64_t i, const struct sanction *s)
{
	return s->kind == SANCTION_PENALTY ?
	    s->siret / 100000 == d->in.siret[i] / 100000 :
	    s->siret == d->in.siret[i];
}

static void
one_text(const struct lot *lot, const struct sanction *s, struct str *out)
{
	str_printf(out, "  %s %s : ", name_of(s), s->reference);
	amount_of(out, s);
	str_add(out, "\n    ");
	operands(out, s);
	str_printf(out, "\n    lot %d, état %s depuis le ", lot->number,
	    state_words[lot->state - 1]);
	fmt_date(out, lot->on);
	if (is_due(lot)) {
		str_add(out, " : due");
		if (date_is(lot->appeal)) {
			str_add(out, ", contestable jusqu'au ");
			fmt_date(out, lot->appeal);
		}
	} else
		str_add(out, " : rien n'est dû avant la décision et sa "
		    "notification");
	str_add(out, ".\n");
}

static void
one_json(const struct lot *lot, const struct sanction *s, struct str *out)
{
	char siret[15], day[DATE_TEXT_MAX];

	str_printf(out, "{\"kind\": \"%s\", \"siret\": \"%s\", "
	    "\"reference\": ", s->kind == SANCTION_PENALTY ? "penalty" :
	    "supplementary", siret_text(s->siret, siret));
	str_add_json(out, s->reference);
	str_printf(out, ", \"amount_cents\": %lld, \"lot\": %d, \"state\": "
	    "\"%s\", \"on\": \"%s\", \"due\": %s, \"payroll_year\": %d",
	    (long long)s->amount, lot->number, state_words[lot->state - 1],
	    date_text(lot->on, day), is_due(lot) ? "true" : "false",
	    s->payroll_year);
	if (s->kind == SANCTION_PENALTY)
		str_printf(out, ", \"counted\": %d, \"headcount_1200\": "
		    "%lld}", s->counted, (long long)s->headcount);
	else
		str_printf(out, ", \"rate\": %d, \"payroll_cents\": %lld, "
		    "\"from\": \"%s\"}", (int)s->rate, (long long)s->payroll,
		    date_text(s->from, day));
}

int
sanctions_show(struct desk *d, uint64_t i, size_t on_sheet, struct str *out,
    struct err *err)
{
	struct lots lots;
	size_t n = 0, supplements = 0;
	int rc;

	if ((rc = lots_load(d, &lots, err)) != TAPR_OK)
		return rc;
	if (d->act->json)
		str_add(out, ", \"sanctions\": [");
	for (size_t k = 0; k < lots.sanctions; k++) {
		const struct sanction *s = &lots.sanction[k];

		if (!concerns(d, i, s))
			continue;
		if (d->act->json)
			str_add(out, n == 0 ? "" : ", ");
		else if (n == 0)
			str_add(out, "\nCOTISATIONS SUPPLÉMENTAIRES ET "
			    "PÉNALITÉS\n");
		(d->act->json ? one_json : one_text)(&lots.at[s->lot], s,
		    out);
		supplements += s->kind == SANCTION_SUPPLEMENTARY;
		n++;
	}
	if (d->act->json)
		str_add_char(out, ']');
	else if (on_sheet > supplements)
		str_add(out, "\nLa cotisation supplémentaire de cette feuille "
		    "n'est pas due : elle n'a pas été soumise aux observations "
		    "(tapr campaign sanction).\n");
	return desk_written(out, err);
}
