/* guard.c -- see guard.h. */
#include "guard/guard.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "store/fund.h"
#include "store/row.h"

enum { HELD_MAX = 16, SECONDS_A_DAY = 86400 };

/* A role in force. */
struct held {
	enum role	 role;
	int64_t		 batch;
};

struct asking {
	const struct place	*place;
	struct permissions	 table;
	struct fund		 fund;
	int64_t			 known, day;
	bool			 guarded, director;
	struct held		 held[HELD_MAX];
	size_t			 helds;
	struct err		*err;
};

static int
role_of(const char *word)
{
	for (int i = 0; i < ROLES; i++)
		if (strcmp(guard_role_words[i], word) == 0)
			return i;
	return -1;
}

/* ---- who ----------------------------------------------------------------- */

static bool
in_force(const struct asking *a, const struct row *row, int from, int to)
{
	return row->value[from].kind == VALUE_INT &&
	    row->value[from].i <= a->day &&
	    (row->value[to].kind == VALUE_NULL || a->day < row->value[to].i);
}

static int
take_habilitation(struct asking *a, const struct row *row)
{
	int role = role_of(value_or_empty(&row->value[HAB_ROLE]));

	if (row->damaged || role < 0)
		return err_set(a->err, TAPR_EIO, "habilitation", "une ligne "
		    "est abîmée ; personne n'agit : restaurez une sauvegarde");
	if (row->value[HAB_DECIDER].kind == VALUE_NULL)
		return TAPR_OK;
	a->guarded = true;
	if (!in_force(a, row, HAB_FROM_ON, HAB_TO_ON))
		return TAPR_OK;
	a->director = a->director || role == ROLE_DIRECTOR;
	if (strcmp(value_or_empty(&row->value[HAB_LOGIN]), a->place->actor) ==
	    0 && a->helds < HELD_MAX)
		a->held[a->helds++] = (struct held){ (enum role)role,
			row->batch };
	return TAPR_OK;
}

static int
read_habilitations(struct asking *a)
{
	const struct row *row;
	struct rows *rows = NULL;
	int rc;

	if ((rc = rows_open(a->fund.store, TABLE_HABILITATION, a->known, NULL,
	    0, &rows, a->err)) != TAPR_OK)
		return rc;
	while ((rc = rows_next(rows, &row, a->err)) == TAPR_OK && row != NULL)
		if ((rc = take_habilitation(a, row)) != TAPR_OK)
			break;
	rows_free(rows);
	return rc;
}

/* ---- whom ---------------------------------------------------------------- */

static int
in_portfolio(struct asking *a, const char *siret, bool *ret)
{
	const struct value key[2] = { value_text(a->place->actor),
		value_text(siret) };
	const struct row *row;
	struct rows *rows = NULL;
	int rc;

	*ret = false;
	if ((rc = rows_open(a->fund.store, TABLE_PORTFOLIO, a->known, key, 2,
	    &rows, a->err)) != TAPR_OK)
		return rc;
	while (!*ret && (rc = rows_next(rows, &row, a->err)) == TAPR_OK &&
	    row != NULL)
		*ret = !row->damaged && in_force(a, row, PORTFOLIO_FROM_ON,
		    PORTFOLIO_TO_ON);
	rows_free(rows);
	return rc;
}

/* All that is wished for, by one role; ${ret_cell} NULL when it may not. */
static int
try_role(struct asking *a, enum role role, const struct wish *wish, size_t n,
    const struct permission **ret_cell)
{
	const struct permission *cell, *least = NULL;
	bool near;
	int rc;

	*ret_cell = NULL;
	for (size_t i = 0; i < n; i++) {
		if ((rc = permission_needs(&a->table, role, wish[i].needs,
		    &cell, a->err)) != TAPR_OK || cell == NULL)
			return rc;
		if (cell->scope == SCOPE_PORTFOLIO) {
			if (wish[i].siret == NULL)
				return TAPR_OK;
			if ((rc = in_portfolio(a, wish[i].siret, &near)) !=
			    TAPR_OK || !near)
				return rc;
		}
		least = cell;
	}
	*ret_cell = least;
	return TAPR_OK;
}

/* ---- asking -------------------------------------------------------------- */

/* What runs by itself names nobody, or the role that nobody is given. */
static bool
is_service(const struct place *place)
{
	return place->actor[0] == '\0' ||
	    strcmp(place->actor, guard_role_words[ROLE_SERVICE]) == 0;
}

static int
refuse(struct asking *a)
{
	return err_set(a->err, TAPR_EINVAL, NULL, "« %s » n'a pas "
	    "d'habilitation en cours pour cet acte, ou pas sur cet "
	    "établissement ; tapr user show dit ses droits",
	    is_service(a->place) ? "le compte de service" :
	    str_brief(a->place->actor).text);
}

static bool
names_people(const struct wish *wish, size_t n)
{
	static const char start[] = "system.user:";

	for (size_t i = 0; i < n; i++)
		if (strncmp(wish[i].needs, start, sizeof start - 1) != 0)
			return false;
	return n > 0;
}

static int
decide(struct asking *a, const struct wish *wish, size_t n, struct grant *ret)
{
	const struct permission *cell = NULL;
	int rc;

	ret->guarded = a->guarded;
	if (!a->guarded || (!a->director && names_people(wish, n))) {
		ret->guarded = false;
		return TAPR_OK;
	}
	if (is_service(a->place))
		a->held[a->helds++] = (struct held){ ROLE_SERVICE, 0 };
	for (size_t i = 0; i < a->helds && cell == NULL; i++) {
		if ((rc = try_role(a, a->held[i].role, wish, n, &cell)) !=
		    TAPR_OK)
			return rc;
		if (cell == NULL)
			continue;
		ret->role = cell->role;
		ret->purpose = cell->purpose;
		if (a->held[i].batch > 0)
			snprintf(ret->habilitation, HABILITATION_MAX,
			    "h%" PRId64, a->held[i].batch);
	}
	return cell != NULL ? TAPR_OK : refuse(a);
}

int
guard_ask(const struct place *place, const char *law_dir,
    const struct wish *wish, size_t n, struct grant *ret, struct err *err)
{
	struct asking a = { .place = place, .fund = { .lock = -1 },
		.err = err };
	struct value day = value_date(date_from_days((int32_t)(place->now /
	    SECONDS_A_DAY)));
	int rc;

	memset(ret, 0, sizeof *ret);
	a.day = day.i;
	if ((rc = permissions_read(law_dir, &a.table, err)) == TAPR_OK &&
	    (rc = fund_open(place, STORE_READ, &a.fund, err)) == TAPR_OK &&
	    (rc = batch_known(a.fund.store, &a.known, err)) == TAPR_OK &&
	    (rc = read_habilitations(&a)) == TAPR_OK)
		rc = decide(&a, wish, n, ret);
	fund_close(&a.fund);
	permissions_free(&a.table);
	return rc;
}
