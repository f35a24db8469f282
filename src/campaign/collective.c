/*
 * collective.c -- CSS art. D. 242-6-4 and D. 242-6-5; arrêté of 16 October
 * 1995, art. 1; arrêté of 17 October 1995, art. 3.
 *
 *	gross = value of the risk of all establishments / their payroll,
 *	        three last known years, by real costs
 *	net   = (gross + M1) x (1 + M2) + M3 + M4
 *
 * Two steps, because no fund sees another's register: a fund writes its
 * relation (relation.h), the national fund adds them up.  What comes out is a
 * proposal: the committee fixes gross rates, an arrêté the net ones.
 */
#include "campaign/collective.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "campaign/desk.h"
#include "model/words.h"
#include "tariff/mode.h"
#include "tariff/rate.h"

enum { FILE_BYTES_MAX = 64 << 20, GROUP_EMPLOYEES = 1000 };

static int
no_memory(struct err *err)
{
	return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
}

/* ---- a fund tells --------------------------------------------------------------- */

static int
write_file(const char *path, const struct str *text, struct err *err)
{
	FILE *f = fopen(path, "wb");
	bool good;

	if (f == NULL)
		return err_set(err, TAPR_EIO, path, "création impossible (%s)",
		    err_cause(errno));
	good = fwrite(text->p, 1, text->n, f) == text->n;
	good &= fclose(f) == 0;
	if (good)
		return TAPR_OK;
	(void)remove(path);
	return err_set(err, TAPR_EIO, path, "écriture impossible (%s)",
	    err_cause(errno));
}

static void
say_relation(const struct relation *r, const char *path,
    const struct str *missing, bool json, struct str *out)
{
	int64_t annuities = 0, capitals = 0;

	for (size_t i = 0; i < r->n; i++) {
		annuities += r->row[i].annuities_missing;
		capitals += r->row[i].capitals_missing;
	}
	if (json) {
		str_printf(out, "{\"fund\": \"%s\", \"year\": %d, "
		    "\"rows\": %zu, \"annuities_missing\": %lld, "
		    "\"capitals_missing\": %lld, \"digest\": \"%s\"}\n",
		    r->fund, r->year, r->n, (long long)annuities,
		    (long long)capitals, r->digest);
		return;
	}
	str_printf(out, "Relevé de %s pour les taux collectifs de %d : %zu "
	    "lignes dans %s\nEmpreinte : %s\n", r->fund, r->year, r->n, path,
	    r->digest);
	if (missing->n > 0)
		str_printf(out, "\nCE QUE LE REGISTRE N'A PAS (rien n'est "
		    "estimé)\n%s", missing->p);
}

static int
relation(struct desk *d, const char *path, struct str *out, struct err *err)
{
	struct str missing, text;
	struct relation r;
	int rc;

	str_init(&missing, (size_t)1 << 28);
	str_init(&text, FILE_BYTES_MAX);
	if ((rc = relation_gather(d, &r, &missing, err)) == TAPR_OK &&
	    (rc = relation_write(&r, &text, err)) == TAPR_OK &&
	    (rc = desk_written(&text, err)) == TAPR_OK &&
	    (rc = desk_written(&missing, err)) == TAPR_OK) {
		if (path == NULL)
			str_add_n(out, text.p, text.n);
		else if ((rc = write_file(path, &text, err)) == TAPR_OK)
			say_relation(&r, path, &missing, d->act->json, out);
	}
	relation_free(&r);
	str_free(&missing);
	str_free(&text);
	return rc != TAPR_OK ? rc : desk_written(out, err);
}

int
campaign_relation(const struct campaign_act *act, const char *path,
    struct str *out, struct err *err)
{
	struct desk d;
	int rc;

	if ((rc = desk_open(act, STORE_READ, &d, err)) == TAPR_OK)
		rc = relation(&d, path, out, err);
	desk_close(&d);
	return rc;
}

/* ---- the funds there are ------------------------------------------------------------ */

static int
read_funds(struct collective *c, const char *path, struct err *err)
{
	struct csv csv;
	char *text;
	size_t n;
	int rc, more, code = -1, name = -1;

	if ((rc = file_read(path, FILE_BYTES_MAX, &text, &n, err)) != TAPR_OK)
		return rc;
	if ((rc = csv_open(&csv, path, text, n, err)) == TAPR_OK &&
	    ((code = csv_column(&csv, "code")) < 0 ||
	    (name = csv_column(&csv, "name")) < 0))
		rc = err_set(err, TAPR_EINVAL, path, "il manque la colonne "
		    "« code » ou « name »");
	while (rc == TAPR_OK && (rc = csv_next(&csv, &more, err)) == TAPR_OK &&
	    more == 1) {
		struct collective_fund *f = &c->fund[c->funds++];

		snprintf(f->code, sizeof f->code, "%s", csv.field[code]);
		snprintf(f->name, sizeof f->name, "%s", csv.field[name]);
		f->nowhere = frac_int(0);
		if (c->funds == FUNDS_MAX)
			rc = err_set(err, TAPR_EINVAL, path,
			    "trop de caisses");
	}
	free(text);
	return rc;
}

static int
read_groups(struct collective *c, const char *path, struct err *err)
{
	char *text;
	size_t n;
	int rc;

	if ((rc = file_read(path, FILE_BYTES_MAX, &text, &n, err)) != TAPR_OK)
		return rc;
	rc = groups_read(c, path, text, n, err);
	free(text);
	return rc;
}

/* ---- sums --------------------------------------------------------------------------- */

static bool
add_count(int64_t *to, int64_t more)
{
	if (*to > INT64_MAX - more)
		return false;
	*to += more;
	return true;
}

static int
add_row(struct collective *c, size_t fund, const struct relation_row *row,
    const char *name, struct err *err)
{
	struct subject *s = subject_of(c, row->code, row->zone);
	int rc;

	if (s == NULL) {
		if ((s = subject_new(c, row->code, false, row->zone,
		    row->ctn)) == NULL)
			return no_memory(err);
		if ((rc = subject_code(c, s, row->code, err)) != TAPR_OK)
			return rc;
	}
	if (s->ctn == '-')
		s->ctn = row->ctn;
	if (row->ctn != '-' && s->ctn != row->ctn)
		return err_set(err, TAPR_EINVAL, name, "le code %s est du CTN "
		    "%c, %s est du CTN %c : un risque ou un groupe est d'un "
		    "seul CTN", row->code, row->ctn, s->name, s->ctn);
	s->funds |= UINT64_C(1) << fund;
	s->payroll = frac_add(s->payroll, frac_ratio(row->payroll, 100));
	for (int p = 0; p < COST_PARTS; p++)
		for (int k = 0; k < NATURES; k++)
			s->sum.cost[p][k] = frac_add(s->sum.cost[p][k],
			    row->cost[p][k]);
	s->sum.annuities += row->annuities;
	s->sum.annuities_missing += row->annuities_missing;
	s->sum.capitals_missing += row->capitals_missing;
	if (row->year != c->last)
		return TAPR_OK;
	s->sum.sections += row->sections;
	s->employees_missing += row->employees_missing;
	return add_count(&s->employees, row->employees) ? TAPR_OK :
	    err_set(err, TAPR_ERANGE, s->name, "effectif trop grand");
}

static int
add_relation(struct collective *c, const struct relation *r,
    const char *name, struct err *err)
{
	size_t fund = 0;
	int rc;

	while (fund < c->funds && strcmp(c->fund[fund].code, r->fund) != 0)
		fund++;
	if (fund == c->funds)
		return err_set(err, TAPR_EINVAL, name, "pas de caisse « %s » "
		    "dans law/funds.csv", str_brief(r->fund).text);
	if (r->year != c->year)
		return err_set(err, TAPR_EINVAL, name, "ce relevé est pour les "
		    "taux de %d, pas de %d", r->year, c->year);
	if (c->fund[fund].given)
		return err_set(err, TAPR_EINVAL, name, "le relevé de %s est "
		    "donné deux fois", r->fund);
	c->fund[fund].given = true;
	c->given++;
	memcpy(c->fund[fund].digest, r->digest, sizeof r->digest);
	for (size_t i = 0; i < r->n; i++) {
		const struct relation_row *row = &r->row[i];

		if (row->year < c->first || row->year > c->last)
			return err_set(err, TAPR_EINVAL, name, "l'année %d "
			    "n'est pas des trois dernières connues (%d à %d)",
			    row->year, c->first, c->last);
		if (strcmp(row->code, RELATION_NOWHERE) == 0) {
			for (int k = 0; k < NATURE_DEATHS; k++)
				c->fund[fund].nowhere = frac_add(
				    c->fund[fund].nowhere,
				    row->cost[PART_ALL][k]);
			continue;
		}
		if ((rc = add_row(c, fund, row, name, err)) != TAPR_OK)
			return rc;
	}
	return TAPR_OK;
}

static int
read_relations(struct collective *c, const struct campaign_collective *what,
    struct err *err)
{
	int rc = TAPR_OK;

	for (size_t i = 0; i < what->files && rc == TAPR_OK; i++) {
		struct relation r;
		char *text;
		size_t n;

		if ((rc = file_read(what->file[i], FILE_BYTES_MAX, &text, &n,
		    err)) != TAPR_OK)
			return rc;
		if ((rc = relation_read(what->file[i], text, n, &r, err)) ==
		    TAPR_OK)
			rc = add_relation(c, &r, what->file[i], err);
		relation_free(&r);
		free(text);
	}
	return rc;
}

static int
by_name(const void *a, const void *b)
{
	const struct subject *x = a, *y = b;

	if (x->zone != y->zone)
		return x->zone < y->zone ? -1 : 1;
	return strcmp(x->name, y->name);
}

/* ---- rates -------------------------------------------------------------------------- */

static struct real_costs
costs_of(const struct subject *s, enum part p)
{
	const struct frac *c = s->sum.cost[p];

	return (struct real_costs){ c[NATURE_BENEFITS], c[NATURE_CAPITALS],
		c[NATURE_ANNUITIES], c[NATURE_DEATHS], frac_int(0),
		frac_int(0) };
}

/* A1995 art. 3: « Ils doivent comprendre au moins 1 000 salariés. » */
static int
check_group(const struct collective *c, const struct subject *s,
    struct err *err)
{
	if (!s->group || s->employees >= (int64_t)GROUP_EMPLOYEES * 100)
		return TAPR_OK;
	return err_set(err, TAPR_EINVAL, s->name, "ce groupe compte %lld "
	    "salariés en %d, et non 1 000 au moins (arrêté du 17 octobre 1995 "
	    "art. 3)%s", (long long)s->employees / 100, c->last,
	    s->employees_missing > 0 ? " ; des effectifs manquent" : "");
}

static int
rate_of(struct collective *c, struct subject *s, struct err *err)
{
	struct real_costs third = costs_of(s, PART_THIRD),
	    special = costs_of(s, PART_SPECIAL), all = costs_of(s, PART_ALL);
	struct collective_gross g;
	struct err ignored = { .code = TAPR_OK };
	int rc;

	if ((rc = check_group(c, s, err)) != TAPR_OK ||
	    (rc = collective_value(c->law, &third, c->on, &g, err)) != TAPR_OK)
		return rc;
	all.recovered = s->third = g.value;
	if ((rc = collective_value(c->law, &special, c->on, &g, err)) !=
	    TAPR_OK)
		return rc;
	all.special = s->special = g.value;
	s->net = s->rounded = frac_invalid();
	s->has_published = !s->group && collective_published(c->law, s->zone,
	    s->name, c->on, &s->published, &ignored) == TAPR_OK;
	if ((rc = collective_value(c->law, &all, c->on, &s->gross, err)) !=
	    TAPR_OK || frac_is_zero(s->payroll))
		return rc;
	s->defined = true;
	if ((rc = collective_gross(c->law, &all, s->payroll, c->on, &s->gross,
	    err)) != TAPR_OK || (rc = collective_decimals(c->law, s->group ?
	    "*" : s->name, c->on, &s->decimals, err)) != TAPR_OK)
		return rc;
	if (!c->has_majorations)
		return TAPR_OK;
	s->net = net_rate(s->gross.rate, &c->majorations);
	s->rounded = frac_round(s->net, s->decimals, c->how);
	return frac_valid(s->rounded) ? TAPR_OK : err_set(err, TAPR_ERANGE,
	    s->name, "un montant est trop grand pour être calculé exactement");
}

/* The majorations of a year to come are often not known yet: said, and no net
 * rate is given. */
static int
set_law(struct collective *c, struct err *err)
{
	struct err why = { .code = TAPR_OK };
	int rc, first;

	if ((rc = tariff_day(c->law, c->year, &c->on, err)) != TAPR_OK ||
	    (rc = window_of(c->law, c->year, c->on, &first, &c->last, err)) !=
	    TAPR_OK ||
	    (rc = rate_rounding(c->law, c->on, &c->how, err)) != TAPR_OK)
		return rc;
	c->first = c->last - INPUTS_YEARS + 1;
	rc = net_majorations(c->law, NULL, REGIME_ORDINARY, c->on,
	    &c->majorations, &why);
	c->has_majorations = rc == TAPR_OK;
	if (rc == TAPR_OK || rc == TAPR_ELAW) {
		snprintf(c->why, sizeof c->why, "%s", why.text);
		return TAPR_OK;
	}
	*err = why;
	return rc;
}

static int
collective(struct collective *c, const struct campaign_collective *what,
    struct err *err)
{
	bool found = what->code == NULL;
	int rc;

	if ((rc = set_law(c, err)) != TAPR_OK ||
	    (rc = read_funds(c, what->funds, err)) != TAPR_OK ||
	    (what->groups != NULL &&
	    (rc = read_groups(c, what->groups, err)) != TAPR_OK) ||
	    (rc = read_relations(c, what, err)) != TAPR_OK)
		return rc;
	if (c->subjects > 0)
		qsort(c->subject, c->subjects, sizeof *c->subject, by_name);
	for (size_t i = 0; i < c->subjects && rc == TAPR_OK; i++) {
		rc = rate_of(c, &c->subject[i], err);
		found |= what->code != NULL &&
		    strcmp(c->subject[i].name, what->code) == 0;
	}
	if (rc == TAPR_OK && !found)
		return err_set(err, TAPR_EINVAL, "risk_code", "ni code ni "
		    "groupe « %s » dans ces relevés",
		    str_brief(what->code).text);
	return rc;
}

int
campaign_collective(const struct campaign_act *act,
    const struct campaign_collective *what, struct str *out, struct err *err)
{
	struct collective *c = calloc(1, sizeof *c);
	int rc;

	if (c == NULL)
		return no_memory(err);
	c->law = act->law;
	c->year = act->year;
	if ((c->a = arena_new((size_t)1 << 30)) == NULL)
		rc = no_memory(err);
	else if ((rc = collective(c, what, err)) == TAPR_OK) {
		(act->json ? collective_json : collective_text)(c, what->code,
		    out);
		rc = desk_written(out, err);
	}
	arena_free(c->a);
	free(c->subject);
	free(c);
	return rc;
}
