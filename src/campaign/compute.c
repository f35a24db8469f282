/*
 * compute.c -- the rates of a campaign, in parallel.
 *
 * Most establishments are small and pay the collective rate of their risk: for
 * them rate_compute_kept() is asked once for each set of facts that can make a
 * difference (memo.h), and the answer copied.  A test computes everything
 * both ways.  The members of a single rate have the same rate: it is computed
 * for the first one met.
 */
#include "campaign/compute.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "campaign/campaign.h"
#include "campaign/memo.h"
#include "tariff/kept.h"
#include "tariff/rate.h"

enum { THREADS_MAX = 64, ARENA_MAX = 1 << 30, TELL_EVERY = 1 << 14 };

/* The columns as they are filled. */
struct columns {
	uint8_t		*mode, *decimals, *negative, *exact, *trace;
	int32_t		*value;
	int64_t		*contribution;
	uint32_t	*reason;	/* of the thread, until they are joined */
};

struct worker {
	pthread_t		 thread;
	const struct inputs	*in;
	struct kept		 kept;
	const struct compute_how *how;
	struct columns		*c;
	uint64_t		 from, to;
	struct arena		*arena;
	struct memo		*memo;		/* NULL: plain */
	enum sha256_way		 way;
	struct reasons		 reasons;
	struct err		 err, why;	/* why a rate was refused */
	int			 rc;
	bool			 first;		/* the one that tells */
};

/* ---- one section -------------------------------------------------------------- */

static const char *const stops[STOPS] = {
	[STOP_DAMAGED] = "données abîmées : une ligne du registre ne répond "
	    "plus à sa somme de contrôle ; restaurez-la ou importez-la à "
	    "nouveau, puis gelez à nouveau",
	[STOP_NO_ESTABLISHMENT] = "établissement classé mais absent du "
	    "registre ; importez-le (SIRENE) ou créez-le",
	[STOP_CONTRADICTION] = "faits contradictoires (classement, effectifs, "
	    "masse salariale ou sinistre) ; corrigez-les à la source",
};

static int
refuse(struct worker *w, const char *text, struct outcome *ret)
{
	memset(ret, 0, sizeof *ret);
	ret->reason = reasons_add(&w->reasons, text);
	if (ret->reason == NO_NUMBER)
		return err_set(&w->err, TAPR_EIO, NULL,
		    "mémoire insuffisante");
	return TAPR_OK;
}

static int
refuse_because(struct worker *w, struct outcome *ret)
{
	char text[ERR_PATH_MAX + ERR_TEXT_MAX + 8];
	const char *where = w->why.where;

	/* A reason is shared by all it stops: no claim is named in it. */
	if (strncmp(where, "claims.", strlen("claims.")) == 0)
		where = "claims";
	snprintf(text, sizeof text, "%s%s%s", where,
	    where[0] == '\0' ? "" : " : ", w->why.text);
	w->why = (struct err){ .code = TAPR_OK };
	return refuse(w, text, ret);
}

static void
keep_answer(const struct answer *ans, enum sha256_way way,
    struct outcome *ret)
{
	int64_t v = 0;

	memset(ret, 0, sizeof *ret);
	ret->reason = NO_NUMBER;
	ret->mode = (uint8_t)ans->mode;
	ret->decimals = (uint8_t)ans->notified_decimals;
	ret->negative = ans->notified.neg;
	memcpy(ret->exact, &ans->notified.num, sizeof ans->notified.num);
	memcpy(ret->exact + sizeof ans->notified.num, &ans->notified.den,
	    sizeof ans->notified.den);
	if (frac_scaled(ans->notified_rounded, 4, &v) && v >= INT32_MIN &&
	    v <= INT32_MAX)
		ret->value = (int32_t)v;
	trace_digest(ans, way, ret->trace);
}

/*
 * ${ret_mode}: the mode reached, MODE_NONE when not even that is decided; a
 * refusal before the individual part rests on what a memo holds.
 */
static int
full(struct worker *w, uint64_t i, struct outcome *ret, enum mode *ret_mode)
{
	struct facts facts;
	struct answer ans;
	int rc;

	arena_reset(w->arena);
	if ((rc = inputs_facts(w->in, i, w->arena, &facts, &w->err)) !=
	    TAPR_OK)
		return rc;
	rc = rate_compute_kept(&w->kept, &facts, w->arena, false, &ans,
	    &w->why);
	*ret_mode = ans.mode;
	if (rc == TAPR_OK) {
		keep_answer(&ans, w->way, ret);
		return TAPR_OK;
	}
	if (rc == TAPR_EIO) {
		w->err = w->why;
		return rc;
	}
	return refuse_because(w, ret);
}

static int
one(struct worker *w, uint64_t i, struct outcome *ret)
{
	struct memo_key key;
	struct outcome *known = NULL;
	enum mode mode = MODE_NONE;
	int rc;

	if (w->in->stop[i] != STOP_NONE)
		return refuse(w, stops[w->in->stop[i]], ret);
	if (w->memo == NULL || !memo_key(w->memo, w->in, i, &key))
		return full(w, i, ret, &mode);
	known = memo_find(w->memo, &key);
	if (known != NULL && known->kept) {
		*ret = *known;
		return TAPR_OK;
	}
	if ((rc = full(w, i, ret, &mode)) != TAPR_OK)
		return rc;
	if (known != NULL || memo_keep(w->memo, &key, ret,
	    key.shared || mode == MODE_NONE || mode == MODE_COLLECTIVE))
		return TAPR_OK;
	return err_set(&w->err, TAPR_EIO, NULL, "mémoire insuffisante");
}

/*
 * What a year of this rate brings on the last known payroll, to the cent, half
 * a cent up: cents times 1/10 000 of a percent, without overflow.
 */
static int64_t
contribution(int64_t cents, int32_t rate)
{
	const int64_t unit = 1000000;

	if (cents == NO_AMOUNT || rate < 0 ||
	    cents / unit > INT64_MAX / 2 / (rate + 1))
		return NO_AMOUNT;
	return cents / unit * rate +
	    (cents % unit * rate + unit / 2) / unit;
}

static void
store(struct columns *c, const struct inputs *in, uint64_t i,
    const struct outcome *o)
{
	c->mode[i] = o->mode;
	c->decimals[i] = o->decimals;
	c->negative[i] = o->negative;
	memcpy(c->exact + i * EXACT_BYTES, o->exact, EXACT_BYTES);
	memcpy(c->trace + i * SHA256_BYTES, o->trace, SHA256_BYTES);
	c->value[i] = o->value;
	c->reason[i] = o->reason;
	c->contribution[i] = o->mode == MODE_NONE ? NO_AMOUNT : contribution(
	    in->payroll[INPUTS_YEARS - 1][i], o->value);
}

static void *
work(void *arg)
{
	struct worker *w = arg;
	struct outcome o;

	for (uint64_t i = w->from; i < w->to; i++) {
		if ((w->rc = campaign_stopped(w->how->stop, &w->err)) !=
		    TAPR_OK || (w->rc = one(w, i, &o)) != TAPR_OK)
			break;
		store(w->c, w->in, i, &o);
		if (w->first && w->how->told != NULL &&
		    (i - w->from) % TELL_EVERY == 0)
			w->how->told(w->how->to, i - w->from,
			    w->to - w->from);
	}
	return NULL;
}

/* ---- all of them ---------------------------------------------------------------- */

static int
start(struct worker *w, const struct inputs *in, const struct law *law,
    const struct compute_how *how, struct columns *c, struct err *err)
{
	int rc;

	w->in = in;
	w->kept.law = law;
	w->kept.quiet = true;
	w->kept.code = calloc(KEPT_CODES, sizeof *w->kept.code);
	if (w->kept.code == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	w->how = how;
	w->c = c;
	w->way = trace_way();
	if ((w->arena = arena_new(ARENA_MAX)) == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	if (!how->plain &&
	    (rc = memo_new(law, in, &w->memo, err)) != TAPR_OK)
		return rc;
	return TAPR_OK;
}

static void
stop(struct worker *w)
{
	arena_free(w->arena);
	free(w->kept.code);
	memo_free(w->memo);
	reasons_free(&w->reasons);
}

/* The reasons of all, numbered as they come in the order of the sections. */
static int
join_reasons(struct worker *workers, int n, struct columns *c,
    struct arena *a, struct results *ret, struct err *err)
{
	struct reasons all = { 0 };
	char *text;

	for (int k = 0; k < n; k++)
		for (uint64_t i = workers[k].from; i < workers[k].to; i++) {
			if (c->reason[i] == NO_NUMBER)
				continue;
			c->reason[i] = reasons_add(&all,
			    workers[k].reasons.text + c->reason[i]);
			if (c->reason[i] == NO_NUMBER) {
				reasons_free(&all);
				return err_set(err, TAPR_EIO, NULL,
				    "mémoire insuffisante");
			}
		}
	text = arena_alloc(a, all.n + 1);
	if (text != NULL && all.n > 0)
		memcpy(text, all.text, all.n);
	ret->text = text;
	ret->text_n = all.n;
	reasons_free(&all);
	return TAPR_OK;
}

static int
run(struct worker *workers, int n, uint64_t sections, struct err *err)
{
	int started = 0, rc = TAPR_OK;

	for (int k = 0; k < n; k++) {
		workers[k].from = sections * (uint64_t)k / (uint64_t)n;
		workers[k].to = sections * ((uint64_t)k + 1) / (uint64_t)n;
		workers[k].first = k == 0;
	}
	while (started < n - 1 && pthread_create(&workers[started + 1].thread,
	    NULL, work, &workers[started + 1]) == 0)
		started++;
	(void)work(&workers[0]);
	for (int k = 1; k <= started; k++)
		(void)pthread_join(workers[k].thread, NULL);
	/* A thread that the system refused: its part here. */
	for (int k = started + 1; k < n; k++)
		(void)work(&workers[k]);
	for (int k = 0; k < n && rc == TAPR_OK; k++)
		if ((rc = workers[k].rc) != TAPR_OK)
			*err = workers[k].err;
	return rc;
}

static int
threads_of(const struct compute_how *how, uint64_t sections)
{
	long n = how->threads > 0 ? how->threads :
	    sysconf(_SC_NPROCESSORS_ONLN);

	n = n < 1 ? 1 : n > THREADS_MAX ? THREADS_MAX : n;
	return (uint64_t)n > sections + 1 ? (int)sections + 1 : (int)n;
}

static int
all(const struct inputs *in, const struct law *law,
    const struct compute_how *how, struct columns *c, struct arena *a,
    struct results *ret, struct err *err)
{
	int n = threads_of(how, in->sections), rc = TAPR_OK;
	struct worker *w = calloc((size_t)n + 1, sizeof *w);

	if (w == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	for (int k = 0; k < n && rc == TAPR_OK; k++)
		rc = start(&w[k], in, law, how, c, err);
	if (rc == TAPR_OK && (rc = run(w, n, in->sections, err)) == TAPR_OK)
		rc = join_reasons(w, n, c, a, ret, err);
	for (int k = 0; k < n; k++)
		stop(&w[k]);
	free(w);
	return rc;
}

int
compute(const struct inputs *in, const struct law *law,
    const struct compute_how *how, const char *inputs_digest,
    struct arena *a, struct results *ret, struct err *err)
{
	size_t n = in->sections + 1;
	struct columns c = {
		arena_alloc(a, n), arena_alloc(a, n), arena_alloc(a, n),
		arena_array(a, n, EXACT_BYTES),
		arena_array(a, n, SHA256_BYTES),
		arena_array(a, n, sizeof(int32_t)),
		arena_array(a, n, sizeof(int64_t)),
		arena_array(a, n, sizeof(uint32_t)),
	};
	int64_t *meta = arena_array(a, RESULTS_METAS, sizeof *meta);
	int rc;

	if (arena_failed(a))
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	memset(ret, 0, sizeof *ret);
	if ((rc = all(in, law, how, &c, a, ret, err)) != TAPR_OK)
		return rc;
	meta[RESULTS_META_FORMAT] = RESULTS_FORMAT;
	meta[RESULTS_META_YEAR] = in->meta[META_YEAR];
	ret->meta = meta;
	ret->n = in->sections;
	ret->mode = c.mode;
	ret->decimals = c.decimals;
	ret->negative = c.negative;
	ret->exact = c.exact;
	ret->value = c.value;
	ret->trace = c.trace;
	ret->contribution = c.contribution;
	ret->reason = c.reason;
	ret->inputs = arena_copy(a, inputs_digest, SHA256_HEX_MAX - 1);
	ret->inputs_n = SHA256_HEX_MAX;
	return arena_failed(a) ? err_set(err, TAPR_EIO, NULL,
	    "mémoire insuffisante") : TAPR_OK;
}
