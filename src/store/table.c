/*
 * table.c -- the tables of facts, as data; sql/ says what each column means.
 */
#include "store/table.h"

#include <assert.h>

#define INT(name) { name, COLUMN_INT }
#define DAY(name) { name, COLUMN_DATE }
#define TEXT(name) { name, COLUMN_TEXT }

#define DECL_KEY_COLUMNS						\
	INT("year"), TEXT("siren"), TEXT("siret"), INT("month"),	\
	INT("fraction"), INT("nature")
#define TOTAL_KEY_COLUMNS						\
	DECL_KEY_COLUMNS, TEXT("section"), TEXT("risk_code"),	\
	TEXT("user_id")

static const struct table tables[TABLES] = {
	[TABLE_UNIT] = { "unit", 1, UNIT_COLUMNS, {
		TEXT("siren"), TEXT("name"), TEXT("legal_category"),
		TEXT("state"), DAY("created_on"), TEXT("head_nic"),
		TEXT("naf"), TEXT("naf25"), TEXT("diffusion") } },
	[TABLE_ESTABLISHMENT] = { "establishment", 1, EST_COLUMNS, {
		TEXT("siret"), DAY("created_on"), TEXT("state"),
		DAY("closed_on"), INT("head_office"), TEXT("name"),
		TEXT("address"), TEXT("postcode"), TEXT("commune"),
		TEXT("naf"), TEXT("naf25"), INT("employer"),
		TEXT("diffusion"), TEXT("origin") } },
	[TABLE_ESTABLISHMENT_PERIOD] = { "establishment_period", 2,
	    PERIOD_COLUMNS, {
		TEXT("siret"), DAY("from_on"), DAY("to_on"), TEXT("state"),
		TEXT("naf"), INT("employer"), TEXT("name") } },
	[TABLE_SUCCESSION] = { "succession", 3, SUCC_COLUMNS, {
		TEXT("predecessor"), TEXT("successor"), DAY("on_date"),
		INT("head_office"), INT("continuity") } },
	[TABLE_CLASSIFICATION] = { "classification", 3, CLASS_COLUMNS, {
		TEXT("siret"), TEXT("section"), DAY("from_on"),
		TEXT("risk_code"), TEXT("ctn"), TEXT("btp_group"),
		INT("single_rate"), TEXT("source_document"), TEXT("author"),
		TEXT("reason") } },
	[TABLE_PAYROLL] = { "payroll", 3, PAY_COLUMNS, {
		INT("year"), TEXT("siret"), TEXT("section"),
		TEXT("risk_code"), INT("payroll_cents"),
		INT("hours_hundredths"), INT("headcount_hundredths") } },
	[TABLE_HEADCOUNT] = { "headcount", 3, HEAD_COLUMNS, {
		INT("year"), TEXT("siren"), INT("month"),
		INT("headcount_hundredths") } },
	[TABLE_RATE] = { "rate", 4, RATE_COLUMNS, {
		INT("year"), TEXT("siret"), TEXT("section"),
		DAY("effective_on"), TEXT("risk_code"), INT("rate"),
		TEXT("mode"), DAY("notified_on") } },
	[TABLE_CLAIM] = { "claim", 2, CLAIM_COLUMNS, {
		INT("year"), TEXT("claim_id"), TEXT("siret"), TEXT("section"),
		TEXT("risk_code"), TEXT("kind"), INT("care"),
		DAY("declared_on"), DAY("occurred_on"), TEXT("place_insee"),
		DAY("complete_on"), DAY("recognised_on"), DAY("refused_on"),
		INT("stoppage_days"), INT("ip_rate"), DAY("ip_notified_on"),
		DAY("death_on"), DAY("death_recognised_on"),
		INT("third_party_share"), TEXT("charge"), TEXT("user_siret"),
		TEXT("agency_siret"), DAY("inexcusable_fault_on"),
		DAY("hired_on"), TEXT("qualification"), TEXT("deviation"),
		TEXT("material_agent"), DAY("informed_on"),
		TEXT("message_id") } },
	[TABLE_BENEFIT] = { "benefit", 2, BENEFIT_COLUMNS, {
		INT("year"), TEXT("benefit_id"), TEXT("claim_id"),
		TEXT("nature"), DAY("from_on"), DAY("to_on"), INT("days"),
		INT("amount_cents"), DAY("paid_on"), TEXT("reason"),
		TEXT("author"), TEXT("reviewer") } },
	[TABLE_PORTFOLIO] = { "portfolio", 3, PORTFOLIO_COLUMNS, {
		TEXT("login"), TEXT("siret"), DAY("from_on"),
		DAY("to_on") } },
	[TABLE_MEASURE] = { "measure", 4, MEASURE_COLUMNS, {
		TEXT("siret"), TEXT("kind"), TEXT("reference"),
		DAY("from_on"), DAY("to_on"), TEXT("section"), INT("value"),
		TEXT("author"), TEXT("source_document") } },
	[TABLE_WAITING] = { "waiting", 2, WAITING_COLUMNS, {
		TEXT("flow"), TEXT("record_id"), TEXT("waits_for"),
		TEXT("fields") } },
	[TABLE_LOCAL_VALUE] = { "local_value", 3, LOCAL_COLUMNS, {
		TEXT("siret"), TEXT("field"), DAY("from_on"), TEXT("value"),
		TEXT("insee_value"), TEXT("author"),
		TEXT("source_document") } },
	[TABLE_TRANSFER] = { "transfer", 3, TRANSFER_COLUMNS, {
		TEXT("predecessor"), TEXT("successor"), DAY("on_date"),
		TEXT("kind"), INT("inherits"), INT("same_activity"),
		INT("same_means"), INT("staff_share"), TEXT("author"),
		TEXT("source_document") } },
	[TABLE_CLAIM_EVENT] = { "claim_event", 4, EVENT_COLUMNS, {
		INT("year"), TEXT("claim_id"), TEXT("kind"), DAY("on_date"),
		TEXT("value_before"), TEXT("value_after"), TEXT("author"),
		TEXT("source_document") } },
	[TABLE_CAMPAIGN] = { "campaign", 1, CAMP_COLUMNS, {
		INT("year"), INT("known_batch"), TEXT("law_version"),
		TEXT("law_digest"), TEXT("engine"), TEXT("inputs_digest"),
		TEXT("frozen_by"), DAY("frozen_on"), INT("sections"),
		INT("damaged"), TEXT("results_digest"), TEXT("digest"),
		TEXT("computed_by"), DAY("computed_on"), INT("refused") } },
	[TABLE_LOT] = { "lot", 2, LOT_COLUMNS, {
		INT("year"), INT("lot"), TEXT("kind"), TEXT("author"),
		DAY("on_date"), TEXT("reason") } },
	[TABLE_LOT_STATE] = { "lot_state", 3, STATE_COLUMNS, {
		INT("year"), INT("lot"), TEXT("state"), TEXT("previous"),
		TEXT("kind"), DAY("on_date"), DAY("until_on"), TEXT("author"),
		TEXT("means"), TEXT("proof"), TEXT("review_digest"),
		TEXT("note") } },
	[TABLE_LOT_LINE] = { "lot_line", 3, LINE_COLUMNS, {
		INT("year"), TEXT("siret"), TEXT("section"), INT("lot"),
		INT("from_lot"), TEXT("reason"), TEXT("author"),
		DAY("on_date") } },
	[TABLE_SANCTION] = { "sanction", 4, SANC_COLUMNS, {
		INT("year"), TEXT("siret"), TEXT("kind"), TEXT("reference"),
		DAY("from_on"), DAY("until_on"), TEXT("section"), INT("lot"),
		INT("percent"), INT("rate"), INT("payroll_year"),
		INT("payroll_cents"), INT("headcount"), INT("counted"),
		INT("amount_cents"), TEXT("author"), DAY("on_date") } },
	[TABLE_OBSERVATION] = { "observation", 4, OBS_COLUMNS, {
		INT("year"), TEXT("siret"), TEXT("section"), INT("number"),
		DAY("received_on"), TEXT("document"), TEXT("author"),
		TEXT("answer"), DAY("answered_on"), TEXT("answered_by") } },
	[TABLE_CONTEST] = { "contest", 2, CONTEST_COLUMNS, {
		INT("year"), INT("contest"), TEXT("siret"), TEXT("section"),
		TEXT("against"), TEXT("document"), DAY("received_on"),
		TEXT("author"), DAY("deadline"), TEXT("decision"),
		TEXT("reasons"), DAY("decided_on"), TEXT("decided_by"),
		INT("known_batch") } },
	[TABLE_CONTEST_LINE] = { "contest_line", 5, CLINE_COLUMNS, {
		INT("year"), INT("contest"), INT("rate_year"), TEXT("siret"),
		TEXT("section"), INT("old_rate"), INT("new_rate"),
		INT("payroll_cents"), INT("amount_cents") } },
	[TABLE_REVISION_ROUND] = { "revision_round", 1, ROUND_COLUMNS, {
		TEXT("round"), DAY("opened_on"), DAY("answer_by"),
		TEXT("risk_code"), TEXT("author") } },
	[TABLE_REVISION_FILE] = { "revision_file", 3, REV_COLUMNS, {
		TEXT("round"), TEXT("siret"), TEXT("section"),
		TEXT("risk_code"), TEXT("ctn"), DAY("answer_by"),
		DAY("opened_on"), DAY("sent_on"), DAY("reminded_on"),
		DAY("answered_on"), TEXT("answer_document"),
		DAY("concluded_on"), TEXT("concluder"), TEXT("conclusion"),
		TEXT("proposed_code"), TEXT("proposed_ctn"), TEXT("reason"),
		DAY("proposed_on"), DAY("observations_until"),
		DAY("observed_on"), TEXT("observation_document"),
		DAY("decided_on"), TEXT("decider"), TEXT("decision"),
		DAY("effect_on") } },
	[TABLE_DSN_DECLARATION] = { "dsn_declaration", DECL_KEYS, DECL_COLUMNS,
	    { DECL_KEY_COLUMNS, INT("type"), DAY("made_on"),
		INT("order_number"), TEXT("norm"), INT("individuals"),
		INT("outside_cents"), INT("misdeclared_cents"),
		INT("content") } },
	[TABLE_DSN_AMOUNT] = { "dsn_amount", AMOUNT_CENTS, AMOUNT_COLUMNS, {
		TOTAL_KEY_COLUMNS, INT("amount_year"), INT("payroll_cents"),
		INT("hours_hundredths"), INT("days_hundredths"),
		INT("contracts"), INT("without_hours") } },
	[TABLE_DSN_SHARE] = { "dsn_share", SHARE_PART, SHARE_COLUMNS, {
		TOTAL_KEY_COLUMNS, INT("full_time"), INT("part") } },
	[TABLE_DSN_RATE] = { "dsn_rate", DRATE_CONTRACTS, DRATE_COLUMNS, {
		TOTAL_KEY_COLUMNS, INT("amount_year"), INT("rate"),
		INT("contracts"), INT("payroll_cents") } },
	[TABLE_PERSON] = { "person", 1, PERSON_COLUMNS, {
		TEXT("login"), TEXT("service"), TEXT("title"),
		TEXT("author") } },
	[TABLE_HABILITATION] = { "habilitation", 3, HAB_COLUMNS, {
		TEXT("login"), TEXT("role"), DAY("from_on"), DAY("to_on"),
		TEXT("reference"), DAY("oath_on"), INT("dual"),
		TEXT("author"), TEXT("decider"), DAY("decided_on") } },
	[TABLE_IDENTITY] = { "identity", 2, IDENTITY_COLUMNS, {
		INT("year"), TEXT("claim_id"), TEXT("month"), TEXT("nir"),
		TEXT("surname"), TEXT("nir_index") } },
	[TABLE_EXCHANGE_AUTHORITY] = { "exchange_authority", 3,
	    AUTH_COLUMNS, {
		TEXT("flow"), TEXT("recipient"), DAY("from_on"), TEXT("act"),
		DAY("act_on"), TEXT("signatory"), TEXT("recipient_key"),
		TEXT("author"), DAY("ended_on"), TEXT("ended_by"),
		TEXT("reason") } },
	[TABLE_TRANSMISSION] = { "transmission", 2, SENT_COLUMNS, {
		INT("year"), INT("number"), TEXT("flow"), TEXT("recipient"),
		DAY("on_date"), TEXT("period"), TEXT("object"),
		TEXT("request"), TEXT("act"), INT("rows_written"),
		INT("widened"), INT("suppressed"), TEXT("digest"),
		TEXT("file_name"), TEXT("author") } },
};

const struct table *
table_get(enum table_id id)
{
	assert(id < TABLES);
	return &tables[id];
}
