/*
 * cli.c -- options, dispatch, help and exit status.
 *
 * Options may stand anywhere on the line.  Every verb has the same ones; a
 * verb says in its help which it reads.
 */
#include "cli/cli.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "facts/facts.h"

/* ---- shared by the verbs ---------------------------------------------- */

int
cli_usage(struct err *err, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	return err_set(err, TAPR_EUSAGE, NULL, "%s", text);
}

int
cli_law_dir(const struct cli *c, const char **ret, struct err *err)
{
	*ret = c->law_dir;
	for (int i = 0; *ret == NULL && i < CLI_LAW_DIRS; i++) {
		char version[4096];
		FILE *f;

		if (c->world->law_dir[i] == NULL)
			break;
		snprintf(version, sizeof version, "%s/VERSION",
		    c->world->law_dir[i]);
		if ((f = fopen(version, "r")) != NULL) {
			fclose(f);
			*ret = c->world->law_dir[i];
		}
	}
	if (*ret == NULL)
		return err_set(err, TAPR_EIO, NULL,
		    "les paramètres de la loi sont introuvables : indiquez "
		    "leur dossier par la variable TAPR_LAW");
	return TAPR_OK;
}

int
cli_law(struct cli *c, struct err *err)
{
	const char *dir;
	int rc;

	if (c->law != NULL)
		return TAPR_OK;
	if ((rc = cli_law_dir(c, &dir, err)) != TAPR_OK)
		return rc;
	return rating_law(dir, c->law_extra, &c->law, err);
}

int
cli_read(const char *path, struct document *ret, struct err *err)
{
	char *text;
	int rc;

	*ret = (struct document){ .name = strcmp(path, "-") == 0 ?
	    "entrée standard" : path };
	rc = file_read(path, FACTS_BYTES_MAX, &text, &ret->n, err);
	if (rc == TAPR_OK)
		ret->text = text;
	return rc;
}

void
cli_drop(struct document *d)
{
	free((char *)(uintptr_t)d->text);
	d->text = NULL;
}

/* What was written has left, or the disk is full. */
static int
flush(FILE *f, struct err *err)
{
	if (fflush(f) != 0 || ferror(f))
		return err_set(err, TAPR_EIO, NULL,
		    "la sortie standard n'accepte pas la réponse : disque "
		    "plein, ou lecteur parti");
	return TAPR_OK;
}

int
cli_print(struct cli *c, const struct str *out, struct err *err)
{
	const struct cli_recorder *r = c->world->recorder;
	int rc;

	assert(c->record.act == NULL || r != NULL);	/* who else set it */
	if (c->record.act != NULL && (rc = r->leave(c, out, err)) != TAPR_OK)
		return rc;
	/* A short write leaves its mark on the stream. */
	fwrite(out->p, 1, out->n, c->world->out);
	return flush(c->world->out, err);
}

/* Writes the refusal down, once; without that nothing is told. */
static int
refused(struct cli *c, struct err *err)
{
	const struct cli_recorder *r = c->world->recorder;
	struct err why = { .code = TAPR_OK };
	int rc = TAPR_OK;

	assert(c->record.act == NULL || r != NULL);
	if (c->record.act != NULL && (rc = r->refuse(c, &why)) != TAPR_OK)
		*err = why;
	c->record.act = NULL;
	return rc;
}

void
cli_tell(struct cli *c, const struct str *out, struct err *err)
{
	if (out->n > 0 && refused(c, err) == TAPR_OK)
		fwrite(out->p, 1, out->n, c->world->log);
}

/* ---- help ---------------------------------------------------------------- */

/* The verb after ${v}, the first one for NULL; NULL after the last. */
static const struct verb *
next_verb(const struct cli_world *w, const struct verb *v)
{
	const struct verb *at;

	if (v == NULL)
		return w->verbs[0];
	if (v[1].name != NULL)
		return v + 1;
	for (int i = 0; w->verbs[i] != NULL; i++) {
		for (at = w->verbs[i]; at->name != NULL && at != v; at++)
			continue;
		if (at == v)
			return w->verbs[i + 1];
	}
	return NULL;
}

static const struct verb *
find_verb(const struct cli_world *w, const char *name)
{
	const struct verb *v = NULL;

	while ((v = next_verb(w, v)) != NULL)
		if (strcmp(v->name, name) == 0)
			return v;
	return NULL;
}

static void
print_summary(const struct cli_world *w, FILE *f)
{
	fprintf(f, "tapr %s : le taux AT/MP d'un établissement, exact et "
	    "expliqué\n\n", TAPR_VERSION);
	for (const struct verb *v = next_verb(w, NULL); v != NULL;
	    v = next_verb(w, v))
		fprintf(f, "  tapr %-9s %s\n", v->name, v->summary);
	fprintf(f, "  tapr %-9s %s\n\n", "help", "l'aide d'une commande : "
	    "tapr help rate");
	fprintf(f, "Partout : --json (un document JSON), --law DOSSIER "
	    "(paramètres ajoutés ou remplacés),\n--why (base légale), "
	    "--today AAAA-MM-JJ, --version.\nSur un fonds : "
	    "-C DOSSIER (ou la variable TAPR_FUND), --as NOM (qui agit).\n");
}

static void
verb_json(struct str *out, const struct verb *v)
{
	str_add(out, "{\"verb\": ");
	str_add_json(out, v->name);
	str_add(out, ", \"usage\": ");
	str_add_json(out, v->usage);
	str_add(out, ", \"summary\": ");
	str_add_json(out, v->summary);
	str_add(out, ", \"help\": ");
	str_add_json(out, v->help);
	str_add(out, ", \"basis\": ");
	str_add_json(out, v->basis);
	str_add_char(out, '}');
}

/* The help of one verb or, without one, of all: for programs. */
static int
print_json(struct cli *c, const struct verb *one, struct err *err)
{
	struct str out;
	int rc;

	str_init(&out, (size_t)1 << 20);
	if (one != NULL)
		verb_json(&out, one);
	else {
		str_add(&out, "{\"verbs\": [");
		for (const struct verb *v = next_verb(c->world, NULL);
		    v != NULL; v = next_verb(c->world, v)) {
			if (v != c->world->verbs[0])
				str_add(&out, ", ");
			verb_json(&out, v);
		}
		str_add(&out, "]}");
	}
	str_add_char(&out, '\n');
	rc = str_failed(&out) ? err_set(err, TAPR_EIO, NULL,
	    "mémoire insuffisante") : cli_print(c, &out, err);
	str_free(&out);
	return rc;
}

/* --why: the law, and what each act is for (S1-05). */
static int
print_why(struct cli *c, const struct verb *v, struct err *err)
{
	struct str out;
	int rc;

	str_init(&out, 1 << 16);
	str_printf(&out, "%s\n", v->basis);
	if (c->world->recorder != NULL)
		c->world->recorder->why(v->name, &out);
	rc = cli_print(c, &out, err);
	str_free(&out);
	return rc;
}

static int
help(struct cli *c, struct err *err)
{
	FILE *f = c->world->out;
	const struct verb *v = NULL;

	if (c->words > 0 && (v = find_verb(c->world, c->word[0])) == NULL)
		return cli_usage(err, "pas de commande « %s »", c->word[0]);
	if (c->format == FORMAT_JSON)
		return print_json(c, v, err);
	if (v == NULL)
		print_summary(c->world, f);
	else
		fprintf(f, "tapr %s %s\n\n%s\n\n%s", v->name, v->usage,
		    v->summary, v->help);
	return TAPR_OK;
}

/* ---- options --------------------------------------------------------------- */

struct option {
	const char	*name;
	int		(*take)(struct cli *c, const char *value,
			    struct err *err);
	bool		 has_value;
};

static int
take_format(struct cli *c, const char *v, struct err *err)
{
	c->has_format = true;
	if (strcmp(v, "text") == 0)
		c->format = FORMAT_TEXT;
	else if (strcmp(v, "json") == 0)
		c->format = FORMAT_JSON;
	else if (strcmp(v, "html") == 0)
		c->format = FORMAT_HTML;
	else if (strcmp(v, "pdf") == 0)
		return cli_usage(err, "cette version n'écrit pas encore de "
		    "PDF : --format html s'imprime depuis un navigateur");
	else
		return cli_usage(err, "--format vaut text, json ou html, pas "
		    "« %s »", v);
	return TAPR_OK;
}

static int
take_json(struct cli *c, const char *v, struct err *err)
{
	(void)v;
	return take_format(c, "json", err);
}

static int
take_law(struct cli *c, const char *v, struct err *err)
{
	(void)err;
	c->law_extra = v;
	return TAPR_OK;
}

static int
take_lang(struct cli *c, const char *v, struct err *err)
{
	(void)c;
	if (strcmp(v, "fr") == 0)
		return TAPR_OK;
	return cli_usage(err, "--lang : seul le français (fr) est écrit dans "
	    "cette version");
}

static int
take_as(struct cli *c, const char *v, struct err *err)
{
	if (v[0] == '\0')
		return cli_usage(err, "--as attend un nom");
	c->actor = v;
	return TAPR_OK;
}

static int
take_fund(struct cli *c, const char *v, struct err *err)
{
	(void)err;
	c->fund = v;
	return TAPR_OK;
}

static int
take_day(const char *name, const char *v, struct date *ret, struct err *err)
{
	if (!date_parse(v, strlen(v), ret))
		return cli_usage(err, "%s attend une date AAAA-MM-JJ, pas "
		    "« %s »", name, v);
	return TAPR_OK;
}

static int
take_today(struct cli *c, const char *v, struct err *err)
{
	struct date d;

	/* main read it before the world was made; here it is only checked. */
	(void)c;
	return take_day("--today", v, &d, err);
}

static int
take_on(struct cli *c, const char *v, struct err *err)
{
	return take_day("--on", v, &c->on, err);
}

static int
take_years(struct cli *c, const char *v, struct err *err)
{
	struct frac a, b;
	int64_t from, to;

	if (strlen(v) != 9 || v[4] != '-' || !frac_parse(v, 4, 0, &a) ||
	    !frac_parse(v + 5, 4, 0, &b) || !frac_scaled(a, 0, &from) ||
	    !frac_scaled(b, 0, &to) || from > to)
		return cli_usage(err, "--years attend deux années : "
		    "2012-2026");
	c->year_from = (int)from;
	c->year_to = (int)to;
	return TAPR_OK;
}

static int
take_list(const char **list, size_t *n, const char *v, struct err *err)
{
	if (*n == CLI_WORDS_MAX)
		return cli_usage(err, "trop d'options");
	list[(*n)++] = v;
	return TAPR_OK;
}

static int
take_set(struct cli *c, const char *v, struct err *err)
{
	return take_list(c->set, &c->sets, v, err);
}

static int
take_sweep(struct cli *c, const char *v, struct err *err)
{
	return take_list(c->sweep, &c->sweeps, v, err);
}

static int
take_why(struct cli *c, const char *v, struct err *err)
{
	(void)v;
	(void)err;
	c->why = true;
	return TAPR_OK;
}

static int
take_steps(struct cli *c, const char *v, struct err *err)
{
	(void)v;
	(void)err;
	c->steps = true;
	return TAPR_OK;
}

static int
take_help(struct cli *c, const char *v, struct err *err)
{
	(void)v;
	(void)err;
	c->help = true;
	return TAPR_OK;
}

static const struct option options[] = {
	{ "--format", take_format, true }, { "--json", take_json, false },
	{ "--law", take_law, true }, { "--lang", take_lang, true },
	{ "-C", take_fund, true }, { "--as", take_as, true }, { "--today", take_today, true },
	{ "--on", take_on, true }, { "--years", take_years, true },
	{ "--set", take_set, true }, { "--sweep", take_sweep, true },
	{ "--why", take_why, false },
	{ "--steps", take_steps, false }, { "--help", take_help, false },
	{ "-h", take_help, false },
};

/* Options that only some verbs take: see verb.options. */
static const struct {
	const char	*name;
	bool		 has_value;
} kept_options[] = {
	{ "--known", true }, { "--dry-run", false }, { "--strict", false },
	{ "--assumed", false },
	{ "--out", true }, { "--share", true }, { "--seed", true },
	{ "--fund", true }, { "--dsn", true }, { "--france", false },
	{ "--rejected", true }, { "--from", true },
	{ "--answer-by", true }, { "--risk-code", true }, { "--ctn", true },
	{ "--section", true }, { "--document", true }, { "--reason", true },
	{ "--to", true }, { "--until", true }, { "--effect", true },
	{ "--step", true }, { "--witness", true }, { "--way", true },
	{ "--secret", true },
	{ "--act", true }, { "--act-date", true }, { "--signatory", true },
	{ "--recipient", true }, { "--key", true }, { "--request", true },
};

static int
keep(struct cli *c, const char *name, const char *value, struct err *err)
{
	if (c->kepts == CLI_KEPT_MAX)
		return cli_usage(err, "trop d'options");
	c->kept[c->kepts].name = name;
	c->kept[c->kepts++].value = value;
	return TAPR_OK;
}

/* An option of some verbs; ${ret} false when there is none of that name. */
static int
take_kept(struct cli *c, char **argv, int argc, int *i, bool *ret,
    struct err *err)
{
	const char *word = argv[*i], *eq = strchr(word, '=');
	size_t len = eq == NULL ? strlen(word) : (size_t)(eq - word);

	for (size_t k = 0; k < sizeof kept_options / sizeof kept_options[0];
	    k++) {
		const char *name = kept_options[k].name;

		if (strlen(name) != len || strncmp(name, word, len) != 0)
			continue;
		*ret = true;
		if (!kept_options[k].has_value)
			return eq != NULL ? cli_usage(err,
			    "%s n'a pas de valeur", name) :
			    keep(c, name, "", err);
		if (eq == NULL && *i + 1 == argc)
			return cli_usage(err, "%s attend une valeur", name);
		return keep(c, name, eq != NULL ? eq + 1 : argv[++*i], err);
	}
	*ret = false;
	return TAPR_OK;
}

/* Each option given is one that the verb takes. */
static int
check_kept(const struct cli *c, const struct verb *v, struct err *err)
{
	for (size_t i = 0; i < c->kepts; i++) {
		const char *name = c->kept[i].name;
		const char *at = v->options == NULL ? NULL :
		    strstr(v->options, name);

		/* The names stand between blanks. */
		if (at == NULL || at[strlen(name)] != ' ')
			return cli_usage(err, "%s n'est pas une option de "
			    "tapr %s", name, v->name);
	}
	return TAPR_OK;
}

const char *
cli_option(const struct cli *c, const char *name)
{
	for (size_t i = c->kepts; i > 0; i--)
		if (strcmp(c->kept[i - 1].name, name) == 0)
			return c->kept[i - 1].value;
	return NULL;
}

int
cli_place(struct cli *c, bool acts, struct place *ret, struct err *err)
{
	const char *dir = c->fund != NULL ? c->fund : c->world->fund;

	if (dir == NULL || dir[0] == '\0')
		return cli_usage(err, "quel fonds ? donnez son dossier par "
		    "-C DOSSIER, ou par la variable TAPR_FUND");
	if (acts && c->actor == NULL)
		return cli_usage(err, "qui agit ? donnez --as NOM : chaque "
		    "acte garde son auteur");
	*ret = (struct place){ .dir = dir, .actor = c->actor == NULL ? "" :
	    c->actor, .today = c->world->today, .keys = c->world->keys,
	    .secret = c->world->secret, .pkcs11 = c->world->pkcs11,
	    .now = c->world->now_s() };
	return c->world->recorder->start(c, acts, ret, err);
}

/* "--name value" or "--name=value". */
static int
take_option(struct cli *c, char **argv, int argc, int *i, struct err *err)
{
	const char *word = argv[*i], *eq = strchr(word, '=');
	size_t len = eq == NULL ? strlen(word) : (size_t)(eq - word);
	bool kept;
	int rc;

	for (size_t k = 0; k < sizeof options / sizeof options[0]; k++) {
		const struct option *o = &options[k];

		if (strlen(o->name) != len || strncmp(o->name, word, len) != 0)
			continue;
		if (!o->has_value && eq != NULL)
			return cli_usage(err, "%s n'a pas de valeur", o->name);
		if (!o->has_value)
			return o->take(c, NULL, err);
		if (eq != NULL)
			return o->take(c, eq + 1, err);
		if (*i + 1 == argc)
			return cli_usage(err, "%s attend une valeur", o->name);
		return o->take(c, argv[++*i], err);
	}
	if ((rc = take_kept(c, argv, argc, i, &kept, err)) != TAPR_OK || kept)
		return rc;
	return cli_usage(err, "option inconnue : %s", word);
}

static int
cut(struct cli *c, int argc, char **argv, struct err *err)
{
	bool words_only = false;
	int rc = TAPR_OK;

	for (int i = 1; i < argc && rc == TAPR_OK; i++) {
		const char *word = argv[i];

		if (!words_only && strcmp(word, "--") == 0)
			words_only = true;
		else if (!words_only && word[0] == '-' && word[1] != '\0')
			rc = take_option(c, argv, argc, &i, err);
		else if (c->verb == NULL)
			c->verb = word;
		else
			rc = take_list(c->word, &c->words, word, err);
	}
	return rc;
}

/* ---- dispatch ---------------------------------------------------------------- */

static int
run(struct cli *c, int argc, char **argv, struct err *err)
{
	const struct verb *v;
	int rc;

	if (argc == 2 && strcmp(argv[1], "--version") == 0) {
		fprintf(c->world->out, "tapr %s\n", TAPR_VERSION);
		return TAPR_OK;
	}
	if ((rc = cut(c, argc, argv, err)) != TAPR_OK)
		return rc;
	if (c->verb == NULL && !c->help) {
		print_summary(c->world, c->world->log);
		return cli_usage(err, "donnez une commande");
	}
	if (c->verb == NULL || strcmp(c->verb, "help") == 0)
		return help(c, err);
	if ((v = find_verb(c->world, c->verb)) == NULL)
		return cli_usage(err, "pas de commande « %s » : « tapr help » "
		    "donne la liste", c->verb);
	if (c->help) {
		c->word[0] = c->verb;
		c->words = 1;
		return help(c, err);
	}
	if (c->why && c->format == FORMAT_JSON)
		return print_json(c, v, err);
	if (c->why)
		return print_why(c, v, err);
	if ((rc = check_kept(c, v, err)) != TAPR_OK)
		return rc;
	/* The code of the refusal stays, whatever the log says of it. */
	if ((rc = v->run(c, err)) != TAPR_OK)
		(void)refused(c, err);
	return rc;
}

static enum exit_status
exit_of(int rc)
{
	switch (rc) {
	case TAPR_OK:
		return EXIT_DONE;
	case TAPR_EUSAGE:
		return EXIT_USAGE;
	default:
		return EXIT_REFUSED;
	}
}

int
cli_main(int argc, char **argv, const struct cli_world *world)
{
	struct cli c = { .world = world };
	struct err err = { 0 };
	int rc = run(&c, argc, argv, &err);
	bool known = c.verb != NULL && find_verb(world, c.verb) != NULL;

	if (rc == TAPR_OK)
		rc = flush(world->out, &err);
	rating_law_free(c.law);
	if (rc != TAPR_OK)
		fprintf(world->log, "tapr : %s%s%s\n", err.where,
		    err.where[0] == '\0' ? "" : " : ", err.text);
	if (rc == TAPR_EUSAGE)
		fprintf(world->log, "Aide : tapr help%s%s\n",
		    known ? " " : "", known ? c.verb : "");
	return exit_of(rc);
}
