/*
 * rules.c -- the list of the versions of the rules.
 *
 * Order: by subject, then variant, then date.  A version without an end is
 * in force until a text changes it: add the new one below and close the old
 * one the day before, and tests/coverage tells what was forgotten.
 *
 * Short names of texts: A1995 = arrêté du 17 octobre 1995; A1995b = arrêté
 * du 16 octobre 1995; A1995c = arrêté du 6 décembre 1995; A2010 = arrêté du
 * 9 décembre 2010.
 */
#include "tariff/rules.h"

#include <string.h>

#define D(y, m, d) { (y), (m), (d) }
#define ALWAYS D(1996, 1, 1)
#define FROM_2012 D(2012, 1, 1)
#define OPEN D(9999, 12, 31)

static const struct rule rules[] = {
	{ "window", "", "CSS art. D. 242-6-4, al. 1", ALWAYS, OPEN,
	    "window_of", "N-05", FORM_ONLY,
	    "années de la période de référence" },

	{ "headcount", "", "A1995 art. 2 ; CSS art. D. 242-6-16",
	    ALWAYS, D(2017, 1, 1), "headcount_mean", "N-10",
	    HEADCOUNT_QUARTERS, "effectif : moyenne des fins de trimestre" },
	{ "headcount", "", "CSS art. L. 130-1 I et R. 130-1",
	    D(2017, 1, 1), OPEN, "headcount_mean", "N-10",
	    HEADCOUNT_MONTHS, "effectif : moyenne mensuelle tronquée" },

	{ "mode", "general", "CSS art. D. 242-6-6 (version 1996)",
	    ALWAYS, FROM_2012, "mode_of", "N-05", MODE_PLAIN,
	    "mode de tarification" },
	{ "mode", "general", "CSS art. D. 242-6-2", FROM_2012, D(2020, 1, 1),
	    "mode_of", "N-05", MODE_PLAIN, "mode de tarification" },
	{ "mode", "general", "CSS art. D. 242-6-2 et L. 130-1 II",
	    D(2020, 1, 1), OPEN, "mode_of", "N-06", MODE_FROZEN,
	    "mode de tarification" },
	{ "mode", "alsace-moselle", "CSS art. D. 242-30 (version 1996)",
	    ALWAYS, FROM_2012, "mode_of", "N-05", MODE_PLAIN,
	    "mode de tarification" },
	{ "mode", "alsace-moselle", "CSS art. D. 242-30",
	    FROM_2012, D(2020, 1, 1), "mode_of", "N-05", MODE_PLAIN,
	    "mode de tarification" },
	{ "mode", "alsace-moselle", "CSS art. D. 242-30 et L. 130-1 II",
	    D(2020, 1, 1), OPEN, "mode_of", "N-06", MODE_FROZEN,
	    "mode de tarification" },
	{ "always-collective", "", "CSS art. D. 242-6-14 I ; A1995c annexe",
	    ALWAYS, OPEN, "mode_always_collective", "N-11", FORM_ONLY,
	    "activités au taux collectif quel que soit l'effectif" },
	{ "home-workers", "", "CSS art. D. 242-6-14 II", ALWAYS, OPEN,
	    "rate_compute", "N-13", FORM_ONLY,
	    "travailleurs à domicile : taux collectif" },
	{ "new-establishment", "general", "CSS art. D. 242-6-17",
	    FROM_2012, OPEN, "establishment_is_new", "N-14", FORM_ONLY,
	    "établissement nouveau : taux collectif" },
	{ "new-establishment", "alsace-moselle", "CSS art. D. 242-41",
	    FROM_2012, OPEN, "establishment_is_new", "N-14", FORM_ONLY,
	    "établissement nouveau : taux collectif" },
	{ "takeover", "", "CSS art. D. 242-6-17, dernier al.",
	    FROM_2012, OPEN, "establishment_taken_over", "N-15", FORM_ONLY,
	    "reprise d'un établissement antérieur" },
	{ "single-rate", "general", "CSS art. D. 242-6-1, al. 2",
	    FROM_2012, OPEN, "rate_compute", "N-30", FORM_ONLY,
	    "taux unique" },
	{ "single-rate", "alsace-moselle", "CSS art. D. 242-29",
	    FROM_2012, OPEN, "rate_compute", "N-30", FORM_ONLY,
	    "taux unique" },
	{ "office-staff", "", "A1995 art. 1 III (version 1995)",
	    ALWAYS, D(2017, 3, 2), "office_staff_allowed", "", FORM_ONLY,
	    "personnel non sédentaire admis dans un bureau" },
	{ "office-staff", "", "A1995 art. 1 III (arrêté du 15 février 2017)",
	    D(2017, 3, 2), OPEN, "office_staff_allowed", "N-12", FORM_ABSENT,
	    "fonctions support de nature administrative" },

	{ "real-costs", "", "Décret n° 2010-753 art. 3",
	    FROM_2012, D(2014, 1, 1), "value_of_risk", "N-26",
	    VALUE_TRANSITION, "coûts réels de la période transitoire" },
	{ "real-costs", "", "CSS art. D. 242-6-6", D(2014, 1, 1), OPEN,
	    "value_of_risk", "N-02", VALUE_AVERAGE,
	    "coûts moyens seuls" },
	{ "cost-category", "general", "CSS art. D. 242-6-6", FROM_2012, OPEN,
	    "cost_category", "N-18", FORM_ONLY, "catégorie de coût moyen" },
	{ "cost-category", "alsace-moselle",
	    "CSS art. D. 242-6-6 et D. 242-34", FROM_2012, OPEN,
	    "cost_category", "N-18", FORM_ONLY, "catégorie de coût moyen" },
	{ "average-cost", "general", "CSS art. D. 242-6-8", FROM_2012, OPEN,
	    "cost_average", "N-02", FORM_ONLY, "coût moyen d'une catégorie" },
	{ "average-cost", "alsace-moselle",
	    "CSS art. D. 242-6-8 et D. 242-34", FROM_2012, OPEN,
	    "cost_average", "N-02", FORM_ONLY, "coût moyen d'une catégorie" },
	{ "abatement", "", "Arrêté du 21 décembre 2011 ; CSS art. D. 242-6-8",
	    FROM_2012, OPEN, "cost_abatement", "N-24", FORM_ONLY,
	    "abattement des coûts moyens" },
	{ "charge-year", "it", "CSS art. D. 242-6-6 et D. 242-6-7, al. 1",
	    FROM_2012, OPEN, "charge_year", "N-17", FORM_ONLY,
	    "année d'imputation de l'incapacité temporaire" },
	{ "charge-year", "ip", "CSS art. D. 242-6-6 et D. 242-6-7, al. 2",
	    FROM_2012, OPEN, "charge_year", "N-18", FORM_ONLY,
	    "année d'imputation de l'incapacité permanente" },
	{ "charge-year", "death", "CSS art. D. 242-6-6 (avant 2025)",
	    FROM_2012, D(2025, 4, 17), "charge_year", "N-19",
	    DEATH_ON_DEATH, "année d'imputation d'un décès" },
	{ "charge-year", "death",
	    "CSS art. D. 242-6-6 (décret n° 2025-342)", D(2025, 4, 17), OPEN,
	    "charge_year", "N-19", DEATH_ON_RECOGNITION,
	    "année d'imputation d'un décès" },
	{ "exclusions", "general",
	    "CSS art. D. 242-6-4, D. 242-6-7 al. 5 et L. 411-2",
	    FROM_2012, D(2016, 1, 1), "charge_excluded", "N-16", FORM_ONLY,
	    "sinistres hors du compte" },
	{ "exclusions", "general",
	    "CSS art. D. 242-6-4, D. 242-6-7 al. 5, L. 411-2 et L. 169-1",
	    D(2016, 1, 1), OPEN, "charge_excluded", "N-20", FORM_ONLY,
	    "sinistres hors du compte" },
	{ "exclusions", "alsace-moselle",
	    "CSS art. D. 242-32, D. 242-6-7 al. 5 et L. 411-2",
	    FROM_2012, OPEN, "charge_excluded", "N-20", FORM_ONLY,
	    "sinistres hors du compte" },
	{ "special-account", "", "A1995b art. 2", FROM_2012, OPEN,
	    "special_account_case", "", FORM_ONLY,
	    "maladies inscrites au compte spécial" },
	{ "third-party", "", "CSS art. D. 242-6-7, al. 6", FROM_2012, OPEN,
	    "charge_third_party", "N-21", FORM_ONLY,
	    "part mise à la charge d'un tiers" },
	{ "temp-work-share", "", "CSS art. R. 242-6-1 et L. 241-5-1",
	    FROM_2012, D(2026, 1, 1), "temp_work_share", "N-23", TEMP_THIRD,
	    "partage entre entreprise de travail temporaire et utilisatrice" },
	{ "temp-work-share", "",
	    "CSS art. R. 242-6-1 (décret n° 2024-723), période transitoire",
	    D(2026, 1, 1), D(2028, 1, 1), "temp_work_share", "N-22",
	    TEMP_PHASED,
	    "partage entre entreprise de travail temporaire et utilisatrice" },
	{ "temp-work-share", "", "CSS art. R. 242-6-1 (décret n° 2024-723)",
	    D(2028, 1, 1), OPEN, "temp_work_share", "N-22", TEMP_HALF,
	    "partage entre entreprise de travail temporaire et utilisatrice" },
	{ "gross-rate", "general", "CSS art. D. 242-6-4, al. 1 et 3",
	    FROM_2012, OPEN, "rate_compute", "N-25", FORM_ONLY,
	    "taux brut individuel" },
	{ "gross-rate", "alsace-moselle", "CSS art. D. 242-32", FROM_2012, OPEN,
	    "rate_compute", "N-25", FORM_ONLY, "taux brut individuel" },

	{ "net-rate", "general", "CSS art. D. 242-6-3 et D. 242-6-9",
	    FROM_2012, OPEN, "net_rate", "N-27", FORM_ONLY, "taux net" },
	{ "net-rate", "alsace-moselle", "CSS art. D. 242-31 et D. 242-6-9",
	    FROM_2012, OPEN, "net_rate", "N-27", FORM_ONLY, "taux net" },
	{ "minimum-rate", "", "CSS art. D. 242-6-9 et L. 241-5, al. 2",
	    FROM_2012, OPEN, "net_rate", "N-29", FORM_ONLY,
	    "taux net d'une entreprise sans sinistre" },
	{ "regime", "ordinary", "CSS art. D. 242-6-9", FROM_2012, OPEN,
	    "net_rate", "", FORM_ONLY, "régime ordinaire" },
	{ "regime", "ieg", "CSS art. D. 242-6-18", FROM_2012, OPEN,
	    "net_majoration", "N-32", FORM_ONLY,
	    "agents statutaires des industries électriques et gazières" },
	{ "regime", "self_management", "CSS art. D. 242-6-19", FROM_2012, OPEN,
	    "net_majoration", "N-32", FORM_ONLY, "gestion partielle du risque" },
	{ "regime", "docker", "CSS art. D. 242-6-20", FROM_2012, OPEN,
	    "net_docker_ceiling", "N-32", FORM_ONLY,
	    "dockers intermittents : taux plafonné" },
	{ "regime", "pupil", "CSS art. D. 242-6-23", FROM_2012, OPEN,
	    "net_majoration", "N-32", FORM_ONLY, "élèves et étudiants" },
	{ "regime", "voluntary", "CSS art. D. 242-6-11, dernier al.",
	    FROM_2012, OPEN, "net_voluntary_factor", "N-32", FORM_ONLY,
	    "assurés volontaires" },

	{ "collective-rate", "general", "CSS art. D. 242-6-11", FROM_2012, OPEN,
	    "collective_published", "N-34", FORM_ONLY,
	    "taux net collectif publié" },
	{ "collective-rate", "alsace-moselle", "CSS art. D. 242-35",
	    FROM_2012, OPEN, "collective_published", "N-34", FORM_ONLY,
	    "taux net collectif publié" },
	{ "collective-gross", "", "CSS art. D. 242-6-4 et D. 242-6-5 ; A1995b art. 1",
	    FROM_2012, OPEN, "collective_gross", "", FORM_ONLY,
	    "taux brut collectif d'un risque, par les coûts réels" },
	{ "support-rate", "", "A1995 art. 1 III", FROM_2012, OPEN,
	    "collective_support", "N-12", FORM_ONLY,
	    "taux des bureaux, puis des fonctions support" },
	{ "rate-to-declare", "", "CSS art. D. 242-6-11 et D. 242-6-22",
	    FROM_2012, OPEN, "collective_published", "N-03", FORM_ONLY,
	    "taux à déclarer à une date" },

	{ "mixed-fraction", "general", "CSS art. D. 242-6-9 (version 1996)",
	    ALWAYS, FROM_2012, "mixed_fraction", "", FRACTION_SHIFT,
	    "fraction du taux individuel" },
	{ "mixed-fraction", "general", "CSS art. D. 242-6-13",
	    FROM_2012, D(2018, 1, 1), "mixed_fraction", "", FRACTION_SHIFT,
	    "fraction du taux individuel" },
	{ "mixed-fraction", "general",
	    "CSS art. D. 242-6-13 (décret n° 2017-337)", D(2018, 1, 1), OPEN,
	    "mixed_fraction", "N-07", FRACTION_FLOOR,
	    "fraction du taux individuel" },
	{ "mixed-fraction", "alsace-moselle",
	    "CSS art. D. 242-37 (version 1996)", ALWAYS, FROM_2012,
	    "mixed_fraction", "", FRACTION_SLOPE,
	    "fraction du taux individuel" },
	{ "mixed-fraction", "alsace-moselle", "CSS art. D. 242-37",
	    FROM_2012, OPEN, "mixed_fraction", "N-07", FRACTION_SLOPE,
	    "fraction du taux individuel" },
	{ "mixed-rate", "general", "CSS art. D. 242-6-13", FROM_2012, OPEN,
	    "mixed_rate", "N-31", FORM_ONLY, "taux net mixte" },
	{ "mixed-rate", "alsace-moselle", "CSS art. D. 242-37", FROM_2012, OPEN,
	    "mixed_rate", "N-31", FORM_ONLY, "taux net mixte" },
	{ "rebate", "", "CSS art. L. 242-7 ; A2010 art. 2 à 7", FROM_2012, OPEN,
	    "mixed_rate", "N-31", FORM_ONLY, "ristourne" },

	{ "cap", "general", "CSS art. D. 242-6-15", FROM_2012, D(2014, 1, 1),
	    "cap_limits", "N-28", FORM_ONLY, "écrêtement" },
	{ "cap", "general", "CSS art. D. 242-6-15 (décret n° 2013-1293)",
	    D(2014, 1, 1), OPEN, "cap_limits", "N-28", FORM_ONLY,
	    "écrêtement" },
	{ "cap", "alsace-moselle", "CSS art. D. 242-38", FROM_2012, OPEN,
	    "cap_limits", "N-28", FORM_ONLY, "écrêtement" },
	{ "merged-previous", "", "CSS art. D. 242-6-15", FROM_2012,
	    D(2014, 1, 1), "cap_merged_previous", "N-30", FORM_ONLY,
	    "base de l'écrêtement d'un taux unique" },
	{ "merged-previous", "", "CSS art. D. 242-6-15 (décret n° 2013-1293)",
	    D(2014, 1, 1), OPEN, "cap_merged_previous", "N-30", FORM_ONLY,
	    "base de l'écrêtement d'un taux unique ou d'un regroupement" },
	{ "rounding", "", "aucun texte : voir les notes de lecture",
	    FROM_2012, OPEN, "rate_compute", "N-27", FORM_ONLY,
	    "arrondi du taux notifié" },

	{ "supplementary", "", "CSS art. L. 242-7 ; A2010 art. 8 à 18",
	    FROM_2012, OPEN, "supplementary_contribution", "N-33", FORM_ONLY,
	    "cotisation supplémentaire" },
	{ "supplementary-percent", "", "A2010 art. 8 à 18", FROM_2012, OPEN,
	    "supplementary_percent", "N-33", FORM_ONLY,
	    "progression d'une cotisation supplémentaire" },
	{ "notification-penalty", "", "sans objet avant 2020", FROM_2012,
	    D(2020, 1, 1), "notification_penalty", "N-37", FORM_ABSENT,
	    "pénalité pour défaut de compte électronique" },
	{ "notification-penalty", "",
	    "CSS art. L. 242-5 ; arrêtés des 30-12-2019 et 8-10-2020",
	    D(2020, 1, 1), OPEN, "notification_penalty", "N-37", FORM_ONLY,
	    "pénalité pour défaut de compte électronique" },

	{ "ip-capital", "", "CSS art. L. 434-1 et D. 434-1", FROM_2012, OPEN,
	    "ip_capital", "N-38", FORM_ONLY,
	    "indemnité en capital d'une IP inférieure à 10 %" },
	{ "ip-annuity", "", "CSS art. R. 434-2, R. 434-28 et L. 434-16",
	    FROM_2012, OPEN, "ip_annuity", "N-39", FORM_ONLY,
	    "rente annuelle d'une IP d'au moins 10 %" },
	{ "survivors", "",
	    "CSS art. R. 434-10, R. 434-15, R. 434-16 et L. 434-14",
	    FROM_2012, OPEN, "survivors", "N-40", FORM_ONLY,
	    "rentes d'ayants droit" },
	{ "appeal-deadline", "",
	    "CSS art. R. 142-1-A III et L. 242-5 ; CPC art. 641 et 642",
	    FROM_2012, OPEN, "appeal_deadline", "N-35", FORM_ONLY,
	    "dernier jour pour contester un taux" },
	{ "claim-deadline", "",
	    "CSS art. R. 441-2 à R. 441-18 et R. 461-9 ; CPC art. 641 et 642",
	    FROM_2012, OPEN, "claim_deadline", "N-36", FORM_ONLY,
	    "délais de l'instruction d'un sinistre" },
};

size_t
rule_count(void)
{
	return sizeof rules / sizeof rules[0];
}

const struct rule *
rule_get(size_t i)
{
	return i < rule_count() ? &rules[i] : NULL;
}

const struct rule *
rule_at(const char *name, const char *variant, struct date on)
{
	for (size_t i = 0; i < rule_count(); i++) {
		const struct rule *r = &rules[i];

		/* The first letter tells most of them apart. */
		if (r->name[0] == name[0] && strcmp(r->name, name) == 0 &&
		    strcmp(r->variant, variant) == 0 &&
		    date_in(on, r->from, r->to))
			return r;
	}
	return NULL;
}
