/*
 * ledger.c -- the register of transmissions, to be read.
 */
#include "exchange/ledger.h"

#include <string.h>

#include "store/fund.h"
#include "store/row.h"

/* What JSON says of a row, besides its day. */
static const struct { int column; const char *name; } members[] = {
	{ SENT_NUMBER, "number" }, { SENT_FLOW, "flow" },
	{ SENT_RECIPIENT, "recipient" }, { SENT_PERIOD, "period" },
	{ SENT_OBJECT, "object" }, { SENT_REQUEST, "request" },
	{ SENT_ACT, "act" }, { SENT_ROWS, "rows" },
	{ SENT_WIDENED, "widened" }, { SENT_SUPPRESSED, "suppressed" },
	{ SENT_DIGEST, "sha256" }, { SENT_FILE, "file" },
	{ SENT_AUTHOR, "author" },
};

static void
row_json(struct str *out, const struct value *v, const char *day)
{
	str_printf(out, "{\"on\": \"%s\"", day);
	for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
		const struct value *at = &v[members[i].column];

		str_printf(out, ", \"%s\": ", members[i].name);
		if (at->kind == VALUE_INT)
			str_printf(out, "%lld", (long long)at->i);
		else
			str_add_json(out, at->kind == VALUE_NULL ? NULL :
			    at->s);
	}
	str_add(out, "}");
}

static void
row_text(struct str *out, const struct value *v, const char *day)
{
	int64_t rows = value_or(&v[SENT_ROWS], 0);

	str_printf(out, "%lld  %s  %s vers %s", (long long)value_or(
	    &v[SENT_NUMBER], 0), day, value_or_empty(&v[SENT_FLOW]),
	    value_or_empty(&v[SENT_RECIPIENT]));
	if (v[SENT_PERIOD].kind != VALUE_NULL)
		str_printf(out, ", période %s",
		    value_or_empty(&v[SENT_PERIOD]));
	if (v[SENT_OBJECT].kind != VALUE_NULL)
		str_printf(out, ", %s", value_or_empty(&v[SENT_OBJECT]));
	str_printf(out, ", %lld ligne%s (%lld moins précises, %lld "
	    "retirées), par %s\n    %s  %s\n", (long long)rows, plural(rows),
	    (long long)value_or(&v[SENT_WIDENED], 0),
	    (long long)value_or(&v[SENT_SUPPRESSED], 0),
	    value_or_empty(&v[SENT_AUTHOR]),
	    value_or_empty(&v[SENT_DIGEST]), value_or_empty(&v[SENT_FILE]));
}

static int
show_rows(struct fund *f, const char *flow, bool json, struct str *out,
    struct err *err)
{
	const struct row *row;
	struct rows *rows;
	char day[DATE_TEXT_MAX];
	int64_t known;
	int n = 0, rc;

	if ((rc = batch_known(f->store, &known, err)) != TAPR_OK ||
	    (rc = rows_open(f->store, TABLE_TRANSMISSION, known, NULL, 0,
	    &rows, err)) != TAPR_OK)
		return rc;
	while ((rc = rows_next(rows, &row, err)) == TAPR_OK && row != NULL) {
		const struct value *v = row->value;

		if (row->damaged) {
			rc = err_set(err, TAPR_EIO, "transmission", "une ligne "
			    "du registre des envois est abîmée : restaurez "
			    "une sauvegarde");
			break;
		}
		if (flow != NULL &&
		    strcmp(flow, value_or_empty(&v[SENT_FLOW])) != 0)
			continue;
		(void)date_text(value_to_date(&v[SENT_ON_DATE]), day);
		if (json) {
			str_add(out, n > 0 ? ",\n" : "");
			row_json(out, v, day);
		} else
			row_text(out, v, day);
		n++;
	}
	rows_free(rows);
	if (rc == TAPR_OK && n == 0 && !json)
		str_add(out, "Aucun envoi.\n");
	return rc;
}

int
ledger_show(const struct place *place, const char *flow, bool json,
    struct str *out, struct err *err)
{
	struct fund f = { .lock = -1 };
	int rc;

	str_add(out, json ? "{\"transmissions\": [" : "");
	if ((rc = fund_open(place, STORE_READ, &f, err)) == TAPR_OK)
		rc = show_rows(&f, flow, json, out, err);
	str_add(out, json ? "]}\n" : "");
	fund_close(&f);
	return rc;
}
