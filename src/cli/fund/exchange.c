/*
 * exchange.c -- tapr exchange.
 */
#include "exchange/exchange.h"

#include <string.h>

#include "campaign/campaign.h"
#include "cli/cli.h"
#include "exchange/authority.h"
#include "exchange/ledger.h"
#include "register/send.h"

static const char rates_flow[] = "urssaf_rates";

static int
check_words(const struct cli *c, size_t least, size_t most, struct err *err)
{
	if (c->words < least)
		return cli_usage(err, "quel échange ? « tapr exchange list » "
		    "les donne");
	if (c->words > most)
		return cli_usage(err, "mot en trop : %s",
		    str_brief(c->word[most]).text);
	return TAPR_OK;
}

/* ---- what is declared, open, sent ------------------------------------------ */

static int
list(struct cli *c, const struct exchanges *law, struct str *out,
    struct err *err)
{
	struct place place;
	int rc;

	if ((rc = check_words(c, 1, 2, err)) != TAPR_OK ||
	    (rc = cli_place(c, false, &place, err)) != TAPR_OK)
		return rc;
	return authority_show(&place, law, c->words > 1 ? c->word[1] : NULL,
	    c->format == FORMAT_JSON, out, err);
}

static int
ledger(struct cli *c, const struct exchanges *law, struct str *out,
    struct err *err)
{
	struct place place;
	int rc;

	(void)law;
	if ((rc = check_words(c, 1, 2, err)) != TAPR_OK ||
	    (rc = cli_place(c, false, &place, err)) != TAPR_OK)
		return rc;
	return ledger_show(&place, c->words > 1 ? c->word[1] : NULL,
	    c->format == FORMAT_JSON, out, err);
}

/* ---- opening and closing ---------------------------------------------------- */

static int
read_act(struct cli *c, struct authority_act *ret, struct err *err)
{
	const char *on = cli_option(c, "--act-date");

	*ret = (struct authority_act){ .flow = c->word[1],
	    .recipient = cli_option(c, "--recipient"),
	    .act = cli_option(c, "--act"),
	    .signatory = cli_option(c, "--signatory"),
	    .key = cli_option(c, "--key"),
	    .reason = cli_option(c, "--reason") };
	if (on != NULL && !date_parse(on, strlen(on), &ret->act_on))
		return cli_usage(err, "--act-date attend une date AAAA-MM-JJ, "
		    "pas « %s »", str_brief(on).text);
	return TAPR_OK;
}

static int
change(struct cli *c, const struct exchanges *law, struct str *out,
    struct err *err)
{
	bool opens = strcmp(c->word[0], "enable") == 0;
	struct authority_act act;
	struct place place;
	int rc;

	if ((rc = check_words(c, 2, 2, err)) != TAPR_OK ||
	    (rc = read_act(c, &act, err)) != TAPR_OK ||
	    (rc = cli_place(c, true, &place, err)) != TAPR_OK ||
	    (rc = (opens ? authority_open : authority_close)(&place, law,
	    &act, out, err)) != TAPR_OK)
		return rc;
	if (c->format == FORMAT_JSON) {
		str_clear(out);
		str_add(out, "{\"flow\": ");
		str_add_json(out, act.flow);
		str_printf(out, ", \"open\": %s}\n", opens ? "true" : "false");
	}
	return TAPR_OK;
}

/* ---- sending ----------------------------------------------------------------- */

/* FLOW [YEAR] [SIREN or SIRET] */
static int
read_run(struct cli *c, struct exchange_run *ret, struct err *err)
{
	size_t i = 2;
	int rc;

	if ((rc = check_words(c, 2, 4, err)) != TAPR_OK)
		return rc;
	if (i < c->words && strlen(c->word[i]) == 4 &&
	    strspn(c->word[i], "0123456789") == 4) {
		for (int k = 0; k < 4; k++)
			ret->year = ret->year * 10 + c->word[i][k] - '0';
		i++;
	}
	if (i < c->words)
		ret->object = c->word[i++];
	if (i < c->words)
		return cli_usage(err, "mot en trop : %s",
		    str_brief(c->word[i]).text);
	ret->flow = c->word[1];
	ret->recipient = cli_option(c, "--recipient");
	ret->request = cli_option(c, "--request");
	ret->json = c->format == FORMAT_JSON;
	if ((ret->path = cli_option(c, "--out")) == NULL ||
	    ret->path[0] == '\0')
		return cli_usage(err, "dans quel fichier ? donnez --out "
		    "FICHIER");
	return TAPR_OK;
}

static int
run(struct cli *c, const struct exchanges *law, struct str *out,
    struct err *err)
{
	struct exchange_run r = { .law = law };
	struct campaign_act act = { .threads = 1 };
	int rc;

	if ((rc = read_run(c, &r, err)) != TAPR_OK ||
	    (rc = cli_place(c, true, &r.place, err)) != TAPR_OK ||
	    (rc = cli_law(c, err)) != TAPR_OK)
		return rc;
	r.stop = c->world->catch_stop();
	if (strcmp(r.flow, rates_flow) != 0)
		return register_send(&r, out, err);
	act.place = r.place;
	act.law = c->law;
	act.stop = r.stop;
	return campaign_send_rates(&act, &r, out, err);
}

/* ---- tapr exchange ------------------------------------------------------------ */

static const struct {
	const char	*name;
	int		(*act)(struct cli *, const struct exchanges *,
			    struct str *, struct err *);
} acts[] = {
	{ "list", list }, { "enable", change }, { "disable", change },
	{ "run", run }, { "register", ledger },
};

static int
find(const struct cli *c, size_t *ret, struct err *err)
{
	for (*ret = 0; *ret < sizeof acts / sizeof *acts; ++*ret)
		if (c->words > 0 && strcmp(acts[*ret].name, c->word[0]) == 0)
			return TAPR_OK;
	return cli_usage(err, "tapr exchange list, enable, disable, run ou "
	    "register");
}

static int
do_it(struct cli *c, const struct exchanges *law, size_t act,
    struct err *err)
{
	struct str out;
	int rc;

	str_init(&out, EXCHANGE_OUT_MAX);
	if ((rc = acts[act].act(c, law, &out, err)) == TAPR_OK)
		rc = str_failed(&out) ? err_set(err, TAPR_EIO, NULL,
		    "mémoire insuffisante") : cli_print(c, &out, err);
	str_free(&out);
	return rc;
}

static int
exchange(struct cli *c, struct err *err)
{
	struct exchanges law;
	const char *dir;
	size_t act;
	int rc;

	if ((rc = find(c, &act, err)) != TAPR_OK)
		return rc;
	if (c->format == FORMAT_HTML)
		return cli_usage(err, "les échanges s'écrivent en text ou "
		    "json");
	if ((rc = cli_law_dir(c, &dir, err)) != TAPR_OK)
		return rc;
	if ((rc = exchanges_load(dir, &law, err)) == TAPR_OK)
		rc = do_it(c, &law, act, err);
	exchanges_free(&law);
	return rc;
}

const struct verb cli_exchange_verbs[] = { {
	.name = "exchange",
	.run = exchange,
	.usage = "list [ÉCHANGE] | enable ÉCHANGE --act RÉFÉRENCE --act-date "
	    "DATE --signatory NOM [--recipient CAISSE --key CLÉ] | disable "
	    "ÉCHANGE --reason TEXTE [--recipient CAISSE] | run ÉCHANGE "
	    "[ANNÉE] [SIREN|SIRET] --out FICHIER [--request RÉFÉRENCE] "
	    "[--recipient CAISSE] | register [ÉCHANGE]",
	.summary = "les envois déclarés : les ouvrir, les faire, leur registre",
	.help =
	"list     : les échanges que law/exchanges.csv déclare, ouverts ou "
	"fermés ; d'un\n           seul, ses champs.\n"
	"enable   : ouvre un échange : l'acte qui l'autorise, sa date, son "
	"signataire.\n"
	"disable  : le ferme.\n"
	"run      : écrit le fichier et sa description (CSVW), dont le nom "
	"est celui du\n           fichier suivi de -metadata.json. Rien n'est "
	"envoyé : l'opérateur remet\n           le fichier.\n"
	"register : le registre des envois.\n\n"
	"Tout échange est fermé tant qu'aucun acte ne l'ouvre. Un champ qui "
	"n'est pas\ndéclaré ne peut pas partir. Le format est dans "
	"docs/formats/exchange.md.\n\n"
	"  tapr -C fonds --as dupont exchange enable urssaf_rates --act "
	"'convention 2026-12'\n"
	"      --act-date 2026-11-02 --signatory 'la directrice'\n"
	"  tapr -C fonds --as dupont exchange run urssaf_rates 2026 --out "
	"taux.csv\n",
	.basis =
	"Base : celle de chaque échange, dans law/exchanges.csv (CSS art. "
	"L. 213-1, L. 422-2, L. 422-3) ; délibération CNIL 93-039. Réemploi "
	"pour chercher la fraude interdit (CRPA art. L. 114-8 II). Aucun NIR, "
	"aucun nom de victime, aucun code médical.",
	.options = " --act --act-date --signatory --recipient --key --reason "
	    "--out --request ",
	}, { .name = NULL },
};
