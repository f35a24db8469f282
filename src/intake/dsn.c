/*
 * dsn.c -- a DSN file in, totals per declaration out.
 *
 *	file -> envois (dsn_envoi) -> lines (dsn_line) -> blocks (dsn_tree)
 *	     -> person, contract, pay -> totals (dsn_sum) -> handler
 *
 * An envoi is walked twice: once to know that it is whole, once to read it.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "intake/dsn_envoi.h"
#include "intake/dsn_reader.h"

#define no_memory(err) \
	err_set((err), TAPR_EIO, NULL, "mémoire insuffisante pour lire la DSN")

/* Copies a value whose form is right, as text of ${size} bytes. */
static void
copy(char *to, size_t size, struct dsn_value v)
{
	size_t n = v.p == NULL ? 0 : v.n < size - 1 ? v.n : size - 1;

	if (n > 0)
		memcpy(to, v.p, n);
	to[n] = '\0';
}

static struct date
month_end(struct date month)
{

	month.d = (uint8_t)date_days_in_month(month.y, month.m);
	return month;
}

/* --- the head of a declaration --- */

static void
check_head(struct dsn_reader *r)
{
	const struct dsn_id *id = &r->d.id;
	bool empty = id->type == DSN_EMPTY || id->type == DSN_REPLACES_EMPTY;
	struct dsn_value replaced = dsn_held(&r->tree, 6);

	if (empty && id->nature != DSN_MONTHLY)
		dsn_note(&r->notes, C_TYPE_EMPTY, dsn_held_line(&r->tree, 2));
	if (id->type == DSN_CANCELS && id->nature == DSN_MONTHLY)
		dsn_note(&r->notes, C_TYPE_04, dsn_held_line(&r->tree, 2));
	if (replaced.p != NULL && (id->type == DSN_NORMAL ||
	    id->type == DSN_EMPTY))
		dsn_note(&r->notes, C_REPLACED, dsn_held_line(&r->tree, 6));
	if (date_is(id->month) && date_is(id->made_on) &&
	    date_cmp(id->month, id->made_on) > 0)
		dsn_note(&r->notes, T_FUTURE, dsn_held_line(&r->tree, 5));
	if (r->neant && !empty)
		dsn_note(&r->notes, C_S10_008, dsn_held_line(&r->tree, 2));
}

static void
head_left(struct dsn_reader *r)
{
	const struct dsn_tree *t = &r->tree;
	struct dsn_value replaced = dsn_held(t, 6);
	struct dsn_id *id = &r->d.id;
	int64_t nature = dsn_number(dsn_held(t, 1), 0);

	r->in_scope = nature == DSN_MONTHLY || nature == DSN_SUBSTITUTION;
	r->tree.whole = r->in_scope;
	if (!r->in_scope)
		return;
	id->nature = (enum dsn_nature)nature;
	id->type = (enum dsn_type)dsn_number(dsn_held(t, 2), 0);
	id->fraction = (uint8_t)dsn_number(dsn_held(t, 3), 0);
	id->order = dsn_number(dsn_held(t, 4), 0);
	id->month = dsn_date(dsn_held(t, 5));
	id->made_on = dsn_date(dsn_held(t, 7));
	if (replaced.p != NULL) {
		id->replaced_made_on = dsn_date((struct dsn_value){
		    replaced.p, 8 });
		id->replaced_order = dsn_number((struct dsn_value){
		    replaced.p + 8, replaced.n - 8 }, 0);
	}
	if (date_is(id->month))
		r->month_end = month_end(id->month);
	check_head(r);
}

static void
firm_left(struct dsn_reader *r)
{

	copy(r->d.id.siren, sizeof r->d.id.siren, dsn_held(&r->tree, 1));
	r->siren_whole = dsn_held(&r->tree, 1).n < sizeof r->d.id.siren;
	if (r->d.id.siren[0] != '\0' && !siren_valid(r->d.id.siren))
		dsn_note(&r->notes, C_SIREN, dsn_held_line(&r->tree, 1));
}

static void
establishment_left(struct dsn_reader *r)
{

	copy(r->d.id.nic, sizeof r->d.id.nic, dsn_held(&r->tree, 1));
	r->siret_whole = r->siren_whole &&
	    dsn_held(&r->tree, 1).n < sizeof r->d.id.nic;
	(void)snprintf(r->siret, sizeof r->siret, "%s%s", r->d.id.siren,
	    r->d.id.nic);
	if (r->d.id.nic[0] != '\0' && siren_valid(r->d.id.siren) &&
	    !siret_valid(r->siret))
		dsn_note(&r->notes, C_NIC, dsn_held_line(&r->tree, 1));
}

/* A place where somebody works: S21.G00.85. */
static void
place_left(struct dsn_reader *r)
{
	struct dsn_value id = dsn_held(&r->tree, 1);
	char text[15], siren[10];
	struct dsn_entry *e;
	bool new;

	if (id.p == NULL)
		return;
	if ((e = dsn_set_add(&r->places, id, &new)) == NULL) {
		r->sum.no_memory = true;
		return;
	}
	e->defined = true;
	if (!dsn_is(dsn_held(&r->tree, 10), "01"))
		return;
	copy(text, sizeof text, id);
	(void)snprintf(siren, sizeof siren, "%.9s", text);
	if (!siren_valid(siren))
		dsn_note(&r->notes, C_USER_SIREN, dsn_held_line(&r->tree, 1));
	else if (!siret_valid(text))
		dsn_note(&r->notes, C_USER_SIRET, dsn_held_line(&r->tree, 1));
}

static void
emitter_left(struct dsn_reader *r)
{
	char siren[10];

	copy(siren, sizeof siren, dsn_held(&r->tree, 1));
	if (siren[0] != '\0' && !siren_valid(siren))
		dsn_note(&r->notes, C_EMITTER, dsn_held_line(&r->tree, 1));
}

/* --- the end of a declaration --- */

static void
check_places(struct dsn_reader *r)
{
	const struct dsn_entry *e;
	uint32_t i;

	if (r->places.used == 0)
		return;
	for (i = 0; i < r->places.slots; i++) {
		e = &r->places.slot[i];
		if (e->value.p == NULL || e->defined)
			continue;
		if (e->place_line != 0)
			dsn_note(&r->notes, C_PLACE, e->place_line);
		if (e->user_line != 0)
			dsn_note(&r->notes, C_USER, e->user_line);
	}
}

static void
check_individuals(struct dsn_reader *r)
{
	enum dsn_type type = r->d.id.type;

	if (r->d.individuals == 0 &&
	    (type == DSN_NORMAL || type == DSN_REPLACES))
		dsn_note(&r->notes, C_TYPE_NOBODY, r->d.first_line);
	if (r->d.individuals > 0 &&
	    (type == DSN_EMPTY || type == DSN_REPLACES_EMPTY))
		dsn_note(&r->notes, T_SOMEBODY, r->d.first_line);
}

static void
hand_over(struct dsn_reader *r)
{
	struct dsn_report *report = r->notes.report;
	enum dsn_outcome outcome = DSN_APPLIED;

	if (r->d.id.type == DSN_CANCELS)
		dsn_sum_empty(&r->sum);	/* it takes back, it adds nothing */
	r->d.aggregate = r->sum.aggregate;
	r->d.aggregates = (size_t)r->sum.aggregates;
	r->d.share = r->sum.share;
	r->d.bytes = (uint64_t)(r->at - r->bytes);
	r->d.rate = r->sum.rate;
	r->rc = r->handler->declaration(r->handler->ctx, &r->d, &outcome,
	    r->err);
	if (r->rc != TAPR_OK)
		return;
	report->applied += outcome == DSN_APPLIED;
	report->unchanged += outcome == DSN_UNCHANGED;
	report->waiting += outcome == DSN_WAITING;
	report->set_aside += outcome == DSN_SET_ASIDE;
}

static void
declaration_closed(struct dsn_reader *r)
{
	struct dsn_report *report = r->notes.report;

	r->tree.whole = false;
	r->d.last_line = r->line - 1;
	if (r->in_scope) {
		check_places(r);
		check_individuals(r);
	}
	if (r->sum.overflow)
		dsn_note(&r->notes, T_SUM, r->d.first_line);
	report->read++;
	if (r->sum.no_memory && r->rc == TAPR_OK)
		r->rc = no_memory(r->err);
	if (r->rc != TAPR_OK)
		return;
	/* Of a wrong form it may be any number: then it is not repeated. */
	if (r->siret_whole && siret_valid(r->siret))
		dsn_report_name(report, r->told, r->siret);
	if (r->notes.blocked) {
		report->set_aside++;
	} else if (!r->in_scope) {
		report->events++;
		report->unchanged++;
	} else {
		hand_over(r);
	}
}

/* A declaration begins: nothing is left of the one before. */
static void
declaration_begins(struct dsn_reader *r)
{

	dsn_sum_empty(&r->sum);
	dsn_set_empty(&r->places);
	dsn_set_empty(&r->nirs);
	r->d = (struct dsn_declaration){ .first_line =
	    dsn_block_line(&r->tree) };
	(void)snprintf(r->d.norm, sizeof r->d.norm, "%s", r->tree.norm->name);
	r->month_end = DATE_OPEN;
	r->siret[0] = '\0';
	r->siren_whole = r->siret_whole = false;
	r->who.contracts = 0;
	r->told = r->notes.report->findings;
	r->in_declaration = true;
}

/* --- blocks --- */

static void
left(void *ctx, unsigned code)
{
	struct dsn_reader *r = ctx;

	switch (code) {
	case 1000:
	case 1001:
	case 1002:
		if (code == 1001)
			emitter_left(r);
		r->head_blocked |= r->notes.blocked;
		return;
	case 2005:
		declaration_begins(r);
		head_left(r);
		return;
	}
	if (!r->in_scope || !r->in_declaration)
		return;
	switch (code) {
	case 2106:
		firm_left(r);
		break;
	case 2111:
		establishment_left(r);
		break;
	case 2130:
		dsn_person_left(r);
		break;
	case 2140:
		dsn_contract_left(r);
		break;
	case 2151:
		dsn_pay_left(r);
		break;
	case 2153:
		dsn_activity_left(r);
		break;
	case 2160:
		dsn_stop_left(r);
		break;
	case 2162:
		dsn_end_left(r);
		break;
	case 2178:
		dsn_base_left(r);
		break;
	case 2181:
		dsn_contribution_left(r);
		break;
	case 2185:
		place_left(r);
		break;
	case 2195:
		dsn_misdeclared_left(r);
		break;
	}
}

static void
closed(void *ctx, unsigned code)
{
	struct dsn_reader *r = ctx;

	if (code == 2130 && r->in_scope && r->in_declaration)
		dsn_person_end(r);
	if (code != 2005)
		return;
	declaration_closed(r);
	r->in_declaration = r->in_scope = false;
	r->notes.blocked = r->head_blocked;
}

/* --- envois --- */

/* Reads an envoi that was found whole. */
static int
read_envoi(struct dsn_reader *r, const struct dsn_envoi *e,
    const struct dsn_norm *norm)
{
	struct dsn_cursor c = { e->from.p, e->to.p, e->from.line };
	struct dsn_line line;
	const char *p;
	size_t n;

	r->notes.norm = norm;
	r->notes.blocked = r->head_blocked = false;
	r->neant = e->neant;
	r->in_declaration = r->in_scope = false;
	r->tree.whole = false;
	dsn_tree_start(&r->tree, norm);
	for (r->line = c.line; r->rc == TAPR_OK && dsn_next_line(&c, &p, &n);
	    r->line = c.line) {
		r->at = p;
		if (dsn_line_cut(p, n, &line))	/* it was looked at */
			dsn_tree_line(&r->tree, &line, r->line);
	}
	if (r->rc == TAPR_OK)
		dsn_tree_end(&r->tree);
	return r->rc;
}

/* An envoi that cannot be read: told, counted, and err says the first. */
static void
refuse_envoi(struct dsn_reader *r, const struct dsn_envoi *e,
    const char *name, enum dsn_rule rule, long line, struct err *first)
{
	struct dsn_report *report = r->notes.report;

	r->notes.norm = NULL;
	dsn_note(&r->notes, rule, line);
	report->envois_refused++;
	report->read += e->declarations;
	report->set_aside += e->declarations;
	if (first->code == TAPR_OK) {
		err_fill(first, TAPR_EINVAL, NULL, "%s : %s",
		    dsn_rule_text(rule)->rule, dsn_rule_text(rule)->text);
		err_prefix(first, "%s:%ld", name, line);
	}
}

static int
take_envoi(struct dsn_reader *r, const struct dsn_envoi *e,
    struct dsn_norms *norms, const char *name, struct err *first)
{
	struct err err = { 0 };
	const struct dsn_norm *norm;
	int rc;

	r->notes.report->envois++;
	if (e->refused != DSN_RULES) {
		refuse_envoi(r, e, name, e->refused, e->refused_line, first);
		return TAPR_OK;
	}
	if (e->norm.p == NULL) {
		refuse_envoi(r, e, name, T_NORM, e->from.line, first);
		return TAPR_OK;
	}
	rc = dsn_norms_get(norms, e->norm.p, e->norm.n, &norm, &err);
	if (rc == TAPR_OK)
		return read_envoi(r, e, norm);
	if (err.code == TAPR_ELAW && first->code == TAPR_OK) {
		*first = err;	/* names the file to add */
		err_prefix(first, "%s:%ld", name, e->norm_line);
	}
	if (err.code == TAPR_ELAW || strcmp(err.where, "S10.G00.00.006") == 0) {
		refuse_envoi(r, e, name, T_NORM, e->norm_line, first);
		return TAPR_OK;
	}
	*r->err = err;		/* our own table is wrong, or no memory */
	return rc;
}

/* What shows at the first bytes that this is no text in ISO-8859-1. */
static int
check_start(const char *name, const char *p, size_t n, struct err *err)
{

	if (n == 0)
		return err_set(err, TAPR_EINVAL, name,
		    "le fichier est vide ; déposez une DSN");
	if ((n >= 2 && (memcmp(p, "\xff\xfe", 2) == 0 ||
	    memcmp(p, "\xfe\xff", 2) == 0)) ||
	    (n >= 4 && (p[0] == '\0' || p[1] == '\0')))
		return err_set(err, TAPR_EINVAL, name, "le fichier est en "
		    "UTF-16 ; la norme veut ISO-8859-1 : redemandez-le ou "
		    "convertissez-le");
	if (n >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
		return err_set(err, TAPR_EINVAL, name, "le fichier est en "
		    "UTF-8 (il commence par une marque d'ordre des octets) ; "
		    "la norme veut ISO-8859-1 : redemandez-le ou "
		    "convertissez-le");
	return TAPR_OK;
}

static int
read_file(struct dsn_reader *r, struct dsn_norms *norms, const char *name,
    const char *bytes, size_t n, struct err *err)
{
	struct dsn_report *report = r->notes.report;
	struct dsn_cursor c = { bytes, bytes + n, 1 };
	uint64_t envois = report->envois, refused = report->envois_refused;
	struct err first = { 0 };
	struct dsn_envoi e;
	int rc;

	while (dsn_envoi_next(&c, &e))
		if ((rc = take_envoi(r, &e, norms, name, &first)) != TAPR_OK)
			return rc;
	report->lines += (uint64_t)(c.line - 1);
	if (report->envois == envois)
		return err_set(err, TAPR_EINVAL, name, "ce fichier n'est pas "
		    "une DSN : aucune ligne S10.G00.00");
	if (report->envois - envois > report->envois_refused - refused)
		return TAPR_OK;
	assert(first.code != TAPR_OK);
	if (err != NULL && err->code == TAPR_OK)
		*err = first;
	return first.code;
}

int
dsn_read(struct dsn_norms *norms, const char *name, const char *bytes,
    size_t n, const struct dsn_handler *handler, struct dsn_report *report,
    struct err *err)
{
	struct dsn_reader *r;
	struct err own = { 0 };
	int rc;

	if ((rc = check_start(name, bytes, n, err)) != TAPR_OK)
		return rc;
	if ((r = calloc(1, sizeof *r)) == NULL)
		return no_memory(err);
	r->handler = handler;
	r->bytes = r->at = bytes;
	r->err = err != NULL ? err : &own;
	r->notes.report = report;
	r->tree.notes = &r->notes;
	r->tree.left = left;
	r->tree.closed = closed;
	r->tree.ctx = r;
	rc = read_file(r, norms, name, bytes, n, r->err);
	dsn_sum_free(&r->sum);
	dsn_set_free(&r->places);
	dsn_set_free(&r->nirs);
	free(r);
	return rc;
}
