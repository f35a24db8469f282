/*
 * contract.c -- the tables of the contract (docs/formats/facts.md).
 *
 * From the leaves to the document, in the order in which docs/formats/facts.md
 * shows the fields: messages list them in that order.  A field is an optional
 * text unless its line says otherwise.
 */
#include "facts/contract.h"

#include <string.h>

#include "model/facts.h"
#include "model/words.h"

#define FIELDS(what, array) &(const struct fields){ \
	(what), (array), sizeof (array) / sizeof (array)[0] }

/*
 * Money and headcounts have at most two decimals, rates four; the contract
 * says nothing of shares, which take six (a third as 0.333333).
 */
static const struct decimal money = { 15, 2, false, "4200000.00",
	"un montant négatif n'est pas admis" };
static const struct decimal persons = { 9, 2, false, "84.37",
	"un effectif négatif n'est pas admis" };
static const struct decimal percentage = { 9, 4, false, "3.20",
	"un taux négatif n'est pas admis" };
static const struct decimal share = { 9, 6, true, "0.10",
	"une fraction négative n'est pas admise" };

static const struct field establishment[] = {
	[E_SIRET] = { .name = "siret",
	    .need = "le SIRET de l'établissement, 14 chiffres" },
	[E_RISK_CODE] = { .name = "risk_code",
	    .need = "le code risque, par exemple \"452BE\"" },
	[E_CTN] = { .name = "ctn",
	    .need = "la lettre du comité technique national, de A à I" },
	[E_BTP_GROUP] = { .name = "btp_group", .words = group_words,
	    .first = GROUP_NONE + 1 },
	[E_CREATED] = { .name = "created" },
	[E_TAKEN_OVER] = { .name = "taken_over", .shape = SHAPE_BOOL },
	[E_SECTION] = { .name = "section", .words = section_words },
	[E_REGIME] = { .name = "regime", .words = regime_words },
};

static const struct field temp_work[] = {
	[T_ROLE] = { .name = "role", .words = role_words,
	    .first = TEMP_NONE + 1,
	    .need = "le rôle de l'entreprise : user (utilisatrice) ou agency "
	    "(de travail temporaire)" },
};

static const struct field claim[] = {
	[C_REF] = { .name = "ref",
	    .need = "la référence du sinistre, par exemple \"A1\"" },
	[C_KIND] = { .name = "kind", .words = kind_words,
	    .need = "la nature du sinistre : accident, disease ou commuting" },
	[C_DECLARED] = { .name = "declared",
	    .need = "la date de la déclaration, par exemple \"2021-03-02\"" },
	[C_OCCURRED] = { .name = "occurred" },
	[C_RECOGNISED] = { .name = "recognised" },
	[C_CARE] = { .name = "care", .shape = SHAPE_BOOL },
	[C_STOPPAGE_DAYS] = { .name = "stoppage_days",
	    .shape = SHAPE_INTEGER },
	[C_IP_RATE] = { .name = "ip_rate", .shape = SHAPE_INTEGER },
	[C_IP_NOTIFIED] = { .name = "ip_notified" },
	[C_DEATH] = { .name = "death" },
	[C_DEATH_RECOGNISED] = { .name = "death_recognised" },
	[C_THIRD_PARTY_SHARE] = { .name = "third_party_share",
	    .decimal = &share },
	[C_CHARGE] = { .name = "charge", .words = charge_words },
	[C_TEMP_WORK] = { .name = "temp_work", .shape = SHAPE_OBJECT,
	    .in = FIELDS("temp_work", temp_work) },
};

static const struct field previous[] = {
	[P_RATE] = { .name = "rate", .decimal = &percentage,
	    .need = "le taux notifié pour l'année précédente, par exemple "
	    "\"3.20\"" },
	[P_MODE] = { .name = "mode", .words = mode_words,
	    .first = MODE_NONE + 1,
	    .need = "son mode : collective, mixed ou individual" },
};

static const struct field member[] = {
	[ME_RATE] = { .name = "rate", .decimal = &percentage,
	    .need = "le taux notifié pour l'année précédente" },
	[ME_PAYROLL] = { .name = "payroll", .decimal = &money,
	    .need = "la masse salariale de la dernière année connue" },
};

static const struct field single_rate[] = {
	[SR_FIRST_YEAR] = { .name = "first_year", .shape = SHAPE_BOOL },
	[SR_MEMBERS] = { .name = "members", .shape = SHAPE_LIST,
	    .in = FIELDS("un établissement du taux unique", member) },
};

static const struct field supplementary[] = {
	[S_PERCENT] = { .name = "percent", .decimal = &percentage,
	    .need = "le pourcentage de la cotisation normale, par exemple "
	    "\"25\"" },
	[S_FROM] = { .name = "from",
	    .need = "le premier jour de la période" },
	[S_UNTIL] = { .name = "until",
	    .need = "le jour qui suit le dernier de la période" },
};

static const struct field majorations[] = {
	{ .name = "M1", .decimal = &percentage },
	{ .name = "M2", .decimal = &percentage },
	{ .name = "M3", .decimal = &percentage },
	{ .name = "M4", .decimal = &percentage },
};

#define COST(category) \
	[COST_ ## category] = { .name = #category, .decimal = &money }
static const struct field average_costs[] = {
	COST(IT1), COST(IT2), COST(IT3), COST(IT4), COST(IT5), COST(IT6),
	COST(IP1), COST(IP2), COST(IP3), COST(IP4), COST(IP2_IP4),
};

static const struct field given[] = {
	[G_COLLECTIVE_RATE] = { .name = "collective_rate",
	    .decimal = &percentage },
	[G_MAJORATIONS] = { .name = "majorations", .shape = SHAPE_OBJECT,
	    .in = FIELDS("majorations", majorations) },
	[G_AVERAGE_COSTS] = { .name = "average_costs", .shape = SHAPE_OBJECT,
	    .in = FIELDS("average_costs", average_costs) },
	[G_ABATEMENT] = { .name = "abatement", .decimal = &share },
	[G_REAL_COSTS] = { .name = "real_costs", .shape = SHAPE_YEARS,
	    .decimal = &money },
};

static const struct field document[] = {
	[F_YEAR] = { .name = "year", .shape = SHAPE_INTEGER,
	    .need = "l'année du taux, par exemple 2024" },
	[F_ZONE] = { .name = "zone", .words = zone_words,
	    .need = "la zone : general ou alsace-moselle" },
	[F_ESTABLISHMENT] = { .name = "establishment", .shape = SHAPE_OBJECT,
	    .in = FIELDS("l'établissement", establishment),
	    .need = "l'établissement, avec siret, risk_code et ctn" },
	[F_HEADCOUNTS] = { .name = "headcounts", .shape = SHAPE_YEARS,
	    .decimal = &persons },
	[F_PAYROLL] = { .name = "payroll", .shape = SHAPE_YEARS,
	    .decimal = &money },
	[F_CLAIMS] = { .name = "claims", .shape = SHAPE_CLAIMS,
	    .in = FIELDS("un sinistre", claim) },
	[F_PREVIOUS] = { .name = "previous", .shape = SHAPE_OBJECT,
	    .in = FIELDS("previous", previous) },
	[F_SINGLE_RATE] = { .name = "single_rate", .shape = SHAPE_OBJECT,
	    .in = FIELDS("single_rate", single_rate) },
	[F_REBATE] = { .name = "rebate", .decimal = &share },
	[F_SUPPLEMENTARY] = { .name = "supplementary", .shape = SHAPE_LIST,
	    .in = FIELDS("une cotisation supplémentaire", supplementary) },
	[F_GIVEN] = { .name = "given", .shape = SHAPE_OBJECT,
	    .in = FIELDS("given", given) },
};

const struct field contract_document = { .name = NULL,
	.shape = SHAPE_OBJECT, .in = FIELDS("le document", document) };

const struct field *
contract_find(const struct fields *in, const char *name, size_t n)
{
	size_t i;

	for (i = 0; i < in->n; i++)
		if (strncmp(in->field[i].name, name, n) == 0 &&
		    in->field[i].name[n] == '\0')
			return &in->field[i];
	return NULL;
}
