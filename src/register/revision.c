/*
 * revision.c -- the steps of a file of the five-yearly revision.
 *
 * CSS L. 242-5 al. 3: « Le classement d'un risque dans une catégorie peut être
 * modifié à toute époque. »  Neither the questionnaire nor its calendar is in
 * a text that we hold: the dates are those of the round.  That the employer
 * is heard before an unfavourable decision is CRPA L. 121-1 and L. 122-1; that
 * the decision says its reasons is CRPA L. 211-5.
 */
#include "register/revision.h"

#include <assert.h>
#include <string.h>

#include "doc/fmt.h"
#include "register/risk_code.h"

const char *const revision_step_words[] = {
	"send", "remind", "answer", "conclude", "propose", "observe", "decide",
	NULL,
};

const char *const revision_state_words[] = {
	"opened", "sent", "reminded", "answered", "unchanged", "to_propose",
	"proposed", "observed", "accepted", "dropped", NULL,
};

/* ---- where a file stands -------------------------------------------------- */

static bool
has(const struct value *file, int column)
{
	return file[column].kind != VALUE_NULL;
}

static bool
is(const struct value *file, int column, const char *word)
{
	return strcmp(value_or_empty(&file[column]), word) == 0;
}

enum revision_state
revision_state(const struct value *file)
{
	if (has(file, REV_DECIDED_ON))
		return is(file, REV_DECISION, "accept") ? REVISION_ACCEPTED :
		    REVISION_DROPPED;
	if (has(file, REV_OBSERVED_ON))
		return REVISION_OBSERVED;
	if (has(file, REV_PROPOSED_ON))
		return REVISION_PROPOSED;
	if (has(file, REV_CONCLUDED_ON))
		return is(file, REV_CONCLUSION, "reclassify") ?
		    REVISION_TO_PROPOSE : REVISION_UNCHANGED;
	if (has(file, REV_ANSWERED_ON))
		return REVISION_ANSWERED;
	if (has(file, REV_REMINDED_ON))
		return REVISION_REMINDED;
	return has(file, REV_SENT_ON) ? REVISION_SENT : REVISION_OPENED;
}

/* ---- refusals ------------------------------------------------------------- */

/* The step ${step} has to come first. */
#define missing(file, step, err) \
	err_set((err), TAPR_EINVAL, value_or_empty(&(file)[REV_SIRET]), \
	    "il manque l'étape « %s » ; faites-la d'abord (tapr revision %s)", \
	    step, step)
#define refuse(file, err, ...) \
	err_set((err), TAPR_EINVAL, value_or_empty(&(file)[REV_SIRET]), \
	    __VA_ARGS__)

/* Dates of the steps, in their order, and what each is called. */
static const struct {
	int		 column;
	const char	*name;
} dated[] = {
	{ REV_OPENED_ON, "l'ouverture" }, { REV_SENT_ON, "l'envoi" },
	{ REV_REMINDED_ON, "la relance" }, { REV_ANSWERED_ON, "la réponse" },
	{ REV_CONCLUDED_ON, "la conclusion" },
	{ REV_PROPOSED_ON, "la proposition" },
	{ REV_OBSERVED_ON, "l'observation" },
	{ REV_DECIDED_ON, "la décision" },
};

static int
check_day(const struct revision_act *act, const struct value *file,
    struct err *err)
{
	for (size_t i = 0; i < sizeof dated / sizeof dated[0]; i++) {
		struct date d = value_to_date(&file[dated[i].column]);

		if (date_cmp(act->day, d) < 0)
			return refuse(file, err, "le %s est avant %s (%s) ; "
			    "corrigez la date de l'acte",
			    fmt_day(act->day).text, dated[i].name,
			    fmt_day(d).text);
	}
	return TAPR_OK;
}

/* Not before the last day, which counts whole. */
static bool
is_over(struct date last_day, struct date day)
{
	return date_cmp(day, last_day) > 0;
}

/* ---- the questionnaire ---------------------------------------------------- */

static int
send(const struct law *law, const struct revision_act *act,
    struct value *file, struct err *err)
{
	(void)law;
	if (has(file, REV_SENT_ON))
		return refuse(file, err, "le questionnaire est déjà envoyé");
	file[REV_SENT_ON] = value_date(act->day);
	return TAPR_OK;
}

static int
remind(const struct law *law, const struct revision_act *act,
    struct value *file, struct err *err)
{
	(void)law;
	if (!has(file, REV_SENT_ON))
		return missing(file, "send", err);
	if (has(file, REV_ANSWERED_ON) || has(file, REV_CONCLUDED_ON))
		return refuse(file, err, "il n'y a plus de réponse à "
		    "attendre : le questionnaire est répondu ou conclu");
	if (has(file, REV_REMINDED_ON))
		return refuse(file, err, "la relance est déjà faite");
	file[REV_REMINDED_ON] = value_date(act->day);
	return TAPR_OK;
}

static int
answer(const struct law *law, const struct revision_act *act,
    struct value *file, struct err *err)
{
	(void)law;
	if (!has(file, REV_SENT_ON))
		return missing(file, "send", err);
	if (has(file, REV_ANSWERED_ON) || has(file, REV_CONCLUDED_ON))
		return refuse(file, err, "le questionnaire est déjà répondu "
		    "ou conclu");
	if (act->document == NULL)
		return refuse(file, err, "la réponse n'a pas de pièce ; "
		    "donnez sa référence par --document");
	file[REV_ANSWERED_ON] = value_date(act->day);
	file[REV_ANSWER_DOCUMENT] = value_text(act->document);
	return TAPR_OK;
}

/* ---- the conclusion ------------------------------------------------------- */

/* Nobody answered: what must have been tried first. */
static int
check_ex_officio(const struct revision_act *act, const struct value *file,
    struct err *err)
{
	struct date last = value_to_date(&file[REV_ANSWER_BY]);

	if (has(file, REV_ANSWERED_ON))
		return TAPR_OK;
	if (!has(file, REV_SENT_ON))
		return missing(file, "send", err);
	if (!has(file, REV_REMINDED_ON))
		return refuse(file, err, "sans réponse, il manque l'étape "
		    "« remind » avant de conclure d'office ; relancez "
		    "(tapr revision remind), ou enregistrez la réponse "
		    "(tapr revision answer)");
	if (!is_over(last, act->day))
		return refuse(file, err, "sans réponse, on ne conclut "
		    "d'office qu'après le dernier jour pour répondre, le %s",
		    fmt_day(last).text);
	return TAPR_OK;
}

/* The code proposed is another one, of the branch said, on ${on}. */
static int
check_code(const struct law *law, const char *code, const char *ctn,
    struct date on, const struct value *file, const char **ret_ctn,
    struct err *err)
{
	int rc;

	if (is(file, REV_RISK_CODE, code))
		return refuse(file, err, "le code %s est déjà celui de la "
		    "section ; concluez « unchanged »", code);
	if ((rc = risk_code_ctn(law, code, on, ret_ctn, err)) != TAPR_OK)
		return rc;
	if (ctn != NULL && strcmp(*ret_ctn, ctn) != 0)
		return refuse(file, err, "le code %s est du CTN %s, pas du "
		    "CTN %s ; corrigez l'un ou l'autre", code, *ret_ctn, ctn);
	if (ctn == NULL && !is(file, REV_CTN, *ret_ctn))
		return refuse(file, err, "le code %s est du CTN %s, la section "
		    "est du CTN %s ; si l'activité change de branche, "
		    "ajoutez --ctn %s", code, *ret_ctn,
		    value_or_empty(&file[REV_CTN]), *ret_ctn);
	return TAPR_OK;
}

static int
conclude(const struct law *law, const struct revision_act *act,
    struct value *file, struct err *err)
{
	const char *word = act->word == NULL ? "" : act->word, *ctn = NULL;
	bool changes = strcmp(word, "reclassify") == 0;
	int rc;

	if (has(file, REV_CONCLUDED_ON))
		return refuse(file, err, "la conclusion est déjà faite");
	if ((rc = check_ex_officio(act, file, err)) != TAPR_OK)
		return rc;
	if (!changes && strcmp(word, "unchanged") != 0)
		return refuse(file, err, "la conclusion est « unchanged » ou "
		    "« reclassify »");
	if (act->reason == NULL)
		return refuse(file, err, "la conclusion n'a pas de motif ; "
		    "donnez --reason, en fait et en droit");
	if (changes != (act->risk_code != NULL))
		return changes ? refuse(file, err, "quel code proposer ? "
		    "donnez --risk-code") : refuse(file, err, "« unchanged » "
		    "garde le code ; enlevez --risk-code");
	if (changes && (rc = check_code(law, act->risk_code, act->ctn,
	    act->day, file, &ctn, err)) != TAPR_OK)
		return rc;
	file[REV_CONCLUDED_ON] = value_date(act->day);
	file[REV_CONCLUDER] = value_text(act->actor);
	file[REV_CONCLUSION] = value_text(changes ? "reclassify" :
	    "unchanged");
	file[REV_PROPOSED_CODE] = value_text(act->risk_code);
	file[REV_PROPOSED_CTN] = value_text(ctn);
	file[REV_REASON] = value_text(act->reason);
	return TAPR_OK;
}

/* ---- the contradictory decision -------------------------------------------- */

static int
propose(const struct law *law, const struct revision_act *act,
    struct value *file, struct err *err)
{
	(void)law;
	if (!has(file, REV_CONCLUDED_ON))
		return missing(file, "conclude", err);
	if (is(file, REV_CONCLUSION, "unchanged"))
		return refuse(file, err, "le classement est inchangé : il n'y "
		    "a rien à proposer");
	if (has(file, REV_PROPOSED_ON))
		return refuse(file, err, "la proposition est déjà faite");
	if (!date_is(act->until) || date_cmp(act->until, act->day) <= 0)
		return refuse(file, err, "jusqu'à quand l'employeur peut-il "
		    "répondre ? donnez --until, un jour à venir");
	file[REV_PROPOSED_ON] = value_date(act->day);
	file[REV_OBSERVATIONS_UNTIL] = value_date(act->until);
	return TAPR_OK;
}

static int
observe(const struct law *law, const struct revision_act *act,
    struct value *file, struct err *err)
{
	(void)law;
	if (!has(file, REV_PROPOSED_ON))
		return missing(file, has(file, REV_CONCLUDED_ON) ? "propose" :
		    "conclude", err);
	if (has(file, REV_DECIDED_ON))
		return refuse(file, err, "la décision est déjà prise ; "
		    "l'employeur peut la contester");
	if (has(file, REV_OBSERVED_ON))
		return refuse(file, err, "l'observation est déjà enregistrée");
	if (act->document == NULL)
		return refuse(file, err, "l'observation n'a pas de pièce ; "
		    "donnez sa référence par --document");
	file[REV_OBSERVED_ON] = value_date(act->day);
	file[REV_OBSERVATION_DOCUMENT] = value_text(act->document);
	return TAPR_OK;
}

/* May somebody decide, and is it this one? */
static int
check_decider(const struct revision_act *act, const struct value *file,
    struct err *err)
{
	struct date until = value_to_date(&file[REV_OBSERVATIONS_UNTIL]);

	if (!has(file, REV_CONCLUDED_ON))
		return missing(file, "conclude", err);
	if (is(file, REV_CONCLUSION, "unchanged"))
		return refuse(file, err, "le classement est inchangé : il n'y "
		    "a rien à décider");
	if (!has(file, REV_PROPOSED_ON))
		return missing(file, "propose", err);
	if (has(file, REV_DECIDED_ON))
		return refuse(file, err, "la décision est déjà prise");
	if (!has(file, REV_OBSERVED_ON) && !is_over(until, act->day))
		return refuse(file, err, "l'employeur peut répondre jusqu'au "
		    "%s inclus ; attendez le lendemain, ou enregistrez son "
		    "observation (tapr revision observe)",
		    fmt_day(until).text);
	if (is(file, REV_CONCLUDER, act->actor))
		return refuse(file, err, "celui qui a conclu ne décide pas ; "
		    "une autre personne décide (--as)");
	return TAPR_OK;
}

static int
decide(const struct law *law, const struct revision_act *act,
    struct value *file, struct err *err)
{
	const char *word = act->word == NULL ? "" : act->word, *ctn;
	bool accepts = strcmp(word, "accept") == 0;
	int rc;

	if ((rc = check_decider(act, file, err)) != TAPR_OK)
		return rc;
	if (!accepts && strcmp(word, "drop") != 0)
		return refuse(file, err, "la décision est « accept » ou "
		    "« drop »");
	if (accepts && !date_is(act->effect))
		return refuse(file, err, "de quel jour le nouveau classement "
		    "prend-il effet ? donnez --effect");
	if (accepts && (rc = check_code(law,
	    value_or_empty(&file[REV_PROPOSED_CODE]),
	    value_or_empty(&file[REV_PROPOSED_CTN]), act->effect, file, &ctn,
	    err)) != TAPR_OK)
		return rc;
	file[REV_DECIDED_ON] = value_date(act->day);
	file[REV_DECIDER] = value_text(act->actor);
	file[REV_DECISION] = value_text(accepts ? "accept" : "drop");
	file[REV_EFFECT_ON] = accepts ? value_date(act->effect) :
	    value_null();
	return TAPR_OK;
}

int
revision_apply(const struct law *law, const struct revision_act *act,
    struct value *file, struct err *err)
{
	static int (*const steps[REVISION_STEPS])(const struct law *,
	    const struct revision_act *, struct value *, struct err *) = {
		[REVISION_SEND] = send, [REVISION_REMIND] = remind,
		[REVISION_ANSWER] = answer, [REVISION_CONCLUDE] = conclude,
		[REVISION_PROPOSE] = propose, [REVISION_OBSERVE] = observe,
		[REVISION_DECIDE] = decide,
	};
	int rc;

	assert(act->step < REVISION_STEPS);
	if ((rc = check_day(act, file, err)) != TAPR_OK)
		return rc;
	return steps[act->step](law, act, file, err);
}
