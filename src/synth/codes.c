/*
 * codes.c -- a risk code for each activity.
 *
 * No table from NAF to risk code is published, so one is invented: within a
 * CTN, the codes in order of their collective rate of 2024 meet the
 * activities in order of the days lost per hour worked, so that dangerous
 * activities have dear codes.  Only codes that have lived since 2019 under
 * the same CTN are used; temporary work has its own.
 */
#include <stdlib.h>
#include <string.h>

#include "synth/world.h"

static const struct date january_2019 = { 2019, 1, 1 };
static const struct date january_2023 = { 2023, 1, 1 };
static const struct date january_2024 = { 2024, 1, 1 };

/* The rate of a code in hundredths of a percent; 0: none. */
static uint32_t
rate_on(const struct law *law, const char *param, const char *code,
    struct date on)
{
	const struct law_row *r = law_find(law, param, LAW_KEYS("general",
	    code), on);
	int64_t n;

	if (r == NULL || !frac_scaled(r->number, 2, &n) || n <= 0)
		return 0;
	return (uint32_t)n;
}

static char
ctn_on(const struct law *law, const char *code, struct date on)
{
	const struct law_row *r = law_find(law, "risk_codes", LAW_KEYS(code),
	    on);

	return r == NULL ? '\0' : r->value[0];
}

/*
 * The group of a BTP code: that of the published list of 2014; codes changed
 * since, hence for the others by the activity their first digits name (451 and
 * 452: structural work).
 */
static const char *
btp_group(const struct law *law, const char *code)
{
	const struct law_row *r = law_find(law, "btp_cost_groups",
	    LAW_KEYS(code), (struct date){ 2014, 1, 1 });

	if (r != NULL)
		return r->value;
	return strncmp(code, "451", 3) == 0 || strncmp(code, "452", 3) == 0 ?
	    "gros_oeuvre" : "second_oeuvre";
}

static void
add_code(struct world *w, const char *code, char ctn)
{
	const struct law *law = w->o->law;
	size_t list = strncmp(code, "745B", 4) == 0 ? CODES_TEMP :
	    (size_t)(ctn - 'A');
	struct code *c = &w->code[list][w->codes[list]];

	if (w->codes[list] == CODES_MAX)
		return;
	snprintf(c->code, sizeof c->code, "%s", code);
	c->group = ctn == 'B' ? btp_group(law, code) : "";
	c->rate_2023 = rate_on(law, "collective_rates", code, january_2023);
	c->rate_2024 = rate_on(law, "collective_rates", code, january_2024);
	c->always_collective = law_find(law, "always_collective",
	    LAW_KEYS(code), january_2023) != NULL;
	if (c->rate_2023 > 0 && c->rate_2024 > 0)
		w->codes[list]++;
}

static int
by_rate(const void *va, const void *vb)
{
	const struct code *a = va, *b = vb;

	if (a->rate_2024 != b->rate_2024)
		return a->rate_2024 < b->rate_2024 ? -1 : 1;
	return strcmp(a->code, b->code);
}

static int
read_codes(struct world *w, struct err *err)
{
	const struct law *law = w->o->law;
	size_t param = law_param_number(law, "collective_rates");

	for (size_t i = 0; param < law_param_count(law) &&
	    i < law_row_count(law, param); i++) {
		const struct law_row *r = law_row_at(law, param, i);
		char ctn;

		if (strcmp(r->key[0], "general") != 0 ||
		    !date_in(january_2024, r->from, r->to))
			continue;
		ctn = ctn_on(law, r->key[1], january_2024);
		if (ctn >= 'A' && ctn <= 'I' &&
		    ctn == ctn_on(law, r->key[1], january_2019))
			add_code(w, r->key[1], ctn);
	}
	for (size_t i = 0; i <= CTNS; i++) {
		if (w->codes[i] == 0)
			return err_set(err, TAPR_ELAW, "collective_rates",
			    "aucun code risque du CTN %c avec ses taux de "
			    "2023 et de 2024 ; complétez collective_rates.csv",
			    (char)(i == CODES_TEMP ? 'I' : 'A' + (char)i));
		qsort(w->code[i], w->codes[i], sizeof w->code[i][0], by_rate);
	}
	w->support_rate[0] = rate_on(law, "support_rates", "0000A",
	    january_2023);
	w->support_rate[1] = rate_on(law, "support_rates", "0000B",
	    january_2023);
	w->support_rate_2024[0] = rate_on(law, "support_rates", "0000A",
	    january_2024);
	w->support_rate_2024[1] = rate_on(law, "support_rates", "0000B",
	    january_2024);
	return TAPR_OK;
}

struct risk { size_t cell; uint64_t days, hours; };

/* Days lost per hour worked, the least first. */
static int
by_risk(const void *va, const void *vb)
{
	const struct risk *a = va, *b = vb;
	uint64_t x = a->days * b->hours, y = b->days * a->hours;

	if (x != y)
		return x < y ? -1 : 1;
	return a->cell < b->cell ? -1 : a->cell > b->cell;
}

int
codes_read(struct world *w, struct err *err)
{
	const struct published *p = w->p;
	struct risk *risk = malloc(p->cells * sizeof *risk);
	int rc;

	w->cell_code = arena_array(w->arena, p->cells, sizeof *w->cell_code);
	if (risk == NULL || w->cell_code == NULL) {
		free(risk);
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	}
	rc = read_codes(w, err);
	for (char ctn = 'A'; ctn <= 'I' && rc == TAPR_OK; ctn++) {
		size_t n = 0;

		for (size_t i = 0; i < p->cells; i++)
			if (p->cell[i].ctn == ctn)
				risk[n++] = (struct risk){ i,
				    p->cell[i].accidents.v[DAYS],
				    p->cell[i].hours + 1 };
		qsort(risk, n, sizeof *risk, by_risk);
		for (size_t i = 0; i < n; i++)
			w->cell_code[risk[i].cell] = (uint32_t)(i *
			    w->codes[world_list(&p->cell[risk[i].cell])] / n);
	}
	free(risk);
	return rc;
}

size_t
world_list(const struct cell *cell)
{
	return cell->ctn == 'I' && strcmp(cell->naf, "7820Z") == 0 ?
	    (size_t)CODES_TEMP : (size_t)(cell->ctn - 'A');
}

const struct code *
world_code(const struct world *w, const struct cell *cell,
    const struct estab *e)
{
	return &w->code[world_list(cell)][e->code];
}
