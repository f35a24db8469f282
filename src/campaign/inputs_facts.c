/*
 * inputs_facts.c -- the facts of one section, as tariff/ needs them.
 *
 * The same facts would come from a FACTS.json: a test loads the golden cases
 * into a register and compares.
 */
#include <string.h>

#include "base/ids.h"
#include "campaign/inputs.h"

static struct frac
ten_thousandths(int32_t v)
{
	return frac_ratio(v, 10000);
}

static void
set_claim(const struct inputs *in, uint32_t i, struct claim *c)
{
	c->ref = in->text + in->claim_ref[i];
	c->kind = in->claim_kind[i];
	c->declared = date_of(in->claim_declared[i]);
	c->occurred = date_of(in->claim_occurred[i]);
	c->recognised = date_of(in->claim_recognised[i]);
	c->care = in->claim_care[i] != 0;
	c->stoppage_days = in->claim_days[i];
	c->ip_rate = in->claim_ip[i];
	c->ip_notified = date_of(in->claim_ip_notified[i]);
	c->death = date_of(in->claim_death[i]);
	c->death_recognised = date_of(in->claim_death_known[i]);
	c->third_party_share = ten_thousandths(in->claim_third[i]);
	c->charge = in->claim_charge[i];
	c->temp_role = in->claim_role[i];
}

/* The sections that are counted together: those of a single rate, or one. */
struct members {
	const uint32_t	*at;
	size_t		 n;
};

static struct members
members_of(const struct inputs *in, const uint32_t *i)
{
	uint32_t g = in->single[*i];

	if (g == NO_NUMBER)
		return (struct members){ i, 1 };
	return (struct members){ in->member + in->member_first[g],
		in->member_first[g + 1] - in->member_first[g] };
}

static bool
set_claims(const struct inputs *in, const struct members *m, struct arena *a,
    struct facts *f)
{
	struct claim *claim;
	size_t n = 0;

	for (size_t k = 0; k < m->n; k++)
		n += in->claim_first[m->at[k] + 1] - in->claim_first[m->at[k]];
	if (n == 0)
		return true;
	if ((claim = arena_array(a, n, sizeof *claim)) == NULL)
		return false;
	f->claim = claim;
	f->claims = n;
	for (size_t k = 0; k < m->n; k++)
		for (uint32_t c = in->claim_first[m->at[k]];
		    c < in->claim_first[m->at[k] + 1]; c++)
			set_claim(in, c, claim++);
	return true;
}

/* A year is known when it is for one of them; cents never overflow a sum. */
static bool
set_payroll(const struct inputs *in, const struct members *m, struct arena *a,
    struct facts *f)
{
	struct year_amount *at = arena_array(a, INPUTS_YEARS, sizeof *at);

	if (at == NULL)
		return false;
	f->payroll.at = at;
	for (int y = 0; y < INPUTS_YEARS; y++) {
		struct frac sum = frac_int(0);
		bool known = false;

		for (size_t k = 0; k < m->n; k++) {
			int64_t v = in->payroll[y][m->at[k]];

			if (v == NO_AMOUNT)
				continue;
			known = true;
			sum = m->n == 1 ? frac_cents((struct cents){ v }) :
			    frac_add(sum, frac_cents((struct cents){ v }));
		}
		if (known)
			at[f->payroll.n++] = (struct year_amount){
				(int)in->meta[META_FIRST_PAYROLL] + y, sum };
	}
	return true;
}

static bool
set_headcounts(const struct inputs *in, uint32_t firm, struct arena *a,
    struct facts *f)
{
	struct year_amount *at = arena_array(a, HEADCOUNT_YEARS, sizeof *at);

	if (at == NULL)
		return false;
	f->headcounts.at = at;
	for (int y = 0; y < HEADCOUNT_YEARS; y++)
		if (in->headcount[y][firm] != NO_AMOUNT)
			at[f->headcounts.n++] = (struct year_amount){
				(int)in->meta[META_FIRST_HEADCOUNT] + y,
				frac_ratio(in->headcount[y][firm],
				    HEADCOUNT_UNIT) };
	return true;
}

/*
 * The one rate that a firm with a single rate was notified the year before.  A
 * member that has joined since had another of its own, a collective one: it is
 * not what the single rate may move from.
 */
static void
set_single_previous(const struct inputs *in, const struct members *m,
    struct facts *f)
{
	for (size_t k = 0; k < m->n; k++) {
		uint32_t i = m->at[k];

		if (in->previous_rate[i] == NO_RATE ||
		    (in->previous_mode[i] != MODE_MIXED &&
		    in->previous_mode[i] != MODE_INDIVIDUAL))
			continue;
		f->has_previous = true;
		f->previous_rate = ten_thousandths(in->previous_rate[i]);
		f->previous_mode = in->previous_mode[i];
		return;
	}
}

/* D. 242-6-15: in its first year, a single rate follows its members' rates. */
static bool
set_single_rate(const struct inputs *in, uint64_t i, const struct members *m,
    struct arena *a, struct facts *f)
{
	struct member *at;

	if (in->single[i] == NO_NUMBER)
		return true;
	f->has_single_rate = true;
	f->single_first_year = in->first_year[i] != 0;
	if (!f->single_first_year) {
		set_single_previous(in, m, f);
		return true;
	}
	if ((at = arena_array(a, m->n, sizeof *at)) == NULL)
		return false;
	f->member = at;
	for (size_t k = 0; k < m->n; k++) {
		int64_t payroll = in->payroll[INPUTS_YEARS - 1][m->at[k]];

		if (in->previous_rate[m->at[k]] == NO_RATE)
			continue;
		at[f->members++] = (struct member){
			ten_thousandths(in->previous_rate[m->at[k]]),
			frac_cents((struct cents){ payroll == NO_AMOUNT ? 0 :
			payroll }) };
	}
	/* Nothing was notified to any of them: nothing to compare with. */
	f->single_first_year = f->members > 0;
	return true;
}

/* What it was made of: the base of the cap is their mean (N-55). */
static bool
set_merged(const struct inputs *in, uint64_t i, struct arena *a,
    struct facts *f)
{
	uint32_t first = in->merged_first[i];
	size_t n = in->merged_first[i + 1] - first;
	struct member *at;

	if (n == 0 || in->single[i] != NO_NUMBER)
		return true;
	if ((at = arena_array(a, n, sizeof *at)) == NULL)
		return false;
	for (size_t k = 0; k < n; k++)
		at[k] = (struct member){
			ten_thousandths(in->merged_rate[first + k]),
			frac_cents((struct cents){
			in->merged_payroll[first + k] }) };
	f->merged = at;
	f->mergeds = n;
	return true;
}

static bool
set_extras(const struct inputs *in, uint64_t i, struct arena *a,
    struct facts *f)
{
	uint32_t first = in->extra_first[i];
	size_t n = in->extra_first[i + 1] - first;
	struct supplementary *at;

	if (n == 0)
		return true;
	if ((at = arena_array(a, n, sizeof *at)) == NULL)
		return false;
	f->supplementary = at;
	f->supplementaries = n;
	for (size_t k = 0; k < n; k++)
		at[k] = (struct supplementary){ frac_ratio(
			in->extra_percent[first + k], 100),
			date_of(in->extra_from[first + k]),
			date_of(in->extra_until[first + k]) };
	return true;
}

static void
set_plain(const struct inputs *in, uint64_t i, struct facts *f)
{
	f->year = (int)in->meta[META_YEAR];
	f->zone = in->zone[i];
	(void)siret_text(in->siret[i], f->siret);
	memcpy(f->risk_code, in->risk_code + i * CODE_BYTES,
	    sizeof f->risk_code);
	f->ctn = in->ctn[i];
	f->btp_group = in->group_btp[i];
	f->created = date_of(in->created[i]);
	f->taken_over = in->taken_over[i] != 0;
	f->section = in->section[i];
	f->regime = in->regime[i];
	f->rebate = ten_thousandths(in->rebate[i]);
	f->has_previous = in->previous_rate[i] != NO_RATE &&
	    in->previous_mode[i] != MODE_NONE;
	if (f->has_previous) {
		f->previous_rate = ten_thousandths(in->previous_rate[i]);
		f->previous_mode = in->previous_mode[i];
	}
}

int
inputs_facts(const struct inputs *in, uint64_t i, struct arena *a,
    struct facts *ret, struct err *err)
{
	uint32_t self = (uint32_t)i;
	struct members m = members_of(in, &self);

	memset(ret, 0, sizeof *ret);
	set_plain(in, i, ret);
	if (!set_claims(in, &m, a, ret) || !set_payroll(in, &m, a, ret) ||
	    !set_headcounts(in, in->firm[i], a, ret) ||
	    !set_single_rate(in, i, &m, a, ret) ||
	    !set_merged(in, i, a, ret) ||
	    !set_extras(in, i, a, ret))
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	return TAPR_OK;
}
