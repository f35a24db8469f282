/*
 * keys.c -- tapr keys.
 */
#include <string.h>

#include "cli/cli.h"
#include "guard/key_acts.h"

static int
dispatch(struct cli *c, const struct place *place, struct str *out,
    struct err *err)
{
	const char *what = c->word[0], *way = cli_option(c, "--way");
	const char *secret = cli_option(c, "--secret");
	size_t words = strcmp(what, "destroy") == 0 ? 2 : 1;

	if (c->words < words)
		return cli_usage(err, "quel mois ? tapr keys destroy AAAA-MM");
	if (c->words > words)
		return cli_usage(err, "mot en trop : %s",
		    str_brief(c->word[words]).text);
	if (strcmp(what, "status") == 0)
		return key_status(place, c->format == FORMAT_JSON, out, err);
	if (strcmp(what, "init") == 0)
		return key_init(place, way, secret, out, err);
	if (strcmp(what, "rotate") == 0)
		return key_rotate(place, way, secret, out, err);
	return key_destroy(place, c->word[1], out, err);
}

static int
keys(struct cli *c, struct err *err)
{
	struct place place;
	struct str out;
	bool acts;
	int rc;

	if (c->words == 0)
		return cli_usage(err, "tapr keys status, init, rotate ou "
		    "destroy AAAA-MM");
	acts = strcmp(c->word[0], "status") != 0;
	if (acts ? c->format != FORMAT_TEXT : c->format == FORMAT_HTML)
		return cli_usage(err, "les clés s'écrivent en text, leur état "
		    "aussi en json");
	if ((rc = cli_place(c, acts, &place, err)) != TAPR_OK)
		return rc;
	str_init(&out, KEY_ACTS_OUT_MAX);
	if ((rc = dispatch(c, &place, &out, err)) == TAPR_OK)
		rc = cli_print(c, &out, err);
	str_free(&out);
	return rc;
}

const struct verb cli_keys_verbs[] = { {
	.name = "keys",
	.run = keys,
	.usage = "status | init [--way file|passphrase|token] "
	    "[--secret FICHIER] | rotate [--way ...] [--secret FICHIER] | "
	    "destroy AAAA-MM",
	.summary = "les clés qui scellent l'identité des victimes",
	.help =
	"status  : l'époque, comment elle est gardée, les mois sous clé.\n"
	"init    : la première époque ; le NIR et le nom des sinistres importés "
	"ensuite\n          sont conservés scellés, une clé par mois.\n"
	"rotate  : une nouvelle époque ; l'ancienne est détruite.\n"
	"destroy : la clé d'un mois ; ses identités ne s'ouvrent plus.\n\n"
	"La clé de l'époque est hors du fonds (TAPR_KEYS), dans un fichier, "
	"sous une phrase\nde passe ou dans un jeton PKCS#11 (TAPR_PKCS11, ou "
	"[keys] module de fund.ini).\nLa phrase ou le code est demandé au "
	"terminal, ou lu dans le fichier de TAPR_SECRET ;\n--secret : celui de "
	"la nouvelle époque. Le format est dans docs/formats/keys.md.\n\n"
	"  tapr -C fonds --as rssi keys rotate --way passphrase\n",
	.basis =
	"Base : RGPD art. 5 § 1 e, 25 et 32, CSS art. R. 115-1 et R. 115-2 "
	"(NIR). Finalité : sécurité.",
	.options = " --way --secret ",
	}, { .name = NULL },
};
