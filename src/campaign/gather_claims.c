/*
 * gather_claims.c -- the claims that may count: those with a date of charge
 * in the window, once in the account of each employer who bears a part.
 *
 * An accident of a temporary worker has two accounts (CSS R. 242-6-1): that
 * of the agency and that of the firm where the work was done.  A claim without
 * a section here (another fund's) is counted and left out.
 */
#include <stdlib.h>
#include <string.h>

#include "campaign/gathering.h"
#include "model/words.h"

static uint32_t
day_of(const struct value *v)
{
	return (uint32_t)value_or(v, 0);
}

static bool
in_window(const struct gathering *g, uint32_t day)
{
	int year = (int)(day / 10000);

	return year >= g->first_payroll && year <= g->last_payroll;
}

/* Some line of it may be charged to a year of the window. */
static bool
may_count(const struct gathering *g, const struct value *v)
{
	return in_window(g, day_of(&v[CLAIM_DECLARED_ON])) ||
	    in_window(g, day_of(&v[CLAIM_IP_NOTIFIED_ON])) ||
	    in_window(g, day_of(&v[CLAIM_DEATH_ON])) ||
	    in_window(g, day_of(&v[CLAIM_DEATH_RECOGNISED_ON]));
}

static int
keep_text(struct gathering *g, const char *text, uint32_t *ret)
{
	size_t n = strlen(text) + 1;
	char *to;

	if (g->text.n > UINT32_MAX - n)
		return err_set(g->err, TAPR_ERANGE, NULL,
		    "trop de sinistres");
	*ret = (uint32_t)g->text.n;
	if ((to = list_add_n(g, &g->text, n)) == NULL)
		return TAPR_EIO;
	memcpy(to, text, n);
	return TAPR_OK;
}

/* What the engine takes for granted of a claim (facts.h, contract 6.4). */
static bool
consistent(const struct claim_row *c)
{
	return c->declared != 0 && c->days >= 0 && c->ip >= -1 &&
	    c->ip <= 100 && c->third >= 0 && c->third <= 10000 &&
	    (c->ip >= 0) == (c->ip_notified != 0) &&
	    (c->occurred == 0 || c->occurred <= c->declared) &&
	    (c->recognised == 0 || c->declared <= c->recognised) &&
	    (c->ip_notified == 0 || c->declared <= c->ip_notified) &&
	    (c->death == 0 || c->occurred <= c->death) &&
	    (c->death_known == 0 || (c->death != 0 &&
	    c->death <= c->death_known)) &&
	    !(c->charge == CHARGE_SPECIAL_ACCOUNT &&
	    c->kind == CLAIM_ACCIDENT);
}

static bool
read_claim(const struct value *v, struct claim_row *ret)
{
	int kind = word_of(kind_words, value_or_empty(&v[CLAIM_KIND]));
	int charge = word_of(charge_words, value_or_empty(&v[CLAIM_CHARGE]));
	bool refused = day_of(&v[CLAIM_REFUSED_ON]) != 0 &&
	    day_of(&v[CLAIM_REFUSED_ON]) >= day_of(&v[CLAIM_RECOGNISED_ON]);

	if (kind < 0 || charge < 0)
		return false;
	*ret = (struct claim_row){
		.kind = (uint8_t)kind, .charge = (uint8_t)charge,
		.care = value_or(&v[CLAIM_CARE], 1) != 0,
		.declared = day_of(&v[CLAIM_DECLARED_ON]),
		.occurred = day_of(&v[CLAIM_OCCURRED_ON]),
		/* What was refused after all is not recognised. */
		.recognised = refused ? 0 : day_of(&v[CLAIM_RECOGNISED_ON]),
		.days = (int32_t)value_or(&v[CLAIM_STOPPAGE_DAYS], 0),
		.ip = (int32_t)value_or(&v[CLAIM_IP_RATE], -1),
		.ip_notified = day_of(&v[CLAIM_IP_NOTIFIED_ON]),
		.death = day_of(&v[CLAIM_DEATH_ON]),
		.death_known = day_of(&v[CLAIM_DEATH_RECOGNISED_ON]),
		.third = (int32_t)value_or(&v[CLAIM_THIRD_PARTY_SHARE], 0),
	};
	return consistent(ret);
}

/* In the account of ${siret}, if it is here. */
static int
charge_to(struct gathering *g, const struct claim_row *claim, uint64_t siret,
    enum section section, enum temp_role role, bool good)
{
	int64_t i = gathering_follow(g, siret, section);
	struct claim_row *c;

	if (i < 0) {
		g->report->unattached++;
		return TAPR_OK;
	}
	if (!good) {
		gathering_section(g, (size_t)i)->stop = STOP_CONTRADICTION;
		return TAPR_OK;
	}
	if (g->about->siren != 0 && gathering_section(g, (size_t)i)->siret /
	    100000 != g->about->siren)
		return TAPR_OK;
	if ((c = list_add(g, &g->claims)) == NULL)
		return TAPR_EIO;
	*c = *claim;
	c->section = (uint32_t)i;
	c->role = (uint8_t)role;
	return TAPR_OK;
}

static int
take_claim(struct gathering *g, const struct row *row)
{
	const struct value *v = row->value;
	uint64_t own = siret_of(&v[CLAIM_SIRET]);
	uint64_t user = siret_of(&v[CLAIM_USER_SIRET]);
	uint64_t agency = siret_of(&v[CLAIM_AGENCY_SIRET]);
	int word = word_of(section_words, value_or_empty(&v[CLAIM_SECTION]));
	enum section section = word < 0 ? SECTION_MAIN : (enum section)word;
	struct claim_row claim;
	bool good;
	int rc;

	if (row->damaged || !may_count(g, v))
		return TAPR_OK;
	good = read_claim(v, &claim);
	if ((rc = keep_text(g, value_or_empty(&v[CLAIM_ID]), &claim.ref)) !=
	    TAPR_OK)
		return rc;
	if (user == 0 && agency == 0)
		return charge_to(g, &claim, own, section, TEMP_NONE, good);
	if (agency == 0)
		agency = own;
	if (user == 0)
		user = own;
	if ((rc = charge_to(g, &claim, agency, agency == own ? section :
	    SECTION_MAIN, TEMP_AGENCY, good)) != TAPR_OK)
		return rc;
	return charge_to(g, &claim, user, user == own ? section :
	    SECTION_MAIN, TEMP_USER, good);
}

/* As an account lists them: by day, then by reference. */
static int
before(const struct claim_row *x, const struct claim_row *y, const char *text)
{
	int order;

	if (x->declared != y->declared)
		return x->declared < y->declared ? -1 : 1;
	if ((order = strcmp(text + x->ref, text + y->ref)) != 0)
		return order;
	return (x->role > y->role) - (x->role < y->role);
}

/* A merge sort: qsort() has no room for the text, and is not the same on
 * every machine for equal elements. */
static void
merge(struct claim_row *at, struct claim_row *room, size_t n,
    const char *text)
{
	size_t half = n / 2, i = 0, k = half, to = 0;

	if (n < 2)
		return;
	merge(at, room, half, text);
	merge(at + half, room, n - half, text);
	memcpy(room, at, n * sizeof *at);
	while (i < half || k < n)
		at[to++] = k == n || (i < half &&
		    before(&room[i], &room[k], text) <= 0) ? room[i++] :
		    room[k++];
}

/*
 * Each claim to the place of its section, counted before, then the few of a
 * section in order.  ${room} holds them all, ${first} a number a section and
 * one more, zeroed.
 */
static void
sort_claims(struct gathering *g, struct claim_row *room, size_t *first)
{
	struct claim_row *at = g->claims.at;
	size_t n = g->claims.n, sections = g->sections.n;

	for (size_t i = 0; i < n; i++)
		first[at[i].section + 1]++;
	for (size_t i = 0; i < sections; i++)
		first[i + 1] += first[i];
	for (size_t i = 0; i < n; i++)
		room[first[at[i].section]++] = at[i];
	/* Each number is now the first of the section behind. */
	for (size_t i = 0, from = 0; i < sections; from = first[i++])
		merge(room + from, at, first[i] - from, g->text.at);
}

int
gather_claims(struct gathering *g)
{
	struct claim_row *room;
	size_t *first;
	int rc;

	if ((rc = gathering_rows(g, TABLE_CLAIM, NULL, 0,
	    CLAIM_SIRET | ANY_FIRM, -1, take_claim)) != TAPR_OK)
		return rc;
	room = malloc((g->claims.n + 1) * sizeof *room);
	first = calloc(g->sections.n + 1, sizeof *first);
	if (room == NULL || first == NULL) {
		free(room);
		free(first);
		return err_set(g->err, TAPR_EIO, NULL, "mémoire insuffisante");
	}
	if (g->claims.n > 0) {
		sort_claims(g, room, first);
		free(g->claims.at);
		g->claims.at = room;
		g->claims.room = g->claims.n + 1;
	} else
		free(room);
	free(first);
	return TAPR_OK;
}
