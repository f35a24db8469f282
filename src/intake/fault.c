/*
 * fault.c -- why a line is set aside.  The ids are listed, with what they
 * check, in docs/formats/intake.md.
 */
#include "intake/fault.h"

#include <assert.h>
#include <stddef.h>

#include "model/claim_rules.h"

_Static_assert(FAULT_CLAIM_LAST - FAULT_CLAIM_FIRST + 1 == CLAIM_RULES,
    "a reason for each rule of claims");

#define CLAIM(rule) (FAULT_CLAIM_FIRST + (rule))

static const struct {
	const char	*name, *reason;
} faults[FAULTS] = {
	[FAULT_CSV] = { "csv", "ligne mal formée : nombre de champs ou "
	    "guillemets" },
	[FAULT_UTF8] = { "utf8", "ligne qui n'est pas de l'UTF-8" },
	[FAULT_LONG] = { "long", "ligne trop longue" },
	[FAULT_MISSING] = { "missing", "valeur obligatoire absente" },
	[FAULT_SIRET] = { "siret", "SIRET faux : 14 chiffres, clé comprise" },
	[FAULT_SIREN] = { "siren", "SIREN faux : 9 chiffres, clé comprise" },
	[FAULT_RISK_CODE] = { "risk_code", "code risque mal écrit : trois "
	    "chiffres et deux capitales, sans point" },
	[FAULT_REFERENCE] = { "reference", "référence mal formée : au plus 64 "
	    "lettres sans accent, chiffres, points, tirets ou barres, dont un "
	    "chiffre" },
	[FAULT_LOGIN] = { "login", "nom d'utilisateur mal formé : lettres "
	    "sans accent, chiffres, point, tiret" },
	[FAULT_DATE] = { "date", "date fausse : AAAA-MM-JJ, d'un jour qui "
	    "existe" },
	[FAULT_DECIMAL] = { "decimal", "nombre mal écrit : un point, sans "
	    "espace, et pas plus de décimales que prévu" },
	[FAULT_NUMBER] = { "number", "nombre entier attendu" },
	[FAULT_RANGE] = { "range", "nombre hors de ses limites" },
	[FAULT_WORD] = { "word", "mot inconnu : voir la liste du format" },
	[FAULT_BOOLEAN] = { "boolean", "true ou false attendu" },
	[FAULT_TEXT] = { "text", "texte trop long, ou caractère de "
	    "contrôle" },
	[FAULT_FORM] = { "form", "code mal formé" },
	[FAULT_NIR] = { "nir", "numéro de sécurité sociale faux (13 "
	    "caractères, ou 15 avec la clé)" },
	[FAULT_HIDDEN_NIR] = { "hidden_nir", "cette colonne a la forme d'un "
	    "numéro de sécurité sociale : les colonnes sont peut-être "
	    "échangées" },
	[FAULT_OTHER_LINE] = { "other_line", "cette ligne en contredit une "
	    "autre du même fichier ; gardez la bonne" },
	[FAULT_MESSAGE] = { "message", "ce message a déjà été reçu avec un "
	    "autre contenu" },
	[FAULT_UNKNOWN_CODE] = { "unknown_code", "code risque inconnu à cette "
	    "date" },
	[FAULT_OTHER_CTN] = { "other_ctn", "ce code risque n'est pas de ce "
	    "CTN" },
	[FAULT_NO_DOCUMENT] = { "no_document", "classement sans document : "
	    "donnez source_document, ou le motif d'office (reason)" },
	[FAULT_FUTURE] = { "future", "date à venir" },
	[FAULT_PERIOD] = { "period", "la fin précède le début" },
	[FAULT_SIREN_SIRET] = { "siren_siret", "le SIREN et le NIC ne sont "
	    "pas ceux du SIRET" },
	[FAULT_SAME_SIRET] = { "same_siret", "un établissement ne se succède "
	    "pas à lui-même" },
	[CLAIM(CLAIM_IP_WITHOUT_DATE)] = { "ip_without_date",
	    "taux d'IP sans date de notification" },
	[CLAIM(CLAIM_IP_WITHOUT_RATE)] = { "ip_without_rate",
	    "date de notification d'IP sans taux" },
	[CLAIM(CLAIM_NO_DEATH)] = { "no_death",
	    "décès reconnu sans date de décès" },
	[CLAIM(CLAIM_SPECIAL_ACCIDENT)] = { "special_accident",
	    "le compte spécial ne reçoit que des maladies" },
	[CLAIM(CLAIM_OCCURRED_LATE)] = { "occurred_late",
	    "sinistre survenu après sa déclaration" },
	[CLAIM(CLAIM_RECOGNISED_EARLY)] = { "recognised_early",
	    "sinistre reconnu avant sa déclaration" },
	[CLAIM(CLAIM_IP_EARLY)] = { "ip_early",
	    "taux d'IP notifié avant la déclaration" },
	[CLAIM(CLAIM_DEATH_EARLY)] = { "death_early",
	    "décès avant le sinistre" },
	[CLAIM(CLAIM_DEATH_RECOGNISED_EARLY)] = { "death_recognised_early",
	    "décès reconnu avant d'avoir eu lieu" },
	[FAULT_COMPLETE] = { "complete", "déclaration complète avant d'être "
	    "déclarée" },
	[FAULT_DECIDED_TWICE] = { "decided_twice", "sinistre reconnu, "
	    "puis refusé" },
	[FAULT_REFUSED_EARLY] = { "refused_early", "sinistre refusé avant sa "
	    "déclaration" },
	[FAULT_HIRED_LATE] = { "hired_late", "embauche après le sinistre" },
	[FAULT_PERSON_MISSING] = { "person_missing", "NIR et nom de "
	    "naissance vont ensemble : l'un des deux manque" },
	[FAULT_TEMP_WORK] = { "temp_work", "l'entreprise utilisatrice et "
	    "l'agence d'intérim sont le même établissement" },
	[FAULT_INEXCUSABLE] = { "inexcusable", "faute inexcusable jugée avant "
	    "le sinistre" },
	[FAULT_INFORMED] = { "informed", "victime informée avant la "
	    "déclaration" },
};

const char *
fault_name(enum fault_id id)
{
	assert(id < FAULTS && faults[id].name != NULL);
	return faults[id].name;
}

const char *
fault_reason(enum fault_id id)
{
	assert(id < FAULTS && faults[id].reason != NULL);
	return faults[id].reason;
}
