/*
 * claim.c -- the claims of one cell.
 *
 * A year of a series, in this order
 *
 *	new claims	as many as are first settled, of short and long stops
 *	deaths		on new claims, short ones first
 *	IP		on claims of the two years before that lasted, then on
 *			new ones, each at most one
 *	days		drawn for the new claims and for those that go on,
 *			then stretched until the sum is that of the plan
 *
 * Where the plan counts an event and no claim can bear it (a cell with an IP
 * and no accident for years), a claim of before 2019 is made: it was settled
 * then, so it is counted in no later year.
 */
#include "synth/claim.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

enum {
	YEAR_DAYS = 365,
	FIRST_DAYS = 300,	/* the most days of the first year */
	IP_DAYS = 300,		/* and of the year an IP is notified */
	GO_ON = 120,		/* stops that may last into the next year */
};

struct series {
	struct claims	*c;
	struct dice	 d;
	size_t		 first;		/* its first claim */
	size_t		 of_year[YEARS + 1];	/* first new claim of a year */
	enum kind	 kind;
	uint32_t	 disease;
	struct err	*err;
};

static int
no_memory(struct err *err)
{
	return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
}

void
claims_clear(struct claims *c)
{
	c->n = 0;
}

void
claims_free(struct claims *c)
{
	free(c->claim);
	free(c->by_estab);
	free(c->pool);
	free(c->weight);
	*c = (struct claims){ 0 };
}

static int
add(struct claims *c, int year, enum kind kind, uint32_t disease,
    struct err *err)
{
	struct claim *more;

	if (c->n == c->room) {
		size_t room = c->room == 0 ? 1024 : 2 * c->room;

		if ((more = realloc(c->claim, room * sizeof *more)) == NULL)
			return no_memory(err);
		c->claim = more;
		c->room = room;
	}
	c->claim[c->n++] = (struct claim){ .number = c->next++,
	    .year = (int16_t)year, .kind = (uint8_t)kind, .disease = disease,
	    .cause = CAUSES };
	return TAPR_OK;
}

/* A claim settled before 2019, which lasted. */
static int
add_old(struct series *s, struct claim **ret)
{
	int rc = add(s->c, YEAR_OLD, s->kind, s->disease, s->err);

	if (rc != TAPR_OK)
		return rc;
	*ret = &s->c->claim[s->c->n - 1];
	(*ret)->lasting = true;
	(*ret)->days[0] = (uint16_t)dice_between(&s->d, 30, 200);
	return TAPR_OK;
}

static struct claim *
begin(const struct series *s, int y)
{
	return s->c->claim + s->of_year[y];
}

static uint16_t *
days_of(struct claim *c, int year)
{
	return &c->days[year - YEAR_OLD];
}

/* ---- deaths and IP ------------------------------------------------------ */

static int
deaths(struct series *s, int y, uint64_t n)
{
	struct claim *end = s->c->claim + s->c->n, *old;
	int rc = TAPR_OK;

	for (int lasting = 0; lasting < 2; lasting++)
		for (struct claim *c = begin(s, y); c < end && n > 0; c++)
			if (c->lasting == lasting && c->death_year == 0) {
				c->death_year = (int16_t)(YEAR_FIRST + y);
				n--;
			}
	for (; n > 0 && rc == TAPR_OK; n--)
		if ((rc = add_old(s, &old)) == TAPR_OK)
			old->death_year = (int16_t)(YEAR_FIRST + y);
	return rc;
}

/*
 * IP on claims [from, to) that have none and are not of a death, in a random
 * order; of those that lasted ${days} at least.
 */
static void
notify(struct series *s, size_t from, size_t to, int year, uint32_t days,
    uint64_t *n)
{
	size_t size = to - from, at;

	if (size == 0)
		return;
	at = dice_below(&s->d, (uint32_t)size);
	for (size_t i = 0; i < size && *n > 0; i++) {
		struct claim *c = &s->c->claim[from + (at + i) % size];
		uint32_t sum = 0;

		for (int k = 0; k <= YEARS; k++)
			sum += c->days[k];
		if (c->ip_year != 0 || c->death_year != 0 || sum < days ||
		    (s->kind != KIND_DISEASE && !c->lasting))
			continue;
		c->ip_year = (int16_t)year;
		c->ip = 1;
		(*n)--;
	}
}

/*
 * The rates: ${n} numbers from ${low} to ${high} that add up to ${points},
 * mostly small ones.  ip: 1 marks a claim of this year not yet rated.
 */
static void
rate(struct series *s, int year, uint64_t n, uint64_t points, uint32_t low,
    uint32_t high)
{
	struct claim *c = s->c->claim + s->first;
	struct claim *end = s->c->claim + s->c->n;

	for (; c < end && n > 0; c++) {
		uint64_t least, most, mean, ip;

		if (c->ip_year != year || c->ip != 1)
			continue;
		n--;
		least = points > n * high ? points - n * high : low;
		most = points - n * low < high ? points - n * low : high;
		if (least < low)
			least = low;
		mean = points / (n + 1);
		ip = dice_hit(&s->d, 1, 2) ? low + dice_below(&s->d,
		    (uint32_t)(mean - low) + 1) : mean + dice_below(&s->d,
		    (uint32_t)(mean - low) + 1);
		if (ip < least)
			ip = least;
		if (ip > most)
			ip = most;
		/* 101 and more: rated already, until the year is done. */
		c->ip = (uint8_t)(ip + 101);
		points -= ip;
	}
	assert(n == 0 && points == 0);
}

static int
permanent(struct series *s, int y, const struct counts *k)
{
	const uint64_t *v = k->v;
	uint64_t n = v[IP_LOW] + v[IP_HIGH], must, settled;
	size_t two = y >= 2 ? s->of_year[y - 2] : y >= 1 ? s->of_year[y - 1] :
	    s->of_year[y], one = s->of_year[y];
	int year = YEAR_FIRST + y, rc = TAPR_OK;
	struct claim *old;

	/* A disease without a day is settled by its IP: these come first. */
	settled = v[SHORT] + v[LONG] - (v[DEATHS] < v[SHORT] + v[LONG] ?
	    v[DEATHS] : v[SHORT] + v[LONG]);
	if (s->kind == KIND_DISEASE && settled > v[DAYS]) {
		must = settled - v[DAYS];
		must = must < n ? must : n;
		n -= must;
		notify(s, one, s->c->n, year, 0, &must);
		n += must;
	}
	notify(s, two, one, year, 60, &n);
	notify(s, two, one, year, 20, &n);
	notify(s, one, s->c->n, year, 0, &n);
	notify(s, two, one, year, 0, &n);
	for (; n > 0 && rc == TAPR_OK; n--)
		if ((rc = add_old(s, &old)) == TAPR_OK) {
			old->ip_year = (int16_t)year;
			old->ip = 1;
		}
	if (rc != TAPR_OK)
		return rc;
	rate(s, year, v[IP_HIGH], v[POINTS_HIGH], 10, 100);
	rate(s, year, v[IP_LOW], v[POINTS_LOW], 1, 9);
	for (struct claim *c = s->c->claim + s->first;
	    c < s->c->claim + s->c->n; c++)
		if (c->ip > 100)
			c->ip -= 101;
	return TAPR_OK;
}

/* ---- days --------------------------------------------------------------- */

static uint32_t
least_days(const struct series *s, const struct claim *c, int year)
{
	if (c->year != year)
		return 0;
	if (s->kind == KIND_DISEASE)
		return c->ip_year == year || c->death_year == year ? 0 : 1;
	if (c->lasting)
		return 4;
	return c->death_year == year ? 0 : 1;
}

static uint32_t
most_days(const struct claim *c, int year)
{
	if (c->year == year && !c->lasting)
		return c->death_year == year ? 0 : 3;
	if (c->ip_year == year)
		return IP_DAYS;
	return c->year == year ? FIRST_DAYS : YEAR_DAYS;
}

/* The days one would have this year, whatever the sum. */
static uint32_t
draw_days(struct series *s, const struct claim *c, int year)
{
	uint32_t r = dice_below(&s->d, 100);

	if (c->year == year && !c->lasting)
		return 1 + dice_below(&s->d, 3);
	if (c->year != year)
		return 30 + dice_below(&s->d, 300);
	if (r < 28)
		return 4 + dice_below(&s->d, 12);
	if (r < 57)
		return 16 + dice_below(&s->d, 30);
	if (r < 74)
		return 46 + dice_below(&s->d, 45);
	if (r < 86)
		return 91 + dice_below(&s->d, 60);
	return 151 + dice_below(&s->d, 150);
}

/* Goes on being paid this year: it lasted to the end of the last. */
static bool
goes_on(struct series *s, struct claim *c, int year)
{
	if (c->year == year)
		return true;
	if (c->death_year != 0 || (c->ip_year != 0 && c->ip_year < year) ||
	    *days_of(c, year - 1) < GO_ON)
		return false;
	return dice_hit(&s->d, c->ip_year == year ||
	    s->kind == KIND_DISEASE ? 90 : 60, 100);
}

static int
make_pool(struct series *s, int y, size_t *ret)
{
	struct claims *c = s->c;
	struct claim *end = c->claim + c->n;
	size_t n = 0;

	if (c->n - s->first > c->pool_room) {
		free(c->pool);
		c->pool_room = 2 * (c->n - s->first);
		c->pool = malloc(c->pool_room * sizeof *c->pool);
		if (c->pool == NULL) {
			c->pool_room = 0;
			return no_memory(s->err);
		}
	}
	for (struct claim *k = c->claim + s->first; k < end; k++)
		if (k->year >= YEAR_FIRST + y - 2 &&
		    goes_on(s, k, YEAR_FIRST + y))
			c->pool[n++] = k;
	*ret = n;
	return TAPR_OK;
}

static uint64_t
sum_days(struct claim *const *pool, size_t n, int year)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += *days_of(pool[i], year);
	return sum;
}

/* Stretches what was drawn towards ${total}, above the least of each. */
static void
stretch(const struct series *s, struct claim *const *pool, size_t n,
    int year, uint64_t total)
{
	uint64_t least = 0, sum;

	for (size_t i = 0; i < n; i++)
		least += least_days(s, pool[i], year);
	sum = sum_days(pool, n, year);
	if (sum <= least || total < least)
		return;
	for (size_t i = 0; i < n; i++) {
		uint32_t low = least_days(s, pool[i], year);
		uint32_t high = most_days(pool[i], year);
		uint64_t d = low + (*days_of(pool[i], year) - low) *
		    (total - least) / (sum - least);

		*days_of(pool[i], year) = (uint16_t)(d > high ? high : d);
	}
}

/* What is still missing or too much, one claim after the other. */
static uint64_t
settle(struct series *s, struct claim *const *pool, size_t n, int year,
    uint64_t total)
{
	uint64_t sum = sum_days(pool, n, year), d;
	size_t at = n == 0 ? 0 : dice_below(&s->d, (uint32_t)n);

	for (size_t i = 0; i < n && sum != total; i++) {
		struct claim *c = pool[(at + i) % n];
		uint16_t *days = days_of(c, year);
		uint32_t low = least_days(s, c, year);
		uint32_t high = most_days(c, year);

		if (sum < total && *days < high) {
			d = total - sum < high - *days ? total - sum :
			    high - *days;
			*days = (uint16_t)(*days + d);
			sum += d;
		} else if (sum > total && *days > low) {
			d = sum - total < *days - low ? sum - total :
			    *days - low;
			*days = (uint16_t)(*days - d);
			sum -= d;
		}
	}
	assert(sum <= total);
	return total - sum;
}

static int
stops(struct series *s, int y, uint64_t total)
{
	int year = YEAR_FIRST + y, rc;
	struct claim *old;
	uint64_t left;
	size_t n;

	if ((rc = make_pool(s, y, &n)) != TAPR_OK)
		return rc;
	for (size_t i = 0; i < n; i++) {
		struct claim *c = s->c->pool[i];
		uint32_t high = most_days(c, year), d = draw_days(s, c, year);

		*days_of(c, year) = (uint16_t)(d > high ? high : d);
	}
	for (int i = 0; i < 3; i++)
		stretch(s, s->c->pool, n, year, total);
	left = settle(s, s->c->pool, n, year, total);
	while (left > 0) {
		uint64_t d = left < YEAR_DAYS ? left : YEAR_DAYS;

		if ((rc = add_old(s, &old)) != TAPR_OK)
			return rc;
		*days_of(old, year) = (uint16_t)d;
		left -= d;
	}
	return TAPR_OK;
}

/* ---- series ------------------------------------------------------------- */

/* The causes of the claims that last, as many of each as the plan says. */
static void
give_causes(struct series *s, const uint64_t *cause)
{
	size_t at = s->of_year[YEARS - 1], end = s->c->n;

	for (int k = 0; k < CAUSES; k++)
		for (uint64_t n = cause[k]; n > 0 && at < end; at++)
			if (s->c->claim[at].year == YEAR_LAST &&
			    s->c->claim[at].lasting) {
				s->c->claim[at].cause = (uint8_t)k;
				n--;
			}
}

static int
add_year(struct series *s, int y, const struct counts *k)
{
	uint64_t new_claims = k->v[SHORT] + k->v[LONG];
	int rc = TAPR_OK;

	s->of_year[y] = s->c->n;
	for (uint64_t i = 0; i < new_claims && rc == TAPR_OK; i++) {
		rc = add(s->c, YEAR_FIRST + y, s->kind, s->disease, s->err);
		if (rc == TAPR_OK)
			s->c->claim[s->c->n - 1].lasting = i >= k->v[SHORT];
	}
	if (rc == TAPR_OK)
		rc = deaths(s, y, k->v[DEATHS]);
	if (rc == TAPR_OK)
		rc = permanent(s, y, k);
	return rc == TAPR_OK ? stops(s, y, k->v[DAYS]) : rc;
}

int
claims_add(struct claims *c, uint64_t seed, const struct counts counts[YEARS],
    enum kind kind, uint32_t disease, const uint64_t *cause, struct err *err)
{
	struct series s = { .c = c, .first = c->n, .kind = kind,
	    .disease = disease, .err = err,
	    .d = dice(seed, STREAM_SERIES, c->next) };
	int rc = TAPR_OK;

	for (int y = 0; y < YEARS && rc == TAPR_OK; y++)
		rc = add_year(&s, y, &counts[y]);
	if (rc == TAPR_OK && cause != NULL)
		give_causes(&s, cause);
	return rc;
}

int
claims_add_unpaid(struct claims *c, uint64_t seed, uint64_t settled,
    int year, struct err *err)
{
	struct dice d = dice(seed, STREAM_EXTRA, c->next);
	uint64_t n = settled * 14 / 100 + dice_hit(&d,
	    (uint32_t)(settled * 14 % 100), 100);
	int rc = TAPR_OK;

	for (; n > 0 && rc == TAPR_OK; n--) {
		uint32_t r = dice_below(&d, 100);
		struct claim *k;

		rc = add(c, year, dice_hit(&d, 1, 8) ? KIND_COMMUTING :
		    KIND_ACCIDENT, 0, err);
		if (rc != TAPR_OK)
			break;
		k = &c->claim[c->n - 1];
		k->fate = r < 60 ? FATE_CARE_ONLY : r < 90 ? FATE_REFUSED :
		    FATE_RELAPSE;
		if (year == YEAR_LAST && dice_hit(&d, 1, 6))
			k->fate = FATE_WAITING;
	}
	return rc;
}

/* ---- places ------------------------------------------------------------- */

static int32_t
first_day(int year)
{
	return date_to_days((struct date){ (int16_t)year, 1, 1 });
}

/* A claim of ${year} may have happened there, from November on. */
static bool
could_be(const struct estab *e, int year)
{
	return e->created < first_day(year) - 61 && (e->closed == 0 ||
	    e->closed >= first_day(year + 1));
}

/*
 * What draws claims: staff, at the frequency published for the fund and for
 * the size band of the NAF.
 */
static uint64_t
draws(const struct cell_of *cell, const struct estab *e)
{
	const struct fund *f = &cell->p->fund[e->fund];
	const struct size_shares *z = cell->of->sizes;
	uint64_t w = e->head, of_fund, of_size = 1000;

	of_fund = f->employees == 0 ? 26 : 1 + f->accidents * 1000 /
	    f->employees;
	if (z != NULL && z->employees[e->band] > 0) {
		of_size = (uint64_t)z->accidents[e->band] * 1000 /
		    z->employees[e->band];
		of_size = of_size < 200 ? 200 : of_size > 4000 ? 4000 :
		    of_size;
	}
	return w * of_fund * of_size / 1000;
}

/* The last establishment whose running weight starts at or below ${r}. */
static size_t
find(const uint64_t *run, size_t n, uint64_t r)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (run[mid] <= r)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static size_t
pick(const struct cell_of *cell, const uint64_t *run, const struct claim *c)
{
	struct dice d = dice(cell->seed, STREAM_PLACE, c->number);
	uint64_t sum = run[cell->n - 1];
	size_t at = 0;

	for (int tries = 0; tries < 24; tries++) {
		at = sum == 0 ? dice_below(&d, (uint32_t)cell->n) :
		    find(run, cell->n, dice_bits(&d) % sum);
		if (could_be(&cell->estab[at], c->year))
			return at;
	}
	for (size_t i = 0; i < cell->n; i++)
		if (could_be(&cell->estab[(at + i) % cell->n], c->year))
			return (at + i) % cell->n;
	/* Nobody lived then: this one did after all. */
	cell->estab[at].created = first_day(2010);
	cell->estab[at].taken_over = false;
	for (size_t i = 0; i < cell->n; i++)
		if (cell->estab[i].heir == at + 1)
			cell->estab[i].heir = 0;
	return at;
}

int
claims_place(struct claims *c, struct cell_of *cell, struct err *err)
{
	uint64_t run = 0;
	uint32_t *start;
	size_t at;

	free(c->by_estab);
	c->by_estab = malloc((c->n + 1) * sizeof *c->by_estab);
	start = calloc(cell->n + 2, sizeof *start);
	if (c->by_estab == NULL || start == NULL) {
		free(start);
		return no_memory(err);
	}
	for (size_t i = 0; i < cell->n; i++)
		cell->work[i] = run += draws(cell, &cell->estab[i]);
	for (size_t i = 0; i < c->n; i++) {
		at = pick(cell, cell->work, &c->claim[i]);
		c->claim[i].estab = (uint32_t)at;
		start[at + 1]++;
	}
	for (size_t i = 0; i < cell->n; i++)
		start[i + 1] += start[i];
	for (size_t i = 0; i < c->n; i++)
		c->by_estab[start[c->claim[i].estab]++] = (uint32_t)i;
	free(start);
	return TAPR_OK;
}

/* ---- dates -------------------------------------------------------------- */

static int32_t
later(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

static int32_t
sooner(int32_t a, int32_t b)
{
	return a < b ? a : b;
}

/*
 * When it happened, so that its first payment falls in the year it is first
 * settled.  A stop that goes on the next year runs to the end of its first;
 * one closed by an IP in the same year leaves time for it.
 */
static int32_t
happened(const struct claim *c, const struct estab *e, struct dice *d)
{
	int32_t first = first_day(c->year), last = first_day(c->year + 1) - 1;
	int32_t days = c->days[c->year - YEAR_OLD], from, to;
	bool disease = c->kind == KIND_DISEASE;

	from = disease ? first_day(c->year - 1) : first - 60;
	to = last - later(days + 12, disease ? 290 : 60) -
	    (c->ip_year == c->year || c->death_year == c->year ? 30 : 0);
	if (c->year < YEAR_LAST && c->days[c->year + 1 - YEAR_OLD] > 0)
		to = sooner(to, last - days);
	if (e->closed != 0)
		to = sooner(to, e->closed);
	from = sooner(later(from, e->created), to);
	return dice_between(d, from, to);
}

static void
pay_days(const struct claim *c, struct days *r, struct dice *d)
{
	int32_t next = r->occurred + 1;

	for (int y = 0; y <= YEARS; y++) {
		int32_t first = first_day(YEAR_OLD + y);
		int32_t last = first_day(YEAR_OLD + y + 1) - 1;
		int32_t n = c->days[y];

		if (n == 0)
			continue;
		/* It runs to the end of the year if it goes on in the next. */
		if (YEAR_OLD + y == c->year && y < YEARS &&
		    c->days[y + 1] > 0)
			next = last - n + 1;
		else if (YEAR_OLD + y > c->year)
			next = later(next, first);
		r->pay[y].from = next;
		r->pay[y].to = next + n - 1;
		r->pay[y].days = (uint32_t)n;
		r->pay[y].paid = sooner(last, later(first, later(r->pay[y].to,
		    r->recognised)) + dice_between(d, 1, 8));
		next += n;
	}
}

/* The last day paid up to the end of ${year}. */
static int32_t
last_paid(const struct days *r, int year)
{
	int32_t last = r->recognised;

	for (int y = 0; y <= year - YEAR_OLD; y++)
		last = later(last, r->pay[y].to);
	return later(last, first_day(year));
}

static void
end_dates(const struct claim *c, struct days *r, struct dice *d)
{
	int32_t from, last;

	if (c->ip_year != 0) {
		from = last_paid(r, c->ip_year) + 2;
		last = first_day(c->ip_year + 1) - 4;
		r->ip = dice_between(d, sooner(from, last), last);
		r->ip_paid = sooner(r->ip + dice_between(d, 1, 20), last + 3);
	}
	if (c->death_year != 0) {
		last = first_day(c->death_year + 1) - 4;
		if (c->death_year > c->year) {
			from = last_paid(r, c->death_year);
			r->death = dice_between(d, sooner(from, last - 40),
			    last - 40);
		} else {
			r->death = r->occurred;
			for (int y = 0; y <= YEARS; y++)
				r->death = later(r->death, r->pay[y].to);
		}
		from = later(later(r->death, r->recognised),
		    first_day(c->death_year));
		r->death_recognised = sooner(from + dice_between(d, 0, 20),
		    last);
		r->death_paid = r->death_recognised + 3;
	}
}

void
claims_dates(const struct claim *c, const struct estab *e, uint64_t seed,
    struct days *ret)
{
	struct dice d = dice(seed, STREAM_LIFE, c->number);
	bool disease = c->kind == KIND_DISEASE;
	int32_t instructed;

	memset(ret, 0, sizeof *ret);
	ret->occurred = happened(c, e, &d);
	ret->declared = ret->occurred + (disease ? dice_between(&d, 0, 60) :
	    dice_between(&d, 0, 3));
	ret->complete = ret->declared + dice_between(&d, 0, 10);
	instructed = disease ? dice_between(&d, 110, 200) :
	    dice_between(&d, 1, 30);
	switch (c->fate) {
	case FATE_REFUSED:
		ret->refused = ret->complete + instructed;
		return;
	case FATE_WAITING:
	case FATE_RELAPSE:
		return;
	default:
		ret->recognised = ret->complete + instructed;
	}
	pay_days(c, ret, &d);
	end_dates(c, ret, &d);
}
