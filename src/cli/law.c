/*
 * law.c -- tapr law status, show, check, diff.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/cli.h"
#include "rating/law_review.h"
#include "rating/law_view.h"

enum { OUT_MAX = 1 << 28 };

/* law/review.csv of the directory in use; a law without one is not reviewed. */
static int
review(const struct cli *c, struct law_review *ret, struct err *err)
{
	char path[PATH_MAX], *text = NULL;
	const char *dir;
	size_t n = 0;
	int rc;

	if ((rc = cli_law_dir(c, &dir, err)) != TAPR_OK)
		return rc;
	if ((size_t)snprintf(path, sizeof path, "%s/review.csv", dir) >=
	    sizeof path)
		return err_set(err, TAPR_EINVAL, dir, "chemin trop long");
	if (access(path, F_OK) == 0 &&
	    (rc = file_read(path, REVIEW_BYTES_MAX, &text, &n, err)) != TAPR_OK)
		return rc;
	rc = law_review_read(c->law, "law/review.csv", text, n, ret, err);
	free(text);
	return rc;
}

static int
status(struct cli *c, struct str *out, struct err *err)
{
	struct law_review r;
	int rc;

	if ((rc = review(c, &r, err)) != TAPR_OK)
		return rc;
	law_status(c->law, c->year_from != 0 ? c->year_from : LAW_VIEW_FIRST,
	    c->year_to != 0 ? c->year_to : LAW_VIEW_LAST, &r,
	    c->format == FORMAT_JSON, out);
	return TAPR_OK;
}

static int
show(struct cli *c, struct str *out, struct err *err)
{
	const char *keys[LAW_KEYS_MAX] = { NULL };

	if (c->words < 2)
		return cli_usage(err, "tapr law show PARAMÈTRE [CLÉ ...] : "
		    "« tapr law status » nomme les paramètres");
	if (c->words - 2 > LAW_KEYS_MAX)
		return cli_usage(err, "au plus %d clés", (int)LAW_KEYS_MAX);
	for (size_t i = 2; i < c->words; i++)
		keys[i - 2] = c->word[i];
	return law_show(c->law, c->word[1], keys,
	    date_is(c->on) ? c->on : c->world->today,
	    c->format == FORMAT_JSON, out, err);
}

static int
check(struct cli *c, struct str *out, struct err *err)
{
	struct law_review r;
	size_t errors;
	int rc = law_check(c->law, c->world->today, c->format == FORMAT_JSON,
	    out, &errors, err);

	if (rc == TAPR_OK && errors == 0)
		rc = review(c, &r, err);
	if (rc != TAPR_OK || errors == 0)
		return rc;
	fwrite(out->p, 1, out->n, c->world->log);
	str_clear(out);
	return err_set(err, TAPR_EINVAL, NULL,
	    "%zu erreur%s dans les paramètres", errors,
	    plural((int64_t)errors));
}

/* From one directory to another: the law in use stands for one not given. */
static int
diff(struct cli *c, struct str *out, struct err *err)
{
	const char *from = cli_option(c, "--from"), *to = cli_option(c, "--to");
	struct law *was = NULL, *now = NULL;
	int rc = TAPR_OK;

	if (from == NULL && to == NULL)
		return cli_usage(err, "tapr law diff --from DOSSIER, --to "
		    "DOSSIER, ou les deux : un dossier law de ce programme, "
		    "une autre version");
	if (from != NULL)
		rc = rating_law(from, NULL, &was, err);
	if (rc == TAPR_OK && to != NULL)
		rc = rating_law(to, NULL, &now, err);
	if (rc == TAPR_OK)
		rc = law_diff(was != NULL ? was : c->law, now != NULL ? now :
		    c->law, c->world->today, c->format == FORMAT_JSON, out,
		    err);
	rating_law_free(was);
	rating_law_free(now);
	return rc;
}

static int
law(struct cli *c, struct err *err)
{
	const char *what = c->words > 0 ? c->word[0] : "status";
	struct str out;
	int rc;

	if (c->format == FORMAT_HTML)
		return cli_usage(err, "les paramètres s'écrivent en text ou "
		    "json");
	if ((rc = cli_law(c, err)) != TAPR_OK)
		return rc;
	str_init(&out, OUT_MAX);
	if (strcmp(what, "status") == 0)
		rc = status(c, &out, err);
	else if (strcmp(what, "show") == 0)
		rc = show(c, &out, err);
	else if (strcmp(what, "check") == 0)
		rc = check(c, &out, err);
	else if (strcmp(what, "diff") == 0)
		rc = diff(c, &out, err);
	else
		rc = cli_usage(err, "tapr law status, show, check ou diff, pas "
		    "« %s »", what);
	if (rc == TAPR_OK)
		rc = cli_print(c, &out, err);
	str_free(&out);
	return rc;
}

const struct verb cli_law_verbs[] = {
	{ "law", law, "status | show PARAMÈTRE [CLÉ ...] [--on DATE] | check | "
	    "diff [--from DOSSIER] [--to DOSSIER]",
	"les paramètres de la loi : couverture, valeur, cohérence",
	"status : ce qui est couvert, année par année, les trous montrés "
	"comme trous\n         (--years 2012-2026), et ce que personne n'a "
	"relu (law/review.csv).\n"
	"show   : une valeur à une date, avec son texte et sa source.\n"
	"check  : chevauchements, trous, unités, vraisemblance, sources.\n"
	"diff   : ce qu'un jeu de paramètres change à un autre, en mots, ligne "
	"par ligne ; ce\n         qui change un jour passé est marqué "
	"rétroactif.\n\n"
	"  tapr law show majorations M2 --on 2024-01-01\n"
	"  tapr law show average_costs general B gros_oeuvre IP2_IP4 --on "
	"2024-06-01\n"
	"  tapr law diff --to ../proposition/law\n",
	"Base : CSS art. L. 242-5 ; CRPA art. L. 312-1-3 (publication des "
	"règles). Finalité : tarification. Aucune donnée sur une personne.",
	" --from --to " },
	{ NULL, NULL, NULL, NULL, NULL, NULL, NULL },
};
