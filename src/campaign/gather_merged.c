/*
 * gather_merged.c -- D. 242-6-15: « en cas [...] de regroupement de catégories
 * de risque », the cap starts from the rates of what was put together, weighted
 * by the payroll of the last known year.
 *
 * A section whose account followed to another one (merge, take-over with
 * continuity, a section that is no more) was notified a rate of its own for
 * the year before: that year alone the two have one to be weighted (N-55).
 */
#include <stdlib.h>
#include <string.h>

#include "campaign/gathering.h"

enum { FIRST_YEAR = 2014 };	/* décret 2013-1293 */

/* One thing that is known of one that follows. */
struct merging_row {
	uint64_t	siret;
	int64_t		payroll;	/* to add */
	uint32_t	section, order;
	int32_t		rate;		/* NO_RATE: not told here */
	uint8_t		from, mode;
};

static int
add(struct gathering *g, int64_t section, struct merging_row row)
{
	struct merging_row *m;

	if (section < 0 || g->about->year < FIRST_YEAR)
		return TAPR_OK;
	g->merging.size = sizeof *m;
	if ((m = list_add(g, &g->merging)) == NULL)
		return TAPR_EIO;
	*m = row;
	m->section = (uint32_t)section;
	m->order = (uint32_t)g->merging.n;
	return TAPR_OK;
}

int
gathering_merge_pay(struct gathering *g, int64_t section, uint64_t siret,
    uint8_t from, int64_t cents)
{
	return add(g, section, (struct merging_row){ .siret = siret,
	    .from = from, .payroll = cents, .rate = NO_RATE });
}

int
gathering_merge_rate(struct gathering *g, int64_t section, uint64_t siret,
    uint8_t from, int32_t rate, uint8_t mode)
{
	return add(g, section, (struct merging_row){ .siret = siret,
	    .from = from, .rate = rate, .mode = mode });
}

static int
by_origin(const void *a, const void *b)
{
	const struct merging_row *x = a, *y = b;

	if (x->section != y->section)
		return x->section < y->section ? -1 : 1;
	if (x->siret != y->siret)
		return x->siret < y->siret ? -1 : 1;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

static bool
same_origin(const struct merging_row *x, const struct merging_row *y)
{
	return x->section == y->section && x->siret == y->siret &&
	    x->from == y->from;
}

/* One row an origin: its payroll added up, its last rate. */
static size_t
fold(struct merging_row *m, size_t n)
{
	size_t to = 0;

	for (size_t i = 0; i < n; i++) {
		if (to > 0 && same_origin(&m[to - 1], &m[i])) {
			m[to - 1].payroll += m[i].payroll;
			if (m[i].rate != NO_RATE) {
				m[to - 1].rate = m[i].rate;
				m[to - 1].mode = m[i].mode;
			}
		} else
			m[to++] = m[i];
	}
	return to;
}

/* Where the columns are written. */
struct columns {
	int32_t		*rate;
	int64_t		*payroll;
	uint32_t	 n;
};

static void
put(struct columns *c, int32_t rate, int64_t payroll)
{
	c->rate[c->n] = rate;
	c->payroll[c->n++] = payroll;
}

/* The mean as the rate of the year before, for who reads the columns alone. */
static void
set_mean(struct section_row *s, const struct columns *c, uint32_t first)
{
	struct frac sum = frac_int(0), payroll = frac_int(0);
	int64_t v;

	for (uint32_t i = first; i < c->n; i++) {
		struct frac p = frac_int(c->payroll[i]);

		payroll = frac_add(payroll, p);
		sum = frac_add(sum, frac_mul(p, frac_int(c->rate[i])));
	}
	if (frac_scaled(frac_round(frac_div(sum, payroll), 0, ROUND_HALF_UP),
	    0, &v) && v <= INT32_MAX)
		s->previous_rate = (int32_t)v;
}

/* The members of a section, its own rate first; none when there is no base. */
static void
one_section(struct section_row *s, const struct merging_row *m, size_t n,
    struct columns *c)
{
	int64_t own = s->payroll[INPUTS_YEARS - 1], all = 0;
	uint32_t first = c->n;
	bool rated = false;

	if (own == NO_AMOUNT)
		own = 0;
	for (size_t i = 0; i < n; i++) {
		own -= m[i].payroll;
		rated |= m[i].rate != NO_RATE;
	}
	if (!rated || s->single_now || own < 0 ||
	    s->payroll[INPUTS_YEARS - 1] == 0)
		return;
	if (s->previous_rate != NO_RATE)
		put(c, s->previous_rate, own);
	for (size_t i = 0; i < n; i++) {
		if (m[i].rate == NO_RATE)
			continue;
		put(c, m[i].rate, m[i].payroll);
		if (s->previous_mode == MODE_NONE ||
		    s->previous_mode == MODE_COLLECTIVE)
			s->previous_mode = m[i].mode;
	}
	for (uint32_t i = first; i < c->n; i++)
		all += c->payroll[i];
	if (all == 0)
		c->n = first;
	else
		set_mean(s, c, first);
}

int
gathering_merged(struct gathering *g, struct inputs *in)
{
	struct merging_row *m = g->merging.at;
	size_t n = g->merging.n, k = 0, rows;
	uint32_t *first = arena_array(g->a, g->sections.n + 1, sizeof *first);
	struct columns c = { 0 };

	if (n > 0)
		qsort(m, n, sizeof *m, by_origin);
	rows = fold(m, n);
	c.rate = arena_array(g->a, 2 * rows + 1, sizeof *c.rate);
	c.payroll = arena_array(g->a, 2 * rows + 1, sizeof *c.payroll);
	if (arena_failed(g->a))
		return err_set(g->err, TAPR_EIO, NULL, "mémoire insuffisante");
	for (size_t i = 0; i < g->sections.n; i++) {
		size_t end = k;

		first[i] = c.n;
		while (end < rows && m[end].section == i)
			end++;
		if (end > k)
			one_section(gathering_section(g, i), &m[k], end - k,
			    &c);
		k = end;
	}
	first[g->sections.n] = c.n;
	in->mergeds = c.n;
	in->merged_first = first;
	in->merged_rate = c.rate;
	in->merged_payroll = c.payroll;
	return TAPR_OK;
}
