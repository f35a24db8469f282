/*
 * declared.c -- tapr employer rates-declared: who declares by DSN a rate that
 * is not the one notified.
 *
 * Declared rates are facts of the table dsn_rate, a row a rate, section and
 * month.  Notified ones stand in the table rate (imported, or rectified by a
 * contest); where it has none for a year, the campaign of that year says what
 * it notified, and when.  Only months of monthly declarations are compared, on
 * the payroll of their own year: an amount of an earlier year follows the rate
 * of its time.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "campaign/desk.h"
#include "campaign/gather.h"
#include "campaign/notice.h"
#include "campaign/state.h"
#include "doc/fmt.h"
#include "model/words.h"
#include "tariff/mode.h"

enum {
	YEARS_BACK = 3,			/* for a previous rate */
	NOTICES_MAX = 64, GROUPS_MAX = 512, DECLARATIONS_MAX = 512,
	NO_RATE_GIVEN = -1, MONTHLY = 1,
};

/* What a campaign notified, kept open while its year is compared. */
struct notified {
	int			 year;		/* 0: none is open */
	bool			 open;		/* it has results */
	struct campaign_act	 act;
	struct before		 before;
	struct gather_before	 rates;
	struct lots		 lots;
	struct date		 effective;
};

/* The notices of one section. */
struct section_notices {
	struct notice	at[NOTICES_MAX];
	size_t		n;
	bool		read;
};

/* What is said in one line: one section, code, declared and notified rate. */
struct group {
	char		section[16], code[8];
	int32_t		declared;
	const struct notice *notice;
	int64_t		cents;
	bool		month[12];
};

struct made {
	int64_t		month, fraction;
	struct date	on;
};

struct comparing {
	struct desk	 d;
	const struct campaign_act *act;
	struct date	 on;			/* a month, or none: all */
	struct notified	 campaign[YEARS_BACK];
	struct str	*out;
	struct err	*err;
	/* Of the establishment and year in hand. */
	int		 year;
	char		 siret[15];
	struct section_notices notices[SECTION_HOME + 1];
	struct made	 made[DECLARATIONS_MAX];
	size_t		 declarations;
	struct group	 group[GROUPS_MAX];
	size_t		 groups;
	/* In all. */
	int64_t		 rows, compared, unknown;
	uint64_t	 last_wrong;
	int64_t		 employers;
};

/* ---- what was notified -------------------------------------------------- */

static int
open_campaign(struct comparing *c, struct notified *n, int year)
{
	struct desk *d = &c->d;
	int rc;

	n->year = year;
	n->act = *c->act;
	n->act.year = year + 1;		/* see desk_before() */
	d->act = &n->act;
	rc = desk_before(d, d->known, &n->before, &n->rates, c->err);
	d->act = c->act;
	if (rc != TAPR_OK || n->rates.in == NULL)
		return rc;
	n->open = true;
	if ((rc = lots_load(&n->before.desk, &n->lots, c->err)) != TAPR_OK)
		return rc;
	return tariff_day(c->act->law, year, &n->effective, c->err);
}

static void
close_campaigns(struct comparing *c)
{
	for (int i = 0; i < YEARS_BACK; i++)
		if (c->campaign[i].year != 0)
			desk_before_close(&c->campaign[i].before);
	memset(c->campaign, 0, sizeof c->campaign);
}

/* The campaigns of ${year} and of those before it. */
static int
open_campaigns(struct comparing *c, int year)
{
	int rc = TAPR_OK;

	close_campaigns(c);
	for (int i = 0; i < YEARS_BACK && rc == TAPR_OK; i++)
		rc = open_campaign(c, &c->campaign[i], year - i);
	return rc;
}

static void
add_notice(struct section_notices *s, struct notice n)
{
	if (s->n < NOTICES_MAX)
		s->at[s->n++] = n;
}

/*
 * The notices of the table rate for one year, those superseded too: a rate that
 * was rectified was right until then.  A later row with the same two dates is
 * a correction of what was typed, and takes the place of the earlier.
 */
static int
read_rates(struct comparing *c, const char *section, int year,
    struct section_notices *ret)
{
	struct value key[] = { value_int(year), value_text(c->siret),
		value_text(section) };
	const struct row *row;
	struct rows *rows;
	int rc;

	if ((rc = rows_of(c->d.fund.store, TABLE_RATE, c->d.known, key, 3,
	    true, &rows, c->err)) != TAPR_OK)
		return rc;
	while ((rc = rows_next(rows, &row, c->err)) == TAPR_OK &&
	    row != NULL) {
		struct notice n = {
			value_to_date(&row->value[RATE_EFFECTIVE_ON]),
			value_to_date(&row->value[RATE_NOTIFIED_ON]),
			(int32_t)value_or(&row->value[RATE_VALUE], 0) };
		struct notice *last = ret->n > 0 ? &ret->at[ret->n - 1] : NULL;

		if (row->damaged)
			continue;
		if (last != NULL && date_cmp(last->effective, n.effective) ==
		    0 && date_cmp(last->notified, n.notified) == 0)
			*last = n;
		else
			add_notice(ret, n);
	}
	rows_free(rows);
	return rc;
}

/* What the campaign of a year notified for the section, if it did. */
static void
read_campaign(const struct comparing *c, const struct notified *n,
    enum section section, struct section_notices *ret)
{
	uint64_t i;

	if (!n->open)
		return;
	i = inputs_find(n->rates.in, siret_number(c->siret, 14), section);
	if (i == n->rates.in->sections || n->rates.mode[i] == MODE_NONE)
		return;
	add_notice(ret, (struct notice){ n->effective,
	    n->lots.at[n->lots.of[i]].notified, n->rates.rate[i] });
}

/* The section, SECTION_HOME + 1 when the word is none. */
static int
section_number(const char *word)
{
	int i;

	for (i = 0; i <= SECTION_HOME; i++)
		if (strcmp(section_words[i], word) == 0)
			break;
	return i;
}

static int
read_notices(struct comparing *c, int section)
{
	struct section_notices *s = &c->notices[section];
	int rc;

	s->read = true;
	for (int back = YEARS_BACK - 1; back >= 0; back--) {
		size_t before = s->n;

		if ((rc = read_rates(c, section_words[section],
		    c->year - back, s)) != TAPR_OK)
			return rc;
		if (s->n == before)
			read_campaign(c, &c->campaign[back],
			    (enum section)section, s);
	}
	return TAPR_OK;
}

/* ---- what was declared -------------------------------------------------- */

/* When each declaration of the establishment and year was made. */
static int
read_made(struct comparing *c)
{
	char siren[10];
	struct value key[] = { value_int(c->year), value_text(siren),
		value_text(c->siret) };
	const struct row *row;
	struct rows *rows;
	int rc;

	(void)snprintf(siren, sizeof siren, "%.9s", c->siret);
	key[1] = value_text(siren);
	if ((rc = rows_open(c->d.fund.store, TABLE_DSN_DECLARATION,
	    c->d.known, key, 3, &rows, c->err)) != TAPR_OK)
		return rc;
	while ((rc = rows_next(rows, &row, c->err)) == TAPR_OK && row != NULL)
		if (!row->damaged && c->declarations < DECLARATIONS_MAX &&
		    value_or(&row->value[DECL_NATURE], 0) == MONTHLY)
			c->made[c->declarations++] = (struct made){
				value_or(&row->value[DECL_MONTH], 0),
				value_or(&row->value[DECL_FRACTION], 0),
				value_to_date(&row->value[DECL_MADE_ON]) };
	rows_free(rows);
	return rc;
}

static struct date
made_on(const struct comparing *c, const struct value *v)
{
	for (size_t i = 0; i < c->declarations; i++)
		if (c->made[i].month == value_or(&v[DECL_MONTH], 0) &&
		    c->made[i].fraction == value_or(&v[DECL_FRACTION], 0))
			return c->made[i].on;
	return DATE_OPEN;
}

static struct group *
group_of(struct comparing *c, const char *section, const char *code,
    int32_t declared, const struct notice *n)
{
	struct group *g;

	for (size_t i = 0; i < c->groups; i++) {
		g = &c->group[i];
		if (g->declared == declared && g->notice == n &&
		    strcmp(g->section, section) == 0 &&
		    strcmp(g->code, code) == 0)
			return g;
	}
	if (c->groups == GROUPS_MAX)
		return NULL;
	g = &c->group[c->groups++];
	*g = (struct group){ .declared = declared, .notice = n };
	(void)snprintf(g->section, sizeof g->section, "%s", section);
	(void)snprintf(g->code, sizeof g->code, "%s", code);
	return g;
}

static int
too_many(const struct comparing *c)
{
	return err_set(c->err, TAPR_ERANGE, c->siret, "trop de taux déclarés, "
	    "ou des montants trop grands, pour %d", c->year);
}

/* One declared rate of the establishment in hand. */
static int
take_row(struct comparing *c, const struct value *v)
{
	const char *word = value_or_empty(&v[TOTAL_SECTION]);
	int32_t declared = (int32_t)value_or(&v[DRATE_RATE], NO_RATE_GIVEN);
	int64_t month = value_or(&v[DECL_MONTH], 0);
	int64_t cents = value_or(&v[DRATE_CENTS], 0);
	int section = section_number(word), rc;
	const struct notice *n;
	struct group *g;

	if (section > SECTION_HOME || month < 1 || month > 12)
		return TAPR_OK;
	if (!c->notices[section].read &&
	    (rc = read_notices(c, section)) != TAPR_OK)
		return rc;
	n = notice_wanted(c->notices[section].at, c->notices[section].n,
	    (struct date){ (int16_t)c->year, (uint8_t)month, 1 },
	    made_on(c, v), declared);
	c->compared++;
	if (n == NULL)
		c->unknown++;
	if (n == NULL || n->rate == declared)
		return TAPR_OK;
	if ((g = group_of(c, word, value_or_empty(&v[TOTAL_RISK_CODE]),
	    declared, n)) == NULL || (cents > 0 && g->cents > INT64_MAX -
	    cents) || (cents < 0 && g->cents < INT64_MIN - cents))
		return too_many(c);
	g->cents += cents;
	g->month[month - 1] = true;
	return TAPR_OK;
}

/* ---- what is said ------------------------------------------------------- */

/* What is due on the base by the notified rate less what was declared. */
static int
difference(const struct comparing *c, const struct group *g,
    struct frac *ret)
{
	enum { PERCENT_UNITS = 1000000 };
	int32_t points = g->notice->rate - g->declared;

	*ret = frac_round(frac_div(frac_mul(frac_int(g->cents),
	    frac_int(points)), frac_int(PERCENT_UNITS)), 0, ROUND_HALF_UP);
	return frac_valid(*ret) ? TAPR_OK : too_many(c);
}

static void
add_rate_json(struct str *out, int32_t rate)
{
	char text[32];

	if (rate == NO_RATE_GIVEN) {
		str_add(out, "null");
		return;
	}
	(void)frac_decimal(frac_rate((struct rate){ rate }), 4,
	    ROUND_HALF_UP, text, sizeof text);
	str_printf(out, "\"%s\"", text);
}

static void
add_json(struct comparing *c, const struct group *g, int64_t cents)
{
	struct str *out = c->out;
	char day[DATE_TEXT_MAX];
	bool first = true;

	str_printf(out, "%s\n  {\"siret\": \"%s\", \"section\": \"%s\", "
	    "\"risk_code\": \"%s\", \"declared\": ", c->rows > 0 ? "," : "",
	    c->siret, g->section, g->code);
	add_rate_json(out, g->declared);
	str_add(out, ", \"notified\": ");
	add_rate_json(out, g->notice->rate);
	str_printf(out, ", \"effective_on\": \"%s\"",
	    date_text(g->notice->effective, day));
	str_add(out, ", \"months\": [");
	for (int m = 0; m < 12; m++) {
		if (!g->month[m])
			continue;
		str_printf(out, "%s\"%04d-%02d\"", first ? "" : ", ", c->year,
		    m + 1);
		first = false;
	}
	str_printf(out, "], \"base_cents\": %lld, ", (long long)g->cents);
	if (g->declared == NO_RATE_GIVEN)
		str_add(out, "\"difference_cents\": null}");
	else
		str_printf(out, "\"difference_cents\": %lld}",
		    (long long)cents);
}

static void
add_text(struct comparing *c, const struct group *g, int64_t cents)
{
	struct str *out = c->out;
	bool first = true;

	fmt_siret(out, c->siret);
	str_printf(out, "  %s %s : déclaré ", g->section, g->code);
	if (g->declared == NO_RATE_GIVEN)
		str_add(out, "aucun");
	else
		fmt_percent(out, frac_rate((struct rate){ g->declared }), 2);
	str_add(out, ", notifié ");
	fmt_percent(out, frac_rate((struct rate){ g->notice->rate }), 2);
	str_add(out, " (effet le ");
	fmt_date(out, g->notice->effective);
	str_printf(out, "), %d : mois ", c->year);
	for (int m = 0; m < 12; m++) {
		if (!g->month[m])
			continue;
		str_printf(out, "%s%d", first ? "" : ", ", m + 1);
		first = false;
	}
	str_add(out, ", assiette ");
	fmt_eur(out, frac_cents((struct cents){ g->cents }));
	if (g->declared != NO_RATE_GIVEN) {
		str_add(out, cents < 0 ? ", trop déclaré " :
		    ", reste dû ");
		fmt_eur(out, frac_cents((struct cents){ cents < 0 ? -cents :
		    cents }));
	}
	str_add(out, "\n");
}

/* The establishment and year in hand are read: what was wrong is said. */
static int
say_groups(struct comparing *c)
{
	uint64_t siret = siret_number(c->siret, 14);
	struct frac f;
	int64_t cents;
	int rc;

	for (size_t i = 0; i < c->groups; i++) {
		const struct group *g = &c->group[i];

		if ((rc = difference(c, g, &f)) != TAPR_OK)
			return rc;
		if (!frac_scaled(f, 0, &cents) || cents == INT64_MIN)
			return too_many(c);
		if (c->act->json)
			add_json(c, g, cents);
		else
			add_text(c, g, cents);
		c->rows++;
		c->employers += siret != c->last_wrong;
		c->last_wrong = siret;
	}
	return TAPR_OK;
}

/* ---- all of them -------------------------------------------------------- */

static int
next_establishment(struct comparing *c, int year, const char *siret)
{
	bool same_year = year == c->year;
	int rc;

	if ((rc = say_groups(c)) != TAPR_OK)
		return rc;
	c->year = year;
	(void)snprintf(c->siret, sizeof c->siret, "%s", siret);
	memset(c->notices, 0, sizeof c->notices);
	c->declarations = c->groups = 0;
	if (!same_year && (rc = open_campaigns(c, year)) != TAPR_OK)
		return rc;
	return read_made(c);
}

static bool
is_asked(const struct comparing *c, const struct value *v)
{
	int64_t year = value_or(&v[DECL_YEAR], 0);

	return value_or(&v[DECL_NATURE], 0) == MONTHLY &&
	    value_or(&v[DRATE_YEAR], 0) == year &&
	    (!date_is(c->on) || (year == c->on.y &&
	    value_or(&v[DECL_MONTH], 0) == c->on.m));
}

static int
compare_all(struct comparing *c)
{
	struct value key = value_int(c->on.y);
	const struct row *row;
	struct rows *rows;
	int rc;

	if ((rc = rows_open(c->d.fund.store, TABLE_DSN_RATE, c->d.known, &key,
	    date_is(c->on) ? 1 : 0, &rows, c->err)) != TAPR_OK)
		return rc;
	while (rc == TAPR_OK && (rc = rows_next(rows, &row, c->err)) ==
	    TAPR_OK && row != NULL) {
		const struct value *v = row->value;
		const char *siret = value_or_empty(&v[DECL_SIRET]);
		int year = (int)value_or(&v[DECL_YEAR], 0);

		if (row->damaged || !is_asked(c, v))
			continue;
		if (year != c->year || strcmp(siret, c->siret) != 0)
			rc = next_establishment(c, year, siret);
		if (rc == TAPR_OK)
			rc = take_row(c, v);
	}
	rows_free(rows);
	return rc == TAPR_OK ? say_groups(c) : rc;
}

static void
finish(struct comparing *c)
{
	if (c->act->json)
		str_printf(c->out, "%s], \"compared\": %lld, \"unknown\": "
		    "%lld, \"employers\": %lld}\n", c->rows > 0 ? "\n" : "",
		    (long long)c->compared, (long long)c->unknown,
		    (long long)c->employers);
	else
		str_printf(c->out, "%lld établissement%s déclare%s un taux qui "
		    "n'est pas le leur (%lld taux déclaré%s comparé%s, %lld "
		    "sans taux notifié connu)\n", (long long)c->employers,
		    plural(c->employers), c->employers >= 2 ? "nt" : "",
		    (long long)c->compared, plural(c->compared),
		    plural(c->compared), (long long)c->unknown);
}

int
campaign_declared(const struct campaign_act *act, struct date on,
    struct str *out, struct err *err)
{
	struct comparing *c = calloc(1, sizeof *c);
	int rc;

	if (c == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	c->act = act;
	c->on = on;
	c->out = out;
	c->err = err;
	if (act->json)
		str_add(out, "{\"rows\": [");
	if ((rc = desk_open(act, STORE_READ, &c->d, err)) == TAPR_OK)
		rc = compare_all(c);
	if (rc == TAPR_OK)
		finish(c);
	close_campaigns(c);
	desk_close(&c->d);
	free(c);
	return rc == TAPR_OK ? desk_written(out, err) : rc;
}
