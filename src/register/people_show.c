/*
 * people_show.c -- who works on a fund: the persons, and under each her
 * habilitations, those prepared and those withdrawn too.
 */
#include <string.h>

#include "doc/fmt.h"
#include "register/register.h"
#include "store/fund.h"
#include "store/row.h"

struct showing {
	struct fund	 fund;
	int64_t		 known;
	const char	*login;
	bool		 json;
	struct str	*out;
	size_t		 people, roles;
};

static void
add_key(struct showing *s, const char *key, const struct value *v)
{
	char text[DATE_TEXT_MAX];

	str_printf(s->out, ", \"%s\": ", key);
	if (v->kind == VALUE_NULL)
		str_add(s->out, "null");
	else
		str_add_json(s->out, v->kind == VALUE_TEXT ? v->s :
		    date_text(value_to_date(v), text));
}

static void
role_json(struct showing *s, const struct row *r)
{
	const struct value *v = r->value;

	str_printf(s->out, "%s{\"role\": ", s->roles++ == 0 ? "" : ", ");
	str_add_json(s->out, value_or_empty(&v[HAB_ROLE]));
	add_key(s, "from", &v[HAB_FROM_ON]);
	add_key(s, "to", &v[HAB_TO_ON]);
	add_key(s, "reference", &v[HAB_REFERENCE]);
	add_key(s, "oath", &v[HAB_OATH_ON]);
	add_key(s, "author", &v[HAB_AUTHOR]);
	add_key(s, "decider", &v[HAB_DECIDER]);
	add_key(s, "decided_on", &v[HAB_DECIDED_ON]);
	str_add(s->out, "}");
}

static void
role_text(struct showing *s, const struct row *r)
{
	const struct value *v = r->value;
	bool withdrawn = v[HAB_FROM_ON].i == v[HAB_TO_ON].i;

	str_printf(s->out, "  %s : ", value_or_empty(&v[HAB_ROLE]));
	if (withdrawn) {
		str_add(s->out, "retiré");
	} else {
		str_add(s->out, "du ");
		fmt_date(s->out, value_to_date(&v[HAB_FROM_ON]));
		str_add(s->out, " au ");
		fmt_date(s->out, value_to_date(&v[HAB_TO_ON]));
		str_add(s->out, " exclu");
	}
	if (!withdrawn && v[HAB_DECIDER].kind != VALUE_NULL)
		str_printf(s->out, ", décidé par %s", v[HAB_DECIDER].s);
	else if (!withdrawn)
		str_printf(s->out, ", préparé par %s, pas encore décidé",
		    value_or_empty(&v[HAB_AUTHOR]));
	str_printf(s->out, " (%s)\n", value_or_empty(&v[HAB_REFERENCE]));
}

static int
damaged(const char *table, struct err *err)
{
	return err_set(err, TAPR_EIO, table, "une ligne du registre est "
	    "abîmée ; restaurez une sauvegarde");
}

static int
roles_of(struct showing *s, const struct value *login, struct err *err)
{
	const struct row *row;
	struct rows *rows = NULL;
	int rc;

	s->roles = 0;
	if ((rc = rows_open(s->fund.store, TABLE_HABILITATION, s->known,
	    login, 1, &rows, err)) != TAPR_OK)
		return rc;
	while ((rc = rows_next(rows, &row, err)) == TAPR_OK && row != NULL) {
		if (row->damaged && (rc = damaged("habilitation", err)) != 0)
			break;
		(s->json ? role_json : role_text)(s, row);
	}
	rows_free(rows);
	return rc;
}

static int
person(struct showing *s, const struct row *row, struct err *err)
{
	/* Kept: the next reading ends what the row lives in. */
	const struct value *v = row->value;
	int rc;

	if (row->damaged)
		return damaged("person", err);
	if (!s->json) {
		str_printf(s->out, "%s : %s%s%s\n",
		    value_or_empty(&v[PERSON_LOGIN]),
		    value_or_empty(&v[PERSON_SERVICE]),
		    v[PERSON_TITLE].kind == VALUE_NULL ? "" : ", ",
		    value_or_empty(&v[PERSON_TITLE]));
		return roles_of(s, &v[PERSON_LOGIN], err);
	}
	str_add(s->out, s->people == 0 ? "{\"login\": " : ", {\"login\": ");
	str_add_json(s->out, value_or_empty(&v[PERSON_LOGIN]));
	add_key(s, "service", &v[PERSON_SERVICE]);
	add_key(s, "title", &v[PERSON_TITLE]);
	str_add(s->out, ", \"habilitations\": [");
	rc = roles_of(s, &v[PERSON_LOGIN], err);
	str_add(s->out, "]}");
	return rc;
}

static int
everybody(struct showing *s, struct err *err)
{
	struct value key = value_text(s->login);
	const struct row *row;
	struct rows *rows = NULL;
	int rc;

	if ((rc = rows_open(s->fund.store, TABLE_PERSON, s->known, &key,
	    s->login == NULL ? 0 : 1, &rows, err)) != TAPR_OK)
		return rc;
	while ((rc = rows_next(rows, &row, err)) == TAPR_OK && row != NULL) {
		if ((rc = person(s, row, err)) != TAPR_OK)
			break;
		s->people++;
	}
	rows_free(rows);
	return rc;
}

int
register_people(const struct place *place, const char *login, bool json,
    struct str *out, struct err *err)
{
	struct showing s = { .fund = { .lock = -1 }, .login = login,
		.json = json, .out = out };
	int rc;

	if (json)
		str_add(out, "{\"people\": [");
	if ((rc = fund_open(place, STORE_READ, &s.fund, err)) == TAPR_OK &&
	    (rc = batch_known(s.fund.store, &s.known, err)) == TAPR_OK)
		rc = everybody(&s, err);
	fund_close(&s.fund);
	if (rc == TAPR_OK && login != NULL && s.people == 0)
		return err_set(err, TAPR_EINVAL, NULL, "« %s » n'est pas "
		    "connu de ce fonds", str_brief(login).text);
	if (json)
		str_add(out, "]}\n");
	else if (s.people == 0)
		str_add(out, "Personne n'est habilité : qui ouvre le dossier "
		    "du fonds agit sous le nom qu'il donne.\n");
	return rc;
}
