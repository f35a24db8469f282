/*
 * delays.c -- how long files wait, measured in one reading a step.
 *
 * Ages are counted in a table of days, so that the median of three million
 * files needs no list of them.  The oldest open files are kept in a heap whose
 * root is the youngest kept; all open files only when they are asked for.
 *
 * The order of the list is the age alone, then the day and the number, so
 * that two runs print the same: no profile comes before another (S3-11).
 */
#include "register/delays.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "deadline/deadline.h"
#include "store/batch.h"

enum {
	AGE_MAX = 36525,	/* a century; what is older counts as that */
	WINDOW_MONTHS = 12,	/* closed files: those of the last year */
	MEMO = 4096,
};

/* The columns of each statement. */
enum { C_FILE, C_SIRET, C_KIND, C_START, C_STOP, C_DUE, C_LAW_FROM, COLUMNS };

/*
 * The steps.  ${limit} are the limits of law/params/claim_deadline.csv that a
 * file of the step has, "due" the day that the file itself bears; those of
 * delay_threshold.csv are added by name of the step.
 */
static const struct step {
	const char	*name, *title, *clock;
	enum sql	 sql;
	const char	*limit[3];
} steps[] = {
	{ "decision", "décision sur le sinistre",
	    "du dossier complet (ou, à défaut, de la déclaration) à la "
	    "reconnaissance ou au refus ; le délai légal court du dossier "
	    "complet", SQL_DELAY_DECISION, { "decision", "investigation" } },
	{ "payment", "premier paiement",
	    "du dossier complet au premier versement autre que des soins ; "
	    "sinistres non refusés avec arrêt", SQL_DELAY_PAYMENT, { NULL } },
	{ "revision-answer", "réponse à la révision",
	    "de l'envoi du questionnaire à la réponse (ou à la conclusion "
	    "d'office)", SQL_DELAY_ANSWER, { "due" } },
	{ "revision-decision", "décision de la révision",
	    "de la réponse (ou de la conclusion d'office) à la conclusion "
	    "sans changement ou à la décision", SQL_DELAY_REVISION,
	    { NULL } },
	{ "contest", "décision sur une contestation",
	    "de la réception de la contestation à la décision",
	    SQL_DELAY_CONTEST, { NULL } },
};

/* A day of the law, remembered: many claims start on one day. */
struct memo { char kind[DELAY_WORD_MAX]; const char *limit;
	struct date from, last; };

struct measure {
	const struct step	*step;
	const struct law	*law;
	struct delay_report	*to;
	struct memo		*memo;		/* MEMO of them */
};

const char *
delays_step(size_t i)
{
	return i < sizeof steps / sizeof steps[0] ? steps[i].name : NULL;
}

static int
no_memory(struct err *err)
{
	return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
}

/* ---- ages ------------------------------------------------------------------ */

int
ages_init(struct ages *a, struct err *err)
{
	*a = (struct ages){ calloc(AGE_MAX + 1, sizeof *a->count), 0, -1 };
	return a->count == NULL ? no_memory(err) : TAPR_OK;
}

void
ages_free(struct ages *a)
{
	free(a->count);
	a->count = NULL;
}

void
ages_add(struct ages *a, int32_t days)
{
	if (days < 0)
		days = 0;
	if (days > AGE_MAX)
		days = AGE_MAX;
	if (days > a->longest)
		a->longest = days;
	a->count[days]++;
	a->n++;
}

int32_t
ages_percentile(const struct ages *a, int percent)
{
	int64_t rank = (a->n * percent + 99) / 100, seen = 0;
	int32_t age = 0;

	if (a->n == 0)
		return -1;
	while ((seen += a->count[age]) < rank)
		age++;
	return age;
}

/* ---- the oldest files ------------------------------------------------------- */

/* Below 0: ${a} comes first in the list. */
static int
by_age(const void *va, const void *vb)
{
	const struct delay_file *a = va, *b = vb;
	int c = (a->age < b->age) - (a->age > b->age);

	if (c == 0)
		c = strcmp(a->id, b->id);
	if (c == 0)
		c = strcmp(a->siret, b->siret);
	return c != 0 ? c : strcmp(a->kind, b->kind);
}

static void
swap(struct delay_file *a, struct delay_file *b)
{
	struct delay_file t = *a;

	*a = *b;
	*b = t;
}

/* The root has changed: the last in the list comes up again. */
static void
sink(struct delay_files *f)
{
	size_t i = 0, child;

	while ((child = 2 * i + 1) < f->n) {
		if (child + 1 < f->n &&
		    by_age(&f->at[child + 1], &f->at[child]) > 0)
			child++;
		if (by_age(&f->at[child], &f->at[i]) <= 0)
			return;
		swap(&f->at[i], &f->at[child]);
		i = child;
	}
}

static void
rise(struct delay_files *f)
{
	size_t i = f->n - 1;

	while (i > 0 && by_age(&f->at[i], &f->at[(i - 1) / 2]) > 0) {
		swap(&f->at[i], &f->at[(i - 1) / 2]);
		i = (i - 1) / 2;
	}
}

static int
keep(struct delay_files *f, const struct delay_file *one, struct err *err)
{
	size_t room = f->room == 0 ? DELAY_OLDEST : f->room * 2;
	struct delay_file *grown;

	if (f->n == f->max) {
		if (by_age(one, &f->at[0]) < 0) {
			f->at[0] = *one;
			sink(f);
		}
		return TAPR_OK;
	}
	if (f->n == f->room) {
		if ((grown = realloc(f->at, room * sizeof *grown)) == NULL)
			return no_memory(err);
		f->at = grown;
		f->room = room;
	}
	f->at[f->n++] = *one;
	rise(f);
	return TAPR_OK;
}

/* ---- limits ----------------------------------------------------------------- */

static struct delay_mark *
add_mark(struct delay_report *r, const char *name)
{
	assert(r->marks < DELAY_MARKS_MAX);
	r->mark[r->marks].name = name;
	return &r->mark[r->marks++];
}

/* The thresholds of law/params/delay_threshold.csv, the shortest first. */
static int
add_thresholds(struct measure *m, struct err *err)
{
	size_t p = law_param_number(m->law, "delay_threshold");
	struct delay_report *r = m->to;
	int first = r->marks;
	int64_t days;

	for (size_t i = 0; p < law_param_count(m->law) &&
	    i < law_row_count(m->law, p); i++) {
		const struct law_row *row = law_row_at(m->law, p, i);
		struct delay_mark *mark;

		if (strcmp(row->key[0], m->step->name) != 0 ||
		    law_find(m->law, "delay_threshold", row->key, r->today) !=
		    row)
			continue;
		if (!frac_scaled(row->number, 0, &days) || days < 0 ||
		    days > AGE_MAX || r->marks == DELAY_MARKS_MAX)
			return err_set(err, TAPR_ELAW, row->file, "ligne %ld : "
			    "un seuil est un nombre entier de jours, quatre "
			    "au plus par étape", row->line);
		mark = add_mark(r, row->key[1]);
		mark->row = row;
		mark->days = (int32_t)days;
		for (int k = r->marks - 1; k > first &&
		    r->mark[k].days < r->mark[k - 1].days; k--) {
			struct delay_mark t = r->mark[k];

			r->mark[k] = r->mark[k - 1];
			r->mark[k - 1] = t;
		}
	}
	return TAPR_OK;
}

/* The last day of ${limit} for a claim complete on ${from}; none without a
 * text that day. */
static struct date
legal_day(struct measure *m, const char *kind, const char *limit,
    struct date from)
{
	uint32_t slot = (uint32_t)date_to_days(from) * 31 +
	    (unsigned char)kind[0] * 7 + (unsigned char)limit[0];
	struct memo *k = &m->memo[slot % MEMO];
	struct claim_deadline d;

	if (k->limit == limit && date_cmp(k->from, from) == 0 &&
	    strcmp(k->kind, kind) == 0)
		return k->last;
	memset(k, 0, sizeof *k);
	(void)snprintf(k->kind, sizeof k->kind, "%s", kind);
	k->limit = limit;
	k->from = from;
	/* A kind, a step or a day without a text has no limit: that is no
	 * failure here, the report counts such files. */
	if (claim_deadline(m->law, kind, limit, from, &d, NULL) == TAPR_OK)
		k->last = d.last_day;
	return k->last;
}

static struct date
day_of(struct measure *m, const struct delay_mark *mark,
    const struct value *v)
{
	if (strcmp(mark->name, "due") == 0)
		return value_to_date(&v[C_DUE]);
	if (v[C_LAW_FROM].kind == VALUE_NULL)
		return DATE_NONE;
	return legal_day(m, value_or_empty(&v[C_KIND]), mark->name,
	    value_to_date(&v[C_LAW_FROM]));
}

static void
pass_marks(struct measure *m, const struct value *v, struct delay_file *f)
{
	struct delay_report *r = m->to;
	bool beyond, limited = m->step->limit[0] == NULL;

	for (int i = 0; i < r->marks; i++) {
		struct delay_mark *mark = &r->mark[i];
		struct date day = mark->row != NULL ? DATE_NONE :
		    day_of(m, mark, v);

		if (mark->row != NULL)
			beyond = f->age > mark->days;
		else
			beyond = date_is(day) && date_cmp(r->today, day) > 0;
		if (date_is(day)) {
			limited = true;
			if (!date_is(f->due))
				f->due = day;
		}
		if (beyond) {
			mark->passed++;
			f->passed |= 1U << i;
		}
	}
	if (!limited)
		r->no_limit++;
}

/* ---- reading ---------------------------------------------------------------- */

static int32_t
between(struct date a, struct date b)
{
	return date_to_days(b) - date_to_days(a);
}

static void
set_text(char *to, size_t size, const struct value *v)
{
	(void)snprintf(to, size, "%s", value_or_empty(v));
}

static int
one_file(struct measure *m, const struct value *v, struct err *err)
{
	struct delay_report *r = m->to;
	struct date start = value_to_date(&v[C_START]);
	struct date stop = value_to_date(&v[C_STOP]);
	struct delay_file f;

	if (!date_is(start) || date_cmp(start, r->today) > 0)
		return TAPR_OK;
	if (date_is(stop) && date_cmp(stop, r->today) <= 0) {
		if (date_cmp(stop, r->since) > 0)
			ages_add(&r->closed, between(start, stop));
		return TAPR_OK;
	}
	memset(&f, 0, sizeof f);
	f.start = start;
	f.age = between(start, r->today);
	set_text(f.id, sizeof f.id, &v[C_FILE]);
	set_text(f.siret, sizeof f.siret, &v[C_SIRET]);
	set_text(f.kind, sizeof f.kind, &v[C_KIND]);
	ages_add(&r->open, f.age);
	pass_marks(m, v, &f);
	return keep(&r->files, &f, err);
}

static int
read_files(struct measure *m, struct store *s, struct err *err)
{
	struct value v[COLUMNS];
	struct query *q;
	int64_t known;
	int rc, row;

	if ((rc = batch_known(s, &known, err)) != TAPR_OK ||
	    (rc = store_query(s, m->step->sql, &q, err)) != TAPR_OK ||
	    (rc = query_bind(q, 1, value_int(known), err)) != TAPR_OK)
		return rc;
	while ((rc = query_step(q, &row, err)) == TAPR_OK && row == 1) {
		for (int i = 0; i < COLUMNS; i++)
			v[i] = query_column(q, i);
		if ((rc = one_file(m, v, err)) != TAPR_OK) {
			query_reset(q);
			return rc;
		}
	}
	return rc;
}

static int
find_step(const char *name, const struct step **ret, struct err *err)
{
	struct str known;

	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
		if (strcmp(steps[i].name, name) == 0) {
			*ret = &steps[i];
			return TAPR_OK;
		}
	str_init(&known, 1024);
	for (size_t i = 0; delays_step(i) != NULL; i++)
		str_printf(&known, "%s%s", i == 0 ? "" : ", ",
		    delays_step(i));
	(void)err_set(err, TAPR_EINVAL, "--step", "pas d'étape « %s » ; "
	    "choisissez parmi : %s", str_brief(name).text,
	    str_failed(&known) ? "" : known.p);
	str_free(&known);
	return TAPR_EINVAL;
}

static int
measure(struct measure *m, struct store *s, struct err *err)
{
	struct delay_report *r = m->to;
	int rc;

	if ((rc = ages_init(&r->open, err)) != TAPR_OK ||
	    (rc = ages_init(&r->closed, err)) != TAPR_OK)
		return rc;
	for (int i = 0; m->step->limit[i] != NULL; i++)
		(void)add_mark(r, m->step->limit[i]);
	if ((rc = add_thresholds(m, err)) != TAPR_OK ||
	    (rc = read_files(m, s, err)) != TAPR_OK)
		return rc;
	/* Nothing is to be sorted of no file: at is NULL then. */
	if (r->files.n > 0)
		qsort(r->files.at, r->files.n, sizeof *r->files.at, by_age);
	return TAPR_OK;
}

int
delays_measure(struct store *s, const struct law *law, const char *step,
    struct date today, bool whole, struct delay_report *ret, struct err *err)
{
	struct measure m = { .law = law, .to = ret };
	int rc;

	memset(ret, 0, sizeof *ret);
	if ((rc = find_step(step, &m.step, err)) != TAPR_OK)
		return rc;
	ret->step = m.step->name;
	ret->title = m.step->title;
	ret->clock = m.step->clock;
	ret->today = today;
	ret->since = date_add_months(today, -WINDOW_MONTHS);
	ret->files.max = whole ? SIZE_MAX : DELAY_OLDEST;
	if ((m.memo = calloc(MEMO, sizeof *m.memo)) == NULL)
		return no_memory(err);
	rc = measure(&m, s, err);
	free(m.memo);
	return rc;
}

void
delays_free(struct delay_report *r)
{
	ages_free(&r->open);
	ages_free(&r->closed);
	free(r->files.at);
	r->files.at = NULL;
}
