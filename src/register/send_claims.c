/*
 * send_claims.c -- the flows about claims without anybody: cnam_records,
 * cnam_statistics, state_statistics, staff_representatives.
 *
 * Each reads the claims declared in a year and recognised, and offers a row a
 * claim, in words and bands; src/exchange counts who has them and says less
 * where they are rare.  The holder of a row is its establishment, so that one
 * employer's claims alone never make a line; of a single firm it is the claim.
 * Bands are those of the average costs (D. 242-6-6), so that what they say is
 * what a rate already says.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "model/facts.h"
#include "model/words.h"
#include "register/send.h"

enum { CODE_ROOM = 8, MONTH_ROOM = 8 };

/* The main section of an establishment, at the end of the year. */
struct class { uint64_t siret; char code[CODE_ROOM], ctn[CODE_ROOM]; };

struct claims {
	struct exchange	*x;
	int		 year;
	const char	*siren;		/* of one firm; NULL: all */
	struct class	*class;
	size_t		 n, room;
	uint64_t	 claim;		/* how many rows so far */
	/* One claim as a row. */
	int		(*offer)(struct claims *c, const struct value *v,
			    const struct class *class, struct err *err);
};

/* ---- classification --------------------------------------------------------- */

/* Those of a section come by their day: the last of the year stands. */
static int
take_class(void *to, const struct value *v, struct err *err)
{
	struct claims *c = to;
	size_t room = c->room == 0 ? 1024 : 2 * c->room;
	uint64_t siret = siret_number(value_or_empty(&v[CLASS_SIRET]), 14);
	struct class *at;

	if (strcmp(value_or_empty(&v[CLASS_SECTION]),
	    section_words[SECTION_MAIN]) != 0 ||
	    value_or(&v[CLASS_FROM_ON], 0) / 10000 > c->year)
		return TAPR_OK;
	if (c->n == c->room) {
		if ((at = realloc(c->class, room * sizeof *at)) == NULL)
			return err_set(err, TAPR_EIO, NULL,
			    "mémoire insuffisante");
		c->class = at;
		c->room = room;
	}
	if (c->n == 0 || c->class[c->n - 1].siret != siret)
		c->n++;
	at = &c->class[c->n - 1];
	at->siret = siret;
	(void)snprintf(at->code, CODE_ROOM, "%s",
	    value_or_empty(&v[CLASS_RISK_CODE]));
	(void)snprintf(at->ctn, CODE_ROOM, "%s",
	    value_or_empty(&v[CLASS_CTN]));
	return TAPR_OK;
}

static int
by_siret(const void *a, const void *b)
{
	const struct class *l = a, *r = b;

	return (l->siret > r->siret) - (l->siret < r->siret);
}

static const struct class *
class_of(const struct claims *c, uint64_t siret)
{
	static const struct class none;
	struct class key = { .siret = siret };
	const struct class *found = c->n == 0 ? NULL : bsearch(&key,
	    c->class, c->n, sizeof key, by_siret);

	return found == NULL ? &none : found;
}

/* ---- words and bands --------------------------------------------------------- */

static const char *
stoppage_band(const struct value *days)
{
	int64_t n = value_or(days, 0);

	return n < 4 ? "0-3" : n <= 15 ? "4-15" : n <= 45 ? "16-45" :
	    n <= 90 ? "46-90" : n <= 150 ? "91-150" : "151+";
}

static const char *
incapacity_band(const struct value *percent)
{
	int64_t n = value_or(percent, -1);

	return n < 0 ? "none" : n < 10 ? "0-9" : n < 20 ? "10-19" :
	    n < 40 ? "20-39" : "40+";
}

static const char *
effect(const struct value *v)
{
	return v[CLAIM_DEATH_RECOGNISED_ON].kind != VALUE_NULL ? "death" :
	    v[CLAIM_IP_RATE].kind != VALUE_NULL ? "incapacity" :
	    value_or(&v[CLAIM_STOPPAGE_DAYS], 0) > 0 ? "stoppage" : "care";
}

static struct value
code_of(const struct value *v, const struct class *class)
{
	return v[CLAIM_RISK_CODE].kind != VALUE_NULL ? v[CLAIM_RISK_CODE] :
	    value_text(class->code);
}

static struct value
one_if(bool yes)
{
	return value_int(yes);
}

static uint64_t
establishment(const struct value *v)
{
	return siret_number(value_or_empty(&v[CLAIM_SIRET]), 14);
}

/* ---- what each flow offers ---------------------------------------------------- */

static const char *const record_columns[] = { "year", "month", "risk_code",
	"stoppage", "incapacity", "charge", "ctn", "death", "kind" };

static int
offer_record(struct claims *c, const struct value *v,
    const struct class *class, struct err *err)
{
	int64_t day = value_or(&v[CLAIM_OCCURRED_ON], 0);
	char month[MONTH_ROOM] = "";

	if (day > 0)
		(void)snprintf(month, sizeof month, "%04d-%02d",
		    (int)(day / 10000 % 10000), (int)(day / 100 % 100));
	return exchange_row(c->x, (struct value[]){ v[CLAIM_YEAR],
	    value_text(month), code_of(v, class),
	    value_text(stoppage_band(&v[CLAIM_STOPPAGE_DAYS])),
	    value_text(incapacity_band(&v[CLAIM_IP_RATE])), v[CLAIM_CHARGE],
	    value_text(class->ctn),
	    value_text(v[CLAIM_DEATH_RECOGNISED_ON].kind == VALUE_NULL ?
	    "no" : "yes"), v[CLAIM_KIND] }, establishment(v), err);
}

static const char *const statistics_columns[] = { "year", "ctn", "risk_code",
	"kind", "claims", "with_stoppage", "stoppage_days", "incapacities",
	"incapacity_points", "deaths" };

static int
offer_statistics(struct claims *c, const struct value *v,
    const struct class *class, struct err *err)
{
	int64_t days = value_or(&v[CLAIM_STOPPAGE_DAYS], 0);

	return exchange_row(c->x, (struct value[]){ v[CLAIM_YEAR],
	    value_text(class->ctn), code_of(v, class), v[CLAIM_KIND],
	    value_int(1), one_if(days > 0), value_int(days),
	    one_if(v[CLAIM_IP_RATE].kind != VALUE_NULL),
	    value_int(value_or(&v[CLAIM_IP_RATE], 0)),
	    one_if(v[CLAIM_DEATH_RECOGNISED_ON].kind != VALUE_NULL) },
	    establishment(v), err);
}

static const char *const state_columns[] = { "year", "ctn", "kind", "cause",
	"agent", "effect", "duration", "importance", "claims",
	"stoppage_days" };

static int
offer_state(struct claims *c, const struct value *v,
    const struct class *class, struct err *err)
{
	return exchange_row(c->x, (struct value[]){ v[CLAIM_YEAR],
	    value_text(class->ctn), v[CLAIM_KIND], v[CLAIM_DEVIATION],
	    v[CLAIM_MATERIAL_AGENT], value_text(effect(v)),
	    value_text(stoppage_band(&v[CLAIM_STOPPAGE_DAYS])),
	    value_text(incapacity_band(&v[CLAIM_IP_RATE])), value_int(1),
	    value_int(value_or(&v[CLAIM_STOPPAGE_DAYS], 0)) },
	    establishment(v), err);
}

static const char *const staff_columns[] = { "year", "kind", "claims",
	"with_stoppage", "stoppage_days" };

static int
offer_staff(struct claims *c, const struct value *v,
    const struct class *class, struct err *err)
{
	int64_t days = value_or(&v[CLAIM_STOPPAGE_DAYS], 0);

	(void)class;
	return exchange_row(c->x, (struct value[]){ v[CLAIM_YEAR],
	    v[CLAIM_KIND], value_int(1), one_if(days > 0), value_int(days) },
	    c->claim, err);
}

/* ---- all claims of the year ----------------------------------------------------- */

static int
take_claim(void *to, const struct value *v, struct err *err)
{
	struct claims *c = to;

	if (v[CLAIM_RECOGNISED_ON].kind == VALUE_NULL ||
	    v[CLAIM_REFUSED_ON].kind != VALUE_NULL ||
	    (c->siren != NULL && strncmp(value_or_empty(&v[CLAIM_SIRET]),
	    c->siren, 9) != 0))
		return TAPR_OK;
	c->claim++;
	return c->offer(c, v, class_of(c, establishment(v)), err);
}

static int
send_all(struct claims *c, const char *const *columns, int n, bool classes,
    struct err *err)
{
	struct exchange_reading class = { .table = TABLE_CLASSIFICATION },
	    claims = { .table = TABLE_CLAIM };
	int rc;

	c->year = exchange_run(c->x)->year;
	c->siren = exchange_run(c->x)->object;
	claims.years = (struct years){ c->year, c->year };
	if ((rc = exchange_columns(c->x, columns, n, err)) == TAPR_OK &&
	    classes)
		rc = exchange_read(c->x, &class, take_class, c, err);
	if (rc == TAPR_OK)
		rc = exchange_read(c->x, &claims, take_claim, c, err);
	free(c->class);
	return rc;
}

#define COUNT(list) ((int)(sizeof(list) / sizeof *(list)))

int
send_claim_records(struct exchange *x, struct err *err)
{
	struct claims c = { .x = x, .offer = offer_record };

	return send_all(&c, record_columns, COUNT(record_columns), true, err);
}

int
send_claim_statistics(struct exchange *x, struct err *err)
{
	struct claims c = { .x = x, .offer = offer_statistics };

	return send_all(&c, statistics_columns, COUNT(statistics_columns),
	    true, err);
}

int
send_state_statistics(struct exchange *x, struct err *err)
{
	struct claims c = { .x = x, .offer = offer_state };

	return send_all(&c, state_columns, COUNT(state_columns), true, err);
}

int
send_staff(struct exchange *x, struct err *err)
{
	struct claims c = { .x = x, .offer = offer_staff };

	return send_all(&c, staff_columns, COUNT(staff_columns), false, err);
}
