/*
 * send_company.c -- the flows inrs_companies and labour_directorate: what the
 * register knows of companies, and nothing of a person (S1-74, B-45).
 *
 * A row a section and year of payroll, with its establishment and its firm; for
 * the labour directorate, of one firm, also a row a measure of the year.  The
 * name of a firm without a legal person, or that INSEE does not publish, is
 * the name of a person, and stays; the wages and hours of a few employees are
 * those of persons, and stay too.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "model/facts.h"
#include "model/words.h"
#include "register/send.h"

enum { YEAR, SIREN, SIRET, NAME, COMMUNE, NAF, SECTION, CODE, CTN, EMPLOYEES,
	HOURS, LAST,
	/* Then, of one or the other. */
	PAYROLL = LAST, INRS_VALUES,
	MEASURE = LAST, MEASURE_FROM, MEASURE_TO, DREETS_VALUES };
static const char *const inrs_columns[INRS_VALUES] = { "year", "siren",
	"siret", "name", "commune", "naf", "section", "risk_code", "ctn",
	"employees", "hours", "payroll" };
static const char *const dreets_columns[DREETS_VALUES] = { "year", "siren",
	"siret", "name", "commune", "naf", "section", "risk_code", "ctn",
	"employees", "hours", "measure", "measure_from", "measure_to" };

/* Under that many employees (hundredths) no wages and no hours are given. */
enum { FEW = EXCHANGE_K * 100 };

/* What is kept of a table while the next is read, in the order of its key. */
struct known { uint64_t key; const char *a, *b; };

struct list {
	struct known	*at;
	size_t		 n, room;
};

struct companies {
	struct exchange	*x;
	bool		 measures;
	int		 year;
	const char	*siren;		/* of one firm; NULL: all */
	struct arena	*a;
	struct list	 unit, place, class;
};

static bool
is_asked(const struct companies *c, const char *number)
{
	return c->siren == NULL || strncmp(number, c->siren, 9) == 0;
}

static int
keep(struct companies *c, struct list *l, uint64_t key, const char *a,
    const char *b, struct err *err)
{
	size_t room = l->room == 0 ? 1024 : 2 * l->room;
	struct known *grown;

	if (l->n == l->room) {
		if ((grown = realloc(l->at, room * sizeof *grown)) == NULL)
			return err_set(err, TAPR_EIO, NULL,
			    "mémoire insuffisante");
		l->at = grown;
		l->room = room;
	}
	l->at[l->n] = (struct known){ key, arena_strdup(c->a, a),
		arena_strdup(c->a, b) };
	if (arena_failed(c->a))
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	l->n++;
	return TAPR_OK;
}

static int
by_key(const void *a, const void *b)
{
	const struct known *l = a, *r = b;

	return (l->key > r->key) - (l->key < r->key);
}

/* Nothing known: two empty texts. */
static struct known
find(const struct list *l, uint64_t key)
{
	struct known k = { key, "", "" };
	const struct known *found = l->n == 0 ? NULL : bsearch(&k, l->at,
	    l->n, sizeof k, by_key);

	return found == NULL ? k : *found;
}

static void
sort(struct list *l)
{
	if (l->n > 0)
		qsort(l->at, l->n, sizeof *l->at, by_key);
}

/* ---- what is joined -------------------------------------------------------- */

/* Legal categories 1...: a person is the firm. */
static int
take_unit(void *to, const struct value *v, struct err *err)
{
	struct companies *c = to;
	const char *siren = value_or_empty(&v[UNIT_SIREN]);
	const char *category = value_or_empty(&v[UNIT_LEGAL_CATEGORY]);

	if (!is_asked(c, siren) || category[0] == '\0' ||
	    category[0] == '1' ||
	    strcmp(value_or_empty(&v[UNIT_DIFFUSION]), "P") == 0)
		return TAPR_OK;
	return keep(c, &c->unit, siret_number(siren, 9),
	    value_or_empty(&v[UNIT_NAME]), "", err);
}

static int
take_place(void *to, const struct value *v, struct err *err)
{
	struct companies *c = to;
	const char *siret = value_or_empty(&v[EST_SIRET]);

	if (!is_asked(c, siret))
		return TAPR_OK;
	return keep(c, &c->place, siret_number(siret, 14),
	    value_or_empty(&v[EST_COMMUNE]), value_or_empty(&v[EST_NAF]), err);
}

/* Those of a section come by their day: the last of the year stands. */
static int
take_class(void *to, const struct value *v, struct err *err)
{
	struct companies *c = to;
	const char *siret = value_or_empty(&v[CLASS_SIRET]);
	const char *section = value_or_empty(&v[CLASS_SECTION]);
	uint64_t key = siret_number(siret, 14);
	struct list *l = &c->class;

	if (!is_asked(c, siret) ||
	    strcmp(section, section_words[SECTION_MAIN]) != 0 ||
	    value_or(&v[CLASS_FROM_ON], 0) / 10000 > c->year)
		return TAPR_OK;
	if (l->n > 0 && l->at[l->n - 1].key == key)
		l->n--;
	return keep(c, l, key, value_or_empty(&v[CLASS_RISK_CODE]),
	    value_or_empty(&v[CLASS_CTN]), err);
}

/* ---- rows ------------------------------------------------------------------ */

/* What every row says of an establishment; ${siren} has room for 9 digits. */
static void
fill(const struct companies *c, const char *siret, char siren[10],
    struct value *ret)
{
	struct known place = find(&c->place, siret_number(siret, 14));
	struct known class = find(&c->class, siret_number(siret, 14));
	struct known unit = find(&c->unit, siret_number(siret, 9));

	(void)snprintf(siren, 10, "%.9s", siret);
	ret[YEAR] = value_int(c->year);
	ret[SIREN] = value_text(siren);
	ret[SIRET] = value_text(siret);
	ret[NAME] = value_text(unit.a);
	ret[COMMUNE] = value_text(place.a);
	ret[NAF] = value_text(place.b);
	ret[CODE] = value_text(class.a);
	ret[CTN] = value_text(class.b);
}

static int
take_payroll(void *to, const struct value *v, struct err *err)
{
	struct companies *c = to;
	const char *siret = value_or_empty(&v[PAY_SIRET]);
	struct value row[DREETS_VALUES] = { { .kind = VALUE_NULL } };
	char siren[10];

	if (!is_asked(c, siret))
		return TAPR_OK;
	fill(c, siret, siren, row);
	row[SECTION] = v[PAY_SECTION];
	row[CODE] = v[PAY_RISK_CODE];
	row[EMPLOYEES] = v[PAY_HEADCOUNT];
	if (value_or(&v[PAY_HEADCOUNT], 0) >= FEW) {
		row[HOURS] = v[PAY_HOURS];
		if (!c->measures)
			row[PAYROLL] = v[PAY_CENTS];
	}
	return exchange_row(c->x, row, 0, err);
}

/* In force on a day of the year. */
static int
take_measure(void *to, const struct value *v, struct err *err)
{
	struct companies *c = to;
	const char *siret = value_or_empty(&v[MEASURE_SIRET]);
	struct value row[DREETS_VALUES] = { { .kind = VALUE_NULL } };
	char siren[10];

	if (!is_asked(c, siret) ||
	    value_or(&v[MEASURE_FROM_ON], 0) / 10000 > c->year ||
	    value_or(&v[MEASURE_TO_ON], 99990000) / 10000 < c->year)
		return TAPR_OK;
	fill(c, siret, siren, row);
	row[SECTION] = v[MEASURE_SECTION];
	row[MEASURE] = v[MEASURE_KIND];
	row[MEASURE_FROM] = v[MEASURE_FROM_ON];
	row[MEASURE_TO] = v[MEASURE_TO_ON];
	return exchange_row(c->x, row, 0, err);
}

/* ---- all of them ------------------------------------------------------------ */

static int
read_all(struct companies *c, struct err *err)
{
	const struct exchange_reading units = { .table = TABLE_UNIT },
	    places = { .table = TABLE_ESTABLISHMENT },
	    classes = { .table = TABLE_CLASSIFICATION },
	    measures = { .table = TABLE_MEASURE },
	    payroll = { .table = TABLE_PAYROLL,
		.years = { c->year, c->year } };
	int rc;

	if ((rc = exchange_read(c->x, &units, take_unit, c, err)) !=
	    TAPR_OK ||
	    (rc = exchange_read(c->x, &places, take_place, c, err)) !=
	    TAPR_OK ||
	    (rc = exchange_read(c->x, &classes, take_class, c, err)) !=
	    TAPR_OK)
		return rc;
	sort(&c->unit);
	sort(&c->place);
	sort(&c->class);
	if ((rc = exchange_read(c->x, &payroll, take_payroll, c, err)) !=
	    TAPR_OK || !c->measures)
		return rc;
	return exchange_read(c->x, &measures, take_measure, c, err);
}

int
send_companies(struct exchange *x, bool measures, struct err *err)
{
	struct companies c = { .x = x, .measures = measures,
		.year = exchange_run(x)->year,
		.siren = exchange_run(x)->object };
	int rc;

	if ((c.a = arena_new((size_t)1 << 30)) == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	if ((rc = exchange_columns(x, measures ? dreets_columns :
	    inrs_columns, measures ? DREETS_VALUES : INRS_VALUES, err)) ==
	    TAPR_OK)
		rc = read_all(&c, err);
	free(c.unit.at);
	free(c.place.at);
	free(c.class.at);
	arena_free(c.a);
	return rc;
}
