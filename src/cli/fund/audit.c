/*
 * audit.c -- tapr audit.
 */
#include "guard/audit.h"

#include <string.h>

#include "cli/cli.h"

static int
read_number(const char *text, int64_t *ret, struct err *err)
{
	struct frac f;

	if (!frac_parse(text, strlen(text), 0, &f) ||
	    !frac_scaled(f, 0, ret) || *ret < 1)
		return cli_usage(err, "un numéro d'entrée est attendu, pas "
		    "« %s »", str_brief(text).text);
	return TAPR_OK;
}

static int
show(struct cli *c, const struct place *place, struct str *out,
    struct err *err)
{
	const char *from = cli_option(c, "--from");
	int64_t first = 1;
	int rc;

	if (from != NULL && (rc = read_number(from, &first, err)) != TAPR_OK)
		return rc;
	return audit_show(place, first, c->format == FORMAT_JSON, out, err);
}

static int
checkpoint(struct cli *c, const struct place *place, struct str *out,
    struct err *err)
{
	struct err told = { .code = TAPR_OK };
	int rc = audit_checkpoint(place, out, &told, err);

	if (told.code != TAPR_OK)
		fprintf(c->world->log, "tapr : attention : %s : %s\n",
		    told.where, told.text);
	return rc;
}

/* inclusion N, consistency M N */
static int
proof(struct cli *c, const struct place *place, struct str *out,
    struct err *err)
{
	bool one = c->words == 3 && strcmp(c->word[1], "inclusion") == 0;
	bool two = c->words == 4 && strcmp(c->word[1], "consistency") == 0;
	int64_t a = 0, b = 0;
	int rc;

	if (!one && !two)
		return cli_usage(err, "tapr audit proof inclusion N, ou "
		    "consistency M N");
	if ((rc = read_number(c->word[2], &a, err)) != TAPR_OK)
		return rc;
	if (one)
		return audit_inclusion(place, a, out, err);
	if ((rc = read_number(c->word[3], &b, err)) != TAPR_OK)
		return rc;
	return audit_consistency(place, a, b, out, err);
}

static int
dispatch(struct cli *c, const struct place *place, struct str *out,
    struct err *err)
{
	const char *what = c->word[0];

	if (strcmp(what, "proof") == 0)
		return proof(c, place, out, err);
	if (strcmp(what, "export") == 0)
		return c->words != 2 ? cli_usage(err, "tapr audit export "
		    "FICHIER") : audit_export(place, c->word[1], out, err);
	if (c->words > 1)
		return cli_usage(err, "mot en trop : %s",
		    str_brief(c->word[1]).text);
	if (strcmp(what, "show") == 0)
		return show(c, place, out, err);
	if (strcmp(what, "checkpoint") == 0)
		return checkpoint(c, place, out, err);
	return audit_verify(place, cli_option(c, "--witness"),
	    c->format == FORMAT_JSON, out, err);
}

static int
audit(struct cli *c, struct err *err)
{
	struct place place;
	struct str out;
	int rc;

	if (c->words == 0)
		return cli_usage(err, "tapr audit show, verify, checkpoint, "
		    "proof ou export");
	if (c->format == FORMAT_HTML)
		return cli_usage(err, "le journal s'écrit en text ou json");
	if ((rc = cli_place(c, false, &place, err)) != TAPR_OK)
		return rc;
	str_init(&out, AUDIT_OUT_MAX);
	rc = dispatch(c, &place, &out, err);
	if (rc == TAPR_OK)
		rc = cli_print(c, &out, err);
	str_free(&out);
	return rc;
}

const struct verb cli_audit_verbs[] = { {
	.name = "audit",
	.run = audit,
	.usage = "show [--from N] | verify [--witness FICHIER] | checkpoint | "
	    "proof inclusion N | proof consistency M N | export FICHIER",
	.summary = "le journal des accès : le lire, le vérifier, le prouver",
	.help =
	"show       : qui a fait quoi, quand et pourquoi ; l'objet est une "
	"empreinte.\n"
	"verify     : recalcule tout et nomme la première entrée fausse ; "
	"--witness :\n             le fichier du témoin, qui démasque un "
	"journal réécrit.\n"
	"checkpoint : un point de contrôle signé, donné au témoin et "
	"imprimé.\n"
	"proof      : les preuves, en JSON : une entrée est dans le journal ; "
	"un journal\n             est le début d'un autre.\n"
	"export     : le journal sans les auteurs ni les objets, pour "
	"tools/audit-verify.\n\n"
	"Le témoin est dans fund.ini : [audit] witness = /chemin, ou "
	"| commande.\nLe format est dans docs/formats/audit.md.\n\n"
	"  tapr -C fonds audit verify --witness /mnt/temoin/journal\n",
	.basis =
	"Base : RGPD art. 5 § 2, 24 et 32, délibération CNIL 2021-122 "
	"(journalisation). Finalité : sécurité. Jamais une source de chiffres "
	"sur les agents.",
	.options = " --from --witness ",
	}, { .name = NULL },
};
