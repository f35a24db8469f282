/*
 * write.c -- firms and establishments as SIRENE and the flows of DESIGN give
 * them (docs/formats/synth.md).
 *
 * SIRENE files have the columns of INSEE, most of them empty: a run of empty
 * ones is out_commas().
 */
#include <string.h>

#include "base/date.h"
#include "synth/people.h"
#include "synth/world.h"

const char *const file_name[FILES] = {
	"StockUniteLegale_utf8.csv", "StockEtablissement_utf8.csv",
	"StockEtablissementHistorique_utf8.csv",
	"StockEtablissementLiensSuccession_utf8.csv", "classification.csv",
	"payroll.csv", "headcount.csv", "rates.csv", "claims.csv",
	"benefits.csv", "portfolio.csv",
};

const char *const file_header[FILES] = {
	"siren,statutDiffusionUniteLegale,unitePurgeeUniteLegale,"
	    "dateCreationUniteLegale,sigleUniteLegale,"
	    "sexeUniteLegale,prenom1UniteLegale,prenom2UniteLegale,"
	    "prenom3UniteLegale,prenom4UniteLegale,"
	    "prenomUsuelUniteLegale,pseudonymeUniteLegale,"
	    "identifiantAssociationUniteLegale,"
	    "trancheEffectifsUniteLegale,anneeEffectifsUniteLegale,"
	    "dateDernierTraitementUniteLegale,"
	    "nombrePeriodesUniteLegale,categorieEntreprise,"
	    "anneeCategorieEntreprise,dateDebut,"
	    "etatAdministratifUniteLegale,nomUniteLegale,"
	    "nomUsageUniteLegale,denominationUniteLegale,"
	    "denominationUsuelle1UniteLegale,"
	    "denominationUsuelle2UniteLegale,"
	    "denominationUsuelle3UniteLegale,"
	    "categorieJuridiqueUniteLegale,"
	    "activitePrincipaleUniteLegale,"
	    "nomenclatureActivitePrincipaleUniteLegale,"
	    "nicSiegeUniteLegale,economieSocialeSolidaireUniteLegale,"
	    "societeMissionUniteLegale,caractereEmployeurUniteLegale,"
	    "activitePrincipaleNAF25UniteLegale",
	"siren,nic,siret,statutDiffusionEtablissement,"
	    "dateCreationEtablissement,trancheEffectifsEtablissement,"
	    "anneeEffectifsEtablissement,"
	    "activitePrincipaleRegistreMetiersEtablissement,"
	    "dateDernierTraitementEtablissement,etablissementSiege,"
	    "nombrePeriodesEtablissement,"
	    "complementAdresseEtablissement,numeroVoieEtablissement,"
	    "indiceRepetitionEtablissement,"
	    "dernierNumeroVoieEtablissement,"
	    "indiceRepetitionDernierNumeroVoieEtablissement,"
	    "typeVoieEtablissement,libelleVoieEtablissement,"
	    "codePostalEtablissement,libelleCommuneEtablissement,"
	    "libelleCommuneEtrangerEtablissement,"
	    "distributionSpecialeEtablissement,"
	    "codeCommuneEtablissement,codeCedexEtablissement,"
	    "libelleCedexEtablissement,codePaysEtrangerEtablissement,"
	    "libellePaysEtrangerEtablissement,"
	    "identifiantAdresseEtablissement,"
	    "coordonneeLambertAbscisseEtablissement,"
	    "coordonneeLambertOrdonneeEtablissement,"
	    "complementAdresse2Etablissement,"
	    "numeroVoie2Etablissement,indiceRepetition2Etablissement,"
	    "typeVoie2Etablissement,libelleVoie2Etablissement,"
	    "codePostal2Etablissement,libelleCommune2Etablissement,"
	    "libelleCommuneEtranger2Etablissement,"
	    "distributionSpeciale2Etablissement,"
	    "codeCommune2Etablissement,codeCedex2Etablissement,"
	    "libelleCedex2Etablissement,"
	    "codePaysEtranger2Etablissement,"
	    "libellePaysEtranger2Etablissement,dateDebut,"
	    "etatAdministratifEtablissement,enseigne1Etablissement,"
	    "enseigne2Etablissement,enseigne3Etablissement,"
	    "denominationUsuelleEtablissement,"
	    "activitePrincipaleEtablissement,"
	    "nomenclatureActivitePrincipaleEtablissement,"
	    "caractereEmployeurEtablissement,"
	    "activitePrincipaleNAF25Etablissement",
	"siren,nic,siret,dateFin,dateDebut,"
	    "etatAdministratifEtablissement,"
	    "changementEtatAdministratifEtablissement,"
	    "enseigne1Etablissement,enseigne2Etablissement,"
	    "enseigne3Etablissement,changementEnseigneEtablissement,"
	    "denominationUsuelleEtablissement,"
	    "changementDenominationUsuelleEtablissement,"
	    "activitePrincipaleEtablissement,"
	    "nomenclatureActivitePrincipaleEtablissement,"
	    "changementActivitePrincipaleEtablissement,"
	    "caractereEmployeurEtablissement,"
	    "changementCaractereEmployeurEtablissement",
	"siretEtablissementPredecesseur,siretEtablissementSuccesseur,"
	    "dateLienSuccession,transfertSiege,continuiteEconomique,"
	    "dateDernierTraitementLienSuccession",
	"siret,section,risk_code,ctn,btp_group,single_rate,from,"
	    "source_document,author",
	"siret,section,risk_code,year,payroll_eur,hours,headcount",
	"siren,year,month,headcount",
	"siret,section,risk_code,year,rate,mode,effective_on,notified_on",
	"claim_id,siret,section,risk_code,kind,care,declared_on,occurred_on,"
	    "place_insee,complete_on,recognised_on,refused_on,stoppage_days,"
	    "ip_rate,ip_notified_on,death_on,death_recognised_on,"
	    "third_party_share,charge,user_siret,agency_siret,"
	    "inexcusable_fault_on,nir,surname,hired_on,qualification,"
	    "nationality,deviation,material_agent,lesion_nature,lesion_seat,"
	    "mp_table,mp_syndrome,informed_on,message_id",
	"claim_id,nature,from,to,days,amount_eur,paid_on,message_id",
	"login,siret,from,to",
};

static const char treated[] = "2025-01-15T08:00:00.000";

/* ---- SIRENE ------------------------------------------------------------- */

/* The size code of INSEE; ${head} in hundredths. */
static const char *
size_code(uint64_t head)
{
	static const struct { uint32_t from; char code[3]; } size[] = {
		{ 10000, "53" }, { 5000, "52" }, { 2000, "51" },
		{ 1000, "42" }, { 500, "41" }, { 250, "32" }, { 200, "31" },
		{ 100, "22" }, { 50, "21" }, { 20, "12" }, { 10, "11" },
		{ 6, "03" }, { 3, "02" }, { 1, "01" }, { 0, "00" },
	};
	size_t i = 0;

	while (head / 100 < size[i].from)
		i++;
	return size[i].code;
}

/* 2451Z is 24.51Z there; not known is empty. */
static void
add_naf(struct out *o, const char *naf)
{
	if (naf[0] == 'x')
		return;
	out_bytes(o, naf, 2);
	out_char(o, '.');
	out_text(o, naf + 2);
}

static void
add_siret(struct out *o, const struct estab *e)
{
	char siret[SIRET_SIZE];

	people_siret(e->firm, e->nic, siret);
	out_bytes(o, siret, SIRET_SIZE - 1);
}

static void
add_nic(struct out *o, const struct estab *e)
{
	char siret[SIRET_SIZE];

	people_siret(e->firm, e->nic, siret);
	out_bytes(o, siret + SIREN_SIZE - 1, 5);
}

static void
add_siren(struct out *o, uint32_t firm)
{
	char siren[SIREN_SIZE];

	people_siren(firm, siren);
	out_bytes(o, siren, SIREN_SIZE - 1);
}

/* The seat of a firm: its first establishment that is open. */
static const struct estab *
seat_of(const struct world *w, const struct firm *f)
{
	const struct estab *e = w->cell.estab + f->first;

	for (uint32_t i = 0; i < f->n; i++)
		if (e[i].closed == 0)
			return &e[i];
	return e;
}

static void
write_unit(struct world *w, const struct firm *f, struct out *o)
{
	const struct estab *e = w->cell.estab + f->first, *seat = seat_of(w, f);
	struct dice d = dice(w->o->seed, STREAM_FIRM, e->firm);
	int32_t created = e->created;
	uint64_t head = 0;
	char name[NAME_SIZE];

	for (uint32_t i = 0; i < f->n; i++) {
		if (e[i].created < created)
			created = e[i].created;
		if (e[i].closed == 0)
			head += e[i].head;
	}
	people_firm(&d, e->firm, name);
	add_siren(o, e->firm);
	out_text(o, ",O,,");
	out_day(o, created);
	out_commas(o, 10);
	out_text(o, head == 0 ? "NN" : size_code(head));
	out_text(o, head == 0 ? "," : ",2024");
	out_comma(o);
	out_text(o, treated);
	out_text(o, ",1,");
	out_text(o, head >= 500000 ? "GE" : head >= 25000 ? "ETI" : "PME");
	out_text(o, ",2024,");
	out_day(o, seat->closed != 0 ? seat->closed : created);
	out_text(o, seat->closed != 0 ? ",C,,," : ",A,,,");
	out_text(o, name);
	out_commas(o, 4);
	out_text(o, head >= 5000 ? "5599" : "5710");
	out_comma(o);
	add_naf(o, w->cell.of->naf);
	out_text(o, ",NAFRev2,");
	add_nic(o, seat);
	out_text(o, ",N,,,");
	out_line(o);
}

void
write_firm(struct world *w, const struct firm *f)
{
	uint64_t done = 0;

	/* Once in each folder that has an establishment of it. */
	for (uint32_t i = 0; i < f->n; i++) {
		const struct estab *e = &w->cell.estab[f->first + i];
		int folder = w->folder_of[e->fund];

		if (folder < 0 || (done >> folder & 1) != 0)
			continue;
		done |= UINT64_C(1) << folder;
		write_unit(w, f, &w->out[folder][FILE_UNITS]);
	}
}

static void
write_history(struct world *w, const struct estab *e)
{
	struct out *o = world_file(w, e, FILE_HISTORY);

	/* The present first, as INSEE sorts them. */
	for (int past = e->closed != 0 ? 0 : 1; past < 2; past++) {
		add_siren(o, e->firm);
		out_comma(o);
		add_nic(o, e);
		out_comma(o);
		add_siret(o, e);
		out_comma(o);
		if (past && e->closed != 0)
			out_day(o, e->closed - 1);
		out_comma(o);
		out_day(o, past ? e->created : e->closed);
		out_text(o, past ? ",A,false,,,,false,,false," :
		    ",F,true,,,,false,,false,");
		add_naf(o, w->cell.of->naf);
		out_text(o, ",NAFRev2,false,O,false");
		out_line(o);
	}
}

static void
write_link(struct world *w, const struct estab *e)
{
	const struct estab *heir = &w->cell.estab[e->heir - 1];
	struct out *o[2] = { world_file(w, e, FILE_LINKS),
	    world_file(w, heir, FILE_LINKS) };

	/* Both funds need it. */
	for (int i = 0; i < 2; i++) {
		if (o[i] == NULL || (i == 1 && o[1] == o[0]))
			continue;
		add_siret(o[i], e);
		out_comma(o[i]);
		add_siret(o[i], heir);
		out_comma(o[i]);
		out_day(o[i], e->closed);
		out_text(o[i], ",false,true,");
		out_text(o[i], treated);
		out_line(o[i]);
	}
}

void
write_estab(struct world *w, const struct estab *e, bool seat)
{
	static const char *const street[] = { "DE LA FICTION",
	    "DU CONTE", "DES FABLES", "DE L'EXEMPLE", "DU ROMAN",
	    "DES CHIMERES", "DE NULLE PART", "DES SONGES" };
	const struct commune *c = &w->p->commune[e->commune];
	struct dice d = dice(w->o->seed, STREAM_PERSON, e->number);
	struct out *o = world_file(w, e, FILE_ESTABS);

	if (e->heir != 0)
		write_link(w, e);
	if (o == NULL)
		return;
	add_siren(o, e->firm);
	out_comma(o);
	add_nic(o, e);
	out_comma(o);
	add_siret(o, e);
	out_text(o, ",O,");
	out_day(o, e->created);
	out_comma(o);
	out_text(o, e->head == 0 || e->closed != 0 ? "NN," :
	    size_code(e->head));
	out_text(o, e->head == 0 || e->closed != 0 ? "" : ",2024");
	out_text(o, ",,");
	out_text(o, treated);
	out_text(o, seat ? ",true," : ",false,");
	out_text(o, e->closed != 0 ? "2,," : "1,,");
	out_number(o, 1 + dice_below(&d, 180));
	out_text(o, ",,,,RUE,");
	out_text(o, street[dice_below(&d, sizeof street / sizeof *street)]);
	out_comma(o);
	out_text(o, c->postal);
	out_comma(o);
	out_text(o, c->name);
	out_text(o, ",,,");
	out_text(o, c->code);
	out_commas(o, 22);
	out_day(o, e->closed != 0 ? e->closed : e->created);
	out_text(o, e->closed != 0 ? ",F,,,,," : ",A,,,,,");
	add_naf(o, w->cell.of->naf);
	out_text(o, ",NAFRev2,O,");
	out_line(o);
	write_history(w, e);
}

/* ---- flows -------------------------------------------------------------- */

/* What starts a line of a section. */
static void
add_section(struct world *w, struct out *o, const struct estab *e,
    bool support)
{
	add_siret(o, e);
	if (support)
		out_text(o, w->cell.of->ctn == 'B' ? ",support,0000A," :
		    ",support,0000B,");
	else {
		out_text(o, ",main,");
		out_text(o, world_code(w, w->cell.of, e)->code);
		out_comma(o);
	}
}

static void
write_classification(struct world *w, const struct estab *e, bool support)
{
	struct out *o = world_file(w, e, FILE_CLASSIFICATION);
	/* Since then every code that is used exists (codes.c). */
	const int32_t first = date_to_days((struct date){ 2019, 1, 1 });

	add_section(w, o, e, support);
	out_char(o, w->cell.of->ctn);
	out_comma(o);
	out_text(o, w->cell.of->ctn != 'B' ? "" : support ? "support" :
	    world_code(w, w->cell.of, e)->group);
	out_text(o, e->single ? ",true," : ",false,");
	out_day(o, e->created > first ? e->created : first);
	out_text(o, ",SYNTH-");
	out_number(o, e->number);
	out_text(o, ",synth");
	out_line(o);
}

static void
write_payroll(struct world *w, const struct estab *e, bool support)
{
	struct out *o = world_file(w, e, FILE_PAYROLL);

	for (int y = w->o->year_from; y <= w->o->year_to; y++) {
		struct staff s = estab_staff(&w->cell, e, y), part;

		if (!estab_lives(e, y))
			continue;
		part = estab_support(e, s);
		if (support)
			s = part;
		else {
			s.head -= part.head;
			s.hours -= part.hours;
			s.cents -= part.cents;
		}
		add_section(w, o, e, support);
		out_number(o, (uint64_t)y);
		out_comma(o);
		out_hundredths(o, s.cents);
		out_comma(o);
		out_number(o, s.hours);
		out_comma(o);
		out_hundredths(o, s.head);
		out_line(o);
	}
}

/* The mode of 2023 of a firm of ${head} hundredths in 2021. */
static int
mode_of(const struct world *w, const struct estab *e, uint64_t head)
{
	const struct fund *f = &w->p->fund[e->fund];
	uint64_t upper = f->alsace_moselle && w->cell.of->ctn == 'B' ? 30000 :
	    15000;

	if (world_code(w, w->cell.of, e)->always_collective ||
	    head < (f->alsace_moselle ? 5000 : 2000) ||
	    e->created > date_to_days((struct date){ 2020, 12, 31 }))
		return 0;
	return head < upper ? 1 : 2;
}

enum { RATE_MAX = 10000 };	/* 100 %: tapr import takes no more */

/* Its rate, in hundredths of a percent: drawn around the collective one, the
 * wider the more the firm's own claims count. */
static void
write_rate(struct world *w, const struct estab *e, bool support,
    uint64_t head)
{
	static const char *const mode[] = { "collective", "mixed",
	    "individual" };
	struct out *o = world_file(w, e, FILE_RATES);
	struct dice d = dice(w->o->seed, STREAM_RATE, 2 * (e->single ?
	    (uint64_t)e->firm << 32 : e->number) + 1);
	uint64_t rate = support ? w->support_rate[w->cell.of->ctn != 'B'] :
	    world_code(w, w->cell.of, e)->rate_2023;
	int m = support ? 0 : mode_of(w, e, head);

	if (m == 1)
		rate = rate * (uint64_t)dice_between(&d, 75, 135) / 100;
	else if (m == 2)
		rate = rate * (uint64_t)dice_between(&d, 45, 190) / 100;
	if (rate < 46)
		rate = 46;
	if (rate > RATE_MAX)
		rate = RATE_MAX;
	add_section(w, o, e, support);
	out_text(o, "2023,");
	out_hundredths(o, rate);
	out_comma(o);
	out_text(o, mode[m]);
	out_text(o, ",2023-01-01,2022-12-");
	out_number(o, 20 + e->number % 11);
	out_line(o);
}

static void
write_portfolio(struct world *w, const struct estab *e)
{
	struct out *o = world_file(w, e, FILE_PORTFOLIO);
	const char *code = w->p->fund[e->fund].code;

	out_text(o, "controleur-");
	out_text(o, code);
	out_char(o, '-');
	out_padded(o, 1 + (uint64_t)e->commune % 24, 2);
	out_comma(o);
	add_siret(o, e);
	out_text(o, ",2024-01-01,");
	out_line(o);
}

static bool
firm_lives(const struct estab *e, uint32_t n, int year)
{
	for (uint32_t i = 0; i < n; i++)
		if (estab_lives(&e[i], year))
			return true;
	return false;
}

/*
 * One line a year, month empty: the yearly mean, as URSSAF gives it; twelve of
 * the same for a few, so that months are seen too.  0.00 says that a firm
 * employed nobody: without a line it would be unknown, and its mode with it.
 */
static void
write_headcount(struct world *w, const struct firm *f, struct out *o,
    const uint64_t head[])
{
	uint32_t firm = w->cell.estab[f->first].firm;
	bool monthly = firm % 128 == 5;

	for (int y = HEADCOUNT_FIRST; y <= w->o->year_to; y++)
		for (int m = monthly ? 1 : 12; m <= 12; m++) {
			if (!firm_lives(w->cell.estab + f->first, f->n, y))
				continue;
			add_siren(o, firm);
			out_comma(o);
			out_number(o, (uint64_t)y);
			out_comma(o);
			if (monthly)
				out_number(o, (uint64_t)m);
			out_comma(o);
			out_hundredths(o, head[y - HEADCOUNT_FIRST]);
			out_line(o);
		}
}

void
write_flows(struct world *w, const struct firm *f)
{
	uint64_t head[YEAR_LAST - HEADCOUNT_FIRST + 1] = { 0 }, done = 0;
	const struct estab *e = w->cell.estab + f->first;

	for (uint32_t i = 0; i < f->n; i++)
		for (int y = HEADCOUNT_FIRST; y <= YEAR_LAST; y++)
			head[y - HEADCOUNT_FIRST] += estab_staff(&w->cell,
			    &e[i], y).head;
	for (uint32_t i = 0; i < f->n; i++) {
		int folder = w->folder_of[e[i].fund];

		if (folder < 0)
			continue;
		if ((done >> folder & 1) == 0)
			write_headcount(w, f,
			    &w->out[folder][FILE_HEADCOUNT], head);
		done |= UINT64_C(1) << folder;
		for (int s = 0; s <= (e[i].support > 0); s++) {
			write_classification(w, &e[i], s);
			write_payroll(w, &e[i], s);
			if (w->o->year_to >= RATES_YEAR - 1 &&
			    estab_lives(&e[i], RATES_YEAR) &&
			    e[i].created < date_to_days((struct date){
			    RATES_YEAR, 1, 1 }))
				write_rate(w, &e[i], s,
				    head[RATES_YEAR - 2 - HEADCOUNT_FIRST]);
		}
		if (e[i].head >= 1000 && e[i].closed == 0)
			write_portfolio(w, &e[i]);
	}
}

struct out *
world_file(struct world *w, const struct estab *e, enum file f)
{
	int folder = w->folder_of[e->fund];

	return folder < 0 ? NULL : &w->out[folder][f];
}
