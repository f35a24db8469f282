/*
 * authority_show.c -- what is declared, and what of it is open.
 */
#include <string.h>

#include "exchange/authority.h"
#include "store/fund.h"

struct showing {
	struct fund	 fund;
	int64_t		 known;
	bool		 json;
	struct str	*out;
};

static void
json_member(struct str *out, const char *name, const char *text)
{
	str_printf(out, "%s\"%s\": ", strcmp(name, "flow") == 0 ||
	    strcmp(name, "field") == 0 || strcmp(name, "recipient") == 0 ?
	    "" : ", ", name);
	str_add_json(out, text);
}

/* ---- who opened it -------------------------------------------------------- */

static void
opened(const struct showing *s, const struct value *v, int n)
{
	char from[DATE_TEXT_MAX], on[DATE_TEXT_MAX];

	(void)date_text(value_to_date(&v[AUTH_FROM_ON]), from);
	(void)date_text(value_to_date(&v[AUTH_ACT_ON]), on);
	if (!s->json) {
		str_printf(s->out, "    ouvert vers %s depuis le %s : %s, du "
		    "%s, signé par %s\n", value_or_empty(&v[AUTH_RECIPIENT]),
		    from, value_or_empty(&v[AUTH_ACT]), on,
		    value_or_empty(&v[AUTH_SIGNATORY]));
		return;
	}
	str_add(s->out, n > 0 ? ", {" : "{");
	json_member(s->out, "recipient", value_or_empty(&v[AUTH_RECIPIENT]));
	json_member(s->out, "from", from);
	json_member(s->out, "act", value_or_empty(&v[AUTH_ACT]));
	json_member(s->out, "act_on", on);
	json_member(s->out, "signatory", value_or_empty(&v[AUTH_SIGNATORY]));
	json_member(s->out, "author", value_or_empty(&v[AUTH_AUTHOR]));
	str_add(s->out, "}");
}

/* Each recipient to whom the flow is open. */
static int
show_openings(struct showing *s, const struct exchange_flow *f,
    struct err *err)
{
	struct value key = value_text(f->code);
	const struct row *row;
	struct rows *rows;
	int n = 0, rc;

	if ((rc = rows_open(s->fund.store, TABLE_EXCHANGE_AUTHORITY, s->known,
	    &key, 1, &rows, err)) != TAPR_OK)
		return rc;
	while ((rc = rows_next(rows, &row, err)) == TAPR_OK && row != NULL)
		if (!row->damaged &&
		    row->value[AUTH_ENDED_ON].kind == VALUE_NULL)
			opened(s, row->value, n++);
	rows_free(rows);
	if (rc == TAPR_OK && n == 0 && !s->json)
		str_add(s->out, "    fermé\n");
	return rc;
}

/* ---- what is declared ------------------------------------------------------ */

static void
show_field(struct showing *s, const struct exchange_field *f, bool first)
{
	if (!s->json) {
		str_printf(s->out, "    %-20s %-11s %s%s%s\n", f->name,
		    exchange_type_words[f->type], f->source, f->note[0] ==
		    '\0' ? "" : " ; ", f->note);
		return;
	}
	str_add(s->out, first ? "{" : ", {");
	json_member(s->out, "field", f->name);
	json_member(s->out, "type", exchange_type_words[f->type]);
	json_member(s->out, "source", f->source);
	str_printf(s->out, ", \"widen\": %d", f->widen);
	json_member(s->out, "note", f->note);
	str_add(s->out, "}");
}

static int
show_json(struct showing *s, const struct exchange_flow *f, struct err *err)
{
	int rc;

	str_add(s->out, "{");
	json_member(s->out, "flow", f->code);
	json_member(s->out, "label", f->label);
	str_add(s->out, ", \"to\": ");
	str_add_json(s->out, f->recipient);
	json_member(s->out, "basis", f->basis);
	json_member(s->out, "purpose", purpose_words[f->purpose]);
	json_member(s->out, "periodicity", f->period);
	json_member(s->out, "format", f->format);
	json_member(s->out, "level", exchange_level_words[f->level]);
	str_printf(s->out, ", \"held\": %s, \"open\": [",
	    f->held ? "true" : "false");
	if ((rc = show_openings(s, f, err)) != TAPR_OK)
		return rc;
	str_add(s->out, "], \"fields\": [");
	for (int i = 0; i < f->fields; i++)
		show_field(s, &f->field[i], i == 0);
	str_add(s->out, "]}");
	return TAPR_OK;
}

static int
show_flow(struct showing *s, const struct exchange_flow *f, bool fields,
    struct err *err)
{
	int rc;

	if (s->json)
		return show_json(s, f, err);
	str_printf(s->out, "%s : %s\n    vers %s ; finalité %s ; %s\n",
	    f->code, f->label, f->recipient, purpose_words[f->purpose],
	    f->basis);
	if ((rc = show_openings(s, f, err)) != TAPR_OK)
		return rc;
	for (int i = 0; fields && i < f->fields; i++)
		show_field(s, &f->field[i], i == 0);
	return TAPR_OK;
}

static int
show_all(struct showing *s, const struct exchanges *law, const char *flow,
    struct err *err)
{
	const struct exchange_flow *one = NULL;
	bool first = true;
	int rc;

	if (flow != NULL &&
	    (rc = exchanges_find(law, flow, &one, err)) != TAPR_OK)
		return rc;
	str_add(s->out, s->json ? "{\"flows\": [" : "");
	for (int i = 0; i < law->flows; i++) {
		if (one != NULL && law->flow[i] != one)
			continue;
		str_add(s->out, s->json && !first ? ",\n" : "");
		if ((rc = show_flow(s, law->flow[i], one != NULL, err)) !=
		    TAPR_OK)
			return rc;
		first = false;
	}
	str_add(s->out, s->json ? "]}\n" : "");
	return TAPR_OK;
}

int
authority_show(const struct place *place, const struct exchanges *law,
    const char *flow, bool json, struct str *out, struct err *err)
{
	struct showing s = { .json = json, .out = out };
	int rc;

	s.fund.lock = -1;
	if ((rc = fund_open(place, STORE_READ, &s.fund, err)) == TAPR_OK &&
	    (rc = batch_known(s.fund.store, &s.known, err)) == TAPR_OK)
		rc = show_all(&s, law, flow, err);
	fund_close(&s.fund);
	return rc;
}
