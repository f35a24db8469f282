/*
 * relation_gather.c -- the relation of a fund, from its register.
 *
 * Every establishment that had a payroll in one of the three years counts,
 * closed or not, with the code it had that year: what it paid and what its
 * claims cost go to the same code (N-50).  Costs are those of the year: paid,
 * annuity notified, death recognised.  Adds up here, row by row, never in SQL.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "campaign/desk.h"
#include "campaign/gathering.h"
#include "campaign/relation.h"
#include "doc/fmt.h"
#include "model/words.h"
#include "store/batch.h"
#include "tariff/charge.h"
#include "tariff/mode.h"

enum { HIGH_IP = 10 };		/* from here on an annuity, no capital */

/* The code of a section in a year: the one its payroll was paid under. */
struct paid_row {
	uint64_t	siret;
	int		year;
	uint8_t		section, zone;
	char		ctn, code[CODE_BYTES];
};

struct class_row {
	uint64_t	siret;
	uint32_t	from;
	uint8_t		section;
	char		ctn, code[CODE_BYTES];
};

struct place_row { uint64_t siret; uint8_t zone; };

struct cost_claim {
	const char	*id;
	uint64_t	 siret, user, agency;
	struct claim	 claim;		/* charge: its own account */
	enum section	 section;
	bool		 counts, special;
	bool		 capital;	/* one was paid */
	int64_t		 annuity;	/* cents a year */
};

struct tally {
	struct gathering g;		/* first: what takes a row finds us */
	struct desk	*d;
	struct relation	*to;
	struct str	*missing;
	struct list	 paid, classes, places, claims;
};

static struct tally *
tally_of(struct gathering *g)
{
	return (struct tally *)(void *)g;
}

static int
no_memory(struct tally *t)
{
	return err_set(t->g.err, TAPR_EIO, NULL, "mémoire insuffisante");
}

static struct date
day(const struct value *v)
{
	return value_to_date(v);
}

static bool
in_years(const struct tally *t, int year)
{
	return year >= t->g.first_payroll && year <= t->g.last_payroll;
}

/* ---- what sections are -------------------------------------------------------------- */

static enum section
section_of(const struct value *v)
{
	int word = word_of(section_words, value_or_empty(v));

	return word < 0 ? SECTION_MAIN : (enum section)word;
}

/* The first element of ${l} that is not before ${siret}, which comes first. */
static size_t
from_siret(const struct list *l, uint64_t siret)
{
	size_t from = 0, to = l->n;

	while (from < to) {
		size_t mid = from + (to - from) / 2;
		uint64_t at;

		memcpy(&at, (const char *)l->at + mid * l->size, sizeof at);
		if (at < siret)
			from = mid + 1;
		else
			to = mid;
	}
	return from;
}

static int
take_class(struct gathering *g, const struct row *row)
{
	const struct value *v = row->value;
	const char *code = value_or_empty(&v[CLASS_RISK_CODE]);
	struct class_row *c;

	if (row->damaged || strlen(code) >= CODE_BYTES)
		return TAPR_OK;
	if ((c = list_add(g, &tally_of(g)->classes)) == NULL)
		return TAPR_EIO;
	c->siret = siret_of(&v[CLASS_SIRET]);
	c->from = (uint32_t)value_or(&v[CLASS_FROM_ON], 0);
	c->section = (uint8_t)section_of(&v[CLASS_SECTION]);
	c->ctn = value_or_empty(&v[CLASS_CTN])[0];
	memcpy(c->code, code, strlen(code));
	return TAPR_OK;
}

static int
take_place(struct gathering *g, const struct row *row)
{
	struct place_row *p;

	if (row->damaged)
		return TAPR_OK;
	if ((p = list_add(g, &tally_of(g)->places)) == NULL)
		return TAPR_EIO;
	p->siret = siret_of(&row->value[EST_SIRET]);
	p->zone = gathering_zone(g, value_or_empty(&row->value[EST_COMMUNE]));
	return TAPR_OK;
}

/* The classification of a section on the last day of a year; NULL: none. */
static const struct class_row *
class_of(const struct tally *t, uint64_t siret, enum section section,
    int year)
{
	const struct class_row *c = t->classes.at, *found = NULL;
	uint32_t end = (uint32_t)year * 10000 + 1231;

	for (size_t i = from_siret(&t->classes, siret); i < t->classes.n &&
	    c[i].siret == siret; i++)
		if (c[i].section == section && c[i].from <= end &&
		    (found == NULL || found->from <= c[i].from))
			found = &c[i];
	return found;
}

static uint8_t
zone_of(const struct tally *t, uint64_t siret)
{
	const struct place_row *p = t->places.at;
	size_t i = from_siret(&t->places, siret);

	return i < t->places.n && p[i].siret == siret ? p[i].zone :
	    (uint8_t)t->g.about->zone;
}

/*
 * The code and CTN that a section counts under: the published one of support
 * staff (N-12); else its own, in the CTN of the tariff.
 */
static void
set_code(const struct tally *t, struct paid_row *m, const char *code, char ctn)
{
	const struct law_row *row = law_find(t->g.about->law, "risk_codes",
	    LAW_KEYS(code), t->g.on);

	if (row != NULL && strlen(row->value) == 1)
		ctn = row->value[0];
	if (ctn < 'A' || ctn > 'I')
		ctn = '-';
	if (m->section == SECTION_SUPPORT) {
		code = ctn == 'B' ? "0000A" : "0000B";
		ctn = ctn == 'B' ? 'B' : '-';
	}
	m->ctn = ctn;
	for (size_t i = 0; i < CODE_BYTES - 1 && code[i] != '\0'; i++)
		m->code[i] = code[i];
}

/* ---- payroll -------------------------------------------------------------------------- */

static bool
add_up(int64_t *to, int64_t more)
{
	if (more < 0 || *to > INT64_MAX - more)
		return false;
	*to += more;
	return true;
}

static int
take_payroll(struct gathering *g, const struct row *row)
{
	const struct value *v = row->value;
	struct tally *t = tally_of(g);
	const struct class_row *c;
	struct relation_row *to;
	struct paid_row *m;

	if (row->damaged)
		return TAPR_OK;
	if ((m = list_add(g, &t->paid)) == NULL)
		return TAPR_EIO;
	m->siret = siret_of(&v[PAY_SIRET]);
	m->year = (int)value_or(&v[PAY_YEAR], 0);
	m->section = (uint8_t)section_of(&v[PAY_SECTION]);
	m->zone = zone_of(t, m->siret);
	c = class_of(t, m->siret, (enum section)m->section, m->year);
	set_code(t, m, value_or_empty(&v[PAY_RISK_CODE]),
	    c == NULL ? '-' : c->ctn);
	to = relation_row(t->to, (enum zone)m->zone, m->ctn, m->code, m->year);
	if (to == NULL)
		return no_memory(t);
	to->sections++;
	if (v[PAY_HEADCOUNT].kind == VALUE_NULL)
		to->employees_missing++;
	if (!add_up(&to->employees, value_or(&v[PAY_HEADCOUNT], 0)) ||
	    !add_up(&to->payroll, value_or(&v[PAY_CENTS], 0)))
		return err_set(g->err, TAPR_ERANGE, to->code, "une masse "
		    "salariale ou un effectif de %d est négatif, ou leur "
		    "somme trop grande", to->year);
	return TAPR_OK;
}

static int
by_paid(const void *a, const void *b)
{
	const struct paid_row *x = a, *y = b;

	if (x->siret != y->siret)
		return x->siret < y->siret ? -1 : 1;
	if (x->section != y->section)
		return x->section < y->section ? -1 : 1;
	return (x->year > y->year) - (x->year < y->year);
}

static bool
find_paid(const struct tally *t, uint64_t siret, enum section section,
    int year, struct paid_row *ret)
{
	struct paid_row key = { .siret = siret, .year = year,
	    .section = (uint8_t)section, .zone = zone_of(t, siret) };
	const struct paid_row *m = t->paid.n == 0 ? NULL : bsearch(&key,
	    t->paid.at, t->paid.n, sizeof key, by_paid);
	const struct class_row *c;

	if (m != NULL) {
		*ret = *m;
		return true;
	}
	if ((c = class_of(t, siret, section, year)) == NULL)
		return false;
	set_code(t, &key, c->code, c->ctn);
	*ret = key;
	return true;
}

/* Where the costs of a section go; the row of nobody when it is not here. */
static struct relation_row *
row_of(struct tally *t, uint64_t siret, enum section section, int year)
{
	struct paid_row m;

	if (find_paid(t, siret, section, year, &m) ||
	    (section != SECTION_MAIN &&
	    find_paid(t, siret, SECTION_MAIN, year, &m)))
		return relation_row(t->to, (enum zone)m.zone, m.ctn, m.code,
		    year);
	return relation_row(t->to, t->g.about->zone, '-', RELATION_NOWHERE,
	    year);
}

/* ---- costs ---------------------------------------------------------------------------- */

static int
bear(struct tally *t, const struct cost_claim *c, uint64_t siret,
    enum section section, enum nature nature, int year, struct frac amount)
{
	struct relation_row *to = row_of(t, siret, section, year);
	struct frac third = frac_mul(amount, c->claim.third_party_share);

	if (to == NULL)
		return no_memory(t);
	to->cost[PART_ALL][nature] = frac_add(to->cost[PART_ALL][nature],
	    amount);
	to->cost[PART_THIRD][nature] = frac_add(to->cost[PART_THIRD][nature],
	    third);
	if (c->special)
		to->cost[PART_SPECIAL][nature] = frac_add(
		    to->cost[PART_SPECIAL][nature], frac_sub(amount, third));
	return TAPR_OK;
}

/* R. 242-6-1: the agency and the user each bear their part. */
static int
charge(struct tally *t, const struct cost_claim *c, enum nature nature,
    int year, struct frac amount)
{
	static const enum cost_category category[NATURES] = { COST_IT1,
		COST_IP1, COST_IP2, COST_IP4 };
	static const enum temp_role role[] = { TEMP_AGENCY, TEMP_USER };
	uint64_t borne[2] = { c->agency, c->user };
	struct temp_share share;
	int rc;

	if (c->user == 0 && c->agency == 0)
		return bear(t, c, c->siret, c->section, nature, year, amount);
	for (int i = 0; i < 2; i++) {
		uint64_t siret = borne[i] == 0 ? c->siret : borne[i];

		if ((rc = temp_work_share(t->g.about->law, t->g.on, year,
		    category[nature], role[i], &share, t->g.err)) != TAPR_OK)
			return rc;
		if (!frac_is_zero(share.share) && (rc = bear(t, c, siret,
		    siret == c->siret ? c->section : SECTION_MAIN, nature,
		    year, frac_mul(amount, share.share))) != TAPR_OK)
			return rc;
	}
	return TAPR_OK;
}

/* ---- claims --------------------------------------------------------------------------- */

static bool
read_claim(struct tally *t, const struct value *v, struct cost_claim *c)
{
	int kind = word_of(kind_words, value_or_empty(&v[CLAIM_KIND]));
	int charge = word_of(charge_words, value_or_empty(&v[CLAIM_CHARGE]));
	bool refused = value_or(&v[CLAIM_REFUSED_ON], 0) != 0 &&
	    value_or(&v[CLAIM_REFUSED_ON], 0) >=
	    value_or(&v[CLAIM_RECOGNISED_ON], 0);

	if (kind < 0 || charge < 0)
		return false;
	c->siret = siret_of(&v[CLAIM_SIRET]);
	c->user = siret_of(&v[CLAIM_USER_SIRET]);
	c->agency = siret_of(&v[CLAIM_AGENCY_SIRET]);
	c->section = section_of(&v[CLAIM_SECTION]);
	c->special = charge == CHARGE_SPECIAL_ACCOUNT;
	c->claim = (struct claim){
		.kind = (enum claim_kind)kind,
		.recognised = refused ? DATE_NONE :
		    day(&v[CLAIM_RECOGNISED_ON]),
		.ip_rate = (int)value_or(&v[CLAIM_IP_RATE], -1),
		.ip_notified = day(&v[CLAIM_IP_NOTIFIED_ON]),
		.death = day(&v[CLAIM_DEATH_ON]),
		.death_recognised = day(&v[CLAIM_DEATH_RECOGNISED_ON]),
		.third_party_share = frac_ratio(
		    value_or(&v[CLAIM_THIRD_PARTY_SHARE], 0), 10000),
		/* Only terrorism leaves the collective value (N-51). */
		.charge = charge == CHARGE_TERRORISM ? CHARGE_TERRORISM :
		    CHARGE_OWN,
	};
	c->counts = charge_excluded(t->g.about->law,
	    (enum zone)zone_of(t, c->siret), &c->claim, t->g.on) == NULL;
	return true;
}

static int
take_claim(struct gathering *g, const struct row *row)
{
	struct tally *t = tally_of(g);
	struct cost_claim *c;

	if (row->damaged)
		return TAPR_OK;
	if ((c = list_add(g, &t->claims)) == NULL)
		return TAPR_EIO;
	c->id = arena_strdup(g->a, value_or_empty(&row->value[CLAIM_ID]));
	if (c->id == NULL)
		return no_memory(t);
	return read_claim(t, row->value, c) ? TAPR_OK : err_set(g->err,
	    TAPR_EIO, "claim", "un sinistre est d'une nature ou d'une "
	    "imputation inconnue de ce programme");
}

static int
by_id(const void *a, const void *b)
{
	const struct cost_claim *x = a, *y = b;

	return strcmp(x->id, y->id);
}

static struct cost_claim *
claim_of(struct tally *t, const char *id)
{
	struct cost_claim key = { .id = id };

	return t->claims.n == 0 ? NULL : bsearch(&key, t->claims.at,
	    t->claims.n, sizeof key, by_id);
}

/* ---- benefits -------------------------------------------------------------------------- */

/* An annuity is worth its year at its notification: arrears are not added. */
static int
take_benefit(struct gathering *g, const struct row *row)
{
	static const char *const words[] = { "care", "daily_allowance",
		"death", "capital", "annual_annuity", "pension", NULL };
	enum { CAPITAL = 3, ANNUITY, PENSION };
	const struct value *v = row->value;
	struct tally *t = tally_of(g);
	int nature = word_of(words, value_or_empty(&v[BENEFIT_NATURE]));
	int64_t cents = value_or(&v[BENEFIT_CENTS], 0);
	struct cost_claim *c;

	if (row->damaged)
		return TAPR_OK;
	if ((c = claim_of(t, value_or_empty(&v[BENEFIT_CLAIM_ID]))) == NULL)
		return err_set(g->err, TAPR_EIO, "benefit", "une prestation "
		    "est sans sinistre ; restaurez une sauvegarde");
	if (nature < 0)
		return err_set(g->err, TAPR_EIO, "benefit", "une prestation "
		    "est d'une nature inconnue de ce programme");
	if (nature == ANNUITY && cents > -INT64_MAX / 2 &&
	    cents < INT64_MAX / 2 && c->annuity > -INT64_MAX / 2 &&
	    c->annuity < INT64_MAX / 2)
		c->annuity += cents;
	if (!c->counts || nature >= ANNUITY)
		return TAPR_OK;
	c->capital |= nature == CAPITAL;
	return charge(t, c, nature == CAPITAL ? NATURE_CAPITALS :
	    NATURE_BENEFITS, (int)value_or(&v[BENEFIT_YEAR], 0),
	    frac_cents((struct cents){ cents }));
}

static void
say_missing(struct tally *t, const struct cost_claim *c, const char *what)
{
	str_printf(t->missing, "  sinistre %s : IP de %d %% notifiée le %s, "
	    "%s\n", c->id, c->claim.ip_rate,
	    fmt_day(c->claim.ip_notified).text, what);
}

/* The annuity that a notification opens, or that nobody told us. */
static int
annuity(struct tally *t, const struct cost_claim *c)
{
	int year = c->claim.ip_notified.y;
	struct relation_row *to = row_of(t, c->siret, c->section, year);

	if (to == NULL)
		return no_memory(t);
	if (c->claim.ip_rate < HIGH_IP) {
		if (c->capital || c->claim.ip_rate == 0)
			return TAPR_OK;
		to->capitals_missing++;
		say_missing(t, c, "sans indemnité en capital versée dans ces "
		    "années");
		return TAPR_OK;
	}
	to->annuities++;
	if (c->annuity > 0)
		return charge(t, c, NATURE_ANNUITIES, year,
		    frac_cents((struct cents){ c->annuity }));
	to->annuities_missing++;
	say_missing(t, c, "sans montant annuel de la rente (prestation de "
	    "nature annual_annuity)");
	return TAPR_OK;
}

static int
incapacities(struct tally *t)
{
	struct cost_claim *c = t->claims.at;
	enum line_kind kind;
	int rc = TAPR_OK;

	for (size_t i = 0; i < t->claims.n && rc == TAPR_OK; i++) {
		bool counted = false;

		if (!c[i].counts || !charge_ip_kind(&c[i].claim, &kind))
			continue;
		if (kind == LINE_IP && in_years(t, c[i].claim.ip_notified.y)) {
			counted = true;
			rc = annuity(t, &c[i]);
		} else if (kind == LINE_DEATH &&
		    in_years(t, c[i].claim.death_recognised.y))
			rc = charge(t, &c[i], NATURE_DEATHS,
			    c[i].claim.death_recognised.y, frac_int(1));
		if (!counted && c[i].annuity != 0)
			str_printf(t->missing, "  sinistre %s : un montant "
			    "annuel de rente, sans IP notifiée dans ces années "
			    "; laissé de côté\n", c[i].id);
	}
	return rc;
}

/* ---- driving ---------------------------------------------------------------------------- */

static int
read_all(struct tally *t)
{
	struct gathering *g = &t->g;
	struct value year;
	int rc;

	if ((rc = gathering_rows(g, TABLE_CLASSIFICATION, NULL, 0,
	    CLASS_SIRET, -1, take_class)) != TAPR_OK ||
	    (rc = gathering_rows(g, TABLE_ESTABLISHMENT, NULL, 0, EST_SIRET,
	    -1, take_place)) != TAPR_OK)
		return rc;
	for (int y = g->first_payroll; y <= g->last_payroll; y++) {
		year = value_int(y);
		if ((rc = gathering_rows(g, TABLE_PAYROLL, &year, 1,
		    PAY_SIRET, -1, take_payroll)) != TAPR_OK)
			return rc;
	}
	if (t->paid.n > 0)
		qsort(t->paid.at, t->paid.n, sizeof(struct paid_row),
		    by_paid);
	if ((rc = gathering_rows(g, TABLE_CLAIM, NULL, 0, CLAIM_SIRET, -1,
	    take_claim)) != TAPR_OK)
		return rc;
	if (t->claims.n > 0)
		qsort(t->claims.at, t->claims.n, sizeof(struct cost_claim),
		    by_id);
	for (int y = g->first_payroll; y <= g->last_payroll; y++) {
		year = value_int(y);
		if ((rc = gathering_rows(g, TABLE_BENEFIT, &year, 1, -1, -1,
		    take_benefit)) != TAPR_OK)
			return rc;
	}
	return incapacities(t);
}

/* A sum from which a row is left out is not a sum. */
static int
check_whole(struct tally *t)
{
	const char *table = "";
	int64_t batch = 0;
	int rc;

	if (t->g.report->damaged == 0 && ((rc = batch_verify(
	    t->g.about->store, t->g.about->known, &table, &batch,
	    t->g.err)) != TAPR_OK || batch == 0))
		return rc;
	if (t->g.report->damaged > 0)
		return err_set(t->g.err, TAPR_EIO, NULL, "%lld ligne%s "
		    "abîmée%s, à commencer par %s ; une somme ne se fait que "
		    "sur un registre entier : restaurez une sauvegarde",
		    (long long)t->g.report->damaged,
		    plural(t->g.report->damaged), plural(t->g.report->damaged),
		    t->g.report->first_damaged);
	return err_set(t->g.err, TAPR_EIO, table, "le lot %lld n'est plus tel "
	    "qu'il a été apporté (lignes perdues ou en double) ; restaurez une "
	    "sauvegarde", (long long)batch);
}

static int
run(struct tally *t)
{
	const struct gather_about *b = t->g.about;
	int rc, first;

	if ((rc = tariff_day(b->law, b->year, &t->g.on, t->g.err)) != TAPR_OK ||
	    (rc = window_of(b->law, b->year, t->g.on, &first,
	    &t->g.last_payroll, t->g.err)) != TAPR_OK)
		return rc;
	t->g.first_payroll = t->g.last_payroll - INPUTS_YEARS + 1;
	if ((rc = read_all(t)) != TAPR_OK || (rc = check_whole(t)) != TAPR_OK)
		return rc;
	if (t->to->n == 0)
		return err_set(t->g.err, TAPR_EINVAL, NULL, "ce fonds n'a ni "
		    "salaires ni prestations de %d à %d : il n'a rien à "
		    "relever", t->g.first_payroll, t->g.last_payroll);
	return TAPR_OK;
}

/*
 * relation_gather(d, ret, missing, err): the relation of the fund of ${d} for
 * the rates of its year, as known now.  Each amount that the register should
 * hold and does not is a line of ${missing}.  TAPR_EIO when a row is damaged.
 */
int
relation_gather(struct desk *d, struct relation *ret, struct str *missing,
    struct err *err)
{
	struct gather_about about = { .store = d->fund.store,
	    .known = d->known, .law = d->act->law, .year = d->act->year,
	    .fund = d->fund.code, .zone = zone_of_fund(&d->fund),
	    .stop = d->act->stop };
	struct gather_report report = { 0 };
	struct tally t = { .g = { .about = &about, .report = &report,
	    .a = d->a, .err = err, .damaged.size = sizeof(uint64_t),
	    .damaged_firms.size = sizeof(uint64_t) }, .d = d, .to = ret,
	    .missing = missing,
	    .paid.size = sizeof(struct paid_row),
	    .classes.size = sizeof(struct class_row),
	    .places.size = sizeof(struct place_row),
	    .claims.size = sizeof(struct cost_claim) };
	int rc;

	memset(ret, 0, sizeof *ret);
	snprintf(ret->fund, sizeof ret->fund, "%s", d->fund.code);
	ret->year = d->act->year;
	rc = run(&t);
	free(t.paid.at);
	free(t.classes.at);
	free(t.places.at);
	free(t.claims.at);
	free(t.g.damaged.at);
	free(t.g.damaged_firms.at);
	return rc;
}
