/*
 * revision.c -- tapr revision.
 */
#include <string.h>

#include "cli/cli.h"
#include "register/revision_run.h"

enum { OUT_MAX = 1 << 28 };

static int
read_day(const struct cli *c, const char *name, struct date *ret,
    struct err *err)
{
	const char *text = cli_option(c, name);

	*ret = DATE_NONE;
	if (text != NULL && !date_parse(text, strlen(text), ret))
		return cli_usage(err, "%s attend une date AAAA-MM-JJ, pas "
		    "« %s »", name, str_brief(text).text);
	return TAPR_OK;
}

/* What each step says once done, of one file and of several. */
static const char *const said[REVISION_STEPS][2] = {
	[REVISION_SEND] = { "questionnaire noté envoyé",
	    "questionnaires notés envoyés" },
	[REVISION_REMIND] = { "relance notée", "relances notées" },
	[REVISION_ANSWER] = { "réponse enregistrée", "réponses enregistrées" },
	[REVISION_CONCLUDE] = { "conclusion enregistrée",
	    "conclusions enregistrées" },
	[REVISION_PROPOSE] = { "proposition notée envoyée à l'employeur",
	    "propositions notées envoyées à l'employeur" },
	[REVISION_OBSERVE] = { "observation enregistrée",
	    "observations enregistrées" },
	[REVISION_DECIDE] = { "décision enregistrée",
	    "décisions enregistrées" },
};

static int
say(struct cli *c, const char *step, const char *const what[2], size_t n,
    struct err *err)
{
	struct str out;
	int rc;

	str_init(&out, 1 << 16);
	if (c->format == FORMAT_JSON) {
		str_add(&out, "{\"round\": ");
		str_add_json(&out, c->word[1]);
		str_printf(&out, ", \"step\": \"%s\", \"files\": %zu}\n",
		    step, n);
	} else
		str_printf(&out, "%zu %s\n", n, what[n >= 2]);
	rc = cli_print(c, &out, err);
	str_free(&out);
	return rc;
}

/* The SIRETs from word ${first} on: all of them, or one. */
static struct revision_whom
whom(const struct cli *c, bool many)
{
	size_t n = c->words - 2;

	return (struct revision_whom){ c->word[1], c->word + 2,
		many || n < 1 ? n : 1, cli_option(c, "--section") };
}

static int
open_round(struct cli *c, struct err *err)
{
	static const char *const asked[2] = { "section à interroger",
		"sections à interroger" };
	struct revision_whom w = whom(c, true);
	struct place place;
	struct date by;
	size_t n;
	int rc;

	if ((rc = read_day(c, "--answer-by", &by, err)) != TAPR_OK)
		return rc;
	if (!date_is(by))
		return cli_usage(err, "jusqu'à quand répondre ? donnez "
		    "--answer-by AAAA-MM-JJ");
	if ((rc = cli_place(c, true, &place, err)) != TAPR_OK ||
	    (rc = revision_open(&place, &w, by, cli_option(c, "--risk-code"),
	    &n, err)) != TAPR_OK)
		return rc;
	return say(c, "open", asked, n, err);
}

static int
show(struct cli *c, bool one, struct err *err)
{
	struct revision_whom w = whom(c, false);
	struct place place;
	struct str out;
	int rc;

	if (w.n != (one ? 1 : 0) || c->words > 3)
		return cli_usage(err, one ? "tapr revision show RÉVISION SIRET" :
		    "tapr revision list RÉVISION");
	if ((rc = cli_place(c, false, &place, err)) != TAPR_OK)
		return rc;
	str_init(&out, OUT_MAX);
	rc = revision_show(&place, &w, c->format == FORMAT_JSON, &out, err);
	if (rc == TAPR_OK)
		rc = cli_print(c, &out, err);
	str_free(&out);
	return rc;
}

/* RÉVISION [SIRET...], RÉVISION SIRET, or RÉVISION SIRET WORD. */
static int
check_words(const struct cli *c, enum revision_step step, struct err *err)
{
	bool word = step == REVISION_CONCLUDE || step == REVISION_DECIDE;

	if (step <= REVISION_REMIND || c->words == (word ? 4 : 3))
		return TAPR_OK;
	return cli_usage(err, "tapr revision %s RÉVISION SIRET%s",
	    revision_step_words[step], step == REVISION_CONCLUDE ?
	    " unchanged|reclassify" : step == REVISION_DECIDE ?
	    " accept|drop" : "");
}

static int
do_step(struct cli *c, enum revision_step step, struct err *err)
{
	struct revision_whom w = whom(c, step <= REVISION_REMIND);
	struct revision_act act = { .step = step,
	    .word = c->words > 3 ? c->word[3] : NULL,
	    .document = cli_option(c, "--document"),
	    .reason = cli_option(c, "--reason"),
	    .risk_code = cli_option(c, "--risk-code"),
	    .ctn = cli_option(c, "--ctn") };
	struct place place;
	size_t n;
	int rc;

	if ((rc = check_words(c, step, err)) != TAPR_OK ||
	    (rc = read_day(c, "--until", &act.until, err)) != TAPR_OK ||
	    (rc = read_day(c, "--effect", &act.effect, err)) != TAPR_OK ||
	    (rc = cli_place(c, true, &place, err)) != TAPR_OK ||
	    (rc = cli_law(c, err)) != TAPR_OK ||
	    (rc = revision_do(&place, c->law, &w, &act, &n, err)) != TAPR_OK)
		return rc;
	return say(c, revision_step_words[step], said[step], n, err);
}

static int
revision(struct cli *c, struct err *err)
{
	const char *what = c->words > 0 ? c->word[0] : "";

	if (c->format == FORMAT_HTML)
		return cli_usage(err, "une révision s'écrit en text ou json");
	if (c->words > 0 && c->words < 2)
		return cli_usage(err, "quelle révision ? tapr revision %s "
		    "RÉVISION", str_brief(what).text);
	if (strcmp(what, "open") == 0)
		return open_round(c, err);
	if (strcmp(what, "list") == 0 || strcmp(what, "show") == 0)
		return show(c, strcmp(what, "show") == 0, err);
	for (int i = 0; i < REVISION_STEPS; i++)
		if (strcmp(what, revision_step_words[i]) == 0)
			return do_step(c, (enum revision_step)i, err);
	return cli_usage(err, "tapr revision open, send, remind, answer, "
	    "conclude, propose, observe, decide, list ou show%s%s",
	    what[0] == '\0' ? "" : ", pas ", str_brief(what).text);
}

const struct verb cli_revision_verbs[] = { {
	.name = "revision",
	.run = revision,
	.usage = "open RÉVISION --answer-by DATE [--risk-code CODE] "
	    "[SIRET ...] | send|remind RÉVISION [SIRET ...] | answer RÉVISION "
	    "SIRET --document REF | conclude RÉVISION SIRET "
	    "unchanged|reclassify --reason TEXTE [--risk-code CODE] [--ctn "
	    "CTN] | propose RÉVISION SIRET --until DATE | observe RÉVISION "
	    "SIRET --document REF | decide RÉVISION SIRET accept|drop "
	    "[--effect DATE] | list RÉVISION | show RÉVISION SIRET",
	.summary = "la révision quinquennale : questionnaires, décisions",
	.help =
	"open     : commence une révision ; sans SIRET ni --risk-code, toutes "
	"les\n           sections classées des établissements ouverts.\n"
	"send     : le questionnaire est parti (sans SIRET : tous ceux qui "
	"attendent).\n"
	"remind   : la relance est partie.\n"
	"answer   : la réponse est arrivée.\n"
	"conclude : classement inchangé, ou autre code, avec son motif ; sans "
	"réponse,\n           d'office après une relance et le dernier jour "
	"pour répondre.\n"
	"propose  : la proposition est partie chez l'employeur, qui peut "
	"répondre\n           jusqu'à --until.\n"
	"observe  : son observation est arrivée.\n"
	"decide   : une autre personne que celle qui a conclu reclasse à "
	"--effect, ou\n           abandonne.\n"
	"list     : où en est chaque section.    show : un dossier entier.\n\n"
	"Plusieurs sections dans un établissement : --section main|home.\n\n"
	"  tapr -C fonds --as dupont revision open 2027 --answer-by "
	"2027-03-31 --risk-code 452BE\n"
	"  tapr -C fonds --as dupont revision send 2027\n",
	.basis =
	"Base : CSS art. L. 242-5 al. 3 (classement), CRPA art. L. 121-1, "
	"L. 122-1 et L. 211-5 (contradiction, motifs). Finalité : "
	"classement des risques. Aucune donnée sur un salarié.",
	.options = " --answer-by --risk-code --ctn --section --document "
	    "--reason --until --effect ",
	}, { .name = NULL },
};
