-- The audit log of a fund, in a file and under keys of its own (src/guard).
--
-- An entry is only ever added.  What names a person, who acted and on what,
-- enters it as commitments, SHA-256(salt || value); salts and values are in
-- opening, whose rows may be erased: the entries still verify.  Hashes are
-- lower-case hexadecimal.  docs/formats/audit.md says what is hashed.

create table entry (
	position	bigint not null primary key,	-- from 1, without a gap
	at		bigint not null,	-- seconds since 1970, UTC
	actor		text not null,		-- commitment
	role		text,
	habilitation	text,
	purpose		text not null,
	act		text not null,
	outcome		text not null,
	kind		text not null,		-- of the object
	object		text,			-- commitment; none: a whole fund
	scope		text,			-- a year, a kind of file
	count		bigint not null,	-- objects in what left
	digest		text,			-- SHA-256 of what left
	follows		bigint not null,	-- the entry it completes; 0: none
	previous	text not null,		-- leaf of the entry before
	leaf		text not null
);

create table opening (
	position	bigint not null primary key,
	actor_salt	text,
	actor		text,			-- login
	object_salt	text,
	object		text			-- keyed hash of kind and identifier
);

-- The roots of the whole subtrees of the log, so that it grows without being
-- read again; verify computes them.
create table peak (
	level		integer not null primary key,
	hash		text not null
);

create table checkpoint (
	number		bigint not null primary key,
	size		bigint not null,	-- entries under it
	at		bigint not null,
	note		text not null,		-- signed
	handed		integer not null check (handed in (0, 1))
);
