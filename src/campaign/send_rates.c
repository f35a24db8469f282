/*
 * send_rates.c -- the flow urssaf_rates: each rate notified for a year, with
 * the day from which it counts.
 *
 * A rate stands in the table rate once it was imported or rectified; where it
 * has no row for a section, the campaign says what it notified (see
 * declared.c).  A rate that nobody was told of is no rate, and does not leave.
 */
#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "campaign/campaign.h"
#include "campaign/desk.h"
#include "campaign/gather.h"
#include "campaign/standing.h"
#include "exchange/exchange.h"
#include "model/words.h"
#include "tariff/mode.h"

/* In the order of rates_columns. */
enum { YEAR, SIRET, SECTION, CODE, RATE, EFFECTIVE, NOTIFIED, VALUES };
static const char *const columns[VALUES] = { "year", "siret", "section",
	"risk_code", "rate", "effective_on", "notified_on" };

/* A section, and the first day that its rows count from. */
struct held { uint64_t key; struct date from; };

struct sending {
	struct exchange		*x;
	const struct campaign_act *act;
	int			 year;
	/* Sections that the table rate holds, by SIRET and section. */
	struct held		*have;
	size_t			 n, room;
};

static uint64_t
section_key(const char *siret, int section)
{
	return siret_number(siret, 14) * 4 + (uint64_t)section;
}

static int
section_number(const char *word)
{
	int i = 0;

	while (section_words[i] != NULL && strcmp(section_words[i], word) != 0)
		i++;
	return i;
}

static int
remember(struct sending *s, struct held h, struct err *err)
{
	size_t room = s->room == 0 ? 1024 : 2 * s->room;
	struct held *grown;

	/* Rows of a section come by their day: the first is kept. */
	if (s->n > 0 && s->have[s->n - 1].key == h.key)
		return TAPR_OK;
	if (s->n == s->room) {
		if ((grown = realloc(s->have, room * sizeof *grown)) == NULL)
			return err_set(err, TAPR_EIO, NULL,
			    "mémoire insuffisante");
		s->have = grown;
		s->room = room;
	}
	s->have[s->n++] = h;
	return TAPR_OK;
}

static int
by_key(const void *a, const void *b)
{
	const struct held *l = a, *r = b;

	return (l->key > r->key) - (l->key < r->key);
}

/* ---- the table rate ------------------------------------------------------- */

static int
take_rate(void *to, const struct value *v, struct err *err)
{
	struct sending *s = to;
	struct held h = { section_key(value_or_empty(&v[RATE_SIRET]),
	    section_number(value_or_empty(&v[RATE_SECTION]))),
	    value_to_date(&v[RATE_EFFECTIVE_ON]) };
	int rc;

	if ((rc = remember(s, h, err)) != TAPR_OK)
		return rc;
	if (v[RATE_NOTIFIED_ON].kind == VALUE_NULL)
		return TAPR_OK;
	return exchange_row(s->x, (struct value[VALUES]){ v[RATE_YEAR],
	    v[RATE_SIRET], v[RATE_SECTION], v[RATE_RISK_CODE], v[RATE_VALUE],
	    v[RATE_EFFECTIVE_ON], v[RATE_NOTIFIED_ON] }, 0, err);
}

static int
send_table(struct sending *s, struct err *err)
{
	const struct exchange_reading rates = { .table = TABLE_RATE,
	    .years = { s->year, s->year } };
	int rc;

	if ((rc = exchange_read(s->x, &rates, take_rate, s, err)) == TAPR_OK &&
	    s->n > 0)
		qsort(s->have, s->n, sizeof *s->have, by_key);
	return rc;
}

/* ---- the campaign --------------------------------------------------------- */

/* Does the table say it from the first day on? */
static bool
is_held(const struct sending *s, uint64_t key, struct date effective)
{
	struct held h = { key, DATE_NONE };
	const struct held *found = s->n == 0 ? NULL : bsearch(&h, s->have,
	    s->n, sizeof h, by_key);

	return found != NULL && date_cmp(found->from, effective) <= 0;
}

/* A draft that was corrected is alone in its lot: what it was notified as. */
static int
rate_of(struct desk *d, const struct gather_before *b, const struct lot *lot,
    uint64_t i, int32_t *ret, struct err *err)
{
	struct rectified r;
	int rc;

	*ret = b->rate[i];
	if (lot->kind != LOT_SINGLE)
		return TAPR_OK;
	if ((rc = rectified_find(d, i, true, &r, err)) == TAPR_OK &&
	    r.contest != 0)
		*ret = r.now;
	return rc;
}

static int
send_section(struct sending *s, struct desk *d, const struct gather_before *b,
    const struct lot *lot, struct date effective, uint64_t i, struct err *err)
{
	const struct inputs *in = b->in;
	char siret[15];
	int32_t rate;
	int rc;

	if (is_held(s, in->siret[i] * 4 + in->section[i], effective))
		return TAPR_OK;
	if ((rc = rate_of(d, b, lot, i, &rate, err)) != TAPR_OK)
		return rc;
	return exchange_row(s->x, (struct value[VALUES]){ value_int(s->year),
	    value_text(siret_text(in->siret[i], siret)),
	    value_text(section_words[in->section[i]]),
	    value_text(in->risk_code + i * CODE_BYTES), value_int(rate),
	    value_date(effective), value_date(lot->notified) }, 0, err);
}

static int
send_notified(struct sending *s, struct before *before,
    const struct gather_before *b, struct err *err)
{
	struct lots lots;
	struct date effective;
	int rc;

	if ((rc = lots_load(&before->desk, &lots, err)) != TAPR_OK ||
	    (rc = tariff_day(s->act->law, s->year, &effective, err)) !=
	    TAPR_OK)
		return rc;
	for (uint64_t i = 0; i < b->in->sections && rc == TAPR_OK; i++)
		if (b->mode[i] != MODE_NONE)
			rc = send_section(s, &before->desk, b,
			    &lots.at[lots.of[i]], effective, i, err);
	return rc;
}

/* desk_before() gives what the year before that of the act notified. */
static int
send_campaign(struct sending *s, struct err *err)
{
	struct campaign_act after = *s->act;
	struct gather_before b = { .in = NULL };
	struct before before = { .act = after };
	struct desk d;
	int rc;

	after.year = s->year + 1;
	if ((rc = desk_open(&after, STORE_READ, &d, err)) == TAPR_OK &&
	    (rc = desk_before(&d, d.known, &before, &b, err)) == TAPR_OK &&
	    b.in != NULL)
		rc = send_notified(s, &before, &b, err);
	desk_before_close(&before);
	desk_close(&d);
	return rc;
}

int
campaign_send_rates(const struct campaign_act *act,
    const struct exchange_run *run, struct str *out, struct err *err)
{
	struct sending s = { .x = NULL, .act = act, .year = run->year };
	int rc;

	if (run->year == 0 || run->object != NULL)
		return err_set(err, TAPR_EUSAGE, NULL, "tapr exchange run "
		    "urssaf_rates ANNÉE --out FICHIER");
	if ((rc = exchange_open(run, &s.x, err)) == TAPR_OK &&
	    (rc = exchange_columns(s.x, columns, VALUES, err)) == TAPR_OK &&
	    (rc = send_table(&s, err)) == TAPR_OK &&
	    (rc = send_campaign(&s, err)) == TAPR_OK)
		rc = exchange_send(s.x, out, err);
	exchange_close(s.x);
	free(s.have);
	return rc;
}
