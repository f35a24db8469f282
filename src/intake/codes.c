/*
 * codes.c -- is a risk code of that CTN on that day?
 */
#include "intake/codes.h"

#include <stdlib.h>
#include <string.h>

struct code {
	const char	*code, *ctn;	/* of the law; ctn NULL: of every one */
	struct date	 from, to;
};

static int
by_code(const void *va, const void *vb)
{
	const struct code *a = va, *b = vb;
	int c = strcmp(a->code, b->code);

	return c != 0 ? c : date_cmp(a->from, b->from);
}

/* The rows of ${param}; the code is its key ${key}. */
static size_t
take(struct codes *c, const struct law *law, const char *param, size_t key,
    bool has_ctn)
{
	size_t p = law_param_number(law, param), n;

	if (p == law_param_count(law))
		return 0;
	n = law_row_count(law, p);
	for (size_t i = 0; c->code != NULL && i < n; i++) {
		const struct law_row *row = law_row_at(law, p, i);

		c->code[c->n++] = (struct code){ row->key[key],
		    has_ctn ? row->value : NULL, row->from, row->to };
	}
	return n;
}

/* The first day of the tariffs we hold, and the last. */
static void
covered(struct codes *c)
{
	c->first = c->last = DATE_NONE;
	for (size_t i = 0; i < c->n; i++) {
		if (!date_is(c->first) ||
		    date_cmp(c->code[i].from, c->first) < 0)
			c->first = c->code[i].from;
		if (date_cmp(c->code[i].to, c->last) > 0)
			c->last = c->code[i].to;
	}
	c->last = date_add_days(c->last, -1);
}

int
codes_load(struct codes *c, const struct law *law, struct err *err)
{
	size_t n;

	memset(c, 0, sizeof *c);
	n = take(c, law, "risk_codes", 0, true) +
	    take(c, law, "support_rates", 1, false);
	if ((c->code = calloc(n + 1, sizeof *c->code)) == NULL)
		return err_set(err, TAPR_EIO, "codes risque",
		    "mémoire insuffisante");
	(void)take(c, law, "risk_codes", 0, true);
	(void)take(c, law, "support_rates", 1, false);
	qsort(c->code, c->n, sizeof *c->code, by_code);
	covered(c);
	return TAPR_OK;
}

void
codes_free(struct codes *c)
{
	free(c->code);
	c->code = NULL;
}

/* The first row of ${risk_code}, c->n if there is none. */
static size_t
first_of(const struct codes *c, const char *risk_code)
{
	size_t low = 0, high = c->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(c->code[middle].code, risk_code) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < c->n && strcmp(c->code[low].code, risk_code) == 0 ?
	    low : c->n;
}

/* The row of ${risk_code} that holds on ${on}, NULL if there is none. */
static const struct code *
in_force(const struct codes *c, const char *risk_code, struct date on)
{
	size_t i = first_of(c, risk_code);
	bool before = date_cmp(on, c->first) < 0;

	if (date_cmp(on, c->last) > 0)
		on = c->last;
	for (; i < c->n && strcmp(c->code[i].code, risk_code) == 0; i++)
		if (before || date_in(on, c->code[i].from, c->code[i].to))
			return &c->code[i];
	return NULL;
}

enum fault_id
codes_check(const struct codes *c, const char *risk_code, const char *ctn,
    struct date from)
{
	const struct code *k = in_force(c, risk_code, from);

	if (k == NULL)
		return FAULT_UNKNOWN_CODE;
	return k->ctn == NULL || strcmp(k->ctn, ctn) == 0 ? FAULT_NONE :
	    FAULT_OTHER_CTN;
}

const char *
codes_ctn(const struct codes *c, const char *risk_code, struct date on)
{
	const struct code *k = in_force(c, risk_code, on);

	return k == NULL ? NULL : k->ctn;
}
