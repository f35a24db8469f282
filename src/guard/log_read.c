/*
 * log_read.c -- the audit log of a fund, to read.
 */
#include "guard/log_read.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

enum { LEAVES_MAX = 1 << 28 };

bool
log_hash(const char *hex, struct hash *ret)
{
	size_t got;

	return strlen(hex) == SHA256_HEX_MAX - 1 && sodium_hex2bin(ret->b,
	    sizeof ret->b, hex, strlen(hex), NULL, &got, NULL) == 0 &&
	    got == sizeof ret->b;
}

static int
read_public_key(struct log_reader *r, struct err *err)
{
	char path[FUND_PATH_MAX], *text;
	size_t n;
	int rc;

	if ((rc = fund_path(&r->fund, "audit/public.key", path, err)) !=
	    TAPR_OK ||
	    (rc = file_read(path, sizeof r->key_text - 1, &text, &n, err)) !=
	    TAPR_OK)
		return rc;
	memcpy(r->key_text, text, n);
	r->key_text[strcspn(r->key_text, "\n")] = '\0';
	free(text);
	return note_key_read(r->key_text, &r->key, err);
}

int
log_read_open(const char *dir, struct log_reader *r, struct err *err)
{
	char path[FUND_PATH_MAX];
	int rc;

	memset(r, 0, sizeof *r);
	if (sodium_init() < 0)
		return err_set(err, TAPR_EIO, "journal", "la bibliothèque "
		    "libsodium ne démarre pas");
	if ((rc = fund_read(dir, &r->fund, err)) != TAPR_OK ||
	    (rc = read_public_key(r, err)) != TAPR_OK ||
	    (rc = fund_path(&r->fund, "audit/audit.db", path, err)) != TAPR_OK)
		return rc;
	return store_open(path, STORE_AUDIT, STORE_READ, &r->store, err);
}

void
log_read_close(struct log_reader *r)
{
	store_free(r->store);
	r->store = NULL;
}

static void
fill(struct query *q, struct logged *e)
{
	const char **const text[] = { &e->s.actor, &e->s.role,
		&e->s.habilitation, &e->s.purpose, &e->s.act, &e->s.outcome,
		&e->s.kind, &e->s.object, &e->s.scope, NULL, &e->s.digest,
		NULL, &e->s.previous, &e->leaf, &e->actor_salt, &e->actor,
		&e->object_salt, &e->object };
	int64_t *const number[] = { &e->s.position, &e->s.at };
	struct value v;

	for (int i = 0; i < 2; i++) {
		v = query_column(q, i);
		*number[i] = value_or(&v, -1);
	}
	for (int i = 0; i < (int)(sizeof text / sizeof text[0]); i++) {
		v = query_column(q, i + 2);
		if (text[i] != NULL)
			*text[i] = value_or_empty(&v);
		else if (i == 9)
			e->s.count = value_or(&v, -1);
		else
			e->s.follows = value_or(&v, -1);
	}
}

int
log_each(struct log_reader *r, int64_t from,
    int (*each)(void *to, const struct logged *e, struct err *err), void *to,
    struct err *err)
{
	struct logged e;
	struct query *q;
	int rc, row;

	if ((rc = store_query(r->store, SQL_ENTRY_LIST, &q, err)) != TAPR_OK ||
	    (rc = query_bind(q, 1, value_int(from), err)) != TAPR_OK)
		return rc;
	while ((rc = query_step(q, &row, err)) == TAPR_OK && row == 1) {
		fill(q, &e);
		if ((rc = each(to, &e, err)) != TAPR_OK) {
			query_reset(q);
			return rc;
		}
	}
	return rc;
}

int
log_leaves(struct log_reader *r, struct hash **ret, uint64_t *ret_n,
    struct err *err)
{
	struct hash *leaf = NULL, *more;
	uint64_t n = 0, room = 0;
	struct query *q;
	int rc, row;

	if ((rc = store_query(r->store, SQL_ENTRY_LEAVES, &q, err)) != TAPR_OK)
		return rc;
	while ((rc = query_step(q, &row, err)) == TAPR_OK && row == 1) {
		struct value v = query_column(q, 0);

		if (n == room) {
			room = room == 0 ? 1024 : room * 2;
			more = n > LEAVES_MAX ? NULL : realloc(leaf,
			    room * sizeof *leaf);
			if (more == NULL) {
				rc = err_set(err, TAPR_EIO, "journal",
				    "mémoire insuffisante");
				break;
			}
			leaf = more;
		}
		if (!log_hash(value_or_empty(&v), &leaf[n++])) {
			rc = err_set(err, TAPR_EINVAL, "journal", "une entrée "
			    "est abîmée ; « tapr audit verify » dit laquelle");
			break;
		}
	}
	if (rc != TAPR_OK) {
		query_reset(q);
		free(leaf);
		return rc;
	}
	*ret = leaf;
	*ret_n = n;
	return TAPR_OK;
}
