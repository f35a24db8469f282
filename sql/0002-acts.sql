-- What a fund decides by hand about an employer or a claim, and what imports
-- need to find again.

-- A value typed here that stands before what INSEE sends (S1-32, S1-35).
create table local_value (
	siret		text not null,
	field		text not null,		-- name, address, closed_on, ...
	from_on		integer not null,	-- true from this day on
	value		text,
	insee_value	text,			-- what INSEE says instead
	author		text not null,
	source_document	text,
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	primary key (siret, field, from_on, batch)
) /* clustered */;

-- Split, merger, takeover, decided here; succession is what INSEE links.
create table transfer (
	predecessor	text not null,
	successor	text not null,
	on_date		integer not null,
	kind		text not null,		-- split, merge, takeover
	inherits	integer not null,	-- the account follows
	same_activity	integer,		-- the criteria of D. 242-6-17
	same_means	integer,
	staff_share	integer,		-- 1/10 000
	author		text not null,
	source_document	text,
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	primary key (predecessor, successor, on_date, batch)
) /* clustered */;
create index transfer_by_successor on transfer (successor);

-- What was decided on a claim: the claim itself holds the result.
create table claim_event (
	year		integer not null,	-- of the declaration of the claim
	claim_id	text not null,
	kind		text not null,		-- accept, refuse, relapse, ...
	on_date		integer not null,
	value_before	text,			-- of a reclassification
	value_after	text,
	author		text not null,
	source_document	text,			-- or the reason
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	primary key (year, claim_id, kind, on_date, batch)
) /* clustered */;

-- A message that comes twice is found by its id.
create index claim_by_message on claim (message_id);
create index benefit_by_id on benefit (benefit_id);
create index succession_by_successor on succession (successor);
