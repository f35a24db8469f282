/* fmt.c -- see fmt.h. */
#include "doc/fmt.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "model/words.h"

enum {
	DECIMAL_TEXT_MAX = 1 + 39 + 1 + FMT_PLACES_MAX + 1,
	SHORT_FRACTION = 15,	/* characters, in a formula: 70933/130000 */
};

static const char not_computable[] = "non calculable";

/* Figures. ----------------------------------------------------------------- */

bool
fmt_is_whole(struct frac a)
{
	return a.den.hi == 0 && a.den.lo == 1;
}

/* "-1234567.50" as it reads in French. */
static void
add_decimal(struct str *out, const char *text)
{
	size_t digits;

	if (*text == '-') {
		str_add(out, MINUS);
		text++;
	}
	digits = strcspn(text, ".");
	for (size_t i = 0; i < digits; i++) {
		if (i > 0 && (digits - i) % 3 == 0)
			str_add(out, THIN);
		str_add_char(out, text[i]);
	}
	if (text[digits] == '.') {
		str_add_char(out, ',');
		str_add(out, text + digits + 1);
	}
}

void
fmt_number(struct str *out, struct frac a, int decimals)
{
	char text[DECIMAL_TEXT_MAX];

	assert(decimals >= 0 && decimals <= FMT_PLACES_MAX);
	if (!frac_valid(a) || frac_decimal(a, decimals, ROUND_HALF_UP, text,
	    sizeof text) == 0)
		str_add(out, not_computable);
	else
		add_decimal(out, text);
}

int
fmt_places(struct frac a, int least, int most)
{
	assert(least >= 0 && least <= most && most <= FMT_PLACES_MAX);
	if (!frac_valid(a))
		return -1;
	if (fmt_is_whole(a))
		return least;
	for (int d = least; d <= most; d++) {
		struct frac r = frac_round(a, d, ROUND_HALF_UP);

		if (frac_valid(r) && frac_cmp(r, a) == 0)
			return d;
	}
	return -1;
}

static void
with_sign(struct str *out, struct frac a, int decimals, const char *sign)
{
	fmt_number(out, a, decimals);
	if (frac_valid(a))
		str_add(out, sign);
}

void
fmt_eur(struct str *out, struct frac a)
{
	with_sign(out, a, 2, NBSP "€");
}

void
fmt_percent(struct str *out, struct frac a, int decimals)
{
	with_sign(out, a, decimals, NBSP "%");
}

/* In French the plural begins at two: « 1,99 point ». */
void
fmt_count(struct str *out, struct frac a, int decimals, const char *noun)
{
	fmt_number(out, a, decimals);
	if (!frac_valid(a))
		return;
	a.neg = false;
	str_printf(out, NBSP "%s%s", noun, frac_cmp(a, frac_int(2)) >= 0 ?
	    "s" : "");
}

void
fmt_points(struct str *out, struct frac a, int decimals)
{
	struct frac r = frac_round(a, decimals, ROUND_HALF_UP);

	if (frac_valid(r))
		a = r;
	if (frac_valid(a) && !a.neg && !frac_is_zero(a))
		str_add_char(out, '+');
	fmt_count(out, a, decimals, "point");
}

void
fmt_ratio(struct str *out, struct frac a)
{
	char text[FRAC_TEXT_MAX];

	if (!frac_valid(a)) {
		str_add(out, not_computable);
		return;
	}
	frac_text(a, text);
	str_add(out, *text == '-' ? MINUS : "");
	str_add(out, text + (*text == '-'));
}

bool
fmt_is_short(struct frac a)
{
	char text[FRAC_TEXT_MAX];

	return frac_valid(a) && frac_text(a, text) <= SHORT_FRACTION;
}

void
fmt_fraction(struct str *out, struct frac a)
{
	int places = fmt_places(a, 1, 4);

	if (!frac_valid(a) || fmt_is_whole(a)) {
		fmt_number(out, a, 0);
		return;
	}
	if (fmt_is_short(a)) {
		fmt_ratio(out, a);
		str_add(out, places < 0 ? " ≈" NBSP : " =" NBSP);
	} else if (places < 0)
		str_add(out, "≈" NBSP);
	fmt_number(out, a, places < 0 ? 4 : places);
}

void
fmt_share(struct str *out, struct frac a)
{
	struct frac percent = frac_mul(a, frac_int(100));
	int places = fmt_places(percent, 0, 2);

	if (places >= 0)
		fmt_percent(out, percent, places);
	else if (fmt_is_short(a))
		fmt_ratio(out, a);
	else {
		str_add(out, "≈" NBSP);
		fmt_percent(out, percent, 4);
	}
}

bool
fmt_is_rounded(struct frac a, enum unit unit)
{
	switch (unit) {
	case UNIT_EUR:
	case UNIT_PERSONS:
		return frac_valid(a) && fmt_places(a, 2, 2) < 0;
	case UNIT_PERCENT:
		return frac_valid(a) && fmt_places(a, 2, FMT_PLACES_MAX) < 0;
	case UNIT_NUMBER:
	case UNIT_WORD:
		break;
	}
	return frac_valid(a) && !fmt_is_short(a) && fmt_places(a, 1, 4) < 0;
}

void
fmt_result(struct str *out, struct frac a, enum unit unit)
{
	int places = fmt_places(a, 2, FMT_PLACES_MAX);

	if (unit == UNIT_NUMBER || unit == UNIT_WORD) {
		fmt_fraction(out, a);
		return;
	}
	if (fmt_is_rounded(a, unit))
		str_add(out, "≈" NBSP);
	if (unit == UNIT_EUR)
		fmt_eur(out, a);
	else if (unit == UNIT_PERCENT)
		fmt_percent(out, a, places < 0 ? FMT_PLACES_MAX : places);
	else
		fmt_count(out, a, fmt_is_whole(a) ? 0 : 2, "personne");
}

/* Dates, numbers of establishments, words. --------------------------------- */

struct fmt_day
fmt_day(struct date d)
{
	static const char *const months[] = { "janvier", "février", "mars",
		"avril", "mai", "juin", "juillet", "août", "septembre",
		"octobre", "novembre", "décembre" };
	struct fmt_day ret = { "date inconnue" };

	if (!date_is(d))
		return ret;
	assert(d.m >= 1 && d.m <= 12);
	(void)snprintf(ret.text, sizeof ret.text, "%d%s" NBSP "%s %d", d.d,
	    d.d == 1 ? "er" : "", months[d.m - 1], d.y);
	return ret;
}

void
fmt_date(struct str *out, struct date d)
{
	str_add(out, fmt_day(d).text);
}

void
fmt_siret(struct str *out, const char *siret)
{
	for (size_t i = 0; siret[i] != '\0'; i++) {
		if (i == 3 || i == 6 || i == 9)
			str_add(out, NBSP);
		str_add_char(out, siret[i]);
	}
}

/* The word of ${table} for ${i}, "" where it has none. */
#define PICK(table, i) \
	((size_t)(i) < sizeof (table) / sizeof (table)[0] && \
	    (table)[(size_t)(i)] != NULL ? (table)[(size_t)(i)] : "")

const char *
fmt_mode(enum mode m)
{
	static const char *const names[] = {
		[MODE_NONE] = "sans objet",
		[MODE_COLLECTIVE] = "collectif",
		[MODE_MIXED] = "mixte",
		[MODE_INDIVIDUAL] = "individuel",
	};

	return PICK(names, m);
}

const char *
fmt_zone(enum zone z)
{
	static const char *const names[] = {
		[ZONE_GENERAL] = "France hors Alsace-Moselle",
		[ZONE_ALSACE_MOSELLE] = "Alsace-Moselle",
	};

	return PICK(names, z);
}

const char *
fmt_section(enum section s)
{
	static const char *const names[] = {
		[SECTION_MAIN] = "activité principale",
		[SECTION_SUPPORT] = "fonctions support (bureaux)",
		[SECTION_HOME] = "travailleurs à domicile",
	};

	return PICK(names, s);
}

const char *
fmt_regime(enum regime r)
{
	static const char *const names[] = {
		[REGIME_ORDINARY] = "ordinaire",
		[REGIME_IEG] = "personnel statutaire des industries "
		    "électriques et gazières",
		[REGIME_SELF_MANAGEMENT] = "gestion partielle du risque par "
		    "l'entreprise (CSS art. L. 413-13)",
		[REGIME_DOCKER] = "dockers occasionnels",
		[REGIME_PUPIL] = "élèves et étudiants",
		[REGIME_VOLUNTARY] = "assurés volontaires (CSS art. L. 743-1)",
	};

	return PICK(names, r);
}

const char *
fmt_group(enum btp_group g)
{
	static const char *const names[] = {
		[GROUP_GROS_OEUVRE] = "gros œuvre",
		[GROUP_SECOND_OEUVRE] = "second œuvre",
		[GROUP_SUPPORT] = "fonctions support",
	};

	return PICK(names, g);
}

const char *
fmt_ctn(char ctn)
{
	static const char *const names[] = {
		"métallurgie",
		"bâtiment et travaux publics",
		"transports, énergie, livre et communication",
		"services, commerces et industries de l'alimentation",
		"chimie, caoutchouc et plasturgie",
		"bois, papier, textile, cuir, pierres et terres à feu",
		"commerces non alimentaires",
		"activités de services I",
		"activités de services II et travail temporaire",
	};

	return PICK(names, ctn - 'A');
}

const char *
fmt_nature(enum claim_kind k)
{
	static const char *const names[] = {
		[CLAIM_ACCIDENT] = "accident",
		[CLAIM_DISEASE] = "maladie",
		[CLAIM_COMMUTING] = "trajet",
	};

	return PICK(names, k);
}

const char *
fmt_category(enum cost_category c)
{
	return (size_t)c < COST_CATEGORIES ? fmt_word(category_words[c]) : "";
}

const char *
fmt_word(const char *word)
{
	static const struct fmt_word words[] = {
		{ "collective", "collectif" }, { "mixed", "mixte" },
		{ "individual", "individuel" }, { "yes", "oui" },
		{ "no", "non" }, { "none", "aucun" },
		{ "upper", "butoir haut" }, { "lower", "butoir bas" },
		{ "IP2_IP4", "IP2-IP4" }, { NULL, NULL },
	};
	const char *name = fmt_find(words, word);

	return name != NULL ? name : word;
}

const char *
fmt_rounding(enum rounding how)
{
	static const char *const names[] = {
		[ROUND_NONE] = "aucun",
		[ROUND_HALF_UP] = "au plus proche, la moitié vers le haut",
		[ROUND_DOWN] = "décimales suivantes abandonnées",
		[ROUND_UP] = "à l'unité supérieure",
	};

	return PICK(names, how);
}

/* What the blank at ${p} follows binds it: « art. », « L. », « n° ». */
static bool
binds(const char *text, const char *p)
{
	size_t n = (size_t)(p - text);

	if (n >= 2 && p[-1] == '.' && p[-2] >= 'A' && p[-2] <= 'Z')
		return n == 2 || p[-3] == ' ' || p[-3] == '(';
	return (n >= 4 && strncmp(p - 4, "art.", 4) == 0) ||
	    (n >= 3 && strncmp(p - 3, "n°", 3) == 0) ||
	    (n >= 2 && strncmp(p - 2, "«", 2) == 0);
}

void
fmt_prose(struct str *out, const char *text)
{
	for (const char *p = text; *p != '\0'; p++) {
		const char *next = p + 1;

		if (*p != ' ')
			str_add_char(out, *p);
		else if (*next == ';' || *next == '!' || *next == '?')
			str_add(out, THIN);
		else if (*next == ':' || *next == '%' ||
		    strncmp(next, "»", 2) == 0 ||
		    strncmp(next, "€", 3) == 0 || binds(text, p))
			str_add(out, NBSP);
		else
			str_add_char(out, ' ');
	}
}

/*
 * The code points that a terminal or a browser obeys instead of showing: C0,
 * DEL, C1, and the embeddings, overrides and isolates of direction.
 */
static size_t
obeyed(const unsigned char *p)
{
	if (p[0] < 0x20 || p[0] == 0x7f)
		return 1;
	if (p[0] == 0xc2 && p[1] >= 0x80 && p[1] <= 0x9f)
		return 2;
	if (p[0] == 0xe2 && p[1] == 0x80 && p[2] >= 0xaa && p[2] <= 0xae)
		return 3;
	if (p[0] == 0xe2 && p[1] == 0x81 && p[2] >= 0xa6 && p[2] <= 0xa9)
		return 3;
	return 0;
}

void
fmt_clean_n(struct str *out, const char *text, size_t n)
{
	const unsigned char *p = (const unsigned char *)text, *end = p + n;

	while (p < end) {
		size_t bad = obeyed(p);

		if (bad == 0)
			str_add_char(out, (char)*p++);
		else {
			str_add(out, "\ufffd");
			p += bad;
		}
	}
}

void
fmt_clean(struct str *out, const char *text)
{
	fmt_clean_n(out, text, strlen(text));
}

/* Tables of words. --------------------------------------------------------- */

const char *
fmt_find(const struct fmt_word *words, const char *key)
{
	for (; words->key != NULL; words++)
		if (strcmp(words->key, key) == 0)
			return words->name;
	return NULL;
}

const char *
fmt_after(const char *s, const char *prefix)
{
	size_t n = strlen(prefix);

	return strncmp(s, prefix, n) == 0 ? s + n : NULL;
}
