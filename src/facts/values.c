/*
 * values.c -- see values.h.
 *
 * Each reader says what is wrong with a text before it says that the text is
 * wrong: the comma of a decimal, the blanks of a spreadsheet, the day that no
 * calendar has, the word meant.  What is right is recognised by base/ alone.
 *
 * Invariants:
 *	1. the first refusal is the one reported: struct reader keeps its code;
 *	2. every refusal names its path and says what to write instead.
 */
#include "facts/values.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DIGITS "0123456789"

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* --- places and refusals ------------------------------------------------- */

void
value_join(char *buf, size_t size, const char *separator, const char *text)
{
	size_t used = strlen(buf);

	snprintf(buf + used, size - used, "%s%s", used > 0 ? separator : "",
	    text);
}

struct value
value_in(const struct value *up, const char *name, const struct json *node)
{
	return (struct value){ up->r, up, up->field, name, node };
}

static void
path_of(const struct value *v, char *buf, size_t size)
{
	char clip[JSON_CLIP_MAX];

	if (v->up != NULL)
		path_of(v->up, buf, size);
	if (v->name != NULL)
		value_join(buf, size, ".",
		    json_clip(v->name, strlen(v->name), clip));
}

void *
value_refuse(const struct value *v, const char *fmt, ...)
{
	char path[ERR_PATH_MAX] = "", text[ERR_TEXT_MAX];
	va_list ap;

	if (v->r->rc != TAPR_OK)
		return NULL;
	path_of(v, path, sizeof path);
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	v->r->rc = err_set(v->r->err, TAPR_EINVAL, path, "%s", text);
	return NULL;
}

void *
value_no_memory(struct reader *r)
{
	if (r->rc == TAPR_OK)
		r->rc = err_set(r->err, TAPR_EIO, NULL, "mémoire insuffisante "
		    "pour lire les faits : donnez un document plus petit");
	return NULL;
}

bool
value_given(const struct value *v)
{
	if (v->node == NULL && v->field->need != NULL)
		value_refuse(v, "obligatoire et absent : donnez %s",
		    v->field->need);
	return v->node != NULL && v->r->rc == TAPR_OK;
}

/* --- nearest names ------------------------------------------------------- */

/*
 * The known name nearest to what was written, within a third of its letters;
 * the first in the order of the contract when several are as near.
 */
struct guess {
	const char	*text;
	size_t		 n;
	const char	*name;		/* NULL: none is near */
	size_t		 distance;
	char		 known[512];	/* all of them */
	char		 advice[128];
};

/*
 * distance(a, n, b): letters to change, add or take away to turn ${a} into
 * ${b} (Levenshtein); ${n} and the length of ${b} are under 64.
 */
static size_t
distance(const char *a, size_t n, const char *b)
{
	size_t row[64], i, j, diagonal, best, m = strlen(b);

	for (j = 0; j <= m; j++)
		row[j] = j;
	for (i = 1; i <= n; i++) {
		diagonal = i - 1;
		row[0] = i;
		for (j = 1; j <= m; j++) {
			best = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
			if (diagonal + (a[i - 1] != b[j - 1]) < best)
				best = diagonal + (a[i - 1] != b[j - 1]);
			diagonal = row[j];
			row[j] = best;
		}
	}
	return row[m];
}

static void
guess_try(struct guess *g, const char *name)
{
	size_t d;

	value_join(g->known, sizeof g->known, ", ", name);
	if (g->n == 0 || g->n >= 64 || strlen(name) >= 64)
		return;
	/* A word begun and not finished: « alsace ». */
	d = g->n >= 3 && strncmp(g->text, name, g->n) == 0 ? 1 :
	    distance(g->text, g->n, name);
	if (d <= strlen(name) / 3 + 1 &&
	    (g->name == NULL || d < g->distance)) {
		g->name = name;
		g->distance = d;
	}
}

static const char *
guess_advice(struct guess *g, const char *otherwise)
{
	if (g->name == NULL)
		return otherwise;
	snprintf(g->advice, sizeof g->advice,
	    " : vouliez-vous écrire « %s » ?", g->name);
	return g->advice;
}

const char *
value_unknown(const struct fields *in, const char *name, size_t n, char *buf)
{
	struct guess g = { .text = name, .n = n };
	char clip[JSON_CLIP_MAX];
	size_t i;

	for (i = 0; i < in->n; i++)
		guess_try(&g, in->field[i].name);
	snprintf(buf, ERR_TEXT_MAX, "champ inconnu « %s »%s Champs admis dans "
	    "%s : %s", json_clip(name, n, clip),
	    guess_advice(&g, " : retirez-le."), in->what, g.known);
	return buf;
}

/* --- members, texts, numbers --------------------------------------------- */

bool
value_members(const struct value *v, struct value ret[FIELDS_MAX])
{
	const struct fields *in = v->field->in;
	const struct field *field;
	const struct json *m;
	char text[ERR_TEXT_MAX];
	size_t i;

	if (!value_given(v))
		return false;
	if (v->node->type != JSON_OBJECT)
		return value_refuse(v, "un objet { … } est attendu pour %s, "
		    "non %s", in->what, json_type_name(v->node->type));
	assert(in->n <= FIELDS_MAX);
	for (i = 0; i < in->n; i++)
		ret[i] = (struct value){ v->r, v, &in->field[i],
		    in->field[i].name, NULL };
	for (m = v->node->first; m != NULL; m = m->next) {
		struct value here = value_in(v, m->key, m);

		field = contract_find(in, m->key, m->key_n);
		if (field == NULL)
			return value_refuse(&here, "%s",
			    value_unknown(in, m->key, m->key_n, text));
		if (m->type != JSON_NULL)
			ret[field - in->field].node = m;
	}
	return true;
}

const char *
value_string(const struct value *v, const char *example)
{
	if (!value_given(v))
		return NULL;
	if (v->node->type == JSON_STRING)
		return v->node->text;
	if (v->node->type == JSON_NUMBER)
		return value_refuse(v, "un texte est attendu, non un nombre : "
		    "mettez la valeur entre guillemets, par exemple \"%s\"",
		    example);
	return value_refuse(v, "un texte est attendu, non %s : par exemple "
	    "\"%s\"", json_type_name(v->node->type), example);
}

bool
value_integer(const struct value *v, const char *what, int *ret)
{
	const struct json *node = v->node;
	char clip[JSON_CLIP_MAX];
	size_t i, sign;
	int n = 0;

	if (!value_given(v))
		return false;
	if (node->type != JSON_NUMBER)
		return value_refuse(v, "%s : un entier est attendu, non %s%s",
		    what, json_type_name(node->type),
		    node->type == JSON_STRING ? " ; retirez les guillemets" :
		    "");
	sign = node->text[0] == '-';
	for (i = sign; i < node->n && i < sign + 9 && is_digit(node->text[i]);
	    i++)
		n = n * 10 + (node->text[i] - '0');
	if (i < node->n && is_digit(node->text[i]))
		return value_refuse(v, "%s : nombre trop grand", what);
	if (i < node->n)
		return value_refuse(v, "%s : un entier est attendu, sans "
		    "décimale ni exposant, non %s", what,
		    json_clip(node->text, node->n, clip));
	*ret = sign ? -n : n;
	return true;
}

bool
value_bool(const struct value *v, bool absent)
{
	if (!value_given(v))
		return absent;
	if (v->node->type != JSON_TRUE && v->node->type != JSON_FALSE)
		value_refuse(v, "true ou false est attendu, sans guillemets, "
		    "non %s", json_type_name(v->node->type));
	return v->node->type == JSON_TRUE;
}

int
value_word(const struct value *v)
{
	const char *const *words = v->field->words;
	const char *text = value_string(v, words[0]);
	struct guess g;
	char clip[JSON_CLIP_MAX];
	int i;

	if (text == NULL)
		return 0;
	for (i = 0; words[i] != NULL; i++)
		if (strcmp(text, words[i]) == 0)
			return v->field->first + i;
	g = (struct guess){ .text = text, .n = v->node->n };
	for (i = 0; words[i] != NULL; i++)
		guess_try(&g, words[i]);
	value_refuse(v, "mot inconnu « %s »%s Mots admis : %s",
	    json_clip(text, g.n, clip), guess_advice(&g, "."), g.known);
	return 0;
}

struct date
value_day(const struct value *v)
{
	const char *p = value_string(v, "2022-06-01");
	struct date d = DATE_NONE;
	char clip[JSON_CLIP_MAX];

	if (p == NULL || date_parse(p, v->node->n, &d))
		return d;
	if (v->node->n == 10 && strspn(p, DIGITS) == 4 && p[4] == '-' &&
	    strspn(p + 5, DIGITS) == 2 && p[7] == '-' &&
	    strspn(p + 8, DIGITS) == 2)
		value_refuse(v, "« %s » n'est pas un jour du calendrier "
		    "(années 1900 à 9999) : vérifiez le jour et le mois", p);
	else
		value_refuse(v, "date mal écrite « %s » : écrivez AAAA-MM-JJ, "
		    "par exemple 2022-06-01", json_clip(p, v->node->n, clip));
	return DATE_NONE;
}

/* --- decimals ------------------------------------------------------------ */

/* blank_at(p): the bytes of the blank at ${p}; 0 when there is none. */
static size_t
blank_at(const char *p)
{
	/* The last two are what spreadsheets put between thousands. */
	static const char *const blank[] = { " ", "\u00a0", "\u202f" };
	size_t i;

	for (i = 0; i < sizeof blank / sizeof blank[0]; i++)
		if (strncmp(p, blank[i], strlen(blank[i])) == 0)
			return strlen(blank[i]);
	return 0;
}

/*
 * decimal_fault(p, of, buf, size): what is wrong with the text of a decimal;
 * NULL when nothing is.  ${buf} serves a fault that holds a number.
 */
static const char *
decimal_fault(const char *p, const struct decimal *of, char *buf, size_t size)
{
	size_t integers = strspn(p, DIGITS), decimals = 0;
	bool dot = false, comma = false, blank = false, other = false;
	const char *q;

	if (p[0] == '-' && is_digit(p[1]))
		return of->negative;
	for (q = p; *q != '\0'; q++) {
		if (is_digit(*q))
			decimals += dot;
		else if (*q == '.' && !dot)
			dot = true;
		else if (*q == ',')
			comma = true;
		else if (blank_at(q) > 0) {
			blank = true;
			q += blank_at(q) - 1;
		} else
			other = true;
	}
	if (!other && comma)
		return "écrivez un point décimal, non une virgule";
	if (!other && blank)
		return "écrivez le nombre sans espaces";
	if (other || integers == 0 || (dot && decimals == 0))
		return "nombre mal écrit : des chiffres et un point décimal "
		    "sont attendus";
	if (integers > 1 && p[0] == '0')
		return "retirez le zéro inutile en tête";
	if (integers > (size_t)of->integers)
		snprintf(buf, size, "plus de %d chiffres avant le point : "
		    "vérifiez le nombre", of->integers);
	else if (decimals > (size_t)of->decimals)
		snprintf(buf, size, "au plus %d décimales sont admises ici",
		    of->decimals);
	else
		return NULL;
	return buf;
}

struct frac
value_decimal(const struct value *v)
{
	const struct decimal *of = v->field->decimal;
	const char *text = value_string(v, of->example), *fault;
	struct frac f = frac_int(0);
	char buf[160], clip[JSON_CLIP_MAX];

	if (text == NULL)
		return f;
	fault = decimal_fault(text, of, buf, sizeof buf);
	if (fault == NULL && !frac_parse(text, v->node->n, of->decimals, &f))
		fault = "nombre mal écrit";
	if (fault != NULL)
		value_refuse(v, "« %s » : %s (par exemple \"%s\")",
		    json_clip(text, v->node->n, clip), fault, of->example);
	else if (of->share && frac_cmp(f, frac_int(1)) > 0)
		value_refuse(v, "« %s » dépasse 1 : une part s'écrit en "
		    "fraction de 1 (60 %% s'écrit \"0.60\")", text);
	return f;
}

/* --- series and lists ---------------------------------------------------- */

int
value_year(const char *name, size_t n)
{
	return n == 4 && strspn(name, DIGITS) == 4 && (name[0] == '2' ||
	    (name[0] == '1' && name[1] == '9')) ?
	    (int)strtol(name, NULL, 10) : 0;
}

static int
by_year(const void *va, const void *vb)
{
	const struct year_amount *a = va, *b = vb;

	return a->year - b->year;
}

struct year_series
value_years(const struct value *v)
{
	const struct year_series none = { NULL, 0 };
	struct year_amount *amount;
	const struct json *m;
	size_t n = 0;

	if (!value_given(v))
		return none;
	if (v->node->type != JSON_OBJECT) {
		value_refuse(v, "un objet est attendu, une valeur par année, "
		    "non %s : par exemple {\"2022\": \"%s\"}",
		    json_type_name(v->node->type), v->field->decimal->example);
		return none;
	}
	amount = arena_array(v->r->arena, v->node->n, sizeof *amount);
	if (amount == NULL) {
		value_no_memory(v->r);
		return none;
	}
	for (m = v->node->first; m != NULL && v->r->rc == TAPR_OK;
	    m = m->next) {
		struct value here = value_in(v, m->key, m);

		amount[n].year = value_year(m->key, m->key_n);
		if (amount[n].year == 0)
			value_refuse(&here, "le nom doit être une année de "
			    "quatre chiffres, par exemple \"2022\"");
		else if (m->type != JSON_NULL)
			amount[n++].amount = value_decimal(&here);
	}
	qsort(amount, n, sizeof *amount, by_year);
	return n > 0 ? (struct year_series){ amount, n } : none;
}

const struct json *
value_ref(const struct json *claim)
{
	const struct json *ref = claim->type == JSON_OBJECT ?
	    json_get(claim, "ref", 3) : NULL;

	return ref != NULL && ref->type == JSON_STRING ? ref : NULL;
}

void *
value_list(const struct value *v, const char *what, size_t size,
    void (*read)(const struct value *v, void *ret), size_t *ret_n)
{
	const struct json *m, *ref;
	char *ret, digits[24];
	size_t n = 0;

	if (!value_given(v))
		return NULL;
	if (v->node->type != JSON_ARRAY)
		return value_refuse(v, "une liste [ … ] de %s est attendue, "
		    "non %s", what, json_type_name(v->node->type));
	if (v->node->n == 0)
		return NULL;
	if ((ret = arena_array(v->r->arena, v->node->n, size)) == NULL)
		return value_no_memory(v->r);
	for (m = v->node->first; m != NULL && v->r->rc == TAPR_OK;
	    m = m->next, n++) {
		struct value element = value_in(v, digits, m);

		ref = v->field->shape == SHAPE_CLAIMS ? value_ref(m) : NULL;
		if (ref != NULL && ref->n > 0)
			element.name = ref->text;
		else
			snprintf(digits, sizeof digits, "%zu", n);
		read(&element, ret + n * size);
	}
	*ret_n = n;
	return ret;
}
