/*
 * token.c -- PKCS#11: one session a question.
 */
#include "keys/token.h"

#include <dlfcn.h>
#include <p11-kit/pkcs11.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "keys/secret.h"

enum { SLOTS_MAX = 64, LABEL = 32, BLOCK = 16 };

struct session {
	void			*module;
	CK_FUNCTION_LIST	*f;
	CK_SESSION_HANDLE	 h;
	bool			 started, open;
};

static int
refused(const char *what, CK_RV rv, struct err *err)
{
	return err_set(err, TAPR_EIO, "jeton", "%s : le module PKCS#11 répond "
	    "0x%lx ; vérifiez le module, le jeton et son code", what,
	    (unsigned long)rv);
}

/* The label of a token is 32 characters with blanks behind. */
static bool
is_called(const CK_TOKEN_INFO *t, const char *label)
{
	size_t n = strlen(label);

	if (label[0] == '\0')
		return true;
	if (n > LABEL || memcmp(t->label, label, n) != 0)
		return false;
	for (; n < LABEL; n++)
		if (t->label[n] != ' ')
			return false;
	return true;
}

static int
find_slot(struct session *s, const char *label, CK_SLOT_ID *ret,
    struct err *err)
{
	CK_SLOT_ID slot[SLOTS_MAX];
	CK_ULONG n = SLOTS_MAX;
	CK_RV rv = s->f->C_GetSlotList(CK_TRUE, slot, &n);
	CK_TOKEN_INFO t;

	if (rv != CKR_OK)
		return refused("liste des jetons", rv, err);
	for (CK_ULONG i = 0; i < n; i++)
		if (s->f->C_GetTokenInfo(slot[i], &t) == CKR_OK &&
		    (t.flags & CKF_TOKEN_INITIALIZED) != 0 &&
		    is_called(&t, label)) {
			*ret = slot[i];
			return TAPR_OK;
		}
	return err_set(err, TAPR_EIO, "jeton", "aucun jeton prêt%s%s ; "
	    "introduisez-le, ou corrigez [keys] token dans fund.ini",
	    label[0] == '\0' ? "" : " du nom de ", label);
}

static int
load(struct session *s, const char *path, struct err *err)
{
	CK_RV (*list)(CK_FUNCTION_LIST **);
	void *at;
	CK_RV rv;

	if (path[0] == '\0')
		return err_set(err, TAPR_EINVAL, "jeton", "quel module "
		    "PKCS#11 ? donnez son chemin par [keys] module de fund.ini "
		    "ou par la variable TAPR_PKCS11");
	if ((s->module = dlopen(path, RTLD_NOW | RTLD_LOCAL)) == NULL ||
	    (at = dlsym(s->module, "C_GetFunctionList")) == NULL)
		return err_set(err, TAPR_EINVAL, path, "ce n'est pas un module "
		    "PKCS#11 qui se charge ; vérifiez le chemin");
	memcpy(&list, &at, sizeof list);	/* POSIX: they are alike */
	if ((rv = list(&s->f)) != CKR_OK ||
	    (rv = s->f->C_Initialize(NULL)) != CKR_OK)
		return refused("démarrage", rv, err);
	s->started = true;
	return TAPR_OK;
}

static int
login(struct session *s, const struct keys_place *p, struct err *err)
{
	char pin[PASSPHRASE_MAX];
	size_t n;
	CK_RV rv;
	int rc;

	if ((rc = secret_read(p->secret, "Code du jeton : ", pin, sizeof pin,
	    &n, err)) != TAPR_OK)
		return rc;
	rv = s->f->C_Login(s->h, CKU_USER, (unsigned char *)pin, n);
	sodium_memzero(pin, sizeof pin);
	if (rv == CKR_PIN_INCORRECT || rv == CKR_PIN_LEN_RANGE ||
	    rv == CKR_PIN_INVALID)
		return err_set(err, TAPR_EINVAL, "jeton", "code du jeton "
		    "inexact ; trop d'essais le bloquent");
	return rv == CKR_OK ? TAPR_OK : refused("code", rv, err);
}

static int
start(struct session *s, const struct keys_place *p, struct err *err)
{
	CK_SLOT_ID slot = 0;
	CK_RV rv;
	int rc;

	memset(s, 0, sizeof *s);
	if ((rc = load(s, p->module, err)) != TAPR_OK ||
	    (rc = find_slot(s, p->token, &slot, err)) != TAPR_OK)
		return rc;
	if ((rv = s->f->C_OpenSession(slot, CKF_SERIAL_SESSION |
	    CKF_RW_SESSION, NULL, NULL, &s->h)) != CKR_OK)
		return refused("session", rv, err);
	s->open = true;
	return login(s, p, err);
}

/* The module stays loaded: one that is taken out may leave threads behind. */
static void
end(struct session *s)
{
	if (s->open)
		(void)s->f->C_CloseSession(s->h);
	if (s->started)
		(void)s->f->C_Finalize(NULL);
}

static int
find_key(struct session *s, const char *label, CK_OBJECT_HANDLE *ret,
    struct err *err)
{
	CK_OBJECT_CLASS class = CKO_SECRET_KEY;
	char name[EPOCH_LABEL_MAX];
	CK_ATTRIBUTE what[2] = { { CKA_CLASS, &class, sizeof class },
		{ CKA_LABEL, name, strlen(label) } };
	CK_ULONG n = 0;
	CK_RV rv;

	(void)snprintf(name, sizeof name, "%s", label);
	if ((rv = s->f->C_FindObjectsInit(s->h, what, 2)) != CKR_OK)
		return refused("recherche", rv, err);
	rv = s->f->C_FindObjects(s->h, ret, 1, &n);
	(void)s->f->C_FindObjectsFinal(s->h);
	if (rv != CKR_OK)
		return refused("recherche", rv, err);
	return n == 1 ? TAPR_OK : err_set(err, TAPR_EINVAL, "jeton", "ce "
	    "jeton n'a pas la clé de l'époque (%s) ; est-ce le bon ?",
	    str_brief(label).text);
}

int
token_make(const struct keys_place *p, const char *label, struct err *err)
{
	CK_MECHANISM how = { CKM_AES_KEY_GEN, NULL, 0 };
	CK_BBOOL yes = CK_TRUE, no = CK_FALSE;
	CK_ULONG bytes = SEAL_KEY;
	char name[EPOCH_LABEL_MAX];
	CK_ATTRIBUTE what[] = { { CKA_TOKEN, &yes, sizeof yes },
		{ CKA_PRIVATE, &yes, sizeof yes },
		{ CKA_SENSITIVE, &yes, sizeof yes },
		{ CKA_EXTRACTABLE, &no, sizeof no },
		{ CKA_ENCRYPT, &yes, sizeof yes },
		{ CKA_VALUE_LEN, &bytes, sizeof bytes },
		{ CKA_LABEL, name, strlen(label) } };
	CK_OBJECT_HANDLE key;
	struct session s;
	CK_RV rv;
	int rc;

	(void)snprintf(name, sizeof name, "%s", label);
	if ((rc = start(&s, p, err)) == TAPR_OK &&
	    (rv = s.f->C_GenerateKey(s.h, &how, what, sizeof what /
	    sizeof what[0], &key)) != CKR_OK)
		rc = refused("nouvelle clé", rv, err);
	end(&s);
	return rc;
}

static int
encipher(struct session *s, CK_OBJECT_HANDLE key,
    const unsigned char salt[EPOCH_SALT], unsigned char ret[EPOCH_SALT],
    struct err *err)
{
	unsigned char zero[BLOCK] = { 0 }, in[EPOCH_SALT];
	CK_MECHANISM how = { CKM_AES_CBC, zero, sizeof zero };
	CK_ULONG n = EPOCH_SALT;
	CK_RV rv;

	memcpy(in, salt, sizeof in);
	if ((rv = s->f->C_EncryptInit(s->h, &how, key)) != CKR_OK ||
	    (rv = s->f->C_Encrypt(s->h, in, sizeof in, ret, &n)) != CKR_OK)
		return refused("chiffrement", rv, err);
	return n == EPOCH_SALT ? TAPR_OK : refused("chiffrement", CKR_OK, err);
}

int
token_derive(const struct keys_place *p, const char *label,
    const unsigned char salt[EPOCH_SALT], struct seal_key *ret,
    struct err *err)
{
	static const unsigned char use[] = "tapr.epoch.token/1";
	unsigned char out[EPOCH_SALT];
	CK_OBJECT_HANDLE key = 0;
	struct session s;
	int rc;

	if ((rc = start(&s, p, err)) == TAPR_OK &&
	    (rc = find_key(&s, label, &key, err)) == TAPR_OK &&
	    (rc = encipher(&s, key, salt, out, err)) == TAPR_OK)
		(void)crypto_generichash(ret->b, sizeof ret->b, use,
		    sizeof use - 1, out, sizeof out);
	sodium_memzero(out, sizeof out);
	end(&s);
	return rc;
}

int
token_destroy(const struct keys_place *p, const char *label,
    struct err *err)
{
	CK_OBJECT_HANDLE key = 0;
	struct session s;
	CK_RV rv;
	int rc;

	if ((rc = start(&s, p, err)) == TAPR_OK &&
	    (rc = find_key(&s, label, &key, err)) == TAPR_OK &&
	    (rv = s.f->C_DestroyObject(s.h, key)) != CKR_OK)
		rc = refused("destruction", rv, err);
	end(&s);
	return rc;
}
