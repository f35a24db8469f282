/*
 * sql.c -- the statements that are not about facts.
 */
#include "store/sql.h"

#include <assert.h>

static const char *const texts[SQL_COUNT] = {
	/* -> version */
	[SQL_SCHEMA_VERSION] = "select max(version) from schema_version",
	/* version, name, digest */
	[SQL_SCHEMA_STEP] = "insert into schema_version "
	    "(version, name, digest) values ($1, $2, $3)",

	/* -> digest */
	[SQL_SCHEMA_LIST] = "select digest from schema_version "
	    "order by version",

	/* batch, kind, actor, file_name, file_digest, known_on */
	[SQL_BATCH_INSERT] = "insert into batch (batch, kind, actor, "
	    "file_name, file_digest, known_on, published) "
	    "values ($1, $2, $3, $4, $5, $6, 0)",
	/* -> the last batch begun, published or not */
	[SQL_BATCH_LAST] = "select max(batch) from batch",
	/* -> the last batch that readers see */
	[SQL_BATCH_KNOWN] = "select max(batch) from batch where published = 1",
	/* day -> the last batch known that day */
	[SQL_BATCH_KNOWN_ON] = "select max(batch) from batch "
	    "where published = 1 and known_on <= $1",
	/* batch, read, applied, unchanged, waiting, set_aside */
	[SQL_BATCH_PUBLISH] = "update batch set published = 1, "
	    "read_lines = $2, applied = $3, unchanged = $4, waiting = $5, "
	    "set_aside = $6 where batch = $1",
	/* -> batch */
	[SQL_BATCH_UNPUBLISHED] = "select batch from batch "
	    "where published = 0 order by batch",
	/* batch */
	[SQL_BATCH_DELETE] = "delete from batch where batch = $1",
	/* -> batch, kind, actor, file_name, known_on, published, read_lines,
	 * applied, unchanged, waiting, set_aside */
	[SQL_BATCH_LIST] = "select batch, kind, actor, file_name, known_on, "
	    "published, read_lines, applied, unchanged, waiting, set_aside "
	    "from batch order by batch",
	/* batch, table_name, brought, its sum, superseded, its sum */
	[SQL_TOTAL_INSERT] = "insert into batch_total (batch, table_name, "
	    "brought, brought_sum, superseded, superseded_sum) "
	    "values ($1, $2, $3, $4, $5, $6)",
	/* up to batch -> batch, table_name, brought, sum, superseded, sum */
	[SQL_TOTAL_LIST] = "select batch, table_name, brought, brought_sum, "
	    "superseded, superseded_sum from batch_total where batch <= $1 "
	    "order by batch, table_name",
};

const char *
sql_text(enum sql sql)
{
	assert(sql < SQL_COUNT && texts[sql] != 0);
	return texts[sql];
}
