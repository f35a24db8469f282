/*
 * explain.c -- the additive attribution of a change of rate.
 *
 * The old rate is turned into the new one by replacing its inputs one after
 * the other, always in the same order; what each replacement moves is its
 * part.  The parts therefore sum to the difference exactly, whatever the
 * order; the order is the one in which the sheet itself is read, and in which
 * every step needs nothing that is not on one of the two sheets:
 *
 *	claims out	lines that left, at the old costs
 *	average costs	lines on both sheets, from the old to the new cost
 *	claims in	lines that came, at the new costs
 *	payroll		the denominator
 *	majorations	gross to net
 *	mode		what changing between collective, mixed, individual does
 *	collective	the published rate
 *	headcount	the fraction
 *	cap		what the limits took or gave, new less old
 *	other		rebate, ceilings and the rest; zero in ordinary cases
 *
 * A line whose category or share changed left as the old one and came as the
 * new one.  docs/decisions/0004 argues the choice against Shapley values.
 */
#include "tariff/explain.h"

#include <string.h>

#include "tariff/mixed.h"
#include "tariff/net.h"
#include "tariff/rate.h"

/* What an uncapped rate is made of. */
struct state {
	enum mode	mode;
	struct frac	value, payroll;
	struct majorations majorations;
	struct frac	fraction, collective, rebate;
};

static struct state
state_of(const struct answer *a)
{
	struct state s = { .mode = a->mode, .value = a->risk_value.exact,
		.payroll = a->payroll.exact, .fraction = frac_int(1),
		.collective = frac_int(0), .rebate = frac_int(0) };

	for (int i = 0; i < MAJORATIONS; i++)
		s.majorations.counted[i] = a->majoration[i].exact;
	net_load(&s.majorations);
	if (a->fraction.known)
		s.fraction = a->fraction.exact;
	if (a->collective.known)
		s.collective = a->collective.exact;
	if (a->mode != MODE_INDIVIDUAL)
		s.rebate = a->facts->rebate;
	return s;
}

static struct frac
evaluate(const struct state *s)
{
	if (s->mode == MODE_COLLECTIVE)
		return mixed_rate(frac_int(0), frac_int(0), s->collective,
		    s->rebate);
	return mixed_rate(s->fraction, net_rate(frac_div(frac_mul(
	    frac_int(100), s->value), s->payroll), &s->majorations),
	    s->collective, s->rebate);
}

/* One replacement: what moved from ${s} to ${next} is the part's. */
static void
move(struct attribution *att, enum part_id part, struct state *s,
    const struct state *next)
{
	att->part[part] = frac_add(att->part[part],
	    frac_sub(evaluate(next), evaluate(s)));
	*s = *next;
}

static bool
same_line(const struct charged_line *a, const struct charged_line *b)
{
	return a->category == b->category && a->year == b->year &&
	    frac_cmp(a->share, b->share) == 0 &&
	    strcmp(a->claim->ref, b->claim->ref) == 0;
}

static const struct charged_line *
find_line(const struct answer *a, const struct charged_line *l)
{
	for (size_t i = 0; i < a->lines; i++)
		if (same_line(&a->line[i], l))
			return &a->line[i];
	return NULL;
}

struct values {
	struct frac	kept_old, kept_new;	/* lines on both sheets */
};

static struct values
compare_lines(const struct answer *from, const struct answer *to)
{
	struct values v = { frac_int(0), frac_int(0) };

	for (size_t i = 0; i < from->lines; i++) {
		const struct charged_line *l = find_line(to, &from->line[i]);

		if (l == NULL)
			continue;
		v.kept_old = frac_add(v.kept_old, from->line[i].amount);
		v.kept_new = frac_add(v.kept_new, l->amount);
	}
	return v;
}

static void
own_results(struct attribution *att, struct state *s, const struct state *to)
{
	struct values v = compare_lines(&att->from, &att->to);
	struct state next = *s;

	next.value = v.kept_old;
	move(att, PART_CLAIMS_OUT, s, &next);
	next.value = v.kept_new;
	move(att, PART_AVERAGE_COSTS, s, &next);
	next.value = to->value;
	move(att, PART_CLAIMS_IN, s, &next);
	next.payroll = to->payroll;
	move(att, PART_PAYROLL, s, &next);
	next.majorations = to->majorations;
	move(att, PART_MAJORATIONS, s, &next);
}

/*
 * The change of mode is measured with the inputs that both modes know: a
 * collective rate of the old year where the old sheet has one, else of the
 * new.
 */
static void
change_mode(struct attribution *att, struct state *s, const struct state *to)
{
	struct state next = *to;

	if (att->from.collective.known)
		next.collective = s->collective;
	next.rebate = s->mode == MODE_INDIVIDUAL ? to->rebate : s->rebate;
	move(att, PART_MODE, s, &next);
}

/* What the collective rate and the fraction do within one mode. */
static void
common_part(struct attribution *att, struct state *s, const struct state *to)
{
	struct state next = *s;

	next.collective = to->collective;
	move(att, PART_COLLECTIVE, s, &next);
	next.fraction = to->fraction;
	move(att, PART_HEADCOUNT, s, &next);
}

static int
both(const struct law *law, const struct facts *from, const struct facts *to,
    struct arena *arena, struct attribution *att, struct err *err)
{
	int rc;

	if ((rc = rate_compute(law, from, arena, true, &att->from, err)) !=
	    TAPR_OK)
		return err_note(err, rc, "premier document");
	if ((rc = rate_compute(law, to, arena, true, &att->to, err)) !=
	    TAPR_OK)
		return err_note(err, rc, "second document");
	return TAPR_OK;
}

int
explain_change(const struct law *law, const struct facts *from,
    const struct facts *to, struct arena *arena, struct attribution *ret,
    struct err *err)
{
	struct state s, next;
	struct frac rest;
	int rc;

	memset(ret, 0, sizeof *ret);
	for (int i = 0; i < PARTS; i++)
		ret->part[i] = frac_int(0);
	if ((rc = both(law, from, to, arena, ret, err)) != TAPR_OK)
		return rc;
	s = state_of(&ret->from);
	next = state_of(&ret->to);
	if (ret->from.gross.known && ret->to.gross.known)
		own_results(ret, &s, &next);
	if (s.mode != next.mode)
		change_mode(ret, &s, &next);
	common_part(ret, &s, &next);
	ret->part[PART_CAP] = frac_sub(
	    frac_sub(ret->to.capped, ret->to.computed),
	    frac_sub(ret->from.capped, ret->from.computed));
	ret->difference = frac_sub(ret->to.notified, ret->from.notified);
	rest = ret->difference;
	for (int i = 0; i < PARTS; i++)
		rest = frac_sub(rest, ret->part[i]);
	ret->part[PART_OTHER] = rest;
	if (!frac_valid(rest))
		return err_set(err, TAPR_ERANGE, NULL,
		    "les nombres sont trop grands pour attribuer la "
		    "différence exactement");
	return TAPR_OK;
}
