/*
 * parts.c -- what is shown of each table of the register.
 */
#include "register/view.h"

#define T LOOK_TEXT
#define W(list) (LOOK_TERM + (int)TERM_##list)
#define D LOOK_DATE
#define N LOOK_NUMBER
#define Y LOOK_YES_NO
#define H LOOK_HUNDREDTHS
#define E LOOK_EUR
#define P LOOK_SHARE
#define R LOOK_RATE

const struct part part_establishment = {
	TABLE_ESTABLISHMENT, EST_SIRET, false, WHEN_ALWAYS, 0, 0, false,
	"establishment", "Établissement", {
		{ EST_SIRET, T, "siret", "SIRET" },
		{ EST_NAME, T, "name", "nom" },
		{ EST_STATE, W(ESTABLISHMENT), "state", "état" },
		{ EST_CREATED_ON, D, "created_on", "créé le" },
		{ EST_CLOSED_ON, D, "closed_on", "radié le" },
		{ EST_HEAD_OFFICE, Y, "head_office", "siège" },
		{ EST_ADDRESS, T, "address", "adresse" },
		{ EST_POSTCODE, T, "postcode", "code postal" },
		{ EST_COMMUNE, T, "commune", "commune" },
		{ EST_NAF, T, "naf", "APE" },
		{ EST_NAF25, T, "naf25", "APE (NAF 2025)" },
		{ EST_EMPLOYER, Y, "employer", "employeur" },
		{ EST_DIFFUSION, W(DIFFUSION), "diffusion", "diffusion" },
		{ EST_ORIGIN, W(ORIGIN), "origin", "origine" } } };

const struct part part_unit = {
	TABLE_UNIT, UNIT_SIREN, false, WHEN_ALWAYS, 0, 0, false,
	"unit", "Entreprise", {
		{ UNIT_SIREN, T, "siren", "SIREN" },
		{ UNIT_NAME, T, "name", "raison sociale" },
		{ UNIT_LEGAL_CATEGORY, T, "legal_category",
		    "catégorie juridique" },
		{ UNIT_STATE, W(UNIT), "state", "état" },
		{ UNIT_CREATED_ON, D, "created_on", "créée le" },
		{ UNIT_HEAD_NIC, T, "head_nic", "NIC du siège" },
		{ UNIT_NAF, T, "naf", "APE" },
		{ UNIT_NAF25, T, "naf25", "APE (NAF 2025)" } } };

const struct part part_local = {
	TABLE_LOCAL_VALUE, LOCAL_SIRET, false, WHEN_FROM, LOCAL_FROM_ON, 0,
	false, "divergences", "Saisi ici, différent de l'INSEE", {
		{ LOCAL_FIELD, W(FIELD), "field", "rubrique" },
		{ LOCAL_FROM_ON, D, "from_on", "à partir du" },
		{ LOCAL_VALUE, T, "value", "valeur" },
		{ LOCAL_INSEE, T, "insee_value", "valeur INSEE" },
		{ LOCAL_AUTHOR, T, "author", "auteur" },
		{ LOCAL_DOCUMENT, T, "source_document", "pièce" } } };

const struct part part_period = {
	TABLE_ESTABLISHMENT_PERIOD, PERIOD_SIRET, false, WHEN_FROM_TO,
	PERIOD_FROM_ON, PERIOD_TO_ON, false, "periods",
	"Selon l'historique de l'INSEE à cette date", {
		{ PERIOD_FROM_ON, D, "from_on", "du" },
		{ PERIOD_TO_ON, D, "to_on", "au" },
		{ PERIOD_STATE, W(ESTABLISHMENT), "state", "état" },
		{ PERIOD_NAME, T, "name", "nom" },
		{ PERIOD_NAF, T, "naf", "APE" },
		{ PERIOD_EMPLOYER, Y, "employer", "employeur" } } };

#define SUCCESSION(column, key, title) {				\
	TABLE_SUCCESSION, column, false, WHEN_FROM, SUCC_ON_DATE, 0, false, \
	key, title, {							\
		{ SUCC_PREDECESSOR, T, "predecessor", "prédécesseur" },	\
		{ SUCC_SUCCESSOR, T, "successor", "successeur" },	\
		{ SUCC_ON_DATE, D, "on_date", "le" },			\
		{ SUCC_HEAD_OFFICE, Y, "head_office",			\
		    "transfert du siège" },				\
		{ SUCC_CONTINUITY, Y, "continuity",			\
		    "continuité économique" } } }

const struct part part_predecessor = SUCCESSION(SUCC_SUCCESSOR,
    "predecessors", "Succède, selon l'INSEE, à");
const struct part part_successor = SUCCESSION(SUCC_PREDECESSOR, "successors",
    "A pour successeur, selon l'INSEE");

#define TRANSFER(column, key, title) {					\
	TABLE_TRANSFER, column, false, WHEN_FROM, TRANSFER_ON_DATE, 0, false, \
	key, title, {							\
		{ TRANSFER_KIND, W(TRANSFER), "kind", "nature" },			\
		{ TRANSFER_FROM, T, "predecessor", "prédécesseur" },	\
		{ TRANSFER_TO, T, "successor", "successeur" },		\
		{ TRANSFER_ON_DATE, D, "on_date", "le" },		\
		{ TRANSFER_INHERITS, Y, "inherits", "reprend le compte" }, \
		{ TRANSFER_SAME_ACTIVITY, Y, "same_activity",		\
		    "même activité" },					\
		{ TRANSFER_SAME_MEANS, Y, "same_means",			\
		    "mêmes moyens" },					\
		{ TRANSFER_STAFF_SHARE, P, "staff_share",		\
		    "part du personnel" },				\
		{ TRANSFER_AUTHOR, T, "author", "auteur" },		\
		{ TRANSFER_DOCUMENT, T, "source_document", "pièce" } } }

const struct part part_transfer_from = TRANSFER(TRANSFER_TO,
    "transfers_from", "Opérations reçues");
const struct part part_transfer_to = TRANSFER(TRANSFER_FROM, "transfers_to",
    "Opérations vers d'autres établissements");

const struct part part_classification = {
	TABLE_CLASSIFICATION, CLASS_SIRET, false, WHEN_FROM, CLASS_FROM_ON, 0,
	true, "sections", "Sections et classement", {
		{ CLASS_SECTION, W(SECTION), "section", "section" },
		{ CLASS_RISK_CODE, T, "risk_code", "code risque" },
		{ CLASS_CTN, T, "ctn", "CTN" },
		{ CLASS_BTP_GROUP, W(GROUP), "btp_group", "groupe BTP" },
		{ CLASS_SINGLE_RATE, Y, "single_rate", "taux unique" },
		{ CLASS_FROM_ON, D, "from_on", "depuis le" },
		{ CLASS_DOCUMENT, T, "source_document", "d'après" },
		{ CLASS_REASON, T, "reason", "d'office" },
		{ CLASS_AUTHOR, T, "author", "auteur" } } };

const struct part part_headcount = {
	TABLE_HEADCOUNT, HEAD_SIREN, true, WHEN_YEAR, HEAD_YEAR, 0, false,
	"headcounts", "Effectif de l'entreprise, par mois", {
		{ HEAD_YEAR, N, "year", "année" },
		{ HEAD_MONTH, N, "month", "mois (0 : l'année)" },
		{ HEAD_VALUE, H, "headcount", "effectif" } } };

const struct part part_payroll = {
	TABLE_PAYROLL, PAY_SIRET, true, WHEN_YEAR, PAY_YEAR, 0, false,
	"payroll", "Salaires, heures et effectif de l'établissement", {
		{ PAY_YEAR, N, "year", "année" },
		{ PAY_SECTION, W(SECTION), "section", "section" },
		{ PAY_RISK_CODE, T, "risk_code", "code risque" },
		{ PAY_CENTS, E, "payroll_eur", "salaires" },
		{ PAY_HOURS, H, "hours", "heures" },
		{ PAY_HEADCOUNT, H, "headcount", "effectif" } } };

const struct part part_rate = {
	TABLE_RATE, RATE_SIRET, true, WHEN_FROM, RATE_EFFECTIVE_ON, 0, false,
	"rates", "Taux", {
		{ RATE_YEAR, N, "year", "année" },
		{ RATE_SECTION, W(SECTION), "section", "section" },
		{ RATE_RISK_CODE, T, "risk_code", "code risque" },
		{ RATE_VALUE, R, "rate", "taux" },
		{ RATE_MODE, W(MODE), "mode", "mode" },
		{ RATE_EFFECTIVE_ON, D, "effective_on", "effet le" },
		{ RATE_NOTIFIED_ON, D, "notified_on", "notifié le" } } };

const struct part part_measure = {
	TABLE_MEASURE, MEASURE_SIRET, false, WHEN_FROM_TO, MEASURE_FROM_ON,
	MEASURE_TO_ON, false, "measures", "Mesures de prévention", {
		{ MEASURE_KIND, W(MEASURE), "kind", "nature" },
		{ MEASURE_REFERENCE, T, "reference", "référence" },
		{ MEASURE_FROM_ON, D, "from_on", "du" },
		{ MEASURE_TO_ON, D, "to_on", "au" },
		{ MEASURE_SECTION, W(SECTION), "section", "section" },
		{ MEASURE_VALUE, P, "value", "valeur" },
		{ MEASURE_AUTHOR, T, "author", "auteur" },
		{ MEASURE_DOCUMENT, T, "source_document", "pièce" } } };

const struct part part_portfolio = {
	TABLE_PORTFOLIO, PORTFOLIO_SIRET, false, WHEN_FROM_TO,
	PORTFOLIO_FROM_ON, PORTFOLIO_TO_ON, false, "portfolio", "Suivi par", {
		{ PORTFOLIO_LOGIN, T, "login", "agent" },
		{ PORTFOLIO_FROM_ON, D, "from", "du" },
		{ PORTFOLIO_TO_ON, D, "to", "au" } } };

const struct part part_claim = {
	TABLE_CLAIM, CLAIM_SIRET, false, WHEN_FROM, CLAIM_DECLARED_ON, 0,
	false, "list", "Sinistres", {
		{ CLAIM_ID, T, "claim_id", "sinistre" },
		{ CLAIM_SIRET, T, "siret", "établissement" },
		{ CLAIM_SECTION, W(SECTION), "section", "section" },
		{ CLAIM_RISK_CODE, T, "risk_code", "code risque" },
		{ CLAIM_KIND, W(CLAIM), "kind", "nature" },
		{ CLAIM_CARE, Y, "care", "soins" },
		{ CLAIM_DECLARED_ON, D, "declared_on", "déclaré le" },
		{ CLAIM_OCCURRED_ON, D, "occurred_on", "survenu le" },
		{ CLAIM_COMPLETE_ON, D, "complete_on", "complet le" },
		{ CLAIM_RECOGNISED_ON, D, "recognised_on", "reconnu le" },
		{ CLAIM_REFUSED_ON, D, "refused_on", "refusé le" },
		{ CLAIM_STOPPAGE_DAYS, N, "stoppage_days", "jours d'arrêt" },
		{ CLAIM_IP_RATE, LOOK_PERCENT, "ip_rate", "IP" },
		{ CLAIM_IP_NOTIFIED_ON, D, "ip_notified_on",
		    "IP notifiée le" },
		{ CLAIM_DEATH_ON, D, "death_on", "décès le" },
		{ CLAIM_DEATH_RECOGNISED_ON, D, "death_recognised_on",
		    "décès reconnu le" },
		{ CLAIM_THIRD_PARTY_SHARE, P, "third_party_share",
		    "part du tiers" },
		{ CLAIM_CHARGE, W(CHARGE), "charge", "imputation" },
		{ CLAIM_USER_SIRET, T, "user_siret", "utilisatrice" },
		{ CLAIM_AGENCY_SIRET, T, "agency_siret", "agence" },
		{ CLAIM_INEXCUSABLE_ON, D, "inexcusable_fault_on",
		    "faute inexcusable jugée le" },
		{ CLAIM_INFORMED_ON, D, "informed_on",
		    "victime informée le" },
		{ CLAIM_MESSAGE_ID, T, "message_id", "message" } } };

/*
 * What only the file of a claim shows: no list needs when a person was hired,
 * as what, or where the accident was (S1-51, S1-52, S1-55).
 */
const struct part part_claim_file = {
	TABLE_CLAIM, CLAIM_SIRET, false, WHEN_FROM, CLAIM_DECLARED_ON, 0,
	false, "circumstances", "Circonstances", {
		{ CLAIM_PLACE, T, "place_insee", "commune du lieu" },
		{ CLAIM_HIRED_ON, D, "hired_on", "embauche le" },
		{ CLAIM_QUALIFICATION, T, "qualification",
		    "qualification" } } };

const struct part part_claim_event = {
	TABLE_CLAIM_EVENT, EVENT_CLAIM_ID, false, WHEN_FROM, EVENT_ON_DATE, 0,
	false, "events", "Décisions", {
		{ EVENT_KIND, W(EVENT), "kind", "décision" },
		{ EVENT_ON_DATE, D, "on_date", "le" },
		{ EVENT_BEFORE, T, "before", "avant" },
		{ EVENT_AFTER, T, "after", "après" },
		{ EVENT_AUTHOR, T, "author", "auteur" },
		{ EVENT_DOCUMENT, T, "source_document", "pièce ou motif" } } };

const struct part part_benefit = {
	TABLE_BENEFIT, BENEFIT_CLAIM_ID, false, WHEN_FROM, BENEFIT_PAID_ON, 0,
	false, "benefits", "Prestations", {
		{ BENEFIT_ID, T, "message_id", "message" },
		{ BENEFIT_NATURE, W(BENEFIT), "nature", "nature" },
		{ BENEFIT_FROM_ON, D, "from", "du" },
		{ BENEFIT_TO_ON, D, "to", "au" },
		{ BENEFIT_DAYS, N, "days", "jours" },
		{ BENEFIT_CENTS, E, "amount_eur", "montant" },
		{ BENEFIT_PAID_ON, D, "paid_on", "payé le" },
		{ BENEFIT_REASON, T, "reason", "motif de la saisie" },
		{ BENEFIT_AUTHOR, T, "author", "saisi par" },
		{ BENEFIT_REVIEWER, T, "reviewer", "vérifié par" } } };
