/*
 * deadline.c -- how the law counts, and the deadlines it sets.
 *
 * Five ways of counting are written in the texts, and each has one function:
 *
 *	days		« celui de l'acte [...] qui le fait courir ne compte
 *			pas » (CPC 641); the last day counts
 *	clear days	« jours francs »: neither the first nor the last day
 *			counts, so the act is in time on the day after
 *	months, years	the same number in the last month, or its last day
 *			(CPC 641, al. 2)
 *	hours		« non compris les dimanches et jours fériés »
 *			(CSS R. 441-3): 24 hours are one open day
 *	working days	« quatre jours ouvrables » (arrêté of 9 December
 *			2010, art. 14): days on which CPC 642 lets a period
 *			end, so that a Saturday is none.  Alternative, worse
 *			for the employer: the Saturday counts
 *
 * and then CPC art. 642
 *
 *	« Tout délai expire le dernier jour à vingt-quatre heures.
 *	Le délai qui expirerait normalement un samedi, un dimanche ou un jour
 *	férié ou chômé est prorogé jusqu'au premier jour ouvrable suivant. »
 *
 * which moves the first three to a working day (neither Saturday, Sunday nor
 * holiday); working days end on one by themselves.  Hours are not moved: the
 * text of R. 441-3 itself leaves out Sundays and holidays, and a Saturday
 * counts and may be the last day.  The 24 hours of the victim (R. 441-2) are
 * read in the same way, though that text leaves nothing out.
 *
 * The lengths are data (law/params/claim_deadline.csv, appeal_deadline.csv);
 * the law is the one of the day that starts the count.
 *
 * Invariant: a count that leaves the calendar is DATE_NONE here, and
 * TAPR_ERANGE from the two functions that read the law.
 */
#include <stdio.h>
#include <string.h>

#include "deadline/deadline.h"

enum {
	SUNDAY = 6,
	HOURS_A_DAY = 24,
	MONTHS_A_YEAR = 12,
	SPAN_MAX = 36525,	/* a century: longer is a slip of the data */
	KNOWN_MAX = 512,
};

/* Neither Sunday nor public holiday: what R. 441-3 counts. */
static bool
open_day(struct date d)
{

	return date_weekday(d) != SUNDAY && !holiday(d);
}

/*
 * count_days(start, days, counts): the ${days}-th day after ${start} among
 * those that ${counts} accepts.
 */
static struct date
count_days(struct date start, int days, bool (*counts)(struct date))
{
	struct date d = start;

	while (days > 0) {
		d = date_add_days(d, 1);
		if (!date_is(d))
			break;
		if (counts(d))
			days--;
	}
	return d;
}

struct date
deadline_days(struct date start, int days)
{

	return next_working_day(date_add_days(start, days));
}

struct date
deadline_clear_days(struct date start, int days)
{

	return next_working_day(date_add_days(date_add_days(start, days), 1));
}

struct date
deadline_months(struct date start, int months)
{

	return next_working_day(date_add_months(start, months));
}

struct date
deadline_open_days(struct date start, int days)
{

	return next_working_day(count_days(start, days, open_day));
}

struct date
deadline_working_days(struct date start, int days)
{

	return count_days(start, days, working_day);
}

/*
 * unusable(row, err): the refusal of a length that no count can use.
 */
static int
unusable(const struct law_row *row, struct err *err)
{

	return err_set(err, TAPR_ELAW, row->file, "ligne %ld : « %s » en "
	    "« %s » n'est pas une durée ; écrire un nombre entier de 1 à %d "
	    "en clear_days, days, working_days, hours (par 24), months ou "
	    "years",
	    row->line, row->value, row->unit, (int)SPAN_MAX);
}

static int
beyond_calendar(struct date start, struct err *err)
{
	char text[DATE_TEXT_MAX];

	return err_set(err, TAPR_ERANGE, NULL, "le délai qui court du %s "
	    "dépasse le 31 décembre 9999 ; corriger cette date",
	    date_text(start, text));
}

/*
 * span(row, unit, ret): the length of ${row} when it is a whole number of
 * ${unit}.
 */
static bool
span(const struct law_row *row, const char *unit, int *ret)
{
	int64_t n;

	if (strcmp(row->unit, unit) != 0 || !frac_scaled(row->number, 0, &n) ||
	    n < 1 || n > SPAN_MAX)
		return false;
	*ret = (int)n;
	return true;
}

/*
 * last_day(row, start, ret, err): ${ret} is the last day of the period of
 * ${row} that ${start} opens.
 */
static int
last_day(const struct law_row *row, struct date start, struct date *ret,
    struct err *err)
{
	struct date d;
	int n;

	if (span(row, "clear_days", &n))
		d = deadline_clear_days(start, n);
	else if (span(row, "days", &n))
		d = deadline_days(start, n);
	else if (span(row, "working_days", &n))
		d = deadline_working_days(start, n);
	else if (span(row, "hours", &n) && n % HOURS_A_DAY == 0)
		d = deadline_open_days(start, n / HOURS_A_DAY);
	else if (span(row, "months", &n))
		d = deadline_months(start, n);
	else if (span(row, "years", &n))
		d = deadline_months(start, n * MONTHS_A_YEAR);
	else
		return unusable(row, err);

	if (!date_is(d))
		return beyond_calendar(start, err);
	*ret = d;
	return TAPR_OK;
}

/*
 * notified(available, consulted, days, ret): the day on which a decision made
 * available on line counts as notified.
 *
 * CSS L. 242-5, al. 5
 *
 *	« celles-ci sont réputées notifiées à leur date de consultation et au
 *	plus tard dans un délai de quinze jours suivant leur mise à
 *	disposition »
 *
 * The arrêtés of 30 December 2019 and 8 October 2020 say instead that what was
 * not consulted in those days is notified on the day it was made available.
 * Both agree on a consultation up to the fifteenth day, that day included, and
 * neither gives a later one any effect.  The fifteen days set the date of an
 * event, not of an act to be done, so CPC 642 does not move their end.
 */
static void
notified(struct date available, struct date consulted, int days,
    struct appeal *ret)
{
	struct date latest = date_add_days(available, days);

	if (date_is(consulted) && date_cmp(consulted, latest) <= 0) {
		ret->notified_statute = consulted;
		ret->notified_arrete = consulted;
	} else {
		ret->notified_statute = latest;
		ret->notified_arrete = available;
	}
}

/*
 * What the caller gave must say in one way when the decision arrived.
 */
static int
check_dates(struct date available, struct date consulted, struct date post,
    struct err *err)
{
	char a[DATE_TEXT_MAX], c[DATE_TEXT_MAX];

	if (date_is(post)) {
		if (date_is(available) || date_is(consulted))
			return err_set(err, TAPR_EINVAL, "post",
			    "une décision reçue par la poste n'a ni date de "
			    "mise à disposition ni date de consultation ; "
			    "donner post, ou available et consulted");
		return TAPR_OK;
	}
	if (!date_is(available))
		return err_set(err, TAPR_EINVAL, "available",
		    "la date de notification manque ; donner la date de mise à "
		    "disposition en ligne (available) ou la date prouvée de "
		    "réception du courrier (post)");
	if (date_is(consulted) && date_cmp(consulted, available) < 0)
		return err_set(err, TAPR_EINVAL, "consulted",
		    "consultation le %s, avant la mise à disposition le %s ; "
		    "corriger l'une des deux dates", date_text(consulted, c),
		    date_text(available, a));
	return TAPR_OK;
}

/*
 * CSS R. 142-1-A, III
 *
 *	« S'il n'en est disposé autrement, le délai de recours préalable et le
 *	délai de recours contentieux sont de deux mois à compter de la
 *	notification de la décision contestée.  Ces délais ne sont opposables
 *	qu'à la condition d'avoir été mentionnés, ainsi que les voies de
 *	recours, dans la notification de la décision contestée »
 *
 * The statute wins over the arrêtés, and its date is never the earlier one:
 * the day it deems is the same, or a fortnight after availability.  So the
 * deadline to print is the statute's, the more favourable of the two
 * (docs/law-notes.md, N-35).
 */
int
appeal_deadline(const struct law *law, struct date available,
    struct date consulted, struct date post, bool mentions,
    struct appeal *ret, struct err *err)
{
	struct appeal a = { .running = mentions, .by_post = date_is(post) };
	int days, rc;

	if ((rc = check_dates(available, consulted, post, err)) != TAPR_OK)
		return rc;

	if (a.by_post) {
		a.notified_statute = post;
		a.notified_arrete = post;
	} else {
		if ((rc = law_need(law, "appeal_deadline",
		    LAW_KEYS("electronic"), available, &a.days, err)) !=
		    TAPR_OK)
			return rc;
		if (!span(a.days, "days", &days))
			return unusable(a.days, err);
		notified(available, consulted, days, &a);
		if (!date_is(a.notified_statute))
			return beyond_calendar(available, err);
	}

	if ((rc = law_need(law, "appeal_deadline", LAW_KEYS("contest"),
	    a.notified_statute, &a.months, err)) != TAPR_OK)
		return rc;
	rc = last_day(a.months, a.notified_statute, &a.deadline_statute, err);
	if (rc == TAPR_OK)
		rc = last_day(a.months, a.notified_arrete, &a.deadline_arrete,
		    err);
	if (rc != TAPR_OK)
		return rc;
	if (!mentions) {	/* nothing runs: there is no last day */
		a.deadline_statute = DATE_NONE;
		a.deadline_arrete = DATE_NONE;
	}
	a.deadline = a.deadline_statute;
	*ret = a;
	return TAPR_OK;
}

/*
 * find_param(law, ret): the number of the parameter of claim deadlines; false
 * when the law set has none.
 */
static bool
find_param(const struct law *law, size_t *ret)
{
	size_t i;

	for (i = 0; i < law_param_count(law); i++)
		if (strcmp(law_param_name(law, i), "claim_deadline") == 0) {
			*ret = i;
			return true;
		}
	return false;
}

/*
 * name_at(law, param, row, kind): the step that a row gives to ${kind} or, when
 * ${kind} is NULL, the kind it is about; NULL when it gives none.  "*" is
 * every kind (CSS L. 431-2), and no kind that a caller may name.
 */
static const char *
name_at(const struct law *law, size_t param, size_t row, const char *kind)
{
	const struct law_row *r = law_row_at(law, param, row);
	bool every = strcmp(r->key[0], "*") == 0;

	if (kind == NULL)
		return every ? NULL : r->key[0];
	return every || strcmp(r->key[0], kind) == 0 ? r->key[1] : NULL;
}

/*
 * known(law, kind, name, list): ${name} is one of the steps of ${kind} or, when
 * ${kind} is NULL, one of the kinds.  ${list}, of KNOWN_MAX bytes, receives
 * them, each once and in the order of the file; what is over is cut.
 */
static bool
known(const struct law *law, const char *kind, const char *name, char *list)
{
	const char *key, *before;
	size_t param, i, j, n;
	bool found = false;

	list[0] = '\0';
	if (!find_param(law, &param))
		return false;
	for (i = 0; i < law_row_count(law, param); i++) {
		if ((key = name_at(law, param, i, kind)) == NULL)
			continue;
		if (strcmp(key, name) == 0)
			found = true;
		for (j = 0; j < i; j++) {
			before = name_at(law, param, j, kind);
			if (before != NULL && strcmp(before, key) == 0)
				break;
		}
		if (j < i)
			continue;
		n = strlen(list);
		(void)snprintf(list + n, KNOWN_MAX - n, "%s%s",
		    n > 0 ? ", " : "", key);
	}
	return found;
}

int
claim_deadline(const struct law *law, const char *kind, const char *step,
    struct date received, struct claim_deadline *ret, struct err *err)
{
	struct claim_deadline c;
	char list[KNOWN_MAX];
	int rc;

	if (!date_is(received))
		return err_set(err, TAPR_EINVAL, "received", "la date de "
		    "réception manque ; donner le jour qui fait courir le "
		    "délai");
	/* With no deadline at all in the law, law_need says what to add. */
	if (!known(law, NULL, kind, list) && list[0] != '\0')
		return err_set(err, TAPR_EINVAL, "kind", "« %s » n'est pas un "
		    "dossier à délai ; choisir parmi : %s", kind, list);
	if (!known(law, kind, step, list) && list[0] != '\0')
		return err_set(err, TAPR_EINVAL, "step", "« %s » n'est pas une "
		    "étape d'un dossier « %s » ; choisir parmi : %s", step,
		    kind, list);
	if ((rc = law_need(law, "claim_deadline", LAW_KEYS(kind, step),
	    received, &c.row, err)) != TAPR_OK)
		return rc;
	if ((rc = last_day(c.row, received, &c.last_day, err)) != TAPR_OK)
		return rc;
	c.article = c.row->text;
	*ret = c;
	return TAPR_OK;
}
