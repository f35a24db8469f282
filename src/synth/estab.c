/*
 * estab.c -- the establishments of one cell, CTN x NAF.
 *
 * Sizes.  The employees of the cell are divided among the six published size
 * bands; each band above the first gets establishments of its usual mean, the
 * first gets all others, some of them without staff.  Within a band the
 * employees go by drawn weights, so that the sum of the cell stays exact.
 *
 * What no statistic says is invented here and nowhere else: how many firms
 * have several establishments, who opens, closes, takes over, who has a
 * support section, what an hour is paid.  docs/formats/synth.md lists it.
 */
#include "synth/estab.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "synth/apportion.h"

/* Mean size of the establishments of a band; the last is what is usual. */
static const uint64_t band_mean[BANDS] = { 3, 14, 31, 70, 140, 420 };
static const uint64_t band_from[BANDS] = { 0, 10, 20, 50, 100, 200 };

static int32_t
day(int year, int month, int of)
{
	return date_to_days((struct date){ (int16_t)year, (uint8_t)month,
	    (uint8_t)of });
}

static int
year_of(int32_t days)
{
	return date_from_days(days).y;
}

/* ---- sizes -------------------------------------------------------------- */

/* Employees and establishments of each band. */
struct bands { uint64_t employees[BANDS], n[BANDS]; };

/* The highest band that has establishments. */
static int
top_band(const struct bands *b)
{
	for (int i = BANDS - 1; i > 0; i--)
		if (b->n[i] > 0)
			return i;
	return 0;
}

static void
share_out(const struct cell_of *c, struct bands *b)
{
	static const uint64_t usual[BANDS] = { 250, 120, 180, 120, 120, 210 };
	uint64_t weight[BANDS], sum = 0;

	for (int i = 0; i < BANDS; i++)
		sum += weight[i] = c->of->sizes == NULL ? usual[i] :
		    c->of->sizes->employees[i];
	if (sum == 0)
		memcpy(weight, usual, sizeof weight);
	apportion_along(weight, BANDS, c->plan->employees, b->employees);
}

static void
make_bands(const struct cell_of *c, struct bands *b)
{
	uint64_t left = c->plan->establishments, over = 0, most;
	int top;

	share_out(c, b);
	/* From the top: a band that cannot fill one hands its staff down. */
	for (int i = BANDS - 1; i > 0; i--) {
		b->employees[i] += over;
		b->n[i] = b->employees[i] / band_mean[i];
		if (b->n[i] == 0 && b->employees[i] >= band_from[i])
			b->n[i] = 1;
		if (b->n[i] > left)
			b->n[i] = left;
		over = b->n[i] == 0 ? b->employees[i] : 0;
		b->employees[i] -= over;
		left -= b->n[i];
	}
	b->employees[0] += over;
	b->n[0] = left;
	/* Where there are too few small ones, the large ones are larger. */
	most = 8 * b->n[0];
	top = top_band(b);
	if (b->employees[0] > most && top > 0) {
		b->employees[top] += b->employees[0] - most;
		b->employees[0] = most;
	}
}

/* The weight of one establishment within its band. */
static uint64_t
draw_size(struct dice *d, int band, uint64_t mean)
{
	uint64_t r = dice_below(d, 1024), none;

	switch (band) {
	case 0:
		/* The smaller the mean, the more have nobody at all. */
		none = mean >= 400 ? 40 : 400 - 9 * mean / 10;
		if (dice_below(d, 1000) < none)
			return 0;
		return 30 + 900 * r * r / (1024 * 1024);
	case BANDS - 1:
		return 20000 + 90000 * r / 1024 * r / 1024 * r / 1024;
	default:
		return 100 * band_from[band] + 100 * (band_from[band + 1] -
		    band_from[band]) * r / 1024 * (r + 1024) / 2048;
	}
}

/* The establishments open in 2024, band by band. */
static void
make_sizes(struct cell_of *c, struct dice *d)
{
	struct bands b;
	size_t at = 0, first;
	uint64_t sum;

	make_bands(c, &b);
	for (int i = 0; i < BANDS; i++) {
		uint64_t mean = b.n[i] == 0 ? 0 : 100 * b.employees[i] /
		    b.n[i];

		first = at;
		sum = 0;
		for (uint64_t n = 0; n < b.n[i]; n++, at++) {
			c->estab[at].band = (uint8_t)i;
			sum += c->work[at] = draw_size(d, i, mean);
		}
		if (at > first && sum == 0)
			c->work[first] = 1;
		apportion_along(c->work + first, at - first,
		    100 * b.employees[i], c->work + first);
	}
	assert(at == c->plan->establishments);
	for (size_t i = 0; i < at; i++)
		c->estab[i].head = (uint32_t)c->work[i];
	if (c->plan->employees == 0)
		for (size_t i = 0; i < at; i++)
			c->work[i] = 1;
	apportion_along(c->work, at, c->plan->hours, c->work);
	for (size_t i = 0; i < at; i++)
		c->estab[i].hours = (uint32_t)c->work[i];
}

/* Those that closed before 2024. */
static void
make_closed(struct cell_of *c, size_t first, struct dice *d)
{
	for (size_t i = first; i < c->n; i++) {
		struct estab *e = &c->estab[i];
		uint32_t head = 100 * dice_below(d, 6);

		head *= dice_below(d, 4);
		e->closing = true;
		e->head = head + dice_below(d, 100);
		e->hours = e->head * 16;
		e->band = e->head >= 1000;
	}
}

static void
shuffle(struct cell_of *c, struct dice *d)
{
	for (size_t i = c->n; i > 1; i--) {
		size_t j = dice_below(d, (uint32_t)i);
		struct estab e = c->estab[i - 1];

		c->estab[i - 1] = c->estab[j];
		c->estab[j] = e;
	}
}

/* ---- firms, places, lives ----------------------------------------------- */

static uint32_t
firm_size(struct dice *d)
{
	uint32_t r = dice_below(d, 1000);

	if (r < 880)
		return 1;
	if (r < 970)
		return 2 + dice_below(d, 3);
	if (r < 997)
		return 5 + dice_below(d, 8);
	return 13 + dice_below(d, 48);
}

static void
make_firms(struct cell_of *c, uint32_t first_firm)
{
	uint32_t firm = first_firm;
	bool single = false;

	for (size_t i = 0, left = 0, nic = 0; i < c->n; i++) {
		if (left == 0) {
			struct dice d = dice(c->seed, STREAM_FIRM, firm);

			left = firm_size(&d);
			single = left > 1 && dice_hit(&d, 3, 10);
			nic = 0;
		}
		c->estab[i].firm = firm;
		c->estab[i].nic = (uint32_t)++nic;
		c->estab[i].single = single;
		if (--left == 0)
			firm++;
	}
}

static void
make_place(const struct cell_of *c, struct estab *e, struct dice *d)
{
	const struct published *p = c->p;
	uint64_t sum = 0, r;
	const struct fund *f;
	size_t i = 0;

	for (size_t k = 0; k < p->funds; k++)
		sum += p->fund[k].employees;
	for (r = dice_below(d, (uint32_t)sum); r >= p->fund[i].employees; i++)
		r -= p->fund[i].employees;
	e->fund = (uint8_t)i;
	f = &p->fund[i];
	r = dice_below(d, (uint32_t)f->population);
	for (i = f->first_commune; r >= p->commune[i].population; i++)
		r -= p->commune[i].population;
	e->commune = (uint16_t)i;
}

static void
make_life(struct estab *e, struct dice *d)
{
	uint32_t r = dice_below(d, 1000);
	int year, month;

	if (e->closing) {
		e->closed = dice_between(d, day(2019, 3, 31),
		    day(2023, 12, 31));
		e->created = dice_between(d, day(1990, 1, 1),
		    day(2018, 6, 30));
		return;
	}
	if (r < 130 && e->band < 4)
		year = 2020 + (int)dice_below(d, 5);
	else
		year = 1985 + (int)dice_below(d, 34);
	month = 1 + (int)dice_below(d, 12);
	e->created = day(year, month, 1 + (int)dice_below(d, 28));
}

/* Two closed establishments in five were taken over by one open since. */
static void
make_heirs(struct cell_of *c)
{
	for (size_t i = 0; i < c->n; i++) {
		struct estab *e = &c->estab[i], *heir;
		struct dice d = dice(c->seed, STREAM_HEIR, e->number);
		size_t at;

		if (!e->closing || !dice_hit(&d, 2, 5))
			continue;
		at = dice_below(&d, (uint32_t)c->n);
		heir = &c->estab[at];
		if (heir->closing || heir->taken_over || heir->band > 3)
			continue;
		heir->created = e->closed;
		heir->taken_over = true;
		e->heir = (uint32_t)at + 1;
	}
}

/* ---- the cell ----------------------------------------------------------- */

int
estab_room(struct cell_of *c, size_t n, struct err *err)
{
	c->n = n;
	if (c->n > c->room) {
		free(c->estab);
		free(c->work);
		c->room = c->n + c->n / 2;
		c->estab = malloc(c->room * sizeof *c->estab);
		c->work = malloc(c->room * sizeof *c->work);
		if (c->estab == NULL || c->work == NULL)
			return err_set(err, TAPR_EIO, NULL,
			    "mémoire insuffisante");
	}
	if (c->n > 0)
		memset(c->estab, 0, c->n * sizeof *c->estab);
	return TAPR_OK;
}

/* Whether something happened here in 2024: then somebody must have been here. */
static bool
has_claims(const struct cell_plan *p)
{
	const uint64_t *v = p->accidents[YEARS - 1].v;

	return p->diseases > 0 || v[SHORT] + v[LONG] + v[IP_LOW] +
	    v[IP_HIGH] + v[DEATHS] + v[DAYS] > 0;
}

int
estab_make(struct cell_of *c, uint64_t first_estab, uint32_t first_firm,
    uint32_t code, uint32_t codes, struct err *err)
{
	struct dice d = dice(c->seed, STREAM_CELL, c->index);
	size_t open = (size_t)c->plan->establishments, closed;
	int rc;

	closed = 6 * open / 100 + dice_hit(&d, 6 * (uint32_t)(open % 100) %
	    100, 100);
	if (open == 0 && has_claims(c->plan))
		closed = 1;
	if ((rc = estab_room(c, open + closed, err)) != TAPR_OK)
		return rc;
	make_sizes(c, &d);
	make_closed(c, open, &d);
	shuffle(c, &d);
	make_firms(c, first_firm);
	for (size_t i = 0; i < c->n; i++) {
		struct estab *e = &c->estab[i];
		int32_t at = (int32_t)code;

		e->number = first_estab + i;
		d = dice(c->seed, STREAM_ESTAB, e->number);
		make_place(c, e, &d);
		make_life(e, &d);
		if (dice_hit(&d, 1, 2))
			at += dice_between(&d, -1, 1);
		e->code = (uint8_t)(at < 0 ? 0 : at >= (int32_t)codes ?
		    (int32_t)codes - 1 : at);
		if (e->head >= 5000 && dice_hit(&d, 1, 4))
			e->support = (uint8_t)dice_between(&d, 8, 25);
	}
	if (open == 0 && c->n > 0)
		c->estab[0].closed = day(2023, 12, 31);
	make_heirs(c);
	return TAPR_OK;
}

void
estab_free(struct cell_of *c)
{
	free(c->estab);
	free(c->work);
	c->estab = NULL;
	c->work = NULL;
	c->room = 0;
}

struct firm
estab_firm(const struct cell_of *c, size_t first)
{
	size_t i = first;

	while (i < c->n && c->estab[i].firm == c->estab[first].firm)
		i++;
	return (struct firm){ (uint32_t)first, (uint32_t)(i - first) };
}

/* ---- years -------------------------------------------------------------- */

bool
estab_lives(const struct estab *e, int year)
{
	return year_of(e->created) <= year && (e->closed == 0 ||
	    year_of(e->closed) >= year);
}

/* Employees of the nation in ${year}, per million of those of 2024. */
static uint64_t
nation(const struct published *p, int year)
{
	const uint64_t last = p->commuting[YEARS - 1].employees;

	if (year >= YEAR_FIRST)
		return p->commuting[year - YEAR_FIRST].employees * 1000000 /
		    last;
	/* Not published here: one percent less each year before 2019. */
	return p->commuting[0].employees * 1000000 / last *
	    (uint64_t)(100 - (YEAR_FIRST - year)) / 100;
}

/*
 * What an hour is paid in 2024, in cents, by CTN A to I, and the index of pay
 * by year from 2017.  That of B gives the published payroll of 2019 to 2021;
 * the others are invented around it.
 */
static const uint64_t hour_cents[9] = { 2350, 2019, 2010, 1540, 2680, 1850,
	2120, 2480, 1600 };
static const uint64_t pay_index[8] = { 853, 867, 882, 890, 908, 938, 972,
	1000 };

struct staff
estab_staff(const struct cell_of *c, const struct estab *e, int year)
{
	struct dice d = dice(c->seed, STREAM_YEAR, 16 * e->number +
	    (uint64_t)(year - 2010));
	struct dice own = dice(c->seed, STREAM_RATE, e->number);
	struct staff s = { 0, 0, 0 };
	uint64_t change = 1000000, hour;

	if (!estab_lives(e, year))
		return s;
	if (year != YEAR_LAST)
		change = nation(c->p, year) * (uint64_t)dice_between(&d, 940,
		    1060) / 1000;
	s.head = e->head * change / 1000000;
	s.hours = e->hours * change / 1000000;
	hour = hour_cents[c->of->ctn - 'A'] * pay_index[year - 2017] / 1000 *
	    (uint64_t)dice_between(&own, 780, 1220) / 1000;
	s.cents = s.hours > 0 ? s.hours * hour : s.head * 16 * hour;
	return s;
}

struct staff
estab_support(const struct estab *e, struct staff s)
{
	s.head = s.head * e->support / 100;
	s.hours = s.hours * e->support / 100;
	s.cents = s.cents * e->support / 80;
	return s;
}
