/*
 * totals.c -- the totals of a year, counted from the facts in the order of
 * their keys.
 *
 *	classification	the CTN of each establishment: that of its main
 *			section on 31 December
 *	payroll		of the year: establishments, employees, hours
 *	benefit		of the year, then of the years before: what was paid
 *			for each claim, and whether for the first time
 *	claim		all of them, into the row of their establishment
 *
 * Nothing is summed by the database: each row passes through its checksum, and
 * the rules are those of docs/formats/totals.md, which tests/synth/recount.py
 * applies to the files themselves.  What grows with the fund is a table of
 * establishments and one of the claims paid for in the year.
 */
#include "register/totals.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/ids.h"
#include "model/facts.h"
#include "model/words.h"
#include "register/view.h"
#include "store/row.h"

enum { FOUR_DAYS = 4, HIGH_IP = 10, SLOTS_FIRST = 1 << 12 };
#define MEMORY_MAX ((size_t)1 << 30)

struct place_of { uint64_t siret; int row; };

/* A claim that something was paid for in the year. */
struct paid { const char *id; int64_t days; bool before; };

struct count {
	struct store	*store;
	int64_t		 known;
	int		 year;
	struct totals	*to;
	struct place_of	*place;		/* by SIRET */
	size_t		 places, room;
	struct paid	*paid;		/* open addressing, slots = 2^n */
	size_t		 n_paid, slots;
	struct arena	*ids;
	bool		 overflow;
	struct err	*err;
};

static int
no_memory(struct err *err)
{
	return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
}

static void
add(struct count *c, int64_t *to, int64_t n)
{
	if ((n > 0 && *to > INT64_MAX - n) || (n < 0 && *to < INT64_MIN - n))
		c->overflow = true;
	else
		*to += n;
}

/* ---- reading ------------------------------------------------------------- */

/* Each fact of the table of ${p} whose key begins with ${key}. */
static int
each(struct count *c, const struct part *p, const struct value *key, int n,
    int (*f)(struct count *c, const struct value *v))
{
	const struct row *row;
	struct rows *rows;
	int rc;

	if ((rc = rows_open(c->store, p->table, c->known, key, n, &rows,
	    c->err)) != TAPR_OK)
		return rc;
	while ((rc = rows_next(rows, &row, c->err)) == TAPR_OK &&
	    row != NULL) {
		rc = row->damaged ? view_damaged(p, row, c->err) :
		    f(c, row->value);
		if (rc != TAPR_OK)
			break;
	}
	rows_free(rows);
	return rc;
}

static int
year_of(const struct value *day)
{
	return (int)(value_or(day, 0) / 10000);
}

/* ---- establishments ------------------------------------------------------ */

static uint64_t
siret_of(const struct value *v)
{
	const char *text = value_or_empty(v);

	return siret_number(text, (int)strlen(text));
}

/* Facts come by SIRET, section and day: the last day of a SIRET stands. */
static int
take_class(struct count *c, const struct value *v)
{
	const char *ctn = value_or_empty(&v[CLASS_CTN]);
	uint64_t siret = siret_of(&v[CLASS_SIRET]);
	struct place_of *grown;

	if (strcmp(value_or_empty(&v[CLASS_SECTION]),
	    section_words[SECTION_MAIN]) != 0 ||
	    year_of(&v[CLASS_FROM_ON]) > c->year)
		return TAPR_OK;
	if (ctn[0] < 'A' || ctn[0] > 'I' || ctn[1] != '\0')
		return err_set(c->err, TAPR_EINVAL, "classification",
		    "un CTN n'est pas de A à I : corrigez le classement");
	if (c->places == 0 || c->place[c->places - 1].siret != siret) {
		if (c->places == c->room) {
			c->room = c->room == 0 ? SLOTS_FIRST : 2 * c->room;
			grown = realloc(c->place, c->room * sizeof *grown);
			if (grown == NULL)
				return no_memory(c->err);
			c->place = grown;
		}
		c->place[c->places++].siret = siret;
	}
	c->place[c->places - 1].row = ctn[0] - 'A';
	return TAPR_OK;
}

static int
by_siret(const void *key, const void *at)
{
	const struct place_of *a = key, *b = at;

	return (a->siret > b->siret) - (a->siret < b->siret);
}

static struct totals_row *
row_of(struct count *c, const struct value *siret)
{
	struct place_of key = { siret_of(siret), 0 }, *found = NULL;

	if (c->places > 0)
		found = bsearch(&key, c->place, c->places, sizeof key,
		    by_siret);
	return &c->to->row[found == NULL ? TOTALS_NONE : found->row];
}

/* Headcount and hours that were not given are unknown, never zero (S1-38). */
static int
take_payroll(struct count *c, const struct value *v)
{
	struct totals_row *to = row_of(c, &v[PAY_SIRET]);

	if (strcmp(value_or_empty(&v[PAY_SECTION]),
	    section_words[SECTION_MAIN]) == 0)
		to->establishments++;
	to->no_employees += v[PAY_HEADCOUNT].kind == VALUE_NULL;
	to->no_hours += v[PAY_HOURS].kind == VALUE_NULL;
	add(c, &to->employees, value_or(&v[PAY_HEADCOUNT], 0));
	add(c, &to->hours, value_or(&v[PAY_HOURS], 0));
	return TAPR_OK;
}

/* ---- benefits ------------------------------------------------------------ */

/* FNV-1a.  Ids come from outside; a bad spread only costs time. */
static size_t
hash(const char *id)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (; *id != '\0'; id++)
		h = (h ^ (unsigned char)*id) * UINT64_C(1099511628211);
	return (size_t)(h ^ h >> 32);
}

/* The slot of ${id}, or the free one where it would go. */
static struct paid *
slot_of(const struct count *c, const char *id)
{
	size_t i = hash(id) & (c->slots - 1);

	while (c->paid[i].id != NULL && strcmp(c->paid[i].id, id) != 0)
		i = (i + 1) & (c->slots - 1);
	return &c->paid[i];
}

/* Twice the slots, once half of them are taken. */
static int
grow(struct count *c)
{
	struct paid *old = c->paid;
	size_t n = c->slots;

	if (n > 0 && c->n_paid < n / 2)
		return TAPR_OK;
	c->slots = n == 0 ? SLOTS_FIRST : 2 * n;
	if ((c->paid = calloc(c->slots, sizeof *c->paid)) == NULL) {
		c->paid = old;
		c->slots = n;
		return no_memory(c->err);
	}
	for (size_t i = 0; i < n; i++)
		if (old[i].id != NULL)
			*slot_of(c, old[i].id) = old[i];
	free(old);
	return TAPR_OK;
}

static int
take_paid(struct count *c, const struct value *v)
{
	const char *id = value_or_empty(&v[BENEFIT_CLAIM_ID]);
	struct paid *p;
	int rc;

	/* What a year of an annuity is worth: not a payment. */
	if (strcmp(value_or_empty(&v[BENEFIT_NATURE]), "annual_annuity") == 0)
		return TAPR_OK;
	if ((rc = grow(c)) != TAPR_OK)
		return rc;
	p = slot_of(c, id);
	if (p->id == NULL) {
		if ((p->id = arena_strdup(c->ids, id)) == NULL)
			return no_memory(c->err);
		c->n_paid++;
	}
	if (strcmp(value_or_empty(&v[BENEFIT_NATURE]), "daily_allowance") == 0)
		add(c, &p->days, value_or(&v[BENEFIT_DAYS], 0));
	return TAPR_OK;
}

static int
take_before(struct count *c, const struct value *v)
{
	struct paid *p;

	if (c->slots == 0 || value_or(&v[BENEFIT_YEAR], 0) >= c->year ||
	    strcmp(value_or_empty(&v[BENEFIT_NATURE]), "annual_annuity") == 0)
		return TAPR_OK;
	p = slot_of(c, value_or_empty(&v[BENEFIT_CLAIM_ID]));
	p->before = p->id != NULL;
	return TAPR_OK;
}

/* ---- claims -------------------------------------------------------------- */

/* false: no kind of this program. */
static bool
kind_of(const char *word, enum totals_kind *ret)
{
	if (strcmp(word, kind_words[CLAIM_ACCIDENT]) == 0)
		*ret = TOTALS_ACCIDENT;
	else if (strcmp(word, kind_words[CLAIM_DISEASE]) == 0)
		*ret = TOTALS_DISEASE;
	else if (strcmp(word, kind_words[CLAIM_COMMUTING]) == 0)
		*ret = TOTALS_COMMUTING;
	else
		return false;
	return true;
}

static void
add_ip(struct count *c, struct totals_claims *to, int64_t ip)
{
	to->ip_under_10 += ip < HIGH_IP;
	to->ip_10_up += ip >= HIGH_IP;
	add(c, ip < HIGH_IP ? &to->points_under_10 : &to->points_10_up, ip);
}

static int
take_claim(struct count *c, const struct value *v)
{
	struct totals_row *row = row_of(c, &v[CLAIM_SIRET]);
	struct paid none = { NULL, 0, false };
	const struct paid *p = c->slots == 0 ? &none :
	    slot_of(c, value_or_empty(&v[CLAIM_ID]));
	struct totals_claims *to;
	enum totals_kind kind;

	if (!kind_of(value_or_empty(&v[CLAIM_KIND]), &kind))
		return err_set(c->err, TAPR_EINVAL, "claim", "un sinistre est "
		    "d'une nature inconnue de ce programme");
	if (kind == TOTALS_DISEASE &&
	    strcmp(value_or_empty(&v[CLAIM_CHARGE]),
	    charge_words[CHARGE_SPECIAL_ACCOUNT]) == 0)
		row = &c->to->row[TOTALS_SPECIAL];
	to = &row->claims[kind];
	if (p->id != NULL && !p->before) {
		to->first_settled++;
		to->four_days += value_or(&v[CLAIM_STOPPAGE_DAYS], 0) >=
		    FOUR_DAYS;
	}
	if (p->id != NULL)
		add(c, &to->days, p->days);
	if (year_of(&v[CLAIM_IP_NOTIFIED_ON]) == c->year)
		add_ip(c, to, value_or(&v[CLAIM_IP_RATE], 0));
	to->deaths += year_of(&v[CLAIM_DEATH_RECOGNISED_ON]) == c->year;
	return TAPR_OK;
}

/* ---- all ----------------------------------------------------------------- */

static void
add_claims(struct count *c, struct totals_claims *to,
    const struct totals_claims *n)
{
	add(c, &to->first_settled, n->first_settled);
	add(c, &to->four_days, n->four_days);
	add(c, &to->ip_under_10, n->ip_under_10);
	add(c, &to->ip_10_up, n->ip_10_up);
	add(c, &to->points_under_10, n->points_under_10);
	add(c, &to->points_10_up, n->points_10_up);
	add(c, &to->deaths, n->deaths);
	add(c, &to->days, n->days);
}

static int
add_all(struct count *c)
{
	struct totals_row *all = &c->to->all;

	for (int i = 0; i < TOTALS_ROWS; i++) {
		const struct totals_row *r = &c->to->row[i];

		add(c, &all->establishments, r->establishments);
		add(c, &all->employees, r->employees);
		add(c, &all->hours, r->hours);
		add(c, &all->no_employees, r->no_employees);
		add(c, &all->no_hours, r->no_hours);
		for (int k = 0; k < TOTALS_KINDS; k++)
			add_claims(c, &all->claims[k], &r->claims[k]);
	}
	return c->overflow ? err_set(c->err, TAPR_ERANGE, NULL,
	    "une somme est trop grande pour être exacte : un montant ou un "
	    "effectif importé est sans doute faux") : TAPR_OK;
}

int
totals_count(struct store *s, int64_t known, int year, struct totals *ret,
    struct err *err)
{
	struct count c = { .store = s, .known = known, .year = year,
		.to = ret, .err = err };
	struct value key = value_int(year);
	int rc;

	memset(ret, 0, sizeof *ret);
	if ((c.ids = arena_new(MEMORY_MAX)) == NULL)
		return no_memory(err);
	if ((rc = each(&c, &part_classification, NULL, 0, take_class)) ==
	    TAPR_OK &&
	    (rc = each(&c, &part_payroll, &key, 1, take_payroll)) == TAPR_OK &&
	    (rc = each(&c, &part_benefit, &key, 1, take_paid)) == TAPR_OK &&
	    (rc = each(&c, &part_benefit, NULL, 0, take_before)) == TAPR_OK &&
	    (rc = each(&c, &part_claim, NULL, 0, take_claim)) == TAPR_OK)
		rc = add_all(&c);
	free(c.place);
	free(c.paid);
	arena_free(c.ids);
	return rc;
}
