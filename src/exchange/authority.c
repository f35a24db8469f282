/*
 * authority.c -- which flows are open.
 *
 * At most one row of a flow and recipient has no end; a flow closed and opened
 * again on the same day is the same row, told anew.
 */
#include "exchange/authority.h"

#include <string.h>

#include "store/fund.h"

struct opening {
	struct fund			 fund;
	int64_t				 known;
	const struct exchange_flow	*flow;
	const char			*recipient;
	struct authority		 now;
};

/* ---- what is in force ---------------------------------------------------- */

int
authority_find(struct store *s, int64_t known,
    const struct exchange_flow *flow, const char *recipient,
    struct authority *ret, struct err *err)
{
	const struct value key[] = { value_text(flow->code),
		value_text(recipient) };
	struct value from = value_null();
	const struct row *row;
	struct rows *rows;
	int rc;

	memset(ret, 0, sizeof *ret);
	if ((rc = rows_open(s, TABLE_EXCHANGE_AUTHORITY, known, key, 2, &rows,
	    err)) != TAPR_OK)
		return rc;
	while ((rc = rows_next(rows, &row, err)) == TAPR_OK && row != NULL) {
		if (row->damaged) {
			rc = err_set(err, TAPR_EIO, "exchange_authority",
			    "une ligne du registre est abîmée ; rien ne part : "
			    "restaurez une sauvegarde");
			break;
		}
		if (row->value[AUTH_ENDED_ON].kind == VALUE_NULL)
			from = row->value[AUTH_FROM_ON];
	}
	rows_free(rows);
	if (rc != TAPR_OK || from.kind == VALUE_NULL)
		return rc;
	return fact_get(s, TABLE_EXCHANGE_AUTHORITY, known,
	    (struct value[]){ key[0], key[1], from }, ret->text, &ret->row,
	    &ret->found, err);
}

int
authority_refuse(const struct exchange_flow *flow, const char *recipient,
    struct err *err)
{
	return err_set(err, TAPR_EINVAL, flow->code, "cet échange est fermé"
	    "%s%s : il manque l'acte qui l'autorise, sa date et son "
	    "signataire ; « tapr exchange enable %s --act RÉFÉRENCE --act-date "
	    "AAAA-MM-JJ --signatory NOM%s »", flow->sealed ? " vers " : "",
	    flow->sealed ? str_brief(recipient).text : "", flow->code,
	    flow->sealed ? " --recipient CAISSE --key CLÉ" : "");
}

/* ---- opening and closing -------------------------------------------------- */

static int
check_recipient(const struct opening *o, const char *given, struct err *err)
{
	const char *plain = "abcdefghijklmnopqrstuvwxyz0123456789-";

	if (!o->flow->sealed && given != NULL)
		return err_set(err, TAPR_EINVAL, o->flow->code, "le "
		    "destinataire de cet échange est déclaré : %s, et aucun "
		    "autre", o->flow->recipient);
	if (o->flow->sealed && (given == NULL || given[0] == '\0' ||
	    strlen(given) >= FUND_CODE_MAX ||
	    given[strspn(given, plain)] != '\0'))
		return err_set(err, TAPR_EINVAL, o->flow->code, "pour quelle "
		    "caisse ? donnez --recipient et son code de "
		    "law/funds.csv");
	return TAPR_OK;
}

static int
start(const struct place *place, const struct exchanges *law,
    const struct authority_act *act, struct opening *o, struct err *err)
{
	int rc;

	memset(o, 0, sizeof *o);
	o->fund.lock = -1;
	if ((rc = exchanges_find(law, act->flow, &o->flow, err)) != TAPR_OK ||
	    (rc = check_recipient(o, act->recipient, err)) != TAPR_OK)
		return rc;
	o->recipient = act->recipient == NULL ? o->flow->recipient :
	    act->recipient;
	if ((rc = fund_open(place, STORE_WRITE, &o->fund, err)) != TAPR_OK ||
	    (rc = batch_known(o->fund.store, &o->known, err)) != TAPR_OK)
		return rc;
	return authority_find(o->fund.store, o->known, o->flow, o->recipient,
	    &o->now, err);
}

static int
put(struct opening *o, const char *kind, const struct value *row,
    struct err *err)
{
	struct batch_about about = { .kind = kind, .actor = o->fund.actor,
	    .known_on = o->fund.today, .entry = o->fund.entry };
	struct batch b;
	enum put put;
	int rc;

	if ((rc = batch_start(o->fund.store, &about, &b, err)) != TAPR_OK)
		return rc;
	if ((rc = fact_put(&b, TABLE_EXCHANGE_AUTHORITY, row, 0, &put, err)) !=
	    TAPR_OK) {
		batch_drop(&b);
		return rc;
	}
	return batch_publish(&b, NULL, err);
}

static bool
is_given(const char *text)
{
	return text != NULL && text[0] != '\0' &&
	    strlen(text) <= AUTHORITY_TEXT_MAX &&
	    utf8_valid(text, strlen(text), NULL);
}

/* 64 hexadecimal digits, for a sealed flow and no other. */
static int
check_key(const struct opening *o, const char *key, struct err *err)
{
	if (!o->flow->sealed)
		return key == NULL ? TAPR_OK : err_set(err, TAPR_EINVAL,
		    o->flow->code, "cet échange n'est pas scellé : il n'a pas "
		    "de clé");
	if (key == NULL || strlen(key) != 2 * AUTHORITY_KEY_BYTES ||
	    strspn(key, "0123456789abcdef") != 2 * AUTHORITY_KEY_BYTES)
		return err_set(err, TAPR_EINVAL, o->flow->code, "la clé "
		    "publique du destinataire est attendue par --key : 64 "
		    "chiffres hexadécimaux, en minuscules");
	return TAPR_OK;
}

static int
check_act(const struct opening *o, const struct authority_act *a,
    struct err *err)
{
	if (!is_given(a->act) || !is_given(a->signatory) ||
	    !date_is(a->act_on))
		return err_set(err, TAPR_EINVAL, o->flow->code, "il manque "
		    "%s%s%s : un échange ne s'ouvre que par un acte, daté et "
		    "signé (%d caractères au plus)", is_given(a->act) ? "" :
		    "--act ", date_is(a->act_on) ? "" : "--act-date ",
		    is_given(a->signatory) ? "" : "--signatory ",
		    AUTHORITY_TEXT_MAX);
	if (date_cmp(a->act_on, o->fund.today) > 0)
		return err_set(err, TAPR_EINVAL, o->flow->code, "l'acte est "
		    "daté d'un jour à venir : il n'autorise encore rien");
	if (o->now.found)
		return err_set(err, TAPR_EINVAL, o->flow->code, "cet échange "
		    "est déjà ouvert ; pour un autre acte, fermez-le d'abord : "
		    "« tapr exchange disable »");
	return check_key(o, a->key, err);
}

static int
do_open(struct opening *o, const struct authority_act *a, struct str *out,
    struct err *err)
{
	struct value row[AUTH_COLUMNS] = {
		[AUTH_FLOW] = value_text(o->flow->code),
		[AUTH_RECIPIENT] = value_text(o->recipient),
		[AUTH_FROM_ON] = value_date(o->fund.today),
		[AUTH_ACT] = value_text(a->act),
		[AUTH_ACT_ON] = value_date(a->act_on),
		[AUTH_SIGNATORY] = value_text(a->signatory),
		[AUTH_KEY] = value_text(a->key),
		[AUTH_AUTHOR] = value_text(o->fund.actor),
	};
	int rc;

	if ((rc = check_act(o, a, err)) != TAPR_OK ||
	    (rc = put(o, "exchange enable", row, err)) != TAPR_OK)
		return rc;
	str_printf(out, "%s : ouvert vers %s\n", o->flow->code, o->recipient);
	return TAPR_OK;
}

static int
do_close(struct opening *o, const struct authority_act *a, struct str *out,
    struct err *err)
{
	struct value row[AUTH_COLUMNS];
	int rc;

	if (!o->now.found)
		return err_set(err, TAPR_EINVAL, o->flow->code, "cet échange "
		    "est déjà fermé");
	if (!is_given(a->reason))
		return err_set(err, TAPR_EINVAL, o->flow->code, "pourquoi ? "
		    "donnez --reason (%d caractères au plus)",
		    AUTHORITY_TEXT_MAX);
	memcpy(row, o->now.row.value, sizeof row);
	row[AUTH_ENDED_ON] = value_date(o->fund.today);
	row[AUTH_ENDED_BY] = value_text(o->fund.actor);
	row[AUTH_REASON] = value_text(a->reason);
	if ((rc = put(o, "exchange disable", row, err)) != TAPR_OK)
		return rc;
	str_printf(out, "%s : fermé vers %s\n", o->flow->code, o->recipient);
	return TAPR_OK;
}

int
authority_open(const struct place *place, const struct exchanges *law,
    const struct authority_act *act, struct str *out, struct err *err)
{
	struct opening o;
	int rc;

	if ((rc = start(place, law, act, &o, err)) == TAPR_OK)
		rc = do_open(&o, act, out, err);
	fund_close(&o.fund);
	return rc;
}

int
authority_close(const struct place *place, const struct exchanges *law,
    const struct authority_act *act, struct str *out, struct err *err)
{
	struct opening o;
	int rc;

	if ((rc = start(place, law, act, &o, err)) == TAPR_OK)
		rc = do_close(&o, act, out, err);
	fund_close(&o.fund);
	return rc;
}
