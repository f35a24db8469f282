-- Campaigns: what was frozen and computed, and the life of each rate.
--
-- Facts like the others (0001-register.sql).  The rates themselves are in
-- campaigns/YEAR/results.tapr, which never changes; here is who did what with
-- them and when.  A state is of a lot of rates, one row a change.

create table campaign (
	year		integer not null,
	known_batch	bigint not null,	-- of the register, as frozen
	law_version	text not null,
	law_digest	text not null,
	engine		text not null,
	inputs_digest	text not null,
	frozen_by	text not null,
	frozen_on	integer not null,
	sections	bigint not null,
	damaged		bigint not null,	-- rows that failed
	results_digest	text,			-- from here on: once computed
	digest		text,			-- of the rates, for comparison
	computed_by	text,
	computed_on	integer,
	refused		bigint,
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	primary key (year, batch)
) /* clustered */;

-- Rates that go together.  Every section is in the lot of its kind unless
-- lot_line says otherwise.
create table lot (
	year		integer not null,
	lot		integer not null,
	kind		text not null check (kind in ('collective',
			    'contradictory', 'elsewhere', 'single',
			    'sanction')),
	author		text not null,
	on_date		integer not null,
	reason		text,
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	primary key (year, lot, batch)
) /* clustered */;

-- No state is skipped, and none is reached without what it rests on.
create table lot_state (
	year		integer not null,
	lot		integer not null,
	state		text not null,
	previous	text,
	kind		text not null,		-- of the lot
	on_date		integer not null,
	until_on	integer,		-- observations, or appeal
	author		text not null,
	means		text,			-- electronic or post
	proof		text,			-- of the notification
	review_digest	text,			-- of what the decider was shown
	note		text,
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	check (
		(state = 'computed' and previous is null) or
		(state = 'draft' and coalesce(previous, '') = 'computed') or
		(state = 'observed' and coalesce(previous, '') = 'draft' and
		    kind <> 'collective') or
		(state = 'decided' and review_digest is not null and
		    (coalesce(previous, '') = 'observed' or
		    (coalesce(previous, '') = 'draft' and kind = 'collective'))) or
		(state = 'notified' and coalesce(previous, '') = 'decided' and
		    proof is not null) or
		(state = 'in_force' and coalesce(previous, '') = 'notified') or
		(state = 'rectified' and coalesce(previous, '') in
		    ('notified', 'in_force'))),
	primary key (year, lot, state, batch)
) /* clustered */;

-- A rate that left the lot of its kind.
create table lot_line (
	year		integer not null,
	siret		text not null,
	section		text not null,
	lot		integer not null,
	from_lot	integer not null,
	reason		text not null,
	author		text not null,
	on_date		integer not null,
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	primary key (year, siret, section, batch)
) /* clustered */;

-- What an employer may owe beside its rate, each a line of a lot of sanctions;
-- nothing is due before that lot is notified.
create table sanction (
	year		integer not null,
	siret		text not null,
	kind		text not null check (kind in ('supplementary',
			    'penalty')),
	reference	text not null,		-- of its measure
	from_on		integer not null,
	until_on	integer,
	section		text,			-- of a supplement
	lot		integer not null,
	percent		integer,		-- 1/100, of the contribution
	rate		integer,		-- 1/10 000 of a percent
	payroll_year	integer,
	payroll_cents	bigint,
	headcount	bigint,			-- 1/1200 of a person
	counted		integer,		-- persons
	amount_cents	bigint not null,
	author		text not null,
	on_date		integer not null,
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	primary key (year, siret, kind, reference, batch)
) /* clustered */;

create table observation (
	year		integer not null,
	siret		text not null,
	section		text not null,		-- or a sanction's reference
	number		integer not null,
	received_on	integer not null,
	document	text not null,		-- where it is kept
	author		text not null,		-- who entered it
	answer		text,			-- reasons of law and fact
	answered_on	integer,
	answered_by	text,
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	primary key (year, siret, section, number, batch)
) /* clustered */;

create table contest (
	year		integer not null,	-- of the rate
	contest		integer not null,
	siret		text not null,
	section		text not null,
	against		text not null,		-- step:ID or claim:REF
	document	text not null,
	received_on	integer not null,
	author		text not null,
	deadline	integer,		-- none: it has not begun
	decision	text,			-- accepted or rejected
	reasons		text,			-- of law and fact
	decided_on	integer,
	decided_by	text,
	known_batch	bigint,			-- the corrected facts
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	primary key (year, contest, batch)
) /* clustered */;

-- What an accepted contest changes, a rate a row.
create table contest_line (
	year		integer not null,	-- of the contest
	contest		integer not null,
	rate_year	integer not null,
	siret		text not null,
	section		text not null,
	old_rate	integer not null,
	new_rate	integer not null,
	payroll_cents	bigint,			-- of that year; unknown yet
	amount_cents	bigint,			-- to repay; below 0: to pay
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	primary key (year, contest, rate_year, siret, section, batch)
) /* clustered */;
