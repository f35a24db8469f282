/*
 * gather_sections.c -- which sections a campaign has, and what they are:
 * classification, establishment, firm, succession, measures.
 *
 * A section is in the campaign of N when a classification is in force on the
 * day the tariff of N takes effect, and its establishment is not closed then.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "campaign/gathering.h"
#include "model/words.h"

static uint32_t
day_of(const struct value *v)
{
	return (uint32_t)value_or(v, 0);
}

static uint32_t
day_number(struct date d)
{
	return (uint32_t)d.y * 10000 + (uint32_t)d.m * 100 + d.d;
}

/* ---- classification -------------------------------------------------------- */

static struct section_row *
section_for(struct gathering *g, uint64_t siret, uint8_t section)
{
	struct section_row *s = g->sections.n == 0 ? NULL :
	    gathering_section(g, g->sections.n - 1);

	if (s != NULL && s->siret == siret && s->section == section)
		return s;
	if ((s = list_add(g, &g->sections)) == NULL)
		return NULL;
	s->siret = siret;
	s->section = section;
	s->ctn = 'A';
	s->head_here = 1;
	s->previous_rate = NO_RATE;
	s->single = NO_NUMBER;
	s->zone = (uint8_t)g->about->zone;
	for (int y = 0; y < INPUTS_YEARS; y++)
		s->payroll[y] = NO_AMOUNT;
	return s;
}

/* Rows come in the order of siret, section, day: the last one stands. */
static int
take_classification(struct gathering *g, const struct row *row)
{
	const struct value *v = row->value;
	const char *code = value_or_empty(&v[CLASS_RISK_CODE]);
	const char *ctn = value_or_empty(&v[CLASS_CTN]);
	const char *group = value_or_empty(&v[CLASS_BTP_GROUP]);
	int section = word_of(section_words, value_or_empty(&v[CLASS_SECTION]));
	uint32_t from = day_of(&v[CLASS_FROM_ON]);
	struct section_row *s;

	if (!row->damaged && from > day_number(g->on))
		return TAPR_OK;
	s = section_for(g, siret_of(&v[CLASS_SIRET]),
	    section < 0 ? SECTION_MAIN : (uint8_t)section);
	if (s == NULL)
		return TAPR_EIO;
	if (row->damaged || section < 0 || strlen(code) > 5 ||
	    strlen(ctn) != 1 || ctn[0] < 'A' || ctn[0] > 'I' ||
	    (group[0] != '\0' && word_of(group_words, group) < 0)) {
		s->stop = row->damaged ? STOP_DAMAGED : STOP_CONTRADICTION;
		return TAPR_OK;
	}
	memset(s->code, 0, sizeof s->code);
	memcpy(s->code, code, strlen(code));
	s->ctn = ctn[0];
	s->group = (uint8_t)(group[0] == '\0' ? 0 :
	    word_of(group_words, group) + 1);
	s->single_now = value_or(&v[CLASS_SINGLE_RATE], 0) != 0;
	if (from <= day_number(g->on_before)) {
		s->was_before = true;
		s->single_before = s->single_now;
	}
	return TAPR_OK;
}

/* ---- establishment ---------------------------------------------------------- */

/*
 * Alsace-Moselle is three départements (CSS D. 242-29); a commune is known by
 * its INSEE code, whose first two characters are the département.
 */
uint8_t
gathering_zone(const struct gathering *g, const char *commune)
{
	if (commune[0] == '\0')
		return (uint8_t)g->about->zone;
	return strncmp(commune, "57", 2) == 0 ||
	    strncmp(commune, "67", 2) == 0 ||
	    strncmp(commune, "68", 2) == 0 ? ZONE_ALSACE_MOSELLE :
	    ZONE_GENERAL;
}

/* D. 242-6-22: in the area of the fund; it is, where nothing says otherwise. */
static bool
in_area(const struct gathering *g, const char *commune)
{
	const struct fund *f = g->about->area;

	return f == NULL || f->departments[0] == '\0' || commune[0] == '\0' ||
	    fund_covers(f, commune);
}

static int
take_establishment(struct gathering *g, const struct row *row)
{
	const struct value *v = row->value;
	uint64_t siret = siret_of(&v[EST_SIRET]);
	static const enum section all[] = { SECTION_HOME, SECTION_MAIN,
		SECTION_SUPPORT };

	if (row->damaged)
		return TAPR_OK;
	for (int k = 0; k < 3; k++) {
		int64_t i = gathering_find(g, siret, all[k], true);
		struct section_row *s;

		if (i < 0)
			continue;
		s = gathering_section(g, (size_t)i);
		s->known = 1;
		s->created = day_of(&v[EST_CREATED_ON]);
		s->closed = day_of(&v[EST_CLOSED_ON]);
		if (s->closed == 0 &&
		    strcmp(value_or_empty(&v[EST_STATE]), "F") == 0)
			s->closed = 1;	/* closed, nobody knows when */
		s->zone = gathering_zone(g, value_or_empty(&v[EST_COMMUNE]));
		s->outside = !in_area(g, value_or_empty(&v[EST_COMMUNE]));
	}
	return TAPR_OK;
}

/* A date typed here is kept as its number in text, "20240131". */
static uint32_t
day_of_text(const char *text)
{
	const struct value number = value_int(strtoll(text, NULL, 10));

	return day_of(&number);
}

/* What was typed here stands before what INSEE sends; the last one stands. */
static int
take_local(struct gathering *g, const struct row *row)
{
	const struct value *v = row->value;
	const char *field = value_or_empty(&v[LOCAL_FIELD]);
	const char *value = value_or_empty(&v[LOCAL_VALUE]);

	if (row->damaged || day_of(&v[LOCAL_FROM_ON]) > day_number(g->on))
		return TAPR_OK;
	for (int k = SECTION_MAIN; k <= SECTION_HOME; k++) {
		int64_t i = gathering_find(g, siret_of(&v[LOCAL_SIRET]),
		    (enum section)k, true);
		struct section_row *s;

		if (i < 0)
			continue;
		s = gathering_section(g, (size_t)i);
		if (strcmp(field, "commune") == 0) {
			s->zone = gathering_zone(g, value);
			s->outside = !in_area(g, value);
		} else if (strcmp(field, "created_on") == 0)
			s->created = day_of_text(value);
		else if (strcmp(field, "closed_on") == 0)
			s->closed = day_of_text(value);
	}
	return TAPR_OK;
}

/* Takes out the sections whose establishment is closed, but the one asked. */
static void
drop_closed(struct gathering *g)
{
	size_t kept = 0;

	for (size_t i = 0; i < g->sections.n; i++) {
		struct section_row *s = gathering_section(g, i);

		if (s->closed != 0 && s->closed <= day_number(g->on)) {
			if (s->siret != g->about->closed_too)
				continue;
			g->closed_kept = true;
		}
		if (!s->known && s->stop == STOP_NONE)
			s->stop = STOP_NO_ESTABLISHMENT;
		*gathering_section(g, kept++) = *s;
	}
	g->sections.n = kept;
}

/*
 * For one firm: the sections of others go, but for their SIRET.  A predecessor
 * that still has a section keeps its claims (gathering_follow()).
 */
static int
drop_others(struct gathering *g)
{
	uint32_t siren = g->about->siren;
	size_t kept = 0;

	for (size_t i = 0; siren != 0 && i < g->sections.n; i++) {
		struct section_row *s = gathering_section(g, i);
		uint64_t *other;

		if (s->siret / 100000 == siren) {
			*gathering_section(g, kept++) = *s;
			continue;
		}
		if ((other = list_add(g, &g->others)) == NULL)
			return TAPR_EIO;
		*other = s->siret;
	}
	if (siren != 0)
		g->sections.n = kept;
	return TAPR_OK;
}

/* ---- firms ------------------------------------------------------------------ */

static int
set_firms(struct gathering *g)
{
	size_t n = g->sections.n;

	g->siren = arena_array(g->a, n + 1, sizeof *g->siren);
	g->firm_created = arena_array(g->a, n + 1, sizeof *g->firm_created);
	if (g->siren == NULL || g->firm_created == NULL)
		return err_set(g->err, TAPR_EIO, NULL, "mémoire insuffisante");
	memset(g->firm_created, 0, (n + 1) * sizeof *g->firm_created);
	for (size_t i = 0; i < n; i++) {
		struct section_row *s = gathering_section(g, i);
		uint32_t siren = (uint32_t)(s->siret / 100000);

		if (g->firms == 0 || g->siren[g->firms - 1] != siren)
			g->siren[g->firms++] = siren;
		s->firm = (uint32_t)g->firms - 1;
	}
	return TAPR_OK;
}

/* The head office ${siret} is in the area of the fund. */
static int
head_is_here(struct gathering *g, const char *siret, bool *ret)
{
	int64_t i = gathering_find(g, siret_number(siret, 14),
	    SECTION_SUPPORT, false);
	struct value key = value_text(siret);
	char buf[ROW_TEXT_MAX];
	struct row row;
	bool found;
	int rc;

	if (i >= 0) {
		*ret = !gathering_section(g, (size_t)i)->outside;
		return TAPR_OK;
	}
	if ((rc = fact_get(g->about->store, TABLE_ESTABLISHMENT,
	    g->about->known, &key, buf, &row, &found, g->err)) != TAPR_OK)
		return rc;
	*ret = found && in_area(g, value_or_empty(&row.value[EST_COMMUNE]));
	return TAPR_OK;
}

/*
 * D. 242-6-22: for building and for a single rate the fund of the head office
 * notifies.  It is elsewhere when the firm names one that is not in its area.
 */
static int
take_unit(struct gathering *g, const struct row *row)
{
	uint64_t siren = siret_of(&row->value[UNIT_SIREN]);
	const char *nic = value_or_empty(&row->value[UNIT_HEAD_NIC]);
	const struct section_row *s = g->sections.at;
	char head[15];
	size_t from = 0, to = g->sections.n;
	int64_t firm = row->damaged ? -1 : gathering_firm(g, siren);
	bool here;
	int rc;

	if (firm >= 0)
		g->firm_created[firm] = (uint32_t)value_or(
		    &row->value[UNIT_CREATED_ON], 0) / 10000;
	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (s[mid].siret / 100000 < siren)
			from = mid + 1;
		else
			to = mid;
	}
	if (row->damaged || strlen(nic) != 5 || from == g->sections.n ||
	    s[from].siret / 100000 != siren)
		return TAPR_OK;
	snprintf(head, sizeof head, "%09llu%.5s", (unsigned long long)siren,
	    nic);
	if ((rc = head_is_here(g, head, &here)) != TAPR_OK || here)
		return rc;
	for (; from < g->sections.n && s[from].siret / 100000 == siren; from++)
		gathering_section(g, from)->head_here = 0;
	return TAPR_OK;
}

/* ---- succession -------------------------------------------------------------- */

static void
set_taken_over(struct gathering *g, uint64_t siret, bool taken)
{
	for (int k = SECTION_MAIN; k <= SECTION_HOME; k++) {
		int64_t i = gathering_find(g, siret, (enum section)k, true);

		if (i >= 0)
			gathering_section(g, (size_t)i)->taken_over = taken;
	}
}

static int
add_follow(struct gathering *g, uint64_t from, uint64_t to, bool inherits)
{
	struct follow *f = list_add(g, &g->follows);

	if (f == NULL)
		return TAPR_EIO;
	*f = (struct follow){ from, inherits ? to : 0, false };
	return TAPR_OK;
}

/*
 * Of INSEE: a succession with continuity is read as a take-over (D. 242-6-17).
 * The three criteria are an agent's to check: what is decided here (transfer)
 * stands before it.
 */
static int
take_succession(struct gathering *g, const struct row *row)
{
	const struct value *v = row->value;
	uint64_t to = siret_of(&v[SUCC_SUCCESSOR]);

	if (row->damaged || value_or(&v[SUCC_CONTINUITY], 0) == 0 ||
	    day_of(&v[SUCC_ON_DATE]) > day_number(g->on))
		return TAPR_OK;
	set_taken_over(g, to, true);
	return add_follow(g, siret_of(&v[SUCC_PREDECESSOR]), to, true);
}

static int
take_transfer(struct gathering *g, const struct row *row)
{
	const struct value *v = row->value;
	uint64_t from = siret_of(&v[TRANSFER_FROM]);
	uint64_t to = siret_of(&v[TRANSFER_TO]);
	bool inherits = value_or(&v[TRANSFER_INHERITS], 0) != 0;
	struct follow *f = g->follows.at;

	if (row->damaged ||
	    day_of(&v[TRANSFER_ON_DATE]) > day_number(g->on))
		return TAPR_OK;
	set_taken_over(g, to, inherits);
	/* It replaces what INSEE links. */
	for (size_t i = 0; i < g->follows.n; i++)
		if (f[i].from == from && f[i].to == to) {
			f[i].to = inherits ? to : 0;
			return TAPR_OK;
		}
	return add_follow(g, from, to, inherits);
}

/* ---- measures ---------------------------------------------------------------- */

static int
take_extra(struct gathering *g, size_t section, const struct value *v)
{
	struct extra_row *e;
	uint32_t from = day_of(&v[MEASURE_FROM_ON]);
	uint32_t until = day_of(&v[MEASURE_TO_ON]);
	struct date day = value_to_date(&v[MEASURE_FROM_ON]);

	/* Of this year's tariff, open ones to its end. */
	if (from >= (uint32_t)(g->about->year + 1) * 10000 + 101 ||
	    (until != 0 && until <= (uint32_t)g->about->year * 10000 + 101) ||
	    !date_is(day))
		return TAPR_OK;
	if ((e = list_add(g, &g->extras)) == NULL)
		return TAPR_EIO;
	*e = (struct extra_row){ (uint32_t)section, from, until != 0 ? until :
		(uint32_t)(g->about->year + 1) * 10000 + 101,
		(int32_t)value_or(&v[MEASURE_VALUE], 0) };
	return TAPR_OK;
}

static int
take_measure(struct gathering *g, const struct row *row)
{
	const struct value *v = row->value;
	const char *kind = value_or_empty(&v[MEASURE_KIND]);
	int section = word_of(section_words,
	    value_or_empty(&v[MEASURE_SECTION])), regime;
	uint32_t on = day_number(g->on), to = day_of(&v[MEASURE_TO_ON]);
	int64_t i = gathering_find(g, siret_of(&v[MEASURE_SIRET]),
	    section < 0 ? SECTION_MAIN : (enum section)section, true);
	struct section_row *s;

	if (row->damaged || i < 0)
		return TAPR_OK;
	s = gathering_section(g, (size_t)i);
	if (strcmp(kind, "supplementary") == 0)
		return take_extra(g, (size_t)i, v);
	if (day_of(&v[MEASURE_FROM_ON]) > on || (to != 0 && to <= on))
		return TAPR_OK;
	if (strcmp(kind, "rebate") == 0)
		s->rebate = (int32_t)value_or(&v[MEASURE_VALUE], 0);
	else if (strcmp(kind, "takeover") == 0)
		s->taken_over = value_or(&v[MEASURE_VALUE], 0) != 0;
	else if (strcmp(kind, "regime") == 0 && (regime = word_of(
	    regime_words, value_or_empty(&v[MEASURE_REFERENCE]))) >= 0)
		s->regime = (uint8_t)regime;
	return TAPR_OK;
}

int
gather_sections(struct gathering *g)
{
	int rc;

	if ((rc = gathering_rows(g, TABLE_CLASSIFICATION, NULL, 0,
	    CLASS_SIRET | ANY_FIRM, -1, take_classification)) != TAPR_OK ||
	    (rc = gathering_rows(g, TABLE_ESTABLISHMENT, NULL, 0,
	    EST_SIRET | ANY_FIRM, -1, take_establishment)) != TAPR_OK ||
	    (rc = gathering_rows(g, TABLE_LOCAL_VALUE, NULL, 0,
	    LOCAL_SIRET | ANY_FIRM, -1, take_local)) != TAPR_OK)
		return rc;
	drop_closed(g);
	if ((rc = drop_others(g)) != TAPR_OK ||
	    (rc = gathering_index(g)) != TAPR_OK ||
	    (rc = set_firms(g)) != TAPR_OK ||
	    (rc = gathering_rows(g, TABLE_UNIT, NULL, 0, -1, UNIT_SIREN,
	    take_unit)) != TAPR_OK ||
	    /* Of every firm: a successor, or one between, may be another's. */
	    (rc = gathering_rows(g, TABLE_SUCCESSION, NULL, 0,
	    SUCC_SUCCESSOR | ANY_FIRM, -1, take_succession)) != TAPR_OK)
		return rc;
	if ((rc = gathering_rows(g, TABLE_TRANSFER, NULL, 0,
	    TRANSFER_TO | ANY_FIRM, -1, take_transfer)) != TAPR_OK)
		return rc;
	return gathering_rows(g, TABLE_MEASURE, NULL, 0, MEASURE_SIRET, -1,
	    take_measure);
}
