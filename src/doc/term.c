/* term.c -- see term.h; docs/glossary.md says what each term means. */
#include "doc/term.h"

#include <assert.h>

#include "doc/fmt.h"

enum { WORDS_MAX = 12 };

static const struct fmt_word words[TERMS][WORDS_MAX] = {
	[TERM_MODE] = {
		{ "collective", "collectif" }, { "mixed", "mixte" },
		{ "individual", "individuel" } },
	[TERM_SECTION] = {
		{ "main", "principale" }, { "support", "supports" },
		{ "home", "domicile" } },
	[TERM_GROUP] = {
		{ "gros_oeuvre", "gros œuvre" },
		{ "second_oeuvre", "second œuvre" },
		{ "support", "fonctions support" } },
	[TERM_LOT] = {
		{ "collective", "taux collectifs" },
		{ "contradictory", "procédure contradictoire" },
		{ "elsewhere", "notifiés par une autre caisse" },
		{ "single", "taux retiré de son lot" },
		{ "sanction", "sanctions" } },
	[TERM_STATE] = {
		{ "computed", "calculé" }, { "draft", "projet envoyé" },
		{ "observed", "observations closes" },
		{ "decided", "décidé" }, { "notified", "notifié" },
		{ "in_force", "en vigueur" }, { "rectified", "rectifié" } },
	[TERM_DECISION] = {
		{ "accepted", "acceptée" }, { "rejected", "rejetée" } },
	[TERM_CLAIM] = {
		{ "accident", "accident du travail" },
		{ "disease", "maladie professionnelle" },
		{ "commuting", "accident de trajet" } },
	[TERM_CHARGE] = {
		{ "own", "compte de l'employeur" },
		{ "special_account", "compte spécial" },
		{ "terrorism", "acte de terrorisme" },
		{ "unidentified_assault", "agression, auteur non identifié" },
		{ "not_opposable", "inopposable à l'employeur" } },
	[TERM_EVENT] = {
		{ "accept", "reconnaissance" }, { "refuse", "refus" },
		{ "not_opposable", "inopposabilité" },
		{ "not-opposable", "inopposabilité" },
		{ "relapse", "rechute" }, { "close", "clôture" },
		{ "reclassify", "changement de nature" },
		{ "attach", "rattachement à une section" } },
	[TERM_BENEFIT] = {
		{ "care", "soins" },
		{ "daily_allowance", "indemnités journalières" },
		{ "capital", "indemnité en capital" }, { "pension", "rente" },
		{ "death", "décès" },
		{ "annual_annuity", "rente, montant d'une année" } },
	[TERM_MEASURE] = {
		{ "contract", "contrat de prévention" },
		{ "convention", "convention d'objectifs" },
		{ "injunction", "injonction" }, { "rebate", "ristourne" },
		{ "supplementary", "cotisation supplémentaire" },
		{ "no_account", "défaut de compte AT/MP" },
		{ "regime", "régime" }, { "takeover", "reprise" } },
	[TERM_TRANSFER] = {
		{ "split", "scission" }, { "merge", "fusion" },
		{ "takeover", "reprise" } },
	[TERM_ESTABLISHMENT] = { { "A", "actif" }, { "F", "fermé" } },
	[TERM_UNIT] = { { "A", "active" }, { "C", "cessée" } },
	[TERM_DIFFUSION] = {
		{ "O", "complète" }, { "P", "partielle" },
		{ "N", "refusée" } },
	[TERM_ORIGIN] = { { "insee", "INSEE" }, { "manual", "saisi ici" } },
	[TERM_FIELD] = {
		{ "name", "nom" }, { "address", "adresse" },
		{ "postcode", "code postal" }, { "commune", "commune" },
		{ "closed_on", "radié le" }, { "created_on", "créé le" },
		{ "state", "état" } },
};

const char *
term(enum terms which, const char *word)
{
	const char *name;

	/* The list is ended by the words it does not have. */
	assert(which < TERMS && words[which][WORDS_MAX - 1].key == NULL);
	name = fmt_find(words[which], word);
	return name != NULL ? name : word;
}

void
term_pad(struct str *out, const char *text, int width)
{
	int n = 0;

	str_add(out, text);
	for (const char *p = text; *p != '\0'; p++)
		n += ((unsigned char)*p & 0xc0) != 0x80;
	for (; n < width; n++)
		str_add_char(out, ' ');
}
