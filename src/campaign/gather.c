/*
 * gather.c -- drives the gathering and makes columns of what was found.
 */
#include "campaign/gather.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "base/str.h"
#include "campaign/campaign.h"
#include "campaign/gathering.h"
#include "store/batch.h"
#include "tariff/mode.h"

static int
no_memory(struct gathering *g)
{
	return err_set(g->err, TAPR_EIO, NULL,
	    "mémoire insuffisante pour geler les données");
}

/* ---- shared by the gather files ------------------------------------------- */

void *
list_add_n(struct gathering *g, struct list *l, size_t n)
{
	char *p;

	if (n > l->room - l->n) {
		size_t room = l->room == 0 ? 1024 : l->room * 2;

		room = room < l->n + n ? l->n + n : room;
		p = realloc(l->at, room * l->size);
		if (p == NULL) {
			(void)no_memory(g);
			return NULL;
		}
		l->at = p;
		l->room = room;
	}
	p = (char *)l->at + l->n * l->size;
	l->n += n;
	return p;
}

void *
list_add(struct gathering *g, struct list *l)
{
	void *p = list_add_n(g, l, 1);

	return p == NULL ? NULL : memset(p, 0, l->size);
}

struct section_row *
gathering_section(struct gathering *g, size_t i)
{
	return (struct section_row *)g->sections.at + i;
}

/* SIRETs in a row share a bucket; a country makes a million and a half. */
enum { BUCKET_BITS = 26 };

int
gathering_index(struct gathering *g)
{
	size_t n = g->sections.n, k = 0;

	if (n == 0)
		return TAPR_OK;
	/* A damaged row may lie where its SIRET no longer belongs. */
	for (size_t i = 1; i < n; i++)
		if (gathering_section(g, i)->siret <
		    gathering_section(g, i - 1)->siret)
			return TAPR_OK;
	g->buckets = (gathering_section(g, n - 1)->siret >> BUCKET_BITS) + 1;
	g->bucket = malloc((g->buckets + 1) * sizeof *g->bucket);
	if (g->bucket == NULL)
		return no_memory(g);
	for (size_t i = 0; i < n; i++)
		for (; k <= gathering_section(g, i)->siret >> BUCKET_BITS; k++)
			g->bucket[k] = i;
	g->bucket[k] = n;
	return TAPR_OK;
}

/*
 * Most tables come in the order of the sections: what is looked for is where
 * the last one was found or a few behind it.  Else it is in its bucket, once
 * the sections are all there.  Narrows [from, to).
 */
static void
near_first(const struct gathering *g, uint64_t siret, size_t *from,
    size_t *to)
{
	enum { NEAR = 8 };
	const struct section_row *s = g->sections.at;
	size_t end = g->near + NEAR;

	if (g->near < *to && s[g->near].siret <= siret && end < *to &&
	    s[end].siret >= siret) {
		*from = g->near;
		*to = end;
	} else if (siret >> BUCKET_BITS < g->buckets) {
		*from = g->bucket[siret >> BUCKET_BITS];
		*to = g->bucket[(siret >> BUCKET_BITS) + 1];
	}
}

/* The first section of ${siret}; that of the next one when it has none. */
static size_t
first_section(struct gathering *g, uint64_t siret)
{
	const struct section_row *s = g->sections.at;
	size_t from = 0, to = g->sections.n;

	near_first(g, siret, &from, &to);
	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (s[mid].siret < siret)
			from = mid + 1;
		else
			to = mid;
	}
	g->near = from;
	return from;
}

int64_t
gathering_find(struct gathering *g, uint64_t siret,
    enum section section, bool exact)
{
	const struct section_row *s = g->sections.at;
	size_t i = first_section(g, siret);

	for (; i < g->sections.n && s[i].siret == siret; i++)
		if (s[i].section == section)
			return (int64_t)i;
	if (exact || section == SECTION_MAIN)
		return -1;
	return gathering_find(g, siret, SECTION_MAIN, true);
}

int64_t
gathering_any(struct gathering *g, uint64_t siret)
{
	const struct section_row *s = g->sections.at;
	size_t i = first_section(g, siret);

	return i < g->sections.n && s[i].siret == siret ? (int64_t)i : -1;
}

int
word_of(const char *const *words, const char *word)
{
	for (int i = 0; words[i] != NULL; i++)
		if (strcmp(words[i], word) == 0)
			return i;
	return -1;
}

uint64_t
siret_of(const struct value *v)
{
	const char *text = value_or_empty(v);

	return siret_number(text, (int)strlen(text));
}

int64_t
gathering_firm(struct gathering *g, uint64_t siren)
{
	size_t from = 0, to = g->firms;

	/* As for sections: the next one, most often. */
	if (g->near_firm < to && g->siren[g->near_firm] <= siren) {
		from = g->near_firm;
		if (to - from > 4 && g->siren[from + 4] >= siren)
			to = from + 4;
	}

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (g->siren[mid] < siren)
			from = mid + 1;
		else
			to = mid;
	}
	g->near_firm = from;
	return from < g->firms && g->siren[from] == siren ?
	    (int64_t)from : -1;
}

int
gathering_damaged(struct gathering *g, enum table_id table,
    const struct row *row, int siret_column, int siren_column)
{
	const char *name = table_get(table)->name, *key = "";
	uint64_t *at;

	g->report->damaged++;
	if (siret_column >= 0)
		key = value_or_empty(&row->value[siret_column]);
	else if (siren_column >= 0)
		key = value_or_empty(&row->value[siren_column]);
	if (siret_column >= 0 ? !siret_valid(key) : !siren_valid(key))
		return err_set(g->err, TAPR_EIO, name, "une ligne du lot %lld "
		    "est abîmée et ne dit plus de quel établissement elle "
		    "est ; restaurez une sauvegarde", (long long)row->batch);
	if (g->report->first_damaged[0] == '\0')
		snprintf(g->report->first_damaged,
		    sizeof g->report->first_damaged, "%s %s", name, key);
	at = list_add(g, siret_column >= 0 ? &g->damaged :
	    &g->damaged_firms);
	if (at == NULL)
		return TAPR_EIO;
	*at = siret_number(key, siret_column >= 0 ? 14 : 9);
	return TAPR_OK;
}

/* Of the firm asked for, or of any. */
static bool
wanted(const struct gathering *g, const struct row *row, int siret_column,
    int siren_column)
{
	uint32_t siren = g->about->siren;

	if (siren == 0 || siret_column >= ANY_FIRM)
		return true;
	if (siret_column >= 0)
		return siret_of(&row->value[siret_column]) / 100000 == siren;
	return siren_column < 0 ||
	    siret_of(&row->value[siren_column]) == siren;
}

int
gathering_rows(struct gathering *g, enum table_id table,
    const struct value *key, int n, int siret_column, int siren_column,
    int (*take)(struct gathering *g, const struct row *row))
{
	const struct row *row;
	struct reading r;
	int rc;

	if ((rc = reading_open(g, table, key, n, &r)) != TAPR_OK)
		return rc;
	while ((rc = reading_next(&r, &row)) == TAPR_OK && row != NULL) {
		g->report->rows++;
		if ((rc = campaign_stopped(g->about->stop, g->err)) != TAPR_OK)
			break;
		if (!wanted(g, row, siret_column, siren_column))
			continue;
		if (row->damaged && (rc = gathering_damaged(g, table,
		    row, siret_column < 0 ? -1 : siret_column % ANY_FIRM,
		    siren_column)) != TAPR_OK)
			break;
		if ((rc = take(g, row)) != TAPR_OK)
			break;
	}
	reading_close(&r);
	return rc;
}

/* ---- columns ---------------------------------------------------------------- */

#define COLUMN(type, name) \
	type *(name) = arena_array(g->a, n + 1, sizeof *(name))

/* What a section is. */
static void
section_columns(struct gathering *g, struct inputs *in)
{
	size_t n = g->sections.n;
	COLUMN(uint64_t, siret);
	COLUMN(uint8_t, section);
	COLUMN(uint8_t, zone);
	COLUMN(uint8_t, group);
	COLUMN(uint8_t, regime);
	COLUMN(uint8_t, taken_over);
	COLUMN(uint8_t, stop);
	COLUMN(uint8_t, head_here);
	COLUMN(uint8_t, outside);
	COLUMN(uint8_t, mode);
	COLUMN(char, ctn);
	COLUMN(uint32_t, created);
	COLUMN(uint32_t, firm);
	COLUMN(int32_t, rate);
	COLUMN(int32_t, rebate);
	char *code = arena_array(g->a, n + 1, CODE_BYTES);
	int64_t *pay[INPUTS_YEARS];

	for (int y = 0; y < INPUTS_YEARS; y++)
		in->payroll[y] = pay[y] = arena_array(g->a, n + 1,
		    sizeof *pay[y]);
	if (arena_failed(g->a))
		return;
	for (size_t i = 0; i < n; i++) {
		const struct section_row *s = gathering_section(g, i);

		siret[i] = s->siret;
		section[i] = s->section;
		zone[i] = s->zone;
		group[i] = s->group;
		regime[i] = s->regime;
		taken_over[i] = s->taken_over;
		stop[i] = s->stop;
		head_here[i] = s->head_here;
		outside[i] = s->outside;
		mode[i] = s->previous_mode;
		ctn[i] = s->ctn;
		created[i] = s->created;
		firm[i] = s->firm;
		rate[i] = s->previous_rate;
		rebate[i] = s->rebate;
		memcpy(code + i * CODE_BYTES, s->code, CODE_BYTES);
		for (int y = 0; y < INPUTS_YEARS; y++)
			pay[y][i] = s->payroll[y];
	}
	in->sections = n;
	in->siret = siret;
	in->section = section;
	in->zone = zone;
	in->group_btp = group;
	in->regime = regime;
	in->taken_over = taken_over;
	in->stop = stop;
	in->head_here = head_here;
	in->outside = outside;
	in->previous_mode = mode;
	in->ctn = ctn;
	in->created = created;
	in->firm = firm;
	in->previous_rate = rate;
	in->rebate = rebate;
	in->risk_code = code;
}

static int
by_group(const void *a, const void *b)
{
	const struct section_row *x = *(const struct section_row *const *)a;
	const struct section_row *y = *(const struct section_row *const *)b;
	int order;

	if (x->firm != y->firm)
		return x->firm < y->firm ? -1 : 1;
	if ((order = memcmp(x->code, y->code, CODE_BYTES)) != 0)
		return order;
	if (x->zone != y->zone)
		return x->zone < y->zone ? -1 : 1;
	return (x > y) - (x < y);
}

static bool
same_group(const struct section_row *a, const struct section_row *b)
{
	return a->firm == b->firm && a->zone == b->zone &&
	    memcmp(a->code, b->code, CODE_BYTES) == 0;
}

/*
 * A single rate is of one firm, one risk and one zone.  Its first year: none
 * of those who were there the year before had it.
 */
static void
single_columns(struct gathering *g, struct inputs *in)
{
	size_t n = g->sections.n, members = 0, singles = 0;
	struct section_row **at = arena_array(g->a, n + 1, sizeof *at);
	COLUMN(uint32_t, single);
	COLUMN(uint32_t, member);
	COLUMN(uint32_t, first);
	COLUMN(uint8_t, first_year);

	if (arena_failed(g->a))
		return;
	for (size_t i = 0; i < n; i++) {
		struct section_row *s = gathering_section(g, i);

		single[i] = NO_NUMBER;
		if (s->single_now && s->section == SECTION_MAIN)
			at[members++] = s;
	}
	if (members > 0)
		qsort(at, members, sizeof *at, by_group);
	for (size_t k = 0, end; k < members; k = end) {
		bool had = false;

		for (end = k; end < members && same_group(at[k], at[end]);
		    end++)
			had |= at[end]->was_before && at[end]->single_before;
		for (size_t m = k; m < end; m++) {
			size_t i = (size_t)(at[m] - gathering_section(g, 0));

			member[m] = (uint32_t)i;
			single[i] = (uint32_t)singles;
			first_year[i] = !had;
		}
		first[singles++] = (uint32_t)k;
	}
	first[singles] = (uint32_t)members;
	in->single = single;
	in->first_year = first_year;
	in->member = member;
	in->members = members;
	in->member_first = first;
	in->singles = singles;
}

static int
by_section(const void *a, const void *b)
{
	const struct extra_row *x = a, *y = b;

	if (x->section != y->section)
		return x->section < y->section ? -1 : 1;
	return x->from < y->from ? -1 : x->from > y->from;
}

static void
extra_columns(struct gathering *g, struct inputs *in)
{
	struct extra_row *e = g->extras.at;
	size_t n = g->extras.n;
	COLUMN(int32_t, percent);
	COLUMN(uint32_t, from);
	COLUMN(uint32_t, until);
	uint32_t *first = arena_array(g->a, g->sections.n + 1, sizeof *first);

	if (arena_failed(g->a))
		return;
	if (n > 0)
		qsort(e, n, sizeof *e, by_section);
	for (size_t i = 0; i < n; i++) {
		percent[i] = e[i].percent;
		from[i] = e[i].from;
		until[i] = e[i].until;
		first[e[i].section + 1]++;
	}
	for (size_t i = 0; i < g->sections.n; i++)
		first[i + 1] += first[i];
	in->extras = n;
	in->extra_percent = percent;
	in->extra_from = from;
	in->extra_until = until;
	in->extra_first = first;
}

static void
claim_columns(struct gathering *g, struct inputs *in)
{
	const struct claim_row *c = g->claims.at;
	size_t n = g->claims.n;
	COLUMN(uint32_t, ref);
	COLUMN(uint32_t, declared);
	COLUMN(uint32_t, occurred);
	COLUMN(uint32_t, recognised);
	COLUMN(uint32_t, ip_notified);
	COLUMN(uint32_t, death);
	COLUMN(uint32_t, death_known);
	COLUMN(int32_t, days);
	COLUMN(int32_t, ip);
	COLUMN(int32_t, third);
	COLUMN(uint8_t, kind);
	COLUMN(uint8_t, care);
	COLUMN(uint8_t, charge);
	COLUMN(uint8_t, role);
	uint32_t *first = arena_array(g->a, g->sections.n + 1, sizeof *first);

	if (arena_failed(g->a))
		return;
	for (size_t i = 0; i < n; i++) {
		ref[i] = c[i].ref;
		declared[i] = c[i].declared;
		occurred[i] = c[i].occurred;
		recognised[i] = c[i].recognised;
		ip_notified[i] = c[i].ip_notified;
		death[i] = c[i].death;
		death_known[i] = c[i].death_known;
		days[i] = c[i].days;
		ip[i] = c[i].ip;
		third[i] = c[i].third;
		kind[i] = c[i].kind;
		care[i] = c[i].care;
		charge[i] = c[i].charge;
		role[i] = c[i].role;
		first[c[i].section + 1]++;
	}
	for (size_t i = 0; i < g->sections.n; i++)
		first[i + 1] += first[i];
	in->claims = n;
	in->claim_ref = ref;
	in->claim_declared = declared;
	in->claim_occurred = occurred;
	in->claim_recognised = recognised;
	in->claim_ip_notified = ip_notified;
	in->claim_death = death;
	in->claim_death_known = death_known;
	in->claim_days = days;
	in->claim_ip = ip;
	in->claim_third = third;
	in->claim_kind = kind;
	in->claim_care = care;
	in->claim_charge = charge;
	in->claim_role = role;
	in->claim_first = first;
}

static void
firm_columns(struct gathering *g, struct inputs *in)
{
	in->firms = g->firms;
	in->siren = g->siren;
	for (int y = 0; y < HEADCOUNT_YEARS; y++)
		in->headcount[y] = g->headcount[y];
}

/* The files of the law, so that nothing else is needed to verify. */
static int
law_columns(struct gathering *g, struct inputs *in)
{
	struct law *files;
	struct law_text t;
	uint64_t *size;
	char *names, *bytes;
	size_t n = 0, name_n = 0, bytes_n = 0;
	int rc;

	/* Of one firm: an answer to a question, not a snapshot to keep. */
	if (g->about->siren != 0)
		return TAPR_OK;
	if ((rc = law_reread(g->about->law, &files, g->err)) != TAPR_OK)
		return rc;
	for (; law_text_at(files, n, &t); n++) {
		name_n += strlen(t.name) + 1;
		bytes_n += t.n;
	}
	size = arena_array(g->a, n + 1, sizeof *size);
	names = arena_alloc(g->a, name_n + 1);
	bytes = arena_alloc(g->a, bytes_n + 1);
	if (!arena_failed(g->a)) {
		in->law_size = size;
		in->law_name = names;
		in->law_bytes = bytes;
		for (size_t i = 0; law_text_at(files, i, &t); i++) {
			size[i] = t.n;
			memcpy(names, t.name, strlen(t.name) + 1);
			names += strlen(t.name) + 1;
			memcpy(bytes, t.bytes, t.n);
			bytes += t.n;
		}
		in->laws = n;
		in->law_name_n = name_n;
		in->law_bytes_n = bytes_n;
	}
	law_free(files);
	return TAPR_OK;
}

static void
meta_columns(struct gathering *g, struct inputs *in)
{
	const struct gather_about *b = g->about;
	int64_t *meta = arena_array(g->a, METAS, sizeof *meta);
	size_t fund = strlen(b->fund) + 1, engine = strlen(b->engine) + 1;
	char *about = arena_alloc(g->a, fund + engine);
	char *text = arena_alloc(g->a, g->text.n + 1);

	if (arena_failed(g->a))
		return;
	meta[META_FORMAT] = INPUTS_FORMAT;
	meta[META_YEAR] = b->year;
	meta[META_FIRST_PAYROLL] = g->first_payroll;
	meta[META_FIRST_HEADCOUNT] = g->last_payroll - HEADCOUNT_YEARS + 1;
	meta[META_BATCH] = b->known;
	meta[META_UNATTACHED] = g->report->unattached;
	memcpy(about, b->fund, fund);
	memcpy(about + fund, b->engine, engine);
	if (g->text.n > 0)
		memcpy(text, g->text.at, g->text.n);
	in->meta = meta;
	in->about = about;
	in->about_n = fund + engine;
	in->text = text;
	in->text_n = g->text.n;
}

/* ---- driving ---------------------------------------------------------------- */

/*
 * The establishments and firms of damaged rows stop.  One that is not here is
 * closed or has no section: a SIRET that is changed has no longer its key.
 */
static void
stop_damaged(struct gathering *g)
{
	const uint64_t *at = g->damaged.at;

	for (size_t k = 0; k < g->damaged.n; k++)
		for (size_t i = 0; i < g->sections.n; i++)
			if (gathering_section(g, i)->siret == at[k])
				gathering_section(g, i)->stop = STOP_DAMAGED;
	at = g->damaged_firms.at;
	for (size_t k = 0; k < g->damaged_firms.n; k++)
		for (size_t i = 0; i < g->sections.n; i++)
			if (gathering_section(g, i)->siret / 100000 == at[k])
				gathering_section(g, i)->stop = STOP_DAMAGED;
}

/* A row lost or doubled leaves no trace in what is read: the counts have it. */
static int
check_counts(struct gathering *g)
{
	const char *table;
	int64_t batch;
	int rc;

	if (g->about->siren != 0)
		return TAPR_OK;
	rc = g->ahead != NULL ? ahead_counts(g, &table, &batch) :
	    batch_verify(g->about->store, g->about->known, &table, &batch,
	    g->err);
	if (rc != TAPR_OK || batch == 0)
		return rc;
	if (g->report->damaged > 0)
		return TAPR_OK;	/* told by name, and stopped */
	return err_set(g->err, TAPR_EIO, table, "le lot %lld n'est plus tel "
	    "qu'il a été apporté (lignes perdues ou en double) ; restaurez "
	    "une sauvegarde", (long long)batch);
}

static int
set_years(struct gathering *g)
{
	int year = g->about->year, rc;

	if ((rc = tariff_day(g->about->law, year, &g->on, g->err)) !=
	    TAPR_OK || (rc = tariff_day(g->about->law, year - 1,
	    &g->on_before, g->err)) != TAPR_OK)
		return rc;
	if ((rc = window_of(g->about->law, year, g->on, &g->first_payroll,
	    &g->last_payroll, g->err)) != TAPR_OK)
		return rc;
	g->first_payroll = g->last_payroll - INPUTS_YEARS + 1;
	return TAPR_OK;
}

static int
run(struct gathering *g, struct inputs *ret)
{
	int rc;

	if ((rc = set_years(g)) != TAPR_OK ||
	    (rc = ahead_start(g)) != TAPR_OK ||
	    (rc = gather_sections(g)) != TAPR_OK ||
	    (rc = gather_amounts(g)) != TAPR_OK ||
	    (rc = gather_claims(g)) != TAPR_OK)
		return rc;
	stop_damaged(g);
	if (g->sections.n > UINT32_MAX - 2 || g->claims.n > UINT32_MAX - 2)
		return err_set(g->err, TAPR_ERANGE, NULL,
		    "trop d'établissements ou de sinistres");
	memset(ret, 0, sizeof *ret);
	if ((rc = gathering_merged(g, ret)) != TAPR_OK)
		return rc;
	section_columns(g, ret);
	single_columns(g, ret);
	extra_columns(g, ret);
	claim_columns(g, ret);
	firm_columns(g, ret);
	meta_columns(g, ret);
	/* Last: what nobody asked for is counted meanwhile. */
	if ((rc = law_columns(g, ret)) != TAPR_OK ||
	    (rc = check_counts(g)) != TAPR_OK)
		return rc;
	return arena_failed(g->a) ? no_memory(g) : TAPR_OK;
}

int
gather(const struct gather_about *about, struct arena *a, struct inputs *ret,
    struct gather_report *report, struct err *err)
{
	struct gathering g = { .about = about, .report = report, .a = a,
	    .err = err,
	    .sections.size = sizeof(struct section_row),
	    .claims.size = sizeof(struct claim_row),
	    .extras.size = sizeof(struct extra_row),
	    .follows.size = sizeof(struct follow),
	    .damaged.size = sizeof(uint64_t),
	    .damaged_firms.size = sizeof(uint64_t), .text.size = 1,
	    .others.size = sizeof(uint64_t) };
	int rc;

	memset(report, 0, sizeof *report);
	rc = run(&g, ret);
	ahead_end(&g);
	free(g.sections.at);
	free(g.claims.at);
	free(g.extras.at);
	free(g.merging.at);
	free(g.follows.at);
	free(g.damaged.at);
	free(g.damaged_firms.at);
	free(g.text.at);
	free(g.others.at);
	free(g.bucket);
	return rc;
}
