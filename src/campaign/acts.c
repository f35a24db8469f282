/*
 * acts.c -- what people do with the rates of a campaign: tell, hear, decide,
 * notify.
 *
 * Each act is one batch: all of it is seen, or nothing.  The contradictory
 * procedure of mixed and individual rates comes from deliberation 93-039 of
 * the CNIL (S1-77); that of sanctions, whatever the mode, from CRPA art.
 * L. 121-1 and L. 121-2 4° (sanction.h).
 */
#include <stdio.h>
#include <string.h>

#include "base/ids.h"
#include "campaign/draft.h"
#include "campaign/review.h"
#include "campaign/sanction.h"
#include "deadline/deadline.h"
#include "doc/fmt.h"
#include "doc/term.h"
#include "model/words.h"

enum { DEFAULT_DAYS = 30 };

/* ---- shared ---------------------------------------------------------------------- */

/* An act on the lots of a campaign, inside a batch. */
struct acting {
	struct desk		 d;
	struct lots		 lots;
	struct batch		 b;
	struct str		*out;
	struct err		*err;
	const void		*what;
};

static int
act_on(const struct campaign_act *act, const char *kind, const void *what,
    int (*doing)(struct acting *a), struct str *out, struct err *err)
{
	struct acting a = { .out = out, .err = err, .what = what };
	int rc;

	if ((rc = desk_open(act, STORE_WRITE, &a.d, err)) == TAPR_OK &&
	    (rc = lots_load(&a.d, &a.lots, err)) == TAPR_OK &&
	    (rc = desk_begin(&a.d, kind, &a.b, err)) == TAPR_OK) {
		if ((rc = doing(&a)) == TAPR_OK &&
		    (rc = desk_written(out, err)) == TAPR_OK)
			rc = batch_publish(&a.b, NULL, err);
		else
			batch_drop(&a.b);
	}
	desk_close(&a.d);
	return rc;
}

static void
say(struct acting *a, const struct lot *lot)
{
	bool sanctions = lot->as == LOT_SANCTION;
	char day[DATE_TEXT_MAX];

	if (a->d.act->json)
		str_printf(a->out, "{\"lot\": %d, \"state\": \"%s\", "
		    "\"rates\": %llu, \"until\": %s%s%s}\n", lot->number,
		    state_words[lot->state - 1],
		    (unsigned long long)lot->rates,
		    date_is(lot->until) ? "\"" : "", date_is(lot->until) ?
		    date_text(lot->until, day) : "null",
		    date_is(lot->until) ? "\"" : "");
	else {
		str_printf(a->out, "Lot %d (%llu %s%s) : %s", lot->number,
		    (unsigned long long)lot->rates,
		    sanctions ? "sanction" : "taux", sanctions ?
		    plural((int64_t)lot->rates) : "", term(TERM_STATE,
		    state_words[lot->state - 1]));
		if (date_is(lot->until)) {
			str_add(a->out, ", jusqu'au ");
			fmt_date(a->out, lot->until);
		}
		str_add_char(a->out, '\n');
	}
}

static int
lot_asked(struct acting *a, int number, struct lot **ret)
{
	*ret = lots_find(&a->lots, number);
	if (*ret != NULL && (*ret)->rates > 0)
		return TAPR_OK;
	return err_set(a->err, TAPR_EINVAL, "lot", "pas de lot %d avec des "
	    "taux ou des sanctions dans la campagne %d ; « tapr campaign show %d » les donne",
	    number, a->d.act->year, a->d.act->year);
}

/* ---- draft ------------------------------------------------------------------------ */

/* The days for observations as the fund set them for today. */
static int
observation_days(struct acting *a, int *ret)
{
	*ret = DEFAULT_DAYS;
	return fund_observation_days(&a->d.fund, a->d.fund.today, ret, a->err);
}

static bool
no_rate(const struct acting *a)
{
	for (uint64_t i = 0; i < a->d.r.n; i++)
		if (a->d.r.mode[i] != MODE_NONE)
			return false;
	return a->d.r.n > 0;
}

/* Why, of the first section: the reason is mostly one for all. */
static int
all_refused(struct acting *a)
{
	char siret[15];

	return err_set(a->err, TAPR_EINVAL, NULL, "aucun taux de la campagne "
	    "%d n'a pu être calculé. Pour %s : %s. « tapr campaign show %d » "
	    "donne toutes les raisons", a->d.act->year,
	    siret_text(a->d.in.siret[0], siret), a->d.r.text +
	    a->d.r.reason[0], a->d.act->year);
}

static int
draft(struct acting *a)
{
	struct change c = { .to = STATE_DRAFT };
	bool any = false;
	int days, rc;

	if ((rc = observation_days(a, &days)) != TAPR_OK)
		return rc;
	for (size_t i = 0; i < a->lots.n; i++) {
		struct lot *lot = &a->lots.at[i];

		if (lot->state != STATE_COMPUTED || lot->rates == 0 ||
		    lot->kind == LOT_ELSEWHERE)
			continue;
		c.until = lot->as == LOT_COLLECTIVE ? DATE_NONE :
		    deadline_days(a->d.fund.today, days);
		if ((rc = lot_change(&a->d, &a->b, lot, &c, a->err)) !=
		    TAPR_OK)
			return rc;
		say(a, lot);
		any = true;
	}
	return any ? TAPR_OK : no_rate(a) ? all_refused(a) :
	    err_set(a->err, TAPR_EINVAL, NULL, "aucun lot "
	    "de la campagne %d n'est à l'état « calculé »",
	    a->d.act->year);
}

int
campaign_draft(const struct campaign_act *act, struct str *out,
    struct err *err)
{
	return act_on(act, "campaign draft", NULL, draft, out, err);
}

/* ---- observations ------------------------------------------------------------------ */

/* What is heard, answered or withdrawn: the rate of a section or a sanction. */
struct subject {
	char		 siret[15];
	const char	*word;		/* its section, or its reference */
	uint64_t	 i;
	struct sanction	*sanction;	/* NULL: a rate */
	struct lot	*lot;		/* NULL: no rate */
};

static int
subject_of(struct acting *a, const struct campaign_one *one,
    struct subject *ret)
{
	int rc;

	*ret = (struct subject){ .word = one->reference };
	if (one->reference != NULL) {
		if ((rc = sanction_find(&a->lots, one->siret, one->reference,
		    &ret->sanction, a->err)) != TAPR_OK)
			return rc;
		(void)siret_text(ret->sanction->siret, ret->siret);
		ret->lot = &a->lots.at[ret->sanction->lot];
		return TAPR_OK;
	}
	if ((rc = section_at(&a->d.in, one->siret, one->section, &ret->i,
	    a->err)) != TAPR_OK)
		return rc;
	(void)siret_text(a->d.in.siret[ret->i], ret->siret);
	ret->word = section_words[a->d.in.section[ret->i]];
	if (a->lots.of[ret->i] != NO_NUMBER)
		ret->lot = &a->lots.at[a->lots.of[ret->i]];
	return TAPR_OK;
}

static int
take_out(struct acting *a, const struct subject *s, const char *reason,
    struct lot **ret)
{
	int rc;

	if (s->sanction != NULL)
		return sanction_take_out(&a->d, &a->b, &a->lots, s->sanction,
		    reason, ret, a->err);
	if ((rc = lot_take_out(&a->d, &a->b, &a->lots, s->i, reason, ret,
	    a->err)) == TAPR_OK)
		(*ret)->rates = 1;
	return rc;
}

/* Its last observation: its number, 0 for none; is one pending? */
static int
last_observation(struct acting *a, const char *siret, const char *word,
    int64_t *ret, bool *pending)
{
	struct value key[3] = { value_int(a->d.act->year), value_text(siret),
		value_text(word) };
	const struct row *row;
	struct rows *r;
	int rc;

	*ret = 0;
	*pending = false;
	if ((rc = rows_open(a->d.fund.store, TABLE_OBSERVATION, a->d.known,
	    key, 3, &r, a->err)) != TAPR_OK)
		return rc;
	while ((rc = rows_next(r, &row, a->err)) == TAPR_OK && row != NULL) {
		*ret = value_or(&row->value[OBS_NUMBER], 0);
		*pending |= row->value[OBS_ANSWER].kind == VALUE_NULL;
	}
	rows_free(r);
	return rc;
}

static int
hear(struct acting *a, const struct campaign_one *one,
    const struct subject *s)
{
	struct lot *lot;
	int64_t number;
	bool pending;
	enum put put;
	int rc;

	if (s->lot == NULL || s->lot->as == LOT_COLLECTIVE ||
	    s->lot->state != STATE_DRAFT)
		return err_set(a->err, TAPR_EINVAL, one->siret, "ce taux "
		    "n'est pas soumis aux observations : il est collectif, ou "
		    "son lot n'est pas à l'état « projet envoyé » ; contestez-le "
		    "par « tapr contest » une fois notifié");
	if ((rc = last_observation(a, s->siret, s->word, &number, &pending))
	    != TAPR_OK || (rc = take_out(a, s, "observation de l'employeur",
	    &lot)) != TAPR_OK)
		return rc;
	if ((rc = fact_put(&a->b, TABLE_OBSERVATION, (struct value[]){
	    value_int(a->d.act->year), value_text(s->siret),
	    value_text(s->word),
	    value_int(number + 1), value_date(a->d.fund.today),
	    value_text(one->document), value_text(a->d.fund.actor),
	    value_null(), value_null(), value_null() }, 0, &put, a->err)) !=
	    TAPR_OK)
		return rc;
	say(a, lot);
	return TAPR_OK;
}

/* The observation was right: the draft is that of the corrected facts. */
static int
correct(struct acting *a, const struct campaign_one *one,
    const struct subject *s, const struct value *observation)
{
	char against[32];
	const struct draft_heard about = { against,
		value_or_empty(&observation[OBS_DOCUMENT]),
		value_to_date(&observation[OBS_RECEIVED_ON]), one->answer };
	struct change again = { .to = STATE_DRAFT };
	struct recomputed c;
	size_t others;
	int days, rc;

	if (s->sanction != NULL || s->lot->kind != LOT_SINGLE ||
	    s->lot->state != STATE_DRAFT)
		return err_set(a->err, TAPR_EINVAL, "accept", "seul le projet "
		    "d'un taux se corrige ainsi ; une sanction se retire, un "
		    "taux décidé se conteste une fois notifié");
	(void)snprintf(against, sizeof against, "%s%d", DRAFT_ADDRESS,
	    (int)value_or(&observation[OBS_NUMBER], 0));
	if ((rc = draft_correct(&a->d, &a->b, s->i, &about, &c, &others,
	    a->err)) != TAPR_OK ||
	    (rc = observation_days(a, &days)) != TAPR_OK)
		return rc;
	/* Another draft: it is heard as well. */
	again.until = deadline_days(a->d.fund.today, days);
	if ((rc = lot_draft_again(&a->d, &a->b, s->lot, &again, a->err)) !=
	    TAPR_OK || a->d.act->json)
		return rc;
	str_add(a->out, "Projet corrigé : ");
	fmt_percent(a->out, frac_rate((struct rate){ c.was }), 2);
	str_add(a->out, " -> ");
	fmt_percent(a->out, frac_rate((struct rate){ c.now }), 2);
	if (others > 0)
		str_printf(a->out, " ; %zu autre%s taux de l'entreprise change%s "
		    "aussi : chacun se corrige par ses observations, ou sa "
		    "contestation", others, plural((int64_t)others),
		    others > 1 ? "nt" : "");
	str_add_char(a->out, '\n');
	return TAPR_OK;
}

static int
answer(struct acting *a, const struct campaign_one *one,
    const struct subject *s)
{
	struct value v[OBS_COLUMNS], key[4];
	char buf[ROW_TEXT_MAX];
	struct row row;
	int64_t number;
	bool pending, found;
	enum put put;
	int rc;

	if ((rc = last_observation(a, s->siret, s->word, &number, &pending))
	    != TAPR_OK)
		return rc;
	if (!pending)
		return err_set(a->err, TAPR_EINVAL, one->siret,
		    "aucune observation n'attend de réponse");
	key[0] = value_int(a->d.act->year);
	key[1] = value_text(s->siret);
	key[2] = value_text(s->word);
	for (int64_t n = 1; n <= number; n++) {
		key[3] = value_int(n);
		if ((rc = fact_get(a->d.fund.store, TABLE_OBSERVATION,
		    a->d.known, key, buf, &row, &found, a->err)) != TAPR_OK)
			return rc;
		if (!found || row.value[OBS_ANSWER].kind != VALUE_NULL)
			continue;
		memcpy(v, row.value, sizeof v);
		v[OBS_ANSWER] = value_text(one->answer);
		v[OBS_ANSWERED_ON] = value_date(a->d.fund.today);
		v[OBS_ANSWERED_BY] = value_text(a->d.fund.actor);
		if ((rc = fact_put(&a->b, TABLE_OBSERVATION, v, 0, &put,
		    a->err)) != TAPR_OK)
			return rc;
	}
	/* The last one read is the last that waited. */
	if (one->accept && (rc = correct(a, one, s, row.value)) != TAPR_OK)
		return rc;
	say(a, s->lot);
	return TAPR_OK;
}

/* Has something in this lot an observation without an answer? */
static int
waits(struct acting *a, const struct lot *lot, bool *ret)
{
	uint32_t index = (uint32_t)(lot - a->lots.at);
	char siret[15];
	int64_t number;
	int rc;

	*ret = false;
	for (size_t k = 0; k < a->lots.sanctions && !*ret; k++) {
		const struct sanction *s = &a->lots.sanction[k];

		if (s->lot == index && (rc = last_observation(a,
		    siret_text(s->siret, siret), s->reference, &number,
		    ret)) != TAPR_OK)
			return rc;
	}
	/* A rate with an observation is in a lot of its own. */
	if (lot->kind != LOT_SINGLE)
		return TAPR_OK;
	for (uint64_t i = 0; i < a->d.in.sections; i++)
		if (a->lots.of[i] == index &&
		    (rc = last_observation(a, siret_text(a->d.in.siret[i],
		    siret), section_words[a->d.in.section[i]], &number,
		    ret)) != TAPR_OK)
			return rc;
	return TAPR_OK;
}

/* The periods that are over; who waits for an answer goes on waiting. */
static int
close_periods(struct acting *a)
{
	const struct change c = { .to = STATE_OBSERVED };
	struct date first = DATE_NONE;
	bool any = false, pending;
	int rc;

	for (size_t i = 0; i < a->lots.n; i++) {
		struct lot *lot = &a->lots.at[i];

		if (lot->state != STATE_DRAFT || lot->rates == 0 ||
		    lot->as == LOT_COLLECTIVE)
			continue;
		if (date_cmp(a->d.fund.today, lot->until) <= 0) {
			if (!date_is(first) || date_cmp(lot->until, first) < 0)
				first = lot->until;
			continue;
		}
		if ((rc = waits(a, lot, &pending)) != TAPR_OK)
			return rc;
		if (pending)
			continue;
		if ((rc = lot_change(&a->d, &a->b, lot, &c, a->err)) !=
		    TAPR_OK)
			return rc;
		say(a, lot);
		any = true;
	}
	if (any)
		return TAPR_OK;
	return date_is(first) ? err_set(a->err, TAPR_EINVAL, NULL,
	    "les employeurs ont jusqu'au %s pour leurs observations ; fermez "
	    "la période après ce jour", fmt_day(first).text) :
	    err_set(a->err, TAPR_EINVAL, NULL, "aucune période d'observations "
	    "n'est à fermer (pas de projet envoyé, ou des réponses manquent)");
}

static int
observe(struct acting *a)
{
	const struct campaign_one *one = a->what;
	struct subject s;
	int rc;

	if (one->siret == NULL)
		return close_periods(a);
	if ((rc = subject_of(a, one, &s)) != TAPR_OK)
		return rc;
	if (one->document != NULL)
		return hear(a, one, &s);
	if (one->answer != NULL)
		return answer(a, one, &s);
	return err_set(a->err, TAPR_EUSAGE, NULL, "donnez document=RÉFÉRENCE "
	    "(une observation) ou answer=TEXTE (sa réponse)");
}

int
campaign_observe(const struct campaign_act *act,
    const struct campaign_one *one, struct str *out, struct err *err)
{
	return act_on(act, "campaign observe", one, observe, out, err);
}

static int
withdraw(struct acting *a)
{
	const struct campaign_one *one = a->what;
	struct subject s;
	struct lot *lot;
	int rc;

	if (one->reason == NULL || one->reason[0] == '\0')
		return err_set(a->err, TAPR_EUSAGE, NULL, "un retrait a une "
		    "raison : reason=TEXTE");
	if ((rc = subject_of(a, one, &s)) != TAPR_OK)
		return rc;
	if (s.lot != NULL && s.lot->state >= STATE_NOTIFIED)
		return err_set(a->err, TAPR_EINVAL, one->siret, "c'est déjà "
		    "notifié : cela ne se retire plus, un taux se rectifie "
		    "(« tapr contest »)");
	if ((rc = take_out(a, &s, one->reason, &lot)) != TAPR_OK)
		return rc;
	say(a, lot);
	return TAPR_OK;
}

int
campaign_withdraw(const struct campaign_act *act,
    const struct campaign_one *one, struct str *out, struct err *err)
{
	return act_on(act, "campaign withdraw", one, withdraw, out, err);
}

/* ---- decide ----------------------------------------------------------------------- */

struct deciding { int lot; const char *review; };

static int
is_author(struct acting *a, const struct lot *lot)
{
	static const int authors[] = { CAMP_FROZEN_BY, CAMP_COMPUTED_BY };

	for (size_t i = 0; i < sizeof authors / sizeof authors[0]; i++)
		if (strcmp(a->d.fund.actor, value_or_empty(
		    &a->d.campaign.row.value[authors[i]])) == 0)
			return err_set(a->err, TAPR_EINVAL, "--as", "« %s » "
			    "a gelé ou calculé cette campagne : une autre "
			    "personne décide (loi 78-17 art. 47, RGPD "
			    "art. 22)", str_brief(a->d.fund.actor).text);
	if (lot->kind == LOT_SANCTION &&
	    strcmp(a->d.fund.actor, lot->made_by) == 0)
		return err_set(a->err, TAPR_EINVAL, "--as", "« %s » a proposé "
		    "ces sanctions : une autre personne décide",
		    str_brief(a->d.fund.actor).text);
	return TAPR_OK;
}

static int
decide(struct acting *a)
{
	const struct deciding *what = a->what;
	struct change c = { .to = STATE_DECIDED, .review = what->review };
	char digest[SHA256_HEX_MAX];
	struct str shown;
	struct lot *lot;
	int rc;

	if ((rc = lot_asked(a, what->lot, &lot)) != TAPR_OK ||
	    (rc = is_author(a, lot)) != TAPR_OK)
		return rc;
	str_init(&shown, (size_t)1 << 28);
	rc = review_write(&a->d, &a->lots, lot, &shown, digest, a->err);
	str_free(&shown);
	if (rc != TAPR_OK)
		return rc;
	if (strcmp(digest, what->review) != 0)
		return err_set(a->err, TAPR_EINVAL, "review", "ce n'est pas "
		    "l'empreinte de la revue de ce lot : lisez-la par « tapr "
		    "campaign decide %d lot=%d », puis donnez son empreinte",
		    a->d.act->year, what->lot);
	if ((rc = lot_change(&a->d, &a->b, lot, &c, a->err)) != TAPR_OK)
		return rc;
	say(a, lot);
	return TAPR_OK;
}

/* A reading: nothing is written. */
static int
review(const struct campaign_act *act, int number, struct str *out,
    struct err *err)
{
	struct acting a = { .out = out, .err = err };
	char digest[SHA256_HEX_MAX];
	struct lot *lot;
	int rc;

	if ((rc = desk_open(act, STORE_READ, &a.d, err)) == TAPR_OK &&
	    (rc = lots_load(&a.d, &a.lots, err)) == TAPR_OK &&
	    (rc = lot_asked(&a, number, &lot)) == TAPR_OK &&
	    (rc = review_write(&a.d, &a.lots, lot, out, digest, err)) ==
	    TAPR_OK) {
		if (act->json)
			str_clear(out);
		if (act->json)
			str_printf(out, "{\"lot\": %d, \"review\": \"%s\"}\n",
			    number, digest);
		else
			str_printf(out, "\nEmpreinte de cette revue : %s\n",
			    digest);
		rc = desk_written(out, err);
	}
	desk_close(&a.d);
	return rc;
}

int
campaign_decide(const struct campaign_act *act, int lot, const char *digest,
    struct str *out, struct err *err)
{
	struct deciding what = { lot, digest };

	if (digest == NULL)
		return review(act, lot, out, err);
	return act_on(act, "campaign decide", &what, decide, out, err);
}

/* ---- notify ----------------------------------------------------------------------- */

/* When the decision is held to be notified, and the last day to contest. */
static int
appeal(struct acting *a, const struct campaign_notice *n, struct appeal *ret)
{
	bool post = strcmp(n->means, "post") == 0;

	if (!post && strcmp(n->means, "electronic") != 0)
		return err_set(a->err, TAPR_EUSAGE, NULL, "means vaut "
		    "electronic ou post");
	if (post && !date_is(n->received))
		return err_set(a->err, TAPR_EUSAGE, NULL, "par la poste, la "
		    "notification est prouvée par sa réception : received="
		    "AAAA-MM-JJ");
	return appeal_deadline(a->d.act->law, post ? DATE_NONE :
	    a->d.fund.today, DATE_NONE, post ? n->received : DATE_NONE, true,
	    ret, a->err);
}

/* A draft that was corrected is alone in its lot. */
static int
notify_corrected(struct acting *a, const struct lot *lot)
{
	for (uint64_t i = 0; lot->kind == LOT_SINGLE && i < a->d.in.sections;
	    i++)
		if (a->lots.of[i] == (uint32_t)(lot - a->lots.at))
			return draft_notified(&a->d, &a->b, i, a->err);
	return TAPR_OK;
}

static int
notify_lot(struct acting *a, const struct campaign_notice *n, struct lot *lot)
{
	struct change c = { .to = STATE_NOTIFIED, .means = n->means,
		.proof = n->proof };
	struct appeal ap;
	char note[64], day[DATE_TEXT_MAX];
	int rc;

	if (n->means == NULL || n->proof == NULL || n->proof[0] == '\0')
		return err_set(a->err, TAPR_EUSAGE, NULL, "une notification "
		    "a un moyen et une preuve : means=electronic|post "
		    "proof=RÉFÉRENCE");
	if ((rc = appeal(a, n, &ap)) != TAPR_OK)
		return rc;
	c.until = ap.deadline;
	snprintf(note, sizeof note, "%s", date_text(ap.by_post ? n->received :
	    ap.notified_statute, day));
	c.note = note;
	if ((rc = lot_change(&a->d, &a->b, lot, &c, a->err)) != TAPR_OK ||
	    (rc = notify_corrected(a, lot)) != TAPR_OK)
		return rc;
	say(a, lot);
	if (!ap.by_post && !a->d.act->json)
		str_printf(a->out, "Sans consultation avant quinze jours, "
		    "notifié au plus tard le %s (loi) ; délai le plus court "
		    "selon l'arrêté : %s. Le plus favorable à l'employeur est "
		    "retenu.\n", fmt_day(ap.notified_statute).text,
		    fmt_day(ap.deadline_arrete).text);
	return TAPR_OK;
}

/* The day from which a notified rate is held to be known. */
static int
known_from(struct acting *a, const struct lot *lot, struct date *ret)
{
	struct value key[3] = { value_int(a->d.act->year),
		value_int(lot->number), value_text("notified") };
	char buf[ROW_TEXT_MAX];
	const char *note;
	struct row row;
	bool found;
	int rc;

	if ((rc = fact_get(a->d.fund.store, TABLE_LOT_STATE, a->d.known, key,
	    buf, &row, &found, a->err)) != TAPR_OK)
		return rc;
	note = found ? value_or_empty(&row.value[STATE_NOTE]) : "";
	if (!date_parse(note, strlen(note), ret))
		return err_set(a->err, TAPR_EIO, "lot_state", "la "
		    "notification du lot %d n'a pas de date", lot->number);
	return TAPR_OK;
}

static int
bring_into_force(struct acting *a, const struct campaign_notice *n,
    struct lot *lot)
{
	struct change c = { .to = STATE_IN_FORCE };
	struct date from;
	char day[DATE_TEXT_MAX];
	int rc;

	if ((rc = known_from(a, lot, &from)) != TAPR_OK)
		return rc;
	if (date_is(n->consulted) && date_cmp(n->consulted, lot->on) >= 0 &&
	    date_cmp(n->consulted, from) < 0)
		from = n->consulted;
	if (date_cmp(a->d.fund.today, from) < 0)
		return err_set(a->err, TAPR_EINVAL, NULL, "le lot %d n'est "
		    "tenu pour notifié que le %s (ou à sa consultation : "
		    "consulted=AAAA-MM-JJ) ; d'ici là le taux précédent est "
		    "payé à titre provisoire (CSS art. D. 242-6-22)",
		    lot->number, fmt_day(from).text);
	c.note = date_text(from, day);
	if ((rc = lot_change(&a->d, &a->b, lot, &c, a->err)) != TAPR_OK)
		return rc;
	say(a, lot);
	return TAPR_OK;
}

static int
notify(struct acting *a)
{
	const struct campaign_notice *n = a->what;
	struct lot *lot;
	int rc;

	if ((rc = lot_asked(a, n->lot, &lot)) != TAPR_OK)
		return rc;
	return lot->state == STATE_NOTIFIED ? bring_into_force(a, n, lot) :
	    notify_lot(a, n, lot);
}

int
campaign_notify(const struct campaign_act *act,
    const struct campaign_notice *notice, struct str *out, struct err *err)
{
	return act_on(act, "campaign notify", notice, notify, out, err);
}
