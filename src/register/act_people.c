/*
 * act_people.c -- who works on a fund: added, habilitated by one, decided by
 * another, withdrawn (S1-18).
 *
 * A habilitation has its role, its first day and the first day without it, the
 * reference of the decision, who prepared and who decided; it gives nothing
 * before it is decided.  Roles that law/separations.csv keeps apart are refused,
 * or need to be said (dual=true).
 */
#include <string.h>

#include "doc/fmt.h"
#include "guard/permission.h"
#include "register/act.h"

static int
find_person(struct acting *a, const char *login, struct err *err)
{
	struct value key = value_text(login);
	char text[ROW_TEXT_MAX];
	struct row row;
	bool found;
	int rc;

	if ((rc = fact_get(a->fund->store, TABLE_PERSON, a->batch.id, &key,
	    text, &row, &found, err)) != TAPR_OK)
		return rc;
	return found ? TAPR_OK : err_set(err, TAPR_EINVAL, NULL, "« %s » "
	    "n'est pas connu ; « tapr user add » d'abord",
	    str_brief(login).text);
}

enum { AD_LOGIN, AD_SERVICE, AD_TITLE, AD_COLUMNS };

static const struct flow_column add_columns[AD_COLUMNS] = {
	[AD_LOGIN] = KEY("NOM", FLOW_LOGIN),
	[AD_SERVICE] = KEY_TEXT("service", 100),
	[AD_TITLE] = MAY_TEXT("title", 100),
};

static int
add(struct acting *a, const struct value *v, struct err *err)
{
	struct value row[PERSON_COLUMNS] = {
		[PERSON_LOGIN] = v[AD_LOGIN],
		[PERSON_SERVICE] = v[AD_SERVICE],
		[PERSON_TITLE] = v[AD_TITLE],
		[PERSON_AUTHOR] = act_author(a),
	};
	int rc;

	if (strcmp(v[AD_LOGIN].s, guard_role_words[ROLE_SERVICE]) == 0)
		return err_set(err, TAPR_EINVAL, NULL, "service est le compte "
		    "des traitements : donnez un autre nom");
	if ((rc = act_put(a, TABLE_PERSON, row, err)) == TAPR_OK)
		str_printf(a->out, "%s : connu du fonds, sans habilitation\n",
		    v[AD_LOGIN].s);
	return rc;
}

/* ---- habilitations --------------------------------------------------------- */

enum { HA_LOGIN, HA_ROLE, HA_FROM, HA_TO, HA_REFERENCE, HA_OATH, HA_DUAL,
	HA_COLUMNS };

static const struct flow_column habilitate_columns[HA_COLUMNS] = {
	[HA_LOGIN] = KEY("NOM", FLOW_LOGIN),
	[HA_ROLE] = KEY_WORD("role", guard_role_words),
	[HA_FROM] = KEY("from", FLOW_DATE),
	[HA_TO] = KEY("to", FLOW_DATE),
	[HA_REFERENCE] = KEY_TEXT("reference", 100),
	[HA_OATH] = MAY("oath", FLOW_DATE),
	[HA_DUAL] = MAY("dual", FLOW_BOOLEAN),
};

static enum role
role_at(const struct value *v)
{
	int i = 0;

	while (strcmp(guard_role_words[i], value_or_empty(v)) != 0)
		i++;
	return (enum role)i;
}

/* Do two half-open periods share a day? */
static bool
meets(const struct row *row, const struct value *from, const struct value *to)
{
	return row->value[HAB_FROM_ON].i < to->i &&
	    from->i < row->value[HAB_TO_ON].i;
}

static int
check_apart(const struct permissions *p, const struct value *v,
    const struct row *row, struct err *err)
{
	const struct separation *s;

	if (row->damaged)
		return err_set(err, TAPR_EIO, v[HA_LOGIN].s, "une de ses "
		    "habilitations est abîmée ; restaurez une sauvegarde");
	s = permission_apart(p, role_at(&v[HA_ROLE]),
	    role_at(&row->value[HAB_ROLE]));
	if (s == NULL || !meets(row, &v[HA_FROM], &v[HA_TO]) ||
	    (s->dual && value_or(&v[HA_DUAL], 0) != 0))
		return TAPR_OK;
	return err_set(err, TAPR_EINVAL, "role", "« %s » a le rôle %s : %s%s",
	    v[HA_LOGIN].s, row->value[HAB_ROLE].s, s->source, s->dual ?
	    " ; dual=true le dit" : "");
}

/* Against every role that the person has or is about to have. */
static int
kept_apart(struct acting *a, const struct value *v, struct err *err)
{
	struct permissions p;
	const struct row *row;
	struct rows *rows = NULL;
	int rc;

	if ((rc = permissions_read(a->law_dir, &p, err)) == TAPR_OK &&
	    (rc = rows_open(a->fund->store, TABLE_HABILITATION, a->batch.id,
	    &v[HA_LOGIN], 1, &rows, err)) == TAPR_OK)
		while ((rc = rows_next(rows, &row, err)) == TAPR_OK &&
		    row != NULL)
			if ((rc = check_apart(&p, v, row, err)) != TAPR_OK)
				break;
	rows_free(rows);
	permissions_free(&p);
	return rc;
}

/* What was decided is withdrawn by an act of its own, never typed over. */
static int
not_decided(struct acting *a, const struct value *v, struct err *err)
{
	char text[ROW_TEXT_MAX];
	struct row row;
	bool found;
	int rc;

	if ((rc = fact_get(a->fund->store, TABLE_HABILITATION, a->batch.id, v,
	    text, &row, &found, err)) != TAPR_OK || !found ||
	    row.value[HAB_DECIDER].kind == VALUE_NULL)
		return rc;
	return err_set(err, TAPR_EINVAL, "from", "« %s » a ce rôle à compter "
	    "de ce jour, et c'est décidé : donnez un autre jour, ou retirez-"
	    "le par « tapr user revoke »", v[HA_LOGIN].s);
}

static int
habilitate(struct acting *a, const struct value *v, struct err *err)
{
	struct value row[HAB_COLUMNS] = {
		[HAB_LOGIN] = v[HA_LOGIN], [HAB_ROLE] = v[HA_ROLE],
		[HAB_FROM_ON] = v[HA_FROM], [HAB_TO_ON] = v[HA_TO],
		[HAB_REFERENCE] = v[HA_REFERENCE], [HAB_OATH_ON] = v[HA_OATH],
		[HAB_DUAL] = value_int(value_or(&v[HA_DUAL], 0)),
		[HAB_AUTHOR] = act_author(a), [HAB_DECIDER] = value_null(),
		[HAB_DECIDED_ON] = value_null(),
	};
	int rc;

	if (v[HA_TO].i <= v[HA_FROM].i)
		return err_set(err, TAPR_EINVAL, "to", "c'est le premier jour "
		    "sans l'habilitation : il vient après from");
	if (role_at(&v[HA_ROLE]) == ROLE_SERVICE)
		return err_set(err, TAPR_EINVAL, "role", "service est le "
		    "compte des traitements : personne ne l'a");
	if ((rc = find_person(a, v[HA_LOGIN].s, err)) != TAPR_OK ||
	    (rc = not_decided(a, v, err)) != TAPR_OK ||
	    (rc = kept_apart(a, v, err)) != TAPR_OK ||
	    (rc = act_put(a, TABLE_HABILITATION, row, err)) != TAPR_OK)
		return rc;
	str_printf(a->out, "%s : rôle %s préparé ; sans effet tant qu'une "
	    "autre personne ne l'a pas décidé (tapr user decide)\n",
	    v[HA_LOGIN].s, v[HA_ROLE].s);
	return TAPR_OK;
}

/* The key of the table, in its order. */
enum { DE_LOGIN, DE_ROLE, DE_FROM, DE_COLUMNS };

static const struct flow_column decide_columns[DE_COLUMNS] = {
	[DE_LOGIN] = KEY("NOM", FLOW_LOGIN),
	[DE_ROLE] = KEY_WORD("role", guard_role_words),
	[DE_FROM] = KEY("from", FLOW_DATE),
};

static int
find_habilitation(struct acting *a, const struct value *key, char *text,
    struct row *ret, struct err *err)
{
	bool found;
	int rc;

	if ((rc = fact_get(a->fund->store, TABLE_HABILITATION, a->batch.id,
	    key, text, ret, &found, err)) != TAPR_OK)
		return rc;
	if (!found)
		return err_set(err, TAPR_EINVAL, "role", "« %s » n'a pas de "
		    "rôle %s à compter de ce jour, ni préparé ni décidé",
		    key[0].s, key[1].s);
	if (ret->damaged)
		return err_set(err, TAPR_EIO, key[0].s, "cette habilitation "
		    "est abîmée ; restaurez une sauvegarde");
	return TAPR_OK;
}

static int
decide(struct acting *a, const struct value *v, struct err *err)
{
	struct value author = act_author(a);
	char text[ROW_TEXT_MAX];
	struct row row;
	int rc;

	if ((rc = find_habilitation(a, v, text, &row, err)) != TAPR_OK)
		return rc;
	if (row.value[HAB_DECIDER].kind != VALUE_NULL)
		return err_set(err, TAPR_EINVAL, NULL, "cette habilitation "
		    "est déjà décidée, par %s", row.value[HAB_DECIDER].s);
	if (strcmp(author.s, row.value[HAB_AUTHOR].s) == 0 ||
	    strcmp(author.s, v[DE_LOGIN].s) == 0)
		return err_set(err, TAPR_EINVAL, NULL, "« %s » ne décide ni "
		    "ce qu'il a préparé, ni pour lui-même : une autre "
		    "personne décide", author.s);
	row.value[HAB_DECIDER] = author;
	row.value[HAB_DECIDED_ON] = value_date(a->fund->today);
	if ((rc = act_put(a, TABLE_HABILITATION, row.value, err)) != TAPR_OK)
		return rc;
	str_printf(a->out, "%s : rôle %s décidé par %s\n", v[DE_LOGIN].s,
	    v[DE_ROLE].s, author.s);
	return TAPR_OK;
}

enum { RE_LOGIN, RE_ROLE, RE_FROM, RE_REASON, RE_COLUMNS };

static const struct flow_column revoke_columns[RE_COLUMNS] = {
	[RE_LOGIN] = KEY("NOM", FLOW_LOGIN),
	[RE_ROLE] = KEY_WORD("role", guard_role_words),
	[RE_FROM] = KEY("from", FLOW_DATE),
	[RE_REASON] = KEY_TEXT("reason", ACT_TEXT_MAX),
};

/* At once: the next thing that is asked is refused. */
static int
revoke(struct acting *a, const struct value *v, struct err *err)
{
	char text[ROW_TEXT_MAX];
	struct row row;
	enum put put;
	int rc;

	if ((rc = find_habilitation(a, v, text, &row, err)) != TAPR_OK)
		return rc;
	row.value[HAB_TO_ON] = row.value[HAB_FROM_ON];
	row.value[HAB_REFERENCE] = v[RE_REASON];
	row.value[HAB_AUTHOR] = act_author(a);
	if ((rc = fact_put(&a->batch, TABLE_HABILITATION, row.value, 0, &put,
	    err)) != TAPR_OK)
		return rc;
	str_printf(a->out, "%s : rôle %s retiré\n", v[RE_LOGIN].s,
	    v[RE_ROLE].s);
	return TAPR_OK;
}

const struct act acts_people[] = {
	{ "user add", add_columns, AD_COLUMNS, add },
	{ "user habilitate", habilitate_columns, HA_COLUMNS, habilitate },
	{ "user decide", decide_columns, DE_COLUMNS, decide },
	{ "user revoke", revoke_columns, RE_COLUMNS, revoke },
	{ .name = NULL },
};
