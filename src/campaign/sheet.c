/*
 * sheet.c -- one sheet of a campaign: what the rate in force rests on, what it
 * is (a draft, a decision, a notified rate) and why it changed.
 */
#include <string.h>

#include "base/ids.h"
#include "campaign/sanction.h"
#include "campaign/standing.h"
#include "doc/fmt.h"
#include "doc/sheet.h"
#include "facts/answer_json.h"
#include "model/words.h"
#include "tariff/explain.h"
#include "tariff/rate.h"

enum { STATUS_MAX = 4096 };

int
section_at(const struct inputs *in, const char *siret, const char *section,
    uint64_t *ret, struct err *err)
{
	int s = -1;

	for (int k = 0; section_words[k] != NULL; k++)
		if (strcmp(section_words[k], section == NULL ?
		    section_words[SECTION_MAIN] : section) == 0)
			s = k;
	if (s < 0)
		return err_set(err, TAPR_EINVAL, "section", "main, support ou "
		    "home, pas « %s »", str_brief(section).text);
	if (!siret_valid(siret))
		return err_set(err, TAPR_EINVAL, "siret", "« %s » n'est pas "
		    "un SIRET", str_brief(siret).text);
	*ret = inputs_find(in, siret_number(siret, 14), (enum section)s);
	if (*ret < in->sections)
		return TAPR_OK;
	return err_set(err, TAPR_EINVAL, siret, "cette section n'est pas dans "
	    "la campagne : pas de classement en vigueur au jour du tarif, ou "
	    "établissement fermé");
}

/* ---- what it is ------------------------------------------------------------- */

static const char meaning_draft[] =
    "Le calcul du taux que la caisse prépare, par un programme, d'après les "
    "données du registre et les paramètres publiés. Ce n'est pas encore une "
    "décision : celle-ci est prise par une personne, et seule sa notification "
    "fixe le taux à déclarer.";
static const char meaning_decided[] =
    "Le calcul sur lequel repose le taux de la caisse, par un programme, "
    "d'après les données du registre et les paramètres publiés. La décision a "
    "été prise par une personne ; sa notification fixe le taux à déclarer.";

static void
add_day(struct str *out, const char *before, struct date d)
{
	if (!date_is(d))
		return;
	str_add(out, before);
	fmt_date(out, d);
}

/* ${notified}: of the rate first notified, whatever came after. */
/* D. 242-6-22, al. 4: until the notice the rate of the year before is paid. */
static void
say_provisional(struct str *out, const struct standing *s)
{
	if (s->lot->state >= STATE_NOTIFIED || s->before == NO_RATE)
		return;
	str_add(out, " D'ici la notification, le taux précédent, ");
	fmt_percent(out, frac_rate((struct rate){ s->before }), 2);
	str_add(out, ", reste dû à titre provisoire (CSS art. D. 242-6-22).");
}

static void
say_state(struct str *out, const struct standing *s, bool notified)
{
	const struct rectified *r = &s->rectified;

	if (r->contest != 0 && !r->draft && !notified) {
		add_day(out, "Taux rectifié le ", r->on);
		str_printf(out, " par la contestation %d-%d", r->year,
		    r->contest);
		add_day(out, " ; d'abord notifié le ", s->notified_on);
		add_day(out, ", il se conteste jusqu'au ", s->lot->appeal);
	} else if (s->lot->state >= STATE_NOTIFIED) {
		add_day(out, "Taux notifié le ", s->notified_on);
		add_day(out, ", contestable jusqu'au ", s->first_appeal);
		if (r->contest != 0 && !r->draft) {
			add_day(out, " ; feuille d'origine, rectifiée le ",
			    r->on);
			str_printf(out, " par la contestation %d-%d", r->year,
			    r->contest);
		}
	} else if (s->lot->kind == LOT_ELSEWHERE)
		str_add(out, "Taux calculé ici, qu'une autre caisse décide "
		    "et notifie (CSS art. D. 242-6-22) : ce document ne vaut "
		    "pas notification");
	else if (s->lot->state == STATE_DECIDED)
		add_day(out, "Taux décidé, pas encore notifié ; décision du ",
		    s->lot->on);
	else {
		str_add(out, "Projet de taux : ce document n'est pas une "
		    "décision et ne vaut pas notification");
		add_day(out, " ; observations jusqu'au ", s->lot->until);
	}
	if (r->draft && s->lot->state < STATE_NOTIFIED)
		add_day(out, " ; corrigé après observation le ", r->on);
	str_add_char(out, '.');
}

static void
json_day(struct str *out, const char *name, struct date d)
{
	char day[DATE_TEXT_MAX];

	str_printf(out, ", \"%s\": ", name);
	str_add_json(out, date_is(d) ? date_text(d, day) : NULL);
}

static void
state_json(struct str *out, const struct standing *s, bool notified)
{
	const struct rectified *r = &s->rectified;

	str_printf(out, ", \"status\": {\"lot\": %d, \"state\": \"%s\", "
	    "\"sheet\": \"%s\"", s->lot->number, s->lot->state == STATE_NONE ?
	    "none" : state_words[s->lot->state - 1], notified ? "notified" :
	    "in_force");
	json_day(out, "on", s->lot->on);
	json_day(out, "notified_on", s->notified_on);
	json_day(out, "appeal_until", notified ? s->first_appeal :
	    s->lot->appeal);
	if (s->lot->state < STATE_NOTIFIED && s->before != NO_RATE)
		str_printf(out, ", \"provisional\": %d", (int)s->before);
	else
		str_add(out, ", \"provisional\": null");
	str_add(out, ", \"rectified\": ");
	if (r->contest == 0)
		str_add(out, "null}");
	else {
		str_printf(out, "{\"contest\": \"%d-%d\", \"old\": %d, "
		    "\"new\": %d", r->year, r->contest, (int)r->old,
		    (int)r->now);
		json_day(out, "on", r->on);
		str_add(out, "}}");
	}
}

/* ---- why it changed ---------------------------------------------------------- */

/* The facts of the year before, as they stand; false when there are none. */
static int
facts_before(struct before *b, const struct desk *d, uint64_t i,
    struct facts *ret, bool *found, struct err *err)
{
	struct rectified r;
	uint64_t k;
	int rc;

	*found = false;
	if (b->desk.inputs_file == NULL || (k = inputs_find(&b->desk.in,
	    d->in.siret[i], d->in.section[i])) == b->desk.in.sections)
		return TAPR_OK;
	*found = true;
	if ((rc = rectified_find(&b->desk, k, false, &r, err)) != TAPR_OK)
		return rc;
	return facts_standing(&b->desk, k, &r, ret, err);
}

/*
 * Why the rate changed since the campaign of the year before; att NULL: there
 * is none here, or not of this section.  change_close(), also after a failure.
 */
struct sheet_change {
	struct before		 before;
	struct facts		 old;
	struct attribution	*att;
};

static int
change_find(struct desk *d, uint64_t i, const struct facts *facts,
    struct sheet_change *ret, struct err *err)
{
	struct attribution *att = arena_alloc(d->a, sizeof *att);
	struct gather_before before;
	struct err ignored = { .code = TAPR_OK };
	bool found = false;
	int rc;

	ret->att = NULL;
	if (att == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	if ((rc = desk_before(d, d->known, &ret->before, &before, err)) ==
	    TAPR_OK)
		rc = facts_before(&ret->before, d, i, &ret->old, &found, err);
	if (rc == TAPR_OK && found && explain_change(d->law, &ret->old, facts,
	    d->a, att, &ignored) == TAPR_OK)
		ret->att = att;
	return rc;
}

/* ---- the sheet --------------------------------------------------------------- */

/* The sheet gives again the rate that was recorded, to the byte or to the
 * ten-thousandth for one rectified, whose trace is not kept. */
static int
check_same(const struct desk *d, uint64_t i, const struct rectified *r,
    const struct answer *ans, const char *siret, struct err *err)
{
	unsigned char trace[SHA256_BYTES];
	int64_t v = -1;

	trace_digest(ans, SHA256_UNDECIDED, trace);
	if (r->contest == 0 ? memcmp(trace, d->r.trace + i * SHA256_BYTES,
	    sizeof trace) == 0 : frac_scaled(ans->notified_rounded, 4, &v) &&
	    v == r->now)
		return TAPR_OK;
	return err_set(err, TAPR_EINVAL, siret, "cette version de tapr ne "
	    "retrouve pas le taux enregistré ; « tapr campaign verify » donne "
	    "les différences");
}

static void
write_json(struct desk *d, const struct answer *ans,
    const struct standing *s, const struct attribution *change,
    bool notified, struct str *out)
{
	str_add(out, "{\"answer\": ");
	answer_json(out, ans, d->law, campaign_engine());
	state_json(out, s, notified);
	if (change != NULL) {
		str_add(out, ", \"change\": ");
		attribution_json(out, change, d->law, campaign_engine());
	}
}

static int
write_sheet(struct desk *d, const struct answer *ans,
    const struct standing *s, const struct attribution *change,
    const struct campaign_page *page, struct str *out, struct err *err)
{
	struct sheet_status status = { .meaning =
	    s->lot->state >= STATE_DECIDED ? meaning_decided :
	    meaning_draft, .change = change };
	struct str line;

	if (d->act->json) {
		write_json(d, ans, s, change, page->notified, out);
		return desk_written(out, err);
	}
	str_init(&line, STATUS_MAX);
	say_state(&line, s, page->notified);
	say_provisional(&line, s);
	if (ans->supplementaries > 0)
		str_add(&line, " La cotisation supplémentaire n'en fait pas "
		    "partie : elle n'est due qu'une fois soumise aux "
		    "observations, décidée et notifiée.");
	if (str_failed(&line)) {
		str_free(&line);
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	}
	status.line = line.p;
	(page->html ? sheet_html_as : sheet_text_as)(out, ans, d->law,
	    campaign_engine(), &status);
	str_free(&line);
	if (change != NULL && !page->html) {
		str_add_char(out, '\n');
		attribution_text(out, change, d->law, campaign_engine());
	}
	return desk_written(out, err);
}

static int
with_change(struct desk *d, uint64_t i, const struct facts *facts,
    const struct answer *ans, const struct standing *s,
    const struct campaign_page *page, struct str *out, struct err *err)
{
	struct sheet_change change = { .att = NULL };
	int rc;

	if ((rc = change_find(d, i, facts, &change, err)) == TAPR_OK)
		rc = write_sheet(d, ans, s, change.att, page, out, err);
	if (rc == TAPR_OK && !page->html)
		rc = sanctions_show(d, i, facts->supplementaries, out, err);
	if (rc == TAPR_OK && d->act->json)
		str_add(out, "}\n");
	if (rc == TAPR_OK)
		rc = desk_written(out, err);
	desk_before_close(&change.before);
	return rc;
}

static int
sheet(struct desk *d, const struct campaign_page *page, struct str *out,
    struct err *err)
{
	struct answer *ans = arena_alloc(d->a, sizeof *ans);
	const struct rectified *r;
	struct rectified first;
	struct standing s;
	struct facts facts;
	uint64_t i;
	int rc;

	if (ans == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	if ((rc = desk_results(d, err)) != TAPR_OK ||
	    (rc = desk_law(d, err)) != TAPR_OK ||
	    (rc = section_at(&d->in, page->siret, page->section, &i, err)) !=
	    TAPR_OK)
		return rc;
	if (d->r.mode[i] == MODE_NONE)
		return err_set(err, TAPR_EINVAL, page->siret, "taux refusé : "
		    "%s", d->r.text + d->r.reason[i]);
	if ((rc = standing_find(d, i, &s, err)) != TAPR_OK)
		return rc;
	if (page->notified && !date_is(s.notified_on))
		return err_set(err, TAPR_EINVAL, page->siret, "ce taux n'est "
		    "pas notifié ; sans as=notified, sa feuille est celle du "
		    "projet");
	if (page->notified && (rc = rectified_find(d, i, true, &first, err)) !=
	    TAPR_OK)
		return rc;
	r = page->notified ? &first : &s.rectified;
	if ((rc = facts_standing(d, i, r, &facts, err)) != TAPR_OK ||
	    (rc = rate_compute(d->law, &facts, d->a, true, ans, err)) !=
	    TAPR_OK || (rc = check_same(d, i, r, ans, page->siret, err)) !=
	    TAPR_OK)
		return rc;
	return with_change(d, i, &facts, ans, &s, page, out, err);
}

int
campaign_sheet(const struct campaign_act *act,
    const struct campaign_page *page, struct str *out, struct err *err)
{
	struct desk d;
	int rc;

	if ((rc = desk_open(act, STORE_READ, &d, err)) == TAPR_OK)
		rc = sheet(&d, page, out, err);
	desk_close(&d);
	return rc;
}
