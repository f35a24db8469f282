/*
 * dsn.c -- monthly declarations (DSN) of some establishments.
 *
 * A declaration is written block by block in the order of the norm (docs/
 * formats/synth.md).  Persons are those of the establishment, one for each
 * employee of payroll.csv, rounded; some in the support section.
 */
#include "synth/dsn.h"

#include <string.h>

#include "base/date.h"
#include "synth/people.h"

enum { PERSONS_MAX = 60, MONTHS = 12 };

/* A declaration while it is written. */
struct declaration {
	struct world	*w;
	const struct estab *e;
	struct out	*o;
	int		 year, month;
	uint32_t	 order;		/* of the file */
	char		 siren[SIREN_SIZE], siret[SIRET_SIZE];
	char		 first[9], last[9];	/* JJMMAAAA */
};

/* The people of one section and what they share. */
struct group {
	bool		 support;
	uint32_t	 from, n;
	uint64_t	 cents, hours;	/* of the year */
	uint32_t	 rate;		/* hundredths of a percent */
	char		 code[8];
};

/* ---- lines -------------------------------------------------------------- */

static void
rubric(struct out *o, const char *name, const char *value)
{
	out_text(o, name);
	out_bytes(o, ",'", 2);
	out_text(o, value);
	out_bytes(o, "'\r", 2);
	out_line(o);
}

static void
rubric_number(struct out *o, const char *name, uint64_t n)
{
	out_text(o, name);
	out_bytes(o, ",'", 2);
	out_number(o, n);
	out_bytes(o, "'\r", 2);
	out_line(o);
}

/* 1234 as 12.34. */
static void
rubric_amount(struct out *o, const char *name, uint64_t hundredths)
{
	out_text(o, name);
	out_bytes(o, ",'", 2);
	out_hundredths(o, hundredths);
	out_bytes(o, "'\r", 2);
	out_line(o);
}

struct line { const char *name, *value; };

static void
rubrics(struct out *o, const struct line *line, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (line[i].value != NULL)
			rubric(o, line[i].name, line[i].value);
}

#define RUBRICS(o, ...) rubrics((o), (const struct line[]){ __VA_ARGS__ }, \
	sizeof (const struct line[]){ __VA_ARGS__ } / sizeof (struct line))

/* A day of a month as the norm writes it. */
static void
write_day(char ret[9], int day, int month, int year)
{
	snprintf(ret, 9, "%02d%02d%04d", day % 100, month % 100,
	    year % 10000);
}

/* ---- the envoi ---------------------------------------------------------- */

static void
open_file(struct out *o, int year)
{
	RUBRICS(o, { "S10.G00.00.001", "tapr synth" },
	    { "S10.G00.00.002", "tapr" },
	    { "S10.G00.00.003", TAPR_VERSION },
	    /* "Real": a test file is never imported. */
	    { "S10.G00.00.005", "02" },
	    { "S10.G00.00.006", year == 2026 ? "P26V01" : "P24V01" },
	    { "S10.G00.00.007", "01" }, { "S10.G00.00.008", "01" },
	    { "S10.G00.01.001", "970000006" }, { "S10.G00.01.002", "00019" },
	    { "S10.G00.01.003", "CABINET FICTIF" },
	    { "S10.G00.01.004", "1 RUE DE L'EXEMPLE" },
	    { "S10.G00.01.005", "75001" }, { "S10.G00.01.006", "PARIS" },
	    { "S10.G00.02.001", "02" },
	    { "S10.G00.02.002", "CONTACT FICTIF" },
	    { "S10.G00.02.004", "contact@exemple.invalid" },
	    { "S10.G00.02.005", "0100000000" });
}

int
dsn_open(struct world *w, size_t folder, const char *path, struct err *err)
{
	const char *dir = arena_printf(w->arena, "%s/dsn", path);
	int rc = dir == NULL ? err_set(err, TAPR_EIO, NULL,
	    "mémoire insuffisante") : world_folder(dir, err);

	for (int i = 0; i < DSN_FILES && rc == TAPR_OK; i++) {
		char name[16];
		int year = i < MONTHS ? 2024 : 2026;

		snprintf(name, sizeof name, "%d-%02d.dsn", year,
		    i % MONTHS + 1);
		rc = out_open(&w->dsn[folder][i], dir, name, err);
		if (rc == TAPR_OK)
			open_file(&w->dsn[folder][i], year);
	}
	return rc;
}

void
dsn_close(struct world *w, size_t folder)
{
	for (int i = 0; i < DSN_FILES; i++) {
		struct out *o = &w->dsn[folder][i];

		/* Both lines of the total count. */
		rubric_number(o, "S90.G00.90.001", o->lines + 2);
		rubric_number(o, "S90.G00.90.002", w->declared[folder]);
	}
}

/* ---- one declaration ---------------------------------------------------- */

static void
write_establishment(const struct declaration *d, uint32_t persons)
{
	const struct commune *c = &d->w->p->commune[d->e->commune];
	const char *naf = d->w->cell.of->naf[0] == 'x' ? "0000Z" :
	    d->w->cell.of->naf;
	struct out *o = d->o;
	char month[9], sent[9], order[12], staff[12];

	write_day(month, 1, d->month, d->year);
	write_day(sent, 5, d->month % 12 + 1, d->year + d->month / 12);
	snprintf(order, sizeof order, "%u", (unsigned)d->order);
	snprintf(staff, sizeof staff, "%u", (unsigned)persons);
	RUBRICS(o, { "S20.G00.05.001", "01" },
	    { "S20.G00.05.002", persons > 0 ? "01" : "02" },
	    { "S20.G00.05.003", "11" }, { "S20.G00.05.004", order },
	    { "S20.G00.05.005", month }, { "S20.G00.05.007", sent },
	    { "S20.G00.05.008", "01" }, { "S20.G00.05.010", "01" },
	    { "S20.G00.07.001", "CONTACT FICTIF" },
	    { "S20.G00.07.002", "0100000000" },
	    { "S20.G00.07.003", "contact@exemple.invalid" },
	    { "S20.G00.07.004", "08" },
	    { "S21.G00.06.001", d->siren },
	    { "S21.G00.06.002", d->siret + SIREN_SIZE - 1 },
	    { "S21.G00.06.003", naf },
	    { "S21.G00.06.004", "1 RUE DE L'EXEMPLE" },
	    { "S21.G00.06.005", c->postal }, { "S21.G00.06.006", c->name },
	    { "S21.G00.06.015", "3248" },
	    { "S21.G00.11.001", d->siret + SIREN_SIZE - 1 },
	    { "S21.G00.11.002", naf },
	    { "S21.G00.11.003", "1 RUE DE L'EXEMPLE" },
	    { "S21.G00.11.004", c->postal }, { "S21.G00.11.005", c->name },
	    /* The staff at the end of the month is gone from P26 on. */
	    { "S21.G00.11.008", d->year < 2026 ? staff : NULL },
	    { "S21.G00.11.022", "3248" });
}

/* Part ${i} of ${n} of ${total}, by rounding the running total. */
static uint64_t
slice(uint64_t total, uint64_t i, uint64_t n)
{
	return (i + 1) * total / n - i * total / n;
}

/* What person ${i} of a group earns, or works, this month. */
static uint64_t
monthly(const struct declaration *d, const struct group *g, uint32_t i,
    uint64_t total)
{
	return slice(total, (uint64_t)i * MONTHS + (uint64_t)d->month - 1,
	    (uint64_t)g->n * MONTHS);
}

static uint64_t
contribution(uint64_t cents, uint32_t rate)
{
	return (cents * rate + 5000) / 10000;
}

/* One line for each AT rate; bases in whole euros. */
static void
write_slips(const struct declaration *d, const struct group g[2])
{
	uint64_t base[2], due = 0;

	for (int k = 0; k < 2; k++) {
		base[k] = 0;
		for (uint32_t i = 0; i < g[k].n; i++)
			base[k] += monthly(d, &g[k], i, g[k].cents);
		base[k] = (base[k] + 50) / 100 * 100;
		due += contribution(base[k], g[k].rate);
	}
	RUBRICS(d->o, { "S21.G00.22.001", "78861779300013" },
	    { "S21.G00.22.003", d->first }, { "S21.G00.22.004", d->last });
	rubric_amount(d->o, "S21.G00.22.005", due);
	for (int k = 0; k < 2; k++) {
		if (g[k].n == 0)
			continue;
		RUBRICS(d->o, { "S21.G00.23.001", "100" },
		    { "S21.G00.23.002", "920" });
		rubric_amount(d->o, "S21.G00.23.003", g[k].rate);
		rubric_amount(d->o, "S21.G00.23.004", base[k]);
	}
}

/*
 * A person of the establishment: the same in every month.  The last digits
 * of the NIR are those of the rank, so that no two in it are alike.
 */
static void
write_person(const struct declaration *d, uint32_t rank, char contract[8])
{
	/* ISO-8859-1, as the norm wants. */
	static const char *const given[] = { "Jean", "Ana\xefs", "Paul",
	    "\xc9" "lo\xefse", "Fran\xe7ois", "Zo\xe9", "Hugo", "L\xe9" "a" };
	struct dice x = dice(d->w->o->seed, STREAM_DSN, d->e->number *
	    (PERSONS_MAX + 1) + rank);
	const struct commune *c = &d->w->p->commune[d->e->commune];
	int year = 1962 + (int)dice_below(&x, 40);
	char nir[NIR_SIZE], name[NAME_SIZE], born[9], number[8];

	people_nir(&x, 1 + (int)dice_below(&x, 2), year, nir);
	snprintf(nir + 10, 4, "%03u", (unsigned)(1 + rank) % 1000);
	people_surname(&x, name);
	write_day(born, 1 + (int)dice_below(&x, 28), (nir[3] - '0') * 10 +
	    nir[4] - '0', year);
	snprintf(contract, 8, "C%05u", (unsigned)rank % 100000);
	snprintf(number, 8, "M%05u", (unsigned)rank % 100000);
	RUBRICS(d->o, { "S21.G00.30.001", nir }, { "S21.G00.30.002", name },
	    { "S21.G00.30.004", given[dice_below(&x, sizeof given /
	    sizeof *given)] },
	    { "S21.G00.30.006", born }, { "S21.G00.30.007", "VILLE FICTIVE" },
	    { "S21.G00.30.008", "2 RUE DE L'EXEMPLE" },
	    { "S21.G00.30.009", c->postal }, { "S21.G00.30.010", c->name },
	    { "S21.G00.30.013", "01" }, { "S21.G00.30.014", "75" },
	    { "S21.G00.30.015", "FR" }, { "S21.G00.30.019", number });
}

static void
write_contract(const struct declaration *d, const struct group *g,
    const char *contract)
{
	RUBRICS(d->o, { "S21.G00.40.001", "01012020" },
	    { "S21.G00.40.002", "06" }, { "S21.G00.40.003", "04" },
	    { "S21.G00.40.004", g->support ? "373d" : "628a" },
	    { "S21.G00.40.006", g->support ? "Comptable" : "Op\xe9rateur" },
	    { "S21.G00.40.007", "01" }, { "S21.G00.40.008", "99" },
	    { "S21.G00.40.009", contract }, { "S21.G00.40.011", "10" },
	    { "S21.G00.40.012", "151.67" }, { "S21.G00.40.013", "151.67" },
	    { "S21.G00.40.014", "10" }, { "S21.G00.40.016", "99" },
	    { "S21.G00.40.017", "3248" }, { "S21.G00.40.018", "200" },
	    { "S21.G00.40.019", d->siret }, { "S21.G00.40.020", "200" },
	    { "S21.G00.40.024", "99" }, { "S21.G00.40.026", "99" },
	    { "S21.G00.40.036", "01" }, { "S21.G00.40.037", "01" },
	    { "S21.G00.40.039", "200" }, { "S21.G00.40.040", g->code });
	rubric_amount(d->o, "S21.G00.40.043", g->rate);
	rubric(d->o, "S21.G00.71.002", "RUAA");
}

static void
write_pay(const struct declaration *d, const struct group *g, uint32_t i,
    const char *contract)
{
	static const char *const kind[] = { "001", "002", "003", "010" };
	uint64_t cents = monthly(d, g, i, g->cents);
	struct out *o = d->o;

	rubric(o, "S21.G00.50.001", d->last);
	rubric_amount(o, "S21.G00.50.002", cents * 80 / 100);
	rubric(o, "S21.G00.50.003", "01");
	rubric_amount(o, "S21.G00.50.004", cents * 78 / 100);
	RUBRICS(o, { "S21.G00.50.006", "0.00" }, { "S21.G00.50.007", "13" },
	    { "S21.G00.50.008", "-1" }, { "S21.G00.50.009", "0.00" });
	rubric_amount(o, "S21.G00.50.013", cents * 80 / 100);
	for (size_t k = 0; k < sizeof kind / sizeof *kind; k++) {
		RUBRICS(o, { "S21.G00.51.001", d->first },
		    { "S21.G00.51.002", d->last },
		    { "S21.G00.51.010", contract },
		    { "S21.G00.51.011", kind[k] });
		rubric_amount(o, "S21.G00.51.013", cents);
		if (k != 1)
			continue;
		rubric(o, "S21.G00.53.001", "01");
		rubric_amount(o, "S21.G00.53.002", monthly(d, g, i,
		    100 * g->hours));
		rubric(o, "S21.G00.53.003", "10");
	}
}

static void
write_bases(const struct declaration *d, const struct group *g, uint32_t i,
    const char *contract)
{
	enum { PLAFOND_2024 = 386400, PLAFOND_2026 = 400500 };
	uint64_t cents = monthly(d, g, i, g->cents);
	uint64_t cap = d->year == 2026 ? PLAFOND_2026 : PLAFOND_2024;

	for (int k = 2; k <= 3; k++) {
		RUBRICS(d->o, { "S21.G00.78.001", k == 2 ? "02" : "03" },
		    { "S21.G00.78.002", d->first },
		    { "S21.G00.78.003", d->last });
		rubric_amount(d->o, "S21.G00.78.004", k == 2 && cents > cap ?
		    cap : cents);
		rubric(d->o, "S21.G00.78.006", contract);
	}
	RUBRICS(d->o, { "S21.G00.81.001", "045" },
	    { "S21.G00.81.002", "78861779300013" });
	rubric_amount(d->o, "S21.G00.81.003", cents);
	rubric_amount(d->o, "S21.G00.81.004", contribution(cents, g->rate));
	rubric_amount(d->o, "S21.G00.81.007", g->rate);
	RUBRICS(d->o, { "S21.G00.86.001", "07" }, { "S21.G00.86.002", "03" },
	    { "S21.G00.86.003", "6" }, { "S21.G00.86.005", contract });
}

static void
write_declaration(const struct declaration *d, const struct group g[2])
{
	const struct commune *c = &d->w->p->commune[d->e->commune];
	char contract[8];

	write_establishment(d, g[0].n + g[1].n);
	write_slips(d, g);
	for (int k = 0; k < 2; k++)
		for (uint32_t i = 0; i < g[k].n; i++) {
			write_person(d, g[k].from + i, contract);
			write_contract(d, &g[k], contract);
			write_pay(d, &g[k], i, contract);
			write_bases(d, &g[k], i, contract);
		}
	RUBRICS(d->o, { "S21.G00.85.001", d->siret },
	    { "S21.G00.85.002", d->w->cell.of->naf },
	    { "S21.G00.85.004", c->postal }, { "S21.G00.85.005", c->name },
	    { "S21.G00.85.010", "01" }, { "S21.G00.85.011", c->code });
}

/* ---- who declares ------------------------------------------------------- */

/* Who may: a small or middling one, there all year, no temporary work. */
static bool
eligible(const struct world *w, const struct estab *e)
{
	return e->closed == 0 && e->head >= 100 &&
	    e->head <= 100 * PERSONS_MAX - 100 && e->hours > 0 &&
	    e->created < date_to_days((struct date){ YEAR_LAST, 1, 1 }) &&
	    w->cell.of->naf[0] != 'x' &&
	    world_list(w->cell.of) != CODES_TEMP;
}

static void
make_groups(const struct world *w, const struct estab *e, struct group g[2])
{
	struct staff all = estab_staff(&w->cell, e, YEAR_LAST);
	struct staff support = estab_support(e, all);
	const struct code *code = world_code(w, w->cell.of, e);
	uint32_t n = (uint32_t)((all.head + 50) / 100);

	g[1] = (struct group){ .support = true, .cents = support.cents,
	    .hours = support.hours,
	    .rate = w->support_rate_2024[w->cell.of->ctn != 'B'] };
	g[0] = (struct group){ .cents = all.cents - support.cents,
	    .hours = all.hours - support.hours, .rate = code->rate_2024 };
	if (e->support > 0)
		g[1].n = 1 + n * e->support / 100;
	g[0].n = n - g[1].n;
	g[0].from = 1;
	g[1].from = 1 + g[0].n;
	snprintf(g[0].code, sizeof g[0].code, "%s", code->code);
	/* The sixth letter says that the support rate applies. */
	snprintf(g[1].code, sizeof g[1].code, "%sB", code->code);
}

void
dsn_write(struct world *w, const struct estab *e)
{
	struct declaration d = { .w = w, .e = e };
	int folder = w->folder_of[e->fund];
	struct group g[2];

	if (w->o->dsn == 0 || folder < 0 || !eligible(w, e) ||
	    w->dsn_seen++ % w->dsn_every != 0 ||
	    w->dsn_done == w->o->dsn)
		return;
	w->dsn_done++;
	w->declared[folder]++;
	make_groups(w, e, g);
	people_siren(e->firm, d.siren);
	people_siret(e->firm, e->nic, d.siret);
	for (int i = 0; i < DSN_FILES; i++) {
		d.o = &w->dsn[folder][i];
		d.year = i < MONTHS ? 2024 : 2026;
		d.month = i % MONTHS + 1;
		d.order = (uint32_t)w->declared[folder];
		write_day(d.first, 1, d.month, d.year);
		write_day(d.last, date_days_in_month(d.year, d.month),
		    d.month, d.year);
		write_declaration(&d, g);
		w->report->declarations++;
	}
}
