/*
 * words.c -- the words of the contract (docs/formats/facts.md), one table an enum.
 *
 * Where an enum begins with a value for "none", its table begins after it:
 * nobody writes "none" in a document.
 */
#include "model/words.h"

#include <stddef.h>

const char *const zone_words[] = { "general", "alsace-moselle", NULL };

const char *const section_words[] = { "main", "support", "home", NULL };

const char *const regime_words[] = {
	"ordinary", "ieg", "self_management", "docker", "pupil", "voluntary",
	NULL,
};

const char *const group_words[] = {
	"gros_oeuvre", "second_oeuvre", "support", NULL,
};

const char *const mode_words[] = {
	"collective", "mixed", "individual", NULL,
};

const char *const kind_words[] = { "accident", "disease", "commuting", NULL };

const char *const charge_words[] = {
	"own", "special_account", "terrorism", "unidentified_assault",
	"not_opposable", NULL,
};

const char *const role_words[] = { "user", "agency", NULL };

const char *const category_words[] = {
	"IT1", "IT2", "IT3", "IT4", "IT5", "IT6",
	"IP1", "IP2", "IP3", "IP4", "IP2_IP4", NULL,
};

const char *const majoration_words[] = { "M1", "M2", "M3", "M4", NULL };

const char *const benefit_words[] = {
	"care", "daily_allowance", "capital", "pension", "death",
	"annual_annuity", NULL,
};
