/*
 * law.c -- the parameters of the law at a date, with their source.
 *
 * Half a megabyte of CSV is read at every start of a command that must end
 * within 10 ms, so nothing is copied: the rows point into the files as read,
 * which the reader cut into fields in place.
 *
 * How a value is found
 *
 *	name of the parameter --> struct param, by hash
 *	its keys --> struct group (the rows of one parameter with the same
 *		keys), by hash; once for each way in which rows of this
 *		parameter use "*", exact keys first
 *	the date --> struct span of the group; at most some thirty of them
 *
 * Invariants, once law_open() has succeeded
 * 1. Nothing changes any more.
 * 2. Rows stand in the order of files and lines: those of the first
 *    directory, then those of the second (from `added` on).  Files are read in
 *    the order of strcmp() on their names, whatever the file system lists.
 * 3. The spans of a group are those of its dated rows, from the second
 *    directory first; within one directory they are sorted and do not
 *    overlap.  A row without dates is in no span: it can be shown, never
 *    found.
 * 4. The digest is the SHA-256 of, for each file in order: its name
 *    ("VERSION", "params/cap.csv", "added/cap.csv"), a NUL, its bytes.  No
 *    name holds another slash and no file a NUL, so that two different sets
 *    never give the same bytes to hash.
 */
#include <sys/types.h>

#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/sha256.h"
#include "base/str.h"
#include "law/law.h"

enum {
	FILE_MAX = 16 * 1024 * 1024,		/* of one file, in bytes */
	SET_MAX = 256 * 1024 * 1024,		/* of all but the files */
	FILES_MAX = 4096,
	VERSION_MAX = 32,
	DECIMALS_MAX = 6,
	MASKS = 1 << LAW_KEYS_MAX,
};

#define ROWS_NONE UINT32_MAX

/* One file of the set, before and after it is cut. */
struct text {
	struct text	*next;		/* in the order of reading */
	const char	*name;		/* in the digest: "params/cap.csv" */
	const char	*shown;		/* in messages and answers */
	char		*bytes;		/* of malloc, one more than n */
	size_t		 n;
	bool		 added;
};

struct param {
	const char	*name;
	const char	*file;		/* shown name of its first file */
	int		 keys;
	const char	*key[LAW_KEYS_MAX];
	size_t		 first[2], rows[2];	/* [0] law, [1] added */
	unsigned	 used;		/* bit m: rows with "*" where m has 1 */
	int		 masks;
	unsigned char	 mask[MASKS];	/* the same, in the order of trial */
};

struct group {
	uint64_t	 hash;
	uint32_t	 param;
	uint32_t	 row;		/* one of its rows: the keys */
	uint32_t	 span;		/* the first of its spans */
	uint32_t	 spans[2];	/* [0] law, [1] added */
};

/* A period, its dates as numbers that compare like dates. */
struct span { uint32_t from, to, row; };

struct law {
	struct arena	*a;
	struct text	*texts;
	char		 version[VERSION_MAX + 1];
	char		 digest[SHA256_HEX_MAX];
	struct law_row	*row;
	uint32_t	 rows, added;	/* rows before the second directory */
	struct param	*param;
	uint32_t	 params;
	struct group	*group;
	uint32_t	 groups;
	struct span	*span;
	uint32_t	*param_slot, *group_slot;	/* number + 1, or 0 */
	uint32_t	 param_slots, group_slots;	/* powers of two */
};

/* --- hashing ---------------------------------------------------------------- */

static const char any[] = "*";

static uint64_t
hash_more(uint64_t h, uint64_t more)
{

	h = (h ^ more) * UINT64_C(0x9e3779b97f4a7c15);
	return h ^ h >> 32;
}

static uint64_t
hash_text(const char *p)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (; *p != '\0'; p++)
		h = (h ^ (unsigned char)*p) * UINT64_C(0x100000001b3);
	return h;
}

/* The smallest power of two over twice ${n}. */
static uint32_t
slots_for(uint32_t n)
{
	uint32_t slots = 16;

	while (slots < 2 * n)
		slots *= 2;
	return slots;
}

static uint32_t
param_number(const struct law *law, const char *name)
{
	uint32_t at = (uint32_t)hash_more(0, hash_text(name)), n;

	for (;; at++) {
		at &= law->param_slots - 1;
		if ((n = law->param_slot[at]) == 0)
			return ROWS_NONE;
		if (strcmp(law->param[n - 1].name, name) == 0)
			return n - 1;
	}
}

static bool
same_keys(const struct param *p, const struct law_row *row,
    const char *const keys[LAW_KEYS_MAX])
{
	int i;

	for (i = 0; i < p->keys; i++)
		if (strcmp(row->key[i], keys[i]) != 0)
			return false;
	return true;
}

/*
 * The slot of the group of ${param} with these keys, or the empty one where
 * it would go.  ${hash} is group_hash() of them.
 */
static uint32_t *
group_slot(const struct law *law, uint32_t param,
    const char *const keys[LAW_KEYS_MAX], uint64_t hash)
{
	const struct param *p = &law->param[param];
	const struct group *g;
	uint32_t at = (uint32_t)hash, *slot;

	for (;; at++) {
		at &= law->group_slots - 1;
		slot = &law->group_slot[at];
		if (*slot == 0)
			return slot;
		g = &law->group[*slot - 1];
		if (g->hash == hash && g->param == param &&
		    same_keys(p, &law->row[g->row], keys))
			return slot;
	}
}

static uint64_t
group_hash(const struct param *p, uint32_t param,
    const char *const keys[LAW_KEYS_MAX])
{
	uint64_t h = param;
	int i;

	for (i = 0; i < p->keys; i++)
		h = hash_more(h, hash_text(keys[i]));
	return h;
}

/* --- reading the directories ----------------------------------------------- */

#define no_memory(err) \
	err_set((err), TAPR_EIO, NULL, "mémoire insuffisante pour lire la loi")

static bool
ends_in(const char *name, const char *end)
{
	size_t n = strlen(name), m = strlen(end);

	return n > m && strcmp(name + n - m, end) == 0;
}

/* lower case, digits and underscores, then ".csv" */
static bool
is_param_name(const char *name)
{
	size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");

	return n > 0 && strcmp(name + n, ".csv") == 0;
}

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
	const char **names;
	size_t n = 0;

	if ((names = arena_array(a, FILES_MAX, sizeof *names)) == NULL)
		return no_memory(err);
	while ((e = readdir(d)) != NULL) {
		if (e->d_name[0] == '.' || !ends_in(e->d_name, ".csv"))
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

/* Puts a file at the end of the set.  ${bytes} becomes the set's. */
static int
text_add(struct law *law, struct text ***tail, const char *name,
    const char *shown, bool added, char *bytes, size_t n, struct err *err)
{
	struct text *t = arena_alloc(law->a, sizeof *t);

	if (t == NULL) {
		free(bytes);
		return no_memory(err);
	}
	*t = (struct text){ .name = name, .shown = shown, .bytes = bytes,
	    .n = n, .added = added };
	**tail = t;
	*tail = &t->next;
	if (name == NULL || shown == NULL)
		return no_memory(err);
	return TAPR_OK;
}

/*
 * Reads the parameters of ${dir}/params or, in a second directory without
 * one, of ${dir}.
 */
static int
read_params(struct law *law, const char *dir, bool added, struct text ***tail,
    struct err *err)
{
	const char *path = arena_printf(law->a, "%s/params", dir), **name;
	const char *file, *shown;
	size_t i, n, size;
	char *bytes;
	DIR *d;
	int rc;

	if (path == NULL)
		return no_memory(err);
	if ((d = opendir(path)) == NULL && added && errno == ENOENT)
		d = opendir(path = dir);
	if (d == NULL)
		return err_set(err, TAPR_EIO, path, "dossier de la loi "
		    "illisible (%s) ; vérifiez le chemin et les droits",
		    strerror(errno));
	rc = list(law->a, d, path, &name, &n, err);
	(void)closedir(d);
	if (rc != TAPR_OK)
		return rc;

	for (i = 0; i < n; i++) {
		file = arena_printf(law->a, "%s/%s", path, name[i]);
		if (file == NULL)
			return no_memory(err);
		if ((rc = file_read(file, FILE_MAX, &bytes, &size, err)) !=
		    TAPR_OK)
			return rc;
		shown = added ? file :
		    arena_printf(law->a, "law/params/%s", name[i]);
		if ((rc = text_add(law, tail, arena_printf(law->a, "%s/%s",
		    added ? "added" : "params", name[i]), shown, added, bytes,
		    size, err)) != TAPR_OK)
			return rc;
	}
	return TAPR_OK;
}

static int
read_version(struct law *law, const char *dir, struct text ***tail,
    struct err *err)
{
	const char *path = arena_printf(law->a, "%s/VERSION", dir);
	char *bytes;
	size_t n;
	int rc;

	if (path == NULL)
		return no_memory(err);
	if ((rc = file_read(path, FILE_MAX, &bytes, &n, err)) != TAPR_OK)
		return rc;
	return text_add(law, tail, "VERSION", "law/VERSION", false, bytes, n,
	    err);
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

/* A refusal of a line of a file; a macro, so that it is worth its code. */
#define refuse(err, file, line, ...) \
	(err_fill((err), TAPR_EINVAL, NULL, __VA_ARGS__), \
	    err_note((err), TAPR_EINVAL, "%s:%ld", (file), (line)))

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
parse_source(const struct law_row *row, struct err *err)
{
	struct date d;

	if (row->text[0] == '\0')
		return refuse(err, row->file, row->line, "valeur sans texte "
		    "de loi ; nommez dans la colonne text celui qui la fixe");
	if (row->source[0] == '\0')
		return refuse(err, row->file, row->line, "valeur sans source ; "
		    "dites dans la colonne source où elle a été lue");
	if (row->checked_on[0] == '\0')
		return refuse(err, row->file, row->line, "valeur sans date de "
		    "vérification ; dites dans la colonne checked_on quand "
		    "elle a été lue");
	if (!date_parse(row->checked_on, strlen(row->checked_on), &d))
		return refuse(err, row->file, row->line, "checked_on : « %s "
		    "» n'est pas une date ; écrivez AAAA-MM-JJ",
		    str_brief(row->checked_on).text);
	return TAPR_OK;
}

/* The row that the reader has just cut. */
static int
parse_row(const struct csv *c, const struct param *p, const struct text *t,
    struct law_row *row, struct err *err)
{
	char *const *tail = c->field + 2 + p->keys;
	int i, rc;

	*row = (struct law_row){ .value = tail[VALUE], .unit = tail[UNIT],
	    .text = tail[TEXT], .published = tail[PUBLISHED],
	    .source = tail[SOURCE], .checked_on = tail[CHECKED_ON],
	    .note = 2 + p->keys + NOTE < c->columns ? tail[NOTE] : "",
	    .file = t->shown, .line = c->line, .added = t->added };
	for (i = 0; i < p->keys; i++)
		row->key[i] = c->field[2 + i];
	if ((rc = parse_period(c->field[0], c->field[1], row, err)) !=
	    TAPR_OK || (rc = parse_source(row, err)) != TAPR_OK)
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
param_of(struct law *law, const struct text *t, const struct param *header,
    struct param **ret, struct err *err)
{
	const char *name = strchr(t->name, '/') + 1;
	size_t n = strlen(name) - strlen(".csv");
	struct param *p;
	uint32_t i;
	int k;

	for (i = 0; i < law->params; i++) {
		p = &law->param[i];
		if (strncmp(p->name, name, n) != 0 || p->name[n] != '\0')
			continue;
		for (k = 0; p->keys == header->keys && k < p->keys; k++)
			if (strcmp(p->key[k], header->key[k]) != 0)
				break;
		if (p->keys != header->keys || k < p->keys)
			return refuse(err, t->shown, 1L, "les clés ne sont "
			    "pas celles de %s ; reprenez son en-tête",
			    p->file);
		*ret = p;
		return TAPR_OK;
	}
	p = &law->param[law->params++];
	*p = *header;
	p->file = t->shown;
	if ((p->name = arena_copy(law->a, name, n)) == NULL)
		return no_memory(err);
	*ret = p;
	return TAPR_OK;
}

static int
parse_text(struct law *law, const struct text *t, struct err *err)
{
	struct param header = { .name = NULL }, *p;
	struct law_row *row;
	struct csv c;
	size_t at;
	long line = 1;
	int i, more, rc;
	unsigned mask;

	if (!utf8_valid(t->bytes, t->n, &at)) {
		while (at-- > 0)
			line += t->bytes[at] == '\n';
		return refuse(err, t->shown, line, "texte qui n'est pas de "
		    "l'UTF-8 ; enregistrez le fichier en UTF-8");
	}
	if ((rc = csv_open(&c, t->shown, t->bytes, t->n, err)) != TAPR_OK ||
	    (rc = parse_header(&c, &header, err)) != TAPR_OK ||
	    (rc = param_of(law, t, &header, &p, err)) != TAPR_OK)
		return rc;

	p->first[t->added] = law->rows;
	while ((rc = csv_next(&c, &more, err)) == TAPR_OK && more) {
		row = &law->row[law->rows];
		if ((rc = parse_row(&c, p, t, row, err)) != TAPR_OK)
			return rc;
		for (i = 0, mask = 0; i < p->keys; i++)
			if (strcmp(row->key[i], any) == 0)
				mask |= 1u << i;
		p->used |= 1u << mask;
		law->rows++;
	}
	p->rows[t->added] = law->rows - p->first[t->added];
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

/* --- the index -------------------------------------------------------------- */

static uint32_t
number_of(struct date d)
{

	return (uint32_t)d.y << 16 | (uint32_t)d.m << 8 | d.d;
}

static int
by_period(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return x->row < y->row ? -1 : x->row > y->row;
}

/* Sorts the spans of one group from one directory; refuses those that meet. */
static int
sort_spans(const struct law *law, struct span *s, uint32_t n, struct err *err)
{
	const struct law_row *a, *b;
	uint32_t i;

	for (i = 1; i < n && by_period(&s[i - 1], &s[i]) < 0; i++)
		;
	if (i < n)
		qsort(s, n, sizeof *s, by_period);
	for (i = 1; i < n; i++)
		if (s[i - 1].to > s[i].from) {
			a = &law->row[s[i - 1].row];
			b = &law->row[s[i].row];
			return refuse(err, b->file, b->line, "la période "
			    "recouvre celle de la ligne %ld, pour les mêmes "
			    "clés ; terminez l'une (valid_to) au premier jour "
			    "de l'autre", a->line);
		}
	return TAPR_OK;
}

/* The order in which ways to use "*" are tried: few before many, and of as
 * many, those that are exact in the first keys. */
static void
order_masks(struct param *p)
{
	static const unsigned char order[MASKS] = { 0, 8, 4, 2, 1, 12, 10, 9,
	    6, 5, 3, 14, 13, 11, 7, 15 };
	int i;

	for (i = 0; i < MASKS; i++)
		if ((p->used & 1u << order[i]) != 0)
			p->mask[p->masks++] = order[i];
}

static int
index_params(struct law *law, struct err *err)
{
	uint32_t i, at;

	law->param_slots = slots_for(law->params);
	law->param_slot = arena_array(law->a, law->param_slots,
	    sizeof *law->param_slot);
	if (law->param_slot == NULL)
		return no_memory(err);
	for (i = 0; i < law->params; i++) {
		order_masks(&law->param[i]);
		at = (uint32_t)hash_more(0, hash_text(law->param[i].name));
		while (law->param_slot[at &= law->param_slots - 1] != 0)
			at++;
		law->param_slot[at] = i + 1;
	}
	return TAPR_OK;
}

/* Numbers the groups of all rows, in ${of}, and counts their spans. */
static void
make_groups(struct law *law, uint32_t *of)
{
	const struct param *p;
	const struct law_row *row;
	struct group *g;
	uint32_t i, j, *slot;
	uint64_t hash;
	int added;

	for (added = 0; added < 2; added++)
		for (i = 0; i < law->params; i++) {
			p = &law->param[i];
			for (j = 0; j < p->rows[added]; j++) {
				row = &law->row[p->first[added] + j];
				hash = group_hash(p, i, row->key);
				slot = group_slot(law, i, row->key, hash);
				if (*slot == 0) {
					law->group[law->groups] =
					    (struct group){ .hash = hash,
					    .param = i,
					    .row = (uint32_t)(row - law->row) };
					*slot = ++law->groups;
				}
				of[row - law->row] = *slot - 1;
				g = &law->group[*slot - 1];
				g->spans[added] += date_is(row->from);
			}
		}
}

static int
index_rows(struct law *law, struct err *err)
{
	const struct law_row *row;
	struct span *s;
	struct group *g;
	uint32_t i, n, *of, *filled;
	int rc;

	law->group_slots = slots_for(law->rows);
	law->group_slot = arena_array(law->a, law->group_slots,
	    sizeof *law->group_slot);
	law->group = arena_array(law->a, law->rows, sizeof *law->group);
	law->span = arena_array(law->a, law->rows, sizeof *law->span);
	of = arena_array(law->a, law->rows, sizeof *of);
	if (arena_failed(law->a))
		return no_memory(err);
	make_groups(law, of);

	filled = arena_array(law->a, 2 * (size_t)law->groups, sizeof *filled);
	if (filled == NULL)
		return no_memory(err);
	for (i = 0, n = 0; i < law->groups; i++) {
		g = &law->group[i];
		g->span = n;
		filled[2 * i + 1] = n;
		filled[2 * i] = n += g->spans[1];
		n += g->spans[0];
	}
	for (i = 0; i < law->rows; i++) {
		row = &law->row[i];
		if (!date_is(row->from))
			continue;
		s = &law->span[filled[2 * of[i] + row->added]++];
		*s = (struct span){ number_of(row->from), number_of(row->to),
		    i };
	}
	for (i = 0; i < law->groups; i++) {
		g = &law->group[i];
		s = law->span + g->span;
		if ((rc = sort_spans(law, s, g->spans[1], err)) != TAPR_OK ||
		    (rc = sort_spans(law, s + g->spans[1], g->spans[0],
		    err)) != TAPR_OK)
			return rc;
	}
	return TAPR_OK;
}

/* --- opening and closing ------------------------------------------------------ */

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

/* From the files to the index; what can only be done before they are cut, is
 * done first. */
static int
build(struct law *law, struct err *err)
{
	struct sha256 sha;
	struct text *t;
	size_t rows = 0, files = 0;
	int rc;

	sha256_init(&sha);
	for (t = law->texts; t != NULL; t = t->next) {
		sha256_add(&sha, t->name, strlen(t->name) + 1);
		sha256_add(&sha, t->bytes, t->n);
		rows += lines(t);
		files++;
	}
	(void)sha256_hex(&sha, law->digest);

	law->row = arena_array(law->a, rows, sizeof *law->row);
	law->param = arena_array(law->a, files, sizeof *law->param);
	if (law->row == NULL || law->param == NULL)
		return no_memory(err);
	for (t = law->texts; t != NULL; t = t->next) {
		if (strcmp(t->name, "VERSION") == 0)
			rc = parse_version(law, t, err);
		else
			rc = parse_text(law, t, err);
		if (rc != TAPR_OK)
			return rc;
		if (!t->added)
			law->added = law->rows;
	}
	if ((rc = index_params(law, err)) != TAPR_OK)
		return rc;
	return index_rows(law, err);
}

static struct law *
law_new(void)
{
	struct law *law = calloc(1, sizeof *law);

	if (law != NULL && (law->a = arena_new(SET_MAX)) == NULL) {
		free(law);
		law = NULL;
	}
	return law;
}

void
law_free(struct law *law)
{
	struct text *t;

	if (law == NULL)
		return;
	for (t = law->texts; t != NULL; t = t->next)
		free(t->bytes);
	arena_free(law->a);
	free(law);
}

void
law_closep(struct law **law)
{

	law_free(*law);
	*law = NULL;
}

int
law_open(const char *dir, const char *extra, struct law **ret,
    struct err *err)
{
	struct law *law = law_new();
	struct text **tail;
	int rc;

	if (law == NULL)
		return no_memory(err);
	tail = &law->texts;
	if ((rc = read_version(law, dir, &tail, err)) != TAPR_OK ||
	    (rc = read_params(law, dir, false, &tail, err)) != TAPR_OK ||
	    (extra != NULL &&
	    (rc = read_params(law, extra, true, &tail, err)) != TAPR_OK) ||
	    (rc = build(law, err)) != TAPR_OK) {
		law_free(law);
		return rc;
	}
	*ret = law;
	return TAPR_OK;
}

/* The place of a file in a set: VERSION, the first directory, the second. */
static int
rank(const char *name)
{

	if (strcmp(name, "VERSION") == 0)
		return 0;
	if (strncmp(name, "params/", 7) == 0 && is_param_name(name + 7))
		return 1;
	if (strncmp(name, "added/", 6) == 0 && is_param_name(name + 6))
		return 2;
	return -1;
}

/* Copies a file given in memory to the end of the set. */
static int
text_copy(struct law *law, const struct law_text *from, struct text ***tail,
    struct err *err)
{
	char *bytes = malloc(from->n + 1);
	const char *shown = arena_printf(law->a, "law/%s", from->name);

	if (bytes == NULL || shown == NULL) {
		free(bytes);
		return no_memory(err);
	}
	if (from->n > 0)
		memcpy(bytes, from->bytes, from->n);
	bytes[from->n] = '\0';
	return text_add(law, tail, shown + strlen("law/"),
	    rank(from->name) == 2 ? shown + strlen("law/") : shown,
	    rank(from->name) == 2, bytes, from->n, err);
}

int
law_open_texts(const struct law_text *texts, size_t n, struct law **ret,
    struct err *err)
{
	struct law *law = law_new();
	struct text **tail;
	size_t i;
	int now, was = -1, rc = TAPR_OK;

	if (law == NULL)
		return no_memory(err);
	tail = &law->texts;
	for (i = 0; i < n && rc == TAPR_OK; i++, was = now) {
		now = rank(texts[i].name);
		if (now < was || (i == 0) != (now == 0) || (now == was &&
		    strcmp(texts[i - 1].name, texts[i].name) >= 0))
			rc = err_set(err, TAPR_EINVAL, texts[i].name, "fichier "
			    "inattendu dans une loi ; donnez VERSION, puis "
			    "params/*.csv, puis added/*.csv, par ordre "
			    "alphabétique");
		else
			rc = text_copy(law, &texts[i], &tail, err);
	}
	if (rc == TAPR_OK && was < 1)
		rc = err_set(err, TAPR_EINVAL, "law/params", "aucun paramètre "
		    "dans cette loi");
	if (rc != TAPR_OK || (rc = build(law, err)) != TAPR_OK) {
		law_free(law);
		return rc;
	}
	*ret = law;
	return TAPR_OK;
}

/* --- asking -------------------------------------------------------------------- */

const char *
law_version(const struct law *law)
{

	return law->version;
}

const char *
law_digest(const struct law *law)
{

	return law->digest;
}

static int
keys_given(const char *const keys[LAW_KEYS_MAX])
{
	int n = 0;

	while (n < LAW_KEYS_MAX && keys[n] != NULL)
		n++;
	return n;
}

/* The ${i}th group, in the order of trial, that fits ${keys}; NULL: none. */
static const struct group *
group_find(const struct law *law, uint32_t param,
    const char *const keys[LAW_KEYS_MAX], int i)
{
	const struct param *p = &law->param[param];
	const char *masked[LAW_KEYS_MAX];
	unsigned mask = p->mask[i];
	uint32_t n;
	int k;

	if (mask != 0) {
		for (k = 0; k < p->keys; k++)
			masked[k] = (mask & 1u << k) != 0 ? any : keys[k];
		keys = masked;
	}
	n = *group_slot(law, param, keys, group_hash(p, param, keys));
	return n == 0 ? NULL : &law->group[n - 1];
}

const struct law_row *
law_find(const struct law *law, const char *param,
    const char *const keys[LAW_KEYS_MAX], struct date on)
{
	uint32_t n = param_number(law, param), day = number_of(on), j, spans;
	const struct param *p;
	const struct group *g;
	const struct span *s;
	int i;

	if (n == ROWS_NONE)
		return NULL;
	p = &law->param[n];
	if (keys_given(keys) != p->keys)
		return NULL;
	for (i = 0; i < p->masks; i++) {
		if ((g = group_find(law, n, keys, i)) == NULL)
			continue;
		s = law->span + g->span;
		spans = g->spans[0] + g->spans[1];
		for (j = 0; j < spans; j++)
			if (s[j].from <= day && day < s[j].to)
				return &law->row[s[j].row];
	}
	return NULL;
}

bool
law_known(const struct law *law, const char *param,
    const char *const keys[LAW_KEYS_MAX])
{
	uint32_t n = param_number(law, param);
	int i;

	if (n == ROWS_NONE || keys_given(keys) != law->param[n].keys)
		return false;
	for (i = 0; i < law->param[n].masks; i++)
		if (group_find(law, n, keys, i) != NULL)
			return true;
	return false;
}

/* " (zone=general, ctn=B)" into ${buf}; nothing without keys. */
static void
keys_text(const struct param *p, const char *const keys[LAW_KEYS_MAX],
    char *buf, size_t size)
{
	int i, given = keys_given(keys), n;
	const char *name;

	buf[0] = '\0';
	for (i = 0; i < given && size > 1; i++) {
		name = p != NULL && i < p->keys ? p->key[i] : "?";
		n = snprintf(buf, size, "%s%s=%s%s", i == 0 ? " (" : ", ",
		    str_brief(name).text, keys[i][0] == '\0' ? "(vide)" :
		    str_brief(keys[i]).text, i + 1 == given ? ")" : "");
		if (n < 0 || (size_t)n >= size)
			return;
		buf += n;
		size -= (size_t)n;
	}
}

int
law_need(const struct law *law, const char *param,
    const char *const keys[LAW_KEYS_MAX], struct date on,
    const struct law_row **ret, struct err *err)
{
	const struct law_row *row = law_find(law, param, keys, on);
	const struct param *p = NULL;
	char with[LAW_KEYS_MAX * 2 * (BRIEF_MAX + 8)], day[DATE_TEXT_MAX];
	uint32_t n;

	if (row != NULL) {
		*ret = row;
		return TAPR_OK;
	}
	if ((n = param_number(law, param)) != ROWS_NONE)
		p = &law->param[n];
	keys_text(p, keys, with, sizeof with);
	if (p != NULL && keys_given(keys) != p->keys)
		return err_set(err, TAPR_ELAW, NULL, "%s demande %d clé(s) et "
		    "en reçoit %d%s ; voyez l'en-tête de %s", param, p->keys,
		    keys_given(keys), with, p->file);
	return err_set(err, TAPR_ELAW, NULL, "paramètre absent : %s%s au "
	    "%s ; ajoutez une ligne sourcée à law/params/%s.csv ou donnez "
	    "un dossier par --law", str_brief(param).text, with,
	    date_text(on, day), str_brief(param).text);
}

char *
law_path(const struct law_row *row, const char *param, char *buf, size_t size)
{
	size_t n = 0, len, i;
	const char *part = param;

	for (i = 0;; i++) {
		len = strlen(part);
		if (n > 0 && len > 0 && n + 1 < size)
			buf[n++] = '.';
		if (len > size - 1 - n)
			len = size - 1 - n;
		memcpy(buf + n, part, len);
		n += len;
		if (i == LAW_KEYS_MAX || (part = row->key[i]) == NULL)
			break;
	}
	buf[n] = '\0';
	return buf;
}

/* --- walking ------------------------------------------------------------------- */

size_t
law_param_count(const struct law *law)
{

	return law->params;
}

const char *
law_param_name(const struct law *law, size_t param)
{

	return law->param[param].name;
}

size_t
law_key_count(const struct law *law, size_t param)
{

	return (size_t)law->param[param].keys;
}

const char *
law_key_name(const struct law *law, size_t param, size_t key)
{

	return law->param[param].key[key];
}

size_t
law_row_count(const struct law *law, size_t param)
{

	return law->param[param].rows[0] + law->param[param].rows[1];
}

const struct law_row *
law_row_at(const struct law *law, size_t param, size_t row)
{
	const struct param *p = &law->param[param];

	return row < p->rows[0] ? &law->row[p->first[0] + row] :
	    &law->row[p->first[1] + row - p->rows[0]];
}

size_t
law_added_count(const struct law *law)
{

	return law->rows - law->added;
}

const struct law_row *
law_added_at(const struct law *law, size_t i, const char **ret_param)
{
	size_t row = law->added + i;
	const struct param *p;
	uint32_t n;

	for (n = 0; n < law->params; n++) {
		p = &law->param[n];
		if (row >= p->first[1] && row - p->first[1] < p->rows[1])
			*ret_param = p->name;
	}
	return &law->row[row];
}
