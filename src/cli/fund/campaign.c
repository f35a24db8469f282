/*
 * campaign.c -- tapr campaign, account and contest.
 *
 * What an act needs beside its year is written NAME=VALUE, as for a rule:
 * tapr campaign decide 2024 lot=2 review=...
 */
#include <string.h>

#include "campaign/campaign.h"
#include "cli/cli.h"
#include "rating/law_view.h"

enum { OUT_MAX = 1 << 30 };

static const char basis[] =
    "Base : CSS art. L. 242-5, D. 242-6-1 et suivants, D. 242-6-22 "
    "(détermination et notification des taux), RGPD art. 6 § 1 e. Finalité : "
    "tarification.";

static void
told(void *to, const char *what, uint64_t done, uint64_t all)
{
	const struct cli *c = to;

	if (c->world->terminal && all > 0)
		fprintf(c->world->log, "\r%s : %3llu %%", what,
		    (unsigned long long)(done * 100 / all));
}

/* The value of NAME=VALUE among the words from ${from} on; NULL: not given. */
static const char *
given(const struct cli *c, size_t from, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = from; i < c->words; i++)
		if (strncmp(c->word[i], name, n) == 0 && c->word[i][n] == '=')
			return c->word[i] + n + 1;
	return NULL;
}

/*
 * Each word from ${from} on must be NAME=VALUE with a name of ${names} (" lot=
 * review= "): one mistyped would else be passed over in silence.
 */
static int
check_words(const struct cli *c, size_t from, const char *names,
    struct err *err)
{
	for (size_t i = from; i < c->words; i++) {
		const char *word = c->word[i], *eq = strchr(word, '=');
		size_t n = eq == NULL ? 0 : (size_t)(eq - word) + 1;
		const char *at = names;

		while (n > 1 && at != NULL && (at = strchr(at, ' ')) != NULL &&
		    strncmp(++at, word, n) != 0)
			continue;
		if (n <= 1 || at == NULL)
			return cli_usage(err, "« %s » n'est pas attendu ici ; "
			    "au choix :%s", str_brief(word).text,
			    names[1] == '\0' ? " rien de plus" : names);
	}
	return TAPR_OK;
}

/* A reading that has no page. */
static int
check_format(const struct cli *c, const char *what, struct err *err)
{
	if (c->format != FORMAT_HTML)
		return TAPR_OK;
	return cli_usage(err, "%s s'écrit en text ou json ; la page HTML est "
	    "celle d'une feuille (tapr campaign show ANNÉE SIRET)", what);
}

static int
read_year(const char *word, int *ret, struct err *err)
{
	struct frac f;
	int64_t v;

	if (strlen(word) != 4 || !frac_parse(word, 4, 0, &f) ||
	    !frac_scaled(f, 0, &v) || v < 2012)
		return cli_usage(err, "une année de tarification, à partir de "
		    "2012, est attendue, pas « %s »", word);
	*ret = (int)v;
	return TAPR_OK;
}

static int
read_threads(const struct cli *c, int *ret, struct err *err)
{
	const char *word = given(c, 2, "threads");
	struct frac f;
	int64_t v;

	*ret = 0;
	if (word == NULL)
		return TAPR_OK;
	if (!frac_parse(word, strlen(word), 0, &f) ||
	    !frac_scaled(f, 0, &v) || v < 1 || v > 64)
		return cli_usage(err, "threads : de 1 à 64");
	*ret = (int)v;
	return TAPR_OK;
}

/* ---- tapr campaign --------------------------------------------------------------- */

/* run = freeze, compute, draft; the last one says where all is. */
static int
run(const struct campaign_act *act, struct str *out, struct err *err)
{
	int (*const steps[])(const struct campaign_act *, struct str *,
	    struct err *) = { campaign_freeze, campaign_compute,
		campaign_draft, campaign_show };
	int rc = TAPR_OK;

	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
		str_clear(out);
		if ((rc = steps[i](act, out, err)) != TAPR_OK)
			return rc;
	}
	return rc;
}

static int
show(struct cli *c, const struct campaign_act *act, struct str *out,
    struct err *err)
{
	const char *as = given(c, 3, "as");
	struct campaign_page page = { .section = given(c, 3, "section"),
		.html = c->format == FORMAT_HTML, .notified = as != NULL };

	if (c->words < 3)
		return campaign_show(act, out, err);
	if (strchr(c->word[2], '=') != NULL)
		return cli_usage(err, "le SIRET vient avant « %s »",
		    str_brief(c->word[2]).text);
	if (as != NULL && strcmp(as, "notified") != 0)
		return cli_usage(err, "as vaut notified : la feuille du taux "
		    "d'abord notifié");
	page.siret = c->word[2];
	return campaign_sheet(act, &page, out, err);
}

static struct campaign_one
one_of(const struct cli *c)
{
	return (struct campaign_one){ given(c, 2, "siret"),
		given(c, 2, "section"), given(c, 2, "document"),
		given(c, 2, "answer"), given(c, 2, "reason"),
		given(c, 2, "reference"), given(c, 2, "accept") != NULL };
}

static int
observe(struct cli *c, const struct campaign_act *act, struct str *out,
    struct err *err)
{
	struct campaign_one one = one_of(c);

	return campaign_observe(act, &one, out, err);
}

static int
withdraw(struct cli *c, const struct campaign_act *act, const char *siret,
    struct str *out, struct err *err)
{
	struct campaign_one one = one_of(c);

	one.siret = siret;
	return campaign_withdraw(act, &one, out, err);
}

static int
read_lot(const struct cli *c, int *ret, struct err *err)
{
	const char *word = given(c, 2, "lot");
	struct frac f;
	int64_t v;

	if (word == NULL || !frac_parse(word, strlen(word), 0, &f) ||
	    !frac_scaled(f, 0, &v) || v < 1 || v > 1000000)
		return cli_usage(err, "quel lot ? lot=NUMÉRO (tapr campaign "
		    "show les donne)");
	*ret = (int)v;
	return TAPR_OK;
}

static int
decide(struct cli *c, const struct campaign_act *act, struct str *out,
    struct err *err)
{
	const char *stop = given(c, 2, "withdraw");
	int lot = 0, rc;

	if (stop != NULL)
		return withdraw(c, act, stop, out, err);
	if ((rc = read_lot(c, &lot, err)) != TAPR_OK)
		return rc;
	return campaign_decide(act, lot, given(c, 2, "review"), out, err);
}

static int
read_day(const struct cli *c, const char *name, struct date *ret,
    struct err *err)
{
	const char *word = given(c, 2, name);

	if (word == NULL || date_parse(word, strlen(word), ret))
		return TAPR_OK;
	return cli_usage(err, "%s attend une date AAAA-MM-JJ", name);
}

static int
notify(struct cli *c, const struct campaign_act *act, struct str *out,
    struct err *err)
{
	struct campaign_notice n = { .means = given(c, 2, "means"),
		.proof = given(c, 2, "proof") };
	const char *stop = given(c, 2, "stop");
	int rc;

	if (stop != NULL)
		return withdraw(c, act, stop, out, err);
	if ((rc = read_lot(c, &n.lot, err)) != TAPR_OK ||
	    (rc = read_day(c, "received", &n.received, err)) != TAPR_OK ||
	    (rc = read_day(c, "consulted", &n.consulted, err)) != TAPR_OK)
		return rc;
	return campaign_notify(act, &n, out, err);
}

/* ---- tapr campaign collective ------------------------------------------------------ */

/* The national fund opens no fund: it has the files that the others sent. */
static int
add_relations(struct cli *c, const struct campaign_act *act, struct str *out,
    struct err *err)
{
	const char *file[CLI_WORDS_MAX + 1], *law;
	struct campaign_collective what = { .file = file, .files = 1,
		.groups = given(c, 2, "groups"),
		.code = given(c, 2, "risk_code") };
	char funds[4096];
	int rc;

	if ((rc = cli_law_dir(c, &law, err)) != TAPR_OK)
		return rc;
	(void)snprintf(funds, sizeof funds, "%s/funds.csv", law);
	what.funds = funds;
	file[0] = cli_option(c, "--from");
	for (size_t i = 2; i < c->words; i++)
		if (strchr(c->word[i], '=') == NULL)
			file[what.files++] = c->word[i];
	return campaign_collective(act, &what, out, err);
}

static int
collective(struct cli *c, const struct campaign_act *act, struct str *out,
    struct err *err)
{
	return cli_option(c, "--from") != NULL ?
	    add_relations(c, act, out, err) :
	    campaign_relation(act, cli_option(c, "--out"), out, err);
}

/* ---- tapr campaign ----------------------------------------------------------------- */

/* What the law of today changes in that of the campaign. */
static int
diff(struct cli *c, const struct campaign_act *act, struct str *out,
    struct err *err)
{
	struct law *was = NULL;
	int rc;

	if ((rc = campaign_law(act, &was, err)) == TAPR_OK)
		rc = law_diff(was, c->law, c->world->today, act->json, out,
		    err);
	rating_law_free(was);
	return rc;
}

/* One step of a campaign; those of the register alone know their act. */
static const struct step {
	const char	*name;
	int		(*act)(const struct campaign_act *, struct str *,
			    struct err *);
	int		(*with)(struct cli *, const struct campaign_act *,
			    struct str *, struct err *);
	const char	*names;		/* of its NAME=VALUE, between blanks;
				 * NULL: and files */
} steps[] = {
	{ "run", run, NULL, " threads= plain= " },
	{ "freeze", campaign_freeze, NULL, " " },
	{ "compute", campaign_compute, NULL, " threads= plain= " },
	{ "sanction", campaign_sanction, NULL, " " },
	{ "draft", campaign_draft, NULL, " " },
	{ "observe", NULL, observe,
	    " siret= section= reference= document= answer= accept= " },
	{ "decide", NULL, decide,
	    " lot= review= withdraw= section= reference= reason= " },
	{ "notify", NULL, notify, " lot= means= proof= received= consulted= "
	    "stop= section= reference= reason= " },
	{ "show", NULL, show, " section= as= " },
	{ "verify", campaign_verify, NULL, " threads= plain= " },
	{ "collective", NULL, collective, NULL },
	{ "impact", campaign_impact, NULL, " threads= plain= " },
	{ "diff", NULL, diff, " " },
};

static int
find_step(const struct cli *c, const struct step **ret, struct err *err)
{
	bool page;
	int rc;

	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
		if (strcmp(steps[i].name, c->word[0]) != 0)
			continue;
		*ret = &steps[i];
		page = steps[i].with == show && c->words > 2;
		if (!page && (rc = check_format(c, "cette étape", err)) !=
		    TAPR_OK)
			return rc;
		return steps[i].names == NULL ? TAPR_OK :
		    check_words(c, page ? 3 : 2, steps[i].names, err);
	}
	return cli_usage(err, "tapr campaign run, freeze, compute, sanction, "
	    "draft, observe, decide, notify, verify, impact, diff, "
	    "collective ou show, pas « %s »",
	    str_brief(c->word[0]).text);
}

/* The steps that write nothing, whatever they are given. */
static bool
only_reads(const struct cli *c)
{
	const char *what = c->word[0];

	return strcmp(what, "show") == 0 || strcmp(what, "verify") == 0 ||
	    strcmp(what, "impact") == 0 || strcmp(what, "diff") == 0 ||
	    strcmp(what, "collective") == 0 || (strcmp(what, "decide") == 0 &&
	    given(c, 2, "review") == NULL && given(c, 2, "withdraw") == NULL);
}

/*
 * A campaign that was refused, or made of a year of which whole parameters are
 * not held: what is missing, and where to enter it.
 */
static void
say_missing(const struct cli *c, const char *what, int year, int rc)
{
	struct str out;
	bool whole;

	if (rc != TAPR_ELAW && strcmp(what, "run") != 0 &&
	    strcmp(what, "draft") != 0 && strcmp(what, "compute") != 0)
		return;
	str_init(&out, 1 << 20);
	whole = law_missing(c->law, year, &out);
	if ((whole || rc != TAPR_OK) && !str_failed(&out) && out.n > 0)
		fwrite(out.p, 1, out.n, c->world->log);
	str_free(&out);
}

static int
campaign(struct cli *c, struct err *err)
{
	struct campaign_act act = { .json = c->format == FORMAT_JSON,
	    .told = told, .to = c };
	const struct step *step = NULL;
	struct str out;
	int rc;

	act.stop = c->world->catch_stop();
	if (c->words > 0 && strcmp(c->word[0], "collective") != 0 &&
	    c->kepts > 0)
		return cli_usage(err, "--from et --out sont de tapr campaign "
		    "collective");
	if (c->words < 2)
		return cli_usage(err, "une étape et une année sont attendues : "
		    "tapr campaign run 2024");
	act.plain = given(c, 2, "plain") != NULL;
	if ((rc = find_step(c, &step, err)) != TAPR_OK ||
	    (rc = read_year(c->word[1], &act.year, err)) != TAPR_OK ||
	    (rc = read_threads(c, &act.threads, err)) != TAPR_OK ||
	    (cli_option(c, "--from") == NULL && (rc = cli_place(c,
	    !only_reads(c), &act.place, err)) != TAPR_OK) ||
	    (rc = cli_law(c, err)) != TAPR_OK)
		return rc;
	act.law = c->law;
	str_init(&out, OUT_MAX);
	rc = step->act != NULL ? step->act(&act, &out, err) :
	    step->with(c, &act, &out, err);
	if (c->world->terminal)
		fprintf(c->world->log, "\r%*s\r", 24, "");
	if (rc == TAPR_OK)
		rc = cli_print(c, &out, err);
	else	/* what differs is for a person to read */
		cli_tell(c, &out, err);
	say_missing(c, c->word[0], act.year, rc);
	str_free(&out);
	return rc;
}

/* ---- tapr account ------------------------------------------------------------ */

static int
account(struct cli *c, struct err *err)
{
	struct campaign_act act = { .json = c->format == FORMAT_JSON };
	const char *form = given(c, 2, "form");
	struct str out;
	int rc;

	if (c->words < 2)
		return cli_usage(err, "un SIRET et une année sont attendus");
	if (form != NULL && strcmp(form, "csv") != 0)
		return cli_usage(err, "form vaut csv");
	if ((rc = check_format(c, "le compte", err)) != TAPR_OK ||
	    (rc = check_words(c, 2, " section= current= form= ", err)) !=
	    TAPR_OK || (rc = read_year(c->word[1], &act.year, err)) != TAPR_OK ||
	    (rc = cli_place(c, false, &act.place, err)) != TAPR_OK ||
	    (rc = cli_law(c, err)) != TAPR_OK)
		return rc;
	act.law = c->law;
	str_init(&out, OUT_MAX);
	rc = campaign_account(&act, c->word[0], given(c, 2, "section"),
	    given(c, 2, "current") != NULL, form != NULL, &out, err);
	if (rc == TAPR_OK)
		rc = cli_print(c, &out, err);
	str_free(&out);
	return rc;
}

/* ---- tapr contest ------------------------------------------------------------ */

static int
read_contest(const struct cli *c, struct contest *ret, struct err *err)
{
	const char *accept = given(c, 2, "accept");
	const char *number = given(c, 2, "number");
	struct frac f;
	int64_t v = 0;

	if (number != NULL && (!frac_parse(number, strlen(number), 0, &f) ||
	    !frac_scaled(f, 0, &v) || v < 1 || v > 1000000000))
		return cli_usage(err, "number : un nombre est attendu");
	if (accept != NULL && strcmp(accept, "yes") != 0 &&
	    strcmp(accept, "no") != 0)
		return cli_usage(err, "accept vaut yes ou no");
	*ret = (struct contest){ .siret = given(c, 2, "siret"),
		.section = given(c, 2, "section"),
		.against = given(c, 2, "against"),
		.document = given(c, 2, "document"), .number = (int)v,
		.accept = accept != NULL && strcmp(accept, "yes") == 0,
		.reasons = given(c, 2, "reasons"),
		.proof = given(c, 2, "proof") };
	if (strcmp(c->word[0], "decide") == 0 &&
	    (number == NULL || accept == NULL))
		return cli_usage(err, "donnez number=N et accept=yes|no");
	return TAPR_OK;
}

static int
do_table(const struct cli *c, const struct campaign_act *act,
    const struct contest *what, struct str *out, struct err *err)
{
	const char *form = given(c, 2, "form");

	if (what->number == 0)
		return cli_usage(err, "quelle contestation ? number=N");
	if (form != NULL && strcmp(form, "csv") != 0)
		return cli_usage(err, "form vaut csv");
	return contest_table(act, what->number, form != NULL, out, err);
}

static int
contest(struct cli *c, struct err *err)
{
	struct campaign_act act = { .json = c->format == FORMAT_JSON };
	struct contest what = { .number = 0 };
	const char *verb = c->words > 0 ? c->word[0] : "";
	bool opens = strcmp(verb, "open") == 0, lists =
	    strcmp(verb, "list") == 0, table = strcmp(verb, "table") == 0;
	struct str out;
	int rc;

	if (c->words < 2 || (!opens && !lists && !table &&
	    strcmp(verb, "decide") != 0))
		return cli_usage(err, "tapr contest open, list, decide ou "
		    "table, puis une année");
	if ((rc = check_format(c, "une contestation", err)) != TAPR_OK ||
	    (rc = check_words(c, 2, opens ? " siret= section= against= "
	    "document= " : lists ? " " : table ? " number= form= " :
	    " number= accept= reasons= proof= ", err)) != TAPR_OK ||
	    (rc = read_year(c->word[1], &act.year, err)) != TAPR_OK ||
	    (rc = read_contest(c, &what, err)) != TAPR_OK ||
	    (rc = cli_place(c, !lists && !table, &act.place, err)) !=
	    TAPR_OK || (rc = cli_law(c, err)) != TAPR_OK)
		return rc;
	act.law = c->law;
	str_init(&out, OUT_MAX);
	rc = lists ? contest_list(&act, &out, err) : table ?
	    do_table(c, &act, &what, &out, err) : opens ?
	    contest_open(&act, &what, &out, err) :
	    contest_decide(&act, &what, &out, err);
	if (rc == TAPR_OK)
		rc = cli_print(c, &out, err);
	str_free(&out);
	return rc;
}

const struct verb cli_campaign_verbs[] = {
	{ "contest", contest, "open|list|decide|table ANNÉE [NOM=VALEUR ...]",
	    "une contestation : l'ouvrir, la décider, rectifier les taux",
	    "open      siret=… against=step:ÉTAPE|claim:RÉF document=…\n"
	    "list      celles de l'année\n"
	    "decide    number=N accept=no reasons=… ; ou, les faits une fois "
	    "corrigés,\n          number=N accept=yes reasons=… proof=… : chaque "
	    "taux notifié qu'ils changent\n          est recalculé et "
	    "rectifié, avec ce qui est à rembourser ou à payer\n"
	    "table     number=N [form=csv] : pour qui recouvre, les taux "
	    "rectifiés, la masse,\n          le montant et jusqu'à quand il "
	    "peut être réclamé (CSS L. 243-6, L. 244-3)\n\n"
	    "  tapr -C fonds --as nom contest open 2024 "
	    "siret=73282932000074 against=claim:A1 document=courrier-12\n",
	    basis, NULL },
	{ "account", account,
	    "SIRET ANNÉE [section=…] [current=yes] [form=csv]",
	    "le compte employeur : ce qui est imputé, et les salaires",
	    "Le compte sur lequel repose le taux de l'année, si sa campagne "
	    "est gelée ; sinon, ou\navec current=yes, le compte courant de "
	    "l'année et de la précédente, provisoire.\n\n"
	    "  tapr -C fonds account 73282932000074 2024\n", basis, NULL },
	{ "campaign", campaign,
	    "run|freeze|compute|sanction|draft|observe|decide|notify|verify|"
	    "impact|diff|show|collective ANNÉE [SIRET] [NOM=VALEUR ...]",
	    "la campagne de l'année : geler, calculer, décider, notifier",
	    "run       geler, calculer, envoyer les projets\n"
	    "freeze    l'instantané de ce qui est connu, avec sa loi\n"
	    "compute   tous les taux [threads=N]\n"
	    "sanction  un lot des cotisations supplémentaires et pénalités "
	    "nouvelles du registre,\n          chiffrées ; il suit les mêmes "
	    "étapes (reference=… désigne une sanction)\n"
	    "draft     les projets ; ouvre la période d'observations\n"
	    "observe   ferme les périodes échues ; siret=… document=… une "
	    "observation,\n          siret=… answer=… sa réponse ; accept=yes, "
	    "les faits étant corrigés :\n          le projet l'est aussi\n"
	    "decide    lot=N la revue à lire ; lot=N review=EMPREINTE "
	    "décide ;\n          withdraw=SIRET reason=… retire un taux\n"
	    "notify    lot=N means=electronic|post proof=… [received=DATE] ; "
	    "puis lot=N\n          [consulted=DATE] met en vigueur ; "
	    "stop=SIRET reason=… arrête un envoi\n"
	    "verify    recalcule tout depuis l'instantané et compare\n"
	    "impact    avec --law DOSSIER : qui gagne, qui perd\n"
	    "diff      ce que la loi d'aujourd'hui change à celle de la "
	    "campagne, en mots\n"
	    "show      où en est la campagne, ou la feuille d'un SIRET "
	    "[section=…], celle\n          du taux en vigueur, rectifié ou non ; "
	    "as=notified : celle de l'origine\n"
	    "collective  le relevé de ce fonds pour les taux collectifs "
	    "[--out FICHIER] ; ou,\n          à la caisse nationale, --from "
	    "FICHIER... [groups=FICHIER] [risk_code=…] :\n          la "
	    "proposition de taux, avec la feuille de chaque code\n\n"
	    "  tapr -C fonds --as nom campaign run 2024\n"
	    "  tapr -C fonds campaign show 2024 73282932000074\n"
	    "  tapr campaign collective 2024 --from cramif.csv "
	    "bretagne.csv\n", basis, " --from --out " },
	{ NULL, NULL, NULL, NULL, NULL, NULL, NULL },
};
