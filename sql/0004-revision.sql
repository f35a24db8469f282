-- The five-yearly revision of classifications by questionnaire.
--
-- Facts like the others (0001-register.sql).  A step of a file is a new row
-- that supersedes the one before; it carries what the steps before it said.

create table revision_round (
	round		text not null,		-- its name
	opened_on	integer not null,
	answer_by	integer not null,	-- last day to answer
	risk_code	text,			-- the round is about that one
	author		text not null,
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	primary key (round, batch)
) /* clustered */;

create table revision_file (
	round		text not null,
	siret		text not null,
	section		text not null,
	risk_code	text not null,		-- when the round was opened
	ctn		text not null,
	answer_by	integer not null,
	opened_on	integer not null,
	sent_on		integer,
	reminded_on	integer,
	answered_on	integer,		-- none: concluded ex officio
	answer_document	text,			-- where it is kept
	concluded_on	integer,
	concluder	text,
	conclusion	text,			-- unchanged, reclassify
	proposed_code	text,
	proposed_ctn	text,
	reason		text,			-- of the conclusion
	proposed_on	integer,		-- to the employer
	observations_until integer,
	observed_on	integer,
	observation_document text,
	decided_on	integer,
	decider		text,			-- not the concluder
	decision	text,			-- accept, drop
	effect_on	integer,
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	check (reminded_on is null or sent_on is not null),
	check (answered_on is null or
	    (sent_on is not null and answer_document is not null)),
	check (concluded_on is null or (reason is not null and
	    (answered_on is not null or reminded_on is not null))),
	check (proposed_on is null or (conclusion = 'reclassify' and
	    observations_until is not null)),
	check (observed_on is null or proposed_on is not null),
	check (decided_on is null or (proposed_on is not null and
	    decider <> concluder)),
	primary key (round, siret, section, batch)
) /* clustered */;
