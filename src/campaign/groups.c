/*
 * groups.c -- the groups of risks, arrêté of 17 October 1995, art. 3: a CSV that
 * the national fund types, and what has one rate, which a group makes one of.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/str.h"
#include "campaign/collective.h"
#include "model/words.h"

enum { GROUP_YEARS = 3 };

/* ---- what has one rate ---------------------------------------------------------- */

struct subject *
subject_new(struct collective *c, const char *name, bool group,
    enum zone zone, char ctn)
{
	struct subject *s;

	if (c->subjects == c->room) {
		size_t room = c->room == 0 ? 256 : 2 * c->room;

		s = realloc(c->subject, room * sizeof *s);
		if (s == NULL)
			return NULL;
		c->subject = s;
		c->room = room;
	}
	s = &c->subject[c->subjects++];
	memset(s, 0, sizeof *s);
	snprintf(s->name, sizeof s->name, "%s", name);
	s->group = group;
	s->zone = zone;
	s->ctn = ctn;
	s->payroll = frac_int(0);
	for (int p = 0; p < COST_PARTS; p++)
		for (int k = 0; k < NATURES; k++)
			s->sum.cost[p][k] = frac_int(0);
	return s;
}

static struct subject *
group_find(struct collective *c, const char *name, enum zone zone)
{
	for (size_t i = 0; i < c->subjects; i++)
		if (c->subject[i].group && c->subject[i].zone == zone &&
		    strcmp(c->subject[i].name, name) == 0)
			return &c->subject[i];
	return NULL;
}

struct subject *
subject_of(struct collective *c, const char *code, enum zone zone)
{
	for (size_t i = 0; i < c->subjects; i++) {
		struct subject *s = &c->subject[i];

		for (size_t k = 0; k < s->codes && s->zone == zone; k++)
			if (strcmp(s->code[k], code) == 0)
				return s;
	}
	return NULL;
}

int
subject_code(struct collective *c, struct subject *s, const char *code,
    struct err *err)
{
	if (s->codes == GROUP_CODES_MAX)
		return err_set(err, TAPR_EINVAL, s->name, "un groupe a au plus "
		    "%d codes", (int)GROUP_CODES_MAX);
	if ((s->code[s->codes] = arena_strdup(c->a, code)) == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	s->codes++;
	return TAPR_OK;
}

/* ---- the file ------------------------------------------------------------------- */

/* Of a length that a subject has room for, and that stands on one line. */
static bool
is_name(const char *name)
{
	size_t n = strlen(name);

	if (n == 0 || n >= GROUP_NAME_MAX)
		return false;
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)name[i] < ' ' || name[i] == '\177')
			return false;
	return true;
}

static bool
is_code(const char *code)
{
	return strlen(code) == 5 && strspn(code, "0123456789"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 5;
}

enum { G_GROUP, G_ZONE, G_CODE, G_FROM, G_TO, G_COLUMNS };

/* A1995 art. 3: « pour une période minimum de trois ans ». */
static int
group_line(struct collective *c, const struct csv *csv,
    const int at[G_COLUMNS], struct err *err)
{
	const char *name = csv->field[at[G_GROUP]],
	    *zone = csv->field[at[G_ZONE]], *code = csv->field[at[G_CODE]],
	    *from_text = csv->field[at[G_FROM]],
	    *to_text = csv->field[at[G_TO]];
	struct date from, to = DATE_OPEN;
	enum zone z = strcmp(zone, zone_words[ZONE_ALSACE_MOSELLE]) == 0 ?
	    ZONE_ALSACE_MOSELLE : ZONE_GENERAL;
	struct subject *s;

	if (!is_name(name) || strcmp(zone, zone_words[z]) != 0 ||
	    !is_code(code) ||
	    !date_parse(from_text, strlen(from_text), &from) ||
	    (to_text[0] != '\0' &&
	    !date_parse(to_text, strlen(to_text), &to)))
		return err_set(err, TAPR_EINVAL, csv->name, "ligne %ld : un "
		    "groupe s'écrit group,zone,risk_code,from,to (nom de %d "
		    "octets au plus, code de cinq chiffres ou capitales)",
		    csv->line, GROUP_NAME_MAX - 1);
	if (date_cmp(to, date_add_months(from, 12 * GROUP_YEARS)) < 0)
		return err_set(err, TAPR_EINVAL, csv->name, "ligne %ld : un "
		    "groupe est constitué pour trois ans au moins (arrêté du "
		    "17 octobre 1995 art. 3)", csv->line);
	if (date_cmp(c->on, from) < 0 || date_cmp(c->on, to) >= 0)
		return TAPR_OK;
	if (subject_of(c, code, z) != NULL)
		return err_set(err, TAPR_EINVAL, csv->name, "ligne %ld : le "
		    "code %s est déjà dans un groupe", csv->line, code);
	if ((s = group_find(c, name, z)) == NULL && c->subjects == GROUPS_MAX)
		return err_set(err, TAPR_EINVAL, csv->name, "ligne %ld : plus "
		    "de %d groupes", csv->line, (int)GROUPS_MAX);
	if (s == NULL &&
	    (s = subject_new(c, name, true, z, '-')) == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	return subject_code(c, s, code, err);
}

int
groups_read(struct collective *c, const char *name, char *text, size_t n,
    struct err *err)
{
	static const char *const names[G_COLUMNS] = { "group", "zone",
		"risk_code", "from", "to" };
	int at[G_COLUMNS] = { 0 }, rc, more;
	struct csv csv;
	size_t at_byte;

	if (!utf8_valid(text, n, &at_byte))
		return err_set(err, TAPR_EINVAL, name, "octet %zu : ce n'est "
		    "pas de l'UTF-8 ; enregistrez le fichier en UTF-8",
		    at_byte + 1);
	rc = csv_open(&csv, name, text, n, err);
	for (int i = 0; i < G_COLUMNS && rc == TAPR_OK; i++)
		if ((at[i] = csv_column(&csv, names[i])) < 0)
			rc = err_set(err, TAPR_EINVAL, name, "il manque la "
			    "colonne « %s »", names[i]);
	while (rc == TAPR_OK && (rc = csv_next(&csv, &more, err)) == TAPR_OK &&
	    more == 1)
		rc = group_line(c, &csv, at, err);
	return rc;
}
