/* rating.c -- rates and attributions; see rating.h. */
#include "rating/rating.h"

#include "base/arena.h"
#include "doc/sheet.h"
#include "facts/answer_json.h"
#include "facts/facts.h"
#include "rating/load.h"
#include "tariff/explain.h"
#include "tariff/rate.h"

const char *
rating_engine(void)
{
	return "tapr " TAPR_VERSION;
}

int
rating_law(const char *dir, const char *extra, struct law **ret,
    struct err *err)
{
	return law_open(dir, extra, ret, err);
}

void
rating_law_free(struct law *law)
{
	law_free(law);
}

int
load_arena(struct arena **ret, struct err *err)
{
	*ret = arena_new((size_t)1 << 30);
	return *ret != NULL ? TAPR_OK :
	    err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
}

int
load_facts(const struct document *d, struct arena *a, struct facts *ret,
    struct err *err)
{
	struct json *doc;
	int rc = facts_parse(d->text, d->n, a, &doc, err);

	if (rc == TAPR_OK)
		rc = facts_read(doc, a, ret, err);
	return rc;
}

int
load_written(const struct str *out, struct err *err)
{
	return !str_failed(out) ? TAPR_OK : err_set(err, TAPR_EIO, NULL,
	    "mémoire insuffisante pour écrire la réponse");
}

static int
rate(const struct law *law, const struct document *d, enum format format,
    struct arena *a, struct str *out, struct err *err)
{
	struct facts facts;
	struct answer answer;
	int rc;

	if ((rc = load_facts(d, a, &facts, err)) != TAPR_OK ||
	    (rc = rate_compute(law, &facts, a, true, &answer, err)) !=
	    TAPR_OK)
		return rc;
	if (format == FORMAT_JSON) {
		answer_json(out, &answer, law, rating_engine());
		str_add_char(out, '\n');
	} else if (format == FORMAT_HTML)
		sheet_html(out, &answer, law, rating_engine());
	else
		sheet_text(out, &answer, law, rating_engine());
	return load_written(out, err);
}

int
rating_rate(const struct law *law, const struct document *facts,
    enum format format, struct str *out, struct err *err)
{
	struct arena *a;
	int rc;

	if ((rc = load_arena(&a, err)) != TAPR_OK)
		return rc;
	rc = rate(law, facts, format, a, out, err);
	arena_free(a);
	return rc == TAPR_OK ? rc : err_note(err, rc, "%s", facts->name);
}

static int
explain(const struct law *law, const struct document *from,
    const struct document *to, enum format format, struct arena *a,
    struct str *out, struct err *err)
{
	struct facts old, new;
	struct attribution *att = arena_alloc(a, sizeof *att);
	int rc;

	if (att == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	if ((rc = load_facts(from, a, &old, err)) != TAPR_OK)
		return err_note(err, rc, "%s", from->name);
	if ((rc = load_facts(to, a, &new, err)) != TAPR_OK)
		return err_note(err, rc, "%s", to->name);
	if ((rc = explain_change(law, &old, &new, a, att, err)) != TAPR_OK)
		return rc;
	if (format == FORMAT_JSON) {
		attribution_json(out, att, law, rating_engine());
		str_add_char(out, '\n');
	} else if (format == FORMAT_HTML)
		attribution_html(out, att, law, rating_engine());
	else
		attribution_text(out, att, law, rating_engine());
	return load_written(out, err);
}

int
rating_explain(const struct law *law, const struct document *from,
    const struct document *to, enum format format, struct str *out,
    struct err *err)
{
	struct arena *a;
	int rc;

	if ((rc = load_arena(&a, err)) != TAPR_OK)
		return rc;
	rc = explain(law, from, to, format, a, out, err);
	arena_free(a);
	return rc;
}
