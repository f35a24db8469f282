/*
 * test_revision.c -- the steps of a file of the five-yearly revision: what may
 * follow what, and what each step refuses.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "register/revision.h"
#include "register/risk_code.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct law *law;			/* of the tree */

static int
open_law(void **state)
{
	struct err err = { .code = TAPR_OK };

	(void)state;
	return law_open(getenv("TAPR_LAW"), NULL, &law, &err);
}

static int
close_law(void **state)
{
	(void)state;
	law_closep(&law);
	return 0;
}

/* ---- files in each state ------------------------------------------------------ */

/* An act that is complete; the days make every one of them possible. */
static struct revision_act
act_of(enum revision_step step)
{
	static const struct date day[REVISION_STEPS] = {
		{ 2026, 1, 10 }, { 2026, 2, 10 }, { 2026, 3, 10 },
		{ 2026, 4, 10 }, { 2026, 5, 10 }, { 2026, 6, 10 },
		{ 2026, 7, 10 },
	};
	struct revision_act act = { .step = step, .day = day[step],
	    .actor = "anne" };

	if (step == REVISION_ANSWER || step == REVISION_OBSERVE)
		act.document = "GED-1";
	if (step == REVISION_CONCLUDE) {
		act.word = "reclassify";
		act.reason = "couverture : art. L. 242-5";
		act.risk_code = "453AF";
	}
	if (step == REVISION_PROPOSE)
		act.until = (struct date){ 2026, 6, 15 };
	if (step == REVISION_DECIDE) {
		act.word = "accept";
		act.effect = (struct date){ 2026, 8, 1 };
		act.actor = "bruno";
	}
	return act;
}

static void
new_file(struct value *file)
{
	memset(file, 0, REV_COLUMNS * sizeof *file);
	file[REV_ROUND] = value_text("2026");
	file[REV_SIRET] = value_text("73282932000009");
	file[REV_SECTION] = value_text("main");
	file[REV_RISK_CODE] = value_text("452BE");
	file[REV_CTN] = value_text("B");
	file[REV_ANSWER_BY] = value_int(20260331);
	file[REV_OPENED_ON] = value_int(20260105);
}

/* The steps that lead to each state. */
static const struct {
	const char	*steps;		/* digits of enum revision_step */
	const char	*word;		/* of the conclusion or the decision */
} way[REVISION_STATES] = {
	[REVISION_OPENED] = { "", NULL }, [REVISION_SENT] = { "0", NULL },
	[REVISION_REMINDED] = { "01", NULL },
	[REVISION_ANSWERED] = { "02", NULL },
	[REVISION_UNCHANGED] = { "023", "unchanged" },
	[REVISION_TO_PROPOSE] = { "023", NULL },
	[REVISION_PROPOSED] = { "0234", NULL },
	[REVISION_OBSERVED] = { "02345", NULL },
	[REVISION_ACCEPTED] = { "02346", NULL },
	[REVISION_DROPPED] = { "02346", "drop" },
};

static void
file_in(enum revision_state state, struct value *file)
{
	struct err err = { .code = TAPR_OK };

	new_file(file);
	for (const char *p = way[state].steps; *p != '\0'; p++) {
		struct revision_act act = act_of(
		    (enum revision_step)(*p - '0'));

		if (p[1] == '\0' && way[state].word != NULL) {
			act.word = way[state].word;
			act.risk_code = NULL;
		}
		assert_int_equal(revision_apply(law, &act, file, &err),
		    TAPR_OK);
	}
	assert_int_equal(revision_state(file), state);
}

/*
 * What each step leads to from each state; -1: it is refused.  The acts are
 * complete and late enough: only the order of the steps can be wrong.
 */
static const int leads[REVISION_STATES][REVISION_STEPS] = {
#define NO (-1)
	[REVISION_OPENED] = { REVISION_SENT, NO, NO, NO, NO, NO, NO },
	[REVISION_SENT] = { NO, REVISION_REMINDED, REVISION_ANSWERED, NO, NO,
	    NO, NO },
	[REVISION_REMINDED] = { NO, NO, REVISION_ANSWERED,
	    REVISION_TO_PROPOSE, NO, NO, NO },
	[REVISION_ANSWERED] = { NO, NO, NO, REVISION_TO_PROPOSE, NO, NO, NO },
	[REVISION_UNCHANGED] = { NO, NO, NO, NO, NO, NO, NO },
	[REVISION_TO_PROPOSE] = { NO, NO, NO, NO, REVISION_PROPOSED, NO, NO },
	[REVISION_PROPOSED] = { NO, NO, NO, NO, NO, REVISION_OBSERVED,
	    REVISION_ACCEPTED },
	[REVISION_OBSERVED] = { NO, NO, NO, NO, NO, NO, REVISION_ACCEPTED },
	[REVISION_ACCEPTED] = { NO, NO, NO, NO, NO, NO, NO },
	[REVISION_DROPPED] = { NO, NO, NO, NO, NO, NO, NO },
#undef NO
};

/* From one state, all steps; a refusal leaves the file as it was. */
static void
from_state(void **state)
{
	enum revision_state s = *(const enum revision_state *)*state;

	for (int i = 0; i < REVISION_STEPS; i++) {
		struct value file[REV_COLUMNS], before[REV_COLUMNS];
		struct revision_act act = act_of((enum revision_step)i);
		struct err err = { .code = TAPR_OK };
		int rc;

		file_in(s, file);
		act.day = (struct date){ 2026, 7, 20 };
		act.until = (struct date){ 2026, 8, 20 };
		memcpy(before, file, sizeof file);
		rc = revision_apply(law, &act, file, &err);
		if (leads[s][i] < 0) {
			assert_int_equal(rc, TAPR_EINVAL);
			assert_memory_equal(before, file, sizeof file);
			assert_string_equal(err.where, "73282932000009");
		} else {
			assert_int_equal(rc, TAPR_OK);
			assert_int_equal(revision_state(file), leads[s][i]);
		}
	}
}

/* ---- what an act must hold ------------------------------------------------------ */

static void answer_without(struct revision_act *a) { a->document = NULL; }
static void no_reason(struct revision_act *a) { a->reason = NULL; }
static void no_code(struct revision_act *a) { a->risk_code = NULL; }
static void same_code(struct revision_act *a) { a->risk_code = "452BE"; }
static void other_branch(struct revision_act *a) { a->risk_code = "285DA"; }
static void unknown_code(struct revision_act *a) { a->risk_code = "999ZZ"; }
static void dotted_code(struct revision_act *a) { a->risk_code = "45.3AF"; }
static void wrong_branch(struct revision_act *a) { a->ctn = "A"; }
static void word_wrong(struct revision_act *a) { a->word = "maybe"; }
static void keeps_code(struct revision_act *a) { a->word = "unchanged"; }
static void same_day(struct revision_act *a) { a->until = a->day; }
static void no_until(struct revision_act *a) { a->until = DATE_NONE; }
static void no_effect(struct revision_act *a) { a->effect = DATE_NONE; }
static void same_person(struct revision_act *a) { a->actor = "anne"; }

static void
too_early(struct revision_act *a)
{
	a->day = (struct date){ 2026, 1, 4 };
}

static void
last_day(struct revision_act *a)
{
	a->day = (struct date){ 2026, 6, 15 };
}

static void
old_effect(struct revision_act *a)
{
	/* 453AF entered the tariff on 1 January 2017. */
	a->effect = (struct date){ 2016, 12, 31 };
}

static void
last_answer_day(struct revision_act *a)
{
	a->day = (struct date){ 2026, 3, 31 };
}

static const struct {
	const char		*why;
	enum revision_state	 from;
	enum revision_step	 step;
	void			(*spoil)(struct revision_act *);
	const char		*says;
} refused[] = {
	{ "an act before the day of the last step is refused",
	    REVISION_OPENED, REVISION_SEND, too_early, "avant l'ouverture" },
	{ "an answer without a document is refused", REVISION_SENT,
	    REVISION_ANSWER, answer_without, "--document" },
	{ "an observation without a document is refused", REVISION_PROPOSED,
	    REVISION_OBSERVE, answer_without, "--document" },
	{ "an unanswered file is not concluded on the last day to answer",
	    REVISION_REMINDED, REVISION_CONCLUDE, last_answer_day,
	    "31 mars 2026" },
	{ "an unanswered file is not concluded without a reminder",
	    REVISION_SENT, REVISION_CONCLUDE, NULL, "remind" },
	{ "an ex officio conclusion without a reason is refused",
	    REVISION_REMINDED, REVISION_CONCLUDE, no_reason, "--reason" },
	{ "a conclusion without a reason is refused", REVISION_ANSWERED,
	    REVISION_CONCLUDE, no_reason, "--reason" },
	{ "a conclusion is one of two words", REVISION_ANSWERED,
	    REVISION_CONCLUDE, word_wrong, "unchanged" },
	{ "a reclassification without a code is refused", REVISION_ANSWERED,
	    REVISION_CONCLUDE, no_code, "--risk-code" },
	{ "a code with no change is refused", REVISION_ANSWERED,
	    REVISION_CONCLUDE, keeps_code, "--risk-code" },
	{ "the same code is no reclassification", REVISION_ANSWERED,
	    REVISION_CONCLUDE, same_code, "unchanged" },
	{ "a code of another CTN is refused", REVISION_ANSWERED,
	    REVISION_CONCLUDE, other_branch, "--ctn A" },
	{ "a CTN that is not that of the code is refused", REVISION_ANSWERED,
	    REVISION_CONCLUDE, wrong_branch, "CTN B" },
	{ "an unknown code is refused", REVISION_ANSWERED, REVISION_CONCLUDE,
	    unknown_code, "999ZZ" },
	{ "what is no code is refused", REVISION_ANSWERED, REVISION_CONCLUDE,
	    dotted_code, "452BE" },
	{ "a proposal without a period to observe is refused",
	    REVISION_TO_PROPOSE, REVISION_PROPOSE, no_until, "--until" },
	{ "a proposal that leaves no day to observe is refused",
	    REVISION_TO_PROPOSE, REVISION_PROPOSE, same_day, "--until" },
	{ "a decision on the last day to observe is refused",
	    REVISION_PROPOSED, REVISION_DECIDE, last_day,
	    "15 juin 2026" },
	{ "who concluded does not decide", REVISION_PROPOSED,
	    REVISION_DECIDE, same_person, "une autre personne" },
	{ "who concluded does not decide after an observation",
	    REVISION_OBSERVED, REVISION_DECIDE, same_person,
	    "une autre personne" },
	{ "a decision is one of two words", REVISION_PROPOSED,
	    REVISION_DECIDE, word_wrong, "accept" },
	{ "a decision without a day of effect is refused", REVISION_PROPOSED,
	    REVISION_DECIDE, no_effect, "--effect" },
	{ "a code unknown on the day of effect is refused",
	    REVISION_PROPOSED, REVISION_DECIDE, old_effect,
	    "31 décembre 2016" },
	{ "a step that is missing is named", REVISION_ANSWERED,
	    REVISION_PROPOSE, NULL, "« conclude »" },
	{ "an observation names the proposal that is missing",
	    REVISION_TO_PROPOSE, REVISION_OBSERVE, NULL, "« propose »" },
	{ "a decision names the proposal that is missing",
	    REVISION_TO_PROPOSE, REVISION_DECIDE, NULL, "« propose »" },
};

static void
refusal(void **state)
{
	size_t i = *(const size_t *)*state;
	struct revision_act act = act_of(refused[i].step);
	struct value file[REV_COLUMNS], before[REV_COLUMNS];
	struct err err = { .code = TAPR_OK };

	file_in(refused[i].from, file);
	memcpy(before, file, sizeof file);
	if (refused[i].spoil != NULL)
		refused[i].spoil(&act);
	assert_int_equal(revision_apply(law, &act, file, &err), TAPR_EINVAL);
	if (strstr(err.text, refused[i].says) == NULL)
		fail_msg("%s", err.text);
	assert_memory_equal(before, file, sizeof file);
}

/* ---- bounds that are allowed ------------------------------------------------------ */

static void
the_day_after(void **state)
{
	struct revision_act act = act_of(REVISION_CONCLUDE);
	struct err err = { .code = TAPR_OK };
	struct value file[REV_COLUMNS];

	(void)state;
	file_in(REVISION_REMINDED, file);
	act.day = (struct date){ 2026, 4, 1 };
	assert_int_equal(revision_apply(law, &act, file, &err), TAPR_OK);
	file_in(REVISION_PROPOSED, file);
	act = act_of(REVISION_DECIDE);
	act.day = (struct date){ 2026, 6, 16 };
	assert_int_equal(revision_apply(law, &act, file, &err), TAPR_OK);
}

static void
another_branch_if_said(void **state)
{
	struct revision_act act = act_of(REVISION_CONCLUDE);
	struct err err = { .code = TAPR_OK };
	struct value file[REV_COLUMNS];

	(void)state;
	file_in(REVISION_ANSWERED, file);
	act.risk_code = "285DA";
	act.ctn = "A";
	assert_int_equal(revision_apply(law, &act, file, &err), TAPR_OK);
	assert_string_equal(file[REV_PROPOSED_CTN].s, "A");
}

static const struct {
	const char	*why, *code, *on, *ctn;
} codes[] = {
	{ "a code is of the CTN of its tariff", "452BE", "2020-06-01", "B" },
	{ "a code ends the day its tariff does", "751AE", "2020-12-31", "H" },
	{ "and is unknown the next day", "751AE", "2021-01-01", NULL },
	{ "after the last tariff held a code is as in it", "452BE",
	    "2031-01-01", "B" },
	{ "before the first tariff held a code is as in it", "111ZB",
	    "2010-01-01", "E" },
	{ "a support code has no branch", "0000A", "2020-06-01", NULL },
};

static void
code(void **state)
{
	size_t i = *(const size_t *)*state;
	struct err err = { .code = TAPR_OK };
	const char *ctn = NULL;
	struct date on;
	int rc;

	assert_true(date_parse(codes[i].on, strlen(codes[i].on), &on));
	rc = risk_code_ctn(law, codes[i].code, on, &ctn, &err);
	assert_int_equal(rc, codes[i].ctn == NULL ? TAPR_EINVAL : TAPR_OK);
	if (codes[i].ctn != NULL)
		assert_string_equal(ctn, codes[i].ctn);
}

int
main(void)
{
	static enum revision_state states[REVISION_STATES];
	static size_t row[COUNT(refused)];
	static char name[REVISION_STATES][64];
	struct CMUnitTest tests[REVISION_STATES + COUNT(refused) +
	    COUNT(codes) + 2] = {
		{ "a file is concluded ex officio, and a proposal decided, the "
		    "day after the period", the_day_after, NULL, NULL, NULL },
		{ "a code of another CTN is taken when that CTN is said",
		    another_branch_if_said, NULL, NULL, NULL },
	};
	size_t n = 2;

	for (int i = 0; i < REVISION_STATES; i++) {
		states[i] = (enum revision_state)i;
		(void)snprintf(name[i], sizeof name[i], "of a file that is %s "
		    "only the next steps are taken", revision_state_words[i]);
		tests[n++] = (struct CMUnitTest){ name[i], from_state, NULL,
		    NULL, &states[i] };
	}
	for (size_t i = 0; i < COUNT(row); i++)
		row[i] = i;
	for (size_t i = 0; i < COUNT(refused); i++)
		tests[n++] = (struct CMUnitTest){ refused[i].why, refusal,
		    NULL, NULL, &row[i] };
	for (size_t i = 0; i < COUNT(codes); i++)
		tests[n++] = (struct CMUnitTest){ codes[i].why, code, NULL,
		    NULL, &row[i] };
	return cmocka_run_group_tests(tests, open_law, close_law);
}
