-- The NIR and the surname of the victim of a claim, sealed: no column of this
-- file can be read without the key of its month (docs/formats/keys.md).
--
-- Facts like the others (0001-register.sql).  A line that waits for its
-- establishment has its identity here already, so claim may have no such row.

create table identity (
	year		integer not null,	-- of the claim
	claim_id	text not null,
	month		text not null,		-- 2024-03: whose key seals it
	nir		text not null,		-- sealed, base64
	surname		text not null,		-- sealed, base64
	nir_index	text not null,		-- equal for one NIR in a month
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	primary key (year, claim_id, batch)
) /* clustered */;
