/*
 * record.c -- no entry, no act: the one place where the commands of a fund meet
 * its audit log.
 *
 * The table says of each what it is for (S1-05) and which word names its
 * object; a command without a line does not start.  What a line says:
 *
 *   - an act is logged before it begins, so that its batch names its entry; an
 *     act on the whole fund once more when its answer leaves;
 *   - a reading is logged before what it found leaves, with how many
 *     establishments it names and the digest of its bytes;
 *   - a refusal is logged before its message leaves.
 *
 * The guard is asked before, and before what was read leaves; needs are the
 * cells of law/permissions.csv that an act takes.  The account of the system
 * stands for who did not say --as.
 */
#include <string.h>

#include "base/ids.h"
#include "cli/cli.h"
#include "guard/guard.h"
#include "guard/log.h"

enum { NONE = -1, SIRET_DIGITS = 14 };

struct record_act {
	const char		*verb, *word;	/* NULL: the verb alone */
	enum purpose		 purpose;
	enum object_kind	 kind;		/* of what object names */
	int			 object;	/* its word, NONE: the whole fund */
	bool			 many;		/* and all the words after it */
	const char		*named;		/* " siret ": or NAME=OBJECT */
	int			 year;		/* the word of a year, or NONE */
	bool			 silent;	/* shows and changes nothing */
	/* Cells of law/permissions.csv: of an object, of the whole fund. */
	const char		*needs, *needs_all;
};

#define ON_FUND(verb, word, purpose, year, needs) \
	{ verb, word, purpose, OBJECT_FUND, NONE, false, NULL, year, false, \
	    needs, needs }
#define IMPORT(word, needs) \
	ON_FUND("import", word, PURPOSE_TARIFICATION, NONE, needs)
#define ON_EMPLOYER(verb, word, at, needs) \
	{ verb, word, PURPOSE_TARIFICATION, OBJECT_EMPLOYER, at, false, NULL, \
	    NONE, false, needs, needs }
#define ON_CLAIM(word, needs) \
	{ "claim", word, PURPOSE_TARIFICATION, OBJECT_CLAIM, 1, false, NULL, \
	    NONE, false, needs, needs }
#define CAMPAIGN(word, named, needs, needs_all) \
	{ "campaign", word, PURPOSE_TARIFICATION, OBJECT_EMPLOYER, 2, false, \
	    named, 1, false, needs, needs_all }
#define CONTEST(word, kind, named, needs) \
	{ "contest", word, PURPOSE_TARIFICATION, kind, NONE, false, named, 1, \
	    false, needs, needs }
#define REVISION(word, many, needs) \
	{ "revision", word, PURPOSE_TARIFICATION, OBJECT_EMPLOYER, 2, many, \
	    NULL, NONE, false, needs, needs }
#define SILENT(verb, word) \
	{ verb, word, PURPOSE_SECURITY, OBJECT_FUND, NONE, false, NULL, NONE, \
	    true, NULL, NULL }

/* A file of an employer shows what it is, pays and is due. */
#define EMPLOYER_READ "employer.identity:read employer.payroll:read " \
	"employer.classification:read employer.rate:read " \
	"employer.contract:read"
#define SHEET_READ "employer.rate:read employer.payroll:read " \
	"employer.account:read"
#define CLAIM_READ "claim.nature:read claim.date:read claim.place:read " \
	"claim.hiring:read claim.benefit:read claim.fault:read"
#define MAKE "campaign.rates:create"
#define LOOK "campaign.rates:read"

static const struct record_act table[] = {
	IMPORT("sirene", "employer.identity:create"),
	IMPORT("succession", "employer.identity:create"),
	IMPORT("payroll", "employer.payroll:create"),
	IMPORT("headcount", "employer.payroll:create"),
	IMPORT("classification", "employer.classification:create"),
	IMPORT("rates", "employer.rate:create"),
	IMPORT("claims", "claim.nature:create"),
	IMPORT("benefits", "claim.benefit:create"),
	ON_FUND("import", "portfolio", PURPOSE_SECURITY, NONE,
	    "system.portfolio:create"),
	IMPORT("dsn", "employer.payroll:create"),
	ON_EMPLOYER("employer", "show", 1, EMPLOYER_READ),
	ON_EMPLOYER("employer", "history", 1, EMPLOYER_READ),
	ON_EMPLOYER("employer", "create", 1, "employer.identity:create"),
	ON_EMPLOYER("employer", "move", 1, "employer.identity:update"),
	ON_EMPLOYER("employer", "rename", 1, "employer.identity:update"),
	ON_EMPLOYER("employer", "strike-off", 1, "employer.identity:update"),
	ON_EMPLOYER("employer", "split", 1, "employer.identity:update"),
	ON_EMPLOYER("employer", "merge", 1, "employer.identity:update"),
	ON_EMPLOYER("employer", "takeover", 1, "employer.identity:update"),
	ON_FUND("employer", "totals", PURPOSE_STATISTICS, 1,
	    "statistics.totals:read"),
	ON_FUND("employer", "rates-declared", PURPOSE_TARIFICATION, NONE,
	    "employer.rate:read"),
	ON_EMPLOYER("classify", NULL, 0, "employer.classification:create"),
	ON_EMPLOYER("measure", "add", 1, "employer.measure:create"),
	ON_EMPLOYER("measure", "end", 1, "employer.measure:update"),
	ON_CLAIM("show", CLAIM_READ),
	ON_CLAIM("accept", "claim.decision:create"),
	ON_CLAIM("refuse", "claim.decision:create"),
	ON_CLAIM("not-opposable", "claim.decision:create"),
	ON_CLAIM("relapse", "claim.decision:create"),
	ON_CLAIM("close", "claim.decision:create"),
	ON_CLAIM("reclassify", "claim.decision:update"),
	ON_CLAIM("attach", "claim.decision:update"),
	ON_CLAIM("benefit", "claim.decision:create"),
	{ "account", NULL, PURPOSE_TARIFICATION, OBJECT_EMPLOYER, 0, false,
	    NULL, 1, false, "employer.account:read", "employer.account:read" },
	CAMPAIGN("run", NULL, MAKE, MAKE),
	CAMPAIGN("freeze", NULL, MAKE, MAKE),
	CAMPAIGN("compute", NULL, MAKE, MAKE),
	CAMPAIGN("sanction", NULL, "campaign.rates:update",
	    "campaign.rates:update"),
	CAMPAIGN("draft", NULL, MAKE, MAKE),
	CAMPAIGN("observe", " siret ", "campaign.rates:update",
	    "campaign.rates:update"),
	CAMPAIGN("decide", " withdraw ", "campaign.rates:decide",
	    "campaign.rates:decide"),
	CAMPAIGN("notify", " stop ", "campaign.rates:update",
	    "campaign.rates:update"),
	CAMPAIGN("verify", NULL, LOOK, LOOK),
	CAMPAIGN("impact", NULL, LOOK, LOOK),
	CAMPAIGN("show", NULL, SHEET_READ, LOOK),
	CAMPAIGN("diff", NULL, LOOK, LOOK),
	CAMPAIGN("collective", NULL, LOOK, LOOK),
	CONTEST("open", OBJECT_EMPLOYER, " siret ",
	    "employer.contest:create"),
	ON_FUND("contest", "list", PURPOSE_TARIFICATION, 1,
	    "employer.contest:read"),
	ON_FUND("contest", "table", PURPOSE_TARIFICATION, 1,
	    "employer.contest:read"),
	CONTEST("decide", OBJECT_CONTEST, " number ",
	    "employer.contest:decide"),
	REVISION("open", true, "employer.revision:create"),
	REVISION("send", true, "employer.revision:update"),
	REVISION("remind", true, "employer.revision:update"),
	REVISION("answer", false, "employer.revision:update"),
	REVISION("conclude", false, "employer.revision:update"),
	REVISION("propose", false, "employer.revision:update"),
	REVISION("observe", false, "employer.revision:update"),
	REVISION("decide", false, "employer.revision:decide"),
	REVISION("show", false, "employer.revision:read"),
	ON_FUND("revision", "list", PURPOSE_TARIFICATION, NONE,
	    "employer.revision:read"),
	ON_FUND("delays", NULL, PURPOSE_TARIFICATION, NONE,
	    "activity.delays:read"),
	ON_FUND("user", "list", PURPOSE_SECURITY, NONE, "system.user:read"),
	ON_FUND("user", "show", PURPOSE_SECURITY, NONE, "system.user:read"),
	ON_FUND("user", "add", PURPOSE_SECURITY, NONE, "system.user:create"),
	ON_FUND("user", "habilitate", PURPOSE_SECURITY, NONE,
	    "system.user:create"),
	ON_FUND("user", "decide", PURPOSE_SECURITY, NONE,
	    "system.user:decide"),
	ON_FUND("user", "revoke", PURPOSE_SECURITY, NONE,
	    "system.user:update"),
	/* What leaves has an entry of its own, with its purpose and digest. */
	ON_FUND("exchange", "list", PURPOSE_SECURITY, NONE,
	    "exchange.authority:read"),
	ON_FUND("exchange", "enable", PURPOSE_SECURITY, NONE,
	    "exchange.authority:decide"),
	ON_FUND("exchange", "disable", PURPOSE_SECURITY, NONE,
	    "exchange.authority:decide"),
	ON_FUND("exchange", "run", PURPOSE_SECURITY, 2,
	    "exchange.file:create"),
	ON_FUND("exchange", "register", PURPOSE_SECURITY, NONE,
	    "exchange.file:read"),
	ON_FUND("audit", "show", PURPOSE_SECURITY, NONE, "system.log:read"),
	ON_FUND("keys", "status", PURPOSE_SECURITY, NONE, "system.key:read"),
	ON_FUND("keys", "init", PURPOSE_SECURITY, NONE, "system.key:update"),
	ON_FUND("keys", "rotate", PURPOSE_SECURITY, NONE,
	    "system.key:update"),
	ON_FUND("keys", "destroy", PURPOSE_SECURITY, NONE,
	    "system.key:decide"),
	SILENT("audit", "verify"),
	SILENT("audit", "checkpoint"),
	SILENT("audit", "proof"),
	SILENT("audit", "export"),
};

enum { ACTS = sizeof table / sizeof table[0] };

static int
find(const struct cli *c, const struct record_act **ret, struct err *err)
{
	const char *word = c->words > 0 ? c->word[0] : "";
	bool known = false;

	for (int i = 0; i < ACTS; i++) {
		if (strcmp(table[i].verb, c->verb) != 0)
			continue;
		known = true;
		*ret = &table[i];
		if (table[i].word == NULL || strcmp(table[i].word, word) == 0)
			return TAPR_OK;
	}
	if (known)
		return cli_usage(err, "pas d'acte « tapr %s %s »", c->verb,
		    str_brief(word).text);
	return err_set(err, TAPR_EINVAL, c->verb, "cette commande n'a pas de "
	    "finalité déclarée : elle ne démarre pas");
}

/* ---- what it is about ---------------------------------------------------- */

/* The object of NAME=OBJECT where the table has " NAME "; NULL otherwise. */
static const char *
named_object(const struct record_act *a, const char *word)
{
	const char *eq = strchr(word, '='), *at;
	char name[16];

	if (a->named == NULL || eq == NULL || eq - word > 12 || eq[1] == '\0')
		return NULL;
	(void)snprintf(name, sizeof name, " %.*s ", (int)(eq - word), word);
	at = strstr(a->named, name);
	return at == NULL ? NULL : eq + 1;
}

static const char *
object_of(const struct record_act *a, const struct cli *c, size_t i)
{
	const char *word = c->word[i];

	if (strchr(word, '=') != NULL)
		return named_object(a, word);
	return a->object != NONE && (i == (size_t)a->object || (a->many &&
	    i > (size_t)a->object)) ? word : NULL;
}

static bool
is_year(const char *word)
{
	return strlen(word) == 4 && strspn(word, "0123456789") == 4;
}

/* One entry for each object, or one for the whole fund; their number. */
static size_t
entries(const struct cli *c, const struct entry *common,
    struct entry ret[CLI_WORDS_MAX])
{
	const struct record_act *a = c->record.act;
	size_t n = 0;

	for (size_t i = 0; i < c->words; i++) {
		const char *object = object_of(a, c, i);

		if (object == NULL)
			continue;
		ret[n] = *common;
		ret[n].kind = a->kind;
		ret[n].count = 1;
		ret[n++].object = object;
	}
	if (n > 0)
		return n;
	ret[0] = *common;
	ret[0].kind = OBJECT_FUND;
	return 1;
}

/* How many times what leaves names an establishment. */
static int64_t
count_sirets(const struct str *out)
{
	char siret[SIRET_DIGITS + 1];
	int64_t n = 0;
	size_t run = 0;

	for (size_t i = 0; i <= out->n; i++) {
		if (i < out->n && out->p[i] >= '0' && out->p[i] <= '9') {
			run++;
			continue;
		}
		if (run == SIRET_DIGITS) {
			memcpy(siret, out->p + i - run, run);
			siret[run] = '\0';
			n += siret_valid(siret);
		}
		run = 0;
	}
	return n;
}

/* ---- writing it down ----------------------------------------------------- */

static int
record(struct cli *c, enum outcome outcome, const struct str *out,
    struct err *err)
{
	const struct record_act *a = c->record.act;
	struct place *place = &c->record.place;
	struct err told = { .code = TAPR_OK };
	char act[ENTRY_WORD_MAX], digest[SHA256_HEX_MAX];
	struct entry e[CLI_WORDS_MAX], common = { .purpose = a->purpose,
		.act = act, .outcome = outcome, .follows = place->entry };
	struct sha256 h;
	int rc;

	(void)snprintf(act, sizeof act, "%s%s%s", a->verb, a->word == NULL ?
	    "" : " ", a->word == NULL ? "" : a->word);
	common.actor = c->actor == NULL ? c->world->user : c->actor;
	if (c->record.grant.guarded && outcome == OUTCOME_ALLOWED) {
		common.role = guard_role_words[c->record.grant.role];
		common.habilitation = c->record.grant.habilitation;
		common.purpose = c->record.grant.purpose;
	}
	if (a->year != NONE && c->words > (size_t)a->year &&
	    is_year(c->word[a->year]))
		common.scope = c->word[a->year];
	if (out != NULL) {
		sha256_init(&h);
		sha256_add(&h, out->p, out->n);
		common.digest = sha256_hex(&h, digest);
		common.count = count_sirets(out);
	}
	place->now = c->world->now_s();
	rc = log_record(place, e, entries(c, &common, e), &place->entry, &told,
	    err);
	if (told.code != TAPR_OK)
		fprintf(c->world->log, "tapr : attention : %s : %s\n",
		    told.where, told.text);
	return rc;
}

/* ---- whether it may ------------------------------------------------------- */

static int
ask(struct cli *c, struct err *err)
{
	const struct record_act *a = c->record.act;
	struct entry e[CLI_WORDS_MAX], none = { .count = 0 };
	struct wish wish[CLI_WORDS_MAX];
	size_t n = entries(c, &none, e);
	const char *law;
	int rc;

	if ((rc = cli_law_dir(c, &law, err)) != TAPR_OK)
		return rc;
	for (size_t i = 0; i < n; i++)
		wish[i] = (struct wish){ e[i].object == NULL ? a->needs_all :
			a->needs, e[i].kind == OBJECT_EMPLOYER ? e[i].object :
			NULL };
	c->record.place.now = c->world->now_s();
	return guard_ask(&c->record.place, law, wish, n, &c->record.grant,
	    err);
}

static int
start(struct cli *c, bool acts, struct place *place, struct err *err)
{
	const struct record_act *act;
	int rc;

	if ((rc = find(c, &act, err)) != TAPR_OK || act->silent)
		return rc;
	c->record.act = act;
	c->record.place = *place;
	c->record.acts = acts;
	if ((rc = ask(c, err)) != TAPR_OK || !acts)
		return rc;
	if ((rc = record(c, OUTCOME_ALLOWED, NULL, err)) != TAPR_OK)
		c->record.act = NULL;
	place->entry = c->record.place.entry;
	return rc;
}

/* An act on one object has said all before it began. */
static int
leave(struct cli *c, const struct str *out, struct err *err)
{
	struct entry e[CLI_WORDS_MAX], none = { .count = 0 };
	int rc;

	if (c->record.acts && (entries(c, &none, e) > 1 ||
	    e[0].object != NULL))
		return TAPR_OK;
	/* What was read leaves if it still may. */
	if (!c->record.acts && (rc = ask(c, err)) != TAPR_OK)
		return rc;
	return record(c, OUTCOME_ALLOWED, out, err);
}

static int
refuse(struct cli *c, struct err *err)
{
	return record(c, OUTCOME_REFUSED, NULL, err);
}

static void
why(const char *verb, struct str *out)
{
	static const char *const on[OBJECT_KINDS] = { "la caisse entière",
		"un employeur", "un sinistre", "une contestation" };

	for (int i = 0; i < ACTS; i++)
		if (strcmp(table[i].verb, verb) == 0)
			str_printf(out, "tapr %s%s%s : finalité %s ; %s%s%s\n",
			    verb, table[i].word == NULL ? "" : " ",
			    table[i].word == NULL ? "" : table[i].word,
			    purpose_words[table[i].purpose],
			    on[table[i].kind], table[i].silent ?
			    ", sans donnée sur quiconque" : " ; droits ",
			    table[i].silent ? "" : table[i].needs);
}

const struct cli_recorder cli_audit_recorder = { start, leave, refuse, why };
