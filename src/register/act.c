/*
 * act.c -- acts on the register.
 */
#include "register/act.h"

#include <assert.h>
#include <string.h>

/* ---- reading ------------------------------------------------------------- */

static const struct act *
find(const char *name)
{
	const struct act *const all[] = { acts_employer, acts_classify,
		acts_claim, acts_people };

	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		for (const struct act *a = all[i]; a->name != NULL; a++)
			if (strcmp(a->name, name) == 0)
				return a;
	return NULL;
}

/* "tapr employer rename SIRET name= from= [document=]" */
static int
usage(const struct act *a, struct err *err)
{
	struct str s;
	int rc;

	str_init(&s, 1024);
	for (int i = 0; i < a->columns; i++)
		str_printf(&s, i == 0 ? " %s" :
		    a->column[i].need == FLOW_OPTIONAL ? " [%s=]" : " %s=",
		    a->column[i].name);
	rc = err_set(err, TAPR_EUSAGE, NULL, "tapr %s%s", a->name,
	    str_failed(&s) || s.p == NULL ? "" : s.p);
	str_free(&s);
	return rc;
}

/* The column of "key=value" and its value; -1 when there is none such. */
static int
column_of(const struct act *a, const char *word, const char **ret)
{
	const char *eq = strchr(word, '=');

	if (eq == NULL)
		return -1;
	for (int i = 1; i < a->columns; i++) {
		const char *name = a->column[i].name;

		if (strlen(name) == (size_t)(eq - word) &&
		    strncmp(name, word, (size_t)(eq - word)) == 0) {
			*ret = eq + 1;
			return i;
		}
	}
	return -1;
}

/* The words that a key takes. */
static int
wrong_word(const struct flow_column *column, struct err *err)
{
	struct str list;
	int rc;

	str_init(&list, 1024);
	for (int i = 0; column->words[i] != NULL; i++)
		str_printf(&list, "%s%s", i == 0 ? "" : ", ",
		    column->words[i]);
	rc = err_set(err, TAPR_EINVAL, column->name, "mot inconnu ; au choix : "
	    "%s", list.p == NULL ? "" : list.p);
	str_free(&list);
	return rc;
}

static int
read_words(const struct act *a, const struct register_act *what,
    struct value *v, struct err *err)
{
	const char *text = NULL;
	enum fault_id id;
	int column;

	for (size_t i = 0; i < what->words; i++) {
		column = i == 0 ? 0 : column_of(a, what->word[i], &text);
		if (column < 0)
			return usage(a, err);
		if (i == 0)
			text = what->word[0];
		if (v[column].kind != VALUE_NULL)
			return err_set(err, TAPR_EUSAGE,
			    a->column[column].name, "donné deux fois");
		if (text[0] == '\0')
			continue;
		id = field_read(&a->column[column], text, &v[column]);
		if (id == FAULT_WORD)
			return wrong_word(&a->column[column], err);
		if (id != FAULT_NONE)
			return err_set(err, TAPR_EINVAL,
			    a->column[column].name, "%s", fault_reason(id));
	}
	for (int i = 0; i < a->columns; i++)
		if (a->column[i].need != FLOW_OPTIONAL &&
		    v[i].kind == VALUE_NULL)
			return usage(a, err);
	return TAPR_OK;
}

/* ---- acting -------------------------------------------------------------- */

static int
act_now(struct acting *a, const struct act *act, const struct value *v,
    struct err *err)
{
	const struct batch_report one = { 1, 1, 0, 0, 0 };
	int rc;

	if ((rc = batch_start(a->fund->store, &(struct batch_about){ act->name,
	    a->fund->actor, NULL, NULL, a->fund->today, a->fund->entry },
	    &a->batch, err)) != TAPR_OK)
		return rc;
	if ((rc = act->run(a, v, err)) != TAPR_OK) {
		batch_drop(&a->batch);
		return rc;
	}
	return batch_publish(&a->batch, &one, err);
}

int
register_do(const struct place *place, const struct law *law,
    const struct register_act *what, struct str *out, struct err *err)
{
	const struct act *act = find(what->name);
	struct value v[FLOW_COLUMNS_MAX] = { { VALUE_NULL, 0, NULL } };
	struct fund f = { .lock = -1 };
	struct acting a = { .fund = &f, .law = law,
	    .law_dir = what->law_dir };
	struct str said;
	int rc;

	if (act == NULL)
		return err_set(err, TAPR_EUSAGE, NULL, "pas d'acte « tapr %s "
		    "»", str_brief(what->name).text);
	assert(act->columns <= FLOW_COLUMNS_MAX);
	if ((rc = read_words(act, what, v, err)) != TAPR_OK)
		return rc;
	str_init(&said, REGISTER_OUT_MAX);
	a.out = &said;
	if ((rc = fund_open(place, STORE_WRITE, &f, err)) == TAPR_OK)
		rc = act_now(&a, act, v, err);
	fund_close(&f);
	if (rc == TAPR_OK && what->json) {
		str_add(out, "{\"act\": ");
		str_add_json(out, act->name);
		str_printf(out, ", \"batch\": %lld, \"text\": ",
		    (long long)a.batch.id);
		str_add_json(out, said.p == NULL ? "" : said.p);
		str_add(out, "}\n");
	} else if (rc == TAPR_OK && said.p != NULL) {
		str_add(out, said.p);
	}
	str_free(&said);
	return rc;
}

bool
register_has_act(const char *name)
{
	return find(name) != NULL;
}

/* ---- for the acts -------------------------------------------------------- */

int
act_establishment(struct acting *a, const char *siret, char *buf,
    struct row *ret, struct err *err)
{
	struct value key = value_text(siret);
	bool found;
	int rc;

	if ((rc = fact_get(a->fund->store, TABLE_ESTABLISHMENT, a->batch.id,
	    &key, buf, ret, &found, err)) != TAPR_OK)
		return rc;
	if (!found)
		return err_set(err, TAPR_EINVAL, NULL, "l'établissement %s "
		    "n'est pas dans le registre ; importez le fichier SIRENE, "
		    "ou créez-le par « tapr employer create »", siret);
	if (ret->damaged)
		return err_set(err, TAPR_EIO, siret, "la ligne de cet "
		    "établissement est abîmée ; restaurez une sauvegarde");
	return TAPR_OK;
}

int
act_put(struct acting *a, enum table_id table, const struct value *row,
    struct err *err)
{
	enum put put;
	int rc = fact_put(&a->batch, table, row, 0, &put, err);

	if (rc == TAPR_OK && put == PUT_UNCHANGED)
		return err_set(err, TAPR_EINVAL, NULL, "rien ne change : le "
		    "registre dit déjà cela");
	return rc;
}

int
act_not_future(const struct acting *a, const struct value *v,
    const char *key, struct err *err)
{
	struct value today = value_date(a->fund->today);

	if (v->kind == VALUE_INT && v->i > today.i)
		return err_set(err, TAPR_EINVAL, key, "cette date est à "
		    "venir ; un acte se saisit quand il a eu lieu");
	return TAPR_OK;
}

struct value
act_author(const struct acting *a)
{
	return value_text(a->fund->actor);
}
