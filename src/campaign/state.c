/*
 * state.c -- the lots of a campaign and their states.
 */
#include "campaign/state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "campaign/sanction.h"
#include "doc/term.h"
#include "model/words.h"

const char *const state_words[] = { "computed", "draft", "observed",
	"decided", "notified", "in_force", "rectified", NULL };
const char *const lot_kind_words[] = { "collective", "contradictory",
	"elsewhere", "single", "sanction", NULL };

static int
no_memory(struct err *err)
{
	return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
}

static int
word_in(const char *const *words, const char *word)
{
	for (int i = 0; words[i] != NULL; i++)
		if (strcmp(words[i], word) == 0)
			return i;
	return -1;
}

/* ---- reading ------------------------------------------------------------------ */

/* Calls ${take} with each row of the year. */
static int
each(struct desk *d, int64_t known, enum table_id table,
    int (*take)(void *to, const struct row *row, struct err *err), void *to,
    struct err *err)
{
	struct value year = value_int(d->act->year);
	const struct row *row;
	struct rows *r;
	int rc;

	if ((rc = rows_open(d->fund.store, table, known, &year, 1, &r, err))
	    != TAPR_OK)
		return rc;
	while ((rc = rows_next(r, &row, err)) == TAPR_OK && row != NULL) {
		if (row->damaged)
			rc = err_set(err, TAPR_EIO, table_get(table)->name,
			    "une ligne est abîmée ; restaurez une sauvegarde");
		else
			rc = take(to, row, err);
		if (rc != TAPR_OK)
			break;
	}
	rows_free(r);
	return rc;
}

struct loading {
	struct desk	*d;
	struct lots	*lots;
};

static int
take_lot(void *to, const struct row *row, struct err *err)
{
	struct loading *l = to;
	struct lot *lot;
	int kind = word_in(lot_kind_words,
	    value_or_empty(&row->value[LOT_KIND]));

	if (kind < 0 || l->lots->n == LOTS_MAX)
		return err_set(err, TAPR_EIO, "lot",
		    "trop de lots, ou un lot inconnu");
	lot = &l->lots->at[l->lots->n++];
	*lot = (struct lot){
		.number = (int)value_or(&row->value[LOT_LOT], 0),
		.kind = (enum lot_kind)(kind + 1),
		.as = (enum lot_kind)(kind + 1),
		.author = "", .means = "", .proof = "",
		.made_by = arena_strdup(l->d->a,
		    value_or_empty(&row->value[LOT_AUTHOR])),
		.reason = arena_strdup(l->d->a,
		    value_or_empty(&row->value[LOT_REASON])) };
	return arena_failed(l->d->a) ? no_memory(err) : TAPR_OK;
}

struct lot *
lots_find(const struct lots *l, int64_t number)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->at[i].number == number)
			return &l->at[i];
	return NULL;
}

static int
take_state(void *to, const struct row *row, struct err *err)
{
	struct loading *l = to;
	const struct value *v = row->value;
	struct lot *lot = lots_find(l->lots, value_or(&v[STATE_LOT], 0));
	int state = word_in(state_words, value_or_empty(&v[STATE_STATE])) + 1;

	if (lot == NULL || state == 0)
		return err_set(err, TAPR_EIO, "lot_state", "un état sans lot");
	if (state == STATE_NOTIFIED || state == STATE_RECTIFIED)
		lot->appeal = value_to_date(&v[STATE_UNTIL_ON]);
	if (state == STATE_NOTIFIED)
		lot->notified = value_to_date(&v[STATE_ON_DATE]);
	if (lot->state >= (enum state)state)
		return TAPR_OK;
	lot->state = (enum state)state;
	lot->on = value_to_date(&v[STATE_ON_DATE]);
	lot->until = value_to_date(&v[STATE_UNTIL_ON]);
	lot->author = arena_strdup(l->d->a, value_or_empty(&v[STATE_AUTHOR]));
	lot->means = arena_strdup(l->d->a, value_or_empty(&v[STATE_MEANS]));
	lot->proof = arena_strdup(l->d->a, value_or_empty(&v[STATE_PROOF]));
	return arena_failed(l->d->a) ? no_memory(err) : TAPR_OK;
}

static int
take_line(void *to, const struct row *row, struct err *err)
{
	struct loading *l = to;
	const struct value *v = row->value;
	struct lot *lot = lots_find(l->lots, value_or(&v[LINE_LOT], 0));
	int section = word_in(section_words,
	    value_or_empty(&v[LINE_SECTION]));
	uint64_t i;

	if (lot == NULL || section < 0)
		return err_set(err, TAPR_EIO, "lot_line", "une ligne sans "
		    "lot");
	i = inputs_find(&l->d->in, siret_number(
	    value_or_empty(&v[LINE_SIRET]), 14), (enum section)section);
	if (i < l->d->in.sections && l->d->r.mode[i] != MODE_NONE)
		l->lots->of[i] = (uint32_t)(lot - l->lots->at);
	return TAPR_OK;
}

enum lot_kind
lot_kind_of(const struct inputs *in, const struct results *r, uint64_t i)
{
	bool own = r->mode[i] == MODE_MIXED || r->mode[i] == MODE_INDIVIDUAL;

	if (r->mode[i] == MODE_NONE)
		return LOT_NONE;
	/* D. 242-6-22: not in Alsace-Moselle. */
	if (in->zone[i] == ZONE_GENERAL && !in->head_here[i] && own &&
	    (in->ctn[i] == 'B' || in->single[i] != NO_NUMBER))
		return LOT_ELSEWHERE;
	return own ? LOT_CONTRADICTORY : LOT_COLLECTIVE;
}

/* Where each rate was born, before lot_line moves some. */
static int
assign(struct desk *d, struct lots *l, struct err *err)
{
	l->of = arena_array(d->a, d->in.sections + 1, sizeof *l->of);
	if (l->of == NULL)
		return no_memory(err);
	for (uint64_t i = 0; i < d->in.sections; i++) {
		enum lot_kind kind = lot_kind_of(&d->in, &d->r, i);

		l->of[i] = NO_NUMBER;
		for (uint32_t k = 0; k < l->n && kind != LOT_NONE; k++)
			if (l->at[k].kind == kind)
				l->of[i] = k;
	}
	return TAPR_OK;
}

static void
count(struct desk *d, struct lots *l)
{
	for (uint64_t i = 0; i < d->in.sections; i++) {
		struct lot *lot;

		if (l->of[i] == NO_NUMBER)
			continue;
		lot = &l->at[l->of[i]];
		lot->rates++;
		if (lot->kind == LOT_SINGLE)
			lot->as = lot_kind_of(&d->in, &d->r, i);
		if (d->r.contribution[i] != NO_AMOUNT)
			lot->contributions += d->r.contribution[i];
	}
}

static int
load(struct desk *d, int64_t known, struct lots *ret, struct err *err)
{
	struct loading l = { d, ret };
	int rc;

	memset(ret, 0, sizeof *ret);
	ret->at = arena_array(d->a, LOTS_MAX, sizeof *ret->at);
	if (ret->at == NULL)
		return no_memory(err);
	if ((rc = each(d, known, TABLE_LOT, take_lot, &l, err)) != TAPR_OK ||
	    (rc = each(d, known, TABLE_LOT_STATE, take_state, &l, err)) !=
	    TAPR_OK || (rc = assign(d, ret, err)) != TAPR_OK ||
	    (rc = each(d, known, TABLE_LOT_LINE, take_line, &l, err)) !=
	    TAPR_OK)
		return rc;
	count(d, ret);
	return sanctions_load(d, known, ret, err);
}

int
lots_load(struct desk *d, struct lots *ret, struct err *err)
{
	int rc;

	if ((rc = desk_results(d, err)) != TAPR_OK)
		return rc;
	return load(d, d->known, ret, err);
}

int
lots_notified(struct desk *d, int64_t known, struct gather_before *ret,
    struct err *err)
{
	struct lots l;
	uint8_t *mode = arena_alloc(d->a, d->in.sections + 1);
	int rc;

	if (mode == NULL)
		return no_memory(err);
	if ((rc = load(d, known, &l, err)) != TAPR_OK)
		return rc;
	for (uint64_t i = 0; i < d->in.sections; i++)
		mode[i] = l.of[i] != NO_NUMBER &&
		    l.at[l.of[i]].kind != LOT_ELSEWHERE &&
		    l.at[l.of[i]].state >= STATE_NOTIFIED ? d->r.mode[i] :
		    MODE_NONE;
	*ret = (struct gather_before){ &d->in, mode, d->r.value };
	return TAPR_OK;
}

/* ---- made anew ------------------------------------------------------------------ */

static int
untold(void *to, const struct row *row, struct err *err)
{
	const struct desk *d = to;
	int state = word_in(state_words,
	    value_or_empty(&row->value[STATE_STATE])) + 1;

	if (state <= STATE_DRAFT)
		return TAPR_OK;
	return err_set(err, TAPR_EINVAL, NULL, "la campagne %d est déjà à "
	    "l'état « %s » (lot %lld) : son instantané ne change plus ; une "
	    "correction passe par « tapr contest », ou attend la campagne "
	    "suivante", d->act->year,
	    term(TERM_STATE, state_words[state - 1]),
	    (long long)value_or(&row->value[STATE_LOT], 0));
}

int
lots_untold(struct desk *d, struct err *err)
{
	return each(d, d->known, TABLE_LOT_STATE, untold, d, err);
}

/* The keys of a table's rows of the year: ended once all are read. */
struct ending {
	struct desk	*d;
	enum table_id	 table;
	struct value	(*key)[4];
	size_t		 n;
};

static int
note_key(void *to, const struct row *row, struct err *err)
{
	struct ending *e = to;
	struct value *key;

	if (e->n == (size_t)LOTS_MAX * 8)
		return err_set(err, TAPR_EIO, NULL, "trop de lots");
	key = e->key[e->n++];
	for (int i = 0; i < table_get(e->table)->keys; i++) {
		key[i] = row->value[i];
		if (key[i].kind == VALUE_TEXT)
			key[i].s = arena_strdup(e->d->a, key[i].s);
	}
	return arena_failed(e->d->a) ? no_memory(err) : TAPR_OK;
}

static int
end_all(struct desk *d, struct batch *b, enum table_id table,
    struct err *err)
{
	struct ending e = { d, table, arena_array(d->a, (size_t)LOTS_MAX * 8,
	    sizeof *e.key), 0 };
	enum put put;
	int rc;

	if (e.key == NULL)
		return no_memory(err);
	rc = each(d, d->known, table, note_key, &e, err);
	for (size_t i = 0; i < e.n && rc == TAPR_OK; i++)
		rc = fact_end(b, table, e.key[i], &put, err);
	return rc;
}

int
lots_clear(struct desk *d, struct batch *b, struct err *err)
{
	static const enum table_id all[] = { TABLE_LOT, TABLE_LOT_STATE,
		TABLE_LOT_LINE, TABLE_SANCTION };
	int rc = TAPR_OK;

	for (size_t i = 0; i < sizeof all / sizeof all[0] && rc == TAPR_OK;
	    i++)
		rc = end_all(d, b, all[i], err);
	return rc;
}

static int
put_lot(struct desk *d, struct batch *b, int number, enum lot_kind kind,
    const char *reason, struct err *err)
{
	struct value v[LOT_COLUMNS] = {
		[LOT_YEAR] = value_int(d->act->year),
		[LOT_LOT] = value_int(number),
		[LOT_KIND] = value_text(lot_kind_words[kind - 1]),
		[LOT_AUTHOR] = value_text(d->fund.actor),
		[LOT_ON_DATE] = value_date(d->fund.today),
		[LOT_REASON] = value_text(reason),
	};
	enum put put;

	return fact_put(b, TABLE_LOT, v, 0, &put, err);
}

static int
put_state(struct desk *d, struct batch *b, const struct lot *lot,
    enum state previous, const struct change *c, struct err *err)
{
	struct value v[STATE_COLUMNS] = {
		[STATE_YEAR] = value_int(d->act->year),
		[STATE_LOT] = value_int(lot->number),
		[STATE_STATE] = value_text(state_words[c->to - 1]),
		[STATE_PREVIOUS] = value_text(previous == STATE_NONE ? NULL :
		    state_words[previous - 1]),
		[STATE_KIND] = value_text(lot_kind_words[lot->as - 1]),
		[STATE_ON_DATE] = value_date(d->fund.today),
		[STATE_UNTIL_ON] = value_date(c->until),
		[STATE_AUTHOR] = value_text(d->fund.actor),
		[STATE_MEANS] = value_text(c->means),
		[STATE_PROOF] = value_text(c->proof),
		[STATE_REVIEW] = value_text(c->review),
		[STATE_NOTE] = value_text(c->note),
	};
	enum put put;

	return fact_put(b, TABLE_LOT_STATE, v, 0, &put, err);
}

int
lots_make(struct desk *d, struct batch *b, struct err *err)
{
	const struct change computed = { .to = STATE_COMPUTED };
	int rc;

	if ((rc = lots_clear(d, b, err)) != TAPR_OK)
		return rc;
	for (int kind = LOT_COLLECTIVE; kind <= LOT_ELSEWHERE; kind++) {
		struct lot lot = { .number = kind, .as = (enum lot_kind)kind };

		if ((rc = put_lot(d, b, kind, (enum lot_kind)kind, NULL,
		    err)) != TAPR_OK ||
		    (rc = put_state(d, b, &lot, STATE_NONE, &computed, err))
		    != TAPR_OK)
			return rc;
	}
	return TAPR_OK;
}

/* ---- changes -------------------------------------------------------------------- */

/* The state that must come before, for a lot of that kind. */
static bool
follows(const struct lot *lot, enum state to)
{
	switch (to) {
	case STATE_DRAFT:
		return lot->state == STATE_COMPUTED;
	case STATE_OBSERVED:
		return lot->state == STATE_DRAFT && lot->as != LOT_COLLECTIVE;
	case STATE_DECIDED:
		return lot->state == STATE_OBSERVED ||
		    (lot->state == STATE_DRAFT && lot->as == LOT_COLLECTIVE);
	case STATE_NOTIFIED:
		return lot->state == STATE_DECIDED;
	case STATE_IN_FORCE:
		return lot->state == STATE_NOTIFIED;
	case STATE_RECTIFIED:
		return lot->state == STATE_NOTIFIED ||
		    lot->state == STATE_IN_FORCE;
	default:
		return false;
	}
}

int
lot_change(struct desk *d, struct batch *b, struct lot *lot,
    const struct change *change, struct err *err)
{
	int rc;

	if (!follows(lot, change->to))
		return err_set(err, TAPR_EINVAL, NULL, "le lot %d est à "
		    "l'état « %s » : il ne passe pas à « %s », aucun état ne "
		    "se saute (calculé, projet envoyé, observations closes "
		    "sauf taux collectifs, décidé, notifié, en vigueur)",
		    lot->number, lot->state == STATE_NONE ? "aucun" :
		    term(TERM_STATE, state_words[lot->state - 1]),
		    term(TERM_STATE, state_words[change->to - 1]));
	if (lot->kind == LOT_ELSEWHERE && change->to > STATE_COMPUTED)
		return err_set(err, TAPR_EINVAL, NULL, "le lot %d est notifié "
		    "par la caisse du siège (CSS art. D. 242-6-22), pas par "
		    "ce fonds", lot->number);
	if ((rc = put_state(d, b, lot, lot->state, change, err)) != TAPR_OK)
		return rc;
	lot->state = change->to;
	lot->on = d->fund.today;
	lot->until = change->until;
	return TAPR_OK;
}

/* Every state the old lot went through, as it was. */
static int
copy_states(struct desk *d, struct batch *b, const struct lot *from,
    const struct lot *to, struct err *err)
{
	struct value key[3] = { value_int(d->act->year),
		value_int(from->number), value_null() };
	struct value v[STATE_COLUMNS];
	char buf[ROW_TEXT_MAX];
	struct row row;
	enum put put;
	bool found;
	int rc;

	for (int s = STATE_COMPUTED; s <= (int)from->state; s++) {
		key[2] = value_text(state_words[s - 1]);
		if ((rc = fact_get(d->fund.store, TABLE_LOT_STATE, d->known,
		    key, buf, &row, &found, err)) != TAPR_OK)
			return rc;
		if (!found)
			continue;
		memcpy(v, row.value, sizeof v);
		v[STATE_LOT] = value_int(to->number);
		v[STATE_KIND] = value_text(lot_kind_words[to->as - 1]);
		if ((rc = fact_put(b, TABLE_LOT_STATE, v, 0, &put, err)) !=
		    TAPR_OK)
			return rc;
	}
	return TAPR_OK;
}

/* A place and a number for one more lot. */
static int
next_lot(struct lots *lots, struct lot **ret, struct err *err)
{
	struct lot *to;

	if (lots->n == LOTS_MAX)
		return err_set(err, TAPR_EINVAL, NULL, "trop de lots");
	to = &lots->at[lots->n];
	*to = (struct lot){ .number = FIRST_SINGLE_LOT, .author = "",
	    .made_by = "", .means = "", .proof = "", .reason = "" };
	for (size_t k = 0; k < lots->n; k++)
		if (lots->at[k].number >= to->number)
			to->number = lots->at[k].number + 1;
	*ret = to;
	return TAPR_OK;
}

int
lot_make(struct desk *d, struct batch *b, struct lots *lots,
    const char *reason, struct lot **ret, struct err *err)
{
	const struct change computed = { .to = STATE_COMPUTED };
	struct lot *to;
	int rc;

	if ((rc = next_lot(lots, &to, err)) != TAPR_OK)
		return rc;
	to->kind = to->as = LOT_SANCTION;
	to->state = STATE_COMPUTED;
	if ((rc = put_lot(d, b, to->number, LOT_SANCTION, reason, err)) !=
	    TAPR_OK || (rc = put_state(d, b, to, STATE_NONE, &computed, err))
	    != TAPR_OK)
		return rc;
	lots->n++;
	*ret = to;
	return TAPR_OK;
}

int
lot_split(struct desk *d, struct batch *b, struct lots *lots,
    const struct lot *from, enum lot_kind kind, const char *reason,
    struct lot **ret, struct err *err)
{
	struct lot *to;
	int rc, number;

	if ((rc = next_lot(lots, &to, err)) != TAPR_OK)
		return rc;
	number = to->number;
	*to = *from;
	to->number = number;
	to->kind = kind;
	to->as = from->kind;
	to->rates = 0;
	if ((rc = put_lot(d, b, number, kind, reason, err)) != TAPR_OK ||
	    (rc = copy_states(d, b, from, to, err)) != TAPR_OK)
		return rc;
	lots->n++;
	*ret = to;
	return TAPR_OK;
}

int
lot_take_out(struct desk *d, struct batch *b, struct lots *lots,
    uint64_t i, const char *reason, struct lot **ret, struct err *err)
{
	struct lot *from, *to;
	char siret[15];
	enum put put;
	int rc;

	if (lots->of[i] == NO_NUMBER)
		return err_set(err, TAPR_EINVAL, siret_text(d->in.siret[i],
		    siret), "cette section n'a pas de taux");
	from = &lots->at[lots->of[i]];
	if (from->kind == LOT_SINGLE) {
		*ret = from;
		return TAPR_OK;
	}
	if ((rc = lot_split(d, b, lots, from, LOT_SINGLE, reason, &to,
	    err)) != TAPR_OK ||
	    (rc = fact_put(b, TABLE_LOT_LINE, (struct value[]){
	    value_int(d->act->year),
	    value_text(siret_text(d->in.siret[i], siret)),
	    value_text(section_words[d->in.section[i]]),
	    value_int(to->number), value_int(from->number),
	    value_text(reason), value_text(d->fund.actor),
	    value_date(d->fund.today) }, 0, &put, err)) != TAPR_OK)
		return rc;
	lots->of[i] = (uint32_t)(to - lots->at);
	*ret = to;
	return TAPR_OK;
}
