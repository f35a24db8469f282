/*
 * fund_facts.c -- a fund for the scripts of this folder, with facts put by
 * hand, before anything is imported.
 *
 *	fund_facts DIR < LINES		a word, then fields; - is not known
 *
 *	place SIRET STATE
 *	class SIRET SECTION FROM CODE CTN
 *	claim ID SIRET KIND DECLARED COMPLETE RECOGNISED REFUSED STOPPAGE
 *	benefit ID CLAIM NATURE PAID
 *	many CLAIMS BENEFITS		that many claims, each paid so often
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "guard/log.h"
#include "store/fund.h"
#include "store/row.h"

enum { FIELDS = 9, LINE_SIZE = 512 };

static struct err err = { .code = TAPR_OK };

static void
must(int rc)
{
	if (rc == TAPR_OK)
		return;
	fprintf(stderr, "%s : %s\n", err.where, err.text);
	exit(1);
}

static struct value
text(const char *field)
{
	return value_text(field == NULL || strcmp(field, "-") == 0 ? NULL :
	    field);
}

static struct value
day(const char *field)
{
	struct date d = DATE_NONE;

	if (field != NULL && strcmp(field, "-") != 0 &&
	    !date_parse(field, strlen(field), &d)) {
		fprintf(stderr, "no date: %s\n", field);
		exit(1);
	}
	return value_date(d);
}

static void
put(struct batch *b, enum table_id id, const struct value *row)
{
	enum put how;

	must(fact_put(b, id, row, 0, &how, &err));
}

static void
claim(struct batch *b, const char *const f[])
{
	struct value row[CLAIM_COLUMNS] = { { VALUE_NULL, 0, NULL } };

	row[CLAIM_YEAR] = value_int(atoi(f[4]));
	row[CLAIM_ID] = text(f[1]);
	row[CLAIM_SIRET] = text(f[2]);
	row[CLAIM_SECTION] = value_text("main");
	row[CLAIM_KIND] = text(f[3]);
	row[CLAIM_CARE] = value_int(1);
	row[CLAIM_DECLARED_ON] = day(f[4]);
	row[CLAIM_COMPLETE_ON] = day(f[5]);
	row[CLAIM_RECOGNISED_ON] = day(f[6]);
	row[CLAIM_REFUSED_ON] = day(f[7]);
	row[CLAIM_STOPPAGE_DAYS] = value_int(atoi(f[8]));
	row[CLAIM_CHARGE] = value_text("own");
	put(b, TABLE_CLAIM, row);
}

static void
benefit(struct batch *b, const char *const f[])
{
	struct value row[BENEFIT_COLUMNS] = { { VALUE_NULL, 0, NULL } };

	row[BENEFIT_YEAR] = value_int(atoi(f[4]));
	row[BENEFIT_ID] = text(f[1]);
	row[BENEFIT_CLAIM_ID] = text(f[2]);
	row[BENEFIT_NATURE] = text(f[3]);
	row[BENEFIT_CENTS] = value_int(10000);
	row[BENEFIT_PAID_ON] = day(f[4]);
	put(b, TABLE_BENEFIT, row);
}

/* Six years of claims; one in a hundred has no payment yet. */
static void
many(struct batch *b, int claims, int benefits)
{
	for (int i = 0; i < claims; i++) {
		char id[24], paid[48], on[16], done[16];
		int32_t start = 18262 + (int32_t)((int64_t)i * 2190 / claims);

		(void)snprintf(id, sizeof id, "C%010d", i);
		(void)date_text(date_from_days(start), on);
		(void)date_text(date_from_days(start + i % 40), done);
		claim(b, (const char *[]){ "claim", id, "35600000000048", "accident",
		    on, on, i % 100 == 0 ? "-" : done, "-", "12" });
		for (int k = 0; k < benefits && i % 100 != 0; k++) {
			(void)snprintf(paid, sizeof paid, "%s-%d", id, k);
			(void)date_text(date_from_days(start + 10 + i % 50 +
			    k * 14), on);
			benefit(b, (const char *[]){ "benefit", paid, id,
			    "daily_allowance", on });
		}
	}
}

static void
line(struct batch *b, const char *const f[])
{
	if (strcmp(f[0], "place") == 0) {
		struct value row[EST_COLUMNS] = { { VALUE_NULL, 0, NULL } };

		row[EST_SIRET] = text(f[1]);
		row[EST_STATE] = text(f[2]);
		row[EST_ORIGIN] = value_text("insee");
		put(b, TABLE_ESTABLISHMENT, row);
	} else if (strcmp(f[0], "class") == 0)
		put(b, TABLE_CLASSIFICATION, (struct value[CLASS_COLUMNS]){
		    [CLASS_SIRET] = text(f[1]), [CLASS_SECTION] = text(f[2]),
		    [CLASS_FROM_ON] = day(f[3]), [CLASS_RISK_CODE] = text(f[4]),
		    [CLASS_CTN] = text(f[5]),
		    [CLASS_SINGLE_RATE] = value_int(0),
		    [CLASS_AUTHOR] = value_text("reprise") });
	else if (strcmp(f[0], "claim") == 0)
		claim(b, f);
	else if (strcmp(f[0], "benefit") == 0)
		benefit(b, f);
	else if (strcmp(f[0], "many") == 0)
		many(b, atoi(f[1]), atoi(f[2]));
}

int
main(int argc, char **argv)
{
	static const struct fund_about about = { .code = "cramif",
		.name = "essai", .zone = "general",
		.departments = "75" };
	static const struct batch_about act = { .kind = "import test",
		.actor = "reprise", .known_on = { 2020, 1, 1 } };
	char text_line[LINE_SIZE];
	const char *f[FIELDS];
	struct batch b;
	struct fund fund;

	if (argc != 2)
		return 2;
	must(log_create(getenv("TAPR_KEYS"), argv[1], &about, &err));
	must(fund_open(&(struct place){ .dir = argv[1], .actor = "reprise",
	    .today = act.known_on }, STORE_WRITE, &fund, &err));
	must(batch_start(fund.store, &act, &b, &err));
	while (fgets(text_line, sizeof text_line, stdin) != NULL) {
		char *at = strtok(text_line, " \n");

		memset(f, 0, sizeof f);
		for (int i = 0; i < FIELDS && at != NULL; i++) {
			f[i] = at;
			at = strtok(NULL, " \n");
		}
		if (f[0] != NULL)
			line(&b, f);
	}
	must(batch_publish(&b, NULL, &err));
	fund_close(&fund);
	return 0;
}
