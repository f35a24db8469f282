/*
 * register.c -- init, import, employer, classify, measure, claim.
 */
#include <signal.h>
#include <string.h>

#include "campaign/campaign.h"
#include "cli/cli.h"
#include "register/register.h"
#include "register/totals.h"

static const char basis[] =
    "Base : délibération CNIL 93-039 et CSS art. L. 242-5, L. 422-2 (fichier "
    "des employeurs et des sinistres), RGPD art. 6 § 1 e. Finalité : "
    "tarification et prévention des risques professionnels.";

static int
print(struct cli *c, struct str *out, int rc, struct err *err)
{
	if (rc == TAPR_OK && str_failed(out))
		rc = err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	if (rc == TAPR_OK)
		rc = cli_print(c, out, err);
	else
		cli_tell(c, out, err);
	str_free(out);
	return rc;
}

/* ---- init ---------------------------------------------------------------- */

static int
init(struct cli *c, struct err *err)
{
	const char *code = cli_option(c, "--fund"), *law;
	char funds[4096];
	struct place place = { .keys = c->world->keys };
	struct str out;
	int rc;

	if (c->words != 1 || code == NULL)
		return cli_usage(err, "tapr init DOSSIER --fund CODE : les "
		    "codes sont dans law/funds.csv");
	if ((rc = cli_law_dir(c, &law, err)) != TAPR_OK)
		return rc;
	(void)snprintf(funds, sizeof funds, "%s/funds.csv", law);
	place.dir = c->word[0];
	str_init(&out, REGISTER_OUT_MAX);
	return print(c, &out, register_init(&place, funds, code, &out, err),
	    err);
}

/* ---- import -------------------------------------------------------------- */

/* Ctrl-C.  A handler can only set a flag; the import asks it between lines. */
static volatile sig_atomic_t stop_asked;

static void
ask_stop(int signal_number)
{
	(void)signal_number;
	stop_asked = 1;
}

static bool
stop(void *to)
{
	(void)to;
	return stop_asked != 0;
}

static void
progress(void *to, const char *file, int64_t lines, uint64_t bytes)
{
	const struct cli *c = to;

	fprintf(c->world->log, "\r%s : %lld %s, %llu Mo ", file,
	    (long long)lines, strcmp(c->word[0], "dsn") == 0 ?
	    "déclarations" : "lignes", (unsigned long long)(bytes / 1000000));
	(void)fflush(c->world->log);
}

static int
import(struct cli *c, struct err *err)
{
	struct register_import what = { .kind = c->word[0],
		.file = c->word + 1, .files = c->words - 1,
		.dry_run = cli_option(c, "--dry-run") != NULL,
		.strict = cli_option(c, "--strict") != NULL,
		.assumed = cli_option(c, "--assumed") != NULL,
		.rejected = cli_option(c, "--rejected"),
		.json = c->format == FORMAT_JSON, .stop = stop, .to = c,
		.progress = c->world->terminal ? progress : NULL };
	struct place place;
	struct str out;
	int rc;

	if (c->words < 2)
		return cli_usage(err, "tapr import SORTE FICHIER... : par "
		    "exemple tapr import claims sinistres.csv");
	if (what.rejected != NULL && what.files > 1)
		return cli_usage(err, "--rejected va avec un seul fichier");
	if ((rc = cli_place(c, true, &place, err)) != TAPR_OK ||
	    (rc = cli_law_dir(c, &what.law_dir, err)) != TAPR_OK ||
	    (rc = cli_law(c, err)) != TAPR_OK)
		return rc;
	(void)signal(SIGINT, ask_stop);
	(void)signal(SIGTERM, ask_stop);
	str_init(&out, REGISTER_OUT_MAX);
	rc = register_import(&place, c->law, &what, &out, err);
	if (what.progress != NULL && what.files > 0)
		fputc('\n', c->world->log);
	return print(c, &out, rc, err);
}

/* ---- employer ------------------------------------------------------------ */

static int
known_day(const struct cli *c, struct date *ret, struct err *err)
{
	const char *text = cli_option(c, "--known");

	*ret = DATE_NONE;
	if (text != NULL && !date_parse(text, strlen(text), ret))
		return cli_usage(err, "--known attend une date AAAA-MM-JJ, "
		    "pas « %s »", text);
	return TAPR_OK;
}

/* What is shown, and on which days; its id is the second word. */
static int
view_of(const struct cli *c, struct register_view *ret, struct err *err)
{
	*ret = (struct register_view){ .siret = c->word[1],
		.on = date_is(c->on) ? c->on : c->world->today,
		.json = c->format == FORMAT_JSON };
	return known_day(c, &ret->known, err);
}

/* "employer" and "rename" are the act "employer rename". */
static int
act(struct cli *c, const char *name, size_t first, struct err *err)
{
	struct register_act what = { .name = name, .word = c->word + first,
		.words = c->words - first, .json = c->format == FORMAT_JSON };
	struct place place;
	struct str out;
	int rc;

	if (!register_has_act(name))
		return cli_usage(err, "pas d'acte « tapr %s »", name);
	if ((rc = cli_place(c, true, &place, err)) != TAPR_OK ||
	    (rc = cli_law_dir(c, &what.law_dir, err)) != TAPR_OK ||
	    (rc = cli_law(c, err)) != TAPR_OK)
		return rc;
	str_init(&out, REGISTER_OUT_MAX);
	return print(c, &out, register_do(&place, c->law, &what, &out, err),
	    err);
}

static int
act_of(struct cli *c, struct err *err)
{
	char name[64];

	if (c->words == 0)
		return cli_usage(err, "tapr %s : quel acte ?", c->verb);
	(void)snprintf(name, sizeof name, "%s %s", c->verb, c->word[0]);
	return act(c, name, 1, err);
}

/* tapr employer totals YEAR */
static int
totals(struct cli *c, struct err *err)
{
	struct place place;
	struct date known;
	struct str out;
	struct frac f;
	int64_t year;
	int rc;

	if (c->words != 2 || strlen(c->word[1]) != 4 ||
	    !frac_parse(c->word[1], 4, 0, &f) || !frac_scaled(f, 0, &year) ||
	    year < 1990)
		return cli_usage(err, "tapr employer totals ANNÉE : une année, "
		    "à partir de 1990");
	if (c->format == FORMAT_HTML)
		return cli_usage(err, "les totaux s'écrivent en text ou json");
	if ((rc = known_day(c, &known, err)) != TAPR_OK ||
	    (rc = cli_place(c, false, &place, err)) != TAPR_OK)
		return rc;
	str_init(&out, REGISTER_OUT_MAX);
	return print(c, &out, totals_show(&place, (int)year, known,
	    c->format == FORMAT_JSON, &out, err), err);
}

/* Declared by DSN, against what was notified. */
static int
rates_declared(struct cli *c, struct err *err)
{
	struct campaign_act act = { .json = c->format == FORMAT_JSON };
	struct str out;
	int rc;

	if (c->words != 1)
		return cli_usage(err, "tapr employer rates-declared [--on "
		    "DATE] : un jour du mois voulu");
	if ((rc = cli_place(c, false, &act.place, err)) != TAPR_OK ||
	    (rc = cli_law(c, err)) != TAPR_OK)
		return rc;
	act.law = c->law;
	str_init(&out, REGISTER_OUT_MAX);
	return print(c, &out, campaign_declared(&act, c->on, &out, err), err);
}

static int
employer(struct cli *c, struct err *err)
{
	bool history = c->words > 0 && strcmp(c->word[0], "history") == 0;
	struct register_view v;
	struct place place;
	struct str out;
	int rc;

	if (c->words > 0 && strcmp(c->word[0], "totals") == 0)
		return totals(c, err);
	if (c->words > 0 && strcmp(c->word[0], "rates-declared") == 0)
		return rates_declared(c, err);
	if (c->words == 0 || (!history && strcmp(c->word[0], "show") != 0))
		return act_of(c, err);
	if (c->words != 2)
		return cli_usage(err, "tapr employer %s SIRET", c->word[0]);
	if (c->format == FORMAT_HTML)
		return cli_usage(err, "un employeur s'écrit en text ou json");
	if ((rc = view_of(c, &v, err)) != TAPR_OK ||
	    (rc = cli_place(c, false, &place, err)) != TAPR_OK)
		return rc;
	str_init(&out, REGISTER_OUT_MAX);
	rc = history ? register_history(&place, &v, &out, err) :
	    register_show(&place, &v, &out, err);
	return print(c, &out, rc, err);
}

static int
classify(struct cli *c, struct err *err)
{
	return act(c, "classify", 0, err);
}

static int
claim(struct cli *c, struct err *err)
{
	struct register_view v;
	struct place place;
	struct str out;
	int rc;

	if (c->words == 0 || strcmp(c->word[0], "show") != 0)
		return act_of(c, err);
	if (c->words != 2)
		return cli_usage(err, "tapr claim show SINISTRE");
	if ((rc = view_of(c, &v, err)) != TAPR_OK ||
	    (rc = cli_place(c, false, &place, err)) != TAPR_OK ||
	    (rc = cli_law(c, err)) != TAPR_OK)
		return rc;
	str_init(&out, REGISTER_OUT_MAX);
	return print(c, &out, register_claim(&place, c->law, &v, &out, err),
	    err);
}

/* tapr user list | show LOGIN | an act */
static int
user(struct cli *c, struct err *err)
{
	bool list = c->words == 1 && strcmp(c->word[0], "list") == 0;
	bool show = c->words == 2 && strcmp(c->word[0], "show") == 0;
	struct place place;
	struct str out;
	int rc;

	if (!list && !show)
		return act_of(c, err);
	if (c->format == FORMAT_HTML)
		return cli_usage(err, "les personnes s'écrivent en text ou "
		    "json");
	if ((rc = cli_place(c, false, &place, err)) != TAPR_OK)
		return rc;
	str_init(&out, REGISTER_OUT_MAX);
	return print(c, &out, register_people(&place, show ? c->word[1] : NULL,
	    c->format == FORMAT_JSON, &out, err), err);
}

const struct verb cli_register_verbs[] = {
	{ "init", init, "DOSSIER --fund CODE", "un fonds neuf",
	    "Crée le dossier d'une caisse : ses réglages (fund.ini) et un "
	    "registre vide.\nLes codes sont dans law/funds.csv.\n\n"
	    "  tapr init /srv/tapr/bretagne --fund bretagne\n", basis,
	    " --fund " },
	{ "import", import, "SORTE FICHIER... [--dry-run] [--strict] "
	    "[--rejected FICHIER]", "des fichiers dans le registre",
	    "SORTE : sirene, succession, payroll, headcount, classification, "
	    "rates, claims,\nbenefits, portfolio (docs/formats/intake.md), dsn "
	    "(docs/formats/dsn.md ; un dossier\nvaut ses fichiers .dsn).  "
	    "Les lignes fausses sont écartées\ndans FICHIER.rejected.csv, les "
	    "autres appliquées ; le même fichier deux fois\nne change rien.\n"
	    "--dry-run : tout est vérifié, rien n'est gardé.\n"
	    "--strict  : une seule ligne écartée, et rien n'est appliqué.\n"
	    "--assumed : des taux en XML (CRM 34), sous des noms que personne "
	    "n'a vus publiés\n            (docs/formats/crm.md).\n\n"
	    "  tapr -C DOSSIER --as agent1 import claims sinistres.csv\n",
	    basis, " --dry-run --strict --rejected --assumed " },
	{ "employer", employer, "show|history SIRET [--on DATE] [--known "
	    "DATE] | totals ANNÉE | rates-declared [--on DATE] | ACTE SIRET "
	    "clé=valeur...",
	    "un employeur : le montrer, le créer, le changer",
	    "show    : identité, sections, effectifs, salaires, sinistres, "
	    "mesures, taux,\n          chacun avec le fichier et la ligne "
	    "d'où il vient.\n"
	    "history : tout ce qui a été su, par qui et quand.\n"
	    "totals  : ce que la caisse compte d'une année, par CTN : emploi, "
	    "accidents,\n          maladies, trajet (docs/formats/totals.md) ; "
	    "rien d'une personne.\n"
	    "--on    : ce qui était vrai ce jour-là ; --known : ce qu'on en "
	    "savait ce jour-là.\n"
	    "rates-declared : qui déclare par DSN un taux qui n'est pas celui "
	    "qui lui a été\n          notifié ; --on : le mois de cette "
	    "date seulement.\n\n"
	    "create SIRET created_on= name= address= postcode= commune= "
	    "document=\n"
	    "move SIRET from= address= postcode= commune= document=\n"
	    "rename SIRET from= name= document=\n"
	    "strike-off SIRET on= document=\n"
	    "split|merge SIRET to= on= document= inherits=\n"
	    "takeover SIRET to= on= document= activity= means= "
	    "staff_share=\n\n"
	    "  tapr -C DOSSIER employer show 20003452800014 "
	    "--on 2020-01-01\n"
	    "  tapr -C DOSSIER --as agent1 employer rename 20003452800014 "
	    "from=2024-02-01\n      name=NOUVEAU document=\"courrier "
	    "12\"\n", basis, " --known " },
	{ "classify", classify, "SIRET section= risk_code= ctn= [btp_group=] "
	    "[single_rate=] from= document=|reason=",
	    "classer une section dans un risque",
	    "Une décision, avec son auteur (--as), la pièce de l'employeur "
	    "sur laquelle elle\nrepose, ou le motif d'office, et sa date "
	    "d'effet.  Un code hors de son CTN, ou\ninconnu à cette date, est "
	    "refusé.\n\n"
	    "  tapr -C DOSSIER --as agent1 classify 20003452800014 "
	    "section=main risk_code=452BE\n      ctn=B "
	    "btp_group=second_oeuvre from=2024-01-01 document=\"formalité "
	    "2023-9\"\n", basis, NULL },
	{ "measure", act_of, "add|end SIRET clé=valeur...",
	    "contrats, conventions, injonctions, ristournes, cotisations",
	    "add SIRET kind= reference= from= [to=] [section=] [value=] "
	    "document=\n"
	    "end SIRET kind= reference= from= to=\n"
	    "kind : contract, convention, injunction, rebate, supplementary,\n"
	    "no_account (absence constatée de compte en ligne) ; value : 0.10 "
	    "\npour une ristourne de 10 %.\n\n"
	    "  tapr -C DOSSIER --as agent1 measure add 20003452800014 "
	    "kind=contract\n      reference=CP-12 from=2024-01-01 "
	    "to=2027-01-01 document=\"contrat signé\"\n", basis, NULL },
	{ "claim", claim, "show SINISTRE [--on DATE] [--known DATE] | ACTE "
	    "SINISTRE clé=valeur...", "un sinistre : son état, ses délais, "
	    "ses décisions",
	    "accept|not-opposable|relapse|close SINISTRE on= document=\n"
	    "refuse SINISTRE on= reason=\n"
	    "reclassify SINISTRE on= document= kind=accident|commuting|"
	    "disease\n"
	    "attach SINISTRE on= document= siret= section=\n"
	    "benefit SINISTRE reference= nature= amount= paid_on= [from=] "
	    "[to=] [days=]\n        reason= reviewer=   (une seconde "
	    "personne)\n\n"
	    "  tapr -C DOSSIER --as agent1 claim refuse A-1 on=2024-03-01 "
	    "reason=\"hors travail\"\n", basis, " --known " },
	{ "user", user, "list | show NOM | add|habilitate|decide|revoke NOM "
	    "clé=valeur...", "qui travaille sur le fonds, avec quels droits",
	    "add NOM service= [title=]\n"
	    "habilitate NOM role= from= to= reference= [oath=] [dual=]\n"
	    "decide NOM role= from=      (une autre personne : sans effet "
	    "avant)\n"
	    "revoke NOM role= from= reason=      (au même instant)\n"
	    "Les rôles et ce que chacun peut sont dans law/permissions.csv, "
	    "ceux que nul ne\ncumule dans law/separations.csv.\n\n"
	    "  tapr -C DOSSIER --as admin1 user habilitate agent1 "
	    "role=tarification\n      from=2026-01-01 to=2027-01-01 "
	    "reference=\"note 12\"\n"
	    "  tapr -C DOSSIER --as directeur1 user decide agent1 "
	    "role=tarification from=2026-01-01\n",
	    "Base : délibération CNIL 93-039 (personnes habilitées), RGPD "
	    "art. 32. Finalité : sécurité.", NULL },
	{ .name = NULL },
};
