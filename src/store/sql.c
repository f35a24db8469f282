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

	/* batch, kind, actor, file_name, file_digest, known_on, entry */
	[SQL_BATCH_INSERT] = "insert into batch (batch, kind, actor, "
	    "file_name, file_digest, known_on, entry, published) "
	    "values ($1, $2, $3, $4, $5, $6, $7, 0)",
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
	/* batch -> kind, actor, file_name, file_digest, known_on */
	[SQL_BATCH_GET] = "select kind, actor, file_name, file_digest, "
	    "known_on from batch where batch = $1",
	/* batch, file_digest: known only once the file was read */
	[SQL_BATCH_FILE] = "update batch set file_digest = $2 "
	    "where batch = $1",
	/* batch, table_name, brought, its sum, superseded, its sum */
	[SQL_TOTAL_INSERT] = "insert into batch_total (batch, table_name, "
	    "brought, brought_sum, superseded, superseded_sum) "
	    "values ($1, $2, $3, $4, $5, $6)",
	/* up to batch -> batch, table_name, brought, sum, superseded, sum */
	[SQL_TOTAL_LIST] = "select batch, table_name, brought, brought_sum, "
	    "superseded, superseded_sum from batch_total where batch <= $1 "
	    "order by batch, table_name",

	/* siret -> 1 when it is in the register */
	[SQL_SIRET_KNOWN] = "select 1 from establishment where siret = $1 "
	    "and superseded_by_batch is null",
	/* -> siret of every establishment */
	[SQL_SIRET_LIST] = "select siret from establishment "
	    "where superseded_by_batch is null",
	/* -> siret of what was typed here */
	[SQL_LOCAL_LIST] = "select distinct siret from local_value "
	    "where superseded_by_batch is null",
	/* -> flow, record_id, waits_for, batch, in the order they came */
	[SQL_WAITING_LIST] = "select flow, record_id, waits_for, batch "
	    "from waiting where superseded_by_batch is null "
	    "order by batch, line, record_id",
	/* the least and the greatest siret of a siren -> 1 */
	[SQL_SIREN_KNOWN] = "select 1 from establishment where siret >= $1 "
	    "and siret <= $2 and superseded_by_batch is null limit 1",
	/* claim_id -> year, siret of the claim as it stands */
	[SQL_CLAIM_NOW] = "select year, siret from claim where claim_id = $1 "
	    "and superseded_by_batch is null",
	/* message_id -> batch, line, checksum of the row it brought */
	[SQL_CLAIM_MESSAGE] = "select batch, line, checksum from claim "
	    "where message_id = $1",
	/* benefit_id -> batch, line, checksum of the row it brought */
	[SQL_BENEFIT_MESSAGE] = "select batch, line, checksum from benefit "
	    "where benefit_id = $1",
	/*
	 * Of each file that waits or has waited for a step: known ->
	 * file, siret, what it is, clock starts, clock stops, due on, the day
	 * that the time limit of the law counts from.
	 */
	[SQL_DELAY_DECISION] = "select claim_id, siret, kind, "
	    "coalesce(complete_on, declared_on), "
	    "case when refused_on is null or recognised_on < refused_on "
	    "then recognised_on else refused_on end, null, complete_on "
	    "from claim where batch <= $1 and (superseded_by_batch is null "
	    "or superseded_by_batch > $1)",
	/* The index benefit_by_claim alone answers the inner question. */
	[SQL_DELAY_PAYMENT] = "select claim_id, siret, kind, complete_on, "
	    "(select min(b.paid_on) from benefit b "
	    "where b.claim_id = c.claim_id and b.nature not in "
	    "('care', 'annual_annuity') and b.batch <= $1 and "
	    "(b.superseded_by_batch is null or b.superseded_by_batch > $1)), "
	    "null, null from claim c where c.batch <= $1 and "
	    "(c.superseded_by_batch is null or c.superseded_by_batch > $1) "
	    "and c.complete_on is not null and c.refused_on is null and "
	    "c.stoppage_days > 0",
	[SQL_DELAY_ANSWER] = "select round, siret, section, sent_on, "
	    "coalesce(answered_on, concluded_on), answer_by, null "
	    "from revision_file where batch <= $1 and (superseded_by_batch "
	    "is null or superseded_by_batch > $1) and sent_on is not null",
	[SQL_DELAY_REVISION] = "select round, siret, section, "
	    "coalesce(answered_on, concluded_on), "
	    "case when conclusion = 'unchanged' then concluded_on "
	    "else decided_on end, null, null "
	    "from revision_file where batch <= $1 and (superseded_by_batch "
	    "is null or superseded_by_batch > $1) and "
	    "coalesce(answered_on, concluded_on) is not null",
	[SQL_DELAY_CONTEST] = "select cast(year as text) || '-' || "
	    "cast(contest as text), siret, section, received_on, decided_on, "
	    "null, null from contest where batch <= $1 and "
	    "(superseded_by_batch is null or superseded_by_batch > $1)",
	/* -> the last entry of the audit log that an act of the register names */
	[SQL_BATCH_ENTRY] = "select max(entry) from batch",

	/* position, at, actor, role, habilitation, purpose, act, outcome, kind,
	 * object, scope, count, digest, follows, previous, leaf */
	[SQL_ENTRY_INSERT] = "insert into entry (position, at, actor, role, "
	    "habilitation, purpose, act, outcome, kind, object, scope, count, "
	    "digest, follows, previous, leaf) values ($1, $2, $3, $4, $5, $6, "
	    "$7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
	/* -> position, leaf */
	[SQL_ENTRY_LAST] = "select position, leaf from entry "
	    "order by position desc limit 1",
	/* from position -> the columns of SQL_ENTRY_INSERT, then actor_salt,
	 * actor, object_salt, object */
	[SQL_ENTRY_LIST] = "select e.position, e.at, e.actor, e.role, "
	    "e.habilitation, e.purpose, e.act, e.outcome, e.kind, e.object, "
	    "e.scope, e.count, e.digest, e.follows, e.previous, e.leaf, "
	    "o.actor_salt, o.actor, o.object_salt, o.object from entry e "
	    "left join opening o on o.position = e.position "
	    "where e.position >= $1 order by e.position",
	/* -> leaf */
	[SQL_ENTRY_LEAVES] = "select leaf from entry order by position",
	/* position, actor_salt, actor, object_salt, object */
	[SQL_OPENING_INSERT] = "insert into opening (position, actor_salt, "
	    "actor, object_salt, object) values ($1, $2, $3, $4, $5)",
	/* -> level, hash */
	[SQL_PEAK_LIST] = "select level, hash from peak order by level",
	/* level, hash */
	[SQL_PEAK_PUT] = "insert into peak (level, hash) values ($1, $2) "
	    "on conflict (level) do update set hash = excluded.hash",
	/* number, size, at, note */
	[SQL_CHECKPOINT_INSERT] = "insert into checkpoint (number, size, at, "
	    "note, handed) values ($1, $2, $3, $4, 0)",
	/* -> number, size, at, note */
	[SQL_CHECKPOINT_LAST] = "select number, size, at, note from checkpoint "
	    "order by number desc limit 1",
	/* -> number, size, at, note, handed */
	[SQL_CHECKPOINT_LIST] = "select number, size, at, note, handed "
	    "from checkpoint order by number",
	/* -> number, note of those the witness has not */
	[SQL_CHECKPOINT_WAITING] = "select number, note from checkpoint "
	    "where handed = 0 order by number",
	/* number of the last one handed */
	[SQL_CHECKPOINT_HANDED] = "update checkpoint set handed = 1 "
	    "where number <= $1 and handed = 0",
};

const char *
sql_text(enum sql sql)
{
	assert(sql < SQL_COUNT && texts[sql] != 0);
	return texts[sql];
}
