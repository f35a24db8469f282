/*
 * law_read.c -- a law set from a directory or from texts, and what is checked
 * on the way: what law_open() accepts, law.c need not doubt.
 *
 *	files --> list of struct text --> digest --> sources --> rows --> index
 *
 * The digest is taken first, because reading cuts a file into fields in
 * place; the sources before the rows, which get their citations from them.
 *
 * Invariants
 * 1. Texts stand in the order of enum place, and within one in the order of
 *    strcmp() on their names, whatever the file system lists.
 * 2. The digest is the SHA-256 of, for each file in order: its name
 *    ("VERSION", "sources.csv", "params/cap.csv", "added/cap.csv"), a NUL, its
 *    bytes.  No name holds another slash and no file a NUL, so that two
 *    different sets never give the same bytes to hash.
 */
#include <sys/types.h>
#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/str.h"
#include "law/set.h"

enum {
	FILE_MAX = 16 * 1024 * 1024,		/* of one file, in bytes */
	SET_MAX = 256 * 1024 * 1024,		/* of all but the files */
	FILES_MAX = 4096,
	DECIMALS_MAX = 6,
};

/* --- collecting the files --------------------------------------------------- */

/* lower case, digits and underscores, then ".csv" */
static bool
is_param_name(const char *name)
{
	size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");

	return n > 0 && strcmp(name + n, ".csv") == 0;
}

/* The place of a file in a set; -1 for a name that has none. */
static int
place_of(const char *name)
{
	static const char *const start[TEXT_PLACES] = { "VERSION",
	    "sources.csv", "params/", "added/" };
	size_t n;
	int p;

	for (p = 0; p < TEXT_PLACES; p++) {
		n = strlen(start[p]);
		if (strncmp(name, start[p], n) == 0 && (p < TEXT_PARAMS ?
		    name[n] == '\0' : is_param_name(name + n)))
			return p;
	}
	return -1;
}

/* Of names, and of things that start with their name. */
static int
by_name(const void *a, const void *b)
{

	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/*
 * The .csv files of an open directory, sorted, in ${ret}.  Hidden files are
 * passed over: file systems and editors leave some.
 */
static int
list(struct arena *a, DIR *d, const char *dir, const char ***ret,
    size_t *ret_n, struct err *err)
{
	struct dirent *e;
	const char **names, *end;
	size_t n = 0;

	if ((names = arena_array(a, FILES_MAX, sizeof *names)) == NULL)
		return no_memory(err);
	while ((e = readdir(d)) != NULL) {
		end = strrchr(e->d_name, '.');
		if (e->d_name[0] == '.' || end == NULL ||
		    strcmp(end, ".csv") != 0)
			continue;
		if (!is_param_name(e->d_name))
			return err_set(err, TAPR_EINVAL, dir, "le nom « %s "
			    "» n'est pas celui d'un paramètre ; renommez le "
			    "fichier avec des lettres minuscules, des "
			    "chiffres et _", str_brief(e->d_name).text);
		if (n == FILES_MAX)
			return err_set(err, TAPR_EINVAL, dir, "plus de %d "
			    "fichiers .csv ; donnez le dossier qui ne "
			    "contient que les paramètres", FILES_MAX);
		if ((names[n++] = arena_strdup(a, e->d_name)) == NULL)
			return no_memory(err);
	}
	if (n == 0)
		return err_set(err, TAPR_EINVAL, dir, "aucun paramètre "
		    "(fichier .csv) dans ce dossier ; donnez le dossier de la "
		    "loi");
	qsort(names, n, sizeof *names, by_name);
	*ret = names;
	*ret_n = n;
	return TAPR_OK;
}

/*
 * Puts the file ${name} at the end of the set, which owns its ${bytes} from
 * then on.  ${path}: where it was read, for one of the second directory.
 */
static int
text_add(struct law *law, const char *name, const char *path, char *bytes,
    size_t n, struct err *err)
{
	struct text *t = arena_alloc(law->a, sizeof *t);
	const char *shown = arena_printf(law->a, "law/%s", name);

	if (bytes == NULL || t == NULL || shown == NULL) {
		free(bytes);
		return no_memory(err);
	}
	*t = (struct text){ .name = shown + strlen("law/"), .shown = shown,
	    .bytes = bytes, .n = n, .place = (enum place)place_of(name) };
	if (t->place == TEXT_ADDED)
		t->shown = path != NULL ? path : t->name;
	*law->tail = t;
	law->tail = &t->next;
	return TAPR_OK;
}

/* Reads ${dir}/${file} as ${start}${file}. */
static int
read_file(struct law *law, const char *dir, const char *start,
    const char *file, struct err *err)
{
	const char *path = arena_printf(law->a, "%s/%s", dir, file);
	const char *name = arena_printf(law->a, "%s%s", start, file);
	char *bytes;
	size_t n;
	int rc;

	if (path == NULL || name == NULL)
		return no_memory(err);
	if ((rc = file_read(path, FILE_MAX, &bytes, &n, err)) != TAPR_OK)
		return rc;
	return text_add(law, name, path, bytes, n, err);
}

/* A law may come without: its keys then stand for themselves. */
static int
read_sources(struct law *law, const char *dir, struct err *err)
{
	const char *path = arena_printf(law->a, "%s/sources.csv", dir);
	struct stat st;

	if (path != NULL && stat(path, &st) != 0 && errno == ENOENT)
		return TAPR_OK;
	return read_file(law, dir, "", "sources.csv", err);
}

/*
 * Reads the parameters of ${dir}/params or, in a second directory without
 * one, of ${dir}.
 */
static int
read_params(struct law *law, const char *dir, bool added, struct err *err)
{
	const char *path = arena_printf(law->a, "%s/params", dir), **file;
	size_t i, n;
	DIR *d;
	int rc;

	if (path == NULL)
		return no_memory(err);
	if ((d = opendir(path)) == NULL && added && errno == ENOENT)
		d = opendir(path = dir);
	if (d == NULL)
		return err_set(err, TAPR_EIO, path, "dossier de la loi "
		    "illisible (%s) ; vérifiez le chemin et les droits",
		    err_cause(errno));
	rc = list(law->a, d, path, &file, &n, err);
	(void)closedir(d);
	for (i = 0; rc == TAPR_OK && i < n; i++)
		rc = read_file(law, path, added ? "added/" : "params/",
		    file[i], err);
	return rc;
}

/* --- reading a file --------------------------------------------------------- */

enum kind { KIND_NUMBER, KIND_WORD, KIND_DAY };

static const struct unit {
	const char	*name;
	enum kind	 kind;
} units[] = {
	{ "percent", KIND_NUMBER }, { "EUR", KIND_NUMBER },
	{ "word", KIND_WORD }, { "fraction", KIND_NUMBER },
	{ "factor", KIND_NUMBER }, { "points", KIND_NUMBER },
	{ "persons", KIND_NUMBER }, { "days", KIND_NUMBER },
	{ "clear_days", KIND_NUMBER }, { "working_days", KIND_NUMBER },
	{ "hours", KIND_NUMBER }, { "months", KIND_NUMBER },
	{ "years", KIND_NUMBER }, { "year", KIND_NUMBER },
	{ "codes", KIND_NUMBER }, { "decimals", KIND_NUMBER },
	{ "MM-DD", KIND_DAY },
};

/* The columns behind the keys; the last may be missing. */
enum tail { VALUE, UNIT, TEXT, PUBLISHED, SOURCE, CHECKED_ON, NOTE, TAIL };

static const char *const tail_name[TAIL] = { "value", "unit", "text",
	"published", "source", "checked_on", "note" };

#define HEADER "valid_from,valid_to,<clés>,value,unit,text,published," \
	"source,checked_on,note"

/* Number [-]digits[.digits], or a ratio of two whole ones: "1/3". */
static bool
parse_number(const char *text, struct frac *ret)
{
	const char *slash = strchr(text, '/');
	struct frac den;

	if (slash == NULL)
		return frac_parse(text, strlen(text), DECIMALS_MAX, ret);
	if (!frac_parse(text, (size_t)(slash - text), 0, ret) ||
	    !frac_parse(slash + 1, strlen(slash + 1), 0, &den))
		return false;
	*ret = frac_div(*ret, den);
	return frac_valid(*ret);
}

/* Fills value, unit and number. */
static int
parse_value(struct law_row *row, struct err *err)
{
	const struct unit *u = NULL;
	char day[DATE_TEXT_MAX + 8];
	struct date d;
	size_t i;

	for (i = 0; i < sizeof units / sizeof units[0]; i++)
		if (strcmp(units[i].name, row->unit) == 0) {
			u = &units[i];
			break;
		}
	if (u == NULL)
		return refuse(err, row->file, row->line, "unité « %s » "
		    "inconnue ; écrivez percent, EUR, fraction, factor, "
		    "points, persons, days, clear_days, working_days, hours, "
		    "months, years, year, codes, decimals, word ou MM-DD",
		    str_brief(row->unit).text);
	if (row->value[0] == '\0')
		return refuse(err, row->file, row->line, "valeur vide ; "
		    "écrivez-la, ou supprimez la ligne tant qu'elle n'est pas "
		    "connue");

	row->number = frac_invalid();
	if (u->kind == KIND_NUMBER && !parse_number(row->value, &row->number))
		return refuse(err, row->file, row->line, "« %s » n'est pas "
		    "un nombre ; écrivez par exemple 2.84 (au plus 6 "
		    "décimales, point décimal) ou 1/3",
		    str_brief(row->value).text);
	if (u->kind == KIND_DAY) {
		/* A year without a 29 February: the day exists every year. */
		(void)snprintf(day, sizeof day, "2023-%.8s", row->value);
		if (!date_parse(day, strlen(day), &d))
			return refuse(err, row->file, row->line, "« %s » "
			    "n'est pas un jour de l'année ; écrivez par "
			    "exemple 05-01", str_brief(row->value).text);
	}
	return TAPR_OK;
}

static int
parse_period(const char *from, const char *to, struct law_row *row,
    struct err *err)
{

	row->from = DATE_NONE;
	row->to = DATE_OPEN;
	if (from[0] != '\0' && !date_parse(from, strlen(from), &row->from))
		return refuse(err, row->file, row->line, "valid_from : « %s "
		    "» n'est pas une date ; écrivez AAAA-MM-JJ",
		    str_brief(from).text);
	if (to[0] != '\0' && !date_parse(to, strlen(to), &row->to))
		return refuse(err, row->file, row->line, "valid_to : « %s » "
		    "n'est pas une date ; écrivez AAAA-MM-JJ, ou rien pour "
		    "une période ouverte", str_brief(to).text);
	if (from[0] == '\0' && to[0] != '\0')
		return refuse(err, row->file, row->line, "valid_to sans "
		    "valid_from ; donnez les deux dates, ou aucune pour une "
		    "valeur non datée");
	if (date_is(row->from) && date_cmp(row->to, row->from) <= 0)
		return refuse(err, row->file, row->line, "la période finit (%s) "
		    "avant de commencer (%s) ; valid_to est le premier jour "
		    "hors de la période", to, from);
	return TAPR_OK;
}

/* The columns that say where a value was read. */
static int
parse_source(const struct law_row *row, char *const *tail, struct err *err)
{
	static const struct { enum tail column; const char *missing; } due[] = {
		{ TEXT, "valeur sans texte de loi ; nommez dans la colonne "
		    "text celui qui la fixe" },
		{ SOURCE, "valeur sans source ; dites dans la colonne source "
		    "où elle a été lue" },
		{ CHECKED_ON, "valeur sans date de vérification ; dites dans "
		    "la colonne checked_on quand elle a été lue" },
	};
	struct date d;
	size_t i;

	for (i = 0; i < sizeof due / sizeof due[0]; i++)
		if (tail[due[i].column][0] == '\0')
			return refuse(err, row->file, row->line, "%s",
			    due[i].missing);
	if (!date_parse(row->checked_on, strlen(row->checked_on), &d))
		return refuse(err, row->file, row->line, "checked_on : « %s "
		    "» n'est pas une date ; écrivez AAAA-MM-JJ",
		    str_brief(row->checked_on).text);
	return TAPR_OK;
}

/*
 * What the key of a source stands for; itself where no entry says.  Rows with
 * one source follow each other, so the last one found is tried first.
 */
static const char *
citation(struct law *law, const char *key)
{
	const struct source *s = law->last;

	if (law->sources == 0)
		return key;
	if (s == NULL || strcmp(s->key, key) != 0)
		s = bsearch(&key, law->source, law->sources, sizeof *s,
		    by_name);
	if (s == NULL)
		return key;
	law->last = s;
	return s->citation;
}

/* The row that the reader has just cut. */
static int
parse_row(struct law *law, const struct csv *c, const struct param *p,
    const struct text *t, struct law_row *row, struct err *err)
{
	char *const *tail = c->field + 2 + p->keys;
	int i, rc;

	*row = (struct law_row){ .value = tail[VALUE], .unit = tail[UNIT],
	    .text = tail[TEXT], .published = tail[PUBLISHED],
	    .source = tail[SOURCE], .citation = citation(law, tail[SOURCE]),
	    .checked_on = tail[CHECKED_ON],
	    .note = 2 + p->keys + NOTE < c->columns ? tail[NOTE] : "",
	    .file = t->shown, .line = c->line,
	    .added = t->place == TEXT_ADDED };
	for (i = 0; i < p->keys; i++)
		row->key[i] = c->field[2 + i];
	if ((rc = parse_period(c->field[0], c->field[1], row, err)) !=
	    TAPR_OK || (rc = parse_source(row, tail, err)) != TAPR_OK)
		return rc;
	return parse_value(row, err);
}

/* The keys of a file from its header, into ${p}. */
static int
parse_header(const struct csv *c, struct param *p, struct err *err)
{
	int i, keys, value = csv_column(c, tail_name[VALUE]), left;

	keys = value - 2;
	left = c->columns - value;
	if (keys < 0 || strcmp(c->header[0], "valid_from") != 0 ||
	    strcmp(c->header[1], "valid_to") != 0 ||
	    (left != TAIL && left != NOTE))
		return refuse(err, c->name, 1L, "en-tête inattendu ; écrivez "
		    HEADER);
	for (i = 0; i < left; i++)
		if (strcmp(c->header[value + i], tail_name[i]) != 0)
			return refuse(err, c->name, 1L, "colonne « %s » au "
			    "lieu de « %s » ; écrivez " HEADER,
			    str_brief(c->header[value + i]).text, tail_name[i]);
	if (keys > LAW_KEYS_MAX)
		return refuse(err, c->name, 1L, "%d colonnes de clés ; le "
		    "maximum est %d", keys, LAW_KEYS_MAX);

	p->keys = keys;
	for (i = 0; i < keys; i++)
		p->key[i] = c->header[2 + i];
	return TAPR_OK;
}

/* Finds the parameter of a file among those read before, or adds it. */
static int
param_add(struct law *law, const struct text *t, const struct param *header,
    struct param **ret, struct err *err)
{
	const char *name = strchr(t->name, '/') + 1;
	size_t n = strlen(name) - strlen(".csv");
	struct param *p, *end = law->param + law->params;
	bool same;
	int k;

	for (p = law->param; p < end; p++)
		if (strncmp(p->name, name, n) == 0 && p->name[n] == '\0')
			break;
	*ret = p;
	if (p == end) {
		law->params++;
		*p = *header;
		p->file = t->shown;
		p->name = arena_copy(law->a, name, n);
		return p->name == NULL ? no_memory(err) : TAPR_OK;
	}
	same = p->keys == header->keys;
	for (k = 0; same && k < p->keys; k++)
		same = strcmp(p->key[k], header->key[k]) == 0;
	if (!same)
		return refuse(err, t->shown, 1L, "les clés ne sont pas celles "
		    "de %s ; reprenez son en-tête", p->file);
	return TAPR_OK;
}

static int
open_csv(const struct text *t, struct csv *ret, struct err *err)
{
	long line = 1;
	size_t at;

	if (utf8_valid(t->bytes, t->n, &at))
		return csv_open(ret, t->shown, t->bytes, t->n, err);
	while (at-- > 0)
		line += t->bytes[at] == '\n';
	return refuse(err, t->shown, line, "texte qui n'est pas de l'UTF-8 ; "
	    "enregistrez le fichier en UTF-8");
}

static int
parse_params(struct law *law, const struct text *t, struct err *err)
{
	struct param header = { .name = NULL }, *p;
	bool added = t->place == TEXT_ADDED;
	struct law_row *row;
	struct csv c;
	int i, more, rc;
	unsigned mask;

	if ((rc = open_csv(t, &c, err)) != TAPR_OK ||
	    (rc = parse_header(&c, &header, err)) != TAPR_OK ||
	    (rc = param_add(law, t, &header, &p, err)) != TAPR_OK)
		return rc;

	p->first[added] = law->rows;
	while ((rc = csv_next(&c, &more, err)) == TAPR_OK && more) {
		row = &law->row[law->rows];
		if ((rc = parse_row(law, &c, p, t, row, err)) != TAPR_OK)
			return rc;
		for (i = 0, mask = 0; i < p->keys; i++)
			if (strcmp(row->key[i], "*") == 0)
				mask |= 1u << i;
		p->used |= 1u << mask;
		law->rows++;
	}
	p->rows[added] = law->rows - p->first[added];
	if (!added)
		law->added = law->rows;
	return rc;
}

static int
parse_version(struct law *law, const struct text *t, struct err *err)
{
	size_t n = t->n, good;

	while (n > 0 && (t->bytes[n - 1] == '\n' || t->bytes[n - 1] == '\r'))
		n--;
	t->bytes[n] = '\0';
	good = strspn(t->bytes, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789.-");
	if (n == 0 || n > VERSION_MAX || good != n)
		return refuse(err, t->shown, 1L, "version illisible ; écrivez "
		    "sur une ligne par exemple 2026.1");
	memcpy(law->version, t->bytes, n + 1);
	return TAPR_OK;
}

static int
parse_sources(struct law *law, const struct text *t, struct err *err)
{
	const struct source *a, *b;
	struct csv c;
	int more, rc;

	if ((rc = open_csv(t, &c, err)) != TAPR_OK)
		return rc;
	if (c.columns != 2 || strcmp(c.header[0], "key") != 0 ||
	    strcmp(c.header[1], "citation") != 0)
		return refuse(err, t->shown, 1L, "en-tête inattendu ; écrivez "
		    "key,citation");
	while ((rc = csv_next(&c, &more, err)) == TAPR_OK && more) {
		if (c.field[0][0] == '\0' || c.field[1][0] == '\0')
			return refuse(err, t->shown, c.line, "source sans clé "
			    "ou sans référence ; donnez les deux");
		law->source[law->sources++] = (struct source){ c.field[0],
		    c.field[1], c.line };
	}
	if (rc != TAPR_OK)
		return rc;
	qsort(law->source, law->sources, sizeof *law->source, by_name);
	for (b = law->source + 1; b < law->source + law->sources; b++) {
		a = b - 1;
		if (strcmp(a->key, b->key) == 0)
			return refuse(err, t->shown, a->line > b->line ?
			    a->line : b->line, "la clé « %s » est déjà à la "
			    "ligne %ld ; donnez une autre clé",
			    str_brief(b->key).text, a->line < b->line ?
			    a->line : b->line);
	}
	return TAPR_OK;
}

/* --- opening ---------------------------------------------------------------- */

/* The longest a list of rows can be: a row is at least a line. */
static size_t
lines(const struct text *t)
{
	const char *p = t->bytes, *end = p + t->n;
	size_t n = 1;

	while ((p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		n++;
		p++;
	}
	return n;
}

static void
digest(struct law *law)
{
	struct sha256 sha;
	const struct text *t;

	sha256_init(&sha);
	for (t = law->texts; t != NULL; t = t->next) {
		sha256_add(&sha, t->name, strlen(t->name) + 1);
		sha256_add(&sha, t->bytes, t->n);
	}
	(void)sha256_hex(&sha, law->digest);
}

/* From the files to the set; what can only be done before they are cut, is
 * done first. */
static int
build(struct law *law, struct err *err)
{
	static int (*const parse[TEXT_PLACES])(struct law *,
	    const struct text *, struct err *) = {
		[TEXT_VERSION] = parse_version, [TEXT_SOURCES] = parse_sources,
		[TEXT_PARAMS] = parse_params, [TEXT_ADDED] = parse_params,
	};
	struct text *t;
	size_t rows = 0, files = 0;
	int rc = TAPR_OK;

	digest(law);
	for (t = law->texts; t != NULL; t = t->next) {
		if (t->place == TEXT_SOURCES)
			law->source = arena_array(law->a, lines(t),
			    sizeof *law->source);
		rows += lines(t);
		files++;
	}

	law->row = arena_array(law->a, rows, sizeof *law->row);
	law->param = arena_array(law->a, files, sizeof *law->param);
	if (arena_failed(law->a))
		rc = no_memory(err);
	for (t = law->texts; rc == TAPR_OK && t != NULL; t = t->next)
		rc = parse[t->place](law, t, err);
	return rc != TAPR_OK ? rc : set_index(law, err);
}

static struct law *
law_new(void)
{
	struct law *law = calloc(1, sizeof *law);

	if (law == NULL)
		return NULL;
	law->tail = &law->texts;
	if ((law->a = arena_new(SET_MAX)) == NULL)
		law_closep(&law);
	return law;
}

/* The files of both directories, uncut. */
static int
gather(struct law *law, const char *dir, const char *extra, struct err *err)
{
	int rc;

	law->dir = arena_strdup(law->a, dir);
	law->extra = extra == NULL ? NULL : arena_strdup(law->a, extra);
	if (arena_failed(law->a))
		return no_memory(err);
	if ((rc = read_file(law, dir, "", "VERSION", err)) != TAPR_OK ||
	    (rc = read_sources(law, dir, err)) != TAPR_OK ||
	    (rc = read_params(law, dir, false, err)) != TAPR_OK)
		return rc;
	return extra == NULL ? TAPR_OK : read_params(law, extra, true, err);
}

int
law_open(const char *dir, const char *extra, struct law **ret,
    struct err *err)
{
	struct law *law = law_new();
	int rc;

	if (law == NULL)
		return no_memory(err);
	if ((rc = gather(law, dir, extra, err)) != TAPR_OK ||
	    (rc = build(law, err)) != TAPR_OK) {
		law_free(law);
		return rc;
	}
	*ret = law;
	return TAPR_OK;
}

int
law_reread(const struct law *law, struct law **ret, struct err *err)
{
	struct law *again;
	int rc;

	if (law->dir == NULL)
		return err_set(err, TAPR_EIO, NULL, "cette loi ne vient pas "
		    "d'un dossier");
	if ((again = law_new()) == NULL)
		return no_memory(err);
	if ((rc = gather(again, law->dir, law->extra, err)) == TAPR_OK) {
		digest(again);
		if (strcmp(again->digest, law->digest) != 0)
			rc = err_set(err, TAPR_EIO, law->dir, "les fichiers de "
			    "la loi ont changé pendant la commande ; "
			    "recommencez");
	}
	if (rc != TAPR_OK) {
		law_free(again);
		return rc;
	}
	*ret = again;
	return TAPR_OK;
}

bool
law_text_at(const struct law *reread, size_t i, struct law_text *ret)
{
	const struct text *t = reread->texts;

	while (t != NULL && i-- > 0)
		t = t->next;
	if (t == NULL)
		return false;
	*ret = (struct law_text){ t->name, t->bytes, t->n };
	return true;
}

/* Copies a file given in memory to the end of the set. */
static int
text_copy(struct law *law, const struct law_text *from, struct err *err)
{
	char *bytes = malloc(from->n + 1);

	if (bytes != NULL) {
		if (from->n > 0)
			memcpy(bytes, from->bytes, from->n);
		bytes[from->n] = '\0';
	}
	return text_add(law, from->name, NULL, bytes, from->n, err);
}

int
law_open_texts(const struct law_text *texts, size_t n, struct law **ret,
    struct err *err)
{
	struct law *law = law_new();
	size_t i;
	int now, was = -1, rc = TAPR_OK;

	if (law == NULL)
		return no_memory(err);
	for (i = 0; i < n && rc == TAPR_OK; i++, was = now) {
		now = place_of(texts[i].name);
		if (now < was || (i == 0) != (now == TEXT_VERSION) ||
		    (now == was &&
		    strcmp(texts[i - 1].name, texts[i].name) >= 0))
			rc = err_set(err, TAPR_EINVAL, texts[i].name, "fichier "
			    "inattendu dans une loi ; donnez VERSION, puis "
			    "sources.csv, params/*.csv et added/*.csv, par "
			    "ordre alphabétique");
		else
			rc = text_copy(law, &texts[i], err);
	}
	if (rc == TAPR_OK && was < TEXT_PARAMS)
		rc = err_set(err, TAPR_EINVAL, "law/params", "aucun paramètre "
		    "dans cette loi");
	if (rc != TAPR_OK || (rc = build(law, err)) != TAPR_OK) {
		law_free(law);
		return rc;
	}
	*ret = law;
	return TAPR_OK;
}
