-- The register of a fund: batches, and the facts that they bring.
--
-- A fact is never updated: a correction is a new row of a later batch, and
-- superseded_by_batch of the old one is set once.  What was known on a day is
-- what batches published by then had brought and not superseded.  Nobody sees
-- a batch before it is published.
--
-- Dates are numbers, 20240131; money is cents; rates are 1/10 000 of a percent;
-- hours and headcounts are hundredths; yes is 1.  Tables that retention empties
-- are keyed by the year first.  "clustered" in a comment is for the driver.

create table batch (
	batch		bigint not null primary key,
	kind		text not null,		-- import sirene, classify, ...
	actor		text not null,
	file_name	text,			-- without its folder
	file_digest	text,			-- SHA-256, hexadecimal
	known_on	integer not null,	-- the day it was brought
	entry		bigint not null,	-- of the audit log that allowed it; 0: none
	published	integer not null check (published in (0, 1)),
	read_lines	bigint,			-- what its report said
	applied		bigint,
	unchanged	bigint,
	waiting		bigint,
	set_aside	bigint
);

-- What a batch brought and superseded, so that a row lost or doubled is seen.
create table batch_total (
	batch		bigint not null,
	table_name	text not null,
	brought		bigint not null,
	brought_sum	bigint not null,	-- of checksums, modulo 2^64
	superseded	bigint not null,
	superseded_sum	bigint not null,
	primary key (batch, table_name)
) /* clustered */;

-- StockUniteLegale of INSEE.
create table unit (
	siren		text not null,
	name		text,
	legal_category	text,
	state		text,			-- A active, C ceased
	created_on	integer,
	head_nic	text,
	naf		text,
	naf25		text,
	diffusion	text,			-- O, or P: partly diffused
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	primary key (siren, batch)
) /* clustered */;

-- StockEtablissement of INSEE, or created by hand (origin).
create table establishment (
	siret		text not null,
	created_on	integer,
	state		text,			-- A active, F closed
	closed_on	integer,
	head_office	integer,
	name		text,
	address		text,
	postcode	text,
	commune		text,			-- code INSEE
	naf		text,
	naf25		text,
	employer	integer,
	diffusion	text,
	origin		text not null,		-- insee or manual
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	primary key (siret, batch)
) /* clustered */;

-- StockEtablissementHistorique of INSEE: what was true from a day to another.
create table establishment_period (
	siret		text not null,
	from_on		integer not null,
	to_on		integer,
	state		text,
	naf		text,
	employer	integer,
	name		text,
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	primary key (siret, from_on, batch)
) /* clustered */;

-- StockEtablissementLiensSuccession of INSEE.
create table succession (
	predecessor	text not null,
	successor	text not null,
	on_date		integer not null,
	head_office	integer,		-- transfer of the head office
	continuity	integer,		-- economic continuity
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	primary key (predecessor, successor, on_date, batch)
) /* clustered */;

-- Classification is a decision: author, document it rests on, day of effect.
create table classification (
	siret		text not null,
	section		text not null,		-- main, support, home
	from_on		integer not null,
	risk_code	text not null,
	ctn		text not null,
	btp_group	text,
	single_rate	integer not null,
	source_document	text,			-- or a reason, ex officio
	author		text not null,
	reason		text,
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	primary key (siret, section, from_on, batch)
) /* clustered */;

create table payroll (
	year		integer not null,
	siret		text not null,
	section		text not null,
	risk_code	text not null,
	payroll_cents	bigint not null,
	hours_hundredths bigint,		-- absent is not zero
	headcount_hundredths bigint,
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	primary key (year, siret, section, batch)
) /* clustered */;

-- Of a firm, by month (CSS R. 130-1); until 2016 at the end of a quarter.
-- Month 0 is the headcount of the year as it was given, already counted.
create table headcount (
	year		integer not null,
	siren		text not null,
	month		integer not null check (month between 0 and 12),
	headcount_hundredths bigint not null,
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	primary key (year, siren, month, batch)
) /* clustered */;

-- Rates already notified when the fund came to tapr, and those it notifies.
create table rate (
	year		integer not null,
	siret		text not null,
	section		text not null,
	effective_on	integer not null,
	risk_code	text not null,
	rate		integer not null,	-- 1/10 000 of a percent
	mode		text not null,
	notified_on	integer,
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	primary key (year, siret, section, effective_on, batch)
) /* clustered */;

-- No NIR, no name, no medical code: part 3 and part 4 seal them elsewhere.
create table claim (
	year		integer not null,	-- of the declaration
	claim_id	text not null,
	siret		text not null,
	section		text not null,
	risk_code	text,
	kind		text not null,		-- accident, commuting, disease
	care		integer not null,
	declared_on	integer not null,
	occurred_on	integer,
	place_insee	text,
	complete_on	integer,
	recognised_on	integer,
	refused_on	integer,
	stoppage_days	integer not null,
	ip_rate		integer,		-- percent
	ip_notified_on	integer,
	death_on	integer,
	death_recognised_on integer,
	third_party_share integer,		-- 1/10 000
	charge		text not null,		-- own, special_account, ...
	user_siret	text,
	agency_siret	text,
	inexcusable_fault_on integer,
	hired_on	integer,
	qualification	text,
	deviation	text,			-- only with a legal reference
	material_agent	text,			-- only with a legal reference
	informed_on	integer,		-- the victim, of rights
	message_id	text,
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	primary key (year, claim_id, batch)
) /* clustered */;
create index claim_by_id on claim (claim_id);
create index claim_by_siret on claim (siret);

create table benefit (
	year		integer not null,	-- of the payment
	benefit_id	text not null,		-- message of the CPAM
	claim_id	text not null,
	nature		text not null,
	from_on		integer,
	to_on		integer,
	days		integer,
	amount_cents	bigint not null,
	paid_on		integer not null,
	reason		text,			-- of one typed by hand,
	author		text,			-- who typed it
	reviewer	text,			-- and who agreed
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	primary key (year, benefit_id, batch)
) /* clustered */;
-- Also answers, alone, when a claim was first paid (delays).
create index benefit_by_claim on benefit (claim_id, paid_on, nature,
	batch, superseded_by_batch);

-- Which establishments are in the charge of an engineer.
create table portfolio (
	login		text not null,
	siret		text not null,
	from_on		integer not null,
	to_on		integer,
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	primary key (login, siret, from_on, batch)
) /* clustered */;

-- Contracts, conventions, injunctions, rebates, supplementary contributions.
create table measure (
	siret		text not null,
	kind		text not null,
	reference	text not null,
	from_on		integer not null,
	to_on		integer,
	section		text,			-- of a rebate or a supplement
	value		integer,		-- 1/10 000: rebate, supplement
	author		text not null,
	source_document	text,
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	primary key (siret, kind, reference, from_on, batch)
) /* clustered */;

-- Lines that wait for their establishment, firm or claim: what is kept of
-- them, as CSV.
create table waiting (
	flow		text not null,
	record_id	text not null,
	waits_for	text not null,		-- a SIRET, SIREN or claim_id
	fields		text not null,
	batch		bigint not null,
	line		bigint not null,
	superseded_by_batch bigint,
	checksum	bigint not null,
	primary key (flow, record_id, batch)
) /* clustered */;
