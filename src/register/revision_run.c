/*
 * revision_run.c -- the five-yearly revision on a fund.
 *
 * What an act is about is listed before anything is written: a reading and a
 * writing of one table at once is not something every engine can do.
 */
#include "register/revision_run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "doc/fmt.h"
#include "store/fund.h"
#include "store/row.h"

enum { SIRET_ROOM = 16, WORD_ROOM = 16, CODE_ROOM = 8 };

/* One section of one establishment. */
struct target {
	char	siret[SIRET_ROOM], section[WORD_ROOM];
	char	code[CODE_ROOM], ctn[CODE_ROOM];	/* to open only */
};

struct targets {
	struct target	*at;
	size_t		 n, room;
};

/* ---- lists ----------------------------------------------------------------- */

static void
set_word(char *to, size_t size, const struct value *v)
{
	/* What is longer is no key of ours: the row was checked on its way in. */
	(void)snprintf(to, size, "%s", value_or_empty(v));
}

static int
add_target(struct targets *t, const struct target *one, struct err *err)
{
	size_t room = t->room == 0 ? 64 : t->room * 2;
	struct target *grown;

	if (t->n == t->room) {
		if ((grown = realloc(t->at, room * sizeof *grown)) == NULL)
			return err_set(err, TAPR_EIO, NULL,
			    "mémoire insuffisante");
		t->at = grown;
		t->room = room;
	}
	t->at[t->n++] = *one;
	return TAPR_OK;
}

static int
damaged(const char *table, struct err *err)
{
	return err_set(err, TAPR_EIO, table, "une ligne du registre est "
	    "abîmée ; rien n'est fait : restaurez une sauvegarde");
}

static int
check_sirets(const struct revision_whom *whom, struct err *err)
{
	for (size_t i = 0; i < whom->n; i++)
		if (!siret_valid(whom->siret[i]))
			return err_set(err, TAPR_EINVAL,
			    str_brief(whom->siret[i]).text, "ce n'est pas un "
			    "SIRET : 14 chiffres dont le dernier est une clé");
	return TAPR_OK;
}

/* ---- opening: which sections ------------------------------------------------ */

/* Two readings side by side, both in the order of the SIRET. */
struct picking {
	struct rows		*classes, *places;
	const struct row	*place;
	struct date		 day;
	const char		*risk_code;
	struct target		 last;		/* siret "": none */
	struct targets		*to;
};

/* Is the establishment of p->last open, as far as INSEE says? */
static int
is_open(struct picking *p, bool *ret, struct err *err)
{
	int rc = TAPR_OK, order = -1;

	while (rc == TAPR_OK && p->place != NULL && (order = strcmp(
	    value_or_empty(&p->place->value[EST_SIRET]), p->last.siret)) < 0)
		rc = rows_next(p->places, &p->place, err);
	*ret = p->place == NULL || order != 0 || strcmp(value_or_empty(
	    &p->place->value[EST_STATE]), "F") != 0;
	return rc;
}

/* The section in p->last is complete: it is taken or not. */
static int
take(struct picking *p, struct err *err)
{
	bool open;
	int rc;

	if (p->last.siret[0] == '\0' ||
	    strcmp(p->last.section, "support") == 0 ||
	    (p->risk_code != NULL && strcmp(p->last.code, p->risk_code) != 0))
		return TAPR_OK;
	if ((rc = is_open(p, &open, err)) != TAPR_OK || !open)
		return rc;
	return add_target(p->to, &p->last, err);
}

static int
pick_row(struct picking *p, const struct value *v, struct err *err)
{
	int rc = TAPR_OK;

	if (date_cmp(value_to_date(&v[CLASS_FROM_ON]), p->day) > 0)
		return TAPR_OK;
	/* Rows of one section follow one another, the latest last. */
	if (strcmp(value_or_empty(&v[CLASS_SIRET]), p->last.siret) != 0 ||
	    strcmp(value_or_empty(&v[CLASS_SECTION]), p->last.section) != 0)
		rc = take(p, err);
	set_word(p->last.siret, SIRET_ROOM, &v[CLASS_SIRET]);
	set_word(p->last.section, WORD_ROOM, &v[CLASS_SECTION]);
	set_word(p->last.code, CODE_ROOM, &v[CLASS_RISK_CODE]);
	set_word(p->last.ctn, CODE_ROOM, &v[CLASS_CTN]);
	return rc;
}

static int
pick_all(struct picking *p, struct err *err)
{
	const struct row *row;
	int rc;

	if ((rc = rows_next(p->places, &p->place, err)) != TAPR_OK)
		return rc;
	while ((rc = rows_next(p->classes, &row, err)) == TAPR_OK &&
	    row != NULL)
		if ((rc = row->damaged ? damaged("classification", err) :
		    pick_row(p, row->value, err)) != TAPR_OK)
			return rc;
	return rc == TAPR_OK ? take(p, err) : rc;
}

/* The sections of ${siret}, of everybody for NULL. */
static int
pick(struct store *s, int64_t known, const char *siret, struct picking *p,
    struct err *err)
{
	struct value key = value_text(siret);
	int n = siret != NULL, rc;

	memset(&p->last, 0, sizeof p->last);
	if ((rc = rows_open(s, TABLE_CLASSIFICATION, known, &key, n,
	    &p->classes, err)) == TAPR_OK &&
	    (rc = rows_open(s, TABLE_ESTABLISHMENT, known, &key, n,
	    &p->places, err)) == TAPR_OK)
		rc = pick_all(p, err);
	rows_free(p->classes);
	rows_free(p->places);
	p->classes = p->places = NULL;
	return rc;
}

static int
pick_whom(struct store *s, int64_t known, const struct revision_whom *whom,
    struct picking *p, struct err *err)
{
	int rc;

	if (whom->n == 0)
		return pick(s, known, NULL, p, err);
	for (size_t i = 0; i < whom->n; i++) {
		size_t before = p->to->n;

		if ((rc = pick(s, known, whom->siret[i], p, err)) != TAPR_OK)
			return rc;
		if (p->to->n == before)
			return err_set(err, TAPR_EINVAL, whom->siret[i],
			    "pas de section ouverte et classée%s%s ; "
			    "corrigez la liste", p->risk_code == NULL ? "" :
			    " au code ", p->risk_code == NULL ? "" :
			    p->risk_code);
	}
	return TAPR_OK;
}

/* ---- opening ---------------------------------------------------------------- */

struct opening {
	const struct revision_whom	*whom;
	struct date			 day, answer_by;
	const char			*risk_code, *actor;
	size_t				 n;
};

static int
put_round(struct batch *b, const struct opening *o, struct err *err)
{
	enum put how;

	return fact_put(b, TABLE_REVISION_ROUND, (struct value[]){
	    [ROUND_NAME] = value_text(o->whom->round),
	    [ROUND_OPENED_ON] = value_date(o->day),
	    [ROUND_ANSWER_BY] = value_date(o->answer_by),
	    [ROUND_RISK_CODE] = value_text(o->risk_code),
	    [ROUND_AUTHOR] = value_text(o->actor) }, 0, &how, err);
}

static int
put_opened(struct batch *b, struct opening *o, const struct targets *t,
    struct err *err)
{
	enum put how;
	int rc = put_round(b, o, err);

	for (size_t i = 0; i < t->n && rc == TAPR_OK; i++) {
		struct value file[REV_COLUMNS] = { { VALUE_NULL, 0, NULL } };

		file[REV_ROUND] = value_text(o->whom->round);
		file[REV_SIRET] = value_text(t->at[i].siret);
		file[REV_SECTION] = value_text(t->at[i].section);
		file[REV_RISK_CODE] = value_text(t->at[i].code);
		file[REV_CTN] = value_text(t->at[i].ctn);
		file[REV_ANSWER_BY] = value_date(o->answer_by);
		file[REV_OPENED_ON] = value_date(o->day);
		rc = fact_put(b, TABLE_REVISION_FILE, file, 0, &how, err);
		/* A SIRET named twice is asked once. */
		if (rc == TAPR_OK && how == PUT_NEW)
			o->n++;
	}
	return rc;
}

static int
check_new_round(struct store *s, int64_t known, const struct opening *o,
    struct err *err)
{
	struct value key = value_text(o->whom->round);
	char text[ROW_TEXT_MAX];
	struct row row;
	bool found;
	int rc;

	if (key.kind == VALUE_NULL)
		return err_set(err, TAPR_EINVAL, NULL, "la révision n'a pas "
		    "de nom");
	if ((rc = check_sirets(o->whom, err)) != TAPR_OK)
		return rc;
	if (date_cmp(o->answer_by, o->day) <= 0)
		return err_set(err, TAPR_EINVAL, "--answer-by", "le dernier "
		    "jour pour répondre est passé ; donnez un jour à venir");
	rc = fact_get(s, TABLE_REVISION_ROUND, known, &key, text, &row,
	    &found, err);
	if (rc == TAPR_OK && found)
		return err_set(err, TAPR_EINVAL, str_brief(key.s).text,
		    "cette révision existe déjà ; donnez un autre nom");
	return rc;
}

static int
start(struct fund *f, const char *kind, struct batch *b, struct err *err)
{
	return batch_start(f->store, &(struct batch_about){ .kind = kind,
	    .actor = f->actor, .known_on = f->today, .entry = f->entry }, b,
	    err);
}

static int
end(struct batch *b, int rc, struct err *err)
{
	if (rc == TAPR_OK)
		return batch_publish(b, NULL, err);
	batch_drop(b);
	return rc;
}

static int
open_round(struct fund *f, struct opening *o, struct targets *t,
    struct err *err)
{
	struct picking p = { .day = o->day, .risk_code = o->risk_code,
	    .to = t };
	struct batch b;
	int64_t known;
	int rc;

	if ((rc = batch_known(f->store, &known, err)) != TAPR_OK ||
	    (rc = check_new_round(f->store, known, o, err)) != TAPR_OK ||
	    (rc = pick_whom(f->store, known, o->whom, &p, err)) != TAPR_OK)
		return rc;
	if (t->n == 0)
		return err_set(err, TAPR_EINVAL, str_brief(o->whom->round).text,
		    "aucune section ouverte et classée à interroger ; "
		    "importez les classements, ou changez de code");
	if ((rc = start(f, "revision open", &b, err)) != TAPR_OK)
		return rc;
	return end(&b, put_opened(&b, o, t, err), err);
}

int
revision_open(const struct place *place, const struct revision_whom *whom,
    struct date answer_by, const char *risk_code, size_t *ret,
    struct err *err)
{
	struct opening o = { whom, place->today, answer_by, risk_code,
	    place->actor, 0 };
	struct targets t = { NULL, 0, 0 };
	struct fund f;
	int rc;

	rc = fund_open(place, STORE_WRITE, &f, err);
	if (rc == TAPR_OK)
		rc = open_round(&f, &o, &t, err);
	fund_close(&f);
	free(t.at);
	*ret = o.n;
	return rc;
}

/* ---- steps: which files ----------------------------------------------------- */

/* Without a SIRET, the files that wait for the step. */
static bool
waits(const struct value *file, enum revision_step step)
{
	enum revision_state state = revision_state(file);

	return step == REVISION_SEND ? state == REVISION_OPENED :
	    state == REVISION_SENT;
}

static int
find_of(struct store *s, int64_t known, const struct revision_whom *whom,
    const char *siret, enum revision_step step, struct targets *t,
    struct err *err)
{
	struct value key[2] = { value_text(whom->round), value_text(siret) };
	const struct row *row;
	struct rows *r;
	int rc;

	if ((rc = rows_open(s, TABLE_REVISION_FILE, known, key,
	    siret == NULL ? 1 : 2, &r, err)) != TAPR_OK)
		return rc;
	while ((rc = rows_next(r, &row, err)) == TAPR_OK && row != NULL) {
		struct target one;

		if ((siret == NULL && !waits(row->value, step)) ||
		    (whom->section != NULL && strcmp(whom->section,
		    value_or_empty(&row->value[REV_SECTION])) != 0))
			continue;
		memset(&one, 0, sizeof one);
		set_word(one.siret, SIRET_ROOM, &row->value[REV_SIRET]);
		set_word(one.section, WORD_ROOM, &row->value[REV_SECTION]);
		if ((rc = add_target(t, &one, err)) != TAPR_OK)
			break;
	}
	rows_free(r);
	return rc;
}

/* A questionnaire is of the establishment; what follows is of a section. */
static int
find(struct store *s, int64_t known, const struct revision_whom *whom,
    enum revision_step step, struct targets *t, struct err *err)
{
	int rc;

	if ((rc = check_sirets(whom, err)) != TAPR_OK)
		return rc;
	if (whom->n == 0 && ((rc = find_of(s, known, whom, NULL, step, t,
	    err)) != TAPR_OK || t->n > 0))
		return rc;
	for (size_t i = 0; i < whom->n; i++) {
		size_t before = t->n;

		if ((rc = find_of(s, known, whom, whom->siret[i], step, t,
		    err)) != TAPR_OK)
			return rc;
		if (t->n == before)
			return err_set(err, TAPR_EINVAL, whom->siret[i],
			    "pas de dossier dans la révision « %s » ; "
			    "« tapr revision list » les montre",
			    str_brief(whom->round).text);
		if (t->n > before + 1 && step >= REVISION_CONCLUDE)
			return err_set(err, TAPR_EINVAL, whom->siret[i],
			    "plusieurs sections ; dites laquelle par "
			    "--section");
	}
	if (t->n == 0)
		return err_set(err, TAPR_EINVAL, str_brief(whom->round).text,
		    "aucun dossier n'attend cette étape dans cette révision, "
		    "ou elle n'existe pas ; « tapr revision list » les "
		    "montre");
	return TAPR_OK;
}

/* ---- steps: doing them ------------------------------------------------------ */

/* The classification that a decision ends: the latest of the section. */
static int
latest_class(struct store *s, int64_t known, const struct value *file,
    struct date *ret_from, bool *ret_single, bool *ret_same,
    struct err *err)
{
	const struct row *row;
	struct rows *r;
	int rc;

	*ret_from = DATE_NONE;
	*ret_single = *ret_same = false;
	if ((rc = rows_open(s, TABLE_CLASSIFICATION, known,
	    (struct value[]){ file[REV_SIRET], file[REV_SECTION] }, 2, &r,
	    err)) != TAPR_OK)
		return rc;
	while ((rc = rows_next(r, &row, err)) == TAPR_OK && row != NULL) {
		if (row->damaged) {
			rc = damaged("classification", err);
			break;
		}
		*ret_from = value_to_date(&row->value[CLASS_FROM_ON]);
		*ret_single = value_or(&row->value[CLASS_SINGLE_RATE], 0) != 0;
		*ret_same = value_same(&row->value[CLASS_RISK_CODE],
		    &file[REV_RISK_CODE]);
	}
	rows_free(r);
	return rc;
}

static int
check_class(const struct value *file, struct date from, bool same,
    struct err *err)
{
	const char *siret = value_or_empty(&file[REV_SIRET]);

	if (!same)
		return err_set(err, TAPR_EINVAL, siret, "le classement a "
		    "changé depuis l'ouverture de la révision ; abandonnez "
		    "cette proposition (drop)");
	if (date_cmp(value_to_date(&file[REV_EFFECT_ON]), from) <= 0)
		return err_set(err, TAPR_EINVAL, siret, "le classement actuel "
		    "court depuis le %s ; --effect doit être après",
		    fmt_day(from).text);
	return TAPR_OK;
}

static int
classify(struct batch *b, int64_t known, const struct law *law,
    const struct value *file, struct err *err)
{
	const char *code = value_or_empty(&file[REV_PROPOSED_CODE]);
	const struct law_row *group = law_find(law, "btp_cost_groups",
	    LAW_KEYS(code), value_to_date(&file[REV_EFFECT_ON]));
	struct date from;
	bool single, same;
	enum put how;
	int rc;

	if ((rc = latest_class(b->store, known, file, &from, &single, &same,
	    err)) != TAPR_OK ||
	    (rc = check_class(file, from, same, err)) != TAPR_OK)
		return rc;
	return fact_put(b, TABLE_CLASSIFICATION, (struct value[]){
	    [CLASS_SIRET] = file[REV_SIRET],
	    [CLASS_SECTION] = file[REV_SECTION],
	    [CLASS_FROM_ON] = file[REV_EFFECT_ON],
	    [CLASS_RISK_CODE] = file[REV_PROPOSED_CODE],
	    [CLASS_CTN] = file[REV_PROPOSED_CTN],
	    [CLASS_BTP_GROUP] = group == NULL ? value_null() :
		value_text(group->value),
	    [CLASS_SINGLE_RATE] = value_int(single),
	    [CLASS_DOCUMENT] = file[REV_ANSWER_DOCUMENT],
	    [CLASS_AUTHOR] = file[REV_DECIDER],
	    [CLASS_REASON] = file[REV_REASON] }, 0, &how, err);
}

static int
do_one(struct batch *b, int64_t known, const struct law *law,
    const char *round, const struct target *t,
    const struct revision_act *act, struct err *err)
{
	char text[ROW_TEXT_MAX];
	struct row row;
	enum put how;
	bool found;
	int rc;

	if ((rc = fact_get(b->store, TABLE_REVISION_FILE, known,
	    (struct value[]){ value_text(round), value_text(t->siret),
	    value_text(t->section) }, text, &row, &found, err)) != TAPR_OK)
		return rc;
	if (!found || row.damaged)
		return damaged("revision_file", err);
	if ((rc = revision_apply(law, act, row.value, err)) != TAPR_OK ||
	    (rc = fact_put(b, TABLE_REVISION_FILE, row.value, 0, &how,
	    err)) != TAPR_OK)
		return rc;
	return revision_state(row.value) == REVISION_ACCEPTED ?
	    classify(b, known, law, row.value, err) : TAPR_OK;
}

static int
do_all(struct fund *f, const struct law *law,
    const struct revision_whom *whom, const struct revision_act *act,
    struct targets *t, struct err *err)
{
	struct batch b;
	char kind[32];
	int64_t known;
	int rc;

	if ((rc = batch_known(f->store, &known, err)) != TAPR_OK ||
	    (rc = find(f->store, known, whom, act->step, t, err)) != TAPR_OK)
		return rc;
	(void)snprintf(kind, sizeof kind, "revision %s",
	    revision_step_words[act->step]);
	if ((rc = start(f, kind, &b, err)) != TAPR_OK)
		return rc;
	for (size_t i = 0; i < t->n && rc == TAPR_OK; i++)
		rc = do_one(&b, known, law, whom->round, &t->at[i], act, err);
	return end(&b, rc, err);
}

int
revision_do(const struct place *place, const struct law *law,
    const struct revision_whom *whom, const struct revision_act *act,
    size_t *ret, struct err *err)
{
	struct revision_act own = *act;
	struct targets t = { NULL, 0, 0 };
	struct fund f;
	int rc;

	own.actor = place->actor;
	own.day = place->today;
	rc = fund_open(place, STORE_WRITE, &f, err);
	if (rc == TAPR_OK)
		rc = do_all(&f, law, whom, &own, &t, err);
	fund_close(&f);
	*ret = t.n;
	free(t.at);
	return rc;
}
