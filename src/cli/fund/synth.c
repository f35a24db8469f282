/*
 * synth.c -- tapr synth.
 */
#include "synth/synth.h"

#include <inttypes.h>
#include <string.h>

#include "cli/cli.h"

enum { MILLION = 1000000, DSN_MAX = 100000 };

static void
say(void *to, const char *text)
{
	fputs(text, to);
	fflush(to);
}

static int
read_number(const char *name, const char *text, int decimals, int64_t max,
    int64_t *ret, struct err *err)
{
	struct frac f;

	if (!frac_parse(text, strlen(text), decimals, &f) ||
	    !frac_scaled(f, decimals, ret) || *ret < 0 || *ret > max)
		return cli_usage(err, "%s attend un nombre de 0 à %" PRId64
		    ", pas « %s »", name, decimals > 0 ? 1 : max, text);
	return TAPR_OK;
}

static int
read_options(struct cli *c, struct synth_options *o, struct err *err)
{
	int64_t share = MILLION, seed = 1, dsn = 0;
	const char *text;
	int rc = TAPR_OK;

	if ((o->out = cli_option(c, "--out")) == NULL)
		return cli_usage(err, "indiquez le dossier à écrire : --out "
		    "DOSSIER");
	if (c->words > 0)
		return cli_usage(err, "mot en trop : %s", c->word[0]);
	if ((text = cli_option(c, "--share")) != NULL)
		rc = read_number("--share", text, 6, MILLION, &share, err);
	if (rc == TAPR_OK && (text = cli_option(c, "--seed")) != NULL)
		rc = read_number("--seed", text, 0, INT64_MAX / 2, &seed,
		    err);
	if (rc == TAPR_OK && (text = cli_option(c, "--dsn")) != NULL)
		rc = read_number("--dsn", text, 0, DSN_MAX, &dsn, err);
	o->share = (uint32_t)share;
	o->seed = (uint64_t)seed;
	o->dsn = (uint32_t)dsn;
	o->year_from = c->year_from != 0 ? c->year_from : 2019;
	o->year_to = c->year_to != 0 ? c->year_to : 2024;
	o->fund = cli_option(c, "--fund");
	o->france = cli_option(c, "--france") != NULL;
	return rc;
}

static int
answer(struct cli *c, const struct synth_report *r, struct err *err)
{
	const struct { const char *key, *text; uint64_t n; } line[] = {
		{ "establishments", "établissements de 2024",
		    r->establishments },
		{ "closed", "établissements fermés avant", r->closed },
		{ "firms", "entreprises", r->firms },
		{ "claims", "sinistres", r->claims },
		{ "claims_before_2019", "dont réglés avant 2019",
		    r->old_claims },
		{ "declarations", "déclarations DSN", r->declarations },
		{ "files", "fichiers", r->files },
		{ "bytes", "octets", r->bytes },
	};
	bool json = c->format == FORMAT_JSON;
	struct str out;
	int rc;

	str_init(&out, 1 << 16);
	for (size_t i = 0; i < sizeof line / sizeof *line; i++)
		if (json)
			str_printf(&out, "%s\"%s\": %" PRIu64, i == 0 ? "{" :
			    ", ", line[i].key, line[i].n);
		else
			str_printf(&out, "%12" PRIu64 "  %s\n", line[i].n,
			    line[i].text);
	str_add(&out, json ? "}\n" : "");
	rc = cli_print(c, &out, err);
	str_free(&out);
	return rc;
}

static int
synth(struct cli *c, struct err *err)
{
	struct progress progress = { .say = say, .to = c->world->log,
	    .now_ms = c->world->now_ms };
	struct synth_options o = { 0 };
	struct synth_report report;
	int rc;

	if ((rc = read_options(c, &o, err)) != TAPR_OK)
		return rc;
	if ((rc = cli_law_dir(c, &o.law_dir, err)) != TAPR_OK ||
	    (rc = cli_law(c, err)) != TAPR_OK)
		return rc;
	o.law = c->law;
	o.stop = c->world->catch_stop();
	o.progress = c->world->terminal ? &progress : NULL;
	if ((rc = synth_run(&o, &report, err)) != TAPR_OK)
		return rc;
	return answer(c, &report, err);
}

const struct verb cli_synth_verbs[] = { {
	.name = "synth",
	.run = synth,
	.usage = "--out DOSSIER [--share 0.01] [--seed N] [--years A-B] "
	    "[--fund CODE | --france] [--dsn N]",
	.summary = "une France synthétique : des fichiers d'entrée, de "
	    "personne",
	.help =
	    "Écrit dans DOSSIER les fichiers que lit « tapr import » : "
	    "SIRENE, classification.csv,\n"
	    "payroll.csv, headcount.csv, rates.csv, claims.csv, "
	    "benefits.csv, portfolio.csv.\n"
	    "Les totaux de 2024 sont ceux des statistiques publiées "
	    "(law/statistics) ; noms, numéros\n"
	    "et personnes sont inventés. Les mêmes options donnent les mêmes "
	    "octets.\n\n"
	    "  --out DOSSIER    le dossier à écrire, créé au besoin\n"
	    "  --share PART     la part du pays, de 0.001 à 1 (1 : tout le "
	    "pays)\n"
	    "  --seed N         la graine du tirage (1)\n"
	    "  --years A-B      masses salariales et sinistres de ces années, "
	    "de 2019 à 2024\n"
	    "  --fund CODE      une seule caisse de law/funds.csv\n"
	    "  --france         un dossier par caisse\n"
	    "  --dsn N          et les DSN de N établissements, dans dsn/\n"
	    "\n"
	    "Exemple :\n"
	    "  tapr synth --out essai --share 0.01 --seed 7\n",
	.basis = "Aucune donnée réelle : essais, démonstrations et mesures "
	    "de vitesse sans donnée personnelle.",
	.options = " --out --share --seed --fund --france --dsn ",
}, { NULL, NULL, NULL, NULL, NULL, NULL, NULL } };
