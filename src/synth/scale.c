/*
 * scale.c -- the published figures at a share of the country.
 *
 * Order of the work
 *
 *	establishments	largest remainders over the cells
 *	cells without	hand what they hold to the cell of their CTN that has
 *			most establishments (not at share 1: what is published
 *			without an establishment stays so)
 *	the rest	largest remainders over the cells, each measure alone
 *	days, points	in proportion to the claims kept, then moved, by as
 *			little as it takes, to what these claims allow
 */
#include "synth/scale.h"

#include <stdlib.h>
#include <string.h>

#include "synth/apportion.h"

static int
no_memory(struct err *err)
{
	return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
}

/* ${n} * ${num} / ${den}, rounded half up. */
static uint64_t
part_of(uint64_t n, uint64_t num, uint64_t den)
{
	uint64_t rest, q;

	if (den == 0)
		return 0;
	q = mul_div(n, num, den, &rest);
	return q + (2 * rest >= den);
}

/* ---- days and points ---------------------------------------------------- */

/* The least and the most of measure ${m} that the claims of ${c} allow. */
static void
bounds(const struct counts *c, bool accident, enum measure m, uint64_t *low,
    uint64_t *high)
{
	const uint64_t *v = c->v;
	uint64_t settled;

	switch (m) {
	case POINTS_LOW:
		*low = v[IP_LOW];
		*high = 9 * v[IP_LOW];
		return;
	case POINTS_HIGH:
		*low = 10 * v[IP_HIGH];
		*high = 100 * v[IP_HIGH];
		return;
	default:
		/*
		 * A claim is first settled by a day of daily allowance, four
		 * for those of four days and more, unless a death, or for a
		 * disease an IP, is what settles it.
		 */
		settled = accident ? 4 * v[LONG] : v[LONG];
		*low = v[SHORT] > v[DEATHS] ? v[SHORT] - v[DEATHS] : 0;
		*low = accident ? *low + settled : settled > v[DEATHS] +
		    v[IP_LOW] + v[IP_HIGH] ? settled - v[DEATHS] - v[IP_LOW] -
		    v[IP_HIGH] : 0;
		/* Diseases last for years; claims of before bear some. */
		*high = (accident ? 250 : 900) * (v[SHORT] + v[LONG]);
	}
}

/*
 * Brings measure ${m} of each to its bounds, and the sum back to ${total} as
 * far as the bounds allow.  work: 2 * n numbers.
 */
static int
keep_bounds(struct counts *const *ret, size_t n, bool accident,
    enum measure m, uint64_t total, uint64_t *work, struct err *err)
{
	uint64_t low, high, sum = 0, room = 0, *share = work + n;
	bool raise;
	int rc;

	for (size_t i = 0; i < n; i++) {
		bounds(ret[i], accident, m, &low, &high);
		if (ret[i]->v[m] < low)
			ret[i]->v[m] = low;
		if (ret[i]->v[m] > high)
			ret[i]->v[m] = high;
		sum += ret[i]->v[m];
	}
	raise = sum < total;
	for (size_t i = 0; i < n; i++) {
		bounds(ret[i], accident, m, &low, &high);
		work[i] = raise ? high - ret[i]->v[m] : ret[i]->v[m] - low;
		room += work[i];
	}
	total = raise ? total - sum : sum - total;
	if (total > room)
		total = room;
	if ((rc = apportion(work, n, total, share, err)) != TAPR_OK)
		return rc;
	for (size_t i = 0; i < n; i++)
		ret[i]->v[m] = raise ? ret[i]->v[m] + share[i] :
		    ret[i]->v[m] - share[i];
	return TAPR_OK;
}

/* The claims that a sum goes with. */
static uint64_t
bearers(const struct counts *c, enum measure m)
{
	return m == POINTS_LOW ? c->v[IP_LOW] : m == POINTS_HIGH ?
	    c->v[IP_HIGH] : c->v[SHORT] + c->v[LONG];
}

static int
scale_sum(const struct counts *const *of, size_t n, bool accident,
    enum measure m, uint64_t total, struct counts *const *ret, uint64_t *work,
    struct err *err)
{
	uint64_t before, rest;
	int rc;

	for (size_t i = 0; i < n; i++) {
		before = bearers(of[i], m);
		work[i] = before == 0 ? 0 : mul_div(of[i]->v[m],
		    bearers(ret[i], m), before, &rest);
	}
	if ((rc = apportion(work, n, total, work + n, err)) != TAPR_OK)
		return rc;
	for (size_t i = 0; i < n; i++)
		ret[i]->v[m] = work[n + i];
	return keep_bounds(ret, n, accident, m, total, work, err);
}

int
scale_counts(const struct counts *const *of, size_t n, bool accident,
    uint32_t share, const struct national *year, const struct national *base,
    bool exact, struct counts *const *ret, struct err *err)
{
	const uint64_t num[MEASURES] = { year->settled, year->settled,
	    year->ip, year->ip, year->deaths, year->days, year->ip, year->ip };
	const uint64_t den[MEASURES] = { base->settled, base->settled,
	    base->ip, base->ip, base->deaths, base->days, base->ip, base->ip };
	uint64_t *work, total;
	int rc = TAPR_OK;

	if (exact) {
		for (size_t i = 0; i < n; i++)
			*ret[i] = *of[i];
		return TAPR_OK;
	}
	if ((work = calloc(2 * n + 1, sizeof *work)) == NULL)
		return no_memory(err);
	for (int m = 0; m < MEASURES && rc == TAPR_OK; m++) {
		total = 0;
		for (size_t i = 0; i < n; i++)
			total += work[i] = of[i]->v[m];
		total = part_of(part_of(total, num[m], den[m]), share,
		    SHARE_ONE);
		if (m >= DAYS) {
			rc = scale_sum(of, n, accident, (enum measure)m,
			    total, ret, work, err);
			continue;
		}
		rc = apportion(work, n, total, work + n, err);
		for (size_t i = 0; i < n && rc == TAPR_OK; i++)
			ret[i]->v[m] = work[n + i];
	}
	free(work);
	return rc;
}

/* ---- the plan ----------------------------------------------------------- */

struct making {
	const struct published *p;
	struct plan	*plan;
	uint32_t	 share;
	struct arena	*a;
	struct err	*err;
	size_t		*to;		/* where a cell's figures go */
	uint64_t	*weight, *part;	/* a number for each cell */
	uint64_t	*work;		/* two */
};

/* ${total} of the country over the cells, by ${weight}. */
static int
over_cells(struct making *k, uint64_t total)
{
	return apportion(k->weight, k->p->cells, part_of(total, k->share,
	    SHARE_ONE), k->part, k->err);
}

static int
establishments(struct making *k)
{
	const struct published *p = k->p;
	uint64_t total = 0;
	size_t best[26];
	int rc;

	for (size_t i = 0; i < p->cells; i++)
		total += k->weight[i] = p->cell[i].establishments;
	if ((rc = over_cells(k, total)) != TAPR_OK)
		return rc;
	for (size_t i = 0; i < 26; i++)
		best[i] = p->cells;
	for (size_t i = 0; i < p->cells; i++) {
		size_t *b = &best[p->cell[i].ctn - 'A'];

		k->plan->cell[i].establishments = k->part[i];
		if (k->part[i] > 0 && (*b == p->cells ||
		    k->part[i] > k->part[*b]))
			*b = i;
	}
	for (size_t i = 0; i < p->cells; i++) {
		k->to[i] = i;
		if (k->share == SHARE_ONE || k->part[i] > 0)
			continue;
		k->to[i] = best[p->cell[i].ctn - 'A'];
		if (k->to[i] == p->cells)
			return err_set(k->err, TAPR_EINVAL, "--share",
			    "part trop petite : il ne resterait aucun "
			    "établissement du CTN %c ; donnez au moins 0.001",
			    p->cell[i].ctn);
	}
	return TAPR_OK;
}

static int
staff(struct making *k)
{
	const struct published *p = k->p;
	int rc;

	for (int hours = 0; hours < 2; hours++) {
		uint64_t total = 0, n;

		memset(k->weight, 0, p->cells * sizeof *k->weight);
		for (size_t i = 0; i < p->cells; i++) {
			n = hours ? p->cell[i].hours : p->cell[i].employees;
			k->weight[k->to[i]] += n;
			total += n;
		}
		if ((rc = over_cells(k, total)) != TAPR_OK)
			return rc;
		for (size_t i = 0; i < p->cells; i++)
			if (hours)
				k->plan->cell[i].hours = k->part[i];
			else
				k->plan->cell[i].employees = k->part[i];
	}
	return TAPR_OK;
}

static void
add_counts(struct counts *to, const struct counts *more)
{
	for (int m = 0; m < MEASURES; m++)
		to->v[m] += more->v[m];
}

static int
accidents(struct making *k)
{
	const struct published *p = k->p;
	struct counts *merged = arena_array(k->a, p->cells, sizeof *merged);
	const struct counts **of = arena_array(k->a, p->cells, sizeof *of);
	struct counts **ret = arena_array(k->a, p->cells, sizeof *ret);
	int rc = TAPR_OK;

	if (merged == NULL || of == NULL || ret == NULL)
		return no_memory(k->err);
	for (size_t i = 0; i < p->cells; i++) {
		add_counts(&merged[k->to[i]], &p->cell[i].accidents);
		of[i] = &merged[i];
	}
	for (int y = 0; y < YEARS && rc == TAPR_OK; y++) {
		for (size_t i = 0; i < p->cells; i++)
			ret[i] = &k->plan->cell[i].accidents[y];
		rc = scale_counts(of, p->cells, true, k->share,
		    &p->accident[y], &p->accident[YEARS - 1],
		    y == YEARS - 1 && k->share == SHARE_ONE, ret, k->err);
	}
	return rc;
}

/*
 * Commuting accidents are published by NAF, region and nation, not by CTN: the
 * nation is the sum of its regions, and a cell gets the share of its employees
 * at the frequency of its NAF.  Short stops and IP split as those of work.
 */
static int
commuting(struct making *k)
{
	enum { USUAL = 4500 };		/* per million, where not published */
	const struct published *p = k->p;
	struct counts nation[YEARS] = { 0 }, work = { 0 };
	int rc = TAPR_OK;

	for (size_t i = 0; i < p->cells; i++)
		add_counts(&work, &p->cell[i].accidents);
	for (int y = 0; y < YEARS; y++) {
		const struct national *n = &p->commuting[y];
		uint64_t settled = 0, *v = nation[y].v;

		for (size_t i = 0; i < p->funds; i++)
			settled += p->fund[i].commuting[y];
		if (settled == 0)
			settled = n->settled;
		v[SHORT] = part_of(settled, work.v[SHORT], work.v[SHORT] +
		    work.v[LONG]);
		v[LONG] = settled - v[SHORT];
		v[IP_LOW] = part_of(n->ip, work.v[IP_LOW], work.v[IP_LOW] +
		    work.v[IP_HIGH]);
		v[IP_HIGH] = n->ip - v[IP_LOW];
		v[DEATHS] = n->deaths;
		v[DAYS] = n->days;
		v[POINTS_LOW] = part_of(v[IP_LOW], work.v[POINTS_LOW],
		    work.v[IP_LOW]);
		v[POINTS_HIGH] = part_of(v[IP_HIGH], work.v[POINTS_HIGH],
		    work.v[IP_HIGH]);
	}
	memset(k->weight, 0, p->cells * sizeof *k->weight);
	for (size_t i = 0; i < p->cells; i++)
		k->weight[k->to[i]] += p->cell[i].employees *
		    (p->cell[i].commuting > 0 ? p->cell[i].commuting : USUAL);
	for (int y = 0; y < YEARS && rc == TAPR_OK; y++) {
		struct counts **ret = arena_array(k->a, p->cells,
		    sizeof *ret);

		if (ret == NULL)
			return no_memory(k->err);
		for (size_t i = 0; i < p->cells; i++)
			ret[i] = &k->plan->cell[i].commuting[y];
		for (int m = 0; m < MEASURES && rc == TAPR_OK; m++) {
			rc = over_cells(k, nation[y].v[m]);
			for (size_t i = 0; i < p->cells; i++)
				ret[i]->v[m] = k->part[i];
			if (m >= DAYS && rc == TAPR_OK)
				rc = keep_bounds(ret, p->cells, true,
				    (enum measure)m, part_of(nation[y].v[m],
				    k->share, SHARE_ONE), k->work, k->err);
		}
	}
	return rc;
}

static int
causes(struct making *k)
{
	const struct published *p = k->p;
	int rc = TAPR_OK;

	for (int c = 0; c < CAUSES && rc == TAPR_OK; c++) {
		uint64_t total = 0;

		memset(k->weight, 0, p->cells * sizeof *k->weight);
		for (size_t i = 0; i < p->cells; i++) {
			k->weight[k->to[i]] += p->cell[i].cause[c];
			total += p->cell[i].cause[c];
		}
		rc = over_cells(k, total);
		for (size_t i = 0; i < p->cells && rc == TAPR_OK; i++)
			k->plan->cell[i].cause[c] = k->part[i];
	}
	return rc;
}

static int
by_cell(const void *va, const void *vb)
{
	const struct disease_plan *a = va, *b = vb;

	if (a->cell != b->cell)
		return a->cell < b->cell ? -1 : 1;
	return a->of < b->of ? -1 : a->of > b->of;
}

static int
diseases(struct making *k)
{
	const struct published *p = k->p;
	struct plan *plan = k->plan;
	const struct counts **of = arena_array(k->a, p->diseases, sizeof *of);
	struct counts **ret = arena_array(k->a, p->diseases, sizeof *ret);
	int rc = TAPR_OK;

	plan->diseases = p->diseases;
	plan->disease = arena_array(k->a, p->diseases, sizeof *plan->disease);
	if (of == NULL || ret == NULL || plan->disease == NULL)
		return no_memory(k->err);
	for (size_t i = 0; i < p->diseases; i++) {
		plan->disease[i].of = &p->disease[i];
		plan->disease[i].cell = p->disease[i].cell == SPECIAL ?
		    SPECIAL : k->to[p->disease[i].cell];
	}
	qsort(plan->disease, p->diseases, sizeof *plan->disease, by_cell);
	plan->first_special = p->diseases;
	for (size_t i = p->diseases; i-- > 0;) {
		struct disease_plan *d = &plan->disease[i];

		of[i] = &d->of->counts;
		if (d->cell == SPECIAL) {
			plan->first_special = i;
			continue;
		}
		plan->cell[d->cell].first_disease = i;
		plan->cell[d->cell].diseases++;
	}
	for (int y = 0; y < YEARS && rc == TAPR_OK; y++) {
		for (size_t i = 0; i < p->diseases; i++)
			ret[i] = &plan->disease[i].counts[y];
		rc = scale_counts(of, p->diseases, false, k->share,
		    &p->disease_year[y], &p->disease_year[YEARS - 1],
		    y == YEARS - 1 && k->share == SHARE_ONE, ret, k->err);
	}
	return rc;
}

int
plan_make(const struct published *p, uint32_t share, struct arena *a,
    struct plan *ret, struct err *err)
{
	struct making k = { .p = p, .plan = ret, .share = share, .a = a,
	    .err = err };
	static int (*const step[])(struct making *k) = { establishments,
	    staff, accidents, commuting, causes, diseases };
	int rc = TAPR_OK;

	*ret = (struct plan){ 0 };
	ret->cell = arena_array(a, p->cells, sizeof *ret->cell);
	k.to = arena_array(a, p->cells, sizeof *k.to);
	k.weight = arena_array(a, p->cells, sizeof *k.weight);
	k.part = arena_array(a, p->cells, sizeof *k.part);
	k.work = arena_array(a, 2 * p->cells, sizeof *k.work);
	if (arena_failed(a))
		return no_memory(err);
	for (size_t i = 0; i < sizeof step / sizeof *step && rc == TAPR_OK;
	    i++)
		rc = step[i](&k);
	return rc;
}
