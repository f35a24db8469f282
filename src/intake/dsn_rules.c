/*
 * dsn_rules.c -- what the report says of each check.
 *
 * The names S21.../CCH-12 are those of the norm, so that whoever made the
 * file finds the rule in its own documentation; our own have a French word
 * behind the slash instead.
 */
#include <assert.h>

#include "intake/dsn_rules.h"

static const struct dsn_rule_text texts[DSN_RULES] = {
	[C_S10_008] = { "S10.G00.00.008/CCH-11", DSN_SIGNAL,
	    "les déclarations de cet envoi et son type (normal ou "
	    "néant) se contredisent" },
	[C_EMITTER] = { "S10.G00.01.001/CSL-11", DSN_SIGNAL,
	    "la clé du SIREN de l'émetteur est fausse" },
	[C_TYPE_04] = { "S20.G00.05.002/CCH-13", DSN_SIGNAL,
	    "la norme n'admet pas d'annulation simple pour cette "
	    "nature ; elle est prise comme une annulation" },
	[C_TYPE_EMPTY] = { "S20.G00.05.002/CCH-14", DSN_BLOCKING,
	    "le type « sans individu » n'existe que pour une DSN "
	    "mensuelle" },
	[C_TYPE_NOBODY] = { "S20.G00.05.002/CCH-16", DSN_BLOCKING,
	    "une déclaration normale ou de remplacement intégral doit "
	    "avoir au moins un individu" },
	[T_SOMEBODY] = { "S20.G00.05.002/INDIVIDU", DSN_BLOCKING,
	    "une déclaration sans individu contient un individu" },
	[C_REPLACED] = { "S20.G00.05.006/CCH-12", DSN_BLOCKING,
	    "une déclaration qui ne remplace ni n'annule rien nomme "
	    "une déclaration remplacée" },
	[T_FUTURE] = { "S20.G00.05.005/MOIS", DSN_BLOCKING,
	    "le mois déclaré vient après la date de constitution du "
	    "fichier" },
	[C_SIREN] = { "S21.G00.06.001/CSL-11", DSN_BLOCKING,
	    "la clé du SIREN est fausse" },
	[C_NIC] = { "S21.G00.11.001/CSL-12", DSN_BLOCKING,
	    "la clé du SIRET (SIREN et NIC) est fausse" },
	[C_NIR_DEP] = { "S21.G00.30.001/CCH-11", DSN_BLOCKING,
	    "le département du NIR ne va pas avec l'année de naissance" },
	[C_NIR_NINES] = { "S21.G00.30.001/CCH-13", DSN_BLOCKING,
	    "ce NIR fictif n'est pas admis" },
	[C_NIR_TWICE] = { "S21.G00.30.001/CCH-14", DSN_BLOCKING,
	    "deux individus de la déclaration ont le même NIR" },
	[C_NIR_TAIL] = { "S21.G00.30.001/CCH-16", DSN_BLOCKING,
	    "le NIR finit par plus de cinq 9" },
	[C_NTT_NEEDED] = { "S21.G00.30.020/CCH-12", DSN_BLOCKING,
	    "l'individu n'a ni NIR ni numéro technique temporaire" },
	[C_NTT_SIREN] = { "S21.G00.30.020/CCH-13", DSN_BLOCKING,
	    "le numéro technique temporaire ne porte pas le SIREN en "
	    "positions 2 à 10" },
	[C_NTT_SEX] = { "S21.G00.30.020/CSL-11", DSN_BLOCKING,
	    "le numéro technique temporaire doit commencer par 1 ou 2" },
	[C_NTT_SPACE] = { "S21.G00.30.020/CSL-12", DSN_BLOCKING,
	    "le numéro technique temporaire contient un espace" },
	[C_START_END] = { "S21.G00.40.001/CCH-13", DSN_BLOCKING,
	    "le contrat finit avant d'avoir commencé" },
	[C_CONTRACT_TWICE] = { "S21.G00.40.009/CCH-12", DSN_BLOCKING,
	    "deux contrats d'un individu ont le même numéro" },
	[C_PLANNED_END] = { "S21.G00.40.010/CCH-11", DSN_BLOCKING,
	    "la fin prévisionnelle du contrat précède son début" },
	[C_QUOTA_DAYS] = { "S21.G00.40.011/CCH-12", DSN_BLOCKING,
	    "la quotité en jours dépasse 31" },
	[C_QUOTA_HOURS] = { "S21.G00.40.011/CCH-13", DSN_BLOCKING,
	    "la quotité en heures dépasse 250" },
	[C_QUOTA_ZERO] = { "S21.G00.40.012/CCH-11", DSN_BLOCKING,
	    "la quotité de référence ne peut être nulle pour cette "
	    "unité" },
	[C_PLACE] = { "S21.G00.40.019/CCH-11", DSN_BLOCKING,
	    "le lieu de travail n'est décrit dans aucun bloc S21.G00.85" },
	[C_PLACE_MISSION] = { "S21.G00.40.019/CCH-12", DSN_SIGNAL,
	    "le lieu de travail d'une mission manque ou est l'agence "
	    "elle-même" },
	[C_REGIME_RA] = { "S21.G00.40.039/CCH-11", DSN_BLOCKING,
	    "le régime agricole demande un code risque en RA ou 999ZZ" },
	[C_IEG] = { "S21.G00.40.040/CCH-11", DSN_BLOCKING,
	    "le régime des industries électriques et gazières demande "
	    "le code risque 401ZE" },
	[C_TEMP_CODE] = { "S21.G00.40.040/CCH-12", DSN_BLOCKING,
	    "un établissement utilisateur demande le code risque 745BD "
	    "ou 745BE" },
	[C_RA] = { "S21.G00.40.040/CCH-15", DSN_BLOCKING,
	    "un code risque en RA demande le régime agricole" },
	[T_CODE] = { "S21.G00.40.040/FORME", DSN_BLOCKING,
	    "le code risque n'a pas la forme de trois chiffres et deux "
	    "lettres, suivis au plus d'un B" },
	[T_CODE_ABSENT] = { "S21.G00.40.040/ABSENTE", DSN_BLOCKING,
	    "le code risque manque" },
	[T_REGIME_ABSENT] = { "S21.G00.40.039/ABSENTE", DSN_BLOCKING,
	    "le régime de base du risque accident du travail manque" },
	[C_RATE] = { "S21.G00.40.043/SIG-11", DSN_SIGNAL,
	    "le taux manque, ou est donné avec le code 999ZZ" },
	[C_USER_03] = { "S21.G00.40.046/CCH-11", DSN_BLOCKING,
	    "l'établissement utilisateur d'une mission manque" },
	[C_USER_08] = { "S21.G00.40.046/CCH-12", DSN_BLOCKING,
	    "l'établissement utilisateur d'un intérimaire en CDI manque" },
	[C_USER] = { "S21.G00.40.046/CCH-13", DSN_BLOCKING,
	    "l'établissement utilisateur n'est décrit dans aucun bloc "
	    "S21.G00.85" },
	[C_PAY_PERIOD] = { "S21.G00.51.002/CCH-11", DSN_BLOCKING,
	    "la période de paie finit avant d'avoir commencé" },
	[C_PAY_CONTRACT] = { "S21.G00.51.010/CCH-11", DSN_BLOCKING,
	    "la rémunération nomme un contrat qui n'est pas déclaré" },
	[C_ACTIVITY] = { "S21.G00.53.001/CCH-11", DSN_BLOCKING,
	    "une activité n'est admise que sous une rémunération de "
	    "type 002" },
	[C_HOURS_IMPLIED] = { "S21.G00.53.002/CCH-11", DSN_BLOCKING,
	    "la mesure en heures dépasse 3250" },
	[C_DAYS_IMPLIED] = { "S21.G00.53.002/CCH-12", DSN_BLOCKING,
	    "la mesure en jours dépasse 403" },
	[C_HOURS] = { "S21.G00.53.003/CCH-13", DSN_BLOCKING,
	    "la mesure en heures dépasse 3250" },
	[C_DAYS] = { "S21.G00.53.003/CCH-14", DSN_BLOCKING,
	    "la mesure en jours dépasse 403" },
	[C_CALENDAR] = { "S21.G00.53.003/CCH-15", DSN_BLOCKING,
	    "les jours calendaires ne se déclarent qu'en travail "
	    "rémunéré" },
	[C_STOP_END] = { "S21.G00.60.002/CCH-12", DSN_BLOCKING,
	    "l'arrêt finit avant le dernier jour travaillé" },
	[C_ACCIDENT] = { "S21.G00.60.012/CCH-11", DSN_BLOCKING,
	    "la date de l'accident est obligatoire pour les motifs 04, "
	    "05 et 06, interdite pour les autres" },
	[C_ACCIDENT_START] = { "S21.G00.60.012/SIG-14", DSN_SIGNAL,
	    "l'accident précède le début du contrat" },
	[C_BASE_PERIOD] = { "S21.G00.78.003/CCH-12", DSN_BLOCKING,
	    "la période de rattachement finit avant d'avoir commencé" },
	[C_BASE_FUTURE] = { "S21.G00.78.003/CCH-15", DSN_BLOCKING,
	    "la période de rattachement va au-delà du mois déclaré" },
	[C_BASE_YEAR] = { "S21.G00.78.003/CCH-16", DSN_BLOCKING,
	    "la période de rattachement court sur deux années civiles" },
	[T_BASE_CONTRACT] = { "S21.G00.78.006/CONTRAT", DSN_SIGNAL,
	    "la base brute ne dit pas à quel contrat elle se rattache "
	    "; elle est comptée sans code risque s'ils diffèrent" },
	[T_PRODUCT] = { "S21.G00.81.004/CALCUL", DSN_SIGNAL,
	    "la cotisation accident du travail n'est pas l'assiette "
	    "multipliée par le taux, arrondie au centime" },
	[C_USER_SIREN] = { "S21.G00.85.001/CCH-11", DSN_BLOCKING,
	    "la clé SIREN de l'établissement est fausse" },
	[C_USER_SIRET] = { "S21.G00.85.001/CCH-12", DSN_BLOCKING,
	    "la clé SIRET de l'établissement est fausse" },
	[T_MISDECLARED] = { "S21.G00.95.004/TORT", DSN_SIGNAL,
	    "une base brute déclarée à tort à un autre régime n'est "
	    "comptée nulle part" },
	[T_CONTRACTS] = { "S21.G00.40/NOMBRE", DSN_BLOCKING,
	    "plus de contrats pour un individu que le lecteur n'en suit" },
	[T_SUM] = { "S21.G00.78.004/SOMME", DSN_BLOCKING,
	    "un total de la déclaration sort des nombres représentables" },
	[T_TEST] = { "S10.G00.00.005/ESSAI", DSN_REFUSAL,
	    "envoi d'essai : rien n'en est pris ; déposez l'envoi réel" },
	[T_LINES] = { "S90.G00.90.001/TOTAL", DSN_REFUSAL,
	    "le nombre de rubriques annoncé n'est pas celui de l'envoi "
	    ": fichier tronqué ou modifié ; redemandez-le" },
	[T_DECLARATIONS] = { "S90.G00.90.002/TOTAL", DSN_REFUSAL,
	    "le nombre de déclarations annoncé n'est pas celui de "
	    "l'envoi : fichier tronqué ou modifié ; redemandez-le" },
	[T_NO_TOTAL] = { "S90.G00.90/ABSENT", DSN_REFUSAL,
	    "l'envoi n'a pas de bloc S90 : fichier tronqué ; "
	    "redemandez-le" },
	[T_UTF8] = { "FICHIER/UTF-8", DSN_REFUSAL,
	    "texte en UTF-8 ; la norme veut ISO-8859-1 : redemandez le "
	    "fichier ou convertissez-le" },
	[T_NUL] = { "FICHIER/NUL", DSN_REFUSAL,
	    "octet nul : ce fichier n'est pas du texte ISO-8859-1" },
	[T_LONG] = { "FICHIER/LIGNE", DSN_REFUSAL,
	    "ligne de plus de 4096 octets : ce n'est pas une rubrique "
	    "de la DSN" },
	[T_NOT_LINE] = { "FICHIER/RUBRIQUE", DSN_REFUSAL,
	    "ligne qui n'est pas de la forme S21.G00.40.001,'valeur'" },
	[T_NORM] = { "S10.G00.00.006/NORME", DSN_REFUSAL,
	    "norme inconnue ici : ajoutez sa table à law/norms/dsn" },
	[T_START] = { "S10.G00.00/ABSENT", DSN_REFUSAL,
	    "lignes hors d'un envoi : il manque le bloc S10.G00.00" },
	[T_TWICE] = { "S20.G00.05.002/DOUBLON", DSN_SIGNAL,
	    "une autre déclaration de ce mois est là, et celle-ci, plus "
	    "récente, ne dit pas qu'elle la remplace ; elle en prend la "
	    "place" },
	[T_SAME_ORDER] = { "S20.G00.05.004/DOUBLON", DSN_BLOCKING,
	    "une déclaration du même numéro d'ordre et d'un autre contenu est "
	    "déjà là ; demandez à l'employeur laquelle vaut" },
	[T_CLASS] = { "S21.G00.40.040/CLASSEMENT", DSN_SIGNAL,
	    "un code risque déclaré n'est pas celui du classement ; les "
	    "salaires sont gardés sous le code déclaré" },
	[T_SECTION] = { "S21.G00.40.040/SECTION", DSN_SIGNAL,
	    "des salariés sont déclarés dans une section qui n'est pas "
	    "ouverte pour cet établissement" },
	[T_CODES] = { "S21.G00.40.040/REUNIS", DSN_SIGNAL,
	    "plusieurs codes risque sont déclarés dans une même section : ses "
	    "salaires s'ajoutent sous le code qui en a le plus ; séparez-les "
	    "en établissements, ou classez la section" },
	[T_FRACTION] = { "S20.G00.05.003/FRACTION", DSN_SIGNAL,
	    "ce mois est déclaré en entier et aussi par fractions : les deux "
	    "s'ajoutent ; vérifiez" },
	[T_YEAR] = { "S21.G00.78.002/ANNEE", DSN_SIGNAL,
	    "une régularisation porte sur une année dont aucune déclaration "
	    "n'est là ; elle est gardée, et comptera quand elles viendront" },
};

const struct dsn_rule_text *
dsn_rule_text(enum dsn_rule rule)
{

	assert(rule < DSN_RULES);
	return &texts[rule];
}
