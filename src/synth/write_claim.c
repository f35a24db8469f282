/*
 * write_claim.c -- claims.csv and benefits.csv.
 *
 * A claim is written as it is known on the last day of the years asked for:
 * what happens later is empty.  A claim that nothing touches in these years is
 * not written.
 */
#include <string.h>

#include "base/date.h"
#include "synth/people.h"
#include "synth/world.h"

/* A claim while it is written. */
struct pen {
	struct world	*w;
	const struct claim *c;
	const struct estab *e;
	const struct cell *cell;
	struct days	 days;
	struct dice	 d;
	int32_t		 first, last;	/* of the years asked for */
	char		 id[24];
	unsigned	 payments;
	bool		 special;
};

/* ${day} if it is known by then. */
static int32_t
known(const struct pen *p, int32_t day)
{
	return day <= p->last ? day : 0;
}

static void
add_day(const struct pen *p, struct out *o, int32_t day)
{
	out_comma(o);
	out_day(o, known(p, day));
}

/* "A24-0000012345": the letter of its kind, its year, its number. */
static void
make_id(struct pen *p)
{
	static const char letter[] = { 'A', 'T', 'M' };
	uint64_t n = p->c->number;

	snprintf(p->id, sizeof p->id, "%c%02d-0000000000", letter[p->c->kind],
	    p->c->year % 100);
	for (size_t i = strlen(p->id); n > 0; n /= 10)
		p->id[--i] = (char)('0' + n % 10);
}

/* ---- benefits ----------------------------------------------------------- */

static void
pay(struct pen *p, const char *nature, int32_t from, int32_t to,
    uint32_t days, uint64_t cents, int32_t paid)
{
	struct out *o = world_file(p->w, p->e, FILE_BENEFITS);

	if (paid == 0 || paid > p->last)
		return;
	out_text(o, p->id);
	out_comma(o);
	out_text(o, nature);
	out_comma(o);
	out_day(o, from);
	out_comma(o);
	out_day(o, to);
	out_comma(o);
	if (days > 0)
		out_number(o, days);
	out_comma(o);
	out_hundredths(o, cents);
	out_comma(o);
	out_day(o, paid);
	out_text(o, ",P-");
	out_text(o, p->id);
	out_char(o, '-');
	out_number(o, ++p->payments);
	out_line(o);
}

static void
write_benefits(struct pen *p)
{
	const struct claim *c = p->c;
	uint64_t wage = (uint64_t)dice_between(&p->d, 4200, 9800);

	for (int y = 0; y <= YEARS; y++)
		pay(p, "daily_allowance", p->days.pay[y].from,
		    p->days.pay[y].to, p->days.pay[y].days,
		    p->days.pay[y].days * wage, p->days.pay[y].paid);
	if (c->ip_year != 0 && c->ip < 10)
		pay(p, "capital", 0, 0, 0, 51000 * (uint64_t)c->ip,
		    p->days.ip_paid);
	else if (c->ip_year != 0)
		pay(p, "pension", p->days.ip, 0, 0, wage * 300 *
		    (uint64_t)c->ip / 200, p->days.ip_paid);
	if (c->death_year != 0)
		pay(p, "death", p->days.death, 0, 0, wage * 300 * 40 / 100,
		    p->days.death_paid);
	/* What a year of it is worth, for the collective rates (N-50). */
	if (c->ip_year != 0 && c->ip >= 10)
		pay(p, "annual_annuity", p->days.ip, 0, 0, wage * 300 *
		    (uint64_t)c->ip / 200, known(p, p->days.ip));
}

/* ---- claims ------------------------------------------------------------- */

static void
write_stop(struct pen *p, struct out *o)
{
	const struct claim *c = p->c;
	uint32_t days = 0;

	for (int y = 0; y <= YEARS && p->days.pay[y].paid <= p->last; y++)
		days += c->days[y];
	if (c->fate == FATE_RELAPSE || c->fate == FATE_WAITING)
		days = dice_below(&p->d, 30);
	out_comma(o);
	out_number(o, days);
	out_comma(o);
	if (c->ip_year != 0 && known(p, p->days.ip) != 0)
		out_number(o, c->ip);
	add_day(p, o, p->days.ip);
	add_day(p, o, p->days.death);
	add_day(p, o, p->days.death_recognised);
}

static const char *
charge_of(struct pen *p)
{
	const struct claim *c = p->c;

	if (p->special)
		return "special_account";
	if (c->kind == KIND_ACCIDENT && c->cause == 7 &&
	    dice_hit(&p->d, 1, 30))
		return "unidentified_assault";
	if (c->kind == KIND_ACCIDENT && dice_hit(&p->d, 1, 100000) &&
	    !p->w->p->fund[p->e->fund].alsace_moselle)
		return "terrorism";
	return dice_hit(&p->d, 1, 100) ? "not_opposable" : "own";
}

/* An establishment where the temporary worker was, of the same fund if one
 * is found in a few tries. */
static const struct kept *
user_of(struct pen *p)
{
	const struct world *w = p->w;
	const struct kept *k = NULL;

	for (int tries = 0; tries < 40 && w->n_kept > 0; tries++) {
		k = &w->kept[dice_below(&p->d, (uint32_t)w->n_kept)];
		if (k->ctn != 'I' && k->estab.fund == p->e->fund)
			return k;
	}
	return k;
}

static void
write_charge(struct pen *p, struct out *o)
{
	const struct claim *c = p->c;
	uint32_t third = c->kind == KIND_COMMUTING ? 15 : 2;
	const char *charge = charge_of(p);
	const struct kept *user = NULL;
	char siret[SIRET_SIZE];

	out_comma(o);
	if (c->kind != KIND_DISEASE && c->fate == FATE_SETTLED &&
	    dice_hit(&p->d, third, 100))
		out_hundredths(o, 5 * (uint64_t)dice_between(&p->d, 5, 20));
	out_comma(o);
	out_text(o, charge);
	out_comma(o);
	if (world_list(p->cell) == CODES_TEMP && c->kind ==
	    KIND_ACCIDENT && world_code(p->w, p->cell, p->e)->code[4] != 'C')
		user = user_of(p);
	if (user != NULL) {
		people_siret(user->estab.firm, user->estab.nic, siret);
		out_text(o, siret);
		out_comma(o);
		people_siret(p->e->firm, p->e->nic, siret);
		out_text(o, siret);
	} else
		out_comma(o);
	out_comma(o);
	if (c->ip >= 10 && dice_hit(&p->d, 1, 150))
		out_day(o, known(p, p->days.ip + 240));
}

static void
write_person(struct pen *p, struct out *o)
{
	static const char *const job[] = { "ouvrier qualifié",
	    "ouvrier non qualifié", "employé", "technicien", "cadre",
	    "apprenti", "agent de maîtrise" };
	static const char *const nation[] = { "FR", "FR", "FR", "FR", "FR",
	    "FR", "FR", "PT", "DZ", "MA" };
	const struct published *pub = p->w->p;
	uint32_t of = (uint32_t)(pub->men + pub->women + 1);
	int sex = dice_below(&p->d, of) < pub->men ? 1 : 2;
	int age = 18 + (int)dice_below(&p->d, 46);
	char nir[NIR_SIZE], name[NAME_SIZE];

	people_nir(&p->d, sex, p->c->year - age, nir);
	people_surname(&p->d, name);
	out_comma(o);
	out_text(o, nir);
	out_comma(o);
	out_text(o, name);
	out_comma(o);
	out_day(o, p->days.occurred - dice_between(&p->d, 1,
	    365 * (age - 17)));
	out_comma(o);
	out_text(o, job[dice_below(&p->d, sizeof job / sizeof *job)]);
	out_comma(o);
	out_text(o, nation[dice_below(&p->d, sizeof nation /
	    sizeof *nation)]);
}

/*
 * Deviation and material agent (ESAW) of each published cause: one pair a
 * cause, so that the causes can be counted again.
 */
static const char *const esaw[CAUSES][2] = {
	{ "43", "07.01" }, { "52", "01.02" }, { "71", "14.01" },
	{ "41", "10.01" }, { "51", "02.01" }, { "12", "05.01" },
	{ "42", "12.01" }, { "83", "18.06" }, { "99", "20.99" },
	{ "22", "15.01" }, { "33", "11.01" }, { "49", "13.01" },
};

static uint32_t
drawn(struct dice *d, const uint64_t *weight, uint32_t n)
{
	uint64_t sum = 0, r;
	uint32_t i = 0;

	for (i = 0; i < n; i++)
		sum += weight[i];
	if (sum == 0)
		return 0;
	r = dice_bits(d) % sum;
	for (i = 0; r >= weight[i]; i++)
		r -= weight[i];
	return i;
}

static void
write_lesion(struct pen *p, struct out *o)
{
	/* Seats as published_read() orders them, and three codes of each. */
	static const char *const seat[][3] = { { "00", "00", "00" },
	    { "11", "12", "13" }, { "20", "21", "29" }, { "30", "31", "39" },
	    { "41", "42", "43" }, { "51", "53", "54" }, { "62", "63", "64" },
	    { "70", "71", "78" }, { "99", "99", "99" } };
	static const char *const nature[] = { "032", "032", "032", "031",
	    "011", "011", "012", "012", "021", "021", "051", "061", "112",
	    "120", "999", "000" };
	const struct claim *c = p->c;
	uint32_t cause = c->cause, s;

	if (c->kind == KIND_DISEASE) {
		const struct disease *of =
		    p->w->plan.disease[c->disease].of;

		out_commas(o, 5);
		out_text(o, of->table);
		out_comma(o);
		out_text(o, of->syndrome);
		return;
	}
	/* The years before 2024 have the causes of 2024, drawn. */
	if (c->kind == KIND_COMMUTING)
		cause = 6;
	else if (c->lasting && c->year != YEAR_LAST && dice_hit(&p->d, 63,
	    100))
		cause = drawn(&p->d, p->cell->cause, CAUSES);
	out_comma(o);
	out_text(o, cause < CAUSES ? esaw[cause][0] : "");
	out_comma(o);
	out_text(o, cause < CAUSES ? esaw[cause][1] : "");
	out_comma(o);
	out_text(o, nature[dice_below(&p->d, sizeof nature /
	    sizeof *nature)]);
	out_comma(o);
	s = drawn(&p->d, p->w->p->seat, sizeof seat / sizeof *seat);
	out_text(o, seat[s][dice_below(&p->d, 3)]);
	out_commas(o, 2);
}

/* Some event of it falls within the years asked for. */
static bool
touched(const struct pen *p)
{
	const struct claim *c = p->c;

	if (p->days.declared > p->last)
		return false;
	if (p->days.declared >= p->first || p->days.ip_paid >= p->first ||
	    p->days.death_paid >= p->first ||
	    c->year >= p->w->o->year_from)
		return true;
	for (int y = 0; y <= YEARS; y++)
		if (p->days.pay[y].paid >= p->first)
			return true;
	return false;
}

static const char *
kind_word(const struct pen *p)
{
	switch (p->c->kind) {
	case KIND_ACCIDENT:
		return ",accident,";
	case KIND_COMMUTING:
		return ",commuting,";
	default:
		return strcmp(p->w->plan.disease[p->c->disease].of->table,
		    "025A") == 0 ? ",silicosis," : ",disease,";
	}
}

static void
write_line(struct pen *p, struct out *o)
{
	char siret[SIRET_SIZE];

	people_siret(p->e->firm, p->e->nic, siret);
	out_text(o, p->id);
	out_comma(o);
	out_text(o, siret);
	out_text(o, ",main,");
	out_text(o, world_code(p->w, p->cell, p->e)->code);
	out_text(o, kind_word(p));
	out_text(o, "true");
	add_day(p, o, p->days.declared);
	add_day(p, o, p->days.occurred);
	out_comma(o);
	if (p->c->kind != KIND_DISEASE)
		out_text(o, p->w->p->commune[p->e->commune].code);
	add_day(p, o, p->days.complete);
	add_day(p, o, p->days.recognised);
	add_day(p, o, p->days.refused);
	write_stop(p, o);
	write_charge(p, o);
	write_person(p, o);
	write_lesion(p, o);
	add_day(p, o, p->days.recognised == 0 ? 0 : p->days.recognised + 2);
	out_text(o, ",D-");
	out_text(o, p->id);
	out_line(o);
}

void
write_claim(struct world *w, const struct claim *c, const struct estab *e,
    const struct cell *cell, bool special)
{
	struct pen p = { .w = w, .c = c, .e = e, .cell = cell,
	    .special = special };
	struct out *o = world_file(w, e, FILE_CLAIMS);

	if (o == NULL)
		return;
	p.first = date_to_days((struct date){ (int16_t)w->o->year_from, 1,
	    1 });
	p.last = date_to_days((struct date){ (int16_t)w->o->year_to, 12,
	    31 });
	p.d = dice(w->o->seed, STREAM_PERSON, c->number + (UINT64_C(1) <<
	    40));
	claims_dates(c, e, w->o->seed, &p.days);
	if (!touched(&p))
		return;
	make_id(&p);
	w->report->claims++;
	w->report->old_claims += c->year < YEAR_FIRST;
	write_line(&p, o);
	write_benefits(&p);
}
