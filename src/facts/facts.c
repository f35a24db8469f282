/*
 * facts.c -- FACTS.json in (DESIGN 6.1 and 6.4, docs/formats/facts.md).
 *
 * The contract is written once, as tables of fields: the reader uses them to
 * find members and refuse unknown ones, facts_set to walk a path and to know
 * where a string is wanted.
 *
 * Invariants:
 *	1. the first refusal is the one reported: struct reader keeps its code,
 *	   and once it is set every other function returns without looking;
 *	2. every refusal names its path and says what to write instead;
 *	3. a fact that passes is in range: tariff/ tests none of this again.
 */
#include "facts/facts.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "base/str.h"
#include "facts/json.h"
#include "model/words.h"

/* --- the contract -------------------------------------------------------- */

enum shape {
	SHAPE_INTEGER,
	SHAPE_BOOL,
	SHAPE_TEXT,	/* words, dates, decimals: always JSON strings */
	SHAPE_OBJECT,	/* members: the fields of in */
	SHAPE_YEARS,	/* members: "2022": "4200000.00" */
	SHAPE_CLAIMS,	/* list of objects found by their ref */
	SHAPE_LIST,	/* list of objects found by their index */
};

struct field {
	const char		*name;
	enum shape		 shape;
	const struct fields	*in;	/* of the object, or of each element */
};

struct fields {
	const char		*what;	/* "un sinistre": for messages */
	const struct field	*field;
	size_t			 n;
};

#define FIELDS(what, array) { what, array, sizeof array / sizeof array[0] }

enum { FIELDS_MAX = 16 };

enum { E_SIRET, E_RISK_CODE, E_CTN, E_BTP_GROUP, E_CREATED, E_TAKEN_OVER,
	E_SECTION, E_REGIME };
static const struct field establishment_field[] = {
	[E_SIRET] = { "siret", SHAPE_TEXT, NULL },
	[E_RISK_CODE] = { "risk_code", SHAPE_TEXT, NULL },
	[E_CTN] = { "ctn", SHAPE_TEXT, NULL },
	[E_BTP_GROUP] = { "btp_group", SHAPE_TEXT, NULL },
	[E_CREATED] = { "created", SHAPE_TEXT, NULL },
	[E_TAKEN_OVER] = { "taken_over", SHAPE_BOOL, NULL },
	[E_SECTION] = { "section", SHAPE_TEXT, NULL },
	[E_REGIME] = { "regime", SHAPE_TEXT, NULL },
};
static const struct fields establishment_fields =
    FIELDS("l'établissement", establishment_field);

enum { T_ROLE };
static const struct field temp_work_field[] = {
	[T_ROLE] = { "role", SHAPE_TEXT, NULL },
};
static const struct fields temp_work_fields =
    FIELDS("temp_work", temp_work_field);

enum { C_REF, C_KIND, C_DECLARED, C_OCCURRED, C_RECOGNISED, C_CARE,
	C_STOPPAGE_DAYS, C_IP_RATE, C_IP_NOTIFIED, C_DEATH,
	C_DEATH_RECOGNISED, C_THIRD_PARTY_SHARE, C_CHARGE, C_TEMP_WORK };
static const struct field claim_field[] = {
	[C_REF] = { "ref", SHAPE_TEXT, NULL },
	[C_KIND] = { "kind", SHAPE_TEXT, NULL },
	[C_DECLARED] = { "declared", SHAPE_TEXT, NULL },
	[C_OCCURRED] = { "occurred", SHAPE_TEXT, NULL },
	[C_RECOGNISED] = { "recognised", SHAPE_TEXT, NULL },
	[C_CARE] = { "care", SHAPE_BOOL, NULL },
	[C_STOPPAGE_DAYS] = { "stoppage_days", SHAPE_INTEGER, NULL },
	[C_IP_RATE] = { "ip_rate", SHAPE_INTEGER, NULL },
	[C_IP_NOTIFIED] = { "ip_notified", SHAPE_TEXT, NULL },
	[C_DEATH] = { "death", SHAPE_TEXT, NULL },
	[C_DEATH_RECOGNISED] = { "death_recognised", SHAPE_TEXT, NULL },
	[C_THIRD_PARTY_SHARE] = { "third_party_share", SHAPE_TEXT, NULL },
	[C_CHARGE] = { "charge", SHAPE_TEXT, NULL },
	[C_TEMP_WORK] = { "temp_work", SHAPE_OBJECT, &temp_work_fields },
};
static const struct fields claim_fields = FIELDS("un sinistre", claim_field);

enum { P_RATE, P_MODE };
static const struct field previous_field[] = {
	[P_RATE] = { "rate", SHAPE_TEXT, NULL },
	[P_MODE] = { "mode", SHAPE_TEXT, NULL },
};
static const struct fields previous_fields =
    FIELDS("previous", previous_field);

enum { ME_RATE, ME_PAYROLL };
static const struct field member_field[] = {
	[ME_RATE] = { "rate", SHAPE_TEXT, NULL },
	[ME_PAYROLL] = { "payroll", SHAPE_TEXT, NULL },
};
static const struct fields member_fields =
    FIELDS("un établissement du taux unique", member_field);

enum { SR_FIRST_YEAR, SR_MEMBERS };
static const struct field single_rate_field[] = {
	[SR_FIRST_YEAR] = { "first_year", SHAPE_BOOL, NULL },
	[SR_MEMBERS] = { "members", SHAPE_LIST, &member_fields },
};
static const struct fields single_rate_fields =
    FIELDS("single_rate", single_rate_field);

enum { S_PERCENT, S_FROM, S_UNTIL };
static const struct field supplementary_field[] = {
	[S_PERCENT] = { "percent", SHAPE_TEXT, NULL },
	[S_FROM] = { "from", SHAPE_TEXT, NULL },
	[S_UNTIL] = { "until", SHAPE_TEXT, NULL },
};
static const struct fields supplementary_fields =
    FIELDS("une cotisation supplémentaire", supplementary_field);

static const struct field majoration_field[] = {
	{ "M1", SHAPE_TEXT, NULL },
	{ "M2", SHAPE_TEXT, NULL },
	{ "M3", SHAPE_TEXT, NULL },
	{ "M4", SHAPE_TEXT, NULL },
};
static const struct fields majoration_fields =
    FIELDS("majorations", majoration_field);

static const struct field cost_field[] = {
	[COST_IT1] = { "IT1", SHAPE_TEXT, NULL },
	[COST_IT2] = { "IT2", SHAPE_TEXT, NULL },
	[COST_IT3] = { "IT3", SHAPE_TEXT, NULL },
	[COST_IT4] = { "IT4", SHAPE_TEXT, NULL },
	[COST_IT5] = { "IT5", SHAPE_TEXT, NULL },
	[COST_IT6] = { "IT6", SHAPE_TEXT, NULL },
	[COST_IP1] = { "IP1", SHAPE_TEXT, NULL },
	[COST_IP2] = { "IP2", SHAPE_TEXT, NULL },
	[COST_IP3] = { "IP3", SHAPE_TEXT, NULL },
	[COST_IP4] = { "IP4", SHAPE_TEXT, NULL },
	[COST_IP2_IP4] = { "IP2_IP4", SHAPE_TEXT, NULL },
};
static const struct fields cost_fields = FIELDS("average_costs", cost_field);

enum { G_COLLECTIVE_RATE, G_MAJORATIONS, G_AVERAGE_COSTS, G_ABATEMENT,
	G_REAL_COSTS };
static const struct field given_field[] = {
	[G_COLLECTIVE_RATE] = { "collective_rate", SHAPE_TEXT, NULL },
	[G_MAJORATIONS] = { "majorations", SHAPE_OBJECT, &majoration_fields },
	[G_AVERAGE_COSTS] = { "average_costs", SHAPE_OBJECT, &cost_fields },
	[G_ABATEMENT] = { "abatement", SHAPE_TEXT, NULL },
	[G_REAL_COSTS] = { "real_costs", SHAPE_YEARS, NULL },
};
static const struct fields given_fields = FIELDS("given", given_field);

enum { F_YEAR, F_ZONE, F_ESTABLISHMENT, F_HEADCOUNTS, F_PAYROLL, F_CLAIMS,
	F_PREVIOUS, F_SINGLE_RATE, F_REBATE, F_SUPPLEMENTARY, F_GIVEN };
static const struct field facts_field[] = {
	[F_YEAR] = { "year", SHAPE_INTEGER, NULL },
	[F_ZONE] = { "zone", SHAPE_TEXT, NULL },
	[F_ESTABLISHMENT] = { "establishment", SHAPE_OBJECT,
	    &establishment_fields },
	[F_HEADCOUNTS] = { "headcounts", SHAPE_YEARS, NULL },
	[F_PAYROLL] = { "payroll", SHAPE_YEARS, NULL },
	[F_CLAIMS] = { "claims", SHAPE_CLAIMS, &claim_fields },
	[F_PREVIOUS] = { "previous", SHAPE_OBJECT, &previous_fields },
	[F_SINGLE_RATE] = { "single_rate", SHAPE_OBJECT, &single_rate_fields },
	[F_REBATE] = { "rebate", SHAPE_TEXT, NULL },
	[F_SUPPLEMENTARY] = { "supplementary", SHAPE_LIST,
	    &supplementary_fields },
	[F_GIVEN] = { "given", SHAPE_OBJECT, &given_fields },
};
static const struct fields facts_fields = FIELDS("le document", facts_field);

/*
 * The decimals of the contract: money and headcounts have at most two, rates
 * four; it says nothing of shares, which take six (a third as 0.333333).
 * Nothing here may be negative.
 */
struct decimal {
	const char	*what;
	int		 integers, decimals;
	const char	*example;
};

static const struct decimal money = { "montant", 15, 2, "4200000.00" };
static const struct decimal persons = { "effectif", 9, 2, "84.37" };
static const struct decimal percentage = { "taux", 9, 4, "3.20" };
static const struct decimal share = { "fraction", 9, 6, "0.10" };

enum {
	YEAR_FIRST = 2012,	/* the first tariff year answered (6.4) */
	YEAR_LAST = 9998,	/* so that year + 1 is still a date */
	DAYS_MAX = 99999,
	REF_MAX = 64,		/* a path holds it, and so does a step id */
};

/* --- refusing ------------------------------------------------------------ */

struct reader {
	struct arena	*arena;
	struct err	*err;
	int		 rc;		/* of the first refusal */
};

/* Where we are in the document: claims, then A1, then ip_rate. */
struct place {
	const struct place	*up;
	const char		*name;
	size_t			 n;
};

static void
place_path(const struct place *at, char *buf, size_t size)
{
	char clip[JSON_CLIP_MAX];
	size_t used;

	if (at == NULL)
		return;
	place_path(at->up, buf, size);
	used = strlen(buf);
	snprintf(buf + used, size - used, "%s%s", used > 0 ? "." : "",
	    json_clip(at->name, at->n, clip));
}

static void refuse(struct reader *r, const struct place *at, const char *fmt,
    ...) __attribute__((format(printf, 3, 4)));

static void
refuse(struct reader *r, const struct place *at, const char *fmt, ...)
{
	char path[ERR_PATH_MAX] = "", text[ERR_TEXT_MAX];
	va_list ap;

	if (r->rc != TAPR_OK)
		return;
	place_path(at, path, sizeof path);
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	r->rc = err_set(r->err, TAPR_EINVAL, path, "%s", text);
}

static void
no_memory(struct reader *r)
{
	if (r->rc == TAPR_OK)
		r->rc = err_set(r->err, TAPR_EIO, NULL, "mémoire insuffisante "
		    "pour lire les faits : donnez un document plus petit");
}

/*
 * distance(a, n, b): letters to change, add or take away to turn ${a} into
 * ${b} (Levenshtein); ${n} and the length of ${b} are under 64.
 */
static size_t
distance(const char *a, size_t n, const char *b)
{
	size_t row[64], i, j, diagonal, up, best, m = strlen(b);

	for (j = 0; j <= m; j++)
		row[j] = j;
	for (i = 1; i <= n; i++) {
		diagonal = row[0];
		row[0] = i;
		for (j = 1; j <= m; j++) {
			up = row[j];
			best = diagonal + (a[i - 1] != b[j - 1]);
			if (up + 1 < best)
				best = up + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			diagonal = up;
			row[j] = best;
		}
	}
	return row[m];
}

/*
 * The known name nearest to what was written, within a third of its letters;
 * the first in the order of the contract when several are as near.
 */
struct nearest {
	const char	*name;		/* NULL: none is near */
	size_t		 at;
};

static void
nearest_try(struct nearest *best, const char *text, size_t n,
    const char *name)
{
	size_t d, limit = strlen(name) / 3 + 1;

	if (n == 0 || n >= 64 || strlen(name) >= 64)
		return;
	d = distance(text, n, name);
	/* A word begun and not finished: « alsace ». */
	if (n >= 3 && strncmp(text, name, n) == 0)
		d = 1;
	if (d <= limit && (best->name == NULL || d < best->at))
		*best = (struct nearest){ name, d };
}

/* list_add(buf, size, name): ${name} after a comma. */
static void
list_add(char *buf, size_t size, const char *name)
{
	size_t used = strlen(buf);

	snprintf(buf + used, size - used, "%s%s", used > 0 ? ", " : "", name);
}

static void
refuse_unknown_field(struct reader *r, const struct place *at,
    const struct fields *fields)
{
	char clip[JSON_CLIP_MAX], known[512] = "";
	struct nearest best = { NULL, 0 };
	size_t i;

	for (i = 0; i < fields->n; i++) {
		nearest_try(&best, at->name, at->n, fields->field[i].name);
		list_add(known, sizeof known, fields->field[i].name);
	}
	json_clip(at->name, at->n, clip);
	if (best.name != NULL)
		refuse(r, at, "champ inconnu « %s » : vouliez-vous écrire "
		    "« %s » ? Champs admis dans %s : %s", clip, best.name,
		    fields->what, known);
	else
		refuse(r, at, "champ inconnu « %s » : retirez-le. Champs admis "
		    "dans %s : %s", clip, fields->what, known);
}

/* --- values -------------------------------------------------------------- */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/*
 * read_members(r, at, node, fields, ret): ${ret}[i] is the value of field i,
 * NULL when it is absent or null.
 */
static void
read_members(struct reader *r, const struct place *at,
    const struct json *node, const struct fields *fields,
    const struct json *ret[FIELDS_MAX])
{
	const struct json *m;
	size_t i;

	assert(fields->n <= FIELDS_MAX);
	memset(ret, 0, FIELDS_MAX * sizeof ret[0]);
	if (r->rc != TAPR_OK)
		return;
	if (node->type != JSON_OBJECT) {
		refuse(r, at, "un objet { … } est attendu pour %s, non %s",
		    fields->what, json_type_name(node->type));
		return;
	}
	for (m = node->first; m != NULL; m = m->next) {
		for (i = 0; i < fields->n; i++)
			if (strcmp(m->key, fields->field[i].name) == 0)
				break;
		if (i == fields->n) {
			struct place here = { at, m->key, m->key_n };

			refuse_unknown_field(r, &here, fields);
			return;
		}
		if (m->type != JSON_NULL)
			ret[i] = m;
	}
}

/* The place of a field, for one message or one call. */
#define HERE(up, field) (&(struct place){ (up), (field), strlen(field) })

/* require(r, at, node, what): refuses an absent ${node}; true if there. */
static bool
require(struct reader *r, const struct place *at, const struct json *node,
    const char *what)
{
	if (node == NULL)
		refuse(r, at, "obligatoire et absent : donnez %s", what);
	return node != NULL;
}

static bool
is_text(struct reader *r, const struct place *at, const struct json *node,
    const char *example)
{
	if (node->type == JSON_STRING)
		return true;
	if (node->type == JSON_NUMBER)
		refuse(r, at, "un texte est attendu, non un nombre : mettez la "
		    "valeur entre guillemets, par exemple \"%s\"", example);
	else
		refuse(r, at, "un texte est attendu, non %s : par exemple "
		    "\"%s\"", json_type_name(node->type), example);
	return false;
}

/* read_integer(r, at, node, what, ret): a whole number within ±10^9. */
static bool
read_integer(struct reader *r, const struct place *at,
    const struct json *node, const char *what, int *ret)
{
	char clip[JSON_CLIP_MAX];
	const char *p;
	size_t i, n, sign;
	int v = 0;

	if (r->rc != TAPR_OK)
		return false;
	if (node->type != JSON_NUMBER) {
		refuse(r, at, "%s : un entier est attendu, non %s%s", what,
		    json_type_name(node->type), node->type == JSON_STRING ?
		    " ; retirez les guillemets" : "");
		return false;
	}
	p = node->text;
	n = node->n;
	sign = p[0] == '-';
	for (i = sign; i < n; i++) {
		if (!is_digit(p[i])) {
			refuse(r, at, "%s : un entier est attendu, sans "
			    "décimale ni exposant, non %s", what,
			    json_clip(p, n, clip));
			return false;
		}
		if (i - sign >= 9) {
			refuse(r, at, "%s : nombre trop grand", what);
			return false;
		}
		v = v * 10 + (p[i] - '0');
	}
	*ret = sign ? -v : v;
	return true;
}

static bool
read_bool(struct reader *r, const struct place *at, const struct json *node,
    bool absent)
{
	if (r->rc != TAPR_OK || node == NULL)
		return absent;
	if (node->type != JSON_TRUE && node->type != JSON_FALSE)
		refuse(r, at, "true ou false est attendu, sans guillemets, "
		    "non %s", json_type_name(node->type));
	return node->type == JSON_TRUE;
}

/* read_word(r, at, node, words): the index of the word in ${words}. */
static int
read_word(struct reader *r, const struct place *at, const struct json *node,
    const char *const words[])
{
	char clip[JSON_CLIP_MAX], known[256] = "";
	struct nearest best = { NULL, 0 };
	int i;

	if (r->rc != TAPR_OK || !is_text(r, at, node, words[0]))
		return 0;
	for (i = 0; words[i] != NULL; i++)
		if (strcmp(node->text, words[i]) == 0)
			return i;
	for (i = 0; words[i] != NULL; i++) {
		nearest_try(&best, node->text, node->n, words[i]);
		list_add(known, sizeof known, words[i]);
	}
	json_clip(node->text, node->n, clip);
	if (best.name != NULL)
		refuse(r, at, "mot inconnu « %s » : vouliez-vous écrire "
		    "« %s » ? Mots admis : %s", clip, best.name, known);
	else
		refuse(r, at, "mot inconnu « %s ». Mots admis : %s", clip,
		    known);
	return 0;
}

static struct date
read_date(struct reader *r, const struct place *at, const struct json *node)
{
	struct date d = DATE_NONE;
	char clip[JSON_CLIP_MAX];
	const char *p;
	size_t i;
	bool shaped;

	if (r->rc != TAPR_OK || node == NULL ||
	    !is_text(r, at, node, "2022-06-01"))
		return DATE_NONE;
	p = node->text;
	if (date_parse(p, node->n, &d))
		return d;
	shaped = node->n == 10;
	for (i = 0; shaped && i < 10; i++)
		shaped = i == 4 || i == 7 ? p[i] == '-' : is_digit(p[i]);
	if (shaped)
		refuse(r, at, "« %s » n'est pas un jour du calendrier (années "
		    "1900 à 9999) : vérifiez le jour et le mois", p);
	else
		refuse(r, at, "date mal écrite « %s » : écrivez AAAA-MM-JJ, "
		    "par exemple 2022-06-01", json_clip(p, node->n, clip));
	return DATE_NONE;
}

/*
 * decimal_fault(p, n, of, buf, size): what is wrong with the text of a
 * decimal, into ${buf}; false when nothing is.
 */
static bool
decimal_fault(const char *p, size_t n, const struct decimal *of, char *buf,
    size_t size)
{
	size_t i, integers = 0, decimals = 0;
	bool dot = false, comma = false, blank = false, other = n == 0;

	if (n > 1 && p[0] == '-' && is_digit(p[1])) {
		snprintf(buf, size, "un %s négatif n'est pas admis", of->what);
		if (of == &share)
			snprintf(buf, size,
			    "une fraction négative n'est pas admise");
		return true;
	}
	for (i = 0; i < n; i++) {
		if (is_digit(p[i])) {
			if (dot)
				decimals++;
			else
				integers++;
		} else if (p[i] == '.' && !dot)
			dot = true;
		else if (p[i] == ',')
			comma = true;
		/* U+00A0 and U+202F, which spreadsheets put between
		 * thousands, count as blanks. */
		else if (p[i] == ' ' || (n - i >= 2 &&
		    memcmp(p + i, "\xc2\xa0", 2) == 0) || (n - i >= 3 &&
		    memcmp(p + i, "\xe2\x80\xaf", 3) == 0)) {
			blank = true;
			i += p[i] == ' ' ? 0 : (unsigned char)p[i] == 0xc2 ?
			    1 : 2;
		} else
			other = true;
	}
	if (!other && comma)
		snprintf(buf, size, "écrivez un point décimal, non une "
		    "virgule");
	else if (!other && blank)
		snprintf(buf, size, "écrivez le nombre sans espaces");
	else if (other || integers == 0 || (dot && decimals == 0))
		snprintf(buf, size, "nombre mal écrit : des chiffres et un "
		    "point décimal sont attendus");
	else if (integers > 1 && p[0] == '0')
		snprintf(buf, size, "retirez le zéro inutile en tête");
	else if (integers > (size_t)of->integers)
		snprintf(buf, size, "plus de %d chiffres avant le point : "
		    "vérifiez le nombre", of->integers);
	else if (decimals > (size_t)of->decimals)
		snprintf(buf, size, "au plus %d décimales sont admises ici",
		    of->decimals);
	else
		return false;
	return true;
}

static struct frac
read_decimal(struct reader *r, const struct place *at,
    const struct json *node, const struct decimal *of)
{
	struct frac v = frac_int(0);
	char fault[160], clip[JSON_CLIP_MAX];

	if (r->rc != TAPR_OK || node == NULL ||
	    !is_text(r, at, node, of->example))
		return v;
	if (decimal_fault(node->text, node->n, of, fault, sizeof fault))
		refuse(r, at, "« %s » : %s (par exemple \"%s\")",
		    json_clip(node->text, node->n, clip), fault, of->example);
	else if (!frac_parse(node->text, node->n, of->decimals, &v))
		refuse(r, at, "« %s » : nombre mal écrit (par exemple \"%s\")",
		    json_clip(node->text, node->n, clip), of->example);
	return v;
}

/* A share of a whole, from 0 to 1. */
static struct frac
read_share(struct reader *r, const struct place *at, const struct json *node)
{
	struct frac v = read_decimal(r, at, node, &share);

	if (r->rc == TAPR_OK && frac_cmp(v, frac_int(1)) > 0)
		refuse(r, at, "« %s » dépasse 1 : une part s'écrit en fraction "
		    "de 1 (60 %% s'écrit \"0.60\")", node->text);
	return v;
}

static bool
is_year(const char *p, size_t n)
{
	return n == 4 && is_digit(p[0]) && is_digit(p[1]) && is_digit(p[2]) &&
	    is_digit(p[3]) && (p[0] == '2' || (p[0] == '1' && p[1] == '9'));
}

static int
by_year(const void *va, const void *vb)
{
	const struct year_amount *a = va, *b = vb;

	return a->year - b->year;
}

/* {"2021": "4200000.00", ...}: sorted by year; a null year is absent. */
static void
read_years(struct reader *r, const struct place *at, const struct json *node,
    const struct decimal *of, struct year_series *ret)
{
	struct year_amount *amount;
	const struct json *m;
	size_t n = 0;

	if (r->rc != TAPR_OK || node == NULL)
		return;
	if (node->type != JSON_OBJECT) {
		refuse(r, at, "un objet est attendu, une valeur par année, non "
		    "%s : par exemple {\"2022\": \"%s\"}",
		    json_type_name(node->type), of->example);
		return;
	}
	if (node->n == 0)
		return;
	if ((amount = arena_array(r->arena, node->n, sizeof *amount)) == NULL) {
		no_memory(r);
		return;
	}
	for (m = node->first; m != NULL && r->rc == TAPR_OK; m = m->next) {
		struct place here = { at, m->key, m->key_n };

		if (!is_year(m->key, m->key_n)) {
			refuse(r, &here, "le nom doit être une année de quatre "
			    "chiffres, par exemple \"2022\"");
			return;
		}
		if (m->type == JSON_NULL)
			continue;
		amount[n].year = (m->key[0] - '0') * 1000 +
		    (m->key[1] - '0') * 100 + (m->key[2] - '0') * 10 +
		    (m->key[3] - '0');
		amount[n].amount = read_decimal(r, &here, m, of);
		n++;
	}
	qsort(amount, n, sizeof *amount, by_year);
	ret->at = n > 0 ? amount : NULL;
	ret->n = n;
}

/*
 * read_list(r, at, node, what): true when ${node} is there and is a list.
 */
static bool
read_list(struct reader *r, const struct place *at, const struct json *node,
    const char *what)
{
	if (r->rc != TAPR_OK || node == NULL)
		return false;
	if (node->type == JSON_ARRAY)
		return true;
	refuse(r, at, "une liste [ … ] de %s est attendue, non %s", what,
	    json_type_name(node->type));
	return false;
}

/* The place of an element of a list, by its index. */
struct index_place {
	struct place	at;
	char		digits[12];
};

static const struct place *
index_place(struct index_place *p, const struct place *up, size_t i)
{
	p->at.up = up;
	p->at.name = p->digits;
	p->at.n = (size_t)snprintf(p->digits, sizeof p->digits, "%u",
	    (unsigned)i);
	return &p->at;
}

/* --- establishment ------------------------------------------------------- */

static void
read_siret(struct reader *r, const struct place *at, const struct json *node,
    char ret[15])
{
	size_t i, digits = 0, others = 0;

	if (r->rc != TAPR_OK ||
	    !require(r, at, node, "le SIRET de l'établissement, 14 chiffres") ||
	    !is_text(r, at, node, "12345678200010"))
		return;
	for (i = 0; i < node->n; i++) {
		if (is_digit(node->text[i]))
			digits++;
		else
			others++;
	}
	if (others > 0)
		refuse(r, at, "un SIRET s'écrit avec 14 chiffres, sans espace "
		    "ni point");
	else if (digits != 14)
		refuse(r, at, "un SIRET a 14 chiffres, celui-ci en a %u : "
		    "donnez le SIREN et les cinq chiffres de l'établissement",
		    (unsigned)digits);
	else if (!siret_valid(node->text))
		refuse(r, at, "la clé de contrôle du SIRET %s est fausse : un "
		    "chiffre a été mal recopié, vérifiez-le sur l'avis de "
		    "situation INSEE", node->text);
	else
		memcpy(ret, node->text, 15);
}

/*
 * without_dot(text, n, buf): the risk code without its dot, in capitals, when
 * that makes a good code of it.
 */
static bool
risk_code_guess(const char *text, size_t n, char buf[6])
{
	size_t i, w = 0;

	for (i = 0; i < n; i++) {
		char c = text[i];

		if (c == '.' || c == ' ')
			continue;
		if (w == 5)
			return false;
		buf[w++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
	}
	buf[w] = '\0';
	return w == 5 && code_form(buf) == CODE_FORM_OK;
}

static void
read_risk_code(struct reader *r, const struct place *at,
    const struct json *node, char ret[6])
{
	char guess[6], clip[JSON_CLIP_MAX];

	if (r->rc != TAPR_OK ||
	    !require(r, at, node, "le code risque, par exemple \"452BE\"") ||
	    !is_text(r, at, node, "452BE"))
		return;
	if (node->n == 5 && code_form(node->text) == CODE_FORM_OK) {
		memcpy(ret, node->text, 6);
		return;
	}
	json_clip(node->text, node->n, clip);
	if (risk_code_guess(node->text, node->n, guess))
		refuse(r, at, "code risque mal écrit « %s » : écrivez %s, sans "
		    "point ni espace, en capitales", clip, guess);
	else
		refuse(r, at, "code risque mal écrit « %s » : trois chiffres "
		    "et deux capitales sont attendus, par exemple 452BE (0000A "
		    "ou 0000B pour les fonctions support)", clip);
}

static void
read_ctn(struct reader *r, const struct place *at, const struct json *node,
    char *ret)
{
	char clip[JSON_CLIP_MAX];
	char c;

	if (r->rc != TAPR_OK || !require(r, at, node,
	    "la lettre du comité technique national, de A à I") ||
	    !is_text(r, at, node, "B"))
		return;
	c = node->text[0];
	if (node->n == 1 && c >= 'A' && c <= 'I')
		*ret = c;
	else
		refuse(r, at, "CTN inconnu « %s » : une capitale de A à I est "
		    "attendue", json_clip(node->text, node->n, clip));
}

static void
read_establishment(struct reader *r, const struct place *at,
    const struct json *node, struct facts *ret)
{
	const struct json *v[FIELDS_MAX];

	if (r->rc != TAPR_OK || !require(r, at, node, "l'établissement, "
	    "avec siret, risk_code et ctn"))
		return;
	read_members(r, at, node, &establishment_fields, v);
	read_siret(r, HERE(at, "siret"), v[E_SIRET], ret->siret);
	read_risk_code(r, HERE(at, "risk_code"), v[E_RISK_CODE],
	    ret->risk_code);
	read_ctn(r, HERE(at, "ctn"), v[E_CTN], &ret->ctn);
	if (v[E_BTP_GROUP] != NULL)
		ret->btp_group = (enum btp_group)(GROUP_NONE + 1 +
		    read_word(r, HERE(at, "btp_group"), v[E_BTP_GROUP],
		    group_words));
	ret->created = read_date(r, HERE(at, "created"), v[E_CREATED]);
	if (r->rc == TAPR_OK && date_is(ret->created) &&
	    ret->created.y > ret->year)
		refuse(r, HERE(at, "created"), "l'établissement est créé le "
		    "%s, après l'année du taux (%d) : il n'a pas de taux cette "
		    "année-là, vérifiez l'une et l'autre",
		    v[E_CREATED]->text, ret->year);
	ret->taken_over = read_bool(r, HERE(at, "taken_over"),
	    v[E_TAKEN_OVER], false);
	if (v[E_SECTION] != NULL)
		ret->section = (enum section)read_word(r,
		    HERE(at, "section"), v[E_SECTION], section_words);
	if (v[E_REGIME] != NULL)
		ret->regime = (enum regime)read_word(r, HERE(at, "regime"),
		    v[E_REGIME], regime_words);
}

/* --- claims -------------------------------------------------------------- */

/*
 * The order of the life of a claim (DESIGN 6.4): it happens, it is declared,
 * it is recognised, an IP is notified; a death follows the accident and its
 * recognition follows the death.
 */
static void
check_claim_dates(struct reader *r, const struct place *at,
    const struct claim *c)
{
	const struct {
		struct date	 first, then;
		const char	*wrong;		/* the field at fault */
		const char	*text;
	} order[] = {
		{ c->occurred, c->declared, "occurred", "le sinistre survient "
		    "(occurred) après sa déclaration (declared)" },
		{ c->declared, c->recognised, "recognised", "le sinistre est "
		    "reconnu (recognised) avant sa déclaration (declared)" },
		{ c->declared, c->ip_notified, "ip_notified", "le taux d'IP "
		    "est notifié (ip_notified) avant la déclaration "
		    "(declared)" },
		{ c->occurred, c->death, "death", "le décès (death) précède le "
		    "sinistre (occurred)" },
		{ c->death, c->death_recognised, "death_recognised",
		    "le décès est reconnu (death_recognised) avant d'avoir eu "
		    "lieu (death)" },
	};
	char first[DATE_TEXT_MAX], then[DATE_TEXT_MAX];
	size_t i;

	for (i = 0; i < sizeof order / sizeof order[0]; i++)
		if (date_is(order[i].first) && date_is(order[i].then) &&
		    date_cmp(order[i].first, order[i].then) > 0)
			refuse(r, HERE(at, order[i].wrong),
			    "%s : %s après %s ; vérifiez les deux dates",
			    order[i].text, date_text(order[i].first, first),
			    date_text(order[i].then, then));
}

static void
read_claim_ref(struct reader *r, const struct place *at,
    const struct json *node, const char **ret)
{
	char clip[JSON_CLIP_MAX];
	size_t i;

	if (r->rc != TAPR_OK || !require(r, at, node, "la référence du "
	    "sinistre, par exemple \"A1\"") || !is_text(r, at, node, "A1"))
		return;
	if (node->n == 0 || node->n > REF_MAX) {
		refuse(r, at, "la référence doit avoir de 1 à %d octets",
		    (int)REF_MAX);
		return;
	}
	for (i = 0; i < node->n; i++)
		if ((unsigned char)node->text[i] < 0x20 ||
		    node->text[i] == 0x7f) {
			refuse(r, at, "caractère de contrôle dans la référence "
			    "« %s » : retirez-le",
			    json_clip(node->text, node->n, clip));
			return;
		}
	if ((*ret = arena_copy(r->arena, node->text, node->n)) == NULL)
		no_memory(r);
}

static void
read_claim(struct reader *r, const struct place *at, const struct json *node,
    struct claim *ret)
{
	const struct json *v[FIELDS_MAX], *w[FIELDS_MAX];

	read_members(r, at, node, &claim_fields, v);
	read_claim_ref(r, HERE(at, "ref"), v[C_REF], &ret->ref);
	if (r->rc == TAPR_OK && require(r, HERE(at, "kind"), v[C_KIND],
	    "la nature du sinistre : accident, disease ou commuting"))
		ret->kind = (enum claim_kind)read_word(r, HERE(at, "kind"),
		    v[C_KIND], kind_words);
	if (r->rc == TAPR_OK)
		(void)require(r, HERE(at, "declared"), v[C_DECLARED],
		    "la date de la déclaration, par exemple \"2021-03-02\"");
	ret->declared = read_date(r, HERE(at, "declared"), v[C_DECLARED]);
	ret->occurred = read_date(r, HERE(at, "occurred"), v[C_OCCURRED]);
	ret->recognised = read_date(r, HERE(at, "recognised"),
	    v[C_RECOGNISED]);
	ret->care = read_bool(r, HERE(at, "care"), v[C_CARE], true);

	if (v[C_STOPPAGE_DAYS] != NULL &&
	    read_integer(r, HERE(at, "stoppage_days"), v[C_STOPPAGE_DAYS],
	    "jours d'arrêt", &ret->stoppage_days)) {
		if (ret->stoppage_days < 0)
			refuse(r, HERE(at, "stoppage_days"), "nombre de jours "
			    "négatif (%d) : donnez 0 ou plus",
			    ret->stoppage_days);
		else if (ret->stoppage_days > DAYS_MAX)
			refuse(r, HERE(at, "stoppage_days"), "%d jours "
			    "d'arrêt : au plus %d, vérifiez le nombre",
			    ret->stoppage_days, (int)DAYS_MAX);
	}
	ret->ip_rate = -1;
	if (v[C_IP_RATE] != NULL && read_integer(r, HERE(at, "ip_rate"),
	    v[C_IP_RATE], "taux d'IP", &ret->ip_rate) &&
	    (ret->ip_rate < 0 || ret->ip_rate > 100))
		refuse(r, HERE(at, "ip_rate"), "taux d'IP de %d %% : il va de "
		    "0 à 100", ret->ip_rate);
	ret->ip_notified = read_date(r, HERE(at, "ip_notified"),
	    v[C_IP_NOTIFIED]);
	if (r->rc == TAPR_OK && v[C_IP_RATE] != NULL &&
	    v[C_IP_NOTIFIED] == NULL)
		refuse(r, HERE(at, "ip_notified"), "un taux d'IP (ip_rate) est "
		    "donné sans la date de sa notification : ajoutez "
		    "ip_notified");
	if (r->rc == TAPR_OK && v[C_IP_RATE] == NULL &&
	    v[C_IP_NOTIFIED] != NULL)
		refuse(r, HERE(at, "ip_rate"), "une date de notification d'IP "
		    "(ip_notified) est donnée sans taux : ajoutez ip_rate");

	ret->death = read_date(r, HERE(at, "death"), v[C_DEATH]);
	ret->death_recognised = read_date(r, HERE(at, "death_recognised"),
	    v[C_DEATH_RECOGNISED]);
	if (r->rc == TAPR_OK && date_is(ret->death_recognised) &&
	    !date_is(ret->death))
		refuse(r, HERE(at, "death"), "un décès est reconnu "
		    "(death_recognised) sans date de décès : ajoutez death");
	ret->third_party_share = read_share(r, HERE(at, "third_party_share"),
	    v[C_THIRD_PARTY_SHARE]);
	if (v[C_CHARGE] != NULL)
		ret->charge = (enum charge)read_word(r, HERE(at, "charge"),
		    v[C_CHARGE], charge_words);
	if (ret->charge == CHARGE_SPECIAL_ACCOUNT &&
	    ret->kind != CLAIM_DISEASE)
		refuse(r, HERE(at, "charge"), "le compte spécial "
		    "(special_account) ne reçoit que des maladies, non un "
		    "accident : corrigez charge ou kind");
	if (v[C_TEMP_WORK] != NULL) {
		const struct place *in = HERE(at, "temp_work");

		read_members(r, in, v[C_TEMP_WORK], &temp_work_fields, w);
		if (r->rc == TAPR_OK && require(r, HERE(in, "role"),
		    w[T_ROLE], "le rôle de l'entreprise : user (utilisatrice) "
		    "ou agency (de travail temporaire)"))
			ret->temp_role = (enum temp_role)(TEMP_NONE + 1 +
			    read_word(r, HERE(in, "role"), w[T_ROLE],
			    role_words));
	}
	if (r->rc == TAPR_OK)
		check_claim_dates(r, at, ret);
}

static int
by_ref(const void *va, const void *vb)
{
	const struct claim *a = *(const struct claim *const *)va;
	const struct claim *b = *(const struct claim *const *)vb;
	int c = strcmp(a->ref, b->ref);

	return c != 0 ? c : a < b ? -1 : a > b;
}

static void
check_refs(struct reader *r, const struct place *at,
    const struct claim *claim, size_t n)
{
	const struct claim **sorted;
	size_t i;

	if ((sorted = arena_array(r->arena, n, sizeof *sorted)) == NULL) {
		no_memory(r);
		return;
	}
	for (i = 0; i < n; i++)
		sorted[i] = &claim[i];
	qsort(sorted, n, sizeof *sorted, by_ref);
	for (i = 1; i < n; i++)
		if (strcmp(sorted[i - 1]->ref, sorted[i]->ref) == 0)
			refuse(r, HERE(at, sorted[i]->ref), "la même référence "
			    "est donnée à deux sinistres (le %u et le %u de la "
			    "liste) : retirez le double ou changez l'une",
			    (unsigned)(sorted[i - 1] - claim) + 1,
			    (unsigned)(sorted[i] - claim) + 1);
}

static void
read_claims(struct reader *r, const struct place *at, const struct json *node,
    struct facts *ret)
{
	struct claim *claim;
	const struct json *m, *ref;
	size_t i = 0;

	if (!read_list(r, at, node, "sinistres") || node->n == 0)
		return;
	if ((claim = arena_array(r->arena, node->n, sizeof *claim)) == NULL) {
		no_memory(r);
		return;
	}
	for (m = node->first; m != NULL && r->rc == TAPR_OK; m = m->next) {
		struct index_place index;
		struct place named = { at, NULL, 0 };

		ref = m->type == JSON_OBJECT ? json_get(m, "ref", 3) : NULL;
		if (ref != NULL && ref->type == JSON_STRING && ref->n > 0) {
			named.name = ref->text;
			named.n = ref->n;
			read_claim(r, &named, m, &claim[i]);
		} else
			read_claim(r, index_place(&index, at, i), m,
			    &claim[i]);
		i++;
	}
	if (r->rc == TAPR_OK)
		check_refs(r, at, claim, i);
	ret->claim = claim;
	ret->claims = i;
}

/* --- rates, given values ------------------------------------------------- */

static void
read_previous(struct reader *r, const struct place *at,
    const struct json *node, struct facts *ret)
{
	const struct json *v[FIELDS_MAX];

	if (r->rc != TAPR_OK || node == NULL)
		return;
	read_members(r, at, node, &previous_fields, v);
	if (r->rc != TAPR_OK ||
	    !require(r, HERE(at, "rate"), v[P_RATE],
	    "le taux notifié pour l'année précédente, par exemple \"3.20\"") ||
	    !require(r, HERE(at, "mode"), v[P_MODE],
	    "son mode : collective, mixed ou individual"))
		return;
	ret->previous_rate = read_decimal(r, HERE(at, "rate"), v[P_RATE],
	    &percentage);
	ret->previous_mode = (enum mode)(MODE_NONE + 1 +
	    read_word(r, HERE(at, "mode"), v[P_MODE], mode_words));
	ret->has_previous = true;
}

static void
read_members_list(struct reader *r, const struct place *at,
    const struct json *node, struct facts *ret)
{
	const struct json *v[FIELDS_MAX], *m;
	struct frac total = frac_int(0);
	struct member *member;
	size_t i = 0;

	if (!read_list(r, at, node, "membres {rate, payroll}"))
		return;
	if (node->n == 0) {
		refuse(r, at, "liste vide : donnez le taux et la masse "
		    "salariale de chaque établissement, ou retirez members");
		return;
	}
	if ((member = arena_array(r->arena, node->n, sizeof *member)) ==
	    NULL) {
		no_memory(r);
		return;
	}
	for (m = node->first; m != NULL && r->rc == TAPR_OK; m = m->next) {
		struct index_place index;
		const struct place *in = index_place(&index, at, i);

		read_members(r, in, m, &member_fields, v);
		if (r->rc != TAPR_OK ||
		    !require(r, HERE(in, "rate"), v[ME_RATE],
		    "le taux notifié pour l'année précédente") ||
		    !require(r, HERE(in, "payroll"), v[ME_PAYROLL],
		    "la masse salariale de la dernière année connue"))
			return;
		member[i].rate = read_decimal(r, HERE(in, "rate"),
		    v[ME_RATE], &percentage);
		member[i].payroll = read_decimal(r, HERE(in, "payroll"),
		    v[ME_PAYROLL], &money);
		total = frac_add(total, member[i].payroll);
		i++;
	}
	if (r->rc == TAPR_OK && frac_is_zero(total))
		refuse(r, at, "la masse salariale totale des membres est "
		    "nulle : les taux ne peuvent être pondérés, vérifiez "
		    "payroll");
	ret->member = member;
	ret->members = i;
}

static void
read_single_rate(struct reader *r, const struct place *at,
    const struct json *node, struct facts *ret)
{
	const struct json *v[FIELDS_MAX];

	if (r->rc != TAPR_OK || node == NULL)
		return;
	read_members(r, at, node, &single_rate_fields, v);
	ret->has_single_rate = true;
	ret->single_first_year = read_bool(r, HERE(at, "first_year"),
	    v[SR_FIRST_YEAR], false);
	if (ret->single_first_year)
		(void)require(r, HERE(at, "members"), v[SR_MEMBERS],
		    "les établissements réunis, dont les taux font la base de "
		    "la première année du taux unique");
	read_members_list(r, HERE(at, "members"), v[SR_MEMBERS], ret);
}

static void
read_supplementary(struct reader *r, const struct place *at,
    const struct json *node, struct facts *ret)
{
	const struct json *v[FIELDS_MAX], *m;
	struct supplementary *s;
	size_t i = 0;

	if (!read_list(r, at, node, "cotisations supplémentaires") ||
	    node->n == 0)
		return;
	if ((s = arena_array(r->arena, node->n, sizeof *s)) == NULL) {
		no_memory(r);
		return;
	}
	for (m = node->first; m != NULL && r->rc == TAPR_OK; m = m->next) {
		struct index_place index;
		const struct place *in = index_place(&index, at, i);

		read_members(r, in, m, &supplementary_fields, v);
		if (r->rc != TAPR_OK ||
		    !require(r, HERE(in, "percent"), v[S_PERCENT],
		    "le pourcentage de la cotisation normale, par exemple "
		    "\"25\"") ||
		    !require(r, HERE(in, "from"), v[S_FROM],
		    "le premier jour de la période") ||
		    !require(r, HERE(in, "until"), v[S_UNTIL],
		    "le jour qui suit le dernier de la période"))
			return;
		s[i].percent = read_decimal(r, HERE(in, "percent"),
		    v[S_PERCENT], &percentage);
		s[i].from = read_date(r, HERE(in, "from"), v[S_FROM]);
		s[i].until = read_date(r, HERE(in, "until"), v[S_UNTIL]);
		if (r->rc == TAPR_OK && date_cmp(s[i].until, s[i].from) <= 0)
			refuse(r, HERE(in, "until"), "la période finit (%s) "
			    "avant d'avoir commencé (%s) : until est le jour "
			    "qui suit le dernier", v[S_UNTIL]->text,
			    v[S_FROM]->text);
		i++;
	}
	ret->supplementary = s;
	ret->supplementaries = i;
}

static void
read_rebate(struct reader *r, const struct place *at, const struct json *node,
    struct facts *ret)
{
	ret->rebate = read_share(r, at, node);
	if (r->rc == TAPR_OK && frac_cmp(ret->rebate, frac_ratio(1, 4)) > 0)
		refuse(r, at, "ristourne de « %s » : elle ne dépasse pas le "
		    "quart (\"0.25\")", node->text);
}

static void
read_given(struct reader *r, const struct place *at, const struct json *node,
    struct facts *facts)
{
	const struct json *v[FIELDS_MAX], *w[FIELDS_MAX];
	struct given *ret = &facts->given;
	const struct place *in;
	size_t i;

	if (r->rc != TAPR_OK || node == NULL)
		return;
	read_members(r, at, node, &given_fields, v);
	ret->has_collective_rate = v[G_COLLECTIVE_RATE] != NULL;
	ret->collective_rate = read_decimal(r, HERE(at, "collective_rate"),
	    v[G_COLLECTIVE_RATE], &percentage);
	if (v[G_MAJORATIONS] != NULL) {
		in = HERE(at, "majorations");
		read_members(r, in, v[G_MAJORATIONS], &majoration_fields, w);
		for (i = 0; i < 4; i++) {
			ret->has_majoration[i] = w[i] != NULL;
			ret->majoration[i] = read_decimal(r,
			    HERE(in, majoration_words[i]), w[i], &percentage);
		}
	}
	if (v[G_AVERAGE_COSTS] != NULL) {
		in = HERE(at, "average_costs");
		read_members(r, in, v[G_AVERAGE_COSTS], &cost_fields, w);
		for (i = 0; i < COST_CATEGORIES; i++) {
			ret->has_cost[i] = w[i] != NULL;
			ret->cost[i] = read_decimal(r,
			    HERE(in, category_words[i]), w[i], &money);
		}
	}
	ret->has_abatement = v[G_ABATEMENT] != NULL;
	ret->abatement = read_share(r, HERE(at, "abatement"), v[G_ABATEMENT]);
	if (v[G_REAL_COSTS] != NULL && facts->year != 2012 &&
	    facts->year != 2013)
		refuse(r, HERE(at, "real_costs"), "les coûts réels ne servent "
		    "que pour les taux de 2012 et 2013, non de %d : retirez "
		    "real_costs", facts->year);
	read_years(r, HERE(at, "real_costs"), v[G_REAL_COSTS], &money,
	    &ret->real_costs);
}

static void
read_year(struct reader *r, const struct place *at, const struct json *node,
    int *ret)
{
	if (r->rc != TAPR_OK ||
	    !require(r, at, node, "l'année du taux, par exemple 2024") ||
	    !read_integer(r, at, node, "année", ret))
		return;
	if (*ret < YEAR_FIRST)
		refuse(r, at, "un taux d'avant %d n'est pas calculé (année "
		    "%d) : donnez une année à partir de %d", (int)YEAR_FIRST,
		    *ret, (int)YEAR_FIRST);
	else if (*ret > YEAR_LAST)
		refuse(r, at, "année %d : une année s'écrit avec quatre "
		    "chiffres", *ret);
}

int
facts_parse(const char *text, size_t n, struct arena *a, struct json **ret,
    struct err *err)
{
	static const struct {
		const char	*start;
		const char	*what;
	} other[] = {
		{ "%PDF", "un document PDF" },
		{ "PK\x03\x04", "un classeur ou une archive ZIP" },
		{ "\xd0\xcf\x11\xe0", "un classeur d'un ancien tableur" },
		{ "<", "du XML ou du HTML" },
	};
	char where[ERR_PATH_MAX];
	size_t i, at;

	if (n > FACTS_BYTES_MAX)
		return err_set(err, TAPR_EINVAL, NULL, "le document dépasse "
		    "%d Mio : des faits d'établissement sont bien plus petits, "
		    "vérifiez le fichier",
		    (int)(FACTS_BYTES_MAX / 1024 / 1024));
	for (at = 0; at < n && (text[at] == ' ' || text[at] == '\t' ||
	    text[at] == '\n' || text[at] == '\r'); at++)
		continue;
	json_place(text, n, at, where);
	if (at == n)
		return err_set(err, TAPR_EINVAL, where, "le document est vide "
		    ": donnez un objet JSON, par exemple "
		    "{\"year\": 2024, \"zone\": \"general\", …}");
	if (text[at] == '[')
		return err_set(err, TAPR_EINVAL, where, "le document est une "
		    "liste : donnez les faits d'un seul établissement, un "
		    "objet { … }");
	/* A byte order mark has its own message in json_parse. */
	if (text[at] != '{' && (unsigned char)text[at] != 0xef &&
	    (unsigned char)text[at] < 0xfe) {
		for (i = 0; i < sizeof other / sizeof other[0]; i++)
			if (n - at >= strlen(other[i].start) &&
			    memcmp(text + at, other[i].start,
			    strlen(other[i].start)) == 0)
				return err_set(err, TAPR_EINVAL, where,
				    "ce n'est pas du JSON, mais %s : donnez un "
				    "fichier de faits FACTS.json",
				    other[i].what);
		return err_set(err, TAPR_EINVAL, where, "ce n'est pas un objet "
		    "JSON : le document doit commencer par une accolade {");
	}
	return json_parse(text, n, a, ret, err);
}

int
facts_read(const struct json *doc, struct arena *a, struct facts *ret,
    struct err *err)
{
	struct reader r = { .arena = a, .err = err, .rc = TAPR_OK };
	const struct json *v[FIELDS_MAX];

	memset(ret, 0, sizeof *ret);
	ret->rebate = frac_int(0);
	read_members(&r, NULL, doc, &facts_fields, v);
	read_year(&r, HERE(NULL, "year"), v[F_YEAR], &ret->year);
	if (r.rc == TAPR_OK && require(&r, HERE(NULL, "zone"), v[F_ZONE],
	    "la zone : general ou alsace-moselle"))
		ret->zone = (enum zone)read_word(&r, HERE(NULL, "zone"),
		    v[F_ZONE], zone_words);
	read_establishment(&r, HERE(NULL, "establishment"),
	    v[F_ESTABLISHMENT], ret);
	read_years(&r, HERE(NULL, "headcounts"), v[F_HEADCOUNTS], &persons,
	    &ret->headcounts);
	read_years(&r, HERE(NULL, "payroll"), v[F_PAYROLL], &money,
	    &ret->payroll);
	read_claims(&r, HERE(NULL, "claims"), v[F_CLAIMS], ret);
	read_previous(&r, HERE(NULL, "previous"), v[F_PREVIOUS], ret);
	read_single_rate(&r, HERE(NULL, "single_rate"), v[F_SINGLE_RATE],
	    ret);
	read_rebate(&r, HERE(NULL, "rebate"), v[F_REBATE], ret);
	read_supplementary(&r, HERE(NULL, "supplementary"),
	    v[F_SUPPLEMENTARY], ret);
	read_given(&r, HERE(NULL, "given"), v[F_GIVEN], ret);
	return r.rc;
}

/* --- what-if: editing the tree by path ----------------------------------- */

/* A part of a path, up to its dot. */
struct part {
	const char	*p;
	size_t		 n;
	const char	*rest;		/* after the dot; NULL for the last */
};

static struct part
part_of(const char *path)
{
	const char *dot = strchr(path, '.');

	return dot == NULL ? (struct part){ path, strlen(path), NULL } :
	    (struct part){ path, (size_t)(dot - path), dot + 1 };
}

/*
 * part_of_claim(path, list): the same, for the ref of a claim: a ref may
 * hold dots, so the longest known ref that the path begins with is it.
 */
static struct part
part_of_claim(const char *path, const struct json *list)
{
	struct part found = { NULL, 0, NULL };
	const struct json *m, *ref;

	for (m = list->first; m != NULL; m = m->next) {
		if (m->type != JSON_OBJECT ||
		    (ref = json_get(m, "ref", 3)) == NULL ||
		    ref->type != JSON_STRING || ref->n < found.n ||
		    ref->n == 0)
			continue;
		if (strncmp(path, ref->text, ref->n) == 0 &&
		    (path[ref->n] == '\0' || path[ref->n] == '.'))
			found = (struct part){ path, ref->n,
			    path[ref->n] == '.' ? path + ref->n + 1 : NULL };
	}
	return found.p != NULL ? found : part_of(path);
}

static struct json *
find_claim(const struct json *list, const struct part *part)
{
	struct json *m, *ref;

	for (m = list->first; m != NULL; m = m->next)
		if (m->type == JSON_OBJECT &&
		    (ref = json_get(m, "ref", 3)) != NULL &&
		    json_text_is(ref, part->p, part->n))
			return m;
	return NULL;
}

/* A change under way: the place reached, and what is to stand at its end. */
struct edit {
	struct reader		 r;
	const char		*path;
	struct json		*value;
};

static void
refuse_path(struct edit *e, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static void
refuse_path(struct edit *e, const char *fmt, ...)
{
	char clip[JSON_CLIP_MAX], text[ERR_TEXT_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	if (e->r.rc == TAPR_OK)
		e->r.rc = err_set(e->r.err, TAPR_EINVAL,
		    json_clip(e->path, strlen(e->path), clip), "%s", text);
}

/*
 * edit_value(e, text): ${text} as a JSON value if it is one, else as a
 * string.  A text that begins like an object, a list or a string and is none
 * is a slip of the keyboard, not a word.
 */
static void
edit_value(struct edit *e, const char *text)
{
	size_t n = strlen(text), i, bad;
	struct err why = { .code = TAPR_OK };
	int rc;

	if (n > FACTS_BYTES_MAX) {
		refuse_path(e, "valeur trop longue");
		return;
	}
	rc = json_parse(text, n, e->r.arena, &e->value, &why);
	if (rc == TAPR_OK)
		return;
	if (rc == TAPR_EIO) {
		no_memory(&e->r);
		return;
	}
	if (text[0] == '{' || text[0] == '[' || text[0] == '"') {
		refuse_path(e, "la valeur n'est pas du JSON (%.60s : %.700s)",
		    why.where, why.text);
		return;
	}
	if (!utf8_valid(text, n, &bad)) {
		refuse_path(e, "la valeur n'est pas de l'UTF-8");
		return;
	}
	for (i = 0; i < n; i++)
		if ((unsigned char)text[i] < 0x20) {
			refuse_path(e, "caractère de contrôle dans la valeur : "
			    "retirez-le");
			return;
		}
	if ((e->value = json_new_text(e->r.arena, text, n)) == NULL)
		no_memory(&e->r);
}

/* Where the contract wants a string, the number given becomes its text. */
static void
edit_fit(struct edit *e, enum shape shape)
{
	struct json *text;

	if (shape != SHAPE_TEXT || e->value->type != JSON_NUMBER)
		return;
	text = json_new_text(e->r.arena, e->value->text, e->value->n);
	if (text == NULL)
		no_memory(&e->r);
	else
		e->value = text;
}

static bool
is_container(enum shape shape)
{
	return shape != SHAPE_INTEGER && shape != SHAPE_BOOL &&
	    shape != SHAPE_TEXT;
}

static enum json_type
container_type(enum shape shape)
{
	return shape == SHAPE_CLAIMS || shape == SHAPE_LIST ? JSON_ARRAY :
	    JSON_OBJECT;
}

/*
 * edit_member(e, at, object, part, shape): the container of that name in
 * ${object}, made if it is absent or null; at the end of the path, the value
 * is put there and NULL returned, as on a refusal.
 */
static struct json *
edit_member(struct edit *e, struct json *object, const struct part *part,
    enum shape shape)
{
	struct json *child;

	if (part->rest == NULL) {
		edit_fit(e, shape);
		if (e->r.rc == TAPR_OK && !json_put(e->r.arena, object,
		    part->p, part->n, e->value))
			no_memory(&e->r);
		return NULL;
	}
	if (!is_container(shape)) {
		refuse_path(e, "« %.*s » est une valeur simple : rien ne peut "
		    "la suivre dans un chemin", (int)part->n, part->p);
		return NULL;
	}
	child = json_get(object, part->p, part->n);
	if (child != NULL && child->type != JSON_NULL) {
		if (child->type == container_type(shape))
			return child;
		refuse_path(e, "« %.*s » devrait être %s dans le document, non "
		    "%s : corrigez-le d'abord", (int)part->n, part->p,
		    json_type_name(container_type(shape)),
		    json_type_name(child->type));
		return NULL;
	}
	if ((child = json_new(e->r.arena, container_type(shape))) == NULL ||
	    !json_put(e->r.arena, object, part->p, part->n, child)) {
		no_memory(&e->r);
		return NULL;
	}
	return child;
}

static void
refuse_unknown_claim(struct edit *e, const struct json *list,
    const struct part *part)
{
	char clip[JSON_CLIP_MAX], one[JSON_CLIP_MAX], known[400] = "";
	const struct json *m, *ref;

	for (m = list->first; m != NULL; m = m->next)
		if (m->type == JSON_OBJECT &&
		    (ref = json_get(m, "ref", 3)) != NULL &&
		    ref->type == JSON_STRING) {
			if (strlen(known) > 300) {
				list_add(known, sizeof known, "…");
				break;
			}
			list_add(known, sizeof known,
			    json_clip(ref->text, ref->n, one));
		}
	refuse_path(e, "aucun sinistre de référence « %s » : les références "
	    "sont %s (pour en ajouter un, donnez-le entier : "
	    "claims.REF={\"kind\": …})", json_clip(part->p, part->n, clip),
	    known[0] != '\0' ? known : "absentes");
}

/*
 * edit_claim(e, list, part): the claim of that ref.  At the end of the path
 * the whole claim is replaced, added, or with null taken out.
 */
static struct json *
edit_claim(struct edit *e, struct json *list, const struct part *part)
{
	struct json *claim = find_claim(list, part), *ref, *v = e->value;

	if (part->rest != NULL || (claim == NULL && v->type != JSON_OBJECT)) {
		if (claim == NULL)
			refuse_unknown_claim(e, list, part);
		return claim;
	}
	if (v->type == JSON_NULL) {
		json_remove(list, claim);
		return NULL;
	}
	if (v->type != JSON_OBJECT) {
		refuse_path(e, "un sinistre est un objet { … } ; null le "
		    "retire");
		return NULL;
	}
	ref = json_get(v, "ref", 3);
	if (ref != NULL && !json_text_is(ref, part->p, part->n)) {
		refuse_path(e, "la référence du sinistre (ref) n'est pas celle "
		    "du chemin : donnez la même, ou ne donnez pas ref");
		return NULL;
	}
	if (ref == NULL && ((ref = json_new_text(e->r.arena, part->p,
	    part->n)) == NULL || !json_put(e->r.arena, v, "ref", 3, ref))) {
		no_memory(&e->r);
		return NULL;
	}
	if (claim != NULL)
		*claim = (struct json){ .type = JSON_OBJECT, .n = v->n,
		    .first = v->first, .next = claim->next };
	else
		json_append(list, v);
	return NULL;
}

/* edit_element(e, list, part): the same for a list found by index; the index
 * after the last adds an element. */
static struct json *
edit_element(struct edit *e, struct json *list, const struct part *part)
{
	struct json *m = list->first, *v = e->value;
	char clip[JSON_CLIP_MAX];
	size_t i, index = 0;

	for (i = 0; i < part->n && is_digit(part->p[i]) && i < 8; i++)
		index = index * 10 + (size_t)(part->p[i] - '0');
	if (i == 0 || i < part->n || index > list->n) {
		refuse_path(e, "« %s » n'est pas un rang de cette liste : "
		    "donnez un nombre de 0 à %u (le dernier ajoute un "
		    "élément)", json_clip(part->p, part->n, clip),
		    (unsigned)list->n);
		return NULL;
	}
	for (i = 0; i < index; i++)
		m = m->next;
	if (part->rest != NULL) {
		if (m == NULL) {
			if ((m = json_new(e->r.arena, JSON_OBJECT)) == NULL)
				no_memory(&e->r);
			else
				json_append(list, m);
		} else if (m->type != JSON_OBJECT) {
			refuse_path(e, "l'élément %u devrait être un objet "
			    "dans le document : corrigez-le d'abord",
			    (unsigned)index);
			return NULL;
		}
		return m;
	}
	if (v->type == JSON_NULL && m != NULL)
		json_remove(list, m);
	else if (v->type != JSON_OBJECT)
		refuse_path(e, "un objet { … } est attendu ; null retire un "
		    "élément");
	else if (m == NULL)
		json_append(list, v);
	else
		*m = (struct json){ .type = JSON_OBJECT, .n = v->n,
		    .first = v->first, .next = m->next };
	return NULL;
}

static const struct field *
find_field(const struct fields *fields, const struct part *part)
{
	size_t i;

	for (i = 0; i < fields->n; i++)
		if (strlen(fields->field[i].name) == part->n &&
		    memcmp(fields->field[i].name, part->p, part->n) == 0)
			return &fields->field[i];
	return NULL;
}

/* The refusal of an unknown name, with the path as the person wrote it. */
static void
refuse_unknown_part(struct edit *e, const struct fields *fields,
    const struct part *part)
{
	struct place here = { NULL, part->p, part->n };
	char clip[JSON_CLIP_MAX];

	refuse_unknown_field(&e->r, &here, fields);
	if (e->r.err != NULL && e->r.rc == TAPR_EINVAL)
		snprintf(e->r.err->where, sizeof e->r.err->where, "%s",
		    json_clip(e->path, strlen(e->path), clip));
}

int
facts_set(struct json *doc, const char *path, const char *value,
    struct arena *a, struct err *err)
{
	struct edit e = { .r = { .arena = a, .err = err, .rc = TAPR_OK },
	    .path = path };
	struct field at = { "", SHAPE_OBJECT, &facts_fields };
	const struct field *field;
	struct json *node = doc;
	struct part part = { path, 0, path };

	if (doc->type != JSON_OBJECT) {
		refuse_path(&e, "le document n'est pas un objet : rien n'y "
		    "peut être changé");
		return e.r.rc;
	}
	edit_value(&e, value);
	while (node != NULL && part.rest != NULL && e.r.rc == TAPR_OK) {
		part = at.shape == SHAPE_CLAIMS ?
		    part_of_claim(part.rest, node) : part_of(part.rest);
		if (part.n == 0) {
			refuse_path(&e, "chemin mal écrit : un nom manque "
			    "(par exemple claims.A1.ip_rate)");
			break;
		}
		switch (at.shape) {
		case SHAPE_OBJECT:
			if ((field = find_field(at.in, &part)) == NULL) {
				refuse_unknown_part(&e, at.in, &part);
				break;
			}
			at = *field;
			node = edit_member(&e, node, &part, at.shape);
			break;
		case SHAPE_YEARS:
			if (!is_year(part.p, part.n)) {
				refuse_path(&e, "une année de quatre chiffres "
				    "est attendue, par exemple payroll.2022");
				break;
			}
			at.shape = SHAPE_TEXT;
			node = edit_member(&e, node, &part, at.shape);
			break;
		case SHAPE_CLAIMS:
			at.shape = SHAPE_OBJECT;
			node = edit_claim(&e, node, &part);
			break;
		case SHAPE_LIST:
			at.shape = SHAPE_OBJECT;
			node = edit_element(&e, node, &part);
			break;
		default:
			assert(is_container(at.shape));
			return TAPR_EINVAL;
		}
	}
	return e.r.rc;
}

struct json *
facts_copy(const struct json *doc, struct arena *a)
{
	return json_copy(doc, a);
}
