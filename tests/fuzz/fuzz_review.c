/*
 * fuzz_review.c -- who read the law again, as somebody may have typed it: never
 * more rows reviewed than there are, nor one without an author.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "rating/law_review.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char cap[] = "valid_from,valid_to,zone,name,value,unit,text,"
    "published,source,checked_on,note\n"
    "2012-01-01,2020-01-01,general,threshold,4,percent,t,,x,2026-11-22,\n"
    "2012-01-01,,general,up_factor,1.25,factor,t,,x,2026-11-23,\n"
    "2020-01-01,,general,threshold,4,percent,t,,x,2026-11-22,\n";

static void
must(int condition)
{

	if (!condition)
		abort();
}

static struct law *
law_of_three(void)
{
	const struct law_text t[] = { { "VERSION", "1\n", 2 },
		{ "params/cap.csv", cap, sizeof cap - 1 } };
	struct err err = { .code = TAPR_OK };
	struct law *law;

	must(law_open_texts(t, 2, &law, &err) == TAPR_OK);
	return law;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct law *law;
	struct err err = { .code = TAPR_OK };
	char *text = malloc(size + 1);
	struct law_review r;
	struct str out;
	int rc;

	must(text != NULL);
	if (law == NULL)
		law = law_of_three();
	if (size > 0)
		memcpy(text, data, size);
	text[size] = '\0';
	rc = law_review_read(law, "law/review.csv", text, size, &r, &err);
	must(r.params == 1 && r.param[0].rows == 3);
	must(r.param[0].authored <= 3);
	must(r.param[0].reviewed <= r.param[0].authored);
	must(rc == TAPR_OK || (rc == TAPR_EINVAL && err.text[0] != '\0' &&
	    utf8_valid(err.text, strlen(err.text), NULL)));
	str_init(&out, 100000);
	law_review_text(law, &r, &out);
	law_review_json(law, &r, &out);
	must(!str_failed(&out) && utf8_valid(out.p, out.n, NULL));
	str_free(&out);
	free(text);
	return 0;
}
