/*
 * published.c -- the statistics that the synthetic France is made from.
 *
 * A file, a function.  Each row is read by the names of its columns; a column
 * that is missing, or a number that is none, is refused with its place: these
 * files are part of the program as the law is, and a slip in them would move
 * every total.
 */
#include "synth/published.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"

enum { FILE_MAX = 1 << 26 };

/* A file being read; the first failure sticks in rc. */
struct table {
	struct csv	 csv;
	char		*bytes;
	const char	*name;
	struct err	*err;
	int		 rc;
};

static void
table_open(struct table *t, const char *dir, const char *name,
    struct arena *a, struct err *err)
{
	const char *path = arena_printf(a, "%s/%s", dir, name);
	size_t n;

	*t = (struct table){ .name = name, .err = err };
	if (path == NULL)
		t->rc = err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	else
		t->rc = file_read(path, FILE_MAX, &t->bytes, &n, err);
	if (t->rc == TAPR_OK)
		t->rc = csv_open(&t->csv, name, t->bytes, n, err);
}

static bool
table_next(struct table *t)
{
	int more = 0;

	if (t->rc == TAPR_OK)
		t->rc = csv_next(&t->csv, &more, t->err);
	return t->rc == TAPR_OK && more;
}

static int
table_close(struct table *t)
{
	free(t->bytes);
	return t->rc;
}

static const char *
text(struct table *t, const char *column)
{
	int i = csv_column(&t->csv, column);

	if (i >= 0)
		return t->csv.field[i];
	if (t->rc == TAPR_OK)
		t->rc = err_set(t->err, TAPR_EINVAL, t->name,
		    "la colonne %s manque", column);
	return "";
}

/* A whole number, or with ${decimals} a decimal one in these units. */
static uint64_t
number(struct table *t, const char *column, int decimals)
{
	const char *p = text(t, column);
	uint64_t n = 0;
	int after = -1;

	if (t->rc != TAPR_OK)
		return 0;
	for (; *p != '\0' && n < UINT64_MAX / 100; p++) {
		if (*p == '.' && after < 0 && decimals > 0) {
			after = 0;
			continue;
		}
		if (*p < '0' || *p > '9' || after == decimals)
			break;
		n = 10 * n + (uint64_t)(*p - '0');
		if (after >= 0)
			after++;
	}
	for (after = after < 0 ? 0 : after; after < decimals; after++)
		n *= 10;
	if (*p != '\0') {
		err_fill(t->err, TAPR_EINVAL, column, "un nombre entier est "
		    "attendu");
		t->rc = err_note(t->err, TAPR_EINVAL, "%s:%ld", t->name,
		    t->csv.line);
	}
	return n;
}

static void
copy(struct table *t, const char *column, char *ret, size_t size)
{
	const char *from = text(t, column);
	size_t n = strlen(from);

	if (t->rc == TAPR_OK && n >= size) {
		err_fill(t->err, TAPR_EINVAL, column, "texte trop long");
		t->rc = err_note(t->err, TAPR_EINVAL, "%s:%ld", t->name,
		    t->csv.line);
	}
	if (t->rc == TAPR_OK)
		memcpy(ret, from, n + 1);
}

/* Room for as many things as the file has lines. */
static void *
room(struct table *t, struct arena *a, size_t size)
{
	size_t lines = 1;
	void *p;

	if (t->rc != TAPR_OK)
		return NULL;
	for (const char *c = t->csv.p; (c = memchr(c, '\n',
	    (size_t)(t->csv.end - c))) != NULL; c++)
		lines++;
	if ((p = arena_array(a, lines, size)) == NULL)
		t->rc = err_set(t->err, TAPR_EIO, NULL,
		    "mémoire insuffisante");
	return p;
}

/*
 * The counts that accidents and diseases share.  CNAM counts each death for 99
 * points among those of 10 % and more.
 */
static void
read_counts(struct table *t, struct counts *ret)
{
	uint64_t *v = ret->v, points;

	v[IP_LOW] = number(t, "ip_under_10", 0);
	v[IP_HIGH] = number(t, "ip_10_up", 0);
	v[DEATHS] = number(t, "deaths", 0);
	v[DAYS] = number(t, "days", 0);
	v[POINTS_LOW] = number(t, "points_under_10", 0);
	points = number(t, "points", 0) - v[POINTS_LOW];
	v[POINTS_HIGH] = points - 99 * v[DEATHS];
	if (t->rc == TAPR_OK && (points < 99 * v[DEATHS] ||
	    v[POINTS_HIGH] < 10 * v[IP_HIGH] ||
	    v[POINTS_HIGH] > 100 * v[IP_HIGH] ||
	    v[POINTS_LOW] < v[IP_LOW] || v[POINTS_LOW] > 9 * v[IP_LOW])) {
		err_fill(t->err, TAPR_EINVAL, "points", "la somme des taux "
		    "d'IP ne va pas avec leur nombre");
		t->rc = err_note(t->err, TAPR_EINVAL, "%s:%ld", t->name,
		    t->csv.line);
	}
}

static int
by_naf(const void *key, const void *size)
{
	return strcmp(key, ((const struct size_shares *)size)->naf);
}

static int
read_sizes(const char *dir, struct arena *a, struct size_shares **ret,
    size_t *ret_n, struct err *err)
{
	static const char *const employees[BANDS] = { "employees_under_10",
	    "employees_10_19", "employees_20_49", "employees_50_99",
	    "employees_100_199", "employees_200_up" };
	static const char *const accidents[BANDS] = { "accidents_under_10",
	    "accidents_10_19", "accidents_20_49", "accidents_50_99",
	    "accidents_100_199", "accidents_200_up" };
	struct table t;

	table_open(&t, dir, "statistics/sizes_2024.csv", a, err);
	*ret = room(&t, a, sizeof **ret);
	for (*ret_n = 0; table_next(&t); (*ret_n)++) {
		struct size_shares *s = &(*ret)[*ret_n];

		copy(&t, "naf", s->naf, sizeof s->naf);
		for (int i = 0; i < BANDS; i++) {
			s->employees[i] = (uint32_t)number(&t, employees[i],
			    1);
			s->accidents[i] = (uint32_t)number(&t, accidents[i],
			    1);
		}
	}
	return table_close(&t);
}

static int
read_cells(const char *dir, struct arena *a, struct published *ret,
    struct err *err)
{
	static const char *const cause[CAUSES] = { "hand_tools",
	    "same_level_fall", "manual_handling", "machines",
	    "fall_from_height", "physical_incl_electric", "road", "assault",
	    "other", "chemical", "mechanical_handling", "other_vehicles" };
	struct size_shares *sizes;
	struct table t;
	size_t n;
	int rc;

	if ((rc = read_sizes(dir, a, &sizes, &n, err)) != TAPR_OK)
		return rc;
	table_open(&t, dir, "statistics/accidents_2024.csv", a, err);
	ret->cell = room(&t, a, sizeof *ret->cell);
	for (; table_next(&t); ret->cells++) {
		struct cell *c = &ret->cell[ret->cells];
		uint64_t *v = c->accidents.v;

		c->ctn = text(&t, "ctn")[0];
		copy(&t, "naf", c->naf, sizeof c->naf);
		c->employees = number(&t, "employees", 0);
		c->hours = number(&t, "hours", 0);
		c->establishments = number(&t, "establishments", 0);
		v[LONG] = number(&t, "four_days", 0);
		v[SHORT] = number(&t, "first_settled", 0) - v[LONG];
		read_counts(&t, &c->accidents);
		for (int i = 0; i < CAUSES; i++)
			c->cause[i] = number(&t, cause[i], 0);
		c->sizes = bsearch(c->naf, sizes, n, sizeof *sizes, by_naf);
	}
	return table_close(&t);
}

/* Cells are sorted by CTN, then NAF. */
static size_t
find_cell(const struct published *p, char ctn, const char *naf)
{
	size_t low = 0, high = p->cells;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int c = ctn != p->cell[mid].ctn ? ctn - p->cell[mid].ctn :
		    strcmp(naf, p->cell[mid].naf);

		if (c == 0)
			return mid;
		if (c < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return SPECIAL;
}

static int
read_diseases(const char *dir, struct arena *a, struct published *ret,
    struct err *err)
{
	struct table t;

	table_open(&t, dir, "statistics/diseases_2024.csv", a, err);
	ret->disease = room(&t, a, sizeof *ret->disease);
	for (; table_next(&t); ret->diseases++) {
		struct disease *d = &ret->disease[ret->diseases];
		char ctn = text(&t, "ctn")[0];

		d->cell = find_cell(ret, ctn, text(&t, "naf"));
		copy(&t, "mp_table", d->table, sizeof d->table);
		copy(&t, "syndrome", d->syndrome, sizeof d->syndrome);
		d->counts.v[LONG] = number(&t, "first_settled", 0);
		read_counts(&t, &d->counts);
		if (t.rc == TAPR_OK && ctn != 'S' && d->cell == SPECIAL)
			t.rc = err_set(err, TAPR_EINVAL, t.name,
			    "ligne %ld : cette activité n'est pas dans "
			    "accidents_2024.csv", t.csv.line);
	}
	return table_close(&t);
}

/* Commuting accidents of each NAF, against its employees in all CTN. */
static int
read_commuting(const char *dir, struct arena *a, struct published *ret,
    struct err *err)
{
	struct table t;

	table_open(&t, dir, "statistics/commuting_2024.csv", a, err);
	while (table_next(&t)) {
		const char *naf = text(&t, "naf");
		uint64_t settled = number(&t, "first_settled", 0);
		uint64_t employees = 0;
		size_t at;

		for (int ctn = 'A'; ctn <= 'I'; ctn++)
			if ((at = find_cell(ret, (char)ctn, naf)) != SPECIAL)
				employees += ret->cell[at].employees;
		for (int ctn = 'A'; ctn <= 'I' && employees > 0; ctn++)
			if ((at = find_cell(ret, (char)ctn, naf)) != SPECIAL)
				ret->cell[at].commuting = settled * 1000000 /
				    employees;
	}
	return table_close(&t);
}

static int
read_years(const char *dir, struct arena *a, struct published *ret,
    struct err *err)
{
	const struct { const char *risk; struct national *to; } series[] = {
		{ "accident", ret->accident },
		{ "accident_sheets", ret->accident },
		{ "disease_sheets", ret->disease_year },
		{ "commuting", ret->commuting },
	};
	struct table t;

	table_open(&t, dir, "statistics/years.csv", a, err);
	while (table_next(&t)) {
		uint64_t year = number(&t, "year", 0);

		if (year < YEAR_FIRST || year > YEAR_LAST)
			continue;
		for (size_t i = 0; i < sizeof series / sizeof *series; i++)
			if (strcmp(text(&t, "risk"), series[i].risk) == 0)
				series[i].to[year - YEAR_FIRST] =
				    (struct national){
				    number(&t, "employees", 0),
				    number(&t, "first_settled", 0),
				    number(&t, "new_ip", 0),
				    number(&t, "deaths", 0),
				    number(&t, "days", 0) };
	}
	return table_close(&t);
}

/* The communes of a fund, from those of all, department by department. */
static void
place_communes(struct published *p, struct fund *f, const char *departments,
    const struct commune *all, const char (*department)[4], size_t n)
{
	f->first_commune = p->communes;
	while (*departments != '\0') {
		size_t len = strcspn(departments, " ");

		for (size_t i = 0; i < n; i++)
			if (strlen(department[i]) == len && strncmp(
			    department[i], departments, len) == 0) {
				p->commune[p->communes++] = all[i];
				f->population += all[i].population;
			}
		departments += len;
		departments += *departments == ' ';
	}
	f->communes = p->communes - f->first_commune;
}

static int
read_communes(const char *dir, struct arena *a, struct commune **ret,
    char (**ret_department)[4], size_t *ret_n, struct err *err)
{
	struct table t;

	table_open(&t, dir, "statistics/communes.csv", a, err);
	*ret = room(&t, a, sizeof **ret);
	*ret_department = room(&t, a, sizeof **ret_department);
	for (*ret_n = 0; table_next(&t); (*ret_n)++) {
		struct commune *c = &(*ret)[*ret_n];

		copy(&t, "department", (*ret_department)[*ret_n], 4);
		copy(&t, "commune", c->code, sizeof c->code);
		copy(&t, "postal_code", c->postal, sizeof c->postal);
		c->name = arena_strdup(a, text(&t, "name"));
		c->population = 1 + number(&t, "population", 0);
	}
	return table_close(&t);
}

static int
read_funds(const char *dir, struct arena *a, struct published *ret,
    struct err *err)
{
	struct commune *all;
	char (*department)[4];
	size_t n;
	struct table t;
	int rc;

	rc = read_communes(dir, a, &all, &department, &n, err);
	if (rc != TAPR_OK)
		return rc;
	table_open(&t, dir, "funds.csv", a, err);
	if ((ret->commune = arena_array(a, n, sizeof *all)) == NULL)
		t.rc = err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	while (table_next(&t)) {
		struct fund *f = &ret->fund[ret->funds];

		if (ret->funds == FUNDS_MAX) {
			t.rc = err_set(err, TAPR_EINVAL, t.name,
			    "plus de %d caisses", (int)FUNDS_MAX);
			break;
		}
		ret->funds++;
		copy(&t, "code", f->code, sizeof f->code);
		f->name = arena_strdup(a, text(&t, "name"));
		f->alsace_moselle = strcmp(text(&t, "zone"),
		    "alsace-moselle") == 0;
		place_communes(ret, f, text(&t, "departments"), all,
		    (const char (*)[4])department, n);
	}
	return table_close(&t);
}

static int
read_regions(const char *dir, struct arena *a, struct published *ret,
    struct err *err)
{
	struct table t;

	table_open(&t, dir, "statistics/regions.csv", a, err);
	while (table_next(&t)) {
		uint64_t year = number(&t, "year", 0);
		size_t i = 0;

		while (i < ret->funds && strcmp(ret->fund[i].code,
		    text(&t, "fund")) != 0)
			i++;
		if (i == ret->funds || year < YEAR_FIRST || year > YEAR_LAST)
			continue;
		ret->fund[i].commuting[year - YEAR_FIRST] =
		    number(&t, "commuting", 0);
		if (year == YEAR_LAST) {
			ret->fund[i].employees = number(&t, "employees", 0);
			ret->fund[i].accidents = number(&t, "accidents", 0);
		}
	}
	return table_close(&t);
}

static int
read_victims(const char *dir, struct arena *a, struct published *ret,
    struct err *err)
{
	static const char *const seat[] = { "non_determine", "tete", "cou",
	    "dos", "torse", "membres_superieurs", "membres_inferieurs",
	    "corps_entier", "autres" };
	struct table t;

	table_open(&t, dir, "statistics/victims_2024.csv", a, err);
	while (table_next(&t)) {
		const char *item = text(&t, "item");
		uint64_t n = number(&t, "count", 0);

		if (strcmp(item, "masculin") == 0)
			ret->men = n;
		else if (strcmp(item, "feminin") == 0)
			ret->women = n;
		for (size_t i = 0; i < sizeof seat / sizeof *seat; i++)
			if (strcmp(item, seat[i]) == 0)
				ret->seat[i] = n;
	}
	return table_close(&t);
}

int
published_read(const char *dir, struct arena *a, struct published *ret,
    struct err *err)
{
	static int (*const part[])(const char *dir, struct arena *a,
	    struct published *ret, struct err *err) = { read_cells,
	    read_diseases, read_commuting, read_years, read_funds,
	    read_regions, read_victims };
	int rc = TAPR_OK;

	memset(ret, 0, sizeof *ret);
	for (size_t i = 0; i < sizeof part / sizeof *part && rc == TAPR_OK;
	    i++)
		rc = part[i](dir, a, ret, err);
	return rc;
}
