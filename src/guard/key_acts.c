/*
 * key_acts.c -- tapr keys.
 */
#include "guard/key_acts.h"

#include <string.h>

#include "keys/keys.h"
#include "store/fund.h"

/* A child for ${f}, with the right to administer. */
static int
start(const struct fund *f, const char *secret, struct keys **ret,
    struct err *err)
{
	struct keys_place p = fund_keys(f);

	if (secret != NULL)
		p.new_secret = secret;
	return keys_start(&p, KEYS_ADMIN, ret, err);
}

static int
way_of(const char *word, enum keys_way *ret, struct err *err)
{
	*ret = 0;
	if (word == NULL)
		return TAPR_OK;
	for (int i = 0; keys_way_words[i] != NULL; i++)
		if (strcmp(word, keys_way_words[i]) == 0) {
			*ret = (enum keys_way)(KEYS_FILE + i);
			return TAPR_OK;
		}
	return err_set(err, TAPR_EUSAGE, NULL, "--way vaut file, passphrase "
	    "ou token, pas « %s »", str_brief(word).text);
}

/* ---- status -------------------------------------------------------------- */

static const char *const way_texts[] = {
	"un fichier fermé aux autres", "une phrase de passe", "un jeton PKCS#11",
};

static void
status_json(struct str *out, const struct keys_status *s)
{
	str_printf(out, "{\"ready\": %s", s->ready ? "true" : "false");
	if (s->ready) {
		str_printf(out, ", \"epoch\": %lld, \"way\": \"%s\", "
		    "\"months\": %lld, \"holds\": %lld, \"destroyed\": %lld, "
		    "\"memory_locked\": %s, \"first\": ", (long long)s->number,
		    keys_way_words[s->way - KEYS_FILE], (long long)s->months,
		    (long long)s->holds, (long long)s->destroyed,
		    s->locked ? "true" : "false");
		str_add_json(out, s->first[0] == '\0' ? NULL : s->first);
		str_add(out, ", \"last\": ");
		str_add_json(out, s->last[0] == '\0' ? NULL : s->last);
	}
	str_add(out, "}\n");
}

static void
status_text(struct str *out, const struct keys_status *s)
{
	if (!s->ready) {
		str_add(out, "Ce fonds n'a pas de clés d'identité : le NIR et "
		    "le nom des sinistres sont lus et non conservés.\n"
		    "Pour les conserver scellés : tapr keys init\n");
		return;
	}
	str_printf(out, "Époque %lld, gardée par %s.\n%lld mois sous clé",
	    (long long)s->number, way_texts[s->way - KEYS_FILE],
	    (long long)s->months);
	if (s->months > 0)
		str_printf(out, " (%s à %s)", s->first, s->last);
	str_printf(out, ", %lld réserve%s, %lld clé%s détruite%s.\n",
	    (long long)s->holds, plural(s->holds), (long long)s->destroyed,
	    plural(s->destroyed), plural(s->destroyed));
	if (s->way == KEYS_FILE)
		str_add(out, "Un disque volé avec le fonds et ce fichier "
		    "s'ouvre : une phrase de passe ou un jeton l'empêche "
		    "(tapr keys rotate --way passphrase).\n");
	if (!s->locked)
		str_add(out, "attention : la mémoire des clés n'a pu être "
		    "retenue hors du fichier d'échange ; relevez ulimit -l, ou "
		    "chiffrez l'échange.\n");
}

int
key_status(const struct place *place, bool json, struct str *out,
    struct err *err)
{
	struct keys_status s;
	struct keys_place p;
	struct keys *k = NULL;
	struct fund f;
	int rc;

	if ((rc = fund_read(place->dir, &f, err)) != TAPR_OK)
		return rc;
	f.keys = place->keys;
	p = fund_keys(&f);
	if ((rc = keys_start(&p, 0, &k, err)) == TAPR_OK &&
	    (rc = keys_status(k, &s, err)) == TAPR_OK) {
		if (json)
			status_json(out, &s);
		else
			status_text(out, &s);
	}
	keys_end(k);
	return rc;
}

/* ---- acts ---------------------------------------------------------------- */

int
key_init(const struct place *place, const char *way, const char *secret,
    struct str *out, struct err *err)
{
	struct fund f = { .lock = -1 };
	struct keys *k = NULL;
	enum keys_way kind;
	int rc;

	if ((rc = way_of(way, &kind, err)) != TAPR_OK)
		return rc;
	if (kind == 0)
		kind = KEYS_FILE;
	if ((rc = fund_open(place, STORE_WRITE, &f, err)) == TAPR_OK &&
	    (rc = start(&f, secret, &k, err)) == TAPR_OK &&
	    (rc = keys_init(k, kind, err)) == TAPR_OK)
		str_printf(out, "Première époque, gardée par %s, dans %s/%s.\n"
		    "Sauvegardez ce dossier à part du fonds : sans lui les "
		    "identités ne s'ouvrent plus.\n",
		    way_texts[kind - KEYS_FILE], place->keys, f.id);
	keys_end(k);
	fund_close(&f);
	return rc;
}

int
key_rotate(const struct place *place, const char *way, const char *secret,
    struct str *out, struct err *err)
{
	struct keys_status s = { .ready = false };
	struct fund f = { .lock = -1 };
	struct keys *k = NULL;
	enum keys_way kind;
	int64_t n;
	int rc;

	if ((rc = way_of(way, &kind, err)) != TAPR_OK)
		return rc;
	if ((rc = fund_open(place, STORE_WRITE, &f, err)) == TAPR_OK &&
	    (rc = start(&f, secret, &k, err)) == TAPR_OK &&
	    (rc = keys_rotate(k, kind, err)) == TAPR_OK &&
	    (rc = keys_status(k, &s, err)) == TAPR_OK) {
		n = s.months + s.holds;
		str_printf(out, "Époque %lld, gardée par %s : %lld clé%s de "
		    "nouveau enveloppée%s, l'époque précédente est détruite.\n"
		    "Renouvelez la sauvegarde des clés et détruisez l'ancienne "
		    "dans la journée.\n", (long long)s.number,
		    way_texts[s.way - KEYS_FILE], (long long)n, plural(n),
		    plural(n));
	}
	keys_end(k);
	fund_close(&f);
	return rc;
}

int
key_destroy(const struct place *place, const char *month, struct str *out,
    struct err *err)
{
	struct fund f = { .lock = -1 };
	struct keys *k = NULL;
	int rc;

	if (!keys_month_valid(month))
		return err_set(err, TAPR_EUSAGE, NULL, "un mois AAAA-MM est "
		    "attendu, pas « %s »", str_brief(month).text);
	if ((rc = fund_open(place, STORE_WRITE, &f, err)) == TAPR_OK &&
	    (rc = start(&f, NULL, &k, err)) == TAPR_OK &&
	    (rc = keys_destroy(k, month, "", err)) == TAPR_OK)
		str_printf(out, "La clé de %s est détruite : les identités de "
		    "ce mois ne s'ouvrent plus.\nUne sauvegarde du fonds garde "
		    "la clé enveloppée : « tapr keys rotate » la rend "
		    "inutile.\n", month);
	keys_end(k);
	fund_close(&f);
	return rc;
}
