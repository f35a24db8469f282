-- Declared exchanges: which are open, and what left by them.
--
-- Facts like the others (0001-register.sql).  Every flow is closed until a row
-- here opens it, with the act that allows it; closing it is a new row.

create table exchange_authority (
	flow		text not null,		-- of law/exchanges.csv
	recipient	text not null,		-- of the flow, or a fund
	from_on		integer not null,
	act		text not null,		-- reference of the legal act
	act_on		integer not null,
	signatory	text not null,
	recipient_key	text,			-- public, hexadecimal: sealed
	author		text not null,
	ended_on	integer,
	ended_by	text,
	reason		text,			-- of the end
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	check ((ended_on is null) = (ended_by is null) and
	    (ended_on is null) = (reason is null)),
	primary key (flow, recipient, from_on, batch)
) /* clustered */;

-- The register of transmissions: a row a file that left.
create table transmission (
	year		integer not null,	-- of the day
	number		bigint not null,	-- the batch
	flow		text not null,
	recipient	text not null,
	on_date		integer not null,
	period		text,			-- "2023"; none: all
	object		text,			-- SIREN or SIRET, of one
	request		text,			-- of who asked for it
	act		text not null,		-- that allowed it
	rows_written	bigint not null,
	widened		bigint not null,	-- rows with less said
	suppressed	bigint not null,	-- rows left out
	digest		text not null,		-- SHA-256 of the file
	file_name	text not null,		-- without its folder
	author		text not null,
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	primary key (year, number, batch)
) /* clustered */;
