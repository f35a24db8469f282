/*
 * act_employer.c -- create, move, rename, strike off; split, merge, take over.
 *
 * What INSEE will say about the same is not forgotten: a value typed here is a
 * local value (intake/local.h), marked until INSEE agrees.
 */
#include <stdio.h>
#include <string.h>

#include "intake/local.h"
#include "register/act.h"
#include "tariff/mode.h"

/* ---- values of an establishment ------------------------------------------ */

/* What INSEE says of a field: noted beside an earlier local value, else the
 * value itself. */
static struct value
insee_of(const struct local *l, const char *field, const struct value *row,
    char day[LOCAL_DAY_MAX])
{
	const struct row *now = local_on(l, field, DATE_OPEN);

	return now != NULL ? now->value[LOCAL_INSEE] :
	    local_text(&row[local_column(field)], day);
}

struct change { const char *field; struct value value; };

/* The values of ${change} are true of ${siret} from ${from} on. */
static int
change(struct acting *a, const char *siret, struct value from,
    struct value document, const struct change *changes, size_t n,
    struct err *err)
{
	char text[ROW_TEXT_MAX], day[LOCAL_DAY_MAX], insee[LOCAL_DAY_MAX];
	struct value put[LOCAL_COLUMNS];
	struct local local;
	struct row row;
	int rc;

	if ((rc = act_establishment(a, siret, text, &row, err)) != TAPR_OK ||
	    (rc = local_read(a->fund->store, a->batch.id, siret, &local,
	    err)) != TAPR_OK)
		return rc;
	for (size_t i = 0; i < n; i++) {
		struct value *now =
		    &row.value[local_column(changes[i].field)];

		if (value_same(now, &changes[i].value))
			continue;
		put[LOCAL_SIRET] = value_text(siret);
		put[LOCAL_FIELD] = value_text(changes[i].field);
		put[LOCAL_FROM_ON] = from;
		put[LOCAL_VALUE] = local_text(&changes[i].value, day);
		put[LOCAL_INSEE] = insee_of(&local, changes[i].field,
		    row.value, insee);
		put[LOCAL_AUTHOR] = act_author(a);
		put[LOCAL_DOCUMENT] = document;
		if ((rc = act_put(a, TABLE_LOCAL_VALUE, put, err)) != TAPR_OK)
			return rc;
		*now = changes[i].value;
		row.value[EST_ORIGIN] = value_text("manual");
	}
	return act_put(a, TABLE_ESTABLISHMENT, row.value, err);
}

enum { CR_SIRET, CR_CREATED, CR_NAME, CR_ADDRESS, CR_POSTCODE, CR_COMMUNE,
	CR_DOCUMENT, CR_COLUMNS };

static const struct flow_column create_columns[CR_COLUMNS] = {
	[CR_SIRET] = KEY("SIRET", FLOW_SIRET),
	[CR_CREATED] = KEY("created_on", FLOW_DATE),
	[CR_NAME] = KEY_TEXT("name", 200),
	[CR_ADDRESS] = KEY_TEXT("address", ACT_TEXT_MAX),
	[CR_POSTCODE] = { .name = "postcode", .type = FLOW_FORM,
	    .form = "99999" },
	[CR_COMMUNE] = { .name = "commune", .type = FLOW_FORM,
	    .form = "99999|2A999|2B999" },
	[CR_DOCUMENT] = KEY_TEXT("document", 200),
};

static int
create(struct acting *a, const struct value *v, struct err *err)
{
	const struct change changes[] = { { "created_on", v[CR_CREATED] },
		{ "name", v[CR_NAME] }, { "address", v[CR_ADDRESS] },
		{ "postcode", v[CR_POSTCODE] }, { "commune", v[CR_COMMUNE] } };
	struct value row[EST_COLUMNS] = { { VALUE_NULL, 0, NULL } };
	int64_t found = 0;
	int rc;

	if ((rc = act_not_future(a, &v[CR_CREATED], "created_on", err)) !=
	    TAPR_OK ||
	    (rc = store_number(a->fund->store, SQL_SIRET_KNOWN, v, 1, &found,
	    err)) != TAPR_OK)
		return rc;
	if (found == 1)
		return err_set(err, TAPR_EINVAL, NULL, "l'établissement %s "
		    "est déjà dans le registre", v[CR_SIRET].s);
	row[EST_SIRET] = v[CR_SIRET];
	row[EST_STATE] = value_text("A");
	row[EST_EMPLOYER] = value_int(1);
	row[EST_ORIGIN] = value_text("manual");
	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
		struct value put[LOCAL_COLUMNS] = { { VALUE_NULL, 0, NULL } };
		char day[LOCAL_DAY_MAX];

		put[LOCAL_SIRET] = v[CR_SIRET];
		put[LOCAL_FIELD] = value_text(changes[i].field);
		put[LOCAL_FROM_ON] = v[CR_CREATED];
		put[LOCAL_VALUE] = local_text(&changes[i].value, day);
		put[LOCAL_AUTHOR] = act_author(a);
		put[LOCAL_DOCUMENT] = v[CR_DOCUMENT];
		if ((rc = act_put(a, TABLE_LOCAL_VALUE, put, err)) != TAPR_OK)
			return rc;
		row[local_column(changes[i].field)] = changes[i].value;
	}
	if ((rc = act_put(a, TABLE_ESTABLISHMENT, row, err)) == TAPR_OK)
		str_printf(a->out, "%s : créé, sans ligne de l'INSEE (marqué "
		    "jusqu'à ce qu'elle arrive)\n", v[CR_SIRET].s);
	return rc;
}

enum { MO_SIRET, MO_FROM, MO_ADDRESS, MO_POSTCODE, MO_COMMUNE, MO_DOCUMENT,
	MO_COLUMNS };

static const struct flow_column move_columns[MO_COLUMNS] = {
	[MO_SIRET] = KEY("SIRET", FLOW_SIRET),
	[MO_FROM] = KEY("from", FLOW_DATE),
	[MO_ADDRESS] = KEY_TEXT("address", ACT_TEXT_MAX),
	[MO_POSTCODE] = { .name = "postcode", .type = FLOW_FORM,
	    .form = "99999" },
	[MO_COMMUNE] = { .name = "commune", .type = FLOW_FORM,
	    .form = "99999|2A999|2B999" },
	[MO_DOCUMENT] = KEY_TEXT("document", 200),
};

static int
move(struct acting *a, const struct value *v, struct err *err)
{
	const struct change changes[] = { { "address", v[MO_ADDRESS] },
		{ "postcode", v[MO_POSTCODE] }, { "commune", v[MO_COMMUNE] } };
	int rc;

	if ((rc = act_not_future(a, &v[MO_FROM], "from", err)) != TAPR_OK ||
	    (rc = change(a, v[MO_SIRET].s, v[MO_FROM], v[MO_DOCUMENT], changes,
	    sizeof changes / sizeof changes[0], err)) != TAPR_OK)
		return rc;
	str_printf(a->out, "%s : nouvelle adresse enregistrée\n",
	    v[MO_SIRET].s);
	return TAPR_OK;
}

enum { RE_SIRET, RE_FROM, RE_NAME, RE_DOCUMENT, RE_COLUMNS };

static const struct flow_column rename_columns[RE_COLUMNS] = {
	[RE_SIRET] = KEY("SIRET", FLOW_SIRET),
	[RE_FROM] = KEY("from", FLOW_DATE),
	[RE_NAME] = KEY_TEXT("name", 200),
	[RE_DOCUMENT] = KEY_TEXT("document", 200),
};

static int
rename_it(struct acting *a, const struct value *v, struct err *err)
{
	const struct change changes[] = { { "name", v[RE_NAME] } };
	int rc;

	if ((rc = act_not_future(a, &v[RE_FROM], "from", err)) != TAPR_OK ||
	    (rc = change(a, v[RE_SIRET].s, v[RE_FROM], v[RE_DOCUMENT], changes,
	    1, err)) != TAPR_OK)
		return rc;
	str_printf(a->out, "%s : nouveau nom enregistré ; l'ancien reste sur "
	    "les documents de la période d'avant\n", v[RE_SIRET].s);
	return TAPR_OK;
}

enum { ST_SIRET, ST_ON, ST_DOCUMENT, ST_COLUMNS };

static const struct flow_column strike_columns[ST_COLUMNS] = {
	[ST_SIRET] = KEY("SIRET", FLOW_SIRET),
	[ST_ON] = KEY("on", FLOW_DATE),
	[ST_DOCUMENT] = KEY_TEXT("document", 200),
};

static int
strike_off(struct acting *a, const struct value *v, struct err *err)
{
	const struct change changes[] = { { "state", value_text("F") },
		{ "closed_on", v[ST_ON] } };
	int rc;

	if ((rc = act_not_future(a, &v[ST_ON], "on", err)) != TAPR_OK ||
	    (rc = change(a, v[ST_SIRET].s, v[ST_ON], v[ST_DOCUMENT], changes,
	    2, err)) != TAPR_OK)
		return rc;
	str_printf(a->out, "%s : radié ; plus de taux nouveau, le compte est "
	    "gardé jusqu'à la fin de sa conservation\n", v[ST_SIRET].s);
	return TAPR_OK;
}

/* ---- from one establishment to another ----------------------------------- */

enum { TR_SIRET, TR_TO, TR_ON, TR_DOCUMENT, TR_INHERITS,
	TR_SPLIT_COLUMNS,
	TR_ACTIVITY = TR_INHERITS, TR_MEANS, TR_SHARE,
	TR_TAKEOVER_COLUMNS };

static const struct flow_column split_columns[TR_SPLIT_COLUMNS] = {
	[TR_SIRET] = KEY("SIRET", FLOW_SIRET),
	[TR_TO] = KEY("to", FLOW_SIRET),
	[TR_ON] = KEY("on", FLOW_DATE),
	[TR_DOCUMENT] = KEY_TEXT("document", 200),
	[TR_INHERITS] = KEY("inherits", FLOW_BOOLEAN),
};

static const struct flow_column takeover_columns[TR_TAKEOVER_COLUMNS] = {
	[TR_SIRET] = KEY("SIRET", FLOW_SIRET),
	[TR_TO] = KEY("to", FLOW_SIRET),
	[TR_ON] = KEY("on", FLOW_DATE),
	[TR_DOCUMENT] = KEY_TEXT("document", 200),
	[TR_ACTIVITY] = KEY("activity", FLOW_BOOLEAN),
	[TR_MEANS] = KEY("means", FLOW_BOOLEAN),
	[TR_SHARE] = { .name = "staff_share", .type = FLOW_DECIMAL,
	    .places = 4, .max = 10000 },
};

static int
transfer(struct acting *a, const struct value *v, const char *kind,
    struct value *row, struct err *err)
{
	char text[ROW_TEXT_MAX];
	struct row ignored;
	int rc;

	if (strcmp(v[TR_SIRET].s, v[TR_TO].s) == 0)
		return err_set(err, TAPR_EINVAL, "to", "%s",
		    fault_reason(FAULT_SAME_SIRET));
	if ((rc = act_not_future(a, &v[TR_ON], "on", err)) != TAPR_OK ||
	    (rc = act_establishment(a, v[TR_SIRET].s, text, &ignored, err)) !=
	    TAPR_OK ||
	    (rc = act_establishment(a, v[TR_TO].s, text, &ignored, err)) !=
	    TAPR_OK)
		return rc;
	row[TRANSFER_FROM] = v[TR_SIRET];
	row[TRANSFER_TO] = v[TR_TO];
	row[TRANSFER_ON_DATE] = v[TR_ON];
	row[TRANSFER_KIND] = value_text(kind);
	row[TRANSFER_AUTHOR] = act_author(a);
	row[TRANSFER_DOCUMENT] = v[TR_DOCUMENT];
	if ((rc = act_put(a, TABLE_TRANSFER, row, err)) == TAPR_OK)
		str_printf(a->out, "%s -> %s : le compte %s\n",
		    v[TR_SIRET].s, v[TR_TO].s,
		    value_or(&row[TRANSFER_INHERITS], 0) == 1 ?
		    "passe au successeur" : "ne passe pas au successeur");
	return rc;
}

static int
split(struct acting *a, const struct value *v, struct err *err)
{
	struct value row[TRANSFER_COLUMNS] = { { VALUE_NULL, 0, NULL } };

	row[TRANSFER_INHERITS] = v[TR_INHERITS];
	return transfer(a, v, "split", row, err);
}

static int
merge(struct acting *a, const struct value *v, struct err *err)
{
	struct value row[TRANSFER_COLUMNS] = { { VALUE_NULL, 0, NULL } };

	row[TRANSFER_INHERITS] = v[TR_INHERITS];
	return transfer(a, v, "merge", row, err);
}

/* D. 242-6-17: same activity, same means, half of the staff. */
static int
take_over(struct acting *a, const struct value *v, struct err *err)
{
	struct value row[TRANSFER_COLUMNS] = { { VALUE_NULL, 0, NULL } };
	bool inherits;
	int rc;

	if ((rc = establishment_taken_over(a->law, v[TR_ACTIVITY].i != 0,
	    v[TR_MEANS].i != 0, frac_ratio(v[TR_SHARE].i, 10000),
	    value_to_date(&v[TR_ON]), &inherits, err)) != TAPR_OK)
		return rc;
	row[TRANSFER_INHERITS] = value_int(inherits);
	row[TRANSFER_SAME_ACTIVITY] = v[TR_ACTIVITY];
	row[TRANSFER_SAME_MEANS] = v[TR_MEANS];
	row[TRANSFER_STAFF_SHARE] = v[TR_SHARE];
	if ((rc = transfer(a, v, "takeover", row, err)) == TAPR_OK)
		str_printf(a->out, "CSS D. 242-6-17 : les trois critères %s "
		    "réunis\n", inherits ? "sont" : "ne sont pas");
	return rc;
}

const struct act acts_employer[] = {
	{ "employer create", create_columns, CR_COLUMNS, create },
	{ "employer move", move_columns, MO_COLUMNS, move },
	{ "employer rename", rename_columns, RE_COLUMNS, rename_it },
	{ "employer strike-off", strike_columns, ST_COLUMNS, strike_off },
	{ "employer split", split_columns, TR_SPLIT_COLUMNS, split },
	{ "employer merge", split_columns, TR_SPLIT_COLUMNS, merge },
	{ "employer takeover", takeover_columns, TR_TAKEOVER_COLUMNS,
	    take_over },
	{ NULL, NULL, 0, NULL },
};
