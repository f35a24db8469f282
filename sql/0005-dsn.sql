-- What employers declared by DSN, a row a total: the payroll and the monthly
-- headcounts are added up from here, in C, whenever a declaration changes.
--
-- Facts like the others (0001-register.sql).  No row is about a person.  A
-- declaration is told by (siret, month, fraction, nature); the one in force is
-- its latest version, and the totals of the version before are superseded with
-- it.  year is that of the month declared; "-" in a key is nothing declared.

create table dsn_declaration (
	year		integer not null,
	siren		text not null,
	siret		text not null,
	month		integer not null check (month between 1 and 12),
	fraction	integer not null,	-- 11: the whole
	nature		integer not null,	-- 1 monthly, 9 substitution
	type		integer not null,	-- 4: cancelled, no totals
	made_on		integer not null,	-- made_on and order_number
	order_number	bigint not null,	-- rank the versions
	norm		text not null,
	individuals	bigint not null,
	outside_cents	bigint not null,	-- of other schemes
	misdeclared_cents bigint not null,	-- block 95, counted nowhere
	content		bigint not null,	-- checksum of the totals
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	primary key (year, siren, siret, month, fraction, nature, batch)
) /* clustered */;
create index dsn_declaration_by_siret on dsn_declaration (siret);

create table dsn_amount (
	year		integer not null,
	siren		text not null,
	siret		text not null,
	month		integer not null,
	fraction	integer not null,
	nature		integer not null,
	section		text not null,		-- main, support
	risk_code	text not null,		-- as declared; 999ZZ, or -
	user_id		text not null,		-- of temporary work, or -
	amount_year	integer not null,	-- that the amounts are of
	payroll_cents	bigint not null,	-- may be below 0
	hours_hundredths bigint not null,
	days_hundredths	bigint not null,
	contracts	bigint not null,
	without_hours	bigint not null,	-- of these contracts
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	primary key (year, siren, siret, month, fraction, nature, section,
	    risk_code, user_id, amount_year, batch)
) /* clustered */;
create index dsn_amount_by_siret on dsn_amount (siret);

-- The headcount of the month, exact: the sum of part / full_time, divided by
-- the days of the month.
create table dsn_share (
	year		integer not null,
	siren		text not null,
	siret		text not null,
	month		integer not null,
	fraction	integer not null,
	nature		integer not null,
	section		text not null,
	risk_code	text not null,
	user_id		text not null,
	full_time	bigint not null,
	part		bigint not null,
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	primary key (year, siren, siret, month, fraction, nature, section,
	    risk_code, user_id, full_time, batch)
) /* clustered */;

-- Each rate that was declared.
create table dsn_rate (
	year		integer not null,
	siren		text not null,
	siret		text not null,
	month		integer not null,
	fraction	integer not null,
	nature		integer not null,
	section		text not null,
	risk_code	text not null,
	user_id		text not null,
	amount_year	integer not null,
	rate		integer not null,	-- 1/10 000 %; -1: none given
	contracts	bigint not null,
	payroll_cents	bigint not null,
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	primary key (year, siren, siret, month, fraction, nature, section,
	    risk_code, user_id, amount_year, rate, batch)
) /* clustered */;
