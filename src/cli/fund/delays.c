/*
 * delays.c -- tapr delays.
 */
#include "cli/cli.h"
#include "register/delays.h"

enum { OUT_MAX = 1 << 29 };

static int
delays(struct cli *c, struct err *err)
{
	struct place place;
	struct str out;
	int rc;

	if (c->words > 0)
		return cli_usage(err, "mot en trop : %s ; une étape se donne "
		    "par --step", str_brief(c->word[0]).text);
	if (c->format == FORMAT_HTML)
		return cli_usage(err, "les délais s'écrivent en text ou json");
	if ((rc = cli_place(c, false, &place, err)) != TAPR_OK ||
	    (rc = cli_law(c, err)) != TAPR_OK)
		return rc;
	str_init(&out, OUT_MAX);
	rc = delays_show(&place, c->law, cli_option(c, "--step"),
	    c->format == FORMAT_JSON, &out, err);
	if (rc == TAPR_OK)
		rc = cli_print(c, &out, err);
	str_free(&out);
	return rc;
}

const struct verb cli_delays_verbs[] = { {
	.name = "delays",
	.run = delays,
	.usage = "[--step ÉTAPE] [--today DATE] [--json]",
	.summary = "les délais : âge des dossiers, étape par étape",
	.help =
	"Pour chaque étape : combien de dossiers sont ouverts, leur âge médian "
	"et le\n9e décile, les mêmes pour ceux clos depuis douze mois, les "
	"seuils dépassés, et\nles vingt plus anciens. Avec --step, tous les "
	"dossiers ouverts de l'étape.\n\n"
	"Étapes : decision, payment, revision-answer, revision-decision, "
	"contest.\n"
	"Médiane et 9e décile sont des âges de dossiers réels : celui de rang "
	"n/2 et de\nrang 9n/10, arrondis au rang supérieur. Les seuils sont "
	"dans\nlaw/params/delay_threshold.csv et claim_deadline.csv, avec leur "
	"source.\n\n"
	"  tapr -C fonds delays --step payment\n",
	.basis =
	"Base : CSS art. R. 441-7, R. 441-8, R. 461-9 et R. 461-10 (délais "
	"d'instruction). Finalité : suivi des délais. Aucun nom : un numéro "
	"de dossier, un SIRET, un âge.",
	.options = " --step ",
	}, { .name = NULL },
};
