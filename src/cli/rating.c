/*
 * rating.c -- rule, rate, simulate, explain and facts.
 */
#include <string.h>

#include "cli/cli.h"

enum { OUT_MAX = 1 << 30 };

static const char basis[] =
    "Base : CSS art. L. 242-5 et D. 242-6-1 et suivants (tarification des "
    "risques professionnels), RGPD art. 6 § 1 e. Finalité : tarification. "
    "Aucune donnée n'est conservée : le calcul lit un document et répond.";

static int
one_word(const struct cli *c, size_t n, const char *what, struct err *err)
{
	if (c->words == n)
		return TAPR_OK;
	return cli_usage(err, "cette commande attend %s", what);
}

static int
rate(struct cli *c, struct err *err)
{
	struct document d = { 0 };
	struct str out;
	int rc;

	if ((rc = one_word(c, 1, "un fichier FACTS.json", err)) != TAPR_OK ||
	    (rc = cli_read(c->word[0], &d, err)) != TAPR_OK)
		return rc;
	str_init(&out, OUT_MAX);
	if ((rc = cli_law(c, err)) == TAPR_OK &&
	    (rc = rating_rate(c->law, &d, c->format, &out, err)) == TAPR_OK)
		rc = cli_print(c, &out, err);
	str_free(&out);
	cli_drop(&d);
	return rc;
}

struct progress {
	const struct cli	*c;
	bool			 shown;
};

static bool
write_rows(void *to, const char *text, size_t n, size_t done, size_t all)
{
	struct progress *p = to;
	const struct cli_world *w = p->c->world;

	if (fwrite(text, 1, n, w->out) != n || fflush(w->out) != 0)
		return false;
	if (w->terminal && (done < all || p->shown)) {
		fprintf(w->log, "\r%zu scénarios sur %zu%s", done, all,
		    done == all ? "\n" : "");
		p->shown = true;
	}
	return true;
}

static int
simulate(struct cli *c, struct err *err)
{
	struct progress p = { c, false };
	struct simulation_sink sink = { write_rows, &p, c->steps };
	struct document d = { 0 };
	int rc;

	if ((rc = one_word(c, 1, "un fichier FACTS.json", err)) != TAPR_OK)
		return rc;
	if (c->sets == 0 && c->sweeps == 0)
		return cli_usage(err, "donnez au moins un --set CHEMIN=VALEUR "
		    "ou un --sweep CHEMIN=DE..À/PAS");
	if (c->format == FORMAT_HTML)
		return cli_usage(err, "une simulation s'écrit en text ou "
		    "json");
	if ((rc = cli_read(c->word[0], &d, err)) != TAPR_OK)
		return rc;
	if ((rc = cli_law(c, err)) == TAPR_OK)
		rc = rating_simulate(c->law, &d, c->set, c->sets, c->sweep,
		    c->sweeps, c->format, &sink, err);
	cli_drop(&d);
	return rc;
}

static int
explain(struct cli *c, struct err *err)
{
	struct document from = { 0 }, to = { 0 };
	struct str out;
	int rc;

	if ((rc = one_word(c, 2, "deux fichiers : ANCIEN.json NOUVEAU.json",
	    err)) != TAPR_OK)
		return rc;
	str_init(&out, OUT_MAX);
	if ((rc = cli_read(c->word[0], &from, err)) == TAPR_OK &&
	    (rc = cli_read(c->word[1], &to, err)) == TAPR_OK &&
	    (rc = cli_law(c, err)) == TAPR_OK &&
	    (rc = rating_explain(c->law, &from, &to, c->format, &out, err)) ==
	    TAPR_OK)
		rc = cli_print(c, &out, err);
	str_free(&out);
	cli_drop(&from);
	cli_drop(&to);
	return rc;
}

static int
rule(struct cli *c, struct err *err)
{
	struct str out;
	int rc = TAPR_OK;

	if (c->format == FORMAT_HTML)
		return cli_usage(err, "une règle s'écrit en text ou json");
	str_init(&out, OUT_MAX);
	if (c->words == 0)
		rating_rules(&out, c->format);
	else if ((rc = cli_law(c, err)) == TAPR_OK)
		rc = rating_rule(c->law, c->word[0], c->word + 1,
		    c->words - 1, c->format, &out, err);
	if (rc == TAPR_OK)
		rc = cli_print(c, &out, err);
	str_free(&out);
	return rc;
}

static int
facts(struct cli *c, struct err *err)
{
	struct document d = { 0 };
	struct str out;
	int rc;

	if ((rc = one_word(c, 1, "un relevé de compte ACCOUNT.csv", err)) !=
	    TAPR_OK || (rc = cli_read(c->word[0], &d, err)) != TAPR_OK)
		return rc;
	str_init(&out, OUT_MAX);
	if ((rc = rating_facts(&d, &out, err)) == TAPR_OK)
		rc = cli_print(c, &out, err);
	str_free(&out);
	cli_drop(&d);
	return rc;
}

const struct verb cli_rating_verbs[] = {
	{ "rate", rate, "FACTS.json [--format text|json|html]",
	    "le taux d'un établissement et sa feuille de calcul",
	    "Lit un document de faits (« - » : l'entrée standard) et répond "
	    "le taux, avec chaque\nétape, son article et ses sources.  Les "
	    "champs : docs/formats/facts.md.\n\n"
	    "  tapr rate etablissement.json\n"
	    "  tapr rate etablissement.json --format html > feuille.html\n",
	    basis, NULL },
	{ "simulate", simulate,
	    "FACTS.json --set CHEMIN=VALEUR ... [--sweep CHEMIN=DE..À/PAS] "
	    "[--steps]",
	    "et si : le même calcul avec d'autres faits",
	    "Chaque --set change un fait, chaque --sweep en fait varier un ; "
	    "plusieurs se combinent.\nUn sinistre se nomme par sa référence. "
	    "Ce n'est pas une décision.\nAvec --json, les lignes d'un --sweep ne "
	    "portent leur feuille de calcul que sur --steps.\n\n"
	    "  tapr simulate etablissement.json --set claims.A1.ip_rate=8\n"
	    "  tapr simulate etablissement.json --sweep "
	    "payroll.2022=4000000..5000000/100000\n"
	    "  tapr simulate etablissement.json --set claims.A1=null\n",
	    basis, NULL },
	{ "explain", explain,
	    "ANCIEN.json NOUVEAU.json [--format text|json|html]",
	    "pourquoi le taux a changé, part par part",
	    "Les parts (sinistres sortis, entrés, coûts moyens, masse "
	    "salariale, majorations, taux\ncollectif, effectif, mode, "
	    "écrêtement) font exactement la différence.\n\n"
	    "  tapr explain 2023.json 2024.json\n", basis, NULL },
	{ "rule", rule, "[NOM clé=valeur ...]",
	    "une règle de la loi, toute seule",
	    "Sans nom : toutes les règles, leurs articles, leurs dates et "
	    "leurs arguments.\n\n"
	    "  tapr rule mixed-fraction year=2024 zone=general "
	    "headcount=84.37\n"
	    "  tapr rule minimum-rate year=2024 --json\n", basis, NULL },
	{ "facts", facts, "COMPTE.csv",
	    "un document de faits à partir d'un relevé de compte",
	    "La forme du relevé : docs/formats/account.md.\n\n"
	    "  tapr facts compte.csv > etablissement.json\n", basis, NULL },
	{ NULL, NULL, NULL, NULL, NULL, NULL, NULL },
};
