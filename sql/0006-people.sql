-- Who works on a fund, and what each may do.
--
-- Facts like the others (0001-register.sql): nothing is changed, a habilitation
-- that is withdrawn was held until then.  No name: a login, a service, a title.

create table person (
	login		text not null,
	service		text not null,
	title		text,			-- as letters say it
	author		text not null,
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	primary key (login, batch)
) /* clustered */;

-- In force from the day it is decided: one prepares, another decides.
create table habilitation (
	login		text not null,
	role		text not null,
	from_on		integer not null,
	to_on		integer not null,	-- the first day without it
	reference	text not null,		-- of the decision
	oath_on		integer,		-- where the law asks for one
	dual		integer not null,	-- held with a role kept apart
	author		text not null,
	decider		text,			-- none: not yet
	decided_on	integer,
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	primary key (login, role, from_on, batch)
) /* clustered */;
