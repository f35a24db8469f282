/*
 * sql.h -- the statements that are not about facts; their text is in sql.c.
 *
 * What they take and give is said beside each text.
 */
#ifndef TAPR_STORE_SQL_H
#define TAPR_STORE_SQL_H

enum sql {
	SQL_SCHEMA_VERSION,
	SQL_SCHEMA_STEP,
	SQL_SCHEMA_LIST,

	SQL_BATCH_INSERT,
	SQL_BATCH_LAST,
	SQL_BATCH_KNOWN,
	SQL_BATCH_KNOWN_ON,
	SQL_BATCH_PUBLISH,
	SQL_BATCH_UNPUBLISHED,
	SQL_BATCH_DELETE,
	SQL_BATCH_LIST,
	SQL_BATCH_GET,
	SQL_BATCH_FILE,
	SQL_TOTAL_INSERT,
	SQL_TOTAL_LIST,

	SQL_SIRET_KNOWN,
	SQL_SIRET_LIST,
	SQL_LOCAL_LIST,
	SQL_WAITING_LIST,
	SQL_SIREN_KNOWN,
	SQL_CLAIM_NOW,
	SQL_CLAIM_MESSAGE,
	SQL_BENEFIT_MESSAGE,

	SQL_COUNT,
};

/* The text of a statement; parameters are $1, $2. */
const char *sql_text(enum sql sql);

#endif
