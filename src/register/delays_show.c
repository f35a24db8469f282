/*
 * delays_show.c -- the delays of a fund, to be read.
 */
#include <inttypes.h>
#include <string.h>

#include "doc/fmt.h"
#include "doc/term.h"
#include "model/words.h"
#include "register/delays.h"
#include "store/fund.h"

/* The rule is printed with the list it orders (S3-11). */
static const char order[] = "du plus ancien au plus récent ; à âge égal, par "
    "numéro de dossier, puis par SIRET ; rien d'autre n'entre dans l'ordre";

struct showing {
	const struct delay_report	*r;
	struct str			*out;
};

/* ---- text ------------------------------------------------------------------- */

static void
ages_text(struct str *out, const struct ages *a, const char *longest)
{
	str_printf(out, "%" PRId64, a->n);
	if (a->n > 0)
		str_printf(out, ", médiane %d j, 9e décile %d j, %s %d j",
		    (int)ages_percentile(a, 50), (int)ages_percentile(a, 90),
		    longest, (int)a->longest);
	str_add_char(out, '\n');
}

static void
marks_text(const struct showing *s)
{
	for (int i = 0; i < s->r->marks; i++) {
		const struct delay_mark *m = &s->r->mark[i];

		str_printf(s->out, "  %" PRId64 " ", m->passed);
		if (m->row != NULL)
			str_printf(s->out, "à plus de %d j (%s : %s ; %s)\n",
			    (int)m->days, m->name, m->row->text,
			    m->row->citation);
		else if (strcmp(m->name, "due") == 0)
			str_add(s->out, "après le dernier jour fixé (due)\n");
		else
			str_printf(s->out, "après le délai légal « %s » "
			    "(law/params/claim_deadline.csv)\n", m->name);
	}
	if (s->r->no_limit > 0)
		str_printf(s->out, "  %" PRId64 " sans délai qui coure "
		    "(dossier incomplet, ou pas de texte ce jour-là)\n",
		    s->r->no_limit);
}

/* Claims have a kind; other files have none, or a word of their own. */
static const char *
kind_text(const char *kind)
{
	for (int k = 0; kind_words[k] != NULL; k++)
		if (strcmp(kind_words[k], kind) == 0)
			return fmt_nature((enum claim_kind)k);
	return kind;
}

/* A day in a column; what is not known is blank. */
static void
day_cell(struct str *out, struct date d)
{
	enum { WIDTH = 18 };	/* "30 septembre 2024" and a blank */

	term_pad(out, date_is(d) ? fmt_day(d).text : "", WIDTH);
}

static void
file_text(const struct showing *s, const struct delay_file *f)
{
	const char *between = "";

	str_printf(s->out, "  %6d  ", (int)f->age);
	day_cell(s->out, f->start);
	day_cell(s->out, f->due);
	str_printf(s->out, " %s  %s  %s  ", f->siret, f->id,
	    kind_text(f->kind));
	for (int i = 0; i < s->r->marks; i++)
		if ((f->passed >> i & 1) != 0) {
			str_printf(s->out, "%s%s", between,
			    s->r->mark[i].name);
			between = ", ";
		}
	str_add_char(s->out, '\n');
}

static void
step_text(const struct showing *s)
{
	const struct delay_report *r = s->r;

	str_printf(s->out, "\n%s (%s)\n  %s\n  ouverts : ", r->title, r->step,
	    r->clock);
	ages_text(s->out, &r->open, "plus ancien");
	str_printf(s->out, "  clos depuis le %s : ",
	    fmt_day(date_add_days(r->since, 1)).text);
	ages_text(s->out, &r->closed, "plus long");
	marks_text(s);
	if (r->files.n == 0)
		return;
	str_printf(s->out, "  À faire, %s :\n  %6s  %-18s%-20s %-14s  "
	    "dossier\n", order, "jours", "depuis", "échéance", "SIRET");
	for (size_t i = 0; i < r->files.n; i++)
		file_text(s, &r->files.at[i]);
	if ((int64_t)r->files.n < r->open.n)
		str_printf(s->out, "  et %" PRId64 " autre%s : --step %s\n",
		    r->open.n - (int64_t)r->files.n,
		    plural(r->open.n - (int64_t)r->files.n), r->step);
}

/* ---- JSON ------------------------------------------------------------------- */

static void
ages_json(struct str *out, const struct ages *a)
{
	str_printf(out, "\"n\": %" PRId64, a->n);
	if (a->n == 0)
		str_add(out, ", \"median\": null, \"p90\": null, "
		    "\"longest\": null}");
	else
		str_printf(out, ", \"median\": %d, \"p90\": %d, \"longest\": "
		    "%d}", (int)ages_percentile(a, 50),
		    (int)ages_percentile(a, 90), (int)a->longest);
}

static void
marks_json(const struct showing *s)
{
	str_add(s->out, ",\n  \"thresholds\": [");
	for (int i = 0; i < s->r->marks; i++) {
		const struct delay_mark *m = &s->r->mark[i];

		str_printf(s->out, "%s{\"name\": \"%s\", \"days\": ",
		    i == 0 ? "" : ", ", m->name);
		if (m->row != NULL)
			str_printf(s->out, "%d", (int)m->days);
		else
			str_add(s->out, "null");
		str_add(s->out, ", \"source\": ");
		str_add_json(s->out, m->row == NULL ? NULL :
		    m->row->citation);
		str_printf(s->out, ", \"passed\": %" PRId64 "}", m->passed);
	}
	str_printf(s->out, "],\n  \"no_limit\": %" PRId64, s->r->no_limit);
}

static void
file_json(const struct showing *s, const struct delay_file *f)
{
	char start[DATE_TEXT_MAX], due[DATE_TEXT_MAX];
	const char *between = "";

	str_add(s->out, "{\"file\": ");
	str_add_json(s->out, f->id);
	str_add(s->out, ", \"siret\": ");
	str_add_json(s->out, f->siret);
	str_add(s->out, ", \"kind\": ");
	str_add_json(s->out, f->kind);
	str_printf(s->out, ", \"since\": \"%s\", \"age\": %d, \"due\": ",
	    date_text(f->start, start), (int)f->age);
	str_add_json(s->out, date_is(f->due) ? date_text(f->due, due) : NULL);
	str_add(s->out, ", \"passed\": [");
	for (int i = 0; i < s->r->marks; i++)
		if ((f->passed >> i & 1) != 0) {
			str_printf(s->out, "%s\"%s\"", between,
			    s->r->mark[i].name);
			between = ", ";
		}
	str_add(s->out, "]}");
}

static void
step_json(const struct showing *s)
{
	const struct delay_report *r = s->r;
	char from[DATE_TEXT_MAX];

	str_printf(s->out, "{\"step\": \"%s\", \"clock\": ", r->step);
	str_add_json(s->out, r->clock);
	str_add(s->out, ",\n  \"open\": {");
	ages_json(s->out, &r->open);
	str_printf(s->out, ",\n  \"closed\": {\"from\": \"%s\", ",
	    date_text(date_add_days(r->since, 1), from));
	ages_json(s->out, &r->closed);
	marks_json(s);
	str_add(s->out, ",\n  \"files\": [");
	for (size_t i = 0; i < r->files.n; i++) {
		str_add(s->out, i == 0 ? "\n   " : ",\n   ");
		file_json(s, &r->files.at[i]);
	}
	str_add(s->out, "]}");
}

/* ---- all steps -------------------------------------------------------------- */

static int
show_step(struct fund *f, const struct law *law, const char *step,
    bool whole, bool json, struct str *out, struct err *err)
{
	struct delay_report r;
	struct showing s = { &r, out };
	int rc = delays_measure(f->store, law, step, f->today, whole, &r,
	    err);

	if (rc == TAPR_OK)
		(json ? step_json : step_text)(&s);
	delays_free(&r);
	return rc;
}

static int
show(struct fund *f, const struct law *law, const char *step, bool json,
    struct str *out, struct err *err)
{
	char day[DATE_TEXT_MAX];
	int rc = TAPR_OK;

	(void)date_text(f->today, day);
	if (json) {
		str_printf(out, "{\"today\": \"%s\", \"order\": ", day);
		str_add_json(out, order);
		str_add(out, ",\n \"steps\": [");
	} else
		str_printf(out, "Délais au %s\n", fmt_day(f->today).text);
	if (step != NULL)
		rc = show_step(f, law, step, true, json, out, err);
	for (size_t i = 0; step == NULL && rc == TAPR_OK &&
	    delays_step(i) != NULL; i++) {
		str_add(out, json && i > 0 ? ",\n " : "");
		rc = show_step(f, law, delays_step(i), false, json, out, err);
	}
	str_add(out, json ? "]}\n" : "");
	if (rc == TAPR_OK && str_failed(out))
		rc = err_set(err, TAPR_EIO, NULL, "la liste est trop longue ; "
		    "demandez les délais sans --step");
	return rc;
}

int
delays_show(const struct place *place, const struct law *law,
    const char *step, bool json, struct str *out, struct err *err)
{
	struct fund f;
	int rc;

	rc = fund_open(place, STORE_READ, &f, err);
	if (rc == TAPR_OK)
		rc = show(&f, law, step, json, out, err);
	fund_close(&f);
	return rc;
}
