/*
 * tapr.c -- the public face of the library: C strings in, C strings out.
 *
 * Nothing is computed here.  Each call has an arena of its own, so that a
 * failure frees all it took and threads share nothing but the law.
 */
#include "tapr.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/ids.h"
#include "base/str.h"
#include "facts/answer_json.h"
#include "facts/facts.h"
#include "law/law.h"
#include "tariff/collective.h"
#include "tariff/explain.h"
#include "tariff/rate.h"

#define ENGINE "tapr " TAPR_VERSION

enum {
	ARENA_MAX = 1 << 30,
	TEXT_MAX = 1 << 30,
};

struct tapr_law { struct law *law; };

const char *
tapr_version(void)
{
	return TAPR_VERSION;
}

static int
fail(struct tapr_error *error, const struct err *err)
{
	static const int status[] = {
		[TAPR_OK] = TAPR_DONE, [TAPR_EINVAL] = TAPR_BAD_INPUT,
		[TAPR_ELAW] = TAPR_LAW_GAP, [TAPR_ERANGE] = TAPR_TOO_LARGE,
		[TAPR_EIO] = TAPR_SYSTEM, [TAPR_EUSAGE] = TAPR_BAD_INPUT,
	};

	if (error != NULL) {
		error->status = status[err->code];
		memcpy(error->where, err->where, sizeof error->where);
		memcpy(error->text, err->text, sizeof error->text);
	}
	return status[err->code];
}

static int
no_memory(struct err *err)
{
	return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
}

int
tapr_law_open(const char *dir, const char *extra, struct tapr_law **ret,
    struct tapr_error *error)
{
	struct err err = { 0 };
	struct tapr_law *law = calloc(1, sizeof *law);

	*ret = NULL;
	if (law == NULL)
		(void)no_memory(&err);
	else if (law_open(dir, extra, &law->law, &err) == TAPR_OK) {
		*ret = law;
		return TAPR_DONE;
	}
	free(law);
	return fail(error, &err);
}

void
tapr_law_close(struct tapr_law *law)
{
	if (law == NULL)
		return;
	law_free(law->law);
	free(law);
}

const char *
tapr_law_version(const struct tapr_law *law)
{
	return law_version(law->law);
}

const char *
tapr_law_digest(const struct tapr_law *law)
{
	return law_digest(law->law);
}

void
tapr_free(char *text)
{
	free(text);
}

static int
read_facts(struct arena *a, const char *text, size_t n, struct facts *ret,
    struct err *err)
{
	struct json *doc;
	int rc = facts_parse(text, n, a, &doc, err);

	return rc != TAPR_OK ? rc : facts_read(doc, a, ret, err);
}

/* The text leaves the buffer to its caller, or nobody. */
static int
hand_over(struct str *out, char **ret, struct err *err)
{
	if (str_failed(out)) {
		str_free(out);
		return no_memory(err);
	}
	*ret = out->p;
	return TAPR_OK;
}

static int
rate_text(const struct law *law, struct arena *a, const char *text, size_t n,
    char **ret, struct err *err)
{
	struct facts facts;
	struct answer answer;
	struct str out;
	int rc;

	if ((rc = read_facts(a, text, n, &facts, err)) != TAPR_OK ||
	    (rc = rate_compute(law, &facts, a, true, &answer, err)) !=
	    TAPR_OK)
		return rc;
	str_init(&out, TEXT_MAX);
	answer_json(&out, &answer, law, ENGINE);
	return hand_over(&out, ret, err);
}

int
tapr_rate(const struct tapr_law *law, const char *facts, size_t n, char **ret,
    struct tapr_error *error)
{
	struct err err = { 0 };
	struct arena *a = arena_new(ARENA_MAX);
	int rc;

	*ret = NULL;
	rc = a == NULL ? no_memory(&err) :
	    rate_text(law->law, a, facts, n, ret, &err);
	arena_free(a);
	return rc == TAPR_OK ? TAPR_DONE : fail(error, &err);
}

struct text { const char *p; size_t n; };

static int
explain_text(const struct law *law, struct arena *a, struct text from,
    struct text to, char **ret, struct err *err)
{
	struct facts old, new;
	struct attribution *att = arena_alloc(a, sizeof *att);
	struct str out;
	int rc;

	if (att == NULL)
		return no_memory(err);
	if ((rc = read_facts(a, from.p, from.n, &old, err)) != TAPR_OK ||
	    (rc = read_facts(a, to.p, to.n, &new, err)) != TAPR_OK ||
	    (rc = explain_change(law, &old, &new, a, att, err)) != TAPR_OK)
		return rc;
	str_init(&out, TEXT_MAX);
	attribution_json(&out, att, law, ENGINE);
	return hand_over(&out, ret, err);
}

int
tapr_explain(const struct tapr_law *law, const char *from, size_t from_n,
    const char *to, size_t to_n, char **ret, struct tapr_error *error)
{
	struct err err = { 0 };
	struct arena *a = arena_new(ARENA_MAX);
	int rc;

	*ret = NULL;
	rc = a == NULL ? no_memory(&err) : explain_text(law->law, a,
	    (struct text){ from, from_n }, (struct text){ to, to_n }, ret,
	    &err);
	arena_free(a);
	return rc == TAPR_OK ? TAPR_DONE : fail(error, &err);
}

/* ---- the rate to declare ---------------------------------------------- */

static int
read_date(const char *text, const char *where, struct date *ret,
    struct err *err)
{
	if (text == NULL || !date_parse(text, strlen(text), ret))
		return err_set(err, TAPR_EINVAL, where,
		    "une date AAAA-MM-JJ est attendue");
	return TAPR_OK;
}

static int
check_question(const struct tapr_question *q, enum zone *ret, struct err *err)
{
	if (q->siret == NULL || !siret_valid(q->siret))
		return err_set(err, TAPR_EINVAL, "siret",
		    "un SIRET de 14 chiffres à la clé juste est attendu");
	if (q->section == NULL || (strcmp(q->section, "main") != 0 &&
	    strcmp(q->section, "support") != 0 &&
	    strcmp(q->section, "home") != 0))
		return err_set(err, TAPR_EINVAL, "section",
		    "main, support ou home est attendu");
	if (q->risk_code == NULL || code_form(q->risk_code) != CODE_FORM_OK)
		return err_set(err, TAPR_EINVAL, "risk_code",
		    "un code risque s'écrit sans point : 452BE");
	if (q->zone == NULL || (strcmp(q->zone, "general") != 0 &&
	    strcmp(q->zone, "alsace-moselle") != 0))
		return err_set(err, TAPR_EINVAL, "zone",
		    "general ou alsace-moselle est attendu");
	*ret = strcmp(q->zone, "general") == 0 ? ZONE_GENERAL :
	    ZONE_ALSACE_MOSELLE;
	return TAPR_OK;
}

/* The notified rate in force on ${on}: the latest that has taken effect. */
static int
find_notified(const struct tapr_notified *rates, size_t n,
    const struct tapr_question *q, struct date on,
    const struct tapr_notified **ret, struct err *err)
{
	struct date best = DATE_NONE, effective;
	int rc;

	*ret = NULL;
	for (size_t i = 0; i < n; i++) {
		if (strcmp(rates[i].siret, q->siret) != 0 ||
		    strcmp(rates[i].section, q->section) != 0 ||
		    strcmp(rates[i].risk_code, q->risk_code) != 0)
			continue;
		if ((rc = read_date(rates[i].effective_on,
		    "rates.effective_on", &effective, err)) != TAPR_OK)
			return rc;
		if (date_cmp(effective, on) > 0 || (*ret != NULL &&
		    date_cmp(effective, best) < 0))
			continue;
		best = effective;
		*ret = &rates[i];
	}
	return TAPR_OK;
}

static int
published(const struct law *law, const struct tapr_question *q,
    enum zone zone, struct date on, struct tapr_declared *ret,
    struct err *err)
{
	struct param rate;
	int64_t scaled;
	int rc;

	rc = strcmp(q->section, "support") == 0 ?
	    collective_support(law, zone, q->ctn, on, &rate, NULL, err) :
	    collective_published(law, zone, q->risk_code, on, &rate, err);
	if (rc != TAPR_OK)
		return rc;
	if (!frac_scaled(rate.exact, 4, &scaled) || scaled > INT32_MAX)
		return err_set(err, TAPR_ELAW, rate.row->file,
		    "ligne %ld : un taux a au plus quatre décimales",
		    rate.row->line);
	ret->rate = (int32_t)scaled;
	ret->notified = 0;
	date_text(rate.row->from, ret->effective_on);
	return TAPR_OK;
}

static int
declare(const struct law *law, const struct tapr_notified *rates, size_t n,
    const struct tapr_question *q, struct tapr_declared *ret, struct err *err)
{
	const struct tapr_notified *notified;
	enum zone zone;
	struct date on;
	int rc;

	if ((rc = check_question(q, &zone, err)) != TAPR_OK ||
	    (rc = read_date(q->pay_date, "pay_date", &on, err)) != TAPR_OK ||
	    (rc = find_notified(rates, n, q, on, &notified, err)) != TAPR_OK)
		return rc;
	if (notified == NULL)
		return published(law, q, zone, on, ret, err);
	ret->rate = notified->rate;
	ret->notified = 1;
	memcpy(ret->effective_on, notified->effective_on,
	    sizeof ret->effective_on);
	return TAPR_OK;
}

int
tapr_rate_to_declare(const struct tapr_law *law,
    const struct tapr_notified *rates, size_t n,
    const struct tapr_question *question, struct tapr_declared *ret,
    struct tapr_error *error)
{
	struct err err = { 0 };

	memset(ret, 0, sizeof *ret);
	return declare(law->law, rates, n, question, ret, &err) == TAPR_OK ?
	    TAPR_DONE : fail(error, &err);
}
