/*
 * facts.c -- FACTS.json in (docs/formats/facts.md).
 *
 * A section of the document, a function: it reads its values (values.h) into
 * struct facts and refuses what is out of range or contradicts the rest.
 *
 * Invariants:
 *	1. sections are read in the order of the contract, so that the same
 *	   document always meets the same refusal first;
 *	2. a fact that passes is in range: tariff/ tests none of this again.
 */
#include "facts/facts.h"

#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "facts/values.h"

enum {
	YEAR_FIRST = 2012,	/* the first tariff year answered (6.4) */
	YEAR_LAST = 9998,	/* so that year + 1 is still a date */
	DAYS_MAX = 99999,
	REF_MAX = 64,		/* a path holds it, and so does a step id */
};

/* --- year and establishment ---------------------------------------------- */

static void
read_year(const struct value *v, int *ret)
{
	if (!value_integer(v, "année", ret))
		return;
	if (*ret < YEAR_FIRST)
		value_refuse(v, "un taux d'avant %d n'est pas calculé (année "
		    "%d) : donnez une année à partir de %d", (int)YEAR_FIRST,
		    *ret, (int)YEAR_FIRST);
	else if (*ret > YEAR_LAST)
		value_refuse(v, "année %d : une année s'écrit avec quatre "
		    "chiffres", *ret);
}

static void
read_siret(const struct value *v, char ret[15])
{
	const char *text = value_string(v, "12345678200010");
	size_t n;

	if (text == NULL)
		return;
	n = strspn(text, "0123456789");
	if (text[n] != '\0')
		value_refuse(v, "un SIRET s'écrit avec 14 chiffres, sans "
		    "espace ni point");
	else if (n != 14)
		value_refuse(v, "un SIRET a 14 chiffres, celui-ci en a %u : "
		    "donnez le SIREN et les cinq chiffres de l'établissement",
		    (unsigned)n);
	else if (!siret_valid(text))
		value_refuse(v, "la clé de contrôle du SIRET %s est fausse : "
		    "un chiffre a été mal recopié, vérifiez-le sur l'avis de "
		    "situation INSEE", text);
	else
		memcpy(ret, text, 15);
}

/*
 * risk_code_guess(text, buf): the code without its dot and its blanks, in
 * capitals, when that makes a good code of it.
 */
static bool
risk_code_guess(const char *text, char buf[6])
{
	size_t n = 0;
	char c;

	while ((c = *text++) != '\0') {
		if (c == '.' || c == ' ')
			continue;
		if (n == 5)
			return false;
		buf[n++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
	}
	buf[n] = '\0';
	return code_form(buf) == CODE_FORM_OK;
}

static void
read_risk_code(const struct value *v, char ret[6])
{
	const char *text = value_string(v, "452BE");
	char guess[6], clip[JSON_CLIP_MAX];

	if (text == NULL)
		return;
	if (code_form(text) == CODE_FORM_OK) {
		memcpy(ret, text, 6);
		return;
	}
	json_clip(text, v->node->n, clip);
	if (risk_code_guess(text, guess))
		value_refuse(v, "code risque mal écrit « %s » : écrivez %s, "
		    "sans point ni espace, en capitales", clip, guess);
	else
		value_refuse(v, "code risque mal écrit « %s » : trois chiffres "
		    "et deux capitales sont attendus, par exemple 452BE (0000A "
		    "ou 0000B pour les fonctions support)", clip);
}

static void
read_ctn(const struct value *v, char *ret)
{
	const char *text = value_string(v, "B");
	char clip[JSON_CLIP_MAX];

	if (text == NULL)
		return;
	if (v->node->n == 1 && text[0] >= 'A' && text[0] <= 'I')
		*ret = text[0];
	else
		value_refuse(v, "CTN inconnu « %s » : une capitale de A à I "
		    "est attendue", json_clip(text, v->node->n, clip));
}

static void
read_establishment(const struct value *at, struct facts *ret)
{
	struct value v[FIELDS_MAX];

	if (!value_members(at, v))
		return;
	read_siret(&v[E_SIRET], ret->siret);
	read_risk_code(&v[E_RISK_CODE], ret->risk_code);
	read_ctn(&v[E_CTN], &ret->ctn);
	ret->btp_group = (enum btp_group)value_word(&v[E_BTP_GROUP]);
	ret->created = value_day(&v[E_CREATED]);
	if (ret->created.y > ret->year)
		value_refuse(&v[E_CREATED], "l'établissement est créé le %s, "
		    "après l'année du taux (%d) : il n'a pas de taux cette "
		    "année-là, vérifiez l'une et l'autre",
		    v[E_CREATED].node->text, ret->year);
	ret->taken_over = value_bool(&v[E_TAKEN_OVER], false);
	ret->section = (enum section)value_word(&v[E_SECTION]);
	ret->regime = (enum regime)value_word(&v[E_REGIME]);
}

/* --- claims -------------------------------------------------------------- */

/*
 * The order of the life of a claim: it happens, it is declared,
 * it is recognised, an IP is notified; a death follows the accident and its
 * recognition follows the death.
 */
static void
check_claim_dates(const struct value v[FIELDS_MAX], const struct claim *c)
{
	const struct {
		struct date	 first, then;
		int		 wrong;		/* the field at fault */
		const char	*text;
	} order[] = {
		{ c->occurred, c->declared, C_OCCURRED, "le sinistre survient "
		    "(occurred) après sa déclaration (declared)" },
		{ c->declared, c->recognised, C_RECOGNISED, "le sinistre est "
		    "reconnu (recognised) avant sa déclaration (declared)" },
		{ c->declared, c->ip_notified, C_IP_NOTIFIED, "le taux d'IP "
		    "est notifié (ip_notified) avant la déclaration "
		    "(declared)" },
		{ c->occurred, c->death, C_DEATH, "le décès (death) précède le "
		    "sinistre (occurred)" },
		{ c->death, c->death_recognised, C_DEATH_RECOGNISED,
		    "le décès est reconnu (death_recognised) avant d'avoir eu "
		    "lieu (death)" },
	};
	char first[DATE_TEXT_MAX], then[DATE_TEXT_MAX];
	size_t i;

	for (i = 0; i < sizeof order / sizeof order[0]; i++)
		if (date_is(order[i].then) &&
		    date_cmp(order[i].first, order[i].then) > 0)
			value_refuse(&v[order[i].wrong],
			    "%s : %s après %s ; vérifiez les deux dates",
			    order[i].text, date_text(order[i].first, first),
			    date_text(order[i].then, then));
}

static const char *
read_claim_ref(const struct value *v)
{
	const char *text = value_string(v, "A1"), *p, *copy;
	char clip[JSON_CLIP_MAX];

	if (text == NULL)
		return NULL;
	if (v->node->n == 0 || v->node->n > REF_MAX)
		value_refuse(v, "la référence doit avoir de 1 à %d octets",
		    (int)REF_MAX);
	for (p = text; *p != '\0'; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			value_refuse(v, "caractère de contrôle dans la "
			    "référence « %s » : retirez-le",
			    json_clip(text, v->node->n, clip));
	if ((copy = arena_strdup(v->r->arena, text)) == NULL)
		value_no_memory(v->r);
	return copy;
}

static void
read_claim(const struct value *at, void *claim)
{
	struct value v[FIELDS_MAX], w[FIELDS_MAX];
	struct claim *ret = claim;

	if (!value_members(at, v))
		return;
	ret->ref = read_claim_ref(&v[C_REF]);
	ret->kind = (enum claim_kind)value_word(&v[C_KIND]);
	ret->declared = value_day(&v[C_DECLARED]);
	ret->occurred = value_day(&v[C_OCCURRED]);
	ret->recognised = value_day(&v[C_RECOGNISED]);
	ret->care = value_bool(&v[C_CARE], true);
	if (value_integer(&v[C_STOPPAGE_DAYS], "jours d'arrêt",
	    &ret->stoppage_days)) {
		if (ret->stoppage_days < 0)
			value_refuse(&v[C_STOPPAGE_DAYS], "nombre de jours "
			    "négatif (%d) : donnez 0 ou plus",
			    ret->stoppage_days);
		else if (ret->stoppage_days > DAYS_MAX)
			value_refuse(&v[C_STOPPAGE_DAYS], "%d jours d'arrêt : "
			    "au plus %d, vérifiez le nombre",
			    ret->stoppage_days, (int)DAYS_MAX);
	}

	ret->ip_rate = -1;
	if (value_integer(&v[C_IP_RATE], "taux d'IP", &ret->ip_rate) &&
	    (ret->ip_rate < 0 || ret->ip_rate > 100))
		value_refuse(&v[C_IP_RATE], "taux d'IP de %d %% : il va de 0 à "
		    "100", ret->ip_rate);
	ret->ip_notified = value_day(&v[C_IP_NOTIFIED]);
	if (v[C_IP_RATE].node != NULL && v[C_IP_NOTIFIED].node == NULL)
		value_refuse(&v[C_IP_NOTIFIED], "un taux d'IP (ip_rate) est "
		    "donné sans la date de sa notification : ajoutez "
		    "ip_notified");
	if (v[C_IP_RATE].node == NULL && v[C_IP_NOTIFIED].node != NULL)
		value_refuse(&v[C_IP_RATE], "une date de notification d'IP "
		    "(ip_notified) est donnée sans taux : ajoutez ip_rate");

	ret->death = value_day(&v[C_DEATH]);
	ret->death_recognised = value_day(&v[C_DEATH_RECOGNISED]);
	if (date_is(ret->death_recognised) && !date_is(ret->death))
		value_refuse(&v[C_DEATH], "un décès est reconnu "
		    "(death_recognised) sans date de décès : ajoutez death");
	ret->third_party_share = value_decimal(&v[C_THIRD_PARTY_SHARE]);
	ret->charge = (enum charge)value_word(&v[C_CHARGE]);
	if (ret->charge == CHARGE_SPECIAL_ACCOUNT &&
	    ret->kind != CLAIM_DISEASE)
		value_refuse(&v[C_CHARGE], "le compte spécial "
		    "(special_account) ne reçoit que des maladies, non un "
		    "accident : corrigez charge ou kind");
	if (value_members(&v[C_TEMP_WORK], w))
		ret->temp_role = (enum temp_role)value_word(&w[T_ROLE]);
	check_claim_dates(v, ret);
}

static int
by_ref(const void *va, const void *vb)
{
	const struct claim *a = *(const struct claim *const *)va;
	const struct claim *b = *(const struct claim *const *)vb;
	int c = strcmp(a->ref, b->ref);

	return c != 0 ? c : a < b ? -1 : a > b;
}

static void
read_claims(const struct value *v, struct facts *ret)
{
	struct claim *claim = value_list(v, "sinistres", sizeof *claim,
	    read_claim, &ret->claims);
	const struct claim **sorted;
	size_t i;

	ret->claim = claim;
	if (claim == NULL || v->r->rc != TAPR_OK)
		return;
	sorted = arena_array(v->r->arena, ret->claims, sizeof *sorted);
	if (sorted == NULL) {
		value_no_memory(v->r);
		return;
	}
	for (i = 0; i < ret->claims; i++)
		sorted[i] = &claim[i];
	qsort(sorted, ret->claims, sizeof *sorted, by_ref);
	for (i = 1; i < ret->claims; i++)
		if (strcmp(sorted[i - 1]->ref, sorted[i]->ref) == 0) {
			struct value here = value_in(v, sorted[i]->ref, NULL);

			value_refuse(&here, "la même référence est donnée à "
			    "deux sinistres (le %u et le %u de la liste) : "
			    "retirez le double ou changez l'une",
			    (unsigned)(sorted[i - 1] - claim) + 1,
			    (unsigned)(sorted[i] - claim) + 1);
		}
}

/* --- rates --------------------------------------------------------------- */

static void
read_previous(const struct value *at, struct facts *ret)
{
	struct value v[FIELDS_MAX];

	if (!value_members(at, v) || !value_given(&v[P_RATE]) ||
	    !value_given(&v[P_MODE]))
		return;
	ret->previous_rate = value_decimal(&v[P_RATE]);
	ret->previous_mode = (enum mode)value_word(&v[P_MODE]);
	ret->has_previous = true;
}

static void
read_member(const struct value *at, void *member)
{
	struct value v[FIELDS_MAX];
	struct member *ret = member;

	if (!value_members(at, v) || !value_given(&v[ME_RATE]) ||
	    !value_given(&v[ME_PAYROLL]))
		return;
	ret->rate = value_decimal(&v[ME_RATE]);
	ret->payroll = value_decimal(&v[ME_PAYROLL]);
}

static void
read_single_rate(const struct value *at, struct facts *ret)
{
	struct value v[FIELDS_MAX], *list = &v[SR_MEMBERS];
	struct frac total = frac_int(0);
	size_t i;

	if (!value_members(at, v))
		return;
	ret->has_single_rate = true;
	ret->single_first_year = value_bool(&v[SR_FIRST_YEAR], false);
	if (ret->single_first_year && list->node == NULL)
		value_refuse(list, "obligatoire et absent : donnez les "
		    "établissements réunis, dont les taux font la base de la "
		    "première année du taux unique");
	ret->member = value_list(list, "membres {rate, payroll}",
	    sizeof *ret->member, read_member, &ret->members);
	if (ret->member == NULL && value_given(list))
		value_refuse(list, "liste vide : donnez le taux et la masse "
		    "salariale de chaque établissement, ou retirez members");
	if (ret->member == NULL)
		return;
	for (i = 0; i < ret->members; i++)
		total = frac_add(total, ret->member[i].payroll);
	if (frac_is_zero(total))
		value_refuse(list, "la masse salariale totale des membres est "
		    "nulle : les taux ne peuvent être pondérés, vérifiez "
		    "payroll");
}

static void
read_supplementary(const struct value *at, void *supplementary)
{
	struct value v[FIELDS_MAX];
	struct supplementary *ret = supplementary;

	if (!value_members(at, v) || !value_given(&v[S_PERCENT]) ||
	    !value_given(&v[S_FROM]) || !value_given(&v[S_UNTIL]))
		return;
	ret->percent = value_decimal(&v[S_PERCENT]);
	ret->from = value_day(&v[S_FROM]);
	ret->until = value_day(&v[S_UNTIL]);
	if (at->r->rc == TAPR_OK && date_cmp(ret->until, ret->from) <= 0)
		value_refuse(&v[S_UNTIL], "la période finit (%s) avant d'avoir "
		    "commencé (%s) : until est le jour qui suit le dernier",
		    v[S_UNTIL].node->text, v[S_FROM].node->text);
}

static void
read_rebate(const struct value *v, struct frac *ret)
{
	*ret = value_decimal(v);
	if (frac_cmp(*ret, frac_ratio(1, 4)) > 0)
		value_refuse(v, "ristourne de « %s » : elle ne dépasse pas le "
		    "quart (\"0.25\")", v->node->text);
}

/* --- given values -------------------------------------------------------- */

static void
read_given(const struct value *at, const struct facts *facts,
    struct given *ret)
{
	struct value v[FIELDS_MAX], w[FIELDS_MAX];
	size_t i;

	if (!value_members(at, v))
		return;
	ret->has_collective_rate = v[G_COLLECTIVE_RATE].node != NULL;
	ret->collective_rate = value_decimal(&v[G_COLLECTIVE_RATE]);
	if (value_members(&v[G_MAJORATIONS], w))
		for (i = 0; i < 4; i++) {
			ret->has_majoration[i] = w[i].node != NULL;
			ret->majoration[i] = value_decimal(&w[i]);
		}
	if (value_members(&v[G_AVERAGE_COSTS], w))
		for (i = 0; i < COST_CATEGORIES; i++) {
			ret->has_cost[i] = w[i].node != NULL;
			ret->cost[i] = value_decimal(&w[i]);
		}
	ret->has_abatement = v[G_ABATEMENT].node != NULL;
	ret->abatement = value_decimal(&v[G_ABATEMENT]);
	if (v[G_REAL_COSTS].node != NULL && facts->year != 2012 &&
	    facts->year != 2013)
		value_refuse(&v[G_REAL_COSTS], "les coûts réels ne servent que "
		    "pour les taux de 2012 et 2013, non de %d : retirez "
		    "real_costs", facts->year);
	ret->real_costs = value_years(&v[G_REAL_COSTS]);
}

/* --- the document -------------------------------------------------------- */

int
facts_parse(const char *text, size_t n, struct arena *a, struct json **ret,
    struct err *err)
{
	static const struct {
		const char	*start;
		const char	*what;
	} other[] = {
		{ "%PDF", "un document PDF" },
		{ "PK\x03\x04", "un classeur ou une archive ZIP" },
		{ "\xd0\xcf\x11\xe0", "un classeur d'un ancien tableur" },
		{ "<", "du XML ou du HTML" },
	};
	char where[ERR_PATH_MAX];
	size_t i, at;

	if (n > FACTS_BYTES_MAX)
		return err_set(err, TAPR_EINVAL, NULL, "le document dépasse "
		    "%d Mio : des faits d'établissement sont bien plus petits, "
		    "vérifiez le fichier",
		    (int)(FACTS_BYTES_MAX / 1024 / 1024));
	for (at = 0; at < n && (text[at] == ' ' || text[at] == '\t' ||
	    text[at] == '\n' || text[at] == '\r'); at++)
		continue;
	json_place(text, n, at, where);
	if (at == n)
		return err_set(err, TAPR_EINVAL, where, "le document est vide "
		    ": donnez un objet JSON, par exemple "
		    "{\"year\": 2024, \"zone\": \"general\", …}");
	if (text[at] == '[')
		return err_set(err, TAPR_EINVAL, where, "le document est une "
		    "liste : donnez les faits d'un seul établissement, un "
		    "objet { … }");
	for (i = 0; i < sizeof other / sizeof other[0]; i++)
		if (n - at >= strlen(other[i].start) &&
		    memcmp(text + at, other[i].start,
		    strlen(other[i].start)) == 0)
			return err_set(err, TAPR_EINVAL, where, "ce n'est pas "
			    "du JSON, mais %s : donnez un fichier de faits "
			    "FACTS.json", other[i].what);
	/* A byte order mark has its own message in json_parse. */
	if (text[at] != '{' && (unsigned char)text[at] != 0xef &&
	    (unsigned char)text[at] < 0xfe)
		return err_set(err, TAPR_EINVAL, where, "ce n'est pas un objet "
		    "JSON : le document doit commencer par une accolade {");
	return json_parse(text, n, a, ret, err);
}

int
facts_read(const struct json *doc, struct arena *a, struct facts *ret,
    struct err *err)
{
	struct reader r = { .arena = a, .err = err, .rc = TAPR_OK };
	struct value whole = { &r, NULL, &contract_document, NULL, doc };
	struct value v[FIELDS_MAX];

	memset(ret, 0, sizeof *ret);
	if (!value_members(&whole, v))
		return r.rc;
	read_year(&v[F_YEAR], &ret->year);
	ret->zone = (enum zone)value_word(&v[F_ZONE]);
	read_establishment(&v[F_ESTABLISHMENT], ret);
	ret->headcounts = value_years(&v[F_HEADCOUNTS]);
	ret->payroll = value_years(&v[F_PAYROLL]);
	read_claims(&v[F_CLAIMS], ret);
	read_previous(&v[F_PREVIOUS], ret);
	read_single_rate(&v[F_SINGLE_RATE], ret);
	read_rebate(&v[F_REBATE], &ret->rebate);
	ret->supplementary = value_list(&v[F_SUPPLEMENTARY],
	    "cotisations supplémentaires", sizeof *ret->supplementary,
	    read_supplementary, &ret->supplementaries);
	read_given(&v[F_GIVEN], ret, &ret->given);
	return r.rc;
}
