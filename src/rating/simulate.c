/*
 * simulate.c -- what if: the same document with some facts changed.
 *
 * The tree of the document is copied for each row, changed by path and read
 * again, so that a simulated fact passes every check of a real one and is
 * computed by the very call that computes a rate.  Rows are written as they
 * are made; until one succeeds they are held back, so that a question that
 * no row can answer leaves nothing behind but its error.
 */
#include <stdio.h>
#include <string.h>

#include "facts/answer_json.h"
#include "facts/facts.h"
#include "model/words.h"
#include "rating/load.h"
#include "tariff/rate.h"

enum { SWEEPS_MAX = 8, SWEEP_DECIMALS = 6, PATH_MAX_BYTES = 256 };

struct axis {
	char		path[PATH_MAX_BYTES];
	struct frac	from, step;
	int		decimals;
	size_t		n;
};

struct simulation {
	const struct law		*law;
	enum format			 format;
	const struct simulation_sink	*sink;
	struct json			*doc;	/* with the sets done */
	struct arena			*row;	/* forgotten after each row */
	struct axis			 axis[SWEEPS_MAX];
	size_t				 axes, rows, done, answered;
	struct str			 out;	/* not yet handed to the sink */
	struct err			 first;	/* of the rows refused */
	const char *const		*sets;
	size_t				 n_sets;
	struct err			*err;
};

/* ---- reading the question --------------------------------------------- */

static int
cut_set(const char *text, char path[PATH_MAX_BYTES], const char **ret_value,
    struct err *err)
{
	const char *eq = strchr(text, '=');

	if (eq == NULL || eq == text || eq - text >= PATH_MAX_BYTES)
		return err_set(err, TAPR_EUSAGE, NULL,
		    "« %.80s » : un changement s'écrit CHEMIN=VALEUR, par "
		    "exemple claims.A1.ip_rate=12", text);
	memcpy(path, text, (size_t)(eq - text));
	path[eq - text] = '\0';
	*ret_value = eq + 1;
	return TAPR_OK;
}

/* The decimals written in a number: "0.25" has two. */
static int
decimals_of(const char *p, size_t n)
{
	const char *dot = memchr(p, '.', n);

	return dot == NULL ? 0 : (int)(n - 1 - (size_t)(dot - p));
}

static int
bad_sweep(const char *text, struct err *err)
{
	return err_set(err, TAPR_EUSAGE, NULL,
	    "« %.80s » : un balayage s'écrit CHEMIN=DE..À/PAS, par exemple "
	    "payroll.2022=1000000..2000000/50000 (pas positif, DE au plus "
	    "égal à À)", text);
}

static int
cut_sweep(const char *text, struct axis *ret, struct err *err)
{
	const char *from, *dots, *slash;
	struct frac to, count;
	size_t n[3];
	int64_t last;
	int rc;

	if ((rc = cut_set(text, ret->path, &from, err)) != TAPR_OK)
		return rc;
	dots = strstr(from, "..");
	slash = dots == NULL ? NULL : strchr(dots, '/');
	if (slash == NULL)
		return bad_sweep(text, err);
	n[0] = (size_t)(dots - from);
	n[1] = (size_t)(slash - dots - 2);
	n[2] = strlen(slash + 1);
	if (!frac_parse(from, n[0], SWEEP_DECIMALS, &ret->from) ||
	    !frac_parse(dots + 2, n[1], SWEEP_DECIMALS, &to) ||
	    !frac_parse(slash + 1, n[2], SWEEP_DECIMALS, &ret->step) ||
	    ret->step.neg || frac_is_zero(ret->step) ||
	    frac_cmp(ret->from, to) > 0)
		return bad_sweep(text, err);
	ret->decimals = decimals_of(from, n[0]);
	if (decimals_of(dots + 2, n[1]) > ret->decimals)
		ret->decimals = decimals_of(dots + 2, n[1]);
	if (decimals_of(slash + 1, n[2]) > ret->decimals)
		ret->decimals = decimals_of(slash + 1, n[2]);
	count = frac_round(frac_div(frac_sub(to, ret->from), ret->step), 0,
	    ROUND_DOWN);
	if (!frac_scaled(count, 0, &last) || last >= SIMULATION_ROWS_MAX)
		return err_set(err, TAPR_EUSAGE, ret->path,
		    "plus de %d valeurs : agrandissez le pas",
		    SIMULATION_ROWS_MAX);
	ret->n = (size_t)last + 1;
	return TAPR_OK;
}

static int
read_question(struct simulation *s, const struct document *facts,
    const char *const *sweeps, size_t n_sweeps, struct arena *a)
{
	char path[PATH_MAX_BYTES];
	const char *value;
	int rc;

	if (n_sweeps > SWEEPS_MAX)
		return err_set(s->err, TAPR_EUSAGE, NULL,
		    "au plus %d balayages à la fois", SWEEPS_MAX);
	if ((rc = facts_parse(facts->text, facts->n, a, &s->doc, s->err)) !=
	    TAPR_OK)
		return err_note(s->err, rc, "%s", facts->name);
	for (size_t i = 0; i < s->n_sets; i++)
		if ((rc = cut_set(s->sets[i], path, &value, s->err)) !=
		    TAPR_OK || (rc = facts_set(s->doc, path, value, a,
		    s->err)) != TAPR_OK)
			return rc;
	s->rows = 1;
	for (size_t i = 0; i < n_sweeps; i++) {
		if ((rc = cut_sweep(sweeps[i], &s->axis[i], s->err)) !=
		    TAPR_OK)
			return rc;
		s->rows *= s->axis[i].n;
		if (s->rows > SIMULATION_ROWS_MAX)
			return err_set(s->err, TAPR_EUSAGE, NULL,
			    "plus de %d lignes : agrandissez les pas",
			    SIMULATION_ROWS_MAX);
	}
	s->axes = n_sweeps;
	return TAPR_OK;
}

/* ---- one row ------------------------------------------------------------ */

/* The value of axis ${k} in row ${i}: the last axis turns fastest. */
static void
axis_value(const struct simulation *s, size_t k, size_t i, char *buf,
    size_t size)
{
	const struct axis *x = &s->axis[k];

	for (size_t j = s->axes; j-- > k + 1;)
		i /= s->axis[j].n;
	frac_decimal(frac_add(x->from, frac_mul(x->step,
	    frac_int((int64_t)(i % x->n)))), x->decimals, ROUND_NONE, buf,
	    size);
}

static int
compute_row(struct simulation *s, size_t i, struct facts *facts,
    struct answer *answer, struct err *err)
{
	struct json *doc = facts_copy(s->doc, s->row);
	char value[64];
	int rc;

	if (doc == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	for (size_t k = 0; k < s->axes; k++) {
		axis_value(s, k, i, value, sizeof value);
		if ((rc = facts_set(doc, s->axis[k].path, value, s->row, err))
		    != TAPR_OK)
			return rc;
	}
	if ((rc = facts_read(doc, s->row, facts, err)) != TAPR_OK)
		return rc;
	return rate_compute(s->law, facts, s->row, s->format == FORMAT_JSON &&
	    (s->axes == 0 || s->sink->steps), answer, err);
}

static void
row_json(struct simulation *s, size_t i, const struct answer *answer,
    const struct err *err)
{
	struct str *out = &s->out;
	char path[PATH_MAX_BYTES], text[64];
	const char *value;

	str_add(out, i == 0 ? "\n{\"set\": {" : ",\n{\"set\": {");
	for (size_t k = 0; k < s->n_sets; k++) {
		/* Cut once already: it cannot fail. */
		if (cut_set(s->sets[k], path, &value, NULL) != TAPR_OK)
			continue;
		str_add_json(out, path);
		str_add(out, ": ");
		str_add_json(out, value);
		if (k + 1 < s->n_sets || s->axes > 0)
			str_add(out, ", ");
	}
	for (size_t k = 0; k < s->axes; k++) {
		axis_value(s, k, i, text, sizeof text);
		str_add_json(out, s->axis[k].path);
		str_add(out, ": ");
		str_add_json(out, text);
		if (k + 1 < s->axes)
			str_add(out, ", ");
	}
	if (answer != NULL) {
		str_add(out, "}, \"answer\": ");
		answer_json(out, answer, s->law, rating_engine());
	} else {
		str_add(out, "}, \"answer\": null, \"error\": {\"where\": ");
		str_add_json(out, err->where);
		str_add(out, ", \"text\": ");
		str_add_json(out, err->text);
		str_add_char(out, '}');
	}
	str_add_char(out, '}');
}

static void
row_text(struct simulation *s, size_t i, const struct answer *answer,
    const struct err *err)
{
	static const char *const capped[] = { "", ", hausse limitée",
		", baisse limitée" };
	static const char *const modes[] = { "", "collectif", "mixte",
		"individuel" };
	char text[64];

	for (size_t k = 0; k < s->axes; k++) {
		axis_value(s, k, i, text, sizeof text);
		str_printf(&s->out, "%s = %s   ", s->axis[k].path, text);
	}
	if (answer == NULL) {
		str_printf(&s->out, "refusé : %s%s%s\n", err->where,
		    err->where[0] == '\0' ? "" : " : ", err->text);
		return;
	}
	frac_decimal(answer->notified_rounded, answer->notified_decimals,
	    ROUND_NONE, text, sizeof text);
	for (char *p = text; *p != '\0'; p++)
		if (*p == '.')
			*p = ',';
	str_printf(&s->out, "taux %s %%   (%s%s)\n", text,
	    modes[answer->mode], capped[answer->cap.applied]);
}

static int
flush(struct simulation *s)
{
	if (str_failed(&s->out))
		return err_set(s->err, TAPR_EIO, NULL,
		    "mémoire insuffisante pour écrire les lignes");
	if (!s->sink->write(s->sink->to, s->out.p, s->out.n, s->done,
	    s->rows))
		return err_set(s->err, TAPR_EIO, NULL,
		    "la sortie n'accepte plus les lignes (disque plein, ou "
		    "lecteur parti) : simulation interrompue à la ligne %zu "
		    "sur %zu", s->done, s->rows);
	str_clear(&s->out);
	return TAPR_OK;
}

enum { FLUSH_BYTES = 1 << 18 };

static int
one_row(struct simulation *s, size_t i)
{
	struct facts facts;
	struct answer answer;
	struct err err = { 0 };
	bool ok;

	arena_reset(s->row);
	ok = compute_row(s, i, &facts, &answer, &err) == TAPR_OK;
	if (!ok && s->first.code == TAPR_OK)
		s->first = err;
	if (s->format == FORMAT_JSON)
		row_json(s, i, ok ? &answer : NULL, &err);
	else
		row_text(s, i, ok ? &answer : NULL, &err);
	s->done = i + 1;
	s->answered += ok;
	return s->answered > 0 && s->out.n > FLUSH_BYTES ? flush(s) : TAPR_OK;
}

enum { ADDED_SHOWN = 20 };

/* What holds for every row: the warning, the law, what was put in it. */
static void
head_text(struct simulation *s)
{
	size_t added = law_added_count(s->law);
	char path[PATH_MAX_BYTES];
	const char *param;

	str_add(&s->out, "Simulation : ce calcul ne vaut pas décision.\n");
	str_printf(&s->out, "%s, loi %s, empreinte %s\n", rating_engine(),
	    law_version(s->law), law_digest(s->law));
	for (size_t i = 0; i < added && i < ADDED_SHOWN; i++) {
		const struct law_row *row = law_added_at(s->law, i, &param);

		str_printf(&s->out, "avec, de --law, %s = %s (%s, ligne %ld)\n",
		    law_path(row, param, path, sizeof path), row->value,
		    row->file, row->line);
	}
	if (added > ADDED_SHOWN)
		str_printf(&s->out, "et %zu autre%s valeur%s de --law\n",
		    added - ADDED_SHOWN,
		    plural((int64_t)(added - ADDED_SHOWN)),
		    plural((int64_t)(added - ADDED_SHOWN)));
	for (size_t k = 0; k < s->n_sets; k++)
		str_printf(&s->out, "avec %s\n", s->sets[k]);
}

static int
all_rows(struct simulation *s)
{
	int rc;

	if (s->format == FORMAT_JSON)
		str_add(&s->out, "{\"simulation\": true, \"rows\": [");
	else
		head_text(s);
	for (size_t i = 0; i < s->rows; i++)
		if ((rc = one_row(s, i)) != TAPR_OK)
			return rc;
	if (s->answered == 0) {
		if (s->err != NULL)
			*s->err = s->first;
		return s->first.code;
	}
	if (s->format == FORMAT_JSON)
		str_add(&s->out, "\n]}\n");
	return flush(s);
}

static int
simulate(struct simulation *s, const struct document *facts,
    const char *const *sweeps, size_t n_sweeps, struct arena *a)
{
	int rc = read_question(s, facts, sweeps, n_sweeps, a);

	if (rc != TAPR_OK)
		return rc;
	if ((rc = load_arena(&s->row, s->err)) != TAPR_OK)
		return rc;
	rc = all_rows(s);
	arena_free(s->row);
	return rc;
}

int
rating_simulate(const struct law *law, const struct document *facts,
    const char *const *sets, size_t n_sets, const char *const *sweeps,
    size_t n_sweeps, enum format format, const struct simulation_sink *sink,
    struct err *err)
{
	struct simulation s = { .law = law, .format = format, .sink = sink,
	    .sets = sets, .n_sets = n_sets, .err = err };
	struct arena *a;
	int rc;

	if ((rc = load_arena(&a, err)) != TAPR_OK)
		return rc;
	str_init(&s.out, (size_t)1 << 30);
	rc = simulate(&s, facts, sweeps, n_sweeps, a);
	str_free(&s.out);
	arena_free(a);
	return rc;
}
